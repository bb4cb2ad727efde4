//! The problem document (RFC 9457) that every answer of 4xx and 5xx carries (API-1).

use domain::account::{AccountIdProblem, NicknameProblem};
use domain::contacts::ContactTargetProblem;
use domain::identity::{
    AmountProblem, BankBranchProblem, BankNumberProblem, EmailProblem, EnterpriseCodeProblem,
    EnterpriseNameProblem, IdDocumentProblem, LabelProblem, PersonNameProblem, PhoneNumberProblem,
};
use domain::mfa::{RecoveryCodeProblem, SeedProblem, TokenSerialProblem};
use domain::operators::OperatorReasonProblem;
use domain::protection::SixDigitsProblem;
use domain::refusal::Refusal;
use domain::rule::RuleId;
use domain::sign_in::{PasswordProblem, SessionLimitProblem};
use domain::time::{DateProblem, Timestamp};
use domain::verification::change::{ChangeFieldProblem, PostalAddressProblem};
use domain::verification::{ClaimProblem, EnterpriseKind};
use serde::{Deserialize, Serialize};

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/` and the kind, a stable name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few English words, for whoever reads the answer with their own eyes.
    pub title: String,
    /// The HTTP status, repeated.
    pub status: u16,
    /// The rule that refused, when one did; of several, the first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "CON-2"))]
    pub rule: Option<RuleId>,
    /// Every refusal with its numbers, when rules refused the whole request, the most important first
    /// (API-2).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub refusals: Vec<Refusal>,
    /// From when on trying again can succeed, in milliseconds since the Unix epoch.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub retry_at: Option<Timestamp>,
    /// What is wrong with single fields.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub fields: Vec<FieldProblem>,
    /// Finds the request in the server's log.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub request_id: String,
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The field's name in the request's body.
    pub field: String,
    /// What is wrong with it.
    pub problem: ValueProblem,
}

/// Why a value could not be taken: the domain's own answer, one variant per kind of value, so that form
/// and API say the same (API-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum ValueProblem {
    /// A nickname.
    Nickname(NicknameProblem),
    /// An e-mail address.
    Email(EmailProblem),
    /// A password.
    Password(PasswordProblem),
    /// A six-digit code.
    Code(SixDigitsProblem),
    /// A recovery code.
    RecoveryCode(RecoveryCodeProblem),
    /// The serial number of a token.
    TokenSerial(TokenSerialProblem),
    /// The seed of a token.
    Seed(SeedProblem),
    /// A phone number.
    Phone(PhoneNumberProblem),
    /// A phone number or an e-mail address, where either will do.
    Target(ContactTargetProblem),
    /// The limits of sessions.
    SessionLimit(SessionLimitProblem),
    /// An account id.
    AccountId(AccountIdProblem),
    /// A sub-user's name.
    UserName(LabelProblem),
    /// The name of a person.
    PersonName(PersonNameProblem),
    /// The number of a person's document.
    IdDocument(IdDocumentProblem),
    /// A person's document, which is none to be verified by.
    Claim(ClaimProblem),
    /// The name of an enterprise.
    EnterpriseName(EnterpriseNameProblem),
    /// The code of an enterprise.
    EnterpriseCode(EnterpriseCodeProblem),
    /// A postal address.
    PostalAddress(PostalAddressProblem),
    /// A day.
    Date(DateProblem),
    /// A day that is yet to come.
    DateAhead,
    /// The kind of an enterprise: the code is that of another kind (ENT-4).
    EnterpriseKind {
        /// Which.
        of_code: EnterpriseKind,
    },
    /// The number of a bank account.
    BankNumber(BankNumberProblem),
    /// A bank and its branch.
    BankBranch(BankBranchProblem),
    /// A sum of money.
    Amount(AmountProblem),
    /// An operator's reason.
    OperatorReason(OperatorReasonProblem),
}

impl From<ChangeFieldProblem> for ValueProblem {
    fn from(problem: ChangeFieldProblem) -> Self {
        match problem {
            ChangeFieldProblem::PersonName(problem) => Self::PersonName(problem),
            ChangeFieldProblem::IdDocument(problem) => Self::IdDocument(problem),
            ChangeFieldProblem::EnterpriseName(problem) => Self::EnterpriseName(problem),
            ChangeFieldProblem::EnterpriseCode(problem) => Self::EnterpriseCode(problem),
            ChangeFieldProblem::PostalAddress(problem) => Self::PostalAddress(problem),
        }
    }
}
