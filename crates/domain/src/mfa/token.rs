//! What is typed of a hardware token: its serial number and what can be wrong with its seed
//! (MFA-1). Must not know the seed itself.

use serde::{Deserialize, Serialize};

use crate::identity::clean;

/// The serial number on the back of a token: 4 to 32 letters, digits and hyphens, in upper case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenSerial(String);

/// Why a text is not the serial number of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum TokenSerialProblem {
    /// Nothing was typed.
    Empty,
    /// It is not 4 to 32 letters, digits and hyphens.
    Malformed,
}

/// Why a text is not the seed of a token (MFA-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum SeedProblem {
    /// Nothing was typed.
    Empty,
    /// It is neither hexadecimal nor Base32.
    Malformed,
    /// It has fewer than 128 bits, which RFC 4226 forbids: codes of such a token can be worked out.
    TooShort,
    /// It is longer than any token's.
    TooLong,
}

impl TokenSerial {
    const SHORTEST: usize = 4;
    const LONGEST: usize = 32;

    /// Parses what a person typed; case and blanks do not count (MFA-1).
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse(typed: &str) -> Result<Self, TokenSerialProblem> {
        let text: String = clean(typed)
            .chars()
            .filter(|c| *c != ' ')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if text.is_empty() {
            return Err(TokenSerialProblem::Empty);
        }
        let fits = (Self::SHORTEST..=Self::LONGEST).contains(&text.len());
        if fits && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-') {
            Ok(Self(text))
        } else {
            Err(TokenSerialProblem::Malformed)
        }
    }

    /// The number as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mfa_1_a_tokens_serial_number_has_4_to_32_letters_digits_and_hyphens() {
        let parse = |text: &str| TokenSerial::parse(text).map(|serial| serial.0);
        assert_eq!(parse(" ab 12-34　").as_deref(), Ok("AB12-34"));
        assert_eq!(parse("ａ123").as_deref(), Ok("A123"));
        assert!(parse(&"9".repeat(32)).is_ok());
        assert_eq!(parse("  "), Err(TokenSerialProblem::Empty));
        for wrong in ["123", &"9".repeat(33), "12_34", "12号34", "①②③④"] {
            assert_eq!(parse(wrong), Err(TokenSerialProblem::Malformed), "{wrong}");
        }
    }
}
