//! The numbers of handing over.

use serde::{Deserialize, Serialize};

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
