//! An appeal from its draft to its effect (APL-5, APL-6). Must not know who reviews, nor how a
//! notice is sent.

use serde::{Deserialize, Serialize};

use super::{AppealKind, AppealMaterial, AppealPolicy, AppealRefusal, AppealSubject};
use super::{NewContact, needed_materials};
use crate::account::{AccountId, AccountStanding, Lock};
use crate::contacts::{ContactPolicy, has_place};
use crate::operators::QueueStage;
use crate::refusal::Refused;
use crate::time::Timestamp;
use crate::verification::change::ReviewReason;

/// An appeal (APL-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// What it asks for.
    pub kind: AppealKind,
    /// The account that it is about.
    pub account: AccountId,
    /// Whose that account is.
    pub subject: AppealSubject,
    /// "Change MFA" is ticked in the authorisation letter (APL-1).
    pub changes_mfa: bool,
    /// Where it stands.
    pub state: AppealState,
    /// Everything that happened, the oldest first (APL-5).
    pub timeline: Vec<TimelineEntry>,
}

/// Where an appeal stands (APL-5, APL-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AppealState {
    /// Being written.
    Draft,
    /// Handed in; nobody has looked at it.
    Submitted {
        /// When.
        at: Timestamp,
    },
    /// A reviewer is at it.
    InReview {
        /// Since when.
        since: Timestamp,
        /// One of the account's contacts has objected to an approval (APL-6).
        objected: bool,
    },
    /// The applicant must bring something more or better.
    MoreNeeded {
        /// Since when.
        since: Timestamp,
        /// What, and why.
        items: Vec<AppealReason>,
    },
    /// Approved; the contacts of the account can object (APL-6).
    Approved {
        /// When.
        at: Timestamp,
        /// When it takes effect.
        effective_at: Timestamp,
    },
    /// It has taken effect.
    Effective {
        /// When.
        at: Timestamp,
    },
    /// Refused, with reasons.
    Rejected {
        /// When.
        at: Timestamp,
        /// Why, at least one.
        reasons: Vec<AppealReason>,
    },
    /// Taken back by the applicant.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// What is wrong with one material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppealReason {
    /// The material.
    pub material: AppealMaterial,
    /// What is wrong with it.
    pub reason: ReviewReason,
    /// What the reviewer adds in their own words, possibly nothing.
    pub note: String,
}

/// One line of the timeline (APL-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub event: AppealEvent,
}

/// What happened to an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppealEvent {
    /// It was begun.
    Begun,
    /// It was handed in, for the first time or with what was missing.
    Submitted,
    /// A reviewer began.
    ReviewBegun,
    /// More was asked for.
    MoreAsked,
    /// It was approved, and all contacts of the account were told (APL-6).
    Approved,
    /// One of them objected.
    Objected,
    /// It took effect.
    TookEffect,
    /// It was rejected.
    Rejected,
    /// It was taken back.
    Withdrawn,
}

/// A step of an appeal.
#[derive(Clone, Copy, Debug)]
pub enum AppealStep<'a> {
    /// The applicant hands it in, with these materials; again after more was asked for.
    Submit {
        /// What is there.
        given: &'a [AppealMaterial],
    },
    /// A reviewer begins.
    BeginReview,
    /// A reviewer asks for more.
    AskForMore {
        /// What, and why.
        items: &'a [AppealReason],
    },
    /// The desk has decided; with a second reviewer only when both approved (OPS-1).
    Approve {
        /// How far the desk's queue is.
        stage: QueueStage,
    },
    /// A reviewer rejects.
    Reject {
        /// Why.
        reasons: &'a [AppealReason],
    },
    /// A contact of the account objects, with the link of the notice (APL-6).
    Object,
    /// The time to object is over.
    TakeEffect(&'a EffectCheck<'a>),
    /// The applicant takes it back.
    Withdraw,
}

/// What decides whether an approved appeal takes effect, loaded under lock.
#[derive(Clone, Copy, Debug)]
pub struct EffectCheck<'a> {
    /// Whether the account still exists.
    pub standing: AccountStanding,
    /// Whether its owner has locked it.
    pub lock: Lock,
    /// The contact that the account gets.
    pub new_contact: NewContact,
    /// The numbers of phones and e-mails (CON-2).
    pub policy: &'a ContactPolicy,
}

/// What an appeal does to the account when it takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealEffect {
    /// The new e-mail is a login method (APL-1).
    LoginEmail {
        /// The MFA device goes too: "change MFA" was ticked and the account has one.
        lifts_mfa: bool,
    },
    /// The new phone is the security phone (APL-2).
    SecurityPhone,
    /// The MFA device goes (APL-4).
    MfaRemoved,
}

/// What decides whether an appeal can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppealedAccount {
    /// Which.
    pub account: AccountId,
    /// Whether it still exists.
    pub standing: AccountStanding,
    /// Whose it is.
    pub subject: AppealSubject,
    /// Whether it has an MFA device.
    pub has_mfa: bool,
    /// Another appeal of this kind is open.
    pub another_open: bool,
}

impl EffectCheck<'_> {
    fn failing(&self, approved_at: Timestamp) -> Vec<AppealRefusal> {
        let mut failing = Vec::new();
        failing.extend(self.standing.refusal().map(AppealRefusal::from));
        // An owner who was locked out and locked the account gets in by an appeal that was reviewed
        // with that lock in view; an approval that came before it must be looked at again.
        if matches!(self.lock, Lock::Locked { since } if since >= approved_at) {
            failing.push(AppealRefusal::LockedSinceApproval);
        }
        match self.new_contact {
            NewContact::None => {}
            NewContact::Phone { other_accounts } => {
                if !has_place(other_accounts, self.policy) {
                    failing.push(AppealRefusal::PhoneFull {
                        most: self.policy.accounts_per_phone,
                    });
                }
            }
            NewContact::Email { other_accounts } => {
                if other_accounts > 0 {
                    failing.push(AppealRefusal::EmailRegistered);
                }
            }
        }
        failing
    }
}

/// All reasons why this appeal cannot be begun (APL-4, APL-5, DRG-6). What the answer tells is for
/// somebody who has found the account and proved to own it (FND-8).
#[must_use]
pub fn may_begin_appeal(kind: AppealKind, account: &AppealedAccount) -> Vec<AppealRefusal> {
    let mut failing = Vec::new();
    failing.extend(account.standing.refusal().map(AppealRefusal::from));
    if account.another_open {
        failing.push(AppealRefusal::AnotherOpen);
    }
    if kind == AppealKind::MfaRemoval {
        if account.subject == AppealSubject::Unverified {
            failing.push(AppealRefusal::NobodyVerified);
        }
        if !account.has_mfa {
            failing.push(AppealRefusal::NoMfa);
        }
    }
    failing
}

/// Begins an appeal: a draft (APL-5).
///
/// # Errors
/// Everything that [`may_begin_appeal`] lists.
pub fn begin_appeal(
    kind: AppealKind,
    account: &AppealedAccount,
    changes_mfa: bool,
    now: Timestamp,
) -> Result<Appeal, Refused<AppealRefusal>> {
    Refused::unless_none(may_begin_appeal(kind, account))?;
    Ok(Appeal {
        kind,
        account: account.account,
        subject: account.subject,
        changes_mfa,
        state: AppealState::Draft,
        timeline: vec![TimelineEntry {
            at: now,
            event: AppealEvent::Begun,
        }],
    })
}

impl Appeal {
    /// Whether it can still come to something.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match self.state {
            AppealState::Draft
            | AppealState::Submitted { .. }
            | AppealState::InReview { .. }
            | AppealState::MoreNeeded { .. }
            | AppealState::Approved { .. } => true,
            AppealState::Effective { .. }
            | AppealState::Rejected { .. }
            | AppealState::Withdrawn { .. } => false,
        }
    }

    /// What it does when it takes effect (APL-1, APL-2, APL-4): the MFA of an account that is signed
    /// in to by appeal stays, unless "change MFA" is ticked.
    #[must_use]
    pub const fn effect(&self, has_mfa: bool) -> AppealEffect {
        match self.kind {
            AppealKind::SignIn => AppealEffect::LoginEmail {
                lifts_mfa: has_mfa && self.changes_mfa,
            },
            AppealKind::SecurityPhone => AppealEffect::SecurityPhone,
            AppealKind::MfaRemoval => AppealEffect::MfaRemoved,
        }
    }

    /// All reasons why this step is not taken now (APL-5, APL-6).
    #[must_use]
    pub fn may(&self, step: &AppealStep<'_>, now: Timestamp) -> Vec<AppealRefusal> {
        use AppealState as State;
        let mut failing = Vec::new();
        let fits = match (step, &self.state) {
            (AppealStep::Submit { .. }, State::Draft | State::MoreNeeded { .. })
            | (AppealStep::BeginReview, State::Submitted { .. })
            | (
                AppealStep::AskForMore { .. }
                | AppealStep::Approve { .. }
                | AppealStep::Reject { .. },
                State::InReview { .. },
            )
            | (AppealStep::Object | AppealStep::TakeEffect(_), State::Approved { .. }) => true,
            (AppealStep::Withdraw, _) => self.is_open(),
            (_, _) => false,
        };
        if !fits {
            failing.push(AppealRefusal::NotInThisState);
        }
        match (step, &self.state) {
            (AppealStep::Submit { given }, _) => {
                failing.extend(self.missing(given));
            }
            (AppealStep::AskForMore { items: reasons } | AppealStep::Reject { reasons }, _)
                if reasons.is_empty() =>
            {
                failing.push(AppealRefusal::ReasonsMissing);
            }
            (AppealStep::Approve { stage }, _) => {
                if !matches!(stage, QueueStage::Decided { approved: true, .. }) {
                    failing.push(AppealRefusal::NotDecided);
                }
            }
            (AppealStep::Object, State::Approved { effective_at, .. }) if now >= *effective_at => {
                failing.push(AppealRefusal::ObjectionOver { at: *effective_at });
            }
            (AppealStep::TakeEffect(check), State::Approved { at, effective_at }) => {
                if now < *effective_at {
                    let retry_at = *effective_at;
                    failing.push(AppealRefusal::ObjectionOpen { retry_at });
                }
                failing.extend(check.failing(*at));
            }
            (_, _) => {}
        }
        failing
    }

    /// What is missing, one by one (CON-4).
    fn missing(&self, given: &[AppealMaterial]) -> impl Iterator<Item = AppealRefusal> {
        let kind = self.kind;
        needed_materials(kind, self.subject, self.changes_mfa)
            .into_iter()
            .filter(|material| !given.contains(material))
            .map(move |material| AppealRefusal::MaterialMissing { kind, material })
    }

    /// Takes a step and writes it into the timeline (APL-5, APL-6).
    ///
    /// # Errors
    /// Everything that [`Appeal::may`] lists.
    pub fn take(
        mut self,
        step: &AppealStep<'_>,
        policy: &AppealPolicy,
        now: Timestamp,
    ) -> Result<Self, Refused<AppealRefusal>> {
        Refused::unless_none(self.may(step, now))?;
        let in_review = |objected| AppealState::InReview {
            since: now,
            objected,
        };
        let (event, state) = match step {
            AppealStep::Submit { .. } => {
                (AppealEvent::Submitted, AppealState::Submitted { at: now })
            }
            AppealStep::BeginReview => (AppealEvent::ReviewBegun, in_review(self.was_objected())),
            AppealStep::AskForMore { items } => (
                AppealEvent::MoreAsked,
                AppealState::MoreNeeded {
                    since: now,
                    items: items.to_vec(),
                },
            ),
            AppealStep::Approve { .. } => (
                AppealEvent::Approved,
                AppealState::Approved {
                    at: now,
                    effective_at: now.plus(policy.objection),
                },
            ),
            AppealStep::Reject { reasons } => (
                AppealEvent::Rejected,
                AppealState::Rejected {
                    at: now,
                    reasons: reasons.to_vec(),
                },
            ),
            AppealStep::Object => (AppealEvent::Objected, in_review(true)),
            AppealStep::TakeEffect(_) => {
                (AppealEvent::TookEffect, AppealState::Effective { at: now })
            }
            AppealStep::Withdraw => (AppealEvent::Withdrawn, AppealState::Withdrawn { at: now }),
        };
        self.state = state;
        self.timeline.push(TimelineEntry { at: now, event });
        Ok(self)
    }

    /// Whether one of the account's contacts has objected at any time, which every later reviewer
    /// sees (APL-6).
    #[must_use]
    pub fn was_objected(&self) -> bool {
        self.timeline
            .iter()
            .any(|entry| entry.event == AppealEvent::Objected)
    }
}
