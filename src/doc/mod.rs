//! The body of a document: its typed tree, how Markdown becomes one, and its plain text.

pub mod tree;

pub use tree::*;
