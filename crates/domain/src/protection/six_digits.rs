//! A code of six digits as a person types it. Must not know what the code is for.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::identity::clean;

/// A code of exactly six digits; leading zeros count. Never printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SixDigits(u32);

/// Why a text is not a six-digit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum SixDigitsProblem {
    /// Nothing was typed.
    Empty,
    /// It is not six digits.
    NotSixDigits,
}

impl SixDigits {
    /// Parses what a person typed; the gap that authenticator apps show, hyphens and full-width
    /// digits do not count (CON-12, MFA-1).
    ///
    /// # Errors
    /// Says what is wrong with the text; such a text is no try and is never counted as one.
    pub fn parse(typed: &str) -> Result<Self, SixDigitsProblem> {
        let text = clean(typed);
        if text.is_empty() {
            return Err(SixDigitsProblem::Empty);
        }
        let mut number = 0;
        let mut digits = 0;
        for c in text.chars().filter(|c| !matches!(c, ' ' | '-')) {
            let digit = c.to_digit(10).ok_or(SixDigitsProblem::NotSixDigits)?;
            digits += 1;
            if digits > 6 {
                return Err(SixDigitsProblem::NotSixDigits);
            }
            number = number * 10 + digit;
        }
        if digits == 6 {
            Ok(Self(number))
        } else {
            Err(SixDigitsProblem::NotSixDigits)
        }
    }

    /// The code of `number`'s last six decimal digits, which is how one is made from random bits
    /// or from a MAC (RFC 4226).
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        Self(number % 1_000_000)
    }

    /// The six digits, to be sent or hashed.
    #[must_use]
    pub fn expose(self) -> String {
        format!("{:06}", self.0)
    }
}

impl fmt::Debug for SixDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SixDigits(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn con_12_a_code_is_six_digits_however_they_were_typed() {
        for typed in ["007081", "007 081", "007-081", " 007081\n", "００７０８１"] {
            let code = SixDigits::parse(typed).unwrap();
            assert_eq!(code.expose(), "007081", "{typed}");
            assert_eq!(code, SixDigits::from_number(94_007_081));
        }
        assert_eq!(SixDigits::parse("\u{200b} "), Err(SixDigitsProblem::Empty));
        for wrong in [
            "00708",
            "0070810",
            "00708a",
            "٠٠٧٠٨١",
            "-",
            "①②③④⑤⑥",
            "+07081",
        ] {
            assert_eq!(
                SixDigits::parse(wrong),
                Err(SixDigitsProblem::NotSixDigits),
                "{wrong}"
            );
        }
    }
}
