//! The nickname: display text only. Must not know how it is stored.

use serde::{Deserialize, Serialize};

use crate::identity::value::wire_text;
use crate::identity::{clean, length};
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// What the console calls the account's owner, 1 to 32 characters (ACC-4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Nickname(String);

/// Why a text is not a nickname.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum NicknameProblem {
    /// Nothing but blanks was typed.
    Empty,
    /// It has more characters than fit.
    TooLong {
        /// Most characters, in code points.
        longest: u32,
    },
    /// It contains a line break or another control character.
    ControlCharacter,
}

impl Nickname {
    /// Most characters of a nickname, in code points (ACC-4, ours).
    pub const LONGEST: u32 = 32;

    /// Parses what a person typed; blanks around it do not count.
    ///
    /// # Errors
    /// Says what is wrong with the text (ACC-4).
    pub fn parse(typed: &str) -> Result<Self, NicknameProblem> {
        let text = clean(typed);
        if text.is_empty() {
            return Err(NicknameProblem::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(NicknameProblem::ControlCharacter);
        }
        if length(&text) > Self::LONGEST {
            return Err(NicknameProblem::TooLong {
                longest: Self::LONGEST,
            });
        }
        Ok(Self(text))
    }

    /// The nickname's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

wire_text!(Nickname);

/// A wish to change the nickname.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NicknameChange {
    /// The wanted nickname.
    pub nickname: Nickname,
    /// The owner has read the warning and still wants their verified name shown to others.
    pub use_verified_name: bool,
}

/// What a change of nickname does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NicknameChanged {
    /// The nickname from now on.
    pub nickname: Nickname,
    /// When it was changed.
    pub at: Timestamp,
}

/// Why a nickname is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum NicknameRefusal {
    /// It is the verified real name; asking once more with `use_verified_name` succeeds.
    IsVerifiedName,
}

impl Refuse for NicknameRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::IsVerifiedName => RuleId::Acc4,
        }
    }
}

/// Decides a change of nickname: advises against the verified name once, never forbids it (ACC-4).
///
/// # Errors
/// [`NicknameRefusal::IsVerifiedName`] when the wish repeats the verified name unconfirmed.
pub fn change_nickname(
    verified_name: Option<&str>,
    change: NicknameChange,
    now: Timestamp,
) -> Result<NicknameChanged, NicknameRefusal> {
    if verified_name == Some(change.nickname.as_str()) && !change.use_verified_name {
        return Err(NicknameRefusal::IsVerifiedName);
    }
    Ok(NicknameChanged {
        nickname: change.nickname,
        at: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn wish(nickname: &str, use_verified_name: bool) -> NicknameChange {
        NicknameChange {
            nickname: Nickname::parse(nickname).unwrap(),
            use_verified_name,
        }
    }

    #[test]
    fn acc_4_thirty_two_characters_fit_and_thirty_three_do_not() {
        assert!(Nickname::parse(&"𬱖".repeat(32)).is_ok());
        assert_eq!(
            Nickname::parse(&"𬱖".repeat(33)),
            Err(NicknameProblem::TooLong { longest: 32 })
        );
        assert_eq!(
            Nickname::parse(" \u{3000}\u{200b} "),
            Err(NicknameProblem::Empty)
        );
        assert_eq!(
            Nickname::parse("a\nb"),
            Err(NicknameProblem::ControlCharacter)
        );
        assert_eq!(
            Nickname::parse("  云上 小张 ").unwrap().as_str(),
            "云上 小张"
        );
    }

    #[test]
    fn acc_4_the_verified_name_is_advised_against_once_and_not_forbidden() {
        let refused = change_nickname(Some("张三"), wish("张三", false), NOW);
        assert_eq!(refused, Err(NicknameRefusal::IsVerifiedName));
        let confirmed = change_nickname(Some("张三"), wish("张三", true), NOW).unwrap();
        assert_eq!(confirmed.nickname.as_str(), "张三");
        assert!(change_nickname(Some("张三"), wish("李四", false), NOW).is_ok());
        assert!(change_nickname(None, wish("张三", false), NOW).is_ok());
    }
}
