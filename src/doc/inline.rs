//! Builds the inline part of the tree: text, emphasis, links, images, and words with attributes.

use std::ops::Range;

use ecow::EcoString;
use pulldown_cmark::{Event, LinkType, RefDefs, Tag};

use super::attributes::{self, Attributes, Name};
use super::builder::{Builder, raw};
use super::elements::Element;
use super::text::plain;
use super::tree::{Image, Inline, LinkForm, LinkId, RawLink};
use crate::diag::{Span, nearest};
use crate::say;

/// How deep emphasis, links and inline HTML may stand in each other.
pub(super) const MAX_RUNS: usize = 32;

/// How far the braces after a word or an image may reach, in bytes.
const MAX_BRACES: usize = 1024;

/// A sequence of inlines being read.
pub(super) struct Run {
    pub(super) wrap: Wrap,
    pub(super) inlines: Vec<Inline>,
    /// The square brackets opened in it and not closed.
    brackets: Vec<Bracket>,
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

struct Bracket {
    /// The place of `[` in the Markdown.
    at: usize,
    /// Where it stands in the sequence: the number of its text and the bytes before it there.
    index: usize,
    offset: usize,
}

/// What stands around an image, until it is known whether it stands alone.
pub(super) struct Caption {
    pub(super) title: EcoString,
    pub(super) credit: Option<EcoString>,
    pub(super) span: Span,
}

impl Run {
    pub(super) fn new(wrap: Wrap) -> Self {
        Self { wrap, inlines: Vec::new(), brackets: Vec::new(), end: 0 }
    }
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
            Event::Code(code) => self.add(Inline::Code(EcoString::from(&*code)), range.end),
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
        if text.is_empty() {
        } else if let Some(Inline::Text(last)) = run.inlines.last_mut() {
            last.push_str(text);
        } else {
            run.inlines.push(Inline::Text(text.into()));
        }
    }

    pub(super) fn add(&mut self, inline: Inline, end: usize) {
        if let Some(run) = self.runs.last_mut() {
            run.inlines.push(inline);
            run.end = end;
        }
    }

    fn ends(&mut self, end: usize) {
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
        inlines.shrink_to_fit();
        inlines
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
                Wrap::Image { to, titled, title: EcoString::from(&*title) }
            }
            // Superscripts and subscripts are not asked for; blocks never come here.
            _ => Wrap::Tildes,
        };
        let mut run = Run::new(wrap);
        run.end = range.start + 1;
        self.runs.push(run);
    }

    /// Records a link's address, unless it is refused; tells whether the writer gave it a text.
    fn target(
        &mut self,
        form: LinkForm,
        kind: LinkType,
        address: &str,
        label: &str,
        range: &Range<usize>,
        references: &RefDefs<'_>,
    ) -> (Option<LinkId>, bool) {
        let span = self.span(range.clone());
        let typed = address.trim();
        let (form, to, to_span, titled) = match kind {
            LinkType::WikiLink { has_pothole } => {
                let start = range.start + if form == LinkForm::Image { 3 } else { 2 };
                let form = if form == LinkForm::Image { form } else { LinkForm::Wiki };
                let start = start + (address.len() - address.trim_start().len());
                (form, EcoString::from(typed), self.span(start..start + typed.len()), has_pothole)
            }
            LinkType::Email => {
                let mut to = EcoString::from("mailto:");
                to.push_str(typed);
                (form, to, self.span(range.start + 1..range.end - 1), true)
            }
            LinkType::Autolink => (form, typed.into(), self.span(range.start + 1..range.end - 1), true),
            LinkType::Inline => (form, typed.into(), span, true),
            LinkType::Reference
            | LinkType::ReferenceUnknown
            | LinkType::Collapsed
            | LinkType::CollapsedUnknown
            | LinkType::Shortcut
            | LinkType::ShortcutUnknown => {
                let found = references.get(label).map(|found| found.span.clone()).unwrap_or(range.clone());
                let definition = self.clean.get(found.clone()).unwrap_or_default();
                let after = definition.find("]:").map_or(0, |at| at + 2);
                let place = definition[after..].find(typed).map_or(found.clone(), |at| {
                    let start = found.start + after + at;
                    start..start + typed.len()
                });
                (form, typed.into(), self.span(place), true)
            }
        };
        let to = self.safe(to, to_span).map(|to| self.add_link(RawLink { form, to, span, to_span }));
        (to, titled)
    }

    pub(super) fn add_link(&mut self, link: RawLink) -> LinkId {
        let id = LinkId(u32::try_from(self.links.len()).unwrap_or(u32::MAX));
        self.links.push(link);
        id
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
        let inlines = run.inlines;
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
                let text = if titled { inlines } else { Vec::new() };
                self.add(Inline::Link { to, text }, end);
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

    /// Finds the bytes of the address in `[texte](adresse)`; `inner` is where the text ends.
    fn find_address(&mut self, to: LinkId, inner: usize, range: Option<&Range<usize>>) {
        let (Some(range), Some(link)) = (range, self.links.get(to.0 as usize)) else { return };
        if link.to_span != link.span {
            return;
        }
        let rest = self.clean.get(inner..range.end).unwrap_or_default();
        let Some(open) = rest.find("](") else { return };
        let from = open + 2;
        let from = from + (rest[from..].len() - rest[from..].trim_start().len());
        let (from, length) = if let Some(inside) = rest[from..].strip_prefix('<') {
            (from + 1, inside.find('>').unwrap_or(inside.len()))
        } else if rest[from..].starts_with(link.to.as_str()) {
            (from, link.to.len())
        } else {
            let inside = &rest[from..];
            (from, inside.find(char::is_whitespace).unwrap_or(inside.len().saturating_sub(1)))
        };
        let found = self.span(inner + from..inner + from + length);
        if let Some(link) = self.links.get_mut(to.0 as usize) {
            link.to_span = found;
        }
    }

    /// Adds an image with the braces that follow it.
    fn image(&mut self, to: LinkId, alt: EcoString, title: EcoString, end: usize) {
        let mut decorative = false;
        let mut credit = None;
        if let Some(read) = self.braces(end) {
            for piece in &read.pieces {
                let known = match piece.name {
                    Name::Class(class) => {
                        super::loosely(class).trim_end_matches("if").trim_end_matches("ive") == "decorat"
                    }
                    Name::Key(_) | Name::Anchor(_) => false,
                };
                if known {
                    decorative = true;
                } else if matches!(piece.name, Name::Key(key) if super::loosely(key) == "credit") {
                    credit = Some(EcoString::from(&*piece.value));
                } else {
                    self.unknown_attribute(piece.name, &piece.span, &[".decorative", "credit"]);
                }
            }
            self.skip_to = read.end;
        }
        let end = self.skip_to.max(end);
        let mut span = self.links.get(to.0 as usize).map(|link| link.span).unwrap_or_default();
        span.end = self.span(end..end).end;
        if !title.is_empty() || credit.is_some() {
            self.captions.insert(to, Caption { title, credit, span });
        }
        self.add(Inline::Image(Box::new(Image { to, alt, decorative, span })), end);
    }

    /// Says which captions were left aside because their image does not stand alone.
    pub(super) fn report_captions(&mut self) {
        for caption in std::mem::take(&mut self.captions).into_values() {
            self.warn(
                "A0210",
                say!(
                    "la légende ou le crédit de cette image ne sera pas montré",
                    "this image’s caption or credit will not be shown"
                ),
                caption.span,
                say!("mettez l’image seule, entre deux lignes vides", "put the image alone, between two empty lines"),
            );
        }
    }

    // Words with attributes.

    fn open_bracket(&mut self, at: usize) {
        if let Some(run) = self.runs.last_mut() {
            let (index, offset) = match run.inlines.last() {
                Some(Inline::Text(text)) => (run.inlines.len() - 1, text.len()),
                _ => (run.inlines.len(), 0),
            };
            run.brackets.push(Bracket { at, index, offset });
        }
    }

    /// Ends `[mot]`; tells whether braces after it made it something else than text.
    fn close_bracket(&mut self, range: &Range<usize>) -> bool {
        let Some(bracket) = self.runs.last_mut().and_then(|run| run.brackets.pop()) else { return false };
        let inside = &self.clean[bracket.at + 1..range.start];
        if (2..80).contains(&inside.len())
            && inside.starts_with('^')
            && !inside.contains(|c: char| c.is_whitespace() || c == '[')
        {
            let span = self.span(bracket.at..range.end);
            self.error(
                "E0216",
                say!("la note « [{inside}] » n’est pas écrite", "the note “[{inside}]” is not written"),
                span,
                say!(
                    "ajoutez à la fin du texte une ligne « [{inside}]: … »",
                    "add a line “[{inside}]: …” at the end of the text"
                ),
            );
            return false;
        }
        let Some(read) = self.braces(range.end) else { return false };
        let mut language = None;
        let mut meaning = None;
        for piece in &read.pieces {
            match piece.name {
                Name::Key(key) if matches!(&*super::loosely(key), "lang" | "langue") => {
                    let primary = piece.value.split(['-', '_']).next().unwrap_or_default();
                    if (2..=3).contains(&primary.len())
                        && piece.value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                    {
                        language = Some(EcoString::from(&*piece.value));
                    } else {
                        let (value, span) = (&piece.value, self.span(piece.value_span.clone()));
                        self.error(
                            "E0215",
                            say!("« {value} » n’est pas un code de langue", "“{value}” is not a language code"),
                            span,
                            say!(
                                "écrivez par exemple lang=en, lang=de, lang=es ou lang=br",
                                "write for instance lang=en, lang=de, lang=es or lang=br"
                            ),
                        );
                    }
                }
                Name::Key(key) if super::loosely(key) == "sens" => meaning = Some(EcoString::from(&*piece.value)),
                name => self.unknown_attribute(name, &piece.span, &["lang", "sens"]),
            }
        }
        self.skip_to = read.end;
        let content = self.take_since(&bracket);
        let inline = match (language, meaning) {
            (None, None) => {
                self.add_all(content);
                return true;
            }
            (Some(language), None) => Inline::Foreign { language, text: content },
            (language, Some(meaning)) => {
                let text = EcoString::from(plain(&content));
                let abbreviation = Inline::Abbreviation { text, meaning, first: true };
                match language {
                    Some(language) => Inline::Foreign { language, text: vec![abbreviation] },
                    None => abbreviation,
                }
            }
        };
        self.add(inline, read.end);
        true
    }

    /// Takes out what follows a bracket in its sequence, and the bracket itself.
    fn take_since(&mut self, bracket: &Bracket) -> Vec<Inline> {
        let Some(run) = self.runs.last_mut() else { return Vec::new() };
        if bracket.index >= run.inlines.len() {
            return Vec::new();
        }
        let mut content = run.inlines.split_off(bracket.index);
        if let Some(Inline::Text(text)) = content.first_mut() {
            let (before, after) = text.split_at(bracket.offset.min(text.len()));
            let (before, after) = (EcoString::from(before), EcoString::from(after.strip_prefix('[').unwrap_or(after)));
            if !before.is_empty() {
                run.inlines.push(Inline::Text(before));
            }
            *text = after;
        }
        if matches!(content.first(), Some(Inline::Text(text)) if text.is_empty()) {
            content.remove(0);
        }
        content
    }

    /// Reads the braces that begin at a place, if there are any and they are attributes.
    fn braces(&mut self, at: usize) -> Option<Attributes<'c>> {
        let clean = self.clean;
        let rest = clean.get(at..)?;
        if !rest.starts_with('{') {
            return None;
        }
        let mut limit = rest.len().min(MAX_BRACES);
        while !rest.is_char_boundary(limit) {
            limit -= 1;
        }
        let line = &rest[..rest[..limit].find(['\n', '\r']).unwrap_or(limit)];
        if !attributes::looks_like(line) {
            return None;
        }
        match attributes::read(line, at) {
            Ok(read) => Some(read),
            Err(fault) => {
                self.report_fault(&fault);
                None
            }
        }
    }

    fn unknown_attribute(&mut self, name: Name<'_>, span: &Range<usize>, known: &[&str]) {
        let span = self.span(span.clone());
        let typed = match name {
            Name::Key(name) => name.to_owned(),
            Name::Anchor(name) => format!("#{name}"),
            Name::Class(name) => format!(".{name}"),
        };
        let help = match nearest(&typed, known.iter().copied()) {
            Some(near) => say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?"),
            None => {
                let all = known.join(", ");
                say!("on peut écrire ici : {all}", "what may be written here: {all}")
            }
        };
        self.error("E0215", say!("« {typed} » n’est pas connu ici", "“{typed}” is not known here"), span, help);
    }

    /// Reports a class that means nothing on a heading.
    pub(super) fn unknown_class(&mut self, class: &str, range: &Range<usize>) {
        let typed = format!(".{class}");
        let line = &self.clean[range.clone()];
        let at = range.start + line.rfind(&typed).unwrap_or(0);
        self.unknown_attribute(Name::Class(class), &(at..at + typed.len()), &[".hors-levier"]);
    }

    /// Gives back the words between braces at the end of a heading that are no attributes.
    pub(super) fn heading_braces(&mut self, range: &Range<usize>) -> Option<EcoString> {
        let line = &self.clean[range.clone()];
        let at = line.rfind('{')?;
        let braces = &line[at..=at + line[at..].find('}')?];
        if attributes::looks_like(braces) {
            let key = braces[1..].split(['=', '}']).next().unwrap_or_default().trim().to_owned();
            let start = range.start + at;
            self.unknown_attribute(Name::Key(&key), &(start..start + braces.len()), &["#ancre", ".hors-levier"]);
        }
        Some(EcoString::from(format!(" {braces}")))
    }

    fn is_escaped(&self, at: usize) -> bool {
        self.clean.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
    }
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
