//! Which way to register suits whom (REG-1, REG-4, REG-6). Knows the advice; does not know its
//! wording.

use serde::{Deserialize, Serialize};

use crate::login_methods::LoginMethodKind;
use crate::verification::Region;

/// For whom an account is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountFor {
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
pub fn registration_methods(account_for: AccountFor) -> Vec<LoginMethodKind> {
    let is_advised = |kind: &LoginMethodKind| match method_advice(account_for, *kind) {
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
pub const fn method_advice(account_for: AccountFor, kind: LoginMethodKind) -> MethodAdvice {
    match (account_for, kind) {
        (AccountFor::Person, LoginMethodKind::Wechat) => MethodAdvice::Recommended,
        (
            AccountFor::Person,
            LoginMethodKind::Email
            | LoginMethodKind::Qq
            | LoginMethodKind::OfficialAccount
            | LoginMethodKind::Wecom,
        ) => MethodAdvice::Neutral,
        (AccountFor::Enterprise, LoginMethodKind::Email) => {
            MethodAdvice::RecommendedWithCompanyAddress
        }
        (AccountFor::Enterprise, LoginMethodKind::OfficialAccount | LoginMethodKind::Wecom) => {
            MethodAdvice::Recommended
        }
        (AccountFor::Enterprise, LoginMethodKind::Qq | LoginMethodKind::Wechat) => {
            MethodAdvice::BelongsToAPerson
        }
    }
}

/// Which verification is open to whom (REG-6, ACC-5): individuals of Hong Kong, Macau and Taiwan
/// register here and are verified as persons; enterprises from there and everyone overseas are sent
/// to the International site.
#[must_use]
pub const fn verification_path(account_for: AccountFor, region: Region) -> VerificationPath {
    match (region, account_for) {
        (Region::Mainland, AccountFor::Person | AccountFor::Enterprise) => {
            VerificationPath::PersonalOrEnterprise
        }
        (Region::HongKongMacauTaiwan, AccountFor::Person) => VerificationPath::PersonalOnly,
        (Region::HongKongMacauTaiwan, AccountFor::Enterprise)
        | (Region::Overseas, AccountFor::Person | AccountFor::Enterprise) => {
            VerificationPath::InternationalSite
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reg_1_there_are_five_ways_for_everyone() {
        for account_for in [AccountFor::Person, AccountFor::Enterprise] {
            let mut methods = registration_methods(account_for);
            methods.sort_unstable();
            assert_eq!(methods, LoginMethodKind::ALL);
        }
    }

    #[test]
    fn reg_4_enterprises_are_advised_against_what_belongs_to_a_person() {
        let advice = |kind| method_advice(AccountFor::Enterprise, kind);
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
                method_advice(AccountFor::Person, kind),
                MethodAdvice::BelongsToAPerson
            );
        }
        assert_eq!(
            registration_methods(AccountFor::Enterprise)[..3],
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
            path(AccountFor::Person, Region::HongKongMacauTaiwan),
            VerificationPath::PersonalOnly
        );
        assert_eq!(
            path(AccountFor::Enterprise, Region::HongKongMacauTaiwan),
            VerificationPath::InternationalSite
        );
        for account_for in [AccountFor::Person, AccountFor::Enterprise] {
            assert_eq!(
                path(account_for, Region::Mainland),
                VerificationPath::PersonalOrEnterprise
            );
            assert_eq!(
                path(account_for, Region::Overseas),
                VerificationPath::InternationalSite
            );
        }
    }
}
