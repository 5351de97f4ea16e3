//! Kits and fiches: families, reading order, editions and what changed between two of them.

use super::cards::{card, kit_card, levers, summary};
use super::{date, lang};
use crate::diag::Diagnostic;
use crate::emit::view::{
    ChangesView, EditionView, FamilyView, FicheLineView, FicheView, HeadingView, KitView, LinkView, RenumberedView,
};
use crate::emit::{Base, Cx};
use crate::fields::Fields;
use crate::french;
use crate::site::{Example, Page};
use crate::theme::Context;

/// Returns what a kit's page shows.
pub fn kit(cx: &Cx<'_>, kit: &Page) -> KitView {
    let (numbered, introductions): (Vec<&Page>, Vec<&Page>) =
        cx.site.listed_in(kit).partition(|fiche| fiche.number().is_some());
    let coming = cx.site.coming(kit);
    let mut in_order: Vec<FicheLineView> =
        numbered.iter().map(|fiche| line(cx, fiche)).chain(coming.iter().map(|fields| to_come(kit, fields))).collect();
    let families = families(cx, kit, &numbered, &coming);
    in_order.sort_by_key(|line| line.number.unwrap_or(i64::MAX));
    KitView {
        card: kit_card(cx, kit),
        publisher: kit.fields.text("editeur").map(ToString::to_string),
        introductions: introductions.iter().map(|page| card(cx, page)).collect(),
        families,
        in_order,
        changes: changes(cx, kit),
    }
}

fn line(cx: &Cx<'_>, fiche: &Page) -> FicheLineView {
    FicheLineView {
        number: fiche.number(),
        title: fiche.title.to_string(),
        summary: summary(cx, fiche),
        url: Some(fiche.url.to_string()),
        expected: None,
        levers: levers(fiche),
        examples: fiche.examples.len(),
    }
}

fn to_come(kit: &Page, fields: &Fields) -> FicheLineView {
    FicheLineView {
        number: fields.integer("numero"),
        title: fields.text("titre").map(ToString::to_string).unwrap_or_default(),
        summary: String::new(),
        url: None,
        expected: fields.when("date").map(|when| date(when, lang(kit))),
        levers: 0,
        examples: 0,
    }
}

/// Sorts the fiches into the families the kit names; those of no family come last, without a title.
fn families(cx: &Cx<'_>, kit: &Page, numbered: &[&Page], coming: &[&Fields]) -> Vec<FamilyView> {
    let named = cx.site.families(kit);
    let of = |family: Option<usize>| -> Vec<FicheLineView> {
        let place = |fields: &Fields| {
            fields.text("famille").and_then(|family| named.iter().position(|known| known.answers(family)))
        };
        let published = numbered.iter().filter(|fiche| fiche.family == family);
        let coming = coming.iter().filter(|fields| place(fields) == family);
        let mut fiches: Vec<(Option<i64>, FicheLineView)> = published
            .map(|fiche| (fiche.rank(), line(cx, fiche)))
            .chain(coming.map(|fields| (fields.integer("numero"), to_come(kit, fields))))
            .collect();
        fiches.sort_by_key(|(rank, _)| rank.unwrap_or(i64::MAX));
        fiches.into_iter().map(|(_, line)| line).collect()
    };
    let mut families: Vec<FamilyView> = named
        .iter()
        .enumerate()
        .map(|(place, family)| FamilyView {
            key: family.key.to_string(),
            title: family.title.to_string(),
            summary: family.summary.as_ref().map(ToString::to_string).unwrap_or_default(),
            fiches: of(Some(place)),
        })
        .collect();
    families.push(FamilyView { key: String::new(), title: String::new(), summary: String::new(), fiches: of(None) });
    families.retain(|family| !family.fiches.is_empty());
    families
}

/// Compares a kit with the edition it replaces.
fn changes(cx: &Cx<'_>, kit: &Page) -> Option<ChangesView> {
    let older = cx.site.page(kit.older?);
    let mut changes = ChangesView {
        older: edition(cx, older),
        kept: Vec::new(),
        renumbered: Vec::new(),
        new: Vec::new(),
        withdrawn: Vec::new(),
        examples_added: Vec::new(),
        examples_removed: Vec::new(),
    };
    let fiches = |kit: &Page| cx.site.listed_in(kit).filter(|fiche| fiche.number().is_some()).collect::<Vec<_>>();
    for fiche in fiches(kit) {
        let before = fiche.older.map(|older| cx.site.page(older));
        let card = card(cx, fiche);
        let (now, then) = (examples(cx, Some(fiche)), examples(cx, before));
        changes.examples_added.extend(unlike(cx, &now, &then));
        changes.examples_removed.extend(unlike(cx, &then, &now));
        match before.and_then(Page::number) {
            None => changes.new.push(card),
            Some(was) if Some(was) == fiche.number() => changes.kept.push(card),
            Some(was) => changes.renumbered.push(RenumberedView { card, was }),
        }
    }
    for fiche in fiches(older) {
        if fiche.newer.is_none() {
            changes.examples_removed.extend(unlike(cx, &examples(cx, Some(fiche)), &[]));
            changes.withdrawn.push(card(cx, fiche));
        }
    }
    Some(changes)
}

fn examples<'a>(cx: &Cx<'a>, fiche: Option<&Page>) -> Vec<&'a Example> {
    fiche.map_or(Vec::new(), |fiche| fiche.examples.iter().map(|example| cx.site.example(*example)).collect())
}

/// Returns the examples of one edition that the other does not have: of another title, or of another place and year.
fn unlike(cx: &Cx<'_>, examples: &[&Example], others: &[&Example]) -> Vec<LinkView> {
    let is_same = |one: &Example, other: &Example| {
        let (left, right) = (&one.exemple, &other.exemple);
        french::fold(&left.titre) == french::fold(&right.titre)
            || one.place.is_some() && one.place == other.place && left.annee.is_some() && left.annee == right.annee
    };
    let new = examples.iter().filter(|one| !others.iter().any(|other| is_same(one, other)));
    new.map(|example| {
        let (url, anchor) = cx.site.example_url(example);
        LinkView { title: example.exemple.titre.to_string(), url: format!("{url}#{anchor}") }
    })
    .collect()
}

/// Returns a page as an edition of another.
pub fn edition(cx: &Cx<'_>, page: &Page) -> EditionView {
    let kit = if page.kind.name() == "kit" { Some(page) } else { cx.site.kit_of(page) };
    EditionView {
        edition: kit.and_then(|kit| kit.fields.when("edition")).map(|when| when.long(lang(page))).unwrap_or_default(),
        title: cx.site.reference(page).to_string(),
        url: page.url.to_string(),
    }
}

/// Returns what a fiche's page shows.
pub fn fiche(cx: &Cx<'_>, page: &Page, headings: &[HeadingView]) -> Result<FicheView, Box<Diagnostic>> {
    let kit = cx.site.kit_of(page).map(|kit| kit_card(cx, kit));
    let swarm_html = match &kit {
        Some(kit) => swarm(cx, kit.total, page.number().unwrap_or_default())?,
        None => String::new(),
    };
    let family = cx.site.family_of(page).map(|family| family.title.to_string());
    Ok(FicheView {
        number: page.number(),
        question: page.fields.text("question").map(ToString::to_string),
        family,
        kit,
        swarm_html,
        levers_numbered: super::levers_are_numbered(cx.site, page),
        levers: headings.iter().filter(|heading| heading.is_lever).cloned().collect(),
        examples: page.examples.len(),
        recits: super::terms::linked(cx, page, "recit"),
    })
}

/// Returns the drawing of a kit of `total` fiches in which one is lit, or the fault of its template.
fn swarm(cx: &Cx<'_>, total: usize, lit: i64) -> Result<String, Box<Diagnostic>> {
    let drawn = || -> Result<String, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert("total", &total);
        context.insert("ici", &lit);
        let html = cx.theme.render(&["html/essaim.html"], &Base::fixed(""), &cx.site.config.language, context)?;
        Ok(html.trim_end().to_owned())
    };
    (*cx.cells.of(&format!("essaim {lit}/{total}"), drawn)).clone()
}
