//! What the program says: to people on the standard error, to programs on the standard output.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::diag::{Diagnostic, Report, Said, Severity, Tongue};
use crate::french::Lang;
use crate::publish::{self, Refused};
use crate::report::{self, Look, Texts};
use crate::snapshot::Snapshot;
use crate::{refusal, say, system};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: done.
    Done,
    /// 1: the content has errors; nothing was written.
    Content,
    /// 2: wrong usage or configuration.
    Usage,
    /// 3: the system refused.
    System,
}

impl Exit {
    /// Returns the code of the process.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::Content => 1,
            Self::Usage => 2,
            Self::System => 3,
        })
    }

    /// Returns how a command ends on a report: faults of the content first, then of the disk, then of `site.toml`.
    pub fn of(report: &Report) -> Self {
        let errors = report.diagnostics.iter().filter(|said| said.severity == Severity::Error);
        let of = |said: &Diagnostic| match (said.code, said.at.as_ref().map(|mark| mark.file.as_str())) {
            ("E0901", _) => Self::System,
            ("E0501" | "E0707" | "E0708" | "E0908", _) | (_, Some("site.toml")) => Self::Usage,
            _ => Self::Content,
        };
        errors
            .map(of)
            .min_by_key(|exit| [Self::Content, Self::System, Self::Usage].iter().position(|one| one == exit))
            .unwrap_or(Self::Done)
    }
}

/// The voice of the program.
pub(super) struct Ui {
    pub tongue: Tongue,
    pub json: bool,
    quiet: bool,
    look: Look,
    live: bool,
}

impl Ui {
    /// Looks at the terminal once.
    pub fn new(tongue: Tongue, json: bool, quiet: bool) -> Self {
        let live = std::io::stderr().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.or_else(system::terminal_width).unwrap_or(100).clamp(40, 140);
        Self { tongue, json, quiet, look: Look { tongue, width, colour: live && !plain && !dumb }, live }
    }

    /// Returns the language of dates and numbers said to people.
    pub fn lang(&self) -> Lang {
        match self.tongue {
            Tongue::French => Lang::Fr,
            Tongue::English => Lang::En,
        }
    }

    /// Whether a program listens: what is said is one JSON object a line.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Whether someone is there to read a question and to answer it.
    pub fn is_answered(&self) -> bool {
        self.live && !self.quiet && !self.json && std::io::stdin().is_terminal()
    }

    /// Says a sentence, unless asked to be quiet or heard by a program.
    pub fn say(&self, sentence: &Said) {
        if !self.quiet && !self.json {
            self.tell(sentence.to(self.tongue));
        }
    }

    /// Draws something for whoever looks at a terminal; programs and logs have no use for it.
    pub fn picture(&self, drawn: Option<String>) {
        if self.live && !self.quiet && !self.json {
            self.tell(drawn.unwrap_or_default().trim_end());
        }
    }

    /// Writes data on the standard output; a reader that went away is not an error.
    pub fn data(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).ok();
    }

    /// Shows a report, with the lines of the sources it speaks of.
    pub fn report(&self, report: &Report, snapshot: &Snapshot) {
        let texts: &Texts<'_> = &|file| snapshot.shown(file);
        if self.json {
            return self.data(&report::json(report, texts, self.tongue));
        }
        let (report, left_out) = report::readable(report);
        if self.quiet {
            let errors = report.diagnostics.iter().filter(|said| said.severity == Severity::Error).cloned().collect();
            return self.tell(report::terminal(&Report { diagnostics: errors }, texts, self.look).trim_end());
        }
        self.tell(report::terminal(&report, texts, self.look).trim_end());
        left_out.iter().for_each(|said| self.tell(said.to(self.tongue)));
    }

    /// Says how many errors, alerts and pieces of advice there were, and what follows from it.
    pub fn count(&self, report: &Report, follows: &Said) {
        let Some(counts) = report::counts(report, self.tongue) else { return };
        let explained =
            report.diagnostics.iter().find(|said| said.severity == Severity::Error).or(report.diagnostics.first());
        let code = explained.map_or("", |said| said.code);
        self.say(&Said {
            fr: format!("{counts}{}\n« essaim explain {code} » explique le message {code}.", follows.fr),
            en: format!("{counts}{}\n“essaim explain {code}” explains the message {code}.", follows.en),
        });
    }

    /// Shows one diagnostic that speaks of no line of a source.
    pub fn alone(&self, diagnostic: &Diagnostic) {
        self.report(&Report { diagnostics: vec![diagnostic.clone()] }, &Snapshot::default());
    }

    /// Says that a file or a folder could not be written, and why.
    pub fn not_written(&self, shown: &str, error: &io::Error) -> Exit {
        let why = refusal::reason(error);
        let (fr, en) = (why.fr, why.en);
        self.alone(&Diagnostic::error(
            "E0911",
            say!("« {shown} » n’a pas pu être écrit : {fr}", "“{shown}” could not be written: {en}"),
        ));
        Exit::System
    }

    /// Shows why a site was not written.
    pub fn refused(&self, refused: &Refused) -> Exit {
        self.alone(&refused.diagnostic);
        match refused.exit {
            publish::Exit::Usage => Exit::Usage,
            publish::Exit::System => Exit::System,
        }
    }

    /// Starts counting files on a terminal; nothing is drawn before a second has passed.
    pub fn progress(&self, files: usize) -> Progress {
        let bar = ProgressBar::with_draw_target(u64::try_from(files).ok(), ProgressDrawTarget::hidden());
        let template = match self.tongue {
            Tongue::French => "  {bar:32} {pos} fichiers sur {len}",
            Tongue::English => "  {bar:32} {pos} files of {len}",
        };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        let wanted = self.live && !self.quiet && !self.json;
        Progress { bar, start: Instant::now(), wanted }
    }

    fn tell(&self, text: &str) {
        if !text.is_empty() {
            writeln!(std::io::stderr().lock(), "{text}").ok();
        }
    }
}

/// A count of files, drawn when it lasts.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    wanted: bool,
}

impl Progress {
    /// Counts one more file.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.wanted && self.bar.is_hidden() && self.start.elapsed() > Duration::from_secs(1) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Returns the language to speak: that of `--lang`, else of the system when it is English, else French.
pub(super) fn tongue(arguments: impl IntoIterator<Item = OsString>) -> Tongue {
    let arguments: Vec<String> =
        arguments.into_iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let after = arguments.iter().position(|argument| argument == "--lang").and_then(|at| arguments.get(at + 1));
    let asked = arguments.iter().find_map(|argument| argument.strip_prefix("--lang=")).or(after.map(String::as_str));
    let spoken = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    let language = asked.map(str::to_owned).or(spoken).unwrap_or_default();
    if language == "en" || language.starts_with("en_") || language.starts_with("en-") || language.starts_with("en.") {
        Tongue::English
    } else {
        Tongue::French
    }
}

/// Returns how long something took: « 0,42 s », « 2 min 5 s ».
pub(super) fn lasted(time: Duration) -> Said {
    let seconds = time.as_secs();
    if seconds >= 60 {
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        return say!("{minutes} min {seconds} s", "{minutes} min {seconds} s");
    }
    let short = format!("{:.2}", time.as_secs_f64());
    Said { fr: format!("{} s", short.replace('.', ",")), en: format!("{short} s") }
}
