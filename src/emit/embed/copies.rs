//! What partners copy: the frame, the component, the card that passes every sanitiser, the whole text with its source.

use std::fmt::Write as _;

use super::subject::Subject;
use super::{facts, oembed, scripts};
use crate::emit::html::lower::{self, escape};
use crate::emit::view::RepublishSubjectView;
use crate::emit::{Cx, views};
use crate::site::Page;

/// Writes the line that loads the script of the frames and of the component.
fn script(cx: &Cx<'_>) -> String {
    let (url, hash) = scripts::reference(cx);
    format!("<script src=\"{}\" integrity=\"{hash}\" crossorigin=\"anonymous\" async></script>\n", escape(&url))
}

/// Writes the frame.
pub fn frame(cx: &Cx<'_>, view: &RepublishSubjectView) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{}\" loading=\"lazy\" referrerpolicy=\"no-referrer\" sandbox=\"{}\"></iframe>\n{}",
        escape(&view.embed),
        escape(&view.title),
        view.height,
        oembed::SANDBOX,
        script(cx)
    )
}

/// Writes the component; what stands inside is what readers see without it.
pub fn component(cx: &Cx<'_>, view: &RepublishSubjectView) -> String {
    let summary = if view.summary.is_empty() { String::new() } else { format!("<p>{}</p>", escape(&view.summary)) };
    format!(
        "<essaim-recit src=\"{}\"><p><a href=\"{}\">{}</a></p>{summary}</essaim-recit>\n{}",
        escape(&view.embed),
        escape(&view.canonical),
        escape(&view.title),
        script(cx)
    )
}

/// « Version du 9 novembre 2026, empreinte 3fa1…, licence CC BY-SA 4.0. »
fn origin(cx: &Cx<'_>, language: &str, view: &RepublishSubjectView) -> Vec<String> {
    let word = |key: &'static str| cx.theme.word(language, key);
    let mut parts = Vec::new();
    parts.extend(view.version.as_ref().map(|version| format!("{} {}", word("republier.version"), version.text)));
    if !view.stamp.is_empty() {
        parts.push(format!("{} {}", word("republier.empreinte"), view.stamp));
    }
    parts.extend(view.licence.as_ref().map(|licence| format!("{} {}", word("republier.licence"), licence.name)));
    parts
}

/// Writes text that sanitisers give back as it was: what they would write as an entity is not there.
fn bare(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "\u{202f}")
}

/// Writes the card that passes every sanitiser: h4, p, a, ul, li, strong and blockquote, and no attribute but `href`.
pub fn card(cx: &Cx<'_>, subject: Subject, view: &RepublishSubjectView) -> String {
    let language = subject.language(cx.site);
    let href = view.canonical.replace('&', "&amp;").replace('"', "&quot;");
    let mut out = format!("<blockquote>\n<h4><a href=\"{href}\">{}</a></h4>\n", bare(&view.title));
    if !view.summary.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", bare(&view.summary));
    }
    if let (Subject::Page(_), Some(page)) = (subject, subject.page(cx.site)) {
        let facts = facts::of(cx, page, &page.document, views::lang(page));
        let figures = facts.figures.iter().map(|figure| (figure.value.as_str(), figure.text.as_str()));
        let points = facts.points.iter().map(|point| (point.mark.as_str(), point.text.as_str()));
        let lines: Vec<String> = figures
            .chain(points)
            .map(|(mark, text)| match mark {
                "" => format!("<li>{}</li>", bare(text)),
                mark => format!("<li><strong>{}</strong> {}</li>", bare(mark), bare(text)),
            })
            .collect();
        if !lines.is_empty() {
            let _ = writeln!(out, "<ul>\n{}\n</ul>", lines.join("\n"));
        }
    }
    let word = |key: &'static str| bare(cx.theme.word(language, key));
    let _ = write!(
        out,
        "<p><a href=\"{href}\">{}</a>",
        word("republier.lire_sur").replace("{x}", &bare(&cx.site.config.title))
    );
    let parts = origin(cx, language, view);
    if !parts.is_empty() {
        let _ = write!(out, ". <strong>{}</strong>", bare(&parts.join(", ")));
    }
    out.push_str("</p>\n</blockquote>\n");
    out
}

/// Writes the whole text with where it comes from, who wrote it, its version and its licence.
pub fn full(cx: &Cx<'_>, page: &Page, view: &RepublishSubjectView) -> String {
    let body = lower::body(cx, page, lower::Style::feed(&cx.site.config.base_url)).html;
    let word = |key: &'static str| escape(cx.theme.word(&page.language, key));
    let canonical = escape(&view.canonical);
    let mut out = format!("<h2>{}</h2>\n", escape(&page.title));
    if !page.summary.is_empty() {
        let _ = writeln!(out, "<p><strong>{}</strong></p>", escape(&page.summary));
    }
    out.push_str(&body);
    let mut credit = word("republier.source")
        .replace("{x}", &escape(&page.title))
        .replace("{y}", &format!("<a href=\"{canonical}\">{}</a>", escape(&cx.site.config.title)));
    let authors = cx.site.authors(page);
    if !authors.is_empty() {
        let _ = write!(credit, ", {}", escape(&authors.join(", ")));
    }
    for part in origin(cx, &page.language, view) {
        let _ = write!(credit, ", {}", escape(&part));
    }
    let _ =
        writeln!(out, "<p><em>{credit}. {} <a href=\"{canonical}\">{canonical}</a></em></p>", word("republier.a_jour"));
    out
}
