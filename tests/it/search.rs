//! The search: what readers find, and that the program, the script and a second build agree.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use essaim::emit::search::{Opened, rank};
use essaim::urls::Url;
use essaim::{Build, Memos, Options, Snapshot};

use crate::project::Project;

const KIT: &str = "
-- content/_index.md --
---
titre: Accueil
---
-- content/glossaire.yaml --
PTCE: pôle territorial de coopération économique
CA: [{sens: communauté d’agglomération}, {sens: conseil d’administration}]
-- content/synonymes.yaml --
vélo: [bicyclette, petite reine]
-- content/kits/_index.md --
---
titre: Les kits
---
-- content/kits/kit/_index.md --
---
titre: Le kit
nature: kit
sigle: Kit
edition: 2026
---
-- content/kits/kit/animer.md --
---
titre: Animer son territoire
numero: 17
themes: [Coopération]
---
Les élu·es et les habitant(e)s se retrouvent au cœur du bourg. L’économie locale y gagne.

## Ouvrir un lieu

Le PTCE tient une permanence ; la co-construction prend du temps.

:::exemple{titre=\"Un club à Béthune\" territoire=\"62119\"}
Busin’ESS réunit quatre-vingts entrepreneurs.
:::
-- content/kits/kit/circuler.md --
---
titre: Circuler sans voiture
numero: 4
---
Prêter un vélo, réparer des vélos, partager une voiture. Le coût est de 2 500 euros, selon le C.N.F.P.T.

## Travaux de voirie

Aujourd’hui, les travaux commencent. Le projet fait avancer la mobilité douce.
-- content/kits/kit/eau.md --
---
titre: Eau et mobilité
numero: 5
---
La mobilité de l’eau est douce. Un pôle territorial de coopération économique s’en occupe.
-- content/brouillon.md --
---
titre: Brouillon sur la mobilité
etat: brouillon
---
-- content/archive.md --
---
titre: Archive sur la mobilité
etat: archive
---
";

/// Every file of the index of a build, by name.
fn index(build: &Build) -> BTreeMap<String, String> {
    let folder = "/recherche/index/";
    let names =
        build.urls().filter_map(|url| url.as_str().strip_prefix(folder)?.strip_suffix(".js").map(str::to_owned));
    names
        .map(|name| {
            let body =
                build.render(&Url::new(format!("{folder}{name}.js"))).expect("it is planned").expect("it is made");
            (name, String::from_utf8(body).expect("it is text"))
        })
        .collect()
}

fn opened(files: BTreeMap<String, String>) -> Opened {
    Opened::new(move |name| files.get(name).cloned()).expect("the root is readable")
}

fn built(project: &Project) -> Build {
    project.build().0.expect("the site is read")
}

/// The last part of the address of each answer, with the heading of its best section.
fn found(index: &Opened, question: &str) -> Vec<String> {
    let answers = rank(index, question);
    let name = |page: u32| {
        let card = index.card(page).expect("every page has a card");
        card[0].as_str().expect("an address").trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
    };
    answers.hits.iter().map(|hit| name(hit.page)).collect()
}

#[test]
fn readers_find_what_they_type() {
    let index = opened(index(&built(&Project::new(KIT))));
    for (question, first) in [
        ("économie", "animer"),
        ("l'economie", "animer"),
        ("coeur", "animer"),
        ("cœur", "animer"),
        ("élus", "animer"),
        ("élue", "animer"),
        ("élu.e.s", "animer"),
        ("habitantes", "animer"),
        ("business", "animer"),
        ("club ESS", "animer"),
        ("coconstruction", "animer"),
        ("co construction", "animer"),
        ("Pas-de-Calais", "animer"),
        ("62", "animer"),
        ("Béthune", "animer"),
        ("fiche 17", "animer"),
        ("fiche n° 4", "circuler"),
        ("n°4", "circuler"),
        ("ptce", "animer"),
        ("pôles territoriaux de coopération", "eau"),
        ("bicyclette", "circuler"),
        ("petite reine", "circuler"),
        ("vélos", "circuler"),
        ("travail", "circuler"),
        ("2500", "circuler"),
        ("CNFPT", "circuler"),
        ("aujourd'hui", "circuler"),
        ("voitrue", "circuler"),
        ("viture", "circuler"),
        ("oviture", "circuler"),
        ("entrepreneusr", "animer"),
        ("entrepre", "animer"),
        ("\"mobilité douce\"", "circuler"),
        ("mobilité -vélo", "eau"),
    ] {
        assert_eq!(found(&index, question).first().map(String::as_str), Some(first), "{question}");
    }
}

#[test]
fn phrases_and_refused_words_leave_pages_out() {
    let index = opened(index(&built(&Project::new(KIT))));
    assert_eq!(found(&index, "\"mobilité douce\""), ["circuler"]);
    assert_eq!(found(&index, "mobilité -vélo"), ["eau"]);
    assert_eq!(found(&index, "\"douce mobilité\""), Vec::<String>::new());
}

#[test]
fn a_whole_name_comes_before_a_part_of_one() {
    let mut project = Project::new(KIT);
    for (name, title, code) in [
        ("nogent", "Un verger", "94052"),
        ("reims", "Un four", "51454"),
        ("dijon", "Un moulin", "21231"),
        ("saint-denis", "Un jardin", "97411"),
    ] {
        project.write(
            &format!("content/kits/kit/{name}.md"),
            format!("---\ntitre: {title}\n---\n:::exemple{{titre=\"Ici\" territoire=\"{code}\"}}\nDes voisins.\n:::\n"),
        );
    }
    project.write("content/reunion.md", "---\ntitre: Préparer une réunion\n---\nLa réunion suit la réunion.\n");
    let index = opened(index(&built(&project)));
    for (question, first) in [
        ("Marne", "reims"),
        ("51", "reims"),
        ("val-de-marne", "nogent"),
        ("Val de Marne", "nogent"),
        ("Nogent-sur-Marne", "nogent"),
        ("Côte-d'Or", "dijon"),
        ("La Réunion", "saint-denis"),
    ] {
        assert_eq!(found(&index, question).first().map(String::as_str), Some(first), "{question}");
    }
}

#[test]
fn another_word_of_the_family_counts_less() {
    let mut project = Project::new(KIT);
    project.write("content/a.md", "---\ntitre: La communication\n---\nUn journal.\n");
    project.write("content/b.md", "---\ntitre: La commune\n---\nLes français prennent leur repas en commun.\n");
    project.write("content/c.md", "---\ntitre: Un franc succès\n---\nUn rep.\n");
    let index = opened(index(&built(&project)));
    assert_eq!(found(&index, "communications"), ["a"]);
    assert_eq!(found(&index, "français"), ["b"]);
    assert_eq!(found(&index, "repas"), ["b"]);
}

#[test]
fn a_rare_word_also_stands_for_the_one_it_was_typed_for() {
    let mut project = Project::new(KIT);
    for number in 0..12 {
        project.write(&format!("content/p{number}.md"), format!("---\ntitre: Page {number}\n---\nLe paysage rural.\n"));
    }
    project.write("content/faute.md", "---\ntitre: Faute\n---\nUn passage couvert.\n");
    let index = opened(index(&built(&project)));
    assert_eq!(found(&index, "passage rural").len(), 12);
    assert_eq!(found(&index, "passage")[0], "faute");
}

#[test]
fn pages_that_nothing_leads_to_are_told() {
    let mut project = Project::new(KIT);
    project.write("content/seule.md", "---\ntitre: Seule\n---\nUn texte.\n");
    project.write("content/liee.md", "---\ntitre: Liée\n---\nUn texte.\n");
    project.write("content/tue.md", "---\ntitre: Tue\nsilence: [C0652]\n---\nUn texte.\n");
    project.write("content/contact.md", "---\ntitre: Contact\n---\nUn texte.\n");
    project.edit("content/kits/kit/eau.md", |text| format!("{text}\n[Une page liée](../../liee.md)\n"));
    let told = essaim::emit::search::orphans(&built(&project).site);
    let files: Vec<String> =
        told.diagnostics.iter().map(|said| format!("{} {:?}", said.code, said.message.fr)).collect();
    assert_eq!(
        files,
        ["C0652 \"aucune page ne mène à « Archive sur la mobilité »\"", "C0652 \"aucune page ne mène à « Seule »\""]
    );
}

#[test]
fn an_example_is_led_to() {
    let index = opened(index(&built(&Project::new(KIT))));
    let hit = rank(&index, "Béthune").hits.remove(0);
    let card = index.card(hit.page).expect("every page has a card");
    assert_eq!(card[7][hit.sections[0] as usize][1], "Un club à Béthune");
}

#[test]
fn drafts_and_archives_are_left_out() {
    let mut project = Project::new(KIT);
    project.options.drafts = true;
    let files = index(&built(&project));
    assert!(!files["racine"].contains("Brouillon") && !files["racine"].contains("Archive"), "{}", files["racine"]);
}

#[test]
fn the_index_is_the_same_on_any_number_of_threads_warm_or_cold() {
    let mut project = Project::new(KIT);
    let files = index(&built(&project));
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    assert_eq!(files, alone.install(|| index(&built(&Project::new(KIT)))));
    project.options.preview = true;
    assert_eq!(files, index(&built(&project)));
    project.edit("content/kits/kit/eau.md", |text| text.replace("douce", "claire"));
    let edited = index(&built(&project));
    let mut fresh = Project::new(KIT);
    fresh.edit("content/kits/kit/eau.md", |text| text.replace("douce", "claire"));
    assert_eq!(edited, index(&built(&fresh)));
    assert_ne!(edited, files);
}

#[test]
fn an_edit_rewrites_few_files() {
    let pages: String = (0..400)
        .map(|n| {
            format!(
                "-- content/page-{n}.md --\n---\ntitre: Page {n}\n---\n{}\n\n## Suite\n\n{}\n",
                words(n, 60),
                words(n + 1000, 90)
            )
        })
        .collect();
    let mut project = Project::new(&format!("{KIT}{pages}"));
    let before = index(&built(&project));
    project.edit("content/page-200.md", |text| text.replace("## Suite\n\n", "## Suite\n\nVoici un mot de plus. "));
    let after = index(&built(&project));
    let changed: Vec<&String> =
        before.keys().filter(|name| name.starts_with('t') && before[*name] != after[*name]).collect();
    let all = before.keys().filter(|name| name.starts_with('t')).count();
    assert!(all >= 10 && changed.len() * 4 <= all, "{} of {all}: {changed:?}", changed.len());
}

/// Words without a meaning, always the same for a seed.
fn words(seed: usize, count: usize) -> String {
    let mut state = seed as u64 * 2_654_435_761 + 12_345;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let parts = ["ba", "co", "di", "fe", "gu", "la", "mo", "ni", "pe", "ra", "so", "tu", "ve", "zi", "cha", "tri"];
    (0..count)
        .map(|_| (0..2 + next(3)).map(|_| parts[next(16) as usize]).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_line_without_synonym_is_an_error() {
    let mut project = Project::new(KIT);
    project.write("content/synonymes.yaml", "vélo: []\n");
    assert_eq!(project.codes(), ["E0650 content/synonymes.yaml:1:1"]);
}

/// The demonstration site in a temporary folder, search alone.
fn demonstration(folder: &Path) {
    let root = crate::root();
    let (snapshot, _) = Snapshot::read(&root);
    let options = Options { only: vec!["recherche".to_owned()], ..Options::default() };
    let (build, _) = Build::new(&snapshot, &options, &Arc::new(Memos::default()));
    for (name, text) in index(&build.expect("the demonstration site is read")) {
        let file = folder.join("recherche/index").join(format!("{name}.js"));
        std::fs::create_dir_all(file.parent().expect("it has a folder")).expect("the folder is made");
        std::fs::write(file, text).expect("the file is written");
    }
}

/// Questions of every sort: the judged ones, pieces of them, words of the glossary, with errors.
fn questions() -> Vec<String> {
    let judged = include_str!("../search/questions.txt");
    let mut questions: Vec<String> = judged
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(" | ").nth(1))
        .map(str::to_owned)
        .collect();
    let bent: Vec<String> = questions
        .iter()
        .enumerate()
        .map(|(number, question)| {
            let letters: Vec<char> = question.chars().collect();
            let at = number % letters.len();
            match number % 4 {
                0 => letters[..=at].iter().collect(),
                1 => letters.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, letter)| letter).collect(),
                2 => format!("{question} {}", questions[(number * 7) % questions.len()]),
                _ => question.to_uppercase(),
            }
        })
        .collect();
    questions.extend(bent);
    let exact: Vec<String> = (0..120)
        .map(|number| format!("\"{}\" -{}", questions[number], questions[number + 60].split(' ').next().unwrap_or("x")))
        .collect();
    questions.extend(exact);
    questions.retain(|question| !question.contains('\n'));
    questions
}

/// One implementation of the ranking: the site's own script, through node, gives the same answers in the same order.
#[test]
fn the_script_answers_as_the_program_does() {
    let folder = tempfile::tempdir().expect("a folder");
    demonstration(folder.path());
    let questions = questions();
    assert!(questions.len() > 500, "{}", questions.len());
    let script = crate::root().join("tests/search/moteur.mjs");
    let node = Command::new("node")
        .arg(script)
        .arg(folder.path())
        .arg("10")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut node) = node else {
        eprintln!("node is not installed: the script was not asked");
        return;
    };
    node.stdin.take().expect("it is piped").write_all(questions.join("\n").as_bytes()).expect("node reads");
    let theirs = String::from_utf8(node.wait_with_output().expect("node ends").stdout).expect("lines of JSON");

    let files = folder.path().join("recherche/index");
    let index = Opened::new(move |name| std::fs::read_to_string(files.join(format!("{name}.js"))).ok())
        .expect("the root is readable");
    let ours: Vec<String> = questions.iter().flat_map(|question| lines(&index, question)).collect();
    let theirs: Vec<&str> = theirs.lines().collect();
    for (number, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        assert_eq!(ours, theirs, "answer {number}");
    }
    assert_eq!(ours.len(), theirs.len());
}

fn lines(index: &Opened, question: &str) -> Vec<String> {
    let answers = rank(index, question);
    let line = |(place, hit): (usize, &essaim::emit::search::Hit)| {
        let card = index.card(hit.page).expect("every page has a card");
        let heading =
            hit.sections.first().filter(|section| **section > 0).map(|section| card[7][*section as usize][1].clone());
        serde_json::json!({
            "rank": place + 1,
            "score": hit.score,
            "url": format!("/{}", card[0].as_str().unwrap_or_default()),
            "title": card[1],
            "nature": card[2],
            "heading": heading.filter(|heading| heading != ""),
        })
        .to_string()
    };
    answers.hits.iter().take(10).enumerate().map(line).collect()
}
