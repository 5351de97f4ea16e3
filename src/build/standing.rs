//! What each file is made from, so that a build leaves alone those whose inputs are the same as last time.
//!
//! Of a page, other pages show its face: its front matter, its headings, links and boxes. The words around them are
//! read by its own page alone, so that a change of words makes one page again, and any other change makes them all.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Build;
use crate::doc::{self, LinkForm};
use crate::emit::{Job, Reads};
use crate::memo::Key;
use crate::site::{Asset, Page, PageId, Target};

/// The inputs of the files of one build.
pub struct Inputs<'b> {
    build: &'b Build,
    /// The hash of what every file may depend on.
    shared: Key,
}

impl Build {
    /// Gathers what files are made from; the heavy ones must have been made, since pages state their sizes.
    ///
    /// There is nothing to gather when a person has withdrawn: what pages then show is decided word by word.
    pub fn inputs(&self) -> Option<Inputs<'_>> {
        if self.site.has_withdrawals || self.options.preview {
            return None;
        }
        let taken = taken(self);
        let faces: Vec<Key> = self
            .site
            .pages
            .par_iter()
            .with_max_len(64)
            .map(|page| face(self, page, taken.contains(&page.id)))
            .collect();
        let is_page = |path| self.site.pages.binary_search_by(|page| page.source.cmp(path)).is_ok();
        let others: Vec<_> = self.snapshot.under("").map(|file| &file.path).filter(|path| !is_page(path)).collect();
        let hashes: Vec<Option<_>> = others.par_iter().with_max_len(64).map(|path| self.snapshot.hash(path)).collect();
        let options = format!("{:?}", self.options);
        // A text in another encoding keeps its hash, and pages state what its file weighs.
        let weighed = |asset: &Asset| format!("{} {} {:?}\n", asset.url, asset.size, asset.pixels);
        let assets: String = self.site.assets.iter().map(weighed).collect();
        let mut parts: Vec<&[u8]> = vec![options.as_bytes(), assets.as_bytes()];
        parts.extend(faces.iter().map(Key::as_bytes));
        for (path, hash) in others.iter().zip(&hashes) {
            parts.extend([path.as_str().as_bytes(), hash.as_ref()?.as_bytes()]);
        }
        Some(Inputs { build: self, shared: Key::of("inputs", parts) })
    }
}

impl Inputs<'_> {
    /// Returns the hash of what a file is made from; nothing for one that every build makes again.
    pub fn of(&self, job: &Job) -> Option<Key> {
        match &job.reads {
            Reads::Everything => None,
            Reads::Faces => Some(self.shared),
            Reads::Words(id) => {
                let cx = self.build.cx();
                let size = cx.urls.of(*id, "pdf").and_then(|url| cx.size_of(url)).unwrap_or_default();
                let own = self.build.site.page(*id).key;
                Some(Key::of("words", [self.shared.as_bytes(), own.as_bytes(), &size.to_le_bytes()]))
            }
            Reads::WordsOf(pages) => {
                let own = pages.iter().map(|id| &self.build.site.page(*id).key);
                Some(Key::of("words of", std::iter::once(&self.shared).chain(own).map(Key::as_bytes)))
            }
        }
    }
}

/// Returns the pages of which other pages show a box whole: what their words number or explain shows there too.
fn taken(build: &Build) -> BTreeSet<PageId> {
    let site = &build.site;
    let arguments = |page: &'_ Page| -> Vec<PageId> {
        let links = page.document.links.iter().zip(&page.targets);
        let examples = links.filter_map(|(link, target)| match (link.form, target) {
            (LinkForm::Argument, Target::Example(id)) => Some(site.example(*id).page),
            _ => None,
        });
        examples.filter(|home| *home != page.id).collect()
    };
    site.pages.iter().flat_map(arguments).collect()
}

/// Returns the hash of what the rest of the site may show of a page.
fn face(build: &Build, page: &Page, is_taken: bool) -> Key {
    let is_bare = |link: &doc::RawLink| link.form == LinkForm::Wiki;
    let names_others_in_excerpt = page.summary.is_empty() && page.document.links.iter().any(is_bare);
    if is_taken || names_others_in_excerpt {
        return page.key;
    }
    let mut seen = String::with_capacity(1024);
    let mut add = |part: &str| {
        seen.push_str(part);
        seen.push('\0');
    };
    add(page.source.as_str());
    add(page.kind.name());
    add(page.url.as_str());
    add(&page.title);
    add(&page.excerpt);
    page.anchors.iter().for_each(|anchor| add(anchor));
    for link in &page.document.links {
        add(match link.form {
            LinkForm::Inline => "inline",
            LinkForm::Wiki => "wiki",
            LinkForm::Image => "image",
            LinkForm::Argument => "argument",
            LinkForm::Withdrawn => "withdrawn",
        });
        add(&link.to);
    }
    for heading in doc::outline(&page.document) {
        add(&heading.level.to_string());
        add(heading.id);
        add(&doc::inline_text(heading.text));
        add(if heading.outside_levers { "outside" } else { "" });
    }
    for id in &page.examples {
        add(&build.site.example(*id).excerpt);
    }
    // The boxes of a transcription stand in a file of their own, hashed with the others.
    Key::of("face", [page.seen.as_bytes(), seen.as_bytes()])
}
