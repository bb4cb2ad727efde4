//! What stands in the address that a provider sends the browser back to. Knows the providers'
//! spellings; does not know whether it is true: a stranger can write such an address.

use std::fmt;

use openidconnect::url::form_urlencoded;

use super::ProviderFailure;

/// The longest code that is passed on, in bytes.
const LONGEST_CODE: usize = 2048;

/// What the browser brought back.
#[derive(Clone, PartialEq, Eq)]
pub struct CameBack {
    /// The state, if there is one; the caller compares its hash.
    pub state: Option<String>,
    /// The code for [`super::IdentityProvider::finish`], or why there is none.
    pub code: Result<String, ProviderFailure>,
}

impl CameBack {
    /// Reads the part of an address behind the question mark.
    ///
    /// A person who says no comes back with `error=access_denied` (OpenID Connect), with
    /// `usercancel` (QQ), or with a state and nothing else (WeChat).
    #[must_use]
    pub fn read(query: &str) -> Self {
        let (mut state, mut code, mut error, mut cancelled) = (None, None, None, false);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.into_owned();
            match &*name {
                "state" => state = Some(value),
                "code" | "auth_code" => code = Some(value),
                "error" => error = Some(value),
                "usercancel" => cancelled = value != "0",
                _ => {}
            }
        }
        let code = match (error.as_deref(), code) {
            (None, Some(code)) if !cancelled => {
                if code.is_empty() || code.len() > LONGEST_CODE {
                    Err(ProviderFailure::BadCode)
                } else {
                    Ok(code)
                }
            }
            (None | Some("access_denied"), _) => Err(ProviderFailure::Declined),
            (Some("server_error" | "temporarily_unavailable"), _) => {
                Err(ProviderFailure::Unreachable)
            }
            (Some(_), _) => Err(ProviderFailure::Misconfigured),
        };
        Self { state, code }
    }
}

impl fmt::Debug for CameBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = self.code.as_ref().map(|_| "…");
        f.debug_tuple("CameBack").field(&outcome).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_every_spelling_and_a_no_is_a_no() {
        let read = |query: &str| CameBack::read(query).code;
        assert_eq!(read("code=a%2Bb&state=s"), Ok("a+b".to_owned()));
        assert_eq!(
            read("auth_code=x&expires_in=60&state=s"),
            Ok("x".to_owned())
        );
        assert_eq!(CameBack::read("code=a&state=s").state.as_deref(), Some("s"));
        for no in [
            "state=s",
            "",
            "error=access_denied&state=s",
            "usercancel=1&state=s",
            "usercancel=1&code=a",
        ] {
            assert_eq!(read(no), Err(ProviderFailure::Declined), "{no}");
        }
        let later = read("error=temporarily_unavailable&code=a");
        assert_eq!(later, Err(ProviderFailure::Unreachable));
        let odd = read("error=invalid_scope&code=a");
        assert_eq!(odd, Err(ProviderFailure::Misconfigured));
        let code = |length: usize| read(&format!("code={}", "a".repeat(length)));
        assert_eq!(code(0), Err(ProviderFailure::BadCode));
        assert!(code(LONGEST_CODE).is_ok());
        assert_eq!(code(LONGEST_CODE + 1), Err(ProviderFailure::BadCode));
    }

    #[test]
    fn codes_and_states_stay_out_of_logs() {
        let printed = format!("{:?}", CameBack::read("code=secret&state=secret"));
        assert!(!printed.contains("secret"), "{printed}");
    }
}
