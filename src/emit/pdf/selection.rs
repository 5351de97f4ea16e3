//! The fiches chosen on the command line: `--fiches 4,17,19 --titre "…"`.

use super::{booklet, output};
use crate::diag::Diagnostic;
use crate::emit::{Job, Output, Plan, Planning, Selection};
use crate::say;
use crate::site::{Page, PageId, Site};
use crate::urls::Url;

/// The booklet of the fiches that the command line names; nothing without them.
pub struct Chosen;

impl Output for Chosen {
    fn name(&self) -> &'static str {
        "selection"
    }

    fn label(&self) -> &'static str {
        "livret choisi"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        let Some(selection) = cx.selection else { return };
        match find(cx.site, selection) {
            Err(diagnostics) => diagnostics.into_iter().for_each(|diagnostic| plan.say(diagnostic)),
            Ok(found) => {
                let engine = output::engine(cx.theme, cx.memos);
                let url = found.url.clone();
                let make = move |cx: &crate::emit::Cx<'_>| {
                    booklet::of_fiches(cx, &engine, cx.site.page(found.kit), &found.fiches, &found.title, &found.url)
                };
                plan.add(Job::new("selection", url, make).heavy());
            }
        }
    }
}

/// A selection whose fiches are known.
struct Found {
    kit: PageId,
    fiches: Vec<PageId>,
    title: String,
    url: Url,
}

/// Finds the fiches of a selection, each once, in the order they are named: by number, by slug, or `kit/number` when
/// several kits have the same numbers.
fn find(site: &Site, selection: &Selection) -> Result<Found, Vec<Diagnostic>> {
    let mut kits: Vec<&Page> = site.of_kind("kit").filter(|kit| kit.is_public()).collect();
    // The kit that people mean is the current one, and the fullest.
    kits.sort_by_key(|kit| (kit.newer.is_some(), std::cmp::Reverse(kit.children.len())));
    let Some(main) = kits.first() else { return Err(vec![no_kit("", &kits)]) };
    let mut fiches: Vec<&Page> = Vec::new();
    let mut wrong = Vec::new();
    for typed in selection.fiches.iter().map(|typed| typed.trim()).filter(|typed| !typed.is_empty()) {
        let (kit, name) = match typed.split_once('/') {
            Some((called, name)) => (kits.iter().find(|kit| is_called(kit, called.trim())), name.trim()),
            None => (Some(main), typed),
        };
        let Some(kit) = kit else {
            wrong.push(no_kit(typed.split('/').next().unwrap_or_default().trim(), &kits));
            continue;
        };
        let number = name.parse::<i64>().ok();
        let pages = || kit.children.iter().map(|child| site.page(*child)).filter(|fiche| fiche.is_public());
        match pages().find(|fiche| (number.is_some() && fiche.number() == number) || fiche.slug == name) {
            Some(fiche) if fiches.iter().any(|known| known.id == fiche.id) => {}
            Some(fiche) => fiches.push(fiche),
            None if number.is_some_and(|number| is_coming(kit, number)) => wrong.push(coming(kit, name)),
            None => wrong.push(unknown(kit, name, pages())),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let Some(first) = fiches.first() else { return Err(vec![nothing()]) };
    let title =
        if selection.title.trim().is_empty() { "Sélection de fiches" } else { selection.title.trim() }.to_owned();
    let slug = crate::french::slug(&title).unwrap_or_else(|| "selection".into());
    // The colour and the edition of a booklet are those of the kit that its first fiche comes from.
    let kit = site.kit_of(first).map_or(main.id, |kit| kit.id);
    Ok(Found {
        kit,
        fiches: fiches.iter().map(|fiche| fiche.id).collect(),
        title,
        url: Url::new(format!("/selections/{slug}.pdf")),
    })
}

fn is_coming(kit: &Page, number: i64) -> bool {
    kit.fields.maps("a_paraitre").iter().any(|fields| fields.integer("numero") == Some(number))
}

fn nothing() -> Diagnostic {
    Diagnostic::error("E0707", say!("« --fiches » ne nomme aucune fiche", "“--fiches” names no fiche")).help(say!(
        "donnez leurs numéros, séparés par des virgules : --fiches 4,17,19",
        "give their numbers, with commas between them: --fiches 4,17,19"
    ))
}

fn no_kit(name: &str, kits: &[&Page]) -> Diagnostic {
    let diagnostic = if kits.is_empty() {
        Diagnostic::error("E0708", say!("ce site n’a pas de kit", "this site has no kit"))
    } else {
        Diagnostic::error(
            "E0708",
            say!(
                "il n’y a pas de kit « {name} » dont prendre des fiches",
                "there is no kit “{name}” to take fiches from"
            ),
        )
    };
    diagnostic.help_near(name, kits.iter().map(|kit| kit.slug.as_str()))
}

fn coming(kit: &Page, number: &str) -> Diagnostic {
    let title = &kit.title;
    Diagnostic::error(
        "E0707",
        say!("la fiche {number} de « {title} » est encore à paraître", "fiche {number} of “{title}” is still to come"),
    )
    .help(say!("retirez-la de la liste", "take it out of the list"))
}

fn is_called(kit: &Page, name: &str) -> bool {
    kit.slug == name || kit.fields.text("sigle").is_some_and(|sigle| sigle.eq_ignore_ascii_case(name))
}

fn unknown<'p>(kit: &Page, typed: &str, pages: impl Iterator<Item = &'p Page>) -> Diagnostic {
    let title = &kit.title;
    let mut numbers: Vec<String> = Vec::new();
    let mut slugs: Vec<&str> = Vec::new();
    for page in pages {
        numbers.extend(page.number().map(|number| number.to_string()));
        slugs.push(page.slug.as_str());
    }
    let numbers = numbers.join(", ");
    let diagnostic = Diagnostic::error(
        "E0707",
        say!("« {title} » n’a pas de fiche « {typed} »", "“{title}” has no fiche “{typed}”"),
    );
    match crate::diag::nearest(typed, slugs.iter().copied()) {
        Some(_) => diagnostic.help_near(typed, slugs),
        None => {
            diagnostic.help(say!("ses fiches portent les numéros {numbers}", "its fiches bear the numbers {numbers}"))
        }
    }
}
