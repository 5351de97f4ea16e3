//! What the typefaces can show: characters that none of them holds become words a reader understands, and are reported.

use std::borrow::Cow;
use std::sync::Arc;

use typst::text::Font;
use unicode_normalization::char::is_combining_mark;

use super::emoji;

/// The characters that at least one typeface holds.
#[derive(Clone)]
pub struct Coverage {
    bits: Arc<[u64]>,
    /// Those of the typefaces that the layouts name: serif, sans, mono.
    named: [Arc<[u64]>; 3],
    /// Those of the typefaces that a theme adds.
    added: Arc<[u64]>,
}

/// The families that the layouts name.
const NAMED: [&str; 3] = ["Libertinus Serif", "Noto Sans", "DejaVu Sans Mono"];

/// Characters of a text that no typeface holds, and what stands in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub text: String,
    pub stand_in: String,
}

impl Coverage {
    /// Reads the character maps of typefaces.
    pub fn of(fonts: &[Font]) -> Self {
        let bits_of = |keep: &dyn Fn(&Font) -> bool| -> Arc<[u64]> {
            let mut bits = vec![0u64; 0x11_0000 / 64];
            // A font that draws boxes for everything shows nothing.
            for font in fonts.iter().filter(|font| !font.info().is_last_resort() && keep(font)) {
                for code in font.info().coverage.iter() {
                    if let Some(word) = bits.get_mut(code as usize / 64) {
                        *word |= 1 << (code % 64);
                    }
                }
            }
            bits.into()
        };
        Self {
            bits: bits_of(&|_| true),
            added: bits_of(&|font| !NAMED.contains(&font.info().family.as_str())),
            named: NAMED.map(|family| bits_of(&|font| font.info().family.as_str() == family)),
        }
    }

    /// Returns whether a character can be shown.
    pub fn shows(&self, character: char) -> bool {
        let code = character as usize;
        // PDF/A-2a forbids the characters that each typeface means in its own way, even when one draws them.
        let is_private = matches!(code, 0xe000..=0xf8ff | 0xf_0000..=0x10_ffff);
        !is_private && (self.bits[code / 64] >> (code % 64) & 1 == 1 || is_space(character))
    }

    /// Returns the text as it can be set: what cannot be shown is replaced, and told to `lost`.
    pub fn settle<'a>(&self, text: &'a str, lost: &mut impl FnMut(Lost)) -> Cow<'a, str> {
        if text
            .chars()
            .all(|character| matches!(character, ' '..='~') || (self.stays(character) && !is_combining_mark(character)))
        {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = text.chars().peekable();
        while let Some(character) = rest.next() {
            match fate(character) {
                Fate::Stays if self.shows(character) && self.joins(out.chars().next_back(), character) => {
                    out.push(character);
                }
                Fate::Becomes(other) => out.push(other),
                Fate::Vanishes => {}
                Fate::Stays => {
                    let family = Family::of(character);
                    let mut group = String::from(character);
                    while let Some(next) = rest.peek().copied() {
                        let joins =
                            is_joiner(next) || (family.runs() && !self.shows(next) && Family::of(next) == family);
                        // A space between two words of the same writing belongs to it.
                        if !joins {
                            break;
                        }
                        group.push(next);
                        rest.next();
                    }
                    let stand_in = family.stand_in(&group);
                    out.push_str(&stand_in);
                    lost(Lost { text: group, stand_in });
                }
            }
        }
        Cow::Owned(out)
    }

    /// Whether a mark can be set over or under what stands before it, in whatever typeface that text is set: one typeface
    /// must hold both.
    fn joins(&self, base: Option<char>, mark: char) -> bool {
        if !is_combining_mark(mark) {
            return true;
        }
        let has =
            |bits: &Arc<[u64]>, character: char| bits[character as usize / 64] >> (character as usize % 64) & 1 == 1;
        // Without a letter before it, the mark falls on a sign of the layout's.
        let base = base.filter(|base| !base.is_whitespace()).unwrap_or('(');
        let [serif, sans, mono] = &self.named;
        let both = |bits: &Arc<[u64]>| has(bits, base) && has(bits, mark);
        both(sans)
            || (both(serif) && both(mono))
            || (!has(sans, base) && !has(serif, base) && (both(mono) || both(&self.added)))
    }

    fn stays(&self, character: char) -> bool {
        matches!(fate(character), Fate::Stays) && self.shows(character)
    }
}

/// A run of so many characters where no line can end is given places where it may.
const LONGEST_RUN: usize = 28;
/// Hyphenation knows words of letters up to this length.
const LONGEST_WORD: usize = 44;
/// Between these places stand so many characters.
const PIECE: usize = 10;

/// Where a line may end without a hyphen: a space without width.
const BREAK: char = '\u{200b}';

/// Gives words longer than a line places where they may be cut: addresses after their marks, anything else every few characters.
pub fn breakable(text: &str) -> Cow<'_, str> {
    let is_long = |word: &str| word.len() > LONGEST_RUN && word.chars().count() > LONGEST_RUN;
    if !text.split([' ', '\u{a0}', '\u{202f}']).any(is_long) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 32);
    for word in text.split_inclusive([' ', '\u{a0}', '\u{202f}']) {
        if !is_long(word) {
            out.push_str(word);
            continue;
        }
        for run in word.split_inclusive(['-', '/', '.', '@', '_', '=', '&', '?', '–', '—']) {
            let longest = if run.chars().all(char::is_alphabetic) { LONGEST_WORD } else { LONGEST_RUN };
            let letters: Vec<char> = run.chars().collect();
            if letters.len() <= longest {
                out.push_str(run);
            } else {
                for (place, piece) in letters.chunks(PIECE).enumerate() {
                    if place > 0 && !is_combining_mark(piece[0]) {
                        out.push(BREAK);
                    }
                    out.extend(piece);
                }
            }
            // Lines end after a hyphen as it is; not after the dot that ends a sentence.
            if !run.ends_with(['-', ' ', '\u{a0}', '\u{202f}']) && !word.ends_with(run) {
                out.push(BREAK);
            }
        }
    }
    Cow::Owned(out)
}

/// What becomes of a character before any typeface is asked.
enum Fate {
    Stays,
    Becomes(char),
    /// It has no shape of its own, or a document may not hold it.
    Vanishes,
}

fn fate(character: char) -> Fate {
    match character {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Fate::Becomes(' '),
        // Word's own bullets and arrows, which no other program can read.
        '\u{f0b7}' => Fate::Becomes('•'),
        '\u{f0a7}' | '\u{f06e}' => Fate::Becomes('▪'),
        '\u{f0e0}' | '\u{f0e8}' => Fate::Becomes('→'),
        '\u{f0fc}' => Fate::Becomes('✓'),
        // The no-break hyphen is set like the other one; lines do not break at digits' hyphens either.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' => Fate::Vanishes,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => Fate::Vanishes,
        '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e0fff}' => Fate::Vanishes,
        '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{3164}'
        | '\u{ffa0}' => Fate::Vanishes,
        _ if character.is_control() || (character as u32) & 0xfffe == 0xfffe => Fate::Vanishes,
        _ => Fate::Stays,
    }
}

/// Spaces are made by the program that sets the text when the typeface lacks them.
fn is_space(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// What continues an emoji: skin tones, joiners, variation selectors, tags.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{20e3}')
}

/// What sort of writing a lost character belongs to, for the word that replaces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Emoji,
    Writing(&'static str),
    Private,
    Other,
}

impl Family {
    fn of(character: char) -> Self {
        match character as u32 {
            0x0530..=0x058f => Self::Writing("arménien"),
            0x0590..=0x05ff => Self::Writing("hébreu"),
            0x0600..=0x06ff | 0x0750..=0x077f | 0x0870..=0x08ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => {
                Self::Writing("arabe")
            }
            0x0700..=0x074f => Self::Writing("syriaque"),
            0x0900..=0x097f => Self::Writing("devanagari"),
            0x0980..=0x09ff => Self::Writing("bengali"),
            0x0b80..=0x0bff => Self::Writing("tamoul"),
            0x0e00..=0x0e7f => Self::Writing("thaï"),
            0x10a0..=0x10ff => Self::Writing("géorgien"),
            0x1200..=0x139f => Self::Writing("éthiopien"),
            0x1780..=0x17ff => Self::Writing("khmer"),
            0x2d30..=0x2d7f => Self::Writing("tifinagh"),
            0x3040..=0x30ff | 0x31f0..=0x31ff => Self::Writing("japonais"),
            0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7ff => Self::Writing("coréen"),
            0x2e80..=0x303f | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff => {
                Self::Writing("chinois")
            }
            0xe000..=0xf8ff | 0xf0000..=0x10_ffff => Self::Private,
            0x1f000..=0x1faff | 0x2600..=0x27bf | 0x231a..=0x23ff | 0x2b00..=0x2bff => Self::Emoji,
            _ => Self::Other,
        }
    }

    /// Whether neighbours of the same family are replaced together.
    fn runs(self) -> bool {
        match self {
            Self::Writing(_) => true,
            Self::Emoji | Self::Private | Self::Other => false,
        }
    }

    fn stand_in(self, group: &str) -> String {
        let first = group.chars().next().unwrap_or('\u{fffd}');
        match self {
            Self::Writing(name) => format!("[{name}]"),
            Self::Emoji => {
                emoji::name_of(first).map_or_else(|| format!("[{}]", code(first)), |name| format!("[{name}]"))
            }
            Self::Private | Self::Other => format!("[{}]", code(first)),
        }
    }
}

/// Returns the code point as people look it up: « U+1F389 ».
pub fn code(character: char) -> String {
    format!("U+{:04X}", character as u32)
}
