//! Footnotes as HTML: the list under the body, with the ways back to where each is called.

use std::fmt::Write as _;

use super::Lowering;
use crate::doc::{Block, Document, Note};

impl Lowering<'_> {
    pub(super) fn notes(&mut self, document: &Document) {
        if document.notes.is_empty() {
            return;
        }
        let title = self.word("corps.notes");
        let (open, close) = if self.style.has_anchors {
            ("<section class=\"notes\" aria-labelledby=\"notes\"><h2 id=\"notes\">", "</h2>\n<ol>\n")
        } else {
            ("<section class=\"notes\"><h2>", "</h2>\n<ol>\n")
        };
        self.push(open);
        self.text(title);
        self.push(close);
        self.level = 2;
        self.depth += 1;
        for (place, note) in document.notes.iter().enumerate() {
            self.note(place + 1, note);
        }
        self.depth -= 1;
        self.push("</ol></section>\n");
    }

    fn note(&mut self, number: usize, note: &Note) {
        if self.style.has_anchors {
            let _ = write!(self.done.html, "<li id=\"note-{number}\">");
        } else {
            self.push("<li>");
        }
        let last_is_text = matches!(note.body.last(), Some(Block::Paragraph { .. }));
        let before = note.body.len().saturating_sub(usize::from(last_is_text));
        self.blocks(&note.body[..before]);
        let is_single = note.body.len() == 1;
        if let Some(Block::Paragraph { text, .. }) = note.body.last() {
            if !is_single {
                self.push("<p>");
            }
            self.inlines(text);
            self.returns(number, note.calls);
            if !is_single {
                self.push("</p>");
            }
        } else {
            self.returns(number, note.calls);
        }
        self.push("</li>\n");
    }

    fn returns(&mut self, number: usize, calls: u32) {
        if !self.style.has_anchors {
            return;
        }
        let label = self.word("corps.retour_note");
        for call in 0..calls {
            let id = call_id(number, call);
            let _ = write!(self.done.html, " <a class=\"retour\" href=\"#{id}\" aria-label=\"");
            let label =
                if call == 0 { format!("{label} {number}") } else { format!("{label} {number} ({})", call + 1) };
            self.text(&label);
            self.push("\">↩</a>");
        }
    }
}

/// Returns the id of a footnote's call: `appel-1`, then `appel-1-2`.
pub(super) fn call_id(number: usize, call: u32) -> String {
    if call == 0 { format!("appel-{number}") } else { format!("appel-{number}-{}", call + 1) }
}
