//! Deregistration (注销): the conditions, the application and what is free afterwards. Must not know
//! how data are erased, nor where a condition is settled.

mod application;
mod conditions;
mod identity;
mod policy;
mod refusal;
mod remains;
#[cfg(test)]
mod tests;

pub use application::{
    Belongings, Deregistered, Deregistration, Freed, LeavingAccount, LeavingDecider, LeavingWish,
    RejectedItem, RejectionReason, apply_to_leave, cancel_leaving, deregister, may_apply_to_leave,
    may_cancel_leaving, may_deregister, may_reject_leaving, reject_leaving,
};
pub use conditions::{Condition, ConditionKind, ConditionState, Holdings, conditions};
pub use identity::{
    IdentityWay, LeavingDocument, LeavingSubject, WithoutPhone, ways_without_phone,
};
pub use policy::DeregistrationPolicy;
pub use refusal::DeregistrationRefusal;
pub use remains::{Remain, RemainKind, RemainStanding};
