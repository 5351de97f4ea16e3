//! The colours of a letter in an e-mail: those of the theme's `css/tokens.css`, as plain hexadecimal values, since e-mails know no variables.

use serde::Serialize;

use crate::theme::Theme;

/// A colour with its three parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Every colour that an e-mail uses, by day; names that end in `_nuit` are those of the dark mode. `couleurs` in templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// The letter's colour: bands, titles, links.
    pub fort: String,
    pub fort_nuit: String,
    /// Text that stands on the letter's colour.
    pub sur_fort: String,
    /// The large number that stands on it, fainter.
    pub sur_fort_doux: String,
    /// The ground of cards and boxes: a hint of the letter's colour.
    pub pale: String,
    pub pale_nuit: String,
    /// The ground of the text.
    pub papier: String,
    pub papier_nuit: String,
    /// The ground around it.
    pub fond: String,
    pub fond_nuit: String,
    pub encre: String,
    pub encre_nuit: String,
    /// Captions, dates, the foot.
    pub encre_douce: String,
    pub encre_douce_nuit: String,
    /// Thin rules.
    pub filet: String,
    pub filet_nuit: String,
}

/// The stylesheet that names the colours.
pub const TOKENS: &str = "css/tokens.css";

/// What is announced, in an old-style serif; what is read, in a humanist sans.
pub const SERIF: &str = "Palatino,'Palatino Linotype','Book Antiqua',Georgia,serif";
pub const SANS: &str = "'Avenir Next','Segoe UI',Helvetica,Arial,sans-serif";

impl Look {
    /// Returns the colours of a letter whose `couleur` is this name; an unknown name has the theme's first colour.
    pub fn of(theme: &Theme, teinte: &str) -> Look {
        // What a sheet adds to the tokens is said after them on the pages: here the first to speak is heard.
        let sheets = theme.components().rev().chain(theme.file(TOKENS));
        let css: String = sheets.filter_map(|bytes| std::str::from_utf8(bytes).ok()).collect();
        let css = css.as_str();
        let (fort, clair) =
            tint(css, teinte).or_else(|| tint(css, "")).unwrap_or((Rgb(0x1d, 0x54, 0x43), Rgb(0x93, 0xd3, 0xb9)));
        let pair = |name: &str, day: Rgb, night: Rgb| both(css, name).unwrap_or((day, night));
        let (papier, papier_nuit) = pair("papier", Rgb(0xfd, 0xfb, 0xf6), Rgb(0x18, 0x16, 0x13));
        let (fond, fond_nuit) = pair("papier-2", Rgb(0xf5, 0xf0, 0xe5), Rgb(0x23, 0x20, 0x1b));
        let (encre, encre_nuit) = pair("encre", Rgb(0x1d, 0x1a, 0x15), Rgb(0xf0, 0xea, 0xdf));
        let (douce, douce_nuit) = pair("encre-2", Rgb(0x5c, 0x55, 0x48), Rgb(0xb9, 0xb0, 0xa0));
        let (filet, filet_nuit) = pair("filet", Rgb(0xd9, 0xd0, 0xbf), Rgb(0x40, 0x3a, 0x31));
        let sur_fort = single(css, "sur-champ").unwrap_or(Rgb(0xfd, 0xf8, 0xee));
        Look {
            fort: hex(fort),
            fort_nuit: hex(clair),
            sur_fort: hex(sur_fort),
            sur_fort_doux: hex(mixed(sur_fort, fort, 62)),
            pale: hex(mixed(fort, papier, 8)),
            pale_nuit: hex(mixed(clair, papier_nuit, 12)),
            papier: hex(papier),
            papier_nuit: hex(papier_nuit),
            fond: hex(fond),
            // By night the page is the darker of the two grounds, and the text stands on the lighter one.
            fond_nuit: hex(fond_nuit),
            encre: hex(encre),
            encre_nuit: hex(encre_nuit),
            encre_douce: hex(douce),
            encre_douce_nuit: hex(douce_nuit),
            filet: hex(filet),
            filet_nuit: hex(filet_nuit),
        }
    }

    /// Returns the lowest contrast among the pairs of colours that carry text, and the two colours.
    pub fn weakest(&self) -> (f64, &str, &str) {
        let pairs = [
            (&self.fort, &self.papier),
            (&self.fort, &self.pale),
            (&self.sur_fort, &self.fort),
            (&self.encre, &self.papier),
            (&self.encre_douce, &self.fond),
            (&self.fort_nuit, &self.papier_nuit),
            (&self.fort_nuit, &self.pale_nuit),
            (&self.encre_nuit, &self.papier_nuit),
            (&self.encre_douce_nuit, &self.fond_nuit),
        ];
        let measured = pairs.into_iter().map(|(ink, ground)| (contrast(ink, ground), ink.as_str(), ground.as_str()));
        measured.min_by(|left, right| left.0.total_cmp(&right.0)).unwrap_or((21.0, "", ""))
    }
}

/// Returns the contrast of two colours written `#rrggbb`, from 1 to 21 (WCAG 2.2, 1.4.3).
pub fn contrast(one: &str, other: &str) -> f64 {
    let light = |colour: &str| {
        let Rgb(red, green, blue) = read(colour).unwrap_or(Rgb(0, 0, 0));
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Reads `#rgb` or `#rrggbb`.
pub fn read(colour: &str) -> Option<Rgb> {
    let digits = colour.trim().strip_prefix('#')?;
    let part = |from: usize, length: usize| u8::from_str_radix(digits.get(from..from + length)?, 16).ok();
    match digits.len() {
        3 => Some(Rgb(part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17)),
        6 => Some(Rgb(part(0, 2)?, part(2, 2)?, part(4, 2)?)),
        _ => None,
    }
}

fn hex(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Mixes two colours; `share` is the percentage of the first.
fn mixed(one: Rgb, other: Rgb, share: u16) -> Rgb {
    let mix = |one: u8, other: u8| {
        u8::try_from((u16::from(one) * share + u16::from(other) * (100 - share)) / 100).unwrap_or(u8::MAX)
    };
    Rgb(mix(one.0, other.0), mix(one.1, other.1), mix(one.2, other.2))
}

/// Returns the two values of `.teinte-nom { --fort: …; --clair: …; }`; of the first such rule for an empty name.
fn tint(css: &str, name: &str) -> Option<(Rgb, Rgb)> {
    let selector = format!(".teinte-{name}");
    let start = css.match_indices(&selector).map(|(at, _)| at + selector.len()).find(|end| {
        let next = css[*end..].chars().next();
        name.is_empty() || !next.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_')
    })?;
    let rule = css[start..].split_once('{')?.1.split_once('}')?.0;
    Some((single(rule, "fort")?, single(rule, "clair")?))
}

/// Returns the value of `--nom: #…;`.
fn single(css: &str, name: &str) -> Option<Rgb> {
    read(value(css, name)?)
}

/// Returns the two values of `--nom: light-dark(#…, #…);`.
fn both(css: &str, name: &str) -> Option<(Rgb, Rgb)> {
    let (day, night) = value(css, name)?.strip_prefix("light-dark(")?.trim_end_matches(')').split_once(',')?;
    Some((read(day)?, read(night)?))
}

fn value<'c>(css: &'c str, name: &str) -> Option<&'c str> {
    let key = format!("--{name}:");
    let after = css.split_once(&key)?.1;
    Some(after.split([';', '}']).next()?.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_from_the_stylesheet() {
        let css = ":root, .teinte-a { --fort: #1d5443; --clair: #93d3b9; }\n.teinte-ab { --fort: #000; --clair: #fff; }\n--papier: light-dark(#fdfbf6, #181613);";
        assert_eq!(tint(css, "ab"), Some((Rgb(0, 0, 0), Rgb(255, 255, 255))));
        assert_eq!(tint(css, "a"), Some((Rgb(0x1d, 0x54, 0x43), Rgb(0x93, 0xd3, 0xb9))));
        assert_eq!(tint(css, ""), tint(css, "a"));
        assert_eq!(tint(css, "inconnue"), None);
        assert_eq!(both(css, "papier"), Some((Rgb(0xfd, 0xfb, 0xf6), Rgb(0x18, 0x16, 0x13))));
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
        assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
    }
}
