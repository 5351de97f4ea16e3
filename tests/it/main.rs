//! All integration tests, in one binary.
#![allow(clippy::disallowed_methods, reason = "tests make and damage files")]

mod architecture;
mod cases;
mod cli;
mod doc;
mod french;
mod memo;
mod project;
mod publish;
mod serve;
mod snapshot;
mod territory;
