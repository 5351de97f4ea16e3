//! The pages' places: parents, reading order, editions, translations.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use ecow::EcoString;

use super::resolve;
use crate::content::Draft;
use crate::diag::{Diagnostic, Report, Span};
use crate::french;
use crate::kinds::Order;
use crate::say;
use crate::site::{Page, PageId};

/// Gives every draft its number, its parent and its children in reading order.
pub(super) fn assemble(drafts: &[Arc<Draft>], report: &mut Report) -> Vec<Page> {
    let mut pages: Vec<Page> = drafts
        .iter()
        .enumerate()
        .map(|(number, draft)| Page {
            id: PageId(u32::try_from(number).expect("a site has fewer than four billion pages")),
            draft: Arc::clone(draft),
            parent: None,
            children: Vec::new(),
            family: None,
            targets: Vec::new(),
            themes: Vec::new(),
            places: Vec::new(),
            examples: Vec::new(),
            image: None,
            pdf: None,
            newer: None,
            older: None,
            translations: Vec::new(),
            versions: Vec::new(),
            linked_from: Vec::new(),
            archived: draft.is_archived(),
        })
        .collect();
    let folders: HashMap<EcoString, PageId> = pages
        .iter()
        .filter(|page| page.is_index)
        .map(|page| (EcoString::from(page.source.folder()), page.id))
        .collect();
    for page in &mut pages {
        page.parent = parent(&page.draft, &folders);
    }
    let mut children: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    for page in &pages {
        if let Some(parent) = page.parent {
            children.entry(parent).or_default().push(page.id);
        }
    }
    for (parent, mut list) in children {
        let order = pages[parent.0 as usize].kind.order();
        list.sort_by(|left, right| compare(order, &pages[left.0 as usize], &pages[right.0 as usize]));
        pages[parent.0 as usize].children = list;
    }
    archive_below(&mut pages);
    same_number(&pages, report);
    same_identifier(&pages, report);
    pages
}

/// Reports two pages under one identifier: a reference would not say which it means.
///
/// Two editions of a kit may each have theirs.
fn same_identifier(pages: &[Page], report: &mut Report) {
    let mut seen: HashMap<(Option<PageId>, &EcoString), &Page> = HashMap::new();
    for page in pages {
        let Some(identifier) = page.fields.text("identifiant") else { continue };
        if let Some(first) = seen.insert((page.parent, identifier), page) {
            let title = &first.title;
            report.push(
                Diagnostic::error(
                    "E0402",
                    say!(
                        "deux pages portent l’identifiant « {identifier} »",
                        "two pages bear the identifier “{identifier}”"
                    ),
                )
                .at(&page.source, page.fields.span("identifiant").unwrap_or_default())
                .also(
                    &first.source,
                    first.fields.span("identifiant").unwrap_or_default(),
                    say!("déjà pris par « {title} »", "already taken by “{title}”"),
                )
                .help(say!("donnez à l’une des deux un autre identifiant", "give one of them another identifier")),
            );
        }
    }
}

/// Archives what stands in an archived folder: a whole edition of a kit, by one word in its `_index.md`.
fn archive_below(pages: &mut [Page]) {
    let mut archived: Vec<PageId> = pages.iter().filter(|page| page.archived).map(|page| page.id).collect();
    while let Some(id) = archived.pop() {
        for child in pages[id.0 as usize].children.clone() {
            let child = &mut pages[child.0 as usize];
            if !child.archived {
                child.archived = true;
                archived.push(child.id);
            }
        }
    }
}

/// Returns the page of the nearest folder above that has one.
fn parent(draft: &Draft, folders: &HashMap<EcoString, PageId>) -> Option<PageId> {
    let mut folder = draft.folder.as_str();
    while !folder.is_empty() {
        if let Some(parent) = folders.get(folder) {
            return Some(*parent);
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    None
}

fn compare(order: Order, left: &Page, right: &Page) -> Ordering {
    let own = |page: &Page| page.fields.integer("ordre").unwrap_or(i64::MAX);
    let by_title = || french::compare(&left.title, &right.title).then_with(|| left.source.cmp(&right.source));
    match order {
        Order::Number => {
            let rank = |page: &Page| page.rank().unwrap_or(i64::MIN);
            rank(left).cmp(&rank(right)).then_with(by_title)
        }
        Order::Newest => own(left)
            .cmp(&own(right))
            .then_with(|| newest(left, right))
            .then_with(|| french::compare(number_text(right), number_text(left)))
            .then_with(by_title),
        Order::Title => own(left).cmp(&own(right)).then_with(by_title),
    }
}

/// Compares two pages so that the newest comes first; those without a date come last.
pub fn newest(left: &Page, right: &Page) -> Ordering {
    let date = |page: &Page| page.fields.when("date").cloned();
    match (date(left), date(right)) {
        (Some(left), Some(right)) => right.cmp(&left),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn number_text(page: &Page) -> &str {
    page.fields.text("numero").map_or("", EcoString::as_str)
}

/// Reports two fiches of one kit under one number.
fn same_number(pages: &[Page], report: &mut Report) {
    let mut seen: HashMap<(PageId, i64), &Page> = HashMap::new();
    for page in pages.iter().filter(|page| page.kind.name() == "fiche") {
        let (Some(parent), Some(number)) = (page.parent, page.number()) else { continue };
        if let Some(first) = seen.insert((parent, number), page) {
            let title = &first.title;
            report.push(
                Diagnostic::error(
                    "E0402",
                    say!(
                        "deux fiches du kit portent le numéro {number}",
                        "two sheets of the kit bear the number {number}"
                    ),
                )
                .at(&page.source, page.fields.span("numero").unwrap_or_default())
                .also(
                    &first.source,
                    first.fields.span("numero").unwrap_or_default(),
                    say!("déjà pris par « {title} »", "already taken by “{title}”"),
                )
                .help(say!("donnez à l’une des deux un autre numéro", "give one of them another number")),
            );
        }
    }
}

/// Finds the editions, translations and versions that pages name in their front matter.
pub(super) fn relate(pages: &mut [Page], report: &mut Report) {
    const KEYS: [&str; 3] = ["remplace", "traduction_de", "version_de"];
    if !pages.iter().any(|page| KEYS.iter().any(|key| page.fields.text(key).is_some())) {
        return;
    }
    let index = resolve::Index::of(pages, &[]);
    let mut replaced: Vec<(PageId, PageId)> = Vec::new();
    let mut translated: Vec<(PageId, PageId)> = Vec::new();
    let mut versions: Vec<(PageId, PageId)> = Vec::new();
    for page in pages.iter() {
        for (key, list) in KEYS.into_iter().zip([&mut replaced, &mut translated, &mut versions]) {
            let Some(named) = page.fields.text(key) else { continue };
            let span = page.fields.span(key).unwrap_or_default();
            match index.named(page, named) {
                Ok(other) if key != "traduction_de" && pages[other.0 as usize].kind.name() != page.kind.name() => {
                    report.push(another_kind(key, page, &pages[other.0 as usize], span));
                }
                Ok(other) if key == "version_de" && other == page.id => report.push(same_page(page, span)),
                Ok(other) if key == "traduction_de" && pages[other.0 as usize].language == page.language => {
                    report.push(same_language(page, &pages[other.0 as usize], span));
                }
                Ok(other) => list.push((page.id, other)),
                Err(near) => report.push(no_such_page(key, named, page, span, near)),
            }
        }
    }
    for (new, old) in replaced {
        if follows(pages, old, new) {
            report.push(replaced_in_circle(&pages[new.0 as usize], &pages[old.0 as usize]));
            continue;
        }
        pages[new.0 as usize].older = Some(old);
        pages[old.0 as usize].newer = Some(new);
    }
    for (left, right) in translated {
        tell_each_other(pages, left, right, |page| &mut page.translations);
    }
    for (left, right) in versions {
        tell_each_other(pages, left, right, |page| &mut page.versions);
    }
}

/// Says that a page names itself as another version.
fn same_page(page: &Page, span: Span) -> Diagnostic {
    Diagnostic::error("E0403", say!("« version_de » nomme cette page elle-même", "“version_de” names this page itself"))
        .at(&page.source, span)
        .help(say!("nommez l’autre version, ou retirez cette ligne", "name the other version, or remove this line"))
}

/// Says that a translation is in the language of what it translates.
fn same_language(page: &Page, other: &Page, span: Span) -> Diagnostic {
    let (title, language) = (&other.title, &page.language);
    Diagnostic::error(
        "E0403",
        say!(
            "« traduction_de » nomme « {title} », qui est dans la même langue : {language}",
            "“traduction_de” names “{title}”, which is in the same language: {language}"
        ),
    )
    .at(&page.source, span)
    .help(say!(
        "donnez sa langue à la traduction (« langue: en »), ou retirez cette ligne",
        "give the translation its language (“langue: en”), or remove this line"
    ))
}

/// Says that a page is given something else to replace, or to be a version of, than what it is.
fn another_kind(key: &str, new: &Page, old: &Page, span: Span) -> Diagnostic {
    let title = &old.title;
    let (fr, en) = match new.kind.name() {
        "kit" => ("un kit", "a kit"),
        "fiche" => ("une fiche", "a fiche"),
        "recit" => ("un récit", "a récit"),
        _ => ("de même nature", "of the same kind"),
    };
    Diagnostic::error(
        "E0403",
        say!("« {key} » nomme « {title} », qui n’est pas {fr}", "“{key}” names “{title}”, which is not {en}"),
    )
    .at(&new.source, span)
    .help(say!("nommez l’édition précédente, ou retirez cette ligne", "name the former edition, or remove this line"))
}

/// Returns whether a page is the other, or replaces it by way of others.
fn follows(pages: &[Page], page: PageId, other: PageId) -> bool {
    let mut next = Some(page);
    for _ in 0..=pages.len() {
        match next {
            Some(id) if id == other => return true,
            Some(id) => next = pages[id.0 as usize].older,
            None => return false,
        }
    }
    true
}

fn replaced_in_circle(new: &Page, old: &Page) -> Diagnostic {
    let (title, span) = (&old.title, new.fields.span("remplace").unwrap_or_default());
    if new.id == old.id {
        return Diagnostic::error("E0413", say!("cette page se remplace elle-même", "this page replaces itself"))
            .at(&new.source, span)
            .help(say!(
                "nommez l’édition précédente, ou retirez cette ligne",
                "name the former edition, or remove this line"
            ));
    }
    Diagnostic::error(
        "E0413",
        say!(
            "cette page remplace « {title} », qui la remplace déjà",
            "this page replaces “{title}”, which already replaces it"
        ),
    )
    .at(&new.source, span)
    .also(
        &old.source,
        old.fields.span("remplace").unwrap_or_default(),
        say!("l’autre sens est ici", "the other way is here"),
    )
    .help(say!(
        "« remplace » va de la nouvelle édition vers l’ancienne : gardez une seule des deux lignes",
        "“remplace” goes from the new edition to the old one: keep only one of the two lines"
    ))
}

/// Makes two pages, and all those that either is one with, versions of one story or translations of one text.
fn tell_each_other(pages: &mut [Page], left: PageId, right: PageId, list: fn(&mut Page) -> &mut Vec<PageId>) {
    if left == right {
        return;
    }
    let mut story = vec![left, right];
    for id in [left, right] {
        story.extend(list(&mut pages[id.0 as usize]).iter().copied());
    }
    story.sort_unstable();
    story.dedup();
    for id in &story {
        *list(&mut pages[id.0 as usize]) = story.iter().copied().filter(|other| other != id).collect();
    }
}

fn no_such_page(key: &str, named: &str, page: &Page, span: Span, near: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "E0403",
        say!(
            "« {key} » nomme « {named} », qui n’existe pas sur le site",
            "“{key}” names “{named}”, which is not on the site"
        ),
    )
    .at(&page.source, span);
    match near {
        Some(near) => diagnostic.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
        None => diagnostic.help(say!(
            "écrivez le dossier du kit et le numéro (« municipaless-2020/17 »), un identifiant ou le chemin du fichier",
            "write the kit’s folder and the number (“municipaless-2020/17”), an identifier or the file’s path"
        )),
    }
}
