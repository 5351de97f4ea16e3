//! The folder where a site is prepared, beside its output, and the lock that one build at a time holds.

use std::fs;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::OWN;
use super::refused::{Refused, busy, not_written};

/// How long a build waits for another one to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// A prepared folder; dropped, it goes away with everything in it.
#[derive(Debug)]
pub(super) struct Work {
    folder: PathBuf,
    /// Where the new site is written.
    pub staging: PathBuf,
    /// Where the old site waits, on systems that cannot exchange two folders.
    pub aside: PathBuf,
    /// The output cannot be exchanged: files are renamed into it one by one.
    pub in_place: bool,
    /// Held until the end: the system lets go of it if this process dies.
    lock: fs::File,
}

impl Work {
    /// Takes the lock of an output and makes a clean place to prepare its next content.
    pub fn begin(output: &Path) -> Result<Self, Refused> {
        let refuse = |error: io::Error| not_written(output, None, &error, 0);
        let parent = output.parent().expect("an output that was checked has a parent");
        fs::create_dir_all(parent).map_err(refuse)?;
        let name = output.file_name().expect("an output that was checked has a name").to_string_lossy();
        let beside = parent.join(format!(".{name}.essaim"));
        let mounted = is_mounted(output, parent);
        let made = if mounted { Err(io::ErrorKind::CrossesDevices.into()) } else { fs::create_dir_all(&beside) };
        let (folder, in_place) = match made {
            Ok(()) => (beside, false),
            // The folder above is not ours, or is on another disk: everything happens inside the output.
            Err(_) if output.is_dir() => (output.join(OWN).join("work"), true),
            Err(error) => return Err(refuse(error)),
        };
        fs::create_dir_all(&folder).map_err(refuse)?;
        let lock = lock(output, &folder.join("lock"))?;
        let work = Self { staging: folder.join("new"), aside: folder.join("old"), folder, in_place, lock };
        work.recover(output).map_err(refuse)?;
        fs::create_dir(&work.staging).map_err(refuse)?;
        Ok(work)
    }

    /// Clears what a killed build left, after putting back the old site if it was caught between two places.
    fn recover(&self, output: &Path) -> io::Result<()> {
        if self.aside.is_dir() && !output.exists() {
            fs::rename(&self.aside, output)?;
        }
        for left in [&self.staging, &self.aside] {
            match fs::remove_dir_all(left) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.staging).ok();
        fs::remove_dir(&self.aside).ok();
        fs::remove_file(self.folder.join("lock")).ok();
        self.lock.unlock().ok();
        if fs::remove_dir(&self.folder).is_ok() && self.in_place {
            // The folder of our notes is empty when nothing was published.
            self.folder.parent().map(fs::remove_dir);
        }
    }
}

/// Takes the lock, waiting a little for whoever holds it.
fn lock(output: &Path, path: &Path) -> Result<fs::File, Refused> {
    let refuse = |error: io::Error| not_written(output, None, &error, 0);
    let start = Instant::now();
    loop {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(refuse)?;
        }
        let mut options = fs::File::options();
        let file = options.read(true).write(true).create(true).truncate(false).open(path);
        let mut file = match file {
            Ok(file) => file,
            // The holder ended and took its folder away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(refuse(error)),
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => {
                file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).map_err(refuse)?;
                return Ok(file);
            }
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(fs::TryLockError::WouldBlock) => {
                let mut holder = String::new();
                file.rewind().and_then(|()| file.read_to_string(&mut holder)).ok();
                return Err(busy(output, holder.trim().parse().ok()));
            }
            // Some network disks have no locks: one build at a time is then the writer's affair.
            Err(fs::TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// Returns whether the locked file is still the one at its path: its last holder may have deleted it.
#[cfg(unix)]
fn is_at(file: &fs::File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |left: fs::Metadata, right: fs::Metadata| (left.dev(), left.ino()) == (right.dev(), right.ino());
    file.metadata().ok().zip(fs::metadata(path).ok()).is_some_and(|(left, right)| same(left, right))
}

#[cfg(not(unix))]
fn is_at(_file: &fs::File, path: &Path) -> bool {
    path.exists()
}

/// Returns whether the output is a disk of its own, which cannot be renamed.
#[cfg(unix)]
fn is_mounted(output: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| fs::symlink_metadata(path).map(|metadata| metadata.dev()).ok();
    device(output).zip(device(parent)).is_some_and(|(left, right)| left != right)
}

#[cfg(not(unix))]
fn is_mounted(_output: &Path, _parent: &Path) -> bool {
    false
}
