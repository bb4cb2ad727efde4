//! Secrets of TOTP apps and tokens, and the codes they show (RFC 6238, MFA-1).
//!
//! Knows the arithmetic; must not know which code is accepted when: `domain::mfa` decides that.

use std::fmt;

use data_encoding::{BASE32_NOPAD, HEXUPPER};
use domain::identity::clean;
use domain::mfa::{SeedProblem, TotpStep};
use domain::protection::SixDigits;
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::outside::ids::{Ids, NoRandomness};

/// What RFC 4226 recommends and what every app can take: 160 bits.
const FRESH_LENGTH: usize = 20;
/// The shortest secret that RFC 4226 allows: 128 bits.
const SHORTEST: usize = 16;
/// The length of a block of SHA-1; a longer key would be hashed first and gain nothing.
const LONGEST: usize = 64;

/// What may stand in a part of an address as it is (RFC 3986, "unreserved").
const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The secret that an app or a token shares with us. Never printed; wiped when dropped.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<Vec<u8>>);

impl TotpSecret {
    /// A fresh secret for an app: 160 random bits (MFA-1).
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn fresh(ids: &dyn Ids) -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new(vec![0; FRESH_LENGTH]);
        ids.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The secret in Base32, to be typed into an app, and to be sealed and kept (RFC 4648, no
    /// padding: apps disagree about it).
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE32_NOPAD.encode(&self.0))
    }

    /// Parses a secret in Base32: one of ours that was kept, or a token's; case, blanks, hyphens
    /// and padding do not count.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse(typed: &str) -> Result<Self, SeedProblem> {
        let text = bare(typed)?;
        BASE32_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| SeedProblem::Malformed)
            .and_then(Self::of)
    }

    /// Parses the seed that a token's maker gives, in hexadecimal or Base32 (MFA-1).
    ///
    /// Text that could be either is read as hexadecimal: the sixteen digits hold only two thirds
    /// of Base32's letters, so a seed of 160 bits in Base32 looks hexadecimal once in 10¹⁰ times,
    /// and the two codes of the binding would tell.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse_seed(typed: &str) -> Result<Self, SeedProblem> {
        let text = bare(typed)?;
        match HEXUPPER.decode(text.as_bytes()) {
            Ok(bytes) => Self::of(bytes),
            Err(_) => Self::parse(&text),
        }
    }

    fn of(bytes: Vec<u8>) -> Result<Self, SeedProblem> {
        let bytes = Zeroizing::new(bytes);
        match bytes.len() {
            ..SHORTEST => Err(SeedProblem::TooShort),
            SHORTEST..=LONGEST => Ok(Self(bytes)),
            _ => Err(SeedProblem::TooLong),
        }
    }

    /// The code that is shown during `step` (RFC 6238 with SHA-1 and 6 digits, MFA-1).
    #[must_use]
    pub fn code_at(&self, step: TotpStep) -> SixDigits {
        SixDigits::from_number(self.truncated(step))
    }

    /// The 31 bits that a code's digits are taken from (RFC 4226, 5.3).
    fn truncated(&self, step: TotpStep) -> u32 {
        // A key of any length is a key of HMAC.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.0) else {
            return 0;
        };
        mac.update(&step.number().to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let from = usize::from(digest.last().copied().unwrap_or_default() & 0x0f);
        let four = digest.iter().skip(from).take(4);
        four.fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) & 0x7fff_ffff
    }

    /// The address that a QR code holds; an app that reads it shows `issuer` and `account`.
    ///
    /// A colon parts the two in the label, so none of theirs is kept.
    #[must_use]
    pub fn address(&self, issuer: &str, account: &str) -> Zeroizing<String> {
        let part = |text: &str| {
            let plain = text.replace([':', '：'], " ");
            utf8_percent_encode(plain.trim(), AS_IT_IS).to_string()
        };
        let (issuer, account) = (part(issuer), part(account));
        let secret = self.expose();
        Zeroizing::new(format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            *secret
        ))
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// The letters and digits alone, in upper case.
fn bare(typed: &str) -> Result<Zeroizing<String>, SeedProblem> {
    // Four characters for each byte is more than any spelling takes.
    if typed.len() > 4 * 4 * LONGEST {
        return Err(SeedProblem::TooLong);
    }
    let text: String = clean(typed)
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | ':'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let text = text.trim_end_matches('=');
    if text.is_empty() {
        return Err(SeedProblem::Empty);
    }
    Ok(Zeroizing::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::ids::SystemIds;
    use domain::mfa::{MfaCheck, MfaPolicy, MfaRefusal, try_totp};
    use domain::time::Timestamp;
    use serde_json::Value;

    const VECTORS: &str = include_str!("../../domain/tests/vectors.json");
    const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn vectors() -> Vec<Value> {
        let all: Value = serde_json::from_str(VECTORS).unwrap();
        let all = all["vectors"].as_array().unwrap().clone();
        all.into_iter()
            .filter(|vector| vector["kind"] == "totp" && vector["algorithm"] == "SHA1")
            .collect()
    }

    fn at(vector: &Value) -> Timestamp {
        Timestamp::from_millis(vector["unix_time"].as_i64().unwrap() * 1000)
    }

    #[test]
    fn mfa_1_codes_are_those_of_rfc_6238_and_rfc_4226() {
        let mut looked_at = 0;
        for vector in vectors() {
            let secret = TotpSecret::parse(vector["secret_base32"].as_str().unwrap()).unwrap();
            let step = TotpStep::at(at(&vector));
            let wanted = vector["input"].as_str().unwrap();
            if vector["digits"] == 8 {
                assert_eq!(
                    format!("{:08}", secret.truncated(step) % 100_000_000),
                    wanted
                );
                looked_at += 1;
            } else if vector["skew_steps"] == 0 {
                assert_eq!(secret.code_at(step).expose(), wanted);
                looked_at += 1;
            }
        }
        assert_eq!(looked_at, 10);
    }

    #[test]
    fn v_18_one_step_either_side_is_accepted_and_no_more() {
        let mut looked_at = 0;
        for vector in vectors() {
            if vector["skew_steps"] != 1 {
                continue;
            }
            let Ok(typed) = SixDigits::parse(vector["input"].as_str().unwrap()) else {
                assert_eq!(vector["valid"], false);
                continue;
            };
            let secret = TotpSecret::parse(vector["secret_base32"].as_str().unwrap()).unwrap();
            let check = MfaCheck {
                last_step: vector["last_accepted_step"].as_u64().map(TotpStep::new),
                ..MfaCheck::default()
            };
            let code_at = |step| secret.code_at(step);
            let tried = try_totp(check, typed, code_at, &MfaPolicy::default(), at(&vector));
            assert_eq!(
                Value::Bool(tried.answer.is_ok()),
                vector["valid"],
                "{vector}"
            );
            looked_at += 1;
        }
        assert_eq!(looked_at, 6);
    }

    #[test]
    fn v_18_two_steps_old_is_refused_with_the_servers_time() {
        let secret = TotpSecret::parse(RFC_SECRET).unwrap();
        let now = Timestamp::from_millis(1_790_000_010_000);
        let typed = SixDigits::parse("508016").unwrap();
        let tried = try_totp(
            MfaCheck::default(),
            typed,
            |step| secret.code_at(step),
            &MfaPolicy::default(),
            now,
        );
        let refused = tried.answer.unwrap_err();
        assert!(
            refused
                .all()
                .iter()
                .any(|refusal| matches!(refusal, MfaRefusal::WrongCode { server_time, .. } if *server_time == now))
        );
    }

    #[test]
    fn mfa_1_a_fresh_secret_has_160_bits_and_survives_being_typed() {
        let secret = TotpSecret::fresh(&SystemIds).unwrap();
        let shown = secret.expose();
        assert_eq!(shown.len(), 32);
        let (first, rest) = shown.split_at(5);
        let grouped = format!(" {first} {}- ==", rest.to_lowercase());
        let typed = TotpSecret::parse(&grouped).unwrap();
        let step = TotpStep::new(59_666_667);
        assert_eq!(typed.code_at(step), secret.code_at(step));
        let other = TotpSecret::fresh(&SystemIds).unwrap();
        assert_ne!(*other.expose(), *shown);
        assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
    }

    #[test]
    fn mfa_1_a_tokens_seed_is_hexadecimal_or_base32() {
        let hex = "31323334 35363738 39303132 33343536 37383930";
        for seed in [
            hex,
            RFC_SECRET,
            "３１323334353637383930313233343536-37383930",
        ] {
            let secret = TotpSecret::parse_seed(seed).unwrap();
            assert_eq!(*secret.expose(), RFC_SECRET, "{seed}");
        }
    }

    #[test]
    fn mfa_1_what_is_no_seed_is_refused_with_the_reason() {
        let refused = |seed: &str| TotpSecret::parse_seed(seed).unwrap_err();
        assert_eq!(refused(""), SeedProblem::Empty);
        assert_eq!(refused(" - =="), SeedProblem::Empty);
        assert_eq!(refused("0189!"), SeedProblem::Malformed);
        assert_eq!(refused("密钥"), SeedProblem::Malformed);
        assert_eq!(
            refused("ABCDEFGHI"),
            SeedProblem::Malformed,
            "no length of Base32"
        );
        assert_eq!(refused(&"0f".repeat(15)), SeedProblem::TooShort);
        assert!(TotpSecret::parse_seed(&"0f".repeat(16)).is_ok());
        assert!(TotpSecret::parse_seed(&"0f".repeat(64)).is_ok());
        assert_eq!(refused(&"0f".repeat(65)), SeedProblem::TooLong);
        assert_eq!(refused(&"A".repeat(1_000_000)), SeedProblem::TooLong);
    }

    #[test]
    fn mfa_1_the_qr_address_is_encoded_and_its_label_has_one_colon() {
        let secret = TotpSecret::parse(RFC_SECRET).unwrap();
        assert_eq!(
            *secret.address("云 A:B&C", "100000000001"),
            format!(
                "otpauth://totp/%E4%BA%91%20A%20B%26C:100000000001?secret={RFC_SECRET}\
                 &issuer=%E4%BA%91%20A%20B%26C&algorithm=SHA1&digits=6&period=30"
            )
        );
    }
}
