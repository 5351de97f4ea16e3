//! Builds the inline part of the tree: text, emphasis, links, images, and words with attributes.

use std::borrow::Cow;
use std::ops::Range;

use ecow::EcoString;
use pulldown_cmark::{Event, RefDefs, Tag};

use super::builder::{Builder, raw};
use super::elements::Element;
use super::text::plain;
use super::tree::{Inline, LinkForm, LinkId};
use super::words::Bracket;
use crate::snapshot::cleaned;
use crate::texts::shared;

/// How deep emphasis, links and inline HTML may stand in each other.
pub(super) const MAX_RUNS: usize = 32;

/// A sequence of inlines being read.
pub(super) struct Run {
    pub(super) wrap: Wrap,
    pub(super) inlines: Vec<Inline>,
    /// The square brackets opened in it and not closed.
    pub(super) brackets: Vec<Bracket>,
    /// Where the last piece in it ends.
    end: usize,
}

/// What a sequence becomes when it ends.
pub(super) enum Wrap {
    /// The content of a paragraph, a heading or a cell.
    Leaf,
    Emphasis,
    Strong,
    Deleted,
    /// One `~` on each side is text: « ~10 % ».
    Tildes,
    /// `None` when the address was refused: the text stays.
    Link {
        to: Option<LinkId>,
        titled: bool,
    },
    Image {
        to: Option<LinkId>,
        titled: bool,
        title: EcoString,
    },
    Html(Element),
}

impl<'c> Builder<'c, '_> {
    pub(super) fn inline(&mut self, event: Event<'_>, range: Range<usize>) {
        if range.start < self.skip_to {
            let rest = self.skip_to.max(range.start)..range.end.max(self.skip_to);
            let rest = self.clean.get(rest).unwrap_or_default();
            self.add_text(rest);
            return;
        }
        match event {
            Event::Code(code) => self.add(Inline::Code(shared(&code)), range.end),
            Event::InlineHtml(html) => {
                let html = raw(self.clean, &html, &range);
                self.inline_html(html, &range);
                self.ends(range.end);
            }
            Event::FootnoteReference(label) => {
                let note = self.note(&label);
                let call = self.call(note);
                self.add(Inline::NoteCall { note, call }, range.end);
            }
            Event::SoftBreak => self.add(Inline::SoftBreak, range.end),
            Event::HardBreak => self.add(Inline::HardBreak, range.end),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.add_text(&text),
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Html(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        let text = raw(self.clean, text, &range);
        let text = if range.start < self.skip_to {
            if range.end <= self.skip_to {
                return;
            }
            self.clean.get(self.skip_to..range.end).unwrap_or_default()
        } else {
            text
        };
        if text.starts_with("::") && !self.is_escaped(range.start) {
            self.report_unopened(text, range.start);
        }
        if text == "[" && !self.is_escaped(range.start) {
            self.open_bracket(range.start);
        } else if text == "]" && !self.is_escaped(range.start) && self.close_bracket(&range) {
            self.ends(range.end);
            return;
        }
        self.add_text(text);
        self.ends(range.end);
    }

    /// Adds text to the innermost sequence.
    pub(super) fn add_text(&mut self, text: &str) {
        let Some(run) = self.runs.last_mut() else { return };
        // An entity stands alone: `&#8238;` is seen no more than the character itself.
        let text = if text.len() <= char::MAX.len_utf8() { cleaned(text) } else { Cow::Borrowed(text) };
        if text.is_empty() {
        } else if let Some(Inline::Text(last)) = run.inlines.last_mut() {
            last.push_str(&text);
        } else {
            run.inlines.push(Inline::Text(shared(&text)));
        }
    }

    pub(super) fn add(&mut self, inline: Inline, end: usize) {
        if let Some(run) = self.runs.last_mut() {
            run.inlines.push(inline);
            run.end = end;
        }
    }

    pub(super) fn ends(&mut self, end: usize) {
        if let Some(run) = self.runs.last_mut() {
            run.end = end;
        }
    }

    /// Takes the whole content of the leaf, closing what stands open in it.
    pub(super) fn take_text(&mut self) -> Vec<Inline> {
        while self.runs.len() > 1 {
            self.pop(None);
        }
        self.flattened_runs = 0;
        let mut inlines = self.runs.pop().map(|run| run.inlines).unwrap_or_default();
        trim(&mut inlines);
        exact(&mut self.spare_inlines, inlines)
    }

    /// Begins a sequence inside the innermost one.
    pub(super) fn push_run(&mut self, wrap: Wrap, end: usize) {
        let inlines = self.spare_inlines.pop().unwrap_or_default();
        self.runs.push(Run { wrap, inlines, brackets: Vec::new(), end });
    }

    // Emphasis, links and images.

    pub(super) fn wrap(&mut self, tag: Tag<'_>, range: Range<usize>, references: &RefDefs<'_>) {
        if range.start < self.skip_to || self.flattened_runs > 0 || self.runs.len() > MAX_RUNS {
            if range.start >= self.skip_to {
                self.too_deep(range.start);
            }
            self.flattened_runs += 1;
            return;
        }
        let wrap = match tag {
            Tag::Emphasis => Wrap::Emphasis,
            Tag::Strong => Wrap::Strong,
            Tag::Strikethrough if self.clean[range.start..].starts_with("~~") => Wrap::Deleted,
            Tag::Strikethrough => {
                self.add_text("~");
                Wrap::Tildes
            }
            Tag::Link { link_type, dest_url, id, .. } => {
                let (to, titled) = self.target(LinkForm::Inline, link_type, &dest_url, &id, &range, references);
                Wrap::Link { to, titled }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let (to, titled) = self.target(LinkForm::Image, link_type, &dest_url, &id, &range, references);
                Wrap::Image { to, titled, title: shared(&cleaned(&title)) }
            }
            // Superscripts and subscripts are not asked for; blocks never come here.
            _ => Wrap::Tildes,
        };
        self.push_run(wrap, range.start + 1);
    }

    /// Ends the emphasis, link or image that the parser ends.
    pub(super) fn unwrap(&mut self, range: &Range<usize>) {
        if self.flattened_runs > 0 {
            self.flattened_runs -= 1;
            return;
        }
        while self.runs.len() > 1 && matches!(self.runs.last(), Some(Run { wrap: Wrap::Html(_), .. })) {
            self.pop(None);
        }
        if self.runs.len() > 1 {
            self.pop(Some(range));
        }
    }

    /// Turns the innermost sequence into an inline of the one around it.
    pub(super) fn pop(&mut self, range: Option<&Range<usize>>) {
        let Some(run) = self.runs.pop() else { return };
        let end = range.map_or(run.end, |range| range.end);
        let inlines = exact(&mut self.spare_inlines, run.inlines);
        match run.wrap {
            Wrap::Leaf => self.add_all(inlines),
            Wrap::Emphasis => self.add(Inline::Emphasis(inlines), end),
            Wrap::Strong => self.add(Inline::Strong(inlines), end),
            Wrap::Deleted => self.add(Inline::Deleted(inlines), end),
            Wrap::Tildes => {
                self.add_all(inlines);
                self.add_text("~");
            }
            Wrap::Link { to: None, .. } => self.add_all(inlines),
            Wrap::Link { to: Some(to), titled } => {
                self.find_address(to, run.end, range);
                // Blanks are no name: the link shows that of its target.
                let is_blank = |inline: &Inline| match inline {
                    Inline::Text(text) => text.trim().is_empty(),
                    inline => matches!(inline, Inline::SoftBreak | Inline::HardBreak),
                };
                let text = if titled && !inlines.iter().all(is_blank) { inlines } else { Vec::new() };
                self.link(Inline::Link { to, text }, end);
            }
            Wrap::Image { to: None, .. } => self.add_text(&plain(&inlines)),
            Wrap::Image { to: Some(to), titled, title } => {
                self.find_address(to, run.end, range);
                let alt = if titled { plain(&inlines).into() } else { EcoString::new() };
                self.image(to, alt, title, end);
            }
            Wrap::Html(element) => self.close_element(element, inlines, end, range.is_some()),
        }
        self.ends(end);
    }

    pub(super) fn add_all(&mut self, inlines: Vec<Inline>) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.add_text(&text),
                other => {
                    if let Some(run) = self.runs.last_mut() {
                        run.inlines.push(other);
                    }
                }
            }
        }
    }

    pub(super) fn is_escaped(&self, at: usize) -> bool {
        self.clean.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
    }
}

/// Returns what was gathered with no more memory than it takes; what it was gathered in will serve again.
pub(super) fn exact<T>(spare: &mut Vec<Vec<T>>, mut gathered: Vec<T>) -> Vec<T> {
    let mut kept = Vec::with_capacity(gathered.len());
    kept.append(&mut gathered);
    spare.push(gathered);
    kept
}

/// Removes the breaks and spaces at both ends.
pub(super) fn trim(inlines: &mut Vec<Inline>) {
    while matches!(inlines.last(), Some(Inline::SoftBreak | Inline::HardBreak)) {
        inlines.pop();
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        let end = text.trim_end_matches([' ', '\t']).len();
        text.truncate(end);
        if end == 0 {
            inlines.pop();
        }
    }
    if matches!(inlines.first(), Some(Inline::SoftBreak | Inline::HardBreak)) {
        inlines.remove(0);
    }
}
