//! The verification of a person: begun, begun anew, ended, given up (VER-3 to VER-7, VER-10).

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use contract::verification::{Finished, NextStep, PersonTyped, StartPerson};
use domain::identity::{IdDocument, PersonName};
use domain::refusal::Refused;
use domain::verification::{Method, PersonClaim};
use serde_json::{Value, json};

use super::overview::no_attempt;
use crate::error::ApiError;
use crate::extract::{Body, Caller, Intent, Origin, RequestId, SignedIn, Speaks, now};
use crate::flows::attempts::{self as attempting, Wish};
use crate::flows::browser::Browser;
use crate::flows::persons::{self, Asking, Outcome};
use crate::flows::{audited, commit};
use crate::state::App;
use crate::store::attempts::{self, Claimed, StoredAttempt};
use crate::store::security;
use crate::store::subjects::Person;

/// Begins to verify the account as a person's (VER-3, VER-5).
///
/// # Errors
/// Field problems, everything that the rules refuse with, a method that is not offered here, or a service
/// that does not answer.
#[utoipa::path(
    post, path = endpoints::START_PERSON.path, tag = "verification",
    operation_id = "start_person_verification", security(("session" = [])),
    request_body = StartPerson,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = NextStep),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "The method is not offered here"),
        (status = 409, body = Problem, description = "Every rule that refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 503, body = Problem, description = "The service does not answer"),
    )
)]
pub(super) async fn start_person(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    (caller, origin, Speaks(language)): (Caller, Origin, Speaks),
    jar: CookieJar,
    Body(typed): Body<StartPerson>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let person = parse(&typed.person)?;
    let mut wish = Wish {
        claim: Claimed::Person(person.clone()),
        method: typed.method,
        give_up_running: typed.give_up_running,
        more: Value::Null,
    };
    // Refused before anybody outside is asked; whoever only asks whether they may, asks nobody outside.
    let mut tx = app.store.write().await?;
    let id = owner.account_id;
    let failing = attempting::may_start(&app, &mut tx, (id, &wish), now).await?;
    Refused::unless_none(failing).map_err(|refused| ApiError::all_refused(refused, now))?;
    if request.1 == Intent::Ask {
        return Err(ApiError::OnlyAsked);
    }
    drop(tx);
    let asking = Asking {
        owner: &owner,
        caller: &caller,
        jar: &jar,
        origin: &origin,
        language,
    };
    let step = persons::begin(&app, asking, (typed.method, &person), now).await?;
    wish.more.clone_from(&step.more);
    let mut tx = app.store.write().await?;
    let started = attempting::start(&app, &mut tx, (id, wish), now).await?;
    step.insert(&mut tx).await?;
    let details = json!({ "case": started.case_number, "method": typed.method });
    audited(
        &mut tx,
        &endpoints::START_PERSON,
        &request,
        id,
        details,
        now,
    )
    .await?;
    commit(tx, &request).await?;
    let browser = CookieJar::new().add(Browser::of(&app, &jar)?.cookie());
    Ok((browser, Json(step.next)).into_response())
}

/// Begins the scan or the face check of the running attempt anew (VER-10).
///
/// # Errors
/// When nothing is running, or the service does not answer.
#[utoipa::path(
    post, path = endpoints::RESUME_PERSON.path, tag = "verification",
    operation_id = "resume_person_verification", security(("session" = [])),
    responses(
        (status = 200, body = NextStep),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "Nothing is running"),
        (status = 503, body = Problem, description = "The service does not answer"),
    )
)]
pub(super) async fn resume_person(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    (caller, origin, Speaks(language)): (Caller, Origin, Speaks),
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let (running, person, method) = running(&app, &owner)
        .await?
        .ok_or_else(|| no_attempt(now))?;
    let asking = Asking {
        owner: &owner,
        caller: &caller,
        jar: &jar,
        origin: &origin,
        language,
    };
    let step = persons::begin(&app, asking, (method, &person), now).await?;
    let resumed = StoredAttempt {
        more: step.more.clone(),
        ..running
    };
    let mut tx = app.store.write().await?;
    // Given up or ended in another tab meanwhile.
    if !attempts::update(&mut tx, &resumed).await? {
        return Err(no_attempt(now));
    }
    step.insert(&mut tx).await?;
    let details = json!({ "case": resumed.case_number, "method": method });
    let (id, endpoint) = (owner.account_id, &endpoints::RESUME_PERSON);
    audited(&mut tx, endpoint, &request, id, details, now).await?;
    commit(tx, &request).await?;
    let browser = CookieJar::new().add(Browser::of(&app, &jar)?.cookie());
    Ok((browser, Json(step.next)).into_response())
}

/// Takes the result of the scan or the face check of the running attempt, if there is one by now: the
/// account is verified, or the attempt has failed (VER-2, VER-4, VER-7, VER-10).
///
/// # Errors
/// When nothing is running, or the rules refuse the end, such as a place that another account took.
#[utoipa::path(
    post, path = endpoints::FINISH_PERSON.path, tag = "verification",
    operation_id = "finish_person_verification", security(("session" = [])),
    responses(
        (status = 200, body = Finished),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "Nothing is running, or a rule refuses"),
    )
)]
pub(super) async fn finish_person(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    jar: CookieJar,
) -> Result<Json<Finished>, ApiError> {
    let now = now(&app);
    let (running, ..) = running(&app, &owner)
        .await?
        .ok_or_else(|| no_attempt(now))?;
    let attempt = running.attempt.clone();
    let outcome = persons::finish(&app, (&owner, &jar, &request), running, now).await?;
    Ok(Json(match outcome {
        Outcome::Waits => Finished {
            attempt,
            is_over: false,
        },
        Outcome::Over => Finished {
            attempt,
            is_over: true,
        },
        Outcome::Ended(ended) => Finished {
            attempt: ended.attempt,
            is_over: true,
        },
    }))
}

/// Gives the running attempt up, whatever its method (VER-10).
///
/// # Errors
/// When nothing is running.
#[utoipa::path(
    delete, path = endpoints::GIVE_UP_VERIFICATION.path, tag = "verification",
    operation_id = "give_up_verification", security(("session" = [])),
    responses(
        (status = 204),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "Nothing is running"),
    )
)]
pub(super) async fn give_up_verification(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<axum::http::StatusCode, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    security::find_locked(&mut tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let running = attempts::find_running(&mut tx, id)
        .await?
        .ok_or_else(|| no_attempt(now))?;
    let ended = attempting::give_up(&mut tx, running, now).await?;
    let details = json!({ "case": ended.case_number });
    let endpoint = &endpoints::GIVE_UP_VERIFICATION;
    audited(&mut tx, endpoint, &request, id, details, now).await?;
    commit(tx, &request).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// The account's running attempt to be verified as a person's.
async fn running(
    app: &App,
    owner: &SignedIn,
) -> Result<Option<(StoredAttempt, Person, Method)>, ApiError> {
    let mut tx = app.store.read().await?;
    let running = attempts::find_running(&mut tx, owner.account_id).await?;
    tx.commit().await?;
    Ok(running.and_then(|running| {
        let method = running.attempt.running()?;
        match &running.claim {
            Claimed::Person(person) => {
                let person = person.clone();
                Some((running, person, method))
            }
            Claimed::Enterprise(_) => None,
        }
    }))
}

/// Reads the form; every field that is wrong is told at once (VER-5, VER-6).
fn parse(typed: &PersonTyped) -> Result<Person, ApiError> {
    let wrong = |field: &str, problem| FieldProblem {
        field: field.to_owned(),
        problem,
    };
    let name = PersonName::parse(&typed.name)
        .map_err(|problem| wrong("name", ValueProblem::PersonName(problem)));
    let document = IdDocument::parse(typed.document_kind, &typed.document_number)
        .map_err(|problem| wrong("document_number", ValueProblem::IdDocument(problem)));
    match (name, document) {
        (Ok(name), Ok(document)) => {
            PersonClaim::begun(name.clone(), document.clone()).map_err(|problem| {
                ApiError::field("document_kind", ValueProblem::Claim(problem))
            })?;
            Ok(Person { name, document })
        }
        (name, document) => {
            let problems = [name.err(), document.err()];
            Err(ApiError::Fields(problems.into_iter().flatten().collect()))
        }
    }
}
