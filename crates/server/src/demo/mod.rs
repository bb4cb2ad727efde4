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
//!
//! Those of the face service stand in [`crate::outside::face::SandboxFace`], of who is behind a WeChat or a QQ
//! in [`crate::outside::real_name::SandboxRealNames`], of the business register in
//! [`SandboxRegistry`], of the bank in [`SandboxBank`], of Official Accounts in [`SandboxOfficial`].

pub mod cases;
pub mod desk;

use std::sync::Arc;

use domain::account::{AccountId, Nickname};
use domain::identity::{
    Email, EnterpriseCode, EnterpriseName, IdDocument, IdDocumentKind, PersonName, PhoneNumber,
    SubUserName,
};
use domain::login_methods::{LoginIdentity, LoginMethod, LoginMethodKind, MethodOrigin};
use domain::protection::{Factor, Protection, Protections};
use domain::sign_in::PasswordOwner;
use domain::time::Timestamp;
use domain::verification::{CodeStanding, EnterpriseKind, Method, Region, Subject};
use tokio::sync::Mutex;

use crate::accounts::{self as making, CreateError, Wish};
use crate::language::Language;
use crate::outside::bank::SandboxBank;
use crate::outside::clock::{Clock, MovableClock};
use crate::outside::face::SandboxFace;
use crate::outside::ids::{NoRandomness, SystemIds};
use crate::outside::official::SandboxOfficial;
use crate::outside::platform::SandboxPlatform;
use crate::outside::providers::{self, SandboxPhones};
use crate::outside::registry::SandboxRegistry;
use crate::passwords;
use crate::state::App;
use crate::store::login_methods::{self, NewMethod};
use crate::store::subjects::{Enterprise, Identity, Person, SubjectRecord};
use crate::store::{
    Store, StoreError, Tx, accounts, installation, rechecks, security, sub_users, subjects,
};
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
    /// The business register.
    pub registry: Arc<SandboxRegistry>,
    /// The bank.
    pub bank: Arc<SandboxBank>,
    /// The phone of whoever administers an Official Account.
    pub official: Arc<SandboxOfficial>,
    /// The cloud platform, as the demo's panel sets it.
    pub platform: Arc<SandboxPlatform>,
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
    /// Who is behind it, made up as everything is.
    subject: Seeded,
    /// The security phone, to which codes go that prove the owner.
    phone: Option<&'static str>,
    /// What sign-in protection asks for (PRT-1).
    sign_in: Protection,
    /// Who of the demo's phone signs in to it.
    signs_in_with: &'static [(LoginMethodKind, &'static str)],
    about: &'static str,
}

/// Who is behind a seeded account.
enum Seeded {
    /// Nobody yet.
    Nobody,
    /// A person, by name and the number of the ID card.
    Person(&'static str, &'static str),
    /// An enterprise, by name and code.
    Enterprise(&'static str, &'static str),
}

/// Whose sub-users [`SUB_USERS`] are.
const ROOT: &str = "company@demo.example";

/// Sub-users of the enterprise, with the password of everybody here (SGN-14).
const SUB_USERS: &[&str] = &["ops", "dev"];

/// Who lives in the demo. Everybody is made up.
const SEEDS: &[Seed] = &[
    Seed {
        email: "new@demo.example",
        nickname: "云上新人",
        language: Language::Chinese,
        subject: Seeded::Nobody,
        phone: None,
        sign_in: Protection::Off,
        signs_in_with: &[(LoginMethodKind::Qq, "qq-wang")],
        about: "not verified",
    },
    Seed {
        email: "zhang@demo.example",
        nickname: "小张",
        language: Language::Chinese,
        subject: Seeded::Person("张三", "110101199001010015"),
        phone: None,
        sign_in: Protection::Off,
        signs_in_with: &[(LoginMethodKind::Wechat, "wechat-zhang")],
        about: "verified as a person",
    },
    Seed {
        email: "company@demo.example",
        nickname: "晴空科技",
        language: Language::Chinese,
        subject: Seeded::Enterprise("晴空（示例）科技有限公司", "91110108MA01ABC25F"),
        phone: None,
        sign_in: Protection::Off,
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
        subject: Seeded::Nobody,
        phone: None,
        sign_in: Protection::Off,
        signs_in_with: &[(LoginMethodKind::Wechat, "wechat-li")],
        about: "gets its messages in English",
    },
    Seed {
        email: "wang@demo.example",
        nickname: "小王",
        language: Language::Chinese,
        subject: Seeded::Person("王五", "110101199003070011"),
        phone: Some("13900139001"),
        sign_in: Protection::Require(Factor::PhoneCode),
        signs_in_with: &[],
        about: "signs in with a second step, by a code to 13900139001",
    },
    Seed {
        email: "lost@bounce.example",
        nickname: "收不到信的人",
        language: Language::Chinese,
        subject: Seeded::Nobody,
        phone: None,
        sign_in: Protection::Off,
        signs_in_with: &[],
        about: "its e-mail address does not exist",
    },
    Seed {
        email: "lin@demo.example",
        nickname: "小林",
        language: Language::English,
        subject: Seeded::Nobody,
        phone: Some("13800000321"),
        sign_in: Protection::Off,
        signs_in_with: &[],
        about: "has a security phone",
    },
    Seed {
        email: "oldcode@demo.example",
        nickname: "Old code",
        language: Language::English,
        subject: Seeded::Enterprise("旧码（示例）商贸有限公司", "110108012345678"),
        phone: None,
        sign_in: Protection::Off,
        signs_in_with: &[],
        about: "an enterprise whose code is from before the USCC; 91440300MA50006K8Y completes it",
    },
    Seed {
        email: DISSOLVED,
        nickname: "Dissolved",
        language: Language::English,
        subject: Seeded::Enterprise("注销（示例）贸易有限公司", "91440300MA50023K40"),
        phone: None,
        sign_in: Protection::Off,
        signs_in_with: &[],
        about: "an enterprise that the register says is dissolved: its re-check has begun",
    },
];

/// The enterprise that is re-checked at once.
const DISSOLVED: &str = "closed@demo.example";

/// Security phones and e-mails that are there from the beginning, by login e-mail: the others have none,
/// so that both looks of Security settings can be seen.
const SECURED: &[(&str, &str, &str)] = &[
    (
        "zhang@demo.example",
        "13800000123",
        "zhang.safe@demo.example",
    ),
    (
        "company@demo.example",
        "13800000456",
        "security@demo.example",
    ),
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
            registry: Arc::default(),
            bank: Arc::new(SandboxBank::new(Arc::clone(&clock) as Arc<dyn Clock>)),
            official: Arc::new(SandboxOfficial::new(Box::new(SystemIds))),
            platform: Arc::default(),
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
        plant_sub_users(app).await?;
        for secured in SECURED {
            secure(app, secured).await?;
        }
        let dissolved = find(app, DISSOLVED).await?;
        let mut tx = app.store.write().await?;
        if let Some(id) = dissolved {
            rechecks::hasten(&mut tx, id, app.clock.now()).await?;
        }
        tx.commit().await?;
        let mut tx = app.store.write().await?;
        installation::update(&mut tx, SEEDED, "yes").await?;
        tx.commit().await?;
    }
    let mut lines: Vec<_> = SEEDS
        .iter()
        .map(|seed| format!("  {:<22} {PASSWORD}   {}", seed.email, seed.about))
        .collect();
    if let Some(root) = root(app).await? {
        for name in SUB_USERS {
            let named = format!("{root} {name}");
            lines.push(format!("  {named:<22} {PASSWORD}   sub-user of {ROOT}"));
        }
    }
    Ok(lines)
}

/// The account that has sub-users.
async fn root(app: &App) -> Result<Option<AccountId>, CreateError> {
    find(app, ROOT).await
}

/// The seeded account that this address signs in to.
async fn find(app: &App, email: &str) -> Result<Option<AccountId>, CreateError> {
    let email = Email::parse(email).map_err(|_| StoreError::Impossible("seed.email"))?;
    let mut tx = app.store.read().await?;
    let found = accounts::find_credentials(&mut tx, &email).await?;
    tx.commit().await?;
    Ok(found.map(|found| found.account_id))
}

async fn plant_sub_users(app: &App) -> Result<(), CreateError> {
    let Some(root) = root(app).await? else {
        return Ok(());
    };
    let nobody = PasswordOwner {
        account_id: None,
        email_name: None,
        phone: None,
    };
    let password =
        passwords::choose(PASSWORD, &nobody, &app.policy.sign_in).map_err(CreateError::Password)?;
    for name in SUB_USERS {
        let name = SubUserName::parse(name).map_err(|_| StoreError::Impossible("seed.name"))?;
        let hash = app.hasher.hash(&password, &*app.ids).await?;
        let mut tx = app.store.write().await?;
        // An earlier start that was stopped half-way may have made it.
        sub_users::insert(&mut tx, root, (&name, &hash), app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Gives a seeded account its security phone and e-mail.
async fn secure(app: &App, (login, phone, email): &(&str, &str, &str)) -> Result<(), CreateError> {
    let broken = |what| CreateError::Store(StoreError::Impossible(what));
    let login = Email::parse(login).map_err(|_| broken("secured.login"))?;
    let phone = PhoneNumber::parse(phone).map_err(|_| broken("secured.phone"))?;
    let email = Email::parse(email).map_err(|_| broken("secured.email"))?;
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    if let Some(found) = accounts::find_credentials(&mut tx, &login).await? {
        security::update_phone(&mut tx, found.account_id, &phone, now).await?;
        security::update_email(&mut tx, found.account_id, &email, now).await?;
    }
    tx.commit().await?;
    Ok(())
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
    if let Some(record) = record(&seed.subject, now)? {
        subjects::replace(&mut tx, id, &record).await?;
    }
    if let Some(phone) = seed.phone {
        let phone = PhoneNumber::parse(phone).map_err(|_| broken("seed.phone"))?;
        security::update_phone(&mut tx, id, &phone, now).await?;
        let protections = Protections {
            sign_in: seed.sign_in,
            operation: Protection::Off,
        };
        security::update_protections(&mut tx, id, protections).await?;
    }
    for (kind, subject) in seed.signs_in_with {
        link(&mut tx, id, (*kind, subject), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The subject of a seeded account.
fn record(seeded: &Seeded, now: Timestamp) -> Result<Option<SubjectRecord>, StoreError> {
    let broken = StoreError::Impossible;
    let (subject, method, identity) = match seeded {
        Seeded::Nobody => return Ok(None),
        Seeded::Person(name, number) => {
            let document = IdDocument::parse(IdDocumentKind::ResidentId, number)
                .map_err(|_| broken("seed.document"))?;
            let person = Person {
                name: PersonName::parse(name).map_err(|_| broken("seed.name"))?,
                document,
            };
            let region = Region::Mainland;
            let subject = Subject::Person { region };
            (subject, Method::WechatScan, Identity::Person(person))
        }
        Seeded::Enterprise(name, code) => {
            let code = EnterpriseCode::parse(code).map_err(|_| broken("seed.code"))?;
            let subject = Subject::Enterprise {
                enterprise: EnterpriseKind::Company,
                code: CodeStanding::of(&code),
            };
            let enterprise = Enterprise {
                name: EnterpriseName::parse(name).map_err(|_| broken("seed.name"))?,
                code,
                legal_representative: None,
                handler: None,
                postal_address: None,
            };
            let method = Method::OfficialAccount;
            (subject, method, Identity::Enterprise(enterprise))
        }
    };
    Ok(Some(SubjectRecord {
        subject,
        since: now,
        method: Some(method),
        identity,
    }))
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
