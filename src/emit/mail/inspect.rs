//! What mail clients would make of a finished e-mail: weight, addresses, images, links, styles that they ignore.

use super::html::Written;
use super::issue::Issue;
use super::tools::is_variable;
use crate::diag::{Diagnostic, Report, Said, Span};
use crate::french;
use crate::say;

/// The most that an e-mail weighs, in bytes: beyond, Gmail cuts the message and hides its end, unsubscription included.
pub const MOST: usize = 102_400;

/// From here on, little room is left.
const HEAVY: usize = 92_160;

/// Styles that several of the mail clients in use in France ignore, and what to write instead. Facts of caniemail.com:
/// Outlook on Windows, Orange, La Poste, SFR, Gmail.
pub const STYLES: &[(&str, &str)] = &[
    ("display:flex", "un tableau"),
    ("display:grid", "un tableau"),
    ("display:inline-flex", "un tableau"),
    ("position:", "un tableau"),
    ("float:", "l’attribut align"),
    ("background-image:", "une couleur de fond"),
    ("object-fit:", "une image déjà recadrée"),
    ("transform:", "une image déjà tournée"),
    ("animation:", "une image fixe"),
    ("filter:", "une image déjà retouchée"),
    ("clip-path:", "une image déjà découpée"),
    ("calc(", "une largeur en pixels"),
    ("var(--", "la valeur elle-même"),
    ("rem;", "des pixels"),
    ("vw;", "des pixels"),
];

/// Elements that mail clients remove.
pub const ELEMENTS: &[&str] = &[
    "script", "iframe", "form", "input", "button", "select", "textarea", "video", "audio", "object", "embed", "svg",
    "canvas", "link", "picture",
];

/// The parameters by which a sender follows readers from an address.
pub const TRACKERS: &[&str] = &[
    "utm_",
    "fbclid",
    "gclid",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "vero_id",
    "pk_campaign",
    "mtm_campaign",
    "at_campaign",
    "xtor",
];

/// Says everything that there is to say of a finished e-mail.
pub fn report(issue: &Issue<'_>, written: &Written) -> Report {
    let mut report = Report::default();
    let html = written.html.as_ref();
    if let Some(said) = too_heavy(issue, written) {
        report.push(said);
    } else if html.len() > HEAVY {
        let size = french::size(html.len() as u64, french::Units::Binary, issue.lang);
        report.push(advice(
            issue,
            "C1001",
            say!(
                "le courriel approche de la limite : {size} sur 100 Kio",
                "the e-mail is near the limit: {size} of 100 KiB"
            ),
        ));
    }
    for tag in tags(html) {
        element(issue, tag, &mut report);
    }
    empty_links(issue, html, &mut report);
    report
}

/// Says that an e-mail is too heavy, and what to cut.
pub fn too_heavy(issue: &Issue<'_>, written: &Written) -> Option<Diagnostic> {
    let length = written.html.len();
    if length <= MOST {
        return None;
    }
    let title = &issue.page.title;
    let size = |bytes: usize| french::size(bytes as u64, french::Units::Binary, issue.lang);
    let (whole, over) = (size(length), size(length - MOST));
    let heaviest: Vec<String> = written
        .weights
        .iter()
        .filter(|(title, _)| !title.is_empty())
        .take(3)
        .map(|(title, bytes)| format!("« {title} » ({})", size(*bytes)))
        .collect();
    let list = heaviest.join(", ");
    let said = Diagnostic::error(
        "E1001",
        say!(
            "le courriel de « {title} » pèse {whole} : Gmail le couperait à 100 Kio",
            "the e-mail of “{title}” weighs {whole}: Gmail would cut it at 100 KiB"
        ),
    )
    .in_file(&issue.page.source);
    Some(if list.is_empty() {
        said.help(say!(
            "retirez {over} : faites une page du site de la partie la plus longue et renvoyez-y par « :::a-la-une »",
            "cut {over}: make a page of the longest part and lead to it with “:::a-la-une”"
        ))
    } else {
        said.help(say!(
            "retirez {over}. Les rubriques les plus lourdes : {list}. Faites-en une page du site, et renvoyez-y par « :::a-la-une »",
            "cut {over}. The heaviest parts: {list}. Make a page of one, and lead to it with “:::a-la-une”"
        ))
    })
}

fn element(issue: &Issue<'_>, tag: &str, report: &mut Report) {
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if ELEMENTS.contains(&name.as_str()) {
        report.push(advice(
            issue,
            "A1012",
            say!("les messageries retirent l’élément « {name} »", "mail clients remove the element “{name}”"),
        ));
    }
    if name == "img" {
        if attribute(tag, "alt").is_none() {
            let src = attribute(tag, "src").unwrap_or_default();
            report.push(advice(
                issue,
                "A1007",
                say!("l’image « {src} » n’a pas de texte de remplacement", "the image “{src}” has no alternative text"),
            ));
        }
        if attribute(tag, "width").is_none() {
            report.push(advice(
                issue,
                "A1012",
                say!(
                    "une image n’a pas de largeur : Outlook l’affichera en grand",
                    "an image has no width: Outlook will show it large"
                ),
            ));
        }
    }
    for key in ["href", "src"] {
        let Some(address) = attribute(tag, key) else { continue };
        // That by which one leaves is said where the letter gives it.
        if is_relative(&address) && issue.unsubscribe.as_deref() != Some(address.as_ref()) {
            let said = advice(
                issue,
                "E1004",
                say!(
                    "l’adresse « {address} » ne mène nulle part depuis un courriel",
                    "the address “{address}” leads nowhere from an e-mail"
                ),
            );
            report.push(placed(said, issue, &address));
        }
        // Those of the text have been said at their place.
        if let Some(tracker) = tracker(&address).filter(|_| place(issue, &address).is_none()) {
            report.push(advice(
                issue,
                "A1010",
                say!(
                    "l’adresse « {address} » suit les lecteurs par « {tracker} »",
                    "the address “{address}” follows readers by “{tracker}”"
                ),
            ));
        }
    }
    if let Some(style) = attribute(tag, "style") {
        for (wrong, better) in ignored(&style) {
            report.push(
                advice(
                    issue,
                    "A1012",
                    say!(
                        "plusieurs messageries ignorent le style « {wrong} »",
                        "several mail clients ignore the style “{wrong}”"
                    ),
                )
                .help(say!("écrivez plutôt {better}", "write {better} instead")),
            );
        }
    }
}

/// Returns the styles of a text that mail clients ignore, with what to write instead.
pub fn ignored(style: &str) -> Vec<(&'static str, &'static str)> {
    let compact: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase() + ";";
    let stands = |wrong: &str| {
        compact.match_indices(wrong).any(|(at, _)| {
            // « background-position: » is not « position: ».
            !wrong.ends_with(':') || !compact[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
        })
    };
    STYLES.iter().copied().filter(|(wrong, _)| stands(wrong)).collect()
}

/// Returns the parameter by which an address follows readers.
pub fn tracker(address: &str) -> Option<&str> {
    let query = address.split_once('?')?.1.split('#').next().unwrap_or_default();
    query.split('&').map(|pair| pair.split('=').next().unwrap_or(pair)).find(|name| {
        let name = name.to_ascii_lowercase();
        TRACKERS.iter().any(|tracker| if tracker.ends_with('_') { name.starts_with(tracker) } else { name == *tracker })
    })
}

/// Returns whether an address needs a folder to lead somewhere.
pub fn is_relative(address: &str) -> bool {
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    });
    !scheme && !is_variable(address)
}

/// Reports links that say nothing: no text, no image with words.
fn empty_links(issue: &Issue<'_>, html: &str, report: &mut Report) {
    let mut rest = html;
    while let Some(open) = rest.find("<a ") {
        let Some(close) = rest[open..].find("</a>") else { return };
        let link = &rest[open..open + close];
        let Some((tag, inside)) = link.split_once('>') else { return };
        let mut words = String::new();
        let mut between = inside;
        while let Some(at) = between.find('<') {
            words.push_str(&between[..at]);
            let Some(end) = between[at..].find('>') else { break };
            words.push_str(&attribute(&between[at + 1..at + end], "alt").unwrap_or_default());
            between = &between[at + end + 1..];
        }
        words.push_str(between);
        let has_label = attribute(tag, "aria-label").is_some_and(|label| !label.trim().is_empty());
        if words.trim().is_empty() && !has_label {
            let address = attribute(tag, "href").unwrap_or_default();
            let said = advice(
                issue,
                "A1009",
                say!("le lien vers « {address} » n’a pas de texte", "the link to “{address}” has no text"),
            );
            let said = said.help(say!(
                "écrivez le nom de la page ou du document entre les crochets : [le guide](…)",
                "write the name of the page or document between the brackets: [the guide](…)"
            ));
            report.push(placed(said, issue, &address));
        }
        rest = &rest[open + close..];
    }
}

/// Returns where the text of an issue has an address.
fn place(issue: &Issue<'_>, address: &str) -> Option<Span> {
    let typed = |to: &str| to.trim_start_matches(['.', '/']).trim_end_matches(".md").to_owned();
    issue
        .page
        .document
        .links
        .iter()
        .find(|link| address == link.to || (typed(&link.to).len() > 2 && address.contains(&typed(&link.to))))
        .map(|link| link.span)
}

/// Puts a diagnostic at the address that it is about, when the text of the issue has it.
fn placed(said: Diagnostic, issue: &Issue<'_>, address: &str) -> Diagnostic {
    match place(issue, address) {
        Some(span) => said.at(&issue.page.source, span),
        None => said,
    }
}

/// Makes a diagnostic of the severity that its code bears.
fn advice(issue: &Issue<'_>, code: &'static str, message: Said) -> Diagnostic {
    let said = match code.as_bytes().first() {
        Some(b'E') => Diagnostic::error(code, message),
        Some(b'A') => Diagnostic::warning(code, message),
        _ => Diagnostic::advice(code, message),
    };
    said.in_file(&issue.page.source)
}

/// Returns every tag of a page, without its angle brackets; comments are passed over.
pub fn tags(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open..];
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        if rest.starts_with("<style") {
            rest = rest.find("</style").map_or("", |end| &rest[end..]);
            continue;
        }
        // An attribute's value may hold « > ».
        let mut quote = None;
        let end = rest.char_indices().find(|(_, c)| match (quote, *c) {
            (None, '"' | '\'') => {
                quote = Some(*c);
                false
            }
            (Some(open), c) if c == open => {
                quote = None;
                false
            }
            (None, '>') => true,
            _ => false,
        });
        let Some((end, _)) = end else { break };
        if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.push(&rest[1..end]);
        }
        rest = &rest[end + 1..];
    }
    found
}

/// Returns the value of an attribute of a tag, with its entities read.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let key = format!(" {name}=\"");
    let from = tag.find(&key)? + key.len();
    let value = &tag[from..];
    Some(super::text::unescaped(&value[..value.find('"')?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_about_styles_addresses_and_tags() {
        assert_eq!(ignored("display: flex; color:red").len(), 1);
        assert!(ignored("background-position:0;margin:0").is_empty());
        assert_eq!(ignored("width:2rem").len(), 1);
        assert_eq!(tracker("https://a.fr/?x=1&utm_source=l"), Some("utm_source"));
        assert_eq!(tracker("https://a.fr/?xtorture=1"), None);
        assert!(is_relative("/lettres/"));
        assert!(is_relative("image.png"));
        assert!(!is_relative("mailto:a@b.fr"));
        assert!(!is_relative("{{ unsubscribe }}"));
        assert_eq!(
            tags("<!-- <b> --><a title=\"a > b\" href=\"x\">y</a><style>a<b</style><img>"),
            ["a title=\"a > b\" href=\"x\"", "img"]
        );
        assert_eq!(attribute("a href=\"x&amp;y\"", "href").as_deref(), Some("x&y"));
    }
}
