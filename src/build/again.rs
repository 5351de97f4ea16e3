//! A build after a save that changed only words: what does not depend on them is shared with the build before.
//!
//! It is the build that would be made from nothing, or none at all: whenever something that links, lists or the plan
//! look at has changed, a whole build is made instead.

use std::sync::Arc;

use super::{Build, finished};
use crate::content;
use crate::diag::{FilePath, Report};
use crate::emit::{self, Planning};
use crate::link;
use crate::snapshot::Snapshot;
use crate::timings;

impl Build {
    /// Returns the build of newer sources, when all that changed is words that only pages show.
    pub fn again(&self, snapshot: &Snapshot) -> Option<(Build, Report)> {
        let changed = snapshot.changed_since(&self.snapshot)?;
        if !changed.iter().all(is_text) || concerns(&self.planned, &changed) {
            return None;
        }
        let (contents, said) = {
            let _span = timings::span!("load");
            content::load(snapshot, &self.site.config, &self.memos)
        };
        let site = {
            let _span = timings::span!("link");
            Arc::new(link::again(&self.site, &contents)?)
        };
        let _span = timings::span!("plan");
        let planning = Planning {
            site: &site,
            theme: &self.theme,
            snapshot,
            memos: &self.memos,
            only: &self.options.only,
            preview: self.options.preview,
            selection: self.options.selection.as_ref(),
        };
        let reread = emit::plan_again(&planning, &self.site, &changed)?;
        let build = Build {
            site,
            plan: Arc::clone(&self.plan),
            theme: Arc::clone(&self.theme),
            snapshot: snapshot.clone(),
            memos: Arc::clone(&self.memos),
            sizes: emit::Sizes::default(),
            cells: emit::Cells::default(),
            said: emit::Remarks::default(),
            options: self.options.clone(),
            planned: Report { diagnostics: [self.planned.diagnostics.clone(), reread.diagnostics].concat() },
        };
        let mut report = snapshot.report();
        report.extend(said);
        report.diagnostics.extend(build.planned.diagnostics.iter().cloned());
        let report = finished(report, Some(&build.site));
        Some((build, report))
    }
}

/// Returns whether a file is one that becomes a page.
fn is_text(file: &FilePath) -> bool {
    file.as_str().starts_with(content::FOLDER) && file.extension().eq_ignore_ascii_case("md")
}

/// Returns whether a report speaks of one of these files: its places would have moved.
fn concerns(report: &Report, files: &[FilePath]) -> bool {
    let marks = report.diagnostics.iter().flat_map(|said| said.at.iter().chain(&said.also));
    marks.into_iter().any(|mark| files.contains(&mark.file))
}
