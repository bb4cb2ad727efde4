//! The demo's own endpoints. In production nothing here is mounted.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use contract::demo::{
    self, AnswerPhone, ClockMoved, Look, Looked, MoveClock, OperatorCode, OperatorCodes,
    OutboxMessage, People, Person, PhoneAnswered, SetPlatform,
};
use contract::problem::{Problem, ValueProblem};
use contract::{endpoints, pages};
use domain::account::AccountId;
use domain::login_methods::LoginMethodKind;
use domain::mfa::TotpStep;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{Body, Origin, now};
use crate::flows::mfa;
use crate::outside::platform::{Holding, SandboxAccount};
use crate::outside::providers;
use crate::routes::Routes;
use crate::state::App;
use crate::store::operators::{self, StoredOperator};
use crate::store::outbox::{self, Channel, Sent};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    list_outbox,
    move_clock,
    list_people,
    answer_phone,
    look,
    list_operator_codes,
    set_platform
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::DEMO_OUTBOX, list_outbox);
    routes.add(&endpoints::DEMO_MOVE_CLOCK, move_clock);
    routes.add(&endpoints::DEMO_PEOPLE, list_people);
    routes.add(&endpoints::DEMO_ANSWER_PHONE, answer_phone);
    routes.add(&endpoints::DEMO_LOOK, look);
    routes.add(&endpoints::DEMO_SET_PLATFORM, set_platform);
    routes.add(&endpoints::DEMO_OPERATOR_CODES, list_operator_codes);
}

/// How many messages are shown.
const SHOWN: u32 = 100;

/// Shows every message that the demo sent, newest first.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::DEMO_OUTBOX.path, tag = "demo", operation_id = "demo_outbox",
    responses((status = 200, body = demo::Outbox))
)]
pub async fn list_outbox(State(app): State<Arc<App>>) -> Result<Json<demo::Outbox>, ApiError> {
    let mut tx = app.store.read().await?;
    let sent = outbox::list_sent(&mut tx, SHOWN).await?;
    tx.commit().await?;
    Ok(Json(demo::Outbox {
        messages: sent.into_iter().map(shown).collect(),
        server_time: now(&app),
    }))
}

/// Moves the demo's clock forward.
///
/// # Errors
/// When it would run more than a century ahead.
#[utoipa::path(
    post, path = endpoints::DEMO_MOVE_CLOCK.path, tag = "demo", operation_id = "demo_move_clock",
    request_body = MoveClock,
    responses(
        (status = 200, body = ClockMoved),
        (status = 400, body = Problem, description = "More than a century ahead"),
    )
)]
pub async fn move_clock(
    State(app): State<Arc<App>>,
    Body(wish): Body<MoveClock>,
) -> Result<Json<ClockMoved>, ApiError> {
    let demo = app.demo.as_ref().ok_or(ApiError::NotFound)?;
    let moved = demo.move_clock(&app.store, wish.forward_by).await?;
    if !moved {
        return Err(ApiError::Malformed);
    }
    app.postman_bell.notify_one();
    Ok(Json(ClockMoved {
        server_time: now(&app),
    }))
}

/// Shows who can be chosen on the demo's phone.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::DEMO_PEOPLE.path, tag = "demo", operation_id = "demo_people",
    params(("kind" = LoginMethodKind, Path)), responses((status = 200, body = People))
)]
pub async fn list_people(Path(kind): Path<LoginMethodKind>) -> Json<People> {
    let people = providers::people(kind)
        .map(|person| Person {
            id: person.id.to_owned(),
            name: person.name.to_owned(),
        })
        .collect();
    Json(People { people })
}

/// Confirms or cancels on the demo's phone, as one of its people; answers where the phone sends the
/// browser.
///
/// # Errors
/// When there is nobody like that, or the address is not of this installation.
#[utoipa::path(
    post, path = endpoints::DEMO_ANSWER_PHONE.path, tag = "demo",
    operation_id = "demo_answer_phone", request_body = AnswerPhone,
    responses(
        (status = 200, body = PhoneAnswered),
        (status = 400, body = Problem, description = "Nobody like that, or an address elsewhere"),
    )
)]
pub async fn answer_phone(
    State(app): State<Arc<App>>,
    origin: Origin,
    Body(wish): Body<AnswerPhone>,
) -> Result<Json<PhoneAnswered>, ApiError> {
    let demo = app.demo.as_ref().ok_or(ApiError::NotFound)?;
    let path = wish.redirect_uri.strip_prefix(&origin.0);
    if !path.is_some_and(|path| path.starts_with('/') && !path.contains(['?', '#'])) {
        return Err(ApiError::Malformed);
    }
    let (name, value) = match &wish.person {
        Some(person) => {
            let code = demo
                .phones
                .code(&*app.ids, wish.kind, person, &wish.challenge)
                .map_err(|_| ApiError::Malformed)?;
            ("code", code)
        }
        None => ("error", "access_denied".to_owned()),
    };
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair(name, &value)
        .append_pair("state", &wish.state)
        .finish();
    Ok(Json(PhoneAnswered {
        address: format!("{}?{query}", wish.redirect_uri),
    }))
}

/// Has the demo's camera look at a face.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    post, path = endpoints::DEMO_LOOK.path, tag = "demo", operation_id = "demo_look",
    request_body = Look, responses((status = 200, body = Looked))
)]
pub async fn look(
    State(app): State<Arc<App>>,
    Body(wish): Body<Look>,
) -> Result<Json<Looked>, ApiError> {
    let demo = app.demo.as_ref().ok_or(ApiError::NotFound)?;
    let was_waiting = demo.face.look(&wish.check, wish.cause);
    Ok(Json(Looked { was_waiting }))
}

/// Sets what the demo's platform says of an account.
///
/// # Errors
/// When the id is none.
#[utoipa::path(
    post, path = endpoints::DEMO_SET_PLATFORM.path, tag = "demo", operation_id = "demo_set_platform",
    request_body = SetPlatform,
    responses(
        (status = 204, description = "Set"),
        (status = 422, body = Problem, description = "The id is none"),
    )
)]
pub async fn set_platform(
    State(app): State<Arc<App>>,
    Body(wish): Body<SetPlatform>,
) -> Result<StatusCode, ApiError> {
    let demo = app.demo.as_ref().ok_or(ApiError::NotFound)?;
    let id = AccountId::parse(&wish.account_id)
        .map_err(|problem| ApiError::field("account_id", ValueProblem::AccountId(problem)))?;
    let known = demo.platform.find(id);
    let holding = Holding {
        arrears: wish.arrears,
        advance: wish.advance,
        balance: wish.balance,
        unpaid_bills: wish.unpaid_bills,
        unfinished_orders: wish.unfinished_orders,
        complaints: wish.complaints,
        in_retention: wish.in_retention,
        filings: wish.filings,
        domains: wish.domains,
        // Bills are paid on the panel.
        pay_at: Some(pages::DEMO_PLATFORM.to_owned()),
        ..known.holding
    };
    let account = SandboxAccount {
        holding,
        server_ips: wish.server_ips.into_iter().collect(),
        is_away: wish.is_away,
        ..known
    };
    demo.platform.set(id, account);
    Ok(StatusCode::NO_CONTENT)
}

fn shown(sent: Sent) -> OutboxMessage {
    OutboxMessage {
        id: sent.message.id,
        channel: match sent.message.channel {
            Channel::Sms => demo::Channel::Sms,
            Channel::Email => demo::Channel::Email,
        },
        to: sent.message.to,
        subject: sent.message.subject,
        body: sent.message.body,
        sent_at: sent.at,
    }
}

/// Shows what the apps of the operators show at this moment of the demo's clock.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::DEMO_OPERATOR_CODES.path, tag = "demo",
    operation_id = "demo_operator_codes", responses((status = 200, body = OperatorCodes))
)]
pub async fn list_operator_codes(
    State(app): State<Arc<App>>,
) -> Result<Json<OperatorCodes>, ApiError> {
    let step = TotpStep::at(now(&app));
    let mut tx = app.store.read().await?;
    let all = operators::list(&mut tx).await?;
    tx.commit().await?;
    let code = |operator: StoredOperator| {
        let secret = operator.secret.map(|secret| mfa::secret(&secret));
        let secret = secret.transpose()?;
        Ok(OperatorCode {
            name: operator.name.as_str().to_owned(),
            code: secret.map(|secret| secret.code_at(step).expose()),
        })
    };
    let working = all.into_iter().filter(|operator| !operator.is_disabled);
    Ok(Json(OperatorCodes {
        codes: working.map(code).collect::<Result<_, ApiError>>()?,
    }))
}
