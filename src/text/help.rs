//! The words around the answers of the help centre (HLP-1); the answers themselves are data.

use contract::help::HelpSubject;

use super::{Language, catalogue};

catalogue! {
    /// The help centre.
    HelpText {
        title: "帮助中心", "Help";
        lead: "输入您想做的事或遇到的问题；按 / 可以直接开始输入。", "Type what you want to do or what went wrong. Press / to begin typing.";
        search: "搜索帮助", "Search help";
        results: "搜索结果", "Results";
        none: "没有找到答案", "No answer found";
        none_hint: "换个说法试试，例如“换手机”“注销”“发票”，或者浏览下面的全部问题。",
            "Try other words, such as “change phone” or “delete account”, or look through all questions.";
        all: "全部问题", "All questions";
        about: "相关问题", "Related questions";
        go: "去办理", "Go there";
    }
}

/// What questions are about.
#[must_use]
pub const fn subject(language: Language, subject: HelpSubject) -> &'static str {
    let (chinese, english) = match subject {
        HelpSubject::Account => ("账号与基本信息", "Account and basic info"),
        HelpSubject::Contacts => ("手机与邮箱", "Phones and e-mails"),
        HelpSubject::Registration => ("注册", "Registration"),
        HelpSubject::Verification => ("实名认证", "Real-name verification"),
        HelpSubject::PersonalVerification => ("个人认证", "Verification of persons"),
        HelpSubject::EnterpriseVerification => ("企业认证", "Verification of enterprises"),
        HelpSubject::ChangeOfVerification => ("变更认证", "Changing the verification"),
        HelpSubject::LoginMethods => ("登录方式", "Login methods"),
        HelpSubject::Deregistration => ("注销账号", "Deregistration"),
        HelpSubject::Mfa => ("MFA 与登录保护", "MFA and protection"),
        HelpSubject::SignInTrouble => ("登录遇到问题", "Trouble with signing in"),
        HelpSubject::Projects => ("项目", "Projects"),
        HelpSubject::Offboarding => ("员工离职", "When somebody leaves"),
        HelpSubject::Wecom => ("企业微信", "WeCom"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// How many answers were found, for the live region.
#[must_use]
pub fn found(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::Chinese, _) => format!("找到 {count} 条"),
        (Language::English, 1) => "1 answer".to_owned(),
        (Language::English, _) => format!("{count} answers"),
    }
}
