//! One source file: its text, held until it may go, or only where its bytes are.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use blake3::Hash;

use super::said::too_large;
use super::walk::Found;
use super::{LARGEST, decode};
use crate::diag::{Diagnostic, FilePath};

/// A source file.
#[derive(Debug, Clone)]
pub struct File {
    /// From the site's root.
    pub path: FilePath,
    /// In bytes, as saved.
    pub size: u64,
    pub(super) held: Held,
    /// What to show of bytes that are no text.
    pub(super) shown: Option<Arc<str>>,
    pub(super) place: Place,
    /// Known from the reading of a file that has a text.
    pub(super) hash: OnceLock<Hash>,
    pub(super) notes: Vec<Diagnostic>,
}

/// The text of a file.
#[derive(Debug, Clone)]
pub(super) enum Held {
    Text(Arc<str>),
    /// There is one, which is read again from the disk when it is asked for.
    Gone,
    /// There is none.
    Nothing,
}

/// Where a file's bytes are.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// In the file's text, which is its bytes unchanged; on the disk as well, as for [`Place::Disk`], under a root.
    Text(Option<PathBuf>),
    Memory(Arc<[u8]>),
    /// On the disk, at this path or at its own path under the root.
    Disk(Option<PathBuf>),
}

impl File {
    /// Returns the file's text, when it has one that is held.
    pub fn text(&self) -> Option<&Arc<str>> {
        match &self.held {
            Held::Text(text) => Some(text),
            Held::Gone | Held::Nothing => None,
        }
    }

    /// Returns whether both files have a text, and the same.
    pub(super) fn has_text_of(&self, other: &File) -> bool {
        let has_text = |file: &File| !matches!(file.held, Held::Nothing);
        has_text(self) && has_text(other) && self.hash.get() == other.hash.get()
    }

    pub(super) fn kept(path: FilePath, size: u64, place: Place) -> File {
        File { path, size, held: Held::Nothing, shown: None, place, hash: OnceLock::new(), notes: Vec::new() }
    }

    pub(super) fn decoded(path: FilePath, bytes: &[u8], place: Place) -> File {
        let size = bytes.len() as u64;
        match decode::decode(&path, bytes) {
            Ok(decoded) => {
                let hash = OnceLock::from(blake3::hash(decoded.text.as_bytes()));
                let place = match place {
                    Place::Disk(disk) if decoded.exact => Place::Text(disk),
                    Place::Memory(_) if decoded.exact => Place::Text(None),
                    other => other,
                };
                File { path, size, held: Held::Text(decoded.text), shown: None, place, hash, notes: decoded.notes }
            }
            Err(refused) => {
                let shown = refused.shown.map(Arc::from);
                File { notes: vec![refused.said], shown, ..File::kept(path, size, place) }
            }
        }
    }
}

pub(super) fn open_once(found: &Found, disk: &Path) -> io::Result<File> {
    let path = found.path.clone();
    if !is_text(&path) {
        return Ok(File::kept(path, fs::metadata(disk)?.len(), Place::Disk(found.disk.clone())));
    }
    let (size, bytes) = read_text(disk)?;
    if size > LARGEST || bytes.len() as u64 > LARGEST {
        let notes = if is_written(&path) { vec![too_large(&path, size)] } else { Vec::new() };
        return Ok(File { notes, ..File::kept(path, size, Place::Disk(found.disk.clone())) });
    }
    Ok(File::decoded(path, &bytes, Place::Disk(found.disk.clone())))
}

/// Returns the size of a file and its bytes: none of a file that is too large, one too many of a file that becomes so.
pub(super) fn read_text(disk: &Path) -> io::Result<(u64, Vec<u8>)> {
    let file = fs::File::open(disk)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(LARGEST)).unwrap_or(0) + 1);
    if size <= LARGEST {
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    }
    Ok((size, bytes))
}

/// Text is read only where the program looks at it; what is in `static/` is copied as it is.
pub(super) fn is_text(path: &FilePath) -> bool {
    const TEXT: [&str; 13] =
        ["css", "csv", "html", "js", "json", "md", "mjml", "svg", "toml", "txt", "typ", "yaml", "yml"];
    let extension = path.extension().to_ascii_lowercase();
    !path.as_str().starts_with("static/") && TEXT.contains(&extension.as_str())
}

/// Returns whether the site cannot be understood without this file; a large drawing or table is only a file to copy.
pub(super) fn is_written(path: &FilePath) -> bool {
    !matches!(path.extension().to_ascii_lowercase().as_str(), "csv" | "json" | "svg" | "txt")
}
