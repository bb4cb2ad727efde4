//! What follows from a change of an account's security: other sessions, trust, notices (SGN-2, SGN-6,
//! PRT-6, ACC-14). The rules say what; this room does it in the transaction of the change.

use domain::account::AccountId;
use domain::contacts::{SecurityContacts, notice_targets};
use domain::protection::SecurityChange;
use domain::sign_in::{SessionId, SessionsAfter, sessions_after};
use domain::time::Timestamp;

use super::codes::post;
use crate::error::ApiError;
use crate::letters;
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::security::Security;
use crate::store::{Tx, lock_links, sessions, trusted};

/// What has happened to whom.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    /// The account as it was before the change.
    pub before: &'a Security,
    /// Security phone and e-mail from now on.
    pub after: &'a SecurityContacts,
    /// The change.
    pub change: SecurityChange,
    /// The session in which it was made, if in one.
    pub session: Option<&'a SessionId>,
}

/// What the caller still has to tell the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// The session goes on under this token; it belongs into the cookie.
    pub renewed_token: Option<String>,
    /// How many other sessions the owner may want to end (SGN-6).
    pub offer_to_end: u32,
}

/// Does everything that follows, beside the change itself and its audit row.
///
/// # Errors
/// When the database fails.
pub async fn follow(
    app: &App,
    tx: &mut Tx,
    happened: Happened<'_>,
    now: Timestamp,
) -> Result<Followed, ApiError> {
    let id = happened.before.account_id;
    if happened.change.revokes_trust() {
        trusted::delete_all(tx, id).await?;
    }
    let followed = settle_sessions(app, tx, id, happened).await?;
    tell(app, tx, happened, now).await?;
    Ok(followed)
}

async fn settle_sessions(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    happened: Happened<'_>,
) -> Result<Followed, ApiError> {
    let is_lock = happened.change == SecurityChange::AccountLocked;
    let all: Vec<SessionId> = sessions::list(tx, id)
        .await?
        .into_iter()
        // A sub-user's sessions hang on its own password; only a lock ends all.
        .filter(|session| is_lock || session.user_id.is_none())
        .map(|session| session.id)
        .collect();
    let SessionsAfter {
        end,
        renew_current,
        offer_to_end,
    } = sessions_after(happened.change, happened.session, &all);
    for session in &end {
        sessions::delete_by_id(tx, session).await?;
    }
    let mut followed = Followed {
        renewed_token: None,
        offer_to_end: u32::try_from(offer_to_end.len()).unwrap_or(u32::MAX),
    };
    if let Some(session) = happened.session.filter(|_| renew_current) {
        let token = app.ids.token()?;
        sessions::update_token(tx, session, &token_hash(&token)).await?;
        followed.renewed_token = Some(token);
    }
    Ok(followed)
}

/// Writes the notices, each with a link that locks the account at once (PRT-6, ACC-14).
async fn tell(
    app: &App,
    tx: &mut Tx,
    happened: Happened<'_>,
    now: Timestamp,
) -> Result<(), ApiError> {
    let security = happened.before;
    for target in notice_targets(&security.contacts, happened.after) {
        if happened.change == SecurityChange::AccountLocked {
            // There is nothing left to lock; what helps is the way back.
            let page = page(app, contract::pages::UNLOCK);
            let id = security.account_id.to_string();
            let about = (&*id, &*page);
            let words = letters::changes::locked(security.language, &app.names, about, now);
            post(app, tx, &target, words, now).await?;
            continue;
        }
        let link = lock_link(app, tx, security.account_id, now).await?;
        let notice = letters::changes::Notice {
            account_id: &security.account_id.to_string(),
            at: now,
            link: &link,
        };
        let words =
            letters::changes::notice(security.language, &app.names, happened.change, &notice);
        post(app, tx, &target, words, now).await?;
    }
    Ok(())
}

/// A fresh link that locks the account at once without signing in (ACC-14).
///
/// # Errors
/// When the database fails.
pub async fn lock_link(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    now: Timestamp,
) -> Result<String, ApiError> {
    let token = app.ids.token()?;
    lock_links::insert(tx, &token_hash(&token), id, now).await?;
    Ok(page(app, &contract::pages::LOCK.replace("{token}", &token)))
}

/// The whole address of a page, for a letter.
#[must_use]
pub fn page(app: &App, path: &str) -> String {
    let origin = app.network.public_origin.as_deref().unwrap_or_default();
    format!("{origin}{path}")
}
