//! Spaces before high punctuation, around dashes and after abbreviations; dots.

use super::cursor::{Cursor, is_gap, is_space};
use super::quotes::gaps_len;
use super::{Typesetter, ends_words, is_boundary, is_break, machine, words};
use crate::french::{Locale, NBSP};

impl Typesetter {
    /// A space of any width, with those that follow it.
    pub(super) fn space(&mut self, c: &mut Cursor<'_>) {
        if c.parts_plain_words() && !words::binds(c.read(), Some('a')) {
            return c.skip(1);
        }
        let rest = c.rest();
        let len = gaps_len(rest);
        let after = &rest[len..];
        let next = c.peek(len);
        let prev = c.prev();
        let Some(next) = next else { return c.skip(len) };
        match next {
            _ if prev == Some('«') && next != '»' => {
                return c.put_char(len, self.rules.inside_quotes());
            }
            '»' if prev.is_some_and(|p| p != '«' && !is_space(p)) => {
                return c.put_char(len, self.rules.inside_quotes());
            }
            ';' | '!' | '?' if prev.is_none_or(ends_words) && !blocks(next, after, c.after) => {
                return match self.rules.locale {
                    Locale::FrCa => c.put(len, ""),
                    Locale::Fr | Locale::FrCh | Locale::En | Locale::Other => c.put_char(len, self.rules.thin()),
                };
            }
            ':' if prev.is_none_or(ends_words)
                && !after.starts_with("::")
                && !after.starts_with(":/")
                && machine::shortcode_len(after).is_none() =>
            {
                return c.put_char(len, self.rules.before_colon());
            }
            ',' if prev.is_some_and(ends_words)
                && !after.is_empty()
                && after[1..].chars().next().is_none_or(|n| is_space(n) || closes(n)) =>
            {
                return c.put(len, "");
            }
            // « mot ,suite »: the space is on the wrong side.
            ',' if prev.is_some_and(char::is_alphabetic)
                && after.get(1..).is_some_and(|rest| rest.starts_with(char::is_lowercase)) =>
            {
                return c.put(len + 1, ", ");
            }
            // « mot . Suite », « fin . »: a full stop that has lost its word.
            '.' if prev.is_some_and(char::is_alphabetic)
                && after.get(1..).is_some_and(|rest| lone_stop(rest, c.after)) =>
            {
                // « M . Dupont »: with its stop back, the word holds the next.
                let rest = after[1..].trim_start_matches(' ');
                let blanks = after.len() - 1 - rest.len();
                let last = c.read().char_indices().rev().nth(5).map_or(0, |(at, _)| at);
                if blanks > 0 && words::binds(&format!("{}.", &c.read()[last..]), rest.chars().next()) {
                    return c.put(len + 1 + blanks, ".\u{a0}");
                }
                return c.put(len, "");
            }
            '.' | '…' if prev.is_some_and(char::is_alphabetic) && lone_ellipsis(after, c.after) => {
                return c.put(len, "");
            }
            '\'' | '’' | '‘' | '`' | '´'
                if !after.is_empty() && words::elides(c.read(), after[next.len_utf8()..].chars().next()) =>
            {
                return c.put(len, "");
            }
            '-' | '–' | '—' if prev.is_some_and(|p| !is_space(p)) => {
                if let Some(dash) = Dash::read(after) {
                    return self.dash(c, len, dash);
                }
            }
            _ if next.is_alphanumeric() && words::binds(c.read(), Some(next)) => {
                return c.put_char(len, NBSP);
            }
            _ => {}
        }
        gather(c, len);
    }

    /// A dash between spaces: `len` bytes of spaces stand before it.
    fn dash(&mut self, c: &mut Cursor<'_>, len: usize, dash: Dash<'_>) {
        let total = len + dash.len;
        let gaps = gaps_len(&c.rest()[total..]);
        let (before, after) = (&c.rest()[..len], &c.rest()[total..total + gaps]);
        if !self.incise && before == " " && after == "\u{a0}" {
            // Already set as the beginning of an aside.
            self.incise = true;
            c.skip(total + gaps);
            return;
        }
        if self.incise {
            self.incise = false;
            c.put_char(len, NBSP);
            c.put(dash.len, dash.mark);
            c.put(gaps, if gaps > 0 { " " } else { "" });
        } else if gaps > 0 && closes_incise(&c.rest()[total + gaps..]) {
            self.incise = true;
            c.put(len, " ");
            c.put(dash.len, dash.mark);
            c.put_char(gaps, NBSP);
        } else {
            gather(c, len);
            c.put(dash.len, dash.mark);
            gather(c, gaps);
        }
    }

    /// A dash that begins a paragraph: a line of dialogue or of a list.
    pub(super) fn leading_dash(&mut self, c: &mut Cursor<'_>) {
        let alone = c.prev().is_none();
        c.skip(3);
        let gaps = gaps_len(c.rest());
        if alone && gaps > 0 {
            c.put_char(gaps, NBSP);
        }
    }

    /// A semicolon, an exclamation or a question mark without a space before it.
    pub(super) fn strong(&mut self, c: &mut Cursor<'_>) {
        let rest = c.rest();
        let mark = char::from(rest.as_bytes()[0]);
        let fits = match self.rules.locale {
            Locale::FrCa => false,
            Locale::Fr | Locale::FrCh | Locale::En | Locale::Other => true,
        };
        let next = c.peek(1);
        if fits
            && c.prev().is_some_and(ends_words)
            && !blocks_next(mark, next)
            && !(mark == ';' && ends_entity(c.read()))
        {
            c.put_char(0, self.rules.thin());
        }
        c.skip(1);
    }

    /// A colon without a space before it.
    pub(super) fn colon(&mut self, c: &mut Cursor<'_>) {
        if machine::skip_after_scheme(c) {
            return;
        }
        if c.prev().is_none_or(|p| !p.is_alphanumeric())
            && let Some(len) = machine::shortcode_len(c.rest())
        {
            return c.skip(len);
        }
        let next = c.peek(1);
        if (is_break(next) || next.is_some_and(closes)) && c.prev().is_some_and(|p| ends_words(p) && p != ']') {
            c.put_char(0, self.rules.before_colon());
        }
        c.skip(1);
    }

    /// A full stop, or several.
    pub(super) fn dots(&mut self, c: &mut Cursor<'_>) {
        let rest = c.rest();
        let count = rest.len() - rest.trim_start_matches('.').len();
        let is_bar = |side: Option<char>| matches!(side, Some('/' | '\\'));
        if (3..=5).contains(&count) && !is_bar(c.prev()) && !is_bar(c.peek(count)) {
            self.ellipsis(c, count);
        } else {
            c.skip(count);
        }
    }

    /// Writes an ellipsis for the next `len` bytes, and the space that « mot…suite » lacks.
    pub(super) fn ellipsis(&mut self, c: &mut Cursor<'_>, len: usize) {
        let glued = c.prev().is_some_and(char::is_alphabetic) && c.rest()[len..].starts_with(char::is_lowercase);
        c.put(len, if glued { "… " } else { "…" });
    }

    /// A degree sign, or the ordinal sign º typed for it: « n°4 » lacks a space.
    pub(super) fn degree(&mut self, c: &mut Cursor<'_>) {
        let before = c.read();
        let word = before.trim_end_matches(char::is_alphabetic).len();
        if !matches!(&before[word..], "n" | "N") || machine::is_joined(&before[..word]) {
            return c.skip(2);
        }
        c.put(2, "°");
        if c.rest().starts_with(|d: char| d.is_ascii_digit()) {
            c.put_char(0, NBSP);
        }
    }
}

/// Makes one space of the ordinary spaces of a hasty hand; others were chosen.
fn gather(c: &mut Cursor<'_>, len: usize) {
    if len > 1 && c.rest()[..len].bytes().all(|b| b == b' ') {
        c.put(len, " ");
    } else {
        c.skip(len);
    }
}

/// A dash that stands between two spaces, or before a mark that ends an incise.
#[derive(Clone, Copy)]
struct Dash<'t> {
    len: usize,
    mark: &'t str,
}

impl<'t> Dash<'t> {
    /// Reads a dash followed by a space or by a low mark.
    fn read(text: &'t str) -> Option<Self> {
        let end = text.find(|c| !matches!(c, '-' | '–' | '—'))?;
        let mark = match &text[..end] {
            "-" | "--" | "–" => "–",
            "---" | "—" => "—",
            _ => return None,
        };
        let next = text[end..].chars().next()?;
        let low = mark == &text[..end] && matches!(next, ',' | ';' | ')');
        let rest = text[end..].trim_start_matches(is_gap);
        ((is_gap(next) && !rest.starts_with(['»', '”'])) || low).then_some(Self { len: end, mark })
    }
}

/// Says whether a second dash closes the incise before the sentence ends.
fn closes_incise(text: &str) -> bool {
    let mut prev_gap = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '!' | '?' | '…' | '\n' => return false,
            // Quotes may still gain or lose spaces: an aside that holds one is left alone.
            '"' | '«' | '»' | '“' | '”' => return false,
            '\'' if chars.peek().is_some_and(|(_, n)| *n == '\'') => return false,
            '.' if !chars.peek().is_some_and(|(_, n)| n.is_ascii_digit()) => return false,
            '-' | '–' | '—' if prev_gap => return at > 1 && Dash::read(&text[at..]).is_some(),
            _ => {}
        }
        prev_gap = is_gap(c);
    }
    false
}

/// Says whether nothing but the end, or the capital of another sentence, follows a full stop.
fn lone_stop(text: &str, beyond: Option<char>) -> bool {
    let rest = text.trim_start_matches(is_gap);
    match rest.chars().next() {
        None => beyond.is_none(),
        Some(next) => rest.len() < text.len() && next.is_uppercase(),
    }
}

/// Says whether an ellipsis begins `text` and nothing is glued to it.
fn lone_ellipsis(text: &str, beyond: Option<char>) -> bool {
    let rest = text.strip_prefix('…').unwrap_or_else(|| text.trim_start_matches('.'));
    let len = text.len() - rest.len();
    (3..=5).contains(&len)
        && !rest.chars().next().or(beyond).is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.' | '…'))
}

/// Says whether a mark may close a quotation, and so have a space put before it.
fn closes(c: char) -> bool {
    matches!(c, '»' | '”' | '"' | '\'')
}

/// Says whether the mark that begins `after` is part of code or of an address.
fn blocks(mark: char, after: &str, beyond: Option<char>) -> bool {
    !after.is_empty() && blocks_next(mark, after[1..].chars().next().or(beyond))
}

fn blocks_next(mark: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    !is_boundary(Some(next))
        || matches!(
            next,
            '=' | '/' | '[' | '{' | '(' | '\\' | '&' | '#' | '@' | '<' | '|' | '$' | '-' | '%' | '+' | '~'
        )
        || (mark == ';' && next == ')')
}

/// Says whether the semicolon after `before` ends something like `&nbsp;`.
fn ends_entity(before: &str) -> bool {
    let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < before.len() && name.ends_with('&')
}
