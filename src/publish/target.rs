//! Which folders may hold a site: never the sources, never what belongs to someone else.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::snapshot::SOURCES;

use super::refused::{Refused, Unfit, not_written, unfit};
use super::{OWN, manifest};

/// Returns the real path of an output that may be written, or why it may not.
pub(super) fn check(root: &Path, output: &Path) -> Result<PathBuf, Refused> {
    let refuse = |why| Err(unfit(output, why));
    let real = real(output).map_err(|error| not_written(output, None, &error, 0))?;
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    if real.parent().is_none() {
        return refuse(Unfit::Root);
    }
    if std::env::home_dir().is_some_and(|home| fs::canonicalize(&home).unwrap_or(home) == real) {
        return refuse(Unfit::Home);
    }
    if root.starts_with(&real) {
        return refuse(Unfit::AboveSources);
    }
    for source in SOURCES.into_iter().chain([OWN, ".git"]) {
        let written = root.join(source);
        let followed = fs::canonicalize(&written).unwrap_or_else(|_| written.clone());
        if real.starts_with(&written) || real.starts_with(&followed) {
            return refuse(Unfit::Sources);
        }
        if followed.starts_with(&real) {
            return refuse(Unfit::AboveSources);
        }
    }
    match fs::symlink_metadata(&real) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(real),
        Err(error) => return Err(not_written(output, None, &error, 0)),
        Ok(metadata) if metadata.is_symlink() => return refuse(Unfit::Link),
        Ok(metadata) if !metadata.is_dir() => return refuse(Unfit::NotFolder),
        Ok(_) => {}
    }
    let names = fs::read_dir(&real).map_err(|error| not_written(output, None, &error, 0))?;
    let mut empty = true;
    for name in names.flatten().map(|entry| entry.file_name()) {
        if name == ".git" {
            return refuse(Unfit::Git);
        }
        // A folder kept in version control, or seen by a file manager, is still empty.
        empty &= name == ".gitkeep" || name == ".gitignore" || name == ".DS_Store" || name == OWN;
    }
    if !empty && !real.join(OWN).join(manifest::NAME).is_file() {
        return refuse(Unfit::Foreign);
    }
    Ok(real)
}

/// Returns the path without links nor `..`, except that its last name is not followed and need not exist.
fn real(output: &Path) -> std::io::Result<PathBuf> {
    let absolute = std::path::absolute(output)?;
    let mut real = PathBuf::new();
    let mut names = absolute.components().peekable();
    while let Some(name) = names.next() {
        match name {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir => real.push(name),
            Component::Normal(_) => {
                real.push(name);
                if names.peek().is_some()
                    && let Ok(followed) = fs::canonicalize(&real)
                {
                    real = followed;
                }
            }
        }
    }
    Ok(real)
}
