//! Headings inside boxes, quotes and lists: below the heading that they stand under, and never levers.

use super::tree::{Block, Document, Role};
use super::visit::PartMut;

/// The deepest level of a heading.
const DEEPEST: u8 = 6;

/// Puts the headings that stand inside others' bodies at their level.
pub(super) fn settle(document: &mut Document) {
    // The title of the page is above all.
    let mut level = 1;
    for block in &mut document.blocks {
        match block {
            Block::Heading(heading) => level = heading.level,
            other => inside(other, level),
        }
    }
    // They are listed under a title of the second level.
    document.notes.iter_mut().for_each(|note| body(&mut note.body, 2));
}

/// Settles what a block holds; `above` is the level of the heading that it stands under.
fn inside(block: &mut Block, above: u8) {
    let above = if is_titled(block) { above + 1 } else { above };
    block.parts_mut(&mut |part| {
        if let PartMut::Blocks(blocks) = part {
            body(blocks, above);
        }
    });
}

fn body(blocks: &mut [Block], above: u8) {
    let (mut first, mut level) = (None, above);
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                heading.outside_levers = true;
                let first = *first.get_or_insert(heading.level);
                let wanted = above + 1 + heading.level.saturating_sub(first);
                level = wanted.min(level + 1).min(DEEPEST);
                heading.level = level;
            }
            other => inside(other, level),
        }
    }
}

/// Returns whether a block bears a title of its own.
fn is_titled(block: &Block) -> bool {
    let Block::Directive(directive) = block else { return false };
    if let Role::Exemple(exemple) = &directive.role {
        !exemple.titre.is_empty()
    } else if let Role::Encadre { titre } | Role::Ressources { titre } = &directive.role {
        titre.as_ref().is_some_and(|titre| !titre.is_empty())
    } else {
        false
    }
}
