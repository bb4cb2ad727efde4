//! How the owner of a deregistration is identified, and with which documents (DRG-4, DRG-8). Must
//! not know how a face is compared.

use serde::{Deserialize, Serialize};

use crate::protection::{Means, ProofMethod};
use crate::verification::{LegalRepresentative, Region};

/// Whose account is to be deregistered, as far as the proof differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "subject", rename_all = "snake_case")]
pub enum LeavingSubject {
    /// Nobody verified it; it can be deregistered all the same (DRG-4).
    Unverified,
    /// A person.
    Person {
        /// Where their papers come from.
        region: Region,
    },
    /// An enterprise.
    Enterprise {
        /// Who represents it.
        legal_representative: LegalRepresentative,
        /// It no longer exists (DRG-4).
        dissolved: bool,
    },
}

/// How the owner is identified (DRG-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IdentityWay {
    /// The face of the verified person; decided at once.
    Face,
    /// The face of the legal representative; decided at once.
    LegalRepresentativeFace,
    /// Documents, or for an unverified account nothing, to a reviewer.
    Review,
}

/// A document for the review (DRG-8, DRG-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeavingDocument {
    /// The business licence.
    Licence,
    /// The registry's stamped statement that the enterprise no longer exists.
    RegistryStatement,
    /// The front of the handler's ID, held in hand.
    HandlerIdFront,
    /// The back of the handler's ID, held in hand.
    HandlerIdBack,
    /// The letter that authorises the handler.
    AuthorisationLetter,
    /// The front of the owner's own document, held in hand.
    OwnerIdFront,
    /// The back of the owner's own document, held in hand.
    OwnerIdBack,
}

/// What to do when the code of the final step cannot be received, because the phone is gone (DRG-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", content = "method", rename_all = "snake_case")]
pub enum WithoutPhone {
    /// Prove who you are in another way that the account has.
    OtherProof(ProofMethod),
    /// Change the security phone first (CON-3).
    ChangePhone,
    /// Appeal for a new security phone first (CON-4).
    AppealForPhone,
}

impl IdentityWay {
    /// The ways that are open to this subject, the quickest first (DRG-8).
    ///
    /// Where the rule is silent (ours): a person without a resident ID has no face to compare with
    /// (VER-5), and neither has a foreign legal representative (ENT-5); who represented an enterprise
    /// that is gone represents nobody. All three go to review.
    #[must_use]
    pub const fn open_to(subject: LeavingSubject) -> &'static [Self] {
        match subject {
            LeavingSubject::Person {
                region: Region::Mainland,
            } => &[Self::Face],
            LeavingSubject::Enterprise {
                legal_representative: LegalRepresentative::Resident,
                dissolved: false,
            } => &[Self::LegalRepresentativeFace, Self::Review],
            LeavingSubject::Unverified
            | LeavingSubject::Person {
                region: Region::HongKongMacauTaiwan | Region::Overseas,
            }
            | LeavingSubject::Enterprise { .. } => &[Self::Review],
        }
    }

    /// Whether it is decided at once, without a reviewer (DRG-8).
    #[must_use]
    pub const fn is_immediate(self) -> bool {
        match self {
            Self::Face | Self::LegalRepresentativeFace => true,
            Self::Review => false,
        }
    }
}

impl LeavingDocument {
    /// What a review of this subject needs (DRG-8, DRG-4).
    #[must_use]
    pub const fn needed_from(subject: LeavingSubject) -> &'static [Self] {
        match subject {
            LeavingSubject::Unverified => &[],
            LeavingSubject::Person { .. } => &[Self::OwnerIdFront, Self::OwnerIdBack],
            LeavingSubject::Enterprise {
                dissolved: false, ..
            } => &[
                Self::Licence,
                Self::HandlerIdFront,
                Self::HandlerIdBack,
                Self::AuthorisationLetter,
            ],
            LeavingSubject::Enterprise {
                dissolved: true, ..
            } => &[
                Self::RegistryStatement,
                Self::HandlerIdFront,
                Self::HandlerIdBack,
                Self::AuthorisationLetter,
            ],
        }
    }
}

/// What an owner does whose phone receives no code: another proof, or the phone first (DRG-7).
#[must_use]
pub fn ways_without_phone(means: &Means) -> Vec<WithoutPhone> {
    let others: Vec<_> = means
        .all()
        .filter(|method| *method != ProofMethod::SecurityPhone)
        .map(WithoutPhone::OtherProof)
        .collect();
    if others.is_empty() {
        return vec![WithoutPhone::AppealForPhone];
    }
    others
        .into_iter()
        .chain([WithoutPhone::ChangePhone])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    const COMPANY: LeavingSubject = LeavingSubject::Enterprise {
        legal_representative: LegalRepresentative::Resident,
        dissolved: false,
    };
    const DISSOLVED: LeavingSubject = LeavingSubject::Enterprise {
        legal_representative: LegalRepresentative::Resident,
        dissolved: true,
    };

    #[test]
    fn drg_8_faces_are_decided_at_once_and_everything_else_is_reviewed() {
        let person = |region| IdentityWay::open_to(LeavingSubject::Person { region });
        assert_eq!(person(Region::Mainland), [IdentityWay::Face]);
        assert_eq!(
            person(Region::HongKongMacauTaiwan),
            [IdentityWay::Review],
            "no face check is open to them"
        );
        assert_eq!(
            IdentityWay::open_to(COMPANY),
            [IdentityWay::LegalRepresentativeFace, IdentityWay::Review]
        );
        for subject in [
            LeavingSubject::Unverified,
            DISSOLVED,
            LeavingSubject::Enterprise {
                legal_representative: LegalRepresentative::Foreign,
                dissolved: false,
            },
        ] {
            assert_eq!(IdentityWay::open_to(subject), [IdentityWay::Review]);
        }
        assert!(IdentityWay::Face.is_immediate());
        assert!(IdentityWay::LegalRepresentativeFace.is_immediate());
        assert!(!IdentityWay::Review.is_immediate());
    }

    #[test]
    fn drg_4_an_enterprise_that_is_gone_hands_in_the_registrys_statement_for_the_licence() {
        let alive = LeavingDocument::needed_from(COMPANY);
        let gone = LeavingDocument::needed_from(DISSOLVED);
        assert_eq!(alive[0], LeavingDocument::Licence);
        assert_eq!(gone[0], LeavingDocument::RegistryStatement);
        assert_eq!(alive[1..], gone[1..]);
        assert_eq!(
            alive[1..],
            [
                LeavingDocument::HandlerIdFront,
                LeavingDocument::HandlerIdBack,
                LeavingDocument::AuthorisationLetter
            ]
        );
        assert_eq!(LeavingDocument::needed_from(LeavingSubject::Unverified), []);
    }

    #[test]
    fn drg_7_a_lost_phone_is_changed_first() {
        let at = Some(Timestamp::from_millis(0));
        let with_email = Means {
            security_phone: at,
            security_email: at,
            ..Means::default()
        };
        assert_eq!(
            ways_without_phone(&with_email),
            [
                WithoutPhone::OtherProof(ProofMethod::SecurityEmail),
                WithoutPhone::ChangePhone
            ]
        );
        let only_phone = Means {
            security_phone: at,
            ..Means::default()
        };
        assert_eq!(
            ways_without_phone(&only_phone),
            [WithoutPhone::AppealForPhone]
        );
    }
}
