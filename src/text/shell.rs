//! The sentences around every page: header, navigation, session, forms in general.

use super::{Language, catalogue};

catalogue! {
    /// What stands around every page.
    ShellText {
        skip_to_content: "跳到正文", "Skip to content";
        navigation: "主导航", "Main";
        menu: "菜单", "Menu";
        account_menu: "账号菜单", "Account menu";
        account_id: "账号 ID", "Account ID";
        root_id: "主账号 ID", "Root account ID";
        account_info: "账号信息", "Account info";
        security: "安全设置", "Security settings";
        verification: "实名认证", "Verification";
        not_verified: "账号未实名认证，暂时不能购买、使用云资源、申请发票、申请线上合同和参加公测。",
            "The account is not verified: it cannot buy, use its cloud resources, ask for invoices, apply for online contracts or join public betas.";
        verify_now: "去认证", "Verify now";
        help_on_this: "查看相关帮助（在新标签页打开）", "Help on this (opens in a new tab)";
        audit: "操作审计", "Operation audit";
        help: "帮助", "Help";
        outbox: "演示收件箱", "Demo outbox";
        sign_in: "登录", "Sign in";
        sign_out: "退出登录", "Sign out";
        signed_out: "您已退出登录。", "You have signed out.";
        session_ended: "登录已失效，请重新登录。登录后会回到刚才的页面。",
            "Your session has ended. Sign in again and you will return to the page you were on.";
        stay: "保持登录", "Stay signed in";
        dismiss: "知道了", "Got it";
        demo: "演示环境，数据均为虚构", "Demo with made-up data";
        loading: "正在加载…", "Loading…";
        error_prefix: "错误：", "Error: ";
        problems: "请更正以下问题", "Please correct the following";
        show_password: "显示密码", "Show password";
        hide_password: "隐藏密码", "Hide password";
        copy: "复制", "Copy";
        copied: "已复制", "Copied";
        not_copied: "未能复制，请选中后手动复制。", "It could not be copied. Please select and copy it by hand.";
        cancel: "取消", "Cancel";
        close: "关闭", "Close";
        frozen: "账号因违规被冻结", "The account is frozen because of a violation";
        frozen_reason: "原因：", "The reason:";
        frozen_means: "您仍可登录并查看全部内容，但不能购买，也不能新建项目、用户和密钥。", "You can still see everything, but not buy, nor create projects, users and keys.";
        frozen_remedy: "如有异议，请联系客服；客服解除后即恢复。", "If you disagree, contact support, who can lift it.";
    }
}

/// The language switch, in the language it leads to.
#[must_use]
pub const fn language_name(language: Language) -> &'static str {
    match language {
        Language::Chinese => "中文",
        Language::English => "English",
    }
}

/// Warns that the session ends soon for want of use (SGN-13).
#[must_use]
pub fn session_ends_unused(language: Language, minutes: i64) -> String {
    match language {
        Language::Chinese => format!("您已有一段时间没有操作，{minutes} 分钟内将自动退出登录。"),
        Language::English => {
            format!(
                "You have been inactive for a while and will be signed out within {}.",
                minutes_in_english(minutes)
            )
        }
    }
}

/// Warns that the session ends soon since it has reached its greatest age (SGN-13).
#[must_use]
pub fn session_ends_old(language: Language, minutes: i64) -> String {
    match language {
        Language::Chinese => {
            format!("本次登录已达最长时限，{minutes} 分钟内将自动退出，届时请重新登录。")
        }
        Language::English => {
            format!(
                "This session has reached its greatest age and ends within {}. You can then sign in again.",
                minutes_in_english(minutes)
            )
        }
    }
}

fn minutes_in_english(minutes: i64) -> String {
    if minutes == 1 {
        "1 minute".to_owned()
    } else {
        format!("{minutes} minutes")
    }
}
