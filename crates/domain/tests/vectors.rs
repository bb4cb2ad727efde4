//! The shared vectors against the parsers: a table of inputs that other software got wrong. Knows the
//! table's fields; does not know how a parser decides.
//!
//! `valid` is read per kind:
//! - `resident_id`: accepted as a resident ID, or, where the row is a residence permit, refused as
//!   one and accepted as the other document (VER-6).
//! - `bank_card`: accepted without a warning. Rows that fail the check digit only are accepted with a
//!   warning, since ENT-18 does not let it refuse.
//! - `phone`: accepted as a mainland number; a number of another country is accepted as that (CON-13).
//! - `company_name`: accepted, and half-width and full-width spellings give one name.
//! - `resident_id_age18`: the holder is 18 or older on `as_of` (VER-4).
//! - `workday_plus3`: the day three business days later is `result` (V-30).
//! - `totp`: belongs to the MFA rules and is read by their tests.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of a test fail it by panicking; clippy sees only #[test] functions"
)]

use std::collections::BTreeMap;
use std::fmt::Debug;

use domain::calendar::Calendar;
use domain::identity::{
    BankCard, BankCardWarning, Email, EnterpriseName, HkMacauPermit, IdDocumentProblem, PersonName,
    PersonNameProblem, PhoneNumber, ResidencePermit, ResidentId, TaiwanPermit, TransferAmount,
    Uscc,
};
use domain::time::Date;
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    kind: String,
    input: String,
    valid: bool,
    normalized: Option<String>,
    as_of: Option<String>,
    cents: Option<i64>,
    result: Option<String>,
}

impl Vector {
    /// Holds the answer of a parser against the row.
    fn judge<T, P: Debug>(&self, parsed: Result<T, P>, text: impl Fn(&T) -> &str) {
        match (parsed, self.valid) {
            (Ok(value), true) => {
                let expected = self
                    .normalized
                    .as_deref()
                    .expect("valid rows are normalized");
                assert_eq!(text(&value), expected, "{}", self.id);
            }
            (Err(_), false) => {}
            (Ok(value), false) => panic!("{} was accepted as {}", self.id, text(&value)),
            (Err(problem), true) => panic!("{} was refused: {problem:?}", self.id),
        }
    }
}

fn table() -> Vec<Vector> {
    let table: Table =
        serde_json::from_str(include_str!("vectors.json")).expect("the table is JSON");
    table.vectors
}

/// The rows of one kind, of which there are this many: a kind that is renamed must not go untested.
fn rows(kind: &str, count: usize) -> Vec<Vector> {
    let rows: Vec<Vector> = table().into_iter().filter(|row| row.kind == kind).collect();
    assert_eq!(rows.len(), count, "{kind}");
    rows
}

fn date(text: &str) -> Date {
    Date::parse(text).expect("the table's dates exist")
}

#[test]
fn every_kind_of_the_table_is_read_by_a_test() {
    let mut counts = BTreeMap::new();
    for row in table() {
        *counts.entry(row.kind).or_insert(0) += 1;
    }
    let expected = [
        ("bank_card", 16),
        ("company_name", 4),
        ("email", 22),
        ("hk_macau_permit", 9),
        ("person_name", 17),
        ("phone", 27),
        ("resident_id", 33),
        ("resident_id_age18", 5),
        ("taiwan_permit", 6),
        ("totp", 30),
        ("transfer_amount", 11),
        ("uscc", 22),
        ("workday_plus3", 5),
    ];
    let expected = expected.map(|(kind, count)| (kind.to_owned(), count));
    assert_eq!(counts, BTreeMap::from(expected));
}

#[test]
fn v_01_v_02_v_03_v_04_v_05_ver_6_resident_ids() {
    let mut permits = 0;
    for row in rows("resident_id", 33) {
        let parsed = ResidentId::parse(&row.input);
        if parsed == Err(IdDocumentProblem::IsResidencePermit) {
            permits += 1;
            row.judge(ResidencePermit::parse(&row.input), ResidencePermit::as_str);
        } else {
            row.judge(parsed, ResidentId::as_str);
        }
    }
    assert_eq!(permits, 2);
}

#[test]
fn ver_4_eighteenth_birthdays() {
    for row in rows("resident_id_age18", 5) {
        let id = ResidentId::parse(&row.input).expect("the table's IDs are right");
        let day = date(row.as_of.as_deref().expect("the row has a day"));
        assert_eq!(id.birth_date().age_on(day) >= 18, row.valid, "{}", row.id);
    }
}

#[test]
fn v_06_v_07_ent_6_credit_codes() {
    for row in rows("uscc", 22) {
        row.judge(Uscc::parse(&row.input), Uscc::as_str);
    }
}

#[test]
fn v_08_v_09_con_13_phone_numbers() {
    let mut abroad = 0;
    for row in rows("phone", 27) {
        match PhoneNumber::parse(&row.input) {
            Ok(number) if !number.is_mainland() => {
                abroad += 1;
                assert!(!row.valid, "{}", row.id);
                assert_eq!(number.as_str(), row.input, "{}", row.id);
            }
            parsed => row.judge(parsed, PhoneNumber::as_str),
        }
    }
    assert_eq!(abroad, 1);
}

#[test]
fn v_10_con_14_email_addresses() {
    for row in rows("email", 22) {
        row.judge(Email::parse(&row.input), Email::canonical);
    }
}

#[test]
fn v_11_v_12_person_names() {
    for row in rows("person_name", 17) {
        let parsed = PersonName::parse(&row.input);
        if parsed == Err(PersonNameProblem::BlankInside) {
            // The table tells which name is meant; the person is asked, not overruled.
            let joined = PersonName::parse(&row.input.replace(' ', "")).expect("a name");
            assert_eq!(Some(joined.as_str()), row.normalized.as_deref());
        }
        row.judge(parsed, PersonName::as_str);
    }
}

#[test]
fn v_13_travel_permits() {
    for row in rows("hk_macau_permit", 9) {
        row.judge(HkMacauPermit::parse(&row.input), HkMacauPermit::as_str);
    }
    for row in rows("taiwan_permit", 6) {
        row.judge(TaiwanPermit::parse(&row.input), TaiwanPermit::as_str);
    }
}

#[test]
fn v_14_ent_18_bank_cards() {
    let mut warned = Vec::new();
    for row in rows("bank_card", 16) {
        match BankCard::parse(&row.input) {
            Ok(card) if card.warning() == Some(BankCardWarning::CheckDigit) => {
                assert!(!row.valid, "{}", row.id);
                assert_eq!(card.as_str(), row.input, "{}", row.id);
                warned.push(row.id);
            }
            parsed => row.judge(parsed, BankCard::as_str),
        }
    }
    assert_eq!(warned, ["bank_card-09", "bank_card-10", "bank_card-17"]);
}

#[test]
fn ent_6_enterprise_names() {
    for row in rows("company_name", 4) {
        row.judge(EnterpriseName::parse(&row.input), EnterpriseName::as_str);
    }
}

#[test]
fn v_29_ent_7_transfer_amounts() {
    for row in rows("transfer_amount", 11) {
        let fen = TransferAmount::parse(&row.input).map(|amount| amount.fen().as_fen());
        assert_eq!(fen.ok(), row.cents, "{}", row.id);
        assert_eq!(fen.is_ok(), row.valid, "{}", row.id);
    }
}

#[test]
fn v_30_three_business_days_later() {
    let calendar = Calendar::mainland();
    for row in rows("workday_plus3", 5) {
        let end = calendar.add_business_days(date(&row.input), 3);
        assert_eq!(Some(end.date.to_string()), row.result, "{}", row.id);
        assert!(end.is_certain, "{}", row.id);
    }
}
