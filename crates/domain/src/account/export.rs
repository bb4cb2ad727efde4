//! Downloading all data that is held about an account (ACC-14). Must not know the file's form.

use serde::{Deserialize, Serialize};

use super::{AccountPolicy, AccountRefusal};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// One part of the downloaded file (ACC-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportSection {
    /// Account id, site, registration, nickname, and what was agreed to when.
    Account,
    /// Phones and e-mails with their purposes.
    Contacts,
    /// Login methods and protections, without secrets.
    LoginMethods,
    /// Sessions, trusted devices and sign-in history.
    Devices,
    /// The verified subject.
    Verification,
    /// Names, kinds and times of documents handed in.
    Documents,
    /// Sub-users, collaborators and message recipients.
    Users,
    /// Projects.
    Projects,
    /// Appeals, changes, deregistrations and moves with their timelines.
    Applications,
    /// The account's operation audit.
    Audit,
}

/// What is held but never leaves, because it would only help a thief (ACC-14, ours).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeptSecret {
    /// The hash of a password.
    PasswordHash,
    /// The secret of an MFA device and its recovery codes.
    MfaSecret,
    /// The secrets of API keys.
    KeySecret,
    /// Codes and links that are on their way.
    CodesAndLinks,
    /// What other people typed about this account, such as a claim on its number.
    DataOfOthers,
}

impl ExportSection {
    /// Every part, in the order of the file (ACC-14).
    pub const ALL: [Self; 10] = [
        Self::Account,
        Self::Contacts,
        Self::LoginMethods,
        Self::Devices,
        Self::Verification,
        Self::Documents,
        Self::Users,
        Self::Projects,
        Self::Applications,
        Self::Audit,
    ];
}

impl KeptSecret {
    /// Everything that is named as left out (ACC-14).
    pub const ALL: [Self; 5] = [
        Self::PasswordHash,
        Self::MfaSecret,
        Self::KeySecret,
        Self::CodesAndLinks,
        Self::DataOfOthers,
    ];
}

/// The download as it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportMade {
    /// The parts it has: always all of them.
    pub sections: [ExportSection; 10],
    /// When it was made; the next one waits from here.
    pub at: Timestamp,
}

/// All reasons why the data are not downloaded now (ACC-14).
#[must_use]
pub fn may_export_data(
    is_owner: bool,
    last: Option<Timestamp>,
    policy: &AccountPolicy,
    now: Timestamp,
) -> Vec<AccountRefusal> {
    let mut failing = Vec::new();
    if !is_owner {
        failing.push(AccountRefusal::OnlyOwner);
    }
    if let Some(last) = last {
        let retry_at = last.plus(policy.export_every);
        if now < retry_at {
            failing.push(AccountRefusal::ExportTooSoon { retry_at });
        }
    }
    failing
}

/// Lets the owner download everything that is held about the account (ACC-14).
///
/// # Errors
/// Everything that [`may_export_data`] lists.
pub fn export_data(
    is_owner: bool,
    last: Option<Timestamp>,
    policy: &AccountPolicy,
    now: Timestamp,
) -> Result<ExportMade, Refused<AccountRefusal>> {
    Refused::unless_none(may_export_data(is_owner, last, policy, now))?;
    Ok(ExportMade {
        sections: ExportSection::ALL,
        at: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    #[test]
    fn acc_14_the_owner_downloads_everything_once_an_hour() {
        let policy = AccountPolicy::default();
        let made = export_data(true, None, &policy, NOW).unwrap();
        assert_eq!(made.sections, ExportSection::ALL);
        let again = NOW.plus(Span::from_hours(1));
        let refused = may_export_data(true, Some(NOW), &policy, again.minus(Span::from_millis(1)));
        assert_eq!(refused, [AccountRefusal::ExportTooSoon { retry_at: again }]);
        assert_eq!(refused[0].retry_at(), Some(again));
        assert_eq!(may_export_data(true, Some(NOW), &policy, again), []);
    }

    #[test]
    fn acc_14_nobody_but_the_owner_downloads() {
        let policy = AccountPolicy::default();
        assert_eq!(
            may_export_data(false, None, &policy, NOW),
            [AccountRefusal::OnlyOwner]
        );
    }
}
