//! One server with its own database, a clock that stands still, and a mail that remembers.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use bytes::Bytes;
use contract::endpoints::{PROVE, SEND_PROOF_CODE};
use domain::account::{AccountId, Nickname};
use domain::calendar::Calendar;
use domain::identity::{Email, PhoneNumber, SubUserName};
use domain::login_methods::{LoginIdentity, LoginMethod, LoginMethodKind, MethodOrigin};
use domain::policy::Policy;
use domain::protection::{Factor, Protection, Protections};
use domain::sign_in::{DeviceId, PasswordOwner, SignInRecord, TrustedDevice};
use domain::time::{Span, Timestamp};
use serde_json::json;
use server::accounts::{self as making, Wish};
use server::assets::{Facts, Site};
use server::build_app;
use server::captcha::CaptchaSettings;
use server::demo::Demo;
use server::documents::Documents;
use server::help::HelpTexts;
use server::language::Language;
use server::legal::Legal;
use server::outside::bank::{Bank, NoBank};
use server::outside::clock::Clock;
use server::outside::documents::DocumentStorage;
use server::outside::face::{FaceCheck, NoFace};
use server::outside::ids::{Ids as _, SystemIds, token_hash};
use server::outside::mail::{Letter, Mail, SandboxMail};
use server::outside::official::{NoOfficialAccounts, OfficialAccounts};
use server::outside::places::SandboxPlaces;
use server::outside::platform::{NoPlatform, Platform};
use server::outside::providers::Providers;
use server::outside::real_name::{NoRealNames, RealNames, SandboxRealNames};
use server::outside::registry::{NoRegistry, Registry};
use server::outside::sms::{Sms, TextMessage};
use server::outside::{SendFailure, Sending};
use server::passwords::{self, Hasher};
use server::postman::Postman;
use server::state::{App, Names, Network, Support};
use server::store::accounts::NewAccount;
use server::store::login_methods::NewMethod;
use server::store::sessions::{NewSession, SessionOrigin};
use server::store::trusted::StoredTrust;
use server::store::{
    Store, accounts, audit, login_methods, security, sessions, sign_ins, sub_users, subjects,
    trusted,
};
use server::vault::{KeyFile, Vault};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;
use tokio::sync::Notify;

use super::{Browser, TestStorage, person_record};

/// When every test begins.
pub(crate) const START: Timestamp = Timestamp::from_millis(1_790_000_010_000);

/// The password of every account of a test.
pub(crate) const PASSWORD: &str = "晴空 stands for tests 2026";

const POSTGRES: &str = "TEST_POSTGRES_URL";

/// A clock that moves only when told.
#[derive(Debug)]
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Remembers every letter that arrived, after the sandbox had its say.
#[derive(Default)]
pub(crate) struct TestMail {
    sandbox: SandboxMail,
    pub(crate) arrived: Mutex<Vec<Letter>>,
    pub(crate) tried: Mutex<u32>,
}

impl Mail for TestMail {
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        Box::pin(async move {
            *self.tried.lock().unwrap() += 1;
            // Time for another worker to get in between.
            tokio::task::yield_now().await;
            self.sandbox.send(letter).await?;
            self.arrived.lock().unwrap().push(letter.clone());
            Ok(())
        })
    }
}

/// Remembers every text message; refuses numbers that end in 0000.
#[derive(Default)]
pub(crate) struct TestSms {
    pub(crate) arrived: Mutex<Vec<TextMessage>>,
}

impl Sms for TestSms {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        Box::pin(async move {
            if message.to.ends_with("0000") {
                return Err(SendFailure::Never("no such number".to_owned()));
            }
            self.arrived.lock().unwrap().push(message.clone());
            Ok(())
        })
    }
}

/// One server with everything around it.
pub(crate) struct Bench {
    pub(crate) app: Arc<App>,
    pub(crate) router: Router,
    pub(crate) mail: Arc<TestMail>,
    pub(crate) sms: Arc<TestSms>,
    pub(crate) storage: Arc<TestStorage>,
    /// Where the rows are, for a look past the store.
    pub(crate) url: String,
    vault: Arc<Vault>,
    clock: Arc<TestClock>,
    _folder: Option<TempDir>,
}

/// What a test may want differently.
pub(crate) struct Settings {
    pub(crate) policy: Policy,
    pub(crate) network: Network,
    pub(crate) demo: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            network: Network::default(),
            demo: true,
        }
    }
}

impl Bench {
    /// A server on a fresh SQLite file.
    pub(crate) async fn sqlite() -> Self {
        Self::with(Settings::default()).await
    }

    /// A server on a fresh SQLite file, with other settings.
    pub(crate) async fn with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Self::start(&url, Some(folder), settings).await
    }

    /// A server on a fresh schema of the PostgreSQL that the environment names, or nothing, said
    /// loudly, where it names none.
    pub(crate) async fn postgres(settings: Settings) -> Option<Self> {
        let Ok(url) = std::env::var(POSTGRES) else {
            assert!(
                std::env::var_os("CI").is_none(),
                "{POSTGRES} is not set, and CI must not skip PostgreSQL"
            );
            eprintln!("SKIPPED on PostgreSQL: {POSTGRES} is not set (cargo xtask test sets it)");
            return None;
        };
        let mut name = [0; 8];
        getrandom::fill(&mut name).unwrap();
        let schema = format!("test_{}", hex::encode(name));
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&url).await.unwrap();
        let statement = format!("create schema {schema}");
        connection.execute(AssertSqlSafe(statement)).await.unwrap();
        connection.close().await.unwrap();
        let separator = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{separator}options[search_path]={schema}");
        Some(Self::start(&url, None, settings).await)
    }

    async fn start(url: &str, folder: Option<TempDir>, settings: Settings) -> Self {
        let vault = Arc::new(Vault::new(KeyFile::generate("test").unwrap()).unwrap());
        let store = Store::open(url, Arc::clone(&vault)).await.unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(START.as_millis())));
        let demo = if settings.demo {
            Some(Demo::resume(&store).await.unwrap())
        } else {
            None
        };
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        let storage = Arc::<TestStorage>::default();
        let app = Arc::new(App {
            hasher: Hasher::start(1, &SystemIds).unwrap(),
            policy: settings.policy,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            ids: Arc::new(SystemIds),
            places: Arc::new(SandboxPlaces),
            captcha: CaptchaSettings {
                max: 100,
                ..CaptchaSettings::default()
            },
            providers: demo
                .as_ref()
                .map_or_else(Providers::default, |demo| Providers::sandbox(&demo.phones)),
            face: match &demo {
                Some(demo) => Arc::clone(&demo.face) as Arc<dyn FaceCheck>,
                None => Arc::new(NoFace),
            },
            real_names: match &demo {
                Some(_) => Arc::new(SandboxRealNames) as Arc<dyn RealNames>,
                None => Arc::new(NoRealNames),
            },
            registry: match &demo {
                Some(demo) => Arc::clone(&demo.registry) as Arc<dyn Registry>,
                None => Arc::new(NoRegistry),
            },
            bank: match &demo {
                Some(demo) => Arc::clone(&demo.bank) as Arc<dyn Bank>,
                None => Arc::new(NoBank),
            },
            official: match &demo {
                Some(demo) => Arc::clone(&demo.official) as Arc<dyn OfficialAccounts>,
                None => Arc::new(NoOfficialAccounts),
            },
            calendar: Calendar::mainland(),
            platform: match &demo {
                Some(demo) => Arc::clone(&demo.platform) as Arc<dyn Platform>,
                None => Arc::new(NoPlatform),
            },
            documents: Documents::new(Arc::clone(&storage) as Arc<dyn DocumentStorage>),
            support: Support::default(),
            site: site(&names, settings.demo),
            legal: Legal::load(None).unwrap(),
            help: HelpTexts::with(&Policy::default()).unwrap(),
            network: settings.network,
            postman_bell: Arc::new(Notify::new()),
            store,
            names,
            demo,
        });
        Self {
            router: build_app(Arc::clone(&app)).unwrap(),
            app,
            mail: Arc::default(),
            sms: Arc::default(),
            storage,
            url: url.to_owned(),
            vault,
            clock,
            _folder: folder,
        }
    }

    /// A browser that was never here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// The same server over again: new memory, same rows, same clock.
    pub(crate) fn restarted_router(&self) -> Router {
        build_app(Arc::clone(&self.app)).unwrap()
    }

    /// Another server on the same rows, with connections and hashing threads of its own.
    pub(crate) async fn second_instance(&self) -> Router {
        let store = Store::open(&self.url, Arc::clone(&self.vault))
            .await
            .unwrap();
        let app = App {
            hasher: Hasher::start(1, &SystemIds).unwrap(),
            policy: self.app.policy.clone(),
            clock: Arc::clone(&self.app.clock),
            ids: Arc::clone(&self.app.ids),
            places: Arc::clone(&self.app.places),
            captcha: self.app.captcha,
            providers: Providers::default(),
            face: Arc::new(NoFace),
            real_names: Arc::new(NoRealNames),
            registry: Arc::new(NoRegistry),
            bank: Arc::new(NoBank),
            official: Arc::new(NoOfficialAccounts),
            calendar: Calendar::mainland(),
            platform: Arc::clone(&self.app.platform),
            documents: Documents::new(Arc::clone(&self.storage) as Arc<dyn DocumentStorage>),
            support: Support::default(),
            site: site(&self.app.names, false),
            legal: Legal::load(None).unwrap(),
            help: HelpTexts::with(&Policy::default()).unwrap(),
            network: self.app.network.clone(),
            postman_bell: Arc::new(Notify::new()),
            store,
            names: self.app.names.clone(),
            demo: None,
        };
        build_app(Arc::new(app)).unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn wait(&self, span: Span) {
        self.clock.0.fetch_add(span.as_millis(), Ordering::SeqCst);
    }

    /// Makes an account that signs in with [`PASSWORD`].
    pub(crate) async fn account(&self, email: &str, language: Language) -> AccountId {
        let wish = Wish {
            email: Email::parse(email).unwrap(),
            password: PASSWORD.to_owned(),
            nickname: Nickname::parse("小云").unwrap(),
            language,
        };
        let (store, policy, now) = (&self.app.store, &self.app.policy.sign_in, self.now());
        making::create(store, &self.app.hasher, &SystemIds, policy, &wish, now)
            .await
            .unwrap()
    }

    /// Makes an account that is verified as a person of this name.
    pub(crate) async fn verified(&self, email: &str, name: &str) -> AccountId {
        let id = self.account(email, Language::Chinese).await;
        self.verify(id, name).await;
        id
    }

    /// Has an account be verified as a person of this name.
    pub(crate) async fn verify(&self, id: AccountId, name: &str) {
        let record = person_record(name, "110101199003070011", self.now());
        let mut tx = self.app.store.write().await.unwrap();
        subjects::replace(&mut tx, id, &record).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The address that signs in to an account.
    pub(crate) async fn login_of(&self, id: AccountId) -> String {
        let mut tx = self.app.store.read().await.unwrap();
        let found = accounts::find(&mut tx, id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        found.login_email.unwrap().display().to_owned()
    }

    /// Gives an account a security phone and a security e-mail.
    pub(crate) async fn secured(&self, id: AccountId, phone: &str, email: &str) {
        let (phone, email) = (PhoneNumber::parse(phone), Email::parse(email));
        let mut tx = self.app.store.write().await.unwrap();
        let now = self.now();
        security::update_phone(&mut tx, id, &phone.unwrap(), now)
            .await
            .unwrap();
        security::update_email(&mut tx, id, &email.unwrap(), now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// A fresh account without password or login method, and a browser in which it is signed in;
    /// made past the pages, so that a hundred of them cost nothing.
    pub(crate) async fn bare(&self) -> (Browser, AccountId) {
        let account = NewAccount {
            registered_at: self.now(),
            language: Language::Chinese,
            nickname: Nickname::parse("小云").unwrap(),
        };
        let token = SystemIds.token().unwrap();
        let mut tx = self.app.store.write().await.unwrap();
        let id = accounts::insert(&mut tx, &account).await.unwrap();
        let new = NewSession {
            id: &SystemIds.id().unwrap(),
            token_hash: &token_hash(&token),
            account_id: id,
            user_id: None,
            origin: &SessionOrigin::default(),
        };
        sessions::insert(&mut tx, &new, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = self.browser();
        browser.cookies.insert("__Host-session".to_owned(), token);
        (browser, id)
    }

    /// Trusts a device of the account from now on; its name is its id too (SGN-2).
    pub(crate) async fn trust(&self, id: AccountId, name: &str) {
        let new = StoredTrust {
            id: name.to_owned(),
            trust: TrustedDevice {
                device: DeviceId::new(token_hash(name)),
                proved_at: self.now(),
            },
            name: name.to_owned(),
            place: None,
        };
        let mut tx = self.app.store.write().await.unwrap();
        trusted::insert(&mut tx, id, &new).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Proves the owner in this browser by a code to the security phone (PRT-4).
    pub(crate) async fn prove(&self, browser: &mut Browser) {
        self.prove_by(browser, "security_phone").await;
    }

    /// Proves the owner in this browser by a code to the security phone or the security e-mail.
    pub(crate) async fn prove_by(&self, browser: &mut Browser, method: &str) {
        // What waits goes first, so that the code is the newest message.
        self.postman().deliver_due().await.unwrap();
        let answer = browser
            .call(&SEND_PROOF_CODE, json!({ "method": method }))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let proof = if method == "security_email" {
            json!({ "way": "email_code", "code": self.newest_mail_code().await })
        } else {
            json!({ "way": "phone_code", "code": self.newest_sms_code().await })
        };
        let body = json!({ "operation": "change_password", "proof": proof });
        let answer = browser.call(&PROVE, body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// Has sign-in ask for a second proof from now on (PRT-1).
    pub(crate) async fn protect(&self, id: AccountId, factor: Factor) {
        let mut tx = self.app.store.write().await.unwrap();
        let protections = Protections {
            sign_in: Protection::Require(factor),
            operation: Protection::Off,
        };
        security::update_protections(&mut tx, id, protections)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Binds WeChat as confirmation (MFA-6).
    pub(crate) async fn confirms_by_wechat(&self, id: AccountId) {
        let mut tx = self.app.store.write().await.unwrap();
        let openid = LoginIdentity::new(LoginMethodKind::Wechat, format!("openid-of-{id}"));
        login_methods::update_confirmation(&mut tx, id, &openid, Some("小云"), self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Makes a sub-user that signs in with [`PASSWORD`] (SGN-14).
    pub(crate) async fn sub_user(&self, root: AccountId, name: &str) -> AccountId {
        let owner = PasswordOwner {
            account_id: None,
            email_name: None,
            phone: None,
        };
        let password = passwords::choose(PASSWORD, &owner, &self.app.policy.sign_in).unwrap();
        let hash = self.app.hasher.hash(&password, &SystemIds).await.unwrap();
        let name = SubUserName::parse(name).unwrap();
        let mut tx = self.app.store.write().await.unwrap();
        let id = sub_users::insert(&mut tx, root, (&name, &hash), self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id.unwrap()
    }

    /// The history of sign-ins, newest first (SGN-9).
    pub(crate) async fn history(&self, id: AccountId) -> Vec<SignInRecord> {
        let mut tx = self.app.store.read().await.unwrap();
        let rows = sign_ins::list(&mut tx, id, None, 1000).await.unwrap();
        rows.into_iter().map(|row| row.record).collect()
    }

    /// Binds a login method past every page.
    pub(crate) async fn bind(&self, id: AccountId, kind: LoginMethodKind, key: &str) {
        let method = LoginMethod {
            identity: LoginIdentity::new(kind, key),
            origin: MethodOrigin::Added,
            bound_at: self.now(),
        };
        let new = NewMethod {
            method: &method,
            spelt: key,
            name: Some("小云"),
        };
        let mut tx = self.app.store.write().await.unwrap();
        assert!(login_methods::insert(&mut tx, id, &new).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// The letters that arrived at an address, newest last.
    pub(crate) async fn letters_to(&self, to: &str) -> Vec<String> {
        self.postman().deliver_due().await.unwrap();
        let arrived = self.mail.arrived.lock().unwrap();
        let to_it = arrived.iter().filter(|letter| letter.to == to);
        to_it.map(|letter| letter.body.clone()).collect()
    }

    /// The six digits of the newest text message.
    pub(crate) async fn newest_sms_code(&self) -> String {
        self.postman().deliver_due().await.unwrap();
        let arrived = self.sms.arrived.lock().unwrap();
        digits(&arrived.last().unwrap().text)
    }

    /// The six digits of the newest letter.
    pub(crate) async fn newest_mail_code(&self) -> String {
        self.postman().deliver_due().await.unwrap();
        let arrived = self.mail.arrived.lock().unwrap();
        digits(&arrived.last().unwrap().body)
    }

    /// What stands in the newest letter's link that locks an account.
    pub(crate) async fn newest_lock_token(&self) -> String {
        self.postman().deliver_due().await.unwrap();
        let arrived = self.mail.arrived.lock().unwrap();
        let bodies = arrived.iter().rev().map(|letter| &letter.body);
        let links = bodies.filter_map(|body| body.split_once("/lock/"));
        let (_, rest) = links.into_iter().next().unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    }

    /// A browser in which a fresh account is signed in.
    pub(crate) async fn signed_in(&self, email: &str) -> (Browser, AccountId) {
        let id = self.account(email, Language::Chinese).await;
        let mut browser = self.browser();
        let answer = browser.sign_in(email, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        (browser, id)
    }

    /// The names of the events in the account's audit log, oldest first.
    pub(crate) async fn events(&self, id: AccountId) -> Vec<String> {
        let mut tx = self.app.store.read().await.unwrap();
        let mut entries = audit::list(&mut tx, id, 1000).await.unwrap();
        entries.reverse();
        entries.into_iter().map(|entry| entry.event).collect()
    }

    /// The names of the events in the audit log that concern no account, oldest first.
    pub(crate) async fn events_of_nobody(&self) -> Vec<String> {
        let mut connection = sqlx::AnyConnection::connect(&self.url).await.unwrap();
        let statement = "select event from audit where account_id is null order by number";
        sqlx::query_scalar(statement)
            .fetch_all(&mut connection)
            .await
            .unwrap()
    }

    /// A worker for the outbox.
    pub(crate) fn postman(&self) -> Postman {
        Postman::new(
            self.app.store.clone(),
            Arc::clone(&self.app.clock),
            Arc::clone(&self.mail) as Arc<dyn Mail>,
            Arc::clone(&self.sms) as Arc<dyn Sms>,
            &SystemIds,
        )
        .unwrap()
    }
}

/// The first six digits in a row that stand alone.
pub(crate) fn digits(text: &str) -> String {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() == 6)
        .unwrap()
        .to_owned()
}

/// A browser app of a few bytes.
fn site(names: &Names, demo: bool) -> Site {
    let index = "<!DOCTYPE html><html lang=\"zh-CN\" data-demo=\"false\"><title>云账号中心</title>\
                 <style>p{margin:0}</style><p>你好</p><script type=\"module\">start()</script></html>";
    let file = |name: &str, text: &str| (name.to_owned(), Bytes::copy_from_slice(text.as_bytes()));
    let files = vec![
        file("index.html", index),
        file("index.html.br", "an old packed form that nobody may get"),
        file("app-0123456789abcdef.js", "plain script"),
        file("app-0123456789abcdef.js.br", "brotli script"),
        file("app-0123456789abcdef.js.gz", "gzip script"),
        file("favicon.svg", "<svg/>"),
    ];
    let support = Support::default();
    let facts = Facts {
        names,
        support: &support,
        demo,
    };
    Site::new(files, facts).unwrap()
}
