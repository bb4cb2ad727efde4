//! Identities that were just proved in a browser and wait there for the person's choice: which account,
//! link, or register (SGN-5, LGM-5). Must not know how they were proved.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use domain::login_methods::ProvedIdentity;
use domain::sign_in::SeenIdentity;
use domain::time::Timestamp;

use super::browser::Browser;
use crate::cookies;
use crate::error::ApiError;
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::Tx;
use crate::store::seen_identities::{self, StoredSeen};

/// What is known of an identity beside itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What the provider calls the person; for e-mail the address as typed.
    pub name: Option<String>,
    /// For WeCom: whether the person administers the organisation (LGM-7).
    pub is_administrator: bool,
}

/// An identity that waits in this browser.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Names the row.
    token_hash: String,
    /// The row.
    pub stored: StoredSeen,
}

/// An identity that was taken to be used now.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The identity.
    pub proved: ProvedIdentity,
    /// What is known of it.
    pub about: About,
}

/// Keeps what was proved in this browser; both cookies of the answer belong into it: this one and
/// [`Browser::cookie`].
///
/// # Errors
/// When the database fails.
pub async fn keep(
    app: &App,
    tx: &mut Tx,
    browser: &Browser,
    (proved, about): (&ProvedIdentity, About),
    now: Timestamp,
) -> Result<Cookie<'static>, ApiError> {
    let token = app.ids.token()?;
    let stored = StoredSeen {
        seen: SeenIdentity::new(proved, browser.id(), now),
        name: about.name,
        is_administrator: about.is_administrator,
    };
    seen_identities::insert(tx, &token_hash(&token), &stored).await?;
    Ok(cookies::seen(token))
}

/// What waits in this browser and is fresh, if anything.
///
/// # Errors
/// When the database fails.
pub async fn find(
    app: &App,
    tx: &mut Tx,
    jar: &CookieJar,
    now: Timestamp,
) -> Result<Option<Waiting>, ApiError> {
    let Some(token) = cookies::value(jar, cookies::SEEN) else {
        return Ok(None);
    };
    let token_hash = token_hash(token);
    let Some(stored) = seen_identities::find(tx, &token_hash).await? else {
        return Ok(None);
    };
    let browser = Browser::of(app, jar)?.id();
    let is_usable = stored.seen.clone().take(&browser, &app.policy.sign_in, now);
    Ok(is_usable.is_ok().then_some(Waiting { token_hash, stored }))
}

/// Takes what waits; it works once, also for two requests at the same time. Nothing when another request
/// was faster.
///
/// # Errors
/// What [`SeenIdentity::take`] refuses with, or when the database fails.
pub async fn take(
    app: &App,
    tx: &mut Tx,
    (jar, waiting): (&CookieJar, Waiting),
    now: Timestamp,
) -> Result<Option<Taken>, ApiError> {
    let Waiting { token_hash, stored } = waiting;
    let browser = Browser::of(app, jar)?.id();
    let proved = stored
        .seen
        .take(&browser, &app.policy.sign_in, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    if !seen_identities::delete(tx, &token_hash).await? {
        return Ok(None);
    }
    Ok(Some(Taken {
        proved,
        about: About {
            name: stored.name,
            is_administrator: stored.is_administrator,
        },
    }))
}
