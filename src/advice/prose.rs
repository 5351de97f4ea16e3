//! Sentences, words, quotes and capitals.

use std::ops::Range;

use super::sentences::{LONGEST, long_sentences};
use super::{Desk, words};
use crate::doc::PassageKind;
use crate::french::{Tongue, fold};
use crate::say;

/// Words that may follow themselves.
const TWICE: &[&str] = &[
    "nous", "vous", "si", "non", "oui", "très", "bien", "faire", "elle", "elles", "tout", "plus", "bla", "petit", "un",
    "chut", "pas", "tous",
];

/// What follows « a a »: « cela n’a a priori aucun effet ».
const LATIN: &[&str] = &["priori", "posteriori", "minima", "maxima", "fortiori", "contrario"];

/// Words often written without the accent of their capital, and their right spelling.
const CAPITALS: &[(&str, &str)] = &[
    ("Etat", "État"),
    ("Etats", "États"),
    ("Ecole", "École"),
    ("Ecoles", "Écoles"),
    ("Economie", "Économie"),
    ("Ecologie", "Écologie"),
    ("Egalité", "Égalité"),
    ("Elu", "Élu"),
    ("Elue", "Élue"),
    ("Elus", "Élus"),
    ("Elues", "Élues"),
    ("Etude", "Étude"),
    ("Etudes", "Études"),
    ("Equipe", "Équipe"),
    ("Equipes", "Équipes"),
    ("Etape", "Étape"),
    ("Etapes", "Étapes"),
    ("Evaluation", "Évaluation"),
    ("Evènement", "Évènement"),
    ("Evénement", "Événement"),
    ("Evénements", "Événements"),
    ("Evènements", "Évènements"),
    ("Eco", "Éco"),
    ("Energie", "Énergie"),
    ("Energies", "Énergies"),
    ("Education", "Éducation"),
    ("Eglise", "Église"),
    ("Europeen", "Européen"),
    ("Edition", "Édition"),
    ("Editions", "Éditions"),
    ("Epicerie", "Épicerie"),
    ("Etablissement", "Établissement"),
    ("Etablissements", "Établissements"),
    ("Emission", "Émission"),
    ("Echange", "Échange"),
    ("Echanges", "Échanges"),
    ("Ile", "Île"),
    ("Iles", "Îles"),
    ("Ere", "Ère"),
];

pub(super) fn read(desk: &mut Desk<'_>) {
    let mut found = Vec::new();
    let mut foreign = Vec::new();
    let mut quotes = Vec::new();
    for (index, (passage, flat)) in desk.each().enumerate() {
        let text = flat.text.as_str();
        let doubled: Vec<Range<usize>> = doubled_spaces(text).into_iter().map(|range| flat.source(range)).collect();
        // What is aligned is no slip; and a comment or a note may stand between two spaces.
        let is_aligned = doubled.iter().any(|range| range.len() > 2);
        let is_typed = |range: &Range<usize>| {
            desk.page.source.text.get(range.clone()).is_some_and(|typed| typed.trim_matches(' ').is_empty())
        };
        for range in doubled.into_iter().filter(|range| !is_aligned && is_typed(range)) {
            found.push((
                "C0314",
                range,
                say!("deux espaces se suivent", "two spaces in a row"),
                say!(
                    "gardez-en une ; « essaim check --fix » peut le faire",
                    "keep one; “essaim check --fix” can do it"
                ),
            ));
        }
        for (range, word) in repeated(text) {
            found.push((
                "C0313",
                flat.source(range),
                say!("« {word} » est écrit deux fois de suite", "“{word}” is written twice in a row"),
                say!(
                    "retirez-en un, ou taisez ce conseil si c’est voulu",
                    "remove one, or silence this advice if it is meant"
                ),
            ));
        }
        for (range, word, right) in capitals(text) {
            found.push((
                "C0317",
                flat.source(range),
                say!("la capitale de « {word} » a perdu son accent", "the capital of “{word}” has lost its accent"),
                say!("écrivez « {right} »", "write “{right}”"),
            ));
        }
        for (at, _) in
            text.match_indices("etc...").chain(text.match_indices("etc…")).chain(text.match_indices("etc. …"))
        {
            if !text[..at].ends_with(char::is_alphanumeric) {
                let end = at + text[at..].find(['.', '…']).unwrap_or(3);
                found.push((
                    "C0318",
                    flat.source(at..end.min(text.len())),
                    say!(
                        "« etc. » dit déjà ce que disent les points de suspension",
                        "“etc.” already says what an ellipsis says"
                    ),
                    say!("écrivez « etc. » avec un seul point", "write “etc.” with a single full stop"),
                ));
            }
        }
        // Each paragraph of a long quotation opens it again; the last one closes it.
        let goes_on = text.starts_with('«') && desk.flats.get(index + 1).is_some_and(|next| next.text.starts_with('«'));
        if let Some(range) = unclosed(text).filter(|range| !goes_on || range.start > 0) {
            quotes.push((text[range.clone()].to_owned(), flat.source(range)));
        }
        if let Some(range) = english(text) {
            foreign.push(flat.source(range));
        }
        if !matches!(passage.kind, PassageKind::Heading(_) | PassageKind::Cell) {
            for (range, count) in long_sentences(text) {
                found.push((
                    "C0312",
                    flat.source(range),
                    say!("cette phrase compte {count} mots", "this sentence has {count} words"),
                    say!(
                        "coupez-la : au-delà de {LONGEST} mots, on perd le fil",
                        "cut it: beyond {LONGEST} words the thread is lost"
                    ),
                ));
            }
        }
    }
    for at in alone(quotes) {
        found.push((
            "C0315",
            at,
            say!(
                "ce guillemet n’a pas son pareil dans le paragraphe",
                "this quotation mark has no match in the paragraph"
            ),
            say!("ouvrez et fermez chaque citation : « … »", "open and close each quotation: « … »"),
        ));
    }
    for (code, at, message, help) in found {
        desk.say(code, at, message, help);
    }
    in_english(desk, foreign);
}

/// Says once that a whole page is in another tongue; nothing else is said of its words then.
pub(super) fn is_foreign(desk: &mut Desk<'_>) -> bool {
    let mut tongue = Tongue::default();
    desk.flats.iter().for_each(|flat| tongue.add(Tongue::of(&flat.text)));
    let opening = desk.flats.iter().find_map(|flat| {
        let end = words(&flat.text).take(5).last()?.0.end;
        Some(flat.source(0..end))
    });
    let Some(first) = opening.filter(|_| tongue.is_foreign()) else { return false };
    desk.say(
        "C0316",
        first,
        say!("cette page ne semble pas être en français", "this page does not seem to be in French"),
        say!(
            "ajoutez sa langue dans l’en-tête, par exemple « langue: en »",
            "add its language to the front matter, for example “langue: en”"
        ),
    );
    true
}

/// Keeps the marks without a mate; a quotation of several paragraphs has its own at the end of the last one.
fn alone(marks: Vec<(String, Range<usize>)>) -> Vec<Range<usize>> {
    let mut left: Vec<(String, Range<usize>)> = Vec::new();
    for (mark, at) in marks {
        if mark == "»" && left.last().is_some_and(|(before, _)| before == "«") {
            while left.last().is_some_and(|(before, _)| before == "«") {
                left.pop();
            }
        } else {
            left.push((mark, at));
        }
    }
    left.into_iter().map(|(_, at)| at).collect()
}

/// Says which words are in English.
fn in_english(desk: &mut Desk<'_>, foreign: Vec<Range<usize>>) {
    for at in foreign {
        desk.say(
            "C0316",
            at,
            say!("ces mots semblent être en anglais", "these words seem to be in English"),
            say!(
                "écrivez [ces mots]{{lang=en}} : ils seront bien prononcés et non coupés à la française",
                "write [these words]{{lang=en}}: they will be pronounced and cut as they should"
            ),
        );
    }
}

fn doubled_spaces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("  ").map(|start| at + start) {
        let end = start + (text[start..].len() - text[start..].trim_start_matches(' ').len());
        let inside = !text[..start].is_empty()
            && !text[..start].ends_with('\n')
            && !text[end..].is_empty()
            && !text[end..].starts_with('\n');
        if inside {
            found.push(start..end);
        }
        at = end;
    }
    found
}

fn repeated(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut previous: Option<(Range<usize>, &str)> = None;
    for (range, word) in words(text) {
        if let Some((before, last)) = &previous
            && text[before.end..range.start].chars().all(char::is_whitespace)
            && before.end < range.start
            && word.chars().all(char::is_alphabetic)
            && last.to_lowercase() == word.to_lowercase()
            && (word.chars().next().is_some_and(char::is_lowercase) || *last == "Le" || *last == "La")
            && !(word == "a" && LATIN.iter().any(|latin| text[range.end..].trim_start().starts_with(latin)))
            && !TWICE.contains(&word.to_lowercase().as_str())
        {
            found.push((before.start..range.end, word));
        }
        previous = Some((range, word));
    }
    found
}

fn capitals(text: &str) -> Vec<(Range<usize>, &str, &'static str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['E', 'I', 'A']).map(|start| at + start) {
        at = start + 1;
        if text[..start].ends_with(char::is_alphanumeric) {
            continue;
        }
        let len = text[start..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - start);
        let word = &text[start..start + len];
        if let Some((_, right)) = CAPITALS.iter().find(|(wrong, _)| *wrong == word) {
            found.push((start..start + len, word, *right));
        } else if word == "A" && preposition(text, start) {
            found.push((start..start + 1, word, "À"));
        }
    }
    found
}

/// Says whether the A at `at` opens a sentence as « À » would.
fn preposition(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    let opens = before.is_empty() || before.ends_with(['.', '!', '?', '…', '«', ':', '\n']);
    let next = text[at + 1..].strip_prefix(' ').unwrap_or_default();
    let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    opens
        && matches!(
            word,
            "la" | "l"
                | "noter"
                | "savoir"
                | "partir"
                | "ce"
                | "cette"
                | "cet"
                | "ces"
                | "chaque"
                | "titre"
                | "travers"
                | "terme"
                | "propos"
                | "venir"
                | "lire"
                | "retenir"
                | "Paris"
                | "Lille"
                | "Lyon"
                | "Brest"
        )
}

/// Finds a guillemet without its mate; a straight quote counts for either.
fn unclosed(text: &str) -> Option<Range<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut straight: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match c {
            '«' => open.push(at),
            '»' if open.pop().is_none() => return Some(at..at + c.len_utf8()),
            '"' if !text[..at].ends_with(|p: char| p.is_ascii_digit()) || straight.is_some() => {
                straight = if straight.is_some() { None } else { Some(at) };
            }
            _ => {}
        }
    }
    let at = open.first().copied().or(straight)?;
    let len = text[at..].chars().next().map_or(1, char::len_utf8);
    Some(at..at + len)
}

/// Finds a stretch of English: several of its small words close together.
fn english(text: &str) -> Option<Range<usize>> {
    const SMALL: &[&str] = &[
        "the", "of", "and", "for", "with", "from", "this", "that", "is", "are", "to", "by", "our", "your", "how",
        "what",
    ];
    let mut last: Option<(usize, Range<usize>)> = None;
    for (index, (range, word)) in words(text).enumerate() {
        if !SMALL.contains(&fold(word).as_str()) {
            continue;
        }
        if let Some((before, start)) = &last
            && index - before <= 4
            && SMALL
                .iter()
                .filter(|small| text[start.start..range.end].split(' ').any(|word| word.eq_ignore_ascii_case(small)))
                .count()
                >= 2
        {
            return Some(start.start..range.end);
        }
        last = Some((index, range));
    }
    None
}
