//! All integration tests, in one binary.
#![allow(clippy::disallowed_methods, reason = "tests make and damage files")]

mod french;
mod mail;
mod memo;
mod publish;
mod serve;
mod snapshot;
mod project;
