//! What an owner is told of the review of a change of verification (CHG-9). Names nobody.

use domain::time::Timestamp;

use super::{Words, beijing};
use crate::language::Language;
use crate::state::Names;

/// What a reviewer decided, as far as nothing has changed by it yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The proof was accepted; the new subject still proves itself.
    Approved,
    /// It was rejected; the reasons stand in the wizard.
    Rejected,
}

/// Tells the owner of a decision.
#[must_use]
pub fn decided(
    language: Language,
    names: &Names,
    (account_id, decision): (&str, Decision),
    at: Timestamp,
) -> Words {
    let when = beijing(at);
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            let (what, next) = match decision {
                Decision::Approved => (
                    "变更认证申请已审核通过",
                    "请登录后打开“变更认证”，填写基本信息并由新主体完成认证，之后变更生效。",
                ),
                Decision::Rejected => (
                    "变更认证申请未通过审核",
                    "请登录后打开“变更认证”，查看各项原因，修改后可以重新提交。",
                ),
            };
            Words {
                subject: format!("【{name}】{what}"),
                body: format!(
                    "您好：\n\n您的账号 {account_id} 的{what}（{when}，北京时间）。\n\n{next}\n\n\
                     我们不会通过邮件索要您的密码或验证码。\n\n{name}\n"
                ),
                sms: format!("【{name}】账号 {account_id} 的{what}。{next}"),
            }
        }
        Language::English => {
            let name = &names.english;
            let (what, next) = match decision {
                Decision::Approved => (
                    "your change of verification was approved",
                    "Sign in and open Change verification to give the basic information; the change takes \
                     effect once the new subject has proved itself.",
                ),
                Decision::Rejected => (
                    "your change of verification was not approved",
                    "Sign in and open Change verification to see the reasons; you can correct it and hand it \
                     in again.",
                ),
            };
            Words {
                subject: format!("{name}: {what}"),
                body: format!(
                    "Hello,\n\nAccount {account_id}, {when} (Beijing time): {what}.\n\n{next}\n\n\
                     We never ask for your password or a code by e-mail.\n\n{name}\n"
                ),
                sms: format!("[{name}] Account {account_id}: {what}. {next}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chg_9_a_decision_names_account_moment_and_what_to_do() {
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        let at = Timestamp::from_millis(1_790_006_410_000);
        for language in [Language::Chinese, Language::English] {
            for decision in [Decision::Approved, Decision::Rejected] {
                let words = decided(language, &names, ("100000000001", decision), at);
                assert!(words.body.contains("2026-09-22 00:00"), "{}", words.body);
                for text in [&words.body, &words.sms] {
                    assert!(text.contains("100000000001"), "{text}");
                }
            }
        }
    }
}
