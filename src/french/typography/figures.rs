//! Figures: thousands, decimals, units, dimensions and telephone numbers.

use super::cursor::{Cursor, is_gap};
use super::ordinals::{bind, is_first_day, ordinal};
use super::quotes::gaps_len;
use super::{Typesetter, continues_machine, is_boundary};
use crate::french::NBSP;

/// Units that stay on the line of their number, and show that it measures something.
const UNITS: &[&str] = &[
    "m",
    "km",
    "cm",
    "mm",
    "dm",
    "m²",
    "m³",
    "km²",
    "cm²",
    "km/h",
    "ha",
    "g",
    "kg",
    "mg",
    "µg",
    "t",
    "l",
    "L",
    "cl",
    "ml",
    "hl",
    "h",
    "j",
    "min",
    "s",
    "ms",
    "W",
    "kW",
    "MW",
    "GW",
    "Wh",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "V",
    "A",
    "Hz",
    "o",
    "ko",
    "Mo",
    "Go",
    "To",
    "Kio",
    "Mio",
    "Gio",
    "kbit/s",
    "Mbit/s",
    "dB",
    "px",
    "pt",
    "ETP",
    "euros",
    "euro",
    "million",
    "millions",
    "milliard",
    "milliards",
    "habitants",
    "k€",
    "K€",
    "M€",
    "Md€",
    "Mds€",
    "G€",
];

/// Words that do not say what a number counts: the line may end before them.
const LINKS: &[&str] = &[
    "a", "ai", "afin", "ainsi", "alors", "après", "au", "aux", "avait", "avant", "avec", "c", "car", "ce", "ces",
    "cette", "chez", "comme", "contre", "d", "dans", "de", "depuis", "des", "dès", "donc", "dont", "du", "elle",
    "elles", "en", "entre", "est", "et", "eu", "fut", "il", "ils", "jusqu", "l", "la", "le", "les", "leur", "leurs",
    "lors", "mais", "même", "n", "ne", "ni", "nous", "on", "ont", "or", "ou", "où", "par", "parce", "pendant", "plus",
    "pour", "puis", "qu", "quand", "que", "qui", "s", "sa", "sans", "sauf", "se", "selon", "ses", "si", "soit", "son",
    "sont", "sous", "sur", "tandis", "un", "une", "vers", "via", "voir", "vous", "y", "à", "était", "étaient", "été",
    "x",
];

/// Units that are never anything else, parted from their number even when glued to it.
const SYMBOLS: &[&str] = &[
    "km", "cm", "mm", "km²", "m²", "m³", "km/h", "ha", "kg", "kW", "MW", "kWh", "MWh", "GWh", "TWh", "Mo", "Go", "Kio",
    "Mio", "k€", "K€", "M€", "Md€", "Mds€", "G€",
];

impl Typesetter {
    /// A number, with what belongs to it.
    pub(super) fn number(&mut self, c: &mut Cursor<'_>) {
        let rest = c.rest();
        let bytes = rest.as_bytes();
        let first = digits_len(bytes);
        let prev = c.prev();
        if prev.is_some_and(|p| p.is_alphanumeric() || p == '_') {
            return c.skip(first);
        }
        let apart = prev.is_none_or(|p| !matches!(p, '.' | ',' | '/' | '-' | ':' | '#' | '@' | '+' | '&' | '\''));
        let mut ends = [0; 8];
        let mut groups = 0;
        let mut len = first;
        if apart && first <= 3 && bytes[0] != b'0' {
            while groups < ends.len()
                && let Some(end) = group_end(rest, len)
            {
                ends[groups] = len;
                groups += 1;
                len = end;
            }
        } else if apart && first == 2 && phone_len(rest).is_some() {
            return set_phone(c);
        }
        let decimals = decimals_len(&bytes[len..]);
        let dot = (decimals > 0 && bytes[len] == b'.').then_some(len);
        let end = len + decimals;
        let plain = groups == 0 && decimals == 0;
        if plain
            && apart
            && let Some((typed, correct)) = ordinal(&rest[first..], &rest[..first])
        {
            // « Guyane La 1ère » is the name of a channel.
            let named = correct == "re"
                && c.read().ends_with("La ")
                && !rest[first + typed..].trim_start_matches(is_gap).starts_with(char::is_lowercase);
            if named {
                return c.skip(first + typed);
            }
            c.skip(first);
            c.put(typed, correct);
            return bind(c);
        }
        if plain && apart && &rest[..first] == "1" && is_first_day(c.read(), &rest[first..]) {
            c.skip(first);
            c.put(0, "er");
            return bind(c);
        }
        // A year is not a quantity: « en 2014 avec » may be cut.
        let year = plain && first == 4;
        let tail = Tail::read(&rest[end..], c.after, apart, apart && !year);
        let long = plain && apart && first >= 5 && bytes[0] != b'0' && tail.counts;
        // A point is a decimal mark only where something is measured; three digits may be thousands.
        let comma = dot.filter(|_| apart && tail.measures && decimals != 4);
        if groups == 0 && !long && comma.is_none() {
            c.skip(end);
        } else if long {
            c.put(end, &grouped(&rest[..end], self.rules.thin()));
        } else {
            let mut from = 0;
            for at in &ends[..groups] {
                c.skip(at - from);
                let gap = gaps_len(&rest[*at..]);
                c.put_char(gap, self.rules.thin());
                from = at + gap;
            }
            if let Some(at) = comma {
                c.skip(at - from);
                c.put(1, ",");
                from = at + 1;
            }
            c.skip(end - from);
        }
        if let Some((gap, sign)) = times(c.rest()) {
            if gap > 0 {
                c.put_char(gap, NBSP);
            }
            c.put(sign, "×");
            let gap = gaps_len(c.rest());
            if gap > 0 {
                c.put_char(gap, NBSP);
            }
        } else if tail.binds {
            c.put_char(tail.gap, NBSP);
            // A noun is a word like the others: « 2 coeurs ».
            if tail.fixed {
                c.put(tail.len, tail.text);
            }
            if tail.text == "h" {
                let gap = gaps_len(c.rest());
                if gap > 0 && digits_len(&c.rest().as_bytes()[gap..]) == 2 {
                    c.put_char(gap, NBSP);
                }
            }
        }
    }
}

/// What follows a number: a percent sign, a currency, a unit.
struct Tail<'t> {
    gap: usize,
    len: usize,
    text: &'t str,
    /// Whether it is a sign or a unit, written as it is here.
    fixed: bool,
    /// Whether a no-break space comes between.
    binds: bool,
    /// Whether it shows that the number is a measure.
    measures: bool,
    /// Whether it is something of which thousands are counted.
    counts: bool,
}

impl<'t> Tail<'t> {
    fn read(text: &'t str, after: Option<char>, apart: bool, noun: bool) -> Self {
        let none = Self { gap: 0, len: 0, text: "", fixed: true, binds: false, measures: false, counts: false };
        let gap = gaps_len(text);
        let rest = &text[gap..];
        let Some(sign) = rest.chars().next() else {
            // The sign may stand in the next text of the paragraph.
            let binds = gap > 0 && after.is_some_and(|a| matches!(a, '%' | '‰' | '€'));
            return Self { gap, binds, ..none };
        };
        if matches!(sign, '%' | '‰' | '€' | '$' | '£' | '¥' | '฿' | 'Ω') {
            let len = sign.len_utf8();
            let ends = is_boundary(rest[len..].chars().next()) && (apart || gap > 0);
            return Self {
                gap,
                len,
                text: &rest[..len],
                fixed: true,
                binds: ends,
                measures: ends,
                counts: ends && sign == '€',
            };
        }
        if rest.starts_with("°C") || rest.starts_with("°F") {
            let ends = is_boundary(rest[3..].chars().next());
            return Self { gap, len: 3, text: &rest[..3], fixed: true, binds: ends, measures: ends, counts: false };
        }
        if !sign.is_alphabetic() || (gap == 0 && !apart) {
            return none;
        }
        let len = rest
            .char_indices()
            .find(|(i, l)| {
                !(l.is_alphabetic()
                    || matches!(l, '€' | '²' | '³')
                    || (*l == '/' && rest[i + 1..].starts_with(['h', 's'])))
            })
            .map_or(rest.len(), |(i, _)| i);
        let word = &rest[..len];
        // « 50 m2 » is a surface.
        let powered = match (word, rest.as_bytes()[len..].first()) {
            ("m", Some(b'2')) => Some("m²"),
            ("m", Some(b'3')) => Some("m³"),
            ("km", Some(b'2')) => Some("km²"),
            _ => None,
        };
        let (len, text) = match powered {
            Some(power) if is_boundary(rest[len + 1..].chars().next()) => (len + 1, power),
            Some(_) => return none,
            None => (len, word),
        };
        let end = &rest[len..];
        // « 1.4 s’applique »: an elided word is no unit.
        let elided =
            end.strip_prefix(['\'', '’', '‘', '`', '´']).is_some_and(|next| next.starts_with(char::is_alphabetic));
        if elided || !is_boundary(end.chars().next()) || (!end.starts_with('-') && continues_machine(end)) {
            return none;
        }
        let unit = UNITS.contains(&text);
        let binds = if gap == 0 {
            SYMBOLS.contains(&text)
        } else {
            unit || (noun && sign.is_lowercase() && !LINKS.contains(&text))
        };
        let counts = matches!(text, "euros" | "habitants" | "k€" | "M€");
        Self { gap, len, text, fixed: unit, binds, measures: unit && (gap > 0 || binds), counts }
    }
}

/// Reads the sign between two dimensions: the spaces before it and its length.
///
/// « 3 x 4 » and « 4x4 m » are dimensions; « 4x4 » may be a vehicle.
fn times(text: &str) -> Option<(usize, usize)> {
    let gap = gaps_len(text);
    let sign = text[gap..].chars().next().filter(|s| matches!(s, 'x' | '×'))?.len_utf8();
    let rest = &text[gap + sign..];
    let second = gaps_len(rest);
    let digits = digits_len(&rest.as_bytes()[second..]);
    if digits == 0 || (gap > 0) != (second > 0) {
        return None;
    }
    let end = &rest[second + digits..];
    let measured = UNITS.iter().any(|unit| {
        let after = end.trim_start_matches(is_gap).strip_prefix(unit);
        after.is_some_and(|after| is_boundary(after.chars().next()))
    });
    (is_boundary(end.chars().next()) && (gap > 0 || measured)).then_some((gap, sign))
}

fn digits_len(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Returns the end of the group of three digits that continues a number at `at`, after spaces.
fn group_end(text: &str, at: usize) -> Option<usize> {
    let gap = gaps_len(&text[at..]);
    let start = at + gap;
    (gap > 0 && digits_len(&text.as_bytes()[start..]) == 3).then_some(start + 3)
}

/// Returns the length of « ,5 » or « .25 ».
fn decimals_len(bytes: &[u8]) -> usize {
    if !matches!(bytes.first(), Some(b',' | b'.')) {
        return 0;
    }
    let digits = digits_len(&bytes[1..]);
    let more =
        matches!(bytes.get(1 + digits), Some(b'.' | b',')) && bytes.get(2 + digits).is_some_and(u8::is_ascii_digit);
    if digits == 0 || more { 0 } else { 1 + digits }
}

/// Returns the length of a French telephone number in five groups of two digits.
fn phone_len(text: &str) -> Option<usize> {
    let mut at = 2;
    if !text.starts_with('0') {
        return None;
    }
    for _ in 0..4 {
        let gap = gaps_len(&text[at..]);
        at += gap;
        if gap == 0 || digits_len(&text.as_bytes()[at..]) != 2 {
            return None;
        }
        at += 2;
    }
    Some(at)
}

fn set_phone(c: &mut Cursor<'_>) {
    c.skip(2);
    for _ in 0..4 {
        let gap = gaps_len(c.rest());
        c.put_char(gap, NBSP);
        c.skip(2);
    }
}

/// Writes digits in groups of three.
fn grouped(digits: &str, thin: char) -> String {
    let mut out = String::with_capacity(digits.len() + 9);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(thin);
        }
        out.push(digit);
    }
    out
}
