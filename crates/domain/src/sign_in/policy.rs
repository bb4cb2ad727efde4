//! The numbers of signing in.

use serde::{Deserialize, Serialize};

use crate::time::Span;

/// The numbers of signing in, sessions and passwords (SGN).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInPolicy {
    /// Sign-ins that one network address may try in each window; ours, beside SGN-1.
    pub tries_per_address: u32,
    /// The window of [`SignInPolicy::tries_per_address`].
    pub tries_window: Span,
    /// A session ends after this long without use (SGN-13).
    pub session_idle: Span,
    /// A session ends this long after it began, used or not (SGN-13).
    pub session_longest: Span,
    /// The warning comes this long before a session ends (SGN-13).
    pub session_warning: Span,
    /// Fewest characters of a password, in code points after NFKC (SGN-12).
    pub password_shortest: u32,
    /// Most characters of a password, in code points after NFKC (SGN-12).
    pub password_longest: u32,
}

impl Default for SignInPolicy {
    fn default() -> Self {
        Self {
            tries_per_address: 20,
            tries_window: Span::from_minutes(1),
            session_idle: Span::from_hours(2),
            session_longest: Span::from_hours(48),
            session_warning: Span::from_minutes(2),
            password_shortest: 8,
            password_longest: 128,
        }
    }
}
