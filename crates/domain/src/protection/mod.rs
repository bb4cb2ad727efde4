//! Proving that one is the account's owner: what can prove it, when a proof is asked for and how
//! long it counts. Must not know how a code is sent or compared.

mod change;
mod factor;
mod means;
mod policy;
mod recent_check;
mod refusal;
mod remedy;
mod score;
mod six_digits;

pub use change::{OtherSessions, SecurityChange};
pub use factor::{
    Factor, Protection, ProtectionKind, Protections, choose_protection, may_choose_protection,
    may_unbind_factor,
};
pub use means::{Means, ProofMethod, ProofOffer, offered_proofs};
pub use policy::{ProtectionPolicy, ScorePoints};
#[cfg(test)]
pub(crate) use recent_check::a_check;
pub use recent_check::{
    CheckBasis, CheckState, PassedProof, RecentCheck, SensitiveOperation, may_operate, recent_check,
};
pub use refusal::ProtectionRefusal;
pub use remedy::{LeaverFactor, Remedy, remedy_for};
pub use score::{Score, ScoreKind, ScorePart, security_score};
pub use six_digits::{SixDigits, SixDigitsProblem};
