//! Territories: the tree of those that have content, and the page of each.

use std::collections::{BTreeMap, HashSet};

use super::maps::MAP_WORDS;
use super::terms::{gather, part};
use super::{locator, overview, paginate, territory_url, words};
use crate::diag::Diagnostic;
use crate::emit::view::{
    CountedView, LinkView, PortraitView, TermView, TerritoriesView, TerritoryNodeView, TerritoryView,
};
use crate::emit::{Base, Cx};
use crate::french::{self, Lang};
use crate::site::{ExampleId, PageId, Site};
use crate::territory::map::Frame;
use crate::territory::{Atlas, Level, PlaceId};
use crate::urls::Url;

/// Returns the portrait of a place.
pub fn portrait(cx: &Cx<'_>, id: PlaceId) -> PortraitView {
    let atlas = Atlas::get();
    let place = atlas.place(id);
    PortraitView {
        place: LinkView { title: atlas.label(id), url: territory_url(id).to_string() },
        level: place.level.name().to_owned(),
        population: place.population.map(|count| french::integer(i64::from(count), Lang::Fr)),
        within: atlas
            .line(id)
            .into_iter()
            .filter(|above| cx.site.territories.contains_key(above))
            .map(|above| LinkView { title: atlas.label(above), url: territory_url(above).to_string() })
            .collect(),
        map_html: if cx.theme.is_text_only() {
            String::new()
        } else {
            locator(cx, id, &format!("p{}", place.code.to_lowercase()))
        },
    }
}

/// Returns the tree of all the territories with content.
pub fn territories(cx: &Cx<'_>, url: &Url) -> TerritoriesView {
    let atlas = Atlas::get();
    let mut roots: Vec<PlaceId> = cx
        .site
        .territories
        .iter()
        .filter(|(place, territory)| territory.count > 0 && atlas.above(**place).is_empty())
        .map(|(place, _)| *place)
        .collect();
    roots.sort_by(|left, right| french::compare(atlas.place(*left).name, atlas.place(*right).name));
    let counts = contents(cx, cx.site.territories.keys().copied());
    TerritoriesView {
        regions: roots.into_iter().map(|root| node(cx, root)).collect(),
        map_html: if cx.theme.is_text_only() {
            String::new()
        } else {
            let unit = ["contenu", "contenus"];
            let title = "Les territoires dont parle le site";
            overview(&Base::relative(url), "france", title, Frame::France, unit, &counts)
        },
        inventory_url: cx.urls.named("inventaire").map(ToString::to_string),
        words: words(cx, "carte_outil.", MAP_WORDS),
    }
}

fn node(cx: &Cx<'_>, id: PlaceId) -> TerritoryNodeView {
    let territory = &cx.site.territories[&id];
    TerritoryNodeView {
        title: Atlas::get().label(id),
        url: territory_url(id).to_string(),
        count: territory.count,
        children: territory.children.iter().map(|child| node(cx, *child)).collect(),
    }
}

/// Returns over how many pages the list of a territory stands.
pub fn territory_pages(site: &Site, id: PlaceId) -> usize {
    let territory = &site.territories[&id];
    let count = territory.pages.len() + shown_below(site, id, pages_below(site, id).len());
    // Those of a wide place have a list of their own elsewhere.
    let examples = if list_of(id).is_some() { 0 } else { territory.examples.len().max(examples_below(site, id).len()) };
    count.max(examples).div_ceil(site.config.per_page).max(1)
}

/// Returns how many pages about the places inside a territory its own page lists.
///
/// A région would repeat what each of its départements lists: past a page of them, it leads there instead.
fn shown_below(site: &Site, id: PlaceId, count: usize) -> usize {
    if site.territories[&id].children.is_empty() { count } else { count.min(site.config.per_page) }
}

fn examples_below(site: &Site, id: PlaceId) -> Vec<ExampleId> {
    let below = &site.territories[&id].below;
    below.iter().flat_map(|place| site.territories[place].examples.iter().copied()).collect()
}

/// Returns the pages about the places inside a territory, without those about the territory itself.
fn pages_below(site: &Site, id: PlaceId) -> Vec<PageId> {
    let territory = &site.territories[&id];
    let own: HashSet<PageId> = territory.pages.iter().copied().collect();
    let below = territory.below.iter().flat_map(|place| &site.territories[place].pages);
    let mut pages: Vec<PageId> = below.copied().filter(|page| !own.contains(page)).collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

/// Returns one page of what a territory's page shows, from 1, at the address `url`: the examples, the map and the places
/// around stand on the first.
pub fn territory(cx: &Cx<'_>, id: PlaceId, number: usize, url: &Url) -> Result<TerritoryView, Box<Diagnostic>> {
    let atlas = Atlas::get();
    let territory = &cx.site.territories[&id];
    let mut below = pages_below(cx.site, id);
    let below_count = below.len();
    below.truncate(shown_below(cx.site, id, below_count));
    let is_cut = below.len() < below_count;
    let (per_page, is_first) = (cx.site.config.per_page, number == 1);
    let all: Vec<PageId> = territory.pages.iter().chain(&below).copied().collect();
    let own = territory.pages.len().saturating_sub((number - 1) * per_page).min(per_page);
    let (here, pages) = part(&all, number, per_page).split_at(own);
    let examples = examples_below(cx.site, id);
    let shown = |all: &[ExampleId]| -> Vec<ExampleId> {
        match list_of(id) {
            // Its list has the others.
            Some(_) => all.iter().filter(|_| is_first).copied().collect(),
            None => part(all, number, per_page).to_vec(),
        }
    };
    let counted = |place: PlaceId, count: usize| CountedView {
        title: atlas.label(place),
        url: territory_url(place).to_string(),
        count,
    };
    Ok(TerritoryView {
        portrait: portrait(cx, id),
        at: atlas.a(id),
        here: gather(cx, url, here, &shown(&territory.examples), list_of(id))?,
        below: TermView {
            pagination: paginate(&territory_url(id), number, territory_pages(cx.site, id)),
            ..gather(cx, url, pages, &shown(&examples), list_of(id))?
        },
        below_count: is_cut.then_some(below_count),
        around: atlas
            .around(id)
            .into_iter()
            .filter(|_| is_first)
            .filter_map(|place| {
                let around = cx.site.territories.get(&place)?;
                Some(counted(place, around.count))
            })
            .filter(|around| around.count > 0)
            .collect(),
        children: territory.children.iter().map(|child| counted(*child, cx.site.territories[child].count)).collect(),
        map_html: if is_first && !cx.theme.is_text_only() { inside(cx, id) } else { String::new() },
        inventory_url: cx.urls.named("inventaire").map(ToString::to_string),
        words: words(cx, "carte_outil.", MAP_WORDS),
    })
}

/// Draws what is inside a région, a département or a collectivité, when there is something.
fn inside(cx: &Cx<'_>, id: PlaceId) -> String {
    let atlas = Atlas::get();
    let is_wide = matches!(atlas.place(id).level, Level::Region | Level::Departement | Level::Collectivite);
    if !is_wide {
        return String::new();
    }
    let counts = contents(cx, cx.site.territories[&id].below.iter().copied());
    let title = format!("Ce que raconte le site {}", atlas.a(id));
    overview(&Base::relative(&territory_url(id)), "dedans", &title, Frame::Around(id), ["contenu", "contenus"], &counts)
}

/// Counts what stands at each place that has a point.
fn contents(cx: &Cx<'_>, places: impl Iterator<Item = PlaceId>) -> BTreeMap<PlaceId, u32> {
    places
        .map(|place| {
            let territory = &cx.site.territories[&place];
            (place, u32::try_from(territory.examples.len() + territory.pages.len()).unwrap_or(u32::MAX))
        })
        .filter(|(place, count)| *count > 0 && Atlas::get().place(*place).point.is_some())
        .collect()
}

/// Returns the list of all the examples of a wide place.
fn list_of(id: PlaceId) -> Option<Url> {
    let atlas = Atlas::get();
    let facet = match atlas.place(id).level {
        Level::Region => "region",
        Level::Departement | Level::Collectivite => "departement",
        Level::Epci | Level::Ept | Level::Commune | Level::ArrondissementMunicipal => return None,
    };
    Some(Url::new(format!("/exemples/{facet}/{}/", atlas.slug(id))))
}
