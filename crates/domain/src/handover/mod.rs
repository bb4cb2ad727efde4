//! Handing an account over (交接) and an employee's leaving (员工离职): checklists computed from what
//! is so now. Must not know pages: an item says what is to be done, not where.

mod checklist;
mod item;
mod leaving;
mod policy;
#[cfg(test)]
mod tests;
mod wecom;

pub use checklist::{HandoverTo, handover_checklist, leaver_checklist};
pub use item::{ChecklistItem, HandedAccount, ItemAction, ItemState, PersonalThing};
pub use leaving::{LeaverUserStep, LockedOutAt, WayBackIn, leaver_user_step, ways_back_in};
pub use policy::HandoverPolicy;
pub use wecom::{WecomWait, wecom_wait};
