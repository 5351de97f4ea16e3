//! The words of dates: days, months and seasons, in French and in English.

use super::parse::{BadDate, date, year};
use super::print::{DAYS_EN, DAYS_FR, weekday_index};
use super::{Date, Moment, Season};
use crate::french::fold;

/// Reads « vendredi 27 juillet 2012 », « juillet 2012 », « hiver 2018-2019 », « années 1990 », "July 27, 2012".
pub(super) fn words(text: &str, whole: &str) -> Result<Moment, BadDate> {
    let unknown = || BadDate::Unknown(whole.to_owned());
    let mut parts: Vec<&str> = text
        .split([' ', ','])
        .map(|p| p.strip_prefix("l'").or_else(|| p.strip_prefix("d'")).unwrap_or(p))
        .filter(|p| !p.is_empty() && *p != "de" && *p != "of" && *p != "the")
        .collect();
    let typed = parts.first().and_then(|first| weekday(first)).filter(|_| parts.len() > 1);
    if typed.is_some() {
        parts.remove(0);
    }
    match parts[..] {
        ["annees" | "decennie", decade] => {
            let year = year(decade.trim_end_matches('s')).ok_or_else(unknown)?;
            if year % 10 == 0 { Ok(Moment::Decade(year)) } else { Err(unknown()) }
        }
        ["annee" | "an", text] => year(text).map(Moment::Year).ok_or_else(unknown),
        [name, text] => {
            if let Some(season) = season(name) {
                let (first, second) =
                    text.split_once(['-', '/']).map_or((text, None), |(first, second)| (first, Some(second)));
                let first = year(first).ok_or_else(unknown)?;
                let follows = match second.map(str::parse::<i16>) {
                    None => true,
                    Some(Ok(second)) => second == first + 1 || second == (first + 1) % 100,
                    Some(Err(_)) => false,
                };
                return if follows && (second.is_none() || season == Season::Winter) {
                    Ok(Moment::Season(first, season))
                } else {
                    Err(unknown())
                };
            }
            let month = month(name).ok_or_else(unknown)?;
            Ok(Moment::Month(year(text).ok_or_else(unknown)?, month))
        }
        [first, second, text] => {
            let year = year(text).ok_or_else(unknown)?;
            let (number, name) = match (day_number(first), day_number(second)) {
                (Some(number), _) => (number, second),
                (None, Some(number)) => (number, first),
                (None, None) => return Err(unknown()),
            };
            let month = month(name).ok_or_else(unknown)?;
            on(typed, date(year.into(), month.into(), number)?)
        }
        _ => Err(unknown()),
    }
}

pub(super) fn day_number(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '.');
    let suffix = &text[digits.len()..];
    let fits = matches!(suffix, "" | "er" | "." | "st" | "nd" | "rd" | "th");
    (fits && (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

fn month(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.');
    let known = |months: &[&str; 12]| months.iter().position(|m| fold(m) == name);
    let short = || {
        Some(match name {
            "janv" | "jan" => 0,
            "fevr" | "fev" | "feb" => 1,
            "mar" => 2,
            "avr" | "apr" => 3,
            "jun" => 5,
            "juil" | "jul" => 6,
            "aug" => 7,
            "sept" | "sep" => 8,
            "oct" => 9,
            "nov" => 10,
            "dec" => 11,
            _ => return None,
        })
    };
    let french = known(&super::print::MONTHS_FR);
    let index = french.or_else(|| known(&super::print::MONTHS_EN)).or_else(short)?;
    i8::try_from(index + 1).ok()
}

fn season(name: &str) -> Option<Season> {
    match name {
        "printemps" | "spring" => Some(Season::Spring),
        "ete" | "summer" => Some(Season::Summer),
        "automne" | "autumn" | "fall" => Some(Season::Autumn),
        "hiver" | "winter" => Some(Season::Winter),
        _ => None,
    }
}

/// Returns the number of a day of the week, from Monday.
pub(super) fn weekday(name: &str) -> Option<usize> {
    let known = |days: &[&str; 7]| days.iter().position(|day| fold(day) == name);
    known(&DAYS_FR).or_else(|| known(&DAYS_EN))
}

/// Returns a day, unless it falls on another day of the week than the one that was typed.
pub(super) fn on(typed: Option<usize>, day: Date) -> Result<Moment, BadDate> {
    match typed.filter(|typed| *typed != weekday_index(day)) {
        Some(typed) => Err(BadDate::Weekday(typed, day)),
        None => Ok(Moment::Day(day)),
    }
}
