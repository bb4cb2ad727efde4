//! Who is, or wants to be, behind an account. Must not know names and numbers: only what kind.

use serde::{Deserialize, Serialize};

use super::RecheckFinding;
use crate::account::VerificationStatus;
use crate::time::Timestamp;

/// Where a subject's papers come from (VER-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// The mainland: a resident ID, or a mainland registration.
    Mainland,
    /// Hong Kong, Macau or Taiwan: a mainland travel permit.
    HongKongMacauTaiwan,
    /// Anywhere else.
    Overseas,
}

/// What kind of organisation an enterprise subject is, as far as the methods differ (ENT-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EnterpriseKind {
    /// A company, an individually-owned business or a cooperative.
    Company,
    /// A public institution (事业单位).
    PublicInstitution,
    /// A state organ, an association or another organisation; has the methods of an institution.
    OtherOrganisation,
}

/// Whether an enterprise's legal representative can be checked against resident records (ENT-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LegalRepresentative {
    /// Holds a resident ID.
    Resident,
    /// Holds none.
    Foreign,
}

/// Who wants to be verified, as far as methods and limits depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Applicant {
    /// A person.
    Person {
        /// Where their papers come from.
        region: Region,
    },
    /// An enterprise or another organisation.
    Enterprise {
        /// Where it is registered.
        region: Region,
        /// What it is.
        enterprise: EnterpriseKind,
        /// Who represents it.
        legal_representative: LegalRepresentative,
    },
}

/// The subject of a verified account; there is exactly one (ENT-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// A person.
    Person {
        /// Where their papers come from.
        region: Region,
    },
    /// An enterprise or another organisation.
    Enterprise {
        /// What it is.
        enterprise: EnterpriseKind,
        /// What its recorded code is worth.
        code: CodeStanding,
    },
}

/// What the code of a verified enterprise is worth (ENT-6, CHG-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodeStanding {
    /// A correct USCC that starts with 9: registered with the market regulator.
    BusinessUscc,
    /// A correct USCC that starts with another character.
    OtherUscc,
    /// An organisation code or registration number from before the USCC.
    OtherCode,
    /// Incomplete, or found wrong.
    IncompleteOrWrong,
}

/// What became of an account's subject, as its history tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubjectEvent {
    /// The account was verified.
    Verified,
    /// Its subject, or the name or the legal representative of it, changed (CHG-1).
    Changed,
    /// Its code was completed or corrected (ENT-6).
    CodeCompleted,
    /// It is verified no longer (ENT-16).
    Lost,
}

/// A verification that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verified {
    /// Whose account it is.
    pub subject: Subject,
    /// When it was last verified or changed; the 30 days of CHG-2 count from here.
    pub since: Timestamp,
}

impl Subject {
    /// The subject after a re-check found something: data that are incomplete or do not belong
    /// together make its code faulty, until it is completed (ENT-6, ENT-16).
    #[must_use]
    pub const fn after_finding(self, finding: RecheckFinding) -> Self {
        match (self, finding) {
            (
                Self::Enterprise { enterprise, .. },
                RecheckFinding::Incomplete | RecheckFinding::NameAndCodeDiffer,
            ) => Self::Enterprise {
                enterprise,
                code: CodeStanding::IncompleteOrWrong,
            },
            (Self::Person { .. }, _) | (_, RecheckFinding::Dissolved) => self,
        }
    }
}

impl Verified {
    /// How Account info names it; nothing verified reads as unverified (VER-12).
    #[must_use]
    pub const fn status(verified: Option<&Self>) -> VerificationStatus {
        match verified {
            None => VerificationStatus::Unverified,
            Some(verified) => match verified.subject {
                Subject::Person { .. } => VerificationStatus::Person,
                Subject::Enterprise { .. } => VerificationStatus::Enterprise,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ent_6_a_finding_about_the_data_makes_the_code_faulty() {
        let of = |code| Subject::Enterprise {
            enterprise: EnterpriseKind::Company,
            code,
        };
        let sound = of(CodeStanding::BusinessUscc);
        let faulty = of(CodeStanding::IncompleteOrWrong);
        assert_eq!(
            sound.after_finding(RecheckFinding::NameAndCodeDiffer),
            faulty
        );
        assert_eq!(sound.after_finding(RecheckFinding::Incomplete), faulty);
        assert_eq!(sound.after_finding(RecheckFinding::Dissolved), sound);
    }

    #[test]
    fn ver_12_the_status_follows_the_subject() {
        let since = Timestamp::from_millis(0);
        let person = Verified {
            subject: Subject::Person {
                region: Region::Mainland,
            },
            since,
        };
        let enterprise = Verified {
            subject: Subject::Enterprise {
                enterprise: EnterpriseKind::Company,
                code: CodeStanding::BusinessUscc,
            },
            since,
        };
        assert_eq!(Verified::status(None), VerificationStatus::Unverified);
        assert_eq!(Verified::status(Some(&person)), VerificationStatus::Person);
        assert_eq!(
            Verified::status(Some(&enterprise)),
            VerificationStatus::Enterprise
        );
    }
}
