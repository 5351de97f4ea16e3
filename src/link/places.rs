//! The places that writers name, each looked up once for the whole site.

use std::collections::HashMap;

use ecow::EcoString;

use crate::diag::{Diagnostic, Report, Said, Span};
use crate::say;
use crate::site::Page;
use crate::territory::{Atlas, Former, FormerRegion, Level, PlaceId, Unresolved};

/// How many candidates a message names.
const LISTED: usize = 12;

/// The places found so far, by what writers typed.
#[derive(Default)]
pub(super) struct Places {
    known: HashMap<EcoString, Answer>,
}

/// What a name turned out to mean.
#[derive(Clone)]
enum Answer {
    Place(PlaceId, Option<&'static Former>),
    /// A département, région or collectivité whose name communes bear as well: said once for the site, with the communes.
    Wider(PlaceId, Vec<PlaceId>),
    Ambiguous(Vec<PlaceId>),
    FormerRegion(&'static FormerRegion),
    Country,
    Unknown(Vec<PlaceId>),
}

impl Places {
    /// Finds the place a writer means, or says why not, at every place where it is typed.
    pub(super) fn find(
        &mut self,
        written: &EcoString,
        span: Span,
        page: &Page,
        report: &mut Report,
    ) -> Option<PlaceId> {
        let is_new = !self.known.contains_key(written);
        let answer = self.known.entry(written.clone()).or_insert_with(|| answer(written));
        match answer {
            Answer::Place(place, former) => {
                if let Some(posted) = posted(written, *place).filter(|_| is_new) {
                    report.push(postal(written, *place, posted, span, page));
                }
                if let Some(former) = former {
                    report.push(moved(former, *place, span, page));
                }
                Some(*place)
            }
            Answer::Wider(place, others) => {
                if is_new {
                    report.push(wider(written, *place, others, span, page));
                }
                Some(*place)
            }
            Answer::Ambiguous(candidates) => {
                report.push(ambiguous(written, candidates, span, page));
                None
            }
            Answer::FormerRegion(region) => {
                report.push(former_region(written, region, span, page));
                None
            }
            Answer::Country => {
                report.push(country(written, span, page));
                None
            }
            Answer::Unknown(near) => {
                report.push(unknown(written, near, span, page));
                None
            }
        }
    }
}

fn answer(written: &str) -> Answer {
    let atlas = Atlas::get();
    match atlas.resolve(written) {
        Ok(found) => Answer::Place(found.place, found.former),
        Err(Unresolved::Ambiguous(candidates)) => {
            let (wide, others): (Vec<PlaceId>, Vec<PlaceId>) = candidates.iter().partition(|place| {
                matches!(atlas.place(**place).level, Level::Region | Level::Departement | Level::Collectivite)
            });
            let are_communes = others.iter().all(|place| atlas.place(*place).level == Level::Commune);
            match wide.as_slice() {
                [wide] if are_communes => Answer::Wider(*wide, others),
                _ => Answer::Ambiguous(candidates),
            }
        }
        Err(Unresolved::FormerRegion(region)) => Answer::FormerRegion(region),
        Err(Unresolved::Country) => Answer::Country,
        Err(Unresolved::Unknown(near)) => Answer::Unknown(near),
    }
}

/// Returns the larger place that a code means to the post, when the place it means to the INSEE is another one.
fn posted(written: &str, place: PlaceId) -> Option<PlaceId> {
    let atlas = Atlas::get();
    let known = atlas.place(place);
    let posted = *atlas.by_postal_code(written.trim()).first().filter(|_| known.code == written.trim())?;
    (atlas.place(posted).population > known.population).then_some(posted)
}

fn postal(written: &str, place: PlaceId, posted: PlaceId, span: Span, page: &Page) -> Diagnostic {
    let atlas = Atlas::get();
    let (here, there, code) = (atlas.label(place), atlas.label(posted), atlas.place(posted).code);
    Diagnostic::advice(
        "C0804",
        say!(
            "« {written} » est le code de l’INSEE de {here} ; c’est aussi un code postal, celui de {there}",
            "“{written}” is the INSEE code of {here}; it is also a postal code, that of {there}"
        ),
    )
    .at(&page.source, span)
    .help(say!(
        "essaim lit les codes de l’INSEE : si vous pensiez à {there}, écrivez « {code} »",
        "essaim reads INSEE codes: if you meant {there}, write “{code}”"
    ))
}

fn moved(former: &Former, place: PlaceId, span: Span, page: &Page) -> Diagnostic {
    let atlas = Atlas::get();
    let (today, code) = (atlas.label(place), atlas.place(place).code);
    let name = former.name.unwrap_or(former.code);
    Diagnostic::advice(
        "C0801",
        say!("« {name} » fait aujourd’hui partie de {today}", "“{name}” is now part of {today}"),
    )
    .at(&page.source, span)
    .help(say!("écrivez « {code} » pour le dire clairement", "write “{code}” to say so plainly"))
}

fn wider(written: &str, place: PlaceId, others: &[PlaceId], span: Span, page: &Page) -> Diagnostic {
    let atlas = Atlas::get();
    let (label, code) = (atlas.label(place), atlas.place(place).code);
    let Said { fr: communes, en: bearing } = listed(others);
    Diagnostic::warning(
        "A0801",
        say!(
            "« {written} » est compris comme {label} ; une commune porte aussi ce nom",
            "“{written}” is taken as {label}; a commune bears this name too"
        ),
    )
    .at(&page.source, span)
    .help(say!(
        "écrivez « {code} » pour le dire clairement, ou le code de la commune si c’est elle : {communes}",
        "write “{code}” to say so plainly, or the commune’s code if you mean it: {bearing}"
    ))
}

/// Names some places with their codes.
fn listed(places: &[PlaceId]) -> Said {
    let atlas = Atlas::get();
    let shown = || places.iter().take(LISTED).map(|place| (atlas.label(*place), &atlas.place(*place).code));
    Said {
        fr: shown().map(|(label, code)| format!("{label} : « {code} »")).collect::<Vec<_>>().join(" ; "),
        en: shown().map(|(label, code)| format!("{label}: “{code}”")).collect::<Vec<_>>().join("; "),
    }
}

fn ambiguous(written: &str, candidates: &[PlaceId], span: Span, page: &Page) -> Diagnostic {
    let Said { fr: liste, en: list } = listed(candidates);
    let others = candidates.len().saturating_sub(LISTED);
    Diagnostic::error(
        "E0801",
        say!("plusieurs territoires s’appellent « {written} »", "several places are called “{written}”"),
    )
    .at(&page.source, span)
    .help(if others == 0 {
        say!("donnez le code de celui qu’il faut : {liste}", "give the code of the right one: {list}")
    } else {
        say!(
            "donnez le code de celui qu’il faut : {liste} ; et {others} autres",
            "give the code of the right one: {list}; and {others} others"
        )
    })
}

fn former_region(written: &str, region: &FormerRegion, span: Span, page: &Page) -> Diagnostic {
    let atlas = Atlas::get();
    let code = region.today;
    let today = atlas.resolve(code).map(|found| atlas.label(found.place)).unwrap_or_default();
    let fr = region.departements.iter().map(|number| format!("« {number} »")).collect::<Vec<_>>().join(", ");
    let en = region.departements.iter().map(|number| format!("“{number}”")).collect::<Vec<_>>().join(", ");
    Diagnostic::error(
        "E0805",
        say!(
            "« {written} » est une région d’avant 2016, réunie depuis à d’autres : {today}",
            "“{written}” is a région of before 2016, joined to others since: {today}"
        ),
    )
    .at(&page.source, span)
    .help(say!(
        "écrivez « {code} » pour la région d’aujourd’hui, ou les départements dont il s’agit : {fr}",
        "write “{code}” for the région of today, or the départements that you mean: {en}"
    ))
}

fn country(written: &str, span: Span, page: &Page) -> Diagnostic {
    Diagnostic::error(
        "E0806",
        say!("« {written} » n’est pas un territoire parmi d’autres", "“{written}” is not a place among others"),
    )
    .at(&page.source, span)
    .help(say!(
        "retirez-le : ce qui n’a pas de territoire vaut pour toute la France",
        "remove it: what has no place stands for all of France"
    ))
}

fn unknown(written: &str, near: &[PlaceId], span: Span, page: &Page) -> Diagnostic {
    let atlas = Atlas::get();
    let list = near
        .iter()
        .take(3)
        .map(|place| format!("{} (« {} »)", atlas.label(*place), atlas.place(*place).code))
        .collect::<Vec<_>>()
        .join(", ");
    Diagnostic::error("E0802", say!("le territoire « {written} » est inconnu", "the place “{written}” is unknown"))
        .at(&page.source, span)
        .help(if near.is_empty() {
            say!(
                "donnez un code INSEE (« 59606 »), un SIREN d’intercommunalité, un numéro de département ou « R32 »",
                "give an INSEE code (“59606”), the SIREN of an EPCI, a département’s number or “R32”"
            )
        } else {
            say!("vouliez-vous dire {list} ?", "did you mean {list}?")
        })
}
