//! Attempts to verify an enterprise: by form, bank transfer, top-up, Official Account or the legal
//! representative (ENT-3 to ENT-20).

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints::{self, Endpoint};
use contract::enterprise::{
    AmountAnswer, EnterAmount, EnterpriseVerification, StartEnterprise, TransferForm,
};
use contract::problem::Problem;

use super::answer;
use crate::error::ApiError;
use crate::extract::{Body, Caller, Intent, Origin, RequestId, SignedIn, Speaks, now};
use crate::flows::browser::Browser;
use crate::flows::enterprise::{self, Call, Here};
use crate::state::App;

const fn call<'a>(
    endpoint: &'a Endpoint,
    (request, origin): (&'a RequestId, &'a Origin),
    owner: &SignedIn,
) -> Call<'a> {
    Call {
        endpoint,
        request,
        origin,
        account_id: owner.account_id,
    }
}

/// Shows the methods and the attempt with whatever it waits for.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::GET_ENTERPRISE.path, tag = "enterprise",
    operation_id = "get_enterprise", security(("session" = [])),
    responses(
        (status = 200, body = EnterpriseVerification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn get_enterprise(
    State(app): State<Arc<App>>,
    owner: SignedIn,
) -> Result<Json<EnterpriseVerification>, ApiError> {
    answer(&app, owner.account_id, now(&app)).await
}

/// Asks what has become of the running attempt, and shows how everything stands then.
///
/// # Errors
/// A rule that refuses what has passed (VER-2, ENT-1).
#[utoipa::path(
    post, path = endpoints::LOOK_AFTER_ENTERPRISE.path, tag = "enterprise",
    operation_id = "look_after_enterprise", security(("session" = [])),
    responses(
        (status = 200, body = EnterpriseVerification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "It passed, and a rule refuses"),
    )
)]
pub(super) async fn look_after_enterprise(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    (caller, Speaks(language)): (Caller, Speaks),
    jar: CookieJar,
) -> Result<Json<EnterpriseVerification>, ApiError> {
    let now = now(&app);
    if request.1 == Intent::Ask {
        return Err(ApiError::OnlyAsked);
    }
    let here = Here {
        jar: &jar,
        caller: &caller,
        language,
        session: &owner.session_id,
    };
    enterprise::look(&app, (owner.account_id, Some(here)), now).await?;
    answer(&app, owner.account_id, now).await
}

/// Begins an attempt by a form; what the register does not know fails at once and keeps everything typed
/// (ENT-9, VER-10).
///
/// # Errors
/// Every wrong field; every rule that refuses; a service that does not answer.
#[utoipa::path(
    post, path = endpoints::START_ENTERPRISE.path, tag = "enterprise",
    operation_id = "start_enterprise", security(("session" = [])),
    request_body = StartEnterprise,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseVerification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 503, body = Problem, description = "A service does not answer"),
    )
)]
pub(super) async fn start_enterprise(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    origin: Origin,
    owner: SignedIn,
    Body(wish): Body<StartEnterprise>,
) -> Result<Json<EnterpriseVerification>, ApiError> {
    let now = now(&app);
    let call = call(&endpoints::START_ENTERPRISE, (&request, &origin), &owner);
    enterprise::begin(&app, call, &wish, now).await?;
    answer(&app, owner.account_id, now).await
}

/// Asks for a bank transfer to other bank details (ENT-7, ENT-17, ENT-18).
///
/// # Errors
/// Every wrong field; money that has arrived is entered first; a service that does not answer.
#[utoipa::path(
    post, path = endpoints::REQUEST_TRANSFER.path, tag = "enterprise",
    operation_id = "request_transfer", security(("session" = [])),
    request_body = TransferForm,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseVerification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 503, body = Problem, description = "A service does not answer"),
    )
)]
pub(super) async fn request_transfer(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    origin: Origin,
    owner: SignedIn,
    Body(wish): Body<TransferForm>,
) -> Result<Json<EnterpriseVerification>, ApiError> {
    let now = now(&app);
    let call = call(&endpoints::REQUEST_TRANSFER, (&request, &origin), &owner);
    enterprise::request(&app, call, &wish, now).await?;
    answer(&app, owner.account_id, now).await
}

/// Enters the sum that arrived; a wrong one costs a try, what is no sum does not (ENT-7, V-29).
///
/// # Errors
/// A field problem; every rule that refuses.
#[utoipa::path(
    post, path = endpoints::ENTER_AMOUNT.path, tag = "enterprise",
    operation_id = "enter_amount", security(("session" = [])), request_body = EnterAmount,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = AmountAnswer),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "It is no sum from 0.01 to 0.99 yuan"),
    )
)]
pub(super) async fn enter_amount(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    origin: Origin,
    owner: SignedIn,
    Body(wish): Body<EnterAmount>,
) -> Result<Json<AmountAnswer>, ApiError> {
    let now = now(&app);
    let amount = enterprise::parse_amount(&wish.amount)?;
    let call = call(&endpoints::ENTER_AMOUNT, (&request, &origin), &owner);
    let outcome = enterprise::enter(&app, call, amount, now).await?;
    let Json(now) = answer(&app, owner.account_id, now).await?;
    Ok(Json(AmountAnswer { outcome, now }))
}

/// Complains that the right sum was refused; account id and receipt go to support (ENT-19).
///
/// # Errors
/// Where nothing was refused, or there is no receipt.
#[utoipa::path(
    post, path = endpoints::DISPUTE_AMOUNT.path, tag = "enterprise",
    operation_id = "dispute_amount", security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseVerification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 503, body = Problem, description = "A service does not answer"),
    )
)]
pub(super) async fn dispute_amount(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    origin: Origin,
    owner: SignedIn,
) -> Result<Json<EnterpriseVerification>, ApiError> {
    let now = now(&app);
    let call = call(&endpoints::DISPUTE_AMOUNT, (&request, &origin), &owner);
    enterprise::dispute(&app, call, now).await?;
    answer(&app, owner.account_id, now).await
}

/// Has another sum named to pay in, when nobody paid the former one in time (ENT-8).
///
/// # Errors
/// Where no top-up failed; every rule that refuses; a service that does not answer.
#[utoipa::path(
    post, path = endpoints::NAME_TOP_UP.path, tag = "enterprise",
    operation_id = "name_top_up", security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseVerification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 503, body = Problem, description = "A service does not answer"),
    )
)]
pub(super) async fn name_top_up(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    origin: Origin,
    owner: SignedIn,
) -> Result<Json<EnterpriseVerification>, ApiError> {
    let now = now(&app);
    let call = call(&endpoints::NAME_TOP_UP, (&request, &origin), &owner);
    enterprise::name_again(&app, call, now).await?;
    answer(&app, owner.account_id, now).await
}

/// Begins anew what the administrator of the Official Account or the legal representative has to do, within
/// the running attempt (ENT-20).
///
/// # Errors
/// Where nothing of that kind runs; a service that does not answer.
#[utoipa::path(
    post, path = endpoints::ASK_AGAIN.path, tag = "enterprise",
    operation_id = "ask_again", security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseVerification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 503, body = Problem, description = "A service does not answer"),
    )
)]
pub(super) async fn ask_again(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    (caller, origin, Speaks(language)): (Caller, Origin, Speaks),
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let call = call(&endpoints::ASK_AGAIN, (&request, &origin), &owner);
    let browser = Browser::of(&app, &jar)?;
    // A browser that was never here is known from now on.
    let known = jar.add(browser.cookie());
    let here = Here {
        jar: &known,
        caller: &caller,
        language,
        session: &owner.session_id,
    };
    enterprise::ask_again(&app, (call, here), now).await?;
    let shown = answer(&app, owner.account_id, now).await?;
    let cookie = CookieJar::new().add(browser.cookie());
    Ok((cookie, shown).into_response())
}

/// Withdraws the permission of the Official Account; the verification stands (ENT-12).
///
/// # Errors
/// Where none was given; a service that does not answer.
#[utoipa::path(
    delete, path = endpoints::WITHDRAW_PERMISSION.path, tag = "enterprise",
    operation_id = "withdraw_permission", security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseVerification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 503, body = Problem, description = "A service does not answer"),
    )
)]
pub(super) async fn withdraw_permission(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    origin: Origin,
    owner: SignedIn,
) -> Result<Json<EnterpriseVerification>, ApiError> {
    let now = now(&app);
    let call = call(&endpoints::WITHDRAW_PERMISSION, (&request, &origin), &owner);
    enterprise::withdraw(&app, call, now).await?;
    answer(&app, owner.account_id, now).await
}
