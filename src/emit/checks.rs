//! What is said of a whole plan: colours the theme lacks, links and entries of the menu that lead nowhere.

use std::collections::BTreeMap;

use super::{Plan, Planning};
use crate::config;
use crate::diag::{Diagnostic, FilePath, Report, Said, nearest};
use crate::doc::{self, Boxes, Role};
use crate::fields::Fields;
use crate::say;
use crate::site::{Page, Site, Target};
use crate::urls::{Url, contacts};

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

/// Says what leads to no file of a plan: links such as `/recherche/`, and what `site.toml` and the glossary name.
pub(super) fn dead_ends(site: &Site, plan: &Plan) -> Report {
    let mut report = Report::default();
    dead_addresses(site, plan, &mut report);
    dead_settings(site, plan, &mut report);
    report
}

fn dead_addresses(site: &Site, plan: &Plan, report: &mut Report) {
    let pages = pages_of(plan);
    let mut told: BTreeMap<&str, Diagnostic> = BTreeMap::new();
    for page in &site.pages {
        for (number, (link, target)) in page.document.links.iter().zip(&page.targets).enumerate() {
            let Target::Site { url, .. } = target else { continue };
            // A card of what is no page has been told already.
            if !plan.jobs.contains_key(url) && !is_of_a_card(page, number) {
                let said = told.entry(url.as_str()).or_insert_with(|| {
                    let help = say!(
                        "donnez le chemin d’un fichier de « content/ », ou l’adresse d’une page du site",
                        "give the path of a file of “content/”, or the address of a page of the site"
                    );
                    dead(url.as_str(), &pages, help)
                });
                report.push(said.clone().at(&page.source, link.to_span));
            }
        }
    }
}

/// Returns whether a link of a page is what one of its boxes shows as a card.
fn is_of_a_card(page: &Page, number: usize) -> bool {
    let mut is_shown = false;
    doc::each_box(&page.document, Boxes::A_LA_UNE, &mut |directive| {
        is_shown |= matches!(&directive.role, Role::ALaUne { page } if page.0 as usize == number);
    });
    is_shown
}

/// Reports what `site.toml` and the glossary name that is not on the site: entries of the menu, the logo, pages.
fn dead_settings(site: &Site, plan: &Plan, report: &mut Report) {
    dead_menu(site, plan, report);
    let file = FilePath::new(config::FILE);
    let fields = &site.config.fields;
    if let Some(logo) = fields.text("logo").filter(|logo| !logo.is_empty()) {
        let url = Url::new(format!("/{}", logo.trim_start_matches('/')));
        if !site.statics.iter().any(|(own, _)| *own == url) {
            let diagnostic = Diagnostic::error(
                "E0509",
                say!("il n’y a pas de fichier « {logo} » dans « static/ »", "there is no file “{logo}” in “static/”"),
            );
            let names = site.statics.iter().map(|(own, _)| own.as_str().trim_start_matches('/'));
            report.push(
                diagnostic
                    .at(&file, fields.span("logo").unwrap_or_default())
                    .help(say!(
                        "déposez le logo dans le dossier « static/ » ou corrigez son nom",
                        "put the logo in the folder “static/” or mend its name"
                    ))
                    .help_near(logo, names),
            );
        }
    }
    if let Some(typed) = fields.text("contact").filter(|typed| typed.starts_with('/') && !is_there(plan, typed)) {
        let said = nothing_at(plan, typed).at(&file, fields.span("contact").unwrap_or_default());
        report.push(said);
    }
    if let Some(statement) = fields.map("accessibilite") {
        for key in ["contact", "schema", "plan_actions"] {
            let typed = statement.text(key).filter(|typed| typed.starts_with('/') && !typed.starts_with("//"));
            let Some(typed) = typed.filter(|typed| !is_there(plan, typed)) else { continue };
            let said = nothing_at(plan, typed).at(&file, statement.span(key).unwrap_or_default());
            report.push(said);
        }
    }
    let glossary = FilePath::new(crate::content::GLOSSARY);
    for sense in site.glossary.terms().iter().flat_map(|term| &term.senses) {
        let dead = sense.lien.as_deref().filter(|lien| lien.starts_with('/') && !is_there(plan, lien));
        if let Some(lien) = dead {
            let said = nothing_at(plan, lien).at(&glossary, sense.lien_span);
            report.push(said);
        }
    }
}

/// Returns whether a file is planned at an address of the site, whatever its anchor.
fn is_there(plan: &Plan, address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    path.starts_with('/') && plan.jobs.contains_key(&Url::new(path))
}

/// Says that an address of the site, given in a setting, leads nowhere.
fn nothing_at(plan: &Plan, address: &str) -> Diagnostic {
    let help = say!(
        "donnez l’adresse d’une page du site, qui commence et finit par « / »",
        "give the address of a page of the site, which begins and ends with “/”"
    );
    dead(address, &pages_of(plan), help)
}

/// Addresses that a writer may have meant: pages to read. Those to embed are as many as twenty for each.
fn pages_of(plan: &Plan) -> Vec<Url> {
    let is_read = |url: &&Url| url.as_str().ends_with('/') && !url.as_str().starts_with("/integrer/");
    plan.jobs.keys().filter(is_read).cloned().collect()
}

/// Says that nothing is at an address, with the page that was meant or else with this help.
fn dead(address: &str, pages: &[Url], help: Said) -> Diagnostic {
    let said =
        say!("il n’y a rien à l’adresse « {address} » sur le site", "there is nothing at “{address}” on the site");
    Diagnostic::error("E0307", said).help(help).help_near(address, pages.iter().map(Url::as_str))
}

/// Reports the entries of the menu that lead nowhere, or say nothing.
fn dead_menu(site: &Site, plan: &Plan, report: &mut Report) {
    let file = FilePath::new(config::FILE);
    let list = site.config.fields.span("menu").unwrap_or_default();
    for entry in site.config.fields.maps("menu") {
        let title = entry.text("titre").filter(|title| !title.trim().is_empty());
        let (Some(_), Some(page)) = (title, entry.text("page")) else {
            let said = say!(
                "une entrée du menu n’a pas de titre ou pas de page",
                "an entry of the menu has no title or no page"
            );
            let help = say!(
                "écrivez {{ titre = \"Les kits\", page = \"/kits/\" }}",
                "write {{ titre = \"Kits\", page = \"/kits/\" }}"
            );
            let place = entry.span("titre").or(entry.span("page")).unwrap_or(list);
            report.push(Diagnostic::error("E0307", said).at(&file, place).help(help));
            continue;
        };
        let span = entry.span("page").unwrap_or(list);
        let is_outside = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| page.starts_with(scheme));
        if is_outside {
            let fault = contacts::fault(page);
            let said = fault.map(|(message, help)| Diagnostic::error("E0308", message).at(&file, span).help(help));
            report.diagnostics.extend(said);
        } else if !is_there(plan, page) {
            let said = nothing_at(plan, page).at(&file, span);
            report.push(said);
        }
    }
}
