//! The order of everything a reader sees in a list: À, Eau, Écologie, Emploi; fiche 2 before fiche 10.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::{AlternateHandling, CollatorOptions};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let mut options = CollatorOptions::default();
    // Spaces and marks count only between otherwise equal texts.
    options.alternate_handling = Some(AlternateHandling::NonIgnorable);
    Collator::try_new(locale!("fr-u-kn").into(), options).expect("the data for French is compiled in")
});

/// The articles that open a title or a term.
const ARTICLES: &[&str] = &["l’", "l'", "d’", "d'", "le ", "la ", "les ", "un ", "une ", "des ", "du "];

/// Compares two texts as a French dictionary would, numbers by value.
pub fn compare(a: &str, b: &str) -> Ordering {
    COLLATOR.compare(a, b).then_with(|| a.cmp(b))
}

/// Compares two texts without the articles that open them: « L’Apes » stands at A.
pub fn compare_without_article(a: &str, b: &str) -> Ordering {
    compare(without_article(a), without_article(b)).then_with(|| compare(a, b))
}

/// Sorts items by the text `key` gives for each; equal texts keep their order.
pub fn sort_by_key<T, K: AsRef<str>>(items: &mut [T], key: impl Fn(&T) -> K) {
    items.sort_by(|a, b| compare(key(a).as_ref(), key(b).as_ref()));
}

/// Returns the bytes whose plain order is that of `compare`, for long lists and for templates.
pub fn key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    match COLLATOR.write_sort_key_to(text, &mut key) {
        Ok(()) => {}
        Err(infallible) => match infallible {},
    }
    key
}

/// Returns a title without the article that opens it.
pub fn without_article(text: &str) -> &str {
    let trimmed = text.trim_start();
    for article in ARTICLES {
        let head = trimmed.get(..article.len());
        if head.is_some_and(|h| h.to_lowercase() == *article) {
            let rest = trimmed[article.len()..].trim_start();
            if !rest.is_empty() {
                return rest;
            }
        }
    }
    trimmed
}

/// Returns the capital under which a text stands in an index: « É » stands at E, figures and signs at #.
pub fn letter(text: &str) -> char {
    let folded = super::fold(text);
    match folded.chars().next() {
        Some(c) if c.is_ascii_lowercase() => c.to_ascii_uppercase(),
        Some(c) if c.is_alphabetic() => c.to_uppercase().next().unwrap_or(c),
        Some(_) | None => '#',
    }
}
