//! Reads the dates that writers type in bold or between braces.

use crate::diag::Said;
use crate::french::When;
use crate::french::dates::BadDate;
use crate::say;

/// Reads a date as precise as it is written; the mark that ends it is not part of it.
pub(super) fn read(text: &str) -> Result<When, BadDate> {
    When::parse(text.trim().trim_end_matches([':', ',', '–', '—']).trim_end())
}

/// Reads a date, and the time of day that an agenda may give after it: « 12 mars 2027, 14 h ».
pub(super) fn read_before(typed: &str) -> Result<(When, &str), BadDate> {
    let (when, detail) = parted(typed)?;
    impossible_hour(detail).map_or(Ok((when, detail)), |hour| Err(BadDate::Hour(hour.to_owned())))
}

/// Parts a date from what follows it.
fn parted(typed: &str) -> Result<(When, &str), BadDate> {
    let mut bad = match read(typed) {
        Ok(when) => return Ok((when, "")),
        Err(bad) => bad,
    };
    for mark in [",", " à ", " de ", " – ", " : "] {
        let Some((date, detail)) = typed.split_once(mark) else { continue };
        let detail = if mark.trim().chars().all(char::is_alphabetic) { &typed[date.len()..] } else { detail };
        match read(date) {
            Ok(when) => return Ok((when, detail.trim())),
            // A day that does not exist says more than what follows it.
            Err(wrong @ (BadDate::Day(..) | BadDate::Weekday(..))) => bad = wrong,
            Err(_) => {}
        }
    }
    // « 12 mars 2027 14h30 »: the comma is often left out.
    let hour = typed.match_indices(' ').find(|(at, _)| is_hour(&typed[at + 1..]));
    if let Some((at, _)) = hour
        && let Ok(when) = read(&typed[..at])
    {
        return Ok((when, typed[at..].trim()));
    }
    Err(bad)
}

/// Says whether a text begins with an hour: « 14h30 », « 9 h ».
fn is_hour(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_short = (1..=2).contains(&(text.len() - rest.len()));
    is_short && rest.trim_start().strip_prefix(['h', 'H']).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// Returns the first hour that no clock shows at the beginning of a text: « 25 h », « de 9 h à 18h75 ».
///
/// Further on, and before « de », hours are a length: « formation de 35 h », « 30 h de cours ».
fn impossible_hour(text: &str) -> Option<&str> {
    const BETWEEN: &[&str] = &["à partir de", "jusqu’à", "jusqu'à", "de", "dès", "à", "et", "-", "–", "—", ","];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let above = |number: &str, most: u32| number.parse().is_ok_and(|number: u32| number > most);
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(after) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
            continue;
        }
        if !is_hour(rest) {
            return None;
        }
        let (hours, after) = rest.split_at(digits(rest));
        let mark = after.find(['h', 'H'])? + 1;
        let spaced = after[mark..].trim_start();
        let minutes = &spaced[..digits(spaced)];
        let end = if minutes.is_empty() { hours.len() + mark } else { rest.len() - spaced.len() + minutes.len() };
        let is_length = ["de ", "d’", "d'"].iter().any(|of| rest[end..].trim_start().starts_with(of));
        if !is_length && (above(hours, 24) || minutes.len() == 2 && above(minutes, 59)) {
            return Some(&rest[..end]);
        }
        rest = &rest[end..];
    }
}

/// Says what to write instead.
pub(super) fn help() -> Said {
    let help = BadDate::help();
    say!(
        "{help}",
        "write for instance 2026-05-12, 12/05/2026, 2026-05, 2026, 2018-12/2019-01, depuis 2014 or hiver 2018-2019"
    )
}
