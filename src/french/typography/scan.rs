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
        // Letters with an accent begin with 0xc3.
        if !byte.is_ascii_alphanumeric() && byte != 0xc3 {
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
