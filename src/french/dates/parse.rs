//! Reads dates, as computers write them and as people do.

use std::fmt;

use serde::de;

use super::print::{DAYS_EN, DAYS_FR, MONTHS_EN, MONTHS_FR, month_index, weekday_index};
use super::words::{about, day_number, on, part_of_year, weekday, words};
use super::{Date, Moment, Season, When};
use crate::french::{Lang, fold};

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadDate {
    /// Nothing was written.
    Empty,
    /// No known form of date.
    Unknown(String),
    /// There is no such month.
    Month(i64),
    /// There is no such day in that month of that year.
    Day(i64, i8, i16),
    /// The day of the week is another one: what was typed, the date.
    Weekday(usize, Date),
    /// There is no such hour: what was typed.
    Hour(String),
    /// The period ends before it begins.
    Backwards(String),
    /// The year has a form of its own or is out of range.
    Year(String),
}

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "la date est vide"),
            Self::Unknown(text) => write!(f, "« {text} » n’est pas une date reconnue"),
            Self::Month(month) => write!(f, "il n’y a pas de mois numéro {month}"),
            Self::Day(day, month, year) => write!(f, "il n’y a pas de {day} {} {year}", MONTHS_FR[month_index(*month)]),
            Self::Weekday(typed, day) => {
                let (typed, name) = (DAYS_FR[*typed], DAYS_FR[weekday_index(*day)]);
                write!(f, "le {} est un {name}, pas un {typed}", When::from(*day).long(Lang::Fr))
            }
            Self::Hour(typed) => write!(f, "« {typed} » n’est pas une heure"),
            Self::Backwards(text) => write!(f, "« {text} » finit avant de commencer"),
            Self::Year(text) => write!(f, "« {text} » n’est pas une année sur quatre chiffres"),
        }
    }
}

impl BadDate {
    /// Returns the same reason in English.
    pub fn english(&self) -> String {
        match self {
            Self::Empty => "the date is empty".to_owned(),
            Self::Unknown(text) => format!("“{text}” is not a known form of date"),
            Self::Month(month) => format!("there is no month number {month}"),
            Self::Day(day, month, year) => format!("there is no {day} {} {year}", MONTHS_EN[month_index(*month)]),
            Self::Weekday(typed, day) => {
                let (typed, name) = (DAYS_EN[*typed], DAYS_EN[weekday_index(*day)]);
                format!("{} is a {name}, not a {typed}", When::from(*day).long(Lang::En))
            }
            Self::Hour(typed) => format!("“{typed}” is not a time of day"),
            Self::Backwards(text) => format!("“{text}” ends before it begins"),
            Self::Year(text) => format!("“{text}” is not a year of four figures"),
        }
    }

    /// Returns what to write instead, in French.
    pub fn help() -> &'static str {
        "écrivez par exemple 2026-05-12, 12/05/2026, 2026-05, 2026, 2018-12/2019-01, depuis 2014 ou hiver 2018-2019"
    }
}

impl std::error::Error for BadDate {}

/// Reads a whole date.
pub(super) fn parse(text: &str) -> Result<When, BadDate> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '"'));
    if text.is_empty() {
        return Err(BadDate::Empty);
    }
    if text.len() > 200 {
        return Err(BadDate::Unknown(text.chars().take(40).collect()));
    }
    let folded = fold(text).replace(['–', '—'], "-");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let plain = words.join(" ");
    // « dès 2014 » begins, « des années 1990 à 2012 » begins and ends.
    let ends = SEPARATORS.iter().any(|separator| plain.contains(separator));
    let decades = strip_words(&plain, &["des"]).filter(|rest| rest.starts_with("annees") && ends);
    let starts =
        ["depuis les", "depuis le", "depuis l'", "depuis", "a partir du", "a partir de", "des", "since", "from"];
    if let Some(rest) = strip_words(&plain, &starts).filter(|_| decades.is_none()) {
        return Ok(When::Since(moment(rest, text)?));
    }
    if let Some(rest) =
        strip_words(&plain, &["jusqu'aux", "jusqu'au", "jusqu'en", "jusqu'a", "jusque", "avant", "until"])
    {
        return Ok(When::Until(moment(rest, text)?));
    }
    if let Some((from, to)) = plain.split_once('/')
        && let Some(period) = slashed(from, to, text)
    {
        return period;
    }
    let inner = strip_words(&plain, &["du", "de", "entre", "from", "between", "les", "le", "en", "the"]);
    let inner = decades.or(inner).unwrap_or(&plain);
    if let Some(period) = part_of_year(inner) {
        return Ok(period);
    }
    for separator in SEPARATORS {
        if let Some((from, to)) = inner.split_once(separator) {
            return range(from, to, text);
        }
    }
    if let Ok(single) = moment(inner, text) {
        return Ok(When::At(single));
    }
    hyphened(inner, text).unwrap_or_else(|| moment(inner, text).map(When::At))
}

/// What stands between the two ends of a period.
const SEPARATORS: &[&str] = &[" aux ", " au ", " a ", " et ", " to ", " and ", " - "];

fn strip_words<'t>(text: &'t str, starts: &[&str]) -> Option<&'t str> {
    starts.iter().find_map(|start| {
        let rest = text.strip_prefix(start)?;
        (start.ends_with('\'') || rest.starts_with(' ')).then(|| rest.trim_start())
    })
}

/// Reads EDTF intervals; a day such as `12/05/2026` is none.
fn slashed(from: &str, to: &str, whole: &str) -> Option<Result<When, BadDate>> {
    let (from, to) = (from.trim(), to.trim());
    match (from, to) {
        ("..", "" | "..") | ("", ".." | "") => Some(Err(BadDate::Unknown(whole.to_owned()))),
        (_, ".." | "") => Some(moment(from, whole).map(When::Since)),
        (".." | "", _) => Some(moment(to, whole).map(When::Until)),
        _ if to.contains('/') || from.len() < 4 => None,
        _ => Some(range(from, to, whole)),
    }
}

/// Reads « 1995-1999 », « décembre 2018-janvier 2019 », « 1-2 juillet 2026 ».
fn hyphened(text: &str, whole: &str) -> Option<Result<When, BadDate>> {
    for (at, _) in text.match_indices('-') {
        let (from, to) = (text[..at].trim(), text[at + 1..].trim());
        if from.is_empty() || to.is_empty() {
            continue;
        }
        let period = range(from, to, whole);
        match period {
            Ok(_) | Err(BadDate::Backwards(_)) => return Some(period),
            Err(_) => {}
        }
    }
    None
}

/// Reads both ends of a period; the first may leave month and year to the second.
fn range(from: &str, to: &str, whole: &str) -> Result<When, BadDate> {
    let from = strip_words(from, &["les", "le", "du", "de", "en"]).unwrap_or(from).trim();
    let to = strip_words(to, &["les", "le", "en"]).unwrap_or(to).trim();
    let end = moment(to, whole)?;
    let start = match moment(from, whole) {
        Ok(start) => start,
        Err(bad @ BadDate::Weekday(..)) => return Err(bad),
        Err(_) => partial(from, end, whole)?,
    };
    if start.earliest() > end.latest() {
        return Err(BadDate::Backwards(whole.to_owned()));
    }
    Ok(if start == end { When::At(start) } else { When::Range(start, end) })
}

/// Reads « 1er », « 1er juin », « décembre » or « automne » with what the end of the period says.
fn partial(text: &str, end: Moment, whole: &str) -> Result<Moment, BadDate> {
    let unknown = || BadDate::Unknown(whole.to_owned());
    let year = end.year();
    match end {
        Moment::Day(day) => {
            let (name, number) = text.split_once(' ').unwrap_or(("", text));
            let typed = weekday(name);
            if let Some(number) = day_number(number).filter(|_| name.is_empty() || typed.is_some()) {
                return on(typed, date(year.into(), day.month().into(), number)?);
            }
            moment(&format!("{text} {year}"), whole)
        }
        Moment::Month(..) | Moment::Season(..) => moment(&format!("{text} {year}"), whole),
        Moment::Year(_) | Moment::Decade(_) | Moment::About(..) => Err(unknown()),
    }
}

/// Reads one moment out of a folded text.
fn moment(text: &str, whole: &str) -> Result<Moment, BadDate> {
    let text = text.trim().trim_end_matches(',');
    if let Some(about) = about(text) {
        return Ok(about);
    }
    let unknown = || BadDate::Unknown(whole.to_owned());
    // A day may carry an hour: the hour is left aside.
    if text.len() > 10
        && text.is_char_boundary(10)
        && text.as_bytes()[4] == b'-'
        && matches!(text.as_bytes()[10], b't' | b' ')
    {
        let hour = &text[11..];
        if hour.starts_with(|c: char| c.is_ascii_digit()) && hour.contains(':') {
            return moment(&text[..10], whole);
        }
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return year(text).map(Moment::Year).ok_or_else(|| BadDate::Year(whole.to_owned()));
    }
    if text.len() == 4 && text.ends_with('x') {
        return year(&text.replace('x', "0")).map(Moment::Decade).ok_or_else(unknown);
    }
    if let Some(figures) = figures(text, '-') {
        return match figures[..] {
            [year, part] if text.len() == 7 => month_or_season(year, part),
            [year, month, day] if text.find('-') == Some(4) => date(year, month, day).map(Moment::Day),
            [day, month, year] if text.len() - text.rfind('-').unwrap_or(0) == 5 => {
                date(year, month, day).map(Moment::Day)
            }
            _ => Err(unknown()),
        };
    }
    for separator in ['/', '.'] {
        if let Some(figures) = figures(text, separator) {
            return match figures[..] {
                [day, month, year] if year > 999 => date(year, month, day).map(Moment::Day),
                [year, month, day] if year > 999 => date(year, month, day).map(Moment::Day),
                [month, year] if year > 999 => month_or_season(year, month),
                _ => Err(unknown()),
            };
        }
    }
    words(text, whole)
}

/// Reads figures parted by one separator and nothing else.
fn figures(text: &str, separator: char) -> Option<Vec<i64>> {
    if !text.contains(separator) {
        return None;
    }
    text.split(separator)
        .map(|part| (part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok()).flatten())
        .collect()
}

fn month_or_season(year: i64, part: i64) -> Result<Moment, BadDate> {
    let year = known_year(year).ok_or_else(|| BadDate::Year(year.to_string()))?;
    match part {
        1..=12 => Ok(Moment::Month(year, i8::try_from(part).map_err(|_| BadDate::Month(part))?)),
        21 => Ok(Moment::Season(year, Season::Spring)),
        22 => Ok(Moment::Season(year, Season::Summer)),
        23 => Ok(Moment::Season(year, Season::Autumn)),
        24 => Ok(Moment::Season(year, Season::Winter)),
        _ => Err(BadDate::Month(part)),
    }
}

pub(super) fn date(year: i64, month: i64, day: i64) -> Result<Date, BadDate> {
    let y = known_year(year).ok_or_else(|| BadDate::Year(year.to_string()))?;
    let m = i8::try_from(month).ok().filter(|m| (1..=12).contains(m)).ok_or(BadDate::Month(month))?;
    let d = i8::try_from(day).unwrap_or(0);
    Date::new(y, m, d).map_err(|_| BadDate::Day(day, m, y))
}

pub(super) fn year(text: &str) -> Option<i16> {
    let figures = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    if figures { known_year(text.parse().ok()?) } else { None }
}

/// Years of four figures, with room for the winter that ends in the next one.
fn known_year(year: i64) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1000..9999).contains(year))
}

/// Accepts texts and bare years.
pub(super) struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = When;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une date")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<When, E> {
        When::parse(text).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, year: i64) -> Result<When, E> {
        When::parse(&year.to_string()).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, year: u64) -> Result<When, E> {
        When::parse(&year.to_string()).map_err(E::custom)
    }
}
