//! The front matter of a Markdown file: found, met halfway where writers stray from YAML, bounded, and read with the place of every key.
//!
//! serde_yaml gives values but no places, lets duplicate keys pass and hangs on deep nesting;
//! so the block is first bounded and scanned line by line (`scan`), then handed over, then the two are joined.

mod loose;
mod mend;
mod opening;
mod plain;
mod scan;

use ecow::EcoString;

use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::fields::{Entry, Node, NodeKind};
use crate::say;
use crate::snapshot::cleaned;
use crate::texts::shared;
use loose::Loose;
use scan::Places;

/// The largest front matter, in bytes.
const LARGEST: usize = 64 * 1024;
/// The largest YAML file, such as a glossary, in bytes.
const LARGEST_FILE: usize = 1024 * 1024;
/// The deepest nesting of brackets and of indented keys.
const DEEPEST: usize = 16;

/// A file cut in two: what it says of itself, and its text.
#[derive(Debug, Default)]
pub struct Front {
    /// The keys in the order of the file; empty if there is no front matter.
    pub entries: Vec<Entry>,
    /// Whether the file has a front matter at all.
    pub present: bool,
    /// Where the body begins in the file as saved.
    pub body: usize,
}

/// Cuts a file and reads its front matter; faults are reported and what can be read is kept.
pub fn read(file: &FilePath, text: &str, report: &mut Report) -> Front {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some((block, body)) = cut(file, text, start, report) else {
        return Front { body: start, ..Front::default() };
    };
    let entries = entries(file, text, block, report);
    remarks(file, text, &entries, report);
    left_open(file, text, &entries, report);
    Front { entries, present: true, body }
}

/// Returns the bytes of the block between the two marks, and where the body begins.
fn cut(file: &FilePath, text: &str, start: usize, report: &mut Report) -> Option<(std::ops::Range<usize>, usize)> {
    let opening = opening::find(text, start);
    let start = opening.at;
    let first_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let first = text[start..first_end].trim_end();
    if let Some((said, help)) = opening.fault {
        report.push(Diagnostic::error("E0101", said).at(file, Span::new(start, start + first.len())).help(help));
        // The block is not text: nothing of it must be published.
        let close = text[first_end..].match_indices('\n').map(|(at, _)| first_end + at + 1).find(|at| {
            let line = text[*at..].lines().next().unwrap_or("").trim();
            line == first || line == "---"
        });
        let body = close.map_or(text.len(), |at| text[at..].find('\n').map_or(text.len(), |end| at + end + 1));
        let end = close.unwrap_or(text.len());
        // What is written in TOML is not read as YAML.
        let block = if first == "+++" {
            end
        } else if opening.is_mark {
            first_end.min(text.len())
        } else {
            start
        };
        return Some((block..end, body));
    }
    if !opening.is_mark {
        return None;
    }
    let mut at = (first_end + 1).min(text.len());
    let block = at;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let line = text[at..end].trim_end();
        if line == "---" || line == "..." {
            return Some((block..at, (end + 1).min(text.len())));
        }
        at = end + 1;
    }
    report.push(
        Diagnostic::error(
            "E0102",
            say!(
                "l’en-tête ouvert à la première ligne n’est pas fermé",
                "the front matter opened on the first line is not closed"
            ),
        )
        .at(file, Span::new(start, start + first.len()))
        .help(say!(
            "ajoutez une ligne « --- » après la dernière clé, avant le texte",
            "add a line “---” after the last key, before the text"
        )),
    );
    // Whatever looks like a key belongs to the block; nothing of it is published as text.
    let mut end = block;
    for line in text[block..].split_inclusive('\n') {
        let plain = line.trim_end();
        if plain.is_empty() || !(plain.starts_with([' ', '-']) || plain.contains(':')) {
            break;
        }
        end += line.len();
    }
    Some((block..end, end))
}

fn entries(file: &FilePath, text: &str, block: std::ops::Range<usize>, report: &mut Report) -> Vec<Entry> {
    let source = &text[block.clone()];
    let whole = Span::from(block.clone());
    let is_page = file.extension().eq_ignore_ascii_case("md");
    let (block_fr, block_en) = if is_page { ("l’en-tête", "the front matter") } else { ("ce fichier", "this file") };
    let largest = if is_page { LARGEST } else { LARGEST_FILE };
    if source.len() > largest {
        let size = largest / 1024;
        report.push(
            Diagnostic::error("E0108", say!("{block_fr} dépasse {size} Kio", "{block_en} is larger than {size} KiB"))
                .at(file, Span::new(block.start, block.start + 3))
                .help(if is_page {
                    say!(
                        "déplacez le texte sous la ligne « --- » qui ferme l’en-tête",
                        "move the text below the closing “---”"
                    )
                } else {
                    say!(
                        "raccourcissez-le, ou mettez ce qui est long dans une page",
                        "shorten it, or put what is long in a page"
                    )
                }),
        );
        return Vec::new();
    }
    if let Some(at) = scan::too_deep(source, DEEPEST) {
        report.push(
            Diagnostic::error(
                "E0109",
                say!("{block_fr} emboîte trop de crochets ou de retraits", "{block_en} nests too deeply"),
            )
            .at(file, Span::new(block.start + at, block.start + at + 1))
            .help(say!(
                "seize niveaux au plus : vérifiez les « [ » et les « {{ » qui ne sont pas fermés",
                "sixteen levels at most: check for “[” and “{{” left open"
            )),
        );
        return Vec::new();
    }
    let mut askew = Loose::new();
    let mut mended = mend::mend(source, &askew);
    let mut read = plain::read(&mended).map_or_else(|| serde_yaml::from_str(&mended), Ok);
    if read.is_err() {
        askew = loose::find(source);
        report.diagnostics.extend(loose::told(&askew, file, source, block.start));
        mended = mend::mend(source, &askew);
        read = serde_yaml::from_str(&mended);
    }
    let (places, twice) = Places::of(source, block.start, &askew);
    let is_doubled = !twice.is_empty();
    for (key, first, second) in twice {
        report.push(
            Diagnostic::error("E0106", say!("« {key} » est donnée deux fois", "“{key}” is given twice"))
                .at_labelled(file, second, say!("ici de nouveau", "again here"))
                .also(file, first, say!("d’abord ici", "first here"))
                .help(say!("gardez une seule des deux lignes", "keep only one of the two lines")),
        );
    }
    match read {
        Ok(serde_yaml::Value::Mapping(map)) => join(&map, &mut Vec::new(), &places, whole),
        Ok(serde_yaml::Value::Null) => Vec::new(),
        Ok(_) => {
            report.push(
                Diagnostic::error(
                    "E0110",
                    say!("{block_fr} ne contient pas de « clé: valeur »", "{block_en} holds no “key: value”"),
                )
                .at(file, first_line(source, block.start))
                .help(if is_page {
                    say!("écrivez par exemple « titre: Animer son territoire »", "write for example “titre: My title”")
                } else {
                    say!(
                        "écrivez un mot par ligne, par exemple « SCIC: société coopérative d’intérêt collectif »",
                        "write a word a line, for example “SCIC: société coopérative d’intérêt collectif”"
                    )
                }),
            );
            Vec::new()
        }
        // One slip must not hide the rest: every key is read by itself. serde_yaml also refuses a key given twice, which is already said.
        Err(error) => {
            let mut entries: Vec<Entry> = Vec::new();
            let mut refused = Vec::new();
            for (first, block) in mend::blocks(&mended) {
                let mut block = std::borrow::Cow::Borrowed(block);
                let mut read = serde_yaml::from_str::<serde_yaml::Value>(&block);
                if read.is_err() {
                    // A line that is no key hides neither the key above nor what else is wrong with it.
                    let (strays, rest) = mend::without_strays(&block);
                    if !strays.is_empty() {
                        refused.extend(strays.into_iter().map(|line| first + line));
                        block = rest.into();
                        read = serde_yaml::from_str(&block);
                    }
                }
                match read {
                    Ok(serde_yaml::Value::Mapping(map)) => {
                        for entry in join(&map, &mut Vec::new(), &places, whole) {
                            if entries.iter().all(|known| known.key != entry.key) {
                                entries.push(entry);
                            }
                        }
                    }
                    Ok(_) => {}
                    Err(error) if is_doubled && error.to_string().contains("duplicate entry") => {}
                    Err(error) => refused.push(first + line_of(&error, &block)),
                }
            }
            if refused.is_empty() && !is_doubled {
                refused.push(line_of(&error, &mended));
            }
            for line in refused {
                let span = scan::line_span(source, line, block.start);
                let shown = text.get(span.range()).unwrap_or("").trim().to_owned();
                report.push(
                    Diagnostic::error(
                        "E0111",
                        if is_page {
                            say!(
                                "cette ligne de l’en-tête ne peut pas être lue",
                                "this line of the front matter cannot be read"
                            )
                        } else {
                            say!("cette ligne ne peut pas être lue", "this line cannot be read")
                        },
                    )
                    .at(file, span)
                    .help(scan::advice(&shown)),
                );
            }
            entries
        }
    }
}

/// The keys of free text, where a number sign is more likely a word of the writer than a remark.
const FREE: &[&str] = &[
    "titre",
    "title",
    "resume",
    "description",
    "question",
    "objet",
    "preentete",
    "edito",
    "porteur",
    "accompagnement",
];

/// Says what YAML leaves out of a text, after a number sign.
fn remarks(file: &FilePath, text: &str, entries: &[Entry], report: &mut Report) {
    for entry in entries {
        let NodeKind::Text(read) = &entry.value.kind else { continue };
        let end = entry.value.span.range().end;
        let rest = text.get(end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let remark = rest.trim();
        let is_plain = !text[entry.value.span.range()].starts_with(['"', '\'', '“', '>', '|']);
        if !is_plain || !FREE.contains(&&*entry.key) || !remark.starts_with('#') || read.is_empty() {
            continue;
        }
        let at = end + rest.len() - rest.trim_start().len();
        let (key, whole) = (&entry.key, format!("{read} {remark}").replace('"', "’"));
        report.push(
            Diagnostic::warning(
                "A0112",
                say!(
                    "« {remark} » n’est pas lu : un dièse ouvre une remarque",
                    "“{remark}” is not read: a number sign opens a remark"
                ),
            )
            .at(file, Span::new(at, at + remark.len()))
            .help(say!(
                "si ces mots sont du texte, mettez tout entre guillemets : {key}: \"{whole}\"",
                "if these words are text, put it all between quotes: {key}: \"{whole}\""
            )),
        );
    }
}

/// Says that a text has one quotation mark, at its beginning or at its end: the other was forgotten, and this one would be shown.
fn left_open(file: &FilePath, text: &str, entries: &[Entry], report: &mut Report) {
    for entry in entries {
        let span = entry.value.span;
        let typed = text.get(span.range()).unwrap_or_default().trim();
        // « 27" » is a size in inches.
        let is_inches = typed.trim_end_matches('"').ends_with(|c: char| c.is_ascii_digit()) && typed.ends_with('"');
        let is_alone = typed.matches('"').count() == 1 && (typed.starts_with('"') || typed.ends_with('"'));
        if !matches!(entry.value.kind, NodeKind::Text(_)) || !is_alone || is_inches {
            continue;
        }
        let (key, bare) = (&entry.key, typed.trim_matches('"'));
        let mark = if typed.starts_with('"') { span.range().start } else { span.range().end - 1 };
        report.push(
            Diagnostic::warning(
                "A0113",
                say!("ce guillemet est seul et sera montré", "this quotation mark is alone and will be shown"),
            )
            .at(file, Span::new(mark, mark + 1))
            .help(say!(
                "ajoutez l’autre, ou retirez-le : {key}: {bare}",
                "add the other one, or remove it: {key}: {bare}"
            )),
        );
    }
}

/// Returns the line of a text, from 0, that YAML refuses; the end of the text is that of its last line.
fn line_of(error: &serde_yaml::Error, text: &str) -> usize {
    let last = text.trim_end().lines().count().saturating_sub(1);
    error.location().map_or(0, |location| location.line().saturating_sub(1)).min(last)
}

fn first_line(source: &str, offset: usize) -> Span {
    scan::line_span(source, 0, offset)
}

fn join(map: &serde_yaml::Mapping, path: &mut Vec<EcoString>, places: &Places<'_>, parent: Span) -> Vec<Entry> {
    map.iter()
        .map(|(key, value)| {
            let key = key_text(key);
            path.push(key.clone());
            let (key_span, span) = places.of_key(path).unwrap_or((parent, parent));
            let value = node(value, path, places, span);
            path.pop();
            Entry { key, key_span, value }
        })
        .collect()
}

fn node(value: &serde_yaml::Value, path: &mut Vec<EcoString>, places: &Places<'_>, span: Span) -> Node {
    let kind = match value {
        serde_yaml::Value::Null => NodeKind::Null,
        serde_yaml::Value::Bool(is) => NodeKind::Bool(*is),
        serde_yaml::Value::Number(number) => match number.as_i64() {
            Some(whole) => NodeKind::Integer(whole),
            // « 3.10 » and « 1e3 » are texts as typed: only the writer's own keys hold numbers with decimals.
            None => {
                let is_own = path.first().is_some_and(|key| key == "extra");
                let typed = places.typed(span).map(str::trim).filter(|typed| !is_own && typed.parse::<f64>().is_ok());
                typed.map_or_else(
                    || NodeKind::Decimal(number.as_f64().unwrap_or_default()),
                    |typed| NodeKind::Text(typed.into()),
                )
            }
        },
        serde_yaml::Value::String(text) => NodeKind::Text(shared(&cleaned(text))),
        serde_yaml::Value::Sequence(items) => NodeKind::List(
            items
                .iter()
                .enumerate()
                .map(|(index, item)| {
                    path.push(ecow::eco_format!("{index}"));
                    let at = places.of_key(path).map_or(span, |(_, value)| value);
                    let item = node(item, path, places, at);
                    path.pop();
                    item
                })
                .collect(),
        ),
        serde_yaml::Value::Mapping(map) => NodeKind::Map(join(map, path, places, span)),
        serde_yaml::Value::Tagged(tagged) => return node(&tagged.value, path, places, span),
    };
    Node { kind, span }
}

fn key_text(key: &serde_yaml::Value) -> EcoString {
    match key {
        serde_yaml::Value::String(text) => text.trim().into(),
        serde_yaml::Value::Bool(is) => ecow::eco_format!("{is}"),
        serde_yaml::Value::Number(number) => ecow::eco_format!("{number}"),
        serde_yaml::Value::Null
        | serde_yaml::Value::Sequence(_)
        | serde_yaml::Value::Mapping(_)
        | serde_yaml::Value::Tagged(_) => EcoString::new(),
    }
}

/// Reads a YAML file of the content (`glossaire.yaml`, `synonymes.yaml`) under the same bounds, with the place of every key.
pub fn read_yaml(file: &FilePath, text: &str, report: &mut Report) -> Vec<Entry> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    entries(file, text, start..text.len(), report)
}
