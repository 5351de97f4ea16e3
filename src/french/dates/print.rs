//! Writes dates in French and in English.

use jiff::civil::Weekday;

use super::{Date, Moment, Season, Stretch, When};
use crate::french::{Lang, NBSP};

/// Months, in order.
pub(in crate::french) const MONTHS_FR: [&str; 12] = [
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
];
pub(super) const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const DAYS_FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
pub(super) const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// « 27 juillet 2012 ».
    Long,
    /// « vendredi 27 juillet 2012 ».
    Weekday,
    /// « 27/07/2012 ».
    Short,
    /// « le 27 juillet 2012 », « en juillet 2012 », « à l’hiver 2018-2019 ».
    Adverbial,
}

pub(super) fn print(when: &When, lang: Lang, style: Style) -> String {
    match lang {
        Lang::Fr => french(when, style),
        Lang::En => english(when, style),
    }
}

pub(super) fn rfc2822(day: Date) -> String {
    let weekday = &DAYS_EN[weekday_index(day)][..3];
    let month = &MONTHS_EN[month_index(day.month())][..3];
    format!("{weekday}, {:02} {month} {:04} 12:00:00 +0000", day.day(), day.year())
}

fn french(when: &When, style: Style) -> String {
    match (*when, style) {
        (When::At(moment), Style::Adverbial) => match moment {
            Moment::Day(_) => format!("le {}", french_moment(moment, style)),
            Moment::Month(..) | Moment::Year(_) => format!("en {}", french_moment(moment, style)),
            Moment::Season(_, Season::Spring) => format!("au {}", french_moment(moment, style)),
            Moment::Season(_, Season::Summer | Season::Autumn | Season::Winter) => {
                format!("à l’{}", french_moment(moment, style))
            }
            Moment::Decade(_) => format!("dans les {}", french_moment(moment, style)),
            Moment::About(..) => french_moment(moment, style),
        },
        (When::At(moment), Style::Long | Style::Weekday | Style::Short) => french_moment(moment, style),
        (When::Since(moment), _) => match moment {
            Moment::Day(_) => format!("depuis le {}", french_moment(moment, style)),
            Moment::Season(_, Season::Spring) => {
                format!("depuis le {}", french_moment(moment, style))
            }
            Moment::Season(_, Season::Summer | Season::Autumn | Season::Winter) => {
                format!("depuis l’{}", french_moment(moment, style))
            }
            Moment::Decade(_) => format!("depuis les {}", french_moment(moment, style)),
            Moment::About(year, stretch) => format!("depuis {}", after_preposition(year, stretch)),
            Moment::Month(..) | Moment::Year(_) => {
                format!("depuis {}", french_moment(moment, style))
            }
        },
        (When::Until(moment), _) => match moment {
            Moment::Day(_) => format!("jusqu’au {}", french_moment(moment, style)),
            Moment::Season(_, Season::Spring) => {
                format!("jusqu’au {}", french_moment(moment, style))
            }
            Moment::Season(_, Season::Summer | Season::Autumn | Season::Winter) => {
                format!("jusqu’à l’{}", french_moment(moment, style))
            }
            Moment::Decade(_) => format!("jusqu’aux {}", french_moment(moment, style)),
            Moment::About(_, Stretch::Whole) => format!("jusque {}", french_moment(moment, style)),
            Moment::About(year, stretch) => format!("jusqu’à {}", after_preposition(year, stretch)),
            Moment::Month(..) | Moment::Year(_) => {
                format!("jusqu’en {}", french_moment(moment, style))
            }
        },
        (When::Range(from, to), _) => french_range(from, to, style),
    }
}

fn french_range(from: Moment, to: Moment, style: Style) -> String {
    match (from, to) {
        (Moment::Day(a), Moment::Day(b)) => match style {
            Style::Short => format!("du {} au {}", french_moment(from, style), french_moment(to, style)),
            Style::Long | Style::Weekday | Style::Adverbial => {
                let days = style == Style::Weekday;
                let start = if a.year() != b.year() {
                    french_day(a, days, true, true)
                } else if a.month() != b.month() {
                    french_day(a, days, true, false)
                } else {
                    french_day(a, days, false, false)
                };
                format!("du {start} au {}", french_day(b, days, true, true))
            }
        },
        (Moment::Month(a, m), Moment::Month(b, _)) if a == b => {
            format!("{}-{}", MONTHS_FR[month_index(m)], french_moment(to, Style::Long))
        }
        (Moment::Year(_), Moment::Year(_)) => format!("{from}-{to}"),
        (Moment::Month(..), Moment::Month(..)) => {
            format!("{}-{}", french_moment(from, Style::Long), french_moment(to, Style::Long))
        }
        _ => {
            let until = french(&When::Until(to), Style::Long);
            let until = until.strip_prefix("jusqu’au ").map(|rest| format!("au {rest}")).unwrap_or(until);
            let start = match from {
                Moment::Day(_) | Moment::Season(_, Season::Spring) => "du ",
                Moment::Season(_, Season::Summer | Season::Autumn | Season::Winter) => "de l’",
                Moment::Decade(_) => "des ",
                Moment::Month(_, 4 | 8 | 10) => "d’",
                Moment::Month(..) | Moment::Year(_) | Moment::About(..) => "de ",
            };
            let begins = match from {
                Moment::About(year, stretch) => after_preposition(year, stretch),
                other => french_moment(other, Style::Long),
            };
            let end = match to {
                Moment::Month(..) | Moment::Year(_) => {
                    format!("à {}", french_moment(to, Style::Long))
                }
                Moment::Season(_, Season::Summer | Season::Autumn | Season::Winter) => {
                    format!("à l’{}", french_moment(to, Style::Long))
                }
                Moment::Decade(_) => format!("aux {}", french_moment(to, Style::Long)),
                Moment::About(year, stretch) => format!("à {}", after_preposition(year, stretch)),
                Moment::Day(_) | Moment::Season(_, Season::Spring) => until,
            };
            format!("{start}{begins} {end}")
        }
    }
}

/// Returns « la mi-2019 », « fin 2018 » or « 1990 environ », as they follow « de » and « à ».
fn after_preposition(year: i16, stretch: Stretch) -> String {
    match stretch {
        Stretch::Whole => format!("{year} environ"),
        Stretch::Mid => format!("la mi-{year}"),
        Stretch::Early | Stretch::Late => french_moment(Moment::About(year, stretch), Style::Long),
    }
}

fn french_moment(moment: Moment, style: Style) -> String {
    match moment {
        Moment::Day(day) => match style {
            Style::Short => format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year()),
            Style::Weekday => french_day(day, true, true, true),
            Style::Long | Style::Adverbial => french_day(day, false, true, true),
        },
        Moment::Month(year, month) => format!("{} {year}", MONTHS_FR[month_index(month)]),
        Moment::Season(year, season) => match season {
            Season::Spring => format!("printemps {year}"),
            Season::Summer => format!("été {year}"),
            Season::Autumn => format!("automne {year}"),
            Season::Winter => format!("hiver {year}-{}", year + 1),
        },
        Moment::Year(year) => year.to_string(),
        Moment::Decade(year) => format!("années {year}"),
        Moment::About(year, stretch) => match stretch {
            Stretch::Whole => format!("vers {year}"),
            Stretch::Early => format!("début {year}"),
            Stretch::Mid => format!("mi-{year}"),
            Stretch::Late => format!("fin {year}"),
        },
    }
}

fn french_day(day: Date, weekday: bool, month: bool, year: bool) -> String {
    let mut out = String::new();
    if weekday {
        out.push_str(DAYS_FR[weekday_index(day)]);
        out.push(' ');
    }
    match day.day() {
        1 => out.push_str("1er"),
        other => out.push_str(&other.to_string()),
    }
    if month {
        out.push(NBSP);
        out.push_str(MONTHS_FR[month_index(day.month())]);
    }
    if year {
        out.push(' ');
        out.push_str(&day.year().to_string());
    }
    out
}

fn english(when: &When, style: Style) -> String {
    match (*when, style) {
        (When::At(moment @ Moment::Day(_)), Style::Adverbial) => {
            format!("on {}", english_moment(moment, style))
        }
        (When::At(moment @ (Moment::Decade(_) | Moment::Season(..))), Style::Adverbial) => {
            format!("in the {}", english_moment(moment, style))
        }
        (When::At(moment @ (Moment::Month(..) | Moment::Year(_))), Style::Adverbial) => {
            format!("in {}", english_moment(moment, style))
        }
        (When::At(moment @ Moment::About(_, Stretch::Early | Stretch::Mid | Stretch::Late)), Style::Adverbial) => {
            format!("in {}", english_moment(moment, style))
        }
        (When::At(moment), _) => english_moment(moment, style),
        (When::Since(moment), _) => format!("since {}", english_moment(moment, style)),
        (When::Until(moment), _) => format!("until {}", english_moment(moment, style)),
        (When::Range(from, to), _) => match (from, to) {
            (Moment::Day(a), Moment::Day(b)) if a.year() == b.year() && style != Style::Weekday => {
                let start = if a.month() == b.month() {
                    a.day().to_string()
                } else {
                    format!("{} {}", a.day(), MONTHS_EN[month_index(a.month())])
                };
                let gap = if a.month() == b.month() { "–" } else { " – " };
                format!("{start}{gap}{}", english_moment(to, Style::Long))
            }
            (Moment::Month(a, m), Moment::Month(b, _)) if a == b => {
                format!("{}–{}", MONTHS_EN[month_index(m)], english_moment(to, style))
            }
            (Moment::Year(_), Moment::Year(_)) => format!("{from}–{to}"),
            _ => format!("{} – {}", english_moment(from, style), english_moment(to, style)),
        },
    }
}

fn english_moment(moment: Moment, style: Style) -> String {
    match moment {
        Moment::Day(day) => {
            let long = format!("{}{NBSP}{} {}", day.day(), MONTHS_EN[month_index(day.month())], day.year());
            match style {
                Style::Weekday => format!("{} {long}", DAYS_EN[weekday_index(day)]),
                Style::Long | Style::Adverbial | Style::Short => long,
            }
        }
        Moment::Month(year, month) => format!("{} {year}", MONTHS_EN[month_index(month)]),
        Moment::Season(year, season) => match season {
            Season::Spring => format!("spring {year}"),
            Season::Summer => format!("summer {year}"),
            Season::Autumn => format!("autumn {year}"),
            Season::Winter => format!("winter {year}–{}", year + 1),
        },
        Moment::Year(year) => year.to_string(),
        Moment::Decade(year) => format!("{year}s"),
        Moment::About(year, stretch) => match stretch {
            Stretch::Whole => format!("around {year}"),
            Stretch::Early => format!("early {year}"),
            Stretch::Mid => format!("mid-{year}"),
            Stretch::Late => format!("late {year}"),
        },
    }
}

pub(super) fn month_index(month: i8) -> usize {
    usize::from(month.clamp(1, 12).unsigned_abs()) - 1
}

pub(super) fn weekday_index(day: Date) -> usize {
    match day.weekday() {
        Weekday::Monday => 0,
        Weekday::Tuesday => 1,
        Weekday::Wednesday => 2,
        Weekday::Thursday => 3,
        Weekday::Friday => 4,
        Weekday::Saturday => 5,
        Weekday::Sunday => 6,
    }
}
