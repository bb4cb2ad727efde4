//! Every number of the rules, one part per area. Knows defaults; does not know where an
//! installation's file lies.

use serde::{Deserialize, Serialize};

use crate::account::AccountPolicy;
use crate::appeals::AppealPolicy;
use crate::contacts::ContactPolicy;
use crate::deregistration::DeregistrationPolicy;
use crate::find::FindPolicy;
use crate::handover::HandoverPolicy;
use crate::idempotency::IdempotencyPolicy;
use crate::login_methods::LoginMethodPolicy;
use crate::mfa::MfaPolicy;
use crate::operators::OperatorPolicy;
use crate::projects::ProjectPolicy;
use crate::protection::ProtectionPolicy;
use crate::sign_in::SignInPolicy;
use crate::users::UserPolicy;
use crate::verification::VerificationPolicy;

/// All limits of the product; an operator changes a number here without touching code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// The account and its basic information (ACC).
    pub account: AccountPolicy,
    /// MFA devices and their codes (MFA).
    pub mfa: MfaPolicy,
    /// Login methods (LGM).
    pub login_methods: LoginMethodPolicy,
    /// Phones, e-mails and codes (CON).
    pub contacts: ContactPolicy,
    /// Sign-in and operation protection (PRT).
    pub protection: ProtectionPolicy,
    /// Signing in, sessions and passwords (SGN).
    pub sign_in: SignInPolicy,
    /// The operators' desk (OPS).
    pub operators: OperatorPolicy,
    /// Real-name verification and its changes (VER, ENT, CHG).
    pub verification: VerificationPolicy,
    /// Sub-users, collaborators, recipients and their keys (USR).
    pub users: UserPolicy,
    /// Projects (PRJ).
    pub projects: ProjectPolicy,
    /// Commands that arrive twice (API-3).
    pub idempotency: IdempotencyPolicy,
    /// Handing over and leaving (ACC-10, WCM-1).
    pub handover: HandoverPolicy,
    /// Deregistration (DRG).
    pub deregistration: DeregistrationPolicy,
    /// Finding an account (FND).
    pub find: FindPolicy,
    /// Appeals (APL).
    pub appeals: AppealPolicy,
}
