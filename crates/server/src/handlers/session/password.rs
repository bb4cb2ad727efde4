//! Signing in with a password: owners by e-mail (SGN-1), sub-users by their root's id and their name
//! (SGN-14). Must not know how tries are counted.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum_extra::extract::CookieJar;
use contract::endpoints::{self, Endpoint};
use contract::problem::{FieldProblem, Problem, ValueProblem};
use contract::session::{SignIn, SignInAnswer, SignInSubUser};
use domain::identity::Email;
use domain::sign_in::{PasswordProblem, SignInPolicy, SubUserSignIn, SubUserSignInProblem};
use zeroize::Zeroizing;

use crate::error::ApiError;
use crate::extract::{Body, Caller, ClientAddress, RequestId, now};
use crate::flows::signing_in::password::{self, Attempt, Name};
use crate::flows::{signing_in, tries};
use crate::passwords;
use crate::state::App;

/// Where a try comes from.
type Origin = (Extension<RequestId>, ClientAddress, Caller, CookieJar);

/// Signs an owner in by e-mail and password, or asks for a second proof (SGN-1, SGN-2).
///
/// # Errors
/// Field problems; the same refusals for a wrong password and an unknown address; a locked account,
/// once the password was right (ACC-14).
#[utoipa::path(
    post, path = endpoints::SIGN_IN.path, tag = "session", operation_id = "sign_in",
    request_body = SignIn,
    responses(
        (status = 200, body = SignInAnswer),
        (status = 403, body = Problem, description = "E-mail and password do not belong together, or a captcha is needed"),
        (status = 409, body = Problem, description = "The account is locked, or the code in place of a captcha is wrong"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 429, body = Problem, description = "Too many wrong passwords, or tries from this address"),
    )
)]
pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    origin: Origin,
    Body(typed): Body<SignIn>,
) -> Result<signing_in::SignIn, ApiError> {
    let mut problems = Vec::new();
    let email = Email::parse(&typed.email);
    if let Err(problem) = email {
        problems.push(field("email", ValueProblem::Email(problem)));
    }
    let password = parse_password(&typed.password, &app.policy.sign_in);
    match (email, password) {
        (Ok(email), Ok(password)) => {
            let attempt = Attempt {
                name: Name::Email(email),
                password,
                captcha: typed.captcha.as_ref(),
            };
            go_on(&app, &endpoints::SIGN_IN, origin, attempt).await
        }
        (_, password) => {
            problems.extend(password.err());
            Err(ApiError::Fields(problems))
        }
    }
}

/// Signs a sub-user in (SGN-14).
///
/// # Errors
/// Field problems; the same refusals for a wrong password, an unknown name and an unknown root account;
/// a locked root account, once the password was right (ACC-14).
#[utoipa::path(
    post, path = endpoints::SIGN_IN_SUB_USER.path, tag = "session",
    operation_id = "sign_in_sub_user", request_body = SignInSubUser,
    responses(
        (status = 200, body = SignInAnswer),
        (status = 403, body = Problem, description = "Id, name and password do not belong together, or a captcha is needed"),
        (status = 409, body = Problem, description = "The root account is locked"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 429, body = Problem, description = "Too many wrong passwords, or tries from this address"),
    )
)]
pub(super) async fn sign_in_sub_user(
    State(app): State<Arc<App>>,
    origin: Origin,
    Body(typed): Body<SignInSubUser>,
) -> Result<signing_in::SignIn, ApiError> {
    let named = SubUserSignIn::parse(&typed.root, &typed.user_name);
    let password = parse_password(&typed.password, &app.policy.sign_in);
    match (named, password) {
        (Ok(named), Ok(password)) => {
            let attempt = Attempt {
                name: Name::SubUser(named),
                password,
                captcha: typed.captcha.as_ref(),
            };
            go_on(&app, &endpoints::SIGN_IN_SUB_USER, origin, attempt).await
        }
        (named, password) => {
            let named = named.err().unwrap_or_default();
            let mut problems: Vec<_> = named.into_iter().map(name_problem).collect();
            problems.extend(password.err());
            Err(ApiError::Fields(problems))
        }
    }
}

async fn go_on(
    app: &App,
    endpoint: &Endpoint,
    (Extension(request), address, caller, jar): Origin,
    attempt: Attempt<'_>,
) -> Result<signing_in::SignIn, ApiError> {
    let now = now(app);
    tries::count(app, &address, now).await?;
    let from = signing_in::From {
        jar: &jar,
        caller: &caller,
        request: &request,
        endpoint,
    };
    password::sign_in(app, from, attempt, now).await
}

fn parse_password(typed: &str, policy: &SignInPolicy) -> Result<Zeroizing<String>, FieldProblem> {
    let password = passwords::normalise(typed);
    let longest = policy.password_longest;
    let problem = if password.is_empty() {
        PasswordProblem::Empty
    } else if password.chars().nth(longest as usize).is_some() {
        // Nobody's password is that long, and hashing it would be work for nothing (SGN-12).
        PasswordProblem::TooLong { longest }
    } else {
        return Ok(password);
    };
    Err(field("password", ValueProblem::Password(problem)))
}

fn name_problem(problem: SubUserSignInProblem) -> FieldProblem {
    match problem {
        SubUserSignInProblem::Root { problem } => field("root", ValueProblem::AccountId(problem)),
        SubUserSignInProblem::Name { problem } => {
            field("user_name", ValueProblem::UserName(problem))
        }
    }
}

fn field(field: &str, problem: ValueProblem) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        problem,
    }
}
