//! What handlers of the desk do alike: the audit row of an operator's act, and signing in.
//! Must not know routes or bodies of requests.

pub mod signing_in;

use contract::endpoints::{Audit, Endpoint};
use domain::account::AccountId;
use domain::audit::Actor;
use domain::operators::OperatorId;
use domain::time::Timestamp;
use serde_json::{Value, json};

use crate::error::ApiError;
use crate::extract::RequestId;
use crate::store::Tx;
use crate::store::audit::{self, Entry};

/// Leaves the audit rows that the contract promises for an operator's act, one for each account that it
/// concerns, or one that concerns none; each names the operator (OPS-2).
///
/// # Errors
/// When the database fails.
pub async fn audited(
    tx: &mut Tx,
    (endpoint, request): (&Endpoint, &RequestId),
    by: OperatorId,
    accounts: &[AccountId],
    mut details: Value,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Audit::Event(event) = endpoint.audit else {
        return Ok(());
    };
    if let Value::Object(details) = &mut details {
        details.insert("operator".to_owned(), json!(by));
    }
    let concerned: Vec<Option<AccountId>> = match accounts {
        [] => vec![None],
        accounts => accounts.iter().copied().map(Some).collect(),
    };
    for account_id in concerned {
        let entry = Entry {
            at: now,
            actor: Actor::Operator(by.0.to_string()),
            account_id,
            event: event.to_owned(),
            request_id: request.0.clone(),
            details: details.to_string(),
        };
        audit::insert(tx, &entry).await?;
    }
    Ok(())
}
