//! The demo's platform: holds in memory what its panel was told to put there. Must not know who asks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::account::AccountId;
use domain::deregistration::{Remain, RemainKind};
use domain::identity::ServerIp;

use super::{Asking, Asset, HandOver, Handed, Holding, Platform, PlatformFailure, ProjectUse};

/// The demo's platform. An account that was never set has and owes nothing; it forgets with the program.
///
/// | what the panel sets | what happens |
/// | --- | --- |
/// | an account's holding | that is what the platform says of it |
/// | "away" for an account | the platform does not answer about it, nor about anything it has |
#[derive(Debug, Default)]
pub struct SandboxPlatform {
    accounts: Mutex<BTreeMap<AccountId, SandboxAccount>>,
}

/// What the sandbox knows of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SandboxAccount {
    /// What it has and owes.
    pub holding: Holding,
    /// Its projects.
    pub projects: Vec<ProjectUse>,
    /// The addresses of its servers.
    pub server_ips: BTreeSet<ServerIp>,
    /// The platform does not answer.
    pub is_away: bool,
}

impl SandboxPlatform {
    /// What is there for an account.
    pub fn find(&self, account: AccountId) -> SandboxAccount {
        self.accounts().get(&account).cloned().unwrap_or_default()
    }

    /// Puts something there for an account.
    pub fn set(&self, account: AccountId, what: SandboxAccount) {
        self.accounts().insert(account, what);
    }

    fn accounts(&self) -> MutexGuard<'_, BTreeMap<AccountId, SandboxAccount>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, account: AccountId) -> Result<SandboxAccount, PlatformFailure> {
        let found = self.find(account);
        if found.is_away {
            Err(PlatformFailure::Unreachable)
        } else {
            Ok(found)
        }
    }

    fn having(&self, asset: &Asset) -> Result<Vec<AccountId>, PlatformFailure> {
        let accounts = self.accounts();
        let having: Vec<_> = accounts.iter().filter(|(_, it)| it.has(asset)).collect();
        if having.iter().any(|(_, it)| it.is_away) {
            return Err(PlatformFailure::Unreachable);
        }
        Ok(having.into_iter().map(|(id, _)| *id).collect())
    }

    fn carry_out(&self, order: &HandOver) -> Result<Handed, PlatformFailure> {
        let mut accounts = self.accounts();
        let is_away = |id| {
            accounts
                .get(id)
                .is_some_and(|it: &SandboxAccount| it.is_away)
        };
        if is_away(&order.from) || is_away(&order.to) {
            return Err(PlatformFailure::Unreachable);
        }
        let has = |id| {
            accounts
                .get(id)
                .is_some_and(|it: &SandboxAccount| it.has(&order.asset))
        };
        if !has(&order.from) {
            // Asked again, it has moved before.
            let has_moved = has(&order.to);
            return Ok(if has_moved {
                Handed::Moved
            } else {
                Handed::NotTheirs
            });
        }
        if let Some(from) = accounts.get_mut(&order.from) {
            from.let_go(&order.asset);
        }
        accounts.entry(order.to).or_default().get(&order.asset);
        Ok(Handed::Moved)
    }
}

impl SandboxAccount {
    fn has(&self, asset: &Asset) -> bool {
        match asset {
            Asset::Domain(name) => self.holding.domains.contains(name),
            Asset::ServerIp(address) => self.server_ips.contains(address),
            Asset::IcpFiling(filing) => {
                let mut filings = self.holding.filings.iter();
                filings.any(|known| known.main() == filing.main())
            }
        }
    }

    fn let_go(&mut self, asset: &Asset) {
        match asset {
            Asset::Domain(name) => self.holding.domains.retain(|known| known != name),
            Asset::ServerIp(address) => {
                self.server_ips.remove(address);
            }
            Asset::IcpFiling(filing) => {
                let filings = &mut self.holding.filings;
                filings.retain(|known| known.main() != filing.main());
            }
        }
        self.count();
    }

    fn get(&mut self, asset: &Asset) {
        match asset {
            Asset::Domain(name) => self.holding.domains.push(name.clone()),
            Asset::ServerIp(address) => {
                self.server_ips.insert(*address);
            }
            Asset::IcpFiling(filing) => self.holding.filings.push(filing.clone()),
        }
        self.count();
    }

    /// Filings and domains remain as many as are listed (DRG-3).
    fn count(&mut self) {
        let holding = &mut self.holding;
        for (kind, count) in [
            (RemainKind::IcpFiling, holding.filings.len()),
            (RemainKind::Domain, holding.domains.len()),
        ] {
            holding.remains.retain(|remain| remain.kind != kind);
            if let Some(count) = u32::try_from(count).ok().filter(|count| *count > 0) {
                holding.remains.push(Remain {
                    kind,
                    count,
                    expires_at: None,
                });
            }
        }
    }
}

impl Platform for SandboxPlatform {
    fn account(&self, account: AccountId) -> Asking<'_, Holding> {
        let known = self.known(account).map(|known| known.holding);
        Box::pin(async { known })
    }

    fn projects(&self, account: AccountId) -> Asking<'_, Vec<ProjectUse>> {
        let known = self.known(account).map(|known| known.projects);
        Box::pin(async { known })
    }

    fn owners<'a>(&'a self, of: &'a Asset) -> Asking<'a, Vec<AccountId>> {
        let having = self.having(of);
        Box::pin(async { having })
    }

    fn hand_over<'a>(&'a self, order: &'a HandOver) -> Asking<'a, Handed> {
        let handed = self.carry_out(order);
        Box::pin(async move { handed })
    }
}

#[cfg(test)]
mod tests {
    use domain::identity::{Fen, IcpFiling};

    use super::*;

    fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    fn filing() -> Asset {
        Asset::IcpFiling(IcpFiling::parse("京ICP备12345678号-2").unwrap())
    }

    fn with_filing() -> SandboxPlatform {
        let platform = SandboxPlatform::default();
        let mut has = SandboxAccount::default();
        has.holding.filings = vec![IcpFiling::parse("京ICP备12345678号").unwrap()];
        platform.set(account(1), has);
        platform
    }

    #[tokio::test]
    async fn an_account_that_was_never_set_has_and_owes_nothing() {
        let platform = SandboxPlatform::default();
        assert_eq!(platform.account(account(1)).await, Ok(Holding::default()));
        assert_eq!(platform.owners(&filing()).await, Ok(vec![]));
    }

    #[tokio::test]
    async fn what_the_panel_sets_is_what_the_platform_says() {
        let platform = SandboxPlatform::default();
        let mut owes = SandboxAccount::default();
        owes.holding.arrears = Fen::new(1);
        platform.set(account(1), owes.clone());
        assert!(platform.account(account(1)).await.unwrap().has_arrears());
        platform.set(
            account(1),
            SandboxAccount {
                is_away: true,
                ..owes
            },
        );
        let away = platform.account(account(1)).await;
        assert_eq!(away, Err(PlatformFailure::Unreachable));
    }

    #[tokio::test]
    async fn acc_9_a_filing_moves_once_with_all_its_websites() {
        let platform = with_filing();
        let order = HandOver {
            reference: "r".to_owned(),
            asset: filing(),
            from: account(1),
            to: account(2),
        };
        assert_eq!(platform.owners(&filing()).await, Ok(vec![account(1)]));
        assert_eq!(platform.hand_over(&order).await, Ok(Handed::Moved));
        assert_eq!(platform.hand_over(&order).await, Ok(Handed::Moved));
        assert_eq!(platform.owners(&filing()).await, Ok(vec![account(2)]));
        let remains = platform.find(account(2)).holding.remains;
        assert_eq!(remains[0].kind, RemainKind::IcpFiling);
        let of_nobody = HandOver {
            from: account(3),
            to: account(4),
            ..order
        };
        assert_eq!(platform.hand_over(&of_nobody).await, Ok(Handed::NotTheirs));
    }
}
