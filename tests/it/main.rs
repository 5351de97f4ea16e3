//! All integration tests, in one binary.
#![allow(clippy::disallowed_methods, reason = "tests make and damage files")]

mod cli;
mod french;
mod memo;
mod publish;
mod serve;
mod snapshot;
mod doc;
