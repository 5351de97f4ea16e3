//! The pieces of a line of text in the text part of e-mails.

use super::{Text, unescaped};
use crate::doc::Inline;
use crate::emit::mail::inspect::attribute;

impl Text<'_> {
    /// Returns a line of text with the numbers of its links.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) -> String {
        let mut line = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::SmallCaps(text) | Inline::NoBreak(text) | Inline::Code(text) => {
                    line.push_str(&text.replace("\n", " "))
                }
                Inline::Emphasis(inner) | Inline::Superscript(inner) | Inline::Subscript(inner) => {
                    line.push_str(&self.inlines(inner))
                }
                Inline::Strong(inner) => {
                    let inner = self.inlines(inner);
                    line.push_str(&format!("*{}*", inner.trim()));
                }
                Inline::Deleted(inner) => {
                    let inner = self.inlines(inner);
                    line.push_str(&format!("~{}~", inner.trim()));
                }
                Inline::Foreign { text, .. } => line.push_str(&self.inlines(text)),
                Inline::Link { to, text } => match self.ways.link(*to) {
                    Some(way) => {
                        let mut words = if text.is_empty() { way.label.clone() } else { self.inlines(text) };
                        if let Some(weight) = way.weight.filter(|weight| !words.contains(weight.as_str())) {
                            words.push_str(&format!(" ({weight})"));
                        }
                        let number = self.number(&way.href);
                        line.push_str(&format!("{words}\u{a0}{number}"));
                    }
                    None => line.push_str(&self.inlines(text)),
                },
                Inline::Image(image) => line.push_str(&self.image(image)),
                Inline::NoteCall { .. } if self.ways.is_away => {}
                Inline::NoteCall { note, .. } => line.push_str(&format!("\u{a0}({})", note + 1)),
                Inline::Abbreviation { text, meaning, first } => {
                    line.push_str(text);
                    if *first && !meaning.is_empty() {
                        line.push_str(&format!(" ({meaning})"));
                    }
                }
                Inline::Html(html) => line.push_str(&self.raw(html)),
                Inline::SoftBreak => line.push(' '),
                Inline::HardBreak => line.push('\n'),
            }
        }
        line
    }

    /// Returns the words of raw HTML that passed the allow-list, with the numbers of its links.
    pub(super) fn raw(&mut self, html: &str) -> String {
        let html = self.ways.raw(html);
        let mut words = String::new();
        let mut rest = html.as_str();
        while let Some(open) = rest.find('<') {
            words.push_str(&unescaped(&rest[..open]));
            let Some(close) = rest[open..].find('>') else { break };
            let tag = &rest[open + 1..open + close];
            if tag.starts_with("br") || tag.starts_with("/p") || tag.starts_with("/li") {
                words.push('\n');
            }
            if let Some(address) = attribute(tag, "href") {
                words.push_str(&self.number(&address));
                words.push(' ');
            }
            rest = &rest[open + close + 1..];
        }
        words.push_str(&unescaped(rest));
        words
    }
}
