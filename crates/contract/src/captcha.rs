//! Showing that a person is there: a puzzle that the browser solves by itself, or a code in its place
//! (SGN-1).

use serde::{Deserialize, Serialize};

/// What a puzzle opens; a solution for one thing does not open another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaptchaPurpose {
    /// Signing in with a password after wrong ones (SGN-1).
    SignIn,
    /// Registering an account.
    Register,
    /// Having a code sent without being signed in.
    SendCode,
    /// Finding an account (FND-4).
    FindAccount,
}

/// The answer to [`crate::endpoints::GET_CAPTCHA`]: somewhere from 0 to `max` there is a number whose
/// decimal digits, written after `salt`, have the SHA-256 `challenge`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Puzzle {
    /// What stands before the number; ASCII.
    pub salt: String,
    /// 64 hexadecimal digits in lower case.
    pub challenge: String,
    /// The largest number that may be the solution.
    pub max: u32,
    /// Comes back with the solution.
    pub signature: String,
}

/// What shows that a person is there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", rename_all = "snake_case", deny_unknown_fields)]
pub enum Captcha {
    /// A solved puzzle; each works once.
    Puzzle {
        /// The puzzle's.
        salt: String,
        /// The puzzle's.
        challenge: String,
        /// The puzzle's.
        max: u32,
        /// The puzzle's.
        signature: String,
        /// The number that was found.
        number: u32,
    },
    /// The code that went to the typed e-mail, for whoever cannot or does not want to solve a puzzle.
    Code {
        /// As typed.
        code: String,
    },
}

/// The body of [`crate::endpoints::SEND_CAPTCHA_CODE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendCaptchaCode {
    /// The login e-mail as typed.
    pub email: String,
}
