//! Colours of maps: written into the drawing, so that it stands alone in a PDF
//! or another site, and open to a stylesheet through classes.

/// The colours a map is drawn with, as CSS colours.
///
/// They are written as attributes, which any CSS rule overrides: on a page that
/// carries [`STYLE`](super::STYLE) the custom properties decide instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Land.
    pub land: &'static str,
    /// Borders between départements, and what surrounds marks: the paper’s colour.
    pub paper: &'static str,
    /// The territory that is lit, and marks.
    pub accent: &'static str,
    /// Text that stands on the accent.
    pub on_accent: &'static str,
    /// The point of a place.
    pub point: &'static str,
    /// Text and thin lines.
    pub ink: &'static str,
}

impl Palette {
    /// For white paper, in colour.
    pub const COLOUR: Palette = Palette {
        land: "#e4e0d6",
        paper: "#ffffff",
        accent: "#0b6b66",
        on_accent: "#ffffff",
        point: "#d1432f",
        ink: "#3c3a36",
    };

    /// For printing in black alone.
    pub const BLACK: Palette = Palette {
        land: "#e6e6e6",
        paper: "#ffffff",
        accent: "#4d4d4d",
        on_accent: "#ffffff",
        point: "#000000",
        ink: "#1a1a1a",
    };
}
