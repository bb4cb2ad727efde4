//! Handing an application in, once, with everything counted under lock (CHG-5, V-34). Must not know how
//! documents are kept.

use contract::changes::SubmitChange;
use domain::operators::Queue;
use domain::protection::{CheckBasis, ProofMethod, RecentCheck};
use domain::time::Timestamp;
use domain::verification::change::{
    ChangeForm, ChangeRefusal, ChangeSubmission, ChangeWay, ChangeWish, Consent, ConsentProof,
    Consents, SubmittedChange, register_settles, submit_change,
};
use domain::verification::{Region, RegisterAnswer};

use super::{Changing, account, becomes, decide, is_same, papers, parse, store};
use crate::error::ApiError;
use crate::flows::subjects::{self, Age};
use crate::outside::platform::Holding;
use crate::outside::registry::RegisterQuestion;
use crate::state::App;
use crate::store::Tx;
use crate::store::changes::{Change, RegisterSaid};
use crate::store::queue::{self, QueueEntry};
use crate::store::subjects::{Enterprise, Identity, SubjectRecord};

/// What goes with an application that is handed in.
#[derive(Clone, Copy, Debug)]
pub struct HandedIn<'a> {
    /// What the applicant confirms.
    pub wish: &'a SubmitChange,
    /// The proof of the owner (PRT-2).
    pub check: &'a RecentCheck,
    /// What the account owes.
    pub holding: &'a Holding,
    /// What the business register says.
    pub register: Option<RegisterSaid>,
}

/// Asks the business register about an application; never inside a transaction. Nothing where there is
/// nothing to ask, or, the paper way, where the register is silent.
///
/// # Errors
/// [`ApiError::Busy`] when the online way needs an answer and there is none (CHG-8).
pub async fn ask_register(
    app: &App,
    change: &Change,
    present: Option<&SubjectRecord>,
) -> Result<Option<RegisterSaid>, ApiError> {
    let Some(Identity::Enterprise(becomes)) = present
        .zip(ChangeForm::parse(change.kind, &change.form.fields).ok())
        .map(|(present, form)| becomes(&form, &present.identity))
    else {
        return Ok(None);
    };
    if !app.registry.is_offered() {
        return Ok(None);
    }
    let representative = becomes.legal_representative.as_ref();
    let question = RegisterQuestion {
        name: &becomes.name,
        code: &becomes.code,
        legal_representative: representative.map(|person| &person.name),
    };
    match (app.registry.look_up(&question).await, change.way) {
        (Ok(recorded), _) => Ok(Some(RegisterSaid {
            answer: recorded.answer,
            represents: recorded.represents,
        })),
        (Err(_), ChangeWay::Paper) => Ok(None),
        (Err(_), ChangeWay::Online) => Err(ApiError::Busy),
    }
}

/// Hands an application in; handed in before, it stays as it is (CHG-5, V-34). What the register settles
/// is done at once (CHG-8), all else waits in the reviewers' queue.
///
/// # Errors
/// Field problems, or everything that [`domain::verification::change::may_submit_change`] lists.
pub async fn submit(
    app: &App,
    tx: &mut Tx,
    (changing, mut change): (&Changing, Change),
    handed: HandedIn<'_>,
    now: Timestamp,
) -> Result<Change, ApiError> {
    let form = parse(&change)?;
    let present = changing
        .present
        .as_ref()
        .ok_or_else(|| ApiError::refused(ChangeRefusal::NotVerified, now))?;
    let becomes = becomes(&form, &present.identity);
    subjects::take_places(tx, &[&present.identity, &becomes]).await?;
    let of = (changing.id(), Some(present));
    let account = account(tx, of, handed.holding, Some(&change.id)).await?;
    // What is claimed here stays with the draft unless the application is handed in with it.
    let uploaded = match change.state.is_editable() {
        true => papers::hand_in(tx, &change).await?,
        false => Vec::new(),
    };
    let submission = ChangeSubmission {
        wish: wish(app, tx, (&form, &change), (present, &becomes)).await?,
        way: change.way,
        former: change.former,
        uploaded: &uploaded,
        resources_confirmed: handed.wish.resources_confirmed,
        consents: consents(&change, &handed, now),
        nothing_changes: nothing_changes(&form, (&present.identity, &becomes)),
    };
    let queue = Queue::VerificationChanges;
    let due = queue.due(now, &app.calendar, &app.policy.operators);
    let (policy, state) = (&app.policy.verification, change.state.clone());
    let submitted = submit_change(
        handed.check,
        &account,
        state,
        &submission,
        due.at,
        policy,
        now,
    );
    let submitted = submitted.map_err(|refused| ApiError::all_refused(refused, now))?;
    match submitted {
        SubmittedChange::AlreadyThere(_) => return Ok(change),
        SubmittedChange::Created(state) => change.state = state,
    }
    change.resources_confirmed = submission.resources_confirmed;
    change.consents = submission.consents;
    change.register = handed.register;
    let answer = change.register.map_or(RegisterAnswer::NotRecorded, said);
    if register_settles(change.way, answer) {
        return decide::settle(app, tx, (&changing.security, present), change, now).await;
    }
    let entry = QueueEntry {
        id: change.id.clone(),
        queue,
        accounts: vec![changing.id()],
        entered_at: now,
        due_at: due.at,
    };
    queue::enter(tx, &entry).await?;
    store(tx, change, now).await
}

/// What the register's words mean for the application.
const fn said(register: RegisterSaid) -> RegisterAnswer {
    match register.represents {
        Some(false) => RegisterAnswer::Differs,
        Some(true) | None => register.answer,
    }
}

/// What the verification shall become, with numbers that hold until the end of the transaction when the
/// places were taken.
pub(super) async fn wish(
    app: &App,
    tx: &mut Tx,
    (form, change): (&ChangeForm, &Change),
    (present, becomes): (&SubjectRecord, &Identity),
) -> Result<ChangeWish, ApiError> {
    Ok(match form {
        ChangeForm::PersonToPerson { .. }
        | ChangeForm::PersonToEnterprise { .. }
        | ChangeForm::EnterpriseToEnterprise { .. } => ChangeWish::Subject {
            region: Region::Mainland,
            new: subjects::new_subject(app, tx, becomes, (change.account_id, Age::Told(None)))
                .await?,
        },
        ChangeForm::EnterpriseName { code, .. } => ChangeWish::NewName {
            code_differs: match &present.identity {
                Identity::Enterprise(Enterprise { code: recorded, .. }) => {
                    code.identity_key() != recorded.identity_key()
                }
                Identity::Person(_) => false,
            },
        },
        ChangeForm::LegalRepresentative { .. } => ChangeWish::NewLegalRepresentative,
    })
}

/// The agreements with that of the former owner, which the step-up proof of handing in is (CHG-14).
fn consents(change: &Change, handed: &HandedIn<'_>, now: Timestamp) -> Consents {
    let by = match handed.check.basis() {
        CheckBasis::Proof(ProofMethod::Face) => ConsentProof::Face,
        CheckBasis::Proof(_) => ConsentProof::Code,
        CheckBasis::FreshSignIn | CheckBasis::NotAsked => return change.consents,
    };
    if handed.wish.former_agrees && change.kind.changes_subject() {
        change.consents.former_agrees(Consent { by, at: now })
    } else {
        change.consents
    }
}

/// Whether the new subject or the new data are the recorded ones (CHG-1).
pub(super) fn nothing_changes(
    form: &ChangeForm,
    (present, becomes): (&Identity, &Identity),
) -> bool {
    match (form, present, becomes) {
        (
            ChangeForm::EnterpriseName { .. },
            Identity::Enterprise(present),
            Identity::Enterprise(becomes),
        ) => present.name.compare_key() == becomes.name.compare_key(),
        (
            ChangeForm::LegalRepresentative { .. },
            Identity::Enterprise(present),
            Identity::Enterprise(becomes),
        ) => present.legal_representative == becomes.legal_representative,
        _ => is_same(present, becomes),
    }
}
