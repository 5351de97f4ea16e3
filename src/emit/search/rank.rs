//! The ranking: which pages answer a question, in which order, and which section of each. `recherche.js` does the same sums.
//!
//! Only whole numbers are used, so that both give the same results to the last place.
//!
//! 1. Each word is looked up: its very form and the inflected ones; else forms that go on from it, or that share its
//!    beginning and differ by an ending; else forms within one or two typing errors. A rare word may also stand for a
//!    frequent one that one error parts from it.
//! 2. A page's score for a word is the word's rarity times a saturated weight (BM25F), less for another form than the one
//!    typed, and less again for another word of its family.
//! 3. A page that lacks some of the words keeps the square of the share it has, by rarity.
//! 4. Words that stand in one paragraph, or in one section, add to the best pages.

use std::collections::BTreeMap;

use super::lookup::{Lookup, look_up, widen};
use super::opened::Opened;
use super::page::BLOCKS;
use super::question::Question;

/// What a question finds.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Best first.
    pub hits: Vec<Hit>,
    /// The question as it was understood, when a word was taken for another.
    pub corrected: Option<String>,
    /// The words that nothing answers.
    pub unknown: Vec<String>,
    /// The words of the question that count, in order.
    pub words: Vec<String>,
}

/// A page that answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hit {
    pub page: u32,
    pub score: u64,
    /// Sections that answer, best first; 0 is the page itself.
    pub sections: Vec<u32>,
    /// What each word of the question gives, and what their closeness adds: for `--explain`.
    pub words: Vec<u64>,
    pub close: u64,
    /// The share of the words that the page has, by their rarity, in 256ths.
    pub share: u64,
}

/// How many pages are looked at closely.
const CLOSELY: usize = 256;
/// A page whose score is below this share of the best one's is no answer, but for the first few.
const LEAST: u64 = 7;
const FEW: usize = 3;

/// A page's answer to one word.
#[derive(Debug, Clone, Default)]
struct Given {
    value: u64,
    blocks: Vec<u32>,
    /// Whether only another word of the same family answers.
    derived: bool,
}

/// Ranks the pages of an index.
pub fn rank(index: &Opened, text: &str) -> Answers {
    let question = Question::read(text);
    let mut lookups = look_up(index, &question);
    let answers = answer(index, &question, &lookups);
    let whole = answers.hits.iter().any(|hit| hit.share == 256);
    if widen(index, &question, &mut lookups, whole) { answer(index, &question, &lookups) } else { answers }
}

/// Ranks the pages by what answers each word.
fn answer(index: &Opened, question: &Question, lookups: &[Lookup]) -> Answers {
    let mut answers =
        Answers { words: question.words.iter().map(|asked| asked.word.clone()).collect(), ..Answers::default() };
    let mut scores: BTreeMap<u32, Vec<Given>> = BTreeMap::new();
    let mut rarities = vec![0_u64; question.words.len()];
    for (place, lookup) in lookups.iter().enumerate() {
        if lookup.ways.is_empty() {
            answers.unknown.push(question.words[place].word.clone());
            continue;
        }
        let given = give(index, lookup);
        // « communal » everywhere does not make « communication » frequent.
        let derived = given.values().filter(|given| given.derived).count();
        rarities[place] = rarity(index.pages(), given.len() - derived + derived / 4);
        for (page, given) in given {
            scores.entry(page).or_insert_with(|| vec![Given::default(); question.words.len()])[place] = given;
        }
    }
    if lookups.iter().any(|lookup| lookup.taken.is_some()) {
        let words = question
            .words
            .iter()
            .zip(lookups)
            .map(|(asked, lookup)| lookup.taken.clone().unwrap_or_else(|| asked.word.clone()));
        answers.corrected = Some(words.collect::<Vec<_>>().join(" "));
    }
    keep_phrases(index, question, &mut scores);
    for word in &question.without {
        for page in index.exact(word).iter().flat_map(|form| index.postings(form.file, form.group)) {
            scores.remove(&page.page);
        }
    }
    answers.hits = order(scores, &rarities);
    answers
}

fn order(scores: BTreeMap<u32, Vec<Given>>, rarities: &[u64]) -> Vec<Hit> {
    let total: u64 = rarities.iter().sum();
    let mut found: Vec<(Hit, Vec<Given>)> = scores
        .into_iter()
        .map(|(page, given)| {
            let words: Vec<u64> =
                given.iter().zip(rarities).map(|(given, rarity)| given.value * rarity / 256).collect();
            let has: u64 =
                given.iter().zip(rarities).filter(|(given, _)| given.value > 0).map(|(_, rarity)| *rarity).sum();
            let share = 256 * has / total.max(1);
            let score = words.iter().sum::<u64>() * share * share / 65_536;
            (Hit { page, score, words, share, ..Hit::default() }, given)
        })
        .collect();
    found.sort_by_key(|(hit, _)| (std::cmp::Reverse(hit.score), hit.page));
    for (hit, given) in found.iter_mut().take(CLOSELY) {
        hit.close = closeness(given, &hit.words);
        hit.score += hit.close;
        hit.sections = sections(given, &hit.words);
    }
    found.sort_by_key(|(hit, _)| (std::cmp::Reverse(hit.score), hit.page));
    let least = found.first().map_or(0, |(hit, _)| hit.score / LEAST);
    let answers = |(place, hit): &(usize, Hit)| hit.score > 0 && (hit.score >= least || *place < FEW);
    found.into_iter().map(|(hit, _)| hit).enumerate().take_while(answers).map(|(_, hit)| hit).collect()
}

/// Returns how rare a word is, in 256ths of a bit and never nothing.
fn rarity(pages: u32, holding: usize) -> u64 {
    let ratio = (2 * u64::from(pages) + 2) * 256 / (2 * holding as u64 + 1);
    logarithm(ratio).saturating_sub(2048).max(48)
}

/// Returns the logarithm in base two of a number from 1, in 256ths.
fn logarithm(number: u64) -> u64 {
    let whole = u64::from(number.max(1).ilog2());
    let mut mantissa = (number.max(1) << 16) >> whole;
    let mut part = 0;
    for _ in 0..8 {
        mantissa = (mantissa * mantissa) >> 16;
        part *= 2;
        if mantissa >= 131_072 {
            mantissa >>= 1;
            part += 1;
        }
    }
    whole * 256 + part
}

/// Returns what each page gives for a word: the best of the ways it is answered.
fn give(index: &Opened, lookup: &Lookup) -> BTreeMap<u32, Given> {
    let mut given: BTreeMap<u32, Given> = BTreeMap::new();
    for way in &lookup.ways {
        for page in index.postings(way.file, way.group) {
            if page.forms & way.allowed == 0 {
                continue;
            }
            let rank = if page.forms & way.exact != 0 { 0 } else { 1 + usize::from(page.forms & way.kin == 0) };
            let value = way.qualities[rank] * index.saturated(page.level) / 256;
            let best = given.entry(page.page).or_default();
            if value > best.value {
                *best = Given { value, blocks: page.blocks, derived: rank == 2 };
            }
        }
    }
    given
}

/// Returns what the closeness of the words adds: for each word and the next that the page has, half of the lesser
/// when they share a paragraph (all of it in a title), an eighth when they share a section.
fn closeness(given: &[Given], words: &[u64]) -> u64 {
    let present: Vec<usize> = (0..words.len()).filter(|place| words[*place] > 0).collect();
    let mut sum = 0;
    for pair in present.windows(2) {
        let least = words[pair[0]].min(words[pair[1]]);
        let (left, right) = (&given[pair[0]].blocks, &given[pair[1]].blocks);
        let shared = left.iter().filter(|block| right.contains(block));
        let best = shared.map(|block| if block % BLOCKS == 0 { 2 } else { 1 }).max().unwrap_or(0);
        sum += match best {
            2 => least,
            1 => least / 2,
            _ if left.iter().any(|block| right.iter().any(|other| other / BLOCKS == block / BLOCKS)) => least / 8,
            _ => 0,
        };
    }
    sum
}

/// Returns the sections that answer, best first.
fn sections(given: &[Given], words: &[u64]) -> Vec<u32> {
    let mut sums: BTreeMap<u32, u64> = BTreeMap::new();
    for (given, value) in given.iter().zip(words) {
        let mut last = u32::MAX;
        for block in &given.blocks {
            let section = block / BLOCKS;
            let sum = sums.entry(section).or_default();
            if section != last {
                *sum += value;
                // In a heading a word counts twice.
                if block % BLOCKS == 0 {
                    *sum += value;
                }
            }
            last = section;
        }
    }
    let mut ranked: Vec<(u64, u32)> = sums.into_iter().map(|(section, sum)| (sum, section)).collect();
    ranked.sort_by_key(|(sum, section)| (std::cmp::Reverse(*sum), *section));
    ranked.into_iter().map(|(_, section)| section).take(4).collect()
}

/// Keeps the pages where the words of every phrase follow each other.
fn keep_phrases(index: &Opened, question: &Question, scores: &mut BTreeMap<u32, Vec<Given>>) {
    for phrase in &question.phrases {
        let Some((first, rest)) = phrase.split_first() else { continue };
        let mut ends = index.places(&question.words[*first].word);
        let mut before = *first;
        for next in rest {
            let step = question.words[*next].place - question.words[before].place;
            let here = index.places(&question.words[*next].word);
            ends = here
                .into_iter()
                .filter_map(|(page, spots)| {
                    let before = ends.get(&page)?;
                    let kept: Vec<(u32, u32)> = spots
                        .into_iter()
                        .filter(|(block, place)| before.contains(&(*block, place.wrapping_sub(step as u32))))
                        .collect();
                    (!kept.is_empty()).then_some((page, kept))
                })
                .collect();
            before = *next;
        }
        scores.retain(|page, _| ends.contains_key(page));
    }
}
