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

/// Past this many files, a whole build costs hardly more.
const MANY: usize = 50;

impl Build {
    /// Returns the build of newer sources, when all that changed is words that only pages show.
    pub fn again(&self, snapshot: &Snapshot) -> Option<(Build, Report)> {
        let changed = snapshot.changed_since(&self.snapshot)?;
        if changed.len() > MANY || !changed.iter().all(is_text) || concerns(&self.planned, &changed) {
            return None;
        }
        let (drafts, said) = {
            let _span = timings::span!("load");
            content::again(snapshot, &self.site.config, &self.site.glossary, &changed, &self.memos)?
        };
        let site = {
            let _span = timings::span!("link");
            Arc::new(link::again(&self.site, &drafts)?)
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
            measures: emit::Measures::default(),
            cells: emit::Cells::default(),
            said: emit::Remarks::default(),
            options: self.options.clone(),
            loaded: with(&self.loaded, said, &changed),
            planned: with(&self.planned, reread, &[]),
        };
        let mut report = snapshot.report();
        report.diagnostics.extend(build.loaded.diagnostics.iter().chain(&build.planned.diagnostics).cloned());
        let report = finished(report, Some(&build.site));
        Some((build, report))
    }
}

/// Returns whether a file is one that becomes a page.
pub(super) fn is_text(file: &FilePath) -> bool {
    file.as_str().starts_with(content::FOLDER) && file.extension().eq_ignore_ascii_case("md")
}

/// Returns whether a report speaks of one of these files: its places would have moved.
fn concerns(report: &Report, files: &[FilePath]) -> bool {
    let marks = report.diagnostics.iter().flat_map(|said| said.at.iter().chain(&said.also));
    marks.into_iter().any(|mark| files.contains(&mark.file))
}

/// Returns a report with what is said of some files now instead of what was said of them.
fn with(before: &Report, now: Report, files: &[FilePath]) -> Report {
    let stays =
        before.diagnostics.iter().filter(|said| !said.at.as_ref().is_some_and(|mark| files.contains(&mark.file)));
    Report { diagnostics: stays.cloned().chain(now.diagnostics).collect() }
}
