//! The numbers of login methods.

use serde::{Deserialize, Serialize};

/// The numbers of login methods (LGM).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LoginMethodPolicy {
    /// Accounts that one WeChat can sign in to (LGM-5): 50.
    pub accounts_per_wechat: u32,
}

impl Default for LoginMethodPolicy {
    fn default() -> Self {
        Self {
            accounts_per_wechat: 50,
        }
    }
}
