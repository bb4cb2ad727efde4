//! Personal data as others may see it. Knows how much to hide; does not know who looks.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A text in which personal data is already hidden, fit for screens, logs and the audit.
///
/// Only the `masked()` functions of values make one, so a field of this type never carries the
/// number itself. (What arrives over the wire is taken as it is: it only goes to a screen.)
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// Keeps `first` and `last` characters of `text` and hides those between, at least one, each
    /// behind an asterisk, at most eight asterisks.
    pub(crate) fn middle(text: &str, first: usize, last: usize) -> Self {
        const MOST_ASTERISKS: usize = 8;
        let count = text.chars().count();
        let first = first.min(count.saturating_sub(1));
        let last = last.min(count.saturating_sub(first + 1));
        let hidden = count.saturating_sub(first + last);
        let mut masked: String = text.chars().take(first).collect();
        masked.extend(std::iter::repeat_n('*', hidden.min(MOST_ASTERISKS)));
        masked.extend(text.chars().skip(count - last));
        Self(masked)
    }

    /// A text of which its maker has hidden the personal parts.
    pub(crate) const fn already(text: String) -> Self {
        Self(text)
    }

    /// The text to show.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_one_character_is_always_hidden() {
        assert_eq!(Masked::middle("13800138000", 3, 4).as_str(), "138****8000");
        assert_eq!(Masked::middle("王䶮", 1, 0).as_str(), "王*");
        assert_eq!(Masked::middle("𬱖", 1, 1).as_str(), "*");
        assert_eq!(Masked::middle("ab", 1, 1).as_str(), "a*");
        assert_eq!(Masked::middle("", 1, 1).as_str(), "");
    }

    #[test]
    fn asterisks_do_not_tell_a_long_length() {
        assert_eq!(
            Masked::middle(&"1".repeat(32), 0, 4).as_str(),
            "********1111"
        );
    }
}
