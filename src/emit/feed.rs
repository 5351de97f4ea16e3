//! Feeds: Atom (RFC 4287) and JSON Feed 1.1, of the site and of each section, with the whole content.

use std::fmt::Write as _;

use serde_json::json;

use super::html::lower;
use super::xml::escape;
use super::{Base, Cx, Job, Made, Output, Plan, Planning, Reads};
use crate::link::newest;
use crate::site::{Page, PageId, Site};
use crate::urls::Url;

/// Atom and JSON feeds.
pub(super) struct Feed;

/// The most entries of a feed.
const MOST: usize = 30;

impl Output for Feed {
    fn name(&self) -> &'static str {
        "flux"
    }

    fn label(&self) -> &'static str {
        "flux"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        for page in &cx.site.pages {
            let is_section = page.is_index && page.kind.name() != "accueil" && !page.children.is_empty();
            let is_home = page.kind.name() == "accueil";
            // A feed of nothing is announced to nobody, but that of the site.
            if page.is_archived() || !(is_home || is_section && has_news(cx.site, page)) {
                continue;
            }
            let id = page.id;
            let (atom, json) = (page.url.join("atom.xml"), page.url.join("feed.json"));
            let (own_atom, own_json) = (atom.clone(), json.clone());
            let reads = || Reads::WordsOf(entries(cx.site, page).iter().map(|entry| entry.id).collect());
            let atom = Job::new("atom", atom, move |cx| make_atom(cx, id, &own_atom)).from(&page.source).reads(reads());
            if is_home {
                plan.name("atom", &atom.url);
            }
            plan.add_of(id, atom);
            let json = Job::new("feed.json", json, move |cx| make_json(cx, id, &own_json)).from(&page.source);
            plan.add_of(id, json.reads(reads()));
        }
    }
}

/// Returns whether readers are told of a page.
fn is_news(page: &Page) -> bool {
    let is_dated = page.fields.when("date").is_some() || page.fields.when("mis_a_jour").is_some();
    page.kind.is_news() && is_dated && !page.is_archived() && page.newer.is_none()
}

/// Returns whether there is news below a page, itself included.
fn has_news(site: &Site, top: &Page) -> bool {
    is_news(top) || top.children.iter().any(|child| has_news(site, site.page(*child)))
}

/// Returns the news below a page, the newest first.
fn entries<'a>(site: &'a Site, top: &Page) -> Vec<&'a Page> {
    let mut found = Vec::new();
    let mut open = vec![top.id];
    while let Some(id) = open.pop() {
        let page = site.page(id);
        open.extend(&page.children);
        if is_news(page) {
            found.push(page);
        }
    }
    let order = |left: &&Page, right: &&Page| newest(left, right).then_with(|| left.source.cmp(&right.source));
    if found.len() > MOST {
        found.select_nth_unstable_by(MOST, order);
        found.truncate(MOST);
    }
    found.sort_by(order);
    found
}

fn updated(page: &Page) -> String {
    page.version().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |when| when.rfc3339())
}

fn published(page: &Page) -> Option<String> {
    page.fields.when("date").map(|when| when.rfc3339())
}

fn content(cx: &Cx<'_>, page: &Page) -> String {
    lower::body(cx, page, lower::Style::feed(&cx.site.config.base_url)).html
}

fn title(site: &Site, page: &Page) -> String {
    if page.kind.name() == "accueil" {
        site.config.title.to_string()
    } else {
        format!("{} – {}", page.title, site.config.title)
    }
}

fn make_atom(cx: &Cx<'_>, id: PageId, url: &Url) -> Made {
    let (site, page) = (cx.site, cx.site.page(id));
    let base = Base::fixed(&site.config.base_url);
    let entries = entries(site, page);
    let when = entries.iter().map(|entry| updated(entry)).max().unwrap_or_else(|| updated(page));
    let mut out = String::with_capacity(16 * 1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escape(&page.language));
    let _ = writeln!(out, "<title>{}</title>", escape(&title(site, page)));
    if !site.config.description.is_empty() {
        let _ = writeln!(out, "<subtitle>{}</subtitle>", escape(&site.config.description));
    }
    let _ = writeln!(out, "<id>{}</id>", escape(&base.href(url)));
    let _ = writeln!(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escape(&base.href(url)));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&base.href(&page.url)));
    let _ = writeln!(out, "<updated>{when}</updated>");
    let publisher = if site.config.publisher.is_empty() { &site.config.title } else { &site.config.publisher };
    let _ = writeln!(out, "<author><name>{}</name></author>", escape(publisher));
    let _ = writeln!(out, "<generator uri=\"https://crates.io/crates/essaim\">essaim</generator>");
    for entry in entries {
        let link = base.href(&entry.url);
        // An entry in another language than its feed says so (RFC 4287, 2).
        let own = Some(&entry.language).filter(|own| **own != page.language);
        let language = own.map(|own| format!(" xml:lang=\"{}\"", escape(own))).unwrap_or_default();
        let _ = writeln!(out, "<entry{language}>");
        let _ = writeln!(out, "<title>{}</title>", escape(&site.reference(entry)));
        let _ = writeln!(out, "<id>{}</id>", escape(&link));
        let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&link));
        let _ = writeln!(out, "<updated>{}</updated>", updated(entry));
        if let Some(published) = published(entry) {
            let _ = writeln!(out, "<published>{published}</published>");
        }
        for author in site.authors(entry) {
            let _ = writeln!(out, "<author><name>{}</name></author>", escape(&author));
        }
        for theme in &entry.themes {
            let theme = &site.themes[*theme];
            let _ = writeln!(out, "<category term=\"{}\" label=\"{}\"/>", escape(&theme.slug), escape(&theme.name));
        }
        if let Some(licence) = super::views::licence(site.licence(entry)) {
            let _ = writeln!(out, "<rights>{}</rights>", escape(&licence.name));
        }
        if !entry.summary.is_empty() {
            let _ = writeln!(out, "<summary>{}</summary>", escape(&entry.summary));
        }
        let _ = writeln!(out, "<content type=\"html\">{}</content>\n</entry>", escape(&content(cx, entry)));
    }
    out.push_str("</feed>\n");
    Ok(out.into_bytes())
}

fn make_json(cx: &Cx<'_>, id: PageId, url: &Url) -> Made {
    let (site, page) = (cx.site, cx.site.page(id));
    let base = Base::fixed(&site.config.base_url);
    let items: Vec<serde_json::Value> = entries(site, page)
        .into_iter()
        .map(|entry| {
            let link = base.href(&entry.url);
            let mut item = json!({
                "id": link,
                "url": link,
                "title": site.reference(entry).as_str(),
                "content_html": content(cx, entry),
                "date_modified": updated(entry),
                "language": entry.language.as_str(),
                "tags": entry.themes.iter().map(|theme| site.themes[*theme].name.as_str()).collect::<Vec<_>>(),
                "authors": site.authors(entry).into_iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
            });
            if let (Some(published), Some(item)) = (published(entry), item.as_object_mut()) {
                item.insert("date_published".to_owned(), json!(published));
            }
            if let (true, Some(item)) = (cx.wants("integration"), item.as_object_mut()) {
                item.insert("_essaim".to_owned(), json!({"empreinte": super::embed::stamp(entry)}));
            }
            if let (false, Some(item)) = (entry.summary.is_empty(), item.as_object_mut()) {
                item.insert("summary".to_owned(), json!(entry.summary.as_str()));
            }
            item
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title(site, page),
        "description": site.config.description.as_str(),
        "home_page_url": base.href(&page.url),
        "feed_url": base.href(url),
        "language": page.language.as_str(),
        "items": items,
    });
    Ok(serde_json::to_vec_pretty(&feed).unwrap_or_default())
}
