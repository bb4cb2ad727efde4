//! Saving several fields of Account info at once, after their difference was seen (ACC-14).

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use contract::account::{AccountInfo, ProfileDiff, ProfileWish, SaveProfile};
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::account::{
    AccountId, FieldChange, FieldText, Nickname, NicknameChange, ProfileField, change_nickname,
    diff, may_save_changes,
};
use domain::contacts::{ContactKind, ContactPoint, ContactTarget};
use domain::identity::{Email, PhoneNumber};
use domain::refusal::Refusal;
use domain::time::Timestamp;
use serde_json::json;

use super::{contacts, info};
use crate::error::ApiError;
use crate::extract::{Body, RequestId, SignedIn, now};
use crate::flows::{audited, commit};
use crate::state::App;
use crate::store::accounts::{self, Account};
use crate::store::{Tx, contact_points, locks};

/// Tells what saving would change, field by field (ACC-14).
///
/// # Errors
/// Every field that is not valid.
#[utoipa::path(
    post, path = endpoints::COMPARE_PROFILE.path, tag = "account",
    operation_id = "compare_profile", security(("session" = [])), request_body = ProfileWish,
    responses(
        (status = 200, body = ProfileDiff),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn compare_profile(
    State(app): State<Arc<App>>,
    owner: SignedIn,
    Body(wish): Body<ProfileWish>,
) -> Result<Json<ProfileDiff>, ApiError> {
    let wanted = Wanted::parse(&wish)?;
    let mut tx = app.store.read().await?;
    let stored = Stored::load(&app, &mut tx, owner.account_id, now(&app)).await?;
    tx.commit().await?;
    let changes = stored.changes(&wanted);
    Ok(Json(ProfileDiff { changes }))
}

/// Saves what differs, and only that; more than one field only after the owner agreed to the difference
/// (ACC-14). A nickname counts at once, a contact waits until it is confirmed (CON-6).
///
/// # Errors
/// Every field that is not valid, else every rule that refuses; then nothing is saved.
#[utoipa::path(
    put, path = endpoints::SAVE_PROFILE.path, tag = "account",
    operation_id = "save_profile", security(("session" = [])), request_body = SaveProfile,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = AccountInfo),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "The difference was not agreed to, or a rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub(super) async fn save_profile(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<SaveProfile>,
) -> Result<Json<AccountInfo>, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let wanted = Wanted::parse(&wish.wish)?;
    let mut tx = app.store.write().await?;
    locks::take(&mut tx, &format!("account:{id}")).await?;
    let stored = Stored::load(&app, &mut tx, id, now).await?;
    let changes = stored.changes(&wanted);
    let change = Change {
        use_verified_name: wish.use_verified_name,
        fields: changes.iter().map(|change| change.field).collect(),
        wanted,
    };
    let mut refusals: Vec<Refusal> = may_save_changes(&changes, wish.confirmed.as_deref())
        .into_iter()
        .map(Into::into)
        .collect();
    let decided = change.decide(&stored, now, &mut refusals);
    if !refusals.is_empty() {
        return Err(ApiError::Refused { refusals, now });
    }
    if let Some(nickname) = &decided.nickname {
        let version = stored.account.nickname_version;
        if !accounts::update_nickname(&mut tx, id, version, nickname).await? {
            return Err(ApiError::ChangedElsewhere);
        }
    }
    for point in &decided.contacts {
        contacts::send(&app, &mut tx, id, point, now).await?;
    }
    let details = json!({ "fields": change.fields });
    let endpoint = &endpoints::SAVE_PROFILE;
    audited(&mut tx, endpoint, &request, id, details, now).await?;
    let info = info::load(&app, &mut tx, id, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(info))
}

/// The wish, parsed.
struct Wanted {
    nickname: Option<Nickname>,
    contact_phone: Option<ContactTarget>,
    contact_email: Option<ContactTarget>,
}

impl Wanted {
    /// Parses every field, so that all problems are told at once.
    fn parse(wish: &ProfileWish) -> Result<Self, ApiError> {
        let mut problems = Vec::new();
        let nickname = wish.nickname.as_deref().map(Nickname::parse);
        let phone = wish.contact_phone.as_deref().map(PhoneNumber::parse);
        let email = wish.contact_email.as_deref().map(Email::parse);
        let mut note = |field: &str, problem| {
            problems.push(FieldProblem {
                field: field.to_owned(),
                problem,
            });
        };
        let nickname = nickname
            .transpose()
            .map_err(|problem| note("nickname", ValueProblem::Nickname(problem)));
        let phone = phone
            .transpose()
            .map_err(|problem| note("contact_phone", ValueProblem::Phone(problem)));
        let email = email
            .transpose()
            .map_err(|problem| note("contact_email", ValueProblem::Email(problem)));
        match (nickname, phone, email) {
            (Ok(nickname), Ok(phone), Ok(email)) => Ok(Self {
                nickname,
                contact_phone: phone.map(ContactTarget::Phone),
                contact_email: email.map(ContactTarget::Email),
            }),
            _ => Err(ApiError::Fields(problems)),
        }
    }

    const fn contact(&self, kind: ContactKind) -> Option<&ContactTarget> {
        match kind {
            ContactKind::Phone => self.contact_phone.as_ref(),
            ContactKind::Email => self.contact_email.as_ref(),
        }
    }

    /// The fields that were asked for, as the rules compare them.
    fn texts(&self) -> Vec<FieldText> {
        let nickname = self.nickname.as_ref();
        let nickname = nickname.map(|it| (ProfileField::Nickname, Some(it.as_str().to_owned())));
        let contacts = [ContactKind::Phone, ContactKind::Email]
            .into_iter()
            .filter_map(|kind| Some((field(kind), Some(self.contact(kind)?.display().to_owned()))));
        nickname.into_iter().chain(contacts).collect()
    }
}

/// What is stored.
struct Stored {
    account: Account,
    contacts: [ContactPoint; 2],
    /// For each contact the value that a new one would take the place of: the one that waits, else the
    /// one that counts.
    present: [Option<ContactTarget>; 2],
}

impl Stored {
    async fn load(app: &App, tx: &mut Tx, id: AccountId, now: Timestamp) -> Result<Self, ApiError> {
        let account = accounts::find(tx, id)
            .await?
            .ok_or(ApiError::SignInRequired)?;
        let contacts = [
            contact_points::find(tx, id, ContactKind::Phone).await?,
            contact_points::find(tx, id, ContactKind::Email).await?,
        ];
        let present = contacts.each_ref().map(|point| {
            let waiting = point.waiting(&app.policy.contacts, now);
            let waiting = waiting.map(|(pending, _)| pending.value.clone());
            waiting.or_else(|| point.confirmed.clone())
        });
        Ok(Self {
            account,
            contacts,
            present,
        })
    }

    /// What the wish changes, as the owner may see it: what is stored of a phone or an address is masked,
    /// what was typed is not (CON-13).
    fn changes(&self, wanted: &Wanted) -> Vec<FieldChange> {
        let nickname = Some(self.account.nickname.clone());
        let mut stored: Vec<FieldText> = vec![(ProfileField::Nickname, nickname)];
        for (kind, present) in self.present() {
            // Letter case of an address does not count (CON-14).
            let same = wanted
                .contact(kind)
                .filter(|wanted| Some(*wanted) == present);
            let text = same.or(present).map(|target| target.display().to_owned());
            stored.push((field(kind), text));
        }
        let mut changes = diff(&stored, &wanted.texts());
        for change in &mut changes {
            let contact = self
                .present()
                .find(|(kind, _)| field(*kind) == change.field);
            if let Some((_, present)) = contact {
                change.before = present.map(|target| target.masked().to_string());
            }
        }
        changes
    }

    fn present(&self) -> impl Iterator<Item = (ContactKind, Option<&ContactTarget>)> {
        let points = self.contacts.iter().map(|point| point.kind);
        points.zip(self.present.iter().map(Option::as_ref))
    }
}

/// The fields that change, with what they become.
struct Change {
    wanted: Wanted,
    fields: Vec<ProfileField>,
    use_verified_name: bool,
}

/// What is written.
struct Decided {
    nickname: Option<Nickname>,
    contacts: Vec<ContactPoint>,
}

impl Change {
    /// Decides each field, and adds whatever stands against any of them (ACC-4, CON-6).
    fn decide(&self, stored: &Stored, now: Timestamp, refusals: &mut Vec<Refusal>) -> Decided {
        let changes = |field| self.fields.contains(&field);
        let mut decided = Decided {
            nickname: None,
            contacts: Vec::new(),
        };
        let nickname = self.wanted.nickname.clone();
        if let Some(nickname) = nickname.filter(|_| changes(ProfileField::Nickname)) {
            let change = NicknameChange {
                nickname,
                use_verified_name: self.use_verified_name,
            };
            match change_nickname(stored.account.verified_name.as_deref(), change, now) {
                Ok(changed) => decided.nickname = Some(changed.nickname),
                Err(refusal) => refusals.push(refusal.into()),
            }
        }
        for point in &stored.contacts {
            let wanted = self.wanted.contact(point.kind).cloned();
            let Some(value) = wanted.filter(|_| changes(field(point.kind))) else {
                continue;
            };
            match point.clone().propose(value, now) {
                Ok(point) => decided.contacts.push(point),
                Err(refused) => refusals.extend(refused.into_all().into_iter().map(Into::into)),
            }
        }
        decided
    }
}

const fn field(kind: ContactKind) -> ProfileField {
    match kind {
        ContactKind::Phone => ProfileField::ContactPhone,
        ContactKind::Email => ProfileField::ContactEmail,
    }
}
