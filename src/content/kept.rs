//! Drafts remembered between runs: what a build has read and found nothing to say of is not read again.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Deserializer, Serializer};

use super::{Asked, Draft, Read};
use crate::diag::Report;
use crate::kinds::{self, Kind};
use crate::memo::{Key, Memos, Pack};

/// Over how many files of the cache the drafts are spread, by a byte of their paths' hashes: a change writes one again.
const PACKS: usize = 256;

/// Returns the draft of each file in order, from memory, from the disk, or made.
pub(super) fn read(asked: &[Asked<'_>], memos: &Memos, make: impl Fn(&Asked<'_>) -> Read + Sync) -> Vec<Read> {
    let memory = memos.of::<Read>();
    if !memos.disk.is_open() {
        return asked.par_iter().map(|asked| memory.get(asked.key, || make(asked))).collect();
    }
    let mut packs = vec![Vec::new(); PACKS];
    for (place, asked) in asked.iter().enumerate() {
        let hash = Key::of("place", [asked.file.as_str().as_bytes()]);
        packs[usize::from(hash.as_bytes()[0])].push(place);
    }
    let mut read: Vec<(usize, Read)> = packs
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, places)| {
            let asked: Vec<&Asked<'_>> = places.iter().map(|place| &asked[*place]).collect();
            let known: Vec<Option<Read>> = asked.iter().map(|asked| memory.known(&asked.key)).collect();
            let read = if known.iter().all(Option::is_some) {
                known.into_iter().flatten().collect()
            } else {
                read_pack(number, &asked, known, memos, &make)
            };
            asked.iter().zip(&read).for_each(|(asked, read)| memory.put(asked.key, read.clone()));
            places.iter().copied().zip(read)
        })
        .collect();
    read.sort_unstable_by_key(|(place, _)| *place);
    read.into_iter().map(|(_, read)| read).collect()
}

/// Reads the files of a pack, and writes it again when one of them is new to it.
fn read_pack(
    number: usize,
    asked: &[&Asked<'_>],
    known: Vec<Option<Read>>,
    memos: &Memos,
    make: &(impl Fn(&Asked<'_>) -> Read + Sync),
) -> Vec<Read> {
    let name = Key::of("drafts", [&number.to_le_bytes()[..]]);
    let pack = Pack::read(&memos.disk, &name);
    let mut is_news = false;
    let read: Vec<Read> = asked
        .iter()
        .zip(known)
        .map(|(asked, known)| {
            let kept = || Some((Arc::new(pack.get::<Draft>(&asked.key)?), Arc::new(Report::default())));
            known.or_else(kept).unwrap_or_else(|| {
                let made = make(asked);
                is_news |= made.1.diagnostics.is_empty();
                made
            })
        })
        .collect();
    if is_news {
        // What was said must be said again by the next run, which then reads the file.
        let silent = asked.iter().zip(&read).filter(|(_, (_, said))| said.diagnostics.is_empty());
        pack.write(&memos.disk, &name, silent.map(|(asked, (draft, _))| (asked.key, &**draft)));
    }
    read
}

pub(super) fn name_of<S: Serializer>(kind: &&'static dyn Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

pub(super) fn kind_of<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static dyn Kind, D::Error> {
    let name = <&str>::deserialize(deserializer)?;
    kinds::kind(name).ok_or_else(|| serde::de::Error::custom("a kind that there is no more"))
}
