//! The words of dates: days, months and seasons, in French and in English.

use super::parse::{BadDate, date, year};
use super::print::{DAYS_EN, DAYS_FR, weekday_index};
use super::{Date, Moment, Season, Stretch, When};
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
        ["annee" | "an" | "courant", text] => year(text).map(Moment::Year).ok_or_else(unknown),
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
            // Schools and associations begin their year together.
            let month = if name == "rentree" { 9 } else { month(name).ok_or_else(unknown)? };
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

/// Reads « vers 1990 », « 1990 environ », « début 2020 », « la mi-2019 », « fin de l’année 2018 », and their EDTF.
pub(super) fn about(text: &str) -> Option<Moment> {
    let text = text.strip_prefix("la ").unwrap_or(text);
    let of = |text: &str, stretch| {
        let bare = ["de l'annee ", "de ", "annee "].into_iter().find_map(|start| text.strip_prefix(start));
        year(bare.unwrap_or(text)).map(|year| Moment::About(year, stretch))
    };
    if let Some(exact) = text.strip_suffix('~') {
        let stretches = [("-01", Stretch::Early), ("-06", Stretch::Mid), ("-12", Stretch::Late)];
        let stretch = stretches.into_iter().find_map(|(end, stretch)| Some((exact.strip_suffix(end)?, stretch)));
        let (year, stretch) = stretch.unwrap_or((exact, Stretch::Whole));
        return of(year, stretch);
    }
    let starts = [
        ("vers ", Stretch::Whole),
        ("environ ", Stretch::Whole),
        ("autour de ", Stretch::Whole),
        ("around ", Stretch::Whole),
        ("~", Stretch::Whole),
        ("debut ", Stretch::Early),
        ("early ", Stretch::Early),
        ("mi-", Stretch::Mid),
        ("mi ", Stretch::Mid),
        ("milieu ", Stretch::Mid),
        ("mid-", Stretch::Mid),
        ("fin ", Stretch::Late),
        ("late ", Stretch::Late),
    ];
    let ended = text.strip_suffix(" environ").and_then(|text| of(text, Stretch::Whole));
    ended
        .or_else(|| starts.into_iter().find_map(|(start, stretch)| of(text.strip_prefix(start)?.trim_start(), stretch)))
}

/// Reads « 1er semestre 2020 », « S1 2020 », « 3e trimestre 2021 », « T3 2021 »: the months that they hold.
pub(super) fn part_of_year(text: &str) -> Option<When> {
    let parts: Vec<&str> = text.split([' ', ',']).filter(|part| !part.is_empty() && *part != "de").collect();
    let (number, name, year_text) = match parts[..] {
        [number, name, year] => (number, name, year),
        [short, year] if short.len() == 2 && short.is_ascii() => (&short[1..], &short[..1], year),
        _ => return None,
    };
    let number: i8 = match number {
        "1" | "1er" | "premier" => 1,
        "2" | "2e" | "2eme" | "2nd" | "second" | "deuxieme" => 2,
        "3" | "3e" | "3eme" | "troisieme" => 3,
        "4" | "4e" | "4eme" | "quatrieme" => 4,
        _ => return None,
    };
    let months = match name {
        "semestre" | "s" => 6,
        "trimestre" | "t" => 3,
        _ => return None,
    };
    let last = number.checked_mul(months).filter(|last| *last <= 12)?;
    let year = year(year_text)?;
    Some(When::Range(Moment::Month(year, last - months + 1), Moment::Month(year, last)))
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
