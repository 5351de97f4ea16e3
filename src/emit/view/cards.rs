//! Pages, kits, récits and letters as lists and their own pages show them.

use serde::Serialize;

use super::{DateView, EditionView, ExampleView, HeadingView, ImageView, LinkView};

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
    /// The swarm of its kit, in which it is lit; empty without a kit.
    pub swarm_html: String,
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
    /// The first page, the last, and those around this one.
    pub steps: Vec<StepView>,
}

/// A page of a long list, or pages that are passed over.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    pub number: usize,
    /// None where pages are passed over.
    pub url: Option<String>,
}

/// A link with how much stands behind it.
#[derive(Debug, Clone, Serialize)]
pub struct CountedView {
    pub title: String,
    pub url: String,
    pub count: usize,
}
