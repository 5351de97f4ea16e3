//! Examples taken up: what `:::reprise` names is a page and an anchor, which must be those of an example.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Report, Span};
use crate::doc::{self, Boxes, LinkId, Role};
use crate::say;
use crate::site::{Example, ExampleId, Page, Target};

/// A `:::reprise` of a page: its link, where it stands, and the example inside which it does, if any.
struct Taken {
    link: LinkId,
    span: Span,
    inside: Option<ExampleId>,
}

/// Turns the page and the anchor that each `:::reprise` names into their example.
///
/// An example that would take itself up, by whatever way, does not, and the report says so.
pub(super) fn resolve(pages: &mut [Page], examples: &[Example], report: &mut Report) {
    let mut takes: BTreeMap<ExampleId, Vec<ExampleId>> = BTreeMap::new();
    for page in pages {
        for taken in of(page, examples) {
            let found = match page.target(taken.link) {
                Target::Page { page, anchor: Some(anchor) } => Some((*page, anchor.clone())),
                Target::Anchor(anchor) => Some((page.id, anchor.clone())),
                // An anchor that its page does not have has been said.
                Target::Page { anchor: None, .. } if names_anchor(page, taken.link) => continue,
                Target::Page { anchor: None, .. }
                | Target::File(_)
                | Target::Site { .. }
                | Target::External(_)
                | Target::Mail(_) => None,
                Target::Example(id) => {
                    examples.iter().find(|example| example.id == *id).map(|own| (own.page, own.anchor.clone()))
                }
                // The report says why it is nothing.
                Target::Broken => continue,
            };
            let example = found.as_ref().and_then(|(page, anchor)| {
                examples.iter().find(|example| example.page == *page && example.anchor == *anchor)
            });
            let Some(example) = example else {
                let home = found.map_or(page.id, |(page, _)| page);
                let near = examples.iter().filter(|example| example.page == home);
                report.push(unknown(page, taken.span, near.map(|example| example.anchor.as_str())));
                continue;
            };
            if let Some(inside) = taken.inside {
                if leads(&takes, example.id, inside) {
                    report.push(circle(page, taken.span));
                    page.targets[taken.link.0 as usize] = Target::Broken;
                    continue;
                }
                takes.entry(inside).or_default().push(example.id);
            }
            page.targets[taken.link.0 as usize] = Target::Example(example.id);
        }
    }
}

/// Returns whether a link of a page, as typed, holds an anchor.
fn names_anchor(page: &Page, link: LinkId) -> bool {
    page.document.links[link.0 as usize].to.split_once('#').is_some_and(|(_, anchor)| !anchor.is_empty())
}

/// Returns what a page takes up, in reading order.
fn of(page: &Page, examples: &[Example]) -> Vec<Taken> {
    let (mut all, mut around) = (Vec::new(), BTreeMap::new());
    if !page.document.boxes.has(Boxes::REPRISE) {
        return all;
    }
    doc::each_directive(&page.document, &mut |directive| {
        if let Role::Reprise { exemple } = &directive.role {
            all.push(Taken { link: *exemple, span: directive.span, inside: around.get(exemple).copied() });
        }
        let is_it = |own: &&Example| own.page == page.id && Some(&own.anchor) == directive.id.as_ref();
        let Some(own) = examples.iter().find(is_it) else { return };
        doc::each_directive_of(&directive.body, &mut |inner| {
            if let Role::Reprise { exemple } = &inner.role {
                around.insert(*exemple, own.id);
            }
        });
    });
    all
}

/// Returns whether an example takes up another one, itself included, through however many others.
fn leads(takes: &BTreeMap<ExampleId, Vec<ExampleId>>, from: ExampleId, to: ExampleId) -> bool {
    let (mut ahead, mut seen) = (vec![from], Vec::new());
    while let Some(next) = ahead.pop() {
        if next == to {
            return true;
        }
        if !seen.contains(&next) {
            seen.push(next);
            ahead.extend(takes.get(&next).into_iter().flatten());
        }
    }
    false
}

fn circle(page: &Page, span: Span) -> Diagnostic {
    Diagnostic::error(
        "E0409",
        say!("cet exemple finirait par se reprendre lui-même", "this example would end by taking itself up"),
    )
    .at(&page.source, span)
    .help(say!(
        "remplacez l’une des reprises par un lien : deux exemples ne peuvent pas se citer en entier l’un l’autre",
        "replace one of them by a link: two examples cannot quote each other whole"
    ))
}

fn unknown<'e>(page: &Page, span: Span, near: impl Iterator<Item = &'e str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("E0409", say!("aucun exemple n’est à cet endroit", "no example is at this place"))
            .at(&page.source, span);
    let list = near.collect::<Vec<_>>().join(", ");
    if list.is_empty() {
        return diagnostic.help(say!(
            "nommez la fiche, puis l’ancre de l’exemple, faite de son titre : kit-communal/4#un-forum-chaque-annee",
            "name the sheet, then the example’s anchor, made from its title: kit-communal/4#un-forum-chaque-annee"
        ));
    }
    diagnostic.help(say!("les exemples de cette page sont : {list}", "the examples of this page are: {list}"))
}
