//! The files of an output that essaim did not make: they are the user's, and stay.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

use super::manifest::{Entry, Manifest};
use super::refused::{Refused, in_the_way, not_written};
use super::{New, OWN};

/// What is carried over to the new site.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub files: Vec<String>,
    /// Folders without a file of any kind.
    pub folders: Vec<String>,
}

/// Finds the user's own files in an output, and checks that the new site leaves them their place.
pub(super) fn carried(output: &Path, old: &Manifest, new: &BTreeMap<String, New>) -> Result<Carried, Refused> {
    let mut carried = Carried::default();
    find(output, "", old, &mut carried).map_err(|error| not_written(output, None, &error, 0))?;
    if carried.files.is_empty() {
        return Ok(carried);
    }
    let folders: HashSet<&str> = new.keys().flat_map(|file| above(file)).collect();
    let taken = |file: &str| folders.contains(file) || above(file).any(|folder| new.contains_key(folder));
    for file in &carried.files {
        let differs = new.get(file).is_some_and(|new| {
            fs::read(output.join(file)).map_or(true, |bytes| Entry::of(&bytes, &new.entry.output) != new.entry)
        });
        if differs || taken(file) {
            return Err(in_the_way(file));
        }
    }
    // The same bytes at the same place: from now on the file is ours.
    carried.files.retain(|file| !new.contains_key(file));
    Ok(carried)
}

/// Returns the folders that a file stands in, the nearest first.
pub(super) fn above(file: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(file.rsplit_once('/').map(|(folder, _)| folder), |folder| {
        folder.rsplit_once('/').map(|(folder, _)| folder)
    })
}

/// Walks a folder; returns whether it holds any file.
fn find(folder: &Path, prefix: &str, old: &Manifest, carried: &mut Carried) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        other => other?,
    };
    let mut any = false;
    for entry in entries {
        let entry = entry?;
        // A name that is not text cannot be ours; it is kept when the old folder is emptied.
        let Ok(name) = entry.file_name().into_string() else { continue };
        if prefix.is_empty() && name == OWN {
            continue;
        }
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.file_type()?.is_dir() {
            if !find(&entry.path(), &path, old, carried)? {
                carried.folders.push(path);
            }
        } else if !old.files.contains_key(&path) {
            carried.files.push(path);
        }
        any = true;
    }
    Ok(any)
}
