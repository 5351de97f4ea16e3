//! The kinds of content, one file each and one row each in [`KINDS`].

mod accueil;
mod fiche;
mod kit;
mod lettre;
mod numero;
mod page;
mod recit;
mod recits;
mod section;

use std::fmt;

use crate::fields::{Field, Type};

/// How a kind is called by readers.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    pub one: &'static str,
    pub many: &'static str,
    pub one_en: &'static str,
    pub many_en: &'static str,
}

/// In which order readers see the pages of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `ordre`, then the number, those without a number first.
    Number,
    /// The newest first.
    Newest,
    /// `ordre`, then the title as a French dictionary sorts it.
    Title,
}

/// A kind of content: what it is called, what keys it takes, what its folder holds.
pub trait Kind: Sync + Send + fmt::Debug {
    /// The word of `nature:`, of templates and of filters.
    fn name(&self) -> &'static str;
    /// What readers call it.
    fn names(&self) -> Names;
    /// The keys of its own, beside the [`COMMON`] ones.
    fn fields(&self) -> &'static [Field] {
        &[]
    }
    /// For the kind of an `_index.md`: the kind of the pages in its folder.
    fn children(&self) -> Option<&'static str> {
        None
    }
    /// For the kind of an `_index.md`: the order of the pages in its folder.
    fn order(&self) -> Order {
        Order::Title
    }
    /// The schema.org type of its JSON-LD.
    fn schema(&self) -> &'static str {
        "WebPage"
    }
    /// Whether its level-2 headings are levers.
    fn has_levers(&self) -> bool {
        false
    }
    /// Whether readers follow its pages one by one: previous and next.
    fn is_read_in_order(&self) -> bool {
        false
    }
    /// The key whose value is the last part of the address, instead of the file's name.
    fn address_key(&self) -> Option<&'static str> {
        None
    }
    /// Whether feeds announce its pages.
    fn is_news(&self) -> bool {
        false
    }
    /// Whether `nature:` may name it: the others follow from their place.
    fn is_written(&self) -> bool {
        true
    }
    /// Sections of the sitemap, search and plan are listed in this order.
    fn folder(&self) -> &'static str;
}

/// Every kind of content.
pub static KINDS: &[&dyn Kind] = &[
    &accueil::Accueil,
    &kit::Kit,
    &fiche::Fiche,
    &recits::Recits,
    &recit::Recit,
    &lettre::Lettre,
    &numero::Numero,
    &section::Section,
    &page::Page,
];

/// Returns the kind of a name.
pub fn kind(name: &str) -> Option<&'static dyn Kind> {
    KINDS.iter().copied().find(|kind| kind.name() == name)
}

/// Returns the kind of an ordinary page.
pub fn page() -> &'static dyn Kind {
    &page::Page
}

/// Returns the kind of a folder whose `_index.md` names none.
pub fn section() -> &'static dyn Kind {
    &section::Section
}

/// Returns the kind of the home page.
pub fn home() -> &'static dyn Kind {
    &accueil::Accueil
}

/// The states of a text, from the first draft to the archive.
pub const STATES: &[&str] = &["brouillon", "a-relire", "valide", "publie", "archive"];

const IMAGE: &[Field] = &[
    Field::new("fichier", Type::Text, "Le fichier, à côté de la page.", "atelier.jpg").or(&["file", "src"]),
    Field::new(
        "alt",
        Type::Text,
        "Ce que montre l’image, pour qui ne la voit pas.",
        "Douze personnes autour d’une carte",
    ),
    Field::new("credit", Type::Text, "L’auteur de l’image.", "Ville de Lens"),
];

/// The keys that every kind takes.
pub const COMMON: &[Field] = &[
    Field::new("titre", Type::Text, "Le titre de la page.", "Animer son territoire").or(&["title"]),
    Field::new("resume", Type::Text, "Une ou deux phrases : listes, moteurs de recherche, partages.", "Comment…")
        .or(&["description", "summary"]),
    Field::new("nature", Type::Text, "Ce qu’est la page ; d’ordinaire son dossier le dit.", "kit"),
    Field::new("date", Type::When, "La date de publication, avec sa précision.", "2026-11-22"),
    Field::new("mis_a_jour", Type::When, "La date de la dernière modification de fond.", "2026-11-22")
        .or(&["updated", "lastmod"]),
    Field::new("verifie_le", Type::When, "La date à laquelle les faits ont été vérifiés.", "2026-11-22"),
    Field::new("auteurs", Type::Texts, "Qui a écrit.", "[\"Apes\"]").or(&["authors", "author", "auteur"]),
    Field::new("partenaires", Type::Texts, "Avec qui.", "[\"ESS France\"]"),
    Field::new("themes", Type::Texts, "Les thèmes.", "[Alimentation, Mobilités]").or(&["tags", "theme"]),
    Field::new("territoires", Type::Texts, "Les lieux : codes INSEE, SIREN ou noms.", "[\"59606\", \"Lens\"]")
        .or(&["territoire"]),
    Field::new("image", Type::Map(IMAGE), "L’image de la page.", ""),
    Field::new("identifiant", Type::Text, "Un nom stable, pour les renvois.", "animer"),
    Field::new("alias", Type::Texts, "Les anciennes adresses, qui renvoient ici.", "[/fiches/17/]").or(&["aliases"]),
    Field::new(
        "adresses_retirees",
        Type::Texts,
        "Les adresses de pages qui ne sont plus publiées : elles le disent et renvoient ici.",
        "[/kits/mon-kit/ancienne-fiche/]",
    ),
    Field::new(
        "elus",
        Type::Texts,
        "Les personnes élues que la page nomme : la variante « sans-noms » des pages à intégrer les tait.",
        "[\"Anne Durand\"]",
    ),
    Field::new(
        "etat",
        Type::Choice(STATES),
        "Où en est le texte ; « brouillon » et « a-relire » ne sont pas publiés.",
        "brouillon",
    ),
    Field::new("draft", Type::Bool, "Comme « etat: brouillon ».", "true").or(&["brouillon"]),
    Field::new("licence", Type::Text, "La licence, si elle diffère de celle du site.", "CC-BY-4.0"),
    Field::new("langue", Type::Text, "La langue de la page.", "en").or(&["lang"]),
    Field::new("traduction_de", Type::Text, "La page dont celle-ci est la traduction.", "kits/mon-kit/animer.md"),
    Field::new("ordre", Type::Integer, "La place parmi les pages du dossier.", "3").or(&["weight", "order"]),
    Field::new("silence", Type::Texts, "Les codes d’alertes et de conseils à taire sur cette page.", "[C0312]"),
    Field::new("extra", Type::Free, "Ce que votre thème attend en plus.", ""),
];
