//! Checking what was typed against a table of keys: what is right is kept, every fault is shown at its bytes.

use ecow::EcoString;

use super::{Entry, Field, Fields, Node, NodeKind, Type, Value};
use crate::diag::{Diagnostic, FilePath, Report, Said, Span};
use crate::french::When;
use crate::french::dates::BadDate;
use crate::say;

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
                Err(bad) => {
                    report.push(unreadable_date(&text, &bad, node.span, file));
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
                Some(text) => {
                    if separator(&text).is_some() {
                        report.push(list_as_text(field, &text, node.span, file));
                    }
                    Some(Value::Texts(vec![(text, node.span)]))
                }
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
                        (NodeKind::Map(map), _) => {
                            let read = check(map, table, unknown, file, report);
                            let lacking = table
                                .iter()
                                .filter(|own| own.is_needed && !map.iter().any(|given| own.is_called(&given.key)));
                            lacking.for_each(|own| report.push(without(own, item.span, file)));
                            maps.push(read);
                        }
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

/// Says that what reads as several names is one.
fn list_as_text(field: &Field, text: &str, span: Span, file: &FilePath) -> Diagnostic {
    let key = field.key;
    let names = text.split(separator(text).unwrap_or(", ")).map(str::trim).filter(|name| !name.is_empty());
    Diagnostic::warning(
        "A0107",
        say!(
            "« {text} » est lu comme un seul nom : « {key} » attend une liste",
            "“{text}” is read as one name: “{key}” asks for a list"
        ),
    )
    .at(file, span)
    .help(if file.extension() == "toml" {
        let list = names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        say!("écrivez {key} = [{list}]", "write {key} = [{list}]")
    } else {
        let list = names.collect::<Vec<_>>().join(", ");
        say!("écrivez {key}: [{list}]", "write {key}: [{list}]")
    })
}

/// Returns the mark between the names of a list that was typed as a text.
fn separator(text: &str) -> Option<&'static str> {
    [", ", ";"].into_iter().find(|mark| text.contains(mark))
}

/// Says that an item lacks the key that gives it a meaning.
fn without(field: &Field, span: Span, file: &FilePath) -> Diagnostic {
    let (key, example) = (field.key, field.example);
    Diagnostic::warning("A0108", say!("il manque « {key} » à cet élément", "this item lacks “{key}”"))
        .at(file, span)
        .help(say!(
            "ajoutez {key}, par exemple {example}, ou retirez l’élément",
            "add {key}, for instance {example}, or remove the item"
        ))
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
    // « {chiffre: 3,9 %, texte: … } »: between braces a comma begins another key.
    if key.starts_with(|c: char| c.is_ascii_digit()) {
        return diagnostic.help(say!(
            "entre accolades, une virgule commence une autre clé : mettez le nombre entre guillemets, par exemple \"3,9 %\"",
            "between braces a comma begins another key: put the number between quotes, for instance \"3,9 %\""
        ));
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

/// Says why a text is no date.
pub fn why_no_date(bad: &BadDate) -> Said {
    let english = bad.english();
    say!("{bad}", "{english}")
}

/// Says that a date cannot be read.
fn unreadable_date(text: &str, bad: &BadDate, span: Span, file: &FilePath) -> Diagnostic {
    let message = match bad {
        BadDate::Day(..) | BadDate::Weekday(..) | BadDate::Hour(_) | BadDate::Backwards(_) => why_no_date(bad),
        BadDate::Empty | BadDate::Unknown(_) | BadDate::Month(_) | BadDate::Year(_) => {
            say!("« {text} » n’est pas une date lisible", "“{text}” is not a readable date")
        }
    };
    Diagnostic::error("E0107", message).at(file, span).help(say!(
        "écrivez par exemple 2026-11-22, 2026-11, 2026, 2018-24 (hiver 2018-2019), 1995/1999 ou 2014/.. (depuis 2014)",
        "write for example 2026-11-22, 2026-11, 2026, 2018-24 (winter 2018-2019), 1995/1999 or 2014/.. (since 2014)"
    ))
}
