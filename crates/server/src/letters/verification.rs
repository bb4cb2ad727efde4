//! What an owner is told of the account's real-name verification (VER-12, ENT-16). Names are masked.

use domain::time::Timestamp;
use domain::verification::SubjectEvent;

use super::{Words, beijing};
use crate::language::Language;
use crate::state::Names;

/// Tells the owner what became of the account's subject.
#[must_use]
pub fn subject(
    language: Language,
    names: &Names,
    event: SubjectEvent,
    (account_id, subject): (&str, &str),
    at: Timestamp,
) -> Words {
    let when = beijing(at);
    let what = what(language, event);
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            let next = match event {
                SubjectEvent::Lost => {
                    "在重新完成实名认证之前，账号不能购买或使用云资源、申请发票和线上合同、参加公测。请登录后打开“实名认证”处理。"
                }
                SubjectEvent::Verified | SubjectEvent::Changed | SubjectEvent::CodeCompleted => {
                    "如果不是您本人操作，请立即登录并在“安全设置”中锁定账号，然后联系客服。"
                }
            };
            Words {
                subject: format!("【{name}】{what}"),
                body: format!(
                    "您好：\n\n您的账号 {account_id} 于 {when}（北京时间）{what}。认证主体：{subject}。\n\n{next}\n\n\
                     我们不会通过邮件索要您的密码或验证码。\n\n{name}\n"
                ),
                sms: format!(
                    "【{name}】账号 {account_id} 于 {when} {what}，主体 {subject}。{next}"
                ),
            }
        }
        Language::English => {
            let name = &names.english;
            let next = match event {
                SubjectEvent::Lost => {
                    "Until it is verified again the account cannot buy or use cloud resources, ask for invoices, \
                     apply for online contracts or join public betas. Sign in and open Verification."
                }
                SubjectEvent::Verified | SubjectEvent::Changed | SubjectEvent::CodeCompleted => {
                    "If this was not you, sign in, lock the account under Security settings and contact support."
                }
            };
            Words {
                subject: format!("{name}: {what}"),
                body: format!(
                    "Hello,\n\nOn your account {account_id}, {when} (Beijing time): {what}. Subject: {subject}.\n\n\
                     {next}\n\nWe never ask for your password or a code by e-mail.\n\n{name}\n"
                ),
                sms: format!("[{name}] Account {account_id}, {when}: {what} ({subject}). {next}"),
            }
        }
    }
}

const fn what(language: Language, event: SubjectEvent) -> &'static str {
    let (chinese, english) = match event {
        SubjectEvent::Verified => ("通过了实名认证", "real-name verification was passed"),
        SubjectEvent::Changed => ("变更了实名认证", "real-name verification was changed"),
        SubjectEvent::CodeCompleted => (
            "补全了统一社会信用代码",
            "the enterprise's code was completed",
        ),
        SubjectEvent::Lost => ("实名认证已失效", "real-name verification has ended"),
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
    fn ent_16_a_letter_names_account_moment_and_subject() {
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        let at = Timestamp::from_millis(1_790_006_410_000);
        for event in [
            SubjectEvent::Verified,
            SubjectEvent::Changed,
            SubjectEvent::CodeCompleted,
            SubjectEvent::Lost,
        ] {
            for language in [Language::Chinese, Language::English] {
                let words = subject(language, &names, event, ("100000000001", "张*"), at);
                for text in [&words.body, &words.sms] {
                    assert!(text.contains("100000000001"), "{text}");
                    assert!(text.contains("2026-09-22 00:00"), "{text}");
                    assert!(text.contains("张*"), "{text}");
                    assert!(text.contains(what(language, event)), "{text}");
                }
            }
        }
    }
}
