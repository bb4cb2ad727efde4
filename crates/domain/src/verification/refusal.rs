//! Why a verification is refused. Knows rules and numbers; no sentence.

use serde::{Deserialize, Serialize};

use super::{ClosedBecause, Method, VerifiedAction, WayOut};
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why a subject is not verified, or something that needs verification is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum VerificationRefusal {
    /// The account is verified; its subject can only be changed (VER-1).
    AlreadyVerified,
    /// A verified account never becomes unverified by request (VER-1).
    NeverUnverified,
    /// The account has a subject; another enterprise needs an account of its own (ENT-2).
    OneSubjectPerAccount,
    /// The person is not of age yet (VER-4).
    TooYoung {
        /// The first moment of the day on which they are.
        adult_from: Timestamp,
    },
    /// This applicant cannot use the method (VER-3, VER-5, ENT-3, ENT-4, ENT-5).
    MethodClosed {
        /// The method.
        method: Method,
        /// Why not.
        because: ClosedBecause,
    },
    /// The person verifies as many accounts as they may (VER-2).
    PersonPlacesTaken {
        /// How many that is.
        limit: u32,
    },
    /// The enterprise verifies as many accounts as it may (ENT-1).
    EnterprisePlacesTaken {
        /// How many that is.
        limit: u32,
    },
    /// Another attempt is running; going on gives it up (VER-10).
    AttemptRunning {
        /// Its method.
        method: Method,
    },
    /// Nothing is running that could be answered, corrected or given up (VER-10).
    NoSuchAttempt,
    /// The account has no security phone; the contact phone is not looked at (VER-13).
    SecurityPhoneMissing,
    /// The account is being deregistered (DRG-8).
    DeregistrationRunning,
    /// The account is not verified (VER-9).
    NotVerified {
        /// What it therefore cannot do.
        action: VerifiedAction,
    },
    /// The account that is to be associated is not verified itself (VER-8).
    AssociateUnverified,
    /// The recorded code is incomplete or wrong (ENT-6).
    CodeIncomplete,
    /// The recorded code is right; there is nothing to complete (ENT-6).
    CodeIsRight,
    /// The register does not know this code, or knows it under another name (ENT-6).
    CodeDoesNotMatch,
    /// Who handled the verification is fixed for good (ENT-14).
    HandlerIsFixed,
    /// The permission was used, withdrawn or never given; it serves once (ENT-12).
    PermissionNotUsable,
    /// There is no enterprise contact, which the setting needs (ENT-21).
    EnterpriseContactMissing,
    /// Only enterprise accounts have this (ENT-21).
    NotAnEnterprise,
}

impl Refuse for VerificationRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::AlreadyVerified | Self::NeverUnverified => RuleId::Ver1,
            Self::OneSubjectPerAccount => RuleId::Ent2,
            Self::TooYoung { .. } => RuleId::Ver4,
            Self::MethodClosed { because, .. } => because.rule(),
            Self::PersonPlacesTaken { .. } => RuleId::Ver2,
            Self::EnterprisePlacesTaken { .. } => RuleId::Ent1,
            Self::AttemptRunning { .. } | Self::NoSuchAttempt => RuleId::Ver10,
            Self::SecurityPhoneMissing => RuleId::Ver13,
            Self::DeregistrationRunning => RuleId::Drg8,
            Self::NotVerified { .. } => RuleId::Ver9,
            Self::AssociateUnverified => RuleId::Ver8,
            Self::CodeIncomplete | Self::CodeIsRight | Self::CodeDoesNotMatch => RuleId::Ent6,
            Self::HandlerIsFixed => RuleId::Ent14,
            Self::PermissionNotUsable => RuleId::Ent12,
            Self::EnterpriseContactMissing | Self::NotAnEnterprise => RuleId::Ent21,
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::TooYoung { adult_from } => Some(*adult_from),
            _ => None,
        }
    }
}

impl VerificationRefusal {
    /// What the page offers beside the refusal.
    #[must_use]
    pub const fn ways_out(&self) -> &'static [WayOut] {
        match self {
            Self::AlreadyVerified | Self::NeverUnverified | Self::OneSubjectPerAccount => {
                &[WayOut::ChangeVerification]
            }
            Self::PersonPlacesTaken { .. } => &[
                WayOut::FindByPersonalInformation,
                WayOut::ChangeSubjectOfOne,
            ],
            Self::EnterprisePlacesTaken { .. } => &[
                WayOut::ContactAccountManager,
                WayOut::FindByEnterpriseInformation,
                WayOut::ChangeSubjectOfOne,
            ],
            Self::MethodClosed {
                because: ClosedBecause::OtherSite,
                ..
            } => &[WayOut::InternationalSite],
            Self::MethodClosed { .. } => &[WayOut::OtherMethod],
            Self::SecurityPhoneMissing => &[WayOut::BindSecurityPhone],
            Self::DeregistrationRunning => &[WayOut::CancelDeregistration],
            Self::NotVerified { .. } | Self::AssociateUnverified => &[WayOut::Verify],
            Self::CodeIncomplete => &[WayOut::CompleteCode],
            Self::CodeDoesNotMatch => &[WayOut::ChangeVerification, WayOut::Support],
            Self::TooYoung { .. }
            | Self::AttemptRunning { .. }
            | Self::NoSuchAttempt
            | Self::CodeIsRight
            | Self::HandlerIsFixed
            | Self::PermissionNotUsable
            | Self::EnterpriseContactMissing
            | Self::NotAnEnterprise => &[],
        }
    }
}
