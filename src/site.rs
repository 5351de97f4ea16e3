//! The finished site: every page with its links resolved, the themes, places, examples and files that belong to it. Read-only.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use ecow::EcoString;

use crate::config::Config;
use crate::content::Draft;
use crate::diag::{FilePath, Report, Span};
use crate::doc::{Exemple, Glossary, LinkId};
use crate::fields::Fields;
use crate::french::{When, fold};
use crate::territory::PlaceId;
use crate::urls::Url;

/// The place of a page in [`Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageId(pub u32);

/// The place of a file in [`Site::assets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AssetId(pub u32);

/// The place of an example in [`Site::examples`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExampleId(pub u32);

/// Where a link goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A page of the site, perhaps at an anchor.
    Page {
        page: PageId,
        anchor: Option<EcoString>,
    },
    /// An anchor of the same page.
    Anchor(EcoString),
    Example(ExampleId),
    /// A file published beside the pages.
    File(AssetId),
    /// An address of the site that is not a page of the content: `/recherche/`, a file of `static/`.
    Site {
        url: Url,
        anchor: Option<EcoString>,
    },
    /// Another site.
    External(EcoString),
    Mail(EcoString),
    /// Nothing answers; the report says so.
    Broken,
}

/// A family of a kit's fiches.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// What the fiches say in `famille`.
    pub key: EcoString,
    pub title: EcoString,
    pub summary: Option<EcoString>,
}

impl Family {
    /// Returns whether a written name means this family: its key or its title, whatever the case and the accents.
    pub fn answers(&self, named: &str) -> bool {
        let named = fold(named);
        fold(&self.key) == named || fold(&self.title) == named
    }
}

/// A page of the site.
#[derive(Debug, Clone)]
pub struct Page {
    pub id: PageId,
    pub draft: Arc<Draft>,
    /// The page of its folder; the home page for those at the root.
    pub parent: Option<PageId>,
    /// The pages of its folder, in the order readers see them.
    pub children: Vec<PageId>,
    /// Of a fiche: the index of its family in [`Site::families`].
    pub family: Option<usize>,
    /// One for each of the document's links.
    pub targets: Vec<Target>,
    /// Indexes in [`Site::themes`].
    pub themes: Vec<usize>,
    /// The places that its front matter names.
    pub places: Vec<PlaceId>,
    /// The examples of its body.
    pub examples: Vec<ExampleId>,
    /// The image of its front matter.
    pub image: Option<AssetId>,
    /// The laid-out PDF that the writer supplies.
    pub pdf: Option<AssetId>,
    /// The page of a newer edition that replaces it.
    pub newer: Option<PageId>,
    /// The page of an older edition that it replaces.
    pub older: Option<PageId>,
    /// The same text in other languages, itself left out.
    pub translations: Vec<PageId>,
    /// Other versions of the same récit.
    pub versions: Vec<PageId>,
    /// The pages that link here, in the order of the site.
    pub linked_from: Vec<PageId>,
    /// Whether the page, or a folder above it, is archived.
    pub archived: bool,
}

impl Deref for Page {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        &self.draft
    }
}

impl Page {
    /// Returns where a link of the body goes.
    pub fn target(&self, link: LinkId) -> &Target {
        self.targets.get(link.0 as usize).unwrap_or(&Target::Broken)
    }

    /// Returns whether it is kept readable but out of lists, feeds and search: archived itself, or with its whole folder.
    pub fn is_archived(&self) -> bool {
        self.archived
    }

    /// Returns when its text last changed: when it was brought up to date, else when it was published.
    pub fn version(&self) -> Option<&When> {
        self.fields.when("mis_a_jour").or(self.fields.when("date"))
    }

    /// Returns the number a fiche has in its kit.
    pub fn number(&self) -> Option<i64> {
        self.fields.integer("numero")
    }

    /// Returns its place in the reading order of its folder, when something says it: `ordre`, else its number.
    pub fn rank(&self) -> Option<i64> {
        self.fields.integer("ordre").or(self.number())
    }

    /// Returns the kind's name.
    pub fn kind_name(&self) -> &'static str {
        self.kind.name()
    }
}

/// A theme and what bears it.
#[derive(Debug, Clone)]
pub struct Theme {
    pub name: EcoString,
    pub slug: EcoString,
    pub url: Url,
    pub pages: Vec<PageId>,
    pub examples: Vec<ExampleId>,
}

/// A territory and what happens there; only where there is content, or below which there is.
#[derive(Debug, Clone, Default)]
pub struct Territory {
    pub pages: Vec<PageId>,
    pub examples: Vec<ExampleId>,
    /// The narrower territories to show just under it, in reading order.
    pub children: Vec<PlaceId>,
    /// Every narrower territory that has content of its own.
    pub below: Vec<PlaceId>,
    /// Everything there and below.
    pub count: usize,
}

/// An example of a fiche or a récit, an object of its own.
#[derive(Debug, Clone)]
pub struct Example {
    pub id: ExampleId,
    pub page: PageId,
    pub anchor: EcoString,
    pub exemple: Exemple,
    /// The beginning of its text, for lists.
    pub excerpt: EcoString,
    pub place: Option<PlaceId>,
    /// Its own themes, or those of its page; indexes in [`Site::themes`].
    pub themes: Vec<usize>,
    pub span: Span,
}

/// A file of the content that pages show or offer.
#[derive(Debug, Clone)]
pub struct Asset {
    pub id: AssetId,
    pub source: FilePath,
    pub url: Url,
    /// In bytes.
    pub size: u64,
    /// Width and height in pixels as shown, for an image that could be measured.
    pub pixels: Option<(u32, u32)>,
}

/// An old address that leads to a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    pub from: Url,
    pub to: Url,
}

/// The finished site.
#[derive(Clone)]
pub struct Site {
    pub config: Arc<Config>,
    /// Sorted by source path; a [`PageId`] is an index.
    pub pages: Vec<Page>,
    pub themes: Vec<Theme>,
    pub territories: BTreeMap<PlaceId, Territory>,
    pub examples: Vec<Example>,
    pub assets: Vec<Asset>,
    pub redirects: Vec<Redirect>,
    /// The families of each kit, in the order readers see them.
    pub families: BTreeMap<PageId, Vec<Family>>,
    pub glossary: Arc<Glossary>,
    /// The files of `static/`: where they go and where they come from.
    pub statics: Vec<(Url, FilePath)>,
    pub home: Option<PageId>,
    /// Whether a récit names people who withdrew: they are forgotten everywhere.
    pub has_withdrawals: bool,
}

impl Site {
    /// Returns a page.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// Returns what a page writes between double brackets to cite a fiche: « 3 » in its kit, « kit-communal/3 » elsewhere.
    ///
    /// There is nothing to write when no kit in force has this number.
    pub fn cited(&self, from: &Page, number: i64) -> Option<EcoString> {
        let has = |kit: &Page| {
            kit.children.iter().any(|child| *child != from.id && self.page(*child).number() == Some(number))
        };
        let own = if from.kind.name() == "kit" { Some(from) } else { self.kit_of(from) };
        if own.is_some_and(has) {
            return Some(ecow::eco_format!("{number}"));
        }
        let kit = self.of_kind("kit").find(|kit| kit.newer.is_none() && has(kit))?;
        Some(ecow::eco_format!("{}/{number}", kit.slug))
    }

    /// Drops from a report what the site silences, and what a page silences of itself in its front matter.
    pub fn silence(&self, report: &mut Report) {
        report.silence(&self.config.silence);
        report.silence_in_files(|file, code| {
            let page = self.pages.binary_search_by(|page| page.source.cmp(file)).map(|at| &self.pages[at]);
            page.is_ok_and(|page| page.fields.texts("silence").iter().any(|(silenced, _)| silenced.as_str() == code))
        });
    }

    /// Returns an example.
    pub fn example(&self, id: ExampleId) -> &Example {
        &self.examples[id.0 as usize]
    }

    /// Returns a file.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0 as usize]
    }

    /// Returns the pages of a kind, in the order of the site.
    pub fn of_kind(&self, name: &str) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(move |page| page.kind.name() == name)
    }

    /// Returns the families of a kit; empty when its fiches name none.
    pub fn families(&self, kit: &Page) -> &[Family] {
        self.families.get(&kit.id).map_or(&[], Vec::as_slice)
    }

    /// Returns the family of a fiche.
    pub fn family_of(&self, fiche: &Page) -> Option<&Family> {
        self.families(self.kit_of(fiche)?).get(fiche.family?)
    }

    /// Returns who wrote a page, else who writes the site.
    pub fn authors(&self, page: &Page) -> Vec<String> {
        let own = page.fields.texts("auteurs");
        let names = if own.is_empty() { self.config.fields.texts("auteurs") } else { own };
        names.iter().map(|(name, _)| name.to_string()).collect()
    }

    /// Returns the licence of a page as written: its own, else the site's.
    pub fn licence<'s>(&'s self, page: &'s Page) -> &'s EcoString {
        page.fields.text("licence").unwrap_or(&self.config.licence)
    }

    /// Returns the kit of a fiche.
    pub fn kit_of(&self, page: &Page) -> Option<&Page> {
        let parent = self.page(page.parent?);
        if parent.kind.name() == "kit" { Some(parent) } else { self.kit_of(parent) }
    }

    /// Returns the pages that a kit, or another folder, lists: an archived one only when the whole folder is.
    pub fn listed_in(&self, folder: &Page) -> impl Iterator<Item = &Page> {
        let whole = folder.is_archived();
        folder.children.iter().map(|child| self.page(*child)).filter(move |page| whole || !page.is_archived())
    }

    /// Returns the fiches that a kit announces; one that is published since is announced no more.
    pub fn coming<'k>(&self, kit: &'k Page) -> Vec<&'k Fields> {
        let published: Vec<i64> = self.listed_in(kit).filter_map(Page::number).collect();
        let is_coming = |fields: &&Fields| fields.integer("numero").is_none_or(|number| !published.contains(&number));
        kit.fields.maps("a_paraitre").iter().filter(is_coming).collect()
    }

    /// Returns the pages above a page, the home page first.
    pub fn ancestors(&self, page: &Page) -> Vec<&Page> {
        let mut above = Vec::new();
        let mut next = page.parent;
        while let Some(id) = next {
            let page = self.page(id);
            above.push(page);
            next = page.parent;
        }
        above.reverse();
        above
    }

    /// Returns what a reader calls a page in a sentence: « fiche 4 – Connaître… », or its title.
    pub fn reference(&self, page: &Page) -> EcoString {
        match (page.kind.name(), page.number()) {
            ("fiche", Some(number)) if page.language.starts_with("en") => {
                ecow::eco_format!("sheet {number} – {}", page.title)
            }
            ("fiche", Some(number)) => ecow::eco_format!("fiche {number} – {}", page.title),
            _ => page.title.clone(),
        }
    }

    /// Returns the short address of an example.
    pub fn example_url(&self, example: &Example) -> (Url, EcoString) {
        (self.page(example.page).url.clone(), example.anchor.clone())
    }
}
