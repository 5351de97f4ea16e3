//! The cache on the disk: bytes by key, in `.essaim/cache/`, safe to share, to cut short and to delete.
#![allow(clippy::disallowed_methods, reason = "the cache is one of the few ways in and out of the disk")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::Key;

/// The first bytes of a cached file; then come the checksum of the rest, and the rest.
const MAGIC: &[u8; 8] = b"essaim1\n";
const HEADER: usize = MAGIC.len() + blake3::OUT_LEN;

/// A file used less than this ago is not marked as used again.
const FRESH: Duration = Duration::from_secs(3600);

/// A file left half-written by a run that was killed is older than this.
const ABANDONED: Duration = Duration::from_secs(600);

/// A folder of bytes by key; does nothing when there is no folder.
///
/// Nothing it meets is an error: what cannot be read is computed again, what cannot be written is not kept.
#[derive(Debug, Default)]
pub struct Disk {
    folder: Option<PathBuf>,
    /// Distinguishes programs of one version, as while working on essaim itself.
    program: [u8; 32],
    stopped: AtomicBool,
    next: AtomicU64,
}

impl Disk {
    /// Makes a cache that keeps nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Opens the cache of a site; the folder is made at the first writing.
    pub fn open(root: &Path) -> Self {
        let own = root.join(".essaim");
        let folder = own.join("cache");
        // The cache never leaves the site: a link in its place is not followed.
        let linked =
            [&own, &folder].iter().any(|path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()));
        Self { folder: (!linked).then_some(folder), program: program(), ..Self::default() }
    }

    /// Returns whether anything is kept.
    pub fn is_open(&self) -> bool {
        self.folder.is_some()
    }

    /// Returns the bytes of a key if they are there, whole.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let path = self.path(key)?;
        let mut bytes = fs::read(&path).ok()?;
        let whole = bytes.len() >= HEADER
            && bytes.starts_with(MAGIC)
            && self.checksum(key, &[&bytes[HEADER..]]).as_bytes() == &bytes[MAGIC.len()..HEADER];
        if !whole {
            fs::remove_file(&path).ok();
            return None;
        }
        mark_used(&path);
        bytes.drain(..HEADER);
        Some(bytes)
    }

    /// Keeps the bytes of a key; readers see all of them or nothing.
    pub fn put(&self, key: &Key, bytes: &[u8]) {
        self.put_parts(key, &[bytes]);
    }

    /// Keeps bytes that stand in several places, one after the other.
    pub fn put_parts(&self, key: &Key, parts: &[&[u8]]) {
        if self.stopped.load(Ordering::Relaxed) {
            return;
        }
        // A full disk or a folder without rights would refuse every file: one refusal is enough.
        if self.write(key, parts).is_err() {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Returns the bytes of a key, computing and keeping them if they are not there.
    pub fn get_or<E>(&self, key: &Key, compute: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
        if let Some(bytes) = self.get(key) {
            return Ok(bytes);
        }
        let bytes = compute()?;
        self.put(key, &bytes);
        Ok(bytes)
    }

    /// Deletes the files used longest ago until the cache weighs at most `bound` bytes.
    pub fn trim(&self, bound: u64) {
        let Some(folder) = &self.folder else { return };
        let mut files = Vec::new();
        for shard in names(folder).filter(|path| is_hex(path, 2)) {
            for path in names(&shard) {
                let Ok(metadata) = fs::metadata(&path) else { continue };
                let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                if is_hex(&path, 62) {
                    files.push((used, metadata.len(), path));
                } else if is_temporary(&path) && used.elapsed().is_ok_and(|age| age > ABANDONED) {
                    fs::remove_file(&path).ok();
                }
            }
        }
        files.sort_unstable_by(|left, right| right.cmp(left));
        let mut total = 0;
        for (_, size, path) in files {
            total += size;
            if total > bound {
                fs::remove_file(path).ok();
            }
        }
    }

    /// Returns what tells whole bytes: of another key's, or of another program's, they are foreign.
    fn checksum(&self, key: &Key, parts: &[&[u8]]) -> blake3::Hash {
        let mut all = blake3::Hasher::new();
        all.update(&self.program).update(&key.0);
        parts.iter().for_each(|part| _ = all.update(part));
        all.finalize()
    }

    fn write(&self, key: &Key, parts: &[&[u8]]) -> io::Result<()> {
        let (Some(path), Some(folder)) = (self.path(key), &self.folder) else { return Ok(()) };
        let shard = path.parent().expect("a cached file stands in a folder of the cache");
        if !shard.is_dir() {
            prepare(folder)?;
            fs::create_dir_all(shard)?;
        }
        let checksum = self.checksum(key, parts);
        let (temporary, mut file) = self.temporary(shard)?;
        let mut all = [MAGIC, &checksum.as_bytes()[..]].into_iter().chain(parts.iter().copied());
        let written = all.try_for_each(|part| file.write_all(part));
        written.and_then(|()| fs::rename(&temporary, &path)).inspect_err(|_| {
            fs::remove_file(&temporary).ok();
        })
    }

    /// Opens a file that is nobody's: in a container, a process that was killed may have had our number.
    fn temporary(&self, shard: &Path) -> io::Result<(PathBuf, fs::File)> {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let temporary = shard.join(format!("tmp-{}-{number}", std::process::id()));
            match fs::File::create_new(&temporary) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                opened => return opened.map(|file| (temporary, file)),
            }
        }
    }

    fn path(&self, key: &Key) -> Option<PathBuf> {
        let name = Key::of("disk", [&self.program[..], &key.0[..]]).hex();
        Some(self.folder.as_ref()?.join(&name[..2]).join(&name[2..]))
    }
}

/// Makes the folder, and tells version control and backup programs to leave it alone.
fn prepare(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let own = folder.parent().expect("the cache stands in a folder of the site");
    for (path, text) in [
        (own.join(".gitignore"), "*\n"),
        (folder.join("CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n"),
    ] {
        match fs::File::create_new(path) {
            Ok(mut file) => file.write_all(text.as_bytes())?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Returns what tells this program from another build of the same version.
fn program() -> [u8; 32] {
    let metadata = std::env::current_exe().and_then(fs::metadata);
    let (length, modified) = metadata.map_or((0, 0), |metadata| {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        (metadata.len(), modified.map_or(0, |age| age.as_nanos()))
    });
    Key::of("program", [&length.to_le_bytes()[..], &modified.to_le_bytes()[..]]).0
}

fn mark_used(path: &Path) {
    let stale = fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .is_ok_and(|used| used.elapsed().is_ok_and(|age| age > FRESH));
    if stale {
        fs::File::options().write(true).open(path).and_then(|file| file.set_modified(SystemTime::now())).ok();
    }
}

fn names(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// Returns whether a name is one that the cache gives: files of others are never touched.
fn is_hex(path: &Path, length: usize) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.len() == length && name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn is_temporary(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("tmp-"))
}
