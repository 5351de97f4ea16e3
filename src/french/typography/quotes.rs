//! Quotation marks and apostrophes, paired over a paragraph.

use super::cursor::{Cursor, is_gap, is_space};
use super::{Typesetter, is_boundary, machine, words};
use crate::texts::has_byte;

/// A quotation that has been opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// By a « of the author.
    Guillemet,
    /// By a « put in the place of another mark.
    Converted,
    /// By a “ inside another quotation.
    Inner,
}

impl Typesetter {
    pub(super) fn open_guillemet(&mut self, c: &mut Cursor<'_>) {
        self.open.push(Open::Guillemet);
        self.after_opening(c, 2);
    }

    /// Writes « for the next `len` bytes and the space that follows it.
    fn after_opening(&mut self, c: &mut Cursor<'_>, len: usize) {
        c.put(len, "«");
        let gaps = gaps_len(c.rest());
        match c.peek(gaps) {
            // « » alone is shown as it is, a mark among others.
            None | Some('»') => c.skip(gaps),
            Some(_) if gaps == 0 && c.peek(0).is_some_and(is_space) => {}
            Some(_) => c.put_char(gaps, self.rules.inside_quotes()),
        }
    }

    pub(super) fn close_guillemet(&mut self, c: &mut Cursor<'_>) {
        while let Some(open) = self.open.pop() {
            match open {
                Open::Guillemet | Open::Converted => break,
                Open::Inner => {}
            }
        }
        self.before_closing(c, 2);
    }

    /// Writes » for the next `len` bytes after the space it needs.
    fn before_closing(&mut self, c: &mut Cursor<'_>, len: usize) {
        if c.read().trim_end_matches(is_gap).ends_with('«') {
            return c.put(len, "»");
        }
        trim(c);
        match c.prev() {
            None | Some('«') => {}
            Some(prev) if is_space(prev) => {}
            Some(_) => c.put_char(0, self.rules.inside_quotes()),
        }
        c.put(len, "»");
    }

    pub(super) fn open_inner(&mut self, c: &mut Cursor<'_>) {
        if machine::skip_value(c, 3) {
            return;
        }
        if self.open.is_empty() {
            self.open.push(Open::Converted);
            self.after_opening(c, 3);
        } else {
            self.open.push(Open::Inner);
            c.skip(3);
        }
    }

    pub(super) fn close_inner(&mut self, c: &mut Cursor<'_>) {
        match self.open.last() {
            Some(Open::Inner) => {
                self.open.pop();
                c.skip(3);
            }
            Some(Open::Converted) if !(c.at == 0 && c.before.is_some_and(is_space)) => {
                self.open.pop();
                self.before_closing(c, 3);
            }
            Some(Open::Converted | Open::Guillemet) | None => c.skip(3),
        }
    }

    /// Straight double quotes, or two straight apostrophes, `len` bytes long.
    pub(super) fn quote(&mut self, c: &mut Cursor<'_>, len: usize) {
        if machine::skip_value(c, len) {
            return;
        }
        let prev = c.prev();
        let next = c.peek(len);
        let at_text_start = c.at == 0;
        let opens_here =
            prev.is_none_or(|p| is_space(p) || matches!(p, '(' | '[' | '{' | '’' | '\'' | '—' | '–' | '/' | '«' | '“'));
        let closes_here = next.is_none_or(|n| {
            is_space(n) || matches!(n, ')' | ']' | '}' | ',' | ';' | ':' | '.' | '!' | '?' | '…' | '»' | '”')
        });
        let spaced_before = prev.is_none_or(is_space);
        let opens = if at_text_start && c.before.is_some_and(is_space) {
            true
        } else if self.open.is_empty() {
            opens_here && next.is_some() && (self.later.unwrap_or(c.after.is_some()) || may_close(&c.rest()[len..]))
        } else {
            // « … un 'chez-nous'" » closes both.
            let after_apostrophe = prev.is_some_and(|p| matches!(p, '’' | '\''));
            opens_here && !((spaced_before || after_apostrophe) && closes_here)
        };
        if opens {
            if self.open.is_empty() {
                self.open.push(Open::Converted);
                self.after_opening(c, len);
            } else {
                self.open.push(Open::Inner);
                c.put(len, "“");
                c.put(gaps_len(c.rest()), "");
            }
            return;
        }
        match self.open.pop() {
            Some(Open::Guillemet | Open::Converted) => self.before_closing(c, len),
            Some(Open::Inner) => {
                trim(c);
                c.put(len, "”");
            }
            // Inches, minutes of arc, or a mark whose mate is missing.
            None => c.skip(len),
        }
    }

    /// Straight, back, acute and curly apostrophes, `len` bytes long.
    pub(super) fn apostrophe(&mut self, c: &mut Cursor<'_>, len: usize) {
        let mark = &c.rest()[..len];
        let straight = c.rest().len() - c.rest().trim_start_matches('\'').len();
        match straight {
            0 | 1 => {}
            2 => return self.quote(c, 2),
            more => return c.skip(more),
        }
        if straight == 1 && machine::skip_value(c, len) {
            return;
        }
        let prev = c.prev();
        let next = c.peek(len);
        let after_letter = prev.is_some_and(char::is_alphabetic);
        let before_letter = next.is_some_and(char::is_alphabetic);
        match mark {
            "’" => c.skip(len),
            _ if after_letter && before_letter => c.put(len, "’"),
            "'" if after_letter => c.put(len, "’"),
            "'" if prev.is_some_and(|p| p.is_ascii_digit()) => c.skip(len),
            "'" if before_letter && closes_single(&c.rest()[len..]) => c.put(len, "‘"),
            "'" if next.is_some_and(char::is_alphanumeric) => c.put(len, "’"),
            "'" if prev.is_some_and(|p| matches!(p, '.' | '!' | '?' | '…' | '»')) => c.put(len, "’"),
            _ => c.skip(len),
        }
        // « l' eau »: the space after an elision is a slip.
        if c.prev() == Some('’') {
            let gaps = gaps_len(c.rest());
            if gaps > 0 && words::elides(&c.read()[..c.at - len], c.peek(gaps)) {
                c.put(gaps, "");
            }
        }
    }
}

/// Removes the spaces before a closing mark, unless an earlier text ends with one already.
fn trim(c: &mut Cursor<'_>) {
    if !(c.before.is_some_and(is_space) && c.read().chars().all(is_gap)) {
        c.trim_gaps();
    }
}

/// Returns the length of the spaces that begin `text`.
pub(super) fn gaps_len(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_gap).len()
}

/// Says whether a text has a mark that may close a quotation.
pub(crate) fn may_close(text: &str) -> bool {
    // Most texts have neither a straight quote nor the last byte of « » » or « ” ».
    has_byte(text.as_bytes(), |byte| (byte == b'"') | (byte == b'\'') | (byte == 0xbb) | (byte == 0x9d))
        && (text.contains(['"', '”', '»']) || text.contains("''"))
}

/// Says whether a text has a straight quote, double or single.
pub(crate) fn has_straight(text: &str) -> bool {
    has_byte(text.as_bytes(), |byte| (byte == b'"') | (byte == b'\''))
}

/// Says whether a single quote opened just before `text` is closed soon.
fn closes_single(text: &str) -> bool {
    let mut prev = ' ';
    let mut chars = text.chars().take(80).peekable();
    while let Some(c) = chars.next() {
        if matches!(c, '\'' | '’') && !is_space(prev) && is_boundary(chars.peek().copied()) {
            return true;
        }
        if matches!(c, '"' | '«' | '»' | '\n') {
            return false;
        }
        prev = c;
    }
    false
}
