//! Hiring operators from the shell, and for the demo: names, roles, lost devices, farewells (OPS-1).
//!
//! Must not know who asks; whoever can start this program on the installation's database may.

use domain::account::AccountId;
use domain::audit::Actor;
use domain::identity::OperatorName;
use domain::operators::{OperatorId, Role};
use domain::sign_in::{PasswordOwner, PasswordProblem, SignInPolicy};
use domain::time::Timestamp;
use serde_json::{Value, json};

use crate::outside::ids::Ids;
use crate::passwords::{self, HashError, Hasher};
use crate::store::audit::{self, Entry};
use crate::store::operators::{self, NewOperator, StoredOperator};
use crate::store::{Store, StoreError, Tx, accounts};

/// Who is hired.
pub struct Wish {
    /// The name that signs in.
    pub name: OperatorName,
    /// The password as typed.
    pub password: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The accounts that are their own, on which they decide nothing.
    pub own_accounts: Vec<AccountId>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// The password may not be one (SGN-12).
    #[error("this password cannot be used: {0:?}")]
    Password(Vec<PasswordProblem>),
    /// Somebody else has the name.
    #[error("another operator has this name")]
    NameTaken,
    /// Nobody has the name.
    #[error("no operator has this name")]
    NoSuchOperator,
    /// One of the accounts that were named as their own is none.
    #[error("there is no account {0}")]
    NoSuchAccount(AccountId),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The rows could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What changes of an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The app that shows the codes was lost: the next sign-in binds another one.
    ResetMfa,
    /// They no longer work here; every session ends at once.
    Disable,
    /// They work here again.
    Enable,
    /// These roles and no others.
    Roles(Vec<Role>),
}

/// Hires an operator, who binds an app at their first sign-in (OPS-1).
///
/// # Errors
/// When the password or the name cannot be used, or something is broken.
pub async fn create(
    store: &Store,
    hasher: &Hasher,
    ids: &dyn Ids,
    policy: &SignInPolicy,
    wish: &Wish,
    now: Timestamp,
) -> Result<OperatorId, OperatorError> {
    let owner = PasswordOwner {
        account_id: None,
        email_name: Some(wish.name.as_str().to_owned()),
        phone: None,
    };
    let password =
        passwords::choose(&wish.password, &owner, policy).map_err(OperatorError::Password)?;
    let hash = hasher.hash(&password, ids).await?;
    let mut tx = store.write().await?;
    for account in &wish.own_accounts {
        if accounts::find(&mut tx, *account).await?.is_none() {
            return Err(OperatorError::NoSuchAccount(*account));
        }
    }
    let new = NewOperator {
        name: &wish.name,
        password_hash: &hash,
        roles: &wish.roles,
        own_accounts: &wish.own_accounts,
    };
    let id = operators::insert(&mut tx, &new, now)
        .await?
        .ok_or(OperatorError::NameTaken)?;
    let details = json!({ "operator": id, "roles": wish.roles });
    audited(&mut tx, "operator_created", details, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes something about an operator.
///
/// # Errors
/// When nobody has the name, or the database fails.
pub async fn change(
    store: &Store,
    name: &OperatorName,
    change: &Change,
    now: Timestamp,
) -> Result<(), OperatorError> {
    let mut tx = store.write().await?;
    let found = operators::find_by_name(&mut tx, name).await?;
    let id = found.ok_or(OperatorError::NoSuchOperator)?.operator.id;
    let (event, details) = match change {
        Change::ResetMfa => {
            operators::update_secret(&mut tx, id, None).await?;
            operators::delete_sessions(&mut tx, id).await?;
            ("operator_mfa_reset", json!({ "operator": id }))
        }
        Change::Disable => {
            operators::update_disabled(&mut tx, id, Some(now)).await?;
            operators::delete_sessions(&mut tx, id).await?;
            ("operator_disabled", json!({ "operator": id }))
        }
        Change::Enable => {
            operators::update_disabled(&mut tx, id, None).await?;
            ("operator_enabled", json!({ "operator": id }))
        }
        Change::Roles(roles) => {
            operators::update_roles(&mut tx, id, roles).await?;
            (
                "operator_roles_changed",
                json!({ "operator": id, "roles": roles }),
            )
        }
    };
    audited(&mut tx, event, details, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Everybody who works or worked here.
///
/// # Errors
/// When the database fails.
pub async fn list(store: &Store) -> Result<Vec<StoredOperator>, StoreError> {
    let mut tx = store.read().await?;
    let all = operators::list(&mut tx).await?;
    tx.commit().await?;
    Ok(all)
}

async fn audited(
    tx: &mut Tx,
    event: &str,
    details: Value,
    now: Timestamp,
) -> Result<(), StoreError> {
    let entry = Entry {
        at: now,
        actor: Actor::System,
        account_id: None,
        event: event.to_owned(),
        request_id: String::new(),
        details: details.to_string(),
    };
    audit::insert(tx, &entry).await
}
