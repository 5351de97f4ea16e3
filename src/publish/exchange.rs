//! The step that makes a prepared site the published one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::system;

use super::carry::{Carried, above, carried};
use super::manifest::{self, Entry, Manifest};
use super::refused::{Refused, not_written};
use super::work::Work;
use super::{New, OWN, write_new};

/// All that the step needs to know.
pub(super) struct Exchange<'a> {
    pub output: &'a Path,
    pub work: &'a Work,
    pub old: &'a Manifest,
    pub manifest: &'a Manifest,
    pub new: &'a BTreeMap<String, New>,
    pub removed: &'a [&'a str],
}

impl Exchange<'_> {
    /// Puts the new site in its place; until that moment the old one is untouched.
    pub fn run(&self) -> Result<(), Refused> {
        let refuse = |file: Option<&str>, error: &io::Error| {
            let size = self.new.values().map(|new| new.entry.size).sum();
            not_written(self.output, file, error, size)
        };
        if let Some(file) = self.only_change() {
            return self.replace_one(file).map_err(|error| refuse(Some(file), &error));
        }
        let carried = carried(self.output, self.old, self.new)?;
        if self.work.in_place {
            return self.in_place().map_err(|error| refuse(None, &error));
        }
        self.complete(&carried).map_err(|(file, error)| refuse(file.as_deref(), &error))?;
        match self.swap(&carried) {
            Ok(()) => Ok(()),
            Err(error) if is_mount(&error) => self.in_place().map_err(|error| refuse(None, &error)),
            Err(error) => Err(refuse(None, &error)),
        }
    }

    /// Returns the one file whose bytes change, if nothing else does: renaming it is a single step already.
    fn only_change(&self) -> Option<&str> {
        let mut written = self.new.iter().filter(|(_, new)| !new.same).map(|(file, _)| file.as_str());
        let file = written.next()?;
        let look = |path: &str| fs::symlink_metadata(self.output.join(path));
        // Through a folder that is a link, we would write where others do.
        let is_folder = |folder: &str| look(folder).is_ok_and(|metadata| metadata.is_dir());
        let stands = || above(file).all(is_folder) && look(file).is_ok_and(|metadata| metadata.is_file());
        let is_all = written.next().is_none() && self.removed.is_empty() && self.old.files.contains_key(file);
        (is_all && stands()).then_some(file)
    }

    /// Puts a file in the place of the one that stands. Were we killed before the list follows, the file would be
    /// younger than its list, and written again.
    fn replace_one(&self, file: &str) -> io::Result<()> {
        // What may not fit is written before anything moves.
        let list = self.prepared(self.manifest.to_json().as_bytes())?;
        let place = self.output.join(file);
        let folder = place.parent().unwrap_or(self.output);
        let date = fs::metadata(folder).and_then(|metadata| metadata.modified());
        move_in(&self.work.staging.join(file), &place)?;
        date.and_then(|date| fs::File::open(folder)?.set_modified(date)).ok();
        manifest::date(&list);
        move_in(&list, &self.output.join(OWN).join(manifest::NAME))
    }

    /// Adds to the staging folder all that does not change: the site there is then whole.
    fn complete(&self, carried: &Carried) -> Result<(), (Option<String>, io::Error)> {
        let staging = &self.work.staging;
        let same: Vec<&String> = self.new.iter().filter(|(_, new)| new.same).map(|(file, _)| file).collect();
        same.into_par_iter().chain(&carried.files).try_for_each(|file| {
            keep(&self.output.join(file), &staging.join(file)).map_err(|error| (Some(file.clone()), error))
        })?;
        let bare = |error| (None, error);
        for folder in &carried.folders {
            fs::create_dir_all(staging.join(folder)).map_err(bare)?;
        }
        let list = staging.join(OWN).join(manifest::NAME);
        write_new(&list, self.manifest.to_json().as_bytes()).map_err(bare)?;
        if let Ok(metadata) = fs::metadata(self.output) {
            fs::set_permissions(staging, metadata.permissions()).map_err(bare)?;
            self.quiet_folders();
        }
        Ok(())
    }

    /// Gives back their dates to folders in which no name appears or goes away.
    fn quiet_folders(&self) {
        let parent = |file: &str| above(file).map(str::to_owned).collect::<Vec<_>>();
        let appear = self.new.keys().filter(|file| !self.old.files.contains_key(*file)).map(String::as_str);
        let moved: BTreeSet<String> = appear.chain(self.removed.iter().copied()).flat_map(parent).collect();
        let still: BTreeSet<&str> =
            self.new.keys().flat_map(|file| above(file)).filter(|folder| !moved.contains(*folder)).collect();
        still.into_iter().collect::<Vec<_>>().into_par_iter().with_min_len(64).for_each(|folder| {
            let date = fs::metadata(self.output.join(folder)).and_then(|metadata| metadata.modified());
            if let Ok(date) = date {
                fs::File::open(self.work.staging.join(folder)).and_then(|folder| folder.set_modified(date)).ok();
            }
        });
    }

    /// Exchanges the two folders, then empties the old one of what was ours or was carried over.
    fn swap(&self, carried: &Carried) -> io::Result<()> {
        let Work { staging, aside, .. } = self.work;
        if !self.output.exists() {
            return patient(|| fs::rename(staging, self.output));
        }
        let old = match system::exchange(staging, self.output) {
            Ok(()) => staging,
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                patient(|| fs::rename(self.output, aside))?;
                if let Err(error) = patient(|| fs::rename(staging, self.output)) {
                    fs::rename(aside, self.output)?;
                    return Err(error);
                }
                aside
            }
            Err(error) => return Err(error),
        };
        self.empty(old, "", carried);
        manifest::date(&self.output.join(OWN).join(manifest::NAME));
        Ok(())
    }

    /// Empties the old site; what appeared in it during the build goes to the new one.
    fn empty(&self, folder: &Path, prefix: &str, carried: &Carried) {
        let entries: Vec<fs::DirEntry> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
        entries.into_par_iter().for_each(|entry| {
            let name = entry.file_name();
            let shown = name.to_string_lossy();
            let path = if prefix.is_empty() { shown.into_owned() } else { format!("{prefix}/{shown}") };
            if path == OWN {
                fs::remove_dir_all(entry.path()).ok();
            } else if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.empty(&entry.path(), &path, carried);
            } else if self.is_known(&path, carried) {
                fs::remove_file(entry.path()).ok();
            } else {
                let place = self.output.join(prefix);
                fs::create_dir_all(&place).ok();
                fs::rename(entry.path(), place.join(name)).ok();
            }
        });
        fs::remove_dir(folder).ok();
    }

    /// Returns whether a file of the old site was ours, or is in the new one already.
    fn is_known(&self, file: &str, carried: &Carried) -> bool {
        self.old.files.contains_key(file)
            || self.new.contains_key(file)
            || carried.files.iter().any(|carried| carried == file)
    }

    /// Renames files one by one into an output that cannot be exchanged: pages last, then what is gone.
    fn in_place(&self) -> io::Result<()> {
        let list = self.output.join(OWN).join(manifest::NAME);
        let mut written: Vec<&str> =
            self.new.iter().filter(|(_, new)| !new.same).map(|(file, _)| file.as_str()).collect();
        written.sort_by_key(|file| file.ends_with(".html"));
        // Were we killed on the way, the next build would find here all that may be ours, and trust none of it.
        let unsure = |file: &str| (file.to_owned(), Entry { hash: String::new(), size: 0, output: String::new() });
        let mut both = self.old.files.clone();
        both.extend(written.iter().map(|file| unsure(file)));
        self.replace(&list, Manifest { files: both, written: None }.to_json().as_bytes())?;
        // A folder where a page was, or a page where a folder was: the old one leaves first.
        let folders: BTreeSet<&str> = self.new.keys().flat_map(|file| above(file)).collect();
        let blocks = |file: &str| folders.contains(file) || above(file).any(|folder| self.new.contains_key(folder));
        let (first, last): (Vec<&str>, Vec<&str>) = self.removed.iter().partition(|file| blocks(file));
        self.remove(&first)?;
        for file in written {
            let place = self.output.join(file);
            place.parent().map_or(Ok(()), fs::create_dir_all)?;
            move_in(&self.work.staging.join(file), &place)?;
        }
        self.remove(&last)?;
        self.replace(&list, self.manifest.to_json().as_bytes())
    }

    fn remove(&self, files: &[&str]) -> io::Result<()> {
        for file in files {
            match fs::remove_file(self.output.join(file)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            for folder in above(file) {
                if fs::remove_dir(self.output.join(folder)).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }

    fn replace(&self, list: &Path, text: &[u8]) -> io::Result<()> {
        let prepared = self.prepared(text)?;
        list.parent().map_or(Ok(()), fs::create_dir_all)?;
        move_in(&prepared, list)
    }

    /// Writes a list beside the new site.
    fn prepared(&self, text: &[u8]) -> io::Result<PathBuf> {
        let prepared = self.work.staging.join(OWN).join("next.json");
        write_new(&prepared, text).map(|()| prepared)
    }
}

/// Makes a file appear at a second place without copying it, where the disk can.
fn keep(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    // The folder was missing, or the disk knows no links: the second try tells which.
    to.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::hard_link(from, to).or_else(|_| copy(from, to))
}

/// Copies a file with its date.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(from)?;
    #[cfg(unix)]
    if metadata.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::copy(from, to)?;
    fs::File::options().write(true).open(to)?.set_modified(metadata.modified()?)
}

/// Renames a file over another, by way of a copy when they are on two disks.
fn move_in(from: &Path, to: &Path) -> io::Result<()> {
    match patient(|| fs::rename(from, to)) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let near = to.with_extension("essaim-tmp");
            fs::copy(from, &near).and_then(|_| fs::rename(&near, to)).inspect_err(|_| {
                fs::remove_file(&near).ok();
            })?;
            fs::remove_file(from)
        }
        other => other,
    }
}

/// Tries again while another program, such as an antivirus, holds what is renamed.
fn patient(rename: impl Fn() -> io::Result<()>) -> io::Result<()> {
    let mut tries = if cfg!(windows) { 20 } else { 0 };
    loop {
        match rename() {
            Err(error) if tries > 0 && error.kind() == io::ErrorKind::PermissionDenied => {
                tries -= 1;
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            other => return other,
        }
    }
}

/// Returns whether a folder could not be renamed because a disk is mounted on it.
fn is_mount(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy)
}
