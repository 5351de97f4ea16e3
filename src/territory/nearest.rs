//! Proposes places whose names resemble one that nobody bears.

use std::collections::BTreeMap;

use super::names::Names;
use super::{Atlas, PlaceId};

const PROPOSALS: usize = 5;
const ENOUGH: f32 = 0.35;

/// Returns the places nearest to a folded name, the best first.
///
/// Two names are near when they share pairs of letters (a slip of the hand) or
/// rare words ("Pays de Brest" and "Brest Métropole").
pub(super) fn nearest(atlas: &Atlas, names: &Names, folded: &str) -> Vec<PlaceId> {
    if folded.is_empty() {
        return Vec::new();
    }
    let pairs = Pairs::of(folded);
    let words = weighted_words(names, folded);
    let total: f32 = words.values().sum();
    let mut scored: Vec<(f32, PlaceId)> = Vec::new();
    for (name, id) in names.folded() {
        let alike = pairs.likeness(name);
        let common: f32 = name.split(' ').filter_map(|word| words.get(word)).sum();
        let shared = if total > 0.0 { common / total } else { 0.0 };
        let score = (alike * alike).max(0.4 * alike + 0.6 * shared);
        if score >= ENOUGH {
            let people = atlas.place(id).population.unwrap_or(0) as f32;
            scored.push((score + 0.015 * people.max(1.0).log10(), id));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut best = Vec::new();
    for (_, id) in scored {
        let id = atlas.canonical(id);
        if !best.contains(&id) {
            best.push(id);
        }
        if best.len() == PROPOSALS {
            break;
        }
    }
    best
}

/// Weighs the words of a name: the rarer in the atlas, the heavier; a word that
/// is nowhere weighs nothing, since no place could share it.
fn weighted_words<'a>(names: &Names, folded: &'a str) -> BTreeMap<&'a str, f32> {
    let mut counts: BTreeMap<&str, u32> = folded.split(' ').filter(|w| w.len() > 1).map(|w| (w, 0)).collect();
    let mut places = 0_u32;
    for (name, _) in names.folded() {
        places += 1;
        for word in name.split(' ') {
            if let Some(count) = counts.get_mut(word) {
                *count += 1;
            }
        }
    }
    let weight = |count: u32| if count == 0 { 0.0 } else { (places as f32 / count as f32).ln().powi(2) };
    counts.into_iter().map(|(word, count)| (word, weight(count))).collect()
}

/// The pairs of letters of a name, its ends included, as a set of small hashes.
struct Pairs {
    set: [u64; 16],
    count: usize,
}

impl Pairs {
    fn of(name: &str) -> Pairs {
        let mut pairs = Pairs { set: [0; 16], count: 0 };
        each_pair(name, |slot| {
            pairs.set[slot >> 6] |= 1 << (slot & 63);
            pairs.count += 1;
        });
        pairs
    }

    /// Returns 1 for the same name, 0 for names that share no pair.
    fn likeness(&self, name: &str) -> f32 {
        let (mut common, mut count) = (0, 0);
        each_pair(name, |slot| {
            count += 1;
            common += usize::from(self.set[slot >> 6] >> (slot & 63) & 1 == 1);
        });
        2.0 * common.min(self.count) as f32 / (self.count + count) as f32
    }
}

/// Gives each pair of letters a slot among 1024.
fn each_pair(name: &str, mut take: impl FnMut(usize)) {
    let mut last = b' ';
    for byte in name.bytes().chain([b' ']) {
        take((usize::from(last & 31) << 5) | usize::from(byte & 31));
        last = byte;
    }
}
