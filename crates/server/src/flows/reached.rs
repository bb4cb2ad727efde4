//! Accounts that are reached by a phone or an address which somebody typed who is not signed in (SGN-7,
//! ACC-14). Must not know what is done with them.

use contract::codes::CodeSent;
use contract::forgotten::{AnswerCode, SendCode};
use contract::problem::ValueProblem;
use domain::account::AccountId;
use domain::contacts::{CodePurpose, CodeRequest, ContactTarget};
use domain::login_methods::LoginIdentity;
use domain::protection::SixDigits;
use domain::time::Timestamp;

use super::codes::{self, Delivery};
use super::tries;
use crate::error::ApiError;
use crate::extract::ClientAddress;
use crate::language::Language;
use crate::state::App;
use crate::store::security::{self, Security};
use crate::store::{Tx, login_methods};

/// What somebody wants who is not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// A new password for the one that was forgotten (SGN-7).
    NewPassword,
    /// To unlock an account (ACC-14).
    Unlock,
}

impl Wants {
    /// The code that goes to a phone or an address for it; it names no account.
    #[must_use]
    pub const fn code(self, target: ContactTarget) -> CodeRequest {
        CodeRequest {
            purpose: match self {
                Self::NewPassword => CodePurpose::ResetPassword,
                Self::Unlock => CodePurpose::UnlockAccount,
            },
            account: None,
            target,
        }
    }

    /// The accounts that are reached there: by their security phone, and by their login e-mail for a new
    /// password, by their security e-mail for unlocking.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts(
        self,
        tx: &mut Tx,
        target: &ContactTarget,
    ) -> Result<Vec<AccountId>, ApiError> {
        Ok(match (target, self) {
            (ContactTarget::Phone(phone), _) => security::accounts_on_phone(tx, phone).await?,
            (ContactTarget::Email(email), Self::NewPassword) => {
                login_methods::accounts_of(tx, &LoginIdentity::email(email)).await?
            }
            (ContactTarget::Email(email), Self::Unlock) => {
                security::accounts_on_email(tx, email).await?
            }
        })
    }
}

/// Sends a code to what was typed; when nobody is reached there the answer is the same and nothing is
/// sent (CON-12, FND-5).
///
/// # Errors
/// When it is neither a phone nor an address, or a code went there a moment ago.
pub async fn send_code(
    app: &App,
    (address, language): (&ClientAddress, Language),
    wants: Wants,
    wish: &SendCode,
    now: Timestamp,
) -> Result<CodeSent, ApiError> {
    let target = parse(&wish.target)?;
    tries::count_code(app, address, now).await?;
    let mut tx = app.store.write().await?;
    let delivery = match *wants.accounts(&mut tx, &target).await? {
        [] => Delivery::NobodyThere,
        [..] => Delivery::Sent,
    };
    let sent = codes::send(app, &mut tx, wants.code(target), (language, delivery), now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(sent)
}

/// Where somebody answered a code, and the accounts that are reached there.
#[derive(Debug)]
pub struct Answered {
    /// The phone or address.
    pub target: ContactTarget,
    /// The accounts as they stand.
    pub accounts: Vec<Security>,
}

/// Looks at the code that somebody answered; it stays good for what they want.
///
/// # Errors
/// What is wrong with the fields or the code.
pub async fn answered(
    app: &App,
    address: &ClientAddress,
    wants: Wants,
    wish: &AnswerCode,
    now: Timestamp,
) -> Result<Answered, ApiError> {
    let (target, typed) = fields(&wish.target, &wish.code)?;
    tries::count(app, address, now).await?;
    codes::look(app, &wants.code(target.clone()), typed, now).await?;
    let mut tx = app.store.read().await?;
    let mut accounts = Vec::new();
    for id in wants.accounts(&mut tx, &target).await? {
        accounts.extend(security::find(&mut tx, id).await?);
    }
    tx.commit().await?;
    Ok(Answered { target, accounts })
}

/// What was typed into the fields `target` and `code`.
///
/// # Errors
/// The field problem.
pub fn fields(target: &str, code: &str) -> Result<(ContactTarget, SixDigits), ApiError> {
    Ok((parse(target)?, codes::parse("code", code)?))
}

/// What was typed into the field `target`.
///
/// # Errors
/// The field problem.
fn parse(typed: &str) -> Result<ContactTarget, ApiError> {
    ContactTarget::parse(typed)
        .map_err(|problem| ApiError::field("target", ValueProblem::Target(problem)))
}

/// Names an account to somebody who may see only its masked id; means nothing elsewhere.
#[must_use]
pub fn choice(app: &App, id: AccountId) -> String {
    let vault = app.store.vault();
    vault.lookup_hash("choice of an account", &id.to_string())
}

/// The account among `ids` that [`choice`] named.
#[must_use]
pub fn chosen(app: &App, ids: &[AccountId], named: &str) -> Option<AccountId> {
    ids.iter().copied().find(|id| choice(app, *id) == named)
}
