//! The second step of a sign-in: asking for a proof, telling what is asked, taking it (SGN-2, SGN-3,
//! SGN-4). Must not know how a proof is checked.
//!
//! A step belongs to the browser in which the first proof was given, by its own cookie and by the
//! device's. What else is begun for it (a scan, a face check, a key's challenge) is begun for
//! [`SignInStep::token_hash`].

use axum_extra::extract::CookieJar;
use contract::codes::CodeSent;
use contract::proof::Proof;
use contract::session::{PassSecondStep, SecondStepAsked, SecondStepOffer, SignInAnswer};
use domain::account::{AccountId, access_account};
use domain::audit::Actor;
use domain::contacts::CodePurpose;
use domain::protection::{ProofMethod, Protection, ProtectionRefusal};
use domain::sign_in::{
    DeviceId, DeviceTrust, Risk, SecondStep, SecondStepWay, SignInRefusal, SignInResult,
    TrustedDevice, second_step, second_step_ends,
};
use domain::time::Timestamp;
use serde_json::json;

use super::browser::Browser;
use super::{From, History, SignIn, Who, begin_session};
use crate::cookies;
use crate::error::ApiError;
use crate::flows::audited;
use crate::flows::checks::{self, Asked};
use crate::flows::codes::{self, Delivery};
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::security::Security;
use crate::store::sign_in_steps::{self, SignInStep};
use crate::store::trusted::{self, StoredTrust};
use crate::store::{self, Tx, audit, security};

/// Has this browser wait for a second proof, in the place of what it waited for before.
pub(super) async fn ask(
    app: &App,
    tx: &mut Tx,
    (from, who): (From<'_>, Who),
    (security, browser, risk, sign_in_id): (&Security, &Browser, Risk, String),
    now: Timestamp,
) -> Result<SignIn, ApiError> {
    if let Some(old) = cookies::value(from.jar, cookies::STEP) {
        sign_in_steps::delete(tx, &token_hash(old)).await?;
    }
    let token = app.ids.token()?;
    let step = SignInStep {
        token_hash: token_hash(&token),
        account_id: who.account_id,
        method: who.method,
        device_hash: browser.device_hash.clone(),
        risk,
        began: now,
        sign_in_id,
    };
    sign_in_steps::insert(tx, &step).await?;
    let entry = audit::Entry {
        at: now,
        actor: Actor::Visitor,
        account_id: Some(who.account_id),
        event: "second_step_asked".to_owned(),
        request_id: from.request.0.clone(),
        details: json!({ "method": who.method, "risky": risk == Risk::Risky }).to_string(),
    };
    let asked = describe(app, tx, (security, &step), now).await?;
    audit::insert(tx, &entry).await?;
    Ok(SignIn {
        answer: SignInAnswer::SecondStep(asked),
        jar: CookieJar::new()
            .add(cookies::step(token))
            .add(cookies::device(browser.device.clone())),
    })
}

/// The second step that this browser waits for, if any: begun here, not over.
///
/// # Errors
/// When the database fails.
pub async fn find(
    app: &App,
    tx: &mut Tx,
    jar: &CookieJar,
    now: Timestamp,
) -> Result<Option<SignInStep>, ApiError> {
    let (Some(token), Some(device)) = (
        cookies::value(jar, cookies::STEP),
        cookies::value(jar, cookies::DEVICE),
    ) else {
        return Ok(None);
    };
    let found = sign_in_steps::find(tx, &token_hash(token)).await?;
    Ok(found.filter(|step| {
        step.device_hash == token_hash(device)
            && now < second_step_ends(step.began, &app.policy.sign_in)
    }))
}

/// The same where one must be waited for, with its account taken until the end of the transaction.
///
/// # Errors
/// [`SignInRefusal::SecondStepOver`], or when the account is locked or gone (ACC-14).
pub async fn find_locked(
    app: &App,
    tx: &mut Tx,
    jar: &CookieJar,
    now: Timestamp,
) -> Result<(SignInStep, Security), ApiError> {
    let over = || ApiError::refused(SignInRefusal::SecondStepOver, now);
    let step = find(app, tx, jar, now).await?.ok_or_else(over)?;
    let security = security::find_locked(tx, step.account_id)
        .await?
        .ok_or_else(over)?;
    // Another request may have finished it while this one waited for the account.
    let step = find(app, tx, jar, now).await?.ok_or_else(over)?;
    access_account(security.standing, security.lock)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    Ok((step, security))
}

/// What a step asks for, as the browser sees it.
///
/// # Errors
/// When the database fails.
pub async fn describe(
    app: &App,
    tx: &mut Tx,
    (security, step): (&Security, &SignInStep),
    now: Timestamp,
) -> Result<SecondStepAsked, ApiError> {
    let mut ways = Vec::new();
    for way in ways_through(app, security, step.risk) {
        ways.push(offer(app, tx, security, way, now).await?);
    }
    let policy = &app.policy.sign_in;
    let is_protected = security.protections.sign_in != Protection::Off;
    Ok(SecondStepAsked {
        ways,
        trust_for: is_protected.then(|| policy.trust.as_millis()),
        ends_at: second_step_ends(step.began, policy),
        server_time: now,
    })
}

/// Whether a step takes proofs by `method` (SGN-3, SGN-4).
///
/// # Errors
/// The refusal that names what it takes.
pub fn check_offered(
    app: &App,
    security: &Security,
    step: &SignInStep,
    method: ProofMethod,
    now: Timestamp,
) -> Result<(), ApiError> {
    let usable: Vec<ProofMethod> = ways_through(app, security, step.risk)
        .into_iter()
        .filter_map(|way| match way {
            SecondStepWay::Proof(method) => Some(method),
            SecondStepWay::Appeal => None,
        })
        .collect();
    if usable.contains(&method) {
        Ok(())
    } else {
        let refusal = ProtectionRefusal::ProofNeeded { usable };
        Err(ApiError::refused(refusal, now))
    }
}

/// Sends a code for the step (CON-12). Commit afterwards.
///
/// # Errors
/// When no step is waited for, it takes no such code, or one was sent a moment ago.
pub async fn send_code(
    app: &App,
    tx: &mut Tx,
    from: From<'_>,
    method: ProofMethod,
    now: Timestamp,
) -> Result<CodeSent, ApiError> {
    let (step, security) = find_locked(app, tx, from.jar, now).await?;
    check_offered(app, &security, &step, method, now)?;
    let Some(request) = checks::code_request(&security, CodePurpose::SecondStep, method) else {
        return Err(checks::not_bound(&security, now));
    };
    let to = (security.language, Delivery::Sent);
    let sent = codes::send(app, tx, request, to, now).await?;
    let details = json!({ "method": method });
    let id = step.account_id;
    audited(tx, from.endpoint, from.request, id, details, now).await?;
    Ok(sent)
}

/// Takes the second proof and begins the session (SGN-2); each step is done once. Commits.
///
/// # Errors
/// When no step is waited for, or what is wrong with the proof, which is counted.
pub async fn pass(
    app: &App,
    mut tx: Tx,
    from: From<'_>,
    typed: &PassSecondStep,
    now: Timestamp,
) -> Result<SignIn, ApiError> {
    let (step, security) = find_locked(app, &mut tx, from.jar, now).await?;
    check_offered(app, &security, &step, method_of(&typed.proof), now)?;
    let asked = Asked {
        security: &security,
        purpose: CodePurpose::SecondStep,
        by: &step.token_hash,
        jar: from.jar,
    };
    let (mut tx, _) = checks::take(app, tx, asked, &typed.proof, now).await?;
    if !sign_in_steps::delete(&mut tx, &step.token_hash).await? {
        return Err(ApiError::refused(SignInRefusal::SecondStepOver, now));
    }
    let browser = Browser::of(app, from, security.language)?;
    let who = Who {
        account_id: step.account_id,
        user_id: None,
        method: step.method,
    };
    let history = History {
        who,
        browser: &browser,
        known: Some(&step.sign_in_id),
    };
    history
        .write(app, &mut tx, SignInResult::SignedIn, now)
        .await?;
    if typed.trust_device && security.protections.sign_in != Protection::Off {
        trust(app, &mut tx, step.account_id, &browser, now).await?;
    }
    let begun = begin_session(app, &mut tx, from, (who, &security, &browser), now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    let mut signed_in = SignIn::begun(begun);
    signed_in.jar = signed_in.jar.add(cookies::no_step());
    Ok(signed_in)
}

/// Stops waiting for the second proof; tells whose sign-in it was, when one was waited for.
///
/// # Errors
/// When the database fails.
pub async fn give_up(tx: &mut Tx, from: From<'_>, now: Timestamp) -> Result<(), ApiError> {
    let Some(token) = cookies::value(from.jar, cookies::STEP) else {
        return Ok(());
    };
    let hash = token_hash(token);
    let Some(step) = sign_in_steps::find(tx, &hash).await? else {
        return Ok(());
    };
    if sign_in_steps::delete(tx, &hash).await? {
        let id = step.account_id;
        audited(tx, from.endpoint, from.request, id, json!({}), now).await?;
    }
    Ok(())
}

/// Has this device skip the second step for a time (SGN-2).
async fn trust(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    browser: &Browser,
    now: Timestamp,
) -> Result<(), ApiError> {
    let new = StoredTrust {
        id: app.ids.id()?,
        trust: TrustedDevice {
            device: DeviceId::new(browser.device_hash.clone()),
            proved_at: now,
        },
        name: browser.device_name.clone(),
        place: browser.place.clone(),
    };
    Ok(trusted::insert(tx, id, &new).await?)
}

/// The ways through a step, the one that is opened first at the front.
fn ways_through(app: &App, security: &Security, risk: Risk) -> Vec<SecondStepWay> {
    let protection = security.protections.sign_in;
    let means = checks::means_here(app, security.means);
    match second_step(protection, risk, DeviceTrust::NotTrusted, &means) {
        SecondStep::Asked { first, others } => [first].into_iter().chain(others).collect(),
        // The owner turned protection off elsewhere in the meantime: what was asked is still asked, since
        // whoever is here has not shown to be the owner.
        SecondStep::NotAsked => {
            let proofs = means.all().map(SecondStepWay::Proof);
            proofs.chain([SecondStepWay::Appeal]).collect()
        }
    }
}

async fn offer(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    way: SecondStepWay,
    now: Timestamp,
) -> Result<SecondStepOffer, ApiError> {
    let target = match way {
        SecondStepWay::Proof(method) => security.contacts.code_target(method),
        SecondStepWay::Appeal => None,
    };
    let sent_at = match &target {
        Some(target) => {
            let id = Some(security.account_id);
            store::codes::find_last_sent(tx, CodePurpose::SecondStep, id, target).await?
        }
        None => None,
    };
    let wait = app.policy.contacts.resend_after;
    Ok(SecondStepOffer {
        way,
        to: target.map(|target| target.masked().to_string()),
        resend_at: sent_at.map(|at| at.plus(wait)).filter(|at| now < *at),
        device: security
            .mfa
            .map(|device| device.kind)
            .filter(|_| way == SecondStepWay::Proof(ProofMethod::Mfa)),
    })
}

/// What a proof proves with; a recovery code stands for the MFA device (MFA-7).
const fn method_of(proof: &Proof) -> ProofMethod {
    match proof {
        Proof::PhoneCode { .. } => ProofMethod::SecurityPhone,
        Proof::EmailCode { .. } => ProofMethod::SecurityEmail,
        Proof::MfaCode { .. } | Proof::RecoveryCode { .. } | Proof::Key { .. } => ProofMethod::Mfa,
        Proof::Wechat { .. } => ProofMethod::Wechat,
        Proof::Face { .. } => ProofMethod::Face,
    }
}
