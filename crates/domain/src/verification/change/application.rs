//! The state machine of one application (CHG-9). Must not know who may make it move.

use serde::{Deserialize, Serialize};

use super::{ChangeField, ChangeRefusal, Proof};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// Where an application for a change stands (CHG-9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ApplicationState {
    /// Being written, or being corrected after a rejection.
    Draft {
        /// The reasons of the last rejection, so that they stay beside what they are about.
        reasons: Vec<ItemReason>,
    },
    /// Handed in.
    InReview {
        /// When it was handed in.
        submitted_at: Timestamp,
        /// Until when it is decided at the latest.
        due_at: Timestamp,
    },
    /// Taken back by the applicant.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Refused, with reasons.
    Rejected {
        /// When.
        at: Timestamp,
        /// Why, item by item.
        reasons: Vec<ItemReason>,
    },
    /// The proof of a change of subject was accepted; the new subject still proves itself.
    Approved {
        /// When.
        at: Timestamp,
    },
    /// The data have changed.
    Done {
        /// When.
        at: Timestamp,
    },
}

/// Why one item of an application was rejected (CHG-9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemReason {
    /// What is wrong.
    pub item: ReviewItem,
    /// In what way.
    pub reason: ReviewReason,
    /// What the reviewer adds in their own words, possibly nothing.
    pub note: String,
}

/// What a reviewer can find fault with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "name", rename_all = "snake_case")]
pub enum ReviewItem {
    /// A document.
    Proof(Proof),
    /// A field.
    Field(ChangeField),
}

/// What is wrong with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewReason {
    /// It cannot be read.
    Unreadable,
    /// A part of it is missing.
    Incomplete,
    /// It has expired.
    Expired,
    /// It does not agree with the other data.
    DoesNotMatch,
    /// The business register does not know it.
    NotRecorded,
    /// It is not signed or stamped.
    NotStamped,
    /// Its usage restriction does not name this platform (ENT-11).
    RestrictedToOtherUse,
    /// It is another document than the one asked for.
    WrongDocument,
    /// Something else, said in the note.
    Other,
}

impl ApplicationState {
    /// A new draft.
    pub const NEW: Self = Self::Draft {
        reasons: Vec::new(),
    };

    /// Whether what was entered can be changed (CHG-5, CHG-9).
    #[must_use]
    pub const fn is_editable(&self) -> bool {
        matches!(self, Self::Draft { .. })
    }

    /// Whether it stands in the way of another change: in review, or approved and not done (CHG-3).
    #[must_use]
    pub const fn blocks_another(&self) -> bool {
        matches!(self, Self::InReview { .. } | Self::Approved { .. })
    }

    /// Whether the review has taken longer than it may (CHG-9).
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        matches!(self, Self::InReview { due_at, .. } if now > *due_at)
    }

    /// When it was decided or withdrawn, from which the documents' 180 days count (CHG-13).
    #[must_use]
    pub const fn decided_at(&self) -> Option<Timestamp> {
        match self {
            Self::Draft { .. } | Self::InReview { .. } | Self::Approved { .. } => None,
            Self::Withdrawn { at } | Self::Rejected { at, .. } | Self::Done { at } => Some(*at),
        }
    }

    /// Hands a draft in (CHG-9).
    ///
    /// # Errors
    /// [`ChangeRefusal::NotInThisState`] when it is no draft.
    pub fn submit(self, due_at: Timestamp, now: Timestamp) -> Result<Self, Refused<ChangeRefusal>> {
        match self {
            Self::Draft { .. } => Ok(Self::InReview {
                submitted_at: now,
                due_at,
            }),
            _ => Err(ChangeRefusal::NotInThisState.into()),
        }
    }

    /// Takes it back while it is in review, or approved and not done (CHG-9).
    ///
    /// # Errors
    /// [`ChangeRefusal::NotInThisState`] when there is nothing to take back.
    pub fn withdraw(self, now: Timestamp) -> Result<Self, Refused<ChangeRefusal>> {
        match self {
            Self::InReview { .. } | Self::Approved { .. } => Ok(Self::Withdrawn { at: now }),
            _ => Err(ChangeRefusal::NotInThisState.into()),
        }
    }

    /// Refuses it, with at least one reason (CHG-9).
    ///
    /// # Errors
    /// [`ChangeRefusal::NotInThisState`] when it is not in review, [`ChangeRefusal::ReasonsMissing`].
    pub fn reject(
        self,
        reasons: Vec<ItemReason>,
        now: Timestamp,
    ) -> Result<Self, Refused<ChangeRefusal>> {
        let mut failing = Vec::new();
        if !matches!(self, Self::InReview { .. }) {
            failing.push(ChangeRefusal::NotInThisState);
        }
        if reasons.is_empty() {
            failing.push(ChangeRefusal::ReasonsMissing);
        }
        Refused::unless_none(failing)?;
        Ok(Self::Rejected { at: now, reasons })
    }

    /// Opens a rejected or withdrawn application for correction; nothing entered is lost (CHG-9).
    ///
    /// # Errors
    /// [`ChangeRefusal::NotInThisState`] when it is neither.
    pub fn correct(self) -> Result<Self, Refused<ChangeRefusal>> {
        match self {
            Self::Rejected { reasons, .. } => Ok(Self::Draft { reasons }),
            Self::Withdrawn { .. } => Ok(Self::NEW),
            _ => Err(ChangeRefusal::NotInThisState.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const DUE: Timestamp = NOW.plus(Span::from_days(4));

    fn reasons() -> Vec<ItemReason> {
        vec![ItemReason {
            item: ReviewItem::Proof(Proof::NewLicence),
            reason: ReviewReason::Unreadable,
            note: String::new(),
        }]
    }

    fn in_review() -> ApplicationState {
        ApplicationState::NEW.submit(DUE, NOW).unwrap()
    }

    #[test]
    fn chg_9_the_applicant_can_withdraw_while_it_is_in_review() {
        let withdrawn = in_review().withdraw(NOW).unwrap();
        assert_eq!(withdrawn, ApplicationState::Withdrawn { at: NOW });
        assert!(!withdrawn.blocks_another());
        for state in [
            ApplicationState::NEW,
            withdrawn,
            ApplicationState::Done { at: NOW },
            in_review().reject(reasons(), NOW).unwrap(),
        ] {
            let refused = state.withdraw(NOW).unwrap_err();
            assert_eq!(refused.all(), [ChangeRefusal::NotInThisState]);
        }
    }

    #[test]
    fn chg_9_a_rejection_has_reasons_per_item_and_can_be_corrected() {
        let refused = in_review().reject(Vec::new(), NOW).unwrap_err();
        assert_eq!(refused.all(), [ChangeRefusal::ReasonsMissing]);
        let rejected = in_review().reject(reasons(), NOW).unwrap();
        let corrected = rejected.correct().unwrap();
        assert_eq!(corrected, ApplicationState::Draft { reasons: reasons() });
        assert!(corrected.is_editable());
        assert!(corrected.submit(DUE, NOW).is_ok());
    }

    #[test]
    fn chg_9_the_review_is_late_only_after_its_due_moment() {
        assert!(!in_review().is_overdue(DUE));
        assert!(in_review().is_overdue(DUE.plus(Span::from_millis(1))));
        assert!(!ApplicationState::NEW.is_overdue(DUE.plus(Span::from_days(9))));
    }

    #[test]
    fn chg_9_what_is_decided_is_not_decided_again() {
        let done = ApplicationState::Done { at: NOW };
        for state in [ApplicationState::NEW, done] {
            assert!(state.clone().reject(reasons(), NOW).is_err());
            assert!(state.correct().is_err());
        }
        assert!(in_review().submit(DUE, NOW).is_err());
    }

    #[test]
    fn chg_3_review_and_approval_block_another_change() {
        assert!(in_review().blocks_another());
        assert!(ApplicationState::Approved { at: NOW }.blocks_another());
        assert!(!ApplicationState::NEW.blocks_another());
        assert!(!ApplicationState::Done { at: NOW }.blocks_another());
    }
}
