//! The first verification of an account (VER-1 to VER-5, VER-10, ENT-1 to ENT-5). Must not know
//! how a method works: it is told that one passed or failed.

use serde::{Deserialize, Serialize};

use super::{
    Applicant, EnterpriseKind, LegalRepresentative, Method, Places, ProcessingTime, Region,
    Subject, VerificationPolicy, VerificationRefusal, Verified,
};
use crate::calendar::Calendar;
use crate::refusal::Refused;
use crate::time::Timestamp;

/// What decides whether an account can be verified, as loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifyingAccount {
    /// What stands now.
    pub verified: Option<Verified>,
    /// The method of the attempt that is running.
    pub running: Option<Method>,
    /// It has a security phone; whether the contact phone is the same is not asked (VER-13).
    pub security_phone_bound: bool,
    /// Its deregistration is running.
    pub deregistering: bool,
}

/// Who claims to be the subject, with the numbers that decide; counts are taken under lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A person.
    Person {
        /// Where their papers come from.
        region: Region,
        /// The first moment of the day on which they are of age (VER-4).
        adult_from: Timestamp,
        /// Accounts verified with their document now, this one not counted.
        taken: u32,
    },
    /// An enterprise.
    Enterprise {
        /// Where it is registered.
        region: Region,
        /// What it is.
        enterprise: EnterpriseKind,
        /// Who represents it.
        legal_representative: LegalRepresentative,
        /// Accounts verified with its code or its name now, this one not counted.
        taken: u32,
        /// The limit an operator set for it, if one did.
        raised_to: Option<u32>,
    },
}

/// The age and the places of a subject that an account shall get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewSubject {
    /// A person.
    Person {
        /// The first moment of the day on which they are of age (VER-4).
        adult_from: Timestamp,
        /// Accounts verified with their document now, the asking one not counted.
        taken: u32,
    },
    /// An enterprise.
    Enterprise {
        /// Accounts verified with its code or its name now, the asking one not counted.
        taken: u32,
        /// The limit an operator set for it, if one did.
        raised_to: Option<u32>,
    },
}

/// A wish to verify an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerificationWish {
    /// Who claims to be the subject.
    pub claim: Claim,
    /// By which method.
    pub method: Method,
    /// An attempt that is running may be given up for this one.
    pub give_up_running: bool,
}

/// One attempt to verify an account (VER-10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Attempt {
    /// Submitted; the answer is awaited.
    Running {
        /// By which method.
        method: Method,
        /// Since when.
        since: Timestamp,
    },
    /// It failed; what was typed is kept and can be corrected (VER-10).
    Failed {
        /// By which method.
        method: Method,
        /// When.
        at: Timestamp,
        /// Why, at least one.
        reasons: Vec<FailureReason>,
    },
    /// It passed.
    Passed {
        /// By which method.
        method: Method,
        /// When.
        at: Timestamp,
    },
    /// The owner gave it up.
    GivenUp {
        /// When.
        at: Timestamp,
    },
}

/// Why an attempt failed (VER-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// The face check failed; its causes are listed (VER-7).
    FaceCheck,
    /// Name and ID number do not belong together.
    NameOrIdWrong,
    /// Name and code of the enterprise do not belong together (ENT-10).
    NameOrCodeWrong,
    /// The register does not know the enterprise (ENT-9).
    NotRecorded,
    /// Somebody else scanned.
    ScannedByAnother,
    /// The scanned WeChat or QQ is not verified by real name.
    ScannedUnverified,
    /// The register says that the enterprise is dissolved (ENT-15).
    EnterpriseDissolved,
    /// The permission was refused, or the Official Account belongs to another enterprise.
    PermissionRefused,
    /// The bank transfer failed; a new one is needed (ENT-17).
    TransferFailed,
    /// The top-up failed.
    TopUpFailed,
    /// The outside service was out of order; nothing is wrong with what was typed.
    ServiceFailed,
}

/// Why a face check fails, as the page lists it (VER-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FaceCause {
    /// Something covers the face.
    Covered,
    /// It differs too much from the photo on record.
    DiffersFromPhoto,
    /// Name or ID number is wrong.
    WrongNameOrId,
    /// It is not fully in the frame.
    NotFullyInFrame,
}

impl FaceCause {
    /// Every cause, in the order of the page (VER-7).
    pub const ALL: [Self; 4] = [
        Self::Covered,
        Self::DiffersFromPhoto,
        Self::WrongNameOrId,
        Self::NotFullyInFrame,
    ];
}

impl FailureReason {
    /// The causes to list beside the reason (VER-7).
    #[must_use]
    pub const fn face_causes(self) -> &'static [FaceCause] {
        match self {
            Self::FaceCheck => &FaceCause::ALL,
            _ => &[],
        }
    }
}

impl Claim {
    /// The claim without its numbers.
    #[must_use]
    pub const fn applicant(self) -> Applicant {
        match self {
            Self::Person { region, .. } => Applicant::Person { region },
            Self::Enterprise {
                region,
                enterprise,
                legal_representative,
                ..
            } => Applicant::Enterprise {
                region,
                enterprise,
                legal_representative,
            },
        }
    }

    /// The claim's numbers.
    #[must_use]
    pub const fn new_subject(self) -> NewSubject {
        match self {
            Self::Person {
                adult_from, taken, ..
            } => NewSubject::Person { adult_from, taken },
            Self::Enterprise {
                taken, raised_to, ..
            } => NewSubject::Enterprise { taken, raised_to },
        }
    }
}

impl NewSubject {
    /// The places of it that are taken.
    #[must_use]
    pub const fn places(self) -> Places {
        match self {
            Self::Person { taken, .. } => Places::Person { taken },
            Self::Enterprise { taken, raised_to } => Places::Enterprise { taken, raised_to },
        }
    }

    /// All reasons why no further account can get this subject (VER-2, VER-4, ENT-1).
    #[must_use]
    pub fn refusals(self, policy: &VerificationPolicy, now: Timestamp) -> Vec<VerificationRefusal> {
        let mut failing = Vec::new();
        if let Self::Person { adult_from, .. } = self
            && now < adult_from
        {
            failing.push(VerificationRefusal::TooYoung { adult_from });
        }
        failing.extend(self.places().may_take_one(policy));
        failing
    }
}

/// Refuses to make a verified account unverified: the subject can only be changed (VER-1).
///
/// # Errors
/// [`VerificationRefusal::NeverUnverified`] when it is verified; without a verification there is
/// nothing to remove.
pub const fn remove_verification(verified: Option<&Verified>) -> Result<(), VerificationRefusal> {
    match verified {
        Some(_) => Err(VerificationRefusal::NeverUnverified),
        None => Ok(()),
    }
}

/// All reasons why the account cannot be verified in this way (VER-1 to VER-5, VER-10, VER-13,
/// ENT-1 to ENT-5, DRG-8).
#[must_use]
pub fn may_start_verification(
    account: &VerifyingAccount,
    wish: &VerificationWish,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<VerificationRefusal> {
    let mut failing = may_be_verified(account, wish.claim, policy, now);
    if let Some(because) = wish.method.closed_to(&wish.claim.applicant()) {
        failing.push(VerificationRefusal::MethodClosed {
            method: wish.method,
            because,
        });
    }
    if let Some(method) = account.running
        && !wish.give_up_running
    {
        failing.push(VerificationRefusal::AttemptRunning { method });
    }
    failing
}

/// Starts an attempt, or starts again after a failed one (VER-10).
///
/// # Errors
/// Everything that [`may_start_verification`] lists.
pub fn start_verification(
    account: &VerifyingAccount,
    wish: &VerificationWish,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<Attempt, Refused<VerificationRefusal>> {
    Refused::unless_none(may_start_verification(account, wish, policy, now))?;
    Ok(Attempt::Running {
        method: wish.method,
        since: now,
    })
}

/// All reasons why a passed method does not verify the account; places are counted again under
/// lock (VER-1, VER-2, VER-4, ENT-1, ENT-2).
#[must_use]
pub fn may_pass_verification(
    attempt: &Attempt,
    account: &VerifyingAccount,
    claim: Claim,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<VerificationRefusal> {
    let mut failing = may_be_verified(account, claim, policy, now);
    match attempt {
        Attempt::Running { method, .. } => {
            if let Some(because) = method.closed_to(&claim.applicant()) {
                failing.push(VerificationRefusal::MethodClosed {
                    method: *method,
                    because,
                });
            }
        }
        Attempt::Failed { .. } | Attempt::Passed { .. } | Attempt::GivenUp { .. } => {
            failing.push(VerificationRefusal::NoSuchAttempt);
        }
    }
    failing
}

/// Verifies the account: its method has passed.
///
/// `subject` is what the claim has become, with what its code is worth.
///
/// # Errors
/// Everything that [`may_pass_verification`] lists.
pub fn pass_verification(
    attempt: &Attempt,
    account: &VerifyingAccount,
    claim: Claim,
    subject: Subject,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<(Attempt, Verified), Refused<VerificationRefusal>> {
    let failing = may_pass_verification(attempt, account, claim, policy, now);
    Refused::unless_none(failing)?;
    let Attempt::Running { method, .. } = attempt else {
        return Err(VerificationRefusal::NoSuchAttempt.into());
    };
    let passed = Attempt::Passed {
        method: *method,
        at: now,
    };
    let verified = Verified {
        subject,
        since: now,
    };
    Ok((passed, verified))
}

impl Attempt {
    /// The method of the attempt while it is running.
    #[must_use]
    pub const fn running(&self) -> Option<Method> {
        match self {
            Self::Running { method, .. } => Some(*method),
            Self::Failed { .. } | Self::Passed { .. } | Self::GivenUp { .. } => None,
        }
    }

    /// Whether it has been running longer than its method takes; the page then offers support with
    /// the case number (VER-15).
    #[must_use]
    pub fn is_overdue(
        &self,
        policy: &VerificationPolicy,
        calendar: &Calendar,
        now: Timestamp,
    ) -> bool {
        let Self::Running { method, since } = self else {
            return false;
        };
        let longest = match method.time(policy) {
            ProcessingTime::Immediate => since.plus(policy.immediate_longest),
            ProcessingTime::BusinessDays { most, .. } => calendar.due(*since, most).at,
        };
        now > longest
    }

    /// Ends a running attempt as failed, with its reasons (VER-10).
    ///
    /// # Errors
    /// [`VerificationRefusal::NoSuchAttempt`] when it is not running.
    pub fn fail(
        self,
        reasons: Vec<FailureReason>,
        now: Timestamp,
    ) -> Result<Self, Refused<VerificationRefusal>> {
        match self {
            Self::Running { method, .. } => Ok(Self::Failed {
                method,
                at: now,
                reasons,
            }),
            _ => Err(VerificationRefusal::NoSuchAttempt.into()),
        }
    }

    /// Gives a running attempt up.
    ///
    /// # Errors
    /// [`VerificationRefusal::NoSuchAttempt`] when it is not running.
    pub fn give_up(self, now: Timestamp) -> Result<Self, Refused<VerificationRefusal>> {
        match self {
            Self::Running { .. } => Ok(Self::GivenUp { at: now }),
            _ => Err(VerificationRefusal::NoSuchAttempt.into()),
        }
    }
}

/// What holds at the start and at the end alike.
fn may_be_verified(
    account: &VerifyingAccount,
    claim: Claim,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<VerificationRefusal> {
    let mut failing = Vec::new();
    if let Some(verified) = &account.verified {
        failing.push(match (verified.subject, claim) {
            (Subject::Enterprise { .. }, Claim::Enterprise { .. }) => {
                VerificationRefusal::OneSubjectPerAccount
            }
            _ => VerificationRefusal::AlreadyVerified,
        });
    }
    if account.deregistering {
        failing.push(VerificationRefusal::DeregistrationRunning);
    }
    if !account.security_phone_bound {
        failing.push(VerificationRefusal::SecurityPhoneMissing);
    }
    failing.extend(claim.new_subject().refusals(policy, now));
    failing
}

#[cfg(test)]
mod tests;
