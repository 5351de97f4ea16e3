//! PDF: fiches, récits, newsletters and articles laid out by Typst, accessible and archivable, and the cards of social networks.

pub mod around;
pub mod booklet;
pub mod card;
pub mod connect;
mod emoji;
pub mod engine;
pub mod faults;
pub mod glyphs;
pub mod identity;
pub mod literal;
pub mod lower;
pub mod matter;
pub mod output;
pub mod pictures;
pub mod plain;
pub mod preflight;
mod selection;
pub mod sheet;
pub mod words;
pub mod worker;
mod world;

pub use card::Cards;
pub use output::Pdf;
pub use selection::Chosen;
