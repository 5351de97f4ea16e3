//! The plain text of a document: what search, feeds, descriptions and text parts read.

use std::ops::Range;

use ecow::EcoString;

use super::tree::{Block, Document, Inline, LinkId};
use super::visit::{Place, Step, Visitor, visit, visit_blocks, visit_inlines};

/// Returns the words of some inlines on one line.
pub fn plain(inlines: &[Inline]) -> String {
    if let [Inline::Text(text)] = inlines {
        return text.to_string();
    }
    let mut words = Words::default();
    visit_inlines(inlines, &mut words);
    words.text
}

/// Returns the same once links are known: one without a text shows the name of its target.
pub fn plain_named(inlines: &[Inline], name: &dyn Fn(LinkId) -> EcoString) -> String {
    let mut words = Words { name: Some(name), ..Words::default() };
    visit_inlines(inlines, &mut words);
    words.text
}

/// Returns the words of some blocks, one line for each paragraph, heading, cell or title.
pub fn blocks(blocks: &[Block]) -> String {
    let mut words = Words::default();
    visit_blocks(blocks, &mut words);
    words.text
}

/// Returns the words of some blocks as [`blocks`] does, as far as a text of `length` characters needs them.
pub fn beginning(blocks: &[Block], length: usize) -> String {
    let mut words = Words { enough: length + 1, ..Words::default() };
    visit_blocks(blocks, &mut words);
    words.text
}

/// Returns the words of a document and of its notes, one line for each paragraph, heading, cell or title.
pub fn document(document: &Document) -> String {
    let mut words = Words::default();
    visit(document, &mut words);
    words.text
}

/// Returns the first paragraphs on one line, cut between words at `length` characters with an ellipsis.
pub fn excerpt(document: &Document, length: usize) -> String {
    excerpt_of(&document.blocks, length)
}

/// Returns the same once links are known: one without a text shows the name of its target.
pub fn excerpt_named(document: &Document, length: usize, name: &dyn Fn(LinkId) -> EcoString) -> String {
    let mut words = Words { paragraphs_only: true, enough: length + 1, name: Some(name), ..Words::default() };
    visit_blocks(&document.blocks, &mut words);
    shorten(&words.text, length)
}

/// Returns the first paragraphs of some blocks on one line, cut between words at `length` characters.
pub fn excerpt_of(blocks: &[Block], length: usize) -> String {
    let mut words = Words { paragraphs_only: true, enough: length + 1, ..Words::default() };
    visit_blocks(blocks, &mut words);
    shorten(&words.text, length)
}

/// Cuts a text between words at `length` characters, with an ellipsis.
pub fn shorten(text: &str, length: usize) -> String {
    // No-break spaces stay: they are part of what they hold together.
    let is_break = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    let (whole, mut text, mut taken) = (text, String::new(), 0);
    for word in whole.split(is_break).filter(|word| !word.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
            taken += 1;
        }
        text.push_str(word);
        taken += word.chars().count();
        // What follows would be cut.
        if taken > length {
            break;
        }
    }
    let Some((limit, _)) = text.char_indices().nth(length) else { return text };
    let room = text.char_indices().nth(length.saturating_sub(1)).map_or(0, |(at, _)| at);
    let cut = if text[room..limit].ends_with(' ') { room } else { text[..room].rfind(' ').unwrap_or(room) };
    let kept =
        text[..cut].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '('));
    format!("{kept}…")
}

/// Counts the words of a document that a reader reads.
pub(super) fn count(document: &Document) -> u32 {
    let mut counter = Counter::default();
    visit(document, &mut counter);
    counter.words
}

#[derive(Default)]
struct Words<'n> {
    /// What a link without a text shows.
    name: Option<&'n dyn Fn(LinkId) -> EcoString>,
    text: String,
    paragraphs_only: bool,
    /// Stop after this many bytes; 0 for no limit.
    enough: usize,
}

impl Words<'_> {
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn is_full(&self) -> bool {
        self.enough > 0 && self.text.chars().count() >= self.enough
    }
}

impl Visitor<'_> for Words<'_> {
    fn block(&mut self, block: &Block) -> Step {
        if self.is_full() {
            return Step::Over;
        }
        match block {
            Block::Code { text, .. } if !self.paragraphs_only => {
                self.line();
                self.text.push_str(text.trim_end());
            }
            Block::Html(html) if !self.paragraphs_only => {
                self.line();
                self.text.push_str(&super::markup::strip(html));
            }
            Block::Heading(_) | Block::Table(_) | Block::Directive(_) | Block::Figure(_) if self.paragraphs_only => {
                return Step::Over;
            }
            Block::Code { .. }
            | Block::Html(_)
            | Block::Paragraph { .. }
            | Block::Heading(_)
            | Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Figure(_)
            | Block::Rule
            | Block::Directive(_) => {}
        }
        Step::Into
    }

    fn run(&mut self, _run: &[Inline], _place: Place) -> Step {
        self.line();
        Step::Into
    }

    fn inline(&mut self, inline: &Inline) -> Step {
        match inline {
            Inline::Text(text) | Inline::SmallCaps(text) | Inline::NoBreak(text) | Inline::Code(text) => {
                self.text.push_str(text);
            }
            Inline::Abbreviation { text, .. } => self.text.push_str(text),
            Inline::Image(image) => self.text.push_str(&image.alt),
            Inline::SoftBreak | Inline::HardBreak => self.text.push(' '),
            Inline::Link { to, text } if text.is_empty() => {
                self.text.extend(self.name.map(|name| name(*to)).as_deref());
            }
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Deleted(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Link { .. }
            | Inline::NoteCall { .. }
            | Inline::Foreign { .. }
            | Inline::Html(_) => {}
        }
        Step::Into
    }

    fn label(&mut self, text: &EcoString, _place: Place) {
        if !text.is_empty() {
            self.line();
            self.text.push_str(text);
        }
    }
}

/// Counts words without building their text.
#[derive(Default)]
struct Counter {
    words: u32,
    /// The last piece ended inside a word, which the next one goes on with.
    inside: bool,
}

impl Counter {
    /// Goes through a text, eight bytes at once where all are plain characters.
    fn text(&mut self, text: &str) {
        // Whether the last byte gone through alone stood inside a word: only the next byte of its own character asks.
        let mut before = self.inside;
        let mut at = 0;
        while let Some(eight) = text.as_bytes()[at..].first_chunk() {
            let eight = u64::from_le_bytes(*eight);
            if eight & each(0x80) == 0 {
                self.eight(eight);
            } else {
                self.bytes(text, at..at + 8, &mut before);
            }
            at += 8;
        }
        self.bytes(text, at..text.len(), &mut before);
    }

    /// Goes through eight plain characters at once.
    ///
    /// Of what stands between two spaces, every bit is set: adding one to any of its letters carries over, once, into the space that ends it.
    fn eight(&mut self, eight: u64) {
        // Of characters below 0x80, the highest bit of a sum says which are above a limit.
        let from = |bytes: u64, first: u8| bytes + each(0x80 - first);
        let is_not = |byte: u8| (eight ^ each(byte)) + each(0x7f);
        let small = eight | each(0x20);
        let letters = from(small, b'a') & !from(small, b'z' + 1);
        let figures = from(eight, b'0') & !from(eight, b'9' + 1);
        let words = (letters | figures) >> 7 & each(1);
        let spaces = !(is_not(b' ') & is_not(b'\n') & is_not(b'\t')) >> 7 & each(1);
        let (sum, over) = (!(spaces * 0xff)).overflowing_add(words);
        let (sum, again) = sum.overflowing_add(u64::from(self.inside));
        let goes_on = over || again;
        // A word that was begun before is counted already; the one that goes on is not.
        self.words = self.words + (sum & spaces).count_ones() + u32::from(goes_on) - u32::from(self.inside);
        self.inside = goes_on;
    }

    /// Goes through some bytes one by one, and branches only where a character must be looked at: nearly all are letters and spaces.
    fn bytes(&mut self, text: &str, range: Range<usize>, before: &mut bool) {
        let bytes = text.as_bytes();
        let (mut words, mut inside, mut earlier) = (self.words, u8::from(self.inside), u8::from(*before));
        for (at, byte) in bytes[..range.end].iter().enumerate().skip(range.start) {
            let class = WORDS[usize::from(*byte)];
            let (begins, ends) = if class & LOOK == 0 {
                (class & WORD, (class & SPACE) >> 1)
            } else {
                match bytes[at..] {
                    // « × » and « ÷ » begin as accented letters do: they are no word after all.
                    [0x97 | 0xb7, ..] => {
                        if earlier == 0 && inside == 1 && bytes[..at].ends_with(&[0xc3]) {
                            (words, inside) = (words - 1, 0);
                        }
                        (0, 0)
                    }
                    // « ’ », « – », « … » and the spaces beside them; « and ».
                    [0xe2, 0x80, last, ..] => (0, u8::from(matches!(last, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf))),
                    [0xc2, last @ (0xa0 | 0xab | 0xbb), ..] => (0, u8::from(last == 0xa0)),
                    _ => {
                        let c = text[at..].chars().next().unwrap_or(' ');
                        (u8::from(c.is_alphanumeric()), u8::from(c.is_whitespace()))
                    }
                }
            };
            words += u32::from(begins & (inside ^ 1));
            (earlier, inside) = (inside, (inside | begins) & (ends ^ 1));
        }
        (self.words, self.inside, *before) = (words, inside == 1, earlier == 1);
    }
}

/// Returns eight times the same byte.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A letter or a figure, or the beginning of a Latin letter with an accent: a word begins, or goes on.
const WORD: u8 = 1;
/// The word ends.
const SPACE: u8 = 1 << 1;
/// The character must be looked at.
const LOOK: u8 = 1 << 2;

/// What each byte says of words; marks and the ends of characters say nothing.
const WORDS: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b' ' | b'\n' | b'\t' => SPACE,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0xc3 => WORD,
            0x97 | 0xb7 | 0xc2.. => LOOK,
            _ => 0,
        };
        at += 1;
    }
    table
};

impl Visitor<'_> for Counter {
    fn run(&mut self, _run: &[Inline], _place: Place) -> Step {
        self.inside = false;
        Step::Into
    }

    fn inline(&mut self, inline: &Inline) -> Step {
        match inline {
            Inline::Text(text) | Inline::SmallCaps(text) | Inline::NoBreak(text) | Inline::Code(text) => {
                self.text(text)
            }
            Inline::Abbreviation { text, .. } => self.text(text),
            Inline::SoftBreak | Inline::HardBreak => self.inside = false,
            Inline::Image(_)
            | Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Deleted(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Link { .. }
            | Inline::NoteCall { .. }
            | Inline::Foreign { .. }
            | Inline::Html(_) => {}
        }
        Step::Into
    }

    fn label(&mut self, text: &EcoString, place: Place) {
        if place != Place::Alternative {
            self.inside = false;
            self.text(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Counter, shorten};

    const PIECES: &[&str] = &[
        "a", "É", "×", "÷", "3", "²", "œ", "Ą", "字", " ", "\u{a0}", "\u{202f}", "\u{2003}", "’", "«", "»", "·", "—",
        "…", "-", "\n", "\t", "mots", "0", "9", "/", ":", "A", "Z", "@", "[", "z", "`", "{",
    ];

    #[test]
    fn texts_are_cut_between_words() {
        for (text, length, cut) in [
            ("", 5, ""),
            ("  un \n deux ", 7, "un deux"),
            ("un deux trois", 12, "un deux…"),
            ("un deux trois", 8, "un deux…"),
            ("un deux trois", 13, "un deux trois"),
            ("un, deux", 4, "un…"),
            ("anticonstitutionnellement", 6, "antic…"),
            ("l’été\u{202f}: là", 7, "l’été…"),
        ] {
            assert_eq!(shorten(text, length), cut, "{text:?}");
        }
        assert_eq!(shorten(&"mot ".repeat(1000), 9), "mot mot…");
    }

    proptest! {
        /// A word is a run of anything but white space that holds a letter or a figure, wherever the tree cuts its texts.
        #[test]
        fn words_are_counted_as_they_are_defined(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
            cut in 0_usize..60,
        ) {
            let (first, second) = pieces.split_at(cut.min(pieces.len()));
            let mut counter = Counter::default();
            counter.text(&first.concat());
            counter.text(&second.concat());
            let whole = pieces.concat();
            let words = whole.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
            prop_assert_eq!(counter.words as usize, words.count());
        }
    }
}
