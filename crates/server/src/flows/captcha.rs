//! Puzzles for whoever has to show that a person is there (SGN-1). Must not know when they have to.

use contract::captcha::{Captcha, CaptchaPurpose, Puzzle};
use domain::time::Timestamp;

use crate::captcha::{self, Purpose, Solution, Solved};
use crate::error::ApiError;
use crate::state::App;
use crate::store::{Tx, used_captchas};

/// A fresh puzzle; nothing is stored of it.
///
/// # Errors
/// When there is no randomness.
pub fn pose(app: &App, purpose: CaptchaPurpose, now: Timestamp) -> Result<Puzzle, ApiError> {
    let vault = app.store.vault();
    let posed = captcha::pose(vault, &*app.ids, inner(purpose), app.captcha, now)?;
    Ok(Puzzle {
        salt: posed.salt,
        challenge: posed.challenge,
        max: posed.max,
        signature: posed.signature,
    })
}

/// Whether it is a puzzle that was solved for `purpose` and not used yet; it is used up with the
/// transaction. A code is none.
///
/// # Errors
/// When the database fails.
pub async fn take(
    app: &App,
    tx: &mut Tx,
    typed: &Captcha,
    purpose: CaptchaPurpose,
    now: Timestamp,
) -> Result<bool, ApiError> {
    let Captcha::Puzzle {
        salt,
        challenge,
        max,
        signature,
        number,
    } = typed
    else {
        return Ok(false);
    };
    let solution = Solution {
        salt: salt.clone(),
        challenge: challenge.clone(),
        max: *max,
        signature: signature.clone(),
        number: *number,
    };
    match captcha::check(app.store.vault(), &solution, inner(purpose), now) {
        Ok(Solved::Puzzle { once, ends_at }) => {
            Ok(used_captchas::insert(tx, &once, ends_at).await?)
        }
        Ok(Solved::ByCode) | Err(_) => Ok(false),
    }
}

const fn inner(purpose: CaptchaPurpose) -> Purpose {
    match purpose {
        CaptchaPurpose::SignIn => Purpose::SignIn,
        CaptchaPurpose::Register => Purpose::Register,
        CaptchaPurpose::SendCode => Purpose::SendCode,
        CaptchaPurpose::FindAccount => Purpose::FindAccount,
    }
}
