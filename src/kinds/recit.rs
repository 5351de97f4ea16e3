//! A récit: the story of a territory, with its trajectory and its voices.

use super::{Kind, Names};
use crate::fields::{Field, Type};

/// A récit: the story of a territory, with its trajectory and its voices.
#[derive(Debug)]
pub(super) struct Recit;

const PORTRAIT: &[Field] = &[
    Field::new("chiffre", Type::Text, "Le chiffre, comme on le lira.", "35").needed(),
    Field::new("texte", Type::Text, "Ce qu’il compte.", "communes"),
    Field::new("source", Type::Text, "D’où il vient, et de quand.", "DGCL, 2026"),
];

const CREDITS: &[Field] = &[
    Field::new("role", Type::Text, "Ce que la personne ou la structure a fait.", "Entretiens"),
    Field::new("qui", Type::Text, "Son nom.", "Apes").needed(),
];

const ACCORDS: &[Field] = &[
    Field::new("personne", Type::Text, "Qui a donné son accord, comme le récit la nomme.", "Camille Martin").needed(),
    Field::new("date", Type::When, "Quand.", "2026-05-12"),
    Field::new("pour", Type::Texts, "Pour quoi.", "[texte, image]"),
];

const FIELDS: &[Field] = &[
    Field::new("periode", Type::When, "La période racontée.", "2014/.."),
    Field::new("porteur", Type::Text, "Qui porte la démarche.", "Valenciennes Métropole"),
    Field::new("accompagnement", Type::Text, "Qui accompagne.", "Apes"),
    Field::new("horizon", Type::Text, "Où l’on veut aller.", "Une maison commune en 2030"),
    Field::new(
        "portrait",
        Type::Maps(PORTRAIT),
        "Les chiffres du territoire que l’auteur donne, avec leur source.",
        "",
    ),
    Field::new("credits", Type::Maps(CREDITS), "Qui a fait le récit.", ""),
    Field::new("accords", Type::Maps(ACCORDS), "Les accords des personnes citées ; ils ne sont pas publiés.", ""),
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
