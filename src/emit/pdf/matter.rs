//! What a booklet ends with: the acronyms of its fiches, and their examples by place.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::connect::Assembly;
use super::lower::{Markup, label};
use crate::doc::{Inline, Step, Visitor, visit};
use crate::emit::Cx;
use crate::french;
use crate::site::Page;
use crate::territory::{Atlas, PlaceId};

/// A place, with the titles and the labels of what happened there.
type Place = (String, Vec<(EcoString, String)>);

/// The acronyms that the fiches use and what they mean, as a dictionary sorts them.
pub fn glossary(cx: &Cx<'_>, fiches: &[&Page]) -> Vec<(EcoString, String)> {
    #[derive(Default)]
    struct Used(BTreeMap<EcoString, EcoString>);
    impl<'d> Visitor<'d> for Used {
        fn inline(&mut self, inline: &'d Inline) -> Step {
            if let Inline::Abbreviation { text, meaning, .. } = inline
                && !meaning.is_empty()
            {
                self.0.entry(text.clone()).or_insert_with(|| meaning.clone());
            }
            Step::Into
        }
    }
    let mut used = Used::default();
    for fiche in fiches {
        visit(&fiche.document, &mut used);
    }
    // The plural of an acronym is the same word.
    let singular = |name: &EcoString| name.strip_suffix('s').filter(|stem| used.0.contains_key(*stem)).is_some();
    let mut entries: Vec<(EcoString, String)> = used
        .0
        .iter()
        .filter(|(name, _)| !singular(name))
        .map(|(name, meaning)| {
            let term = cx.site.glossary.terms().iter().find(|term| term.name == *name);
            let sense = term.and_then(|term| term.senses.iter().find(|sense| sense.sens == *meaning));
            let definition = sense.and_then(|sense| sense.definition.as_ref());
            let text = french::capitalised(meaning);
            (name.clone(), definition.map_or_else(|| format!("{text}."), |definition| format!("{text}. {definition}")))
        })
        .collect();
    entries.sort_by(|left, right| french::compare(&left.0, &right.0));
    entries
}

/// The examples of the fiches by place: their titles and labels.
pub fn index(assembly: &Assembly<'_>, fiches: &[&Page], markup: &Markup) -> Vec<Place> {
    let site = assembly.cx.site;
    let mut places: BTreeMap<PlaceId, Vec<(EcoString, String)>> = BTreeMap::new();
    for fiche in fiches {
        let prefix = assembly.pages.get(&fiche.id).cloned().unwrap_or_default();
        for example in &fiche.examples {
            let example = site.example(*example);
            let name = label(&prefix, &example.anchor);
            if let Some(place) = example.place.filter(|_| markup.labels.contains(&name)) {
                places.entry(place).or_default().push((example.exemple.titre.clone(), name));
            }
        }
    }
    let mut places: Vec<Place> =
        places.into_iter().map(|(place, examples)| (Atlas::get().label(place), examples)).collect();
    places.sort_by(|left, right| french::compare(&left.0, &right.0));
    places
}
