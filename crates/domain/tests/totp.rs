//! The shared vectors of kind `totp` through the decision of MFA-3, with real codes. Computes what
//! the edge computes; the decision itself knows no HMAC.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of a test fail it by panicking; clippy sees only #[test] functions"
)]

use domain::mfa::{MfaCheck, MfaPolicy, TotpStep, TryCount, try_totp};
use domain::protection::{SixDigits, SixDigitsProblem};
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

#[derive(Deserialize)]
struct Table {
    vectors: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    input: String,
    valid: bool,
    normalized: Option<String>,
    algorithm: String,
    digits: u32,
    period: i64,
    unix_time: i64,
    skew_steps: u32,
    last_accepted_step: Option<u64>,
    secret_base32: String,
}

fn vectors() -> Vec<Vector> {
    let table: Table =
        serde_json::from_str(include_str!("vectors.json")).expect("the table is JSON");
    table
        .vectors
        .into_iter()
        .filter(|row| row["kind"] == "totp")
        .map(|row| serde_json::from_value(row).expect("a totp row has all fields"))
        .collect()
}

/// RFC 4648 Base32, upper case.
fn decode(base32: &str) -> Vec<u8> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for c in base32.bytes().filter(|c| *c != b'=') {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'2'..=b'7' => c - b'2' + 26,
            _ => panic!("not Base32"),
        };
        bits = bits << 5 | u32::from(value);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).expect("eight bits"));
            bits &= (1 << held) - 1;
        }
    }
    bytes
}

fn mac<M: Mac + KeyInit>(secret: &[u8], step: TotpStep) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.number().to_be_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The 31 bits of a step from which a code's digits are taken (RFC 4226, 5.3).
fn truncated(row: &Vector, step: TotpStep) -> u32 {
    let secret = decode(&row.secret_base32);
    let hash = match row.algorithm.as_str() {
        "SHA1" => mac::<Hmac<Sha1>>(&secret, step),
        "SHA256" => mac::<Hmac<Sha256>>(&secret, step),
        "SHA512" => mac::<Hmac<Sha512>>(&secret, step),
        other => panic!("{other}"),
    };
    let offset = hash.last().map_or(0, |byte| usize::from(byte & 0xf));
    let four = hash.iter().skip(offset).take(4);
    four.fold(0, |number, byte| number << 8 | u32::from(*byte)) & 0x7fff_ffff
}

fn accepts(row: &Vector, typed: SixDigits) -> bool {
    let check = MfaCheck {
        last_step: row.last_accepted_step.map(TotpStep::new),
        tries: TryCount::Clear,
    };
    let policy = MfaPolicy {
        steps_either_side: row.skew_steps,
        ..MfaPolicy::default()
    };
    let now = Timestamp::from_millis(row.unix_time * 1000);
    let code_at = |step| SixDigits::from_number(truncated(row, step));
    try_totp(check, typed, code_at, &policy, now).answer.is_ok()
}

#[test]
fn mfa_3_every_totp_vector_is_decided_as_the_table_says() {
    let rows = vectors();
    assert!(rows.len() >= 28, "the table lost its totp rows");
    for row in rows {
        assert_eq!(row.period * 1000, TotpStep::MILLIS, "{}", row.id);
        if row.digits == 8 {
            // The product has six digits; the RFC's eight are the same number cut later.
            let now = Timestamp::from_millis(row.unix_time * 1000);
            let eight = truncated(&row, TotpStep::at(now)) % 100_000_000;
            assert_eq!(format!("{eight:08}"), row.input, "{}", row.id);
            assert!(accepts(&row, SixDigits::from_number(eight)), "{}", row.id);
            continue;
        }
        match SixDigits::parse(&row.input) {
            Ok(typed) => {
                let shown = row.normalized.as_deref().unwrap_or(&row.input);
                assert_eq!(typed.expose(), shown, "{}", row.id);
                assert_eq!(accepts(&row, typed), row.valid, "{}", row.id);
            }
            Err(SixDigitsProblem::Empty | SixDigitsProblem::NotSixDigits) => {
                assert!(!row.valid, "{}", row.id);
            }
        }
    }
}

#[test]
fn v_18_previous_and_next_step_pass_and_two_steps_old_fails_whatever_the_wall_clock() {
    let rows = vectors();
    let row = rows.iter().find(|row| row.id == "totp-23").expect("a row");
    let typed = |text| SixDigits::parse(text).expect("six digits");
    for (code, accepted) in [
        ("186791", true),
        ("144003", true),
        ("116566", true),
        ("508016", false),
    ] {
        assert_eq!(accepts(row, typed(code)), accepted, "{code}");
    }
}

#[test]
fn v_17_a_code_that_was_used_is_refused_and_of_two_at_once_one_succeeds() {
    let rows = vectors();
    let row = rows.iter().find(|row| row.id == "totp-23").expect("a row");
    let policy = MfaPolicy::default();
    let now = Timestamp::from_millis(row.unix_time * 1000);
    let code_at = |step| SixDigits::from_number(truncated(row, step));
    let typed = SixDigits::parse(&row.input).expect("six digits");
    let loaded = MfaCheck::default();
    let first = try_totp(loaded, typed, code_at, &policy, now);
    let second = try_totp(loaded, typed, code_at, &policy, now);
    assert!(first.answer.is_ok() && second.answer.is_ok());
    // Both were decided on the same loaded state, so compare-and-set lets one of them through.
    let mut stored = loaded;
    let mut succeeded = 0;
    for tried in [first, second] {
        if stored == loaded {
            stored = tried.state;
            succeeded += 1;
        }
    }
    assert_eq!(succeeded, 1);
    assert!(
        try_totp(stored, typed, code_at, &policy, now)
            .answer
            .is_err()
    );
}
