//! What comes of an identity that was proved: it signs in, or waits for the person's choice, or is bound
//! (SGN-5, SGN-10, LGM-5, LGM-7). Must not know how it was proved.

use axum_extra::extract::CookieJar;
use contract::providers::{AccountChoice, Aim, Binding, Bound, Outcome, SeenIdentity};
use contract::session::SignInAnswer;
use domain::account::AccountId;
use domain::login_methods::{
    IdentityUse, LoginIdentity, LoginMethodKind, MethodWish, ProvedIdentity, bind_method,
    may_bind_method, may_replace_method, replace_method,
};
use domain::refusal::Refused;
use domain::sign_in::{
    IdentityLeadsTo, ScanPurpose, ScanRefusal, SignInMethod, WrongPasswords, choose_account,
    identity_leads_to,
};
use domain::time::Timestamp;
use serde_json::json;

use super::browser::Browser;
use super::consequences::Followed;
use super::login_methods::{Of, Shown, bound, may_begin, operation, replaced};
use super::seen::{self, About, Waiting};
use super::signing_in::{self, FirstProof, Who, Worth};
use super::{audited, checks};
use crate::cookies;
use crate::error::ApiError;
use crate::extract::{MaybeSignedIn, SignedIn};
use crate::state::App;
use crate::store::scans::Said;
use crate::store::{Tx, accounts, login_methods, security};

/// Goes on with an identity that was just proved. Commits.
///
/// # Errors
/// When the account that it signs in to is locked or gone.
pub async fn go_on(
    app: &App,
    mut tx: Tx,
    from: signing_in::From<'_>,
    (purpose, owner): (ScanPurpose, Option<&SignedIn>),
    (proved, said): (&ProvedIdentity, Said),
    now: Timestamp,
) -> Result<(CookieJar, Outcome), ApiError> {
    let browser = Browser::of(app, from.jar)?;
    let identity = proved.identity();
    let linked = login_methods::accounts_of(&mut tx, identity).await?;
    if purpose == ScanPurpose::SignIn
        && let IdentityLeadsTo::Account(id) = identity_leads_to(&linked)
    {
        let jar = CookieJar::new().add(browser.cookie());
        let (more, answer) = sign_in(app, tx, from, (id, identity.kind()), now).await?;
        let answer = Outcome::SignIn { answer };
        return Ok((joined(jar, &more), answer));
    }
    let about = About {
        name: said.name,
        is_administrator: said.is_administrator,
    };
    let token = seen::keep(app, &mut tx, &browser, (proved, about.clone()), now).await?;
    let expires_at = now.plus(app.policy.sign_in.seen_identity);
    // A sign-in looks at nobody's session; binding was begun in this one.
    let owner = owner.filter(|_| purpose == ScanPurpose::BindLoginMethod);
    let seen = describe(app, &mut tx, (proved, about), owner, (expires_at, now)).await?;
    tx.commit().await?;
    let jar = CookieJar::new().add(browser.cookie()).add(token);
    Ok((jar, Outcome::Waits { identity: seen }))
}

async fn sign_in(
    app: &App,
    tx: Tx,
    from: signing_in::From<'_>,
    (account_id, kind): (AccountId, LoginMethodKind),
    now: Timestamp,
) -> Result<(CookieJar, SignInAnswer), ApiError> {
    let who = Who {
        account_id,
        user_id: None,
        method: SignInMethod::LoginMethod(kind),
    };
    let first = FirstProof {
        wrong: WrongPasswords::None,
        worth: Worth::OneFactor,
        sign_in_id: None,
    };
    let done = signing_in::first_proof_was_right(app, tx, from, (who, first), now).await?;
    Ok((done.jar, done.answer))
}

fn joined(jar: CookieJar, more: &CookieJar) -> CookieJar {
    more.iter().cloned().fold(jar, CookieJar::add)
}

/// What waits in this browser, as its page shows it.
///
/// # Errors
/// When the database fails.
pub async fn waiting(
    app: &App,
    tx: &mut Tx,
    jar: &CookieJar,
    owner: Option<&SignedIn>,
    now: Timestamp,
) -> Result<Option<SeenIdentity>, ApiError> {
    let Some(Waiting { stored, .. }) = seen::find(app, tx, jar, now).await? else {
        return Ok(None);
    };
    let policy = &app.policy.sign_in;
    let expires_at = stored.seen.expires_at(policy);
    let proved = stored
        .seen
        .take(&Browser::of(app, jar)?.id(), policy, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let about = About {
        name: stored.name,
        is_administrator: stored.is_administrator,
    };
    let seen = describe(app, tx, (&proved, about), owner, (expires_at, now)).await?;
    Ok(Some(seen))
}

async fn describe(
    app: &App,
    tx: &mut Tx,
    (proved, about): (&ProvedIdentity, About),
    owner: Option<&SignedIn>,
    (expires_at, now): (Timestamp, Timestamp),
) -> Result<SeenIdentity, ApiError> {
    let identity = proved.identity();
    let linked = login_methods::accounts_of(tx, identity).await?;
    let mut choices = Vec::new();
    for id in &linked {
        if let Some(account) = accounts::find(tx, *id).await? {
            choices.push(AccountChoice {
                choice: choice(app, identity, *id),
                account: id.masked().to_string(),
                nickname: account.nickname,
            });
        }
    }
    let ways = match identity_leads_to(&linked) {
        IdentityLeadsTo::NoAccount(ways) => ways.to_vec(),
        IdentityLeadsTo::Account(_) | IdentityLeadsTo::Choice(_) => Vec::new(),
    };
    let binding = match owner {
        Some(owner) => {
            let is_administrator = about.is_administrator;
            binding(app, tx, owner, (proved, is_administrator, &linked)).await?
        }
        None => None,
    };
    Ok(SeenIdentity {
        kind: identity.kind(),
        name: about.name,
        accounts: choices,
        ways,
        binding,
        expires_at,
        server_time: now,
    })
}

async fn binding(
    app: &App,
    tx: &mut Tx,
    owner: &SignedIn,
    (proved, is_wecom_administrator, linked): (&ProvedIdentity, bool, &[AccountId]),
) -> Result<Option<Binding>, ApiError> {
    let Some(security) = security::find(tx, owner.account_id).await? else {
        return Ok(None);
    };
    let methods = security.plain_methods();
    let state = security.login_state(&methods);
    let others = linked.iter().filter(|id| **id != owner.account_id).count();
    let wish = MethodWish {
        proved,
        used: IdentityUse {
            other_accounts: u32::try_from(others).unwrap_or(u32::MAX),
        },
        is_wecom_administrator,
    };
    let kind = proved.identity().kind();
    let old = security
        .methods
        .iter()
        .find(|stored| stored.method.identity.kind() == kind);
    let policy = &app.policy.login_methods;
    let refusals = match old {
        Some(_) => may_replace_method(&state, &wish, policy),
        None => may_bind_method(&state, &wish, policy),
    };
    Ok(Some(Binding {
        account_id: owner.account_id,
        replaces: old.is_some(),
        old_name: old.and_then(|old| old.name.clone()),
        confirms_from_now_on: kind == LoginMethodKind::Wechat
            && old.is_none()
            && security.means.wechat.is_none(),
        refusals: refusals.into_iter().map(Into::into).collect(),
    }))
}

/// Names an account among those of an identity, to whoever has proved the identity.
fn choice(app: &App, identity: &LoginIdentity, id: AccountId) -> String {
    let text = format!("{:?}:{}:{id}", identity.kind(), identity.key());
    app.store.vault().lookup_hash("account choice", &text)
}

/// Signs in to the chosen one of the accounts of the identity that waits (LGM-5, SGN-10). Commits.
///
/// # Errors
/// [`ScanRefusal`] when nothing waits, or the account is none of the identity's.
pub async fn choose(
    app: &App,
    mut tx: Tx,
    from: signing_in::From<'_>,
    chosen: &str,
    now: Timestamp,
) -> Result<(CookieJar, SignInAnswer), ApiError> {
    let refused = |refusal: ScanRefusal| ApiError::refused(refusal, now);
    let waiting = seen::find(app, &mut tx, from.jar, now)
        .await?
        .ok_or_else(|| refused(ScanRefusal::Expired))?;
    let identity = waiting.stored.seen.identity.clone();
    let linked = login_methods::accounts_of(&mut tx, &identity).await?;
    let id = linked
        .iter()
        .copied()
        .find(|id| choice(app, &identity, *id) == chosen)
        .ok_or_else(|| refused(ScanRefusal::NotLinked))?;
    let id = choose_account(&linked, id).map_err(|refused| ApiError::all_refused(refused, now))?;
    seen::take(app, &mut tx, (from.jar, waiting), now)
        .await?
        .ok_or_else(|| refused(ScanRefusal::Used))?;
    let (jar, answer) = sign_in(app, tx, from, (id, identity.kind()), now).await?;
    Ok((jar.add(cookies::no_seen()), answer))
}

/// What a visit or a scan is begun for, and by whom: nobody at sign-in, the owner and the session where
/// something is to be bound.
///
/// # Errors
/// When nobody is signed in who binds, or what stands against binding.
pub async fn begun_for(
    app: &App,
    signed_in: &MaybeSignedIn,
    (aim, kind): (Aim, LoginMethodKind),
    now: Timestamp,
) -> Result<(ScanPurpose, Option<(AccountId, String)>), ApiError> {
    match aim {
        Aim::SignIn => Ok((ScanPurpose::SignIn, None)),
        Aim::Bind => {
            let owner = signed_in.owner(app)?;
            may_begin_binding(app, owner, kind, now).await?;
            let by = owner.session_id.as_str().to_owned();
            Ok((ScanPurpose::BindLoginMethod, Some((owner.account_id, by))))
        }
    }
}

/// Asks for the proof that binding needs, and tells what stands against it, before the person is sent to
/// another service (LGM-9, PRT-2, API-2).
///
/// # Errors
/// What the step-up or the rules of login methods refuse with.
async fn may_begin_binding(
    app: &App,
    owner: &SignedIn,
    kind: LoginMethodKind,
    now: Timestamp,
) -> Result<(), ApiError> {
    let mut tx = app.store.read().await?;
    let security = security::find(&mut tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    checks::require(app, &mut tx, owner, &security, operation(kind), now).await?;
    tx.commit().await?;
    let methods = security.plain_methods();
    Refused::unless_none(may_begin(&security.login_state(&methods), kind))
        .map_err(|refused| ApiError::all_refused(refused, now))
}

/// Binds the identity that waits to the account of the session, or replaces the one of its kind (LGM-5,
/// LGM-7, LGM-9). Commit afterwards.
///
/// # Errors
/// What the step-up or the rules of login methods refuse with.
pub async fn bind(
    app: &App,
    tx: &mut Tx,
    from: signing_in::From<'_>,
    (owner, replaces): (&SignedIn, bool),
    now: Timestamp,
) -> Result<(Bound, Followed), ApiError> {
    let refused = |refusal: ScanRefusal| ApiError::refused(refusal, now);
    let security = security::find_locked(tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let waiting = seen::find(app, tx, from.jar, now)
        .await?
        .ok_or_else(|| refused(ScanRefusal::Expired))?;
    let kind = waiting.stored.seen.identity.kind();
    let check = checks::require(app, tx, owner, &security, operation(kind), now).await?;
    let taken = seen::take(app, tx, (from.jar, waiting), now)
        .await?
        .ok_or_else(|| refused(ScanRefusal::Used))?;
    let identity = taken.proved.identity();
    let other_accounts = login_methods::count_others(tx, identity, Some(owner.account_id)).await?;
    let wish = MethodWish {
        proved: &taken.proved,
        used: IdentityUse { other_accounts },
        is_wecom_administrator: taken.about.is_administrator,
    };
    let methods = security.plain_methods();
    let state = security.login_state(&methods);
    let policy = &app.policy.login_methods;
    let of = Of {
        security: &security,
        session: &owner.session_id,
    };
    let shown = Shown {
        spelt: identity.key(),
        name: taken.about.name.as_deref(),
    };
    let all = |refused: Refused<_>| ApiError::all_refused(refused, now);
    let (confirms_from_now_on, followed) = if replaces {
        let change = replace_method(&check, &state, &wish, policy, now).map_err(all)?;
        (false, replaced(app, tx, of, (&change, shown), now).await?)
    } else {
        let change = bind_method(&check, &state, &wish, policy, now).map_err(all)?;
        let followed = bound(app, tx, of, (&change, shown), now).await?;
        (change.confirms_from_now_on, followed)
    };
    let details = json!({ "kind": kind, "replaces": replaces, "confirms": confirms_from_now_on });
    audited(
        tx,
        from.endpoint,
        from.request,
        owner.account_id,
        details,
        now,
    )
    .await?;
    let answer = Bound {
        kind,
        confirms_from_now_on,
        other_sessions: followed.offer_to_end,
    };
    Ok((answer, followed))
}
