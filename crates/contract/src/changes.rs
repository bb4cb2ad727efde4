//! Changing the verification of an account (CHG): the wizard's application, and the link by which the
//! new subject accepts.

use domain::identity::IdDocumentKind;
use domain::time::Timestamp;
use domain::verification::Subject;
use domain::verification::change::{
    ApplicationState, ChangeKind, ChangeRefusal, ChangeTarget, ChangeWay, Consents, FormerSubject,
    TypedChange,
};
use serde::{Deserialize, Serialize};

/// The answer to [`crate::endpoints::GET_CHANGE`] and to everything that moves an application on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeOverview {
    /// Who is behind the account now; nobody, when it is not verified.
    pub subject: Option<PresentSubject>,
    /// What the verification can be changed to, each with everything that stands against it now.
    pub offers: Vec<ChangeOffer>,
    /// The newest application that was not given up, whatever became of it.
    pub application: Option<Application>,
    /// Where the account's bills are paid (CHG-3), where the platform has such a page.
    pub pay_at: Option<String>,
    /// Within how many business days an application is reviewed (CHG-9).
    pub review_business_days: u16,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// Who is behind an account, masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PresentSubject {
    /// What kind of subject it is.
    pub subject: Subject,
    /// Its name.
    pub name: String,
    /// The number of its document, or its code.
    pub number: String,
    /// Since when; the 30 days of CHG-2 count from here.
    pub since: Timestamp,
}

/// Something that the verification can be changed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeOffer {
    /// What it would become.
    pub target: ChangeTarget,
    /// Everything that stands against it; nothing, when it can be begun (CHG-1 to CHG-3).
    pub refusals: Vec<ChangeRefusal>,
}

/// An application for a change (CHG-5).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Application {
    /// Names it.
    pub id: String,
    /// Raised by each change of it; whoever changes it says from which version (V-35).
    pub version: i64,
    /// What it changes.
    pub kind: ChangeKind,
    /// How it proves itself.
    pub way: ChangeWay,
    /// Why the online way is not open, when it is not (CHG-8).
    pub online_refusal: Option<ChangeRefusal>,
    /// What became of the former subject.
    pub former: FormerSubject,
    /// Where it stands.
    pub state: ApplicationState,
    /// Whether holidays may still move the day on which the review is due.
    pub due_is_certain: bool,
    /// What was typed, right or wrong.
    pub fields: TypedChange,
    /// Who agreed (CHG-14).
    pub consents: Consents,
    /// The applicant confirmed that account and resources go to the new subject (CHG-11).
    pub resources_confirmed: bool,
    /// The basic information of the new subject was saved.
    pub basic_information_saved: bool,
    /// Who represents the new enterprise, as typed for the method.
    pub representative: Representative,
    /// What stands against handing it in, beside fields that are not right yet and what is confirmed
    /// while doing it (CHG-7).
    pub refusals: Vec<ChangeRefusal>,
    /// Until when the link works by which the new subject accepts; none was made, or it is over.
    pub invited_until: Option<Timestamp>,
}

/// A legal representative, as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Representative {
    /// The name.
    pub name: String,
    /// The document's number.
    pub number: String,
    /// The document; an ID card when nothing was said.
    pub document: Option<IdDocumentKind>,
}

/// The body of [`crate::endpoints::START_CHANGE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartChange {
    /// What the verification is to become. A draft that is there is turned into it and loses nothing.
    pub target: ChangeTarget,
}

/// The body of [`crate::endpoints::SAVE_CHANGE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveChange {
    /// The version that was on screen.
    pub version: i64,
    /// How it proves itself.
    pub way: ChangeWay,
    /// What became of the former subject.
    pub former: FormerSubject,
    /// What was typed, right or wrong.
    pub fields: TypedChange,
}

/// The body of [`crate::endpoints::SUBMIT_CHANGE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmitChange {
    /// Account and resources go to the new subject, and the applicant knows (CHG-11).
    pub resources_confirmed: bool,
    /// The former owner agrees; the proof of the owner that handing in asks for proves it (CHG-14).
    pub former_agrees: bool,
}

/// The body of [`crate::endpoints::SAVE_CHANGE_INFORMATION`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveChangeInformation {
    /// The version that was on screen.
    pub version: i64,
    /// The new subject's postal address, as typed (CHG-6).
    pub postal_address: String,
}

/// The body of [`crate::endpoints::INVITE_NEW_SUBJECT`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InviteNewSubject {
    /// Who represents the new enterprise, whose face is checked; for a new person nobody.
    #[serde(default)]
    pub representative: Option<Representative>,
}

/// The answer to [`crate::endpoints::INVITE_NEW_SUBJECT`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invited {
    /// What the new subject opens, as a link or a code to scan. It is shown once.
    pub address: String,
    /// Until when it works.
    pub until: Timestamp,
    /// The application as it is now.
    pub overview: ChangeOverview,
}

/// The answer to [`crate::endpoints::GET_CONSENT`]: what somebody is asked to accept (CHG-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentAsked {
    /// What changes.
    pub kind: ChangeKind,
    /// The account that would belong to the new subject, masked.
    pub account: String,
    /// Who has it now, masked.
    pub former: String,
    /// Who would have it, masked.
    pub new: String,
    /// Whose face is checked, masked: the new person, or who represents the new enterprise.
    pub face_of: String,
    /// Whether it was accepted before.
    pub accepted: bool,
    /// Until when the link works.
    pub until: Timestamp,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// The body of [`crate::endpoints::ACCEPT_CHANGE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptChange {
    /// The face check that was begun by this link and passed.
    pub check: String,
}

/// The answer to [`crate::endpoints::ACCEPT_CHANGE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeAccepted {
    /// Since when the account belongs to the new subject.
    pub at: Timestamp,
}
