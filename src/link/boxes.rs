//! Boxes that show a page or a film: a target that is none would leave them empty, and is pointed out.

use rayon::prelude::*;

use crate::diag::{Diagnostic, Report};
use crate::doc::{self, Boxes, LinkId, Role};
use crate::say;
use crate::site::{Page, Target};

/// Looks at the boxes of every page.
pub(super) fn check(pages: &[Page], report: &mut Report) {
    let said: Vec<Report> = pages.par_iter().with_max_len(64).map(of_page).collect();
    said.into_iter().for_each(|said| report.extend(said));
}

fn of_page(page: &Page) -> Report {
    let mut report = Report::default();
    doc::each_box(&page.document, Boxes::A_LA_UNE | Boxes::VIDEO, &mut |directive| {
        if let Role::ALaUne { page: shown } = &directive.role {
            report.diagnostics.extend(no_page(page, *shown));
        } else if let Role::Video { src, .. } = &directive.role {
            report.diagnostics.extend(no_film(page, *src));
        }
    });
    report
}

/// Says that a card is given something else than a page.
fn no_page(page: &Page, shown: LinkId) -> Option<Diagnostic> {
    // What finds nothing has been reported.
    if matches!(page.target(shown), Target::Page { .. } | Target::Broken) {
        return None;
    }
    let link = &page.document.links[shown.0 as usize];
    let named = &link.to;
    let said = Diagnostic::error(
        "E0301",
        say!(
            "« :::a-la-une » montre une page de ce site, et « {named} » n’en est pas une",
            "“:::a-la-une” shows a page of this site, and “{named}” is none"
        ),
    );
    Some(said.at(&page.source, link.span).help(say!(
        "donnez le fichier, le titre ou l’identifiant d’une page ; pour le reste, écrivez un lien dans le texte",
        "give the file, the title or the identifier of a page; for anything else, write a link in the text"
    )))
}

/// What browsers play, by the ending of its name.
const FILMS: &[&str] = &["mp4", "m4v", "webm", "ogv", "mov", "mp3", "m4a", "ogg", "oga", "opus", "wav"];

/// Says that a film of the site is none that browsers play.
fn no_film(page: &Page, src: LinkId) -> Option<Diagnostic> {
    let link = &page.document.links[src.0 as usize];
    let path = link.to.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let is_elsewhere = matches!(page.target(src), Target::External(_) | Target::Broken);
    if is_elsewhere || FILMS.contains(&ending.as_str()) {
        return None;
    }
    let to = &link.to;
    let said = Diagnostic::error("E0414", say!("« {to} » n’est pas une vidéo", "“{to}” is not a video"));
    Some(said.at(&page.source, link.span).help(say!(
        "donnez un fichier mp4 ou webm, ou l’adresse de la vidéo sur un autre site",
        "give an mp4 or webm file, or the address of the video on another site"
    )))
}
