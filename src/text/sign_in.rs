//! The sentences of signing in.

use domain::identity::EmailProblem;
use domain::sign_in::{PasswordProblem, SignInRefusal};

use super::{Language, catalogue, time};

catalogue! {
    /// Signing in.
    SignInText {
        passkey: "用通行密钥登录", "Sign in with a passkey";
        title: "登录", "Sign in";
        lead: "使用登录邮箱和密码登录您的账号。", "Use your login e-mail and password.";
        email: "登录邮箱", "Login e-mail";
        password: "密码", "Password";
        submit: "登录", "Sign in";
        pending: "正在登录…", "Signing in…";
    }
}

/// What is wrong with a login e-mail, as typed at sign-in: one sentence for all that is misspelt,
/// since whoever signs in has an address that is right.
#[must_use]
pub const fn email_problem(language: Language, problem: EmailProblem) -> &'static str {
    let is_empty = match problem {
        EmailProblem::Empty => true,
        EmailProblem::NoAt
        | EmailProblem::SecondAt
        | EmailProblem::NoName
        | EmailProblem::NoDomain
        | EmailProblem::ForbiddenCharacter { .. }
        | EmailProblem::MisplacedDot
        | EmailProblem::NameTooLong { .. }
        | EmailProblem::TooLong { .. }
        | EmailProblem::Domain { .. } => false,
    };
    match (language, is_empty) {
        (Language::Chinese, true) => "请输入登录邮箱",
        (Language::English, true) => "Enter your login e-mail",
        (Language::Chinese, false) => "请输入完整的邮箱地址，例如 name@example.com",
        (Language::English, false) => "Enter a whole e-mail address, such as name@example.com",
    }
}

/// What is wrong with a password, whether it is typed at sign-in or newly chosen (SGN-12).
#[must_use]
pub fn password_problem(language: Language, problem: PasswordProblem) -> String {
    match (language, problem) {
        (Language::Chinese, PasswordProblem::Empty) => "请输入密码".to_owned(),
        (Language::English, PasswordProblem::Empty) => "Enter your password".to_owned(),
        (Language::Chinese, PasswordProblem::TooShort { shortest }) => {
            format!("密码至少需要 {shortest} 个字符")
        }
        (Language::English, PasswordProblem::TooShort { shortest }) => {
            format!("The password must have at least {shortest} characters")
        }
        (Language::Chinese, PasswordProblem::TooLong { longest }) => {
            format!("密码最多 {longest} 个字符")
        }
        (Language::English, PasswordProblem::TooLong { longest }) => {
            format!("The password must have at most {longest} characters")
        }
        (Language::Chinese, PasswordProblem::Common) => {
            "这个密码太常见，容易被猜到，请换一个".to_owned()
        }
        (Language::English, PasswordProblem::Common) => {
            "This password is too common and easily guessed. Choose another one".to_owned()
        }
        (Language::Chinese, PasswordProblem::ContainsAccountId) => "密码不能包含账号 ID".to_owned(),
        (Language::English, PasswordProblem::ContainsAccountId) => {
            "The password must not contain the account ID".to_owned()
        }
        (Language::Chinese, PasswordProblem::ContainsEmailName) => "密码不能包含邮箱名".to_owned(),
        (Language::English, PasswordProblem::ContainsEmailName) => {
            "The password must not contain the name of your e-mail".to_owned()
        }
        (Language::Chinese, PasswordProblem::ContainsPhone) => "密码不能包含手机号码".to_owned(),
        (Language::English, PasswordProblem::ContainsPhone) => {
            "The password must not contain your phone number".to_owned()
        }
    }
}

/// Why somebody is not signed in (SGN-1).
#[must_use]
pub fn sign_in_refusal(language: Language, refusal: SignInRefusal) -> String {
    match (language, refusal) {
        (Language::Chinese, SignInRefusal::WrongEmailOrPassword) => {
            "邮箱或密码不正确，请检查后重试。".to_owned()
        }
        (Language::English, SignInRefusal::WrongEmailOrPassword) => {
            "E-mail or password is not right. Check both and try again.".to_owned()
        }
        (Language::Chinese, SignInRefusal::CaptchaNeeded) => {
            "今天密码输错次数较多，请先完成人机验证再试。".to_owned()
        }
        (Language::English, SignInRefusal::CaptchaNeeded) => {
            "There were several wrong passwords today. Solve the captcha, then try again."
                .to_owned()
        }
        (Language::Chinese, SignInRefusal::Locked { retry_at }) => format!(
            "密码输错次数过多，密码登录已锁定，{} 解除。",
            time::beijing(language, retry_at)
        ),
        (Language::English, SignInRefusal::Locked { retry_at }) => format!(
            "Too many wrong passwords. Signing in with a password is locked until {}.",
            time::beijing(language, retry_at)
        ),
        (Language::Chinese, SignInRefusal::TooManyTries { retry_at }) => format!(
            "尝试次数过多，请在 {} 之后重试。",
            time::beijing(language, retry_at)
        ),
        (Language::English, SignInRefusal::TooManyTries { retry_at }) => format!(
            "Too many tries. Try again after {}.",
            time::beijing(language, retry_at)
        ),
        (Language::Chinese, SignInRefusal::SecondStepOver) => {
            "这次登录已超时或已完成，请重新登录。".to_owned()
        }
        (Language::English, SignInRefusal::SecondStepOver) => {
            "This sign-in took too long or is done already. Please sign in again.".to_owned()
        }
    }
}
