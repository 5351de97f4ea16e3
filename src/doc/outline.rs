//! The headings of a document: its outline, its sections, and every anchor a link may reach.

use ecow::EcoString;

use super::boxes::Boxes;
use super::text::plain;
use super::tree::{Block, Directive, Document, Heading, Inline};
use super::visit::{Place, Step, Visitor, visit, visit_blocks};
use crate::diag::Span;

/// A heading of the outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadingRef<'d> {
    pub level: u8,
    pub id: &'d str,
    pub text: &'d [Inline],
    pub outside_levers: bool,
    pub span: Span,
}

/// A heading and the blocks under it; what stands before the first heading has none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Section<'d> {
    pub heading: Option<&'d Heading>,
    pub blocks: &'d [Block],
}

/// Returns the headings that stand in the text itself, not inside boxes, lists or quotes.
pub fn outline(document: &Document) -> impl Iterator<Item = HeadingRef<'_>> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(HeadingRef {
            level: heading.level,
            id: &heading.id,
            text: &heading.text,
            outside_levers: heading.outside_levers,
            span: heading.span,
        }),
        Block::Paragraph { .. }
        | Block::List(_)
        | Block::Quote(_)
        | Block::Alert { .. }
        | Block::Code { .. }
        | Block::Table(_)
        | Block::Definitions(_)
        | Block::Figure(_)
        | Block::Html(_)
        | Block::Rule
        | Block::Directive(_) => None,
    })
}

/// Cuts a document at its headings of this level or above: 2 gives the levers of a fiche.
///
/// The first section has no heading and may be empty.
pub fn sections(document: &Document, level: u8) -> impl Iterator<Item = Section<'_>> {
    let mut rest = Some((None, document.blocks.as_slice()));
    std::iter::from_fn(move || {
        let (heading, blocks) = rest.take()?;
        let cut = blocks.iter().enumerate().find_map(|(at, block)| match block {
            Block::Heading(heading) if heading.level <= level => Some((at, heading)),
            _ => None,
        });
        let blocks = match cut {
            Some((at, next)) => {
                rest = Some((Some(next), &blocks[at + 1..]));
                &blocks[..at]
            }
            None => blocks,
        };
        Some(Section { heading, blocks })
    })
}

/// Returns every anchor of a document, in reading order: headings anywhere, and boxes.
pub fn anchors(document: &Document) -> Vec<EcoString> {
    let mut anchors = Vec::new();
    let mut each = Each(|block: &Block| match block {
        Block::Heading(heading) => anchors.push(heading.id.clone()),
        Block::Directive(directive) => anchors.extend(directive.id.clone()),
        Block::Paragraph { .. }
        | Block::List(_)
        | Block::Quote(_)
        | Block::Alert { .. }
        | Block::Code { .. }
        | Block::Table(_)
        | Block::Definitions(_)
        | Block::Figure(_)
        | Block::Html(_)
        | Block::Rule => {}
    });
    visit(document, &mut each);
    anchors
}

/// Shows every directive of a document, in reading order, those inside others included.
pub fn each_directive<'d>(document: &'d Document, show: &mut impl FnMut(&'d Directive)) {
    let mut each = Each(|block: &'d Block| {
        if let Block::Directive(directive) = block {
            show(directive);
        }
    });
    visit(document, &mut each);
}

/// Shows the boxes of some sorts of a document, in reading order, those inside others included; most documents have none, and are not walked.
pub fn each_box<'d>(document: &'d Document, sorts: Boxes, show: &mut impl FnMut(&'d Directive)) {
    if document.boxes.has(sorts) {
        each_directive(document, &mut |directive| {
            if Boxes::of(&directive.role).has(sorts) {
                show(directive);
            }
        });
    }
}

/// Shows every directive of some blocks, in reading order, those inside others included.
pub fn each_directive_of<'d>(blocks: &'d [Block], show: &mut impl FnMut(&'d Directive)) {
    let mut each = Each(|block: &'d Block| {
        if let Block::Directive(directive) = block {
            show(directive);
        }
    });
    visit_blocks(blocks, &mut each);
}

/// Returns the directive that bears this anchor.
pub fn find_directive<'d>(document: &'d Document, anchor: &str) -> Option<&'d Directive> {
    let mut found = None;
    each_directive(document, &mut |directive| {
        if found.is_none() && directive.id.as_deref() == Some(anchor) {
            found = Some(directive);
        }
    });
    found
}

/// Returns what readers call the place that bears an anchor: the words of a heading, the title of a box, else the anchor.
pub fn name_of(document: &Document, anchor: &str) -> EcoString {
    let mut name: Option<EcoString> = None;
    let mut each = Each(|block: &Block| {
        if let Block::Heading(heading) = block
            && heading.id == anchor
        {
            name.get_or_insert_with(|| plain(&heading.text).into());
        }
    });
    visit(document, &mut each);
    let of_box = || find_directive(document, anchor)?.role.title().cloned();
    name.or_else(of_box).unwrap_or_else(|| anchor.into())
}

/// A visitor that only looks at blocks.
struct Each<F>(F);

impl<'d, F: FnMut(&'d Block)> Visitor<'d> for Each<F> {
    fn block(&mut self, block: &'d Block) -> Step {
        (self.0)(block);
        Step::Into
    }

    fn run(&mut self, _run: &'d [Inline], _place: Place) -> Step {
        Step::Over
    }
}
