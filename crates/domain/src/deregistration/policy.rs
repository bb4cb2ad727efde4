//! The numbers of deregistration.

use serde::{Deserialize, Serialize};

/// The numbers of deregistration (DRG). The days of a review are the desk's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeregistrationPolicy {
    /// An SSL certificate that expires within so many calendar months can be given up (DRG-3): 3.
    pub certificate_months: u32,
}

impl Default for DeregistrationPolicy {
    fn default() -> Self {
        Self {
            certificate_months: 3,
        }
    }
}
