//! What is remembered, and what survives damage.

use std::fs;
use std::path::PathBuf;

use essaim::config::Config;
use essaim::content::{self, Contents, Draft};
use essaim::memo::{Disk, Key, Memo, Memos, Pack};
use essaim::{Report, Snapshot};

fn key(name: &str) -> Key {
    Key::of("test", [name.as_bytes()])
}

fn cached(root: &std::path::Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for shard in fs::read_dir(root.join(".essaim/cache")).expect("the cache is there").flatten() {
        if shard.path().is_dir() {
            files.extend(fs::read_dir(shard.path()).expect("a folder").flatten().map(|entry| entry.path()));
        }
    }
    files
}

#[test]
fn parts_of_a_key_do_not_run_together() {
    let of = |parts: [&[u8]; 2]| Key::of("f", parts);
    assert_ne!(of([b"ab", b"c"]), of([b"a", b"bc"]));
    assert_ne!(Key::of("f", [&b"g"[..]]), Key::of("fg", []));
    assert_eq!(of([b"ab", b"c"]), of([b"ab", b"c"]));
}

#[test]
fn a_long_preview_keeps_its_memory_flat() {
    let memo = Memo::new(320);
    for build in 0..200 {
        for page in 0..100 {
            // One page changes at each build.
            let text = if page == 0 { format!("{page} at {build}") } else { page.to_string() };
            memo.get(key(&text), || text.clone());
        }
        memo.sweep();
        assert!(memo.len() <= 100 + 320, "build {build}: {}", memo.len());
    }
    assert!(memo.known(&key("99")).is_some(), "what every build asks for is never forgotten");
}

#[test]
fn the_disk_cache_survives_damage() {
    let root = tempfile::tempdir().expect("a folder");
    let disk = Disk::open(root.path());
    let body = b"a compiled PDF".repeat(100);
    disk.put(&key("a"), &body);
    assert_eq!(disk.get(&key("a")).as_deref(), Some(&body[..]));
    assert_eq!(Disk::open(root.path()).get(&key("a")).as_deref(), Some(&body[..]), "it lasts between runs");

    let path = cached(root.path()).remove(0);
    let whole = fs::read(&path).expect("the cached file");
    let mut flipped = whole.clone();
    flipped[60] ^= 1;
    for damaged in [&whole[..whole.len() - 1], &whole[..20], b"", b"something else", &flipped] {
        fs::write(&path, damaged).expect("damage");
        assert_eq!(disk.get(&key("a")), None);
        assert!(!path.exists(), "what is damaged is thrown away");
    }
    disk.put(&key("a"), &body);
    assert_eq!(disk.get(&key("a")).as_deref(), Some(&body[..]));

    // In a container, a process that was killed may have had our number.
    let left: Vec<PathBuf> =
        (0..9).map(|number| path.with_file_name(format!("tmp-{}-{number}", std::process::id()))).collect();
    left.iter().for_each(|left| fs::write(left, "half").expect("a file"));
    let again = Disk::open(root.path());
    again.put(&key("a"), b"other");
    assert_eq!(again.get(&key("a")).as_deref(), Some(&b"other"[..]));
    assert!(left.iter().all(|left| left.exists()), "it may be someone else’s");
}

#[test]
fn the_disk_cache_takes_nothing_that_was_kept_under_another_key() {
    let root = tempfile::tempdir().expect("a folder");
    let disk = Disk::open(root.path());
    disk.put(&key("a"), b"one");
    disk.put(&key("b"), b"two");
    let files = cached(root.path());
    let [one, other] = files.as_slice() else { panic!("two files are kept") };
    fs::copy(one, root.path().join("kept")).expect("a file can be copied");
    fs::copy(other, one).expect("a file can be copied");
    fs::rename(root.path().join("kept"), other).expect("a file can be renamed");
    assert_eq!((disk.get(&key("a")), disk.get(&key("b"))), (None, None));
}

#[test]
fn the_disk_cache_keeps_to_its_bound_and_spares_what_is_not_its_own() {
    let root = tempfile::tempdir().expect("a folder");
    let disk = Disk::open(root.path());
    for index in 0..50 {
        disk.put(&key(&index.to_string()), &[0; 1000]);
    }
    let foreign = root.path().join(".essaim/cache/ab/notes.txt");
    fs::create_dir_all(foreign.parent().expect("a folder")).expect("a folder");
    fs::write(&foreign, "mine").expect("a file");
    disk.trim(20_000);
    let kept = cached(root.path()).iter().filter(|path| **path != foreign).count();
    assert!((15..=20).contains(&kept), "{kept}");
    assert!(foreign.exists());
}

#[test]
fn two_builds_share_the_cache() {
    let root = tempfile::tempdir().expect("a folder");
    let run = |number: u8| {
        let disk = Disk::open(root.path());
        for index in 0..200 {
            let body = vec![u8::try_from(index).expect("small"); 5000];
            let got = disk.get_or(&key(&index.to_string()), || Ok::<_, ()>(body.clone()));
            assert_eq!(got, Ok(body), "build {number}");
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| run(1));
        scope.spawn(|| run(2));
    });
}

#[cfg(unix)]
#[test]
fn the_cache_never_leaves_the_site_through_a_link() {
    let (root, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    std::os::unix::fs::symlink(elsewhere.path(), root.path().join(".essaim")).expect("a link");
    Disk::open(root.path()).put(&key("a"), b"x");
    assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
}

#[test]
fn texts_come_back_from_the_disk_as_they_were_read() {
    // The content of this project uses every key but `extra`, and every directive.
    let (own, _) = Snapshot::read(&crate::root());
    let free = "extra:\n  x: [31.245270191439438, -7, 18446744073709551615, ~, a, {b: true, a: 1.0}]\n";
    let extra = format!("---\ntitre: Une page\n{free}---\nUn texte.\n");
    let small = Snapshot::of([("site.toml", "titre = \"Essai\"\n"), ("content/a.md", extra.as_str())]);
    for snapshot in [own, small] {
        let config = Config::read(&snapshot).0.expect("a configuration");
        let root = tempfile::tempdir().expect("a folder");
        let (plain, said) = content::load(&snapshot, &config, &Memos::default());

        let (disk, name) = (Disk::open(root.path()), key("pack"));
        Pack::default().write(&disk, &name, plain.drafts.iter().map(|draft| (draft.key, &**draft)));
        let pack = Pack::read(&disk, &name);
        for draft in &plain.drafts {
            let back: Draft = pack.get(&draft.key).unwrap_or_else(|| panic!("{} is not kept", draft.source));
            assert_eq!(format!("{back:?}"), format!("{draft:?}"));
        }

        let told = |contents: Contents, said: Report| format!("{:?} {said:?}", contents.drafts);
        let read = || content::load(&snapshot, &config, &Memos::new(Disk::open(root.path())));
        let expected = told(plain, said);
        for run in ["the first run", "the second run"] {
            let (contents, said) = read();
            assert!(told(contents, said) == expected, "{run}");
        }
    }
}
