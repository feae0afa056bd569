//! Dates and times of day as numbers, in the wall time of whoever answers.
//!
//! Written here rather than taken from a crate of dates: a component is compiled on every machine, and plugins need a
//! calendar, not time zones. A date without a time is its midnight; a time with an offset is moved to the offset of the
//! context, a time without one is there already.

use std::fmt;

/// A date, maybe with a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Days since 1 January 1970 on the wall.
    days: f64,
    /// How far the wall's time is ahead of UTC.
    offset_minutes: i32,
}

const DAY_MILLISECONDS: f64 = 86_400_000.0;
/// The last day that four digits of a year can write, 31 December 9999, less a margin for offsets.
const MOST_DAYS: f64 = 2_932_895.0;
/// 2 January of the year 0.
const LEAST_DAYS: f64 = -719_527.0;

impl Moment {
    /// The moment so many days after the start of 1970; none outside the years 0 to 9999.
    pub fn new(days: f64, offset_minutes: i32) -> Option<Self> {
        (LEAST_DAYS..=MOST_DAYS).contains(&days).then_some(Self { days, offset_minutes })
    }

    /// Reads `2026-01-31` or `2026-01-31T09:30:00.000+01:00`, where seconds, fraction and offset may be left out.
    pub fn read(text: &str, offset_minutes: i32) -> Option<Self> {
        let (date, time) = match text.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let mut days = read_date(date)?;
        if let Some(time) = time {
            let (clock, offset) = split_offset(time)?;
            days += read_clock(clock)? / DAY_MILLISECONDS;
            days += offset.map_or(0.0, |offset| f64::from(offset_minutes - offset) / 1440.0);
        }
        Self::new(days, offset_minutes)
    }

    /// Days since the start of 1970, with the time of day as a fraction.
    pub fn days(self) -> f64 {
        self.days
    }

    /// Fills a format in ODK's signs; `None` if the sign after a `%` is not one of them.
    ///
    /// `%Y` year, `%y` its last two digits, `%m` `%n` month with and without a zero, `%b` its English short name, `%d`
    /// `%e` day, `%a` day of the week, `%H` `%h` hour, `%M` minute, `%S` second, `%3` milliseconds.
    pub fn format(self, format: &str) -> Option<String> {
        let (year, month, day) = civil(self.days.floor());
        let milliseconds = self.milliseconds();
        let weekday = (self.days.floor() + 4.0).rem_euclid(7.0);
        let mut text = String::new();
        let mut letters = format.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                text.push(letter);
                continue;
            }
            match letters.next()? {
                'Y' => pad(&mut text, year, 4),
                'y' => pad(&mut text, year % 100, 2),
                'm' => pad(&mut text, month, 2),
                'n' => pad(&mut text, month, 1),
                'b' => text.push_str(MONTHS.get(month as usize - 1).unwrap_or(&"")),
                'd' => pad(&mut text, day, 2),
                'e' => pad(&mut text, day, 1),
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 0 to 6")]
                'a' => text.push_str(DAYS.get(weekday as usize).unwrap_or(&"")),
                'H' => pad(&mut text, milliseconds / 3_600_000, 2),
                'h' => pad(&mut text, milliseconds / 3_600_000, 1),
                'M' => pad(&mut text, milliseconds / 60_000 % 60, 2),
                'S' => pad(&mut text, milliseconds / 1000 % 60, 2),
                '3' => pad(&mut text, milliseconds % 1000, 3),
                _ => return None,
            }
        }
        Some(text)
    }

    /// Milliseconds since midnight, rounded, and kept within the day.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below a day's 86,400,000")]
    fn milliseconds(self) -> u32 {
        ((self.days - self.days.floor()) * DAY_MILLISECONDS).round().min(DAY_MILLISECONDS - 1.0) as u32
    }
}

/// `2026-01-31`, or with a time `2026-01-31T09:30:00.000+01:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = if self.milliseconds() == 0 { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S.%3" };
        let mut text = self.format(format).unwrap_or_default();
        if self.milliseconds() != 0 {
            text.push(if self.offset_minutes < 0 { '-' } else { '+' });
            pad(&mut text, self.offset_minutes.unsigned_abs() / 60, 2);
            text.push(':');
            pad(&mut text, self.offset_minutes.unsigned_abs() % 60, 2);
        }
        f.write_str(&text)
    }
}

/// How far the wall's time that a text gives is ahead of UTC, in minutes: 0 if it doesn't say.
pub fn offset_of(text: &str) -> i32 {
    text.split_once('T').and_then(|(_, time)| split_offset(time)).and_then(|(_, offset)| offset).unwrap_or(0)
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

fn pad(text: &mut String, number: u32, width: usize) {
    let digits = number.to_string();
    for _ in digits.len()..width {
        text.push('0');
    }
    text.push_str(&digits);
}

/// Reads exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn read_date(text: &str) -> Option<f64> {
    let mut parts = text.splitn(3, '-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&day).then(|| days_since_1970(year, month, day))
}

/// Milliseconds of `09:30`, `09:30:00` or `09:30:00.000`.
fn read_clock(text: &str) -> Option<f64> {
    let mut parts = text.splitn(3, ':');
    let hour = digits(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = digits(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let (second, fraction) = match parts.next() {
        None => (0, 0.0),
        Some(rest) => {
            let (second, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
            let places = i32::try_from(fraction.len()).ok().filter(|places| (1..=9).contains(places))?;
            let fraction = f64::from(digits(fraction, fraction.len())?) / 10f64.powi(places);
            (digits(second, 2).filter(|second| *second < 60)?, fraction)
        }
    };
    Some((f64::from(hour * 3600 + minute * 60 + second) + fraction) * 1000.0)
}

/// A time without its offset, and the offset in minutes.
fn split_offset(time: &str) -> Option<(&str, Option<i32>)> {
    if let Some(clock) = time.strip_suffix('Z') {
        return Some((clock, Some(0)));
    }
    let Some(at) = time.find(['+', '-']) else {
        return Some((time, None));
    };
    let (hours, minutes) = time[at + 1..].split_once(':')?;
    let hours = digits(hours, 2).filter(|hours| *hours <= 14)?;
    let minutes = digits(minutes, 2).filter(|minutes| *minutes < 60)?;
    let offset = i32::try_from(hours * 60 + minutes).ok()?;
    Some((&time[..at], Some(if time[at..].starts_with('-') { -offset } else { offset })))
}

/// Counts the days from 1 January 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms",
/// `days_from_civil`).
fn days_since_1970(year: u32, month: u32, day: u32) -> f64 {
    // From March, so that the leap day comes last; from the year -400, so that nothing is negative.
    let year = year + 400 - u32::from(month <= 2);
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    f64::from(era * 146_097 + day_of_era) - 719_468.0 - 146_097.0
}

/// Year, month and day of a whole number of days within [`Moment`]'s range (the same source, `civil_from_days`).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "Moment::new keeps it within 0 to 4e6")]
fn civil(days: f64) -> (u32, u32, u32) {
    let days = (days + 719_468.0 + 146_097.0) as u32;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (era * 400 + year_of_era + u32::from(month <= 2) - 400, month, day)
}

#[cfg(test)]
mod tests;
