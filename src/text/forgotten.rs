//! The sentences of a forgotten password (SGN-7, SGN-8).

use domain::contacts::ContactTargetProblem;
use domain::sign_in::{ForgottenPasswordWay, PasswordResetRefusal};

use super::{Language, catalogue, registration, sign_in};

catalogue! {
    /// A forgotten password.
    ForgottenText {
        title: "忘记密码", "Forgot your password";
        lead: "用登录邮箱或安全手机接收验证码，然后设置新密码。",
            "Get a code by your login e-mail or your security phone, then set a new password.";
        target: "登录邮箱或安全手机", "Login e-mail or security phone";
        target_hint: "验证码只发送给已绑定账号的邮箱或手机。", "A code goes only to an e-mail or phone that belongs to an account.";
        account_id: "账号 ID 不能接收验证码，请输入登录邮箱或安全手机",
            "An account ID gets no codes. Enter the login e-mail or the security phone";
        next: "继续", "Continue";
        checking: "正在核对…", "Checking…";
        choose: "要为哪个账号设置新密码？", "For which account?";
        choose_problem: "请选择一个账号", "Choose an account";
        account: "账号", "Account";
        password: "新密码", "New password";
        password_hint: "8 至 128 个字符，任何字符都可以。不要包含账号 ID、邮箱名或手机号。",
            "8 to 128 characters of any kind. Not the account ID, the name of your e-mail or your phone number.";
        set: "设置新密码", "Set the new password";
        setting: "正在设置…", "Setting…";
        over_again: "换一个邮箱或手机", "Use another e-mail or phone";
        done: "新密码已生效，其他登录会话已全部结束。请用新密码登录。",
            "The new password works, and every session has ended. Sign in with it.";
        none: "没有账号使用这个邮箱或手机。", "No account has this e-mail or phone.";
        no_password: "这个账号不用密码登录。", "This account signs in without a password.";
        locked: "这个账号已被锁定，请先解除锁定；解锁时会设置新密码。",
            "This account is locked. Unlock it first; that sets a new password.";
        unlock: "解除锁定", "Unlock";
        other_ways: "其他办法", "Other ways";
        sub_user: "我是子用户", "I am a sub-user";
        sub_user_answer: "子用户的密码由主账号重置，新密码立即生效。请联系您的主账号，或主账号授权的管理员。",
            "A sub-user's password is reset by its root account and works at once. Ask the root account, or an administrator it allowed.";
        neither: "邮箱和手机都不能用了", "Neither e-mail nor phone is at hand";
        neither_answer: "如果账号还绑定了微信、QQ、企业微信或公众号，可以直接用它登录。都不行时，需要通过人工申诉找回，请联系客服。",
            "If WeChat, QQ, WeCom or an Official Account is bound, sign in with that. If nothing is left, an appeal is the way; ask our support.";
        hotline: "客服热线：", "Hotline: ";
        sign_in: "去登录", "Sign in";
    }
}

/// What is wrong with what was typed where a phone or an address will do.
#[must_use]
pub fn target_problem(language: Language, problem: ContactTargetProblem) -> String {
    match problem {
        ContactTargetProblem::Email(domain::identity::EmailProblem::Empty) => match language {
            Language::Chinese => "请输入邮箱或手机号码".to_owned(),
            Language::English => "Enter an e-mail address or a phone number".to_owned(),
        },
        ContactTargetProblem::Email(problem) => {
            sign_in::email_problem(language, problem).to_owned()
        }
        ContactTargetProblem::Phone(problem) => registration::phone_problem(language, problem),
    }
}

/// A way out for somebody who forgot the password, besides a code (SGN-7).
#[must_use]
pub fn way(language: Language, way: ForgottenPasswordWay) -> Option<String> {
    let chinese = language == Language::Chinese;
    match way {
        ForgottenPasswordWay::CodeToSecurityPhone | ForgottenPasswordWay::CodeToLoginEmail => None,
        ForgottenPasswordWay::OtherLoginMethod(kind) => {
            let name = registration::way(language, kind);
            Some(if chinese {
                format!("用{name}登录")
            } else {
                format!("Sign in with {name}")
            })
        }
        ForgottenPasswordWay::AskTheRoot => {
            let text = ForgottenText::of(language);
            Some(text.sub_user_answer.to_owned())
        }
        ForgottenPasswordWay::Appeal => Some(
            if chinese {
                "通过人工申诉找回，请联系客服"
            } else {
                "Appeal: ask our support"
            }
            .to_owned(),
        ),
    }
}

/// Why a password is not reset (SGN-7, SGN-8).
#[must_use]
pub const fn reset_refusal(language: Language, refusal: PasswordResetRefusal) -> &'static str {
    match (language, refusal) {
        (Language::Chinese, PasswordResetRefusal::NotProved) => {
            "这个账号与刚才验证的邮箱或手机不符，请重新开始。"
        }
        (Language::English, PasswordResetRefusal::NotProved) => {
            "This account does not have the e-mail or phone that was proved. Begin again."
        }
        (Language::Chinese, PasswordResetRefusal::NoPassword) => {
            "这个账号不用密码登录，请使用它的其他登录方式。"
        }
        (Language::English, PasswordResetRefusal::NoPassword) => {
            "This account signs in without a password. Use one of its other ways to sign in."
        }
        (Language::Chinese, PasswordResetRefusal::OnlyTheRoot) => {
            "子用户的密码只能由主账号或其授权的管理员重置。"
        }
        (Language::English, PasswordResetRefusal::OnlyTheRoot) => {
            "Only the root account, or an administrator it allowed, resets a sub-user's password."
        }
    }
}
