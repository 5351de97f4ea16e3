//! Builds the tree from the parser's events: containers, leaves, and the directives between their fences.
//!
//! Positions are bytes of the Markdown until [`Builder::span`] makes them bytes of the file.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use ecow::EcoString;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, RefDefs, Tag, TagEnd};

use super::fences::{Fence, Opening};
use super::inline::{Caption, Run, Wrap};
use super::parse::{MAX_DEPTH, Options, Source};
use super::tree::{
    AlertKind, Block, Directive, Document, Entry, Heading, Inline, Item, LinkId, List, Note, RawLink, Role, Table,
};
use super::{bodies, html, roles};
use crate::diag::{Diagnostic, FilePath, Report, Said, Span};
use crate::say;

/// What has been read so far.
pub(super) struct Builder<'c, 'r> {
    source: &'c Source<'c>,
    pub(super) options: &'c Options,
    /// The Markdown, without control characters.
    pub(super) clean: &'c str,
    fences: &'c [Fence<'c>],
    base: usize,
    pub(super) report: &'r mut Report,
    frames: Vec<Frame>,
    /// Containers beyond [`MAX_DEPTH`] whose content goes into the deepest frame.
    flattened: usize,
    told_too_deep: bool,
    leaf: Option<Leaf>,
    /// The inline sequences being read, outermost first; empty between leaves.
    pub(super) runs: Vec<Run>,
    pub(super) flattened_runs: usize,
    /// Text before this place has been read as attributes.
    pub(super) skip_to: usize,
    pub(super) inline_end: usize,
    pub(super) table: Option<Box<Table>>,
    pub(super) row: Vec<Vec<Inline>>,
    pub(super) row_end: usize,
    code: Option<(EcoString, String)>,
    html: Option<html::Pieces>,
    pub(super) captions: BTreeMap<LinkId, Caption>,
    labels: HashMap<String, u32>,
    notes: Vec<PendingNote>,
    /// Directives that their container's end closed, innermost last.
    unclosed: Vec<(EcoString, Span)>,
    pub(super) links: Vec<RawLink>,
}

/// A container being filled.
struct Frame {
    container: Container,
    blocks: Vec<Block>,
}

enum Container {
    Root,
    Quote(Option<BlockQuoteKind>),
    List { start: Option<u64>, loose: bool, items: Vec<Item> },
    Item { task: Option<bool>, loose: bool },
    Definitions(Vec<Entry>),
    Definition,
    Note(u32),
    Directive(Box<Open>),
}

/// A directive whose closing line has not been met.
struct Open {
    name: EcoString,
    role: Option<Role>,
    id: Option<EcoString>,
    colons: usize,
    line: Span,
    /// Its closing line stood inside a list or a quote of its body.
    closes: bool,
}

enum Leaf {
    Paragraph {
        start: usize,
    },
    /// With the words between braces that are no attributes.
    Heading(Box<Heading>, Option<EcoString>),
    Cell,
    Term,
}

struct PendingNote {
    label: EcoString,
    body: Vec<Block>,
    calls: u32,
    defined: Option<Span>,
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
            skip_to: 0,
            inline_end: 0,
            table: None,
            row: Vec::new(),
            row_end: 0,
            code: None,
            html: None,
            captions: BTreeMap::new(),
            labels: HashMap::new(),
            notes: Vec::new(),
            unclosed: Vec::new(),
            links: Vec::new(),
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
                let unknown = classes.iter().find(|class| !matches!(&***class, "hors-levier"));
                let heading = Heading {
                    level: self.level(level, &range),
                    id: id.as_deref().unwrap_or_default().into(),
                    text: Vec::new(),
                    outside_levers,
                    span: self.span(self.trimmed(&range)),
                };
                if let Some(class) = unknown {
                    self.unknown_class(class, &range);
                }
                let braces = if attrs.is_empty() { None } else { self.heading_braces(&range) };
                self.open_leaf(Leaf::Heading(Box::new(heading), braces));
            }
            Tag::BlockQuote(kind) => self.enter(Container::Quote(kind), &range),
            Tag::CodeBlock(kind) => {
                self.close_implicit();
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
        self.runs.push(Run::new(Wrap::Leaf));
        self.flattened_runs = 0;
    }

    fn close_implicit(&mut self) {
        if self.leaf.is_some() {
            self.close_leaf(self.inline_end);
        }
    }

    fn close_leaf(&mut self, end: usize) {
        let Some(leaf) = self.leaf.take() else { return };
        let text = self.take_text();
        match leaf {
            Leaf::Paragraph { start } => {
                let span = self.span(self.trimmed(&(start..end)));
                self.paragraph(text, span);
            }
            Leaf::Heading(mut heading, braces) => {
                heading.text = text;
                heading.text.extend(braces.map(Inline::Text));
                self.push(Block::Heading(*heading));
            }
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

    // Containers.

    fn enter(&mut self, container: Container, range: &Range<usize>) {
        self.close_implicit();
        let belongs = matches!(container, Container::Item { .. } | Container::Definition);
        if self.flattened > 0 || (self.frames.len() > MAX_DEPTH && !belongs) {
            self.flattened += 1;
            self.too_deep(range.start);
        } else {
            self.frames.push(Frame { container, blocks: Vec::new() });
        }
    }

    /// Says once where a document nests too deep.
    pub(super) fn too_deep(&mut self, at: usize) {
        if self.told_too_deep {
            return;
        }
        self.told_too_deep = true;
        let line = self.clean[at..].find(['\n', '\r']).map_or(self.clean.len(), |length| at + length);
        let span = self.span(self.trimmed(&(at..line)));
        self.error(
            "E0202",
            say!("plus de {MAX_DEPTH} niveaux sont imbriqués ici", "more than {MAX_DEPTH} levels are nested here"),
            span,
            say!(
                "réduisez le nombre de listes, de citations ou de boîtes l’une dans l’autre",
                "put fewer lists, quotes or boxes inside each other"
            ),
        );
    }

    fn leave(&mut self, range: &Range<usize>) {
        self.close_implicit();
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        while let Some(Frame { container: Container::Directive(open), .. }) = self.frames.last() {
            if open.colons > 0 {
                self.unclosed.push((open.name.clone(), open.line));
            } else {
                self.report_unclosed_top();
            }
            self.close_directive(false, range.end);
        }
        if self.frames.len() < 2 {
            return;
        }
        let Some(Frame { container, blocks }) = self.frames.pop() else { return };
        match container {
            Container::Root | Container::Directive(_) => {}
            Container::Quote(None) => {
                self.unknown_alert(range);
                self.push(Block::Quote(blocks));
            }
            Container::Quote(Some(kind)) => {
                let kind = match kind {
                    BlockQuoteKind::Note => AlertKind::Note,
                    BlockQuoteKind::Tip => AlertKind::Tip,
                    BlockQuoteKind::Important => AlertKind::Important,
                    BlockQuoteKind::Warning => AlertKind::Warning,
                    BlockQuoteKind::Caution => AlertKind::Caution,
                };
                self.push(Block::Alert { kind, body: blocks });
            }
            Container::Item { task, loose } => {
                let item = Item { task, body: blocks, span: self.span(self.trimmed(range)) };
                if let Some(Frame { container: Container::List { items, loose: list, .. }, .. }) =
                    self.frames.last_mut()
                {
                    *list |= loose;
                    items.push(item);
                }
            }
            Container::List { start, loose, items } => {
                self.push(Block::List(List { start, tight: !loose, items }));
            }
            Container::Definitions(entries) => self.push(Block::Definitions(entries)),
            Container::Definition => {
                if let Some(Frame { container: Container::Definitions(entries), .. }) = self.frames.last_mut()
                    && let Some(entry) = entries.last_mut()
                {
                    entry.definitions.push(blocks);
                }
            }
            Container::Note(note) => self.define(note, blocks, range),
        }
        if matches!(self.frames.last(), Some(Frame { container: Container::Directive(open), .. }) if open.closes) {
            self.close_directive(true, range.end);
        }
    }

    /// Returns the blocks of the innermost container.
    pub(super) fn blocks(&mut self) -> &mut Vec<Block> {
        &mut self.frames.last_mut().expect("the root frame is never popped before the end").blocks
    }

    pub(super) fn push(&mut self, block: Block) {
        self.blocks().push(block);
    }

    // Directives.

    fn rule(&mut self, range: &Range<usize>) {
        self.close_implicit();
        let found = self.fences.binary_search_by(|fence| {
            if fence.span.end <= range.start {
                std::cmp::Ordering::Less
            } else if fence.span.start > range.start {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        let Ok(found) = found else {
            self.push(Block::Rule);
            return;
        };
        if self.flattened > 0 {
            return;
        }
        let fence = &self.fences[found];
        match &fence.opening {
            Some(opening) => self.open_directive(fence, opening),
            None => self.close_fence(fence),
        }
    }

    fn open_directive(&mut self, fence: &Fence<'_>, opening: &Opening<'_>) {
        let line = self.span(fence.span.clone());
        let opened = roles::open(self, opening, line);
        if self.frames.len() > MAX_DEPTH {
            self.too_deep(fence.span.start);
            return;
        }
        let open = Open {
            name: opening.name.into(),
            role: opened.role,
            id: opened.id,
            colons: fence.colons,
            line,
            closes: false,
        };
        self.frames.push(Frame { container: Container::Directive(Box::new(open)), blocks: Vec::new() });
        if opening.closed {
            self.close_directive(true, fence.span.end);
        }
    }

    fn open_at(&self, frame: usize) -> Option<&Open> {
        match &self.frames.get(frame)?.container {
            Container::Directive(open) => Some(open),
            Container::Root
            | Container::Quote(_)
            | Container::List { .. }
            | Container::Item { .. }
            | Container::Definitions(_)
            | Container::Definition
            | Container::Note(_) => None,
        }
    }

    fn close_fence(&mut self, fence: &Fence<'_>) {
        let span = self.span(fence.span.clone());
        let top = self.frames.len();
        let floor = (0..top).rev().find(|frame| self.open_at(*frame).is_none()).map_or(0, |frame| frame + 1);
        let same = |frame: &usize| self.open_at(*frame).is_some_and(|open| open.colons == fence.colons);
        let typed = ":".repeat(fence.colons.min(12));
        if !(floor..top).any(|frame| same(&frame)) {
            while self.open_at(self.frames.len() - 1).is_some_and(|open| open.colons == 0) {
                self.report_unclosed_top();
                self.close_directive(false, fence.span.start);
            }
        }
        let top = self.frames.len();
        let same = |frame: &usize| self.open_at(*frame).is_some_and(|open| open.colons == fence.colons);
        if let Some(at) = (floor..top).rev().find(same) {
            while self.frames.len() > at + 1 {
                self.report_unclosed_top();
                self.close_directive(false, fence.span.start);
            }
            self.close_directive(true, fence.span.end);
        } else if floor < top {
            let (name, colons, line) =
                self.open_at(top - 1).map(|open| (open.name.clone(), open.colons, open.line)).unwrap_or_default();
            let wanted = ":".repeat(colons.min(12));
            let diagnostic = Diagnostic::error(
                "E0205",
                say!("« {typed} » ne ferme pas « {wanted}{name} »", "“{typed}” does not close “{wanted}{name}”"),
            )
            .at(self.file(), span)
            .also(self.file(), line, say!("ouverte ici", "opened here"))
            .help(say!("fermez avec autant de deux-points : {wanted}", "close with as many colons: {wanted}"));
            self.report.push(diagnostic);
            self.close_directive(true, fence.span.end);
        } else if let Some(outer) = (0..floor).rev().find(|frame| self.open_at(*frame).is_some()) {
            if let Container::Directive(open) = &mut self.frames[outer].container {
                open.closes = true;
            }
            self.warn(
                "A0205",
                say!(
                    "« {typed} » est en retrait, dans une liste ou une citation",
                    "“{typed}” is indented, inside a list or a quote"
                ),
                span,
                say!(
                    "mettez-le au début de la ligne, comme la ligne qui ouvre la boîte",
                    "put it at the start of the line, like the line that opens the box"
                ),
            );
        } else if let Some((name, line)) = self.unclosed.pop() {
            let diagnostic = Diagnostic::error(
                "E0204",
                say!(
                    "« :::{name} » est ouverte dans une liste ou une citation et fermée en dehors",
                    "“:::{name}” is opened inside a list or a quote and closed outside"
                ),
            )
            .at(self.file(), line)
            .also(self.file(), span, say!("fermée ici", "closed here"))
            .help(say!("donnez le même retrait aux deux lignes", "give both lines the same indentation"));
            self.report.push(diagnostic);
        } else {
            self.error(
                "E0205",
                say!("« {typed} » ne ferme rien", "“{typed}” closes nothing"),
                span,
                say!(
                    "effacez cette ligne, ou ouvrez une boîte avant : :::encadre",
                    "delete this line, or open a box before it: :::encadre"
                ),
            );
        }
    }

    fn report_unclosed_top(&mut self) {
        if let Some(open) = self.open_at(self.frames.len() - 1) {
            let (name, line, colons) = (open.name.clone(), open.line, open.colons.min(12));
            self.report_unclosed(&name, line, colons);
        }
    }

    fn report_unclosed(&mut self, name: &str, line: Span, colons: usize) {
        if colons == 0 {
            return self.warn(
                "A0213",
                say!("la balise <{name}> n’est pas fermée", "the tag <{name}> is not closed"),
                line,
                say!("ajoutez </{name}>, ou écrivez plutôt :::encadre", "add </{name}>, or write :::encadre instead"),
            );
        }
        let colons = ":".repeat(colons);
        self.error(
            "E0204",
            say!("« :::{name} » n’est pas fermée", "“:::{name}” is not closed"),
            line,
            say!("ajoutez une ligne {colons} là où la boîte finit", "add a line {colons} where the box ends"),
        );
    }

    /// Ends the innermost directive; without a closing line, one that needs no body leaves its text after it.
    fn close_directive(&mut self, closed: bool, end: usize) {
        let Some(Frame { container, mut blocks }) = self.frames.pop() else { return };
        let Container::Directive(open) = container else { return };
        let Some(mut role) = open.role else {
            self.blocks().append(&mut blocks);
            return;
        };
        let span = Span::new(open.line.start as usize, self.base + end);
        bodies::fill(self, &mut role, &mut blocks, open.line);
        let mut after = Vec::new();
        if !closed && bodies::stands_alone(&role) {
            after = std::mem::take(&mut blocks);
        }
        let directive = Directive { role, id: open.id, body: blocks, span };
        self.push(Block::Directive(Box::new(directive)));
        self.blocks().append(&mut after);
    }

    // `<details>` around Markdown, which ends at its own tag rather than at a fence.

    pub(super) fn open_details(&mut self, title: Option<EcoString>, line: Span) {
        if self.flattened > 0 || self.frames.len() > MAX_DEPTH {
            return;
        }
        let role = Some(Role::Encadre { titre: title });
        let open = Open { name: "details".into(), role, id: None, colons: 0, line, closes: false };
        self.frames.push(Frame { container: Container::Directive(Box::new(open)), blocks: Vec::new() });
    }

    pub(super) fn close_details(&mut self, end: usize) {
        let top = self.frames.len();
        let is_details = |frame: &usize| self.open_at(*frame).is_some_and(|open| open.colons == 0);
        let open = (0..top).rev().take_while(|frame| self.open_at(*frame).is_some()).find(is_details);
        if let Some(at) = open.filter(|_| self.flattened == 0) {
            while self.frames.len() > at + 1 {
                self.report_unclosed_top();
                self.close_directive(false, end);
            }
            self.close_directive(true, end);
        }
    }

    // Notes.

    /// Returns the number of a note, which its first call or its text gives.
    pub(super) fn note(&mut self, label: &str) -> u32 {
        let next = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
        let number = *self.labels.entry(label.to_lowercase()).or_insert(next);
        if number == next {
            self.notes.push(PendingNote { label: label.into(), body: Vec::new(), calls: 0, defined: None });
        }
        number
    }

    pub(super) fn call(&mut self, note: u32) -> u32 {
        self.notes.get_mut(note as usize).map_or(0, |note| {
            note.calls += 1;
            note.calls - 1
        })
    }

    fn define(&mut self, note: u32, mut blocks: Vec<Block>, range: &Range<usize>) {
        let span = self.span(self.trimmed(range));
        let Some(note) = self.notes.get_mut(note as usize) else { return };
        note.body.append(&mut blocks);
        let label = note.label.clone();
        if let Some(first) = note.defined.replace(span) {
            let diagnostic = Diagnostic::warning(
                "A0207",
                say!("la note « [^{label}] » est écrite deux fois", "the note “[^{label}]” is written twice"),
            )
            .at(self.file(), span)
            .also(self.file(), first, say!("la première", "the first one"))
            .help(say!("donnez un autre repère à l’une des deux", "give one of them another label"));
            self.report.push(diagnostic);
        }
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
        let notes = std::mem::take(&mut self.notes);
        for note in &notes {
            if let (0, Some(span)) = (note.calls, note.defined) {
                let label = &note.label;
                self.warn(
                    "A0206",
                    say!("la note « [^{label}] » n’est appelée nulle part", "the note “[^{label}]” is called nowhere"),
                    span,
                    say!(
                        "écrivez [^{label}] dans le texte, à l’endroit qu’elle éclaire",
                        "write [^{label}] in the text, where the note belongs"
                    ),
                );
            }
        }
        let blocks = std::mem::take(self.blocks());
        let notes =
            notes.into_iter().map(|note| Note { label: note.label, body: note.body, calls: note.calls }).collect();
        Document { blocks, notes, links: self.links, words: 0 }
    }

    // Places and messages.

    pub(super) fn file(&self) -> &'c FilePath {
        self.source.file
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

    pub(super) fn error(&mut self, code: &'static str, message: Said, span: Span, help: Said) {
        let diagnostic = Diagnostic::error(code, message).at(self.file(), span).help(help);
        self.report.push(diagnostic);
    }

    pub(super) fn warn(&mut self, code: &'static str, message: Said, span: Span, help: Said) {
        let diagnostic = Diagnostic::warning(code, message).at(self.file(), span).help(help);
        self.report.push(diagnostic);
    }
}

/// Returns the text as it stands in the file: what looked like a fence and is not gets its characters back.
pub(super) fn raw<'t>(clean: &'t str, text: &'t str, range: &Range<usize>) -> &'t str {
    if text.len() == range.len() { clean.get(range.clone()).unwrap_or(text) } else { text }
}
