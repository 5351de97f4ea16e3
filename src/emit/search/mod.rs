//! The search: an index of the site in small files, made for `recherche.js` and for `essaim search`.

mod cards;
mod digits;
mod files;
mod fold;
mod index;
mod lexicon;
mod made;
mod near;
mod opened;
mod page;
mod question;
mod rank;
mod stems;
mod words;

pub use made::{Made, card};
pub use opened::Opened;
pub use page::{PageInput, PlaceInput, SectionInput, SectionKind};
pub use rank::{Answers, Hit, rank};

use files::Counts;
use lexicon::Lexicon;

/// Makes the index of pages, in the order of their numbers.
pub fn make(pages: &[PageInput], words: usize) -> Made {
    let lexicon = Lexicon::new();
    let terms = page::read_all(pages, &lexicon);
    Made::of(pages, &terms, &lexicon, Counts::of(words))
}

/// Returns the names of the files of the index of a site of so many words.
pub fn names(words: usize) -> Vec<String> {
    made::names(Counts::of(words))
}
