//! The sentences of the pending changes, of locking and of downloading all data (ACC-13, ACC-14).

use domain::account::{AccountRefusal, PendingKind, PendingState, Site};
use domain::time::Timestamp;

use super::{Language, catalogue, time};

catalogue! {
    /// Pending changes, lock and download.
    AccountDataText {
        pending: "进行中的变更", "Changes on their way";
        present_stays: "完成前，现在的值继续有效。", "Until then the present value stays.";
        go_on: "去处理", "Go on";
        several: "一次修改多项", "Change several at once";
        several_lead: "在这里一次修改昵称和联系方式；保存前会显示将要发生的变更。", "Change nickname and contacts in one go. What will change is shown before it is saved.";
        several_phone_hint: "留空则保持不变。新号码要先收取验证码才生效。", "Leave it empty to keep the present one. A new number counts once it has answered a code.";
        several_email_hint: "留空则保持不变。新邮箱要先确认才生效。", "Leave it empty to keep the present one. A new address counts once it is confirmed.";
        compare: "查看变更", "Review the changes";
        comparing: "正在比较…", "Comparing…";
        difference: "确认变更", "Confirm the changes";
        difference_lead: "保存后将发生以下变更：", "Saving changes this:";
        field: "项目", "Field";
        before: "现在", "Now";
        after: "保存后", "After saving";
        empty: "（空）", "(empty)";
        save_difference: "保存这些变更", "Save these changes";
        edit_again: "返回修改", "Edit again";
        several_saved: "已保存。新的联系方式在确认后生效。", "Saved. New contacts count once they are confirmed.";
        save_again: "如果仍要使用，请再次保存。", " Save again to use it anyway.";
        heading: "数据与锁定", "Data and lock";
        export: "下载我的全部数据", "Download all my data";
        export_hint: "JSON 文件，包含账号、联系方式、登录方式、设备与操作记录；密码等密钥不包含在内。", "A JSON file with account, contacts, login methods, devices and operations; secrets are left out.";
        exporting: "正在准备…", "Preparing…";
        exported: "已下载。", "It was downloaded.";
        not_exported: "浏览器没有保存文件，请检查下载设置后重试。", "The browser did not save the file. Check its download settings and try again.";
        lock: "立即锁定账号", "Lock the account now";
        lock_hint: "发现异常时使用：所有设备立即退出，任何人都无法登录，直到您解锁。", "For when something is wrong: every device is signed out and nobody gets in until you unlock it.";
        lock_title: "确定立即锁定账号吗？", "Lock the account now?";
        lock_happens: "锁定后", "What happens";
        lock_sessions: "包括本设备在内，所有登录立即结束。", "Every session ends at once, this one too.";
        lock_nobody: "任何人都无法登录，密钥停用，进行中的变更暂停，直到您用安全手机、安全邮箱等方式解锁。", "Nobody signs in, keys stop working and waiting changes rest, until you unlock it by security phone, e-mail or another way.";
        lock_stays: "不受影响", "What does not";
        lock_resources: "云资源继续运行，数据不会删除。", "Your resources go on running; nothing is deleted.";
        locking: "正在锁定…", "Locking…";
        locked: "账号已锁定，所有登录已结束。解锁请前往登录页。", "The account is locked and every session has ended. Unlock it from the sign-in page.";
    }
}

/// What is on its way (ACC-13).
#[must_use]
pub const fn pending_kind(language: Language, kind: PendingKind) -> &'static str {
    let (chinese, english) = match kind {
        PendingKind::SecurityEmail => ("更换安全邮箱", "Change of the security e-mail"),
        PendingKind::ContactPhone => ("修改联系手机", "Change of the contact phone"),
        PendingKind::ContactEmail => ("修改联系邮箱", "Change of the contact e-mail"),
        PendingKind::RecycledNumber => (
            "他人申请解除安全手机",
            "Somebody asks to detach the security phone",
        ),
        PendingKind::Verification => ("实名认证", "Real-name verification"),
        PendingKind::VerificationChange => ("变更实名认证", "Change of the verification"),
        PendingKind::Appeal(_) => ("申诉", "Appeal"),
        PendingKind::Deregistration => ("注销账号", "Deregistration"),
        PendingKind::Move => ("转移备案或域名", "Move of a filing or domain"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// For whom it waits (ACC-13).
#[must_use]
pub const fn pending_state(language: Language, state: PendingState) -> &'static str {
    let (chinese, english) = match state {
        PendingState::WaitsForYou => ("等待您确认", "Waits for you"),
        PendingState::WaitsForOthers => ("等待对方处理", "Waits for others"),
        PendingState::WaitsForTime => ("到期自动生效", "Happens by itself"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Until when it waits.
#[must_use]
pub fn until(language: Language, moment: Timestamp) -> String {
    let moment = time::beijing(language, moment);
    match language {
        Language::Chinese => format!("{moment} 前有效"),
        Language::English => format!("until {moment}"),
    }
}

/// The site an account belongs to (ACC-5).
#[must_use]
pub const fn site(language: Language, site: Site) -> &'static str {
    match (language, site) {
        (Language::Chinese, Site::China) => "中国站",
        (Language::English, Site::China) => "China site",
        (Language::Chinese, Site::International) => "国际站",
        (Language::English, Site::International) => "International site",
    }
}

/// Why the account's data are not downloaded or it is not locked (ACC-14).
#[must_use]
pub fn account_refusal(language: Language, refusal: &AccountRefusal) -> Option<String> {
    match refusal {
        AccountRefusal::ExportTooSoon { retry_at } => {
            let at = time::beijing(language, *retry_at);
            Some(match language {
                Language::Chinese => format!("刚刚已经下载过，请在 {at} 之后再试。"),
                Language::English => {
                    format!("They were downloaded a moment ago. Try again after {at}.")
                }
            })
        }
        AccountRefusal::NothingChanged => Some(match language {
            Language::Chinese => "没有任何变更。".to_owned(),
            Language::English => "Nothing is different from what is saved.".to_owned(),
        }),
        AccountRefusal::DiffNotConfirmed { .. } => Some(match language {
            Language::Chinese => "请先查看并确认变更。".to_owned(),
            Language::English => "Review the changes before saving them.".to_owned(),
        }),
        AccountRefusal::ChangedElsewhere => Some(match language {
            Language::Chinese => "账号信息刚刚在别处被修改，请重新查看变更。".to_owned(),
            Language::English => {
                "The account was changed elsewhere meanwhile. Review the changes again.".to_owned()
            }
        }),
        AccountRefusal::PasswordNotSetAnew => Some(match language {
            Language::Chinese => "解锁后请先设置新密码。".to_owned(),
            Language::English => "After unlocking, set a new password first.".to_owned(),
        }),
        AccountRefusal::Locked { .. } => Some(match language {
            Language::Chinese => "账号已经锁定。".to_owned(),
            Language::English => "The account is locked already.".to_owned(),
        }),
        AccountRefusal::OnlyOwner => Some(match language {
            Language::Chinese => "只有主账号可以进行此操作。".to_owned(),
            Language::English => {
                "Only the owner, signed in to the root account, does this.".to_owned()
            }
        }),
        _ => None,
    }
}
