//! Rows of operators and their sessions (OPS-1). Knows seals and hashes; does not know what an operator
//! may do.

use domain::account::AccountId;
use domain::identity::OperatorName;
use domain::mfa::MfaCheck;
use domain::operators::{Operator, OperatorId, Role};
use domain::sign_in::Session;
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use zeroize::Zeroizing;

use super::accounts::parse_id;
use super::{StoreError, Tx, mfa, words};

/// An operator with what signs them in. Never printed.
#[derive(Clone)]
pub struct StoredOperator {
    /// The operator as the rules see them.
    pub operator: Operator,
    /// The name that signs in.
    pub name: OperatorName,
    /// The hash of the password.
    pub password_hash: String,
    /// Whether nobody signs in by it any more.
    pub is_disabled: bool,
    /// The secret of the app that shows the codes; none until the first sign-in.
    pub secret: Option<Zeroizing<String>>,
    /// The codes tried so far.
    pub check: MfaCheck,
}

/// An operator who begins to work here.
#[derive(Clone, Debug)]
pub struct NewOperator<'a> {
    /// The name that signs in.
    pub name: &'a OperatorName,
    /// The hash of the password.
    pub password_hash: &'a str,
    /// What they may do.
    pub roles: &'a [Role],
    /// The accounts that are their own.
    pub own_accounts: &'a [AccountId],
}

/// A session of an operator.
#[derive(Clone)]
pub struct StoredOperatorSession {
    /// Whose it is.
    pub operator: StoredOperator,
    /// Whether the code was given too.
    pub is_on_duty: bool,
    /// The moments that decide when it ends.
    pub session: Session,
}

const OPERATORS: &str = "select id, name, password_hash, roles, disabled_at, secret_sealed, \
                         last_step, tries, tries_since, wrong from operators";

/// Writes a new operator down; nothing when another one has the name.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    new: &NewOperator<'_>,
    now: Timestamp,
) -> Result<Option<OperatorId>, StoreError> {
    let number: i64 = sqlx::query_scalar(
        "update serials set upcoming = upcoming + 1 where name = 'operator' \
         returning upcoming - 1",
    )
    .fetch_one(tx.connection())
    .await?;
    let id = operator_id(number)?;
    let done = sqlx::query(
        "insert into operators (id, name, name_key, password_hash, roles, created_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (name_key) do nothing",
    )
    .bind(number)
    .bind(new.name.as_str())
    .bind(new.name.compare_key())
    .bind(new.password_hash)
    .bind(roles_column(new.roles)?)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(None);
    }
    for account in new.own_accounts {
        sqlx::query(
            "insert into operator_accounts (operator_id, account_id) values ($1, $2) \
             on conflict do nothing",
        )
        .bind(number)
        .bind(account.to_string())
        .execute(tx.connection())
        .await?;
    }
    Ok(Some(id))
}

/// The operator with this name, disabled or not.
///
/// # Errors
/// When the database fails.
pub async fn find_by_name(
    tx: &mut Tx,
    name: &OperatorName,
) -> Result<Option<StoredOperator>, StoreError> {
    let statement = format!("{OPERATORS} where name_key = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(name.compare_key())
        .fetch_optional(tx.connection())
        .await?;
    match row {
        Some(row) => Ok(Some(stored(tx, &row).await?)),
        None => Ok(None),
    }
}

/// The operator with this number, disabled or not.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: OperatorId) -> Result<Option<StoredOperator>, StoreError> {
    let statement = format!("{OPERATORS} where id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(i64::from(id.0))
        .fetch_optional(tx.connection())
        .await?;
    match row {
        Some(row) => Ok(Some(stored(tx, &row).await?)),
        None => Ok(None),
    }
}

/// Everybody who works or worked here, by number.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx) -> Result<Vec<StoredOperator>, StoreError> {
    let statement = format!("{OPERATORS} order by id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
        .fetch_all(tx.connection())
        .await?;
    let mut operators = Vec::with_capacity(rows.len());
    for row in &rows {
        operators.push(stored(tx, row).await?);
    }
    Ok(operators)
}

/// Disables an operator, for whom nothing works any more from the next request on, or lets them sign in
/// again.
///
/// # Errors
/// When the database fails.
pub async fn update_disabled(
    tx: &mut Tx,
    id: OperatorId,
    disabled_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    sqlx::query("update operators set disabled_at = $2 where id = $1")
        .bind(i64::from(id.0))
        .bind(disabled_at.map(Timestamp::as_millis))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Gives an operator these roles and no others.
///
/// # Errors
/// When the database fails.
pub async fn update_roles(tx: &mut Tx, id: OperatorId, roles: &[Role]) -> Result<(), StoreError> {
    sqlx::query("update operators set roles = $2 where id = $1")
        .bind(i64::from(id.0))
        .bind(roles_column(roles)?)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The secret of a binding on its way, if any.
///
/// # Errors
/// When the database fails or the column cannot be opened.
pub async fn find_binding(
    tx: &mut Tx,
    id: OperatorId,
) -> Result<Option<Zeroizing<String>>, StoreError> {
    let sealed: Option<Option<String>> =
        sqlx::query_scalar("select binding_sealed from operators where id = $1")
            .bind(i64::from(id.0))
            .fetch_optional(tx.connection())
            .await?;
    let Some(sealed) = sealed.flatten() else {
        return Ok(None);
    };
    let secret = tx.vault.open(&secret_purpose(id), &sealed)?;
    Ok(Some(Zeroizing::new(secret)))
}

/// Writes a binding's secret down in the place of any other.
///
/// # Errors
/// When the database fails.
pub async fn update_binding(tx: &mut Tx, id: OperatorId, secret: &str) -> Result<(), StoreError> {
    let sealed = tx.vault.seal(&secret_purpose(id), secret)?;
    sqlx::query("update operators set binding_sealed = $2 where id = $1")
        .bind(i64::from(id.0))
        .bind(sealed)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Has the app with this secret show the codes from now on, or no app any more; a binding on its way is
/// over, and so is what was tried.
///
/// # Errors
/// When the database fails.
pub async fn update_secret(
    tx: &mut Tx,
    id: OperatorId,
    secret: Option<&str>,
) -> Result<(), StoreError> {
    let sealed = match secret {
        Some(secret) => Some(tx.vault.seal(&secret_purpose(id), secret)?),
        None => None,
    };
    sqlx::query("update operators set secret_sealed = $2, binding_sealed = null where id = $1")
        .bind(i64::from(id.0))
        .bind(sealed)
        .execute(tx.connection())
        .await?;
    update_check(tx, id, MfaCheck::default()).await
}

/// Remembers what was tried on the app.
///
/// # Errors
/// When the database fails.
pub async fn update_check(tx: &mut Tx, id: OperatorId, check: MfaCheck) -> Result<(), StoreError> {
    let (tries, since, wrong) = mfa::tries_columns(check.tries);
    sqlx::query(
        "update operators set last_step = $2, tries = $3, tries_since = $4, wrong = $5 \
         where id = $1",
    )
    .bind(i64::from(id.0))
    .bind(mfa::step_column(check))
    .bind(tries)
    .bind(since)
    .bind(wrong)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Begins a session at `now`.
///
/// # Errors
/// When the database fails.
pub async fn insert_session(
    tx: &mut Tx,
    id: OperatorId,
    (token_hash, is_on_duty): (&str, bool),
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into operator_sessions (token_hash, operator_id, is_on_duty, began_at, used_at) \
         values ($1, $2, $3, $4, $4)",
    )
    .bind(token_hash)
    .bind(i64::from(id.0))
    .bind(i64::from(is_on_duty))
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The session of a token, alive or not; none of an operator who is disabled.
///
/// # Errors
/// When the database fails.
pub async fn find_session(
    tx: &mut Tx,
    token_hash: &str,
) -> Result<Option<StoredOperatorSession>, StoreError> {
    let row = sqlx::query(
        "select operator_id, is_on_duty, began_at, used_at from operator_sessions \
         where token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let operator = find(tx, operator_id(row.try_get("operator_id")?)?).await?;
    let Some(operator) = operator.filter(|operator| !operator.is_disabled) else {
        return Ok(None);
    };
    Ok(Some(StoredOperatorSession {
        operator,
        is_on_duty: row.try_get::<i64, _>("is_on_duty")? != 0,
        session: Session {
            began: Timestamp::from_millis(row.try_get("began_at")?),
            used: Timestamp::from_millis(row.try_get("used_at")?),
        },
    }))
}

/// Remembers that the session was used at `now`; never moves it back.
///
/// # Errors
/// When the database fails.
pub async fn update_session_used(
    tx: &mut Tx,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("update operator_sessions set used_at = $2 where token_hash = $1 and used_at < $2")
        .bind(token_hash)
        .bind(now.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Ends the session of a token; tells whose it was, when there was one.
///
/// # Errors
/// When the database fails.
pub async fn delete_session(
    tx: &mut Tx,
    token_hash: &str,
) -> Result<Option<OperatorId>, StoreError> {
    let id: Option<i64> = sqlx::query_scalar(
        "delete from operator_sessions where token_hash = $1 returning operator_id",
    )
    .bind(token_hash)
    .fetch_optional(tx.connection())
    .await?;
    id.map(operator_id).transpose()
}

/// Ends every session of an operator.
///
/// # Errors
/// When the database fails.
pub async fn delete_sessions(tx: &mut Tx, id: OperatorId) -> Result<(), StoreError> {
    sqlx::query("delete from operator_sessions where operator_id = $1")
        .bind(i64::from(id.0))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Removes the rows of sessions that began before `began` or were last used before `used`.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended_sessions(
    tx: &mut Tx,
    began: Timestamp,
    used: Timestamp,
) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from operator_sessions where began_at <= $1 or used_at <= $2")
        .bind(began.as_millis())
        .bind(used.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

/// The operator's number as a column holds it.
pub(super) fn operator_id(number: i64) -> Result<OperatorId, StoreError> {
    u32::try_from(number)
        .map(OperatorId)
        .map_err(|_| StoreError::Impossible("operator_id"))
}

async fn stored(tx: &mut Tx, row: &AnyRow) -> Result<StoredOperator, StoreError> {
    let id = operator_id(row.try_get("id")?)?;
    let own: Vec<String> = sqlx::query_scalar(
        "select account_id from operator_accounts where operator_id = $1 order by account_id",
    )
    .bind(i64::from(id.0))
    .fetch_all(tx.connection())
    .await?;
    let roles: String = row.try_get("roles")?;
    let roles = roles.split_whitespace();
    let sealed: Option<String> = row.try_get("secret_sealed")?;
    let secret = match sealed {
        Some(sealed) => Some(Zeroizing::new(tx.vault.open(&secret_purpose(id), &sealed)?)),
        None => None,
    };
    let name: String = row.try_get("name")?;
    Ok(StoredOperator {
        operator: Operator {
            id,
            roles: roles
                .map(|word| words::parse(word, "operators.roles"))
                .collect::<Result<_, _>>()?,
            own_accounts: own
                .iter()
                .map(|id| parse_id(id))
                .collect::<Result<_, _>>()?,
        },
        name: OperatorName::parse(&name).map_err(|_| StoreError::Impossible("operators.name"))?,
        password_hash: row.try_get("password_hash")?,
        is_disabled: row.try_get::<Option<i64>, _>("disabled_at")?.is_some(),
        secret,
        check: mfa::check(row)?,
    })
}

fn roles_column(roles: &[Role]) -> Result<String, StoreError> {
    let words: Result<Vec<_>, _> = roles.iter().map(words::word).collect();
    Ok(words?.join(" "))
}

fn secret_purpose(id: OperatorId) -> String {
    format!("operators.secret:{}", id.0)
}
