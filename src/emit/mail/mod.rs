//! The e-mails of newsletters: for each issue the HTML, the text part, the whole message and the MJML, from the same tree as its page.

mod checks;
mod html;
mod inspect;
mod issue;
mod look;
mod lower;
mod mime;
mod preview;
mod send;
mod text;
mod tools;
mod ways;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Cx, Job, Made, Output, Plan, Planning};
use crate::assets;
use crate::diag::{Diagnostic, Report};
use crate::site::{Asset, AssetId, Page, PageId, Site, Target};
use crate::theme::Theme;
use crate::urls::Url;

pub use issue::{Issue, host, mailbox};
pub use mime::{Dressing, FILE, message};
pub use send::{Refusal, Security, Server, send};
pub use tools::{TOOLS, Tool};

/// The e-mails of newsletters.
pub(super) struct Mail;

/// The widest that an image is in an e-mail, in pixels: twice the text's column, for fine screens.
pub const IMAGE_WIDTH: u32 = 1072;

/// Above this, in bytes, an image is made again for e-mails.
const IMAGE_WEIGHT: u64 = 300 * 1024;

/// An issue as e-mail: what is sent, and what there is to say of it.
#[derive(Debug, Clone)]
pub struct Letter {
    pub html: Arc<str>,
    pub text: String,
    pub mjml: Arc<str>,
    /// What mail clients would make of it.
    pub report: Report,
}

impl Output for Mail {
    fn name(&self) -> &'static str {
        "courriel"
    }

    fn label(&self) -> &'static str {
        "courriels"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        let mut report = Report::default();
        let mut images = BTreeSet::new();
        for letter in cx.site.of_kind("lettre") {
            let issues: Vec<&Page> = letter
                .children
                .iter()
                .map(|child| cx.site.page(*child))
                .filter(|child| child.kind.name() == "numero")
                .collect();
            let first = issues.first().map(|page| Issue::of(cx.site, cx.theme, page, None));
            checks::letter(letter, first.as_ref(), &mut report);
            for page in issues {
                checks::issue(cx.snapshot, &Issue::of(cx.site, cx.theme, page, None), &mut report);
                images.extend(shown(cx.site, page));
                issue_files(page, plan);
                if cx.preview {
                    preview::plan(page, plan);
                }
            }
        }
        checks::templates(cx, &mut report);
        for id in images {
            image_file(cx.site.asset(id), plan);
        }
        for said in report.diagnostics {
            plan.say(said);
        }
    }
}

/// Writes an issue as e-mail, for a sending tool or for the letter's own.
pub fn compose(cx: &Cx<'_>, page: &Page, tool: Option<Tool>) -> Result<Letter, Box<Diagnostic>> {
    let issue = Issue::of(cx.site, cx.theme, page, tool);
    let written = html::write(cx, &issue)?;
    let report = inspect::report(&issue, &written);
    Ok(Letter { text: text_of(cx, &issue), html: written.html, mjml: written.mjml, report })
}

/// Returns the issues that a name may mean: their number, the last part of their address, or `dernier`.
pub fn named<'a>(site: &'a Site, name: &str, letter: Option<&str>) -> Vec<&'a Page> {
    let wanted = crate::french::slug(name).unwrap_or_default();
    let is_asked =
        |page: &&Page| letter.is_none_or(|asked| crate::french::slug(asked).as_deref() == Some(page.slug.as_str()));
    let letters = site.of_kind("lettre").filter(is_asked);
    letters
        .flat_map(|letter| {
            let issues =
                letter.children.iter().map(|child| site.page(*child)).filter(|child| child.kind.name() == "numero");
            let newest = wanted == "dernier";
            issues
                .filter(|issue| newest || issue.slug == wanted || issue::stem(issue) == wanted)
                .take(if newest { 1 } else { usize::MAX })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Returns what an issue says of itself as an e-mail.
pub fn issue<'a>(site: &'a Site, theme: &Theme, page: &'a Page, tool: Option<Tool>) -> Issue<'a> {
    Issue::of(site, theme, page, tool)
}

fn text_of(cx: &Cx<'_>, issue: &Issue<'_>) -> String {
    text::part(issue, ways::Ways { cx, page: issue.page, base: &issue.base, is_away: false })
}

/// The HTML of an issue, written once for the files that hold it.
type Shared = Result<html::Written, Box<Diagnostic>>;

fn issue_files(page: &Page, plan: &mut Plan) {
    let id = page.id;
    let stem = issue::stem(page);
    let mut add = |output: &'static str, ending: &str, make: fn(&Cx<'_>, PageId) -> Made| {
        let url = page.url.join(&format!("{stem}.{ending}"));
        plan.add_of(id, Job::new(output, url, move |cx| make(cx, id)).from(&page.source));
    };
    add("courriel", "email.html", |cx, id| Ok(written(cx, id)?.html.as_bytes().to_vec()));
    add("courriel.mjml", "mjml", |cx, id| Ok(written(cx, id)?.mjml.as_bytes().to_vec()));
    add("courriel.txt", "txt", |cx, id| {
        Ok(text_of(cx, &Issue::of(cx.site, cx.theme, cx.site.page(id), None)).into_bytes())
    });
    add("courriel.eml", "eml", |cx, id| {
        let issue = Issue::of(cx.site, cx.theme, cx.site.page(id), None);
        Ok(message(&issue, &written(cx, id)?.html, &text_of(cx, &issue), mime::FILE).formatted())
    });
}

/// Returns the written issue; one that mail clients would cut is refused.
fn written(cx: &Cx<'_>, id: PageId) -> Shared {
    let page = cx.site.page(id);
    let write = || {
        let issue = Issue::of(cx.site, cx.theme, page, None);
        let written = html::write(cx, &issue)?;
        if let Some(said) = inspect::too_heavy(&issue, &written) {
            return Err(Box::new(said));
        }
        cx.said.extend(&inspect::report(&issue, &written));
        Ok(written)
    };
    Shared::clone(&cx.cells.of(page.url.as_str(), write))
}

/// Returns the images that the e-mail of an issue shows.
fn shown(site: &Site, page: &Page) -> Vec<AssetId> {
    let mut found: Vec<AssetId> = page.image.into_iter().collect();
    for target in &page.targets {
        match target {
            Target::File(id) => found.push(*id),
            Target::Page { page, .. } => found.extend(site.page(*page).image),
            Target::Example(example) => {
                let home = site.page(site.example(*example).page);
                found.extend(
                    home.targets
                        .iter()
                        .filter_map(|target| if let Target::File(id) = target { Some(*id) } else { None }),
                );
            }
            Target::Anchor(_) | Target::Site { .. } | Target::External(_) | Target::Mail(_) | Target::Broken => {}
        }
    }
    found
}

/// Plans the lighter copy of an image that e-mails cannot show as it is: too wide, too heavy, or WebP.
fn image_file(asset: &Asset, plan: &mut Plan) {
    let extension = asset.source.extension().to_ascii_lowercase();
    let Some((width, _)) = asset.pixels.filter(|_| matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "webp"))
    else {
        return;
    };
    if width <= IMAGE_WIDTH && asset.size <= IMAGE_WEIGHT && extension != "webp" {
        return;
    }
    let id = asset.id;
    let stem = asset.url.as_str().rsplit_once('.').map_or(asset.url.as_str(), |(stem, _)| stem);
    let url = Url::new(format!("{stem}-courriel.jpg"));
    let make = move |cx: &Cx<'_>| assets::jpeg(cx.snapshot, cx.memos, &cx.site.asset(id).source, IMAGE_WIDTH);
    plan.add_named(image_name(asset), Job::new("courriel", url, make).from(&asset.source));
}

/// Returns the name by which the copy of an image for e-mails is found.
fn image_name(asset: &Asset) -> String {
    format!("courriel:{}", asset.url)
}
