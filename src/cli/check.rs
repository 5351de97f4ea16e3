//! `essaim check`: everything that a build would say, and nothing written.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use serde_json::json;

use crate::advice::repair;
use crate::build::{Build, Options};
use crate::french::{self, Date};
use crate::memo::{Disk, Memos};
use crate::{publish, say};

use super::build::{SiteArgs, with_pages};
use super::read;
use super::ui::{Exit, Ui, lasted};

/// Dit tout ce que dirait « build », sans rien écrire
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Essaie aussi les liens vers les autres sites
    #[arg(long)]
    external: bool,
    /// Dit aussi quelles pages dépassent leur budget d’éléments, de poids et de requêtes
    #[arg(long)]
    budgets: bool,
    /// Liste les corrections typographiques de chaque fichier
    #[arg(long)]
    corrections: bool,
    /// Écrit les corrections typographiques dans les fichiers, après en avoir montré le détail
    #[arg(long)]
    fix: bool,
}

impl CheckArgs {
    /// Builds in memory and says what there is to say.
    pub fn run(self, root: &Path, ui: &Ui) -> Exit {
        let start = Instant::now();
        let options = match self.site.clone().options() {
            Ok(options) => Options { budgets: self.budgets, ..options },
            Err(wrong) => {
                ui.alone(&wrong);
                return Exit::Usage;
            }
        };
        let memos = Arc::new(Memos::new(Disk::none()));
        let snapshot = match read(root, ui) {
            Ok(snapshot) => snapshot,
            Err(exit) => return exit,
        };
        let (build, mut report) = Build::new(&snapshot, &options, &memos);
        let mut pages = 0;
        if let Some(build) = build {
            if self.fix {
                match correct(&build, root, true, ui) {
                    Ok(0) => {}
                    // What is left to say is that of the files as they are now.
                    Ok(_) => return Self { fix: false, corrections: false, ..self }.run(root, ui),
                    Err(exit) => return exit,
                }
            }
            pages = build.site.pages.len();
            report = with_pages(report, &build, ui);
            report.extend(build.advise(today()));
            if self.budgets {
                report.extend(build.budgets());
            }
            if self.external {
                report.extend(build.try_outside(|count| {
                    let progress = ui.progress(count);
                    move || progress.step()
                }));
            }
            report.sort();
            if self.corrections
                && !self.fix
                && let Err(exit) = correct(&build, root, false, ui)
            {
                return exit;
            }
        }
        ui.report(&report, &snapshot);
        ui.count(&report, &say!(".", "."));
        if report.diagnostics.is_empty() {
            let time = lasted(start.elapsed());
            let (fr, en) = (time.fr, time.en);
            ui.say(&if pages == 1 {
                say!("1 page vérifiée en {fr} : rien à redire.", "1 page checked in {en}: nothing to say.")
            } else {
                say!(
                    "{pages} pages vérifiées en {fr} : rien à redire.",
                    "{pages} pages checked in {en}: nothing to say."
                )
            });
        }
        Exit::of(&report)
    }
}

/// Lists the typographic corrections, or writes them into the files after showing what changes; returns how many there are.
fn correct(build: &Build, root: &Path, write: bool, ui: &Ui) -> Result<usize, Exit> {
    let found = build.edits();
    for (file, text, edits) in &found {
        if ui.is_json() {
            for repair::Correction { line, column, before, after } in repair::corrections(text, edits) {
                let file = file.as_str();
                let said = json!({ "correction": after, "instead_of": before, "file": file, "line": line, "column": column, "written": write });
                ui.data(&format!("{said}\n"));
            }
        } else if write {
            ui.data(&repair::diff(file.as_str(), text, edits));
        } else {
            ui.data(&repair::listing(file.as_str(), &repair::corrections(text, edits), ui.lang()));
        }
        if write {
            publish::rewrite(&root.join(file.as_str()), &repair::apply(text, edits))
                .map_err(|refused| ui.refused(&refused))?;
        }
    }
    let files = found.len();
    let corrections: usize = found.iter().map(|(_, _, edits)| edits.len()).sum();
    if corrections == 0 {
        ui.say(&say!("Aucune correction à faire.", "Nothing to correct."));
        return Ok(0);
    }
    let s = if corrections == 1 { "" } else { "s" };
    let f = if files == 1 { "" } else { "s" };
    if write {
        ui.say(&say!(
            "{corrections} correction{s} écrite{s} dans {files} fichier{f}.",
            "{corrections} correction{s} written in {files} file{f}."
        ));
    } else {
        ui.say(&say!(
            "{corrections} correction{s} possible{s} dans {files} fichier{f} ; « essaim check --fix » les écrit.",
            "{corrections} correction{s} possible in {files} file{f}; “essaim check --fix” writes them."
        ));
    }
    Ok(corrections)
}

/// Returns the day of the check, in universal time: advice on stale facts depends on it, a build never does.
#[expect(clippy::disallowed_methods, reason = "advice is given on a day; nothing that is published depends on it")]
fn today() -> Date {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    french::day_of(i64::try_from(seconds).unwrap_or(0))
}
