//! Verifying an enterprise (ENT): begun by a form, looked after until register, bank, Official Account or
//! legal representative have answered, and re-checked afterwards. Services are never asked inside a
//! transaction.

mod beginning;
mod code;
mod form;
mod looking;
mod recheck;
mod shown;
mod transfer;

pub use beginning::{ask_again, begin, name_again, offered, withdraw};
pub use code::{complete, may_complete};
pub use looking::{look, look_after_all};
pub use recheck::{recheck_due, stands};
pub use shown::shown;
pub use transfer::{dispute, enter, parse_amount, request};

use axum_extra::extract::CookieJar;
use domain::account::AccountId;
use domain::audit::Actor;
use domain::contacts::notice_targets;
use domain::sign_in::SessionId;
use domain::time::Timestamp;
use domain::verification::{FailureReason, RegisterAnswer};
use serde_json::{Value, json};

use super::codes::post;
use crate::error::ApiError;
use crate::extract::Caller;
use crate::language::Language;
use crate::letters;
use crate::letters::enterprise::News;
use crate::outside::registry::{Recorded, RegisterQuestion, Standing};
use crate::state::App;
use crate::store::attempts::{Claimed, ClaimedEnterprise, StoredAttempt};
use crate::store::audit::{self, Entry};
use crate::store::security::Security;
use crate::store::{Tx, attempts};

/// How many attempts are looked through for the newest of an enterprise.
const LOOKED_THROUGH: u32 = 20;

/// Who calls, and what for: what leaves the audit row and decides whether anything happens (API-2).
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// The endpoint.
    pub endpoint: &'a contract::endpoints::Endpoint,
    /// The request.
    pub request: &'a crate::extract::RequestId,
    /// Where the browser is.
    pub origin: &'a crate::extract::Origin,
    /// Whose account it is.
    pub account_id: AccountId,
}

/// The browser in which somebody acts, and its session: a scan is good in no other (V-27).
#[derive(Clone, Copy)]
pub struct Here<'a> {
    /// The cookies.
    pub jar: &'a CookieJar,
    /// Who calls.
    pub caller: &'a Caller,
    /// The language of the browser.
    pub language: Language,
    /// The session.
    pub session: &'a SessionId,
}

/// What an enterprise attempt is about.
fn claimed(attempt: &StoredAttempt) -> Option<&ClaimedEnterprise> {
    match &attempt.claim {
        Claimed::Enterprise(claimed) => Some(claimed),
        Claimed::Person(_) => None,
    }
}

/// The newest attempt to verify an enterprise.
async fn newest(tx: &mut Tx, id: AccountId) -> Result<Option<StoredAttempt>, ApiError> {
    let running = attempts::find_running(tx, id).await?;
    if let Some(running) = running.filter(|one| claimed(one).is_some()) {
        return Ok(Some(running));
    }
    let all = attempts::list(tx, id, LOOKED_THROUGH).await?;
    Ok(all.into_iter().find(|one| claimed(one).is_some()))
}

/// What the register says of a claim.
async fn look_up(app: &App, claimed: &ClaimedEnterprise) -> Result<Recorded, ApiError> {
    let enterprise = &claimed.enterprise;
    let question = RegisterQuestion {
        name: &enterprise.name,
        code: &enterprise.code,
        legal_representative: enterprise
            .legal_representative
            .as_ref()
            .map(|person| &person.name),
    };
    app.registry
        .look_up(&question)
        .await
        .map_err(|_| ApiError::Busy)
}

/// Why a claim fails by what the register says of it (ENT-9, ENT-10, ENT-15).
fn reasons(recorded: &Recorded) -> Vec<FailureReason> {
    match recorded.answer {
        RegisterAnswer::NotRecorded => vec![FailureReason::NotRecorded],
        RegisterAnswer::Differs => vec![FailureReason::NameOrCodeWrong],
        RegisterAnswer::Matches => {
            let mut reasons = Vec::new();
            if recorded.standing == Standing::Dissolved {
                reasons.push(FailureReason::EnterpriseDissolved);
            }
            if recorded.represents == Some(false) {
                reasons.push(FailureReason::NameOrIdWrong);
            }
            reasons
        }
    }
}

/// Leaves an audit row of what happened without anybody's request.
async fn happened(
    tx: &mut Tx,
    event: &str,
    (account_id, details): (AccountId, Value),
    now: Timestamp,
) -> Result<(), ApiError> {
    let entry = Entry {
        at: now,
        actor: Actor::System,
        account_id: Some(account_id),
        event: event.to_owned(),
        request_id: String::new(),
        details: details.to_string(),
    };
    Ok(audit::insert(tx, &entry).await?)
}

/// Tells the owner what has become of the verification.
async fn tell(
    app: &App,
    tx: &mut Tx,
    (security, news): (&Security, News),
    now: Timestamp,
) -> Result<(), ApiError> {
    let page = super::consequences::page(app, news.page());
    let id = security.account_id.to_string();
    let words = letters::enterprise::news(security.language, &app.names, news, (&id, &page));
    for target in notice_targets(&security.contacts, &security.contacts) {
        post(app, tx, &target, words.clone(), now).await?;
    }
    Ok(())
}

/// What the audit keeps of an attempt that has ended.
fn ended(attempt: &StoredAttempt) -> Value {
    json!({ "case": attempt.case_number, "attempt": attempt.attempt })
}
