//! Draws maps as SVG text: a locator that stands beside an example, and
//! overviews with proportional marks.

mod draw;
mod labels;
mod locator;
mod marks;
mod overview;
mod palette;
mod panel;
mod project;

pub use locator::{Locator, locator, locator_base, locator_point, thumbnail};
pub use marks::Mark;
pub use overview::{Frame, Motif, Overview, overview};
pub use palette::Palette;

/// The stylesheet that gives maps the page’s colours, in light, dark and print.
pub const STYLE: &str = include_str!("carte.css");

/// A finished drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    /// The `<svg>` element.
    pub markup: String,
    /// Its width, in its own units.
    pub width: u32,
    /// Its height, in the same units.
    pub height: u32,
}

/// Writes text so that it stands in an element or a quoted attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in XML, even escaped.
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            c => out.push(c),
        }
    }
    out
}
