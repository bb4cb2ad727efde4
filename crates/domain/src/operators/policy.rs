//! The numbers of the operators' desk.

use serde::{Deserialize, Serialize};

use super::Queue;

/// The numbers of the operators' desk (OPS).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OperatorPolicy {
    /// Business days in which a change of verification is reviewed (CHG-9).
    pub verification_change_business_days: u16,
    /// Business days in which an appeal is reviewed; ours.
    pub appeal_business_days: u16,
    /// Business days in which an enterprise's search is answered; ours.
    pub enterprise_find_business_days: u16,
    /// Business days in which a deregistration is reviewed (DRG-8).
    pub deregistration_business_days: u16,
    /// Business days in which a recycled number is decided after an objection; ours.
    pub recycled_number_business_days: u16,
    /// Queues in which a second reviewer must approve too; none unless an installation says so.
    pub second_reviewer: Vec<Queue>,
    /// Most characters of an operator's reason, in code points; ours.
    pub reason_longest: u32,
}

impl Default for OperatorPolicy {
    fn default() -> Self {
        Self {
            verification_change_business_days: 3,
            appeal_business_days: 3,
            enterprise_find_business_days: 3,
            deregistration_business_days: 3,
            recycled_number_business_days: 3,
            second_reviewer: Vec::new(),
            reason_longest: 500,
        }
    }
}
