//! The letters and text messages that carry a code (CON-12).

use domain::contacts::CodePurpose;
use domain::time::Span;

use super::Words;
use crate::language::Language;
use crate::state::Names;

/// The message with a code: what it is for, the digits, how long it lives.
#[must_use]
pub fn code(
    language: Language,
    names: &Names,
    (purpose, digits): (CodePurpose, &str),
    lives: Span,
) -> Words {
    let what = purpose_words(language, purpose);
    let minutes = lives.as_millis() / 60_000;
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】验证码 {digits}"),
                body: format!(
                    "您好：\n\n您正在{what}，验证码：{digits}\n\n{minutes} 分钟内有效，只能使用一次。\n\
                     请勿把验证码告诉任何人，我们的工作人员也不会向您索要。\n\
                     如果不是您本人操作，请忽略这封邮件。\n\n{name}\n"
                ),
                sms: format!(
                    "【{name}】验证码 {digits}，用于{what}，{minutes} 分钟内有效。请勿告诉任何人。"
                ),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: your code is {digits}"),
                body: format!(
                    "Hello,\n\nYour code to {what}: {digits}\n\nIt lives {minutes} minutes and works once.\n\
                     Tell it to nobody; our staff never asks for it.\n\
                     If you did not ask for it, ignore this e-mail.\n\n{name}\n"
                ),
                sms: format!(
                    "[{name}] {digits} is your code to {what}. It lives {minutes} minutes. Tell it to nobody."
                ),
            }
        }
    }
}

/// The letter with the link that confirms a contact e-mail, for who reads it in another browser (CON-6).
#[must_use]
pub fn contact_link(language: Language, names: &Names, link: &str) -> Words {
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】确认联系邮箱"),
                body: format!(
                    "您好：\n\n您正在把这个邮箱设为联系邮箱。可以在页面上输入另一封邮件里的验证码，\
                     或者直接打开下面的链接确认：\n{link}\n\n\
                     确认之前，原来的联系邮箱继续有效。如果不是您本人操作，请忽略这封邮件。\n\n{name}\n"
                ),
                sms: format!("【{name}】确认联系邮箱：{link}"),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: confirm your contact e-mail"),
                body: format!(
                    "Hello,\n\nThis address is about to become a contact e-mail. Enter the code of the other \
                     letter on the page, or open this link to confirm:\n{link}\n\n\
                     Until then the old contact e-mail stays. If this was not you, ignore this e-mail.\n\n{name}\n"
                ),
                sms: format!("[{name}] Confirm your contact e-mail: {link}"),
            }
        }
    }
}

const fn purpose_words(language: Language, purpose: CodePurpose) -> &'static str {
    let (chinese, english) = match purpose {
        CodePurpose::Register => ("注册账号", "register an account"),
        CodePurpose::ProveHuman => ("登录前的人机验证", "show that a person is signing in"),
        CodePurpose::SecondStep => ("登录账号", "sign in"),
        CodePurpose::ProveOwner => ("验证身份以进行敏感操作", "confirm that it is you"),
        CodePurpose::NewSecurityPhone => ("绑定新的安全手机", "bind a new security phone"),
        CodePurpose::NewSecurityEmail => ("绑定新的安全邮箱", "bind a new security e-mail"),
        CodePurpose::OriginalSecurityEmail => {
            ("更换安全邮箱", "agree to a change of the security e-mail")
        }
        CodePurpose::ContactPhone => ("确认联系手机", "confirm a contact phone"),
        CodePurpose::ContactEmail => ("确认联系邮箱", "confirm a contact e-mail"),
        CodePurpose::LoginEmail => ("设置登录邮箱", "set the login e-mail"),
        CodePurpose::ResetPassword => ("重置密码", "reset the password"),
        CodePurpose::UnlockAccount => ("解除账号锁定", "unlock the account"),
        CodePurpose::FindAccount => ("查找账号", "find an account"),
        CodePurpose::FindProgress => ("查询找回进度", "see how a search goes"),
        CodePurpose::DetachRecycled => ("申请解除手机号绑定", "detach this phone number"),
        CodePurpose::Appeal => ("提交申诉", "hand in an appeal"),
        CodePurpose::ChangeVerification => ("变更实名认证", "change the real-name verification"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}
