//! The verification of enterprises: what is typed, what is waited for, and what the platform asks of a
//! verified one (ENT).

use domain::identity::{Fen, IdDocumentKind, TransferAmount};
use domain::time::Timestamp;
use domain::verification::{
    AmountOutcome, Attempt, EnterpriseKind, LegalRepresentative, Method, MethodAdvice,
    PaymentFault, PaymentRoute, PermissionStep, Recheck, RegisterAdvice, TopUp, TransferProgress,
    WayOut,
};
use serde::{Deserialize, Serialize};

use crate::providers::{FaceBegun, ScanShown};

/// The answer to [`crate::endpoints::GET_ENTERPRISE`], and to whatever changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnterpriseVerification {
    /// The account is verified; its subject can only be changed (VER-1).
    pub is_verified: bool,
    /// The methods that this installation has the services for; none without a business register.
    pub offered: Vec<Method>,
    /// Every method for each kind of enterprise (VER-14, ENT-4, ENT-5).
    pub advice: Vec<AdviceFor>,
    /// The newest attempt to verify an enterprise, if there was one.
    pub attempt: Option<EnterpriseAttempt>,
    /// The newest bank transfer of that attempt (ENT-7).
    pub transfer: Option<TransferShown>,
    /// The newest sum to pay in of that attempt (ENT-8).
    pub top_up: Option<TopUpShown>,
    /// The permission of an Official Account of that attempt (ENT-12).
    pub permission: Option<PermissionShown>,
    /// The check of the legal representative of that attempt, while it is running.
    pub representative: Option<RepresentativeShown>,
    /// Where the re-check of a verified enterprise stands (ENT-16).
    pub recheck: Recheck,
    /// What its owner is urged to do (ENT-15, ENT-16).
    pub urges: Vec<WayOut>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// The methods for one kind of enterprise, with one preselected (VER-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdviceFor {
    /// What it is.
    pub enterprise: EnterpriseKind,
    /// Who represents it.
    pub legal_representative: LegalRepresentative,
    /// Every method, in the order of the page.
    pub methods: Vec<MethodAdvice>,
}

/// An attempt to verify an enterprise (VER-10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnterpriseAttempt {
    /// What support asks for (VER-15).
    pub case_number: String,
    /// By which method.
    pub method: Method,
    /// How it stands.
    pub attempt: Attempt,
    /// Whether it takes longer than it should; the page then offers support (VER-15).
    pub is_overdue: bool,
    /// What to do when the register did not say yes (ENT-9, ENT-10).
    pub advice: Option<RegisterAdvice>,
    /// Everything that was typed; kept, and sent only to the owner (VER-10).
    pub typed: EnterpriseForm,
}

/// An enterprise as its owner types it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnterpriseForm {
    /// What kind of licence or certificate it has.
    pub kind: EnterpriseKind,
    /// Its name.
    pub name: String,
    /// Its USCC or other code.
    pub code: String,
    /// The day its licence was issued, as `2026-09-21` (ENT-9).
    pub issued: String,
    /// The name of its legal representative.
    pub representative_name: String,
    /// The kind of their document; whoever has no resident ID counts as foreign (ENT-5).
    pub representative_document: IdDocumentKind,
    /// The number of it.
    pub representative_number: String,
    /// The bank account, for a corporate bank transfer only.
    #[serde(default)]
    pub transfer: Option<TransferForm>,
}

impl std::fmt::Debug for EnterpriseForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EnterpriseForm(…)")
    }
}

/// Where the small sum is sent to, and who handles it (ENT-7, ENT-14).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TransferForm {
    /// The number of the corporate account.
    pub account: String,
    /// Its bank and branch.
    pub bank: String,
    /// The name of whoever handles the verification; it cannot be changed later (ENT-14).
    pub handler_name: String,
    /// The number of their resident ID.
    pub handler_number: String,
}

impl std::fmt::Debug for TransferForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TransferForm(…)")
    }
}

/// The body of [`crate::endpoints::START_ENTERPRISE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartEnterprise {
    /// What was typed.
    pub form: EnterpriseForm,
    /// By which method.
    pub method: Method,
    /// An attempt that is running may be given up for this one.
    pub give_up_running: bool,
}

/// A bank transfer as its owner may see it: everything but the sum (ENT-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferShown {
    /// How it stands.
    pub progress: TransferProgress,
    /// The last moment by which the money should have arrived.
    pub due: Timestamp,
    /// The end of the account's number.
    pub account: String,
    /// Its bank and branch.
    pub bank: String,
    /// Whether a refused sum can be disputed, once there is a receipt (ENT-19).
    pub may_dispute: bool,
    /// What support knows a complaint by that was made.
    pub dispute: Option<String>,
}

/// A sum to pay in (ENT-8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TopUpShown {
    /// How it stands.
    pub top_up: TopUp,
    /// The last moment to pay, or for the confirmation of what was paid.
    pub until: Timestamp,
    /// Whether the confirmation takes longer than it should.
    pub is_overdue: bool,
    /// Where it is paid to.
    pub payee: PayeeShown,
    /// The ways that count.
    pub routes: Vec<PaymentRoute>,
    /// What came in, newest first. All of it is balance (ENT-8).
    pub came: Vec<CameIn>,
}

/// Where money is paid to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PayeeShown {
    /// In whose name the account is.
    pub name: String,
    /// The account's number.
    pub number: String,
    /// The bank and the branch.
    pub bank: String,
    /// What is written as the purpose.
    pub purpose: Option<String>,
}

/// Money that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CameIn {
    /// How much.
    pub amount: Fen,
    /// How.
    pub route: PaymentRoute,
    /// When.
    pub at: Timestamp,
    /// Why it did not verify, if it did not.
    pub fault: Option<PaymentFault>,
}

/// The permission of an Official Account (ENT-12, ENT-20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PermissionShown {
    /// Where the page goes on.
    pub step: PermissionStep,
    /// Where the administrator gives it.
    pub address: String,
    /// Whether it can be withdrawn now.
    pub may_withdraw: bool,
}

/// The check of the legal representative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum RepresentativeShown {
    /// Their face is looked at.
    Face {
        /// Where; nothing when it is over and has to begin anew.
        check: Option<FaceBegun>,
    },
    /// They scan with their own WeChat; a code is good in the browser that asked for it.
    Scan {
        /// The code; nothing when none was asked for, or it is over.
        scan: Option<ScanShown>,
    },
}

/// The body of [`crate::endpoints::ENTER_AMOUNT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnterAmount {
    /// The sum in yuan as typed.
    pub amount: String,
}

/// What entering a sum led to (ENT-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AmountAnswer {
    /// Whether it was right.
    pub outcome: AmountOutcome,
    /// How everything stands now.
    pub now: EnterpriseVerification,
}

/// The answer to [`crate::endpoints::GET_ENTERPRISE_CONTACT`] (ENT-21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnterpriseContactShown {
    /// Whom the platform turns to, if anybody.
    pub contact: Option<ContactShown>,
    /// Whether the enterprise uses CDN.
    pub uses_cdn: bool,
    /// Who handled the verification, masked, if somebody did; it cannot be changed (ENT-14).
    pub handler: Option<String>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// Whom the platform turns to, masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactShown {
    /// Their name.
    pub name: String,
    /// The kind of their document.
    pub document_kind: IdDocumentKind,
    /// The number of it.
    pub document_number: String,
    /// Their phone.
    pub phone: String,
}

/// The body of [`crate::endpoints::SET_ENTERPRISE_CONTACT`] (ENT-21).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetEnterpriseContact {
    /// The name.
    pub name: String,
    /// The kind of the document.
    pub document_kind: IdDocumentKind,
    /// The document's number.
    pub document_number: String,
    /// The phone.
    pub phone: String,
    /// Whether "uses CDN" is switched on with it.
    pub uses_cdn: bool,
}

/// The body of [`crate::endpoints::SWITCH_CDN`] (ENT-21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SwitchCdn {
    /// Whether it is used from now on.
    pub uses_cdn: bool,
}

/// The answer to [`crate::endpoints::GET_ENTERPRISE_CODE`] (ENT-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnterpriseCodeShown {
    /// The enterprise's name, masked.
    pub name: String,
    /// The recorded code, masked.
    pub code: String,
    /// Whether it can be completed or corrected: it is no correct USCC.
    pub may_complete: bool,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// The body of [`crate::endpoints::COMPLETE_CODE`] (ENT-6).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompleteCode {
    /// The USCC as typed.
    pub code: String,
}

/// The answer to [`crate::endpoints::DEMO_BANK`]: the demo's book, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoBank {
    /// What was sent.
    pub transfers: Vec<DemoTransfer>,
    /// What is waited for.
    pub expected: Vec<DemoExpected>,
    /// The time of the demo's clock.
    pub server_time: Timestamp,
}

/// A transfer of the demo's bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoTransfer {
    /// Names it.
    pub reference: String,
    /// In whose name the account is.
    pub account_name: String,
    /// The end of the account's number.
    pub account_end: String,
    /// The sum, which the receiver reads on their statement once it has arrived.
    pub amount: TransferAmount,
    /// How it stands.
    pub state: DemoTransferState,
    /// When it was ordered.
    pub ordered: Timestamp,
}

/// How a transfer of the demo's bank stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DemoTransferState {
    /// On its way.
    OnItsWay,
    /// Arrived.
    Arrived,
    /// Came back.
    SentBack,
}

/// A payment that the demo's bank waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoExpected {
    /// Names it.
    pub reference: String,
    /// Who is to pay.
    pub payer_name: String,
    /// The sum.
    pub amount: TransferAmount,
    /// What came in.
    pub came: u32,
    /// How much of that is confirmed.
    pub confirmed: u32,
}

/// The body of [`crate::endpoints::DEMO_PLAY_BANK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "play", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlayBank {
    /// The money arrives now.
    Arrive {
        /// Which transfer.
        reference: String,
    },
    /// The money comes back now.
    SendBack {
        /// Which transfer.
        reference: String,
    },
    /// Money comes in.
    Pay {
        /// What it is for.
        reference: String,
        /// How it comes.
        route: PaymentRoute,
        /// Another sum than the named one.
        amount: Option<Fen>,
        /// Whether the enterprise pays; else somebody else does.
        from_enterprise: bool,
    },
    /// What came in is confirmed now.
    Confirm {
        /// What it is for.
        reference: String,
    },
}

/// What the demo's register says of a code from now on; the body of
/// [`crate::endpoints::DEMO_SET_REGISTER`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetRegister {
    /// The code.
    pub code: String,
    /// What is recorded.
    pub says: DemoRecord,
}

/// What the demo's register can say of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DemoRecord {
    /// The enterprise, with nothing wrong.
    Sound,
    /// Nothing.
    NotRecorded,
    /// Another name.
    OtherName,
    /// That it is dissolved.
    Dissolved,
    /// Incomplete data.
    Incomplete,
}

/// The body of [`crate::endpoints::DEMO_ANSWER_OFFICIAL`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerOfficial {
    /// What the page was called with.
    pub permission: String,
    /// What the administrator says.
    pub answer: DemoPermission,
}

/// What the administrator of an Official Account can say in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DemoPermission {
    /// Yes, for the enterprise's own Official Account.
    Own,
    /// Yes, for somebody else's.
    Other,
    /// No.
    Refused,
}

/// The answer to what is played in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Played {
    /// Whether there was something to play it on.
    pub was_waiting: bool,
}
