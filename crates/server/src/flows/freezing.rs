//! Why an account is frozen, and an operator's freezing and lifting (ACC-6, OPS-2). Must not know what a
//! frozen account is refused beside what the rules say.

use domain::account::{
    AccountId, FreezeCauses, FreezeReason, FrozenAction, VerificationStatus, freeze_reasons,
    may_act_unfrozen,
};
use domain::contacts::notice_targets;
use domain::operators::{FreezeChanged, OperatorAct};
use domain::refusal::Refused;
use domain::time::Timestamp;

use super::codes::post;
use crate::error::ApiError;
use crate::letters;
use crate::state::App;
use crate::store::security::Security;
use crate::store::{Tx, accounts, freezes};

/// Every reason for which the account is frozen (ACC-6).
///
/// # Errors
/// When the database fails.
pub async fn reasons(tx: &mut Tx, id: AccountId) -> Result<Vec<FreezeReason>, ApiError> {
    let account = accounts::find(tx, id).await?;
    let causes = FreezeCauses {
        by_operator: freezes::find(tx, id).await?.is_some(),
        verification: account.map_or(VerificationStatus::Unverified, |account| {
            account.verification
        }),
        retained_resources: 0,
        deregistering: false,
    };
    Ok(freeze_reasons(&causes))
}

/// Refuses what a frozen account cannot do, once for each reason (ACC-6).
///
/// # Errors
/// [`domain::account::AccountRefusal::Frozen`], or when the database fails.
pub async fn refuse_frozen(
    tx: &mut Tx,
    id: AccountId,
    action: FrozenAction,
    now: Timestamp,
) -> Result<(), ApiError> {
    let reasons = reasons(tx, id).await?;
    Refused::unless_none(may_act_unfrozen(&reasons, action))
        .map_err(|refused| ApiError::all_refused(refused, now))
}

/// Writes down what an operator has decided, and tells the account's owner.
///
/// # Errors
/// When the database fails.
pub async fn apply(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    act: &OperatorAct<FreezeChanged>,
) -> Result<(), ApiError> {
    let OperatorAct {
        by,
        reason,
        at,
        what: FreezeChanged { account, frozen },
    } = act;
    if *frozen {
        freezes::replace(tx, *account, (*by, reason.as_str()), *at).await?;
    } else {
        freezes::delete(tx, *account).await?;
    }
    let reason = frozen.then_some(reason.as_str());
    for target in notice_targets(&security.contacts, &security.contacts) {
        let id = account.to_string();
        let words = letters::freezing::words(security.language, &app.names, (&id, reason), *at);
        post(app, tx, &target, words, *at).await?;
    }
    Ok(())
}
