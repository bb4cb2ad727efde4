//! The security phone, bound or changed by the owner (CON-2, CON-3, CON-8).

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use contract::codes::CodeSent;
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use contract::security::{ChangeSecurityPhone, PhoneChanged, SendNewPhoneCode};
use domain::contacts::{
    CodePurpose, CodeRequest, PhoneChangeState, SecurityContacts, change_security_phone as decide,
    may_change_security_phone,
};
use domain::identity::PhoneNumber;
use domain::protection::{SensitiveOperation, SixDigits};
use domain::refusal::Refused;
use serde_json::json;

use super::{find_locked, masked};
use crate::error::ApiError;
use crate::extract::{Body, RequestId, SignedIn, now};
use crate::flows::codes::Delivery;
use crate::flows::consequences::{Happened, follow};
use crate::flows::{audited, checks, codes, commit};
use crate::state::App;
use crate::store::Tx;
use crate::store::security::{self, Security};

const OPERATION: SensitiveOperation = SensitiveOperation::ChangeSecurityPhone;

/// Sends a code to the number that is to become the security phone (CON-3, CON-12).
///
/// Whether the number has a place left is told here too, to an owner who has proved who they are, so
/// that nobody waits for a code in vain (CON-2).
///
/// # Errors
/// A field problem, the missing proof, a number that cannot be taken, a code sent a moment ago.
#[utoipa::path(
    post, path = endpoints::SEND_NEW_PHONE_CODE.path, tag = "security",
    operation_id = "send_new_phone_code", security(("session" = [])),
    request_body = SendNewPhoneCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
        (status = 409, body = Problem, description = "The number cannot be taken"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub(super) async fn send_new_phone_code(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<SendNewPhoneCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let phone = parse(&wish.phone).map_err(|problem| ApiError::Fields(vec![problem]))?;
    let mut tx = app.store.write().await?;
    let before = find_locked(&mut tx, &owner).await?;
    checks::require(&app, &mut tx, &owner, &before, OPERATION, now).await?;
    let asked = code_request(&before, &phone);
    let to = (before.language, Delivery::Sent);
    // The target's row is taken before the number's, as everywhere.
    let sent = codes::send(&app, &mut tx, asked, to, now).await?;
    let others = others(&mut tx, &before, &phone).await?;
    let failing = may_change_security_phone(&state(&before, others), &phone, &app.policy.contacts);
    Refused::unless_none(failing).map_err(|refused| ApiError::all_refused(refused, now))?;
    let endpoint = &endpoints::SEND_NEW_PHONE_CODE;
    let details = json!({ "to": sent.to });
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}

/// Binds or changes the security phone, once the new number has answered its code (CON-2, CON-3,
/// CON-8).
///
/// # Errors
/// Field problems, the missing proof, a wrong code, a number that cannot be taken.
#[utoipa::path(
    put, path = endpoints::CHANGE_SECURITY_PHONE.path, tag = "security",
    operation_id = "change_security_phone", security(("session" = [])),
    request_body = ChangeSecurityPhone,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = PhoneChanged),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
        (status = 409, body = Problem, description = "The code is wrong, or the number cannot be taken"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn change_security_phone(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<ChangeSecurityPhone>,
) -> Result<Json<PhoneChanged>, ApiError> {
    let now = now(&app);
    let (phone, code) = fields(&wish)?;
    let mut tx = app.store.write().await?;
    let before = find_locked(&mut tx, &owner).await?;
    let check = checks::require(&app, &mut tx, &owner, &before, OPERATION, now).await?;
    let asked = code_request(&before, &phone);
    let (mut tx, proved) = codes::take(&app, tx, &asked, code, now).await?;
    let others = others(&mut tx, &before, &phone).await?;
    let changed = decide(
        &check,
        &state(&before, others),
        &proved,
        &app.policy.contacts,
        now,
    )
    .map_err(|refused| ApiError::all_refused(refused, now))?;
    security::update_phone(&mut tx, owner.account_id, &changed.new, changed.at).await?;
    let after = SecurityContacts {
        phone: Some(changed.new.clone()),
        ..before.contacts.clone()
    };
    let happened = Happened {
        before: &before,
        after: &after,
        change: changed.change,
        session: Some(&owner.session_id),
    };
    let followed = follow(&app, &mut tx, happened, now).await?;
    let answer = PhoneChanged {
        old: changed.old.map(masked),
        new: masked(changed.new),
        still_message_phone_of: changed.still_message_phone_of,
        offer_to_end: followed.offer_to_end,
    };
    let details = json!({ "basis": check.basis(), "old": answer.old, "new": answer.new });
    let endpoint = &endpoints::CHANGE_SECURITY_PHONE;
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(answer))
}

fn parse(typed: &str) -> Result<PhoneNumber, FieldProblem> {
    PhoneNumber::parse(typed).map_err(|problem| FieldProblem {
        field: "phone".to_owned(),
        problem: ValueProblem::Phone(problem),
    })
}

/// Both fields, or what is wrong with each.
fn fields(wish: &ChangeSecurityPhone) -> Result<(PhoneNumber, SixDigits), ApiError> {
    let code = SixDigits::parse(&wish.code).map_err(|problem| FieldProblem {
        field: "code".to_owned(),
        problem: ValueProblem::Code(problem),
    });
    match (parse(&wish.phone), code) {
        (Ok(phone), Ok(code)) => Ok((phone, code)),
        (phone, code) => Err(ApiError::Fields(
            [phone.err(), code.err()].into_iter().flatten().collect(),
        )),
    }
}

fn code_request(security: &Security, phone: &PhoneNumber) -> CodeRequest {
    CodeRequest {
        purpose: CodePurpose::NewSecurityPhone,
        account: Some(security.account_id),
        target: phone.clone().into(),
    }
}

/// How many other accounts have the number; nobody takes a place beside us from here on (CON-2).
async fn others(tx: &mut Tx, security: &Security, phone: &PhoneNumber) -> Result<u32, ApiError> {
    Ok(security::count_others_on_phone(tx, phone, Some(security.account_id)).await?)
}

fn state(security: &Security, other_accounts: u32) -> PhoneChangeState<'_> {
    PhoneChangeState {
        account: security.account_id,
        current: security.contacts.phone.as_ref(),
        other_accounts,
        // No account has message recipients before it has users.
        message_phones: &[],
    }
}
