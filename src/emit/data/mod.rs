//! Open data in `/donnees/`: fiches, examples, récits and issues in every format, a catalogue, and what changed between two versions.

mod formats;
mod rows;
mod versions;

use std::sync::{Arc, OnceLock};

use super::{Cx, Job, Output, Plan, Planning};
use crate::site::Site;
use crate::urls::Url;

pub use formats::csv_cell;
pub use rows::columns;

use rows::Row;

/// Open data.
pub(super) struct Data;

/// A set of data: its name in addresses, and the kind of its pages; examples are not pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// The name of its files: `/donnees/fiches.csv`.
    pub name: &'static str,
    kind: Option<&'static str>,
}

/// Every set, in the order that readers see.
pub const SETS: &[Set] = &[
    Set { name: "fiches", kind: Some("fiche") },
    Set { name: "exemples", kind: None },
    Set { name: "recits", kind: Some("recit") },
    Set { name: "lettres", kind: Some("numero") },
];

/// The formats of a set: the ending of its file, and its name.
pub const FORMATS: &[(&str, &str)] = &[("csv", "CSV"), ("json", "JSON"), ("geojson", "GeoJSON"), ("jsonld", "JSON-LD")];

impl Set {
    /// Returns whether a site has something to put in it.
    pub fn is_in(self, site: &Site) -> bool {
        match self.kind {
            Some(kind) => site.of_kind(kind).next().is_some(),
            None => !site.examples.is_empty(),
        }
    }
}

/// The rows of the sets of a site, made when the first file asks for them.
#[derive(Debug, Default)]
pub struct Rows(OnceLock<Vec<(Set, Vec<Row>)>>);

impl Rows {
    /// Returns the rows of a build.
    fn of_build(cx: &Cx<'_>) -> Arc<Self> {
        cx.cells.of("", Self::default)
    }

    fn all(&self, cx: &Cx<'_>) -> &[(Set, Vec<Row>)] {
        self.0.get_or_init(|| {
            let sets = SETS.iter().filter(|set| set.is_in(cx.site));
            sets.map(|set| (*set, rows::of(cx, set.kind))).collect()
        })
    }

    fn of(&self, cx: &Cx<'_>, set: Set) -> &[Row] {
        self.all(cx).iter().find(|(own, _)| *own == set).map_or(&[], |(_, rows)| rows)
    }
}

impl Output for Data {
    fn name(&self) -> &'static str {
        "donnees"
    }

    fn label(&self) -> &'static str {
        "données ouvertes"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        let sets: Vec<Set> = SETS.iter().copied().filter(|set| set.is_in(cx.site)).collect();
        if sets.is_empty() {
            return;
        }
        for set in &sets {
            let set = *set;
            for (ending, _) in FORMATS {
                let make = move |cx: &Cx<'_>| Ok(formats::write(cx, ending, set, Rows::of_build(cx).of(cx, set)));
                plan.add_named(
                    format!("donnees:{}.{ending}", set.name),
                    Job::new("donnees", address(set, ending), make),
                );
            }
            plan.name(format!("donnees:{}", set.name), &address(set, "json"));
        }
        versions::plan(cx, plan);
        plan.add(Job::new("donnees", Url::new("/donnees/catalogue.jsonld"), move |cx| {
            Ok(formats::catalogue(cx, &sets))
        }));
    }
}

/// Returns where a file of a set is.
pub fn address(set: Set, ending: &str) -> Url {
    Url::new(format!("/donnees/{}.{ending}", set.name))
}
