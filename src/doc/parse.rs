//! Markdown becomes a [`Document`]: the options of the language, the limits, and the passes in their order.

use std::borrow::Cow;
use std::ops::Range;

use ecow::EcoString;
use pulldown_cmark::{BrokenLink, LinkType, Options as Extensions, Parser};

use super::builder::Builder;
use super::tree::Document;
use super::{anchors, fences};
use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::say;
use crate::texts::{has_byte, is_control};

/// How large the body of one file may be, in bytes.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// How deep boxes, quotes and lists may stand in each other.
pub const MAX_DEPTH: usize = 64;

/// A file as saved, and the part of it that is Markdown.
#[derive(Debug, Clone)]
pub struct Source<'s> {
    pub file: &'s FilePath,
    /// The whole file, front matter included.
    pub text: &'s str,
    /// The bytes of the Markdown in `text`.
    pub body: Range<usize>,
}

impl<'s> Source<'s> {
    /// Returns where the Markdown begins; a place inside a character is moved before it.
    pub fn start(&self) -> usize {
        self.border(self.body.start)
    }

    /// Returns the Markdown.
    pub fn markdown(&self) -> &'s str {
        let start = self.start();
        &self.text[start..self.border(self.body.end).max(start)]
    }

    fn border(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// How many references without an address are said at most.
const MAX_BROKEN: usize = 50;

/// What a site decides about the bodies of its documents.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Sites whose pages may be framed by raw HTML, such as the site's own host.
    pub frames: Vec<EcoString>,
}

pub(super) fn extensions() -> Extensions {
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_DEFINITION_LIST
        | Extensions::ENABLE_GFM
        | Extensions::ENABLE_WIKILINKS
}

/// Reads the Markdown of a file.
///
/// It never fails: what is wrong is said in the report, and the text is kept where it stood.
pub fn parse(source: &Source<'_>, options: &Options, report: &mut Report) -> Document {
    let body = source.markdown();
    if body.len() > MAX_BYTES {
        let limit = MAX_BYTES / 1024 / 1024;
        report.push(
            Diagnostic::error("E0201", say!("ce texte dépasse {limit} Mio", "this text is larger than {limit} MiB"))
                .at(source.file, Span::new(source.start(), source.start()))
                .help(say!("coupez-le en plusieurs pages", "split it into several pages")),
        );
        return Document::default();
    }
    let said = report.diagnostics.len();
    let clean = without_controls(source, report);
    let fences = fences::find(&clean);
    let hidden = fences::hide(&clean, &fences);
    let mut broken = Vec::new();
    let note_broken = |link: BrokenLink<'_>| {
        // `[texte](un nom.pdf)` is no link: its blank ends the address.
        let before_address = || hidden.get(link.span.end..).is_some_and(|rest| rest.starts_with('('));
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed)
            || (link.link_type == LinkType::Shortcut && before_address())
        {
            broken.push(link.span);
        }
        None
    };
    let mut events = Parser::new_with_broken_link_callback(&hidden, extensions(), Some(note_broken)).into_offset_iter();
    let mut builder = Builder::new(source, options, &clean, &fences, report);
    while let Some((event, range)) = events.next() {
        builder.event(event, range, events.reference_definitions());
    }
    drop(events);
    let mut document = builder.finish();
    report_broken(broken, &clean, source, report);
    anchors::finish(&mut document, source, report);
    for diagnostic in &mut report.diagnostics[said..] {
        for mark in diagnostic.at.iter_mut().chain(&mut diagnostic.also) {
            mark.span = whole_characters(source.text, mark.span);
        }
    }
    document
}

/// Widens a span to whole characters of the text.
fn whole_characters(text: &str, span: Span) -> Span {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end as usize).clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

/// Replaces control characters by spaces, so that no output ever holds one.
fn without_controls<'s>(source: &Source<'s>, report: &mut Report) -> Cow<'s, str> {
    let body = source.markdown();
    if !has_byte(body.as_bytes(), is_control) {
        return Cow::Borrowed(body);
    }
    let first = body.bytes().position(is_control).unwrap_or_default();
    let at = source.start() + first;
    report.push(
        Diagnostic::warning(
            "A0212",
            say!("un caractère invisible est remplacé par une espace", "an invisible character is replaced by a space"),
        )
        .at(source.file, Span::new(at, at + 1))
        .help(say!(
            "il vient souvent d’un copier-coller ; effacez-le et retapez le mot",
            "it often comes from pasted text; delete it and type the word again"
        )),
    );
    Cow::Owned(body.chars().map(|c| if c.is_ascii() && is_control(c as u8) { ' ' } else { c }).collect())
}

/// Says which `[texte][repère]` have no `[repère]: adresse` anywhere.
fn report_broken(mut broken: Vec<Range<usize>>, clean: &str, source: &Source<'_>, report: &mut Report) {
    broken.sort_by_key(|range| (range.start, range.end));
    broken.dedup();
    for range in broken.into_iter().take(MAX_BROKEN) {
        let typed = clean.get(range.clone()).unwrap_or_default();
        let after = clean.get(range.end..).unwrap_or_default();
        if typed.starts_with("[^") || typed.starts_with("[[") {
            continue;
        }
        report.push(
            Diagnostic::warning(
                "A0208",
                say!(
                    "« {typed} » n’a pas d’adresse : le texte reste sans lien",
                    "“{typed}” has no address: the text stays without a link"
                ),
            )
            .at(source.file, Span::from(range).shifted(source.start()))
            .help(if after.starts_with("({{") || after.starts_with("({%") {
                say!(
                    "les adresses entre accolades sont celles d’un autre programme : écrivez le chemin du fichier, par exemple [texte](suite.md)",
                    "addresses between braces are those of another program: write the path of the file, for example [text](next.md)"
                )
            } else if after.starts_with('(') {
                say!(
                    "un nom qui contient des espaces se met entre < et > : [texte](<compte rendu.pdf>)",
                    "a name with spaces stands between < and >: [text](<some minutes.pdf>)"
                )
            } else {
                say!(
                    "écrivez [texte](adresse), ou ajoutez une ligne « [repère]: adresse »",
                    "write [text](address), or add a line “[label]: address”"
                )
            }),
        );
    }
}
