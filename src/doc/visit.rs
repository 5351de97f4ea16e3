//! Walks over a document in reading order, to look at it or to change it: no other module knows where words hide.

use ecow::EcoString;

use super::tree::{Block, Document, Inline, Role};

/// A part of a block, in reading order.
#[derive(Debug, Clone, Copy)]
pub enum Part<'d> {
    Blocks(&'d [Block]),
    Run(&'d [Inline], Place),
    Label(&'d EcoString, Place),
}

/// A part of a block that may be changed.
#[derive(Debug)]
pub enum PartMut<'d> {
    Blocks(&'d mut Vec<Block>),
    Run(&'d mut Vec<Inline>, Place),
    Label(&'d mut EcoString, Place),
}

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A paragraph, a line of a list, what a figure or a date says.
    Text,
    Heading,
    /// A header cell of a table.
    Header,
    Cell,
    /// The caption of a table or of a figure.
    Caption,
    /// A term and its definitions.
    Term,
    /// The value of a key figure.
    Figure,
    /// The title of a box or of a step.
    Title,
    /// Who speaks, from where, on whose word, with whom.
    Credit,
    /// What an image says to those who do not see it.
    Alternative,
}

/// What a visitor wants after a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Go into the node.
    Into,
    /// Leave the node aside and go on.
    Over,
}

/// Looks at a document; every method has a default that goes on.
pub trait Visitor<'d> {
    /// Before the parts of a block.
    fn block(&mut self, _block: &'d Block) -> Step {
        Step::Into
    }
    /// After the parts of a block that was gone into.
    fn after_block(&mut self, _block: &'d Block) {}
    /// Before a whole sequence of inlines: a paragraph, a heading, a cell…
    fn run(&mut self, _run: &'d [Inline], _place: Place) -> Step {
        Step::Into
    }
    /// Before the children of an inline.
    fn inline(&mut self, _inline: &'d Inline) -> Step {
        Step::Into
    }
    /// Words that are not inlines: the title of a box, an author.
    fn label(&mut self, _text: &'d EcoString, _place: Place) {}
}

/// Changes a document; every method has a default that changes nothing.
pub trait VisitorMut {
    /// Before the parts of a block.
    fn block(&mut self, _block: &mut Block) -> Step {
        Step::Into
    }
    /// Before a whole sequence of inlines: a paragraph, a heading, a cell…
    fn run(&mut self, _run: &mut Vec<Inline>, _place: Place) -> Step {
        Step::Into
    }
    /// Before the children of an inline.
    fn inline(&mut self, _inline: &mut Inline) -> Step {
        Step::Into
    }
    /// Words that are not inlines: the title of a box, an author.
    fn label(&mut self, _text: &mut EcoString, _place: Place) {}
}

/// Shows a whole document to a visitor: its blocks, then its notes.
pub fn visit<'d>(document: &'d Document, visitor: &mut impl Visitor<'d>) {
    visit_blocks(&document.blocks, visitor);
    for note in &document.notes {
        visit_blocks(&note.body, visitor);
    }
}

/// Shows some blocks to a visitor.
pub fn visit_blocks<'d>(blocks: &'d [Block], visitor: &mut impl Visitor<'d>) {
    for block in blocks {
        if visitor.block(block) == Step::Over {
            continue;
        }
        block.parts(&mut |part| match part {
            Part::Blocks(blocks) => visit_blocks(blocks, visitor),
            Part::Run(run, place) => {
                if visitor.run(run, place) == Step::Into {
                    visit_inlines(run, visitor);
                }
            }
            Part::Label(text, place) => visitor.label(text, place),
        });
        visitor.after_block(block);
    }
}

/// Shows some inlines to a visitor.
pub fn visit_inlines<'d>(inlines: &'d [Inline], visitor: &mut impl Visitor<'d>) {
    for inline in inlines {
        if visitor.inline(inline) == Step::Into {
            visit_inlines(inline.children(), visitor);
        }
    }
}

/// Gives a whole document to a visitor that may change it: its blocks, then its notes.
pub fn visit_mut(document: &mut Document, visitor: &mut impl VisitorMut) {
    visit_blocks_mut(&mut document.blocks, visitor);
    for note in &mut document.notes {
        visit_blocks_mut(&mut note.body, visitor);
    }
}

/// Gives some blocks to a visitor that may change them.
pub fn visit_blocks_mut(blocks: &mut [Block], visitor: &mut impl VisitorMut) {
    for block in blocks {
        if visitor.block(block) == Step::Over {
            continue;
        }
        block.parts_mut(&mut |part| match part {
            PartMut::Blocks(blocks) => visit_blocks_mut(blocks, visitor),
            PartMut::Run(run, place) => {
                if visitor.run(run, place) == Step::Into {
                    visit_inlines_mut(run, visitor);
                }
            }
            PartMut::Label(text, place) => visitor.label(text, place),
        });
    }
}

/// Gives some inlines to a visitor that may change them.
pub fn visit_inlines_mut(inlines: &mut [Inline], visitor: &mut impl VisitorMut) {
    for inline in inlines {
        if visitor.inline(inline) == Step::Into
            && let Some(children) = inline.children_mut()
        {
            visit_inlines_mut(children, visitor);
        }
    }
}

/// Lists the parts of a block in reading order; written once for both ways of borrowing.
macro_rules! parts {
    ($block:expr, $each:expr, $Part:ident $(, $mutable:tt)?) => {
        match $block {
            Block::Paragraph { text, .. } => $each($Part::Run(text, Place::Text)),
            Block::Heading(heading) => $each($Part::Run(& $($mutable)? heading.text, Place::Heading)),
            Block::List(list) => {
                for item in & $($mutable)? list.items {
                    $each($Part::Blocks(& $($mutable)? item.body));
                }
            }
            Block::Quote(body) | Block::Alert { body, .. } => $each($Part::Blocks(body)),
            Block::Code { .. } | Block::Html(_) | Block::Rule => {}
            Block::Table(table) => {
                $each($Part::Run(& $($mutable)? table.caption, Place::Caption));
                for cell in & $($mutable)? table.head {
                    $each($Part::Run(cell, Place::Header));
                }
                for cell in (& $($mutable)? table.rows).into_iter().flatten() {
                    $each($Part::Run(cell, Place::Cell));
                }
            }
            Block::Definitions(entries) => {
                for entry in entries {
                    $each($Part::Run(& $($mutable)? entry.term, Place::Term));
                    for definition in & $($mutable)? entry.definitions {
                        $each($Part::Blocks(definition));
                    }
                }
            }
            Block::Figure(figure) => {
                let figure = & $($mutable)? **figure;
                $each($Part::Label(& $($mutable)? figure.image.alt, Place::Alternative));
                $each($Part::Run(& $($mutable)? figure.caption, Place::Caption));
                if let Some(credit) = & $($mutable)? figure.credit {
                    $each($Part::Label(credit, Place::Credit));
                }
            }
            Block::Directive(directive) => {
                let directive = & $($mutable)? **directive;
                let body = & $($mutable)? directive.body;
                match & $($mutable)? directive.role {
                    Role::Exemple(exemple) => {
                        $each($Part::Label(& $($mutable)? exemple.titre, Place::Title));
                        $each($Part::Blocks(body));
                        for text in [& $($mutable)? exemple.acteurs, & $($mutable)? exemple.contact, & $($mutable)? exemple.source].into_iter().flatten() {
                            $each($Part::Label(text, Place::Credit));
                        }
                    }
                    Role::Encadre { titre } | Role::Ressources { titre } | Role::Carte { titre, .. } | Role::Telechargement { titre, .. } => {
                        if let Some(titre) = titre {
                            $each($Part::Label(titre, Place::Title));
                        }
                        $each($Part::Blocks(body));
                    }
                    Role::Definition { terme } => {
                        $each($Part::Label(terme, Place::Title));
                        $each($Part::Blocks(body));
                    }
                    Role::Citation { auteur, fonction, source } => {
                        $each($Part::Blocks(body));
                        for text in [auteur, fonction, source].into_iter().flatten() {
                            $each($Part::Label(text, Place::Credit));
                        }
                    }
                    Role::Voix { qui, role } => {
                        $each($Part::Blocks(body));
                        for text in [qui, role].into_iter().flatten() {
                            $each($Part::Label(text, Place::Credit));
                        }
                    }
                    Role::Chiffres { source, figures } => {
                        for figure in figures {
                            $each($Part::Run(& $($mutable)? figure.value, Place::Figure));
                            $each($Part::Run(& $($mutable)? figure.text, Place::Text));
                        }
                        $each($Part::Blocks(body));
                        if let Some(source) = source {
                            $each($Part::Label(source, Place::Credit));
                        }
                    }
                    Role::Etapes { steps } => {
                        for step in steps {
                            $each($Part::Run(& $($mutable)? step.title, Place::Title));
                            $each($Part::Blocks(& $($mutable)? step.body));
                        }
                        $each($Part::Blocks(body));
                    }
                    Role::Trajectoire { milestones } | Role::Agenda { events: milestones } => {
                        for milestone in milestones {
                            $each($Part::Run(& $($mutable)? milestone.text, Place::Text));
                            $each($Part::Blocks(& $($mutable)? milestone.body));
                        }
                        $each($Part::Blocks(body));
                    }
                    Role::Video { titre, .. } => {
                        $each($Part::Label(titre, Place::Title));
                        $each($Part::Blocks(body));
                    }
                    Role::Galerie { images } => {
                        for figure in images {
                            $each($Part::Label(& $($mutable)? figure.image.alt, Place::Alternative));
                            $each($Part::Run(& $($mutable)? figure.caption, Place::Caption));
                            if let Some(credit) = & $($mutable)? figure.credit {
                                $each($Part::Label(credit, Place::Credit));
                            }
                        }
                        $each($Part::Blocks(body));
                    }
                    Role::ALaUne { .. } | Role::Reprise { .. } => $each($Part::Blocks(body)),
                }
            }
        }
    };
}

impl Block {
    /// Gives the parts of this block in reading order.
    pub fn parts<'d>(&'d self, each: &mut impl FnMut(Part<'d>)) {
        parts!(self, each, Part);
    }

    /// Gives the parts of this block in reading order, to be changed.
    pub fn parts_mut<'d>(&'d mut self, each: &mut impl FnMut(PartMut<'d>)) {
        parts!(self, each, PartMut, mut);
    }
}

impl Inline {
    /// Returns the inlines inside this one.
    pub fn children(&self) -> &[Inline] {
        match self {
            Self::Emphasis(children)
            | Self::Strong(children)
            | Self::Deleted(children)
            | Self::Superscript(children)
            | Self::Subscript(children)
            | Self::Link { text: children, .. }
            | Self::Foreign { text: children, .. } => children,
            Self::Text(_)
            | Self::SmallCaps(_)
            | Self::NoBreak(_)
            | Self::Code(_)
            | Self::Image(_)
            | Self::NoteCall { .. }
            | Self::Abbreviation { .. }
            | Self::Html(_)
            | Self::SoftBreak
            | Self::HardBreak => &[],
        }
    }

    /// Returns the inlines inside this one, to be changed.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Self::Emphasis(children)
            | Self::Strong(children)
            | Self::Deleted(children)
            | Self::Superscript(children)
            | Self::Subscript(children)
            | Self::Link { text: children, .. }
            | Self::Foreign { text: children, .. } => Some(children),
            Self::Text(_)
            | Self::SmallCaps(_)
            | Self::NoBreak(_)
            | Self::Code(_)
            | Self::Image(_)
            | Self::NoteCall { .. }
            | Self::Abbreviation { .. }
            | Self::Html(_)
            | Self::SoftBreak
            | Self::HardBreak => None,
        }
    }
}
