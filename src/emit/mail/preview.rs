//! The page on which a writer looks at an issue's e-mail: wide and narrow, by day and by night, images blocked, as text, with its weight and the checks.

use serde::Serialize;

use super::{Issue, checks, compose, inspect, issue};
use crate::diag::{Diagnostic, Report, Tongue};
use crate::emit::html::lower::escape;
use crate::emit::{Base, Cx, Job, Made, Plan};
use crate::french::{self, Units};
use crate::site::{Page, PageId};
use crate::theme::Context;
use crate::urls::Url;

/// Where the previews of e-mails are: `/_essaim/courriel/lettres/la-dynamo/8/`.
const FOLDER: &str = "/_essaim/courriel";

/// What the template of the preview receives, as `apercu`.
#[derive(Debug, Serialize)]
struct PreviewView {
    title: String,
    subject: String,
    subject_length: usize,
    preheader: String,
    sender: String,
    text: String,
    frames: Vec<FrameView>,
    size: String,
    /// Of the most that an e-mail weighs, at most 100.
    percent: usize,
    too_heavy: bool,
    findings: Vec<FindingView>,
    issue_url: String,
    files: Vec<FileView>,
}

/// The e-mail as somebody would see it.
#[derive(Debug, Serialize)]
struct FrameView {
    id: String,
    title: String,
    width: u32,
    night: bool,
    /// The whole page, for `srcdoc`.
    html: String,
}

#[derive(Debug, Serialize)]
struct FindingView {
    severity: &'static str,
    code: &'static str,
    message: String,
    help: Option<String>,
}

#[derive(Debug, Serialize)]
struct FileView {
    title: &'static str,
    url: String,
}

/// Returns the address of the preview of an issue's e-mail.
pub fn address(page: &Page) -> Url {
    Url::new(format!("{FOLDER}{}", page.url))
}

/// Plans the preview of an issue.
pub fn plan(page: &Page, plan: &mut Plan) {
    let id = page.id;
    let url = address(page);
    plan.add(Job::new("courriel", url.clone(), move |cx| make(cx, id, &url)).from(&page.source));
}

fn make(cx: &Cx<'_>, id: PageId, url: &Url) -> Made {
    page(cx, cx.site.page(id), &Base::relative(url)).map(String::into_bytes)
}

/// Writes the preview of an issue; `base` is what stands before the addresses of the site.
pub fn page(cx: &Cx<'_>, page: &Page, base: &Base) -> Result<String, Box<Diagnostic>> {
    let letter = compose(cx, page, None)?;
    let issue = Issue::of(cx.site, cx.theme, page, None);
    let mut report = Report::default();
    if let Some(home) = issue.letter {
        checks::letter(home, Some(&issue), &mut report);
    }
    checks::issue(cx.snapshot, &issue, &mut report);
    report.extend(letter.report.clone());
    cx.site.silence(&mut report);
    report.sort();
    let stem = issue::stem(page);
    let view = PreviewView {
        title: page.title.to_string(),
        subject_length: issue.subject.chars().count(),
        subject: issue.subject.clone(),
        preheader: issue.preheader.clone(),
        sender: issue.sender.to_string(),
        frames: frames(cx, &letter.html),
        size: french::size(letter.html.len() as u64, Units::Binary, issue.lang),
        percent: (letter.html.len() * 100 / inspect::MOST).min(100),
        too_heavy: letter.html.len() > inspect::MOST,
        findings: report.diagnostics.iter().map(finding).collect(),
        issue_url: page.url.to_string(),
        files: [("HTML", "email.html"), ("Texte", "txt"), ("Message", "eml"), ("MJML", "mjml")]
            .into_iter()
            .map(|(title, ending)| FileView { title, url: page.url.join(&format!("{stem}.{ending}")).to_string() })
            .collect(),
        text: letter.text,
    };
    let mut context = Context::new();
    context.insert("apercu", &view);
    context.insert("couleurs", &issue.look);
    cx.theme.render(&["mail/apercu.html"], base, "fr", context)
}

fn frames(cx: &Cx<'_>, html: &str) -> Vec<FrameView> {
    let local = local(&cx.site.config.base_url, html);
    let frame = |id: &str, title: &str, width: u32, night: bool, html: String| FrameView {
        id: id.to_owned(),
        title: title.to_owned(),
        width,
        night,
        html,
    };
    vec![
        frame("ordinateur", "Ordinateur", 600, false, by(&local, false)),
        frame("telephone", "Téléphone", 320, false, by(&local, false)),
        frame("ordinateur-nuit", "Ordinateur, mode sombre", 600, true, by(&local, true)),
        frame("telephone-nuit", "Téléphone, mode sombre", 320, true, by(&local, true)),
        frame("sans-images", "Images bloquées", 600, false, blocked(&by(&local, false))),
        frame("sans-styles", "Sans feuille de style (SFR, La Poste)", 600, false, unstyled(&local)),
    ]
}

/// Shows the pictures of the preview rather than those of the published site.
fn local(base_url: &str, html: &str) -> String {
    html.replace(&format!("src=\"{}", escape(base_url)), "src=\"/")
}

/// Shows the e-mail by night or by day, whatever the screen it is looked at on.
fn by(html: &str, night: bool) -> String {
    let mut out = html.to_owned();
    for written in ["(prefers-color-scheme: dark)", "(prefers-color-scheme:dark)"] {
        out = out.replace(written, if night { "all" } else { "not all" });
    }
    out
}

/// Forbids the images, as careful mail clients do.
fn blocked(html: &str) -> String {
    html.replacen("<head>", "<head><meta http-equiv=\"Content-Security-Policy\" content=\"img-src 'none'\">", 1)
}

/// Takes the style sheets away, as several webmails do.
fn unstyled(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find("<style") {
        out.push_str(&rest[..open]);
        rest = rest[open..].find("</style>").map_or("", |end| &rest[open + end + "</style>".len()..]);
    }
    out.push_str(rest);
    out
}

fn finding(said: &Diagnostic) -> FindingView {
    FindingView {
        severity: said.severity.word(Tongue::French),
        code: said.code,
        message: said.message.fr.clone(),
        help: said.help.as_ref().map(|help| help.fr.clone()),
    }
}
