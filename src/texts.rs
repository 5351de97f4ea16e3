//! Texts looked at and copied as fast as the processor can.

use ecow::EcoString;

/// Returns a text that clones for free.
///
/// `EcoString::from` copies long texts byte by byte; adding to an empty one copies them whole.
pub fn shared(text: &str) -> EcoString {
    let mut shared = EcoString::with_capacity(text.len());
    shared.push_str(text);
    shared
}

/// Says whether a text has a byte of some sort.
///
/// Whole pieces are looked at, without a branch: a processor then does many bytes at once.
pub fn has_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(256).any(|piece| piece.iter().fold(false, |has, byte| has | is(*byte)))
}
