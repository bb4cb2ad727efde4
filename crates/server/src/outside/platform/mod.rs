//! The cloud platform around the account centre: what an account has there, what it owes, which orders and
//! complaints are open, whose a domain is (CHG-3, DRG-2, FND-4, ACC-7, PRJ-5). Must not know what the
//! answers decide.
//!
//! The real one is an HTTP contract, written down in `docs/outside/platform.yaml`.

mod sandbox;
mod service;

pub use sandbox::{SandboxAccount, SandboxPlatform};
pub use service::{PlatformService, PlatformSettingsError};

use domain::account::{AccountId, ProductUse};
use domain::deregistration::Remain;
use domain::identity::{DomainName, Fen, IcpFiling, ServerIp};
use domain::projects::ProductCount;
use domain::time::Date;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

/// The answer of a platform, whose trait is used as an object.
pub type Asking<'a, T> = BoxFuture<'a, Result<T, PlatformFailure>>;

/// What the platform tells and does.
pub trait Platform: Send + Sync {
    /// What an account has and owes now.
    ///
    /// # Errors
    /// When the platform does not answer; nobody is then told that nothing is owed.
    fn account(&self, account: AccountId) -> Asking<'_, Holding>;

    /// What lies in each project of an account, and what it has cost by month; projects that the platform
    /// has never heard of are left out.
    ///
    /// # Errors
    /// When the platform does not answer.
    fn projects(&self, account: AccountId) -> Asking<'_, Vec<ProjectUse>>;

    /// The accounts that have this; usually one or none.
    ///
    /// # Errors
    /// When the platform does not answer.
    fn owners<'a>(&'a self, of: &'a Asset) -> Asking<'a, Vec<AccountId>>;

    /// Moves a filing or a domain from one account to another; asked twice with the same reference, it
    /// moves once.
    ///
    /// # Errors
    /// When the platform does not do it; nothing has moved then, as far as it says.
    fn hand_over<'a>(&'a self, order: &'a HandOver) -> Asking<'a, Handed>;

    /// Whether there is a platform at all. Where there is none, no account has or owes anything.
    fn is_offered(&self) -> bool {
        true
    }
}

/// What an account has on the platform, and what it owes there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Holding {
    /// What it owes (CHG-3, DRG-2).
    pub arrears: Fen,
    /// What the platform has advanced for it and was not paid back (垫付款, CHG-3).
    pub advance: Fen,
    /// Bills that were issued and not paid (DRG-2).
    pub unpaid_bills: u32,
    /// Its cash balance (DRG-2).
    pub balance: Fen,
    /// Orders and services that are not finished (DRG-2).
    pub unfinished_orders: u32,
    /// Open complaints by or against it (DRG-2).
    pub complaints: u32,
    /// Some of its resources are kept back because their renewal was not paid (ACC-6).
    pub in_retention: bool,
    /// The products it has opened (ACC-7).
    pub products: Vec<ProductUse>,
    /// Everything it still has, kind by kind (DRG-3).
    pub remains: Vec<Remain>,
    /// Its ICP filings (ACC-9, FND-4).
    pub filings: Vec<IcpFiling>,
    /// Its domains (ACC-8, FND-4).
    pub domains: Vec<DomainName>,
    /// Where its bills are paid; nothing where the platform has no such page (CHG-3).
    pub pay_at: Option<String>,
}

/// What lies in a project and what it has cost (PRJ-2, PRJ-4, PRJ-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectUse {
    /// The project, as the account centre calls it.
    pub project: String,
    /// Its resources, product by product.
    #[serde(default)]
    pub products: Vec<ProductCount>,
    /// What it has cost, the oldest month first.
    #[serde(default)]
    pub spending: Vec<Spending>,
}

/// What something has cost in one month (PRJ-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spending {
    /// The first day of the month.
    pub month: Date,
    /// How much.
    pub amount: Fen,
}

/// Something by which an account is found (FND-4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asset {
    /// A domain.
    Domain(DomainName),
    /// The address of a server.
    ServerIp(ServerIp),
    /// An ICP filing.
    IcpFiling(IcpFiling),
}

/// An order to move a filing or a domain to another account (ACC-8, ACC-9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Names this order on our side.
    pub reference: String,
    /// What moves; the address of a server never does.
    pub asset: Asset,
    /// Who has it.
    pub from: AccountId,
    /// Who gets it.
    pub to: AccountId,
}

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// It has moved, now or when the same order came before.
    Moved,
    /// The account that was to give it does not have it.
    NotTheirs,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PlatformFailure {
    /// Away, or out of order: it may work later.
    #[error("the platform was not reached, or is out of order")]
    Unreachable,
    /// It does not accept us, or answers something unknown: the operator has to look.
    #[error("the platform does not accept this installation, or answers something unknown")]
    Misconfigured,
}

impl Holding {
    /// Whether it owes money (CHG-3).
    #[must_use]
    pub fn has_arrears(&self) -> bool {
        self.arrears > Fen::ZERO
    }

    /// Whether an advance was not settled (CHG-3).
    #[must_use]
    pub fn has_advance(&self) -> bool {
        self.advance > Fen::ZERO
    }
}

/// Stands where no platform was configured: no account has or owes anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPlatform;

impl Platform for NoPlatform {
    fn account(&self, _account: AccountId) -> Asking<'_, Holding> {
        Box::pin(async { Ok(Holding::default()) })
    }

    fn projects(&self, _account: AccountId) -> Asking<'_, Vec<ProjectUse>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn owners<'a>(&'a self, _of: &'a Asset) -> Asking<'a, Vec<AccountId>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn hand_over<'a>(&'a self, _order: &'a HandOver) -> Asking<'a, Handed> {
        Box::pin(async { Ok(Handed::NotTheirs) })
    }

    fn is_offered(&self) -> bool {
        false
    }
}
