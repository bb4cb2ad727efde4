//! Every way in which a request fails, as a problem document (API-1).
//!
//! Knows statuses; does not know sentences (the browser has those) nor which rule refused before
//! it is told. What went wrong inside is logged and never shown.

use std::error::Error;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::account::AccountRefusal;
use domain::contacts::CodeRefusal;
use domain::mfa::MfaRefusal;
use domain::operators::OperatorRefusal;
use domain::protection::ProtectionRefusal;
use domain::refusal::{Refusal, Refuse as _, Refused};
use domain::sign_in::SignInRefusal;
use domain::time::Timestamp;
use domain::verification::DocumentProblem;

use crate::outside::documents::StorageFailure;
use crate::outside::ids::NoRandomness;
use crate::passwords::HashError;
use crate::store::StoreError;

/// Why a request was not carried out.
#[derive(Clone, Debug)]
pub enum ApiError {
    /// The request is not what the interface describes: no JSON, a missing field, a bad header.
    Malformed,
    /// The body's content type is not JSON.
    NotJson,
    /// The body is longer than any that the interface describes.
    TooLarge,
    /// The body did not arrive in time.
    TooSlow,
    /// Nobody is signed in, or the session has ended (SGN-13).
    SignInRequired,
    /// The request came from another site's page.
    CrossSite,
    /// Everything allows it; it was only asked whether it may be done, so nothing happened (API-2).
    OnlyAsked,
    /// There is nothing at this address.
    NotFound,
    /// There is something at this address, for other methods.
    MethodNotAllowed,
    /// Somebody changed the same thing in the meantime (V-35).
    ChangedElsewhere,
    /// A request with the same Idempotency-Key is being worked on (API-3).
    StillWorking,
    /// The command was carried out, and its answer held a secret that is not kept (API-3).
    SaidOnce,
    /// The Idempotency-Key came before with another request (API-3).
    KeyUsedOtherwise,
    /// The Idempotency-Key is not 1 to 255 visible ASCII characters (API-3).
    NotAnIdempotencyKey,
    /// Single fields are wrong.
    Fields(Vec<FieldProblem>),
    /// Rules refuse.
    Refused {
        /// Every refusal with its numbers, the most important first; at least one.
        refusals: Vec<Refusal>,
        /// When it was said, from which waiting is counted.
        now: Timestamp,
    },
    /// The server is too busy; the same request may succeed in a moment.
    Busy,
    /// The answer was not ready in time.
    TimedOut,
    /// Something is broken here.
    Internal(Cause),
}

/// What is logged about a failure inside, and shown to nobody.
#[derive(Clone, Debug)]
pub struct Cause(pub Arc<dyn Error + Send + Sync>);

/// The problem document before the request's id is filled in; rides on the response's extensions
/// to the outermost layer, which writes the body.
#[derive(Clone, Debug)]
pub(crate) struct Sketch(pub(crate) Problem);

/// Says that a 4xx answer is meant for a person's eyes and stays as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MeantForEyes;

/// Says that an answer holds a secret: it is said once and kept nowhere, not even for whoever repeats the
/// request (API-3, MFA-7).
#[derive(Clone, Copy, Debug)]
pub(crate) struct HoldsSecret;

/// An answer with a secret in it, see [`HoldsSecret`].
#[derive(Debug)]
pub struct Secretly<T>(pub T);

impl<T: IntoResponse> IntoResponse for Secretly<T> {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        response.extensions_mut().insert(HoldsSecret);
        response
    }
}

/// How many seconds to wait before trying a busy server again.
const BUSY_SECONDS: u32 = 2;

impl ApiError {
    /// Wraps what is broken inside.
    pub fn internal(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Internal(Cause(Arc::new(error)))
    }

    /// A refusal of any area.
    pub fn refused(refusal: impl Into<Refusal>, now: Timestamp) -> Self {
        Self::Refused {
            refusals: vec![refusal.into()],
            now,
        }
    }

    /// Every refusal that a decision named (API-2).
    pub fn all_refused<R>(refused: Refused<R>, now: Timestamp) -> Self
    where
        R: Into<Refusal> + std::fmt::Debug,
    {
        let refusals = refused.into_all().into_iter().map(Into::into).collect();
        Self::Refused { refusals, now }
    }

    /// A field of the request's body is wrong.
    pub fn field(field: &str, problem: ValueProblem) -> Self {
        Self::Fields(vec![FieldProblem {
            field: field.to_owned(),
            problem,
        }])
    }

    /// The failure that an answer without a body stands for.
    pub(crate) fn from_status(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::SignInRequired,
            403 => Self::CrossSite,
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            408 => Self::TooSlow,
            413 => Self::TooLarge,
            415 => Self::NotJson,
            503 => Self::TimedOut,
            500.. => Self::internal(std::io::Error::other("an answer without a cause")),
            _ => Self::Malformed,
        }
    }

    fn kind(&self) -> (u16, &'static str, &'static str) {
        match self {
            // No failure: `into_response` answers it without a document.
            Self::OnlyAsked => (204, "only_asked", "It may be done"),
            Self::Malformed => (400, "malformed_request", "The request is malformed"),
            Self::NotAnIdempotencyKey => (400, "bad_idempotency_key", "The Idempotency-Key is bad"),
            Self::SignInRequired => (401, "sign_in_required", "Nobody is signed in"),
            Self::CrossSite => (403, "cross_site", "The request came from another site"),
            Self::NotFound => (404, "not_found", "There is nothing here"),
            Self::MethodNotAllowed => (405, "method_not_allowed", "Not by this method"),
            Self::TooSlow => (408, "too_slow", "The request did not arrive in time"),
            Self::ChangedElsewhere => (409, "changed_elsewhere", "It was changed elsewhere"),
            Self::StillWorking => (409, "still_working", "The same request is being worked on"),
            Self::SaidOnce => (
                409,
                "said_once",
                "It was carried out, and its answer held a secret that is not kept",
            ),
            Self::TooLarge => (413, "too_large", "The body is too large"),
            Self::NotJson => (415, "not_json", "The body is not JSON"),
            Self::Fields(_) => (422, "invalid_fields", "Some fields are not valid"),
            Self::KeyUsedOtherwise => (
                422,
                "key_used_otherwise",
                "The Idempotency-Key belongs to another request",
            ),
            Self::Refused { refusals, .. } => match refusals.first() {
                Some(
                    Refusal::SignIn(
                        SignInRefusal::TooManyTries { .. } | SignInRefusal::Locked { .. },
                    )
                    | Refusal::Mfa(MfaRefusal::Locked { .. })
                    | Refusal::Code(
                        CodeRefusal::TooSoon { .. }
                        | CodeRefusal::DayUsedUp { .. }
                        | CodeRefusal::TooManyWrongToday { .. },
                    ),
                ) => (429, "refused", "Too many tries"),
                Some(
                    Refusal::SignIn(
                        SignInRefusal::WrongEmailOrPassword | SignInRefusal::CaptchaNeeded,
                    )
                    | Refusal::Protection(
                        ProtectionRefusal::ProofNeeded { .. }
                        | ProtectionRefusal::JustChanged { .. }
                        | ProtectionRefusal::NothingToProveWith,
                    )
                    | Refusal::Account(
                        AccountRefusal::OnlyOwner | AccountRefusal::PasswordNotSetAnew,
                    )
                    | Refusal::Operator(
                        OperatorRefusal::MfaMissing
                        | OperatorRefusal::RoleMissing { .. }
                        | OperatorRefusal::OwnAccount,
                    ),
                ) => (403, "refused", "A rule refuses"),
                Some(Refusal::Document(DocumentProblem::TooLarge { .. })) => {
                    (413, "refused", "The document is too large")
                }
                Some(Refusal::Document(
                    DocumentProblem::Empty
                    | DocumentProblem::UnknownKind
                    | DocumentProblem::TooManyPixels { .. }
                    | DocumentProblem::Broken
                    | DocumentProblem::Encrypted
                    | DocumentProblem::ActiveContent,
                )) => (422, "refused", "This is no document"),
                _ => (409, "refused", "A rule refuses"),
            },
            Self::Internal(_) => (500, "internal", "Something is broken here"),
            Self::Busy => (503, "busy", "The server is busy"),
            Self::TimedOut => (503, "timed_out", "The answer was not ready in time"),
        }
    }

    fn problem(&self) -> Problem {
        let (status, kind, title) = self.kind();
        let mut problem = Problem {
            kind: format!("/problems/{kind}"),
            title: title.to_owned(),
            status,
            rule: None,
            refusals: Vec::new(),
            retry_at: None,
            fields: Vec::new(),
            request_id: String::new(),
        };
        match self {
            Self::Fields(fields) => problem.fields.clone_from(fields),
            Self::Refused { refusals, .. } => {
                problem.rule = refusals.first().map(Refusal::rule);
                problem.retry_at = retry_at(refusals);
                problem.refusals.clone_from(refusals);
            }
            _ => {}
        }
        problem
    }

    /// Whole seconds to wait, for `Retry-After`, when waiting helps.
    fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Refused { refusals, now } => retry_at(refusals).map(|at| {
                let seconds = at.since(*now).as_millis().saturating_add(999) / 1000;
                u32::try_from(seconds).unwrap_or(u32::MAX)
            }),
            Self::Busy | Self::TimedOut | Self::StillWorking => Some(BUSY_SECONDS),
            _ => None,
        }
    }
}

/// From when on trying again can succeed: when waiting helps against every refusal, the latest of
/// their moments.
fn retry_at(refusals: &[Refusal]) -> Option<Timestamp> {
    let moments: Option<Vec<Timestamp>> = refusals.iter().map(Refusal::retry_at).collect();
    moments.and_then(|moments| moments.into_iter().max())
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if matches!(self, Self::OnlyAsked) {
            return StatusCode::NO_CONTENT.into_response();
        }
        let problem = self.problem();
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Some(seconds) = self.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Sketch(problem));
        if let Self::Internal(cause) = self {
            response.extensions_mut().insert(cause);
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_passing() {
            Self::Busy
        } else if error.is_about_a_text() {
            Self::Malformed
        } else {
            Self::internal(error)
        }
    }
}

impl From<HashError> for ApiError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            _ => Self::internal(error),
        }
    }
}

impl From<NoRandomness> for ApiError {
    fn from(error: NoRandomness) -> Self {
        Self::internal(error)
    }
}

impl From<StorageFailure> for ApiError {
    fn from(failure: StorageFailure) -> Self {
        match failure {
            StorageFailure::Away(reason) => {
                tracing::warn!(reason, "the document store is away");
                Self::Busy
            }
            StorageFailure::Missing | StorageFailure::Refused(_) | StorageFailure::Name => {
                Self::internal(failure)
            }
        }
    }
}
