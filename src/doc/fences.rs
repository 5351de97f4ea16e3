//! Finds the lines that open or close a directive, and hides them from the Markdown parser.
//!
//! Each such line is replaced, byte for byte, by a thematic break (`___` and spaces) in a copy of the text.
//! A break ends a paragraph, a list or a quote exactly where a writer expects `:::` to, and the parser itself
//! says which of them really are blocks: one that stands in code, in HTML or in a comment is reported as text
//! at the same bytes, and gets its own characters back.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::{self, Attributes, Fault};
use crate::texts::has_pair;

/// A line that may open or close a directive.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fence<'t> {
    /// From the first colon to the end of what was typed.
    pub(super) span: Range<usize>,
    /// How many colons.
    pub(super) colons: usize,
    /// `None` for a line that closes.
    pub(super) opening: Option<Opening<'t>>,
}

/// What follows the colons of a line that opens a directive.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opening<'t> {
    pub(super) name: &'t str,
    pub(super) name_span: Range<usize>,
    /// Words after the name, outside the braces.
    pub(super) title: Option<(&'t str, Range<usize>)>,
    pub(super) attributes: Result<Attributes<'t>, Fault>,
    /// The line also closes: `:::carte{…} :::`.
    pub(super) closed: bool,
}

/// How many lines the braces of one directive may span.
const LINES: usize = 12;

/// Finds the fences of a text, in order.
pub(super) fn find(text: &str) -> Vec<Fence<'_>> {
    let mut fences = Vec::new();
    let mut line = 0;
    while let Some(colons) = colons(text.as_bytes(), line) {
        line = text.as_bytes()[line..colons].iter().rposition(|byte| is_end(*byte)).map_or(line, |at| line + at + 1);
        let end = line_end(text, colons);
        let start = line + prefix(&text[line..end]);
        let mut next = end;
        if text[start..end].starts_with(":::") {
            let fence = fence(text, start, end, text[line..start].trim().is_empty());
            next = line_end(text, end.max(fence.span.end));
            fences.push(fence);
        }
        line = next;
    }
    fences
}

/// Returns the text with every fence hidden; the length does not change.
pub(super) fn hide<'t>(text: &'t str, fences: &[Fence<'_>]) -> Cow<'t, str> {
    if fences.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut hidden = String::with_capacity(text.len());
    for fence in fences {
        hidden.push_str(&text[hidden.len()..fence.span.start]);
        hidden.push_str("___");
        for byte in text[fence.span.start + 3..fence.span.end].bytes() {
            hidden.push(if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' });
        }
    }
    hidden.push_str(&text[hidden.len()..]);
    Cow::Owned(hidden)
}

/// Finds three colons from a place on.
fn colons(text: &[u8], from: usize) -> Option<usize> {
    (from..text.len()).step_by(PIECE).find_map(|start| {
        let piece = &text[start..(start + PIECE + 2).min(text.len())];
        // Most pieces have not even two.
        if !has_pair(piece, |a, b| (a == b':') & (b == b':')) {
            return None;
        }
        piece.windows(3).position(|three| three == b":::").map(|at| start + at)
    })
}

/// How much of a text is looked through at once for colons.
const PIECE: usize = 256;

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn line_end(text: &str, from: usize) -> usize {
    text.as_bytes()[from..].iter().position(|byte| is_end(*byte)).map_or(text.len(), |at| from + at)
}

/// Measures the blanks, quote marks and list marks before the content of a line.
fn prefix(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        while matches!(bytes.get(at), Some(b' ' | b'\t' | b'>')) {
            at += 1;
        }
        let digits = bytes[at..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let mark = match bytes.get(at + digits) {
            Some(b'-' | b'+' | b'*') if digits == 0 => 1,
            Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
            Some(b':') if digits == 0 => 1,
            Some(b'[') if bytes[at..].starts_with(b"[^") => match line[at..].find("]:") {
                Some(end) => end + 2,
                None => return at,
            },
            _ => return at,
        };
        if !matches!(bytes.get(at + mark), Some(b' ' | b'\t')) {
            return at;
        }
        at += mark + 1;
    }
}

fn fence(text: &str, start: usize, end: usize, plain_prefix: bool) -> Fence<'_> {
    let line = text[start..end].trim_end();
    let colons = line.bytes().take_while(|byte| *byte == b':').count();
    let rest = &line[colons..];
    let span = start..start + line.len();
    if rest.trim().is_empty() {
        return Fence { span, colons, opening: None };
    }
    let name_at = start + colons + (rest.len() - rest.trim_start().len());
    let after = &text[name_at..span.end];
    let name_length = after.find(|c: char| c.is_whitespace() || matches!(c, '{' | ':')).unwrap_or(after.len());
    let name_span = name_at..name_at + name_length;
    let mut opening = Opening {
        name: &text[name_span.clone()],
        name_span: name_span.clone(),
        title: None,
        attributes: Ok(Attributes { pieces: Vec::new(), end: name_span.end }),
        closed: false,
    };
    let mut end = span.end;
    let mut words = name_span.end..end;
    if let Some(brace) = text[words.clone()].find('{').map(|at| words.start + at) {
        opening.attributes = braces(text, brace, end, plain_prefix);
        match &opening.attributes {
            Ok(read) => {
                end = end.max(read.end);
                let tail = read.end..line_end(text, end.max(read.end));
                let tail_end = tail.start + text[tail.clone()].trim_end().len();
                end = end.max(tail_end);
                let tail = tail.start..tail_end;
                words = if text[words.start..brace].trim().is_empty() { tail.clone() } else { words.start..brace };
                opening.closed = text[tail].trim() == ":::";
            }
            Err(_) => words = words.start..brace,
        }
    } else if let Some(words_only) = text[words.clone()].trim_end().strip_suffix(":::") {
        opening.closed = true;
        words = words.start..words.start + words_only.len();
    }
    let typed = &text[words.clone()];
    let title = typed.trim();
    if !title.trim_matches(':').is_empty() {
        let from = words.start + (typed.len() - typed.trim_start().len());
        opening.title = Some((title, from..from + title.len()));
    }
    Fence { span: start..end, colons, opening: Some(opening) }
}

/// Reads the braces on the line, or over the lines that follow when they are not closed on theirs.
fn braces(text: &str, brace: usize, end: usize, plain_prefix: bool) -> Result<Attributes<'_>, Fault> {
    let first = attributes::read(&text[brace..end], brace);
    if !plain_prefix || !matches!(first, Err(Fault::Unclosed(_) | Fault::Quote(_))) {
        return first;
    }
    let mut stop = line_end(text, end);
    for _ in 1..LINES {
        let mut from = stop;
        from += if text[from..].starts_with("\r\n") { 2 } else { usize::from(from < text.len()) };
        let next = line_end(text, from);
        let line = text[from..next].trim();
        if line.is_empty() || line.starts_with(":::") {
            break;
        }
        stop = next;
        if line.contains('}') {
            let whole = attributes::read(&text[brace..stop], brace);
            if whole.is_ok() {
                return whole;
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_found_where_a_line_begins() {
        let text = "a ::: b\n:::exemple{titre=\"Un\"\n  annee=2020}\n> ::: encadre Un titre\n- :::carte{} :::\n   ::::\r\n1. x :::\n";
        let found: Vec<_> = find(text)
            .iter()
            .map(|fence| {
                let opening = fence.opening.as_ref();
                (
                    &text[fence.span.clone()],
                    fence.colons,
                    opening.map(|opening| (opening.name, opening.title.as_ref().map(|title| title.0), opening.closed)),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (":::exemple{titre=\"Un\"\n  annee=2020}", 3, Some(("exemple", None, false))),
                ("::: encadre Un titre", 3, Some(("encadre", Some("Un titre"), false))),
                (":::carte{} :::", 3, Some(("carte", None, true))),
                ("::::", 4, None),
            ]
        );
        let hidden = hide(text, &find(text));
        assert_eq!(hidden.len(), text.len());
        assert!(!hidden.contains("exemple"));
        assert!(hidden.contains("> ___                "));
    }
}
