//! The few words of the product that helpers need, in both languages. Written down again on purpose: a
//! journey reads the screen, not the source.

use crate::browser::Language;

/// What helpers look for on the screen.
pub(crate) struct Words {
    pub(crate) sign_in: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) login_email: &'static str,
    pub(crate) password: &'static str,
    pub(crate) account_menu: &'static str,
    pub(crate) account_info: &'static str,
    pub(crate) operator_name: &'static str,
    pub(crate) next: &'static str,
    pub(crate) code: &'static str,
    pub(crate) queues: &'static str,
}

impl Language {
    /// The words in this language.
    pub(crate) const fn words(self) -> Words {
        match self {
            Self::English => Words {
                sign_in: "Sign in",
                sign_out: "Sign out",
                login_email: "Login e-mail",
                password: "Password",
                account_menu: "Account menu",
                account_info: "Account info",
                operator_name: "Name",
                next: "Next",
                code: "Code",
                queues: "Queues",
            },
            Self::Chinese => Words {
                sign_in: "登录",
                sign_out: "退出登录",
                login_email: "登录邮箱",
                password: "密码",
                account_menu: "账号菜单",
                account_info: "账号信息",
                operator_name: "登录名",
                next: "下一步",
                code: "验证码",
                queues: "待办队列",
            },
        }
    }
}
