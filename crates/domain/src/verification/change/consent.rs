//! Who agreed to a change of subject, in which order (CHG-14). Must not know how a face is checked.

use serde::{Deserialize, Serialize};

use super::{ChangeKind, ChangeRefusal};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// How somebody proved that they agree (CHG-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConsentProof {
    /// By a face check of their own.
    Face,
    /// By a code to their phone or e-mail.
    Code,
}

/// One agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    /// How it was proved.
    pub by: ConsentProof,
    /// When it was given.
    pub at: Timestamp,
}

/// The agreements of a change of subject: the former owner's first, then the new one's (CHG-14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Consents {
    /// Nobody agreed yet.
    #[default]
    Neither,
    /// The former owner agreed.
    Former {
        /// Their agreement.
        former: Consent,
    },
    /// The former owner agreed, then the new one accepted.
    Both {
        /// The former owner's agreement.
        former: Consent,
        /// The new owner's.
        new: Consent,
    },
}

impl Consents {
    /// The former owner agrees; agreeing again changes nothing (CHG-14).
    #[must_use]
    pub const fn former_agrees(self, consent: Consent) -> Self {
        match self {
            Self::Neither => Self::Former { former: consent },
            Self::Former { .. } | Self::Both { .. } => self,
        }
    }

    /// All reasons why the new owner cannot accept (CHG-14).
    #[must_use]
    pub fn may_new_accept(self, kind: ChangeKind, by: ConsentProof) -> Vec<ChangeRefusal> {
        let mut failing = Vec::new();
        if matches!(self, Self::Neither) {
            failing.push(ChangeRefusal::FormerOwnerNotAgreed);
        }
        if kind == ChangeKind::PersonToPerson && by != ConsentProof::Face {
            failing.push(ChangeRefusal::NewPersonNeedsFace);
        }
        failing
    }

    /// The new owner accepts, after the former agreed; a new person by their own face (CHG-14).
    ///
    /// # Errors
    /// Everything that [`Consents::may_new_accept`] lists.
    pub fn new_accepts(
        self,
        kind: ChangeKind,
        consent: Consent,
    ) -> Result<Self, Refused<ChangeRefusal>> {
        Refused::unless_none(self.may_new_accept(kind, consent.by))?;
        Ok(match self {
            Self::Former { former } => Self::Both {
                former,
                new: consent,
            },
            Self::Neither | Self::Both { .. } => self,
        })
    }

    /// Whether the former owner agreed.
    #[must_use]
    pub const fn has_former(self) -> bool {
        !matches!(self, Self::Neither)
    }

    /// Whether the new owner accepted, and so both agreed.
    #[must_use]
    pub const fn has_both(self) -> bool {
        matches!(self, Self::Both { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Consent = Consent {
        by: ConsentProof::Face,
        at: Timestamp::from_millis(1),
    };
    const CODE: Consent = Consent {
        by: ConsentProof::Code,
        at: Timestamp::from_millis(2),
    };

    #[test]
    fn chg_14_the_former_owner_agrees_first() {
        let refused = Consents::Neither
            .new_accepts(ChangeKind::PersonToEnterprise, FACE)
            .unwrap_err();
        assert_eq!(refused.all(), [ChangeRefusal::FormerOwnerNotAgreed]);
        let agreed = Consents::Neither.former_agrees(CODE);
        assert!(agreed.has_former() && !agreed.has_both());
        let both = agreed.new_accepts(ChangeKind::PersonToEnterprise, CODE);
        assert_eq!(
            both,
            Ok(Consents::Both {
                former: CODE,
                new: CODE
            })
        );
    }

    #[test]
    fn chg_14_a_new_person_accepts_by_their_own_face() {
        let agreed = Consents::Neither.former_agrees(CODE);
        let refused = agreed
            .new_accepts(ChangeKind::PersonToPerson, CODE)
            .unwrap_err();
        assert_eq!(refused.all(), [ChangeRefusal::NewPersonNeedsFace]);
        assert!(
            agreed
                .new_accepts(ChangeKind::PersonToPerson, FACE)
                .is_ok_and(Consents::has_both)
        );
    }

    #[test]
    fn chg_14_agreeing_again_keeps_the_first_agreement() {
        let once = Consents::Neither.former_agrees(CODE);
        assert_eq!(once.former_agrees(FACE), once);
    }
}
