//! What is tried with any input: each subject takes bytes and panics when something that must always hold does not.
//!
//! The fuzz targets feed them what libFuzzer invents, `tests/it/fuzz.rs` what proptest invents and what the corpora keep.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use essaim::diag::{FilePath, Report, Tongue};
use essaim::emit::search::{Opened, rank};
use essaim::french::{Guillemets, Inclusif, Lang, Locale, Rules, When, fold, inclusive, slug, typeset};
use essaim::serve::{Pages, Preview, Refresh};
use essaim::urls::Url;
use essaim::{Build, Memos, Options, Snapshot};

/// A subject, by the name of its corpus.
pub type Subject = (&'static str, fn(&[u8]));

/// Every subject.
pub const SUBJECTS: &[Subject] = &[
    ("front-matter", front_matter),
    ("html", html),
    ("mail", mail),
    ("typography", typography),
    ("question", question),
    ("dates", dates),
    ("paths", paths),
    #[cfg(feature = "pdf")]
    ("typst", print),
];

const SITE: &str = "titre = \"Essai\"\nbase_url = \"https://essai.example/\"\n";
const HOME: &str = "---\ntitre: Accueil\n---\nBonjour.\n";

/// Builds a site in memory; every place of its report lies in its file.
fn build(files: &[(&str, Vec<u8>)]) -> (Option<Build>, Report) {
    let fixed = [("site.toml", SITE.as_bytes().to_vec()), ("content/_index.md", HOME.as_bytes().to_vec())];
    let all = fixed.into_iter().chain(files.iter().cloned());
    let snapshot = Snapshot::of(all);
    let (build, report) = Build::new(&snapshot, &Options::default(), &Arc::new(Memos::default()));
    for diagnostic in &report.diagnostics {
        for mark in diagnostic.at.iter().chain(&diagnostic.also) {
            if let Some(text) = snapshot.text(&mark.file) {
                assert!(text.get(mark.span.range()).is_some(), "{} points outside {}", diagnostic.code, mark.file);
            }
        }
    }
    essaim::report::json(&report, &|file: &FilePath| snapshot.text(file), Tongue::French);
    (build, report)
}

/// Returns a file of a build as text; a fault of ours is one.
fn made(build: &Build, url: &str) -> String {
    match build.render(&Url::new(url)) {
        Some(Ok(body)) => String::from_utf8(body).expect("a page is UTF-8"),
        Some(Err(fault)) => {
            assert_ne!(fault.code, "E0701", "{url} could not be made");
            String::new()
        }
        None => String::new(),
    }
}

/// No tag of a page runs code, whatever was written.
fn is_harmless(page: &str) {
    let main =
        page.split_once("<main").map_or(page, |(_, rest)| rest).split_once("</main>").map_or("", |(main, _)| main);
    let mut rest = main;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let tag = tag(rest).to_ascii_lowercase();
        let name = tag.split([' ', '/', '\n', '\t']).next().unwrap_or_default();
        assert!(!matches!(name, "script" | "style" | "object" | "embed" | "base" | "meta" | "link"), "<{tag}>");
        for (attribute, value) in attributes(&tag) {
            assert!(!attribute.starts_with("on"), "<{tag}>");
            let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let runs =
                value.starts_with("javascript:") || value.starts_with("vbscript:") || value.starts_with("data:text");
            assert!(!(matches!(attribute, "href" | "src" | "action" | "poster") && runs), "<{tag}>");
        }
    }
}

/// Returns a tag up to its end, past the quotes of its values.
fn tag(text: &str) -> &str {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    &text[..end.unwrap_or(text.len())]
}

fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        found.push((name, value));
        rest = after;
    }
    found
}

/// Front matter, and whatever stands in it.
pub fn front_matter(bytes: &[u8]) {
    let page = [b"---\n", bytes, b"\n---\nUn texte.\n"].concat();
    let (built, _) = build(&[("content/a.md", page)]);
    is_harmless(&made(&built.expect("the site is there"), "/a/"));
}

/// Markdown and directives, as pages.
pub fn html(bytes: &[u8]) {
    let page = [b"---\ntitre: Essai\n---\n", bytes].concat();
    let (built, _) = build(&[("content/a.md", page)]);
    is_harmless(&made(&built.expect("the site is there"), "/a/"));
}

/// The same, as the e-mail of a letter: subject and text; a header holds on its line.
pub fn mail(bytes: &[u8]) {
    let half = bytes.len() / 3;
    let subject = String::from_utf8_lossy(&bytes[..half]).replace(['"', '\\', '\n', '\r'], " ");
    let issue = [
        format!("---\ntitre: Numéro\nnumero: 7\ndate: 2026-03\nobjet: \"{subject}\"\n---\n").as_bytes(),
        &bytes[half..],
    ]
    .concat();
    let letter = b"---\ntitre: La lettre\nnature: lettre\nexpediteur: La lettre <l@exemple.fr>\n---\n".to_vec();
    let (built, _) = build(&[("content/lettres/l/_index.md", letter), ("content/lettres/l/un.md", issue)]);
    let built = built.expect("the site is there");
    let files: Vec<String> =
        built.urls().map(|url| url.as_str().to_owned()).filter(|url| url.contains("/l/un")).collect();
    for url in files.iter().filter(|url| url.ends_with(".eml") || url.ends_with(".txt") || url.ends_with(".html")) {
        let file = made(&built, url);
        if url.ends_with(".eml") {
            let head = file.split_once("\r\n\r\n").map_or("", |(head, _)| head);
            assert!(!head.contains("\r\nBcc:") && head.lines().all(|line| line.len() < 999), "{head}");
        }
    }
}

/// French spacing, in each country and each school: done twice, it changes nothing more.
pub fn typography(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let choice = bytes.first().copied().unwrap_or_default();
    let locale = [Locale::Fr, Locale::from_tag("fr-CA"), Locale::from_tag("fr-CH"), Locale::from_tag("en")]
        [usize::from(choice % 4)];
    let rules = Rules {
        locale,
        guillemets: if choice & 4 == 0 { Guillemets::Insecable } else { Guillemets::Fine },
        espace_fine: choice & 8 == 0,
        inclusif: [Inclusif::TelQuel, Inclusif::PointMedian, Inclusif::Doublet][usize::from(choice / 16 % 3)],
    };
    let once = typeset(&rules, &text);
    assert_eq!(typeset(&rules, &once), once, "of {text:?}");
    inclusive::forms(&text);
    fold(&text);
    if let Some(slug) = slug(&text) {
        assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{slug}");
        assert!(slug.len() <= 100 && !slug.starts_with('-') && !slug.ends_with('-'), "{slug}");
    }
}

static INDEX: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let page = "---\ntitre: Animer son territoire\nthemes: [Coopération]\n---\nLes élu·es de l’économie sociale, au cœur du bourg.\n";
    let (built, _) = build(&[
        ("content/animer.md", page.into()),
        ("content/b.md", b"---\ntitre: Le velo\n---\nUn PTCE.\n".to_vec()),
    ]);
    let built = built.expect("the site is there");
    let files = built.jobs().filter(|job| job.output == "recherche");
    files.map(|job| (job.url.as_str().to_owned(), made(&built, job.url.as_str()))).collect()
});

/// A question, as readers type it.
pub fn question(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let read =
        |name: &str| INDEX.iter().find(|(url, _)| url.ends_with(&format!("/{name}.js"))).map(|(_, body)| body.clone());
    let opened = Opened::new(read).expect("the index opens");
    let answers = rank(&opened, &text);
    assert!(answers.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
}

/// Dates as people write them: what is read is written, and read again as the same.
pub fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(when) = When::parse(&text) {
        assert_eq!(When::parse(&when.to_string()).as_ref(), Ok(&when), "{text:?}");
        let long = when.long(Lang::Fr);
        assert_eq!(When::parse(&long).as_ref(), Ok(&when), "{long:?}");
    }
}

static PREVIEW: LazyLock<&'static Preview> = LazyLock::new(|| {
    let preview: &'static Preview = Box::leak(Box::new(Preview::bind(0, Tongue::French).expect("a port")));
    let pages: Arc<Pages> = Arc::new(|url: &Url| {
        let path = url.as_str();
        assert!(path.starts_with('/') && !path.split('/').any(|name| matches!(name, "." | "..")), "{path}");
        assert!(!path.contains(['\\', '\0', '\n']), "{path}");
        (path == "/").then(|| Ok(b"<body>ici</body>".to_vec()))
    });
    preview.show(Some(pages), Arc::new(|_| None), Report::default(), Refresh::Page);
    std::thread::spawn(|| preview.run());
    preview
});

/// The target of a request to the preview: nothing but plain addresses reaches the pages, and every answer is one.
pub fn paths(bytes: &[u8]) {
    let target: Vec<u8> =
        bytes.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n' | b' ')).take(4000).collect();
    let mut stream = TcpStream::connect(("127.0.0.1", PREVIEW.port())).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let host = format!(" HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", PREVIEW.port());
    stream.write_all(&[b"GET ", &target[..], host.as_bytes()].concat()).ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.get(9..12).unwrap_or_default();
    assert!(matches!(status, "200" | "302" | "400" | "403" | "404" | "421"), "{target:?}: {answer}");
    assert!(!answer.contains("Access-Control"), "{answer}");
}

/// The same Markdown, printed: the layout always compiles.
#[cfg(feature = "pdf")]
pub fn print(bytes: &[u8]) {
    let kit = b"---\ntitre: Kit\nnature: kit\n---\n".to_vec();
    let fiche = [b"---\ntitre: Essai\nnumero: 1\n---\n", bytes].concat();
    let kits = b"---\ntitre: Kits\n---\n".to_vec();
    let (built, report) =
        build(&[("content/kits/_index.md", kits), ("content/kits/k/_index.md", kit), ("content/kits/k/f.md", fiche)]);
    if report.has_errors() {
        return;
    }
    let built = built.expect("the site is there");
    for job in built.jobs().filter(|job| job.output == "pdf") {
        match built.render(&job.url) {
            Some(Ok(body)) => assert!(body.starts_with(b"%PDF")),
            Some(Err(fault)) => assert_ne!(fault.code, "E0701", "{}", job.url),
            None => {}
        }
    }
}
