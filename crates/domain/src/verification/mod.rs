//! Real-name verification (实名认证): who is behind an account, how that is proved, and how it
//! changes. Must not know how anybody signs in.

mod advice;
mod bank_transfer;
pub mod change;
mod claim;
mod code;
mod contact;
mod details;
mod documents;
mod effects;
mod first;
mod method;
mod misuse;
mod permission;
mod policy;
mod quota;
mod recheck;
mod refusal;
mod register;
mod subject;
mod top_up;

pub use advice::{MethodAdvice, NO_DOCUMENTS_AT_HAND, advise, preselect};
pub use bank_transfer::{
    AmountDispute, AmountEntered, AmountOutcome, BankTransfer, BankTransferRefusal, TransferCheck,
    TransferFailure, TransferProgress, TransferWait, may_request_transfer, request_transfer,
};
pub use claim::{ClaimProblem, PersonClaim, of_age_from};
pub use code::{CodeCompleted, complete_code, may_complete_code};
pub use contact::{
    ContactField, ContactFieldProblem, ContactProblem, EnterpriseContact, TypedContact,
};
pub use details::{EditWay, EnterpriseDetail, how_to_edit, may_switch_cdn};
pub use documents::{
    Dimensions, DocumentKind, DocumentProblem, DocumentPurpose, DocumentViewer, UsageRestriction,
    check_dimensions, check_document, check_length, delete_document_at, delete_waiting_document_at,
    may_view_document,
};
pub use effects::{VerificationHolder, VerifiedAction, may_act, may_associate_account};
pub use first::{
    Attempt, Claim, FaceCause, FailureReason, NewSubject, VerificationWish, VerifyingAccount,
    may_pass_verification, may_start_verification, pass_verification, remove_verification,
    start_verification,
};
pub use method::{ClosedBecause, Method, Need, ProcessingTime, WechatScanPurpose};
pub use misuse::{MisuseStep, MisusedAccount, next_misuse_step};
pub use permission::{
    BlankPageRemedy, OfficialAccountPermission, PermissionStep, resume_permission,
};
pub use policy::VerificationPolicy;
pub use quota::{Places, WayOut};
pub use recheck::{Recheck, RecheckFinding, RecheckNotice, RecheckRefusal, Rechecked};
pub use refusal::VerificationRefusal;
pub use register::{
    RegisterAdvice, RegisterAnswer, advise_after_register, advise_after_representative,
};
pub use subject::{
    Applicant, CodeStanding, EnterpriseKind, LegalRepresentative, Region, Subject, SubjectEvent,
    Verified,
};
pub use top_up::{
    IncomingPayment, PaymentFault, PaymentRoute, PaymentTaken, TopUp, TopUpRefusal,
    may_name_top_up, name_top_up,
};
