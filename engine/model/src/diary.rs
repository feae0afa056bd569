//! The days on which nothing is planned: of every year, or of one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize, de};
use std::{fmt, str::FromStr};

/// What an organisation's diary keeps free, from `[diary]` of a manifest and of a client's file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diary {
    /// The days without sessions.
    #[serde(default)]
    pub free: Vec<FreeDays>,
}

impl Diary {
    /// Whether nothing is kept free.
    pub fn is_open(&self) -> bool {
        self.free.is_empty()
    }

    /// Whether a day is kept free.
    pub fn keeps_free(&self, day: Date) -> bool {
        self.free.iter().any(|days| days.contains(day))
    }
}

/// Days that are kept free: one, or from one through another.
///
/// Written `12-25` or `12-24..01-01` for days of every year, `2027-03-26` or `2027-12-24..2028-01-03` for dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FreeDays {
    /// Of every year. A span whose last day comes before its first in the year goes over the new year.
    Yearly {
        /// The first.
        first: MonthDay,
        /// The last.
        last: MonthDay,
    },
    /// Of the calendar.
    Dated {
        /// The first.
        first: Date,
        /// The last, not before the first.
        last: Date,
    },
}

/// A day of every year: its month and its day of the month, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay(i8, i8);

/// Days that could not be read, or that there never are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FreeDaysError {
    /// The text is no day.
    #[error("'{0}' is not a day")]
    Unreadable(String),
    /// No calendar has it.
    #[error("there is no day '{0}'")]
    NoSuchDay(String),
    /// A span from a day of every year to a date, or the other way.
    #[error("'{0}' begins with one kind of day and ends with another")]
    Mixed(String),
    /// A span of dates that ends before it begins.
    #[error("'{0}' ends before it begins")]
    Backwards(String),
    /// A span of dates of more than a year.
    #[error("'{0}' is longer than a year")]
    TooLong(String),
}

/// The longest span of dates, in days.
const LONGEST: i64 = 366;

impl FreeDays {
    /// Whether a day is one of them.
    pub fn contains(&self, day: Date) -> bool {
        match self {
            Self::Yearly { first, last } => {
                let day = MonthDay(day.month(), day.day());
                if first <= last { (*first..=*last).contains(&day) } else { day >= *first || day <= *last }
            }
            Self::Dated { first, last } => (*first..=*last).contains(&day),
        }
    }
}

/// One end of a span.
enum Day {
    Yearly(MonthDay),
    Dated(Date),
}

impl FromStr for Day {
    type Err = FreeDaysError;

    fn from_str(text: &str) -> Result<Self, FreeDaysError> {
        let unreadable = || FreeDaysError::Unreadable(text.into());
        let number = |digits: &str, width: usize| -> Result<i16, FreeDaysError> {
            let plain = digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse().ok().filter(|_| plain).ok_or_else(unreadable)
        };
        let small = |digits: &str| number(digits, 2).map(|n| i8::try_from(n).unwrap_or(0));
        // 29 February is a day of every year that has it.
        let date = |year, month, day| Date::new(year, month, day).map_err(|_| FreeDaysError::NoSuchDay(text.into()));
        match text.split('-').collect::<Vec<_>>().as_slice() {
            [month, day] => {
                let day = date(2_000, small(month)?, small(day)?)?;
                Ok(Self::Yearly(MonthDay(day.month(), day.day())))
            }
            [year, month, day] => Ok(Self::Dated(date(number(year, 4)?, small(month)?, small(day)?)?)),
            _ => Err(unreadable()),
        }
    }
}

impl FromStr for FreeDays {
    type Err = FreeDaysError;

    fn from_str(text: &str) -> Result<Self, FreeDaysError> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        match (first.trim().parse()?, last.trim().parse()?) {
            (Day::Yearly(first), Day::Yearly(last)) => Ok(Self::Yearly { first, last }),
            (Day::Dated(first), Day::Dated(last)) if first > last => Err(FreeDaysError::Backwards(text.into())),
            (Day::Dated(first), Day::Dated(last)) if first.duration_until(last).as_hours() / 24 >= LONGEST => {
                Err(FreeDaysError::TooLong(text.into()))
            }
            (Day::Dated(first), Day::Dated(last)) => Ok(Self::Dated { first, last }),
            _ => Err(FreeDaysError::Mixed(text.into())),
        }
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.0, self.1)
    }
}

impl fmt::Display for FreeDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yearly { first, last } if first == last => first.fmt(f),
            Self::Yearly { first, last } => write!(f, "{first}..{last}"),
            Self::Dated { first, last } if first == last => first.fmt(f),
            Self::Dated { first, last } => write!(f, "{first}..{last}"),
        }
    }
}

impl Serialize for FreeDays {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FreeDays {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_free_in_every_year_or_in_one_and_a_span_goes_over_the_new_year() {
        for (days, free, not) in [
            ("12-25", vec![date(2026, 12, 25), date(2027, 12, 25)], vec![date(2026, 12, 24), date(2026, 11, 25)]),
            ("12-24..01-01", vec![date(2026, 12, 24), date(2027, 1, 1)], vec![date(2026, 12, 23), date(2027, 1, 2)]),
            ("08-01..08-15", vec![date(2026, 8, 1), date(2027, 8, 15)], vec![date(2026, 7, 31), date(2026, 8, 16)]),
            ("02-29", vec![date(2028, 2, 29)], vec![date(2027, 2, 28), date(2027, 3, 1)]),
            ("2027-03-26", vec![date(2027, 3, 26)], vec![date(2028, 3, 26)]),
            ("2027-12-24..2028-01-03", vec![date(2027, 12, 24), date(2028, 1, 3)], vec![date(2028, 12, 24)]),
        ] {
            let diary: Diary = serde_json::from_value(serde_json::json!({ "free": [days] })).unwrap();
            assert!(free.iter().all(|day| diary.keeps_free(*day)), "{days}");
            assert!(!not.iter().any(|day| diary.keeps_free(*day)), "{days}");
            assert_eq!(serde_json::to_value(&diary).unwrap()["free"][0], days);
        }
    }

    #[test]
    fn days_that_there_never_are_say_what_is_wrong() {
        for (text, why) in [
            ("02-30", "there is no day '02-30'"),
            ("2027-02-29", "there is no day '2027-02-29'"),
            ("13-01", "there is no day '13-01'"),
            ("25 December", "'25 December' is not a day"),
            ("1-5", "'1-5' is not a day"),
            ("27-03-26", "'27-03-26' is not a day"),
            ("", "'' is not a day"),
            ("2027-04-05..2027-03-26", "'2027-04-05..2027-03-26' ends before it begins"),
            ("2027-01-01..2028-01-02", "'2027-01-01..2028-01-02' is longer than a year"),
            ("12-24..2027-01-01", "'12-24..2027-01-01' begins with one kind of day and ends with another"),
        ] {
            assert_eq!(text.parse::<FreeDays>().unwrap_err().to_string(), why);
        }
    }
}
