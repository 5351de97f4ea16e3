//! Régions as people still name them: by their initials, and as they were before others joined them (law 2015-29 of 16 January 2015).

use super::fold::fold;

/// A région of before 2016, that a wider one holds today.
#[derive(Debug, PartialEq, Eq)]
pub struct FormerRegion {
    /// As it was written.
    pub name: &'static str,
    /// The code of the région that holds it.
    pub today: &'static str,
    /// The numbers of its départements.
    pub departements: &'static [&'static str],
}

const fn region(name: &'static str, today: &'static str, departements: &'static [&'static str]) -> FormerRegion {
    FormerRegion { name, today, departements }
}

static FORMER: &[FormerRegion] = &[
    region("Alsace", "R44", &["67", "68"]),
    region("Aquitaine", "R75", &["24", "33", "40", "47", "64"]),
    region("Auvergne", "R84", &["03", "15", "43", "63"]),
    region("Basse-Normandie", "R28", &["14", "50", "61"]),
    region("Bourgogne", "R27", &["21", "58", "71", "89"]),
    region("Champagne-Ardenne", "R44", &["08", "10", "51", "52"]),
    region("Franche-Comté", "R27", &["25", "39", "70", "90"]),
    region("Haute-Normandie", "R28", &["27", "76"]),
    region("Languedoc-Roussillon", "R76", &["11", "30", "34", "48", "66"]),
    region("Limousin", "R75", &["19", "23", "87"]),
    region("Lorraine", "R44", &["54", "55", "57", "88"]),
    region("Midi-Pyrénées", "R76", &["09", "12", "31", "32", "46", "65", "81", "82"]),
    region("Nord-Pas-de-Calais", "R32", &["59", "62"]),
    region("Picardie", "R32", &["02", "60", "80"]),
    region("Poitou-Charentes", "R75", &["16", "17", "79", "86"]),
    region("Rhône-Alpes", "R84", &["01", "07", "26", "38", "42", "69", "73", "74"]),
];

/// What régions of today are called beside their names, folded, with their codes.
const USUAL: &[(&str, &str)] = &[
    ("ara", "R84"),
    ("aura", "R84"),
    ("bfc", "R27"),
    ("centre", "R24"),
    ("cvl", "R24"),
    ("hdf", "R32"),
    ("idf", "R11"),
    ("paca", "R93"),
    ("region centre", "R24"),
    ("region parisienne", "R11"),
    ("region sud", "R93"),
];

/// Returns the code of the région of today that a folded name, or its initials, means.
pub(super) fn usual(folded: &str) -> Option<&'static str> {
    USUAL.iter().find_map(|(name, code)| (*name == folded).then_some(*code))
}

/// Returns the région of before 2016 that a folded name means.
pub(super) fn former(folded: &str) -> Option<&'static FormerRegion> {
    let mut name = folded;
    for word in ["l ", "la ", "ex ", "ancienne ", "region ", "de l ", "de la ", "du ", "d ", "de "] {
        name = name.strip_prefix(word).unwrap_or(name);
    }
    FORMER.iter().find(|region| fold(region.name) == name)
}

/// Returns whether a folded name means the whole country.
pub(super) fn is_country(folded: &str) -> bool {
    let name = folded.trim_start_matches("toute ").trim_start_matches("la ");
    matches!(name, "france" | "france entiere" | "france metropolitaine" | "national" | "nationale" | "niveau national")
}
