//! What an account without verification, or with a faulty code, cannot do. Must not know products.

use serde::{Deserialize, Serialize};

use super::{CodeStanding, Subject, VerificationRefusal};

/// What needs a verified account (VER-9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerifiedAction {
    /// Buying.
    Buy,
    /// Using its cloud resources.
    UseResources,
    /// Asking for an invoice.
    AskForInvoice,
    /// Applying for an online contract.
    ApplyForContract,
    /// Joining a public beta.
    JoinPublicBeta,
    /// Asking for a special VAT invoice, which needs a correct code beside (ENT-6).
    AskForSpecialVatInvoice,
}

impl VerifiedAction {
    /// What the banner of an unverified account names (VER-9).
    pub const NAMED_IN_BANNER: [Self; 5] = [
        Self::Buy,
        Self::UseResources,
        Self::AskForInvoice,
        Self::ApplyForContract,
        Self::JoinPublicBeta,
    ];
}

/// Whose verification counts for a user (VER-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerificationHolder {
    /// A root account: its own subject.
    Root {
        /// The subject, when verified.
        subject: Option<Subject>,
    },
    /// A sub-user that a root account created: its root's subject.
    SubUser {
        /// The root account's subject, when verified.
        root: Option<Subject>,
    },
}

impl VerificationHolder {
    /// The subject that counts: a sub-user inherits that of its root (VER-8).
    #[must_use]
    pub const fn subject(self) -> Option<Subject> {
        match self {
            Self::Root { subject } => subject,
            Self::SubUser { root } => root,
        }
    }
}

/// All reasons why the holder's verification does not allow `action` (VER-9, VER-8, ENT-6).
#[must_use]
pub fn may_act(holder: VerificationHolder, action: VerifiedAction) -> Vec<VerificationRefusal> {
    match (holder.subject(), action) {
        (None, _) => vec![VerificationRefusal::NotVerified { action }],
        (
            Some(Subject::Enterprise {
                code: CodeStanding::IncompleteOrWrong,
                ..
            }),
            VerifiedAction::AskForSpecialVatInvoice,
        ) => vec![VerificationRefusal::CodeIncomplete],
        (Some(_), _) => Vec::new(),
    }
}

/// Refuses to associate an existing account that is not verified itself (VER-8).
#[must_use]
pub const fn may_associate_account(existing: Option<&Subject>) -> Option<VerificationRefusal> {
    match existing {
        Some(_) => None,
        None => Some(VerificationRefusal::AssociateUnverified),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::rule::RuleId;
    use crate::verification::{EnterpriseKind, Region};

    const PERSON: Subject = Subject::Person {
        region: Region::Mainland,
    };

    fn enterprise(code: CodeStanding) -> Subject {
        Subject::Enterprise {
            enterprise: EnterpriseKind::Company,
            code,
        }
    }

    #[test]
    fn ver_9_an_unverified_account_is_refused_the_five_named_actions() {
        let unverified = VerificationHolder::Root { subject: None };
        let verified = VerificationHolder::Root {
            subject: Some(PERSON),
        };
        for action in VerifiedAction::NAMED_IN_BANNER {
            let refused = may_act(unverified, action);
            assert_eq!(refused, [VerificationRefusal::NotVerified { action }]);
            assert_eq!(refused[0].rule(), RuleId::Ver9);
            assert_eq!(may_act(verified, action), []);
        }
    }

    #[test]
    fn ver_8_a_sub_user_inherits_the_verification_of_its_root() {
        let of_verified = VerificationHolder::SubUser { root: Some(PERSON) };
        assert_eq!(may_act(of_verified, VerifiedAction::Buy), []);
        let of_unverified = VerificationHolder::SubUser { root: None };
        assert_ne!(may_act(of_unverified, VerifiedAction::Buy), []);
    }

    #[test]
    fn ver_8_an_existing_account_is_associated_only_when_verified() {
        assert_eq!(may_associate_account(Some(&PERSON)), None);
        let refusal = may_associate_account(None).unwrap();
        assert_eq!(refusal.rule(), RuleId::Ver8);
    }

    #[test]
    fn ent_6_a_faulty_code_refuses_special_vat_invoices_only() {
        for code in [
            CodeStanding::BusinessUscc,
            CodeStanding::OtherUscc,
            CodeStanding::OtherCode,
        ] {
            let holder = VerificationHolder::Root {
                subject: Some(enterprise(code)),
            };
            assert_eq!(may_act(holder, VerifiedAction::AskForSpecialVatInvoice), []);
        }
        let faulty = VerificationHolder::Root {
            subject: Some(enterprise(CodeStanding::IncompleteOrWrong)),
        };
        assert_eq!(
            may_act(faulty, VerifiedAction::AskForSpecialVatInvoice),
            [VerificationRefusal::CodeIncomplete]
        );
        assert_eq!(may_act(faulty, VerifiedAction::AskForInvoice), []);
    }
}
