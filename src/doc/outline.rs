//! The headings of a document: its outline, its sections, and every anchor a link may reach.

use super::tree::{Block, Document, Heading, Inline};
use super::visit::{Step, Visitor, visit};
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
pub fn outline(document: &Document) -> Vec<HeadingRef<'_>> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
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
        .collect()
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
pub fn anchors(document: &Document) -> Vec<&str> {
    let mut anchors = Anchors(Vec::new());
    visit(document, &mut anchors);
    anchors.0
}

struct Anchors<'d>(Vec<&'d str>);

impl<'d> Visitor<'d> for Anchors<'d> {
    fn block(&mut self, block: &'d Block) -> Step {
        match block {
            Block::Heading(heading) => self.0.push(&heading.id),
            Block::Directive(directive) => self.0.extend(directive.id.as_deref()),
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
        }
        Step::Into
    }
}
