//! What has become of running attempts: bank, Official Account and face service are asked, and what they
//! say is written down once (ENT-7, ENT-8, ENT-10, ENT-12).

use domain::account::AccountId;
use domain::identity::EnterpriseName;
use domain::refusal::Refused;
use domain::sign_in::ScanPurpose;
use domain::time::Timestamp;
use domain::verification::{
    Attempt, BankTransfer, CodeStanding, FailureReason, IncomingPayment, Method,
    OfficialAccountPermission, Subject, TopUp, VerificationRefusal,
};
use serde_json::json;

use super::beginning::{face_by, send};
use super::{Here, claimed, ended, happened, look_up, reasons, recheck, tell};
use crate::error::ApiError;
use crate::flows::attempts::{self as trying, Found};
use crate::flows::{faces, scans};
use crate::letters::enterprise::News;
use crate::outside::bank::{ExpectedPayment, Payment, TransferStanding};
use crate::outside::official::PermissionOutcome;
use crate::outside::real_name::{RealNameAnswer, RealNameQuestion};
use crate::state::App;
use crate::store::attempts::{ClaimedEnterprise, StoredAttempt};
use crate::store::bank_transfers::{self, StoredTransfer};
use crate::store::official_permissions::{self, StoredPermission};
use crate::store::security::Security;
use crate::store::top_ups::{self, StoredPayment, StoredTopUp};
use crate::store::{Tx, attempts, rechecks, security};

/// Asks what has become of the account's running attempt, and re-checks a verified enterprise that is due
/// (ENT-16). A service that does not answer leaves it as it
/// stood.
///
/// # Errors
/// When the database fails, or a rule refuses what has passed (VER-2, ENT-1).
pub async fn look(
    app: &App,
    (id, here): (AccountId, Option<Here<'_>>),
    now: Timestamp,
) -> Result<(), ApiError> {
    recheck::recheck_if_due(app, id, now).await?;
    let mut tx = app.store.read().await?;
    let running = attempts::find_running(&mut tx, id).await?;
    tx.commit().await?;
    let Some(running) = running else {
        return Ok(());
    };
    let Some(claimed) = claimed(&running) else {
        return Ok(());
    };
    match running.attempt.running() {
        Some(Method::BankTransfer) => look_at_transfer(app, &running, claimed, now).await,
        Some(Method::TopUp) => look_at_top_up(app, &running, claimed, now).await,
        Some(Method::OfficialAccount) => look_at_permission(app, &running, claimed, now).await,
        Some(Method::LegalRepresentativeFace) => look_at_face(app, &running, claimed, now).await,
        Some(Method::LegalRepresentativeWechat) => match here {
            Some(here) => look_at_scan(app, &running, (claimed, here), now).await,
            // A scan is taken by the browser that shows it.
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// The same for every account, one after the other; what fails for one holds up nobody.
///
/// # Errors
/// When the database fails.
pub async fn look_after_all(app: &App, now: Timestamp) -> Result<(), ApiError> {
    let mut tx = app.store.read().await?;
    let running = attempts::list_running(&mut tx).await?;
    tx.commit().await?;
    for attempt in running {
        if claimed(&attempt).is_none() {
            continue;
        }
        match look(app, (attempt.account_id, None), now).await {
            Ok(()) => {}
            Err(ApiError::Internal(cause)) => {
                tracing::error!(error = %cause.0, "looking after an attempt failed");
            }
            // Busy, or places that are taken: the next round asks again.
            Err(_) => tracing::info!("an attempt stands as it stood"),
        }
    }
    Ok(())
}

/// The running attempt with the account's row taken; nothing when it has ended meanwhile.
async fn locked(
    app: &App,
    attempt: &StoredAttempt,
) -> Result<Option<(Tx, Security, StoredAttempt)>, ApiError> {
    let mut tx = app.store.write().await?;
    let security = security::find_locked(&mut tx, attempt.account_id).await?;
    let running = attempts::find_running(&mut tx, attempt.account_id).await?;
    let running = running.filter(|running| running.id == attempt.id);
    Ok(security
        .zip(running)
        .map(|(security, running)| (tx, security, running)))
}

async fn look_at_transfer(
    app: &App,
    attempt: &StoredAttempt,
    claimed: &ClaimedEnterprise,
    now: Timestamp,
) -> Result<(), ApiError> {
    let mut tx = app.store.read().await?;
    let stored = bank_transfers::find_newest(&mut tx, attempt.account_id).await?;
    tx.commit().await?;
    let Some(stored) = stored.filter(|stored| stored.attempt_id == attempt.id) else {
        return Ok(());
    };
    let policy = &app.policy.verification;
    let after = match stored.transfer {
        BankTransfer::Requested { .. } => match app.bank.transfer(&stored.reference).await {
            Ok(TransferStanding::Arrived { at }) => {
                stored.transfer.arrive(stored.order.amount, at.min(now))
            }
            Ok(TransferStanding::SentBack { at }) => stored.transfer.come_back(at.min(now)),
            Ok(TransferStanding::Unknown) => {
                send(app, &stored, claimed.enterprise.name.as_str()).await;
                stored.transfer
            }
            Ok(TransferStanding::OnItsWay) | Err(_) => stored.transfer,
        },
        known => known,
    };
    let after = after.at(policy, now);
    if after == stored.transfer {
        return Ok(());
    }
    let Some((mut tx, security, running)) = locked(app, attempt).await? else {
        return Ok(());
    };
    let newest = bank_transfers::find_newest(&mut tx, attempt.account_id).await?;
    if newest.as_ref() != Some(&stored) {
        return Ok(());
    }
    settle_transfer(app, &mut tx, (&security, running), (&stored, after), now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(())
}

async fn settle_transfer(
    app: &App,
    tx: &mut Tx,
    (security, running): (&Security, StoredAttempt),
    (stored, after): (&StoredTransfer, BankTransfer),
    now: Timestamp,
) -> Result<(), ApiError> {
    let policy = &app.policy.verification;
    bank_transfers::update(tx, stored, &after).await?;
    match after {
        BankTransfer::Arrived { at, .. } => {
            let until = at.plus(policy.transfer_enter_within);
            let details = json!({ "case": running.case_number, "at": at });
            happened(
                tx,
                "bank_transfer_arrived",
                (running.account_id, details),
                now,
            )
            .await?;
            tell(app, tx, (security, News::MoneyArrived { until }), now).await
        }
        BankTransfer::Failed { .. } => {
            failed(
                app,
                tx,
                (security, running),
                FailureReason::TransferFailed,
                now,
            )
            .await
        }
        BankTransfer::Requested { .. } | BankTransfer::Confirmed { .. } => Ok(()),
    }
}

async fn look_at_top_up(
    app: &App,
    attempt: &StoredAttempt,
    claimed: &ClaimedEnterprise,
    now: Timestamp,
) -> Result<(), ApiError> {
    let mut tx = app.store.read().await?;
    let stored = top_ups::find_newest(&mut tx, attempt.account_id).await?;
    tx.commit().await?;
    let Some(stored) = stored.filter(|stored| stored.attempt_id == attempt.id) else {
        return Ok(());
    };
    let name = &claimed.enterprise.name;
    let came = match app.bank.payments(&stored.reference).await {
        Ok(Some(came)) => came,
        Ok(None) => {
            expect_again(app, &stored, name).await;
            Vec::new()
        }
        Err(_) => Vec::new(),
    };
    let is_over = stored.top_up.at(&app.policy.verification, now) != stored.top_up;
    if came.is_empty() && !is_over {
        return Ok(());
    }
    let Some((mut tx, security, running)) = locked(app, attempt).await? else {
        return Ok(());
    };
    let Some(stored) = top_ups::find_newest(&mut tx, attempt.account_id).await? else {
        return Ok(());
    };
    let after = take_payments(app, &mut tx, (&stored, name), came, now).await?;
    if after != stored.top_up {
        top_ups::update(&mut tx, &stored, &after).await?;
    }
    match after {
        TopUp::Confirmed { .. } => passed(app, &mut tx, &running, now).await?,
        TopUp::TooLate { .. } => {
            let reason = FailureReason::TopUpFailed;
            failed(app, &mut tx, (&security, running), reason, now).await?;
        }
        TopUp::Named { .. } | TopUp::Paid { .. } => {}
    }
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(())
}

/// Takes what came in, each payment once; all of it becomes balance (ENT-8).
async fn take_payments(
    app: &App,
    tx: &mut Tx,
    (stored, name): (&StoredTopUp, &EnterpriseName),
    mut came: Vec<Payment>,
    now: Timestamp,
) -> Result<TopUp, ApiError> {
    let policy = &app.policy.verification;
    came.sort_by_key(|payment| payment.at);
    let mut top_up = stored.top_up;
    let mut confirmed = false;
    for payment in came {
        let payer = EnterpriseName::parse(&payment.payer_name);
        let incoming = IncomingPayment {
            amount: payment.amount,
            route: payment.route,
            from_enterprise: payer.is_ok_and(|payer| payer.compare_key() == name.compare_key()),
            at: payment.at.min(now),
        };
        let taken = top_up.take(incoming, policy);
        let new = StoredPayment {
            id: format!("{}:{}", stored.reference, payment.id),
            reference: stored.reference.clone(),
            account_id: stored.account_id,
            amount: taken.balance,
            route: payment.route,
            came: incoming.at,
            fault: taken.fault,
        };
        if top_ups::insert_payment(tx, &new).await? {
            let details = json!({ "amount": new.amount, "route": new.route, "fault": new.fault });
            happened(tx, "top_up_came_in", (stored.account_id, details), now).await?;
            top_up = taken.top_up;
            confirmed |= taken.fault.is_none() && payment.confirmed;
        } else if let TopUp::Paid { at } = top_up {
            // Written down before: only its confirmation is news.
            confirmed |= at == incoming.at && payment.confirmed;
        }
    }
    if confirmed {
        top_up = top_up
            .confirm(now)
            .map_err(|refused| ApiError::all_refused(refused, now))?;
    }
    Ok(top_up.at(policy, now))
}

/// The bank has forgotten the sum.
async fn expect_again(app: &App, stored: &StoredTopUp, name: &EnterpriseName) {
    if let TopUp::Named { amount, .. } = stored.top_up {
        let expected = ExpectedPayment {
            reference: &stored.reference,
            amount,
            payer_name: name.as_str(),
        };
        if let Err(error) = app.bank.expect(&expected).await {
            tracing::warn!(%error, "a payment is not waited for; it is asked for again later");
        }
    }
}

async fn look_at_permission(
    app: &App,
    attempt: &StoredAttempt,
    claimed: &ClaimedEnterprise,
    now: Timestamp,
) -> Result<(), ApiError> {
    let mut tx = app.store.read().await?;
    let stored = official_permissions::find_newest(&mut tx, attempt.account_id).await?;
    tx.commit().await?;
    let Some(stored) = stored.filter(|stored| stored.attempt_id == attempt.id) else {
        return Ok(());
    };
    let is_same = match app.official.result(&stored.service.id).await {
        Ok(PermissionOutcome::Given { enterprise, code }) => {
            let name = EnterpriseName::parse(&enterprise);
            let own = &claimed.enterprise;
            let same_name = name.is_ok_and(|name| name.compare_key() == own.name.compare_key());
            let same_code = code.is_none_or(|code| {
                domain::identity::EnterpriseCode::parse(&code)
                    .is_ok_and(|code| code.identity_key() == own.code.identity_key())
            });
            Some(same_name && same_code)
        }
        Ok(PermissionOutcome::Refused) => None,
        // The page offers to ask anew (ENT-20).
        Ok(PermissionOutcome::Pending | PermissionOutcome::Expired) | Err(_) => return Ok(()),
    };
    let Some((mut tx, security, running)) = locked(app, attempt).await? else {
        return Ok(());
    };
    if let Some(is_same) = is_same {
        use_permission(&mut tx, &stored, now).await?;
        if is_same {
            passed(app, &mut tx, &running, now).await?;
            tx.commit().await?;
            app.postman_bell.notify_one();
            return Ok(());
        }
    }
    let reason = FailureReason::PermissionRefused;
    failed(app, &mut tx, (&security, running), reason, now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(())
}

/// The permission serves one comparison (ENT-12).
async fn use_permission(
    tx: &mut Tx,
    stored: &StoredPermission,
    now: Timestamp,
) -> Result<(), ApiError> {
    let given = OfficialAccountPermission::Given { at: now };
    let used = given
        .use_once(now)
        .map_err(|refused: Refused<VerificationRefusal>| ApiError::all_refused(refused, now))?;
    if stored.permission.is_none() && official_permissions::update(tx, stored, used).await? {
        Ok(())
    } else {
        Err(ApiError::refused(
            VerificationRefusal::PermissionNotUsable,
            now,
        ))
    }
}

async fn look_at_face(
    app: &App,
    attempt: &StoredAttempt,
    claimed: &ClaimedEnterprise,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Some(check) = attempt.more["face"]["check"].as_str() else {
        return Ok(());
    };
    let by = face_by(attempt.account_id);
    let reasons = match faces::status(app, &by, check, now).await? {
        contract::providers::FaceStatus::Passed => {
            // The representative is real; whether they are this enterprise's, and whether it is one,
            // says the register (ENT-10).
            reasons(&look_up(app, claimed).await?)
        }
        contract::providers::FaceStatus::Failed { .. } => vec![FailureReason::FaceCheck],
        _ => return Ok(()),
    };
    settle(app, attempt, reasons, now).await
}

/// The representative's WeChat says who scanned, and the real-name service whether it is them; after that
/// the register is asked as after a look at the face (ENT-10, ENT-13).
async fn look_at_scan(
    app: &App,
    attempt: &StoredAttempt,
    (claimed, here): (&ClaimedEnterprise, Here<'_>),
    now: Timestamp,
) -> Result<(), ApiError> {
    let scan = attempt.more["scan"]["id"].as_str();
    let (Some(scan), Some(person)) = (scan, &claimed.enterprise.legal_representative) else {
        return Ok(());
    };
    let mut tx = app.store.write().await?;
    let by = Some(here.session.as_str());
    let wish = (scan, Some(ScanPurpose::Verify));
    let proved = match scans::take(app, &mut tx, (here.jar, by), wish, now).await {
        Ok((proved, _)) => proved,
        // It waits, or it is over; the page that shows the code says so.
        Err(ApiError::Refused { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    tx.commit().await?;
    let question = RealNameQuestion {
        identity: proved.identity(),
        name: &person.name,
        document: &person.document,
    };
    let reasons = match app.real_names.compare(&question).await {
        Ok(RealNameAnswer::Matches { .. }) => match look_up(app, claimed).await {
            Ok(recorded) => reasons(&recorded),
            Err(_) => vec![FailureReason::ServiceFailed],
        },
        Ok(RealNameAnswer::AnotherPerson) => vec![FailureReason::ScannedByAnother],
        Ok(RealNameAnswer::Unverified) => vec![FailureReason::ScannedUnverified],
        Ok(RealNameAnswer::NameOrNumberWrong) => vec![FailureReason::NameOrIdWrong],
        Err(_) => vec![FailureReason::ServiceFailed],
    };
    settle(app, attempt, reasons, now).await
}

/// Ends the attempt: passed without a reason against it, failed with any.
async fn settle(
    app: &App,
    attempt: &StoredAttempt,
    reasons: Vec<FailureReason>,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Some((mut tx, security, running)) = locked(app, attempt).await? else {
        return Ok(());
    };
    if reasons.is_empty() {
        passed(app, &mut tx, &running, now).await?;
    } else {
        fail(app, &mut tx, (&security, running), reasons, now).await?;
    }
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(())
}

/// The account is verified as what was claimed.
pub(super) async fn passed(
    app: &App,
    tx: &mut Tx,
    attempt: &StoredAttempt,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Some(claimed) = claimed(attempt) else {
        return Ok(());
    };
    let found = Found {
        subject: Subject::Enterprise {
            enterprise: claimed.kind,
            code: CodeStanding::of(&claimed.enterprise.code),
        },
        identity: attempt.claim.identity(),
        born: None,
    };
    let passed = trying::pass(app, tx, (attempt, found), now).await?;
    // Whatever was found about an earlier subject says nothing about this one.
    rechecks::delete(tx, attempt.account_id).await?;
    let details = (attempt.account_id, ended(&passed));
    happened(tx, "verification_passed", details, now).await
}

async fn failed(
    app: &App,
    tx: &mut Tx,
    who: (&Security, StoredAttempt),
    reason: FailureReason,
    now: Timestamp,
) -> Result<(), ApiError> {
    fail(app, tx, who, vec![reason], now).await
}

async fn fail(
    app: &App,
    tx: &mut Tx,
    (security, attempt): (&Security, StoredAttempt),
    reasons: Vec<FailureReason>,
    now: Timestamp,
) -> Result<(), ApiError> {
    if !matches!(attempt.attempt, Attempt::Running { .. }) {
        return Ok(());
    }
    let id = attempt.account_id;
    let failed = trying::fail(tx, attempt, reasons, now).await?;
    happened(tx, "verification_failed", (id, ended(&failed)), now).await?;
    tell(app, tx, (security, News::Failed), now).await
}
