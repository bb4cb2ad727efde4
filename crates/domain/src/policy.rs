//! Every number of the rules, one part per area. Knows defaults; does not know where an
//! installation's file lies.

use serde::{Deserialize, Serialize};

use crate::login_methods::LoginMethodPolicy;
use crate::mfa::MfaPolicy;
use crate::operators::OperatorPolicy;
use crate::protection::ProtectionPolicy;
use crate::sign_in::SignInPolicy;
use crate::verification::VerificationPolicy;

/// All limits of the product; an operator changes a number here without touching code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// MFA devices and their codes (MFA).
    pub mfa: MfaPolicy,
    /// Login methods (LGM).
    pub login_methods: LoginMethodPolicy,
    /// Sign-in and operation protection (PRT).
    pub protection: ProtectionPolicy,
    /// Signing in, sessions and passwords (SGN).
    pub sign_in: SignInPolicy,
    /// The operators' desk (OPS).
    pub operators: OperatorPolicy,
    /// Real-name verification and its changes (VER, ENT, CHG).
    pub verification: VerificationPolicy,
}
