//! essaim turns a folder of French Markdown into a searchable website, accessible PDFs, embeds and newsletters.
//!
//! The pipeline goes one way: [`Snapshot`] → drafts → [`Site`] → plan → files; see ARCHITECTURE.md.

#![forbid(unsafe_code)]

pub mod advice;
pub mod assets;
pub mod build;
pub mod cli;
pub mod config;
pub mod content;
pub mod diag;
pub mod doc;
pub mod emit;
pub mod fields;
pub mod french;
pub mod front;
pub mod highlight;
pub mod kinds;
pub mod link;
pub mod memo;
pub mod outside;
pub mod publish;
pub mod refusal;
pub mod report;
pub mod serve;
pub mod site;
pub mod snapshot;
pub mod system;
pub mod territory;
pub mod texts;
pub mod theme;
pub mod timings;
pub mod urls;
pub mod watch;

pub use build::{Build, Options};
pub use diag::{Diagnostic, Report, Severity};
pub use memo::Memos;
pub use site::Site;
pub use snapshot::Snapshot;
