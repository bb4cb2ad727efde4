//! The audit log's chain (OPS-3): each entry's digest covers the entry and the digest before it, so
//! nothing can be removed or changed unseen. Must not know how to hash, nor what the events mean.

mod actor;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use actor::{Actor, ActorKind, NotAnActor};

use crate::time::Timestamp;

/// A digest of 32 bytes, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

/// The hash function of the edge: SHA-256 in the product.
pub type Hash<'a> = &'a dyn Fn(&[u8]) -> Digest;

/// What happened, in the very texts that are stored: the chain covers what the table holds, and
/// stays valid when the meaning of an event grows (OPS-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditRecord<'a> {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: &'a str,
    /// What was done.
    pub event: &'a str,
    /// The account concerned, or nothing.
    pub account: Option<&'a str>,
    /// Everything else, masked.
    pub details: &'a str,
}

/// A record with its place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditEntry<'a> {
    /// Its number, from 1 on without gaps.
    pub sequence: u64,
    /// What happened.
    pub record: AuditRecord<'a>,
    /// The digest of this entry and everything before it.
    pub digest: Digest,
}

/// The end of a chain; whoever keeps it elsewhere can tell that the newest entries are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChainHead {
    /// The number of the newest entry, 0 when there is none.
    pub sequence: u64,
    /// The digest of the newest entry.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub digest: Digest,
}

/// Where a chain is broken, and how (OPS-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ChainBroken {
    /// An entry is missing, or stands elsewhere.
    Missing {
        /// The number that should have come.
        sequence: u64,
    },
    /// An entry is not what was written.
    Changed {
        /// Its number.
        sequence: u64,
    },
    /// The chain ends before or behind the head that was kept, or in another digest.
    WrongEnd {
        /// The number with which it ends.
        sequence: u64,
    },
}

impl ChainHead {
    /// The head of a log without entries.
    pub const EMPTY: Self = Self {
        sequence: 0,
        digest: Digest([0; 32]),
    };

    /// The head after `record` was appended; its sequence and digest are stored with the record (OPS-3).
    #[must_use]
    pub fn append(self, record: &AuditRecord<'_>, hash: Hash<'_>) -> Self {
        let sequence = self.sequence.saturating_add(1);
        let digest = hash(&bytes(sequence, self.digest, record));
        Self { sequence, digest }
    }

    /// The head after `entry`, when it continues the chain unchanged (OPS-3).
    ///
    /// # Errors
    /// [`ChainBroken::Missing`] or [`ChainBroken::Changed`].
    pub fn follow(self, entry: &AuditEntry<'_>, hash: Hash<'_>) -> Result<Self, ChainBroken> {
        let next = self.append(&entry.record, hash);
        if entry.sequence != next.sequence {
            return Err(ChainBroken::Missing {
                sequence: next.sequence,
            });
        }
        if entry.digest != next.digest {
            return Err(ChainBroken::Changed {
                sequence: next.sequence,
            });
        }
        Ok(next)
    }
}

/// Proves that nothing was removed or changed between `start` and the kept head `end` (OPS-3).
///
/// # Errors
/// The first place where the chain is broken.
pub fn verify<'a>(
    start: ChainHead,
    entries: impl IntoIterator<Item = AuditEntry<'a>>,
    end: ChainHead,
    hash: Hash<'_>,
) -> Result<(), ChainBroken> {
    let mut head = start;
    for entry in entries {
        head = head.follow(&entry, hash)?;
    }
    if head == end {
        Ok(())
    } else {
        Err(ChainBroken::WrongEnd {
            sequence: head.sequence,
        })
    }
}

/// What is hashed: every text with its length before it, so that no two entries share their bytes.
fn bytes(sequence: u64, previous: Digest, record: &AuditRecord<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&sequence.to_be_bytes());
    bytes.extend_from_slice(&previous.0);
    bytes.extend_from_slice(&record.at.as_millis().to_be_bytes());
    for text in [
        Some(record.actor),
        Some(record.event),
        record.account,
        Some(record.details),
    ] {
        match text {
            None => bytes.push(0),
            Some(text) => {
                bytes.push(1);
                bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
                bytes.extend_from_slice(text.as_bytes());
            }
        }
    }
    bytes
}

/// The text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a digest")]
pub struct NotADigest;

impl Digest {
    /// The digest of these bytes' hash.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::str::FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let text = text.as_bytes();
        if text.len() != 64 {
            return Err(NotADigest);
        }
        let mut bytes = [0; 32];
        for (byte, digits) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            let [high, low] = digits else {
                return Err(NotADigest);
            };
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(bytes))
    }
}

/// The value of a lower-case hexadecimal digit; upper case is refused, so that a digest has one form.
const fn digit(byte: u8) -> Result<u8, NotADigest> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        _ => Err(NotADigest),
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Mixes well enough for tests; the product hashes with SHA-256.
    fn hash(bytes: &[u8]) -> Digest {
        let mut digest = [0_u8; 32];
        for (lane, out) in digest.chunks_exact_mut(8).enumerate() {
            let mut state = 0xcbf2_9ce4_8422_2325_u64 ^ lane as u64;
            for byte in bytes {
                state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
                state ^= state >> 29;
            }
            out.copy_from_slice(&state.to_be_bytes());
        }
        Digest::from_bytes(digest)
    }

    const RECORDS: [AuditRecord<'static>; 4] = [
        record("owner", "signed_in", Some("100000000001"), "{}"),
        record(
            "owner",
            "phone_changed",
            Some("100000000001"),
            "138****5678",
        ),
        record(
            "operator 7",
            "account_frozen",
            Some("100000000001"),
            "abuse",
        ),
        record("system", "chain_checked", None, ""),
    ];

    const fn record(
        actor: &'static str,
        event: &'static str,
        account: Option<&'static str>,
        details: &'static str,
    ) -> AuditRecord<'static> {
        AuditRecord {
            at: Timestamp::from_millis(1_790_000_010_000),
            actor,
            event,
            account,
            details,
        }
    }

    fn chain() -> (Vec<AuditEntry<'static>>, ChainHead) {
        let mut head = ChainHead::EMPTY;
        let mut entries = Vec::new();
        for record in RECORDS {
            head = head.append(&record, &hash);
            entries.push(AuditEntry {
                sequence: head.sequence,
                record,
                digest: head.digest,
            });
        }
        (entries, head)
    }

    fn check(entries: Vec<AuditEntry<'_>>, end: ChainHead) -> Result<(), ChainBroken> {
        verify(ChainHead::EMPTY, entries, end, &hash)
    }

    #[test]
    fn ops_3_an_untouched_log_is_proved() {
        let (entries, end) = chain();
        assert_eq!(check(entries, end), Ok(()));
        assert_eq!(check(Vec::new(), ChainHead::EMPTY), Ok(()));
    }

    #[test]
    fn ops_3_a_part_of_the_log_is_proved_from_a_kept_head() {
        let (entries, end) = chain();
        let kept = ChainHead {
            sequence: entries[1].sequence,
            digest: entries[1].digest,
        };
        let rest = entries[2..].to_vec();
        assert_eq!(verify(kept, rest, end, &hash), Ok(()));
    }

    #[test]
    fn ops_3_a_changed_entry_is_found() {
        let (mut entries, end) = chain();
        entries[2].record.details = "nothing";
        assert_eq!(
            check(entries, end),
            Err(ChainBroken::Changed { sequence: 3 })
        );
    }

    #[test]
    fn ops_3_a_changed_entry_with_a_new_digest_breaks_the_next() {
        let (mut entries, end) = chain();
        entries[2].record.details = "nothing";
        let before = ChainHead {
            sequence: 2,
            digest: entries[1].digest,
        };
        entries[2].digest = before.append(&entries[2].record, &hash).digest;
        assert_eq!(
            check(entries, end),
            Err(ChainBroken::Changed { sequence: 4 })
        );
    }

    #[test]
    fn ops_3_removed_swapped_and_cut_off_entries_are_found() {
        let (whole, end) = chain();
        let mut removed = whole.clone();
        removed.remove(1);
        assert_eq!(
            check(removed, end),
            Err(ChainBroken::Missing { sequence: 2 })
        );
        let mut swapped = whole.clone();
        swapped.swap(0, 1);
        assert_eq!(
            check(swapped, end),
            Err(ChainBroken::Missing { sequence: 1 })
        );
        let mut cut = whole.clone();
        cut.pop();
        assert_eq!(check(cut, end), Err(ChainBroken::WrongEnd { sequence: 3 }));
        assert_eq!(
            check(whole, ChainHead::EMPTY),
            Err(ChainBroken::WrongEnd { sequence: 4 })
        );
    }

    #[test]
    fn ops_3_texts_do_not_run_into_one_another() {
        let digest = |record| ChainHead::EMPTY.append(&record, &hash).digest;
        assert_ne!(
            digest(record("ab", "c", None, "")),
            digest(record("a", "bc", None, ""))
        );
        assert_ne!(
            digest(record("a", "b", None, "")),
            digest(record("a", "b", Some(""), ""))
        );
    }

    #[test]
    fn a_digest_is_64_lower_case_hexadecimal_digits() {
        let text = "00ff".repeat(16);
        let digest: Digest = text.parse().unwrap();
        assert_eq!(digest.to_string(), text);
        for wrong in [
            "",
            "00ff",
            &"0g".repeat(32),
            &"FF".repeat(32),
            &"é".repeat(32),
        ] {
            assert_eq!(wrong.parse::<Digest>(), Err(NotADigest), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn ops_3_any_single_change_is_found(
            at in 0_usize..4,
            field in 0_u8..5,
            text in "[a-z]{1,8}",
            millis: i64,
        ) {
            let (mut entries, end) = chain();
            let original = entries[at];
            let changed = &mut entries[at];
            match field {
                0 => changed.record.actor = &text,
                1 => changed.record.event = &text,
                2 => changed.record.account = Some(&text),
                3 => changed.record.details = &text,
                _ => changed.record.at = Timestamp::from_millis(millis),
            }
            prop_assume!(entries[at] != original);
            let sequence = entries[at].sequence;
            prop_assert_eq!(check(entries, end), Err(ChainBroken::Changed { sequence }));
        }
    }
}
