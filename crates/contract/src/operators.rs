//! The operators' desk: signing in there, queues, cases, accounts, enterprises (OPS-1, OPS-2).

use domain::account::{AccountId, FreezeReason, VerificationStatus};
use domain::operators::{OperatorId, Queue, QueueStage, ReviewCheck, Role};
use domain::refusal::Refusal;
use domain::time::Timestamp;
use domain::verification::DocumentKind;
use domain::verification::change::{
    ChangeKind, ChangeWay, FormerSubject, ReviewItem, ReviewReason,
};
use serde::{Deserialize, Serialize};

use crate::captcha::Captcha;

/// The body of [`crate::endpoints::OPERATOR_SIGN_IN`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OperatorSignIn {
    /// The operator's name.
    pub name: String,
    /// The password as typed.
    pub password: String,
    /// A puzzle, once too many passwords were wrong; an operator has no address for a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captcha: Option<Captcha>,
}

/// Who works at the desk in this browser; the answer to [`crate::endpoints::GET_OPERATOR_SESSION`], to
/// both steps of signing in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentOperator {
    /// How far they are.
    pub standing: OperatorStanding,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// How far an operator is with signing in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum OperatorStanding {
    /// Nobody is.
    Nobody {},
    /// The password was right; the code of the app is asked for.
    CodeAsked {
        /// Until when it is taken.
        ends_at: Timestamp,
    },
    /// The password was right, and this is the first time: an app is to be bound.
    BindingAsked {
        /// The app's secret, to be typed in.
        secret: String,
        /// The same as an address, for a QR code.
        address: String,
        /// Until when its first code is taken.
        ends_at: Timestamp,
    },
    /// Password and code were right.
    OnDuty(OperatorOnDuty),
}

/// An operator on duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorOnDuty {
    /// Their number.
    pub id: OperatorId,
    /// The name that signs in.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// When the session ends if it is not used again.
    pub ends_at: Timestamp,
}

/// The body of [`crate::endpoints::OPERATOR_GIVE_CODE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GiveOperatorCode {
    /// The code that the app shows, as typed.
    pub code: String,
}

/// The answer to [`crate::endpoints::GET_QUEUES`]: every queue, in the order of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Queues {
    /// The queues.
    pub queues: Vec<QueueLine>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// How much waits in a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueLine {
    /// Which queue.
    pub queue: Queue,
    /// How many cases are not decided.
    pub open: u32,
    /// How many of them are overdue.
    pub overdue: u32,
}

/// The answer to [`crate::endpoints::GET_QUEUE`], the case that is due first first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueList {
    /// The cases.
    pub cases: Vec<CaseLine>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// A case in the list of its queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseLine {
    /// Names the case.
    pub id: String,
    /// What it is about.
    pub about: Option<CaseAbout>,
    /// The accounts that the decision concerns.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub accounts: Vec<AccountId>,
    /// When it came in.
    pub entered_at: Timestamp,
    /// The last moment that is in time.
    pub due_at: Timestamp,
    /// How far it was decided.
    pub stage: QueueStage,
    /// Whether one of the accounts is the operator's own, so that somebody else decides (OPS-1).
    pub is_own: bool,
}

/// Everything that a reviewer decides by; the answer to [`crate::endpoints::GET_CASE`] (OPS-1).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Case {
    /// Names the case.
    pub id: String,
    /// The queue that it waits in.
    pub queue: Queue,
    /// The accounts that the decision concerns.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub accounts: Vec<AccountId>,
    /// When it came in.
    pub entered_at: Timestamp,
    /// The last moment that is in time.
    pub due_at: Timestamp,
    /// How far it was decided.
    pub stage: QueueStage,
    /// What it is about, as its area tells it.
    pub content: CaseContent,
    /// The checks that an approval needs (ENT-11).
    pub checks: Vec<ReviewCheck>,
    /// Why this operator cannot approve, were every check made (API-2).
    pub approve_refusals: Vec<Refusal>,
    /// Why this operator cannot reject, were a reason given (API-2).
    pub reject_refusals: Vec<Refusal>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// What a reviewer looks at, as the case's area tells it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseContent {
    /// What it is about.
    pub about: CaseAbout,
    /// What is so now and what it would become, side by side.
    pub fields: Vec<CaseField>,
    /// The documents of proof; none for who may not see them (CHG-13).
    pub documents: Vec<CaseDocument>,
    /// What was found on the way, such as the register's answer.
    pub findings: Vec<CaseFinding>,
    /// What a reason for rejecting can be given for, in the order of the page.
    pub items: Vec<CaseItem>,
}

/// What a case is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum CaseAbout {
    /// A change of verification (CHG).
    VerificationChange {
        /// Which change.
        kind: ChangeKind,
        /// How it proves itself.
        way: ChangeWay,
        /// What became of the former subject.
        former: FormerSubject,
    },
}

/// Something that a case consists of, for which a reason can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "of", content = "item", rename_all = "snake_case")]
pub enum CaseItem {
    /// A document or field of a change of verification.
    VerificationChange(ReviewItem),
}

/// One line of the comparison.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseField {
    /// Which field.
    pub field: CaseFieldName,
    /// The item that a reason for it names; none when it is not the applicant's word.
    pub item: Option<CaseItem>,
    /// What is so now.
    pub before: Option<String>,
    /// What it would become; nothing when the change does not touch it.
    pub after: Option<String>,
}

/// The name of a line of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseFieldName {
    /// The name of a person.
    PersonName,
    /// The number of a person's document.
    PersonDocument,
    /// The name of an enterprise.
    EnterpriseName,
    /// The code of an enterprise.
    EnterpriseCode,
    /// The name of its legal representative.
    LegalRepresentativeName,
    /// The number of the legal representative's document.
    LegalRepresentativeDocument,
    /// Where post goes.
    PostalAddress,
}

/// A document of proof, of which only what describes it is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseDocument {
    /// Names the document; what is in it is asked for by that, and each time is written down.
    pub id: String,
    /// What it proves.
    pub item: CaseItem,
    /// Whether it is a picture or a PDF.
    pub kind: DocumentKind,
    /// How many bytes it has.
    pub bytes: u64,
    /// When it was handed in.
    pub uploaded_at: Timestamp,
}

/// Something that was found on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseFinding {
    /// The register knows name and code together.
    RegisterMatches,
    /// The register knows no such enterprise.
    RegisterUnknown,
    /// The register knows the code under another name.
    RegisterOtherName,
    /// The register knows another legal representative.
    RegisterOtherRepresentative,
    /// The register says that the enterprise is dissolved.
    RegisterDissolved,
    /// The register could not be asked.
    RegisterSilent,
    /// The former owner has agreed (CHG-14).
    FormerAgreed,
    /// The former owner has not agreed yet.
    FormerNotAgreed,
    /// The new subject has accepted (CHG-14).
    NewAccepted,
    /// The new subject has not accepted yet.
    NewNotAccepted,
}

/// The body of [`crate::endpoints::APPROVE_CASE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApproveCase {
    /// The checks that were made.
    pub checks: Vec<ReviewCheck>,
}

/// The body of [`crate::endpoints::REJECT_CASE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RejectCase {
    /// Why, item by item.
    pub reasons: Vec<CaseReason>,
}

/// Why one item of a case is rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseReason {
    /// What is wrong.
    pub item: CaseItem,
    /// In what way.
    pub reason: ReviewReason,
    /// What the reviewer adds in their own words, possibly nothing.
    pub note: String,
}

/// How far a case is after a decision; the answer to [`crate::endpoints::APPROVE_CASE`] and
/// [`crate::endpoints::REJECT_CASE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseDecided {
    /// How far it is.
    pub stage: QueueStage,
    /// The case that is due next in the same queue, if any.
    pub next: Option<String>,
}

/// An account as the desk sees it; the answer to [`crate::endpoints::GET_OPERATOR_ACCOUNT`] (OPS-2).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorAccount {
    /// The account's id.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "100000000001"))]
    pub account_id: AccountId,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Whether it is verified, and as what.
    pub verification: VerificationStatus,
    /// The verified name, masked.
    pub verified_name: Option<String>,
    /// Whether its owner has locked it, and since when (ACC-14).
    pub locked_since: Option<Timestamp>,
    /// Every reason for which it is frozen (ACC-6).
    pub freeze_reasons: Vec<FreezeReason>,
    /// What an operator froze it for, if one did.
    pub freeze: Option<OperatorFreeze>,
    /// Why this operator cannot freeze it, or lift that (API-2).
    pub change_refusals: Vec<Refusal>,
    /// Its cases that are not decided yet.
    pub cases: Vec<AccountCase>,
}

/// A case of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountCase {
    /// Names the case.
    pub id: String,
    /// The queue that it waits in.
    pub queue: Queue,
    /// The last moment that is in time.
    pub due_at: Timestamp,
}

/// That an operator froze an account (ACC-6, OPS-2).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorFreeze {
    /// The operator's name.
    pub by: String,
    /// Why, as the account's owner reads it too.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// The body of [`crate::endpoints::CHANGE_FREEZE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeFreeze {
    /// Whether it is to be frozen.
    pub frozen: bool,
    /// Why, as typed.
    pub reason: String,
}

/// The answer to [`crate::endpoints::GET_ACCOUNT_AUDIT`], newest first (OPS-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountAudit {
    /// The rows.
    pub rows: Vec<AccountAuditRow>,
    /// The number to ask for older rows with, when there are more.
    pub older: Option<i64>,
}

/// A row of an account's audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountAuditRow {
    /// Its number, which rises.
    pub number: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What was done, as the endpoint's entry in the contract spells it.
    pub event: String,
    /// What else there is to know, as JSON with masked values.
    pub details: String,
}

/// The body of [`crate::endpoints::FIND_ENTERPRISE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FindEnterprise {
    /// Its name, as typed.
    pub name: String,
    /// Its code, as typed.
    pub code: String,
}

/// An enterprise and its places (ENT-1); the answer to [`crate::endpoints::FIND_ENTERPRISE`] and
/// [`crate::endpoints::RAISE_LIMIT`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnterprisePlaces {
    /// Its name, as it is counted.
    pub name: String,
    /// Its code, as it is counted.
    pub code: String,
    /// How many accounts it verifies now, found by name or code.
    pub verified: u32,
    /// How many it may verify.
    pub limit: u32,
    /// The highest limit that can be given.
    pub most: u32,
    /// Why this operator cannot raise the limit at all (API-2).
    pub refusals: Vec<Refusal>,
}

/// The body of [`crate::endpoints::RAISE_LIMIT`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RaiseLimit {
    /// The enterprise's name, as typed.
    pub name: String,
    /// The enterprise's code, as typed.
    pub code: String,
    /// How many accounts it may verify from now on.
    pub limit: u32,
    /// Why, as typed.
    pub reason: String,
}
