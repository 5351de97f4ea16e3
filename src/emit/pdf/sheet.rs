//! One page of the site as a document: what its layout is told, and its text.

use ecow::EcoString;

use super::connect::{Assembly, title_label};
use super::engine::Engine;
use super::literal::Value;
use super::lower::{Lowering, Markup, label};
use super::pictures::qr;
use super::plain;
use crate::doc::{inline_text, outline};
use crate::emit::{Base, Cx, views};
use crate::french::{Lang, When};
use crate::site::{Page, Site};
use crate::territory::{self, Atlas};

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
    let version = page.fields.when("mis_a_jour").or(page.fields.when("date"));
    let licence =
        views::licence(page.fields.text("licence").unwrap_or(&site.config.licence)).map(|licence| licence.name);
    let authors: Vec<String> = authors(site, page);
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
    let headings: Vec<_> = outline(&page.document).into_iter().filter(|heading| heading.level == 2).collect();
    let has_levers = page.kind.has_levers();
    let contents: Vec<Value> = headings
        .iter()
        .filter(|heading| !has_levers || !heading.outside_levers)
        .map(|heading| Value::List(vec![say(&inline_text(heading.text)), label(&prefix, heading.id).into()]))
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
    Value::Map(vec![
        ("nature", page.kind.name().into()),
        ("niveau", level.into()),
        ("id", title_label(&prefix).into()),
        ("titre", title),
        ("titre-document", say(&document_title(site, page))),
        ("resume", Some(page.summary.as_str()).filter(|text| !text.is_empty()).map_or(Value::None, say)),
        ("question", page.fields.text("question").map_or(Value::None, |text| say(text))),
        ("edito", Value::List(edito(page).map(say).collect())),
        ("image", image),
        ("auteurs", by_line(page, &authors).as_deref().map_or(Value::None, say)),
        ("signataires", list(&authors)),
        ("description", say(&page.summary)),
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
    let words: Vec<&str> = text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect();
    engine.coverage().settle(&words.join(" "), &mut |_| {}).into_owned().into()
}

/// What stands over the title, and at the other end of the line.
pub fn identity(cx: &Cx<'_>, page: &Page, lang: Lang) -> (Vec<String>, Option<String>) {
    let site = cx.site;
    let is_french = lang == Lang::Fr;
    let parent = page.parent.map(|parent| site.page(parent));
    let date = page.fields.when("date").map(|when| capital(&when.long(lang)));
    let draft = (cx.preview && !page.is_public()).then(|| if is_french { "Brouillon" } else { "Draft" }.to_owned());
    let (mut parts, right) = match page.kind.name() {
        "fiche" => {
            let kit = site.kit_of(page);
            let name = match page.number() {
                Some(number) if is_french => format!("Fiche {number}"),
                Some(number) => format!("Sheet {number}"),
                None => "Introduction".to_owned(),
            };
            let mut parts: Vec<String> = kit.map(|kit| kit.title.to_string()).into_iter().collect();
            parts.push(name);
            parts.extend(edition(site, page, lang));
            (parts, family(site, page))
        }
        "recit" => {
            let mut parts = vec![if is_french { "Récit" } else { "Story" }.to_owned()];
            let places: Vec<String> = page.places.iter().map(|place| Atlas::get().label(*place)).collect();
            parts.extend((!places.is_empty()).then(|| places.join(", ")));
            parts.extend(page.fields.when("periode").map(|when| when.long(lang)));
            (parts, Some(site.config.title.to_string()))
        }
        "numero" => {
            let mut parts: Vec<String> = parent.map(|letter| letter.title.to_string()).into_iter().collect();
            parts.extend(
                page.fields
                    .text("numero")
                    .map(|number| if is_french { format!("n°\u{a0}{number}") } else { format!("no. {number}") }),
            );
            parts.extend(date);
            (parts, Some(site.config.title.to_string()))
        }
        _ => {
            let mut parts = vec![site.config.title.to_string()];
            parts.extend(parent.filter(|parent| Some(parent.id) != site.home).map(|parent| parent.title.to_string()));
            (parts, date)
        }
    };
    parts.extend(draft);
    (parts, right)
}

/// The paragraphs of an issue's editorial.
fn edito(page: &Page) -> impl Iterator<Item = &str> {
    let text = page.fields.text("edito").map_or("", EcoString::as_str);
    text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty())
}

/// The image of the front matter, which opens récits and articles on the web as well.
fn front_image(engine: &Engine, assembly: &mut Assembly<'_>, page: &Page) -> Value {
    let site = assembly.cx.site;
    if !matches!(page.kind.name(), "recit" | "page") {
        return Value::None;
    }
    let Some(name) = page.image.and_then(|asset| assembly.pictures.file(&site.asset(asset).source)) else {
        return Value::None;
    };
    let given = page.fields.map("image");
    let text = |key: &str| given.and_then(|given| given.text(key)).filter(|text| !text.trim().is_empty());
    let alt = text("alt").map_or_else(|| page.title.to_string(), |alt| alt.to_string());
    Value::Map(vec![
        ("fichier", name.as_str().into()),
        ("alt", said(engine, &alt)),
        ("credit", text("credit").map_or(Value::None, |credit| said(engine, credit))),
    ])
}

/// The facts that hang beside a récit.
fn side(cx: &Cx<'_>, page: &Page) -> Vec<(String, String)> {
    let word = |key: &'static str| cx.theme.word(&page.language, key).to_owned();
    let fact = |name: &'static str, key: &str| page.fields.text(key).map(|text| (word(name), text.to_string()));
    match page.kind.name() {
        "recit" => {
            let told =
                [fact("porte_par", "porteur"), fact("accompagnement", "accompagnement"), fact("horizon", "horizon")];
            let places = page.places.iter().map(|place| {
                let portrait = views::portrait(cx, *place);
                let people = portrait.population.map(|count| format!("{count}\u{a0}{}", word("habitants")));
                let within = portrait.within.into_iter().map(|place| place.title);
                (portrait.place.title, people.into_iter().chain(within).collect::<Vec<_>>().join(", "))
            });
            told.into_iter().flatten().chain(places.filter(|(_, text)| !text.is_empty())).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the edition of a fiche's kit: « Édition 2026 ».
pub fn edition(site: &Site, page: &Page, lang: Lang) -> Option<String> {
    let kit = if page.kind.name() == "kit" { Some(page) } else { site.kit_of(page) };
    let edition = kit?.fields.when("edition")?.long(lang);
    Some(if lang == Lang::Fr { format!("Édition {edition}") } else { format!("{edition} edition") })
}

/// Returns the title of a fiche's family.
pub fn family(site: &Site, page: &Page) -> Option<String> {
    let key = page.fields.text("famille")?;
    let families = site.kit_of(page)?.fields.maps("familles");
    families.iter().find(|family| family.text("cle") == Some(key))?.text("titre").map(ToString::to_string)
}

fn document_title(site: &Site, page: &Page) -> String {
    match (page.kind.name(), site.kit_of(page)) {
        ("fiche", Some(kit)) => format!("{} – {}", site.reference(page), kit.title),
        _ => page.title.to_string(),
    }
}

/// Returns who signs a page.
pub fn authors(site: &Site, page: &Page) -> Vec<String> {
    let own = page.fields.texts("auteurs");
    let texts = if own.is_empty() { site.config.fields.texts("auteurs") } else { own };
    texts.iter().map(|(name, _)| name.to_string()).collect()
}

/// Returns who made a page: « Par X, avec Y ».
pub fn by_line(page: &Page, authors: &[String]) -> Option<String> {
    let lang = views::lang(page);
    let (by, with, and) = if lang == Lang::Fr { ("Par", "avec", " et ") } else { ("By", "with", " and ") };
    let join = |names: &[String]| match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{}{and}{last}", most.join(", ")),
    };
    let partners: Vec<String> = page.fields.texts("partenaires").iter().map(|(name, _)| name.to_string()).collect();
    match (authors.is_empty(), partners.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("{by} {}", join(authors))),
        (true, false) => Some(capital(&format!("{with} {}", join(&partners)))),
        (false, false) => Some(format!("{by} {}, {with} {}", join(authors), join(&partners))),
    }
}

/// The date that an archived document must bear: the page's, its kit's, or the latest of the site.
pub fn day(site: &Site, page: &Page) -> Value {
    fn of(page: &Page) -> Option<When> {
        page.fields.when("mis_a_jour").or(page.fields.when("date")).or(page.fields.when("edition")).copied()
    }
    let kit = site.kit_of(page).and_then(of);
    let latest = || site.pages.iter().filter_map(of).map(|when| when.earliest()).max();
    let day = of(page).or(kit).map(|when| when.earliest()).or_else(latest);
    let (year, month, day) = day.map_or((2000, 1, 1), |day| (day.year().max(1), day.month(), day.day()));
    Value::List(vec![Value::Integer(year.into()), Value::Integer(month.into()), Value::Integer(day.into())])
}

/// « depuis 2014 » at the head of a line: « Depuis 2014 ».
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Returns the name of a page's file, without `.pdf`: it says what it is wherever it is kept.
pub fn file_name(site: &Site, page: &Page) -> EcoString {
    let slug = &page.slug;
    match page.kind.name() {
        "fiche" => {
            let Some(kit) = site.kit_of(page) else { return slug.clone() };
            let kit = kit_name(kit);
            match page.number() {
                Some(number) => ecow::eco_format!("{kit}-fiche-{number:02}-{slug}"),
                None => ecow::eco_format!("{kit}-{slug}"),
            }
        }
        "kit" => kit_name(page),
        "numero" => match page.parent.map(|parent| &site.page(parent).slug) {
            Some(letter) => ecow::eco_format!("{letter}-{slug}"),
            None => slug.clone(),
        },
        "recit" => ecow::eco_format!("recit-{slug}"),
        _ => slug.clone(),
    }
}

/// « kit-communal-2026 ».
fn kit_name(kit: &Page) -> EcoString {
    let slug = &kit.slug;
    match kit.fields.when("edition").map(ToString::to_string) {
        Some(edition) if !slug.ends_with(&edition) => {
            ecow::eco_format!("{slug}-{}", edition.replace('/', "-").replace("..", ""))
        }
        _ => slug.clone(),
    }
}
