//! `essaim serve`: the site on this machine, following every change.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use crate::build::{Build, Options};
use crate::diag::{FilePath, Report, Said};
use crate::emit;
use crate::memo::{Disk, Memos};
use crate::report;
use crate::say;
use crate::serve::{Preview, Refresh};
use crate::snapshot::Snapshot;
use crate::watch::{Change, Watch};

use super::timings::{Form, Timer};
use super::ui::{Exit, Ui, lasted};
use super::{editor, read};

/// Ouvre un aperçu qui suit vos modifications
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// Port d’écoute ; 4000 par défaut, puis le premier libre
    #[arg(long, short, value_name = "PORT", default_value_t = 4000, hide_default_value = true)]
    port: u16,
    /// Ouvre l’aperçu dans votre navigateur
    #[arg(long)]
    open: bool,
    /// Montre aussi l’aperçu aux appareils du réseau local, à une adresse avec un jeton et un code QR
    #[arg(long)]
    lan: bool,
    /// Dit où passe le temps : human, ou json pour un programme
    #[arg(
        long,
        value_name = "FORME",
        hide_possible_values = true,
        num_args = 0..=1,
        default_missing_value = "human"
    )]
    timings: Option<Form>,
}

impl ServeArgs {
    /// Serves until the program is stopped.
    pub fn run(self, root: &Path, ui: &Ui) -> Exit {
        if !root.is_dir() {
            return read(root, ui).err().unwrap_or(Exit::Usage);
        }
        // The system tells of changes by real paths.
        let root = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let bound =
            if self.lan { Preview::bind_to_network(self.port, ui.tongue) } else { Preview::bind(self.port, ui.tongue) };
        let folder = root.clone();
        let preview =
            match bound {
                Ok(preview) => Arc::new(preview.opening(Box::new(move |file, line, column| {
                    editor::open(&folder.join(file.as_str()), line, column)
                }))),
                Err(refused) => {
                    ui.alone(&refused);
                    return Exit::System;
                }
            };
        // Watched before it is read: a change in between is not lost.
        let mut watch = match Watch::start(&root) {
            Ok(watch) => watch,
            Err(refused) => {
                ui.alone(&refused);
                return Exit::System;
            }
        };
        if let Some(note) = &watch.note {
            ui.alone(note);
        }
        let start = Instant::now();
        let mut desk = Desk::open(&root, &preview, Timer::start(self.timings));
        let snapshot = Snapshot::read(&root).0;
        desk.show(snapshot, Refresh::Page, ui);
        desk.timer.tell(start.elapsed(), ui);
        let address = preview.address();
        ui.say(&say!(
            "Aperçu : {address}\nCtrl+C l’arrête ; il suit vos modifications.",
            "Preview: {address}\nCtrl+C stops it; it follows your changes."
        ));
        if let Some(invitation) = preview.invitation() {
            ui.say(&say!(
                "Sur le réseau local : {invitation}\nQui a cette adresse voit l’aperçu, brouillons compris ; elle change à chaque lancement.",
                "On the local network: {invitation}\nWhoever has this address sees the preview, drafts included; it changes at each start."
            ));
            ui.picture(emit::qr(&invitation));
        }
        if self.open {
            open(&address);
        }
        let served = Arc::clone(&preview);
        std::thread::spawn(move || served.run());
        loop {
            desk.follow(watch.wait(), ui);
        }
    }
}

/// What the preview is made from, between two changes.
struct Desk<'a> {
    root: PathBuf,
    preview: &'a Preview,
    options: Options,
    memos: Arc<Memos>,
    timer: Timer,
    snapshot: Snapshot,
    /// Of this snapshot; none while the configuration or the theme cannot be read.
    build: Option<Arc<Build>>,
    told: Report,
}

impl<'a> Desk<'a> {
    fn open(root: &Path, preview: &'a Preview, timer: Timer) -> Self {
        Self {
            root: root.to_owned(),
            preview,
            options: Options { base_url: Some(preview.address()), drafts: true, preview: true, ..Options::default() },
            memos: Arc::new(Memos::new(Disk::open(root))),
            timer,
            snapshot: Snapshot::default(),
            build: None,
            told: Report::default(),
        }
    }

    /// Takes a burst of changes.
    fn follow(&mut self, change: Change, ui: &Ui) {
        let start = Instant::now();
        let (next, names) = match &change {
            Change::Everything => (Snapshot::read(&self.root).0, Vec::new()),
            Change::Paths(paths) => {
                let name = |path: &PathBuf| path.strip_prefix(&self.root).unwrap_or(path).display().to_string();
                (self.snapshot.update(paths).0, paths.iter().map(name).collect())
            }
        };
        if next.is_same(&self.snapshot) {
            return;
        }
        let is_style = |file: &FilePath| file.as_str().starts_with("themes/") && file.extension() == "css";
        let styles = next.differences(&self.snapshot).iter().all(is_style);
        let refresh = if styles && !self.told.has_errors() { Refresh::Styles } else { Refresh::Page };
        self.show(next, refresh, ui);
        let time = start.elapsed();
        ui.say(&followed(&names, &self.told, ui, time));
        self.timer.tell(time, ui);
    }

    /// Builds and shows; says what is wrong when it is not what was said last.
    fn show(&mut self, snapshot: Snapshot, refresh: Refresh, ui: &Ui) {
        let (build, report) = match self.build.as_ref().and_then(|build| build.again(&snapshot)) {
            Some((build, report)) => (Some(build), report),
            None => Build::new(&snapshot, &self.options, &self.memos),
        };
        self.build = build.map(Arc::new);
        let (build, sources) = (self.build.clone(), snapshot.clone());
        let pages = build.map(|build| Arc::new(move |url: &_| build.render(url)) as Arc<crate::serve::Pages>);
        self.preview.show(pages, Arc::new(move |file| sources.shown(file)), report.clone(), refresh);
        if report != self.told {
            ui.report(&report, &snapshot);
        }
        self.memos.sweep();
        self.snapshot = snapshot;
        self.told = report;
    }
}

fn followed(names: &[String], report: &Report, ui: &Ui, time: Duration) -> Said {
    let what = match names {
        [] => say!("tout le site", "the whole site"),
        [one] => say!("{one}", "{one}"),
        [first, _] => say!("{first} et un autre", "{first} and one more"),
        [first, others @ ..] => {
            let count = others.len();
            say!("{first} et {count} autres", "{first} and {count} more")
        }
    };
    let time = lasted(time);
    let counts = report::counts(report, ui.tongue).map_or(String::new(), |counts| format!(" ({counts})"));
    Said {
        fr: format!("{} : aperçu à jour en {}{counts}", what.fr, time.fr),
        en: format!("{}: preview up to date in {}{counts}", what.en, time.en),
    }
}

/// Opens an address in the browser; where there is none, the address printed above is enough.
fn open(address: &str) {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(first).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().ok();
}
