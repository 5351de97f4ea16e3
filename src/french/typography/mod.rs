//! The typesetter: spaces, quotes, apostrophes, dashes, figures and repairs, in one pass over a paragraph.

mod cursor;
mod figures;
mod machine;
mod ordinals;
mod pieces;
mod quotes;
mod scan;
mod spaces;
mod words;

use std::borrow::Cow;

use super::{Inclusif, Rules, inclusive};
use cursor::{Cursor, is_space};
pub(crate) use machine::has_value;
pub use pieces::{Piece, pieces};
pub(crate) use quotes::{has_straight, may_close};

/// Sets the successive texts of one paragraph.
///
/// Quotes pair across texts, so `« **mot** »` is understood whatever stands between. Setting a text that is
/// already set changes nothing.
///
/// ```
/// use essaim::french::{Rules, Typesetter};
/// let mut typesetter = Typesetter::new(&Rules::default());
/// assert_eq!(typesetter.run("l'ESS, c'est quoi?", None), "l’ESS, c’est quoi\u{202f}?");
/// ```
#[derive(Clone, Debug)]
pub struct Typesetter {
    rules: Rules,
    /// Quotes opened in this paragraph and not closed yet.
    open: Vec<quotes::Open>,
    /// Whether an incise has been opened by a dash.
    incise: bool,
    /// The last character written in this paragraph.
    prev: Option<char>,
    /// Whether a later text may close a quotation; unknown unless told.
    later: Option<bool>,
}

impl Typesetter {
    /// Starts a paragraph.
    pub fn new(rules: &Rules) -> Self {
        Self { rules: *rules, open: Vec::new(), incise: false, prev: None, later: None }
    }

    /// Sets one text; `next` is the character that follows it in the paragraph, if any.
    pub fn run<'t>(&mut self, text: &'t str, next: Option<char>) -> Cow<'t, str> {
        let Some(last) = text.chars().next_back() else {
            return Cow::Borrowed(text);
        };
        if !self.rules.locale.is_french() {
            self.prev = Some(last);
            return Cow::Borrowed(text);
        }
        // Forms are written out first: what is set then stands beside the words that readers see.
        let written = match self.rules.inclusif {
            Inclusif::TelQuel => Cow::Borrowed(text),
            choice @ (Inclusif::PointMedian | Inclusif::Doublet) => inclusive::rewrite(Cow::Borrowed(text), choice),
        };
        let set = match written {
            Cow::Borrowed(text) => self.set(text, next),
            Cow::Owned(text) => Cow::Owned(self.set(&text, next).into_owned()),
        };
        self.prev = set.chars().next_back().or(self.prev);
        set
    }

    /// Tells that something other than text stands here, such as code or an image; `last` is its last character.
    pub fn opaque(&mut self, last: char) {
        self.prev = Some(last);
    }

    /// Tells whether a later text of the paragraph has a mark that may close a quotation opened in the next one.
    pub fn closing_ahead(&mut self, later: bool) {
        self.later = Some(later);
    }

    /// Tells how many quotes are open: more than none at the end of a paragraph means one was never closed.
    pub fn open_quotes(&self) -> usize {
        self.open.len()
    }

    fn set<'t>(&mut self, text: &'t str, next: Option<char>) -> Cow<'t, str> {
        self.set_at(text, next, scan::next)
    }

    /// Sets a text, stopping where `stop` says from a place on.
    fn set_at<'t>(
        &mut self,
        text: &'t str,
        next: Option<char>,
        stop: impl Fn(&[u8], usize) -> Option<usize>,
    ) -> Cow<'t, str> {
        let mut c = Cursor::new(text, self.prev, next);
        let bytes = text.as_bytes();
        while let Some(at) = stop(bytes, c.at) {
            c.at = at;
            match WORK[usize::from(bytes[at])] {
                Work::None => c.at += 1,
                Work::Space => self.space(&mut c),
                Work::Latin => match bytes[at + 1] {
                    0xa0 => self.space(&mut c),
                    0xab => self.open_guillemet(&mut c),
                    0xbb => self.close_guillemet(&mut c),
                    0xb4 => self.apostrophe(&mut c, 2),
                    0xb0 | 0xba => self.degree(&mut c),
                    _ => c.at += 2,
                },
                Work::General => self.general(&mut c),
                Work::Apostrophe => self.apostrophe(&mut c, 1),
                Work::Quote => self.quote(&mut c, 1),
                Work::Strong => self.strong(&mut c),
                Work::Colon => self.colon(&mut c),
                Work::Dot => self.dots(&mut c),
                Work::Digit => self.number(&mut c),
                Work::Roman => self.roman(&mut c),
                Work::Ligature => words::ligature(&mut c),
                Work::Machine => machine::skip(&mut c),
            }
        }
        c.at = bytes.len();
        c.finish()
    }

    /// The characters of U+2000 to U+2FFF.
    fn general(&mut self, c: &mut Cursor<'_>) {
        // « l’eau » is right as it is.
        if let [0xe2, 0x80, 0x99, b'A'..=b'Z' | b'a'..=b'z' | 0xc3, ..] = c.rest().as_bytes() {
            return c.skip(3);
        }
        let Some(char) = c.rest().chars().next() else {
            return;
        };
        match char {
            '‘' | '’' | '′' => self.apostrophe(c, 3),
            '“' => self.open_inner(c),
            '”' => self.close_inner(c),
            '…' => self.ellipsis(c, 3),
            '–' | '—' => self.leading_dash(c),
            '\u{202f}' | '\u{2009}' | '\u{2007}' | '\u{2005}' | '\u{200a}' => self.space(c),
            _ => c.skip(3),
        }
    }
}

/// What a byte may begin; most bytes begin nothing.
#[derive(Clone, Copy)]
enum Work {
    None,
    Space,
    Latin,
    General,
    Apostrophe,
    Quote,
    Strong,
    Colon,
    Dot,
    Digit,
    Roman,
    Ligature,
    Machine,
}

const WORK: [Work; 256] = {
    let mut table = [Work::None; 256];
    table[b' ' as usize] = Work::Space;
    table[0xc2] = Work::Latin;
    table[0xe2] = Work::General;
    table[b'\'' as usize] = Work::Apostrophe;
    table[b'`' as usize] = Work::Apostrophe;
    table[b'"' as usize] = Work::Quote;
    table[b';' as usize] = Work::Strong;
    table[b'!' as usize] = Work::Strong;
    table[b'?' as usize] = Work::Strong;
    table[b':' as usize] = Work::Colon;
    table[b'.' as usize] = Work::Dot;
    table[b'I' as usize] = Work::Roman;
    table[b'V' as usize] = Work::Roman;
    table[b'X' as usize] = Work::Roman;
    table[b'o' as usize] = Work::Ligature;
    table[b'O' as usize] = Work::Ligature;
    table[b'@' as usize] = Work::Machine;
    table[b'\\' as usize] = Work::Machine;
    table[b'/' as usize] = Work::Machine;
    table[b'~' as usize] = Work::Machine;
    table[b'{' as usize] = Work::Machine;
    table[b'w' as usize] = Work::Machine;
    let mut digit = b'0';
    while digit <= b'9' {
        table[digit as usize] = Work::Digit;
        digit += 1;
    }
    table
};

/// Says whether a word, a figure or a closing mark ends here, so that a high mark may follow.
fn ends_words(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, ')' | ']' | '}' | '»' | '”' | '’' | '"' | '\'' | '…' | '%' | '€' | '°' | '.' | '*')
}

/// Says whether nothing of the same word or address follows.
fn is_boundary(next: Option<char>) -> bool {
    next.is_none_or(|c| !c.is_alphanumeric() && c != '_')
}

/// Says whether what follows a word in `rest` shows that it belonged to a file name or an address.
fn continues_machine(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('_' | '@' | '/' | '\\' | '=') => true,
        Some('.' | '-' | ':') => chars.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

fn is_break(next: Option<char>) -> bool {
    next.is_none_or(is_space)
}
