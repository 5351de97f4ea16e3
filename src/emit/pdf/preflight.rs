//! Looks for characters that no typeface holds before anything is laid out, and says where they are.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::glyphs::{Coverage, Lost, code};
use super::pictures;
use crate::diag::{Diagnostic, Report, Span};
use crate::doc::{Block, Inline, Place, Step, Visitor, visit};
use crate::say;
use crate::site::{Page, Site, Target};
use crate::snapshot::Snapshot;

/// Reports the characters of a page that its PDF cannot show, each once.
pub fn check(site: &Site, page: &Page, snapshot: &Snapshot, coverage: &Coverage, report: &mut Report) {
    drawings(site, page, snapshot, coverage, report);
    let mut reader = Reader { coverage, lost: Vec::new(), known: BTreeSet::new() };
    reader.read(&page.title);
    reader.read(&page.summary);
    for key in ["question", "edito", "porteur", "accompagnement", "horizon"] {
        if let Some(text) = page.fields.text(key) {
            reader.read(text);
        }
    }
    visit(&page.document, &mut reader);
    if reader.lost.is_empty() {
        return;
    }
    let source = snapshot.text(&page.source);
    for lost in reader.lost {
        // The typesetting of the text moved it: the characters themselves have not changed.
        let at = source
            .as_ref()
            .and_then(|text| text.find(&lost.text))
            .map_or(Span::default(), |at| Span::new(at, at + lost.text.len()));
        report.push(unseen(&lost).at_labelled(&page.source, at, say!("absent des polices", "in no typeface")));
    }
}

/// Reports the characters of a page's drawings, in their own files.
fn drawings(site: &Site, page: &Page, snapshot: &Snapshot, coverage: &Coverage, report: &mut Report) {
    for target in &page.targets {
        let Target::File(asset) = target else { continue };
        let source = &site.asset(*asset).source;
        if !source.extension().eq_ignore_ascii_case("svg") {
            continue;
        }
        let Some(bytes) = snapshot.bytes(source) else { continue };
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        pictures::settled(text, coverage, &mut |lost| {
            let at = text.find(&lost.text).map_or(Span::default(), |at| Span::new(at, at + lost.text.len()));
            let said = unseen(&lost).at_labelled(source, at, say!("absent des polices", "in no typeface"));
            if !report.diagnostics.contains(&said) {
                report.push(said);
            }
        });
    }
}

fn unseen(lost: &Lost) -> Diagnostic {
    let (text, stand_in) = (&lost.text, &lost.stand_in);
    let codes = lost.text.chars().take(4).map(code).collect::<Vec<_>>().join(" ");
    Diagnostic::warning(
        "A0701",
        say!(
            "le PDF ne peut pas montrer « {text} » ({codes}) : il écrit « {stand_in} »",
            "the PDF cannot show “{text}” ({codes}): it writes “{stand_in}”"
        ),
    )
    .help(say!(
        "remplacez ce signe par un mot, ou ajoutez une police qui le contient dans « themes/essaim/pdf/fonts/ »",
        "put a word instead of this sign, or add a typeface that holds it to “themes/essaim/pdf/fonts/”"
    ))
}

struct Reader<'c> {
    coverage: &'c Coverage,
    lost: Vec<Lost>,
    known: BTreeSet<String>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        let (lost, known) = (&mut self.lost, &mut self.known);
        self.coverage.settle(text, &mut |what| {
            if known.insert(what.text.clone()) {
                lost.push(what);
            }
        });
    }
}

impl<'d> Visitor<'d> for Reader<'_> {
    fn block(&mut self, block: &'d Block) -> Step {
        match block {
            Block::Code { text, .. } | Block::Html(text) => self.read(text),
            Block::Paragraph { .. }
            | Block::Heading(_)
            | Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Figure(_)
            | Block::Rule
            | Block::Directive(_) => {}
        }
        Step::Into
    }

    fn inline(&mut self, inline: &'d Inline) -> Step {
        match inline {
            Inline::Text(text)
            | Inline::SmallCaps(text)
            | Inline::NoBreak(text)
            | Inline::Code(text)
            | Inline::Html(text) => self.read(text),
            Inline::Abbreviation { text, meaning, .. } => {
                self.read(text);
                self.read(meaning);
            }
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Deleted(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Link { .. }
            | Inline::Image(_)
            | Inline::NoteCall { .. }
            | Inline::Foreign { .. }
            | Inline::SoftBreak
            | Inline::HardBreak => {}
        }
        Step::Into
    }

    fn label(&mut self, text: &'d EcoString, _: Place) {
        self.read(text);
    }
}
