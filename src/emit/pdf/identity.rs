//! What a printed page is and whose: the words over its title, the facts beside it, its authors, its date, its file's name.

use ecow::EcoString;

use super::connect::Assembly;
use super::engine::Engine;
use super::literal::Value;
use super::sheet::said;
use crate::emit::{Cx, views};
use crate::french::{Lang, When, capitalised};
use crate::site::{Page, Site};
use crate::territory::Atlas;

/// What stands over the title, and at the other end of the line.
pub fn identity(cx: &Cx<'_>, page: &Page, lang: Lang) -> (Vec<String>, Option<String>) {
    let site = cx.site;
    let is_french = lang == Lang::Fr;
    let parent = page.parent.map(|parent| site.page(parent));
    let date = page.fields.when("date").map(|when| capitalised(&when.long(lang)));
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
pub fn edito(page: &Page) -> impl Iterator<Item = &str> {
    let text = page.fields.text("edito").map_or("", EcoString::as_str);
    text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty())
}

/// The image of the front matter, which opens récits and articles on the web as well.
pub fn front_image(engine: &Engine, assembly: &mut Assembly<'_>, page: &Page) -> Value {
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
pub fn side(cx: &Cx<'_>, page: &Page) -> Vec<(String, String)> {
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
            let figures = page.fields.maps("portrait").iter().filter_map(|figure| {
                let source = figure.text("source").map(|source| format!(" ({source})")).unwrap_or_default();
                Some((figure.text("texte")?.to_string(), format!("{}{source}", figure.text("chiffre")?)))
            });
            let credits = page.fields.maps("credits").iter().filter_map(|credit| {
                let role = credit.text("role").map_or_else(|| word("credits"), ToString::to_string);
                Some((role, credit.text("qui")?.to_string()))
            });
            let places = places.filter(|(_, text)| !text.is_empty());
            told.into_iter().flatten().chain(figures).chain(places).chain(credits).collect()
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
    site.family_of(page).map(|family| family.title.to_string())
}

/// Returns the title of a page's document, in its window.
pub fn document_title(site: &Site, page: &Page) -> String {
    match (page.kind.name(), site.kit_of(page)) {
        ("fiche", Some(kit)) => format!("{} – {}", site.reference(page), kit.title),
        _ => page.title.to_string(),
    }
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
        (true, false) => Some(capitalised(&format!("{with} {}", join(&partners)))),
        (false, false) => Some(format!("{by} {}, {with} {}", join(authors), join(&partners))),
    }
}

/// The date that an archived document must bear: the page's, its kit's, or the latest of the site.
pub fn day(site: &Site, page: &Page) -> Value {
    fn of(page: &Page) -> Option<When> {
        page.version().or(page.fields.when("edition")).copied()
    }
    let kit = site.kit_of(page).and_then(of);
    let latest = || site.pages.iter().filter_map(of).map(|when| when.earliest()).max();
    let day = of(page).or(kit).map(|when| when.earliest()).or_else(latest);
    let (year, month, day) = day.map_or((2000, 1, 1), |day| (day.year().max(1), day.month(), day.day()));
    Value::List(vec![Value::Integer(year.into()), Value::Integer(month.into()), Value::Integer(day.into())])
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
