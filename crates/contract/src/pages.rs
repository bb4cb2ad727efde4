//! The addresses of the browser app's pages, so that the server answers an unknown one with 404.
//!
//! The app's `paths` builds addresses from here; a test matches each with the route table.

/// The overview, which leads to Account info.
pub const HOME: &str = "/";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// The second step of a sign-in (SGN-2).
pub const SECOND_STEP: &str = "/sign-in/second-step";
/// A sub-user's sign-in (SGN-14).
pub const SIGN_IN_SUB_USER: &str = "/sign-in/sub-user";
/// Account info (ACC-1, ACC-3, ACC-4).
pub const ACCOUNT: &str = "/account";
/// Security settings (PRT-3).
pub const SECURITY: &str = "/security";
/// The security phone (CON-3).
pub const SECURITY_PHONE: &str = "/security/phone";
/// The password (SGN-12).
pub const SECURITY_PASSWORD: &str = "/security/password";
/// The security e-mail (CON-5).
pub const SECURITY_EMAIL: &str = "/security/email";
/// Sign-in and operation protection (PRT-1).
pub const SECURITY_PROTECTION: &str = "/security/protection";
/// Sessions, their limits and trusted devices (SGN-2, SGN-13).
pub const SECURITY_SESSIONS: &str = "/security/sessions";
/// The sign-in history (SGN-9).
pub const SECURITY_HISTORY: &str = "/security/history";
/// The MFA device (MFA-1 to MFA-7).
pub const MFA: &str = "/security/mfa";
/// Binding or replacing the MFA device (MFA-1, MFA-2).
pub const MFA_BIND: &str = "/security/mfa/bind";
/// Signing in with a passkey, without a name (MFA-1).
pub const SIGN_IN_PASSKEY: &str = "/sign-in/passkey";
/// Registering: for whom and by which way (REG-1, REG-4).
pub const REGISTER: &str = "/register";
/// Registering by e-mail: the address and its code.
pub const REGISTER_EMAIL: &str = "/register/email";
/// Registering: password, security phone and consent, which make the account (REG-3, REG-7).
pub const REGISTER_FINISH: &str = "/register/finish";
/// The terms (REG-7).
pub const TERMS: &str = "/terms";
/// The privacy text (REG-7).
pub const PRIVACY: &str = "/privacy";
/// A forgotten password (SGN-7).
pub const FORGOTTEN: &str = "/forgotten";
/// The help centre (HLP-1).
pub const HELP: &str = "/help";
/// Unlocking an account that its owner has locked (ACC-14).
pub const UNLOCK: &str = "/unlock";
/// Locking an account from a notice, without signing in (ACC-14).
pub const LOCK: &str = "/lock/{token}";
/// Going to a service to sign in or register by it (REG-1, SGN-5).
pub const VISIT: &str = "/visit/{kind}";
/// Where a provider sends the browser back to (REG-1, SGN-5).
pub const BACK: &str = "/back/{kind}";
/// An identity that was proved and waits: which account, link, register, or bind (SGN-5, LGM-5).
pub const IDENTITY: &str = "/identity";
/// Signing in with a scan (SGN-5, SGN-11).
pub const SIGN_IN_SCAN: &str = "/sign-in/scan";
/// What a phone opens that has scanned a code (SGN-11).
pub const SCAN: &str = "/scan/{secret}";
/// Where the face service sends the browser back to (SGN-4).
pub const FACE_DONE: &str = "/face/done";
/// Verifying an enterprise: the form, and what is waited for (ENT-3).
pub const VERIFICATION_ENTERPRISE: &str = "/verification/enterprise";
/// The corporate bank transfer: progress, and the sum that arrived (ENT-7).
pub const VERIFICATION_TRANSFER: &str = "/verification/transfer";
/// The top-up: the sum to pay, and what came in (ENT-8).
pub const VERIFICATION_TOP_UP: &str = "/verification/top-up";
/// Where the browser comes back to from the permission of an Official Account (ENT-12, ENT-20).
pub const VERIFICATION_OFFICIAL: &str = "/verification/official-account";
/// The enterprise contact (ENT-21).
pub const VERIFICATION_CONTACT: &str = "/verification/contact";
/// Completing or correcting the code of an enterprise (ENT-6).
pub const VERIFICATION_CODE: &str = "/verification/code";
/// The demo's bank and register.
pub const DEMO_BANK: &str = "/demo/bank";
/// The demo's phone of an Official Account's administrator.
pub const DEMO_OFFICIAL: &str = "/demo/official-account";
/// The demo's phone, in the place of WeChat, QQ, WeCom and Official Account.
pub const DEMO_PHONE: &str = "/demo/phone";
/// The demo's camera, in the place of the face service.
pub const DEMO_FACE: &str = "/demo/face";
/// The demo's panel of what the cloud platform says of accounts (CHG-3).
pub const DEMO_PLATFORM: &str = "/demo/platform";
/// Setting or replacing the login e-mail (CON-15, LGM-3).
pub const LOGIN_EMAIL: &str = "/account/login-email";
/// Confirming a contact e-mail by the link that went there (CON-6).
pub const CONFIRM_CONTACT: &str = "/confirm/{token}";
/// Changing the verification: what can be changed, and what stands against it (CHG-1 to CHG-3).
pub const CHANGE: &str = "/verification/change";
/// The wizard's first step: what changes (CHG-4).
pub const CHANGE_TYPE: &str = "/verification/change/type";
/// The second step: the new data and the proof (CHG-6, CHG-7).
pub const CHANGE_PROOF: &str = "/verification/change/proof";
/// The end of the second step: everything once more before it is handed in (CHG-5, CHG-11).
pub const CHANGE_CHECK: &str = "/verification/change/check";
/// The third step: the review and its result (CHG-9).
pub const CHANGE_REVIEW: &str = "/verification/change/review";
/// The fourth step: basic information of the new subject (CHG-5).
pub const CHANGE_INFORMATION: &str = "/verification/change/information";
/// The fifth step: the new subject proves itself (CHG-5, CHG-14).
pub const CHANGE_METHOD: &str = "/verification/change/method";
/// The last step: the result (CHG-5).
pub const CHANGE_DONE: &str = "/verification/change/done";
/// Where the new subject accepts a change, by the link that it was given (CHG-14).
pub const CONSENT: &str = "/consent/{secret}";
/// The operation audit (OPS-3).
pub const AUDIT: &str = "/audit";
/// The operators' own sign-in (OPS-1).
pub const OPERATOR_SIGN_IN: &str = "/operator/sign-in";
/// The operators' queues (OPS-1).
pub const OPERATOR: &str = "/operator";
/// Finding an account at the operators' desk (OPS-2).
pub const OPERATOR_ACCOUNTS: &str = "/operator/accounts";
/// An account as the operators' desk sees it (OPS-2).
pub const OPERATOR_ACCOUNT: &str = "/operator/accounts/{account}";
/// Real-name verification: status, history, how to be verified (VER).
pub const VERIFICATION: &str = "/verification";
/// Being verified as a person (VER-3 to VER-7).
pub const VERIFICATION_PERSON: &str = "/verification/person";
/// The demo's outbox: each SMS and e-mail.
pub const OUTBOX: &str = "/outbox";

/// Every page that every installation has.
pub const ALL: &[&str] = &[
    HOME,
    SIGN_IN,
    SECOND_STEP,
    SECURITY,
    SECURITY_PHONE,
    SECURITY_PASSWORD,
    SECURITY_EMAIL,
    SECURITY_PROTECTION,
    SECURITY_SESSIONS,
    SECURITY_HISTORY,
    AUDIT,
    SIGN_IN_SUB_USER,
    ACCOUNT,
    LOGIN_EMAIL,
    CONFIRM_CONTACT,
    MFA,
    MFA_BIND,
    SIGN_IN_PASSKEY,
    REGISTER,
    REGISTER_EMAIL,
    REGISTER_FINISH,
    TERMS,
    HELP,
    PRIVACY,
    FORGOTTEN,
    UNLOCK,
    LOCK,
    VISIT,
    BACK,
    IDENTITY,
    SIGN_IN_SCAN,
    SCAN,
    FACE_DONE,
    CHANGE,
    CHANGE_TYPE,
    CHANGE_PROOF,
    CHANGE_CHECK,
    CHANGE_REVIEW,
    CHANGE_INFORMATION,
    CHANGE_METHOD,
    CHANGE_DONE,
    CONSENT,
    VERIFICATION_ENTERPRISE,
    VERIFICATION_TRANSFER,
    VERIFICATION_TOP_UP,
    VERIFICATION_OFFICIAL,
    VERIFICATION_CONTACT,
    VERIFICATION_CODE,
    OPERATOR_SIGN_IN,
    OPERATOR,
    OPERATOR_ACCOUNTS,
    OPERATOR_ACCOUNT,
    VERIFICATION,
    VERIFICATION_PERSON,
];

/// Pages that only the demo has.
pub const DEMO: &[&str] = &[
    OUTBOX,
    DEMO_BANK,
    DEMO_OFFICIAL,
    DEMO_PHONE,
    DEMO_FACE,
    DEMO_PLATFORM,
];

/// Whether `path` is a page's address; a slash at its end does not matter.
#[must_use]
pub fn is_page(path: &str, demo: bool) -> bool {
    let is_it = |page: &&str| matches(path, page);
    ALL.iter().any(is_it) || (demo && DEMO.iter().any(is_it))
}

/// Whether a path is that of a page, which may have `{name}` in the place of one part; a slash at its
/// end does not matter (V-41).
#[must_use]
pub fn matches(path: &str, page: &str) -> bool {
    parts(path, page).is_some()
}

/// What stands in the path where the page's address has `{name}`, when it is that page's.
#[must_use]
pub fn part<'a>(path: &'a str, page: &str, name: &str) -> Option<&'a str> {
    let place = page.split('/').position(|part| {
        part.strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
            == Some(name)
    })?;
    parts(path, page)?.into_iter().nth(place)
}

/// The parts of the path, when it is that of the page.
fn parts<'a>(path: &'a str, page: &str) -> Option<Vec<&'a str>> {
    let path = match path.strip_suffix('/') {
        Some(rest) if !rest.is_empty() && !rest.ends_with('/') => rest,
        _ => path,
    };
    let parts: Vec<&str> = path.split('/').collect();
    let wanted: Vec<&str> = page.split('/').collect();
    let fits = |(part, wanted): (&&str, &&str)| {
        part == wanted || (wanted.starts_with('{') && !part.is_empty())
    };
    (parts.len() == wanted.len() && parts.iter().zip(&wanted).all(fits)).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_leads_to_the_same_page() {
        assert!(is_page("/", false));
        assert!(is_page("/account", false) && is_page("/account/", false));
        assert!(!is_page("/account//", false));
        assert!(!is_page("/acc", false) && !is_page("", false));
        assert!(is_page("/outbox", true) && !is_page("/outbox", false));
    }

    #[test]
    fn a_name_in_braces_stands_for_one_part() {
        assert!(matches("/lock/abc", "/lock/{token}") && matches("/lock/abc/", "/lock/{token}"));
        assert!(!matches("/lock/", "/lock/{token}") && !matches("/lock/a/b", "/lock/{token}"));
        assert_eq!(part("/lock/abc", "/lock/{token}", "token"), Some("abc"));
        assert_eq!(part("/lock/abc", "/lock/{token}", "other"), None);
        assert_eq!(part("/block/abc", "/lock/{token}", "token"), None);
    }
}
