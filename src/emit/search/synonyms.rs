//! Words for the same thing: acronyms and what they stand for, and what `content/synonymes.yaml` adds.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::lexicon::Map;
use super::stems::Stems;
use super::words::is_stop;
use crate::content::{SYNONYMS, texts_of};
use crate::diag::{Diagnostic, FilePath, Report};
use crate::doc::Glossary;
use crate::front;
use crate::say;
use crate::snapshot::Snapshot;

/// What is said in several ways everywhere; a line of the site about one of these words replaces ours.
const COMMON: &[&[&str]] = &[
    &["appel d’offres", "mise en concurrence"],
    &["autopartage", "voiture partagée", "véhicule partagé"],
    &["cantine", "restauration collective", "restauration scolaire"],
    &["chômeur", "demandeur d’emploi"],
    &["circuit court", "circuit de proximité"],
    &["commande publique", "marchés publics", "achats publics"],
    &["conseil municipal", "assemblée communale"],
    &["courriel", "e-mail", "mail"],
    &["crèche", "établissement d’accueil du jeune enfant"],
    &["énergie renouvelable", "énergie verte"],
    &["habitat participatif", "habitat groupé"],
    &["jardin partagé", "jardin collectif"],
    &["logement social", "HLM"],
    &["mobilité douce", "mobilité active"],
    &["monnaie locale", "monnaie complémentaire"],
    &["newsletter", "lettre d’information", "infolettre"],
    &["panneau solaire", "photovoltaïque"],
    &["personne âgée", "senior", "aîné"],
    &["recyclerie", "ressourcerie"],
    &["réemploi", "seconde main"],
    &["site internet", "site web"],
    &["vélo", "bicyclette"],
];

/// Expressions that mean the same, ready to be recognised in a text.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    /// Each with the words that it is recognised by, and the others of its group.
    expressions: Vec<Expression>,
    /// By their first word, the places of expressions.
    by_first: Map<Box<str>, Vec<usize>>,
    /// Every stem of an expression.
    stems: BTreeSet<Box<str>>,
    /// A hash of them all.
    pub fingerprint: String,
}

#[derive(Debug)]
struct Expression {
    stems: Vec<Box<str>>,
    others: Vec<EcoString>,
}

impl Synonyms {
    /// Reads the glossary and the site's own file.
    pub(super) fn read(glossary: &Glossary, snapshot: &Snapshot, report: &mut Report) -> Self {
        let mut groups: Vec<Vec<EcoString>> = Vec::new();
        for term in glossary.terms() {
            match term.senses.as_slice() {
                [sense] => groups.push(vec![term.name.clone(), sense.sens.clone()]),
                // An acronym of several meanings says none of them; each meaning says the acronym.
                senses => groups
                    .extend(senses.iter().map(|sense| vec![EcoString::new(), sense.sens.clone(), term.name.clone()])),
            }
        }
        let file = FilePath::new(SYNONYMS);
        if let Some(text) = snapshot.text(&file) {
            for entry in front::read_yaml(&file, &text, report) {
                let mut group = texts_of(&entry);
                group.retain(|text| !text.is_empty());
                if group.is_empty() {
                    report.push(no_synonym(&entry.key, entry.key_span, &file));
                    continue;
                }
                group.insert(0, entry.key);
                groups.push(group);
            }
        }
        let stems = Stems::new();
        let own: BTreeSet<Vec<Box<str>>> = groups.iter().flatten().map(|text| split(text, &stems)).collect();
        let ours = COMMON.iter().filter(|group| group.iter().all(|text| !own.contains(&split(text, &stems))));
        groups.extend(ours.map(|group| group.iter().map(|text| EcoString::from(*text)).collect()));
        Self::of(&groups)
    }

    /// Prepares groups. In one that begins with an empty text, only the second stands for the others.
    fn of(groups: &[Vec<EcoString>]) -> Self {
        let stems = Stems::new();
        let mut synonyms = Self { fingerprint: format!("{groups:?}"), ..Self::default() };
        for group in groups {
            let (recognised, all) = match group.split_first() {
                Some((first, rest)) if first.is_empty() => (&rest[..1.min(rest.len())], rest),
                _ => (&group[..], &group[..]),
            };
            for text in recognised {
                let words = split(text, &stems);
                let Some(first) = words.first().cloned() else { continue };
                let others = all.iter().filter(|other| *other != text).cloned().collect();
                synonyms.stems.extend(words.iter().cloned());
                synonyms.by_first.entry(first).or_default().push(synonyms.expressions.len());
                synonyms.expressions.push(Expression { stems: words, others });
            }
        }
        synonyms
    }

    /// Returns what an expression also means.
    pub(super) fn others(&self, number: usize) -> &[EcoString] {
        self.expressions.get(number).map_or(&[], |expression| &expression.others)
    }

    /// Says whether a stem is part of an expression.
    pub(super) fn knows(&self, stem: &str) -> bool {
        self.stems.contains(stem)
    }

    /// Finds the expressions of a run of stems and their places, and gives what each also means.
    pub(super) fn find<'s>(&'s self, run: &[(u32, &str)], mut each: impl FnMut(usize, &'s [EcoString])) {
        for (start, (_, first)) in run.iter().enumerate() {
            for number in self.by_first.get(*first).into_iter().flatten() {
                let expression = &self.expressions[*number];
                let mut place = run[start].0;
                let mut at = start;
                let whole = expression.stems[1..].iter().all(|stem| {
                    // Articles and prepositions may stand between, nothing else: it would be known.
                    let next = run[at + 1..]
                        .iter()
                        .enumerate()
                        .take_while(|(_, (next, _))| *next <= place + 3)
                        .find(|(_, (next, own))| *next > place && **own == **stem);
                    match next {
                        Some((step, (next, _))) => {
                            at += step + 1;
                            place = *next;
                            true
                        }
                        None => false,
                    }
                });
                if whole {
                    each(*number, &expression.others);
                }
            }
        }
    }
}

/// Returns the stems of an expression, without articles and prepositions.
fn split(text: &str, stems: &Stems) -> Vec<Box<str>> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.len() > 1 && !is_stop(&super::fold::fold(word)))
        .map(|word| stems.of(word).into())
        .collect()
}

fn no_synonym(key: &str, span: crate::diag::Span, file: &FilePath) -> Diagnostic {
    Diagnostic::error("E0650", say!("« {key} » n’a pas de synonyme", "“{key}” has no synonym"))
        .at(file, span)
        .help(say!("écrivez « {key}: [un synonyme, un autre] »", "write “{key}: [one synonym, another]”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_recognised() {
        let synonyms = Synonyms::of(&[vec!["PTCE".into(), "pôle territorial de coopération économique".into()]]);
        let stems = Stems::new();
        let found = |words: &[(u32, &str)]| {
            let known: Vec<(u32, String)> = words.iter().map(|(place, word)| (*place, stems.of(word))).collect();
            let run: Vec<(u32, &str)> = known.iter().map(|(place, stem)| (*place, stem.as_str())).collect();
            let mut found = Vec::new();
            synonyms.find(&run, |_, others| found.extend(others.iter().map(ToString::to_string)));
            found
        };
        assert_eq!(found(&[(4, "pôles"), (5, "territoriaux"), (7, "coopération"), (8, "économique")]), ["PTCE"]);
        assert_eq!(
            found(&[(4, "pôles"), (5, "territoriaux"), (17, "coopération"), (18, "économique")]),
            Vec::<String>::new()
        );
        assert_eq!(found(&[(0, "ptce")]), ["pôle territorial de coopération économique"]);
    }
}
