//! What handlers of several areas do alike, each within the caller's transaction: codes, step-up
//! proofs, what follows from a change, beginning a session. Must not know routes or bodies of requests.

pub mod attempts;
pub mod browser;
pub mod captcha;
pub mod changes;
pub mod checks;
pub mod codes;
pub mod consequences;
pub mod documents;
pub mod enterprise;
pub mod faces;
pub mod freezing;
pub mod identities;
pub mod keys;
pub mod login_methods;
pub mod mfa;
pub mod new_password;
pub mod operators;
pub mod persons;
pub mod reached;
pub mod registering;
pub mod scans;
pub mod seen;
pub mod signing_in;
pub mod subjects;
pub mod tries;
pub mod visits;

use contract::endpoints::{Audit, Endpoint, Who};
use domain::account::AccountId;
use domain::audit::Actor;
use domain::time::Timestamp;
use serde_json::Value;

use crate::error::ApiError;
use crate::extract::{Intent, RequestId};
use crate::store::Tx;
use crate::store::audit::{self, Entry};

/// Leaves the audit row that the contract promises for `endpoint`, in the change's transaction; who did
/// it is whoever may call it.
///
/// # Errors
/// When the database fails.
pub async fn audited(
    tx: &mut Tx,
    endpoint: &Endpoint,
    request: &RequestId,
    account_id: AccountId,
    details: Value,
    now: Timestamp,
) -> Result<(), ApiError> {
    let actor = match endpoint.who {
        Who::Owner => Actor::Owner,
        Who::User | Who::Anyone(_) | Who::Demo => Actor::Visitor,
        // Who knows the operator's name says it, by the function below.
        Who::Operator => Actor::Operator(String::new()),
    };
    let whose = (actor, Some(account_id));
    audited_by(tx, endpoint, request, whose, details, now).await
}

/// The same for an endpoint of which several may be the actor, such as an operator by name, or with no
/// account concerned.
///
/// # Errors
/// When the database fails.
pub async fn audited_by(
    tx: &mut Tx,
    endpoint: &Endpoint,
    request: &RequestId,
    (actor, account_id): (Actor, Option<AccountId>),
    details: Value,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Audit::Event(event) = endpoint.audit else {
        return Ok(());
    };
    let entry = Entry {
        at: now,
        actor,
        account_id,
        event: event.to_owned(),
        request_id: request.0.clone(),
        details: details.to_string(),
    };
    audit::insert(tx, &entry).await?;
    Ok(())
}

/// Makes what a command did happen, unless it was only asked whether it may be done (API-2). Every
/// command of an owner ends here.
///
/// # Errors
/// [`ApiError::OnlyAsked`], or when the database fails; then nothing happened.
pub async fn commit(tx: Tx, request: &RequestId) -> Result<(), ApiError> {
    match request.1 {
        Intent::Do => Ok(tx.commit().await?),
        Intent::Ask => Err(ApiError::OnlyAsked),
    }
}
