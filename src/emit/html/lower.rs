//! The document tree as HTML: one lowering for the page, the feeds and the embeds, which differ only by how links are written.

mod directives;
mod frise;
mod inline;
mod media;
mod notes;
mod tables;

use std::fmt::Write as _;
use std::sync::Arc;

use crate::doc::{AlertKind, Block, Document, Figure, Heading, Item, List, inline_text};
use crate::emit::view::HeadingView;
use crate::emit::{Base, Cx, calendar, views};
use crate::highlight;
use crate::memo::Key;
use crate::site::{Example, Page};
use crate::urls::Url;

pub use inline::escape;

/// The HTML of a body and what templates want to know of it.
#[derive(Debug, Default)]
pub struct Lowered {
    pub html: String,
    /// The level-2 headings.
    pub headings: Vec<HeadingView>,
    /// Whether code is highlighted.
    pub has_code: bool,
    /// Whether a locator map stands in it.
    pub has_maps: bool,
}

/// How a body is lowered.
#[derive(Debug, Clone)]
pub struct Style {
    pub base: Base,
    /// Ids and footnote links work only where the body stands alone in its page.
    pub has_anchors: bool,
    /// Maps, galleries and players are left out of feeds and e-mails.
    pub is_plain: bool,
    /// Pictures are shown; without them, their alternative is a link to the file.
    pub has_pictures: bool,
}

impl Style {
    /// For the page itself, as its theme wants it.
    pub fn page(cx: &Cx<'_>, page: &Page) -> Self {
        let has_pictures = !cx.theme.is_text_only();
        Self { base: Base::relative(&page.url), has_anchors: true, is_plain: false, has_pictures }
    }

    /// For a page to embed: all that the page shows, with links that lead to the site.
    pub fn embed(url: &Url) -> Self {
        Self { base: Base::relative(url), has_anchors: false, is_plain: false, has_pictures: true }
    }

    /// Whether maps, timelines drawn to scale and colours of code are there.
    fn has_drawings(&self) -> bool {
        self.has_pictures && !self.is_plain
    }

    /// For feeds: full addresses, no map, no anchor.
    pub fn feed(base_url: &str) -> Self {
        Self { base: Base::fixed(base_url), has_anchors: false, is_plain: true, has_pictures: true }
    }
}

/// Lowers the body of a page.
pub fn body(cx: &Cx<'_>, page: &Page, style: Style) -> Lowered {
    document(cx, page, style, &page.document)
}

/// Lowers the body of a page after something was changed in it, such as names left out.
pub fn document(cx: &Cx<'_>, page: &Page, style: Style, document: &Document) -> Lowered {
    let mut lowering = Lowering::new(cx, page, style);
    lowering.sections(&document.blocks);
    lowering.notes(document);
    lowering.done
}

/// Lowers the text of an example of a page, shown elsewhere; `level` is that of the heading above.
pub fn example(cx: &Cx<'_>, example: &Example, style: Style, level: u8, blocks: &[Block]) -> Lowered {
    let page = cx.site.page(example.page);
    let mut lowering = Lowering::new(cx, page, style);
    lowering.level = level;
    lowering.depth = 1;
    lowering.is_taken = true;
    lowering.events = calendar::events_before(page, &example.anchor);
    lowering.blocks(blocks);
    lowering.done
}

/// A lowering under way.
struct Lowering<'a> {
    cx: &'a Cx<'a>,
    page: &'a Page,
    style: Style,
    /// The level of the last heading of the body: boxes begin one below.
    level: u8,
    /// Whether the fiche's levers bear numbers; none when the page has no levers.
    numbered: Option<bool>,
    lever: u32,
    /// How many blocks are open, the one being written included.
    depth: u32,
    images: u32,
    /// Whether a link is open: none may stand inside it.
    in_link: bool,
    /// Whether it is an example away from its page, where its notes are.
    is_taken: bool,
    tables: u32,
    /// The events of the agendas so far.
    events: usize,
    done: Lowered,
}

impl<'a> Lowering<'a> {
    fn new(cx: &'a Cx<'a>, page: &'a Page, style: Style) -> Self {
        let numbered = page.kind.has_levers().then(|| crate::emit::views::levers_are_numbered(cx.site, page));
        let html = String::with_capacity(page.document.words as usize * 12);
        Self {
            cx,
            page,
            style,
            level: 1,
            numbered,
            lever: 0,
            depth: 0,
            images: 0,
            in_link: false,
            is_taken: false,
            tables: 0,
            events: 0,
            done: Lowered { html, ..Lowered::default() },
        }
    }

    fn push(&mut self, html: &str) {
        self.done.html.push_str(html);
    }

    fn text(&mut self, text: &str) {
        inline::escape_into(text, &mut self.done.html);
    }

    fn word(&self, key: &'static str) -> &'a str {
        self.cx.theme.word(&self.page.language, key)
    }

    /// Lowers the blocks of the body, with « En savoir plus » and what follows it in a section of its own.
    fn sections(&mut self, blocks: &[Block]) {
        let mut at = 0;
        while at < blocks.len() {
            if let Block::Heading(heading) = &blocks[at]
                && heading.level == 2
                && is_resources(heading)
            {
                let end = blocks[at + 1..]
                    .iter()
                    .position(|block| matches!(block, Block::Heading(next) if next.level <= 2))
                    .map_or(blocks.len(), |next| at + 1 + next);
                self.push("<section class=\"ressources\">");
                self.blocks(&blocks[at..end]);
                self.push("</section>\n");
                at = end;
            } else {
                let next = self.run(blocks, at);
                at = next;
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let mut at = 0;
        while at < blocks.len() {
            at = self.run(blocks, at);
        }
    }

    /// Lowers one block, or consecutive cards together; returns where the next one is.
    fn run(&mut self, blocks: &[Block], at: usize) -> usize {
        let is_card = |block: &Block| matches!(block, Block::Directive(directive) if matches!(directive.role, crate::doc::Role::ALaUne { .. }));
        if is_card(&blocks[at]) {
            let end = blocks[at..].iter().position(|block| !is_card(block)).map_or(blocks.len(), |length| at + length);
            self.push("<div class=\"unes\">\n");
            for block in &blocks[at..end] {
                self.block(block);
            }
            self.push("</div>\n");
            return end;
        }
        self.block(&blocks[at]);
        at + 1
    }

    /// Lowers a block, and forgets the headings inside it.
    fn block(&mut self, block: &Block) {
        let above = self.level;
        self.depth += 1;
        self.by_kind(block);
        self.depth -= 1;
        if !matches!(block, Block::Heading(_)) {
            self.level = above;
        }
    }

    fn by_kind(&mut self, block: &Block) {
        match block {
            Block::Paragraph { text, .. } => self.element("p", text),
            Block::Heading(heading) => self.heading(heading),
            Block::List(list) => self.list(list),
            Block::Quote(body) => {
                self.push("<blockquote>");
                self.blocks(body);
                self.push("</blockquote>\n");
            }
            Block::Alert { kind, body } => self.alert(*kind, body),
            Block::Code { language, text, .. } => self.code(language, text),
            Block::Table(table) => self.table(table),
            Block::Definitions(entries) => self.definitions(entries),
            Block::Figure(figure) => self.figure(figure),
            Block::Html(html) => {
                self.push(html);
                self.push("\n");
            }
            Block::Rule => self.push("<hr>\n"),
            Block::Directive(directive) => self.directive(directive),
        }
    }

    fn element(&mut self, name: &str, text: &[crate::doc::Inline]) {
        self.push("<");
        self.push(name);
        self.push(">");
        self.inlines(text);
        self.push("</");
        self.push(name);
        self.push(">\n");
    }

    fn heading(&mut self, heading: &Heading) {
        self.level = heading.level;
        let is_lever = heading.level == 2 && !heading.outside_levers && self.numbered.is_some();
        let number = (is_lever && self.numbered == Some(true)).then(|| {
            self.lever += 1;
            self.lever
        });
        let level = heading.level;
        let _ = write!(self.done.html, "<h{level}");
        if is_lever {
            self.push(" class=\"levier\"");
        }
        self.id(Some(&heading.id));
        self.push(">");
        if let Some(number) = number {
            let _ = write!(self.done.html, "<span class=\"n\">{number}</span> ");
        }
        self.inlines(&heading.text);
        let _ = writeln!(self.done.html, "</h{level}>");
        if level == 2 && self.depth == 1 {
            self.done.headings.push(HeadingView {
                id: heading.id.to_string(),
                title: views::heading_text(self.cx, self.page, &heading.text),
                number,
                is_lever,
            });
        }
    }

    fn id(&mut self, id: Option<&ecow::EcoString>) {
        if let Some(id) = id.filter(|_| self.style.has_anchors) {
            self.push(" id=\"");
            self.text(id);
            self.push("\"");
        }
    }

    fn list(&mut self, list: &List) {
        let is_tasks = list.items.iter().any(|item| item.task.is_some());
        let name = if list.start.is_some() { "ol" } else { "ul" };
        self.push("<");
        self.push(name);
        if let Some(start) = list.start.filter(|start| *start != 1) {
            let _ = write!(self.done.html, " start=\"{start}\"");
        }
        if is_tasks {
            self.push(" class=\"taches\"");
        }
        self.push(">\n");
        for item in &list.items {
            self.item(item, list.tight);
        }
        self.push("</");
        self.push(name);
        self.push(">\n");
    }

    fn item(&mut self, item: &Item, tight: bool) {
        match item.task {
            None => self.push("<li>"),
            Some(done) => {
                let (class, word) =
                    if done { ("fait", self.word("corps.fait")) } else { ("a-faire", self.word("corps.a_faire")) };
                let _ = write!(self.done.html, "<li class=\"{class}\"><span class=\"lu\">");
                self.text(word);
                self.push(" </span>");
            }
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

    fn alert(&mut self, kind: AlertKind, body: &[Block]) {
        let (class, word) = match kind {
            AlertKind::Note => ("note", "corps.alerte_note"),
            AlertKind::Tip => ("astuce", "corps.alerte_astuce"),
            AlertKind::Important => ("important", "corps.alerte_important"),
            AlertKind::Warning => ("attention", "corps.alerte_attention"),
            AlertKind::Caution => ("danger", "corps.alerte_danger"),
        };
        let word = self.word(word);
        let _ = write!(self.done.html, "<div class=\"alerte {class}\" role=\"note\"><p class=\"etiquette\">");
        self.text(word);
        self.push("</p>\n");
        self.blocks(body);
        self.push("</div>\n");
    }

    fn code(&mut self, language: &str, text: &str) {
        self.push("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.push(" class=\"code-");
            self.text(&crate::french::slug(language).unwrap_or_default());
            self.push("\"");
        }
        self.push(">");
        let highlighted =
            if !self.style.has_drawings() || language.is_empty() { None } else { self.highlighted(language, text) };
        match highlighted {
            Some(html) => {
                self.done.has_code = true;
                self.push(&html);
            }
            None => self.text(text),
        }
        self.push("</code></pre>\n");
    }

    /// Returns code in colours; the same block is coloured once.
    fn highlighted(&self, language: &str, text: &str) -> Option<Arc<str>> {
        let key = Key::of("highlight", [language.as_bytes(), text.as_bytes()]);
        self.cx.memos.of::<Option<Arc<str>>>().get(key, || highlight::highlight(language, text).map(Arc::from))
    }

    fn figure(&mut self, figure: &Figure) {
        let credit = figure.credit.as_ref().filter(|credit| !credit.is_empty());
        if figure.caption.is_empty() && credit.is_none() {
            self.push("<p class=\"image\">");
            self.image(&figure.image);
            self.push("</p>\n");
            return;
        }
        let label = inline_text(&figure.caption);
        self.push("<figure role=\"figure\" aria-label=\"");
        let label = if label.is_empty() { figure.image.alt.clone() } else { label.as_str().into() };
        self.text(&label);
        self.push("\">");
        self.image(&figure.image);
        self.push("<figcaption>");
        self.inlines(&figure.caption);
        if let Some(credit) = credit {
            self.push(if figure.caption.is_empty() {
                "<span class=\"credit\">© "
            } else {
                " <span class=\"credit\">© "
            });
            self.text(credit);
            self.push("</span>");
        }
        self.push("</figcaption></figure>\n");
    }
}

fn is_resources(heading: &Heading) -> bool {
    heading.outside_levers
        && matches!(heading.id.as_str(), "en-savoir-plus" | "pour-aller-plus-loin" | "ressources" | "sources")
}
