//! Dates that keep their precision: a day, a month, a season, a year, a period, an open period.

mod parse;
mod print;
mod words;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use jiff::civil::Date;
pub use parse::BadDate;
pub(in crate::french) use print::MONTHS_FR;
pub use print::Style;

/// A season, named after the year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// From 20 March.
    Spring,
    /// From 21 June.
    Summer,
    /// From 22 September.
    Autumn,
    /// From 21 December: the winter of 2018 is that of 2018-2019.
    Winter,
}

/// The stretch of a year that « début », « mi- » and « fin » name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stretch {
    /// « vers 1990 »: some time around the year.
    Whole,
    /// « début 2020 »: the first four months.
    Early,
    /// « mi-2019 ».
    Mid,
    /// « fin 2018 »: the last four months.
    Late,
}

/// A point in time, as precise as its author knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// « 27 juillet 2012 ».
    Day(Date),
    /// « septembre 2020 »: year and month, from 1 to 12.
    Month(i16, i8),
    /// « hiver 2018-2019 ».
    Season(i16, Season),
    /// « 2020 ».
    Year(i16),
    /// « années 1990 »: the first year of the decade.
    Decade(i16),
    /// « vers 1990 », « fin 2018 »: in EDTF, `1990~` and around December, `2018-12~`.
    About(i16, Stretch),
}

/// A date or a period.
///
/// Written in EDTF (`2012-07-27`, `2020-09`, `2020`, `2018-24`, `2018-12/2019-01`, `2014/..`), or as French people do.
/// Sorted by its earliest day, then by its length: a day stands before its month, a month before its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A single moment.
    At(Moment),
    /// A period between two moments, both included.
    Range(Moment, Moment),
    /// « depuis 2014 ».
    Since(Moment),
    /// « jusqu’en 2014 ».
    Until(Moment),
}

impl Moment {
    /// Returns the first day the moment may be.
    pub fn earliest(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => day(year, month, 1),
            Self::Season(year, Season::Spring) => day(year, 3, 20),
            Self::Season(year, Season::Summer) => day(year, 6, 21),
            Self::Season(year, Season::Autumn) => day(year, 9, 22),
            Self::Season(year, Season::Winter) => day(year, 12, 21),
            Self::Year(year) | Self::Decade(year) => day(year, 1, 1),
            Self::About(year, Stretch::Whole | Stretch::Early) => day(year, 1, 1),
            Self::About(year, Stretch::Mid) => day(year, 5, 1),
            Self::About(year, Stretch::Late) => day(year, 9, 1),
        }
    }

    /// Returns the last day the moment may be.
    pub fn latest(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => day(year, month, 1).last_of_month(),
            Self::Season(year, Season::Spring) => day(year, 6, 20),
            Self::Season(year, Season::Summer) => day(year, 9, 21),
            Self::Season(year, Season::Autumn) => day(year, 12, 20),
            Self::Season(year, Season::Winter) => day(year.saturating_add(1).min(9999), 3, 19),
            Self::Year(year) | Self::About(year, Stretch::Whole | Stretch::Late) => day(year, 12, 31),
            Self::About(year, Stretch::Early) => day(year, 4, 30),
            Self::About(year, Stretch::Mid) => day(year, 8, 31),
            Self::Decade(year) => day(year.saturating_add(9).min(9999), 12, 31),
        }
    }

    /// Returns the year in which the moment begins.
    pub fn year(self) -> i16 {
        self.earliest().year()
    }
}

/// Builds a day out of parts that are known to exist.
fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or(if year < 0 { Date::MIN } else { Date::MAX })
}

impl When {
    /// Reads a date in EDTF or in French: `2018-12/2019-01`, `12/05/2026`, `depuis 2014`, `hiver 2018-2019`, `fin 2018`.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        parse::parse(text)
    }

    /// Returns the first day of the date; the beginning of « jusqu’en 2014 » is unknown, its end stands for it.
    pub fn earliest(&self) -> Date {
        match self {
            Self::At(moment) | Self::Range(moment, _) | Self::Since(moment) | Self::Until(moment) => moment.earliest(),
        }
    }

    /// Returns the last day of the date, if it has one.
    pub fn latest(&self) -> Option<Date> {
        match self {
            Self::At(moment) | Self::Range(_, moment) | Self::Until(moment) => Some(moment.latest()),
            Self::Since(_) => None,
        }
    }

    /// Returns the year in which the date begins.
    pub fn year(&self) -> i16 {
        self.earliest().year()
    }

    /// Returns the value of the `datetime` attribute of an HTML `<time>`, for the dates HTML can express.
    pub fn datetime(&self) -> Option<String> {
        match self {
            Self::At(Moment::Day(_) | Moment::Month(..) | Moment::Year(_)) if self.year() > 0 => Some(self.to_string()),
            Self::At(_) | Self::Range(..) | Self::Since(_) | Self::Until(_) => None,
        }
    }

    /// Returns the date for Atom and JSON feeds: noon UTC on the earliest day, the same day from Guyane to La Réunion.
    pub fn rfc3339(&self) -> String {
        format!("{}T12:00:00Z", self.earliest())
    }

    /// Returns the date for the heading of a mail: noon UTC on the earliest day.
    pub fn rfc2822(&self) -> String {
        print::rfc2822(self.earliest())
    }

    /// Returns the date in full, in the language of the page.
    pub fn long(&self, lang: super::Lang) -> String {
        print::print(self, lang, Style::Long)
    }

    /// Returns the date in full with the name of the day: « vendredi 27 juillet 2012 ».
    pub fn with_weekday(&self, lang: super::Lang) -> String {
        print::print(self, lang, Style::Weekday)
    }

    /// Returns the date in figures where it is a day: « 27/07/2012 ».
    pub fn short(&self, lang: super::Lang) -> String {
        print::print(self, lang, Style::Short)
    }

    /// Returns the date as it follows a noun or « le »: « le 1er mars 2020 », « en septembre 2020 », « depuis 2014 ».
    pub fn adverbial(&self, lang: super::Lang) -> String {
        print::print(self, lang, Style::Adverbial)
    }
}

impl From<Date> for When {
    fn from(day: Date) -> Self {
        Self::At(Moment::Day(day))
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        // An open period lasts longer than any closed one.
        let end = |when: &Self| when.latest().unwrap_or(Date::MAX);
        self.earliest()
            .cmp(&other.earliest())
            .then_with(|| end(self).cmp(&end(other)))
            .then_with(|| rank(self).cmp(&rank(other)))
    }
}

/// Tells apart the different ways to write the same days, so that equal order means equal dates.
fn rank(when: &When) -> [u8; 3] {
    let moment = |moment: Moment| match moment {
        Moment::Day(_) => 0,
        Moment::Month(..) => 1,
        Moment::Season(..) => 2,
        Moment::Year(_) => 3,
        Moment::Decade(_) => 4,
        Moment::About(..) => 5,
    };
    match *when {
        When::At(at) => [0, moment(at), 0],
        When::Range(from, to) => [1, moment(from), moment(to)],
        When::Since(from) => [2, moment(from), 0],
        When::Until(to) => [3, moment(to), 0],
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Season(year, season) => {
                let code = match season {
                    Season::Spring => 21,
                    Season::Summer => 22,
                    Season::Autumn => 23,
                    Season::Winter => 24,
                };
                write!(f, "{year:04}-{code}")
            }
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(year) => write!(f, "{:03}X", year / 10),
            Self::About(year, stretch) => match stretch {
                Stretch::Whole => write!(f, "{year:04}~"),
                Stretch::Early => write!(f, "{year:04}-01~"),
                Stretch::Mid => write!(f, "{year:04}-06~"),
                Stretch::Late => write!(f, "{year:04}-12~"),
            },
        }
    }
}

/// Writes the date in EDTF.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(moment) => moment.fmt(f),
            Self::Range(from, to) => write!(f, "{from}/{to}"),
            Self::Since(from) => write!(f, "{from}/.."),
            Self::Until(to) => write!(f, "../{to}"),
        }
    }
}

impl FromStr for When {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, BadDate> {
        Self::parse(text)
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.is_human_readable() {
            true => deserializer.deserialize_any(parse::Visitor),
            false => deserializer.deserialize_str(parse::Visitor),
        }
    }
}

/// Returns the day of a moment given in seconds since 1970, in universal time.
pub fn day_of(seconds: i64) -> Date {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().days(seconds.div_euclid(86_400))).unwrap_or(epoch)
}
