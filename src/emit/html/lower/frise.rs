//! A trajectory on one scale: each date as long as it lasts or as it is imprecise, those without an end running on; the list below says the same.

use std::fmt::Write as _;

use crate::doc::Milestone;
use crate::french::{Date, When};

/// The height of a line of dates, in pixels.
const LANE: f64 = 20.0;
/// What stands under the dates: the axis and its years.
const AXIS: f64 = 30.0;
/// How far two dates of one line stay apart, in percent of the width: a point and a half on a phone.
const APART: f64 = 5.0;
/// The margins, in percent: a year written under the first tick is not cut.
const MARGIN: f64 = 6.0;
/// The most years written under the axis.
const MOST_TICKS: f64 = 5.0;

/// Draws the dates of a trajectory; nothing when they are too few or too close to make a scale.
pub(super) fn draw(milestones: &[Milestone]) -> String {
    let spans: Vec<Span> = milestones.iter().map(|milestone| Span::of(&milestone.when)).collect();
    let first = spans.iter().map(|span| span.from).fold(f64::MAX, f64::min).floor();
    let last = spans.iter().map(|span| span.to).fold(f64::MIN, f64::max).ceil();
    if spans.len() < 2 || last - first < 2.0 || last - first > 5000.0 {
        return String::new();
    }
    let at = |year: f64| MARGIN + (year - first) / (last - first) * (100.0 - 2.0 * MARGIN);
    let mut lanes: Vec<f64> = Vec::new();
    let mut lines = String::new();
    for span in &spans {
        let (from, to) = (at(span.from), at(span.to));
        let (left, right) = match span.open {
            Open::No => (from, to),
            Open::After => (from, 100.0),
            Open::Before => (0.0, to),
        };
        let lane = lanes.iter().position(|taken| *taken + APART <= left).unwrap_or(lanes.len());
        match lanes.get_mut(lane) {
            Some(taken) => *taken = right,
            None => lanes.push(right),
        }
        let y = LANE * (lane as f64 + 0.6);
        match span.open {
            Open::No => {}
            Open::After => write_line(&mut lines, "ouvert", to, 100.0, y),
            Open::Before => write_line(&mut lines, "ouvert", 0.0, from, y),
        }
        write_line(&mut lines, "date", from, to, y);
    }
    let axis = LANE * lanes.len() as f64 + 6.0;
    let mut out = format!("<svg class=\"frise\" width=\"100%\" height=\"{:.0}\" aria-hidden=\"true\">", axis + AXIS);
    write_line(&mut out, "axe", 0.0, 100.0, axis);
    let step = step(last - first);
    let mut year = (first / step).ceil() * step;
    while year <= last {
        let x = at(year);
        let _ = write!(
            out,
            "<line class=\"axe\" x1=\"{x:.1}%\" x2=\"{x:.1}%\" y1=\"{axis:.0}\" y2=\"{:.0}\"/>\
             <text x=\"{x:.1}%\" y=\"{:.0}\" text-anchor=\"middle\">{year:.0}</text>",
            axis + 6.0,
            axis + 24.0
        );
        year += step;
    }
    out.push_str(&lines);
    out.push_str("</svg>\n");
    out
}

/// The years between two ticks.
fn step(years: f64) -> f64 {
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    steps.into_iter().find(|step| years / step <= MOST_TICKS).unwrap_or(1000.0)
}

fn write_line(out: &mut String, class: &str, from: f64, to: f64, y: f64) {
    let _ = write!(
        out,
        "<line class=\"{class}\" x1=\"{from:.1}%\" x2=\"{:.1}%\" y1=\"{y:.0}\" y2=\"{y:.0}\"/>",
        to.max(from + 0.05)
    );
}

/// The part of the scale that a date takes, in years.
struct Span {
    from: f64,
    to: f64,
    open: Open,
}

/// Where a date has no bound.
enum Open {
    No,
    After,
    Before,
}

impl Span {
    fn of(when: &When) -> Self {
        match when {
            When::At(moment) => Self { from: years(moment.earliest()), to: years(moment.latest()), open: Open::No },
            When::Range(first, last) => {
                Self { from: years(first.earliest()), to: years(last.latest()), open: Open::No }
            }
            When::Since(moment) => {
                Self { from: years(moment.earliest()), to: years(moment.latest()), open: Open::After }
            }
            When::Until(moment) => {
                Self { from: years(moment.earliest()), to: years(moment.latest()), open: Open::Before }
            }
        }
    }
}

fn years(date: Date) -> f64 {
    f64::from(date.year()) + (f64::from(date.month()) - 1.0) / 12.0 + (f64::from(date.day()) - 1.0) / 372.0
}
