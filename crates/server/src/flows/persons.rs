//! Verifying a person: what their scan or their face begins, and what comes of it (VER-3 to VER-7). The
//! services are never asked inside a transaction. A scan made here binds nothing (ENT-13).

use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::providers::FaceStatus;
use contract::verification::NextStep;
use domain::account::AccountId;
use domain::login_methods::{LoginIdentity, LoginMethodKind};
use domain::sign_in::ScanPurpose;
use domain::time::{Date, Timestamp};
use domain::verification::{FaceCause, FailureReason, Method, Region, Subject};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attempts::{self as attempting, Found};
use super::browser::Browser;
use super::{audited, commit, faces, scans, visits};
use crate::error::ApiError;
use crate::extract::{Caller, Origin, RequestId, SignedIn};
use crate::language::Language;
use crate::outside::real_name::{RealNameAnswer, RealNameQuestion};
use crate::state::App;
use crate::store::Tx;
use crate::store::attempts::{self, Claimed, StoredAttempt};
use crate::store::subjects::{Identity, Person};

/// Who asks, from where, for what.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The owner.
    pub owner: &'a SignedIn,
    /// Their browser.
    pub caller: &'a Caller,
    /// The cookies of it.
    pub jar: &'a CookieJar,
    /// What it calls this installation.
    pub origin: &'a Origin,
    /// The language of that browser.
    pub language: Language,
}

/// What was begun for an attempt, kept with it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Begun {
    scan: Option<String>,
    face: Option<String>,
    /// Who came back from QQ's page.
    qq: Option<String>,
    /// Why the face was not taken.
    causes: Vec<FaceCause>,
}

/// What the person does next, and what the attempt has to remember of it.
pub struct Step {
    /// What they do.
    pub next: NextStep,
    /// What the attempt remembers.
    pub more: Value,
    /// To be written down with the attempt.
    face: Option<faces::Begun>,
}

/// Whether this installation has the services for a method.
#[must_use]
pub fn is_offered(app: &App, method: Method) -> bool {
    let scans_with = |kind| app.providers.get(kind).is_some() && app.real_names.is_offered();
    match method {
        Method::WechatScan => scans_with(LoginMethodKind::Wechat),
        Method::QqScan => scans_with(LoginMethodKind::Qq),
        Method::Face => app.face.is_offered(),
        _ => false,
    }
}

/// Begins what the method needs outside; nothing of ours is written yet but a visit's state.
///
/// # Errors
/// [`ApiError::NotFound`] for a method that is not offered here, [`ApiError::Busy`] when the service does
/// not answer.
pub async fn begin(
    app: &App,
    asking: Asking<'_>,
    (method, person): (Method, &Person),
    now: Timestamp,
) -> Result<Step, ApiError> {
    if !is_offered(app, method) {
        return Err(ApiError::NotFound);
    }
    let owner = asking.owner;
    let by = owner.session_id.as_str();
    let asked_by = Some((owner.account_id, by.to_owned()));
    let browser = Browser::of(app, asking.jar)?;
    match method {
        Method::Face => {
            let whose = faces::Whose {
                account_id: owner.account_id,
                by,
                name: person.name.as_str(),
                document_number: person.document.number(),
            };
            let begun = faces::begin_of(app, asking.origin, whose, now).await?;
            let begun = begun.ok_or(ApiError::NotFound)?;
            let face = begun.answer(app, asking.origin);
            Ok(Step {
                more: json!({ "face": face.check }),
                next: NextStep::Face { face },
                face: Some(begun),
            })
        }
        Method::QqScan => {
            let wish = visits::Wish {
                kind: LoginMethodKind::Qq,
                purpose: ScanPurpose::Verify,
                asked_by,
                for_scan: None,
            };
            let address = visits::begin(app, &browser, asking.origin, wish, now)
                .await?
                .map_err(|_| ApiError::Busy)?;
            Ok(Step {
                next: NextStep::Visit { address },
                more: json!({}),
                face: None,
            })
        }
        _ => {
            let wish = scans::Wish {
                purpose: ScanPurpose::Verify,
                asked_by,
                caller: asking.caller,
                language: asking.language,
            };
            let mut tx = app.store.write().await?;
            let at = (&browser, asking.origin);
            let scan = scans::begin(app, &mut tx, at, wish, now).await?;
            tx.commit().await?;
            Ok(Step {
                more: json!({ "scan": scan.id }),
                next: NextStep::Scan { scan },
                face: None,
            })
        }
    }
}

impl Step {
    /// Writes down what belongs to the attempt; it counts with the caller's commit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert(&self, tx: &mut Tx) -> Result<(), ApiError> {
        match &self.face {
            Some(begun) => faces::insert(tx, begun).await,
            None => Ok(()),
        }
    }
}

/// What has become of a running attempt.
pub enum Outcome {
    /// The person has not finished.
    Waits,
    /// What was begun is over; it is begun anew.
    Over,
    /// The attempt has ended.
    Ended(Box<StoredAttempt>),
}

/// Looks what the scan or the face check of an attempt has come to, and ends the attempt when it has.
///
/// # Errors
/// What the rules refuse the end with, such as a place that somebody else took; then the attempt stands.
pub async fn finish(
    app: &App,
    (owner, jar, request): (&SignedIn, &CookieJar, &RequestId),
    attempt: StoredAttempt,
    now: Timestamp,
) -> Result<Outcome, ApiError> {
    let begun: Begun = serde_json::from_value(attempt.more.clone()).unwrap_or_default();
    let by = owner.session_id.as_str();
    match attempt.attempt.running() {
        Some(Method::Face) => {
            let Some(check) = begun.face else {
                return Ok(Outcome::Over);
            };
            let status = match faces::status(app, by, &check, now).await {
                // Begun in another session, or swept away.
                Err(ApiError::NotFound) => FaceStatus::Over,
                status => status?,
            };
            match status {
                FaceStatus::Pending | FaceStatus::Later => Ok(Outcome::Waits),
                FaceStatus::Over => Ok(Outcome::Over),
                FaceStatus::Failed { causes } => {
                    let more = json!({ "causes": causes });
                    let failed = StoredAttempt { more, ..attempt };
                    let tx = app.store.write().await?;
                    let reason = FailureReason::FaceCheck;
                    failing(tx, request, (failed, reason), now).await
                }
                FaceStatus::Passed => {
                    let mut tx = app.store.write().await?;
                    let whose = (owner.account_id, by);
                    if !faces::take(app, &mut tx, whose, &check, now).await? {
                        return Ok(Outcome::Over);
                    }
                    passing(app, tx, request, (attempt, None), now).await
                }
            }
        }
        Some(Method::WechatScan) => {
            let Some(scan) = begun.scan else {
                return Ok(Outcome::Over);
            };
            let mut tx = app.store.write().await?;
            let wish = (scan.as_str(), Some(ScanPurpose::Verify));
            let taken = scans::take(app, &mut tx, (jar, Some(by)), wish, now).await;
            let proved = match taken {
                Ok((proved, _)) => proved,
                Err(ApiError::Refused { .. }) => return stage(app, tx, jar, &scan, now).await,
                Err(error) => return Err(error),
            };
            tx.commit().await?;
            scanned(app, request, (attempt, proved.identity()), now).await
        }
        Some(Method::QqScan) => {
            let Some(subject) = begun.qq else {
                return Ok(Outcome::Waits);
            };
            let identity = LoginIdentity::new(LoginMethodKind::Qq, &subject);
            scanned(app, request, (attempt, &identity), now).await
        }
        _ => Ok(Outcome::Waits),
    }
}

/// Why a scan cannot be taken: it waits, or it is over.
async fn stage(
    app: &App,
    mut tx: Tx,
    jar: &CookieJar,
    scan: &str,
    now: Timestamp,
) -> Result<Outcome, ApiError> {
    use contract::providers::ScanStage;
    let stage = match scans::stage(app, &mut tx, jar, scan, now).await {
        Err(ApiError::NotFound) => ScanStage::Over,
        stage => stage?,
    };
    Ok(match stage {
        ScanStage::Waiting | ScanStage::Scanned | ScanStage::Confirmed => Outcome::Waits,
        ScanStage::Declined | ScanStage::Over => Outcome::Over,
    })
}

/// Keeps with the account's running attempt who came back from QQ's page; its own page takes it from there.
/// When the attempt was given up meanwhile, nothing is kept, and nothing is bound either way (ENT-13).
///
/// # Errors
/// When the database fails.
pub async fn came_back(
    tx: &mut Tx,
    (account, identity): (AccountId, &LoginIdentity),
) -> Result<(), ApiError> {
    let running = attempts::find_running(tx, account).await?;
    let running = running.filter(|one| one.attempt.running() == Some(Method::QqScan));
    if let Some(running) = running {
        let more = json!({ "qq": identity.key() });
        attempts::update(tx, &StoredAttempt { more, ..running }).await?;
    }
    Ok(())
}

/// Somebody confirmed a scan: the real-name service knows whether they are the person.
async fn scanned(
    app: &App,
    request: &RequestId,
    (attempt, identity): (StoredAttempt, &LoginIdentity),
    now: Timestamp,
) -> Result<Outcome, ApiError> {
    let Claimed::Person(person) = &attempt.claim else {
        return Ok(Outcome::Over);
    };
    let question = RealNameQuestion {
        identity,
        name: &person.name,
        document: &person.document,
    };
    let answer = app.real_names.compare(&question).await;
    let tx = app.store.write().await?;
    let reason = match answer {
        Ok(RealNameAnswer::Matches { born }) => {
            return passing(app, tx, request, (attempt, born), now).await;
        }
        Ok(RealNameAnswer::AnotherPerson) => FailureReason::ScannedByAnother,
        Ok(RealNameAnswer::Unverified) => FailureReason::ScannedUnverified,
        Ok(RealNameAnswer::NameOrNumberWrong) => FailureReason::NameOrIdWrong,
        Err(_) => FailureReason::ServiceFailed,
    };
    failing(tx, request, (attempt, reason), now).await
}

async fn passing(
    app: &App,
    mut tx: Tx,
    request: &RequestId,
    (attempt, born): (StoredAttempt, Option<Date>),
    now: Timestamp,
) -> Result<Outcome, ApiError> {
    let Claimed::Person(person) = &attempt.claim else {
        return Ok(Outcome::Over);
    };
    let found = Found {
        subject: Subject::Person {
            region: Region::of(&person.document),
        },
        identity: Identity::Person(person.clone()),
        born,
    };
    let passed = attempting::pass(app, &mut tx, (&attempt, found), now).await?;
    decided(tx, request, &passed, now).await?;
    app.postman_bell.notify_one();
    Ok(Outcome::Ended(Box::new(passed)))
}

async fn failing(
    mut tx: Tx,
    request: &RequestId,
    (attempt, reason): (StoredAttempt, FailureReason),
    now: Timestamp,
) -> Result<Outcome, ApiError> {
    let failed = attempting::fail(&mut tx, attempt, vec![reason], now).await?;
    decided(tx, request, &failed, now).await?;
    Ok(Outcome::Ended(Box::new(failed)))
}

/// Leaves the row of the decision, and commits.
async fn decided(
    mut tx: Tx,
    request: &RequestId,
    ended: &StoredAttempt,
    now: Timestamp,
) -> Result<(), ApiError> {
    let details = json!({ "case": ended.case_number, "attempt": ended.attempt });
    let endpoint = &endpoints::FINISH_PERSON;
    audited(&mut tx, endpoint, request, ended.account_id, details, now).await?;
    commit(tx, request).await
}

/// Why the face of an attempt was not taken: what the service said, or everything that it can be (VER-7).
#[must_use]
pub fn face_causes(attempt: &StoredAttempt, reasons: &[FailureReason]) -> Vec<FaceCause> {
    if !reasons.contains(&FailureReason::FaceCheck) {
        return Vec::new();
    }
    let begun: Begun = serde_json::from_value(attempt.more.clone()).unwrap_or_default();
    if begun.causes.is_empty() {
        FaceCause::ALL.to_vec()
    } else {
        begun.causes
    }
}
