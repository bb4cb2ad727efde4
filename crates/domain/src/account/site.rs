//! The China site and the International site, which share nothing (ACC-5). Must not know where
//! either is reached.

use serde::{Deserialize, Serialize};

use super::AccountRefusal;
use crate::verification::{Applicant, Region};

/// The site to which an account belongs for good (ACC-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// The China site.
    China,
    /// The International site.
    International,
}

impl Site {
    /// The site on which this applicant is verified (ACC-5): persons of the mainland, Hong Kong, Macau
    /// and Taiwan and mainland enterprises on the China site, everybody else on the other.
    #[must_use]
    pub const fn for_verification(applicant: &Applicant) -> Self {
        match applicant {
            Applicant::Person {
                region: Region::Mainland | Region::HongKongMacauTaiwan,
            }
            | Applicant::Enterprise {
                region: Region::Mainland,
                ..
            } => Self::China,
            Applicant::Person {
                region: Region::Overseas,
            }
            | Applicant::Enterprise {
                region: Region::HongKongMacauTaiwan | Region::Overseas,
                ..
            } => Self::International,
        }
    }

    /// Refuses to link, find, invite or move across sites (ACC-5).
    #[must_use]
    pub fn may_reach(self, other: Self) -> Option<AccountRefusal> {
        (self != other).then_some(AccountRefusal::OtherSite)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verification::{EnterpriseKind, LegalRepresentative};

    #[test]
    fn acc_5_nothing_reaches_across_sites() {
        let sites = [Site::China, Site::International];
        for site in sites {
            assert_eq!(site.may_reach(site), None);
            for other in sites.into_iter().filter(|other| *other != site) {
                assert_eq!(site.may_reach(other), Some(AccountRefusal::OtherSite));
            }
        }
    }

    #[test]
    fn acc_5_enterprises_from_outside_and_everyone_overseas_go_to_the_international_site() {
        let person = |region| Site::for_verification(&Applicant::Person { region });
        let enterprise = |region| {
            Site::for_verification(&Applicant::Enterprise {
                region,
                enterprise: EnterpriseKind::Company,
                legal_representative: LegalRepresentative::Resident,
            })
        };
        assert_eq!(person(Region::Mainland), Site::China);
        assert_eq!(person(Region::HongKongMacauTaiwan), Site::China);
        assert_eq!(person(Region::Overseas), Site::International);
        assert_eq!(enterprise(Region::Mainland), Site::China);
        assert_eq!(enterprise(Region::HongKongMacauTaiwan), Site::International);
        assert_eq!(enterprise(Region::Overseas), Site::International);
    }
}
