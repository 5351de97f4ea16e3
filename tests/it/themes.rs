//! The themes of the program: each changes only what it holds, and keeps its promises on a small site.

use std::collections::BTreeMap;

use super::project::Project;

const SMALL: &str = include_str!("themes/petit.txt");

fn site(settings: &str) -> Project {
    let mut site = Project::new(SMALL);
    site.write("site.toml", format!("titre = \"Le kit\"\nbase_url = \"https://essai.example/\"\n{settings}"));
    site.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"></svg>");
    site.write("content/kits/kit/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"></svg>");
    site
}

fn pages(site: &Project) -> BTreeMap<String, String> {
    let said = site.said();
    assert!(said.diagnostics.iter().all(|one| one.code.starts_with('C')), "{said:?}");
    let is_page = |url: &str| url.ends_with('/') && !url.starts_with("/integrer/");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("pages are text");
    site.made().into_iter().filter(|(url, _)| is_page(url)).map(|(url, bytes)| (url, text(bytes))).collect()
}

#[test]
fn the_sober_theme_is_text_alone() {
    let site = site("theme = \"sobre\"\n");
    let made = site.made();
    let sheet = made.iter().find(|(url, _)| url.starts_with("/theme/css/site.")).expect("a stylesheet").1.len();
    for (url, page) in pages(&site) {
        for drawing in ["<svg", "<img", "<picture", "<canvas", "<video"] {
            assert!(!page.contains(drawing), "{drawing} in {url}");
        }
        assert!(url == "/recherche/" || url == "/exemples/" || !page.contains("<script src"), "a script in {url}");
        assert!(page.len() + sheet < 15 * 1024, "{url} weighs {}", page.len() + sheet);
    }
    let fiche = site.page("/kits/kit/preter-un-local/");
    assert!(fiche.contains("Image\u{a0}: Le plan de la salle</a>"), "a picture leaves its words:\n{fiche}");
    assert!(fiche.contains("Sceaux (92)"), "an example keeps its place");
}

#[test]
fn the_town_s_theme_speaks_in_the_town_s_name() {
    let site = site(concat!(
        "theme = \"collectivite\"\ncouleur = \"commune\"\nlogo = \"logo.svg\"\nediteur = \"Ville de Vernaze\"\n",
        "[extra.commune]\nadresse = [\"Hôtel de ville\"]\n",
        "pages = [{ titre = \"Données personnelles\", page = \"/donnees-personnelles/\" }]\n"
    ));
    for (url, page) in pages(&site) {
        assert!(page.contains("<b>Ville de Vernaze</b>"), "the name in {url}");
        assert!(page.contains("logo.svg") && page.contains("teinte-"), "the logo in {url}");
        assert!(page.contains("donnees-personnelles/\">Données personnelles</a>"), "the legal pages in {url}");
        assert!(!page.contains("class=\"marque\" href=\"./\"><svg"), "no other sign in {url}");
    }
    assert!(site.page("/").contains("D’autres communes l’ont fait"), "a word of its own");
    assert!(site.page("/").contains("Aller au contenu"), "and every other word of the built-in theme");
    assert!(site.page("/").contains("teinte-commune"));
}

#[test]
fn the_town_s_theme_needs_no_setting() {
    let site = site("theme = \"collectivite\"\n");
    assert!(site.page("/").contains("Le kit"));
    pages(&site);
}

#[test]
fn a_site_lays_its_own_files_over_a_theme_of_the_program() {
    let mut site = site("theme = \"collectivite\"\ncouleur = \"commune\"\n");
    site.write(
        "themes/collectivite/css/components/couleurs.css",
        "@layer tokens { .teinte-commune { --fort: #7a1020; --clair: #f2b0b8; } }",
    );
    site.write("themes/collectivite/i18n/fr.toml", "deja_fait = \"Ailleurs\"\n");
    let made = site.made();
    let sheet = made.iter().find(|(url, _)| url.starts_with("/theme/css/site.")).expect("a stylesheet");
    let sheet = std::str::from_utf8(sheet.1).expect("a sheet is text");
    let colours: Vec<_> = sheet.match_indices(".teinte-commune").map(|(at, _)| &sheet[at + 26..at + 33]).collect();
    assert_eq!(colours, ["#123f78", "#7a1020"], "the site’s own colour has the last word");
    let home = site.page("/");
    assert!(home.contains("Ailleurs") && home.contains("Ce site ne dépose aucun cookie"), "words are laid one by one");
}

#[test]
fn what_a_theme_asks_is_checked() {
    let mut site = site("theme = \"ville\"\n");
    site.write("themes/ville/theme.toml", "texte_seul = oui\n");
    assert!(site.said().diagnostics.iter().any(|one| one.code == "E0508"));
    site.write("themes/ville/theme.toml", "feuille = [\"css/a.css\"]\n");
    assert!(site.said().diagnostics.iter().any(|one| one.code == "E0508"));
    site.write("themes/ville/theme.toml", "feuilles = [\"css/absente.css\"]\n");
    assert!(site.said().diagnostics.iter().any(|one| one.code == "E0508"));
}

#[test]
fn a_theme_whose_name_is_nearly_right_is_proposed() {
    let said = site("theme = \"sobr\"\n").said();
    let one = said.diagnostics.iter().find(|one| one.code == "E0505").expect("the theme is unknown");
    assert!(one.help.as_ref().is_some_and(|help| help.fr.contains("« sobre »")), "{one:?}");
}

/// Files of the built-in themes of one kind, with their text.
fn files(ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![crate::root().join("themes")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|found| found == ending) {
                let text = std::fs::read_to_string(&entry).expect("a text");
                found.push((entry.display().to_string(), text));
            }
        }
    }
    assert!(found.len() > 3, "{ending}");
    found
}

/// No page leaves, opens a window, reloads or makes something appear before its reader asks.
#[test]
fn nothing_happens_by_itself() {
    let moves = [
        "window.open",
        "location.assign",
        "location.replace",
        "location.reload",
        "location.href =",
        "location =",
        "setInterval",
        "mousedown",
        ".submit(",
        "requestSubmit",
        "autoplay",
        ".play(",
    ];
    for (file, text) in files("js") {
        let found = moves.iter().find(|word| text.contains(**word));
        assert!(found.is_none(), "{file}: {found:?}");
    }
    for (file, text) in files("html") {
        assert!(!text.contains("autoplay"), "{file}");
        assert!(!text.contains("http-equiv=\"refresh\"") || file.contains("redirect"), "{file} leads on by itself");
    }
    for (file, text) in files("css") {
        assert!(!text.contains("orientation:"), "{file} depends on how the screen is held");
        for rule in text.split('}').filter(|rule| rule.contains(":hover")) {
            let (_, body) = rule.rsplit_once('{').unwrap_or_default();
            let shows = ["display:", "visibility:", "opacity:", "content:", "clip-path:"]
                .iter()
                .find(|word| body.contains(**word));
            assert!(shows.is_none(), "{file}: {rule}");
        }
    }
}
