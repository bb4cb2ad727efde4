//! One-time recovery codes (MFA-7). Must not know how they are hashed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::check::may_try;
use super::{Device, MfaCheck, MfaPolicy, MfaRefusal, TryCount};
use crate::identity::clean;
use crate::protection::{RecentCheck, SecurityChange};
use crate::refusal::{Refused, Tried};
use crate::time::Timestamp;

/// A recovery code: 80 random bits, written as four groups of four characters. Never printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RecoveryCode([u8; 10]);

/// The text is not a recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum RecoveryCodeProblem {
    /// Nothing was typed.
    Empty,
    /// It is not 16 letters and digits of the alphabet in use.
    Malformed,
}

/// One of the codes as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoverySlot {
    /// The hash of the code.
    pub digest: [u8; 32],
    /// When the code was used, if it was.
    pub used_at: Option<Timestamp>,
}

/// A recovery code was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentRecoveryCode {
    /// Which of the stored codes it was.
    pub index: usize,
    /// When it was used.
    pub used_at: Timestamp,
    /// How many are left, which the page shows.
    pub left: usize,
}

/// Digits and letters without I, L, O and U, which are misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl RecoveryCode {
    /// The code made of ten random bytes.
    #[must_use]
    pub const fn from_random(bytes: [u8; 10]) -> Self {
        Self(bytes)
    }

    /// Parses what a person typed; case, blanks, hyphens and misread letters do not count (MFA-7).
    ///
    /// # Errors
    /// Says what is wrong with the text; such a text is never counted as a wrong try.
    pub fn parse(typed: &str) -> Result<Self, RecoveryCodeProblem> {
        let text = clean(typed);
        if text.is_empty() {
            return Err(RecoveryCodeProblem::Empty);
        }
        let mut bits = 0_u128;
        let mut length = 0;
        for c in text.chars().filter(|c| !matches!(c, ' ' | '-')) {
            let value = value_of(c).ok_or(RecoveryCodeProblem::Malformed)?;
            length += 1;
            if length > 16 {
                return Err(RecoveryCodeProblem::Malformed);
            }
            bits = bits << 5 | u128::from(value);
        }
        if length != 16 {
            return Err(RecoveryCodeProblem::Malformed);
        }
        let [_, _, _, _, _, _, bytes @ ..] = bits.to_be_bytes();
        Ok(Self(bytes))
    }

    /// The bytes to hash.
    #[must_use]
    pub const fn bytes(self) -> [u8; 10] {
        self.0
    }

    /// The code as it is shown once: `XXXX-XXXX-XXXX-XXXX`.
    #[must_use]
    pub fn expose(self) -> String {
        let mut bits = 0_u128;
        for byte in self.0 {
            bits = bits << 8 | u128::from(byte);
        }
        let mut text = String::with_capacity(19);
        for place in 0..16_u32 {
            if place > 0 && place.is_multiple_of(4) {
                text.push('-');
            }
            let value = (bits >> (75 - 5 * place)) & 31;
            let letter = usize::try_from(value).ok().and_then(|at| ALPHABET.get(at));
            text.extend(letter.map(|letter| char::from(*letter)));
        }
        text
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// The value of a character, misread letters included.
fn value_of(c: char) -> Option<u8> {
    let letter = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    };
    let at = ALPHABET
        .iter()
        .position(|known| char::from(*known) == letter)?;
    u8::try_from(at).ok()
}

/// New recovery codes take the place of all older ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenewedRecoveryCodes {
    /// How many fresh ones are handed out.
    pub recovery_codes: u32,
    /// What happened, with its consequences for trust, sessions and notices.
    pub change: SecurityChange,
}

/// What stands against making new recovery codes: they stand in for a device, so there must be one
/// (MFA-7).
#[must_use]
pub fn may_renew_recovery_codes(device: Option<&Device>) -> Vec<MfaRefusal> {
    match device {
        Some(_) => Vec::new(),
        None => vec![MfaRefusal::NoDevice],
    }
}

/// Makes new recovery codes; all older ones are void, used or not (MFA-7).
///
/// # Errors
/// [`MfaRefusal::NoDevice`].
pub fn renew_recovery_codes(
    _check: &RecentCheck,
    device: Option<&Device>,
    policy: &MfaPolicy,
) -> Result<RenewedRecoveryCodes, Refused<MfaRefusal>> {
    Refused::unless_none(may_renew_recovery_codes(device))?;
    Ok(RenewedRecoveryCodes {
        recovery_codes: policy.recovery_codes,
        change: SecurityChange::RecoveryCodesRenewed,
    })
}

/// How many recovery codes are left; the page shows the number (MFA-7).
#[must_use]
pub fn recovery_codes_left(slots: &[RecoverySlot]) -> usize {
    slots.iter().filter(|slot| slot.used_at.is_none()).count()
}

/// Tries a recovery code in the place of a device's code; each works once (MFA-7).
///
/// Wrong tries count together with those of the device and lock both (MFA-3).
pub fn try_recovery_code(
    check: MfaCheck,
    slots: &[RecoverySlot],
    typed_digest: &[u8; 32],
    policy: &MfaPolicy,
    now: Timestamp,
) -> Tried<MfaCheck, SpentRecoveryCode, MfaRefusal> {
    if let Err(refused) = Refused::unless_none(may_try(&check, now)) {
        return Tried {
            state: check,
            answer: Err(refused),
        };
    }
    let found = slots
        .iter()
        .enumerate()
        .find(|(_, slot)| slot.digest == *typed_digest);
    match found {
        Some((index, RecoverySlot { used_at: None, .. })) => Tried {
            state: MfaCheck {
                tries: TryCount::Clear,
                ..check
            },
            answer: Ok(SpentRecoveryCode {
                index,
                used_at: now,
                left: recovery_codes_left(slots) - 1,
            }),
        },
        Some((
            _,
            RecoverySlot {
                used_at: Some(_), ..
            },
        )) => check.uncounted(MfaRefusal::RecoveryCodeUsed),
        None => check.wrong(policy, now, |tries_left| MfaRefusal::WrongRecoveryCode {
            tries_left,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn slots() -> Vec<RecoverySlot> {
        (0..10)
            .map(|number| RecoverySlot {
                digest: [number; 32],
                used_at: None,
            })
            .collect()
    }

    fn enter(
        check: MfaCheck,
        slots: &[RecoverySlot],
        number: u8,
    ) -> Tried<MfaCheck, SpentRecoveryCode, MfaRefusal> {
        try_recovery_code(check, slots, &[number; 32], &MfaPolicy::default(), NOW)
    }

    #[test]
    fn mfa_7_a_recovery_code_works_once_and_the_number_left_is_told() {
        let mut slots = slots();
        let spent = enter(MfaCheck::default(), &slots, 3).answer.unwrap();
        assert_eq!((spent.index, spent.left), (3, 9));
        slots[spent.index].used_at = Some(spent.used_at);
        assert_eq!(recovery_codes_left(&slots), 9);
        let again = enter(MfaCheck::default(), &slots, 3);
        assert_eq!(again.answer, Err(MfaRefusal::RecoveryCodeUsed.into()));
        assert_eq!(
            enter(MfaCheck::default(), &slots, 4).answer.unwrap().left,
            8
        );
    }

    #[test]
    fn mfa_7_new_codes_are_made_only_beside_a_device() {
        use crate::mfa::DeviceKind;
        use crate::protection::{SensitiveOperation, a_check};
        let check = a_check(SensitiveOperation::ChangeMfa, NOW);
        let policy = MfaPolicy::default();
        let device = Device {
            kind: DeviceKind::Virtual,
            bound_at: NOW,
        };
        let renewed = renew_recovery_codes(&check, Some(&device), &policy).unwrap();
        assert_eq!(renewed.recovery_codes, 10);
        assert!(renewed.change.revokes_trust());
        assert_eq!(
            renew_recovery_codes(&check, None, &policy),
            Err(MfaRefusal::NoDevice.into())
        );
    }

    #[test]
    fn mfa_3_wrong_recovery_codes_lock_the_check_too() {
        let slots = slots();
        let mut check = MfaCheck::default();
        for left in (1..5).rev() {
            let tried = enter(check, &slots, 99);
            let wrong = MfaRefusal::WrongRecoveryCode { tries_left: left };
            assert_eq!(tried.answer, Err(wrong.into()));
            check = tried.state;
        }
        check = enter(check, &slots, 99).state;
        let locked = enter(check, &slots, 3).answer.unwrap_err();
        assert!(matches!(locked.all(), [MfaRefusal::Locked { .. }]));
    }

    #[test]
    fn mfa_7_a_code_is_eighty_bits_in_four_groups() {
        let code = RecoveryCode::from_random([0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        let text = code.expose();
        assert_eq!(text.len(), 19);
        assert_eq!(RecoveryCode::parse(&text), Ok(code));
        let sloppy = text.to_lowercase().replace('-', " ").replace('0', "o");
        assert_eq!(RecoveryCode::parse(&sloppy), Ok(code));
        assert_eq!(RecoveryCode::parse(" "), Err(RecoveryCodeProblem::Empty));
        for wrong in [
            "U000-0000-0000-0000",
            "0000-0000-0000-000",
            "00000000000000000",
        ] {
            assert_eq!(
                RecoveryCode::parse(wrong),
                Err(RecoveryCodeProblem::Malformed),
                "{wrong}"
            );
        }
    }

    proptest! {
        #[test]
        fn mfa_7_every_code_is_read_back_from_what_is_shown(bytes: [u8; 10]) {
            let code = RecoveryCode::from_random(bytes);
            prop_assert_eq!(RecoveryCode::parse(&code.expose()), Ok(code));
        }

        #[test]
        fn mfa_7_no_text_panics(text in ".*") {
            let _ = RecoveryCode::parse(&text);
        }
    }
}
