//! The platform's re-check of verified enterprises (ENT-15, ENT-16): the register is asked in turn, the
//! owner is told first, and the verification ends when the time to correct is over.

use domain::account::AccountId;
use domain::time::Timestamp;
use domain::verification::{CodeStanding, Recheck, RecheckFinding, RecheckNotice, Subject};
use serde_json::json;

use super::{happened, tell};
use crate::error::ApiError;
use crate::flows::subjects as becoming;
use crate::letters::enterprise::News;
use crate::outside::registry::RegisterQuestion;
use crate::state::App;
use crate::store::subjects::{Enterprise, Identity, SubjectRecord};
use crate::store::{Tx, rechecks, security, subjects};

/// How many enterprises are asked about in one round, so that no round takes for ever.
const A_ROUND: u32 = 50;

/// Re-checks every enterprise that is due.
///
/// # Errors
/// When the database fails.
pub async fn recheck_due(app: &App, now: Timestamp) -> Result<(), ApiError> {
    let first_before = now.minus(app.policy.verification.recheck_every);
    let mut tx = app.store.read().await?;
    let due = rechecks::list_due(&mut tx, (now, first_before), A_ROUND).await?;
    tx.commit().await?;
    for id in due {
        recheck(app, id, now).await?;
    }
    Ok(())
}

/// Re-checks the account's enterprise when that is due, for an owner who is looking.
///
/// # Errors
/// When the database fails.
pub(super) async fn recheck_if_due(
    app: &App,
    id: AccountId,
    now: Timestamp,
) -> Result<(), ApiError> {
    let first_before = now.minus(app.policy.verification.recheck_every);
    let mut tx = app.store.read().await?;
    let is_due = rechecks::is_due(&mut tx, id, (now, first_before)).await?;
    tx.commit().await?;
    if is_due {
        recheck(app, id, now).await?;
    }
    Ok(())
}

/// Where the re-check of the subject that stands now is; what was found about an earlier one does not
/// count.
///
/// # Errors
/// When the database fails.
pub async fn stands(
    tx: &mut Tx,
    id: AccountId,
    record: Option<&SubjectRecord>,
) -> Result<Recheck, ApiError> {
    let recheck = rechecks::find(tx, id).await?;
    let is_older = |moment: Timestamp| record.is_some_and(|record| moment < record.since);
    Ok(match recheck {
        Recheck::Noticed { noticed_at, .. } if is_older(noticed_at) || record.is_none() => {
            Recheck::Sound
        }
        Recheck::Ended { at, .. } if is_older(at) => Recheck::Sound,
        recheck => recheck,
    })
}

async fn recheck(app: &App, id: AccountId, now: Timestamp) -> Result<(), ApiError> {
    let mut tx = app.store.read().await?;
    let before = subjects::find(&mut tx, id).await?;
    tx.commit().await?;
    let Some((record, enterprise)) = before.as_ref().and_then(of_enterprise) else {
        return Ok(());
    };
    let question = RegisterQuestion {
        name: &enterprise.name,
        code: &enterprise.code,
        legal_representative: None,
    };
    // No answer says nothing about the enterprise: it is asked about again in the next round.
    let Ok(recorded) = app.registry.look_up(&question).await else {
        return Ok(());
    };
    let mut tx = app.store.write().await?;
    let Some(security) = security::find_locked(&mut tx, id).await? else {
        return Ok(());
    };
    if subjects::find(&mut tx, id).await? != before {
        return Ok(());
    }
    let policy = &app.policy.verification;
    let finding = recorded.finding();
    let stood = stands(&mut tx, id, Some(record)).await?;
    let taken = stood.take(finding, policy, now);
    let (recheck, notice) = match taken.recheck.may_end(now).is_empty() {
        true => {
            let ended = taken.recheck.end(now);
            let ended = ended.map_err(|refused| ApiError::all_refused(refused, now))?;
            (ended.recheck, ended.notice)
        }
        false => (taken.recheck, taken.notice),
    };
    let next = now.plus(match recheck {
        Recheck::Noticed { ends_at, .. } => policy.recheck_again.min(ends_at.since(now)),
        Recheck::Sound | Recheck::Ended { .. } => policy.recheck_every,
    });
    rechecks::replace(&mut tx, id, &recheck, (now, next)).await?;
    match notice {
        Some(RecheckNotice::Ended) => {
            becoming::lose(app, &mut tx, (&security, record), now).await?;
            let details = json!({ "finding": finding });
            happened(&mut tx, "verification_ended", (id, details), now).await?;
        }
        Some(RecheckNotice::CorrectInTime) => {
            mark(&mut tx, id, record, finding).await?;
            let details = json!({ "finding": finding });
            happened(&mut tx, "enterprise_recheck_noticed", (id, details), now).await?;
            if let Recheck::Noticed {
                finding, ends_at, ..
            } = recheck
            {
                let news = News::CorrectInTime { finding, ends_at };
                tell(app, &mut tx, (&security, news), now).await?;
            }
        }
        Some(RecheckNotice::Corrected) => {
            mark(&mut tx, id, record, None).await?;
            happened(
                &mut tx,
                "enterprise_recheck_corrected",
                (id, json!({})),
                now,
            )
            .await?;
            tell(app, &mut tx, (&security, News::Corrected), now).await?;
        }
        None => mark(&mut tx, id, record, finding).await?,
    }
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(())
}

/// A finding about the data makes the code faulty until it is put right (ENT-6).
async fn mark(
    tx: &mut Tx,
    id: AccountId,
    record: &SubjectRecord,
    finding: Option<RecheckFinding>,
) -> Result<(), ApiError> {
    let Some((_, enterprise)) = of_enterprise(record) else {
        return Ok(());
    };
    let Subject::Enterprise {
        enterprise: kind, ..
    } = record.subject
    else {
        return Ok(());
    };
    let sound = Subject::Enterprise {
        enterprise: kind,
        code: CodeStanding::of(&enterprise.code),
    };
    let subject = finding.map_or(sound, |finding| record.subject.after_finding(finding));
    if subject != record.subject {
        let changed = SubjectRecord {
            subject,
            ..record.clone()
        };
        subjects::replace(tx, id, &changed).await?;
    }
    Ok(())
}

const fn of_enterprise(record: &SubjectRecord) -> Option<(&SubjectRecord, &Enterprise)> {
    match &record.identity {
        Identity::Enterprise(enterprise) => Some((record, enterprise)),
        Identity::Person(_) => None,
    }
}
