//! MFA devices, their codes and the recovery codes. Must not know secrets: what a code should be
//! is computed at the edge and handed in.

mod binding;
mod check;
mod lost;
mod policy;
mod recovery;
mod refusal;
mod token;
mod wechat;

pub use binding::{
    BindingWish, Bound, ConsecutiveCodes, Device, DeviceKind, PendingBinding, Started, Unbound,
    binding_steps, confirm_key_binding, confirm_totp_binding, may_confirm_binding,
    may_start_binding, may_unbind_device, start_binding, unbind_by_appeal, unbind_device,
};
pub use check::{
    MfaCheck, TotpStep, TryCount, acceptable_steps, is_challenge_alive, may_try, try_key_counter,
    try_totp,
};
pub use lost::{ClockSkew, LostDeviceWay, WrongCodeCause, clock_skew, lost_device_ways};
pub use policy::MfaPolicy;
pub use recovery::{
    RecoveryCode, RecoveryCodeProblem, RecoverySlot, RenewedRecoveryCodes, SpentRecoveryCode,
    may_renew_recovery_codes, recovery_codes_left, renew_recovery_codes, try_recovery_code,
};
pub use refusal::MfaRefusal;
pub use token::{SeedProblem, TokenSerial, TokenSerialProblem};
pub use wechat::{WechatUnbound, may_unbind_wechat_confirmation, unbind_wechat_confirmation};
