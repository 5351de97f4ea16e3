//! `/inventaire.json`: what the scripts of the maps and of the list of examples choose from; pages read without it.
//!
//! Everything is a number into a table, since a site may hold ten thousand examples.

use std::collections::HashMap;
use std::hash::Hash;

use ecow::EcoString;
use serde::Serialize;
use serde_json::{Value, json};

use super::facets::{FACETS, Facets};
use super::{Cx, Job, Plan, Planning, Reads};
use crate::site::{ExampleId, Page};
use crate::territory::{Atlas, Level, PlaceId, map};
use crate::urls::Url;

/// Where the inventory is.
pub const ADDRESS: &str = "/inventaire.json";

/// The most examples and pages that a script is asked to hold: beyond, lists and maps are those of the pages alone.
const MOST: usize = 20_000;

/// Adds the inventory to the plan of a site that has examples or territories.
pub(super) fn plan(cx: &Planning<'_>, facets: &std::sync::Arc<Facets>, plan: &mut Plan) {
    if cx.site.examples.is_empty() && cx.site.territories.is_empty() {
        return;
    }
    if facets.all.len() + cx.site.pages.len() > MOST {
        return;
    }
    let facets = std::sync::Arc::clone(facets);
    plan.add_named(
        "inventaire",
        Job::new("html", Url::new(ADDRESS), move |cx| Ok(make(cx, &facets))).reads(Reads::Faces),
    );
}

#[derive(Serialize)]
struct Inventory<'s> {
    facettes: Vec<&'static str>,
    lieux: Vec<Value>,
    pages: Vec<Value>,
    termes: Vec<Vec<Value>>,
    elements: Vec<Element<'s>>,
}

/// An example, or a page about a place: title, address, place, date, home, values of each facet.
#[derive(Serialize)]
struct Element<'s>(EcoString, String, Option<usize>, Option<String>, Home<'s>, Vec<Vec<usize>>);

/// The page that tells an example, or the kind of a page.
#[derive(Serialize)]
#[serde(untagged)]
enum Home<'s> {
    Page(usize),
    Kind(&'s str),
}

/// Things written once and then called by their numbers.
struct Table<K> {
    numbers: HashMap<K, usize>,
    rows: Vec<Value>,
}

impl<K: Hash + Eq> Table<K> {
    fn new() -> Self {
        Self { numbers: HashMap::new(), rows: Vec::new() }
    }

    fn number(&mut self, key: K, row: impl FnOnce() -> Value) -> usize {
        let rows = &mut self.rows;
        *self.numbers.entry(key).or_insert_with(|| {
            rows.push(row());
            rows.len() - 1
        })
    }
}

/// Writes the inventory.
///
/// - `lieux`: name, last part of the address, places that contain it as those parts, the nearest first,
///   and where it is on the small map;
/// - `pages`: name in a sentence, colour;
/// - `termes`: for each facet, the slugs of its values, in the order of the page;
/// - `elements`: title, address, place, date, page, and for each facet its values; a content that is no example has
///   its kind instead of a page.
fn make(cx: &Cx<'_>, facets: &Facets) -> Vec<u8> {
    let site = cx.site;
    let mut places: Table<PlaceId> = Table::new();
    let mut pages = Table::new();
    let mut terms: Vec<Table<EcoString>> = FACETS.iter().map(|_| Table::new()).collect();
    for (table, (_, values)) in terms.iter_mut().zip(facets.each()) {
        for value in values.iter() {
            table.number(value.slug.clone(), || json!([value.slug.as_str(), value.name.as_str()]));
        }
    }
    let mut values = values_of(facets);
    let mut elements: Vec<Element<'_>> = Vec::with_capacity(facets.all.len() + site.pages.len());
    for id in &facets.all {
        let example = site.example(*id);
        let home = site.page(example.page);
        let (url, anchor) = site.example_url(example);
        let page = pages.number(home.id, || {
            json!([super::views::origin(home), super::views::teinte(site, home), home.url.as_str()])
        });
        elements.push(Element(
            example.exemple.titre.clone(),
            format!("{url}#{anchor}"),
            example.place.map(|id| places.number(id, || place(id))),
            example.exemple.annee.as_ref().map(|when| when.long(super::views::lang(home))),
            Home::Page(page),
            values.remove(id).unwrap_or_default(),
        ));
    }
    for page in site.pages.iter().filter(|page| !page.is_archived() && page.is_public()) {
        for id in &page.places {
            elements.push(Element(
                site.reference(page),
                page.url.to_string(),
                Some(places.number(*id, || place(*id))),
                None,
                Home::Kind(page.kind.name()),
                of_page(cx, page, &mut terms),
            ));
        }
    }
    let inventory = Inventory {
        facettes: FACETS.iter().map(|facet| facet.key).collect(),
        lieux: places.rows,
        pages: pages.rows,
        termes: terms.into_iter().map(|table| table.rows).collect(),
        elements,
    };
    serde_json::to_vec(&inventory).expect("texts, numbers and lists are all JSON")
}

/// Returns the values of each example, by their places in the tables of the facets.
fn values_of(facets: &Facets) -> HashMap<ExampleId, Vec<Vec<usize>>> {
    let mut values: HashMap<ExampleId, Vec<Vec<usize>>> = HashMap::with_capacity(facets.all.len());
    for (facet, (_, list)) in facets.each().enumerate() {
        for (number, value) in list.iter().enumerate() {
            for example in &value.examples {
                values.entry(*example).or_insert_with(|| vec![Vec::new(); FACETS.len()])[facet].push(number);
            }
        }
    }
    values
}

/// Returns what the maps filter pages by: their themes, their kit and their year.
fn of_page(cx: &Cx<'_>, page: &Page, terms: &mut [Table<EcoString>]) -> Vec<Vec<usize>> {
    let site = cx.site;
    FACETS
        .iter()
        .zip(terms)
        .map(|(facet, table)| {
            let mut number = |slug: &str, name: &str| table.number(slug.into(), || json!([slug, name]));
            match facet.key {
                "theme" => page
                    .themes
                    .iter()
                    .map(|theme| &site.themes[*theme])
                    .map(|theme| number(&theme.slug, &theme.name))
                    .collect(),
                "kit" => site.kit_of(page).map(|kit| number(&kit.slug, &kit.title)).into_iter().collect(),
                "annee" => {
                    let when = page.fields.when("periode").or(page.fields.when("date"));
                    when.map(|when| when.year().to_string()).map(|year| number(&year, &year)).into_iter().collect()
                }
                _ => Vec::new(),
            }
        })
        .collect()
}

/// Returns a place and the places that marks may stand for it under.
fn place(id: PlaceId) -> Value {
    let atlas = Atlas::get();
    let around: Vec<String> = atlas
        .containers(id)
        .into_iter()
        .filter(|id| matches!(atlas.place(*id).level, Level::Epci | Level::Departement | Level::Collectivite))
        .map(|id| atlas.slug(id))
        .collect();
    json!([atlas.label(id), atlas.slug(id), around, map::locator_point(id)])
}
