//! Freezing (冻结): why an account is frozen, what it then cannot do, and what lifts it (ACC-6).
//! Must not know how a reason came about.

use serde::{Deserialize, Serialize};

use super::{AccountRefusal, VerificationStatus};

/// Why an account is frozen; reasons can be present together (ACC-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FreezeReason {
    /// An operator froze it because of a violation.
    Violation,
    /// It is not verified: never was, or no longer.
    NotVerified,
    /// Resources are in retention because a renewal was not paid.
    UnpaidRetention,
    /// It waits for its deregistration.
    AwaitingDeregistration,
}

/// What a frozen account cannot do; everything else it can, above all pay, verify and delete (ACC-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FrozenAction {
    /// Buying.
    Buy,
    /// A new project.
    CreateProject,
    /// A new sub-user, collaborator or message recipient.
    CreateUser,
    /// A new API key.
    CreateKey,
}

/// What lifts a reason (ACC-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FreezeRemedy {
    /// Support must lift it (OPS-2).
    AskSupport,
    /// Pass the real-name verification (VER).
    Verify,
    /// Pay for the renewal, or delete the resources.
    PayRenewal,
    /// Cancel the deregistration (DRG-5).
    CancelDeregistration,
}

/// What the reasons are computed from, as loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreezeCauses {
    /// An operator froze the account and did not lift that (OPS-2).
    pub by_operator: bool,
    /// Whether it is verified.
    pub verification: VerificationStatus,
    /// How many resources are in retention because of an unpaid renewal.
    pub retained_resources: u32,
    /// An application for deregistration is waiting for its decision (DRG-5).
    pub deregistering: bool,
}

impl FreezeReason {
    /// Every reason, the one that takes longest to lift first.
    pub const ALL: [Self; 4] = [
        Self::Violation,
        Self::AwaitingDeregistration,
        Self::UnpaidRetention,
        Self::NotVerified,
    ];

    /// What lifts it, which the account's page links to (ACC-6).
    #[must_use]
    pub const fn remedy(self) -> FreezeRemedy {
        match self {
            Self::Violation => FreezeRemedy::AskSupport,
            Self::NotVerified => FreezeRemedy::Verify,
            Self::UnpaidRetention => FreezeRemedy::PayRenewal,
            Self::AwaitingDeregistration => FreezeRemedy::CancelDeregistration,
        }
    }
}

impl FrozenAction {
    /// Everything that a frozen account cannot do.
    pub const ALL: [Self; 4] = [
        Self::Buy,
        Self::CreateProject,
        Self::CreateUser,
        Self::CreateKey,
    ];
}

impl FreezeCauses {
    /// Whether this reason is present (ACC-6).
    #[must_use]
    pub const fn has(&self, reason: FreezeReason) -> bool {
        match reason {
            FreezeReason::Violation => self.by_operator,
            FreezeReason::NotVerified => {
                matches!(self.verification, VerificationStatus::Unverified)
            }
            FreezeReason::UnpaidRetention => self.retained_resources > 0,
            FreezeReason::AwaitingDeregistration => self.deregistering,
        }
    }
}

/// All reasons for which the account is frozen; it is free when there is none (ACC-6).
#[must_use]
pub fn freeze_reasons(causes: &FreezeCauses) -> Vec<FreezeReason> {
    FreezeReason::ALL
        .into_iter()
        .filter(|reason| causes.has(*reason))
        .collect()
}

/// Refuses `action` once for each reason for which the account is frozen (ACC-6).
#[must_use]
pub fn may_act_unfrozen(reasons: &[FreezeReason], action: FrozenAction) -> Vec<AccountRefusal> {
    reasons
        .iter()
        .map(|reason| AccountRefusal::Frozen {
            reason: *reason,
            action,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::rule::RuleId;

    const FREE: FreezeCauses = FreezeCauses {
        by_operator: false,
        verification: VerificationStatus::Person,
        retained_resources: 0,
        deregistering: false,
    };

    #[test]
    fn acc_6_each_cause_freezes_alone_and_goes_with_its_remedy() {
        assert_eq!(freeze_reasons(&FREE), []);
        for (causes, reason, remedy) in [
            (
                FreezeCauses {
                    by_operator: true,
                    ..FREE
                },
                FreezeReason::Violation,
                FreezeRemedy::AskSupport,
            ),
            (
                FreezeCauses {
                    verification: VerificationStatus::Unverified,
                    ..FREE
                },
                FreezeReason::NotVerified,
                FreezeRemedy::Verify,
            ),
            (
                FreezeCauses {
                    retained_resources: 1,
                    ..FREE
                },
                FreezeReason::UnpaidRetention,
                FreezeRemedy::PayRenewal,
            ),
            (
                FreezeCauses {
                    deregistering: true,
                    ..FREE
                },
                FreezeReason::AwaitingDeregistration,
                FreezeRemedy::CancelDeregistration,
            ),
        ] {
            assert_eq!(freeze_reasons(&causes), [reason]);
            assert_eq!(reason.remedy(), remedy);
        }
    }

    #[test]
    fn acc_6_the_account_is_free_only_when_no_reason_is_left() {
        let mut causes = FreezeCauses {
            by_operator: true,
            verification: VerificationStatus::Unverified,
            retained_resources: 3,
            deregistering: true,
        };
        assert_eq!(freeze_reasons(&causes), FreezeReason::ALL);
        causes.by_operator = false;
        causes.deregistering = false;
        assert_eq!(
            freeze_reasons(&causes),
            [FreezeReason::UnpaidRetention, FreezeReason::NotVerified]
        );
        causes.retained_resources = 0;
        assert_eq!(freeze_reasons(&causes), [FreezeReason::NotVerified]);
        causes.verification = VerificationStatus::Enterprise;
        assert_eq!(freeze_reasons(&causes), []);
    }

    #[test]
    fn acc_6_a_frozen_account_is_refused_with_every_reason() {
        let reasons = [FreezeReason::Violation, FreezeReason::NotVerified];
        for action in FrozenAction::ALL {
            let refused = may_act_unfrozen(&reasons, action);
            assert_eq!(
                refused,
                reasons.map(|reason| AccountRefusal::Frozen { reason, action })
            );
            assert!(refused.iter().all(|refusal| refusal.rule() == RuleId::Acc6));
            assert_eq!(may_act_unfrozen(&[], action), []);
        }
    }
}
