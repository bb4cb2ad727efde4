//! What an owner is told of the verification of an enterprise while it goes on, and of its re-check (ENT-7,
//! ENT-16). Names and sums do not stand in it.

use contract::pages;
use domain::time::Timestamp;
use domain::verification::RecheckFinding;

use super::{Words, beijing};
use crate::language::Language;
use crate::state::Names;

/// Something that the owner is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The small sum has arrived; it is entered until then (ENT-7).
    MoneyArrived {
        /// The last moment.
        until: Timestamp,
    },
    /// The verification failed (VER-10).
    Failed,
    /// The re-check found something; it is corrected until then (ENT-16).
    CorrectInTime {
        /// What was found.
        finding: RecheckFinding,
        /// When the verification ends otherwise.
        ends_at: Timestamp,
    },
    /// It was corrected in time (ENT-16).
    Corrected,
}

impl News {
    /// The page that helps.
    #[must_use]
    pub const fn page(self) -> &'static str {
        match self {
            Self::MoneyArrived { .. } => pages::VERIFICATION_TRANSFER,
            Self::Failed | Self::CorrectInTime { .. } | Self::Corrected => {
                pages::VERIFICATION_ENTERPRISE
            }
        }
    }
}

/// The letter's words; `page` is the whole address of [`News::page`].
#[must_use]
pub fn news(
    language: Language,
    names: &Names,
    news: News,
    (account_id, page): (&str, &str),
) -> Words {
    let (what, text) = match language {
        Language::Chinese => chinese(news),
        Language::English => english(news),
    };
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】{what}"),
                body: format!(
                    "您好：\n\n您的账号 {account_id}：{what}。{text}\n\n办理页面：\n{page}\n\n\
                     我们不会通过邮件索要您的密码或验证码。\n\n{name}\n"
                ),
                sms: format!("【{name}】账号 {account_id}：{what}。{text}{page}"),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: {what}"),
                body: format!(
                    "Hello,\n\nYour account {account_id}: {what}. {text}\n\nThe page for it:\n{page}\n\n\
                     We never ask for your password or a code by e-mail.\n\n{name}\n"
                ),
                sms: format!("[{name}] Account {account_id}: {what}. {text} {page}"),
            }
        }
    }
}

fn chinese(news: News) -> (&'static str, String) {
    match news {
        News::MoneyArrived { until } => (
            "对公打款已到账",
            format!(
                "请查看企业对公账户的入账金额，并在 {}（北京时间）之前填写。",
                beijing(until)
            ),
        ),
        News::Failed => (
            "企业认证未通过",
            "请登录查看原因，已填写的内容会保留，更正后可重新提交。".to_owned(),
        ),
        News::CorrectInTime { finding, ends_at } => {
            let what = match finding {
                RecheckFinding::Dissolved => "企业已注销",
                RecheckFinding::Incomplete => "企业登记信息不完整",
                RecheckFinding::NameAndCodeDiffer => "企业名称与统一社会信用代码不一致",
            };
            (
                "企业认证信息复核异常",
                format!(
                    "复核发现：{what}。请在 {}（北京时间）之前处理，否则账号将变为未认证，届时不能购买和使用云资源、申请发票和线上合同、参加公测。",
                    beijing(ends_at)
                ),
            )
        }
        News::Corrected => (
            "企业认证信息复核已恢复正常",
            "认证状态不受影响，无需处理。".to_owned(),
        ),
    }
}

fn english(news: News) -> (&'static str, String) {
    match news {
        News::MoneyArrived { until } => (
            "the bank transfer has arrived",
            format!(
                "Read the sum off the statement of the corporate account and enter it before {} (Beijing time).",
                beijing(until)
            ),
        ),
        News::Failed => (
            "the verification of the enterprise failed",
            "Sign in to see why. What was typed is kept and can be corrected and submitted again."
                .to_owned(),
        ),
        News::CorrectInTime { finding, ends_at } => {
            let what = match finding {
                RecheckFinding::Dissolved => "the enterprise is dissolved",
                RecheckFinding::Incomplete => "its recorded data are incomplete",
                RecheckFinding::NameAndCodeDiffer => "its name and its code do not belong together",
            };
            (
                "the re-check of the enterprise found something",
                format!(
                    "It found that {what}. Put it right before {} (Beijing time); otherwise the account becomes \
                     unverified and cannot buy or use cloud resources, ask for invoices, apply for online \
                     contracts or join public betas.",
                    beijing(ends_at)
                ),
            )
        }
        News::Corrected => (
            "the re-check of the enterprise is in order again",
            "The verification stands; there is nothing to do.".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ent_16_the_notice_names_what_was_found_when_it_ends_and_the_effects() {
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        let at = Timestamp::from_millis(1_790_006_410_000);
        for finding in [
            RecheckFinding::Dissolved,
            RecheckFinding::Incomplete,
            RecheckFinding::NameAndCodeDiffer,
        ] {
            let told = News::CorrectInTime {
                finding,
                ends_at: at,
            };
            for (language, effect) in [(Language::Chinese, "发票"), (Language::English, "invoices")]
            {
                let about = ("100000000001", "https://account.example/verification");
                let words = news(language, &names, told, about);
                for text in [&words.body, &words.sms] {
                    assert!(text.contains("100000000001"), "{text}");
                    assert!(text.contains("2026-09-22 00:00"), "{text}");
                    assert!(text.contains(effect), "{text}");
                    assert!(
                        text.contains("https://account.example/verification"),
                        "{text}"
                    );
                }
            }
        }
    }

    #[test]
    fn ent_7_the_letter_of_the_arrival_does_not_tell_the_sum() {
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        let until = Timestamp::from_millis(1_790_006_410_000);
        let told = News::MoneyArrived { until };
        for language in [Language::Chinese, Language::English] {
            let words = news(
                language,
                &names,
                told,
                ("100000000001", "/verification/transfer"),
            );
            assert!(words.body.contains("2026-09-22 00:00"));
            assert!(!words.body.contains("0."));
        }
    }
}
