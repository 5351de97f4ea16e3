//! From the bytes of a file to its text: encodings, byte order marks, invisible characters.
//!
//! What is read keeps the lines and columns of the file as its writer sees it: a character is
//! replaced by one character, and only marks that no editor shows are taken out.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diag::{Diagnostic, FilePath, Span};
use crate::say;
use crate::texts::{has_byte, has_pair, is_control};

/// A file's text, and what had to be done to it.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: Arc<str>,
    /// The text is the file's bytes, unchanged.
    pub exact: bool,
    pub notes: Vec<Diagnostic>,
}

/// Bytes that are no text: why, and what to show of them.
#[derive(Debug)]
pub(super) struct Refused {
    pub said: Diagnostic,
    /// The text with a mark in the place of each byte that says nothing.
    pub shown: Option<String>,
}

impl Refused {
    /// Refuses bytes for the one at a place; `say` is given its line.
    fn at(path: &FilePath, bytes: &[u8], at: usize, say: fn(&FilePath, usize) -> Diagnostic) -> Box<Self> {
        let mark = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}");
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        let start = mark(&bytes[..at]).len();
        let span = Span::new(start, start + '\u{fffd}'.len_utf8());
        Box::new(Self { said: say(path, line).at(path, span), shown: Some(mark(bytes)) })
    }
}

/// Reads bytes as text, or says why they are not text.
pub(super) fn decode(path: &FilePath, saved: &[u8]) -> Result<Decoded, Box<Refused>> {
    if saved.starts_with(&[0xFF, 0xFE]) || saved.starts_with(&[0xFE, 0xFF]) {
        let little = saved[0] == 0xFF;
        return utf16(path, &saved[2..], little);
    }
    let marked = saved.strip_prefix(&[0xEF, 0xBB, 0xBF]);
    let bytes = marked.unwrap_or(saved);
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            None => Ok(clean(path, text, marked.is_none())),
            Some(at) => match utf16_without_mark(bytes) {
                Some(little) => utf16(path, bytes, little),
                None => Err(Refused::at(path, bytes, at, not_text)),
            },
        },
        Err(error) => {
            if let Some(little) = utf16_without_mark(bytes) {
                return utf16(path, bytes, little);
            }
            if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
                return Err(Refused::at(path, bytes, at, not_text));
            }
            let at = error.valid_up_to();
            let text = windows_1252(bytes).ok_or_else(|| Refused::at(path, bytes, at, unknown_encoding))?;
            let mut decoded = clean(path, &text, false);
            decoded.notes.insert(0, converted(path, "Windows-1252"));
            Ok(decoded)
        }
    }
}

fn utf16(path: &FilePath, bytes: &[u8], little: bool) -> Result<Decoded, Box<Refused>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) });
    let text: Option<String> = char::decode_utf16(units).map(Result::ok).collect();
    match text {
        Some(text) if rest.is_empty() && !text.contains('\0') => {
            let mut decoded = clean(path, &text, false);
            decoded.notes.insert(0, converted(path, "UTF-16"));
            Ok(decoded)
        }
        _ => Err(Box::new(Refused { said: unknown_encoding(path, 1).in_file(path), shown: None })),
    }
}

/// Recognises UTF-16 saved without its mark: in European text one byte of each pair is nearly always zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<bool> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if pairs.len() < 4 || !rest.is_empty() {
        return None;
    }
    let most = pairs.len() * 3 / 4;
    if pairs.iter().filter(|pair| pair[1] == 0 && pair[0] != 0).count() >= most {
        Some(true)
    } else if pairs.iter().filter(|pair| pair[0] == 0 && pair[1] != 0).count() >= most {
        Some(false)
    } else {
        None
    }
}

/// The characters of Windows-1252 from 0x80 to 0x9F; `\0` where it has none.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', //
    '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Returns the text if the bytes can hardly be anything but Windows-1252 written by a French hand.
///
/// Mac Roman and mixtures of two encodings would come out as nonsense: they are refused.
fn windows_1252(bytes: &[u8]) -> Option<String> {
    let mixed = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if mixed {
        return None;
    }
    bytes.iter().map(|byte| french_character(*byte)).collect()
}

fn french_character(byte: u8) -> Option<char> {
    let character = match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        other => char::from(other),
    };
    let plausible = character.is_ascii()
        || ('À'..='ÿ').contains(&character) && !matches!(character, '×' | '÷')
        || "ŒœŸ€…‘’“”•–—™‹›«»°§·²³½¼©®ªº\u{a0}\u{ad}".contains(character);
    (plausible && character != '\0').then_some(character)
}

/// Replaces control characters by spaces and takes out soft hyphens and marks that turn the direction of the text.
fn clean(path: &FilePath, text: &str, exact: bool) -> Decoded {
    // Lines that end as those of the first Macintosh did: the same lines, the same columns.
    if text.contains('\r') && !text.contains('\n') {
        return clean(path, &text.replace('\r', "\n"), false);
    }
    if !may_hide(text.as_bytes()) {
        return Decoded { text: text.into(), exact, notes: Vec::new() };
    }
    let mut out = String::with_capacity(text.len());
    let mut found: Vec<(u32, usize)> = Vec::new();
    for character in text.chars() {
        match visible(character) {
            Visible::AsIs => out.push(character),
            Visible::Nothing if character == HYPHEN => {}
            Visible::Instead(other) => {
                found.push((u32::from(character), out.len()));
                out.push(other);
            }
            Visible::Nothing => found.push((u32::from(character), out.len())),
        }
    }
    let Some((code, at)) = found.first().copied() else {
        let exact = exact && out.len() == text.len();
        return Decoded { text: out.into(), exact, notes: Vec::new() };
    };
    let width = out[at..].chars().next().map_or(0, char::len_utf8);
    let note = invisible(path, Span::new(at, at + width), code, found.len());
    Decoded { text: out.into(), exact: false, notes: vec![note] }
}

/// Does the same to a text that was written with escapes: `&#1;` in Markdown, `"\u0001"` in YAML.
pub(crate) fn cleaned(text: &str) -> Cow<'_, str> {
    if !may_hide(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let kept = |character| match visible(character) {
        Visible::AsIs => Some(character),
        Visible::Instead(other) => Some(other),
        Visible::Nothing => None,
    };
    Cow::Owned(text.chars().filter_map(kept).collect())
}

/// Where a word may be cut: pasted from a printed page, it hides the word from searches, and browsers cut words by themselves.
const HYPHEN: char = '\u{ad}';

enum Visible {
    AsIs,
    Instead(char),
    Nothing,
}

fn visible(character: char) -> Visible {
    match character {
        '\t' | '\n' | '\r' => Visible::AsIs,
        '\u{0}'..='\u{1f}' | '\u{7f}' => Visible::Instead(' '),
        '\u{80}'..='\u{9f}' => match WINDOWS[u32::from(character) as usize - 0x80] {
            '\0' if character == '\u{85}' => Visible::Instead('\n'),
            '\0' => Visible::Instead(' '),
            meant => Visible::Instead(meant),
        },
        HYPHEN | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => {
            Visible::Nothing
        }
        _ => Visible::AsIs,
    }
}

/// Returns whether a text may hold a character that [`visible`] changes; most texts have none.
fn may_hide(text: &[u8]) -> bool {
    // The last two bytes of each of them: few other characters end alike.
    let may_end = |a: u8, b: u8| {
        (a == 0xC2) & ((b < 0xA0) | (b == 0xAD))
            | (a == 0x80) & (0xAA..=0xAE).contains(&b)
            | (a == 0x81) & (0xA6..=0xA9).contains(&b)
            | (a == 0xBB) & (b == 0xBF)
            | (a == 0xBF) & (0xB9..=0xBB).contains(&b)
    };
    has_byte(text, is_control) || has_pair(text, may_end)
}

fn converted(path: &FilePath, encoding: &str) -> Diagnostic {
    let name = path.name();
    Diagnostic::warning(
        "A0903",
        say!("« {name} » est enregistré en {encoding} et non en UTF-8", "“{name}” is saved as {encoding}, not UTF-8"),
    )
    .in_file(path)
    .help(say!(
        "le texte a été converti ; enregistrez le fichier en « UTF-8 » pour ne plus voir cette alerte",
        "the text was converted; save the file as “UTF-8” to silence this alert"
    ))
}

fn unknown_encoding(path: &FilePath, line: usize) -> Diagnostic {
    let name = path.name();
    Diagnostic::error(
        "E0902",
        say!(
            "l’encodage de « {name} » n’est pas reconnu (premier caractère illisible ligne {line})",
            "the encoding of “{name}” is not recognised (first unreadable character on line {line})"
        ),
    )
    .help(say!(
        "ouvrez le fichier, vérifiez les lettres accentuées, puis enregistrez-le en choisissant « UTF-8 »",
        "open the file, check the accented letters, then save it as “UTF-8”"
    ))
}

fn not_text(path: &FilePath, line: usize) -> Diagnostic {
    let name = path.name();
    Diagnostic::error(
        "E0904",
        say!(
            "« {name} » n’est pas un fichier de texte (caractère nul ligne {line})",
            "“{name}” is not a text file (null character on line {line})"
        ),
    )
    .help(say!(
        "si le fichier vient d’un traitement de texte, enregistrez-le en « texte brut, UTF-8 »",
        "if the file comes from a word processor, save it as “plain text, UTF-8”"
    ))
}

fn invisible(path: &FilePath, span: Span, code: u32, count: usize) -> Diagnostic {
    let (fr, en) = if count == 1 {
        (
            format!("un caractère invisible a été ôté (U+{code:04X})"),
            format!("an invisible character was removed (U+{code:04X})"),
        )
    } else {
        (
            format!("{count} caractères invisibles ont été ôtés (le premier est U+{code:04X})"),
            format!("{count} invisible characters were removed (the first is U+{code:04X})"),
        )
    };
    Diagnostic::warning("A0904", crate::diag::Said { fr, en }).at_labelled(path, span, say!("ici", "here")).help(say!(
        "il vient sans doute d’un copier-coller ; effacez-le et retapez ce passage",
        "it probably comes from a paste; delete it and type this passage again"
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Visible, may_hide, visible};

    const PIECES: &[&str] = &[
        "a", "é", "’", "«", "\u{a0}", "\u{80}", "\u{9f}", "\u{202a}", "\u{202e}", "\u{202f}", "\u{2066}", "\u{2069}",
        "\u{2065}", "\u{feff}", "\u{fff9}", "\u{fffd}", "\t", "\n", "\r", "\u{1}", "\u{1f}", "\u{7f}", "字", "🐝",
    ];

    #[test]
    fn french_hides_nothing() {
        let text = "« L’Île-de-France\u{202f}» : 1\u{202f}000\u{a0}€… Œuvre, çà, ŸÿÀû–—‘’“”•\u{2011} ½ ² °\r\n\t";
        assert!(!may_hide(text.as_bytes()));
    }

    proptest! {
        #[test]
        fn what_is_changed_is_seen_wherever_it_stands(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..5)) {
            let text = pieces.concat();
            let changes = text.chars().any(|character| !matches!(visible(character), Visible::AsIs));
            prop_assert!(may_hide(text.as_bytes()) || !changes);
        }
    }
}
