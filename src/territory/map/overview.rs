//! The overview: where things are and how many, on all of France with its
//! overseas départements, or around one place.

use std::fmt::Write;

use super::draw::Sketch;
use super::labels::{TEXT, write_towns};
use super::marks::{Disc, Mark, Sizes, grouped, spread, write_circle, write_discs, write_patterns};
use super::panel::{Panel, of_france, of_place};
use super::{Palette, Svg, escape};
use crate::territory::{Atlas, Level, PlaceId};

/// The greatest weight of a drawing, in bytes.
const HEAVIEST: usize = 40_000;
/// The height of a line of the legend.
const LINE: f64 = TEXT * 1.4;

/// What an overview shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// All of France, overseas départements in insets; collectivités
    /// d’outre-mer join them when they have a mark.
    France,
    /// The région, the département or the collectivité that holds a place.
    Around(PlaceId),
}

/// How a mark is filled: what colour says, the pattern says as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Motif {
    /// Of one colour.
    Plain,
    /// With slanted lines.
    Hatched,
    /// With dots.
    Dotted,
}

/// How an overview is drawn.
#[derive(Clone, Copy)]
pub struct Overview<'a> {
    /// Begins every id of the drawing; one of its own for each drawing of a page.
    pub prefix: &'a str,
    /// The name of the map.
    pub title: &'a str,
    /// A longer description; a sentence on how to read the marks by default.
    pub description: Option<&'a str>,
    /// What the map shows.
    pub frame: Frame,
    /// What is counted, in the singular and in the plural.
    pub unit: [&'a str; 2],
    /// What each motif means, when there are several.
    pub legend: &'a [(Motif, &'a str)],
    /// The address of a wider place, for marks that are too many to be drawn
    /// one by one and are added up by EPCI or by département.
    pub link: Option<&'a dyn Fn(PlaceId) -> Option<String>>,
    /// The colours.
    pub palette: Palette,
}

/// Draws marks in proportion to their counts.
///
/// The drawing stays under 40 KB: when the marks are too many, they are added
/// up by EPCI, then by département. Marks that the frame does not show, or whose
/// place has no known point, are left out: a list beside the map names them all.
pub fn overview(marks: &[Mark], options: &Overview) -> Svg {
    let by_epci = || grouped(marks, Level::Epci, options);
    let tries: [&dyn Fn() -> Vec<Mark>; 2] = [&|| marks.to_vec(), &by_epci];
    for marks in tries {
        let marks = marks();
        // A mark weighs more than this: do not lay out thousands in vain.
        if marks.len() <= HEAVIEST / 100 {
            let drawn = draw(&marks, options);
            if drawn.markup.len() <= HEAVIEST {
                return drawn;
            }
        }
    }
    draw(&grouped(marks, Level::Departement, options), options)
}

fn draw(marks: &[Mark], options: &Overview) -> Svg {
    let prefix = escape(options.prefix);
    let sizes = Sizes::of(marks);
    let composition = match options.frame {
        Frame::France => of_france(&marks.iter().map(|mark| mark.place).collect::<Vec<_>>()),
        Frame::Around(place) => of_place(place, legend_height(marks, sizes, options)),
    };
    let mut motifs: Vec<_> = marks.iter().map(|mark| mark.motif).chain(options.legend.iter().map(|l| l.0)).collect();
    motifs.sort();
    motifs.dedup();

    let page = composition.page;
    let mut markup = open_tag(marks, page.width, page.height, &prefix, options);
    if motifs.iter().any(|&motif| motif != Motif::Plain) {
        markup.push_str("<defs>");
        write_patterns(&mut markup, &motifs, &prefix, &options.palette);
        markup.push_str("</defs>");
    }
    let mut discs: Vec<Vec<Disc>> = composition.panels.iter().map(|_| Vec::new()).collect();
    for mark in marks {
        if let Some((panel, at)) = composition.spot(mark.place) {
            discs[panel].push(Disc::new(mark, at, sizes));
        }
    }
    for (panel, discs) in composition.panels.iter().zip(&mut discs) {
        spread(discs, panel.area);
    }

    markup.push_str("<g aria-hidden=\"true\">");
    for (panel, discs) in composition.panels.iter().zip(&discs) {
        write_panel(&mut markup, panel, &options.palette);
        if panel.has_towns {
            write_towns(&mut markup, &panel.lit, &panel.view, panel.area, discs, &options.palette);
        }
    }
    if !marks.is_empty() {
        write_legend(&mut markup, composition.legend, sizes, &prefix, options);
    }
    markup.push_str("</g>");
    write_discs(&mut markup, discs.iter().flatten(), &prefix, options);
    markup.push_str("</svg>");
    Svg { markup, width: page.width as u32, height: page.height as u32 }
}

fn open_tag(marks: &[Mark], width: f64, height: f64, prefix: &str, options: &Overview) -> String {
    let description = match options.description {
        Some(description) => description.to_owned(),
        None if marks.is_empty() => String::new(),
        None => format!("Un disque par lieu, d’autant plus grand que les {} y sont nombreux.", options.unit[1]),
    };
    // The children of an image are hidden from assistive tools, so links need a group.
    let role = if marks.iter().any(|mark| mark.href.is_some()) { "group" } else { "img" };
    let mut tag = format!(
        "<svg class=\"carte carte-ensemble\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"sans-serif\" font-size=\"{TEXT:.0}\" role=\"{role}\" aria-labelledby=\"{prefix}-t\""
    );
    if description.is_empty() {
        tag.push('>');
    } else {
        let _ = write!(tag, " aria-describedby=\"{prefix}-d\">");
    }
    let _ = write!(tag, "<title id=\"{prefix}-t\">{}</title>", escape(options.title));
    if !description.is_empty() {
        let _ = write!(tag, "<desc id=\"{prefix}-d\">{}</desc>", escape(&description));
    }
    tag
}

fn write_panel(markup: &mut String, panel: &Panel, colours: &Palette) {
    let outlines = Atlas::get().outlines();
    let atlas = Atlas::get();
    // What runs out of the drawing is cut off outside it; an islet at its edge is left out.
    let seen = panel.area.inside(if panel.has_islets { 4.0 } else { -40.0 });
    let sketch = Sketch::new(outlines, panel.view, panel.detail, panel.detail * 2.0).within(seen);
    let sketch = if panel.has_islets { sketch.with_dots() } else { sketch };
    if let Some(frame) = panel.frame {
        let _ = write!(
            markup,
            "<rect class=\"carte-cadre\" fill=\"none\" stroke=\"{}\" stroke-opacity=\".3\" stroke-width=\"2\" \
             x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\" rx=\"10\"/>",
            colours.ink, frame.x, frame.y, frame.width, frame.height
        );
    }
    if !panel.near.is_empty() {
        let _ = write!(
            markup,
            "<path class=\"carte-voisins\" fill=\"{}\" fill-opacity=\".4\" d=\"{}\"/>",
            colours.land,
            sketch.around(&panel.near)
        );
    }
    let _ =
        write!(markup, "<path class=\"carte-terre\" fill=\"{}\" d=\"{}\"/>", colours.land, sketch.around(&panel.lit));
    let all: Vec<_> = panel.lit.iter().chain(&panel.near).copied().collect();
    let border = |markup: &mut String, class: &str, width: u32, path: &str| {
        if !path.is_empty() {
            let _ = write!(
                markup,
                "<path class=\"{class}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\" d=\"{path}\"/>",
                colours.paper
            );
        }
    };
    border(markup, "carte-limite", 2, &sketch.borders(&all, |id| id));
    border(markup, "carte-limite-region", 5, &sketch.borders(&all, |id| atlas.parent(id)));
    if let Some((name, x, y)) = &panel.name {
        let _ = write!(
            markup,
            "<text class=\"carte-nom\" fill=\"{}\" x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\">{}</text>",
            colours.ink,
            escape(name)
        );
    }
    if let Some((x, y, side)) = panel.zoomed {
        let _ = write!(
            markup,
            "<rect class=\"carte-loupe\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\" x=\"{x:.0}\" y=\"{y:.0}\" \
             width=\"{side:.0}\" height=\"{side:.0}\" rx=\"5\"/>",
            colours.ink
        );
    }
}

/// The height of the band that holds the legend under a map of one place.
fn legend_height(marks: &[Mark], sizes: Sizes, options: &Overview) -> f64 {
    if marks.is_empty() {
        return 0.0;
    }
    let motifs = options.legend.len() as f64 * LINE;
    52.0 + motifs.max(LINE + 2.0 * sizes.radius(sizes.legend()[0]))
}

/// Writes what the sizes and the motifs mean, from a point at the bottom left.
fn write_legend(markup: &mut String, (x, bottom): (f64, f64), sizes: Sizes, prefix: &str, options: &Overview) {
    let colours = &options.palette;
    let text = |markup: &mut String, x: f64, y: f64, words: &str| {
        let _ = write!(
            markup,
            "<text class=\"carte-nom\" fill=\"{}\" x=\"{x:.0}\" y=\"{y:.0}\">{}</text>",
            colours.ink,
            escape(words)
        );
    };
    let counts = sizes.legend();
    let widest = sizes.radius(counts[0]);
    let mut top = bottom - 2.0 * widest;
    let mut lowest = f64::MIN;
    for &count in &counts {
        let radius = sizes.radius(count);
        let _ = write!(
            markup,
            "<circle class=\"carte-echelle\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" cx=\"{:.0}\" cy=\"{:.0}\" \
             r=\"{radius:.0}\"/>",
            colours.ink,
            x + widest,
            bottom - radius
        );
        let line = (bottom - 2.0 * radius + TEXT * 0.6).max(lowest + TEXT * 0.95);
        lowest = line;
        top = top.min(line - TEXT);
        text(markup, x + 2.0 * widest + 14.0, line, &count.to_string());
    }
    let heading = top - 10.0;
    text(markup, x, heading, &crate::french::capitalised(options.unit[1]));
    let _ = write!(
        markup,
        "<g class=\"carte-marques\" fill=\"{}\" stroke=\"{}\" stroke-width=\"3\">",
        colours.accent, colours.paper
    );
    let place = |row: usize| match options.frame {
        // Motifs stand above the sizes in the Atlantic, and beside them elsewhere.
        Frame::France => (x, heading - LINE * (row as f64 + 1.2)),
        Frame::Around(_) => (x + 300.0, bottom - 6.0 - LINE * row as f64),
    };
    let rows = || options.legend.iter().rev().enumerate();
    for (row, (motif, _)) in rows() {
        let (x, y) = place(row);
        write_circle(markup, (x + 14.0, y - 9.0), 13.0, *motif, prefix, colours);
    }
    markup.push_str("</g>");
    for (row, (_, meaning)) in rows() {
        let (x, y) = place(row);
        text(markup, x + 40.0, y, meaning);
    }
}
