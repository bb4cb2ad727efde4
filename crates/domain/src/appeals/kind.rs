//! What can be appealed for, and where each topic leads (APL-1 to APL-4). Must not know forms.

use serde::{Deserialize, Serialize};

use crate::verification::Region;

/// What an appeal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppealKind {
    /// To sign in: a new e-mail becomes a login method (APL-1).
    SignIn,
    /// Another security phone (APL-2, CON-4).
    SecurityPhone,
    /// That the MFA device goes (APL-4).
    MfaRemoval,
}

/// What a person comes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppealTopic {
    /// No login method works (APL-1).
    CannotSignIn,
    /// The security phone is gone (APL-2).
    PhoneGone,
    /// A new number is somebody else's security phone (APL-3).
    RecycledNumber,
    /// The MFA device is gone (APL-4).
    MfaGone,
}

/// Where a topic leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", content = "kind", rename_all = "snake_case")]
pub enum AppealWay {
    /// An appeal of this kind.
    Appeal(AppealKind),
    /// The case of a recycled number, which has its own rule (CON-9).
    RecycledNumber,
}

/// Whose account it is, as far as the proof differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "subject", rename_all = "snake_case")]
pub enum AppealSubject {
    /// Nobody verified it.
    Unverified,
    /// A person.
    Person {
        /// Where their papers come from.
        region: Region,
    },
    /// An enterprise.
    Enterprise,
}

/// How the removal of MFA is asked for (APL-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MfaRemovalWay {
    /// By a ticket from another account of theirs.
    TicketFromOtherAccount,
    /// By the hotline of this installation.
    Hotline,
}

impl AppealTopic {
    /// Where it leads (APL-1 to APL-4).
    #[must_use]
    pub const fn way(self) -> AppealWay {
        match self {
            Self::CannotSignIn => AppealWay::Appeal(AppealKind::SignIn),
            Self::PhoneGone => AppealWay::Appeal(AppealKind::SecurityPhone),
            Self::RecycledNumber => AppealWay::RecycledNumber,
            Self::MfaGone => AppealWay::Appeal(AppealKind::MfaRemoval),
        }
    }
}

/// How somebody asks for the removal of MFA besides the form (APL-4).
#[must_use]
pub const fn mfa_removal_way(has_other_account: bool) -> MfaRemovalWay {
    if has_other_account {
        MfaRemovalWay::TicketFromOtherAccount
    } else {
        MfaRemovalWay::Hotline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apl_2_a_lost_phone_leads_to_an_appeal_for_another_one() {
        assert_eq!(
            AppealTopic::PhoneGone.way(),
            AppealWay::Appeal(AppealKind::SecurityPhone)
        );
    }

    #[test]
    fn apl_3_a_recycled_number_goes_its_own_way() {
        assert_eq!(AppealTopic::RecycledNumber.way(), AppealWay::RecycledNumber);
    }

    #[test]
    fn apl_4_a_ticket_with_another_account_and_the_hotline_without() {
        assert_eq!(mfa_removal_way(true), MfaRemovalWay::TicketFromOtherAccount);
        assert_eq!(mfa_removal_way(false), MfaRemovalWay::Hotline);
        assert_eq!(
            AppealTopic::MfaGone.way(),
            AppealWay::Appeal(AppealKind::MfaRemoval)
        );
    }
}
