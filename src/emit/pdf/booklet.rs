//! Booklets: a whole kit, or chosen fiches, with a cover, contents, glossary, index and colophon.

use std::sync::{Arc, Mutex, PoisonError};

use ecow::EcoString;

use super::connect::{Assembly, title_label};
use super::engine::Engine;
use super::literal::Value;
use super::lower::{Lowering, Markup};
use super::output::print;
use super::pictures::qr;
use super::sheet::{self, settled};
use super::{identity, matter, plain};
use crate::emit::{Base, Cx, Made, views};
use crate::fields::Fields;
use crate::french::Lang;
use crate::site::{Page, PageId, Site};
use crate::territory;
use crate::urls::Url;

/// What a booklet holds, in its order.
struct Booklet<'a> {
    title: EcoString,
    /// The kit that the fiches come from: its colour, its edition, its publisher.
    kit: &'a Page,
    /// Whether the kit speaks first.
    has_editorial: bool,
    parts: Vec<Part<'a>>,
}

/// The fiches of a family, or those that have none.
#[derive(Default)]
struct Part<'a> {
    title: Option<EcoString>,
    summary: Option<EcoString>,
    fiches: Vec<&'a Page>,
    coming: Vec<&'a Fields>,
}

/// Makes the booklet of a kit.
pub fn of_kit(cx: &Cx<'_>, engine: &Arc<Engine>, kit: &Page, url: &Url) -> Made {
    let booklet = Booklet {
        title: kit.title.clone(),
        kit,
        has_editorial: !kit.document.blocks.is_empty(),
        parts: parts(cx.site, kit),
    };
    make(cx, engine, &booklet, url)
}

/// Makes a booklet of chosen fiches of a kit, in the order they were asked for.
pub fn of_fiches(cx: &Cx<'_>, engine: &Arc<Engine>, kit: &Page, fiches: &[PageId], title: &str, url: &Url) -> Made {
    let part = Part { fiches: fiches.iter().map(|fiche| cx.site.page(*fiche)).collect(), ..Part::default() };
    make(cx, engine, &Booklet { title: title.into(), kit, has_editorial: false, parts: vec![part] }, url)
}

/// Groups the fiches of a kit: the introductions, the families in their order, then what belongs to none.
fn parts<'a>(site: &'a Site, kit: &'a Page) -> Vec<Part<'a>> {
    let (numbered, introductions): (Vec<&Page>, Vec<&Page>) =
        site.listed_in(kit).filter(|fiche| fiche.is_public()).partition(|fiche| fiche.number().is_some());
    let families = site.families(kit);
    let coming = site.coming(kit);
    let of = |family: Option<usize>| -> (Vec<&'a Page>, Vec<&'a Fields>) {
        let place = |fields: &Fields| {
            fields.text("famille").and_then(|named| families.iter().position(|known| known.answers(named)))
        };
        let mut fiches: Vec<&Page> = numbered.iter().copied().filter(|fiche| fiche.family == family).collect();
        fiches.sort_by_key(|fiche| fiche.rank());
        (fiches, coming.iter().copied().filter(|fields| place(fields) == family).collect())
    };
    let mut parts = vec![Part { fiches: introductions, ..Part::default() }];
    for (place, family) in families.iter().enumerate() {
        let (fiches, coming) = of(Some(place));
        parts.push(Part { title: Some(family.title.clone()), summary: family.summary.clone(), fiches, coming });
    }
    let (fiches, coming) = of(None);
    parts.push(Part { fiches, coming, ..Part::default() });
    parts.retain(|part| !part.fiches.is_empty() || !part.coming.is_empty());
    parts
}

/// Booklets take ten times the memory of a fiche: they are made one at a time, beside fiches.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn make(cx: &Cx<'_>, engine: &Arc<Engine>, booklet: &Booklet<'_>, url: &Url) -> Made {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let teinte = views::teinte(cx.site, booklet.kit);
    let mut assembly = Assembly::new(cx, &teinte);
    assembly.is_booklet = true;
    let fiches = booklet.parts.iter().flat_map(|part| &part.fiches).copied();
    let editorial = booklet.has_editorial.then_some(booklet.kit);
    for (place, page) in editorial.into_iter().chain(fiches).enumerate() {
        assembly.pages.insert(page.id, format!("p{place}:"));
    }
    let markup = settled(|markup| write(engine, &mut assembly, booklet, markup));
    print(cx, engine, &assembly, markup, sheet::told(&teinte, &booklet.kit.language, true), url)
}

fn write<'a>(engine: &Engine, assembly: &mut Assembly<'a>, booklet: &Booklet<'a>, markup: &mut Markup) {
    let kit = booklet.kit;
    let words = assembly.words(&kit.language);
    let say = |text: &str| sheet::said(engine, text);
    let kinds: std::collections::BTreeSet<&str> =
        booklet.parts.iter().flat_map(|part| &part.fiches).map(|page| page.kind.name()).collect();
    let meta = meta(engine, assembly, booklet);
    markup.text.push_str("#import \"base.typ\": *\n#import \"livret.typ\": *\n");
    for kind in kinds {
        let layout = sheet::layout(engine, kind);
        markup.text.push_str(&format!("#import \"{layout}.typ\": rendre as rendre-{kind}\n"));
    }
    markup.text.push_str("#let meta = ");
    meta.push(&mut markup.text);
    markup.text.push_str("\n#let parties = ");
    contents(engine, assembly, booklet).push(&mut markup.text);
    markup.text.push_str("\n#show: feuilleter.with(meta)\n#couverture(meta)\n");
    if booklet.has_editorial {
        let title = say(words.own("Éditorial", "Editorial"));
        let id: Value = title_label(&prefix(assembly, kit)).into();
        markup.text.push_str(&format!("#chapitre({}, id: {})[\n", title.code(), id.code()));
        markup.labels.insert(title_label(&prefix(assembly, kit)));
        let around = assembly.around(kit, 0);
        Lowering::new(&kit.document, &around, engine.coverage(), markup).body(0);
        markup.text.push_str("]\n");
    }
    markup.text.push_str("#sommaire-du-livret(meta, parties)\n");
    for (place, part) in booklet.parts.iter().enumerate() {
        let above = u8::from(part.title.is_some());
        if part.title.is_some() && !part.fiches.is_empty() {
            markup.text.push_str(&format!("#ouvrir-famille(parties.at({place}))\n"));
        }
        for fiche in &part.fiches {
            fiche_of(engine, assembly, fiche, above, markup);
        }
    }
    back(engine, assembly, booklet, markup);
}

fn fiche_of<'a>(engine: &Engine, assembly: &mut Assembly<'a>, fiche: &'a Page, above: u8, markup: &mut Markup) {
    let meta = sheet::meta(engine, assembly, fiche, i64::from(above) + 1);
    let title = sheet::said(engine, &assembly.cx.site.reference(fiche));
    let kind = fiche.kind.name();
    markup.labels.insert(title_label(&prefix(assembly, fiche)));
    markup.text.push_str(&format!("#pagebreak(to: \"odd\")\n#debut({})\n#rendre-{kind}(", title.code()));
    meta.push(&mut markup.text);
    sheet::text(engine, assembly, fiche, above, markup);
    markup.text.push_str(")\n#fin()\n");
}

/// Glossary, index and colophon.
fn back<'a>(engine: &Engine, assembly: &mut Assembly<'a>, booklet: &Booklet<'a>, markup: &mut Markup) {
    let words = assembly.words(&booklet.kit.language);
    let say = |text: &str| sheet::said(engine, text);
    let fiches: Vec<&Page> = booklet.parts.iter().flat_map(|part| &part.fiches).copied().collect();
    let glossary = matter::glossary(assembly.cx, &fiches);
    if !glossary.is_empty() {
        let entries = glossary.iter().map(|(name, meaning)| Value::List(vec![say(name), say(meaning)])).collect();
        let title = say(words.own("Glossaire", "Glossary"));
        markup.text.push_str(&format!("#chapitre({}, id: \"glossaire\", glossaire(", title.code()));
        Value::List(entries).push(&mut markup.text);
        markup.text.push_str("))\n");
    }
    let index = matter::index(assembly, &fiches, markup);
    if !index.is_empty() {
        let places = index.iter().map(|(place, examples)| {
            let examples =
                examples.iter().map(|(title, name)| Value::List(vec![say(title), name.as_str().into()])).collect();
            Value::List(vec![say(place), Value::List(examples)])
        });
        let places = Value::List(places.collect());
        let title = say(words.own("Index des exemples par territoire", "Index of examples by place"));
        markup.text.push_str(&format!("#chapitre({}, id: \"index\", index-des-lieux(", title.code()));
        places.push(&mut markup.text);
        markup.text.push_str("))\n");
    }
    let title = say(words.own("Colophon", "Colophon"));
    // The colophon is on the back of the last sheet.
    markup.text.push_str(&format!("#chapitre({}, id: \"colophon\", page: \"even\", achever(meta))\n", title.code()));
}

fn prefix(assembly: &Assembly<'_>, page: &Page) -> String {
    assembly.pages.get(&page.id).cloned().unwrap_or_default()
}

fn meta(engine: &Engine, assembly: &mut Assembly<'_>, booklet: &Booklet<'_>) -> Value {
    let (cx, kit) = (assembly.cx, booklet.kit);
    let (site, lang) = (cx.site, views::lang(kit));
    let words = assembly.words(&kit.language);
    let say = |text: &str| sheet::said(engine, text);
    let maybe = |text: Option<String>| text.map_or(Value::None, |text| say(&text));
    let spaced = words.own("\u{a0}:", ":");
    let address = Base::fixed(&site.config.base_url).href(&kit.url);
    let shown = plain::shown_address(&address);
    let edition = identity::edition(site, kit, lang);
    let version = kit.version().map(|when| format!("Version{spaced} {}", when.long(lang)));
    let licence = views::licence(site.licence(kit)).map(|licence| licence.name);
    let publisher = kit.fields.text("editeur").unwrap_or(&site.config.publisher);
    let publisher = (!publisher.is_empty()).then(|| publisher.to_string());
    let authors = site.authors(kit);
    let count = booklet.parts.iter().map(|part| part.fiches.len()).sum::<usize>();
    let mut foot = vec![booklet.title.to_string()];
    foot.extend(edition.clone());
    foot.extend(licence.clone());
    let mut colophon = vec![booklet.title.to_string()];
    colophon.extend(edition.clone());
    colophon.extend(version.clone());
    colophon
        .extend(publisher.as_ref().map(|publisher| format!("{} {publisher}", words.own("Publié par", "Published by"))));
    colophon.extend(identity::by_line(kit, &authors));
    colophon.extend(licence.map(|licence| format!("{}{spaced} {licence}", words.own("Licence", "Licence"))));
    colophon.push(format!("{}{spaced} {}", words.own("Cartes", "Maps"), territory::CREDITS));
    colophon.push(
        words
            .own(
                "Composé en Libertinus Serif et Noto Sans par essaim.",
                "Set in Libertinus Serif and Noto Sans by essaim.",
            )
            .to_owned(),
    );
    let square = qr(&address).map(|svg| assembly.pictures.drawing(svg));
    let sigle = kit
        .fields
        .text("sigle")
        .filter(|_| booklet.has_editorial)
        .map_or_else(|| site.config.title.to_string(), ToString::to_string);
    Value::Map(vec![
        ("titre", say(&booklet.title)),
        (
            "titre-document",
            sheet::kept(
                engine,
                &match &edition {
                    Some(edition) => format!("{}, {}", booklet.title, lower_first(edition)),
                    None => booklet.title.to_string(),
                },
            ),
        ),
        ("surtitre", say(&sigle)),
        ("edition", maybe(edition)),
        ("resume", maybe(Some(kit.summary.to_string()).filter(|text| booklet.has_editorial && !text.is_empty()))),
        ("description", sheet::kept(engine, &kit.summary)),
        ("signataires", Value::List(authors.iter().map(|author| say(author)).collect())),
        ("auteurs", maybe(identity::by_line(kit, &authors))),
        ("editeur", maybe(publisher)),
        ("version", maybe(version)),
        ("jour", identity::day(site, kit)),
        ("nombre", Value::Integer(i64::try_from(count).unwrap_or(7))),
        ("pied", say(&foot.join(" · "))),
        ("titre-sommaire", say(words.own("Sommaire", "Contents"))),
        ("qr", square.map_or(Value::None, |name| name.as_str().into())),
        ("adresse", plain::address(&address).into()),
        ("adresse-courte", say(&shown)),
        (
            "en-ligne",
            say(words.own("À lire en ligne, dans sa dernière version\u{a0}:", "Read it online, in its latest version:")),
        ),
        ("colophon", Value::List(colophon.iter().map(|line| say(line)).collect())),
    ])
}

/// The parts as the contents list them.
fn contents(engine: &Engine, assembly: &Assembly<'_>, booklet: &Booklet<'_>) -> Value {
    let say = |text: &str| sheet::said(engine, text);
    let lang = views::lang(booklet.kit);
    let to_come = if lang == Lang::Fr { "à paraître" } else { "to come" };
    let parts = booklet.parts.iter().enumerate().map(|(place, part)| {
        let fiches = part.fiches.iter().map(|fiche| {
            let number = fiche.number().map_or(Value::None, Value::Integer);
            Value::List(vec![number, say(&fiche.title), title_label(&prefix(assembly, fiche)).into()])
        });
        let coming = part.coming.iter().map(|fields| {
            let number = fields.integer("numero").map_or(Value::None, Value::Integer);
            let date = fields
                .when("date")
                .map_or_else(|| to_come.to_owned(), |when| format!("{to_come} {}", when.adverbial(lang)));
            Value::List(vec![number, say(fields.text("titre").map_or("", EcoString::as_str)), say(&date)])
        });
        let has_page = part.title.is_some() && !part.fiches.is_empty();
        Value::Map(vec![
            ("titre", part.title.as_ref().map_or(Value::None, |title| say(title))),
            ("resume", part.summary.as_ref().map_or(Value::None, |summary| say(summary))),
            ("id", if has_page { format!("partie-{place}").into() } else { Value::None }),
            ("fiches", Value::List(fiches.collect())),
            ("a-paraitre", Value::List(coming.collect())),
        ])
    });
    Value::List(parts.collect())
}

/// « Édition 2026 » inside a title: « édition 2026 ».
fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}
