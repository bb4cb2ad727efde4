//! Rows of sign-ins and of tries at one (SGN-9). Must not know how one is judged.

use domain::account::AccountId;
use domain::login_methods::LoginMethodKind;
use domain::sign_in::{CountrySeen, SignInMethod, SignInRecord, SignInResult};
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::{StoreError, Tx, words};

/// How the column spells a sub-user's sign-in; no login method has this word.
const SUB_USER: &str = "sub_user";
/// The word for a sign-in with a passkey.
const PASSKEY: &str = "passkey";

/// A sign-in, or a try at one, to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewSignIn<'a> {
    /// Names the row; random.
    pub id: &'a str,
    /// The account that somebody signed in to, or tried to.
    pub account_id: AccountId,
    /// The sub-user of it, when it is not the owner (SGN-14).
    pub user_id: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// The network address.
    pub ip: &'a str,
    /// The country of it, if known (SGN-4).
    pub country: Option<&'a str>,
    /// The place of it, if known.
    pub place: Option<&'a str>,
    /// Browser and system, as far as they told.
    pub device_name: &'a str,
    /// How.
    pub method: SignInMethod,
    /// What came of it.
    pub result: SignInResult,
}

/// A place in the list: the row of this moment and name, and all that are newer, were shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// The row's moment.
    pub at: Timestamp,
    /// The row's name.
    pub id: String,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSignIn {
    /// Names the row; not secret.
    pub id: String,
    /// What it tells.
    pub record: SignInRecord,
}

/// Writes a sign-in down.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, new: &NewSignIn<'_>) -> Result<(), StoreError> {
    let ip = tx.vault.seal(&ip_purpose(new.id), new.ip)?;
    sqlx::query(
        "insert into sign_ins (id, account_id, user_id, at, ip_sealed, country, place, \
         device_name, method, result) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(new.id)
    .bind(new.account_id.to_string())
    .bind(new.user_id.map(|id| id.to_string()))
    .bind(new.at.as_millis())
    .bind(ip)
    .bind(new.country)
    .bind(new.place)
    .bind(new.device_name)
    .bind(method_word(new.method)?)
    .bind(words::word(new.result)?)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The sign-ins of an account and its sub-users, newest first, at most `most` of them (SGN-9).
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn list(
    tx: &mut Tx,
    id: AccountId,
    after: Option<&After>,
    most: u32,
) -> Result<Vec<StoredSignIn>, StoreError> {
    let (at, last) = after.map_or((i64::MAX, ""), |after| (after.at.as_millis(), &*after.id));
    let rows = sqlx::query(
        "select id, at, ip_sealed, place, device_name, method, result from sign_ins \
         where account_id = $1 and (at < $2 or (at = $2 and id < $3)) \
         order by at desc, id desc limit $4",
    )
    .bind(id.to_string())
    .bind(at)
    .bind(last)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| stored(tx, row)).collect()
}

/// Writes down what became of a sign-in that was written down before.
///
/// # Errors
/// When the database fails.
pub async fn update_result(tx: &mut Tx, id: &str, result: SignInResult) -> Result<(), StoreError> {
    sqlx::query("update sign_ins set result = $2 where id = $1")
        .bind(id)
        .bind(words::word(result)?)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// When the owner last signed in from `country`, and whether they ever did from any that is known
/// (SGN-4).
///
/// # Errors
/// When the database fails.
pub async fn find_country(
    tx: &mut Tx,
    id: AccountId,
    country: &str,
) -> Result<CountrySeen, StoreError> {
    let row = sqlx::query(
        "select max(case when country = $2 then at end) as here, max(at) as anywhere \
         from sign_ins where account_id = $1 and user_id is null and country is not null \
         and result in ('signed_in', 'signed_in_trusted')",
    )
    .bind(id.to_string())
    .bind(country)
    .fetch_one(tx.connection())
    .await?;
    let here: Option<i64> = row.try_get("here")?;
    let anywhere: Option<i64> = row.try_get("anywhere")?;
    Ok(match (here, anywhere) {
        (Some(at), _) => CountrySeen::Last(Timestamp::from_millis(at)),
        (None, Some(_)) => CountrySeen::Never,
        // Nobody is anywhere unusual who was nowhere yet.
        (None, None) => CountrySeen::Unknown,
    })
}

/// Removes what was written down before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from sign_ins where at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

fn stored(tx: &Tx, row: &AnyRow) -> Result<StoredSignIn, StoreError> {
    let id: String = row.try_get("id")?;
    Ok(StoredSignIn {
        record: SignInRecord {
            at: Timestamp::from_millis(row.try_get("at")?),
            ip: tx.vault.open(&ip_purpose(&id), row.try_get("ip_sealed")?)?,
            place: row.try_get("place")?,
            device: row.try_get("device_name")?,
            method: parse_method(row.try_get("method")?)?,
            result: words::parse(row.try_get("result")?, "sign_ins.result")?,
        },
        id,
    })
}

/// The word of a method in a column.
pub(super) fn method_word(method: SignInMethod) -> Result<String, StoreError> {
    match method {
        SignInMethod::LoginMethod(kind) => words::word(kind),
        SignInMethod::SubUser => Ok(SUB_USER.to_owned()),
        SignInMethod::Passkey => Ok(PASSKEY.to_owned()),
    }
}

/// The method that [`method_word`] wrote.
pub(super) fn parse_method(word: &str) -> Result<SignInMethod, StoreError> {
    match word {
        SUB_USER => Ok(SignInMethod::SubUser),
        PASSKEY => Ok(SignInMethod::Passkey),
        word => {
            words::parse::<LoginMethodKind>(word, "sign_ins.method").map(SignInMethod::LoginMethod)
        }
    }
}

fn ip_purpose(id: &str) -> String {
    format!("sign_ins.ip:{id}")
}
