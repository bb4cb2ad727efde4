//! The login e-mail, and unbinding login methods (CON-14, CON-15, LGM-1 to LGM-3, LGM-8).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::{Extension, Json};
use contract::account::{LoginMethodsChanged, SendLoginEmailCode, SetLoginEmail};
use contract::codes::CodeSent;
use contract::endpoints;
use contract::problem::{Problem, ValueProblem};
use domain::contacts::{CodePurpose, CodeRequest};
use domain::identity::Email;
use domain::login_methods::{
    IdentityUse, LoginIdentity, LoginMethodKind, MethodWish, bind_method, replace_method,
    unbind_method,
};
use domain::protection::SensitiveOperation;
use domain::refusal::Refused;
use serde_json::json;

use crate::error::ApiError;
use crate::extract::{Body, RequestId, SignedIn, now};
use crate::flows::codes::{self, Delivery};
use crate::flows::login_methods::{self as writing, Of, Shown};
use crate::flows::{audited, checks, commit};
use crate::state::App;
use crate::store::security::{self, Security};
use crate::store::{Tx, login_methods};

/// Sends a code to an address that shall sign in, after the identity check (CON-15, LGM-9). Whether it
/// signs in to another account is told only to who has answered the code (CON-14).
///
/// # Errors
/// What stands against an e-mail as login method, or that a code went there a moment ago.
#[utoipa::path(
    post, path = endpoints::SEND_LOGIN_EMAIL_CODE.path, tag = "account",
    operation_id = "send_login_email_code", security(("session" = [])),
    request_body = SendLoginEmailCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 403, body = Problem, description = "Prove again who you are"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "It is no address"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub(super) async fn send_login_email_code(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<SendLoginEmailCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let email = parse(&wish.email)?;
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, &owner).await?;
    let operation = SensitiveOperation::ChangeLoginMethods;
    checks::require(&app, &mut tx, &owner, &security, operation, now).await?;
    let methods = security.plain_methods();
    let state = security.login_state(&methods);
    let failing = writing::may_begin(&state, LoginMethodKind::Email);
    Refused::unless_none(failing).map_err(|refused| ApiError::all_refused(refused, now))?;
    let to = (security.language, Delivery::Sent);
    let sent = codes::send(&app, &mut tx, asked(&owner, email), to, now).await?;
    let endpoint = &endpoints::SEND_LOGIN_EMAIL_CODE;
    audited(
        &mut tx,
        endpoint,
        &request,
        owner.account_id,
        json!({}),
        now,
    )
    .await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}

/// Sets the login e-mail, or puts another one in its place, once it answered a code (CON-14, CON-15,
/// LGM-3, LGM-9).
///
/// # Errors
/// What is wrong with the code, or what stands against the address.
#[utoipa::path(
    put, path = endpoints::SET_LOGIN_EMAIL.path, tag = "account",
    operation_id = "set_login_email", security(("session" = [])), request_body = SetLoginEmail,
    responses(
        (status = 200, body = LoginMethodsChanged),
        (status = 403, body = Problem, description = "Prove again who you are"),
        (status = 409, body = Problem, description = "The code is wrong, or a rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn set_login_email(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<SetLoginEmail>,
) -> Result<Json<LoginMethodsChanged>, ApiError> {
    let now = now(&app);
    let email = parse(&wish.email)?;
    let typed = codes::parse("code", &wish.code)?;
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, &owner).await?;
    let operation = SensitiveOperation::ChangeLoginMethods;
    let check = checks::require(&app, &mut tx, &owner, &security, operation, now).await?;
    let asked = asked(&owner, email.clone());
    let (mut tx, confirmed) = codes::take(&app, tx, &asked, typed, now).await?;
    let Some(proved) = confirmed.login_email() else {
        return Err(ApiError::NotFound);
    };
    let identity = LoginIdentity::email(&email);
    let id = owner.account_id;
    let used = IdentityUse {
        other_accounts: login_methods::count_others(&mut tx, &identity, Some(id)).await?,
    };
    let wish = MethodWish {
        proved: &proved,
        used,
        is_wecom_administrator: false,
    };
    let of = Of {
        security: &security,
        session: &owner.session_id,
    };
    let shown = Shown {
        spelt: email.display(),
        name: None,
    };
    let methods = security.plain_methods();
    let state = security.login_state(&methods);
    let policy = &app.policy.login_methods;
    let refused = |refused| ApiError::all_refused(refused, now);
    let had_one = state.of_kind(LoginMethodKind::Email).is_some();
    let followed = if had_one {
        let replaced = replace_method(&check, &state, &wish, policy, now).map_err(refused)?;
        writing::replaced(&app, &mut tx, of, (&replaced, shown), now).await?
    } else {
        let bound = bind_method(&check, &state, &wish, policy, now).map_err(refused)?;
        writing::bound(&app, &mut tx, of, (&bound, shown), now).await?
    };
    let details = json!({ "replaced": had_one });
    let endpoint = &endpoints::SET_LOGIN_EMAIL;
    audited(&mut tx, endpoint, &request, id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(LoginMethodsChanged {
        offer_to_end: followed.offer_to_end,
        wechat_still_confirms: false,
    }))
}

/// Unbinds a login method, after the identity check; the last one stays, whoever asks and however many
/// ask at once (LGM-1, LGM-2, LGM-8, LGM-9).
///
/// # Errors
/// All that stands against it.
#[utoipa::path(
    delete, path = endpoints::UNBIND_LOGIN_METHOD.path, tag = "account",
    operation_id = "unbind_login_method", security(("session" = [])),
    params(("kind" = LoginMethodKind, Path)),
    responses(
        (status = 200, body = LoginMethodsChanged),
        (status = 403, body = Problem, description = "Prove again who you are"),
        (status = 409, body = Problem, description = "A rule refuses"),
    )
)]
pub(super) async fn unbind_login_method(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(kind): Path<LoginMethodKind>,
) -> Result<Json<LoginMethodsChanged>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, &owner).await?;
    let operation = writing::operation(kind);
    let check = checks::require(&app, &mut tx, &owner, &security, operation, now).await?;
    let methods = security.plain_methods();
    let unbound = unbind_method(&check, &security.login_state(&methods), kind)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let of = Of {
        security: &security,
        session: &owner.session_id,
    };
    let followed = writing::unbound(&app, &mut tx, of, &unbound, now).await?;
    let endpoint = &endpoints::UNBIND_LOGIN_METHOD;
    let details = json!({ "kind": kind });
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(LoginMethodsChanged {
        offer_to_end: followed.offer_to_end,
        wechat_still_confirms: unbound.wechat_still_confirms,
    }))
}

async fn find_locked(tx: &mut Tx, owner: &SignedIn) -> Result<Security, ApiError> {
    security::find_locked(tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)
}

fn asked(owner: &SignedIn, email: Email) -> CodeRequest {
    CodeRequest {
        purpose: CodePurpose::LoginEmail,
        account: Some(owner.account_id),
        target: email.into(),
    }
}

fn parse(typed: &str) -> Result<Email, ApiError> {
    Email::parse(typed).map_err(|problem| ApiError::field("email", ValueProblem::Email(problem)))
}
