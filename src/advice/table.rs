//! Every piece of editorial advice; `docs/codes` has a page for each, with an example and its mend.

use crate::diag::Severity;

/// A piece of advice that the editor may give.
#[derive(Debug, Clone, Copy)]
pub struct Advice {
    /// Stable: what sites silence and what `essaim explain` takes.
    pub code: &'static str,
    pub severity: Severity,
    /// What is wrong, in French then in English: the title of its page.
    pub title: [&'static str; 2],
}

/// Returns the advice with this code.
pub fn find(code: &str) -> Option<&'static Advice> {
    ADVICE.iter().find(|advice| advice.code == code)
}

const fn alert(code: &'static str, french: &'static str, english: &'static str) -> Advice {
    Advice { code, severity: Severity::Warning, title: [french, english] }
}

const fn advice(code: &'static str, french: &'static str, english: &'static str) -> Advice {
    Advice { code, severity: Severity::Advice, title: [french, english] }
}

/// All the advice, in the order of the codes.
pub const ADVICE: &[Advice] = &[
    advice("C0301", "un lien qui ne dit pas où il mène", "a link that does not say where it goes"),
    advice("C0302", "une adresse laissée dans le texte", "an address left in the text"),
    advice("C0303", "une fiche citée sans lien", "a fiche named without a link"),
    alert("A0304", "une description d’image qui est un nom de fichier", "an image description that is a file name"),
    advice(
        "C0305",
        "une description d’image qui tarde, s’étend ou se répète",
        "an image description that is late, long or said twice",
    ),
    advice("C0306", "un niveau de titre sauté", "a heading level skipped"),
    advice("C0307", "une partie vide", "an empty section"),
    advice("C0308", "une ligne en gras qui semble un titre", "a bold line that looks like a heading"),
    alert("A0309", "un tableau sans en-têtes", "a table without headers"),
    advice("C0310", "une page sans résumé", "a page without a summary"),
    advice("C0311", "un sigle inexpliqué", "an acronym nobody explained"),
    advice("C0312", "une phrase de plus de quarante mots", "a sentence of more than forty words"),
    advice("C0313", "un mot écrit deux fois", "a word written twice"),
    advice("C0314", "deux espaces de suite", "two spaces in a row"),
    advice("C0315", "un guillemet seul", "a lone quotation mark"),
    advice("C0316", "des mots anglais non signalés", "English words not marked"),
    advice("C0317", "une capitale sans son accent", "a capital without its accent"),
    advice("C0318", "« etc. » suivi de points de suspension", "“etc.” followed by an ellipsis"),
    advice("C0319", "une vérification de plus de dix-huit mois", "a check more than eighteen months old"),
    advice("C0320", "un exemple de plus de cinq ans", "an example more than five years old"),
    alert("A0321", "un signe plus pris pour une puce", "a plus sign taken for a bullet"),
    alert("A0322", "une année prise pour un numéro de liste", "a year taken for the number of a list"),
    alert("A0323", "des étoiles prises pour de l’italique", "stars taken for italics"),
    alert("A0324", "une puce collée d’un traitement de texte", "a bullet pasted from a word processor"),
    alert("A0325", "une liste numérotée sans points", "a numbered list without full stops"),
    alert("A0326", "un gras qui n’est pas reconnu", "bold that is not recognised"),
    alert("A0327", "un lien mal écrit", "a mistyped link"),
    alert("A0328", "un exposant écrit avec des accents circonflexes", "raised letters typed with carets"),
    alert("A0329", "un titre dont les dièses sont collés", "a heading without a space after its marks"),
];
