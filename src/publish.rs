//! The only writer of outputs: a site is written aside, then takes the place of the old one in a single step.
//!
//! Whatever stops a build before that step (an error, a full disk, a power button) leaves the old
//! site as it was. Files whose bytes did not change keep their dates. Only files that an earlier
//! build of ours listed are ever deleted.
#![allow(clippy::disallowed_methods, reason = "publish is the only writer of outputs")]

mod carry;
mod exchange;
mod manifest;
mod refused;
mod stands;
mod target;
mod twins;
mod work;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::memo::Key;
use crate::timings;
use manifest::{Entry, Manifest};
use stands::Stands;
use work::Work;

pub use refused::{Exit, Refused};
pub use twins::Twins;

/// The folder, inside an output, where essaim keeps its own notes.
pub const OWN: &str = ".essaim";

/// What a publication did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files whose bytes are new.
    pub written: usize,
    /// Files that were already there, byte for byte.
    pub unchanged: usize,
    /// Files of an earlier build that this one no longer has.
    pub removed: usize,
    /// The weight of the whole site.
    pub bytes: u64,
    /// The files of each output, by name.
    pub by_output: BTreeMap<String, Count>,
}

/// How many files, and their weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub files: usize,
    pub bytes: u64,
}

/// A site on its way to its folder: nothing is visible before [`Publication::finish`].
#[derive(Debug)]
pub struct Publication {
    output: PathBuf,
    work: Work,
    old: Manifest,
    twins: Twins,
    /// Files of the site that look like twins: they are what they are.
    taken: HashSet<String>,
    /// What the files of the old site were made from.
    stands: Stands,
    entries: Mutex<BTreeMap<String, New>>,
    failed: AtomicBool,
    failure: Mutex<Option<Refused>>,
}

/// A file of the new site.
#[derive(Debug)]
struct New {
    entry: Entry,
    /// Its bytes are those that the output already holds.
    same: bool,
    /// The hash of what it is made from; nothing for a file that every build makes.
    made_from: Option<Key>,
}

impl Publication {
    /// Prepares to write a site into a folder, after checking that the folder is ours to write.
    ///
    /// `root` is the folder of the sources, which is never written over.
    pub fn begin(root: &Path, output: &Path) -> Result<Self, Refused> {
        let output = target::check(root, output)?;
        let work = Work::begin(&output)?;
        let old = manifest::read(&output)?;
        Ok(Self {
            output,
            work,
            old,
            twins: Twins::default(),
            taken: HashSet::new(),
            stands: Stands::default(),
            entries: Mutex::default(),
            failed: AtomicBool::new(false),
            failure: Mutex::default(),
        })
    }

    /// Returns the folder of the site, as the system names it.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// Writes compressed twins beside the files; `files` are all those of the site.
    pub fn with_twins(mut self, twins: Twins, files: impl Iterator<Item = String>) -> Self {
        self.twins = twins;
        self.taken = files.filter(|file| twins::is_twin(file)).collect();
        self
    }

    /// Trusts the files that stand to be made from what an earlier run noted.
    pub fn with_standing(mut self, noted: &[u8]) -> Self {
        self.stands = Stands::read(noted);
        self
    }

    /// Adds a file: `file` is its path in the site, `kind` the name of the output that made it.
    ///
    /// The first refusal of the system is kept for [`Publication::finish`]; later files are then let go.
    pub fn put(&self, file: &str, kind: &str, body: &[u8]) {
        self.put_made_from(file, kind, body, None);
    }

    /// Does the same; `made_from` is the hash of all its inputs, for [`Publication::keep`] in a later run.
    pub fn put_made_from(&self, file: &str, kind: &str, body: &[u8], made_from: Option<&Key>) {
        if self.failed.load(Ordering::Relaxed) {
            return;
        }
        let _span = timings::span!("write", url = file);
        if let Err(refused) =
            self.add(file, kind, body, made_from).and_then(|same| self.add_twins(file, kind, body, same))
        {
            self.failed.store(true, Ordering::Relaxed);
            self.failure.lock().expect("no code panics while it holds the failure").get_or_insert(refused);
        }
    }

    /// Keeps a file of the old site, and its twins, if it was made from the same inputs and nobody touched it since.
    ///
    /// Returns its bytes, none unless `read`.
    pub fn keep(&self, file: &str, kind: &str, made_from: &Key, read: bool) -> Option<Vec<u8>> {
        let twins: Vec<String> = self.twins.endings().map(|ending| format!("{file}.{ending}")).collect();
        let old = self.old.files.get(file)?;
        if old.output != kind || !self.stands.was_made_from(file, made_from, &old.hash) {
            return None;
        }
        let listed: Vec<(&str, &Entry)> = std::iter::once(file)
            .chain(twins.iter().map(String::as_str).filter(|twin| !self.taken.contains(*twin)))
            .filter_map(|file| Some((file, self.old.files.get(file)?)))
            .collect();
        if !listed.iter().all(|(file, entry)| self.old.holds(&self.output, file, entry)) {
            return None;
        }
        let body = if read { fs::read(self.output.join(file)).ok()? } else { Vec::new() };
        let mut entries = self.entries.lock().expect("no code panics while it holds the entries");
        for (file, entry) in listed {
            entries.insert(file.to_owned(), New { entry: entry.clone(), same: true, made_from: None });
        }
        entries.entry(file.to_owned()).and_modify(|kept| kept.made_from = Some(*made_from));
        Some(body)
    }

    /// Returns what the files of the new site are made from, for [`Publication::with_standing`] in a later run.
    pub fn standing(&self) -> Vec<u8> {
        let entries = self.entries.lock().expect("no code panics while it holds the entries");
        let known = entries.iter().filter_map(|(file, new)| Some((file, new.made_from.as_ref()?, &new.entry.hash)));
        stands::written(known.map(|(file, made_from, hash)| (file.as_str(), made_from, hash.as_str())))
    }

    /// Returns the pages of the old site that the new one no longer has, as paths in the output.
    pub fn vanished(&self) -> Vec<String> {
        let entries = self.entries.lock().expect("no code panics while it holds the entries");
        let gone = self.old.files.iter().filter(|(file, entry)| {
            entry.output == "html" && file.ends_with("index.html") && !entries.contains_key(*file)
        });
        gone.map(|(file, _)| file.clone()).collect()
    }

    /// Puts the site in its place. `only` names the outputs that this build made: the files of the others stay.
    ///
    /// Without this call, everything written is thrown away and the old site stays.
    pub fn finish(self, only: Option<&[String]>) -> Result<Summary, Refused> {
        let _span = timings::span!("publish");
        if let Some(refused) = self.failure.into_inner().expect("no code panics while it holds the failure") {
            return Err(refused);
        }
        let mut new = self.entries.into_inner().expect("no code panics while it holds the entries");
        for (file, entry) in &self.old.files {
            if only.is_some_and(|only| !only.contains(&entry.output)) && !new.contains_key(file) {
                new.insert(file.clone(), New { entry: entry.clone(), same: true, made_from: None });
            }
        }
        let files = new.iter().map(|(file, new)| (file.clone(), new.entry.clone())).collect();
        let manifest = Manifest { files, written: None };
        let removed: Vec<&str> =
            self.old.files.keys().filter(|file| !new.contains_key(*file)).map(String::as_str).collect();
        let summary = summary(&new, removed.len());
        if summary.written == 0 && removed.is_empty() && manifest == self.old && self.old.written.is_some() {
            return Ok(summary);
        }
        exchange::Exchange {
            output: &self.output,
            work: &self.work,
            old: &self.old,
            manifest: &manifest,
            new: &new,
            removed: &removed,
        }
        .run()?;
        Ok(summary)
    }

    /// Compresses a file; the twins of a file that did not change are those that it has.
    fn add_twins(&self, file: &str, kind: &str, body: &[u8], same: bool) -> Result<(), Refused> {
        for ending in self.twins.of(file, body) {
            let twin = format!("{file}.{ending}");
            if self.taken.contains(&twin) {
                continue;
            }
            let known = self.old.files.get(&twin).filter(|old| same && old.output == kind);
            if let Some(known) = known.filter(|old| self.old.holds(&self.output, &twin, old)) {
                let mut entries = self.entries.lock().expect("no code panics while it holds the entries");
                entries.insert(twin, New { entry: known.clone(), same: true, made_from: None });
                continue;
            }
            let _span = timings::span!("compress", url = file);
            if let Some(bytes) = twins::compressed(ending, body) {
                self.add(&twin, kind, &bytes, None)?;
            }
        }
        Ok(())
    }

    /// Adds a file; returns whether the output held it already.
    fn add(&self, file: &str, kind: &str, body: &[u8], made_from: Option<&Key>) -> Result<bool, Refused> {
        if !is_safe(file) {
            return Err(refused::bad_name(file));
        }
        let entry = Entry::of(body, kind);
        let same = self.old.holds(&self.output, file, &entry);
        let twice = {
            let mut entries = self.entries.lock().expect("no code panics while it holds the entries");
            entries.insert(file.to_owned(), New { entry, same, made_from: made_from.copied() }).is_some()
        };
        if twice {
            return Err(refused::twice(file));
        }
        if same {
            return Ok(true);
        }
        write_new(&self.work.staging.join(file), body).map(|()| false).map_err(|error| {
            let weighed = self.old.files.values().map(|entry| entry.size).sum();
            refused::not_written(&self.output, Some(file), &error, weighed)
        })
    }
}

/// Returns whether a path in the output is made of plain names, and is not one of our own notes.
fn is_safe(file: &str) -> bool {
    let plain = |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['\\', '\0']) && !name.ends_with(':');
    file.split('/').all(plain) && file.split('/').next() != Some(OWN)
}

/// Writes a file that does not exist, making its folders when they are missing.
fn write_new(path: &Path, body: &[u8]) -> io::Result<()> {
    // Most pages have a folder of their own, which is not there yet.
    if path.file_name().is_some_and(|name| name == "index.html")
        && let Some(folder) = path.parent()
    {
        fs::create_dir(folder).ok();
    }
    let mut file = match fs::File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = path.parent().ok_or(error)?;
            fs::create_dir_all(folder)?;
            fs::File::create_new(path)?
        }
        other => other?,
    };
    file.write_all(body)
}

fn summary(new: &BTreeMap<String, New>, removed: usize) -> Summary {
    let mut summary = Summary { removed, ..Summary::default() };
    for (file, New { entry, same, made_from: _ }) in new {
        *if *same { &mut summary.unchanged } else { &mut summary.written } += 1;
        summary.bytes += entry.size;
        let is_twin = twins::is_twin(file) && file.rsplit_once('.').is_some_and(|(own, _)| new.contains_key(own));
        let output = if is_twin { "compression" } else { entry.output.as_str() };
        let count = summary.by_output.entry(output.to_owned()).or_default();
        count.files += 1;
        count.bytes += entry.size;
    }
    summary
}

/// Writes a source file again after a repair that the writer asked for: the old bytes stay until the new ones are whole.
pub fn rewrite(file: &Path, text: &str) -> Result<(), Refused> {
    let beside = file.with_extension("md.essaim");
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, file)).map_err(|error| {
        fs::remove_file(&beside).ok();
        refused::not_written(file, None, &error, 0)
    })
}
