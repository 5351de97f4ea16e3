//! Reading sources: what is read, what is refused, what is said.

use std::fs;
use std::path::Path;

use essaim::diag::{FilePath, Report, Tongue};
use essaim::report::{Look, terminal};
use essaim::snapshot::Snapshot;
use proptest::prelude::*;

fn site(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        write(root.path(), path, bytes);
    }
    root
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn codes(report: &Report) -> Vec<&str> {
    report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn text<'a>(snapshot: &'a Snapshot, path: &str) -> Option<&'a str> {
    snapshot.get(&FilePath::new(path))?.text().map(AsRef::as_ref)
}

/// Bytes of a file, the text they give, the codes they raise.
type Case = (&'static [u8], Option<&'static str>, &'static [&'static str]);

#[test]
fn bytes_that_are_no_text_are_shown_at_their_place() {
    let look = Look { tongue: Tongue::French, width: 100, colour: false };
    for bytes in [&b"titre\nun mot \x8E puis \xC3\xA9\n"[..], b"titre\nun mot \0 puis\n"] {
        let snapshot = Snapshot::of([("content/a.md", bytes)]);
        let told = terminal(&snapshot.report(), &|file| snapshot.shown(file), look);
        assert!(told.contains("content/a.md:2:8"), "{told}");
        assert!(told.contains("un mot \u{fffd} puis"), "{told}");
    }
}

#[test]
fn bytes_become_text_or_a_clear_refusal() {
    let cases: &[Case] = &[
        (b"", Some(""), &[]),
        ("été".as_bytes(), Some("été"), &[]),
        (b"\xEF\xBB\xBF# Titre\r\n", Some("# Titre\r\n"), &[]),
        (b"\xFF\xFEa\0\xE9\0", Some("aé"), &["A0903"]),
        (b"\xFE\xFF\0a\0\xE9", Some("aé"), &["A0903"]),
        (b"t\0e\0x\0t\0e\0\n\0", Some("texte\n"), &["A0903"]),
        (b"\xFF\xFEa\0\xE9", None, &["E0902"]),
        (b"\xFF\xFE\x00\xD8a\0", None, &["E0902"]),
        (b"l\x92\xE9t\xE9 \xAB oui \xBB", Some("l’été « oui »"), &["A0903"]),
        (b"\x9Cuvre \x80", Some("œuvre €"), &["A0903"]),
        // Mac Roman, mixed encodings.
        (b"l'\x8Et\x8E", None, &["E0902"]),
        (b"\xC3\xA9t\xE9", None, &["E0902"]),
        (b"a\0b", None, &["E0904"]),
        (b"PK\x03\x04\0\0\xE9\0\x01", None, &["E0904"]),
        (b"a\x0Bb\x07c", Some("a b c"), &["A0904"]),
        ("l\u{92}été".as_bytes(), Some("l’été"), &["A0904"]),
        ("a\u{202E}b\u{FEFF}c".as_bytes(), Some("abc"), &["A0904"]),
        ("👩\u{200D}🌾 souple\u{AD}ment".as_bytes(), Some("👩\u{200D}🌾 souplement"), &[]),
    ];
    for (bytes, expected, raised) in cases {
        let snapshot = Snapshot::of([("content/a.md", *bytes)]);
        assert_eq!(text(&snapshot, "content/a.md"), *expected, "{bytes:?}");
        assert_eq!(codes(&snapshot.report()), *raised, "{bytes:?}");
        let saved = snapshot.bytes(&FilePath::new("content/a.md"));
        assert_eq!(saved.as_deref(), Some(*bytes), "the bytes stay those of the file");
    }
}

#[test]
fn only_sources_are_read_and_junk_is_left_out() {
    let root = site(&[
        ("site.toml", b"titre = \"x\""),
        ("content/a.md", b"a"),
        ("content/kits/b.MD", b"b"),
        ("content/photo.jpg", b"\xFF\xD8"),
        ("static/data.json", b"\xFF"),
        ("static/.well-known/security.txt", b"x"),
        ("static/.htaccess", b"x"),
        ("themes/t/css/a.css", b"p{}"),
        ("public/index.html", b"x"),
        ("README.md", b"x"),
        ("content/.DS_Store", b"x"),
        ("content/Thumbs.db", b"x"),
        ("content/~$fiche.docx", b"x"),
        ("content/.a.md.swp", b"x"),
        ("content/a.md~", b"x"),
        ("content/4913", b"x"),
        ("content/.git/HEAD", b"x"),
        ("content/.env", b"SECRET=1"),
        ("content/cle.pem", b"x"),
    ]);
    let (snapshot, report) = Snapshot::read(root.path());
    let read: Vec<&str> = snapshot.under("").map(|file| file.path.as_str()).collect();
    let expected = [
        "content/a.md",
        "content/kits/b.MD",
        "content/photo.jpg",
        "site.toml",
        "static/.htaccess",
        "static/.well-known/security.txt",
        "static/data.json",
        "themes/t/css/a.css",
    ];
    assert_eq!(read, expected);
    assert_eq!(codes(&report), ["A0905", "A0905"]);
    assert_eq!(snapshot.under("content/").count(), 3);
    assert_eq!(text(&snapshot, "content/kits/b.MD"), Some("b"));
    assert_eq!(text(&snapshot, "static/data.json"), None, "what is copied as it is is not read");
    assert_eq!(snapshot.bytes(&FilePath::new("content/photo.jpg")).as_deref(), Some(&b"\xFF\xD8"[..]));
}

#[test]
fn names_from_macos_are_found_by_their_usual_form() {
    let root = site(&[("content/E\u{301}cole.md", b"x")]);
    let (snapshot, report) = Snapshot::read(root.path());
    assert!(report.diagnostics.is_empty(), "{report:?}");
    assert_eq!(text(&snapshot, "content/\u{c9}cole.md"), Some("x"));
    assert_eq!(text(&snapshot, "content/E\u{301}cole.md"), Some("x"));
}

#[test]
fn names_that_some_systems_confuse_are_reported() {
    let cases = [
        [("content/a.md", "1"), ("content/A.md", "2")],
        [("content/\u{c9}cole.md", "1"), ("content/E\u{301}cole.md", "2")],
    ];
    for files in cases {
        assert_eq!(codes(&Snapshot::of(files).report()), ["E0905"], "{files:?}");
    }
}

#[test]
fn too_much_text_is_refused_without_being_held() {
    let root = site(&[]);
    for name in ["content/long.md", "content/long.svg"] {
        write(root.path(), name, b"");
        fs::File::options().write(true).open(root.path().join(name)).expect("the file").set_len(6 << 20).expect("room");
    }
    let (snapshot, report) = Snapshot::read(root.path());
    assert_eq!(codes(&report), ["E0903"]);
    assert!(report.diagnostics[0].message.fr.contains("6\u{a0}Mio"), "{:?}", report.diagnostics[0].message);
    assert_eq!(text(&snapshot, "content/long.svg"), None, "a heavy drawing is only a file to copy");
}

#[cfg(unix)]
#[test]
fn links_and_special_files_never_lead_outside() {
    use std::os::unix::fs::symlink;
    let elsewhere = site(&[("secret.md", b"secret")]);
    let root = site(&[("content/a.md", b"a"), ("content/kits/b.md", b"b"), (".cache/x.md", b"x")]);
    let content = root.path().join("content");
    symlink(elsewhere.path().join("secret.md"), content.join("out.md")).expect("a link");
    symlink(elsewhere.path(), content.join("out")).expect("a link");
    symlink("nowhere.md", content.join("gone.md")).expect("a link");
    symlink("..", content.join("kits/up")).expect("a link");
    symlink("me", content.join("me")).expect("a link");
    symlink("../.cache/x.md", content.join("hidden.md")).expect("a link");
    symlink("a.md", content.join("same.md")).expect("a link");
    symlink("kits", content.join("autres")).expect("a link");
    rustix_fifo(&content.join("tube.md"));
    let (snapshot, report) = Snapshot::read(root.path());
    let read: Vec<&str> = snapshot.under("").map(|file| file.path.as_str()).collect();
    assert_eq!(read, ["content/a.md", "content/autres/b.md", "content/kits/b.md", "content/same.md"]);
    assert_eq!(text(&snapshot, "content/autres/b.md"), Some("b"));
    let mut raised = codes(&report);
    raised.sort_unstable();
    // `up` is met twice: in `kits`, and in `autres` that leads to it.
    assert_eq!(raised, ["A0901", "A0901", "A0901", "A0901", "A0901", "A0901", "A0901", "A0902"], "{report:#?}");
}

#[cfg(unix)]
fn rustix_fifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
    assert!(made.success());
}

#[test]
fn a_folder_named_as_a_page_and_a_missing_root_are_said() {
    let root = site(&[("content/a.md/b.md", b"x")]);
    assert_eq!(codes(&Snapshot::read(root.path()).1), ["E0906"]);
    assert_eq!(codes(&Snapshot::read(&root.path().join("nowhere")).1), ["E0908"]);
}

#[test]
fn an_update_shares_what_did_not_change() {
    let root =
        site(&[("content/a.md", b"a"), ("content/k/b.md", b"b"), ("content/k/c.md", b"a\0"), ("site.toml", b"")]);
    let (first, report) = Snapshot::read(root.path());
    assert_eq!(codes(&report), ["E0904"]);
    write(root.path(), "content/a.md", b"A");
    write(root.path(), "content/new/d.md", b"d");
    let (second, report) = first.update(&[root.path().join("content/a.md"), root.path().join("content/new")]);
    assert_eq!(codes(&report), ["E0904"], "what is still wrong is still said");
    assert_eq!(text(&second, "content/a.md"), Some("A"));
    assert_eq!(text(&second, "content/new/d.md"), Some("d"));
    assert_eq!(text(&first, "content/a.md"), Some("a"), "a snapshot never changes");
    let shared = |snapshot: &Snapshot| snapshot.text(&FilePath::new("content/k/b.md")).map(|text| text.as_ptr());
    assert_eq!(shared(&first), shared(&second));

    fs::remove_dir_all(root.path().join("content/k")).expect("removed");
    let (third, report) = second.update(&[root.path().join("content/k")]);
    assert!(report.diagnostics.is_empty());
    assert_eq!(third.under("content/k").count(), 0);
    let (fourth, _) = third.update(&[root.path().join("public/index.html")]);
    assert_eq!(fourth.under("").count(), third.under("").count(), "what is not a source changes nothing");
}

#[test]
fn texts_that_were_let_go_of_are_read_again_while_they_are_the_same() {
    let root = site(&[
        ("content/a.md", "un texte é".as_bytes()),
        ("content/b.md", b"\xEF\xBB\xBFmarked"),
        ("content/c.md", b"d\xE9j\xE0"),
        ("content/d.md", b"a\0"),
        ("site.toml", b""),
    ]);
    let (whole, _) = Snapshot::read(root.path());
    let light = whole.clone().lighter(|file| file.extension() == "md" && file.name() != "d.md");
    let file = |name: &str| FilePath::new(format!("content/{name}.md"));
    for name in ["a", "b", "c"] {
        let file = file(name);
        assert!(light.get(&file).expect("it is there").text().is_none(), "{name} is not held");
        assert_eq!(light.text(&file), whole.text(&file), "{name}");
        assert_eq!(light.shown(&file), whole.shown(&file), "{name}");
        assert_eq!(light.bytes(&file), whole.bytes(&file), "{name}");
        assert_eq!(light.hash(&file), whole.hash(&file), "{name}");
        assert_eq!(light.size(&file), whole.size(&file), "{name}");
    }
    assert_eq!(
        (light.text(&file("a")).as_deref(), text(&whole, "content/a.md")),
        (Some("un texte é"), Some("un texte é"))
    );
    assert_eq!(light.text(&file("c")).as_deref(), Some("déjà"));
    assert!(light.text(&file("d")).is_none() && light.shown(&file("d")).is_some());
    assert_eq!(light.report(), whole.report());
    assert!(light.is_same(&whole) && whole.is_same(&light));
    assert!(light.differences(&whole).is_empty());

    write(root.path(), "content/a.md", b"un autre texte");
    let light = light.lighter(|file| file.name() == "site.toml");
    assert_eq!((light.text(&file("a")), light.shown(&file("a")), light.bytes(&file("a"))), (None, None, None));
    assert_eq!(light.hash(&file("a")), whole.hash(&file("a")), "what was read stays known");
    assert!(light.is_same(&whole), "what happens on the disk changes no snapshot");
    let (next, _) = light.update(&[root.path().join("content/a.md")]);
    assert!(!next.is_same(&light));
    assert_eq!(next.differences(&light), [file("a")]);
    assert_eq!(text(&next, "content/a.md"), Some("un autre texte"));
    fs::remove_file(root.path().join("content/c.md")).expect("removed");
    assert_eq!(light.text(&file("c")), None);

    let root = site(&[("content/a.md", b"a"), ("content/b.md", b"b")]);
    let whole = Snapshot::read(root.path()).0;
    let light = whole.clone().lighter(|_| true);
    assert_eq!((light.changed_since(&whole), whole.changed_since(&light)), (Some(Vec::new()), Some(Vec::new())));
    write(root.path(), "content/b.md", b"B");
    let next = light.update(&[root.path().join("content/b.md")]).0.lighter(|_| true);
    assert_eq!(next.changed_since(&light), Some(vec![file("b")]));
    assert_eq!(next.changed_since(&whole), Some(vec![file("b")]));

    let memory = Snapshot::of([("content/a.md", "a")]).lighter(|_| true);
    assert_eq!(text(&memory, "content/a.md"), Some("a"), "there is no disk to read it from");
}

#[test]
fn a_folder_a_longer_name_and_a_file_of_the_folder_change_together() {
    let root = site(&[("content/kit/a.md", b"a"), ("content/kit-2022/b.md", b"b")]);
    let (first, _) = Snapshot::read(root.path());
    let changed = ["content/kit", "content/kit-2022", "content/kit/a.md"].map(|name| root.path().join(name));
    let (second, report) = first.update(&changed);
    assert!(codes(&report).is_empty(), "a file is read once: {report:#?}");
    assert_eq!(second.under("content/").count(), 2);
}

/// One change to a folder.
#[derive(Debug, Clone)]
enum Edit {
    Write(usize, String),
    Remove(usize),
}

const NAMES: [&str; 6] =
    ["content/a.md", "content/k/a.md", "content/k/b.md", "content/k/l/c.yaml", "site.toml", "static/x.png"];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        3 => (0..NAMES.len(), ".{0,8}").prop_map(|(name, text)| Edit::Write(name, text)),
        1 => (0..NAMES.len()).prop_map(Edit::Remove),
    ];
    prop::collection::vec(edit, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn updates_equal_a_fresh_reading(edits in edits()) {
        let root = site(&[("content/k/b.md", b"b")]);
        let (mut snapshot, _) = Snapshot::read(root.path());
        for edit in &edits {
            let name = match edit {
                Edit::Write(name, text) => { write(root.path(), NAMES[*name], text.as_bytes()); NAMES[*name] }
                Edit::Remove(name) => { fs::remove_file(root.path().join(NAMES[*name])).ok(); NAMES[*name] }
            };
            snapshot = snapshot.update(&[root.path().join(name)]).0;
        }
        let (fresh, report) = Snapshot::read(root.path());
        let all = |snapshot: &Snapshot| -> Vec<_> {
            snapshot.under("").map(|file| (file.path.clone(), file.text().cloned(), snapshot.hash(&file.path))).collect()
        };
        prop_assert_eq!(all(&snapshot), all(&fresh));
        prop_assert_eq!(snapshot.report(), report);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let snapshot = Snapshot::of([("content/a.md", bytes.clone())]);
        prop_assert!(snapshot.text(&FilePath::new("content/a.md")).is_some() || snapshot.report().has_errors());
        for diagnostic in &snapshot.report().diagnostics {
            let span = diagnostic.at.as_ref().expect("a file is named").span;
            if let Some(text) = snapshot.text(&FilePath::new("content/a.md")) {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
