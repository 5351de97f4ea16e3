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
            Err(diagnostic) => plan.say(*diagnostic),
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

/// Finds the fiches of a selection: by number, by slug, or `kit/number` when several kits have the same numbers.
fn find(site: &Site, selection: &Selection) -> Result<Found, Box<Diagnostic>> {
    let named = selection.fiches.iter().find_map(|name| Some(name.split_once('/')?.0.trim()));
    let mut kits: Vec<&Page> =
        site.of_kind("kit").filter(|kit| kit.is_public() && named.is_none_or(|name| is_called(kit, name))).collect();
    // The kit that people mean is the current one, and the fullest.
    kits.sort_by_key(|kit| (kit.newer.is_some(), std::cmp::Reverse(kit.children.len())));
    let Some(kit) = kits.first() else {
        let name = named.unwrap_or_default();
        let known = site.of_kind("kit").map(|kit| kit.slug.as_str());
        return Err(Box::new(
            Diagnostic::error(
                "E0708",
                say!(
                    "il n’y a pas de kit « {name} » dont prendre des fiches",
                    "there is no kit “{name}” to take fiches from"
                ),
            )
            .help_near(name, known),
        ));
    };
    let mut fiches = Vec::new();
    for typed in &selection.fiches {
        let name = typed.split_once('/').map_or(typed.as_str(), |(_, name)| name).trim();
        let number = name.parse::<i64>().ok();
        let pages = || kit.children.iter().map(|child| site.page(*child));
        let found = pages().find(|fiche| (number.is_some() && fiche.number() == number) || fiche.slug == name);
        match found {
            Some(fiche) => fiches.push(fiche.id),
            None => return Err(Box::new(unknown(kit, typed, pages()))),
        }
    }
    let title = if selection.title.trim().is_empty() {
        "Sélection de fiches".to_owned()
    } else {
        selection.title.trim().to_owned()
    };
    let slug = crate::french::slug(&title).unwrap_or_else(|| "selection".into());
    Ok(Found { kit: kit.id, fiches, title, url: Url::new(format!("/selections/{slug}.pdf")) })
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
