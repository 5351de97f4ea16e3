//! Typographic repairs of a Markdown file, as edits of its bytes: nothing else in the file moves.

use std::fmt::Write as _;
use std::ops::Range;

use crate::diag::Report;
use crate::doc::{self, Fragment, Passage, Source};
use crate::fields::{Entry, NodeKind};
use crate::french::typography::may_close;
use crate::french::{Inclusif, Lang, Rules, Tongue, Typesetter, typeset};

/// Bytes of a file to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub with: String,
}

/// One correction as an editor reads it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// The words around, as they are.
    pub before: String,
    /// The words around, as they will be.
    pub after: String,
}

/// Finds the safe repairs of a file: those that the typographic pass would make, so that what readers see does not change.
///
/// `values` are the texts of the front matter that readers see, with the bytes of each.
/// No-break spaces are not written into the file: the pass sets them, and ordinary spaces are easier to edit.
pub fn repairs(source: &Source<'_>, values: &[(Range<usize>, &str)], rules: &Rules) -> Vec<Edit> {
    let rules = Rules { inclusif: Inclusif::TelQuel, ..*rules };
    if !rules.locale.is_french() {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (range, value) in values {
        edits.extend(value_edits(source.text, range, value, &rules));
    }
    let passages = doc::passages(source);
    let tongues: Vec<Tongue> =
        passages.passages.iter().map(|passage| Tongue::of(&passage.flat(source.text).text)).collect();
    let mut whole = Tongue::default();
    tongues.iter().for_each(|tongue| whole.add(*tongue));
    // French rules would harm a page, or a paragraph, that is in another tongue without saying so.
    if whole.is_foreign() {
        return Vec::new();
    }
    let groups: Vec<Vec<Edit>> = passages
        .passages
        .iter()
        .zip(&tongues)
        .filter(|(_, tongue)| !tongue.is_foreign())
        .map(|(passage, _)| passage_edits(source.text, passage, &rules))
        .filter(|edits| !edits.is_empty())
        .collect();
    let as_read = reading(source, source.text, &rules);
    let mut doubts = DOUBTS;
    keep(&groups, &mut doubts, &|edits| reading(source, &apply(source.text, edits), &rules) == as_read, &mut edits);
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits
}

/// Lists the texts of a front matter under these keys, with the bytes of each: what `repairs` takes.
pub fn values<'e>(entries: &'e [Entry], keys: &[&str]) -> Vec<(Range<usize>, &'e str)> {
    let mut found = Vec::new();
    for entry in entries {
        match &entry.value.kind {
            NodeKind::Text(text) if keys.contains(&entry.key.as_str()) => {
                found.push((entry.value.span.range(), text.as_str()));
            }
            NodeKind::Map(inner) => found.extend(values(inner, keys)),
            NodeKind::List(items) => {
                for item in items {
                    match &item.kind {
                        NodeKind::Map(inner) => found.extend(values(inner, keys)),
                        NodeKind::Text(text) if keys.contains(&entry.key.as_str()) => {
                            found.push((item.span.range(), text.as_str()));
                        }
                        _ => {}
                    }
                }
            }
            NodeKind::Text(_) | NodeKind::Null | NodeKind::Bool(_) | NodeKind::Integer(_) | NodeKind::Decimal(_) => {}
        }
    }
    found
}

/// How many times a file is read again to find the passages that an edit would harm.
const DOUBTS: u32 = 60;

/// Keeps the edits of the passages that read alike with them: all at once, else half by half.
fn keep(groups: &[Vec<Edit>], doubts: &mut u32, reads_alike: &dyn Fn(&[Edit]) -> bool, kept: &mut Vec<Edit>) {
    if groups.is_empty() || *doubts == 0 {
        return;
    }
    *doubts -= 1;
    let edits = groups.concat();
    if reads_alike(&edits) {
        kept.extend(edits);
    } else if groups.len() > 1 {
        let (first, second) = groups.split_at(groups.len() / 2);
        keep(first, doubts, reads_alike, kept);
        keep(second, doubts, reads_alike, kept);
    }
}

/// Returns the text with its edits made.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.len() * 2);
    let mut at = 0;
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Writes the edits as a unified diff of one file, without context lines.
pub fn diff(path: &str, text: &str, edits: &[Edit]) -> String {
    let mut out = String::new();
    if edits.is_empty() {
        return out;
    }
    let _ = writeln!(out, "--- {path}\n+++ {path}");
    let mut number = 1;
    let mut at = 0;
    let mut edits = edits.iter().peekable();
    while let Some(first) = edits.peek() {
        // The lines that the next edits touch.
        let start = text[..first.range.start].rfind('\n').map_or(0, |newline| newline + 1);
        number += text[at..start].matches('\n').count();
        let mut end = line_end(text, first.range.end);
        let mut these = Vec::new();
        while let Some(edit) = edits.next_if(|edit| edit.range.start < end || edit.range.end <= end) {
            end = end.max(line_end(text, edit.range.end));
            these.push(Edit { range: edit.range.start - start..edit.range.end - start, with: edit.with.clone() });
        }
        let old = &text[start..end];
        let new = apply(old, &these);
        let (old, new) = (old.trim_end_matches('\n'), new.trim_end_matches('\n').to_owned());
        let (before, after) = (old.lines().count().max(1), new.lines().count().max(1));
        let _ = writeln!(out, "@@ -{number},{before} +{number},{after} @@");
        for line in old.lines() {
            let _ = writeln!(out, "-{line}");
        }
        for line in new.lines() {
            let _ = writeln!(out, "+{line}");
        }
        number += text[start..end].matches('\n').count();
        at = end;
    }
    out
}

/// Lists the edits as an editor would mark them, each with the words around.
pub fn corrections(text: &str, edits: &[Edit]) -> Vec<Correction> {
    let mut list = Vec::with_capacity(edits.len());
    let mut line = 1;
    let mut at = 0;
    for edit in edits {
        line += text[at..edit.range.start].matches('\n').count();
        at = edit.range.start;
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let head = words_before(&text[line_start..at]);
        let tail = words_after(&text[edit.range.end..line_end(text, edit.range.end)]);
        list.push(Correction {
            line,
            column: text[line_start..at].chars().count() + 1,
            before: format!("{head}{}{tail}", &text[edit.range.clone()]),
            after: format!("{head}{}{tail}", edit.with),
        });
    }
    list
}

/// Writes the corrections of a file, one a line.
pub fn listing(path: &str, corrections: &[Correction], lang: Lang) -> String {
    let mut out = String::new();
    let (open, close) = match lang {
        Lang::Fr => ("« ", " »"),
        Lang::En => ("“", "”"),
    };
    for Correction { line, column, before, after } in corrections {
        let _ = writeln!(out, "{path}:{line}:{column}  {open}{before}{close} → {open}{after}{close}");
    }
    out
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |newline| from + newline + 1)
}

/// The last two words before a place.
fn words_before(text: &str) -> &str {
    let start = text.rmatch_indices(' ').nth(1).map_or(0, |(space, _)| space + 1);
    let tail = text.trim_start();
    if text.len() - start > 40 {
        return &text[text.char_indices().rev().nth(20).map_or(0, |(at, _)| at)..];
    }
    if start == 0 { tail } else { &text[start..] }
}

/// The two words after a place.
fn words_after(text: &str) -> &str {
    let line = text.trim_end_matches(['\n', '\r']);
    let end = line.match_indices(' ').filter(|(at, _)| *at > 0).nth(1).map_or(line.len(), |(space, _)| space);
    if end > 40 { &line[..line.char_indices().nth(20).map_or(line.len(), |(at, _)| at)] } else { &line[..end] }
}

/// Edits one value of the front matter, where the file shows it as it is.
fn value_edits(text: &str, range: &Range<usize>, value: &str, rules: &Rules) -> Vec<Edit> {
    let Some(shown) = text.get(range.clone()) else { return Vec::new() };
    let quoted = shown.len() >= 2 && shown.starts_with(['"', '\'']) && shown.ends_with(&shown[..1]);
    let inner = if quoted { range.start + 1..range.end - 1 } else { range.clone() };
    let open = shown.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']);
    if text[inner.clone()] != *value || (open && !quoted) || value.contains('\n') {
        return Vec::new();
    }
    let set = typeset(rules, value);
    let edits = differences(value, &set, inner.start);
    // YAML reads some marks itself: an edit that would bring one is left to the writer.
    let plain = |edit: &Edit| !edit.with.contains(['"', '\'', '#', '\\']) && (quoted || !edit.with.contains(':'));
    if edits.iter().all(plain) { edits } else { Vec::new() }
}

/// Edits the words of one passage, quotes paired over the whole of it.
fn passage_edits(text: &str, passage: &Passage, rules: &Rules) -> Vec<Edit> {
    let mut typesetter = Typesetter::new(rules);
    let first = |fragment: &Fragment| match fragment {
        Fragment::Words(range) => text[range.clone()].chars().next(),
        Fragment::Other(_, borders) => borders.map(|(first, _)| first),
        Fragment::Break(_) => Some(' '),
    };
    let closes = |fragment: &Fragment| matches!(fragment, Fragment::Words(range) if may_close(&text[range.clone()]));
    let mut edits = Vec::new();
    for (index, fragment) in passage.fragments.iter().enumerate() {
        match fragment {
            Fragment::Words(range) => {
                let words = &text[range.clone()];
                let later = &passage.fragments[index + 1..];
                let next = later.iter().find_map(first);
                if words.contains(['"', '\'']) {
                    typesetter.closing_ahead(later.iter().any(closes));
                }
                let set = typesetter.run(words, next);
                edits.extend(differences(words, &set, range.start));
            }
            Fragment::Other(_, Some((_, last))) => typesetter.opaque(*last),
            Fragment::Other(_, None) => {}
            Fragment::Break(_) => typesetter.opaque(' '),
        }
    }
    edits
}

/// Finds what changed between two texts, spaces of any width being the same.
fn differences(old: &str, new: &str, base: usize) -> Vec<Edit> {
    if old == new {
        return Vec::new();
    }
    let alike = |a: char, b: char| a == b || (is_blank(a) && is_blank(b));
    let olds: Vec<(usize, char)> = old.char_indices().collect();
    let news: Vec<char> = new.chars().collect();
    let place = |at: usize| olds.get(at).map_or(old.len(), |(byte, _)| *byte);
    let (mut i, mut j) = (0, 0);
    let mut edits = Vec::new();
    while i < olds.len() || j < news.len() {
        if let (Some((_, a)), Some(b)) = (olds.get(i), news.get(j))
            && alike(*a, *b)
        {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (a, b) = resync(&olds[i..], &news[j..], alike);
        let with: String = news[j..j + b].iter().map(|c| if is_blank(*c) { ' ' } else { *c }).collect();
        edits.push(Edit { range: base + place(i)..base + place(i + a), with });
        (i, j) = (i + a, j + b);
    }
    edits
}

/// Returns how many characters of each side to leave before both go on alike.
fn resync(olds: &[(usize, char)], news: &[char], alike: impl Fn(char, char) -> bool) -> (usize, usize) {
    for total in 1..=24 {
        for a in 0..=total {
            let b = total - a;
            if a > olds.len() || b > news.len() {
                continue;
            }
            let (rest, fresh) = (&olds[a..], &news[b..]);
            let same = rest.iter().zip(fresh).take_while(|((_, x), y)| alike(*x, **y)).count();
            if same >= 6 || (same == rest.len() && same == fresh.len()) {
                return (a, b);
            }
        }
    }
    (olds.len(), news.len())
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

/// Reads a text as the site would: what readers see of it.
fn reading(source: &Source<'_>, text: &str, rules: &Rules) -> (String, usize, usize) {
    let source = Source { file: source.file, text, body: source.body.start..text.len() };
    let mut document = doc::parse(&source, &doc::Options::default(), &mut Report::default());
    doc::typeset_document(&mut document, rules);
    (doc::text::document(&document), document.links.len(), document.blocks.len())
}
