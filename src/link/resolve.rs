//! What a written link means: a path, an address, or a reference between double brackets.

use std::collections::HashMap;
use std::sync::Arc;

use ecow::EcoString;
use rayon::prelude::*;

use crate::content::Draft;
use crate::diag::{Diagnostic, FilePath, Report, nearest};
use crate::doc::{LinkForm, RawLink};
use crate::french::fold;
use crate::say;
use crate::site::{Page, PageId, Target};
use crate::snapshot::Snapshot;
use crate::urls::{Url, contacts};

/// What a link turned out to be, before files are numbered.
pub(super) enum Found {
    Target(Target),
    File(FilePath),
    Example { named: EcoString },
}

/// The names by which pages are called.
pub(super) struct Index<'a> {
    pages: &'a [Page],
    by_source: HashMap<FilePath, PageId>,
    by_url: HashMap<Url, PageId>,
    by_identifier: HashMap<EcoString, PageId>,
    /// Folded titles; `None` where several pages bear one.
    by_title: HashMap<String, Option<PageId>>,
    by_slug: HashMap<EcoString, Option<PageId>>,
    /// Folder names, slugs and sigles of kits, folded.
    kits: HashMap<String, PageId>,
    by_number: HashMap<(PageId, i64), PageId>,
    /// Kits that no newer edition replaces.
    current_kits: Vec<PageId>,
    /// What is written and not published yet.
    withheld: &'a [Arc<Draft>],
}

impl<'a> Index<'a> {
    /// Names every page.
    pub(super) fn of(pages: &'a [Page], withheld: &'a [Arc<Draft>]) -> Self {
        let mut index = Self {
            pages,
            withheld,
            by_source: HashMap::with_capacity(pages.len()),
            by_url: HashMap::with_capacity(pages.len()),
            by_identifier: HashMap::new(),
            by_title: HashMap::with_capacity(pages.len()),
            by_slug: HashMap::with_capacity(pages.len()),
            kits: HashMap::new(),
            by_number: HashMap::with_capacity(pages.len()),
            current_kits: Vec::new(),
        };
        let titles: Vec<String> = pages.par_iter().map(|page| fold(&page.title)).collect();
        for (page, title) in pages.iter().zip(titles) {
            index.by_source.insert(page.source.clone(), page.id);
            index.by_url.insert(page.url.clone(), page.id);
            if let Some(identifier) = page.fields.text("identifiant") {
                index.by_identifier.insert(identifier.clone(), page.id);
            }
            index.by_title.entry(title).and_modify(|page| *page = None).or_insert(Some(page.id));
            index.by_slug.entry(page.slug.clone()).and_modify(|page| *page = None).or_insert(Some(page.id));
            if page.kind.name() == "kit" {
                let folder = page.source.folder().rsplit('/').next().unwrap_or_default();
                index.kits.insert(fold(folder), page.id);
                index.kits.insert(fold(&page.slug), page.id);
                if let Some(sigle) = page.fields.text("sigle") {
                    index.kits.entry(fold(sigle)).or_insert(page.id);
                }
                index.current_kits.push(page.id);
            }
            if let (Some(parent), Some(number)) = (page.parent, page.number()) {
                index.by_number.insert((parent, number), page.id);
            }
        }
        let replaced: Vec<PageId> = pages
            .iter()
            .filter(|page| page.kind.name() == "kit")
            .filter_map(|page| index.kits.get(&fold(page.fields.text("remplace")?)).copied())
            .collect();
        // Editions that replace each other in a circle are all in force: one fault is enough.
        if !index.current_kits.iter().all(|kit| replaced.contains(kit)) {
            index.current_kits.retain(|kit| !replaced.contains(kit));
        }
        // A sigle shared by two editions means the current one.
        for kit in &index.current_kits {
            if let Some(sigle) = pages[kit.0 as usize].fields.text("sigle") {
                index.kits.insert(fold(sigle), *kit);
            }
        }
        index
    }

    /// Finds the page that a front matter names: a kit, `kit/numéro`, an identifier, a path or a title; else the nearest name.
    pub(super) fn named(&self, from: &Page, named: &str) -> Result<PageId, Option<String>> {
        let path = format!("content/{}", named.trim_start_matches("content/").trim_matches('/'));
        for end in ["", ".md", "/index.md", "/_index.md"] {
            if let Some(page) = self.by_source.get(&FilePath::new(format!("{path}{end}"))) {
                return Ok(*page);
            }
        }
        if let Some(kit) = self.kits.get(&fold(named)) {
            return Ok(*kit);
        }
        self.wiki(from, named)
    }

    /// Finds the page of a reference: `4`, `fiche 4`, `kit/4`, `identifiant`, `Titre exact`.
    fn wiki(&self, from: &Page, named: &str) -> Result<PageId, Option<String>> {
        let plain = named.trim();
        if let Some(page) = self.by_identifier.get(plain) {
            return Ok(*page);
        }
        if let Some(number) = number(plain) {
            let kits = self.kits_near(from);
            let found: Vec<PageId> =
                kits.iter().filter_map(|kit| self.by_number.get(&(*kit, number)).copied()).collect();
            return match found.as_slice() {
                [page] => Ok(*page),
                [] => Err(self.nearest_number(&kits, number)),
                [first, ..] => Err(self.pages[first.0 as usize]
                    .parent
                    .map(|kit| format!("{}/{number}", self.pages[kit.0 as usize].slug))),
            };
        }
        if let Some((kit, rest)) = plain.split_once('/') {
            let Some(kit) = self.kits.get(&fold(kit)) else {
                return Err(nearest(kit, self.kits.keys().map(String::as_str)).map(|near| format!("{near}/{rest}")));
            };
            if let Some(number) = number(rest) {
                return self
                    .by_number
                    .get(&(*kit, number))
                    .copied()
                    .ok_or_else(|| self.nearest_number(&[*kit], number));
            }
            let children = &self.pages[kit.0 as usize].children;
            let named = children.iter().find(|child| {
                let child = &self.pages[child.0 as usize];
                child.slug == rest
                    || child.fields.text("identifiant").is_some_and(|own| own == rest)
                    || fold(&child.title) == fold(rest)
            });
            return named.copied().ok_or_else(|| {
                nearest(rest, children.iter().map(|child| self.pages[child.0 as usize].slug.as_str()))
                    .map(|near| format!("{}/{near}", self.pages[kit.0 as usize].slug))
            });
        }
        let folded = fold(plain);
        if let Some(Some(page)) = self.by_title.get(&folded) {
            return Ok(*page);
        }
        if let Some(Some(page)) = self.by_slug.get(plain) {
            return Ok(*page);
        }
        if let Some(kit) = self.kits.get(&folded) {
            return Ok(*kit);
        }
        Err(nearest(
            plain,
            self.pages.iter().map(|page| page.title.as_str()).chain(self.by_identifier.keys().map(EcoString::as_str)),
        )
        .map(str::to_owned))
    }

    /// Returns the draft that a reference would find if it were published.
    fn waiting(&self, from: &Page, named: &str) -> Option<&'a Arc<Draft>> {
        let plain = named.trim();
        let (kit, rest) = plain.split_once('/').map_or((None, plain), |(kit, rest)| (Some(fold(kit)), rest));
        let is_in_kit = |draft: &Draft| match &kit {
            Some(kit) => draft.folder.rsplit('/').next().is_some_and(|folder| fold(folder) == *kit),
            None => draft.folder == from.folder || !from.kind.name().starts_with("fiche"),
        };
        self.withheld.iter().find(|draft| match number(rest) {
            Some(number) => draft.fields.integer("numero") == Some(number) && is_in_kit(draft),
            None => {
                draft.fields.text("identifiant").is_some_and(|own| own == rest)
                    || draft.slug == rest
                    || fold(&draft.title) == fold(rest)
            }
        })
    }

    /// Returns the kits where a number without a kit is looked for.
    fn kits_near(&self, from: &Page) -> Vec<PageId> {
        let mut above = Some(from.id);
        while let Some(id) = above {
            let page = &self.pages[id.0 as usize];
            if page.kind.name() == "kit" {
                return vec![id];
            }
            above = page.parent;
        }
        self.current_kits.clone()
    }

    fn nearest_number(&self, kits: &[PageId], number: i64) -> Option<String> {
        let kit = kits.first()?;
        let found = self
            .by_number
            .iter()
            .filter(|((of, _), _)| of == kit)
            .min_by_key(|((_, own), _)| (own.abs_diff(number), *own))?;
        Some(format!("{} – {}", found.0.1, self.pages[found.1.0 as usize].title))
    }
}

/// Reads `4`, `fiche 4`, `Fiche n° 4`.
fn number(named: &str) -> Option<i64> {
    let plain = fold(named);
    let rest = plain.trim_start_matches("fiche").trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']);
    let rest =
        rest.trim_start_matches("no").trim_start_matches("n°").trim_start_matches(['.', ' ', '\u{a0}', '\u{202f}']);
    rest.parse().ok()
}

/// Resolves every link of every page, with what is to say of them.
pub(super) fn all(snapshot: &Snapshot, pages: &[Page], withheld: &[Arc<Draft>]) -> Vec<(Vec<Found>, Report)> {
    let index = Index::of(pages, withheld);
    let of_page = |page: &Page| {
        let mut report = Report::default();
        let links = page.document.links.iter();
        (links.map(|written| link(&index, snapshot, page, written, &mut report)).collect(), report)
    };
    pages.par_iter().map(of_page).collect()
}

/// Resolves one link of a page.
fn link(index: &Index<'_>, snapshot: &Snapshot, page: &Page, link: &RawLink, report: &mut Report) -> Found {
    match link.form {
        LinkForm::Wiki => return wiki(index, page, link, report),
        LinkForm::Argument if link.to.starts_with("exemple:") => {
            return Found::Example { named: link.to.trim_start_matches("exemple:").trim().into() };
        }
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
    if let Some((message, help)) = contacts::fault(to) {
        report.push(Diagnostic::error("E0308", message).at(&page.source, link.to_span).help(help));
        return Found::Target(Target::Broken);
    }
    if let Some(address) = to.strip_prefix("mailto:") {
        return Found::Target(Target::Mail(address.into()));
    }
    let is_outside = ["https://", "http://", "tel:", "//"].iter().any(|scheme| to.starts_with(scheme));
    if !is_outside {
        return local(index, snapshot, page, link, to, report);
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
    Found::Target(Target::External(to.into()))
}

fn wiki(index: &Index<'_>, page: &Page, link: &RawLink, report: &mut Report) -> Found {
    if let Some(named) =
        link.to.strip_prefix("exemple").and_then(|rest| rest.trim_start_matches(['\u{a0}', ' ']).strip_prefix(':'))
    {
        return Found::Example { named: named.trim().into() };
    }
    let (named, anchor) = cut_anchor(&link.to);
    if named.is_empty() {
        return Found::Target(same_page(page, anchor.unwrap_or_default(), link, report));
    }
    Found::Target(match index.wiki(page, named) {
        Ok(target) => to_page(index, page, target, anchor, link, report),
        Err(near) => {
            report.push(match index.waiting(page, named) {
                Some(draft) => not_published(&draft.title, page, link),
                None => no_reference(named, page, link, near),
            });
            Target::Broken
        }
    })
}

/// Resolves a path: to a Markdown file, to another file of the content, or to an address of the site.
fn local(index: &Index<'_>, snapshot: &Snapshot, page: &Page, link: &RawLink, to: &str, report: &mut Report) -> Found {
    let (path, anchor) = cut_anchor(to);
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() && anchor.is_none_or(str::is_empty) {
        report.push(
            Diagnostic::error("E0304", say!("ce lien n’a pas d’adresse", "this link has no address"))
                .at(&page.source, link.span)
                .help(say!(
                    "écrivez entre les parenthèses le fichier d’une page, une adresse en https:// ou une #ancre",
                    "write between the brackets the file of a page, an address in https:// or an #anchor"
                )),
        );
        return Found::Target(Target::Broken);
    }
    if path.is_empty() {
        return Found::Target(same_page(page, anchor.unwrap_or_default(), link, report));
    }
    let decoded = decode(path);
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
    if link.form == LinkForm::Argument
        && let Ok(target) = index.named(page, path)
    {
        return Found::Target(to_page(index, page, target, anchor, link, report));
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
    exact(anchor).or_else(|| exact(&decode(anchor))).or_else(|| exact(&crate::french::slug(anchor)?))
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
fn decode(path: &str) -> String {
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

fn broken_anchor(from: &Page, page: &Page, anchor: &str, link: &RawLink) -> Diagnostic {
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

fn no_reference(named: &str, page: &Page, link: &RawLink, near: Option<String>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("E0301", say!("aucune page ne répond à « [[{named}]] »", "no page answers to “[[{named}]]”"))
            .at_labelled(&page.source, link.span, say!("ce renvoi", "this reference"));
    match near {
        Some(near) => diagnostic.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
        None => diagnostic.help(say!(
            "écrivez un numéro ([[4]]), un kit et un numéro ([[mon-kit/4]]), un titre exact ou un identifiant",
            "write a number ([[4]]), a kit and a number ([[my-kit/4]]), an exact title or an identifier"
        )),
    }
}

fn no_file(path: &str, page: &Page, link: &RawLink, index: &Index<'_>, snapshot: &Snapshot) -> Diagnostic {
    let (code, message) = if link.form == LinkForm::Image {
        ("E0303", say!("l’image « {path} » n’existe pas", "there is no image “{path}”"))
    } else {
        ("E0302", say!("le fichier « {path} » n’existe pas", "there is no file “{path}”"))
    };
    let diagnostic =
        Diagnostic::error(code, message).at_labelled(&page.source, link.span, say!("ce lien", "this link"));
    if path.starts_with("www.") {
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

fn not_published(path: &str, page: &Page, link: &RawLink) -> Diagnostic {
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
