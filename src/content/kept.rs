//! Drafts remembered between runs: what a build has read and found nothing to say of is not read again.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Deserializer, Serializer};

use super::{Draft, Reading, ToRead};
use crate::diag::Report;
use crate::kinds::{self, Kind};
use crate::memo::{self, Key, Memos, Pack};

/// Over how many files of the cache the drafts are spread: a change writes one again.
const PACKS: usize = 256;

/// Returns the draft of each file in order, from memory, from the disk, or made.
pub(super) fn readings(
    files: &[ToRead<'_>],
    memos: &Memos,
    make: impl Fn(&ToRead<'_>) -> Reading + Sync,
) -> Vec<Reading> {
    let memory = memos.of::<Reading>();
    if !memos.disk.is_open() {
        // In small pieces: in large ones, a core is done long before the other.
        return files.par_iter().with_max_len(8).map(|file| memory.get(file.key, || make(file))).collect();
    }
    let packs = memo::spread(files.iter().map(|file| file.file.as_str()), PACKS);
    let mut readings: Vec<(usize, Reading)> = packs
        .par_iter()
        .with_max_len(1)
        .enumerate()
        .flat_map_iter(|(number, places)| {
            let files: Vec<&ToRead<'_>> = places.iter().map(|place| &files[*place]).collect();
            let known: Vec<Option<Reading>> = files.iter().map(|file| memory.known(&file.key)).collect();
            let readings = if known.iter().all(Option::is_some) {
                known.into_iter().flatten().collect()
            } else {
                of_pack(number, &files, known, memos, &make)
            };
            files.iter().zip(&readings).for_each(|(file, reading)| memory.put(file.key, reading.clone()));
            places.iter().copied().zip(readings)
        })
        .collect();
    readings.sort_unstable_by_key(|(place, _)| *place);
    readings.into_iter().map(|(_, reading)| reading).collect()
}

/// Returns the readings of the files of a pack, and writes it again when one of them is new to it.
fn of_pack(
    number: usize,
    files: &[&ToRead<'_>],
    known: Vec<Option<Reading>>,
    memos: &Memos,
    make: &(impl Fn(&ToRead<'_>) -> Reading + Sync),
) -> Vec<Reading> {
    let name = Key::of("drafts", [&number.to_le_bytes()[..]]);
    let pack = Pack::read(&memos.disk, &name);
    let mut is_news = false;
    let readings: Vec<Reading> = files
        .iter()
        .zip(known)
        .map(|(file, known)| {
            let kept = || Some((Arc::new(pack.get::<Draft>(&file.key)?), Arc::new(Report::default())));
            known.or_else(kept).unwrap_or_else(|| {
                let made = make(file);
                is_news |= made.1.diagnostics.is_empty();
                made
            })
        })
        .collect();
    if is_news {
        // What was said must be said again by the next run, which then reads the file.
        let silent = files.iter().zip(&readings).filter(|(_, (_, said))| said.diagnostics.is_empty());
        pack.write(&memos.disk, &name, silent.map(|(file, (draft, _))| (file.key, &**draft)));
    }
    readings
}

pub(super) fn name_of<S: Serializer>(kind: &&'static dyn Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

pub(super) fn kind_of<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static dyn Kind, D::Error> {
    let name = <&str>::deserialize(deserializer)?;
    kinds::kind(name).ok_or_else(|| serde::de::Error::custom("a kind that there is no more"))
}
