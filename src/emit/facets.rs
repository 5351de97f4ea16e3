//! The facets of the examples: for each value, its examples and the address of their list; made once for all the pages that use them.

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::{EcoString, eco_format};
use rayon::prelude::*;

use crate::french;
use crate::site::{Example, ExampleId, Page, Site};
use crate::territory::{Atlas, Level, PlaceId};
use crate::urls::Url;

/// What examples are sorted by, in the order that readers see.
pub const FACETS: &[Facet] = &[
    Facet { key: "region", word: "facettes.region" },
    Facet { key: "departement", word: "facettes.departement" },
    Facet { key: "theme", word: "facettes.theme" },
    Facet { key: "kit", word: "facettes.kit" },
    Facet { key: "famille", word: "facettes.famille" },
    Facet { key: "annee", word: "facettes.annee" },
    Facet { key: "collectivite", word: "facettes.collectivite" },
];

/// A way of sorting examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facet {
    /// A part of addresses: `/exemples/region/…/`.
    pub key: &'static str,
    /// The key of its name in `i18n/`.
    pub word: &'static str,
}

/// One value of a facet: a région, a year…
#[derive(Debug, Clone)]
pub struct Value {
    /// The last part of the address.
    pub slug: EcoString,
    pub name: EcoString,
    /// Its examples, the newest first.
    pub examples: Vec<ExampleId>,
}

impl Value {
    /// Returns where the list of its examples is.
    pub fn url(&self, facet: Facet) -> Url {
        Url::new(format!("/exemples/{}/{}/", facet.key, self.slug))
    }
}

/// Returns the examples that lists show, the newest first, archives left out.
pub fn newest(site: &Site) -> Vec<&Example> {
    let shown = site.examples.par_iter().with_max_len(256);
    let shown = shown.filter(|example| !site.page(example.page).is_archived());
    let mut examples: Vec<(Vec<u8>, &Example)> =
        shown.map(|example| (french::collation::key(&example.exemple.titre), example)).collect();
    examples.par_sort_by(|(left, older), (right, newer)| {
        let (newer, older) = (&newer.exemple, &older.exemple);
        newer.annee.cmp(&older.annee).then_with(|| left.cmp(right)).then_with(|| older.titre.cmp(&newer.titre))
    });
    examples.into_iter().map(|(_, example)| example).collect()
}

/// Returns how many examples a page of their list shows: they take half the room of a title with its summary.
///
/// The list of all of them is shorter: what there is to choose from stands beside it, and a page has a budget of elements.
pub fn per_page(site: &Site, is_chosen: bool) -> usize {
    if is_chosen { 2 * site.config.per_page } else { site.config.per_page }
}

/// Every facet of the examples of a site, archives left out.
#[derive(Debug, Default)]
pub struct Facets {
    /// All the examples, the newest first.
    pub all: Vec<ExampleId>,
    /// The values of each facet of [`FACETS`], in the order that readers see.
    pub values: Vec<Arc<[Value]>>,
}

impl Facets {
    /// Sorts the examples of a site.
    pub fn of(site: &Site) -> Self {
        let examples = newest(site);
        let values = FACETS.par_iter().with_max_len(1).map(|facet| {
            let mut found: BTreeMap<EcoString, Value> = BTreeMap::new();
            for example in &examples {
                for (slug, name) in terms(site, example, *facet) {
                    let value = found.entry(slug.clone()).or_insert_with(|| Value { slug, name, examples: Vec::new() });
                    value.examples.push(example.id);
                }
            }
            ordered(*facet, found, examples.len())
        });
        Self { values: values.collect(), all: examples.iter().map(|example| example.id).collect() }
    }

    /// Returns each facet with its values.
    pub fn each(&self) -> impl Iterator<Item = (Facet, &Arc<[Value]>)> {
        FACETS.iter().copied().zip(&self.values)
    }

    /// Returns the list of a value, when it has one.
    pub fn find(&self, facet: &str, slug: &str) -> Option<(Facet, &Value)> {
        let (facet, values) = self.each().find(|(own, _)| own.key == facet)?;
        values.iter().find(|value| value.slug == slug).map(|value| (facet, value))
    }
}

/// Years from the newest, names in the order of the alphabet; one type of local authority for all tells nothing apart.
fn ordered(facet: Facet, found: BTreeMap<EcoString, Value>, count: usize) -> Arc<[Value]> {
    let mut values: Vec<Value> = found.into_values().collect();
    if facet.key == "collectivite" && values.len() == 1 && values[0].examples.len() == count {
        values.clear();
    }
    if facet.key == "annee" {
        values.sort_by(|left, right| right.slug.cmp(&left.slug));
    } else {
        values.sort_by(|left, right| french::compare(&left.name, &right.name));
    }
    values.into()
}

/// Returns the values that an example has in a facet: their slugs and their names.
pub fn terms(site: &Site, example: &Example, facet: Facet) -> Vec<(EcoString, EcoString)> {
    let atlas = Atlas::get();
    let page = site.page(example.page);
    let places = |wanted: &dyn Fn(Level) -> bool| -> Vec<(EcoString, EcoString)> {
        let Some(place) = example.place else { return Vec::new() };
        std::iter::once(place)
            .chain(atlas.containers(place))
            .filter(|place| wanted(atlas.place(*place).level))
            .map(|place| (atlas.slug(place).into(), atlas.label(place).into()))
            .collect()
    };
    match facet.key {
        "region" => places(&|level| level == Level::Region),
        "departement" => places(&|level| matches!(level, Level::Departement | Level::Collectivite)),
        "theme" => example
            .themes
            .iter()
            .map(|theme| &site.themes[*theme])
            .map(|theme| (theme.slug.clone(), theme.name.clone()))
            .collect(),
        "kit" => site.kit_of(page).map(|kit| (kit.slug.clone(), kit.title.clone())).into_iter().collect(),
        "famille" => family(site, page).into_iter().collect(),
        "annee" => example
            .exemple
            .annee
            .as_ref()
            .map(|when| (eco_format!("{}", when.year()), eco_format!("{}", when.year())))
            .into_iter()
            .collect(),
        _ => example.place.map(collectivite).into_iter().collect(),
    }
}

/// Returns the family of a fiche in its kit; families of two kits that bear one name are one.
fn family(site: &Site, page: &Page) -> Option<(EcoString, EcoString)> {
    let title = &site.family_of(page)?.title;
    Some((french::slug(title)?.into(), title.clone()))
}

/// Returns the type of the local authority of a place, as readers call it.
fn collectivite(place: PlaceId) -> (EcoString, EcoString) {
    let place = Atlas::get().place(place);
    let name = match place.level {
        Level::Epci if place.name.starts_with("CC ") => "communauté de communes",
        Level::Epci if place.name.starts_with("CA ") => "communauté d’agglomération",
        Level::Epci if place.name.starts_with("CU ") => "communauté urbaine",
        Level::Epci => "métropole",
        Level::Region
        | Level::Departement
        | Level::Collectivite
        | Level::Ept
        | Level::Commune
        | Level::ArrondissementMunicipal => place.level.name(),
    };
    let name = french::capitalised(name);
    (french::slug(&name).unwrap_or_default().into(), name.into())
}
