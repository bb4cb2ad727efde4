//! The sentences of signing in.

use domain::identity::EmailProblem;
use domain::sign_in::{PasswordProblem, SignInRefusal};

use super::{Language, catalogue, time};

catalogue! {
    /// Signing in.
    SignInText {
        passkey: "用通行密钥登录", "Sign in with a passkey";
        title: "登录", "Sign in";
        lead: "使用登录邮箱和密码登录您的账号。", "Use your login e-mail and password.";
        email: "登录邮箱", "Login e-mail";
        password: "密码", "Password";
        submit: "登录", "Sign in";
        pending: "正在登录…", "Signing in…";
        checking: "正在进行人机验证…", "Checking that a person is here…";
        check_hint: "登录前会自动完成人机验证，通常只需几秒。", "Before the next try your browser solves a small puzzle by itself; it takes a few seconds.";
        code_instead: "改用邮箱验证码", "Get a code by e-mail instead";
        puzzle_instead: "改用自动验证", "Let the browser solve it instead";
        code_lead: "我们会向您填写的邮箱发送验证码，输入后再登录。", "A code goes to the address you typed; enter it, then sign in.";
        phone_is_no_name: "手机号码不能直接用于登录。您可以用它找回登录方式：", "A phone number is no login name. It can help you find the way in:";
        by_phone: "用这个手机号找回", "Go on with this phone";
        account_is_no_name: "这是账号 ID。子用户请使用子用户登录。", "This is an account ID. Sub-users sign in on a page of their own.";
        forgotten: "忘记密码", "Forgotten password";
        register: "注册新账号", "Register an account";
        sub_user: "子用户登录", "Sign in as a sub-user";
        other_ways: "其他登录方式", "Other ways to sign in";
        locked: "账号已被锁定，暂时无法登录。", "The account is locked; nobody signs in to it.";
        unlock: "去解锁", "Unlock it";
        sub_title: "子用户登录", "Sign in as a sub-user";
        sub_lead: "使用主账号 ID、子用户名和密码登录。忘记密码请联系主账号管理员重置。", "Use the root account's ID, your user name and your password. If you forgot the password, ask the root account to reset it.";
        root: "主账号 ID", "Root account ID";
        root_hint: "12 位数字，以 1000 开头。", "Twelve digits that begin with 1000.";
        user_name: "子用户名", "User name";
        back_to_owner: "返回主账号登录", "Back to the owner's sign-in";
        wrong_root: "主账号 ID 是 12 位数字，以 1000 开头", "The root account's ID has twelve digits and begins with 1000";
        wrong_user_name: "请输入子用户名", "Enter your user name";
        step_title: "登录验证", "One more proof";
        step_lead: "密码正确。为了账号安全，还需要再验证一次。", "The first proof was right. To keep the account safe one more is asked for.";
        step_over: "验证已超时或已取消，请重新登录。", "This took too long or was given up. Please sign in again.";
        step_ends: "请在以下时间内完成：", "Time left:";
        another_way: "使用其他方式（备选校验方式）", "Use another way";
        trust: "信任此设备", "Trust this device";
        trust_hint: "7 天内在此设备登录不再要求二次验证；可随时在安全设置中取消。请勿在公用设备上勾选。", "For 7 days signing in on this device asks for no second proof. You can take it back in Security settings. Not on a shared device.";
        appeal_title: "以上方式都不可用？", "None of these works?";
        appeal: "可以通过人工申诉找回账号。", "An appeal gets you back in.";
        hotline: "服务热线：", "Hotline: ";
        give_up: "返回登录", "Back to signing in";
        as_sub_user: "子用户", "Sub-user";
        sub_verification: "实名认证", "Verification";
        sub_inherits: "使用主账号的实名认证，无需单独认证。", "The root account's counts; a sub-user needs none of its own.";
        sub_home_lead: "您已作为子用户登录。", "You are signed in as a sub-user.";
        sub_home_owner: "账号信息和安全设置由主账号管理。需要修改密码时，请联系主账号的所有者或管理员。", "Account info and security settings belong to the owner of the root account. Ask the owner or an administrator if you need a new password.";
        sub_home_owner_page: "如果您就是主账号的所有者，请退出后用登录邮箱登录。", "If you are the owner, sign out and sign in with the login e-mail.";
    }
}

/// What is wrong with a login e-mail, as typed at sign-in: one sentence for all that is misspelt,
/// since whoever signs in has an address that is right.
#[must_use]
pub const fn email_problem(language: Language, problem: EmailProblem) -> &'static str {
    let is_empty = match problem {
        EmailProblem::Empty => true,
        EmailProblem::NoAt
        | EmailProblem::SecondAt
        | EmailProblem::NoName
        | EmailProblem::NoDomain
        | EmailProblem::ForbiddenCharacter { .. }
        | EmailProblem::MisplacedDot
        | EmailProblem::NameTooLong { .. }
        | EmailProblem::TooLong { .. }
        | EmailProblem::Domain { .. } => false,
    };
    match (language, is_empty) {
        (Language::Chinese, true) => "请输入登录邮箱",
        (Language::English, true) => "Enter your login e-mail",
        (Language::Chinese, false) => "请输入完整的邮箱地址，例如 name@example.com",
        (Language::English, false) => "Enter a whole e-mail address, such as name@example.com",
    }
}

/// What is wrong with a password, whether it is typed at sign-in or newly chosen (SGN-12).
#[must_use]
pub fn password_problem(language: Language, problem: PasswordProblem) -> String {
    match (language, problem) {
        (Language::Chinese, PasswordProblem::Empty) => "请输入密码".to_owned(),
        (Language::English, PasswordProblem::Empty) => "Enter your password".to_owned(),
        (Language::Chinese, PasswordProblem::TooShort { shortest }) => {
            format!("密码至少需要 {shortest} 个字符")
        }
        (Language::English, PasswordProblem::TooShort { shortest }) => {
            format!("The password must have at least {shortest} characters")
        }
        (Language::Chinese, PasswordProblem::TooLong { longest }) => {
            format!("密码最多 {longest} 个字符")
        }
        (Language::English, PasswordProblem::TooLong { longest }) => {
            format!("The password must have at most {longest} characters")
        }
        (Language::Chinese, PasswordProblem::Common) => {
            "这个密码太常见，容易被猜到，请换一个".to_owned()
        }
        (Language::English, PasswordProblem::Common) => {
            "This password is too common and easily guessed. Choose another one".to_owned()
        }
        (Language::Chinese, PasswordProblem::ContainsAccountId) => "密码不能包含账号 ID".to_owned(),
        (Language::English, PasswordProblem::ContainsAccountId) => {
            "The password must not contain the account ID".to_owned()
        }
        (Language::Chinese, PasswordProblem::ContainsEmailName) => "密码不能包含邮箱名".to_owned(),
        (Language::English, PasswordProblem::ContainsEmailName) => {
            "The password must not contain the name of your e-mail".to_owned()
        }
        (Language::Chinese, PasswordProblem::ContainsPhone) => "密码不能包含手机号码".to_owned(),
        (Language::English, PasswordProblem::ContainsPhone) => {
            "The password must not contain your phone number".to_owned()
        }
    }
}

/// Why somebody is not signed in (SGN-1).
#[must_use]
pub fn sign_in_refusal(language: Language, refusal: SignInRefusal) -> String {
    match (language, refusal) {
        (Language::Chinese, SignInRefusal::WrongEmailOrPassword) => {
            "邮箱或密码不正确，请检查后重试。".to_owned()
        }
        (Language::English, SignInRefusal::WrongEmailOrPassword) => {
            "E-mail or password is not right. Check both and try again.".to_owned()
        }
        (Language::Chinese, SignInRefusal::CaptchaNeeded) => {
            "今天密码输错次数较多，请先完成人机验证再试。".to_owned()
        }
        (Language::English, SignInRefusal::CaptchaNeeded) => {
            "There were several wrong passwords today. Solve the captcha, then try again."
                .to_owned()
        }
        (Language::Chinese, SignInRefusal::Locked { retry_at }) => format!(
            "密码输错次数过多，密码登录已锁定，{} 解除。",
            time::beijing(language, retry_at)
        ),
        (Language::English, SignInRefusal::Locked { retry_at }) => format!(
            "Too many wrong passwords. Signing in with a password is locked until {}.",
            time::beijing(language, retry_at)
        ),
        (Language::Chinese, SignInRefusal::TooManyTries { retry_at }) => format!(
            "尝试次数过多，请在 {} 之后重试。",
            time::beijing(language, retry_at)
        ),
        (Language::English, SignInRefusal::TooManyTries { retry_at }) => format!(
            "Too many tries. Try again after {}.",
            time::beijing(language, retry_at)
        ),
        (Language::Chinese, SignInRefusal::SecondStepOver) => {
            "这次登录已超时或已完成，请重新登录。".to_owned()
        }
        (Language::English, SignInRefusal::SecondStepOver) => {
            "This sign-in took too long or is done already. Please sign in again.".to_owned()
        }
    }
}

/// Why a sub-user is not signed in (SGN-1, SGN-14).
#[must_use]
pub fn sub_user_refusal(language: Language, refusal: SignInRefusal) -> String {
    match (language, refusal) {
        (Language::Chinese, SignInRefusal::WrongEmailOrPassword) => {
            "主账号 ID、子用户名或密码不正确，请检查后重试。".to_owned()
        }
        (Language::English, SignInRefusal::WrongEmailOrPassword) => {
            "Root account, user name or password is not right. Check them and try again.".to_owned()
        }
        (_, other) => sign_in_refusal(language, other),
    }
}
