//! Texts that many values share: how one is made by a single copy of memory.

use ecow::EcoString;

/// Returns a text that clones for free.
///
/// `EcoString::from` copies long texts byte by byte; adding to an empty one copies them whole.
pub fn shared(text: &str) -> EcoString {
    let mut shared = EcoString::with_capacity(text.len());
    shared.push_str(text);
    shared
}
