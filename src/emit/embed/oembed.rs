//! oEmbed 1.0 descriptions, as JSON and XML: static files that answer whatever the query.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::names::Names;
use super::stamp;
use super::subject::Subject;
use super::variant::{Form, Look, Variant};
use crate::emit::html::lower::escape as escape_html;
use crate::emit::{Cx, Job, images, views, xml};
use crate::urls::Url;

/// The width that is asked for; pages fit narrower frames as well.
const WIDTH: u32 = 600;
/// How long consumers may keep the answer, in seconds.
const CACHE: u32 = 86_400;

/// Plans the JSON description of a variant, beside it.
pub fn job_json(subject: Subject, variant: Variant, page: &Url) -> Job {
    let page = page.clone();
    Job::new("oembed.json", page.join("oembed.json"), move |cx| {
        let mut bytes =
            serde_json::to_vec_pretty(&Value::Object(fields(cx, subject, variant, &page))).unwrap_or_default();
        bytes.push(b'\n');
        Ok(bytes)
    })
}

/// Plans the XML description of a variant, beside it.
pub fn job_xml(subject: Subject, variant: Variant, page: &Url) -> Job {
    let page = page.clone();
    Job::new("oembed.xml", page.join("oembed.xml"), move |cx| {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n");
        for (name, value) in fields(cx, subject, variant, &page) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let _ = writeln!(out, "<{name}>{}</{name}>", xml::escape(&text));
        }
        out.push_str("</oembed>\n");
        Ok(out.into_bytes())
    })
}

fn fields(cx: &Cx<'_>, subject: Subject, variant: Variant, page: &Url) -> Map<String, Value> {
    let config = &cx.site.config;
    let content = subject.page(cx.site);
    let (title, summary) = words(cx, subject, variant);
    let home = crate::emit::Base::fixed(&config.base_url).join(&subject.home(cx.site));
    let frame = super::full(cx, page);
    let height = height(variant.form);
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("version", json!("1.0"));
    put("type", json!("rich"));
    put("title", json!(title));
    put("provider_name", json!(if config.publisher.is_empty() { &config.title } else { &config.publisher }.as_str()));
    put("provider_url", json!(config.base_url.as_str()));
    let authors = content.map(|page| cx.site.authors(page)).unwrap_or_default();
    if !authors.is_empty() && variant.look != Look::Nameless {
        put("author_name", json!(authors.join(", ")));
        put("author_url", json!(home));
    }
    put("cache_age", json!(CACHE));
    put("width", json!(WIDTH));
    put("height", json!(height));
    put("html", json!(html(&home, &title, &summary, &frame, height)));
    if variant.look != Look::Nameless
        && let Some((url, width, height)) = thumbnail(cx, subject)
    {
        put("thumbnail_url", json!(url));
        put("thumbnail_width", json!(width));
        put("thumbnail_height", json!(height));
    }
    if let (Some(page), Subject::Page(_)) = (content, subject) {
        put("empreinte", json!(stamp::stamp(page)));
        if let Some(when) = page.version() {
            put("version_date", json!(when.to_string()));
        }
        let licence = cx.site.licence(page);
        if let Some(licence) = views::licence(licence) {
            put("licence", json!(licence.name));
        }
    }
    fields
}

/// Returns the title and the summary, without names when the variant has none.
pub fn words(cx: &Cx<'_>, subject: Subject, variant: Variant) -> (String, String) {
    let title = match subject {
        Subject::Withdrawn(_) => cx.theme.word(subject.language(cx.site), "integration.retire").to_owned(),
        Subject::Page(_) | Subject::Example(_) | Subject::Place(_) | Subject::Theme(_) | Subject::Examples => {
            subject.title(cx.site)
        }
    };
    let summary = match subject {
        Subject::Page(id) => views::card(cx, cx.site.page(id)).summary,
        Subject::Example(id) => cx.site.example(id).excerpt.to_string(),
        Subject::Withdrawn(_) => cx.theme.word(subject.language(cx.site), "integration.retire_aide").to_owned(),
        Subject::Place(_) | Subject::Theme(_) | Subject::Examples => cx.site.config.title.to_string(),
    };
    match subject.page(cx.site).filter(|_| variant.look == Look::Nameless) {
        Some(page) => {
            let names = Names::of(page, cx.theme.word(&page.language, "integration.personne"));
            (names.mask(&title).into_owned(), names.mask(&summary).into_owned())
        }
        None => (title, summary),
    }
}

/// Returns the height that a frame has until its script tells better, in pixels.
pub fn height(form: Form) -> u32 {
    match form {
        Form::Short | Form::Recits | Form::Examples => 560,
        Form::Whole => 900,
        Form::Card => 320,
    }
}

/// Returns the quotation and the frame: what stays when frames are removed says the title, the summary and the way home.
fn html(home: &str, title: &str, summary: &str, frame: &str, height: u32) -> String {
    let (home, title, frame) = (escape_html(home), escape_html(title), escape_html(frame));
    let summary = if summary.is_empty() { String::new() } else { format!(" – {}", escape_html(summary)) };
    format!(
        "<blockquote><a href=\"{home}\">{title}</a>{summary}</blockquote>\
         <iframe src=\"{frame}\" width=\"100%\" height=\"{height}\" frameborder=\"0\" title=\"{title}\" loading=\"lazy\" referrerpolicy=\"no-referrer\" sandbox=\"{SANDBOX}\"></iframe>"
    )
}

/// What a frame may do: run its script, and follow the links that the reader chooses.
pub const SANDBOX: &str =
    "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

/// Returns the social card, else the page's image, with its size: the three or none.
fn thumbnail(cx: &Cx<'_>, subject: Subject) -> Option<(String, u32, u32)> {
    let page = match subject {
        Subject::Page(id) => Some(cx.site.page(id)),
        Subject::Example(id) => Some(cx.site.page(cx.site.example(id).page)),
        Subject::Place(_) | Subject::Theme(_) | Subject::Examples | Subject::Withdrawn(_) => None,
    };
    let card = page.and_then(|page| cx.urls.of(page.id, "carte")).or_else(|| cx.urls.named("carte:site"));
    if let Some(url) = card {
        return Some((super::full(cx, url), 1200, 630));
    }
    let asset = cx.site.asset(page?.image?);
    let (width, height) = images::shown(asset)?;
    Some((super::full(cx, &images::main_url(asset)), width, height))
}
