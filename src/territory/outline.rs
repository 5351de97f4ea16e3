//! Outlines of départements and collectivités, kept as the arcs that neighbours
//! share, so that a border is simplified and drawn once.

use std::collections::BTreeMap;

use super::unpack::Reader;
use super::{Atlas, Level, PlaceId};

/// A point in thousandths of a degree: longitude, latitude.
pub(super) type Node = [i32; 2];

/// An arc of the table, walked forwards or backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) arc: usize,
    pub(super) backwards: bool,
}

/// Every arc, and how places are made of them.
pub(super) struct Outlines {
    pub(super) arcs: Vec<Vec<Node>>,
    shapes: BTreeMap<PlaceId, Vec<Vec<Way>>>,
}

impl Outlines {
    fn new(bytes: &'static [u8]) -> Outlines {
        let mut input = Reader { bytes };
        let arcs = (0..input.number())
            .map(|_| {
                let mut at = [0, 0];
                (0..input.number())
                    .map(|_| {
                        at = [at[0] + input.signed(), at[1] + input.signed()];
                        at
                    })
                    .collect()
            })
            .collect();
        let mut shapes = BTreeMap::new();
        for _ in 0..input.number() {
            let place = input.id();
            let mut rings = Vec::new();
            for _ in 0..input.number() {
                for _ in 0..input.number() {
                    let ways = (0..input.number()).map(|_| {
                        let packed = input.number();
                        Way { arc: packed as usize >> 1, backwards: packed & 1 == 1 }
                    });
                    rings.push(ways.collect());
                }
            }
            shapes.insert(place, rings);
        }
        Outlines { arcs, shapes }
    }

    /// Returns the rings of one place: outer ones and holes alike.
    pub(super) fn rings(&self, place: PlaceId) -> &[Vec<Way>] {
        self.shapes.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Returns every arc of some places’ outlines.
    pub(super) fn arcs_of(&self, places: &[PlaceId]) -> Vec<usize> {
        places.iter().flat_map(|&place| self.rings(place)).flatten().map(|way| way.arc).collect()
    }

    /// Returns the arcs of the rings that are not slight beside the largest, so
    /// that a lost islet does not make a whole archipelago tiny.
    pub(super) fn main_arcs(&self, places: &[PlaceId]) -> Vec<usize> {
        let rings = places.iter().flat_map(|&place| self.rings(place));
        let extents: Vec<_> = rings
            .map(|ring| {
                let spread = |axis: usize| {
                    let along = || ring.iter().flat_map(|way| &self.arcs[way.arc]).map(|node| node[axis]);
                    f64::from(along().max().unwrap_or(0) - along().min().unwrap_or(0))
                };
                (spread(0).max(spread(1)), ring)
            })
            .collect();
        let largest = extents.iter().map(|ring| ring.0).fold(0.0, f64::max);
        let main = extents.iter().filter(|ring| ring.0 >= largest / 12.0).flat_map(|ring| ring.1);
        main.map(|way| way.arc).collect()
    }

    /// Returns the arcs between places of different groups: their borders.
    pub(super) fn shared<G: PartialEq>(&self, places: &[PlaceId], group: impl Fn(PlaceId) -> G) -> Vec<usize> {
        let mut first = BTreeMap::new();
        let mut shared = Vec::new();
        for &place in places {
            for way in self.rings(place).iter().flatten() {
                match first.insert(way.arc, place) {
                    Some(other) if group(other) != group(place) => shared.push(way.arc),
                    Some(_) | None => {}
                }
            }
        }
        shared
    }

    /// Returns the rings around the union of some places.
    pub(super) fn union(&self, places: &[PlaceId]) -> Vec<Vec<Way>> {
        let mut leaving: BTreeMap<Node, Vec<Way>> = BTreeMap::new();
        for (arc, (uses, backwards)) in self.uses(places) {
            if uses == 1 {
                let way = Way { arc, backwards };
                leaving.entry(self.ends(way).0).or_default().push(way);
            }
        }
        let mut rings = Vec::new();
        while let Some((&start, _)) = leaving.first_key_value() {
            let mut ring = Vec::new();
            let mut at = start;
            while let Some(ways) = leaving.get_mut(&at) {
                let Some(way) = ways.pop() else { break };
                if ways.is_empty() {
                    leaving.remove(&at);
                }
                ring.push(way);
                at = self.ends(way).1;
                if at == start {
                    break;
                }
            }
            rings.push(ring);
        }
        rings
    }

    /// Counts how many of the places use each arc, and which way the last one does.
    fn uses(&self, places: &[PlaceId]) -> BTreeMap<usize, (u32, bool)> {
        let mut uses = BTreeMap::new();
        for way in places.iter().flat_map(|&place| self.rings(place)).flatten() {
            let entry = uses.entry(way.arc).or_insert((0, way.backwards));
            *entry = (entry.0 + 1, way.backwards);
        }
        uses
    }

    /// Returns the points along some ways, in degrees.
    fn line(&self, ways: &[Way]) -> Vec<[f64; 2]> {
        let mut line: Vec<Node> = Vec::new();
        for way in ways {
            let arc = &self.arcs[way.arc];
            if way.backwards { line.extend(arc.iter().rev()) } else { line.extend(arc) }
        }
        line.dedup();
        line.iter().map(|node| node.map(|part| f64::from(part) / 1e3)).collect()
    }

    fn ends(&self, way: Way) -> (Node, Node) {
        let arc = &self.arcs[way.arc];
        let (first, last) = (arc[0], arc[arc.len() - 1]);
        if way.backwards { (last, first) } else { (first, last) }
    }
}

impl Atlas {
    pub(super) fn outlines(&self) -> &Outlines {
        self.outlines.get_or_init(|| Outlines::new(self.packed_outlines))
    }

    /// Returns the outline of a place as closed rings of longitudes and latitudes,
    /// the largest parts and their holes alike; it is that of the départements it
    /// lies in for what is narrower than a département.
    pub fn outline(&self, id: PlaceId) -> Vec<Vec<[f64; 2]>> {
        let outlines = self.outlines();
        let rings = outlines.union(&self.drawn_by(id));
        rings.iter().map(|ways| outlines.line(ways)).collect()
    }

    /// Returns the départements whose outlines together draw a place: itself, a
    /// région’s own, or those that a narrower place lies in.
    pub(super) fn drawn_by(&self, id: PlaceId) -> Vec<PlaceId> {
        match self.place(id).level {
            Level::Region => self.places(Level::Departement).filter(|&d| self.parent(d) == Some(id)).collect(),
            Level::Departement
            | Level::Collectivite
            | Level::Epci
            | Level::Ept
            | Level::Commune
            | Level::ArrondissementMunicipal => self.departements(id),
        }
    }
}
