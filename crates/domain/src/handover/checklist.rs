//! Handing an account over (交接), and an employee's leaving, as checklists computed from what is so
//! now (ACC-10, OFF-1). Must not know who was told to do it.

use serde::{Deserialize, Serialize};

use super::item::into_any;
use super::{ChecklistItem, HandedAccount, ItemAction, ItemState, PersonalThing};
use crate::login_methods::LoginMethodKind;
use crate::time::Timestamp;
use crate::verification::change::{ChangeTarget, ChangingAccount, may_start_change};
use crate::verification::{Region, Subject, VerificationPolicy};

/// To whom an account is handed (ACC-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandoverTo {
    /// A personal account gets a new owner, who then verifies it as their own.
    NewOwner,
    /// An enterprise's account gets its next administrator; the verification must be the enterprise's.
    NextAdministrator,
}

/// The things that change hands first, in order (ACC-10).
const HANDED: [PersonalThing; 7] = [
    PersonalThing::SecurityPhone,
    PersonalThing::SecurityEmail,
    PersonalThing::LoginMethod(LoginMethodKind::Wechat),
    PersonalThing::LoginMethod(LoginMethodKind::Email),
    PersonalThing::LoginMethod(LoginMethodKind::Qq),
    PersonalThing::LoginMethod(LoginMethodKind::OfficialAccount),
    PersonalThing::LoginMethod(LoginMethodKind::Wecom),
];

/// What an employee may take along, in order; the two last are ours (OFF-1).
const TAKEN_ALONG: [PersonalThing; 9] = [
    PersonalThing::SecurityPhone,
    PersonalThing::SecurityEmail,
    PersonalThing::LoginMethod(LoginMethodKind::Email),
    PersonalThing::LoginMethod(LoginMethodKind::Wecom),
    PersonalThing::LoginMethod(LoginMethodKind::Wechat),
    PersonalThing::LoginMethod(LoginMethodKind::Qq),
    PersonalThing::LoginMethod(LoginMethodKind::OfficialAccount),
    PersonalThing::MfaDevice,
    PersonalThing::WechatConfirmation,
];

/// The checklist of a handover that began at `began` (ACC-10).
///
/// Security phone, security e-mail, every login method and the password are settled once they were
/// changed since; MFA and WeChat confirmation are listed too, since the former owner would be asked
/// for them (ours). Login methods that were never bound are left out. The verification comes last.
#[must_use]
pub fn handover_checklist(
    to: HandoverTo,
    account: &HandedAccount<'_>,
    verification: &ChangingAccount,
    began: Timestamp,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<ChecklistItem> {
    let more = [
        PersonalThing::Password,
        PersonalThing::MfaDevice,
        PersonalThing::WechatConfirmation,
    ];
    let mut items: Vec<_> = HANDED
        .into_iter()
        .chain(more)
        .filter(|thing| is_there(account, *thing))
        .map(|thing| account.item(thing, began))
        .collect();
    let all_done = items.iter().all(|item| item.state == ItemState::Done);
    let mut last = verification_item(to, verification, began, policy, now);
    if !all_done && last.state != ItemState::Done {
        last.state = ItemState::Later;
    }
    items.push(last);
    items
}

/// The checklist of an employee who leaves, for the root account (OFF-1): `theirs` are the things
/// that the person ticked as the leaver's, `began` is when the checklist was opened. LGM-1 holds as
/// ever: the last login method is listed as blocked until another is bound.
#[must_use]
pub fn leaver_checklist(
    theirs: &[PersonalThing],
    account: &HandedAccount<'_>,
    began: Timestamp,
) -> Vec<ChecklistItem> {
    TAKEN_ALONG
        .into_iter()
        .filter(|thing| theirs.contains(thing))
        .map(|thing| account.item(thing, began))
        .collect()
}

/// Login methods, MFA and WeChat confirmation are listed only when the account has them.
fn is_there(account: &HandedAccount<'_>, thing: PersonalThing) -> bool {
    match thing {
        PersonalThing::LoginMethod(kind) => account.login.of_kind(kind).is_some(),
        PersonalThing::MfaDevice => account.device.is_some(),
        PersonalThing::WechatConfirmation => account.login.means.wechat.is_some(),
        PersonalThing::SecurityPhone
        | PersonalThing::SecurityEmail
        | PersonalThing::Password
        | PersonalThing::Verification => true,
    }
}

fn verification_item(
    to: HandoverTo,
    account: &ChangingAccount,
    began: Timestamp,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> ChecklistItem {
    let thing = PersonalThing::Verification;
    let region = Region::Mainland;
    let Some(verified) = account.verified else {
        return ChecklistItem::to_do(thing, ItemAction::Verify, Vec::new());
    };
    let target = match (to, verified.subject) {
        (HandoverTo::NextAdministrator, Subject::Enterprise { .. }) => {
            return ChecklistItem::done(thing);
        }
        (_, _) if verified.since >= began => return ChecklistItem::done(thing),
        (HandoverTo::NextAdministrator, Subject::Person { .. })
        | (HandoverTo::NewOwner, Subject::Enterprise { .. }) => ChangeTarget::Enterprise { region },
        (HandoverTo::NewOwner, Subject::Person { .. }) => ChangeTarget::Person { region },
    };
    let refusals = into_any(may_start_change(account, target, policy, now));
    ChecklistItem::to_do(thing, ItemAction::ChangeVerification, refusals)
}
