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

/// Returns the first hour of a text that no clock shows: « 25 h », « 18h75 ».
fn impossible_hour(text: &str) -> Option<&str> {
    let starts = text
        .char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && !text[..*at].ends_with(|before: char| before.is_alphanumeric()));
    starts.map(|(at, _)| &text[at..]).filter(|rest| is_hour(rest)).find_map(|rest| {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (hours, after) = rest.split_at(digits(rest));
        let mark = after.find(['h', 'H'])? + 1;
        let minutes = after[mark..].trim_start();
        let minutes = &minutes[..digits(minutes)];
        let above = |number: &str, most: u32| number.parse().is_ok_and(|number: u32| number > most);
        let length = match minutes.is_empty() {
            true => hours.len() + mark,
            false => rest.len() - after[mark..].trim_start().len() + minutes.len(),
        };
        (above(hours, 24) || minutes.len() == 2 && above(minutes, 59)).then(|| &rest[..length])
    })
}

/// Says what to write instead.
pub(super) fn help() -> Said {
    let help = BadDate::help();
    say!(
        "{help}",
        "write for instance 2026-05-12, 12/05/2026, 2026-05, 2026, 2018-12/2019-01, depuis 2014 or hiver 2018-2019"
    )
}
