//! Small values on the disk, many to a file: a file for each page of a large site would cost more than it saves.

use std::collections::HashMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Disk, Key};

/// Spreads files over packs by their paths, so that a file stays in its pack whatever becomes of the others: returns
/// the places of each pack's files.
pub fn spread<'p>(paths: impl Iterator<Item = &'p str>, packs: usize) -> Vec<Vec<usize>> {
    let mut spread = vec![Vec::new(); packs];
    for (place, path) in paths.enumerate() {
        let hash = blake3::hash(path.as_bytes());
        spread[usize::from(hash.as_bytes()[0]) % packs].push(place);
    }
    spread
}

/// Returns a value as bytes to keep; nothing if it refuses to be written.
pub fn to_bytes<V: Serialize>(value: &V) -> Option<Vec<u8>> {
    postcard::to_allocvec(value).ok()
}

/// Returns a value from bytes that were kept, unless they hold something else.
pub fn from_bytes<'b, V: Deserialize<'b>>(bytes: &'b [u8]) -> Option<V> {
    postcard::from_bytes(bytes).ok()
}

/// The values of one file of the cache, by the hash of what each was made from.
#[derive(Debug, Default)]
pub struct Pack {
    bytes: Vec<u8>,
    places: HashMap<Key, Range<usize>>,
}

impl Pack {
    /// Reads a pack by its name; empty when there is none, or when it cannot be read.
    pub fn read(disk: &Disk, name: &Key) -> Self {
        let Some(bytes) = disk.get(name) else { return Self::default() };
        let Ok((listed, values)) = postcard::take_from_bytes::<Vec<(Key, usize)>>(&bytes) else {
            return Self::default();
        };
        let mut end = bytes.len() - values.len();
        let places = listed.into_iter().map(|(key, length)| {
            let start = end;
            end = end.saturating_add(length);
            (key, start..end)
        });
        Self { places: places.collect(), bytes }
    }

    /// Returns a value, unless it is not there or was of another shape.
    pub fn get<V: DeserializeOwned>(&self, key: &Key) -> Option<V> {
        postcard::from_bytes(self.held(key)?).ok()
    }

    /// Writes the pack again, with these values and no other; those it holds are not encoded again.
    pub fn write<'v, V: Serialize + 'v>(&self, disk: &Disk, name: &Key, values: impl Iterator<Item = (Key, &'v V)>) {
        let (mut listed, mut bytes) = (Vec::new(), Vec::with_capacity(self.bytes.len()));
        for (key, value) in values {
            let start = bytes.len();
            bytes = match self.held(&key) {
                Some(held) => {
                    bytes.extend_from_slice(held);
                    bytes
                }
                None => match postcard::to_extend(value, bytes) {
                    Ok(bytes) => bytes,
                    // Nothing of ours refuses to be written; were it so, the pack would stay as it is.
                    Err(_) => return,
                },
            };
            listed.push((key, bytes.len() - start));
        }
        if let Ok(list) = postcard::to_allocvec(&listed) {
            disk.put_parts(name, &[&list, &bytes]);
        }
    }

    fn held(&self, key: &Key) -> Option<&[u8]> {
        self.bytes.get(self.places.get(key)?.clone())
    }
}
