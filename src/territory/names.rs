//! The index of names: folded, hashed, and told apart by how sure they are.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::fold::{fold, fold_into, skeleton};
use super::{Atlas, Level, PlaceId, phrase};

/// How sure a name is: the first tier that answers wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// Names of today’s places.
    Official,
    /// Shorter or looser names: EPCI without their type, départements and
    /// régions with an article, acronyms.
    Usual,
    /// Names of former communes.
    Former,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Place(PlaceId),
    Former(u32),
}

/// Every folded name, found by its hash.
pub(super) struct Names {
    /// Sorted; the range is the name’s place in `text`.
    rows: Vec<(u64, Tier, Target)>,
    /// The folded names of places, for nearest proposals.
    text: String,
    spans: Vec<(u32, PlaceId)>,
}

impl Names {
    pub(super) fn new(atlas: &Atlas) -> Names {
        let mut names = Names {
            rows: Vec::with_capacity(atlas.places.len() + atlas.former.len() + 4096),
            text: String::with_capacity(atlas.places.len() * 14),
            spans: Vec::with_capacity(atlas.places.len()),
        };
        let mut folded = String::new();
        for (row, place) in atlas.places.iter().enumerate() {
            let id = PlaceId(row as u32);
            folded.clear();
            fold_into(&mut folded, place.name);
            names.add(&folded, Tier::Official, Target::Place(id));
            match place.level {
                Level::Region | Level::Departement | Level::Collectivite => {
                    names.add(&skeleton(&folded), Tier::Usual, Target::Place(id));
                }
                Level::Epci | Level::Ept => {
                    let short = ["cc ", "ca ", "cu "].iter().find_map(|kind| folded.strip_prefix(kind));
                    names.add(&skeleton(short.unwrap_or(&folded)), Tier::Usual, Target::Place(id));
                }
                Level::ArrondissementMunicipal => {
                    for other in arrondissement_names(&folded) {
                        names.add(&other, Tier::Official, Target::Place(id));
                    }
                }
                Level::Commune => {}
            }
            names.spans.push((names.text.len() as u32, id));
            names.text.push_str(&folded);
        }
        for &(usual, id) in &atlas.usual {
            names.add(&skeleton(&fold(usual)), Tier::Usual, Target::Place(id));
        }
        for (row, former) in atlas.former.iter().enumerate() {
            if let Some(name) = former.name {
                folded.clear();
                fold_into(&mut folded, name);
                names.add(&folded, Tier::Former, Target::Former(row as u32));
            }
        }
        names.rows.sort_unstable();
        names.rows.dedup();
        names
    }

    fn add(&mut self, folded: &str, tier: Tier, target: Target) {
        self.rows.push((hash(folded), tier, target));
    }

    pub(super) fn get(&self, folded: &str, tier: Tier) -> impl Iterator<Item = &Target> {
        let hash = hash(folded);
        let from = self.rows.partition_point(|row| (row.0, row.1) < (hash, tier));
        let rows = self.rows[from..].iter().take_while(move |row| (row.0, row.1) == (hash, tier));
        rows.map(|row| &row.2)
    }

    /// Returns the folded official names of all places, in order.
    pub(super) fn folded(&self) -> impl Iterator<Item = (&str, PlaceId)> {
        self.spans.iter().enumerate().map(|(at, &(start, id))| {
            let end = self.spans.get(at + 1).map_or(self.text.len(), |next| next.0 as usize);
            (&self.text[start as usize..end], id)
        })
    }
}

/// Hashes a folded name. Two names of the atlas with one 64-bit hash would only
/// make each other ambiguous.
fn hash(folded: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    folded.hash(&mut hasher);
    hasher.finish()
}

/// Other ways to write "lyon 1er arrondissement".
fn arrondissement_names(folded: &str) -> Vec<String> {
    let Some((city, ordinal)) = phrase::arrondissement(folded) else {
        return Vec::new();
    };
    let number = ordinal.trim_end_matches(|c: char| !c.is_ascii_digit());
    vec![format!("{city} {ordinal}"), format!("{city} {number}"), format!("{ordinal} arrondissement de {city}")]
}
