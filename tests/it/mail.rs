//! E-mails of newsletters: weight, links, injection, checks, calendars. `tests/mail/relire.py` reads the same files back with Python.

use crate::project::Project;

const BULLETIN: &str = include_str!("../mail/cas/bulletin.txt");

/// A PNG of one pixel, grey.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82,
    0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

fn bulletin() -> Project {
    let mut site = Project::new(BULLETIN);
    site.write("content/lettres/bulletin/ponton.png", PIXEL);
    site
}

/// A letter with one issue, whose front matter ends with `front` and whose text is `body`.
fn letter(home: &str, front: &str, body: &str) -> Project {
    let site = format!(
        "-- content/_index.md --\n---\ntitre: Accueil\n---\n-- content/lettres/l/_index.md --\n---\ntitre: La lettre\nnature: lettre\n{home}---\n\
         -- content/lettres/l/un.md --\n---\ntitre: Un numéro\nnumero: 7\ndate: 2026-03\n{front}---\n{body}\n"
    );
    Project::new(&site)
}

const WHOLE: &str = "expediteur: La lettre <l@exemple.fr>\noutil: brevo\n";

/// The addresses of `href` attributes.
fn links(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|href| href.replace("&amp;", "&"))
        .collect()
}

#[test]
fn every_issue_has_its_four_files_and_the_newest_is_always_at_one_address() {
    let site = bulletin();
    let urls = site.urls();
    for name in ["n-2.email.html", "n-2.txt", "n-2.eml", "n-2.mjml"] {
        assert!(urls.contains(&format!("/lettres/bulletin/2/{name}")), "{name} in {urls:?}");
    }
    assert!(urls.contains(&"/lettres/bulletin/1996-12/n-1996-12.eml".to_owned()));
    let latest = site.page("/lettres/bulletin/dernier/");
    assert!(
        latest.contains("<link rel=\"canonical\" href=\"https://marais.exemple.org/site/lettres/bulletin/3/\">"),
        "{latest}"
    );
}

#[test]
fn the_text_part_holds_every_link_of_the_page_and_stays_within_its_margin() {
    let site = bulletin();
    for (folder, name) in [("1996-12", "n-1996-12"), ("2", "n-2"), ("3", "n-3")] {
        let html = site.page(&format!("/lettres/bulletin/{folder}/{name}.email.html"));
        let text = site.page(&format!("/lettres/bulletin/{folder}/{name}.txt"));
        for href in links(&html) {
            let wanted = href.strip_prefix("mailto:").unwrap_or(&href);
            assert!(text.contains(wanted), "{wanted} in {text}");
            assert!(href.contains(':'), "{href} is relative");
        }
        for line in text.lines().filter(|line| line.contains(' ') && !line.starts_with('[')) {
            assert!(line.chars().count() <= 74, "{line}");
        }
        assert!(html.len() < 102_400);
    }
}

#[test]
fn a_long_bulletin_loses_no_word() {
    let site = bulletin();
    let html = site.page("/lettres/bulletin/1996-12/n-1996-12.email.html");
    let text = site.page("/lettres/bulletin/1996-12/n-1996-12.txt");
    for word in [
        "Chers amis",
        "1\u{202f}200",
        "Timbres",
        "Février",
        "depuis 1984",
        "Second point",
        "reste au marais",
        "22",
        "sous-titre",
        "code  tel quel",
        "Sa définition",
        "Vends barque",
        "adhérents",
        "Jeanne",
        "Écouter",
        "Le ponton",
        "relire",
        "La note",
    ] {
        assert!(html.contains(word), "{word} in the HTML");
        assert!(text.contains(&word.replace('\u{202f}', "\u{a0}")), "{word} in the text:\n{text}");
    }
    assert!(
        html.contains("aria-label=\"Correspondances du marais n°&nbsp;1996-12&nbsp;: Bulletin de liaison"),
        "the label is spoilt"
    );
    assert!(html.contains("src=\"https://marais.exemple.org/site/lettres/bulletin/ponton.png\""));
    assert!(!html.contains("fonts.googleapis"));
}

#[test]
fn headers_hold_on_one_line_whatever_the_subject() {
    let site = letter(WHOLE, "objet: \"Bonjour\\r\\nBcc: tous@exemple.fr\\r\\n\\r\\nCorps\"\n", "Texte.");
    let message = site.page("/lettres/l/7/n-7.eml");
    let (headers, _) = message.split_once("\r\n\r\n").expect("headers and a body");
    assert!(headers.contains("Subject: Bonjour ") && headers.contains(" tous@exemple.fr Corps\r\n"), "{headers}");
    assert!(headers.split("\r\n").all(|line| !line.starts_with("Bcc")), "{headers}");

    let site = bulletin();
    let message = site.page("/lettres/bulletin/2/n-2.eml");
    let (headers, _) = message.split_once("\r\n\r\n").expect("headers and a body");
    assert!(headers.is_ascii() && headers.contains("Subject: =?utf-8?b?"), "{headers}");
    assert!(headers.contains("List-Unsubscribe: <https://marais.exemple.org/desabonnement>,\r\n <mailto:bulletin@marais.exemple.org?subject="), "{headers}");
    assert!(headers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{headers}");
    assert!(headers.split("\r\n").all(|line| line.len() <= 98), "{headers}");
}

#[test]
fn a_sender_cannot_smuggle_a_header() {
    let site = letter("expediteur: \"A\\r\\nBcc: x@y.fr <l@exemple.fr>\"\noutil: sympa\n", "", "Texte.");
    let message = site.page("/lettres/l/7/n-7.eml");
    let (headers, _) = message.split_once("\r\n\r\n").expect("headers and a body");
    assert!(headers.split("\r\n").all(|line| !line.starts_with("Bcc")), "{headers}");
    assert!(message.contains("auto_signoff"));
}

#[test]
fn what_mail_clients_would_hurt_is_said_where_it_stands() {
    let rows: &[(&str, &str, &str, &str)] = &[
        ("", "", "Texte.", "A1004"),
        ("expediteur: La lettre\noutil: brevo\n", "", "Texte.", "E1002"),
        ("expediteur: l@exemple.fr\n", "", "Texte.", "A1005"),
        (
            WHOLE,
            "objet: \"Un objet si long qu’aucun téléphone ne le montrera jamais en entier, ni même à moitié\"\n",
            "Texte.",
            "A1002",
        ),
        (WHOLE, "", "[Lire](https://exemple.fr/?utm_source=lettre)", "A1010"),
    ];
    for (home, front, body, code) in rows {
        let codes = letter(home, front, body).codes();
        assert!(codes.iter().any(|said| said.starts_with(code)), "{code} in {codes:?}");
    }
    let quiet = letter(WHOLE, "objet: Bonjour\n", "Texte.");
    let codes: Vec<String> = quiet.codes().into_iter().filter(|code| code[1..].starts_with("10")).collect();
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn an_image_without_words_is_reported() {
    let mut site = letter(WHOLE, "", "![](ponton.png)");
    site.write("content/lettres/l/ponton.png", PIXEL);
    assert!(site.codes().iter().any(|code| code.starts_with("A0601")), "{:?}", site.codes());
}

#[test]
fn a_theme_that_mail_clients_ignore_is_reported_at_its_line() {
    let mut site = letter(WHOLE, "", "Texte.");
    site.write("themes/essaim/mail/numero.mjml", "<mjml><mj-body>\n<mj-section><mj-column><mj-text><p style=\"display: flex\">x</p></mj-text></mj-column></mj-section></mj-body></mjml>");
    assert!(site.codes().iter().any(|code| code == "A1012 themes/essaim/mail/numero.mjml:2:1"), "{:?}", site.codes());
}

#[test]
fn an_issue_that_gmail_would_cut_is_refused_and_the_heaviest_part_named() {
    let body = format!(
        "## Court\n\nTexte.\n\n## Interminable\n\n{}",
        "Un paragraphe de plus, comme les autres.\n\n".repeat(2000)
    );
    let site = letter(WHOLE, "", &body);
    let build = site.build().0.expect("a build");
    let said =
        build.render(&essaim::urls::Url::new("/lettres/l/7/n-7.email.html")).expect("a file").expect_err("too heavy");
    assert_eq!(said.code, "E1001");
    assert!(said.help.as_ref().is_some_and(|help| help.fr.contains("« Interminable »")), "{said:?}");
    // The page itself has no such limit.
    assert!(site.page("/lettres/l/7/").len() > 80_000);
}

#[test]
fn raw_html_of_a_writer_neither_breaks_the_e_mail_nor_leads_astray() {
    let site = letter(
        WHOLE,
        "",
        "<div><p>Ouvert <b>sans fin</div>\n\nUn <span>mot & <a href=\"../un/\">là</a> <br> fin.\n\n</td></table></mj-text>\n\nSuite {{ site.title }} {% raw %}",
    );
    let html = site.page("/lettres/l/7/n-7.email.html");
    assert!(html.contains("Suite {{ site.title }} {% raw %}"), "{html}");
    assert_eq!(html.matches("<table").count(), html.matches("</table>").count());
    assert!(links(&html).iter().all(|href| href.contains(':') || href.contains("{{")), "{:?}", links(&html));
}

#[test]
fn each_tool_finds_its_variable() {
    for (tool, variable) in [
        ("brevo", "{{ unsubscribe }}"),
        ("mailchimp", "*|UNSUB|*"),
        ("mailjet", "[[UNSUB_LINK_FR]]"),
        ("sympa", "[% 'auto_signoff' | url_abs([listname],{email=>user.email}) %]"),
    ] {
        let site = letter(&format!("expediteur: l@exemple.fr\noutil: {tool}\n"), "", "Texte.");
        for name in ["n-7.email.html", "n-7.txt", "n-7.mjml"] {
            assert!(site.page(&format!("/lettres/l/7/{name}")).contains(variable), "{tool} in {name}");
        }
    }
}

#[test]
fn calendars_are_folded_escaped_and_name_the_same_event_once() {
    let site = bulletin();
    let calendar = site.page("/lettres/bulletin/agenda.ics");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 30);
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    let unfolded = calendar.replace("\r\n ", "");
    assert!(
        unfolded.contains("avec une virgule\u{202f}\\; et un point-virgule") || unfolded.contains("virgule \\;"),
        "{unfolded}"
    );
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20260630\r\nDTEND;VALUE=DATE:20260701"));
    let again = bulletin().page("/lettres/bulletin/agenda.ics");
    assert_eq!(calendar, again);
    let one = site
        .urls()
        .into_iter()
        .find(|url| url.starts_with("/lettres/bulletin/3/agenda/2026-06-05"))
        .expect("an event’s file");
    let event = site.page(&one);
    let uid = event.split("\r\n").find(|line| line.starts_with("UID:")).expect("a name");
    assert!(calendar.contains(uid));
}

#[test]
fn what_was_over_when_the_issue_came_out_is_fainter() {
    let html = bulletin().page("/lettres/bulletin/3/n-3.email.html");
    let row = |day: &str| {
        html.split("class=\"fi\"").find(|part| part.replace("&nbsp;", " ").contains(day)).expect("a row").to_owned()
    };
    assert!(row("14 juin 2026").contains("class=\"do\""));
    assert!(!row("16 juin 2026").contains("class=\"do\""));
}

#[test]
fn the_preview_shows_the_e_mail_and_the_published_site_does_not() {
    let mut site = bulletin();
    assert!(!site.urls().iter().any(|url| url.starts_with("/_essaim/")));
    site.options.preview = true;
    let own = site.page("/lettres/bulletin/1996-12/");
    assert!(own.contains("_essaim/courriel/lettres/bulletin/1996-12/"), "its page leads to it");
    let page = site.page("/_essaim/courriel/lettres/bulletin/1996-12/");
    for part in ["srcdoc=", "width=\"320\"", "Mode", "<meter", "Texte seul", "img-src &#x27;none&#x27;"] {
        assert!(
            page.contains(part)
                || page.contains(&part.replace("&#x27;", "&#39;"))
                || page.to_lowercase().contains(&part.to_lowercase()),
            "{part}"
        );
    }
    assert!(page.contains("src=&quot;/lettres/bulletin/ponton.png"), "images come from the preview");
}
