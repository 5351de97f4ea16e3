//! PDF: fiches, récits, newsletters and pages laid out by Typst, accessible and archivable, and the cards of social networks.

pub mod around;
pub mod engine;
pub mod glyphs;
pub mod literal;
pub mod lower;
pub mod plain;
pub mod words;
pub mod worker;
