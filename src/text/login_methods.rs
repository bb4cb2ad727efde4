//! The sentences of login methods (LGM, CON-14, CON-15).

use domain::login_methods::{
    ExpiringIdentity, ExpiringStep, LoginMethodKind, LoginMethodRefusal, MethodOrigin,
    UnbindConditionKind, WecomGuideStep,
};

use super::{Language, catalogue};

catalogue! {
    /// Login methods.
    LoginMethodText {
        heading: "登录方式", "Login methods";
        lead: "建议至少保留两种登录方式，其中一种失效时仍能登录。", "Keep at least two, so that you can still sign in when one is lost.";
        kind: "方式", "Method";
        who: "绑定对象", "Bound to";
        since: "绑定时间", "Bound since";
        actions: "操作", "Actions";
        registration: "注册时使用", "Registered with it";
        not_bound: "未绑定", "Not bound";
        no_name: "已绑定", "Bound";
        not_offered: "本平台未开通", "Not offered here";
        bind: "绑定", "Bind";
        replace: "更换", "Replace";
        unbind: "解绑", "Unbind";
        why_not: "为什么不能解绑？", "Why can it not be unbound?";
        why_not_change: "为什么不能更换？", "Why can it not be replaced?";
        conditions: "解绑条件", "Conditions for unbinding";
        met: "已满足", "met";
        not_met: "未满足", "not met";
        unbind_title: "确定解绑这种登录方式吗？", "Unbind this login method?";
        happens: "解绑后", "What happens";
        stays: "不受影响", "What does not";
        unbind_happens: "不能再用它登录，安全手机和安全邮箱会收到通知。", "It no longer signs in. Security phone and e-mail are told.";
        unbind_stays: "账号、资源和其他登录方式都不变；以后可以重新绑定。", "The account, its resources and its other login methods. It can be bound again later.";
        wechat_stays: "微信扫码确认（登录保护、操作保护）继续有效，需要时请在安全设置中单独解绑。", "WeChat as confirmation goes on; unbind it in Security settings if you want.";
        unbinding: "正在解绑…", "Unbinding…";
        unbound: "已解绑。", "It was unbound.";
        unbound_wechat_confirms: "已解绑微信登录。微信扫码确认仍然有效，可在安全设置中单独解绑。", "WeChat no longer signs in. It still confirms; unbind that in Security settings if you want.";
        email_title: "登录邮箱", "Login e-mail";
        email_lead: "设置后可以用邮箱和密码登录。新邮箱需要先收取验证码。", "It signs in together with the password. The address has to answer a code first.";
        email: "新的登录邮箱", "New login e-mail";
        email_save: "保存登录邮箱", "Save login e-mail";
        saving: "正在保存…", "Saving…";
        email_saved: "登录邮箱已更新，可以用它登录了。", "The login e-mail is set; you can sign in with it now.";
        expiring: "企业微信或 QQ 即将失效怎么办？", "What if my WeCom or QQ is about to expire?";
        wecom_guide: "企业微信管理员授权步骤", "What a WeCom administrator has to do";
        back: "返回账号信息", "Back to Account info";
    }
}

/// A kind of login method.
#[must_use]
pub const fn kind(language: Language, kind: LoginMethodKind) -> &'static str {
    match (language, kind) {
        (Language::Chinese, LoginMethodKind::Wechat) => "微信",
        (Language::English, LoginMethodKind::Wechat) => "WeChat",
        (Language::Chinese, LoginMethodKind::Email) => "邮箱",
        (Language::English, LoginMethodKind::Email) => "E-mail",
        (_, LoginMethodKind::Qq) => "QQ",
        (Language::Chinese, LoginMethodKind::OfficialAccount) => "微信公众平台",
        (Language::English, LoginMethodKind::OfficialAccount) => "WeChat Official Account",
        (Language::Chinese, LoginMethodKind::Wecom) => "企业微信",
        (Language::English, LoginMethodKind::Wecom) => "WeCom",
    }
}

/// An identity that a company may take away (LGM-4).
#[must_use]
pub const fn expiring_identity(language: Language, identity: ExpiringIdentity) -> &'static str {
    match (language, identity) {
        (Language::Chinese, ExpiringIdentity::CorporateQq) => "企业 QQ",
        (Language::English, ExpiringIdentity::CorporateQq) => "Corporate QQ",
        (language, identity) => kind(language, identity.kind()),
    }
}

/// The next thing to do when it is about to expire (LGM-4).
#[must_use]
pub const fn expiring_step(language: Language, step: ExpiringStep) -> &'static str {
    match (language, step) {
        (Language::Chinese, ExpiringStep::BindAnother) => {
            "它是唯一的登录方式，请先绑定另一种，再解绑它。"
        }
        (Language::English, ExpiringStep::BindAnother) => {
            "It is the only login method. First bind another one, then unbind it."
        }
        (Language::Chinese, ExpiringStep::Unbind) => "已绑定其他登录方式，确认能登录后即可解绑它。",
        (Language::English, ExpiringStep::Unbind) => {
            "Another login method is bound. See that it signs in, then unbind this one."
        }
        (Language::Chinese, ExpiringStep::Done) => "没有绑定，无需处理。",
        (Language::English, ExpiringStep::Done) => "It is not bound; there is nothing to do.",
    }
}

/// How a method came to the account (LGM-2).
#[must_use]
pub const fn origin(language: Language, origin: MethodOrigin) -> &'static str {
    match origin {
        MethodOrigin::Registration => LoginMethodText::of(language).registration,
        MethodOrigin::Added => "",
    }
}

/// One of the conditions for unbinding (LGM-2).
#[must_use]
pub const fn condition(language: Language, condition: UnbindConditionKind) -> &'static str {
    match (language, condition) {
        (Language::Chinese, UnbindConditionKind::TwoMethods) => "绑定了两种或以上登录方式",
        (Language::English, UnbindConditionKind::TwoMethods) => {
            "Two or more login methods are bound"
        }
        (Language::Chinese, UnbindConditionKind::SecurityPhone) => "绑定了安全手机",
        (Language::English, UnbindConditionKind::SecurityPhone) => "A security phone is bound",
        (Language::Chinese, UnbindConditionKind::NotChosenFactor) => "登录保护和操作保护没有使用它",
        (Language::English, UnbindConditionKind::NotChosenFactor) => {
            "Neither sign-in nor operation protection asks for it"
        }
    }
}

/// Why a login method stays as it is, with the way out (LGM-1 to LGM-7).
#[must_use]
pub fn refusal(language: Language, refusal: LoginMethodRefusal) -> String {
    let (chinese, english) = match refusal {
        LoginMethodRefusal::LastMethod { .. } => (
            "这是最后一种登录方式，解绑后将无法登录。请先绑定另一种。",
            "This is the last login method; without it nobody could sign in. Bind another one first.",
        ),
        LoginMethodRefusal::EmailIsOnlyMethod => (
            "邮箱是唯一的登录方式，请先绑定另一种，再更换邮箱。",
            "E-mail is the only login method. Bind another one first, then replace the e-mail.",
        ),
        LoginMethodRefusal::SecurityPhoneMissing => (
            "这是注册时使用的方式，解绑或更换前请先绑定安全手机。",
            "The account was registered with it: bind a security phone before it goes.",
        ),
        LoginMethodRefusal::ChosenFactor { .. } => (
            "登录保护或操作保护正在使用它，请先更换保护方式。",
            "Sign-in or operation protection asks for it. Choose another way there first.",
        ),
        LoginMethodRefusal::NotBound { .. } => ("这种方式尚未绑定。", "This method is not bound."),
        LoginMethodRefusal::KindBound { .. } => (
            "已经绑定了一个，可以直接更换。",
            "One of this kind is bound; replace it.",
        ),
        LoginMethodRefusal::SameIdentity => ("与现在绑定的相同。", "This one is bound already."),
        LoginMethodRefusal::IdentityTaken { .. } => (
            "它已经用于登录另一个账号。请换一个，或先在那个账号中解绑。",
            "It signs in to another account. Use another one, or unbind it there first.",
        ),
        LoginMethodRefusal::EmailRegistered => (
            "这个邮箱已经注册了另一个账号，不能再用于登录本账号。请换一个邮箱。",
            "This address has registered another account. Use another address.",
        ),
        LoginMethodRefusal::TooManyAccounts { most } => {
            return match language {
                Language::Chinese => format!("这个微信已经关联了 {most} 个账号，不能再关联更多。"),
                Language::English => {
                    format!(
                        "This WeChat signs in to {most} accounts already, which is as many as it may."
                    )
                }
            };
        }
        LoginMethodRefusal::NotWecomAdministrator => (
            "只有该企业微信的管理员才能绑定。请把下面的步骤发给管理员，完成后再绑定。",
            "Only an administrator of that WeCom organisation can bind it. Send them the steps below, then bind again.",
        ),
        LoginMethodRefusal::PasswordMissing => (
            "邮箱登录需要密码，请先在安全设置中设置密码。",
            "Signing in by e-mail needs a password. Set one in Security settings first.",
        ),
        LoginMethodRefusal::NotARootAccount => (
            "子用户不能绑定登录方式。",
            "A sub-user has no login methods of its own.",
        ),
        LoginMethodRefusal::SameAccount => ("这就是当前账号。", "This is the same account."),
        LoginMethodRefusal::OtherSite => (
            "中国站与国际站的账号不能互相关联。",
            "Accounts of the China site and the International site cannot be linked.",
        ),
        LoginMethodRefusal::OtherAccountNotProved => (
            "请先登录另一个账号以证明它属于您。",
            "Sign in to the other account first, to show that it is yours.",
        ),
    };
    match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    }
}

/// One step of the guide for a WeCom administrator (WCM-1).
#[must_use]
pub const fn wecom_step(language: Language, step: WecomGuideStep) -> &'static str {
    let (chinese, english) = match step {
        WecomGuideStep::OpenWecom => ("打开企业微信", "Open WeCom"),
        WecomGuideStep::Workbench => ("进入“工作台”", "Go to Workbench"),
        WecomGuideStep::ManageCompany => ("选择“管理企业”", "Choose Manage company"),
        WecomGuideStep::AppManagement => ("选择“应用管理”", "Choose App management"),
        WecomGuideStep::EnterpriseService => (
            "打开本平台的企业服务应用",
            "Open this platform's enterprise service",
        ),
        WecomGuideStep::AuthorisationMode => ("打开“授权模式”", "Open Authorisation mode"),
        WecomGuideStep::AdministratorAuthorises => {
            ("选择“管理员授权”", "Choose “administrator authorises”")
        }
        WecomGuideStep::VisibleRange => ("打开“可见范围”", "Open Visible range"),
        WecomGuideStep::ChooseMembers => ("选择可以使用的成员", "Choose the members"),
        WecomGuideStep::AgreeAndAdd => ("同意并添加", "Agree and add"),
        WecomGuideStep::BindAgain => ("回到本页重新绑定", "Come back here and bind again"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}
