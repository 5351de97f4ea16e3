//! The integration tests: one binary, one module a part of the program.

mod french;
