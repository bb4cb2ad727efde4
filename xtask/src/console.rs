//! What a developer sees: one line for each step and how long it took. Knows no step.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::Result;

/// A span of time as people say it: `0.4 s`, `73 s`, `12 min 5 s`.
pub(crate) struct Took(pub(crate) Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0..10 => write!(f, "{:.1} s", self.0.as_secs_f64()),
            10..120 => write!(f, "{seconds} s"),
            _ => write!(f, "{} min {} s", seconds / 60, seconds % 60),
        }
    }
}

/// Does one step, saying before what it is and after how long it took.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {what}");
    let begun = Instant::now();
    let result = work();
    let took = Took(begun.elapsed());
    match &result {
        Ok(_) => println!("  done in {took}: {what}"),
        Err(_) => println!("  failed after {took}: {what}"),
    }
    result
}

/// Says something that is no step.
pub(crate) fn note(text: &str) {
    println!("  {text}");
}

/// Prints rows in columns as wide as their widest cell; the first row is the heading.
pub(crate) fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        println!("  {}", line.join("  ").trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_written_as_people_say_it() {
        let said = |millis| Took(Duration::from_millis(millis)).to_string();
        assert_eq!(said(420), "0.4 s");
        assert_eq!(said(9_940), "9.9 s");
        assert_eq!(said(10_000), "10 s");
        assert_eq!(said(119_999), "119 s");
        assert_eq!(said(725_000), "12 min 5 s");
    }
}
