//! Names of the main towns of a map, so that readers find their way, each where
//! it hides nothing.

use std::cmp::Reverse;
use std::fmt::Write;

use super::marks::Disc;
use super::project::{Area, View};
use super::{Palette, escape};
use crate::territory::{Atlas, PlaceId};

/// The size of the text; about ten pixels on a telephone.
pub(super) const TEXT: f64 = 28.0;
const TOWNS: usize = 6;
/// How many towns are tried for them.
const TRIED: usize = 12;
const APART: f64 = 130.0;
const DOT: f64 = 5.0;

/// Writes the largest towns of some départements.
pub(super) fn write_towns(
    markup: &mut String,
    departements: &[PlaceId],
    view: &View,
    page: Area,
    discs: &[Disc],
    colours: &Palette,
) {
    let atlas = Atlas::get();
    let mut taken: Vec<Area> = Vec::new();
    let mut spots: Vec<(f64, f64)> = Vec::new();
    for (town, spot) in largest(atlas, departements, view) {
        if spots.len() == TOWNS {
            break;
        }
        if spots.iter().any(|other| (other.0 - spot.0).hypot(other.1 - spot.1) < APART) {
            continue;
        }
        let disc = discs.iter().find(|disc| (disc.x - spot.0).hypot(disc.y - spot.1) < disc.radius + DOT);
        let Some((x, anchor, area)) = room(atlas.place(town).name, spot, disc, page, discs, &taken) else {
            continue;
        };
        spots.push(spot);
        taken.push(area);
        if disc.is_none() {
            let _ = write!(
                markup,
                "<circle class=\"carte-ville\" fill=\"{}\" cx=\"{:.0}\" cy=\"{:.0}\" r=\"{DOT}\"/>",
                colours.ink, spot.0, spot.1
            );
        }
        let _ = write!(
            markup,
            "<text class=\"carte-nom carte-halo\" fill=\"{}\" stroke=\"{}\" \
             stroke-width=\"5\" stroke-linejoin=\"round\" paint-order=\"stroke\" x=\"{x:.0}\" y=\"{:.0}\" \
             text-anchor=\"{anchor}\">{}</text>",
            colours.ink,
            colours.paper,
            area.y + TEXT * 0.85,
            escape(atlas.place(town).name)
        );
    }
}

fn largest(atlas: &Atlas, departements: &[PlaceId], view: &View) -> Vec<(PlaceId, (f64, f64))> {
    let mut towns: Vec<_> = departements
        .iter()
        .flat_map(|&id| atlas.communes_in(id))
        // A map of Paris needs no "Paris" in its middle.
        .filter(|&id| departements.len() > 1 || atlas.canonical(id) == id)
        .filter_map(|id| Some((id, atlas.place(id).point?)))
        .collect();
    let rank = |&(id, _): &(PlaceId, _)| (Reverse(atlas.place(id).population), id);
    // France has thirty-five thousand: only those that may be named are put in order.
    if towns.len() > TRIED {
        towns.select_nth_unstable_by_key(TRIED, rank);
        towns.truncate(TRIED);
    }
    towns.sort_by_key(rank);
    towns.into_iter().map(|(id, point)| (id, view.at(point.lon(), point.lat()))).collect()
}

/// Finds where a name hides no mark and no other name: right, left, above, below.
fn room(
    name: &str,
    (x, y): (f64, f64),
    own: Option<&Disc>,
    page: Area,
    discs: &[Disc],
    taken: &[Area],
) -> Option<(f64, &'static str, Area)> {
    let width = name.chars().count() as f64 * TEXT * 0.56;
    let (x, y, gap) = own.map_or((x, y, DOT + 7.0), |disc| (disc.x, disc.y, disc.radius + 8.0));
    let middle = y - TEXT / 2.0;
    let choices = [
        (x + gap, "start", Area::new(x + gap, middle, width, TEXT)),
        (x - gap, "end", Area::new(x - gap - width, middle, width, TEXT)),
        (x, "middle", Area::new(x - width / 2.0, y - gap - TEXT, width, TEXT)),
        (x, "middle", Area::new(x - width / 2.0, y + gap, width, TEXT)),
    ];
    choices.into_iter().find(|(_, _, area)| {
        page.holds((area.x, area.y))
            && page.holds((area.x + area.width, area.y + area.height))
            && !taken.iter().any(|other| area.meets(other))
            && !discs.iter().any(|disc| area.meets_disc((disc.x, disc.y), disc.radius + 2.0))
    })
}
