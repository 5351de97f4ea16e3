//! From a French word to what its inflected forms have in common, so that « élus » finds « élue » and « travaux » « travail ».

use rust_stemmers::{Algorithm, Stemmer};

use super::fold::fold;

/// Plurals and feminines that the Snowball stemmer leaves apart from their singular, folded.
const IRREGULAR: &[(&str, &str)] = &[
    ("travaux", "travail"),
    ("vitraux", "vitrail"),
    ("baux", "bail"),
    ("coraux", "corail"),
    ("emaux", "email"),
    ("lieux", "lieu"),
    ("milieux", "milieu"),
    ("enjeux", "enjeu"),
    ("jeux", "jeu"),
    ("feux", "feu"),
    ("voeux", "voeu"),
    ("cheveux", "cheveu"),
    ("neveux", "neveu"),
    ("aveux", "aveu"),
    ("adieux", "adieu"),
    ("pneus", "pneu"),
    ("bleus", "bleu"),
    ("genoux", "genou"),
    ("bijoux", "bijou"),
    ("cailloux", "caillou"),
    ("choux", "chou"),
    ("cieux", "ciel"),
    ("lois", "loi"),
    ("rois", "roi"),
    ("emplois", "emploi"),
    ("convois", "convoi"),
    ("envois", "envoi"),
    ("renvois", "renvoi"),
    ("octrois", "octroi"),
    ("tournois", "tournoi"),
    ("delais", "delai"),
    ("essais", "essai"),
    ("vrais", "vrai"),
    ("quais", "quai"),
    ("balais", "balai"),
    ("soutien", "soutenir"),
    ("soutiens", "soutenir"),
    ("soutient", "soutenir"),
    ("maintien", "maintenir"),
    ("achat", "acheter"),
    ("achats", "acheter"),
    ("vente", "vendre"),
    ("ventes", "vendre"),
    ("choix", "choisir"),
    ("reponse", "répondre"),
    ("reponses", "répondre"),
    ("ouvert", "ouvrir"),
    ("ouverte", "ouvrir"),
    ("ouverts", "ouvrir"),
    ("ouvertes", "ouvrir"),
    ("ouverture", "ouvrir"),
    ("ouvertures", "ouvrir"),
    ("decouverte", "découvrir"),
    ("couverture", "couvrir"),
    ("reprise", "reprendre"),
    ("reprises", "reprendre"),
    ("ecrit", "écrire"),
    ("ecrite", "écrire"),
    ("ecriture", "écrire"),
    ("ecrits", "écrire"),
    ("tous", "tout"),
    ("toutes", "tout"),
    ("toute", "tout"),
    ("mesdames", "madame"),
    ("messieurs", "monsieur"),
];

/// Words that end in -as, -is, -os or -us in the singular: their s is not a plural's.
const SINGULAR: &[&str] = &[
    "abus",
    "acces",
    "acquis",
    "ananas",
    "as",
    "atlas",
    "autobus",
    "avis",
    "bas",
    "bis",
    "blocus",
    "bois",
    "bonus",
    "bras",
    "brebis",
    "bus",
    "cactus",
    "campus",
    "canevas",
    "cas",
    "chaos",
    "clos",
    "colis",
    "commis",
    "compas",
    "compris",
    "concours",
    "confus",
    "consensus",
    "corpus",
    "cosmos",
    "crocus",
    "cursus",
    "debarras",
    "debris",
    "dedans",
    "depuis",
    "devis",
    "dessus",
    "detritus",
    "dos",
    "exclus",
    "focus",
    "fracas",
    "fois",
    "fouillis",
    "frais",
    "gras",
    "gris",
    "gros",
    "hiatus",
    "humus",
    "inclus",
    "indecis",
    "infarctus",
    "intrus",
    "iris",
    "jus",
    "las",
    "lapsus",
    "lilas",
    "locus",
    "logis",
    "mais",
    "malus",
    "maquis",
    "matelas",
    "mepris",
    "minibus",
    "minus",
    "modus",
    "mois",
    "motus",
    "nimbus",
    "oasis",
    "obus",
    "opus",
    "os",
    "papyrus",
    "paradis",
    "pardessus",
    "parvis",
    "pas",
    "pathos",
    "pays",
    "permis",
    "pis",
    "plus",
    "poids",
    "pois",
    "precis",
    "processus",
    "promis",
    "propos",
    "prospectus",
    "puis",
    "quitus",
    "radis",
    "radius",
    "ras",
    "rebus",
    "reclus",
    "refus",
    "remis",
    "repas",
    "repos",
    "requis",
    "rictus",
    "ris",
    "rubis",
    "semis",
    "sinus",
    "soumis",
    "souris",
    "stimulus",
    "surplus",
    "sursis",
    "sus",
    "talus",
    "tapis",
    "tas",
    "taudis",
    "tennis",
    "terminus",
    "thermos",
    "tonus",
    "tous",
    "tournevis",
    "trepas",
    "tumulus",
    "typhus",
    "us",
    "uterus",
    "venus",
    "vernis",
    "versus",
    "virus",
    "vis",
];

/// Finds stems; one for each thread.
pub(super) struct Stems {
    snowball: Stemmer,
}

impl Stems {
    /// Makes the French stemmer.
    pub(super) fn new() -> Self {
        Self { snowball: Stemmer::create(Algorithm::French) }
    }

    /// Returns the folded stem of a word in lower case with its accents.
    pub(super) fn of(&self, word: &str) -> String {
        if word.len() < 3 || word.chars().any(|letter| letter.is_ascii_digit()) {
            return fold(word);
        }
        let folded = fold(word);
        if let Some((_, single)) = IRREGULAR.iter().find(|(many, _)| *many == folded) {
            return fold(&self.snowball.stem(single));
        }
        if let Some(base) = folded.strip_suffix("trices").or_else(|| folded.strip_suffix("trice")) {
            return fold(&self.snowball.stem(&format!("{base}teur")));
        }
        // « construction » and « construire », « réduction » and « réduire ».
        if let Some(base) = folded.strip_suffix('s').unwrap_or(&folded).strip_suffix("uction") {
            return fold(&self.snowball.stem(&format!("{base}uire")));
        }
        for (feminine, masculine) in [("teuse", "teur"), ("cheuse", "cheur")] {
            if let Some(base) = folded.strip_suffix('s').unwrap_or(&folded).strip_suffix(feminine) {
                return fold(&self.snowball.stem(&format!("{base}{masculine}")));
            }
        }
        fold(&self.snowball.stem(without_plural(word, &folded)))
    }
}

/// Takes away the plural s that Snowball keeps: after a, i, o, u and their accented forms.
fn without_plural<'w>(word: &'w str, folded: &str) -> &'w str {
    let Some(single) = word.strip_suffix('s') else { return word };
    let plural = folded.len() >= 4
        && single.ends_with(['a', 'i', 'o', 'u', 'û', 'ü', 'î', 'ï'])
        && !folded.ends_with("ois")
        && !folded.ends_with("ais")
        && !SINGULAR.contains(&folded);
    if plural { single } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_meet() {
        let stems = Stems::new();
        for forms in [
            &["élu", "élus", "élue", "élues"][..],
            &["vélo", "vélos"],
            &["ami", "amis", "amie", "amies"],
            &["local", "locale", "locaux", "locales"],
            &["travail", "travaux"],
            &["lieu", "lieux"],
            &["acteur", "acteurs", "actrice", "actrices"],
            &["emploi", "emplois"],
            &["tissu", "tissus"],
            &["chercheur", "chercheuse", "chercheuses"],
            &["habitant", "habitants", "habitante", "habitantes"],
            &["animer", "animé", "animée", "animation"],
            &["construire", "construction", "constructions"],
            &["soutien", "soutenir", "soutient"],
            &["ouvrir", "ouverture", "ouvertes"],
        ] {
            let found: Vec<String> = forms.iter().map(|form| stems.of(form)).collect();
            assert!(found.iter().all(|stem| *stem == found[0]), "{forms:?}: {found:?}");
        }
    }

    #[test]
    fn words_in_s_keep_it() {
        let stems = Stems::new();
        for (left, right) in [("processus", "process"), ("mois", "moi"), ("pas", "pa")] {
            assert_ne!(stems.of(left), stems.of(right), "{left}");
        }
    }
}
