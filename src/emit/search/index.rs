//! From the words of every page to groups of inflected forms, each with the pages that hold it.

use std::ops::Range;
use std::sync::Arc;

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
    4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 51, 64, 81, 102, 128, 161, 203, 256, 323, 406, 512, 645, 813, 1024, 1290,
    1625, 2048,
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

/// Gathers what every page says of each word, sorted by the first form. What pages say takes most
/// of the memory of a search: groups are gathered in a few parts, so that it is never there twice.
pub(super) fn groups(pages: &[Arc<PageTerms>], lexicon: &Lexicon) -> Vec<Group> {
    let words = lexicon.words();
    let (surfaces, surface_of) = surfaces(pages, &words);
    let (members, group_of) = members(&surfaces);
    let of_word: Vec<(u32, u8)> = surface_of
        .iter()
        .map(|surface| match group_of.get(*surface as usize) {
            Some(group) => {
                let place = members[*group as usize].partition_point(|member| member < surface);
                (*group, u8::try_from(place.min(FORMS - 1)).unwrap_or(u8::MAX))
            }
            None => (0, 0),
        })
        .collect();
    let share = members.len().div_ceil(PARTS).max(1);
    members
        .par_chunks(share)
        .enumerate()
        .map(|(part, members)| {
            let from = part * share;
            let postings = Postings::of(pages, &of_word, from..from + members.len());
            let group = |(group, members): (usize, &Vec<u32>)| {
                let names: Vec<Box<str>> = members.iter().map(|surface| surfaces[*surface as usize].0.into()).collect();
                let (entries, spots) = postings.of_group(group);
                encode(names, entries, spots)
            };
            members.par_iter().enumerate().map(group).collect::<Vec<_>>()
        })
        .flatten_iter()
        .collect()
}

/// Returns the folded forms that pages hold, sorted, each with its stem, and the form of every word.
fn surfaces<'w>(pages: &[Arc<PageTerms>], words: &'w [Word]) -> (Vec<(&'w str, &'w str)>, Vec<u32>) {
    let mut used = vec![false; words.len()];
    for term in pages.iter().flat_map(|page| page.terms.iter()) {
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

/// In how many parts groups are gathered: what a part is gathered from goes with it.
const PARTS: usize = 8;

/// A form of a group on a page.
#[derive(Clone, Copy, Default)]
struct Entry {
    page: u32,
    weight: u16,
    /// How many places it has there, and which form it is in the five highest bits.
    spots_and_form: u16,
}

impl Entry {
    fn spots(self) -> usize {
        usize::from(self.spots_and_form & MOST_SPOTS)
    }

    fn form(self) -> u8 {
        (self.spots_and_form >> MOST_SPOTS.count_ones()) as u8
    }
}

/// How many places of a word on a page are kept.
const MOST_SPOTS: u16 = 0x7ff;

/// Where some groups stand, page after page: copied group by group, so that each is then read in one run of memory.
struct Postings {
    entries: Vec<Entry>,
    entry_starts: Vec<u32>,
    spots: Vec<u32>,
    spot_starts: Vec<u32>,
}

impl Postings {
    /// `of_word` gives the group and the bit of a word.
    fn of(pages: &[Arc<PageTerms>], of_word: &[(u32, u8)], range: Range<usize>) -> Self {
        let groups = range.len();
        let place = |word: u32| {
            let (group, form) = of_word[word as usize];
            (group as usize).checked_sub(range.start).filter(|group| *group < groups).map(|group| (group, form))
        };
        let (mut entry_starts, mut spot_starts) = (vec![0_u32; groups + 1], vec![0_u32; groups + 1]);
        for term in pages.iter().flat_map(|page| page.terms.iter()) {
            if let Some((group, _)) = place(term.word) {
                entry_starts[group + 1] += 1;
                spot_starts[group + 1] += u32::from(term.spots.min(MOST_SPOTS));
            }
        }
        for group in 0..groups {
            entry_starts[group + 1] += entry_starts[group];
            spot_starts[group + 1] += spot_starts[group];
        }
        let mut entries = vec![Entry::default(); entry_starts[groups] as usize];
        let mut spots = vec![0; spot_starts[groups] as usize];
        let (mut next_entry, mut next_spot) = (entry_starts.clone(), spot_starts.clone());
        for (number, page) in pages.iter().enumerate() {
            for (term, all) in page.iter() {
                let Some((group, form)) = place(term.word) else { continue };
                let (entry, spot) = (&mut next_entry[group], &mut next_spot[group]);
                let count = term.spots.min(MOST_SPOTS);
                let spots_and_form = count | u16::from(form) << MOST_SPOTS.count_ones();
                entries[*entry as usize] = Entry { page: number_of(number), weight: term.weight, spots_and_form };
                *entry += 1;
                let (from, to) = (*spot as usize, *spot as usize + usize::from(count));
                spots[from..to].copy_from_slice(&all[..usize::from(count)]);
                *spot = number_of(to);
            }
        }
        Self { entries, entry_starts, spots, spot_starts }
    }

    fn of_group(&self, group: usize) -> (&[Entry], &[u32]) {
        let run = |starts: &[u32]| starts[group] as usize..starts[group + 1] as usize;
        (&self.entries[run(&self.entry_starts)], &self.spots[run(&self.spot_starts)])
    }
}

/// How many blocks of a page are kept for a group: fewer when it is everywhere.
fn most_blocks(pages: usize) -> usize {
    match pages {
        0..=500 => 8,
        501..=2000 => 4,
        2001..=6000 => 2,
        _ => 1,
    }
}

fn encode(surfaces: Vec<Box<str>>, entries: &[Entry], mut spots: &[u32]) -> Group {
    let count = entries.chunk_by(|left, right| left.page == right.page).count();
    let most = most_blocks(count);
    let forms = surfaces.len() > 1;
    let (mut numbers, mut levels, mut masks) =
        (String::with_capacity(count), String::with_capacity(count), String::new());
    let (mut counts, mut blocks) = (String::with_capacity(count), String::with_capacity(2 * count));
    let mut places = String::with_capacity(3 * spots.len());
    let (mut here, mut kept): (Vec<(u32, u8)>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut last = 0;
    for same in entries.chunk_by(|left, right| left.page == right.page) {
        put(&mut numbers, same[0].page - last);
        last = same[0].page;
        here.clear();
        for entry in same {
            let (own, rest) = spots.split_at(entry.spots());
            here.extend(own.iter().map(|spot| (*spot, entry.form())));
            spots = rest;
        }
        here.sort_unstable();
        put(&mut levels, level(same.iter().map(|entry| u32::from(entry.weight)).sum()));
        if forms {
            put(&mut masks, same.iter().fold(0, |mask, entry| mask | 1 << entry.form()));
        }
        kept.clear();
        kept.extend(here.iter().map(|(spot, _)| block_of(*spot)));
        kept.dedup();
        keep_most(&mut kept, most);
        put(&mut counts, number_of(kept.len()) - 1);
        let mut before = 0;
        for block in &kept {
            put(&mut blocks, block - before);
            before = *block;
        }
        put_places(&mut places, &here, forms);
    }
    let mut postings =
        String::with_capacity(numbers.len() + levels.len() + masks.len() + counts.len() + blocks.len() + 3);
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
fn put_places(out: &mut String, spots: &[(u32, u8)], forms: bool) {
    put(out, number_of(spots.len()));
    let (mut block, mut place) = (0, 0);
    for (spot, form) in spots {
        if forms {
            put(out, u32::from(*form));
        }
        let next = (block_of(*spot), spot & 0xfff);
        put(out, next.0 - block);
        put(out, if next.0 == block { next.1 - place } else { next.1 });
        (block, place) = next;
    }
}
