//! The home page and the lists of pages.

use std::collections::BTreeMap;

use super::cards::{card, example_view, kit_card};
use super::{overview, territory_url};
use crate::emit::view::{CardView, CountedView, CountsView, HomeView, LinkView, ListView, PaginationView, StepView};
use crate::emit::{Base, Cx};
use crate::link::newest;
use crate::site::{Page, Site};
use crate::territory::map::Frame;
use crate::territory::{Atlas, Level, PlaceId};
use crate::urls::Url;

/// Returns what the home page shows.
pub fn home(cx: &Cx<'_>, page: &Page) -> HomeView {
    let site = cx.site;
    let atlas = Atlas::get();
    let alive = |kind: &'static str| site.of_kind(kind).filter(|page| !page.is_archived());
    let latest = |kind: &'static str, count: usize| -> Vec<&Page> {
        let mut pages: Vec<&Page> = alive(kind).collect();
        pages.sort_by(|left, right| newest(left, right));
        pages.truncate(count);
        pages
    };
    let mut kits: Vec<&Page> = alive("kit").filter(|kit| kit.newer.is_none()).collect();
    // Beside kits in `kits/`, one that stands elsewhere, such as a guide, is not what the site is about.
    let has_folder = kits.iter().any(|kit| stands_in_kits(kit));
    kits.retain(|kit| !has_folder || stands_in_kits(kit));
    let parent = |page: Option<&&Page>| -> String {
        let above = page.and_then(|page| page.parent).map(|above| site.page(above));
        above.filter(|above| Some(above.id) != site.home).map(|above| above.url.to_string()).unwrap_or_default()
    };
    let recits = latest("recit", 3);
    kits.sort_by(|left, right| newest(left, right).then_with(|| crate::french::compare(&left.title, &right.title)));
    let mut themes: Vec<CountedView> = site
        .themes
        .iter()
        .map(|theme| CountedView {
            title: theme.name.to_string(),
            url: theme.url.to_string(),
            count: theme.pages.len() + theme.examples.len(),
        })
        .collect();
    themes.sort_by_key(|theme| std::cmp::Reverse(theme.count));
    themes.truncate(8);
    let counts: BTreeMap<PlaceId, u32> = site
        .territories
        .iter()
        .filter(|(place, territory)| !territory.examples.is_empty() && atlas.place(**place).point.is_some())
        .map(|(place, territory)| (*place, u32::try_from(territory.examples.len()).unwrap_or(u32::MAX)))
        .collect();
    let regions = site
        .territories
        .iter()
        .filter(|(place, territory)| atlas.place(**place).level == Level::Region && territory.count > 0)
        .map(|(place, territory)| CountedView {
            title: atlas.place(*place).name.to_owned(),
            url: territory_url(*place).to_string(),
            count: territory.count,
        })
        .collect();
    let mut examples: Vec<_> = site
        .examples
        .iter()
        .filter(|example| {
            let page = site.page(example.page);
            example.place.is_some() && page.newer.is_none() && !page.is_archived()
        })
        .collect();
    examples.sort_by_key(|example| std::cmp::Reverse(example.exemple.annee));
    // One of each place: three examples of one town say less than three towns.
    let mut places = std::collections::BTreeSet::new();
    examples.retain(|example| places.insert(example.place));
    let kits_url = parent(kits.first());
    if !kits_url.is_empty() {
        // The others are in the list, page after page.
        kits.truncate(site.config.per_page);
    }
    HomeView {
        kits_url,
        recits_url: parent(recits.first()),
        kits: kits.into_iter().map(|kit| kit_card(cx, kit)).collect(),
        recits: recits.into_iter().map(|page| card(cx, page)).collect(),
        latest_issue: latest("numero", 1).first().map(|page| card(cx, page)),
        articles: latest("page", 3)
            .into_iter()
            .filter(|page| page.fields.when("date").is_some())
            .map(|page| card(cx, page))
            .collect(),
        examples: examples.into_iter().take(3).map(|example| example_view(cx, example, true)).collect(),
        counts: CountsView {
            fiches: alive("fiche")
                .filter(|fiche| fiche.number().is_some() && fiche.newer.is_none())
                .filter(|fiche| !has_folder || stands_in_kits(fiche))
                .count(),
            recits: alive("recit").count(),
            examples: site.examples.iter().filter(|example| !site.page(example.page).is_archived()).count(),
            territories: site
                .territories
                .values()
                .filter(|territory| !territory.pages.is_empty() || !territory.examples.is_empty())
                .count(),
            issues: alive("numero").count(),
        },
        themes,
        regions,
        map_html: if cx.theme.is_text_only() {
            String::new()
        } else {
            let base = Base::relative(&page.url);
            let unit = ["exemple", "exemples"];
            overview(&base, "accueil", "Les exemples sur la carte", Frame::France, unit, &counts)
        },
    }
}

fn stands_in_kits(page: &Page) -> bool {
    page.source.as_str().starts_with("content/kits/")
}

/// Returns over how many pages a folder's list stands.
pub fn list_pages(site: &Site, page: &Page) -> usize {
    let (kits, others) = listed(site, page);
    kits.len().max(others.len()).div_ceil(site.config.per_page).max(1)
}

/// Returns the kits of a folder, and its other pages, archives left out.
fn listed<'s>(site: &'s Site, page: &Page) -> (Vec<&'s Page>, Vec<&'s Page>) {
    let children = page.children.iter().map(|child| site.page(*child)).filter(|child| !child.is_archived());
    children.partition(|child| child.kind.name() == "kit")
}

/// Returns one page of the list of a folder's pages; `number` begins at 1.
pub fn list(cx: &Cx<'_>, page: &Page, number: usize) -> ListView {
    let (mut kits, mut others) = listed(cx.site, page);
    // Dated pages whose order nobody chose are read from the newest.
    let is_dated = |page: &&Page| page.fields.when("date").is_some() && page.fields.integer("ordre").is_none();
    if page.kind.name() == "section" && others.iter().all(is_dated) {
        others.sort_by(|left, right| newest(left, right));
    }
    let per_page = cx.site.config.per_page;
    kits.sort_by_key(|kit| kit.newer.is_some());
    let start = (number - 1) * per_page;
    ListView {
        cards: others.iter().skip(start).take(per_page).map(|child| card(cx, child)).collect::<Vec<CardView>>(),
        archives: page
            .children
            .iter()
            .map(|child| cx.site.page(*child))
            .filter(|child| child.is_archived() && child.kind.name() == "kit")
            .map(|kit| LinkView { title: kit.title.to_string(), url: kit.url.to_string() })
            .collect(),
        kits: kits.iter().skip(start).take(per_page).map(|kit| kit_card(cx, kit)).collect(),
        pagination: paginate(&page.url, number, list_pages(cx.site, page)),
    }
}

/// Returns the numbers that readers see: the first, those up to two pages away, the last.
fn steps(number: usize, pages: usize) -> impl Iterator<Item = usize> {
    let (from, to) = (number.saturating_sub(2).max(1), (number + 2).min(pages));
    (from > 1).then_some(1).into_iter().chain(from..=to).chain((to < pages).then_some(pages))
}

/// Returns the links between the pages of a long list; none when there is only one.
pub fn paginate(url: &Url, number: usize, pages: usize) -> Option<PaginationView> {
    if pages < 2 {
        return None;
    }
    let is_end = |step: usize| step == 1 || step == pages;
    let at =
        |number: usize| if number == 1 { url.to_string() } else { url.join(&format!("page-{number}/")).to_string() };
    Some(PaginationView {
        page: number,
        pages,
        previous_url: (number > 1).then(|| at(number - 1)),
        next_url: (number < pages).then(|| at(number + 1)),
        steps: steps(number, pages)
            .map(|step| StepView { number: step, url: (step.abs_diff(number) != 2 || is_end(step)).then(|| at(step)) })
            .collect(),
    })
}
