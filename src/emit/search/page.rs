//! The words of one page with their weights: the part that is remembered.

use serde::{Deserialize, Serialize};

use super::input::{PageInput, PlaceInput};
use super::synonyms::Synonyms;
use super::words::{Found, Splitter};

/// The words of one page, each once.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct PageTerms {
    pub terms: Box<[Term]>,
    /// Where the words stand: a block in the high half, a place among its words in the low half.
    pub spots: Box<[u32]>,
}

/// A word of a page.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Term {
    pub word: u32,
    /// In sixteenths of an ordinary occurrence in a page of ordinary length; four thousand of them count as more.
    pub weight: u16,
    /// How many places of [`PageTerms::spots`] are its own.
    pub spots: u16,
}

impl PageTerms {
    /// Returns the same words under other numbers.
    pub(super) fn renumbered(&self, mut number: impl FnMut(u32) -> u32) -> Self {
        let terms = self.terms.iter().map(|term| Term { word: number(term.word), ..*term });
        Self { terms: terms.collect(), spots: self.spots.clone() }
    }

    /// Returns whether words read from a disk agree with each other and with the length of a list.
    pub(super) fn is_sound(&self, words: usize) -> bool {
        self.terms.iter().all(|term| (term.word as usize) < words)
            && self.terms.iter().map(|term| usize::from(term.spots)).sum::<usize>() == self.spots.len()
    }

    /// Returns each word with its places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Term, &[u32])> {
        let mut rest = &self.spots[..];
        self.terms.iter().map(move |term| (*term, rest.split_off(..usize::from(term.spots)).unwrap_or_default()))
    }
}

/// How many blocks a section has: the first is its heading, the last takes all that follows.
///
/// Numbering blocks within their section keeps an edit of one section out of the others.
pub(super) const BLOCKS: u32 = 8;
/// The blocks of the page itself, before those of its text.
const TITLE: u32 = 0;
const SUMMARY: u32 = 1;
const FACTS: u32 = 2;

/// Weights of fields, in sixteenths of an occurrence in the text.
mod weight {
    pub(super) const TITLE: u32 = 16 * 14;
    pub(super) const NUMBERED: u32 = 16 * 16;
    pub(super) const NUMBER: u32 = 16 * 7;
    pub(super) const SUMMARY: u32 = 16 * 5 / 2;
    pub(super) const HEADING: u32 = 16 * 3;
    pub(super) const ACRONYM: u32 = 16 * 2;
    pub(super) const MEANING: u32 = 4;
    pub(super) const THEME: u32 = 16 * 3;
    pub(super) const PLACE: u32 = 16 * 5;
    pub(super) const CONTAINER: u32 = 16 * 5 / 2;
    pub(super) const CODE: u32 = 16 * 3 / 2;
    pub(super) const FACT: u32 = 12;
    pub(super) const SYNONYM: u32 = 10;
    pub(super) const TEXT: u32 = 16;
}

/// A word met on a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    word: u32,
    spot: u32,
    weight: u32,
}

/// Gathers the words of one page.
struct Gatherer<'s, 'l> {
    splitter: &'s mut Splitter<'l>,
    met: Vec<Met>,
    /// Where the next words of a block go: several fields share one.
    next: u32,
    block: u32,
    synonyms: &'s Synonyms,
    /// The words of the text being read that are part of an expression.
    run: Vec<(u32, u32)>,
    /// The expressions found, and the sections that hold them.
    also: Vec<(usize, u32)>,
}

impl Gatherer<'_, '_> {
    /// Adds a text to a block; texts of one block are kept apart by a gap that no phrase crosses.
    fn text(&mut self, block: u32, text: &str, weight: u32) {
        if block != self.block {
            // A block that is come back to goes on further than what it holds.
            (self.next, self.block) = (if block < self.block { 2000 } else { 0 }, block);
        }
        let (met, run, base) = (&mut self.met, &mut self.run, self.next);
        run.clear();
        let places = self.splitter.split(text, |Found { word, place, part, known }| {
            let weight = if part { weight / 2 } else { weight };
            met.push(Met { word, spot: spot(block, base + place), weight });
            if known {
                run.push((place, word));
            }
        });
        self.next += places + 8;
        // What is known of the page says nothing more of itself.
        if !self.run.is_empty() && block != FACTS {
            self.recognise(block);
        }
    }

    /// Notes the expressions of the text just read that mean something else as well.
    fn recognise(&mut self, block: u32) {
        let run: Vec<(u32, &str)> = self.run.iter().map(|(place, word)| (*place, self.splitter.stem(*word))).collect();
        let (also, section) = (&mut self.also, block / BLOCKS);
        self.synonyms.find(&run, |number, _| {
            if !also.contains(&(number, section)) {
                also.push((number, section));
            }
        });
    }

    fn made(&mut self, block: u32, word: &str, weight: u32) {
        let word = self.splitter.number(word);
        self.met.push(Met { word, spot: spot(block, 4000), weight });
    }

    fn place(&mut self, block: u32, place: &PlaceInput, weight: u32) {
        self.named(block, &place.name, weight);
        self.text(block, &place.code, weight);
        for (name, code) in &place.containers {
            self.named(block, name, weight::CONTAINER);
            self.text(block, code, weight::CODE);
        }
    }

    /// Adds the name of a place: whole it counts most, so that « Marne » finds the Marne before Nogent-sur-Marne.
    fn named(&mut self, block: u32, name: &str, weight: u32) {
        let folded = super::fold::fold(name);
        let mut words: Vec<String> = folded.split_whitespace().flat_map(super::question::pieces).collect();
        if (2..=3).contains(&words.len()) {
            self.made(block, &words.concat(), weight * 3 / 2);
        }
        if words.len() > 1 && ["le", "la", "les"].contains(&words[0].as_str()) {
            words.remove(0);
        }
        match words.len() {
            0 | 1 => self.text(block, name, weight * 3 / 2),
            count => self.text(block, name, weight / super::digits::number_of(count).min(4)),
        }
    }
}

/// Writes a place: a block and a place among its words, which stays there past the thousands.
fn spot(block: u32, place: u32) -> u32 {
    (block.min(0xf_ffff) << 12) | place.min(0xfff)
}

/// Returns the block of a place.
pub(super) fn block_of(spot: u32) -> u32 {
    spot >> 12
}

/// Reads the words of a page.
pub(super) fn terms(page: &PageInput, splitter: &mut Splitter<'_>, synonyms: &Synonyms) -> PageTerms {
    let mut gather = Gatherer {
        splitter,
        met: Vec::with_capacity(1024),
        next: 0,
        block: 0,
        synonyms,
        run: Vec::new(),
        also: Vec::new(),
    };
    facts(page, &mut gather);
    let start = gather.met.len();
    let mut words = 0;
    for (number, section) in page.sections.iter().enumerate() {
        let first = if number == 0 { FACTS } else { super::digits::number_of(number).saturating_mul(BLOCKS) };
        gather.text(first, &section.heading, weight::HEADING);
        for (paragraph, text) in section.text.iter().enumerate() {
            let last = if number == 0 { BLOCKS - 1 } else { first + BLOCKS - 1 };
            let before = gather.met.len();
            gather.text((first + 1 + super::digits::number_of(paragraph)).min(last), text, weight::TEXT);
            words += gather.met.len() - before;
        }
    }
    let norm = length_norm(words);
    for met in &mut gather.met[start..] {
        met.weight = met.weight * norm / 256;
    }
    for (number, section) in page.sections.iter().enumerate() {
        let block = if number == 0 { FACTS } else { super::digits::number_of(number).saturating_mul(BLOCKS) };
        for place in &section.places {
            gather.place(block, place, weight::PLACE * 3 / 4);
        }
    }
    for (number, section) in std::mem::take(&mut gather.also) {
        let block = if section == 0 { FACTS } else { section * BLOCKS + 1 };
        for other in synonyms.others(number) {
            gather.text(block, other, weight::SYNONYM);
        }
    }
    for met in &mut gather.met {
        met.weight = met.weight * page.weight / 256;
    }
    gathered(gather.met)
}

/// Adds what is known of the page beside its text.
fn facts(page: &PageInput, gather: &mut Gatherer<'_, '_>) {
    let words = page.title.split_whitespace().count();
    let title = weight::TITLE * 5 / (4 + super::digits::number_of(words));
    gather.text(TITLE, &page.title, title);
    // « Mon entreprise » is a name, stop word included.
    let pieces: Vec<String> =
        super::fold::fold(&page.title).split_whitespace().flat_map(super::question::pieces).collect();
    if (2..=3).contains(&pieces.len()) && pieces.iter().any(|piece| super::words::is_stop(piece)) {
        gather.made(TITLE, &pieces.concat(), title);
    }
    if let Some(question) = &page.question {
        gather.text(SUMMARY, question, weight::SUMMARY);
    }
    gather.text(SUMMARY, &page.summary, weight::SUMMARY);
    if let Some(number) = page.number {
        gather.text(FACTS, &number.to_string(), weight::NUMBER);
        gather.made(FACTS, &format!("no{number}"), weight::NUMBERED);
        for name in &page.names {
            let name = super::fold::fold(name);
            gather.made(FACTS, &format!("{name}{number}"), weight::NUMBERED);
        }
    }
    for name in &page.names {
        gather.text(FACTS, name, weight::FACT);
    }
    if let Some((name, acronym)) = &page.kit {
        gather.text(FACTS, name, weight::FACT);
        gather.text(FACTS, acronym, weight::FACT);
    }
    for text in page.family.iter().chain(&page.edition).chain(&page.date).chain(&page.authors) {
        gather.text(FACTS, text, weight::FACT);
    }
    for theme in &page.themes {
        gather.text(FACTS, theme, weight::THEME);
    }
    for place in &page.places {
        gather.place(FACTS, place, weight::PLACE);
    }
    for (acronym, meaning) in &page.acronyms {
        gather.text(FACTS, acronym, weight::ACRONYM);
        gather.text(FACTS, meaning, weight::MEANING);
    }
}

/// Returns by how much, in 256ths, a word of a text of so many words counts: less in a long text.
///
/// Lengths go by half octaves, so that an edit seldom changes the weight of every word of its page.
fn length_norm(words: usize) -> u32 {
    let words = super::digits::number_of(words).clamp(32, 65_536);
    let octave = words.ilog2();
    let half = u32::from(words >= (1 << octave) * 181 / 128);
    let length = (1_u32 << octave) * [150, 215][half as usize] / 128;
    // BM25 with b = 0.5 around 400 indexed words.
    256 * 800 / (400 + length)
}

fn gathered(mut met: Vec<Met>) -> PageTerms {
    met.sort_unstable();
    let mut terms = Vec::with_capacity(met.len());
    let mut spots = Vec::with_capacity(met.len());
    for group in met.chunk_by(|left, right| left.word == right.word) {
        let before = spots.len();
        let own = group.chunk_by(|left, right| left.spot == right.spot).map(|same| same[0].spot);
        spots.extend(own.take(usize::from(u16::MAX)));
        let weight: u32 = group.iter().map(|met| met.weight).sum();
        terms.push(Term {
            word: group[0].word,
            weight: u16::try_from(weight).unwrap_or(u16::MAX),
            spots: u16::try_from(spots.len() - before).unwrap_or(u16::MAX),
        });
    }
    PageTerms { terms: terms.into(), spots: spots.into() }
}
