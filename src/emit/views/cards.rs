//! Pages, kits and examples as others show them.

use ecow::EcoString;

use super::{date, lang, teinte, territory_url};
use crate::content;
use crate::doc;
use crate::emit::view::{CardView, ExampleView, ImageView, KitCardView, LinkView, ReferenceView};
use crate::emit::{Base, Cx, images};
use crate::french::Lang;
use crate::site::{Example, Page, Target};
use crate::territory::{Atlas, Level};

/// Returns the card of a page.
pub fn card(cx: &Cx<'_>, page: &Page) -> CardView {
    let lang = lang(page);
    CardView {
        kind: page.kind.name().to_owned(),
        kind_label: kind_label(page).to_owned(),
        title: page.title.to_string(),
        summary: summary(cx, page),
        url: page.url.to_string(),
        number: number(page),
        parent: page
            .parent
            .map(|parent| cx.site.page(parent))
            .filter(|parent| matches!(parent.kind.name(), "kit" | "lettre"))
            .map(|parent| LinkView { title: parent.title.to_string(), url: parent.url.to_string() }),
        date: page.fields.when("date").map(|when| date(when, lang)),
        period: page.fields.when("periode").map(|when| date(when, lang)),
        place: page
            .places
            .first()
            .map(|place| LinkView { title: Atlas::get().label(*place), url: territory_url(*place).to_string() }),
        image: image_view(cx, page, None),
        teinte: teinte(cx.site, page),
        themes: page
            .themes
            .iter()
            .map(|theme| &cx.site.themes[*theme])
            .map(|theme| LinkView { title: theme.name.to_string(), url: theme.url.to_string() })
            .collect(),
    }
}

/// Returns how a page is named in one line.
pub fn reference(cx: &Cx<'_>, page: &Page) -> ReferenceView {
    ReferenceView {
        kind_label: kind_label(page).to_owned(),
        number: number(page),
        title: page.title.to_string(),
        url: page.url.to_string(),
        teinte: teinte(cx.site, page),
    }
}

fn kind_label(page: &Page) -> &'static str {
    let names = page.kind.names();
    if matches!(lang(page), Lang::En) { names.one_en } else { names.one }
}

/// Returns the number of a fiche or of an issue.
fn number(page: &Page) -> Option<String> {
    let written = || page.fields.text("numero").map(ToString::to_string);
    page.number().map(|number| number.to_string()).or_else(written)
}

/// Returns where an example comes from: « Fiche 4 - Connaître… », « Récit - Valenciennes… ».
pub fn origin(page: &Page) -> String {
    let (label, title) = (kind_label(page), &page.title);
    match number(page) {
        Some(number) => format!("{label} {number} - {title}"),
        None => format!("{label} - {title}"),
    }
}

/// Returns the summary a writer gave, else the beginning of the text, where a bare reference shows its target's name.
pub fn summary(cx: &Cx<'_>, page: &Page) -> String {
    let is_bare = |link: &doc::RawLink| link.form == doc::LinkForm::Wiki;
    if !page.summary.is_empty() || !page.document.links.iter().any(is_bare) {
        return page.excerpt.to_string();
    }
    doc::excerpt_named(&page.document, content::EXCERPT, &|link| name(cx, page, link))
}

/// Returns the words of a heading, where a bare reference shows its target's name.
pub fn heading_text(cx: &Cx<'_>, page: &Page, heading: &[doc::Inline]) -> String {
    doc::inline_text_named(heading, &|link| name(cx, page, link))
}

/// Returns what a reference without words shows.
fn name(cx: &Cx<'_>, page: &Page, link: doc::LinkId) -> EcoString {
    match page.target(link) {
        Target::Page { page: other, .. } => cx.site.reference(cx.site.page(*other)),
        Target::Example(id) => cx.site.example(*id).exemple.titre.clone(),
        Target::Anchor(_)
        | Target::File(_)
        | Target::Site { .. }
        | Target::External(_)
        | Target::Mail(_)
        | Target::Broken => page.document.links[link.0 as usize].to.clone(),
    }
}

/// Returns the image of a page's front matter; `base` is that of the page that shows it.
pub fn image_view(cx: &Cx<'_>, page: &Page, base: Option<&Base>) -> Option<ImageView> {
    let asset = cx.site.asset(page.image?);
    let (width, height) = images::shown(asset)?;
    let given = page.fields.map("image")?;
    Some(ImageView {
        url: images::main_url(asset).to_string(),
        alt: given.text("alt").map(ToString::to_string).unwrap_or_default(),
        width,
        height,
        credit: given.text("credit").map(ToString::to_string),
        srcset: base.map(|base| images::srcset(asset, base)).unwrap_or_default(),
    })
}

/// Returns the card of a kit.
pub fn kit_card(cx: &Cx<'_>, kit: &Page) -> KitCardView {
    // Each of its fiches shows the same.
    (*cx.cells.of(kit.url.as_str(), || new_kit_card(cx, kit))).clone()
}

fn new_kit_card(cx: &Cx<'_>, kit: &Page) -> KitCardView {
    let count = cx.site.listed_in(kit).filter(|fiche| fiche.number().is_some()).count();
    KitCardView {
        title: kit.title.to_string(),
        sigle: kit.fields.text("sigle").map(ToString::to_string),
        edition: kit.fields.when("edition").map(|when| date(when, lang(kit))),
        summary: summary(cx, kit),
        url: kit.url.to_string(),
        teinte: teinte(cx.site, kit),
        count,
        total: count + cx.site.coming(kit).len(),
        is_replaced: kit.newer.is_some(),
    }
}

/// Returns an example as lists show it; long lists go without a map for each.
pub fn example_view(cx: &Cx<'_>, example: &Example, has_map: bool) -> ExampleView {
    let atlas = Atlas::get();
    let page = cx.site.page(example.page);
    let (url, anchor) = cx.site.example_url(example);
    let link = |place| LinkView { title: atlas.label(place), url: territory_url(place).to_string() };
    let above = |level: Level| {
        let place = example.place?;
        std::iter::once(place).chain(atlas.containers(place)).find(|place| atlas.place(*place).level == level)
    };
    ExampleView {
        title: example.exemple.titre.to_string(),
        excerpt: example.excerpt.to_string(),
        url: format!("{url}#{anchor}"),
        place: example.place.map(link),
        date: example.exemple.annee.as_ref().map(|when| date(when, lang(page))),
        page: reference(cx, page),
        themes: example
            .themes
            .iter()
            .map(|theme| &cx.site.themes[*theme])
            .map(|theme| LinkView { title: theme.name.to_string(), url: theme.url.to_string() })
            .collect(),
        region: above(Level::Region).map(link),
        departement: above(Level::Departement).map(link),
        level: example.place.map(|place| atlas.place(place).level.name().to_owned()),
        map_html: example
            .place
            .filter(|_| has_map && !cx.theme.is_text_only())
            .map(|place| super::thumbnail(cx, place))
            .unwrap_or_default(),
    }
}

/// Returns how many levers a page has: its titles of level 2 that stand among them.
pub fn levers(page: &Page) -> usize {
    doc::outline(&page.document).filter(|heading| heading.level == 2 && !heading.outside_levers).count()
}
