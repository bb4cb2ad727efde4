//! What the help centre sends (HLP-1).

use domain::rule::RuleId;
use serde::{Deserialize, Serialize};

/// Every answer in one language, with this installation's numbers in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Help {
    /// In the order of the subjects.
    pub answers: Vec<HelpAnswer>,
}

/// One question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpAnswer {
    /// Names it, such as `Q002`.
    pub id: String,
    /// What it is about.
    pub subject: HelpSubject,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// What people type when they look for it, in every language.
    pub words: String,
    /// The rules that it tells of.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub rules: Vec<RuleId>,
    /// The page where it can be done, if this version has it.
    pub place: Option<String>,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HelpSubject {
    /// The account and its basic data.
    Account,
    /// Phones and e-mails.
    Contacts,
    /// Registering.
    Registration,
    /// Verification of anybody.
    Verification,
    /// Verification of persons.
    PersonalVerification,
    /// Verification of enterprises.
    EnterpriseVerification,
    /// Changing the verification.
    ChangeOfVerification,
    /// Ways to sign in.
    LoginMethods,
    /// Deregistering.
    Deregistration,
    /// MFA devices and protection.
    Mfa,
    /// What to do when signing in fails.
    SignInTrouble,
    /// Projects.
    Projects,
    /// Somebody leaves.
    Offboarding,
    /// WeCom.
    Wecom,
}
