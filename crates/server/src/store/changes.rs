//! Rows of applications for a change of verification (CHG). Knows drafts and versions; does not know who
//! may change what, nor when.

use std::fmt;

use domain::account::AccountId;
use domain::identity::IdDocumentKind;
use domain::time::Timestamp;
use domain::verification::RegisterAnswer;
use domain::verification::change::{
    ApplicationState, ChangeKind, ChangeProgress, ChangeWay, Consents, FormerSubject, TypedChange,
};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::{StoreError, Tx, words};

/// An application as it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// Names it; not secret.
    pub id: String,
    /// Whose verification it changes.
    pub account_id: AccountId,
    /// Raised by each change of it (V-35).
    pub version: i64,
    /// What it changes.
    pub kind: ChangeKind,
    /// How it proves itself (CHG-8).
    pub way: ChangeWay,
    /// What became of the former subject (CHG-7).
    pub former: FormerSubject,
    /// Where it stands.
    pub state: ApplicationState,
    /// What was typed, right or wrong.
    pub form: TypedForm,
    /// Who agreed (CHG-14).
    pub consents: Consents,
    /// The applicant confirmed that account and resources go to the new subject (CHG-11).
    pub resources_confirmed: bool,
    /// The basic information of the new subject was saved (CHG-5).
    pub basic_information_saved: bool,
    /// What the business register said, where it was asked (CHG-8).
    pub register: Option<RegisterSaid>,
    /// When it was begun.
    pub began_at: Timestamp,
    /// When it changed last.
    pub changed_at: Timestamp,
    /// The link by which the new subject accepts (CHG-14).
    pub invitation: Option<Invitation>,
}

/// Everything that was typed into an application. Never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedForm {
    /// The wizard's fields.
    pub fields: TypedChange,
    /// Who represents the new enterprise, for the face check of the method.
    pub representative: TypedRepresentative,
}

/// A legal representative, as typed. Never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedRepresentative {
    /// The name.
    pub name: String,
    /// The document's number.
    pub number: String,
    /// The document; an ID card when nothing was said.
    pub document: Option<IdDocumentKind>,
}

/// What the business register said of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterSaid {
    /// Of name and code.
    pub answer: RegisterAnswer,
    /// Of the legal representative, where one was asked about.
    pub represents: Option<bool>,
}

/// A link that was given to the new subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What stands in the link, hashed.
    pub hash: String,
    /// When it was made.
    pub at: Timestamp,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("state", &state_word(&self.state))
            .finish_non_exhaustive()
    }
}

impl Change {
    /// How far it has come, as the rules see it (CHG-5).
    #[must_use]
    pub const fn progress(&self) -> ChangeProgress<'_> {
        ChangeProgress {
            kind: Some(self.kind),
            state: &self.state,
            basic_information_saved: self.basic_information_saved,
        }
    }
}

/// A select of whole rows, followed by which.
macro_rules! selected {
    ($which:literal) => {
        concat!(
            "select id, account_id, version, kind, way, former, state_sealed, form_sealed, consents, \
             resources_confirmed, basic_information_saved, register, began_at, changed_at, \
             invitation_hash, invited_at from changes ",
            $which
        )
    };
}

/// Writes a new application down; its version is 1, whatever it says. `false` when the account has an
/// open one already (CHG-3).
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, change: &Change) -> Result<bool, StoreError> {
    let (state, form) = sealed(tx, change)?;
    let done = sqlx::query(
        "insert into changes (id, account_id, version, kind, way, former, state, state_sealed, \
         form_sealed, consents, resources_confirmed, basic_information_saved, register, began_at, \
         changed_at, invitation_hash, invited_at) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         on conflict do nothing",
    )
    .bind(&change.id)
    .bind(change.account_id.to_string())
    .bind(words::word(change.kind)?)
    .bind(words::word(change.way)?)
    .bind(words::word(change.former)?)
    .bind(state_word(&change.state))
    .bind(state)
    .bind(form)
    .bind(words::json(&change.consents)?)
    .bind(i64::from(change.resources_confirmed))
    .bind(i64::from(change.basic_information_saved))
    .bind(change.register.as_ref().map(words::json).transpose()?)
    .bind(change.began_at.as_millis())
    .bind(change.changed_at.as_millis())
    .bind(change.invitation.as_ref().map(|link| &link.hash))
    .bind(change.invitation.as_ref().map(|link| link.at.as_millis()))
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes an application down as it has become; `false` when it was changed since it was read (V-35).
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, change: &Change) -> Result<bool, StoreError> {
    let (state, form) = sealed(tx, change)?;
    let done = sqlx::query(
        "update changes set version = version + 1, kind = $3, way = $4, former = $5, state = $6, \
         state_sealed = $7, form_sealed = $8, consents = $9, resources_confirmed = $10, \
         basic_information_saved = $11, register = $12, changed_at = $13, invitation_hash = $14, \
         invited_at = $15 where id = $1 and version = $2",
    )
    .bind(&change.id)
    .bind(change.version)
    .bind(words::word(change.kind)?)
    .bind(words::word(change.way)?)
    .bind(words::word(change.former)?)
    .bind(state_word(&change.state))
    .bind(state)
    .bind(form)
    .bind(words::json(&change.consents)?)
    .bind(i64::from(change.resources_confirmed))
    .bind(i64::from(change.basic_information_saved))
    .bind(change.register.as_ref().map(words::json).transpose()?)
    .bind(change.changed_at.as_millis())
    .bind(change.invitation.as_ref().map(|link| &link.hash))
    .bind(change.invitation.as_ref().map(|link| link.at.as_millis()))
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The application with this id.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Change>, StoreError> {
    let row = sqlx::query(selected!("where id = $1"))
        .bind(id)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| change(tx, &row)).transpose()
}

/// The application whose link to the new subject this is, by what stands in the link, hashed.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_invited(tx: &mut Tx, hash: &str) -> Result<Option<Change>, StoreError> {
    let row = sqlx::query(selected!("where invitation_hash = $1"))
        .bind(hash)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| change(tx, &row)).transpose()
}

/// The account's newest application, whatever became of it.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_newest(tx: &mut Tx, account: AccountId) -> Result<Option<Change>, StoreError> {
    let row = sqlx::query(selected!(
        "where account_id = $1 order by began_at desc, id desc limit 1"
    ))
    .bind(account.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| change(tx, &row)).transpose()
}

/// Whether an application of the account beside `except` is in review, or approved and not done (CHG-3).
///
/// # Errors
/// When the database fails.
pub async fn is_blocked(
    tx: &mut Tx,
    account: AccountId,
    except: Option<&str>,
) -> Result<bool, StoreError> {
    let count: i64 = sqlx::query_scalar(
        "select count(*) from changes where account_id = $1 and id <> $2 \
         and (state = 'in_review' or state = 'approved')",
    )
    .bind(account.to_string())
    .bind(except.unwrap_or_default())
    .fetch_one(tx.connection())
    .await?;
    Ok(count > 0)
}

fn sealed(tx: &Tx, change: &Change) -> Result<(String, String), StoreError> {
    let state = words::json(&change.state)?;
    let form = words::json(&change.form)?;
    Ok((
        tx.vault.seal(&purpose(&change.id, "state"), &state)?,
        tx.vault.seal(&purpose(&change.id, "form"), &form)?,
    ))
}

fn change(tx: &Tx, row: &AnyRow) -> Result<Change, StoreError> {
    let id: String = row.try_get("id")?;
    let state = tx
        .vault
        .open(&purpose(&id, "state"), row.try_get("state_sealed")?)?;
    let form = tx
        .vault
        .open(&purpose(&id, "form"), row.try_get("form_sealed")?)?;
    let flag =
        |column: &str| -> Result<bool, StoreError> { Ok(row.try_get::<i64, _>(column)? != 0) };
    let register: Option<String> = row.try_get("register")?;
    let hash: Option<String> = row.try_get("invitation_hash")?;
    let invited_at: Option<i64> = row.try_get("invited_at")?;
    Ok(Change {
        account_id: parse_id(row.try_get("account_id")?)?,
        version: row.try_get("version")?,
        kind: words::parse(row.try_get("kind")?, "changes.kind")?,
        way: words::parse(row.try_get("way")?, "changes.way")?,
        former: words::parse(row.try_get("former")?, "changes.former")?,
        state: words::parse_json(&state, "changes.state")?,
        form: words::parse_json(&form, "changes.form")?,
        consents: words::parse_json(row.try_get("consents")?, "changes.consents")?,
        resources_confirmed: flag("resources_confirmed")?,
        basic_information_saved: flag("basic_information_saved")?,
        register: register
            .map(|text| words::parse_json(&text, "changes.register"))
            .transpose()?,
        began_at: Timestamp::from_millis(row.try_get("began_at")?),
        changed_at: Timestamp::from_millis(row.try_get("changed_at")?),
        invitation: hash.zip(invited_at).map(|(hash, at)| Invitation {
            hash,
            at: Timestamp::from_millis(at),
        }),
        id,
    })
}

/// The word by which an open application is found.
const fn state_word(state: &ApplicationState) -> &'static str {
    match state {
        ApplicationState::Draft { .. } => "draft",
        ApplicationState::InReview { .. } => "in_review",
        ApplicationState::Withdrawn { .. } => "withdrawn",
        ApplicationState::Rejected { .. } => "rejected",
        ApplicationState::Approved { .. } => "approved",
        ApplicationState::Done { .. } => "done",
    }
}

/// Sealed texts open only in the row they were written for.
fn purpose(id: &str, column: &str) -> String {
    format!("changes.{column}:{id}")
}
