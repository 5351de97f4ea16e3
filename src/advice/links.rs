//! Links that say nothing, addresses left as text, fiches named without a link.

use super::Desk;
use crate::doc::SiteForm;
use crate::french::fold;
use crate::say;

/// Words that do not say where a link goes.
const EMPTY: &[&str] = &[
    "ici",
    "la",
    "cliquez ici",
    "cliquer ici",
    "ce lien",
    "lien",
    "le lien",
    "voir",
    "voir ici",
    "lire",
    "lire la suite",
    "suite",
    "la suite",
    "telecharger",
    "a telecharger",
    "telechargement",
    "en savoir plus",
    "savoir plus",
    "plus d'infos",
    "plus d'informations",
    "plus",
    "site",
    "le site",
    "site web",
    "site internet",
    "page",
    "cette page",
    "document",
    "le document",
    "pdf",
    "article",
    "l'article",
    "acceder",
    "decouvrir",
    "consulter",
    "here",
    "click here",
    "read more",
    "download",
    "link",
];

pub(super) fn read(desk: &mut Desk<'_>) {
    let mut found = Vec::new();
    for link in &desk.passages.links {
        match link.form {
            SiteForm::Link => {
                let folded = fold(&link.text);
                let plain = folded.trim_matches(|c: char| !c.is_alphanumeric());
                // A word that leads to its own entry on the page says where it goes.
                let entry = link.to.strip_prefix('#').is_some_and(|anchor| fold(anchor) == plain);
                if EMPTY.contains(&plain) && !entry {
                    let text = link.text.trim();
                    found.push((
                        "C0301",
                        link.span.clone(),
                        say!("« {text} » ne dit pas où mène ce lien", "“{text}” does not say where this link goes"),
                        say!(
                            "mettez le lien sur le nom de la page ou du document : [le guide du bénévolat](…)",
                            "put the link on the name of the page or document: [the volunteering guide](…)"
                        ),
                    ));
                } else if is_address(link.text.trim()) && !is_name(link.text.trim()) {
                    found.push(("C0302", link.span.clone(), bare_message(), bare_help()));
                }
            }
            SiteForm::Bare if !link.to.contains('@') => {
                found.push(("C0302", link.span.clone(), bare_message(), bare_help()));
            }
            SiteForm::Bare | SiteForm::Wiki | SiteForm::Image => {}
        }
    }
    for (_, flat) in desk.prose() {
        for (at, _) in flat.text.match_indices("http").chain(flat.text.match_indices("www.")) {
            let rest = &flat.text[at..];
            let starts =
                flat.text[..at].chars().next_back().is_none_or(|p| !p.is_alphanumeric() && !matches!(p, '/' | '.'));
            let len = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '»' | '\u{fffc}'))
                .unwrap_or(rest.len());
            let address = rest[..len].trim_end_matches(['.', ',', ';', ')', '!', '?', ':']);
            let source = flat.source(at..at + address.len());
            let linked =
                desk.passages.links.iter().any(|link| link.span.start <= source.start && source.end <= link.span.end);
            if starts && is_address(address) && !linked {
                found.push(("C0302", source, bare_message(), bare_help()));
            }
        }
        for (range, number) in fiches(&flat.text) {
            let source = flat.source(range.clone());
            let linked =
                desk.passages.links.iter().any(|link| link.span.start <= source.start && source.end <= link.span.end);
            let typed = &flat.text[range];
            if !linked && let Some(cited) = number.parse().ok().and_then(desk.page.cited) {
                found.push((
                    "C0303",
                    source,
                    say!("« {typed} » pourrait être un lien", "“{typed}” could be a link"),
                    say!(
                        "écrivez [[{cited}]] : le titre de la fiche s’affichera et le lien restera juste si elle change de numéro",
                        "write [[{cited}]]: the fiche’s title will show, and the link will hold if its number changes"
                    ),
                ));
            }
        }
    }
    for (code, at, message, help) in found {
        desk.say(code, at, message, help);
    }
}

fn bare_message() -> crate::diag::Said {
    say!("cette adresse est laissée telle quelle dans le texte", "this address is left as it is in the text")
}

fn bare_help() -> crate::diag::Said {
    say!(
        "donnez-lui un nom : [Le Mouvement associatif](https://…)",
        "give it a name: [Le Mouvement associatif](https://…)"
    )
}

fn is_address(text: &str) -> bool {
    let rest =
        text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).or_else(|| text.strip_prefix("www."));
    rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}

/// Says whether an address is short enough to be read as a site’s name: « www.caf.fr ».
fn is_name(text: &str) -> bool {
    text.strip_prefix("www.").is_some_and(|rest| rest.len() <= 40 && !rest.trim_end_matches('/').contains('/'))
}

/// Finds « fiche 3 » and « fiche n° 3 », with the number.
fn fiches(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("iche ") {
        let Some(start) = at.checked_sub(1).filter(|start| matches!(text.as_bytes()[*start], b'f' | b'F')) else {
            continue;
        };
        if text[..start].ends_with(char::is_alphanumeric) {
            continue;
        }
        let tail = &text[at + 5..];
        let sign = ["n° ", "n°\u{a0}", "n°", "numéro "]
            .iter()
            .find(|sign| tail.starts_with(**sign))
            .map_or(0, |sign| sign.len());
        let digits = tail[sign..].len() - tail[sign..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let end = at + 5 + sign + digits;
        let whole = !text[end..].starts_with(char::is_alphanumeric);
        if (1..=2).contains(&digits) && whole {
            found.push((start..end, &text[at + 5 + sign..end]));
        }
    }
    found
}
