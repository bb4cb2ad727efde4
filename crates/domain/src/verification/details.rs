//! What becomes of a wish to edit a detail of a verified enterprise (ENT-14, ENT-21, CHG-10). Must
//! not know forms.

use serde::{Deserialize, Serialize};

use super::change::ChangeKind;
use super::{Subject, VerificationRefusal};

/// A detail that is recorded with a verified enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EnterpriseDetail {
    /// Its name.
    Name,
    /// Its USCC or other code.
    Code,
    /// Its legal representative.
    LegalRepresentative,
    /// Its business address.
    BusinessAddress,
    /// The enterprise contact (企业联系人).
    Contact,
    /// Who handled the verification (经办人).
    Handler,
}

/// How a detail is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum EditWay {
    /// At once, without new verification.
    Freely,
    /// By completing or correcting the code.
    CompleteCode,
    /// By a change of verification.
    Change {
        /// Which.
        kind: ChangeKind,
    },
}

/// How the owner edits a detail (CHG-4, CHG-10, ENT-6, ENT-14, ENT-21).
///
/// # Errors
/// [`VerificationRefusal::HandlerIsFixed`] for the handler, who never changes, and
/// [`VerificationRefusal::NotAnEnterprise`] where there is no enterprise.
pub const fn how_to_edit(
    subject: Option<&Subject>,
    detail: EnterpriseDetail,
) -> Result<EditWay, VerificationRefusal> {
    if !matches!(subject, Some(Subject::Enterprise { .. })) {
        return Err(VerificationRefusal::NotAnEnterprise);
    }
    match detail {
        EnterpriseDetail::Name => Ok(EditWay::Change {
            kind: ChangeKind::EnterpriseName,
        }),
        EnterpriseDetail::LegalRepresentative => Ok(EditWay::Change {
            kind: ChangeKind::LegalRepresentative,
        }),
        EnterpriseDetail::Code => Ok(EditWay::CompleteCode),
        EnterpriseDetail::BusinessAddress | EnterpriseDetail::Contact => Ok(EditWay::Freely),
        EnterpriseDetail::Handler => Err(VerificationRefusal::HandlerIsFixed),
    }
}

/// Why "uses CDN" cannot be switched, or nothing when it can (ENT-21).
///
/// Switching it on without an enterprise contact is refused by
/// [`VerificationRefusal::EnterpriseContactMissing`], for which the page opens the form to add one.
#[must_use]
pub const fn may_switch_cdn(
    subject: Option<&Subject>,
    on: bool,
    has_contact: bool,
) -> Option<VerificationRefusal> {
    if !matches!(subject, Some(Subject::Enterprise { .. })) {
        return Some(VerificationRefusal::NotAnEnterprise);
    }
    if on && !has_contact {
        return Some(VerificationRefusal::EnterpriseContactMissing);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::rule::RuleId;
    use crate::verification::{CodeStanding, EnterpriseKind, Region};

    const ENTERPRISE: Subject = Subject::Enterprise {
        enterprise: EnterpriseKind::Company,
        code: CodeStanding::BusinessUscc,
    };
    const PERSON: Subject = Subject::Person {
        region: Region::Mainland,
    };

    #[test]
    fn ent_14_the_handler_cannot_be_changed() {
        let refusal = how_to_edit(Some(&ENTERPRISE), EnterpriseDetail::Handler).unwrap_err();
        assert_eq!(refusal.rule(), RuleId::Ent14);
        assert!(how_to_edit(Some(&ENTERPRISE), EnterpriseDetail::Contact).is_ok());
    }

    #[test]
    fn chg_10_a_changed_business_address_needs_no_new_verification() {
        assert_eq!(
            how_to_edit(Some(&ENTERPRISE), EnterpriseDetail::BusinessAddress),
            Ok(EditWay::Freely)
        );
        assert_eq!(
            how_to_edit(Some(&ENTERPRISE), EnterpriseDetail::Name),
            Ok(EditWay::Change {
                kind: ChangeKind::EnterpriseName
            })
        );
    }

    #[test]
    fn ent_21_switching_cdn_on_asks_for_the_contact_when_there_is_none() {
        assert_eq!(
            may_switch_cdn(Some(&ENTERPRISE), true, false),
            Some(VerificationRefusal::EnterpriseContactMissing)
        );
        assert_eq!(may_switch_cdn(Some(&ENTERPRISE), true, true), None);
        assert_eq!(may_switch_cdn(Some(&ENTERPRISE), false, false), None);
        assert_eq!(
            may_switch_cdn(Some(&PERSON), true, true),
            Some(VerificationRefusal::NotAnEnterprise)
        );
    }
}
