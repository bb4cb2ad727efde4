//! The sentences of registering (REG).

use domain::contacts::ContactRefusal;
use domain::identity::PhoneNumberProblem;
use domain::login_methods::{LoginMethodKind, LoginMethodRefusal};
use domain::registration::{MethodAdvice, RegistrationRefusal, VerificationPath};

use super::{Language, catalogue};

catalogue! {
    /// Registering.
    RegistrationText {
        title: "注册账号", "Register an account";
        email_title: "用邮箱注册", "Register by e-mail";
        finish_title: "完成注册", "Finish registering";
        steps: "注册步骤", "Steps of registering";
        step_way: "选择方式", "Choose a way";
        step_identity: "验证身份", "Prove it is yours";
        step_finish: "密码与手机", "Password and phone";
        step_finish_only_phone: "安全手机", "Security phone";
        step_done: "已完成", "done";
        has_account: "已有账号？", "Have an account?";
        sign_in: "直接登录", "Sign in";
        for_whom: "账号给谁使用？", "Who is the account for?";
        person: "个人", "A person";
        person_hint: "资源和账号属于您本人。", "The account and its resources are yours.";
        enterprise: "企业或其他组织", "An enterprise or another organisation";
        enterprise_hint: "资源和账号属于组织，人员变动后仍能登录。",
            "The account belongs to the organisation, which can sign in whoever comes or leaves.";
        ways: "选择注册方式", "Choose how to register";
        ways_hint: "注册之后可以随时绑定其他登录方式。", "You can bind other ways to sign in at any time later.";
        not_here: "本站点没有开通这种方式。", "This installation does not offer this way.";
        region_question: "来自香港、澳门、台湾或海外？", "From Hong Kong, Macau, Taiwan or overseas?";
        email_lead: "我们会向这个邮箱发送验证码。", "We send a code to this address.";
        email: "邮箱", "E-mail";
        email_hint: "以后用它登录。", "You will sign in with it.";
        email_company: "企业请使用公司邮箱：员工离职后，公司仍能收到这个邮箱的邮件。",
            "For an enterprise use a company address: the company still gets its mail when an employee has left.";
        next: "继续", "Continue";
        checking: "正在核对…", "Checking…";
        back_to_ways: "换一种注册方式", "Choose another way";
        nothing_proved: "请先选择一种注册方式并验证身份。验证的结果只保留 15 分钟，可能已经过期。",
            "Choose a way to register and prove who you are first. A proof is kept for 15 minutes only; yours may be too old.";
        choose_way: "选择注册方式", "Choose a way";
        registers_with: "注册身份", "Registers with";
        change: "更换", "Change";
        password: "设置密码", "Choose a password";
        password_hint: "8 至 128 个字符，任何字符都可以。不要包含邮箱名或手机号。",
            "8 to 128 characters of any kind. Not the name of your e-mail and not your phone number.";
        phone: "安全手机", "Security phone";
        phone_hint: "接收安全验证码和安全通知，不能用来登录。中国大陆以外的号码请加 + 和国家代码。",
            "Gets security codes and notices; it is not a name to sign in with. Numbers from outside mainland China begin with + and the country code.";
        agree_before: "我已阅读并同意", "I have read and agree to the ";
        terms: "服务条款", "terms";
        and: "和", " and the ";
        privacy: "隐私政策", "privacy text";
        opens_new: "（在新标签页打开）", "(opens in a new tab)";
        must_agree: "请阅读并勾选同意", "Read them and tick the box";
        register: "注册", "Register";
        registering: "正在注册…", "Registering…";
        done: "注册成功，账号已经可以使用。", "You are registered, and the account works.";
        terms_title: "服务条款", "Terms of service";
        privacy_title: "隐私政策", "Privacy";
        show: "显示", "Show";
        hide: "隐藏", "Hide";
    }
}

/// What a way to register is called.
#[must_use]
pub const fn way(language: Language, kind: LoginMethodKind) -> &'static str {
    match (language, kind) {
        (Language::Chinese, LoginMethodKind::Wechat) => "微信",
        (Language::English, LoginMethodKind::Wechat) => "WeChat",
        (Language::Chinese, LoginMethodKind::Email) => "邮箱",
        (Language::English, LoginMethodKind::Email) => "e-mail",
        (_, LoginMethodKind::Qq) => "QQ",
        (Language::Chinese, LoginMethodKind::OfficialAccount) => "微信公众号",
        (Language::English, LoginMethodKind::OfficialAccount) => "WeChat Official Account",
        (Language::Chinese, LoginMethodKind::Wecom) => "企业微信",
        (Language::English, LoginMethodKind::Wecom) => "WeCom",
    }
}

/// The link that begins it.
#[must_use]
pub fn register_with(language: Language, kind: LoginMethodKind) -> String {
    let name = way(language, kind);
    match language {
        Language::Chinese => format!("用{name}注册"),
        Language::English => format!("Register with {name}"),
    }
}

/// How it works.
#[must_use]
pub const fn way_hint(language: Language, kind: LoginMethodKind) -> &'static str {
    match (language, kind) {
        (Language::Chinese, LoginMethodKind::Wechat) => "用手机微信扫码，不需要密码。",
        (Language::English, LoginMethodKind::Wechat) => {
            "Scan a code with WeChat on your phone; no password needed."
        }
        (Language::Chinese, LoginMethodKind::Email) => "用邮箱和密码登录。",
        (Language::English, LoginMethodKind::Email) => "Sign in with an address and a password.",
        (Language::Chinese, LoginMethodKind::Qq) => "用 QQ 登录，不需要密码。",
        (Language::English, LoginMethodKind::Qq) => "Sign in with QQ; no password needed.",
        (Language::Chinese, LoginMethodKind::OfficialAccount) => "由公众号的管理员扫码。",
        (Language::English, LoginMethodKind::OfficialAccount) => {
            "An administrator of the Official Account scans a code."
        }
        (Language::Chinese, LoginMethodKind::Wecom) => "由企业微信的管理员扫码。",
        (Language::English, LoginMethodKind::Wecom) => {
            "An administrator of the WeCom organisation scans a code."
        }
    }
}

/// What is said of a way for the applicant (REG-4); nothing where nothing speaks for or against it.
#[must_use]
pub const fn advice(language: Language, advice: MethodAdvice) -> Option<&'static str> {
    match (language, advice) {
        (_, MethodAdvice::Neutral) => None,
        (Language::Chinese, MethodAdvice::Recommended) => Some("推荐"),
        (Language::English, MethodAdvice::Recommended) => Some("Recommended"),
        (Language::Chinese, MethodAdvice::RecommendedWithCompanyAddress) => {
            Some("推荐使用公司邮箱")
        }
        (Language::English, MethodAdvice::RecommendedWithCompanyAddress) => {
            Some("Recommended with a company address")
        }
        (Language::Chinese, MethodAdvice::BelongsToAPerson) => Some("属于个人"),
        (Language::English, MethodAdvice::BelongsToAPerson) => Some("Belongs to a person"),
    }
}

/// What happens when the person leaves to whom the way belongs (REG-4).
#[must_use]
pub const fn when_the_person_leaves(language: Language) -> &'static str {
    match language {
        Language::Chinese => {
            "它属于个人，不属于企业。这个人离职后，企业就无法再用它登录，他本人却仍然可以登录；\
             离职前必须先绑定其他登录方式，再解绑它。"
        }
        Language::English => {
            "It belongs to a person, not to the enterprise. When that person leaves, the enterprise cannot sign in \
             with it any more, but the person still can. Before that day another way has to be bound, and this one unbound."
        }
    }
}

/// Which verification is open to individuals and to enterprises from elsewhere (REG-6, ACC-5).
#[must_use]
pub const fn path(language: Language, path: VerificationPath) -> &'static str {
    match (language, path) {
        (Language::Chinese, VerificationPath::PersonalOrEnterprise) => {
            "可以完成个人或企业实名认证。"
        }
        (Language::English, VerificationPath::PersonalOrEnterprise) => {
            "Personal and enterprise verification are open."
        }
        (Language::Chinese, VerificationPath::PersonalOnly) => {
            "可以在本站点注册，但只能完成个人实名认证。"
        }
        (Language::English, VerificationPath::PersonalOnly) => {
            "You may register here; only personal verification is open."
        }
        (Language::Chinese, VerificationPath::InternationalSite) => {
            "请使用国际站：实名认证在国际站完成，两个站点的账号和数据互不相通。"
        }
        (Language::English, VerificationPath::InternationalSite) => {
            "Use the International site, where the verification is done. The two sites share no accounts and no data."
        }
    }
}

/// For whom such a path is.
#[must_use]
pub const fn from_where(language: Language, index: usize) -> &'static str {
    match (language, index) {
        (Language::Chinese, 0) => "香港、澳门、台湾的个人：",
        (Language::English, 0) => "Individuals of Hong Kong, Macau and Taiwan: ",
        (Language::Chinese, 1) => "香港、澳门、台湾的企业：",
        (Language::English, 1) => "Enterprises of Hong Kong, Macau and Taiwan: ",
        (Language::Chinese, _) => "海外的个人和企业：",
        (Language::English, _) => "Everyone overseas: ",
    }
}

/// The version of a text that is agreed to.
#[must_use]
pub fn version(language: Language, version: &str) -> String {
    match language {
        Language::Chinese => format!("版本 {version}"),
        Language::English => format!("Version {version}"),
    }
}

/// What is wrong with a phone number as it was typed (CON-13).
#[must_use]
pub fn phone_problem(language: Language, problem: PhoneNumberProblem) -> String {
    let chinese = language == Language::Chinese;
    let fixed = |zh: &str, en: &str| if chinese { zh } else { en }.to_owned();
    match problem {
        PhoneNumberProblem::Empty => fixed("请输入手机号码", "Enter a phone number"),
        PhoneNumberProblem::ForbiddenCharacter { character } => {
            if chinese {
                format!("手机号码里不能有“{character}”")
            } else {
                format!("A phone number has no “{character}”")
            }
        }
        PhoneNumberProblem::WrongLength { length, wanted } => {
            if chinese {
                format!("手机号码应为 {wanted} 位数字，您输入了 {length} 位")
            } else {
                format!("A mobile number has {wanted} digits; you typed {length}")
            }
        }
        PhoneNumberProblem::NotMobile => fixed(
            "这不是中国大陆手机号码；其他国家或地区的号码请加 + 和国家代码",
            "This is no mobile number of mainland China. For others type + and the country code first",
        ),
        PhoneNumberProblem::UnknownCountry => {
            fixed("没有这个国家代码", "There is no such country code")
        }
        PhoneNumberProblem::WrongLengthAbroad { .. } => fixed(
            "号码位数与该国家或地区不符",
            "The number of digits does not fit the country",
        ),
    }
}

/// Why an account is not registered (REG-1, REG-3, REG-7).
#[must_use]
pub const fn registration_refusal(
    language: Language,
    refusal: RegistrationRefusal,
) -> &'static str {
    match (language, refusal) {
        (Language::Chinese, RegistrationRefusal::IdentityNotProved) => {
            "身份验证已过期或已使用，请返回上一步重新验证。您在这里填写的内容不会丢失。"
        }
        (Language::English, RegistrationRefusal::IdentityNotProved) => {
            "Your proof is too old or has been used. Go back one step and prove it again; what you typed here stays."
        }
        (Language::Chinese, RegistrationRefusal::ConsentMissing) => {
            "请阅读并同意服务条款和隐私政策。"
        }
        (Language::English, RegistrationRefusal::ConsentMissing) => {
            "Read the terms and the privacy text and agree to them."
        }
        (Language::Chinese, RegistrationRefusal::ConsentOutdated) => {
            "条款刚刚更新，请阅读新版本后再次同意。"
        }
        (Language::English, RegistrationRefusal::ConsentOutdated) => {
            "The texts have just changed. Read the new version and agree again."
        }
        (Language::Chinese, RegistrationRefusal::PhoneNotProved) => "请先验证安全手机。",
        (Language::English, RegistrationRefusal::PhoneNotProved) => {
            "Prove the security phone by its code first."
        }
    }
}

/// That a phone has as many accounts as it may (CON-2); other refusals of contacts are none of
/// registering.
#[must_use]
pub fn phone_full(language: Language, refusal: ContactRefusal) -> Option<String> {
    let ContactRefusal::PhoneFull { most } = refusal else {
        return None;
    };
    Some(match language {
        Language::Chinese => format!(
            "这个号码已是 {most} 个账号的安全手机，不能再用于新账号。请换一个号码，或在其中一个账号里更换安全手机。"
        ),
        Language::English => format!(
            "This number is the security phone of {most} accounts already. Use another one, or change the phone of one of those accounts."
        ),
    })
}

/// That an identity cannot register since it signs in elsewhere (CON-14, LGM-5, LGM-7); other refusals of
/// login methods are none of registering.
#[must_use]
pub fn identity_refusal(language: Language, refusal: LoginMethodRefusal) -> Option<String> {
    let chinese = language == Language::Chinese;
    let fixed = |zh: &str, en: &str| Some(if chinese { zh } else { en }.to_owned());
    match refusal {
        LoginMethodRefusal::EmailRegistered => fixed(
            "这个邮箱已经注册了账号，请直接登录；忘记密码可以重置。",
            "This address has an account already. Sign in, or reset the password if you forgot it.",
        ),
        LoginMethodRefusal::IdentityTaken { kind } => {
            let name = way(language, kind);
            Some(if chinese {
                format!("这个{name}已经用于另一个账号，请直接用它登录。")
            } else {
                format!("This {name} signs in to another account already. Sign in with it.")
            })
        }
        LoginMethodRefusal::TooManyAccounts { most } => Some(if chinese {
            format!("这个微信已关联 {most} 个账号，不能再注册。")
        } else {
            format!("This WeChat signs in to {most} accounts already and registers no more.")
        }),
        LoginMethodRefusal::NotWecomAdministrator => fixed(
            "只有企业微信的管理员可以用它注册，请联系管理员。",
            "Only an administrator of the WeCom organisation registers with it. Ask your administrator.",
        ),
        _ => None,
    }
}
