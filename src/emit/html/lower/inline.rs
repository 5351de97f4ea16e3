//! The pieces of a line of text as HTML.

use std::fmt::Write as _;

use ecow::EcoString;

use super::Lowering;
use super::notes::call_id;
use crate::doc::{self, Image, Inline, LinkId, inline_text};
use crate::emit::images;
use crate::site::Target;
use crate::texts::{is_special, push_with};

/// Escapes text for HTML elements and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

/// Escapes text at the end of what is written.
pub(super) fn escape_into(text: &str, out: &mut String) {
    push_with(text, out, is_special, |rest| match rest {
        [b'&', ..] => Some(("&amp;", 1)),
        [b'<', ..] => Some(("&lt;", 1)),
        [b'>', ..] => Some(("&gt;", 1)),
        [b'"', ..] => Some(("&quot;", 1)),
        _ => None,
    });
}

/// A link ready to be written.
pub(super) struct Link {
    pub href: String,
    pub is_external: bool,
    /// « PDF, 720 Kio », for a file.
    pub weight: Option<String>,
    is_here: bool,
    language: Option<String>,
}

impl Lowering<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Emphasis(inner) => self.around("em", inner),
            Inline::Strong(inner) => self.around("strong", inner),
            Inline::Deleted(inner) => self.around("del", inner),
            Inline::Superscript(inner) => self.around("sup", inner),
            Inline::Subscript(inner) => self.around("sub", inner),
            Inline::SmallCaps(text) => self.span("pc", text),
            Inline::NoBreak(text) => self.span("insec", text),
            Inline::Code(text) => {
                self.push("<code>");
                self.text(text);
                self.push("</code>");
            }
            Inline::Link { to, text } => self.link(*to, text),
            Inline::Image(image) => self.image(image),
            Inline::NoteCall { note, call } => self.note_call(*note as usize + 1, *call),
            Inline::Abbreviation { text, meaning, first } => {
                if *first && !meaning.is_empty() {
                    self.push("<abbr title=\"");
                    self.text(meaning);
                    self.push("\">");
                    self.text(text);
                    self.push("</abbr>");
                } else {
                    self.text(text);
                }
            }
            Inline::Foreign { language, text } => {
                self.push("<span lang=\"");
                self.text(language);
                self.push(if crate::french::is_rtl(language) { "\" dir=\"rtl\">" } else { "\">" });
                self.inlines(text);
                self.push("</span>");
            }
            Inline::Html(html) => self.push(html),
            Inline::SoftBreak => self.push("\n"),
            Inline::HardBreak => self.push("<br>\n"),
        }
    }

    fn around(&mut self, name: &str, inner: &[Inline]) {
        for piece in ["<", name, ">"] {
            self.push(piece);
        }
        self.inlines(inner);
        for piece in ["</", name, ">"] {
            self.push(piece);
        }
    }

    fn span(&mut self, class: &str, text: &str) {
        for piece in ["<span class=\"", class, "\">"] {
            self.push(piece);
        }
        self.text(text);
        self.push("</span>");
    }

    fn note_call(&mut self, number: usize, call: u32) {
        let (id, home) = match (self.style.has_anchors, self.is_taken && !self.in_link) {
            (true, _) => (format!(" id=\"{}\"", call_id(number, call)), String::new()),
            // An example taken up elsewhere leaves its notes at home.
            (false, true) => (String::new(), self.style.base.href(&self.page.url)),
            (false, false) => {
                let _ = write!(self.done.html, "<sup>{number}</sup>");
                return;
            }
        };
        let home = escape(&home);
        let _ = write!(self.done.html, "<a class=\"appel\"{id} href=\"{home}#note-{number}\" aria-label=\"");
        self.text(self.word("corps.note"));
        let _ = write!(self.done.html, " {number}\">{number}</a>");
    }

    fn link(&mut self, to: LinkId, text: &[Inline]) {
        let Some(link) = self.resolved(to) else {
            // The report says what is wrong; the text is never lost.
            return self.inlines(text);
        };
        self.push("<a href=\"");
        self.text(&link.href);
        self.push("\"");
        if link.is_external {
            self.push(" rel=\"external\"");
        }
        if link.is_here {
            self.push(" aria-current=\"page\"");
        }
        if let Some(language) = &link.language {
            self.push(" hreflang=\"");
            self.text(language);
            self.push("\"");
        }
        self.push(">");
        if text.is_empty() {
            let name = self.name(to);
            self.text(&name);
        } else {
            self.in_link = true;
            self.inlines(text);
            self.in_link = false;
        }
        if let Some(weight) = &link.weight
            && !inline_text(text).contains(weight.as_str())
        {
            self.push(" <span class=\"poids\">(");
            self.text(weight);
            self.push(")</span>");
        }
        self.push("</a>");
    }

    pub(super) fn resolved(&self, to: LinkId) -> Option<Link> {
        let (site, base) = (self.cx.site, &self.style.base);
        let plain = |href: String| Link { href, is_external: false, weight: None, is_here: false, language: None };
        let at = |mut href: String, anchor: Option<&str>| {
            if let Some(anchor) = anchor {
                href.push('#');
                href.push_str(anchor);
            }
            plain(href)
        };
        Some(match self.page.target(to) {
            Target::Page { page, anchor } => {
                let other = site.page(*page);
                let language = (other.language != self.page.language).then(|| other.language.to_string());
                let is_here = *page == self.page.id && anchor.is_none();
                Link { is_here, language, ..at(base.href(&other.url), anchor.as_deref()) }
            }
            Target::Anchor(anchor) if self.style.has_anchors => at(String::new(), Some(anchor)),
            Target::Anchor(anchor) => at(base.href(&self.page.url), Some(anchor)),
            Target::Example(example) => {
                let (url, anchor) = site.example_url(site.example(*example));
                at(base.href(&url), Some(&anchor))
            }
            Target::File(asset) => {
                let asset = site.asset(*asset);
                let weight = images::weight(asset.source.extension(), asset.size, &self.page.language);
                Link { weight: Some(weight), ..plain(base.href(&asset.url)) }
            }
            Target::Site { url, anchor } => at(base.href(url), anchor.as_deref()),
            Target::External(address) => Link { is_external: true, ..plain(address.to_string()) },
            Target::Mail(address) => plain(format!("mailto:{address}")),
            Target::Broken => return None,
        })
    }

    /// Returns what a link shows when the writer gave it no text.
    pub(super) fn name(&self, to: LinkId) -> EcoString {
        let site = self.cx.site;
        match self.page.target(to) {
            Target::Page { page, .. } => site.reference(site.page(*page)),
            Target::Example(example) => site.example(*example).exemple.titre.clone(),
            Target::File(asset) => site.asset(*asset).source.name().into(),
            Target::Site { url, .. } => url.as_str().into(),
            Target::Anchor(anchor) => doc::name_of(&self.page.document, anchor),
            Target::External(text) | Target::Mail(text) => text.as_str().into(),
            Target::Broken => EcoString::new(),
        }
    }

    /// Returns where a link goes, as an `href`.
    pub(super) fn href(&self, to: LinkId) -> Option<String> {
        self.resolved(to).map(|link| link.href)
    }

    pub(super) fn image(&mut self, image: &Image) {
        let (base, site) = (&self.style.base, self.cx.site);
        let asset = match self.page.target(image.to) {
            Target::File(asset) => Some(site.asset(*asset)),
            _ => None,
        };
        let src = match (asset, self.page.target(image.to)) {
            (Some(asset), _) => base.href(&images::main_url(asset)),
            (None, Target::Site { url, .. }) => base.href(url),
            (None, _) => return self.text(&image.alt),
        };
        if !self.style.has_pictures {
            return self.picture_in_words(image, &src);
        }
        let srcset = asset.map(|asset| images::srcset(asset, base)).unwrap_or_default();
        if !srcset.is_empty() {
            let _ = write!(
                self.done.html,
                "<picture><source type=\"image/webp\" srcset=\"{srcset}\" sizes=\"{}\">",
                images::SIZES
            );
        }
        self.push("<img src=\"");
        self.text(&src);
        self.push("\"");
        if let Some((width, height)) = asset.and_then(images::shown) {
            let _ = write!(self.done.html, " width=\"{width}\" height=\"{height}\"");
        }
        self.push(" alt=\"");
        if !image.decorative {
            self.text(&image.alt);
        }
        self.push("\"");
        if self.images > 0 {
            self.push(" loading=\"lazy\"");
        }
        self.push(" decoding=\"async\">");
        if !srcset.is_empty() {
            self.push("</picture>");
        }
        self.images += 1;
    }

    /// Writes the alternative of a picture, as a link to it.
    fn picture_in_words(&mut self, image: &Image, src: &str) {
        if image.decorative {
            return;
        }
        let word = self.word("corps.image");
        if !self.in_link {
            self.push("<a href=\"");
            self.text(src);
            self.push("\">");
        }
        self.text(word);
        self.push(" ");
        self.text(&image.alt);
        if !self.in_link {
            self.push("</a>");
        }
    }
}
