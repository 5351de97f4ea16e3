//! A text cut into what is set in a special way: ordinals, centuries, inclusive forms.

use std::ops::Range;

use crate::french::inclusive;
use crate::texts::has_pair;

/// A part of a typeset text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Ordinary text.
    Plain(&'t str),
    /// « 1er »: the suffix is a superscript.
    Ordinal {
        /// The figures.
        number: &'t str,
        /// `er`, `re`, `e`, `nd`, and their plurals.
        suffix: &'t str,
    },
    /// « XXIe »: the numeral is in small capitals, the suffix is a superscript.
    Century {
        /// The Roman numeral, in capitals.
        roman: &'t str,
        /// `e`, `er` or `re`.
        suffix: &'t str,
    },
    /// « élu·e·s »: never split between two lines.
    Inclusive(&'t str),
}

/// Cuts a typeset text into its pieces, in order and without losing a byte.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut marks = marks(text).into_iter();
    let mut pending: Option<Mark> = None;
    let mut at = 0;
    std::iter::from_fn(move || {
        let mark = pending.take().or_else(|| marks.next());
        match mark {
            None if at == text.len() => None,
            None => {
                let plain = &text[at..];
                at = text.len();
                Some(Piece::Plain(plain))
            }
            Some(mark) if at < mark.range.start => {
                let plain = &text[at..mark.range.start];
                at = mark.range.start;
                pending = Some(mark);
                Some(Piece::Plain(plain))
            }
            Some(mark) => {
                at = mark.range.end;
                let head = &text[mark.range.start..mark.split];
                let tail = &text[mark.split..mark.range.end];
                Some(match mark.kind {
                    Kind::Ordinal => Piece::Ordinal { number: head, suffix: tail },
                    Kind::Century => Piece::Century { roman: head, suffix: tail },
                    Kind::Inclusive => Piece::Inclusive(&text[mark.range]),
                })
            }
        }
    })
}

struct Mark {
    range: Range<usize>,
    split: usize,
    kind: Kind,
}

enum Kind {
    Ordinal,
    Century,
    Inclusive,
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    if may_have_numbers(text) {
        numbers(text, &mut marks);
    }
    if may_have_forms(text) {
        let forms = inclusive::find(text);
        marks.extend(forms.map(|found| Mark { split: found.range.start, range: found.range, kind: Kind::Inclusive }));
    }
    marks.retain(|mark| !in_machine(text, &mark.range));
    marks.sort_by_key(|m| m.range.start);
    marks.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    marks
}

/// Finds the ordinals and the centuries of a text.
fn numbers(text: &str, marks: &mut Vec<Mark>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| NUMERAL[usize::from(*byte)]) {
        at += next;
        let (head, kind) = if bytes[at].is_ascii_digit() {
            (run(bytes, at, |b| b.is_ascii_digit()), Kind::Ordinal)
        } else {
            (run(bytes, at, |b| matches!(b, b'I' | b'V' | b'X')), Kind::Century)
        };
        let suffix = &text[head..];
        let len = suffix.find(|c: char| !c.is_alphabetic()).unwrap_or(suffix.len());
        let number = match kind {
            Kind::Ordinal | Kind::Inclusive => &text[at..head],
            Kind::Century if head - at == 1 && bytes[at] == b'I' => "1",
            Kind::Century => "0",
        };
        let apart = text[..at]
            .chars()
            .next_back()
            .is_none_or(|p| !p.is_alphanumeric() && !matches!(p, '_' | '/' | '.' | ',' | '@' | '#'));
        if apart
            && is_suffix(number, &suffix[..len])
            && !super::continues_machine(&suffix[len..])
            && !suffix[len..].starts_with(|c: char| c.is_numeric())
        {
            marks.push(Mark { range: at..head + len, split: head, kind });
        }
        at = head + len;
    }
}

/// Says whether a text may have an ordinal or a century: most have none, and two bytes tell.
fn may_have_numbers(text: &str) -> bool {
    has_pair(text.as_bytes(), |a, b| {
        let is_numeral = a.is_ascii_digit() | (a == b'I') | (a == b'V') | (a == b'X');
        is_numeral & ((b == b'e') | (b == b'r') | (b == b'n') | (b == b'd'))
    })
}

/// Says whether a text may have an inclusive form.
fn may_have_forms(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() | (byte >= 0x80);
    has_pair(text.as_bytes(), |a, b| {
        (((a == b'.') | (a == b'-') | (a == b'/')) & is_letter(b))
            | (((b == b'(') | (b == b'E')) & is_letter(a))
            // « · », « ‧ » and « • », « ∙ » and « ⋅ ».
            | ((a == 0xc2) & (b == 0xb7))
            | ((a == 0x80) & ((b == 0xa7) | (b == 0xa2)))
            | ((a == 0xe2) & ((b == 0x88) | (b == 0x8b)))
    })
}

/// The bytes that begin a number, in figures or in Roman numerals.
const NUMERAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        table[digit as usize] = true;
        digit += 1;
    }
    table[b'I' as usize] = true;
    table[b'V' as usize] = true;
    table[b'X' as usize] = true;
    table
};

/// Says whether a place is part of an address, an e-mail or a path.
fn in_machine(text: &str, range: &Range<usize>) -> bool {
    let start = text[..range.start].rfind(char::is_whitespace).unwrap_or(0);
    let end = text[range.end..].find(char::is_whitespace).map_or(text.len(), |end| range.end + end);
    let token = text[start..end].trim_start();
    token.contains(['\\', '@'])
        || token.contains("://")
        || token.contains("www.")
        || token.starts_with('~')
        || begins_path(token)
}

/// Says whether a bar in a token begins a path rather than parting two words.
fn begins_path(token: &str) -> bool {
    token.match_indices('/').any(|(at, _)| !token[..at].ends_with(char::is_alphanumeric))
}

fn run(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    from + bytes[from..].iter().take_while(|b| is(**b)).count()
}

fn is_suffix(number: &str, suffix: &str) -> bool {
    match suffix {
        "er" | "ers" | "re" | "res" => number == "1",
        "nd" | "nds" | "nde" | "ndes" | "d" | "de" | "ds" | "des" => number == "2",
        "e" | "es" => number != "1",
        _ => false,
    }
}
