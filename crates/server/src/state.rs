//! What every request shares. Made once at start-up; must not know where settings come from.

use std::sync::Arc;

use domain::policy::Policy;
use tokio::sync::Notify;

use crate::assets::Site;
use crate::demo::Demo;
use crate::legal::Legal;
use crate::outside::clock::Clock;
use crate::outside::ids::Ids;
use crate::passwords::Hasher;
use crate::store::Store;

/// The parts of a running server.
pub struct App {
    /// All rows.
    pub store: Store,
    /// All numbers of the rules.
    pub policy: Policy,
    /// The time; movable only where there is a [`App::demo`].
    pub clock: Arc<dyn Clock>,
    /// Random names and secrets.
    pub ids: Arc<dyn Ids>,
    /// Hashes passwords.
    pub hasher: Hasher,
    /// The browser app's files.
    pub site: Site,
    /// What the product is called.
    pub names: Names,
    /// The texts that whoever registers agrees to.
    pub legal: Legal,
    /// What stands between the reader and this server.
    pub network: Network,
    /// Wakes the postman after a commit that wrote a message.
    pub postman_bell: Arc<Notify>,
    /// The demo's own things; none in production.
    pub demo: Option<Demo>,
}

/// What the product is called in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// In Chinese.
    pub chinese: String,
    /// In English.
    pub english: String,
}

/// What stands between the reader and this server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// How many proxies of our own add an address to `X-Forwarded-For`; none is believed beyond.
    pub trusted_proxies: u8,
    /// The address that browsers use, such as `https://account.example`, when it differs from
    /// what arrives in `Host`.
    pub public_origin: Option<String>,
}
