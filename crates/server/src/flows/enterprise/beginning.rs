//! How an attempt begins, whatever its method: refusals first, then the register, then what the method
//! itself needs (ENT-3, ENT-9).

use contract::enterprise::StartEnterprise;
use contract::pages;
use domain::account::AccountId;
use domain::identity::{Fen, TransferAmount};
use domain::refusal::Refused;
use domain::sign_in::ScanPurpose;
use domain::time::Timestamp;
use domain::verification::{
    BankTransfer, FailureReason, Method, OfficialAccountPermission, VerificationRefusal,
    name_top_up, request_transfer,
};
use serde_json::{Value, json};

use super::form::{self, Destination};
use super::{Call, Here, claimed, look_up, newest, reasons};
use crate::error::ApiError;
use crate::extract::{Intent, Origin};
use crate::flows::attempts::{self as trying, Wish};
use crate::flows::browser::Browser;
use crate::flows::{audited, commit, faces, scans};
use crate::outside::bank::{ExpectedPayment, TransferOrder};
use crate::outside::official::PermissionWish;
use crate::state::App;
use crate::store::attempts::{Claimed, ClaimedEnterprise, StoredAttempt};
use crate::store::bank_transfers::{self, Order, StoredTransfer};
use crate::store::official_permissions::{self, PermissionService, StoredPermission};
use crate::store::top_ups::{self, StoredPayee, StoredTopUp};
use crate::store::{Tx, attempts, security};

/// The methods that this installation has the services for, in the order of the page.
#[must_use]
pub fn offered(app: &App) -> Vec<Method> {
    if !app.registry.is_offered() {
        return Vec::new();
    }
    Method::ALL
        .into_iter()
        .filter(|method| match method {
            Method::OfficialAccount => app.official.is_offered(),
            Method::LegalRepresentativeFace => app.face.is_offered(),
            Method::LegalRepresentativeWechat => {
                app.providers.get(scans::KIND).is_some() && app.real_names.is_offered()
            }
            Method::TopUp | Method::BankTransfer => app.bank.is_offered(),
            _ => false,
        })
        .collect()
}

/// Begins an attempt by what was typed.
///
/// # Errors
/// Every wrong field; every rule that refuses; [`ApiError::Busy`] when a service does not answer.
pub async fn begin(
    app: &App,
    call: Call<'_>,
    wish: &StartEnterprise,
    now: Timestamp,
) -> Result<(), ApiError> {
    let (claimed, destination) =
        form::parse(&wish.form, wish.method, now).map_err(ApiError::Fields)?;
    let wish = EnterpriseWish {
        claimed,
        method: wish.method,
        give_up_running: wish.give_up_running,
        destination,
    };
    start(app, call, wish, now).await
}

/// Begins anew what failed, by the same method and with everything that was typed (VER-10, ENT-8,
/// ENT-17); `destination` takes the place of the former one.
///
/// # Errors
/// As [`begin`]; [`VerificationRefusal::NoSuchAttempt`] where nothing of this method failed.
pub(super) async fn begin_again(
    app: &App,
    call: Call<'_>,
    (method, destination): (Method, Option<Destination>),
    now: Timestamp,
) -> Result<(), ApiError> {
    let mut tx = app.store.read().await?;
    let last = newest(&mut tx, call.account_id).await?;
    tx.commit().await?;
    let nothing = || ApiError::refused(VerificationRefusal::NoSuchAttempt, now);
    let last = last
        .filter(|last| failed_by(last) == Some(method))
        .ok_or_else(nothing)?;
    let mut claimed = claimed(&last).cloned().ok_or_else(nothing)?;
    if let Some(to) = &destination {
        claimed.enterprise.handler = Some(to.handler.clone());
    }
    let wish = EnterpriseWish {
        claimed,
        method,
        give_up_running: false,
        destination,
    };
    start(app, call, wish, now).await
}

/// Has another sum named to pay in, when nobody paid the former one in time (ENT-8).
///
/// # Errors
/// As [`begin`]; [`VerificationRefusal::NoSuchAttempt`] where no top-up failed.
pub async fn name_again(app: &App, call: Call<'_>, now: Timestamp) -> Result<(), ApiError> {
    begin_again(app, call, (Method::TopUp, None), now).await
}

/// The method of an attempt that failed.
const fn failed_by(attempt: &StoredAttempt) -> Option<Method> {
    match &attempt.attempt {
        domain::verification::Attempt::Failed { method, .. } => Some(*method),
        _ => None,
    }
}

struct EnterpriseWish {
    claimed: ClaimedEnterprise,
    method: Method,
    give_up_running: bool,
    destination: Option<Destination>,
}

/// What was agreed with the services before anything was written down.
enum Prepared {
    /// The register did not say yes.
    Rejected(Vec<FailureReason>),
    /// The administrator is asked there.
    Permission(PermissionService),
    /// The representative scans, in a browser that asks for a code.
    Scan,
    /// The representative is looked at.
    Face(faces::Begun, Value),
    /// This sum is waited for.
    TopUp(String, TransferAmount, StoredPayee),
    /// This is to be sent.
    Transfer(String, Order),
}

async fn start(
    app: &App,
    call: Call<'_>,
    wish: EnterpriseWish,
    now: Timestamp,
) -> Result<(), ApiError> {
    if !offered(app).contains(&wish.method) {
        return Err(ApiError::NotFound);
    }
    let mut trying = Wish {
        claim: Claimed::Enterprise(wish.claimed.clone()),
        method: wish.method,
        give_up_running: wish.give_up_running,
        more: Value::Null,
    };
    // Whoever is refused anyway costs no service a question.
    let mut tx = app.store.write().await?;
    let failing = trying::may_start(app, &mut tx, (call.account_id, &trying), now).await?;
    drop(tx);
    Refused::unless_none(failing).map_err(|refused| ApiError::all_refused(refused, now))?;
    if call.request.1 == Intent::Ask {
        return Err(ApiError::OnlyAsked);
    }
    let prepared = prepare(app, call, &wish, now).await?;
    if let Prepared::Face(_, more) = &prepared {
        trying.more = more.clone();
    }
    let mut tx = app.store.write().await?;
    let started = trying::start(app, &mut tx, (call.account_id, trying), now).await?;
    let mut details = json!({ "method": wish.method, "case": started.case_number });
    let sent = match prepared {
        Prepared::Rejected(reasons) => {
            details = json!({
                "method": wish.method, "case": started.case_number, "failed": reasons,
            });
            trying::fail(&mut tx, started, reasons, now).await?;
            None
        }
        prepared => write(app, &mut tx, (&started, prepared), now).await?,
    };
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
    if let Some(transfer) = sent {
        send(app, &transfer, wish.claimed.enterprise.name.as_str()).await;
    }
    Ok(())
}

/// Asks the register, unless the legal representative is looked at first (ENT-10), and whatever else the
/// method needs.
async fn prepare(
    app: &App,
    call: Call<'_>,
    wish: &EnterpriseWish,
    now: Timestamp,
) -> Result<Prepared, ApiError> {
    let asks_representative = matches!(
        wish.method,
        Method::LegalRepresentativeFace | Method::LegalRepresentativeWechat
    );
    if !asks_representative {
        let rejected = reasons(&look_up(app, &wish.claimed).await?);
        if !rejected.is_empty() {
            return Ok(Prepared::Rejected(rejected));
        }
    }
    let reference = app.ids.id()?;
    let enterprise = &wish.claimed.enterprise;
    match (wish.method, &wish.destination) {
        (Method::OfficialAccount, _) => {
            let name = enterprise.name.as_str();
            let service = ask_permission(app, call.origin, (&reference, name)).await?;
            Ok(Prepared::Permission(service))
        }
        (Method::LegalRepresentativeFace, _) => {
            let (begun, more) = begin_face(app, call, &wish.claimed, now).await?;
            Ok(Prepared::Face(begun, more))
        }
        (Method::LegalRepresentativeWechat, _) => Ok(Prepared::Scan),
        (Method::TopUp, _) => {
            let amount = draw(app)?;
            let expected = ExpectedPayment {
                reference: &reference,
                amount,
                payer_name: enterprise.name.as_str(),
            };
            let payee = app.bank.expect(&expected).await;
            let payee = payee.map_err(|_| ApiError::Busy)?;
            let payee = StoredPayee {
                name: payee.name,
                number: payee.number,
                bank: payee.bank,
                purpose: payee.purpose,
            };
            Ok(Prepared::TopUp(reference, amount, payee))
        }
        (Method::BankTransfer, Some(to)) => Ok(Prepared::Transfer(reference, order(app, to)?)),
        _ => Err(ApiError::NotFound),
    }
}

/// Writes down what was prepared; answers the transfer that is to be sent after the commit.
async fn write(
    app: &App,
    tx: &mut Tx,
    (attempt, prepared): (&StoredAttempt, Prepared),
    now: Timestamp,
) -> Result<Option<StoredTransfer>, ApiError> {
    let (account_id, attempt_id) = (attempt.account_id, attempt.id.clone());
    match prepared {
        Prepared::Rejected(_) | Prepared::Scan => {}
        Prepared::Permission(service) => {
            let new = StoredPermission {
                attempt_id,
                account_id,
                service,
                began: now,
                permission: None,
            };
            official_permissions::insert(tx, &new).await?;
        }
        Prepared::Face(begun, _) => faces::insert(tx, &begun).await?,
        Prepared::TopUp(reference, amount, payee) => {
            let policy = &app.policy.verification;
            let top_up = name_top_up(None, amount, policy, now)
                .map_err(|refused| ApiError::all_refused(refused, now))?;
            let new = StoredTopUp {
                reference,
                account_id,
                attempt_id,
                payee,
                top_up,
            };
            top_ups::insert(tx, &new).await?;
        }
        Prepared::Transfer(reference, order) => {
            let new = requested(app, attempt, (reference, order), None, now)?;
            bank_transfers::insert(tx, &new).await?;
            return Ok(Some(new));
        }
    }
    Ok(None)
}

/// A transfer that is asked for, in place of `previous` (ENT-7, ENT-17).
pub(super) fn requested(
    app: &App,
    attempt: &StoredAttempt,
    (reference, order): (String, Order),
    previous: Option<&BankTransfer>,
    now: Timestamp,
) -> Result<StoredTransfer, ApiError> {
    let transfer = request_transfer(previous, &app.policy.verification, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    Ok(StoredTransfer {
        reference,
        account_id: attempt.account_id,
        attempt_id: attempt.id.clone(),
        requested: now,
        order,
        transfer,
    })
}

/// What is sent to a destination: a sum that nobody can guess.
pub(super) fn order(app: &App, to: &Destination) -> Result<Order, ApiError> {
    Ok(Order {
        amount: draw(app)?,
        account: to.account.clone(),
        bank: to.bank.clone(),
    })
}

/// Has the bank send it. When it does not answer, [`super::look`] asks again: the bank does not know the
/// reference then.
pub(super) async fn send(app: &App, transfer: &StoredTransfer, name: &str) {
    let order = TransferOrder {
        reference: &transfer.reference,
        amount: transfer.order.amount,
        account_name: name,
        account_number: &transfer.order.account,
        bank: transfer.order.bank.as_str(),
    };
    if let Err(error) = app.bank.send(&order).await {
        tracing::warn!(%error, "a transfer was not taken on; it is sent again later");
    }
}

/// A sum from 0.01 to 0.99 yuan, each as likely as any other (ENT-7, ENT-8).
fn draw(app: &App) -> Result<TransferAmount, ApiError> {
    const SUMS: u8 = 99;
    loop {
        let mut byte = [0];
        app.ids.fill(&mut byte)?;
        let [byte] = byte;
        // The rest above the last full round would make low sums more likely.
        if byte < u8::MAX / SUMS * SUMS {
            let fen = Fen::new(i64::from(byte % SUMS) + 1);
            return TransferAmount::try_from(fen).map_err(ApiError::internal);
        }
    }
}

async fn ask_permission(
    app: &App,
    origin: &Origin,
    (reference, enterprise): (&str, &str),
) -> Result<PermissionService, ApiError> {
    let wish = PermissionWish {
        reference,
        enterprise,
        return_to: &format!("{}{}", origin.0, pages::VERIFICATION_OFFICIAL),
    };
    let begun = app.official.begin(&wish).await;
    let begun = begun.map_err(|_| ApiError::Busy)?;
    // The demo's administrator answers on a page of ours.
    let address = match begun.url.strip_prefix('/') {
        Some(path) => format!("{}/{path}", origin.0),
        None => begun.url,
    };
    Ok(PermissionService {
        id: begun.id,
        address,
    })
}

/// Begins the look at the legal representative's face. It belongs to the account, so that it goes on in
/// whatever browser the owner comes back.
async fn begin_face(
    app: &App,
    call: Call<'_>,
    claimed: &ClaimedEnterprise,
    now: Timestamp,
) -> Result<(faces::Begun, Value), ApiError> {
    let representative = claimed.enterprise.legal_representative.as_ref();
    let representative = representative.ok_or(ApiError::NotFound)?;
    let by = face_by(call.account_id);
    let whose = faces::Whose {
        account_id: call.account_id,
        by: &by,
        name: representative.name.as_str(),
        document_number: representative.document.number(),
    };
    let begun = faces::begin_of(app, call.origin, whose, now).await?;
    let begun = begun.ok_or(ApiError::NotFound)?;
    let more = json!({ "face": begun.answer(app, call.origin) });
    Ok((begun, more))
}

/// A code for the legal representative's WeChat; the scan binds nothing (ENT-13).
async fn begin_scan(
    app: &App,
    call: Call<'_>,
    here: Here<'_>,
    now: Timestamp,
) -> Result<Value, ApiError> {
    let browser = Browser::of(app, here.jar)?;
    let wish = scans::Wish {
        purpose: ScanPurpose::Verify,
        asked_by: Some((call.account_id, here.session.as_str().to_owned())),
        caller: here.caller,
        language: here.language,
    };
    let mut tx = app.store.write().await?;
    let scan = scans::begin(app, &mut tx, (&browser, call.origin), wish, now).await?;
    tx.commit().await?;
    Ok(json!({ "scan": scan }))
}

/// What a look at the legal representative's face is good for.
pub(super) fn face_by(id: AccountId) -> String {
    format!("verification:{id}")
}

/// Begins anew what the administrator of the Official Account or the legal representative has to do,
/// within the running attempt (ENT-20).
///
/// # Errors
/// [`VerificationRefusal::NoSuchAttempt`] where nothing of that kind runs, [`ApiError::Busy`].
pub async fn ask_again(
    app: &App,
    (call, here): (Call<'_>, Here<'_>),
    now: Timestamp,
) -> Result<(), ApiError> {
    let nothing = || ApiError::refused(VerificationRefusal::NoSuchAttempt, now);
    let mut tx = app.store.read().await?;
    let running = attempts::find_running(&mut tx, call.account_id).await?;
    tx.commit().await?;
    let running = running.ok_or_else(nothing)?;
    let claimed = claimed(&running).cloned().ok_or_else(nothing)?;
    if call.request.1 == Intent::Ask {
        return Err(ApiError::OnlyAsked);
    }
    let method = running.attempt.running();
    let name = claimed.enterprise.name.as_str();
    let mut fresh_face = None;
    let mut fresh_scan = None;
    let mut fresh_permission = None;
    match method {
        Some(Method::OfficialAccount) => {
            let reference = app.ids.id()?;
            fresh_permission = Some(ask_permission(app, call.origin, (&reference, name)).await?);
        }
        Some(Method::LegalRepresentativeFace) => {
            fresh_face = Some(begin_face(app, call, &claimed, now).await?);
        }
        Some(Method::LegalRepresentativeWechat) => {
            fresh_scan = Some(begin_scan(app, call, here, now).await?);
        }
        _ => return Err(nothing()),
    }
    let mut tx = app.store.write().await?;
    security::find_locked(&mut tx, call.account_id).await?;
    let current = attempts::find_running(&mut tx, call.account_id)
        .await?
        .filter(|current| current.id == running.id)
        .ok_or_else(nothing)?;
    if let Some(service) = fresh_permission
        && !official_permissions::update_service(&mut tx, &current.id, &service).await?
    {
        return Err(ApiError::ChangedElsewhere);
    }
    let mut more = fresh_scan;
    if let Some((begun, of_face)) = fresh_face {
        faces::insert(&mut tx, &begun).await?;
        more = Some(of_face);
    }
    if let Some(more) = more {
        attempts::update(&mut tx, &StoredAttempt { more, ..current }).await?;
    }
    let details = json!({ "method": method });
    audited(
        &mut tx,
        call.endpoint,
        call.request,
        call.account_id,
        details,
        now,
    )
    .await?;
    commit(tx, call.request).await
}

/// Withdraws the permission of the Official Account; a verification that used it stands (ENT-12).
///
/// # Errors
/// [`VerificationRefusal::PermissionNotUsable`] where none was given, [`ApiError::Busy`].
pub async fn withdraw(app: &App, call: Call<'_>, now: Timestamp) -> Result<(), ApiError> {
    let mut tx = app.store.read().await?;
    let (found, _) = given(&mut tx, call, now).await?;
    tx.commit().await?;
    if call.request.1 == Intent::Ask {
        return Err(ApiError::OnlyAsked);
    }
    // One that is gone is withdrawn, so this can be done over again when the rest fails.
    let told = app.official.withdraw(&found.service.id).await;
    told.map_err(|_| ApiError::Busy)?;
    let mut tx = app.store.write().await?;
    security::find_locked(&mut tx, call.account_id).await?;
    let (found, permission) = given(&mut tx, call, now).await?;
    if !official_permissions::update(&mut tx, &found, permission.withdraw(now)).await? {
        return Err(ApiError::ChangedElsewhere);
    }
    let details = json!({});
    audited(
        &mut tx,
        call.endpoint,
        call.request,
        call.account_id,
        details,
        now,
    )
    .await?;
    commit(tx, call.request).await
}

/// The permission that was given and not withdrawn.
async fn given(
    tx: &mut Tx,
    call: Call<'_>,
    now: Timestamp,
) -> Result<(StoredPermission, OfficialAccountPermission), ApiError> {
    let found = official_permissions::find_newest(tx, call.account_id).await?;
    let given = found.and_then(|found| {
        let permission = found.permission?;
        let is_gone = matches!(permission, OfficialAccountPermission::Withdrawn { .. });
        (!is_gone).then_some((found, permission))
    });
    given.ok_or_else(|| ApiError::refused(VerificationRefusal::PermissionNotUsable, now))
}
