//! Proportional marks: their sizes, their places on the drawing, their links.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use super::project::Area;
use super::{Motif, Overview, Palette, escape};
use crate::territory::{Atlas, Level, PlaceId};

const LEAST_RADIUS: f64 = 13.0;
const GREATEST_RADIUS: f64 = 46.0;
/// The radius of a mark that counts one, as long as the greatest allows it.
const UNIT_RADIUS: f64 = 15.0;
/// How far a mark may stand from its place so as not to hide another one.
const LEEWAY: f64 = 24.0;
/// From this radius on, the count is written in the mark.
const ROOMY: f64 = 24.0;

/// Something to show at a place, in proportion to its count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub place: PlaceId,
    /// How many.
    pub count: u32,
    /// Where the mark leads.
    pub href: Option<String>,
    /// How its disc is filled.
    pub motif: Motif,
}

/// Adds up the marks that are narrower than a level at their place of that level.
pub(super) fn grouped(marks: &[Mark], level: Level, overview: &Overview) -> Vec<Mark> {
    let atlas = Atlas::get();
    let mut groups: BTreeMap<PlaceId, Mark> = BTreeMap::new();
    for mark in marks {
        let wider = match level {
            Level::Epci => atlas.containers(mark.place).into_iter().find(|&p| atlas.place(p).level == Level::Epci),
            _ => atlas.departements(mark.place).first().copied(),
        };
        let place = wider.unwrap_or(mark.place);
        let group = groups.entry(place).or_insert_with(|| Mark {
            place,
            count: 0,
            href: if place == mark.place { mark.href.clone() } else { overview.link.and_then(|link| link(place)) },
            motif: mark.motif,
        });
        group.count = group.count.saturating_add(mark.count);
        if group.motif != mark.motif {
            group.motif = Motif::Plain;
        }
    }
    groups.into_values().collect()
}

/// How large marks are, given the greatest count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    unit: f64,
    greatest: u32,
}

impl Sizes {
    pub(super) fn of(marks: &[Mark]) -> Sizes {
        let greatest = marks.iter().map(|mark| mark.count).max().unwrap_or(1).max(1);
        Sizes { unit: UNIT_RADIUS.min(GREATEST_RADIUS / f64::from(greatest).sqrt()), greatest }
    }

    pub(super) fn radius(self, count: u32) -> f64 {
        (self.unit * f64::from(count).sqrt()).max(LEAST_RADIUS)
    }

    /// Returns the counts that the legend shows, the greatest first.
    pub(super) fn legend(self) -> Vec<u32> {
        let round = |most: u32| {
            let mut value = 1_u32;
            while let Some(next) = value.checked_mul(10).filter(|&next| next <= most) {
                value = next;
            }
            [5, 2, 1].into_iter().filter_map(|times| value.checked_mul(times)).find(|&v| v <= most).unwrap_or(1)
        };
        let mut counts = vec![round(self.greatest)];
        for part in [4, 20] {
            let count = round(self.greatest / part);
            if self.greatest >= part && self.radius(count) + 7.0 < self.radius(counts[counts.len() - 1]) {
                counts.push(count);
            }
        }
        counts
    }
}

/// A mark on the drawing.
#[derive(Clone, Debug)]
pub(super) struct Disc<'m> {
    pub(super) mark: &'m Mark,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) radius: f64,
    home: (f64, f64),
}

impl<'m> Disc<'m> {
    pub(super) fn new(mark: &'m Mark, (x, y): (f64, f64), sizes: Sizes) -> Disc<'m> {
        Disc { mark, x, y, radius: sizes.radius(mark.count), home: (x, y) }
    }
}

/// Pushes apart discs that hide one another, each staying near its place and
/// inside the area; the result is in drawing and reading order, the greatest first.
pub(super) fn spread(discs: &mut [Disc], area: Area) {
    discs.sort_by_key(|disc| (Reverse(disc.mark.count), disc.mark.place));
    for _ in 0..60 {
        let mut moved = false;
        for a in 0..discs.len() {
            for b in a + 1..discs.len() {
                moved |= part(discs, a, b);
            }
        }
        for disc in discs.iter_mut() {
            let (dx, dy) = (disc.x - disc.home.0, disc.y - disc.home.1);
            let away = dx.hypot(dy);
            if away > LEEWAY {
                disc.x = disc.home.0 + dx / away * LEEWAY;
                disc.y = disc.home.1 + dy / away * LEEWAY;
            }
            (disc.x, disc.y) = area.inside(disc.radius + 3.0).pull((disc.x, disc.y));
        }
        if !moved {
            break;
        }
    }
}

fn part(discs: &mut [Disc], a: usize, b: usize) -> bool {
    let (dx, dy) = (discs[b].x - discs[a].x, discs[b].y - discs[a].y);
    let wanted = discs[a].radius + discs[b].radius + 2.0;
    // Nearly all are far apart: no root is taken for them.
    if dx * dx + dy * dy >= wanted * wanted {
        return false;
    }
    let apart = dx.hypot(dy);
    // Marks of one place leave in directions that depend on their order alone.
    let (ux, uy) = if apart < 0.01 { (b as f64).sin_cos() } else { (dx / apart, dy / apart) };
    let step = (wanted - apart) / 4.0;
    // The smaller of the two moves more.
    let share = discs[a].radius / (discs[a].radius + discs[b].radius);
    discs[a].x -= ux * step * (1.0 - share) * 2.0;
    discs[a].y -= uy * step * (1.0 - share) * 2.0;
    discs[b].x += ux * step * share * 2.0;
    discs[b].y += uy * step * share * 2.0;
    true
}

/// Writes the marks, in reading order, those that lead somewhere as links.
pub(super) fn write_discs<'d>(
    markup: &mut String,
    discs: impl Iterator<Item = &'d Disc<'d>>,
    prefix: &str,
    overview: &Overview,
) {
    let Palette { accent, paper, .. } = overview.palette;
    // What marks have in common is said once, on their group.
    let _ = write!(
        markup,
        "<g class=\"carte-marques\" fill=\"{accent}\" stroke=\"{paper}\" stroke-width=\"3\" text-anchor=\"middle\">"
    );
    for disc in discs {
        write_disc(markup, disc, prefix, overview);
    }
    markup.push_str("</g>");
}

fn write_disc(markup: &mut String, disc: &Disc, prefix: &str, overview: &Overview) {
    let count = disc.mark.count;
    let unit = escape(if count > 1 { overview.unit[1] } else { overview.unit[0] });
    let name = escape(&Atlas::get().label(disc.mark.place));
    let label = format!("{name}\u{a0}: {count}\u{a0}{unit}");
    let tag = match &disc.mark.href {
        Some(href) => {
            let _ = write!(markup, "<a href=\"{}\" aria-label=\"{label}\">", escape(href));
            "a"
        }
        None => {
            markup.push_str("<g>");
            "g"
        }
    };
    let _ = write!(markup, "<title>{label}</title>");
    write_circle(markup, (disc.x, disc.y), disc.radius, disc.mark.motif, prefix, &overview.palette);
    if disc.radius >= ROOMY && count > 1 {
        let Palette { ink, paper, on_accent, .. } = overview.palette;
        let look = match disc.mark.motif {
            Motif::Plain => format!("class=\"carte-nombre\" fill=\"{on_accent}\" stroke=\"none\""),
            Motif::Hatched | Motif::Dotted => format!(
                "class=\"carte-nombre-motif carte-halo\" fill=\"{ink}\" stroke=\"{paper}\" stroke-width=\"7\" \
                 stroke-linejoin=\"round\" paint-order=\"stroke\""
            ),
        };
        let (x, y) = (disc.x, disc.y + disc.radius * 0.34);
        let size = disc.radius.min(32.0);
        let _ = write!(markup, "<text {look} x=\"{x:.0}\" y=\"{y:.0}\" font-size=\"{size:.0}\">{count}</text>");
    }
    let _ = write!(markup, "</{tag}>");
}

/// Writes a disc; a plain one takes its colours from its group.
pub(super) fn write_circle(
    markup: &mut String,
    (x, y): (f64, f64),
    radius: f64,
    motif: Motif,
    prefix: &str,
    colours: &Palette,
) {
    let pattern = match motif {
        Motif::Plain => None,
        Motif::Hatched => Some("h"),
        Motif::Dotted => Some("p"),
    };
    markup.push_str("<circle");
    if let Some(id) = pattern {
        let _ = write!(markup, " class=\"carte-motif\" fill=\"url(#{prefix}-{id})\" stroke=\"{}\"", colours.accent);
    }
    let _ = write!(markup, " cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"{radius:.0}\"/>");
}

/// Writes the patterns that the marks use.
pub(super) fn write_patterns(markup: &mut String, motifs: &[Motif], prefix: &str, colours: &Palette) {
    let (paper, accent) = (colours.paper, colours.accent);
    let back = format!("<path class=\"carte-fond\" fill=\"{paper}\" d=\"M0 0h10v10H0z\"/>");
    for motif in [Motif::Hatched, Motif::Dotted] {
        if !motifs.contains(&motif) {
            continue;
        }
        let (id, drawn) = match motif {
            Motif::Hatched | Motif::Plain => {
                ("h", format!("<path class=\"carte-trait\" stroke=\"{accent}\" stroke-width=\"5\" d=\"M5 0v10\"/>"))
            }
            Motif::Dotted => {
                ("p", format!("<circle class=\"carte-lit\" fill=\"{accent}\" cx=\"5\" cy=\"5\" r=\"2.6\"/>"))
            }
        };
        let _ = write!(
            markup,
            "<pattern id=\"{prefix}-{id}\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\">{back}{drawn}</pattern>"
        );
    }
}
