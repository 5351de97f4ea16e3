//! The families of every kit, and the one of each fiche.

use std::collections::{BTreeMap, HashMap};

use ecow::EcoString;

use crate::diag::{Diagnostic, FilePath, Report, Span, nearest};
use crate::fields::Fields;
use crate::say;
use crate::site::{Family, Page, PageId};

/// Finds the families of every kit and gives each fiche its own; a kit that lists none has those its fiches name.
pub(super) fn families(pages: &mut [Page], report: &mut Report) -> BTreeMap<PageId, Vec<Family>> {
    let kits: Vec<PageId> = pages.iter().filter(|page| page.kind.name() == "kit").map(|page| page.id).collect();
    let mut all = BTreeMap::new();
    for kit in kits {
        let kit = &pages[kit.0 as usize];
        let (id, children) = (kit.id, kit.children.clone());
        let mut families = told_once(kit, report);
        let is_listed = !families.is_empty();
        let mut found: HashMap<EcoString, Option<usize>> = HashMap::new();
        for child in children {
            let fiche = &pages[child.0 as usize];
            let Some(named) = fiche.fields.text("famille").cloned() else { continue };
            let family = *found.entry(named.clone()).or_insert_with(|| {
                let known = families.iter().position(|family| family.answers(&named));
                if known.is_none() && !is_listed {
                    families.push(Family { key: named.clone(), title: named.clone(), summary: None });
                    return Some(families.len() - 1);
                }
                known
            });
            if family.is_none() {
                report.push(no_such_family(&named, &fiche.source, fiche.fields.span("famille"), &families));
            }
            pages[child.0 as usize].family = family;
        }
        let kit = &pages[id.0 as usize];
        for announced in kit.fields.maps("a_paraitre").iter().filter(|_| is_listed) {
            let Some(named) = announced.text("famille") else { continue };
            if !families.iter().any(|family| family.answers(named)) {
                report.push(no_such_family(named, &kit.source, announced.span("famille"), &families));
            }
        }
        if !families.is_empty() {
            all.insert(id, families);
        }
    }
    all
}

/// Returns the families that a kit lists; two that answer to one name are said, and the first has the fiches.
fn told_once(kit: &Page, report: &mut Report) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for fields in kit.fields.maps("familles") {
        let Some(family) = listed(fields) else { continue };
        if families.iter().any(|first| first.answers(&family.key)) {
            let key = &family.key;
            let span = fields.span("cle").or(fields.span("titre")).unwrap_or_default();
            report.push(
                Diagnostic::error(
                    "E0415",
                    say!("deux familles du kit s’appellent « {key} »", "two families of the kit are named “{key}”"),
                )
                .at(&kit.source, span)
                .help(say!("donnez à l’une des deux une autre « cle »", "give one of them another key (`cle`)")),
            );
        }
        families.push(family);
    }
    families
}

fn listed(fields: &Fields) -> Option<Family> {
    let title = fields.text("titre").or(fields.text("cle"))?.clone();
    let key = fields.text("cle").cloned().unwrap_or_else(|| title.clone());
    Some(Family { key, title, summary: fields.text("resume").cloned() })
}

fn no_such_family(named: &str, source: &FilePath, span: Option<Span>, families: &[Family]) -> Diagnostic {
    let known = families.iter().map(|family| family.key.as_str()).collect::<Vec<_>>().join(", ");
    let help = match nearest(named, families.iter().flat_map(|family| [family.key.as_str(), family.title.as_str()])) {
        Some(near) => say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?"),
        None => say!("familles de ce kit : {known}", "families of this kit: {known}"),
    };
    Diagnostic::warning("A0411", say!("le kit n’a pas de famille « {named} »", "the kit has no family “{named}”"))
        .at(source, span.unwrap_or_default())
        .help(help)
}
