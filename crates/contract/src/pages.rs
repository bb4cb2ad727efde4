//! The addresses of the browser app's pages, so that the server answers an unknown one with 404.
//!
//! The app's `paths` builds addresses from here; a test matches each with the route table.

/// The overview, which leads to Account info.
pub const HOME: &str = "/";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// Account info (ACC-1, ACC-3, ACC-4).
pub const ACCOUNT: &str = "/account";
/// The demo's outbox: each SMS and e-mail.
pub const OUTBOX: &str = "/outbox";

/// Every page that every installation has.
pub const ALL: &[&str] = &[HOME, SIGN_IN, ACCOUNT];

/// Pages that only the demo has.
pub const DEMO: &[&str] = &[OUTBOX];

/// Whether `path` is a page's address; a slash at its end does not matter.
#[must_use]
pub fn is_page(path: &str, demo: bool) -> bool {
    let path = match path.strip_suffix('/') {
        Some("") | None => path,
        Some(rest) => rest,
    };
    ALL.contains(&path) || (demo && DEMO.contains(&path))
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
}
