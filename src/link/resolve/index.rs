//! The names by which pages are called: sources, addresses, identifiers, titles, numbers of kits.

use std::collections::HashMap;
use std::sync::Arc;

use ecow::EcoString;
use rayon::prelude::*;

use crate::content::Draft;
use crate::diag::{FilePath, nearest};
use crate::fields::Fields;
use crate::french::{Rules, fold, typeset};
use crate::site::{Page, PageId};
use crate::urls::Url;

/// The names by which pages are called.
pub struct Index<'a> {
    pub(super) pages: &'a [Page],
    pub(super) by_source: HashMap<FilePath, PageId>,
    pub(super) by_url: HashMap<Url, PageId>,
    /// Two editions of a kit may each have a page of one identifier.
    by_identifier: HashMap<EcoString, Vec<PageId>>,
    /// Folded titles: two editions often share them.
    by_title: HashMap<String, Vec<PageId>>,
    by_slug: HashMap<EcoString, Option<PageId>>,
    /// Folder names, slugs and sigles of kits, folded.
    kits: HashMap<String, PageId>,
    by_number: HashMap<(PageId, i64), PageId>,
    /// Kits that no newer edition replaces.
    current_kits: Vec<PageId>,
    /// What is written and not published yet.
    withheld: &'a [Arc<Draft>],
}

impl<'a> Index<'a> {
    /// Names every page.
    pub fn of(pages: &'a [Page], withheld: &'a [Arc<Draft>]) -> Self {
        let mut index = Self {
            pages,
            withheld,
            by_source: HashMap::with_capacity(pages.len()),
            by_url: HashMap::with_capacity(pages.len()),
            by_identifier: HashMap::new(),
            by_title: HashMap::with_capacity(pages.len()),
            by_slug: HashMap::with_capacity(pages.len()),
            kits: HashMap::new(),
            by_number: HashMap::with_capacity(pages.len()),
            current_kits: Vec::new(),
        };
        let titles: Vec<String> = pages.par_iter().with_max_len(64).map(|page| fold(&page.title)).collect();
        for (page, title) in pages.iter().zip(titles) {
            index.by_source.insert(page.source.clone(), page.id);
            index.by_url.insert(page.url.clone(), page.id);
            if let Some(identifier) = page.fields.text("identifiant") {
                index.by_identifier.entry(identifier.clone()).or_default().push(page.id);
            }
            index.by_title.entry(title).or_default().push(page.id);
            index.by_slug.entry(page.slug.clone()).and_modify(|page| *page = None).or_insert(Some(page.id));
            if page.kind.name() == "kit" {
                let folder = page.source.folder().rsplit('/').next().unwrap_or_default();
                index.kits.insert(fold(folder), page.id);
                index.kits.insert(fold(&page.slug), page.id);
                if let Some(sigle) = page.fields.text("sigle") {
                    index.kits.entry(fold(sigle)).or_insert(page.id);
                }
                index.current_kits.push(page.id);
            }
            if let (Some(parent), Some(number)) = (page.parent, page.number()) {
                index.by_number.insert((parent, number), page.id);
            }
        }
        let replaced: Vec<PageId> = pages
            .iter()
            .filter(|page| page.kind.name() == "kit")
            .filter_map(|page| index.kits.get(&fold(page.fields.text("remplace")?)).copied())
            .collect();
        // Editions that replace each other in a circle are all in force: one fault is enough.
        if !index.current_kits.iter().all(|kit| replaced.contains(kit)) {
            index.current_kits.retain(|kit| !replaced.contains(kit));
        }
        // A sigle shared by two editions means the current one.
        for kit in &index.current_kits {
            if let Some(sigle) = pages[kit.0 as usize].fields.text("sigle") {
                index.kits.insert(fold(sigle), *kit);
            }
        }
        index
    }

    /// Finds the page that a front matter names: a kit, `kit/numéro`, an identifier, a path or a title; else the nearest name.
    pub fn named(&self, from: &Page, named: &str) -> Result<PageId, Option<String>> {
        let path = format!("content/{}", named.trim_start_matches("content/").trim_matches('/'));
        for end in ["", ".md", "/index.md", "/_index.md"] {
            if let Some(page) = self.by_source.get(&FilePath::new(format!("{path}{end}"))) {
                return Ok(*page);
            }
        }
        if let Some(kit) = self.kits.get(&fold(named)) {
            return Ok(*kit);
        }
        self.wiki(from, named)
    }

    /// Finds the page of a reference: `4`, `fiche 4`, `kit/4`, `identifiant`, `Titre exact`.
    pub(super) fn wiki(&self, from: &Page, named: &str) -> Result<PageId, Option<String>> {
        let plain = named.trim();
        if let Some(pages) = self.by_identifier.get(plain) {
            return self.identified(from, plain, pages);
        }
        if let Some(number) = number(plain) {
            let kits = self.kits_near(from);
            let found: Vec<PageId> =
                kits.iter().filter_map(|kit| self.by_number.get(&(*kit, number)).copied()).collect();
            return match found.as_slice() {
                [page] => Ok(*page),
                [] => Err(self.nearest_number(from, &kits, number)),
                [first, ..] => Err(self.pages[first.0 as usize]
                    .parent
                    .map(|kit| format!("{}/{number}", self.pages[kit.0 as usize].slug))),
            };
        }
        if let Some((kit, rest)) = plain.split_once('/') {
            let Some(kit) = self.kits.get(&fold(kit)) else {
                let near = nearest(kit, self.kits.keys().map(String::as_str)).map(|near| format!("{near}/{rest}"));
                // What is proposed exists.
                return Err(near.filter(|near| self.wiki(from, near).is_ok()));
            };
            if let Some(number) = number(rest) {
                return self
                    .by_number
                    .get(&(*kit, number))
                    .copied()
                    .ok_or_else(|| self.nearest_number(from, &[*kit], number));
            }
            let children = &self.pages[kit.0 as usize].children;
            let named = children.iter().find(|child| {
                let child = &self.pages[child.0 as usize];
                child.slug == rest
                    || child.fields.text("identifiant").is_some_and(|own| own == rest)
                    || fold(&child.title) == fold(rest)
            });
            return named.copied().ok_or_else(|| {
                nearest(rest, children.iter().map(|child| self.pages[child.0 as usize].slug.as_str()))
                    .map(|near| format!("{}/{near}", self.pages[kit.0 as usize].slug))
            });
        }
        let folded = fold(plain);
        // A title as its page types it: readers see it typeset.
        let as_shown = || self.by_title.get(&fold(&typeset(&Rules::default(), plain)));
        let titled = self.by_title.get(&folded).or_else(as_shown).map(|pages| self.identified(from, plain, pages));
        if let Some(Ok(page)) = titled {
            return Ok(page);
        }
        if let Some(Some(page)) = self.by_slug.get(plain) {
            return Ok(*page);
        }
        if let Some(kit) = self.kits.get(&folded) {
            return Ok(*kit);
        }
        if let Some(several) = titled {
            return several;
        }
        Err(nearest(
            plain,
            self.pages.iter().map(|page| page.title.as_str()).chain(self.by_identifier.keys().map(EcoString::as_str)),
        )
        .map(str::to_owned))
    }

    /// Chooses among the pages of one identifier or title: that of the same folder, else that of the current edition.
    fn identified(&self, from: &Page, named: &str, pages: &[PageId]) -> Result<PageId, Option<String>> {
        let folder = |page: &PageId| self.pages[page.0 as usize].parent;
        let is_beside =
            |page: &&PageId| folder(page).is_some_and(|parent| from.parent == Some(parent) || from.id == parent);
        let is_current = |page: &&PageId| folder(page).is_some_and(|parent| self.current_kits.contains(&parent));
        let current: Vec<PageId> = pages.iter().filter(is_current).copied().collect();
        match (pages, pages.iter().find(is_beside), current.as_slice()) {
            ([page], ..) | (_, Some(page), _) | (_, None, [page]) => Ok(*page),
            ([first, ..], None, _) => {
                Err(folder(first).map(|kit| format!("{}/{named}", self.pages[kit.0 as usize].slug)))
            }
            ([], None, _) => Err(None),
        }
    }

    /// Returns the draft that a reference would find if it were published.
    pub(super) fn waiting(&self, from: &Page, named: &str) -> Option<&'a Arc<Draft>> {
        let plain = named.trim();
        let (kit, rest) = plain.split_once('/').map_or((None, plain), |(kit, rest)| (Some(fold(kit)), rest));
        let is_in_kit = |draft: &Draft| match &kit {
            Some(kit) => draft.folder.rsplit('/').next().is_some_and(|folder| fold(folder) == *kit),
            None => draft.folder == from.folder || !from.kind.name().starts_with("fiche"),
        };
        self.withheld.iter().find(|draft| match number(rest) {
            Some(number) => draft.fields.integer("numero") == Some(number) && is_in_kit(draft),
            None => {
                draft.fields.text("identifiant").is_some_and(|own| own == rest)
                    || draft.slug == rest
                    || fold(&draft.title) == fold(rest)
            }
        })
    }

    /// Returns the title of the fiche that a reference names and that its kit only announces.
    pub(super) fn announced(&self, from: &Page, named: &str) -> Option<EcoString> {
        let plain = named.trim();
        let (kits, rest) = match plain.split_once('/') {
            Some((kit, rest)) => (self.kits.get(&fold(kit)).copied().into_iter().collect(), rest),
            None => (self.kits_near(from), plain),
        };
        let is_named = |fiche: &&Fields| match number(rest) {
            Some(number) => fiche.integer("numero") == Some(number),
            None => fiche.text("titre").is_some_and(|title| fold(title) == fold(rest)),
        };
        let announced = kits.iter().flat_map(|kit| self.pages[kit.0 as usize].fields.maps("a_paraitre"));
        announced.into_iter().find(is_named)?.text("titre").cloned()
    }

    /// Returns the kits where a number without a kit is looked for.
    fn kits_near(&self, from: &Page) -> Vec<PageId> {
        let mut above = Some(from.id);
        while let Some(id) = above {
            let page = &self.pages[id.0 as usize];
            if page.kind.name() == "kit" {
                return vec![id];
            }
            above = page.parent;
        }
        self.current_kits.clone()
    }

    /// Returns the reference to the fiche of the nearest number, as it is written in a page.
    fn nearest_number(&self, from: &Page, kits: &[PageId], number: i64) -> Option<String> {
        let kit = kits.first()?;
        let found = self
            .by_number
            .iter()
            .filter(|((of, _), _)| of == kit)
            .min_by_key(|((_, own), _)| (own.abs_diff(number), *own))?;
        let near = found.0.1;
        let is_own = self.kits_near(from) == [*kit];
        Some(if is_own { near.to_string() } else { format!("{}/{near}", self.pages[kit.0 as usize].slug) })
    }
}

/// Reads `4`, `fiche 4`, `Fiche n° 4`.
fn number(named: &str) -> Option<i64> {
    let plain = fold(named);
    let rest = plain.trim_start_matches("fiche").trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']);
    let rest =
        rest.trim_start_matches("no").trim_start_matches("n°").trim_start_matches(['.', ' ', '\u{a0}', '\u{202f}']);
    rest.parse().ok()
}
