//! The seven ways to find an account and what each asks for (FND-1). Must not know what is found.

use serde::{Deserialize, Serialize};

use super::{FindPolicy, FindRefusal};
use crate::contacts::DailyCount;
use crate::refusal::Refused;
use crate::sign_in::Captcha;
use crate::time::Timestamp;

/// A way to find an account (FND-1, ACC-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindWay {
    /// By security phone.
    SecurityPhone,
    /// By account id.
    AccountId,
    /// By a domain of the account.
    Domain,
    /// By the IP address of one of its servers.
    ServerIp,
    /// By an ICP filing.
    IcpFiling,
    /// By personal information.
    Person,
    /// By enterprise information.
    Enterprise,
}

/// Something that a way asks for, in the order of its form (FND-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindField {
    /// The account id.
    AccountId,
    /// The security phone.
    Phone,
    /// A code to that phone.
    PhoneCode,
    /// A domain name.
    Domain,
    /// An IP address.
    ServerIp,
    /// An ICP filing number.
    IcpFiling,
    /// A captcha.
    Captcha,
    /// The person's name.
    PersonName,
    /// The person's ID document.
    IdDocument,
    /// A face check of that person.
    Face,
    /// The enterprise's name.
    EnterpriseName,
    /// The enterprise's code.
    EnterpriseCode,
    /// The business licence.
    Licence,
    /// A face check of the legal representative, in place of the licence.
    LegalRepresentativeFace,
}

impl FindWay {
    /// The seven ways, in the order of the page (FND-1).
    pub const ALL: [Self; 7] = [
        Self::SecurityPhone,
        Self::AccountId,
        Self::Domain,
        Self::ServerIp,
        Self::IcpFiling,
        Self::Person,
        Self::Enterprise,
    ];

    /// What must be given, in order (FND-1 to FND-7). The choices that are left are
    /// [`FindWay::in_place_of`].
    #[must_use]
    pub const fn fields(self) -> &'static [FindField] {
        match self {
            Self::SecurityPhone => &[FindField::Phone, FindField::PhoneCode],
            Self::AccountId => &[FindField::AccountId, FindField::Phone, FindField::PhoneCode],
            Self::Domain => &[FindField::Domain, FindField::Captcha],
            Self::ServerIp => &[FindField::ServerIp, FindField::Captcha],
            Self::IcpFiling => &[FindField::IcpFiling, FindField::Captcha],
            Self::Person => &[
                FindField::PersonName,
                FindField::IdDocument,
                FindField::Face,
            ],
            Self::Enterprise => &[
                FindField::EnterpriseName,
                FindField::EnterpriseCode,
                FindField::Licence,
                FindField::Phone,
                FindField::PhoneCode,
            ],
        }
    }

    /// What can be given in place of the last fields, and of how many (FND-3, FND-7): a face instead
    /// of phone and code, the legal representative's face instead of licence, phone and code.
    #[must_use]
    pub const fn in_place_of(self) -> Option<(FindField, usize)> {
        match self {
            Self::AccountId => Some((FindField::Face, 2)),
            Self::Enterprise => Some((FindField::LegalRepresentativeFace, 3)),
            Self::SecurityPhone
            | Self::Domain
            | Self::ServerIp
            | Self::IcpFiling
            | Self::Person => None,
        }
    }

    /// Whether it answers without a proof of possession, and therefore only after a captcha and so
    /// many times a day (FND-4).
    #[must_use]
    pub const fn is_by_asset(self) -> bool {
        match self {
            Self::Domain | Self::ServerIp | Self::IcpFiling => true,
            Self::SecurityPhone | Self::AccountId | Self::Person | Self::Enterprise => false,
        }
    }
}

/// All reasons why a search is not made now (FND-4): `searched` is the address's count of searches
/// by domain, server IP and ICP filing together, loaded under lock.
#[must_use]
pub fn may_search(
    way: FindWay,
    captcha: Captcha,
    searched: Option<DailyCount>,
    policy: &FindPolicy,
    now: Timestamp,
) -> Vec<FindRefusal> {
    let mut failing = Vec::new();
    if !way.is_by_asset() {
        return failing;
    }
    if DailyCount::at(searched, now) >= policy.asset_searches_per_day {
        failing.push(FindRefusal::TooManySearches {
            most: policy.asset_searches_per_day,
            retry_at: now.date().end(),
        });
    }
    match captcha {
        Captcha::Solved => {}
        Captcha::Missing => failing.push(FindRefusal::CaptchaMissing),
    }
    failing
}

/// Lets a search be made and counts it, found or not (FND-4). Other ways are not counted here: each
/// sends a code or compares a face, which have limits of their own.
///
/// # Errors
/// Everything that [`may_search`] lists; a search without captcha does not count.
pub fn search(
    way: FindWay,
    captcha: Captcha,
    searched: Option<DailyCount>,
    policy: &FindPolicy,
    now: Timestamp,
) -> Result<Option<DailyCount>, Refused<FindRefusal>> {
    Refused::unless_none(may_search(way, captcha, searched, policy, now))?;
    Ok(if way.is_by_asset() {
        Some(DailyCount::one_more(searched, now))
    } else {
        searched
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::time::{Date, Span};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    #[test]
    fn fnd_1_there_are_seven_ways_and_each_has_its_fields() {
        assert_eq!(FindWay::ALL.len(), 7);
        for way in FindWay::ALL {
            let fields = way.fields();
            assert!(fields.len() >= 2, "{way:?}");
            let (_, replaced) = way.in_place_of().unwrap_or((FindField::Face, 0));
            assert!(replaced < fields.len(), "{way:?}");
            assert_eq!(
                fields.contains(&FindField::Captcha),
                way.is_by_asset(),
                "{way:?}"
            );
        }
    }

    #[test]
    fn acc_11_server_ip_domain_and_filing_find_an_account() {
        let by_asset: Vec<_> = FindWay::ALL
            .into_iter()
            .filter(|way| way.is_by_asset())
            .collect();
        assert_eq!(
            by_asset,
            [FindWay::Domain, FindWay::ServerIp, FindWay::IcpFiling]
        );
    }

    #[test]
    fn fnd_4_the_tenth_search_of_an_address_is_made_and_the_eleventh_refused() {
        let policy = FindPolicy::default();
        let mut count = None;
        for way in FindWay::ALL.into_iter().cycle().take(50) {
            if way.is_by_asset() && DailyCount::at(count, NOW) == 10 {
                break;
            }
            count = search(way, Captcha::Solved, count, &policy, NOW).unwrap();
        }
        assert_eq!(
            DailyCount::at(count, NOW),
            10,
            "the three are counted together"
        );
        let refused = may_search(FindWay::Domain, Captcha::Solved, count, &policy, NOW);
        let midnight = NOW.date().end();
        assert_eq!(
            refused,
            [FindRefusal::TooManySearches {
                most: 10,
                retry_at: midnight
            }]
        );
        assert_eq!(refused[0].retry_at(), Some(midnight));
        assert_eq!(
            may_search(FindWay::Person, Captcha::Missing, count, &policy, NOW),
            []
        );
    }

    #[test]
    fn v_24_the_count_begins_anew_at_midnight_in_shanghai_and_not_at_eight() {
        let policy = FindPolicy::default();
        let day = Date::parse("2026-09-21").unwrap();
        let full = Some(DailyCount { day, count: 10 });
        let is_free =
            |now| may_search(FindWay::ServerIp, Captcha::Solved, full, &policy, now).is_empty();
        let end = day.end();
        assert!(!is_free(day.begin().plus(Span::from_hours(8))));
        assert!(!is_free(end.minus(Span::from_millis(1))));
        assert!(is_free(end));
        assert!(is_free(end.plus(Span::from_hours(8))));
    }

    #[test]
    fn fnd_4_a_search_without_captcha_is_refused_and_not_counted() {
        let policy = FindPolicy::default();
        let refused = search(FindWay::Domain, Captcha::Missing, None, &policy, NOW).unwrap_err();
        assert_eq!(refused.all(), [FindRefusal::CaptchaMissing]);
    }
}
