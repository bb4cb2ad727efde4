//! The sentences of the operation audit (OPS-3): who did what.

use domain::audit::ActorKind;

use super::{Language, catalogue};

catalogue! {
    /// The operation audit.
    AuditText {
        title: "操作审计", "Operation audit";
        lead: "账号上每一次操作的记录，含本人、平台人员和系统的操作。记录只增不改，前后相连，被改动或删除都能查出。",
            "Everything that was done on the account, by you, by the platform's people or by the system. Rows are added and never changed; each is chained to the one before, so that a change or a gap shows.";
        time: "时间", "Time";
        what: "操作", "What";
        who: "操作者", "Who";
        number: "记录编号", "Row";
        more: "显示更早的记录", "Show earlier rows";
        none: "还没有操作记录", "Nothing has been recorded yet";
        sign_ins: "登录的设备和地点见登录记录", "Devices and places of sign-ins are in the sign-in history";
    }
}

/// Who did it.
#[must_use]
pub const fn actor(language: Language, actor: ActorKind) -> &'static str {
    match (language, actor) {
        (Language::Chinese, ActorKind::Owner) => "账号所有者",
        (Language::English, ActorKind::Owner) => "The account's owner",
        (Language::Chinese, ActorKind::User) => "子用户或协作者",
        (Language::English, ActorKind::User) => "A user of the account",
        (Language::Chinese, ActorKind::Operator) => "平台工作人员",
        (Language::English, ActorKind::Operator) => "The platform's staff",
        (Language::Chinese, ActorKind::Visitor) => "登录前的访问者",
        (Language::English, ActorKind::Visitor) => "Somebody before signing in",
        (Language::Chinese, ActorKind::System) => "系统",
        (Language::English, ActorKind::System) => "The system",
        (Language::Chinese, ActorKind::Unrecorded) => "当时未记录",
        (Language::English, ActorKind::Unrecorded) => "Not recorded then",
    }
}

/// The name of a value that tells a person something; nothing for those that tell a program something.
#[must_use]
pub fn detail(language: Language, name: &str) -> Option<&'static str> {
    let (chinese, english) = match name {
        "old" => ("原为", "before"),
        "new" => ("改为", "now"),
        "to" => ("发送至", "sent to"),
        "wished" => ("申请改为", "wished"),
        "reason" => ("原因", "reason"),
        _ => return None,
    };
    Some(match language {
        Language::Chinese => chinese,
        Language::English => english,
    })
}

/// What was done; the log's own word for what this version of the app does not know.
#[must_use]
pub fn event(language: Language, word: &str) -> String {
    let known = EVENTS.iter().find(|(known, ..)| *known == word);
    match (known, language) {
        (Some((_, chinese, _)), Language::Chinese) => (*chinese).to_owned(),
        (Some((.., english)), Language::English) => (*english).to_owned(),
        (None, _) => word.to_owned(),
    }
}

/// Declares the words of events: `event: "中文", "English";`, one a line, in their order.
macro_rules! events {
    ($($word:ident: $chinese:literal, $english:literal;)+) => {
        /// Every event with its words.
        const EVENTS: &[(&str, &str, &str)] = &[$((stringify!($word), $chinese, $english)),+];
    };
}

events! {
    account_created: "创建账号", "Account created";
    account_exported: "下载账号数据", "Account data downloaded";
    account_locked: "锁定账号", "Account locked";
    account_unlocked: "解锁账号", "Account unlocked";
    bank_transfer_requested: "申请对公打款认证", "Bank transfer asked for";
    case_approved: "通过了一项审核", "A case was approved";
    case_rejected: "驳回了一项审核", "A case was rejected";
    contact_code_sent: "发送联系方式验证码", "Code for a contact sent";
    contact_confirmed: "确认联系方式", "Contact confirmed";
    contact_given_up: "放弃修改联系方式", "Change of a contact given up";
    contact_proposed: "修改联系方式", "New contact named";
    document_deleted: "到期删除材料", "Document deleted after its time";
    document_removed: "移除材料", "Document removed";
    document_uploaded: "上传材料", "Document uploaded";
    document_viewed: "查看材料", "Document viewed";
    enterprise_check_begun_anew: "重新发起企业核验", "Enterprise check begun anew";
    enterprise_code_completed: "补全企业代码", "Enterprise code completed";
    enterprise_contact_changed: "修改企业联系人", "Enterprise contact changed";
    enterprise_limit_raised: "提高企业账号数上限", "Limit of the enterprise raised";
    enterprise_recheck_corrected: "企业复核问题已解决", "Finding of a re-check settled";
    enterprise_recheck_noticed: "通知企业复核发现问题", "Owner told of what a re-check found";
    enterprise_verification_started: "发起企业认证", "Enterprise verification started";
    face_check_begun: "发起人脸核验", "Face check begun";
    freeze_changed: "冻结或解除冻结", "Account frozen or released";
    login_email_code_sent: "发送登录邮箱验证码", "Code for the login e-mail sent";
    login_email_set: "设置登录邮箱", "Login e-mail set";
    login_method_bound: "绑定登录方式", "Login method bound";
    login_method_unbound: "解绑登录方式", "Login method unbound";
    mfa_binding_given_up: "放弃绑定 MFA 设备", "Binding of an MFA device given up";
    mfa_binding_started: "开始绑定 MFA 设备", "Binding of an MFA device begun";
    mfa_bound: "绑定 MFA 设备", "MFA device bound";
    mfa_unbound: "解绑 MFA 设备", "MFA device unbound";
    new_security_phone_code_sent: "发送新安全手机验证码", "Code to the new security phone sent";
    nickname_changed: "修改昵称", "Nickname changed";
    official_account_permission_withdrawn: "撤回公众号授权", "Official Account permission withdrawn";
    operator_password_given: "工作人员输入密码", "Operator gave a password";
    operator_signed_in: "工作人员登录", "Operator signed in";
    operator_signed_out: "工作人员退出", "Operator signed out";
    other_sessions_ended: "结束其他登录", "All other sessions ended";
    owner_proved: "验证身份", "Owner proved who they are";
    password_changed: "修改密码", "Password changed";
    password_reset: "重置密码", "Password reset";
    person_verification_decided: "个人认证有结果", "Personal verification decided";
    person_verification_resumed: "继续个人认证", "Personal verification resumed";
    person_verification_started: "发起个人认证", "Personal verification started";
    profile_saved: "保存基本信息", "Basic info saved";
    proof_code_sent: "发送身份验证码", "Code for a proof sent";
    proof_scan_begun: "发起扫码验证", "Scan for a proof begun";
    protection_changed: "修改登录保护或操作保护", "Protection changed";
    recovery_codes_renewed: "重新生成恢复码", "Recovery codes made anew";
    registered: "注册账号", "Account registered";
    second_step_asked: "登录时要求二次验证", "Second proof asked for";
    second_step_code_sent: "发送二次验证码", "Code for the second proof sent";
    second_step_given_up: "放弃二次验证", "Second proof given up";
    security_email_change_cancelled: "放弃修改安全邮箱", "Change of the security e-mail given up";
    security_email_change_code_sent: "发送安全邮箱验证码", "Code for the security e-mail sent";
    security_email_change_confirmed: "确认修改安全邮箱", "Change of the security e-mail confirmed";
    security_email_change_started: "开始修改安全邮箱", "Change of the security e-mail begun";
    security_phone_changed: "修改安全手机", "Security phone changed";
    session_ended: "结束一处登录", "Session ended";
    session_limits_changed: "修改登录时限", "Session limits changed";
    signed_in: "登录", "Signed in";
    signed_out: "退出登录", "Signed out";
    sub_user_signed_in: "子用户登录", "Sub-user signed in";
    subject_revealed: "查看完整认证信息", "Verified identity shown in full";
    top_up_came_in: "收到充值认证款项", "Top-up came in";
    top_up_named: "申请充值认证", "Top-up verification asked for";
    transfer_amount_disputed: "对打款金额提出异议", "A transferred sum was disputed";
    transfer_amount_entered: "填写打款金额", "Amount of the transfer entered";
    trusted_device_revoked: "取消设备信任", "Trust in a device ended";
    trusted_devices_revoked: "取消全部设备信任", "Trust in all devices ended";
    uses_cdn_switched: "修改 CDN 使用情况", "Use of CDN switched";
    verification_change_begun: "开始变更认证", "Change of verification begun";
    verification_change_face_begun: "变更认证人脸核验", "Face check for a change of verification";
    verification_change_information_saved: "保存变更认证信息", "Information of a change saved";
    verification_change_new_subject_invited: "邀请新主体确认", "New subject invited";
    verification_change_reopened: "更正变更认证申请", "Change of verification opened for correction";
    verification_change_saved: "保存变更认证申请", "Change of verification saved";
    verification_change_submitted: "提交变更认证申请", "Change of verification handed in";
    verification_change_withdrawn: "撤回变更认证申请", "Change of verification withdrawn";
    verification_changed: "认证主体已变更", "Verified subject changed";
    verification_ended: "认证失效", "Verification ended";
    verification_failed: "认证未通过", "Verification failed";
    verification_given_up: "放弃认证", "Verification given up";
    verification_passed: "认证通过", "Verification passed";
    wechat_confirmation_unbound: "解绑微信确认", "WeChat confirmation unbound";
}

#[cfg(test)]
mod tests {
    use contract::endpoints::{self, Audit};

    use super::*;

    #[test]
    fn ops_3_every_event_of_the_interface_has_words() {
        for endpoint in endpoints::all() {
            if let Audit::Event(word) = endpoint.audit {
                let known = EVENTS.iter().any(|(known, ..)| *known == word);
                assert!(
                    known,
                    "{word} of {endpoint} has no words in src/text/audit.rs"
                );
            }
        }
        let words: Vec<_> = EVENTS.iter().map(|(word, ..)| word).collect();
        assert!(words.is_sorted(), "the words are in their order");
    }
}
