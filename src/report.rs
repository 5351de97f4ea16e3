//! How diagnostics are shown: on a terminal, to other programs, and in the preview's overlay.

mod excerpt;
mod html;
mod terminal;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diag::{Diagnostic, FilePath, Mark, Report, Said, Severity, Tongue};
use crate::say;
use excerpt::position;

pub use html::html;
pub use terminal::{Look, terminal};

/// Gives the text of a source file, for the lines that a diagnostic shows.
pub type Texts<'a> = dyn Fn(&FilePath) -> Option<Arc<str>> + 'a;

/// Returns one JSON object a line for each diagnostic; lines and columns begin at 1, columns count characters.
pub fn json(report: &Report, texts: &Texts<'_>, tongue: Tongue) -> String {
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let row = Row::of(diagnostic, texts, tongue);
        out.push_str(&serde_json::to_string(&row).expect("a row of texts and numbers is always JSON"));
        out.push('\n');
    }
    out
}

/// How many messages of one code are shown to people at most; programs get them all.
const SHOWN: usize = 200;

/// Returns what people can read of a report: of a message that comes again and again the first ones, and how many are left out.
pub fn readable(report: &Report) -> (Report, Vec<Said>) {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut shown = Report::default();
    for diagnostic in &report.diagnostics {
        let count = seen.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= SHOWN {
            shown.push(diagnostic.clone());
        }
    }
    let left =
        seen.into_iter().filter_map(|(code, count)| Some((code, count.checked_sub(SHOWN).filter(|left| *left > 0)?)));
    let said = left.map(|(code, left)| {
        say!(
            "… et {left} autres messages {code}, que « --format json » donne tous.",
            "… and {left} more messages {code}, which “--format json” gives in full."
        )
    });
    (shown, said.collect())
}

/// Returns « 2 erreurs, 1 alerte », or nothing when there is nothing to count.
pub fn counts(report: &Report, tongue: Tongue) -> Option<String> {
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Advice]
        .into_iter()
        .filter_map(|severity| {
            let count = report.count(severity);
            let word = severity.word(tongue);
            let plural = if count > 1 && word != "advice" { "s" } else { "" };
            (count > 0).then(|| format!("{count} {word}{plural}"))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What other programs read: these names never change and are never translated.
#[derive(Serialize)]
struct Row<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(diagnostic: &'a Diagnostic, texts: &Texts<'_>, tongue: Tongue) -> Self {
        let at = diagnostic.at.as_ref();
        let place = at.map(|mark| place(mark, texts));
        Self {
            // Programs compare this word: it is the same in every language.
            severity: diagnostic.severity.word(Tongue::French),
            code: diagnostic.code,
            message: diagnostic.message.to(tongue),
            file: at.map(|mark| mark.file.as_str()),
            line: place.map(|(start, _)| start.0),
            column: place.map(|(start, _)| start.1),
            end_line: place.map(|(_, end)| end.0),
            end_column: place.map(|(_, end)| end.1),
            help: diagnostic.help.as_ref().map(|help| help.to(tongue)),
        }
    }
}

/// Returns the lines and columns of a mark's first byte and of the byte after its last.
fn place(mark: &Mark, texts: &Texts<'_>) -> ((usize, usize), (usize, usize)) {
    match texts(&mark.file) {
        Some(text) => (position(&text, mark.span.range().start), position(&text, mark.span.range().end)),
        None => ((1, 1), (1, 1)),
    }
}
