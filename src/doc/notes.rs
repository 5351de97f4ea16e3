//! Footnotes while they are read: a note is numbered by its first call or by its text, whichever comes first.

use std::ops::Range;

use ecow::EcoString;

use super::builder::Builder;
use super::tree::{Block, Note};
use crate::diag::{Diagnostic, Span};
use crate::say;

/// A note whose calls and text are being gathered.
pub(super) struct PendingNote {
    pub(super) label: EcoString,
    pub(super) body: Vec<Block>,
    pub(super) calls: u32,
    pub(super) defined: Option<Span>,
}

impl Builder<'_, '_> {
    /// Returns the number of a note, which its first call or its text gives.
    pub(super) fn note(&mut self, label: &str) -> u32 {
        let next = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
        let number = *self.labels.entry(label.to_lowercase()).or_insert(next);
        if number == next {
            self.notes.push(PendingNote { label: label.into(), body: Vec::new(), calls: 0, defined: None });
        }
        number
    }

    pub(super) fn call(&mut self, note: u32) -> u32 {
        self.notes.get_mut(note as usize).map_or(0, |note| {
            note.calls += 1;
            note.calls - 1
        })
    }

    pub(super) fn define(&mut self, note: u32, mut blocks: Vec<Block>, range: &Range<usize>) {
        let span = self.span(self.trimmed(range));
        let Some(note) = self.notes.get_mut(note as usize) else { return };
        note.body.append(&mut blocks);
        let label = note.label.clone();
        if let Some(first) = note.defined.replace(span) {
            let diagnostic = Diagnostic::warning(
                "A0207",
                say!("la note « [^{label}] » est écrite deux fois", "the note “[^{label}]” is written twice"),
            )
            .at(self.file(), span)
            .also(self.file(), first, say!("la première", "the first one"))
            .help(say!("donnez un autre repère à l’une des deux", "give one of them another label"));
            self.say(diagnostic);
        }
    }

    /// Returns the notes, and says which are never called.
    pub(super) fn take_notes(&mut self) -> Vec<Note> {
        let notes = std::mem::take(&mut self.notes);
        for note in &notes {
            if let (0, Some(span)) = (note.calls, note.defined) {
                let label = &note.label;
                self.warn(
                    "A0206",
                    say!("la note « [^{label}] » n’est appelée nulle part", "the note “[^{label}]” is called nowhere"),
                    span,
                    say!(
                        "écrivez [^{label}] dans le texte, à l’endroit qu’elle éclaire",
                        "write [^{label}] in the text, where the note belongs"
                    ),
                );
            }
        }
        notes.into_iter().map(|note| Note { label: note.label, body: note.body, calls: note.calls }).collect()
    }
}
