//! What every refusal can say about itself. Knows the rule and the numbers; no sentence.

use serde::{Deserialize, Serialize};

use crate::account::NicknameRefusal;
use crate::operators::OperatorRefusal;
use crate::rule::RuleId;
use crate::sign_in::SignInRefusal;
use crate::time::Timestamp;
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

/// A refusal of any area, as it crosses the wire: `{"area": "nickname", "code": …, …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "area", rename_all = "snake_case")]
#[non_exhaustive]
#[error("{self:?}")]
pub enum Refusal {
    /// The nickname of the account.
    Nickname(NicknameRefusal),
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
}

impl Refuse for Refusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::Nickname(refusal) => refusal.rule(),
            Self::SignIn(refusal) => refusal.rule(),
            Self::Verification(refusal) => refusal.rule(),
            Self::VerificationChange(refusal) => refusal.rule(),
            Self::BankTransfer(refusal) => refusal.rule(),
            Self::TopUp(refusal) => refusal.rule(),
            Self::Document(refusal) => refusal.rule(),
            Self::Recheck(refusal) => refusal.rule(),
            Self::Operator(refusal) => refusal.rule(),
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::Nickname(refusal) => refusal.retry_at(),
            Self::SignIn(refusal) => refusal.retry_at(),
            Self::Verification(refusal) => refusal.retry_at(),
            Self::VerificationChange(refusal) => refusal.retry_at(),
            Self::BankTransfer(refusal) => refusal.retry_at(),
            Self::TopUp(refusal) => refusal.retry_at(),
            Self::Document(refusal) => refusal.retry_at(),
            Self::Recheck(refusal) => refusal.retry_at(),
            Self::Operator(refusal) => refusal.retry_at(),
        }
    }
}

impl From<NicknameRefusal> for Refusal {
    fn from(refusal: NicknameRefusal) -> Self {
        Self::Nickname(refusal)
    }
}

impl From<SignInRefusal> for Refusal {
    fn from(refusal: SignInRefusal) -> Self {
        Self::SignIn(refusal)
    }
}

impl From<VerificationRefusal> for Refusal {
    fn from(refusal: VerificationRefusal) -> Self {
        Self::Verification(refusal)
    }
}

impl From<ChangeRefusal> for Refusal {
    fn from(refusal: ChangeRefusal) -> Self {
        Self::VerificationChange(refusal)
    }
}

impl From<DocumentProblem> for Refusal {
    fn from(refusal: DocumentProblem) -> Self {
        Self::Document(refusal)
    }
}

impl From<RecheckRefusal> for Refusal {
    fn from(refusal: RecheckRefusal) -> Self {
        Self::Recheck(refusal)
    }
}

impl From<OperatorRefusal> for Refusal {
    fn from(refusal: OperatorRefusal) -> Self {
        Self::Operator(refusal)
    }
}

impl From<BankTransferRefusal> for Refusal {
    fn from(refusal: BankTransferRefusal) -> Self {
        Self::BankTransfer(refusal)
    }
}

impl From<TopUpRefusal> for Refusal {
    fn from(refusal: TopUpRefusal) -> Self {
        Self::TopUp(refusal)
    }
}
