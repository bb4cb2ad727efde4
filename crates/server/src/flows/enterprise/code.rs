//! Completing or correcting the code of a verified enterprise (ENT-6).

use contract::problem::ValueProblem;
use domain::identity::{EnterpriseCode, Uscc};
use domain::time::Timestamp;
use domain::verification::{
    CodeStanding, Places, RegisterAnswer, Subject, SubjectEvent, VerificationRefusal, complete_code,
};
use serde_json::json;

use super::{Call, recheck};
use crate::error::ApiError;
use crate::flows::subjects::{self as becoming, Becoming};
use crate::flows::{audited, commit};
use crate::outside::registry::RegisterQuestion;
use crate::state::App;
use crate::store::subjects::{Enterprise, Identity, SubjectRecord};
use crate::store::{rechecks, security, subjects};

/// Whether the code of this subject can be completed: it is no correct USCC.
#[must_use]
pub const fn may_complete(subject: &Subject) -> bool {
    matches!(
        subject,
        Subject::Enterprise {
            code: CodeStanding::OtherCode | CodeStanding::IncompleteOrWrong,
            ..
        }
    )
}

/// Completes or corrects the code, when the register knows it under the recorded name.
///
/// # Errors
/// What is wrong with the code; every rule that refuses; [`ApiError::Busy`].
pub async fn complete(
    app: &App,
    call: Call<'_>,
    typed: &str,
    now: Timestamp,
) -> Result<(), ApiError> {
    let code = Uscc::parse(typed)
        .map_err(|problem| ApiError::field("code", ValueProblem::EnterpriseCode(problem)))?;
    let no_enterprise = || ApiError::refused(VerificationRefusal::NotAnEnterprise, now);
    let mut tx = app.store.read().await?;
    let before = subjects::find(&mut tx, call.account_id).await?;
    tx.commit().await?;
    let record = before.clone().ok_or_else(no_enterprise)?;
    let Identity::Enterprise(enterprise) = &record.identity else {
        return Err(no_enterprise());
    };
    let corrected = Enterprise {
        code: EnterpriseCode::Uscc(code.clone()),
        ..enterprise.clone()
    };
    // What is right already costs the register no question.
    let recorded = if may_complete(&record.subject) {
        let question = RegisterQuestion {
            name: &corrected.name,
            code: &corrected.code,
            legal_representative: None,
        };
        let answered = app.registry.look_up(&question).await;
        Some(answered.map_err(|_| ApiError::Busy)?)
    } else {
        None
    };
    let answer = recorded.map_or(RegisterAnswer::Matches, |recorded| recorded.answer);
    let mut tx = app.store.write().await?;
    let security = security::find_locked(&mut tx, call.account_id).await?;
    let security = security.ok_or(ApiError::SignInRequired)?;
    if subjects::find(&mut tx, call.account_id).await? != before {
        return Err(ApiError::ChangedElsewhere);
    }
    let identity = Identity::Enterprise(corrected.clone());
    becoming::take_places(&mut tx, &[&record.identity, &identity]).await?;
    let (taken, raised_to) = becoming::places(&mut tx, &corrected, call.account_id).await?;
    let places = Places::Enterprise { taken, raised_to };
    let policy = &app.policy.verification;
    let completed = complete_code(Some(&record.subject), code, answer, places, policy, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let changed = SubjectRecord {
        subject: completed.subject,
        identity,
        ..record
    };
    let becoming = Becoming {
        security: &security,
        record: &changed,
        event: SubjectEvent::CodeCompleted,
    };
    becoming::pass(app, &mut tx, becoming, now).await?;
    // What the re-check found may be put right by this; it is asked again at once (ENT-16).
    if recheck::stands(&mut tx, call.account_id, Some(&changed)).await?
        != domain::verification::Recheck::Sound
    {
        rechecks::hasten(&mut tx, call.account_id, now).await?;
    }
    let details = json!({ "code": changed.identity.masked().number });
    audited(
        &mut tx,
        call.endpoint,
        call.request,
        call.account_id,
        details,
        now,
    )
    .await?;
    commit(tx, call.request).await?;
    app.postman_bell.notify_one();
    Ok(())
}
