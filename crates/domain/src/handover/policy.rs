//! The numbers of handing over.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of handing over (ACC-10, WCM-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HandoverPolicy {
    /// The link to the guide for a WeCom administrator lasts this long (WCM-1, ours): 7 days.
    pub wecom_link_lasts: Span,
}

impl Default for HandoverPolicy {
    fn default() -> Self {
        Self {
            wecom_link_lasts: Span::from_days(7),
        }
    }
}

impl HandoverPolicy {
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        let positive =
            |holds, field, rule| PolicyProblem::unless(holds, field, Wanted::Positive, rule);
        [positive(
            self.wecom_link_lasts > Span::ZERO,
            "handover.wecom_link_lasts",
            RuleId::Wcm1,
        )]
        .into_iter()
        .flatten()
        .collect()
    }
}
