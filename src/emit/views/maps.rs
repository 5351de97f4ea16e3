//! Maps as pictures: where a place is, and where examples are.

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::EcoString;

use super::territory_url;
use crate::emit::view::LinkView;
use crate::emit::{Base, Cx};
use crate::site::{Example, Page};
use crate::territory::map::{self, Frame, Locator, Mark, Motif, Overview, Palette};
use crate::territory::{Atlas, PlaceId};

/// A map and the list that says the same.
pub struct MapOf {
    pub svg: String,
    /// Each place with the titles and the addresses of what is there, in alphabetical order of places.
    pub places: Vec<(PlaceId, Vec<LinkView>)>,
    /// What the script of the map needs: whether the map is of one page alone, and the theme and kit that it is of.
    pub only_page: bool,
    pub theme: Option<String>,
    pub kit: Option<String>,
}

impl MapOf {
    /// Returns each place with the titles of what is there.
    pub fn titles(&self) -> Vec<(PlaceId, Vec<String>)> {
        let titles = |links: &[LinkView]| links.iter().map(|link| link.title.clone()).collect();
        self.places.iter().map(|(place, links)| (*place, titles(links))).collect()
    }
}

/// Draws where a place is; the outline of France is shared by all the locators of a page.
///
/// `own` makes the ids of the drawing unlike those of the other drawings of the page.
pub fn locator(cx: &Cx<'_>, place: PlaceId, own: &str) -> String {
    let code = Atlas::get().place(place).code.to_lowercase();
    let draw = || {
        map::locator(place, &Locator { prefix: ANY, title: None, base: Some(SHARED), palette: Palette::COLOUR }).markup
    };
    let drawing = cx.memos.of::<Arc<str>>().get(crate::memo::Key::of("locator", [code.as_bytes()]), || draw().into());
    drawing.replace(ANY, own)
}

/// Draws the same for a card, beside the place’s name.
pub fn thumbnail(cx: &Cx<'_>, place: PlaceId) -> String {
    let code = Atlas::get().place(place).code.to_lowercase();
    let draw = || map::thumbnail(place, SHARED, Palette::COLOUR).markup;
    cx.memos.of::<Arc<str>>().get(crate::memo::Key::of("thumbnail", [code.as_bytes()]), || draw().into()).to_string()
}

/// Stands for the prefix in the remembered drawing.
const ANY: &str = "situation0";

/// The prefix of the outline that locators share; `base.html` writes it once in pages that have maps.
pub const SHARED: &str = "fr";

/// Returns the outline that locators share.
pub fn shared_outline() -> String {
    map::locator_base(SHARED, &Palette::COLOUR)
}

/// The words that the script of the maps shows.
pub const MAP_WORDS: &[&str] = &[
    "agrandir",
    "reduire",
    "entiere",
    "theme",
    "kit",
    "annee",
    "tous",
    "toutes",
    "un",
    "plusieurs",
    "un_lieu",
    "lieux",
    "aucun",
    "aide",
    "suite",
    "liste",
];

/// Draws all of France with a mark at each place that has content.
pub fn overview(
    base: &Base,
    prefix: &str,
    title: &str,
    frame: Frame,
    unit: [&str; 2],
    counts: &BTreeMap<PlaceId, u32>,
) -> String {
    let marks: Vec<Mark> = counts
        .iter()
        .map(|(place, count)| Mark {
            place: *place,
            count: *count,
            href: Some(base.href(&territory_url(*place))),
            motif: Motif::Plain,
        })
        .collect();
    if marks.is_empty() {
        return String::new();
    }
    let link = |place: PlaceId| Some(base.href(&territory_url(place)));
    map::overview(
        &marks,
        &Overview {
            prefix,
            title,
            description: None,
            frame,
            unit,
            legend: &[],
            link: Some(&link),
            palette: Palette::COLOUR,
        },
    )
    .markup
}

/// Draws the examples of a page, or of the whole site when a theme or a kit is named or the page has none.
pub fn map_of(cx: &Cx<'_>, page: &Page, base: &Base, theme: Option<&EcoString>, kit: Option<&EcoString>) -> MapOf {
    let slug = |text: &EcoString| crate::french::slug(text);
    let everywhere = theme.is_some() || kit.is_some() || page.examples.is_empty();
    let chosen = |example: &&Example| {
        let home = cx.site.page(example.page);
        let in_theme = theme.is_none_or(|theme| {
            example.themes.iter().any(|own| Some(cx.site.themes[*own].slug.as_str()) == slug(theme).as_deref())
        });
        let in_kit = kit.is_none_or(|kit| {
            cx.site.kit_of(home).is_some_and(|own| own.slug == *kit || own.fields.text("sigle") == Some(kit))
        });
        in_theme && in_kit && !home.is_archived()
    };
    let examples: Vec<&Example> = if everywhere {
        cx.site.examples.iter().filter(chosen).collect()
    } else {
        page.examples.iter().map(|example| cx.site.example(*example)).collect()
    };
    let mut by_place: BTreeMap<PlaceId, Vec<LinkView>> = BTreeMap::new();
    for example in examples {
        if let Some(place) = example.place {
            let (url, anchor) = cx.site.example_url(example);
            let link =
                LinkView { title: example.exemple.titre.to_string(), url: format!("{}#{anchor}", base.href(&url)) };
            by_place.entry(place).or_default().push(link);
        }
    }
    let counts =
        by_place.iter().map(|(place, titles)| (*place, u32::try_from(titles.len()).unwrap_or(u32::MAX))).collect();
    let svg = overview(base, "carte", "Les exemples sur la carte", Frame::France, ["exemple", "exemples"], &counts);
    let mut places: Vec<(PlaceId, Vec<LinkView>)> = by_place.into_iter().collect();
    let atlas = Atlas::get();
    places.sort_by(|left, right| crate::french::compare(atlas.place(left.0).name, atlas.place(right.0).name));
    let kit = kit.and_then(|kit| {
        let mut kits = cx.site.of_kind("kit");
        kits.find(|own| own.slug == *kit || own.fields.text("sigle") == Some(kit)).map(|own| own.slug.to_string())
    });
    MapOf { svg, places, only_page: !everywhere, theme: theme.and_then(slug), kit }
}
