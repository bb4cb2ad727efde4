//! Changes of verification: the draft, handing it in, the decision, and the moment the subject changes
//! (CHG). Each within the caller's transaction; must not know routes.

pub mod consent;
pub mod decide;
pub mod overview;
mod papers;
pub mod submit;

use contract::changes::{SaveChange, SaveChangeInformation};
use contract::problem::{FieldProblem, ValueProblem};
use domain::account::AccountId;
use domain::time::Timestamp;
use domain::verification::change::{
    ApplicationState, ChangeForm, ChangeKind, ChangeRefusal, ChangeTarget, ChangeWay,
    ChangingAccount, Consents, PostalAddress, may_choose_former, may_go_online, next_step,
    start_change,
};

use crate::error::ApiError;
use crate::outside::platform::Holding;
use crate::state::App;
use crate::store::changes::{self, Change, TypedForm};
use crate::store::security::{self, Security};
use crate::store::subjects::{self, Identity, SubjectRecord};
use crate::store::{Tx, queue};

/// An account with everything that decides about a change of its verification.
#[derive(Clone, Debug)]
pub struct Changing {
    /// The account.
    pub security: Security,
    /// Who is behind it now.
    pub present: Option<SubjectRecord>,
    /// Its newest application.
    pub change: Option<Change>,
}

impl Changing {
    /// The account's id.
    #[must_use]
    pub const fn id(&self) -> AccountId {
        self.security.account_id
    }

    /// The application that a request names; an older one cannot be changed any more.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is not this account's newest.
    pub fn named(&self, id: &str) -> Result<Change, ApiError> {
        let named = self.change.clone().filter(|change| change.id == id);
        named.ok_or(ApiError::NotFound)
    }
}

/// What the platform says of an account; it is never asked inside a transaction.
///
/// # Errors
/// [`ApiError::Busy`] when it does not answer: nobody is told that they owe nothing (CHG-3).
pub async fn holding(app: &App, id: AccountId) -> Result<Holding, ApiError> {
    app.platform.account(id).await.map_err(|_| ApiError::Busy)
}

/// The account as it stands.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn look(tx: &mut Tx, id: AccountId) -> Result<Changing, ApiError> {
    let security = security::find(tx, id).await?;
    load(tx, security).await
}

/// The same, so that nothing else is decided about it until the end of the transaction.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn look_locked(tx: &mut Tx, id: AccountId) -> Result<Changing, ApiError> {
    let security = security::find_locked(tx, id).await?;
    load(tx, security).await
}

async fn load(tx: &mut Tx, security: Option<Security>) -> Result<Changing, ApiError> {
    let security = security.ok_or(ApiError::SignInRequired)?;
    Ok(Changing {
        present: subjects::find(tx, security.account_id).await?,
        change: changes::find_newest(tx, security.account_id).await?,
        security,
    })
}

/// What decides whether the account may change its verification; its application `except` stands in
/// nobody's way.
async fn account(
    tx: &mut Tx,
    (id, present): (AccountId, Option<&SubjectRecord>),
    holding: &Holding,
    except: Option<&str>,
) -> Result<ChangingAccount, ApiError> {
    Ok(ChangingAccount {
        verified: present.map(SubjectRecord::verified),
        arrears: holding.has_arrears(),
        outstanding_advance: holding.has_advance(),
        another_in_review: changes::is_blocked(tx, id, except).await?,
        // Nobody can apply for a deregistration yet.
        deregistering: false,
    })
}

/// Begins an application, or turns the draft that is there into another kind; nothing typed is lost
/// (CHG-1 to CHG-3, CHG-5).
///
/// # Errors
/// Everything that [`domain::verification::change::may_start_change`] lists.
pub async fn start(
    app: &App,
    tx: &mut Tx,
    (changing, holding): (&Changing, &Holding),
    target: ChangeTarget,
    now: Timestamp,
) -> Result<Change, ApiError> {
    let of = (changing.id(), changing.present.as_ref());
    let account = account(tx, of, holding, None).await?;
    let started = start_change(&account, target, &app.policy.verification, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let subject = changing.present.as_ref().map(|present| present.subject);
    let closed = subject.and_then(|subject| may_go_online(started.kind, &subject));
    let quickest = match closed {
        None => ChangeWay::Online,
        Some(_) => ChangeWay::Paper,
    };
    let draft = changing.change.clone();
    if let Some(mut draft) = draft.filter(|change| change.state.is_editable()) {
        if draft.kind == started.kind {
            return Ok(draft);
        }
        draft.kind = started.kind;
        draft.way = quickest;
        if may_choose_former(draft.kind, draft.former).is_some() {
            draft.former = Default::default();
        }
        draft.consents = Consents::Neither;
        draft.resources_confirmed = false;
        show_code(&mut draft, changing.present.as_ref());
        return store(tx, draft, now).await;
    }
    let mut new = Change {
        id: app.ids.id()?,
        account_id: changing.id(),
        version: 1,
        kind: started.kind,
        way: quickest,
        former: Default::default(),
        state: ApplicationState::NEW,
        form: TypedForm::default(),
        consents: Consents::Neither,
        resources_confirmed: false,
        basic_information_saved: false,
        register: None,
        began_at: started.at,
        changed_at: now,
        invitation: None,
    };
    show_code(&mut new, changing.present.as_ref());
    if changes::insert(tx, &new).await? {
        Ok(new)
    } else {
        Err(ApiError::refused(ChangeRefusal::AnotherInReview, now))
    }
}

/// A change of name shows the code that it keeps (CHG-4, CHG-6).
fn show_code(change: &mut Change, present: Option<&SubjectRecord>) {
    let is_name = change.kind == ChangeKind::EnterpriseName;
    if let (true, Some(Identity::Enterprise(present))) =
        (is_name, present.map(|present| &present.identity))
    {
        present
            .code
            .as_str()
            .clone_into(&mut change.form.fields.new_enterprise_code);
    }
}

/// Saves what was typed, right or wrong (CHG-5, V-33).
///
/// # Errors
/// When it is no draft, or was changed since `wish` was on screen (V-35).
pub async fn save(
    tx: &mut Tx,
    mut change: Change,
    wish: SaveChange,
    now: Timestamp,
) -> Result<Change, ApiError> {
    if !change.state.is_editable() {
        return Err(ApiError::refused(ChangeRefusal::NotInThisState, now));
    }
    if change.version != wish.version {
        return Err(ApiError::ChangedElsewhere);
    }
    change.way = wish.way;
    change.former = wish.former;
    change.form.fields = wish.fields;
    store(tx, change, now).await
}

/// Saves the basic information of the new subject (CHG-5, CHG-6).
///
/// # Errors
/// A field problem, or when the application is not approved.
pub async fn save_information(
    tx: &mut Tx,
    mut change: Change,
    wish: SaveChangeInformation,
    now: Timestamp,
) -> Result<Change, ApiError> {
    must_be_approved(&change, now)?;
    if change.version != wish.version {
        return Err(ApiError::ChangedElsewhere);
    }
    PostalAddress::parse(&wish.postal_address).map_err(|problem| {
        ApiError::field("postal_address", ValueProblem::PostalAddress(problem))
    })?;
    change.form.fields.postal_address = wish.postal_address;
    change.basic_information_saved = true;
    store(tx, change, now).await
}

/// Opens a rejected or withdrawn application for correction; nothing entered is lost (CHG-9).
///
/// # Errors
/// When it is neither.
pub async fn correct(tx: &mut Tx, mut change: Change, now: Timestamp) -> Result<Change, ApiError> {
    change.state = moved(change.state, ApplicationState::correct, now)?;
    change.consents = Consents::Neither;
    change.resources_confirmed = false;
    change.basic_information_saved = false;
    change.invitation = None;
    papers::give_back(tx, &change).await?;
    store(tx, change, now).await
}

/// Takes an application back that is in review, or approved and not done (CHG-9).
///
/// # Errors
/// When there is nothing to take back.
pub async fn withdraw(tx: &mut Tx, mut change: Change, now: Timestamp) -> Result<Change, ApiError> {
    change.state = moved(change.state, |state| state.withdraw(now), now)?;
    change.invitation = None;
    queue::leave(tx, &change.id).await?;
    papers::decided(tx, &change, now).await?;
    store(tx, change, now).await
}

fn moved(
    state: ApplicationState,
    transition: impl FnOnce(
        ApplicationState,
    ) -> Result<ApplicationState, domain::refusal::Refused<ChangeRefusal>>,
    now: Timestamp,
) -> Result<ApplicationState, ApiError> {
    transition(state).map_err(|refused| ApiError::all_refused(refused, now))
}

/// Refuses what is done after an approval, with the step to open instead (CHG-5).
fn must_be_approved(change: &Change, now: Timestamp) -> Result<(), ApiError> {
    match change.state {
        ApplicationState::Approved { .. } => Ok(()),
        _ => {
            let open = next_step(&change.progress());
            Err(ApiError::refused(ChangeRefusal::StepClosed { open }, now))
        }
    }
}

/// Writes an application down as it has become.
async fn store(tx: &mut Tx, mut change: Change, now: Timestamp) -> Result<Change, ApiError> {
    change.changed_at = now;
    if !changes::update(tx, &change).await? {
        return Err(ApiError::ChangedElsewhere);
    }
    change.version += 1;
    Ok(change)
}

/// The fields of an application, parsed, or everything that is wrong with them (CHG-6).
fn parse(change: &Change) -> Result<ChangeForm, ApiError> {
    ChangeForm::parse(change.kind, &change.form.fields).map_err(|problems| {
        let problems = problems.into_iter().map(|wrong| FieldProblem {
            field: field_name(wrong.field),
            problem: wrong.problem.into(),
        });
        ApiError::Fields(problems.collect())
    })
}

/// The name of a field in the request's body.
fn field_name(field: domain::verification::change::ChangeField) -> String {
    use domain::verification::change::ChangeField as Field;
    let name = match field {
        Field::FormerLegalRepresentativeName => "former_legal_representative_name",
        Field::FormerLegalRepresentativeId => "former_legal_representative_id",
        Field::NewEnterpriseName => "new_enterprise_name",
        Field::NewEnterpriseCode | Field::SameCode => "new_enterprise_code",
        Field::PostalAddress => "postal_address",
        Field::NewLegalRepresentativeName => "new_legal_representative_name",
        Field::NewLegalRepresentativeId => "new_legal_representative_id",
        Field::NewPersonName => "new_person_name",
        Field::NewPersonId => "new_person_id",
    };
    name.to_owned()
}

/// Who would be behind the account after the change (CHG-4, CHG-6).
fn becomes(form: &ChangeForm, present: &Identity) -> Identity {
    use crate::store::subjects::{Enterprise, Person};
    use domain::identity::IdDocument;
    let enterprise = |name: &_, code: &_| {
        Identity::Enterprise(Enterprise {
            name: Clone::clone(name),
            code: Clone::clone(code),
            legal_representative: None,
            handler: None,
            postal_address: None,
        })
    };
    match (form, present) {
        (ChangeForm::PersonToPerson { name, id }, _) => Identity::Person(Person {
            name: name.clone(),
            document: IdDocument::ResidentId(id.clone()),
        }),
        (
            ChangeForm::PersonToEnterprise { name, code }
            | ChangeForm::EnterpriseToEnterprise { name, code, .. },
            _,
        ) => enterprise(name, code),
        (ChangeForm::EnterpriseName { name, .. }, Identity::Enterprise(present)) => {
            Identity::Enterprise(Enterprise {
                name: name.clone(),
                ..present.clone()
            })
        }
        (ChangeForm::LegalRepresentative { name, id }, Identity::Enterprise(present)) => {
            Identity::Enterprise(Enterprise {
                legal_representative: Some(Person {
                    name: name.clone(),
                    document: id.clone(),
                }),
                ..present.clone()
            })
        }
        // Only enterprises change a name or a representative (CHG-4); a person stays who they are.
        (ChangeForm::EnterpriseName { .. } | ChangeForm::LegalRepresentative { .. }, present) => {
            present.clone()
        }
    }
}

/// Whether two identities are one, as far as a change goes (CHG-1).
fn is_same(one: &Identity, other: &Identity) -> bool {
    match (one, other) {
        (Identity::Person(one), Identity::Person(other)) => {
            one.document.identity_key() == other.document.identity_key()
        }
        (Identity::Enterprise(one), Identity::Enterprise(other)) => {
            one.code.identity_key() == other.code.identity_key()
        }
        _ => false,
    }
}
