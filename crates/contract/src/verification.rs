//! Real-name verification: what stands, and the verification of persons (VER).

use domain::account::VerificationStatus;
use domain::identity::IdDocumentKind;
use domain::masked::Masked;
use domain::time::Timestamp;
use domain::verification::{
    Attempt, FaceCause, Method, ProcessingTime, Subject, SubjectEvent, VerifiedAction,
};
use serde::{Deserialize, Serialize};

use crate::providers::{FaceBegun, ScanShown};

/// The answer to [`crate::endpoints::GET_VERIFICATION`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verification {
    /// Whether the account is verified (VER-12).
    pub status: VerificationStatus,
    /// Whether a sub-user asked, for whom its root account's verification counts (VER-8); nothing else
    /// is shown to it then.
    pub is_inherited: bool,
    /// Who is behind the account, masked.
    pub subject: Option<SubjectShown>,
    /// What the account cannot do as it stands (VER-9).
    pub closed: Vec<VerifiedAction>,
    /// Whether it has a security phone, which a verification needs; the contact phone is not asked about
    /// (VER-13, CON-7).
    pub has_security_phone: bool,
    /// Which methods this installation has the services for.
    pub offered: Vec<Method>,
    /// How long each method takes (VER-15).
    pub times: Vec<MethodTime>,
    /// The newest attempt, when it is running or has failed (VER-10).
    pub attempt: Option<AttemptShown>,
    /// What became of the account's subject, newest first.
    pub history: Vec<HistoryLine>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// How long a method takes on this installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MethodTime {
    /// The method.
    pub method: Method,
    /// How long it takes.
    pub time: ProcessingTime,
}

/// Who is behind an account, masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectShown {
    /// What it is.
    pub subject: Subject,
    /// The name.
    pub name: Masked,
    /// The kind of a person's document.
    pub document_kind: Option<IdDocumentKind>,
    /// The document's number or the code.
    pub number: Masked,
    /// The legal representative's name, where there is one.
    pub legal_representative: Option<Masked>,
    /// Whoever handled the verification, where somebody did; they cannot be changed (ENT-14).
    pub handler: Option<Masked>,
    /// Since when.
    pub since: Timestamp,
    /// By which method; none where operators looked at paper.
    pub method: Option<Method>,
}

/// Who is behind an account; the answer to [`crate::endpoints::REVEAL_SUBJECT`]. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectRevealed {
    /// The name.
    pub name: String,
    /// The document's number or the code.
    pub number: String,
    /// The legal representative's name, where there is one.
    pub legal_representative: Option<String>,
    /// Whoever handled the verification, where somebody did.
    pub handler: Option<String>,
    /// Where its post goes, where that is known.
    pub postal_address: Option<String>,
}

impl std::fmt::Debug for SubjectRevealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SubjectRevealed(…)")
    }
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryLine {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub event: SubjectEvent,
    /// By which method, where there was one.
    pub method: Option<Method>,
    /// The subject's name, masked.
    pub name: Masked,
    /// The document's number or the code, masked.
    pub number: Masked,
}

/// An attempt that is running or has failed (VER-10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptShown {
    /// What support asks for (VER-15).
    pub case_number: String,
    /// When it was begun.
    pub began: Timestamp,
    /// By which method.
    pub method: Method,
    /// How it stands.
    pub attempt: Attempt,
    /// Whether it takes longer than it should; the page then offers support (VER-15).
    pub is_overdue: bool,
    /// Why the face was not taken, as far as the service said; every possible cause where it did not
    /// (VER-7).
    pub face_causes: Vec<FaceCause>,
    /// What a person typed, to be corrected; nothing for an enterprise.
    pub typed: Option<PersonTyped>,
}

/// Who somebody says they are, as typed. Sent only to the owner (VER-10). Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonTyped {
    /// The name on the document.
    pub name: String,
    /// The kind of document.
    pub document_kind: IdDocumentKind,
    /// Its number.
    pub document_number: String,
}

impl std::fmt::Debug for PersonTyped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonTyped(…)")
    }
}

/// The body of [`crate::endpoints::START_PERSON`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartPerson {
    /// Who they say they are.
    pub person: PersonTyped,
    /// By which method.
    pub method: Method,
    /// An attempt that is running may be given up for this one.
    pub give_up_running: bool,
}

/// What the person does next; the answer to [`crate::endpoints::START_PERSON`] and
/// [`crate::endpoints::RESUME_PERSON`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum NextStep {
    /// They scan a code with WeChat.
    Scan {
        /// The code.
        scan: ScanShown,
    },
    /// They go to QQ's page, which shows a code of its own.
    Visit {
        /// The address to send the browser to.
        address: String,
    },
    /// They show their face.
    Face {
        /// The check.
        face: FaceBegun,
    },
}

/// What has become of the attempt; the answer to [`crate::endpoints::FINISH_PERSON`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finished {
    /// How it stands.
    pub attempt: Attempt,
    /// What was begun is over without a result; it is begun anew with [`crate::endpoints::RESUME_PERSON`].
    pub is_over: bool,
}
