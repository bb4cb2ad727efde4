//! Accounts that are reached by a phone or an address which somebody typed who is not signed in. Must not
//! know what is wanted of them.

use contract::problem::ValueProblem;
use domain::account::AccountId;
use domain::contacts::ContactTarget;

use crate::error::ApiError;
use crate::state::App;

/// What was typed into the field `target`.
///
/// # Errors
/// The field problem.
pub fn parse(typed: &str) -> Result<ContactTarget, ApiError> {
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
