//! Which changes of a verification exist and which are refused (CHG-1). Must not know when.

use serde::{Deserialize, Serialize};

use super::ChangeRefusal;
use crate::verification::{Region, Subject};

/// A change of verification that exists (CHG-1, CHG-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A person hands the account to another mainland person.
    PersonToPerson,
    /// A person's account becomes an enterprise's.
    PersonToEnterprise,
    /// Enterprise A becomes enterprise B: the owner of account and resources changes.
    EnterpriseToEnterprise,
    /// The enterprise has a new name; its code stays.
    EnterpriseName,
    /// The enterprise has a new legal representative; the subject stays.
    LegalRepresentative,
}

/// What somebody wants the verification to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangeTarget {
    /// Another person.
    Person {
        /// Where the person's papers come from.
        region: Region,
    },
    /// An enterprise, or another one.
    Enterprise {
        /// Where it is registered.
        region: Region,
    },
    /// The same enterprise under a new name.
    NewName,
    /// The same enterprise with a new legal representative.
    NewLegalRepresentative,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::PersonToPerson,
        Self::PersonToEnterprise,
        Self::EnterpriseToEnterprise,
        Self::EnterpriseName,
        Self::LegalRepresentative,
    ];

    /// What it aims at.
    #[must_use]
    pub const fn target(self) -> ChangeTarget {
        let region = Region::Mainland;
        match self {
            Self::PersonToPerson => ChangeTarget::Person { region },
            Self::PersonToEnterprise | Self::EnterpriseToEnterprise => {
                ChangeTarget::Enterprise { region }
            }
            Self::EnterpriseName => ChangeTarget::NewName,
            Self::LegalRepresentative => ChangeTarget::NewLegalRepresentative,
        }
    }

    /// Whether account and resources get another owner (CHG-4, CHG-11).
    #[must_use]
    pub const fn changes_subject(self) -> bool {
        match self {
            Self::PersonToPerson | Self::PersonToEnterprise | Self::EnterpriseToEnterprise => true,
            Self::EnterpriseName | Self::LegalRepresentative => false,
        }
    }

    /// Whether the new subject is an enterprise.
    #[must_use]
    pub const fn makes_enterprise(self) -> bool {
        !matches!(self, Self::PersonToPerson)
    }

    /// Whether the subject before the change is an enterprise.
    #[must_use]
    pub const fn leaves_enterprise(self) -> bool {
        !matches!(self, Self::PersonToPerson | Self::PersonToEnterprise)
    }

    /// Whether 30 days must have passed: all but person → enterprise (CHG-2).
    #[must_use]
    pub const fn waits(self) -> bool {
        !matches!(self, Self::PersonToEnterprise)
    }
}

/// The kind of change that leads from `subject` to `target` (CHG-1).
///
/// # Errors
/// Enterprise → person and mainland person → person from elsewhere are refused, as is what does
/// not fit the subject.
pub const fn kind_of_change(
    subject: Option<&Subject>,
    target: ChangeTarget,
) -> Result<ChangeKind, ChangeRefusal> {
    let Some(subject) = subject else {
        return Err(ChangeRefusal::NotVerified);
    };
    match (subject, target) {
        (
            Subject::Person { .. },
            ChangeTarget::Person {
                region: Region::Mainland,
            },
        ) => Ok(ChangeKind::PersonToPerson),
        (Subject::Person { .. }, ChangeTarget::Person { .. }) => {
            Err(ChangeRefusal::PersonOutsideMainland)
        }
        (Subject::Enterprise { .. }, ChangeTarget::Person { .. }) => {
            Err(ChangeRefusal::EnterpriseToPerson)
        }
        (
            _,
            ChangeTarget::Enterprise {
                region: Region::HongKongMacauTaiwan | Region::Overseas,
            },
        ) => Err(ChangeRefusal::EnterpriseOutsideMainland),
        (Subject::Person { .. }, ChangeTarget::Enterprise { .. }) => {
            Ok(ChangeKind::PersonToEnterprise)
        }
        (Subject::Enterprise { .. }, ChangeTarget::Enterprise { .. }) => {
            Ok(ChangeKind::EnterpriseToEnterprise)
        }
        (Subject::Enterprise { .. }, ChangeTarget::NewName) => Ok(ChangeKind::EnterpriseName),
        (Subject::Enterprise { .. }, ChangeTarget::NewLegalRepresentative) => {
            Ok(ChangeKind::LegalRepresentative)
        }
        (Subject::Person { .. }, ChangeTarget::NewName | ChangeTarget::NewLegalRepresentative) => {
            Err(ChangeRefusal::NotAnEnterprise)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::rule::RuleId;
    use crate::verification::{CodeStanding, EnterpriseKind};

    const MAINLAND_PERSON: Subject = Subject::Person {
        region: Region::Mainland,
    };
    const TAIWAN_PERSON: Subject = Subject::Person {
        region: Region::HongKongMacauTaiwan,
    };
    const ENTERPRISE: Subject = Subject::Enterprise {
        enterprise: EnterpriseKind::Company,
        code: CodeStanding::BusinessUscc,
    };
    const TO_MAINLAND_PERSON: ChangeTarget = ChangeTarget::Person {
        region: Region::Mainland,
    };
    const TO_ENTERPRISE: ChangeTarget = ChangeTarget::Enterprise {
        region: Region::Mainland,
    };

    #[test]
    fn chg_1_the_five_changes_are_allowed() {
        let kind = |subject, target| kind_of_change(Some(subject), target);
        assert_eq!(
            kind(&MAINLAND_PERSON, TO_ENTERPRISE),
            Ok(ChangeKind::PersonToEnterprise)
        );
        assert_eq!(
            kind(&MAINLAND_PERSON, TO_MAINLAND_PERSON),
            Ok(ChangeKind::PersonToPerson)
        );
        assert_eq!(
            kind(&TAIWAN_PERSON, TO_MAINLAND_PERSON),
            Ok(ChangeKind::PersonToPerson)
        );
        assert_eq!(
            kind(&ENTERPRISE, TO_ENTERPRISE),
            Ok(ChangeKind::EnterpriseToEnterprise)
        );
        assert_eq!(
            kind(&ENTERPRISE, ChangeTarget::NewName),
            Ok(ChangeKind::EnterpriseName)
        );
        assert_eq!(
            kind(&ENTERPRISE, ChangeTarget::NewLegalRepresentative),
            Ok(ChangeKind::LegalRepresentative)
        );
    }

    #[test]
    fn chg_1_each_change_is_what_its_target_leads_to() {
        for kind in ChangeKind::ALL {
            let subject = if kind.leaves_enterprise() {
                ENTERPRISE
            } else {
                MAINLAND_PERSON
            };
            assert_eq!(kind_of_change(Some(&subject), kind.target()), Ok(kind));
        }
    }

    #[test]
    fn chg_1_enterprise_to_person_is_refused() {
        for region in [
            Region::Mainland,
            Region::HongKongMacauTaiwan,
            Region::Overseas,
        ] {
            let refusal =
                kind_of_change(Some(&ENTERPRISE), ChangeTarget::Person { region }).unwrap_err();
            assert_eq!(refusal, ChangeRefusal::EnterpriseToPerson);
            assert_eq!(refusal.rule(), RuleId::Chg1);
        }
    }

    #[test]
    fn chg_1_mainland_person_to_overseas_person_is_refused() {
        for region in [Region::HongKongMacauTaiwan, Region::Overseas] {
            for subject in [MAINLAND_PERSON, TAIWAN_PERSON] {
                assert_eq!(
                    kind_of_change(Some(&subject), ChangeTarget::Person { region }),
                    Err(ChangeRefusal::PersonOutsideMainland)
                );
            }
        }
    }

    #[test]
    fn chg_1_an_unverified_account_has_nothing_to_change() {
        assert_eq!(
            kind_of_change(None, TO_ENTERPRISE),
            Err(ChangeRefusal::NotVerified)
        );
    }

    #[test]
    fn chg_4_name_and_legal_representative_keep_the_subject() {
        let keep: Vec<_> = ChangeKind::ALL
            .into_iter()
            .filter(|kind| !kind.changes_subject())
            .collect();
        assert_eq!(
            keep,
            [ChangeKind::EnterpriseName, ChangeKind::LegalRepresentative]
        );
        for target in [ChangeTarget::NewName, ChangeTarget::NewLegalRepresentative] {
            let refusal = kind_of_change(Some(&MAINLAND_PERSON), target).unwrap_err();
            assert_eq!(refusal, ChangeRefusal::NotAnEnterprise);
            assert_eq!(refusal.rule(), RuleId::Chg4);
        }
    }

    #[test]
    fn ver_5_an_enterprise_elsewhere_is_sent_to_the_other_site() {
        for region in [Region::HongKongMacauTaiwan, Region::Overseas] {
            let refusal =
                kind_of_change(Some(&ENTERPRISE), ChangeTarget::Enterprise { region }).unwrap_err();
            assert_eq!(refusal.rule(), RuleId::Ver5);
        }
    }
}
