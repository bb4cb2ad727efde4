//! The demo's bank: a book that its page shows, and whoever plays the other side. Must not know what the
//! money proves.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::calendar::Calendar;
use domain::identity::{Fen, TransferAmount};
use domain::time::{Span, Timestamp};
use domain::verification::PaymentRoute;

use super::{
    Bank, Banking, ExpectedPayment, Payee, Payment, ServiceFailure, TransferOrder, TransferStanding,
};
use crate::outside::clock::Clock;

/// The demo's bank. Its page shows every order and plays both sides.
///
/// | the account's number ends in | what becomes of a transfer |
/// | --- | --- |
/// | 0001 | it comes back on the next business day |
/// | 0002 | it never arrives |
/// | 0003 | the bank does not answer |
/// | anything else | it arrives on the next business day at 10 o'clock |
///
/// A payment that comes in is confirmed at the end of the next business day; the page can do each of
/// these things at once.
pub struct SandboxBank {
    clock: Arc<dyn Clock>,
    calendar: Calendar,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    transfers: BTreeMap<String, Sent>,
    expected: BTreeMap<String, Awaited>,
    written: u64,
}

/// A transfer of the demo, for its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The order in which things were written into the book.
    pub number: u64,
    /// How much was sent.
    pub amount: TransferAmount,
    /// In whose name the account is.
    pub account_name: String,
    /// The end of the account's number.
    pub account_end: String,
    /// When it was ordered.
    pub ordered: Timestamp,
    /// How it stands.
    pub standing: TransferStanding,
}

/// A payment that the demo's bank waits for, for its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The order in which things were written into the book.
    pub number: u64,
    /// How much is to be paid.
    pub amount: TransferAmount,
    /// Who is to pay.
    pub payer_name: String,
    /// What has come in.
    pub payments: Vec<Payment>,
}

impl SandboxBank {
    /// A demo's bank.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            calendar: Calendar::mainland(),
            book: Mutex::default(),
        }
    }

    /// Every transfer with its reference, newest first, as it stands now.
    #[must_use]
    pub fn transfers(&self) -> Vec<(String, Sent)> {
        let mut book = self.book();
        let mut all: Vec<_> = book
            .transfers
            .iter_mut()
            .map(|(reference, sent)| {
                self.settle(sent);
                (reference.clone(), sent.clone())
            })
            .collect();
        all.sort_by_key(|(_, sent)| std::cmp::Reverse(sent.number));
        all
    }

    /// Every payment that is waited for, with its reference, newest first.
    #[must_use]
    pub fn expected(&self) -> Vec<(String, Awaited)> {
        let book = self.book();
        let mut all: Vec<_> = book
            .expected
            .iter()
            .map(|(reference, awaited)| {
                let mut awaited = awaited.clone();
                self.confirm_due(&mut awaited);
                (reference.clone(), awaited)
            })
            .collect();
        all.sort_by_key(|(_, awaited)| std::cmp::Reverse(awaited.number));
        all
    }

    /// The money arrives now, or comes back; `false` when nothing with this reference is on its way.
    pub fn finish_transfer(&self, reference: &str, arrives: bool) -> bool {
        let at = self.clock.now();
        let mut book = self.book();
        let Some(sent) = book.transfers.get_mut(reference) else {
            return false;
        };
        self.settle(sent);
        if sent.standing != TransferStanding::OnItsWay {
            return false;
        }
        sent.standing = if arrives {
            TransferStanding::Arrived { at }
        } else {
            TransferStanding::SentBack { at }
        };
        true
    }

    /// Money comes in: `amount`, or the sum that is waited for, from the enterprise or from somebody
    /// else; `false` when nothing is waited for with this reference.
    pub fn pay(
        &self,
        reference: &str,
        (amount, route): (Option<Fen>, PaymentRoute),
        from_enterprise: bool,
    ) -> bool {
        let at = self.clock.now();
        let mut book = self.book();
        let Some(awaited) = book.expected.get_mut(reference) else {
            return false;
        };
        awaited.payments.push(Payment {
            id: format!("{reference}-{}", awaited.payments.len() + 1),
            amount: amount.unwrap_or(awaited.amount.fen()),
            route,
            payer_name: if from_enterprise {
                awaited.payer_name.clone()
            } else {
                "别家（示例）商贸有限公司".to_owned()
            },
            at,
            confirmed: false,
        });
        true
    }

    /// Confirms everything that came in for the reference; `false` when there is no such reference.
    pub fn confirm(&self, reference: &str) -> bool {
        let mut book = self.book();
        let Some(awaited) = book.expected.get_mut(reference) else {
            return false;
        };
        for payment in &mut awaited.payments {
            payment.confirmed = true;
        }
        true
    }

    fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What has happened by itself meanwhile.
    fn settle(&self, sent: &mut Sent) {
        let day = self.calendar.add_business_days(sent.ordered.date(), 1);
        let at = day.date.begin().plus(Span::from_hours(10));
        if sent.standing != TransferStanding::OnItsWay || self.clock.now() < at {
            return;
        }
        sent.standing = match sent.account_end.as_str() {
            "0001" => TransferStanding::SentBack { at },
            "0002" => TransferStanding::OnItsWay,
            _ => TransferStanding::Arrived { at },
        };
    }

    fn confirm_due(&self, awaited: &mut Awaited) {
        let now = self.clock.now();
        for payment in &mut awaited.payments {
            payment.confirmed |= now >= self.calendar.due(payment.at, 1).at;
        }
    }

    fn take(&self, order: &TransferOrder<'_>) -> Result<(), ServiceFailure> {
        let number = order.account_number.as_str();
        let end = number.get(number.len().saturating_sub(4)..);
        let account_end = end.unwrap_or_default().to_owned();
        if account_end == "0003" {
            return Err(ServiceFailure::Unreachable);
        }
        let mut book = self.book();
        book.written += 1;
        let sent = Sent {
            number: book.written,
            amount: order.amount,
            account_name: order.account_name.to_owned(),
            account_end,
            ordered: self.clock.now(),
            standing: TransferStanding::OnItsWay,
        };
        book.transfers
            .entry(order.reference.to_owned())
            .or_insert(sent);
        Ok(())
    }

    fn standing(&self, reference: &str) -> TransferStanding {
        let mut book = self.book();
        match book.transfers.get_mut(reference) {
            Some(sent) => {
                self.settle(sent);
                sent.standing
            }
            None => TransferStanding::Unknown,
        }
    }
}

impl Bank for SandboxBank {
    fn send<'a>(&'a self, order: &'a TransferOrder<'a>) -> Banking<'a, ()> {
        let taken = self.take(order);
        Box::pin(async move { taken })
    }

    fn transfer<'a>(&'a self, reference: &'a str) -> Banking<'a, TransferStanding> {
        let standing = self.standing(reference);
        Box::pin(async move { Ok(standing) })
    }

    fn expect<'a>(&'a self, expected: &'a ExpectedPayment<'a>) -> Banking<'a, Payee> {
        let mut book = self.book();
        book.written += 1;
        let awaited = Awaited {
            number: book.written,
            amount: expected.amount,
            payer_name: expected.payer_name.to_owned(),
            payments: Vec::new(),
        };
        book.expected
            .entry(expected.reference.to_owned())
            .or_insert(awaited);
        Box::pin(async {
            Ok(Payee {
                name: "示例云计算有限公司".to_owned(),
                number: "0200000000000002026".to_owned(),
                bank: "示例银行北京分行".to_owned(),
                purpose: Some("充值认证".to_owned()),
            })
        })
    }

    fn payments<'a>(&'a self, reference: &'a str) -> Banking<'a, Option<Vec<Payment>>> {
        let awaited = self.book().expected.get(reference).cloned();
        let payments = awaited.map(|mut awaited| {
            self.confirm_due(&mut awaited);
            awaited.payments
        });
        Box::pin(async { Ok(payments) })
    }
}

#[cfg(test)]
mod tests {
    use domain::identity::CorporateAccount;

    use super::*;
    use crate::outside::clock::MovableClock;

    fn bank() -> (SandboxBank, Arc<MovableClock>) {
        let clock = Arc::new(MovableClock::default());
        (
            SandboxBank::new(Arc::clone(&clock) as Arc<dyn Clock>),
            clock,
        )
    }

    fn order<'a>(reference: &'a str, number: &'a CorporateAccount) -> TransferOrder<'a> {
        TransferOrder {
            reference,
            amount: TransferAmount::parse("0.29").unwrap(),
            account_name: "晴空科技有限公司",
            account_number: number,
            bank: "示例银行",
        }
    }

    /// A week has a business day in it, except in the longest holidays.
    const LONG: u64 = 20 * 86_400_000;

    #[tokio::test]
    async fn ent_7_every_outcome_has_an_account_number_in_the_demo() {
        for (number, expected) in [
            ("6222020200112230000", "arrived"),
            ("6222020200112230001", "sent back"),
            ("6222020200112230002", "on its way"),
        ] {
            let (bank, clock) = bank();
            let number = CorporateAccount::parse(number).unwrap();
            bank.send(&order("a", &number)).await.unwrap();
            let standing = bank.transfer("a").await;
            assert_eq!(standing, Ok(TransferStanding::OnItsWay));
            clock.forward(LONG).unwrap();
            let standing = match bank.transfer("a").await.unwrap() {
                TransferStanding::Arrived { .. } => "arrived",
                TransferStanding::SentBack { .. } => "sent back",
                TransferStanding::OnItsWay => "on its way",
                TransferStanding::Unknown => "unknown",
            };
            assert_eq!(standing, expected);
        }
        let (bank, _) = bank();
        let number = CorporateAccount::parse("6222020200112230003").unwrap();
        let away = bank.send(&order("a", &number)).await;
        assert_eq!(away, Err(ServiceFailure::Unreachable));
        assert_eq!(bank.transfer("a").await, Ok(TransferStanding::Unknown));
    }

    #[tokio::test]
    async fn ent_7_one_reference_is_one_transfer_and_it_ends_once() {
        let (bank, _) = bank();
        let number = CorporateAccount::parse("6222020200112230000").unwrap();
        bank.send(&order("a", &number)).await.unwrap();
        bank.send(&order("a", &number)).await.unwrap();
        assert_eq!(bank.transfers().len(), 1);
        assert!(bank.finish_transfer("a", true));
        assert!(!bank.finish_transfer("a", false));
        assert!(!bank.finish_transfer("b", true));
    }

    #[tokio::test]
    async fn ent_8_payments_come_in_by_any_route_and_are_confirmed_a_business_day_later() {
        let (bank, clock) = bank();
        let expected = ExpectedPayment {
            reference: "a",
            amount: TransferAmount::parse("0.37").unwrap(),
            payer_name: "晴空科技有限公司",
        };
        assert_eq!(bank.payments("a").await, Ok(None));
        bank.expect(&expected).await.unwrap();
        assert!(bank.pay("a", (None, PaymentRoute::Cheque), true));
        assert!(bank.pay("a", (Some(Fen::new(1)), PaymentRoute::Other), false));
        let came = bank.payments("a").await.unwrap().unwrap();
        assert_eq!(came[0].amount, Fen::new(37));
        assert_eq!(came[0].payer_name, "晴空科技有限公司");
        assert_ne!(came[1].payer_name, "晴空科技有限公司");
        assert!(came.iter().all(|payment| !payment.confirmed));
        clock.forward(LONG).unwrap();
        let came = bank.payments("a").await.unwrap().unwrap();
        assert!(came.iter().all(|payment| payment.confirmed));
    }
}
