//! The words that readers see and writers did not write: one file per language, `i18n/fr.toml`.

use std::collections::{BTreeMap, HashMap};

use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::say;

/// The words of every language, by dotted key: `corps.note`.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    by_language: BTreeMap<String, HashMap<String, String>>,
}

impl Strings {
    /// Reads the files of `i18n/`.
    pub fn read<'f>(files: impl Iterator<Item = (&'f str, &'f str, Option<&'f FilePath>)>, report: &mut Report) -> Self {
        let mut strings = Self::default();
        for (path, text, source) in files {
            let Some(language) = path.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml")) else { continue };
            match text.parse::<toml::Table>() {
                Ok(table) => {
                    let words = strings.by_language.entry(language.to_owned()).or_default();
                    flatten("", &table, words);
                }
                Err(error) => {
                    let mut diagnostic = Diagnostic::error("E0507", say!("le fichier de mots « {path} » ne peut pas être lu", "the file of words “{path}” cannot be read"))
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
        let short = language.split('-').next().unwrap_or(language);
        [short, "fr"].iter().find_map(|language| self.by_language.get(*language)?.get(key)).map_or(key, String::as_str)
    }

    /// Returns the words of a language as templates read them: `{{ t.menu }}`, French ones where the language has none.
    pub fn table(&self, language: &str) -> BTreeMap<&str, &str> {
        let short = language.split('-').next().unwrap_or(language);
        let mut table = BTreeMap::new();
        for language in ["fr", short] {
            for (key, word) in self.by_language.get(language).into_iter().flatten() {
                table.insert(key.as_str(), word.as_str());
            }
        }
        table
    }

    /// Returns the languages that have words.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.by_language.keys().map(String::as_str)
    }
}

fn flatten(prefix: &str, table: &toml::Table, words: &mut HashMap<String, String>) {
    for (key, value) in table {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&name, inner, words),
            toml::Value::String(word) => {
                words.insert(name, word.clone());
            }
            other => {
                words.insert(name, other.to_string());
            }
        }
    }
}
