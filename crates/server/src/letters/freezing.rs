//! The notices of an operator's freezing an account and lifting that (ACC-6).

use domain::time::Timestamp;

use super::{Words, beijing};
use crate::language::Language;
use crate::state::Names;

/// Tells the owner that the account is frozen, for the operator's reason, or is no longer.
#[must_use]
pub fn words(
    language: Language,
    names: &Names,
    (account_id, frozen_for): (&str, Option<&str>),
    at: Timestamp,
) -> Words {
    match frozen_for {
        Some(reason) => frozen(language, names, (account_id, reason), at),
        None => lifted(language, names, account_id, at),
    }
}

fn frozen(
    language: Language,
    names: &Names,
    (account_id, reason): (&str, &str),
    at: Timestamp,
) -> Words {
    let when = beijing(at);
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】账号已冻结"),
                body: format!(
                    "您好：\n\n您的账号 {account_id} 于 {when}（北京时间）因违规被冻结。原因：{reason}\n\n\
                     您仍可登录并查看全部内容；不能购买，也不能新建项目、用户和密钥。如有异议，请联系客服；\
                     客服解除后账号即恢复。\n\n{name}\n"
                ),
                sms: format!(
                    "【{name}】账号 {account_id} 于 {when} 因违规被冻结，不能购买和新建。如有异议请联系客服。"
                ),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: the account is frozen"),
                body: format!(
                    "Hello,\n\nYour account {account_id} was frozen on {when} (Beijing time) because of a \
                     violation. The reason: {reason}\n\nYou can still sign in and see everything; you cannot \
                     buy, nor create projects, users and keys. If you disagree, contact support; the account is \
                     free again once support has lifted it.\n\n{name}\n"
                ),
                sms: format!(
                    "[{name}] Account {account_id} was frozen, {when}: no purchases, nothing new. Contact support if you disagree."
                ),
            }
        }
    }
}

fn lifted(language: Language, names: &Names, account_id: &str, at: Timestamp) -> Words {
    let when = beijing(at);
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】账号冻结已解除"),
                body: format!(
                    "您好：\n\n您的账号 {account_id} 因违规的冻结已于 {when}（北京时间）解除。\n\n{name}\n"
                ),
                sms: format!("【{name}】账号 {account_id} 因违规的冻结已于 {when} 解除。"),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: the account is no longer frozen"),
                body: format!(
                    "Hello,\n\nYour account {account_id} is no longer frozen because of a violation, since \
                     {when} (Beijing time).\n\n{name}\n"
                ),
                sms: format!("[{name}] Account {account_id} is no longer frozen, {when}."),
            }
        }
    }
}
