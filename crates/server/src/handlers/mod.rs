//! One file per area: parse, load, decide, apply, answer. A handler must not know another area's.

pub mod account;
pub mod demo;
pub mod health;
pub mod session;

use contract::endpoints::{Audit, Endpoint};
use domain::account::AccountId;
use domain::time::Timestamp;
use serde_json::Value;

use crate::error::ApiError;
use crate::extract::RequestId;
use crate::store::Tx;
use crate::store::audit::{self, Entry};

/// Leaves the audit row that the contract promises for `endpoint`, in the change's transaction.
async fn audited(
    tx: &mut Tx,
    endpoint: &Endpoint,
    request: &RequestId,
    account_id: AccountId,
    details: Value,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Audit::Event(event) = endpoint.audit else {
        return Ok(());
    };
    let entry = Entry {
        at: now,
        account_id: Some(account_id),
        event: event.to_owned(),
        request_id: request.0.clone(),
        details: details.to_string(),
    };
    audit::insert(tx, &entry).await?;
    Ok(())
}

/// `欧阳文文` as `欧***`: a star for each character but the first.
fn masked_name(name: &str) -> String {
    let mut characters = name.chars();
    let first: String = characters.by_ref().take(1).collect();
    format!("{first}{}", "*".repeat(characters.count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_show_the_first_character_only() {
        assert_eq!(masked_name("张三"), "张*");
        assert_eq!(masked_name("欧阳文文"), "欧***");
        assert_eq!(masked_name(""), "");
    }
}
