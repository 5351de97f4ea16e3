//! All that can be embedded, for machines: an OPML 2.0 outline by territory and theme, and JSON Feed 1.1, of the site, of a place, of a theme.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::lists::gathered;
use super::stamp;
use super::subject::Subject;
use crate::emit::xml::escape;
use crate::emit::{Base, Cx, Job, Plan, Planning, Reads, views};
use crate::site::{Example, Page};
use crate::territory::{Atlas, PlaceId};
use crate::urls::Url;

/// The files, under `/integrer/` and beside the embed of each place and theme.
pub const JSON: &str = "reseau.json";
pub const OPML: &str = "reseau.opml";

/// Plans the lists of the whole site.
pub fn plan(_: &Planning<'_>, plan: &mut Plan) {
    plan.add_named("reseau.json", Job::new(super::NAME, Url::new("/integrer/reseau.json"), |cx| Ok(whole_json(cx))));
    let opml = Job::new(super::NAME, Url::new("/integrer/reseau.opml"), |cx| Ok(whole_opml(cx)));
    plan.add_named("reseau.opml", opml.reads(Reads::Faces));
}

/// Plans the lists of a place or of a theme; that for machines carries the marks of what it lists, and so all their words.
pub fn plan_one(cx: &Planning<'_>, plan: &mut Plan, base: &Url, subject: Subject) {
    let listed = gathered(cx.site, subject);
    let pages = listed.pages.iter().map(|page| page.id).chain(listed.examples.iter().map(|example| example.page));
    let reads = Reads::WordsOf(pages.collect());
    let json = Job::new(super::NAME, base.join(JSON), move |cx| {
        let gathered = gathered(cx.site, subject);
        Ok(json_feed(
            cx,
            &subject.title(cx.site),
            &subject.home(cx.site),
            &subject.embed(cx.site).join(JSON),
            &gathered.pages,
            &gathered.examples,
        ))
    });
    plan.add(json.reads(reads));
    let opml = Job::new(super::NAME, base.join(OPML), move |cx| {
        let mut body = String::new();
        outline(cx, subject, &mut body);
        Ok(opml(&subject.title(cx.site), &body))
    });
    plan.add(opml.reads(Reads::Faces));
}

fn whole_json(cx: &Cx<'_>) -> Vec<u8> {
    let is_kept = |page: &&Page| super::is_embedded(page) && page.is_public() && !page.is_archived();
    let pages: Vec<&Page> = cx.site.pages.iter().filter(is_kept).collect();
    let examples = views::listed_examples(cx);
    json_feed(cx, &cx.site.config.title, "/", &Url::new("/integrer/reseau.json"), &pages, &examples)
}

fn json_feed(cx: &Cx<'_>, title: &str, home: &str, own: &Url, pages: &[&Page], examples: &[&Example]) -> Vec<u8> {
    let base = Base::fixed(&cx.site.config.base_url);
    let items: Vec<Value> = pages
        .iter()
        .map(|page| page_item(cx, page))
        .chain(examples.iter().map(|example| example_item(cx, example)))
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": base.join(home),
        "feed_url": base.href(own),
        "language": cx.site.config.language.as_str(),
        "items": items,
    }))
    .unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What an item of the list tells of a content.
struct Item<'a> {
    subject: Subject,
    page: &'a Page,
    summary: String,
    places: &'a [PlaceId],
    themes: &'a [usize],
    stamp: String,
    nature: &'static str,
}

fn item(cx: &Cx<'_>, told: Item<'_>) -> Value {
    let (site, atlas) = (cx.site, Atlas::get());
    let base = Base::fixed(&site.config.base_url);
    let url = base.join(&told.subject.home(site));
    let embed = told.subject.embed(site);
    let title = told.subject.title(site);
    let licence = site.licence(told.page);
    let mut item = json!({
        "id": url,
        "url": url,
        "title": title,
        "content_text": if told.summary.is_empty() { title } else { told.summary },
        "language": told.page.language.as_str(),
        "tags": told.themes.iter().map(|theme| site.themes[*theme].name.as_str()).collect::<Vec<_>>(),
        "_essaim": {
            "nature": told.nature,
            "integrer": base.href(&embed),
            "oembed": base.href(&embed.join("oembed.json")),
            "empreinte": told.stamp,
            "licence": views::licence(licence).map(|licence| licence.name),
            "territoires": told.places.iter().map(|place| atlas.place(*place).code).collect::<Vec<_>>(),
        },
    });
    let when = told.page.version();
    if let (Some(when), Some(item)) = (when, item.as_object_mut()) {
        item.insert("date_modified".to_owned(), json!(when.rfc3339()));
    }
    item
}

fn page_item(cx: &Cx<'_>, page: &Page) -> Value {
    item(
        cx,
        Item {
            subject: Subject::Page(page.id),
            page,
            summary: views::card(cx, page).summary,
            places: &page.places,
            themes: &page.themes,
            stamp: stamp::stamp(page),
            nature: page.kind.name(),
        },
    )
}

fn example_item(cx: &Cx<'_>, example: &Example) -> Value {
    let page = cx.site.page(example.page);
    item(
        cx,
        Item {
            subject: Subject::Example(example.id),
            page,
            summary: example.excerpt.to_string(),
            places: example.place.as_slice(),
            themes: &example.themes,
            stamp: stamp::of_example(page, example),
            nature: "exemple",
        },
    )
}

/// Writes the outline of the site: the tree of places, then the themes, each with its contents.
fn whole_opml(cx: &Cx<'_>) -> Vec<u8> {
    let (site, atlas) = (cx.site, Atlas::get());
    let word = |key: &'static str| escape(cx.theme.word(&site.config.language, key));
    let mut body = String::new();
    if !site.territories.is_empty() {
        let _ = writeln!(body, "<outline text=\"{}\">", word("republier.par_territoire"));
        let mut roots: Vec<PlaceId> =
            site.territories.keys().copied().filter(|place| atlas.parent(*place).is_none()).collect();
        roots.sort_by(|left, right| crate::french::compare(atlas.place(*left).name, atlas.place(*right).name));
        for root in roots {
            place(cx, root, &mut body);
        }
        body.push_str("</outline>\n");
    }
    if !site.themes.is_empty() {
        let _ = writeln!(body, "<outline text=\"{}\">", word("republier.par_theme"));
        for number in 0..site.themes.len() {
            outline(cx, Subject::Theme(number), &mut body);
        }
        body.push_str("</outline>\n");
    }
    let _ = writeln!(body, "<outline text=\"{}\">", word("republier.tout"));
    for page in site.pages.iter().filter(|page| super::is_embedded(page) && page.is_public() && !page.is_archived()) {
        content(cx, Subject::Page(page.id), &mut body);
    }
    body.push_str("</outline>\n");
    opml(&site.config.title, &body)
}

/// Writes a place with what is there, then the places inside it.
fn place(cx: &Cx<'_>, id: PlaceId, body: &mut String) {
    let Some(territory) = cx.site.territories.get(&id) else { return };
    open(cx, Subject::Place(id), body);
    for page in &territory.pages {
        content(cx, Subject::Page(*page), body);
    }
    for example in &territory.examples {
        content(cx, Subject::Example(*example), body);
    }
    for child in &territory.children {
        place(cx, *child, body);
    }
    body.push_str("</outline>\n");
}

/// Writes a place or a theme with all its contents.
fn outline(cx: &Cx<'_>, subject: Subject, body: &mut String) {
    open(cx, subject, body);
    let gathered = gathered(cx.site, subject);
    for page in gathered.pages {
        content(cx, Subject::Page(page.id), body);
    }
    for example in gathered.examples {
        content(cx, Subject::Example(example.id), body);
    }
    body.push_str("</outline>\n");
}

/// Opens the outline of a place or a theme, which is a feed that grows by itself.
fn open(cx: &Cx<'_>, subject: Subject, body: &mut String) {
    let base = Base::fixed(&cx.site.config.base_url);
    let (title, embed) = (escape(&subject.title(cx.site)), subject.embed(cx.site));
    let _ = writeln!(
        body,
        "<outline text=\"{title}\" title=\"{title}\" type=\"rss\" xmlUrl=\"{}\" htmlUrl=\"{}\" integrer=\"{}\">",
        escape(&base.href(&embed.join(JSON))),
        escape(&base.join(&subject.home(cx.site))),
        escape(&base.href(&embed)),
    );
}

fn content(cx: &Cx<'_>, subject: Subject, body: &mut String) {
    let base = Base::fixed(&cx.site.config.base_url);
    let _ = writeln!(
        body,
        "<outline text=\"{}\" type=\"link\" url=\"{}\" integrer=\"{}\"/>",
        escape(&subject.title(cx.site)),
        escape(&base.join(&subject.home(cx.site))),
        escape(&base.href(&subject.embed(cx.site))),
    );
}

fn opml(title: &str, body: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n<head>\n<title>{}</title>\n</head>\n<body>\n{body}</body>\n</opml>\n",
        escape(title)
    )
    .into_bytes()
}
