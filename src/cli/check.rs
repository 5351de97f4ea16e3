//! `essaim check`: everything that a build would say, and nothing written.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use crate::build::Build;
use crate::memo::{Disk, Memos};
use crate::say;

use super::build::{SiteArgs, with_pages};
use super::read;
use super::ui::{Exit, Ui, lasted};

/// Dit tout ce que dirait « build », sans rien écrire
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
}

impl CheckArgs {
    /// Builds in memory and says what there is to say.
    pub fn run(self, root: &Path, ui: &Ui) -> Exit {
        let start = Instant::now();
        let options = match self.site.options() {
            Ok(options) => options,
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
            pages = build.site.pages.len();
            report = with_pages(report, &build, ui);
        }
        ui.report(&report, &snapshot);
        ui.count(&report, &say!(".", "."));
        if report.diagnostics.is_empty() {
            let time = lasted(start.elapsed());
            let (fr, en) = (time.fr, time.en);
            ui.say(&say!(
                "{pages} pages vérifiées en {fr} : rien à redire.",
                "{pages} pages checked in {en}: nothing to say."
            ));
        }
        Exit::of(&report)
    }
}
