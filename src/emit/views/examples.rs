//! The lists of examples with their facets, and the page of the open data.

use super::items::vignettes;
use super::paginate;
use super::terms::part;
use crate::diag::Diagnostic;
use crate::emit::facets::{self, Facet, Facets};
use crate::emit::view::{
    ChosenView, ColumnView, DataSetView, DataView, ExamplesView, FacetValueView, FacetView, LinkView,
};
use crate::emit::{Cx, data};
use crate::french;
use crate::site::Example;
use crate::urls::Url;

/// Returns one page of a list of examples: all of them, or those of a value of a facet; `number` begins at 1, and
/// `here` is the page's address.
pub fn examples(
    cx: &Cx<'_>,
    facets: &Facets,
    chosen: Option<(Facet, &facets::Value)>,
    url: &Url,
    number: usize,
    here: &Url,
) -> Result<ExamplesView, Box<Diagnostic>> {
    let listed = chosen.map_or(&facets.all, |(_, value)| &value.examples);
    let per_page = facets::per_page(cx.site, chosen.is_some());
    let word = |key: &'static str| cx.theme.word(&cx.site.config.language, key).to_owned();
    // What there is to choose from stands on the first page alone: with hundreds of kits it is far longer than a list.
    let is_first = chosen.is_none() && number == 1;
    Ok(ExamplesView {
        examples: vignettes(cx, here, part(listed, number, per_page), 2, is_first)?,
        count: listed.len(),
        facets: facets
            .each()
            .filter(|(_, values)| is_first && !values.is_empty())
            .map(|(facet, values)| FacetView {
                key: facet.key.to_owned(),
                title: word(facet.word),
                values: values
                    .iter()
                    .map(|value| FacetValueView {
                        key: value.slug.to_string(),
                        title: value.name.to_string(),
                        url: value.url(facet).to_string(),
                        count: value.examples.len(),
                        is_here: chosen.is_some_and(|(own, here)| own == facet && here.slug == value.slug),
                    })
                    .collect(),
            })
            .collect(),
        chosen: chosen.map(|(facet, value)| ChosenView {
            facet: facet.key.to_owned(),
            value: value.slug.to_string(),
            facet_title: word(facet.word),
            title: value.name.to_string(),
        }),
        inventory_url: cx.urls.named("inventaire").filter(|_| is_first).map(ToString::to_string),
        words: words(cx, "filtre.", FILTER_WORDS),
        pagination: paginate(url, number, listed.len().div_ceil(per_page).max(1)),
    })
}

/// Returns the examples that `/exemples/` lists, the newest first.
pub fn listed_examples<'a>(cx: &Cx<'a>) -> Vec<&'a Example> {
    facets::newest(cx.site)
}

/// The words that the script of the examples shows.
const FILTER_WORDS: &[&str] = &["tous", "aucun", "un", "plusieurs", "effacer", "suite", "affiner"];

/// Returns words of the theme as JSON, for a script.
pub fn words(cx: &Cx<'_>, under: &str, keys: &[&str]) -> String {
    let language = &cx.site.config.language;
    let words: serde_json::Map<String, serde_json::Value> =
        keys.iter().map(|key| ((*key).to_owned(), cx.theme.word(language, &format!("{under}{key}")).into())).collect();
    serde_json::Value::Object(words).to_string()
}

/// Returns what the page of the open data shows.
pub fn data(cx: &Cx<'_>) -> DataView {
    let language = &cx.site.config.language;
    let named = |name: &str| cx.urls.named(name).map(ToString::to_string);
    DataView {
        sets: data::SETS
            .iter()
            .filter(|set| cx.urls.named(&format!("donnees:{}", set.name)).is_some())
            .map(|set| DataSetView {
                id: set.name.to_owned(),
                title: cx.theme.word(language, &format!("{}_donnees", set.name)).to_owned(),
                files: data::FORMATS
                    .iter()
                    .map(|(ending, format)| LinkView {
                        title: format!("{}.{ending} ({format})", set.name),
                        url: data::address(*set, ending).to_string(),
                    })
                    .collect(),
                columns: data::columns(*set)
                    .iter()
                    .map(|column| ColumnView {
                        name: column.name.to_owned(),
                        says: french::typeset(&cx.site.config.rules, column.says).into_owned(),
                    })
                    .collect(),
            })
            .collect(),
        versions_url: named("donnees:versions"),
        changes_url: named("donnees:changements.json"),
        changes_feed_url: named("donnees:changements.atom"),
    }
}
