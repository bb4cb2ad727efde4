//! What an account still has, and what of it can be given up (DRG-3). Must not know the products.

use serde::{Deserialize, Serialize};

use super::DeregistrationPolicy;
use crate::time::{Date, Timestamp};

/// A kind of thing that an account can still have (DRG-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RemainKind {
    /// Vouchers.
    Voucher,
    /// An SSL certificate; only one that expires soon can be given up.
    SslCertificate,
    /// CDN traffic packs.
    CdnTrafficPack,
    /// Marketplace mini-programs.
    MarketplaceMiniProgram,
    /// Load-test packs.
    LoadTestPack,
    /// SMS packs.
    SmsPack,
    /// Resources of video on demand that are billed by day.
    VodDailyBilled,
    /// Live-streaming packs.
    LiveStreamingPack,
    /// Hosting of the site builder.
    SiteBuilderHosting,
    /// Storage of video on demand.
    VodStorage,
    /// An ICP filing: cancelled, or moved to another account (ACC-9).
    IcpFiling,
    /// A domain: let go, or moved to another account (ACC-8).
    Domain,
    /// Any other resource; it is deleted in its console.
    OtherResource,
}

/// Something that the account still has, as the platform reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Remain {
    /// What it is.
    pub kind: RemainKind,
    /// How many.
    pub count: u32,
    /// When they expire, the last of them; nothing when they do not.
    pub expires_at: Option<Timestamp>,
}

/// What a remaining thing means for the deregistration (DRG-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RemainStanding {
    /// It must be deleted first.
    Blocks,
    /// It blocks until the owner confirms giving it up.
    CanBeGivenUp,
}

impl RemainKind {
    /// Every kind, those that can be given up first.
    pub const ALL: [Self; 13] = [
        Self::Voucher,
        Self::SslCertificate,
        Self::CdnTrafficPack,
        Self::MarketplaceMiniProgram,
        Self::LoadTestPack,
        Self::SmsPack,
        Self::VodDailyBilled,
        Self::LiveStreamingPack,
        Self::SiteBuilderHosting,
        Self::VodStorage,
        Self::IcpFiling,
        Self::Domain,
        Self::OtherResource,
    ];
}

impl Remain {
    /// Whether it can be given up at `now` (DRG-3).
    #[must_use]
    pub fn standing(&self, policy: &DeregistrationPolicy, now: Timestamp) -> RemainStanding {
        let can_be_given_up = match self.kind {
            RemainKind::Voucher
            | RemainKind::CdnTrafficPack
            | RemainKind::MarketplaceMiniProgram
            | RemainKind::LoadTestPack
            | RemainKind::SmsPack
            | RemainKind::VodDailyBilled
            | RemainKind::LiveStreamingPack
            | RemainKind::SiteBuilderHosting
            | RemainKind::VodStorage => true,
            RemainKind::SslCertificate => self
                .expires_at
                .is_some_and(|at| at.date() <= months_after(now.date(), policy.certificate_months)),
            RemainKind::IcpFiling | RemainKind::Domain | RemainKind::OtherResource => false,
        };
        if can_be_given_up {
            RemainStanding::CanBeGivenUp
        } else {
            RemainStanding::Blocks
        }
    }
}

/// The same day of the month `months` later, or the last day of a month that has no such day: three
/// months after 30 November is the last of February.
fn months_after(day: Date, months: u32) -> Date {
    let count = (u32::from(day.month()) - 1).saturating_add(months);
    let year = i32::try_from(count / 12)
        .ok()
        .and_then(|years| day.year().checked_add(years));
    let month = u8::try_from(count % 12 + 1).unwrap_or(12);
    (1..=day.day())
        .rev()
        .find_map(|of_month| Date::from_ymd(year?, month, of_month))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const MILLISECOND: Span = Span::from_millis(1);

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn certificate(expires_at: Option<Timestamp>) -> Remain {
        Remain {
            kind: RemainKind::SslCertificate,
            count: 1,
            expires_at,
        }
    }

    fn can_be_given_up(remain: Remain, now: Timestamp) -> bool {
        remain.standing(&DeregistrationPolicy::default(), now) == RemainStanding::CanBeGivenUp
    }

    #[test]
    fn drg_3_a_certificate_is_given_up_when_it_expires_within_three_months() {
        let now = date("2026-08-25").begin().plus(Span::from_hours(9));
        let last_day_ends = date("2026-11-25").end();
        let expires = |at| certificate(Some(at));
        assert!(can_be_given_up(
            expires(last_day_ends.minus(MILLISECOND)),
            now
        ));
        assert!(!can_be_given_up(expires(last_day_ends), now));
        assert!(
            can_be_given_up(expires(now.minus(MILLISECOND)), now),
            "expired"
        );
        assert!(!can_be_given_up(certificate(None), now));
    }

    #[test]
    fn drg_3_three_months_after_a_long_months_end_is_the_short_months_end() {
        for (day, months, later) in [
            ("2026-11-30", 3, "2027-02-28"),
            ("2027-11-30", 3, "2028-02-29"),
            ("2026-08-31", 3, "2026-11-30"),
            ("2026-10-15", 3, "2027-01-15"),
            ("2026-12-31", 12, "2027-12-31"),
            ("2026-01-05", 0, "2026-01-05"),
        ] {
            assert_eq!(months_after(date(day), months), date(later), "{day}");
        }
    }

    #[test]
    fn drg_3_packs_and_vouchers_can_be_given_up_and_everything_else_is_deleted_first() {
        let now = date("2026-08-25").begin();
        let given_up: Vec<_> = RemainKind::ALL
            .into_iter()
            .filter(|kind| {
                let remain = Remain {
                    kind: *kind,
                    count: 1,
                    expires_at: Some(now),
                };
                can_be_given_up(remain, now)
            })
            .collect();
        assert_eq!(given_up, RemainKind::ALL[..10]);
    }
}
