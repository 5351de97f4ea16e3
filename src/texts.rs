//! Texts looked at and copied as fast as the processor can.

use std::ops::Range;

use ecow::EcoString;

/// Returns a text that clones for free.
///
/// `EcoString::from` copies long texts byte by byte; adding to an empty one copies them whole.
pub fn shared(text: &str) -> EcoString {
    let mut shared = EcoString::with_capacity(text.len());
    shared.push_str(text);
    shared
}

/// Says whether a byte is a control character that has no place in a text: tabs and line ends have theirs.
pub fn is_control(byte: u8) -> bool {
    ((byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')) | (byte == 0x7f)
}

/// Says whether a byte has a meaning of its own in HTML and XML.
pub fn is_special(byte: u8) -> bool {
    (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"')
}

/// Says whether a text has a byte of some sort.
///
/// Whole pieces are looked at, without a branch, and what is found is gathered in a byte: a processor then does many at once.
pub fn has_byte(text: &[u8], is: impl Fn(u8) -> bool) -> bool {
    text.chunks(256).any(|piece| piece.iter().fold(0, |has, byte| has | u8::from(is(*byte))) != 0)
}

/// Says whether a text has two bytes of some sort that follow each other.
pub fn has_pair(text: &[u8], is: impl Fn(u8, u8) -> bool) -> bool {
    let next = text.get(1..).unwrap_or_default();
    text.iter().zip(next).fold(0, |has, (a, b)| has | u8::from(is(*a, *b))) != 0
}

/// Returns where the bytes of some sort stand in a text.
///
/// They are seldom: pieces without one are passed over whole.
pub fn places<'t>(text: &'t [u8], is: impl Fn(u8) -> bool + Copy + 't) -> impl Iterator<Item = usize> + 't {
    const PIECE: usize = 32;
    text.chunks(PIECE).enumerate().filter(move |(_, piece)| has_byte(piece, is)).flat_map(move |(number, piece)| {
        piece.iter().enumerate().filter(move |(_, byte)| is(**byte)).map(move |(at, _)| number * PIECE + at)
    })
}

/// Copies a text at the end of another, some characters written otherwise.
///
/// `begins` says whether a byte may begin such a character; `other`, given what is left of the text from there on, returns what stands
/// there instead and how many bytes that replaces.
pub fn push_with(
    text: &str,
    out: &mut String,
    begins: impl Fn(u8) -> bool,
    other: impl Fn(&[u8]) -> Option<(&'static str, usize)>,
) {
    let bytes = text.as_bytes();
    let (pieces, rest) = bytes.as_chunks::<16>();
    let mut from = 0;
    let mut look = |range: Range<usize>| {
        for at in range {
            if begins(bytes[at])
                && let Some((written, length)) = other(&bytes[at..])
            {
                out.push_str(&text[from..at]);
                out.push_str(written);
                from = at + length;
            }
        }
    };
    for (number, piece) in pieces.iter().enumerate() {
        if has_byte(piece, &begins) {
            look(16 * number..16 * (number + 1));
        }
    }
    look(bytes.len() - rest.len()..bytes.len());
    out.push_str(&text[from..]);
}
