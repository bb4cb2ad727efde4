//! Moments in words, in Beijing time with the zone said. Knows dates; does not know what time it is.

use domain::time::Timestamp;
use wasm_bindgen::JsValue;

use super::Language;

/// Beijing is eight hours ahead of UTC all year round.
const BEIJING_AHEAD: f64 = 8.0 * 3_600_000.0;

/// The moment in Beijing time with the zone said (ACC-3): `2026年9月21日 22:13:30（北京时间）`.
#[must_use]
pub fn beijing(language: Language, moment: Timestamp) -> String {
    // The browser's own calendar, read as UTC after moving the moment by the difference: no time
    // zone table, and no calendar of ours.
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any real date are far below 2^53"
    )]
    let shifted = moment.as_millis() as f64 + BEIJING_AHEAD;
    let date = js_sys::Date::new(&JsValue::from_f64(shifted));
    let (year, month, day) = (
        date.get_utc_full_year(),
        date.get_utc_month(),
        date.get_utc_date(),
    );
    let clock = [
        date.get_utc_hours(),
        date.get_utc_minutes(),
        date.get_utc_seconds(),
    ]
    .map(|part| format!("{part:02}"))
    .join(":");
    match language {
        Language::Chinese => {
            format!("{year}年{}月{day}日 {clock}（北京时间）", month + 1)
        }
        Language::English => {
            let name = MONTHS.get(month as usize).copied().unwrap_or_default();
            format!("{day} {name} {year}, {clock} (Beijing time)")
        }
    }
}

/// The moment for `<time datetime>`.
#[must_use]
pub fn machine_readable(moment: Timestamp) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any real date are far below 2^53"
    )]
    let milliseconds = moment.as_millis() as f64;
    String::from(js_sys::Date::new(&JsValue::from_f64(milliseconds)).to_iso_string())
}

const MONTHS: [&str; 12] = [
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
