//! What holds of a site as a whole, tried with the real program: nothing half written, nothing left behind, time in proportion.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::project::Project;

fn site(pages: usize) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    let content = home.path().join("content/pages");
    fs::create_dir_all(&content).expect("a folder");
    fs::write(home.path().join("site.toml"), "titre = \"Essai\"\nbase_url = \"https://essai.example/\"\n")
        .expect("a file");
    fs::write(home.path().join("content/_index.md"), "---\ntitre: Accueil\n---\nBonjour.\n").expect("a file");
    fs::write(content.join("_index.md"), "---\ntitre: Pages\n---\n").expect("a file");
    for number in 0..pages {
        let text = format!("---\ntitre: Page {number}\nthemes: [commun]\ndate: 2026-01-02\n---\nUn texte.\n");
        fs::write(content.join(format!("p{number}.md")), text).expect("a file");
    }
    home
}

fn essaim(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_essaim"));
    command.args(arguments).current_dir(home).env_clear().output().expect("the program runs")
}

/// Every file of the output with its bytes, our notes included.
fn output(home: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut todo = vec![home.join("public")];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(&folder).expect("an output").flatten() {
            if entry.path().is_dir() {
                todo.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(home).expect("inside").to_string_lossy().into_owned();
                files.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    files
}

#[test]
fn errors_in_a_few_pages_are_all_told_and_the_old_site_stays_as_it_was() {
    let home = site(60);
    assert!(essaim(home.path(), &["build", "--quiet"]).status.success());
    let before = output(home.path());
    for number in [7, 23, 57] {
        let page = home.path().join(format!("content/pages/p{number}.md"));
        fs::write(page, "---\ntitre: Cassée\n---\nVoir [là](nulle-part.md).\n").expect("a file");
    }
    let built = essaim(home.path(), &["build"]);
    let said = String::from_utf8_lossy(&built.stderr).into_owned();
    assert_eq!(built.status.code(), Some(1), "{said}");
    for number in [7, 23, 57] {
        assert!(said.contains(&format!("content/pages/p{number}.md:4:6")), "{said}");
    }
    assert!(said.contains("3 erreurs") && said.contains("le site précédent est intact"), "{said}");
    assert!(before == output(home.path()), "the old site changed");
}

#[test]
fn a_message_that_comes_thousands_of_times_is_shown_some_times_and_counted() {
    let home = site(1);
    let links = "Voir [là](nulle-part.md).\n\n".repeat(450);
    fs::write(home.path().join("content/pages/p0.md"), format!("---\ntitre: Un\nresumé: x\n---\n{links}"))
        .expect("a file");
    let said = |arguments: &[&str]| {
        let checked = essaim(home.path(), arguments);
        assert_eq!(checked.status.code(), Some(1));
        String::from_utf8_lossy(&[checked.stdout, checked.stderr].concat()).into_owned()
    };
    let people = said(&["check"]);
    assert_eq!(people.matches("erreur E0302").count(), 200);
    assert!(people.contains("… et 250 autres messages E0302"), "what is left out is counted");
    assert!(people.contains("erreur E0103") && people.contains("451 erreurs"), "other messages are not lost behind");
    assert_eq!(said(&["check", "--format", "json"]).matches("\"E0302\"").count(), 450);
}

#[test]
fn what_is_deleted_renamed_or_a_draft_again_leaves_every_file() {
    let home = site(3);
    let page = |name: &str| home.path().join("content/pages").join(name);
    let write = |name: &str, word: &str, more: &str| {
        let text = format!(
            "---\ntitre: Le {word}\nresume: Tout sur {word}.\nthemes: [{word}]\ndate: 2026-02-03\n{more}---\nUn {word}.\n"
        );
        fs::write(page(name), text).expect("a file");
    };
    write("efface.md", "hippocampe", "");
    write("brouillon.md", "ornithorynque", "");
    write("ancien.md", "axolotl", "");
    assert!(essaim(home.path(), &["build", "--quiet"]).status.success());
    let holds = |word: &str| -> Vec<String> {
        let found = output(home.path()).into_iter().filter(|(name, bytes)| {
            name.contains(word) || String::from_utf8_lossy(bytes).to_lowercase().contains(word)
        });
        found.map(|(name, _)| name).collect()
    };
    assert!(holds("hippocampe").len() > 5 && holds("ornithorynque").len() > 5);
    fs::remove_file(page("efface.md")).expect("removed");
    write("brouillon.md", "ornithorynque", "etat: brouillon\n");
    fs::rename(page("ancien.md"), page("nouveau.md")).expect("renamed");
    assert!(essaim(home.path(), &["build", "--quiet"]).status.success());
    assert_eq!(holds("hippocampe"), Vec::<String>::new(), "what is deleted is nowhere");
    assert_eq!(holds("ornithorynque"), Vec::<String>::new(), "a draft is nowhere");
    assert_eq!(holds("pages/ancien"), Vec::<String>::new(), "the old address is nowhere");
    assert!(!holds("axolotl").is_empty());
}

#[test]
fn feeds_stay_within_bounds_however_many_the_pages() {
    let archive: String = (0..120)
        .map(|number| {
            format!("-- content/pages/p{number}.md --\n---\ntitre: Page {number} & <b>\ndate: 2026-01-{:02}\n---\nUn texte.\n", number % 28 + 1)
        })
        .collect();
    let site = Project::new(&format!(
        "-- content/_index.md --\n---\ntitre: Accueil\n---\n-- content/pages/_index.md --\n---\ntitre: Pages\n---\n{archive}"
    ));
    let feed = site.page("/atom.xml");
    let entries = feed.matches("<entry>").count();
    assert!((10..=60).contains(&entries), "{entries} entries");
    assert!(feed.len() < 200_000 && !feed.contains("<b>") && feed.matches("<updated>").count() > entries);
}

/// Four times the pages take about four times the time, never sixteen.
#[test]
fn time_grows_with_the_number_of_pages_and_no_faster() {
    let took = |pages: usize| -> Duration {
        let home = site(pages);
        let build = || {
            let start = Instant::now();
            let built = essaim(home.path(), &["build", "--quiet", "--no-cache", "--jobs", "1", "--output", "public"]);
            assert!(built.status.success());
            start.elapsed()
        };
        build().min(build())
    };
    let (few, many) = (took(100), took(400));
    assert!(many < few * 10, "100 pages: {few:?}, 400 pages: {many:?}");
}

#[test]
fn some_outputs_alone_are_told_of_the_dead_links_of_the_whole_site() {
    let mut project = Project::new(
        "-- content/_index.md --\n---\ntitre: Accueil\n---\n[Rien](/rien/), [des nouvelles](/atom.xml), [une page](/a/).\n\
         -- content/a.md --\n---\ntitre: Une page\n---\nUn texte.\n",
    );
    project.options.only = vec!["html".to_owned()];
    assert_eq!(project.codes(), ["E0307 content/_index.md:4:8"], "{}", project.report());
}
