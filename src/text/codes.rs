//! The sentences around codes that are sent (CON-11, CON-12).

use domain::contacts::{CodeRefusal, NoCodeCause};
use domain::protection::SixDigitsProblem;

use super::{Language, catalogue, time};

catalogue! {
    /// Asking for a code and typing it.
    CodeText {
        label: "验证码", "Code";
        hint: "6 位数字，可以直接粘贴。", "Six digits; pasting works.";
        send: "发送验证码", "Send code";
        sending: "正在发送…", "Sending…";
        again: "重新发送", "Send again";
        none_came: "收不到验证码？", "No code?";
        none_same: "请确认填写的手机号或邮箱正确；没有账号使用它时，不会发送。",
            "Check that the number or address is right. Where nobody has it, nothing is sent.";
        ready: "现在可以重新发送验证码了。", "You can ask for another code now.";
    }
}

/// The button's words while another code cannot be sent yet.
#[must_use]
pub fn wait(language: Language, seconds: u32) -> String {
    match language {
        Language::Chinese => format!("{seconds} 秒后可重新发送"),
        Language::English => format!("Send again in {seconds} s"),
    }
}

/// Where a code went.
#[must_use]
pub fn sent_to(language: Language, to: &str) -> String {
    match language {
        Language::Chinese => format!("验证码已发送至 {to}。"),
        Language::English => format!("A code was sent to {to}."),
    }
}

/// The sender that a filter has to let through (CON-11).
#[must_use]
pub fn allow(language: Language, sender: &str) -> String {
    match language {
        Language::Chinese => format!("请将发件地址 {sender} 加入白名单。"),
        Language::English => format!("Allow mail from {sender}."),
    }
}

/// Why a code may not have come, and what helps (CON-11).
#[must_use]
pub const fn no_code_cause(language: Language, cause: NoCodeCause) -> &'static str {
    let (chinese, english) = match cause {
        NoCodeCause::SpamFolder => (
            "邮箱：请查看垃圾邮件。",
            "E-mail: look into the spam folder.",
        ),
        NoCodeCause::AdministratorFilter => (
            "企业邮箱：可能被管理员的过滤规则拦截，请联系管理员放行。",
            "Company e-mail: the administrator's filter may have stopped it; ask them to let it through. ",
        ),
        NoCodeCause::Blocked => (
            "手机：短信可能被手机或拦截软件拦截。",
            "Phone: the phone or an app may block the message.",
        ),
        NoCodeCause::NoCredit => (
            "手机：请检查是否欠费或停机。",
            "Phone: the number may have no credit or be suspended.",
        ),
        NoCodeCause::Roaming => (
            "手机：漫游时短信可能延迟或无法送达。",
            "Phone: while roaming, messages come late or not at all.",
        ),
        NoCodeCause::DailyCap => (
            "每天能接收的验证码数量有上限，达到后请明天再试。",
            "There is a limit of codes a day; once it is reached, try again tomorrow.",
        ),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Where a code would go.
#[must_use]
pub fn will_go_to(language: Language, to: &str) -> String {
    match language {
        Language::Chinese => format!("验证码将发送至 {to}"),
        Language::English => format!("The code goes to {to}"),
    }
}

/// What is wrong with a code as it was typed.
#[must_use]
pub const fn six_digits_problem(language: Language, problem: SixDigitsProblem) -> &'static str {
    match (language, problem) {
        (Language::Chinese, SixDigitsProblem::Empty) => "请输入验证码",
        (Language::English, SixDigitsProblem::Empty) => "Enter the code",
        (Language::Chinese, SixDigitsProblem::NotSixDigits) => "验证码是 6 位数字",
        (Language::English, SixDigitsProblem::NotSixDigits) => "The code has six digits",
    }
}

/// Why a code is not sent or not taken (CON-12).
#[must_use]
pub fn code_refusal(language: Language, refusal: CodeRefusal) -> String {
    let chinese = language == Language::Chinese;
    let fixed = |zh: &str, en: &str| if chinese { zh } else { en }.to_owned();
    match refusal {
        CodeRefusal::TooSoon { .. } => fixed(
            "刚刚已发送过验证码，请稍候再试。",
            "A code was sent a moment ago. Wait a little before you ask for another.",
        ),
        CodeRefusal::DayUsedUp { most, retry_at } => {
            let until = time::beijing(language, retry_at);
            if chinese {
                format!("同一手机号或邮箱每天最多接收 {most} 条验证码，请在 {until} 之后再试。")
            } else {
                format!(
                    "One phone or address gets at most {most} codes a day. Try again after {until}."
                )
            }
        }
        CodeRefusal::TooManyWrongToday { retry_at } => {
            let until = time::beijing(language, retry_at);
            if chinese {
                format!("今天输错次数过多，请在 {until} 之后再试。")
            } else {
                format!("Too many wrong codes today. Try again after {until}.")
            }
        }
        CodeRefusal::NoCode => fixed("请先发送验证码。", "Ask for a code first."),
        CodeRefusal::Used => fixed(
            "这个验证码已经用过，请重新发送。",
            "This code has been used. Ask for a new one.",
        ),
        CodeRefusal::Expired => fixed(
            "验证码已过期，请重新发送。",
            "The code is too old. Ask for a new one.",
        ),
        CodeRefusal::Void => fixed(
            "验证码已失效，请重新发送。",
            "The code is no longer valid. Ask for a new one.",
        ),
        CodeRefusal::Wrong { tries_left } => {
            if chinese {
                format!("验证码不正确，还可以尝试 {tries_left} 次。")
            } else if tries_left == 1 {
                "The code is wrong. One try is left.".to_owned()
            } else {
                format!("The code is wrong. {tries_left} tries are left.")
            }
        }
    }
}
