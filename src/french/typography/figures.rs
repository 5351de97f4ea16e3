//! Figures: thousands, decimals, units, ordinals and centuries.

use super::cursor::{Cursor, is_gap};
use super::quotes::gaps_len;
use super::{Typesetter, continues_machine, is_boundary};
use crate::french::NBSP;

/// Units and nouns that stay on the line of their number.
const NOUNS: &[&str] = &[
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
    "a",
    "g",
    "kg",
    "mg",
    "t",
    "l",
    "L",
    "cl",
    "ml",
    "hl",
    "h",
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
    "ans",
    "an",
    "mois",
    "jours",
    "jour",
    "heures",
    "heure",
    "minutes",
    "minute",
    "secondes",
    "semaines",
    "semaine",
    "euros",
    "euro",
    "centimes",
    "million",
    "millions",
    "milliard",
    "milliards",
    "mètres",
    "mètre",
    "kilomètres",
    "kilomètre",
    "hectares",
    "hectare",
    "tonnes",
    "tonne",
    "kilos",
    "litres",
    "habitants",
    "habitant",
    "ETP",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "k€",
    "K€",
    "M€",
    "Md€",
    "Mds€",
    "G€",
];

/// Units that are never anything else, parted from their number even when glued to it.
const SYMBOLS: &[&str] = &[
    "km", "cm", "mm", "km²", "m²", "m³", "km/h", "ha", "kg", "kW", "MW", "kWh", "MWh", "GWh",
    "TWh", "Mo", "Go", "Kio", "Mio", "k€", "K€", "M€", "Md€", "Mds€", "G€",
];

/// Endings of ordinals: as typed, as they should be, and whether they are those of 1.
const ORDINALS: &[(&str, &str, bool)] = &[
    ("ières", "res", true),
    ("ière", "re", true),
    ("ieres", "res", true),
    ("iere", "re", true),
    ("iers", "ers", true),
    ("ier", "er", true),
    ("ères", "res", true),
    ("ère", "re", true),
    ("eres", "res", true),
    ("ere", "re", true),
    ("ers", "ers", true),
    ("er", "er", true),
    ("res", "res", true),
    ("re", "re", true),
    ("ièmes", "es", false),
    ("ième", "e", false),
    ("iemes", "es", false),
    ("ieme", "e", false),
    ("èmes", "es", false),
    ("ème", "e", false),
    ("emes", "es", false),
    ("eme", "e", false),
    ("è", "e", false),
    ("es", "es", false),
    ("e", "e", false),
];

impl Typesetter {
    /// A number, with what belongs to it.
    pub(super) fn number(&mut self, c: &mut Cursor<'_>) {
        let rest = c.rest();
        let bytes = rest.as_bytes();
        let first = digits_len(bytes);
        let prev = c.prev_read();
        if prev.is_some_and(|p| p.is_alphanumeric() || p == '_') {
            return c.skip(first);
        }
        let apart =
            prev.is_none_or(|p| !matches!(p, '.' | ',' | '/' | '-' | ':' | '#' | '@' | '+' | '\''));
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
            c.skip(first);
            c.put(typed, correct);
            return bind(
                c,
                &[
                    "siècle",
                    "siècles",
                    "arrondissement",
                    "janvier",
                    "février",
                    "mars",
                    "avril",
                    "mai",
                    "juin",
                    "juillet",
                    "août",
                    "septembre",
                    "octobre",
                    "novembre",
                    "décembre",
                ],
            );
        }
        let tail = Tail::read(&rest[end..], c.after, apart);
        let long = plain && apart && first >= 5 && bytes[0] != b'0' && tail.counts;
        // A point is a decimal mark only where something is measured; three digits may be thousands.
        let comma = dot.filter(|_| tail.measures && decimals != 4);
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
        if tail.binds {
            c.put_char(tail.gap, NBSP);
            c.put(tail.len, tail.text);
            if tail.text == "h" {
                let gap = gaps_len(c.rest());
                if gap > 0 && digits_len(&c.rest().as_bytes()[gap..]) == 2 {
                    c.put_char(gap, NBSP);
                }
            }
        }
    }

    /// A Roman numeral, when it is that of a century or a rank.
    pub(super) fn roman(&mut self, c: &mut Cursor<'_>) {
        let rest = c.rest();
        let len = rest.len() - rest.trim_start_matches(['I', 'V', 'X']).len();
        if c.prev_read()
            .is_some_and(|p| p.is_alphanumeric() || matches!(p, '_' | '/' | '@' | '.' | '-'))
        {
            return c.skip(len);
        }
        let Some((typed, correct)) =
            ordinal(&rest[len..], if &rest[..len] == "I" { "1" } else { "2" })
        else {
            return c.skip(len);
        };
        if rest[len..].starts_with(is_gap) {
            return c.skip(len);
        }
        c.skip(len);
        c.put(typed, correct);
        bind(
            c,
            &["siècle", "siècles", "s.", "République", "arrondissement"],
        );
    }
}

/// What follows a number: a percent sign, a currency, a unit.
struct Tail<'t> {
    gap: usize,
    len: usize,
    text: &'t str,
    /// Whether a no-break space comes between.
    binds: bool,
    /// Whether it shows that the number is a measure.
    measures: bool,
    /// Whether it is something of which thousands are counted.
    counts: bool,
}

impl<'t> Tail<'t> {
    fn read(text: &'t str, after: Option<char>, apart: bool) -> Self {
        let none = Self {
            gap: 0,
            len: 0,
            text: "",
            binds: false,
            measures: false,
            counts: false,
        };
        let gap = gaps_len(text);
        let rest = &text[gap..];
        let Some(sign) = rest.chars().next() else {
            // The sign may stand in the next text of the paragraph.
            let binds = gap > 0 && after.is_some_and(|a| matches!(a, '%' | '‰' | '€'));
            return Self { gap, binds, ..none };
        };
        if matches!(sign, '%' | '‰' | '€' | '$' | '£') {
            let len = sign.len_utf8();
            let ends = is_boundary(rest[len..].chars().next()) && (apart || gap > 0);
            return Self {
                gap,
                len,
                text: &rest[..len],
                binds: ends,
                measures: ends,
                counts: ends && sign == '€',
            };
        }
        if rest.starts_with("°C") || rest.starts_with("°F") {
            let ends = is_boundary(rest[3..].chars().next());
            return Self {
                gap,
                len: 3,
                text: &rest[..3],
                binds: ends,
                measures: ends,
                counts: false,
            };
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
        let powered = match (word, rest[len..].as_bytes().first()) {
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
        if !is_boundary(rest[len..].chars().next()) || continues_machine(&rest[len..]) {
            return none;
        }
        let known = if gap == 0 {
            SYMBOLS.contains(&text)
        } else {
            NOUNS.contains(&text)
        };
        let counts = known && matches!(text, "euros" | "habitants" | "k€" | "M€");
        Self {
            gap,
            len,
            text,
            binds: known,
            measures: known && text.len() < 6,
            counts,
        }
    }
}

/// Puts a no-break space before the words that go with an ordinal.
fn bind(c: &mut Cursor<'_>, words: &[&str]) {
    let gap = gaps_len(c.rest());
    let rest = &c.rest()[gap..];
    if gap > 0
        && words.iter().any(|w| {
            rest.strip_prefix(w)
                .is_some_and(|end| is_boundary(end.chars().next()))
        })
    {
        c.put_char(gap, NBSP);
    }
}

/// Reads the ending of an ordinal: its length as typed, spaces included, and the right spelling.
fn ordinal(text: &str, number: &str) -> Option<(usize, &'static str)> {
    let gap = gaps_len(text);
    let rest = &text[gap..];
    if !rest.starts_with(['e', 'r', 'i', 'è']) {
        return None;
    }
    let len = rest
        .find(|l: char| !l.is_alphabetic())
        .unwrap_or(rest.len());
    let word = &rest[..len];
    if continues_machine(&rest[len..]) || rest[len..].starts_with(|l: char| l.is_numeric()) {
        return None;
    }
    let (typed, correct, first) = ORDINALS.iter().find(|(typed, ..)| *typed == word)?;
    // « 1 er » and « 2 ème » are slips; « 2 e » might begin anything.
    if gap > 0 && (typed.len() < 2 || matches!(*typed, "es" | "re" | "res")) {
        return None;
    }
    (*first == (number == "1")).then_some((gap + len, correct))
}

fn digits_len(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Returns the end of the group of three digits that continues a number at `at`, after one space.
fn group_end(text: &str, at: usize) -> Option<usize> {
    let space = text[at..].chars().next().filter(|c| is_gap(*c))?;
    let start = at + space.len_utf8();
    let bytes = &text.as_bytes()[start..];
    (digits_len(bytes) == 3).then_some(start + 3)
}

/// Returns the length of « ,5 » or « .25 ».
fn decimals_len(bytes: &[u8]) -> usize {
    if !matches!(bytes.first(), Some(b',' | b'.')) {
        return 0;
    }
    let digits = digits_len(&bytes[1..]);
    let more = matches!(bytes.get(1 + digits), Some(b'.' | b','))
        && bytes.get(2 + digits).is_some_and(u8::is_ascii_digit);
    if digits == 0 || more { 0 } else { 1 + digits }
}

/// Returns the length of a French telephone number in five groups of two digits.
fn phone_len(text: &str) -> Option<usize> {
    let mut at = 2;
    if !text.starts_with('0') {
        return None;
    }
    for _ in 0..4 {
        let space = text[at..].chars().next().filter(|c| is_gap(*c))?;
        at += space.len_utf8();
        if digits_len(&text.as_bytes()[at..]) != 2 {
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
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(thin);
        }
        out.push(digit);
    }
    out
}
