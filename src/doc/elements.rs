//! Inline HTML: what the tree knows becomes part of it, what is harmless stays, the rest is removed and shown.

use std::fmt::Write as _;
use std::ops::Range;

use ecow::EcoString;

use super::allowed;
use super::builder::Builder;
use super::inline::Wrap;
use super::markup::{self, Tag};
use super::text::plain;
use super::tree::{Inline, LinkForm, LinkId, RawLink};
use crate::diag::Span;

/// An element whose closing tag has not been met.
pub(super) struct Element {
    name: String,
    kind: Kind,
}

enum Kind {
    Emphasis,
    Strong,
    Deleted,
    Superscript,
    Subscript,
    Code,
    Abbreviation(EcoString),
    Foreign(EcoString),
    Link(LinkId),
    /// Kept as it is; the opening tag, rebuilt.
    Kept(EcoString),
    /// The tag goes, its text stays.
    Bare,
    /// The tag goes with all it holds.
    Dropped,
}

impl Builder<'_, '_> {
    /// Takes one inline tag or comment.
    pub(super) fn inline_html(&mut self, text: &str, range: &Range<usize>) {
        if self.flattened_runs > 0 {
            return;
        }
        let Some(tag) = markup::tag(text, 0) else { return };
        if !markup::is_element(&tag.name) {
            if !tag.closing {
                self.unknown_tag(&tag, self.span(range.clone()));
            }
            return self.add_text(text);
        }
        if tag.closing {
            self.close_tag(&tag.name, range);
        } else {
            self.open_tag(&tag, range);
        }
    }

    fn open_tag(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let span = self.span(range.clone());
        let name = tag.name.as_str();
        match name {
            "br" => return self.add(Inline::HardBreak, range.end),
            "wbr" => return self.add(Inline::Html("<wbr>".into()), range.end),
            "img" => {
                if let Some(image) = self.html_image(tag, span) {
                    self.add(Inline::Image(Box::new(image)), range.end);
                }
                return;
            }
            _ => {}
        }
        let dropped = matches!(name, "script" | "style" | "template" | "noscript");
        if !allowed::is_allowed(name) || tag.is_void() {
            self.removed_tag(name, span);
            if tag.is_void() {
                return;
            }
        } else {
            let at = range.start;
            self.check_attributes(tag, |range| range.start + at..range.end + at);
        }
        if self.clean[range.clone()].ends_with("/>") {
            return;
        }
        let kind = match name {
            _ if dropped => Kind::Dropped,
            _ if !allowed::is_allowed(name) => Kind::Bare,
            _ if !allowed::is_phrasing(name) => {
                // Items and cells are not said of one by one: what holds them is.
                if !matches!(name, "li" | "dt" | "dd" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption") {
                    self.flow_tag(name, span);
                }
                self.add(Inline::SoftBreak, range.end);
                Kind::Bare
            }
            "em" | "i" => Kind::Emphasis,
            "strong" | "b" => Kind::Strong,
            "del" | "s" => Kind::Deleted,
            "sup" => Kind::Superscript,
            "sub" => Kind::Subscript,
            "code" => Kind::Code,
            "abbr" if tag.get("title").is_some_and(|title| !title.trim().is_empty()) => {
                Kind::Abbreviation(tag.get("title").unwrap_or_default().trim().into())
            }
            "a" => match tag.get("href").and_then(|href| self.safe_quietly(href)) {
                Some(to) => {
                    let to_span = self.attribute_span(tag, "href", range.start).unwrap_or(span);
                    Kind::Link(self.add_link(RawLink { form: LinkForm::Inline, to, span, to_span }))
                }
                None => Kind::Bare,
            },
            _ if tag.get("lang").is_some_and(|lang| !lang.is_empty()) && matches!(name, "span" | "i" | "cite") => {
                Kind::Foreign(tag.get("lang").unwrap_or_default().into())
            }
            "span" if tag.attributes.is_empty() => Kind::Bare,
            _ => Kind::Kept(rebuilt(tag)),
        };
        if self.runs.len() > super::inline::MAX_RUNS {
            self.too_deep(range.start);
            return;
        }
        self.push_run(Wrap::Html(Element { name: tag.name.clone(), kind }), 0);
    }

    /// Returns the bytes of an attribute of a tag that begins at a place.
    fn attribute_span(&self, tag: &Tag<'_>, name: &str, at: usize) -> Option<Span> {
        let attribute = tag.attributes.iter().find(|attribute| attribute.name == name)?;
        Some(self.span(attribute.span.start + at..attribute.span.end + at))
    }

    /// Returns an address unless it is dangerous, which [`Builder::check_attributes`] has said.
    fn safe_quietly(&self, address: &str) -> Option<EcoString> {
        let address = address.trim();
        (!address.is_empty() && !allowed::is_dangerous(address)).then(|| address.into())
    }

    fn close_tag(&mut self, name: &str, range: &Range<usize>) {
        let matching = self
            .runs
            .iter()
            .rev()
            .take_while(|run| matches!(run.wrap, Wrap::Html(_)))
            .position(|run| matches!(&run.wrap, Wrap::Html(element) if element.name == name));
        if let Some(above) = matching {
            for _ in 0..=above {
                self.pop(Some(range));
            }
        }
    }

    /// Turns an element into inlines; `closed` when its closing tag was met.
    pub(super) fn close_element(&mut self, element: Element, inlines: Vec<Inline>, end: usize, closed: bool) {
        let inline = match element.kind {
            Kind::Emphasis => Inline::Emphasis(inlines),
            Kind::Strong => Inline::Strong(inlines),
            Kind::Deleted => Inline::Deleted(inlines),
            Kind::Superscript => Inline::Superscript(inlines),
            Kind::Subscript => Inline::Subscript(inlines),
            Kind::Code => Inline::Code(plain(&inlines).into()),
            Kind::Abbreviation(meaning) => Inline::Abbreviation { text: plain(&inlines).into(), meaning, first: true },
            Kind::Foreign(language) => Inline::Foreign { language, text: inlines },
            Kind::Link(to) => Inline::Link { to, text: inlines },
            Kind::Kept(open) => {
                let close = EcoString::from(format!("</{}>", element.name));
                self.add(Inline::Html(open), end);
                self.add_all(inlines);
                Inline::Html(close)
            }
            Kind::Bare => return self.add_all(inlines),
            Kind::Dropped if closed => return,
            Kind::Dropped => return self.add_all(inlines),
        };
        self.add(inline, end);
    }
}

/// Writes an opening tag again with the attributes that may stay.
fn rebuilt(tag: &Tag<'_>) -> EcoString {
    let mut open = format!("<{}", tag.name);
    for (at, attribute) in tag.attributes.iter().enumerate() {
        let first = tag.attributes[..at].iter().all(|before| before.name != attribute.name);
        let allowed = allowed::is_allowed_on(&tag.name, &attribute.name) && !allowed::is_dangerous(&attribute.value);
        if first && allowed {
            let value =
                attribute.value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
            write!(open, " {}=\"{value}\"", attribute.name).expect("writing to a String cannot fail");
        }
    }
    open.push('>');
    open.into()
}
