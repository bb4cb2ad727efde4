//! The bank: sends a small sum to an enterprise (ENT-7), and tells what an enterprise has paid in
//! (ENT-8). Must not know what the money proves.
//!
//! The real one is a small HTTP contract that an adapter in front of any bank can speak; it is written
//! down in `docs/outside/bank.md`.

mod sandbox;

use std::fmt;

use domain::identity::{CorporateAccount, Fen, TransferAmount};
use domain::time::Timestamp;
use domain::verification::PaymentRoute;
use futures_util::future::BoxFuture;
use openidconnect::http;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use sandbox::{Awaited, SandboxBank, Sent};

use super::service::{JsonService, Question};
pub use super::service::{ServiceFailure, ServiceSettingsError};

/// The answer of a bank, whose trait is used as an object.
pub type Banking<'a, T> = BoxFuture<'a, Result<T, ServiceFailure>>;

/// Moves money.
pub trait Bank: Send + Sync {
    /// Sends money. Asked twice with the same reference it is sent once.
    ///
    /// # Errors
    /// When the bank does not take it on; it can be asked again with the same reference.
    fn send<'a>(&'a self, order: &'a TransferOrder<'a>) -> Banking<'a, ()>;

    /// How a transfer stands.
    ///
    /// # Errors
    /// When the bank does not answer; the transfer stands as it stood.
    fn transfer<'a>(&'a self, reference: &'a str) -> Banking<'a, TransferStanding>;

    /// Waits for a payment from now on, and says where it is to be paid to. Asked twice with the same
    /// reference, it waits once.
    ///
    /// # Errors
    /// When the bank does not take it on.
    fn expect<'a>(&'a self, expected: &'a ExpectedPayment<'a>) -> Banking<'a, Payee>;

    /// What has come in for a reference, in any order; nothing where the reference is not known.
    ///
    /// # Errors
    /// When the bank does not answer.
    fn payments<'a>(&'a self, reference: &'a str) -> Banking<'a, Option<Vec<Payment>>>;

    /// Whether there is a bank at all; where there is none, transfer and top-up are not offered.
    fn is_offered(&self) -> bool {
        true
    }
}

/// Money to send. Never printed.
#[derive(Clone, Copy)]
pub struct TransferOrder<'a> {
    /// Names the transfer on our side.
    pub reference: &'a str,
    /// How much.
    pub amount: TransferAmount,
    /// In whose name the account is.
    pub account_name: &'a str,
    /// The account.
    pub account_number: &'a CorporateAccount,
    /// The bank and the branch.
    pub bank: &'a str,
}

/// How a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TransferStanding {
    /// The money is on its way.
    OnItsWay,
    /// It has arrived.
    Arrived {
        /// When.
        at: Timestamp,
    },
    /// It came back.
    SentBack {
        /// When.
        at: Timestamp,
    },
    /// The bank knows no such transfer: it is sent again.
    Unknown,
}

/// A payment to wait for. Never printed.
#[derive(Clone, Copy)]
pub struct ExpectedPayment<'a> {
    /// Names it on our side.
    pub reference: &'a str,
    /// How much.
    pub amount: TransferAmount,
    /// Who pays.
    pub payer_name: &'a str,
}

/// Where money is paid to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    /// In whose name the account is.
    pub name: String,
    /// The account's number.
    pub number: String,
    /// The bank and the branch.
    pub bank: String,
    /// What is written as the purpose, when the bank tells payments apart by it.
    #[serde(default)]
    pub purpose: Option<String>,
}

/// Money that came in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Names it at the bank.
    pub id: String,
    /// How much.
    pub amount: Fen,
    /// How it came.
    pub route: PaymentRoute,
    /// Who paid, as the bank has it.
    pub payer_name: String,
    /// When.
    pub at: Timestamp,
    /// Whether the bank has confirmed it.
    pub confirmed: bool,
}

impl fmt::Debug for Payee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payee(…)")
    }
}

impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payment(…)")
    }
}

/// A bank behind HTTP.
pub struct BankService(JsonService);

#[derive(Deserialize)]
struct Came {
    payments: Vec<Payment>,
}

impl BankService {
    /// A bank at `url` that knows us by `token`.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(url: &str, token: &str) -> Result<Self, ServiceSettingsError> {
        JsonService::new("the bank", url, token).map(Self)
    }
}

const fn get<'a>(path: &'a [&'a str]) -> Question<'a> {
    Question {
        method: http::Method::GET,
        path,
        reference: None,
        body: None,
    }
}

impl Bank for BankService {
    fn send<'a>(&'a self, order: &'a TransferOrder<'a>) -> Banking<'a, ()> {
        Box::pin(async move {
            let asked = Question {
                method: http::Method::PUT,
                path: &["transfers", order.reference],
                reference: Some(order.reference),
                body: Some(json!({
                    "amount_fen": order.amount,
                    "account_name": order.account_name,
                    "account_number": order.account_number.as_str(),
                    "bank": order.bank,
                })),
            };
            let taken: Option<Value> = self.0.ask(asked).await?;
            taken.map(|_| ()).ok_or(ServiceFailure::Misconfigured)
        })
    }

    fn transfer<'a>(&'a self, reference: &'a str) -> Banking<'a, TransferStanding> {
        Box::pin(async move {
            let found = self.0.ask(get(&["transfers", reference])).await?;
            Ok(found.unwrap_or(TransferStanding::Unknown))
        })
    }

    fn expect<'a>(&'a self, expected: &'a ExpectedPayment<'a>) -> Banking<'a, Payee> {
        Box::pin(async move {
            let asked = Question {
                method: http::Method::PUT,
                path: &["expected", expected.reference],
                reference: Some(expected.reference),
                body: Some(json!({
                    "amount_fen": expected.amount,
                    "payer_name": expected.payer_name,
                })),
            };
            let payee: Option<Payee> = self.0.ask(asked).await?;
            payee.ok_or(ServiceFailure::Misconfigured)
        })
    }

    fn payments<'a>(&'a self, reference: &'a str) -> Banking<'a, Option<Vec<Payment>>> {
        Box::pin(async move {
            let came: Option<Came> = self
                .0
                .ask(get(&["expected", reference, "payments"]))
                .await?;
            Ok(came.map(|came| came.payments))
        })
    }
}

/// Stands where no bank was configured.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoBank;

impl Bank for NoBank {
    fn send<'a>(&'a self, _order: &'a TransferOrder<'a>) -> Banking<'a, ()> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn transfer<'a>(&'a self, _reference: &'a str) -> Banking<'a, TransferStanding> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn expect<'a>(&'a self, _expected: &'a ExpectedPayment<'a>) -> Banking<'a, Payee> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn payments<'a>(&'a self, _reference: &'a str) -> Banking<'a, Option<Vec<Payment>>> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn is_offered(&self) -> bool {
        false
    }
}
