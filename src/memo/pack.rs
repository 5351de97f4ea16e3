//! Small values on the disk, many to a file: a file for each page of a large site would cost more than it saves.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};

use super::{Disk, Key};

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
        let Ok(listed) = postcard::from_bytes::<Vec<(Key, &[u8])>>(&bytes) else { return Self::default() };
        let start = bytes.as_ptr() as usize;
        let range = |value: &[u8]| value.as_ptr() as usize - start..value.as_ptr() as usize - start + value.len();
        let places = listed.into_iter().map(|(key, value)| (key, range(value))).collect();
        Self { bytes, places }
    }

    /// Returns a value, unless it is not there or was of another shape.
    pub fn get<V: DeserializeOwned>(&self, key: &Key) -> Option<V> {
        postcard::from_bytes(self.bytes.get(self.places.get(key)?.clone())?).ok()
    }

    /// Writes the pack again, with these values and no other; those it holds are not encoded again.
    pub fn write<'v, V: Serialize + 'v>(&self, disk: &Disk, name: &Key, values: impl Iterator<Item = (Key, &'v V)>) {
        let held = |key: &Key| self.bytes.get(self.places.get(key)?.clone()).map(Cow::Borrowed);
        let encoded = |value: &V| postcard::to_allocvec(value).ok().map(Cow::Owned);
        let listed: Vec<(Key, Bytes<'_>)> =
            values.filter_map(|(key, value)| Some((key, Bytes(held(&key).or_else(|| encoded(value))?)))).collect();
        if let Ok(bytes) = postcard::to_allocvec(&listed) {
            disk.put(name, &bytes);
        }
    }
}

/// Bytes written at once, and not one by one.
struct Bytes<'b>(Cow<'b, [u8]>);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}
