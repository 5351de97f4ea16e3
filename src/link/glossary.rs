//! Where the terms of the glossary lead: another site, an address of this one, or a page by its file, its title or its number.

use std::sync::Arc;

use ecow::EcoString;

use crate::content::GLOSSARY;
use crate::diag::{Diagnostic, FilePath, Report};
use crate::doc::Glossary;
use crate::say;
use crate::site::Page;
use crate::urls::contacts;

use super::resolve::{Index, find_anchor};

/// Gives every `lien` the address that readers follow; what leads nowhere is reported and shows no link.
pub(super) fn resolve(glossary: Arc<Glossary>, pages: &[Page], report: &mut Report) -> Arc<Glossary> {
    let mut links = glossary.terms().iter().flat_map(|term| &term.senses).filter_map(|sense| sense.lien.as_ref());
    if links.all(|link| is_outside(link) && contacts::fault(link).is_none()) {
        return glossary;
    }
    let index = Index::of(pages, &[]);
    let home = pages.iter().find(|page| page.source.as_str() == "content/_index.md");
    let file = FilePath::new(GLOSSARY);
    let mut linked = Glossary::clone(&glossary);
    for sense in linked.terms.iter_mut().flat_map(|term| &mut term.senses) {
        let Some(typed) = sense.lien.take() else { continue };
        let found = address(&index, home, pages, &typed);
        sense.lien = found.map_err(|fault| report.push(fault.at(&file, sense.lien_span))).ok();
    }
    Arc::new(linked)
}

fn is_outside(link: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:", "//"].iter().any(|scheme| link.starts_with(scheme))
}

/// Returns the address that a link of the glossary means, from the root of the site or with its scheme.
fn address(index: &Index<'_>, home: Option<&Page>, pages: &[Page], typed: &str) -> Result<EcoString, Box<Diagnostic>> {
    if is_outside(typed) {
        return match contacts::fault(typed) {
            None => Ok(typed.into()),
            Some((message, help)) => Err(Box::new(Diagnostic::error("E0308", message).help(help))),
        };
    }
    if typed.starts_with("www.") {
        let fault =
            Diagnostic::error("E0308", say!("« {typed} » n’a pas son « https:// »", "“{typed}” lacks its “https://”"));
        return Err(Box::new(fault.help(say!("écrivez https://{typed}", "write https://{typed}"))));
    }
    let bare = typed.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(typed);
    let (named, anchor) = bare.split_once('#').map_or((bare, None), |(named, anchor)| (named, Some(anchor)));
    let page = match home {
        _ if named.starts_with('/') && !named.ends_with(".md") => {
            pages.iter().find(|page| page.url.as_str().trim_end_matches('/') == named.trim_end_matches('/')).ok_or(None)
        }
        Some(home) => index.named(home, named).map(|id| &pages[id.0 as usize]),
        None => Err(None),
    };
    match (page, anchor) {
        (Ok(page), None) => Ok(page.url.as_str().into()),
        (Ok(page), Some(anchor)) => match find_anchor(page, anchor) {
            Some(anchor) => Ok(ecow::eco_format!("{}#{anchor}", page.url.as_str())),
            None => Err(Box::new(broken_anchor(page, anchor))),
        },
        // Checked against every address of the site once they are all known.
        (Err(_), _) if named.starts_with('/') => Ok(typed.into()),
        (Err(near), _) => Err(Box::new(no_page(typed, near.as_deref()))),
    }
}

fn no_page(typed: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("E0301", say!("aucune page ne répond à « {typed} »", "no page answers to “{typed}”"));
    diagnostic.help(match near {
        Some(near) => say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?"),
        None => say!(
            "donnez une adresse complète, https://www.exemple.fr/, ou le fichier d’une page : kits/mon-kit/01-acteurs.md",
            "give a full address, https://www.example.org/, or the file of a page: kits/my-kit/01-people.md"
        ),
    })
}

fn broken_anchor(page: &Page, anchor: &str) -> Diagnostic {
    let title = &page.title;
    let diagnostic = Diagnostic::error(
        "E0304",
        say!("« {title} » n’a pas de titre « #{anchor} »", "“{title}” has no heading “#{anchor}”"),
    );
    let known: Vec<&str> = page.anchors.iter().map(EcoString::as_str).collect();
    let list = known.join(", ");
    match known.as_slice() {
        [] => diagnostic.help(say!("ôtez « #{anchor} »", "take “#{anchor}” away")),
        _ => diagnostic.help(say!("ancres de cette page : {list}", "anchors of this page: {list}")),
    }
    .help_near(anchor, known)
}
