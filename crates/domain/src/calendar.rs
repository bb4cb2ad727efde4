//! Business days (工作日): Monday to Friday less the holidays and plus the make-up workdays of a
//! calendar. Knows the calendar it is given; does not know today.

use serde::{Deserialize, Serialize};

use crate::time::{Date, Span, Timestamp};

/// The holidays and make-up workdays of some years.
///
/// A year without data falls back to Monday to Friday; [`Calendar::has_data_for`] and
/// [`BusinessDay::is_certain`] say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: Vec<i32>,
    off: Vec<Date>,
    worked: Vec<Date>,
}

/// The day on which a number of business days is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BusinessDay {
    /// The day.
    pub date: Date,
    /// Whether the calendar had data for every day that was counted; if not, holidays may move the
    /// day back.
    pub is_certain: bool,
}

/// The last moment for something that is due within business days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Due {
    /// The last moment that is in time: the end of the last business day.
    pub at: Timestamp,
    /// Whether the calendar had data for every day that was counted.
    pub is_certain: bool,
}

/// What is wrong with a calendar file, and in which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the calendar is wrong")]
pub struct CalendarProblem {
    /// The line, counted from 1.
    pub line: usize,
}

impl Calendar {
    /// The calendar of mainland China that this crate ships, for 2024 to 2026.
    #[must_use]
    pub fn mainland() -> Self {
        // A test proves that the shipped file has no problem.
        Self::parse(include_str!("../data/mainland-calendar.txt")).unwrap_or_default()
    }

    /// Reads a calendar file; the shipped one explains its form.
    ///
    /// # Errors
    /// Names the first line that is wrong: no such day, a range that runs backwards or over a year, a
    /// day of a year that has no `year` line above.
    pub fn parse(text: &str) -> Result<Self, CalendarProblem> {
        let mut calendar = Self::default();
        for (at, line) in text.lines().enumerate() {
            let problem = CalendarProblem { line: at + 1 };
            calendar.read_line(line.trim()).ok_or(problem)?;
        }
        Ok(calendar)
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        if line.is_empty() || line.starts_with('#') {
            return Some(());
        }
        let (word, rest) = line.split_once(' ')?;
        let list = match word {
            "year" => {
                let year = rest.split(' ').next()?;
                self.years.push(year.parse().ok()?);
                return Some(());
            }
            "off" => &mut self.off,
            "work" => &mut self.worked,
            _ => return None,
        };
        let (first, last) = rest.split_once("..").unwrap_or((rest, rest));
        let first = Date::parse(first).ok()?;
        let last = Date::parse(last).ok()?;
        if last < first || first.year() != last.year() || !self.years.contains(&first.year()) {
            return None;
        }
        let mut day = first;
        while day <= last {
            list.push(day);
            day = day.next();
        }
        Some(())
    }

    /// Whether the calendar knows the holidays of this year.
    #[must_use]
    pub fn has_data_for(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Whether people work on this day.
    #[must_use]
    pub fn is_business_day(&self, day: Date) -> bool {
        if day.is_weekend() {
            self.worked.contains(&day)
        } else {
            !self.off.contains(&day)
        }
    }

    /// The day that is the `count`th business day after `from`; counting starts on the next business
    /// day, so that what begins on a Friday evening does not lose its first day. With a count of 0 it
    /// is `from` itself.
    #[must_use]
    pub fn add_business_days(&self, from: Date, count: u16) -> BusinessDay {
        let mut end = BusinessDay {
            date: from,
            is_certain: true,
        };
        let mut left = count;
        while left > 0 && end.date.next() > end.date {
            end.date = end.date.next();
            end.is_certain &= self.has_data_for(end.date.year());
            if self.is_business_day(end.date) {
                left -= 1;
            }
        }
        end
    }

    /// The last moment of the `count`th business day after the day of `since` (CHG-9, ENT-7, OPS-1).
    #[must_use]
    pub fn due(&self, since: Timestamp, count: u16) -> Due {
        let BusinessDay { date, is_certain } = self.add_business_days(since.date(), count);
        Due {
            at: date.end().minus(Span::from_millis(1)),
            is_certain,
        }
    }

    /// How many business days lie after `from` up to and including `until`; at most `u16::MAX`.
    #[must_use]
    pub fn business_days_between(&self, from: Date, until: Date) -> u16 {
        let mut count: u16 = 0;
        let mut day = from;
        while day < until && count < u16::MAX {
            day = day.next();
            if self.is_business_day(day) {
                count += 1;
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn chg_9_three_business_days_end_with_the_last_millisecond_of_the_third() {
        let friday_evening = date("2026-09-18").end().minus(Span::from_millis(1));
        let due = Calendar::mainland().due(friday_evening, 3);
        assert_eq!(due.at.date(), date("2026-09-22"));
        assert_eq!(
            due.at.plus(Span::from_millis(1)),
            date("2026-09-23").begin()
        );
        assert!(due.is_certain);
        let beyond = Calendar::mainland().due(date("2031-01-06").begin(), 3);
        assert_eq!(beyond.at.date(), date("2031-01-09"));
        assert!(!beyond.is_certain, "no data, and it says so");
    }

    fn after(from: &str, count: u16) -> (String, bool) {
        let day = Calendar::mainland().add_business_days(date(from), count);
        (day.date.to_string(), day.is_certain)
    }

    #[test]
    fn the_shipped_calendar_has_no_problem_and_the_right_number_of_days() {
        let calendar = Calendar::parse(include_str!("../data/mainland-calendar.txt")).unwrap();
        assert_eq!(calendar, Calendar::mainland());
        // Counted in two independent public collections of the notices.
        for (year, off, worked) in [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)] {
            let of_year = |days: &[Date]| days.iter().filter(|day| day.year() == year).count();
            assert_eq!(
                (of_year(&calendar.off), of_year(&calendar.worked)),
                (off, worked)
            );
            assert!(calendar.has_data_for(year));
        }
        assert!(calendar.worked.iter().all(|day| day.is_weekend()));
    }

    #[test]
    fn v_30_three_business_days_over_holidays_and_worked_weekends() {
        for (from, to) in [
            ("2026-09-18", "2026-09-22"),
            ("2026-09-22", "2026-09-28"),
            ("2026-09-30", "2026-10-10"),
            ("2026-06-17", "2026-06-23"),
            ("2025-09-26", "2025-09-30"),
        ] {
            assert_eq!(after(from, 3), (to.to_owned(), true), "{from}");
        }
    }

    #[test]
    fn v_30_a_year_without_data_falls_back_to_monday_to_friday_and_says_so() {
        assert_eq!(after("2026-12-30", 1), ("2026-12-31".to_owned(), true));
        assert_eq!(after("2026-12-30", 2), ("2027-01-01".to_owned(), false));
        assert_eq!(after("2027-10-01", 1), ("2027-10-04".to_owned(), false));
        assert!(!Calendar::mainland().has_data_for(2027));
    }

    #[test]
    fn counting_starts_on_the_next_business_day() {
        assert_eq!(after("2026-11-20", 0), ("2026-11-20".to_owned(), true));
        assert_eq!(after("2026-11-20", 1), ("2026-11-23".to_owned(), true));
        assert_eq!(after("2026-11-21", 1), ("2026-11-23".to_owned(), true));
        let calendar = Calendar::mainland();
        let between = |from, until| calendar.business_days_between(date(from), date(until));
        assert_eq!(between("2026-09-18", "2026-09-22"), 3);
        assert_eq!(between("2026-09-18", "2026-09-21"), 2);
        assert_eq!(between("2026-09-22", "2026-09-18"), 0);
    }

    #[test]
    fn counting_ends_with_the_last_day_there_is() {
        let last = date("9999-12-31");
        assert_eq!(
            Calendar::mainland().add_business_days(last, u16::MAX).date,
            last
        );
    }

    #[test]
    fn a_wrong_line_is_named() {
        let problem = |text| Calendar::parse(text).unwrap_err().line;
        assert_eq!(problem("year 2030 x\noff 2030-02-30"), 2);
        assert_eq!(problem("off 2030-01-01"), 1);
        assert_eq!(problem("year 2030 x\n\noff 2030-01-05..2030-01-03"), 3);
        assert_eq!(problem("free 2030-01-01"), 1);
    }
}
