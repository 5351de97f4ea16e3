//! Every fault, with its code, the exact bytes it shows, and what it says in both languages.

use std::fmt::Write as _;

use essaim::diag::{FilePath, Report, Severity, Tongue};
use essaim::doc::directives::{DIRECTIVES, directive};
use essaim::doc::{self, Block, Glossary, Options, Sense, Source, Term};

use super::{parse, parse_body};

/// Code, then a text where ⟦ and ⟧ stand around the bytes to show.
const FAULTS: &[(&str, &str)] = &[
    ("E0203", ":::⟦exempl⟧{titre=x}\ntexte\n:::"),
    ("E0203", ":::⟦machin⟧\ntexte\n:::"),
    ("E0203", "⟦:::⟧{titre=x}\ntexte\n:::"),
    ("E0204", "⟦:::encadre⟧\ntexte"),
    ("E0204", "::::exemple{titre=x}\n⟦:::encadre⟧\ntexte\n::::"),
    ("E0204", "- liste\n  ⟦:::encadre⟧\n  texte\n:::"),
    ("E0204", "- liste\n\n  ⟦:::encadre⟧\n\nfin"),
    ("E0205", "texte\n\n⟦:::⟧"),
    ("E0205", "::::encadre\ntexte\n⟦:::⟧"),
    ("E0206", ":::exemple{titre=x ⟦anee⟧=2020}\n:::"),
    ("E0206", ":::etapes{⟦couleur⟧=bleu}\n1. **Un.** Deux.\n:::"),
    ("E0206", ":::video{src=a titre=b ⟦lien⟧=c}\n:::"),
    ("E0207", "⟦:::exemple{territoire=59}⟧\n:::"),
    ("E0207", "⟦:::a-la-une⟧\n:::"),
    ("E0208", ":::exemple{titre=x annee=⟦bientôt⟧}\n:::"),
    ("E0208", ":::exemple{titre=x verifie_le=\"⟦2026-13-45⟧\"}\n:::"),
    ("E0209", ":::exemple⟦{⟧titre=x\n:::"),
    ("E0209", ":::exemple{titre=⟦\"⟧Un forum}\n:::"),
    ("E0209", ":::exemple{titre=Un ⟦forum⟧}\n:::"),
    ("E0209", ":::exemple{titre=x ⟦annee=⟧}\n:::"),
    ("E0209", "![a](b){credit=⟦\"⟧x}"),
    ("E0210", ":::encadre{titre=x ⟦titre=y⟧}\ntexte\n:::"),
    ("E0211", ":::etapes ⟦Notre démarche⟧\n1. **Un.** Deux.\n:::"),
    ("E0211", ":::encadre ⟦Un titre⟧ {titre=x}\ntexte\n:::"),
    ("E0212", "⟦:::chiffres⟧\n80 entrepreneurs\n:::"),
    ("E0212", "⟦:::etapes⟧\n- un\n:::"),
    ("E0212", "⟦:::trajectoire⟧\n1984, un début.\n:::"),
    ("E0212", "⟦:::galerie⟧\nPas d’image.\n:::"),
    ("E0213", ":::chiffres\n- **80** entrepreneurs\n⟦- 12 associations⟧\n:::"),
    ("E0213", ":::agenda\n⟦- le 12 mars⟧\n  réunion\n:::"),
    ("E0214", ":::trajectoire\n- **⟦bientôt⟧** Une fête.\n:::"),
    ("E0214", ":::agenda\n- **⟦30 février 2026⟧** Une fête.\n:::"),
    ("E0215", "![a](b){⟦credti=x⟧}"),
    ("E0215", "[mot]{⟦lnag=en⟧}"),
    ("E0215", "[lien](a.md){⟦.bouton⟧}"),
    ("E0215", "⟦{.entetes-lignes}⟧\n\n| a |\n|---|"),
    ("E0215", "[mot]{lang=⟦anglais⟧}"),
    ("E0215", "## Titre {⟦.hors-leviers⟧}"),
    ("E0215", "## Titre {⟦couleur=bleu⟧}"),
    ("E0216", "Un appel⟦[^1]⟧."),
    ("E0217", "## Un {#ancre}\n\n⟦## Deux {#ancre}⟧"),
    ("E0217", "## Un {#ancre}\n\n⟦:::encadre{#ancre}⟧\ntexte\n:::"),
    ("A0201", "⟦# Titre⟧\n\ntexte"),
    ("A0202", "⟦[x](javascript:alert(1))⟧"),
    ("A0202", "⟦[x](java&#115;cript&#58;alert(1))⟧"),
    ("A0202", "<⟦vbscript:x⟧>"),
    ("A0202", ":::a-la-une{page=\"⟦javascript:x⟧\"}\n:::"),
    ("A0203", "<div>⟦<object>⟧x</object></div>"),
    ("A0203", "texte ⟦<script>⟧x</script>"),
    ("A0203", "⟦<iframe src=\"//ailleurs.exemple\">⟧</iframe>"),
    ("A0222", "⟦:::encadre{titre=x}⟧\n:::"),
    ("A0203", "⟦<div lang=en>⟧\n\nHello\n\n</div>"),
    ("A0216", "texte ⟦<sapn>⟧x</sapn>"),
    ("A0216", "Bonjour ⟦<nom de la commune>⟧."),
    ("A0216", "<div>⟦<nom de la commune>⟧</div>"),
    ("A0204", "<p ⟦style=\"color:red\"⟧>x</p>"),
    ("A0204", "<p ⟦id=x⟧>x</p>"),
    ("A0204", "> texte\n> <b ⟦onclick='a()'⟧>x</b>"),
    ("A0205", ":::encadre\n- liste\n  ⟦:::⟧"),
    ("A0206", "texte\n\n⟦[^1]: une note⟧"),
    ("A0207", "texte[^1]\n\n[^1]: une\n\n⟦[^1]: deux⟧"),
    ("A0208", "voir ⟦[le guide][guide]⟧"),
    ("A0209", "> ⟦[!ASTUCE]⟧\n> texte"),
    ("A0210", "texte ⟦![a](b \"légende\")⟧"),
    ("A0212", "un\u{2}"),
    ("A0213", "⟦<details>⟧\n\ntexte"),
    ("A0215", "<div>⟦<a href=\"page.md\">⟧x</a></div>"),
    ("A0214", "| a |\n|---|\n| b ⟦| c |⟧"),
];

#[test]
fn an_error_is_never_lost_behind_alerts_and_what_is_left_unsaid_is_counted() {
    let body = format!("{}:::exempl\ntexte\n:::\n", "<object>x</object>\n\n".repeat(700));
    let (_, report) = parse_body(&body, 0);
    let codes = |code: &str| report.diagnostics.iter().filter(|said| said.code == code).count();
    assert_eq!(codes("E0203"), 1, "the error that comes last");
    assert_eq!(codes("A0203"), 500);
    let told = report.diagnostics.iter().find(|said| said.code == "A0217").expect("what is left out is said");
    assert!(told.message.fr.contains(" 200 "), "{}", told.message.fr);
}

#[test]
fn each_fault_has_its_code_and_its_bytes() {
    let mut shown = String::new();
    for (code, marked) in FAULTS {
        let front = "---\ntitre: Été\n---\n";
        let text = format!("{front}{}\n", marked.replace(['⟦', '⟧'], ""));
        let (_, report) = parse_body(&text, front.len());
        let start = marked.find('⟦').map(|at| front.len() + at);
        let end = marked.find('⟧').map(|at| front.len() + at - '⟦'.len_utf8());
        let found: Vec<_> = report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(found, [*code], "{marked}: {:#?}", report.diagnostics);
        let diagnostic = &report.diagnostics[0];
        let at = diagnostic.at.as_ref().expect("every fault has a place");
        if let (Some(start), Some(end)) = (start, end) {
            assert_eq!(&text[at.span.range()], &text[start..end], "{marked}");
            assert_eq!(at.span.range(), start..end, "{marked}");
        }
        let is_error = diagnostic.severity == Severity::Error;
        assert_eq!(is_error, code.starts_with('E'), "{marked}");
        let help = diagnostic.help.as_ref().expect("every fault says what to do");
        writeln!(shown, "{code} {:?}", marked.replace('\n', "⏎")).expect("writing to a String cannot fail");
        for tongue in [Tongue::French, Tongue::English] {
            writeln!(shown, "  {} — {}", diagnostic.message.to(tongue), help.to(tongue))
                .expect("writing to a String cannot fail");
        }
    }
    insta::with_settings!({ snapshot_path => crate::root().join("tests/it/cases/doc"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("fautes", shown);
    });
}

#[test]
fn a_text_too_large_is_refused_and_too_deep_is_flattened() {
    let (document, report) = parse(&"a".repeat(doc::MAX_BYTES + 1));
    assert!(document.blocks.is_empty());
    assert_eq!(report.diagnostics[0].code, "E0201");

    let deep = format!("{} fond\n", ">".repeat(200));
    for text in [deep.clone(), "- ".repeat(200) + "fond", "*a ".repeat(100) + "fond" + &" b*".repeat(100)] {
        let (document, report) = parse(&format!("texte\n\n{text}"));
        let codes: Vec<_> = report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, ["E0202"], "{text}");
        assert!(doc::text::document(&document).contains("fond"), "{text}");
    }
}

#[test]
fn every_directive_is_described_and_its_example_is_right() {
    for spec in DIRECTIVES {
        let (document, report) = parse(spec.example);
        assert_eq!(report, Report::default(), "{}", spec.example);
        assert!(matches!(document.blocks.as_slice(), [Block::Directive(_)]), "{}", spec.example);
        assert_eq!(directive(spec.name), Some(spec));
        assert!(spec.says.ends_with('.') && !spec.says.contains('\''), "{}", spec.says);
        if let Some(title) = spec.title {
            assert!(spec.argument(title).is_some(), "{}", spec.name);
        }
    }
    assert_eq!(directive("À la une").map(|spec| spec.name), Some("a-la-une"));
    assert_eq!(directive("Définition").map(|spec| spec.name), Some("definition"));
    assert!(directive("exemple").is_some_and(|spec| spec.argument("vérifié-le").is_some()));
}

fn glossary() -> Glossary {
    let term = |name: &str, senses: &[&str]| Term {
        name: name.into(),
        senses: senses.iter().map(|sens| Sense { sens: (*sens).into(), ..Sense::default() }).collect(),
    };
    Glossary::new(vec![
        term("ESS", &["économie sociale et solidaire"]),
        term("SCIC", &["société coopérative d’intérêt collectif"]),
        term("CA", &["communauté d’agglomération", "conseil d’administration"]),
        term("R&D", &["recherche et développement"]),
        term("tiers-lieu", &["lieu partagé"]),
        term("ÉLAN", &["évolution du logement"]),
    ])
}

/// Returns a text with its acronyms between brackets, a star at the first of each, and the report.
fn explained(text: &str) -> (String, Report) {
    let file = FilePath::new("content/fiche.md");
    let mut report = Report::default();
    let source = Source { file: &file, text, body: 0..text.len() };
    let mut document = doc::parse(&source, &Options::default(), &mut report);
    doc::explain(&mut document, &glossary(), &source, &mut report);
    let mut marked = Marked(String::new());
    doc::visit(&document, &mut marked);
    (marked.0.trim().to_owned(), report)
}

struct Marked(String);

impl<'d> doc::Visitor<'d> for Marked {
    fn run(&mut self, _run: &'d [doc::Inline], _place: doc::Place) -> doc::Step {
        self.0.push('\n');
        doc::Step::Into
    }

    fn inline(&mut self, inline: &'d doc::Inline) -> doc::Step {
        match inline {
            doc::Inline::Text(text) => self.0.push_str(text),
            doc::Inline::Code(text) => self.0.push_str(text),
            doc::Inline::Abbreviation { text, first, .. } => {
                write!(self.0, "[{text}{}]", if *first { "*" } else { "" }).expect("writing to a String cannot fail");
            }
            _ => {}
        }
        doc::Step::Into
    }
}

#[test]
fn acronyms_are_explained_once_and_only_where_they_stand_alone() {
    let cases = [
        ("L’ESS, l'ESS et ESS.", "L’[ESS*], l'[ESS] et [ESS]."),
        ("MunicipalESS, Busin’ESS, ESSentiel, DESS, ESS2", "MunicipalESS, Busin’ESS, ESSentiel, DESS, ESS2"),
        ("des SCICs et une SCIC", "des [SCICs*] et une [SCIC]"),
        ("la R&D (R&D)", "la [R&D*] ([R&D])"),
        ("## L’ESS\n\n`ESS` [ESS](x.md) **ESS**", "L’ESS\nESS ESS [ESS*]"),
        (
            "une société coopérative d’intérêt collectif (SCIC), la SCIC",
            "une société coopérative d’intérêt collectif ([SCIC]), la [SCIC]",
        ),
        ("la SCIC (société coopérative d'intérêt collectif)", "la [SCIC] (société coopérative d'intérêt collectif)"),
        ("loi ÉLAN… « ESS » –ESS, post-ESS", "loi [ÉLAN*]… « [ESS*] » –[ESS], post-[ESS]"),
        ("Un tiers-lieu n’est pas un sigle.", "Un tiers-lieu n’est pas un sigle."),
        ("[CA]{sens=\"Conseil d'administration\"} puis CA", "[CA*] puis [CA]"),
        ("[ESS]{lang=en}", "ESS"),
        ("## La [CA]{sens=\"communauté d’agglomération\"}\n\nLa CA, la CA.", "La [CA]\nLa [CA*], la [CA]."),
        ("| ESS |\n|---|\n| ESS[^1] |\n\n[^1]: ESS", "[ESS*]\n[ESS]\n[ESS]"),
    ];
    for (text, expected) in cases {
        let (found, report) = explained(text);
        assert_eq!(found, expected, "{text}");
        assert_eq!(report, Report::default(), "{text}");
    }
}

#[test]
fn an_ambiguous_acronym_is_reported_once_where_it_stands() {
    let (found, report) = explained("Le texte.\n\nLa CA de Béthune et le CA.");
    assert_eq!(found, "Le texte.\nLa CA de Béthune et le CA.");
    assert_eq!(report.diagnostics.len(), 1);
    let diagnostic = &report.diagnostics[0];
    assert_eq!(diagnostic.code, "A0211");
    assert_eq!(
        diagnostic.message.fr,
        "« CA » peut vouloir dire « communauté d’agglomération » ou « conseil d’administration »"
    );
    let help = diagnostic.help.as_ref().expect("it says what to do");
    assert_eq!(help.fr, "écrivez la première fois [CA]{sens=\"communauté d’agglomération\"}");
    assert_eq!(diagnostic.at.as_ref().map(|at| at.span.range()), Some(14..16));
}
