//! What a handler takes from a request: the signed-in owner, a JSON body, where it came from.
//!
//! Each is an argument of the handlers that need it, so that none can forget to ask.

mod upload;

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum_extra::extract::CookieJar;
use contract::mfa::NoKeysHere;
use domain::account::{AccountId, AccountRefusal, access_account, may_act_as_owner};
use domain::identity::OperatorName;
use domain::operators::{OnDuty, OperatorSession};
use domain::refusal::Refused;
use domain::sign_in::{Session, SessionId, SessionLimits};
use domain::time::{Span, Timestamp};
use serde::de::DeserializeOwned;

use crate::cookies;
use crate::error::ApiError;
use crate::language::Language;
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::operators::{self, StoredOperatorSession};
use crate::store::sessions;
use crate::webauthn::KeySite;

pub use upload::Upload;
pub(crate) use upload::read_upload;

/// A body must have arrived by then.
const BODY_PATIENCE: Duration = Duration::from_secs(15);

/// A session's last use is written down again only after this long, so that reading costs no
/// write each time. A session may therefore end this much early, never late.
const USE_IS_NOTED_EVERY: Span = Span::from_seconds(15);

/// Finds the request in the log, and tells what is wanted of it.
#[derive(Clone, Debug)]
pub struct RequestId(pub String, pub Intent);

/// Whether a command is to be carried out or only asked about (API-2): with the header `May-I: true`
/// every check is made, every failing rule listed, and nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Do it.
    Do,
    /// Only tell whether it may be done.
    Ask,
}

/// The signed-in owner of an account, by a session that is alive (SGN-13). A sub-user is none, and
/// nobody is whose password must be set anew first (ACC-14).
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Whose session it is.
    pub account_id: AccountId,
    /// Names the session.
    pub session_id: SessionId,
    /// When it began and was last used, which is now.
    pub session: Session,
    /// The limits that the owner chose, or the installation's.
    pub limits: SessionLimits,
    /// The password must be set anew before anything else (ACC-14).
    pub must_set_password: bool,
}

/// The same owner also while the password must be set anew: for setting it, and for the proof that this
/// asks for (ACC-14, PRT-2).
#[derive(Clone, Debug)]
pub struct SetsPassword(pub SignedIn);

/// Whoever is signed in: the owner of an account or one of its sub-users (SGN-14).
#[derive(Clone, Debug)]
pub struct SignedInUser {
    /// The session and its account.
    pub at: SignedIn,
    /// The sub-user, when it is not the owner.
    pub user_id: Option<AccountId>,
}

/// Who is signed in, if anybody.
#[derive(Clone, Debug)]
pub struct MaybeSignedIn(pub Option<SignedInUser>);

/// An operator on duty, by a session of the desk that is alive (OPS-1).
#[derive(Clone)]
pub struct OnDutyOperator {
    /// What the rules let them do.
    pub on_duty: OnDuty,
    /// The name that signs in.
    pub name: OperatorName,
    /// When the session began and was last used.
    pub session: Session,
}

/// A session of the desk that is alive, whether or not the code was given yet.
#[derive(Clone)]
pub struct AtDesk(pub Option<DeskSession>);

/// One session of the desk.
#[derive(Clone)]
pub struct DeskSession {
    /// Names the session; its token's hash.
    pub token_hash: String,
    /// Whose it is, how far they are, and its moments.
    pub stored: StoredOperatorSession,
}

/// Who calls: the network address and what the browser says of itself.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The network address, or `unknown`.
    pub ip: String,
    /// What the browser says of itself, cut to a length that no browser needs.
    pub user_agent: String,
}

/// The address that browsers use for this installation, such as `https://account.example`, without a
/// slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(pub String);

/// A request's JSON body.
#[derive(Clone, Debug)]
pub struct Body<T>(pub T);

/// Where a request came from, in the form that tries are counted by: an IPv4 address, or the
/// first half of an IPv6 address, since one household has the whole second half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub String);

/// The site that security keys are tied to where the page was opened, or why there is none (MFA-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysAt(pub Result<KeySite, NoKeysHere>);

impl FromRequestParts<Arc<App>> for KeysAt {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        let host = parts
            .headers
            .get(header::HOST)
            .and_then(|value| value.to_str().ok())
            .or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
        let public_origin = app.network.public_origin.as_deref();
        Ok(Self(KeySite::of(public_origin, host)))
    }
}

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let SetsPassword(owner) = SetsPassword::from_request_parts(parts, app).await?;
        owner.may_act(app)?;
        Ok(owner)
    }
}

impl SignedIn {
    /// Refuses whatever is not about the password, while that must be set anew (ACC-14).
    fn may_act(&self, app: &App) -> Result<(), ApiError> {
        Refused::unless_none(may_act_as_owner(self.must_set_password))
            .map_err(|refused| ApiError::all_refused(refused, now(app)))
    }
}

impl FromRequestParts<Arc<App>> for SetsPassword {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let SignedInUser { at, user_id } = SignedInUser::from_request_parts(parts, app).await?;
        match user_id {
            None => Ok(Self(at)),
            Some(_) => Err(ApiError::refused(AccountRefusal::OnlyOwner, now(app))),
        }
    }
}

impl MaybeSignedIn {
    /// The owner, where what is asked for needs one: binding does, signing in does not.
    ///
    /// # Errors
    /// When it is nobody, a sub-user, or an owner who must set the password first (ACC-14).
    pub(crate) fn owner(&self, app: &App) -> Result<&SignedIn, ApiError> {
        let user = self.0.as_ref().filter(|user| user.user_id.is_none());
        let owner = &user.ok_or(ApiError::SignInRequired)?.at;
        owner.may_act(app)?;
        Ok(owner)
    }
}

impl FromRequestParts<Arc<App>> for SignedInUser {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let MaybeSignedIn(signed_in) = MaybeSignedIn::from_request_parts(parts, app).await?;
        signed_in.ok_or(ApiError::SignInRequired)
    }
}

impl FromRequestParts<Arc<App>> for MaybeSignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        // A layer may have asked for the same request before.
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let jar = CookieJar::from_headers(&parts.headers);
        let signed_in = match cookies::value(&jar, cookies::SESSION) {
            Some(token) => use_session(app, token).await?,
            None => None,
        };
        parts.extensions.insert(Self(signed_in.clone()));
        Ok(Self(signed_in))
    }
}

/// Looks the session up, every time: a session that was ended fails on the very next request, and so
/// does every session of an account that its owner has locked or that is gone (ACC-14, DRG-6).
async fn use_session(app: &App, token: &str) -> Result<Option<SignedInUser>, ApiError> {
    let now = app.clock.now();
    let mut tx = app.store.read().await?;
    let found = sessions::find(&mut tx, &token_hash(token)).await?;
    tx.commit().await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let limits = found
        .limits
        .unwrap_or(SessionLimits::of(&app.policy.sign_in));
    let is_open = access_account(found.standing, found.lock).is_ok();
    if !is_open || !found.session.is_alive_within(limits, now) {
        return Ok(None);
    }
    let mut session = found.session;
    if now.since(session.used) >= USE_IS_NOTED_EVERY {
        let mut tx = app.store.write().await?;
        sessions::update_used(&mut tx, &found.id, now).await?;
        tx.commit().await?;
        session.used = now;
    }
    Ok(Some(SignedInUser {
        at: SignedIn {
            account_id: found.account_id,
            session_id: found.id,
            session,
            limits,
            must_set_password: found.must_set_password,
        },
        user_id: found.user_id,
    }))
}

impl FromRequestParts<Arc<App>> for OnDutyOperator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let AtDesk(session) = AtDesk::from_request_parts(parts, app).await?;
        let stored = session.ok_or(ApiError::SignInRequired)?.stored;
        let session = OperatorSession {
            operator: stored.operator.operator,
            mfa_proved: stored.is_on_duty,
        };
        Ok(Self {
            on_duty: session
                .on_duty()
                .map_err(|refused| ApiError::refused(refused, now(app)))?,
            name: stored.operator.name,
            session: stored.session,
        })
    }
}

impl FromRequestParts<Arc<App>> for AtDesk {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let jar = CookieJar::from_headers(&parts.headers);
        match cookies::value(&jar, cookies::OPERATOR) {
            Some(token) => Ok(Self(use_desk_session(app, token).await?)),
            None => Ok(Self(None)),
        }
    }
}

/// Looks the operator up, every time: whoever was disabled or lost a role fails on the next request.
async fn use_desk_session(app: &App, token: &str) -> Result<Option<DeskSession>, ApiError> {
    let now = app.clock.now();
    let token_hash = token_hash(token);
    let mut tx = app.store.read().await?;
    let found = operators::find_session(&mut tx, &token_hash).await?;
    tx.commit().await?;
    let Some(mut stored) = found else {
        return Ok(None);
    };
    let limits = app.policy.operators.session_limits(stored.is_on_duty);
    if !stored.session.is_alive_within(limits, now) {
        return Ok(None);
    }
    if now.since(stored.session.used) >= USE_IS_NOTED_EVERY {
        let mut tx = app.store.write().await?;
        operators::update_session_used(&mut tx, &token_hash, now).await?;
        tx.commit().await?;
        stored.session.used = now;
    }
    Ok(Some(DeskSession { token_hash, stored }))
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        let user_agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        Ok(Self {
            ip: address(parts, app).map_or_else(
                || "unknown".to_owned(),
                |address| address.to_canonical().to_string(),
            ),
            user_agent: user_agent.chars().take(512).collect(),
        })
    }
}

impl FromRequestParts<Arc<App>> for Origin {
    type Rejection = ApiError;

    /// What the operator named. What a request says in `Host` is believed in a demo only: elsewhere an
    /// address made of it would send people to wherever a stranger likes.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        if let Some(origin) = &app.network.public_origin {
            return Ok(Self(origin.trim_end_matches('/').to_owned()));
        }
        let host = parts
            .headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .filter(|host| app.demo.is_some() && is_host(host));
        host.map(|host| Self(format!("http://{host}")))
            .ok_or(ApiError::NotFound)
    }
}

/// Whether a text is a host with or without a port and nothing else.
fn is_host(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
    !text.is_empty() && text.len() <= 255 && text.bytes().all(is_plain)
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::NotJson);
        }
        let bytes = read_body(request, app).await?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|_| ApiError::Malformed)
    }
}

/// The whole body, within the limit of size and time.
pub(crate) async fn read_body(request: Request, app: &Arc<App>) -> Result<Bytes, ApiError> {
    tokio::time::timeout(BODY_PATIENCE, Bytes::from_request(request, app))
        .await
        .map_err(|_| ApiError::TooSlow)?
        .map_err(|rejection| refused_body(&rejection))
}

fn refused_body(rejection: &BytesRejection) -> ApiError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge
    } else {
        ApiError::Malformed
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return false;
    };
    let essence = value.to_str().unwrap_or_default().split(';').next();
    essence.is_some_and(|text| text.trim().eq_ignore_ascii_case("application/json"))
}

impl FromRequestParts<Arc<App>> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self(match address(parts, app) {
            Some(address) => countable(address),
            None => "unknown".to_owned(),
        }))
    }
}

/// The address that the caller has, as far as it can be believed.
fn address(parts: &Parts, app: &App) -> Option<IpAddr> {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip());
    forwarded_for(&parts.headers, app.network.trusted_proxies).or(peer)
}

/// The address that the outermost of our own proxies saw.
///
/// Each proxy adds the address it was called from at the end; what stands further to the left was
/// written by whoever called, and is believed by nobody.
fn forwarded_for(headers: &HeaderMap, trusted_proxies: u8) -> Option<IpAddr> {
    let last = usize::from(trusted_proxies).checked_sub(1)?;
    let mut seen: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    seen.reverse();
    seen.get(last)?.trim().parse().ok()
}

fn countable(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// The language of whoever is not signed in: what they chose in this browser, else what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaks(pub Language);

impl FromRequestParts<Arc<App>> for Speaks {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        let chosen = cookies::language(&CookieJar::from_headers(&parts.headers));
        let asked = || {
            let header = parts.headers.get(header::ACCEPT_LANGUAGE);
            let text = header.and_then(|value| value.to_str().ok());
            Language::from_accept_language(text.unwrap_or_default())
        };
        Ok(Self(chosen.unwrap_or_else(asked)))
    }
}

/// The moment a request is judged by; read once per request.
pub(crate) fn now(app: &App) -> Timestamp {
    app.clock.now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_what_our_own_proxies_wrote_is_believed() {
        let spoofed = forwarded(&["203.0.113.9, 198.51.100.7"]);
        assert_eq!(forwarded_for(&spoofed, 0), None);
        assert_eq!(forwarded_for(&spoofed, 1), "198.51.100.7".parse().ok());
        assert_eq!(forwarded_for(&spoofed, 2), "203.0.113.9".parse().ok());
        assert_eq!(forwarded_for(&spoofed, 3), None);
        let two = forwarded(&["203.0.113.9", "198.51.100.7"]);
        assert_eq!(forwarded_for(&two, 1), "198.51.100.7".parse().ok());
        assert_eq!(forwarded_for(&forwarded(&["nonsense"]), 1), None);
    }

    #[test]
    fn one_household_s_ipv6_addresses_count_as_one() {
        let count = |text: &str| countable(text.parse().unwrap());
        assert_eq!(count("2001:db8:1:2::5"), count("2001:db8:1:2:ffff::1"));
        assert_ne!(count("2001:db8:1:2::5"), count("2001:db8:1:3::5"));
        assert_eq!(count("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
