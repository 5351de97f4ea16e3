//! What templates receive: one struct per idea, filled from the site, never changed. Their comments are the theme author's reference.
//!
//! Every `url` is an address from the site's root (`/kits/mon-kit/`) or a full one (`https://…`):
//! templates write `{{ card.url | href }}`, which makes it relative to the page. Members whose name ends in
//! `_html` are safe HTML (`{{ page.body_html | safe }}`); all the others are text and are escaped.

mod cards;
mod embed;
mod lists;

use std::sync::Arc;

use serde::Serialize;

use crate::content::Draft;
use crate::fields::Fields;

pub use cards::*;
pub use embed::*;
pub use lists::*;

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
    /// What the writer says of it; may be empty.
    pub summary: String,
    /// The summary, else the beginning of the text: for search engines and shared links.
    pub description: String,
    pub language: String,
    /// Whether the language is written from right to left.
    pub is_rtl: bool,
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
