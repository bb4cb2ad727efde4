//! The notices of security changes, each with the way to lock the account at once (PRT-6, ACC-14).

use domain::protection::SecurityChange;
use domain::time::Timestamp;

use super::{Words, beijing};
use crate::language::Language;
use crate::state::Names;

/// What stands in each notice.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// The account that was changed.
    pub account_id: &'a str,
    /// When.
    pub at: Timestamp,
    /// The link that locks it.
    pub link: &'a str,
}

/// Tells the owner that the account is locked, and where it is unlocked (ACC-14).
#[must_use]
pub fn locked(
    language: Language,
    names: &Names,
    (account_id, page): (&str, &str),
    at: Timestamp,
) -> Words {
    let when = beijing(at);
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】账号已锁定"),
                body: format!(
                    "您好：\n\n您的账号 {account_id} 于 {when}（北京时间）被锁定。所有登录会话都已结束，任何人都无法登录，\
                     资源继续运行。\n\n要解除锁定，请打开下面的页面，用安全手机或安全邮箱验证身份并设置新密码：\n{page}\n\n\
                     我们不会通过邮件索要您的密码或验证码。\n\n{name}\n"
                ),
                sms: format!(
                    "【{name}】账号 {account_id} 于 {when} 被锁定，无人可以登录。解除锁定：{page}"
                ),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: the account is locked"),
                body: format!(
                    "Hello,\n\nYour account {account_id} was locked on {when} (Beijing time). Every session has \
                     ended and nobody can sign in; its resources keep running.\n\nTo unlock it, open this page, \
                     prove who you are by security phone or security e-mail, and set a new password:\n{page}\n\n\
                     We never ask for your password or a code by e-mail.\n\n{name}\n"
                ),
                sms: format!(
                    "[{name}] Account {account_id} was locked, {when}. Nobody can sign in. To unlock it: {page}"
                ),
            }
        }
    }
}

/// Tells the owner of a change of their account's security.
#[must_use]
pub fn notice(
    language: Language,
    names: &Names,
    change: SecurityChange,
    notice: &Notice<'_>,
) -> Words {
    let what = change_words(language, change);
    let Notice {
        account_id,
        at,
        link,
    } = notice;
    let when = beijing(*at);
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】账号安全变更：{what}"),
                body: format!(
                    "您好：\n\n您的账号 {account_id} 于 {when}（北京时间）{what}。\n\n\
                     如果是您本人操作，无需理会。\n\
                     如果不是您本人，请立即打开下面的链接锁定账号，所有登录会话会随即结束：\n{link}\n\n\
                     我们不会通过邮件索要您的密码或验证码。\n\n{name}\n"
                ),
                sms: format!(
                    "【{name}】账号 {account_id} 于 {when} {what}。非本人操作请立即锁定：{link}"
                ),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: {what}"),
                body: format!(
                    "Hello,\n\nOn your account {account_id}, {when} (Beijing time): {what}.\n\n\
                     If this was you, there is nothing to do.\n\
                     If it was not, lock the account now; every session ends at once:\n{link}\n\n\
                     We never ask for your password or a code by e-mail.\n\n{name}\n"
                ),
                sms: format!(
                    "[{name}] Account {account_id}, {when}: {what}. Not you? Lock it now: {link}"
                ),
            }
        }
    }
}

const fn change_words(language: Language, change: SecurityChange) -> &'static str {
    let (chinese, english) = match change {
        SecurityChange::PasswordChanged => ("修改了登录密码", "the password was changed"),
        SecurityChange::PasswordReset => ("重置了登录密码", "the password was reset"),
        SecurityChange::MfaBound => ("绑定了 MFA 设备", "an MFA device was bound"),
        SecurityChange::MfaReplaced => ("更换了 MFA 设备", "the MFA device was replaced"),
        SecurityChange::MfaUnbound => ("解绑了 MFA 设备", "the MFA device was unbound"),
        SecurityChange::RecoveryCodesRenewed => {
            ("重新生成了恢复码", "new recovery codes were made")
        }
        SecurityChange::WechatConfirmationChanged => {
            ("变更了微信确认方式", "WeChat as confirmation was changed")
        }
        SecurityChange::SecurityPhoneChanged => {
            ("变更了安全手机", "the security phone was changed")
        }
        SecurityChange::SecurityEmailChanged => {
            ("变更了安全邮箱", "the security e-mail was changed")
        }
        SecurityChange::LoginMethodBound => ("绑定了登录方式", "a login method was bound"),
        SecurityChange::LoginMethodRemoved => (
            "解绑或更换了登录方式",
            "a login method was unbound or replaced",
        ),
        SecurityChange::ProtectionChanged => (
            "变更了登录保护或操作保护",
            "sign-in or operation protection was changed",
        ),
        SecurityChange::AccountLocked => ("被锁定", "the account was locked"),
        SecurityChange::AccountUnlocked => ("被解除锁定", "the account was unlocked"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_14_a_notice_of_the_lock_names_the_page_that_unlocks() {
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        let at = Timestamp::from_millis(1_790_006_410_000);
        for language in [Language::Chinese, Language::English] {
            let about = ("100000000001", "https://account.example/unlock");
            let words = locked(language, &names, about, at);
            for text in [&words.body, &words.sms] {
                assert!(text.contains("100000000001"), "{text}");
                assert!(text.contains("2026-09-22 00:00"), "{text}");
                assert!(text.contains("https://account.example/unlock"), "{text}");
            }
        }
    }

    #[test]
    fn prt_6_each_notice_names_account_moment_change_and_the_way_to_lock() {
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        for change in SecurityChange::ALL {
            for language in [Language::Chinese, Language::English] {
                let words = notice(
                    language,
                    &names,
                    change,
                    &Notice {
                        account_id: "100000000001",
                        at: Timestamp::from_millis(1_790_006_410_000),
                        link: "https://account.example/lock/x",
                    },
                );
                for text in [&words.body, &words.sms] {
                    assert!(text.contains("100000000001"), "{text}");
                    assert!(text.contains("2026-09-22 00:00"), "{text}");
                    assert!(text.contains(change_words(language, change)), "{text}");
                    assert!(text.contains("https://account.example/lock/x"), "{text}");
                }
            }
        }
    }
}
