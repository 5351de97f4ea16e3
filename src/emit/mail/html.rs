//! The HTML of an issue's e-mail: a Tera template writes MJML, mrml makes tables of it, css-inline puts every style on its element.

use std::sync::Arc;

use css_inline::CSSInliner;
use mrml::prelude::render::RenderOptions;
use serde::Serialize;

use super::issue::{Issue, UNSUBSCRIBE};
use super::look::{SANS, SERIF};
use super::lower::{self, COLUMN, Rubric};
use super::ways::Ways;
use crate::diag::Diagnostic;
use crate::emit::html::lower::escape;
use crate::emit::{Cx, images};
use crate::say;
use crate::theme::Context;

/// What the template of an e-mail receives, as `courriel`.
#[derive(Debug, Serialize)]
pub struct MailView {
    /// The subject, for `mj-title`.
    pub subject_html: String,
    /// The line that mail clients show after the subject.
    pub preheader: String,
    /// The letter: its name, its page, how often it comes out.
    pub letter: String,
    /// The size of its name in pixels, so that its longest word fits beside the number on a telephone.
    pub letter_size: usize,
    pub archive_url: String,
    pub rhythm: Option<String>,
    pub number: Option<String>,
    /// « Novembre 2026 ».
    pub date: Option<String>,
    pub title: String,
    /// The page of the issue.
    pub online_url: String,
    pub subscribe_url: Option<String>,
    pub unsubscribe_url: Option<String>,
    /// The iCalendar of the agenda.
    pub calendar_url: Option<String>,
    pub edito: Vec<String>,
    /// The titles of the rubrics; empty when there is only one.
    pub sommaire: Vec<String>,
    /// What stands before the first title.
    pub intro_html: String,
    pub rubriques: Vec<RubriqueView>,
    /// The image of the issue, ready to be shown.
    pub image_html: String,
    /// The issue exists only as this laid-out file.
    pub pdf: Option<PdfView>,
    pub sender_name: String,
    pub sender_address: String,
    pub postal_address: Option<String>,
    pub publisher: String,
    pub site_title: String,
    pub licence: Option<String>,
    pub licence_url: Option<String>,
}

/// A rubric of the issue.
#[derive(Debug, Serialize)]
pub struct RubriqueView {
    pub title_html: String,
    pub html: String,
}

/// A laid-out issue to download.
#[derive(Debug, Serialize)]
pub struct PdfView {
    pub url: String,
    pub weight: String,
}

/// An issue as MJML and as HTML.
#[derive(Debug, Clone)]
pub struct Written {
    pub mjml: Arc<str>,
    pub html: Arc<str>,
    /// How much each rubric weighs, in bytes, the heaviest first.
    pub weights: Vec<(String, usize)>,
}

/// Writes an issue through the theme's template.
pub fn write(cx: &Cx<'_>, issue: &Issue<'_>) -> Result<Written, Box<Diagnostic>> {
    let ways = Ways { cx, page: issue.page, base: &issue.base, is_away: false };
    let rubrics = lower::rubrics(ways, &issue.look, &issue.page.document);
    // Passages already written stand aside while mrml reads the template, so that no HTML of a writer is read as MJML.
    let mut aside = Aside::default();
    let view = view(cx, issue, ways, &rubrics, &mut aside);
    let mut context = Context::new();
    context.insert("courriel", &view);
    context.insert("couleurs", &issue.look);
    context.insert("serif", SERIF);
    context.insert("sans", SANS);
    let mjml = cx.theme.render(&["mail/numero.mjml", "mail/page.mjml"], &issue.base, &issue.page.language, context)?;
    let html = tables(issue, &mjml)?;
    let html = inlined(issue, &aside.put_back(&html))?;
    let mut weights: Vec<(String, usize)> =
        rubrics.iter().map(|rubric| (rubric.title.clone(), rubric.html.len())).collect();
    weights.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let attribute = |address: &str| escape(address);
    Ok(Written {
        mjml: issue.filled(&aside.put_back(&mjml), attribute).into(),
        html: issue.filled(&html, attribute).into(),
        weights,
    })
}

fn view(cx: &Cx<'_>, issue: &Issue<'_>, ways: Ways<'_>, rubrics: &[Rubric], aside: &mut Aside) -> MailView {
    let page = issue.page;
    let config = &issue.site.config;
    let licence = crate::emit::views::licence(issue.site.licence(page));
    let sommaire = lower::titles(&page.document);
    let image = page.image.map(|asset| issue.site.asset(asset)).map(|asset| {
        let alt =
            page.fields.map("image").and_then(|image| image.text("alt")).map(ToString::to_string).unwrap_or_default();
        let shown = ways.asset(asset);
        if shown.is_drawing { String::new() } else { lower::picture(&issue.look, &shown.src, shown.size, &alt, COLUMN) }
    });
    let pdf = page.pdf.map(|asset| cx.site.asset(asset)).map(|asset| PdfView {
        url: issue.base.href(&images::main_url(asset)),
        weight: images::weight("pdf", asset.size, &page.language),
    });
    let edito = page.fields.text("edito").map(|text| {
        text.split("\n\n")
            .map(|paragraph| paragraph.trim().replace('\n', " "))
            .filter(|paragraph| !paragraph.is_empty())
            .collect()
    });
    let (intro, titled): (Vec<&Rubric>, Vec<&Rubric>) =
        rubrics.iter().partition(|rubric| rubric.title.is_empty() && rubric.title_html.is_empty());
    MailView {
        // mrml also writes the title into an attribute, where it spoils all that is not ASCII.
        subject_html: aside.take(escape(&issue.subject)),
        preheader: issue.preheader.clone(),
        letter: issue.letter_title().to_owned(),
        letter_size: letter_size(issue.letter_title(), page.fields.text("numero").map_or("", ecow::EcoString::as_str)),
        archive_url: issue.archive.clone(),
        rhythm: issue.letter.and_then(|letter| letter.fields.text("rythme")).map(ToString::to_string),
        number: page.fields.text("numero").map(ToString::to_string),
        date: page.fields.when("date").map(|when| crate::french::capitalised(&when.long(issue.lang))),
        title: page.title.to_string(),
        online_url: issue.online.clone(),
        subscribe_url: issue.subscribe.clone(),
        unsubscribe_url: issue.unsubscribe.as_ref().map(|_| UNSUBSCRIBE.to_owned()),
        calendar_url: issue.calendar.clone(),
        edito: edito.unwrap_or_default(),
        sommaire: if sommaire.len() > 1 { sommaire } else { Vec::new() },
        intro_html: aside.take(intro.iter().map(|rubric| rubric.html.as_str()).collect()),
        rubriques: titled
            .iter()
            .map(|rubric| RubriqueView {
                title_html: aside.take(rubric.title_html.clone()),
                html: aside.take(rubric.html.clone()),
            })
            .collect(),
        image_html: aside.take(image.unwrap_or_default()),
        pdf,
        sender_name: issue.sender.name.clone().unwrap_or_default(),
        sender_address: issue.sender.email.to_string(),
        postal_address: issue.postal_address.clone(),
        publisher: config.publisher.to_string(),
        site_title: config.title.to_string(),
        licence: licence.as_ref().map(|licence| licence.name.clone()),
        licence_url: licence.and_then(|licence| licence.url),
    }
}

/// Returns how large the letter's name may stand: 256 pixels less the number's own hold its longest word.
fn letter_size(name: &str, number: &str) -> usize {
    let room = 250 - if number.chars().count() <= 3 { number.chars().count() * 42 } else { 0 };
    let longest = name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(1).max(1);
    (room * 100 / 48 / longest).clamp(20, 36)
}

/// Makes HTML of MJML; no font is asked of another site.
fn tables(issue: &Issue<'_>, mjml: &str) -> Result<String, Box<Diagnostic>> {
    let parsed = mrml::parse(mjml).map_err(|error| not_laid_out(issue, &error.to_string()))?;
    let options = RenderOptions { fonts: std::collections::HashMap::default(), ..RenderOptions::default() };
    let html = parsed.element.render(&options).map_err(|error| not_laid_out(issue, &error.to_string()))?;
    // Read in a browser, the message is a whole page: its body is the main region.
    Ok(html.replacen("role=\"article\"", "role=\"main\"", 1))
}

/// Puts the rules of the style sheets on the elements; what depends on the screen stays in the head.
fn inlined(issue: &Issue<'_>, html: &str) -> Result<String, Box<Diagnostic>> {
    let inliner = CSSInliner::options()
        .load_remote_stylesheets(false)
        .keep_style_tags(false)
        .keep_at_rules(true)
        .minify_css(true)
        .build();
    inliner.inline(html).map(|html| style_last(&html)).map_err(|error| not_laid_out(issue, &error.to_string()))
}

fn not_laid_out(issue: &Issue<'_>, detail: &str) -> Box<Diagnostic> {
    let title = &issue.page.title;
    Box::new(
        Diagnostic::error(
            "E1003",
            say!(
                "le courriel de « {title} » ne peut pas être mis en page : {detail}",
                "the e-mail of “{title}” cannot be laid out: {detail}"
            ),
        )
        .in_file(&issue.page.source)
        .help(say!(
            "vérifiez le modèle « mail/numero.mjml » de votre thème",
            "check the template “mail/numero.mjml” of your theme"
        )),
    )
}

/// Puts what is left of the style sheets at the end of the head: the character set must stand in its first kilobyte.
fn style_last(html: &str) -> String {
    let found =
        html.find("<style>").and_then(|open| Some((open, open + html[open..].find("</style>")? + "</style>".len())));
    let Some(((open, close), head)) = found.zip(html.find("</head>")).filter(|((_, close), head)| close <= head) else {
        return html.to_owned();
    };
    [&html[..open], &html[close..head], &html[open..close], &html[head..]].concat()
}

/// Passages of HTML that a template only moves about.
#[derive(Default)]
struct Aside {
    passages: Vec<String>,
}

/// What stands around the number of a passage: plain ASCII, which no stage changes.
const OPEN: &str = "[essaim~";
const CLOSE: &str = "~]";

impl Aside {
    /// Puts a passage aside and returns what stands for it; nothing for an empty one, so that templates can ask.
    fn take(&mut self, html: String) -> String {
        if html.is_empty() {
            return html;
        }
        self.passages.push(html);
        format!("{OPEN}{}{CLOSE}", self.passages.len() - 1)
    }

    /// Puts every passage where its number stands.
    fn put_back(&self, text: &str) -> String {
        let length = text.len() + self.passages.iter().map(String::len).sum::<usize>();
        let mut out = String::with_capacity(length);
        let mut rest = text;
        while let Some(at) = rest.find(OPEN) {
            out.push_str(&rest[..at]);
            rest = &rest[at + OPEN.len()..];
            let passage = rest
                .split_once(CLOSE)
                .and_then(|(number, after)| Some((self.passages.get(number.parse::<usize>().ok()?)?, after)));
            match passage {
                Some((passage, after)) => {
                    out.push_str(passage);
                    rest = after;
                }
                // A writer’s own words.
                None => out.push_str(OPEN),
            }
        }
        out.push_str(rest);
        out
    }
}
