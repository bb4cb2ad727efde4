//! Corporate bank transfer: other bank details, and the sum that is read back (ENT-7, ENT-17, ENT-18).

use contract::enterprise::TransferForm;
use contract::problem::ValueProblem;
use domain::identity::TransferAmount;
use domain::refusal::Refused;
use domain::time::Timestamp;
use domain::verification::{
    AmountOutcome, DocumentPurpose, FailureReason, Method, VerificationRefusal,
    may_request_transfer,
};
use serde_json::json;

use super::beginning::{begin_again, order, requested, send};
use super::form::{self, Destination};
use super::{Call, claimed, looking};
use crate::error::ApiError;
use crate::extract::Intent;
use crate::flows::documents::holder_of;
use crate::flows::{attempts as trying, audited, commit};
use crate::state::App;
use crate::store::attempts::{Claimed, StoredAttempt};
use crate::store::bank_transfers::StoredDispute;
use crate::store::{attempts, bank_transfers, documents, security};

/// Asks for a transfer to other bank details: in place of one whose money does not come, or of one that
/// failed (ENT-17, ENT-18).
///
/// # Errors
/// Every wrong field; every rule that refuses; [`ApiError::Busy`] when a service does not answer.
pub async fn request(
    app: &App,
    call: Call<'_>,
    typed: &TransferForm,
    now: Timestamp,
) -> Result<(), ApiError> {
    let to = form::parse_destination(typed).map_err(ApiError::Fields)?;
    let mut tx = app.store.write().await?;
    security::find_locked(&mut tx, call.account_id).await?;
    let running = attempts::find_running(&mut tx, call.account_id).await?;
    let running = running.filter(|one| one.attempt.running() == Some(Method::BankTransfer));
    let Some(running) = running else {
        drop(tx);
        let wish = (Method::BankTransfer, Some(to));
        return begin_again(app, call, wish, now).await;
    };
    let previous = bank_transfers::find_newest(&mut tx, call.account_id).await?;
    let previous = previous.filter(|previous| previous.attempt_id == running.id);
    let previous = previous.as_ref().map(|previous| &previous.transfer);
    let policy = &app.policy.verification;
    let failing = may_request_transfer(previous, policy, now);
    Refused::unless_none(failing).map_err(|refused| ApiError::all_refused(refused, now))?;
    let wanted = (app.ids.id()?, order(app, &to)?);
    let new = requested(app, &running, wanted, previous, now)?;
    bank_transfers::insert(&mut tx, &new).await?;
    let running = handled_by(running, &to);
    attempts::update(&mut tx, &running).await?;
    let details = json!({ "case": running.case_number });
    audited(
        &mut tx,
        call.endpoint,
        call.request,
        call.account_id,
        details,
        now,
    )
    .await?;
    commit(tx, call.request).await?;
    if let Some(claimed) = claimed(&running) {
        send(app, &new, claimed.enterprise.name.as_str()).await;
    }
    Ok(())
}

/// The same attempt, handled by whoever the new details name; fixed once it has passed (ENT-14).
fn handled_by(mut attempt: StoredAttempt, to: &Destination) -> StoredAttempt {
    if let Claimed::Enterprise(claimed) = &mut attempt.claim {
        claimed.enterprise.handler = Some(to.handler.clone());
    }
    attempt
}

/// Complains that the right sum was refused: account id and the receipt that waits go to support, under a
/// case number (ENT-19).
///
/// # Errors
/// Where nothing was refused, or there is no receipt.
pub async fn dispute(app: &App, call: Call<'_>, now: Timestamp) -> Result<(), ApiError> {
    let id = call.account_id;
    let mut tx = app.store.write().await?;
    security::find_locked(&mut tx, id).await?;
    let stored = bank_transfers::find_newest(&mut tx, id).await?;
    let stored =
        stored.ok_or_else(|| ApiError::refused(VerificationRefusal::NoSuchAttempt, now))?;
    let new = app.ids.id()?;
    let purpose = DocumentPurpose::AmountDispute;
    let receipts = documents::claim(&mut tx, &holder_of(id), purpose, &new).await?;
    let made = stored
        .transfer
        .dispute(id, !receipts.is_empty(), now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let dispute = StoredDispute {
        case_number: trying::case_number(app, now)?,
        account_id: made.account,
        reference: stored.reference,
        at: made.at,
        document_id: receipts
            .first()
            .map(|one| one.id.clone())
            .unwrap_or_default(),
        id: new,
    };
    bank_transfers::insert_dispute(&mut tx, &dispute).await?;
    // Nobody decides on it in a queue; its receipt is kept as long as after a decision.
    documents::decided(&mut tx, &dispute.id, now).await?;
    let details = json!({ "case": dispute.case_number });
    audited(&mut tx, call.endpoint, call.request, id, details, now).await?;
    commit(tx, call.request).await
}

/// Parses the sum that was typed; what is none costs no try (ENT-7, V-29).
///
/// # Errors
/// What is wrong with it.
pub fn parse_amount(typed: &str) -> Result<TransferAmount, ApiError> {
    TransferAmount::parse(typed)
        .map_err(|problem| ApiError::field("amount", ValueProblem::Amount(problem)))
}

/// Enters the sum that arrived. A wrong one costs a try, counted with the account's row taken, so that
/// there is never a third however many come at once (ENT-7).
///
/// # Errors
/// Every rule that refuses; a right sum can also be refused by [`trying::pass`], and then nothing has
/// happened.
pub async fn enter(
    app: &App,
    call: Call<'_>,
    amount: TransferAmount,
    now: Timestamp,
) -> Result<AmountOutcome, ApiError> {
    let nothing = || ApiError::refused(VerificationRefusal::NoSuchAttempt, now);
    let policy = &app.policy.verification;
    let mut tx = app.store.write().await?;
    security::find_locked(&mut tx, call.account_id).await?;
    let stored = bank_transfers::find_newest(&mut tx, call.account_id).await?;
    let stored = stored.ok_or_else(nothing)?;
    let failing = stored.transfer.may_enter_amount(policy, now);
    Refused::unless_none(failing).map_err(|refused| ApiError::all_refused(refused, now))?;
    if call.request.1 == Intent::Ask {
        // Whether it is the right sum is no question that costs nothing.
        return Err(ApiError::OnlyAsked);
    }
    let running = attempts::find_running(&mut tx, call.account_id).await?;
    let running = running
        .filter(|running| running.id == stored.attempt_id)
        .ok_or_else(nothing)?;
    let entered = stored
        .transfer
        .enter_amount(amount, policy, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    if !bank_transfers::update(&mut tx, &stored, &entered.transfer).await? {
        return Err(ApiError::ChangedElsewhere);
    }
    match entered.outcome {
        AmountOutcome::Right => looking::passed(app, &mut tx, &running, now).await?,
        AmountOutcome::Wrong { tries_left: 0 } => {
            trying::fail(&mut tx, running, vec![FailureReason::TransferFailed], now).await?;
        }
        AmountOutcome::Wrong { .. } => {}
    }
    let details = json!({ "outcome": entered.outcome });
    audited(
        &mut tx,
        call.endpoint,
        call.request,
        call.account_id,
        details,
        now,
    )
    .await?;
    commit(tx, call.request).await?;
    app.postman_bell.notify_one();
    Ok(entered.outcome)
}
