//! The letter to an address that has an account, in place of a code to register with (CON-12, CON-14).

use super::Words;
use crate::language::Language;
use crate::state::Names;

/// Where the letter leads.
#[derive(Clone, Copy, Debug)]
pub struct Pages<'a> {
    /// Signing in.
    pub sign_in: &'a str,
    /// A forgotten password.
    pub forgotten: &'a str,
}

/// Tells whoever has the address that it signs in to an account already.
#[must_use]
pub fn has_account(language: Language, names: &Names, pages: Pages<'_>) -> Words {
    let Pages { sign_in, forgotten } = pages;
    match language {
        Language::Chinese => {
            let name = &names.chinese;
            Words {
                subject: format!("【{name}】您已经有账号了"),
                body: format!(
                    "您好：\n\n刚才有人用这个邮箱地址申请注册账号。这个邮箱已经是一个账号的登录邮箱，不能再注册，所以这封邮件里没有验证码。\n\n\
                     直接登录：{sign_in}\n忘记密码：{forgotten}\n\n\
                     如果不是您本人操作，请忽略这封邮件；您的账号没有任何变化。\n\n{name}\n"
                ),
                sms: format!("【{name}】这个邮箱已有账号，请直接登录：{sign_in}"),
            }
        }
        Language::English => {
            let name = &names.english;
            Words {
                subject: format!("{name}: you have an account already"),
                body: format!(
                    "Hello,\n\nSomebody just asked to register an account with this e-mail address. It signs in to an \
                     account already and cannot register another, so there is no code in this letter.\n\n\
                     Sign in: {sign_in}\nForgot the password: {forgotten}\n\n\
                     If it was not you, ignore this letter; nothing has changed on your account.\n\n{name}\n"
                ),
                sms: format!("[{name}] This e-mail has an account already. Sign in: {sign_in}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn con_14_whoever_has_an_account_is_led_to_it_and_gets_no_code() {
        let names = Names {
            chinese: "云账号中心".to_owned(),
            english: "Account Centre".to_owned(),
        };
        let pages = Pages {
            sign_in: "https://account.example/sign-in",
            forgotten: "https://account.example/forgotten",
        };
        for language in [Language::Chinese, Language::English] {
            let words = has_account(language, &names, pages);
            assert!(words.body.contains(pages.sign_in) && words.body.contains(pages.forgotten));
            assert!(!words.body.contains(|c: char| c.is_ascii_digit()));
        }
    }
}
