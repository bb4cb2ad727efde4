//! Rows of what keeps an account safe: security phone and e-mail, protections, lock, limits of
//! sessions. Must not know who may change them.

use domain::account::{AccountId, AccountStanding, Lock, VerificationStatus};
use domain::contacts::{EmailChange, SecurityContacts};
use domain::identity::{Email, PhoneNumber};
use domain::login_methods::{LoginState, OwnerKind};
use domain::mfa::Device;
use domain::protection::{Factor, Means, Protection, Protections};
use domain::sign_in::{PasswordStrength, SessionLimits, SignInPolicy};
use domain::time::{Span, Timestamp};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::login_methods::StoredMethod;
use super::{StoreError, Tx, accounts, locks, login_methods, words};
use crate::language::Language;

/// What decisions about an account's safety look at, as it stands.
#[derive(Clone, Debug)]
pub struct Security {
    /// The account.
    pub account_id: AccountId,
    /// The language of the messages it gets.
    pub language: Language,
    /// Whether it is open.
    pub standing: AccountStanding,
    /// Whether its owner has locked it (ACC-14).
    pub lock: Lock,
    /// The password must be set anew before anything else (ACC-14).
    pub must_set_password: bool,
    /// What it can prove its owner with (PRT-4).
    pub means: Means,
    /// Its MFA device (MFA-2).
    pub mfa: Option<Device>,
    /// What its protections ask for (PRT-1).
    pub protections: Protections,
    /// Security phone and e-mail.
    pub contacts: SecurityContacts,
    /// The ways to sign in.
    pub methods: Vec<StoredMethod>,
    /// The password's strength and when it was set; none without a password.
    pub password: Option<(PasswordStrength, Timestamp)>,
    /// The limits of sessions that the owner chose (SGN-13).
    pub limits: Option<SessionLimits>,
}

impl Security {
    /// The account as the rules of login methods see it; `methods` are [`Security::plain_methods`].
    #[must_use]
    pub fn login_state<'a>(
        &'a self,
        methods: &'a [domain::login_methods::LoginMethod],
    ) -> LoginState<'a> {
        LoginState {
            owner: OwnerKind::Root,
            methods,
            means: &self.means,
            protections: self.protections,
            security_email: self.contacts.email.as_ref(),
            has_password: self.password.is_some(),
        }
    }

    /// The ways to sign in as the rules see them.
    #[must_use]
    pub fn plain_methods(&self) -> Vec<domain::login_methods::LoginMethod> {
        self.methods
            .iter()
            .map(|stored| stored.method.clone())
            .collect()
    }

    /// The login e-mail, when there is one.
    #[must_use]
    pub fn login_email(&self) -> Option<&Email> {
        self.methods.iter().find_map(|method| method.email.as_ref())
    }

    /// The limits of this account's sessions (SGN-13).
    #[must_use]
    pub fn session_limits(&self, policy: &SignInPolicy) -> SessionLimits {
        self.limits.unwrap_or_else(|| SessionLimits::of(policy))
    }
}

/// Everything as it stands; nothing when there is no such account.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Security>, StoreError> {
    let row = sqlx::query(
        "select a.language, a.locked_since, a.must_set_password, a.sign_in_protection, \
         a.operation_protection, a.session_idle, a.session_longest, a.verification, \
         a.verified_at, a.registered_at, \
         sp.phone_sealed, sp.changed_at as phone_changed_at, \
         se.email_sealed, se.changed_at as email_changed_at, \
         pw.strength, pw.changed_at as password_changed_at, \
         wc.bound_at as wechat_bound_at, m.bound_at as mfa_bound_at, \
         m.kind as mfa_kind \
         from accounts a \
         left join security_phones sp on sp.account_id = a.id \
         left join security_emails se on se.account_id = a.id \
         left join passwords pw on pw.account_id = a.id \
         left join wechat_confirmations wc on wc.account_id = a.id \
         left join mfa_devices m on m.account_id = a.id \
         where a.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let methods = login_methods::list(tx, id).await?;
    Ok(Some(security(tx, id, &row, methods)?))
}

/// The same, with the account's row taken until the end of the transaction, so that no decision
/// about it is made beside this one (LGM-1).
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_locked(tx: &mut Tx, id: AccountId) -> Result<Option<Security>, StoreError> {
    locks::take(tx, &format!("account:{id}")).await?;
    find(tx, id).await
}

/// How many accounts beside `id` have the number as security phone; the answer holds until the end
/// of the transaction (CON-2).
///
/// # Errors
/// When the database fails.
pub async fn count_others_on_phone(
    tx: &mut Tx,
    phone: &PhoneNumber,
    id: Option<AccountId>,
) -> Result<u32, StoreError> {
    let hash = phone_hash(tx, phone);
    locks::take(tx, &format!("phone:{hash}")).await?;
    let count: i64 = sqlx::query_scalar(
        "select count(*) from security_phones where phone_hash = $1 and account_id <> $2",
    )
    .bind(hash)
    .bind(id.map(|id| id.to_string()).unwrap_or_default())
    .fetch_one(tx.connection())
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The accounts whose security phone a number is, in the order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn accounts_on_phone(
    tx: &mut Tx,
    phone: &PhoneNumber,
) -> Result<Vec<AccountId>, StoreError> {
    let hash = phone_hash(tx, phone);
    let ids: Vec<String> = sqlx::query_scalar(
        "select account_id from security_phones where phone_hash = $1 order by account_id",
    )
    .bind(hash)
    .fetch_all(tx.connection())
    .await?;
    ids.iter().map(|id| accounts::parse_id(id)).collect()
}

/// The accounts whose security e-mail an address is, in the order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn accounts_on_email(tx: &mut Tx, email: &Email) -> Result<Vec<AccountId>, StoreError> {
    let hash = tx.vault.lookup_hash("email", email.canonical());
    let ids: Vec<String> = sqlx::query_scalar(
        "select account_id from security_emails where email_hash = $1 order by account_id",
    )
    .bind(hash)
    .fetch_all(tx.connection())
    .await?;
    ids.iter().map(|id| accounts::parse_id(id)).collect()
}

/// Sets the security phone (CON-3, REG-3).
///
/// # Errors
/// When the database fails.
pub async fn update_phone(
    tx: &mut Tx,
    id: AccountId,
    phone: &PhoneNumber,
    now: Timestamp,
) -> Result<(), StoreError> {
    let hash = phone_hash(tx, phone);
    let sealed = tx.vault.seal(&phone_purpose(id), phone.as_str())?;
    sqlx::query(
        "insert into security_phones (account_id, phone_hash, phone_sealed, changed_at) \
         values ($1, $2, $3, $4) on conflict (account_id) do update set \
         phone_hash = excluded.phone_hash, phone_sealed = excluded.phone_sealed, \
         changed_at = excluded.changed_at",
    )
    .bind(id.to_string())
    .bind(hash)
    .bind(sealed)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Sets the security e-mail (CON-5).
///
/// # Errors
/// When the database fails.
pub async fn update_email(
    tx: &mut Tx,
    id: AccountId,
    email: &Email,
    now: Timestamp,
) -> Result<(), StoreError> {
    let hash = tx.vault.lookup_hash("email", email.canonical());
    let sealed = tx.vault.seal(&email_purpose(id), email.display())?;
    sqlx::query(
        "insert into security_emails (account_id, email_hash, email_sealed, changed_at) \
         values ($1, $2, $3, $4) on conflict (account_id) do update set \
         email_hash = excluded.email_hash, email_sealed = excluded.email_sealed, \
         changed_at = excluded.changed_at",
    )
    .bind(id.to_string())
    .bind(hash)
    .bind(sealed)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The change of the security e-mail on its way, when there is one (CON-5).
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_email_change(
    tx: &mut Tx,
    id: AccountId,
) -> Result<Option<EmailChange>, StoreError> {
    let row = sqlx::query(
        "select awaits, original_sealed, new_sealed, since from security_email_changes \
         where account_id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let open = |sealed: &str| {
        let text = tx.vault.open(&change_purpose(id), sealed)?;
        Email::parse(&text).map_err(|_| StoreError::Impossible("new_sealed"))
    };
    let original: Option<String> = row.try_get("original_sealed")?;
    let original = original.as_deref().map(open).transpose()?;
    let new = open(row.try_get("new_sealed")?)?;
    let since = Timestamp::from_millis(row.try_get("since")?);
    match (row.try_get::<String, _>("awaits")?.as_str(), original) {
        ("original", Some(original)) => Ok(Some(EmailChange::AwaitsOriginal {
            original,
            new,
            since,
        })),
        ("new", original) => Ok(Some(EmailChange::AwaitsNew {
            original,
            new,
            since,
        })),
        _ => Err(StoreError::Impossible("awaits")),
    }
}

/// Writes down a change of the security e-mail in place of any other, or that there is none (CON-5).
///
/// # Errors
/// When the database fails.
pub async fn update_email_change(
    tx: &mut Tx,
    id: AccountId,
    change: Option<&EmailChange>,
) -> Result<(), StoreError> {
    sqlx::query("delete from security_email_changes where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    let (awaits, original, new, since) = match change {
        None => return Ok(()),
        Some(EmailChange::AwaitsOriginal {
            original,
            new,
            since,
        }) => ("original", Some(original), new, since),
        Some(EmailChange::AwaitsNew {
            original,
            new,
            since,
        }) => ("new", original.as_ref(), new, since),
    };
    let seal = |email: &Email| tx.vault.seal(&change_purpose(id), email.display());
    let original = original.map(seal).transpose()?;
    let new = seal(new)?;
    sqlx::query(
        "insert into security_email_changes (account_id, awaits, original_sealed, new_sealed, since) \
         values ($1, $2, $3, $4, $5)",
    )
    .bind(id.to_string())
    .bind(awaits)
    .bind(original)
    .bind(new)
    .bind(since.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Sets both protections (PRT-1).
///
/// # Errors
/// When the database fails.
pub async fn update_protections(
    tx: &mut Tx,
    id: AccountId,
    protections: Protections,
) -> Result<(), StoreError> {
    sqlx::query(
        "update accounts set sign_in_protection = $2, operation_protection = $3 where id = $1",
    )
    .bind(id.to_string())
    .bind(protection_word(protections.sign_in)?)
    .bind(protection_word(protections.operation)?)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Locks or unlocks the account (ACC-14).
///
/// # Errors
/// When the database fails.
pub async fn update_lock(
    tx: &mut Tx,
    id: AccountId,
    lock: Lock,
    must_set_password: bool,
) -> Result<(), StoreError> {
    let since = match lock {
        Lock::Unlocked => None,
        Lock::Locked { since } => Some(since.as_millis()),
    };
    sqlx::query("update accounts set locked_since = $2, must_set_password = $3 where id = $1")
        .bind(id.to_string())
        .bind(since)
        .bind(i64::from(must_set_password))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Sets the limits of the account's sessions (SGN-13).
///
/// # Errors
/// When the database fails.
pub async fn update_session_limits(
    tx: &mut Tx,
    id: AccountId,
    limits: SessionLimits,
) -> Result<(), StoreError> {
    sqlx::query("update accounts set session_idle = $2, session_longest = $3 where id = $1")
        .bind(id.to_string())
        .bind(limits.idle.as_millis())
        .bind(limits.longest.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The keyed hash by which a phone is found again.
#[must_use]
pub fn phone_hash(tx: &Tx, phone: &PhoneNumber) -> String {
    tx.vault.lookup_hash("phone", phone.as_str())
}

fn security(
    tx: &Tx,
    id: AccountId,
    row: &AnyRow,
    methods: Vec<StoredMethod>,
) -> Result<Security, StoreError> {
    let moment = |column| -> Result<Option<Timestamp>, StoreError> {
        let millis: Option<i64> = row.try_get(column)?;
        Ok(millis.map(Timestamp::from_millis))
    };
    let phone = row
        .try_get::<Option<String>, _>("phone_sealed")?
        .map(|sealed| tx.vault.open(&phone_purpose(id), &sealed))
        .transpose()?
        .map(|text| PhoneNumber::parse(&text).map_err(|_| StoreError::Impossible("phone_sealed")))
        .transpose()?;
    let email = row
        .try_get::<Option<String>, _>("email_sealed")?
        .map(|sealed| tx.vault.open(&email_purpose(id), &sealed))
        .transpose()?
        .map(|text| Email::parse(&text).map_err(|_| StoreError::Impossible("email_sealed")))
        .transpose()?;
    let verification = accounts::parse_verification(row.try_get("verification")?)?;
    let face = match verification {
        VerificationStatus::Person => moment("verified_at")?.or(moment("registered_at")?),
        VerificationStatus::Unverified | VerificationStatus::Enterprise => None,
    };
    let mfa = match (
        row.try_get::<Option<String>, _>("mfa_kind")?,
        moment("mfa_bound_at")?,
    ) {
        (Some(kind), Some(bound_at)) => Some(Device {
            kind: words::parse(&kind, "mfa_devices.kind")?,
            bound_at,
        }),
        _ => None,
    };
    let strength: Option<String> = row.try_get("strength")?;
    let strength: Option<PasswordStrength> = strength
        .map(|word| words::parse(&word, "strength"))
        .transpose()?;
    Ok(Security {
        account_id: id,
        language: Language::from_code(row.try_get("language")?)
            .ok_or(StoreError::Impossible("language"))?,
        standing: STANDING,
        lock: lock(row)?,
        must_set_password: must_set_password(row)?,
        means: Means {
            mfa: mfa.map(|device| device.bound_at),
            wechat: moment("wechat_bound_at")?,
            face,
            security_phone: moment("phone_changed_at")?,
            security_email: moment("email_changed_at")?,
        },
        mfa,
        protections: Protections {
            sign_in: parse_protection(row.try_get("sign_in_protection")?)?,
            operation: parse_protection(row.try_get("operation_protection")?)?,
        },
        contacts: SecurityContacts { phone, email },
        methods,
        password: strength.zip(moment("password_changed_at")?),
        limits: limits(row)?,
    })
}

/// Whether an account whose row exists is open: until accounts can be deregistered each of them is.
/// Whoever asks [`domain::account::access_account`] takes it from here (DRG-6).
pub(super) const STANDING: AccountStanding = AccountStanding::Open;

/// Whether the password must be set anew, in a row that has the account's columns (ACC-14).
pub(super) fn must_set_password(row: &AnyRow) -> Result<bool, StoreError> {
    Ok(row.try_get::<i64, _>("must_set_password")? != 0)
}

/// The lock in a row that has the account's columns.
pub(super) fn lock(row: &AnyRow) -> Result<Lock, StoreError> {
    let since: Option<i64> = row.try_get("locked_since")?;
    Ok(since.map_or(Lock::Unlocked, |since| Lock::Locked {
        since: Timestamp::from_millis(since),
    }))
}

/// The owner's limits of sessions in a row that has the account's columns.
pub(super) fn limits(row: &AnyRow) -> Result<Option<SessionLimits>, StoreError> {
    let chosen = (span(row, "session_idle")?, span(row, "session_longest")?);
    Ok(match chosen {
        (Some(idle), Some(longest)) => Some(SessionLimits { idle, longest }),
        _ => None,
    })
}

fn span(row: &AnyRow, column: &str) -> Result<Option<Span>, StoreError> {
    let millis: Option<i64> = row.try_get(column)?;
    Ok(millis.map(|millis| Span::from_millis(u32::try_from(millis).unwrap_or(u32::MAX))))
}

fn protection_word(protection: Protection) -> Result<String, StoreError> {
    match protection {
        Protection::Off => Ok("off".to_owned()),
        Protection::Require(factor) => words::word(factor),
    }
}

fn parse_protection(word: &str) -> Result<Protection, StoreError> {
    match word {
        "off" => Ok(Protection::Off),
        word => words::parse::<Factor>(word, "protection").map(Protection::Require),
    }
}

fn phone_purpose(id: AccountId) -> String {
    format!("security_phones.phone:{id}")
}

fn email_purpose(id: AccountId) -> String {
    format!("security_emails.email:{id}")
}

fn change_purpose(id: AccountId) -> String {
    format!("security_email_changes.email:{id}")
}
