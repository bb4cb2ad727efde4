//! Which method to take (VER-14). Knows the table; does not know how it is shown.

use serde::{Deserialize, Serialize};

use super::{Applicant, ClosedBecause, Method, Need, ProcessingTime, VerificationPolicy};

/// One row of the advice table (VER-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MethodAdvice {
    /// The method.
    pub method: Method,
    /// What is needed for it.
    pub needs: Vec<Need>,
    /// How long it takes.
    pub time: ProcessingTime,
    /// Whether it is recommended.
    pub recommended: bool,
    /// Whether the page selects it beforehand; at most one row is.
    pub preselected: bool,
    /// Why this applicant may not use it, if so.
    pub closed: Option<ClosedBecause>,
    /// Which of the needs the applicant says they lack; empty when they have all of them.
    pub lacking: Vec<Need>,
}

/// What somebody without papers at hand lacks (VER-14).
pub const NO_DOCUMENTS_AT_HAND: &[Need] = &[Need::IdCard, Need::Licence];

/// Every method for this kind of applicant, in the order of the page, with one preselected (VER-14).
///
/// The preselected one is the fastest that is open to them and for which they lack nothing; among
/// equally fast ones a recommended one, and then the first. None is, when none can be used.
#[must_use]
pub fn advise(
    applicant: &Applicant,
    lacks: &[Need],
    policy: &VerificationPolicy,
) -> Vec<MethodAdvice> {
    let for_persons = matches!(applicant, Applicant::Person { .. });
    let preselected = preselect(applicant, lacks, policy);
    Method::ALL
        .into_iter()
        .filter(|method| method.is_for_persons() == for_persons)
        .map(|method| MethodAdvice {
            method,
            needs: method.needs(applicant).to_vec(),
            time: method.time(policy),
            recommended: method.is_recommended(),
            preselected: preselected == Some(method),
            closed: method.closed_to(applicant),
            lacking: lacking(method, applicant, lacks),
        })
        .collect()
}

/// The fastest method that this applicant can use (VER-14).
#[must_use]
pub fn preselect(
    applicant: &Applicant,
    lacks: &[Need],
    policy: &VerificationPolicy,
) -> Option<Method> {
    Method::ALL
        .into_iter()
        .filter(|method| method.closed_to(applicant).is_none())
        .filter(|method| lacking(*method, applicant, lacks).is_empty())
        .min_by_key(|method| (method.time(policy), !method.is_recommended()))
}

fn lacking(method: Method, applicant: &Applicant, lacks: &[Need]) -> Vec<Need> {
    let needs = method.needs(applicant).iter().copied();
    needs.filter(|need| lacks.contains(need)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verification::{EnterpriseKind, LegalRepresentative, Region};

    const PERSON: Applicant = Applicant::Person {
        region: Region::Mainland,
    };
    const COMPANY: Applicant = Applicant::Enterprise {
        region: Region::Mainland,
        enterprise: EnterpriseKind::Company,
        legal_representative: LegalRepresentative::Resident,
    };

    fn preselected(applicant: &Applicant, lacks: &[Need]) -> Option<Method> {
        let rows = advise(applicant, lacks, &VerificationPolicy::default());
        assert!(rows.iter().filter(|row| row.preselected).count() <= 1);
        rows.iter()
            .find(|row| row.preselected)
            .map(|row| row.method)
    }

    #[test]
    fn ver_14_the_fastest_recommended_method_is_preselected() {
        assert_eq!(preselected(&PERSON, &[]), Some(Method::WechatScan));
        assert_eq!(preselected(&COMPANY, &[]), Some(Method::OfficialAccount));
    }

    #[test]
    fn ver_14_without_documents_a_person_takes_face() {
        assert_eq!(
            preselected(&PERSON, NO_DOCUMENTS_AT_HAND),
            Some(Method::Face)
        );
    }

    #[test]
    fn ver_14_without_documents_an_enterprise_takes_official_account_or_face() {
        assert_eq!(
            preselected(&COMPANY, NO_DOCUMENTS_AT_HAND),
            Some(Method::OfficialAccount)
        );
        let usable: Vec<_> = advise(
            &COMPANY,
            NO_DOCUMENTS_AT_HAND,
            &VerificationPolicy::default(),
        )
        .into_iter()
        .filter(|row| row.lacking.is_empty())
        .map(|row| row.method)
        .collect();
        assert_eq!(
            usable,
            [Method::OfficialAccount, Method::LegalRepresentativeFace]
        );
    }

    #[test]
    fn ver_14_what_is_lacking_moves_the_choice_to_the_next_fastest() {
        let foreign = Applicant::Enterprise {
            region: Region::Mainland,
            enterprise: EnterpriseKind::Company,
            legal_representative: LegalRepresentative::Foreign,
        };
        let lacks = [Need::OfficialAccount];
        assert_eq!(preselected(&foreign, &lacks), Some(Method::TopUp));
        let lacks = [Need::OfficialAccount, Need::CorporateAccount];
        assert_eq!(preselected(&foreign, &lacks), None);
    }

    #[test]
    fn ver_14_a_closed_method_is_never_preselected_and_says_why() {
        let taiwan = Applicant::Person {
            region: Region::HongKongMacauTaiwan,
        };
        assert_eq!(preselected(&taiwan, &[]), Some(Method::WechatScan));
        assert_eq!(preselected(&taiwan, &[Need::MainlandBankCard]), None);
        let rows = advise(&taiwan, &[], &VerificationPolicy::default());
        assert_eq!(rows.len(), 3);
        assert_eq!(
            rows[1].closed,
            Some(ClosedBecause::HongKongMacauTaiwan),
            "face"
        );
    }
}
