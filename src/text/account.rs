//! The sentences of Account info.

use domain::account::{NicknameProblem, NicknameRefusal, ProfileField, VerificationStatus};

use super::{Language, catalogue};

catalogue! {
    /// Account info.
    AccountText {
        title: "账号信息", "Account info";
        lead: "这里是您账号的标识和基本信息。", "What identifies your account, and its basic information.";
        identity: "账号标识", "Identity";
        basic_info: "基本信息", "Basic info";
        account_id: "账号 ID", "Account ID";
        account_id_hint: "联系客服或授权他人时使用，永久不变。",
            "Give it when you ask for support or grant access. It never changes.";
        app_id: "应用标识 APPID", "APPID";
        app_id_hint: "云产品用它识别您的账号，常出现在资源地址中。", "By it products know your account; it stands in addresses of resources.";
        site: "所属站点", "Site";
        site_hint: "中国站与国际站的账号和数据互不相通。", "The China site and the International site share no accounts and no data.";
        registered: "注册时间", "Registered";
        verification: "实名认证", "Real-name verification";
        view_verification: "查看认证", "See the verification";
        nickname: "昵称", "Nickname";
        nickname_hint: "仅用于显示，与实名信息无关。建议不要使用真实姓名。",
            "Shown to others only as a name; it has nothing to do with your real-name verification. We advise against your real name.";
        change_nickname: "修改昵称", "Change nickname";
        save_nickname: "保存昵称", "Save nickname";
        saving: "正在保存…", "Saving…";
        nickname_saved: "昵称已修改。", "Your nickname was changed.";
        real_name_title: "确定使用真实姓名作为昵称吗？", "Use your verified name as nickname?";
        use_real_name: "仍然使用", "Use it anyway";
        choose_another: "换一个昵称", "Choose another";
    }
}

/// What is wrong with a nickname (ACC-4).
#[must_use]
pub fn nickname_problem(language: Language, problem: NicknameProblem) -> String {
    match (language, problem) {
        (Language::Chinese, NicknameProblem::Empty) => "请输入昵称".to_owned(),
        (Language::English, NicknameProblem::Empty) => "Enter a nickname".to_owned(),
        (Language::Chinese, NicknameProblem::TooLong { longest }) => {
            format!("昵称最多 {longest} 个字符")
        }
        (Language::English, NicknameProblem::TooLong { longest }) => {
            format!("The nickname must have at most {longest} characters")
        }
        (Language::Chinese, NicknameProblem::ControlCharacter) => {
            "昵称不能包含换行等控制字符".to_owned()
        }
        (Language::English, NicknameProblem::ControlCharacter) => {
            "The nickname must not contain line breaks or other control characters".to_owned()
        }
    }
}

/// Why a nickname is not changed without asking (ACC-4).
#[must_use]
pub const fn nickname_refusal(language: Language, refusal: NicknameRefusal) -> &'static str {
    match (language, refusal) {
        (Language::Chinese, NicknameRefusal::IsVerifiedName) => {
            "这个昵称与您的实名相同，能看到昵称的人都会看到您的真实姓名。我们建议换一个。"
        }
        (Language::English, NicknameRefusal::IsVerifiedName) => {
            "This is your verified name. Whoever sees the nickname would see your real name. We advise another one."
        }
    }
}

/// A field of a form that saves more than one (ACC-14).
#[must_use]
pub const fn profile_field(language: Language, field: ProfileField) -> &'static str {
    let (chinese, english) = match field {
        ProfileField::Nickname => ("昵称", "Nickname"),
        ProfileField::ContactPhone => ("联系手机", "Contact phone"),
        ProfileField::ContactEmail => ("联系邮箱", "Contact e-mail"),
        ProfileField::EnterpriseContactName => ("企业联系人姓名", "Enterprise contact's name"),
        ProfileField::EnterpriseContactId => {
            ("企业联系人证件号码", "Enterprise contact's ID number")
        }
        ProfileField::EnterpriseContactPhone => ("企业联系人手机", "Enterprise contact's phone"),
        ProfileField::Name => ("名称", "Name"),
        ProfileField::Description => ("描述", "Description"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// The verification status in two or three words.
#[must_use]
pub const fn verification_status(language: Language, status: VerificationStatus) -> &'static str {
    match (language, status) {
        (Language::Chinese, VerificationStatus::Unverified) => "未认证",
        (Language::English, VerificationStatus::Unverified) => "Not verified",
        (Language::Chinese, VerificationStatus::Person) => "已认证 · 个人",
        (Language::English, VerificationStatus::Person) => "Verified · person",
        (Language::Chinese, VerificationStatus::Enterprise) => "已认证 · 企业",
        (Language::English, VerificationStatus::Enterprise) => "Verified · enterprise",
    }
}
