//! Pages to embed, and those that say how to republish a content.

use serde::Serialize;

use super::{CardView, DateView, DownloadView, ImageView, LicenceView, LinkView, OembedView};

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
