//! What can be embedded: a page, an example, and what the site gathers about a place or a theme.

use super::variant::{Form, Look, Variant};
use crate::diag::FilePath;
use crate::emit::{Reads, views};
use crate::site::{ExampleId, Page, PageId, Site};
use crate::territory::{Atlas, PlaceId};
use crate::urls::Url;

/// What a partner embeds.
#[derive(Debug, Clone, Copy)]
pub enum Subject {
    Page(PageId),
    Example(ExampleId),
    /// All that the site says of a place and of the places inside it.
    Place(PlaceId),
    /// A theme, by its place in [`Site::themes`].
    Theme(usize),
    /// Every example of the site.
    Examples,
    /// A page that is no longer published, and the one that says so.
    Withdrawn(PageId),
}

impl Subject {
    /// Returns its variants, among those that the site makes.
    pub fn variants(self, wanted: &[Variant]) -> impl Iterator<Item = Variant> {
        wanted.iter().copied().filter(move |variant| self.has(*variant))
    }

    /// Returns whether it has such a variant.
    pub fn has(self, variant: Variant) -> bool {
        let lists = matches!(variant.form, Form::Recits | Form::Examples);
        match self {
            Self::Page(_) => !lists,
            Self::Example(_) => !lists && variant.form != Form::Card,
            // Lists hold titles and places: there is no name to leave out of them.
            Self::Place(_) | Self::Theme(_) => variant.look != Look::Nameless,
            Self::Examples => !lists && variant.look != Look::Nameless,
            // Whatever was embedded, the answer is the same.
            Self::Withdrawn(_) => true,
        }
    }

    /// Returns what its files are made from: lists show no words of what they list, but titles, dates and places.
    pub fn reads(self, site: &Site) -> Reads {
        match self {
            Self::Page(id) => Reads::Words(id),
            Self::Example(id) => Reads::Words(site.example(id).page),
            Self::Place(_) | Self::Theme(_) | Self::Examples | Self::Withdrawn(_) => Reads::Faces,
        }
    }

    /// Returns the content's file, for the report.
    pub fn source(self, site: &Site) -> Option<&FilePath> {
        self.page(site).map(|page| &page.source)
    }

    /// Returns the page of the content that it is or stands in.
    pub fn page(self, site: &Site) -> Option<&Page> {
        match self {
            Self::Page(id) | Self::Withdrawn(id) => Some(site.page(id)),
            Self::Example(id) => Some(site.page(site.example(id).page)),
            Self::Place(_) | Self::Theme(_) | Self::Examples => None,
        }
    }

    /// Returns where it is on the site, perhaps with an anchor.
    pub fn home(self, site: &Site) -> String {
        match self {
            Self::Page(id) | Self::Withdrawn(id) => site.page(id).url.to_string(),
            Self::Example(id) => {
                let (url, anchor) = site.example_url(site.example(id));
                format!("{url}#{anchor}")
            }
            Self::Place(place) => views::territory_url(place).to_string(),
            Self::Theme(number) => site.themes[number].url.to_string(),
            Self::Examples => "/exemples/".to_owned(),
        }
    }

    /// Returns the address of its compact embed.
    pub fn embed(self, site: &Site) -> Url {
        super::address(&match self {
            Self::Page(id) | Self::Withdrawn(id) => site.page(id).url.clone(),
            Self::Example(id) => {
                let (url, anchor) = site.example_url(site.example(id));
                super::example_url(&url, &anchor)
            }
            Self::Place(place) => views::territory_url(place),
            Self::Theme(number) => site.themes[number].url.clone(),
            Self::Examples => Url::new("/exemples/"),
        })
    }

    /// Returns the language of its words.
    pub fn language(self, site: &Site) -> &str {
        self.page(site).map_or(&site.config.language, |page| &page.language)
    }

    /// Returns its title, as the site shows it.
    pub fn title(self, site: &Site) -> String {
        match self {
            Self::Page(id) | Self::Withdrawn(id) => site.page(id).title.to_string(),
            Self::Example(id) => site.example(id).exemple.titre.to_string(),
            Self::Place(place) => Atlas::get().label(place),
            Self::Theme(number) => site.themes[number].name.to_string(),
            Self::Examples => site.config.title.to_string(),
        }
    }
}
