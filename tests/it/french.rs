//! French: tables of what is typed and what is read, and what must always hold.

use std::collections::BTreeMap;

use essaim::advice::{ADVICE, Page, advise, repair};
use essaim::diag::{FilePath, Report, Severity};
use essaim::doc;
use essaim::french::dates::When;
use essaim::french::{
    Guillemets, Inclusif, Lang, Locale, Piece, Rules, Typesetter, collation, fold, inclusive, pieces, slug, typeset,
};
use proptest::prelude::*;

use crate::project::Project;

/// Reads a table: one case a line, `left => right`, the right side missing when nothing changes.
fn table(text: &str) -> Vec<(usize, String, String)> {
    let shown =
        |part: &str| part.replace('␠', " ").replace('⍽', "\u{a0}").replace('␣', "\u{202f}").replace("\\n", "\n");
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with("# "))
        .map(|(number, line)| {
            let (left, right) = line.split_once(" => ").unwrap_or((line, line));
            (number + 1, shown(left), shown(right))
        })
        .collect()
}

fn show(text: &str) -> String {
    text.replace('\u{a0}', "⍽").replace('\u{202f}', "␣")
}

/// Compares every case of a table and reports all that differ.
fn check(name: &str, text: &str, run: impl Fn(&str) -> String) {
    let mut wrong = Vec::new();
    for (line, left, right) in table(text) {
        let got = run(&left);
        if got != right {
            wrong.push(format!("{name}:{line}: {} => {} instead of {}", show(&left), show(&got), show(&right)));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn french_is_typeset_as_the_table_says() {
    check("typographie.txt", include_str!("../french/typographie.txt"), |text| {
        typeset(&Rules::default(), text).into_owned()
    });
}

#[test]
fn what_is_already_set_does_not_change() {
    for (line, _, right) in table(include_str!("../french/typographie.txt")) {
        assert_eq!(typeset(&Rules::default(), &right), right, "line {line}");
    }
}

/// Every difference with another school is written down with its reason, and none is left unsaid.
#[test]
fn schools_agree_or_the_table_says_why() {
    let text = include_str!("../french/ecoles.txt").replace('⍽', "\u{a0}").replace('␣', "\u{202f}");
    let (mut rows, mut agreed, mut compared) = (0, 0, 0);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('|').map(|cell| cell.trim_matches(' ')).collect();
        let [typed, ours, schools @ .., why] = &cells[..] else { panic!("{line}") };
        assert_eq!(schools.len(), 4, "{line}");
        assert_eq!(typeset(&Rules::default(), typed), *ours, "{line}");
        assert_eq!(typeset(&Rules::default(), ours), *ours, "twice: {line}");
        let mut differs = false;
        for school in schools {
            match *school {
                "." | "=" => {}
                theirs => {
                    assert_ne!(theirs, *ours, "{line}");
                    differs = true;
                }
            }
            compared += usize::from(*school != ".");
            agreed += usize::from(*school == "=");
        }
        assert!(!differs || !why.is_empty(), "{line}");
        rows += 1;
    }
    assert!(rows >= 300 && agreed * 10 >= compared * 8, "{agreed} of {compared} in {rows}");
}

#[test]
fn each_country_has_its_spaces() {
    let canada = Rules::new(Locale::FrCa);
    assert_eq!(typeset(&canada, "Bonjour ! «x» : oui; non ?"), "Bonjour! «\u{a0}x\u{a0}»\u{a0}: oui; non?");
    let swiss = Rules::new(Locale::FrCh);
    assert_eq!(typeset(&swiss, "Bonjour ! «x» : oui"), "Bonjour\u{202f}! «\u{202f}x\u{202f}»\u{202f}: oui");
    let fine = Rules { guillemets: Guillemets::Fine, ..Rules::default() };
    assert_eq!(typeset(&fine, "\"x\" !"), "«\u{202f}x\u{202f}»\u{202f}!");
    let wide = Rules { espace_fine: false, ..Rules::default() };
    assert_eq!(typeset(&wide, "100 000 !"), "100\u{a0}000\u{a0}!");
    let english = "It's \"done\": ok !";
    assert_eq!(typeset(&Rules::new(Locale::En), english), english);
    assert_eq!(typeset(&Rules::new(Locale::from_tag("br")), english), english);
}

#[test]
fn quotes_pair_across_the_texts_of_a_paragraph() {
    let mut typesetter = Typesetter::new(&Rules::default());
    let out: Vec<String> = [
        ("Une \"", Some('C')),
        ("Citation forte !", Some('"')),
        ("\". Et «", Some('x')),
        ("x", Some('»')),
        ("» ?", None),
    ]
    .into_iter()
    .map(|(text, next)| show(&typesetter.run(text, next)))
    .collect();
    assert_eq!(out, ["Une «⍽", "Citation forte␣!", "⍽». Et «⍽", "x", "⍽»␣?"]);
    assert_eq!(typesetter.open_quotes(), 0);
}

#[test]
fn code_between_texts_counts_as_a_word() {
    let mut typesetter = Typesetter::new(&Rules::default());
    assert_eq!(typesetter.run("Voir ", Some('e')), "Voir ");
    typesetter.opaque('m');
    assert_eq!(show(&typesetter.run(" ? et \"", Some('e'))), "␣? et «⍽");
    typesetter.opaque('m');
    assert_eq!(show(&typesetter.run("\"!", None)), "⍽»␣!");
}

#[test]
fn an_untouched_text_is_borrowed() {
    for text in ["Une phrase simple, sans rien à reprendre.", "en 2014 avec www.a.fr", "« »"] {
        let set = typeset(&Rules::default(), text);
        assert!(matches!(set, std::borrow::Cow::Borrowed(_)) || set != text, "{text}");
    }
}

#[test]
fn inclusive_forms_are_understood() {
    check("inclusif.txt", include_str!("../french/inclusif.txt"), |text| {
        inclusive::forms(text).map_or_else(|| "-".to_owned(), |forms| forms.join(" "))
    });
}

#[test]
fn inclusive_forms_are_written_as_the_site_chose() {
    let rules = |inclusif| Rules { inclusif, ..Rules::default() };
    let text = "les élu.e.s, un(e) acteur/rice, tous·tes les salarié-es, 12.5 et www.a.fr";
    assert_eq!(typeset(&rules(Inclusif::TelQuel), text), text);
    let dotted = typeset(&rules(Inclusif::PointMedian), text).into_owned();
    assert_eq!(dotted, "les élu·e·s, un·e acteur·rice, tous·tes les salarié·es, 12.5 et www.a.fr");
    assert_eq!(typeset(&rules(Inclusif::PointMedian), &dotted), dotted);
    let both = typeset(&rules(Inclusif::Doublet), text).into_owned();
    assert_eq!(
        both,
        "les élues et élus, une ou un actrice ou acteur, toutes et tous les salariées et salariés, 12.5 et www.a.fr"
    );
    assert_eq!(typeset(&rules(Inclusif::Doublet), &both), both);
}

#[test]
fn slugs_are_as_the_table_says() {
    check("adresses.txt", include_str!("../french/adresses.txt"), |text| slug(text).unwrap_or_else(|| "-".to_owned()));
}

#[test]
fn dates_are_read_and_written() {
    check("dates.txt", include_str!("../french/dates.txt"), |text| match When::parse(text) {
        Ok(when) => format!("{when} | {}", when.long(Lang::Fr)).replace('\u{a0}', " "),
        Err(why) => format!("- | {why}"),
    });
}

/// What a page says of any moment or period can be copied into another page.
#[test]
fn every_date_as_written_is_read_again() {
    let moments = [
        "2012~",
        "2012-01~",
        "2012-06~",
        "2012-12~",
        "2012-07-27",
        "2012-07-02",
        "2012-08-01",
        "2013-01-01",
        "2012-07",
        "2012-09",
        "2013-05",
        "2013-08",
        "2014-10",
        "2012",
        "2015",
        "2012-21",
        "2012-22",
        "2012-23",
        "2012-24",
        "2016-21",
        "2016-24",
        "199x",
        "201x",
        "202x",
    ];
    let mut typed: Vec<String> = moments.iter().map(|one| (*one).to_owned()).collect();
    typed.extend(moments.iter().flat_map(|one| [format!("{one}/.."), format!("../{one}")]));
    typed.extend(moments.iter().flat_map(|from| moments.iter().map(move |to| format!("{from}/{to}"))));
    let wrong: Vec<String> = typed
        .iter()
        .filter_map(|text| When::parse(text).ok())
        .filter(|when| When::parse(&when.long(Lang::Fr)).as_ref() != Ok(when))
        .map(|when| format!("{when} → {}", show(&when.long(Lang::Fr))))
        .collect();
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn dates_in_other_forms() {
    let when = When::parse("2012-07-27").expect("a day");
    assert_eq!(show(&when.with_weekday(Lang::Fr)), "vendredi 27⍽juillet 2012");
    assert_eq!(show(&when.long(Lang::En)), "27⍽July 2012");
    assert_eq!(when.short(Lang::Fr), "27/07/2012");
    assert_eq!(show(&when.adverbial(Lang::Fr)), "le 27⍽juillet 2012");
    assert_eq!(when.datetime().as_deref(), Some("2012-07-27"));
    assert_eq!(when.rfc2822(), "Fri, 27 Jul 2012 12:00:00 +0000");
    assert_eq!(when.rfc3339(), "2012-07-27T12:00:00Z");
    assert_eq!(When::parse("2014/..").expect("open").datetime(), None);
    assert_eq!(serde_json::to_string(&When::parse("hiver 2018-2019").expect("season")).expect("json"), "\"2018-24\"");
    assert_eq!(serde_json::from_str::<When>("2020").expect("json"), When::parse("2020").expect("year"));
}

#[test]
fn dates_sort_by_their_first_day_then_by_their_length() {
    let mut dates: Vec<When> = ["2020", "2018-24", "2020-01", "depuis 2014", "2014", "2020-01-01", "1995-1999", "1984"]
        .iter()
        .map(|text| When::parse(text).expect("a date"))
        .collect();
    dates.sort();
    let shown: Vec<String> = dates.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["1984", "1995/1999", "2014", "2014/..", "2018-24", "2020-01-01", "2020-01", "2020"]);
}

#[test]
fn lists_are_in_french_order() {
    let mut words = [
        "Emploi",
        "Écologie",
        "À propos",
        "Eau",
        "fiche 10",
        "fiche 2",
        "côte",
        "coté",
        "cœur",
        "coffre",
        "codex",
        "Économie",
        "élu",
    ];
    collation::sort_by_key(&mut words, |w| *w);
    assert_eq!(
        words,
        [
            "À propos",
            "codex",
            "cœur",
            "coffre",
            "coté",
            "côte",
            "Eau",
            "Écologie",
            "Économie",
            "élu",
            "Emploi",
            "fiche 2",
            "fiche 10"
        ]
    );
    let mut terms = ["Le Mouvement associatif", "L’Apes", "CRESS", "La dynamo"];
    terms.sort_by(|left, right| collation::compare_without_article(left, right));
    assert_eq!(terms, ["L’Apes", "CRESS", "La dynamo", "Le Mouvement associatif"]);
    assert_eq!(collation::letter("Écologie"), 'E');
    assert_eq!(collation::letter("« 12 »"), '#');
    assert_eq!(fold("  L’Œuvre À  Écrire "), "l'oeuvre a ecrire");
}

#[test]
fn pieces_say_what_is_set_apart() {
    let cut: Vec<Piece<'_>> = pieces("Les 1res élu·e·s du XXIe siècle, 2e fois, 12e.pdf").collect();
    assert_eq!(
        cut,
        [
            Piece::Plain("Les "),
            Piece::Ordinal { number: "1", suffix: "res" },
            Piece::Plain(" "),
            Piece::Inclusive("élu·e·s"),
            Piece::Plain(" du "),
            Piece::Century { roman: "XXI", suffix: "e" },
            Piece::Plain(" siècle, "),
            Piece::Ordinal { number: "2", suffix: "e" },
            Piece::Plain(" fois, 12e.pdf"),
        ]
    );
}

#[test]
fn sizes_and_numbers() {
    use essaim::french::numbers::{Units, integer, number, size};
    assert_eq!(show(&size(737_280, Units::Binary, Lang::Fr)), "720⍽Kio");
    assert_eq!(show(&size(737_280, Units::Decimal, Lang::Fr)), "737⍽ko");
    assert_eq!(show(&size(1_468_006, Units::Binary, Lang::Fr)), "1,4⍽Mio");
    assert_eq!(show(&size(1_048_575, Units::Binary, Lang::Fr)), "1⍽Mio");
    assert_eq!(show(&size(12, Units::Binary, Lang::Fr)), "12⍽octets");
    assert_eq!(show(&size(2_500_000, Units::Decimal, Lang::En)), "2.5⍽MB");
    assert_eq!(show(&number(1234.5, Lang::Fr)), "1␣234,5");
    assert_eq!(number(-0.0001, Lang::Fr), "0");
    assert_eq!(show(&integer(-100_000, Lang::Fr)), "−100␣000");
}

#[test]
fn a_long_text_is_set_in_no_time() {
    let mut text = String::new();
    let sentence = "L'économie sociale et solidaire, c'est \"80 entrepreneurs\" et 100 000 € : qui l'anime ? Les élu·e·s du XXIe siècle... ";
    while text.len() < 1_000_000 {
        text.push_str(sentence);
    }
    let spent = (0..5)
        .map(|_| {
            let start = std::time::Instant::now();
            let set = typeset(&Rules::default(), &text);
            assert!(set.len() > text.len());
            start.elapsed()
        })
        .min()
        .expect("five runs");
    // Sixty milliseconds are meant for the optimised program: a debug build on a busy machine gets twenty times that.
    assert!(spent.as_millis() < 1200, "{spent:?}");
}

/// Texts made of what French typography has to tell apart.
fn french_text() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        4 => prop::sample::select(vec![
            "l", "d", "qu", "eau", "économie", "mot", "Apes", "M.", "Mme", "n°", "siècle", "coeur", "OEuvre", "km", "m2", "h", "x", "e", "er", "ème",
            "élu", "s", "{{ x }}", "{{", "a=", ":memo:", "http://a.fr", "www.", "a@b.fr", "XXI", "I", "et", "mars", "euros", "…", "...", "....",
        ]).prop_map(str::to_owned),
        5 => prop::sample::select(vec![
            " ", " ", " ", "  ", "\u{a0}", "\u{202f}", "\n", "'", "’", "‘", "\"", "\"", "''", "“", "”", "«", "»", "?", "!", ";", ":", ".", ",", "-", "–",
            "—", "--", "(", ")", "/", "\\", "%", "€", "°", "·", "~", "@", "&", "`",
        ]).prop_map(str::to_owned),
        1 => "[0-9]{1,5}",
        1 => "\\PC",
    ];
    prop::collection::vec(atom, 0..14).prop_map(|atoms| atoms.concat())
}

fn rules() -> impl Strategy<Value = Rules> {
    (prop::sample::select(vec![Locale::Fr, Locale::FrCa, Locale::FrCh]), any::<bool>(), any::<bool>()).prop_map(
        |(locale, fine, espace_fine)| Rules {
            guillemets: if fine { Guillemets::Fine } else { Guillemets::Insecable },
            espace_fine,
            ..Rules::new(locale)
        },
    )
}

/// What is read by machines, or by people who read figures.
const MACHINES: &[&str] = &[
    "https://exemple.fr/a?b=c;d!e:f",
    "http://exemple.fr:8080/l'eau...x",
    "www.exemple.fr/d'ici?q=\"",
    "contact+lettre@exemple.fr",
    "12:30",
    "16:9",
    "1:25000",
    "aa11:2bb2:33:4::1f",
    "fe80::1",
    "/var/www/l'eau",
    "./images/l'eau.png",
    "fiche4_1ere.pdf",
    "{{ unsubscribe | x: \"y\" }}",
    "{% test 12.2 %}",
    "role=\"img\"",
];

/// Sets the texts of a paragraph one after the other.
fn paragraph(rules: &Rules, texts: &[String]) -> Vec<String> {
    let mut typesetter = Typesetter::new(rules);
    (0..texts.len())
        .map(|i| {
            let next = texts[i + 1..].iter().find_map(|t| t.chars().next());
            typesetter.run(&texts[i], next).into_owned()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn setting_twice_equals_setting_once(rules in rules(), text in french_text()) {
        let once = typeset(&rules, &text).into_owned();
        let twice = typeset(&rules, &once).into_owned();
        prop_assert_eq!(show(&once), show(&twice), "from {:?}", text);
    }

    #[test]
    fn setting_a_paragraph_twice_equals_setting_it_once(rules in rules(), texts in prop::collection::vec(french_text(), 1..4)) {
        let once = paragraph(&rules, &texts);
        let twice = paragraph(&rules, &once);
        prop_assert_eq!(&once, &twice, "from {:?}", texts);
    }

    /// Addresses, hours, ratios, paths, variables: whatever stands around them, they come out as they went in.
    #[test]
    fn what_machines_read_never_changes(rules in rules(), before in french_text(), after in french_text(), which in prop::sample::select(MACHINES.to_vec())) {
        let set = typeset(&rules, &format!("{before} {which} {after}")).into_owned();
        prop_assert!(set.contains(which), "{set:?}");
        let text = format!("x {} `{which} ! l'eau: \"x\"` fin", before.replace(['`', '\\', '\n', '\r', '<', '[', '~', '&', '{'], " "));
        let file = FilePath::new("content/a.md");
        let source = doc::Source { file: &file, text: &text, body: 0..text.len() };
        let mut document = doc::parse(&source, &doc::Options::default(), &mut Report::default());
        doc::typeset_document(&mut document, &rules);
        let code = format!("{which} ! l'eau: \"x\"");
        prop_assert!(doc::text::document(&document).contains(&code), "{text:?}");
    }

    #[test]
    fn pieces_lose_nothing(text in french_text()) {
        let joined: String = pieces(&text).map(|piece| match piece {
            Piece::Plain(text) | Piece::Inclusive(text) => text.to_owned(),
            Piece::Ordinal { number, suffix } => format!("{number}{suffix}"),
            Piece::Century { roman, suffix } => format!("{roman}{suffix}"),
        }).collect();
        prop_assert_eq!(joined, text);
    }

    #[test]
    fn slugs_are_plain(text in "\\PC{0,60}") {
        if let Some(first) = slug(&text) {
            prop_assert!(first.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{first}");
            prop_assert!(!first.starts_with('-') && !first.ends_with('-') && !first.contains("--") && !first.is_empty(), "{first}");
        }
    }

    #[test]
    fn a_date_that_is_read_is_written_and_read_again(text in "[0-9a-zé/. -]{0,24}") {
        if let Ok(when) = When::parse(&text) {
            prop_assert_eq!(When::parse(&when.to_string()), Ok(when));
            let long = when.long(Lang::Fr);
            prop_assert_eq!(When::parse(&long), Ok(when), "{}", long);
        }
    }

    #[test]
    fn keys_stand_in_the_order_of_their_texts(left in french_text(), right in french_text()) {
        let by_key = collation::key(&left).cmp(&collation::key(&right)).then_with(|| left.cmp(&right));
        prop_assert_eq!(by_key, collation::compare(&left, &right), "{:?} {:?}", left, right);
    }

    #[test]
    fn no_text_makes_french_stumble(text in "\\PC{0,80}") {
        typeset(&Rules::default(), &text);
        let _ = When::parse(&text);
        let _ = inclusive::forms(&text);
        collation::key(&text);
        fold(&text);
    }
}

/// Two thousand titles as French sites write them: no two different ones may meet at one address unseen.
#[test]
fn two_thousand_titles_keep_apart() {
    let verbs = [
        "Animer",
        "Connaître",
        "Mobiliser",
        "Évaluer",
        "Financer",
        "Accompagner",
        "Outiller",
        "Ancrer",
        "Fédérer",
        "Raconter",
    ];
    let objects = [
        "l’ESS",
        "les élu·e·s",
        "l’œuvre commune",
        "son territoire",
        "un PTCE",
        "l’accès au foncier",
        "la commande publique",
        "le bénévolat",
        "les 1res assises",
        "l’eau",
        "un tiers-lieu",
        "le cœur de ville",
        "les déchets",
        "l’alimentation",
        "la mobilité",
        "l’utilité sociale",
        "une SCIC",
        "les communs",
        "la forêt",
        "l’emploi",
    ];
    let ends = [
        "",
        " à Brest",
        " en 2026",
        " : n° 4",
        " ?",
        " d’ici à 2030",
        " au XXIe siècle",
        " (bilan)",
        " – suite",
        " avec les habitant·es",
    ];
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut reported = 0;
    let mut count = 0;
    for verb in verbs {
        for object in objects {
            for end in ends {
                count += 1;
                let title = format!("{verb} {object}{end}");
                let slug = slug(&title).expect("a title has letters");
                if let Some(other) = seen.insert(slug, title.clone()) {
                    // The only titles that meet are those that differ by their punctuation alone.
                    assert_eq!(
                        fold(&other).replace([' ', '?'], ""),
                        fold(&title).replace([' ', '?'], ""),
                        "{other} / {title}"
                    );
                    reported += 1;
                }
            }
        }
    }
    assert_eq!((count, reported), (2000, 200));
}

/// Reads a page as the editor does: the codes said of it, with the bytes they point at.
fn advised(text: &str, kind: &str) -> Vec<(&'static str, String)> {
    let file = FilePath::new("content/essai.md");
    let front = essaim::front::read(&file, text, &mut Report::default());
    let source = doc::Source { file: &file, text, body: front.body..text.len() };
    let document = doc::parse(&source, &doc::Options::default(), &mut Report::default());
    let entry = |key: &str| {
        front.entries.iter().find(|entry| entry.key == key).and_then(|entry| match &entry.value.kind {
            essaim::fields::NodeKind::Text(text) => Some((text.to_string(), entry.value.span)),
            _ => None,
        })
    };
    let summary = entry("resume").map(|(text, _)| text);
    let page = Page {
        source: &source,
        document: &document,
        kind,
        summary: summary.as_deref(),
        checked: entry("verifie_le").and_then(|(text, span)| Some((When::parse(&text).ok()?, span))),
        replaced: false,
        locale: Locale::Fr,
        glossary: &doc::Glossary::default(),
        cited: &|number| Some(number.to_string().into()),
        today: jiff::civil::date(2026, 11, 22),
    };
    let report = advise(&page);
    let mut codes: Vec<(&'static str, String)> = report
        .diagnostics
        .iter()
        .map(|said| {
            let range = said.at.as_ref().map(|mark| mark.span.range()).unwrap_or_default();
            assert!(
                text.is_char_boundary(range.start) && text.is_char_boundary(range.end),
                "{}: {range:?} in {text:?}",
                said.code
            );
            assert!(said.help.is_some() && !said.message.en.is_empty());
            (said.code, text[range].to_owned())
        })
        .collect();
    codes.sort();
    codes
}

#[test]
fn the_example_of_each_advice_calls_for_it_and_its_mend_does_not() {
    for advice in ADVICE {
        let path = crate::root().join(format!("docs/codes/{}.md", advice.code));
        let page = std::fs::read_to_string(&path).expect("a page for each code");
        assert!(page.starts_with(&format!("# {} : {}\n", advice.code, advice.title[0])), "{}", advice.code);
        assert!(page.contains(&format!("\n# {}: {}\n", advice.code, advice.title[1])), "{}", advice.code);
        let blocks: Vec<&str> =
            page.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').expect("a block").1).collect();
        let [example, mend, ..] = blocks[..] else { panic!("{}: an example and its mend", advice.code) };
        let page = |example: &str| match advice.code {
            "C0310" | "C0319" => format!("---\n{example}---\nUn texte.\n"),
            "C0320" => format!("{example}Un texte.\n:::\n"),
            _ => example.to_owned(),
        };
        let kind = if advice.code == "C0310" { "fiche" } else { "lettre" };
        let codes = |example| -> Vec<&str> { advised(&page(example), kind).iter().map(|(code, _)| *code).collect() };
        assert!(codes(example).contains(&advice.code), "{} is silent: {:?}", advice.code, codes(example));
        assert!(!codes(mend).contains(&advice.code), "{} speaks of its mend", advice.code);
        assert!(advice.code.starts_with(if advice.severity == Severity::Warning { 'A' } else { 'C' }));
    }
    let codes: Vec<&str> = ADVICE.iter().map(|advice| &advice.code[1..]).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
}

#[test]
fn advice_points_at_the_exact_words() {
    check("conseils.txt", include_str!("../french/conseils.txt"), |text| {
        let said: Vec<String> = advised(&text.replace('¶', "\n"), "lettre")
            .iter()
            .map(|(code, words)| format!("{code} {words}").replace('\n', "¶"))
            .collect();
        if said.is_empty() { "-".to_owned() } else { said.join(" | ") }
    });
}

/// The edits of a file and the file once repaired.
fn repaired(text: &str) -> (usize, String) {
    let mut site = Project::new("");
    site.write("content/essai.md", text);
    let (build, _) = site.build();
    let edits = build.expect("a site").edits();
    edits.first().map_or_else(|| (0, text.to_owned()), |(_, text, edits)| (edits.len(), repair::apply(text, edits)))
}

#[test]
fn repairs_change_words_and_nothing_else() {
    check("reparations.txt", include_str!("../french/reparations.txt"), |text| {
        repaired(&text.replace('¶', "\n")).1.replace('\n', "¶")
    });
}

#[test]
fn a_diff_shows_the_lines_that_change() {
    let text = "---\ntitre: L'eau\n---\nUn.\n\nL'ESS, c'est \"ça\".\nRien.\n";
    let file = FilePath::new("content/a.md");
    let source = doc::Source { file: &file, text, body: 20..text.len() };
    let edits = repair::repairs(&source, &[(11..16, "L'eau")], &Rules::default());
    assert_eq!(
        repair::diff("content/a.md", text, &edits),
        "--- content/a.md\n+++ content/a.md\n@@ -2,1 +2,1 @@\n-titre: L'eau\n+titre: L’eau\n@@ -6,1 +6,1 @@\n-L'ESS, c'est \"ça\".\n+L’ESS, c’est « ça ».\n"
    );
    let list = repair::listing("content/a.md", &repair::corrections(text, &edits), Lang::Fr);
    assert!(list.starts_with("content/a.md:2:9  « titre: L'eau » → « titre: L’eau »\n"), "{list}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repairing_twice_equals_repairing_once(texts in prop::collection::vec(french_text(), 1..6), marks in prop::collection::vec(prop::sample::select(vec!["\n\n", "\n", "**", "*", "- ", "`", "# ", "[x](y)", "| a |",  "{lang=en}", "[", "]", "> "]), 6)) {
        let text: String = texts.iter().zip(&marks).map(|(text, mark)| format!("{mark}{text}")).collect();
        let (_, once) = repaired(&text);
        let (_, twice) = repaired(&once);
        prop_assert_eq!(once, twice, "from {:?}", text);
    }

    #[test]
    fn advice_never_stumbles(texts in prop::collection::vec(french_text(), 1..6), marks in prop::collection::vec(prop::sample::select(vec!["\n\n", "\n", "**", "*", "- ", "`", "# ", "[x](y)", "![](a.png)", "|a|\n|-|\n",  "+ ", "1 L", "• "]), 6)) {
        let text: String = texts.iter().zip(&marks).map(|(text, mark)| format!("{mark}{text}")).collect();
        advised(&text, "fiche");
    }

    #[test]
    fn a_document_set_twice_equals_a_document_set_once(texts in prop::collection::vec(french_text(), 1..6), marks in prop::collection::vec(prop::sample::select(vec!["\n\n", "\n", "**", "*", "- ", "`", "# ", "[x](y)", "> ", "~~"]), 6)) {
        let text: String = texts.iter().zip(&marks).map(|(text, mark)| format!("{mark}{text}")).collect();
        let [once, twice] = set_twice(&text);
        prop_assert_eq!(once, twice, "from {:?}", text);
    }
}

fn set_twice(text: &str) -> [doc::Document; 2] {
    let file = FilePath::new("content/essai.md");
    let source = doc::Source { file: &file, text, body: 0..text.len() };
    let mut once = doc::parse(&source, &doc::Options::default(), &mut Report::default());
    doc::typeset_document(&mut once, &Rules::default());
    let mut twice = once.clone();
    doc::typeset_document(&mut twice, &Rules::default());
    [once, twice]
}

#[test]
fn the_value_of_an_attribute_stays_whole() {
    for text in ["a=\"“2e\n\" ", "role=\"2e\" et la 2e", "x='XXIe siècle'"] {
        let [once, twice] = set_twice(text);
        assert_eq!(once, twice, "from {text:?}");
    }
}

#[test]
fn a_document_is_set_through_its_nodes() {
    let text = "L'*ESS* au XXIe siècle: \"**80** entrepreneurs\" et les élu.e.s\nde la 2ème fiche `l'eau : \"x\"` ! Voir [it's \"ok\"]{lang=en}.\n";
    let file = FilePath::new("content/essai.md");
    let source = doc::Source { file: &file, text, body: 0..text.len() };
    let mut document = doc::parse(&source, &doc::Options::default(), &mut Report::default());
    doc::typeset_document(&mut document, &Rules::default());
    let [doc::Block::Paragraph { text, .. }] = &document.blocks[..] else { panic!("one paragraph") };
    let shown = show(&format!("{text:?}"));
    for part in [
        "Text(\"L’\")",
        "SmallCaps(\"XXI\"), Superscript([Text(\"e\")]), Text(\"\\u{a0}siècle\\u{a0}: «\\u{a0}\")",
        "Text(\" entrepreneurs\\u{a0}» et les \"), NoBreak(\"élu.e.s\"), Text(\" de la 2\"), Superscript([Text(\"e\")])",
        "Code(\"l'eau : \\\"x\\\"\"), Text(\"\\u{202f}! Voir \")",
        "Text(\"it's \\\"ok\\\"\")",
    ] {
        let part = show(part).replace("\\u{a0}", "⍽").replace("\\u{202f}", "␣");
        let shown = shown.replace("\\u{a0}", "⍽").replace("\\u{202f}", "␣");
        assert!(shown.contains(&part), "{part}\nin {shown}");
    }
}

const KITS: &str = "\
-- content/_index.md --
---
titre: Accueil
resume: Le site.
---
Voir la fiche 2, et la fiche 9 d’ailleurs.
-- content/kits/_index.md --
---
titre: Kits
---
-- content/kits/ancien/_index.md --
---
titre: Ancien kit
nature: kit
edition: 2020
---
-- content/kits/ancien/b.md --
---
titre: Deux, en 2020
numero: 2
resume: Une fiche.
---
:::exemple{titre=\"Un forum\" territoire=\"92071\" annee=2012}
Il avait lieu.
:::
-- content/kits/mon-kit/_index.md --
---
titre: Mon kit
nature: kit
edition: 2026
remplace: ancien
---
-- content/kits/mon-kit/a.md --
---
titre: Un
numero: 1
resume: Une fiche.
verifie_le: 2026-06
---
Voir la fiche 2.

:::exemple{titre=\"Un forum\" territoire=\"92071\" annee=2012}
Il a lieu.
:::
-- content/kits/mon-kit/b.md --
---
titre: Deux
numero: 2
resume: Une fiche.
silence: [C0312]
---
:::exemple{titre=\"Un forum\" territoire=\"92071\" annee=2012}
Il a lieu.
:::
";

/// Advice knows where the page stands: its kit, the editions, the day when it was read again.
#[test]
fn advice_knows_the_site_around_the_page() {
    let site = crate::project::Project::new(KITS);
    let (build, _) = site.build();
    let report = build.expect("a site").advise(jiff::civil::date(2026, 11, 22));
    let said: Vec<String> = report
        .diagnostics
        .iter()
        .map(|said| {
            let file = said.at.as_ref().map(|mark| mark.file.to_string()).unwrap_or_default();
            let help = said.help.as_ref().map(|help| help.fr.chars().take_while(|c| *c != ':').collect::<String>());
            format!("{} {file} {}", said.code, help.unwrap_or_default().trim())
        })
        .filter(|line| line.starts_with("C0303") || line.starts_with("C0320"))
        .collect();
    assert_eq!(
        said,
        [
            "C0303 content/_index.md écrivez [[mon-kit/2]]",
            "C0303 content/kits/mon-kit/a.md écrivez [[2]]",
            "C0320 content/kits/mon-kit/b.md vérifiez qu’il a toujours lieu, puis ajoutez verifie_le=… à la directive",
        ]
    );
}
