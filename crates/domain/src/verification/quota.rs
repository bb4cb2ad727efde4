//! How many accounts one subject verifies. Knows the counts it is given; does not know who counts.

use serde::{Deserialize, Serialize};

use super::{VerificationPolicy, VerificationRefusal};

/// How full a subject is, counted while its row is locked (VER-2, ENT-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Places {
    /// A person, identified by their ID document.
    Person {
        /// Accounts verified with it now, the asking account not counted.
        taken: u32,
    },
    /// An enterprise, identified by its code or, so that an older code does not open a second row of
    /// places, by its name.
    Enterprise {
        /// Accounts verified with it now, the asking account not counted.
        taken: u32,
        /// The limit an operator set for this enterprise (OPS-2), if one did.
        raised_to: Option<u32>,
    },
}

/// A way out that a refusal offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WayOut {
    /// Find the accounts by personal information (FND-6).
    FindByPersonalInformation,
    /// Find the accounts by enterprise information (FND-7).
    FindByEnterpriseInformation,
    /// Change the subject of one of them, which frees its place at once (CHG-12).
    ChangeSubjectOfOne,
    /// Ask an operator to raise the limit.
    ContactAccountManager,
    /// Change the verification instead.
    ChangeVerification,
    /// Verify on the International site.
    InternationalSite,
    /// Take a method that is open.
    OtherMethod,
    /// Complete or correct the USCC (ENT-6).
    CompleteCode,
    /// Hand in paper proof instead.
    PaperWay,
    /// Pay what is owed.
    Pay,
    /// Look at the change in review, or withdraw it.
    OpenChange,
    /// Start a new bank transfer (ENT-17).
    NewTransfer,
    /// Verify the account.
    Verify,
    /// Ask support.
    Support,
    /// Deregister the account.
    Deregister,
    /// Bind a security phone.
    BindSecurityPhone,
    /// Cancel the deregistration.
    CancelDeregistration,
}

impl Places {
    /// Most accounts that this subject verifies (VER-2, ENT-1).
    #[must_use]
    pub const fn limit(self, policy: &VerificationPolicy) -> u32 {
        match self {
            Self::Person { .. } => policy.accounts_per_person,
            Self::Enterprise {
                raised_to: Some(limit),
                ..
            } => limit,
            Self::Enterprise {
                raised_to: None, ..
            } => policy.accounts_per_enterprise,
        }
    }

    /// Refuses one account more than the subject may verify (VER-2, ENT-1).
    #[must_use]
    pub const fn may_take_one(self, policy: &VerificationPolicy) -> Option<VerificationRefusal> {
        let limit = self.limit(policy);
        match self {
            Self::Person { taken } if taken >= limit => {
                Some(VerificationRefusal::PersonPlacesTaken { limit })
            }
            Self::Enterprise { taken, .. } if taken >= limit => {
                Some(VerificationRefusal::EnterprisePlacesTaken { limit })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::rule::RuleId;

    fn refusal(places: Places) -> Option<VerificationRefusal> {
        places.may_take_one(&VerificationPolicy::default())
    }

    #[test]
    fn ver_2_third_account_is_verified_fourth_is_refused_with_its_way_out() {
        assert_eq!(refusal(Places::Person { taken: 2 }), None);
        let fourth = refusal(Places::Person { taken: 3 }).unwrap();
        assert_eq!(fourth, VerificationRefusal::PersonPlacesTaken { limit: 3 });
        assert_eq!(fourth.rule(), RuleId::Ver2);
        assert_eq!(
            fourth.ways_out(),
            [
                WayOut::FindByPersonalInformation,
                WayOut::ChangeSubjectOfOne
            ]
        );
    }

    #[test]
    fn ent_1_tenth_account_is_verified_eleventh_is_refused_with_its_way_out() {
        let places = |taken| Places::Enterprise {
            taken,
            raised_to: None,
        };
        assert_eq!(refusal(places(9)), None);
        let eleventh = refusal(places(10)).unwrap();
        assert_eq!(
            eleventh,
            VerificationRefusal::EnterprisePlacesTaken { limit: 10 }
        );
        assert_eq!(eleventh.rule(), RuleId::Ent1);
        assert_eq!(
            eleventh.ways_out().first(),
            Some(&WayOut::ContactAccountManager)
        );
    }

    #[test]
    fn ent_1_a_raised_limit_lets_the_eleventh_in() {
        let places = |taken| Places::Enterprise {
            taken,
            raised_to: Some(12),
        };
        assert_eq!(refusal(places(11)), None);
        assert_eq!(
            refusal(places(12)),
            Some(VerificationRefusal::EnterprisePlacesTaken { limit: 12 })
        );
    }
}
