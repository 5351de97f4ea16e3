//! The words that readers see and writers did not write: one file per language, `i18n/fr.toml`.

use std::collections::{BTreeMap, HashMap};

use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::french::{Locale, Rules, typeset};
use crate::say;

/// The words of every language, by dotted key: `corps.note`.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    by_language: BTreeMap<String, HashMap<String, String>>,
}

impl Strings {
    /// Reads the files of `i18n/`.
    pub fn read<'f>(
        files: impl Iterator<Item = (&'f str, &'f str, Option<&'f FilePath>)>,
        report: &mut Report,
    ) -> Self {
        let mut strings = Self::default();
        for (path, text, source) in files {
            let Some(language) = path.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml")) else {
                continue;
            };
            match text.parse::<toml::Table>() {
                Ok(table) => {
                    let words = strings.by_language.entry(language.to_owned()).or_default();
                    flatten("", &table, &Rules::new(Locale::from_tag(language)), words);
                }
                Err(error) => {
                    let mut diagnostic = Diagnostic::error(
                        "E0507",
                        say!(
                            "le fichier de mots « {path} » ne peut pas être lu",
                            "the file of words “{path}” cannot be read"
                        ),
                    )
                    .help(say!("chaque ligne s’écrit : clé = \"mot\"", "each line reads: key = \"word\""));
                    if let Some(source) = source {
                        diagnostic = diagnostic.at(source, error.span().map_or(Span::default(), Span::from));
                    }
                    report.push(diagnostic);
                }
            }
        }
        strings
    }

    /// Returns a word in a language, else in French, else its key: a missing word is seen, never silent.
    pub fn word<'s>(&'s self, language: &str, key: &'s str) -> &'s str {
        self.find(language, key).unwrap_or(key)
    }

    /// Returns a word in a language, else in French.
    pub fn find(&self, language: &str, key: &str) -> Option<&str> {
        let short = language.split('-').next().unwrap_or(language);
        [short, "fr"].iter().find_map(|language| self.by_language.get(*language)?.get(key)).map(String::as_str)
    }

    /// Returns whether a word exists in some language.
    pub fn knows(&self, key: &str) -> bool {
        self.by_language.values().any(|words| words.contains_key(key))
    }
}

/// Gathers the words under their dotted keys, set as the text around them is.
fn flatten(prefix: &str, table: &toml::Table, rules: &Rules, words: &mut HashMap<String, String>) {
    for (key, value) in table {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&name, inner, rules, words),
            toml::Value::String(word) => {
                words.insert(name, typeset(rules, word).into_owned());
            }
            other => {
                words.insert(name, other.to_string());
            }
        }
    }
}
