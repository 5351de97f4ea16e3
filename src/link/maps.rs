//! Maps: a theme or a kit that `:::carte` names and that no example has is pointed out, since its map would be empty.

use ecow::EcoString;
use rayon::prelude::*;

use crate::diag::{Diagnostic, Report};
use crate::doc::{self, Boxes, Role};
use crate::french;
use crate::say;
use crate::site::{Page, Theme};

/// Looks at the maps of every page.
pub(super) fn check(pages: &[Page], themes: &[Theme], report: &mut Report) {
    let said: Vec<Report> = pages.par_iter().with_max_len(64).map(|page| of_page(page, pages, themes)).collect();
    said.into_iter().for_each(|said| report.extend(said));
}

fn of_page(page: &Page, pages: &[Page], themes: &[Theme]) -> Report {
    let mut report = Report::default();
    doc::each_box(&page.document, Boxes::CARTE, &mut |directive| {
        let Role::Carte { theme, kit, .. } = &directive.role else { return };
        if theme.is_none() && kit.is_none() && page.examples.is_empty() {
            report.push(no_example(page, directive));
        }
        if let Some(theme) = theme {
            let slug = french::slug(theme).unwrap_or_default();
            let shown = |theme: &&Theme| !theme.examples.is_empty();
            if !themes.iter().filter(shown).any(|own| own.slug == slug) {
                let known = themes.iter().filter(shown).map(|theme| theme.name.as_str());
                report.push(unknown("theme", theme, known, page, directive));
            }
        }
        if let Some(kit) = kit {
            let kits = || pages.iter().filter(|page| page.kind.name() == "kit");
            let named = |own: &Page| own.slug == *kit || own.fields.text("sigle") == Some(kit);
            if !kits().any(named) {
                report.push(unknown("kit", kit, kits().map(|kit| kit.slug.as_str()), page, directive));
            }
        }
    });
    report
}

/// Says that a map of the examples of a page that has none shows nothing.
fn no_example(page: &Page, directive: &doc::Directive) -> Diagnostic {
    Diagnostic::warning(
        "A0803",
        say!("cette carte sera vide : la page n’a pas d’exemple", "this map will be empty: the page has no example"),
    )
    .at(&page.source, directive.span)
    .help(say!(
        "ajoutez un :::exemple{{territoire=…}}, ou dites ce qu’elle montre : theme=…, kit=…",
        "add an :::exemple{{territoire=…}}, or say what it shows: theme=…, kit=…"
    ))
}

fn unknown<'k>(
    argument: &str,
    written: &EcoString,
    known: impl IntoIterator<Item = &'k str>,
    page: &Page,
    directive: &doc::Directive,
) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        "A0803",
        say!(
            "cette carte sera vide : aucun exemple n’a « {written} » pour « {argument} »",
            "this map will be empty: no example has “{written}” for “{argument}”"
        ),
    )
    .at(&page.source, directive.span)
    .help_near(written, known);
    if diagnostic.help.is_some() {
        return diagnostic;
    }
    diagnostic.help(say!(
        "donnez le nom d’un thème porté par des exemples, ou celui du dossier d’un kit",
        "give the name of a theme that examples bear, or that of a kit’s folder"
    ))
}
