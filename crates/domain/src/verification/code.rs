//! Completing or correcting the code of a verified enterprise (ENT-6). Must not know the register.

use super::{
    CodeStanding, EnterpriseKind, Places, RegisterAnswer, Subject, VerificationPolicy,
    VerificationRefusal,
};
use crate::identity::{EnterpriseCode, OrganisationKind, Uscc};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// A code was completed or corrected; the subject stays, and so do the 30 days of CHG-2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeCompleted {
    /// The code from now on.
    pub code: Uscc,
    /// The subject with what the code is worth.
    pub subject: Subject,
    /// When.
    pub at: Timestamp,
}

impl CodeStanding {
    /// What a correct code is worth (ENT-6, CHG-8).
    #[must_use]
    pub fn of(code: &EnterpriseCode) -> Self {
        match code {
            EnterpriseCode::Uscc(uscc) if uscc.starts_with_9() => Self::BusinessUscc,
            EnterpriseCode::Uscc(_) => Self::OtherUscc,
            EnterpriseCode::Other(_) => Self::OtherCode,
        }
    }
}

impl EnterpriseKind {
    /// What kind of organisation a USCC belongs to (ENT-4).
    #[must_use]
    pub fn of(code: &Uscc) -> Self {
        match code.kind() {
            OrganisationKind::Enterprise
            | OrganisationKind::IndividualBusiness
            | OrganisationKind::FarmersCooperative => Self::Company,
            OrganisationKind::PublicInstitution => Self::PublicInstitution,
            OrganisationKind::StateOrgan
            | OrganisationKind::SocialOrganisation
            | OrganisationKind::PrivateNonEnterprise
            | OrganisationKind::Foundation
            | OrganisationKind::Other => Self::OtherOrganisation,
        }
    }
}

impl Subject {
    /// The enterprise that a correct code belongs to (ENT-4, ENT-6). Codes from before the USCC do not tell
    /// what it is; it counts as a company then.
    #[must_use]
    pub fn of_code(code: &EnterpriseCode) -> Self {
        Self::Enterprise {
            enterprise: code
                .uscc()
                .map_or(EnterpriseKind::Company, EnterpriseKind::of),
            code: CodeStanding::of(code),
        }
    }
}

/// All reasons why the code of a verified enterprise cannot be completed (ENT-6, ENT-1).
///
/// `answer` is the register's about the recorded name and the new code; `places` are counted for
/// the new code and the name, under lock and without the asking account.
#[must_use]
pub fn may_complete_code(
    subject: Option<&Subject>,
    answer: RegisterAnswer,
    places: Places,
    policy: &VerificationPolicy,
) -> Vec<VerificationRefusal> {
    let mut failing = Vec::new();
    match subject {
        None | Some(Subject::Person { .. }) => failing.push(VerificationRefusal::NotAnEnterprise),
        Some(Subject::Enterprise { code, .. }) => match code {
            CodeStanding::BusinessUscc | CodeStanding::OtherUscc => {
                failing.push(VerificationRefusal::CodeIsRight);
            }
            CodeStanding::OtherCode | CodeStanding::IncompleteOrWrong => {}
        },
    }
    if answer != RegisterAnswer::Matches {
        failing.push(VerificationRefusal::CodeDoesNotMatch);
    }
    failing.extend(places.may_take_one(policy));
    failing
}

/// Completes or corrects the code: invoices and changes of subject are open again (ENT-6).
///
/// # Errors
/// Everything that [`may_complete_code`] lists.
pub fn complete_code(
    subject: Option<&Subject>,
    code: Uscc,
    answer: RegisterAnswer,
    places: Places,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<CodeCompleted, Refused<VerificationRefusal>> {
    Refused::unless_none(may_complete_code(subject, answer, places, policy))?;
    let subject = Subject::Enterprise {
        enterprise: EnterpriseKind::of(&code),
        code: if code.starts_with_9() {
            CodeStanding::BusinessUscc
        } else {
            CodeStanding::OtherUscc
        },
    };
    Ok(CodeCompleted {
        code,
        subject,
        at: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verification::{VerificationHolder, VerifiedAction, may_act};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const FREE: Places = Places::Enterprise {
        taken: 0,
        raised_to: None,
    };

    fn enterprise(code: CodeStanding) -> Subject {
        Subject::Enterprise {
            enterprise: EnterpriseKind::Company,
            code,
        }
    }

    fn failing(
        subject: &Subject,
        answer: RegisterAnswer,
        places: Places,
    ) -> Vec<VerificationRefusal> {
        may_complete_code(
            Some(subject),
            answer,
            places,
            &VerificationPolicy::default(),
        )
    }

    #[test]
    fn ent_6_completing_the_code_opens_special_vat_invoices_again() {
        let faulty = enterprise(CodeStanding::IncompleteOrWrong);
        let action = VerifiedAction::AskForSpecialVatInvoice;
        let may = |subject| {
            may_act(
                VerificationHolder::Root {
                    subject: Some(subject),
                },
                action,
            )
        };
        assert_eq!(may(faulty), [VerificationRefusal::CodeIncomplete]);
        let code = Uscc::parse("91110108MA01ABC25F").unwrap();
        let policy = VerificationPolicy::default();
        let completed = complete_code(
            Some(&faulty),
            code,
            RegisterAnswer::Matches,
            FREE,
            &policy,
            NOW,
        )
        .unwrap();
        assert_eq!(completed.subject, enterprise(CodeStanding::BusinessUscc));
        assert_eq!(may(completed.subject), []);
    }

    #[test]
    fn ent_6_an_older_code_may_be_completed_and_a_right_uscc_is_left_alone() {
        let matches = RegisterAnswer::Matches;
        assert_eq!(
            failing(&enterprise(CodeStanding::OtherCode), matches, FREE),
            []
        );
        assert_eq!(
            failing(&enterprise(CodeStanding::BusinessUscc), matches, FREE),
            [VerificationRefusal::CodeIsRight]
        );
    }

    #[test]
    fn ent_6_a_code_of_another_enterprise_is_no_completion() {
        let faulty = enterprise(CodeStanding::IncompleteOrWrong);
        for answer in [RegisterAnswer::Differs, RegisterAnswer::NotRecorded] {
            assert_eq!(
                failing(&faulty, answer, FREE),
                [VerificationRefusal::CodeDoesNotMatch]
            );
        }
    }

    #[test]
    fn ent_1_completing_the_code_does_not_go_round_the_limit() {
        let full = Places::Enterprise {
            taken: 10,
            raised_to: None,
        };
        let faulty = enterprise(CodeStanding::IncompleteOrWrong);
        assert_eq!(
            failing(&faulty, RegisterAnswer::Matches, full),
            [VerificationRefusal::EnterprisePlacesTaken { limit: 10 }]
        );
    }

    #[test]
    fn chg_8_what_a_code_is_worth_follows_its_first_character() {
        let standing = |typed| CodeStanding::of(&EnterpriseCode::parse(typed).unwrap());
        assert_eq!(standing("91110108MA01ABC25F"), CodeStanding::BusinessUscc);
        assert_eq!(standing("92141127MA0KD0014K"), CodeStanding::BusinessUscc);
        assert_eq!(standing("12440600MB2C00013X"), CodeStanding::OtherUscc);
        assert_eq!(standing("MA01ABC25"), CodeStanding::OtherCode);
        assert_eq!(standing("110108012345678"), CodeStanding::OtherCode);
    }

    #[test]
    fn ent_4_the_kind_of_organisation_follows_the_code() {
        let kind = |typed| EnterpriseKind::of(&Uscc::parse(typed).unwrap());
        assert_eq!(kind("93370100MA3ABCD159"), EnterpriseKind::Company);
        assert_eq!(
            kind("12440600MB2C00013X"),
            EnterpriseKind::PublicInstitution
        );
        assert_eq!(
            kind("5150000050000012XK"),
            EnterpriseKind::OtherOrganisation
        );
    }
}
