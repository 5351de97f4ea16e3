//! `content/glossaire.yaml`: the acronyms and terms that pages explain.

use ecow::EcoString;

use crate::diag::{Diagnostic, FilePath, Report};
use crate::doc::{Glossary, Sense, Term};
use crate::fields::{Field, Node, NodeKind, Type, Unknown, check, scalar};
use crate::french;
use crate::front;
use crate::say;
use crate::snapshot::Snapshot;

/// The name of the file.
pub const FILE: &str = "content/glossaire.yaml";

/// The keys of one sense of a term.
pub const SENSE: &[Field] = &[
    Field::new("sens", Type::Text, "Ce que veut dire le sigle.", "communauté d’agglomération"),
    Field::new("definition", Type::Text, "Une ou deux phrases.", "Une intercommunalité…"),
    Field::new("lien", Type::Text, "Où en savoir plus.", "https://www.exemple.fr/"),
];

/// Reads the glossary; a site without one has an empty glossary.
pub fn read(snapshot: &Snapshot, report: &mut Report) -> Glossary {
    let file = FilePath::new(FILE);
    let Some(text) = snapshot.text(&file) else { return Glossary::default() };
    let mut terms: Vec<Term> = front::read_yaml(&file, &text, report)
        .into_iter()
        .filter_map(|entry| {
            let said = report.diagnostics.len();
            let senses = senses(&entry.value, &file, report);
            if senses.is_empty() && report.diagnostics.len() == said {
                let name = &entry.key;
                report.push(
                    Diagnostic::error(
                        "E0114",
                        say!("« {name} » n’a pas de sens dans le glossaire", "“{name}” has no meaning in the glossary"),
                    )
                    .at(&file, entry.key_span)
                    .help(say!("écrivez « {name}: ce que veut dire le sigle »", "write “{name}: what it means”")),
                );
                return None;
            }
            Some(Term { name: entry.key, senses })
        })
        .collect();
    terms.sort_by(|left, right| french::compare(&left.name, &right.name));
    Glossary::new(terms)
}

fn senses(value: &Node, file: &FilePath, report: &mut Report) -> Vec<Sense> {
    match &value.kind {
        NodeKind::List(items) => items.iter().flat_map(|item| senses(item, file, report)).collect(),
        NodeKind::Map(map) => {
            let fields = check(map, SENSE, Unknown::Error, file, report);
            let text = |key: &str| fields.text(key).map(|text| set(text));
            text("sens")
                .map(|sens| Sense {
                    sens,
                    definition: text("definition"),
                    lien: fields.text("lien").filter(|lien| !lien.is_empty()).cloned(),
                    lien_span: fields.span("lien").unwrap_or_default(),
                })
                .into_iter()
                .collect()
        }
        other => scalar(other)
            .filter(|text| !text.is_empty())
            .map(|text| Sense { sens: set(&text), ..Sense::default() })
            .into_iter()
            .collect(),
    }
}

fn set(text: &str) -> EcoString {
    french::typeset(&french::Rules::default(), text).as_ref().into()
}
