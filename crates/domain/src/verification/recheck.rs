//! The platform's re-check of enterprise subjects (ENT-15, ENT-16). Must not know the register.

use serde::{Deserialize, Serialize};

use super::{VerificationPolicy, WayOut};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// What a re-check found wrong with an enterprise (ENT-16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecheckFinding {
    /// It is dissolved.
    Dissolved,
    /// Its recorded data are incomplete.
    Incomplete,
    /// Its name and its code do not belong together.
    NameAndCodeDiffer,
}

/// Where the re-check of a verified enterprise stands (ENT-16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Recheck {
    /// Nothing was found wrong.
    Sound,
    /// The owner was told; the verification still stands.
    Noticed {
        /// What was found.
        finding: RecheckFinding,
        /// When the owner was told.
        noticed_at: Timestamp,
        /// The moment from which the verification can be ended.
        ends_at: Timestamp,
    },
    /// The verification was ended; the account is unverified (VER-9).
    Ended {
        /// What was found.
        finding: RecheckFinding,
        /// When it was ended.
        at: Timestamp,
    },
}

/// What a step of the re-check leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rechecked {
    /// Where the re-check stands now.
    pub recheck: Recheck,
    /// What the owner is told, if anything.
    pub notice: Option<RecheckNotice>,
}

/// What the owner is told (ENT-16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecheckNotice {
    /// Something is wrong; the verification ends unless it is corrected in time.
    CorrectInTime,
    /// It was corrected in time; nothing ends.
    Corrected,
    /// The verification has ended.
    Ended,
}

/// Why the verification of an enterprise is not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum RecheckRefusal {
    /// The owner was not told yet.
    NotNoticed,
    /// The owner's time to correct is not over.
    NoticeRunning {
        /// When it is.
        ends_at: Timestamp,
    },
    /// It has ended already.
    AlreadyEnded,
}

impl crate::refusal::Refuse for RecheckRefusal {
    fn rule(&self) -> crate::rule::RuleId {
        crate::rule::RuleId::Ent16
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::NoticeRunning { ends_at } => Some(*ends_at),
            Self::NotNoticed | Self::AlreadyEnded => None,
        }
    }
}

impl Recheck {
    /// Takes the answer of one re-check: a finding starts the notice, none ends it (ENT-16).
    ///
    /// A finding that repeats or changes while the notice runs neither lengthens nor shortens it:
    /// the owner keeps the moment they were told.
    #[must_use]
    pub fn take(
        self,
        finding: Option<RecheckFinding>,
        policy: &VerificationPolicy,
        now: Timestamp,
    ) -> Rechecked {
        match (self, finding) {
            (Self::Sound, Some(finding)) => Rechecked {
                recheck: Self::Noticed {
                    finding,
                    noticed_at: now,
                    ends_at: now.plus(policy.recheck_notice),
                },
                notice: Some(RecheckNotice::CorrectInTime),
            },
            (
                Self::Noticed {
                    noticed_at,
                    ends_at,
                    ..
                },
                Some(finding),
            ) => Rechecked {
                recheck: Self::Noticed {
                    finding,
                    noticed_at,
                    ends_at,
                },
                notice: None,
            },
            (Self::Noticed { .. }, None) => Rechecked {
                recheck: Self::Sound,
                notice: Some(RecheckNotice::Corrected),
            },
            (Self::Sound, None) | (Self::Ended { .. }, _) => Rechecked {
                recheck: self,
                notice: None,
            },
        }
    }

    /// All reasons why the verification cannot be ended now (ENT-16).
    #[must_use]
    pub fn may_end(self, now: Timestamp) -> Vec<RecheckRefusal> {
        match self {
            Self::Sound => vec![RecheckRefusal::NotNoticed],
            Self::Noticed { ends_at, .. } if now < ends_at => {
                vec![RecheckRefusal::NoticeRunning { ends_at }]
            }
            Self::Noticed { .. } => Vec::new(),
            Self::Ended { .. } => vec![RecheckRefusal::AlreadyEnded],
        }
    }

    /// Ends the verification once the notice is over: the account becomes unverified (ENT-16).
    ///
    /// # Errors
    /// [`RecheckRefusal`] while the owner can still correct, or was never told.
    pub fn end(self, now: Timestamp) -> Result<Rechecked, Refused<RecheckRefusal>> {
        Refused::unless_none(self.may_end(now))?;
        let recheck = match self {
            Self::Noticed { finding, .. } => Self::Ended { finding, at: now },
            Self::Sound | Self::Ended { .. } => self,
        };
        Ok(Rechecked {
            recheck,
            notice: Some(RecheckNotice::Ended),
        })
    }

    /// Whether the verification still stands: also during the notice, and also for a dissolved
    /// enterprise, so that its resources do not stop at once (ENT-15).
    #[must_use]
    pub const fn stands(self) -> bool {
        !matches!(self, Self::Ended { .. })
    }

    /// What the owner is urged to do (ENT-15, ENT-16).
    #[must_use]
    pub const fn urges(self) -> &'static [WayOut] {
        match self {
            Self::Sound => &[],
            Self::Noticed {
                finding: RecheckFinding::Dissolved,
                ..
            } => &[WayOut::ChangeVerification, WayOut::Deregister],
            Self::Noticed {
                finding: RecheckFinding::Incomplete,
                ..
            } => &[WayOut::CompleteCode],
            Self::Noticed {
                finding: RecheckFinding::NameAndCodeDiffer,
                ..
            } => &[WayOut::CompleteCode, WayOut::ChangeVerification],
            Self::Ended {
                finding: RecheckFinding::Dissolved,
                ..
            } => &[WayOut::Verify, WayOut::Deregister],
            Self::Ended { .. } => &[WayOut::Verify],
        }
    }

    /// When a post-paid service stops whose agreement runs until `agreement_ends` (ENT-16).
    ///
    /// Nothing stops while the verification stands; afterwards the agreement runs to its end.
    #[must_use]
    pub fn post_paid_stops(self, agreement_ends: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Sound | Self::Noticed { .. } => None,
            Self::Ended { at, .. } => Some(agreement_ends.max(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const MILLISECOND: Span = Span::from_millis(1);

    fn noticed(finding: RecheckFinding) -> Recheck {
        let policy = VerificationPolicy::default();
        Recheck::Sound.take(Some(finding), &policy, NOW).recheck
    }

    #[test]
    fn ent_16_a_finding_gives_fifteen_days_of_notice_before_the_end() {
        let policy = VerificationPolicy::default();
        let told = Recheck::Sound.take(Some(RecheckFinding::Incomplete), &policy, NOW);
        let ends_at = NOW.plus(Span::from_days(15));
        assert_eq!(told.notice, Some(RecheckNotice::CorrectInTime));
        assert!(told.recheck.stands());
        assert_eq!(
            told.recheck.may_end(ends_at.minus(MILLISECOND)),
            [RecheckRefusal::NoticeRunning { ends_at }]
        );
        let ended = told.recheck.end(ends_at).unwrap();
        assert_eq!(ended.notice, Some(RecheckNotice::Ended));
        assert!(!ended.recheck.stands());
    }

    #[test]
    fn ent_16_nothing_ends_without_notice() {
        assert_eq!(Recheck::Sound.may_end(NOW), [RecheckRefusal::NotNoticed]);
        assert!(Recheck::Sound.end(NOW).is_err());
    }

    #[test]
    fn ent_16_correcting_in_time_stops_it() {
        let policy = VerificationPolicy::default();
        let late = NOW.plus(Span::from_days(14));
        let corrected = noticed(RecheckFinding::NameAndCodeDiffer).take(None, &policy, late);
        assert_eq!(corrected.recheck, Recheck::Sound);
        assert_eq!(corrected.notice, Some(RecheckNotice::Corrected));
        assert!(
            corrected
                .recheck
                .end(NOW.plus(Span::from_days(20)))
                .is_err()
        );
    }

    #[test]
    fn ent_16_a_repeated_finding_does_not_move_the_end() {
        let policy = VerificationPolicy::default();
        let later = NOW.plus(Span::from_days(3));
        let again = noticed(RecheckFinding::Incomplete).take(
            Some(RecheckFinding::Dissolved),
            &policy,
            later,
        );
        assert_eq!(
            again.recheck,
            Recheck::Noticed {
                finding: RecheckFinding::Dissolved,
                noticed_at: NOW,
                ends_at: NOW.plus(Span::from_days(15)),
            }
        );
        assert_eq!(again.notice, None);
    }

    #[test]
    fn ent_16_post_paid_services_stop_at_the_end_of_the_agreement() {
        let agreement = NOW.plus(Span::from_days(90));
        let running = noticed(RecheckFinding::Incomplete);
        assert_eq!(running.post_paid_stops(agreement), None);
        let ended_at = NOW.plus(Span::from_days(15));
        let ended = running.end(ended_at).unwrap().recheck;
        assert_eq!(ended.post_paid_stops(agreement), Some(agreement));
        assert_eq!(ended.post_paid_stops(NOW), Some(ended_at));
    }

    #[test]
    fn ent_15_a_dissolved_company_keeps_its_resources_and_is_urged_to_change_or_deregister() {
        let dissolved = noticed(RecheckFinding::Dissolved);
        assert!(dissolved.stands());
        assert_eq!(
            dissolved.urges(),
            [WayOut::ChangeVerification, WayOut::Deregister]
        );
        assert_eq!(Recheck::Sound.urges(), []);
    }
}
