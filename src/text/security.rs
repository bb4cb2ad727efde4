//! The sentences of Security settings (PRT, SGN, CON-2 to CON-8).

use domain::contacts::ContactRefusal;
use domain::login_methods::LoginMethodKind;
use domain::mfa::DeviceKind;
use domain::protection::{Factor, LeaverFactor, Protection, Remedy, ScoreKind};
use domain::sign_in::{PasswordStrength, SessionLimitProblem, SignInMethod, SignInResult};
use domain::time::Timestamp;

use super::{Language, catalogue, time};

catalogue! {
    /// Security settings.
    SecurityText {
        title: "安全设置", "Security settings";
        lead: "查看账号的安全状况，并管理验证方式、登录保护和设备。", "How safe the account is, and what protects it.";
        score: "安全评分", "Security score";
        parts: "评分明细", "What the score is made of";
        next_step: "建议下一步", "The next step";
        complete: "已完成", "Done";
        partly: "可加强", "Could be stronger";
        missing: "未完成", "Missing";
        go_on: "继续", "Go on";
        wechat_both: "解绑微信登录后，微信确认仍然有效，需在 MFA 页面单独解绑。",
            "Unbinding WeChat as a way to sign in leaves this in place; it is unbound on its own, on the MFA page.";
        wechat_alone: "微信已不再用于登录，但仍用于安全确认，直到在 MFA 页面解绑。",
            "WeChat no longer signs in, but still confirms until it is unbound on the MFA page.";
        leaver_lead: "先用账号的其他验证方式登录或验证身份，再更换或解绑对应的一项：", "Sign in or prove yourself in another way that the account has, then:";
        bind_first: "可先绑定：", "Bind first:";
        sign_in_hint: "登录时，在密码或扫码之后再验证一次。信任的设备可以跳过。", "At each sign-in, after the password or the scan. Trusted devices skip it.";
        operation_hint: "删除用户、管理密钥等操作前再验证一次。更换手机、邮箱、密码、MFA 和登录方式时，无论是否开启都会验证。",
            "Before deleting users, managing keys and the like. Changes of phone, e-mail, password, MFA and login methods ask in any case.";
        sessions_lead: "查看账号在哪些设备上登录，结束不认识的登录。", "Where the account is signed in. End what you do not recognise.";
        only_this: "没有其他登录。", "There are no other sessions.";
        limits_hint: "保存后对所有登录立即生效；缩短后，已超时的登录会结束。", "It holds at once for every session; those that are over a shorter limit end.";
        no_trusted_hint: "登录时在二次验证处勾选“信任此设备”，会出现在这里。", "One appears here when “trust this device” is ticked at the second proof of a sign-in.";
        phone_lost_appeal: "在线申诉暂未开放，请联系客服办理。", "Appeals cannot be filed online yet; please contact support.";
        step_email: "填写新邮箱", "Name the new address";
        step_original: "验证原邮箱", "The present address agrees";
        step_new: "验证新邮箱", "The new address answers";
        step_done: "已完成", "done";
        steps: "更换步骤", "Steps";
        all_done: "各项均已完成。", "Everything is done.";
        bound: "已绑定", "Bound";
        not_bound: "未绑定", "Not bound";
        on: "已开启", "On";
        off: "未开启", "Off";
        since: "更新于", "Since";
        password: "登录密码", "Password";
        phone: "安全手机", "Security phone";
        email: "安全邮箱", "Security e-mail";
        mfa: "MFA 设备", "MFA device";
        sign_in_protection: "登录保护", "Sign-in protection";
        operation_protection: "操作保护", "Operation protection";
        sessions: "登录设备与会话", "Sessions and devices";
        history: "登录记录", "Sign-in history";
        set: "设置", "Set";
        change: "修改", "Change";
        manage: "管理", "Manage";
        view: "查看", "View";
        ways: "验证方式", "Ways to prove yourself";
        protection: "保护", "Protection";
        activity: "登录情况", "Sign-ins";
        wechat: "微信扫码确认", "WeChat as confirmation";
        must_set: "账号刚解锁，请先设置新密码。", "The account was unlocked a short while ago: set a new password first.";
        back: "返回安全设置", "Back to Security settings";
        saving: "正在保存…", "Saving…";
        password_lead: "设置新密码后立即生效，其他设备上的登录会全部结束，设备信任也会取消。", "It works at once. Every other session ends, and no device is trusted any more.";
        password_label: "新密码", "New password";
        password_hint: "8 至 128 个字符，不限种类；越长越安全。", "8 to 128 characters of any kind; the longer, the safer.";
        password_save: "保存新密码", "Save the new password";
        password_saved: "密码已更新，其他设备上的登录已结束。", "The password was changed, and every other session has ended.";
        phone_lead: "安全手机用于接收安全验证码和安全通知。新号码需要先收取验证码。", "It gets security codes and notices. The new number has to answer a code first.";
        phone_now: "当前安全手机", "Present security phone";
        phone_label: "新的安全手机", "New security phone";
        phone_hint: "中国大陆号码直接输入，其他地区请以 + 和国家代码开头。", "Mainland numbers as they are; others with + and the country code.";
        phone_save: "保存安全手机", "Save the security phone";
        phone_changed: "安全手机已更新", "The security phone was changed";
        phone_old: "原号码不再接收安全验证码，但仍可能接收产品消息。", "The former number gets no more security codes; it may still get messages.";
        phone_carried: "以下消息接收人仍在使用原号码：", "These message recipients still carry the former number:";
        phone_lost: "当前手机无法使用？", "Is the present phone out of reach?";
        phone_lost_answer: "如果还有 MFA、安全邮箱、微信或人脸等其他方式，可以在验证身份时选用。都不可用时，需要提交人工申诉并提供身份材料。", "When you are asked to prove yourself, use any other way that you have: MFA, security e-mail, WeChat or face. When none is left, an appeal with documents changes the phone.";
        email_lead: "安全邮箱用于接收安全验证码和安全通知。更换时，原邮箱和新邮箱都需要验证。", "It gets security codes and notices. For a change both the present and the new address answer a code.";
        email_now: "当前安全邮箱", "Present security e-mail";
        email_label: "新的安全邮箱", "New security e-mail";
        email_start: "下一步", "Next";
        email_confirm: "确认", "Confirm";
        email_confirming: "正在确认…", "Confirming…";
        email_cancel: "放弃更换", "Give up the change";
        email_canceled: "已放弃更换，原邮箱保持不变。", "The change was given up; the present address stays.";
        email_changed: "安全邮箱已更新", "The security e-mail was changed";
        email_stays: "完成之前，原邮箱继续有效。", "Until the end the present address stays.";
        end_others_question: "要结束其他设备上的登录吗？", "End the sessions on other devices?";
        end_others: "结束其他所有登录", "End all other sessions";
        ending: "正在结束…", "Ending…";
        ended: "其他登录已结束。", "The other sessions have ended.";
        keep: "保留", "Keep them";
        protection_lead: "登录保护在密码正确后再验证一次；操作保护在敏感操作前再验证一次。", "Sign-in protection asks for a second proof after the password, operation protection before a sensitive operation.";
        protection_asks: "验证方式", "What is asked for";
        protection_off: "关闭", "Off";
        protection_off_hint: "不再要求二次验证。", "No second proof is asked for.";
        protection_save: "保存", "Save";
        protection_saved: "保护方式已更新。", "The protection was changed.";
        weakest: "安全性最低，建议优先选择其他方式。", "The weakest; choose another one if you can.";
        leaver: "离职员工的手机或微信无法验证怎么办？", "What if the proof belongs to somebody who left?";
        this_session: "当前会话", "This session";
        device: "设备", "Device";
        place: "地点与 IP", "Place and address";
        began: "登录时间", "Signed in";
        used: "最近使用", "Last used";
        action: "操作", "Actions";
        end: "结束", "End";
        unknown_device: "未知设备", "Unknown device";
        end_title: "确定结束其他所有登录吗？", "End all other sessions?";
        end_happens: "结束后", "What happens";
        end_happens_line: "除当前会话外，所有设备都需要重新登录。", "Every device but this one has to sign in again.";
        end_stays: "不受影响", "What does not";
        end_stays_line: "当前会话和云资源不受影响。", "This session and your resources.";
        limits: "会话时长", "How long sessions last";
        idle: "无操作多久后退出", "Ends after so long without use";
        longest: "最长保持登录", "Ends at the latest after";
        limits_save: "保存会话时长", "Save";
        limits_saved: "会话时长已更新，对已登录的设备同样生效。", "It was changed, and holds for open sessions too.";
        trusted: "信任的设备", "Trusted devices";
        trusted_lead: "在这些设备上登录不再要求二次验证；操作保护不受影响。", "They skip the second proof at sign-in; operation protection is asked for all the same.";
        no_trusted: "没有信任的设备", "No device is trusted";
        expires: "信任到期", "Trusted until";
        revoke: "取消信任", "Take the trust back";
        revoke_all: "取消全部信任", "Take all trust back";
        revoked: "已取消信任，下次登录需要二次验证。", "The trust was taken back; the next sign-in asks for a second proof.";
        history_lead: "最近的登录与尝试。发现异常请立即修改密码或锁定账号。", "Recent sign-ins and tries. If one was not you, change the password or lock the account.";
        time: "时间", "Time";
        method: "方式", "Method";
        result: "结果", "Result";
        more: "更早的记录", "Earlier ones";
        no_history: "还没有登录记录", "No sign-in yet";
    }
}

/// A part of the score (PRT-3).
#[must_use]
pub const fn score_kind(language: Language, kind: ScoreKind) -> &'static str {
    let text = SecurityText::of(language);
    match kind {
        ScoreKind::SecurityPhone => text.phone,
        ScoreKind::SecurityEmail => text.email,
        ScoreKind::Mfa => text.mfa,
        ScoreKind::SignInProtection => text.sign_in_protection,
        ScoreKind::OperationProtection => text.operation_protection,
        ScoreKind::Password => text.password,
    }
}

/// The next step as a button (PRT-3).
#[must_use]
pub const fn next_step(language: Language, kind: ScoreKind) -> &'static str {
    let (chinese, english) = match kind {
        ScoreKind::SecurityPhone => ("绑定安全手机", "Bind a security phone"),
        ScoreKind::SecurityEmail => ("绑定安全邮箱", "Bind a security e-mail"),
        ScoreKind::Mfa => ("绑定 MFA 设备", "Bind an MFA device"),
        ScoreKind::SignInProtection => ("开启登录保护", "Switch sign-in protection on"),
        ScoreKind::OperationProtection => ("开启操作保护", "Switch operation protection on"),
        ScoreKind::Password => ("设置更强的密码", "Set a stronger password"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// The score in words, for whoever cannot see the ring.
#[must_use]
pub fn score(language: Language, points: u32, most: u32) -> String {
    match language {
        Language::Chinese => format!("{points} 分（满分 {most}）"),
        Language::English => format!("{points} of {most} points"),
    }
}

/// The points of one part, short enough for a line of its own.
#[must_use]
pub fn part(language: Language, points: u32, most: u32) -> String {
    match language {
        Language::Chinese => format!("{points}/{most} 分"),
        Language::English => format!("{points} of {most}"),
    }
}

/// How strong a password is.
#[must_use]
pub const fn strength(language: Language, strength: PasswordStrength) -> &'static str {
    match (language, strength) {
        (Language::Chinese, PasswordStrength::Weak) => "强度：弱",
        (Language::English, PasswordStrength::Weak) => "Weak",
        (Language::Chinese, PasswordStrength::Fair) => "强度：中",
        (Language::English, PasswordStrength::Fair) => "Fair",
        (Language::Chinese, PasswordStrength::Strong) => "强度：强",
        (Language::English, PasswordStrength::Strong) => "Strong",
    }
}

/// A factor of protection (PRT-1).
#[must_use]
pub const fn factor(language: Language, factor: Factor) -> &'static str {
    let (chinese, english) = match factor {
        Factor::MfaCode => ("MFA 设备验证", "The MFA device"),
        Factor::WechatScan => (
            "微信扫码（扫描页面上显示的二维码）",
            "A WeChat scan of a code on the page",
        ),
        Factor::PhoneCode => ("安全手机验证码", "A code to the security phone"),
        Factor::EmailCode => ("安全邮箱验证码", "A code to the security e-mail"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Whether a protection is on, and what it asks for.
#[must_use]
pub const fn protection(language: Language, protection: Protection) -> &'static str {
    match protection {
        Protection::Off => SecurityText::of(language).off,
        Protection::Require(required) => factor(language, required),
    }
}

/// Why a factor cannot be chosen, with the way out.
#[must_use]
pub const fn not_bound(language: Language, factor: Factor) -> &'static str {
    let (chinese, english) = match factor {
        Factor::MfaCode => ("尚未绑定 MFA 设备", "No MFA device is bound yet"),
        Factor::WechatScan => ("尚未绑定微信", "WeChat is not bound yet"),
        Factor::PhoneCode => ("尚未绑定安全手机", "No security phone is bound yet"),
        Factor::EmailCode => ("尚未绑定安全邮箱", "No security e-mail is bound yet"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// A kind of MFA device.
#[must_use]
pub const fn device(language: Language, kind: DeviceKind) -> &'static str {
    match (language, kind) {
        (Language::Chinese, DeviceKind::Virtual) => "验证器应用",
        (Language::English, DeviceKind::Virtual) => "Authenticator app",
        (Language::Chinese, DeviceKind::Token) => "硬件令牌",
        (Language::English, DeviceKind::Token) => "Hardware token",
        (Language::Chinese, DeviceKind::SecurityKey) => "安全密钥或通行密钥",
        (Language::English, DeviceKind::SecurityKey) => "Security key or passkey",
    }
}

/// A personal thing of somebody who left (PRT-5).
#[must_use]
pub const fn leaver(language: Language, factor: LeaverFactor) -> &'static str {
    match (language, factor) {
        (Language::Chinese, LeaverFactor::Phone) => "手机",
        (Language::English, LeaverFactor::Phone) => "Their phone",
        (Language::Chinese, LeaverFactor::Email) => "邮箱",
        (Language::English, LeaverFactor::Email) => "Their e-mail",
        (Language::Chinese, LeaverFactor::Wechat) => "微信",
        (Language::English, LeaverFactor::Wechat) => "Their WeChat",
        (Language::Chinese, LeaverFactor::Qq) => "QQ",
        (Language::English, LeaverFactor::Qq) => "Their QQ",
    }
}

/// What settles it (PRT-5).
#[must_use]
pub const fn remedy(language: Language, remedy: Remedy) -> &'static str {
    match (language, remedy) {
        (Language::Chinese, Remedy::ChangePhone) => "更换安全手机",
        (Language::English, Remedy::ChangePhone) => "Change the security phone",
        (Language::Chinese, Remedy::ChangeEmail) => "更换安全邮箱",
        (Language::English, Remedy::ChangeEmail) => "Change the security e-mail",
        (Language::Chinese, Remedy::UnbindWechat) => "解绑微信",
        (Language::English, Remedy::UnbindWechat) => "Unbind WeChat",
        (Language::Chinese, Remedy::UnbindQq) => "解绑 QQ",
        (Language::English, Remedy::UnbindQq) => "Unbind QQ",
    }
}

/// Why a security phone or e-mail stays as it is (CON-2, CON-3, CON-5).
#[must_use]
pub fn contact_refusal(language: Language, refusal: ContactRefusal) -> String {
    let fixed = |zh: &str, en: &str| {
        match language {
            Language::Chinese => zh,
            Language::English => en,
        }
        .to_owned()
    };
    match refusal {
        ContactRefusal::PhoneFull { most } => match language {
            Language::Chinese => format!(
                "这个号码已是 {most} 个账号的安全手机，不能再绑定更多。请换一个号码，或先在其中一个账号更换。"
            ),
            Language::English => format!(
                "This number is the security phone of {most} accounts, which is as many as it may. Use another number, or change it on one of them first."
            ),
        },
        ContactRefusal::SamePhone => fixed(
            "与当前安全手机相同。",
            "This is the present security phone.",
        ),
        ContactRefusal::SameEmail => fixed(
            "与当前安全邮箱相同。",
            "This is the present security e-mail.",
        ),
        ContactRefusal::NoEmailChange => fixed(
            "没有进行中的更换，或已超时，请重新开始。",
            "No change is on its way, or it took too long. Begin again.",
        ),
        _ => fixed(
            "验证码不是发给这个号码或邮箱的，请重新发送。",
            "The code was not sent there. Ask for a new one.",
        ),
    }
}

/// Why limits of sessions cannot be chosen (SGN-13).
#[must_use]
pub fn limit_problem(language: Language, problem: SessionLimitProblem) -> String {
    let hours = |span: domain::time::Span| span.as_millis() / 3_600_000;
    let minutes = |span: domain::time::Span| span.as_millis() / 60_000;
    match (language, problem) {
        (Language::Chinese, SessionLimitProblem::IdleTooShort { least }) => {
            format!("不能短于 {} 分钟", minutes(least))
        }
        (Language::English, SessionLimitProblem::IdleTooShort { least }) => {
            format!("At least {} minutes", minutes(least))
        }
        (Language::Chinese, SessionLimitProblem::IdleTooLong { most }) => {
            format!("不能超过 {} 小时", hours(most))
        }
        (Language::English, SessionLimitProblem::IdleTooLong { most }) => {
            format!("At most {} hours", hours(most))
        }
        (Language::Chinese, SessionLimitProblem::LongestTooLong { most }) => {
            format!("不能超过 {} 小时", hours(most))
        }
        (Language::English, SessionLimitProblem::LongestTooLong { most }) => {
            format!("At most {} hours", hours(most))
        }
        (Language::Chinese, SessionLimitProblem::LongestBelowIdle { .. }) => {
            "不能短于无操作退出的时间".to_owned()
        }
        (Language::English, SessionLimitProblem::LongestBelowIdle { .. }) => {
            "Not shorter than the time without use".to_owned()
        }
    }
}

/// So many minutes or hours, as a choice.
#[must_use]
pub fn span(language: Language, minutes: u32) -> String {
    match (language, minutes % 60) {
        (Language::Chinese, 0) => format!("{} 小时", minutes / 60),
        (Language::Chinese, _) => format!("{minutes} 分钟"),
        (Language::English, 0) if minutes == 60 => "1 hour".to_owned(),
        (Language::English, 0) => format!("{} hours", minutes / 60),
        (Language::English, _) => format!("{minutes} minutes"),
    }
}

/// How somebody signed in (SGN-9).
#[must_use]
pub const fn sign_in_method(language: Language, method: SignInMethod) -> &'static str {
    match method {
        SignInMethod::LoginMethod(LoginMethodKind::Email) => match language {
            Language::Chinese => "邮箱与密码",
            Language::English => "E-mail and password",
        },
        SignInMethod::LoginMethod(kind) => super::login_methods::kind(language, kind),
        SignInMethod::Passkey => match language {
            Language::Chinese => "通行密钥",
            Language::English => "Passkey",
        },
        SignInMethod::SubUser => match language {
            Language::Chinese => "子用户",
            Language::English => "Sub-user",
        },
    }
}

/// What came of a sign-in (SGN-9).
#[must_use]
pub const fn sign_in_result(language: Language, result: SignInResult) -> &'static str {
    let (chinese, english) = match result {
        SignInResult::SignedIn => ("成功", "Signed in"),
        SignInResult::SignedInTrusted => ("成功（信任的设备）", "Signed in on a trusted device"),
        SignInResult::WrongPassword => ("密码错误", "Wrong password"),
        SignInResult::CaptchaMissing => ("未完成人机验证", "Captcha missing"),
        SignInResult::Locked => ("密码登录已锁定", "Password sign-in was locked"),
        SignInResult::SecondStepFailed => ("二次验证未通过", "Second proof not given"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Since when something is as it is.
#[must_use]
pub fn since(language: Language, moment: Timestamp) -> String {
    let moment = time::beijing(language, moment);
    [SecurityText::of(language).since, " ", &moment].concat()
}

/// What a change waits for, with its address and end (CON-5).
#[must_use]
pub fn email_waits(language: Language, wished: &str, lapses_at: Timestamp) -> String {
    let until = time::beijing(language, lapses_at);
    match language {
        Language::Chinese => format!("正在更换为 {wished}，请在 {until} 之前完成。"),
        Language::English => format!("Changing to {wished}; finish before {until}."),
    }
}
