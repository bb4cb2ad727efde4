//! The new subject accepts: by a link, with a face check of its own, and the account is theirs (CHG-12,
//! CHG-14). Must not know routes.

use contract::changes::{ConsentAsked, InviteNewSubject, Representative};
use contract::problem::{FieldProblem, ValueProblem};
use domain::identity::{IdDocument, IdDocumentKind, PersonName};
use domain::time::Timestamp;
use domain::verification::change::{
    ApplicationState, ChangeRefusal, ChangeStep, Consent, ConsentProof, PostalAddress,
    complete_change,
};
use domain::verification::{Applicant, LegalRepresentative, Method, Region, Subject};

use super::{Changing, becomes, decide, look_locked, must_be_approved, parse, store};
use crate::error::ApiError;
use crate::flows::subjects::{self, Age};
use crate::outside::ids::token_hash;
use crate::outside::registry::RegisterQuestion;
use crate::state::App;
use crate::store::Tx;
use crate::store::changes::{self, Change, Invitation, TypedRepresentative};
use crate::store::subjects::{Identity, Person, SubjectRecord};

/// A link, opened: the application, who would have the account, and whose face is to be seen.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The application.
    pub change: Change,
    /// Who has the account now, or had it before the change was done.
    pub present: Option<SubjectRecord>,
    /// Who would have it.
    pub becomes: Identity,
    /// Whose face is seen.
    pub face_of: Person,
    /// Until when the link works.
    pub until: Timestamp,
}

impl Opened {
    /// What a face check of this link is good for, and nothing else.
    #[must_use]
    pub fn face_for(&self) -> String {
        let hash = self.change.invitation.as_ref().map(|link| &*link.hash);
        format!("consent:{}", hash.unwrap_or_default())
    }

    /// What the holder of the link is shown; names and numbers are masked.
    #[must_use]
    pub fn asked(&self, now: Timestamp) -> ConsentAsked {
        let present = self.present.as_ref();
        ConsentAsked {
            kind: self.change.kind,
            account: self.change.account_id.masked().to_string(),
            former: present
                .map(|present| present.identity.masked().name.to_string())
                .unwrap_or_default(),
            new: self.becomes.masked().name.to_string(),
            face_of: self.face_of.name.masked().to_string(),
            accepted: matches!(self.change.state, ApplicationState::Done { .. }),
            until: self.until,
            server_time: now,
        }
    }
}

/// Makes the link by which the new subject accepts; an earlier one ends. Answers what stands in it.
///
/// # Errors
/// Field problems of the legal representative, a method that is closed to them, or a step that is not
/// open yet.
pub async fn invite(
    app: &App,
    tx: &mut Tx,
    (changing, mut change): (&Changing, Change),
    wish: &InviteNewSubject,
    now: Timestamp,
) -> Result<(Change, String), ApiError> {
    must_be_approved(&change, now)?;
    if !change.basic_information_saved {
        let open = ChangeStep::BasicInformation;
        return Err(ApiError::refused(ChangeRefusal::StepClosed { open }, now));
    }
    let present = changing.present.as_ref().ok_or(ApiError::NotFound)?;
    if let Identity::Enterprise(new) = becomes(&parse(&change)?, &present.identity) {
        let typed = wish.representative.clone().unwrap_or_default();
        let person = representative(&typed)?;
        let Subject::Enterprise { enterprise, .. } = Subject::of_code(&new.code) else {
            return Err(ApiError::NotFound);
        };
        let applicant = Applicant::Enterprise {
            region: Region::Mainland,
            enterprise,
            legal_representative: match person.document {
                IdDocument::ResidentId(_) => LegalRepresentative::Resident,
                _ => LegalRepresentative::Foreign,
            },
        };
        if let Some(because) = Method::LegalRepresentativeFace.closed_to(&applicant) {
            let refusal = ChangeRefusal::MethodClosed { because };
            return Err(ApiError::refused(refusal, now));
        }
        change.form.representative = TypedRepresentative {
            name: typed.name,
            number: typed.number,
            document: typed.document,
        };
    }
    let secret = app.ids.token()?;
    change.invitation = Some(Invitation {
        hash: token_hash(&secret),
        at: now,
    });
    Ok((store(tx, change, now).await?, secret))
}

/// The legal representative, parsed, or everything that is wrong with what was typed.
fn representative(typed: &Representative) -> Result<Person, ApiError> {
    let name = PersonName::parse(&typed.name).map_err(|problem| FieldProblem {
        field: "representative.name".to_owned(),
        problem: ValueProblem::PersonName(problem),
    });
    let kind = typed.document.unwrap_or(IdDocumentKind::ResidentId);
    let document = IdDocument::parse(kind, &typed.number).map_err(|problem| FieldProblem {
        field: "representative.number".to_owned(),
        problem: ValueProblem::IdDocument(problem),
    });
    match (name, document) {
        (Ok(name), Ok(document)) => Ok(Person { name, document }),
        (name, document) => Err(ApiError::Fields(
            [name.err(), document.err()].into_iter().flatten().collect(),
        )),
    }
}

/// Opens a link.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none like that, it is over, or the application was withdrawn.
pub async fn open(
    app: &App,
    tx: &mut Tx,
    secret: &str,
    now: Timestamp,
) -> Result<Opened, ApiError> {
    let found = changes::find_invited(tx, &token_hash(secret)).await?;
    let change = found.ok_or(ApiError::NotFound)?;
    let link = change.invitation.as_ref().ok_or(ApiError::NotFound)?;
    let until = link.at.plus(app.policy.verification.change_invitation);
    let is_open = matches!(
        change.state,
        ApplicationState::Approved { .. } | ApplicationState::Done { .. }
    );
    let present = crate::store::subjects::find(tx, change.account_id).await?;
    let Some(identity) = present.as_ref().map(|present| &present.identity) else {
        return Err(ApiError::NotFound);
    };
    if now >= until || !is_open {
        return Err(ApiError::NotFound);
    }
    let becomes = becomes(&parse(&change)?, identity);
    let face_of = match &becomes {
        Identity::Person(person) => person.clone(),
        Identity::Enterprise(_) => {
            let typed = &change.form.representative;
            representative(&Representative {
                name: typed.name.clone(),
                number: typed.number.clone(),
                document: typed.document,
            })
            .map_err(|_| ApiError::NotFound)?
        }
    };
    Ok(Opened {
        change,
        present,
        becomes,
        face_of,
        until,
    })
}

/// Asks the business register whether the person represents the new enterprise; never inside a
/// transaction (ENT-10).
///
/// # Errors
/// [`ChangeRefusal::RepresentativeNotRecorded`], or [`ApiError::Busy`] when the register is silent.
pub async fn must_represent(app: &App, opened: &Opened, now: Timestamp) -> Result<(), ApiError> {
    let Identity::Enterprise(enterprise) = &opened.becomes else {
        return Ok(());
    };
    let question = RegisterQuestion {
        name: &enterprise.name,
        code: &enterprise.code,
        legal_representative: Some(&opened.face_of.name),
    };
    let recorded = app.registry.look_up(&question).await;
    let recorded = recorded.map_err(|_| ApiError::Busy)?;
    let matches = recorded.answer == domain::verification::RegisterAnswer::Matches;
    if matches && recorded.represents == Some(true) {
        Ok(())
    } else {
        Err(ApiError::refused(
            ChangeRefusal::RepresentativeNotRecorded,
            now,
        ))
    }
}

/// The new subject's face was right, and it accepts: it takes its place, the old subject's becomes free
/// (CHG-12, CHG-14). Accepted before, it stays as it is (V-34); the answer says whether it was now.
///
/// # Errors
/// Everything that [`domain::verification::change::may_complete_change`] lists.
pub async fn accept(
    app: &App,
    tx: &mut Tx,
    opened: Opened,
    check: &str,
    now: Timestamp,
) -> Result<(Change, bool), ApiError> {
    let changing = look_locked(tx, opened.change.account_id).await?;
    let mut change = changing.named(&opened.change.id)?;
    if matches!(change.state, ApplicationState::Done { .. }) {
        return Ok((change, false));
    }
    // What was read before the row was taken may be over by now.
    if change.version != opened.change.version {
        return Err(ApiError::ChangedElsewhere);
    }
    let (id, by) = (changing.id(), opened.face_for());
    if !crate::flows::faces::take(app, tx, (id, &by), check, now).await? {
        return Err(ApiError::refused(ChangeRefusal::NewPersonNeedsFace, now));
    }
    let all = |refused| ApiError::all_refused(refused, now);
    let consent = Consent {
        by: ConsentProof::Face,
        at: now,
    };
    change.consents = change
        .consents
        .new_accepts(change.kind, consent)
        .map_err(all)?;
    let present = changing.present.as_ref().ok_or(ApiError::NotFound)?;
    let (identity, subject, method) = proved(&change, opened);
    subjects::take_places(tx, &[&present.identity, &identity]).await?;
    let new = subjects::new_subject(app, tx, &identity, (id, Age::Told(None))).await?;
    let policy = &app.policy.verification;
    let (state, completed) =
        complete_change(&change.state, change.consents, subject, new, policy, now).map_err(all)?;
    change.state = state;
    let record = SubjectRecord {
        subject: completed.verified.subject,
        since: completed.verified.since,
        method: Some(method),
        identity,
    };
    let change = decide::finish(app, tx, (&changing.security, &record), change, now).await?;
    Ok((change, true))
}

/// The new subject with all that is known of it now.
fn proved(change: &Change, opened: Opened) -> (Identity, Subject, Method) {
    match opened.becomes {
        Identity::Person(person) => {
            let region = Region::of(&person.document);
            let subject = Subject::Person { region };
            (Identity::Person(person), subject, Method::Face)
        }
        Identity::Enterprise(mut enterprise) => {
            let subject = Subject::of_code(&enterprise.code);
            enterprise.legal_representative = Some(opened.face_of);
            let address = &change.form.fields.postal_address;
            enterprise.postal_address = PostalAddress::parse(address).ok();
            let method = Method::LegalRepresentativeFace;
            (Identity::Enterprise(enterprise), subject, method)
        }
    }
}
