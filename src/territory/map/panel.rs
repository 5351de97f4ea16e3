//! Lays a map out in panels: the mainland and its insets, or one place and its
//! neighbours.

use super::labels::TEXT;
use super::project::{Area, Projection, View};
use crate::territory::{Atlas, Level, PlaceId};

const WIDTH: f64 = 1000.0;
/// Paris and the three départements around it, which the mainland shows too small.
const CENTRE: [&str; 4] = ["75", "92", "93", "94"];

/// A part of the drawing with a view of its own.
pub(super) struct Panel {
    pub(super) view: View,
    /// Where marks and names may stand.
    pub(super) area: Area,
    /// The départements the panel is about.
    pub(super) lit: Vec<PlaceId>,
    /// Those around them.
    pub(super) near: Vec<PlaceId>,
    pub(super) frame: Option<Area>,
    /// A name, and where its middle stands.
    pub(super) name: Option<(String, f64, f64)>,
    /// A square that an inset enlarges: left, top and side.
    pub(super) zoomed: Option<(f64, f64, f64)>,
    /// The area (in square units) of the least bend that is drawn.
    pub(super) detail: f64,
    pub(super) has_islets: bool,
    pub(super) has_towns: bool,
}

/// A whole drawing.
pub(super) struct Composition {
    pub(super) page: Area,
    pub(super) panels: Vec<Panel>,
    /// The bottom left of the legend.
    pub(super) legend: (f64, f64),
}

impl Composition {
    /// Returns the panel that shows a place, and where.
    pub(super) fn spot(&self, place: PlaceId) -> Option<(usize, (f64, f64))> {
        let atlas = Atlas::get();
        let point = atlas.place(place).point?;
        let within = atlas.drawn_by(place);
        // Insets come after the mainland and are more precise.
        let shows = |panel: &Panel| {
            within.iter().any(|id| panel.lit.contains(id)) && {
                panel.frame.is_none() || within.iter().all(|id| panel.lit.contains(id))
            }
        };
        let (index, panel) = self.panels.iter().enumerate().rev().find(|(_, panel)| shows(panel))?;
        let at = panel.view.at(point.lon(), point.lat());
        panel.area.holds(at).then_some((index, at))
    }
}

/// Lays out all of France; `marked` places decide which optional insets are there.
pub(super) fn of_france(marked: &[PlaceId]) -> Composition {
    let atlas = Atlas::get();
    let (mainland, overseas): (Vec<_>, Vec<_>) =
        atlas.places(Level::Departement).partition(|&id| atlas.place(id).code.len() == 2);
    let page = Area::new(0.0, 0.0, WIDTH, 1120.0);
    let area = Area::new(16.0, 16.0, WIDTH - 32.0, 890.0);
    let view = View::fit(Projection::Lambert93, &atlas.outlines().arcs_of(&mainland), area);
    let mut composition = Composition {
        page,
        panels: vec![Panel {
            view,
            area: page,
            lit: mainland,
            near: Vec::new(),
            frame: None,
            name: None,
            zoomed: None,
            detail: 26.0,
            has_islets: false,
            has_towns: false,
        }],
        legend: (16.0, 780.0),
    };

    let centre: Vec<_> = CENTRE.iter().filter_map(|code| atlas.by_code(Level::Departement, code)).collect();
    let in_centre = |id: &PlaceId| {
        let within = atlas.drawn_by(*id);
        !within.is_empty() && within.iter().all(|id| centre.contains(id))
    };
    if marked.iter().any(in_centre) {
        let ((x, y), width, height) = view.extent(&atlas.outlines().arcs_of(&centre));
        let side = width.max(height) + 8.0;
        composition.panels[0].zoomed = Some((x - side / 2.0, y - side / 2.0, side));
        let frame = Area::new(4.0, 4.0, 204.0, 148.0);
        composition.panels.push(inset(centre, frame, "Autour de Paris"));
    }
    for (row, id) in overseas.into_iter().enumerate() {
        let frame = Area::new(4.0 + row as f64 * 199.5, 924.0, 194.0, 150.0);
        composition.panels.push(inset(vec![id], frame, atlas.place(id).name));
    }
    let extra = atlas.places(Level::Collectivite).filter(|id| {
        !atlas.outlines().rings(*id).is_empty() && marked.iter().any(|&place| atlas.drawn_by(place).contains(id))
    });
    for (row, id) in extra.enumerate() {
        let (line, column) = ((row / 4) as f64, (row % 4) as f64);
        let frame = Area::new(4.0 + column * 249.5, 1130.0 + line * 206.0, 243.0, 150.0);
        composition.page.height = frame.y + 196.0;
        composition.panels.push(inset(vec![id], frame, short_name(atlas.place(id).name)));
    }
    composition
}

/// Lays out the région, the département or the collectivité that holds a place,
/// above a band for the legend.
pub(super) fn of_place(place: PlaceId, legend: f64) -> Composition {
    let atlas = Atlas::get();
    let lit = match atlas.place(place).level {
        Level::Region => atlas.drawn_by(place),
        Level::Departement
        | Level::Collectivite
        | Level::Epci
        | Level::Ept
        | Level::Commune
        | Level::ArrondissementMunicipal => atlas.departements(place).into_iter().take(1).collect(),
    };
    let outlines = atlas.outlines();
    let is_mainland = lit.iter().all(|&id| atlas.place(id).code.len() == 2);
    let arcs = outlines.main_arcs(&lit);
    let projection = if is_mainland { Projection::Lambert93 } else { Projection::fitted(&arcs) };
    let margin = 70.0;
    let wide = View::fit(projection, &arcs, Area::new(0.0, 0.0, WIDTH - 2.0 * margin, 900.0));
    let (_, _, height) = wide.extent(&arcs);
    let height = height.clamp(480.0, 900.0) + 2.0 * margin;
    let map = Area::new(0.0, 0.0, WIDTH, height);
    let view = View::fit(projection, &arcs, map.inside(margin));
    let near = if is_mainland {
        let shown = |id: &PlaceId| outlines.arcs_of(&[*id]).iter().any(|&arc| view.arc(arc).any(|at| map.holds(at)));
        let mainland = atlas.places(Level::Departement).filter(|&id| atlas.place(id).code.len() == 2);
        mainland.filter(|id| !lit.contains(id)).filter(shown).collect()
    } else {
        Vec::new()
    };
    Composition {
        page: Area::new(0.0, 0.0, WIDTH, height + legend),
        panels: vec![Panel {
            view,
            area: map,
            lit,
            near,
            frame: None,
            name: None,
            zoomed: None,
            detail: 16.0,
            has_islets: !is_mainland,
            has_towns: true,
        }],
        legend: (30.0, height + legend - 6.0),
    }
}

fn inset(lit: Vec<PlaceId>, frame: Area, name: &str) -> Panel {
    let arcs = Atlas::get().outlines().main_arcs(&lit);
    Panel {
        view: View::fit(Projection::fitted(&arcs), &arcs, frame.inside(16.0)),
        area: frame,
        lit,
        near: Vec::new(),
        frame: Some(frame),
        name: Some((name.to_owned(), frame.x + frame.width / 2.0, frame.y + frame.height + TEXT * 1.2)),
        zoomed: None,
        detail: 12.0,
        has_islets: true,
        has_towns: false,
    }
}

/// Shortens the names that would not stand under an inset.
fn short_name(name: &'static str) -> &'static str {
    match name {
        "Saint-Pierre-et-Miquelon" => "St-Pierre-et-Miq.",
        _ => name,
    }
}
