//! JSON-LD for search engines: what the page is, who made it, where it stands.

use std::fmt::Write;

use serde::Serialize;

use crate::emit::view::{LinkView, PageView};
use crate::emit::{Base, Cx};
use crate::texts::{has_byte, has_pair};

/// Returns the page's JSON-LD, safe inside `<script>`: no `<`, `>`, `&` nor line separator stands in it as such.
pub fn json_ld(cx: &Cx<'_>, kind: &str, view: &PageView) -> String {
    let config = &cx.site.config;
    let base = Base::fixed(&config.base_url);
    let full = |link: &LinkView| base.join(&link.url);
    let (is_article, is_issue) = (kind == "Article", kind == "PublicationIssue");
    let is_fiche = is_article && view.kind == "fiche";
    let above = view.breadcrumb.iter().rev().nth(1).filter(|_| is_issue || is_fiche);
    let themes: Vec<&str> = view.themes.iter().filter(|_| is_fiche).map(|theme| theme.title.as_str()).collect();
    let page = Node {
        kind,
        id: &view.canonical,
        url: &view.canonical,
        name: some(&view.title),
        headline: some(&view.title).filter(|_| is_article),
        description: some(&view.description),
        in_language: some(&view.language),
        date_published: view.date.as_ref().and_then(|date| date.datetime.as_deref()),
        date_modified: view.updated.as_ref().and_then(|date| date.datetime.as_deref()),
        license: view.licence.as_ref().map(|licence| licence.url.as_deref().unwrap_or(&licence.name)),
        author: view.authors.iter().map(|name| Named { kind: "Organization", name, url: None }).collect(),
        publisher: some(&config.publisher).map(|name| Named {
            kind: "Organization",
            name,
            url: Some(config.base_url.to_string()),
        }),
        image: view.social_image.as_deref(),
        issue_number: view.fields.text("numero").filter(|_| is_issue),
        is_part_of: above.map(|above| Named {
            kind: if is_issue { "Periodical" } else { "CreativeWork" },
            name: &above.title,
            url: Some(full(above)),
        }),
        keywords: some(&themes.join(", ")).map(str::to_owned),
    };
    let steps = view.breadcrumb.iter().enumerate().map(|(place, link)| Step {
        kind: "ListItem",
        position: place + 1,
        name: &link.title,
        item: full(link),
    });
    let trail = Trail { kind: "BreadcrumbList", steps: steps.collect() };
    let mut graph = vec![Part::Page(Box::new(page))];
    graph.extend((!trail.steps.is_empty()).then_some(Part::Trail(trail)));
    let document = Document { context: "https://schema.org", graph };
    script_safe(serde_json::to_string(&document).expect("texts, numbers and lists are all JSON"))
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[derive(Serialize)]
struct Document<'v> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Part<'v>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Part<'v> {
    Page(Box<Node<'v>>),
    Trail(Trail<'v>),
}

/// The page itself; what is absent is not written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Node<'v> {
    #[serde(rename = "@type")]
    kind: &'v str,
    #[serde(rename = "@id")]
    id: &'v str,
    url: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'v str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue_number: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Named<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keywords: Option<String>,
}

/// An organisation, a kit, a letter.
#[derive(Serialize)]
struct Named<'v> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The way from the home page to this one.
#[derive(Serialize)]
struct Trail<'v> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    steps: Vec<Step<'v>>,
}

#[derive(Serialize)]
struct Step<'v> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'v str,
    item: String,
}

/// Escapes JSON so that it can stand inside a `<script>` element (HTML 4.12.1.3).
fn script_safe(json: String) -> String {
    let is_mark = |byte| (byte == b'<') | (byte == b'>') | (byte == b'&');
    let is_separator = |a, b| (a == 0x80) & ((b == 0xA8) | (b == 0xA9));
    if !has_byte(json.as_bytes(), is_mark) && !has_pair(json.as_bytes(), is_separator) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    let mut from = 0;
    for (at, byte) in json.bytes().enumerate() {
        let long = match byte {
            b'<' | b'>' | b'&' => 1,
            0xE2 if matches!(json.as_bytes()[at + 1..], [0x80, 0xA8 | 0xA9, ..]) => 3,
            _ => continue,
        };
        out.push_str(&json[from..at]);
        let escaped = json[at..].chars().next().map_or(0, u32::from);
        let _ = write!(out, "\\u{escaped:04x}");
        from = at + long;
    }
    out.push_str(&json[from..]);
    out
}
