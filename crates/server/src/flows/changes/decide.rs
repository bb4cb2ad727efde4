//! The reviewers' decision about an application: what they see, and what follows (CHG-9, CHG-12). Must not
//! know who the reviewer is.

use contract::operators::{
    CaseAbout, CaseContent, CaseDocument, CaseField, CaseFieldName, CaseFinding, CaseItem,
};
use domain::contacts::notice_targets;
use domain::time::Timestamp;
use domain::verification::change::{
    ChangeField, ChangeStep, ItemReason, ReviewItem, approve_new_subject, approve_same_subject,
    fields_of_step, required_proofs,
};
use domain::verification::{RegisterAnswer, SubjectEvent};

use super::{Changing, becomes, look_locked, papers, parse, store};
use crate::error::ApiError;
use crate::flows::codes::post;
use crate::flows::subjects::{self, Age, Becoming};
use crate::letters::verification_change::{self as letters, Decision};
use crate::state::App;
use crate::store::Tx;
use crate::store::changes::{self, Change};
use crate::store::security::Security;
use crate::store::subjects::{Identity, SubjectRecord};

/// What a reviewer decides by: what is so now beside what it would become, documents, findings (OPS-1).
///
/// # Errors
/// When there is no such application, or the database fails.
pub async fn content(tx: &mut Tx, id: &str) -> Result<CaseContent, ApiError> {
    let change = changes::find(tx, id).await?.ok_or(ApiError::NotFound)?;
    let present = crate::store::subjects::find(tx, change.account_id).await?;
    let item = |item| CaseItem::VerificationChange(item);
    let proofs = required_proofs(change.kind, change.way, change.former);
    let fields = fields_of_step(change.kind, ChangeStep::SubmitProof);
    let documents = papers::list(tx, &change).await?;
    Ok(CaseContent {
        about: CaseAbout::VerificationChange {
            kind: change.kind,
            way: change.way,
            former: change.former,
        },
        fields: comparison(&change, present.as_ref().map(|present| &present.identity)),
        documents: documents
            .into_iter()
            .map(|(proof, document)| CaseDocument {
                id: document.id,
                item: item(ReviewItem::Proof(proof)),
                kind: document.kind,
                bytes: document.bytes,
                uploaded_at: document.uploaded_at,
            })
            .collect(),
        findings: findings(&change),
        items: proofs
            .iter()
            .map(|proof| item(ReviewItem::Proof(*proof)))
            .chain(fields.iter().map(|field| item(ReviewItem::Field(*field))))
            .collect(),
    })
}

/// The lines of the comparison, in the order of the form.
fn comparison(change: &Change, present: Option<&Identity>) -> Vec<CaseField> {
    use CaseFieldName as Name;
    let typed = &change.form.fields;
    let text = |typed: &str| Some(typed.trim().to_owned()).filter(|text| !text.is_empty());
    let before = |name| present.and_then(|present| said_of(present, name));
    let line = |field, item: Option<ChangeField>, after| CaseField {
        field,
        item: item.map(|field| CaseItem::VerificationChange(ReviewItem::Field(field))),
        before: before(field),
        after,
    };
    let mut lines = Vec::new();
    if !change.kind.leaves_enterprise() {
        let is_person = !change.kind.makes_enterprise();
        let new = |typed: &str| is_person.then(|| text(typed)).flatten();
        let item = |field| is_person.then_some(field);
        lines.push(line(
            Name::PersonName,
            item(ChangeField::NewPersonName),
            new(&typed.new_person_name),
        ));
        lines.push(line(
            Name::PersonDocument,
            item(ChangeField::NewPersonId),
            new(&typed.new_person_id),
        ));
    }
    if change.kind.makes_enterprise() {
        let asked = fields_of_step(change.kind, ChangeStep::SubmitProof);
        let of = |field: ChangeField, typed: &str| match asked.contains(&field) {
            true => (Some(field), text(typed)),
            false => (None, None),
        };
        let code = match asked.contains(&ChangeField::SameCode) {
            true => ChangeField::SameCode,
            false => ChangeField::NewEnterpriseCode,
        };
        for (name, (item, after)) in [
            (
                Name::EnterpriseName,
                of(ChangeField::NewEnterpriseName, &typed.new_enterprise_name),
            ),
            (Name::EnterpriseCode, of(code, &typed.new_enterprise_code)),
            (
                Name::LegalRepresentativeName,
                of(
                    ChangeField::NewLegalRepresentativeName,
                    &typed.new_legal_representative_name,
                ),
            ),
            (
                Name::LegalRepresentativeDocument,
                of(
                    ChangeField::NewLegalRepresentativeId,
                    &typed.new_legal_representative_id,
                ),
            ),
        ] {
            lines.push(line(name, item, after));
        }
    }
    lines.retain(|line| line.before.is_some() || line.after.is_some());
    lines
}

/// What is recorded under a line's name.
fn said_of(present: &Identity, name: CaseFieldName) -> Option<String> {
    use CaseFieldName as Name;
    let text = |text: &str| Some(text.to_owned());
    match (present, name) {
        (Identity::Person(person), Name::PersonName) => text(person.name.as_str()),
        (Identity::Person(person), Name::PersonDocument) => text(person.document.number()),
        (Identity::Enterprise(it), Name::EnterpriseName) => text(it.name.as_str()),
        (Identity::Enterprise(it), Name::EnterpriseCode) => text(it.code.as_str()),
        (Identity::Enterprise(it), Name::LegalRepresentativeName) => {
            let person = it.legal_representative.as_ref();
            person.and_then(|person| text(person.name.as_str()))
        }
        (Identity::Enterprise(it), Name::LegalRepresentativeDocument) => {
            let person = it.legal_representative.as_ref();
            person.and_then(|person| text(person.document.number()))
        }
        _ => None,
    }
}

fn findings(change: &Change) -> Vec<CaseFinding> {
    let mut findings = Vec::new();
    if change.kind.makes_enterprise() {
        findings.push(match change.register.map(|register| register.answer) {
            Some(RegisterAnswer::Matches) => CaseFinding::RegisterMatches,
            Some(RegisterAnswer::Differs) => CaseFinding::RegisterOtherName,
            Some(RegisterAnswer::NotRecorded) => CaseFinding::RegisterUnknown,
            None => CaseFinding::RegisterSilent,
        });
        if change.register.and_then(|register| register.represents) == Some(false) {
            findings.push(CaseFinding::RegisterOtherRepresentative);
        }
    }
    if change.kind.changes_subject() {
        findings.push(if change.consents.has_former() {
            CaseFinding::FormerAgreed
        } else {
            CaseFinding::FormerNotAgreed
        });
        findings.push(if change.consents.has_both() {
            CaseFinding::NewAccepted
        } else {
            CaseFinding::NewNotAccepted
        });
    }
    findings
}

/// Approves: the same subject's data change by themselves, a new subject goes on to prove itself; its
/// places are counted again under lock (CHG-9, CHG-12).
///
/// # Errors
/// Everything that [`domain::verification::change::may_approve_change`] lists.
pub async fn approve(app: &App, tx: &mut Tx, id: &str, now: Timestamp) -> Result<(), ApiError> {
    let (changing, mut change) = load(tx, id).await?;
    let present = changing.present.as_ref().ok_or(ApiError::NotFound)?;
    if !change.kind.changes_subject() {
        let of = (&changing.security, present);
        settle(app, tx, of, change, now).await?;
        return Ok(());
    }
    let becomes = becomes(&parse(&change)?, &present.identity);
    subjects::take_places(tx, &[&present.identity, &becomes]).await?;
    let age = Age::Told(None);
    let new = subjects::new_subject(app, tx, &becomes, (change.account_id, age)).await?;
    change.state = approve_new_subject(&change.state, new, &app.policy.verification, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    store(tx, change, now).await?;
    tell(app, tx, &changing.security, Decision::Approved, now).await
}

/// Rejects, with reasons for single items; it can be corrected and handed in again (CHG-9).
///
/// # Errors
/// When it is not in review, or there is no reason.
pub async fn reject(
    app: &App,
    tx: &mut Tx,
    (id, reasons): (&str, Vec<ItemReason>),
    now: Timestamp,
) -> Result<(), ApiError> {
    let (changing, mut change) = load(tx, id).await?;
    let state = change.state.clone();
    change.state = state
        .reject(reasons, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    papers::decided(tx, &change, now).await?;
    store(tx, change, now).await?;
    tell(app, tx, &changing.security, Decision::Rejected, now).await
}

/// The application with its account, whose row is taken first.
async fn load(tx: &mut Tx, id: &str) -> Result<(Changing, Change), ApiError> {
    let found = changes::find(tx, id).await?.ok_or(ApiError::NotFound)?;
    let changing = look_locked(tx, found.account_id).await?;
    let change = changing.named(id)?;
    Ok((changing, change))
}

/// Changes the data of a subject that stays, at once (CHG-9).
pub(super) async fn settle(
    app: &App,
    tx: &mut Tx,
    (security, present): (&Security, &SubjectRecord),
    mut change: Change,
    now: Timestamp,
) -> Result<Change, ApiError> {
    let identity = becomes(&parse(&change)?, &present.identity);
    subjects::take_places(tx, &[&present.identity, &identity]).await?;
    let policy = &app.policy.verification;
    let (state, completed) = approve_same_subject(&change.state, present.subject, policy, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    change.state = state;
    let record = SubjectRecord {
        subject: completed.verified.subject,
        since: completed.verified.since,
        method: None,
        identity,
    };
    finish(app, tx, (security, &record), change, now).await
}

/// Writes the changed subject down, tells the owner, and lets the documents' time begin (CHG-9, CHG-13).
pub(super) async fn finish(
    app: &App,
    tx: &mut Tx,
    (security, record): (&Security, &SubjectRecord),
    change: Change,
    now: Timestamp,
) -> Result<Change, ApiError> {
    let becoming = Becoming {
        security,
        record,
        event: SubjectEvent::Changed,
    };
    subjects::pass(app, tx, becoming, now).await?;
    papers::decided(tx, &change, now).await?;
    store(tx, change, now).await
}

/// Tells the owner of a decision that changes nothing yet.
async fn tell(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    decision: Decision,
    now: Timestamp,
) -> Result<(), ApiError> {
    let id = security.account_id.to_string();
    for target in notice_targets(&security.contacts, &security.contacts) {
        let words = letters::decided(security.language, &app.names, (&id, decision), now);
        post(app, tx, &target, words, now).await?;
    }
    Ok(())
}
