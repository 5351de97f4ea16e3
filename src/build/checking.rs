//! What `essaim check` asks of a build beyond its report.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Build, finished};
use crate::advice::repair::Edit;
use crate::content;
use crate::diag::{FilePath, Report};
use crate::emit;
use crate::french::Date;
use crate::outside;

impl Build {
    /// Reads every page as an editor would, on a given day; what the site silences is left out.
    pub fn advise(&self, today: Date) -> Report {
        let said: Vec<Report> = self
            .site
            .pages
            .par_iter()
            .map(|page| {
                let replaced = page.newer.is_some() || self.site.kit_of(page).is_some_and(|kit| kit.newer.is_some());
                let cited = |number| self.site.cited(page, number);
                let place = content::advice::Place { glossary: &self.site.glossary, cited: &cited, replaced };
                content::advice::of(&self.snapshot, page, &place, today)
            })
            .collect();
        let mut report = Report::default();
        for one in said {
            report.extend(one);
        }
        report.extend(emit::search::orphans(&self.site));
        finished(report, Some(&self.site))
    }

    /// Tries the addresses of other sites that the pages link to; `begin` is told how many there are and gives what to call after each.
    pub fn try_outside<S: Fn() + Sync>(&self, begin: impl FnOnce(usize) -> S) -> Report {
        let addresses = outside::addresses(&self.site);
        let step = begin(addresses.len());
        finished(outside::try_all(&self.site, &addresses, &step), Some(&self.site))
    }

    /// Says which pages go over their budgets of elements, bytes and requests; every file must have been made.
    pub fn budgets(&self) -> Report {
        finished(self.measures.over(&self.theme), Some(&self.site))
    }

    /// Finds the typographic repairs that are safe to write back: each file with its text and its edits.
    pub fn edits(&self) -> Vec<(FilePath, Arc<str>, Vec<Edit>)> {
        self.site
            .pages
            .par_iter()
            .filter_map(|page| {
                let edits = content::advice::edits(&self.snapshot, page, &self.site.config.rules);
                let text = self.snapshot.text(&page.source).filter(|_| !edits.is_empty())?;
                Some((page.source.clone(), text, edits))
            })
            .collect()
    }
}
