//! The document tree as the HTML of e-mails: tables where boxes are, every style on its element, widths in pixels,
//! nothing that needs a style sheet. Classes serve the dark mode alone.

mod boxes;
mod inline;
mod tables;

use std::fmt::Write as _;

use super::look::{Look, SANS, SERIF};
use super::ways::Ways;
use crate::doc::{AlertKind, Block, Document, Figure, Heading, Image, Inline, Item, List, inline_text};
use crate::emit::html::lower::escape;

/// The widest that a picture of the text stands, in pixels: the text's column.
pub const COLUMN: u32 = 536;

/// A rubric of an issue: a level-2 heading and what stands below it.
#[derive(Debug, Clone, Default)]
pub struct Rubric {
    /// The text of the heading; empty for what stands before the first one.
    pub title: String,
    pub title_html: String,
    pub html: String,
}

/// Lowers a body: its rubrics, and its footnotes as one more.
pub fn rubrics(ways: Ways<'_>, look: &Look, document: &Document) -> Vec<Rubric> {
    let mut rubrics = Vec::new();
    for (heading, blocks) in cut(&document.blocks) {
        let mut lowering = Lowering::new(ways, look);
        lowering.level = if heading.is_some() { 2 } else { 1 };
        let title_html = heading.map(|heading| lowering.alone(&heading.text)).unwrap_or_default();
        lowering.blocks(blocks);
        let title = heading.map(|heading| inline_text(&heading.text)).unwrap_or_default();
        if heading.is_some() || !lowering.html.is_empty() {
            rubrics.push(Rubric { title, title_html, html: lowering.html });
        }
    }
    if !document.notes.is_empty() {
        let mut lowering = Lowering::new(ways, look);
        let title = lowering.word("corps.notes").to_owned();
        lowering.notes(document);
        rubrics.push(Rubric { title_html: escape(&title), title, html: lowering.html });
    }
    rubrics
}

/// Returns the titles of the rubrics, for the list at the head of the issue.
pub fn titles(document: &Document) -> Vec<String> {
    cut(&document.blocks).into_iter().filter_map(|(heading, _)| Some(inline_text(&heading?.text))).collect()
}

/// Cuts a body at its level-2 headings.
pub fn cut(blocks: &[Block]) -> Vec<(Option<&Heading>, &[Block])> {
    let mut parts = Vec::new();
    let (mut heading, mut from) = (None, 0);
    for (at, block) in blocks.iter().enumerate() {
        if let Block::Heading(next) = block
            && next.level == 2
        {
            parts.push((heading, &blocks[from..at]));
            (heading, from) = (Some(next), at + 1);
        }
    }
    parts.push((heading, &blocks[from..]));
    parts
}

/// A lowering under way.
struct Lowering<'a> {
    ways: Ways<'a>,
    look: &'a Look,
    /// The level of the last heading: boxes begin one below.
    level: u8,
    html: String,
}

impl<'a> Lowering<'a> {
    fn new(ways: Ways<'a>, look: &'a Look) -> Self {
        Self { ways, look, level: 2, html: String::new() }
    }

    fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn text(&mut self, text: &str) {
        self.html.push_str(&escape(text));
    }

    fn word(&self, key: &'static str) -> &'a str {
        self.ways.cx.theme.word(&self.ways.page.language, key)
    }

    /// Returns some inlines by themselves.
    fn alone(&self, inlines: &[Inline]) -> String {
        let mut lowering = Lowering::new(self.ways, self.look);
        lowering.inlines(inlines);
        lowering.html
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { text, .. } => self.paragraph("margin:0 0 16px", text),
            Block::Heading(heading) => {
                self.level = heading.level;
                self.open_heading(heading.level);
                self.inlines(&heading.text);
                self.close_heading(heading.level);
            }
            Block::List(list) => self.list(list),
            Block::Quote(body) => self.quoted(body),
            Block::Alert { kind, body } => self.alert(*kind, body),
            Block::Code { text, .. } => self.code(text),
            Block::Table(table) => self.table(table),
            Block::Definitions(entries) => {
                for entry in entries {
                    self.paragraph("margin:0 0 4px;font-weight:bold", &entry.term);
                    for body in &entry.definitions {
                        self.push("<div style=\"margin:0 0 12px;padding:0 0 0 20px\">");
                        self.tight(body, body.len() == 1);
                        self.push("</div>\n");
                    }
                }
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Html(html) => {
                let html = self.ways.raw(html);
                self.push(&html);
                self.push("\n");
            }
            Block::Rule => {
                let filet = &self.look.filet;
                let _ = writeln!(self.html, "<hr style=\"margin:24px 0;border:0;border-top:1px solid {filet}\">");
            }
            Block::Directive(directive) => self.directive(directive),
        }
    }

    fn paragraph(&mut self, style: &str, text: &[Inline]) {
        let _ = write!(self.html, "<p style=\"{style}\">");
        self.inlines(text);
        self.push("</p>\n");
    }

    /// Opens a heading in the serif, smaller as it goes deeper.
    fn open_heading(&mut self, level: u8) {
        let (size, line) = match level {
            0..=2 => (26, 32),
            3 => (21, 28),
            4 => (18, 26),
            _ => (16, 24),
        };
        let _ = write!(
            self.html,
            "<h{level} style=\"margin:24px 0 8px;font-family:{SERIF};font-size:{size}px;line-height:{line}px;font-weight:normal\">"
        );
    }

    fn close_heading(&mut self, level: u8) {
        let _ = writeln!(self.html, "</h{level}>");
    }

    fn list(&mut self, list: &List) {
        let name = if list.start.is_some() { "ol" } else { "ul" };
        let is_tasks = list.items.iter().any(|item| item.task.is_some());
        let room = if is_tasks { "padding:0;list-style:none" } else { "padding:0 0 0 24px" };
        let _ = write!(self.html, "<{name} style=\"margin:0 0 16px;{room}\"");
        if let Some(start) = list.start.filter(|start| *start != 1) {
            let _ = write!(self.html, " start=\"{start}\"");
        }
        self.push(">\n");
        for item in &list.items {
            self.item(item, list.tight);
        }
        let _ = writeln!(self.html, "</{name}>");
    }

    fn item(&mut self, item: &Item, tight: bool) {
        self.push("<li style=\"margin:0 0 8px\">");
        match item.task {
            Some(true) => self.push("☑\u{a0}"),
            Some(false) => self.push("☐\u{a0}"),
            None => {}
        }
        self.tight(&item.body, tight);
        self.push("</li>\n");
    }

    /// Lowers blocks whose paragraphs are bare lines when tight.
    fn tight(&mut self, body: &[Block], tight: bool) {
        for block in body {
            match block {
                Block::Paragraph { text, .. } if tight => self.inlines(text),
                other => self.block(other),
            }
        }
    }

    fn quoted(&mut self, body: &[Block]) {
        let fort = &self.look.fort;
        let _ = writeln!(
            self.html,
            "<blockquote style=\"margin:0 0 20px;padding:2px 0 1px 18px;border-left:3px solid {fort};font-family:{SERIF};font-size:19px;line-height:28px\">"
        );
        self.blocks(body);
        self.push("</blockquote>\n");
    }

    fn alert(&mut self, kind: AlertKind, body: &[Block]) {
        let word = self.word(alert_word(kind));
        self.open_box();
        self.label(word);
        self.blocks(body);
        self.close_box();
    }

    fn code(&mut self, text: &str) {
        self.push("<pre style=\"margin:0 0 16px;font-family:Consolas,Menlo,monospace;font-size:14px;line-height:21px;white-space:pre-wrap;word-break:break-word\">");
        self.text(text);
        self.push("</pre>\n");
    }

    /// Opens a box on the pale ground; a box that stands in a box is one more table.
    fn open_box(&mut self) {
        let (pale, encre) = (&self.look.pale, &self.look.encre);
        let _ = writeln!(
            self.html,
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 24px\"><tr>\
             <td class=\"bo te\" bgcolor=\"{pale}\" style=\"padding:20px 22px 6px;background-color:{pale};\
             font-family:{SANS};font-size:16px;line-height:25px;color:{encre}\">"
        );
    }

    fn close_box(&mut self) {
        self.push("</td></tr></table>\n");
    }

    /// Writes the small line that says what a box is.
    fn label(&mut self, text: &str) {
        let fort = &self.look.fort;
        let _ = write!(
            self.html,
            "<p class=\"ac\" style=\"margin:0 0 6px;font-size:14px;line-height:20px;font-weight:bold;color:{fort}\">"
        );
        self.text(text);
        self.push("</p>\n");
    }

    /// Writes a box's title one level below the last heading.
    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            let level = (self.level + 1).clamp(2, 6);
            let _ = write!(
                self.html,
                "<h{level} style=\"margin:0 0 8px;font-family:{SERIF};font-size:21px;line-height:28px;font-weight:normal\">"
            );
            self.text(title);
            self.close_heading(level);
        }
    }

    /// Writes a caption, a source, a signature.
    fn small(&mut self, html: &str) {
        let douce = &self.look.encre_douce;
        let _ = writeln!(
            self.html,
            "<p class=\"do\" style=\"margin:0 0 16px;font-size:14px;line-height:21px;color:{douce}\">{html}</p>"
        );
    }

    fn figure(&mut self, figure: &Figure) {
        self.picture(&figure.image);
        let mut caption = self.alone(&figure.caption);
        if let Some(credit) = figure.credit.as_ref().filter(|credit| !credit.is_empty()) {
            let space = if caption.is_empty() { "" } else { " " };
            let _ = write!(caption, "{space}© {}", escape(credit));
        }
        if !caption.is_empty() {
            self.small(&caption);
        }
    }

    /// Writes a picture on a line of its own; where mail clients cannot show it, its words and a way to see it.
    fn picture(&mut self, image: &Image) {
        let Some(shown) = self.ways.image(image.to) else { return self.text(&image.alt) };
        if shown.is_drawing {
            if !image.decorative {
                let word = self.word("courriel.voir_image").replace("{x}", &image.alt);
                let html = format!(
                    "<a class=\"ac\" href=\"{}\" style=\"color:{}\">{}</a>",
                    escape(&shown.src),
                    self.look.fort,
                    escape(&word)
                );
                self.small(&html);
            }
            return;
        }
        let alt = if image.decorative { "" } else { image.alt.as_str() };
        let html = picture(self.look, &shown.src, shown.size, alt, COLUMN);
        let _ = writeln!(self.html, "<p style=\"margin:0 0 12px\">{html}</p>");
    }

    fn notes(&mut self, document: &Document) {
        self.push("<ol style=\"margin:0 0 16px;padding:0 0 0 24px;font-size:14px;line-height:21px\">\n");
        for note in &document.notes {
            self.push("<li style=\"margin:0 0 8px\">");
            self.tight(&note.body, note.body.len() == 1);
            self.push("</li>\n");
        }
        self.push("</ol>\n");
    }
}

/// Returns the key of the word that opens an alert.
pub fn alert_word(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "corps.alerte_note",
        AlertKind::Tip => "corps.alerte_astuce",
        AlertKind::Important => "corps.alerte_important",
        AlertKind::Warning => "corps.alerte_attention",
        AlertKind::Caution => "corps.alerte_danger",
    }
}

/// Returns an image: its width in pixels for those that know no style, and the room that is left for the others.
pub fn picture(look: &Look, src: &str, size: Option<(u32, u32)>, alt: &str, most: u32) -> String {
    let width = size.map_or(most, |(width, _)| width.min(most));
    let (pale, encre) = (&look.pale, &look.encre);
    format!(
        "<img src=\"{}\" width=\"{width}\" alt=\"{}\" style=\"display:block;width:100%;max-width:{width}px;height:auto;border:0;\
         background-color:{pale};font-family:{SANS};font-size:15px;line-height:22px;color:{encre}\">",
        escape(src),
        escape(alt)
    )
}
