//! All integration tests, in one binary.
#![allow(clippy::disallowed_methods, reason = "tests make and damage files")]

mod french;
mod memo;
mod publish;
mod serve;
mod snapshot;
