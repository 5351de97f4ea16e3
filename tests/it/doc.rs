//! Markdown and its directives: what each construct becomes, what each fault says, and what holds for any text.

mod faults;
mod properties;
mod tree;

use essaim::diag::{FilePath, Report};
use essaim::doc::{self, Document, Options, Source};

/// Parses a whole text as a body.
fn parse(text: &str) -> (Document, Report) {
    parse_body(text, 0)
}

/// Parses what follows some bytes of front matter.
fn parse_body(text: &str, start: usize) -> (Document, Report) {
    let file = FilePath::new("content/fiche.md");
    let mut report = Report::default();
    let source = Source { file: &file, text, body: start..text.len() };
    let document = doc::parse(&source, &Options::default(), &mut report);
    (document, report)
}
