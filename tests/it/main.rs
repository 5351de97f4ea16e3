//! All integration tests, in one binary.
#![allow(clippy::disallowed_methods, reason = "tests make and damage files")]

mod architecture;
mod cases;
mod cli;
mod doc;
mod edits;
mod embed;
mod fault_table;
mod faults;
mod french;
mod fuzz;
mod images;
mod keeping_up;
mod mail;
mod memo;
mod outside;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod pdf_hard;
mod project;
mod publish;
mod reference;
mod scale;
mod search;
mod serve;
mod snapshot;
mod standing;
mod territory;
mod territory_site;
mod themes;
mod whole_sites;

/// Returns the project's folder: where the tests run, even when a shared cache compiled them elsewhere.
fn root() -> std::path::PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), Into::into)
}
