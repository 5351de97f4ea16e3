//! What a document's tree does not hold and print needs: where its links lead, its pictures, its places.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::words::Words;
use crate::diag::Span;
use crate::doc::{Directive, Document, LinkId};

/// What surrounds the tree of one page.
pub struct Around<'a> {
    pub words: Words,
    /// Which source file the tree comes from: an index that the caller knows.
    pub file: usize,
    /// What stands before every label, so that pages of a booklet keep theirs apart.
    pub prefix: String,
    /// How many levels of headings stand above the page's own: 0 for a document of one page.
    pub above: u8,
    pub levers: Levers,
    /// One for each of the document's links.
    pub ways: Vec<Way>,
    /// The files that show its images.
    pub pictures: BTreeMap<LinkId, EcoString>,
    /// Where its examples are, by anchor.
    pub spots: BTreeMap<EcoString, Spot>,
    /// The examples of other pages that it shows again.
    pub taken: BTreeMap<LinkId, Taken<'a>>,
    /// The pages that it announces.
    pub cards: BTreeMap<LinkId, Card>,
    /// Its maps, by the place of their directive in the file.
    pub maps: BTreeMap<Span, Map>,
    /// The people who withdrew from the story, folded: their names are shown nowhere.
    pub withdrawn: Vec<String>,
}

impl Around<'_> {
    /// Makes the surroundings of a page that stands alone, without links or pictures.
    pub fn alone(words: Words) -> Self {
        Self {
            words,
            file: 0,
            prefix: String::new(),
            above: 0,
            levers: Levers::None,
            ways: Vec::new(),
            pictures: BTreeMap::new(),
            spots: BTreeMap::new(),
            taken: BTreeMap::new(),
            cards: BTreeMap::new(),
            maps: BTreeMap::new(),
            withdrawn: Vec::new(),
        }
    }
}

/// What the level-2 headings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levers {
    /// Ordinary headings.
    None,
    Numbered,
    Free,
}

/// Where a link leads, on paper and on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    pub to: Destination,
    /// What stands for the text when the writer gave none.
    pub title: EcoString,
    /// « PDF, 720 Kio », after a link to a file.
    pub weight: Option<EcoString>,
}

/// The other end of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Nothing answers, or print cannot follow it.
    Nowhere,
    /// A page of this site.
    Here(String),
    /// Another site: its address is printed.
    Elsewhere(String),
    /// A place of this very document.
    Inside(String),
}

/// Where an example happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// « Sceaux (92) ».
    pub place: EcoString,
    /// The page of the territory.
    pub to: Destination,
    pub map: Option<EcoString>,
}

/// An example of another page.
pub struct Taken<'a> {
    pub document: &'a Document,
    pub directive: &'a Directive,
    pub around: Box<Around<'a>>,
    /// « fiche 4 – Connaître… ».
    pub page: EcoString,
    pub to: Destination,
}

/// A page announced in another.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub title: EcoString,
    pub line: EcoString,
    pub summary: EcoString,
    pub to: Destination,
}

/// A map with the list that says the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    pub picture: EcoString,
    /// « Sceaux (92) » and the titles of the examples.
    pub list: Vec<(String, String)>,
}
