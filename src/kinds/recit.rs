//! A récit: the story of a territory, with its trajectory and its voices.

use super::{Kind, Names};
use crate::fields::{Field, Type};

/// A récit: the story of a territory, with its trajectory and its voices.
#[derive(Debug)]
pub(super) struct Recit;

const FIELDS: &[Field] = &[
    Field::new("periode", Type::When, "La période racontée.", "2014/.."),
    Field::new("porteur", Type::Text, "Qui porte la démarche.", "Valenciennes Métropole"),
    Field::new("accompagnement", Type::Text, "Qui accompagne.", "Apes"),
    Field::new("horizon", Type::Text, "Où l’on veut aller.", "Une maison commune en 2030"),
    Field::new("version_de", Type::Text, "Le récit dont celui-ci est une autre version.", "recits/valenciennes.md"),
    Field::new(
        "retraits",
        Type::Texts,
        "Les personnes qui ont retiré leur accord : leur nom et leur image disparaissent partout.",
        "[\"Camille Martin\"]",
    ),
    Field::new("pdf", Type::Text, "Un PDF mis en page, à la place de celui d’essaim.", "recit.pdf"),
];

impl Kind for Recit {
    fn name(&self) -> &'static str {
        "recit"
    }

    fn names(&self) -> Names {
        Names { one: "Récit", many: "Récits", one_en: "Story", many_en: "Stories" }
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn schema(&self) -> &'static str {
        "Article"
    }

    fn is_read_in_order(&self) -> bool {
        true
    }

    fn is_news(&self) -> bool {
        true
    }

    fn folder(&self) -> &'static str {
        "recits"
    }
}
