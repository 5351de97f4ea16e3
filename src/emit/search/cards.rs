//! What readers see of results: the card of each page with its text, the titles that the root holds, the facets.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::digits::{number_of, put};
use super::fold::fold;
use super::input::{PageInput, SectionKind};

/// Up to so many pages, the root holds every title: the first answer then needs no card.
pub(super) const TITLES: usize = 1_500;

/// Returns the card of a page: address, title, kind, label, summary, place, date, then its sections with their text.
pub(super) fn card(page: &PageInput) -> Value {
    let sections: Vec<Value> = page
        .sections
        .iter()
        .map(|section| json!([section.anchor, section.heading, kind_of(section.kind), section.text]))
        .collect();
    // More than three places are a list, not a line.
    let names: Vec<&str> = page.places.iter().map(|place| place.name.as_str()).collect();
    let place = if names.len() > 3 { format!("{}…", names[..3].join(", ")) } else { names.join(", ") };
    json!([path(&page.url), page.title, page.kind, label(page), page.summary, place, page.date, sections])
}

/// Returns a letter for what a section is.
fn kind_of(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Heading => "",
        SectionKind::Lever => "l",
        SectionKind::Example => "e",
        SectionKind::Step => "s",
    }
}

/// Returns the line above a result: « Fiche 4 · Kit communal ».
fn label(page: &PageInput) -> String {
    let name = page.names.first().map_or("", |name| name.as_str());
    let numbered = match page.number {
        Some(number) => format!("{name} {number}"),
        None => name.to_owned(),
    };
    match &page.kit {
        Some((title, _)) if !title.is_empty() => format!("{numbered} · {title}"),
        _ => numbered,
    }
}

fn path(url: &str) -> &str {
    url.trim_start_matches('/')
}

/// Returns the titles of every page by folder: the folders, then for each page its folder, its title, its number and,
/// when the title does not tell it, the end of its address.
pub(super) fn titles(pages: &[PageInput]) -> (Value, Value) {
    let mut folders: Vec<Value> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let titles: Vec<Value> = pages
        .iter()
        .map(|page| {
            let url = path(&page.url);
            let end = url.trim_end_matches('/').rfind('/').map_or(0, |slash| slash + 1);
            let (folder, name) = url.split_at(end);
            let unnumbered = PageInput {
                number: None,
                ..PageInput {
                    kind: page.kind,
                    names: page.names.clone(),
                    kit: page.kit.clone(),
                    ..PageInput::default()
                }
            };
            let line = json!([
                folder,
                page.kind,
                page.names.first(),
                label(&unnumbered).split_once(" · ").map(|(_, kit)| kit.to_owned())
            ]);
            let folder = *known.entry(line.to_string()).or_insert_with(|| {
                folders.push(line);
                folders.len() - 1
            });
            let mut entry = vec![json!(folder), json!(page.title)];
            let guessed = format!("{}/", plain_slug(&page.title));
            if guessed != name {
                entry.extend([json!(page.number.unwrap_or(-1)), json!(name)]);
            } else if let Some(number) = page.number {
                entry.push(json!(number));
            }
            Value::Array(entry)
        })
        .collect();
    (Value::Array(folders), Value::Array(titles))
}

/// Makes the end of an address from a title in the simplest way, which the script knows too.
fn plain_slug(title: &str) -> String {
    let folded = fold(title);
    folded
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// A facet: its key in addresses, its name for readers, and the values that pages have.
struct Facet {
    key: &'static str,
    /// Code, name, and the code of what holds it.
    values: Vec<(String, String, String)>,
    of_page: Vec<Vec<u32>>,
}

impl Facet {
    fn of(
        key: &'static str,
        pages: &[PageInput],
        values_of: impl Fn(&PageInput) -> Vec<(String, String, String)>,
    ) -> Self {
        let each: Vec<Vec<(String, String, String)>> = pages.iter().map(values_of).collect();
        let mut values: Vec<(String, String, String)> = each.iter().flatten().cloned().collect();
        values.sort();
        values.dedup_by(|left, right| left.0 == right.0);
        let place = |code: &str| number_of(values.partition_point(|value| value.0.as_str() < code));
        let of_page = each
            .iter()
            .map(|values| {
                let mut places: Vec<u32> = values.iter().map(|value| place(&value.0)).collect();
                places.sort_unstable();
                places.dedup();
                places
            })
            .collect();
        Self { key, values, of_page }
    }

    fn write(&self) -> Value {
        let mut text = String::new();
        for values in &self.of_page {
            put(&mut text, number_of(values.len()));
            for value in values {
                put(&mut text, *value);
            }
        }
        json!([self.key, self.values, text])
    }
}

fn plain(text: &str) -> (String, String, String) {
    (plain_slug(text), text.to_owned(), String::new())
}

/// Returns the facets of every page, and what pages are sorted by: the day and the number.
pub(super) fn facets(pages: &[PageInput]) -> Value {
    let facets = [
        Facet::of("nature", pages, |page| {
            let name = page.names.first().map_or(page.kind, |name| name.as_str());
            vec![(page.kind.to_owned(), name.to_owned(), String::new())]
        }),
        Facet::of("kit", pages, |page| {
            page.kit.iter().filter(|_| page.kind == "fiche").map(|(title, _)| plain(title)).collect()
        }),
        Facet::of("edition", pages, |page| page.edition.iter().map(|edition| plain(edition)).collect()),
        Facet::of("famille", pages, |page| page.family.iter().map(|family| plain(family)).collect()),
        Facet::of("theme", pages, |page| page.themes.iter().map(|theme| plain(theme)).collect()),
        Facet::of("territoire", pages, |page| {
            let examples = page.sections.iter().flat_map(|section| &section.places);
            let mut values = Vec::new();
            for place in page.places.iter().chain(examples) {
                let region = place.region.as_ref().map_or("", |(_, code)| code.as_str());
                values.extend(
                    place.region.iter().map(|(name, code)| (code.to_string(), name.to_string(), String::new())),
                );
                // Guyane is a région and a département of one name: readers choose it once.
                let is_other = |name: &str| place.region.as_ref().is_none_or(|(region, _)| *region != *name);
                values.extend(
                    place
                        .departement
                        .iter()
                        .filter(|(name, _)| is_other(name))
                        .map(|(name, code)| (code.to_string(), name.to_string(), region.to_owned())),
                );
            }
            values
        }),
        Facet::of("annee", pages, |page| {
            page.year.iter().map(|year| (year.to_string(), year.to_string(), String::new())).collect()
        }),
    ];
    let mut days = String::new();
    let mut numbers = String::new();
    for page in pages {
        put(&mut days, page.day.unwrap_or(0));
        put(
            &mut numbers,
            page.number.and_then(|number| number.checked_add(1)).and_then(|next| u32::try_from(next).ok()).unwrap_or(0),
        );
    }
    let facets: Vec<Value> = facets.iter().filter(|facet| facet.values.len() > 1).map(Facet::write).collect();
    json!({ "f": facets, "j": days, "n": numbers })
}
