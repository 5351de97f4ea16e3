//! Lowers what stands in a line of text.

use ecow::EcoString;

use super::Lowering;
use crate::doc::{Image, Inline};
use crate::emit::pdf::literal::push_string;
use crate::emit::pdf::plain;

/// Emphasis in emphasis deeper than this is set flat.
const DEEPEST: u8 = 12;

/// Words of so many letters may be cut at the end of a line.
const LONG: usize = 11;

impl<'a> Lowering<'a, '_> {
    /// Lowers a line.
    pub(super) fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text) => self.prose(text),
            Inline::Emphasis(inner) => self.wrap("emph", inner),
            Inline::Strong(inner) => self.wrap("strong", inner),
            Inline::Deleted(inner) => self.deleted(inner),
            Inline::Superscript(inner) => self.wrap("super", inner),
            Inline::Subscript(inner) => self.wrap("sub", inner),
            Inline::SmallCaps(text) => self.call("siecle", text),
            Inline::NoBreak(text) => self.call("insecable", text),
            Inline::Code(text) => self.call("raw", text),
            Inline::Link { to, text } => self.link(*to, text),
            Inline::Image(image) => self.vignette(image),
            Inline::NoteCall { note, call: _ } => self.note(*note),
            Inline::Abbreviation { text, meaning, first } => self.abbreviation(text, meaning, *first),
            Inline::Foreign { language, text } => self.foreign(language, text),
            Inline::Html(html) => {
                let text = plain::of_html(html);
                self.text(&text);
            }
            Inline::SoftBreak => self.code(" "),
            Inline::HardBreak => self.code("#linebreak();"),
        }
    }

    /// `#function("text");`
    fn call(&mut self, function: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.code("#");
        self.code(function);
        self.code("(");
        self.literal(text);
        self.code(");");
    }

    /// `#function[…];`
    pub(super) fn wrap(&mut self, function: &str, inner: &'a [Inline]) {
        if self.nested >= DEEPEST {
            return self.inlines(inner);
        }
        self.nested += 1;
        self.code("#");
        self.code(function);
        self.code("[");
        self.inlines(inner);
        self.code("];");
        self.nested -= 1;
    }

    fn vignette(&mut self, image: &Image) {
        match self.around.pictures.get(&image.to) {
            Some(picture) => {
                self.code("#vignette(");
                push_string(&mut self.markup.text, picture);
                if !image.decorative {
                    self.code(", alt: ");
                    self.alt(image);
                }
                self.code(");");
            }
            None => self.text(&image.alt),
        }
    }

    /// The alternative text of an image as a literal; never empty, since the export would refuse it.
    pub(super) fn alt(&mut self, image: &Image) {
        let nameless = self.around.words.own("Image sans description", "Image without a description");
        self.literal(if image.alt.trim().is_empty() { nameless } else { &image.alt });
    }

    fn note(&mut self, note: u32) {
        let Some(body) = self.document.notes.get(note as usize) else { return };
        // A note that calls itself would have no end.
        if self.open_notes.contains(&note) || self.open_notes.len() > 2 {
            return;
        }
        let name = format!("{}n:{note}", self.around.prefix);
        if !self.seen_notes.insert(note) {
            self.code("#footnote(label(");
            push_string(&mut self.markup.text, &name);
            self.code("));");
            return;
        }
        self.open_notes.push(note);
        self.code("#footnote[");
        let (depth, in_heading) = (self.depth, self.in_heading);
        self.depth = depth.max(2);
        self.in_heading = false;
        self.tight(&body.body);
        (self.depth, self.in_heading) = (depth, in_heading);
        self.code("]");
        if body.calls > 1 {
            self.code("#label(");
            push_string(&mut self.markup.text, &name);
            self.code(")");
        }
        self.code(";");
        self.open_notes.pop();
    }

    fn abbreviation(&mut self, text: &EcoString, meaning: &EcoString, first: bool) {
        if first && self.in_heading {
            self.pending.push((text.clone(), meaning.clone()));
        }
        let held = self.pending.iter().position(|(name, _)| name == text).filter(|_| !self.in_heading);
        let explain = match held {
            Some(at) => {
                self.pending.remove(at);
                true
            }
            None => first && !self.in_heading,
        };
        if explain && !meaning.is_empty() {
            self.code("#sigle(");
            self.literal(text);
            self.code(", ");
            self.literal(meaning);
            self.code(");");
        } else {
            self.text(text);
        }
    }

    /// Later uses of an acronym are plain text: one whose explanation waits since a heading gets it there.
    fn prose(&mut self, text: &str) {
        let mut rest = text;
        while !self.in_heading && !self.pending.is_empty() {
            let next = self
                .pending
                .iter()
                .enumerate()
                .filter_map(|(at, (name, _))| Some((plain::end_of_word(rest, name)?, at)))
                .min();
            let Some((end, at)) = next else { break };
            let (_, meaning) = self.pending.remove(at);
            self.line(&rest[..end]);
            self.code("#sens(");
            self.literal(&meaning);
            self.code(");");
            rest = &rest[end..];
        }
        self.line(rest);
    }

    /// Adds prose: only its long words may be hyphenated.
    ///
    /// That is what French compositors do, and lines are found twice as fast.
    fn line(&mut self, text: &str) {
        if self.in_heading {
            return self.text(text);
        }
        for (is_long, run) in runs(text) {
            if is_long { self.text(run) } else { self.call("court", run) }
        }
    }

    /// Says at the end what the acronyms met only in headings mean.
    pub(super) fn left_acronyms(&mut self) {
        let left = std::mem::take(&mut self.pending);
        if left.is_empty() {
            return;
        }
        self.code("#sigles((");
        for (name, meaning) in &left {
            self.code("(");
            self.literal(name);
            self.code(", ");
            self.literal(meaning);
            self.code("), ");
        }
        self.code("))\n");
    }

    fn foreign(&mut self, language: &str, text: &'a [Inline]) {
        let mut parts = language.split(['-', '_']);
        let main = parts.next().unwrap_or_default().to_ascii_lowercase();
        let known = (2..=3).contains(&main.len()) && main.bytes().all(|byte| byte.is_ascii_lowercase());
        if !known || self.nested >= DEEPEST {
            return self.inlines(text);
        }
        self.nested += 1;
        self.code("#text(lang: ");
        push_string(&mut self.markup.text, &main);
        self.code(")[");
        self.inlines(text);
        self.code("];");
        self.nested -= 1;
    }
}

/// Cuts a text where long words begin and end.
fn runs(text: &str) -> Vec<(bool, &str)> {
    let mut runs: Vec<(bool, &str)> = Vec::new();
    let (mut start, mut at) = (0, 0);
    for word in text.split_inclusive(|character: char| !character.is_alphabetic()) {
        let letters = word.trim_end_matches(|character: char| !character.is_alphabetic());
        let end = at + letters.len();
        if letters.chars().count() >= LONG {
            if at > start {
                runs.push((false, &text[start..at]));
            }
            runs.push((true, &text[at..end]));
            start = end;
        }
        at += word.len();
    }
    if start < text.len() {
        runs.push((false, &text[start..]));
    }
    runs
}
