//! The demo: seeded accounts, sandboxes for the outside, a clock that can be moved.
//!
//! Exists only where the program was started with `--demo`; nothing else in the server asks
//! whether it is a demo before it decides something.
//!
//! # Inputs that make a sandbox fail
//!
//! | sandbox | input | what happens |
//! | --- | --- | --- |
//! | e-mail | an address that ends in `@bounce.example` | refused for good: given up at the first try |
//! | e-mail | an address that ends in `@slow.example` | the first two tries fail, the third arrives |
//! | e-mail | any other address | arrives |
//! | SMS | any number | arrives |

use std::sync::Arc;

use domain::account::{AccountId, Nickname, VerificationStatus};
use domain::identity::Email;
use domain::login_methods::{LoginIdentity, LoginMethod, LoginMethodKind, MethodOrigin};
use domain::time::Timestamp;
use tokio::sync::Mutex;

use crate::accounts::{self as making, CreateError, Wish};
use crate::language::Language;
use crate::outside::clock::{Clock, MovableClock};
use crate::outside::face::SandboxFace;
use crate::outside::ids::{NoRandomness, SystemIds};
use crate::outside::providers::{self, SandboxPhones};
use crate::state::App;
use crate::store::accounts::Verified;
use crate::store::login_methods::{self, NewMethod};
use crate::store::{Store, StoreError, Tx, accounts, installation};
use crate::vault::{KeyFile, Vault, VaultError};

/// The demo's keys are no secret: everything in a demo is made up.
const KEY: &str = "6465646f6465646f6465646f6465646f6465646f6465646f6465646f6465646f";

/// The password of every seeded account.
pub const PASSWORD: &str = "qingkong-2026-demo";

const CLOCK: &str = "demo_clock_ahead";
const SEEDED: &str = "demo_seeded";

/// What only the demo has.
pub struct Demo {
    /// The phones that play WeChat, QQ, WeCom and Official Account.
    pub phones: Arc<SandboxPhones>,
    /// The camera that plays the face service.
    pub face: Arc<SandboxFace>,
    clock: Arc<MovableClock>,
    /// Moves are written down one after another, so that a restart finds the farthest.
    moving: Mutex<()>,
}

/// Why the demo does not go on.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// One seeded account.
struct Seed {
    email: &'static str,
    nickname: &'static str,
    language: Language,
    verification: VerificationStatus,
    name: Option<&'static str>,
    /// The number of the document, made up as everything is.
    document: Option<&'static str>,
    /// Who of the demo's phone signs in to it.
    signs_in_with: &'static [(LoginMethodKind, &'static str)],
    about: &'static str,
}

/// Who lives in the demo. Everybody is made up.
const SEEDS: &[Seed] = &[
    Seed {
        email: "new@demo.example",
        nickname: "云上新人",
        language: Language::Chinese,
        verification: VerificationStatus::Unverified,
        name: None,
        document: None,
        signs_in_with: &[(LoginMethodKind::Qq, "qq-wang")],
        about: "not verified",
    },
    Seed {
        email: "zhang@demo.example",
        nickname: "小张",
        language: Language::Chinese,
        verification: VerificationStatus::Person,
        name: Some("张三"),
        document: Some("110101199001010015"),
        signs_in_with: &[(LoginMethodKind::Wechat, "wechat-zhang")],
        about: "verified as a person",
    },
    Seed {
        email: "company@demo.example",
        nickname: "晴空科技",
        language: Language::Chinese,
        verification: VerificationStatus::Enterprise,
        name: Some("晴空（示例）科技有限公司"),
        document: None,
        signs_in_with: &[
            (LoginMethodKind::Wechat, "wechat-zhang"),
            (LoginMethodKind::Wecom, "wecom-administrator"),
            (LoginMethodKind::OfficialAccount, "official-sunny"),
        ],
        about: "verified as an enterprise",
    },
    Seed {
        email: "smith@demo.example",
        nickname: "Sam",
        language: Language::English,
        verification: VerificationStatus::Unverified,
        name: None,
        document: None,
        signs_in_with: &[(LoginMethodKind::Wechat, "wechat-li")],
        about: "gets its messages in English",
    },
    Seed {
        email: "lost@bounce.example",
        nickname: "收不到信的人",
        language: Language::Chinese,
        verification: VerificationStatus::Unverified,
        name: None,
        document: None,
        signs_in_with: &[],
        about: "its e-mail address does not exist",
    },
];

impl Demo {
    /// The demo's clock, as far ahead as it was at the last stop.
    ///
    /// # Errors
    /// When the database fails or there is no randomness.
    pub async fn resume(store: &Store) -> Result<Self, ResumeError> {
        let mut tx = store.read().await?;
        let ahead = installation::find(&mut tx, CLOCK).await?;
        tx.commit().await?;
        let ahead = ahead.and_then(|text| text.parse().ok()).unwrap_or(0);
        let clock = Arc::new(MovableClock::ahead_by(ahead));
        Ok(Self {
            phones: SandboxPhones::new(&SystemIds, Arc::clone(&clock) as Arc<dyn Clock>)?,
            face: Arc::new(SandboxFace::new(Box::new(SystemIds))),
            clock,
            moving: Mutex::default(),
        })
    }

    /// The clock to run the server by.
    #[must_use]
    pub fn clock(&self) -> Arc<MovableClock> {
        Arc::clone(&self.clock)
    }

    /// Moves the clock forward and remembers it; `false` when that would be too far.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_clock(&self, store: &Store, forward_by: u64) -> Result<bool, StoreError> {
        let _turn = self.moving.lock().await;
        let Some(ahead) = self.clock.forward(forward_by) else {
            return Ok(false);
        };
        let mut tx = store.write().await?;
        installation::update(&mut tx, CLOCK, &ahead.to_string()).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// The demo's vault.
///
/// # Errors
/// Never, as long as the key above is one.
pub fn vault() -> Result<Vault, VaultError> {
    Vault::new(KeyFile {
        seal_with: "demo".to_owned(),
        lookup: KEY.to_owned(),
        keys: [("demo".to_owned(), KEY.to_owned())].into(),
    })
}

/// Makes the seeded accounts, the first time; answers a line for each with how to sign in.
///
/// # Errors
/// When something is broken.
pub async fn seed(app: &App) -> Result<Vec<String>, CreateError> {
    let mut tx = app.store.read().await?;
    let seeded = installation::find(&mut tx, SEEDED).await?.is_some();
    tx.commit().await?;
    if !seeded {
        for seed in SEEDS {
            plant(app, seed).await?;
        }
        let mut tx = app.store.write().await?;
        installation::update(&mut tx, SEEDED, "yes").await?;
        tx.commit().await?;
    }
    Ok(SEEDS
        .iter()
        .map(|seed| format!("  {:<22} {PASSWORD}   {}", seed.email, seed.about))
        .collect())
}

async fn plant(app: &App, seed: &Seed) -> Result<(), CreateError> {
    let broken = |what| CreateError::Store(StoreError::Impossible(what));
    let wish = Wish {
        email: Email::parse(seed.email).map_err(|_| broken("seed.email"))?,
        password: PASSWORD.to_owned(),
        nickname: Nickname::parse(seed.nickname).map_err(|_| broken("seed.nickname"))?,
        language: seed.language,
    };
    let now = app.clock.now();
    let (store, policy) = (&app.store, &app.policy.sign_in);
    let made = making::create(store, &app.hasher, &*app.ids, policy, &wish, now).await;
    let id = match made {
        Ok(id) => id,
        // An earlier start was stopped half-way.
        Err(CreateError::EmailTaken) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut tx = app.store.write().await?;
    let verified = seed.name.map(|name| Verified {
        name: name.to_owned(),
        document: seed.document.map(str::to_owned),
    });
    let verification = (seed.verification, verified.as_ref());
    accounts::update_verification(&mut tx, id, verification, now).await?;
    for (kind, subject) in seed.signs_in_with {
        link(&mut tx, id, (*kind, subject), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Binds one of the phone's people to an account; WeChat confirms there as well (MFA-6).
async fn link(
    tx: &mut Tx,
    id: AccountId,
    (kind, subject): (LoginMethodKind, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let person = providers::people(kind).find(|person| person.id == subject);
    let name = person.map(|person| person.name);
    let method = LoginMethod {
        identity: LoginIdentity::new(kind, subject),
        origin: MethodOrigin::Added,
        bound_at: now,
    };
    let new = NewMethod {
        method: &method,
        spelt: subject,
        name,
    };
    login_methods::insert(tx, id, &new).await?;
    if kind == LoginMethodKind::Wechat {
        login_methods::update_confirmation(tx, id, &method.identity, name, now).await?;
    }
    Ok(())
}
