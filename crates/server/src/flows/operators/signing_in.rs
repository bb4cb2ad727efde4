//! An operator's two steps of signing in (OPS-1): the password, counted and locked as an owner's is
//! (SGN-1), and the code of an app, which the first sign-in binds. Must not know sentences or forms.

use contract::captcha::{Captcha as TypedCaptcha, CaptchaPurpose};
use contract::operators::{OperatorOnDuty, OperatorStanding};
use domain::identity::OperatorName;
use domain::mfa::try_totp;
use domain::protection::SixDigits;
use domain::refusal::Refused;
use domain::sign_in::{
    Captcha, SessionLimits, SignInRefusal, WrongPasswords, may_try_password, try_password,
};
use domain::time::Timestamp;
use zeroize::Zeroizing;

use crate::error::ApiError;
use crate::extract::DeskSession;
use crate::flows::{captcha, mfa};
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::operators::{self, StoredOperator, StoredOperatorSession};
use crate::store::{Tx, locks, wrong_passwords};
use crate::totp::TotpSecret;

/// What was typed.
pub struct Attempt<'a> {
    /// The name.
    pub name: OperatorName,
    /// The password in the form in which it is hashed.
    pub password: Zeroizing<String>,
    /// What shows that a person tries.
    pub captcha: Option<&'a TypedCaptcha>,
}

/// A step that was right, before its commit.
pub struct Passed {
    /// The transaction that everything was done in.
    pub tx: Tx,
    /// Who it was.
    pub operator: StoredOperator,
    /// The token of the session; it belongs into the cookie.
    pub token: String,
    /// Whether an app was bound by it.
    pub bound: bool,
}

/// A try that was counted as wrong, which it may not be.
struct Counted {
    who_hash: String,
    before: WrongPasswords,
    after: WrongPasswords,
    refused: Refused<SignInRefusal>,
    known: Option<StoredOperator>,
}

/// Takes the password; the session that begins still waits for the code.
///
/// # Errors
/// The same for a wrong password and a name that nobody has: captcha needed, locked, or wrong (SGN-1).
pub async fn give_password(
    app: &App,
    attempt: Attempt<'_>,
    now: Timestamp,
) -> Result<Passed, ApiError> {
    let counted = count(app, &attempt, now).await?;
    let stored = counted.known.as_ref().map(|known| &*known.password_hash);
    let matches = match app.hasher.matches(attempt.password, stored).await {
        Ok(matches) => matches,
        Err(error) => {
            give_back(app, &counted, now).await?;
            return Err(error.into());
        }
    };
    let Some(known) = counted.known.as_ref().filter(|_| matches) else {
        return Err(ApiError::all_refused(counted.refused, now));
    };
    let mut tx = app.store.write().await?;
    wrong_passwords::find_locked(&mut tx, &counted.who_hash).await?;
    // They may have been disabled while the password was being checked.
    let still = operators::find(&mut tx, known.operator.id).await?;
    let Some(operator) = still.filter(|still| !still.is_disabled) else {
        return Err(ApiError::all_refused(counted.refused, now));
    };
    let policy = &app.policy.sign_in;
    let cleared = try_password(counted.before, Captcha::Solved, true, policy, now).state;
    wrong_passwords::update(&mut tx, &counted.who_hash, cleared, now).await?;
    if operator.secret.is_none() {
        // Anew each time: whoever saw the last one may not have been who gave this password.
        let secret = TotpSecret::fresh(&*app.ids)?;
        operators::update_binding(&mut tx, operator.operator.id, &secret.expose()).await?;
    }
    let token = begin(app, &mut tx, &operator, false, now).await?;
    Ok(Passed {
        tx,
        operator,
        token,
        bound: false,
    })
}

/// Takes the code and puts the operator on duty, under a fresh token; the first code of all binds the
/// app. A wrong one is counted at once.
///
/// # Errors
/// All that [`domain::mfa::try_totp`] refuses with; nobody gave a password; the code was given already.
pub async fn give_code(
    app: &App,
    session: Option<DeskSession>,
    typed: SixDigits,
    now: Timestamp,
) -> Result<Passed, ApiError> {
    let Some(session) = session else {
        return Err(ApiError::SignInRequired);
    };
    let id = session.stored.operator.operator.id;
    let mut tx = app.store.write().await?;
    locks::take(&mut tx, &format!("operator:{}", id.0)).await?;
    // The session may have gone on in the meantime, and the device may be another one.
    let still = operators::find_session(&mut tx, &session.token_hash).await?;
    let Some(stored) = still else {
        return Err(ApiError::SignInRequired);
    };
    if stored.is_on_duty {
        return Err(ApiError::ChangedElsewhere);
    }
    let operator = stored.operator;
    let (secret, bound) = match &operator.secret {
        Some(secret) => (secret.clone(), false),
        None => match operators::find_binding(&mut tx, id).await? {
            Some(secret) => (secret, true),
            None => return Err(ApiError::SignInRequired),
        },
    };
    let secret = mfa::secret(&secret)?;
    let code_at = |step| secret.code_at(step);
    let tried = try_totp(operator.check, typed, code_at, &app.policy.mfa, now);
    if let Err(refused) = tried.answer {
        operators::update_check(&mut tx, id, tried.state).await?;
        tx.commit().await?;
        return Err(ApiError::all_refused(refused, now));
    }
    if bound {
        operators::update_secret(&mut tx, id, Some(&secret.expose())).await?;
    }
    operators::update_check(&mut tx, id, tried.state).await?;
    operators::delete_session(&mut tx, &session.token_hash).await?;
    let token = begin(app, &mut tx, &operator, true, now).await?;
    Ok(Passed {
        tx,
        operator,
        token,
        bound,
    })
}

/// How far whoever has this session is, as the browser sees it.
///
/// # Errors
/// When the database fails.
pub async fn standing(
    app: &App,
    tx: &mut Tx,
    stored: &StoredOperatorSession,
) -> Result<OperatorStanding, ApiError> {
    let StoredOperator { operator, name, .. } = &stored.operator;
    let limits: SessionLimits = app.policy.operators.session_limits(stored.is_on_duty);
    let ends_at = stored.session.end_within(limits).at();
    if stored.is_on_duty {
        return Ok(OperatorStanding::OnDuty(OperatorOnDuty {
            id: operator.id,
            name: name.as_str().to_owned(),
            roles: operator.roles.clone(),
            ends_at,
        }));
    }
    if stored.operator.secret.is_some() {
        return Ok(OperatorStanding::CodeAsked { ends_at });
    }
    let Some(secret) = operators::find_binding(tx, operator.id).await? else {
        return Ok(OperatorStanding::Nobody {});
    };
    let secret = mfa::secret(&secret)?;
    Ok(OperatorStanding::BindingAsked {
        secret: secret.expose().to_string(),
        address: secret
            .address(&app.names.english, name.as_str())
            .to_string(),
        ends_at,
    })
}

async fn begin(
    app: &App,
    tx: &mut Tx,
    operator: &StoredOperator,
    is_on_duty: bool,
    now: Timestamp,
) -> Result<String, ApiError> {
    let token = app.ids.token()?;
    let session = (&*token_hash(&token), is_on_duty);
    operators::insert_session(tx, operator.operator.id, session, now).await?;
    Ok(token)
}

/// Counts the try as a wrong one, or refuses it before its password is looked at.
async fn count(app: &App, attempt: &Attempt<'_>, now: Timestamp) -> Result<Counted, ApiError> {
    let policy = &app.policy.sign_in;
    let who = format!("operator {}", attempt.name.compare_key());
    let who_hash = app.store.vault().lookup_hash("wrong passwords", &who);
    let mut tx = app.store.write().await?;
    let before = wrong_passwords::find_locked(&mut tx, &who_hash).await?;
    let solved = match attempt.captcha {
        Some(puzzle) if before.needs_captcha(policy, now) => {
            captcha::take(app, &mut tx, puzzle, CaptchaPurpose::SignIn, now).await?
        }
        Some(_) | None => false,
    };
    let solved = if solved {
        Captcha::Solved
    } else {
        Captcha::Missing
    };
    if let Err(refused) = Refused::unless_none(may_try_password(before, solved, policy, now)) {
        tx.commit().await?;
        return Err(ApiError::all_refused(refused, now));
    }
    let known = operators::find_by_name(&mut tx, &attempt.name).await?;
    let tried = try_password(before, solved, false, policy, now);
    wrong_passwords::update(&mut tx, &who_hash, tried.state, now).await?;
    tx.commit().await?;
    let refused = match tried.answer {
        Err(refused) => refused,
        Ok(()) => SignInRefusal::WrongEmailOrPassword.into(),
    };
    Ok(Counted {
        who_hash,
        before,
        after: tried.state,
        refused,
        known: known.filter(|known| !known.is_disabled),
    })
}

/// Takes back that a try was counted, since the server could not look at its password; unless another
/// was counted in the meantime.
async fn give_back(app: &App, counted: &Counted, now: Timestamp) -> Result<(), ApiError> {
    let mut tx = app.store.write().await?;
    let stands = wrong_passwords::find_locked(&mut tx, &counted.who_hash).await?;
    if stands == counted.after {
        wrong_passwords::update(&mut tx, &counted.who_hash, counted.before, now).await?;
    }
    Ok(tx.commit().await?)
}
