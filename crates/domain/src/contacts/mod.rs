//! Phones and e-mails of an account: what each is for, how one proves to hold it, how it changes.
//! Must not know how a message is sent.

mod code;
mod contact_point;
mod help;
mod notice;
mod policy;
mod purpose;
mod recycled;
mod refusal;
mod security_email;
mod security_phone;
mod target;

pub use code::{
    CodePurpose, CodeRequest, CodeSent, CodeState, CodeTrial, ConfirmedCode, DailyCount,
    IssuedCode, SendHistory, may_request_code, may_try_code, request_code, try_code,
};
pub use contact_point::{ContactKind, ContactPoint, ContactProof, Pending};
pub use help::{ForeignMessagesCause, ForeignMessagesStep, NoCodeCause};
pub use notice::{SecurityContacts, notice_targets};
pub use policy::ContactPolicy;
pub use purpose::{ContactField, MessageKind, Phones, verification_phone};
pub use recycled::{
    HolderContacts, ObjectionDecision, PhoneDetached, RecycledCase, RecycledHolder, RecycledState,
    may_request_detachment, objection_channels, request_detachment,
};
pub use refusal::{CodeRefusal, ContactRefusal};
pub use security_email::{
    EmailChange, SecurityEmailChanged, may_start_email_change, start_email_change,
};
pub(crate) use security_phone::has_place;
pub use security_phone::{
    MessagePhone, PhoneChangeState, PhoneChangeStep, SecurityPhoneChanged, change_security_phone,
    may_change_security_phone, phone_change_step,
};
pub use target::{ContactTarget, ContactTargetProblem};
