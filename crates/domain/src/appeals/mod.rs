//! Appeals (自助申请, 申诉): the way for owners who cannot prove themselves otherwise. Must not know
//! how a reviewer judges, nor how a contact is reached.

mod access;
mod appeal;
mod kind;
mod material;
mod policy;
mod refusal;
#[cfg(test)]
mod tests;

pub use access::{
    AppealNumber, NewContact, NotAnAppealNumber, may_open_link, open_link, told_of_approval,
};
pub use appeal::{
    Appeal, AppealEffect, AppealEvent, AppealReason, AppealState, AppealStep, AppealedAccount,
    EffectCheck, TimelineEntry, begin_appeal, may_begin_appeal,
};
pub use kind::{AppealKind, AppealSubject, AppealTopic, AppealWay, MfaRemovalWay, mfa_removal_way};
pub use material::{AppealMaterial, needed_materials};
pub use policy::AppealPolicy;
pub use refusal::AppealRefusal;
