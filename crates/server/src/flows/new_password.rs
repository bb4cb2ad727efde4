//! A password that is chosen anew: judged with all reasons and hashed before any row is taken (SGN-12).
//! Must not know why it is chosen.

use contract::problem::{FieldProblem, ValueProblem};
use domain::contacts::SecurityContacts;
use domain::identity::{Email, PhoneNumber};
use domain::sign_in::{Password, PasswordOwner};

use crate::error::ApiError;
use crate::passwords;
use crate::state::App;
use crate::store::security::Security;

/// A password and its hash.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The password.
    pub password: Password,
    /// What is stored of it.
    pub hash: String,
}

/// What a password of this account must not contain.
#[must_use]
pub fn owner(security: &Security) -> PasswordOwner {
    let SecurityContacts { phone, .. } = &security.contacts;
    PasswordOwner {
        account_id: Some(security.account_id.to_string()),
        ..named(security.login_email(), phone.as_ref())
    }
}

/// The same for an account that does not exist yet.
#[must_use]
pub fn named(email: Option<&Email>, phone: Option<&PhoneNumber>) -> PasswordOwner {
    PasswordOwner {
        account_id: None,
        email_name: email.map(|email| email.name().to_owned()),
        phone: phone.map(|phone| phone.national().to_owned()),
    }
}

/// Judges a password; every reason against it is one problem of the field `password`.
///
/// # Errors
/// The problems.
pub fn judge(app: &App, typed: &str, owner: &PasswordOwner) -> Result<Password, ApiError> {
    passwords::choose(typed, owner, &app.policy.sign_in).map_err(|problems| {
        let problem = |problem| FieldProblem {
            field: "password".to_owned(),
            problem: ValueProblem::Password(problem),
        };
        ApiError::Fields(problems.into_iter().map(problem).collect())
    })
}

/// Judges a password and hashes it.
///
/// # Errors
/// The problems of the field `password`, or when too many are being hashed.
pub async fn choose(
    app: &App,
    typed: &str,
    owner: &PasswordOwner,
) -> Result<NewPassword, ApiError> {
    let password = judge(app, typed, owner)?;
    let hash = app.hasher.hash(&password, &*app.ids).await?;
    Ok(NewPassword { password, hash })
}
