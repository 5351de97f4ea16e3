//! `essaim build`: sources in, a whole site out, or nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use crate::build::{Body, Build, Options, Sink};
use crate::config;
use crate::diag::{Diagnostic, Report, nearest};
use crate::emit::{self, Job};
use crate::memo::{Disk, Key, Memos};
use crate::publish::{Publication, Twins};
use crate::say;
use crate::snapshot::Snapshot;
use crate::urls::Url;

use super::timings::{Form, Timer};
use super::ui::{Exit, Progress, Ui};
use super::{read, summary};

/// The most that the cache keeps on the disk, in bytes.
const CACHE: u64 = 1 << 30;

/// Construit le site
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// Dossier où écrire le site ; « public », par défaut
    #[arg(long, short, value_name = "DOSSIER")]
    output: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArgs,
    /// Recalcule tout, sans le cache des constructions précédentes
    #[arg(long)]
    no_cache: bool,
    /// Dit où passe le temps : human, ou json pour un programme
    #[arg(
        long,
        value_name = "FORME",
        hide_possible_values = true,
        num_args = 0..=1,
        default_missing_value = "human"
    )]
    timings: Option<Form>,
    /// Fiches à réunir dans un livret, par numéro : 4,17,19
    #[arg(long, value_name = "FICHES", value_delimiter = ',')]
    fiches: Vec<String>,
    /// Titre de ce livret
    #[arg(long, value_name = "TITRE", requires = "fiches")]
    titre: Option<String>,
}

/// What makes one site differ from another built from the same sources.
#[derive(Debug, Clone, Args)]
pub(super) struct SiteArgs {
    /// Adresse publique du site, à la place de celle de site.toml
    #[arg(long, value_name = "ADRESSE")]
    base_url: Option<String>,
    /// Prend aussi les brouillons
    #[arg(long)]
    drafts: bool,
    /// Ne produit que ces sorties, séparées par des virgules : html, pdf…
    #[arg(long, value_name = "SORTIES", value_delimiter = ',')]
    only: Vec<String>,
}

impl SiteArgs {
    /// Returns the options of a build, after checking what can be.
    pub fn options(self) -> Result<Options, Box<Diagnostic>> {
        if let Some(address) = &self.base_url
            && (!config::is_base(address) || config::has_secret(address))
        {
            return Err(Box::new(config::no_base("E0918", address)));
        }
        let known: Vec<&str> = emit::OUTPUTS.iter().map(|output| output.name()).collect();
        if let Some(name) = self.only.iter().find(|name| !known.contains(&name.as_str())) {
            let all = known.join(", ");
            let unknown =
                Diagnostic::error("E0918", say!("il n’y a pas de sortie « {name} »", "there is no output “{name}”"));
            return Err(Box::new(match nearest(name, known.iter().copied()) {
                Some(_) => unknown.help_near(name, known.iter().copied()),
                None => unknown.help(say!("les sorties sont : {all}", "the outputs are: {all}")),
            }));
        }
        Ok(Options { base_url: self.base_url, drafts: self.drafts, only: self.only, ..Options::default() })
    }
}

impl BuildArgs {
    /// Builds the site and says what was done.
    pub fn run(self, root: &Path, ui: &Ui) -> Exit {
        let start = Instant::now();
        let timer = Timer::start(self.timings);
        let exit = self.build(root, start, ui);
        timer.tell(start.elapsed(), ui);
        exit
    }

    fn build(self, root: &Path, start: Instant, ui: &Ui) -> Exit {
        let mut options = match self.site.options() {
            Ok(options) => options,
            Err(wrong) => {
                ui.alone(&wrong);
                return Exit::Usage;
            }
        };
        if !self.fiches.is_empty() {
            // The booklet is an output of its own: the other documents stay as they are.
            options.only.iter_mut().filter(|name| *name == "pdf").for_each(|name| *name = "selection".to_owned());
            options.selection = Some(emit::Selection { fiches: self.fiches, title: self.titre.unwrap_or_default() });
        }
        let output = self.output.unwrap_or_else(|| root.strip_prefix(".").unwrap_or(root).join("public"));
        let memos = Arc::new(Memos::new(if self.no_cache { Disk::none() } else { Disk::open(root) }));
        let snapshot = match read(root, ui) {
            Ok(snapshot) => snapshot,
            Err(exit) => return exit,
        };
        let (build, report) = Build::taking(snapshot, &options, &memos);
        let build = match build {
            Ok(build) if !report.has_errors() || Exit::of(&report) == Exit::Content => build,
            Ok(build) => return stopped(&report, build.snapshot(), ui),
            Err(snapshot) => return stopped(&report, &snapshot, ui),
        };
        if report.has_errors() {
            // Nothing will be written, but a run says everything that is wrong.
            return stopped(&with_pages(report, &build, ui), build.snapshot(), ui);
        }
        let publication = match Publication::begin(root, &output) {
            Ok(publication) => publication.with_twins(twins(&build), build.urls().map(Url::file)),
            Err(refused) => return ui.refused(&refused),
        };
        // The same site in another folder, or with other options, is another one.
        let place = publication.output().as_os_str().as_encoded_bytes();
        let standing = Key::of("standing", [place, format!("{options:?}").as_bytes()]);
        let publication = publication.with_standing(&memos.disk.get(&standing).unwrap_or_default());
        let progress = ui.progress(build.urls().count());
        let said = build.render_all(&Published { publication: &publication, progress: &progress });
        let stands = publication.standing();
        drop(progress);
        let mut report = report;
        report.extend(said);
        report.sort();
        if report.has_errors() {
            return stopped(&report, build.snapshot(), ui);
        }
        if options.only.is_empty() {
            report.diagnostics.extend(vanished(&publication.vanished()));
        }
        let made: Option<Vec<String>> = (!options.only.is_empty()).then(|| made(&build, &options.only));
        let summary = match publication.finish(made.as_deref()) {
            Ok(summary) => summary,
            Err(refused) => return ui.refused(&refused),
        };
        memos.disk.put(&standing, &stands);
        memos.disk.trim(CACHE);
        ui.report(&report, build.snapshot());
        ui.count(&report, &say!("", ""));
        ui.say(&summary::told(&summary, &output, start.elapsed()));
        // The program ends here: giving a large site back to the system page by page would only take time.
        std::mem::forget((build, memos));
        Exit::Done
    }
}

/// A build that goes into a folder, where the files of the last one stand.
struct Published<'a> {
    publication: &'a Publication,
    progress: &'a Progress,
}

impl Sink for Published<'_> {
    fn put(&self, job: &Job, made_from: Option<&Key>, body: Body) {
        self.publication.put_made_from(&job.url.file(), job.output, &body, made_from);
        self.progress.step();
    }

    fn keep(&self, job: &Job, made_from: &Key, read: bool) -> Option<Vec<u8>> {
        let stands = self.publication.keep(&job.url.file(), job.output, made_from, read)?;
        self.progress.step();
        Some(stands)
    }
}

/// Returns the compressed files that `site.toml` asks for.
fn twins(build: &Build) -> Twins {
    let outputs = build.site.config.fields.map("sorties");
    Twins::named(outputs.and_then(|outputs| outputs.choice("compression")))
}

/// Says which addresses of the site that is replaced no longer exist: links to them would break.
fn vanished(files: &[String]) -> Option<Diagnostic> {
    const SHOWN: usize = 5;
    let first = files.first().map(|file| format!("/{}", file.trim_end_matches("index.html")))?;
    let mut list: Vec<String> = files.iter().map(|file| format!("/{}", file.trim_end_matches("index.html"))).collect();
    let count = list.len();
    list.truncate(SHOWN);
    let more = if count > SHOWN { "…" } else { "" };
    let list = list.join(", ");
    let message = if count == 1 {
        say!("une adresse du site précédent n’existe plus : {list}", "an address of the former site is gone: {list}")
    } else {
        say!(
            "{count} adresses du site précédent n’existent plus : {list}{more}",
            "{count} addresses of the former site are gone: {list}{more}"
        )
    };
    Some(Diagnostic::warning("A0414", message).help(say!(
        "si la page a changé de nom, ajoutez à son en-tête « alias: [{first}] » : l’ancienne adresse y mènera",
        "if the page changed its name, add to its front matter “alias: [{first}]”: the old address will lead there"
    )))
}

/// Returns the names that files of these outputs bear, for what must not be taken away.
fn made(build: &Build, only: &[String]) -> Vec<String> {
    let mut names: Vec<String> = build.jobs().map(|job| job.output.to_owned()).chain(only.iter().cloned()).collect();
    // A booklet of chosen fiches does not take away those made before it.
    names.retain(|name| name != "selection");
    names.sort();
    names.dedup();
    names
}

/// Adds to a report what making every file would say, and keeps none of them.
pub(super) fn with_pages(mut report: Report, build: &Build, ui: &Ui) -> Report {
    let progress = ui.progress(build.urls().count());
    report.extend(build.render_all(&|_: &Job, _: Body| progress.step()));
    report.sort();
    report
}

fn stopped(report: &Report, snapshot: &Snapshot, ui: &Ui) -> Exit {
    ui.report(report, snapshot);
    ui.count(
        report,
        &say!(
            " : rien n’a été écrit, le site précédent est intact.",
            ": nothing was written, the previous site is intact."
        ),
    );
    Exit::of(report)
}
