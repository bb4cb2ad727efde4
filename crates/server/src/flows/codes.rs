//! Sends verification codes and takes them (CON-12). Knows digits and their keyed hashes; the rules
//! say when.
//!
//! Whoever takes an account's row as well takes it first, then calls here: everybody who takes rows in
//! this order waits, and nobody waits in a circle.

use contract::codes::CodeSent;
use contract::problem::ValueProblem;
use domain::contacts::{
    CodeRefusal, CodeRequest, CodeTrial, ConfirmedCode, ContactTarget, request_code, try_code,
};
use domain::protection::SixDigits;
use domain::time::Timestamp;
use subtle::ConstantTimeEq as _;

use crate::error::ApiError;
use crate::language::Language;
use crate::letters;
use crate::state::App;
use crate::store::outbox::{self, Channel, Message};
use crate::store::{Tx, codes};

/// Whether the code really goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It does.
    Sent,
    /// Nobody is there to get it; the answer is the same, so that nobody learns that (CON-12).
    NobodyThere,
}

/// Sends a code, once the rules allow it: they are asked under the target's lock and before anything
/// is sent (V-21). The message leaves with the caller's commit.
///
/// # Errors
/// All that [`domain::contacts::may_request_code`] lists.
pub async fn send(
    app: &App,
    tx: &mut Tx,
    request: CodeRequest,
    (language, delivery): (Language, Delivery),
    now: Timestamp,
) -> Result<CodeSent, ApiError> {
    let policy = &app.policy.contacts;
    let history = codes::lock_target(tx, &request.target).await?;
    let wrong = codes::find_wrong(tx, &request).await?;
    let sent = request_code(request, &history, wrong, policy, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let digits = random_digits(app)?.expose();
    let target = &sent.code.bound_to.target;
    let hash = code_hash(app, tx, &sent.code.bound_to, &digits);
    codes::update_sent(tx, &sent.code, &hash, &sent.history).await?;
    let words = letters::codes::code(
        language,
        &app.names,
        (sent.code.bound_to.purpose, &digits),
        policy.code_lives,
    );
    if delivery == Delivery::Sent {
        post(app, tx, target, words, now).await?;
    }
    Ok(CodeSent {
        to: target.masked().to_string(),
        resend_at: sent.resend_at,
        expires_at: sent.expires_at,
        server_time: now,
    })
}

/// What was typed as a code, or the problem of the field.
///
/// # Errors
/// The field problem; such a text is no try and is not counted.
pub fn parse(field: &str, typed: &str) -> Result<SixDigits, ApiError> {
    SixDigits::parse(typed).map_err(|problem| ApiError::field(field, ValueProblem::Code(problem)))
}

/// Takes a code; what it proves counts once the transaction that is given back was committed.
///
/// A wrong try is committed at once, whatever the request wanted: it counts even when somebody only
/// asks (API-2).
///
/// # Errors
/// All that [`domain::contacts::try_code`] refuses with.
pub async fn take(
    app: &App,
    mut tx: Tx,
    request: &CodeRequest,
    typed: SixDigits,
    now: Timestamp,
) -> Result<(Tx, ConfirmedCode), ApiError> {
    let stored = codes::find_locked(&mut tx, request).await?;
    let wrong_today = codes::find_wrong(&mut tx, request).await?;
    let Some(stored) = stored else {
        return Err(ApiError::refused(CodeRefusal::NoCode, now));
    };
    let hash = code_hash(app, &tx, request, &typed.expose());
    let matches = bool::from(hash.as_bytes().ct_eq(stored.code_hash.as_bytes()));
    let trial = CodeTrial {
        code: stored.code,
        wrong_today,
    };
    let tried = try_code(trial, request, matches, &app.policy.contacts, now);
    codes::update_tried(&mut tx, &tried.state).await?;
    match tried.answer {
        Ok(confirmed) => Ok((tx, confirmed)),
        Err(refused) => {
            tx.commit().await?;
            Err(ApiError::all_refused(refused, now))
        }
    }
}

/// Tells whether a code is right and leaves it as good as it was, for a form of several steps; a wrong try
/// counts all the same.
///
/// # Errors
/// All that [`domain::contacts::try_code`] refuses with.
pub async fn look(
    app: &App,
    request: &CodeRequest,
    typed: SixDigits,
    now: Timestamp,
) -> Result<(), ApiError> {
    let tx = app.store.write().await?;
    // What was taken in a transaction that ends here was not taken.
    take(app, tx, request, typed, now).await.map(|_| ())
}

/// Puts a letter or text message for `target` into the outbox; it leaves after the commit.
///
/// # Errors
/// When the database fails.
pub async fn post(
    app: &App,
    tx: &mut Tx,
    target: &ContactTarget,
    words: letters::Words,
    now: Timestamp,
) -> Result<(), ApiError> {
    let id = app.ids.id()?;
    let message = match target {
        ContactTarget::Phone(phone) => Message {
            id,
            channel: Channel::Sms,
            to: phone.as_str().to_owned(),
            subject: None,
            body: words.sms,
        },
        ContactTarget::Email(email) => Message {
            id,
            channel: Channel::Email,
            to: email.display().to_owned(),
            subject: Some(words.subject),
            body: words.body,
        },
    };
    Ok(outbox::insert(tx, &message, now).await?)
}

fn random_digits(app: &App) -> Result<SixDigits, ApiError> {
    let mut bytes = [0; 4];
    app.ids.fill(&mut bytes)?;
    Ok(SixDigits::from_number(u32::from_be_bytes(bytes)))
}

/// A keyed hash: six digits would be guessed from a plain one in no time.
fn code_hash(app: &App, tx: &Tx, request: &CodeRequest, digits: &str) -> String {
    let account = request.account.map(|id| id.to_string()).unwrap_or_default();
    let target = codes::target_hash(tx, &request.target);
    let text = format!("{:?}:{account}:{target}:{digits}", request.purpose);
    app.store.vault().lookup_hash("code", &text)
}
