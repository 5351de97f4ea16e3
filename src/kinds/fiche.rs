//! A fiche of a kit: a question, levers, examples.

use super::{Kind, Names};
use crate::fields::{Field, Type};

/// A fiche of a kit: a question, levers, examples.
#[derive(Debug)]
pub(super) struct Fiche;

const FIELDS: &[Field] = &[
    Field::new("numero", Type::Integer, "Le numéro dans cette édition du kit ; absent pour une introduction.", "17")
        .within(0, 999_999)
        .or(&["number"]),
    Field::new("famille", Type::Text, "La clé d’une famille du kit.", "piloter"),
    Field::new("question", Type::Text, "La question à laquelle la fiche répond.", "Comment… ?"),
    Field::new("remplace", Type::Text, "La fiche d’une autre édition que celle-ci remplace.", "municipaless-2020/17"),
    Field::new("pdf", Type::Text, "Un PDF mis en page, à la place de celui d’essaim.", "fiche-17.pdf"),
];

impl Kind for Fiche {
    fn name(&self) -> &'static str {
        "fiche"
    }

    fn names(&self) -> Names {
        Names { one: "Fiche", many: "Fiches", one_en: "Sheet", many_en: "Sheets" }
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn schema(&self) -> &'static str {
        "Article"
    }

    fn has_levers(&self) -> bool {
        true
    }

    fn is_read_in_order(&self) -> bool {
        true
    }

    fn is_news(&self) -> bool {
        true
    }

    fn folder(&self) -> &'static str {
        "kits"
    }
}
