//! Tests of binding a device, with codes that are easy to tell apart.

use super::*;
use crate::protection::{Protection, ProtectionKind, SensitiveOperation, a_check};
use crate::time::Span;

const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
const CURRENT: TotpStep = TotpStep::new(59_666_667);
const MILLISECOND: Span = Span::from_millis(1);
const HALF_HOUR: Span = Span::from_minutes(30);
const DEVICE: Device = Device {
    kind: DeviceKind::Token,
    bound_at: NOW.minus(HALF_HOUR),
};

fn code_at(step: TotpStep) -> SixDigits {
    SixDigits::from_number(u32::try_from(step.number() % 1_000_000).unwrap())
}

fn code(offset: i64) -> SixDigits {
    code_at(TotpStep::new(CURRENT.number().strict_add_signed(offset)))
}

fn pending(kind: DeviceKind, wish: BindingWish) -> Option<PendingBinding> {
    Some(PendingBinding {
        kind,
        wish,
        started_at: NOW,
    })
}

fn start(
    device: Option<&Device>,
    pending: Option<PendingBinding>,
    wish: (DeviceKind, BindingWish),
    now: Timestamp,
) -> Result<Started, Refused<MfaRefusal>> {
    let check = a_check(SensitiveOperation::ChangeMfa, now);
    let started = start_binding(&check, device, pending, wish, &MfaPolicy::default(), now);
    assert_eq!(
        may_start_binding(device, wish.1).is_empty(),
        started.is_ok()
    );
    started
}

fn confirm(
    device: Option<&Device>,
    pending: Option<PendingBinding>,
    first: SixDigits,
    second: SixDigits,
    now: Timestamp,
) -> Result<Bound, MfaRefusal> {
    confirm_totp_binding(
        &a_check(SensitiveOperation::ChangeMfa, now),
        device,
        pending,
        ConsecutiveCodes { first, second },
        code_at,
        &MfaPolicy::default(),
        now,
    )
    .map_err(|refused| refused.all()[0])
}

#[test]
fn v_19_a_reload_keeps_the_secret_until_it_lapses() {
    let wish = (DeviceKind::Virtual, BindingWish::Bind);
    let Started::New(begun) = start(None, None, wish, NOW).unwrap() else {
        panic!("the first opening makes a secret");
    };
    let last = NOW.plus(HALF_HOUR).minus(MILLISECOND);
    assert_eq!(
        start(None, Some(begun), wish, last),
        Ok(Started::Kept(begun))
    );
    assert!(matches!(
        start(None, Some(begun), wish, NOW.plus(HALF_HOUR)),
        Ok(Started::New(_))
    ));
    let other = (DeviceKind::SecurityKey, BindingWish::Bind);
    assert!(matches!(
        start(None, Some(begun), other, last),
        Ok(Started::New(_))
    ));
}

#[test]
fn mfa_2_a_wrong_code_keeps_the_pending_secret_and_binds_nothing() {
    let pending = pending(DeviceKind::Virtual, BindingWish::Bind);
    let wrong = confirm(None, pending, code(77), code(78), NOW);
    assert_eq!(
        wrong,
        Err(MfaRefusal::CodesNotConsecutive { server_time: NOW })
    );
    let right = confirm(None, pending, code(-1), code(0), NOW).unwrap();
    assert_eq!(right.device.kind, DeviceKind::Virtual);
    assert_eq!(right.device.bound_at, NOW);
    assert_eq!(right.change, SecurityChange::MfaBound);
}

#[test]
fn mfa_1_two_consecutive_codes_confirm_a_virtual_device() {
    let pending = pending(DeviceKind::Virtual, BindingWish::Bind);
    for (first, second, bound) in [
        (-3, -2, false),
        (-2, -1, true),
        (-1, 0, true),
        (0, 1, true),
        (1, 2, false),
        (0, 0, false),
        (-1, 1, false),
        (0, -1, false),
    ] {
        let answer = confirm(None, pending, code(first), code(second), NOW);
        assert_eq!(answer.is_ok(), bound, "{first} then {second}");
    }
}

#[test]
fn mfa_3_the_codes_of_the_binding_do_not_work_again() {
    let pending = pending(DeviceKind::Virtual, BindingWish::Bind);
    let bound = confirm(None, pending, code(-1), code(0), NOW).unwrap();
    let policy = MfaPolicy::default();
    for used in [-1, 0] {
        let tried = crate::mfa::try_totp(bound.check, code(used), code_at, &policy, NOW);
        assert!(tried.answer.is_err(), "{used}");
    }
    let tried = crate::mfa::try_totp(bound.check, code(1), code_at, &policy, NOW);
    assert!(tried.answer.is_ok());
}

#[test]
fn mfa_2_a_second_device_is_refused_until_the_first_is_unbound() {
    let wish = (DeviceKind::Virtual, BindingWish::Bind);
    assert_eq!(
        start(Some(&DEVICE), None, wish, NOW),
        Err(MfaRefusal::DeviceBound.into())
    );
    let raced = confirm(
        Some(&DEVICE),
        pending(DeviceKind::Virtual, BindingWish::Bind),
        code(-1),
        code(0),
        NOW,
    );
    assert_eq!(raced, Err(MfaRefusal::DeviceBound), "bound meanwhile");
    let check = a_check(SensitiveOperation::ChangeMfa, NOW);
    let gone = unbind_device(&check, Some(&DEVICE), Protections::default()).unwrap();
    assert_eq!(gone.device, DEVICE);
    assert_eq!(gone.change, SecurityChange::MfaUnbound);
    assert!(start(None, None, wish, NOW).is_ok());
}

#[test]
fn mfa_2_replacing_proves_the_new_device_before_the_old_one_goes() {
    let wish = (DeviceKind::Virtual, BindingWish::Replace);
    assert!(start(Some(&DEVICE), None, wish, NOW).is_ok());
    assert_eq!(
        start(None, None, wish, NOW),
        Err(MfaRefusal::NoDevice.into())
    );
    let pending = pending(DeviceKind::Virtual, BindingWish::Replace);
    assert!(confirm(Some(&DEVICE), pending, code(0), code(0), NOW).is_err());
    let bound = confirm(Some(&DEVICE), pending, code(-1), code(0), NOW).unwrap();
    assert_eq!(bound.replaced, Some(DEVICE));
    assert_eq!(bound.change, SecurityChange::MfaReplaced);
}

#[test]
fn mfa_2_a_binding_that_lapsed_or_never_began_is_not_confirmed() {
    let begun = pending(DeviceKind::Virtual, BindingWish::Bind);
    let over = NOW.plus(HALF_HOUR);
    let (first, second) = (
        code_at(TotpStep::at(over)),
        code_at(TotpStep::at(over).next()),
    );
    assert_eq!(
        confirm(None, begun, first, second, over),
        Err(MfaRefusal::NoBinding)
    );
    assert_eq!(
        confirm(None, None, code(-1), code(0), NOW),
        Err(MfaRefusal::NoBinding)
    );
    let key = pending(DeviceKind::SecurityKey, BindingWish::Bind);
    assert_eq!(
        confirm(None, key, code(-1), code(0), NOW),
        Err(MfaRefusal::NoBinding),
        "codes do not bind a key"
    );
}

#[test]
fn mfa_1_a_security_key_is_bound_when_it_proved_itself() {
    let check = a_check(SensitiveOperation::ChangeMfa, NOW);
    let policy = MfaPolicy::default();
    let key = pending(DeviceKind::SecurityKey, BindingWish::Bind);
    let bind = |pending, proved| confirm_key_binding(&check, None, pending, proved, &policy, NOW);
    assert_eq!(
        bind(key, true).unwrap().device.kind,
        DeviceKind::SecurityKey
    );
    assert_eq!(bind(key, false), Err(MfaRefusal::KeyNotProved.into()));
    let virtual_one = pending(DeviceKind::Virtual, BindingWish::Bind);
    assert_eq!(bind(virtual_one, true), Err(MfaRefusal::NoBinding.into()));
}

#[test]
fn prt_1_a_device_that_a_protection_asks_for_is_not_unbound() {
    let protections = Protections {
        sign_in: Protection::Require(Factor::MfaCode),
        ..Protections::default()
    };
    assert_eq!(
        may_unbind_device(Some(&DEVICE), protections),
        [MfaRefusal::FactorChosen {
            protection: ProtectionKind::SignIn
        }]
    );
    let check = a_check(SensitiveOperation::ChangeMfa, NOW);
    assert!(unbind_device(&check, Some(&DEVICE), protections).is_err());
    assert_eq!(
        may_unbind_device(None, Protections::default()),
        [MfaRefusal::NoDevice]
    );
}

#[test]
fn mfa_5_an_appeal_unbinds_a_lost_device_and_leaves_another_factor() {
    let protections = Protections {
        sign_in: Protection::Require(Factor::MfaCode),
        operation: Protection::Require(Factor::EmailCode),
    };
    let means = Means {
        mfa: Some(NOW),
        security_phone: Some(NOW),
        ..Means::default()
    };
    let gone = unbind_by_appeal(Some(&DEVICE), protections, &means).unwrap();
    assert_eq!(
        gone.protections,
        Protections {
            sign_in: Protection::Require(Factor::PhoneCode),
            operation: Protection::Require(Factor::EmailCode),
        }
    );
    assert!(unbind_by_appeal(None, protections, &means).is_err());
}

#[test]
fn mfa_7_binding_hands_out_ten_recovery_codes() {
    let pending = pending(DeviceKind::Virtual, BindingWish::Bind);
    let bound = confirm(None, pending, code(-1), code(0), NOW).unwrap();
    assert_eq!(bound.recovery_codes, 10);
}
