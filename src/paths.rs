//! The address of every page: the only author of hrefs.
//!
//! The addresses themselves stand in `contract::pages`, so that the server knows them too. This
//! room must not know what is shown at an address.

use contract::pages;

/// The start page, which leads on to Account info.
#[must_use]
pub const fn home() -> &'static str {
    pages::HOME
}

/// Account info.
#[must_use]
pub const fn account() -> &'static str {
    pages::ACCOUNT
}

/// Security settings.
#[must_use]
pub const fn security() -> &'static str {
    pages::SECURITY
}

/// The security phone.
#[must_use]
pub const fn security_phone() -> &'static str {
    pages::SECURITY_PHONE
}

/// Verifying an enterprise.
#[must_use]
pub const fn verification_enterprise() -> &'static str {
    pages::VERIFICATION_ENTERPRISE
}

/// The corporate bank transfer.
#[must_use]
pub const fn verification_transfer() -> &'static str {
    pages::VERIFICATION_TRANSFER
}

/// The top-up.
#[must_use]
pub const fn verification_top_up() -> &'static str {
    pages::VERIFICATION_TOP_UP
}

/// The permission of an Official Account.
#[must_use]
pub const fn verification_official() -> &'static str {
    pages::VERIFICATION_OFFICIAL
}

/// The enterprise contact.
#[must_use]
pub const fn verification_contact() -> &'static str {
    pages::VERIFICATION_CONTACT
}

/// Completing or correcting the code of an enterprise.
#[must_use]
pub const fn verification_code() -> &'static str {
    pages::VERIFICATION_CODE
}

/// Setting or replacing the login e-mail.
#[must_use]
pub const fn login_email() -> &'static str {
    pages::LOGIN_EMAIL
}

/// Registering: for whom and by which way.
#[must_use]
pub const fn register() -> &'static str {
    pages::REGISTER
}

/// Registering by e-mail.
#[must_use]
pub const fn register_email() -> &'static str {
    pages::REGISTER_EMAIL
}

/// Registering: the last step.
#[must_use]
pub const fn register_finish() -> &'static str {
    pages::REGISTER_FINISH
}

/// The terms.
#[must_use]
pub const fn terms() -> &'static str {
    pages::TERMS
}

/// The privacy text.
#[must_use]
pub const fn privacy() -> &'static str {
    pages::PRIVACY
}

/// A forgotten password.
#[must_use]
pub const fn forgotten() -> &'static str {
    pages::FORGOTTEN
}

/// Unlocking an account.
#[must_use]
pub const fn unlock() -> &'static str {
    pages::UNLOCK
}

/// The MFA device.
#[must_use]
pub const fn mfa() -> &'static str {
    pages::MFA
}

/// Binding or replacing the MFA device.
#[must_use]
pub const fn mfa_bind() -> &'static str {
    pages::MFA_BIND
}

/// Signing in with a passkey.
#[must_use]
pub const fn sign_in_passkey() -> &'static str {
    pages::SIGN_IN_PASSKEY
}

/// Signing in with a passkey and then going on to `next`, which was asked for first.
#[must_use]
pub fn sign_in_with_passkey_then(next: Option<&str>) -> String {
    then(sign_in_passkey(), next)
}

/// The password.
#[must_use]
pub const fn security_password() -> &'static str {
    pages::SECURITY_PASSWORD
}

/// The security e-mail.
#[must_use]
pub const fn security_email() -> &'static str {
    pages::SECURITY_EMAIL
}

/// Sign-in and operation protection.
#[must_use]
pub const fn security_protection() -> &'static str {
    pages::SECURITY_PROTECTION
}

/// Sessions, their limits and trusted devices.
#[must_use]
pub const fn security_sessions() -> &'static str {
    pages::SECURITY_SESSIONS
}

/// The sign-in history.
#[must_use]
pub const fn security_history() -> &'static str {
    pages::SECURITY_HISTORY
}

/// An identity that waits for its holder's choice.
#[must_use]
pub const fn identity() -> &'static str {
    pages::IDENTITY
}

/// Signing in by a scan with WeChat.
#[must_use]
pub const fn sign_in_scan() -> &'static str {
    pages::SIGN_IN_SCAN
}

/// Going to a service, by the word of its kind.
#[must_use]
pub fn visit(kind: &str) -> String {
    pages::VISIT.replace("{kind}", kind)
}

/// Changing the verification.
#[must_use]
pub const fn change() -> &'static str {
    pages::CHANGE
}

/// The wizard's step at which somebody chooses what changes.
#[must_use]
pub const fn change_type() -> &'static str {
    pages::CHANGE_TYPE
}

/// The wizard's step of the new data and their proof.
#[must_use]
pub const fn change_proof() -> &'static str {
    pages::CHANGE_PROOF
}

/// Everything once more, before it is handed in.
#[must_use]
pub const fn change_check() -> &'static str {
    pages::CHANGE_CHECK
}

/// The review and its result.
#[must_use]
pub const fn change_review() -> &'static str {
    pages::CHANGE_REVIEW
}

/// Basic information of the new subject.
#[must_use]
pub const fn change_information() -> &'static str {
    pages::CHANGE_INFORMATION
}

/// Where the new subject proves itself.
#[must_use]
pub const fn change_method() -> &'static str {
    pages::CHANGE_METHOD
}

/// The result of a change.
#[must_use]
pub const fn change_done() -> &'static str {
    pages::CHANGE_DONE
}

/// The operation audit.
#[must_use]
pub const fn audit() -> &'static str {
    pages::AUDIT
}

/// Real-name verification.
#[must_use]
pub const fn verification() -> &'static str {
    pages::VERIFICATION
}

/// Being verified as a person by a method and with a document that were chosen before.
#[must_use]
pub fn verification_person_by(method: &str, document: &str) -> String {
    let page = pages::VERIFICATION_PERSON;
    [page, "?", METHOD, "=", method, "&", DOCUMENT, "=", document].concat()
}

/// The query parameters of [`verification_person_by`].
pub const METHOD: &str = "method";
/// The document that was chosen.
pub const DOCUMENT: &str = "document";

/// Being verified as a person.
#[must_use]
pub const fn verification_person() -> &'static str {
    pages::VERIFICATION_PERSON
}

/// The demo's outbox.
#[must_use]
pub const fn outbox() -> &'static str {
    pages::OUTBOX
}

/// Signing in.
#[must_use]
pub const fn sign_in() -> &'static str {
    pages::SIGN_IN
}

/// Signing in and then going on to `next`, which was asked for first.
#[must_use]
pub fn sign_in_then(next: &str) -> String {
    if next == home() || is_path(next, sign_in()) {
        return sign_in().to_owned();
    }
    let next = String::from(js_sys::encode_uri_component(next));
    format!("{}?{NEXT}={next}", sign_in())
}

/// The second step of a sign-in.
#[must_use]
pub const fn second_step() -> &'static str {
    pages::SECOND_STEP
}

/// A sub-user's sign-in.
#[must_use]
pub const fn sign_in_sub_user() -> &'static str {
    pages::SIGN_IN_SUB_USER
}

/// A page from which the person goes on to `next`, which was asked for first.
#[must_use]
pub fn then(page: &str, next: Option<&str>) -> String {
    match next {
        Some(next) => {
            let next = String::from(js_sys::encode_uri_component(next));
            [page, "?", NEXT, "=", &next].concat()
        }
        None => page.to_owned(),
    }
}

/// A forgotten password, with what is known of whose it is.
#[must_use]
pub fn forgotten_by(target: &str) -> String {
    let target = String::from(js_sys::encode_uri_component(target));
    [forgotten(), "?", TARGET, "=", &target].concat()
}

/// The query parameter of [`forgotten_by`].
pub const TARGET: &str = "target";

/// The query parameter of [`sign_in_then`].
pub const NEXT: &str = "next";

/// The help centre (HLP-1).
#[must_use]
pub const fn help() -> &'static str {
    pages::HELP
}

/// The answers of the help centre that tell of a rule, if there are any (HLP-2).
#[must_use]
pub fn help_about(rule: &str) -> Option<String> {
    let is_answered = contract::help::ANSWERED.contains(&rule);
    is_answered.then(|| [help(), "?", ABOUT, "=", rule].concat())
}

/// The query parameter of the help centre with what is searched for.
pub const SEARCH: &str = "q";
/// The query parameter of the help centre with the rule that a refusal named (HLP-2).
pub const ABOUT: &str = "about";
/// The query parameter of the help centre with the page that the person came from (HLP-2).
pub const FROM: &str = "from";

/// The place to go on to that a person's own address may name: one of ours, never another site's.
#[must_use]
pub fn place_to_go_on(next: Option<&str>) -> String {
    // `//host` and `/\host` lead elsewhere in a browser.
    let is_ours = |place: &&str| {
        place.starts_with('/')
            && !place.starts_with("//")
            && !place.contains(['\\', '\t', '\n', '\r'])
    };
    next.filter(is_ours).unwrap_or(home()).to_owned()
}

/// The operators' own sign-in.
#[must_use]
pub const fn operator_sign_in() -> &'static str {
    pages::OPERATOR_SIGN_IN
}

/// The operators' own sign-in, from which the way leads on to `next`.
#[must_use]
pub fn operator_sign_in_then(next: &str) -> String {
    then(operator_sign_in(), Some(next))
}

/// The operators' queues.
#[must_use]
pub const fn operator() -> &'static str {
    pages::OPERATOR
}

/// Names the chosen queue in the query of [`operator`].
pub const QUEUE: &str = "queue";

/// One of the operators' queues.
#[must_use]
pub fn queue(word: &str) -> String {
    [operator(), "?", QUEUE, "=", word].concat()
}

/// A case at the operators' desk.
#[must_use]
pub fn operator_case(id: &str) -> String {
    pages::OPERATOR_CASE.replace("{case}", id)
}

/// Finding an account at the operators' desk.
#[must_use]
pub const fn operator_accounts() -> &'static str {
    pages::OPERATOR_ACCOUNTS
}

/// An account as the operators' desk sees it.
#[must_use]
pub fn operator_account(id: &str) -> String {
    pages::OPERATOR_ACCOUNT.replace("{account}", id)
}

/// The places of an enterprise at the operators' desk.
#[must_use]
pub const fn operator_enterprises() -> &'static str {
    pages::OPERATOR_ENTERPRISES
}

/// Whether an address is one of the operators' desk, around which stands none of an owner's frame.
#[must_use]
pub fn is_at_desk(address: &str) -> bool {
    is_path(address, operator()) || address.starts_with("/operator/")
}

/// The place at the desk to go on to, never one elsewhere.
#[must_use]
pub fn place_at_desk(next: Option<&str>) -> String {
    let place = place_to_go_on(next);
    if is_at_desk(&place) && !is_path(&place, operator_sign_in()) {
        place
    } else {
        operator().to_owned()
    }
}

/// Whether an address, its query aside, is that of `page`; a slash at its end does not matter (V-41).
#[must_use]
pub fn is_path(address: &str, page: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    pages::matches(path, page)
}

/// Whether the address is of a page further down than this one, as `/security/phone` is than
/// `/security`.
#[must_use]
pub fn is_below(address: &str, page: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.strip_prefix(page)
        .is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_a_page_that_the_server_knows() {
        let all = [
            home(),
            account(),
            sign_in(),
            register(),
            register_email(),
            register_finish(),
            terms(),
            help(),
            privacy(),
            forgotten(),
            unlock(),
            mfa(),
            mfa_bind(),
            sign_in_passkey(),
            second_step(),
            sign_in_sub_user(),
            login_email(),
            security(),
            security_phone(),
            security_password(),
            security_email(),
            security_protection(),
            security_sessions(),
            security_history(),
            audit(),
            identity(),
            sign_in_scan(),
            &visit("wechat"),
            operator_sign_in(),
            operator(),
            &operator_case("0123"),
            operator_accounts(),
            &operator_account("100012345678"),
            operator_enterprises(),
            verification(),
            verification_person(),
            verification_enterprise(),
            verification_transfer(),
            verification_top_up(),
            verification_official(),
            verification_contact(),
            verification_code(),
            change(),
            change_type(),
            change_proof(),
            change_check(),
            change_review(),
            change_information(),
            change_method(),
            change_done(),
        ];
        for path in all {
            assert!(pages::is_page(path, false), "{path}");
        }
        assert!(pages::is_page(outbox(), true));
        // Links that lock an account, confirm an address or ask a new owner stand in letters only;
        // services send people back to one page, phones open another, and face services end at a third.
        assert_eq!(all.len() + 6, pages::ALL.len());
    }

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(place_to_go_on(Some("/account?a=b")), "/account?a=b");
        for elsewhere in [
            "https://example.com",
            "//example.com",
            "/\\example.com",
            "/\t/example.com",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(place_to_go_on(Some(elsewhere)), "/", "{elsewhere}");
        }
        assert_eq!(place_to_go_on(None), "/");
    }

    #[test]
    fn signing_in_at_the_desk_leads_to_the_desk_only() {
        for (next, place) in [
            (Some("/operator/accounts"), "/operator/accounts"),
            (Some("/operator?queue=appeals"), "/operator?queue=appeals"),
            (Some("/account"), "/operator"),
            (Some("/operator/sign-in"), "/operator"),
            (Some("//example.com/operator/"), "/operator"),
            (None, "/operator"),
        ] {
            assert_eq!(place_at_desk(next), place, "{next:?}");
        }
        assert!(!is_at_desk("/operators") && is_at_desk("/operator/"));
    }

    #[test]
    fn v_41_a_slash_at_the_end_does_not_matter() {
        assert!(is_path("/account", account()) && is_path("/account/", account()));
        assert!(is_path("/account?tab=1", account()) && is_path("/", home()));
        assert!(!is_path("/accounts", account()) && !is_path("/account//", account()));
        assert!(!is_path("//", home()));
    }

    #[test]
    fn a_page_further_down_belongs_to_the_area() {
        assert!(is_below("/security/phone?a=1", security()));
        assert!(!is_below("/security", security()) && !is_below("/security/", security()));
        assert!(!is_below("/securities/phone", security()));
    }
}
