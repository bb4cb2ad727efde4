//! Account info as the owner sees it, with all that stands against changing it (API-2). Only reads.

use contract::account::{
    AccountInfo, BoundMethod, ContactShown, ExpiringAdvice, LoginMethodShown, PendingContact,
};
use domain::account::{AccountId, OpenChanges, may_export_data, pending_changes};
use domain::contacts::{ContactKind, ContactPoint};
use domain::login_methods::{
    ExpiringIdentity, LoginMethod, LoginMethodKind, LoginState, expiring_step, may_unbind_method,
    unbind_conditions,
};
use domain::time::Timestamp;

use crate::error::ApiError;
use crate::flows::login_methods::may_begin;
use crate::handlers::masked_name;
use crate::state::App;
use crate::store::login_methods::StoredMethod;
use crate::store::security::Security;
use crate::store::{Tx, accounts, attempts, codes, contact_points, security};

/// Everything that Account info shows.
pub(super) async fn load(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    now: Timestamp,
) -> Result<AccountInfo, ApiError> {
    let gone = || ApiError::SignInRequired;
    let account = accounts::find(tx, id).await?.ok_or_else(gone)?;
    let security = security::find(tx, id).await?.ok_or_else(gone)?;
    let email_change = security::find_email_change(tx, id).await?;
    let phone = contact_points::find(tx, id, ContactKind::Phone).await?;
    let email = contact_points::find(tx, id, ContactKind::Email).await?;
    let contacts = [phone, email];
    let attempt = attempts::list(tx, id, 1).await?.pop();
    let open = OpenChanges {
        security_email: email_change.as_ref(),
        contacts: &contacts,
        attempt: attempt.as_ref().map(|stored| &stored.attempt),
        ..OpenChanges::default()
    };
    let pending = pending_changes(&open, &app.policy.contacts, now);
    let [phone, email] = &contacts;
    Ok(AccountInfo {
        account_id: account.id,
        app_id: account.app_id,
        site: account.site,
        registered_at: account.registered_at,
        nickname: account.nickname,
        nickname_version: account.nickname_version,
        login_email: security
            .login_email()
            .map(|email| email.masked().to_string()),
        security_phone: security
            .contacts
            .phone
            .as_ref()
            .map(|it| it.masked().to_string()),
        security_email: security
            .contacts
            .email
            .as_ref()
            .map(|it| it.masked().to_string()),
        contact_phone: contact(app, tx, id, phone, now).await?,
        contact_email: contact(app, tx, id, email, now).await?,
        login_methods: methods(app, &security),
        expiring: expiring(&security),
        export_refusals: may_export_data(
            true,
            accounts::exported_at(tx, id).await?,
            &app.policy.account,
            now,
        ),
        has_password: security.password.is_some(),
        pending,
        server_time: now,
        verification: account.verification,
        verified_name: account.verified_name.as_deref().map(masked_name),
    })
}

/// What to do about each identity that a company may take away (LGM-4).
fn expiring(security: &Security) -> Vec<ExpiringAdvice> {
    let methods = security.plain_methods();
    let advice = |identity| ExpiringAdvice {
        identity,
        step: expiring_step(&methods, identity),
    };
    ExpiringIdentity::ALL.into_iter().map(advice).collect()
}

async fn contact(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    point: &ContactPoint,
    now: Timestamp,
) -> Result<ContactShown, ApiError> {
    let policy = &app.policy.contacts;
    let pending = match (point.waiting(policy, now), point.code_request(id)) {
        (Some((pending, until)), Some(asked)) => {
            let (purpose, target) = (asked.purpose, &asked.target);
            let sent_at = codes::find_last_sent(tx, purpose, Some(id), target).await?;
            Some(PendingContact {
                value: pending.value.masked().to_string(),
                until,
                resend_at: sent_at
                    .map(|at| at.plus(policy.resend_after))
                    .filter(|at| now < *at),
            })
        }
        _ => None,
    };
    Ok(ContactShown {
        confirmed: point.confirmed.as_ref().map(|it| it.masked().to_string()),
        pending,
    })
}

/// Each kind with what is bound and what stands against changing it, those that are bound first.
fn methods(app: &App, security: &Security) -> Vec<LoginMethodShown> {
    let plain = security.plain_methods();
    let state = security.login_state(&plain);
    let (mut bound, open): (Vec<_>, Vec<_>) = LoginMethodKind::ALL
        .into_iter()
        .map(|kind| method(app, security, &state, kind))
        .partition(|shown| shown.bound.is_some());
    bound.extend(open);
    bound
}

fn method(
    app: &App,
    security: &Security,
    state: &LoginState<'_>,
    kind: LoginMethodKind,
) -> LoginMethodShown {
    let of_kind = |stored: &&StoredMethod| stored.method.identity.kind() == kind;
    let stored = security.methods.iter().find(of_kind);
    LoginMethodShown {
        kind,
        is_offered: kind == LoginMethodKind::Email || app.providers.get(kind).is_some(),
        change_refusals: may_begin(state, kind),
        bound: stored.map(|stored| bound(stored, state)),
    }
}

fn bound(stored: &StoredMethod, state: &LoginState<'_>) -> BoundMethod {
    let LoginMethod {
        identity,
        origin,
        bound_at,
    } = &stored.method;
    let email = stored.email.as_ref();
    BoundMethod {
        name: email
            .map(|email| email.masked().to_string())
            .or_else(|| stored.name.clone()),
        origin: *origin,
        bound_at: *bound_at,
        conditions: unbind_conditions(state, identity.kind()),
        unbind_refusals: may_unbind_method(state, identity.kind()),
    }
}
