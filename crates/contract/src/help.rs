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

/// The rules that an answer tells of, so that a refusal can link to it (HLP-2).
#[rustfmt::skip]
pub const ANSWERED: &[&str] = &[
    "ACC-1", "ACC-2", "ACC-3", "ACC-4", "ACC-5", "ACC-6", "ACC-7", "ACC-8", "ACC-9", "ACC-10",
    "ACC-11", "ACC-12", "CON-1", "CON-2", "CON-3", "CON-4", "CON-5", "CON-6", "CON-7", "CON-8",
    "CON-9", "CON-10", "CON-11", "CON-14", "CON-15", "REG-1", "REG-2", "REG-3", "REG-4", "REG-5",
    "REG-6", "LGM-1", "LGM-3", "LGM-4", "LGM-5", "LGM-6", "LGM-7", "SGN-1", "SGN-3", "SGN-4",
    "SGN-5", "SGN-6", "SGN-7", "SGN-8", "SGN-9", "SGN-10", "SGN-11", "PRT-1", "PRT-3", "PRT-5",
    "MFA-1", "MFA-2", "MFA-3", "MFA-4", "MFA-5", "MFA-6", "VER-1", "VER-2", "VER-4", "VER-5",
    "VER-7", "VER-8", "VER-9", "VER-10", "VER-11", "VER-12", "VER-13", "VER-14", "VER-15",
    "ENT-1", "ENT-2", "ENT-3", "ENT-4", "ENT-5", "ENT-6", "ENT-7", "ENT-8", "ENT-9", "ENT-10",
    "ENT-11", "ENT-12", "ENT-13", "ENT-14", "ENT-15", "ENT-16", "ENT-17", "ENT-18", "ENT-19",
    "ENT-20", "ENT-21", "CHG-1", "CHG-2", "CHG-3", "CHG-4", "CHG-5", "CHG-7", "CHG-8", "CHG-10",
    "CHG-11", "DRG-1", "DRG-2", "DRG-3", "DRG-4", "DRG-5", "DRG-6", "DRG-7", "FND-1", "FND-2",
    "FND-3", "FND-4", "FND-6", "FND-7", "APL-1", "APL-4", "USR-1", "USR-2", "USR-3", "PRJ-1",
    "PRJ-2", "PRJ-3", "PRJ-4", "PRJ-5", "OFF-1", "OFF-2", "OFF-3", "WCM-1",
];

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
