//! Rows of QR codes for scanning and of visits to a provider's page (SGN-5, SGN-11, V-27). Knows hashes
//! of their secrets only; must not know what a scan is good for.

use domain::account::AccountId;
use domain::login_methods::{LoginIdentity, LoginMethodKind};
use domain::sign_in::{Scan, ScanState, SessionId};
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::login_methods::identity_hash;
use super::{StoreError, Tx, words};

/// A QR code or a visit to a provider as it stands.
#[derive(Clone, Debug)]
pub struct StoredScan {
    /// Names it; not secret.
    pub id: String,
    /// The rules' part; its browser is the hash of the device token.
    pub scan: Scan,
    /// Whose identities it is about.
    pub kind: LoginMethodKind,
    /// The account and the session, or the step of a sign-in, for which it was begun; none at sign-in.
    pub asked_by: Option<(AccountId, String)>,
    /// The visit's secret, which the provider needs again.
    pub verifier: Option<String>,
    /// The scan whose code a phone has opened; the row is that phone's own visit.
    pub for_scan: Option<String>,
    /// The browser that shows it, in words.
    pub device_name: String,
    /// The place of that browser, if known.
    pub place: Option<String>,
    /// What the provider said of whoever scanned it.
    pub said: Said,
    /// Who was seen, whatever the state is.
    pub by: Option<LoginIdentity>,
}

/// What a provider says of a person beside the identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What the person calls themselves.
    pub name: Option<String>,
    /// Whether they administer their WeCom organisation (LGM-7).
    pub is_administrator: bool,
}

const COLUMNS: &str = "id, shown_in, purpose, kind, account_id, session_id, visit_sealed, made_at, \
     state, identity_sealed, name_sealed, is_administrator, for_scan, device_name, place";

/// Writes a fresh one down.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, secret_hash: &str, new: &StoredScan) -> Result<(), StoreError> {
    let sealed = new
        .verifier
        .as_deref()
        .map(|verifier| tx.vault.seal(&purpose("visit", &new.id), verifier))
        .transpose()?;
    let (account, session) = match &new.asked_by {
        Some((account, by)) => (Some(account.to_string()), Some(by.clone())),
        None => (None, None),
    };
    sqlx::query(
        "insert into scans (id, secret_hash, shown_in, purpose, kind, account_id, session_id, \
         visit_sealed, made_at, state, for_scan, device_name, place) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(&new.id)
    .bind(secret_hash)
    .bind(new.scan.shown_in.as_str())
    .bind(words::word(new.scan.purpose)?)
    .bind(words::word(new.kind)?)
    .bind(account)
    .bind(session)
    .bind(sealed)
    .bind(new.scan.made_at.as_millis())
    .bind(state_word(&new.scan.state))
    .bind(&new.for_scan)
    .bind(&new.device_name)
    .bind(&new.place)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The one with this secret.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_by_secret(
    tx: &mut Tx,
    secret_hash: &str,
) -> Result<Option<StoredScan>, StoreError> {
    find_where(tx, "secret_hash = $1", secret_hash).await
}

/// The one with this id.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<StoredScan>, StoreError> {
    find_where(tx, "id = $1", id).await
}

/// The newest visit of the phone `browser` for a scan, of those in which somebody was seen.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_phone(
    tx: &mut Tx,
    scan: &str,
    browser: &SessionId,
) -> Result<Option<StoredScan>, StoreError> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from scans where for_scan = $1 and shown_in = $2 \
         and identity_sealed is not null order by made_at desc limit 1"
    ));
    let row = sqlx::query(statement)
        .bind(scan)
        .bind(browser.as_str())
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| stored(tx, &row)).transpose()
}

/// Moves one on from the state in which it was loaded; `false` when somebody was faster, so that each
/// step is made once.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, before: &StoredScan, to: &ScanState) -> Result<bool, StoreError> {
    let done = sqlx::query("update scans set state = $3 where id = $1 and state = $2")
        .bind(&before.id)
        .bind(state_word(&before.scan.state))
        .bind(state_word(to))
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down who was seen, and what the provider said of them.
///
/// # Errors
/// When the database fails.
pub async fn update_identity(
    tx: &mut Tx,
    id: &str,
    identity: &LoginIdentity,
    said: &Said,
) -> Result<(), StoreError> {
    let hash = identity_hash(tx, identity);
    let sealed = tx.vault.seal(&purpose("identity", id), identity.key())?;
    let name = said
        .name
        .as_deref()
        .map(|name| tx.vault.seal(&purpose("name", id), name))
        .transpose()?;
    sqlx::query(
        "update scans set identity_hash = $2, identity_sealed = $3, name_sealed = $4, \
         is_administrator = $5 where id = $1",
    )
    .bind(id)
    .bind(hash)
    .bind(sealed)
    .bind(name)
    .bind(i64::from(said.is_administrator))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Removes those that were made before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from scans where made_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

async fn find_where(
    tx: &mut Tx,
    condition: &str,
    value: &str,
) -> Result<Option<StoredScan>, StoreError> {
    let statement = sqlx::AssertSqlSafe(format!("select {COLUMNS} from scans where {condition}"));
    let row = sqlx::query(statement)
        .bind(value)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| stored(tx, &row)).transpose()
}

fn stored(tx: &Tx, row: &AnyRow) -> Result<StoredScan, StoreError> {
    let id: String = row.try_get("id")?;
    let open = |column: &str, what: &str| -> Result<Option<String>, StoreError> {
        let sealed: Option<String> = row.try_get(column)?;
        sealed
            .map(|sealed| tx.vault.open(&purpose(what, &id), &sealed))
            .transpose()
            .map_err(Into::into)
    };
    let kind: LoginMethodKind = words::parse(row.try_get("kind")?, "kind")?;
    let by = open("identity_sealed", "identity")?.map(|key| LoginIdentity::new(kind, key));
    let account: Option<String> = row.try_get("account_id")?;
    let session: Option<String> = row.try_get("session_id")?;
    let asked_by = match (account, session) {
        (Some(account), Some(session)) => Some((parse_id(&account)?, session)),
        _ => None,
    };
    Ok(StoredScan {
        scan: Scan {
            shown_in: SessionId::new(row.try_get::<String, _>("shown_in")?),
            purpose: words::parse(row.try_get("purpose")?, "purpose")?,
            made_at: Timestamp::from_millis(row.try_get("made_at")?),
            state: state(row.try_get("state")?, by.clone())?,
        },
        kind,
        asked_by,
        verifier: open("visit_sealed", "visit")?,
        for_scan: row.try_get("for_scan")?,
        device_name: row.try_get("device_name")?,
        place: row.try_get("place")?,
        said: Said {
            name: open("name_sealed", "name")?,
            is_administrator: row.try_get::<i64, _>("is_administrator")? != 0,
        },
        by,
        id,
    })
}

const fn state_word(state: &ScanState) -> &'static str {
    match state {
        ScanState::Waiting => "waiting",
        ScanState::Scanned { .. } => "scanned",
        ScanState::Confirmed { .. } => "confirmed",
        ScanState::Declined => "declined",
        ScanState::Used => "used",
    }
}

fn state(word: &str, by: Option<LoginIdentity>) -> Result<ScanState, StoreError> {
    match (word, by) {
        ("waiting", _) => Ok(ScanState::Waiting),
        ("scanned", Some(by)) => Ok(ScanState::Scanned { by }),
        ("confirmed", Some(by)) => Ok(ScanState::Confirmed { by }),
        ("declined", _) => Ok(ScanState::Declined),
        ("used", _) => Ok(ScanState::Used),
        _ => Err(StoreError::Impossible("scans.state")),
    }
}

/// Sealed texts open only in the row they were written for.
fn purpose(what: &str, id: &str) -> String {
    format!("scans.{what}:{id}")
}
