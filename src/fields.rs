//! Tables of keys that writers may type, and the check of a read value against them: front matter and `site.toml` alike.
//!
//! A table is data: the reference pages of the guide are printed from it.

mod reading;
mod stored;

use std::collections::BTreeMap;

use ecow::EcoString;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::diag::Span;
use crate::french::When;

pub use reading::{Unknown, check, scalar, why_no_date};

/// A value as read from YAML or TOML, with the bytes it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub kind: NodeKind,
    pub span: Span,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number that is not whole.
    Decimal(f64),
    Text(EcoString),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key of a map, where it stands, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: EcoString,
    pub key_span: Span,
    pub value: Node,
}

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    Text,
    Integer,
    Bool,
    /// A date with its precision: day, month, season, year or period.
    When,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// One text or a list of texts.
    Texts,
    /// A map with keys of its own.
    Map(&'static [Field]),
    /// A list of maps with keys of their own.
    Maps(&'static [Field]),
    /// Anything: handed to the templates as it is.
    Free,
}

/// A key that writers may type.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub key: &'static str,
    /// Other names of the same key, English or of other generators.
    pub aliases: &'static [&'static str],
    pub takes: Type,
    /// One sentence for the reference page, in French.
    pub doc: &'static str,
    /// What one types after the key, for the reference page.
    pub example: &'static str,
    /// Of a list of maps: the keys that a bare text fills, the key of `clé: texte` first where there are two.
    pub short: &'static [&'static str],
    /// The least and the greatest whole number that makes sense.
    pub within: (i64, i64),
    /// Whether an item of a list means nothing without it.
    pub is_needed: bool,
}

impl Field {
    /// Makes a row of a table.
    pub const fn new(key: &'static str, takes: Type, doc: &'static str, example: &'static str) -> Self {
        Self { key, aliases: &[], takes, doc, example, short: &[], within: (i64::MIN, i64::MAX), is_needed: false }
    }

    /// Gives the key other names.
    pub const fn or(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Lets a bare text stand for an item: « - Comprendre », « comprendre: Comprendre ».
    pub const fn short(mut self, keys: &'static [&'static str]) -> Self {
        self.short = keys;
        self
    }

    /// Says that an item of a list means nothing without it.
    pub const fn needed(mut self) -> Self {
        self.is_needed = true;
        self
    }

    /// Bounds a whole number.
    pub const fn within(mut self, least: i64, greatest: i64) -> Self {
        self.within = (least, greatest);
        self
    }

    fn is_called(&self, name: &str) -> bool {
        self.key == name || self.aliases.contains(&name)
    }
}

/// A checked value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    Text(EcoString),
    Integer(i64),
    Bool(bool),
    When(When),
    Choice(#[serde(deserialize_with = "stored::word")] stored::Word),
    Texts(Vec<(EcoString, Span)>),
    Map(Fields),
    Maps(Vec<Fields>),
    Free(#[serde(with = "stored::free")] serde_json::Value),
}

impl Value {
    /// Returns the value as if it stood nowhere.
    fn unplaced(&self) -> Self {
        match self {
            Self::Texts(texts) => Self::Texts(texts.iter().map(|(text, _)| (text.clone(), Span::default())).collect()),
            Self::Map(fields) => Self::Map(fields.unplaced()),
            Self::Maps(maps) => Self::Maps(maps.iter().map(Fields::unplaced).collect()),
            Self::Text(_) | Self::Integer(_) | Self::Bool(_) | Self::When(_) | Self::Choice(_) | Self::Free(_) => {
                self.clone()
            }
        }
    }
}

/// The checked keys of one map, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields {
    values: BTreeMap<&'static str, (Value, Span)>,
}

impl Fields {
    /// Returns a text.
    pub fn text(&self, key: &str) -> Option<&EcoString> {
        match self.values.get(key) {
            Some((Value::Text(text), _)) => Some(text),
            _ => None,
        }
    }

    /// Returns a whole number.
    pub fn integer(&self, key: &str) -> Option<i64> {
        match self.values.get(key) {
            Some((Value::Integer(number), _)) => Some(*number),
            _ => None,
        }
    }

    /// Returns a yes or no.
    pub fn bool(&self, key: &str) -> Option<bool> {
        match self.values.get(key) {
            Some((Value::Bool(is), _)) => Some(*is),
            _ => None,
        }
    }

    /// Returns a date.
    pub fn when(&self, key: &str) -> Option<&When> {
        match self.values.get(key) {
            Some((Value::When(when), _)) => Some(when),
            _ => None,
        }
    }

    /// Returns the chosen word.
    pub fn choice(&self, key: &str) -> Option<&'static str> {
        match self.values.get(key) {
            Some((Value::Choice(word), _)) => Some(word),
            _ => None,
        }
    }

    /// Returns a list of texts with their places; empty when the key is absent.
    pub fn texts(&self, key: &str) -> &[(EcoString, Span)] {
        match self.values.get(key) {
            Some((Value::Texts(texts), _)) => texts,
            _ => &[],
        }
    }

    /// Returns the keys of a map.
    pub fn map(&self, key: &str) -> Option<&Fields> {
        match self.values.get(key) {
            Some((Value::Map(fields), _)) => Some(fields),
            _ => None,
        }
    }

    /// Returns a list of maps; empty when the key is absent.
    pub fn maps(&self, key: &str) -> &[Fields] {
        match self.values.get(key) {
            Some((Value::Maps(maps), _)) => maps,
            _ => &[],
        }
    }

    /// Returns a free value.
    pub fn free(&self, key: &str) -> Option<&serde_json::Value> {
        match self.values.get(key) {
            Some((Value::Free(value), _)) => Some(value),
            _ => None,
        }
    }

    /// Returns the bytes of a key's value.
    pub fn span(&self, key: &str) -> Option<Span> {
        self.values.get(key).map(|(_, span)| *span)
    }

    /// Returns every key that was given, in order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.values.keys().copied()
    }

    fn unplaced(&self) -> Self {
        let values = self.values.iter().map(|(key, (value, _))| (*key, (value.unplaced(), Span::default())));
        Self { values: values.collect() }
    }

    /// Returns whether other fields say the same, wherever they stand, but for some keys.
    pub fn agrees(&self, other: &Self, but: &[&str]) -> bool {
        let told = |fields: &'_ Self| -> Vec<(&'static str, Value)> {
            let kept = fields.values.iter().filter(|(key, _)| !but.contains(key));
            kept.map(|(key, (value, _))| (*key, value.unplaced())).collect()
        };
        told(self) == told(other)
    }

    /// Changes the texts of some keys, wherever they stand: the typographic pass over what readers see.
    pub fn map_texts(&mut self, keys: &[&str], change: &mut dyn FnMut(&str, &str, Span) -> EcoString) {
        for (key, (value, span)) in &mut self.values {
            match value {
                Value::Text(text) if keys.contains(key) => *text = change(key, text, *span),
                Value::Texts(texts) if keys.contains(key) => {
                    texts.iter_mut().for_each(|(text, span)| *text = change(key, text, *span));
                }
                Value::Map(fields) => fields.map_texts(keys, change),
                Value::Maps(maps) => maps.iter_mut().for_each(|fields| fields.map_texts(keys, change)),
                Value::Text(_)
                | Value::Integer(_)
                | Value::Bool(_)
                | Value::When(_)
                | Value::Choice(_)
                | Value::Texts(_)
                | Value::Free(_) => {}
            }
        }
    }
}

impl FromIterator<(&'static str, EcoString, Span)> for Fields {
    fn from_iter<I: IntoIterator<Item = (&'static str, EcoString, Span)>>(texts: I) -> Self {
        Self { values: texts.into_iter().map(|(key, text, span)| (key, (Value::Text(text), span))).collect() }
    }
}

/// What becomes of a text of the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rewritten {
    Same,
    Text(EcoString),
    /// A single text goes with its key, one of a list goes alone.
    Gone,
}

impl Fields {
    /// Forgets a key.
    pub fn remove(&mut self, key: &str) {
        self.values.remove(key);
    }

    /// Passes every text through a function, with the key that it stands under, keys of maps included.
    pub fn rewrite(&mut self, change: &mut dyn FnMut(&str, &str) -> Rewritten) {
        self.values.retain(|key, (value, _)| match value {
            Value::Text(text) => match change(key, text) {
                Rewritten::Same => true,
                Rewritten::Text(new) => {
                    *text = new;
                    true
                }
                Rewritten::Gone => false,
            },
            Value::Texts(texts) => {
                texts.retain_mut(|(text, _)| match change(key, text) {
                    Rewritten::Same => true,
                    Rewritten::Text(new) => {
                        *text = new;
                        true
                    }
                    Rewritten::Gone => false,
                });
                !texts.is_empty()
            }
            Value::Map(fields) => {
                fields.rewrite(change);
                true
            }
            Value::Maps(maps) => {
                maps.iter_mut().for_each(|fields| fields.rewrite(change));
                true
            }
            Value::Free(free) => {
                rewrite_free(key, free, change);
                true
            }
            Value::Integer(_) | Value::Bool(_) | Value::When(_) | Value::Choice(_) => true,
        });
    }
}

fn rewrite_free(key: &str, value: &mut serde_json::Value, change: &mut dyn FnMut(&str, &str) -> Rewritten) {
    match value {
        serde_json::Value::String(text) => match change(key, text) {
            Rewritten::Same => {}
            Rewritten::Text(new) => *text = new.to_string(),
            Rewritten::Gone => text.clear(),
        },
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| rewrite_free(key, item, change)),
        serde_json::Value::Object(map) => map.values_mut().for_each(|item| rewrite_free(key, item, change)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// Templates and programs get plain values; what is remembered between runs keeps their places.
impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.collect_map(&self.values);
        }
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (key, (value, _)) in &self.values {
            match value {
                Value::Text(text) => map.serialize_entry(key, text)?,
                Value::Integer(number) => map.serialize_entry(key, number)?,
                Value::Bool(is) => map.serialize_entry(key, is)?,
                Value::When(when) => map.serialize_entry(key, when)?,
                Value::Choice(word) => map.serialize_entry(key, word)?,
                Value::Texts(texts) => {
                    map.serialize_entry(key, &texts.iter().map(|(text, _)| text).collect::<Vec<_>>())?;
                }
                Value::Map(fields) => map.serialize_entry(key, fields)?,
                Value::Maps(maps) => map.serialize_entry(key, maps)?,
                Value::Free(free) => map.serialize_entry(key, free)?,
            }
        }
        map.end()
    }
}
