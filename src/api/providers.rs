//! The calls about identities of other services: visits, scans, face checks, and the person's choice.

use contract::endpoints::{self, Endpoint};
use contract::providers::{
    Aim, AnswerScan, Begin, Bind, Bound, Choose, FaceBegun, FaceStatus, OpenScan, Outcome,
    Providers, Return, ScanShown, ScanStatus, Visit, Waiting,
};
use contract::session::SignInAnswer;
use domain::login_methods::LoginMethodKind;

use super::ApiError;
use super::client;

/// Which services are offered (REG-1).
///
/// # Errors
/// When the server cannot be asked.
pub async fn offered() -> Result<Providers, ApiError> {
    client::get(endpoints::GET_PROVIDERS).await
}

/// Begins a visit to the service of this word (V-27).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn visit(kind: &str, aim: Aim) -> Result<Visit, ApiError> {
    client::send_at(endpoints::VISIT_PROVIDER, &[("kind", kind)], &Begin { aim }).await
}

/// Hands in what the service sent this browser back with, once (V-27).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn come_back(kind: &str, query: String) -> Result<Outcome, ApiError> {
    let parts = [("kind", kind)];
    client::send_at(endpoints::RETURN_FROM_PROVIDER, &parts, &Return { query }).await
}

/// Which identity waits in this browser.
///
/// # Errors
/// When the server cannot be asked.
pub async fn waiting() -> Result<Waiting, ApiError> {
    client::get(endpoints::GET_SEEN_IDENTITY).await
}

/// Forgets the identity that waits in this browser.
///
/// # Errors
/// When the server cannot be asked.
pub async fn forget() -> Result<(), ApiError> {
    client::call(endpoints::FORGET_IDENTITY).await
}

/// Signs in to one of its accounts (LGM-5).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn choose(choice: String) -> Result<SignInAnswer, ApiError> {
    client::send(endpoints::CHOOSE_ACCOUNT, &Choose { choice }).await
}

/// Binds it to the account that is signed in (LGM-5).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn bind(replaces: bool) -> Result<Bound, ApiError> {
    client::send(endpoints::BIND_IDENTITY, &Bind { replaces }).await
}

/// Begins a scan (SGN-11).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn begin_scan(aim: Aim) -> Result<ScanShown, ApiError> {
    client::send(endpoints::BEGIN_SCAN, &Begin { aim }).await
}

/// How far a scan has come (SGN-11).
///
/// # Errors
/// When the server cannot be asked.
pub async fn scan(id: &str) -> Result<ScanStatus, ApiError> {
    client::get_at(endpoints::GET_SCAN, &[("id", id)]).await
}

/// Takes the result of a scan (SGN-11).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn take_scan(id: &str) -> Result<Outcome, ApiError> {
    client::send_at(endpoints::TAKE_SCAN, &[("id", id)], &()).await
}

/// Opens a scanned code on this phone (SGN-11).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn open_scan(secret: String) -> Result<Visit, ApiError> {
    client::send(endpoints::OPEN_SCAN, &OpenScan { secret }).await
}

/// Confirms or declines on this phone (SGN-11).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn answer_scan(scan: String, confirm: bool) -> Result<(), ApiError> {
    client::send_only(endpoints::ANSWER_SCAN, &AnswerScan { scan, confirm }).await
}

/// For whom something is proved by scan or face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// The session.
    Session,
    /// The second step of a sign-in.
    SecondStep,
}

/// Begins a scan as proof (PRT-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn begin_proof_scan(what_for: For) -> Result<ScanShown, ApiError> {
    let endpoint = pick(
        what_for,
        endpoints::BEGIN_PROOF_SCAN,
        endpoints::BEGIN_STEP_SCAN,
    );
    client::send(endpoint, &()).await
}

/// Begins a face check as proof (SGN-4, PRT-4).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn begin_face(what_for: For) -> Result<FaceBegun, ApiError> {
    let endpoint = pick(
        what_for,
        endpoints::BEGIN_PROOF_FACE,
        endpoints::BEGIN_STEP_FACE,
    );
    client::send(endpoint, &()).await
}

/// How a face check stands.
///
/// # Errors
/// When the server cannot be asked.
pub async fn face(what_for: For, check: &str) -> Result<FaceStatus, ApiError> {
    let endpoint = pick(
        what_for,
        endpoints::GET_PROOF_FACE,
        endpoints::GET_STEP_FACE,
    );
    client::get_at(endpoint, &[("check", check)]).await
}

const fn pick(what_for: For, session: Endpoint, step: Endpoint) -> Endpoint {
    match what_for {
        For::Session => session,
        For::SecondStep => step,
    }
}

/// How a kind is spelt in an address.
#[must_use]
pub const fn word(kind: LoginMethodKind) -> &'static str {
    match kind {
        LoginMethodKind::Wechat => "wechat",
        LoginMethodKind::Email => "email",
        LoginMethodKind::Qq => "qq",
        LoginMethodKind::OfficialAccount => "official_account",
        LoginMethodKind::Wecom => "wecom",
    }
}
