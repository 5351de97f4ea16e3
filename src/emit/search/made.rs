//! The index of a site in memory: made once from its pages, then handed out file by file.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value, json};

use super::cards;
use super::files::{self, Counts, Files};
use super::index;
use super::input::PageInput;
use super::lexicon::Lexicon;
use super::page::PageTerms;
use super::{alike, pieces, question, words};
use crate::texts::push_with;

/// The index of a site.
#[derive(Debug)]
pub struct Made {
    files: Files,
    root: String,
    facets: String,
}

impl Made {
    /// Makes the index of pages in the order of their numbers; their words go once they are gathered.
    pub(super) fn of(
        pages: &[PageInput],
        terms: Vec<Arc<PageTerms>>,
        lexicon: &Lexicon,
        counts: Counts,
        interface: Value,
    ) -> Self {
        let groups = index::groups(&terms, lexicon);
        drop(terms);
        let files = files::cut(groups, counts);
        let mut root = json!({
            "n": pages.len(),
            "k": counts.shards,
            "f": counts.endings,
            "w": index::saturation(),
            "s": files.bounds.join(" "),
            "h": files.heavy.join(","),
            "v": version(pages, &files),
            "x": language(),
            "m": interface,
        });
        if pages.len() <= cards::TITLES {
            let (folders, titles) = cards::titles(pages);
            root["d"] = folders;
            root["c"] = titles;
        }
        Self { root: wrap("racine", &root), facets: wrap("facettes", &cards::facets(pages)), files }
    }

    /// Returns the bytes of a file by its name without `.js`.
    pub fn file(&self, name: &str) -> Option<String> {
        match name {
            "racine" => return Some(self.root.clone()),
            "facettes" => return Some(self.facets.clone()),
            _ => {}
        }
        let number: usize = name.get(1..)?.parse().ok()?;
        let text = match name.as_bytes()[0] {
            b't' => &self.files.terms.get(number)?.0,
            b'p' => &self.files.terms.get(number)?.1,
            b'f' => self.files.endings.get(number)?,
            _ => return None,
        };
        Some(wrap(name, &Value::String(text.clone())))
    }
}

/// Returns the lists of French that the script reads questions with: they are written once, here.
fn language() -> [String; 6] {
    let endings: Vec<&str> = alike::ENDINGS.iter().copied().filter(|ending| !ending.is_empty()).collect();
    [
        words::STOP.join(" "),
        pieces::ELIDED.join(" "),
        question::INCLUSIVE.join(" "),
        question::NUMBER_MARKS.join(" "),
        endings.join(" "),
        alike::DERIVED.join(" "),
    ]
}

/// Returns the text of the card of a page.
pub fn card(number: usize, page: &PageInput) -> String {
    wrap(&format!("c{number}"), &cards::card(page))
}

/// Returns the names of every file of an index but the cards.
pub(super) fn names(counts: Counts) -> Vec<String> {
    let terms = counts.shards + counts.heavy;
    let mut names = vec!["racine".to_owned(), "facettes".to_owned()];
    names.extend((0..terms).flat_map(|number| [format!("t{number}"), format!("p{number}")]));
    names.extend((0..counts.endings).map(|number| format!("f{number}")));
    names
}

fn wrap(name: &str, payload: &Value) -> String {
    let payload = payload.to_string();
    let mut out = String::with_capacity(payload.len() + name.len() + 32);
    let _ = write!(out, "essaimIndex(\"{name}\",");
    // `<` is escaped so that no text closes a script; the separators of lines that JSON allows are none of ours.
    push_with(
        &payload,
        &mut out,
        |byte| (byte == b'<') | (byte == 0xe2),
        |rest| match rest {
            [b'<', ..] => Some(("\\u003c", 1)),
            [0xe2, 0x80, 0xa8, ..] => Some(("\\u2028", 3)),
            [0xe2, 0x80, 0xa9, ..] => Some(("\\u2029", 3)),
            _ => None,
        },
    );
    out.push(')');
    out
}

/// Returns what a file of the index must agree with: which page has which number, and where files part.
fn version(pages: &[PageInput], files: &Files) -> String {
    let mut hasher = blake3::Hasher::new();
    for page in pages {
        hasher.update(page.url.as_bytes());
        hasher.update(b"\n");
    }
    for text in files.bounds.iter().chain(&files.heavy) {
        hasher.update(text.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().to_hex()[..8].to_owned()
}
