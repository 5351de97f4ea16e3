//! Addresses and look-up keys made from French text.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{Locale, Rules, inclusive, typeset};

/// The longest address of one name, in bytes: two of them and an ending stay under what file systems take.
const LONGEST: usize = 100;

/// Makes an address from a title: ASCII, lower case, words apart by hyphens.
///
/// « L’Apes au cœur de l’Ostrevent : élu·e·s, 1ᵉʳ bilan » gives `l-apes-au-coeur-de-l-ostrevent-elus-1er-bilan`.
/// A title without any letter or figure that ASCII can write gives nothing: the caller has a better name at hand.
pub fn slug(title: &str) -> Option<String> {
    let nfc = to_nfc(title);
    let set = typeset(&Rules::new(Locale::Fr), &nfc);
    let mut plain = String::with_capacity(set.len());
    let mut at = 0;
    for found in inclusive::find(&set) {
        plain.push_str(&set[at..found.range.start]);
        plain.push_str(found.form.plain());
        at = found.range.end;
    }
    plain.push_str(&set[at..]);

    let mut slug = String::with_capacity(plain.len());
    let mut chars = plain.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            // The narrow spaces of thousands and the points of abbreviations join what they stand between.
            '\u{202f}'
                if slug.ends_with(|d: char| d.is_ascii_digit()) && chars.peek().is_some_and(char::is_ascii_digit) => {}
            '&' => word(&mut slug, "et"),
            '€' => word(&mut slug, "euros"),
            '%' => word(&mut slug, "pour-cent"),
            '°' if slug.ends_with('n') => slug.push('o'),
            '+' if slug.ends_with(char::is_alphanumeric) || chars.peek().is_some_and(char::is_ascii_digit) => {
                word(&mut slug, "plus")
            }
            _ => {
                let before = slug.len();
                fold_into(c, &mut slug);
                let foreign = slug[before..].chars().any(|f| !f.is_ascii_alphanumeric());
                if foreign || (slug.len() == before && !is_combining_mark(c) && !is_joiner(c)) {
                    slug.truncate(before);
                    if !slug.is_empty() && !slug.ends_with('-') {
                        slug.push('-');
                    }
                }
            }
        }
    }
    if slug.len() > LONGEST {
        slug.truncate(slug[..=LONGEST].rfind('-').filter(|at| *at > LONGEST / 2).unwrap_or(LONGEST));
    }
    let kept = slug.trim_end_matches('-').len();
    slug.truncate(kept);
    (!slug.is_empty()).then_some(slug)
}

/// Returns whether a name is one that Windows keeps for its devices: no file or folder can bear it there, whatever its ending.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Makes the key under which a word is looked up: lower case, no accents, « œ » as « oe », straight apostrophes, single spaces.
pub fn fold(text: &str) -> String {
    let text = text.trim();
    if text.chars().all(folds_alone) { fold_all(text.chars(), text.len()) } else { fold_all(text.nfd(), text.len()) }
}

/// Says whether a character folds alike whole and decomposed: all that usual French is written with.
fn folds_alone(c: char) -> bool {
    matches!(c, '\0'..='\u{ff}' | 'œ' | 'Œ' | '\u{2002}'..='\u{206f}' | '€')
}

fn fold_all(chars: impl Iterator<Item = char>, len: usize) -> String {
    let mut out = String::with_capacity(len);
    for c in chars {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            fold_into(c, &mut out);
        }
    }
    out
}

/// Pushes a character without accent or capital.
fn fold_into(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' | ' '..='@' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'à' | 'â' | 'ä' => out.push('a'),
        'é' | 'è' | 'ê' | 'ë' => out.push('e'),
        'î' | 'ï' => out.push('i'),
        'ô' | 'ö' => out.push('o'),
        'ù' | 'û' | 'ü' => out.push('u'),
        'ç' => out.push('c'),
        'œ' | 'Œ' => out.push_str("oe"),
        'æ' | 'Æ' => out.push_str("ae"),
        'ß' => out.push_str("ss"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' => out.push('d'),
        '’' | '‘' | 'ʼ' | '′' | '´' => out.push('\''),
        '‐' | '‑' => out.push('-'),
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        _ => {
            for part in std::iter::once(c).nfkd() {
                if !is_combining_mark(part) {
                    out.extend(part.to_lowercase());
                }
            }
        }
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn word(slug: &mut String, word: &str) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
    slug.push_str(word);
    slug.push('-');
}

fn to_nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{fold_all, folds_alone};

    #[test]
    fn usual_characters_need_not_be_decomposed_to_fold() {
        for c in ('\0'..=char::MAX).filter(|c| folds_alone(*c)) {
            let around = ['a', c, 'b'];
            assert_eq!(fold_all(around.into_iter(), 3), fold_all(around.into_iter().nfd(), 3), "{c:?}");
        }
    }
}
