//! Binding, replacing and unbinding the one MFA device (MFA-1, MFA-2). Must not know secrets.

use serde::{Deserialize, Serialize};

use super::{MfaCheck, MfaPolicy, MfaRefusal, TotpStep, TryCount};
use crate::protection::{
    Factor, Means, ProtectionRefusal, Protections, RecentCheck, SecurityChange, SixDigits,
    may_unbind_factor,
};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// The kinds of MFA device (MFA-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// Virtual: a TOTP app, bound by QR code or typed secret.
    Virtual,
    /// Hardware: a TOTP token, bound by serial number and seed.
    Token,
    /// Hardware: a FIDO2 security key or passkey.
    SecurityKey,
}

/// The account's device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// Its kind.
    pub kind: DeviceKind,
    /// When it was bound.
    pub bound_at: Timestamp,
}

/// Whether the new device is the first or takes another one's place (MFA-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BindingWish {
    /// Bind a device to an account that has none.
    Bind,
    /// Put a device in the place of the bound one, which stays until the new one is proved.
    Replace,
}

/// A binding that was begun: its secret waits for two right codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PendingBinding {
    /// The kind of the new device.
    pub kind: DeviceKind,
    /// Bind or replace.
    pub wish: BindingWish,
    /// When it was begun.
    pub started_at: Timestamp,
}

/// How a binding begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// With a new secret, which takes the place of any other that was pending.
    New(PendingBinding),
    /// With the secret that is pending already: the page was reloaded or is open twice.
    Kept(PendingBinding),
}

/// Two codes typed one after the other (MFA-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsecutiveCodes {
    /// The earlier code.
    pub first: SixDigits,
    /// The one shown after it.
    pub second: SixDigits,
}

/// A device was bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The device from now on.
    pub device: Device,
    /// The one that went, if it was replaced.
    pub replaced: Option<Device>,
    /// Its check: the codes of the binding do not work a second time.
    pub check: MfaCheck,
    /// How many fresh recovery codes are handed out; older ones are void (MFA-7).
    pub recovery_codes: u32,
    /// What happened, with its consequences for trust, sessions and notices.
    pub change: SecurityChange,
}

/// A device was unbound; its secret and its recovery codes are void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unbound {
    /// The device that went.
    pub device: Device,
    /// The account's protections from now on.
    pub protections: Protections,
    /// What happened, with its consequences for trust, sessions and notices.
    pub change: SecurityChange,
}

impl PendingBinding {
    /// Whether it still waits for its codes at `now`.
    #[must_use]
    pub fn is_alive(&self, policy: &MfaPolicy, now: Timestamp) -> bool {
        now < self.started_at.plus(policy.pending_binding)
    }
}

/// What stands against beginning to bind a device: at most one per account (MFA-2).
#[must_use]
pub fn may_start_binding(device: Option<&Device>, wish: BindingWish) -> Vec<MfaRefusal> {
    match (wish, device) {
        (BindingWish::Bind, Some(_)) => vec![MfaRefusal::DeviceBound],
        (BindingWish::Replace, None) => vec![MfaRefusal::NoDevice],
        (BindingWish::Bind, None) | (BindingWish::Replace, Some(_)) => Vec::new(),
    }
}

/// Begins to bind a device, or goes on with a binding that was begun: a reload, a wrong code or a
/// second tab keeps the same secret (MFA-2).
///
/// # Errors
/// [`MfaRefusal::DeviceBound`] or [`MfaRefusal::NoDevice`].
pub fn start_binding(
    _check: &RecentCheck,
    device: Option<&Device>,
    pending: Option<PendingBinding>,
    (kind, wish): (DeviceKind, BindingWish),
    policy: &MfaPolicy,
    now: Timestamp,
) -> Result<Started, Refused<MfaRefusal>> {
    Refused::unless_none(may_start_binding(device, wish))?;
    match pending {
        Some(pending)
            if pending.kind == kind && pending.wish == wish && pending.is_alive(policy, now) =>
        {
            Ok(Started::Kept(pending))
        }
        Some(_) | None => Ok(Started::New(PendingBinding {
            kind,
            wish,
            started_at: now,
        })),
    }
}

/// What stands against confirming a binding, apart from the codes themselves (MFA-2).
#[must_use]
pub fn may_confirm_binding(
    device: Option<&Device>,
    pending: Option<PendingBinding>,
    policy: &MfaPolicy,
    now: Timestamp,
) -> Vec<MfaRefusal> {
    match pending.filter(|pending| pending.is_alive(policy, now)) {
        Some(pending) => may_start_binding(device, pending.wish),
        None => vec![MfaRefusal::NoBinding],
    }
}

/// The steps in which the *first* of two consecutive codes may lie, so that the second is
/// acceptable at `now` (MFA-1).
pub fn binding_steps(policy: &MfaPolicy, now: Timestamp) -> impl Iterator<Item = TotpStep> {
    let current = TotpStep::at(now).number();
    let aside = u64::from(policy.steps_either_side);
    let from = current.saturating_sub(aside).saturating_sub(1);
    let to = current.saturating_add(aside).saturating_sub(1);
    (from..=to).map(TotpStep::new)
}

/// Binds or replaces a TOTP device once two consecutive codes prove it; `code_at` tells what the
/// code of a step is (MFA-1, MFA-2).
///
/// # Errors
/// Nothing pending, a device bound meanwhile, or codes that do not follow each other. None of them
/// changes the pending secret.
pub fn confirm_totp_binding(
    _check: &RecentCheck,
    device: Option<&Device>,
    pending: Option<PendingBinding>,
    typed: ConsecutiveCodes,
    code_at: impl Fn(TotpStep) -> SixDigits,
    policy: &MfaPolicy,
    now: Timestamp,
) -> Result<Bound, Refused<MfaRefusal>> {
    Refused::unless_none(may_confirm_binding(device, pending, policy, now))?;
    let kind = match pending.map(|pending| pending.kind) {
        Some(kind @ (DeviceKind::Virtual | DeviceKind::Token)) => kind,
        Some(DeviceKind::SecurityKey) | None => return Err(MfaRefusal::NoBinding.into()),
    };
    let first = binding_steps(policy, now)
        .find(|step| code_at(*step) == typed.first && code_at(step.next()) == typed.second)
        .ok_or(MfaRefusal::CodesNotConsecutive { server_time: now })?;
    Ok(bound(kind, device, Some(first.next()), policy, now))
}

/// Binds or replaces a security key; `is_proved` is the edge's answer whether the key signed the
/// challenge of this very binding (MFA-1, MFA-2).
///
/// # Errors
/// Nothing pending, a device bound meanwhile, or a key that did not prove itself.
pub fn confirm_key_binding(
    _check: &RecentCheck,
    device: Option<&Device>,
    pending: Option<PendingBinding>,
    is_proved: bool,
    policy: &MfaPolicy,
    now: Timestamp,
) -> Result<Bound, Refused<MfaRefusal>> {
    Refused::unless_none(may_confirm_binding(device, pending, policy, now))?;
    if pending.map(|pending| pending.kind) != Some(DeviceKind::SecurityKey) {
        return Err(MfaRefusal::NoBinding.into());
    }
    if !is_proved {
        return Err(MfaRefusal::KeyNotProved.into());
    }
    Ok(bound(DeviceKind::SecurityKey, device, None, policy, now))
}

fn bound(
    kind: DeviceKind,
    replaced: Option<&Device>,
    last_step: Option<TotpStep>,
    policy: &MfaPolicy,
    now: Timestamp,
) -> Bound {
    Bound {
        device: Device {
            kind,
            bound_at: now,
        },
        replaced: replaced.copied(),
        check: MfaCheck {
            last_step,
            tries: TryCount::Clear,
        },
        recovery_codes: policy.recovery_codes,
        change: match replaced {
            Some(_) => SecurityChange::MfaReplaced,
            None => SecurityChange::MfaBound,
        },
    }
}

/// What stands against unbinding the device: there is none, or a protection asks for it (MFA-2, PRT-1).
#[must_use]
pub fn may_unbind_device(device: Option<&Device>, protections: Protections) -> Vec<MfaRefusal> {
    if device.is_none() {
        return vec![MfaRefusal::NoDevice];
    }
    chosen(protections, Factor::MfaCode)
}

/// The protections that stand against unbinding `factor`, in this area's words (PRT-1).
pub(super) fn chosen(protections: Protections, factor: Factor) -> Vec<MfaRefusal> {
    may_unbind_factor(protections, factor)
        .into_iter()
        .filter_map(|refusal| match refusal {
            ProtectionRefusal::FactorChosen { protection, .. } => {
                Some(MfaRefusal::FactorChosen { protection })
            }
            ProtectionRefusal::FactorNotBound { .. }
            | ProtectionRefusal::ProofNeeded { .. }
            | ProtectionRefusal::JustChanged { .. }
            | ProtectionRefusal::NothingToProveWith => None,
        })
        .collect()
}

/// Unbinds the device (MFA-2).
///
/// # Errors
/// [`MfaRefusal::NoDevice`], or each protection that asks for it.
pub fn unbind_device(
    _check: &RecentCheck,
    device: Option<&Device>,
    protections: Protections,
) -> Result<Unbound, Refused<MfaRefusal>> {
    Refused::unless_none(may_unbind_device(device, protections))?;
    let device = device.copied().ok_or(MfaRefusal::NoDevice)?;
    Ok(Unbound {
        device,
        protections,
        change: SecurityChange::MfaUnbound,
    })
}

/// Unbinds a lost device after an appeal was approved (MFA-5).
///
/// A protection that asked for it goes on with the strongest other factor that the account has,
/// since else the owner could still not sign in.
///
/// # Errors
/// [`MfaRefusal::NoDevice`].
pub fn unbind_by_appeal(
    device: Option<&Device>,
    protections: Protections,
    means: &Means,
) -> Result<Unbound, Refused<MfaRefusal>> {
    let device = device.copied().ok_or(MfaRefusal::NoDevice)?;
    let left = Means {
        mfa: None,
        ..*means
    };
    Ok(Unbound {
        device,
        protections: Protections {
            sign_in: protections.sign_in.without(Factor::MfaCode, &left),
            operation: protections.operation.without(Factor::MfaCode, &left),
        },
        change: SecurityChange::MfaUnbound,
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
