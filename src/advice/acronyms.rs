//! Acronyms that nobody has explained.

use std::collections::HashSet;

use super::{Desk, words};
use crate::doc::PassageKind;
use crate::say;

/// Acronyms that are words of everyone, and abbreviations in capitals that stand for nothing longer.
const KNOWN: &[&str] = &[
    "PDF", "URL", "HTML", "CSS", "CSV", "JSON", "XML", "ZIP", "EPUB", "RSS", "PNG", "JPEG", "JPG", "SVG", "GIF", "USB",
    "CD", "DVD", "QR", "GPS", "SMS", "TV", "FAQ", "OK", "BD", "CV", "RH", "TVA", "HT", "TTC", "SNCF", "RATP", "TGV",
    "TER", "RER", "EDF", "ONU", "UE", "INSEE", "CNRS", "SARL", "SA", "SAS", "PME", "TPE", "CDD", "CDI", "RTT", "BTP",
    "MM", "HLM", "VTT", "RSA", "SMIC", "CAF", "CM", "CE", "CP", "BTS", "CAP", "BAC", "ADN", "PIB", "NB", "PS", "WC",
    "DJ", "IA", "API", "MW", "GW", "TW", "SIREN", "SIRET", "RGPD", "CNIL", "HTTP", "HTTPS", "HTML5", "CSS3", "COVID",
    "CO2", "UX", "UI", "ISBN", "ISSN", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII", "XIX", "XX", "XXI",
];

/// Words before a nickname: « la loi dite AGEC ».
const NAMED: &[&str] = &["dit", "dite", "dits", "dites"];

pub(super) fn read(desk: &mut Desk<'_>) {
    // A term of several words, such as a proper name, explains the acronym that it holds.
    let terms = desk.page.glossary.terms().iter();
    let known: HashSet<&str> = terms.flat_map(|term| term.name.split(' ')).chain(KNOWN.iter().copied()).collect();
    let explained = explained(desk);
    let mut seen: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for (passage, flat) in desk.prose() {
        if passage.kind == PassageKind::Cell {
            continue;
        }
        let list: Vec<_> = words(&flat.text).collect();
        for (index, (range, word)) in list.iter().enumerate() {
            // A line written in capitals holds no acronyms.
            let near = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            let shouted = near.filter_map(|at| list.get(at)).any(|(_, word)| is_shouted(word));
            let named = index.checked_sub(1).and_then(|at| list.get(at)).is_some_and(|(_, word)| NAMED.contains(word));
            let at = flat.source(range.clone());
            // A link whose whole text is the acronym leads to whoever bears it.
            let leads =
                desk.passages.links.iter().any(|link| link.text.trim() == *word && link.span.contains(&at.start));
            if is_acronym(word)
                && !shouted
                && !named
                && !leads
                && !has_meaning(desk.page.source.text.get(at.end..).unwrap_or_default())
                && !known.contains(word)
                && !explained.contains(*word)
                && seen.insert((*word).to_owned())
            {
                found.push((at, (*word).to_owned()));
            }
        }
    }
    for (at, word) in found {
        desk.say(
            "C0311",
            at,
            say!("le sigle « {word} » n’est pas expliqué", "the acronym “{word}” is not explained"),
            say!(
                "ajoutez « {word}: … » à content/glossaire.yaml, ou son sens entre parenthèses à sa première apparition",
                "add “{word}: …” to content/glossaire.yaml, or its meaning between brackets where it first appears"
            ),
        );
    }
}

/// Returns whether what follows a word gives its meaning: `[CB]{sens="carte bancaire"}`, `<abbr title="…">CB</abbr>`.
fn has_meaning(after: &str) -> bool {
    let braces = after.strip_prefix("]{").and_then(|rest| Some(rest.split_once('}')?.0));
    braces.is_some_and(|braces| braces.contains("sens=")) || after.starts_with("</abbr>")
}

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_ascii_uppercase()).count();
    (2..=7).contains(&letters)
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().filter(char::is_ascii_digit).count() <= 1
}

fn is_shouted(word: &str) -> bool {
    word.chars().count() >= 3 && word.chars().all(char::is_uppercase)
}

/// The acronyms that the page explains itself: « PTCE (pôle…) » or « pôle territorial (PTCE) ».
fn explained(desk: &Desk<'_>) -> HashSet<String> {
    let mut out = HashSet::new();
    for (_, flat) in desk.each() {
        let text = flat.text.as_str();
        for (open, _) in text.match_indices('(') {
            let Some(len) = text[open..].find(')') else { break };
            let inside = &text[open + 1..open + len];
            let before = text[..open].trim_end();
            if words(inside).count() >= 2
                && let Some((_, word)) = words(before).last()
                && before.ends_with(word)
            {
                out.insert(word.to_owned());
            }
            for (_, word) in words(inside).take(3) {
                if is_acronym(word) && words(before).filter(|(_, word)| word.len() > 2).count() >= 2 {
                    out.insert(word.to_owned());
                }
            }
        }
    }
    out
}
