//! Visits to a provider's page and back (V-27): a visit belongs to one browser, one purpose and one
//! session, is answered once, and dies soon. Must not know what an identity is used for.

use std::sync::Arc;

use axum_extra::extract::CookieJar;
use contract::pages;
use domain::account::AccountId;
use domain::login_methods::{LoginIdentity, LoginMethodKind, ProvedIdentity};
use domain::sign_in::{Scan, ScanPurpose, ScanRefusal, ScanState, SessionId};
use domain::time::Timestamp;

use super::browser::Browser;
use crate::error::ApiError;
use crate::extract::Origin;
use crate::outside::ids::token_hash;
use crate::outside::providers::{
    Arrival, CameBack, Departure, IdentityProvider, ProviderFailure, ProviderIdentity, Verifier,
};
use crate::state::App;
use crate::store::scans::{self, Said, StoredScan};

/// What a visit is begun for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Which service.
    pub kind: LoginMethodKind,
    /// What for.
    pub purpose: ScanPurpose,
    /// The account and session that binds; none at sign-in.
    pub asked_by: Option<(AccountId, String)>,
    /// The scan whose code the phone has opened, when this is the phone's visit.
    pub for_scan: Option<String>,
}

/// A visit whose browser came back.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The visit, which is used up.
    pub visit: StoredScan,
    /// Who came back, or why nobody's identity is proved.
    pub who: Result<(ProvedIdentity, Said), ProviderFailure>,
}

/// The provider of this kind, where this installation has one.
///
/// # Errors
/// [`ApiError::NotFound`].
pub fn provider(app: &App, kind: LoginMethodKind) -> Result<&Arc<dyn IdentityProvider>, ApiError> {
    app.providers.get(kind).ok_or(ApiError::NotFound)
}

/// Begins a visit in this browser; answers the address to send it to, or why the provider has none.
/// [`Browser::cookie`] belongs into the answer.
///
/// # Errors
/// When there is no such provider here, or the database fails.
pub async fn begin(
    app: &App,
    browser: &Browser,
    origin: &Origin,
    wish: Wish,
    now: Timestamp,
) -> Result<Result<String, ProviderFailure>, ApiError> {
    let provider = provider(app, wish.kind)?;
    let (state, verifier) = (app.ids.token()?, Verifier::new(&*app.ids)?);
    let redirect_uri = back(origin, wish.kind)?;
    // The provider may have to be asked, which takes time; nothing is written until it has answered.
    let departure = Departure {
        state: &state,
        verifier: &verifier,
        redirect_uri: &redirect_uri,
    };
    let address = match provider.start(&departure).await {
        Ok(address) => address,
        Err(failure) => return Ok(Err(failure)),
    };
    let new = StoredScan {
        id: app.ids.id()?,
        scan: Scan::new(browser.id(), wish.purpose, now),
        kind: wish.kind,
        asked_by: wish.asked_by,
        verifier: Some(verifier.reveal().to_owned()),
        for_scan: wish.for_scan,
        device_name: String::new(),
        place: None,
        said: Said::default(),
        by: None,
    };
    let mut tx = app.store.write().await?;
    scans::insert(&mut tx, &token_hash(&state), &new).await?;
    tx.commit().await?;
    Ok(Ok(address))
}

/// Takes what a provider sent this browser back with. The visit is used up before the provider is asked,
/// so that a code is redeemed once whatever happens then.
///
/// # Errors
/// [`ScanRefusal`]: in another browser or session, a second time, too late, or for a state that is
/// nobody's (V-27).
pub async fn come_back(
    app: &App,
    jar: &CookieJar,
    origin: &Origin,
    (kind, query): (LoginMethodKind, &str),
    session: Option<&SessionId>,
    now: Timestamp,
) -> Result<Returned, ApiError> {
    let provider = provider(app, kind)?;
    let came_back = CameBack::read(query);
    let visit = use_up(app, jar, (kind, came_back.state.as_deref()), session, now).await?;
    let who = match came_back.code {
        Ok(code) => ask(provider, &visit, &code, &back(origin, kind)?).await,
        Err(failure) => Err(failure),
    };
    let who = match who {
        Ok(who) => who,
        Err(failure) => {
            return Ok(Returned {
                visit,
                who: Err(failure),
            });
        }
    };
    let identity = LoginIdentity::new(kind, who.subject);
    let browser = Browser::of(app, jar)?.id();
    let (_, proved) = visit
        .scan
        .clone()
        .came_back(
            &identity,
            &browser,
            visit.scan.purpose,
            &app.policy.sign_in,
            now,
        )
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let said = Said {
        name: who.display_name,
        is_administrator: who.is_wecom_administrator,
    };
    Ok(Returned {
        visit,
        who: Ok((proved, said)),
    })
}

/// Finds the visit of a state, and uses it up if it is this browser's to use.
async fn use_up(
    app: &App,
    jar: &CookieJar,
    (kind, state): (LoginMethodKind, Option<&str>),
    session: Option<&SessionId>,
    now: Timestamp,
) -> Result<StoredScan, ApiError> {
    let refused = |refusal: ScanRefusal| ApiError::refused(refusal, now);
    let state = state.ok_or_else(|| refused(ScanRefusal::NotYours))?;
    let browser = Browser::of(app, jar)?.id();
    let mut tx = app.store.write().await?;
    let visit = scans::find_by_secret(&mut tx, &token_hash(state)).await?;
    // A code to be scanned is no visit: its secret is shown on a screen.
    let visit = visit
        .filter(|visit| visit.kind == kind && visit.verifier.is_some())
        .ok_or_else(|| refused(ScanRefusal::NotYours))?;
    let policy = &app.policy.sign_in;
    let standing = visit
        .scan
        .may_come_back(&browser, visit.scan.purpose, policy, now);
    domain::refusal::Refused::unless_none(standing)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let is_this_session = visit
        .asked_by
        .as_ref()
        .is_none_or(|(_, by)| session.map(SessionId::as_str) == Some(by));
    if !is_this_session {
        return Err(refused(ScanRefusal::NotYours));
    }
    if !scans::update(&mut tx, &visit, &ScanState::Used).await? {
        return Err(refused(ScanRefusal::Used));
    }
    tx.commit().await?;
    Ok(visit)
}

async fn ask(
    provider: &Arc<dyn IdentityProvider>,
    visit: &StoredScan,
    code: &str,
    redirect_uri: &str,
) -> Result<ProviderIdentity, ProviderFailure> {
    let verifier = Verifier::kept(visit.verifier.clone().unwrap_or_default());
    let arrival = Arrival {
        code,
        verifier: &verifier,
        redirect_uri,
    };
    provider.finish(&arrival).await
}

/// Where a provider sends the browser back to; the same at departure and arrival.
fn back(origin: &Origin, kind: LoginMethodKind) -> Result<String, ApiError> {
    let kind = serde_json::to_value(kind).map_err(ApiError::internal)?;
    let page = pages::BACK.replace("{kind}", kind.as_str().unwrap_or_default());
    Ok(format!("{}{page}", origin.0))
}
