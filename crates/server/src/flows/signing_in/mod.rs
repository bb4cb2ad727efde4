//! Signing in, from the first proof that was right to the session. Must not know how a proof is given.
//!
//! Whoever takes a first proof (a password, a scan, a key) calls [`first_proof_was_right`], which judges
//! the risk, looks at protection and trust, and begins the session or asks for a second proof
//! ([`step`]). Registering calls [`begin`] itself: who has just made an account has shown everything.

mod browser;
pub mod password;
pub mod step;

use axum::Json;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use contract::endpoints::Endpoint;
use contract::session::{CurrentSession, FrozenByOperator, Owner, SignInAnswer, SubUser};
use domain::account::{AccountId, access_account};
use domain::protection::Protection;
use domain::sign_in::{
    CountrySeen, DeviceId, DeviceTrust, Risk, SecondStep, Session, SessionEnd, SessionLimits,
    SignInMethod, SignInResult, SignInSigns, WrongPasswords, is_trusted, judge_risk, second_step,
};
use domain::time::Timestamp;
use serde_json::json;

use self::browser::Browser;
use crate::error::ApiError;
use crate::extract::{Caller, RequestId};
use crate::flows::{audited, checks, consequences};
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::accounts::{self, Account};
use crate::store::devices::{self, Seen};
use crate::store::security::Security;
use crate::store::sessions::{self, NewSession};
use crate::store::sign_ins::{self, NewSignIn};
use crate::store::{Tx, security, sub_users, trusted};
use crate::{cookies, letters};

/// The browser that signs in, and the request by which it does.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    /// The browser's cookies.
    pub jar: &'a CookieJar,
    /// Where it calls from.
    pub caller: &'a Caller,
    /// The request, for the audit.
    pub request: &'a RequestId,
    /// The endpoint whose audit event it is.
    pub endpoint: &'a Endpoint,
}

impl<'a> From<'a> {
    /// What a handler knows of it.
    #[must_use]
    pub const fn of(
        jar: &'a CookieJar,
        caller: &'a Caller,
        request: &'a RequestId,
        endpoint: &'a Endpoint,
    ) -> Self {
        Self {
            jar,
            caller,
            request,
            endpoint,
        }
    }
}

/// Who signs in, and how.
#[derive(Clone, Copy, Debug)]
pub struct Who {
    /// The account.
    pub account_id: AccountId,
    /// The sub-user of it, when it is not the owner (SGN-14).
    pub user_id: Option<AccountId>,
    /// How.
    pub method: SignInMethod,
}

/// The first proof, which was right.
#[derive(Clone, Debug)]
pub struct FirstProof {
    /// The wrong passwords before it, which tell about risk (SGN-4); none where no password was asked.
    pub wrong: WrongPasswords,
    /// What it is worth.
    pub worth: Worth,
    /// The row of the history that was written down for it already, if one was (SGN-9).
    pub sign_in_id: Option<String>,
}

/// What a first proof is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// One factor: sign-in protection asks for another.
    OneFactor,
    /// Two at once, such as a passkey that checked its holder: what sign-in protection would ask for was
    /// shown. A risky sign-in is asked all the same (SGN-4).
    TwoFactors,
}

/// A session that has begun once the transaction was committed.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The answer to the browser.
    pub answer: CurrentSession,
    /// The cookies that go with it.
    pub jar: CookieJar,
}

/// What comes of a first or second proof that was right; it is committed.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The answer to the browser.
    pub answer: SignInAnswer,
    /// The cookies that go with it.
    pub jar: CookieJar,
}

impl IntoResponse for SignIn {
    fn into_response(self) -> Response {
        (self.jar, Json(self.answer)).into_response()
    }
}

impl SignIn {
    fn begun(begun: Begun) -> Self {
        Self {
            answer: SignInAnswer::SignedIn(begun.answer),
            jar: begun.jar,
        }
    }
}

/// Goes on after the first proof was right: opens the door to the account (ACC-14), judges the risk
/// (SGN-4), and begins the session or asks for a second proof (SGN-2). Commits; `tx` must not have taken
/// any lock but those that come before the account's (see `store::locks`).
///
/// # Errors
/// When the account is locked or gone; that is written down.
pub async fn first_proof_was_right(
    app: &App,
    mut tx: Tx,
    from: From<'_>,
    (who, first): (Who, FirstProof),
    now: Timestamp,
) -> Result<SignIn, ApiError> {
    let security = security::find_locked(&mut tx, who.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let browser = Browser::of(app, from, security.language)?;
    let history = History {
        who,
        browser: &browser,
        known: first.sign_in_id.as_deref(),
    };
    if let Err(refused) = access_account(security.standing, security.lock) {
        history
            .write(app, &mut tx, SignInResult::Locked, now)
            .await?;
        tx.commit().await?;
        return Err(ApiError::all_refused(refused, now));
    }
    let judged = match who.user_id {
        // Protections, trust and proofs are the owner's; a sub-user has its password.
        Some(_) => Judged::nothing_asked(),
        None => judge(app, &mut tx, (&security, &browser), &first, now).await?,
    };
    if let SecondStep::Asked { .. } = judged.step {
        let id = history
            .write(app, &mut tx, SignInResult::SecondStepFailed, now)
            .await?;
        let asked = step::ask(
            app,
            &mut tx,
            (from, who),
            (&security, &browser, judged.risk, id),
            now,
        )
        .await?;
        tx.commit().await?;
        return Ok(asked);
    }
    let result = if judged.is_spared_by_trust {
        SignInResult::SignedInTrusted
    } else {
        SignInResult::SignedIn
    };
    history.write(app, &mut tx, result, now).await?;
    let begun = begin_session(app, &mut tx, from, (who, &security, &browser), now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(SignIn::begun(begun))
}

/// Begins a session in place of the one that this browser had, and writes it down in the history
/// (SGN-9); for whoever has shown everything. Commit afterwards.
///
/// # Errors
/// When the account is locked or gone (ACC-14, DRG-6).
pub async fn begin(
    app: &App,
    tx: &mut Tx,
    from: From<'_>,
    who: Who,
    now: Timestamp,
) -> Result<Begun, ApiError> {
    let security = security::find(tx, who.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    access_account(security.standing, security.lock)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let browser = Browser::of(app, from, security.language)?;
    let history = History {
        who,
        browser: &browser,
        known: None,
    };
    history.write(app, tx, SignInResult::SignedIn, now).await?;
    begin_session(app, tx, from, (who, &security, &browser), now).await
}

/// What a sign-in was judged to need.
struct Judged {
    step: SecondStep,
    risk: Risk,
    /// Protection would have asked, had the device not been trusted.
    is_spared_by_trust: bool,
}

impl Judged {
    const fn nothing_asked() -> Self {
        Self {
            step: SecondStep::NotAsked,
            risk: Risk::Usual,
            is_spared_by_trust: false,
        }
    }
}

async fn judge(
    app: &App,
    tx: &mut Tx,
    (security, browser): (&Security, &Browser),
    first: &FirstProof,
    now: Timestamp,
) -> Result<Judged, ApiError> {
    let policy = &app.policy.sign_in;
    let id = security.account_id;
    let seen = devices::find(tx, id, &browser.device_hash).await?;
    let country = match &browser.country {
        Some(country) => sign_ins::find_country(tx, id, country).await?,
        None => CountrySeen::Unknown,
    };
    let signs = SignInSigns {
        is_new_device: seen == Seen::FirstTime,
        wrong: first.wrong,
        country,
    };
    let risk = judge_risk(&signs, policy, now);
    let listed = trusted::list(tx, id).await?;
    let listed: Vec<_> = listed.into_iter().map(|stored| stored.trust).collect();
    let device = DeviceId::new(browser.device_hash.clone());
    let trust = if is_trusted(&listed, &device, policy, now) {
        DeviceTrust::Trusted
    } else {
        DeviceTrust::NotTrusted
    };
    let protection = match first.worth {
        Worth::OneFactor => security.protections.sign_in,
        Worth::TwoFactors => Protection::Off,
    };
    Ok(Judged {
        step: second_step(
            protection,
            risk,
            trust,
            &checks::means_here(app, security.means),
        ),
        risk,
        is_spared_by_trust: protection != Protection::Off && trust == DeviceTrust::Trusted,
    })
}

/// The row of a sign-in in the history (SGN-9).
struct History<'a> {
    who: Who,
    browser: &'a Browser,
    /// The row that was written down before.
    known: Option<&'a str>,
}

impl History<'_> {
    /// Writes the result down; answers the row's id.
    async fn write(
        &self,
        app: &App,
        tx: &mut Tx,
        result: SignInResult,
        now: Timestamp,
    ) -> Result<String, ApiError> {
        if let Some(known) = self.known {
            sign_ins::update_result(tx, known, result).await?;
            return Ok(known.to_owned());
        }
        let id = app.ids.id()?;
        let new = NewSignIn {
            id: &id,
            account_id: self.who.account_id,
            user_id: self.who.user_id,
            at: now,
            ip: &self.browser.ip,
            country: self.browser.country.as_deref(),
            place: self.browser.place.as_deref(),
            device_name: &self.browser.device_name,
            method: self.who.method,
            result,
        };
        sign_ins::insert(tx, &new).await?;
        Ok(id)
    }
}

async fn begin_session(
    app: &App,
    tx: &mut Tx,
    from: From<'_>,
    (who, security, browser): (Who, &Security, &Browser),
    now: Timestamp,
) -> Result<Begun, ApiError> {
    let id = who.account_id;
    let account = accounts::find(tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let token = app.ids.token()?;
    if let Some(old) = cookies::value(from.jar, cookies::SESSION) {
        sessions::delete(tx, &token_hash(old)).await?;
    }
    let origin = browser.origin();
    let new = NewSession {
        id: &app.ids.id()?,
        token_hash: &token_hash(&token),
        account_id: id,
        user_id: who.user_id,
        origin: &origin,
    };
    sessions::insert(tx, &new, now).await?;
    let seen = match who.user_id {
        // A sub-user's browser is none of the owner's: it must not look familiar when somebody signs
        // in as the owner there, nor does the owner get a letter about it.
        Some(_) => Seen::Before,
        None => devices::record(tx, id, &browser.device_hash, now).await?,
    };
    if seen == Seen::FirstTime {
        tell_owner(app, tx, &account, security, now).await?;
    }
    let sub_user = sub_user(tx, id, who.user_id).await?;
    let details = json!({
        "method": who.method,
        "new_device": seen == Seen::FirstTime,
        "user_id": who.user_id,
    });
    audited(tx, from.endpoint, from.request, id, details, now).await?;
    let session = Session {
        began: now,
        used: now,
    };
    let limits = security.session_limits(&app.policy.sign_in);
    Ok(Begun {
        answer: CurrentSession {
            owner: Some(owner(
                app,
                (&account, security.must_set_password),
                sub_user,
                (session, limits),
            )),
            server_time: now,
        },
        jar: CookieJar::new()
            .add(cookies::session(token))
            .add(cookies::device(browser.device.clone())),
    })
}

/// Who of an account is signed in, as the browser sees them.
#[must_use]
pub fn owner(
    app: &App,
    (account, must_set_password): (&Account, bool),
    sub_user: Option<SubUser>,
    (session, limits): (Session, SessionLimits),
) -> Owner {
    let end = session.end_within(limits);
    Owner {
        account_id: account.id,
        nickname: account.nickname.clone(),
        // The owner's password is none of a sub-user's business.
        must_set_password: must_set_password && sub_user.is_none(),
        sub_user,
        ends_at: end.at(),
        extends_with_use: matches!(end, SessionEnd::Idle(_)),
        warn_before: app.policy.sign_in.session_warning.as_millis(),
        freeze: account
            .frozen
            .clone()
            .map(|(reason, since)| FrozenByOperator { reason, since }),
        verification: account.verification,
    }
}

/// The sub-user whose session it is, as the browser sees it.
///
/// # Errors
/// When the database fails.
pub async fn sub_user(
    tx: &mut Tx,
    root: AccountId,
    user_id: Option<AccountId>,
) -> Result<Option<SubUser>, ApiError> {
    let Some(user_id) = user_id else {
        return Ok(None);
    };
    let name = sub_users::find_name(tx, root, user_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    Ok(Some(SubUser { user_id, name }))
}

/// Writes the notice of a sign-in from a browser not seen before, to every security contact and to the
/// login e-mail, which may be all that the account has.
async fn tell_owner(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    security: &Security,
    now: Timestamp,
) -> Result<(), ApiError> {
    let none = domain::contacts::SecurityContacts::default();
    let mut targets = domain::contacts::notice_targets(&security.contacts, &none);
    if let Some(email) = &account.login_email {
        let login = email.clone().into();
        if !targets.contains(&login) {
            targets.push(login);
        }
    }
    for target in targets {
        let link = consequences::lock_link(app, tx, account.id, now).await?;
        let id = account.id.to_string();
        let words = letters::new_sign_in(account.language, &app.names, (&id, &link), now);
        super::codes::post(app, tx, &target, words, now).await?;
    }
    Ok(())
}
