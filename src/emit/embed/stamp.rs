//! The mark of a content's words: twelve hexadecimal digits that change when the text does, so that a copy can be compared.

use crate::doc;
use crate::site::{Example, Page};

/// How many digits are shown.
const LENGTH: usize = 12;

/// Returns the mark of a page: of its title, summary and text, its version date and licence, and of who withdrew from it.
pub fn stamp(page: &Page) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("essaim stamp 1");
    let mut put = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    put(&page.title);
    put(&page.summary);
    put(&doc::text::document(&page.document));
    for key in ["mis_a_jour", "date"] {
        put(&page.fields.when(key).map(ToString::to_string).unwrap_or_default());
    }
    put(page.fields.text("licence").map_or("", |licence| licence));
    for (name, _) in page.fields.texts("retraits") {
        put(name);
    }
    digits(&hasher)
}

/// Returns the mark of an example.
pub fn of_example(page: &Page, example: &Example) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("essaim stamp of an example 1");
    hasher.update(example.exemple.titre.as_bytes());
    hasher.update(b"\0");
    if let Some(directive) = doc::find_directive(&page.document, &example.anchor) {
        hasher.update(doc::text::blocks(&directive.body).as_bytes());
    }
    digits(&hasher)
}

/// Returns the mark of words.
pub fn of_words<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("essaim stamp of words 1");
    for word in words {
        hasher.update(word.as_bytes());
        hasher.update(b"\0");
    }
    digits(&hasher)
}

fn digits(hasher: &blake3::Hasher) -> String {
    hasher.finalize().to_hex()[..LENGTH].to_owned()
}
