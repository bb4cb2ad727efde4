//! Rows and transactions, on SQLite and PostgreSQL with one SQL text.
//!
//! Knows SQL; does not know why a change is allowed, nor HTTP, nor the outside.
//!
//! What makes one text enough for two databases:
//! - `sqlx::Any` reads text and bigint columns only, so there are no others.
//! - Placeholders are `$1`; `returning` and `on conflict` exist on both.
//! - Whoever counts and then writes updates the row that stands for the counted thing first; the
//!   update is the lock on both.

pub mod accounts;
pub mod attempts;
pub mod audit;
pub mod bank_transfers;
pub mod changes;
pub mod codes;
pub mod contact_points;
pub mod devices;
pub mod documents;
pub mod enterprise_contacts;
pub mod enterprise_limits;
pub mod face_checks;
pub mod freezes;
pub mod idempotency;
pub mod installation;
pub mod key_challenges;
pub mod lock_links;
pub mod locks;
pub mod login_methods;
pub mod mfa;
pub mod official_permissions;
pub mod operators;
pub mod outbox;
pub mod proofs;
pub mod queue;
pub mod rechecks;
pub mod scans;
pub mod security;
pub mod seen_identities;
pub mod sessions;
pub mod sign_in_steps;
pub mod sign_ins;
pub mod sub_users;
pub mod subjects;
pub mod top_ups;
pub mod tries;
pub mod trusted;
pub mod used_captchas;
mod words;
pub mod wrong_passwords;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyConnection, AnyPool, Executor as _, SqlStr, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::vault::{Vault, VaultError};

/// The migrations in their order; a file that was released is never edited.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (
        1,
        "accounts",
        include_str!("../../migrations/0001_accounts.sql"),
    ),
    (
        2,
        "sign_in_and_security",
        include_str!("../../migrations/0002_sign_in_and_security.sql"),
    ),
    (
        3,
        "verification",
        include_str!("../../migrations/0003_verification.sql"),
    ),
    (
        4,
        "enterprise",
        include_str!("../../migrations/0004_enterprise.sql"),
    ),
    (
        5,
        "documents_and_audit",
        include_str!("../../migrations/0005_documents_and_audit.sql"),
    ),
    (
        6,
        "changes",
        include_str!("../../migrations/0006_changes.sql"),
    ),
    (
        7,
        "operators",
        include_str!("../../migrations/0007_operators.sql"),
    ),
];

/// What every new SQLite connection is told first.
const SQLITE_SETTINGS: &str = "pragma journal_mode = wal; pragma synchronous = normal; \
     pragma busy_timeout = 5000; pragma foreign_keys = on";

/// Where all rows are.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    dialect: Dialect,
    vault: Arc<Vault>,
}

/// What the two databases do not spell alike: how a transaction begins.
#[derive(Clone)]
enum Dialect {
    /// One writer at a time. Writers of this process queue here, in order; left to SQLite they
    /// would sleep and try again, and an unlucky one would give up.
    Sqlite {
        writers: Arc<Mutex<()>>,
    },
    Postgres,
}

/// One transaction; what was not committed did not happen.
pub struct Tx {
    inner: Transaction<'static, Any>,
    vault: Arc<Vault>,
    _turn: Option<OwnedMutexGuard<()>>,
}

/// Why rows could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no, or nothing.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the migrations failed: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A column holds what this program never writes.
    #[error("the column {0} holds an impossible value")]
    Impossible(&'static str),
    /// A sealed column could not be written or read.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The address is neither SQLite's nor PostgreSQL's.
    #[error("a database address begins with sqlite:// or postgres://")]
    UnknownDatabase,
    /// Every account id was given (ACC-1).
    #[error("no account id is left")]
    NoAccountIdLeft,
}

impl StoreError {
    /// Whether a text has a character that PostgreSQL cannot hold, which is NUL: nobody's, so it is the
    /// request that is wrong.
    #[must_use]
    pub fn is_about_a_text(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().as_deref() == Some("22021")
            }
            _ => false,
        }
    }

    /// Whether the same request may succeed in a moment.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) => true,
            // SQLITE_BUSY and its kin; serialization failure and deadlock of PostgreSQL.
            Self::Database(sqlx::Error::Database(error)) => matches!(
                error.code().as_deref(),
                Some("5" | "6" | "261" | "517" | "40001" | "40P01")
            ),
            _ => false,
        }
    }
}

impl Store {
    /// Opens the database, makes it if SQLite's file is missing, and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be reached, or a migration fails.
    pub async fn open(url: &str, vault: Arc<Vault>) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let is_sqlite = url.starts_with("sqlite:");
        if !is_sqlite && !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(StoreError::UnknownDatabase);
        }
        let dialect = if is_sqlite {
            Dialect::Sqlite {
                writers: Arc::default(),
            }
        } else {
            Dialect::Postgres
        };
        let options: AnyConnectOptions = creating(url).parse()?;
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if is_sqlite {
                        connection.execute(SQLITE_SETTINGS).await?;
                    }
                    Ok(())
                })
            })
            .connect_with(options)
            .await?;
        migrator().run(&pool).await?;
        let store = Self {
            pool,
            dialect,
            vault,
        };
        let mut tx = store.write().await?;
        audit::chain_older_rows(&mut tx).await?;
        tx.commit().await?;
        Ok(store)
    }

    /// Begins a transaction that only reads; all of it sees one moment.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let statement = match self.dialect {
            Dialect::Sqlite { .. } => "begin deferred",
            Dialect::Postgres => "begin isolation level repeatable read read only",
        };
        self.begin(statement, None).await
    }

    /// Begins a transaction that writes. On SQLite it waits here for its turn.
    ///
    /// # Errors
    /// When the database cannot be reached or another process writes for too long.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        match &self.dialect {
            Dialect::Sqlite { writers } => {
                let turn = Arc::clone(writers).lock_owned().await;
                self.begin("begin immediate", Some(turn)).await
            }
            Dialect::Postgres => self.begin("begin", None).await,
        }
    }

    /// Whether the database answers and its tables are there.
    ///
    /// # Errors
    /// When it does not.
    pub async fn check(&self) -> Result<(), StoreError> {
        sqlx::query("select count(*) from installation")
            .fetch_one(&self.pool)
            .await?;
        Ok(())
    }

    /// Finishes what is running and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Hashes personal data so that equal values can be found (see [`Vault::lookup_hash`]).
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    async fn begin(
        &self,
        statement: &'static str,
        turn: Option<OwnedMutexGuard<()>>,
    ) -> Result<Tx, StoreError> {
        let pool = self.pool.clone();
        let vault = Arc::clone(&self.vault);
        // On its own task, so that nobody can give up in the middle. sqlx would put the connection back
        // while PostgreSQL has begun already, and the next one to get it would be in a transaction
        // that is not theirs.
        let beginning = async move {
            Ok(Tx {
                inner: pool.begin_with(statement).await?,
                vault,
                _turn: turn,
            })
        };
        tokio::spawn(beginning)
            .await
            .map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))?
    }
}

impl Tx {
    /// Makes everything that was done in it happen.
    ///
    /// # Errors
    /// When the database cannot; then nothing happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        // The whole is taken apart so that the turn passes on only after the commit.
        let Self { inner, _turn, .. } = self;
        Ok(inner.commit().await?)
    }

    /// The connection to run a statement on.
    fn connection(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }
}

/// SQLite's file is made when it is missing, unless the address says otherwise.
fn creating(url: &str) -> Cow<'_, str> {
    if !url.starts_with("sqlite:") || url.contains("mode=") {
        return Cow::Borrowed(url);
    }
    let separator = if url.contains('?') { '&' } else { '?' };
    Cow::Owned(format!("{url}{separator}mode=rwc"))
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS
        .iter()
        .map(|&(version, name, sql)| {
            Migration::new(
                version,
                Cow::Borrowed(name),
                MigrationType::Simple,
                SqlStr::from_static(sql),
                false,
            )
        })
        .collect();
    Migrator::with_migrations(migrations)
}
