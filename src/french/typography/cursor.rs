//! A text being read from left to right, copied only from the first change on.

use std::borrow::Cow;

/// Says whether a character is a space of any width, breaking or not.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}')
}

/// Says whether a character is a space that the typesetter may replace on a line.
pub(super) fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\u{2005}' | '\u{200a}')
}

/// Position in a text, with what has been written so far.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// The last character written before this text, in the same paragraph.
    pub(super) before: Option<char>,
    /// The first character after this text, in the same paragraph.
    pub(super) after: Option<char>,
    flushed: usize,
    out: String,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, before: Option<char>, after: Option<char>) -> Self {
        Self { text, at: 0, before, after, flushed: 0, out: String::new() }
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// What has been read of the source, unchanged.
    pub(super) fn read(&self) -> &'t str {
        &self.text[..self.at]
    }

    /// The last character written, from an earlier text if this one has none yet.
    pub(super) fn prev(&self) -> Option<char> {
        let tail = &self.text[self.flushed..self.at];
        tail.chars().next_back().or_else(|| self.out.chars().next_back()).or(self.before)
    }

    /// The character that stands `offset` bytes ahead; past the end, the next text's first.
    pub(super) fn peek(&self, offset: usize) -> Option<char> {
        self.rest()[offset..].chars().next().or(self.after)
    }

    /// Says whether one plain space stands here between two plain small letters, as most do.
    pub(super) fn parts_plain_words(&self) -> bool {
        let bytes = self.text.as_bytes();
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        self.at > self.flushed && bytes[self.at] == b' ' && letter(self.at - 1) && letter(self.at + 1)
    }

    /// Keeps the next `len` bytes as they are.
    pub(super) fn skip(&mut self, len: usize) {
        self.at += len;
    }

    /// Writes `with` in the place of the next `len` bytes.
    pub(super) fn put(&mut self, len: usize, with: &str) {
        let end = self.at + len;
        if self.text[self.at..end] != *with {
            self.flush();
            self.out.push_str(with);
            self.flushed = end;
        }
        self.at = end;
    }

    /// Writes one character in the place of the next `len` bytes.
    pub(super) fn put_char(&mut self, len: usize, with: char) {
        self.put(len, with.encode_utf8(&mut [0; 4]));
    }

    /// Removes the spaces written last in this text.
    pub(super) fn trim_gaps(&mut self) {
        if self.prev().is_some_and(is_gap) && self.at > 0 {
            self.flush();
            let kept = self.out.trim_end_matches(is_gap).len();
            self.out.truncate(kept);
        }
    }

    fn flush(&mut self) {
        if self.out.capacity() == 0 {
            self.out.reserve(self.text.len() + self.text.len() / 16 + 16);
        }
        self.out.push_str(&self.text[self.flushed..self.at]);
        self.flushed = self.at;
    }

    /// Returns the text as written, borrowed when nothing changed.
    pub(super) fn finish(mut self) -> Cow<'t, str> {
        if self.flushed == 0 && self.out.is_empty() {
            return Cow::Borrowed(self.text);
        }
        self.flush();
        // A space taken away and put back is no change.
        if self.out == self.text { Cow::Borrowed(self.text) } else { Cow::Owned(self.out) }
    }
}
