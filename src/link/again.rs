//! Linking after a save that changed only words: the same pages, links, themes, places and examples, with the new texts.

use std::sync::Arc;

use crate::content::Draft;
use crate::diag::Span;
use crate::doc::{self, Directive, Exemple, Role};
use crate::site::{Example, Page, Site};

use super::terms;

/// Returns a site with new drafts of some of its pages; nothing when linking them would give another site.
pub fn again(site: &Site, drafts: &[Arc<Draft>]) -> Option<Site> {
    // A person who withdrew may be named by new words.
    if site.has_withdrawals {
        return None;
    }
    let page_of = |draft: &Draft| site.pages.binary_search_by(|page| page.source.cmp(&draft.source)).ok();
    let mut changed: Vec<(&Page, &Arc<Draft>)> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let page = &site.pages[page_of(draft)?];
        if !is_alike(&page.draft, draft) {
            return None;
        }
        changed.push((page, draft));
    }
    let mut next = site.clone();
    for (page, draft) in changed {
        next.pages[page.id.0 as usize].draft = Arc::clone(draft);
        let examples = directives(draft).into_iter().filter_map(|directive| {
            if let Role::Exemple(exemple) = &directive.role { Some((directive, exemple)) } else { None }
        });
        for (id, (directive, exemple)) in page.examples.iter().zip(examples) {
            let known = &mut next.examples[id.0 as usize];
            *known = Example {
                exemple: exemple.clone(),
                excerpt: terms::excerpt(directive),
                span: directive.span,
                ..known.clone()
            };
        }
    }
    Some(next)
}

/// The keys of pages that are only shown: nothing is linked, sorted or planned by them.
const SHOWN: &[&str] = &["resume", "question", "mis_a_jour", "verifie_le", "auteurs", "partenaires", "licence"];

/// Returns whether linking and planning see no difference between two versions of a page.
fn is_alike(old: &Draft, new: &Draft) -> bool {
    // The letters' checks read the whole text.
    let is_letter = matches!(old.kind.name(), "numero" | "lettre");
    let same_links = || {
        let links =
            |draft: &Draft| draft.document.links.iter().map(|link| (link.form, link.to.clone())).collect::<Vec<_>>();
        links(old) == links(new)
    };
    let same_directives = || {
        let (old, new) = (directives(old), directives(new));
        old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| is_same(old, new))
    };
    !is_letter
        && old.source == new.source
        && old.kind.name() == new.kind.name()
        && old.is_index == new.is_index
        && old.folder == new.folder
        && old.url == new.url
        && old.slug == new.slug
        && old.title == new.title
        && old.language == new.language
        && old.fields.agrees(&new.fields, SHOWN)
        && old.anchors == new.anchors
        && same_links()
        && same_directives()
}

fn directives(draft: &Draft) -> Vec<&Directive> {
    let mut found = Vec::new();
    doc::each_directive(&draft.document, &mut |directive| found.push(directive));
    found
}

/// Returns whether two directives are the same to whoever does not read their words.
fn is_same(old: &Directive, new: &Directive) -> bool {
    let unplaced = |exemple: &Exemple| Exemple { territoire_span: Span::default(), ..exemple.clone() };
    old.id == new.id
        && match (&old.role, &new.role) {
            (Role::Exemple(old), Role::Exemple(new)) => unplaced(old) == unplaced(new),
            (old, new) => old == new,
        }
}
