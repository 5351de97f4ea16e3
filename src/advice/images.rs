//! Alternatives of images that describe nothing.

use super::Desk;
use crate::diag::Said;
use crate::doc::SiteForm;
use crate::french::fold;
use crate::say;

/// Openings that a screen reader has already said.
const OPENINGS: &[&str] = &[
    "image de ",
    "image d'",
    "image du ",
    "image des ",
    "image :",
    "photo de ",
    "photo d'",
    "photo du ",
    "photo des ",
    "photo :",
    "photographie de ",
    "photographie d'",
    "illustration de ",
    "illustration :",
    "visuel de ",
    "visuel :",
    "image of ",
    "picture of ",
    "photo of ",
];

/// Endings of image files.
const ENDINGS: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".pdf", ".tif", ".heic"];

pub(super) fn read(desk: &mut Desk<'_>) {
    for link in desk.passages.links.iter().filter(|link| link.form == SiteForm::Image) {
        let typed = &desk.page.source.text[link.span.clone()];
        if let Some((code, message, help)) = fault(link.text.trim(), &link.to, typed) {
            desk.say(code, link.span.clone(), message, help);
        }
    }
}

/// Returns what is wrong with a description; `typed` is the whole image as written.
fn fault(alt: &str, to: &str, typed: &str) -> Option<(&'static str, Said, Said)> {
    let folded = fold(alt);
    if is_file_name(&folded, to) {
        return Some((
            "A0304",
            say!("« {alt} » est un nom de fichier, pas une description", "“{alt}” is a file name, not a description"),
            say!(
                "dites ce que l’image montre à qui ne la voit pas ; si elle ne fait que décorer : ![](…){{.decorative}}",
                "say what the image shows to those who do not see it; if it is only decoration: ![](…){{.decorative}}"
            ),
        ));
    }
    let (message, help) = if let Some(opening) = OPENINGS.iter().find(|opening| folded.starts_with(**opening)) {
        let opening = opening.trim();
        (
            say!("la description commence par « {opening} »", "the description begins with “{opening}”"),
            say!(
                "les lecteurs d’écran annoncent déjà une image : commencez par ce qu’elle montre",
                "screen readers already announce an image: begin with what it shows"
            ),
        )
    } else if caption(typed).is_some_and(|caption| fold(caption.trim()) == folded) {
        (
            say!("la légende répète la description", "the caption repeats the description"),
            say!(
                "un lecteur d’écran dirait deux fois la même chose : décrivez l’image ici, et dites dans la légende ce qu’on n’y voit pas",
                "a screen reader would say the same twice: describe the picture here, and say in the caption what is not seen in it"
            ),
        )
    } else if alt.chars().count() > 250 {
        let count = alt.chars().count();
        (
            say!("cette description compte {count} caractères", "this description has {count} characters"),
            say!(
                "gardez l’essentiel ici et mettez le détail dans le texte",
                "keep the essential here and put the detail in the text"
            ),
        )
    } else {
        return None;
    };
    Some(("C0305", message, help))
}

/// Returns the caption of a picture as typed: `![…](halle.jpg "La halle")`.
fn caption(typed: &str) -> Option<&str> {
    let inner = typed.strip_suffix(')')?.trim_end();
    let quote = inner.chars().next_back().filter(|c| matches!(c, '"' | '\''))?;
    inner[..inner.len() - 1].rsplit_once(quote).map(|(_, caption)| caption).filter(|caption| !caption.trim().is_empty())
}

fn is_file_name(alt: &str, to: &str) -> bool {
    if alt.is_empty() {
        return false;
    }
    let name = to.rsplit('/').next().unwrap_or(to);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = fold(stem);
    let numbered = |start: &str| {
        alt.strip_prefix(start).is_some_and(|rest| {
            let rest = rest.trim_start_matches([' ', '-', '_']);
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())
        })
    };
    ENDINGS.iter().any(|ending| alt.ends_with(ending))
        || (alt == stem && (stem.contains(['-', '_']) || stem.chars().any(|c| c.is_ascii_digit())))
        || (alt.contains('_') && !alt.contains(' '))
        || ["img", "dsc", "dscn", "dscf", "image", "photo", "capture", "screenshot", "sans titre"]
            .iter()
            .any(|start| numbered(start))
}
