//! A kit: a numbered set of fiches with an edition.

use super::{Kind, Names, Order};
use crate::fields::{Field, Type};

/// A kit: a numbered set of fiches with an edition.
#[derive(Debug)]
pub(super) struct Kit;

const FAMILLES: &[Field] = &[
    Field::new("cle", Type::Text, "Le mot que les fiches donnent dans « famille ».", "piloter"),
    Field::new("titre", Type::Text, "Ce que les lecteurs voient.", "Piloter la politique"),
    Field::new("resume", Type::Text, "Une phrase.", "Les fiches qui…"),
];

const A_PARAITRE: &[Field] = &[
    Field::new("numero", Type::Integer, "Le numéro de la fiche attendue.", "18").within(0, 999_999),
    Field::new("titre", Type::Text, "Son titre.", "Tiers-lieux").needed(),
    Field::new("famille", Type::Text, "Sa famille.", "agir"),
    Field::new("date", Type::When, "Quand elle est attendue.", "2027-03"),
];

const FIELDS: &[Field] = &[
    Field::new("sigle", Type::Text, "Le nom court, que les renvois emploient.", "MunicipalESS"),
    Field::new("edition", Type::When, "L’édition : une année ou un mois.", "2026-02"),
    Field::new("editeur", Type::Text, "Qui édite le kit.", "RTES"),
    Field::new("familles", Type::Maps(FAMILLES), "Les familles de fiches, dans l’ordre.", "[Comprendre, Agir]")
        .short(&["cle", "titre"]),
    Field::new("a_paraitre", Type::Maps(A_PARAITRE), "Les fiches annoncées.", "[{numero: 18, titre: Tiers-lieux}]")
        .short(&["titre"]),
    Field::new("remplace", Type::Text, "Le kit que cette édition remplace.", "municipaless-2020"),
    Field::new(
        "leviers",
        Type::Choice(&["numerotes", "libres"]),
        "Les leviers des fiches portent-ils un numéro ?",
        "numerotes",
    ),
    Field::new("couleur", Type::Text, "La teinte du kit, parmi celles du thème.", "ocre"),
];

impl Kind for Kit {
    fn name(&self) -> &'static str {
        "kit"
    }

    fn names(&self) -> Names {
        Names { one: "Kit", many: "Kits", one_en: "Kit", many_en: "Kits" }
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn children(&self) -> Option<&'static str> {
        Some("fiche")
    }

    fn order(&self) -> Order {
        Order::Number
    }

    fn schema(&self) -> &'static str {
        "CollectionPage"
    }

    fn folder(&self) -> &'static str {
        "kits"
    }
}
