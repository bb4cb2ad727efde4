//! The sentences of locking from a notice and unlocking (ACC-14).

use domain::account::AccountRefusal;
use domain::protection::ProofMethod;
use domain::time::Timestamp;

use super::{Language, catalogue, proof, time};

catalogue! {
    /// Locking and unlocking.
    LockText {
        title: "锁定账号", "Lock the account";
        lead: "您收到的通知说账号发生了变化。如果不是您本人操作，请立即锁定账号。",
            "A notice told you of something on your account. If it was not you, lock the account now.";
        does: "锁定之后", "What locking does";
        does_sessions: "所有登录会话立即结束，任何人都不能再登录，包括您自己。",
            "Every session ends at once and nobody can sign in any more, you included.";
        does_trust: "受信任的设备全部取消。", "No device is trusted any longer.";
        does_changes: "等待生效的变更不会生效。", "No change that waits takes effect.";
        does_not: "锁定不会影响", "What it does not do";
        not_resources: "资源和服务继续运行，数据不会丢失。", "Resources keep running and no data is lost.";
        not_forever: "锁定不是永久的：用安全手机或安全邮箱验证身份后就能解除。",
            "It is not for ever: you unlock the account by your security phone or security e-mail.";
        lock: "立即锁定账号", "Lock the account now";
        locking: "正在锁定…", "Locking…";
        was_me: "是我本人操作", "It was me";
        was_me_hint: "无需任何操作，关闭这个页面即可。", "There is nothing to do; close this page.";
        locked_title: "账号已锁定", "The account is locked";
        how_on: "接下来请解除锁定并设置新密码。如果有人改了您的手机或邮箱，锁定前 24 小时内的改动不能用来解锁。",
            "Next, unlock it and set a new password. If somebody changed your phone or e-mail: what was changed in the 24 hours before the lock does not unlock.";
        unlock: "解除锁定", "Unlock";
        no_such_link: "这个链接无效，或者已经过期很久。请打开最新的通知，或者登录后在安全设置里锁定。",
            "This link is not valid, or far too old. Open a newer notice, or sign in and lock the account in Security settings.";
        unlock_title: "解除账号锁定", "Unlock an account";
        unlock_lead: "用账号的安全手机或安全邮箱接收验证码。用密码登录的账号需要同时设置新密码。",
            "Get a code by the account's security phone or security e-mail. An account with a password needs a new one at the same time.";
        target: "安全手机或安全邮箱", "Security phone or security e-mail";
        target_hint: "锁定前 24 小时内更换的手机或邮箱不能用来解锁。",
            "A phone or e-mail that was changed in the 24 hours before the lock does not unlock.";
        choose: "要解锁哪个账号？", "Which account?";
        none: "这个手机或邮箱没有被锁定的账号。", "No locked account has this phone or e-mail.";
        too_recent: "这个手机或邮箱是在锁定前不久才更换的，不能用来解锁。请使用：",
            "This phone or e-mail was changed shortly before the lock and does not unlock. Use: ";
        submit: "解锁", "Unlock";
        submit_password: "解锁并设置新密码", "Unlock and set the new password";
        submitting: "正在解锁…", "Unlocking…";
        done: "账号已解锁，可以登录了。", "The account is unlocked. You can sign in.";
        none_left: "都不能用了", "None of these is at hand";
        none_left_answer: "需要通过人工申诉解锁，请联系客服。", "An appeal is the way; ask our support.";
    }
}

/// Which account was locked, and when.
#[must_use]
pub fn locked(language: Language, account_id: &str, since: Timestamp) -> String {
    let when = time::beijing(language, since);
    match language {
        Language::Chinese => format!("账号 {account_id} 已于 {when} 锁定。"),
        Language::English => format!("The account {account_id} was locked on {when}."),
    }
}

/// An account among several, with the moment of its lock.
#[must_use]
pub fn choice_hint(language: Language, since: Timestamp) -> String {
    let when = time::beijing(language, since);
    match language {
        Language::Chinese => format!("锁定于 {when}"),
        Language::English => format!("Locked on {when}"),
    }
}

/// What an account can be unlocked with, named one after another.
#[must_use]
pub fn usable(language: Language, methods: &[ProofMethod]) -> String {
    let names: Vec<&str> = methods
        .iter()
        .map(|method| proof::method(language, *method))
        .collect();
    match language {
        Language::Chinese => names.join("、"),
        Language::English => names.join(", "),
    }
}

/// Why an account is not locked or unlocked (ACC-14); other refusals of the account are none of this.
#[must_use]
pub fn lock_refusal(language: Language, refusal: &AccountRefusal) -> Option<String> {
    let chinese = language == Language::Chinese;
    let fixed = |zh: &str, en: &str| Some(if chinese { zh } else { en }.to_owned());
    match refusal {
        AccountRefusal::Locked { since } => {
            let when = time::beijing(language, *since);
            Some(if chinese {
                format!("账号已于 {when} 锁定。")
            } else {
                format!("The account is locked since {when}.")
            })
        }
        AccountRefusal::NotLocked => fixed(
            "账号没有被锁定，可以直接登录。",
            "The account is not locked. Sign in.",
        ),
        AccountRefusal::LockLinkExpired { at } => {
            let when = time::beijing(language, *at);
            Some(if chinese {
                format!(
                    "这个链接已于 {when} 过期。请登录后在安全设置里锁定账号，或使用更新的通知。"
                )
            } else {
                format!(
                    "This link expired on {when}. Sign in and lock the account in Security settings, or use a newer notice."
                )
            })
        }
        AccountRefusal::NothingSuchBound { method } => {
            let name = proof::method(language, *method);
            Some(if chinese {
                format!("账号没有这个{name}，请重新开始。")
            } else {
                format!("The account does not have this {name}. Begin again.")
            })
        }
        AccountRefusal::ChangedTooRecently { .. } => fixed(
            "这个手机或邮箱是在锁定前不久才更换的，不能用来解锁。",
            "This phone or e-mail was changed shortly before the lock and does not unlock.",
        ),
        _ => None,
    }
}
