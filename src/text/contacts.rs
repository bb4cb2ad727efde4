//! The sentences of phones and e-mails: what each is for, and changing the contact ones (CON-1, CON-6).

use domain::contacts::{ContactField, ContactKind, ContactRefusal, MessageKind};
use domain::identity::{EmailProblem, PhoneNumberProblem};
use domain::time::Timestamp;

use super::{Language, catalogue, time};

catalogue! {
    /// Phones and e-mails of the account.
    ContactText {
        heading: "手机与邮箱", "Phones and e-mails";
        lead: "登录、安全、联系三类各自独立，修改其中一个不会影响其他。", "Login, security and contact are three separate things; changing one never changes another.";
        login_email: "登录邮箱", "Login e-mail";
        security_phone: "安全手机", "Security phone";
        security_email: "安全邮箱", "Security e-mail";
        contact_phone: "联系手机", "Contact phone";
        contact_email: "联系邮箱", "Contact e-mail";
        not_set: "未设置", "Not set";
        change: "修改", "Change";
        set: "设置", "Set";
        manage: "去安全设置修改", "Change in Security settings";
        new_phone: "新的联系手机", "New contact phone";
        new_phone_hint: "中国大陆号码直接输入，其他地区请以 + 和国家代码开头。", "Mainland numbers as they are; others with + and the country code.";
        new_email: "新的联系邮箱", "New contact e-mail";
        propose: "发送验证码", "Send code";
        sending: "正在发送…", "Sending…";
        pending: "待确认", "Waiting to be confirmed";
        enter_code: "输入验证码", "Enter the code";
        confirm: "确认", "Confirm";
        confirming: "正在确认…", "Confirming…";
        correct: "更正", "Correct it";
        give_up: "放弃修改", "Give up the change";
        given_up: "已放弃修改，原来的值保持不变。", "The change was given up; the old value stays.";
        confirmed: "已确认，从现在起生效。", "Confirmed. It counts from now on.";
        link_title: "确认联系邮箱", "Confirm the contact e-mail";
        link_lead: "点击下面的按钮，把收到这封邮件的邮箱设为联系邮箱。", "Press the button to make the address that got the letter the contact e-mail.";
        link_gone: "这个链接无效、已被使用，或修改已经超时。请在账号信息页重新操作。", "This link is not valid, was used, or the change took too long. Begin again on Account info.";
        to_account: "去账号信息", "Go to Account info";
    }
}

/// What a phone or e-mail receives (CON-1).
#[must_use]
pub fn receives(language: Language, field: ContactField) -> String {
    let kinds = field.receives().iter().map(|kind| message(language, *kind));
    let kinds: Vec<_> = kinds.collect();
    match language {
        Language::Chinese => ["用于：", &kinds.join("、")].concat(),
        Language::English => ["For: ", &kinds.join(", ")].concat(),
    }
}

const fn message(language: Language, kind: MessageKind) -> &'static str {
    let (chinese, english) = match kind {
        MessageKind::SignIn => ("登录账号", "signing in"),
        MessageKind::SecurityCodes => ("安全验证码", "security codes"),
        MessageKind::SecurityNotices => ("安全通知", "security notices"),
        MessageKind::ProductAlerts => ("产品告警", "alerts of products"),
        MessageKind::Expiry => ("到期提醒", "expiry reminders"),
        MessageKind::BillingAlerts => ("费用提醒", "billing alerts"),
        MessageKind::BusinessAlerts => ("业务提醒", "business alerts"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What waits, and until when.
#[must_use]
pub fn waits(language: Language, value: &str, until: Timestamp) -> String {
    let until = time::beijing(language, until);
    match language {
        Language::Chinese => format!("{value}，请在 {until} 之前确认；在此之前原来的值继续有效。"),
        Language::English => {
            format!("{value}: confirm it before {until}. Until then the old one stays.")
        }
    }
}

/// What is wrong with a phone number.
#[must_use]
pub const fn phone_problem(language: Language, problem: PhoneNumberProblem) -> &'static str {
    let is_empty = matches!(problem, PhoneNumberProblem::Empty);
    match (language, is_empty) {
        (Language::Chinese, true) => "请输入手机号码",
        (Language::English, true) => "Enter a phone number",
        (Language::Chinese, false) => {
            "手机号码不正确：中国大陆为 11 位，其他地区请以 + 和国家代码开头"
        }
        (Language::English, false) => {
            "This is not a phone number: eleven digits for the mainland, else + and the country code"
        }
    }
}

/// What is wrong with an e-mail address.
#[must_use]
pub const fn email_problem(language: Language, problem: EmailProblem) -> &'static str {
    let is_empty = matches!(problem, EmailProblem::Empty);
    match (language, is_empty) {
        (Language::Chinese, true) => "请输入邮箱地址",
        (Language::English, true) => "Enter an e-mail address",
        (Language::Chinese, false) => "请输入完整的邮箱地址，例如 name@example.com",
        (Language::English, false) => "Enter a whole e-mail address, such as name@example.com",
    }
}

/// Why a contact stays as it is (CON-6); what other areas refuse has other words.
#[must_use]
pub const fn contact_refusal(
    language: Language,
    kind: ContactKind,
    refusal: ContactRefusal,
) -> Option<&'static str> {
    let same = match (language, kind) {
        (Language::Chinese, ContactKind::Phone) => "与现在的联系手机相同，无需修改。",
        (Language::English, ContactKind::Phone) => "This is the present contact phone already.",
        (Language::Chinese, ContactKind::Email) => "与现在的联系邮箱相同，无需修改。",
        (Language::English, ContactKind::Email) => "This is the present contact e-mail already.",
    };
    match refusal {
        ContactRefusal::SameContact => Some(same),
        ContactRefusal::NothingPending | ContactRefusal::ContactNotProved => match language {
            Language::Chinese => Some("没有待确认的修改，或已超时，请重新修改。"),
            Language::English => {
                Some("Nothing waits to be confirmed, or it took too long. Begin again.")
            }
        },
        _ => None,
    }
}
