//! What is said of a whole plan: colours the theme lacks, links and entries of the menu that lead nowhere.

use std::collections::BTreeMap;

use super::{Plan, Planning};
use crate::config;
use crate::diag::{Diagnostic, FilePath, Report, nearest};
use crate::fields::Fields;
use crate::say;
use crate::site::{Site, Target};
use crate::urls::Url;

/// Says which colours the theme does not have: their pages keep the theme's own.
pub(super) fn unknown_colours(cx: &Planning<'_>, report: &mut Report) {
    let known = cx.theme.teintes();
    let mut check = |fields: &Fields, file: &FilePath| {
        let Some(couleur) = fields.text("couleur").filter(|couleur| !known.iter().any(|name| name == couleur.as_str()))
        else {
            return;
        };
        let list = known.join(", ");
        let mut diagnostic = Diagnostic::warning(
            "A0413",
            say!("le thème n’a pas de teinte « {couleur} »", "the theme has no colour “{couleur}”"),
        )
        .at(file, fields.span("couleur").unwrap_or_default());
        diagnostic = match nearest(couleur, known.iter().map(String::as_str)) {
            Some(near) => diagnostic.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
            None => diagnostic.help(say!("ses teintes sont : {list}", "its colours are: {list}")),
        };
        report.push(diagnostic);
    };
    check(&cx.site.config.fields, &FilePath::new(config::FILE));
    for page in &cx.site.pages {
        check(&page.fields, &page.source);
    }
}

/// Reports links such as `/recherche/` that lead to no file of the plan.
pub(super) fn dead_addresses(site: &Site, plan: &mut Plan) {
    let pages = pages_of(plan);
    let mut told: BTreeMap<&str, Diagnostic> = BTreeMap::new();
    for page in &site.pages {
        for (link, target) in page.document.links.iter().zip(&page.targets) {
            let Target::Site { url, .. } = target else { continue };
            if !plan.jobs.contains_key(url) {
                let said = told.entry(url.as_str()).or_insert_with(|| dead(url.as_str(), &pages));
                plan.report.push(said.clone().at(&page.source, link.to_span));
            }
        }
    }
}

/// Addresses that a writer may have meant: pages to read. Those to embed are as many as twenty for each.
fn pages_of(plan: &Plan) -> Vec<Url> {
    let is_read = |url: &&Url| url.as_str().ends_with('/') && !url.as_str().starts_with("/integrer/");
    plan.jobs.keys().filter(is_read).cloned().collect()
}

fn dead(address: &str, pages: &[Url]) -> Diagnostic {
    let said =
        say!("il n’y a rien à l’adresse « {address} » sur le site", "there is nothing at “{address}” on the site");
    let diagnostic = Diagnostic::error("E0307", said).help_near(address, pages.iter().map(Url::as_str));
    match diagnostic.help {
        Some(_) => diagnostic,
        None => diagnostic.help(say!(
            "donnez le chemin d’un fichier de « content/ », ou l’adresse d’une page du site",
            "give the path of a file of “content/”, or the address of a page of the site"
        )),
    }
}

/// Reports the entries of the menu that lead nowhere, or say nothing.
pub(super) fn dead_menu(site: &Site, plan: &mut Plan) {
    let file = FilePath::new(config::FILE);
    let list = site.config.fields.span("menu").unwrap_or_default();
    for entry in site.config.fields.maps("menu") {
        let (Some(_), Some(page)) = (entry.text("titre"), entry.text("page")) else {
            let said = say!(
                "une entrée du menu n’a pas de titre ou pas de page",
                "an entry of the menu has no title or no page"
            );
            let help = say!(
                "écrivez {{ titre = \"Les kits\", page = \"/kits/\" }}",
                "write {{ titre = \"Kits\", page = \"/kits/\" }}"
            );
            let place = entry.span("titre").or(entry.span("page")).unwrap_or(list);
            plan.report.push(Diagnostic::error("E0307", said).at(&file, place).help(help));
            continue;
        };
        let path = page.split(['#', '?']).next().unwrap_or_default();
        let is_outside = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| page.starts_with(scheme));
        if is_outside || (path.starts_with('/') && plan.jobs.contains_key(&Url::new(path))) {
            continue;
        }
        let pages = pages_of(plan);
        let mut diagnostic = Diagnostic::error(
            "E0307",
            say!("il n’y a rien à l’adresse « {page} » sur le site", "there is nothing at “{page}” on the site"),
        )
        .at(&file, entry.span("page").unwrap_or(list))
        .help_near(page, pages.iter().map(Url::as_str));
        if diagnostic.help.is_none() {
            diagnostic = diagnostic.help(say!(
                "donnez l’adresse d’une page du site, qui commence et finit par « / »",
                "give the address of a page of the site, which begins and ends with “/”"
            ));
        }
        plan.report.push(diagnostic);
    }
}
