//! Turns outlines into the `d` of SVG paths: projected, simplified to what the
//! scale can show, on whole units.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::fmt::Write;
use std::rc::Rc;

use super::project::{Area, View, bounds};
use crate::territory::PlaceId;
use crate::territory::outline::{Outlines, Way};

/// A point of the drawing, on whole units.
type Dot = [i32; 2];

/// Outlines seen through one view.
pub(super) struct Sketch<'a> {
    outlines: &'a Outlines,
    view: View,
    /// The area (in square units) under which a bend of a line is let go.
    detail: f64,
    /// The area under which an island is let go.
    smallest: f64,
    /// Whether islands too small to draw leave a dot.
    dots: bool,
    /// The only part of the drawing that is of use.
    clip: Option<Area>,
    /// The arcs drawn so far, each in its own direction: places share their borders, and several paths use them.
    drawn: RefCell<HashMap<usize, Rc<[Dot]>>>,
}

impl<'a> Sketch<'a> {
    pub(super) fn new(outlines: &'a Outlines, view: View, detail: f64, smallest: f64) -> Sketch<'a> {
        Sketch { outlines, view, detail, smallest, dots: false, clip: None, drawn: RefCell::default() }
    }

    /// Lets the islands that are too small to draw leave a dot.
    pub(super) fn with_dots(self) -> Sketch<'a> {
        Sketch { dots: true, ..self }
    }

    /// Leaves out what lies outside an area, as far as that cannot be seen.
    pub(super) fn within(self, area: Area) -> Sketch<'a> {
        Sketch { clip: Some(area), ..self }
    }

    /// Returns the path around the union of some places.
    ///
    /// The largest ring is always kept, however small the drawing.
    pub(super) fn around(&self, places: &[PlaceId]) -> String {
        let rings: Vec<_> = self
            .outlines
            .union(places)
            .iter()
            .filter(|ways| self.reaches(ways))
            .map(|ways| {
                let ring = self.ring(ways);
                (surface(&ring).abs(), ring)
            })
            .collect();
        let largest = rings.iter().map(|ring| ring.0).fold(0.0, f64::max);
        let mut path = String::new();
        let mut dots = BTreeSet::new();
        for (surface, ring) in &rings {
            if ring.len() > 2 && (*surface >= self.smallest || *surface >= largest) {
                write_line(&mut path, ring);
                path.push('z');
            } else if self.dots {
                let [x, y] = ring[0];
                // Atolls that would touch leave one dot together.
                if dots.insert([x / 4, y / 4]) {
                    let _ = write!(path, "M{} {y}l2-2 2 2-2 2z", x - 2);
                }
            }
        }
        path
    }

    /// Returns the path of the borders between groups of places, each drawn once.
    pub(super) fn borders<G: PartialEq>(&self, places: &[PlaceId], group: impl Fn(PlaceId) -> G) -> String {
        let mut path = String::new();
        for arc in self.outlines.shared(places, group) {
            let dots = self.arc(arc);
            let shown = |pair: &[Dot]| self.shows(pair[0]) || self.shows(pair[1]);
            // Runs of segments that can be seen, each a line of its own.
            let mut from = 0;
            while let Some(start) = dots[from..].windows(2).position(shown).map(|at| from + at) {
                let length = dots[start..].windows(2).take_while(|pair| shown(pair)).count();
                write_line(&mut path, &dots[start..=start + length]);
                from = start + length;
            }
        }
        path
    }

    /// Tells whether a ring may be seen at all.
    fn reaches(&self, ways: &[Way]) -> bool {
        self.clip.is_none_or(|area| {
            let (low, high) = bounds(ways.iter().flat_map(|way| self.view.arc(way.arc)));
            area.meets(&Area::new(low.0, low.1, high.0 - low.0, high.1 - low.1))
        })
    }

    fn shows(&self, dot: Dot) -> bool {
        self.clip.is_none_or(|area| area.holds((f64::from(dot[0]), f64::from(dot[1]))))
    }

    fn ring(&self, ways: &[Way]) -> Vec<Dot> {
        let mut ring: Vec<Dot> = Vec::new();
        for &way in ways {
            let dots = self.arc(way.arc);
            if way.backwards {
                ring.extend(dots.iter().rev());
            } else {
                ring.extend(dots.iter());
            }
        }
        ring.dedup();
        // Far outside, a point between two that are outside as well changes nothing to see.
        if let Some(area) = self.clip {
            let pushed: Vec<Dot> = ring.iter().map(|&dot| area.nearest(dot)).collect();
            ring = pushed;
            ring.dedup();
            drop_aligned(&mut ring);
        }
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        ring
    }

    /// Returns an arc as drawn. Neighbours get the very same points, since an arc
    /// is always simplified in its own direction.
    fn arc(&self, number: usize) -> Rc<[Dot]> {
        if let Some(dots) = self.drawn.borrow().get(&number) {
            return Rc::clone(dots);
        }
        let arc = &self.outlines.arcs[number];
        let flat: Vec<_> = self.view.arc(number).collect();
        let kept = if arc[0] == arc[arc.len() - 1] {
            let middle = farthest(&flat);
            let mut half = simplify(&flat[..=middle], self.detail);
            half.extend(simplify(&flat[middle..], self.detail));
            half
        } else {
            simplify(&flat, self.detail)
        };
        let mut dots: Vec<Dot> = kept.iter().map(|&(x, y)| [x.round() as i32, y.round() as i32]).collect();
        dots.dedup();
        let dots: Rc<[Dot]> = dots.into();
        self.drawn.borrow_mut().insert(number, Rc::clone(&dots));
        dots
    }
}

/// Drops the points in the middle of a straight run along one axis.
fn drop_aligned(ring: &mut Vec<Dot>) {
    let mut kept: Vec<Dot> = Vec::with_capacity(ring.len());
    for &dot in ring.iter() {
        while let [.., a, b] = kept.as_slice() {
            let straight = (0..2).any(|axis| a[axis] == b[axis] && b[axis] == dot[axis]);
            if !straight {
                break;
            }
            kept.pop();
        }
        kept.push(dot);
    }
    *ring = kept;
}

/// Drops the bends that matter least, one after the other, until each that is
/// left spans at least `detail` (Visvalingam’s method); ends stay.
fn simplify(line: &[(f64, f64)], detail: f64) -> Vec<(f64, f64)> {
    let count = line.len();
    let bend = |a: usize, b: usize, c: usize| {
        let (a, b, c) = (line[a], line[b], line[c]);
        ((b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1)).abs() / 2.0
    };
    // Each point knows its neighbours among those that are left.
    let mut before: Vec<usize> = (0..count).map(|at| at.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (1..=count).collect();
    let mut is_left = vec![true; count];
    // Areas are not negative: their bits are in the order of their values.
    let inner = 1..count.saturating_sub(1);
    let own = |at: usize| if inner.contains(&at) { bend(at - 1, at, at + 1).to_bits() } else { 0 };
    let mut bends: Vec<u64> = (0..count).map(own).collect();
    let mut smallest: BinaryHeap<_> = inner.clone().map(|at| Reverse((bends[at], at))).collect();
    while let Some(Reverse((bits, at))) = smallest.pop() {
        let least = f64::from_bits(bits);
        if !is_left[at] || bits != bends[at] {
            continue;
        }
        if least >= detail {
            break;
        }
        is_left[at] = false;
        let (left, right) = (before[at], after[at]);
        (after[left], before[right]) = (right, left);
        for near in [left, right] {
            if inner.contains(&near) {
                // A bend never becomes smaller than the one that left beside it.
                bends[near] = bend(before[near], near, after[near]).max(least).to_bits();
                smallest.push(Reverse((bends[near], near)));
            }
        }
    }
    line.iter().zip(is_left).filter(|(_, is_left)| *is_left).map(|(point, _)| *point).collect()
}

fn farthest(line: &[(f64, f64)]) -> usize {
    let distance = |p: (f64, f64)| (p.0 - line[0].0).powi(2) + (p.1 - line[0].1).powi(2);
    (0..line.len()).max_by(|&a, &b| distance(line[a]).total_cmp(&distance(line[b]))).unwrap_or(0)
}

fn surface(ring: &[Dot]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| f64::from(a[0] * b[1] - b[0] * a[1])).sum::<f64>() / 2.0
}

/// Writes a line as one absolute move and relative steps, as short as SVG allows.
fn write_line(path: &mut String, dots: &[Dot]) {
    let mut last = dots[0];
    // Writing to a string cannot fail.
    let _ = write!(path, "M{} {}", last[0], last[1]);
    for (at, dot) in dots.iter().enumerate().skip(1) {
        if at == 1 {
            path.push('l');
        }
        for axis in [0, 1] {
            let step = dot[axis] - last[axis];
            if step >= 0 && !(at == 1 && axis == 0) {
                path.push(' ');
            }
            let _ = write!(path, "{step}");
        }
        last = *dot;
    }
}
