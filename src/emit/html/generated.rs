//! The pages that the site makes by itself: themes, territories, examples, glossary, plan, search, accessibility, 404.

use std::sync::Arc;

use super::render_generated;
use crate::emit::facets::{self, Facet, Facets, Value};
use crate::emit::view::LinkView;
use crate::emit::{Cx, Job, Plan, Planning, Reads, inventory, views};
use crate::territory::Atlas;
use crate::urls::Url;

/// Lists the generated pages; one that a writer made at the same address wins.
pub(super) fn plan(cx: &Planning<'_>, plan: &mut Plan) {
    let site = cx.site;
    if !site.themes.is_empty() {
        page(plan, "/themes/", |cx, url| {
            let view = named(cx, "themes", url, &[]);
            render_generated(cx, "themes", &view, "terms", &views::terms(cx), false)
        });
        for (number, theme) in site.themes.iter().enumerate() {
            for part in 1..=theme.pages.len().div_ceil(site.config.per_page).max(1) {
                page(plan, &part_url(&theme.url, part), move |cx, url| {
                    let theme = &cx.site.themes[number];
                    let mut view =
                        views::generated(cx, "theme", &theme.name, "", url, &[above(cx, "themes", "/themes/")]);
                    count_title(cx, &mut view, part);
                    render_generated(cx, "theme", &view, "term", &views::term(cx, theme, part, url)?, true)
                });
            }
        }
    }
    if !site.territories.is_empty() {
        page(plan, "/territoires/", |cx, url| {
            let view = named(cx, "territoires", url, &[]);
            render_generated(cx, "territoires", &view, "territories", &views::territories(cx, url), true)
        });
        for place in site.territories.keys().copied() {
            for part in 1..=views::territory_pages(site, place) {
                page(plan, &part_url(&views::territory_url(place), part), move |cx, url| {
                    let territory = views::territory(cx, place, part, url)?;
                    let mut trail = vec![above(cx, "territoires", "/territoires/")];
                    trail.extend(territory.portrait.within.iter().rev().cloned());
                    let mut view = views::generated(cx, "territoire", &Atlas::get().label(place), "", url, &trail);
                    count_title(cx, &mut view, part);
                    render_generated(cx, "territoire", &view, "territory", &territory, true)
                });
            }
        }
    }
    let facets = Arc::new(Facets::of(site));
    if !site.examples.is_empty() {
        examples(cx, &facets, None, plan);
        for (facet, values) in facets.each() {
            for value in values.iter() {
                examples(cx, &facets, Some((facet, value)), plan);
            }
        }
    }
    inventory::plan(cx, &facets, plan);
    if !site.glossary.terms().is_empty() {
        page(plan, "/glossaire/", |cx, url| {
            render_generated(cx, "glossaire", &named(cx, "glossaire", url, &[]), "letters", &views::glossary(cx), false)
        });
    }
    page(plan, "/plan-du-site/", |cx, url| {
        render_generated(cx, "plan", &named(cx, "plan", url, &[]), "plan", &views::plan(cx), false)
    });
    page(plan, "/accessibilite/", |cx, url| {
        render_generated(
            cx,
            "accessibilite",
            &named(cx, "accessibilite", url, &[]),
            "declaration",
            &views::accessibility(cx),
            false,
        )
    });
    let eco = Url::new("/ecoconception/");
    if !plan.jobs.contains_key(&eco) {
        let own = eco.clone();
        let make = move |cx: &Cx<'_>| {
            let view = named(cx, "ecoconception", &own, &[]);
            render_generated(cx, "ecoconception", &view, "measures", &views::measures(cx), false)
        };
        plan.add(Job::new("html", eco, make).last());
    }
    if cx.wants("recherche") {
        page(plan, "/recherche/", |cx, url| {
            render_generated(cx, "recherche", &named(cx, "recherche", url, &[]), "terms", &views::terms(cx), false)
        });
    }
    if cx.wants("donnees") {
        page(plan, "/donnees/", |cx, url| {
            render_generated(cx, "donnees", &named(cx, "donnees", url, &[]), "data", &views::data(cx), false)
        });
    }
    page(plan, "/404.html", |cx, url| {
        render_generated(cx, "404", &named(cx, "404", url, &[]), "terms", &views::terms(cx), false)
    });
}

/// Lists the pages of a list of examples: all of them, or those of a value of a facet.
fn examples(cx: &Planning<'_>, facets: &Arc<Facets>, chosen: Option<(Facet, &Value)>, plan: &mut Plan) {
    let top = chosen.map_or_else(|| Url::new("/exemples/"), |(facet, value)| value.url(facet));
    let count = chosen.map_or(facets.all.len(), |(_, value)| value.examples.len());
    for number in 1..=count.div_ceil(facets::per_page(cx.site, chosen.is_some())).max(1) {
        let address = if number == 1 { top.clone() } else { top.join(&format!("page-{number}/")) };
        let (facets, top) = (Arc::clone(facets), top.clone());
        let chosen = chosen.map(|(facet, value)| (facet, value.slug.clone()));
        page(plan, address.as_str(), move |cx, url| {
            let chosen = chosen.as_ref().and_then(|(facet, slug)| facets.find(facet.key, slug));
            let mut view = named(cx, "exemples", url, &[]);
            if let Some((facet, value)) = chosen {
                let word = cx.theme.word(&cx.site.config.language, facet.word);
                let title = format!("{}\u{a0}: {}", word, value.name);
                view = views::generated(cx, "exemples", &title, "", url, &[above(cx, "exemples", "/exemples/")]);
            }
            if number > 1 {
                view.full_title = format!("{} – {number} – {}", view.title, cx.site.config.title);
            }
            let list = views::examples(cx, &facets, chosen, &top, number, url)?;
            let is_first = chosen.is_none() && number == 1;
            render_generated(cx, "exemples", &view, "examples", &list, is_first)
        });
    }
}

/// Returns the address of a page of a long list: the first has that of the list.
fn part_url(url: &Url, part: usize) -> String {
    if part == 1 { url.to_string() } else { url.join(&format!("page-{part}/")).to_string() }
}

/// Gives the other pages of a long list a title of their own.
fn count_title(cx: &Cx<'_>, view: &mut crate::emit::view::PageView, part: usize) {
    if part > 1 {
        view.full_title = format!("{} – {part} – {}", view.title, cx.site.config.title);
    }
}

fn page(plan: &mut Plan, address: &str, make: impl Fn(&Cx<'_>, &Url) -> crate::emit::Made + Send + Sync + 'static) {
    let url = Url::new(address);
    // A content may take the place of a page that lists things; the search and the page of what is not found do a work that no content does.
    if plan.jobs.contains_key(&url) && !matches!(address, "/recherche/" | "/404.html") {
        return;
    }
    let own = url.clone();
    // The page of the open data tells what is in its files.
    let reads = if address == "/donnees/" { Reads::Everything } else { Reads::Faces };
    plan.add(Job::new("html", url, move |cx| make(cx, &own)).reads(reads));
}

/// Returns the view of a page whose title and summary are words of the theme.
fn named(cx: &Cx<'_>, kind: &'static str, url: &Url, above: &[LinkView]) -> crate::emit::view::PageView {
    let language = cx.site.config.language.clone();
    let title = cx.theme.word(&language, title_key(kind)).to_owned();
    let summary = cx.theme.word(&language, summary_key(kind)).to_owned();
    views::generated(cx, kind, &title, &summary, url, above)
}

fn above(cx: &Cx<'_>, kind: &'static str, url: &str) -> LinkView {
    LinkView { title: cx.theme.word(&cx.site.config.language, title_key(kind)).to_owned(), url: url.to_owned() }
}

fn title_key(kind: &str) -> &'static str {
    match kind {
        "themes" => "pages.themes",
        "territoires" => "pages.territoires",
        "exemples" => "pages.exemples",
        "glossaire" => "pages.glossaire",
        "plan" => "pages.plan",
        "recherche" => "pages.recherche",
        "accessibilite" => "pages.accessibilite",
        "donnees" => "pages.donnees",
        "ecoconception" => "pages.ecoconception",
        _ => "pages.404",
    }
}

fn summary_key(kind: &str) -> &'static str {
    match kind {
        "themes" => "pages.themes_resume",
        "territoires" => "pages.territoires_resume",
        "exemples" => "pages.exemples_resume",
        "glossaire" => "pages.glossaire_resume",
        "plan" => "pages.plan_resume",
        "recherche" => "pages.recherche_resume",
        "accessibilite" => "pages.accessibilite_resume",
        "donnees" => "pages.donnees_resume",
        "ecoconception" => "pages.ecoconception_resume",
        _ => "pages.404_resume",
    }
}
