//! Lowers a document's tree to Typst markup, in which every text is a string literal.

mod block;
mod brief;
mod directive;
mod flat;
mod inline;
mod links;
mod media;
mod table;

use std::collections::BTreeSet;
use std::ops::Range;

use ecow::EcoString;

use super::around::Around;
use super::glyphs::{Coverage, Lost, breakable};
use super::literal::push_string;
use crate::diag::Span;
use crate::doc::{Block, Document};

/// Markup, and where each part of it comes from.
#[derive(Debug, Default)]
pub struct Markup {
    pub text: String,
    /// Bytes of the markup and what they come from; the narrowest comes last.
    pub origins: Vec<(Range<usize>, Origin)>,
    pub lost: Vec<(Lost, Origin)>,
    /// Containers that stand too deep, whose words are set without their frame.
    pub flattened: Vec<Origin>,
    /// The labels that it holds, and those that its links lead to.
    pub labels: BTreeSet<String>,
    pub wanted: BTreeSet<String>,
    /// Labels known not to exist: links to them become text.
    pub dead: BTreeSet<String>,
}

/// Bytes of one of the sources of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    pub file: usize,
    pub span: Span,
}

impl Markup {
    /// Returns what the markup at these bytes comes from.
    pub fn origin(&self, range: &Range<usize>) -> Option<Origin> {
        self.origins
            .iter()
            .filter(|(bytes, _)| bytes.start <= range.start && range.start < bytes.end)
            .min_by_key(|(bytes, _)| bytes.len())
            .map(|(_, origin)| *origin)
    }
}

/// The lowering of one page: what opens it, then the rest.
pub struct Lowering<'a, 'm> {
    document: &'a Document,
    around: &'a Around<'a>,
    coverage: &'a Coverage,
    markup: &'m mut Markup,
    /// The source bytes of the block at hand.
    span: Span,
    /// The level of the last heading in the document as set; the title is 1.
    level: u8,
    lever: u32,
    depth: u8,
    /// How many of Typst's levels the containers at hand take.
    cost: u8,
    nested: u8,
    in_heading: bool,
    /// Inside struck words.
    struck: bool,
    /// Links have no line under them: it cannot stand with the one through struck words.
    bare: bool,
    seen_notes: BTreeSet<u32>,
    open_notes: Vec<u32>,
    /// Acronyms met first in a heading, to be explained at their next use.
    pending: Vec<(EcoString, EcoString)>,
}

impl<'a, 'm> Lowering<'a, 'm> {
    /// Begins the lowering of a page into some markup.
    pub fn new(document: &'a Document, around: &'a Around<'a>, coverage: &'a Coverage, markup: &'m mut Markup) -> Self {
        Self {
            document,
            around,
            coverage,
            markup,
            span: Span::default(),
            level: 1 + around.above,
            lever: 0,
            depth: 0,
            cost: 0,
            nested: 0,
            in_heading: false,
            struck: false,
            bare: false,
            seen_notes: BTreeSet::new(),
            open_notes: Vec::new(),
            pending: Vec::new(),
        }
    }

    /// Lowers the paragraphs that stand before anything else, which open the page; returns how many there are.
    pub fn lead(&mut self) -> usize {
        let count = self.document.blocks.iter().take_while(|block| matches!(block, Block::Paragraph { .. })).count();
        let blocks: &'a [Block] = &self.document.blocks[..count];
        self.blocks(blocks);
        count
    }

    /// Lowers the blocks of the body from one of them on.
    pub fn body(&mut self, from: usize) {
        let blocks: &'a [Block] = self.document.blocks.get(from..).unwrap_or_default();
        self.top(blocks);
        self.left_acronyms();
    }

    /// Adds code of our own.
    pub fn code(&mut self, code: &str) {
        self.markup.text.push_str(code);
    }

    /// Adds a text as a literal, with what no typeface shows replaced.
    fn literal(&mut self, text: &str) {
        let origin = Origin { file: self.around.file, span: self.span };
        let lost = &mut self.markup.lost;
        let settled = self.coverage.settle(text, &mut |what| lost.push((what, origin)));
        push_string(&mut self.markup.text, &breakable(&settled));
    }

    /// Adds a text to the line.
    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.code("#");
            self.literal(text);
            self.code(";");
        }
    }

    /// Whether nothing of a text can be seen.
    fn is_blank(&self, text: &str) -> bool {
        self.coverage.settle(text, &mut |_| {}).chars().all(char::is_whitespace)
    }

    /// Adds a named argument whose value is a text, or nothing.
    fn argument(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !self.is_blank(text)) {
            self.code(name);
            self.code(": ");
            self.literal(text);
            self.code(", ");
        }
    }

    /// Adds the label of an anchor as an argument.
    fn anchor(&mut self, id: Option<&str>) {
        if let Some(id) = id {
            self.code("id: ");
            let label = label(&self.around.prefix, id);
            push_string(&mut self.markup.text, &label);
            self.markup.labels.insert(label);
            self.code(", ");
        }
    }

    /// Runs `write` and remembers that what it wrote comes from `span`.
    fn spanned(&mut self, span: Span, write: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.span, span);
        let start = self.markup.text.len();
        write(self);
        let origin = Origin { file: self.around.file, span };
        self.markup.origins.push((start..self.markup.text.len(), origin));
        self.span = outer;
    }

    /// Says that what follows stands in a box, where the left column cannot be reached.
    fn narrow(&mut self, depth: u8) {
        if self.depth > depth {
            self.code("etroit: true, ");
        }
    }

    /// The level of a title inside the section at hand.
    fn below(&self) -> u8 {
        (self.level + 1).min(6)
    }
}

/// Returns the label of an anchor in a document.
pub fn label(prefix: &str, id: &str) -> String {
    format!("{prefix}a:{id}")
}
