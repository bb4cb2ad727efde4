//! From settings to a running server, and down again in order.
//!
//! The one place that chooses between demo and production; must not know any endpoint.

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use domain::calendar::Calendar;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use crate::assets::{Facts, Site};
use crate::config::{Config, ConfigError};
use crate::demo::{self, Demo, ResumeError};
use crate::documents::Documents;
use crate::help::{HelpError, HelpTexts};
use crate::legal::{Legal, LegalError};
use crate::outside::bank::{Bank, BankService, NoBank};
use crate::outside::clock::{Clock, SystemClock};
use crate::outside::documents::{Disk, DocumentStorage, S3, S3SettingsError};
use crate::outside::face::{FaceCheck, FaceService, FaceSettingsError, NoFace};
use crate::outside::ids::{NoRandomness, SystemIds};
use crate::outside::mail::{Mail, NoMail, SandboxMail, Smtp, SmtpSettingsError};
use crate::outside::official::{NoOfficialAccounts, OfficialAccounts, OfficialService};
use crate::outside::places::PlacesFileError;
use crate::outside::platform::{NoPlatform, Platform, PlatformService, PlatformSettingsError};
use crate::outside::providers::{ProviderSettingsError, Providers};
use crate::outside::real_name::{NoRealNames, RealNameService, RealNames, SandboxRealNames};
use crate::outside::registry::{NoRegistry, Registry, RegistryService, ServiceSettingsError};
use crate::outside::sms::{Gateway, GatewaySettingsError, NoSms, SandboxSms, Sms};
use crate::passwords::{HashError, Hasher};
use crate::postman::Postman;
use crate::state::App;
use crate::store::{Store, StoreError, installation};
use crate::vault::{Vault, VaultError};
use crate::{accounts, build_app, housekeeping, operators, rounds};

/// Where the browser app is looked for when no folder was named.
const USUAL_ASSETS: &str = "dist";

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The keys cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database belongs to an installation of the other kind.
    #[error("this database belongs to a {0}; a demo's data and keys must not meet production")]
    OtherMode(String),
    /// The mail server's settings cannot be used.
    #[error(transparent)]
    Smtp(#[from] SmtpSettingsError),
    /// The SMS gateway's settings cannot be used.
    #[error(transparent)]
    Gateway(#[from] GatewaySettingsError),
    /// The file of places cannot be used.
    #[error(transparent)]
    Places(#[from] PlacesFileError),
    /// The providers' settings cannot be used.
    #[error(transparent)]
    Providers(#[from] ProviderSettingsError),
    /// The face service's settings cannot be used.
    #[error(transparent)]
    Face(#[from] FaceSettingsError),
    /// The settings of register, bank or Official Accounts cannot be used.
    #[error(transparent)]
    Service(#[from] ServiceSettingsError),
    /// The platform's settings cannot be used.
    #[error(transparent)]
    Platform(#[from] PlatformSettingsError),
    /// The document store's settings cannot be used.
    #[error(transparent)]
    DocumentStore(#[from] S3SettingsError),
    /// The demo cannot go on.
    #[error(transparent)]
    Demo(#[from] ResumeError),
    /// Passwords cannot be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The texts to agree to cannot be used.
    #[error("the legal texts cannot be used: {0}")]
    Legal(#[from] LegalError),
    /// The answers of the help centre cannot be used.
    #[error("the help centre: {0}")]
    Help(#[from] HelpError),
    /// There is no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The seeded accounts cannot be made.
    #[error("the demo's accounts cannot be made: {0}")]
    Seeds(#[from] accounts::CreateError),
    /// The seeded operators cannot be made.
    #[error("the demo's operators cannot be made: {0}")]
    Operators(#[from] operators::OperatorError),
    /// The public origin is not one.
    #[error("--public-origin is not an origin such as https://account.example: {0}")]
    Origin(#[from] tower_http::csrf::ConfigError),
    /// A file or the port cannot be used.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
}

/// A server that is ready to serve.
pub struct Server {
    app: Arc<App>,
    postman: Postman,
    sign_ins: Vec<String>,
}

impl Server {
    /// Opens everything that `config` names.
    ///
    /// # Errors
    /// When something cannot be used.
    pub async fn prepare(config: &Config) -> Result<Self, StartError> {
        let policy = config.policy()?;
        let names = config.names();
        let store = open_store(config).await?;
        let demo = if config.demo {
            Some(Demo::resume(&store).await?)
        } else {
            None
        };
        let clock: Arc<dyn Clock> = match &demo {
            Some(demo) => demo.clock(),
            None => Arc::new(SystemClock),
        };
        let (mail, sms) = outside(config)?;
        let (providers, face) = people(config, demo.as_ref())?;
        let (registry, bank, official) = institutions(config, demo.as_ref())?;
        let ids = Arc::new(SystemIds);
        let app = Arc::new(App {
            postman_bell: Arc::new(Notify::new()),
            hasher: Hasher::start(usize::from(config.hashers), &*ids)?,
            places: config.places()?,
            captcha: config.captcha(),
            providers,
            face,
            real_names: real_names(config, demo.as_ref())?,
            registry,
            bank,
            official,
            calendar: Calendar::mainland(),
            platform: platform(config, demo.as_ref())?,
            documents: documents(config)?,
            support: config.support(),
            site: site(config)?,
            legal: Legal::load(config.legal_folder.as_deref())?,
            help: HelpTexts::with(&policy)?,
            network: config.network(),
            store,
            policy,
            clock,
            ids,
            names,
            demo,
        });
        let mut sign_ins = Vec::new();
        if app.demo.is_some() {
            sign_ins = demo::seed(&app).await?;
            sign_ins.push(format!(
                "operators, at {}:",
                contract::pages::OPERATOR_SIGN_IN
            ));
            sign_ins.extend(demo::desk::seed(&app).await?);
        }
        let (store, clock) = (app.store.clone(), Arc::clone(&app.clock));
        let postman = Postman::new(store, clock, mail, sms, &*app.ids)?;
        Ok(Self {
            app,
            postman,
            sign_ins,
        })
    }

    /// Serves until the process is told to stop, then lets running requests finish.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn run(self, listen: IpAddr, port: u16) -> Result<(), StartError> {
        let taken = |error| StartError::Io(format!("{listen}:{port}"), error);
        let router = build_app(Arc::clone(&self.app))?;
        let listener = TcpListener::bind((listen, port)).await.map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        let told_to_stop = told_to_stop().map_err(taken)?;
        self.announce(address);
        if self.app.demo.is_some() {
            let app = Arc::clone(&self.app);
            tokio::spawn(async move {
                if let Err(error) = demo::cases::seed(&app).await {
                    tracing::error!(%error, "the demo's applications could not be handed in");
                }
            });
        }
        let (stop, stopping) = watch::channel(false);
        let bell = Arc::clone(&self.app.postman_bell);
        let postman = tokio::spawn(self.postman.run(bell, stopping.clone()));
        let keeper = tokio::spawn(housekeeping::run(Arc::clone(&self.app), stopping.clone()));
        let rounds = tokio::spawn(rounds::run(Arc::clone(&self.app), stopping));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service)
            .with_graceful_shutdown(told_to_stop)
            .await
            .map_err(taken)?;
        tracing::info!("stopping");
        // Nobody listens any more only when the workers ended by themselves.
        let _ = stop.send(true);
        for worker in [postman, keeper, rounds] {
            if let Err(error) = worker.await {
                tracing::error!(%error, "a worker died");
            }
        }
        self.app.store.close().await;
        Ok(())
    }

    /// Tells on standard output where the server is, and in the demo how to sign in. Other
    /// programs wait for the first line.
    fn announce(&self, address: SocketAddr) {
        let mut lines = format!("listening on http://{address}\n");
        if !self.sign_ins.is_empty() {
            // Passkeys are tied to a name, which a number is not.
            if address.ip().is_loopback() {
                let port = address.port();
                lines.push_str(&format!("open http://localhost:{port}\n"));
            }
            lines.push_str("sign in with:\n");
        }
        for line in &self.sign_ins {
            lines.push_str(line);
            lines.push('\n');
        }
        let mut out = std::io::stdout().lock();
        // Nobody has to read it.
        let _ = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
    }
}

/// Opens the database with the keys that belong to it.
///
/// # Errors
/// When the keys or the database cannot be used, or the database is of the other kind.
pub async fn open_store(config: &Config) -> Result<Store, StartError> {
    let (vault, mode) = if config.demo {
        (demo::vault()?, "demo")
    } else {
        (Vault::from_toml(&config.keys_text()?)?, "production")
    };
    make_folder(config)?;
    let store = Store::open(&config.database, Arc::new(vault)).await?;
    let mut tx = store.write().await?;
    let settled = installation::settle(&mut tx, "mode", mode).await?;
    tx.commit().await?;
    if settled == mode {
        Ok(store)
    } else {
        Err(StartError::OtherMode(settled))
    }
}

/// SQLite makes its file, but not the folder around it.
fn make_folder(config: &Config) -> Result<(), StartError> {
    match config.database_file().and_then(Path::parent) {
        Some(folder) => std::fs::create_dir_all(folder)
            .map_err(|error| StartError::Io(folder.display().to_string(), error)),
        None => Ok(()),
    }
}

type Outside = (Arc<dyn Mail>, Arc<dyn Sms>);

fn outside(config: &Config) -> Result<Outside, StartError> {
    if config.demo {
        return Ok((Arc::new(SandboxMail::default()), Arc::new(SandboxSms)));
    }
    let mail: Arc<dyn Mail> = match (&config.smtp_url, &config.mail_from) {
        (Some(url), Some(from)) => Arc::new(Smtp::new(url, from)?),
        _ => {
            tracing::warn!("no mail server is configured: e-mails will wait and be given up");
            Arc::new(NoMail)
        }
    };
    let sms: Arc<dyn Sms> = match (&config.sms_url, &config.sms_token) {
        (Some(url), Some(token)) => Arc::new(Gateway::new(url, token)?),
        _ => {
            tracing::warn!("no SMS gateway is configured: text messages will wait and be given up");
            Arc::new(NoSms)
        }
    };
    Ok((mail, sms))
}

/// The services that say who somebody is.
fn people(
    config: &Config,
    demo: Option<&Demo>,
) -> Result<(Providers, Arc<dyn FaceCheck>), StartError> {
    if let Some(demo) = demo {
        let face = Arc::clone(&demo.face) as Arc<dyn FaceCheck>;
        return Ok((Providers::sandbox(&demo.phones), face));
    }
    let providers = Providers::from_toml(&config.providers_text()?)?;
    let face: Arc<dyn FaceCheck> = match (&config.face_url, &config.face_token) {
        (Some(url), Some(token)) => Arc::new(FaceService::new(url, token)?),
        _ => Arc::new(NoFace),
    };
    Ok((providers, face))
}

/// Who knows who is behind a WeChat or a QQ.
fn real_names(
    config: &Config,
    demo: Option<&Demo>,
) -> Result<Arc<dyn RealNames>, ServiceSettingsError> {
    Ok(
        match (demo, &config.real_name_url, &config.real_name_token) {
            (Some(_), _, _) => Arc::new(SandboxRealNames),
            (None, Some(url), Some(token)) => Arc::new(RealNameService::new(url, token)?),
            (None, _, _) => Arc::new(NoRealNames),
        },
    )
}

type Institutions = (Arc<dyn Registry>, Arc<dyn Bank>, Arc<dyn OfficialAccounts>);

/// What the verification of enterprises asks.
fn institutions(config: &Config, demo: Option<&Demo>) -> Result<Institutions, StartError> {
    if let Some(demo) = demo {
        return Ok((
            Arc::clone(&demo.registry) as Arc<dyn Registry>,
            Arc::clone(&demo.bank) as Arc<dyn Bank>,
            Arc::clone(&demo.official) as Arc<dyn OfficialAccounts>,
        ));
    }
    let registry: Arc<dyn Registry> = match (&config.registry_url, &config.registry_token) {
        (Some(url), Some(token)) => Arc::new(RegistryService::new(url, token)?),
        _ => Arc::new(NoRegistry),
    };
    let bank: Arc<dyn Bank> = match (&config.bank_url, &config.bank_token) {
        (Some(url), Some(token)) => Arc::new(BankService::new(url, token)?),
        _ => Arc::new(NoBank),
    };
    let official: Arc<dyn OfficialAccounts> = match (&config.official_url, &config.official_token) {
        (Some(url), Some(token)) => Arc::new(OfficialService::new(url, token)?),
        _ => Arc::new(NoOfficialAccounts),
    };
    Ok((registry, bank, official))
}

/// The cloud platform around us.
fn platform(
    config: &Config,
    demo: Option<&Demo>,
) -> Result<Arc<dyn Platform>, PlatformSettingsError> {
    if let Some(demo) = demo {
        return Ok(Arc::clone(&demo.platform) as Arc<dyn Platform>);
    }
    Ok(match (&config.platform_url, &config.platform_token) {
        (Some(url), Some(token)) => Arc::new(PlatformService::new(url, token)?),
        _ => Arc::new(NoPlatform),
    })
}

/// Where documents of proof lie.
fn documents(config: &Config) -> Result<Documents, StartError> {
    let storage: Arc<dyn DocumentStorage> = match config.s3() {
        Some(settings) => Arc::new(S3::new(&settings)?),
        None => {
            let folder = config.documents_folder();
            let disk = Disk::open(&folder)
                .map_err(|error| StartError::Io(folder.display().to_string(), error))?;
            Arc::new(disk)
        }
    };
    Ok(Documents::new(storage))
}

fn site(config: &Config) -> Result<Site, StartError> {
    let (names, support) = (config.names(), config.support());
    let facts = Facts {
        names: &names,
        support: &support,
        demo: config.demo,
    };
    let named = config.assets.as_deref();
    let usual = Path::new(USUAL_ASSETS);
    #[cfg(feature = "embed-app")]
    if named.is_none() {
        return Site::embedded(facts)
            .map_err(|error| StartError::Io("the built-in app".to_owned(), error));
    }
    let folder = named.unwrap_or(usual);
    if named.is_none() && !folder.is_dir() {
        tracing::warn!("no browser app: there is no folder {USUAL_ASSETS}, only the API is served");
        return Ok(Site::default());
    }
    let site = Site::read(folder, facts)
        .map_err(|error| StartError::Io(folder.display().to_string(), error))?;
    if !site.has_page() {
        tracing::warn!(folder = %folder.display(), "the folder has no index.html");
    }
    Ok(site)
}

/// A future that ends when the process is told to stop: by Ctrl-C, or by what a service manager
/// sends. From the call on, not only from the first poll, a signal does no more than that.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// A future that ends when the process is told to stop by Ctrl-C.
#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
