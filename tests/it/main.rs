//! All integration tests, in one binary.
#![allow(clippy::disallowed_methods, reason = "tests make and damage files")]
#[cfg(feature = "pdf")]

mod architecture;
mod cases;
mod cli;
mod doc;
mod faults;
mod french;
mod memo;
#[cfg(feature = "pdf")]
mod pdf;
mod project;
mod publish;
mod search;
mod serve;
mod snapshot;
mod territory;
