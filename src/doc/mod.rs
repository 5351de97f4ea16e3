//! The body of a document: its typed tree, how Markdown becomes one, and its plain text.

mod allowed;
mod anchors;
mod attributes;
mod bodies;
mod boxes;
mod builder;
mod dates;
pub mod directives;
mod elements;
mod fences;
mod frames;
pub mod glossary;
mod html;
mod inline;
mod levels;
mod links;
mod marks;
mod markup;
mod notes;
pub mod outline;
mod parse;
pub mod passages;
mod pasted;
mod roles;
mod saying;
mod tables;
pub mod text;
pub mod tree;
mod typeset;
pub mod visit;
mod words;
mod words_in_place;

pub use anchors::is_reserved;
pub use boxes::Boxes;
pub use directives::DIRECTIVES;
pub use glossary::{Glossary, Sense, Term, explain};
pub use links::missing_alternative;
pub use marks::shown_as_typed;
pub use outline::{
    HeadingRef, Section, anchors, each_box, each_directive, each_directive_of, find_directive, name_of, outline,
    sections,
};
pub use parse::{MAX_BYTES, MAX_DEPTH, Options, Source, parse};
pub use passages::{Flat, Fragment, LinkSite, Passage, PassageKind, Passages, SiteForm, passages};
pub use text::{excerpt, excerpt_named, excerpt_of, plain as inline_text, plain_named as inline_text_named, shorten};
pub use tree::*;
pub use typeset::{typeset_document, typeset_inlines};
pub use visit::{Part, PartMut, Place, Step, Visitor, VisitorMut, visit, visit_mut};

/// Folds a name as typed into the form names are listed in: `Année` is `annee`, `À la une` is `a-la-une`.
fn loosely(name: &str) -> String {
    crate::french::fold(name).replace([' ', '_'], "-").replace("verifie-le", "verifie_le")
}
