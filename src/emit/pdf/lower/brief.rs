//! Boxes that surely fit on a page, which need not be measured before they are laid out.

use ecow::EcoString;

use super::Lowering;
use crate::doc::visit::visit_blocks;
use crate::doc::{Block, Inline, Place, Step, Visitor};

/// A box of this many characters takes less than half a page.
const BRIEF: usize = 1500;

/// What a block adds to its words, and what something drawn may take.
const BLOCK: usize = 90;
const DRAWN: usize = BRIEF;

impl<'a> Lowering<'a, '_> {
    /// Says, as an argument, that the box at hand is short, when it surely is.
    pub(super) fn brief(&mut self, body: &'a [Block]) {
        let mut size = Size(0);
        visit_blocks(body, &mut size);
        if size.0 < BRIEF {
            self.code("bref: true, ");
        }
    }
}

/// How many characters blocks hold, or would hold in the place of what they show.
struct Size(usize);

impl<'d> Visitor<'d> for Size {
    fn block(&mut self, block: &'d Block) -> Step {
        self.0 += match block {
            Block::Figure(_) | Block::Table(_) | Block::Directive(_) | Block::Html(_) => DRAWN,
            Block::Code { text, .. } => text.len() + BLOCK * text.lines().count(),
            Block::List(list) => BLOCK * list.items.len(),
            Block::Paragraph { .. }
            | Block::Heading(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Definitions(_)
            | Block::Rule => BLOCK,
        };
        Step::Into
    }

    fn inline(&mut self, inline: &'d Inline) -> Step {
        self.0 += match inline {
            Inline::Text(text) | Inline::SmallCaps(text) | Inline::NoBreak(text) | Inline::Code(text) => text.len(),
            Inline::Html(text) => text.len(),
            Inline::Abbreviation { text, meaning, .. } => text.len() + meaning.len(),
            // A note, and an address that print adds.
            Inline::NoteCall { .. } | Inline::Link { .. } | Inline::HardBreak => BLOCK,
            Inline::Image(_) => DRAWN,
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Deleted(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Foreign { .. }
            | Inline::SoftBreak => 0,
        };
        Step::Into
    }

    fn label(&mut self, text: &'d EcoString, _: Place) {
        self.0 += text.len();
    }
}
