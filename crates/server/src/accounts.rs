//! Making an account without a page: for the demo's seeds and for an operator's first account.
//!
//! Must not know who asks; registering by oneself is another journey.

use domain::account::{AccountId, Nickname};
use domain::audit::Actor;
use domain::identity::Email;
use domain::sign_in::{PasswordOwner, PasswordProblem, PasswordStrength, SignInPolicy};
use domain::time::Timestamp;

use crate::language::Language;
use crate::outside::ids::Ids;
use crate::passwords::{self, HashError, Hasher};
use crate::store::accounts::{self, EmailTaken, NewAccount};
use crate::store::audit::{self, Entry};
use crate::store::{Store, StoreError, Tx};

/// What an account is made from.
pub struct Wish {
    /// The e-mail that will sign in.
    pub email: Email,
    /// The password as typed.
    pub password: String,
    /// The display name.
    pub nickname: Nickname,
    /// The language of the messages it will get.
    pub language: Language,
}

/// Why no account was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The password may not be one (SGN-12).
    #[error("this password cannot be used: {0:?}")]
    Password(Vec<PasswordProblem>),
    /// Another account signs in with this address.
    #[error("another account has this e-mail address")]
    EmailTaken,
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The rows could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an account that can sign in; answers its id.
///
/// # Errors
/// When the password or the address cannot be used, or something is broken.
pub async fn create(
    store: &Store,
    hasher: &Hasher,
    ids: &dyn Ids,
    policy: &SignInPolicy,
    wish: &Wish,
    now: Timestamp,
) -> Result<AccountId, CreateError> {
    // The id is known only inside the transaction, so the password is judged without it first,
    // and once more with it; nobody picks a number that was not given out yet.
    let mut owner = PasswordOwner {
        account_id: None,
        email_name: Some(wish.email.name().to_owned()),
        phone: None,
    };
    let password =
        passwords::choose(&wish.password, &owner, policy).map_err(CreateError::Password)?;
    let hash = hasher.hash(&password, ids).await?;
    let mut tx = store.write().await?;
    let strength = PasswordStrength::of(&password);
    let id = insert(&mut tx, wish, (&hash, strength), now).await?;
    owner.account_id = Some(id.to_string());
    passwords::choose(&wish.password, &owner, policy).map_err(CreateError::Password)?;
    tx.commit().await?;
    Ok(id)
}

async fn insert(
    tx: &mut Tx,
    wish: &Wish,
    (hash, strength): (&str, PasswordStrength),
    now: Timestamp,
) -> Result<AccountId, CreateError> {
    let account = NewAccount {
        registered_at: now,
        language: wish.language,
        nickname: wish.nickname.clone(),
    };
    let id = accounts::insert(tx, &account).await?;
    accounts::insert_login_email(tx, id, &wish.email, now)
        .await?
        .map_err(|EmailTaken| CreateError::EmailTaken)?;
    accounts::update_password(tx, id, hash, strength, now).await?;
    let entry = Entry {
        at: now,
        actor: Actor::System,
        account_id: Some(id),
        event: "account_created".to_owned(),
        request_id: String::new(),
        details: "{}".to_owned(),
    };
    audit::insert(tx, &entry).await?;
    Ok(id)
}
