//! Checked keys as they are remembered between runs, with their places.

use std::collections::{BTreeMap, HashSet};
use std::sync::{PoisonError, RwLock};

use serde::{Deserialize, Deserializer};

use super::{Fields, Value};
use crate::diag::Span;

/// A word of the tables of keys.
pub(super) type Word = &'static str;

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Name(#[serde(deserialize_with = "word")] Word);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = BTreeMap::<Name, (Value, Span)>::deserialize(deserializer)?;
        Ok(Self { values: values.into_iter().map(|(Name(key), value)| (key, value)).collect() })
    }
}

/// Reads a word that was one of the tables when it was written.
///
/// Words are kept for as long as the program runs: there are as many as the tables have.
pub(super) fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    static WORDS: RwLock<Option<HashSet<Word>>> = RwLock::new(None);
    let word = <&str>::deserialize(deserializer)?;
    let known = |words: &Option<HashSet<Word>>| words.as_ref().and_then(|words| words.get(word).copied());
    if let Some(known) = known(&WORDS.read().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(known);
    }
    let mut words = WORDS.write().unwrap_or_else(PoisonError::into_inner);
    Ok(known(&words).unwrap_or_else(|| {
        let lasting: Word = Box::leak(word.into());
        words.get_or_insert_default().insert(lasting);
        lasting
    }))
}

/// Values of any shape, as JSON: what is remembered does not describe itself.
pub(super) mod json {
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &serde_json::Value, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&serde_json::to_string(value).map_err(S::Error::custom)?)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<serde_json::Value, D::Error> {
        serde_json::from_str(<&str>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
