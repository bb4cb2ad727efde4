//! The operators' desk: signing in there, queues, cases, accounts, enterprises (OPS-1, OPS-2).

mod accounts;
mod cases;
mod enterprises;
mod queues;
mod session;

use contract::endpoints;
use domain::operators::{Duty, OnDuty};
use domain::time::Timestamp;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::routes::Routes;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    session::sign_in,
    session::get_session,
    session::give_code,
    session::sign_out,
    queues::get_queues,
    queues::get_queue,
    cases::get_case,
    cases::view_document,
    cases::approve,
    cases::reject,
    accounts::get_account,
    accounts::get_audit,
    accounts::change_freeze,
    enterprises::find,
    enterprises::raise_limit,
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::OPERATOR_SIGN_IN, session::sign_in);
    routes.add(&endpoints::GET_OPERATOR_SESSION, session::get_session);
    routes.add(&endpoints::OPERATOR_GIVE_CODE, session::give_code);
    routes.add(&endpoints::OPERATOR_SIGN_OUT, session::sign_out);
    routes.add(&endpoints::GET_QUEUES, queues::get_queues);
    routes.add(&endpoints::GET_QUEUE, queues::get_queue);
    routes.add(&endpoints::GET_CASE, cases::get_case);
    routes.add(&endpoints::VIEW_CASE_DOCUMENT, cases::view_document);
    routes.add(&endpoints::APPROVE_CASE, cases::approve);
    routes.add(&endpoints::REJECT_CASE, cases::reject);
    routes.add(&endpoints::GET_OPERATOR_ACCOUNT, accounts::get_account);
    routes.add(&endpoints::GET_ACCOUNT_AUDIT, accounts::get_audit);
    routes.add(&endpoints::CHANGE_FREEZE, accounts::change_freeze);
    routes.add(&endpoints::FIND_ENTERPRISE, enterprises::find);
    routes.add(&endpoints::RAISE_LIMIT, enterprises::raise_limit);
}

/// Refuses a duty that none of the operator's roles has.
fn may(operator: &OnDuty, duty: Duty, now: Timestamp) -> Result<(), ApiError> {
    match operator.may(duty) {
        None => Ok(()),
        Some(refused) => Err(ApiError::refused(refused, now)),
    }
}
