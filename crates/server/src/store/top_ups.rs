//! Rows of sums that enterprises pay in, and of what came in (ENT-8). Must not know banks.

use domain::account::AccountId;
use domain::identity::Fen;
use domain::time::Timestamp;
use domain::verification::{PaymentFault, PaymentRoute, TopUp};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::{StoreError, Tx, words};

/// A sum that an enterprise pays in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTopUp {
    /// What the bank knows it by; not secret.
    pub reference: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// The attempt that it serves.
    pub attempt_id: String,
    /// Where it is paid to.
    pub payee: StoredPayee,
    /// The rules' part.
    pub top_up: TopUp,
}

/// Where money is paid to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPayee {
    /// In whose name the account is.
    pub name: String,
    /// The account's number.
    pub number: String,
    /// The bank and the branch.
    pub bank: String,
    /// What is written as the purpose, if anything.
    pub purpose: Option<String>,
}

/// Money that came in and became balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPayment {
    /// Names it, with the bank's name for it.
    pub id: String,
    /// What it was paid for.
    pub reference: String,
    /// Whose balance it became.
    pub account_id: AccountId,
    /// How much.
    pub amount: Fen,
    /// How it came.
    pub route: PaymentRoute,
    /// When.
    pub came: Timestamp,
    /// Why it did not verify, if it did not.
    pub fault: Option<PaymentFault>,
}

const COLUMNS: &str = "reference, account_id, attempt_id, top_up, payee_sealed";

/// Writes down a sum that was just named. From here on it is the account's newest.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, new: &StoredTopUp) -> Result<(), StoreError> {
    let sealed = tx
        .vault
        .seal(&purpose(&new.reference), &words::json(&new.payee)?)?;
    sqlx::query(
        "insert into top_ups (reference, account_id, attempt_id, number, state, top_up, \
         payee_sealed) values ($1, $2, $3, \
         (select coalesce(max(number), 0) + 1 from top_ups where account_id = $2), $4, $5, $6)",
    )
    .bind(&new.reference)
    .bind(new.account_id.to_string())
    .bind(&new.attempt_id)
    .bind(state_word(&new.top_up))
    .bind(words::json(&new.top_up)?)
    .bind(sealed)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The newest sum of the account.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_newest(tx: &mut Tx, id: AccountId) -> Result<Option<StoredTopUp>, StoreError> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from top_ups where account_id = $1 order by number desc limit 1"
    ));
    let row = sqlx::query(statement)
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| stored(tx, &row)).transpose()
}

/// Writes down what has become of a sum; `false` when it has become something else meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, before: &StoredTopUp, after: &TopUp) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update top_ups set state = $3, top_up = $4 where reference = $1 and state = $2",
    )
    .bind(&before.reference)
    .bind(state_word(&before.top_up))
    .bind(state_word(after))
    .bind(words::json(after)?)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes money down that came in; `false` when it was written down before, so that it becomes balance
/// once.
///
/// # Errors
/// When the database fails.
pub async fn insert_payment(tx: &mut Tx, new: &StoredPayment) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "insert into incoming_payments (id, reference, account_id, amount, route, came_at, fault) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
    )
    .bind(&new.id)
    .bind(&new.reference)
    .bind(new.account_id.to_string())
    .bind(new.amount.as_fen())
    .bind(words::word(new.route)?)
    .bind(new.came.as_millis())
    .bind(new.fault.map(words::word).transpose()?)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What came in for a sum, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_payments(tx: &mut Tx, reference: &str) -> Result<Vec<StoredPayment>, StoreError> {
    let rows = sqlx::query(
        "select id, reference, account_id, amount, route, came_at, fault from incoming_payments \
         where reference = $1 order by came_at desc, id",
    )
    .bind(reference)
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            let fault: Option<String> = row.try_get("fault")?;
            Ok(StoredPayment {
                id: row.try_get("id")?,
                reference: row.try_get("reference")?,
                account_id: parse_id(row.try_get("account_id")?)?,
                amount: Fen::new(row.try_get("amount")?),
                route: words::parse(row.try_get("route")?, "incoming_payments.route")?,
                came: Timestamp::from_millis(row.try_get("came_at")?),
                fault: fault
                    .map(|word| words::parse(&word, "incoming_payments.fault"))
                    .transpose()?,
            })
        })
        .collect()
}

const fn state_word(top_up: &TopUp) -> &'static str {
    match top_up {
        TopUp::Named { .. } => "named",
        TopUp::Paid { .. } => "paid",
        TopUp::Confirmed { .. } => "confirmed",
        TopUp::TooLate { .. } => "too_late",
    }
}

fn stored(tx: &Tx, row: &AnyRow) -> Result<StoredTopUp, StoreError> {
    let reference: String = row.try_get("reference")?;
    let sealed: String = row.try_get("payee_sealed")?;
    let payee = tx.vault.open(&purpose(&reference), &sealed)?;
    Ok(StoredTopUp {
        account_id: parse_id(row.try_get("account_id")?)?,
        attempt_id: row.try_get("attempt_id")?,
        payee: words::parse_json(&payee, "top_ups.payee")?,
        top_up: words::parse_json(row.try_get("top_up")?, "top_ups.top_up")?,
        reference,
    })
}

/// Sealed texts open only in the row they were written for.
fn purpose(reference: &str) -> String {
    format!("top_ups.payee:{reference}")
}
