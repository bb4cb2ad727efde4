//! Every sentence that leaves the house by e-mail or text message, in both languages.
//!
//! Knows wording; must not know why or how a letter is sent.

pub mod changes;
pub mod codes;
pub mod enterprise;
pub mod freezing;
pub mod registration;
pub mod verification;
pub mod verification_change;

use domain::time::Timestamp;
use time::{OffsetDateTime, UtcOffset};

use crate::language::Language;
use crate::state::Names;

/// A letter's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject line.
    pub subject: String,
    /// The letter, plain text.
    pub body: String,
    /// The same as a text message.
    pub sms: String,
}

/// Tells an owner that their account was signed in to from a browser not seen before.
#[must_use]
pub fn new_sign_in(
    language: Language,
    names: &Names,
    (account_id, link): (&str, &str),
    at: Timestamp,
) -> Words {
    let when = beijing(at);
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】新设备登录提醒"),
                body: format!(
                    "您好：\n\n您的账号 {account_id} 于 {when}（北京时间）在一台新设备或新浏览器上登录。\n\n\
                     如果是您本人，无需任何操作。\n如果不是您本人，请立即打开下面的链接锁定账号，所有登录会话会随即结束：\n{link}\n\n\
                     我们不会通过邮件索要您的密码或验证码。\n\n{name}\n"
                ),
                sms: format!(
                    "【{name}】账号 {account_id} 于 {when} 在新设备上登录。非本人操作请立即锁定：{link}"
                ),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: sign-in from a new device"),
                body: format!(
                    "Hello,\n\nYour account {account_id} was signed in to from a new device or browser \
                     on {when} (Beijing time).\n\nIf this was you, there is nothing to do.\n\
                     If it was not, lock the account now; every session ends at once:\n{link}\n\n\
                     We never ask for your password or a code by e-mail.\n\n{name}\n"
                ),
                sms: format!(
                    "[{name}] Account {account_id}: sign-in from a new device, {when}. Not you? Lock it now: {link}"
                ),
            }
        }
    }
}

/// `2026-11-25 15:04`, eight hours ahead of UTC.
fn beijing(at: Timestamp) -> String {
    let utc = OffsetDateTime::from_unix_timestamp(at.as_millis().div_euclid(1000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let local = UtcOffset::from_hms(8, 0, 0).map_or(utc, |offset| utc.to_offset(offset));
    format!(
        "{}-{:02}-{:02} {:02}:{:02}",
        local.year(),
        u8::from(local.month()),
        local.day(),
        local.hour(),
        local.minute()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_speaks_the_account_s_language_and_beijing_s_time() {
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        // 2026-09-21T16:00:10Z is already the next day in Beijing.
        let at = Timestamp::from_millis(1_790_006_410_000);
        let chinese = new_sign_in(
            Language::Chinese,
            &names,
            ("100000000001", "https://account.example/lock/x"),
            at,
        );
        assert!(
            chinese
                .body
                .contains("100000000001 于 2026-09-22 00:00（北京时间）")
        );
        assert!(chinese.subject.contains("云账号中心"));
        let english = new_sign_in(
            Language::English,
            &names,
            ("100000000001", "https://account.example/lock/x"),
            at,
        );
        assert!(english.body.contains("on 2026-09-22 00:00 (Beijing time)"));
        assert!(english.subject.starts_with("Account Centre"));
    }
}
