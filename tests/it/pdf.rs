//! Printed documents: any text comes out as text, everything a writer may use conforms to the standards, nothing is lost on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use ecow::EcoString;
use essaim::diag::Span;
use essaim::doc::{Block, Document, Heading, Inline, Item, List, Table};
use essaim::emit::pdf::around::Around;
use essaim::emit::pdf::engine::{Engine, Input, Standards};
use essaim::emit::pdf::lower::{Lowering, Markup};
use essaim::emit::pdf::sheet::told;
use essaim::emit::pdf::words::Words;
use essaim::french::Lang;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::project::Project;

/// The engine of the built-in theme.
fn engine() -> Arc<Engine> {
    let folder = crate::root().join("themes/essaim/pdf");
    let layouts: BTreeMap<String, String> = std::fs::read_dir(folder)
        .expect("the theme has layouts")
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            Some((name, std::fs::read_to_string(&path).ok()?))
        })
        .collect();
    Arc::new(Engine::new(layouts.iter().map(|(name, text)| (name.as_str(), text.as_str())), Vec::new()))
}

/// A document that puts one text wherever a writer can.
fn everywhere(text: &str) -> Document {
    let words = || vec![Inline::Text(text.into())];
    let span = Span::default();
    let paragraph = |text: Vec<Inline>| Block::Paragraph { text, span };
    let heading = Heading { level: 2, id: "a".into(), text: words(), outside_levers: false, span };
    Document {
        blocks: vec![
            paragraph(words()),
            Block::Heading(heading),
            paragraph(vec![
                Inline::Strong(words()),
                Inline::Emphasis(words()),
                Inline::Code(text.into()),
                Inline::NoBreak(text.into()),
                Inline::SmallCaps(text.into()),
                Inline::Abbreviation { text: text.into(), meaning: text.into(), first: true },
                Inline::NoteCall { note: 0, call: 0 },
            ]),
            Block::Code { language: EcoString::new(), text: text.into(), span },
            Block::List(List {
                start: None,
                tight: true,
                items: vec![Item { task: None, body: vec![paragraph(words())], span }],
            }),
            Block::Table(Box::new(Table {
                caption: words(),
                columns: vec![essaim::doc::Align::None],
                head: vec![words()],
                rows: vec![vec![words()]],
                row_headers: false,
                span,
            })),
        ],
        notes: vec![essaim::doc::Note { label: "n".into(), body: vec![paragraph(words())], calls: 1 }],
        ..Document::default()
    }
}

/// How many times [`everywhere`] shows its text.
const TIMES: usize = 14;

fn lowered(engine: &Engine, document: &Document) -> Input {
    let around = Around::alone(Words::of(Lang::Fr, str::to_owned));
    let mut markup = Markup::default();
    markup
        .text
        .push_str("#import \"base.typ\": *\n#show: habiller\n#set document(title: \"t\")\n#heading(level: 1)[t]\n");
    Lowering::new(document, &around, engine.coverage(), &mut markup).body(0);
    Input { main: markup.text, told: told("sapin", "fr", false), files: BTreeMap::new() }
}

fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        *letters.entry(character).or_insert(0) += 1;
    }
    letters
}

/// Whatever the characters, the document is made, conforms, and shows each of them (or what stands in its place) each time.
#[test]
fn any_text_comes_out_as_text() {
    let engine = engine();
    let text = prop_oneof![
        ".{0,40}",
        "[\\(a-zé ]?\\p{M}{1,4}[a-z]{0,6}\\p{M}",
        "\\PC{0,24}",
        "[\\x00-\\x7f]{0,40}",
        "[#\\[\\](){}$*_`\"\\\\@<>=;,.a-z -]{0,40}"
    ];
    let mut runner = TestRunner::new(Config {
        cases: std::env::var("CASES").map_or(48, |cases| cases.parse().unwrap_or(48)),
        failure_persistence: None,
        ..Config::default()
    });
    let outcome = runner.run(&text, |text| {
        let document = everywhere(&text);
        let input = lowered(&engine, &document);
        let made = engine.pdf(input.clone(), Standards::default());
        prop_assert!(made.is_ok(), "{text:?}: {:?}", made.err());
        let shown = letters(&engine.text(input).expect("what makes a PDF makes a text").concat());
        let settled = engine.coverage().settle(&text.replace('\r', ""), &mut |_| {}).into_owned();
        for (character, count) in letters(&settled) {
            let seen = shown.get(&character).copied().unwrap_or(0);
            prop_assert!(seen >= count * TIMES, "{text:?}: {character:?} is shown {seen} times, not {}", count * TIMES);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn code_of_the_layout_language_is_only_text() {
    let engine = engine();
    for text in [
        "#import \"@preview/cetz:0.3.0\"",
        "#panic(\"non\")",
        "\"; panic(\"non\"); \"",
        "\\\"]#panic()",
        "*gras* $x^2$ @renvoi <nom> // suite",
        "= Titre\n- liste\n/ terme: sens",
        "#read(\"/etc/passwd\")",
        "\\u{23}panic()",
    ] {
        let input = lowered(&engine, &everywhere(text));
        let pages = engine.text(input).unwrap_or_else(|refusal| panic!("{text}: {refusal:?}")).concat();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert!(squeezed(&pages).contains(&squeezed(text)), "{text} is not in {pages}");
    }
}

#[test]
fn nothing_outside_the_document_can_be_read() {
    let engine = engine();
    for code in [
        "#read(\"/etc/passwd\")",
        "#image(\"../../photo.png\")",
        "#import \"@preview/cetz:0.3.0\": *",
        "#datetime.today()",
    ] {
        let input = Input { main: code.to_owned(), told: told("sapin", "fr", false), files: BTreeMap::new() };
        assert!(engine.pdf(input, Standards::default()).is_err(), "{code}");
    }
}

/// Everything that a writer may use, and everything that goes wrong in print.
fn all_sorts() -> Project {
    let mut project = Project::new(include_str!("pdf/tout.txt"));
    project.write("content/kits/k/large.png", png(2400, 300));
    project.write("content/kits/k/petite.png", png(40, 40));
    project.options.only = vec!["pdf".to_owned(), "html".to_owned(), "images".to_owned()];
    project
}

/// A grey picture of a size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let pixels: Vec<u8> = (0..width * height).flat_map(|at| [(at % 251) as u8, 120, 140, 255]).collect();
    essaim::assets::png(&pixels, width, height).expect("pixels of this size are a picture")
}

fn assert_conforms(name: &str, bytes: &[u8]) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        let failures: Vec<String> =
            report.failures.iter().map(|failure| format!("{} {}", failure.rule_id, failure.message)).collect();
        assert!(report.is_compliant, "{name} does not conform: {failures:#?}");
    }
}

#[test]
fn every_document_of_a_full_site_conforms() {
    let project = all_sorts();
    let documents: Vec<String> = project.urls().into_iter().filter(|url| url.ends_with(".pdf")).collect();
    assert_eq!(
        documents,
        [
            "/kits/k/introduction/k-2026-introduction.pdf",
            "/kits/k/k-2026.pdf",
            "/kits/k/tout/k-2026-fiche-04-tout.pdf",
            "/lettres/l/57/l-57.pdf",
            "/recits/r/recit-r.pdf",
        ]
    );
    for url in documents {
        assert_conforms(&url, &project.file(&url));
    }
}

#[test]
fn characters_without_a_typeface_are_said_and_replaced() {
    let mut project = all_sorts();
    project.edit("content/kits/k/tout.md", |text| format!("{text}\nBravo 🎉 à 漢字 et à محمد.\n"));
    let codes: Vec<String> = project.codes().into_iter().filter(|code| code.starts_with("A0701")).collect();
    assert_eq!(codes.len(), 2, "{codes:?}");
    let bytes = project.file("/kits/k/tout/k-2026-fiche-04-tout.pdf");
    assert_conforms("emoji", &bytes);
    if let Some(text) = text_of(&bytes) {
        assert!(text.contains("[fête]") && text.contains("[chinois]") && text.contains('م'), "{text}");
    }
}

#[test]
fn two_builds_give_the_same_bytes() {
    let (one, other) = (all_sorts(), all_sorts());
    for url in ["/kits/k/k-2026.pdf", "/kits/k/tout/k-2026-fiche-04-tout.pdf"] {
        assert!(one.file(url) == other.file(url), "{url}");
    }
}

#[test]
fn a_broken_layout_is_reported_at_its_line() {
    let mut project = all_sorts();
    project.write("themes/essaim/pdf/fiche.typ", "#let rendre(meta, chapeau, corps) = {\n  inconnu(corps)\n}\n");
    let (build, _) = project.build();
    let made = build.expect("the site stands").render(&essaim::urls::Url::new("/kits/k/tout/k-2026-fiche-04-tout.pdf"));
    let fault = made.expect("the document is planned").expect_err("its layout is wrong");
    assert_eq!(fault.code, "E0703");
    let at = fault.at.expect("a place");
    assert_eq!(at.file.as_str(), "themes/essaim/pdf/fiche.typ");
    assert_eq!(at.span, Span::new(40, 47));
}

#[test]
fn the_writer_s_own_document_takes_the_place_of_ours() {
    let mut project = all_sorts();
    project.write("content/kits/k/maquette.pdf", b"%PDF-1.7\n".to_vec());
    project.edit("content/kits/k/tout.md", |text| text.replacen("numero: 4", "numero: 4\npdf: maquette.pdf", 1));
    let urls = project.urls();
    assert!(!urls.iter().any(|url| url.ends_with("fiche-04-tout.pdf")), "{urls:?}");
    assert!(urls.iter().any(|url| url.ends_with("maquette.pdf")), "{urls:?}");
}

/// The words of a text, letters and digits apart.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let mut word = String::new();
    let mut add = |word: &mut String| {
        if !word.is_empty() {
            *words.entry(std::mem::take(word)).or_insert(0) += 1;
        }
    };
    for character in text.replace("\u{ad}\n", "").replace('\u{ad}', "").chars() {
        let changes = word.chars().next_back().is_some_and(|last| last.is_numeric() != character.is_numeric());
        if changes || !character.is_alphanumeric() {
            add(&mut word);
        }
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        }
    }
    add(&mut word);
    words
}

/// The text of a PDF, as readers' programs take it; nothing where none is installed.
fn text_of(bytes: &[u8]) -> Option<String> {
    let mut program = Command::new("pdftotext")
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = program.stdin.take().expect("the program reads us");
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = program.wait_with_output().ok()?;
    writer.join().expect("writing does not panic").ok()?;
    String::from_utf8(output.stdout).ok()
}

/// What a page says in its text, without what only serves on screen: drawings, links back from notes.
fn body_of(html: &str) -> String {
    const SILENT: [(&str, &str); 3] =
        [("<svg", "</svg>"), ("<a class=\"retour\"", "</a>"), ("<h2 id=\"notes\"", "</h2>")];
    const IN_WORDS: [&str; 8] = ["<sup", "<sub", "<span", "<abbr", "</sup", "</sub", "</span", "</abbr"];
    let mut rest = &html[html.find("<div class=\"texte\">").expect("a page has a text")..];
    let mut text = String::new();
    let mut depth = 0;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((_, close)) = SILENT.iter().find(|(open, _)| rest.starts_with(open)) {
            rest = &rest[rest.find(close).expect("it is closed") + close.len()..];
            continue;
        }
        depth += i32::from(rest.starts_with("<div")) - i32::from(rest.starts_with("</div"));
        if depth == 0 {
            break;
        }
        if !IN_WORDS.iter().any(|tag| rest.starts_with(tag)) {
            text.push(' ');
        }
        rest = &rest[rest.find('>').expect("a tag is closed") + 1..];
    }
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
}

/// RGAA 13.4: a document offered beside a page says what the page says.
#[test]
fn a_document_says_the_words_of_its_page() {
    let project = all_sorts();
    for (page, document, extra) in [
        ("/kits/k/tout/", "/kits/k/tout/k-2026-fiche-04-tout.pdf", "fiche"),
        // The notes of an example taken up are printed with it.
        ("/recits/r/", "/recits/r/recit-r.pdf", "récit note numéro avec un mot et un lien"),
    ] {
        let Some(printed) = text_of(&project.file(document)) else {
            eprintln!("pdftotext is not installed: the words of {document} are not compared");
            return;
        };
        let html = project.page(page);
        let (on_screen, on_paper) = (words(&body_of(&html)), words(&printed));
        let lost: Vec<String> = on_screen
            .iter()
            .filter(|(word, count)| on_paper.get(*word).copied().unwrap_or(0) < **count)
            .map(|(word, count)| format!("{word} {count}/{}", on_paper.get(word).copied().unwrap_or(0)))
            .collect();
        assert!(lost.is_empty(), "{document} loses words of the page: {lost:?}");
        // What print adds: running heads, addresses, meanings of acronyms, where to read online.
        let declared: BTreeSet<String> =
            words(&html).into_keys().chain(words(ADDED).into_keys()).chain(words(extra).into_keys()).collect();
        let added: Vec<&String> = on_paper
            .keys()
            .filter(|word| !on_screen.contains_key(*word) && !declared.contains(*word) && word.parse::<u32>().is_err())
            // « Hauts-de- » at a line’s end and « France » on the next are read as one word.
            .filter(|word| {
                !word.char_indices().any(|(at, _)| declared.contains(&word[..at]) && declared.contains(&word[at..]))
            })
            .collect();
        assert!(added.is_empty(), "{document} says what the page does not: {added:?}");
    }
}

/// The words that only print has.
const ADDED: &str = "À lire en ligne, dans sa dernière version. Version. Licence. Publié par. Faits vérifiés le. Cartes : \
    INSEE, code officiel géographique et populations de référence ; DGCL ; La Poste ; IGN, Admin Express (Licence Ouverte) ; \
    GeoNames (CC BY) ; Natural Earth. Par, avec, et. Édition. Agir.";
