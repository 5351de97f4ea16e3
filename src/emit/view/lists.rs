//! Examples, themes, territories and the pages that the site makes of itself.

use serde::Serialize;

use super::{CountedView, DateView, LinkView, PaginationView, PortraitView, ReferenceView};

/// An example, wherever it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct ExampleView {
    pub title: String,
    pub excerpt: String,
    pub url: String,
    pub place: Option<LinkView>,
    pub date: Option<DateView>,
    /// The fiche or récit that tells it.
    pub page: ReferenceView,
    pub themes: Vec<LinkView>,
    /// For filters: `data-` attributes.
    pub region: Option<LinkView>,
    pub departement: Option<LinkView>,
    pub level: Option<String>,
    pub map_html: String,
}

/// `term` on a theme's page: items of lists, as HTML.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    pub fiches: Vec<String>,
    pub recits: Vec<String>,
    pub issues: Vec<String>,
    pub pages: Vec<String>,
    pub examples: Vec<String>,
    /// How many examples there are, when only the first are shown.
    pub examples_count: usize,
    /// The list of all the examples, when only the first are shown.
    pub examples_url: Option<String>,
    /// The other pages of a long list of fiches.
    pub pagination: Option<PaginationView>,
}

/// `terms` on the list of themes.
#[derive(Debug, Clone, Serialize)]
pub struct TermsView {
    pub terms: Vec<CountedView>,
}

/// A territory in the tree of `/territoires/`.
#[derive(Debug, Clone, Serialize)]
pub struct TerritoryNodeView {
    pub title: String,
    pub url: String,
    pub count: usize,
    pub children: Vec<TerritoryNodeView>,
}

/// `territories` on `/territoires/`.
#[derive(Debug, Clone, Serialize)]
pub struct TerritoriesView {
    pub regions: Vec<TerritoryNodeView>,
    pub map_html: String,
    /// Where the script of the map finds what to choose from.
    pub inventory_url: Option<String>,
    /// The words of the script, as JSON.
    pub words: String,
}

/// `territory` on a territory's page.
#[derive(Debug, Clone, Serialize)]
pub struct TerritoryView {
    pub portrait: PortraitView,
    /// « à Lens », « dans le Nord ».
    pub at: String,
    /// What is about this very place.
    pub here: TermView,
    /// What is about the places inside it.
    pub below: TermView,
    /// How many pages are about the places inside it, when only the first are shown: `children` lead to the others.
    pub below_count: Option<usize>,
    /// What is about the places around it, from the nearest.
    pub around: Vec<CountedView>,
    pub children: Vec<CountedView>,
    /// A map of what is inside a région or a département; empty for what is narrower.
    pub map_html: String,
    /// Where the script of the map finds what to choose from.
    pub inventory_url: Option<String>,
    /// The words of the script, as JSON.
    pub words: String,
}

/// `examples` on `/exemples/` and on the list of each value of a facet.
#[derive(Debug, Clone, Serialize)]
pub struct ExamplesView {
    /// Those of this page, as HTML.
    pub examples: Vec<String>,
    /// How many there are on all the pages of the list.
    pub count: usize,
    /// Région, département, theme, kit, family, year, type of local authority; empty ones are left out.
    pub facets: Vec<FacetView>,
    /// What the list is about; absent on the list of all the examples.
    pub chosen: Option<ChosenView>,
    /// Where the script finds what to choose from.
    pub inventory_url: Option<String>,
    /// The words of the script, as JSON.
    pub words: String,
    pub pagination: Option<PaginationView>,
}

/// A way of sorting examples, with its values.
#[derive(Debug, Clone, Serialize)]
pub struct FacetView {
    pub key: String,
    pub title: String,
    pub values: Vec<FacetValueView>,
}

/// A value of a facet, and the list of its examples.
#[derive(Debug, Clone, Serialize)]
pub struct FacetValueView {
    pub key: String,
    pub title: String,
    pub url: String,
    pub count: usize,
    pub is_here: bool,
}

/// The value of a facet that a list is about.
#[derive(Debug, Clone, Serialize)]
pub struct ChosenView {
    pub facet: String,
    pub value: String,
    pub facet_title: String,
    pub title: String,
}

/// A letter of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryLetterView {
    pub letter: String,
    pub entries: Vec<GlossaryEntryView>,
}

/// A term of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryEntryView {
    pub id: String,
    pub term: String,
    pub senses: Vec<SenseView>,
}

/// One meaning of a term.
#[derive(Debug, Clone, Serialize)]
pub struct SenseView {
    pub meaning: String,
    pub definition: Option<String>,
    pub url: Option<String>,
}

/// A page in the site's plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanNodeView {
    pub title: String,
    pub url: String,
    pub children: Vec<PlanNodeView>,
}

/// `data` on `/donnees/`.
#[derive(Debug, Clone, Serialize)]
pub struct DataView {
    pub sets: Vec<DataSetView>,
    /// The fingerprints by which copies are checked.
    pub versions_url: Option<String>,
    /// What changed since earlier versions, as JSON.
    pub changes_url: Option<String>,
    /// The same, as a feed.
    pub changes_feed_url: Option<String>,
}

/// A set of open data.
#[derive(Debug, Clone, Serialize)]
pub struct DataSetView {
    pub id: String,
    pub title: String,
    /// Its files, one for each format.
    pub files: Vec<LinkView>,
    /// Its columns, in order.
    pub columns: Vec<ColumnView>,
}

/// A column of a set and what it holds, in French.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnView {
    pub name: String,
    pub says: String,
}

/// `measures` on `/ecoconception/`: what the pages weigh, sort by sort.
#[derive(Debug, Clone, Serialize)]
pub struct MeasuresView {
    pub sorts: Vec<SortView>,
    pub pages: usize,
}

/// The pages of one sort.
#[derive(Debug, Clone, Serialize)]
pub struct SortView {
    pub title: String,
    pub pages: usize,
    /// Elements of the page in the middle.
    pub nodes: usize,
    /// Elements of the page that has most.
    pub most_nodes: usize,
    /// Files asked for before the reader does anything, images aside.
    pub requests: usize,
    /// « 21 Kio »: the longest page with its styles and scripts, packed.
    pub weight: String,
    /// The letter of the least EcoIndex.
    pub grade: String,
}

/// `declaration` on `/accessibilite/`: the imposed model, filled from `site.toml`.
#[derive(Debug, Clone, Serialize)]
pub struct AccessibilityView {
    pub entity: String,
    /// « non conforme », « partiellement conforme », « totalement conforme ».
    pub state: String,
    pub rate: Option<i64>,
    pub audit_date: Option<DateView>,
    pub audit_by: Option<String>,
    pub established: Option<DateView>,
    pub contact: Option<String>,
    pub non_conformities: Vec<String>,
    pub derogations: Vec<String>,
    pub exemptions: Vec<String>,
    pub scheme_url: Option<String>,
    pub plan_url: Option<String>,
}
