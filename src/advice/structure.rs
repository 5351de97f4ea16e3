//! Headings, sections, tables and the summary.

use super::{Desk, told};
use crate::diag::Span;
use crate::doc::{Fragment, PassageKind};
use crate::say;

/// Kinds whose pages are shown in lists by their summary.
const SUMMED: &[&str] = &["fiche", "recit", "page", "numero", "kit", "article"];

pub(super) fn read(desk: &mut Desk<'_>) {
    headings(desk);
    bold_headings(desk);
    tables(desk);
    summary(desk);
}

fn headings(desk: &mut Desk<'_>) {
    let mut found = Vec::new();
    let headings: Vec<(u8, u8, &std::ops::Range<usize>)> = desk
        .passages
        .passages
        .iter()
        .filter_map(|passage| match passage.kind {
            // A heading of level 1 in the text is read as level 2.
            PassageKind::Heading(level) => Some((level.max(2), level, &passage.span)),
            PassageKind::Text | PassageKind::Item | PassageKind::Cell => None,
        })
        .collect();
    let filled: Vec<usize> = {
        let words =
            desk.passages.passages.iter().filter(|p| !matches!(p.kind, PassageKind::Heading(_))).map(|p| p.span.start);
        let mut all: Vec<usize> = words.chain(desk.passages.other.iter().map(|range| range.start)).collect();
        all.extend(desk.passages.links.iter().map(|link| link.span.start));
        all.sort_unstable();
        all
    };
    let mut previous = 1;
    for (index, (level, typed, span)) in headings.iter().enumerate() {
        if *level > previous + 1 {
            let (wanted, hashes) = ("#".repeat(usize::from(previous) + 1), "#".repeat(usize::from(*level)));
            found.push((
                "C0306",
                (*span).clone(),
                say!(
                    "ce titre saute un niveau : « {hashes} » après un titre de niveau {previous}",
                    "this heading skips a level: “{hashes}” after a level-{previous} heading"
                ),
                say!("écrivez « {wanted} » devant ce titre", "write “{wanted}” before this heading"),
            ));
        }
        previous = *level;
        let next = headings.get(index + 1);
        let end = next.map_or(usize::MAX, |(_, _, span)| span.start);
        let first = filled.partition_point(|at| *at < span.end);
        // A heading that is a link leads to what it announces.
        let leads = desk.passages.links.iter().any(|link| span.start <= link.span.start && link.span.end <= span.end);
        let empty = !leads && filled.get(first).is_none_or(|at| *at >= end);
        if empty && next.is_none_or(|(_, next, _)| next <= typed) {
            found.push((
                "C0307",
                (*span).clone(),
                say!("cette partie est vide", "this section is empty"),
                say!("écrivez-la, ou retirez son titre", "write it, or remove its heading"),
            ));
        }
    }
    for (code, at, message, help) in found {
        desk.say(code, at, message, help);
    }
}

/// A paragraph that is bold from end to end is a heading that screen readers and the contents do not know.
fn bold_headings(desk: &mut Desk<'_>) {
    let text = desk.page.source.text;
    let mut found = Vec::new();
    for passage in &desk.passages.passages {
        if passage.kind != PassageKind::Text {
            continue;
        }
        let [Fragment::Words(words)] = &passage.fragments[..] else { continue };
        let written = text.get(passage.span.clone()).unwrap_or_default().trim();
        let inner = written.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
        let shown = &text[words.clone()];
        let short = shown.chars().count() <= 80 && !shown.ends_with(['.', '!', '?', '…', ':', ',', ';', '»']);
        if inner == Some(shown) && short {
            found.push(passage.span.start..passage.span.start + written.len());
        }
    }
    for at in found {
        desk.say(
            "C0308",
            at,
            say!("cette ligne en gras semble être un titre", "this bold line looks like a heading"),
            say!(
                "écrivez-la avec des dièses : « ## » devant, sans étoiles",
                "write it with hashes: “##” before it, without stars"
            ),
        );
    }
}

fn tables(desk: &mut Desk<'_>) {
    let empty: Vec<_> =
        desk.passages.tables.iter().filter(|(_, empty)| *empty).map(|(range, _)| range.clone()).collect();
    for range in empty {
        let line = desk.page.source.text[range.clone()].find('\n').map_or(range.end, |newline| range.start + newline);
        desk.say(
            "A0309",
            range.start..line,
            say!("ce tableau n’a pas d’en-têtes de colonnes", "this table has no column headers"),
            say!("nommez chaque colonne dans la première ligne", "name each column in the first row"),
        );
    }
}

fn summary(desk: &mut Desk<'_>) {
    let page = desk.page;
    if SUMMED.contains(&page.kind) && page.summary.is_none_or(|summary| summary.trim().is_empty()) {
        desk.report.push(told(
            page,
            "C0310",
            Span::default(),
            say!("cette page n’a pas de résumé", "this page has no summary"),
            say!(
                "ajoutez « resume: … » dans l’en-tête : une phrase, pour les listes, le partage et la recherche",
                "add “resume: …” to the front matter: one sentence, for lists, sharing and search"
            ),
        ));
    }
}
