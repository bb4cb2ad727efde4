//! What a browser does on its way in beside typing: solving puzzles, looking at what is asked.

use contract::captcha::Puzzle;
use contract::session::{SecondStepAsked, SignInAnswer};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Answer, Browser};

/// A puzzle for signing in, fetched and solved, as it goes with a try.
pub(crate) async fn solved_puzzle(browser: &mut Browser) -> Value {
    let answer = browser.get("/api/v1/captcha/sign_in").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let puzzle: Puzzle = answer.json();
    let number = (0..=puzzle.max).find(|number| {
        let text = format!("{}{number}", puzzle.salt);
        hex::encode(Sha256::digest(text)) == puzzle.challenge
    });
    json!({
        "way": "puzzle",
        "salt": puzzle.salt,
        "challenge": puzzle.challenge,
        "max": puzzle.max,
        "signature": puzzle.signature,
        "number": number.unwrap(),
    })
}

/// The second step that a first proof led to.
pub(crate) fn step_of(answer: &Answer) -> SecondStepAsked {
    assert_eq!(answer.status, 200, "{}", answer.text());
    match answer.json() {
        SignInAnswer::SecondStep(asked) => asked,
        SignInAnswer::SignedIn(_) => panic!("signed in without a second step"),
    }
}
