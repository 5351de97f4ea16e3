//! Reads what stands between braces: `{titre="Un forum" annee=2020 #ancre .classe}`, with the bytes of each piece.

use std::borrow::Cow;
use std::ops::Range;

/// One piece between braces.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribute<'t> {
    pub(super) name: Name<'t>,
    /// Empty for an anchor or a class.
    pub(super) value: Cow<'t, str>,
    /// The bytes of the whole piece in the file.
    pub(super) span: Range<usize>,
    /// The bytes of the value alone, without its quotes.
    pub(super) value_span: Range<usize>,
}

/// What a piece between braces names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name<'t> {
    /// `clé=valeur`.
    Key(&'t str),
    /// `#ancre`.
    Anchor(&'t str),
    /// `.classe`.
    Class(&'t str),
}

/// The pieces, and where the closing brace ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attributes<'t> {
    pub(super) pieces: Vec<Attribute<'t>>,
    pub(super) end: usize,
}

/// Why braces cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// No closing brace; where the braces open.
    Unclosed(Range<usize>),
    /// A quote is opened and not closed; where it opens.
    Quote(Range<usize>),
    /// A word that is not `clé=valeur`.
    Word(Range<usize>),
    /// `clé=` and nothing after it.
    Empty(Range<usize>),
}

/// Reads the braces that open at the start of `text`; `base` is the place of that start in the file.
pub(super) fn read(text: &str, base: usize) -> Result<Attributes<'_>, Fault> {
    debug_assert!(text.starts_with('{'));
    let mut reader = Reader { text, at: 1, base };
    let mut pieces = Vec::new();
    loop {
        reader.skip(|c| c.is_whitespace() || matches!(c, ',' | ';'));
        match reader.peek() {
            None => return Err(Fault::Unclosed(base..base + 1)),
            Some('}') => return Ok(Attributes { pieces, end: base + reader.at + 1 }),
            Some(_) => pieces.push(reader.piece()?),
        }
    }
}

/// Tells whether what stands between braces looks like attributes rather than prose.
pub(super) fn looks_like(text: &str) -> bool {
    let inside = text.trim_start_matches('{').trim_start();
    inside.starts_with(['.', '#'])
        || inside.find('=').is_some_and(|equals| equals > 0 && inside[..equals].trim_end().chars().all(is_name))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    base: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn range(&self, start: usize) -> Range<usize> {
        self.base + start..self.base + self.at
    }

    fn piece(&mut self) -> Result<Attribute<'t>, Fault> {
        let start = self.at;
        if let Some(mark @ ('#' | '.')) = self.peek() {
            self.at += 1;
            let word = self.skip(|c| !c.is_whitespace() && !matches!(c, '}' | '{' | '=' | '#' | '"'));
            if word.is_empty() {
                return Err(self.word(start));
            }
            let name = if mark == '#' { Name::Anchor(word) } else { Name::Class(word) };
            return Ok(Attribute {
                name,
                value: Cow::Borrowed(""),
                span: self.range(start),
                value_span: self.range(start + 1),
            });
        }
        let key = self.skip(is_name);
        let after_key = self.at;
        self.skip(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}'));
        if key.is_empty() || self.peek() != Some('=') {
            self.at = after_key;
            return Err(self.word(start));
        }
        self.at += 1;
        self.skip(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}'));
        let (value, value_span) = self.value(start)?;
        Ok(Attribute { name: Name::Key(key), value, span: self.range(start), value_span })
    }

    /// Takes the rest of a word that is no attribute.
    fn word(&mut self, start: usize) -> Fault {
        self.skip(|c| !c.is_whitespace() && c != '}');
        if self.at == start {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        Fault::Word(self.range(start))
    }

    fn value(&mut self, start: usize) -> Result<(Cow<'t, str>, Range<usize>), Fault> {
        let closers: &[char] = match self.peek() {
            Some('"') => &['"', '”'],
            Some('“' | '”' | '„') => &['”', '“', '"'],
            Some('«') => &['»'],
            Some('\'') => &['\''],
            Some('‘') => &['’'],
            _ => return self.bare(start),
        };
        let quote = self.at;
        let opening = self.peek().map_or(1, char::len_utf8);
        self.at += opening;
        let rest = &self.text[self.at..];
        let Some(length) = closers.iter().find_map(|closer| closing(rest, *closer)) else {
            return Err(Fault::Quote(self.base + quote..self.base + quote + opening));
        };
        let raw = &rest[..length];
        let value = raw.trim();
        let from = self.base + self.at + (raw.len() - raw.trim_start().len());
        self.at += length;
        self.at += self.peek().map_or(0, char::len_utf8);
        let span = from..from + value.len();
        let value = if value.contains("\\\"") || value.contains(['\n', '\r']) {
            Cow::Owned(value.replace("\\\"", "\"").split_whitespace().collect::<Vec<_>>().join(" "))
        } else {
            Cow::Borrowed(value)
        };
        Ok((value, span))
    }

    fn bare(&mut self, start: usize) -> Result<(Cow<'t, str>, Range<usize>), Fault> {
        let from = self.at;
        let typed = self.skip(|c| !c.is_whitespace() && c != '}');
        let value = typed.trim_end_matches([',', ';']);
        if value.is_empty() {
            return Err(Fault::Empty(self.range(start)));
        }
        let span = self.base + from..self.base + from + value.len();
        Ok((Cow::Borrowed(value), span))
    }
}

/// Finds the quote that closes; a `'` inside a word is an apostrophe, `\"` is a quote of the text.
fn closing(rest: &str, closer: char) -> Option<usize> {
    rest.char_indices().find_map(|(at, c)| {
        if c != closer || rest[..at].ends_with('\\') {
            return None;
        }
        let next = rest[at + c.len_utf8()..].chars().next();
        let ends = matches!(next, None | Some('}' | ',' | ';')) || next.is_some_and(char::is_whitespace);
        (ends || !matches!(closer, '\'' | '’')).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let attributes = read(text, 0).expect("these braces are well written");
        assert_eq!(attributes.end, text.len());
        attributes
            .pieces
            .iter()
            .map(|piece| {
                let name = match piece.name {
                    Name::Key(key) => key.to_owned(),
                    Name::Anchor(anchor) => format!("#{anchor}"),
                    Name::Class(class) => format!(".{class}"),
                };
                (name, piece.value.to_string())
            })
            .collect()
    }

    #[test]
    fn values_may_wear_any_quotes() {
        let texts = [
            "{titre=\"Un forum\" annee=2020 #ancre .classe}",
            "{titre=« Un forum » annee=2020 #ancre .classe}",
            "{titre=“Un forum” annee=2020 #ancre .classe}",
            "{ titre = \"Un forum\", annee = 2020, #ancre .classe }",
            "{titre=\"Un\n  forum\" annee=2020 #ancre .classe}",
            "{titre=\u{a0}”Un forum” annee=2020 #ancre .classe}",
        ];
        for text in texts {
            let found = pairs(text);
            let expected = [("titre", "Un forum"), ("annee", "2020"), ("#ancre", ""), (".classe", "")];
            let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(pairs("{titre='L'été d'après'}"), [("titre".to_owned(), "L'été d'après".to_owned())]);
        assert_eq!(pairs(r#"{titre="Le \"bon\" sens"}"#), [("titre".to_owned(), "Le \"bon\" sens".to_owned())]);
        assert_eq!(pairs("{titre=\"Le “forum”\"}"), [("titre".to_owned(), "Le “forum”".to_owned())]);
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(read("{titre=\"a", 10), Err(Fault::Quote(17..18)));
        assert_eq!(read("{titre=a", 10), Err(Fault::Unclosed(10..11)));
        assert_eq!(read("{titre}", 10), Err(Fault::Word(11..16)));
        assert_eq!(read("{titre=}", 10), Err(Fault::Empty(11..17)));
        assert_eq!(read("{é\u{301} x}", 0), Err(Fault::Word(1..5)));
    }
}
