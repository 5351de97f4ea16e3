//! Diagnostics as a fragment of HTML, for the overlay of the preview.

use crate::diag::{Mark, Report, Severity, Tongue};

use super::excerpt::excerpt;
use super::{Texts, place};

/// How much of a long line the overlay shows.
const WIDTH: usize = 110;

/// Returns a list of the diagnostics in HTML; everything that comes from content is escaped.
pub fn html(report: &Report, texts: &Texts<'_>, tongue: Tongue) -> String {
    let mut out = String::from("<ol class=\"diagnostics\">\n");
    for diagnostic in &report.diagnostics {
        let class = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        };
        let word = diagnostic.severity.word(tongue);
        out.push_str(&format!("<li class=\"{class}\"><p class=\"message\"><b>{word} {}</b> ", diagnostic.code));
        escape(&mut out, diagnostic.message.to(tongue));
        out.push_str("</p>\n");
        if let Some(mark) = &diagnostic.at {
            show(&mut out, mark, texts, tongue);
        }
        for mark in &diagnostic.also {
            show(&mut out, mark, texts, tongue);
        }
        if let Some(help) = &diagnostic.help {
            out.push_str("<p class=\"help\">");
            escape(&mut out, help.to(tongue));
            out.push_str("</p>\n");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    out
}

fn show(out: &mut String, mark: &Mark, texts: &Texts<'_>, tongue: Tongue) {
    out.push_str("<p class=\"place\">");
    escape(out, mark.file.as_str());
    let shown = excerpt(mark, texts, WIDTH);
    let ((line, column), _) = place(mark, texts);
    if shown.is_some() {
        out.push_str(&format!(":{line}:{column}"));
    }
    if texts(&mark.file).is_some() {
        out.push_str(" <button type=\"button\" data-file=\"");
        escape(out, mark.file.as_str());
        let word = if tongue == Tongue::French { "Ouvrir" } else { "Open" };
        out.push_str(&format!("\" data-line=\"{line}\" data-column=\"{column}\">{word}</button>"));
    }
    if let Some(label) = &mark.label {
        out.push_str(" <span class=\"label\">");
        escape(out, label.to(tongue));
        out.push_str("</span>");
    }
    out.push_str("</p>\n");
    if let Some(shown) = shown {
        out.push_str(&format!("<pre><span class=\"line\">{}</span> ", shown.line));
        escape(out, &shown.text[..shown.marked.start]);
        out.push_str("<mark>");
        escape(out, &shown.text[shown.marked.clone()]);
        out.push_str("</mark>");
        escape(out, &shown.text[shown.marked.end..]);
        out.push_str("</pre>\n");
    }
}

fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}
