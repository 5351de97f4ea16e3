//! The program makes the pages that a change concerns, and leaves the others as they stand.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const SITE: &[(&str, &str)] = &[
    ("site.toml", "titre = \"Essai\"\nbase_url = \"https://exemple.fr\"\n"),
    ("content/_index.md", "---\ntitre: Accueil\n---\nBonjour.\n"),
    ("content/kits/_index.md", "---\ntitre: Les kits\n---\n"),
    ("content/kits/a/_index.md", "---\ntitre: Kit A\nnature: kit\n---\nUn kit.\n"),
    (
        "content/kits/a/01-agir.md",
        "---\ntitre: Agir\nnumero: 1\nresume: Agir ensemble.\n---\n## Commencer\n\nUn premier mot.\n\n\
         :::exemple{titre=\"Un forum\" territoire=\"92071\"}\nUn texte d’exemple.\n:::\n\nUn autre mot.\n",
    ),
    ("content/kits/a/02-suivre.md", "---\ntitre: Suivre\nnumero: 2\nresume: Suivre.\n---\nVoir [[1]].\n"),
    (
        "content/kits/a/03-reprendre.md",
        "---\ntitre: Reprendre\nnumero: 3\nresume: Encore.\n---\n:::reprise{exemple=\"01-agir.md#un-forum\"}\n:::\n",
    ),
];

/// Builds, and returns how many pages were made, then every file of the site.
fn build(root: &Path, output: &str, more: &[&str]) -> (u64, BTreeMap<String, Vec<u8>>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_essaim"));
    command.args(["build", "--only", "html,integration", "--timings", "json", "--output"]).arg(root.join(output));
    let done = command.arg("--root").arg(root).args(more).output().expect("run");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let told: serde_json::Value = serde_json::from_slice(&done.stdout).expect("a line of JSON");
    let outputs = told["outputs"].as_array().expect("a list");
    let html = outputs.iter().find(|output| output["name"] == "html").expect("the pages");
    let mut files = BTreeMap::new();
    gather(&root.join(output), "", &mut files);
    (html["files"].as_u64().expect("a count"), files)
}

fn gather(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file")) {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.file_type().expect("its type").is_dir() {
            true => gather(&entry.path(), &format!("{name}/"), files),
            false => drop(files.insert(name, fs::read(entry.path()).expect("its bytes"))),
        }
    }
}

#[test]
fn a_build_makes_what_a_change_concerns_and_nothing_else() {
    let home = tempfile::tempdir().expect("a folder");
    let root = home.path();
    for (path, text) in SITE {
        fs::create_dir_all(root.join(path).parent().expect("a folder")).expect("made");
        fs::write(root.join(path), text).expect("written");
    }
    let edit = |path: &str, from: &str, to: &str| {
        let text = fs::read_to_string(root.join(path)).expect("a file");
        assert!(text.contains(from), "{path} has no « {from} »");
        fs::write(root.join(path), text.replace(from, to)).expect("written");
    };
    let (all, _) = build(root, "public", &[]);
    assert!(all > 12, "{all} pages");
    // What tells of all the others is made each time: what pages weigh, what partners take up, and their copies.
    const EACH_TIME: u64 = 3;
    let check = |what: &str, most: std::ops::RangeInclusive<u64>| {
        let (made, files) = build(root, "public", &[]);
        let (whole, fresh) = build(root, &format!("afresh-{}", what.len()), &["--no-cache"]);
        assert!(files == fresh, "{what}: not the site built from nothing");
        let most = (*most.start() + EACH_TIME)..=(*most.end()).min(whole - EACH_TIME) + EACH_TIME;
        assert!(most.contains(&made), "{what}: {made} pages were made, of {whole}");
    };
    check("nothing", 0..=0);
    edit("content/kits/a/02-suivre.md", "Voir", "Voir d’abord");
    check("some words", 1..=1);
    edit("content/kits/a/01-agir.md", "Un premier mot.", "Un premier mot, ou deux.");
    // Another page takes up an example of this one.
    check("words of a page that is quoted", 2..=100);
    edit("content/kits/a/01-agir.md", "Un texte d’exemple", "Un autre texte d’exemple");
    check("an example", 2..=100);
    edit("content/kits/a/02-suivre.md", "titre: Suivre", "titre: Suivre et dire");
    check("a title", 2..=100);
    edit("site.toml", "Essai", "Un essai");
    check("the configuration", 2..=100);
    fs::write(root.join("public/kits/index.html"), "Quelqu’un d’autre.").expect("written");
    check("a page changed by someone else", 1..=1);
    fs::remove_file(root.join("public/kits/a/suivre/index.html")).expect("removed");
    check("a page that was removed", 1..=1);
    fs::remove_dir_all(root.join(".essaim")).expect("removed");
    check("no memory", 2..=100);
}
