//! The words of a Markdown file where they stand: for advice that points at exact bytes and repairs that touch nothing else.

use std::ops::Range;

use pulldown_cmark::Parser;

use super::fences;
use super::parse::{MAX_BYTES, Source, extensions};
use super::words_in_place::Reader;

/// What the body of a file holds, each thing with its bytes in the file.
#[derive(Debug, Default)]
pub struct Passages {
    /// Paragraphs, headings, items and cells, in the order of the text.
    pub passages: Vec<Passage>,
    /// Links and images, in the order of the text.
    pub links: Vec<LinkSite>,
    /// Tables: their bytes, and whether every cell of the first row is empty.
    pub tables: Vec<(Range<usize>, bool)>,
    /// What is neither a passage nor a heading but fills a section: code, tables, raw HTML, directives.
    pub other: Vec<Range<usize>>,
}

/// A sequence of words that is read as one.
#[derive(Debug, Clone)]
pub struct Passage {
    pub kind: PassageKind,
    pub span: Range<usize>,
    pub fragments: Vec<Fragment>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    Text,
    Item,
    Heading(u8),
    Cell,
}

/// A piece of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fragment {
    /// Bytes of the file that are read as they stand.
    Words(Range<usize>),
    /// Something else between the words, with its first and last characters if it shows any.
    Other(Range<usize>, Option<(char, char)>),
    /// The end of a line of the source.
    Break(Range<usize>),
}

/// A link or an image as it stands in the file.
#[derive(Debug, Clone)]
pub struct LinkSite {
    pub span: Range<usize>,
    /// The words that bear the link, or the alternative of the image.
    pub text: String,
    pub to: String,
    pub form: SiteForm,
}

/// How a link stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteForm {
    /// `[texte](adresse)`.
    Link,
    /// `<https://…>`.
    Bare,
    /// `[[…]]`.
    Wiki,
    Image,
}

impl Passage {
    /// Returns the words as the file has them, what stands between as one character, and where each byte comes from.
    pub fn flat(&self, text: &str) -> Flat {
        let mut flat = Flat { text: String::new(), starts: Vec::new() };
        for fragment in &self.fragments {
            let (range, shown) = match fragment {
                Fragment::Words(range) => (range, text[range.clone()].to_owned()),
                Fragment::Other(range, borders) => (range, borders.map_or(String::new(), |_| "\u{fffc}".to_owned())),
                Fragment::Break(range) => (range, "\n".to_owned()),
            };
            flat.starts.push((flat.text.len(), range.clone()));
            flat.text.push_str(&shown);
        }
        flat
    }
}

/// The words of a passage on one string, with the way back to the file.
#[derive(Debug)]
pub struct Flat {
    pub text: String,
    starts: Vec<(usize, Range<usize>)>,
}

impl Flat {
    /// Returns the bytes of the file that show the bytes `range` of the string.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize, end: bool| {
            let index =
                self.starts.partition_point(|(start, _)| if end { *start < at } else { *start <= at }).max(1) - 1;
            let (start, source) = self.starts.get(index).cloned().unwrap_or_default();
            (source.start + (at - start)).min(source.end)
        };
        let start = place(range.start, false);
        start..place(range.end, true).max(start)
    }
}

/// Reads where the words of a file stand.
pub fn passages(source: &Source<'_>) -> Passages {
    let body = source.markdown();
    if body.len() > MAX_BYTES {
        return Passages::default();
    }
    let fences = fences::find(body);
    let hidden = fences::hide(body, &fences);
    let mut reader = Reader::new(body, source.start());
    for fence in &fences {
        reader.fence(fence.span.clone());
    }
    for (event, range) in Parser::new_ext(&hidden, extensions()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish()
}
