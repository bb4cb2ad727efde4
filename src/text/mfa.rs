//! The sentences of MFA devices and their codes.

use domain::mfa::{MfaRefusal, RecoveryCodeProblem};

use super::{Language, time};
use crate::keys::KeyTrouble;

/// What is wrong with a recovery code as it was typed (MFA-7).
#[must_use]
pub const fn recovery_code_problem(
    language: Language,
    problem: RecoveryCodeProblem,
) -> &'static str {
    match (language, problem) {
        (Language::Chinese, RecoveryCodeProblem::Empty) => "请输入恢复码",
        (Language::English, RecoveryCodeProblem::Empty) => "Enter a recovery code",
        (Language::Chinese, RecoveryCodeProblem::Malformed) => {
            "恢复码由 16 位字母和数字组成，例如 ABCD-EFGH-JKMN-PQRS"
        }
        (Language::English, RecoveryCodeProblem::Malformed) => {
            "A recovery code has 16 letters and digits, such as ABCD-EFGH-JKMN-PQRS"
        }
    }
}

/// Why MFA says no (MFA-1 to MFA-7).
#[must_use]
pub fn mfa_refusal(language: Language, refusal: MfaRefusal) -> String {
    let chinese = language == Language::Chinese;
    let fixed = |zh: &str, en: &str| if chinese { zh } else { en }.to_owned();
    let until = |at| time::beijing(language, at);
    match refusal {
        MfaRefusal::DeviceBound => fixed(
            "账号已绑定 MFA 设备，每个账号最多一个。可以直接更换，或先解绑。",
            "The account has an MFA device, and may have one only. Replace it, or unbind it first.",
        ),
        MfaRefusal::NoDevice => fixed("账号尚未绑定 MFA 设备。", "The account has no MFA device."),
        MfaRefusal::NoBinding => fixed(
            "绑定已取消或超时，请重新开始。",
            "The binding was given up or took too long. Begin again.",
        ),
        MfaRefusal::CodesNotConsecutive { server_time } => {
            let now = until(server_time);
            if chinese {
                format!(
                    "两个验证码不是连续的。密钥没有变，请等应用显示新的验证码，依次输入相邻的两个。若仍不行，请核对手机时间，服务器时间为 {now}。"
                )
            } else {
                format!(
                    "The two codes do not follow each other. The secret stays the same: wait for a fresh code, enter it, then the next one. If that does not help, check the phone's clock; the server's time is {now}."
                )
            }
        }
        MfaRefusal::KeyNotProved => fixed(
            "安全密钥验证未通过，请重试。",
            "The security key did not prove itself. Try again.",
        ),
        MfaRefusal::KeyTaken => fixed(
            "这个安全密钥已经绑定，请使用另一个。",
            "This security key is bound already. Use another one.",
        ),
        MfaRefusal::NoKeysHere => fixed(
            "在当前地址不能使用安全密钥。",
            "Security keys do not work at this address.",
        ),
        MfaRefusal::FactorChosen { .. } => fixed(
            "登录保护或操作保护正在使用它，请先更换保护方式。",
            "Sign-in or operation protection asks for it. Choose another way there first.",
        ),
        MfaRefusal::WrongCode {
            server_time,
            tries_left,
        } => {
            let now = until(server_time);
            if chinese {
                format!(
                    "验证码不正确，还可以尝试 {tries_left} 次。可能是验证码已过期（每 30 秒更新一次），或手机与电脑时间不一致（服务器时间为 {now}）。"
                )
            } else {
                format!(
                    "The code is wrong; tries left: {tries_left}. Either it has expired (there is a new one every 30 seconds), or the clocks are apart (the server's time is {now})."
                )
            }
        }
        MfaRefusal::AlreadyUsed { .. } => fixed(
            "这个验证码已经用过，请等下一个验证码。",
            "This code has been used. Wait for the next one.",
        ),
        MfaRefusal::Locked { retry_at } => {
            let at = until(retry_at);
            if chinese {
                format!("输错次数过多，请在 {at} 之后再试。")
            } else {
                format!("Too many wrong tries. Try again after {at}.")
            }
        }
        MfaRefusal::WrongRecoveryCode { tries_left } => {
            if chinese {
                format!("恢复码不正确，还可以尝试 {tries_left} 次。")
            } else {
                format!("This is none of the recovery codes; tries left: {tries_left}.")
            }
        }
        MfaRefusal::RecoveryCodeUsed => fixed(
            "这个恢复码已经用过，请换一个。",
            "This recovery code has been used. Use another one.",
        ),
        MfaRefusal::WechatNotBound => {
            fixed("尚未绑定微信确认。", "WeChat is not bound as confirmation.")
        }
    }
}

/// Why there is no answer of a key.
#[must_use]
pub const fn key_trouble(language: Language, trouble: KeyTrouble) -> &'static str {
    match (language, trouble) {
        (Language::Chinese, KeyTrouble::NotSupported) => "这个浏览器不支持安全密钥和通行密钥。",
        (Language::English, KeyTrouble::NotSupported) => {
            "This browser cannot use security keys or passkeys."
        }
        (Language::Chinese, KeyTrouble::GivenUp) => "操作已取消或超时，可以再试一次。",
        (Language::English, KeyTrouble::GivenUp) => {
            "It was cancelled or took too long. You can try again."
        }
        (Language::Chinese, KeyTrouble::BoundAlready) => "这个密钥已经绑定，请使用另一个。",
        (Language::English, KeyTrouble::BoundAlready) => {
            "This key is bound already. Use another one."
        }
        (Language::Chinese, KeyTrouble::Failed) => "密钥没有响应，请重试，或换一个密钥。",
        (Language::English, KeyTrouble::Failed) => {
            "The key did not answer. Try again, or use another one."
        }
    }
}
