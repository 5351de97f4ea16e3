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

/// Values of any shape, which the form that is remembered has to name.
pub(super) mod free {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::{Number, Value};

    #[derive(Serialize, Deserialize)]
    enum Free {
        Null,
        Bool(bool),
        Integer(i64),
        Large(u64),
        Decimal(f64),
        Text(String),
        List(Vec<Free>),
        Map(Vec<(String, Free)>),
    }

    impl From<&Value> for Free {
        fn from(value: &Value) -> Self {
            match value {
                Value::Null => Self::Null,
                Value::Bool(is) => Self::Bool(*is),
                Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                    (Some(number), _) => Self::Integer(number),
                    (None, Some(number)) => Self::Large(number),
                    (None, None) => Self::Decimal(number.as_f64().unwrap_or_default()),
                },
                Value::String(text) => Self::Text(text.clone()),
                Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
                Value::Object(map) => Self::Map(map.iter().map(|(key, value)| (key.clone(), value.into())).collect()),
            }
        }
    }

    impl From<Free> for Value {
        fn from(free: Free) -> Self {
            match free {
                Free::Null => Self::Null,
                Free::Bool(is) => Self::Bool(is),
                Free::Integer(number) => number.into(),
                Free::Large(number) => number.into(),
                Free::Decimal(number) => Number::from_f64(number).map_or(Self::Null, Self::Number),
                Free::Text(text) => Self::String(text),
                Free::List(items) => items.into_iter().map(Self::from).collect(),
                Free::Map(map) => map.into_iter().map(|(key, value)| (key, Self::from(value))).collect(),
            }
        }
    }

    pub fn serialize<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
        Free::from(value).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        Free::deserialize(deserializer).map(Value::from)
    }
}
