//! Builds the tree from the parser's events: containers, leaves, and the directives between their fences.
//!
//! Positions are bytes of the Markdown until [`Builder::span`] makes them bytes of the file.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use ecow::EcoString;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, RefDefs, Tag, TagEnd};

use super::fences::Fence;
use super::frames::{Container, Frame};
use super::html;
use super::inline::{Run, Wrap};
use super::links::Caption;
use super::notes::PendingNote;
use super::parse::{Options, Source};
use super::tables::CaptionBelow;
use super::tree::{Block, Document, Entry, Heading, Inline, LinkId, RawLink, Table};
use crate::diag::{FilePath, Report, Span};
use crate::say;

/// What has been read so far.
pub(super) struct Builder<'c, 'r> {
    source: &'c Source<'c>,
    pub(super) options: &'c Options,
    /// The Markdown, without control characters.
    pub(super) clean: &'c str,
    pub(super) fences: &'c [Fence<'c>],
    pub(super) base: usize,
    pub(super) report: &'r mut Report,
    pub(super) frames: Vec<Frame>,
    /// Containers beyond [`super::parse::MAX_DEPTH`] whose content goes into the deepest frame.
    pub(super) flattened: usize,
    pub(super) told_too_deep: bool,
    leaf: Option<Leaf>,
    /// The inline sequences being read, outermost first; empty between leaves.
    pub(super) runs: Vec<Run>,
    pub(super) flattened_runs: usize,
    /// Empty ones, to gather what comes next.
    pub(super) spare_inlines: Vec<Vec<Inline>>,
    pub(super) spare_blocks: Vec<Vec<Block>>,
    /// Text before this place has been read as attributes.
    pub(super) skip_to: usize,
    pub(super) inline_end: usize,
    pub(super) table: Option<Box<Table>>,
    pub(super) caption_below: Option<CaptionBelow>,
    pub(super) row: Vec<Vec<Inline>>,
    pub(super) row_end: usize,
    code: Option<(EcoString, String)>,
    /// Whether the code being read stands between marks.
    is_fenced: bool,
    /// The last line of dashes that was taken for part of a table.
    pub(super) drawn: Range<usize>,
    html: Option<html::Pieces>,
    pub(super) captions: BTreeMap<LinkId, Caption>,
    pub(super) labels: HashMap<String, u32>,
    pub(super) notes: Vec<PendingNote>,
    /// Directives that their container's end closed, innermost last.
    pub(super) unclosed: Vec<(EcoString, Span)>,
    pub(super) links: Vec<RawLink>,
    pub(super) errors: usize,
    pub(super) remarks: usize,
}

enum Leaf {
    Paragraph { start: usize },
    Heading(Box<PendingHeading>),
    Cell,
    Term,
}

/// A heading whose text is being read.
pub(super) struct PendingHeading {
    pub(super) heading: Heading,
    /// One of its classes means nothing on a heading.
    pub(super) has_unknown_class: bool,
    /// The braces at its end hold words that are no attributes.
    pub(super) words: bool,
    pub(super) range: Range<usize>,
}

impl<'c, 'r> Builder<'c, 'r> {
    pub(super) fn new(
        source: &'c Source<'c>,
        options: &'c Options,
        clean: &'c str,
        fences: &'c [Fence<'c>],
        report: &'r mut Report,
    ) -> Self {
        Self {
            source,
            options,
            clean,
            fences,
            base: source.start(),
            report,
            frames: vec![Frame { container: Container::Root, blocks: Vec::new() }],
            flattened: 0,
            told_too_deep: false,
            leaf: None,
            runs: Vec::new(),
            flattened_runs: 0,
            spare_inlines: Vec::new(),
            spare_blocks: Vec::new(),
            skip_to: 0,
            inline_end: 0,
            table: None,
            caption_below: None,
            row: Vec::new(),
            row_end: 0,
            code: None,
            is_fenced: false,
            drawn: 0..0,
            html: None,
            captions: BTreeMap::new(),
            labels: HashMap::new(),
            notes: Vec::new(),
            unclosed: Vec::new(),
            links: Vec::new(),
            errors: 0,
            remarks: 0,
        }
    }

    /// Takes one event of the parser.
    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>, references: &RefDefs<'_>) {
        match event {
            Event::Start(tag) => self.start(tag, range, references),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(raw(self.clean, &text, &range)),
                None => {
                    self.room(&range);
                    self.text(&text, range);
                }
            },
            Event::Html(text) => {
                let text = raw(self.clean, &text, &range);
                if let Some(pieces) = &mut self.html {
                    pieces.push(text, range.start);
                }
            }
            Event::Rule => self.rule(&range),
            Event::TaskListMarker(done) => {
                if let Some(Frame { container: Container::Item { task, .. }, .. }) = self.frames.last_mut() {
                    *task = Some(done);
                }
            }
            inline => {
                self.room(&range);
                self.inline(inline, range);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>, references: &RefDefs<'_>) {
        match tag {
            Tag::Paragraph => {
                if let Some(Frame { container: Container::Item { loose, .. }, .. }) = self.frames.last_mut() {
                    *loose = self.flattened == 0;
                }
                self.open_leaf(Leaf::Paragraph { start: range.start });
            }
            Tag::Heading { level, id, classes, attrs } => {
                let outside_levers = classes.iter().any(|class| &**class == "hors-levier");
                let heading = Heading {
                    level: self.level(level, &range),
                    id: id.as_deref().unwrap_or_default().into(),
                    text: Vec::new(),
                    outside_levers,
                    span: self.span(self.trimmed(&range)),
                };
                self.open_leaf(Leaf::Heading(Box::new(PendingHeading {
                    heading,
                    has_unknown_class: classes.iter().any(|class| &**class != "hors-levier"),
                    words: !attrs.is_empty(),
                    range,
                })));
            }
            Tag::BlockQuote(kind) => self.enter(Container::Quote(kind), &range),
            Tag::CodeBlock(kind) => {
                self.close_implicit();
                self.is_fenced = kind.is_fenced();
                let language = match &kind {
                    CodeBlockKind::Indented => "",
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
                };
                self.code = Some((language.into(), String::new()));
            }
            Tag::HtmlBlock => {
                self.close_implicit();
                self.html = Some(html::Pieces::default());
            }
            Tag::List(start) => self.enter(Container::List { start, loose: false, items: Vec::new() }, &range),
            Tag::Item => self.enter(Container::Item { task: None, loose: false }, &range),
            Tag::FootnoteDefinition(label) => {
                let note = self.note(&label);
                self.enter(Container::Note(note), &range);
            }
            Tag::DefinitionList => self.enter(Container::Definitions(Vec::new()), &range),
            Tag::DefinitionListTitle => self.open_leaf(Leaf::Term),
            Tag::DefinitionListDefinition => self.enter(Container::Definition, &range),
            Tag::Table(columns) => {
                self.close_implicit();
                self.open_table(&columns, &range);
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.open_leaf(Leaf::Cell),
            Tag::MetadataBlock(_) => {}
            inline => {
                self.room(&range);
                self.wrap(inline, range, references);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::DefinitionListTitle => self.close_leaf(range.end),
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition => self.leave(&range),
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    if self.is_fenced {
                        self.endless_code(&range);
                    }
                    let span = self.span(self.trimmed(&range));
                    self.push(Block::Code { language, text: text.into(), span });
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(pieces) = self.html.take() {
                    self.html_block(&pieces);
                }
            }
            TagEnd::Table => self.close_table(),
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(&range, tag == TagEnd::TableHead),
            TagEnd::TableCell => {
                self.row_end = range.end;
                self.close_leaf(range.end);
            }
            TagEnd::MetadataBlock(_) => {}
            _ => {
                self.unwrap(&range);
            }
        }
    }

    // Leaves.

    /// Opens a paragraph for words that stand directly in an item of a tight list.
    fn room(&mut self, range: &Range<usize>) {
        if self.leaf.is_none() {
            self.open_leaf(Leaf::Paragraph { start: range.start });
        }
        self.inline_end = range.end;
    }

    fn open_leaf(&mut self, leaf: Leaf) {
        self.close_implicit();
        self.leaf = Some(leaf);
        self.runs.clear();
        self.push_run(Wrap::Leaf, 0);
        self.flattened_runs = 0;
    }

    pub(super) fn close_implicit(&mut self) {
        if self.leaf.is_some() {
            self.close_leaf(self.inline_end);
        }
    }

    pub(super) fn close_leaf(&mut self, end: usize) {
        let Some(leaf) = self.leaf.take() else { return };
        let text = self.take_text();
        match leaf {
            Leaf::Paragraph { start } => {
                let span = self.span(self.trimmed(&(start..end)));
                self.paragraph(text, span);
            }
            Leaf::Heading(pending) => self.heading(*pending, text),
            Leaf::Cell => self.row.push(text),
            Leaf::Term => {
                if let Some(Frame { container: Container::Definitions(entries), .. }) = self.frames.last_mut() {
                    entries.push(Entry { term: text, definitions: Vec::new() });
                } else {
                    let span = self.span(self.trimmed(&(end..end)));
                    self.paragraph(text, span);
                }
            }
        }
    }

    /// Moves a first-level heading down: the page's title is the only one.
    fn level(&mut self, level: HeadingLevel, range: &Range<usize>) -> u8 {
        let level = level as u8;
        if level > 1 {
            return level;
        }
        let span = self.span(self.trimmed(range));
        self.warn(
            "A0201",
            say!(
                "un titre de niveau 1 dans le texte devient un titre de niveau 2",
                "a first-level heading in the text becomes a second-level one"
            ),
            span,
            say!(
                "écrivez ## devant ce titre : # est réservé au titre de la page",
                "write ## before this heading: # is kept for the page's title"
            ),
        );
        2
    }

    /// Returns the blocks of the innermost container.
    pub(super) fn blocks(&mut self) -> &mut Vec<Block> {
        &mut self.frames.last_mut().expect("the root frame is never popped before the end").blocks
    }

    pub(super) fn push(&mut self, block: Block) {
        self.blocks().push(block);
    }

    // The end.

    /// Closes what is open and returns the document, its anchors and notes not yet numbered.
    pub(super) fn finish(mut self) -> Document {
        self.close_implicit();
        while self.frames.len() > 1 {
            if self.open_at(self.frames.len() - 1).is_some() {
                self.report_unclosed_top();
                self.close_directive(false, self.clean.len());
            } else {
                let end = self.clean.len();
                self.leave(&(end..end));
            }
        }
        for (name, line) in std::mem::take(&mut self.unclosed) {
            self.report_unclosed(&name, line, 3);
        }
        self.report_captions();
        self.report_unsaid();
        let notes = self.take_notes();
        let mut blocks = std::mem::take(self.blocks());
        blocks.shrink_to_fit();
        self.links.shrink_to_fit();
        Document { blocks, notes, links: self.links, ..Document::default() }
    }

    // Places and messages.

    pub(super) fn file(&self) -> &'c FilePath {
        self.source.file
    }

    /// Returns the whole file as saved.
    pub(super) fn whole(&self) -> &'c str {
        self.source.text
    }

    /// Returns bytes of the Markdown as bytes of the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.base)
    }

    /// Returns bytes of the file as bytes of the Markdown.
    pub(super) fn unspan(&self, span: Span) -> Range<usize> {
        let range = span.range();
        range.start.saturating_sub(self.base)..range.end.saturating_sub(self.base)
    }

    /// Leaves out the line ends and spaces after the last character.
    pub(super) fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let end = range.start + self.clean[range.clone()].trim_end().len();
        range.start..end
    }
}

/// Returns the text as it stands in the file: what looked like a fence and is not gets its characters back.
pub(super) fn raw<'t>(clean: &'t str, text: &'t str, range: &Range<usize>) -> &'t str {
    if text.len() == range.len() { clean.get(range.clone()).unwrap_or(text) } else { text }
}
