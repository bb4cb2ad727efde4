//! The sentences of proving again who one is (PRT-2, PRT-4).

use domain::protection::{ProofMethod, ProtectionRefusal};

use super::{Language, catalogue, time};

catalogue! {
    /// Proving again who one is.
    ProofText {
        title: "请先验证身份", "Confirm that it is you";
        lead: "这是敏感操作，验证后 15 分钟内无需重复验证。", "This is a sensitive operation. One proof counts for the next 15 minutes.";
        ways: "验证方式", "How";
        submit: "验证", "Confirm";
        pending: "正在验证…", "Confirming…";
        mfa_code: "MFA 设备上的验证码", "Code of your MFA device";
        mfa_hint: "打开验证器应用，输入当前显示的 6 位数字。", "Open your authenticator app and enter the six digits it shows.";
        key: "安全密钥", "Security key";
        key_hint: "点击下方按钮，然后按浏览器提示触摸安全密钥，或用指纹、面容、PIN 确认。", "Press the button below and follow your browser: touch the key, or confirm by finger, face or PIN.";
        use_key: "改用安全密钥", "Use the security key";
        recovery_code: "恢复码", "Recovery code";
        recovery_hint: "绑定 MFA 时保存的恢复码，每个只能使用一次。", "One of the codes you kept when you bound the device; each works once.";
        use_recovery: "改用恢复码", "Use a recovery code";
        use_device: "改用 MFA 设备", "Use the MFA device";
        nothing: "您的账号还没有可用于验证身份的方式，请先绑定安全手机。",
            "Your account has nothing to prove that it is you. Bind a security phone first.";
        bind_phone: "绑定安全手机", "Bind a security phone";
        choose: "请选择一种验证方式", "Choose a way to confirm";
    }
}

/// A way to prove oneself, in a few words.
#[must_use]
pub const fn method(language: Language, method: ProofMethod) -> &'static str {
    match (language, method) {
        (Language::Chinese, ProofMethod::Mfa) => "MFA 设备或恢复码",
        (Language::English, ProofMethod::Mfa) => "MFA device or recovery code",
        (Language::Chinese, ProofMethod::Wechat) => "微信扫码确认",
        (Language::English, ProofMethod::Wechat) => "Scan with WeChat",
        (Language::Chinese, ProofMethod::Face) => "人脸识别",
        (Language::English, ProofMethod::Face) => "Face recognition",
        (Language::Chinese, ProofMethod::SecurityPhone) => "安全手机验证码",
        (Language::English, ProofMethod::SecurityPhone) => "Code to the security phone",
        (Language::Chinese, ProofMethod::SecurityEmail) => "安全邮箱验证码",
        (Language::English, ProofMethod::SecurityEmail) => "Code to the security e-mail",
    }
}

/// Why a way does not count now (PRT-4).
#[must_use]
pub fn too_new(language: Language, until: domain::time::Timestamp) -> String {
    let until = time::beijing(language, until);
    match language {
        Language::Chinese => format!("刚刚变更过，{until} 之后才能单独用来更换它自己"),
        Language::English => {
            format!("Changed a short while ago; it vouches for its own replacement from {until} on")
        }
    }
}

/// How long a proof still counts.
#[must_use]
pub fn left(language: Language, minutes: u32) -> String {
    match (language, minutes) {
        (Language::Chinese, _) => format!("身份已验证，{minutes} 分钟内有效"),
        (Language::English, 1) => "Confirmed for 1 more minute".to_owned(),
        (Language::English, _) => format!("Confirmed for {minutes} more minutes"),
    }
}

/// Why protection says no (PRT-1, PRT-2, PRT-4).
#[must_use]
pub fn protection_refusal(language: Language, refusal: &ProtectionRefusal) -> String {
    let text = ProofText::of(language);
    match refusal {
        ProtectionRefusal::NothingToProveWith => text.nothing.to_owned(),
        ProtectionRefusal::ProofNeeded { .. } => text.title.to_owned(),
        ProtectionRefusal::JustChanged {
            method: of,
            retry_at,
        } => {
            let name = method(language, *of);
            let until = time::beijing(language, *retry_at);
            match language {
                Language::Chinese => {
                    format!("{name}刚刚变更过，{until} 之前不能单独用来更换它自己，请换一种方式。")
                }
                Language::English => format!(
                    "{name}: changed a short while ago, so it does not vouch for its own replacement until {until}. Use another way."
                ),
            }
        }
        ProtectionRefusal::FactorNotBound { .. } => match language {
            Language::Chinese => "这种方式尚未绑定，请先绑定。".to_owned(),
            Language::English => "This way is not bound yet. Bind it first.".to_owned(),
        },
        ProtectionRefusal::FactorChosen { .. } => match language {
            Language::Chinese => "登录保护或操作保护正在使用它，请先更换保护方式。".to_owned(),
            Language::English => {
                "Sign-in or operation protection asks for it. Choose another way there first."
                    .to_owned()
            }
        },
    }
}
