//! A newsletter: the folder of its issues.

use super::{Kind, Names, Order};
use crate::fields::{Field, Type};

/// A newsletter: the folder of its issues.
#[derive(Debug)]
pub(super) struct Lettre;

const FIELDS: &[Field] = &[
    Field::new("rythme", Type::Text, "La fréquence annoncée.", "trimestriel"),
    Field::new("expediteur", Type::Text, "L’adresse d’envoi.", "La dynamo <lettre@exemple.fr>"),
    Field::new("abonnement", Type::Text, "L’adresse de la page d’abonnement.", "https://exemple.fr/abonnement"),
    Field::new(
        "desabonnement",
        Type::Text,
        "L’adresse ou la variable de désabonnement de l’outil d’envoi.",
        "\"{{ unsubscribe }}\"",
    ),
    Field::new(
        "outil",
        Type::Choice(&["brevo", "mailchimp", "mailjet", "sympa"]),
        "L’outil d’envoi, pour ses variables.",
        "brevo",
    ),
    Field::new(
        "adresse_postale",
        Type::Text,
        "L’adresse postale de l’expéditeur.",
        "1 place de la République, 62300 Lens",
    ),
    Field::new("couleur", Type::Text, "La teinte de la lettre, parmi celles du thème.", "brique"),
];

impl Kind for Lettre {
    fn name(&self) -> &'static str {
        "lettre"
    }

    fn names(&self) -> Names {
        Names { one: "Lettre", many: "Lettres", one_en: "Newsletter", many_en: "Newsletters" }
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn children(&self) -> Option<&'static str> {
        Some("numero")
    }

    fn order(&self) -> Order {
        Order::Newest
    }

    fn schema(&self) -> &'static str {
        "CollectionPage"
    }

    fn folder(&self) -> &'static str {
        "lettres"
    }
}
