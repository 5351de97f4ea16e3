//! The view that every page has, made of content or generated, and the one of the site.

use std::sync::Arc;

use serde_json::json;

use super::cards::{card, image_view, reference, summary};
use super::kits::edition;
use super::{date, lang, licence, teinte, territory_url};
use crate::emit::html::lower::Lowered;
use crate::emit::view::{
    DownloadView, FieldsView, HeadingView, LinkView, OembedView, PageView, ReferenceView, SiteView,
};
use crate::emit::{Base, Cx, images};
use crate::fields::Fields;
use crate::french::{self, Lang};
use crate::site::{Page, Site};
use crate::territory::Atlas;
use crate::urls::Url;

/// Returns the view of a page of the content.
pub fn page(cx: &Cx<'_>, page: &Page, lowered: Lowered) -> PageView {
    let (site, lang) = (cx.site, lang(page));
    let base = Base::relative(&page.url);
    let when = |key: &str| page.fields.when(key).map(|when| date(when, lang));
    let texts = |key: &str| page.fields.texts(key).iter().map(|(text, _)| text.to_string()).collect::<Vec<_>>();
    let (previous, next) = neighbours(cx, page);
    let pdf = pdf(cx, page);
    let names = page.kind.names();
    let breadcrumb = breadcrumb(site, page);
    let canonical = full(site, &page.url);
    let mut view = PageView {
        kind: page.kind.name().to_owned(),
        kind_label: if matches!(lang, Lang::En) { names.one_en } else { names.one }.to_owned(),
        title: page.title.to_string(),
        full_title: full_title(site, page),
        summary: page.summary.to_string(),
        description: summary(cx, page),
        language: page.language.to_string(),
        is_rtl: french::is_rtl(&page.language),
        url: page.url.to_string(),
        canonical,
        alternates: alternates(site, page),
        breadcrumb,
        teinte: teinte(site, page),
        date: when("date"),
        updated: when("mis_a_jour"),
        verified: when("verifie_le"),
        version: page.version().map(|when| date(when, lang)),
        authors: site.authors(page),
        partners: texts("partenaires"),
        themes: page
            .themes
            .iter()
            .map(|theme| &site.themes[*theme])
            .map(|theme| LinkView { title: theme.name.to_string(), url: theme.url.to_string() })
            .collect(),
        territories: page
            .places
            .iter()
            .map(|place| LinkView { title: Atlas::get().label(*place), url: territory_url(*place).to_string() })
            .collect(),
        licence: licence(site.licence(page)),
        image: image_view(cx, page, Some(&base)),
        body_html: lowered.html,
        headings: lowered.headings,
        words: page.document.words,
        reading_minutes: page.document.words.div_ceil(200).max(1),
        previous,
        next,
        own_edition: own_edition(site, page),
        newer: page.newer.or_else(|| kit_newer(site, page)).map(|newer| edition(cx, site.page(newer))),
        older: page.older.map(|older| edition(cx, site.page(older))),
        versions: page.versions.iter().map(|version| card(cx, site.page(*version))).collect(),
        linked_from: page
            .linked_from
            .iter()
            .map(|from| site.page(*from))
            .filter(|from| matches!(from.kind.name(), "fiche" | "recit" | "page") && !from.is_archived())
            .take(6)
            .map(|from| LinkView { title: from.title.to_string(), url: from.url.to_string() })
            .collect(),
        pdf,
        embed_url: cx.urls.of(page.id, "integration").map(ToString::to_string),
        stamp: cx.urls.of(page.id, "integration").map(|_| crate::emit::embed::stamp(page)),
        oembed: oembed(cx, page),
        social_image: cx.urls.of(page.id, "carte").map(|url| full(site, url)),
        has_code: lowered.has_code,
        json_ld_html: String::new(),
        feeds: feeds(cx, page),
        noindex: page.is_archived() || !page.is_public(),
        is_archived: page.is_archived(),
        is_draft: !page.is_public(),
        fields: FieldsView(Some(Arc::clone(&page.draft))),
        extra: page.fields.free("extra").cloned().unwrap_or_else(|| json!({})),
    };
    view.json_ld_html = crate::emit::html::json_ld(cx, page.kind.schema(), &view);
    view
}

/// Returns the view of a page that no file of the content describes.
pub fn generated(
    cx: &Cx<'_>,
    kind: &'static str,
    title: &str,
    summary: &str,
    url: &Url,
    above: &[LinkView],
) -> PageView {
    let site = cx.site;
    let mut breadcrumb = vec![LinkView { title: home_title(site), url: "/".to_owned() }];
    breadcrumb.extend(above.iter().cloned());
    breadcrumb.push(LinkView { title: title.to_owned(), url: url.to_string() });
    let mut view = PageView {
        kind: kind.to_owned(),
        kind_label: String::new(),
        title: title.to_owned(),
        full_title: format!("{title} – {}", site.config.title),
        summary: summary.to_owned(),
        description: summary.to_owned(),
        language: site.config.language.to_string(),
        is_rtl: french::is_rtl(&site.config.language),
        url: url.to_string(),
        canonical: full(site, url),
        alternates: Vec::new(),
        breadcrumb,
        teinte: site.config.fields.text("couleur").map_or_else(|| "petrole".to_owned(), ToString::to_string),
        date: None,
        updated: None,
        verified: None,
        version: None,
        authors: Vec::new(),
        partners: Vec::new(),
        themes: Vec::new(),
        territories: Vec::new(),
        licence: licence(&site.config.licence),
        image: None,
        body_html: String::new(),
        headings: Vec::<HeadingView>::new(),
        words: 0,
        reading_minutes: 1,
        previous: None,
        next: None,
        own_edition: None,
        newer: None,
        older: None,
        versions: Vec::new(),
        linked_from: Vec::new(),
        pdf: None,
        embed_url: cx.urls.named(&format!("integration:{url}")).map(ToString::to_string),
        stamp: None,
        oembed: cx
            .urls
            .named(&format!("integration:{url}"))
            .map(|embed| described(&full(site, embed)).to_vec())
            .unwrap_or_default(),
        social_image: cx.urls.named("carte:site").map(|url| full(site, url)),
        has_code: false,
        json_ld_html: String::new(),
        feeds: cx
            .urls
            .named("atom")
            .map(|url| LinkView { title: site.config.title.to_string(), url: url.to_string() })
            .into_iter()
            .collect(),
        noindex: matches!(kind, "404" | "recherche"),
        is_archived: false,
        is_draft: false,
        fields: FieldsView(None),
        extra: json!({}),
    };
    view.json_ld_html = crate::emit::html::json_ld(cx, "CollectionPage", &view);
    view
}

/// Returns the address of the site as partners and search engines know it.
fn full(site: &Site, url: &Url) -> String {
    Base::fixed(&site.config.base_url).href(url)
}

fn full_title(site: &Site, page: &Page) -> String {
    let name = &site.config.title;
    match (page.kind.name(), site.kit_of(page)) {
        ("accueil", _) => name.to_string(),
        ("fiche", Some(kit)) => format!("{} – {} – {name}", page.title, kit.title),
        _ => format!("{} – {name}", page.title),
    }
}

fn home_title(site: &Site) -> String {
    if site.config.language.starts_with("en") { "Home".to_owned() } else { "Accueil".to_owned() }
}

fn breadcrumb(site: &Site, page: &Page) -> Vec<LinkView> {
    if page.kind.name() == "accueil" {
        return Vec::new();
    }
    let mut trail: Vec<LinkView> = site
        .ancestors(page)
        .into_iter()
        .map(|above| LinkView {
            title: if above.kind.name() == "accueil" { home_title(site) } else { above.title.to_string() },
            url: above.url.to_string(),
        })
        .collect();
    trail.push(LinkView { title: page.title.to_string(), url: page.url.to_string() });
    trail
}

fn neighbours(cx: &Cx<'_>, page: &Page) -> (Option<ReferenceView>, Option<ReferenceView>) {
    if !page.kind.is_read_in_order() {
        return (None, None);
    }
    let Some(parent) = page.parent.map(|parent| cx.site.page(parent)) else { return (None, None) };
    let read: Vec<&Page> = cx.site.listed_in(parent).collect();
    let Some(place) = read.iter().position(|child| child.id == page.id) else { return (None, None) };
    let at = |place: Option<usize>| place.and_then(|place| read.get(place)).map(|page| reference(cx, page));
    let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
    // A newsletter's list begins with the newest: the issue before is the one further down.
    if parent.kind.order() == crate::kinds::Order::Newest { (after, before) } else { (before, after) }
}

/// Returns the edition of a kit, or of a fiche's kit, in words.
fn own_edition(site: &Site, page: &Page) -> Option<String> {
    let kit = if page.kind.name() == "kit" { Some(page) } else { site.kit_of(page) };
    kit?.fields.when("edition").map(|when| when.long(lang(page)))
}

/// Returns the newer edition of the kit, for a fiche that has no successor of its own.
fn kit_newer(site: &Site, page: &Page) -> Option<crate::site::PageId> {
    site.kit_of(page).filter(|_| page.kind.name() == "fiche").and_then(|kit| kit.newer)
}

/// Returns the PDF of a page under the name of its kind, when there is one.
fn pdf(cx: &Cx<'_>, page: &Page) -> Option<DownloadView> {
    let title = match page.kind.name() {
        "fiche" => "pdf.fiche",
        "kit" => "pdf.kit",
        "recit" => "pdf.recit",
        "numero" => "pdf.numero",
        _ => "pdf.page",
    };
    pdf_named(cx, page, title)
}

/// Returns the PDF of a page, its own file or ours; `title` is the key of its name in `i18n/`.
pub fn pdf_named(cx: &Cx<'_>, page: &Page, title: &'static str) -> Option<DownloadView> {
    let (url, size) = match page.pdf.map(|asset| cx.site.asset(asset)) {
        Some(asset) => (&asset.url, Some(asset.size)),
        None => {
            let url = cx.urls.of(page.id, "pdf")?;
            (url, cx.size_of(url))
        }
    };
    let weight = match size {
        Some(size) => images::weight("pdf", size, &page.language),
        // The preview makes it when someone opens it.
        None if cx.preview => "PDF".to_owned(),
        None => return None,
    };
    Some(DownloadView { title: cx.theme.word(&page.language, title).to_owned(), url: url.to_string(), weight })
}

fn alternates(site: &Site, page: &Page) -> Vec<LinkView> {
    if page.translations.is_empty() {
        return Vec::new();
    }
    let mut links: Vec<LinkView> = std::iter::once(page.id)
        .chain(page.translations.iter().copied())
        .map(|id| site.page(id))
        .map(|page| LinkView { title: page.language.to_string(), url: full(site, &page.url) })
        .collect();
    links.sort_by(|left, right| left.title.cmp(&right.title));
    links
}

fn oembed(cx: &Cx<'_>, page: &Page) -> Vec<OembedView> {
    let embed = cx.urls.of(page.id, "integration");
    embed.map(|embed| described(&full(cx.site, embed)).to_vec()).unwrap_or_default()
}

/// Returns the oEmbed descriptions of a page to embed; they stand beside it.
fn described(embed: &str) -> [OembedView; 2] {
    [("oembed.json", "application/json+oembed"), ("oembed.xml", "text/xml+oembed")]
        .map(|(file, mime)| OembedView { mime: mime.to_owned(), url: format!("{embed}{file}") })
}

fn feeds(cx: &Cx<'_>, page: &Page) -> Vec<LinkView> {
    let mut feeds = Vec::new();
    let mut next = Some(page);
    while let Some(page) = next {
        if let Some(url) = cx.urls.of(page.id, "atom") {
            let title =
                if page.kind.name() == "accueil" { cx.site.config.title.to_string() } else { page.title.to_string() };
            feeds.push(LinkView { title, url: url.to_string() });
        }
        next = page.parent.map(|parent| cx.site.page(parent));
    }
    // The nearest and that of the whole site; those between are found from the folder's own page.
    if let [first, .., last] = &feeds[..] {
        feeds = vec![first.clone(), last.clone()];
    }
    feeds
}

/// Returns what is the same on every page.
pub fn site(site: &Site, outputs: &dyn Fn(&str) -> bool) -> SiteView {
    let config = &site.config;
    let text = |key: &str| config.fields.text(key).map(ToString::to_string);
    let legal = |names: &[&str]| {
        site.pages
            .iter()
            .find(|page| names.contains(&page.slug.as_str()) && page.folder == "content")
            .map(|page| page.url.to_string())
    };
    SiteView {
        title: config.title.to_string(),
        description: config.description.to_string(),
        language: config.language.to_string(),
        publisher: config.publisher.to_string(),
        licence: licence(&config.licence),
        base_url: config.base_url.to_string(),
        contact: text("contact").unwrap_or_default(),
        logo: text("logo").map(|logo| format!("/{}", logo.trim_start_matches('/'))),
        teinte: text("couleur").unwrap_or_else(|| "petrole".to_owned()),
        menu: menu(site),
        accessibility: config.fields.map("accessibilite").and_then(|fields| fields.choice("etat")).unwrap_or("non conforme").to_owned(),
        legal_url: legal(&["mentions-legales", "legal"]),
        about_url: legal(&["a-propos", "about"]),
        contact_url: legal(&["contact"]),
        has_search: outputs("recherche"),
        has_embeds: outputs("integration"),
        has_examples: !site.examples.is_empty(),
        has_territories: !site.territories.is_empty(),
        has_themes: !site.themes.is_empty(),
        has_glossary: !site.glossary.terms().is_empty(),
        has_data: outputs("donnees"),
        generator: concat!("essaim ", env!("CARGO_PKG_VERSION")).to_owned(),
        credits: (!site.territories.is_empty()).then(|| "IGN Admin Express 2018, INSEE COG 2026, DGCL, La Poste (Licence Ouverte)\u{202f}; GeoNames (CC BY 4.0)\u{202f}; Natural Earth".to_owned()),
        extra: config.fields.free("extra").cloned().unwrap_or_else(|| json!({})),
    }
}

/// Returns the site's menu: the one of `site.toml`, else the first folders of the content.
pub fn menu(site: &Site) -> Vec<LinkView> {
    let menu = site.config.fields.maps("menu");
    if menu.is_empty() {
        let home = site.home.map(|home| site.page(home));
        let folders = home.into_iter().flat_map(|home| &home.children).map(|child| site.page(*child));
        return folders
            .filter(|page| page.is_index)
            .take(6)
            .map(|page| LinkView { title: page.title.to_string(), url: page.url.to_string() })
            .collect();
    }
    let entry = |entry: &Fields| {
        Some(LinkView { title: entry.text("titre")?.to_string(), url: entry.text("page")?.to_string() })
    };
    menu.iter().filter_map(entry).collect()
}
