//! The files that change under a preview: gathered into bursts, without what no writer did.
#![allow(clippy::disallowed_methods, reason = "looking at folders is what a watcher does")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use notify::event::{Event, EventKind};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diag::Diagnostic;
use crate::say;
use crate::snapshot::{SOURCES, is_junk};
use crate::system;

/// A burst of changes ends after this much quiet.
const QUIET: Duration = Duration::from_millis(12);

/// A burst is handed over after this long even if it goes on.
const LONGEST: Duration = Duration::from_millis(1000);

/// Past this many files, reading everything again is simpler and hardly slower.
const MANY: usize = 2000;

/// What changed since the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Files or folders written, made, renamed or deleted.
    Paths(Vec<PathBuf>),
    /// Too much to tell, or the system lost count.
    Everything,
}

/// A watch over a site's sources; nothing else is looked at, so that our own outputs never wake it.
pub struct Watch {
    root: PathBuf,
    seen: Arc<Seen>,
    watcher: Box<dyn Watcher + Send>,
    /// Said when the system could not watch and files are compared every second instead.
    pub note: Option<Box<Diagnostic>>,
}

impl Watch {
    /// Starts watching a site's sources; `root` must be the path that a snapshot was read from.
    pub fn start(root: &Path) -> Result<Self, Box<Diagnostic>> {
        let seen = Arc::new(Seen::new(root));
        let started = if system::is_remote(root) { None } else { system(root, &seen).ok() };
        let (watcher, note) = match started {
            Some(watcher) => (watcher, None),
            None => (polling(root, &seen).map_err(|error| Box::new(cannot_watch(&error)))?, Some(Box::new(slow(root)))),
        };
        Ok(Self { root: root.to_owned(), seen, watcher, note })
    }

    /// Waits for the next burst of changes.
    pub fn wait(&mut self) -> Change {
        let change = self.seen.wait();
        if let Change::Paths(paths) = &change {
            // A whole folder of sources that comes back must be watched again.
            for path in paths.iter().filter(|path| path.parent() == Some(&self.root)) {
                watch(self.watcher.as_mut(), path).ok();
            }
        } else {
            SOURCES.iter().for_each(|source| {
                watch(self.watcher.as_mut(), &self.root.join(source)).ok();
            });
        }
        change
    }
}

/// What the watcher's thread has seen and nobody took yet; repetitions weigh nothing.
struct Seen {
    root: PathBuf,
    burst: Mutex<Burst>,
    came: Condvar,
}

#[derive(Default)]
struct Burst {
    paths: BTreeSet<PathBuf>,
    everything: bool,
    last: Option<Instant>,
}

impl Seen {
    fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), burst: Mutex::default(), came: Condvar::new() }
    }

    fn add(&self, event: notify::Result<Event>) {
        let mut burst = self.burst.lock().expect("no code panics while it holds the burst");
        match event {
            Ok(event) if event.need_rescan() => burst.everything = true,
            // Reading a file, as we do, is not changing it.
            Ok(Event { kind: EventKind::Access(_), .. }) => return,
            Ok(event) => {
                let before = burst.paths.len();
                burst.paths.extend(event.paths.into_iter().filter(|path| is_source(&self.root, path)));
                if burst.paths.len() == before && burst.last.is_none() {
                    return;
                }
            }
            Err(_) => burst.everything = true,
        }
        if burst.paths.len() > MANY {
            burst.everything = true;
            burst.paths.clear();
        }
        burst.last = Some(Instant::now());
        self.came.notify_one();
    }

    fn wait(&self) -> Change {
        let mut burst = self.burst.lock().expect("no code panics while it holds the burst");
        while burst.last.is_none() {
            burst = self.came.wait(burst).expect("no code panics while it holds the burst");
        }
        let start = Instant::now();
        while let Some(left) = burst.last.and_then(|last| QUIET.checked_sub(last.elapsed())) {
            if left.is_zero() || start.elapsed() > LONGEST {
                break;
            }
            burst = self.came.wait_timeout(burst, left).expect("no code panics while it holds the burst").0;
        }
        let Burst { paths, everything, .. } = std::mem::take(&mut *burst);
        if everything { Change::Everything } else { Change::Paths(paths.into_iter().collect()) }
    }
}

/// Returns whether a path is one that a snapshot would read.
fn is_source(root: &Path, path: &Path) -> bool {
    let Ok(rest) = path.strip_prefix(root) else { return false };
    let mut names = rest.iter().map(|name| name.to_string_lossy());
    names.next().is_some_and(|first| SOURCES.contains(&first.as_ref())) && !names.any(|name| is_junk(&name))
}

fn system(root: &Path, seen: &Arc<Seen>) -> notify::Result<Box<dyn Watcher + Send>> {
    let seen = Arc::clone(seen);
    let mut watcher = RecommendedWatcher::new(move |event| seen.add(event), Config::default())?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    SOURCES.iter().try_for_each(|source| watch(&mut watcher, &root.join(source)))?;
    Ok(Box::new(watcher))
}

fn polling(root: &Path, seen: &Arc<Seen>) -> notify::Result<Box<dyn Watcher + Send>> {
    let seen = Arc::clone(seen);
    let every = Config::default().with_poll_interval(Duration::from_secs(1));
    let mut watcher = PollWatcher::new(move |event| seen.add(event), every)?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    SOURCES.iter().try_for_each(|source| watch(&mut watcher, &root.join(source)))?;
    Ok(Box::new(watcher))
}

/// Watches a folder of sources, if it is there; `site.toml` is seen from the root.
fn watch(watcher: &mut dyn Watcher, path: &Path) -> notify::Result<()> {
    if path.is_dir() { watcher.watch(path, RecursiveMode::Recursive) } else { Ok(()) }
}

fn slow(root: &Path) -> Diagnostic {
    let root = root.display();
    Diagnostic::warning(
        "A0907",
        say!(
            "le système ne signale pas les changements dans « {root} » : ils sont cherchés toutes les secondes",
            "the system does not tell of changes in “{root}”: they are looked for every second"
        ),
    )
    .help(say!(
        "l’aperçu suit avec un léger retard ; copiez le site sur un disque de ce poste pour qu’il soit immédiat",
        "the preview follows a little late; copy the site to a disk of this computer to make it immediate"
    ))
}

fn cannot_watch(error: &notify::Error) -> Diagnostic {
    Diagnostic::error(
        "E0916",
        say!(
            "les fichiers du site ne peuvent pas être surveillés ({error})",
            "the site’s files cannot be watched ({error})"
        ),
    )
    .help(say!(
        "vérifiez que le dossier existe et que vous avez le droit de le lire",
        "check that the folder exists and that you may read it"
    ))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_source;

    #[test]
    fn only_what_a_snapshot_would_read_wakes_the_preview() {
        let root = Path::new("/site");
        for path in
            ["/site/site.toml", "/site/content/a.md", "/site/content", "/site/static/.htaccess", "/site/themes/t/a.css"]
        {
            assert!(is_source(root, Path::new(path)), "{path}");
        }
        for path in [
            "/site",
            "/site/public/index.html",
            "/site/.essaim/cache/x",
            "/site/.public.essaim/new/index.html",
            "/site/site.toml~",
            "/site/content/4913",
            "/site/content/.a.md.swp",
            "/site/content/a.md~",
            "/site/content/~$fiche.docx",
            "/site/content/.git/HEAD",
            "/elsewhere/content/a.md",
        ] {
            assert!(!is_source(root, Path::new(path)), "{path}");
        }
    }
}
