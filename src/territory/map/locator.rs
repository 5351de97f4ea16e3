//! The locator: all of France small, the département of a place lit in it, and
//! a point for a commune or an EPCI.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use super::draw::Sketch;
use super::project::{Area, Projection, View};
use super::{Palette, Svg, escape};
use crate::territory::{Atlas, Level, PlaceId};

const WIDTH: u32 = 400;
const HEIGHT: u32 = 416;
const MAINLAND: Area = Area { x: 3.0, y: 2.0, width: 394.0, height: 372.0 };
/// The overseas départements stand in a row under the Pyrenees.
const INSET: Area = Area { x: 2.0, y: 356.0, width: 60.0, height: 58.0 };
const INSET_STEP: f64 = 66.0;
/// A collectivité d’outre-mer that is lit has its own frame, in the Atlantic.
const ELSEWHERE: Area = Area { x: 2.0, y: 290.0, width: 60.0, height: 58.0 };
/// What is smaller than this, in units, is hard to see: it gets a ring.
const SMALL: f64 = 15.0;

static BASE: LazyLock<Base> = LazyLock::new(|| Base::new(Atlas::get()));

/// How a locator is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Locator<'a> {
    /// Begins every id of the drawing; one of its own for each drawing of a page.
    pub prefix: &'a str,
    /// The alternative text: `None` says where the place is, an empty one makes
    /// the drawing decorative.
    pub title: Option<&'a str>,
    /// The prefix of a [`locator_base`] that stands on the same page, so that
    /// this drawing only holds what is its own.
    pub base: Option<&'a str>,
    /// The colours.
    pub palette: Palette,
}

/// Draws where a place is: its départements lit inside France, with a point for
/// anything narrower than a département.
pub fn locator(place: PlaceId, options: &Locator) -> Svg {
    draw(place, options, true)
}

/// Draws the same, very small and beside the place’s name: no title, no hatching, which no one would see.
///
/// `base` is the prefix of the [`locator_base`] of the page.
pub fn thumbnail(place: PlaceId, base: &str, palette: Palette) -> Svg {
    draw(place, &Locator { prefix: "", title: Some(""), base: Some(base), palette }, false)
}

fn draw(place: PlaceId, options: &Locator, is_hatched: bool) -> Svg {
    let atlas = Atlas::get();
    let base = &*BASE;
    let colours = &options.palette;
    let prefix = escape(options.prefix);
    let lit = atlas.drawn_by(place);

    let mut markup = open_tag(place, &prefix, options.title);
    if is_hatched {
        write_hatching(&mut markup, &prefix, colours);
    }
    match options.base {
        Some(other) => {
            let _ = write!(markup, "<use href=\"#{}-f\"/>", escape(other));
        }
        None => base.write(&mut markup, colours),
    }
    let shapes: Vec<_> = lit.iter().filter_map(|id| base.shapes.get(id)).collect();
    let mut path = String::new();
    for shape in &shapes {
        if let Some(frame) = shape.frame {
            write_frame(&mut markup, frame, colours);
        }
        path.push_str(&shape.path);
    }
    // A border would hide what is small, and the islets of the Pacific.
    let slight = shapes.iter().all(|shape| shape.is_small || shape.frame.is_some());
    let border = if slight { 0.4 } else { 1.5 };
    let _ = write!(
        markup,
        "<path class=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{border}\" stroke-linejoin=\"round\" d=\"{path}\"/>",
        if is_hatched { "carte-contour" } else { "carte-contour carte-lit" },
        if is_hatched { format!("url(#{prefix}-h)") } else { colours.accent.to_owned() },
        colours.paper
    );
    if let Some(shape) = shapes.first() {
        let known = atlas.place(place);
        let wide = matches!(known.level, Level::Region | Level::Departement | Level::Collectivite);
        let point = known.point.filter(|_| !wide).map(|p| shape.view.at(p.lon(), p.lat()));
        match point {
            Some((x, y)) => {
                let _ = write!(
                    markup,
                    "<circle class=\"carte-point\" fill=\"{}\" stroke=\"{}\" stroke-width=\"3.5\" \
                     cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"8.5\"/>",
                    colours.point, colours.paper
                );
            }
            None if wide && shape.is_small && shapes.len() == 1 => {
                let (x, y) = shape.middle;
                let _ = write!(
                    markup,
                    "<circle class=\"carte-anneau\" fill=\"none\" stroke=\"{}\" stroke-width=\"4\" \
                     cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"15\"/>",
                    colours.point
                );
            }
            None => {}
        }
    }
    markup.push_str("</svg>");
    Svg { markup, width: WIDTH, height: HEIGHT }
}

fn write_hatching(markup: &mut String, prefix: &str, colours: &Palette) {
    let _ = write!(
        markup,
        "<defs><pattern id=\"{prefix}-h\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><path class=\"carte-lit\" fill=\"{}\" d=\"M0 0h7v7H0z\"/>\
         <path class=\"carte-trame\" stroke=\"{}\" stroke-opacity=\".3\" stroke-width=\"2\" d=\"M0 0v7\"/>\
         </pattern></defs>",
        colours.accent, colours.paper
    );
}

/// Returns where the point of a place stands in a locator, for a script that draws one over the base.
pub fn locator_point(place: PlaceId) -> Option<(i32, i32)> {
    let atlas = Atlas::get();
    let shape = BASE.shapes.get(atlas.drawn_by(place).first()?)?;
    let known = atlas.place(place);
    let wide = matches!(known.level, Level::Region | Level::Departement | Level::Collectivite);
    let (x, y) = match known.point.filter(|_| !wide) {
        Some(point) => shape.view.at(point.lon(), point.lat()),
        None => shape.middle,
    };
    Some((x.round() as i32, y.round() as i32))
}

/// Draws nothing, but holds what locators have in common, once for a page: put
/// it first in the body, and name its prefix in [`Locator::base`].
pub fn locator_base(prefix: &str, palette: &Palette) -> String {
    let prefix = escape(prefix);
    let mut markup = format!(
        "<svg class=\"carte-reserve\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><g id=\"{prefix}-f\">"
    );
    BASE.write(&mut markup, palette);
    markup.push_str("</g></defs></svg>");
    markup
}

fn open_tag(place: PlaceId, prefix: &str, title: Option<&str>) -> String {
    let start = format!(
        "<svg class=\"carte carte-situation\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\""
    );
    let title = title.map_or_else(|| where_it_is(place), str::to_owned);
    if title.is_empty() {
        return format!("{start} aria-hidden=\"true\">");
    }
    let title = escape(&title);
    format!("{start} role=\"img\" aria-labelledby=\"{prefix}-t\"><title id=\"{prefix}-t\">{title}</title>")
}

/// Says in words what the drawing shows.
fn where_it_is(place: PlaceId) -> String {
    let atlas = Atlas::get();
    let named = atlas.le(place);
    let mut wider = atlas.departements(place);
    wider.retain(|&outer| outer != place && outer != atlas.canonical(place));
    if wider.is_empty() {
        wider.extend(atlas.parent(place).filter(|&outer| atlas.canonical(outer) != atlas.canonical(place)));
    }
    let wider: Vec<_> = wider.iter().map(|&outer| atlas.a(outer)).collect();
    match wider.split_last() {
        None => format!("Carte de France\u{a0}: {named}"),
        Some((only, [])) => format!("Carte\u{a0}: {named}, {only}"),
        Some((last, others)) => format!("Carte\u{a0}: {named}, {} et {last}", others.join(", ")),
    }
}

/// What all locators share, in units of the drawing.
struct Base {
    mainland: String,
    overseas: String,
    /// The borders between régions.
    regions: String,
    frames: Vec<Area>,
    shapes: BTreeMap<PlaceId, Shape>,
}

/// One département or collectivité.
struct Shape {
    path: String,
    view: View,
    middle: (f64, f64),
    is_small: bool,
    /// The frame to add when it is not among those that are always there.
    frame: Option<Area>,
}

impl Base {
    fn new(atlas: &Atlas) -> Base {
        let outlines = atlas.outlines();
        let all: Vec<_> = atlas.places(Level::Departement).collect();
        let (mainland, overseas): (Vec<_>, Vec<_>) = all.into_iter().partition(|&id| atlas.place(id).code.len() == 2);
        let view = View::fit(Projection::Lambert93, &outlines.arcs_of(&mainland), MAINLAND);
        let sketch = Sketch::new(outlines, view, 8.0, 12.0);
        let mut base = Base {
            mainland: sketch.around(&mainland),
            overseas: String::new(),
            regions: sketch.borders(&mainland, |id| atlas.parent(id)),
            frames: Vec::new(),
            shapes: BTreeMap::new(),
        };
        for &id in &mainland {
            let mut shape = Shape::new(atlas, id, view, sketch.around(&[id]), None);
            if shape.is_small {
                shape.path = Sketch::new(outlines, view, 0.5, 0.5).around(&[id]);
            }
            base.shapes.insert(id, shape);
        }
        for (row, &id) in overseas.iter().enumerate() {
            let frame = Area { x: INSET.x + row as f64 * INSET_STEP, ..INSET };
            let shape = Shape::inset(atlas, id, frame, None);
            base.overseas.push_str(&shape.path);
            base.frames.push(frame);
            base.shapes.insert(id, shape);
        }
        for id in atlas.places(Level::Collectivite) {
            if !outlines.rings(id).is_empty() {
                base.shapes.insert(id, Shape::inset(atlas, id, ELSEWHERE, Some(ELSEWHERE)));
            }
        }
        base
    }

    fn write(&self, markup: &mut String, colours: &Palette) {
        for &frame in &self.frames {
            write_frame(markup, frame, colours);
        }
        let _ = write!(
            markup,
            "<path class=\"carte-terre\" fill=\"{}\" d=\"{}{}\"/>",
            colours.land, self.mainland, self.overseas
        );
        let _ = write!(
            markup,
            "<path class=\"carte-limite\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" d=\"{}\"/>",
            colours.paper, self.regions
        );
    }
}

impl Shape {
    fn new(atlas: &Atlas, id: PlaceId, view: View, path: String, frame: Option<Area>) -> Shape {
        let (middle, width, height) = view.extent(&atlas.outlines().arcs_of(&[id]));
        Shape { path, view, middle, is_small: width < SMALL && height < SMALL, frame }
    }

    fn inset(atlas: &Atlas, id: PlaceId, frame: Area, own: Option<Area>) -> Shape {
        let arcs = atlas.outlines().main_arcs(&[id]);
        let view = View::fit(Projection::fitted(&arcs), &arcs, frame.inside(6.0));
        let path = Sketch::new(atlas.outlines(), view, 3.0, 2.0).with_dots().around(&[id]);
        Shape::new(atlas, id, view, path, own)
    }
}

fn write_frame(markup: &mut String, frame: Area, colours: &Palette) {
    let _ = write!(
        markup,
        "<rect class=\"carte-cadre\" fill=\"none\" stroke=\"{}\" stroke-opacity=\".3\" stroke-width=\"1.5\" \
         x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\"/>",
        colours.ink, frame.x, frame.y, frame.width, frame.height
    );
}
