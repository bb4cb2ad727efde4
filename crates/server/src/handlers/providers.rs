//! Visits to other services, what they bring, and the person's choice (REG-1, SGN-5, SGN-10, LGM-5).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::problem::Problem;
use contract::providers::{
    Begin, Bind, Bound, Choose, Outcome, Providers, Return, Visit, VisitFailure, Waiting,
};
use contract::session::SignInAnswer;
use domain::login_methods::LoginMethodKind;
use domain::sign_in::{ScanPurpose, frozen_identity_ways};
use utoipa::OpenApi;

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{
    Body, Caller, ClientAddress, MaybeSignedIn, Origin, RequestId, SignedIn, now,
};
use crate::flows::browser::Browser;
use crate::flows::visits::{self, Returned, Wish};
use crate::flows::{commit, identities, persons, scans, seen, signing_in, tries};
use crate::outside::providers::ProviderFailure;
use crate::routes::Routes;
use crate::state::App;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    get_providers,
    visit_provider,
    return_from_provider,
    get_seen_identity,
    forget_identity,
    choose_account,
    bind_identity
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_PROVIDERS, get_providers);
    routes.add(&endpoints::VISIT_PROVIDER, visit_provider);
    routes.add(&endpoints::RETURN_FROM_PROVIDER, return_from_provider);
    routes.add(&endpoints::GET_SEEN_IDENTITY, get_seen_identity);
    routes.add(&endpoints::FORGET_IDENTITY, forget_identity);
    routes.add(&endpoints::CHOOSE_ACCOUNT, choose_account);
    routes.add(&endpoints::BIND_IDENTITY, bind_identity);
}

/// Tells which services this installation speaks to (REG-1).
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::GET_PROVIDERS.path, tag = "providers", operation_id = "get_providers",
    responses((status = 200, body = Providers))
)]
pub async fn get_providers(State(app): State<Arc<App>>) -> Json<Providers> {
    let has_address = app.network.public_origin.is_some() || app.demo.is_some();
    let offered = app.providers.kinds().filter(|_| has_address).collect();
    Json(Providers { offered })
}

/// Begins a visit to a provider's page, for this browser alone (V-27).
///
/// # Errors
/// When there is no such provider here, nobody is signed in who binds, a proof or a rule stands against
/// binding, or the provider is away.
#[utoipa::path(
    post, path = endpoints::VISIT_PROVIDER.path, tag = "providers",
    operation_id = "visit_provider", request_body = Begin,
    params(("kind" = LoginMethodKind, Path)),
    responses(
        (status = 200, body = Visit),
        (status = 401, body = Problem, description = "Binding needs a session"),
        (status = 403, body = Problem, description = "Binding needs a proof first"),
        (status = 404, body = Problem, description = "This installation does not speak to it"),
        (status = 409, body = Problem, description = "A rule refuses to bind one of this kind"),
        (status = 503, body = Problem, description = "The provider does not answer"),
    )
)]
pub async fn visit_provider(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    origin: Origin,
    signed_in: MaybeSignedIn,
    Path(kind): Path<LoginMethodKind>,
    jar: CookieJar,
    Body(wish): Body<Begin>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    visits::provider(&app, kind)?;
    let aim = (wish.aim, kind);
    let (purpose, asked_by) = identities::begun_for(&app, &signed_in, aim, now).await?;
    let browser = Browser::of(&app, &jar)?;
    let wish = Wish {
        kind,
        purpose,
        asked_by,
        for_scan: None,
    };
    let address = visits::begin(&app, &browser, &origin, wish, now)
        .await?
        .map_err(|_| ApiError::Busy)?;
    let jar = CookieJar::new().add(browser.cookie());
    Ok((jar, Json(Visit { address })).into_response())
}

/// Takes what a provider sent this browser back with, once (V-27).
///
/// # Errors
/// In another browser or session, a second time, too late, or with a state that is nobody's.
#[utoipa::path(
    post, path = endpoints::RETURN_FROM_PROVIDER.path, tag = "providers",
    operation_id = "return_from_provider", request_body = Return,
    params(("kind" = LoginMethodKind, Path)),
    responses(
        (status = 200, body = Outcome),
        (status = 404, body = Problem, description = "This installation does not speak to it"),
        (status = 409, body = Problem, description = "Not this browser's, used, or too old"),
    )
)]
pub async fn return_from_provider(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    (address, caller, origin): (ClientAddress, Caller, Origin),
    MaybeSignedIn(signed_in): MaybeSignedIn,
    Path(kind): Path<LoginMethodKind>,
    jar: CookieJar,
    Body(back): Body<Return>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let owner = signed_in.filter(|user| user.user_id.is_none());
    let owner = owner.as_ref().map(|user| &user.at);
    let session = owner.map(|owner| &owner.session_id);
    let trip = (kind, back.query.as_str());
    let returned = visits::come_back(&app, &jar, &origin, trip, session, now).await?;
    let (proved, said) = match &returned.who {
        Ok(who) => who.clone(),
        Err(failure) => return Ok(Json(failed(kind, *failure)).into_response()),
    };
    let mut tx = app.store.write().await?;
    if let Returned { visit, .. } = &returned
        && let Some(scan) = &visit.for_scan
    {
        let who = (&proved, &said);
        let scan = scans::scanned(&app, &mut tx, (&returned, scan), who, now).await?;
        tx.commit().await?;
        return Ok(Json(Outcome::OnPhone { scan }).into_response());
    }
    if returned.visit.scan.purpose == ScanPurpose::Verify {
        if let Some(owner) = owner {
            let who = (owner.account_id, proved.identity());
            persons::came_back(&mut tx, who).await?;
        }
        tx.commit().await?;
        return Ok(Json(Outcome::Verified).into_response());
    }
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::RETURN_FROM_PROVIDER);
    let purpose = returned.visit.scan.purpose;
    let who = (&proved, said);
    let (jar, outcome) = identities::go_on(&app, tx, from, (purpose, owner), who, now).await?;
    Ok((jar, Json(outcome)).into_response())
}

/// Tells which identity waits in this browser for its holder's choice (SGN-5, LGM-5).
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::GET_SEEN_IDENTITY.path, tag = "providers",
    operation_id = "get_seen_identity", responses((status = 200, body = Waiting))
)]
pub async fn get_seen_identity(
    State(app): State<Arc<App>>,
    MaybeSignedIn(signed_in): MaybeSignedIn,
    jar: CookieJar,
) -> Result<Json<Waiting>, ApiError> {
    let now = now(&app);
    let owner = signed_in.filter(|user| user.user_id.is_none());
    let mut tx = app.store.read().await?;
    let owner = owner.as_ref().map(|user| &user.at);
    let identity = identities::waiting(&app, &mut tx, &jar, owner, now).await?;
    tx.commit().await?;
    Ok(Json(Waiting { identity }))
}

/// Forgets that identity; also one that is gone already.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    delete, path = endpoints::FORGET_IDENTITY.path, tag = "providers",
    operation_id = "forget_identity", responses((status = 204))
)]
pub async fn forget_identity(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    if let Some(waiting) = seen::find(&app, &mut tx, &jar, now).await? {
        seen::take(&app, &mut tx, (&jar, waiting), now).await?;
    }
    tx.commit().await?;
    let gone = CookieJar::new().add(cookies::no_seen());
    Ok((gone, StatusCode::NO_CONTENT).into_response())
}

/// Signs in to one of several accounts of the identity (LGM-5, SGN-10).
///
/// # Errors
/// When nothing waits in this browser, or the account is none of the identity's.
#[utoipa::path(
    post, path = endpoints::CHOOSE_ACCOUNT.path, tag = "providers",
    operation_id = "choose_account", request_body = Choose,
    responses(
        (status = 200, body = SignInAnswer),
        (status = 409, body = Problem, description = "Nothing waits, or it is none of these"),
    )
)]
pub async fn choose_account(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    caller: Caller,
    jar: CookieJar,
    Body(wish): Body<Choose>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let tx = app.store.write().await?;
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::CHOOSE_ACCOUNT);
    let (jar, answer) = identities::choose(&app, tx, from, &wish.choice, now).await?;
    Ok((jar, Json(answer)).into_response())
}

/// Binds the identity to the account that is signed in, or replaces one of its kind (LGM-5, LGM-7).
///
/// # Errors
/// What is missing of a proof, or what the rules of login methods refuse with.
#[utoipa::path(
    post, path = endpoints::BIND_IDENTITY.path, tag = "providers",
    operation_id = "bind_identity", security(("session" = [])), request_body = Bind,
    responses(
        (status = 200, body = Bound),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is needed"),
        (status = 409, body = Problem, description = "Nothing waits, or a rule refuses"),
    )
)]
pub async fn bind_identity(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    caller: Caller,
    jar: CookieJar,
    Body(wish): Body<Bind>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::BIND_IDENTITY);
    let wish = (&owner, wish.replaces);
    let (bound, followed) = identities::bind(&app, &mut tx, from, wish, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    let mut jar = CookieJar::new().add(cookies::no_seen());
    if let Some(token) = followed.renewed_token {
        jar = jar.add(cookies::session(token));
    }
    Ok((jar, Json(bound)).into_response())
}

/// Why nobody's identity was proved, and what helps (SGN-10).
fn failed(kind: LoginMethodKind, failure: ProviderFailure) -> Outcome {
    let why = match failure {
        ProviderFailure::Frozen => {
            return Outcome::Frozen {
                kind,
                ways: frozen_identity_ways(kind).to_vec(),
            };
        }
        ProviderFailure::Declined => VisitFailure::Declined,
        ProviderFailure::BadCode => VisitFailure::BeginAgain,
        ProviderFailure::Unreachable => VisitFailure::Later,
        ProviderFailure::Misconfigured | ProviderFailure::Untrustworthy => {
            VisitFailure::Misconfigured
        }
    };
    Outcome::Failed { kind, why }
}
