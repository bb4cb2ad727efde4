//! Waiting until a WeCom administrator has authorised: the page goes on by itself (WCM-1). Knows
//! when the link ends; does not know the steps of the guide.

use serde::{Deserialize, Serialize};

use super::HandoverPolicy;
use crate::time::Timestamp;

/// What the waiting page does next (WCM-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "next", rename_all = "snake_case")]
pub enum WecomWait {
    /// Nothing has changed; ask again.
    Wait {
        /// When the link that was sent to the administrator ends.
        until: Timestamp,
    },
    /// It works now: bind (LGM-7).
    Bind,
    /// The link has ended; make a new one.
    LinkEnded,
}

/// What the page that waits since `sent_at` does next; `is_authorised` is what WeCom answers (WCM-1).
#[must_use]
pub fn wecom_wait(
    sent_at: Timestamp,
    is_authorised: bool,
    policy: &HandoverPolicy,
    now: Timestamp,
) -> WecomWait {
    let until = sent_at.plus(policy.wecom_link_lasts);
    if is_authorised {
        WecomWait::Bind
    } else if now < until {
        WecomWait::Wait { until }
    } else {
        WecomWait::LinkEnded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    #[test]
    fn wcm_1_the_page_goes_on_by_itself_once_the_administrator_has_authorised() {
        let policy = HandoverPolicy::default();
        let sent_at = Timestamp::from_millis(1_790_000_010_000);
        let until = sent_at.plus(Span::from_days(7));
        let next = |authorised, now| wecom_wait(sent_at, authorised, &policy, now);
        let before = until.minus(Span::from_millis(1));
        assert_eq!(next(false, before), WecomWait::Wait { until });
        assert_eq!(next(true, before), WecomWait::Bind);
        assert_eq!(next(false, until), WecomWait::LinkEnded);
        assert_eq!(next(true, until), WecomWait::Bind, "late, but it works");
    }
}
