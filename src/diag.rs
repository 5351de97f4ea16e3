//! What the program says about the content: a severity, a stable code, a sentence, the exact bytes it speaks of, and what to do.
//!
//! Every stage returns its value beside a [`Report`] and goes on, so that one run shows every problem.

pub mod codes;
mod near;

use std::fmt;
use std::ops::Range;

use ecow::EcoString;
use serde::{Deserialize, Serialize};

pub use near::nearest;

/// A sentence said to people, in the two languages of the program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Said {
    pub fr: String,
    pub en: String,
}

/// The language the program speaks to the person who runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    #[default]
    French,
    English,
}

impl Said {
    /// Returns the sentence in one language.
    pub fn to(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::French => &self.fr,
            Tongue::English => &self.en,
        }
    }
}

/// Makes a [`Said`] from two format strings with captured names: French, then English.
#[macro_export]
macro_rules! say {
    ($fr:literal, $en:literal $(,)?) => {
        $crate::diag::Said { fr: format!($fr), en: format!($en) }
    };
}

/// Bytes of a file as saved, front matter included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Makes a span from byte positions; files are limited well below 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        let at = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
        Self { start: at(start), end: at(end.max(start)) }
    }

    /// Returns the positions as a range usable on the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Moves the span by the length of what stands before it in the file.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// The path of a source file from the site's root: `/` between names, Unicode NFC.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FilePath(EcoString);

impl FilePath {
    /// Takes a path already written with `/` from the site's root.
    pub fn new(path: impl Into<EcoString>) -> Self {
        Self(path.into())
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the last name of the path.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Returns the folder, without a final `/`; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the ending after the last dot of the name, as written.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not written until it is mended.
    Error,
    /// The site is written; a reader will probably be hurt.
    Warning,
    /// An editor's advice.
    Advice,
}

impl Severity {
    /// Returns the word people read: « erreur », « alerte », « conseil ».
    pub fn word(self, tongue: Tongue) -> &'static str {
        match (self, tongue) {
            (Self::Error, Tongue::French) => "erreur",
            (Self::Warning, Tongue::French) => "alerte",
            (Self::Advice, Tongue::French) => "conseil",
            (Self::Error, Tongue::English) => "error",
            (Self::Warning, Tongue::English) => "warning",
            (Self::Advice, Tongue::English) => "advice",
        }
    }
}

/// Bytes of a file that a diagnostic shows, with a word under the caret.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    pub file: FilePath,
    pub span: Span,
    pub label: Option<Said>,
}

/// One thing to say: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable: `E` error, `A` alerte, `C` conseil, then four digits; `essaim explain` has a page for each.
    pub code: &'static str,
    pub message: Said,
    pub at: Option<Mark>,
    /// Other places that matter, such as the first of two pages at one address.
    pub also: Vec<Mark>,
    pub help: Option<Said>,
}

impl Diagnostic {
    /// Starts an error: the site is not written.
    pub fn error(code: &'static str, message: Said) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Starts an alert: the site is written.
    pub fn warning(code: &'static str, message: Said) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Starts a piece of advice.
    pub fn advice(code: &'static str, message: Said) -> Self {
        Self::new(Severity::Advice, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: Said) -> Self {
        Self { severity, code, message, at: None, also: Vec::new(), help: None }
    }

    /// Points at bytes of a file.
    pub fn at(mut self, file: &FilePath, span: Span) -> Self {
        self.at = Some(Mark { file: file.clone(), span, label: None });
        self
    }

    /// Points at bytes of a file and says what they are.
    pub fn at_labelled(mut self, file: &FilePath, span: Span, label: Said) -> Self {
        self.at = Some(Mark { file: file.clone(), span, label: Some(label) });
        self
    }

    /// Names a file as a whole.
    pub fn in_file(self, file: &FilePath) -> Self {
        self.at(file, Span::default())
    }

    /// Shows another place that matters.
    pub fn also(mut self, file: &FilePath, span: Span, label: Said) -> Self {
        self.also.push(Mark { file: file.clone(), span, label: Some(label) });
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: Said) -> Self {
        self.help = Some(help);
        self
    }

    /// Proposes the known name nearest to the one typed, if one is near enough.
    pub fn help_near<'a>(mut self, typed: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        if let Some(near) = nearest(typed, known) {
            self.help = Some(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?"));
        }
        self
    }
}

/// The diagnostics of one run, in the order they were found until [`Report::sort`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds one diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all of another report.
    pub fn extend(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Returns whether something forbids writing the site.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Returns how many diagnostics have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Sorts by file and position and drops exact repetitions.
    pub fn sort(&mut self) {
        let key = |diagnostic: &Diagnostic| {
            let at = diagnostic.at.as_ref();
            (at.map(|mark| mark.file.clone()), at.map(|mark| mark.span), diagnostic.severity, diagnostic.code)
        };
        self.diagnostics.sort_by_cached_key(key);
        self.diagnostics.dedup();
    }

    /// Drops the alerts and advice whose code the site's configuration silences; errors stay.
    pub fn silence(&mut self, codes: &[String]) {
        self.diagnostics.retain(|diagnostic| {
            diagnostic.severity == Severity::Error || !codes.iter().any(|code| code == diagnostic.code)
        });
    }

    /// Drops the alerts and advice that the file in which they stand silences itself; errors stay.
    ///
    /// `silences` tells whether a file silences a code.
    pub fn silence_in_files(&mut self, silences: impl Fn(&FilePath, &str) -> bool) {
        self.diagnostics.retain(|diagnostic| {
            diagnostic.severity == Severity::Error
                || !diagnostic.at.as_ref().is_some_and(|mark| silences(&mark.file, diagnostic.code))
        });
    }
}
