//! From the site to what templates receive: pages, cards, lists, maps.

mod cards;
mod examples;
mod home;
mod items;
mod kits;
mod maps;
mod pages;
mod places;
mod terms;

use crate::french::{Lang, Locale, When};
use crate::site::{Page, Site};
use crate::territory::{Atlas, PlaceId};
use crate::texts::shared;
use crate::urls::Url;

use super::view::{DateView, LicenceView};

pub use cards::{card, heading_text, image_view, origin};
pub use examples::{data, examples, listed_examples, words};
pub use home::{home, list, list_pages, paginate};
pub use kits::{fiche, kit};
pub use maps::{MAP_WORDS, MapOf, locator, map_of, overview, shared_outline, thumbnail};
pub use pages::{generated, menu, page, pdf_named, site as site_view};
pub use places::{portrait, territories, territory, territory_pages};
pub use terms::{accessibility, glossary, letters, measures, numero, plan, recit, term, terms};

/// Returns the language of a page's words and dates.
pub fn lang(page: &Page) -> Lang {
    Locale::from_tag(&page.language).lang()
}

/// Returns a date as templates show it.
pub fn date(when: &When, lang: Lang) -> DateView {
    DateView { text: when.long(lang), datetime: when.datetime(), year: when.year() }
}

/// Returns where a territory's page is.
pub fn territory_url(place: PlaceId) -> Url {
    Url::new(shared(&format!("/territoires/{}/", Atlas::get().slug(place))))
}

/// Returns whether the levers of a page bear numbers.
pub fn levers_are_numbered(site: &Site, page: &Page) -> bool {
    site.kit_of(page).and_then(|kit| kit.fields.choice("leviers")) != Some("libres")
}

/// Returns whether a person withdrew from a récit: the name is shown nowhere.
pub fn has_withdrawn(page: &Page, name: &str) -> bool {
    let name = crate::french::fold(name);
    page.fields.texts("retraits").iter().any(|(person, _)| crate::french::fold(person) == name)
}

/// Returns a licence by its SPDX name or as the writer typed it, with its page when it is a known one.
pub fn licence(written: &str) -> Option<LicenceView> {
    if written.is_empty() {
        return None;
    }
    let folded = written.to_uppercase().replace([' ', '_'], "-");
    let known = LICENCES.iter().find(|(name, ..)| folded == *name);
    Some(match known {
        Some((_, shown, url)) => LicenceView { name: (*shown).to_owned(), url: Some((*url).to_owned()) },
        None => LicenceView { name: written.to_owned(), url: None },
    })
}

/// SPDX names, what readers see, and the licence's page.
const LICENCES: &[(&str, &str, &str)] = &[
    ("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.fr"),
    ("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"),
    ("CC-BY-NC-4.0", "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/deed.fr"),
    ("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr"),
    ("CC-BY-ND-4.0", "CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/deed.fr"),
    ("CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/deed.fr"),
    ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.fr"),
    ("ETALAB-2.0", "Licence ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    ("LICENCE-OUVERTE-2.0", "Licence ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
];

/// Returns the colour of a page: its kit's or letter's, else the site's.
pub fn teinte(site: &Site, page: &Page) -> String {
    let mut next = Some(page);
    while let Some(page) = next {
        if let Some(couleur) = page.fields.text("couleur") {
            return couleur.to_string();
        }
        next = page.parent.map(|parent| site.page(parent));
    }
    site.config.fields.text("couleur").map_or_else(|| "petrole".to_owned(), ToString::to_string)
}
