//! What operators do outside the queues: freeze, lift, raise a limit, each with a reason (OPS-2).
//! Must not know what a frozen account cannot do.

use serde::{Deserialize, Serialize};

use super::{Duty, OnDuty, OperatorId, OperatorPolicy, OperatorRefusal};
use crate::account::AccountId;
use crate::identity::clean;
use crate::refusal::Refused;
use crate::time::Timestamp;
use crate::verification::VerificationPolicy;

/// Why an operator does something, in their own words (OPS-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct OperatorReason(String);

/// Why a text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum OperatorReasonProblem {
    /// Nothing was typed.
    Empty,
    /// It has more characters than fit.
    TooLong {
        /// Most characters, in code points.
        longest: u32,
    },
}

/// An act of an operator, as the audit keeps it (OPS-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorAct<What> {
    /// Who did it.
    pub by: OperatorId,
    /// Why.
    pub reason: OperatorReason,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub what: What,
}

/// An account was frozen by an operator, or that was lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreezeChanged {
    /// The account.
    pub account: AccountId,
    /// Whether it is frozen by an operator now.
    pub frozen: bool,
}

/// The limit of an enterprise was raised (ENT-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitRaised {
    /// Most accounts that the enterprise verifies from now on.
    pub limit: u32,
}

impl OperatorReason {
    /// Parses what an operator typed.
    ///
    /// # Errors
    /// Says what is wrong with the text (OPS-2).
    pub fn parse(typed: &str, policy: &OperatorPolicy) -> Result<Self, OperatorReasonProblem> {
        let text = clean(typed);
        if text.is_empty() {
            return Err(OperatorReasonProblem::Empty);
        }
        if text.chars().nth(policy.reason_longest as usize).is_some() {
            return Err(OperatorReasonProblem::TooLong {
                longest: policy.reason_longest,
            });
        }
        Ok(Self(text))
    }

    /// The reason's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// All reasons why the operator cannot freeze the account (`frozen`) or lift that (OPS-2).
///
/// `is_frozen` tells whether an operator froze it; other reasons lift themselves (ACC-6).
#[must_use]
pub fn may_change_freeze(
    operator: &OnDuty,
    account: AccountId,
    is_frozen: bool,
    frozen: bool,
) -> Vec<OperatorRefusal> {
    let mut failing = Vec::new();
    failing.extend(operator.may(Duty::Freeze));
    failing.extend(operator.may_act_on(&[account]));
    match (is_frozen, frozen) {
        (true, true) => failing.push(OperatorRefusal::AlreadyFrozen),
        (false, false) => failing.push(OperatorRefusal::NotFrozen),
        (false, true) | (true, false) => {}
    }
    failing
}

/// Freezes an account, or lifts that, with a reason that the audit keeps (OPS-2).
///
/// # Errors
/// Everything that [`may_change_freeze`] lists.
pub fn change_freeze(
    operator: &OnDuty,
    account: AccountId,
    is_frozen: bool,
    frozen: bool,
    reason: OperatorReason,
    now: Timestamp,
) -> Result<OperatorAct<FreezeChanged>, Refused<OperatorRefusal>> {
    let failing = may_change_freeze(operator, account, is_frozen, frozen);
    Refused::unless_none(failing)?;
    Ok(OperatorAct {
        by: operator.id(),
        reason,
        at: now,
        what: FreezeChanged { account, frozen },
    })
}

/// All reasons why the operator cannot raise an enterprise's limit from `limit` to `wanted` (OPS-2).
///
/// `accounts` are those that the enterprise verifies.
#[must_use]
pub fn may_raise_limit(
    operator: &OnDuty,
    accounts: &[AccountId],
    limit: u32,
    wanted: u32,
    policy: &VerificationPolicy,
) -> Vec<OperatorRefusal> {
    let mut failing = Vec::new();
    failing.extend(operator.may(Duty::RaiseLimit));
    failing.extend(operator.may_act_on(accounts));
    let most = policy.accounts_per_enterprise_raised_most;
    if wanted <= limit {
        failing.push(OperatorRefusal::NotARaise { limit });
    }
    if wanted > most {
        failing.push(OperatorRefusal::RaiseTooHigh { most });
    }
    failing
}

/// Raises the limit of one enterprise, with a reason that the audit keeps (OPS-2, ENT-1).
///
/// # Errors
/// Everything that [`may_raise_limit`] lists.
pub fn raise_limit(
    operator: &OnDuty,
    accounts: &[AccountId],
    limit: u32,
    wanted: u32,
    reason: OperatorReason,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<OperatorAct<LimitRaised>, Refused<OperatorRefusal>> {
    let failing = may_raise_limit(operator, accounts, limit, wanted, policy);
    Refused::unless_none(failing)?;
    Ok(OperatorAct {
        by: operator.id(),
        reason,
        at: now,
        what: LimitRaised { limit: wanted },
    })
}

#[cfg(test)]
mod tests {
    use super::super::Role;
    use super::super::duty::tests::{account, on_duty};
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn reason() -> OperatorReason {
        OperatorReason::parse("wrote spam", &OperatorPolicy::default()).unwrap()
    }

    #[test]
    fn ops_2_a_reason_is_needed_and_has_at_most_500_characters() {
        let policy = OperatorPolicy::default();
        assert_eq!(
            OperatorReason::parse(" \u{3000}", &policy),
            Err(OperatorReasonProblem::Empty)
        );
        assert!(OperatorReason::parse(&"封".repeat(500), &policy).is_ok());
        assert_eq!(
            OperatorReason::parse(&"封".repeat(501), &policy),
            Err(OperatorReasonProblem::TooLong { longest: 500 })
        );
    }

    #[test]
    fn ops_2_support_freezes_and_lifts_and_the_act_keeps_who_and_why() {
        let support = on_duty(7, &[Role::Support], &[]);
        let act = change_freeze(&support, account(5), false, true, reason(), NOW).unwrap();
        assert_eq!((act.by, act.at), (OperatorId(7), NOW));
        assert_eq!(act.reason.as_str(), "wrote spam");
        assert_eq!(
            act.what,
            FreezeChanged {
                account: account(5),
                frozen: true
            }
        );
        let lifted = change_freeze(&support, account(5), true, false, reason(), NOW);
        assert!(lifted.is_ok_and(|act| !act.what.frozen));
        assert_eq!(
            may_change_freeze(&support, account(5), true, true),
            [OperatorRefusal::AlreadyFrozen]
        );
        assert_eq!(
            may_change_freeze(&support, account(5), false, false),
            [OperatorRefusal::NotFrozen]
        );
    }

    #[test]
    fn ops_2_nobody_lifts_the_freeze_of_their_own_account() {
        let insider = on_duty(7, &[Role::Support], &[account(5)]);
        assert_eq!(
            may_change_freeze(&insider, account(5), true, false),
            [OperatorRefusal::OwnAccount]
        );
    }

    #[test]
    fn ent_1_an_administrator_raises_the_limit_of_one_enterprise() {
        let policy = VerificationPolicy::default();
        let administrator = on_duty(3, &[Role::Administrator], &[]);
        let act = raise_limit(&administrator, &[], 10, 11, reason(), &policy, NOW).unwrap();
        assert_eq!(act.what, LimitRaised { limit: 11 });
        let may = |wanted| may_raise_limit(&administrator, &[], 10, wanted, &policy);
        assert_eq!(may(10), [OperatorRefusal::NotARaise { limit: 10 }]);
        assert_eq!(may(1000), []);
        assert_eq!(may(1001), [OperatorRefusal::RaiseTooHigh { most: 1000 }]);
        let support = on_duty(3, &[Role::Support], &[]);
        assert_eq!(
            may_raise_limit(&support, &[], 10, 11, &policy),
            [OperatorRefusal::RoleMissing {
                duty: Duty::RaiseLimit
            }]
        );
    }
}
