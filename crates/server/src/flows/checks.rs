//! Step-up: what a session must show before a sensitive operation, and taking it (PRT-2, PRT-4).

use axum_extra::extract::CookieJar;
use contract::proof::Proof;
use domain::contacts::{CodePurpose, CodeRequest};
use domain::login_methods::LoginMethodKind;
use domain::protection::{
    CheckState, Means, PassedProof, ProofMethod, ProtectionRefusal, RecentCheck,
    SensitiveOperation, recent_check,
};
use domain::time::Timestamp;

use super::{codes, faces, keys, mfa, scans};
use crate::error::ApiError;
use crate::extract::SignedIn;
use crate::state::App;
use crate::store::security::Security;
use crate::store::{Tx, proofs};

/// The check for a sensitive operation, made of the proofs of this session (PRT-2).
///
/// # Errors
/// What is missing, see [`domain::protection::recent_check`].
pub async fn require(
    app: &App,
    tx: &mut Tx,
    signed_in: &SignedIn,
    security: &Security,
    operation: SensitiveOperation,
    now: Timestamp,
) -> Result<RecentCheck, ApiError> {
    let proofs = proofs::list(tx, &signed_in.session_id).await?;
    check(app, signed_in, security, &proofs, operation, now)
}

/// The same from proofs that were loaded.
///
/// # Errors
/// What is missing.
pub fn check(
    app: &App,
    signed_in: &SignedIn,
    security: &Security,
    proofs: &[PassedProof],
    operation: SensitiveOperation,
    now: Timestamp,
) -> Result<RecentCheck, ApiError> {
    let state = CheckState {
        session: &signed_in.session_id,
        signed_in_at: signed_in.session.began,
        proofs,
        means: &security.means,
        protections: security.protections,
    };
    recent_check(operation, &state, &app.policy.protection, now)
        .map_err(|refused| ApiError::all_refused(refused, now))
}

/// Who is asked for a proof.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The account.
    pub security: &'a Security,
    /// [`CodePurpose::ProveOwner`] in a session, [`CodePurpose::SecondStep`] at sign-in: a code for one
    /// is good for nothing else.
    pub purpose: CodePurpose,
    /// The session, or the step of a sign-in, that is proved; what is begun for one is good for no other.
    pub by: &'a str,
    /// The cookies of the browser.
    pub jar: &'a CookieJar,
}

/// Takes a proof; it counts once the transaction that is given back was committed. A wrong one is
/// counted at once.
///
/// # Errors
/// What is wrong with it.
pub async fn take(
    app: &App,
    mut tx: Tx,
    asked: Asked<'_>,
    proof: &Proof,
    now: Timestamp,
) -> Result<(Tx, ProofMethod), ApiError> {
    match proof {
        Proof::PhoneCode { code } => {
            take_code(app, tx, asked, (ProofMethod::SecurityPhone, code), now).await
        }
        Proof::EmailCode { code } => {
            take_code(app, tx, asked, (ProofMethod::SecurityEmail, code), now).await
        }
        Proof::MfaCode { code } => {
            let tx = mfa::take_code(app, tx, asked.security, code, now).await?;
            Ok((tx, ProofMethod::Mfa))
        }
        Proof::RecoveryCode { code } => {
            let tx = mfa::take_recovery_code(app, tx, asked.security, code, now).await?;
            Ok((tx, ProofMethod::Mfa))
        }
        Proof::Key { challenge, answer } => {
            let given = keys::Given { challenge, answer };
            let by = asked.by;
            let tx = keys::take_proof(app, tx, (asked.security, by), given, now).await?;
            Ok((tx, ProofMethod::Mfa))
        }
        Proof::Wechat { scan } => {
            let wish = (asked.security.account_id, scan.as_str());
            scans::take_proof(app, &mut tx, (asked.jar, asked.by), wish, now).await?;
            Ok((tx, ProofMethod::Wechat))
        }
        Proof::Face { check } => {
            faces::take_proof(app, &mut tx, (asked.security, asked.by), check, now).await?;
            Ok((tx, ProofMethod::Face))
        }
    }
}

/// What an account can prove its owner with on this installation: what it has, less what needs a service
/// that is not configured, so that nobody is sent into a dead end.
#[must_use]
pub fn means_here(app: &App, means: Means) -> Means {
    let has_wechat = app.providers.get(LoginMethodKind::Wechat).is_some();
    Means {
        wechat: means.wechat.filter(|_| has_wechat),
        face: means.face.filter(|_| app.face.is_offered()),
        ..means
    }
}

/// The refusal of a proof by something that the account does not have.
pub fn not_bound(security: &Security, now: Timestamp) -> ApiError {
    let usable = security.means.all().collect();
    ApiError::refused(ProtectionRefusal::ProofNeeded { usable }, now)
}

async fn take_code(
    app: &App,
    tx: Tx,
    asked: Asked<'_>,
    (method, typed): (ProofMethod, &str),
    now: Timestamp,
) -> Result<(Tx, ProofMethod), ApiError> {
    let typed = codes::parse("code", typed)?;
    let Some(request) = code_request(asked.security, asked.purpose, method) else {
        return Err(not_bound(asked.security, now));
    };
    let (tx, _) = codes::take(app, tx, &request, typed, now).await?;
    Ok((tx, method))
}

/// What a code is asked for that proves the owner by security phone or security e-mail; nothing
/// where the account has none.
#[must_use]
pub fn code_request(
    security: &Security,
    purpose: CodePurpose,
    method: ProofMethod,
) -> Option<CodeRequest> {
    Some(CodeRequest {
        purpose,
        account: Some(security.account_id),
        target: security.contacts.code_target(method)?,
    })
}
