//! JSON-LD for search engines: what the page is, who made it, where it stands.

use serde_json::{Map, Value, json};

use crate::emit::view::PageView;
use crate::emit::{Base, Cx};

/// Returns the page's JSON-LD, safe inside `<script>`: no `<`, `>`, `&` nor line separator stands in it as such.
pub fn json_ld(cx: &Cx<'_>, kind: &str, view: &PageView) -> String {
    let config = &cx.site.config;
    let base = Base::fixed(&config.base_url);
    let publisher = (!config.publisher.is_empty())
        .then(|| json!({"@type": "Organization", "name": config.publisher.as_str(), "url": config.base_url.as_str()}));
    let mut own = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            own.insert(key.to_owned(), value);
        }
    };
    let text = |text: &str| (!text.is_empty()).then(|| json!(text));
    put("@type", Some(json!(kind)));
    put("@id", Some(json!(view.canonical)));
    put("url", Some(json!(view.canonical)));
    put("name", text(&view.title));
    if kind == "Article" {
        put("headline", text(&view.title));
    }
    put("description", text(&view.summary));
    put("inLanguage", text(&view.language));
    put("datePublished", view.date.as_ref().and_then(|date| date.datetime.as_ref()).map(|date| json!(date)));
    put("dateModified", view.updated.as_ref().and_then(|date| date.datetime.as_ref()).map(|date| json!(date)));
    put("license", view.licence.as_ref().map(|licence| json!(licence.url.as_ref().unwrap_or(&licence.name))));
    let authors: Vec<Value> = view.authors.iter().map(|name| json!({"@type": "Organization", "name": name})).collect();
    put("author", (!authors.is_empty()).then_some(Value::Array(authors)));
    put("publisher", publisher);
    put("image", view.social_image.as_ref().map(|image| json!(image)));
    if kind == "PublicationIssue" {
        let number = view.fields.get("numero").and_then(Value::as_str).map(|number| json!(number));
        put("issueNumber", number);
        put(
            "isPartOf",
            view.breadcrumb
                .iter()
                .rev()
                .nth(1)
                .map(|above| json!({"@type": "Periodical", "name": above.title, "url": base.join(&above.url)})),
        );
    } else if kind == "Article" && view.kind == "fiche" {
        put(
            "isPartOf",
            view.breadcrumb
                .iter()
                .rev()
                .nth(1)
                .map(|above| json!({"@type": "CreativeWork", "name": above.title, "url": base.join(&above.url)})),
        );
        let themes: Vec<&str> = view.themes.iter().map(|theme| theme.title.as_str()).collect();
        put("keywords", text(&themes.join(", ")));
    }
    let mut graph = vec![Value::Object(own)];
    if !view.breadcrumb.is_empty() {
        let items: Vec<Value> = view
            .breadcrumb
            .iter()
            .enumerate()
            .map(|(place, link)| json!({"@type": "ListItem", "position": place + 1, "name": link.title, "item": base.join(&link.url)}))
            .collect();
        graph.push(json!({"@type": "BreadcrumbList", "itemListElement": items}));
    }
    let document = json!({"@context": "https://schema.org", "@graph": graph});
    script_safe(&document.to_string())
}

/// Escapes JSON so that it can stand inside a `<script>` element (HTML 4.12.1.3).
pub fn script_safe(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}
