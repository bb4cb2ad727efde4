//! The addresses of the browser app's pages, so that the server answers an unknown one with 404.
//!
//! The app's `paths` builds addresses from here; a test matches each with the route table.

/// The overview, which leads to Account info.
pub const HOME: &str = "/";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// Account info (ACC-1, ACC-3, ACC-4).
pub const ACCOUNT: &str = "/account";
/// Locking an account from a notice, without signing in (ACC-14).
pub const LOCK: &str = "/lock/{token}";
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
/// The demo's phone, in the place of WeChat, QQ, WeCom and Official Account.
pub const DEMO_PHONE: &str = "/demo/phone";
/// The demo's camera, in the place of the face service.
pub const DEMO_FACE: &str = "/demo/face";
/// The demo's outbox: each SMS and e-mail.
pub const OUTBOX: &str = "/outbox";

/// Every page that every installation has.
pub const ALL: &[&str] = &[
    HOME,
    SIGN_IN,
    ACCOUNT,
    BACK,
    IDENTITY,
    SIGN_IN_SCAN,
    SCAN,
    FACE_DONE,
];

/// Pages that only the demo has.
pub const DEMO: &[&str] = &[OUTBOX, DEMO_PHONE, DEMO_FACE];

/// Whether `path` is a page's address; a slash at its end does not matter.
#[must_use]
pub fn is_page(path: &str, demo: bool) -> bool {
    let is_it = |page: &&str| matches(path, page);
    ALL.iter().any(|page| is_it(page)) || (demo && DEMO.iter().any(|page| is_it(page)))
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
        Some("") | None => path,
        Some(rest) => rest,
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
