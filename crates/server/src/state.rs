//! What every request shares. Made once at start-up; must not know where settings come from.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::policy::Policy;
use tokio::sync::Notify;

use crate::assets::Site;
use crate::captcha::CaptchaSettings;
use crate::demo::Demo;
use crate::documents::Documents;
use crate::help::HelpTexts;
use crate::legal::Legal;
use crate::outside::bank::Bank;
use crate::outside::clock::Clock;
use crate::outside::face::FaceCheck;
use crate::outside::ids::Ids;
use crate::outside::official::OfficialAccounts;
use crate::outside::places::Places;
use crate::outside::platform::Platform;
use crate::outside::providers::Providers;
use crate::outside::real_name::RealNames;
use crate::outside::registry::Registry;
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
    /// Where addresses are, as far as this installation can tell (SGN-9).
    pub places: Arc<dyn Places>,
    /// How much work a captcha asks for (SGN-1).
    pub captcha: CaptchaSettings,
    /// The services that people sign in with beside e-mail (REG-1).
    pub providers: Providers,
    /// Compares faces (SGN-4).
    pub face: Arc<dyn FaceCheck>,
    /// Knows who is behind a WeChat or a QQ (VER-3).
    pub real_names: Arc<dyn RealNames>,
    /// Knows which enterprises there are (ENT-6).
    pub registry: Arc<dyn Registry>,
    /// Sends and receives small sums (ENT-7, ENT-8).
    pub bank: Arc<dyn Bank>,
    /// Asks Official Accounts who is behind them (ENT-12).
    pub official: Arc<dyn OfficialAccounts>,
    /// The business days of this installation.
    pub calendar: Calendar,
    /// What accounts have and owe on the cloud platform (CHG-3).
    pub platform: Arc<dyn Platform>,
    /// Where documents of proof are kept (CHG-13).
    pub documents: Documents,
    /// How people reach whoever runs this installation.
    pub support: Support,
    /// The browser app's files.
    pub site: Site,
    /// What the product is called.
    pub names: Names,
    /// The texts that whoever registers agrees to.
    pub legal: Legal,
    /// The answers of the help centre (HLP-1).
    pub help: HelpTexts,
    /// What stands between the reader and this server.
    pub network: Network,
    /// Wakes the postman after a commit that wrote a message.
    pub postman_bell: Arc<Notify>,
    /// The demo's own things; none in production.
    pub demo: Option<Demo>,
}

/// How people reach whoever runs this installation, and are reached by it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// The address that letters come from, which a mail server's administrator may have to allow
    /// (CON-11).
    pub sender: Option<String>,
    /// The hotline for who cannot get in by any other way (APL-4).
    pub hotline: Option<String>,
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
