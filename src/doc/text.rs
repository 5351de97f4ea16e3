//! The plain text of a document: what search, feeds, descriptions and text parts read.

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
    // Three blanks a letter is more than any text has: no more of a long one is needed.
    let enough = text.char_indices().nth(4 * length + 4).map_or(text, |(at, _)| &text[..at]);
    // No-break spaces stay: they are part of what they hold together.
    let is_break = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    let text = enough.split(is_break).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
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
    fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            // Inside a word only its end matters, between two words only a beginning.
            let wanted = if self.inside { SPACE | LOOK } else { WORD | ACCENT | LOOK };
            let Some(ahead) = bytes[at..].iter().position(|byte| WORDS[usize::from(*byte)] & wanted != 0) else {
                return;
            };
            at += ahead;
            let class = WORDS[usize::from(bytes[at])];
            let (begins, ends) = if class & (LOOK | ACCENT) == 0 {
                (class == WORD, class == SPACE)
            } else {
                let c = text[at..].chars().next().unwrap_or(' ');
                (c.is_alphanumeric(), c.is_whitespace())
            };
            self.words += u32::from(begins && !self.inside);
            self.inside = (self.inside || begins) && !ends;
            at += 1;
        }
    }
}

/// A letter or a figure: a word begins, or goes on.
const WORD: u8 = 1;
/// The word ends.
const SPACE: u8 = 1 << 1;
/// The beginning of a Latin letter with an accent, or of « × » and « ÷ ».
const ACCENT: u8 = 1 << 2;
/// The character must be looked at.
const LOOK: u8 = 1 << 3;

/// What each byte says of words; marks and the ends of characters say nothing.
const WORDS: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b' ' | b'\n' | b'\t' => SPACE,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => WORD,
            0xc3 => ACCENT,
            0xc2.. => LOOK,
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
