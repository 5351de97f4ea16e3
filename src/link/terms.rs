//! The site's themes, territories and examples, each with what belongs to it.

use std::collections::{BTreeMap, HashMap};

use ecow::EcoString;
use rayon::prelude::*;

use super::places::Places;
use crate::diag::{Diagnostic, Report};
use crate::doc::{self, Boxes, RawLink, Role};
use crate::french;
use crate::say;
use crate::site::{Example, ExampleId, Page, PageId, Target, Territory, Theme};
use crate::territory::{Atlas, PlaceId};
use crate::urls::Url;

/// How many characters of an example lists show.
const EXCERPT: usize = 220;

/// Collects the examples of every page, in reading order.
pub(super) fn examples(pages: &[Page], places: &mut Places, report: &mut Report) -> Vec<Example> {
    let told: Vec<Vec<(&doc::Directive, EcoString)>> = pages
        .par_iter()
        .with_max_len(64)
        .map(|page| {
            let mut told = Vec::new();
            doc::each_box(&page.document, Boxes::EXEMPLE, &mut |directive| {
                told.push((directive, excerpt(directive)));
            });
            told
        })
        .collect();
    let mut examples = Vec::with_capacity(told.iter().map(Vec::len).sum());
    for (page, told) in pages.iter().zip(told) {
        for (directive, excerpt) in told {
            let Role::Exemple(exemple) = &directive.role else { continue };
            let id = ExampleId(u32::try_from(examples.len()).expect("a site has fewer than four billion examples"));
            let place = exemple
                .territoire
                .as_ref()
                .and_then(|written| places.find(written, exemple.territoire_span, page, report));
            examples.push(Example {
                id,
                page: page.id,
                anchor: directive.id.clone().unwrap_or_default(),
                exemple: exemple.clone(),
                excerpt,
                place,
                themes: Vec::new(),
                span: directive.span,
            });
        }
    }
    examples
}

/// Returns the beginning of the text of an example.
pub(super) fn excerpt(directive: &doc::Directive) -> EcoString {
    doc::shorten(&doc::text::beginning(&directive.body, EXCERPT), EXCERPT).into()
}

/// Examples by the names that references use.
pub(super) struct ExampleIndex {
    by_anchor: HashMap<EcoString, Vec<(PageId, ExampleId)>>,
    names: Vec<String>,
}

impl ExampleIndex {
    /// Names every example: by its anchor, alone or after its page's slug.
    pub(super) fn of(pages: &[Page], examples: &[Example]) -> Self {
        let mut by_anchor: HashMap<EcoString, Vec<(PageId, ExampleId)>> = HashMap::new();
        let mut names = Vec::new();
        for example in examples {
            by_anchor.entry(example.anchor.clone()).or_default().push((example.page, example.id));
            by_anchor
                .entry(ecow::eco_format!("{}#{}", pages[example.page.0 as usize].slug, example.anchor))
                .or_default()
                .push((example.page, example.id));
            names.push(example.anchor.to_string());
        }
        Self { by_anchor, names }
    }

    /// Finds the example that a reference names.
    pub(super) fn find(&self, page: &Page, named: &str, link: &RawLink, report: &mut Report) -> Target {
        let slug = french::slug(named).unwrap_or_default();
        let found = self.by_anchor.get(named).or_else(|| self.by_anchor.get(slug.as_str()));
        match found.map(Vec::as_slice) {
            Some([(_, example)]) => Target::Example(*example),
            Some(several) if !several.is_empty() => match several.iter().find(|(own, _)| *own == page.id) {
                Some((_, example)) => Target::Example(*example),
                None => {
                    report.push(
                        Diagnostic::error(
                            "E0408",
                            say!("plusieurs exemples s’appellent « {named} »", "several examples are called “{named}”"),
                        )
                        .at(&page.source, link.span)
                        .help(say!(
                            "écrivez « exemple:nom-de-la-fiche#{named} »",
                            "write “exemple:name-of-the-sheet#{named}”"
                        )),
                    );
                    Target::Broken
                }
            },
            _ => {
                let mut diagnostic = Diagnostic::error(
                    "E0409",
                    say!("aucun exemple ne s’appelle « {named} »", "no example is called “{named}”"),
                )
                .at(&page.source, link.span)
                .help_near(&slug, self.names.iter().map(String::as_str));
                if diagnostic.help.is_none() {
                    diagnostic = diagnostic.help(say!(
                        "le nom d’un exemple est son ancre, faite de son titre",
                        "an example’s name is its anchor, made from its title"
                    ));
                }
                report.push(diagnostic);
                Target::Broken
            }
        }
    }
}

/// Gathers the themes that pages and examples bear, in alphabetical order.
pub(super) fn themes(pages: &mut [Page], examples: &mut [Example]) -> Vec<Theme> {
    let mut met = Met::default();
    for page in pages.iter_mut() {
        page.themes = page.fields.texts("themes").iter().filter_map(|(name, _)| met.number(name)).collect();
    }
    for example in examples.iter_mut() {
        example.themes = match example.exemple.themes.as_slice() {
            [] => pages[example.page.0 as usize].themes.clone(),
            own => own.iter().filter_map(|name| met.number(name)).collect(),
        };
    }
    let mut themes: Vec<(usize, Theme)> = met.themes.into_iter().enumerate().collect();
    themes.sort_by(|(_, left), (_, right)| {
        french::compare(&left.name, &right.name).then_with(|| left.slug.cmp(&right.slug))
    });
    let (met_as, mut themes): (Vec<usize>, Vec<Theme>) = themes.into_iter().unzip();
    let mut place = vec![0; met_as.len()];
    met_as.into_iter().enumerate().for_each(|(number, met)| place[met] = number);
    let settle = |numbers: &mut Vec<usize>| {
        numbers.iter_mut().for_each(|number| *number = place[*number]);
        numbers.dedup();
    };
    for page in pages.iter_mut() {
        settle(&mut page.themes);
        for theme in page.themes.iter().filter(|_| !page.is_archived()) {
            themes[*theme].pages.push(page.id);
        }
    }
    for example in examples.iter_mut() {
        settle(&mut example.themes);
        for theme in example.themes.iter().filter(|_| !pages[example.page.0 as usize].is_archived()) {
            themes[*theme].examples.push(example.id);
        }
    }
    themes
}

/// The themes in the order in which they are met; a site has few and names them often.
#[derive(Default)]
struct Met {
    themes: Vec<Theme>,
    by_name: HashMap<EcoString, Option<usize>>,
    by_slug: HashMap<String, usize>,
}

impl Met {
    /// Returns the number of a theme, nothing for a name without a letter.
    fn number(&mut self, name: &EcoString) -> Option<usize> {
        if let Some(number) = self.by_name.get(name) {
            return *number;
        }
        let number = french::slug(name).map(|slug| {
            *self.by_slug.entry(slug).or_insert_with_key(|slug| {
                self.themes.push(Theme {
                    name: french::typeset(&french::Rules::default(), name).as_ref().into(),
                    url: Url::new(format!("/themes/{slug}/")),
                    slug: slug.as_str().into(),
                    pages: Vec::new(),
                    examples: Vec::new(),
                });
                self.themes.len() - 1
            })
        });
        self.by_name.insert(name.clone(), number);
        number
    }
}

/// Gathers the territories that pages and examples name, with those that hold them.
pub(super) fn territories(
    pages: &mut [Page],
    examples: &mut [Example],
    known: &mut Places,
    report: &mut Report,
) -> BTreeMap<PlaceId, Territory> {
    let atlas = Atlas::get();
    let mut territories: BTreeMap<PlaceId, Territory> = BTreeMap::new();
    for page in pages.iter_mut() {
        let mut places = Vec::new();
        for (written, span) in page.fields.texts("territoires") {
            let found = known.find(written, *span, page, report);
            places.extend(found.map(|place| atlas.canonical(place)).filter(|place| !places.contains(place)));
        }
        for place in &places {
            // A place that only archives name has its page, since they lead to it, and no count.
            let territory = territories.entry(*place).or_default();
            if !page.is_archived() {
                territory.pages.push(page.id);
            }
        }
        page.places = places;
    }
    for example in examples.iter_mut() {
        example.place = example.place.map(|place| atlas.canonical(place));
        if let Some(place) = example.place {
            let territory = territories.entry(place).or_default();
            if !pages[example.page.0 as usize].is_archived() {
                territory.examples.push(example.id);
            }
        }
        pages[example.page.0 as usize].examples.push(example.id);
    }
    for place in territories.keys().copied().collect::<Vec<_>>() {
        let is_empty = territories[&place].pages.is_empty() && territories[&place].examples.is_empty();
        for wider in atlas.around(place) {
            let territory = territories.entry(wider).or_default();
            if !is_empty {
                territory.below.push(place);
            }
        }
        if is_empty {
            continue;
        }
        let mut lower = vec![place];
        while let Some(low) = lower.pop() {
            for above in atlas.above(low) {
                let territory = territories.entry(above).or_default();
                if !territory.children.contains(&low) {
                    territory.children.push(low);
                    lower.push(above);
                }
            }
        }
    }
    let counts: BTreeMap<PlaceId, usize> =
        territories.iter().map(|(place, territory)| (*place, count(territory, &territories))).collect();
    for (place, territory) in &mut territories {
        territory.count = counts[place];
        territory.children.retain(|child| counts[child] > 0);
        territory.children.sort_by(|left, right| french::compare(atlas.place(*left).name, atlas.place(*right).name));
    }
    territories
}

/// Counts what a territory and those inside it hold, each page once.
fn count(territory: &Territory, territories: &BTreeMap<PlaceId, Territory>) -> usize {
    let within = || std::iter::once(territory).chain(territory.below.iter().map(|place| &territories[place]));
    let mut pages: Vec<PageId> = within().flat_map(|inner| inner.pages.iter().copied()).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.len() + within().map(|inner| inner.examples.len()).sum::<usize>()
}
