//! Writing a site: nothing half done, nothing of others lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use essaim::publish::{Exit, Publication, Refused, Summary};
use proptest::prelude::*;

struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("site/content")).expect("a folder");
        Self { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Summary, Refused> {
        publish(&self.root(), &self.output(), files)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.output().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn publish(root: &Path, output: &Path, files: &[(&str, &str)]) -> Result<Summary, Refused> {
    let publication = Publication::begin(root, output)?;
    for (file, text) in files {
        publication.put(file, "html", text.as_bytes());
    }
    publication.finish(None)
}

/// Every file of a folder and its text, but for our own notes.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(next) = todo.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                todo.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(entry.path()).expect("a text"));
            }
        }
    }
    files.retain(|name, _| !name.starts_with(".essaim/"));
    files
}

fn of(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn date(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a date")
}

/// Names of what stands beside the output: a build leaves nothing there.
fn beside(site: &Site) -> Vec<String> {
    let names = fs::read_dir(site.root()).expect("the root").flatten();
    let mut names: Vec<String> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn only_what_changed_is_written() {
    let site = Site::new();
    let first = site.publish(&[("index.html", "a"), ("k/index.html", "b"), ("old/x.html", "c")]).expect("published");
    assert_eq!((first.written, first.unchanged, first.removed, first.bytes), (3, 0, 0, 3));
    assert_eq!(first.by_output["html"].files, 3);
    let kept = date(&site.output().join("k/index.html"));
    let folder = date(&site.output().join("k"));
    std::thread::sleep(std::time::Duration::from_millis(20));

    let second = site.publish(&[("index.html", "A"), ("k/index.html", "b")]).expect("published");
    assert_eq!((second.written, second.unchanged, second.removed), (1, 1, 1));
    assert_eq!(tree(&site.output()), of(&[("index.html", "A"), ("k/index.html", "b")]));
    assert_eq!(date(&site.output().join("k/index.html")), kept);
    assert_eq!(date(&site.output().join("k")), folder);
    assert!(!site.output().join("old").exists(), "a folder left empty goes away");

    let list = date(&site.output().join(".essaim/manifest.json"));
    let third = site.publish(&[("index.html", "A"), ("k/index.html", "b")]).expect("published");
    assert_eq!((third.written, third.unchanged, third.removed), (0, 2, 0));
    assert_eq!(date(&site.output().join(".essaim/manifest.json")), list, "nothing changed: nothing is touched");
    assert_eq!(beside(&site), ["content", "public"]);
}

#[test]
fn a_single_change_touches_a_single_file() {
    let site = Site::new();
    site.publish(&[("index.html", "a"), ("k/index.html", "b"), ("k/l/index.html", "c")]).expect("published");
    site.write("k/mine.txt", "mine");
    let dates = || ["", "index.html", "k", "k/l", "k/l/index.html"].map(|path| date(&site.output().join(path)));
    let before = dates();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let done = site.publish(&[("index.html", "a"), ("k/index.html", "B"), ("k/l/index.html", "c")]).expect("published");
    assert_eq!((done.written, done.unchanged, done.removed), (1, 2, 0));
    let expected = of(&[("index.html", "a"), ("k/index.html", "B"), ("k/l/index.html", "c"), ("k/mine.txt", "mine")]);
    assert_eq!(tree(&site.output()), expected);
    assert_eq!(dates(), before, "folders keep their dates");
    assert_eq!(beside(&site), ["content", "public"]);

    // A run that was killed between the page and the list leaves a page younger than its list.
    let list = fs::File::options().write(true).open(site.output().join(".essaim/manifest.json")).expect("the list");
    list.set_modified(before[1].max(before[4])).expect("dated");
    let again =
        site.publish(&[("index.html", "a"), ("k/index.html", "B"), ("k/l/index.html", "c")]).expect("published");
    assert_eq!((again.written, again.unchanged), (1, 2));
    assert_eq!(tree(&site.output()), expected);
}

#[test]
fn a_list_dated_in_the_future_says_nothing_of_its_files() {
    let site = Site::new();
    site.publish(&[("index.html", "a")]).expect("published");
    let list = fs::File::options().write(true).open(site.output().join(".essaim/manifest.json")).expect("the list");
    list.set_modified(SystemTime::now() + std::time::Duration::from_secs(3600)).expect("dated");
    site.write("index.html", "b");
    let again = site.publish(&[("index.html", "a")]).expect("published");
    assert_eq!((again.written, again.unchanged), (1, 0));
    assert_eq!(tree(&site.output()), of(&[("index.html", "a")]));
}

#[cfg(unix)]
#[test]
fn a_file_changed_under_its_own_date_is_written_again() {
    let site = Site::new();
    let files = [("index.html", "a"), ("k/index.html", "b"), ("l/index.html", "c")];
    let changed = [("index.html", "a"), ("k/index.html", "B"), ("l/index.html", "C")];
    // A first site, a single change, several changes: the list is dated in three ways.
    for files in [&files[..], &[files[0], changed[1], files[2]], &files, &changed] {
        site.publish(files).expect("published");
        let page = site.output().join("index.html");
        let dated = date(&page);
        std::thread::sleep(std::time::Duration::from_millis(20));
        let again = site.publish(files).expect("published");
        assert_eq!((again.written, again.unchanged), (0, 3));

        site.write("index.html", "z");
        fs::File::options().write(true).open(&page).expect("the page").set_modified(dated).expect("dated");
        let again = site.publish(files).expect("published");
        assert_eq!((again.written, again.unchanged), (1, 2));
        assert_eq!(tree(&site.output()), of(files));

        // Other rights are no other bytes.
        std::thread::sleep(std::time::Duration::from_millis(20));
        let mut rights = fs::metadata(&page).expect("the page").permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o600);
        fs::set_permissions(&page, rights).expect("other rights");
        let dated = date(&page);
        let again = site.publish(files).expect("published");
        assert_eq!((again.written, again.unchanged), (0, 3));
        assert_eq!(date(&page), dated);
    }
}

#[cfg(unix)]
#[test]
fn a_linked_folder_is_never_written_through() {
    let site = Site::new();
    site.publish(&[("index.html", "a"), ("k/index.html", "b")]).expect("published");
    let mine = site.root().join("mine");
    fs::create_dir(&mine).expect("a folder");
    fs::write(mine.join("index.html"), "mine").expect("a file");
    fs::remove_dir_all(site.output().join("k")).expect("removed");
    std::os::unix::fs::symlink(&mine, site.output().join("k")).expect("a link");
    let refused = site.publish(&[("index.html", "a"), ("k/index.html", "B")]).expect_err("in the way");
    assert_eq!(refused.diagnostic.code, "E0914");
    assert_eq!(fs::read_to_string(mine.join("index.html")).expect("a file"), "mine");
}

#[test]
fn the_list_is_the_same_in_any_folder_and_order() {
    let lists: Vec<String> = [[("b/i.html", "1"), ("a.html", "2")], [("a.html", "2"), ("b/i.html", "1")]]
        .iter()
        .map(|files| {
            let site = Site::new();
            site.publish(files).expect("published");
            fs::read_to_string(site.output().join(".essaim/manifest.json")).expect("the list")
        })
        .collect();
    assert_eq!(lists[0], lists[1]);
    assert!(lists[0].is_ascii() && !lists[0].contains("tmp"), "{}", lists[0]);
}

#[test]
fn files_of_others_are_kept() {
    let site = Site::new();
    site.publish(&[("index.html", "a"), ("k/page.html", "b")]).expect("published");
    site.write("CNAME", "exemple.fr");
    site.write("k/mine.txt", "mine");
    site.write("apart/deep/mine.txt", "mine");
    fs::create_dir(site.output().join("empty")).expect("a folder");
    let kept = date(&site.output().join("k/mine.txt"));
    site.publish(&[("index.html", "A")]).expect("published");
    let expected =
        of(&[("index.html", "A"), ("CNAME", "exemple.fr"), ("k/mine.txt", "mine"), ("apart/deep/mine.txt", "mine")]);
    assert_eq!(tree(&site.output()), expected);
    assert!(site.output().join("empty").is_dir());
    assert_eq!(date(&site.output().join("k/mine.txt")), kept);
}

#[test]
fn a_file_of_others_is_never_written_over() {
    let cases = [("robots.txt", "robots.txt"), ("robots.txt", "robots.txt/index.html"), ("a/b.txt", "a")];
    for (theirs, ours) in cases {
        let site = Site::new();
        site.publish(&[("index.html", "a")]).expect("published");
        site.write(theirs, "mine");
        let refused = site.publish(&[("index.html", "A"), (ours, "ours")]).expect_err("refused");
        assert_eq!((refused.diagnostic.code, refused.exit), ("E0914", Exit::Usage), "{ours}");
        assert_eq!(tree(&site.output()), of(&[("index.html", "a"), (theirs, "mine")]));
    }
    let site = Site::new();
    site.publish(&[("index.html", "a")]).expect("published");
    site.write("robots.txt", "same");
    site.publish(&[("index.html", "a"), ("robots.txt", "same")]).expect("the same bytes are adopted");
    site.publish(&[("index.html", "a")]).expect("published");
    assert_eq!(tree(&site.output()), of(&[("index.html", "a")]));
}

#[test]
fn a_file_of_ours_that_was_changed_is_written_again() {
    let site = Site::new();
    site.publish(&[("index.html", "abc"), ("x.html", "x")]).expect("published");
    std::thread::sleep(std::time::Duration::from_millis(20));
    site.write("index.html", "ABC");
    fs::remove_file(site.output().join("x.html")).expect("removed");
    let summary = site.publish(&[("index.html", "abc"), ("x.html", "x")]).expect("published");
    assert_eq!(summary.written, 2);
    assert_eq!(tree(&site.output()), of(&[("index.html", "abc"), ("x.html", "x")]));
}

#[test]
fn an_abandoned_build_leaves_the_old_site() {
    let site = Site::new();
    site.publish(&[("index.html", "a")]).expect("published");
    let publication = Publication::begin(&site.root(), &site.output()).expect("begun");
    publication.put("index.html", "html", b"half");
    publication.put("other.html", "html", b"half");
    drop(publication);
    assert_eq!(tree(&site.output()), of(&[("index.html", "a")]));
    assert_eq!(beside(&site), ["content", "public"]);
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let site = Site::new();
    site.publish(&[("index.html", "a")]).expect("published");
    let work = site.root().join(".public.essaim");
    // Killed while it wrote.
    fs::create_dir_all(work.join("new/k")).expect("a folder");
    fs::write(work.join("new/k/x.html"), "half").expect("a file");
    fs::write(work.join("lock"), "1").expect("a file");
    site.publish(&[("index.html", "b")]).expect("published");
    assert_eq!(tree(&site.output()), of(&[("index.html", "b")]));
    assert_eq!(beside(&site), ["content", "public"]);
    // Killed between two renames, where folders cannot be exchanged.
    fs::create_dir_all(&work).expect("a folder");
    fs::rename(site.output(), work.join("old")).expect("renamed");
    let refused = Publication::begin(&site.root(), &site.output()).map(drop);
    assert!(refused.is_ok());
    assert_eq!(tree(&site.output()), of(&[("index.html", "b")]));
}

#[test]
fn folders_that_are_not_ours_are_refused_before_anything_is_touched() {
    let site = Site::new();
    let root = site.root();
    fs::write(root.join("content/a.md"), "a").expect("a file");
    fs::create_dir_all(root.join("foreign")).expect("a folder");
    fs::write(root.join("foreign/thesis.odt"), "mine").expect("a file");
    fs::create_dir_all(root.join("repository/.git")).expect("a folder");
    fs::write(root.join("file"), "x").expect("a file");
    fs::create_dir_all(root.join("damaged/.essaim")).expect("a folder");
    fs::write(root.join("damaged/.essaim/manifest.json"), "{\"format\": 1, \"fil").expect("a file");
    fs::create_dir_all(root.join("escaping/.essaim")).expect("a folder");
    let escaping = r#"{"format":1,"files":{"../../site.toml":{"hash":"","size":0,"output":"html"}}}"#;
    fs::write(root.join("escaping/.essaim/manifest.json"), escaping).expect("a file");
    let mut cases = vec![
        "/",
        ".",
        "..",
        "content",
        "content/public",
        "static",
        "themes/x",
        ".essaim/public",
        "foreign",
        "repository",
        "file",
        "damaged",
        "escaping",
        "content/../content/x",
        "foreign/../content",
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.join("foreign"), root.join("link")).expect("a link");
        std::os::unix::fs::symlink(root.join("content"), root.join("shortcut")).expect("a link");
        cases.extend(["link", "shortcut/x"]);
    }
    let before = tree(&root);
    for case in cases {
        let refused = publish(&root, &root.join(case), &[("index.html", "x")]).expect_err(case);
        assert_eq!((refused.diagnostic.code, refused.exit), ("E0910", Exit::Usage), "{case}");
    }
    if let Some(home) = std::env::home_dir() {
        assert_eq!(publish(&root, &home, &[]).expect_err("home").diagnostic.code, "E0910");
    }
    assert_eq!(tree(&root), before);
}

#[test]
fn names_that_would_leave_the_output_are_refused() {
    for name in ["../x.html", "/x.html", "a//b", "a/../b", "", ".essaim/manifest.json", "a\\b", "."] {
        let site = Site::new();
        let refused = site.publish(&[(name, "x")]).expect_err(name);
        assert_eq!(refused.diagnostic.code, "E0913", "{name}");
        assert!(!site.output().exists());
    }
    let refused = Site::new().publish(&[("a.html", "1"), ("a.html", "2")]).expect_err("twice");
    assert_eq!(refused.diagnostic.code, "E0913");
}

#[test]
fn a_partial_build_leaves_the_other_outputs() {
    let site = Site::new();
    let publication = Publication::begin(&site.root(), &site.output()).expect("begun");
    publication.put("index.html", "html", b"a");
    publication.put("old.html", "html", b"o");
    publication.put("fiche.pdf", "pdf", b"p");
    publication.finish(None).expect("published");
    let publication = Publication::begin(&site.root(), &site.output()).expect("begun");
    publication.put("index.html", "html", b"b");
    publication.finish(Some(&["html".to_owned()])).expect("published");
    assert_eq!(tree(&site.output()), of(&[("index.html", "b"), ("fiche.pdf", "p")]));
    site.publish(&[("index.html", "b")]).expect("published");
    assert_eq!(tree(&site.output()), of(&[("index.html", "b")]));
}

#[test]
fn two_builds_at_once_follow_one_another() {
    let site = Site::new();
    std::thread::scope(|scope| {
        for text in ["1", "2", "3"] {
            let site = &site;
            scope.spawn(move || site.publish(&[("index.html", text), ("k/a.html", text)]).expect("published"));
        }
    });
    let files = tree(&site.output());
    assert_eq!(files["index.html"], files["k/a.html"]);
    assert_eq!(beside(&site), ["content", "public"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_builds_equals_the_last_one_alone(
        builds in prop::collection::vec(prop::collection::btree_map("[ab](/[ab]){0,2}\\.html", "[xy]{0,2}", 0..8), 1..5)
    ) {
        let site = Site::new();
        site.publish(&[]).expect("published");
        site.write("mine/own.txt", "mine");
        for build in &builds {
            let files: Vec<(&str, &str)> = build.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            site.publish(&files).expect("published");
        }
        let mut expected = builds.last().expect("one").clone();
        expected.insert("mine/own.txt".to_owned(), "mine".to_owned());
        prop_assert_eq!(tree(&site.output()), expected);
    }
}
