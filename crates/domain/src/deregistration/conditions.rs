//! The conditions of a deregistration, each with its state (DRG-2, DRG-3, DRG-8). Must not know
//! where each is settled: the page links by kind.

use serde::{Deserialize, Serialize};

use super::{DeregistrationPolicy, Remain, RemainKind, RemainStanding};
use crate::identity::Fen;
use crate::time::Timestamp;

/// Everything that decides whether an account can go, loaded anew each time (DRG-2, DRG-8).
#[derive(Clone, Copy, Debug)]
pub struct Holdings<'a> {
    /// Orders and services that are not finished.
    pub unfinished_orders: u32,
    /// What the account owes.
    pub arrears: Fen,
    /// Bills that were issued and not paid yet.
    pub unpaid_bills: u32,
    /// Cash balance.
    pub balance: Fen,
    /// Sub-users.
    pub sub_users: u32,
    /// Collaborators.
    pub collaborators: u32,
    /// Message recipients.
    pub recipients: u32,
    /// Open complaints by or against the account.
    pub complaints: u32,
    /// A verification or a change of it is in progress.
    pub verification_in_progress: bool,
    /// Resources, vouchers, filings and the like.
    pub remains: &'a [Remain],
}

/// One condition (DRG-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "condition", content = "remain", rename_all = "snake_case")]
pub enum ConditionKind {
    /// No unfinished orders or services.
    NoUnfinishedOrders,
    /// No arrears; they can never be given up.
    NoArrears,
    /// No unpaid sums.
    NoUnpaidBills,
    /// No cash balance: it is withdrawn.
    NoBalance,
    /// All sub-users deleted.
    NoSubUsers,
    /// All collaborators deleted.
    NoCollaborators,
    /// All message recipients deleted.
    NoRecipients,
    /// No open complaint by or against the account.
    NoComplaints,
    /// No verification or change of it in progress (DRG-8).
    NoVerificationInProgress,
    /// Nothing of this kind is left: vouchers, resources.
    NoneLeft(RemainKind),
}

/// The state of a condition (DRG-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConditionState {
    /// It is met.
    Met,
    /// It is not met and must be settled.
    Blocks,
    /// It is not met; confirming to give the things up is enough (DRG-3).
    CanBeGivenUp,
    /// The owner confirmed giving them up (DRG-3).
    GivenUp,
}

/// A condition with its state and number (DRG-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Condition {
    /// Which.
    pub kind: ConditionKind,
    /// Its state.
    pub state: ConditionState,
    /// How many things stand against it; for money, how many fen.
    pub count: u64,
}

impl Condition {
    const fn of(kind: ConditionKind, count: u64) -> Self {
        Self {
            kind,
            state: if count == 0 {
                ConditionState::Met
            } else {
                ConditionState::Blocks
            },
            count,
        }
    }

    /// Whether it stands against the deregistration now.
    #[must_use]
    pub const fn is_failing(&self) -> bool {
        match self.state {
            ConditionState::Blocks | ConditionState::CanBeGivenUp => true,
            ConditionState::Met | ConditionState::GivenUp => false,
        }
    }
}

/// All conditions with their states, the met ones too (DRG-2, DRG-3, DRG-8); `given_up` are the
/// kinds that the owner confirmed giving up.
///
/// Of the things that remain only kinds that are there are listed, and vouchers always. Certificates
/// that can be given up and others are two lines.
#[must_use]
pub fn conditions(
    holdings: &Holdings<'_>,
    given_up: &[RemainKind],
    policy: &DeregistrationPolicy,
    now: Timestamp,
) -> Vec<Condition> {
    // Less than nothing would be a fault of the platform's, and is not passed over either.
    let fen = |amount: Fen| amount.as_fen().unsigned_abs();
    let mut list = vec![
        Condition::of(
            ConditionKind::NoUnfinishedOrders,
            holdings.unfinished_orders.into(),
        ),
        Condition::of(ConditionKind::NoArrears, fen(holdings.arrears)),
        Condition::of(ConditionKind::NoUnpaidBills, holdings.unpaid_bills.into()),
        Condition::of(ConditionKind::NoBalance, fen(holdings.balance)),
        Condition::of(ConditionKind::NoSubUsers, holdings.sub_users.into()),
        Condition::of(
            ConditionKind::NoCollaborators,
            holdings.collaborators.into(),
        ),
        Condition::of(ConditionKind::NoRecipients, holdings.recipients.into()),
        Condition::of(ConditionKind::NoComplaints, holdings.complaints.into()),
        Condition::of(
            ConditionKind::NoVerificationInProgress,
            holdings.verification_in_progress.into(),
        ),
    ];
    for kind in RemainKind::ALL {
        for standing in [RemainStanding::CanBeGivenUp, RemainStanding::Blocks] {
            let count: u64 = holdings
                .remains
                .iter()
                .filter(|remain| remain.kind == kind && remain.standing(policy, now) == standing)
                .map(|remain| u64::from(remain.count))
                .sum();
            let is_listed = count > 0
                || (kind, standing) == (RemainKind::Voucher, RemainStanding::CanBeGivenUp);
            if is_listed {
                list.push(remain_condition(kind, standing, count, given_up));
            }
        }
    }
    list
}

fn remain_condition(
    kind: RemainKind,
    standing: RemainStanding,
    count: u64,
    given_up: &[RemainKind],
) -> Condition {
    let condition = Condition::of(ConditionKind::NoneLeft(kind), count);
    let state = match (condition.state, standing) {
        (ConditionState::Blocks, RemainStanding::CanBeGivenUp) if given_up.contains(&kind) => {
            ConditionState::GivenUp
        }
        (ConditionState::Blocks, RemainStanding::CanBeGivenUp) => ConditionState::CanBeGivenUp,
        (state, _) => state,
    };
    Condition { state, ..condition }
}
