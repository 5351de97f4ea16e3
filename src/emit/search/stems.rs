//! From a French word to what its inflected forms have in common, so that « élus » finds « élue » and « travaux » « travail ».

use rust_stemmers::{Algorithm, Stemmer};

use super::fold::fold;

/// Forms that the Snowball stemmer leaves apart from their family, folded, each with a form that it knows.
#[rustfmt::skip]
const IRREGULAR: &[(&str, &str)] = &[
    ("travaux", "travail"), ("vitraux", "vitrail"), ("baux", "bail"), ("coraux", "corail"), ("emaux", "email"),
    ("lieux", "lieu"), ("milieux", "milieu"), ("enjeux", "enjeu"), ("jeux", "jeu"), ("feux", "feu"),
    ("voeux", "voeu"), ("cheveux", "cheveu"), ("neveux", "neveu"), ("aveux", "aveu"), ("adieux", "adieu"),
    ("pneus", "pneu"), ("bleus", "bleu"), ("genoux", "genou"), ("bijoux", "bijou"), ("cailloux", "caillou"),
    ("choux", "chou"), ("cieux", "ciel"), ("soutien", "soutenir"), ("soutiens", "soutenir"),
    ("soutient", "soutenir"), ("maintien", "maintenir"), ("achat", "acheter"), ("achats", "acheter"),
    ("vente", "vendre"), ("ventes", "vendre"), ("choix", "choisir"), ("reponse", "répondre"),
    ("reponses", "répondre"), ("ouvert", "ouvrir"), ("ouverte", "ouvrir"), ("ouverts", "ouvrir"),
    ("ouvertes", "ouvrir"), ("ouverture", "ouvrir"), ("ouvertures", "ouvrir"), ("decouverte", "découvrir"),
    ("couverture", "couvrir"), ("reprise", "reprendre"), ("reprises", "reprendre"), ("ecrit", "écrire"),
    ("ecrite", "écrire"), ("ecriture", "écrire"), ("ecrits", "écrire"), ("tous", "tout"), ("toutes", "tout"),
    ("toute", "tout"), ("mesdames", "madame"), ("messieurs", "monsieur"), ("vraie", "vrai"), ("vraies", "vrai"),
    ("aises", "aise"), ("recus", "reçu"), ("animent", "animer"), ("informent", "informer"), ("forment", "former"),
    ("transforment", "transformer"), ("consomment", "consommer"), ("estiment", "estimer"),
    ("affirment", "affirmer"), ("confirment", "confirmer"), ("expriment", "exprimer"), ("suppriment", "supprimer"),
    ("ferment", "fermer"), ("nomment", "nommer"), ("publique", "public"), ("publiques", "public"),
    ("cheffe", "chef"), ("cheffes", "chef"), ("neuve", "neuf"), ("neuves", "neuf"), ("naive", "naïf"),
    ("naives", "naïf"), ("nouvelle", "nouveau"), ("nouvelles", "nouveau"), ("belle", "beau"), ("belles", "beau"),
    ("grosse", "gros"), ("grosses", "gros"), ("creer", "création"), ("cree", "création"), ("crees", "création"),
    ("creee", "création"), ("creees", "création"), ("creent", "création"),
];

/// Beginnings of families that Snowball parts, or would throw together with another word: « communication » with « commune ».
const FAMILIES: &[(&str, &str)] = &[
    ("aliment", "aliment"),
    ("appartement", "appartement"),
    ("benevol", "benevol"),
    ("budget", "budget"),
    ("commerc", "commerc"),
    ("communic", "communic"),
    ("communiq", "communic"),
    ("creat", "creat"),
    ("cultur", "cultur"),
    ("dechete", "decheterie"),
    ("dechette", "decheterie"),
    ("delit", "delit"),
    ("departement", "departement"),
    ("energ", "energ"),
    ("environnement", "environnement"),
    ("region", "region"),
    ("repart", "repart"),
];

/// Words in -s that are singular, or have no other form, in order: their s is not a plural's.
#[rustfmt::skip]
const SINGULAR: &[&str] = &[
    "abus", "acces", "acquis", "ailleurs", "alors", "ananas", "apres", "as", "atlas", "aupres", "autobus",
    "autrefois", "avis", "bas", "biais", "bis", "blocus", "bois", "bonus", "bras", "brebis", "bus", "cactus",
    "campus", "canevas", "cas", "chaos", "chassis", "clos", "colis", "coloris", "commis", "compas", "compris",
    "concours", "confus", "congres", "consensus", "corps", "corpus", "cosmos", "coulis", "cours", "crocus",
    "croquis", "cursus", "dans", "debarras", "debris", "deces", "dedans", "depuis", "desormais", "dessus",
    "detritus", "devis", "discours", "dispos", "divers", "dos", "enclos", "engrais", "envers", "exces", "exclus",
    "expres", "fils", "focus", "fois", "fonds", "fouillis", "fracas", "frais", "gens", "gras", "gravats", "gris",
    "gros", "harnais", "heros", "hiatus", "hors", "humus", "inclus", "indecis", "infarctus", "intrus", "iris",
    "jadis", "jamais", "jus", "lapsus", "laquais", "las", "lilas", "locus", "logis", "longtemps", "mais", "malus",
    "maquis", "marais", "mas", "matelas", "mepris", "minibus", "minus", "moins", "mois", "motus", "neanmoins",
    "nimbus", "oasis", "obus", "opus", "os", "palais", "papyrus", "paradis", "parcours", "pardessus", "parfois",
    "parvis", "pas", "pathos", "pays", "permis", "pis", "plus", "plusieurs", "poids", "pois", "precis", "pres",
    "printemps", "proces", "processus", "progres", "promis", "propos", "prospectus", "puis", "puits", "quitus",
    "rabais", "radis", "radius", "ras", "rebus", "reclus", "recours", "refus", "relais", "remis", "remords",
    "repas", "repos", "requis", "rictus", "ris", "rubis", "sans", "secours", "semis", "sens", "sinus", "soumis",
    "souris", "stimulus", "succes", "surplus", "sursis", "sus", "talus", "tandis", "tapis", "tas", "taudis",
    "temps", "tennis", "terminus", "thermos", "tiers", "tonus", "toujours", "tournevis", "toutefois", "travers",
    "trepas", "tres", "trois", "tumulus", "typhus", "univers", "us", "uterus", "velours", "vernis", "vers", "virus",
    "vis", "volontiers",
];

/// Words in -ent that are no third person plural, in order.
#[rustfmt::skip]
const NOT_PLURAL: &[&str] = &[
    "absent", "accident", "adherent", "adjacent", "adolescent", "afferent", "affluent", "agent", "ambivalent",
    "antecedent", "apparent", "ardent", "argent", "arpent", "astringent", "avent", "bivalent", "cent", "client",
    "coefficient", "coherent", "competent", "concurrent", "confident", "confluent", "conscient", "consequent",
    "constituent", "content", "continent", "contingent", "contrevent", "convalescent", "convent", "convergent",
    "couvent", "decadent", "decent", "deferent", "deficient", "delinquent", "deliquescent", "dent", "deponent",
    "detergent", "different", "diligent", "diluent", "dirigent", "dissident", "divergent", "efferent",
    "effervescent", "efficient", "effluent", "eloquent", "emergent", "eminent", "emollient", "equivalent",
    "evanescent", "event", "evident", "excedent", "excellent", "excipient", "exigent", "expedient", "fervent",
    "fluent", "fluorescent", "frequent", "gradient", "grandiloquent", "imminent", "impatient", "impertinent",
    "impotent", "imprudent", "impudent", "incandescent", "incident", "incoherent", "incompetent", "inconscient",
    "inconsistent", "inconvenient", "indecent", "independent", "indifferent", "indigent", "indolent", "indulgent",
    "influent", "ingredient", "inherent", "innocent", "insolent", "intelligent", "intermittent", "jacent", "latent",
    "lent", "luminescent", "malcontent", "mecontent", "negligent", "obedient", "occident", "omnipotent",
    "omnipresent", "onguent", "opulent", "orient", "paravent", "parent", "patient", "penitent", "permanent",
    "pertinent", "pestilent", "pluripotent", "polyvalent", "pourcent", "preadolescent", "precedent", "prepotent",
    "prescient", "present", "president", "prevalent", "proeminent", "prudent", "pubescent", "purulent", "quotient",
    "recent", "recipient", "recurrent", "referent", "resident", "resilient", "resurgent", "reticent", "rodent",
    "sapient", "sergent", "serpent", "souvent", "strident", "subsequent", "sufficient", "talent", "tangent",
    "torrent", "transcendent", "transparent", "trident", "turbulent", "turgescent", "urgent", "vent",
    "ventripotent", "violent", "virulent",
];

/// Endings in the plural and the feminine, and the masculine that has the same stem.
const ENDINGS: &[(&str, &str)] = &[
    ("trice", "teur"),
    ("teuse", "teur"),
    ("teux", "teur"),
    ("cheuse", "cheur"),
    ("anne", "an"),
    ("chère", "cher"),
    ("gère", "ger"),
    ("tif", "tive"),
    ("sif", "sive"),
    ("ifie", "ifier"),
    // « construction » and « construire », « réduction » and « réduire ».
    ("uction", "uire"),
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
        let folded = fold(word);
        let as_is = word.len() < 3 || word.chars().any(|letter| letter.is_ascii_digit());
        if as_is || SINGULAR.binary_search(&folded.as_str()).is_ok() {
            return folded;
        }
        if let Some((_, known)) = IRREGULAR.iter().find(|(form, _)| *form == folded) {
            return self.of(known);
        }
        if let Some((_, stem)) = FAMILIES.iter().find(|(start, _)| folded.starts_with(start)) {
            return (*stem).to_owned();
        }
        let single = singular(word, &folded);
        let plain = fold(single);
        // « français » is no imperfect, « emplois » no verb: Snowball would leave « franc » and « emplois ».
        for (feminine, masculine) in [("aise", "ai"), ("oise", "oi"), ("ai", "ai"), ("oi", "oi")] {
            if let Some(base) = plain.strip_suffix(feminine).filter(|base| base.len() > 1) {
                return format!("{base}{masculine}");
            }
        }
        for (ending, other) in ENDINGS {
            if let Some(base) = single.strip_suffix(ending).filter(|base| base.len() > 1) {
                return fold(&self.snowball.stem(&format!("{base}{other}")));
            }
        }
        fold(&self.snowball.stem(single))
    }
}

/// Takes the ending of a plural away: « métiers », « organisent »; « président » and « logement » stay whole.
fn singular<'w>(word: &'w str, folded: &str) -> &'w str {
    if let Some(single) = word.strip_suffix('s') {
        let plural = single.chars().count() > 2 && !single.ends_with(['s', 'è']);
        return if plural { single } else { word };
    }
    let verb = word.len() > 6 && !word.ends_with("ment") && NOT_PLURAL.binary_search(&folded).is_err();
    word.strip_suffix("nt").filter(|single| verb && single.ends_with('e')).unwrap_or(word)
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
            &["français", "française", "françaises"],
            &["lillois", "lilloise", "lilloises"],
            &["délai", "délais"],
            &["réemploi", "réemplois"],
            &["commission", "commissions"],
            &["actif", "active", "actives", "actifs"],
            &["organiser", "organise", "organisent", "organisé"],
            &["métier", "métiers"],
            &["département", "départements", "départementale"],
            &["communiquer", "communication"],
            &["public", "publique", "publics", "publiques"],
            &["paysan", "paysanne", "paysans", "paysannes"],
            &["maraîcher", "maraîchère"],
            &["chef", "cheffe"],
            &["créer", "créé", "créée", "création", "créatrices"],
            &["déchèterie", "déchetteries"],
        ] {
            let found: Vec<String> = forms.iter().map(|form| stems.of(form)).collect();
            assert!(found.iter().all(|stem| *stem == found[0]), "{forms:?}: {found:?}");
        }
    }

    #[test]
    fn lists_are_in_order() {
        assert!(SINGULAR.is_sorted() && NOT_PLURAL.is_sorted());
    }

    #[test]
    fn other_words_stay_apart() {
        let stems = Stems::new();
        for (left, right) in [
            ("processus", "process"),
            ("mois", "moi"),
            ("pas", "pa"),
            ("français", "franc"),
            ("repas", "rep"),
            ("parcours", "parcourir"),
            ("communication", "commune"),
            ("département", "départ"),
            ("délai", "délit"),
            ("résident", "réside"),
        ] {
            assert_ne!(stems.of(left), stems.of(right), "{left}");
        }
    }
}
