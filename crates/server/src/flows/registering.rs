//! Making an account for an identity that was just proved, whichever way (REG). Must not know how it was
//! proved.

use axum_extra::extract::CookieJar;
use domain::account::Nickname;
use domain::contacts::{CodePurpose, CodeRequest};
use domain::identity::{Email, PhoneNumber};
use domain::login_methods::{IdentityUse, LoginMethodKind, MethodWish};
use domain::protection::SixDigits;
use domain::registration::{
    LegalVersions, Registered, RegistrationRefusal, RegistrationWish, register as decide,
};
use domain::sign_in::{PasswordStrength, SignInMethod};
use domain::time::Timestamp;

use super::browser::Browser;
use super::codes;
use super::new_password::{self, NewPassword};
use super::seen::{self, About, Waiting};
use super::signing_in::Who;
use crate::error::ApiError;
use crate::language::Language;
use crate::state::App;
use crate::store::accounts::{self, NewAccount};
use crate::store::login_methods::{self, NewMethod};
use crate::store::{Tx, devices, security};

/// What somebody brings who registers.
pub struct Brought {
    /// The identity that waits in this browser.
    pub waiting: Waiting,
    /// The password; with an e-mail only.
    pub password: Option<NewPassword>,
    /// The security phone.
    pub phone: PhoneNumber,
    /// What was typed as the phone's code.
    pub code: SixDigits,
    /// The versions that were agreed to.
    pub agreed: Option<LegalVersions>,
    /// The wanted nickname.
    pub nickname: Option<Nickname>,
    /// The language of the messages the account will get.
    pub language: Language,
}

/// The ways to register that are open on this installation (REG-1).
#[must_use]
pub fn ways(app: &App) -> Vec<LoginMethodKind> {
    let has_address = app.network.public_origin.is_some() || app.demo.is_some();
    LoginMethodKind::ALL
        .into_iter()
        .filter(|kind| {
            let speaks_to_it = has_address && app.providers.get(*kind).is_some();
            *kind == LoginMethodKind::Email || speaks_to_it
        })
        .collect()
}

/// What waits in this browser, which registering cannot do without.
///
/// # Errors
/// [`RegistrationRefusal::IdentityNotProved`].
pub fn needed(waiting: Option<Waiting>, now: Timestamp) -> Result<Waiting, ApiError> {
    waiting.ok_or_else(|| ApiError::refused(RegistrationRefusal::IdentityNotProved, now))
}

/// The address that waits, when it is one.
#[must_use]
pub fn email(waiting: &Waiting) -> Option<Email> {
    let identity = &waiting.stored.seen.identity;
    let spelt = waiting.stored.name.as_deref().unwrap_or(identity.key());
    (identity.kind() == LoginMethodKind::Email)
        .then(|| Email::parse(spelt).ok())
        .flatten()
}

/// Makes the account in the caller's transaction; nothing is used up unless that is committed. Everything
/// is counted under lock: the address, the places of the phone (CON-2, CON-14).
///
/// # Errors
/// All that [`domain::registration::may_register`] lists, or what is wrong with the code.
pub async fn register(
    app: &App,
    tx: Tx,
    jar: &CookieJar,
    brought: Brought,
    now: Timestamp,
) -> Result<(Tx, Who), ApiError> {
    let asked = CodeRequest {
        purpose: CodePurpose::Register,
        account: None,
        target: brought.phone.clone().into(),
    };
    let email = email(&brought.waiting);
    let (mut tx, code) = codes::take(app, tx, &asked, brought.code, now).await?;
    let taken = seen::take(app, &mut tx, (jar, brought.waiting), now).await?;
    let taken =
        taken.ok_or_else(|| ApiError::refused(RegistrationRefusal::IdentityNotProved, now))?;
    let identity = taken.proved.identity();
    let used = IdentityUse {
        other_accounts: login_methods::count_others(&mut tx, identity, None).await?,
    };
    let accounts_on_phone = security::count_others_on_phone(&mut tx, &brought.phone, None).await?;
    let wish = RegistrationWish {
        method: MethodWish {
            proved: &taken.proved,
            used,
            is_wecom_administrator: taken.about.is_administrator,
        },
        has_password: brought.password.is_some(),
        phone: &code,
        accounts_on_phone,
        agreed: brought.agreed.as_ref(),
        in_force: &app.legal.versions(),
    };
    let registered =
        decide(&wish, &app.policy, now).map_err(|refused| ApiError::all_refused(refused, now))?;
    let nickname = nickname(
        brought.nickname,
        (email.as_ref(), &taken.about),
        brought.language,
    )?;
    let account = NewAccount {
        registered_at: now,
        language: brought.language,
        nickname,
    };
    let id = accounts::insert(&mut tx, &account).await?;
    let spelt = match &email {
        Some(email) => email.display(),
        None => identity.key(),
    };
    let new = NewMethod {
        method: &registered.method,
        spelt,
        name: taken.about.name.as_deref().filter(|_| email.is_none()),
    };
    login_methods::insert(&mut tx, id, &new).await?;
    if let Some(NewPassword { password, hash }) = &brought.password {
        // Nobody picks a number that was not given out yet, but somebody may have guessed it.
        let mut owner = new_password::named(email.as_ref(), Some(&brought.phone));
        owner.account_id = Some(id.to_string());
        new_password::judge(app, password.expose(), &owner)?;
        let strength = PasswordStrength::of(password);
        accounts::update_password(&mut tx, id, hash, strength, now).await?;
    }
    settle(&mut tx, id, &registered, &taken.about, now).await?;
    // The browser one registers in is no new device to be warned of.
    let browser = Browser::of(app, jar)?.hash();
    devices::record(&mut tx, id, &browser, now).await?;
    let who = Who {
        account_id: id,
        user_id: None,
        method: SignInMethod::LoginMethod(identity.kind()),
    };
    Ok((tx, who))
}

async fn settle(
    tx: &mut Tx,
    id: domain::account::AccountId,
    registered: &Registered,
    about: &About,
    now: Timestamp,
) -> Result<(), ApiError> {
    security::update_phone(tx, id, &registered.security_phone, now).await?;
    accounts::update_consent(tx, id, &registered.consent).await?;
    if registered.confirms_from_now_on {
        let identity = &registered.method.identity;
        login_methods::update_confirmation(tx, id, identity, about.name.as_deref(), now).await?;
    }
    Ok(())
}

/// The wanted nickname, else one made of what the account is called already.
fn nickname(
    wanted: Option<Nickname>,
    (email, about): (Option<&Email>, &About),
    language: Language,
) -> Result<Nickname, ApiError> {
    if let Some(wanted) = wanted {
        return Ok(wanted);
    }
    let called = match email {
        Some(email) => Some(email.name()),
        None => about.name.as_deref(),
    };
    let short: String = called
        .unwrap_or_default()
        .chars()
        .take(Nickname::LONGEST as usize)
        .collect();
    let fallback = match language {
        Language::Chinese => "新用户",
        Language::English => "New user",
    };
    Nickname::parse(&short)
        .or_else(|_| Nickname::parse(fallback))
        .map_err(ApiError::internal)
}
