//! What Typst refuses, said to those who can mend it: at the Markdown's line, or at the theme's.

use super::engine::{Fault, Refusal};
use super::lower::Markup;
use super::worker::Failed;
use crate::diag::{Diagnostic, FilePath, Severity, Span};
use crate::say;
use crate::urls::Url;

/// Makes one diagnostic of what kept a file from being made.
///
/// `files` are the sources of its markup; `own` returns the site's file of a layout, when it replaces the built-in one.
pub fn diagnostic(
    refusal: &Refusal,
    url: &Url,
    markup: &Markup,
    files: &[FilePath],
    own: impl Fn(&str) -> Option<FilePath>,
) -> Box<Diagnostic> {
    let fault = match refusal {
        Refusal::Faults(faults) => faults.first(),
        Refusal::Failed(failed) => return Box::new(failed_diagnostic(*failed, url, files)),
    };
    let Some(fault) = fault else { return Box::new(failed_diagnostic(Failed::Panicked, url, files)) };
    let layout = fault.layout.as_ref().and_then(|(name, range)| Some((own(name)?, range.clone())));
    Box::new(match layout {
        Some((file, range)) => in_layout(fault, &file, range.into(), url),
        None => in_text(fault, url, markup, files),
    })
}

fn in_text(fault: &Fault, url: &Url, markup: &Markup, files: &[FilePath]) -> Diagnostic {
    let detail = &fault.message;
    let place = fault.range.as_ref().and_then(|range| markup.origin(range));
    let diagnostic = Diagnostic::error(
        "E0702",
        say!("le PDF « {url} » ne peut pas être produit : {detail}", "the PDF “{url}” cannot be made: {detail}"),
    )
    .help(say!(
        "simplifiez ce passage ; s’il contient une image, enregistrez-la de nouveau en JPEG ou en PNG",
        "make this passage simpler; if it has an image, save it again as JPEG or PNG"
    ));
    match (place, files.first()) {
        (Some(origin), _) if files.get(origin.file).is_some() => diagnostic.at(&files[origin.file], origin.span),
        (_, Some(first)) => diagnostic.in_file(first),
        (_, None) => diagnostic,
    }
}

fn in_layout(fault: &Fault, file: &FilePath, span: Span, url: &Url) -> Diagnostic {
    let (name, detail) = (file.name(), &fault.message);
    Diagnostic::error(
        "E0703",
        say!(
            "la mise en page « {name} » ne peut pas produire « {url} » : {detail}",
            "the layout “{name}” cannot make “{url}”: {detail}"
        ),
    )
    .at(file, span)
    .help(say!(
        "corrigez cette ligne du thème, ou retirez ce fichier de « themes/ » pour retrouver la mise en page d’essaim",
        "mend this line of the theme, or remove the file from “themes/” to have essaim’s own layout again"
    ))
}

fn failed_diagnostic(failed: Failed, url: &Url, files: &[FilePath]) -> Diagnostic {
    let diagnostic = match failed {
        Failed::Panicked => Diagnostic::error(
            "E0704",
            say!(
                "la mise en page de « {url} » a échoué : c’est un défaut d’essaim",
                "laying out “{url}” failed: this is a fault of essaim"
            ),
        )
        .help(say!(
            "le reste du site est intact ; signalez ce défaut avec la page qui le cause",
            "the rest of the site is whole; report this fault with the page that causes it"
        )),
        Failed::TooLong => Diagnostic::error(
            "E0705",
            say!(
                "la mise en page de « {url} » dure plus de trois minutes",
                "laying out “{url}” takes more than three minutes"
            ),
        )
        .help(say!(
            "partagez ce texte en plusieurs pages, ou réduisez ses tableaux",
            "split this text into several pages, or make its tables smaller"
        )),
        Failed::NoThread => Diagnostic::error(
            "E0706",
            say!(
                "le système ne donne pas la mémoire nécessaire pour mettre en page « {url} »",
                "the system does not give the memory needed to lay out “{url}”"
            ),
        )
        .help(say!("fermez d’autres programmes et recommencez", "close other programs and start again")),
    };
    debug_assert_eq!(diagnostic.severity, Severity::Error);
    match files.first() {
        Some(file) => diagnostic.in_file(file),
        None => diagnostic,
    }
}
