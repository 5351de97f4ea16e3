//! A build: the finished site, its plan and its theme, from which any file can be made at any time.

mod again;
mod checking;
mod standing;

use std::collections::BTreeSet;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::config::Config;
use crate::content::{self, Contents};
use crate::diag::{Diagnostic, FilePath, Report};
use crate::emit::{self, Cells, Cx, Job, Made, Measures, Plan, Planning, Remarks, Sizes};
use crate::link;
use crate::memo::{Key, Memos};
use crate::say;
use crate::site::Site;
use crate::snapshot::{File, Snapshot};
use crate::territory::Atlas;
use crate::theme::Theme;
use crate::timings;
use crate::urls::Url;

pub use crate::emit::Body;

/// What a build is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Instead of the address of `site.toml`.
    pub base_url: Option<String>,
    /// Drafts are part of the site.
    pub drafts: bool,
    /// Only these outputs; all of them when empty.
    pub only: Vec<String>,
    /// For the preview: drafts are marked, and nothing waits for heavy files.
    pub preview: bool,
    /// Weighs every page, and not some of them.
    pub budgets: bool,
    /// Chosen fiches to print in one booklet.
    pub selection: Option<emit::Selection>,
}

/// The finished site and its plan; rendering is on demand.
pub struct Build {
    pub site: Arc<Site>,
    plan: Arc<Plan>,
    theme: Arc<Theme>,
    snapshot: Snapshot,
    memos: Arc<Memos>,
    sizes: Sizes,
    measures: Measures,
    cells: Cells,
    said: Remarks,
    options: Options,
    /// What the reading of the content says, before anything is silenced.
    loaded: Report,
    /// What configuration, theme, links and plan say, before anything is silenced.
    planned: Report,
}

/// Where a build hands its files over.
pub trait Sink: Sync {
    /// Takes a file; `made_from` is the hash of all its inputs, when a later build may trust it.
    fn put(&self, job: &Job, made_from: Option<&Key>, body: Body);

    /// Keeps the file that stands if it was made from the same inputs, and returns its bytes, none unless `read`.
    fn keep(&self, _job: &Job, _made_from: &Key, _read: bool) -> Option<Vec<u8>> {
        None
    }
}

impl<F: Fn(&Job, Body) + Sync> Sink for F {
    fn put(&self, job: &Job, _made_from: Option<&Key>, body: Body) {
        self(job, body);
    }
}

/// About how many pages are weighed for `/ecoconception/`: on a larger site, some of each folder.
const MEASURED: usize = 300;

/// The stack of a thread that makes heavy files: typst lays out nested boxes by recursion.
const HEAVY_STACK: usize = 64 * 1024 * 1024;

impl Build {
    /// Runs load, link and plan. The build stands even with errors in the report; there is none only when the
    /// configuration or the theme cannot be read.
    pub fn new(snapshot: &Snapshot, options: &Options, memos: &Arc<Memos>) -> (Option<Build>, Report) {
        let (build, report) = Self::of(snapshot.clone(), options, memos, |snapshot, _, _| snapshot);
        (build.ok(), report)
    }

    /// Does the same, and lets go of the texts of pages once they are read, for a build that only makes its files; the
    /// snapshot comes back when there is no build.
    pub fn taking(snapshot: Snapshot, options: &Options, memos: &Arc<Memos>) -> (Result<Build, Snapshot>, Report) {
        Self::of(snapshot, options, memos, without_texts)
    }

    /// Runs load, link and plan; `once_read` returns what is kept of the snapshot after the content was read.
    fn of(
        snapshot: Snapshot,
        options: &Options,
        memos: &Arc<Memos>,
        once_read: fn(Snapshot, &Contents, &Report) -> Snapshot,
    ) -> (Result<Build, Snapshot>, Report) {
        let mut report = snapshot.report();
        let (config, mut planned) = Config::read(&snapshot);
        let Some(mut config) = config else {
            report.extend(planned);
            return (Err(snapshot), finished(report, None));
        };
        config.drafts = options.drafts;
        if let Some(address) = &options.base_url {
            config = config.with_base_url(address);
        }
        let config = Arc::new(config);
        let read_theme = || {
            let _span = timings::span!("theme");
            Theme::read(&snapshot, &config)
        };
        let load = || {
            let _span = timings::span!("load");
            content::load(&snapshot, &config, memos)
        };
        // Links are made on one core, and wait for the atlas if it is not read before.
        let read_atlas = || {
            let is_wanted = |file: &File| file.text().is_some_and(|text| text.contains("territoire"));
            if snapshot.under("content/").any(is_wanted) {
                Atlas::prepare();
            }
        };
        let (((theme, said), ()), (contents, loaded)) = rayon::join(|| rayon::join(read_theme, read_atlas), load);
        planned.extend(said);
        let snapshot = once_read(snapshot, &contents, &loaded);
        let (site, said) = {
            let _span = timings::span!("link");
            link::link(&snapshot, Arc::clone(&config), contents, memos)
        };
        planned.extend(said);
        let Some(mut theme) = theme else {
            report.extend(loaded);
            report.extend(planned);
            return (Err(snapshot), finished(report, Some(&site)));
        };
        let site = Arc::new(site);
        let _span = timings::span!("plan");
        let (plan, said) = emit::plan(&Planning {
            site: &site,
            theme: &theme,
            snapshot: &snapshot,
            memos,
            only: &options.only,
            preview: options.preview,
            selection: options.selection.as_ref(),
        });
        planned.extend(said);
        theme.set_global("site", &emit::site_view(&site, &options.only));
        report.diagnostics.extend(loaded.diagnostics.iter().chain(&planned.diagnostics).cloned());
        let build = Build {
            site,
            plan: Arc::new(plan),
            theme: Arc::new(theme),
            snapshot,
            memos: Arc::clone(memos),
            sizes: Sizes::default(),
            measures: Measures::default(),
            cells: Cells::default(),
            said: Remarks::default(),
            options: options.clone(),
            loaded,
            planned,
        };
        let report = finished(report, Some(&build.site));
        (Ok(build), report)
    }

    /// Returns the sources, without the texts that were let go of.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Returns every address of the site, sorted.
    pub fn urls(&self) -> impl Iterator<Item = &Url> {
        self.plan.jobs.keys()
    }

    /// Returns the job that makes a file.
    pub fn job(&self, url: &Url) -> Option<&Job> {
        self.plan.jobs.get(url)
    }

    /// Returns every job, sorted by address.
    pub fn jobs(&self) -> impl Iterator<Item = &Job> {
        self.plan.jobs.values()
    }

    /// Makes one file; nothing if there is none at this address. Heavy files are made on a thread of their own.
    pub fn render(&self, url: &Url) -> Option<Made> {
        let job = self.plan.jobs.get(url)?;
        if job.last && self.measures.is_empty() {
            // What this page tells is known once the others are made.
            let weighed = self.weighed();
            let is_weighed = |job: &&Job| job.output == "html" && !job.last && job.is_among(weighed);
            let pages: Vec<&Job> = self.plan.jobs.values().filter(is_weighed).collect();
            pages.par_iter().for_each(|job| {
                if let Ok(body) = self.make(job) {
                    self.measures.note(&self.theme, job, &body);
                }
            });
        }
        if !job.heavy {
            return Some(self.make(job));
        }
        Some(std::thread::scope(|scope| {
            let worker = std::thread::Builder::new().stack_size(HEAVY_STACK).spawn_scoped(scope, || self.make(job));
            match worker {
                Ok(worker) => worker.join().unwrap_or_else(|_| Err(Box::new(gave_up(job)))),
                Err(_) => Err(Box::new(gave_up(job))),
            }
        }))
    }

    /// Returns how many pages there are for each one that is weighed.
    fn weighed(&self) -> usize {
        if self.options.budgets {
            return 1;
        }
        self.plan.jobs.values().filter(|job| job.output == "html").count().div_ceil(MEASURED).max(1)
    }

    /// Makes every file and hands each one over as it is made: the heavy ones first, since pages state their sizes.
    ///
    /// What the sink holds already, made from the same inputs, is not made.
    pub fn render_all(&self, sink: &dyn Sink) -> Report {
        let _span = timings::span!("render");
        let (heavy, light): (Vec<&Job>, Vec<&Job>) = self.plan.jobs.values().partition(|job| job.heavy);
        let mut report = self.render_heavy(&heavy, sink);
        let inputs = self.inputs();
        let (last, mut light): (Vec<&Job>, Vec<&Job>) = light.into_iter().partition(|job| job.last);
        // Nearer to the home page are the longer lists: begun first, none keeps one core busy when all else is done.
        light.sort_by_cached_key(|job| job.url.depth());
        let weighed = self.weighed();
        for jobs in [light, last] {
            let faults: Vec<Diagnostic> = jobs
                .par_iter()
                .with_max_len(8)
                .filter_map(|job| {
                    let is_weighed = job.is_among(weighed) && Measures::wants(job);
                    let made_from = inputs.as_ref().and_then(|inputs| inputs.of(job));
                    if let Some(stands) = made_from.as_ref().and_then(|from| sink.keep(job, from, is_weighed)) {
                        if is_weighed {
                            self.measures.note(&self.theme, job, &stands);
                        }
                        return None;
                    }
                    let (made, made_from) = self.make_from(job, made_from);
                    match made {
                        Ok(body) => {
                            if is_weighed {
                                self.measures.note(&self.theme, job, &body);
                            }
                            sink.put(job, made_from.as_ref(), body);
                            None
                        }
                        Err(fault) => Some(*fault),
                    }
                })
                .collect();
            report.diagnostics.extend(faults);
        }
        report.extend(self.said.take());
        finished(report, Some(&self.site))
    }

    fn render_heavy(&self, jobs: &[&Job], sink: &dyn Sink) -> Report {
        let next = AtomicUsize::new(0);
        let report = Mutex::new(Report::default());
        let workers = rayon::current_num_threads()
            .min(std::thread::available_parallelism().map_or(1, NonZero::get))
            .min(jobs.len());
        let work = || {
            while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                match self.make(job) {
                    Ok(body) => {
                        self.sizes.put(&job.url, body.len() as u64);
                        sink.put(job, None, body);
                    }
                    Err(fault) => report.lock().unwrap_or_else(PoisonError::into_inner).push(*fault),
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..workers {
                if std::thread::Builder::new().stack_size(HEAVY_STACK).spawn_scoped(scope, work).is_err() {
                    work();
                }
            }
        });
        report.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what jobs read, for what is made outside the plan.
    pub fn cx(&self) -> Cx<'_> {
        Cx {
            site: &self.site,
            urls: &self.plan.urls,
            theme: &self.theme,
            snapshot: &self.snapshot,
            memos: &self.memos,
            preview: self.options.preview,
            only: &self.options.only,
            sizes: &self.sizes,
            measures: &self.measures,
            cells: &self.cells,
            said: &self.said,
        }
    }

    fn make(&self, job: &Job) -> Made {
        self.make_saying(job, &self.said)
    }

    /// Makes a file, and returns what it is made from unless it had something to say: the next build must say it again.
    fn make_from(&self, job: &Job, made_from: Option<Key>) -> (Made, Option<Key>) {
        let said = Remarks::default();
        let made = self.make_saying(job, &said);
        let said = said.take();
        self.said.extend(&said);
        (made, made_from.filter(|_| said.diagnostics.is_empty()))
    }

    /// Makes a file; a fault of ours becomes a diagnostic, and the other files are still made.
    fn make_saying(&self, job: &Job, said: &Remarks) -> Made {
        let _span = timings::span!("file", output = job.output, url = job.url.as_str());
        let cx = Cx { said, ..self.cx() };
        catch_unwind(AssertUnwindSafe(|| job.make(&cx))).unwrap_or_else(|_| Err(Box::new(gave_up(job))))
    }
}

/// Lets go of the texts of pages, but for those that the report shows.
fn without_texts(snapshot: Snapshot, contents: &Contents, loaded: &Report) -> Snapshot {
    // The names of people who withdrew are looked for in the texts that were read, and in no other.
    if contents.drafts.iter().any(|draft| !draft.fields.texts("retraits").is_empty()) {
        return snapshot;
    }
    let marks = loaded.diagnostics.iter().flat_map(|said| said.at.iter().chain(&said.also));
    let told: BTreeSet<&FilePath> = marks.map(|mark| &mark.file).collect();
    snapshot.lighter(|file| again::is_text(file) && !told.contains(file))
}

/// Leaves out of a report what the site or its pages silence, and sorts it.
fn finished(mut report: Report, site: Option<&Site>) -> Report {
    if let Some(site) = site {
        site.silence(&mut report);
    }
    report.sort();
    report
}

fn gave_up(job: &Job) -> Diagnostic {
    let url = &job.url;
    let diagnostic = Diagnostic::error(
        "E0701",
        say!(
            "le fichier « {url} » n’a pas pu être produit : c’est un défaut d’essaim",
            "the file “{url}” could not be made: this is a fault of essaim"
        ),
    )
    .help(say!(
        "le reste du site est intact ; signalez ce défaut avec la page qui le cause",
        "the rest of the site is whole; report this fault with the page that causes it"
    ));
    match &job.source {
        Some(source) => diagnostic.in_file(source),
        None => diagnostic,
    }
}
