//! The documents of an application: uploaded beside the draft, claimed when it is handed in (CHG-7,
//! CHG-13). Must not know what is in them.

use domain::time::Timestamp;
use domain::verification::change::Proof;
use serde_json::Value;

use crate::error::ApiError;
use crate::store::Tx;
use crate::store::changes::Change;
use crate::store::documents::{self, Document};

/// What the documents of applications are uploaded for.
const PURPOSE: &str = "verification_change";

/// Who owns uploads of an account that nothing has claimed yet.
fn holder(change: &Change) -> String {
    format!("account:{}", change.account_id)
}

/// The documents of an application, the newest of each kind: those that it has claimed, and those that
/// were uploaded since.
pub(super) async fn list(tx: &mut Tx, change: &Change) -> Result<Vec<(Proof, Document)>, ApiError> {
    let mut all = documents::list_of_application(tx, &change.id).await?;
    if change.state.is_editable() {
        all.extend(documents::list(tx, &holder(change), PURPOSE).await?);
    }
    all.sort_by_key(|document| std::cmp::Reverse(document.uploaded_at));
    let mut newest: Vec<(Proof, Document)> = Vec::new();
    for document in all {
        let Some(proof) = proof(&document.item) else {
            continue;
        };
        if newest.iter().all(|(known, _)| *known != proof) {
            newest.push((proof, document));
        }
    }
    Ok(newest)
}

/// What was uploaded whole.
pub(super) async fn uploaded(tx: &mut Tx, change: &Change) -> Result<Vec<Proof>, ApiError> {
    let all = list(tx, change).await?;
    Ok(all.into_iter().map(|(proof, _)| proof).collect())
}

/// What was uploaded belongs to the application from now on.
pub(super) async fn claim(tx: &mut Tx, change: &Change) -> Result<(), ApiError> {
    documents::claim(tx, &holder(change), PURPOSE, &change.id).await?;
    Ok(())
}

/// The application is decided: the time of its documents begins (CHG-13).
pub(super) async fn decided(tx: &mut Tx, change: &Change, now: Timestamp) -> Result<(), ApiError> {
    documents::decided(tx, &change.id, now).await?;
    Ok(())
}

/// The document that an item's word names; none when it is another area's.
fn proof(item: &str) -> Option<Proof> {
    serde_json::from_value(Value::String(item.to_owned())).ok()
}
