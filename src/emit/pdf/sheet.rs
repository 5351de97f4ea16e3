//! One page of the site as a document: what its layout is told, and its text.

use super::connect::{Assembly, title_label};
use super::engine::Engine;
use super::glyphs::breakable;
use super::identity::{by_line, day, document_title, edition, edito, front_image, identity, side};
use super::literal::Value;
use super::lower::{Lowering, Markup, label};
use super::pictures::qr;
use super::plain;
use crate::doc::{Inline, outline, shorten};
use crate::emit::{Base, views};
use crate::site::Page;
use crate::territory;

/// How many characters the running head holds.
const HEAD: usize = 110;

/// The layouts of a theme begin with this one when a kind has none of its own.
pub const FALLBACK: &str = "page";

/// Lowers a page as a document of its own.
pub fn alone<'a>(engine: &Engine, assembly: &mut Assembly<'a>, page: &'a Page) -> Markup {
    assembly.pages.insert(page.id, String::new());
    let layout = layout(engine, page.kind.name());
    settled(|markup| {
        let meta = meta(engine, assembly, page, 1);
        markup.text = format!(
            "#import \"base.typ\": *\n#import \"piece.typ\": feuilleter\n#import \"{layout}.typ\": rendre\n#let meta = "
        );
        meta.push(&mut markup.text);
        markup.text.push_str("\n#show: feuilleter.with(meta)\n#rendre(meta");
        text(engine, assembly, page, 0, markup);
        markup.text.push_str(")\n");
    })
}

/// Lowers the two texts of a page, what opens it and the rest, as the arguments of a call.
pub fn text<'a>(engine: &Engine, assembly: &mut Assembly<'a>, page: &'a Page, above: u8, markup: &mut Markup) {
    let around = assembly.around(page, above);
    let mut lowering = Lowering::new(&page.document, &around, engine.coverage(), markup);
    lowering.code(", [");
    let taken = lowering.lead();
    lowering.code("], [\n");
    lowering.body(taken);
    lowering.code("]");
}

/// Runs a lowering, again when some of its links lead to places that it does not hold.
pub fn settled(mut lower: impl FnMut(&mut Markup)) -> Markup {
    let mut markup = Markup::default();
    lower(&mut markup);
    let dead: std::collections::BTreeSet<String> = markup.wanted.difference(&markup.labels).cloned().collect();
    if !dead.is_empty() {
        markup = Markup { dead, ..Markup::default() };
        lower(&mut markup);
    }
    markup
}

/// Returns the name of the layout of a kind.
pub fn layout<'k>(engine: &Engine, kind: &'k str) -> &'k str {
    if engine.has_layout(&format!("{kind}.typ")) { kind } else { FALLBACK }
}

/// Returns `document.typ`: the colour and the language that every layout reads.
pub fn told(teinte: &str, language: &str, is_booklet: bool) -> String {
    let mut parts = language.split(['-', '_']);
    let main = parts.next().unwrap_or("fr").to_ascii_lowercase();
    let main = if (2..=3).contains(&main.len()) && main.bytes().all(|byte| byte.is_ascii_lowercase()) {
        main
    } else {
        "fr".to_owned()
    };
    let region = parts.next_back().filter(|region| region.len() == 2).map(str::to_ascii_uppercase);
    let region = region.or_else(|| (main == "fr").then(|| "FR".to_owned()));
    let value = |value: Value| value.code();
    format!(
        "#let teinte = {}\n#let langue = {}\n#let region = {}\n#let livret = {is_booklet}\n",
        value(teinte.into()),
        value(main.into()),
        value(region.into())
    )
}

/// Returns what the layout of a page is told; its title is a heading of this level.
pub fn meta(engine: &Engine, assembly: &mut Assembly<'_>, page: &Page, level: i64) -> Value {
    let (cx, lang) = (assembly.cx, views::lang(page));
    let site = cx.site;
    let say = |text: &str| -> Value { said(engine, text) };
    let words = assembly.words(&page.language);
    let prefix = assembly.pages.get(&page.id).cloned().unwrap_or_default();
    let address = Base::fixed(&site.config.base_url).href(&page.url);
    let shown = plain::shown_address(&address);
    let identity = identity(cx, page, lang);
    let version = page.version();
    let licence = views::licence(site.licence(page)).map(|licence| licence.name);
    let authors: Vec<String> = site.authors(page);
    let spaced = words.own("\u{a0}:", ":");
    let version = version.map(|when| format!("{}{spaced} {}", words.own("Version", "Version"), when.long(lang)));
    let mut foot: Vec<String> = Vec::new();
    foot.extend(edition(site, page, lang));
    foot.extend(version.clone());
    foot.extend(licence.clone());
    foot.push(shown.clone());
    let mut colophon: Vec<String> = Vec::new();
    let verified = page
        .fields
        .when("verifie_le")
        .map(|when| format!("{} {}", words.own("Faits vérifiés", "Facts checked"), when.adverbial(lang)));
    colophon.push(version.into_iter().chain(verified).collect::<Vec<_>>().join(" · "));
    let publisher = site.kit_of(page).and_then(|kit| kit.fields.text("editeur")).unwrap_or(&site.config.publisher);
    let publisher = (!publisher.is_empty()).then(|| format!("{} {publisher}", words.own("Publié par", "Published by")));
    let licence = licence.map(|licence| format!("{}{spaced} {licence}", words.own("Licence", "Licence")));
    colophon.push(licence.into_iter().chain(publisher).collect::<Vec<_>>().join(" · "));
    if !page.examples.is_empty() {
        colophon.push(format!("{}{spaced} {}", words.own("Cartes", "Maps"), territory::CREDITS));
    }
    colophon.retain(|line| !line.is_empty());
    let number = page.number();
    let words_of = |text: &[Inline]| views::heading_text(cx, page, text);
    let headings: Vec<_> = outline(&page.document).filter(|heading| heading.level == 2).collect();
    let has_levers = page.kind.has_levers();
    let contents: Vec<Value> = headings
        .iter()
        .filter(|heading| !has_levers || !heading.outside_levers)
        // A heading of which nothing shows is not set.
        .filter(|heading| !engine.coverage().settle(&words_of(heading.text), &mut |_| {}).trim().is_empty())
        .map(|heading| Value::List(vec![say(&words_of(heading.text)), label(&prefix, heading.id).into()]))
        .collect();
    let contents = if contents.len() < 2 { Vec::new() } else { contents };
    let contents_title = cx.theme.word(
        &page.language,
        match page.kind.name() {
            "fiche" => "leviers_titre",
            "recit" => "dans_ce_recit",
            "numero" => "au_sommaire",
            _ => "sur_cette_page",
        },
    );
    let list = |texts: &[String]| Value::List(texts.iter().map(|text| say(text)).collect());
    let map = match page.kind.name() {
        "recit" => page.places.first().map(|place| assembly.locator(*place)),
        _ => None,
    };
    let image = front_image(engine, assembly, page);
    let square = qr(&address).map(|svg| assembly.pictures.drawing(svg));
    let side = side(cx, page).into_iter().map(|(name, text)| Value::List(vec![say(&name), say(&text)])).collect();
    // A title of which nothing can be shown would be refused.
    let title = match say(&page.title) {
        Value::Text(text) if text.trim().is_empty() => page.slug.as_str().into(),
        title => title,
    };
    let running = identity.0.iter().take(2).cloned().chain([page.title.to_string()]).collect::<Vec<_>>().join(" · ");
    // The running head stands on one line.
    let running = if running.chars().count() > HEAD { shorten(&running, HEAD) } else { running };
    Value::Map(vec![
        ("nature", page.kind.name().into()),
        ("niveau", level.into()),
        ("id", title_label(&prefix).into()),
        ("titre", title),
        ("titre-document", kept(engine, &document_title(site, page))),
        ("resume", Some(page.summary.as_str()).filter(|text| !text.is_empty()).map_or(Value::None, say)),
        ("question", page.fields.text("question").map_or(Value::None, |text| say(text))),
        ("edito", Value::List(edito(page).map(say).collect())),
        ("image", image),
        ("auteurs", by_line(page, &authors).as_deref().map_or(Value::None, say)),
        ("signataires", list(&authors)),
        ("description", kept(engine, &page.summary)),
        ("mots-cles", Value::List(page.themes.iter().map(|theme| say(&site.themes[*theme].name)).collect())),
        ("jour", day(site, page)),
        ("identite", list(&identity.0)),
        ("a-droite", identity.1.as_deref().map_or(Value::None, say)),
        ("numero", number.map_or(Value::None, Value::Integer)),
        ("sommaire", Value::List(contents)),
        ("titre-sommaire", say(contents_title)),
        ("numerotes", (has_levers && views::levers_are_numbered(site, page)).into()),
        ("cote", Value::List(side)),
        ("carte", map.map_or(Value::None, |name| name.as_str().into())),
        ("courant", say(&running)),
        ("pied", say(&foot.join(" · "))),
        ("qr", square.map_or(Value::None, |name| name.as_str().into())),
        ("adresse", plain::address(&address).into()),
        ("adresse-courte", say(&shown)),
        (
            "en-ligne",
            say(words.own("À lire en ligne, dans sa dernière version\u{a0}:", "Read it online, in its latest version:")),
        ),
        ("colophon", list(&colophon)),
    ])
}

/// Returns a text of the front matter as it is set: on one line, without what no typeface shows.
pub fn said(engine: &Engine, text: &str) -> Value {
    breakable(&settled_line(engine, text)).into_owned().into()
}

/// Returns a text of the front matter as the document's window and properties show it.
pub fn kept(engine: &Engine, text: &str) -> Value {
    settled_line(engine, text).into()
}

fn settled_line(engine: &Engine, text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect();
    engine.coverage().settle(&words.join(" "), &mut |_| {}).into_owned()
}
