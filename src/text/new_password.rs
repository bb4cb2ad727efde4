//! The sentences around a password that is chosen anew (SGN-12, PRT-3).

use domain::sign_in::{PasswordProblem, PasswordStrength};

use super::{Language, sign_in};

/// How strong a password is.
#[must_use]
pub const fn strength(language: Language, strength: PasswordStrength) -> &'static str {
    match (language, strength) {
        (Language::Chinese, PasswordStrength::Weak) => "强度：弱，加长会更安全",
        (Language::English, PasswordStrength::Weak) => "Weak; a longer one is safer",
        (Language::Chinese, PasswordStrength::Fair) => "强度：中",
        (Language::English, PasswordStrength::Fair) => "Fair",
        (Language::Chinese, PasswordStrength::Strong) => "强度：强",
        (Language::English, PasswordStrength::Strong) => "Strong",
    }
}

/// Every reason against a password, one after another (SGN-12).
#[must_use]
pub fn problems(language: Language, problems: &[PasswordProblem]) -> String {
    let all: Vec<String> = problems
        .iter()
        .map(|problem| match (language, problem) {
            (Language::Chinese, PasswordProblem::Empty) => "请设置密码".to_owned(),
            (Language::English, PasswordProblem::Empty) => "Choose a password".to_owned(),
            _ => sign_in::password_problem(language, *problem),
        })
        .collect();
    all.join(match language {
        Language::Chinese => "；",
        Language::English => ". ",
    })
}
