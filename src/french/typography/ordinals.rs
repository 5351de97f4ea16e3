//! Ordinals and centuries: 1er, 2e, XXIe siècle.

use super::cursor::{Cursor, is_gap};
use super::quotes::gaps_len;
use super::{Typesetter, continues_machine, is_boundary};
use crate::french::NBSP;
use crate::french::dates::MONTHS_FR;

/// Words that stay on the line of an ordinal.
const RANKED: &[&str] = &["siècle", "siècles", "s.", "République", "arrondissement"];

/// Words after which a number before a month is a day: « n° 1 mars 2026 » is not.
const BEFORE_DAYS: &[&str] =
    &["le", "du", "au", "dès", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

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
    /// A Roman numeral, when it is that of a century or a rank.
    pub(super) fn roman(&mut self, c: &mut Cursor<'_>) {
        let rest = c.rest();
        let len = rest.len() - rest.trim_start_matches(['I', 'V', 'X']).len();
        if c.prev().is_some_and(|p| p.is_alphanumeric() || matches!(p, '_' | '/' | '@' | '.' | '-')) {
            return c.skip(len);
        }
        let Some((typed, correct)) = ordinal(&rest[len..], if &rest[..len] == "I" { "1" } else { "2" }) else {
            return c.skip(len);
        };
        if rest[len..].starts_with(is_gap) {
            return c.skip(len);
        }
        c.skip(len);
        c.put(typed, correct);
        bind(c);
    }
}

/// Puts a no-break space before the words that go with an ordinal.
pub(super) fn bind(c: &mut Cursor<'_>) {
    let gap = gaps_len(c.rest());
    let rest = &c.rest()[gap..];
    if gap > 0
        && RANKED
            .iter()
            .chain(&MONTHS_FR)
            .any(|w| rest.strip_prefix(w).is_some_and(|end| is_boundary(end.chars().next())))
    {
        c.put_char(gap, NBSP);
    }
}

/// Says whether a 1 standing between these texts is the first day of a month: « le 1 mars ».
pub(super) fn is_first_day(before: &str, after: &str) -> bool {
    let gap = gaps_len(after);
    let head = before.trim_end_matches(is_gap);
    let word = &head[head.trim_end_matches(char::is_alphabetic).len()..];
    gap > 0
        && head.len() < before.len()
        && BEFORE_DAYS.iter().any(|day| day.eq_ignore_ascii_case(word))
        && MONTHS_FR
            .iter()
            .any(|month| after[gap..].strip_prefix(month).is_some_and(|end| is_boundary(end.chars().next())))
}

/// Reads the ending of an ordinal: its length as typed, spaces included, and the right spelling.
pub(super) fn ordinal(text: &str, number: &str) -> Option<(usize, &'static str)> {
    let gap = gaps_len(text);
    let rest = &text[gap..];
    if !rest.starts_with(['e', 'r', 'i', 'è']) {
        return None;
    }
    let len = rest.find(|l: char| !l.is_alphabetic()).unwrap_or(rest.len());
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
