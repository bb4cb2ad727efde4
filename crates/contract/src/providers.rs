//! Identities of other services: visiting their pages, scanning with WeChat, and what comes of an
//! identity that was proved (REG-1, SGN-5, SGN-10, SGN-11, LGM-5).

use domain::account::AccountId;
use domain::login_methods::LoginMethodKind;
use domain::refusal::Refusal;
use domain::sign_in::{FrozenIdentityWay, NoAccountWay, ScanPurpose};
use domain::time::Timestamp;
use domain::verification::FaceCause;
use serde::{Deserialize, Serialize};

use crate::session::SignInAnswer;

/// The answer to [`crate::endpoints::GET_PROVIDERS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Providers {
    /// Which services this installation speaks to, in the order of REG-1.
    pub offered: Vec<LoginMethodKind>,
}

/// What a visit to a provider, or a scan, is begun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Signing in, and registering or linking when the identity signs in to no account (SGN-5).
    SignIn,
    /// Binding it to the account that is signed in (LGM-5).
    Bind,
}

/// The body of [`crate::endpoints::VISIT_PROVIDER`] and [`crate::endpoints::BEGIN_SCAN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// What for.
    pub aim: Aim,
}

/// A visit that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    /// The address to send the browser to; it is good for this browser alone (V-27).
    pub address: String,
}

/// The body of [`crate::endpoints::RETURN_FROM_PROVIDER`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The part of the address behind the question mark, as the provider wrote it.
    pub query: String,
}

/// What comes of an identity that was proved, or why none was; the answer to
/// [`crate::endpoints::RETURN_FROM_PROVIDER`] and [`crate::endpoints::TAKE_SCAN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It signs in to one account (SGN-5).
    SignIn {
        /// Signed in, or what the second step asks for.
        answer: SignInAnswer,
    },
    /// It waits for the person's choice: which account, link, register, or bind.
    Waits {
        /// What there is to choose.
        identity: SeenIdentity,
    },
    /// It was shown to verify the person; what came of that stands on the page of the attempt (VER-3).
    Verified,
    /// A phone scanned a code; its holder has to confirm (SGN-11).
    OnPhone {
        /// What they confirm.
        scan: ScanOnPhone,
    },
    /// The service itself has frozen the identity (SGN-10).
    Frozen {
        /// The service.
        kind: LoginMethodKind,
        /// What helps, in this order.
        ways: Vec<FrozenIdentityWay>,
    },
    /// Nobody's identity was proved.
    Failed {
        /// The service.
        kind: LoginMethodKind,
        /// Why.
        why: VisitFailure,
    },
}

/// Why a visit proved nobody's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitFailure {
    /// The person said no there.
    Declined,
    /// What the provider said is not good, or not any more: begin again.
    BeginAgain,
    /// The provider does not answer: later.
    Later,
    /// The provider does not accept this installation, or cannot be trusted: the operator has to look.
    Misconfigured,
}

/// An identity that was proved in this browser a moment ago and waits for its holder's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenIdentity {
    /// Its kind.
    pub kind: LoginMethodKind,
    /// What the provider calls the person; for e-mail the address.
    pub name: Option<String>,
    /// The accounts that it signs in to, one of which the person chooses (LGM-5, SGN-10).
    pub accounts: Vec<AccountChoice>,
    /// What can be done where it signs in to none (SGN-5).
    pub ways: Vec<NoAccountWay>,
    /// What binding it to the account that is signed in would do, when one is.
    pub binding: Option<Binding>,
    /// From when on it has to be proved again.
    pub expires_at: Timestamp,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// One of several accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountChoice {
    /// Names the account in the choice; good for this identity in this browser alone.
    pub choice: String,
    /// Its id, masked.
    pub account: String,
    /// What the console calls its owner (ACC-4).
    pub nickname: String,
}

/// What binding an identity would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Binding {
    /// The account it would be bound to.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "100000000001"))]
    pub account_id: AccountId,
    /// Whether it would take the place of another identity of its kind (LGM-5).
    pub replaces: bool,
    /// What the provider calls the holder of the identity that would go.
    pub old_name: Option<String>,
    /// WeChat would confirm sign-ins and operations from then on too (MFA-6).
    pub confirms_from_now_on: bool,
    /// Everything that stands against it (API-2).
    pub refusals: Vec<Refusal>,
}

/// The answer to [`crate::endpoints::GET_SEEN_IDENTITY`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// What waits in this browser, if anything does.
    pub identity: Option<SeenIdentity>,
}

/// The body of [`crate::endpoints::CHOOSE_ACCOUNT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// The account's [`AccountChoice::choice`].
    pub choice: String,
}

/// The body of [`crate::endpoints::BIND_IDENTITY`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bind {
    /// Whether it takes the place of the one of its kind that is bound (LGM-5).
    pub replaces: bool,
}

/// The answer to [`crate::endpoints::BIND_IDENTITY`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bound {
    /// Its kind.
    pub kind: LoginMethodKind,
    /// WeChat confirms sign-ins and operations from now on too (MFA-6).
    pub confirms_from_now_on: bool,
    /// How many other sessions the owner may want to end (SGN-6).
    pub other_sessions: u32,
}

/// A QR code to be shown; the answer to [`crate::endpoints::BEGIN_SCAN`] and to what begins a scan as
/// proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScanShown {
    /// Names the scan.
    pub id: String,
    /// What the code says: an address of ours that a phone opens.
    pub address: String,
    /// When it dies (SGN-11).
    pub expires_at: Timestamp,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// The answer to [`crate::endpoints::GET_SCAN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScanStatus {
    /// How far it has come.
    pub stage: ScanStage,
}

/// How far a scan has come, for the page that shows the code (SGN-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScanStage {
    /// Nobody has scanned it.
    Waiting,
    /// Somebody has; they confirm on their phone.
    Scanned,
    /// They confirmed; the page takes the result.
    Confirmed,
    /// They said no.
    Declined,
    /// It is dead or used; a new one is shown.
    Over,
}

/// The body of [`crate::endpoints::OPEN_SCAN`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenScan {
    /// The secret in the code.
    pub secret: String,
}

/// What the holder of the phone confirms (SGN-11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScanOnPhone {
    /// Names the scan.
    pub id: String,
    /// What it is for.
    pub purpose: ScanPurpose,
    /// The browser that shows the code, in words; empty when it does not tell.
    pub device: String,
    /// The place of that browser, if known.
    pub place: Option<String>,
    /// What the provider calls the holder of the phone.
    pub name: Option<String>,
}

/// The body of [`crate::endpoints::ANSWER_SCAN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerScan {
    /// The scan.
    pub scan: String,
    /// Yes or no.
    pub confirm: bool,
}

/// A face check that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaceBegun {
    /// Names the check.
    pub check: String,
    /// Where the person shows their face: opened here, or as a code on a phone.
    pub address: String,
    /// Until when it counts.
    pub expires_at: Timestamp,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// How a face check stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum FaceStatus {
    /// The person has not finished.
    Pending,
    /// It is the person; the proof can be given.
    Passed,
    /// It is not, or it could not be seen (VER-7).
    Failed {
        /// Why, as far as the service says.
        causes: Vec<FaceCause>,
    },
    /// It is dead or used; begin a new one.
    Over,
    /// The service does not answer just now; ask again, or use another way.
    Later,
}
