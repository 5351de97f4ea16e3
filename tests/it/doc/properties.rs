//! What holds for any text: no panic, places inside the file, nothing lost, time in proportion.

use std::time::{Duration, Instant};

use essaim::diag::{Report, Span};
use essaim::doc::{self, Block, Document, Inline, Place, Step, Visitor, VisitorMut};
use essaim::french::Rules;
use proptest::prelude::*;

use super::{parse, parse_body};

/// Checks every place that a document and its report name.
fn check_places(text: &str, document: &Document, report: &Report) {
    let check = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} is not in the text");
    };
    for link in &document.links {
        check(link.span);
        check(link.to_span);
        assert!(link.to_span.start >= link.span.start || link.to_span.end <= text.len() as u32);
    }
    for diagnostic in &report.diagnostics {
        let at = diagnostic.at.as_ref().expect("every fault has a place");
        for mark in std::iter::once(at).chain(&diagnostic.also) {
            check(mark.span);
        }
    }
    struct Spans<F>(F, usize, usize);
    impl<'d, F: Fn(Span)> Visitor<'d> for Spans<F> {
        fn block(&mut self, block: &'d Block) -> Step {
            self.1 += 1;
            self.2 = self.2.max(self.1);
            match block {
                Block::Paragraph { span, .. } | Block::Code { span, .. } => (self.0)(*span),
                Block::Heading(heading) => (self.0)(heading.span),
                Block::List(list) => list.items.iter().for_each(|item| (self.0)(item.span)),
                Block::Table(table) => (self.0)(table.span),
                Block::Figure(figure) => (self.0)(figure.image.span),
                Block::Directive(directive) => (self.0)(directive.span),
                _ => {}
            }
            Step::Into
        }
        fn after_block(&mut self, _block: &'d Block) {
            self.1 -= 1;
        }
        fn inline(&mut self, inline: &'d Inline) -> Step {
            if let Inline::Image(image) = inline {
                (self.0)(image.span);
            }
            Step::Into
        }
    }
    let mut spans = Spans(check, 0, 0);
    doc::visit(document, &mut spans);
    assert!(spans.2 <= doc::MAX_DEPTH + 2, "{} levels", spans.2);
    let mut anchors = doc::anchors(document);
    let count = anchors.len();
    anchors.sort();
    anchors.dedup();
    assert_eq!(anchors.len(), count, "anchors are unique");
}

/// Pieces of Markdown that meet each other in every order.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "# ",
    "## ",
    ":::",
    "::::",
    ":::encadre",
    ":::exemple{titre=\"",
    "\"}",
    ":::chiffres\n",
    ":::etapes\n",
    ":::trajectoire\n",
    ":::galerie\n",
    ":::agenda\n",
    ":::carte{} :::",
    "{",
    "}",
    "{.x}",
    "{lang=en}",
    "{sens=\"a\"}",
    "{.decorative}",
    "{credit=\"a\"}",
    "[",
    "]",
    "[^1]",
    "[^1]: ",
    "[a]: ",
    "](",
    ")",
    "![",
    "[[",
    "]]",
    "|",
    "|---|\n",
    "| a | b |\n",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "~~",
    "~",
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<details>",
    "</details>",
    "<summary>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<img src=x>",
    "<a href='",
    "&amp;",
    "&#0;",
    "\\",
    "---\n",
    "***\n",
    ": ",
    "Table : ",
    "{.entetes-lignes}",
    "[!NOTE]",
    "[!ASTUCE]",
    "1984",
    "mot",
    "été",
    "’",
    "\u{a0}",
    "\u{0}",
    "\u{feff}",
    "😀",
    "e\u{301}",
    "ESS",
    "javascript:",
    "http://x",
    "=",
];

#[test]
fn an_address_with_a_mark_that_is_taken_out_stands_where_it_was_typed() {
    let text = "\"}[[\u{feff}**]]";
    let (document, report) = parse(text);
    check_places(text, &document, &report);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}", start in 0_usize..20) {
        let (document, report) = parse_body(&text, start.min(text.len()));
        check_places(&text, &document, &report);
    }

    #[test]
    fn any_mixture_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        let (document, report) = parse(&text);
        check_places(&text, &document, &report);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        let (document, report) = parse(&text);
        check_places(&text, &document, &report);
        let shown = doc::text::document(&document);
        prop_assert!(!shown.contains(char::from(2)));
    }

    #[test]
    fn no_word_is_lost(lines in prop::collection::vec(prop::sample::select(LINES), 1..25)) {
        let mut text = String::new();
        let mut words = 0;
        for line in lines {
            for piece in line.split_inclusive('§') {
                text.push_str(piece.trim_end_matches('§'));
                if piece.ends_with('§') {
                    text.push_str(&format!("mot{words}x"));
                    words += 1;
                }
            }
            text.push('\n');
        }
        let (document, _) = parse(&text);
        let mut read = doc::text::document(&document);
        for link in &document.links {
            read.push_str(&link.to);
        }
        for word in 0..words {
            let word = format!("mot{word}x");
            prop_assert!(read.contains(&word), "{word} is lost from\n{text}\n{document:#?}");
        }
        // Setting the text and explaining its acronyms lose nothing either, and do it once.
        let mut set = document.clone();
        doc::typeset_document(&mut set, &Rules::default());
        let mut again = set.clone();
        doc::typeset_document(&mut again, &Rules::default());
        prop_assert_eq!(&set, &again);
        let read = doc::text::document(&set);
        prop_assert_eq!(read.matches("mot").count(), doc::text::document(&document).matches("mot").count());
    }

    #[test]
    fn looking_and_changing_meet_the_same_words(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let (mut document, _) = parse(&pieces.concat());
        let mut seen = Seen::default();
        doc::visit(&document, &mut seen);
        let mut changed = Seen::default();
        doc::visit_mut(&mut document, &mut changed);
        prop_assert_eq!(seen.0, changed.0);
    }
}

/// Lines whose words, at each `§`, a reader must find.
const LINES: &[&str] = &[
    "§",
    "§ suite §",
    "- §",
    "  - §",
    "1. §",
    "> §",
    "> - §",
    "## §",
    "### § {.hors-levier}",
    ":::encadre §",
    ":::exemple{titre=\"§\" annee=2020}",
    ":::exemple §",
    ":::definition §",
    ":::voix{qui=\"§\"}",
    ":::citation{auteur=§ source=\"§\"}",
    ":::chiffres{source=§}",
    "- **§** §",
    ":::etapes",
    "1. **§.** §",
    "2. § bien. Puis §",
    ":::trajectoire",
    "- **1984** §",
    "- **§** §",
    ":::agenda",
    "- **12 mars 2027, §** §",
    ":::galerie",
    "![§](a.png)",
    "![§](a.png \"b\"){credit=\"c\"}",
    ":::",
    "::::",
    ":::§",
    "::::encadre",
    ":::telechargement{fichier=\"§.pdf\" titre=§}",
    ":::video{src=§ titre=§}",
    ":::carte{titre=§} :::",
    "",
    "",
    "",
    "| § | § |",
    "|---|---|",
    "| § | § | § |",
    "Table : §",
    "Tableau 3 : § {.entetes-lignes}",
    "{.entetes-lignes}",
    "[§](§.md)",
    "[[§]]",
    "[[a|§]]",
    "<https://exemple.fr/§>",
    "[§]{lang=en}",
    "[§]{sens=\"x\"} et §",
    "[§]{x}",
    "`§`",
    "```",
    "    §",
    "**§** *§* ~~§~~ ~§~",
    "<b>§",
    "</b>§",
    "<div>§</div>",
    "<div>",
    "</div>",
    "<details><summary>§</summary>",
    "</details>",
    "<center>§</center>",
    "§[^1]",
    "[^1]: §",
    "    suite §",
    "Terme §",
    ": §",
    "\\§",
    "§\\",
    "***",
    "---",
    "<span class=x>§</span>",
    "<blink>§</blink>",
    "> [!NOTE]",
    "> [!§]",
    "## § {à §}",
    "[§",
    "§]",
    "[§]",
    "![§",
    "{§}",
    "§ {.x}",
    "(§)",
    "<br>§",
    "<kbd>§</kbd>",
    "<abbr title=\"x\">§</abbr>",
    "§  ",
    "<a href=\"a\">§</a>",
    "<p>§",
    "<!-- x -->§",
    "[§][a]",
    "[§][b]",
];

#[derive(Default)]
struct Seen(Vec<(String, Place)>);

impl<'d> Visitor<'d> for Seen {
    fn run(&mut self, run: &'d [Inline], place: Place) -> Step {
        self.0.push((doc::inline_text(run), place));
        Step::Into
    }
    fn label(&mut self, text: &'d ecow::EcoString, place: Place) {
        self.0.push((text.to_string(), place));
    }
}

impl VisitorMut for Seen {
    fn run(&mut self, run: &mut Vec<Inline>, place: Place) -> Step {
        self.0.push((doc::inline_text(run), place));
        Step::Into
    }
    fn label(&mut self, text: &mut ecow::EcoString, place: Place) {
        self.0.push((text.to_string(), place));
    }
}

#[test]
fn hostile_texts_take_time_in_proportion() {
    let n = 30_000;
    let hostile: Vec<(&str, String)> = vec![
        ("quotes", "> ".repeat(n)),
        ("emphasis", "*".repeat(n) + "a" + &"*".repeat(n)),
        ("nested emphasis", "*a ".repeat(n) + &" a*".repeat(n)),
        ("brackets", "[".repeat(n)),
        ("closed brackets", "[".repeat(n) + &"]".repeat(n)),
        ("braces", "]{".repeat(n)),
        ("attributes", "[a]{lang=".repeat(n)),
        ("notes", "[^a".repeat(n) + &"]".repeat(n)),
        ("links", "[a](".repeat(n)),
        ("comments", "!-- <".repeat(n)),
        ("fences", ":::encadre\n".repeat(n)),
        ("closing fences", ":::\n".repeat(n)),
        ("open braces", ":::encadre{titre=\"\n".repeat(n)),
        ("colons", ":".repeat(n)),
        ("boxes in a line", "a :::encadre ".repeat(n)),
        ("marks of other programs", "{{< [ <doc1 ".repeat(n)),
        ("variables", "{{ a ".repeat(n)),
        ("values", "a=“b ".repeat(n)),
        ("asides", "a - b ".repeat(n)),
        ("captions", "| a |\n|---|\n| b |\n\nTable : c\n\n".repeat(n / 10)),
        ("same headings", "## a\n".repeat(n)),
        ("numbered headings", (0..n).map(|at| format!("## a {}\n## a\n", at % 100)).collect()),
        ("divs", "<div>".repeat(n)),
        ("overlaps", "<p><b id=x><i></p>".repeat(n)),
        ("inline tags", "a <b>".repeat(n)),
        ("closing tags", "a </b>".repeat(n)),
        ("attributes of a tag", format!("<p {}>x</p>", "a=b ".repeat(n))),
        ("lists", "- ".repeat(2000) + "a"),
        ("items", "- a\n".repeat(n)),
        ("cells", "|a".repeat(n) + "|\n" + &"|-".repeat(n) + "|\n"),
        ("references", "[a]: b\n".repeat(n)),
        ("broken references", "[a][b] ".repeat(n)),
        ("calls", "[^1] ".repeat(n) + "\n\n[^1]: a"),
        ("unclosed details", "<details>\n\n".repeat(n)),
        ("escapes", "\\".repeat(n) + &"\\[".repeat(n)),
        ("one word", "a".repeat(n * 10)),
        ("lines", "a\n".repeat(n)),
        ("entities", "&amp;".repeat(n)),
    ];
    for (name, text) in hostile {
        let start = Instant::now();
        let (document, report) = parse(&text);
        let mut document = document;
        doc::typeset_document(&mut document, &Rules::default());
        let shown = doc::text::document(&document);
        let spent = start.elapsed();
        assert!(report.diagnostics.len() <= 600, "{name}: {} diagnostics", report.diagnostics.len());
        assert!(shown.len() <= text.len() * 2 + 100, "{name}");
        // A second would do on a quiet machine; a debug build on a busy one takes longer.
        assert!(spent < Duration::from_secs(10), "{name} took {spent:?}");
        if std::env::var_os("SHOW_TIMES").is_some() {
            println!("{spent:>12?} {name} ({} diagnostics)", report.diagnostics.len());
        }
    }
}
