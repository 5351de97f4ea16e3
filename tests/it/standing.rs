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

/// What a build did.
struct Built {
    /// How many pages were made.
    pages: u64,
    /// How many texts were read.
    texts: u64,
    files: BTreeMap<String, Vec<u8>>,
}

fn build(root: &Path, output: &str, more: &[&str]) -> Built {
    let mut command = Command::new(env!("CARGO_BIN_EXE_essaim"));
    command.args(["build", "--only", "html,integration", "--timings", "json", "--output"]).arg(root.join(output));
    let done = command.arg("--root").arg(root).args(more).output().expect("run");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let told: serde_json::Value = serde_json::from_slice(&done.stdout).expect("a line of JSON");
    let outputs = told["outputs"].as_array().expect("a list");
    let html = outputs.iter().find(|output| output["name"] == "html").expect("the pages");
    let mut files = BTreeMap::new();
    gather(&root.join(output), "", &mut files);
    let count = |value: &serde_json::Value| value.as_u64().expect("a count");
    Built { pages: count(&html["files"]), texts: count(&told["texts"]), files }
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

/// Cuts half of the files of a folder short, and changes a byte of the others.
fn damage(folder: &Path) {
    let mut files = BTreeMap::new();
    gather(folder, "", &mut files);
    for (place, (name, mut bytes)) in files.into_iter().enumerate() {
        let middle = bytes.len() / 2;
        match bytes.get_mut(middle) {
            Some(byte) if place % 2 == 0 => *byte ^= 1,
            _ => bytes.truncate(middle),
        }
        fs::write(folder.join(name), bytes).expect("written");
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
    let Built { pages, texts, .. } = build(root, "public", &[]);
    assert!(pages > 12, "{pages} pages");
    assert_eq!(texts, SITE.len() as u64 - 1);
    // What tells of all the others is made each time: what pages weigh, what partners take up, and their copies.
    const EACH_TIME: u64 = 3;
    let check = |what: &str, texts: u64, most: std::ops::RangeInclusive<u64>| {
        let built = build(root, "public", &[]);
        let fresh = build(root, &format!("afresh-{}", what.len()), &["--no-cache"]);
        assert!(built.files == fresh.files, "{what}: not the site built from nothing");
        assert_eq!(built.texts, texts, "{what}: texts read");
        let (made, whole) = (built.pages, fresh.pages);
        let most = (*most.start() + EACH_TIME)..=(*most.end()).min(whole - EACH_TIME) + EACH_TIME;
        assert!(most.contains(&made), "{what}: {made} pages were made, of {whole}");
    };
    check("nothing", 0, 0..=0);
    edit("content/kits/a/02-suivre.md", "Voir", "Voir d’abord");
    check("some words", 1, 1..=1);
    edit("content/kits/a/01-agir.md", "Un premier mot.", "Un premier mot, ou deux.");
    // Another page takes up an example of this one.
    check("words of a page that is quoted", 1, 2..=100);
    edit("content/kits/a/01-agir.md", "Un texte d’exemple", "Un autre texte d’exemple");
    check("an example", 1, 2..=100);
    edit("content/kits/a/02-suivre.md", "titre: Suivre", "titre: Suivre et dire");
    check("a title", 1, 2..=100);
    edit("site.toml", "Essai", "Un essai");
    check("the configuration", 0, 2..=100);
    fs::write(root.join("content/kits/a/u.csv"), "ann\u{e9}e\n".repeat(400)).expect("written");
    edit("content/kits/a/02-suivre.md", "Voir", "[Le tableau](u.csv). Voir");
    check("a table", 1, 2..=100);
    fs::write(root.join("content/kits/a/u.csv"), b"ann\xe9e\n".repeat(400)).expect("written");
    check("a table in another encoding", 0, 2..=100);
    fs::create_dir(root.join("content/visite")).expect("made");
    fs::write(
        root.join("content/visite/index.md"),
        "---\ntitre: Visite\nresume: Une visite.\n---\n\
         :::video{src=\"https://videos.exemple.fr/1\" titre=\"Une visite\" transcription=\"transcription.md\"}\n:::\n",
    )
    .expect("written");
    let said = format!("{}:::encadre\nUn mot.\n:::\n", "Une phrase.\n\n".repeat(40));
    fs::write(root.join("content/visite/transcription.md"), said).expect("written");
    check("a transcription", 2, 2..=100);
    edit("content/kits/a/02-suivre.md", "Voir", "Voir aussi");
    // A transcription has no title, which is said of it before it is known for one: it is read each time.
    check("words beside a transcription", 2, 1..=1);
    fs::write(root.join("public/kits/index.html"), "Quelqu’un d’autre.").expect("written");
    check("a page changed by someone else", 1, 1..=1);
    fs::remove_file(root.join("public/kits/a/suivre/index.html")).expect("removed");
    check("a page that was removed", 1, 1..=1);
    fs::remove_dir_all(root.join(".essaim")).expect("removed");
    let texts = texts + 2;
    check("no memory", texts, 2..=100);
    damage(&root.join(".essaim/cache"));
    check("a damaged memory", texts, 2..=100);
    fs::write(root.join("content/glossaire.yaml"), "ESS:\n  sens: économie sociale et solidaire\n").expect("written");
    check("a glossary", texts, 2..=100);
}
