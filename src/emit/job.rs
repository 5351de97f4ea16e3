//! A file to make: where it goes, what it reads, and how.

use super::{Cx, Made};
use crate::diag::FilePath;
use crate::site::PageId;
use crate::urls::Url;

/// What a file is made from, beside configuration, theme and what all pages show of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reads {
    /// The words of any page, or the result of other jobs.
    Everything,
    /// The words of this page.
    Words(PageId),
    /// The words of these pages.
    WordsOf(Vec<PageId>),
    /// No page's words: only what pages show elsewhere than at home.
    Faces,
}

/// One file to make.
pub struct Job {
    pub url: Url,
    /// The name of its output.
    pub output: &'static str,
    /// Made on its own thread with a large stack, not among the pages: PDF and cards.
    pub heavy: bool,
    /// Made after all the others: it tells what they weigh.
    pub last: bool,
    /// The source that asks for it, for the report of two files at one address.
    pub source: Option<FilePath>,
    /// What it is made from.
    pub reads: Reads,
    make: Box<dyn Fn(&Cx<'_>) -> Made + Send + Sync>,
}

impl Job {
    /// Makes a job of an output.
    pub fn new(output: &'static str, url: Url, make: impl Fn(&Cx<'_>) -> Made + Send + Sync + 'static) -> Self {
        Self { url, output, heavy: false, last: false, source: None, reads: Reads::Everything, make: Box::new(make) }
    }

    /// Says that it is made from less than everything.
    pub fn reads(mut self, reads: Reads) -> Self {
        self.reads = reads;
        self
    }

    /// Names the source that asks for the file.
    pub fn from(mut self, source: &FilePath) -> Self {
        self.source = Some(source.clone());
        self
    }

    /// Asks for a thread with a large stack.
    pub fn heavy(mut self) -> Self {
        self.heavy = true;
        self
    }

    /// Asks to be made after all the others.
    pub fn last(mut self) -> Self {
        self.last = true;
        self
    }

    /// Says whether it is one of those chosen by their address, one in `every`; the home page and what stands just
    /// under it always are, since they are few and each of its own sort.
    pub fn is_among(&self, every: usize) -> bool {
        let url = self.url.as_str();
        let sum = url.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
        (sum as usize).is_multiple_of(every) || self.url.depth() <= 2
    }

    /// Makes the file.
    pub fn make(&self, cx: &Cx<'_>) -> Made {
        (self.make)(cx)
    }
}
