//! What the builder says of a document, up to a number that a writer can read.

use super::builder::Builder;
use super::marks::shown_as_typed;
use crate::diag::{Diagnostic, FilePath, Said, Severity, Span};
use crate::say;

/// How many errors of one file are said at most, and how many alerts.
const MAX_SAID: usize = 500;

impl Builder<'_, '_> {
    pub(super) fn error(&mut self, code: &'static str, message: Said, span: Span, help: Said) {
        self.say(Diagnostic::error(code, message).at(self.file(), span).help(help));
    }

    pub(super) fn warn(&mut self, code: &'static str, message: Said, span: Span, help: Said) {
        self.say(Diagnostic::warning(code, message).at(self.file(), span).help(help));
    }

    /// Says that a text which is shown as it is holds marks of Markdown.
    pub(super) fn say_marks(&mut self, name: &str, text: &str, span: Span) {
        if let Some(said) = shown_as_typed(name, text, self.whole(), self.file(), span) {
            self.say(said);
        }
    }

    /// Adds a diagnostic, unless the file already has more of its severity than anyone reads: an error is never lost behind alerts.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        let is_error = diagnostic.severity == Severity::Error;
        let said = if is_error { &mut self.errors } else { &mut self.remarks };
        *said += 1;
        if *said <= MAX_SAID {
            self.report.push(diagnostic);
        }
    }

    /// Says how much was left unsaid.
    pub(super) fn report_unsaid(&mut self) {
        let unsaid = self.errors.saturating_sub(MAX_SAID) + self.remarks.saturating_sub(MAX_SAID);
        if unsaid > 0 {
            self.report.push(too_much(self.file(), unsaid));
        }
    }
}

fn too_much(file: &FilePath, unsaid: usize) -> Diagnostic {
    Diagnostic::warning(
        "A0217",
        say!(
            "ce fichier appelle encore {unsaid} remarques, qui ne sont pas montrées",
            "this file calls for {unsaid} more remarks, which are not shown"
        ),
    )
    .in_file(file)
    .help(say!(
        "reprenez-le par le début : une faute répétée, ou un texte collé d’ailleurs, les explique souvent",
        "start again from its top: one repeated slip, or text pasted from elsewhere, often explains them"
    ))
}
