//! Commands that arrive twice: the repeat gets the first result (API-3). Must not know what the
//! command does, nor how its request is hashed.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::time::{Span, Timestamp};

/// What a client names a command by, so that sending it again does not do it again (API-3): 1 to 255
/// visible ASCII characters, chosen by the client, unique for one caller.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// Why a text is no such key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum IdempotencyKeyProblem {
    /// It is empty.
    Empty,
    /// It has more characters than allowed.
    TooLong {
        /// Most characters.
        longest: u32,
    },
    /// It has a blank, a control character or one beyond ASCII.
    ForbiddenCharacter,
}

/// The numbers of repeated commands (API-3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdempotencyPolicy {
    /// A key is remembered this long after its command came first (API-3, ours): 24 hours.
    pub remembered: Span,
}

impl Default for IdempotencyPolicy {
    fn default() -> Self {
        Self {
            remembered: Span::from_hours(24),
        }
    }
}

impl IdempotencyPolicy {
    /// A key whose command came before this moment is forgotten at `now`; one that came at this very
    /// moment is not yet (API-3).
    #[must_use]
    pub fn forgotten(&self, now: Timestamp) -> Timestamp {
        now.minus(self.remembered)
    }

    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        PolicyProblem::unless(
            self.remembered > Span::ZERO,
            "idempotency.remembered",
            Wanted::Positive,
            RuleId::Api3,
        )
        .into_iter()
        .collect()
    }
}

/// What is remembered of the command that came first with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarlierCommand {
    /// Method, path and body were the same.
    pub is_same_request: bool,
    /// It was done, or refused, and its answer is kept.
    pub is_answered: bool,
}

/// What to do with a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandTurn {
    /// Do it.
    Do,
    /// Give the answer that is kept; do nothing.
    Repeat,
}

/// Why a command that comes with a used key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum IdempotencyRefusal {
    /// The key was used for another request.
    OtherRequest,
    /// The first request has no answer yet: it is still being done, or its server died over it.
    StillRunning,
}

impl Refuse for IdempotencyRefusal {
    fn rule(&self) -> RuleId {
        RuleId::Api3
    }
}

impl IdempotencyKey {
    /// Most characters.
    pub const LONGEST: u32 = 255;

    /// Reads the header's value.
    ///
    /// # Errors
    /// Says what is wrong with it (API-3).
    pub fn parse(text: &str) -> Result<Self, IdempotencyKeyProblem> {
        if text.is_empty() {
            return Err(IdempotencyKeyProblem::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(IdempotencyKeyProblem::ForbiddenCharacter);
        }
        if text.len() > Self::LONGEST as usize {
            return Err(IdempotencyKeyProblem::TooLong {
                longest: Self::LONGEST,
            });
        }
        Ok(Self(text.to_owned()))
    }

    /// The key's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Decides whether a command is done or its first answer repeated (API-3).
///
/// `earlier` is what the caller's key stands for, loaded under lock; nothing when the key is new or
/// [forgotten](IdempotencyPolicy::forgotten). A first command without an answer is never done again:
/// it may have been done before its server died, and doing it twice is worse than asking its caller
/// to look.
///
/// # Errors
/// [`IdempotencyRefusal::OtherRequest`] when the key was used for something else,
/// [`IdempotencyRefusal::StillRunning`] when the first has no answer yet.
pub fn take_turn(
    earlier: Option<EarlierCommand>,
) -> Result<CommandTurn, Refused<IdempotencyRefusal>> {
    match earlier {
        None => Ok(CommandTurn::Do),
        Some(first) if !first.is_same_request => Err(IdempotencyRefusal::OtherRequest.into()),
        Some(first) if !first.is_answered => Err(IdempotencyRefusal::StillRunning.into()),
        Some(_) => Ok(CommandTurn::Repeat),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(is_same_request: bool, is_answered: bool) -> Result<CommandTurn, IdempotencyRefusal> {
        let earlier = EarlierCommand {
            is_same_request,
            is_answered,
        };
        take_turn(Some(earlier)).map_err(|refused| refused.all()[0])
    }

    #[test]
    fn api_3_a_new_command_is_done_and_a_repeat_gets_the_first_answer() {
        assert_eq!(take_turn(None), Ok(CommandTurn::Do));
        assert_eq!(turn(true, true), Ok(CommandTurn::Repeat));
    }

    #[test]
    fn api_3_one_key_stands_for_one_request() {
        assert_eq!(turn(false, true), Err(IdempotencyRefusal::OtherRequest));
        assert_eq!(turn(false, false), Err(IdempotencyRefusal::OtherRequest));
    }

    #[test]
    fn v_34_two_requests_at_once_are_done_once() {
        assert_eq!(turn(true, false), Err(IdempotencyRefusal::StillRunning));
    }

    #[test]
    fn api_3_a_key_is_remembered_for_a_day() {
        let now = Timestamp::from_millis(1_790_000_010_000);
        let policy = IdempotencyPolicy::default();
        assert_eq!(now.since(policy.forgotten(now)), Span::from_hours(24));
    }

    #[test]
    fn api_3_a_key_is_1_to_255_visible_ascii_characters() {
        assert!(IdempotencyKey::parse(&"k".repeat(255)).is_ok());
        assert_eq!(
            IdempotencyKey::parse(&"k".repeat(256)),
            Err(IdempotencyKeyProblem::TooLong { longest: 255 })
        );
        assert_eq!(IdempotencyKey::parse(""), Err(IdempotencyKeyProblem::Empty));
        for wrong in ["a b", "a\n", "钥"] {
            assert_eq!(
                IdempotencyKey::parse(wrong),
                Err(IdempotencyKeyProblem::ForbiddenCharacter)
            );
        }
    }
}
