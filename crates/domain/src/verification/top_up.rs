//! Platform top-up (充值认证): the enterprise pays in a small sum that the platform names (ENT-8).
//! Must not know banks.

use serde::{Deserialize, Serialize};

use super::VerificationPolicy;
use crate::calendar::Calendar;
use crate::identity::{Fen, TransferAmount};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Where a top-up stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TopUp {
    /// A sum was named and is waited for.
    Named {
        /// The sum to pay.
        amount: TransferAmount,
        /// When it was named.
        at: Timestamp,
    },
    /// The very sum came from the enterprise's account; it is being confirmed.
    Paid {
        /// When it came.
        at: Timestamp,
    },
    /// It is confirmed.
    Confirmed {
        /// When.
        at: Timestamp,
    },
    /// Nobody paid in time; a new sum is needed.
    TooLate {
        /// When the time was over.
        at: Timestamp,
    },
}

/// How money came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentRoute {
    /// Online banking.
    OnlineTransfer,
    /// Mobile banking.
    MobileTransfer,
    /// Telegraphic transfer.
    TelegraphicTransfer,
    /// Cheque.
    Cheque,
    /// A transfer at a counter outside Beijing.
    CounterTransferElsewhere,
    /// Cash at a counter in Beijing.
    CashInBeijing,
    /// Any other way, such as a third party's wallet.
    Other,
}

/// Money that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncomingPayment {
    /// How much.
    pub amount: Fen,
    /// How.
    pub route: PaymentRoute,
    /// Whether it came from an account in the enterprise's name.
    pub from_enterprise: bool,
    /// When.
    pub at: Timestamp,
}

/// What came of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentTaken {
    /// The top-up now.
    pub top_up: TopUp,
    /// What becomes balance and can be withdrawn, whether it verified or not (ENT-8).
    pub balance: Fen,
    /// Why it did not verify, if it did not.
    pub fault: Option<PaymentFault>,
}

/// Why a payment does not verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentFault {
    /// No sum is waited for.
    NotAwaited,
    /// It came after the days for paying.
    TooLate,
    /// It is another sum.
    WrongAmount,
    /// It came from another's account.
    OtherPayer,
    /// It came in a way that is not accepted.
    OtherRoute,
}

/// Why something cannot be done with a top-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum TopUpRefusal {
    /// A named sum can still be paid.
    StillAwaited {
        /// Until when.
        until: Timestamp,
    },
    /// It was paid already.
    AlreadyPaid,
    /// It was not paid.
    NotPaid,
}

impl Refuse for TopUpRefusal {
    fn rule(&self) -> RuleId {
        RuleId::Ent8
    }
}

impl PaymentRoute {
    /// Whether money may come this way (ENT-8).
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        match self {
            Self::OnlineTransfer
            | Self::MobileTransfer
            | Self::TelegraphicTransfer
            | Self::Cheque
            | Self::CounterTransferElsewhere
            | Self::CashInBeijing => true,
            Self::Other => false,
        }
    }
}

/// All reasons why no new sum can be named (ENT-8).
#[must_use]
pub fn may_name_top_up(
    previous: Option<&TopUp>,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<TopUpRefusal> {
    match previous.map(|top_up| top_up.at(policy, now)) {
        None | Some(TopUp::TooLate { .. }) => Vec::new(),
        Some(TopUp::Named { at, .. }) => vec![TopUpRefusal::StillAwaited {
            until: at.plus(policy.top_up_pay_within),
        }],
        Some(TopUp::Paid { .. } | TopUp::Confirmed { .. }) => vec![TopUpRefusal::AlreadyPaid],
    }
}

/// Names the sum to pay, which the edge drew at random (ENT-8).
///
/// # Errors
/// Everything that [`may_name_top_up`] lists.
pub fn name_top_up(
    previous: Option<&TopUp>,
    amount: TransferAmount,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<TopUp, Refused<TopUpRefusal>> {
    Refused::unless_none(may_name_top_up(previous, policy, now))?;
    Ok(TopUp::Named { amount, at: now })
}

impl TopUp {
    /// The top-up as it is at `now`: one whose days are over is too late (ENT-8).
    #[must_use]
    pub fn at(self, policy: &VerificationPolicy, now: Timestamp) -> Self {
        match self {
            Self::Named { at, .. } if now > at.plus(policy.top_up_pay_within) => Self::TooLate {
                at: at.plus(policy.top_up_pay_within),
            },
            _ => self,
        }
    }

    /// Takes money that came in: it becomes balance in any case, and verifies when it is the named
    /// sum, in time, from the enterprise and by an accepted route (ENT-8).
    #[must_use]
    pub fn take(self, payment: IncomingPayment, policy: &VerificationPolicy) -> PaymentTaken {
        let fault = self.fault_of(payment, policy);
        let top_up = match fault {
            None => Self::Paid { at: payment.at },
            Some(_) => self.at(policy, payment.at),
        };
        PaymentTaken {
            top_up,
            balance: payment.amount,
            fault,
        }
    }

    fn fault_of(
        self,
        payment: IncomingPayment,
        policy: &VerificationPolicy,
    ) -> Option<PaymentFault> {
        match self.at(policy, payment.at) {
            Self::TooLate { .. } => Some(PaymentFault::TooLate),
            Self::Paid { .. } | Self::Confirmed { .. } => Some(PaymentFault::NotAwaited),
            Self::Named { amount, .. } if amount.fen() != payment.amount => {
                Some(PaymentFault::WrongAmount)
            }
            Self::Named { .. } if !payment.from_enterprise => Some(PaymentFault::OtherPayer),
            Self::Named { .. } if !payment.route.is_accepted() => Some(PaymentFault::OtherRoute),
            Self::Named { .. } => None,
        }
    }

    /// Confirms a payment (ENT-8).
    ///
    /// # Errors
    /// [`TopUpRefusal::NotPaid`] when nothing was paid that could be confirmed.
    pub fn confirm(self, now: Timestamp) -> Result<Self, Refused<TopUpRefusal>> {
        match self {
            Self::Paid { .. } => Ok(Self::Confirmed { at: now }),
            Self::Named { .. } | Self::Confirmed { .. } | Self::TooLate { .. } => {
                Err(TopUpRefusal::NotPaid.into())
            }
        }
    }

    /// Whether a payment has waited for its confirmation longer than it may; the page then offers
    /// support with the case number (ENT-8, VER-15).
    #[must_use]
    pub fn is_overdue(
        self,
        policy: &VerificationPolicy,
        calendar: &Calendar,
        now: Timestamp,
    ) -> bool {
        match self {
            Self::Paid { at } => now > calendar.due(at, policy.top_up_business_days).at,
            Self::Named { .. } | Self::Confirmed { .. } | Self::TooLate { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Date, Span};

    const NAMED_AT: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const MILLISECOND: Span = Span::from_millis(1);

    fn policy() -> VerificationPolicy {
        VerificationPolicy::default()
    }

    fn amount() -> TransferAmount {
        TransferAmount::parse("0.37").unwrap()
    }

    fn named() -> TopUp {
        name_top_up(None, amount(), &policy(), NAMED_AT).unwrap()
    }

    fn payment(at: Timestamp) -> IncomingPayment {
        IncomingPayment {
            amount: amount().fen(),
            route: PaymentRoute::OnlineTransfer,
            from_enterprise: true,
            at,
        }
    }

    #[test]
    fn ent_8_the_named_sum_from_the_enterprise_verifies_and_becomes_balance() {
        let taken = named().take(payment(NAMED_AT), &policy());
        assert_eq!(taken.fault, None);
        assert_eq!(taken.balance, amount().fen());
        let confirmed = taken.top_up.confirm(NAMED_AT);
        assert_eq!(confirmed, Ok(TopUp::Confirmed { at: NAMED_AT }));
        assert!(named().confirm(NAMED_AT).is_err());
    }

    #[test]
    fn ent_8_seven_days_are_in_time_and_a_millisecond_more_is_too_late() {
        let until = NAMED_AT.plus(Span::from_days(7));
        assert_eq!(named().take(payment(until), &policy()).fault, None);
        let late = named().take(payment(until.plus(MILLISECOND)), &policy());
        assert_eq!(late.fault, Some(PaymentFault::TooLate));
        assert_eq!(late.top_up, TopUp::TooLate { at: until });
        assert_eq!(late.balance, amount().fen(), "the money is not lost");
    }

    #[test]
    fn ent_8_another_sum_payer_or_route_becomes_balance_and_does_not_verify() {
        let right = payment(NAMED_AT);
        let wrong_amount = IncomingPayment {
            amount: Fen::new(38),
            ..right
        };
        let other_payer = IncomingPayment {
            from_enterprise: false,
            ..right
        };
        let other_route = IncomingPayment {
            route: PaymentRoute::Other,
            ..right
        };
        for (payment, fault) in [
            (wrong_amount, PaymentFault::WrongAmount),
            (other_payer, PaymentFault::OtherPayer),
            (other_route, PaymentFault::OtherRoute),
        ] {
            let taken = named().take(payment, &policy());
            assert_eq!(taken.fault, Some(fault));
            assert_eq!(taken.balance, payment.amount);
            assert_eq!(taken.top_up, named(), "the right payment can still come");
        }
    }

    #[test]
    fn ent_8_a_second_payment_becomes_balance() {
        let paid = named().take(payment(NAMED_AT), &policy()).top_up;
        let again = paid.take(payment(NAMED_AT), &policy());
        assert_eq!(again.fault, Some(PaymentFault::NotAwaited));
        assert_eq!(again.top_up, paid);
    }

    #[test]
    fn ent_8_six_routes_are_accepted() {
        for route in [
            PaymentRoute::OnlineTransfer,
            PaymentRoute::MobileTransfer,
            PaymentRoute::TelegraphicTransfer,
            PaymentRoute::Cheque,
            PaymentRoute::CounterTransferElsewhere,
            PaymentRoute::CashInBeijing,
        ] {
            let payment = IncomingPayment {
                route,
                ..payment(NAMED_AT)
            };
            assert_eq!(named().take(payment, &policy()).fault, None, "{route:?}");
        }
    }

    #[test]
    fn ent_8_one_sum_is_named_at_a_time() {
        let until = NAMED_AT.plus(Span::from_days(7));
        let again = |now| may_name_top_up(Some(&named()), &policy(), now);
        assert_eq!(again(until), [TopUpRefusal::StillAwaited { until }]);
        assert_eq!(again(until.plus(MILLISECOND)), []);
        let paid = TopUp::Paid { at: NAMED_AT };
        assert_eq!(
            may_name_top_up(Some(&paid), &policy(), NAMED_AT),
            [TopUpRefusal::AlreadyPaid]
        );
    }

    #[test]
    fn ent_8_a_payment_is_confirmed_within_one_business_day() {
        // Paid on a Wednesday before National Day; the next business day is Thursday, 8 October.
        let paid = TopUp::Paid {
            at: Date::from_ymd(2026, 9, 30).unwrap().begin(),
        };
        let end = Date::from_ymd(2026, 10, 8).unwrap().end();
        let overdue = |now| paid.is_overdue(&policy(), &Calendar::mainland(), now);
        assert!(!overdue(end.minus(MILLISECOND)));
        assert!(overdue(end));
    }
}
