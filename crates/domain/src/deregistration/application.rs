//! The application for deregistration, from the final step to the decision (DRG-1, DRG-5, DRG-6,
//! DRG-8). Must not know how data are erased.

use serde::{Deserialize, Serialize};

use super::{
    ConditionKind, DeregistrationPolicy, DeregistrationRefusal, Holdings, IdentityWay,
    LeavingDocument, LeavingSubject, RemainKind, conditions,
};
use crate::account::{AccountId, AccountStanding};
use crate::login_methods::LoginMethodKind;
use crate::protection::RecentCheck;
use crate::refusal::Refused;
use crate::time::Timestamp;
use crate::users::Actor;
use crate::verification::change::ReviewReason;

/// Where an application stands (DRG-5, DRG-8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Deregistration {
    /// Applied for; the face check decides at once when it passes.
    AwaitingFace {
        /// When it was applied for.
        applied_at: Timestamp,
        /// What the owner gave up (DRG-3).
        given_up: Vec<RemainKind>,
    },
    /// Applied for; a reviewer decides.
    InReview {
        /// When it was applied for; the desk's business days count from here.
        applied_at: Timestamp,
        /// What the owner gave up (DRG-3).
        given_up: Vec<RemainKind>,
    },
    /// The owner cancelled it before the decision.
    Cancelled {
        /// When.
        at: Timestamp,
    },
    /// Refused, with reasons; it can be made again.
    Rejected {
        /// When.
        at: Timestamp,
        /// Why, at least one.
        reasons: Vec<RejectionReason>,
    },
    /// The account is gone.
    Done {
        /// When.
        at: Timestamp,
    },
}

/// Why an application was rejected (DRG-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RejectionReason {
    /// What is wrong.
    pub item: RejectedItem,
    /// In what way.
    pub reason: ReviewReason,
    /// What the reviewer adds in their own words, possibly nothing.
    pub note: String,
}

/// What a reviewer can find fault with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "item", content = "name", rename_all = "snake_case")]
pub enum RejectedItem {
    /// A document.
    Document(LeavingDocument),
    /// A condition that is no longer met.
    Condition(ConditionKind),
    /// Who applied.
    Applicant,
}

/// The account that wants to go, as loaded under lock.
#[derive(Clone, Copy, Debug)]
pub struct LeavingAccount<'a> {
    /// Its id.
    pub account: AccountId,
    /// Whether it still exists.
    pub standing: AccountStanding,
    /// Whose it is.
    pub subject: LeavingSubject,
    /// What it still has.
    pub holdings: &'a Holdings<'a>,
    /// Its last application, if there was one.
    pub last: Option<&'a Deregistration>,
}

/// The final step (DRG-8).
#[derive(Clone, Copy, Debug)]
pub struct LeavingWish<'a> {
    /// The account id as it was typed.
    pub typed_id: &'a str,
    /// How the owner identifies themselves.
    pub way: IdentityWay,
    /// What the owner confirmed giving up (DRG-3).
    pub given_up: &'a [RemainKind],
    /// The documents that were handed in; only a review needs any.
    pub documents: &'a [LeavingDocument],
}

/// What the account had that others count or that can be used again (DRG-6).
#[derive(Clone, Copy, Debug)]
pub struct Belongings<'a> {
    /// Whether a security phone was bound.
    pub has_security_phone: bool,
    /// Whose it was.
    pub subject: LeavingSubject,
    /// The kinds of its login methods.
    pub methods: &'a [LoginMethodKind],
}

/// Something that is free once the account is gone (DRG-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "freed", content = "kind", rename_all = "snake_case")]
pub enum Freed {
    /// One of the five places of the phone (CON-2).
    PhonePlace,
    /// One of the three places of the person (VER-2).
    PersonPlace,
    /// One of the places of the enterprise (ENT-1).
    EnterprisePlace,
    /// The login method; it may register a new account.
    LoginMethod(LoginMethodKind),
}

/// The account is gone: state, places and data change in one transaction, so that a crash leaves
/// either the account or nothing of it (DRG-6).
///
/// Erased is everything that ACC-14 lets its owner download; the account id stays taken for good
/// (ACC-1). Accounts at login providers and other accounts on the same phone are not touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deregistered {
    /// The application from now on.
    pub application: Deregistration,
    /// The account from now on.
    pub standing: AccountStanding,
    /// What is free.
    pub freed: Vec<Freed>,
}

impl Deregistration {
    /// Whether it waits for its decision; as long as it does, the account is frozen (DRG-5, ACC-6).
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match self {
            Self::AwaitingFace { .. } | Self::InReview { .. } => true,
            Self::Cancelled { .. } | Self::Rejected { .. } | Self::Done { .. } => false,
        }
    }

    fn given_up(&self) -> &[RemainKind] {
        match self {
            Self::AwaitingFace { given_up, .. } | Self::InReview { given_up, .. } => given_up,
            Self::Cancelled { .. } | Self::Rejected { .. } | Self::Done { .. } => &[],
        }
    }
}

fn failing_conditions(
    holdings: &Holdings<'_>,
    given_up: &[RemainKind],
    policy: &DeregistrationPolicy,
    now: Timestamp,
) -> impl Iterator<Item = DeregistrationRefusal> {
    conditions(holdings, given_up, policy, now)
        .into_iter()
        .filter(|condition| condition.is_failing())
        .map(|condition| DeregistrationRefusal::ConditionNotMet { condition })
}

/// All reasons why `actor` cannot apply now (DRG-1 to DRG-5, DRG-8).
#[must_use]
pub fn may_apply_to_leave(
    actor: &Actor,
    account: &LeavingAccount<'_>,
    wish: &LeavingWish<'_>,
    policy: &DeregistrationPolicy,
    now: Timestamp,
) -> Vec<DeregistrationRefusal> {
    let mut failing = Vec::new();
    failing.extend(account.standing.refusal().map(DeregistrationRefusal::from));
    if actor.may_as_owner().is_some() {
        failing.push(DeregistrationRefusal::OnlyOwner);
    }
    if account.last.is_some_and(Deregistration::is_open) {
        failing.push(DeregistrationRefusal::AlreadyApplied);
    }
    failing.extend(failing_conditions(
        account.holdings,
        wish.given_up,
        policy,
        now,
    ));
    if !IdentityWay::open_to(account.subject).contains(&wish.way) {
        failing.push(DeregistrationRefusal::WayNotOpen { way: wish.way });
    } else if !wish.way.is_immediate() {
        failing.extend(
            LeavingDocument::needed_from(account.subject)
                .iter()
                .filter(|document| !wish.documents.contains(document))
                .map(|document| DeregistrationRefusal::DocumentMissing {
                    document: *document,
                }),
        );
    }
    if AccountId::parse(wish.typed_id) != Ok(account.account) {
        failing.push(DeregistrationRefusal::AccountIdWrong);
    }
    failing
}

/// Applies for deregistration; the account freezes with it (DRG-5).
///
/// # Errors
/// Everything that [`may_apply_to_leave`] lists.
pub fn apply_to_leave(
    _check: &RecentCheck,
    actor: &Actor,
    account: &LeavingAccount<'_>,
    wish: &LeavingWish<'_>,
    policy: &DeregistrationPolicy,
    now: Timestamp,
) -> Result<Deregistration, Refused<DeregistrationRefusal>> {
    Refused::unless_none(may_apply_to_leave(actor, account, wish, policy, now))?;
    let given_up = wish.given_up.to_vec();
    Ok(if wish.way.is_immediate() {
        Deregistration::AwaitingFace {
            applied_at: now,
            given_up,
        }
    } else {
        Deregistration::InReview {
            applied_at: now,
            given_up,
        }
    })
}

/// All reasons why `actor` cannot cancel (DRG-5): cancelling is open until the decision.
#[must_use]
pub fn may_cancel_leaving(
    actor: &Actor,
    application: &Deregistration,
) -> Vec<DeregistrationRefusal> {
    let mut failing = Vec::new();
    if actor.may_as_owner().is_some() {
        failing.push(DeregistrationRefusal::OnlyOwner);
    }
    if !application.is_open() {
        failing.push(DeregistrationRefusal::NotInThisState);
    }
    failing
}

/// The owner cancels; the account is no longer frozen for it (DRG-5).
///
/// # Errors
/// Everything that [`may_cancel_leaving`] lists.
pub fn cancel_leaving(
    actor: &Actor,
    application: &Deregistration,
    now: Timestamp,
) -> Result<Deregistration, Refused<DeregistrationRefusal>> {
    Refused::unless_none(may_cancel_leaving(actor, application))?;
    Ok(Deregistration::Cancelled { at: now })
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeavingDecider {
    /// The face check passed.
    Face,
    /// A reviewer approved, or two where the desk wants two (OPS-1).
    Reviewer,
}

/// All reasons why the account cannot go now: this decider is not the one that is awaited, or a
/// condition is no longer met (DRG-8).
#[must_use]
pub fn may_deregister(
    decider: LeavingDecider,
    application: &Deregistration,
    holdings: &Holdings<'_>,
    policy: &DeregistrationPolicy,
    now: Timestamp,
) -> Vec<DeregistrationRefusal> {
    let is_awaited = matches!(
        (decider, application),
        (LeavingDecider::Face, Deregistration::AwaitingFace { .. })
            | (LeavingDecider::Reviewer, Deregistration::InReview { .. })
    );
    if !is_awaited {
        return vec![DeregistrationRefusal::NotInThisState];
    }
    failing_conditions(holdings, application.given_up(), policy, now).collect()
}

/// Decides that the account goes; the conditions are checked again, with what is loaded inside the
/// deciding transaction (DRG-8, DRG-6).
///
/// # Errors
/// Everything that [`may_deregister`] lists.
pub fn deregister(
    decider: LeavingDecider,
    application: &Deregistration,
    holdings: &Holdings<'_>,
    belongings: &Belongings<'_>,
    policy: &DeregistrationPolicy,
    now: Timestamp,
) -> Result<Deregistered, Refused<DeregistrationRefusal>> {
    Refused::unless_none(may_deregister(decider, application, holdings, policy, now))?;
    Ok(Deregistered {
        application: Deregistration::Done { at: now },
        standing: AccountStanding::Deregistered { at: now },
        freed: freed(belongings),
    })
}

fn freed(belongings: &Belongings<'_>) -> Vec<Freed> {
    let mut freed = Vec::new();
    if belongings.has_security_phone {
        freed.push(Freed::PhonePlace);
    }
    match belongings.subject {
        LeavingSubject::Unverified => {}
        LeavingSubject::Person { .. } => freed.push(Freed::PersonPlace),
        LeavingSubject::Enterprise { .. } => freed.push(Freed::EnterprisePlace),
    }
    freed.extend(belongings.methods.iter().copied().map(Freed::LoginMethod));
    freed
}

/// All reasons why an application cannot be rejected so (DRG-5).
#[must_use]
pub fn may_reject_leaving(
    application: &Deregistration,
    reasons: &[RejectionReason],
) -> Vec<DeregistrationRefusal> {
    let mut failing = Vec::new();
    if !matches!(application, Deregistration::InReview { .. }) {
        failing.push(DeregistrationRefusal::NotInThisState);
    }
    if reasons.is_empty() {
        failing.push(DeregistrationRefusal::ReasonsMissing);
    }
    failing
}

/// A reviewer rejects, with at least one reason; the owner can apply again (DRG-5).
///
/// # Errors
/// Everything that [`may_reject_leaving`] lists.
pub fn reject_leaving(
    application: &Deregistration,
    reasons: Vec<RejectionReason>,
    now: Timestamp,
) -> Result<Deregistration, Refused<DeregistrationRefusal>> {
    Refused::unless_none(may_reject_leaving(application, &reasons))?;
    Ok(Deregistration::Rejected { at: now, reasons })
}
