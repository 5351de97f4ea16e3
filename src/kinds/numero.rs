//! An issue of a newsletter.

use super::{Kind, Names};
use crate::fields::{Field, Type};

/// An issue of a newsletter.
#[derive(Debug)]
pub(super) struct Numero;

const FIELDS: &[Field] = &[
    Field::new("numero", Type::Text, "Le numéro ; il fait l’adresse.", "57").or(&["number"]),
    Field::new("objet", Type::Text, "L’objet du courriel.", "La dynamo n° 57 : se déplacer ensemble").or(&["subject"]),
    Field::new(
        "preentete",
        Type::Text,
        "La ligne que les messageries montrent après l’objet.",
        "Trois communes racontent",
    )
    .or(&["preheader"]),
    Field::new("edito", Type::Text, "L’éditorial, en quelques phrases.", "Cet hiver…"),
    Field::new("pdf", Type::Text, "Le numéro mis en page, quand il n’existe qu’ainsi.", "dynamo-57.pdf"),
];

impl Kind for Numero {
    fn name(&self) -> &'static str {
        "numero"
    }

    fn names(&self) -> Names {
        Names { one: "Numéro", many: "Numéros", one_en: "Issue", many_en: "Issues" }
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn schema(&self) -> &'static str {
        "PublicationIssue"
    }

    fn is_read_in_order(&self) -> bool {
        true
    }

    fn address_key(&self) -> Option<&'static str> {
        Some("numero")
    }

    fn is_news(&self) -> bool {
        true
    }

    fn folder(&self) -> &'static str {
        "lettres"
    }
}
