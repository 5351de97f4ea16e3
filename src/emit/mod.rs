//! The outputs: each lists the files it will have before anything is rendered, then makes each of them when asked.

pub mod view;

mod calendar;
mod cells;
mod checks;
mod data;
mod embed;
mod facets;
mod feed;
mod headers;
mod html;
mod images;
mod inventory;
mod job;
mod latest;
pub mod mail;
pub mod measures;
#[cfg(feature = "pdf")]
pub mod pdf;
mod qr;
mod redirect;
pub mod search;
mod sitemap;
mod statics;
mod views;
mod xml;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::diag::{Diagnostic, FilePath, Mark, Report, Span};
use crate::memo::Memos;
use crate::say;
use crate::site::{Page, PageId, Site};
use crate::snapshot::Snapshot;
use crate::theme::Theme;
use crate::timings;
use crate::urls::Url;

pub use crate::urls::Base;
pub use cells::Cells;
pub use data::csv_cell;
pub use html::lower;
pub use job::{Job, Reads};
pub use measures::Measures;
pub use qr::terminal as qr;

/// The bytes of one file.
pub type Body = Vec<u8>;

/// What a job returns: the bytes, or why they could not be made.
pub type Made = Result<Body, Box<Diagnostic>>;

/// All that a job reads; nothing else, so that the same sources give the same bytes.
pub struct Cx<'a> {
    pub site: &'a Site,
    pub urls: &'a Urls,
    pub theme: &'a Theme,
    pub snapshot: &'a Snapshot,
    pub memos: &'a Memos,
    /// Whether this is the preview: drafts are marked.
    pub preview: bool,
    /// The outputs that are made in this run.
    pub only: &'a [String],
    /// The sizes of the heavy files, which are made before the pages.
    pub sizes: &'a Sizes,
    /// What the pages weigh, once they are made: for jobs that come last.
    pub measures: &'a Measures,
    /// What several jobs of this build are made from.
    pub cells: &'a Cells,
    /// What jobs say of the content although they make their file.
    pub said: &'a Remarks,
}

impl Cx<'_> {
    /// Returns the size of a file made earlier in this run, in bytes; nothing in the preview, where it may not be made yet.
    pub fn size_of(&self, url: &Url) -> Option<u64> {
        if self.preview { None } else { self.sizes.get(url) }
    }

    /// Returns whether an output is made in this run.
    pub fn wants(&self, output: &str) -> bool {
        wants(self.site, self.only, output)
    }
}

/// The sizes of the files made so far, for pages that state them.
#[derive(Debug, Default)]
pub struct Sizes(RwLock<HashMap<Url, u64>>);

impl Sizes {
    /// Notes the size of a file.
    pub fn put(&self, url: &Url, size: u64) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(url.clone(), size);
    }

    fn get(&self, url: &Url) -> Option<u64> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(url).copied()
    }
}

/// What jobs say beside the files that they make: each thing once, however many files show the same content.
#[derive(Debug, Default)]
pub struct Remarks(Mutex<Report>);

impl Remarks {
    /// Adds something to say.
    pub fn push(&self, diagnostic: Diagnostic) {
        let mut report = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !report.diagnostics.contains(&diagnostic) {
            report.push(diagnostic);
        }
    }

    /// Adds all that a report says.
    pub fn extend(&self, report: &Report) {
        report.diagnostics.iter().cloned().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Returns what was said since the last time.
    pub fn take(&self) -> Report {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn wants(site: &Site, only: &[String], output: &str) -> bool {
    site.config.wants(output) && (only.is_empty() || only.iter().any(|name| name == output))
}

/// Where every output of every page is, and every fingerprinted file of the theme.
///
/// Filled by `plan` before anything is rendered, so that a link to a PDF can be checked without making the PDF.
#[derive(Debug, Default)]
pub struct Urls {
    of_page: HashMap<(PageId, &'static str), Url>,
    named: BTreeMap<String, Url>,
    /// The addresses of the site's menu.
    menu: Vec<String>,
}

impl Urls {
    /// Returns where an output of a page is: `of(page, "pdf")`.
    pub fn of(&self, page: PageId, output: &'static str) -> Option<&Url> {
        self.of_page.get(&(page, output))
    }

    /// Returns the entry of the menu that a page is in, the nearest one, and whether it is the page itself.
    pub fn menu_entry(&self, url: &Url) -> Option<(&str, bool)> {
        let url = url.as_str();
        let holds = |entry: &&String| url == *entry || (*entry != "/" && url.starts_with(entry.as_str()));
        let entry = self.menu.iter().filter(holds).max_by_key(|entry| entry.len())?;
        Some((entry, url == entry))
    }

    /// Returns where a file with a name of its own is: `css/site.css`, `atom`, `kit:municipaless`.
    pub fn named(&self, name: &str) -> Option<&Url> {
        self.named.get(name)
    }
}

/// Every file the site will have.
#[derive(Default)]
pub struct Plan {
    pub jobs: BTreeMap<Url, Job>,
    pub urls: Urls,
    report: Report,
    /// Contents whose clash is already said.
    clashes: BTreeSet<(Option<FilePath>, Option<FilePath>)>,
}

impl Plan {
    /// Adds a file; two files at one address are reported and the first stays.
    pub fn add(&mut self, job: Job) {
        if let Some(first) = self.jobs.get(&job.url) {
            // Remarks once of two contents, however many outputs they have.
            let pair = (first.source.clone(), job.source.clone());
            if job.source.is_none() || self.clashes.insert(pair) {
                self.report.push(same_address(&job, first));
            }
            return;
        }
        self.jobs.insert(job.url.clone(), job);
    }

    /// Adds a file that belongs to a page, so that others find it by [`Urls::of`].
    pub fn add_of(&mut self, page: PageId, job: Job) {
        self.urls.of_page.insert((page, job.output), job.url.clone());
        self.add(job);
    }

    /// Adds a file that others find by a name.
    pub fn add_named(&mut self, name: impl Into<String>, job: Job) {
        self.urls.named.insert(name.into(), job.url.clone());
        self.add(job);
    }

    /// Gives an address a name by which others find it.
    pub fn name(&mut self, name: impl Into<String>, url: &Url) {
        self.urls.named.insert(name.into(), url.clone());
    }

    /// Says something about what is planned.
    pub fn say(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }
}

/// An output: web pages, feeds, PDF, e-mails…
pub trait Output: Sync + Send {
    /// The word of `--only` and of `[sorties.<nom>]`.
    fn name(&self) -> &'static str;
    /// What it is, for the summary and the reference: « pages », « PDF ».
    fn label(&self) -> &'static str;
    /// Lists the files it will have.
    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan);
    /// Returns whether its files are the same for two sites that differ only by the words of some pages.
    fn holds(&self, _before: &Site, _after: &Site) -> bool {
        true
    }
    /// Says what planning would say of the words of a page.
    fn reread(&self, _cx: &Planning<'_>, _page: &Page, _report: &mut Report) {}
}

/// What an output may look at to plan its files.
pub struct Planning<'a> {
    pub site: &'a Arc<Site>,
    pub theme: &'a Theme,
    pub snapshot: &'a Snapshot,
    pub memos: &'a Memos,
    /// The outputs that are made in this run.
    pub only: &'a [String],
    pub preview: bool,
    /// The fiches to print in one booklet.
    pub selection: Option<&'a Selection>,
}

/// Fiches chosen to stand in one booklet.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Numbers or slugs, perhaps after the name of their kit and `/`.
    pub fiches: Vec<String>,
    pub title: String,
}

impl Planning<'_> {
    /// Returns whether an output is made in this run.
    pub fn wants(&self, output: &str) -> bool {
        wants(self.site, self.only, output)
    }
}

/// Every output.
pub static OUTPUTS: &[&dyn Output] = &[
    &html::Html,
    &images::Images,
    &embed::Embed,
    &feed::Feed,
    &sitemap::Sitemap,
    &redirect::Redirects,
    &headers::Headers,
    &data::Data,
    &search::Search,
    &calendar::Calendar,
    &latest::Latest,
    &mail::Mail,
    #[cfg(feature = "pdf")]
    &pdf::Pdf,
    #[cfg(feature = "pdf")]
    &pdf::Cards,
    #[cfg(feature = "pdf")]
    &pdf::Chosen,
    &statics::Statics,
];

/// Lists every file of the site; links to addresses of the site that will not exist are reported.
pub fn plan(cx: &Planning<'_>) -> (Plan, Report) {
    let mut plan = filled(cx);
    same_files(&mut plan);
    same_numbers(cx.site, &mut plan);
    let mut report = std::mem::take(&mut plan.report);
    let mut dead = checks::dead_ends(cx.site, &plan);
    // What nothing of these outputs makes may be made by the others.
    if !cx.only.is_empty() && !dead.diagnostics.is_empty() {
        dead = checks::dead_ends(cx.site, &filled(&Planning { only: &[], ..*cx }));
    }
    report.extend(dead);
    checks::unknown_colours(cx, &mut report);
    (plan, report)
}

/// Asks every output that is wanted for its files.
fn filled(cx: &Planning<'_>) -> Plan {
    let mut plan = Plan::default();
    plan.urls.menu = views::menu(cx.site).into_iter().map(|entry| entry.url).collect();
    for output in OUTPUTS.iter().filter(|output| cx.wants(output.name())) {
        let _span = timings::span!("plan_output", output = output.name());
        output.plan(cx, &mut plan);
    }
    plan
}

/// Keeps the plan of a site for another that differs from it only by the words of some files: returns what planning
/// would say of them, or nothing when the plan would be another one.
pub fn plan_again(cx: &Planning<'_>, before: &Site, changed: &[FilePath]) -> Option<Report> {
    let wanted = || OUTPUTS.iter().filter(|output| cx.wants(output.name()));
    if !wanted().all(|output| output.holds(before, cx.site)) {
        return None;
    }
    let mut report = Report::default();
    for file in changed {
        let place = cx.site.pages.binary_search_by(|page| page.source.cmp(file)).ok()?;
        wanted().for_each(|output| output.reread(cx, &cx.site.pages[place], &mut report));
    }
    Some(report)
}

/// Reports what cannot stand side by side on a disk: one file under two addresses, a file where others need a folder.
fn same_files(plan: &mut Plan) {
    let given = plan.jobs.iter().filter(|(url, job)| job.source.is_some() && !url.as_str().ends_with('/'));
    let said = given.filter_map(|(url, job)| {
        let page = url.as_str().strip_suffix("index.html").filter(|page| page.ends_with('/')).map(Url::new);
        let inside = Url::new(format!("{url}/"));
        let below = plan.jobs.range(inside.clone()..).next();
        let below = below.filter(|(below, _)| below.as_str().starts_with(inside.as_str())).map(|(_, first)| first);
        Some(same_address(job, page.and_then(|page| plan.jobs.get(&page)).or(below)?))
    });
    let said: Vec<Diagnostic> = said.collect();
    plan.report.diagnostics.extend(said);
}

/// Says at their numbers that two contents have one address, when their addresses are made of numbers.
fn same_numbers(site: &Site, plan: &mut Plan) {
    let number = |file: &FilePath| {
        let page = site.pages.binary_search_by(|page| page.source.cmp(file)).ok().map(|place| &site.pages[place])?;
        page.fields.span(page.kind.address_key()?)
    };
    for said in plan.report.diagnostics.iter_mut().filter(|said| said.code == "E0410") {
        let mut marks: Vec<&mut Mark> = said.at.iter_mut().chain(&mut said.also).collect();
        let spans: Option<Vec<Span>> = marks.iter().map(|mark| number(&mark.file)).collect();
        let Some(spans) = spans.filter(|spans| spans.len() > 1) else { continue };
        marks.iter_mut().zip(spans).for_each(|(mark, span)| mark.span = span);
        said.help = Some(say!("donnez un autre numéro à l’un des deux", "give one of them another number"));
    }
}

fn same_address(job: &Job, first: &Job) -> Diagnostic {
    let url = &job.url;
    let message = match (&first.source, &job.source) {
        (Some(one), Some(other)) => say!(
            "deux contenus ont la même adresse « {url} » : « {one} » et « {other} »",
            "two contents have the same address “{url}”: “{one}” and “{other}”"
        ),
        (Some(one), None) | (None, Some(one)) => say!(
            "« {one} » a l’adresse « {url} », que le site fait de lui-même",
            "“{one}” has the address “{url}”, which the site makes by itself"
        ),
        (None, None) => say!("deux fichiers ont la même adresse « {url} »", "two files have the same address “{url}”"),
    };
    let mut diagnostic = Diagnostic::error("E0410", message);
    if job.source.is_none()
        && let Some(source) = &first.source
    {
        return diagnostic.in_file(source).help(say!("renommez ce fichier", "rename this file"));
    }
    let is_folder = |job: &Job| job.source.as_ref().is_some_and(|file| file.name() == "_index.md");
    diagnostic = diagnostic.help(if is_folder(job) && is_folder(first) {
        say!(
            "renommez l’un des deux dossiers : le numéro devant un nom n’est pas dans l’adresse",
            "rename one of the two folders: a number before a name is not in the address"
        )
    } else {
        say!("renommez l’un des deux fichiers", "rename one of the two files")
    });
    if let Some(source) = &job.source {
        diagnostic = diagnostic.at(source, Span::default());
    }
    if let Some(source) = &first.source {
        diagnostic = diagnostic.also(source, Span::default(), say!("l’autre contenu", "the other content"));
    }
    diagnostic
}

/// Returns what is the same on every page, for templates.
pub fn site_view(site: &Site, only: &[String]) -> view::SiteView {
    views::site_view(site, &|output| wants(site, only, output))
}
