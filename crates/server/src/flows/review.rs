//! Deciding what is in the queues (OPS-1): the same for all of them, but for what a case looks like and
//! what a decision changes, which each area tells. Must not know any area's rules.
//!
//! A new queue is a line in [`about`], [`content`], [`carry_out`] and [`turn_down`].

use contract::operators::{Case, CaseAbout, CaseContent, CaseItem, CaseReason};
use contract::problem::{FieldProblem, ValueProblem};
use domain::account::AccountId;
use domain::operators::{
    Duty, OnDuty, OperatorPolicy, OperatorReason, OperatorReasonProblem, OperatorRefusal, Queue,
    QueueItem, QueueStage, ReviewCheck, Verdict, decide, may_decide,
};
use domain::refusal::Refusal;
use domain::time::Timestamp;
use domain::verification::change::{ItemReason, ReviewReason};

use super::changes::decide;
use crate::error::ApiError;
use crate::state::App;
use crate::store::changes;
use crate::store::queue::{self, StoredItem};
use crate::store::{Tx, locks};

/// A decision before its commit.
pub struct Decided {
    /// The accounts that it concerns.
    pub accounts: Vec<AccountId>,
    /// Which queue.
    pub queue: Queue,
    /// How far the case is now.
    pub stage: QueueStage,
}

/// Everything that this operator decides the case by.
///
/// # Errors
/// When there is no such case, or the database fails.
pub async fn case(
    tx: &mut Tx,
    operator: &OnDuty,
    id: &str,
    now: Timestamp,
) -> Result<Case, ApiError> {
    let stored = queue::find(tx, id).await?.ok_or(ApiError::NotFound)?;
    let mut content = content(tx, &stored).await?;
    if operator.may(Duty::SeeDocuments).is_some() {
        content.documents.clear();
    }
    let checks = stored.item.queue.checks();
    let refusals = |verdict| refusals(may_decide(operator, &stored.item, verdict));
    Ok(Case {
        approve_refusals: refusals(Verdict::Approve { checks }),
        reject_refusals: refusals(Verdict::Reject { reasons: 1 }),
        checks: checks.to_vec(),
        id: stored.id,
        queue: stored.item.queue,
        content,
        accounts: stored.item.accounts,
        entered_at: stored.entered_at,
        due_at: stored.due_at,
        stage: stored.item.stage,
        server_time: now,
    })
}

/// Approves; what was approved often enough is carried out in the same transaction (CHG-12).
///
/// # Errors
/// All that [`may_decide`] lists, and all that the case's area refuses to carry out.
pub async fn approve(
    app: &App,
    tx: &mut Tx,
    operator: &OnDuty,
    (id, checks): (&str, &[ReviewCheck]),
    now: Timestamp,
) -> Result<Decided, ApiError> {
    let stored = find_locked(tx, id).await?;
    let verdict = Verdict::Approve { checks };
    let stage = decided(app, operator, &stored.item, verdict, now)?;
    queue::update_stage(tx, id, &stage).await?;
    if matches!(stage, QueueStage::Decided { .. }) {
        carry_out(app, tx, &stored, now).await?;
    }
    Ok(Decided {
        accounts: stored.item.accounts,
        queue: stored.item.queue,
        stage,
    })
}

/// Rejects, with a reason for each item that is wrong (CHG-9).
///
/// # Errors
/// All that [`may_decide`] lists, and all that the case's area refuses.
pub async fn reject(
    app: &App,
    tx: &mut Tx,
    operator: &OnDuty,
    (id, reasons): (&str, &[CaseReason]),
    now: Timestamp,
) -> Result<Decided, ApiError> {
    let stored = find_locked(tx, id).await?;
    let verdict = Verdict::Reject {
        reasons: u32::try_from(reasons.len()).unwrap_or(u32::MAX),
    };
    let stage = decided(app, operator, &stored.item, verdict, now)?;
    queue::update_stage(tx, id, &stage).await?;
    turn_down(app, tx, &stored, reasons, now).await?;
    Ok(Decided {
        accounts: stored.item.accounts,
        queue: stored.item.queue,
        stage,
    })
}

/// Reads the reasons as typed: a note fits, and says something where nothing else does.
///
/// # Errors
/// What is wrong with each note, as `reasons.0.note`.
pub fn parse_reasons(
    typed: Vec<CaseReason>,
    policy: &OperatorPolicy,
) -> Result<Vec<CaseReason>, ApiError> {
    let mut problems = Vec::new();
    let mut reasons = Vec::with_capacity(typed.len());
    for (index, typed) in typed.into_iter().enumerate() {
        let note = match OperatorReason::parse(&typed.note, policy) {
            Ok(note) => note.as_str().to_owned(),
            Err(OperatorReasonProblem::Empty) if typed.reason != ReviewReason::Other => {
                String::new()
            }
            Err(problem) => {
                problems.push(FieldProblem {
                    field: format!("reasons.{index}.note"),
                    problem: ValueProblem::OperatorReason(problem),
                });
                continue;
            }
        };
        reasons.push(CaseReason { note, ..typed });
    }
    if problems.is_empty() {
        Ok(reasons)
    } else {
        Err(ApiError::Fields(problems))
    }
}

/// What a case is about, for the list of its queue.
///
/// # Errors
/// When the database fails.
pub async fn about(tx: &mut Tx, stored: &StoredItem) -> Result<Option<CaseAbout>, ApiError> {
    match stored.item.queue {
        Queue::VerificationChanges => {
            let change = changes::find(tx, &stored.id).await?;
            Ok(change.map(|change| CaseAbout::VerificationChange {
                kind: change.kind,
                way: change.way,
                former: change.former,
            }))
        }
        // Nothing enters these yet.
        Queue::Appeals
        | Queue::EnterpriseFinds
        | Queue::Deregistrations
        | Queue::RecycledNumbers => Ok(None),
    }
}

/// What the case's area tells of it.
async fn content(tx: &mut Tx, stored: &StoredItem) -> Result<CaseContent, ApiError> {
    match stored.item.queue {
        Queue::VerificationChanges => decide::content(tx, &stored.id).await,
        // Nothing enters these yet.
        Queue::Appeals
        | Queue::EnterpriseFinds
        | Queue::Deregistrations
        | Queue::RecycledNumbers => Err(ApiError::NotFound),
    }
}

/// Has the case's area do what was approved.
async fn carry_out(
    app: &App,
    tx: &mut Tx,
    stored: &StoredItem,
    now: Timestamp,
) -> Result<(), ApiError> {
    match stored.item.queue {
        Queue::VerificationChanges => decide::approve(app, tx, &stored.id, now).await,
        // Nothing enters these yet.
        Queue::Appeals
        | Queue::EnterpriseFinds
        | Queue::Deregistrations
        | Queue::RecycledNumbers => Err(ApiError::NotFound),
    }
}

/// Has the case's area tell the applicant what is wrong.
async fn turn_down(
    app: &App,
    tx: &mut Tx,
    stored: &StoredItem,
    reasons: &[CaseReason],
    now: Timestamp,
) -> Result<(), ApiError> {
    match stored.item.queue {
        Queue::VerificationChanges => {
            let reasons = reasons.iter().map(item_reason).collect();
            decide::reject(app, tx, (&stored.id, reasons), now).await
        }
        // Nothing enters these yet.
        Queue::Appeals
        | Queue::EnterpriseFinds
        | Queue::Deregistrations
        | Queue::RecycledNumbers => Err(ApiError::NotFound),
    }
}

fn item_reason(reason: &CaseReason) -> ItemReason {
    let CaseItem::VerificationChange(item) = reason.item;
    ItemReason {
        item,
        reason: reason.reason,
        note: reason.note.clone(),
    }
}

/// The case with the rows of its accounts taken, so that nobody decides, withdraws or changes at the
/// same time.
async fn find_locked(tx: &mut Tx, id: &str) -> Result<StoredItem, ApiError> {
    let before = queue::find(tx, id).await?.ok_or(ApiError::NotFound)?;
    // They come in one order, so that nobody waits in a circle.
    for account in &before.item.accounts {
        locks::take(tx, &format!("account:{account}")).await?;
    }
    queue::find(tx, id).await?.ok_or(ApiError::NotFound)
}

fn decided(
    app: &App,
    operator: &OnDuty,
    item: &QueueItem,
    verdict: Verdict<'_>,
    now: Timestamp,
) -> Result<QueueStage, ApiError> {
    decide(operator, item, verdict, &app.policy.operators, now)
        .map_err(|refused| ApiError::all_refused(refused, now))
}

fn refusals(failing: Vec<OperatorRefusal>) -> Vec<Refusal> {
    failing.into_iter().map(Refusal::from).collect()
}
