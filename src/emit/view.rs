//! What templates receive: one struct per idea, filled from the site, never changed. Their comments are the theme author's reference.
//!
//! Every `url` is an address from the site's root (`/kits/mon-kit/`) or a full one (`https://…`):
//! templates write `{{ card.url | href }}`, which makes it relative to the page. Members whose name ends in
//! `_html` are safe HTML (`{{ page.body_html | safe }}`); all the others are text and are escaped.

use std::sync::Arc;

use serde::Serialize;

use crate::content::Draft;
use crate::fields::Fields;

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    pub title: String,
    pub url: String,
}

/// A date as readers see it, and as machines read it.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// « 1er mars 2020 », « hiver 2018-2019 », « depuis 2014 ».
    pub text: String,
    /// For `<time datetime>`; absent for periods and seasons, which it cannot hold.
    pub datetime: Option<String>,
    /// The first year.
    pub year: i16,
}

/// A file to download.
#[derive(Debug, Clone, Serialize)]
pub struct DownloadView {
    pub title: String,
    pub url: String,
    /// « PDF, 720 Kio ».
    pub weight: String,
}

/// An image ready for `<img>`: build it with the component `image`.
#[derive(Debug, Clone, Serialize)]
pub struct ImageView {
    pub url: String,
    pub alt: String,
    pub width: u32,
    pub height: u32,
    pub credit: Option<String>,
    /// `srcset` of the WebP versions; empty when there is none. Addresses are already relative to the page.
    pub srcset: String,
}

/// What is the same on every page; `site` in templates.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    pub language: String,
    pub publisher: String,
    pub licence: Option<LicenceView>,
    /// The public address with its final `/`.
    pub base_url: String,
    pub contact: String,
    pub logo: Option<String>,
    /// The site's colour among the theme's.
    pub teinte: String,
    /// At most six entries; `url` is compared with `page.url` by `is_here`.
    pub menu: Vec<LinkView>,
    /// « non conforme », « partiellement conforme », « totalement conforme ».
    pub accessibility: String,
    /// The address of the legal page, if there is one.
    pub legal_url: Option<String>,
    pub about_url: Option<String>,
    pub contact_url: Option<String>,
    /// Whether these outputs are produced.
    pub has_search: bool,
    pub has_embeds: bool,
    pub has_examples: bool,
    pub has_territories: bool,
    pub has_themes: bool,
    pub has_glossary: bool,
    pub has_data: bool,
    /// Version of the program.
    pub generator: String,
    /// Credits owed for geographic data, when maps are shown.
    pub credits: Option<String>,
    /// The `extra` of `site.toml`.
    pub extra: serde_json::Value,
}

/// A licence and where to read it.
#[derive(Debug, Clone, Serialize)]
pub struct LicenceView {
    pub name: String,
    pub url: Option<String>,
}

/// A title of the page, for its table of contents and its levers.
#[derive(Debug, Clone, Serialize)]
pub struct HeadingView {
    pub id: String,
    pub title: String,
    /// The lever's number, when the kit numbers them.
    pub number: Option<u32>,
    /// Whether it is a lever of a fiche.
    pub is_lever: bool,
}

/// Any page, made of content or generated; `page` in templates, always there.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The kind: `fiche`, `recit`… or, for generated pages, `themes`, `recherche`, `404`…
    pub kind: String,
    /// « Fiche », « Récit »… in the page's language.
    pub kind_label: String,
    pub title: String,
    /// With the site's name, for `<title>`.
    pub full_title: String,
    pub summary: String,
    pub language: String,
    pub url: String,
    /// The full public address.
    pub canonical: String,
    /// The same page in other languages: title is the language tag, url is full.
    pub alternates: Vec<LinkView>,
    /// From the home page to this one; the last one is this page.
    pub breadcrumb: Vec<LinkView>,
    /// The colour's name: the kit's or letter's, else the site's.
    pub teinte: String,
    pub date: Option<DateView>,
    pub updated: Option<DateView>,
    pub verified: Option<DateView>,
    /// `updated`, else `date`: the version date shown on every page.
    pub version: Option<DateView>,
    pub authors: Vec<String>,
    pub partners: Vec<String>,
    pub themes: Vec<LinkView>,
    pub territories: Vec<LinkView>,
    pub licence: Option<LicenceView>,
    pub image: Option<ImageView>,
    /// The whole body, footnotes included; empty for most generated pages.
    pub body_html: String,
    /// The level-2 headings, in order.
    pub headings: Vec<HeadingView>,
    pub words: u32,
    /// At 200 words a minute, at least 1.
    pub reading_minutes: u32,
    pub previous: Option<ReferenceView>,
    pub next: Option<ReferenceView>,
    /// The edition of its kit: « 2020 », « février 2026 ».
    pub own_edition: Option<String>,
    /// « Une édition plus récente existe. »
    pub newer: Option<EditionView>,
    pub older: Option<EditionView>,
    pub versions: Vec<CardView>,
    /// Pages that link here, the first six.
    pub linked_from: Vec<LinkView>,
    /// The PDF of this page, when there is one.
    pub pdf: Option<DownloadView>,
    /// The page to embed.
    pub embed_url: Option<String>,
    /// The mark of the text, by which a copy is compared; absent when there is no page to embed.
    pub stamp: Option<String>,
    /// oEmbed discovery: full addresses, empty when there is no embed.
    pub oembed: Vec<OembedView>,
    /// The social card: a full address.
    pub social_image: Option<String>,
    /// Whether the body shows highlighted code: link `css/highlight.css`.
    pub has_code: bool,
    /// JSON-LD, ready to stand in `<script type="application/ld+json">`.
    pub json_ld_html: String,
    /// Atom feeds about this page's part of the site: title and address.
    pub feeds: Vec<LinkView>,
    /// Whether search engines should leave it out.
    pub noindex: bool,
    /// Whether it is an archived text.
    pub is_archived: bool,
    /// Whether it is shown only in the preview.
    pub is_draft: bool,
    /// The kind's own keys, by their French names: `page.fields.question`. Use `get(key=…)` for optional ones.
    pub fields: FieldsView,
    pub extra: serde_json::Value,
}

/// The keys of a page, as its writer gave them; none on a generated page.
#[derive(Debug, Clone)]
pub struct FieldsView(pub Option<Arc<Draft>>);

impl FieldsView {
    /// Returns the text of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.as_ref()?.fields.text(key).map(ecow::EcoString::as_str)
    }
}

impl Serialize for FieldsView {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(draft) => draft.fields.serialize(serializer),
            None => Fields::default().serialize(serializer),
        }
    }
}

/// A way to discover the page's oEmbed description.
#[derive(Debug, Clone, Serialize)]
pub struct OembedView {
    pub mime: String,
    pub url: String,
}

/// Another edition of the same fiche or kit.
#[derive(Debug, Clone, Serialize)]
pub struct EditionView {
    /// « 2026 », « février 2026 ».
    pub edition: String,
    pub title: String,
    pub url: String,
}

/// A page named in one line: « Fiche 4 - Connaître… »; previous and next, where an example comes from.
#[derive(Debug, Clone, Serialize)]
pub struct ReferenceView {
    /// « Fiche », « Récit »…
    pub kind_label: String,
    /// A fiche's number, or an issue's.
    pub number: Option<String>,
    pub title: String,
    pub url: String,
    pub teinte: String,
}

/// A page as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    pub kind: String,
    pub kind_label: String,
    pub title: String,
    pub summary: String,
    pub url: String,
    /// A fiche's number, or an issue's.
    pub number: Option<String>,
    /// The kit of a fiche, the letter of an issue.
    pub parent: Option<LinkView>,
    pub date: Option<DateView>,
    /// A récit's period.
    pub period: Option<DateView>,
    /// « Béthune (62) », the first of its territories.
    pub place: Option<LinkView>,
    pub image: Option<ImageView>,
    pub teinte: String,
    pub themes: Vec<LinkView>,
}

/// A box of key facts about a kit, on the home page and in lists.
#[derive(Debug, Clone, Serialize)]
pub struct KitCardView {
    pub title: String,
    pub sigle: Option<String>,
    pub edition: Option<DateView>,
    pub summary: String,
    pub url: String,
    pub teinte: String,
    /// How many fiches are published.
    pub count: usize,
    /// With those to come.
    pub total: usize,
    pub is_replaced: bool,
}

/// One line of a kit's list of fiches.
#[derive(Debug, Clone, Serialize)]
pub struct FicheLineView {
    pub number: Option<i64>,
    pub title: String,
    pub summary: String,
    /// Absent while the fiche is to come.
    pub url: Option<String>,
    /// When it is expected, for one to come.
    pub expected: Option<DateView>,
    pub levers: usize,
    pub examples: usize,
}

/// The fiches of a family; a kit without families has one, untitled.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyView {
    pub key: String,
    pub title: String,
    pub summary: String,
    pub fiches: Vec<FicheLineView>,
}

/// `kit` on a kit's page (and on its fiches).
#[derive(Debug, Clone, Serialize)]
pub struct KitView {
    pub card: KitCardView,
    pub publisher: Option<String>,
    /// The unnumbered fiches, first to be read.
    pub introductions: Vec<CardView>,
    pub families: Vec<FamilyView>,
    /// All fiches in the order of their numbers, those to come among them.
    pub in_order: Vec<FicheLineView>,
    /// What changed since the edition it replaces; absent when it replaces none.
    pub changes: Option<ChangesView>,
}

/// What changed between two editions.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesView {
    pub older: EditionView,
    /// Kept under the same number.
    pub kept: Vec<CardView>,
    /// The old number is in `was`.
    pub renumbered: Vec<RenumberedView>,
    pub new: Vec<CardView>,
    pub withdrawn: Vec<CardView>,
    pub examples_added: Vec<LinkView>,
    pub examples_removed: Vec<LinkView>,
}

/// A fiche that kept its subject and changed its number.
#[derive(Debug, Clone, Serialize)]
pub struct RenumberedView {
    pub card: CardView,
    pub was: i64,
}

/// `fiche` on a fiche's page.
#[derive(Debug, Clone, Serialize)]
pub struct FicheView {
    pub number: Option<i64>,
    pub question: Option<String>,
    pub family: Option<String>,
    pub kit: Option<KitCardView>,
    pub levers_numbered: bool,
    /// The headings that are levers.
    pub levers: Vec<HeadingView>,
    pub examples: usize,
    /// The récits that it links to or that link to it.
    pub recits: Vec<CardView>,
}

/// `recit` on a récit's page.
#[derive(Debug, Clone, Serialize)]
pub struct RecitView {
    pub period: Option<DateView>,
    pub porteur: Option<String>,
    pub accompagnement: Option<String>,
    pub horizon: Option<String>,
    pub portraits: Vec<PortraitView>,
    /// The figures of the territory that the author gives.
    pub figures: Vec<FigureView>,
    /// Who made it: what they did, and their names.
    pub credits: Vec<CreditView>,
    /// The fiches that it links to or that link to it.
    pub fiches: Vec<CardView>,
}

/// A figure with what it counts and where it comes from.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    pub value: String,
    pub text: String,
    pub source: Option<String>,
}

/// Who did what in a récit.
#[derive(Debug, Clone, Serialize)]
pub struct CreditView {
    pub role: Option<String>,
    pub name: String,
}

/// A territory's portrait: figures of the official data and a locator map.
#[derive(Debug, Clone, Serialize)]
pub struct PortraitView {
    pub place: LinkView,
    /// « commune », « département »…
    pub level: String,
    /// « 43 336 ».
    pub population: Option<String>,
    /// Where it is: from the EPCI to the région.
    pub within: Vec<LinkView>,
    pub map_html: String,
}

/// `lettre` on a newsletter's page.
#[derive(Debug, Clone, Serialize)]
pub struct LettreView {
    pub rhythm: Option<String>,
    pub subscribe_url: Option<String>,
    pub latest: Option<CardView>,
    /// Issues by year, the newest first.
    pub years: Vec<YearView>,
    /// The iCalendar of its agenda, when it has one.
    pub calendar_url: Option<String>,
    pub feed_url: Option<String>,
}

/// The pages of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    pub year: i16,
    pub cards: Vec<CardView>,
}

/// `numero` on an issue's page.
#[derive(Debug, Clone, Serialize)]
pub struct NumeroView {
    pub number: Option<String>,
    pub subject: Option<String>,
    pub edito: Option<String>,
    pub lettre: Option<LinkView>,
    /// The issue exists only as a laid-out PDF and its text.
    pub pdf_only: bool,
}

/// `home` on the home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    pub kits: Vec<KitCardView>,
    /// The list of the kits; empty when they stand in no folder of theirs.
    pub kits_url: String,
    /// The list of the récits; empty when they stand in no folder of theirs.
    pub recits_url: String,
    pub recits: Vec<CardView>,
    pub latest_issue: Option<CardView>,
    pub articles: Vec<CardView>,
    pub examples: Vec<ExampleView>,
    pub counts: CountsView,
    pub themes: Vec<CountedView>,
    /// The régions where there is content.
    pub regions: Vec<CountedView>,
    /// The overview map.
    pub map_html: String,
}

/// How much the site holds.
#[derive(Debug, Clone, Serialize)]
pub struct CountsView {
    pub fiches: usize,
    pub recits: usize,
    pub examples: usize,
    pub territories: usize,
    pub issues: usize,
}

/// `list` on pages that list their children: sections, récits.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    pub cards: Vec<CardView>,
    pub kits: Vec<KitCardView>,
    /// Archived kits, named at the end of the list: no other list has them.
    pub archives: Vec<LinkView>,
    pub pagination: Option<PaginationView>,
}

/// The pages of a long list.
#[derive(Debug, Clone, Serialize)]
pub struct PaginationView {
    pub page: usize,
    pub pages: usize,
    pub previous_url: Option<String>,
    pub next_url: Option<String>,
    /// Every page's address, in order.
    pub urls: Vec<String>,
}

/// A link with how much stands behind it.
#[derive(Debug, Clone, Serialize)]
pub struct CountedView {
    pub title: String,
    pub url: String,
    pub count: usize,
}

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

/// `term` on a theme's page.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    pub fiches: Vec<CardView>,
    pub recits: Vec<CardView>,
    pub issues: Vec<CardView>,
    pub pages: Vec<CardView>,
    pub examples: Vec<ExampleView>,
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
    /// Those of this page.
    pub examples: Vec<ExampleView>,
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

/// `embed` in the templates of `embed/`: what partner sites show in a frame.
#[derive(Debug, Clone, Serialize)]
pub struct EmbedView {
    /// The kind of the page, else `exemple`, `liste` or `retiree`: the template is `embed/{kind}.html`, else `embed/page.html`.
    pub kind: String,
    /// `resume`, `complet`, `carte`, `recits` or `exemples`.
    pub form: String,
    /// `clair`, `sombre`, or empty when the reader’s system decides.
    pub look: String,
    pub title: String,
    pub language: String,
    pub teinte: String,
    /// « Fiche 4 · Le kit communal · 2026 ».
    pub kicker: String,
    pub summary: String,
    /// The page on the site.
    pub url: String,
    /// The same, in full.
    pub canonical: String,
    /// The same, as it is read aloud or typed: without `https://`.
    pub shown_url: String,
    /// « Lire la fiche ».
    pub read: String,
    pub map_html: String,
    /// What the maps of the page share; written once, before them.
    pub shared_map_html: String,
    pub figures: Vec<EmbedFigureView>,
    /// « Les leviers d’action ».
    pub points_title: String,
    /// Levers, dated steps or titles.
    pub points: Vec<EmbedPointView>,
    pub points_numbered: bool,
    /// How many points or entries are not shown.
    pub more: usize,
    /// The whole text, in the form `complet`.
    pub body_html: String,
    /// The pages of a list.
    pub entries: Vec<CardView>,
    pub image: Option<ImageView>,
    /// A newer edition, an archived text…
    pub notices: Vec<EmbedNoticeView>,
    pub authors: Vec<String>,
    pub licence: Option<LicenceView>,
    pub version: Option<DateView>,
    /// The mark of the text, by which a copy is compared.
    pub stamp: String,
    /// oEmbed discovery: full addresses.
    pub oembed: Vec<OembedView>,
    /// `embed/cadre.css`, with `carte.css` and `texte.css` where they serve, and `embed/cadre.js`: the same bytes on every page, so that servers are told their hashes.
    pub styles_html: Vec<String>,
    pub script_html: String,
}

/// A key figure, as text.
#[derive(Debug, Clone, Serialize)]
pub struct EmbedFigureView {
    pub value: String,
    pub text: String,
}

/// A lever, a dated step or a title.
#[derive(Debug, Clone, Serialize)]
pub struct EmbedPointView {
    /// The number or the date; may be empty.
    pub mark: String,
    pub text: String,
}

/// Something to know before reading.
#[derive(Debug, Clone, Serialize)]
pub struct EmbedNoticeView {
    pub text: String,
    pub link: Option<LinkView>,
}

/// `kit` on `/integrer/` and on the pages that say how to republish a content.
#[derive(Debug, Clone, Serialize)]
pub struct RepublishView {
    /// The content; on `/integrer/`, one of the site, as an example.
    pub subject: Option<RepublishSubjectView>,
    /// What can be embedded, on `/integrer/` alone; a long site shows the first ones of each kind.
    pub groups: Vec<RepublishGroupView>,
    /// The script of the frames, in full, and its hash for `integrity`.
    pub script_url: String,
    pub script_hash: String,
    /// All that can be embedded, for machines.
    pub opml_url: String,
    pub json_url: String,
}

/// Contents of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct RepublishGroupView {
    pub title: String,
    /// `url` is the page that says how to republish the content.
    pub links: Vec<LinkView>,
    /// How many are not shown, and where they are.
    pub more: usize,
    pub url: String,
}

/// A content to republish.
#[derive(Debug, Clone, Serialize)]
pub struct RepublishSubjectView {
    pub title: String,
    /// The examples that a page tells, each with its own way to be taken up.
    pub examples: Vec<LinkView>,
    pub summary: String,
    /// On the site, in full.
    pub canonical: String,
    /// The compact page to embed, in full.
    pub embed: String,
    /// The same, from the root.
    pub embed_url: String,
    /// The words of the variants that exist: `complet`, `carte`, `clair`…
    pub forms: Vec<RepublishChoiceView>,
    pub looks: Vec<RepublishChoiceView>,
    /// The height of a frame until its script tells better.
    pub height: u32,
    /// The frame and the script that gives it its height, as HTML to paste.
    pub frame: String,
    /// The component, with a link inside that stays when it cannot show more.
    pub component: String,
    /// HTML with h4, p, a, ul, li, strong and blockquote alone.
    pub card: String,
    /// The whole text with its source and licence; empty for lists.
    pub full: String,
    pub licence: Option<LicenceView>,
    pub version: Option<DateView>,
    pub stamp: String,
    pub feed_url: Option<String>,
    /// For a place or a theme: what follows it, for machines.
    pub opml_url: Option<String>,
    pub json_url: Option<String>,
    pub pdf: Option<DownloadView>,
}

/// A variant of the pages to embed.
#[derive(Debug, Clone, Serialize)]
pub struct RepublishChoiceView {
    /// Its word in the address; empty for the ordinary one.
    pub word: String,
    /// The key of its title, in `i18n/`.
    pub key: String,
    pub url: String,
}
