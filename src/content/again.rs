//! Reading again a few files of which only the words changed: the rest of the folder is as it was.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Context, Draft, FOLDER, INDEX, Reading, address, context_key, natures, transcripts};
use crate::config::Config;
use crate::diag::{FilePath, Report};
use crate::doc::Glossary;
use crate::memo::Memos;
use crate::snapshot::Snapshot;

/// Reads pages again; nothing when one of them describes a folder, since others depend on it.
///
/// The glossary must be that of the snapshot, and no file may have come or gone since.
pub fn again(
    snapshot: &Snapshot,
    config: &Config,
    glossary: &Glossary,
    files: &[FilePath],
    memos: &Memos,
) -> Option<(Vec<Arc<Draft>>, Report)> {
    if files.iter().any(|file| file.name() == INDEX || !file.as_str().starts_with(FOLDER)) {
        return None;
    }
    // A transcription is read in its page.
    if files.iter().any(|file| transcripts::may_concern(snapshot, file)) {
        return None;
    }
    let is_text = |file: &&FilePath| file.extension().eq_ignore_ascii_case("md");
    let memo = memos.of::<Reading>();
    let read: Vec<Option<Reading>> = files
        .par_iter()
        .map(|file| {
            let above = address::parent_folder(file);
            let folder = format!("{above}/");
            let beside: Vec<&FilePath> = snapshot
                .under(&folder)
                .map(|file| &file.path)
                .filter(is_text)
                .filter(|other| address::parent_folder(other) == above)
                .collect();
            let indexes: Vec<FilePath> =
                folders(file).map(|folder| FilePath::new(format!("{folder}/{INDEX}"))).collect();
            let context = Context {
                config,
                glossary,
                natures: natures(snapshot, &indexes.iter().collect::<Vec<_>>()),
                twins: address::twins(&beside),
                key: context_key(config, glossary),
            };
            let to_read = context.to_read(snapshot, file)?;
            Some(memo.get(to_read.key, || context.reading(&to_read)))
        })
        .collect();
    let mut report = Report::default();
    let mut drafts = Vec::with_capacity(files.len());
    for one in read {
        let (draft, said) = one?;
        report.diagnostics.extend(said.diagnostics.iter().cloned());
        drafts.push(draft);
    }
    Some((drafts, report))
}

/// Returns the folders that hold a file, the nearest first.
fn folders(file: &FilePath) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(file.folder()), |folder| folder.rsplit_once('/').map(|(above, _)| above))
}
