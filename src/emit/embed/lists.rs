//! What the site gathers about a place or a theme, as a page to embed: a list that grows by itself, or a map.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{FEW, MANY, entry, locator, word};
use super::stamp;
use super::subject::Subject;
use super::variant::{Form, Variant};
use crate::emit::view::{CardView, EmbedNoticeView, EmbedView, LinkView};
use crate::emit::{Base, Cx, facets, views};
use crate::link::newest;
use crate::site::{Example, ExampleId, Page, PageId, Site};
use crate::territory::map::Frame;
use crate::territory::{Atlas, PlaceId};
use crate::urls::Url;

/// Fills the page of a place.
pub fn of_place(cx: &Cx<'_>, place: PlaceId, variant: Variant, url: &Url, view: &mut EmbedView) {
    let gathered = gathered(cx.site, Subject::Place(place));
    view.kicker = format!("{} · {}", word(cx, &view.language, "territoires_titre"), cx.site.config.title);
    view.read = word(cx, &view.language, "integration.lire_tout").to_owned();
    list(cx, variant, &gathered, Some(place), view);
    map(url, variant, &gathered, Frame::Around(place), view);
    if view.map_html.is_empty() {
        view.map_html = locator(cx, place);
        view.shared_map_html = views::shared_outline();
    }
}

/// Fills the page of a theme.
pub fn of_theme(cx: &Cx<'_>, number: usize, variant: Variant, url: &Url, view: &mut EmbedView) {
    let gathered = gathered(cx.site, Subject::Theme(number));
    view.kicker = format!("{} · {}", word(cx, &view.language, "theme"), cx.site.config.title);
    view.read = word(cx, &view.language, "integration.lire_tout").to_owned();
    list(cx, variant, &gathered, None, view);
    map(url, variant, &gathered, Frame::France, view);
}

/// Fills the page of all the examples.
pub fn of_examples(cx: &Cx<'_>, variant: Variant, url: &Url, view: &mut EmbedView) {
    let gathered = gathered(cx.site, Subject::Examples);
    view.title = word(cx, &view.language, "exemples_titre").to_owned();
    view.kicker = cx.site.config.title.to_string();
    view.read = word(cx, &view.language, "tous_exemples").to_owned();
    list(cx, variant, &gathered, None, view);
    map(url, variant, &gathered, Frame::France, view);
}

/// What a list holds: récits, then fiches, then the other pages.
pub struct Gathered<'a> {
    pub pages: Vec<&'a Page>,
    pub examples: Vec<&'a Example>,
}

/// Returns what the site gathers about a place, a theme or the examples, the newest first.
pub fn gathered(site: &Site, subject: Subject) -> Gathered<'_> {
    let (mut pages, mut examples) = (Vec::new(), Vec::new());
    match subject {
        Subject::Place(place) => below(site, place, &mut pages, &mut examples),
        Subject::Theme(number) => {
            pages.clone_from(&site.themes[number].pages);
            examples.clone_from(&site.themes[number].examples);
        }
        Subject::Examples => examples.extend(facets::newest(site).into_iter().map(|example| example.id)),
        Subject::Page(_) | Subject::Example(_) | Subject::Withdrawn(_) => {}
    }
    pages.sort_unstable();
    pages.dedup();
    // A community of communes may stand in two départements.
    let mut seen = BTreeSet::new();
    examples.retain(|id| seen.insert(*id));
    let is_kept = |page: &Page| page.is_public() && !page.is_archived();
    let mut pages: Vec<&Page> = pages.into_iter().map(|id| site.page(id)).filter(|page| is_kept(page)).collect();
    let rank = |page: &Page| match page.kind.name() {
        "recit" => 0,
        "fiche" => 1,
        _ => 2,
    };
    pages.sort_by(|left, right| {
        let older = || newest(left, right).then_with(|| left.source.cmp(&right.source));
        rank(left).cmp(&rank(right)).then_with(older)
    });
    let examples =
        examples.into_iter().map(|id| site.example(id)).filter(|example| is_kept(site.page(example.page))).collect();
    Gathered { pages, examples }
}

fn below(site: &Site, place: PlaceId, pages: &mut Vec<PageId>, examples: &mut Vec<ExampleId>) {
    let Some(territory) = site.territories.get(&place) else { return };
    pages.extend(&territory.pages);
    examples.extend(&territory.examples);
    for child in &territory.children {
        below(site, *child, pages, examples);
    }
}

/// Fills the entries of a list; in that of a place, a page says where it is inside the place.
fn list(cx: &Cx<'_>, variant: Variant, gathered: &Gathered<'_>, around: Option<PlaceId>, view: &mut EmbedView) {
    let atlas = Atlas::get();
    let inside = |page: &Page| {
        let place =
            page.places.iter().copied().find(|place| around.is_none_or(|around| atlas.contains(around, *place)))?;
        Some(LinkView { title: atlas.label(place), url: views::territory_url(place).to_string() })
    };
    "liste".clone_into(&mut view.kind);
    let most = match variant.form {
        Form::Short => FEW,
        Form::Whole | Form::Recits | Form::Examples => MANY,
        Form::Card => 0,
    };
    let pages = gathered.pages.iter().filter(|page| match variant.form {
        Form::Recits => page.kind.name() == "recit",
        Form::Examples => false,
        Form::Short | Form::Whole | Form::Card => true,
    });
    let pages: Vec<&Page> = pages.copied().collect();
    let examples: &[&Example] = if variant.form == Form::Recits { &[] } else { &gathered.examples };
    let count = pages.len() + examples.len();
    view.stamp = stamp::of_words(
        pages
            .iter()
            .map(|page| page.title.as_str())
            .chain(examples.iter().map(|example| example.exemple.titre.as_str())),
    );
    if count == 0 {
        let key = if variant.form == Form::Recits { "integration.aucun_recit" } else { "integration.aucun" };
        view.notices.push(EmbedNoticeView { text: word(cx, &view.language, key).to_owned(), link: None });
    }
    view.entries = pages
        .into_iter()
        .map(|page| CardView { place: inside(page), ..entry(cx, page) })
        .chain(examples.iter().map(|example| example_entry(cx, example)))
        .take(most)
        .collect();
    view.more = if variant.form == Form::Card { 0 } else { count.saturating_sub(most) };
}

/// Returns an example as an entry of a list.
fn example_entry(cx: &Cx<'_>, example: &Example) -> CardView {
    let page = cx.site.page(example.page);
    let (url, anchor) = cx.site.example_url(example);
    CardView {
        kind: "exemple".to_owned(),
        kind_label: word(cx, &page.language, "corps.exemple").to_owned(),
        title: example.exemple.titre.to_string(),
        url: format!("{url}#{anchor}"),
        number: None,
        parent: None,
        date: example.exemple.annee.as_ref().map(|when| views::date(when, views::lang(page))),
        period: None,
        place: example
            .place
            .map(|place| LinkView { title: Atlas::get().label(place), url: views::territory_url(place).to_string() }),
        themes: Vec::new(),
        ..entry(cx, page)
    }
}

/// Draws the map of a list, in its map form.
fn map(url: &Url, variant: Variant, gathered: &Gathered<'_>, frame: Frame, view: &mut EmbedView) {
    if variant.form != Form::Card {
        return;
    }
    let mut counts: BTreeMap<PlaceId, u32> = BTreeMap::new();
    for place in gathered.examples.iter().filter_map(|example| example.place) {
        *counts.entry(place).or_default() += 1;
    }
    view.map_html =
        views::overview(&Base::relative(url), "carte", &view.title, frame, ["exemple", "exemples"], &counts);
}
