//! What is said of a link that finds nothing, with the nearest name that would.

use ecow::EcoString;

use super::Index;
use crate::diag::{Diagnostic, FilePath, nearest};
use crate::doc::{LinkForm, RawLink};
use crate::say;
use crate::site::Page;
use crate::snapshot::Snapshot;
use crate::urls::contacts;

pub(super) fn no_address(page: &Page, link: &RawLink) -> Diagnostic {
    Diagnostic::error("E0304", say!("ce lien n’a pas d’adresse", "this link has no address"))
        .at(&page.source, link.span)
        .help(if link.form == LinkForm::Wiki {
            say!(
                "écrivez entre les crochets un numéro ou le titre d’une page",
                "write between the brackets a number or the title of a page"
            )
        } else {
            say!(
                "écrivez entre les parenthèses le fichier d’une page, une adresse en https:// ou une #ancre",
                "write between the brackets the file of a page, an address in https:// or an #anchor"
            )
        })
}

pub(super) fn broken_anchor(from: &Page, page: &Page, anchor: &str, link: &RawLink) -> Diagnostic {
    let title = &page.title;
    let diagnostic = Diagnostic::error(
        "E0304",
        say!("« {title} » n’a pas de titre « #{anchor} »", "“{title}” has no heading “#{anchor}”"),
    )
    .at_labelled(&from.source, link.span, say!("ce lien", "this link"));
    match nearest(anchor, page.anchors.iter().map(EcoString::as_str)) {
        Some(near) => diagnostic.help(say!("vouliez-vous dire « #{near} » ?", "did you mean “#{near}”?")),
        None => {
            let known = page.anchors.iter().take(8).map(|anchor| format!("#{anchor}")).collect::<Vec<_>>().join(", ");
            diagnostic.help(if known.is_empty() {
                say!(
                    "cette page n’a pas d’ancre : retirez « #{anchor} »",
                    "this page has no anchor: remove “#{anchor}”"
                )
            } else {
                say!("ancres de cette page : {known}", "anchors of this page: {known}")
            })
        }
    }
}

pub(super) fn no_reference(named: &str, page: &Page, link: &RawLink, near: Option<String>) -> Diagnostic {
    let shown = if link.form == LinkForm::Wiki { format!("[[{named}]]") } else { named.to_owned() };
    let diagnostic =
        Diagnostic::error("E0301", say!("aucune page ne répond à « {shown} »", "no page answers to “{shown}”"))
            .at_labelled(&page.source, link.span, say!("ce renvoi", "this reference"));
    match near {
        Some(near) => diagnostic.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
        None => diagnostic.help(say!(
            "écrivez un numéro ([[4]]), un kit et un numéro ([[mon-kit/4]]), un titre exact ou un identifiant",
            "write a number ([[4]]), a kit and a number ([[my-kit/4]]), an exact title or an identifier"
        )),
    }
}

pub(super) fn no_file(path: &str, page: &Page, link: &RawLink, index: &Index<'_>, snapshot: &Snapshot) -> Diagnostic {
    let (code, message) = if link.form == LinkForm::Image {
        ("E0303", say!("l’image « {path} » n’existe pas", "there is no image “{path}”"))
    } else {
        ("E0302", say!("le fichier « {path} » n’existe pas", "there is no file “{path}”"))
    };
    let diagnostic =
        Diagnostic::error(code, message).at_labelled(&page.source, link.span, say!("ce lien", "this link"));
    if contacts::is_bare(path) {
        return diagnostic
            .help(say!("écrivez « https:// » devant cette adresse", "write “https://” before this address"));
    }
    if path.contains('@') {
        return diagnostic
            .help(say!("écrivez « mailto: » devant cette adresse", "write “mailto:” before this address"));
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = format!("{}/", page.source.folder());
    let beside = snapshot.under(&folder).map(|file| file.path.name()).filter(|other| *other != page.source.name());
    let elsewhere = index.by_source.keys().map(FilePath::name);
    let near = nearest(name, beside).or_else(|| nearest(name, elsewhere));
    match near {
        Some(near) => diagnostic.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
        None => diagnostic.help(say!(
            "le chemin part du dossier de cette page ; vérifiez le nom du fichier",
            "the path starts from this page’s folder; check the file’s name"
        )),
    }
}

pub(super) fn announced(title: &str, page: &Page, link: &RawLink) -> Diagnostic {
    Diagnostic::error(
        "E0305",
        say!("« {title} » est annoncée, et pas encore publiée", "“{title}” is announced, and not published yet"),
    )
    .at_labelled(&page.source, link.span, say!("ce renvoi", "this reference"))
    .help(say!("écrivez son titre sans renvoi pour l’instant", "write its title without a reference for now"))
}

pub(super) fn not_published(path: &str, page: &Page, link: &RawLink) -> Diagnostic {
    Diagnostic::error(
        "E0305",
        say!(
            "« {path} » n’est pas publié : c’est encore un brouillon",
            "“{path}” is not published: it is still a draft"
        ),
    )
    .at_labelled(&page.source, link.span, say!("ce lien", "this link"))
    .help(say!(
        "publiez cette page, ou retirez le lien pour l’instant",
        "publish that page, or remove the link for now"
    ))
}
