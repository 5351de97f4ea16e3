//! Flattens degrees onto a drawing: Lambert-93 for the mainland, whose shape it
//! makes familiar, and a plain projection true at its middle for the rest.

use std::sync::LazyLock;

use crate::territory::Atlas;

/// Every arc of the outlines in Lambert-93, flattened once for all maps.
static FLAT: LazyLock<Vec<Vec<(f64, f64)>>> = LazyLock::new(|| {
    let flatten = |arc| degrees(arc).map(|(lon, lat)| Projection::Lambert93.plane(lon, lat)).collect();
    (0..Atlas::get().outlines().arcs.len()).map(flatten).collect()
});

/// How longitudes and latitudes (in degrees) become kilometres on a plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Projection {
    /// The conic projection of French official maps.
    Lambert93,
    /// Longitudes shortened by the cosine of one latitude.
    Local { cosine: f64 },
}

impl Projection {
    /// Returns the plain projection that is true in the middle of some arcs.
    pub(super) fn fitted(arcs: &[usize]) -> Projection {
        let ((_, low), (_, high)) = bounds(arcs.iter().flat_map(|&arc| degrees(arc)));
        Projection::Local { cosine: ((low + high) / 2.0).to_radians().cos() }
    }

    /// Returns the points of an arc in kilometres eastwards and northwards.
    fn arc(self, arc: usize) -> impl Iterator<Item = (f64, f64)> {
        let (flat, far): (&'static [_], _) = match self {
            Projection::Lambert93 => (&FLAT[arc], None),
            Projection::Local { .. } => (&[], Some(degrees(arc).map(move |(lon, lat)| self.plane(lon, lat)))),
        };
        flat.iter().copied().chain(far.into_iter().flatten())
    }

    /// Returns kilometres eastwards and northwards.
    fn plane(self, lon: f64, lat: f64) -> (f64, f64) {
        match self {
            Projection::Lambert93 => {
                // The constants of the RGF93 / Lambert-93 definition (IGN, GRS 80 ellipsoid).
                const EXPONENT: f64 = 0.725_607_765_053_267;
                const RADIUS: f64 = 11_754.255_426_1;
                const POLE: f64 = 12_655.612_049_9;
                const ECCENTRICITY: f64 = 0.081_819_191_043;
                let sine = lat.to_radians().sin();
                let isometric = sine.atanh() - ECCENTRICITY * (ECCENTRICITY * sine).atanh();
                let radius = RADIUS * (-EXPONENT * isometric).exp();
                let angle = EXPONENT * (lon - 3.0).to_radians();
                (700.0 + radius * angle.sin(), POLE - radius * angle.cos())
            }
            Projection::Local { cosine } => (111.32 * lon * cosine, 110.574 * lat),
        }
    }
}

/// A rectangle of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn new(x: f64, y: f64, width: f64, height: f64) -> Area {
        Area { x, y, width, height }
    }

    /// Returns the area without a margin.
    pub(super) fn inside(&self, margin: f64) -> Area {
        Area::new(self.x + margin, self.y + margin, self.width - 2.0 * margin, self.height - 2.0 * margin)
    }

    /// Returns the dot of the area that is nearest to a dot.
    pub(super) fn nearest(&self, [x, y]: [i32; 2]) -> [i32; 2] {
        let clamp = |value: i32, low: f64, size: f64| value.clamp(low as i32, (low + size) as i32);
        [clamp(x, self.x, self.width), clamp(y, self.y, self.height)]
    }

    /// Returns the point of the area that is nearest to a point.
    pub(super) fn pull(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x.clamp(self.x, self.x + self.width), y.clamp(self.y, self.y + self.height))
    }

    pub(super) fn meets(&self, other: &Area) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    pub(super) fn meets_disc(&self, (x, y): (f64, f64), radius: f64) -> bool {
        let nearest = self.pull((x, y));
        (nearest.0 - x).hypot(nearest.1 - y) < radius
    }

    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.x..=self.x + self.width).contains(&x) && (self.y..=self.y + self.height).contains(&y)
    }
}

/// A projection fitted to an area of a drawing.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    projection: Projection,
    /// Drawing units to the kilometre.
    pub(super) scale: f64,
    left: f64,
    top: f64,
}

impl View {
    /// Fits arcs as large as the area allows, centred.
    pub(super) fn fit(projection: Projection, arcs: &[usize], area: Area) -> View {
        let (low, high) = bounds(arcs.iter().flat_map(|&arc| projection.arc(arc)));
        let (width, height) = ((high.0 - low.0).max(0.1), (high.1 - low.1).max(0.1));
        let scale = (area.width / width).min(area.height / height);
        View {
            projection,
            scale,
            left: area.x + (area.width - width * scale) / 2.0 - low.0 * scale,
            top: area.y + (area.height - height * scale) / 2.0 + high.1 * scale,
        }
    }

    /// Returns the middle, the width and the height of some arcs on the drawing.
    pub(super) fn extent(&self, arcs: &[usize]) -> ((f64, f64), f64, f64) {
        let (low, high) = bounds(arcs.iter().flat_map(|&arc| self.arc(arc)));
        (((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0), high.0 - low.0, high.1 - low.1)
    }

    /// Returns where a point falls on the drawing.
    pub(super) fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        self.drawn(self.projection.plane(lon, lat))
    }

    /// Returns where the points of an arc fall on the drawing.
    pub(super) fn arc(self, arc: usize) -> impl Iterator<Item = (f64, f64)> {
        self.projection.arc(arc).map(move |point| self.drawn(point))
    }

    fn drawn(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.left + x * self.scale, self.top - y * self.scale)
    }
}

/// Returns the longitudes and latitudes of an arc.
fn degrees(arc: usize) -> impl Iterator<Item = (f64, f64)> {
    let nodes: &'static [_] = &Atlas::get().outlines().arcs[arc];
    nodes.iter().map(|&[lon, lat]| (f64::from(lon) / 1e3, f64::from(lat) / 1e3))
}

/// Returns the least and the greatest coordinates.
pub(super) fn bounds(points: impl Iterator<Item = (f64, f64)>) -> ((f64, f64), (f64, f64)) {
    points.fold(((f64::MAX, f64::MAX), (f64::MIN, f64::MIN)), |(low, high), (x, y)| {
        ((low.0.min(x), low.1.min(y)), (high.0.max(x), high.1.max(y)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lambert_93_agrees_with_known_points() {
        // The origin of the projection, and Paris as published maps give it.
        for ((lon, lat), (east, north)) in [((3.0, 46.5), (700.0, 6600.0)), ((2.3522, 48.8566), (652.469, 6862.035))] {
            let (x, y) = Projection::Lambert93.plane(lon, lat);
            assert!((x - east).abs() < 0.05 && (y - north).abs() < 0.05, "{x} {y}");
        }
    }

    #[test]
    fn a_view_fills_its_area() {
        let arcs: Vec<usize> = (0..40).collect();
        for projection in [Projection::fitted(&arcs), Projection::Lambert93] {
            let view = View::fit(projection, &arcs, Area::new(10.0, 20.0, 300.0, 100.0));
            let ((x, y), width, height) = view.extent(&arcs);
            assert!((x - 160.0).abs() < 1e-6 && (y - 70.0).abs() < 1e-6, "{x} {y}");
            assert!(width < 300.0 + 1e-6 && (height - 100.0).abs() < 1e-6, "{width} {height}");
        }
    }
}
