//! Face checks as proof (SGN-4, PRT-4): begun for one session or sign-in step, asked about, spent once.
//! The service is never asked inside a transaction.

use contract::pages;
use contract::providers::{FaceBegun, FaceStatus};
use domain::account::AccountId;
use domain::time::Timestamp;

use super::checks;
use crate::error::ApiError;
use crate::extract::Origin;
use crate::outside::face::{FaceFailure, FaceOutcome, FaceWish};
use crate::state::App;
use crate::store::face_checks::{self, FaceCheck, FaceState};
use crate::store::security::Security;
use crate::store::{Tx, accounts};

/// A check that the service has taken on, to be written down.
#[derive(Clone, Debug)]
pub struct Begun {
    check: FaceCheck,
    address: String,
}

impl Begun {
    /// What the page shows.
    #[must_use]
    pub fn answer(&self, app: &App, origin: &Origin) -> FaceBegun {
        // The demo's camera is a page of ours.
        let address = match self.address.strip_prefix('/') {
            Some(path) => format!("{}/{path}", origin.0),
            None => self.address.clone(),
        };
        FaceBegun {
            check: self.check.id.clone(),
            address,
            expires_at: self.check.began.plus(app.policy.protection.face_check),
            server_time: self.check.began,
        }
    }
}

/// Whose face is to be seen, and what for. Never printed.
#[derive(Clone, Copy)]
pub struct Whose<'a> {
    /// The account that it is about.
    pub account_id: AccountId,
    /// The session, step or link that it is good for.
    pub by: &'a str,
    /// The name on the document.
    pub name: &'a str,
    /// The document's number.
    pub document_number: &'a str,
}

/// Has the service take on a check of the account's verified person, for a session or a step `by`.
///
/// # Errors
/// When the account is no person's, or [`ApiError::Busy`] when the service does not answer.
pub async fn begin(
    app: &App,
    origin: &Origin,
    (security, by): (&Security, &str),
    now: Timestamp,
) -> Result<Begun, ApiError> {
    let not_bound = || checks::not_bound(security, now);
    if security.means.face.is_none() {
        return Err(not_bound());
    }
    let mut tx = app.store.read().await?;
    let verified = accounts::find_verified(&mut tx, security.account_id).await?;
    tx.commit().await?;
    let verified = verified.ok_or_else(not_bound)?;
    let document = verified.document.as_deref().ok_or_else(not_bound)?;
    let whose = Whose {
        account_id: security.account_id,
        by,
        name: &verified.name,
        document_number: document,
    };
    begin_of(app, origin, whose, now)
        .await?
        .ok_or_else(not_bound)
}

/// Has the service take on a check of anybody; nothing where there is no service.
///
/// # Errors
/// [`ApiError::Busy`] when the service does not answer.
pub async fn begin_of(
    app: &App,
    origin: &Origin,
    whose: Whose<'_>,
    now: Timestamp,
) -> Result<Option<Begun>, ApiError> {
    let id = app.ids.id()?;
    let wish = FaceWish {
        reference: &id,
        name: whose.name,
        document_number: whose.document_number,
        return_to: &format!("{}{}", origin.0, pages::FACE_DONE),
    };
    let begun = match app.face.begin(&wish).await {
        Ok(begun) => begun,
        Err(FaceFailure::NotOffered) => return Ok(None),
        Err(FaceFailure::Unreachable | FaceFailure::Misconfigured) => return Err(ApiError::Busy),
    };
    Ok(Some(Begun {
        check: FaceCheck {
            id,
            account_id: whose.account_id,
            asked_by: whose.by.to_owned(),
            service_id: begun.id,
            began: now,
            state: FaceState::Begun,
        },
        address: begun.url,
    }))
}

/// Writes the check down; it can be asked about after the caller's commit.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, begun: &Begun) -> Result<(), ApiError> {
    Ok(face_checks::insert(tx, &begun.check).await?)
}

/// How a check of this session or step stands. The service is asked while it is open.
///
/// # Errors
/// [`ApiError::NotFound`] when it is not this one's.
pub async fn status(app: &App, by: &str, id: &str, now: Timestamp) -> Result<FaceStatus, ApiError> {
    let mut tx = app.store.read().await?;
    let found = face_checks::find(&mut tx, id).await?;
    tx.commit().await?;
    let check = found
        .filter(|check| check.asked_by == by)
        .ok_or(ApiError::NotFound)?;
    if is_over(app, &check, now) {
        return Ok(FaceStatus::Over);
    }
    match check.state {
        FaceState::Used => return Ok(FaceStatus::Over),
        FaceState::Passed => return Ok(FaceStatus::Passed),
        FaceState::Begun => {}
    }
    Ok(match app.face.result(&check.service_id).await {
        Ok(FaceOutcome::Pending) => FaceStatus::Pending,
        Ok(FaceOutcome::Passed) => {
            let mut tx = app.store.write().await?;
            face_checks::update(&mut tx, id, FaceState::Begun, FaceState::Passed).await?;
            tx.commit().await?;
            FaceStatus::Passed
        }
        Ok(FaceOutcome::Failed { causes }) => FaceStatus::Failed { causes },
        Ok(FaceOutcome::Expired) => FaceStatus::Over,
        Err(_) => FaceStatus::Later,
    })
}

/// Spends a check of the owner that passed; it counts with the caller's commit, once.
///
/// # Errors
/// When it did not pass, was used, is too old, or is another session's.
pub async fn take_proof(
    app: &App,
    tx: &mut Tx,
    (security, by): (&Security, &str),
    id: &str,
    now: Timestamp,
) -> Result<(), ApiError> {
    if take(app, tx, (security.account_id, by), id, now).await? {
        Ok(())
    } else {
        Err(checks::not_bound(security, now))
    }
}

/// Spends a check that passed; it counts with the caller's commit, once. `false` when it did not pass, was
/// used, is too old, or was begun for something else.
///
/// # Errors
/// When the database fails.
pub async fn take(
    app: &App,
    tx: &mut Tx,
    (account_id, by): (AccountId, &str),
    id: &str,
    now: Timestamp,
) -> Result<bool, ApiError> {
    let found = face_checks::find(tx, id).await?.filter(|check| {
        check.asked_by == by && check.account_id == account_id && !is_over(app, check, now)
    });
    Ok(match found {
        Some(check) => {
            face_checks::update(tx, &check.id, FaceState::Passed, FaceState::Used).await?
        }
        None => false,
    })
}

fn is_over(app: &App, check: &FaceCheck, now: Timestamp) -> bool {
    now >= check.began.plus(app.policy.protection.face_check)
}
