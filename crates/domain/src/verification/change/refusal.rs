//! Why a change of verification is refused. Knows rules and numbers; no sentence.

use serde::{Deserialize, Serialize};

use super::{ChangeStep, Proof};
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;
use crate::verification::{ClosedBecause, VerificationRefusal, WayOut};

/// Why a change of verification is not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ChangeRefusal {
    /// The account is not verified; there is nothing to change (CHG-1).
    NotVerified,
    /// An enterprise's account never becomes a person's (CHG-1).
    EnterpriseToPerson,
    /// The new person's papers are not of the mainland (CHG-1).
    PersonOutsideMainland,
    /// The new enterprise is not registered on the mainland (VER-5).
    EnterpriseOutsideMainland,
    /// Only an enterprise has a name or legal representative to change (CHG-4).
    NotAnEnterprise,
    /// The last verification or change is too recent (CHG-2).
    TooSoon {
        /// From when on it is allowed.
        allowed_at: Timestamp,
    },
    /// The account owes money (CHG-3).
    Arrears,
    /// An advance was not settled (CHG-3).
    OutstandingAdvance,
    /// Another change is in review, or approved and not done yet (CHG-3).
    AnotherInReview,
    /// The recorded code is incomplete or wrong (ENT-6).
    CodeIncomplete,
    /// The account is being deregistered (DRG-8).
    DeregistrationRunning,
    /// The new subject is the present one, or the new data are the recorded ones.
    NothingChanges,
    /// A change of name keeps the code; another code is another subject (CHG-4).
    CodeMustStay,
    /// The online way needs a USCC that starts with 9 (CHG-8).
    OnlineNeedsBusinessUscc,
    /// The online way exists for changes that keep the subject (CHG-8).
    OnlineNeedsSameSubject,
    /// Only the subject of an enterprise can be dissolved, and only its subject changed then (CHG-7).
    DissolvedDoesNotFit,
    /// Documents are missing (CHG-7).
    ProofMissing {
        /// Which, in the order of the page.
        missing: Vec<Proof>,
    },
    /// Nobody confirmed that the resources go to the new subject (CHG-11).
    ResourcesNotConfirmed,
    /// The former owner did not agree yet (CHG-14).
    FormerOwnerNotAgreed,
    /// The new owner did not accept yet (CHG-14).
    NewOwnerNotAccepted,
    /// A new person accepts by a face check of their own (CHG-14).
    NewPersonNeedsFace,
    /// The business register does not know this person as who represents the new enterprise (ENT-10).
    RepresentativeNotRecorded,
    /// The legal representative's face cannot be checked; another method is needed (ENT-4, ENT-5).
    MethodClosed {
        /// Why not.
        because: ClosedBecause,
    },
    /// The application is not in a state in which this can be done (CHG-9).
    NotInThisState,
    /// A rejection names its reasons per item (CHG-9).
    ReasonsMissing,
    /// The wizard is not there yet, or past it (CHG-5).
    StepClosed {
        /// The step to open instead.
        open: ChangeStep,
    },
    /// The new subject cannot be verified (VER-2, VER-4, ENT-1).
    NewSubject {
        /// Why not.
        refusal: VerificationRefusal,
    },
}

impl Refuse for ChangeRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::NotVerified
            | Self::EnterpriseToPerson
            | Self::PersonOutsideMainland
            | Self::NothingChanges => RuleId::Chg1,
            Self::EnterpriseOutsideMainland => RuleId::Ver5,
            Self::NotAnEnterprise | Self::CodeMustStay => RuleId::Chg4,
            Self::TooSoon { .. } => RuleId::Chg2,
            Self::Arrears | Self::OutstandingAdvance | Self::AnotherInReview => RuleId::Chg3,
            Self::CodeIncomplete => RuleId::Ent6,
            Self::DeregistrationRunning => RuleId::Drg8,
            Self::OnlineNeedsBusinessUscc | Self::OnlineNeedsSameSubject => RuleId::Chg8,
            Self::DissolvedDoesNotFit | Self::ProofMissing { .. } => RuleId::Chg7,
            Self::ResourcesNotConfirmed => RuleId::Chg11,
            Self::FormerOwnerNotAgreed | Self::NewOwnerNotAccepted | Self::NewPersonNeedsFace => {
                RuleId::Chg14
            }
            Self::RepresentativeNotRecorded => RuleId::Ent10,
            Self::MethodClosed { because } => because.rule(),
            Self::NotInThisState | Self::ReasonsMissing => RuleId::Chg9,
            Self::StepClosed { .. } => RuleId::Chg5,
            Self::NewSubject { refusal } => refusal.rule(),
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::TooSoon { allowed_at } => Some(*allowed_at),
            Self::NewSubject { refusal } => refusal.retry_at(),
            _ => None,
        }
    }
}

impl ChangeRefusal {
    /// What the page offers beside the refusal.
    #[must_use]
    pub const fn ways_out(&self) -> &'static [WayOut] {
        match self {
            Self::NotVerified => &[WayOut::Verify],
            Self::EnterpriseOutsideMainland => &[WayOut::InternationalSite],
            Self::Arrears | Self::OutstandingAdvance => &[WayOut::Pay],
            Self::AnotherInReview => &[WayOut::OpenChange],
            Self::CodeIncomplete => &[WayOut::CompleteCode],
            Self::OnlineNeedsBusinessUscc => &[WayOut::CompleteCode, WayOut::PaperWay],
            Self::OnlineNeedsSameSubject => &[WayOut::PaperWay],
            Self::DeregistrationRunning => &[WayOut::CancelDeregistration],
            Self::NewSubject { refusal } => refusal.ways_out(),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refusal;

    #[test]
    fn chg_12_a_refusal_within_a_refusal_keeps_its_rule_and_numbers_on_the_wire() {
        let refusal = ChangeRefusal::NewSubject {
            refusal: VerificationRefusal::PersonPlacesTaken { limit: 3 },
        };
        assert_eq!(refusal.rule(), RuleId::Ver2);
        let wire = serde_json::to_value(Refusal::from(refusal.clone())).unwrap();
        assert_eq!(
            wire,
            serde_json::json!({
                "area": "verification_change",
                "code": "new_subject",
                "refusal": {"code": "person_places_taken", "limit": 3},
            })
        );
        assert_eq!(
            serde_json::from_value::<Refusal>(wire).unwrap(),
            Refusal::from(refusal)
        );
    }
}
