//! Beginning a session once everything that was asked has been shown. Must not know how it was shown.

use axum_extra::extract::CookieJar;
use contract::endpoints::Endpoint;
use contract::session::{CurrentSession, Owner};
use domain::account::{AccountId, access_account};
use domain::sign_in::{Session, SessionEnd, SessionLimits, SignInMethod};
use domain::time::Timestamp;
use serde_json::json;

use crate::error::ApiError;
use crate::extract::{Caller, RequestId};
use crate::flows::{audited, consequences};
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::accounts::{self, Account};
use crate::store::devices::{self, Seen};
use crate::store::security::Security;
use crate::store::sessions::{self, NewSession, SessionOrigin};
use crate::store::{Tx, security};
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

/// A session that has begun once the transaction was committed.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The answer to the browser.
    pub answer: CurrentSession,
    /// The cookies that go with it.
    pub jar: CookieJar,
}

/// Begins a session in place of the one that this browser had.
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
    let id = who.account_id;
    let (Some(account), Some(security)) =
        (accounts::find(tx, id).await?, security::find(tx, id).await?)
    else {
        return Err(ApiError::SignInRequired);
    };
    access_account(security.standing, security.lock)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let token = app.ids.token()?;
    let device = match cookies::value(from.jar, cookies::DEVICE) {
        Some(known) => known.to_owned(),
        None => app.ids.token()?,
    };
    if let Some(old) = cookies::value(from.jar, cookies::SESSION) {
        sessions::delete(tx, &token_hash(old)).await?;
    }
    let origin = SessionOrigin {
        device_hash: token_hash(&device),
        device_name: String::new(),
        place: None,
        ip: from.caller.ip.clone(),
    };
    let new = NewSession {
        id: &app.ids.id()?,
        token_hash: &token_hash(&token),
        account_id: id,
        user_id: who.user_id,
        origin: &origin,
    };
    sessions::insert(tx, &new, now).await?;
    let seen = devices::record(tx, id, &origin.device_hash, now).await?;
    if seen == Seen::FirstTime {
        tell_owner(app, tx, &account, &security, now).await?;
    }
    let details = json!({ "method": who.method, "new_device": seen == Seen::FirstTime });
    audited(tx, from.endpoint, from.request, id, details, now).await?;
    let session = Session {
        began: now,
        used: now,
    };
    let limits = security.session_limits(&app.policy.sign_in);
    Ok(Begun {
        answer: CurrentSession {
            owner: Some(owner(app, &account, session, limits)),
            server_time: now,
        },
        jar: CookieJar::new()
            .add(cookies::session(token))
            .add(cookies::device(device)),
    })
}

/// The signed-in owner as the browser sees them.
#[must_use]
pub fn owner(app: &App, account: &Account, session: Session, limits: SessionLimits) -> Owner {
    let end = session.end_within(limits);
    Owner {
        account_id: account.id,
        nickname: account.nickname.clone(),
        ends_at: end.at(),
        extends_with_use: matches!(end, SessionEnd::Idle(_)),
        warn_before: app.policy.sign_in.session_warning.as_millis(),
    }
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
