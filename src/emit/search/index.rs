//! From the words of every page to groups of inflected forms, each with the pages that hold it.

use rayon::prelude::*;

use super::digits::{number_of, put};
use super::lexicon::{Lexicon, Map, Word};
use super::page::{PageTerms, block_of};

/// The forms of one word and where they stand.
#[derive(Debug)]
pub(super) struct Group {
    /// The forms, sorted; a bit of a mask is a place in it.
    pub surfaces: Vec<Box<str>>,
    /// How many pages hold one of them.
    pub pages: u32,
    /// Pages, weights, forms and blocks: see [`super::files`].
    pub postings: String,
    /// Every place, for phrases.
    pub places: String,
}

/// The thresholds of a weight's level, in sixteenths: a third of an octave each.
pub(super) const LEVELS: &[u32] = &[
    4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 51, 64, 81, 102, 128, 161, 203, 256, 323, 406, 512, 645, 813, 1024, 1290, 1625, 2048,
];

/// Returns how much each level counts, from 0 to 255: more and more occurrences add less and less.
pub(super) fn saturation() -> Vec<u32> {
    LEVELS.iter().map(|level| 256 * level / (level + 24)).collect()
}

fn level(weight: u32) -> u32 {
    number_of(LEVELS.partition_point(|level| *level <= weight)).saturating_sub(1)
}

/// How many forms of a word are told apart; the others count as the last.
const FORMS: usize = 31;

/// Gathers what every page says of each word, sorted by the first form.
pub(super) fn groups(pages: &[PageTerms], lexicon: &Lexicon) -> Vec<Group> {
    let words = lexicon.words();
    let (surfaces, surface_of) = surfaces(pages, &words);
    let (members, group_of) = members(&surfaces);
    let postings = Postings::of(pages, &surface_of, &group_of, members.len());
    members
        .into_par_iter()
        .enumerate()
        .map(|(group, members)| {
            let names: Vec<Box<str>> = members.iter().map(|surface| surfaces[*surface as usize].0.into()).collect();
            let bit = |surface: u32| members.partition_point(|member| *member < surface).min(FORMS - 1);
            encode(names, postings.of_group(group), pages, &|word| bit(surface_of[word as usize]))
        })
        .collect()
}

/// Returns the folded forms that pages hold, sorted, each with its stem, and the form of every word.
fn surfaces<'w>(pages: &[PageTerms], words: &'w [Word]) -> (Vec<(&'w str, &'w str)>, Vec<u32>) {
    let mut used = vec![false; words.len()];
    for term in pages.iter().flat_map(|page| &page.terms) {
        used[term.word as usize] = true;
    }
    let mut sorted: Vec<u32> = (0..number_of(words.len())).filter(|word| used[*word as usize]).collect();
    let key = |word: u32| (&*words[word as usize].surface, &*words[word as usize].stem);
    sorted.par_sort_unstable_by_key(|word| key(*word));
    let mut surfaces: Vec<(&str, &str)> = Vec::with_capacity(sorted.len());
    let mut surface_of = vec![u32::MAX; words.len()];
    for word in sorted {
        let (surface, stem) = key(word);
        // « côte » and « coté » are one form; of their stems the first is kept.
        if surfaces.last().is_none_or(|(last, _)| *last != surface) {
            surfaces.push((surface, stem));
        }
        surface_of[word as usize] = number_of(surfaces.len() - 1);
    }
    (surfaces, surface_of)
}

/// Puts forms of one stem together, in the order of their first form.
///
/// Forms that do not begin alike stay apart: a group lives in one file, and files go by the first letters.
fn members(surfaces: &[(&str, &str)]) -> (Vec<Vec<u32>>, Vec<u32>) {
    let mut by_stem: Map<(&str, &str), u32> = Map::default();
    let mut members: Vec<Vec<u32>> = Vec::new();
    let mut group_of = Vec::with_capacity(surfaces.len());
    for (number, (surface, stem)) in surfaces.iter().enumerate() {
        let start = surface.char_indices().nth(3).map_or(surface.len(), |(end, _)| end);
        let group = *by_stem.entry((&surface[..start], stem)).or_insert_with(|| {
            members.push(Vec::new());
            number_of(members.len() - 1)
        });
        members[group as usize].push(number_of(number));
        group_of.push(group);
    }
    (members, group_of)
}

/// Where each group stands, page after page.
struct Postings {
    starts: Vec<u32>,
    /// A page, and the place of a term in it.
    at: Vec<(u32, u32)>,
}

impl Postings {
    fn of(pages: &[PageTerms], surface_of: &[u32], group_of: &[u32], groups: usize) -> Self {
        let group = |word: u32| group_of[surface_of[word as usize] as usize] as usize;
        let mut starts = vec![0_u32; groups + 1];
        for term in pages.iter().flat_map(|page| &page.terms) {
            starts[group(term.word) + 1] += 1;
        }
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut at = vec![(0, 0); starts[groups] as usize];
        for (number, page) in pages.iter().enumerate() {
            for (place, term) in page.terms.iter().enumerate() {
                let next = &mut next[group(term.word)];
                at[*next as usize] = (number_of(number), number_of(place));
                *next += 1;
            }
        }
        Self { starts, at }
    }

    fn of_group(&self, group: usize) -> &[(u32, u32)] {
        &self.at[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

/// How many blocks of a page are kept for a group: fewer when it is everywhere.
fn most_blocks(pages: usize) -> usize {
    match pages {
        0..=500 => 8,
        501..=2000 => 4,
        _ => 2,
    }
}

fn encode(surfaces: Vec<Box<str>>, at: &[(u32, u32)], pages: &[PageTerms], bit: &dyn Fn(u32) -> usize) -> Group {
    let count = at.chunk_by(|left, right| left.0 == right.0).count();
    let most = most_blocks(count);
    let (mut numbers, mut levels, mut masks) = (String::new(), String::new(), String::new());
    let (mut counts, mut blocks, mut places) = (String::new(), String::new(), String::new());
    let mut last = 0;
    for same in at.chunk_by(|left, right| left.0 == right.0) {
        let page = same[0].0;
        put(&mut numbers, page - last);
        last = page;
        let terms = &pages[page as usize];
        let mut weight = 0;
        let mut mask = 0_u32;
        let mut spots: Vec<(u32, u32)> = Vec::new();
        for (_, place) in same {
            let place = *place as usize;
            let term = terms.terms[place];
            let form = bit(term.word);
            weight += term.weight;
            mask |= 1 << form;
            let start = if place == 0 { 0 } else { terms.terms[place - 1].end };
            spots.extend(terms.spots[start as usize..term.end as usize].iter().map(|spot| (*spot, number_of(form))));
        }
        spots.sort_unstable();
        put(&mut levels, level(weight));
        if surfaces.len() > 1 {
            put(&mut masks, mask);
        }
        let mut kept: Vec<u32> = spots.iter().map(|(spot, _)| block_of(*spot)).collect();
        kept.dedup();
        keep_most(&mut kept, most);
        put(&mut counts, number_of(kept.len()) - 1);
        let mut before = 0;
        for block in kept {
            put(&mut blocks, block - before);
            before = block;
        }
        put_places(&mut places, &spots, surfaces.len() > 1);
    }
    let mut postings = String::with_capacity(numbers.len() + levels.len() + masks.len() + counts.len() + blocks.len() + 3);
    put(&mut postings, number_of(count));
    for column in [numbers, levels, masks, counts, blocks] {
        postings.push_str(&column);
    }
    Group { surfaces, pages: number_of(count), postings, places }
}

/// Keeps the blocks that show most sections: the first of each before the second of any.
fn keep_most(blocks: &mut Vec<u32>, most: usize) {
    if blocks.len() <= most {
        return;
    }
    let mut ranked: Vec<(usize, u32)> = Vec::with_capacity(blocks.len());
    for section in blocks.chunk_by(|left, right| left / super::page::BLOCKS == right / super::page::BLOCKS) {
        ranked.extend(section.iter().copied().enumerate());
    }
    ranked.sort_unstable();
    ranked.truncate(most);
    *blocks = ranked.into_iter().map(|(_, block)| block).collect();
    blocks.sort_unstable();
}

/// Writes the places of a page: how many, then the form, the block and the place of each.
fn put_places(out: &mut String, spots: &[(u32, u32)], forms: bool) {
    put(out, number_of(spots.len()));
    let (mut block, mut place) = (0, 0);
    for (spot, form) in spots {
        if forms {
            put(out, *form);
        }
        let next = (block_of(*spot), spot & 0xfff);
        put(out, next.0 - block);
        put(out, if next.0 == block { next.1 - place } else { next.1 });
        (block, place) = next;
    }
}
