//! Commands that arrive twice: the repeat gets the first result (API-3). Must not know what the
//! command does, nor how its request is hashed.

use serde::{Deserialize, Serialize};

use crate::audit::Digest;
use crate::policy::{PolicyProblem, Wanted};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::time::{Span, Timestamp};

/// What a client names a command by, so that sending it again does not do it again (API-3): 1 to 64
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
    /// A finished command is remembered this long (API-3, ours): 24 hours.
    pub remembered: Span,
    /// A command that did not finish counts as lost after this long and may be done again (API-3,
    /// ours): 1 minute. Longer than any request may take.
    pub lost_after: Span,
}

impl Default for IdempotencyPolicy {
    fn default() -> Self {
        Self {
            remembered: Span::from_hours(24),
            lost_after: Span::from_minutes(1),
        }
    }
}

impl IdempotencyPolicy {
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        [
            PolicyProblem::unless(
                self.lost_after > Span::ZERO,
                "idempotency.lost_after",
                Wanted::Positive,
                RuleId::Api3,
            ),
            PolicyProblem::unless(
                self.remembered >= self.lost_after,
                "idempotency.remembered",
                Wanted::NotBelow("idempotency.lost_after"),
                RuleId::Api3,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What is remembered of a command that came with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RememberedCommand {
    /// The digest of its method, path and body.
    pub request: Digest,
    /// How far it got.
    pub stage: CommandStage,
}

/// How far a remembered command got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandStage {
    /// It is being done.
    Running {
        /// Since when.
        since: Timestamp,
    },
    /// It was done, or refused; its answer is kept.
    Answered {
        /// When.
        at: Timestamp,
    },
}

/// What to do with a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandTurn {
    /// Do it, and remember it as running first.
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
    /// The first request is still being done.
    StillRunning {
        /// From when on the first request counts as lost.
        retry_at: Timestamp,
    },
}

impl Refuse for IdempotencyRefusal {
    fn rule(&self) -> RuleId {
        RuleId::Api3
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::OtherRequest => None,
            Self::StillRunning { retry_at } => Some(*retry_at),
        }
    }
}

impl IdempotencyKey {
    /// Most characters.
    pub const LONGEST: u32 = 64;

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
/// `remembered` is what the caller's key stands for, loaded under lock.
///
/// # Errors
/// [`IdempotencyRefusal::OtherRequest`] when the key was used for something else,
/// [`IdempotencyRefusal::StillRunning`] when the first is on its way.
pub fn take_turn(
    remembered: Option<&RememberedCommand>,
    request: Digest,
    policy: &IdempotencyPolicy,
    now: Timestamp,
) -> Result<CommandTurn, Refused<IdempotencyRefusal>> {
    let Some(first) = remembered else {
        return Ok(CommandTurn::Do);
    };
    let counts_until = match first.stage {
        CommandStage::Running { since } => since.plus(policy.lost_after),
        CommandStage::Answered { at } => at.plus(policy.remembered),
    };
    if now >= counts_until {
        return Ok(CommandTurn::Do);
    }
    if first.request != request {
        return Err(IdempotencyRefusal::OtherRequest.into());
    }
    match first.stage {
        CommandStage::Answered { .. } => Ok(CommandTurn::Repeat),
        CommandStage::Running { .. } => Err(IdempotencyRefusal::StillRunning {
            retry_at: counts_until,
        }
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const MILLISECOND: Span = Span::from_millis(1);
    const REQUEST: Digest = Digest::from_bytes([1; 32]);
    const OTHER: Digest = Digest::from_bytes([2; 32]);

    fn turn(
        stage: CommandStage,
        request: Digest,
        now: Timestamp,
    ) -> Result<CommandTurn, Vec<IdempotencyRefusal>> {
        let remembered = RememberedCommand {
            request: REQUEST,
            stage,
        };
        take_turn(
            Some(&remembered),
            request,
            &IdempotencyPolicy::default(),
            now,
        )
        .map_err(Refused::into_all)
    }

    #[test]
    fn api_3_a_repeat_gets_the_first_answer_for_a_day() {
        let answered = CommandStage::Answered { at: NOW };
        let end = NOW.plus(Span::from_hours(24));
        let policy = IdempotencyPolicy::default();
        assert_eq!(take_turn(None, REQUEST, &policy, NOW), Ok(CommandTurn::Do));
        assert_eq!(turn(answered, REQUEST, NOW), Ok(CommandTurn::Repeat));
        assert_eq!(
            turn(answered, REQUEST, end.minus(MILLISECOND)),
            Ok(CommandTurn::Repeat)
        );
        assert_eq!(turn(answered, REQUEST, end), Ok(CommandTurn::Do));
    }

    #[test]
    fn api_3_one_key_stands_for_one_request() {
        for stage in [
            CommandStage::Answered { at: NOW },
            CommandStage::Running { since: NOW },
        ] {
            assert_eq!(
                turn(stage, OTHER, NOW),
                Err(vec![IdempotencyRefusal::OtherRequest])
            );
        }
    }

    #[test]
    fn v_34_two_requests_at_once_are_done_once() {
        let running = CommandStage::Running { since: NOW };
        let lost = NOW.plus(Span::from_minutes(1));
        let refused = turn(running, REQUEST, lost.minus(MILLISECOND)).unwrap_err();
        assert_eq!(
            refused,
            [IdempotencyRefusal::StillRunning { retry_at: lost }]
        );
        assert_eq!(refused[0].retry_at(), Some(lost));
        assert_eq!(
            turn(running, REQUEST, lost),
            Ok(CommandTurn::Do),
            "the first was lost in a crash"
        );
    }

    #[test]
    fn api_3_a_key_is_1_to_64_visible_ascii_characters() {
        assert!(IdempotencyKey::parse(&"k".repeat(64)).is_ok());
        assert_eq!(
            IdempotencyKey::parse(&"k".repeat(65)),
            Err(IdempotencyKeyProblem::TooLong { longest: 64 })
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
