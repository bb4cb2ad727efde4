//! Recovery codes: made at random, kept as hashes (MFA-7). Must not know when one is accepted.
//!
//! A plain hash is enough, unlike for passwords: a code has 80 random bits, so whoever steals the
//! table has to try 2⁷⁹ of them for one account on average, which takes ten thousand million
//! hashes a second about two million years. A slow hash would only make signing in slow; ten of
//! them would be checked at each try. The account goes into the hash, so that one guess does not
//! test the codes of all accounts at once.

use domain::account::AccountId;
use domain::mfa::RecoveryCode;
use sha2::{Digest as _, Sha256};

use crate::outside::ids::{Ids, NoRandomness};

/// Keeps these hashes apart from all others that are made of the same bytes.
const PURPOSE: &[u8] = b"account-center recovery code\0";

/// As many fresh codes as asked for, to be shown once (MFA-7).
///
/// # Errors
/// When there are no random bytes.
pub fn fresh(ids: &dyn Ids, how_many: u32) -> Result<Vec<RecoveryCode>, NoRandomness> {
    let one = || {
        let mut bytes = [0; 10];
        ids.fill(&mut bytes)?;
        Ok(RecoveryCode::from_random(bytes))
    };
    (0..how_many).map(|_| one()).collect()
}

/// What is kept of an account's code and what a typed one is compared by, which
/// [`domain::mfa::try_recovery_code`] does. How long that comparison takes tells only about the
/// hash, which nobody can steer.
#[must_use]
pub fn digest(account_id: AccountId, code: RecoveryCode) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(PURPOSE);
    hash.update(account_id.to_string().as_bytes());
    hash.update(code.bytes());
    hash.finalize().into()
}

/// The hash as a column holds it.
#[must_use]
pub fn to_column(digest: [u8; 32]) -> String {
    hex::encode(digest)
}

/// Reads what [`to_column`] wrote; nothing when it is something else.
#[must_use]
pub fn from_column(text: &str) -> Option<[u8; 32]> {
    let mut digest = [0; 32];
    hex::decode_to_slice(text, &mut digest).ok()?;
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::ids::SystemIds;
    use domain::mfa::{MfaCheck, MfaPolicy, MfaRefusal, RecoverySlot, try_recovery_code};
    use domain::time::Timestamp;
    use std::collections::HashSet;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    #[test]
    fn mfa_7_ten_codes_are_handed_out_and_each_works_once_however_it_is_typed() {
        let policy = MfaPolicy::default();
        let codes = fresh(&SystemIds, policy.recovery_codes).unwrap();
        let different: HashSet<String> = codes.iter().map(|code| code.expose()).collect();
        assert_eq!(different.len(), 10);
        let mut slots: Vec<RecoverySlot> = codes
            .iter()
            .map(|code| RecoverySlot {
                digest: from_column(&to_column(digest(account(7), *code))).unwrap(),
                used_at: None,
            })
            .collect();
        for (index, code) in codes.iter().enumerate() {
            let typed = code.expose().to_lowercase().replace('-', " ");
            let typed = digest(account(7), RecoveryCode::parse(&typed).unwrap());
            let spent = try_recovery_code(MfaCheck::default(), &slots, &typed, &policy, NOW);
            let spent = spent.answer.unwrap();
            assert_eq!((spent.index, spent.left), (index, 9 - index));
            slots[index].used_at = Some(spent.used_at);
            let again = try_recovery_code(MfaCheck::default(), &slots, &typed, &policy, NOW);
            let refused = again.answer.unwrap_err();
            assert_eq!(refused.all(), [MfaRefusal::RecoveryCodeUsed]);
        }
    }

    #[test]
    fn mfa_7_a_code_is_hashed_for_its_account_only() {
        let code = RecoveryCode::from_random([7; 10]);
        assert_ne!(digest(account(7), code), digest(account(8), code));
        assert_eq!(digest(account(7), code), digest(account(7), code));
        let other = RecoveryCode::from_random([8; 10]);
        assert_ne!(digest(account(7), code), digest(account(7), other));
    }

    #[test]
    fn a_column_that_holds_no_hash_is_no_hash() {
        for text in [
            "",
            "00",
            "zz",
            &"0".repeat(63),
            &"g".repeat(64),
            &"00".repeat(33),
        ] {
            assert_eq!(from_column(text), None, "{text}");
        }
    }
}
