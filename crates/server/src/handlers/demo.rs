//! The demo's own endpoints. In production nothing here is mounted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::demo::{self, ClockMoved, MoveClock, OutboxMessage};
use contract::endpoints;
use contract::problem::Problem;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{Body, now};
use crate::routes::Routes;
use crate::state::App;
use crate::store::outbox::{self, Channel, Sent};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(list_outbox, move_clock))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::DEMO_OUTBOX, list_outbox);
    routes.add(&endpoints::DEMO_MOVE_CLOCK, move_clock);
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
