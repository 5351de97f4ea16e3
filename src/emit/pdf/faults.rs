//! What Typst refuses, said to those who can mend it: at the Markdown's line, or at the theme's.

use super::engine::{Fault, Refusal};
use super::lower::{Markup, Origin};
use super::worker::Failed;
use crate::diag::{Diagnostic, FilePath, Said, Severity, Span};
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

/// Makes diagnostics of what Typst says of a document that it makes all the same: only what its maker can mend.
pub fn warnings<'w>(
    faults: &'w [Fault],
    url: &'w Url,
    markup: &'w Markup,
    files: &'w [FilePath],
    own: impl Fn(&str) -> Option<FilePath> + 'w,
) -> impl Iterator<Item = Diagnostic> + 'w {
    faults.iter().filter_map(move |fault| {
        let Said { fr, en } = in_words(&fault.message);
        let diagnostic = Diagnostic::warning(
            "A0702",
            say!("le PDF « {url} » est produit, mais {fr}", "the PDF “{url}” is made, but {en}"),
        );
        let layout = fault.layout.as_ref().and_then(|(name, range)| Some((own(name)?, range.clone())));
        if let Some((file, range)) = layout {
            return Some(
                diagnostic
                    .at(&file, range.into())
                    .help(say!("corrigez cette ligne du thème", "mend this line of the theme")),
            );
        }
        // What a built-in layout does on its own is not for the writer.
        let origin = fault.range.as_ref().and_then(|range| markup.origin(range))?;
        let file = files.get(origin.file)?;
        Some(diagnostic.at(file, origin.span).help(say!(
            "regardez ce passage dans le PDF ; si c’est une image, enregistrez-la de nouveau en PNG",
            "look at this passage in the PDF; if it is an image, save it again as PNG"
        )))
    })
}

/// Says which boxes and lists stand too deep to keep their frames: the outermost ones.
pub fn flattened<'w>(markup: &'w Markup, files: &'w [FilePath]) -> impl Iterator<Item = Diagnostic> + 'w {
    let holds = |outer: &Origin, inner: &Origin| {
        let (outside, inside) = (outer.span, inner.span);
        outer != inner && outer.file == inner.file && outside.start <= inside.start && inside.end <= outside.end
    };
    markup.flattened.iter().filter_map(move |origin| {
        if markup.flattened.iter().any(|other| holds(other, origin)) {
            return None;
        }
        let file = files.get(origin.file)?;
        let said = Diagnostic::warning(
            "A0703",
            say!(
                "trop de cadres et de listes les uns dans les autres : le PDF écrit ce passage sans le sien",
                "too many boxes and lists inside one another: the PDF writes this passage without its own"
            ),
        );
        Some(said.at(file, origin.span).help(say!(
            "sortez ce passage de ce qui le contient : quatre niveaux de cadres suffisent",
            "take this passage out of what holds it: four levels of boxes are enough"
        )))
    })
}

/// Says in a writer's words what Typst says in a programmer's.
fn in_words(message: &str) -> Said {
    let after = |start: &str| message.strip_prefix(start);
    if let Some(name) = after("unknown font family: ") {
        return say!("la police « {name} » est inconnue", "the typeface “{name}” is unknown");
    }
    if message.contains("foreign object") {
        return say!(
            "ce dessin contient une partie qui n’est pas du SVG, et qui peut manquer",
            "this drawing has a part that is not SVG, and may be missing"
        );
    }
    if message.contains("did not converge") || message.contains("did not stabilize") {
        return say!(
            "un numéro de page ou un renvoi peut y être faux",
            "a page number or a cross-reference may be wrong"
        );
    }
    if message.contains("depth exceeded") {
        return say!(
            "trop de cadres, de listes et de citations les uns dans les autres",
            "too many boxes, lists and quotations inside one another"
        );
    }
    if message.contains("16 bit images") {
        return say!("cette image a 16 bits par couleur", "this image has 16 bits a colour");
    }
    if message.contains("image") && (message.contains("failed") || message.contains("unknown")) {
        return say!("cette image ne peut pas être lue", "this image cannot be read");
    }
    say!("{message}", "{message}")
}

fn in_text(fault: &Fault, url: &Url, markup: &Markup, files: &[FilePath]) -> Diagnostic {
    let Said { fr, en } = in_words(&fault.message);
    let place = fault.range.as_ref().and_then(|range| markup.origin(range));
    let diagnostic = Diagnostic::error(
        "E0702",
        say!("le PDF « {url} » ne peut pas être produit : {fr}", "the PDF “{url}” cannot be made: {en}"),
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
