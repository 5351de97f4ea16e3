//! Finds the next place of a text where something may be done; most bytes of most words ask for nothing.

use super::{WORK, Work};

/// Something begins here, whatever follows.
const WORKS: u8 = 1;
/// A space: nothing is done before a plain word, unless something stands close before.
const SPACE: u8 = 1 << 1;
/// An « o »: nothing is done unless an « e » follows.
const O: u8 = 1 << 2;
/// The beginning of a title that holds the next word: « Mme », « Dr ».
const TITLE: u8 = 1 << 3;

/// For each byte, what it is, and, four bits higher, what it lets the byte before be.
const TRAITS: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        let is = match WORK[at] {
            Work::Space => SPACE,
            Work::Ligature => O,
            Work::None if matches!(byte, b'M' | b'D' | b'P') => TITLE,
            Work::None => 0,
            Work::Latin
            | Work::General
            | Work::Apostrophe
            | Work::Quote
            | Work::Strong
            | Work::Colon
            | Work::Dot
            | Work::Digit
            | Work::Roman
            | Work::Machine => WORKS,
        };
        let mut lets = WORKS | TITLE;
        // Letters with an accent begin with 0xc3; a figure may be bound to the word before.
        if !byte.is_ascii_alphabetic() && byte != 0xc3 {
            lets |= SPACE;
        }
        if matches!(byte, b'e' | b'E') {
            lets |= O;
        }
        table[at] = is | lets << 4;
        at += 1;
    }
    table
};

/// How far a mark or a title counts for the space that follows: « Mlles » and one byte.
const NEAR: usize = 6;

/// Finds the first place from `from` where something may be done.
///
/// Words and spaces are too mixed for a processor to guess: far from marks, there is one branch a byte, seldom taken.
pub(super) fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let is = |at: usize, wanted: u8| TRAITS[usize::from(bytes[at])] & wanted != 0;
    let mut at = from;
    loop {
        let near = (at + NEAR).min(bytes.len());
        let mut place = (at..near).find(|at| is(*at, WORKS | SPACE | O | TITLE));
        if place.is_none() {
            let mut here = TRAITS[usize::from(*bytes.get(near)?)];
            let found = bytes[near + 1..].iter().position(|byte| {
                let after = TRAITS[usize::from(*byte)];
                let works = here & (after >> 4);
                here = after;
                works != 0
            });
            place = Some(found.map_or(bytes.len() - 1, |found| near + found));
        }
        let place = place?;
        if !is(place, TITLE) {
            return Some(place);
        }
        at = place + 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::french::{Locale, Rules, Typesetter};

    const PIECES: &[&str] = &[
        "a",
        "mot",
        "mots",
        "où",
        "été",
        "L",
        "Paris",
        "œuvre",
        "oeuvre",
        "oe",
        "OEuvre",
        "coexister",
        "e",
        " ",
        " ",
        " ",
        "  ",
        "\u{a0}",
        "\u{202f}",
        "\n",
        "Mme",
        "Mmes",
        "Mlle",
        "Mlles",
        "M",
        "M.",
        "MM.",
        "Me",
        "Mgr",
        "Dr",
        "Drs",
        "Pr",
        "Vve",
        "p.",
        "n°",
        "art.",
        "fig.",
        "fiche",
        "Pages",
        "6",
        "vol.",
        "§",
        "'",
        "’",
        "\"",
        "''",
        "«",
        "»",
        "“",
        "”",
        "‘",
        ":",
        ";",
        "!",
        "?",
        ",",
        ".",
        "...",
        "....",
        "…",
        "-",
        "--",
        "–",
        "—",
        "(",
        ")",
        "[",
        "]",
        "/",
        "\\",
        "1",
        "12",
        "2500",
        "3,5",
        "XX",
        "XXe",
        "IIe",
        "1er",
        "2e",
        "%",
        "€",
        "km",
        "°",
        "º",
        "h",
        "élu·es",
        "élu.e",
        "https://a.fr/b?c=1",
        "@",
        "·",
        "+",
        "=",
        "<",
        "&",
        "*",
        "\u{2009}",
        "\u{301}",
        "日",
    ];

    proptest! {
        #[test]
        fn what_is_passed_over_asks_for_nothing(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)) {
            let text = pieces.concat();
            for locale in ["fr", "fr-CH", "fr-CA"] {
                let rules = Rules { locale: Locale::from_tag(locale), ..Rules::default() };
                let everywhere = |bytes: &[u8], at: usize| (at < bytes.len()).then_some(at);
                let slow = Typesetter::new(&rules).set_at(&text, None, everywhere).into_owned();
                prop_assert_eq!(Typesetter::new(&rules).set(&text, None), slow, "{:?}", text);
            }
        }
    }
}
