//! From drafts to the site: pages find their place, and every link, reference, territory and example its target.

mod again;
mod assets;
mod boxes;
mod consents;
mod families;
mod glossary;
mod maps;
mod pages;
mod places;
mod redirects;
pub use again::again;
pub use pages::newest;
mod reprises;
mod resolve;
mod terms;
mod withdrawals;

use std::sync::Arc;

use crate::config::Config;
use crate::content::Contents;
use crate::diag::{Diagnostic, FilePath, Report};
use crate::memo::Memos;
use crate::say;
use crate::site::{Page, Site, Target};
use crate::snapshot::Snapshot;
use crate::urls::Url;

/// Links a whole site; what finds no target is reported, and the rest stands.
pub fn link(snapshot: &Snapshot, config: Arc<Config>, contents: Contents, memos: &Memos) -> (Site, Report) {
    let mut report = Report::default();
    let withdrawn = withdrawals::apply(snapshot, &contents.drafts, &mut report);
    let has_withdrawals = withdrawn.drafts.iter().any(|draft| !draft.fields.texts("retraits").is_empty());
    for draft in &withdrawn.drafts {
        consents::check(draft, &mut report);
    }
    let mut pages = pages::assemble(&withdrawn.drafts, &mut report);
    let families = families::families(&mut pages, &mut report);
    pages::relate(&mut pages, &mut report);

    let mut files = assets::Files::new(snapshot, memos);
    let mut places = places::Places::default();
    let (resolved, mut examples) = rayon::join(
        || resolve::all(snapshot, &config.base_url, &pages, &contents.withheld),
        || terms::examples(&pages, &mut places, &mut report),
    );
    let names_examples = |(found, _): &(Vec<resolve::Found>, Report)| {
        found.iter().any(|found| matches!(found, resolve::Found::Example { .. }))
    };
    let named: &[_] = if resolved.iter().any(names_examples) { &examples } else { &[] };
    let by_name = terms::ExampleIndex::of(&pages, named);
    for (number, (found, said)) in resolved.into_iter().enumerate() {
        report.extend(said);
        let targets = found
            .into_iter()
            .enumerate()
            .map(|(place, found)| match found {
                resolve::Found::Target(target) => target,
                resolve::Found::File(path) => Target::File(files.publish(path)),
                resolve::Found::Example { named } => {
                    let page = &pages[number];
                    by_name.find(page, &named, &page.document.links[place], &mut report)
                }
            })
            .collect();
        pages[number].targets = targets;
    }
    reprises::resolve(&mut pages, &examples, &mut report);
    for page in &mut pages {
        let (image, pdf) = files.of_front_matter(page, &mut report);
        page.image = image;
        page.pdf = pdf;
    }
    link_back(&mut pages);

    let themes = terms::themes(&mut pages, &mut examples);
    boxes::check(&pages, &mut report);
    let territories = terms::territories(&mut pages, &mut examples, &mut places, &mut report);
    maps::check(&pages, &themes, &mut report);
    let redirects = redirects::of(&pages, &mut report);
    let glossary = glossary::resolve(withdrawn.out_of(contents.glossary), &pages, &mut report);
    let statics = snapshot
        .under("static/")
        .filter(|file| !withdrawn.files.contains(&file.path))
        .map(|file| (Url::new(&file.path.as_str()["static".len()..]), file.path.clone()))
        .collect();
    let home = pages.iter().find(|page| page.source.as_str() == "content/_index.md").map(|page| page.id);
    if home.is_none() {
        report.push(
            Diagnostic::error("E0401", say!("le site n’a pas de page d’accueil", "the site has no home page"))
                .in_file(&FilePath::new("content/_index.md"))
                .help(say!(
                    "créez « content/_index.md » avec un titre et quelques lignes",
                    "create “content/_index.md” with a title and a few lines"
                )),
        );
    }
    let assets = files.done(&mut report);
    let site = Site {
        config,
        pages,
        themes,
        territories,
        examples,
        assets,
        redirects,
        families,
        glossary,
        statics,
        home,
        has_withdrawals,
    };
    (site, report)
}

/// Fills, on each page, the list of the pages that link to it.
fn link_back(pages: &mut [Page]) {
    let mut back: Vec<Vec<crate::site::PageId>> = vec![Vec::new(); pages.len()];
    for page in pages.iter() {
        for target in &page.targets {
            if let Target::Page { page: to, .. } = target
                && *to != page.id
            {
                let from = &mut back[to.0 as usize];
                if from.last() != Some(&page.id) {
                    from.push(page.id);
                }
            }
        }
    }
    for (page, from) in pages.iter_mut().zip(back) {
        page.linked_from = from;
    }
}
