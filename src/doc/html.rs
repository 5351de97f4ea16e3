//! Raw HTML blocks: an allow-list decides what stays, and everything removed is shown to the writer.

use std::borrow::Cow;

use ecow::EcoString;

use super::allowed::{DANGEROUS, FRAMED, PLAIN, TAGS, is_allowed, is_allowed_on, is_phrasing, scheme};
use super::builder::Builder;
use super::markup::{self, Tag};
use super::parse::MAX_DEPTH;
use super::tree::{Block, Figure, Image, Inline, LinkForm, LinkId, RawLink};
use crate::diag::{Span, nearest};
use crate::say;
use crate::snapshot::cleaned;

/// Elements that are nothing once an empty line has parted their beginning from their end.
const CUT: [&str; 4] = ["table", "ul", "ol", "dl"];

/// Elements that say something of all that stands in them, when an empty line does not part it from them.
const AROUND: [&str; 5] = ["div", "section", "article", "aside", "blockquote"];

/// The text of an HTML block, and where its lines stand in the Markdown.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    text: String,
    places: Vec<(usize, usize)>,
}

impl Pieces {
    pub(super) fn push(&mut self, text: &str, at: usize) {
        self.places.push((self.text.len(), at));
        self.text.push_str(text);
    }

    /// Returns what follows a byte of the text.
    fn after(&self, at: usize) -> Self {
        let first = (0, self.place(at.min(self.text.len().saturating_sub(1))));
        let others = self.places.iter().filter(|(start, _)| *start > at).map(|(start, place)| (start - at, *place));
        Self { text: self.text[at..].to_owned(), places: std::iter::once(first).chain(others).collect() }
    }

    /// Returns the place in the Markdown of a byte of the text.
    fn place(&self, at: usize) -> usize {
        let line = self.places.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.places.get(line).map_or(0, |(start, place)| place + (at - start))
    }
}

impl Builder<'_, '_> {
    /// Adds what may stay of an HTML block.
    pub(super) fn html_block(&mut self, pieces: &Pieces) {
        let html = pieces.text.as_str();
        let mut tags = markup::tags(html);
        let place = |range: &std::ops::Range<usize>| pieces.place(range.start)..pieces.place(range.end.max(1) - 1) + 1;
        if let Some(first) = tags.first()
            && first.name == "details"
            && html[..first.span.start].trim().is_empty()
            && (first.closing || !tags.iter().any(|tag| tag.closing && tag.name == "details"))
        {
            return self.details(pieces, first, &tags);
        }
        let unknown: Vec<Tag<'_>> = tags.extract_if(.., |tag| !markup::is_element(&tag.name)).collect();
        for tag in unknown.iter().filter(|tag| !tag.closing && !tag.name.contains([':', '@'])) {
            self.unknown_tag(tag, self.span(place(&tag.span)));
        }
        if let Some(at) = depth(&tags) {
            self.too_deep(pieces.place(at));
            return self.html_text(html, pieces);
        }
        let mut framed = false;
        let mut images = Vec::new();
        for tag in &tags {
            let span = self.span(place(&tag.span));
            if tag.name == "img" && !tag.closing {
                images.push((tag, span));
            } else if tag.name == "iframe" && (tag.closing || self.may_frame(tag)) {
                framed = true;
                self.check_attributes(tag, |range| place(range));
            } else if is_allowed(&tag.name) {
                self.check_attributes(tag, |range| place(range));
                self.unchecked_link(tag, span);
            } else if !tag.closing {
                self.removed_tag(&tag.name, span);
            }
        }
        if let [(tag, span)] = images.as_slice()
            && tags.iter().any(|tag| tag.name == "figure")
            && tags.iter().all(|tag| is_of_figure(&tag.name))
        {
            return self.html_figure(html, &tags, tag, *span);
        }
        let own =
            framed && tags.iter().filter(|tag| tag.name == "iframe" && !tag.closing).all(|tag| self.may_frame(tag));
        let policy = if own { &FRAMED } else { &PLAIN };
        let clean = policy.clean(&shown(html, &unknown)).to_string();
        let clean = cleaned(&clean);
        let clean = clean.trim();
        let shows = own || tags.iter().any(|tag| tag.name == "hr") || !markup::strip(clean).is_empty();
        if shows && !clean.is_empty() {
            self.push(Block::Html(EcoString::from(clean)));
        }
        // An empty line ends a block of HTML: what it cuts in two is lost.
        let count = |name: &str, closing| tags.iter().filter(|tag| tag.closing == closing && tag.name == name).count();
        let open: Vec<&str> = AROUND.into_iter().filter(|name| count(name, false) > count(name, true)).collect();
        let is_cut = |tag: &&Tag<'_>| {
            let name = tag.name.as_str();
            let says = name == "blockquote"
                || tag.attributes.iter().any(|attribute| matches!(&*attribute.name, "lang" | "dir" | "id"));
            !tag.closing && (!shows && CUT.contains(&name) || says && open.contains(&name))
        };
        if let Some(tag) = tags.iter().find(is_cut) {
            let (name, span) = (&tag.name, self.span(place(&tag.span)));
            self.warn(
                "A0203",
                say!(
                    "la balise <{name}> est retirée : une ligne vide la coupe",
                    "the tag <{name}> is removed: an empty line cuts it"
                ),
                span,
                say!(
                    "retirez les lignes vides jusqu’à </{name}>, ou écrivez ce passage en Markdown",
                    "remove the empty lines up to </{name}>, or write this passage in Markdown"
                ),
            );
        }
        for (tag, span) in images {
            if shows {
                self.warn(
                    "A0215",
                    say!("cette image passe après son bloc de HTML", "this image goes after its block of HTML"),
                    span,
                    say!(
                        "écrivez-la en Markdown, entre deux lignes vides : ![description](fichier)",
                        "write it in Markdown, between two empty lines: ![description](file)"
                    ),
                );
            }
            if let Some(image) = self.html_image(tag, span) {
                self.push(Block::Figure(Box::new(Figure { image, caption: Vec::new(), credit: None })));
            }
        }
    }

    /// `<figure>` around a picture is the figure that Markdown makes, with its caption.
    fn html_figure(&mut self, html: &str, tags: &[Tag<'_>], picture: &Tag<'_>, span: Span) {
        let caption = |closing: bool| tags.iter().find(|tag| tag.name == "figcaption" && tag.closing == closing);
        let words =
            caption(false).zip(caption(true)).and_then(|(open, close)| html.get(open.span.end..close.span.start));
        let words = words.map(markup::strip).filter(|words| !words.trim().is_empty());
        let caption = words.map(|words| Inline::Text(words.trim().into())).into_iter().collect();
        if let Some(image) = self.html_image(picture, span) {
            self.push(Block::Figure(Box::new(Figure { image, caption, credit: None })));
        }
    }

    /// `<details>` around Markdown becomes a box with its summary as a title.
    fn details(&mut self, pieces: &Pieces, first: &Tag<'_>, tags: &[Tag<'_>]) {
        let html = pieces.text.as_str();
        let span = self.span(pieces.place(first.span.start)..pieces.place(first.span.end - 1) + 1);
        let mut rest = first.span.end;
        if first.closing {
            self.close_details(pieces.place(first.span.end - 1) + 1);
        } else {
            let mut title = None;
            if let [_, open, others @ ..] = tags
                && open.name == "summary"
                && let Some(close) = others.iter().find(|tag| tag.closing && tag.name == "summary")
            {
                title = Some(EcoString::from(markup::strip(&html[open.span.end..close.span.start])));
                rest = close.span.end;
            }
            self.open_details(title, span);
        }
        let after = pieces.after(rest);
        if !after.text.trim().is_empty() {
            self.html_block(&after);
        }
    }

    /// Keeps the words of HTML that cannot be read.
    fn html_text(&mut self, html: &str, pieces: &Pieces) {
        let text = markup::strip(html);
        if !text.is_empty() {
            let start = pieces.place(0);
            let span = self.span(start..start + 1);
            self.push(Block::Paragraph { text: vec![Inline::Text(text.into())], span });
        }
    }

    /// Tells whether a frame shows a page of this site.
    fn may_frame(&self, tag: &Tag<'_>) -> bool {
        let Some(address) = tag.get("src") else { return false };
        let address = address.trim();
        if let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            return self.options.frames.iter().any(|known| known == host);
        }
        scheme(address).is_none() && !address.starts_with("//") && !address.starts_with("\\")
    }

    /// Says that a link to a page of the site is not followed in raw HTML.
    fn unchecked_link(&mut self, tag: &Tag<'_>, span: Span) {
        let Some(address) = tag.get("href").filter(|_| tag.name == "a") else { return };
        if scheme(address).is_none() && !address.starts_with(['#', '/']) {
            self.warn(
                "A0215",
                say!(
                    "le lien vers « {address} » n’est ni vérifié ni tenu à jour dans du HTML",
                    "the link to “{address}” is neither checked nor kept current in HTML"
                ),
                span,
                say!("écrivez [texte]({address})", "write [text]({address})"),
            );
        }
    }

    /// Records the image of an `<img>` tag.
    pub(super) fn html_image(&mut self, tag: &Tag<'_>, span: Span) -> Option<Image> {
        let source = tag.get("src").unwrap_or_default();
        let to = self.safe(source.trim().into(), span).filter(|to| !to.is_empty())?;
        let to: LinkId = self.add_link(RawLink { form: LinkForm::Image, to, span, to_span: span });
        let alt = tag.get("alt");
        let image = Image { to, alt: alt.unwrap_or_default().into(), decorative: alt == Some(""), span };
        self.missing_alternative(&image);
        Some(image)
    }

    /// Says which attributes of an allowed element are removed.
    pub(super) fn check_attributes(
        &mut self,
        tag: &Tag<'_>,
        place: impl Fn(&std::ops::Range<usize>) -> std::ops::Range<usize>,
    ) {
        for attribute in &tag.attributes {
            let span = self.span(place(&attribute.span));
            let (name, element) = (&attribute.name, &tag.name);
            if !is_allowed_on(element, name) {
                let help = match name.as_str() {
                    "id" | "name" => say!(
                        "mettez l’ancre sur un titre : ## Titre {{#ancre}}",
                        "put the anchor on a heading: ## Title {{#anchor}}"
                    ),
                    "style" | "align" | "width" | "height" | "bgcolor" | "color" => say!(
                        "effacez-le : la mise en forme est celle du thème",
                        "delete it: the theme decides how things look"
                    ),
                    _ => say!("effacez-le", "delete it"),
                };
                self.warn(
                    "A0204",
                    say!(
                        "l’attribut « {name} » de <{element}> est retiré",
                        "the attribute “{name}” of <{element}> is removed"
                    ),
                    span,
                    help,
                );
            } else if matches!(name.as_str(), "href" | "src" | "cite") {
                let _ = self.safe(EcoString::from(&*attribute.value), span);
            }
        }
    }

    pub(super) fn removed_tag(&mut self, name: &str, span: Span) {
        let help = match name {
            "iframe" | "embed" | "object" | "video" => say!(
                "écrivez :::video{{src=\"…\" titre=\"…\"}} pour une vidéo, ou un lien vers la page",
                "write :::video{{src=\"…\" titre=\"…\"}} for a video, or a link to the page"
            ),
            "h1" => say!("écrivez ## devant le titre", "write ## before the heading"),
            "form" | "input" | "button" | "select" | "textarea" => {
                say!("donnez plutôt un lien ou une adresse électronique", "give a link or an e-mail address instead")
            }
            "center" | "font" | "big" | "tt" | "strike" => {
                say!("effacez cette balise : son texte est gardé", "delete this tag: its text is kept")
            }
            _ => say!("effacez cette balise", "delete this tag"),
        };
        self.warn("A0203", say!("la balise <{name}> est retirée", "the tag <{name}> is removed"), span, help);
    }

    /// Says that a tag cannot stand in a line; its words stay there.
    pub(super) fn flow_tag(&mut self, name: &str, span: Span) {
        self.warn(
            "A0203",
            say!(
                "la balise <{name}> est retirée : elle ne va pas dans une ligne de texte",
                "the tag <{name}> is removed: it has no place in a line of text"
            ),
            span,
            say!(
                "mettez ce passage entre deux lignes vides, en Markdown de préférence",
                "put this passage between two empty lines, preferably in Markdown"
            ),
        );
    }

    /// Says that a tag names no element, and is shown as it was typed.
    pub(super) fn unknown_tag(&mut self, tag: &Tag<'_>, span: Span) {
        let name = &tag.name;
        let help = match nearest(name, TAGS.iter().copied()) {
            Some(near) => say!("vouliez-vous dire <{near}> ?", "did you mean <{near}>?"),
            None => say!("pour montrer le signe <, tapez \\<", "to show the sign <, type \\<"),
        };
        self.warn(
            "A0216",
            say!(
                "<{name}> n’est pas une balise et reste tel quel dans le texte",
                "<{name}> is no tag and stays as typed in the text"
            ),
            span,
            help,
        );
    }

    /// Returns an address unless its scheme is dangerous, which is reported.
    pub(super) fn safe(&mut self, to: EcoString, span: Span) -> Option<EcoString> {
        let scheme = scheme(&to).filter(|scheme| DANGEROUS.contains(&scheme.as_str()));
        let Some(scheme) = scheme else { return Some(to) };
        if to.starts_with("data:image/") {
            self.warn(
                "A0202",
                say!(
                    "cette image collée dans le texte est retirée : elle n’est pas un fichier",
                    "this picture pasted into the text is removed: it is no file"
                ),
                span,
                say!(
                    "enregistrez-la à côté de la page, puis écrivez ![description](nom-du-fichier.png)",
                    "save it beside the page, then write ![description](name-of-the-file.png)"
                ),
            );
            return None;
        }
        self.warn(
            "A0202",
            say!(
                "ce lien « {scheme}: » est retiré : il pourrait exécuter du code",
                "this “{scheme}:” link is removed: it could run code"
            ),
            span,
            say!(
                "mettez l’adresse d’une page, en https://, ou le chemin d’un fichier",
                "give the address of a page, with https://, or the path of a file"
            ),
        );
        None
    }
}

/// Makes tags that name no element part of the text: « <nom de la commune> ».
fn shown<'h>(html: &'h str, unknown: &[Tag<'_>]) -> Cow<'h, str> {
    if unknown.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len() + unknown.len() * 4);
    let mut done = 0;
    for tag in unknown {
        text.push_str(&html[done..tag.span.start]);
        text.push_str("&lt;");
        done = tag.span.start + 1;
    }
    text.push_str(&html[done..]);
    Cow::Owned(text)
}

/// Finds where the elements nest too deep, or overlap so much that they would once mended.
fn depth(tags: &[Tag<'_>]) -> Option<usize> {
    let mut open: Vec<&str> = Vec::new();
    let mut overlaps = 0;
    for tag in tags {
        if tag.is_void() {
            continue;
        }
        if !tag.closing {
            open.push(&tag.name);
            if open.len() + overlaps > MAX_DEPTH {
                return Some(tag.span.start);
            }
        } else if let Some(at) = open.iter().rposition(|name| *name == tag.name) {
            let may_end = |name: &&&str| {
                matches!(
                    **name,
                    "p" | "li" | "td" | "tr" | "th" | "thead" | "tbody" | "tfoot" | "dt" | "dd" | "colgroup"
                )
            };
            overlaps += open[at + 1..].iter().filter(|name| !may_end(name)).count();
            open.truncate(at);
        }
    }
    None
}

/// Returns whether an element may stand in a figure of which only the picture and the words of the caption are kept.
fn is_of_figure(name: &str) -> bool {
    matches!(name, "figure" | "img" | "figcaption") || is_phrasing(name) && name != "a"
}
