//! Rows of accounts, their login e-mails and passwords.
//! Knows SQL; does not know who may see or change them.

use domain::account::{AccountId, AppId, Nickname, Site, VerificationStatus};
use domain::identity::Email;
use domain::login_methods::{LoginIdentity, LoginMethod, MethodOrigin};
use domain::registration::{Consent, LegalVersions};
use domain::sign_in::PasswordStrength;
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::login_methods::NewMethod;
use super::{StoreError, Tx, freezes, login_methods, words};
use crate::language::Language;

/// An account as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id (ACC-1).
    pub id: AccountId,
    /// The APPID under which products know it (ACC-2).
    pub app_id: AppId,
    /// The site it belongs to for good (ACC-5).
    pub site: Site,
    /// When it was registered (ACC-3).
    pub registered_at: Timestamp,
    /// The language of the messages it gets.
    pub language: Language,
    /// Its display name (ACC-4).
    pub nickname: String,
    /// Raised by each change of the nickname.
    pub nickname_version: i64,
    /// Its real-name verification.
    pub verification: VerificationStatus,
    /// The verified name, when there is one.
    pub verified_name: Option<String>,
    /// The e-mail that signs in, when there is one.
    pub login_email: Option<Email>,
    /// Why and when an operator froze it, when one did (ACC-6).
    pub frozen: Option<(String, Timestamp)>,
}

/// An account that does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// When it is registered.
    pub registered_at: Timestamp,
    /// The language of the messages it will get.
    pub language: Language,
    /// Its display name.
    pub nickname: Nickname,
}

/// Who an account was verified as. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    /// The name on the document.
    pub name: String,
    /// The number of the document; needed to compare a face with its photo.
    pub document: Option<String>,
}

impl std::fmt::Debug for Verified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verified(…)")
    }
}

/// What a sign-in by e-mail is judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The account the address opens.
    pub account_id: AccountId,
    /// The language of the messages that it gets.
    pub language: Language,
    /// The password's hash.
    pub password_hash: String,
}

/// Why no e-mail was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmailTaken;

/// Gives out the next account id; none is given twice, even when the transaction is the last
/// trace of it (ACC-1).
///
/// # Errors
/// When the database fails or every id was given.
pub async fn insert(tx: &mut Tx, account: &NewAccount) -> Result<AccountId, StoreError> {
    let id = next_id(tx).await?;
    let app_serial: i64 = sqlx::query_scalar(
        "update serials set upcoming = upcoming + 1 where name = 'app' returning upcoming - 1",
    )
    .fetch_one(tx.connection())
    .await?;
    sqlx::query(
        "insert into accounts \
         (id, registered_at, language, nickname, nickname_version, verification, app_serial) \
         values ($1, $2, $3, $4, 1, $5, $6)",
    )
    .bind(id.to_string())
    .bind(account.registered_at.as_millis())
    .bind(account.language.code())
    .bind(account.nickname.as_str())
    .bind(verification_code(VerificationStatus::Unverified))
    .bind(app_serial)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// The next id, for an account or a user of one.
pub(super) async fn next_id(tx: &mut Tx) -> Result<AccountId, StoreError> {
    let serial: i64 = sqlx::query_scalar(
        "update serials set upcoming = upcoming + 1 where name = 'account' returning upcoming - 1",
    )
    .fetch_one(tx.connection())
    .await?;
    u32::try_from(serial)
        .ok()
        .and_then(AccountId::from_serial)
        .ok_or(StoreError::NoAccountIdLeft)
}

/// The account, when there is one.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    let row = sqlx::query(
        "select a.app_serial, a.site, a.registered_at, a.language, a.nickname, a.nickname_version, a.verification, \
         a.verified_name_sealed, e.identity_sealed as email_sealed, f.reason_sealed, f.frozen_at \
         from accounts a left join login_methods e \
         on e.account_id = a.id and e.kind = 'email' \
         left join account_freezes f on f.account_id = a.id where a.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| account(tx, id, &row)).transpose()
}

/// Changes the nickname if `version` is still the one that stands; `false` means that somebody
/// was faster (V-35).
///
/// # Errors
/// When the database fails.
pub async fn update_nickname(
    tx: &mut Tx,
    id: AccountId,
    version: i64,
    nickname: &Nickname,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update accounts set nickname = $3, nickname_version = nickname_version + 1 \
         where id = $1 and nickname_version = $2",
    )
    .bind(id.to_string())
    .bind(version)
    .bind(nickname.as_str())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When all data of the account were downloaded last, for whoever only looks (ACC-14).
///
/// # Errors
/// When the database fails.
pub async fn exported_at(tx: &mut Tx, id: AccountId) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<Option<i64>> =
        sqlx::query_scalar("select exported_at from accounts where id = $1")
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    Ok(at.flatten().map(Timestamp::from_millis))
}

/// When all data of the account were downloaded last (ACC-14); its row is taken until the end of the
/// transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_exported(tx: &mut Tx, id: AccountId) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = sqlx::query_scalar(
        "update accounts set exported_at = exported_at where id = $1 returning exported_at",
    )
    .bind(id.to_string())
    .fetch_one(tx.connection())
    .await?;
    Ok(at.map(Timestamp::from_millis))
}

/// Remembers that all data of the account were downloaded (ACC-14).
///
/// # Errors
/// When the database fails.
pub async fn update_exported(tx: &mut Tx, id: AccountId, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("update accounts set exported_at = $2 where id = $1")
        .bind(id.to_string())
        .bind(now.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Writes down who the account was verified as; [`super::subjects`] keeps it in step with the subject.
///
/// # Errors
/// When the database fails.
pub(super) async fn update_verification(
    tx: &mut Tx,
    id: AccountId,
    (status, verified): (VerificationStatus, Option<&Verified>),
    now: Timestamp,
) -> Result<(), StoreError> {
    let name = verified
        .map(|verified| tx.vault.seal(&name_purpose(id), &verified.name))
        .transpose()?;
    let document = verified
        .and_then(|verified| verified.document.as_deref())
        .map(|document| tx.vault.seal(&document_purpose(id), document))
        .transpose()?;
    sqlx::query(
        "update accounts set verification = $2, verified_name_sealed = $3, \
         verified_document_sealed = $4, verified_at = $5 where id = $1",
    )
    .bind(id.to_string())
    .bind(verification_code(status))
    .bind(name)
    .bind(document)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Who the account was verified as; nothing when it was not, or its document's number is not known.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_verified(tx: &mut Tx, id: AccountId) -> Result<Option<Verified>, StoreError> {
    let row = sqlx::query(
        "select verified_name_sealed, verified_document_sealed from accounts where id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let name: Option<String> = row.try_get("verified_name_sealed")?;
    let document: Option<String> = row.try_get("verified_document_sealed")?;
    let Some(name) = name else {
        return Ok(None);
    };
    Ok(Some(Verified {
        name: tx.vault.open(&name_purpose(id), &name)?,
        document: document
            .map(|sealed| tx.vault.open(&document_purpose(id), &sealed))
            .transpose()?,
    }))
}

/// Adds the e-mail that signs in to an account that was just made, as its registration method.
///
/// # Errors
/// When the database fails; the inner error when another account has the address.
pub async fn insert_login_email(
    tx: &mut Tx,
    id: AccountId,
    email: &Email,
    now: Timestamp,
) -> Result<Result<(), EmailTaken>, StoreError> {
    let method = LoginMethod {
        identity: LoginIdentity::email(email),
        origin: MethodOrigin::Registration,
        bound_at: now,
    };
    let new = NewMethod {
        method: &method,
        spelt: email.display(),
        name: None,
    };
    let is_free = login_methods::insert(tx, id, &new).await?;
    Ok(if is_free { Ok(()) } else { Err(EmailTaken) })
}

/// Records what the owner agreed to, and when (REG-7).
///
/// # Errors
/// When the database fails.
pub async fn update_consent(
    tx: &mut Tx,
    id: AccountId,
    consent: &Consent,
) -> Result<(), StoreError> {
    sqlx::query(
        "update accounts set terms_version = $2, privacy_version = $3, agreed_at = $4 where id = $1",
    )
    .bind(id.to_string())
    .bind(&consent.versions.terms)
    .bind(&consent.versions.privacy)
    .bind(consent.at.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What the owner agreed to, if anything was recorded (REG-7).
///
/// # Errors
/// When the database fails.
pub async fn find_consent(tx: &mut Tx, id: AccountId) -> Result<Option<Consent>, StoreError> {
    let row = sqlx::query(
        "select terms_version, privacy_version, agreed_at from accounts \
         where id = $1 and agreed_at is not null",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(Consent {
        versions: LegalVersions {
            terms: row.try_get("terms_version")?,
            privacy: row.try_get("privacy_version")?,
        },
        at: Timestamp::from_millis(row.try_get("agreed_at")?),
    }))
}

/// Sets the password's hash.
///
/// # Errors
/// When the database fails.
pub async fn update_password(
    tx: &mut Tx,
    id: AccountId,
    hash: &str,
    strength: PasswordStrength,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into passwords (account_id, hash, strength, changed_at) values ($1, $2, $3, $4) \
         on conflict (account_id) do update set hash = excluded.hash, \
         strength = excluded.strength, changed_at = excluded.changed_at",
    )
    .bind(id.to_string())
    .bind(hash)
    .bind(words::word(strength)?)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What a sign-in with `email` is judged by, when the address opens an account.
///
/// # Errors
/// When the database fails.
pub async fn find_credentials(
    tx: &mut Tx,
    email: &Email,
) -> Result<Option<Credentials>, StoreError> {
    let hash = tx.vault.lookup_hash("email", email.canonical());
    let row = sqlx::query(
        "select e.account_id, a.language, p.hash from login_methods e \
         join accounts a on a.id = e.account_id \
         join passwords p on p.account_id = e.account_id \
         where e.kind = 'email' and e.identity_hash = $1",
    )
    .bind(hash)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(Credentials {
        account_id: parse_id(&row.try_get::<String, _>("account_id")?)?,
        language: Language::from_code(row.try_get("language")?)
            .ok_or(StoreError::Impossible("language"))?,
        password_hash: row.try_get("hash")?,
    }))
}

/// The account id that a column spells.
pub(super) fn parse_id(text: &str) -> Result<AccountId, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Impossible("account_id"))
}

fn account(tx: &Tx, id: AccountId, row: &AnyRow) -> Result<Account, StoreError> {
    let verified_name = row
        .try_get::<Option<String>, _>("verified_name_sealed")?
        .map(|sealed| tx.vault.open(&name_purpose(id), &sealed))
        .transpose()?;
    let login_email = row
        .try_get::<Option<String>, _>("email_sealed")?
        .map(|sealed| tx.vault.open(&login_methods::purpose(id, "email"), &sealed))
        .transpose()?
        .map(|text| Email::parse(&text).map_err(|_| StoreError::Impossible("email_sealed")))
        .transpose()?;
    let app_serial: i64 = row.try_get("app_serial")?;
    Ok(Account {
        id,
        app_id: u32::try_from(app_serial)
            .ok()
            .and_then(AppId::from_serial)
            .ok_or(StoreError::NoAccountIdLeft)?,
        site: words::parse(row.try_get("site")?, "site")?,
        registered_at: Timestamp::from_millis(row.try_get("registered_at")?),
        language: Language::from_code(row.try_get("language")?)
            .ok_or(StoreError::Impossible("language"))?,
        nickname: row.try_get("nickname")?,
        nickname_version: row.try_get("nickname_version")?,
        verification: parse_verification(row.try_get("verification")?)?,
        verified_name,
        login_email,
        frozen: freezes::frozen(tx, id, row)?,
    })
}

/// Sealed texts open only in the row they were written for.
fn name_purpose(id: AccountId) -> String {
    format!("accounts.verified_name:{id}")
}

fn document_purpose(id: AccountId) -> String {
    format!("accounts.verified_document:{id}")
}

const fn verification_code(status: VerificationStatus) -> &'static str {
    match status {
        VerificationStatus::Unverified => "unverified",
        VerificationStatus::Person => "person",
        VerificationStatus::Enterprise => "enterprise",
    }
}

pub(super) fn parse_verification(code: &str) -> Result<VerificationStatus, StoreError> {
    match code {
        "unverified" => Ok(VerificationStatus::Unverified),
        "person" => Ok(VerificationStatus::Person),
        "enterprise" => Ok(VerificationStatus::Enterprise),
        _ => Err(StoreError::Impossible("verification")),
    }
}
