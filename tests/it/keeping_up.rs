//! The preview keeps up: after any sequence of edits, what it shows is what a build from nothing makes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use essaim::build::{Body, Sink};
use essaim::emit::Job;
use essaim::memo::{Disk, Key};
use essaim::{Build, Memos, Options, Report, Snapshot};

use crate::project::Project;

const SITE: &[(&str, &str)] = &[
    ("site.toml", "titre = \"Essai\"\nbase_url = \"https://essai.example/\"\n\n[sorties.integration]\nactif = false\n"),
    ("content/_index.md", "---\ntitre: Accueil\n---\nVoir [la fiche](kit/01-agir.md#commencer) et [[KIT/2]].\n"),
    ("content/kit/_index.md", "---\ntitre: Un kit\nnature: kit\nsigle: KIT\nedition: 2026\n---\nUn mot du kit.\n"),
    (
        "content/kit/01-agir.md",
        "---\nnumero: 1\ntitre: Agir\nresume: Commencer à agir.\nthemes: [Lieux]\ndate: 2026-01-02\n---\n## Commencer\nAvec un PTCE et [[2]].\n\n\
         :::exemple{titre=\"Un forum\" territoire=\"92071\" annee=2020}\nUn texte d’exemple assez court.\n:::\n\nUne note[^1].\n\n[^1]: Dite en bas.\n",
    ),
    (
        "content/kit/02-suivre.md",
        "---\nnumero: 2\ntitre: Suivre\nthemes: [Lieux, Eau]\nterritoires: [\"Nantes\"]\n---\n## Regarder\nRetour à [[1]], avec ![un plan](plan.png).\n\n- un\n- deux\n",
    ),
    ("content/kit/03-durer.md", "---\nnumero: 3\ntitre: Durer\n---\nVoir [[exemple:un-forum]].\n"),
    ("content/recits/_index.md", "---\ntitre: Récits\nnature: recits\n---\n"),
    (
        "content/recits/brenne.md",
        "---\ntitre: La Brenne\nterritoires: [\"36\"]\ndate: 2025-05\n---\n:::citation{auteur=\"Camille\"}\nOn a essayé.\n:::\n",
    ),
    ("content/a-propos.md", "---\ntitre: À propos\n---\nNous.\n"),
    ("content/glossaire.yaml", "PTCE: pôle territorial de coopération économique\n"),
    ("static/robots-amis.txt", "bonjour\n"),
];

const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196,
    137, 0, 0, 0, 13, 73, 68, 65, 84, 120, 156, 99, 248, 207, 192, 240, 31, 0, 5, 0, 1, 255, 137, 153, 61, 29, 0, 0, 0,
    0, 73, 69, 78, 68, 174, 66, 96, 130,
];

/// Numbers that look random and are the same at every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).expect("below a usize")
    }
}

/// A site in a folder, and the paths that the last edit touched.
struct Desk {
    _home: tempfile::TempDir,
    root: PathBuf,
    touched: Vec<PathBuf>,
    count: usize,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let root = fs::canonicalize(home.path()).expect("its real path").join("site");
        let mut desk = Self { _home: home, root, touched: Vec::new(), count: 0 };
        for (path, text) in SITE {
            desk.write(path, text.as_bytes());
        }
        desk.write("content/kit/plan.png", PNG);
        desk
    }

    fn write(&mut self, path: &str, bytes: &[u8]) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        // As editors save: beside, then in place.
        let beside = path.with_extension("tmp~");
        fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, &path)).expect("written");
        self.touched.push(path);
    }

    fn pages(&self) -> Vec<String> {
        let (snapshot, _) = Snapshot::read(&self.root);
        snapshot.under("content/").map(|file| file.path.to_string()).filter(|path| path.ends_with(".md")).collect()
    }

    fn edit(&mut self, path: &str, change: impl FnOnce(&str) -> String) {
        let text = fs::read_to_string(self.root.join(path)).expect("a page");
        self.write(path, change(&text).as_bytes());
    }

    fn rename(&mut self, from: &str, to: &str) {
        let (from, to) = (self.root.join(from), self.root.join(to));
        if from.exists() && !to.exists() {
            fs::rename(&from, &to).expect("renamed");
            self.touched.extend([from, to]);
        }
    }

    fn remove(&mut self, path: &str) {
        let path = self.root.join(path);
        if fs::remove_file(&path).is_ok() {
            self.touched.push(path);
        }
    }

    /// Makes one random edit and says which.
    fn change(&mut self, chance: &mut Chance) -> &'static str {
        self.touched.clear();
        self.count += 1;
        let number = self.count;
        let pages = self.pages();
        let page = pages[chance.below(pages.len())].clone();
        let fiche = "content/kit/01-agir.md";
        let is_there = |path: &str, desk: &Self| desk.root.join(path).exists();
        match chance.below(24) {
            0..=7 => {
                self.edit(&page, |text| format!("{text}\nUn mot {number} de plus.\n"));
                "words at the end"
            }
            8 => {
                self.edit(&page, |text| {
                    text.replacen("---\n", "---\n\n", 2).replacen("---\n\n", "---\n", 1).replacen(
                        "---\n\n",
                        &format!("---\nPhrase {number}.\n\n"),
                        1,
                    )
                });
                "words at the start: places move"
            }
            9 if number.is_multiple_of(3) => {
                self.edit(&page, |text| {
                    text.replacen(
                        "---\n",
                        &format!("---\nresume: Le résumé {number}.\nmis_a_jour: 2026-0{}-01\n", 1 + number % 9),
                        1,
                    )
                });
                "a summary, perhaps twice"
            }
            9 => {
                self.edit(&page, |text| text.replacen("titre: ", &format!("titre: {number} "), 1));
                "a title"
            }
            10 => {
                self.edit(&page, |text| text.replacen("---\n", "---\nthemes: [Air, Lieux]\n", 1));
                "themes, perhaps twice"
            }
            11 => {
                self.write(
                    &format!("content/kit/{}-de-plus-{number}.md", 10 + number % 80),
                    format!("---\nnumero: {number}\ntitre: Fiche {number}\n---\n## Un levier\nVoir [[1]].\n")
                        .as_bytes(),
                );
                "a new fiche"
            }
            12 => {
                if page != "content/_index.md" {
                    self.remove(&page);
                }
                "a page away"
            }
            13 => {
                let to = page.replace(".md", &format!("-{}.md", number % 10));
                if !page.ends_with("_index.md") {
                    self.rename(&page, &to);
                }
                "a page renamed"
            }
            14 => {
                if is_there("content/kit", self) {
                    self.rename("content/kit", "content/trousse");
                } else {
                    self.rename("content/trousse", "content/kit");
                }
                "a folder renamed"
            }
            15 => {
                let css = "themes/essaim/css/tokens.css";
                if is_there(css, self) {
                    self.remove(css)
                } else {
                    self.write(css, b"@layer tokens { :root { --x: teal; } }\n")
                }
                "a style"
            }
            16 => {
                let template = "themes/essaim/html/a-propos.html";
                self.write(template, format!("<!-- {number} -->\n").as_bytes());
                "a template"
            }
            17 => {
                self.edit("site.toml", |text| text.replacen("titre = \"", &format!("titre = \"{}", number % 10), 1));
                "the configuration"
            }
            18 => {
                let image = "content/kit/plan.png";
                if is_there(image, self) {
                    self.remove(image);
                } else if is_there("content/kit", self) {
                    self.write(image, PNG);
                }
                "an image"
            }
            19 => {
                self.edit("content/glossaire.yaml", |text| {
                    if text.contains("ESS") {
                        text.lines().filter(|line| !line.contains("ESS")).map(|line| format!("{line}\n")).collect()
                    } else {
                        format!("{text}ESS: économie sociale et solidaire\n")
                    }
                });
                "the glossary"
            }
            20 => {
                self.edit(&page, |text| format!("{text}\nUn [lien](perdu-{number}.md) et [[99]].\n"));
                "lost links"
            }
            21 => {
                if is_there(fiche, self) {
                    self.edit(fiche, |text| {
                        text.replacen("Un texte d’exemple", &format!("Le texte {number} d’exemple"), 1)
                    });
                }
                "the text of an example"
            }
            22 => {
                self.edit(&page, |text| {
                    if text.contains("etat: ") {
                        text.replace("etat: brouillon\n", "")
                    } else {
                        text.replacen("---\n", "---\netat: brouillon\n", 1)
                    }
                });
                "a draft, or no more"
            }
            _ => {
                for page in &pages {
                    self.edit(page, |text| format!("{text}\nTous, {number}.\n"));
                }
                "words of every page"
            }
        }
    }
}

/// Every file of a build, those that could not be made by what is said of them; and all there is to say.
fn made(build: &Build, report: &Report) -> (BTreeMap<String, Vec<u8>>, Report) {
    let files = Mutex::new(BTreeMap::new());
    let mut said = report.clone();
    said.extend(build.render_all(&|job: &Job, body: Body| {
        files.lock().expect("no test panics while it holds this").insert(job.url.as_str().to_owned(), body);
    }));
    said.sort();
    (files.into_inner().expect("no test panics while it holds this"), said)
}

/// Files by address, with what they were made from.
type Held = BTreeMap<String, (Option<Key>, Vec<u8>)>;

/// The files of the last build and what they were made from, as the folder of a site holds them.
#[derive(Default)]
struct Shelf {
    held: Held,
    next: Mutex<Held>,
    kept: AtomicUsize,
}

impl Sink for Shelf {
    fn put(&self, job: &Job, made_from: Option<&Key>, body: Body) {
        let mut next = self.next.lock().expect("no test panics while it holds this");
        next.insert(job.url.as_str().to_owned(), (made_from.copied(), body));
    }

    fn keep(&self, job: &Job, made_from: &Key, _read: bool) -> Option<Vec<u8>> {
        let (from, body) = self.held.get(job.url.as_str()).filter(|(from, _)| from.as_ref() == Some(made_from))?;
        self.put(job, from.as_ref(), body.clone());
        self.kept.fetch_add(1, Ordering::Relaxed);
        Some(body.clone())
    }
}

impl Shelf {
    /// Makes what changed of a site.
    fn fill(&mut self, build: &Build, report: &Report) -> (BTreeMap<String, Vec<u8>>, Report) {
        let rendered = build.render_all(self);
        self.held = std::mem::take(self.next.get_mut().expect("no test panics while it holds this"));
        let mut said = report.clone();
        said.extend(rendered);
        said.sort();
        (self.held.iter().map(|(url, (_, body))| (url.clone(), body.clone())).collect(), said)
    }
}

fn assert_same(what: &str, warm: &(BTreeMap<String, Vec<u8>>, Report), cold: &(BTreeMap<String, Vec<u8>>, Report)) {
    assert_eq!(warm.0.keys().collect::<Vec<_>>(), cold.0.keys().collect::<Vec<_>>(), "addresses {what}");
    let different: Vec<_> = warm.0.iter().filter(|(url, body)| cold.0[*url] != **body).map(|(url, _)| url).collect();
    assert!(different.is_empty(), "{what}, these differ from a build from nothing: {different:?}");
    assert_eq!(warm.1.diagnostics, cold.1.diagnostics, "{what}");
}

/// Builds as the preview does, or as a build that lets go of what it has read.
fn whole_build(snapshot: &Snapshot, options: &Options, memos: &Arc<Memos>) -> (Option<Build>, Report) {
    if options.preview {
        return Build::new(snapshot, options, memos);
    }
    let (build, report) = Build::taking(snapshot.clone(), options, memos);
    (build.ok(), report)
}

/// What is stale stays stale: looking after every few edits sees it as well, in less time. 1 names the edit.
const EVERY: usize = 5;

#[test]
fn two_hundred_edits_give_the_site_built_from_nothing() {
    let mut chance = Chance(0x5eed_e55a_1111);
    let (mut shared, mut whole, mut kept) = (0, 0, 0);
    for round in 0..4 {
        let mut desk = Desk::new();
        if round == 3 {
            desk.edit("site.toml", |text| text.replace("actif = false", "actif = true"));
        }
        let mut memos = Arc::new(Memos::default());
        // Each build of the last round is a run of its own, with nothing but the disk to remember by.
        let kept_on = (round == 3).then(|| tempfile::tempdir().expect("a folder"));
        let options = Options { drafts: round % 2 == 0, preview: round % 2 == 0, ..Options::default() };
        let mut snapshot = Snapshot::read(&desk.root).0;
        let mut build = whole_build(&snapshot, &options, &memos).0;
        let mut shelf = Shelf::default();
        for step in 0..50 {
            let what = desk.change(&mut chance);
            snapshot = snapshot.update(&desk.touched).0;
            if let Some(folder) = &kept_on {
                memos = Arc::new(Memos::new(Disk::open(folder.path())));
                build = None;
            }
            let (next, report) = match build.as_ref().and_then(|build| build.again(&snapshot)) {
                Some((build, report)) => {
                    shared += 1;
                    (Some(build), report)
                }
                None => {
                    whole += 1;
                    whole_build(&snapshot, &options, &memos)
                }
            };
            memos.sweep();
            let is_looked_at = step % EVERY == EVERY - 1;
            let is_filled = !options.preview && (is_looked_at || step % 3 == 0);
            let stands = next.as_ref().filter(|_| is_filled).map(|build| shelf.fill(build, &report));
            if !is_looked_at {
                build = next;
                continue;
            }
            let (cold, cold_report) = Build::new(&Snapshot::read(&desk.root).0, &options, &Arc::default());
            let what = format!("after step {step} of round {round} ({what})");
            assert_eq!(next.is_some(), cold.is_some(), "{what}");
            if let (Some(warm), Some(cold)) = (&next, &cold) {
                assert_same(&what, &made(warm, &report), &made(cold, &cold_report));
            }
            if let (Some(stands), Some(cold)) = (&stands, &cold) {
                assert_same(&format!("{what}, kept"), stands, &made(cold, &cold_report));
            }
            build = next;
        }
        kept += shelf.kept.into_inner();
    }
    assert!(kept >= 50, "{kept} files were kept");
    assert!(shared >= 30 && whole >= 50, "both ways must be tried: {shared} shared, {whole} whole");
}

/// Letters that mail clients would show badly: what there is to say is found while they are made.
#[test]
fn a_file_with_something_to_say_is_alone_made_again() {
    let mut project = Project::new(
        "-- content/_index.md --\n---\ntitre: Accueil\n---\n-- content/lettres/l/_index.md --\n---\ntitre: La lettre\nnature: lettre\nexpediteur: La lettre <l@exemple.fr>\noutil: brevo\n---\n\
         -- content/lettres/l/un.md --\n---\ntitre: Un numéro\nnumero: 7\ndate: 2026-03\n---\nTexte.\n",
    );
    project.write("themes/essaim/mail/numero.mjml", "<mjml><mj-body>\n<mj-section><mj-column><mj-text><p style=\"display: flex\">x</p></mj-text></mj-column></mj-section></mj-body></mjml>");
    let mut shelf = Shelf::default();
    let mut fill = || {
        let (build, report) = project.build();
        let (files, said) = shelf.fill(&build.expect("it builds"), &report);
        (files.len(), said, std::mem::take(shelf.kept.get_mut()))
    };
    let (count, said, _) = fill();
    assert_eq!(
        said.diagnostics.iter().map(|said| said.code).collect::<std::collections::BTreeSet<_>>(),
        ["A1012"].into()
    );
    let (_, again, kept) = fill();
    assert_eq!(again.diagnostics, said.diagnostics);
    assert!(kept > 5 && kept < count, "{kept} of {count} were kept");
}

/// The real program over a site.
struct Preview {
    program: Child,
    port: u16,
}

impl Preview {
    fn over(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_essaim"));
        command.args(["serve", "--port", "0", "--root"]).arg(root).env_clear().stderr(Stdio::piped());
        let mut program = command.spawn().expect("started");
        let mut said = BufReader::new(program.stderr.take().expect("its words")).lines();
        let port = said
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("Aperçu : http://127.0.0.1:")?.strip_suffix('/')?.parse().ok())
            .expect("an address");
        std::thread::spawn(move || said.for_each(drop));
        Self { program, port }
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).expect("asked");
        let mut all = Vec::new();
        stream.read_to_end(&mut all).ok();
        let end = all.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(all.len());
        let status = String::from_utf8_lossy(&all[..end]).split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or(0), all.get(end + 4..).unwrap_or_default().to_vec())
    }

    /// Waits until what is served is what a build from nothing makes; returns what still differs after a while.
    fn differs(&self, root: &Path) -> Vec<String> {
        let options = Options {
            base_url: Some(format!("http://127.0.0.1:{}/", self.port)),
            drafts: true,
            preview: true,
            ..Options::default()
        };
        let (cold, report) = Build::new(&Snapshot::read(root).0, &options, &Arc::default());
        let Some(cold) = cold else { return Vec::new() };
        let (files, _) = made(&cold, &report);
        let start = Instant::now();
        loop {
            let wrong: Vec<String> = files
                .iter()
                // What pages weigh is measured on finished files: the preview has few of them.
                .filter(|(url, _)| url.as_str() != "/ecoconception/")
                .filter(|(url, body)| {
                    let (status, served) = self.get(&essaim::urls::encode(url));
                    status != 200 || without_reload(served) != **body
                })
                .map(|(url, _)| url.clone())
                .collect();
            if wrong.is_empty() || start.elapsed() > Duration::from_secs(15) {
                return wrong;
            }
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

fn without_reload(page: Vec<u8>) -> Vec<u8> {
    const RELOAD: &[u8] = b"<script src=\"/_essaim/recharger.js\"";
    const END: &[u8] = b"</script>";
    let find = |what: &[u8], from: usize| page[from..].windows(what.len()).position(|w| w == what).map(|at| from + at);
    match find(RELOAD, 0).and_then(|at| Some((at, find(END, at)?))) {
        Some((at, end)) => [&page[..at], &page[end + END.len()..]].concat(),
        None => page,
    }
}

#[test]
fn the_preview_ends_in_the_right_state_whatever_happens_under_it() {
    let mut desk = Desk::new();
    let preview = Preview::over(&desk.root);
    let mut chance = Chance(0xdecade);
    assert_eq!(preview.differs(&desk.root), Vec::<String>::new(), "at first");
    for burst in 0..6 {
        let edits: Vec<&str> = (0..6)
            .map(|_| {
                std::thread::sleep(Duration::from_millis(chance.below(40) as u64));
                desk.change(&mut chance)
            })
            .collect();
        assert_eq!(preview.differs(&desk.root), Vec::<String>::new(), "after burst {burst}: {edits:?}");
    }

    // Another branch is checked out: many files at once, some of them gone before they are read.
    for number in 0..1_000 {
        let path = desk.root.join(format!("content/notes/note-{number}.md"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, format!("---\ntitre: Note {number}\n---\nUn texte.\n")).expect("written");
        if number % 10 != 0 {
            fs::remove_file(&path).expect("removed");
        }
    }
    // Ten thousand events on one file, and a folder that comes back under another name.
    let page = desk.root.join("content/a-propos.md");
    for number in 0..3_000 {
        fs::write(&page, format!("---\ntitre: À propos\n---\nFrappe {number}.\n")).expect("written");
    }
    fs::rename(desk.root.join("content/notes"), desk.root.join("content/carnet")).expect("renamed");
    assert_eq!(preview.differs(&desk.root), Vec::<String>::new(), "after a checkout");
    fs::remove_dir_all(desk.root.join("content/carnet")).expect("removed");
    assert_eq!(preview.differs(&desk.root), Vec::<String>::new(), "after the way back");
}
