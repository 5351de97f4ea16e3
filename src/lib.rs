//! essaim turns a folder of French Markdown into a searchable website, accessible PDFs, embeds and newsletters.

pub mod diag;
pub mod doc;
pub mod french;
pub mod memo;
pub mod publish;
pub mod refusal;
pub mod report;
pub mod snapshot;
pub mod urls;
