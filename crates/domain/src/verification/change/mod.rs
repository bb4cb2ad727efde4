//! Change of verification (变更认证): kinds, wizard, proof, review. Must not know who reviews.

mod application;
mod approve;
mod consent;
mod fields;
mod form;
mod kind;
mod proof;
mod refusal;
mod start;
mod submit;
#[cfg(test)]
mod walk;
mod wizard;

pub use application::{ApplicationState, ItemReason, ReviewItem, ReviewReason};
pub use approve::{
    ChangeCompleted, approve_new_subject, approve_same_subject, complete_change,
    may_approve_change, may_complete_change, register_settles,
};
pub use consent::{Consent, ConsentProof, Consents};
pub use fields::{ChangeField, fields_of_step};
pub use form::{
    ChangeFieldProblem, ChangeForm, ChangeFormProblem, PostalAddress, PostalAddressProblem,
    TypedChange,
};
pub use kind::{ChangeKind, ChangeTarget, kind_of_change};
pub use proof::{
    ChangeWay, FormerSubject, Proof, may_choose_former, may_go_online, missing_proofs,
    required_proofs,
};
pub use refusal::ChangeRefusal;
pub use start::{ChangeStarted, ChangingAccount, may_start_change, start_change};
pub use submit::{ChangeSubmission, ChangeWish, SubmittedChange, may_submit_change, submit_change};
pub use wizard::{ChangeProgress, ChangeStep, StepPlace, may_open_step, next_step, stepper, steps};
