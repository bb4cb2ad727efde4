//! Corporate bank transfer (对公打款): the platform sends a small sum, the enterprise reads it back
//! (ENT-7, ENT-17, ENT-19). Must not know banks; the sum it holds never leaves the server.

use serde::{Deserialize, Serialize};

use super::{VerificationPolicy, WayOut};
use crate::account::AccountId;
use crate::calendar::Calendar;
use crate::identity::TransferAmount;
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Where a bank transfer stands. It knows the sum, so it has no wire form: pages get
/// [`TransferProgress`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankTransfer {
    /// Bank details were submitted; money is on its way.
    Requested {
        /// When the details were submitted.
        at: Timestamp,
    },
    /// The money has arrived; the enterprise reads the sum back.
    Arrived {
        /// The sum that was sent.
        amount: TransferAmount,
        /// When it arrived.
        at: Timestamp,
        /// How often another sum was entered.
        wrong_tries: u32,
    },
    /// The right sum was entered.
    Confirmed {
        /// When.
        at: Timestamp,
    },
    /// It failed; new bank details, and so a new transfer, are needed (ENT-17).
    Failed {
        /// When.
        at: Timestamp,
        /// Why.
        cause: TransferFailure,
    },
}

/// Why a bank transfer failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransferFailure {
    /// Every try was wrong.
    TriesUsed,
    /// Nobody entered the sum in time.
    TooLate,
    /// The bank sent the money back.
    SentBack,
}

/// What a page may know about a bank transfer: everything but the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TransferProgress {
    /// Money is on its way.
    Waiting {
        /// Since when.
        since: Timestamp,
        /// Whether that is usual.
        wait: TransferWait,
    },
    /// The sum can be entered.
    EnterAmount {
        /// Until when, inclusive.
        until: Timestamp,
        /// How many tries are left.
        tries_left: u32,
    },
    /// The right sum was entered.
    Confirmed,
    /// It failed; a new transfer is needed (ENT-17).
    Failed {
        /// Why.
        cause: TransferFailure,
    },
}

/// How long the money has been on its way (ENT-7, VER-15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransferWait {
    /// Not longer than usual.
    Usual,
    /// More than 3 business days: the page says what to check and offers support (ENT-7).
    Check,
    /// More than the longest time: support, with the case number (VER-15).
    Overdue,
}

/// What to check when no money comes, in the order of the page (ENT-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransferCheck {
    /// The account is in the enterprise's very name.
    AccountName,
    /// The account number is right.
    AccountNumber,
    /// Bank and branch are right.
    BankBranch,
    /// The statement was searched for a sum below one yuan.
    StatementSearched,
}

/// What entering a sum led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountEntered {
    /// The transfer now; it is stored whether the sum was right or not.
    pub transfer: BankTransfer,
    /// Whether it was right.
    pub outcome: AmountOutcome,
}

/// Whether the sum was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AmountOutcome {
    /// It was.
    Right,
    /// It was not.
    Wrong {
        /// How many tries are left.
        tries_left: u32,
    },
}

/// A complaint that the right sum was refused, with what support needs (ENT-19).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountDispute {
    /// The account.
    pub account: AccountId,
    /// When it was made.
    pub at: Timestamp,
}

/// Why something cannot be done with a bank transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum BankTransferRefusal {
    /// The money has not arrived (ENT-7).
    NotArrived,
    /// The days for entering the sum are over (ENT-7).
    TooLate {
        /// The last moment was this.
        until: Timestamp,
    },
    /// It failed; only a new transfer helps (ENT-17).
    NewTransferNeeded {
        /// Why it failed.
        cause: TransferFailure,
    },
    /// The right sum was entered already (ENT-7).
    AlreadyConfirmed,
    /// Money has arrived; its sum can still be entered (ENT-7).
    AmountCanBeEntered {
        /// Until when.
        until: Timestamp,
    },
    /// Nothing was refused that could be complained about (ENT-19).
    NothingRefused,
    /// The screenshot of the receipt is missing (ENT-19).
    ReceiptMissing,
}

impl Refuse for BankTransferRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::NotArrived
            | Self::TooLate { .. }
            | Self::AlreadyConfirmed
            | Self::AmountCanBeEntered { .. } => RuleId::Ent7,
            Self::NewTransferNeeded { .. } => RuleId::Ent17,
            Self::NothingRefused | Self::ReceiptMissing => RuleId::Ent19,
        }
    }
}

impl BankTransferRefusal {
    /// What the page offers beside the refusal.
    #[must_use]
    pub const fn ways_out(&self) -> &'static [WayOut] {
        match self {
            Self::TooLate { .. } | Self::NewTransferNeeded { .. } => {
                &[WayOut::NewTransfer, WayOut::Support]
            }
            _ => &[],
        }
    }
}

impl TransferCheck {
    /// Every check, in the order of the page (ENT-7).
    pub const ALL: [Self; 4] = [
        Self::AccountName,
        Self::AccountNumber,
        Self::BankBranch,
        Self::StatementSearched,
    ];
}

/// All reasons why a new transfer cannot be asked for (ENT-7, ENT-17, ENT-18).
///
/// While no money has arrived the bank details can be entered again: a mistyped number is why it
/// does not come. Once it has, its sum is entered first.
#[must_use]
pub fn may_request_transfer(
    previous: Option<&BankTransfer>,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<BankTransferRefusal> {
    match previous {
        None | Some(BankTransfer::Requested { .. } | BankTransfer::Failed { .. }) => Vec::new(),
        Some(BankTransfer::Arrived { at, .. }) => {
            let until = at.plus(policy.transfer_enter_within);
            if now > until {
                Vec::new()
            } else {
                vec![BankTransferRefusal::AmountCanBeEntered { until }]
            }
        }
        Some(BankTransfer::Confirmed { .. }) => vec![BankTransferRefusal::AlreadyConfirmed],
    }
}

/// Asks for a transfer to new bank details; a failed one is never taken up again (ENT-7, ENT-17).
///
/// # Errors
/// Everything that [`may_request_transfer`] lists.
pub fn request_transfer(
    previous: Option<&BankTransfer>,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<BankTransfer, Refused<BankTransferRefusal>> {
    Refused::unless_none(may_request_transfer(previous, policy, now))?;
    Ok(BankTransfer::Requested { at: now })
}

impl BankTransfer {
    /// The bank says that `amount` has arrived; what is not on its way stays as it is (ENT-7).
    #[must_use]
    pub const fn arrive(self, amount: TransferAmount, now: Timestamp) -> Self {
        match self {
            Self::Requested { .. } => Self::Arrived {
                amount,
                at: now,
                wrong_tries: 0,
            },
            Self::Arrived { .. } | Self::Confirmed { .. } | Self::Failed { .. } => self,
        }
    }

    /// The bank says that the money came back; what is not on its way stays as it is (ENT-17).
    #[must_use]
    pub const fn come_back(self, now: Timestamp) -> Self {
        match self {
            Self::Requested { .. } => Self::Failed {
                at: now,
                cause: TransferFailure::SentBack,
            },
            Self::Arrived { .. } | Self::Confirmed { .. } | Self::Failed { .. } => self,
        }
    }

    /// The transfer as it is at `now`: one whose days are over has failed (ENT-7).
    #[must_use]
    pub fn at(self, policy: &VerificationPolicy, now: Timestamp) -> Self {
        match self {
            Self::Arrived { at, .. } if now > at.plus(policy.transfer_enter_within) => {
                Self::Failed {
                    at: at.plus(policy.transfer_enter_within),
                    cause: TransferFailure::TooLate,
                }
            }
            _ => self,
        }
    }

    /// All reasons why no sum can be entered (ENT-7, ENT-17).
    #[must_use]
    pub fn may_enter_amount(
        &self,
        policy: &VerificationPolicy,
        now: Timestamp,
    ) -> Vec<BankTransferRefusal> {
        match self {
            Self::Requested { .. } => vec![BankTransferRefusal::NotArrived],
            Self::Arrived { at, .. } => {
                let until = at.plus(policy.transfer_enter_within);
                if now > until {
                    vec![BankTransferRefusal::TooLate { until }]
                } else {
                    Vec::new()
                }
            }
            Self::Confirmed { .. } => vec![BankTransferRefusal::AlreadyConfirmed],
            Self::Failed { cause, .. } => {
                vec![BankTransferRefusal::NewTransferNeeded { cause: *cause }]
            }
        }
    }

    /// Compares the sum that was entered, in fen; a wrong one costs a try, the last one ends the
    /// transfer (ENT-7). What is no sum between 0.01 and 0.99 was refused as a field before it came
    /// here and costs nothing (V-29).
    ///
    /// # Errors
    /// Everything that [`BankTransfer::may_enter_amount`] lists; the transfer is then unchanged.
    pub fn enter_amount(
        self,
        entered: TransferAmount,
        policy: &VerificationPolicy,
        now: Timestamp,
    ) -> Result<AmountEntered, Refused<BankTransferRefusal>> {
        Refused::unless_none(self.may_enter_amount(policy, now))?;
        let Self::Arrived {
            amount,
            at,
            wrong_tries,
        } = self
        else {
            return Err(BankTransferRefusal::NotArrived.into());
        };
        if entered == amount {
            return Ok(AmountEntered {
                transfer: Self::Confirmed { at: now },
                outcome: AmountOutcome::Right,
            });
        }
        let wrong_tries = wrong_tries.saturating_add(1);
        let tries_left = policy.transfer_tries.saturating_sub(wrong_tries);
        let transfer = if tries_left == 0 {
            Self::Failed {
                at: now,
                cause: TransferFailure::TriesUsed,
            }
        } else {
            Self::Arrived {
                amount,
                at,
                wrong_tries,
            }
        };
        Ok(AmountEntered {
            transfer,
            outcome: AmountOutcome::Wrong { tries_left },
        })
    }

    /// What the page shows; never the sum.
    #[must_use]
    pub fn progress(
        self,
        policy: &VerificationPolicy,
        calendar: &Calendar,
        now: Timestamp,
    ) -> TransferProgress {
        match self.at(policy, now) {
            Self::Requested { at } => TransferProgress::Waiting {
                since: at,
                wait: wait(at, policy, calendar, now),
            },
            Self::Arrived {
                at, wrong_tries, ..
            } => TransferProgress::EnterAmount {
                until: at.plus(policy.transfer_enter_within),
                tries_left: policy.transfer_tries.saturating_sub(wrong_tries),
            },
            Self::Confirmed { .. } => TransferProgress::Confirmed,
            Self::Failed { cause, .. } => TransferProgress::Failed { cause },
        }
    }

    /// All reasons why nobody can complain that the right sum was refused (ENT-19).
    #[must_use]
    pub fn may_dispute(&self, has_receipt: bool) -> Vec<BankTransferRefusal> {
        let was_refused = match self {
            Self::Arrived { wrong_tries, .. } => *wrong_tries > 0,
            Self::Failed { cause, .. } => *cause == TransferFailure::TriesUsed,
            Self::Requested { .. } | Self::Confirmed { .. } => false,
        };
        let mut failing = Vec::new();
        if !was_refused {
            failing.push(BankTransferRefusal::NothingRefused);
        }
        if !has_receipt {
            failing.push(BankTransferRefusal::ReceiptMissing);
        }
        failing
    }

    /// Complains that the right sum was refused: account id and receipt go to support (ENT-19).
    ///
    /// # Errors
    /// Everything that [`BankTransfer::may_dispute`] lists.
    pub fn dispute(
        &self,
        account: AccountId,
        has_receipt: bool,
        now: Timestamp,
    ) -> Result<AmountDispute, Refused<BankTransferRefusal>> {
        Refused::unless_none(self.may_dispute(has_receipt))?;
        Ok(AmountDispute { account, at: now })
    }
}

/// How long money that was sent for at `since` has been on its way (ENT-7, VER-15).
fn wait(
    since: Timestamp,
    policy: &VerificationPolicy,
    calendar: &Calendar,
    now: Timestamp,
) -> TransferWait {
    let is_past = |business_days| now > calendar.due(since, business_days).at;
    if is_past(policy.transfer_most_business_days) {
        TransferWait::Overdue
    } else if is_past(policy.transfer_check_after_business_days) {
        TransferWait::Check
    } else {
        TransferWait::Usual
    }
}

#[cfg(test)]
mod tests;
