//! The documents of an application: uploaded beside the draft, handed in with it, given back for
//! correction (CHG-7, CHG-13). Must not know what is in them.

use domain::time::Timestamp;
use domain::verification::DocumentPurpose;
use domain::verification::change::Proof;

use crate::error::ApiError;
use crate::store::Tx;
use crate::store::changes::Change;
use crate::store::documents::{self, Document};

const PURPOSE: DocumentPurpose = DocumentPurpose::VerificationChange;

/// Who has the uploads of an account that were not handed in.
fn holder(change: &Change) -> String {
    format!("account:{}", change.account_id)
}

/// The documents of an application: what waits beside a draft, else what was handed in.
pub(super) async fn list(tx: &mut Tx, change: &Change) -> Result<Vec<(Proof, Document)>, ApiError> {
    let all = match change.state.is_editable() {
        true => documents::list(tx, &holder(change), PURPOSE).await?,
        false => documents::list_of_application(tx, &change.id).await?,
    };
    Ok(named(all))
}

/// What was uploaded whole.
pub(super) async fn uploaded(tx: &mut Tx, change: &Change) -> Result<Vec<Proof>, ApiError> {
    let all = list(tx, change).await?;
    Ok(all.into_iter().map(|(proof, _)| proof).collect())
}

/// Hands in what waits beside the draft, and answers what the application has from then on.
pub(super) async fn hand_in(tx: &mut Tx, change: &Change) -> Result<Vec<Proof>, ApiError> {
    let all = documents::claim(tx, &holder(change), PURPOSE, &change.id).await?;
    Ok(named(all).into_iter().map(|(proof, _)| proof).collect())
}

/// Gives the documents back, so that single ones can be replaced before they are handed in again.
pub(super) async fn give_back(tx: &mut Tx, change: &Change) -> Result<(), ApiError> {
    Ok(documents::release(tx, &change.id).await?)
}

/// The application is decided or taken back: its documents' days count from now on (CHG-13).
pub(super) async fn decided(tx: &mut Tx, change: &Change, now: Timestamp) -> Result<(), ApiError> {
    Ok(documents::decided(tx, &change.id, now).await?)
}

/// The documents with what each proves.
fn named(all: Vec<Document>) -> Vec<(Proof, Document)> {
    let named = all.into_iter().filter_map(|document| {
        let proof = Proof::ALL
            .into_iter()
            .find(|proof| proof.word() == document.item)?;
        Some((proof, document))
    });
    named.collect()
}
