//! What a French editor would say of a page, with exact places, and the repairs that a program may make in its text.

mod acronyms;
mod freshness;
mod images;
mod links;
mod prose;
pub mod repair;
mod sentences;
mod structure;
mod table;
mod traps;

use std::ops::Range;

use ecow::EcoString;

use crate::diag::{Diagnostic, Report, Said, Severity, Span};
use crate::doc::{self, Document, Flat, Glossary, Passage, PassageKind, Passages, Source};
use crate::french::{Date, Locale, When};

pub use table::{ADVICE, Advice, find};

/// A page to be read by the editor.
pub struct Page<'a> {
    pub source: &'a Source<'a>,
    pub document: &'a Document,
    /// The kind's name: `fiche`, `recit`, `page`…
    pub kind: &'a str,
    /// The key `resume`, if it says something.
    pub summary: Option<&'a str>,
    /// The key `verifie_le`, with its bytes.
    pub checked: Option<(When, Span)>,
    /// Whether a newer edition replaces it.
    pub replaced: bool,
    pub locale: Locale,
    pub glossary: &'a Glossary,
    /// What this page writes between double brackets to cite the fiche of a number; nothing when there is none.
    pub cited: &'a dyn Fn(i64) -> Option<EcoString>,
    /// The day of the check.
    pub today: Date,
}

/// Reads a page as an editor would and says what could be better.
///
/// Words in another language, code and addresses are left alone; what concerns French words is said of French pages only.
pub fn advise(page: &Page<'_>) -> Report {
    let passages = doc::passages(page.source);
    let flats = passages.passages.iter().map(|passage| passage.flat(page.source.text)).collect();
    let mut desk = Desk { page, passages: &passages, flats, report: Report::default() };
    links::read(&mut desk);
    images::read(&mut desk);
    structure::read(&mut desk);
    traps::read(&mut desk);
    freshness::read(&mut desk);
    if page.locale.is_french() && !prose::is_foreign(&mut desk) {
        prose::read(&mut desk);
        acronyms::read(&mut desk);
    }
    let mut report = desk.report;
    drop_addresses_of_broken_links(&mut report);
    report
}

/// A mistyped link is said once: its address is not also called an address left in the text.
fn drop_addresses_of_broken_links(report: &mut Report) {
    let span = |diagnostic: &Diagnostic| diagnostic.at.as_ref().map(|mark| mark.span).unwrap_or_default();
    let broken: Vec<Span> = report.diagnostics.iter().filter(|said| said.code == "A0327").map(span).collect();
    if !broken.is_empty() {
        report.diagnostics.retain(|said| {
            let at = span(said);
            said.code != "C0302" || !broken.iter().any(|outer| outer.start <= at.start && at.end <= outer.end)
        });
    }
}

/// What the readers of a page share.
struct Desk<'a> {
    page: &'a Page<'a>,
    passages: &'a Passages,
    flats: Vec<Flat>,
    report: Report,
}

impl Desk<'_> {
    /// Each passage with its words on one string.
    fn each(&self) -> impl Iterator<Item = (&Passage, &Flat)> {
        self.passages.passages.iter().zip(&self.flats)
    }

    /// Each passage that is not a heading.
    fn prose(&self) -> impl Iterator<Item = (&Passage, &Flat)> {
        self.each().filter(|(passage, _)| !matches!(passage.kind, PassageKind::Heading(_)))
    }

    /// Says something of bytes of the file; the severity is that of the table.
    fn say(&mut self, code: &'static str, at: Range<usize>, message: Said, help: Said) {
        self.report.push(told(self.page, code, Span::from(at), message, help));
    }
}

fn told(page: &Page<'_>, code: &'static str, span: Span, message: Said, help: Said) -> Diagnostic {
    let severity = find(code).map_or(Severity::Advice, |advice| advice.severity);
    let diagnostic = match severity {
        Severity::Warning => Diagnostic::warning(code, message),
        Severity::Advice | Severity::Error => Diagnostic::advice(code, message),
    };
    diagnostic.at(page.source.file, span).help(help)
}

/// The words of a text with their bytes: letters, figures, and the apostrophes and hyphens inside.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let mut end = start;
        for (offset, c) in text[start..].char_indices() {
            let inner = matches!(c, '-' | '·' | '.' | '_' | '’' | '\'');
            // An accent typed apart from its letter.
            let accent = matches!(c, '\u{300}'..='\u{36f}');
            let next = text[start + offset + c.len_utf8()..].chars().next();
            if c.is_alphanumeric() || accent || (inner && next.is_some_and(char::is_alphanumeric)) {
                end = start + offset + c.len_utf8();
                // An elision is a word of its own.
                if matches!(c, '’' | '\'') {
                    break;
                }
            } else {
                break;
            }
        }
        at = end;
        Some((start..end, &text[start..end]))
    })
}
