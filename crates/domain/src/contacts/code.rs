//! Verification codes: when one is sent and when one is taken (CON-12). Must not know the digits,
//! which are hashed at the edge.

use serde::{Deserialize, Serialize};

use super::{CodeRefusal, ContactPolicy, ContactTarget};
use crate::account::AccountId;
use crate::login_methods::{LoginIdentity, ProvedIdentity};
use crate::refusal::{Refused, Tried};
use crate::time::{Date, Timestamp};

/// What a code is for; it is good for nothing else (CON-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodePurpose {
    /// Registering an account: its e-mail, and its security phone (REG-3).
    Register,
    /// Showing that a person signs in, in the place of a captcha (SGN-1).
    ProveHuman,
    /// The second step of a sign-in (PRT-1).
    SecondStep,
    /// Proving who one is before a sensitive operation (PRT-4).
    ProveOwner,
    /// The new security phone (CON-3).
    NewSecurityPhone,
    /// The new security e-mail (CON-5).
    NewSecurityEmail,
    /// The original security e-mail agrees to its change (CON-5).
    OriginalSecurityEmail,
    /// A new contact phone (CON-6).
    ContactPhone,
    /// A new contact e-mail (CON-6).
    ContactEmail,
    /// A login e-mail (CON-15).
    LoginEmail,
    /// A forgotten password (SGN-7).
    ResetPassword,
    /// Unlocking an account that its owner has locked (ACC-14).
    UnlockAccount,
    /// Finding accounts by phone (FND-2, FND-3).
    FindAccount,
    /// Progress of a search by enterprise information (FND-7).
    FindProgress,
    /// Asking to detach a recycled number (CON-9).
    DetachRecycled,
    /// An appeal (APL).
    Appeal,
    /// Former and new owner agree to a change of verification (CHG-14).
    ChangeVerification,
}

/// What a code is asked for, or typed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRequest {
    /// What it is for.
    pub purpose: CodePurpose,
    /// The account, where there is one.
    pub account: Option<AccountId>,
    /// Where it goes.
    pub target: ContactTarget,
}

/// A count that begins anew each day in Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyCount {
    /// The day that is counted.
    pub day: Date,
    /// How many on that day.
    pub count: u32,
}

/// What went to one target before, whatever it was for; loaded under lock, so that two requests at
/// once send one message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendHistory {
    /// When the last code went there.
    pub last_sent_at: Option<Timestamp>,
    /// How many codes went there on the day of the last one.
    pub sent: Option<DailyCount>,
}

/// A code that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedCode {
    /// What it is bound to.
    pub bound_to: CodeRequest,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// What became of it.
    pub state: CodeState,
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// It can be used.
    Open {
        /// Wrong tries so far, from whichever browser.
        wrong: u32,
    },
    /// It was used.
    Used,
    /// It died of wrong tries, or a newer code for the same thing took its place.
    Void,
}

/// A code is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSent {
    /// The code; an earlier one bound to the same becomes void.
    pub code: IssuedCode,
    /// The target's history from now on.
    pub history: SendHistory,
    /// When the next one may be asked for; the page counts down to it, also after a reload.
    pub resend_at: Timestamp,
    /// When this one dies.
    pub expires_at: Timestamp,
}

/// A code and the wrong tries of its account and purpose, which a new code does not clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeTrial {
    /// The code that was sent last for this.
    pub code: IssuedCode,
    /// Wrong tries of this account and purpose.
    pub wrong_today: Option<DailyCount>,
}

/// That a target answered its code; only [`try_code`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmedCode {
    bound_to: CodeRequest,
    at: Timestamp,
}

impl DailyCount {
    /// How many count at `now`: none that are of another day.
    #[must_use]
    pub fn at(count: Option<Self>, now: Timestamp) -> u32 {
        count
            .filter(|count| count.day == now.date())
            .map_or(0, |count| count.count)
    }

    /// The count after one more at `now`.
    #[must_use]
    pub fn one_more(count: Option<Self>, now: Timestamp) -> Self {
        Self {
            day: now.date(),
            count: Self::at(count, now).saturating_add(1),
        }
    }
}

impl ConfirmedCode {
    /// Whether it is the answer of exactly this target, for this purpose and account.
    #[must_use]
    pub fn is_for(&self, request: &CodeRequest) -> bool {
        self.bound_to == *request
    }

    /// What it is bound to.
    #[must_use]
    pub const fn bound_to(&self) -> &CodeRequest {
        &self.bound_to
    }

    /// When it was answered.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// The address that was proved as a login e-mail, when that is what the code was for (CON-15).
    #[must_use]
    pub fn login_email(&self) -> Option<ProvedIdentity> {
        match (self.bound_to.purpose, &self.bound_to.target) {
            (CodePurpose::LoginEmail | CodePurpose::Register, ContactTarget::Email(email)) => {
                Some(ProvedIdentity::seen(LoginIdentity::email(email)))
            }
            _ => None,
        }
    }

    /// A code that was answered, for the tests of other areas.
    #[cfg(test)]
    pub(crate) const fn answered(bound_to: CodeRequest, at: Timestamp) -> Self {
        Self { bound_to, at }
    }
}

/// What stands against sending a code now (CON-12). It is asked before anything is sent, and the
/// same for targets that nobody has.
#[must_use]
pub fn may_request_code(
    history: &SendHistory,
    wrong_today: Option<DailyCount>,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Vec<CodeRefusal> {
    let mut failing = Vec::new();
    let midnight = now.date().end();
    if DailyCount::at(wrong_today, now) >= policy.wrong_codes_per_day {
        failing.push(CodeRefusal::TooManyWrongToday { retry_at: midnight });
    }
    if DailyCount::at(history.sent, now) >= policy.codes_per_day {
        failing.push(CodeRefusal::DayUsedUp {
            most: policy.codes_per_day,
            retry_at: midnight,
        });
    }
    let resend_at = history.last_sent_at.map(|at| at.plus(policy.resend_after));
    if let Some(retry_at) = resend_at.filter(|at| now < *at) {
        failing.push(CodeRefusal::TooSoon { retry_at });
    }
    failing
}

/// Sends a code, unless the target has just had one or has had enough of them (CON-12).
///
/// # Errors
/// All that [`may_request_code`] lists.
pub fn request_code(
    request: CodeRequest,
    history: &SendHistory,
    wrong_today: Option<DailyCount>,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Result<CodeSent, Refused<CodeRefusal>> {
    Refused::unless_none(may_request_code(history, wrong_today, policy, now))?;
    Ok(CodeSent {
        code: IssuedCode {
            bound_to: request,
            sent_at: now,
            state: CodeState::Open { wrong: 0 },
        },
        history: SendHistory {
            last_sent_at: Some(now),
            sent: Some(DailyCount::one_more(history.sent, now)),
        },
        resend_at: now.plus(policy.resend_after),
        expires_at: now.plus(policy.code_lives),
    })
}

/// What stands against trying this code for `asked`, before its digits are looked at (CON-12).
#[must_use]
pub fn may_try_code(
    trial: &CodeTrial,
    asked: &CodeRequest,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Vec<CodeRefusal> {
    if DailyCount::at(trial.wrong_today, now) >= policy.wrong_codes_per_day {
        let retry_at = now.date().end();
        return vec![CodeRefusal::TooManyWrongToday { retry_at }];
    }
    if trial.code.bound_to != *asked {
        return vec![CodeRefusal::NoCode];
    }
    let refusal = match trial.code.state {
        CodeState::Used => CodeRefusal::Used,
        CodeState::Void => CodeRefusal::Void,
        CodeState::Open { .. } if trial.code.sent_at.plus(policy.code_lives) <= now => {
            CodeRefusal::Expired
        }
        CodeState::Open { .. } => return Vec::new(),
    };
    vec![refusal]
}

/// Tries a code; `matches` is the edge's answer to whether the digits are right (CON-12).
///
/// A code works once, for its own purpose, account and target. The fifth wrong try kills it, and
/// after 20 wrong ones of an account and purpose no code is taken until the next day.
pub fn try_code(
    trial: CodeTrial,
    asked: &CodeRequest,
    matches: bool,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Tried<CodeTrial, ConfirmedCode, CodeRefusal> {
    if let Err(refused) = Refused::unless_none(may_try_code(&trial, asked, policy, now)) {
        return Tried {
            state: trial,
            answer: Err(refused),
        };
    }
    let CodeTrial { code, wrong_today } = trial;
    let trial_with = |state, wrong_today| CodeTrial {
        code: IssuedCode {
            state,
            ..code.clone()
        },
        wrong_today,
    };
    if matches {
        return Tried {
            state: trial_with(CodeState::Used, wrong_today),
            answer: Ok(ConfirmedCode {
                bound_to: code.bound_to.clone(),
                at: now,
            }),
        };
    }
    let wrong = match code.state {
        CodeState::Open { wrong } => wrong.saturating_add(1),
        CodeState::Used | CodeState::Void => policy.code_tries,
    };
    let wrong_today = Some(DailyCount::one_more(wrong_today, now));
    if wrong < policy.code_tries {
        let tries_left = policy.code_tries - wrong;
        return Tried {
            state: trial_with(CodeState::Open { wrong }, wrong_today),
            answer: Err(CodeRefusal::Wrong { tries_left }.into()),
        };
    }
    Tried {
        state: trial_with(CodeState::Void, wrong_today),
        answer: Err(CodeRefusal::Void.into()),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
