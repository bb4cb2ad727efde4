//! Rows of whom the platform turns to at an enterprise, and of whether it uses CDN (ENT-21). Must not
//! know who may change them.

use domain::account::AccountId;
use domain::identity::{IdDocument, PersonName, PhoneNumber};
use domain::time::Timestamp;
use domain::verification::EnterpriseContact;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;

use super::{StoreError, Tx, words};

/// What is recorded for an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredContact {
    /// Whom the platform turns to, if anybody.
    pub contact: Option<EnterpriseContact>,
    /// Whether it uses CDN.
    pub uses_cdn: bool,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    name: PersonName,
    document: IdDocument,
    phone: PhoneNumber,
}

/// What is recorded for the account; nothing of either where nothing is.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<StoredContact, StoreError> {
    let row = sqlx::query(
        "select contact_sealed, uses_cdn from enterprise_contacts where account_id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(StoredContact::default());
    };
    let contact = row
        .try_get::<Option<String>, _>("contact_sealed")?
        .map(|sealed| -> Result<EnterpriseContact, StoreError> {
            let opened = tx.vault.open(&purpose(id), &sealed)?;
            let Sealed {
                name,
                document,
                phone,
            } = words::parse_json(&opened, "enterprise_contacts.contact")?;
            Ok(EnterpriseContact {
                name,
                document,
                phone,
            })
        })
        .transpose()?;
    Ok(StoredContact {
        contact,
        uses_cdn: row.try_get::<i64, _>("uses_cdn")? != 0,
    })
}

/// Writes down what is recorded for the account from now on.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    tx: &mut Tx,
    id: AccountId,
    stored: &StoredContact,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sealed = stored
        .contact
        .clone()
        .map(|contact| -> Result<String, StoreError> {
            let text = words::json(&Sealed {
                name: contact.name,
                document: contact.document,
                phone: contact.phone,
            })?;
            Ok(tx.vault.seal(&purpose(id), &text)?)
        })
        .transpose()?;
    sqlx::query(
        "insert into enterprise_contacts (account_id, contact_sealed, uses_cdn, changed_at) \
         values ($1, $2, $3, $4) on conflict (account_id) do update set \
         contact_sealed = excluded.contact_sealed, uses_cdn = excluded.uses_cdn, \
         changed_at = excluded.changed_at",
    )
    .bind(id.to_string())
    .bind(sealed)
    .bind(i64::from(stored.uses_cdn))
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Sealed texts open only in the row they were written for.
fn purpose(id: AccountId) -> String {
    format!("enterprise_contacts.contact:{id}")
}
