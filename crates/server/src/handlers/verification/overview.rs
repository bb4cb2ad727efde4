//! What stands: status, subject, history, the newest attempt (VER-8, VER-9, VER-12).

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use contract::endpoints;
use contract::problem::Problem;
use contract::verification::{
    AttemptShown, HistoryLine, MethodTime, PersonTyped, SubjectRevealed, SubjectShown, Verification,
};
use domain::protection::SensitiveOperation;
use domain::time::Timestamp;
use domain::verification::{
    Attempt, Method, VerificationHolder, VerificationRefusal, Verified, VerifiedAction, may_act,
};
use serde_json::json;

use crate::error::ApiError;
use crate::extract::{RequestId, SignedIn, SignedInUser, now};
use crate::flows::{audited, checks, commit, enterprise, persons};
use crate::state::App;
use crate::store::attempts::{self, Claimed, StoredAttempt};
use crate::store::security;
use crate::store::subjects::{self, HistoryRow, Identity, SubjectRecord};

/// How many lines of the history are shown; a subject changes once a month at most (CHG-2).
const HISTORY: u32 = 50;

/// Shows status, subject, history and the newest attempt (VER-8, VER-12).
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    get, path = endpoints::GET_VERIFICATION.path, tag = "verification",
    operation_id = "get_verification", security(("session" = [])),
    responses(
        (status = 200, body = Verification),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn get_verification(
    State(app): State<Arc<App>>,
    user: SignedInUser,
) -> Result<Json<Verification>, ApiError> {
    let now = now(&app);
    let id = user.at.account_id;
    let is_inherited = user.user_id.is_some();
    let mut tx = app.store.read().await?;
    let security = security::find(&mut tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let record = subjects::find(&mut tx, id).await?;
    let subject = record.as_ref().map(|record| record.subject);
    let holder = match is_inherited {
        true => VerificationHolder::SubUser { root: subject },
        false => VerificationHolder::Root { subject },
    };
    let (attempt, history) = match is_inherited {
        true => (None, Vec::new()),
        false => (
            attempts::list(&mut tx, id, 1).await?.pop(),
            subjects::list_history(&mut tx, id, HISTORY).await?,
        ),
    };
    tx.commit().await?;
    let policy = &app.policy.verification;
    let of_enterprises = enterprise::offered(&app);
    Ok(Json(Verification {
        status: Verified::status(record.as_ref().map(SubjectRecord::verified).as_ref()),
        is_inherited,
        subject: record.filter(|_| !is_inherited).as_ref().map(shown),
        closed: VerifiedAction::NAMED_IN_BANNER
            .into_iter()
            .filter(|action| !may_act(holder, *action).is_empty())
            .collect(),
        has_security_phone: security.contacts.phone.is_some(),
        offered: Method::ALL
            .into_iter()
            .filter(|method| persons::is_offered(&app, *method) || of_enterprises.contains(method))
            .collect(),
        times: Method::ALL
            .into_iter()
            .map(|method| MethodTime {
                method,
                time: method.time(policy),
            })
            .collect(),
        attempt: attempt.and_then(|attempt| attempt_shown(&app, &attempt, now)),
        history: history.into_iter().map(line).collect(),
        server_time: now,
    }))
}

/// Shows the subject unmasked, to an owner who has just proved who they are (PRT-2).
///
/// # Errors
/// The missing proof, or that the account is not verified.
#[utoipa::path(
    post, path = endpoints::REVEAL_SUBJECT.path, tag = "verification",
    operation_id = "reveal_subject", security(("session" = [])),
    responses(
        (status = 200, body = SubjectRevealed),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
        (status = 404, body = Problem, description = "There is no subject"),
    )
)]
pub(super) async fn reveal_subject(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<Json<SubjectRevealed>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = security::find_locked(&mut tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let operation = SensitiveOperation::ChangeVerification;
    checks::require(&app, &mut tx, &owner, &security, operation, now).await?;
    let record = subjects::find(&mut tx, owner.account_id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let endpoint = &endpoints::REVEAL_SUBJECT;
    audited(
        &mut tx,
        endpoint,
        &request,
        owner.account_id,
        json!({}),
        now,
    )
    .await?;
    commit(tx, &request).await?;
    Ok(Json(revealed(&record.identity)))
}

fn shown(record: &SubjectRecord) -> SubjectShown {
    let masked = record.identity.masked();
    let (document_kind, legal_representative, handler) = match &record.identity {
        Identity::Person(person) => (Some(person.document.kind()), None, None),
        Identity::Enterprise(enterprise) => {
            let name = |person: &Option<subjects::Person>| {
                person.as_ref().map(|person| person.name.masked())
            };
            let represents = name(&enterprise.legal_representative);
            (None, represents, name(&enterprise.handler))
        }
    };
    SubjectShown {
        subject: record.subject,
        name: masked.name,
        document_kind,
        number: masked.number,
        legal_representative,
        handler,
        since: record.since,
        method: record.method,
    }
}

fn revealed(identity: &Identity) -> SubjectRevealed {
    match identity {
        Identity::Person(person) => SubjectRevealed {
            name: person.name.as_str().to_owned(),
            number: person.document.number().to_owned(),
            legal_representative: None,
            handler: None,
            postal_address: None,
        },
        Identity::Enterprise(enterprise) => {
            let name = |person: &Option<subjects::Person>| {
                let person = person.as_ref();
                person.map(|person| person.name.as_str().to_owned())
            };
            SubjectRevealed {
                name: enterprise.name.as_str().to_owned(),
                number: enterprise.code.as_str().to_owned(),
                legal_representative: name(&enterprise.legal_representative),
                handler: name(&enterprise.handler),
                postal_address: enterprise
                    .postal_address
                    .as_ref()
                    .map(|address| address.as_str().to_owned()),
            }
        }
    }
}

fn line(row: HistoryRow) -> HistoryLine {
    HistoryLine {
        at: row.at,
        event: row.event,
        method: row.method,
        name: row.shown.name,
        number: row.shown.number,
    }
}

/// An attempt that is running or has failed; others are told by the history.
fn attempt_shown(app: &App, stored: &StoredAttempt, now: Timestamp) -> Option<AttemptShown> {
    let (method, reasons) = match &stored.attempt {
        Attempt::Running { method, .. } => (*method, &[][..]),
        Attempt::Failed {
            method, reasons, ..
        } => (*method, reasons.as_slice()),
        Attempt::Passed { .. } | Attempt::GivenUp { .. } => return None,
    };
    let policy = &app.policy.verification;
    Some(AttemptShown {
        case_number: stored.case_number.clone(),
        began: stored.began,
        method,
        attempt: stored.attempt.clone(),
        is_overdue: stored.attempt.is_overdue(policy, &app.calendar, now),
        face_causes: persons::face_causes(stored, reasons),
        typed: match &stored.claim {
            Claimed::Person(person) => Some(PersonTyped {
                name: person.name.as_str().to_owned(),
                document_kind: person.document.kind(),
                document_number: person.document.number().to_owned(),
            }),
            Claimed::Enterprise(_) => None,
        },
    })
}

/// Nothing is running that could be answered (VER-10).
pub(super) fn no_attempt(now: Timestamp) -> ApiError {
    ApiError::refused(VerificationRefusal::NoSuchAttempt, now)
}
