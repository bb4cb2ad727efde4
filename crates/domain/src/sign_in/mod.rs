//! Getting in and staying in. Must not know how a password is stored.

mod attempts;
mod choose;
mod forgotten;
mod history;
mod name;
mod password;
mod policy;
mod risk;
mod scan;
mod second_step;
mod seen;
mod session;
mod strength;
mod trusted;

use serde::{Deserialize, Serialize};

pub use attempts::{Captcha, WrongPasswords, may_try_password, try_password};
pub use choose::{
    FrozenIdentityWay, IdentityLeadsTo, NoAccountWay, choose_account, frozen_identity_ways,
    identity_leads_to,
};
pub use forgotten::{
    ForgottenPasswordState, ForgottenPasswordWay, PasswordResetRefusal, PasswordResetter,
    PasswordSet, ResetAccount, change_password, forgotten_password_ways, may_reset_password,
    may_reset_sub_user_password, reset_password, reset_sub_user_password,
};
pub use history::{SignInMethod, SignInRecord, SignInResult};
pub use name::{SignInName, SubUserSignIn, SubUserSignInProblem};
pub use password::{Password, PasswordOwner, PasswordProblem};
pub use policy::SignInPolicy;
pub use risk::{CountrySeen, Risk, SignInSigns, judge_risk};
pub use scan::{Scan, ScanPurpose, ScanRefusal, ScanState, confirms_owner};
pub use second_step::{DeviceTrust, SecondStep, SecondStepWay, second_step, second_step_ends};
pub use seen::SeenIdentity;
pub use session::{
    EndWish, Session, SessionEnd, SessionId, SessionLimitProblem, SessionLimits, SessionsAfter,
    sessions_after, sessions_to_end,
};
pub use strength::PasswordStrength;
pub use trusted::{DeviceId, TrustedDevice, is_trusted, revoke_trust, trust_after};

use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why somebody is not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum SignInRefusal {
    /// E-mail and password do not belong together; the same for an unknown address.
    WrongEmailOrPassword,
    /// Too many wrong passwords today: this try needs a solved captcha.
    CaptchaNeeded,
    /// Too many wrong passwords: nobody signs in with a password until the lock ends.
    Locked {
        /// When the lock ends.
        retry_at: Timestamp,
    },
    /// Too many tries from one network address.
    TooManyTries {
        /// When the next try is answered.
        retry_at: Timestamp,
    },
    /// No second step is waited for in this browser: it took too long, or was done; the first proof is
    /// given again (SGN-2).
    SecondStepOver,
}

impl Refuse for SignInRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::WrongEmailOrPassword
            | Self::CaptchaNeeded
            | Self::Locked { .. }
            | Self::TooManyTries { .. } => RuleId::Sgn1,
            Self::SecondStepOver => RuleId::Sgn2,
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::WrongEmailOrPassword | Self::CaptchaNeeded | Self::SecondStepOver => None,
            Self::Locked { retry_at } | Self::TooManyTries { retry_at } => Some(*retry_at),
        }
    }
}
