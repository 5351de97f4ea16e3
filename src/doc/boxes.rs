//! The directives of a document, wherever they are nested.

use super::{Block, Directive, Document, Step, Visitor, visit};

/// Calls a function with every directive, in reading order.
pub fn each_directive<'d>(document: &'d Document, each: &mut impl FnMut(&'d Directive)) {
    struct Finder<'f, F>(&'f mut F);
    impl<'d, F: FnMut(&'d Directive)> Visitor<'d> for Finder<'_, F> {
        fn block(&mut self, block: &'d Block) -> Step {
            if let Block::Directive(directive) = block {
                (self.0)(directive);
            }
            Step::Into
        }
    }
    visit(document, &mut Finder(each));
}

/// Returns the directive of an anchor.
pub fn find_directive<'d>(document: &'d Document, anchor: &str) -> Option<&'d Directive> {
    let mut found = None;
    each_directive(document, &mut |directive| {
        if found.is_none() && directive.id.as_deref() == Some(anchor) {
            found = Some(directive);
        }
    });
    found
}
