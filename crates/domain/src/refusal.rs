//! What every refusal can say about itself. Knows the rule and the numbers; no sentence.

use serde::{Deserialize, Serialize};

use crate::account::{AccountRefusal, NicknameRefusal};
use crate::appeals::AppealRefusal;
use crate::contacts::{CodeRefusal, ContactRefusal};
use crate::deregistration::DeregistrationRefusal;
use crate::find::FindRefusal;
use crate::idempotency::IdempotencyRefusal;
use crate::login_methods::LoginMethodRefusal;
use crate::mfa::MfaRefusal;
use crate::operators::OperatorRefusal;
use crate::projects::ProjectRefusal;
use crate::protection::ProtectionRefusal;
use crate::registration::RegistrationRefusal;
use crate::rule::RuleId;
use crate::sign_in::{PasswordResetRefusal, ScanRefusal, SignInRefusal};
use crate::time::Timestamp;
use crate::users::UserRefusal;
use crate::verification::change::ChangeRefusal;
use crate::verification::{
    BankTransferRefusal, DocumentProblem, RecheckRefusal, TopUpRefusal, VerificationRefusal,
};

/// What an area's closed enum of refusals answers about each variant.
pub trait Refuse {
    /// The rule that refuses.
    fn rule(&self) -> RuleId;

    /// The moment from which trying again can succeed, when waiting helps at all.
    fn retry_at(&self) -> Option<Timestamp> {
        None
    }
}

/// Every rule that refuses a command, at least one; the first is the one to show when only one fits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{failing:?}")]
pub struct Refused<R: std::fmt::Debug> {
    failing: Vec<R>,
}

impl<R: std::fmt::Debug> Refused<R> {
    /// Turns the answer of a "may I?" question into the command's: nothing failing, no refusal (API-2).
    ///
    /// # Errors
    /// All of `failing`, when there is any.
    pub fn unless_none(failing: Vec<R>) -> Result<(), Self> {
        if failing.is_empty() {
            Ok(())
        } else {
            Err(Self { failing })
        }
    }

    /// The same refusals and, last, one more.
    #[must_use]
    pub fn and(mut self, refusal: R) -> Self {
        self.failing.push(refusal);
        self
    }

    /// All refusals, the most important first.
    #[must_use]
    pub fn all(&self) -> &[R] {
        &self.failing
    }

    /// The same refusals as a plain list, the most important first.
    #[must_use]
    pub fn into_all(self) -> Vec<R> {
        self.failing
    }
}

impl<R: std::fmt::Debug> From<R> for Refused<R> {
    fn from(refusal: R) -> Self {
        Self {
            failing: vec![refusal],
        }
    }
}

/// What a try leaves behind. A wrong try is counted, so the new state is stored either way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "the state must be stored, also when the answer is a refusal"]
pub struct Tried<S, T, R: std::fmt::Debug> {
    /// The state from now on.
    pub state: S,
    /// What the try brought.
    pub answer: Result<T, Refused<R>>,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $area:ident($refusal:ty)),+ $(,)?) => {
        /// A refusal of any area, as it crosses the wire: `{"area": "nickname", "code": …, …}`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(tag = "area", rename_all = "snake_case")]
        #[non_exhaustive]
        #[error("{self:?}")]
        pub enum Refusal { $($(#[$doc])* $area($refusal)),+ }

        impl Refuse for Refusal {
            fn rule(&self) -> RuleId {
                match self { $(Self::$area(refusal) => refusal.rule()),+ }
            }

            fn retry_at(&self) -> Option<Timestamp> {
                match self { $(Self::$area(refusal) => refusal.retry_at()),+ }
            }
        }

        $(impl From<$refusal> for Refusal {
            fn from(refusal: $refusal) -> Self {
                Self::$area(refusal)
            }
        })+
    };
}

refusals! {
    /// The account itself.
    Account(AccountRefusal),
    /// The nickname of the account.
    Nickname(NicknameRefusal),
    /// Sign-in and operation protection.
    Protection(ProtectionRefusal),
    /// MFA devices and their codes.
    Mfa(MfaRefusal),
    /// Binding, unbinding and linking.
    LoginMethod(LoginMethodRefusal),
    /// Verification codes.
    Code(CodeRefusal),
    /// Phones and e-mails of the account.
    Contact(ContactRefusal),
    /// Scanning a QR code.
    Scan(ScanRefusal),
    /// A new password in place of a forgotten one.
    PasswordReset(PasswordResetRefusal),
    /// Registering an account.
    Registration(RegistrationRefusal),
    /// Signing in.
    SignIn(SignInRefusal),
    /// Real-name verification.
    Verification(VerificationRefusal),
    /// The change of a verification.
    VerificationChange(ChangeRefusal),
    /// A corporate bank transfer.
    BankTransfer(BankTransferRefusal),
    /// A platform top-up.
    TopUp(TopUpRefusal),
    /// A document of proof.
    Document(DocumentProblem),
    /// The re-check of an enterprise.
    Recheck(RecheckRefusal),
    /// The operators' desk.
    Operator(OperatorRefusal),
    /// Users and their keys.
    User(UserRefusal),
    /// Projects.
    Project(ProjectRefusal),
    /// Deregistration.
    Deregistration(DeregistrationRefusal),
    /// Finding an account.
    Find(FindRefusal),
    /// Appeals.
    Appeal(AppealRefusal),
    /// A command that arrived twice.
    Idempotency(IdempotencyRefusal),
}
