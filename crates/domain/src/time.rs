//! Instants, lengths of time and civil days in Asia/Shanghai. Knows how to count; does not know
//! what time it is.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::identity::clean;
use crate::identity::value::wire_display;

/// A moment, in milliseconds since 1970-01-01T00:00:00Z. On the wire and in tables it is that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Timestamp(i64);

/// A length of time in milliseconds, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Span(i64);

/// A calendar day in Asia/Shanghai, which is always eight hours ahead of UTC. On the wire it is
/// written `2026-09-21`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(time::Date);

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum DateProblem {
    /// Nothing was typed.
    Empty,
    /// It is not written `2026-09-21`.
    Malformed,
    /// The calendar has no such day, such as 30 February.
    NoSuchDay,
}

/// Milliseconds of a civil day; Asia/Shanghai has no daylight saving.
const DAY: i64 = 86_400_000;
/// Asia/Shanghai is this many milliseconds ahead of UTC.
const AHEAD_OF_UTC: i64 = 8 * 3_600_000;
/// The Julian day number of 1970-01-01.
const EPOCH_JULIAN_DAY: i64 = 2_440_588;

impl Timestamp {
    /// The moment `milliseconds` after (or, when negative, before) the Unix epoch.
    #[must_use]
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The moment `span` later; stays at the last representable moment instead of overflowing.
    #[must_use]
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The moment `span` earlier; stays at the first representable moment instead of overflowing.
    #[must_use]
    pub const fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// How long after `earlier` this moment is; zero when it is not after it.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Span {
        let passed = self.0.saturating_sub(earlier.0);
        Span(if passed > 0 { passed } else { 0 })
    }

    /// The day it is in Asia/Shanghai at this moment, whatever zone the machine is set to.
    ///
    /// Moments beyond the years -9999 and 9999 count as their first and last day.
    #[must_use]
    pub fn date(self) -> Date {
        let days = self.0.saturating_add(AHEAD_OF_UTC).div_euclid(DAY);
        Date::from_days_since_epoch(days)
    }
}

impl Date {
    /// The day of this year, month (1–12) and day of the month (1–31), if the calendar has it.
    #[must_use]
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        time::Date::from_calendar_date(year, month, day)
            .ok()
            .map(Self)
    }

    /// Parses what a person typed, written `2026-09-21`.
    ///
    /// # Errors
    /// Says what is wrong with the text; a day that does not exist is never moved to one that does.
    pub fn parse(typed: &str) -> Result<Self, DateProblem> {
        let text = clean(typed);
        if text.is_empty() {
            return Err(DateProblem::Empty);
        }
        let is_written_right = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_written_right {
            return Err(DateProblem::Malformed);
        }
        number(&text, 0..4)
            .zip(number(&text, 5..7))
            .zip(number(&text, 8..10))
            .and_then(|((year, month), day)| Self::from_numbers(year, month, day))
            .ok_or(DateProblem::NoSuchDay)
    }

    /// As [`Date::from_ymd`], of numbers read from a text.
    pub(crate) fn from_numbers(year: u32, month: u32, day: u32) -> Option<Self> {
        Self::from_ymd(
            i32::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    fn from_days_since_epoch(days: i64) -> Self {
        let julian_day = days.saturating_add(EPOCH_JULIAN_DAY);
        let nearest = if days < 0 {
            time::Date::MIN
        } else {
            time::Date::MAX
        };
        Self(
            i32::try_from(julian_day)
                .ok()
                .and_then(|julian_day| time::Date::from_julian_day(julian_day).ok())
                .unwrap_or(nearest),
        )
    }

    fn days_since_epoch(self) -> i64 {
        i64::from(self.0.to_julian_day()) - EPOCH_JULIAN_DAY
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1–12.
    #[must_use]
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// The day of the month, 1–31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.0.day()
    }

    /// Whether it is a Saturday or a Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(
            self.0.weekday(),
            time::Weekday::Saturday | time::Weekday::Sunday
        )
    }

    /// The day after; the last representable day stays.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_days(1)
    }

    /// The day `days` later; stays at the last representable day.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        Self::from_days_since_epoch(self.days_since_epoch() + i64::from(days))
    }

    /// Midnight in Asia/Shanghai, with which this day begins.
    #[must_use]
    pub fn begin(self) -> Timestamp {
        Timestamp(self.days_since_epoch() * DAY - AHEAD_OF_UTC)
    }

    /// Midnight in Asia/Shanghai, with which this day is over: the first moment of the next day.
    #[must_use]
    pub fn end(self) -> Timestamp {
        Timestamp(self.begin().0 + DAY)
    }

    /// Completed years of life on `day` of somebody born on this date (VER-4).
    ///
    /// A birthday counts from its beginning; who was born on 29 February has it on 1 March in common
    /// years. Zero before birth.
    #[must_use]
    pub fn age_on(self, day: Self) -> u32 {
        let years = day.year() - self.year();
        let had_birthday = (day.month(), day.day()) >= (self.month(), self.day());
        u32::try_from(if had_birthday { years } else { years - 1 }).unwrap_or(0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.year(), self.month(), self.day());
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

wire_display!(Date);

/// The number that the digits at `range` write.
pub(crate) fn number(text: &str, range: std::ops::Range<usize>) -> Option<u32> {
    text.get(range)?.parse().ok()
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A length in milliseconds.
    #[must_use]
    pub const fn from_millis(milliseconds: u32) -> Self {
        Self(milliseconds as i64)
    }

    /// A length in seconds.
    #[must_use]
    pub const fn from_seconds(seconds: u32) -> Self {
        Self(seconds as i64 * 1000)
    }

    /// A length in minutes of 60 seconds.
    #[must_use]
    pub const fn from_minutes(minutes: u32) -> Self {
        Self(minutes as i64 * 60_000)
    }

    /// A length in hours of 60 minutes.
    #[must_use]
    pub const fn from_hours(hours: u32) -> Self {
        Self(hours as i64 * 3_600_000)
    }

    /// A length in days of exactly 24 hours, which is not a calendar day.
    #[must_use]
    pub const fn from_days(days: u32) -> Self {
        Self(days as i64 * 86_400_000)
    }

    /// The length in milliseconds.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn v_24_the_day_changes_at_midnight_in_shanghai_and_not_at_eight() {
        // 2026-09-20T16:00:00Z is midnight in Shanghai.
        let midnight = Timestamp::from_millis(1_789_920_000_000);
        let millisecond = Span::from_millis(1);
        assert_eq!(midnight.minus(millisecond).date(), date("2026-09-20"));
        assert_eq!(midnight.date(), date("2026-09-21"));
        assert_eq!(date("2026-09-21").begin(), midnight);
        assert_eq!(date("2026-09-20").end(), midnight);
        let eight = midnight.plus(Span::from_hours(8));
        assert_eq!(eight.minus(millisecond).date(), eight.date());
        assert_eq!(midnight.plus(Span::from_days(1)).date(), date("2026-09-22"));
    }

    #[test]
    fn moments_before_1970_and_beyond_all_years_have_a_day() {
        assert_eq!(Timestamp::from_millis(-1).date(), date("1970-01-01"));
        let before = Timestamp::from_millis(-8 * 3_600_000 - 1);
        assert_eq!(before.date(), date("1969-12-31"));
        assert_eq!(Timestamp::from_millis(i64::MAX).date(), date("9999-12-31"));
        assert_eq!(Timestamp::from_millis(i64::MIN).date().year(), -9999);
    }

    #[test]
    fn v_37_a_day_that_does_not_exist_is_refused_and_never_moved() {
        assert_eq!(date(" 2001-05-06 ").to_string(), "2001-05-06");
        for typed in [
            "2001-02-30",
            "2001-02-29",
            "2001-13-01",
            "2001-00-10",
            "2001-04-31",
        ] {
            assert_eq!(Date::parse(typed), Err(DateProblem::NoSuchDay), "{typed}");
        }
        for typed in [
            "20010506",
            "2001-5-6",
            "06-05-2001",
            "2001/05/06",
            "+001-05-06",
            "二〇〇一",
        ] {
            assert_eq!(Date::parse(typed), Err(DateProblem::Malformed), "{typed}");
        }
        assert_eq!(Date::parse("\u{3000}"), Err(DateProblem::Empty));
        assert!(Date::parse("2000-02-29").is_ok());
    }

    #[test]
    fn ver_4_the_eighteenth_birthday_counts() {
        let born = date("2008-09-21");
        assert_eq!(born.age_on(date("2026-09-20")), 17);
        assert_eq!(born.age_on(date("2026-09-21")), 18);
        assert_eq!(born.age_on(date("2026-09-22")), 18);
        assert_eq!(date("2008-12-31").age_on(date("2026-01-01")), 17);
        assert_eq!(born.age_on(date("2008-09-20")), 0);
        assert_eq!(born.age_on(date("2000-01-01")), 0);
    }

    #[test]
    fn ver_4_born_on_29_february_the_birthday_is_1_march_in_common_years() {
        let born = date("2004-02-29");
        assert_eq!(born.age_on(date("2022-02-28")), 17);
        assert_eq!(born.age_on(date("2022-03-01")), 18);
        assert_eq!(born.age_on(date("2024-02-28")), 19);
        assert_eq!(born.age_on(date("2024-02-29")), 20);
    }

    #[test]
    fn weekends_and_the_wire_form() {
        assert!(date("2026-09-20").is_weekend());
        assert!(!date("2026-09-21").is_weekend());
        assert_eq!(date("2026-12-31").next(), date("2027-01-01"));
        let wire = serde_json::to_string(&date("2026-09-21")).unwrap();
        assert_eq!(wire, "\"2026-09-21\"");
        assert_eq!(
            serde_json::from_str::<Date>(&wire).unwrap(),
            date("2026-09-21")
        );
        assert!(serde_json::from_str::<Date>("\"2026-02-30\"").is_err());
    }

    #[test]
    fn spans_and_moments_never_overflow() {
        let last = Timestamp::from_millis(i64::MAX);
        assert_eq!(last.plus(Span::from_days(1)), last);
        assert_eq!(
            last.since(Timestamp::from_millis(i64::MIN)).as_millis(),
            i64::MAX
        );
        assert_eq!(Timestamp::from_millis(1).since(last), Span::ZERO);
    }
}
