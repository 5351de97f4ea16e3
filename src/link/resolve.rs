//! What a written link means: a path, an address, or a reference between double brackets.

mod index;
mod said;

use std::sync::Arc;

use ecow::EcoString;
use rayon::prelude::*;

use crate::assets;
use crate::content::Draft;
use crate::diag::{Diagnostic, FilePath, Report};
use crate::doc::{self, LinkForm, RawLink};
use crate::say;
use crate::site::{Page, PageId, Target};
use crate::snapshot::{Snapshot, nfc};
use crate::urls::{Url, contacts};

pub(super) use index::Index;
use said::{announced, broken_anchor, no_address, no_file, no_reference, not_published};

/// What a link turned out to be, before files are numbered.
pub(super) enum Found {
    Target(Target),
    File(FilePath),
    Example { named: EcoString },
}

/// Resolves every link of every page, with what is to say of them; `base_url` is the public address of the site.
pub(super) fn all(
    snapshot: &Snapshot,
    base_url: &str,
    pages: &[Page],
    withheld: &[Arc<Draft>],
) -> Vec<(Vec<Found>, Report)> {
    let index = Index::of(pages, withheld);
    let of_page = |page: &Page| {
        let mut report = Report::default();
        let links = page.document.links.iter();
        (links.map(|written| link(&index, snapshot, base_url, page, written, &mut report)).collect(), report)
    };
    pages.par_iter().with_max_len(64).map(of_page).collect()
}

/// Resolves one link of a page.
fn link(
    index: &Index<'_>,
    snapshot: &Snapshot,
    base_url: &str,
    page: &Page,
    link: &RawLink,
    report: &mut Report,
) -> Found {
    match link.form {
        LinkForm::Wiki => return wiki(index, page, link, report),
        LinkForm::Argument if link.to.starts_with("exemple:") => {
            return Found::Example { named: link.to.trim_start_matches("exemple:").trim().into() };
        }
        LinkForm::Withdrawn => return Found::Target(Target::Broken),
        LinkForm::Inline | LinkForm::Image | LinkForm::Argument => {}
    }
    // A paste brings letters of no width, which no address has.
    let is_invisible = |c: char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let shown: String;
    let mut to = link.to.trim();
    if !to.is_ascii() && to.contains(is_invisible) {
        shown = to.replace(is_invisible, "");
        to = &shown;
    }
    let lowered = contacts::with_small_scheme(to);
    let to = &*lowered;
    if let Some((message, help)) = contacts::fault(to) {
        report.push(Diagnostic::error("E0308", message).at(&page.source, link.to_span).help(help));
        return Found::Target(Target::Broken);
    }
    if let Some(address) = to.strip_prefix("mailto:") {
        return Found::Target(Target::Mail(address.replace(' ', "%20").into()));
    }
    if to.starts_with("tel:") {
        let number: EcoString = to.chars().filter(|c| !c.is_whitespace()).collect();
        return Found::Target(Target::External(number));
    }
    let is_outside = ["https://", "http://", "//"].iter().any(|scheme| to.starts_with(scheme));
    if !is_outside {
        let found = local(index, snapshot, page, link, to, report);
        return if link.form == LinkForm::Image { picture(found, page, link, report) } else { found };
    }
    if link.form == LinkForm::Image {
        report.push(
            Diagnostic::error("E0406", say!("cette image est sur un autre site", "this image is on another site"))
                .at(&page.source, link.to_span)
                .help(say!(
                    "enregistrez-la à côté de la page et donnez le nom du fichier : les lecteurs n’ont pas à être suivis par un tiers",
                    "save it beside the page and give the file’s name: readers need not be followed by a third party"
                )),
        );
        return Found::Target(Target::Broken);
    }
    // The address of a page of this site, copied from a browser: it leads to the page wherever the site stands.
    let (path, anchor) = cut_anchor(to);
    match own_url(path, base_url).and_then(|url| index.by_url.get(&url)) {
        Some(target) => Found::Target(to_page(index, page, *target, anchor, link, report)),
        None => Found::Target(Target::External(to.into())),
    }
}

/// Returns the address inside the site that a whole address is, if it is one.
fn own_url(address: &str, base_url: &str) -> Option<Url> {
    let bare = |address: &str| {
        let rest = ["https:", "http:"].iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
        rest.trim_end_matches("index.html").trim_end_matches('/').to_owned()
    };
    let inside = bare(address).strip_prefix(&bare(base_url))?.to_owned();
    (inside.is_empty() || inside.starts_with('/')).then(|| Url::new(format!("{}/", decode(&inside))))
}

fn wiki(index: &Index<'_>, page: &Page, link: &RawLink, report: &mut Report) -> Found {
    if let Some(named) =
        link.to.strip_prefix("exemple").and_then(|rest| rest.trim_start_matches(['\u{a0}', ' ']).strip_prefix(':'))
    {
        return Found::Example { named: named.trim().into() };
    }
    let (named, anchor) = cut_anchor(&link.to);
    if named.is_empty() && anchor.is_none_or(str::is_empty) {
        report.push(no_address(page, link));
        return Found::Target(Target::Broken);
    }
    if named.is_empty() {
        return Found::Target(same_page(page, anchor.unwrap_or_default(), link, report));
    }
    Found::Target(match index.wiki(page, named) {
        Ok(target) => to_page(index, page, target, anchor, link, report),
        Err(near) => {
            report.push(match (index.waiting(page, named), index.announced(page, named)) {
                (Some(draft), _) => not_published(&draft.title, page, link),
                (None, Some(title)) => announced(&title, page, link),
                (None, None) => no_reference(named, page, link, near),
            });
            Target::Broken
        }
    })
}

/// Refuses what is there and is no picture.
fn picture(found: Found, page: &Page, link: &RawLink, report: &mut Report) -> Found {
    let is_picture = match &found {
        Found::File(file) => assets::is_image(file),
        Found::Target(Target::Page { .. } | Target::Anchor(_)) => false,
        Found::Target(_) | Found::Example { .. } => true,
    };
    if is_picture {
        return found;
    }
    let to = &link.to;
    report.push(
        Diagnostic::error("E0414", say!("« {to} » n’est pas une image", "“{to}” is not a picture"))
            .at(&page.source, link.to_span)
            .help(say!(
                "donnez le nom d’une image (jpg, png, webp, avif, gif ou svg), ou retirez le « ! » pour en faire un lien",
                "give the name of a picture (jpg, png, webp, avif, gif or svg), or remove the “!” to make it a link"
            )),
    );
    Found::Target(Target::Broken)
}

/// Resolves a path: to a Markdown file, to another file of the content, or to an address of the site.
fn local(index: &Index<'_>, snapshot: &Snapshot, page: &Page, link: &RawLink, to: &str, report: &mut Report) -> Found {
    let (path, anchor) = cut_anchor(to);
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() && anchor.is_none_or(str::is_empty) {
        // An argument without a value was said by its box.
        if link.form == LinkForm::Argument {
            return Found::Target(Target::Broken);
        }
        report.push(no_address(page, link));
        return Found::Target(Target::Broken);
    }
    if path.is_empty() {
        return Found::Target(same_page(page, anchor.unwrap_or_default(), link, report));
    }
    // The Finder writes accents apart; names of files were read with accents together.
    let decoded = nfc(&decode(path));
    let Some(file) = resolve_path(page.source.folder(), &decoded) else {
        report.push(outside(path, &decoded).at(&page.source, link.to_span));
        return Found::Target(Target::Broken);
    };
    let mut tried = vec![file.clone()];
    // An argument such as `page="kits/…"` is read from the content folder; so is what begins with `/`.
    for root in ["content", "static"] {
        if decoded.starts_with('/') || link.form == LinkForm::Argument {
            tried.extend(resolve_path(root, decoded.trim_start_matches('/')));
        }
    }
    for file in &tried {
        if let Some(target) = index.by_source.get(file) {
            return Found::Target(to_page(index, page, *target, anchor, link, report));
        }
        // `kits/mon-kit/04-acteurs` is the file of this name, or the folder.
        for end in [".md", "/index.md", "/_index.md"] {
            let inside = FilePath::new(format!("{}{end}", file.as_str().trim_end_matches('/')));
            if let Some(target) = index.by_source.get(&inside) {
                return Found::Target(to_page(index, page, *target, anchor, link, report));
            }
        }
        if snapshot.size(file).is_some() && !file.extension().eq_ignore_ascii_case("md") {
            if let Some(url) = file.as_str().strip_prefix("static") {
                return Found::Target(Target::Site { url: Url::new(url), anchor: anchor.map(Into::into) });
            }
            return Found::File(file.clone());
        }
        if snapshot.size(file).is_some() {
            report.push(not_published(path, page, link));
            return Found::Target(Target::Broken);
        }
    }
    let is_page = !path.rsplit('/').next().unwrap_or(path).contains('.') || path.ends_with(".md");
    if decoded.starts_with('/') {
        let url = Url::new(if path.ends_with('/') || !is_page { decoded } else { format!("{decoded}/") });
        return Found::Target(match index.by_url.get(&url) {
            Some(target) => to_page(index, page, *target, anchor, link, report),
            // Checked against every address of the site once they are all known.
            None => Target::Site { url, anchor: anchor.map(Into::into) },
        });
    }
    if link.form == LinkForm::Argument {
        let near = match index.named(page, path) {
            Ok(target) => return Found::Target(to_page(index, page, target, anchor, link, report)),
            Err(near) => near,
        };
        let is_name = !path.contains('/') && is_page && !path.ends_with(".md");
        let said = match index.waiting(page, path) {
            Some(draft) => Some(not_published(&draft.title, page, link)),
            None => is_name.then(|| no_reference(path, page, link, near)),
        };
        if let Some(said) = said {
            report.push(said);
            return Found::Target(Target::Broken);
        }
    }
    report.push(no_file(path, page, link, index, snapshot));
    Found::Target(Target::Broken)
}

fn to_page(
    index: &Index<'_>,
    from: &Page,
    target: PageId,
    anchor: Option<&str>,
    link: &RawLink,
    report: &mut Report,
) -> Target {
    let page = &index.pages[target.0 as usize];
    let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
        return Target::Page { page: target, anchor: None };
    };
    match find_anchor(page, anchor) {
        Some(anchor) => Target::Page { page: target, anchor: Some(anchor) },
        None => {
            report.push(broken_anchor(from, page, anchor, link));
            Target::Page { page: target, anchor: None }
        }
    }
}

fn same_page(page: &Page, anchor: &str, link: &RawLink, report: &mut Report) -> Target {
    match find_anchor(page, anchor) {
        Some(anchor) => Target::Anchor(anchor),
        None => {
            report.push(broken_anchor(page, page, anchor, link));
            Target::Broken
        }
    }
}

/// Returns an anchor of a page as it is, from what was typed.
pub(super) fn find_anchor(page: &Page, anchor: &str) -> Option<EcoString> {
    let exact = |name: &str| {
        page.anchors.binary_search_by(|own| own.as_str().cmp(name)).ok().map(|at| page.anchors[at].clone())
    };
    let slug = || crate::french::slug(anchor);
    // A heading whose anchor would be that of a part of every page has the next one.
    let next = |slug: String| doc::is_reserved(&slug, true).then(|| exact(&format!("{slug}-2"))).flatten();
    exact(anchor).or_else(|| exact(&decode(anchor))).or_else(|| exact(&slug()?)).or_else(|| next(slug()?))
}

fn cut_anchor(to: &str) -> (&str, Option<&str>) {
    match to.split_once('#') {
        Some((path, anchor)) => (path.trim(), Some(anchor.trim())),
        None => (to.trim(), None),
    }
}

/// Follows `.` and `..` from a folder; nothing outside the site's root is reached.
pub(super) fn resolve_path(folder: &str, path: &str) -> Option<FilePath> {
    if path.contains(['\\', '\0']) || path.starts_with('~') || path.as_bytes().get(1) == Some(&b':') {
        return None;
    }
    let mut names: Vec<&str> = if path.starts_with('/') {
        vec!["content"]
    } else {
        folder.split('/').filter(|name| !name.is_empty()).collect()
    };
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    matches!(names.first(), Some(&("content" | "static"))).then(|| FilePath::new(names.join("/")))
}

/// Says that a path leads nowhere in the site: it climbs out, or is written as Windows does.
fn outside(path: &str, decoded: &str) -> Diagnostic {
    let slashed = decoded.replace('\\', "/");
    let within = slashed != decoded && !slashed.starts_with('/') && resolve_path("content", &slashed).is_some();
    if within {
        let said = say!("« {path} » n’est pas un chemin du site", "“{path}” is no path of the site");
        return Diagnostic::error("E0407", said).help(say!(
            "les dossiers se séparent par la barre « / » : écrivez « {slashed} »",
            "folders are parted by “/”: write “{slashed}”"
        ));
    }
    Diagnostic::error("E0407", say!("« {path} » sort du dossier du site", "“{path}” leaves the site’s folder"))
        .help(say!("donnez un chemin à l’intérieur de « content/ »", "give a path inside “content/”"))
}

/// Percent-decodes a path; what is not UTF-8 stays as typed.
pub(super) fn decode(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let mut bytes = Vec::with_capacity(path.len());
    let source = path.as_bytes();
    let mut at = 0;
    while at < source.len() {
        let hex = source
            .get(at + 1..at + 3)
            .filter(|pair| pair.iter().all(u8::is_ascii_hexdigit))
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (source[at], hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                at += 3;
            }
            (byte, _) => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}
