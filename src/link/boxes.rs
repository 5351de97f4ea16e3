//! Boxes that show a page: a target that is none would leave them empty, and is pointed out.

use rayon::prelude::*;

use crate::diag::{Diagnostic, Report};
use crate::doc::{self, Role};
use crate::say;
use crate::site::{Page, Target};

/// Looks at the boxes of every page.
pub(super) fn check(pages: &[Page], report: &mut Report) {
    let said: Vec<Report> = pages.par_iter().map(of_page).collect();
    said.into_iter().for_each(|said| report.extend(said));
}

fn of_page(page: &Page) -> Report {
    let mut report = Report::default();
    doc::each_directive(&page.document, &mut |directive| {
        let Role::ALaUne { page: shown } = &directive.role else { return };
        // What finds nothing has been reported.
        if matches!(page.target(*shown), Target::Page { .. } | Target::Broken) {
            return;
        }
        let link = &page.document.links[shown.0 as usize];
        let named = &link.to;
        report.push(
            Diagnostic::error(
                "E0301",
                say!(
                    "« :::a-la-une » montre une page de ce site, et « {named} » n’en est pas une",
                    "“:::a-la-une” shows a page of this site, and “{named}” is none"
                ),
            )
            .at(&page.source, link.span)
            .help(say!(
                "donnez le fichier, le titre ou l’identifiant d’une page ; pour le reste, écrivez un lien dans le texte",
                "give the file, the title or the identifier of a page; for anything else, write a link in the text"
            )),
        );
    });
    report
}
