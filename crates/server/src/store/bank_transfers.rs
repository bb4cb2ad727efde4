//! Rows of small sums that are sent to enterprises, and of complaints about them (ENT-7, ENT-19). Sum
//! and bank details are sealed. Must not know banks.

use domain::account::AccountId;
use domain::identity::{BankBranch, CorporateAccount, TransferAmount};
use domain::time::Timestamp;
use domain::verification::{BankTransfer, TransferFailure};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::{StoreError, Tx, words};

/// A transfer to an enterprise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTransfer {
    /// What the bank knows it by; not secret.
    pub reference: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// The attempt that it serves.
    pub attempt_id: String,
    /// When it was asked for.
    pub requested: Timestamp,
    /// What is sent, and where to.
    pub order: Order,
    /// The rules' part.
    pub transfer: BankTransfer,
}

/// What is sent, and where to. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// How much.
    pub amount: TransferAmount,
    /// The account.
    pub account: CorporateAccount,
    /// Its bank and branch.
    pub bank: BankBranch,
}

/// A complaint that the right sum was refused (ENT-19).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDispute {
    /// Names it on our side.
    pub id: String,
    /// What support asks for.
    pub case_number: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// The transfer that it is about.
    pub reference: String,
    /// When it was made.
    pub at: Timestamp,
    /// The screenshot of the receipt.
    pub document_id: String,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Order(…)")
    }
}

const COLUMNS: &str = "reference, account_id, attempt_id, requested_at, state, arrived_at, \
     wrong_tries, ended_at, cause, order_sealed";

/// Writes a transfer down that was just asked for. From here on it is the account's newest.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, new: &StoredTransfer) -> Result<(), StoreError> {
    let sealed = tx
        .vault
        .seal(&purpose(&new.reference), &words::json(&new.order)?)?;
    sqlx::query(
        "insert into bank_transfers (reference, account_id, attempt_id, number, requested_at, \
         state, order_sealed) values ($1, $2, $3, \
         (select coalesce(max(number), 0) + 1 from bank_transfers where account_id = $2), \
         $4, 'requested', $5)",
    )
    .bind(&new.reference)
    .bind(new.account_id.to_string())
    .bind(&new.attempt_id)
    .bind(new.requested.as_millis())
    .bind(sealed)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The newest transfer of the account.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_newest(tx: &mut Tx, id: AccountId) -> Result<Option<StoredTransfer>, StoreError> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from bank_transfers where account_id = $1 order by number desc limit 1"
    ));
    let row = sqlx::query(statement)
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| stored(tx, &row)).transpose()
}

/// Writes down what has become of a transfer; `false` when it has become something else meanwhile, so
/// that each step is made once.
///
/// # Errors
/// When the database fails.
pub async fn update(
    tx: &mut Tx,
    before: &StoredTransfer,
    after: &BankTransfer,
) -> Result<bool, StoreError> {
    let (was, now) = (columns(&before.transfer)?, columns(after)?);
    let done = sqlx::query(
        "update bank_transfers set state = $4, arrived_at = coalesce($5, arrived_at), \
         wrong_tries = case when $4 = 'arrived' then $6 else wrong_tries end, \
         ended_at = $7, cause = $8 where reference = $1 and state = $2 and wrong_tries = $3",
    )
    .bind(&before.reference)
    .bind(was.state)
    .bind(was.wrong_tries)
    .bind(now.state)
    .bind(now.arrived)
    .bind(now.wrong_tries)
    .bind(now.ended)
    .bind(now.cause)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a complaint down.
///
/// # Errors
/// When the database fails.
pub async fn insert_dispute(tx: &mut Tx, new: &StoredDispute) -> Result<(), StoreError> {
    sqlx::query(
        "insert into amount_disputes (id, case_number, account_id, reference, at, document_id) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&new.id)
    .bind(&new.case_number)
    .bind(new.account_id.to_string())
    .bind(&new.reference)
    .bind(new.at.as_millis())
    .bind(&new.document_id)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The complaint about a transfer, if one was made.
///
/// # Errors
/// When the database fails.
pub async fn find_dispute(
    tx: &mut Tx,
    reference: &str,
) -> Result<Option<StoredDispute>, StoreError> {
    let row = sqlx::query(
        "select id, case_number, account_id, at, document_id from amount_disputes \
         where reference = $1 order by at desc limit 1",
    )
    .bind(reference)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(StoredDispute {
        id: row.try_get("id")?,
        case_number: row.try_get("case_number")?,
        account_id: parse_id(row.try_get("account_id")?)?,
        reference: reference.to_owned(),
        at: Timestamp::from_millis(row.try_get("at")?),
        document_id: row.try_get("document_id")?,
    }))
}

/// What the columns say of a transfer.
struct Columns {
    state: &'static str,
    arrived: Option<i64>,
    wrong_tries: i64,
    ended: Option<i64>,
    cause: Option<String>,
}

fn columns(transfer: &BankTransfer) -> Result<Columns, StoreError> {
    let mut columns = Columns {
        state: "requested",
        arrived: None,
        wrong_tries: 0,
        ended: None,
        cause: None,
    };
    match transfer {
        BankTransfer::Requested { .. } => {}
        BankTransfer::Arrived {
            at, wrong_tries, ..
        } => {
            columns.state = "arrived";
            columns.arrived = Some(at.as_millis());
            columns.wrong_tries = i64::from(*wrong_tries);
        }
        BankTransfer::Confirmed { at } => {
            columns.state = "confirmed";
            columns.ended = Some(at.as_millis());
        }
        BankTransfer::Failed { at, cause } => {
            columns.state = "failed";
            columns.ended = Some(at.as_millis());
            columns.cause = Some(words::word(cause)?);
        }
    }
    Ok(columns)
}

fn stored(tx: &Tx, row: &AnyRow) -> Result<StoredTransfer, StoreError> {
    let reference: String = row.try_get("reference")?;
    let sealed: String = row.try_get("order_sealed")?;
    let opened = tx.vault.open(&purpose(&reference), &sealed)?;
    let order: Order = words::parse_json(&opened, "bank_transfers.order")?;
    let requested = Timestamp::from_millis(row.try_get("requested_at")?);
    let impossible = || StoreError::Impossible("bank_transfers.state");
    let moment = |column| -> Result<Timestamp, StoreError> {
        let at: Option<i64> = row.try_get(column)?;
        at.map(Timestamp::from_millis).ok_or_else(impossible)
    };
    let wrong_tries: i64 = row.try_get("wrong_tries")?;
    let transfer = match row.try_get("state")? {
        "requested" => BankTransfer::Requested { at: requested },
        "arrived" => BankTransfer::Arrived {
            amount: order.amount,
            at: moment("arrived_at")?,
            wrong_tries: u32::try_from(wrong_tries).map_err(|_| impossible())?,
        },
        "confirmed" => BankTransfer::Confirmed {
            at: moment("ended_at")?,
        },
        "failed" => {
            let cause: Option<String> = row.try_get("cause")?;
            let cause: TransferFailure =
                words::parse(&cause.ok_or_else(impossible)?, "bank_transfers.cause")?;
            BankTransfer::Failed {
                at: moment("ended_at")?,
                cause,
            }
        }
        _ => return Err(impossible()),
    };
    Ok(StoredTransfer {
        account_id: parse_id(row.try_get("account_id")?)?,
        attempt_id: row.try_get("attempt_id")?,
        reference,
        requested,
        order,
        transfer,
    })
}

/// Sealed texts open only in the row they were written for.
fn purpose(reference: &str) -> String {
    format!("bank_transfers.order:{reference}")
}
