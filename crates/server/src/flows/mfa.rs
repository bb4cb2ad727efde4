//! Takes the codes of a bound device and recovery codes, and hands out fresh ones (MFA-3, MFA-7).
//! Knows secrets and hashes; the rules say which code is accepted.
//!
//! Each try takes the account's row first: of two equal codes at once, the second finds the step
//! used (V-17).

use contract::problem::ValueProblem;
use domain::account::AccountId;
use domain::mfa::{
    Device, DeviceKind, MfaCheck, MfaRefusal, RecoveryCode, RecoverySlot, try_recovery_code,
    try_totp,
};
use domain::refusal::Tried;
use domain::time::Timestamp;

use super::checks::not_bound;
use super::codes;
use crate::error::ApiError;
use crate::recovery;
use crate::state::App;
use crate::store::mfa::{self, StoredDevice};
use crate::store::security::Security;
use crate::store::{Tx, locks};
use crate::totp::TotpSecret;

/// Takes a code of the bound TOTP device. A wrong one is counted at once; a right one once the
/// transaction that is given back was committed (MFA-3).
///
/// # Errors
/// All that [`domain::mfa::try_totp`] refuses with, or that there is no such device.
pub async fn take_code(
    app: &App,
    mut tx: Tx,
    security: &Security,
    typed: &str,
    now: Timestamp,
) -> Result<Tx, ApiError> {
    let typed = codes::parse("code", typed)?;
    let id = security.account_id;
    let Some(stored) = find_locked(&mut tx, id).await?.filter(shows_codes) else {
        return Err(not_bound(security, now));
    };
    let secret = secret(&stored.secret)?;
    let code_at = |step| secret.code_at(step);
    let tried = try_totp(stored.check, typed, code_at, &app.policy.mfa, now);
    let (tx, _) = settle(tx, id, tried, now).await?;
    Ok(tx)
}

/// Takes a recovery code in the place of the device's (MFA-7); counted together with its codes.
///
/// # Errors
/// All that [`domain::mfa::try_recovery_code`] refuses with, or that there is no device.
pub async fn take_recovery_code(
    app: &App,
    mut tx: Tx,
    security: &Security,
    typed: &str,
    now: Timestamp,
) -> Result<Tx, ApiError> {
    let typed = RecoveryCode::parse(typed)
        .map_err(|problem| ApiError::field("code", ValueProblem::RecoveryCode(problem)))?;
    let id = security.account_id;
    let Some(stored) = find_locked(&mut tx, id).await? else {
        return Err(not_bound(security, now));
    };
    let slots = recovery_slots(&mut tx, id).await?;
    let digest = recovery::digest(id, typed);
    let tried = try_recovery_code(stored.check, &slots, &digest, &app.policy.mfa, now);
    let (mut tx, spent) = settle(tx, id, tried, now).await?;
    if mfa::update_used(&mut tx, id, spent.index, spent.used_at).await? {
        Ok(tx)
    } else {
        Err(ApiError::refused(MfaRefusal::RecoveryCodeUsed, now))
    }
}

/// The account's device, with the account's row taken until the end of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_locked(tx: &mut Tx, id: AccountId) -> Result<Option<StoredDevice>, ApiError> {
    locks::take(tx, &format!("account:{id}")).await?;
    Ok(mfa::find_device(tx, id).await?)
}

/// The account's recovery codes as the rules see them.
///
/// # Errors
/// When the database fails.
pub async fn recovery_slots(tx: &mut Tx, id: AccountId) -> Result<Vec<RecoverySlot>, ApiError> {
    Ok(mfa::list_recovery_codes(tx, id, recovery::from_column).await?)
}

/// Fresh recovery codes in the place of all older ones, to be shown once (MFA-7).
///
/// # Errors
/// When the database fails.
pub async fn hand_out_recovery_codes(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    how_many: u32,
) -> Result<Vec<String>, ApiError> {
    let codes = recovery::fresh(&*app.ids, how_many)?;
    let digests: Vec<String> = codes
        .iter()
        .map(|code| recovery::to_column(recovery::digest(id, *code)))
        .collect();
    mfa::replace_recovery_codes(tx, id, &digests).await?;
    Ok(codes.into_iter().map(RecoveryCode::expose).collect())
}

/// Remembers what a try leaves behind: with the caller's commit when it was right, at once when it
/// was wrong, even when somebody only asked (API-2).
///
/// # Errors
/// The try's own refusal.
pub(super) async fn settle<T>(
    mut tx: Tx,
    id: AccountId,
    tried: Tried<MfaCheck, T, MfaRefusal>,
    now: Timestamp,
) -> Result<(Tx, T), ApiError> {
    mfa::update_check(&mut tx, id, tried.state).await?;
    match tried.answer {
        Ok(value) => Ok((tx, value)),
        Err(refused) => {
            tx.commit().await?;
            Err(ApiError::all_refused(refused, now))
        }
    }
}

/// Reads a secret that was kept.
///
/// # Errors
/// When it is none: a fault of the server.
pub fn secret(kept: &str) -> Result<TotpSecret, ApiError> {
    TotpSecret::parse(kept).map_err(ApiError::internal)
}

fn shows_codes(stored: &StoredDevice) -> bool {
    let Device { kind, .. } = stored.device;
    match kind {
        DeviceKind::Virtual | DeviceKind::Token => true,
        DeviceKind::SecurityKey => false,
    }
}
