//! Queues: how much waits in them, and what (OPS-1).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use contract::endpoints;
use contract::operators::{CaseLine, QueueLine, QueueList, Queues};
use contract::problem::Problem;
use domain::operators::{Duty, Queue};

use super::may;
use crate::error::ApiError;
use crate::extract::{OnDutyOperator, now};
use crate::flows::review;
use crate::state::App;
use crate::store::queue;

/// How many cases of a queue are shown; what is due later comes up when these are decided.
const SHOWN: u32 = 200;

/// How much waits in each queue (OPS-1).
///
/// # Errors
/// Nobody is on duty.
#[utoipa::path(
    get, path = endpoints::GET_QUEUES.path, tag = "operators", operation_id = "get_queues",
    security(("operator" = [])),
    responses(
        (status = 200, body = Queues),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn get_queues(
    State(app): State<Arc<App>>,
    _operator: OnDutyOperator,
) -> Result<Json<Queues>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let counts = queue::count(&mut tx, now).await?;
    tx.commit().await?;
    let line = |queue| {
        let count = counts.iter().find(|count| count.queue == queue);
        QueueLine {
            queue,
            open: count.map_or(0, |count| count.open),
            overdue: count.map_or(0, |count| count.overdue),
        }
    };
    Ok(Json(Queues {
        queues: Queue::ALL.into_iter().map(line).collect(),
        server_time: now,
    }))
}

/// The cases of one queue that are not decided, the one that is due first first (OPS-1).
///
/// # Errors
/// Nobody is on duty, or they decide nothing.
#[utoipa::path(
    get, path = endpoints::GET_QUEUE.path, tag = "operators", operation_id = "get_queue",
    security(("operator" = [])), params(("queue" = Queue, Path)),
    responses(
        (status = 200, body = QueueList),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "None of their roles decides"),
    )
)]
pub(super) async fn get_queue(
    State(app): State<Arc<App>>,
    operator: OnDutyOperator,
    Path(queue): Path<Queue>,
) -> Result<Json<QueueList>, ApiError> {
    let now = now(&app);
    may(&operator.on_duty, Duty::Decide, now)?;
    let mut tx = app.store.read().await?;
    let mut cases = Vec::new();
    for stored in queue::list(&mut tx, queue, SHOWN).await? {
        cases.push(CaseLine {
            about: review::about(&mut tx, &stored).await?,
            id: stored.id,
            is_own: operator.on_duty.may_act_on(&stored.item.accounts).is_some(),
            accounts: stored.item.accounts,
            entered_at: stored.entered_at,
            due_at: stored.due_at,
            stage: stored.item.stage,
        });
    }
    tx.commit().await?;
    Ok(Json(QueueList {
        cases,
        server_time: now,
    }))
}
