//! The calls of Account info.

use contract::account::{
    AccountInfo, ChangeNickname, ConfirmContact, ConfirmContactLink, ContactConfirmed,
    LoginMethodsChanged, ProfileDiff, ProfileWish, ProposeContact, SaveProfile, SendLoginEmailCode,
    SetLoginEmail,
};
use contract::codes::CodeSent;
use contract::endpoints;
use contract::providers::{Aim, Begin, Visit};
use domain::contacts::ContactKind;
use domain::login_methods::LoginMethodKind;

use super::ApiError;
use super::client;

/// Reads Account info.
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn account() -> Result<AccountInfo, ApiError> {
    client::get(endpoints::GET_ACCOUNT).await
}

/// Changes the nickname (ACC-4).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn change_nickname(change: ChangeNickname) -> Result<(), ApiError> {
    client::send_only(endpoints::CHANGE_NICKNAME, &change).await
}

/// Tells what saving several fields would change (ACC-14).
///
/// # Errors
/// When a field is not valid or the server cannot be asked.
pub async fn compare_profile(wish: ProfileWish) -> Result<ProfileDiff, ApiError> {
    client::send(endpoints::COMPARE_PROFILE, &wish).await
}

/// Saves several fields at once (ACC-14).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn save_profile(save: SaveProfile) -> Result<AccountInfo, ApiError> {
    client::send(endpoints::SAVE_PROFILE, &save).await
}

/// Wishes for another contact phone or e-mail (CON-6).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn propose_contact(kind: ContactKind, value: String) -> Result<CodeSent, ApiError> {
    let body = ProposeContact { value };
    client::send_at(
        endpoints::PROPOSE_CONTACT,
        &[("kind", contact(kind))],
        &body,
    )
    .await
}

/// Has the code sent again (CON-6, CON-12).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn resend_contact_code(kind: ContactKind) -> Result<CodeSent, ApiError> {
    let parts = [("kind", contact(kind))];
    client::send_at(endpoints::RESEND_CONTACT_CODE, &parts, &()).await
}

/// Confirms what waits (CON-6).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn confirm_contact(kind: ContactKind, code: String) -> Result<(), ApiError> {
    let parts = [("kind", contact(kind))];
    let body = ConfirmContact { code };
    let answer: Result<AccountInfo, ApiError> =
        client::send_at(endpoints::CONFIRM_CONTACT, &parts, &body).await;
    answer.map(|_| ())
}

/// Gives up what waits (CON-6).
///
/// # Errors
/// When the server cannot be asked.
pub async fn cancel_contact(kind: ContactKind) -> Result<(), ApiError> {
    client::call_at(endpoints::CANCEL_CONTACT, &[("kind", contact(kind))]).await
}

/// Confirms a contact e-mail by the link that went there (CON-6).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn confirm_contact_link(token: String) -> Result<ContactConfirmed, ApiError> {
    client::send(
        endpoints::CONFIRM_CONTACT_LINK,
        &ConfirmContactLink { token },
    )
    .await
}

/// Has a code sent to an address that shall sign in (CON-15).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_login_email_code(email: String) -> Result<CodeSent, ApiError> {
    client::send(
        endpoints::SEND_LOGIN_EMAIL_CODE,
        &SendLoginEmailCode { email },
    )
    .await
}

/// Sets or replaces the login e-mail (CON-15, LGM-3).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn set_login_email(email: String, code: String) -> Result<LoginMethodsChanged, ApiError> {
    client::send(endpoints::SET_LOGIN_EMAIL, &SetLoginEmail { email, code }).await
}

/// Unbinds a login method (LGM-1, LGM-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn unbind(kind: LoginMethodKind) -> Result<LoginMethodsChanged, ApiError> {
    let parts = [("kind", login_method(kind))];
    client::send_at(endpoints::UNBIND_LOGIN_METHOD, &parts, &()).await
}

/// Begins to bind an identity of another service; answers where to send the browser (LGM-5).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn visit_to_bind(kind: LoginMethodKind) -> Result<Visit, ApiError> {
    let parts = [("kind", login_method(kind))];
    let body = Begin { aim: Aim::Bind };
    client::send_at(endpoints::VISIT_PROVIDER, &parts, &body).await
}

/// Locks the account at once (ACC-14).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn lock() -> Result<(), ApiError> {
    client::call(endpoints::LOCK_ACCOUNT).await
}

/// Downloads all that is held about the account, as the text of a file (ACC-14).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn export() -> Result<String, ApiError> {
    client::text(endpoints::EXPORT_ACCOUNT).await
}

const fn contact(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Phone => "phone",
        ContactKind::Email => "email",
    }
}

const fn login_method(kind: LoginMethodKind) -> &'static str {
    match kind {
        LoginMethodKind::Wechat => "wechat",
        LoginMethodKind::Email => "email",
        LoginMethodKind::Qq => "qq",
        LoginMethodKind::OfficialAccount => "official_account",
        LoginMethodKind::Wecom => "wecom",
    }
}
