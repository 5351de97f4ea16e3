//! The pipeline's stages, each on the same site in memory: `cargo bench`, or `cargo bench --no-default-features` without typst.
//!
//! `ESSAIM_FICHES=10000 cargo bench` takes a larger site.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use essaim::build::Body;
use essaim::emit::Job;
use essaim::french::{Rules, typeset};
use essaim::{Build, Memos, Options, Snapshot};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a fiche says, again and again: prose with what French typography looks at.
const PARAGRAPH: &str = "L'économie sociale et solidaire compte 2500 structures dans l'agglomération : associations, coopératives, mutuelles ; \
    toutes n'y sont pas connues des élu·es ! Depuis 2014, la commune réunit les « acteurs » chaque année, avec 80 % des réseaux (CRESS, PTCE...). ";

static SITE: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(site);
static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(snapshot);

fn main() {
    divan::main();
}

#[expect(clippy::disallowed_methods, reason = "a bench is told how much to do")]
fn fiches() -> usize {
    std::env::var("ESSAIM_FICHES").ok().and_then(|number| number.parse().ok()).unwrap_or(1_000)
}

/// Writes kits of 24 fiches, each with levers, an example, a table and links to its neighbours.
fn site() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("site.toml".to_owned(), "titre = \"Banc\"\nbase_url = \"https://banc.example/\"\n".to_owned()),
        ("content/_index.md".to_owned(), "---\ntitre: Accueil\n---\nBonjour.\n".to_owned()),
        ("content/kits/_index.md".to_owned(), "---\ntitre: Les kits\n---\n".to_owned()),
    ];
    for number in 0..fiches() {
        let (kit, place) = (number / 24, number % 24 + 1);
        if place == 1 {
            files.push((
                format!("content/kits/kit-{kit}/_index.md"),
                format!("---\nnature: kit\ntitre: Kit {kit}\n---\nUn kit.\n"),
            ));
        }
        let mut text = format!(
            "---\ntitre: Fiche {number} du banc\nnumero: {place}\nresume: Une fiche.\nthemes: [Thème {}]\nterritoires: [\"59606\"]\n---\n",
            number % 20
        );
        for lever in 0..5 {
            let _ =
                write!(text, "## Levier {lever}\n\n{}\n\nVoir [[1]].\n\n- **Un**\n- *Deux*\n\n", PARAGRAPH.repeat(2));
        }
        text.push_str(":::exemple{titre=\"Un forum\" territoire=\"62119\" annee=2024}\nUn forum chaque année.\n:::\n\n| A | B |\n|---|---|\n| 1 | 2 |\n");
        files.push((format!("content/kits/kit-{kit}/{place:02}-fiche-{number}.md"), text));
    }
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

fn snapshot() -> Snapshot {
    Snapshot::of(SITE.iter().map(|(path, bytes)| (path.as_str(), bytes.clone())))
}

fn pages() -> Options {
    Options { only: vec!["html".to_owned()], ..Options::default() }
}

fn build(memos: &Arc<Memos>) -> Build {
    Build::new(&SNAPSHOT, &pages(), memos).0.expect("the site of the bench is right")
}

/// Reading: bytes to text, names checked.
#[divan::bench]
fn a_snapshot(bencher: Bencher) {
    bencher.bench(snapshot);
}

/// Parsing, typography, links and the plan, with nothing remembered.
#[divan::bench]
fn b_load_and_link_cold(bencher: Bencher) {
    bencher.with_inputs(Arc::<Memos>::default).bench_refs(|memos| build(memos));
}

/// The same when every file was read before: what one save costs, its own file aside.
#[divan::bench]
fn c_load_and_link_warm(bencher: Bencher) {
    let memos = Arc::default();
    build(&memos);
    bencher.bench(|| build(&memos));
}

/// The build after a save that changed only words: what the preview waits for.
#[divan::bench]
fn c_words_changed(bencher: Bencher) {
    let build = build(&Arc::default());
    let place = SITE.iter().position(|(path, _)| path.ends_with("-fiche-7.md")).expect("the site has this fiche");
    let mut files = SITE.clone();
    files[place].1.extend_from_slice(b"\n\nUne phrase de plus.\n");
    let saved = Snapshot::of(files.iter().map(|(path, bytes)| (path.as_str(), bytes.clone())));
    bencher.bench(|| build.again(&saved).expect("only words changed"));
}

/// Every page made from a finished site.
#[divan::bench]
fn d_render_pages(bencher: Bencher) {
    let build = build(&Arc::default());
    bencher.bench(|| build.render_all(&|_: &Job, body: Body| drop(divan::black_box(body))));
}

/// The typographic pass alone, over a megabyte.
#[divan::bench]
fn e_typeset_a_megabyte(bencher: Bencher) {
    let text = PARAGRAPH.repeat((1 << 20) / PARAGRAPH.len() + 1);
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| typeset(&Rules::default(), &text).len());
}
