//! A try with a password (SGN-1): counted under the row of its name before anything is hashed, so that
//! tries at the same time are all counted; the same for names that nobody has. Must not know sentences
//! or forms.
//!
//! A try is written down as wrong first and put right afterwards. Whoever sends a hundred at once
//! therefore meets the captcha and the lock exactly when whoever sends them one by one does.

use contract::captcha::{Captcha as TypedCaptcha, CaptchaPurpose};
use domain::account::AccountId;
use domain::contacts::{CodePurpose, CodeRequest};
use domain::identity::Email;
use domain::login_methods::LoginMethodKind;
use domain::refusal::Refused;
use domain::sign_in::{
    Captcha, SignInMethod, SignInRefusal, SignInResult, SubUserSignIn, WrongPasswords,
    may_try_password, try_password,
};
use domain::time::Timestamp;
use zeroize::Zeroizing;

use super::browser::Browser;
use super::{FirstProof, From, History, SignIn, Who, Worth, first_proof_was_right};
use crate::error::ApiError;
use crate::flows::{captcha, codes};
use crate::language::Language;
use crate::state::App;
use crate::store::{Tx, accounts, sub_users, wrong_passwords};

/// A name with a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// The login e-mail of an account.
    Email(Email),
    /// A sub-user of an account (SGN-14).
    SubUser(SubUserSignIn),
}

/// What was typed.
pub struct Attempt<'a> {
    /// The name.
    pub name: Name,
    /// The password in the form in which it is hashed.
    pub password: Zeroizing<String>,
    /// What shows that a person tries.
    pub captcha: Option<&'a TypedCaptcha>,
}

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    account_id: AccountId,
    language: Language,
    /// The sub-user and the hash of the password, where somebody has the name.
    opens: Option<Opens>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Opens {
    user_id: Option<AccountId>,
    password_hash: String,
}

/// A try that was counted as wrong, which it may not be.
struct Counted {
    who_hash: String,
    before: WrongPasswords,
    after: WrongPasswords,
    /// What is answered if it was wrong.
    refused: Refused<SignInRefusal>,
    known: Option<Known>,
    sign_in_id: Option<String>,
}

impl Name {
    const fn method(&self) -> SignInMethod {
        match self {
            Self::Email(_) => SignInMethod::LoginMethod(LoginMethodKind::Email),
            Self::SubUser(_) => SignInMethod::SubUser,
        }
    }

    async fn find(&self, tx: &mut Tx) -> Result<Option<Known>, ApiError> {
        Ok(match self {
            Self::Email(email) => {
                let found = accounts::find_credentials(tx, email).await?;
                found.map(|found| Known {
                    account_id: found.account_id,
                    language: found.language,
                    opens: Some(Opens {
                        user_id: None,
                        password_hash: found.password_hash,
                    }),
                })
            }
            Self::SubUser(sign_in) => {
                let found = sub_users::find_credentials(tx, sign_in).await?;
                found.map(|found| Known {
                    account_id: found.root,
                    language: found.language,
                    opens: found.user.map(|(id, password_hash)| Opens {
                        user_id: Some(id),
                        password_hash,
                    }),
                })
            }
        })
    }

    /// What wrong passwords are counted by: the account or the sub-user, else the name itself.
    fn who_hash(&self, app: &App, known: Option<&Known>) -> String {
        let opened = known.and_then(|known| Some((known.account_id, known.opens.as_ref()?)));
        let who = match (opened, self) {
            (Some((account, opens)), _) => {
                format!("account {}", opens.user_id.unwrap_or(account))
            }
            (None, Self::Email(email)) => format!("e-mail {}", email.canonical()),
            (None, Self::SubUser(sign_in)) => {
                format!("{} {}", sign_in.root, sign_in.name.compare_key())
            }
        };
        app.store.vault().lookup_hash("wrong passwords", &who)
    }
}

/// Tries a password, and signs in or goes on to the second step when it is right.
///
/// # Errors
/// The same for a wrong password and a name that nobody has: captcha needed, locked, or wrong (SGN-1).
/// What is wrong with the code that was typed in place of a captcha. What
/// [`first_proof_was_right`] refuses with.
pub async fn sign_in(
    app: &App,
    from: From<'_>,
    attempt: Attempt<'_>,
    now: Timestamp,
) -> Result<SignIn, ApiError> {
    let name = &attempt.name;
    let counted = count(app, from, &attempt, now).await?;
    let opens = counted
        .known
        .as_ref()
        .and_then(|known| known.opens.as_ref());
    let stored = opens.map(|opens| &*opens.password_hash);
    let matches = match app.hasher.matches(attempt.password, stored).await {
        Ok(matches) => matches,
        Err(error) => {
            give_back(app, &counted, now).await?;
            return Err(error.into());
        }
    };
    let Some(opens) = opens.filter(|_| matches) else {
        return Err(ApiError::all_refused(counted.refused, now));
    };
    let mut tx = app.store.write().await?;
    wrong_passwords::find_locked(&mut tx, &counted.who_hash).await?;
    // The password may have been changed while it was being checked.
    let still = name.find(&mut tx).await?;
    let Some(known) = still.filter(|still| Some(still) == counted.known.as_ref()) else {
        return Err(ApiError::all_refused(counted.refused, now));
    };
    let policy = &app.policy.sign_in;
    let cleared = try_password(counted.before, Captcha::Solved, true, policy, now).state;
    wrong_passwords::update(&mut tx, &counted.who_hash, cleared, now).await?;
    let who = Who {
        account_id: known.account_id,
        user_id: opens.user_id,
        method: name.method(),
    };
    let first = FirstProof {
        wrong: counted.before,
        worth: Worth::OneFactor,
        sign_in_id: counted.sign_in_id,
    };
    first_proof_was_right(app, tx, from, (who, first), now).await
}

/// Counts the try as a wrong one, or refuses it before its password is looked at.
async fn count(
    app: &App,
    from: From<'_>,
    attempt: &Attempt<'_>,
    now: Timestamp,
) -> Result<Counted, ApiError> {
    let policy = &app.policy.sign_in;
    let mut tx = app.store.write().await?;
    let known = attempt.name.find(&mut tx).await?;
    let who_hash = attempt.name.who_hash(app, known.as_ref());
    let before = wrong_passwords::find_locked(&mut tx, &who_hash).await?;
    let (mut tx, solved) = if before.needs_captcha(policy, now) {
        solve(app, tx, attempt, now).await?
    } else {
        (tx, Captcha::Missing)
    };
    let refused = Refused::unless_none(may_try_password(before, solved, policy, now));
    let result = match refused.as_ref().map_err(|refused| refused.all().first()) {
        Ok(()) => SignInResult::WrongPassword,
        Err(Some(SignInRefusal::CaptchaNeeded)) => SignInResult::CaptchaMissing,
        Err(_) => SignInResult::Locked,
    };
    let sign_in_id = match &known {
        Some(known) => {
            Some(write_down(app, &mut tx, from, (known, &attempt.name, result), now).await?)
        }
        None => None,
    };
    if let Err(refused) = refused {
        tx.commit().await?;
        return Err(ApiError::all_refused(refused, now));
    }
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
        known,
        sign_in_id,
    })
}

/// Uses up the puzzle or the code that came with the try.
async fn solve(
    app: &App,
    mut tx: Tx,
    attempt: &Attempt<'_>,
    now: Timestamp,
) -> Result<(Tx, Captcha), ApiError> {
    let is_solved = match (attempt.captcha, &attempt.name) {
        (None, _) | (Some(TypedCaptcha::Code { .. }), Name::SubUser(_)) => false,
        (Some(TypedCaptcha::Code { code }), Name::Email(email)) => {
            let typed = codes::parse("captcha", code)?;
            let request = code_request(email);
            (tx, _) = codes::take(app, tx, &request, typed, now).await?;
            true
        }
        (Some(puzzle), _) => {
            captcha::take(app, &mut tx, puzzle, CaptchaPurpose::SignIn, now).await?
        }
    };
    let captcha = if is_solved {
        Captcha::Solved
    } else {
        Captcha::Missing
    };
    Ok((tx, captcha))
}

/// What a code in the place of a captcha is asked for. It belongs to the address alone, so that it is the
/// same for an address that nobody has.
#[must_use]
pub fn code_request(email: &Email) -> CodeRequest {
    CodeRequest {
        purpose: CodePurpose::ProveHuman,
        account: None,
        target: email.clone().into(),
    }
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

/// Writes the try into the history of the account that it aims at (SGN-9).
async fn write_down(
    app: &App,
    tx: &mut Tx,
    from: From<'_>,
    (known, name, result): (&Known, &Name, SignInResult),
    now: Timestamp,
) -> Result<String, ApiError> {
    let browser = Browser::of(app, from, known.language)?;
    let who = Who {
        account_id: known.account_id,
        user_id: known.opens.as_ref().and_then(|opens| opens.user_id),
        method: name.method(),
    };
    let history = History {
        who,
        browser: &browser,
        known: None,
    };
    history.write(app, tx, result, now).await
}
