//! What becomes of the subject of an account: places taken and counted, the subject written down, its
//! history, and who is told (VER-2, ENT-1, CHG-12, ENT-16). Must not know how it was proved.

use domain::account::AccountId;
use domain::contacts::notice_targets;
use domain::time::{Date, Timestamp};
use domain::verification::{Claim, NewSubject, PersonClaim, SubjectEvent};

use super::codes::post;
use crate::error::ApiError;
use crate::letters;
use crate::state::App;
use crate::store::security::Security;
use crate::store::subjects::{self, Enterprise, HistoryRow, Identity, Person, SubjectRecord};
use crate::store::{Tx, enterprise_limits, locks};

/// What happens to the subject of an account.
#[derive(Clone, Copy, Debug)]
pub struct Becoming<'a> {
    /// The account, whose row is taken.
    pub security: &'a Security,
    /// Who is behind it from now on.
    pub record: &'a SubjectRecord,
    /// How that is called.
    pub event: SubjectEvent,
}

/// When the birth date of a person is known whose document's number does not tell it (VER-4, VER-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Not before the scanned WeChat tells it.
    ToldLater,
    /// Now, if anybody told it. The method sees to it that somebody did.
    Told(Option<Date>),
}

/// Takes the places of these subjects until the end of the transaction, so that what is counted stays
/// so. The account's row is taken before; where a place is given up for another, both are named here.
///
/// # Errors
/// When the database fails.
pub async fn take_places(tx: &mut Tx, identities: &[&Identity]) -> Result<(), ApiError> {
    let mut names: Vec<String> = identities
        .iter()
        .flat_map(|identity| {
            subjects::place_keys(tx, identity)
                .locks()
                .collect::<Vec<_>>()
        })
        .collect();
    // In one order, so that nobody waits in a circle.
    names.sort_unstable();
    names.dedup();
    for name in &names {
        locks::take(tx, name).await?;
    }
    Ok(())
}

/// The numbers that decide whether `except` may have this subject; counted when its places are taken
/// (VER-2, VER-4, ENT-1).
///
/// # Errors
/// When the database fails.
pub async fn new_subject(
    app: &App,
    tx: &mut Tx,
    identity: &Identity,
    (except, age): (AccountId, Age),
) -> Result<NewSubject, ApiError> {
    match identity {
        Identity::Person(who) => {
            let claim = person(app, tx, who, (except, age)).await?;
            Ok(claim.new_subject())
        }
        Identity::Enterprise(enterprise) => {
            let (taken, raised_to) = places(tx, enterprise, except).await?;
            Ok(NewSubject::Enterprise { taken, raised_to })
        }
    }
}

/// A person's claim with its numbers (VER-2, VER-4).
///
/// # Errors
/// When the database fails.
pub async fn person(
    app: &App,
    tx: &mut Tx,
    person: &Person,
    (except, age): (AccountId, Age),
) -> Result<Claim, ApiError> {
    let taken = subjects::count_person(tx, &person.document, Some(except)).await?;
    let (name, document) = (person.name.clone(), person.document.clone());
    let claim = match age {
        Age::ToldLater => PersonClaim::begun(name, document),
        Age::Told(born) => PersonClaim::new(name, document, born),
    };
    let claim = claim.map_err(ApiError::internal)?;
    Ok(claim.claim(taken, &app.policy.verification))
}

/// How many places an enterprise has taken beside `except`, and the limit an operator set for it
/// (ENT-1).
///
/// # Errors
/// When the database fails.
pub async fn places(
    tx: &mut Tx,
    enterprise: &Enterprise,
    except: AccountId,
) -> Result<(u32, Option<u32>), ApiError> {
    let (code, name) = (&enterprise.code, &enterprise.name);
    let taken = subjects::count_enterprise(tx, code, name, Some(except)).await?;
    let raised_to = enterprise_limits::find(tx, code, name).await?;
    Ok((taken, raised_to))
}

/// Writes down who is behind the account from now on, in its history too, and tells the owner.
///
/// # Errors
/// When the database fails.
pub async fn pass(
    app: &App,
    tx: &mut Tx,
    becoming: Becoming<'_>,
    now: Timestamp,
) -> Result<(), ApiError> {
    subjects::replace(tx, becoming.security.account_id, becoming.record).await?;
    written(app, tx, becoming, now).await
}

/// Writes down that the account is verified no longer, in its history too, and tells the owner (ENT-16).
///
/// # Errors
/// When the database fails.
pub async fn lose(
    app: &App,
    tx: &mut Tx,
    (security, lost): (&Security, &SubjectRecord),
    now: Timestamp,
) -> Result<(), ApiError> {
    subjects::clear(tx, security.account_id, now).await?;
    let becoming = Becoming {
        security,
        record: lost,
        event: SubjectEvent::Lost,
    };
    written(app, tx, becoming, now).await
}

async fn written(
    app: &App,
    tx: &mut Tx,
    becoming: Becoming<'_>,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Becoming {
        security,
        record,
        event,
    } = becoming;
    let shown = record.identity.masked();
    let row = HistoryRow {
        at: now,
        event,
        method: record.method,
        subject: record.subject,
        shown: shown.clone(),
    };
    subjects::insert_history(tx, security.account_id, &row).await?;
    for target in notice_targets(&security.contacts, &security.contacts) {
        let id = security.account_id.to_string();
        let about = (&*id, shown.name.as_str());
        let words =
            letters::verification::subject(security.language, &app.names, event, about, now);
        post(app, tx, &target, words, now).await?;
    }
    Ok(())
}
