//! Everything about the verification of an enterprise, as its owner sees it.

use contract::enterprise::{
    AdviceFor, CameIn, EnterpriseAttempt, EnterpriseVerification, PayeeShown, PermissionShown,
    RepresentativeShown, TopUpShown, TransferShown,
};
use contract::providers::{FaceBegun, ScanShown};
use domain::account::AccountId;
use domain::time::Timestamp;
use domain::verification::{
    Applicant, Attempt, EnterpriseKind, FailureReason, LegalRepresentative, Method,
    OfficialAccountPermission, PaymentRoute, Region, RegisterAdvice, RegisterAnswer, TopUp, advise,
    advise_after_register, advise_after_representative, resume_permission,
};

use super::form::typed;
use super::{claimed, newest, offered, recheck};
use crate::error::ApiError;
use crate::state::App;
use crate::store::attempts::{ClaimedEnterprise, StoredAttempt};
use crate::store::bank_transfers::StoredTransfer;
use crate::store::top_ups::StoredTopUp;
use crate::store::{Tx, bank_transfers, official_permissions, subjects, top_ups};

/// How everything stands.
///
/// # Errors
/// When the database fails.
pub async fn shown(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    now: Timestamp,
) -> Result<EnterpriseVerification, ApiError> {
    let attempt = newest(tx, id).await?;
    let of_attempt = |attempt_id: &str| {
        let newest = attempt.as_ref();
        newest.is_some_and(|newest| newest.id == attempt_id)
    };
    let transfer = bank_transfers::find_newest(tx, id).await?;
    let transfer = transfer.filter(|one| of_attempt(&one.attempt_id));
    let top_up = top_ups::find_newest(tx, id).await?;
    let top_up = match top_up.filter(|one| of_attempt(&one.attempt_id)) {
        Some(top_up) => Some(top_up_shown(app, tx, &top_up, now).await?),
        None => None,
    };
    let permission = official_permissions::find_newest(tx, id).await?;
    let permission = permission.filter(|one| of_attempt(&one.attempt_id));
    let record = subjects::find(tx, id).await?;
    let recheck = recheck::stands(tx, id, record.as_ref()).await?;
    Ok(EnterpriseVerification {
        is_verified: record.is_some(),
        offered: offered(app),
        advice: advice(app),
        representative: attempt
            .as_ref()
            .and_then(|attempt| representative(attempt, now)),
        attempt: attempt
            .as_ref()
            .and_then(|attempt| attempt_shown(app, attempt, transfer.as_ref(), now)),
        transfer: match transfer {
            Some(transfer) => Some(transfer_shown(app, tx, &transfer, now).await?),
            None => None,
        },
        top_up,
        permission: permission.map(|stored| PermissionShown {
            step: resume_permission(stored.permission.as_ref()),
            may_withdraw: matches!(
                stored.permission,
                Some(
                    OfficialAccountPermission::Given { .. }
                        | OfficialAccountPermission::Used { .. }
                )
            ),
            address: stored.service.address,
        }),
        recheck,
        urges: recheck.urges().to_vec(),
        server_time: now,
    })
}

/// Every method for each kind of enterprise (VER-14).
fn advice(app: &App) -> Vec<AdviceFor> {
    let kinds = [
        EnterpriseKind::Company,
        EnterpriseKind::PublicInstitution,
        EnterpriseKind::OtherOrganisation,
    ];
    let representatives = [LegalRepresentative::Resident, LegalRepresentative::Foreign];
    kinds
        .into_iter()
        .flat_map(|enterprise| representatives.map(|representative| (enterprise, representative)))
        .map(|(enterprise, legal_representative)| {
            let applicant = Applicant::Enterprise {
                region: Region::Mainland,
                enterprise,
                legal_representative,
            };
            AdviceFor {
                enterprise,
                legal_representative,
                methods: advise(&applicant, &[], &app.policy.verification),
            }
        })
        .collect()
}

fn attempt_shown(
    app: &App,
    attempt: &StoredAttempt,
    transfer: Option<&StoredTransfer>,
    now: Timestamp,
) -> Option<EnterpriseAttempt> {
    let claimed = claimed(attempt)?;
    let method = match &attempt.attempt {
        Attempt::Running { method, .. }
        | Attempt::Failed { method, .. }
        | Attempt::Passed { method, .. } => *method,
        // Whatever was given up is kept in the form all the same.
        Attempt::GivenUp { .. } => Method::OfficialAccount,
    };
    let (policy, calendar) = (&app.policy.verification, &app.calendar);
    Some(EnterpriseAttempt {
        case_number: attempt.case_number.clone(),
        method,
        is_overdue: attempt.attempt.is_overdue(policy, calendar, now),
        advice: after_register(app, attempt, claimed, now),
        attempt: attempt.attempt.clone(),
        typed: typed(claimed, transfer),
    })
}

/// What to do when the register did not say yes (ENT-9, ENT-10).
fn after_register(
    app: &App,
    attempt: &StoredAttempt,
    claimed: &ClaimedEnterprise,
    now: Timestamp,
) -> Option<RegisterAdvice> {
    let Attempt::Failed {
        method, reasons, ..
    } = &attempt.attempt
    else {
        return None;
    };
    let issued = claimed.issued?;
    let (policy, calendar) = (&app.policy.verification, &app.calendar);
    let is_about_register = |reason: &FailureReason| {
        matches!(
            reason,
            FailureReason::NotRecorded | FailureReason::NameOrCodeWrong
        )
    };
    let reason = reasons.iter().find(|reason| is_about_register(reason))?;
    let answer = match reason {
        FailureReason::NotRecorded => RegisterAnswer::NotRecorded,
        _ => RegisterAnswer::Differs,
    };
    let was_representative = matches!(
        method,
        Method::LegalRepresentativeFace | Method::LegalRepresentativeWechat
    );
    Some(if was_representative {
        advise_after_representative(issued, policy, calendar, now)
    } else {
        advise_after_register(answer, issued, policy, calendar, now)
    })
}

async fn transfer_shown(
    app: &App,
    tx: &mut Tx,
    stored: &StoredTransfer,
    now: Timestamp,
) -> Result<TransferShown, ApiError> {
    let dispute = bank_transfers::find_dispute(tx, &stored.reference).await?;
    let (policy, calendar) = (&app.policy.verification, &app.calendar);
    Ok(TransferShown {
        progress: stored.transfer.progress(policy, calendar, now),
        due: calendar
            .due(stored.requested, policy.transfer_most_business_days)
            .at,
        account: stored.order.account.masked().as_str().to_owned(),
        bank: stored.order.bank.as_str().to_owned(),
        may_dispute: dispute.is_none() && stored.transfer.may_dispute(true).is_empty(),
        dispute: dispute.map(|dispute| dispute.case_number),
    })
}

async fn top_up_shown(
    app: &App,
    tx: &mut Tx,
    stored: &StoredTopUp,
    now: Timestamp,
) -> Result<TopUpShown, ApiError> {
    let (policy, calendar) = (&app.policy.verification, &app.calendar);
    let top_up = stored.top_up.at(policy, now);
    let until = match top_up {
        TopUp::Named { at, .. } => at.plus(policy.top_up_pay_within),
        TopUp::Paid { at } => calendar.due(at, policy.top_up_business_days).at,
        TopUp::Confirmed { at } | TopUp::TooLate { at } => at,
    };
    let came = top_ups::list_payments(tx, &stored.reference).await?;
    Ok(TopUpShown {
        top_up,
        until,
        is_overdue: top_up.is_overdue(policy, calendar, now),
        payee: PayeeShown {
            name: stored.payee.name.clone(),
            number: stored.payee.number.clone(),
            bank: stored.payee.bank.clone(),
            purpose: stored.payee.purpose.clone(),
        },
        routes: ROUTES.into_iter().filter(|way| way.is_accepted()).collect(),
        came: came
            .into_iter()
            .map(|payment| CameIn {
                amount: payment.amount,
                route: payment.route,
                at: payment.came,
                fault: payment.fault,
            })
            .collect(),
    })
}

/// Every way of paying, in the order of the page.
const ROUTES: [PaymentRoute; 7] = [
    PaymentRoute::OnlineTransfer,
    PaymentRoute::MobileTransfer,
    PaymentRoute::TelegraphicTransfer,
    PaymentRoute::Cheque,
    PaymentRoute::CounterTransferElsewhere,
    PaymentRoute::CashInBeijing,
    PaymentRoute::Other,
];

/// What the legal representative does, while the attempt is running.
fn representative(attempt: &StoredAttempt, now: Timestamp) -> Option<RepresentativeShown> {
    match attempt.attempt.running()? {
        Method::LegalRepresentativeFace => {
            let face: Option<FaceBegun> = serde_json::from_value(attempt.more["face"].clone()).ok();
            Some(RepresentativeShown::Face {
                check: face.filter(|face| now < face.expires_at),
            })
        }
        Method::LegalRepresentativeWechat => {
            let scan: Option<ScanShown> = serde_json::from_value(attempt.more["scan"].clone()).ok();
            Some(RepresentativeShown::Scan {
                scan: scan.filter(|scan| now < scan.expires_at),
            })
        }
        _ => None,
    }
}
