//! The ways to verify a subject, and who may use which. Must not know how a scan is done.

use serde::{Deserialize, Serialize};

use super::{Applicant, EnterpriseKind, LegalRepresentative, Region, VerificationPolicy};
use crate::rule::RuleId;

/// A way to verify a subject (VER-3, ENT-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A person scans with their own WeChat.
    WechatScan,
    /// A person's face is compared with their ID photo.
    Face,
    /// A person scans with their own QQ.
    QqScan,
    /// A verified Official Account of the enterprise gives a permission.
    OfficialAccount,
    /// The legal representative scans with their own WeChat.
    LegalRepresentativeWechat,
    /// The legal representative's face is compared with their ID photo.
    LegalRepresentativeFace,
    /// The enterprise pays in a small amount that the platform names.
    TopUp,
    /// The platform sends a small amount that the enterprise reads back.
    BankTransfer,
}

/// What somebody needs for a method (VER-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The ID card itself, at hand.
    IdCard,
    /// A camera.
    Camera,
    /// One's own WeChat, verified by real name.
    OwnWechat,
    /// One's own WeChat, verified by the mainland travel permit.
    WechatVerifiedByTravelPermit,
    /// A mainland bank card bound to that WeChat.
    MainlandBankCard,
    /// One's own QQ.
    OwnQq,
    /// The business licence or registration certificate, at hand.
    Licence,
    /// A verified Official Account of the same enterprise, and its administrator.
    OfficialAccount,
    /// The legal representative with their WeChat.
    LegalRepresentativeWechat,
    /// The legal representative before a camera.
    LegalRepresentativeFace,
    /// A bank account in the enterprise's name.
    CorporateAccount,
}

/// How long a method takes from submission to result (VER-15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ProcessingTime {
    /// While one waits.
    Immediate,
    /// Some business days.
    BusinessDays {
        /// The longest time.
        most: u16,
        /// The shortest time.
        fewest: u16,
    },
}

/// Why a method is not open to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClosedBecause {
    /// It verifies enterprises only (VER-3).
    ForEnterprises,
    /// It verifies persons only (ENT-3).
    ForPersons,
    /// Persons of Hong Kong, Macau and Taiwan have the WeChat scan only (VER-5).
    HongKongMacauTaiwan,
    /// Public institutions have the Official Account and the bank transfer only (ENT-4).
    PublicInstitution,
    /// The legal representative cannot be checked against resident records (ENT-5).
    ForeignLegalRepresentative,
    /// The International site verifies them (VER-5, ACC-5).
    OtherSite,
}

impl ClosedBecause {
    /// The rule that closes it.
    #[must_use]
    pub const fn rule(self) -> RuleId {
        match self {
            Self::ForEnterprises => RuleId::Ver3,
            Self::ForPersons => RuleId::Ent3,
            Self::HongKongMacauTaiwan | Self::OtherSite => RuleId::Ver5,
            Self::PublicInstitution => RuleId::Ent4,
            Self::ForeignLegalRepresentative => RuleId::Ent5,
        }
    }
}

impl Method {
    /// Every method, persons' first, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::WechatScan,
        Self::Face,
        Self::QqScan,
        Self::OfficialAccount,
        Self::LegalRepresentativeWechat,
        Self::LegalRepresentativeFace,
        Self::TopUp,
        Self::BankTransfer,
    ];

    /// Whether it verifies persons, not enterprises.
    #[must_use]
    pub const fn is_for_persons(self) -> bool {
        matches!(self, Self::WechatScan | Self::Face | Self::QqScan)
    }

    /// Whether the page recommends it (VER-3, ENT-3).
    #[must_use]
    pub const fn is_recommended(self) -> bool {
        matches!(
            self,
            Self::WechatScan
                | Self::OfficialAccount
                | Self::LegalRepresentativeWechat
                | Self::LegalRepresentativeFace
        )
    }

    /// How long it takes (VER-15).
    #[must_use]
    pub const fn time(self, policy: &VerificationPolicy) -> ProcessingTime {
        match self {
            Self::TopUp => ProcessingTime::BusinessDays {
                most: policy.top_up_business_days,
                fewest: policy.top_up_business_days,
            },
            Self::BankTransfer => ProcessingTime::BusinessDays {
                most: policy.transfer_most_business_days,
                fewest: policy.transfer_fewest_business_days,
            },
            _ => ProcessingTime::Immediate,
        }
    }

    /// What `applicant` needs for it (VER-14, VER-5).
    #[must_use]
    pub const fn needs(self, applicant: &Applicant) -> &'static [Need] {
        match self {
            Self::WechatScan => match applicant {
                Applicant::Person {
                    region: Region::HongKongMacauTaiwan,
                } => &[Need::WechatVerifiedByTravelPermit, Need::MainlandBankCard],
                _ => &[Need::OwnWechat, Need::IdCard],
            },
            Self::Face => &[Need::Camera],
            Self::QqScan => &[Need::OwnQq, Need::IdCard],
            Self::OfficialAccount => &[Need::OfficialAccount],
            Self::LegalRepresentativeWechat => &[Need::LegalRepresentativeWechat, Need::Licence],
            Self::LegalRepresentativeFace => &[Need::LegalRepresentativeFace],
            Self::TopUp | Self::BankTransfer => &[Need::CorporateAccount, Need::Licence],
        }
    }

    /// Why `applicant` may not use it, or nothing when they may (VER-3, VER-5, ENT-3, ENT-4, ENT-5).
    #[must_use]
    pub const fn closed_to(self, applicant: &Applicant) -> Option<ClosedBecause> {
        match applicant {
            Applicant::Person { region } => {
                if !self.is_for_persons() {
                    return Some(ClosedBecause::ForEnterprises);
                }
                match region {
                    Region::Mainland => None,
                    Region::HongKongMacauTaiwan => match self {
                        Self::WechatScan => None,
                        _ => Some(ClosedBecause::HongKongMacauTaiwan),
                    },
                    Region::Overseas => Some(ClosedBecause::OtherSite),
                }
            }
            Applicant::Enterprise {
                region,
                enterprise,
                legal_representative,
            } => {
                if self.is_for_persons() {
                    return Some(ClosedBecause::ForPersons);
                }
                if !matches!(region, Region::Mainland) {
                    return Some(ClosedBecause::OtherSite);
                }
                let institution = !matches!(enterprise, EnterpriseKind::Company);
                let foreign = matches!(legal_representative, LegalRepresentative::Foreign);
                match self {
                    Self::OfficialAccount | Self::BankTransfer => None,
                    _ if institution => Some(ClosedBecause::PublicInstitution),
                    Self::LegalRepresentativeWechat | Self::LegalRepresentativeFace if foreign => {
                        Some(ClosedBecause::ForeignLegalRepresentative)
                    }
                    _ => None,
                }
            }
        }
    }
}

/// What a WeChat scan is for; the same scan means different things on different pages (ENT-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WechatScanPurpose {
    /// Registering with it, or binding it as a login method.
    BindLoginMethod,
    /// Signing in with a WeChat that is bound already.
    SignIn,
    /// Verifying a person.
    VerifyPerson,
    /// Verifying an enterprise by its legal representative.
    VerifyLegalRepresentative,
}

impl WechatScanPurpose {
    /// Whether the scanned WeChat becomes a login method; verifying never makes it one (ENT-13).
    #[must_use]
    pub const fn binds_login_method(self) -> bool {
        match self {
            Self::BindLoginMethod => true,
            Self::SignIn | Self::VerifyPerson | Self::VerifyLegalRepresentative => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_to(applicant: Applicant) -> Vec<Method> {
        Method::ALL
            .into_iter()
            .filter(|method| method.closed_to(&applicant).is_none())
            .collect()
    }

    fn enterprise(
        enterprise: EnterpriseKind,
        legal_representative: LegalRepresentative,
    ) -> Applicant {
        Applicant::Enterprise {
            region: Region::Mainland,
            enterprise,
            legal_representative,
        }
    }

    #[test]
    fn ver_3_a_mainland_person_has_three_immediate_methods() {
        let person = Applicant::Person {
            region: Region::Mainland,
        };
        let policy = VerificationPolicy::default();
        let open = open_to(person);
        assert_eq!(open, [Method::WechatScan, Method::Face, Method::QqScan]);
        for method in &open {
            assert_eq!(method.time(&policy), ProcessingTime::Immediate);
        }
        let recommended: Vec<_> = open.into_iter().filter(|m| m.is_recommended()).collect();
        assert_eq!(recommended, [Method::WechatScan]);
        assert_eq!(
            Method::TopUp.closed_to(&person),
            Some(ClosedBecause::ForEnterprises)
        );
    }

    #[test]
    fn ver_5_hong_kong_macau_and_taiwan_persons_have_the_wechat_scan_only() {
        let person = Applicant::Person {
            region: Region::HongKongMacauTaiwan,
        };
        assert_eq!(open_to(person), [Method::WechatScan]);
        assert_eq!(
            Method::Face.closed_to(&person),
            Some(ClosedBecause::HongKongMacauTaiwan)
        );
        assert_eq!(
            Method::WechatScan.needs(&person),
            [Need::WechatVerifiedByTravelPermit, Need::MainlandBankCard]
        );
    }

    #[test]
    fn ver_5_enterprises_elsewhere_and_people_overseas_have_no_method_here() {
        assert_eq!(
            open_to(Applicant::Person {
                region: Region::Overseas
            }),
            []
        );
        for region in [Region::HongKongMacauTaiwan, Region::Overseas] {
            let applicant = Applicant::Enterprise {
                region,
                enterprise: EnterpriseKind::Company,
                legal_representative: LegalRepresentative::Resident,
            };
            assert_eq!(open_to(applicant), []);
            assert_eq!(
                Method::BankTransfer.closed_to(&applicant),
                Some(ClosedBecause::OtherSite)
            );
        }
    }

    #[test]
    fn ent_3_a_company_has_five_methods_of_which_three_are_recommended() {
        let open = open_to(enterprise(
            EnterpriseKind::Company,
            LegalRepresentative::Resident,
        ));
        assert_eq!(open.len(), 5);
        let recommended: Vec<_> = open.into_iter().filter(|m| m.is_recommended()).collect();
        assert_eq!(
            recommended,
            [
                Method::OfficialAccount,
                Method::LegalRepresentativeWechat,
                Method::LegalRepresentativeFace
            ]
        );
    }

    #[test]
    fn ent_4_a_public_institution_has_official_account_and_bank_transfer() {
        for kind in [
            EnterpriseKind::PublicInstitution,
            EnterpriseKind::OtherOrganisation,
        ] {
            for representative in [LegalRepresentative::Resident, LegalRepresentative::Foreign] {
                assert_eq!(
                    open_to(enterprise(kind, representative)),
                    [Method::OfficialAccount, Method::BankTransfer]
                );
            }
        }
    }

    #[test]
    fn ent_5_a_foreign_legal_representative_has_transfer_top_up_and_official_account() {
        assert_eq!(
            open_to(enterprise(
                EnterpriseKind::Company,
                LegalRepresentative::Foreign
            )),
            [Method::OfficialAccount, Method::TopUp, Method::BankTransfer]
        );
    }

    #[test]
    fn ent_13_the_legal_representatives_scan_binds_no_login_method() {
        assert!(WechatScanPurpose::BindLoginMethod.binds_login_method());
        assert!(!WechatScanPurpose::VerifyLegalRepresentative.binds_login_method());
        assert!(!WechatScanPurpose::VerifyPerson.binds_login_method());
    }

    #[test]
    fn ver_15_the_slow_methods_name_their_business_days() {
        let policy = VerificationPolicy::default();
        assert_eq!(
            Method::TopUp.time(&policy),
            ProcessingTime::BusinessDays { most: 1, fewest: 1 }
        );
        assert_eq!(
            Method::BankTransfer.time(&policy),
            ProcessingTime::BusinessDays { most: 5, fewest: 1 }
        );
        let immediate = Method::ALL
            .iter()
            .filter(|method| method.time(&policy) == ProcessingTime::Immediate)
            .count();
        assert_eq!(immediate, 6);
    }
}
