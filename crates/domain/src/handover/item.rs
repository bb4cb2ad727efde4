//! The things of a person that an account hangs on, each with how far it is settled. Must not know
//! who the person is.

use serde::{Deserialize, Serialize};

use crate::login_methods::{LoginMethodKind, LoginState, may_unbind_method};
use crate::mfa::{may_unbind_device, may_unbind_wechat_confirmation};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// Something personal that an account hangs on (ACC-10, OFF-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "thing", content = "kind", rename_all = "snake_case")]
pub enum PersonalThing {
    /// The security phone.
    SecurityPhone,
    /// The security e-mail.
    SecurityEmail,
    /// A login method.
    LoginMethod(LoginMethodKind),
    /// The password.
    Password,
    /// The MFA device.
    MfaDevice,
    /// WeChat as confirmation, which outlives the WeChat login (MFA-6).
    WechatConfirmation,
    /// The real-name verification.
    Verification,
}

/// How far a thing is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Nothing of the former person is left in it.
    Done,
    /// It can be done now.
    Open,
    /// It cannot be done now; the item says why.
    Blocked,
    /// The other items come first.
    Later,
}

/// What the item's link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemAction {
    /// Bind or change it.
    Change,
    /// Unbind it.
    Unbind,
    /// Bind another login method first (LGM-1).
    BindAnotherFirst,
    /// Pass the real-name verification.
    Verify,
    /// Change the verification (CHG).
    ChangeVerification,
}

/// One line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistItem {
    /// The thing.
    pub thing: PersonalThing,
    /// How far it is settled.
    pub state: ItemState,
    /// What is to be done; nothing when it is done.
    pub action: Option<ItemAction>,
    /// Everything that stands against doing it now.
    pub refusals: Vec<Refusal>,
}

/// The account as a checklist sees it, loaded anew each time.
#[derive(Clone, Copy, Debug)]
pub struct HandedAccount<'a> {
    /// Its login methods, means, protections and whether it has a password.
    pub login: &'a LoginState<'a>,
    /// The MFA device, if one is bound.
    pub device: Option<&'a crate::mfa::Device>,
    /// When the password was last set, if there is one.
    pub password_set_at: Option<Timestamp>,
}

impl ChecklistItem {
    pub(super) const fn done(thing: PersonalThing) -> Self {
        Self {
            thing,
            state: ItemState::Done,
            action: None,
            refusals: Vec::new(),
        }
    }

    pub(super) fn to_do(thing: PersonalThing, action: ItemAction, refusals: Vec<Refusal>) -> Self {
        Self {
            thing,
            state: if refusals.is_empty() {
                ItemState::Open
            } else {
                ItemState::Blocked
            },
            action: Some(action),
            refusals,
        }
    }
}

impl HandedAccount<'_> {
    /// When the thing was bound or last changed, if the account has it.
    fn changed_at(&self, thing: PersonalThing) -> Option<Timestamp> {
        let means = self.login.means;
        match thing {
            PersonalThing::SecurityPhone => means.security_phone,
            PersonalThing::SecurityEmail => means.security_email,
            PersonalThing::LoginMethod(kind) => {
                self.login.of_kind(kind).map(|method| method.bound_at)
            }
            PersonalThing::Password => self.password_set_at,
            PersonalThing::MfaDevice => means.mfa,
            PersonalThing::WechatConfirmation => means.wechat,
            PersonalThing::Verification => None,
        }
    }

    /// The item of a thing: done when it was changed since `began`, or is not there; only a security
    /// phone must be there, so one that is missing is still to be bound.
    pub(super) fn item(&self, thing: PersonalThing, began: Timestamp) -> ChecklistItem {
        match self.changed_at(thing) {
            Some(changed) if changed >= began => return ChecklistItem::done(thing),
            None if thing != PersonalThing::SecurityPhone => return ChecklistItem::done(thing),
            Some(_) | None => {}
        }
        let protections = self.login.protections;
        let (action, refusals) = match thing {
            PersonalThing::SecurityPhone
            | PersonalThing::SecurityEmail
            | PersonalThing::Password
            | PersonalThing::Verification => (ItemAction::Change, Vec::new()),
            PersonalThing::LoginMethod(kind) => {
                let refusals = into_any(may_unbind_method(self.login, kind));
                let action = if self.login.methods.len() < 2 {
                    ItemAction::BindAnotherFirst
                } else {
                    ItemAction::Unbind
                };
                (action, refusals)
            }
            PersonalThing::MfaDevice => (
                ItemAction::Unbind,
                into_any(may_unbind_device(self.device, protections)),
            ),
            PersonalThing::WechatConfirmation => (
                ItemAction::Unbind,
                into_any(may_unbind_wechat_confirmation(
                    self.login.means,
                    protections,
                )),
            ),
        };
        ChecklistItem::to_do(thing, action, refusals)
    }
}

pub(super) fn into_any<R: Into<Refusal>>(refusals: Vec<R>) -> Vec<Refusal> {
    refusals.into_iter().map(Into::into).collect()
}
