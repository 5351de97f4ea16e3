//! Links and images: the address as typed, its bytes, and the braces after an image.

use std::ops::Range;

use ecow::EcoString;
use pulldown_cmark::{LinkType, RefDefs};

use super::attributes::Name;
use super::builder::Builder;
use super::tree::{Image, Inline, LinkForm, LinkId, RawLink};
use crate::diag::{Diagnostic, FilePath, Span};
use crate::say;
use crate::snapshot::cleaned;
use crate::texts::shared;

/// What stands around an image, until it is known whether it stands alone.
pub(super) struct Caption {
    pub(super) title: EcoString,
    pub(super) credit: Option<EcoString>,
    pub(super) span: Span,
}

impl Builder<'_, '_> {
    /// Records a link's address, unless it is refused; tells whether the writer gave it a text.
    pub(super) fn target(
        &mut self,
        form: LinkForm,
        kind: LinkType,
        address: &str,
        label: &str,
        range: &Range<usize>,
        references: &RefDefs<'_>,
    ) -> (Option<LinkId>, bool) {
        let span = self.span(range.clone());
        let address = &*cleaned(address);
        let mut typed = address.trim();
        let (form, to, to_span, titled) = match kind {
            LinkType::WikiLink { has_pothole } => {
                // In a table, the bar before the text is typed `\|`.
                typed = if has_pothole { typed.trim_end_matches('\\').trim_end() } else { typed };
                let start = range.start + if form == LinkForm::Image { 3 } else { 2 };
                let form = if form == LinkForm::Image { form } else { LinkForm::Wiki };
                // What was typed with escapes is not found.
                let found = self.clean.get(start..range.end).and_then(|inside| inside.find(typed));
                let place = found.map_or(range.clone(), |at| start + at..start + at + typed.len());
                (form, shared(typed), self.span(place), has_pothole)
            }
            LinkType::Email => {
                let mut to = EcoString::from("mailto:");
                to.push_str(typed);
                (form, to, self.span(range.start + 1..range.end - 1), true)
            }
            LinkType::Autolink => (form, shared(typed), self.span(range.start + 1..range.end - 1), true),
            LinkType::Inline => (form, shared(typed), span, true),
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
                (form, shared(typed), self.span(place), true)
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

    /// Finds the bytes of the address in `[texte](adresse)`; `inner` is where the text ends.
    pub(super) fn find_address(&mut self, to: LinkId, inner: usize, range: Option<&Range<usize>>) {
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

    /// Adds a link with the braces that follow it: `[texte](adresse){lang=en}`.
    pub(super) fn link(&mut self, link: Inline, end: usize) {
        let Some(read) = self.braces(end) else { return self.add(link, end) };
        let (language, _) = self.word_attributes(&read, &["lang"]);
        self.skip_to = read.end;
        let inline = match language {
            Some(language) => Inline::Foreign { language, text: vec![link] },
            None => link,
        };
        self.add(inline, read.end);
    }

    /// Adds an image with the braces that follow it.
    pub(super) fn image(&mut self, to: LinkId, alt: EcoString, title: EcoString, end: usize) {
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
        let image = Image { to, alt, decorative, span };
        self.missing_alternative(&image);
        self.add(Inline::Image(Box::new(image)), end);
    }

    /// Says that an image says nothing to those who do not see it.
    pub(super) fn missing_alternative(&mut self, image: &Image) {
        if !image.decorative && image.alt.trim().is_empty() {
            self.say(missing_alternative(self.file(), image.span));
        }
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
}

/// The alert given of an image that has no alternative text and is not marked as decoration.
pub fn missing_alternative(file: &FilePath, at: Span) -> Diagnostic {
    Diagnostic::warning(
        "A0601",
        say!(
            "cette image n’a pas de description : qui ne la voit pas n’en saura rien",
            "this image has no description: those who do not see it learn nothing of it"
        ),
    )
    .at(file, at)
    .help(say!(
        "écrivez ce qu’elle montre entre les crochets : ![texte](image.jpg) ; si elle ne fait que décorer : ![](image.jpg){{.decorative}}",
        "write what it shows between the brackets: ![text](image.jpg); if it is only decoration: ![](image.jpg){{.decorative}}"
    ))
}
