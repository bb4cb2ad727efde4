//! QR codes that a phone scans with WeChat (SGN-5, SGN-11, PRT-1): shown, scanned, confirmed, taken.
//! Must not know what the identity is used for.

use axum_extra::extract::CookieJar;
use contract::pages;
use contract::providers::{ScanOnPhone, ScanShown, ScanStage};
use domain::account::AccountId;
use domain::login_methods::{LoginMethodKind, ProvedIdentity};
use domain::refusal::Refused;
use domain::sign_in::{Scan, ScanPurpose, ScanRefusal, ScanState, confirms_owner};
use domain::time::Timestamp;

use super::browser::Browser;
use super::visits::Returned;
use crate::error::ApiError;
use crate::extract::{Caller, Origin};
use crate::language::Language;
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::scans::{self, Said, StoredScan};
use crate::store::{Tx, login_methods};
use crate::user_agent;

/// Codes are scanned with this app.
pub const KIND: LoginMethodKind = LoginMethodKind::Wechat;

/// What a scan is begun for, and where its code is shown.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// What for.
    pub purpose: ScanPurpose,
    /// The account and the session, or step of a sign-in, that binds or proves; none at sign-in.
    pub asked_by: Option<(AccountId, String)>,
    /// Who shows it.
    pub caller: &'a Caller,
    /// The language of that browser.
    pub language: Language,
}

/// Makes a fresh code for this browser. [`Browser::cookie`] belongs into the answer.
///
/// # Errors
/// When there is no WeChat here, or the database fails.
pub async fn begin(
    app: &App,
    tx: &mut Tx,
    (browser, origin): (&Browser, &Origin),
    wish: Wish<'_>,
    now: Timestamp,
) -> Result<ScanShown, ApiError> {
    super::visits::provider(app, KIND)?;
    let secret = app.ids.token()?;
    let place = app.places.place_of_text(&wish.caller.ip);
    let place = place.map(|place| match wish.language {
        Language::Chinese => place.chinese,
        Language::English => place.english,
    });
    let new = StoredScan {
        id: app.ids.id()?,
        scan: Scan::new(browser.id(), wish.purpose, now),
        kind: KIND,
        asked_by: wish.asked_by,
        verifier: None,
        for_scan: None,
        device_name: user_agent::describe(&wish.caller.user_agent).unwrap_or_default(),
        place: place.filter(|name| !name.is_empty()),
        said: Said::default(),
        by: None,
    };
    scans::insert(tx, &token_hash(&secret), &new).await?;
    let page = pages::SCAN.replace("{secret}", &secret);
    Ok(ScanShown {
        expires_at: new.scan.expires_at(&app.policy.sign_in),
        id: new.id,
        address: format!("{}{page}", origin.0),
        server_time: now,
    })
}

/// How far a scan of this browser has come.
///
/// # Errors
/// [`ApiError::NotFound`] when this browser shows no such code.
pub async fn stage(
    app: &App,
    tx: &mut Tx,
    jar: &CookieJar,
    id: &str,
    now: Timestamp,
) -> Result<ScanStage, ApiError> {
    let browser = Browser::of(app, jar)?.id();
    let found = scans::find(tx, id).await?;
    let found = found
        .filter(|found| found.verifier.is_none() && found.scan.shown_in == browser)
        .ok_or(ApiError::NotFound)?;
    let is_over = now >= found.scan.expires_at(&app.policy.sign_in);
    Ok(match found.scan.state {
        ScanState::Declined => ScanStage::Declined,
        ScanState::Used => ScanStage::Over,
        _ if is_over => ScanStage::Over,
        ScanState::Waiting => ScanStage::Waiting,
        ScanState::Scanned { .. } => ScanStage::Scanned,
        ScanState::Confirmed { .. } => ScanStage::Confirmed,
    })
}

/// Takes the result of a scan, once, for what it was begun for; it counts with the caller's commit.
///
/// # Errors
/// Whatever stands against it, see [`Scan::taken`].
pub async fn take(
    app: &App,
    tx: &mut Tx,
    (jar, by): (&CookieJar, Option<&str>),
    (id, purpose): (&str, Option<ScanPurpose>),
    now: Timestamp,
) -> Result<(ProvedIdentity, StoredScan), ApiError> {
    let refused = |refusal: ScanRefusal| ApiError::refused(refusal, now);
    let found = scans::find(tx, id)
        .await?
        .filter(|found| found.verifier.is_none())
        .ok_or_else(|| refused(ScanRefusal::NotYours))?;
    if found.asked_by.as_ref().map(|(_, by)| by.as_str()) != by {
        return Err(refused(ScanRefusal::NotYours));
    }
    let browser = Browser::of(app, jar)?.id();
    let purpose = purpose.unwrap_or(found.scan.purpose);
    let policy = &app.policy.sign_in;
    let (used, proved) = found
        .scan
        .clone()
        .taken(&browser, purpose, policy, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    if !scans::update(tx, &found, &used.state).await? {
        return Err(refused(ScanRefusal::Used));
    }
    Ok((proved, found))
}

/// Takes a scan as proof of the account's owner: begun for this very session or step, and confirmed by
/// the very WeChat that confirms for the account (PRT-1, MFA-6).
///
/// # Errors
/// Whatever stands against it.
pub async fn take_proof(
    app: &App,
    tx: &mut Tx,
    (jar, by): (&CookieJar, &str),
    (account, id): (AccountId, &str),
    now: Timestamp,
) -> Result<(), ApiError> {
    let purpose = Some(ScanPurpose::Prove);
    let (proved, found) = take(app, tx, (jar, Some(by)), (id, purpose), now).await?;
    if found.asked_by.map(|(id, _)| id) != Some(account) {
        return Err(ApiError::refused(ScanRefusal::NotYours, now));
    }
    let bound = login_methods::find_confirmation(tx, account).await?;
    let bound = bound.as_ref().map(|(identity, _)| identity);
    confirms_owner(&proved, bound).map_err(|refused| ApiError::all_refused(refused, now))
}

/// The scan whose secret a phone has read off a screen, if it can still be scanned.
///
/// # Errors
/// [`ScanRefusal::Expired`], [`ScanRefusal::Used`].
pub async fn open(
    app: &App,
    tx: &mut Tx,
    secret: &str,
    now: Timestamp,
) -> Result<StoredScan, ApiError> {
    let found = scans::find_by_secret(tx, &token_hash(secret)).await?;
    let found = found
        .filter(|found| found.verifier.is_none())
        .ok_or_else(|| ApiError::refused(ScanRefusal::Expired, now))?;
    if now >= found.scan.expires_at(&app.policy.sign_in) {
        return Err(ApiError::refused(ScanRefusal::Expired, now));
    }
    match found.scan.state {
        ScanState::Waiting | ScanState::Scanned { .. } => Ok(found),
        ScanState::Confirmed { .. } | ScanState::Declined | ScanState::Used => {
            Err(ApiError::refused(ScanRefusal::Used, now))
        }
    }
}

/// The phone's holder is known: the scan is theirs, and waits for their answer. Commit afterwards.
///
/// # Errors
/// [`ScanRefusal::Expired`], or [`ScanRefusal::Used`] when another phone was faster.
pub async fn scanned(
    app: &App,
    tx: &mut Tx,
    (returned, id): (&Returned, &str),
    (proved, said): (&ProvedIdentity, &Said),
    now: Timestamp,
) -> Result<ScanOnPhone, ApiError> {
    let all = |refused: Refused<ScanRefusal>| ApiError::all_refused(refused, now);
    let identity = proved.identity();
    let found = scans::find(tx, id)
        .await?
        .ok_or_else(|| ApiError::refused(ScanRefusal::Expired, now))?;
    let policy = &app.policy.sign_in;
    let moved = found
        .scan
        .clone()
        .scanned(identity.clone(), policy, now)
        .map_err(all)?;
    // Whose phone it is goes first: a scanned code without a scanner would be none.
    scans::update_identity(tx, &returned.visit.id, identity, said).await?;
    if !scans::update(tx, &found, &moved.state).await? {
        return Err(ApiError::refused(ScanRefusal::Used, now));
    }
    scans::update_identity(tx, &found.id, identity, said).await?;
    Ok(ScanOnPhone {
        id: found.id,
        purpose: found.scan.purpose,
        device: found.device_name,
        place: found.place,
        name: said.name.clone(),
    })
}

/// Confirms or declines on the phone that scanned the code. Commit afterwards.
///
/// # Errors
/// [`ScanRefusal::Used`] when this phone did not scan it, [`ScanRefusal::Expired`].
pub async fn answer(
    app: &App,
    tx: &mut Tx,
    jar: &CookieJar,
    (id, is_yes): (&str, bool),
    now: Timestamp,
) -> Result<(), ApiError> {
    let refused = |refusal: ScanRefusal| ApiError::refused(refusal, now);
    let phone = Browser::of(app, jar)?.id();
    let (found, visit) = (
        scans::find(tx, id).await?,
        scans::find_phone(tx, id, &phone).await?,
    );
    let (Some(found), Some(by)) = (found, visit.and_then(|visit| visit.by)) else {
        return Err(refused(ScanRefusal::Used));
    };
    let scan = found.scan.clone();
    let moved = if is_yes {
        scan.confirmed(&by, &app.policy.sign_in, now)
    } else {
        scan.declined(&by)
    };
    let moved = moved.map_err(|refused| ApiError::all_refused(refused, now))?;
    if scans::update(tx, &found, &moved.state).await? {
        Ok(())
    } else {
        Err(refused(ScanRefusal::Used))
    }
}
