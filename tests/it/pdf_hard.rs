//! Printed documents that nobody would lay out by hand: boxes in boxes, words without end, drawings in strange writings, chosen fiches.

use essaim::emit::Selection;
use essaim::emit::pdf::glyphs::breakable;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::project::Project;

const FICHE: &str = "/kits/k/une/k-2026-fiche-01-une.pdf";

/// A kit whose first fiche has this text.
fn kit(body: &str) -> Project {
    let mut project = Project::new(&format!(
        "-- site.toml --\ntitre = \"Essai\"\nbase_url = \"https://essai.example/\"\n\
         -- content/_index.md --\n---\ntitre: Accueil\n---\n\
         -- content/kits/_index.md --\n---\ntitre: Kits\n---\n\
         -- content/kits/k/_index.md --\n---\nnature: kit\ntitre: Le kit\nedition: 2026\na_paraitre:\n  - {{numero: 9, titre: Plus tard}}\n---\n\
         -- content/kits/k/une.md --\n---\ntitre: Une\nnumero: 1\n---\n{body}\n\
         -- content/kits/k/deux.md --\n---\ntitre: Deux\nnumero: 2\n---\nLa deuxième.\n"
    ));
    project.options.only = vec!["pdf".to_owned()];
    project
}

fn conforms(bytes: &[u8]) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let report = validate_pdf_bytes(bytes, &ValidationOptions::default().profile(profile)).expect("it is a PDF");
        assert!(report.is_compliant, "{:?}", report.failures);
    }
}

/// Directives of one name inside one another, around a text.
fn nested(name: &str, levels: usize, text: &str) -> String {
    (0..levels).fold(text.to_owned(), |inner, level| {
        let fence = ":".repeat(3 + level);
        format!("{fence}{name}\n{inner}\n{fence}\n")
    })
}

#[test]
fn boxes_and_lists_as_deep_as_one_likes_are_set_and_the_deepest_reported() {
    for (what, text) in [
        ("boxes", nested("encadre{titre=\"Boîte\"}", 12, "Au **fond**.\n\n| A | B |\n|---|---|\n| c | d |")),
        ("examples", nested("exemple{titre=\"Exemple\"}", 9, "Au **fond**, *[un lien](https://exemple.org/)*.")),
        ("quotes", format!("{} Au fond.", ">".repeat(30))),
        ("lists", (0..20).map(|level| format!("{}- niveau {level}\n", "  ".repeat(level))).collect()),
    ] {
        let project = kit(&text);
        conforms(&project.file(FICHE));
        let said = project.said();
        let deep: Vec<_> = said.diagnostics.iter().filter(|said| said.code == "A0703").collect();
        assert_eq!(deep.len(), 1, "{what}: {}", project.report());
    }
    assert!(kit(&nested("encadre{titre=\"Boîte\"}", 4, "- liste")).codes().is_empty());
}

#[test]
fn struck_words_and_links_stand_in_one_another() {
    for text in [
        "[un ~~grand~~ petit lien](https://exemple.org/)",
        "~~un [grand](https://exemple.org/) lien, [[2]]~~",
        "Le [lien **très ~~grand~~**](deux.md) de la fiche.",
        "## Un ~~titre [lié](https://exemple.org/)~~",
    ] {
        let project = kit(text);
        assert_eq!(project.report(), "", "{text}");
        conforms(&project.file(FICHE));
    }
}

/// A picture that cannot be shown is said at its place; the sheet is made all the same, and says nothing of the layout.
#[test]
fn a_missing_picture_leaves_its_words_on_paper() {
    for text in
        ["![Une photo](absente.png)", "![](absente.png)", "![Une photo](https://exemple.org/photo.png \"Légende\")"]
    {
        let project = kit(text);
        assert!(!project.codes().iter().any(|code| code == "E0702"), "{text}: {}", project.report());
        conforms(&project.file(FICHE));
    }
}

#[test]
fn headings_of_which_nothing_shows_leave_the_contents() {
    for text in ["## **  **\n\n## Un\n\n## Deux", "## \u{2060}\n\n## Un\n\n## Deux", "##\n\n###\n\n## Un\n\n## Deux"] {
        conforms(&kit(text).file(FICHE));
    }
}

#[test]
fn only_words_without_end_are_given_places_to_be_cut() {
    for kept in [
        "La commune, anticonstitutionnellement.",
        "administrateur·rice·s",
        "100\u{202f}000\u{a0}€",
        "https://exemple.org/a",
        "",
    ] {
        assert_eq!(breakable(kept), kept);
    }
    let cut = |text: &str| breakable(text).replace('\u{200b}', "|");
    assert_eq!(cut("https://exemple.org/une-page-au-nom-long"), "https:/|/|exemple.|org/|une-page-au-nom-long");
    assert_eq!(cut(&"1".repeat(35)), "1111111111|1111111111|1111111111|11111");
    assert!(!cut(&"e\u{301}".repeat(40)).contains("|\u{301}"));
    assert_eq!(breakable(&"mot ".repeat(90)), "mot ".repeat(90));
}

#[test]
fn a_drawing_in_a_writing_that_no_typeface_holds_is_said_and_shown() {
    let mut project = kit("![Un dessin](d.svg)");
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\"><text y=\"20\">漢 &#x1F389; été</text></svg>";
    project.write("content/kits/k/d.svg", drawing);
    conforms(&project.file(FICHE));
    let said = project.said();
    let lost: Vec<_> = said.diagnostics.iter().filter(|said| said.code == "A0701").collect();
    assert_eq!(lost.len(), 2, "{}", project.report());
    assert!(lost.iter().all(|said| said.at.as_ref().is_some_and(|at| at.file.as_str() == "content/kits/k/d.svg")));
}

#[test]
fn a_selection_holds_each_fiche_once_or_says_all_that_is_wrong() {
    let chosen = |fiches: &[&str]| {
        let mut project = kit("La première.");
        project.options.only = vec!["selection".to_owned()];
        let fiches = fiches.iter().map(|fiche| (*fiche).to_owned()).collect();
        project.options.selection = Some(Selection { fiches, title: "Pour l’équipe".to_owned() });
        project
    };
    let project = chosen(&["2", " une", "k/1", "", "2"]);
    assert_eq!(project.urls(), ["/selections/pour-l-equipe.pdf"]);
    conforms(&project.file("/selections/pour-l-equipe.pdf"));
    let codes =
        |fiches: &[&str]| chosen(fiches).codes().into_iter().map(|code| code[..5].to_owned()).collect::<Vec<_>>();
    assert_eq!(codes(&["1", "99", "9", "autre/1"]), ["E0707", "E0707", "E0708"]);
    assert_eq!(codes(&["", " "]), ["E0707"]);
    let report = chosen(&["9"]).report();
    assert!(report.contains("la fiche 9 de « Le kit » est encore à paraître"), "{report}");
}

/// The colours of kits have the same names and hues on paper as on screen.
#[test]
fn paper_and_screen_have_the_same_colours() {
    let hues = |text: &str, start: &str, hue: &str| -> Vec<(String, String)> {
        let mut hues: Vec<_> = text
            .lines()
            .filter_map(|line| {
                let (name, rest) = line.trim().rsplit_once(start).map(|(_, rest)| rest)?.split_once([' ', ':'])?;
                let hue = rest.split_once(hue)?.1.get(..7)?;
                Some((name.to_owned(), hue.to_owned()))
            })
            .collect();
        hues.sort();
        hues
    };
    let screen = hues(include_str!("../../themes/essaim/css/tokens.css"), ".teinte-", "--fort: ");
    let paper: Vec<_> = include_str!("../../themes/essaim/pdf/teintes.typ")
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.trim().split_once(": rgb(\"")?;
            Some((name.to_owned(), rest.get(..7)?.to_owned()))
        })
        .collect();
    assert!(screen.len() > 6, "{screen:?}");
    for hue in &screen {
        assert!(paper.contains(hue), "{hue:?} is not on paper: {paper:?}");
    }
}
