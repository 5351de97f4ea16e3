//! The pieces of a line of text as the HTML of e-mails.

use std::fmt::Write as _;

use super::Lowering;
use crate::doc::{Image, Inline, LinkId, inline_text};
use crate::emit::html::lower::escape;

impl Lowering<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) | Inline::SmallCaps(text) => self.text(text),
            Inline::Emphasis(inner) => self.around("em", inner),
            Inline::Strong(inner) => self.around("strong", inner),
            Inline::Deleted(inner) => self.around("del", inner),
            Inline::Superscript(inner) => self.raised("sup", inner),
            Inline::Subscript(inner) => self.raised("sub", inner),
            Inline::NoBreak(text) => {
                self.push("<span style=\"white-space:nowrap\">");
                self.text(text);
                self.push("</span>");
            }
            Inline::Code(text) => {
                self.push("<code style=\"font-family:Consolas,Menlo,monospace;font-size:15px\">");
                self.text(text);
                self.push("</code>");
            }
            Inline::Link { to, text } => self.link(*to, text),
            Inline::Image(image) => self.small_image(image),
            Inline::NoteCall { .. } if self.ways.is_away => {}
            Inline::NoteCall { note, .. } => {
                let _ = write!(self.html, "<sup style=\"font-size:12px;line-height:0\">{}</sup>", note + 1);
            }
            // An e-mail has no tooltip: the meaning is written out where the acronym first stands.
            Inline::Abbreviation { text, meaning, first } => {
                self.text(text);
                if *first && !meaning.is_empty() {
                    self.push(" (");
                    self.text(meaning);
                    self.push(")");
                }
            }
            Inline::Foreign { language, text } => {
                let direction = if crate::french::is_rtl(language) { " dir=\"rtl\"" } else { "" };
                let _ = write!(self.html, "<span lang=\"{}\"{direction}>", escape(language));
                self.inlines(text);
                self.push("</span>");
            }
            Inline::Html(html) => {
                let html = self.ways.raw(html);
                self.push(&html);
            }
            Inline::SoftBreak => self.push("\n"),
            Inline::HardBreak => self.push("<br>\n"),
        }
    }

    fn around(&mut self, name: &str, inner: &[Inline]) {
        let _ = write!(self.html, "<{name}>");
        self.inlines(inner);
        let _ = write!(self.html, "</{name}>");
    }

    fn raised(&mut self, name: &str, inner: &[Inline]) {
        let _ = write!(self.html, "<{name} style=\"font-size:12px;line-height:0\">");
        self.inlines(inner);
        let _ = write!(self.html, "</{name}>");
    }

    fn link(&mut self, to: LinkId, text: &[Inline]) {
        // The report says what is wrong; the text is never lost.
        let Some(way) = self.ways.link(to) else { return self.inlines(text) };
        self.open_link(&way.href);
        if text.is_empty() {
            self.text(&way.label);
        } else {
            self.inlines(text);
        }
        if let Some(weight) = way.weight.filter(|weight| !inline_text(text).contains(weight.as_str())) {
            let _ = write!(self.html, " ({})", escape(&weight));
        }
        self.push("</a>");
    }

    /// Opens a link in the letter's colour.
    pub(super) fn open_link(&mut self, href: &str) {
        let fort = &self.look.fort;
        let _ = write!(
            self.html,
            "<a class=\"ac\" href=\"{}\" style=\"color:{fort};text-decoration:underline\">",
            escape(href)
        );
    }

    /// Writes an image that stands in a line of text.
    fn small_image(&mut self, image: &Image) {
        match self.ways.image(image.to).filter(|shown| !shown.is_drawing) {
            Some(shown) => {
                let width = shown.size.map_or(120, |(width, _)| width.min(super::COLUMN));
                let alt = if image.decorative { "" } else { image.alt.as_str() };
                let _ = write!(
                    self.html,
                    "<img src=\"{}\" width=\"{width}\" alt=\"{}\" style=\"max-width:100%;height:auto;border:0;vertical-align:middle\">",
                    escape(&shown.src),
                    escape(alt)
                );
            }
            None if image.decorative => {}
            None => self.text(&image.alt),
        }
    }
}
