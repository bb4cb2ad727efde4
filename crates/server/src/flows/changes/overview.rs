//! What the wizard shows: what can be changed, what stands against it, and the application as it is
//! (CHG-1 to CHG-5). Must not know pages.

use contract::changes::{Application, ChangeOffer, ChangeOverview, PresentSubject, Representative};
use domain::operators::Queue;
use domain::time::Timestamp;
use domain::verification::change::{
    ApplicationState, ChangeForm, ChangeRefusal, ChangeSubmission, ChangeTarget, Consent,
    ConsentProof, may_choose_former, may_go_online, may_start_change, may_submit_change,
    missing_proofs, required_proofs,
};
use domain::verification::{Region, Subject};

use super::submit::{nothing_changes, wish};
use super::{Changing, account, becomes, papers};
use crate::error::ApiError;
use crate::outside::platform::Holding;
use crate::state::App;
use crate::store::Tx;
use crate::store::changes::Change;
use crate::store::subjects::SubjectRecord;

/// Everything, as it is in this transaction.
///
/// # Errors
/// When the database fails.
pub async fn overview(
    app: &App,
    tx: &mut Tx,
    (changing, holding): (&Changing, &Holding),
    now: Timestamp,
) -> Result<ChangeOverview, ApiError> {
    let present = changing.present.as_ref();
    let of = (changing.id(), present);
    let standing = account(tx, of, holding, None).await?;
    let policy = &app.policy.verification;
    let subject = present.map(|present| present.subject);
    let offers = targets(subject).map(|target| ChangeOffer {
        target,
        refusals: may_start_change(&standing, target, policy, now),
    });
    let application = match &changing.change {
        Some(change) => Some(application(app, tx, (changing, change), holding, now).await?),
        None => None,
    };
    Ok(ChangeOverview {
        subject: present.map(shown),
        offers: offers.collect(),
        application,
        pay_at: holding.pay_at.clone(),
        review_business_days: Queue::VerificationChanges.business_days(&app.policy.operators),
        server_time: now,
    })
}

fn shown(present: &SubjectRecord) -> PresentSubject {
    let masked = present.identity.masked();
    PresentSubject {
        subject: present.subject,
        name: masked.name.to_string(),
        number: masked.number.to_string(),
        since: present.since,
    }
}

/// What is offered to a subject, what never goes included, so that nobody looks for it (CHG-1).
fn targets(subject: Option<Subject>) -> impl Iterator<Item = ChangeTarget> {
    let region = Region::Mainland;
    let person = ChangeTarget::Person { region };
    let enterprise = ChangeTarget::Enterprise { region };
    let all: &[ChangeTarget] = match subject {
        Some(Subject::Enterprise { .. }) => &[
            enterprise,
            ChangeTarget::NewName,
            ChangeTarget::NewLegalRepresentative,
            person,
        ],
        Some(Subject::Person { .. }) | None => &[enterprise, person],
    };
    all.to_vec().into_iter()
}

async fn application(
    app: &App,
    tx: &mut Tx,
    (changing, change): (&Changing, &Change),
    holding: &Holding,
    now: Timestamp,
) -> Result<Application, ApiError> {
    let subject = changing.present.as_ref().map(|present| present.subject);
    let closed = subject.and_then(|subject| may_go_online(change.kind, &subject));
    let lives = app.policy.verification.change_invitation;
    let is_approved = matches!(change.state, ApplicationState::Approved { .. });
    let invited = change.invitation.as_ref().filter(|_| is_approved);
    let typed = &change.form.representative;
    Ok(Application {
        id: change.id.clone(),
        version: change.version,
        kind: change.kind,
        way: change.way,
        online_refusal: closed,
        former: change.former,
        state: change.state.clone(),
        due_is_certain: due_is_certain(app, &change.state),
        fields: change.form.fields.clone(),
        consents: change.consents,
        resources_confirmed: change.resources_confirmed,
        basic_information_saved: change.basic_information_saved,
        representative: Representative {
            name: typed.name.clone(),
            number: typed.number.clone(),
            document: typed.document,
        },
        refusals: match change.state.is_editable() {
            true => against(app, tx, (changing, change), holding, now).await?,
            false => Vec::new(),
        },
        invited_until: invited
            .map(|link| link.at.plus(lives))
            .filter(|until| now < *until),
    })
}

fn due_is_certain(app: &App, state: &ApplicationState) -> bool {
    match state {
        ApplicationState::InReview { submitted_at, .. } => {
            let queue = Queue::VerificationChanges;
            let due = queue.due(*submitted_at, &app.calendar, &app.policy.operators);
            due.is_certain
        }
        _ => true,
    }
}

/// What stands against handing the draft in, as if everything had been confirmed that is confirmed while
/// doing it. Fields that are not right yet are told where they stand.
async fn against(
    app: &App,
    tx: &mut Tx,
    (changing, change): (&Changing, &Change),
    holding: &Holding,
    now: Timestamp,
) -> Result<Vec<ChangeRefusal>, ApiError> {
    let present = changing.present.as_ref();
    let standing = account(tx, (changing.id(), present), holding, Some(&change.id)).await?;
    let policy = &app.policy.verification;
    let uploaded = papers::uploaded(tx, change).await?;
    let form = ChangeForm::parse(change.kind, &change.form.fields).ok();
    let Some((present, form)) = present.zip(form) else {
        let mut failing = may_start_change(&standing, change.kind.target(), policy, now);
        failing.extend(may_choose_former(change.kind, change.former));
        let needed = required_proofs(change.kind, change.way, change.former);
        let missing = missing_proofs(needed, &uploaded);
        if !missing.is_empty() {
            failing.push(ChangeRefusal::ProofMissing { missing });
        }
        return Ok(failing);
    };
    let becomes = becomes(&form, &present.identity);
    let submission = ChangeSubmission {
        wish: wish(app, tx, (&form, change), (present, &becomes)).await?,
        way: change.way,
        former: change.former,
        uploaded: &uploaded,
        resources_confirmed: true,
        consents: change.consents.former_agrees(Consent {
            by: ConsentProof::Code,
            at: now,
        }),
        nothing_changes: nothing_changes(&form, (&present.identity, &becomes)),
    };
    Ok(may_submit_change(
        &standing,
        &change.state,
        &submission,
        policy,
        now,
    ))
}
