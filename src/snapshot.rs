//! The sources of a site, read once: an immutable value that every stage shares and the only reader of files.
//!
//! Text is read at once and held, until it may go; images and other files are known by their size and read on demand.
#![allow(clippy::disallowed_methods, reason = "the snapshot is the only reader of sources")]

mod decode;
mod file;
mod said;
mod walk;

use std::cmp::Ordering;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use blake3::Hash;
use rayon::prelude::*;

use crate::diag::{Diagnostic, FilePath, Report};
use crate::timings;
use said::{no_root, same_names, twin, vanished};
use walk::{Found, Walk, unreadable, walk as walk_from};

pub(crate) use decode::cleaned;
pub use file::File;
use file::{Held, Place, is_text, open_once, read_text};
pub(crate) use walk::{is_junk, nfc};

/// What stands at the root of a site; nothing else is read.
pub const SOURCES: [&str; 4] = ["content", "site.toml", "static", "themes"];

/// The largest text that is read: a long book is under 2 MiB.
const LARGEST: u64 = 5 * 1024 * 1024;

/// All the sources of a site at one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    root: Option<PathBuf>,
    /// Sorted by path.
    files: Vec<Arc<File>>,
    /// What the walk left out and said; a file's own diagnostics are with the file.
    said: Vec<Diagnostic>,
    /// Names that some systems cannot keep apart.
    clashes: Vec<Diagnostic>,
    links: bool,
}

impl Snapshot {
    /// Reads all the sources of a site, in parallel.
    pub fn read(root: &Path) -> (Snapshot, Report) {
        let _span = timings::span!("read");
        let mut snapshot = Snapshot { root: Some(root.to_owned()), ..Snapshot::default() };
        if !root.is_dir() {
            snapshot.said.push(no_root(root));
        } else {
            let walks: Vec<Walk> = SOURCES.par_iter().map(|name| walk_from(root, name)).collect();
            snapshot.take(walks);
        }
        let report = snapshot.report();
        (snapshot, report)
    }

    /// Returns the sources after some files changed, appeared or went away, sharing all the others.
    pub fn update(&self, changed: &[PathBuf]) -> (Snapshot, Report) {
        let Some(root) = &self.root else { return (self.clone(), self.report()) };
        let mut names: Vec<String> = Vec::new();
        for path in changed {
            match path.strip_prefix(root).ok().and_then(Path::to_str) {
                // A link may lead to what changed from anywhere: only a full reading is sure.
                None | Some("") => return Self::read(root),
                Some(_) if self.links => return Self::read(root),
                Some(name) => names.push(nfc(&name.replace('\\', "/"))),
            }
        }
        names.retain(|name| SOURCES.iter().any(|source| covers(source, name)));
        // Part by part, so that what a folder holds comes right after it: `-` stands before `/`.
        names.sort_by(|left, right| left.split('/').cmp(right.split('/')));
        names.dedup_by(|name, before| covers(before, name));
        let gone = |path: &FilePath| names.iter().any(|name| covers(name, path.as_str()));
        let mut next = self.clone();
        next.files.retain(|file| !gone(&file.path));
        next.said.retain(|said| !said.at.as_ref().is_some_and(|mark| gone(&mark.file)));
        let walks = names.iter().filter(|name| !name.split('/').any(is_junk)).map(|name| walk_from(root, name));
        next.take(walks.collect());
        let report = next.report();
        (next, report)
    }

    /// Makes a snapshot of files that are only in memory.
    pub fn of<'a, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (&'a str, B)>) -> Snapshot {
        let mut snapshot = Snapshot::default();
        for (path, bytes) in files {
            let bytes: Vec<u8> = bytes.into();
            let memory: Arc<[u8]> = bytes.as_slice().into();
            let path = FilePath::new(nfc(path));
            let size = memory.len() as u64;
            let file = if is_text(&path) {
                File::decoded(path, &bytes, Place::Memory(memory))
            } else {
                File::kept(path, size, Place::Memory(memory))
            };
            snapshot.files.push(Arc::new(file));
        }
        snapshot.settle();
        snapshot
    }

    /// Returns whether nothing a build reads differs: a file saved without a change changes nothing.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |left: &Arc<File>, right: &Arc<File>| {
            // Files that are not text are read later: only the very same reading is known to be equal.
            Arc::ptr_eq(left, right)
                || (left.path == right.path && left.has_text_of(right) && left.notes == right.notes)
        };
        self.files.len() == other.files.len()
            && self.said == other.said
            && self.files.iter().zip(&other.files).all(|(left, right)| same(left, right))
    }

    /// Returns the files whose bytes differ from those of an earlier reading; nothing when files came, went or changed
    /// their names, or when it cannot be known.
    pub fn changed_since(&self, earlier: &Self) -> Option<Vec<FilePath>> {
        if self.files.len() != earlier.files.len() || self.said != earlier.said {
            return None;
        }
        let mut changed = Vec::new();
        for (new, old) in self.files.iter().zip(&earlier.files) {
            if Arc::ptr_eq(new, old) {
                continue;
            }
            if new.path != old.path || !new.notes.is_empty() || !old.notes.is_empty() {
                return None;
            }
            if !new.has_text_of(old) {
                changed.push(new.path.clone());
            }
        }
        Some(changed)
    }

    /// Returns every file that came, went or changed since an earlier reading.
    pub fn differences(&self, earlier: &Self) -> Vec<FilePath> {
        let (mut new, mut old) = (self.files.iter().peekable(), earlier.files.iter().peekable());
        let mut found = Vec::new();
        loop {
            let order = match (new.peek(), old.peek()) {
                (Some(new), Some(old)) => new.path.cmp(&old.path),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return found,
            };
            let one = if order == Ordering::Greater { None } else { new.next() };
            let other = if order == Ordering::Less { None } else { old.next() };
            match (one, other) {
                (Some(new), Some(old)) if Arc::ptr_eq(new, old) || new.has_text_of(old) => {}
                (Some(file), _) | (None, Some(file)) => found.push(file.path.clone()),
                (None, None) => {}
            }
        }
    }

    /// Returns the site's folder, unless the snapshot is only in memory.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Returns a file, whichever Unicode form its name is asked in.
    pub fn get(&self, path: &FilePath) -> Option<&File> {
        let found = |path: &str| self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok();
        let place = found(path.as_str()).or_else(|| {
            let normal = nfc(path.as_str());
            (normal != path.as_str()).then(|| found(&normal)).flatten()
        })?;
        Some(&self.files[place])
    }

    /// Returns the text of a file: without its byte order mark, in UTF-8, with the lines and columns of the file as saved.
    ///
    /// One that was let go of is read again, and is there only if it is still the same.
    pub fn text(&self, path: &FilePath) -> Option<Arc<str>> {
        self.text_of(self.get(path)?)
    }

    /// Returns what a report shows of a file: its text, or as much as can be read of bytes that are none.
    pub fn shown(&self, path: &FilePath) -> Option<Arc<str>> {
        let file = self.get(path)?;
        self.text_of(file).or_else(|| file.shown.clone())
    }

    /// Returns the bytes of a file as saved; those of an image are read from the disk at this moment.
    pub fn bytes(&self, path: &FilePath) -> Option<Arc<[u8]>> {
        let file = self.get(path)?;
        match &file.place {
            Place::Text(_) => self.text_of(file).map(Arc::from),
            Place::Memory(bytes) => Some(Arc::clone(bytes)),
            Place::Disk(disk) => fs::read(self.on_disk(&file.path, disk.as_deref())?).ok().map(Arc::from),
        }
    }

    /// Returns the size of a file in bytes; nothing if there is no such file.
    pub fn size(&self, path: &FilePath) -> Option<u64> {
        self.get(path).map(|file| file.size)
    }

    /// Returns the hash of a file's content: of its text when it has one, else of its bytes.
    pub fn hash(&self, path: &FilePath) -> Option<Hash> {
        let file = self.get(path)?;
        if let Some(hash) = file.hash.get() {
            return Some(*hash);
        }
        let hash = blake3::hash(&self.bytes(path)?);
        Some(*file.hash.get_or_init(|| hash))
    }

    /// Returns whether bytes are those that the hash of a file was made from: it may have been replaced since.
    pub fn is_still(&self, path: &FilePath, bytes: &[u8]) -> bool {
        self.hash(path).is_some_and(|hash| blake3::hash(bytes) == hash)
    }

    /// Returns the files of a folder and of those in it, by path: `under("content/")`; all of them for `""`.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a File> + Clone {
        let first = self.files.partition_point(|file| file.path.as_str() < folder);
        self.files[first..].iter().map(Arc::as_ref).take_while(move |file| file.path.as_str().starts_with(folder))
    }

    /// Returns the same snapshot without the texts of some files: they are read again from the disk when asked for, if
    /// they are still the same.
    ///
    /// Texts that are only in memory stay.
    pub fn lighter(mut self, may_go: impl Fn(&FilePath) -> bool) -> Snapshot {
        if self.root.is_none() {
            return self;
        }
        for file in &mut self.files {
            if matches!(file.held, Held::Text(_)) && may_go(&file.path) {
                Arc::make_mut(file).held = Held::Gone;
            }
        }
        self
    }

    /// Returns what there is to say about the files themselves.
    pub fn report(&self) -> Report {
        let mut report = Report { diagnostics: self.said.clone() };
        report.diagnostics.extend(self.files.iter().flat_map(|file| file.notes.iter().cloned()));
        report.diagnostics.extend(self.clashes.iter().cloned());
        report.sort();
        report
    }

    fn on_disk(&self, path: &FilePath, disk: Option<&Path>) -> Option<PathBuf> {
        disk.map(Path::to_owned).or_else(|| Some(self.root.as_ref()?.join(path.as_str())))
    }

    fn text_of(&self, file: &File) -> Option<Arc<str>> {
        match &file.held {
            Held::Text(text) => Some(Arc::clone(text)),
            Held::Gone => self.text_again(file),
            Held::Nothing => None,
        }
    }

    /// Reads a text again; nothing if it is another one: what is known of the first is not true of it.
    fn text_again(&self, file: &File) -> Option<Arc<str>> {
        let (Place::Text(disk) | Place::Disk(disk)) = &file.place else { return None };
        let (_, bytes) = read_text(&self.on_disk(&file.path, disk.as_deref())?).ok()?;
        let text = decode::decode(&file.path, &bytes).ok()?.text;
        (file.hash.get() == Some(&blake3::hash(text.as_bytes()))).then_some(text)
    }

    fn take(&mut self, walks: Vec<Walk>) {
        let mut found = Vec::new();
        for walk in walks {
            found.extend(walk.files);
            self.said.extend(walk.said);
            self.links |= walk.links;
        }
        let read: Vec<Result<File, Box<Diagnostic>>> =
            found.into_par_iter().with_max_len(16).map(|found| self.open(found)).collect();
        for one in read {
            match one {
                Ok(file) => self.files.push(Arc::new(file)),
                Err(diagnostic) => self.said.push(*diagnostic),
            }
        }
        self.settle();
    }

    /// Sorts; of two names that differ only by their Unicode form, the first stays, which [`same_names`] reports.
    fn settle(&mut self) {
        self.files.sort_by(|left, right| left.path.cmp(&right.path));
        let twins: Vec<Diagnostic> = self
            .files
            .windows(2)
            .filter(|pair| pair[0].path == pair[1].path)
            .map(|pair| twin(&pair[0].path, &pair[1].path))
            .collect();
        self.said.extend(twins);
        self.files.dedup_by(|later, first| later.path == first.path);
        self.clashes = same_names(&self.files);
    }

    fn open(&self, found: Found) -> Result<File, Box<Diagnostic>> {
        let disk = self.on_disk(&found.path, found.disk.as_deref()).expect("files are opened only under a root");
        let mut file = open_once(&found, &disk);
        let gone = |file: &io::Result<File>| file.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        if gone(&file) {
            // An editor that saves takes the file away for a moment.
            std::thread::sleep(Duration::from_millis(20));
            file = open_once(&found, &disk);
        }
        if gone(&file) {
            return Err(Box::new(vanished(&found.path)));
        }
        file.map_err(|error| Box::new(unreadable(&found.path, &error)))
    }
}

/// Returns whether a path is another one, or stands inside it.
fn covers(outer: &str, path: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
