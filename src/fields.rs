//! Tables of keys that writers may type, and the check of a read value against them: front matter and `site.toml` alike.
//!
//! A table is data: the reference pages of the guide are printed from it.

use std::collections::BTreeMap;

use ecow::EcoString;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::french::When;
use crate::say;

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
}

impl Field {
    /// Makes a row of a table.
    pub const fn new(key: &'static str, takes: Type, doc: &'static str, example: &'static str) -> Self {
        Self { key, aliases: &[], takes, doc, example, short: &[], within: (i64::MIN, i64::MAX) }
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
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(EcoString),
    Integer(i64),
    Bool(bool),
    When(When),
    Choice(&'static str),
    Texts(Vec<(EcoString, Span)>),
    Map(Fields),
    Maps(Vec<Fields>),
    Free(serde_json::Value),
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
    pub fn map_texts(&mut self, keys: &[&str], change: &mut dyn FnMut(&str) -> EcoString) {
        for (key, (value, _)) in &mut self.values {
            match value {
                Value::Text(text) if keys.contains(key) => *text = change(text),
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

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
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

/// What to do with a key that no table knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Unknown {
    #[default]
    Error,
    Warning,
}

/// Checks a map against a table; every fault is reported at its bytes, and what is right is kept.
pub fn check<'t>(
    map: &[Entry],
    table: impl IntoIterator<Item = &'t Field> + Clone,
    unknown: Unknown,
    file: &FilePath,
    report: &mut Report,
) -> Fields {
    let mut fields = Fields::default();
    for entry in map {
        let Some(field) = table.clone().into_iter().find(|field| field.is_called(&entry.key)) else {
            let known: Vec<&str> = table.clone().into_iter().map(|field| field.key).collect();
            report.push(unknown_key(entry, &known, unknown, file));
            continue;
        };
        if matches!(entry.value.kind, NodeKind::Null) {
            continue;
        }
        if let Some((_, first)) = fields.values.get(field.key) {
            report.push(given_twice(field.key, entry.key_span, *first, file));
            continue;
        }
        if let Some(value) = read(&entry.value, field, unknown, file, report) {
            fields.values.insert(field.key, (value, entry.value.span));
        }
    }
    fields
}

fn read(node: &Node, field: &Field, unknown: Unknown, file: &FilePath, report: &mut Report) -> Option<Value> {
    let wrong = |report: &mut Report, fr: &str, en: &str| {
        let key = field.key;
        let diagnostic =
            Diagnostic::error("E0104", say!("« {key} » attend {fr}", "“{key}” takes {en}")).at(file, node.span);
        report.push(match sample(field, scalar(&node.kind).as_deref(), file) {
            Some(shown) => diagnostic.help(say!("par exemple : {shown}", "for example: {shown}")),
            None => diagnostic,
        });
        None
    };
    match field.takes {
        Type::Text => match scalar(&node.kind) {
            Some(text) => Some(Value::Text(text)),
            None => wrong(report, "un texte", "a text"),
        },
        Type::Integer => {
            let number = match &node.kind {
                NodeKind::Integer(number) => Some(*number),
                NodeKind::Text(text) => text.trim().parse().ok(),
                _ => None,
            };
            let (least, greatest) = field.within;
            match number {
                Some(number) if (least..=greatest).contains(&number) => Some(Value::Integer(number)),
                Some(number) => {
                    report.push(out_of_bounds(field, number, node.span, file));
                    None
                }
                None => wrong(report, "un nombre entier", "a whole number"),
            }
        }
        Type::Bool => match &node.kind {
            NodeKind::Bool(is) => Some(Value::Bool(*is)),
            NodeKind::Text(text) => match text.to_lowercase().as_str() {
                "oui" | "vrai" | "yes" => Some(Value::Bool(true)),
                "non" | "faux" | "no" => Some(Value::Bool(false)),
                _ => wrong(report, "« oui » ou « non »", "“true” or “false”"),
            },
            _ => wrong(report, "« oui » ou « non »", "“true” or “false”"),
        },
        Type::When => match scalar(&node.kind) {
            Some(text) => match When::parse(&text) {
                Ok(when) => Some(Value::When(when)),
                Err(_) => {
                    report.push(unreadable_date(&text, node.span, file));
                    None
                }
            },
            None => wrong(report, "une date", "a date"),
        },
        Type::Choice(words) => {
            let typed = scalar(&node.kind).unwrap_or_default();
            match words.iter().find(|word| crate::french::fold(word) == crate::french::fold(&typed)) {
                Some(word) => Some(Value::Choice(word)),
                None => {
                    let key = field.key;
                    let list = words.join(", ");
                    let mut diagnostic = Diagnostic::error(
                        "E0105",
                        say!("« {typed} » n’est pas une valeur de « {key} »", "“{typed}” is not a value of “{key}”"),
                    )
                    .at(file, node.span)
                    .help(say!("valeurs possibles : {list}", "possible values: {list}"));
                    if let Some(near) = crate::diag::nearest(&typed, words.iter().copied()) {
                        diagnostic = diagnostic.help(say!(
                            "vouliez-vous dire « {near} » ? Valeurs possibles : {list}",
                            "did you mean “{near}”? Possible values: {list}"
                        ));
                    }
                    report.push(diagnostic);
                    None
                }
            }
        }
        Type::Texts => match &node.kind {
            NodeKind::List(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for item in items {
                    match scalar(&item.kind) {
                        Some(text) => texts.push((text, item.span)),
                        None => return wrong(report, "une liste de textes", "a list of texts"),
                    }
                }
                Some(Value::Texts(texts))
            }
            other => match scalar(other) {
                Some(text) => Some(Value::Texts(vec![(text, node.span)])),
                None => wrong(report, "une liste de textes", "a list of texts"),
            },
        },
        Type::Map(table) => match &node.kind {
            NodeKind::Map(map) => Some(Value::Map(check(map, table, unknown, file, report))),
            _ => {
                let (key, keys) = (field.key, table.iter().map(|one| one.key).collect::<Vec<_>>().join(", "));
                let example = table.first().map(|one| format!("{}: {}", one.key, one.example)).unwrap_or_default();
                report.push(
                    Diagnostic::error(
                        "E0104",
                        say!("« {key} » attend des clés en retrait", "“{key}” takes indented keys"),
                    )
                    .at(file, node.span)
                    .help(say!(
                        "sous « {key}: », une ligne par clé, en retrait : « {example} » ; ses clés : {keys}",
                        "under “{key}:”, one line for each key, indented: “{example}”; its keys: {keys}"
                    )),
                );
                None
            }
        },
        Type::Maps(table) => match &node.kind {
            NodeKind::List(items) => {
                let mut maps = Vec::with_capacity(items.len());
                for item in items {
                    match (&item.kind, scalar(&item.kind)) {
                        (NodeKind::Map(map), _) => maps.push(check(map, table, unknown, file, report)),
                        (_, Some(text)) if !field.short.is_empty() => {
                            maps.push(field.short.iter().map(|key| (*key, text.clone(), item.span)).collect());
                        }
                        _ => return wrong(report, "une liste d’éléments avec leurs clés", "a list of items with keys"),
                    }
                }
                Some(Value::Maps(maps))
            }
            NodeKind::Map(map) if field.short.len() == 2 => {
                let mut maps = Vec::with_capacity(map.len());
                for entry in map {
                    let Some(text) = scalar(&entry.value.kind) else {
                        return wrong(report, "une liste d’éléments avec leurs clés", "a list of items with keys");
                    };
                    let pair = [(entry.key.clone(), entry.key_span), (text, entry.value.span)];
                    maps.push(field.short.iter().zip(pair).map(|(key, (text, span))| (*key, text, span)).collect());
                }
                Some(Value::Maps(maps))
            }
            _ => wrong(report, "une liste d’éléments avec leurs clés", "a list of items with keys"),
        },
        Type::Free => Some(Value::Free(free(node))),
    }
}

/// Writes a key as it should be, in the notation of its file; what was typed in place of keys is the first of them.
fn sample(field: &Field, typed: Option<&str>, file: &FilePath) -> Option<String> {
    let (key, example) = (field.key, field.example);
    let is_toml = file.extension() == "toml";
    let equals = if is_toml { " =" } else { ":" };
    let is_bare = example.starts_with(['[', '"', '{']) || example.chars().all(|c| c.is_ascii_digit());
    let quoted = is_toml && !is_bare && !matches!(field.takes, Type::Bool);
    match field.takes {
        Type::Map(table) | Type::Maps(table) => {
            let shown = table.iter().take(2).enumerate().map(|(at, own)| {
                let value = typed.filter(|_| at == 0).unwrap_or(own.example);
                format!("{}{equals} \"{}\"", own.key, value.replace('"', "’"))
            });
            let inside = format!("{{ {} }}", shown.collect::<Vec<_>>().join(", "));
            let is_list = matches!(field.takes, Type::Maps(_));
            Some(if is_list { format!("{key}{equals} [{inside}]") } else { format!("{key}{equals} {inside}") })
        }
        _ if example.is_empty() => None,
        _ if quoted => Some(format!("{key}{equals} \"{example}\"")),
        _ => Some(format!("{key}{equals} {example}")),
    }
}

fn out_of_bounds(field: &Field, number: i64, span: Span, file: &FilePath) -> Diagnostic {
    let (key, (least, greatest)) = (field.key, field.within);
    Diagnostic::error(
        "E0105",
        say!("« {number} » n’est pas une valeur de « {key} »", "“{number}” is not a value of “{key}”"),
    )
    .at(file, span)
    .help(match (least, greatest) {
        (_, i64::MAX) => say!("donnez un nombre entier, {least} au moins", "give a whole number, {least} at least"),
        _ => say!("donnez un nombre entier de {least} à {greatest}", "give a whole number from {least} to {greatest}"),
    })
}

/// Returns a scalar as the text that was typed.
pub fn scalar(kind: &NodeKind) -> Option<EcoString> {
    match kind {
        NodeKind::Text(text) => Some(text.trim().into()),
        NodeKind::Integer(number) => Some(ecow::eco_format!("{number}")),
        NodeKind::Decimal(number) => Some(ecow::eco_format!("{number}")),
        NodeKind::Bool(is) => Some(if *is { "true".into() } else { "false".into() }),
        NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => None,
    }
}

fn free(node: &Node) -> serde_json::Value {
    match &node.kind {
        NodeKind::Null => serde_json::Value::Null,
        NodeKind::Bool(is) => (*is).into(),
        NodeKind::Integer(number) => (*number).into(),
        NodeKind::Decimal(number) => (*number).into(),
        NodeKind::Text(text) => text.as_str().into(),
        NodeKind::List(items) => items.iter().map(free).collect(),
        NodeKind::Map(map) => map
            .iter()
            .map(|entry| (entry.key.to_string(), free(&entry.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

fn unknown_key(entry: &Entry, known: &[&str], unknown: Unknown, file: &FilePath) -> Diagnostic {
    let key = &entry.key;
    let message = say!("la clé « {key} » n’existe pas ici", "there is no key “{key}” here");
    let diagnostic = match unknown {
        Unknown::Error => Diagnostic::error("E0103", message),
        Unknown::Warning => Diagnostic::warning("A0103", message),
    };
    let diagnostic = diagnostic.at(file, entry.key_span).help_near(key, known.iter().copied());
    if diagnostic.help.is_some() {
        return diagnostic;
    }
    let list = known.join(", ");
    diagnostic.help(say!(
        "retirez-la, ou rangez-la sous « extra: ». Clés connues : {list}",
        "remove it, or put it under “extra:”. Known keys: {list}"
    ))
}

fn given_twice(key: &str, second: Span, first: Span, file: &FilePath) -> Diagnostic {
    Diagnostic::error("E0106", say!("« {key} » est donnée deux fois", "“{key}” is given twice"))
        .at_labelled(file, second, say!("ici de nouveau", "again here"))
        .also(file, first, say!("d’abord ici", "first here"))
        .help(say!("gardez une seule des deux lignes", "keep only one of the two lines"))
}

/// Says that a date cannot be read.
pub fn unreadable_date(text: &str, span: Span, file: &FilePath) -> Diagnostic {
    Diagnostic::error("E0107", say!("« {text} » n’est pas une date lisible", "“{text}” is not a readable date"))
        .at(file, span)
        .help(say!(
            "écrivez par exemple 2026-11-22, 2026-11, 2026, 2018-24 (hiver 2018-2019), 1995/1999 ou 2014/.. (depuis 2014)",
            "write for example 2026-11-22, 2026-11, 2026, 2018-24 (winter 2018-2019), 1995/1999 or 2014/.. (since 2014)"
        ))
}
