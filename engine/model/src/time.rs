//! Lengths of time as people say them: months, weeks, days, hours. Instants themselves are [`jiff::Timestamp`].

use jiff::{Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The same day in jiff's terms.
    pub fn to_jiff(self) -> jiff::civil::Weekday {
        use jiff::civil::Weekday as Day;
        match self {
            Self::Monday => Day::Monday,
            Self::Tuesday => Day::Tuesday,
            Self::Wednesday => Day::Wednesday,
            Self::Thursday => Day::Thursday,
            Self::Friday => Day::Friday,
            Self::Saturday => Day::Saturday,
            Self::Sunday => Day::Sunday,
        }
    }
}

/// A length of time on the calendar: whole months, whole days and seconds.
///
/// Months and days are counted in a time zone, so that "five weeks later" is at the same hour of the day on both sides
/// of a clock change. Written `P1M5DT2H` or `5 weeks`, `1 month 3 days`, `90 minutes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Period {
    /// Calendar months.
    pub months: i32,
    /// Calendar days, weeks included.
    pub days: i32,
    /// Seconds, hours and minutes included.
    pub seconds: i64,
}

/// A period that could not be read or is too long.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The text is no period.
    #[error("'{0}' is not a length of time: write for example '5 weeks', '1 month' or '90 minutes'")]
    Unreadable(String),
    /// The period is more than a hundred years.
    #[error("'{0}' is longer than a hundred years")]
    TooLong(String),
}

impl Period {
    /// The longest period, in months: a hundred years.
    pub const MAX_MONTHS: i32 = 1_200;

    /// A number of calendar months; the caller bounds it.
    pub const fn months(months: i32) -> Self {
        Self { months, days: 0, seconds: 0 }
    }

    /// A number of days; the caller bounds it.
    pub const fn days(days: i32) -> Self {
        Self { months: 0, days, seconds: 0 }
    }

    /// A number of weeks; the caller bounds it.
    pub const fn weeks(weeks: i32) -> Self {
        Self::days(weeks.saturating_mul(7))
    }

    /// A number of seconds; the caller bounds it.
    pub const fn seconds(seconds: i64) -> Self {
        Self { months: 0, days: 0, seconds }
    }

    /// Tells whether every part lies within a hundred years either way, so that arithmetic can't overflow.
    pub fn is_bounded(self) -> bool {
        self.months.abs() <= Self::MAX_MONTHS
            && self.days.abs() <= Self::MAX_MONTHS * 31
            && self.seconds.abs() <= i64::from(Self::MAX_MONTHS) * 31 * 86_400
    }

    /// Adds this period to an instant, counting months and days in `zone`. Saturates at jiff's first and last instant.
    pub fn after(self, from: Timestamp, zone: &TimeZone) -> Timestamp {
        if self.months == 0 && self.days == 0 {
            return from.saturating_add(Span::new().seconds(self.seconds)).unwrap_or(Timestamp::MAX);
        }
        let span = Span::new().months(self.months).days(self.days).seconds(self.seconds);
        from.to_zoned(zone.clone()).saturating_add(span).timestamp()
    }

    /// This period a number of times over; `None` past a hundred years.
    pub fn times(self, count: u32) -> Option<Self> {
        let count = i32::try_from(count).ok()?;
        let product = Self {
            months: self.months.checked_mul(count)?,
            days: self.days.checked_mul(count)?,
            seconds: self.seconds.checked_mul(i64::from(count))?,
        };
        product.is_bounded().then_some(product)
    }

    /// The other way: before instead of after.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { months: -self.months, days: -self.days, seconds: -self.seconds }
    }

    /// Both together; `None` past a hundred years.
    pub fn plus(self, other: Self) -> Option<Self> {
        let sum = Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            seconds: self.seconds.checked_add(other.seconds)?,
        };
        sum.is_bounded().then_some(sum)
    }

    /// Tells whether the period leads forward at all.
    pub fn is_positive(self) -> bool {
        self.months >= 0 && self.days >= 0 && self.seconds >= 0 && self != Self::default()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return f.write_str("0 days");
        }
        let mut parts = Vec::new();
        let mut part = |n: i64, one: &str| {
            if n != 0 {
                parts.push(format!("{n} {one}{}", if n.abs() == 1 { "" } else { "s" }));
            }
        };
        part(self.months.into(), "month");
        if self.days % 7 == 0 {
            part((self.days / 7).into(), "week");
        } else {
            part(self.days.into(), "day");
        }
        part(self.seconds / 3600, "hour");
        part(self.seconds % 3600 / 60, "minute");
        part(self.seconds % 60, "second");
        f.write_str(&parts.join(" "))
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let shown = || text.chars().take(64).collect::<String>();
        let span: Span = text.trim().parse().map_err(|_| PeriodError::Unreadable(shown()))?;
        let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
        let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
        let seconds = i64::from(span.get_hours()) * 3600 + span.get_minutes() * 60 + span.get_seconds();
        let period = Self {
            months: i32::try_from(months).map_err(|_| PeriodError::TooLong(shown()))?,
            days: i32::try_from(days).map_err(|_| PeriodError::TooLong(shown()))?,
            seconds,
        };
        if period.is_bounded() { Ok(period) } else { Err(PeriodError::TooLong(shown())) }
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_reads_as_people_write_it_and_prints_so_that_it_reads_back() {
        for (text, expect) in [
            ("5 weeks", Period::weeks(5)),
            ("1 month 3 days", Period { months: 1, days: 3, seconds: 0 }),
            ("P1Y", Period::months(12)),
            ("90 minutes", Period::seconds(5400)),
            ("0 days", Period::default()),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period, expect, "{text}");
            assert_eq!(period.to_string().parse::<Period>().unwrap(), period, "{text}");
        }
        assert!("soon".parse::<Period>().is_err());
        assert!("2000 years".parse::<Period>().is_err());
    }

    #[test]
    fn weeks_keep_the_hour_across_a_clock_change() {
        let london = TimeZone::get("Europe/London").unwrap();
        let before: Timestamp = "2026-03-24T10:00:00Z".parse().unwrap();
        assert_eq!(Period::weeks(1).after(before, &london).to_string(), "2026-03-31T09:00:00Z");
    }
}
