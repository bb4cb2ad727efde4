//! The operators' desk: roles, queues, decisions, freezing, limits. Must not know what a decision
//! means for an account: that is each area's own.

mod acts;
mod duty;
mod policy;
mod queue;
mod refusal;

pub use acts::{
    FreezeChanged, LimitRaised, OperatorAct, OperatorReason, OperatorReasonProblem, change_freeze,
    may_change_freeze, may_raise_limit, raise_limit,
};
pub use duty::{Duty, OnDuty, Operator, OperatorId, OperatorSession, Role};
pub use policy::OperatorPolicy;
pub use queue::{Queue, QueueItem, QueueStage, ReviewCheck, Verdict, decide, may_decide};
pub use refusal::OperatorRefusal;
