//! Sentences and their length.

use std::ops::Range;

use super::words;

/// How many words a sentence may have.
pub(super) const LONGEST: usize = 40;

/// Finds the sentences that are too long, with their number of words.
pub(super) fn long_sentences(text: &str) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let count = words(&text[range.clone()]).filter(|(_, word)| !word.ends_with(['’', '\''])).count();
        if count > LONGEST {
            let lead = text[range.clone()].len() - text[range.clone()].trim_start().len();
            let end = range.start + text[range.clone()].trim_end().len();
            found.push((range.start + lead..end, count));
        }
    };
    for (at, c) in text.char_indices() {
        if c == '\n' {
            // A line of its own, or the beginning of a list typed by hand.
            let next = text[at + 1..].trim_start().chars().next();
            if text[..at].trim_end().ends_with(':')
                || next.is_some_and(|next| next.is_uppercase() || matches!(next, '-' | '–' | '—' | '•'))
            {
                push(start..at);
                start = at + 1;
            }
            continue;
        }
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let end = at + c.len_utf8();
        let rest = text[end..].trim_start_matches([' ', '\n', '\u{a0}', '\u{202f}', '»', '”', ')']);
        let spaced = rest.len() < text[end..].len() || rest.is_empty();
        let opens = rest.chars().next().is_none_or(|next| {
            next.is_uppercase() || next.is_ascii_digit() || matches!(next, '«' | '“' | '—' | '–' | '\u{fffc}')
        });
        let abbreviation = c == '.'
            && text[..at]
                .rsplit(|p: char| !p.is_alphabetic())
                .next()
                .is_some_and(|word| matches!(word, "M" | "MM" | "art" | "cf" | "p" | "ex"));
        if spaced && opens && !abbreviation {
            push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        push(start..text.len());
    }
    found
}
