//! Help when messages come that should not (CON-10) or do not come that should (CON-11). Knows the
//! causes and what to do; does not know the wording.

use serde::{Deserialize, Serialize};

use super::ContactKind;

/// Why a phone receives somebody else's messages; the decision helper's questions (CON-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ForeignMessagesCause {
    /// The number belonged to somebody else before.
    RecycledNumber,
    /// It is on an old account of one's own.
    OwnOldAccount,
    /// One is a sub-user or collaborator of another root account.
    UserOfAnotherAccount,
}

/// What to do about it, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ForeignMessagesStep {
    /// Ask to detach the number (CON-9).
    DetachNumber,
    /// Find the account (FND).
    FindAccount,
    /// Ask that account to remove oneself; if that fails, the next step.
    AskToBeRemoved,
}

/// Why a code does not arrive (CON-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoCodeCause {
    /// It lies in the spam folder.
    SpamFolder,
    /// The mail server's administrator filters it; the sender's address must be allowed, and the
    /// page shows the real one of this installation.
    AdministratorFilter,
    /// The phone or its app blocks the sender.
    Blocked,
    /// The number has no credit.
    NoCredit,
    /// The phone is roaming.
    Roaming,
    /// The number has had all codes of the day (CON-12).
    DailyCap,
}

impl ForeignMessagesCause {
    /// Every cause, in the order in which the helper asks (CON-10).
    pub const ALL: [Self; 3] = [
        Self::RecycledNumber,
        Self::OwnOldAccount,
        Self::UserOfAnotherAccount,
    ];

    /// What to do, in order (CON-10).
    #[must_use]
    pub const fn steps(self) -> &'static [ForeignMessagesStep] {
        match self {
            Self::RecycledNumber => &[ForeignMessagesStep::DetachNumber],
            Self::OwnOldAccount => &[ForeignMessagesStep::FindAccount],
            Self::UserOfAnotherAccount => &[
                ForeignMessagesStep::AskToBeRemoved,
                ForeignMessagesStep::DetachNumber,
            ],
        }
    }
}

impl NoCodeCause {
    /// The usual causes where a code goes by e-mail or to a phone, commonest first (CON-11).
    #[must_use]
    pub const fn of(kind: ContactKind) -> &'static [Self] {
        match kind {
            ContactKind::Email => &[Self::SpamFolder, Self::AdministratorFilter, Self::DailyCap],
            ContactKind::Phone => &[Self::Blocked, Self::NoCredit, Self::Roaming, Self::DailyCap],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn con_10_each_cause_leads_to_its_own_way_out() {
        let steps = ForeignMessagesCause::ALL.map(ForeignMessagesCause::steps);
        assert_eq!(steps[0], [ForeignMessagesStep::DetachNumber]);
        assert_eq!(steps[1], [ForeignMessagesStep::FindAccount]);
        assert_eq!(
            steps[2],
            [
                ForeignMessagesStep::AskToBeRemoved,
                ForeignMessagesStep::DetachNumber
            ]
        );
    }

    #[test]
    fn con_11_the_causes_fit_the_way_the_code_was_sent() {
        let by_email = NoCodeCause::of(ContactKind::Email);
        assert!(by_email.contains(&NoCodeCause::SpamFolder));
        assert!(by_email.contains(&NoCodeCause::AdministratorFilter));
        assert!(!by_email.contains(&NoCodeCause::Roaming));
        assert_eq!(
            NoCodeCause::of(ContactKind::Phone),
            [
                NoCodeCause::Blocked,
                NoCodeCause::NoCredit,
                NoCodeCause::Roaming,
                NoCodeCause::DailyCap
            ]
        );
    }
}
