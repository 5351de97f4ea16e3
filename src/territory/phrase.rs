//! Writes French around a place’s name: "à Lens", "au Havre", "dans le Nord",
//! "de la Gironde", "d’Arras".
//!
//! Communes follow INSEE’s article codes. For départements the rule of the
//! Académie française comes first: two names joined by "et" take "en" and "de"
//! without an article (en Seine-et-Marne, de Loir-et-Cher). The others take
//! "dans" and their article, which is always right; `EN` lists the feminine ones
//! for which those who live there mostly say "en" (en Gironde, en Vendée).

use super::{Atlas, Level, Place, PlaceId};

/// Feminine départements that usage prefers with "en": those named after an old
/// province, those of two words, and a few more.
const EN: &[&str] = &[
    "07", "09", "16", "17", "19", "21", "24", "2A", "2B", "31", "33", "38", "43", "44", "48", "52", "53", "57", "70",
    "72", "73", "74", "76", "85", "87", "91", "93", "971", "972", "973",
];

/// Régions and collectivités, whose INSEE codes leave the article out in
/// places: code, how one is there, of it, and the name with its article.
const WIDE: &[(&str, &str, &str, &str)] = &[
    ("R01", "en Guadeloupe", "de la Guadeloupe", "la Guadeloupe"),
    ("R02", "en Martinique", "de la Martinique", "la Martinique"),
    ("R03", "en Guyane", "de la Guyane", "la Guyane"),
    ("R04", "à La Réunion", "de La Réunion", "La Réunion"),
    ("R06", "à Mayotte", "de Mayotte", "Mayotte"),
    ("R11", "en Île-de-France", "d’Île-de-France", "l’Île-de-France"),
    ("R24", "en Centre-Val de Loire", "du Centre-Val de Loire", "le Centre-Val de Loire"),
    ("R27", "en Bourgogne-Franche-Comté", "de Bourgogne-Franche-Comté", "la Bourgogne-Franche-Comté"),
    ("R28", "en Normandie", "de Normandie", "la Normandie"),
    ("R32", "dans les Hauts-de-France", "des Hauts-de-France", "les Hauts-de-France"),
    ("R44", "dans le Grand Est", "du Grand Est", "le Grand Est"),
    ("R52", "dans les Pays de la Loire", "des Pays de la Loire", "les Pays de la Loire"),
    ("R53", "en Bretagne", "de Bretagne", "la Bretagne"),
    ("R75", "en Nouvelle-Aquitaine", "de Nouvelle-Aquitaine", "la Nouvelle-Aquitaine"),
    ("R76", "en Occitanie", "d’Occitanie", "l’Occitanie"),
    ("R84", "en Auvergne-Rhône-Alpes", "d’Auvergne-Rhône-Alpes", "l’Auvergne-Rhône-Alpes"),
    ("R93", "en Provence-Alpes-Côte d’Azur", "de Provence-Alpes-Côte d’Azur", "Provence-Alpes-Côte d’Azur"),
    ("R94", "en Corse", "de Corse", "la Corse"),
    ("975", "à Saint-Pierre-et-Miquelon", "de Saint-Pierre-et-Miquelon", "Saint-Pierre-et-Miquelon"),
    ("977", "à Saint-Barthélemy", "de Saint-Barthélemy", "Saint-Barthélemy"),
    ("978", "à Saint-Martin", "de Saint-Martin", "Saint-Martin"),
    (
        "984",
        "dans les Terres australes et antarctiques françaises",
        "des Terres australes et antarctiques françaises",
        "les Terres australes et antarctiques françaises",
    ),
    ("986", "à Wallis et Futuna", "de Wallis et Futuna", "Wallis et Futuna"),
    ("987", "en Polynésie française", "de Polynésie française", "la Polynésie française"),
    ("988", "en Nouvelle-Calédonie", "de Nouvelle-Calédonie", "la Nouvelle-Calédonie"),
    ("989", "sur l’île de Clipperton", "de l’île de Clipperton", "l’île de Clipperton"),
];

/// Départements of two names joined by "et": the article they take as a
/// subject, since neither "en" nor "de" shows it.
const JOINED: &[(&str, &str)] = &[
    ("28", "l’"),
    ("35", "l’"),
    ("37", "l’"),
    ("41", "le "),
    ("47", "le "),
    ("49", "le "),
    ("54", "la "),
    ("71", "la "),
    ("77", "la "),
    ("82", "le "),
];

/// How an article goes with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Article {
    /// None, before a consonant: de Lens.
    None,
    /// None, before a vowel or a mute h: d’Arras.
    Elided,
    /// Le: du Havre.
    Le,
    /// La: de La Rochelle.
    La,
    /// Les: des Abymes.
    Les,
    /// L’: de L’Aiguillon.
    L,
    /// A name that is itself "Aux…" or "Los…", which stays whole.
    Whole,
    /// La, before the type of an EPCI: la CC du Perche.
    LaOf,
    /// L’, before the type of an EPCI: l’Eurométropole de Strasbourg.
    LOf,
    /// Le, and the number before the commune: le 1er arrondissement de Lyon.
    Arrondissement,
}

impl Article {
    /// Reads INSEE’s code (TNCC).
    pub(super) fn from_insee(code: u8) -> Article {
        match code {
            1 => Article::Elided,
            2 => Article::Le,
            3 => Article::La,
            4 => Article::Les,
            5 => Article::L,
            6..=8 => Article::Whole,
            _ => Article::None,
        }
    }

    /// Deduces the article of an EPCI from its type, or from its name for the
    /// métropoles and the EPT, which wear their type in it or not at all.
    pub(super) fn from_epci_type(code: u8, name: &str) -> Article {
        if code <= 2 || name.starts_with("Métropole") {
            Article::LaOf
        } else if name.starts_with("Eurométropole") {
            Article::LOf
        } else if name.starts_with(['A', 'E', 'É', 'I', 'Î', 'O', 'U']) {
            Article::Elided
        } else {
            Article::None
        }
    }
}

impl Atlas {
    /// Returns the place with "in": "à Lens", "au Havre", "aux Abymes",
    /// "dans le Nord", "en Guyane", "dans la CC du Perche".
    pub fn a(&self, id: PlaceId) -> String {
        let place = self.place(id);
        if let Some((_, there, ..)) = wide(place) {
            return (*there).to_owned();
        }
        match place.level {
            Level::Departement if has_no_article(place) => format!("à {}", place.name),
            Level::Departement if joined(place).is_some() || EN.contains(&place.code) => {
                format!("en {}", place.name)
            }
            Level::Epci | Level::Ept if matches!(place.article, Article::None | Article::Elided) => {
                format!("à {}", place.name)
            }
            Level::Commune => match (place.article, own_article(place)) {
                (Article::Le, Some(rest)) => format!("au {rest}"),
                (Article::Les, Some(rest)) => format!("aux {rest}"),
                _ => format!("à {}", place.name),
            },
            Level::Region
            | Level::Departement
            | Level::Collectivite
            | Level::Epci
            | Level::Ept
            | Level::ArrondissementMunicipal => format!("dans {}", self.le(id)),
        }
    }

    /// Returns the place with "of": "de Lens", "du Havre", "d’Arras", "du Nord",
    /// "de la Gironde", "des Landes", "de l’Ain", "de Seine-et-Marne".
    pub fn de(&self, id: PlaceId) -> String {
        let place = self.place(id);
        if let Some((_, _, of, _)) = wide(place) {
            return (*of).to_owned();
        }
        if joined(place).is_some() {
            return de_name(place.name);
        }
        match place.level {
            Level::Commune => match (place.article, own_article(place)) {
                (Article::Le, Some(rest)) => format!("du {rest}"),
                (Article::Les, Some(rest)) => format!("des {rest}"),
                (Article::Elided, _) => format!("d’{}", place.name),
                (Article::Whole, _) => de_name(place.name),
                _ => format!("de {}", place.name),
            },
            Level::Region
            | Level::Departement
            | Level::Collectivite
            | Level::Epci
            | Level::Ept
            | Level::ArrondissementMunicipal => {
                let named = self.le(id);
                if let Some(rest) = named.strip_prefix("le ") {
                    format!("du {rest}")
                } else if let Some(rest) = named.strip_prefix("les ") {
                    format!("des {rest}")
                } else if place.article == Article::Elided {
                    format!("d’{named}")
                } else {
                    format!("de {named}")
                }
            }
        }
    }

    /// Returns the place as a subject: "Lens", "Le Havre", "le Nord",
    /// "la Gironde", "l’Ain", "la Bretagne", "la CC du Perche".
    pub fn le(&self, id: PlaceId) -> String {
        let place = self.place(id);
        if let Some((.., named)) = wide(place) {
            return (*named).to_owned();
        }
        let article = match (joined(place), place.level, place.article) {
            (Some(article), ..) => article,
            (_, Level::Commune, _) => "",
            (_, Level::ArrondissementMunicipal, _) => {
                return match arrondissement(place.name) {
                    Some((city, number)) => format!("le {number} arrondissement {}", de_name(city)),
                    None => format!("le {}", place.name),
                };
            }
            (_, _, Article::Le | Article::Arrondissement) => "le ",
            (_, _, Article::La | Article::LaOf) => "la ",
            (_, _, Article::Les) => "les ",
            (_, _, Article::L | Article::LOf) => "l’",
            (_, _, Article::None | Article::Elided | Article::Whole) => "",
        };
        format!("{article}{}", place.name)
    }
}

fn wide(place: &Place) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    match place.level {
        Level::Region | Level::Collectivite => WIDE.iter().find(|row| row.0 == place.code),
        Level::Departement | Level::Epci | Level::Ept | Level::Commune | Level::ArrondissementMunicipal => None,
    }
}

fn joined(place: &Place) -> Option<&'static str> {
    let is_departement = place.level == Level::Departement;
    is_departement.then(|| JOINED.iter().find(|row| row.0 == place.code)).flatten().map(|row| row.1)
}

/// Paris, La Réunion, Mayotte: départements that behave as towns do.
fn has_no_article(place: &Place) -> bool {
    matches!(place.article, Article::None | Article::Elided) && joined(place).is_none()
}

/// Returns a commune’s name without the article it begins with.
fn own_article(place: &Place) -> Option<&'static str> {
    place.name.strip_prefix("Le ").or_else(|| place.name.strip_prefix("Les "))
}

fn de_name(name: &str) -> String {
    let elided = name.starts_with(['A', 'E', 'É', 'I', 'Î', 'O', 'U']);
    if elided { format!("d’{name}") } else { format!("de {name}") }
}

/// Parts "Lyon 1er arrondissement" into the city and the ordinal.
pub(super) fn arrondissement(name: &str) -> Option<(&str, &str)> {
    name.strip_suffix(" arrondissement")?.rsplit_once(' ')
}
