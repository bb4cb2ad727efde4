//! Which way to register suits whom (REG-1, REG-4, REG-6). Knows the advice; does not know its
//! wording.

use serde::{Deserialize, Serialize};

use crate::login_methods::LoginMethodKind;

/// For whom an account is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Applicant {
    /// A person.
    Person,
    /// An enterprise or another organisation.
    Enterprise,
}

/// What is said of a way to register (REG-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MethodAdvice {
    /// Good for this applicant.
    Recommended,
    /// Good, as long as it is a company's address.
    RecommendedWithCompanyAddress,
    /// It belongs to a person; shown together with what happens when that person leaves.
    BelongsToAPerson,
    /// Nothing speaks for or against it.
    Neutral,
}

/// Where a person or an organisation resides (REG-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Residence {
    /// The mainland.
    Mainland,
    /// Hong Kong, Macau or Taiwan.
    HongKongMacauTaiwan,
    /// Anywhere else.
    Overseas,
}

/// Which verification an account registered here can get (REG-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerificationPath {
    /// Personal and enterprise verification are open.
    PersonalOrEnterprise,
    /// Only personal verification is open, by the methods of VER-5.
    PersonalOnly,
    /// Verification is on the International site (ACC-5).
    InternationalSite,
}

/// The five ways to register, those advised to this applicant first (REG-1, REG-4).
#[must_use]
pub fn registration_methods(applicant: Applicant) -> Vec<LoginMethodKind> {
    let is_advised = |kind: &LoginMethodKind| match method_advice(applicant, *kind) {
        MethodAdvice::Recommended | MethodAdvice::RecommendedWithCompanyAddress => true,
        MethodAdvice::BelongsToAPerson | MethodAdvice::Neutral => false,
    };
    let (mut advised, others): (Vec<_>, Vec<_>) =
        LoginMethodKind::ALL.into_iter().partition(is_advised);
    advised.extend(others);
    advised
}

/// What is said of a way to register (REG-4).
#[must_use]
pub const fn method_advice(applicant: Applicant, kind: LoginMethodKind) -> MethodAdvice {
    match (applicant, kind) {
        (Applicant::Person, LoginMethodKind::Wechat) => MethodAdvice::Recommended,
        (
            Applicant::Person,
            LoginMethodKind::Email
            | LoginMethodKind::Qq
            | LoginMethodKind::OfficialAccount
            | LoginMethodKind::Wecom,
        ) => MethodAdvice::Neutral,
        (Applicant::Enterprise, LoginMethodKind::Email) => {
            MethodAdvice::RecommendedWithCompanyAddress
        }
        (Applicant::Enterprise, LoginMethodKind::OfficialAccount | LoginMethodKind::Wecom) => {
            MethodAdvice::Recommended
        }
        (Applicant::Enterprise, LoginMethodKind::Qq | LoginMethodKind::Wechat) => {
            MethodAdvice::BelongsToAPerson
        }
    }
}

/// Which verification is open to whom (REG-6, ACC-5): individuals of Hong Kong, Macau and Taiwan
/// register here and are verified as persons; enterprises from there and everyone overseas are sent
/// to the International site.
#[must_use]
pub const fn verification_path(applicant: Applicant, residence: Residence) -> VerificationPath {
    match (residence, applicant) {
        (Residence::Mainland, Applicant::Person | Applicant::Enterprise) => {
            VerificationPath::PersonalOrEnterprise
        }
        (Residence::HongKongMacauTaiwan, Applicant::Person) => VerificationPath::PersonalOnly,
        (Residence::HongKongMacauTaiwan, Applicant::Enterprise)
        | (Residence::Overseas, Applicant::Person | Applicant::Enterprise) => {
            VerificationPath::InternationalSite
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reg_1_there_are_five_ways_for_everyone() {
        for applicant in [Applicant::Person, Applicant::Enterprise] {
            let mut methods = registration_methods(applicant);
            methods.sort_unstable();
            assert_eq!(methods, LoginMethodKind::ALL);
        }
    }

    #[test]
    fn reg_4_enterprises_are_advised_against_what_belongs_to_a_person() {
        let advice = |kind| method_advice(Applicant::Enterprise, kind);
        assert_eq!(
            advice(LoginMethodKind::Email),
            MethodAdvice::RecommendedWithCompanyAddress
        );
        for kind in [LoginMethodKind::OfficialAccount, LoginMethodKind::Wecom] {
            assert_eq!(advice(kind), MethodAdvice::Recommended);
        }
        for kind in [LoginMethodKind::Qq, LoginMethodKind::Wechat] {
            assert_eq!(advice(kind), MethodAdvice::BelongsToAPerson);
            assert_ne!(
                method_advice(Applicant::Person, kind),
                MethodAdvice::BelongsToAPerson
            );
        }
        assert_eq!(
            registration_methods(Applicant::Enterprise)[..3],
            [
                LoginMethodKind::Email,
                LoginMethodKind::OfficialAccount,
                LoginMethodKind::Wecom
            ]
        );
    }

    #[test]
    fn reg_6_individuals_of_hong_kong_macau_and_taiwan_get_personal_verification_only() {
        let path = verification_path;
        assert_eq!(
            path(Applicant::Person, Residence::HongKongMacauTaiwan),
            VerificationPath::PersonalOnly
        );
        assert_eq!(
            path(Applicant::Enterprise, Residence::HongKongMacauTaiwan),
            VerificationPath::InternationalSite
        );
        for applicant in [Applicant::Person, Applicant::Enterprise] {
            assert_eq!(
                path(applicant, Residence::Mainland),
                VerificationPath::PersonalOrEnterprise
            );
            assert_eq!(
                path(applicant, Residence::Overseas),
                VerificationPath::InternationalSite
            );
        }
    }
}
