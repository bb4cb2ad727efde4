//! The search by enterprise information: handed in, reviewed, looked up with a query code (FND-7).
//! Must not know who reviews.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{FindField, FindPolicy, FindRefusal, FindWay};
use crate::contacts::{CodePurpose, ConfirmedCode, ContactTarget, DailyCount};
use crate::identity::{PhoneNumber, compact};
use crate::refusal::{Refused, Tried};
use crate::time::Timestamp;
use crate::verification::change::ReviewReason;

/// The code with which the progress of a search is seen (FND-7): ten letters and digits, of which
/// none looks like another, 50 random bits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct QueryCode(String);

/// The text is not a query code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a query code")]
pub struct NotAQueryCode;

/// Digits and letters without 0, O, 1, I, so that a code can be read aloud.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH: usize = 10;

impl QueryCode {
    /// The code of the lowest 50 of these random bits.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        let letter = |place: usize| {
            let index = (bits >> (5 * place)) & 31;
            usize::try_from(index)
                .ok()
                .and_then(|index| ALPHABET.get(index))
                .map_or('2', |byte| char::from(*byte))
        };
        Self((0..LENGTH).map(letter).collect())
    }

    /// Parses what a person typed; letter case, blanks and hyphens do not count.
    ///
    /// # Errors
    /// [`NotAQueryCode`].
    pub fn parse(typed: &str) -> Result<Self, NotAQueryCode> {
        let text = compact(typed);
        let is_code = text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        is_code.then_some(Self(text)).ok_or(NotAQueryCode)
    }

    /// The code, to be shown once and to be hashed.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for QueryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QueryCode(…)")
    }
}

/// Where an enterprise's search stands (FND-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EnterpriseFind {
    /// Handed in; a reviewer decides.
    InReview {
        /// When it was handed in.
        submitted_at: Timestamp,
    },
    /// Approved; what was found is shown until then.
    Approved {
        /// When.
        at: Timestamp,
        /// Until when it is shown.
        until: Timestamp,
    },
    /// Refused, with reasons; a new search can be handed in.
    Rejected {
        /// When.
        at: Timestamp,
        /// Why, at least one.
        reasons: Vec<FindReason>,
    },
}

/// Why a search was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindReason {
    /// What is wrong.
    pub field: FindField,
    /// In what way.
    pub reason: ReviewReason,
    /// What the reviewer adds in their own words, possibly nothing.
    pub note: String,
}

/// A proof that this very phone answered a code about the progress.
fn is_progress_code(code: &ConfirmedCode, phone: &PhoneNumber) -> bool {
    let bound_to = code.bound_to();
    bound_to.purpose == CodePurpose::FindProgress
        && matches!(&bound_to.target, ContactTarget::Phone(answered) if answered == phone)
}

/// All reasons why this is not handed in: everything that is missing, one by one (FND-7). A phone
/// counts as given when it answered its code.
#[must_use]
pub fn may_submit_find(given: &[FindField]) -> Vec<FindRefusal> {
    FindWay::Enterprise
        .fields()
        .iter()
        .filter(|field| !given.contains(field))
        .map(|field| FindRefusal::FieldMissing { field: *field })
        .collect()
}

/// Hands a search in for review (FND-7). With the legal representative's face there is nothing to
/// review: [`super::disclosure`] opens it at once.
///
/// # Errors
/// Everything that [`may_submit_find`] lists.
pub fn submit_find(
    given: &[FindField],
    now: Timestamp,
) -> Result<EnterpriseFind, Refused<FindRefusal>> {
    Refused::unless_none(may_submit_find(given))?;
    Ok(EnterpriseFind::InReview { submitted_at: now })
}

/// A search that somebody wants to see, as it was looked up by its query code.
#[derive(Clone, Copy, Debug)]
pub struct SoughtFind<'a> {
    /// The search and the phone that it was handed in with; nothing when no search has the code.
    pub found: Option<(&'a EnterpriseFind, &'a PhoneNumber)>,
    /// The phone as it was typed.
    pub typed: &'a PhoneNumber,
    /// The answer of that phone.
    pub code: Option<&'a ConfirmedCode>,
}

/// All reasons why the progress is not shown (FND-7).
#[must_use]
pub fn may_see_progress(
    sought: &SoughtFind<'_>,
    tried: Option<DailyCount>,
    policy: &FindPolicy,
    now: Timestamp,
) -> Vec<FindRefusal> {
    let most = policy.progress_tries_per_day;
    if DailyCount::at(tried, now) >= most {
        let retry_at = now.date().end();
        return vec![FindRefusal::TooManyTries { most, retry_at }];
    }
    let is_proved = |code: &&ConfirmedCode| is_progress_code(code, sought.typed);
    if sought.code.filter(is_proved).is_none() {
        return vec![FindRefusal::PhoneNotProved];
    }
    match sought.found {
        Some((_, phone)) if phone == sought.typed => Vec::new(),
        // An unknown code and a code of somebody else's are the same.
        Some(_) | None => vec![FindRefusal::NoSuchSearch],
    }
}

/// Shows the progress to the phone that handed the search in, and counts the try (FND-7).
pub fn see_progress(
    sought: &SoughtFind<'_>,
    tried: Option<DailyCount>,
    policy: &FindPolicy,
    now: Timestamp,
) -> Tried<DailyCount, EnterpriseFind, FindRefusal> {
    let failing = may_see_progress(sought, tried, policy, now);
    Tried {
        state: DailyCount::one_more(tried, now),
        answer: Refused::unless_none(failing).and_then(|()| {
            let (find, _) = sought.found.ok_or(FindRefusal::NoSuchSearch)?;
            Ok(find.clone())
        }),
    }
}

impl EnterpriseFind {
    fn may_decide(&self) -> Option<FindRefusal> {
        match self {
            Self::InReview { .. } => None,
            Self::Approved { .. } | Self::Rejected { .. } => Some(FindRefusal::NotInReview),
        }
    }

    /// A reviewer approves (FND-7).
    ///
    /// # Errors
    /// [`FindRefusal::NotInReview`] when it is decided.
    pub fn approve(
        &self,
        policy: &FindPolicy,
        now: Timestamp,
    ) -> Result<Self, Refused<FindRefusal>> {
        Refused::unless_none(self.may_decide().into_iter().collect())?;
        Ok(Self::Approved {
            at: now,
            until: now.plus(policy.result_lasts),
        })
    }

    /// A reviewer rejects, with at least one reason (FND-7).
    ///
    /// # Errors
    /// [`FindRefusal::NotInReview`] when it is decided, [`FindRefusal::ReasonsMissing`].
    pub fn reject(
        &self,
        reasons: Vec<FindReason>,
        now: Timestamp,
    ) -> Result<Self, Refused<FindRefusal>> {
        let mut failing: Vec<_> = self.may_decide().into_iter().collect();
        if reasons.is_empty() {
            failing.push(FindRefusal::ReasonsMissing);
        }
        Refused::unless_none(failing)?;
        Ok(Self::Rejected { at: now, reasons })
    }

    /// Whether what was found is shown now (FND-7).
    #[must_use]
    pub fn shows_accounts(&self, now: Timestamp) -> bool {
        matches!(self, Self::Approved { until, .. } if now < *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::CodeRequest;
    use crate::time::Span;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const MINE: &str = "13800138000";

    fn phone(typed: &str) -> PhoneNumber {
        PhoneNumber::parse(typed).unwrap()
    }

    fn answered(purpose: CodePurpose, typed: &str) -> ConfirmedCode {
        let request = CodeRequest {
            purpose,
            account: None,
            target: phone(typed).into(),
        };
        ConfirmedCode::answered(request, NOW)
    }

    fn in_review() -> EnterpriseFind {
        submit_find(FindWay::Enterprise.fields(), NOW).unwrap()
    }

    #[test]
    fn fnd_7_what_is_missing_is_named_one_by_one() {
        let all = FindWay::Enterprise.fields();
        assert_eq!(may_submit_find(all), []);
        let missing = |field| FindRefusal::FieldMissing { field };
        assert_eq!(
            may_submit_find(&[FindField::EnterpriseName, FindField::Phone]),
            [
                missing(FindField::EnterpriseCode),
                missing(FindField::Licence),
                missing(FindField::PhoneCode)
            ]
        );
    }

    #[test]
    fn fnd_7_the_progress_is_shown_to_query_code_phone_and_sms_code_together() {
        let policy = FindPolicy::default();
        let (mine, other) = (phone(MINE), phone("13900139000"));
        let find = in_review();
        let code = answered(CodePurpose::FindProgress, MINE);
        let see = |found, typed, code| {
            let sought = SoughtFind { found, typed, code };
            let seen = see_progress(&sought, None, &policy, NOW);
            assert_eq!(DailyCount::at(Some(seen.state), NOW), 1, "each try counts");
            seen.answer.map_err(Refused::into_all)
        };
        let known = Some((&find, &mine));
        assert_eq!(see(known, &mine, Some(&code)), Ok(in_review()));
        let unknown = see(None, &mine, Some(&code));
        let others = see(Some((&find, &other)), &mine, Some(&code));
        assert_eq!(unknown, Err(vec![FindRefusal::NoSuchSearch]));
        assert_eq!(unknown, others, "neither tells whether the code exists");
        let wrong_purpose = answered(CodePurpose::FindAccount, MINE);
        for code in [None, Some(&wrong_purpose)] {
            assert_eq!(
                see(known, &mine, code),
                Err(vec![FindRefusal::PhoneNotProved])
            );
        }
        assert_eq!(
            see(known, &other, Some(&code)),
            Err(vec![FindRefusal::PhoneNotProved])
        );
    }

    #[test]
    fn fnd_7_an_address_tries_ten_times_a_day() {
        let policy = FindPolicy::default();
        let mine = phone(MINE);
        let code = answered(CodePurpose::FindProgress, MINE);
        let find = in_review();
        let sought = SoughtFind {
            found: Some((&find, &mine)),
            typed: &mine,
            code: Some(&code),
        };
        let tried = |count| {
            let day = NOW.date();
            may_see_progress(&sought, Some(DailyCount { day, count }), &policy, NOW)
        };
        assert_eq!(tried(9), []);
        assert_eq!(
            tried(10),
            [FindRefusal::TooManyTries {
                most: 10,
                retry_at: NOW.date().end()
            }]
        );
    }

    #[test]
    fn fnd_7_what_was_found_is_shown_for_thirty_days_after_the_approval() {
        let policy = FindPolicy::default();
        let approved = in_review().approve(&policy, NOW).unwrap();
        let until = NOW.plus(Span::from_days(30));
        assert!(approved.shows_accounts(until.minus(Span::from_millis(1))));
        assert!(!approved.shows_accounts(until));
        assert!(!in_review().shows_accounts(NOW));
    }

    #[test]
    fn fnd_7_a_search_is_decided_once_and_rejected_with_reasons() {
        let policy = FindPolicy::default();
        let reasons = vec![FindReason {
            field: FindField::Licence,
            reason: ReviewReason::Unreadable,
            note: String::new(),
        }];
        let refused = in_review().reject(Vec::new(), NOW).unwrap_err();
        assert_eq!(refused.all(), [FindRefusal::ReasonsMissing]);
        let rejected = in_review().reject(reasons.clone(), NOW).unwrap();
        let approved = in_review().approve(&policy, NOW).unwrap();
        for decided in [rejected, approved] {
            assert!(decided.approve(&policy, NOW).is_err());
            assert!(decided.reject(reasons.clone(), NOW).is_err());
        }
    }

    #[test]
    fn fnd_7_a_query_code_is_ten_characters_that_do_not_look_alike() {
        let code = QueryCode::from_bits(0);
        assert_eq!(code.expose(), "2222222222");
        assert_eq!(QueryCode::parse("2222-2222 22"), Ok(code));
        for wrong in ["", "222222222", "22222222222", "222222222O", "222222222é"] {
            assert_eq!(QueryCode::parse(wrong), Err(NotAQueryCode), "{wrong}");
        }
        assert!(!format!("{:?}", QueryCode::from_bits(7)).contains('2'));
    }

    proptest! {
        #[test]
        fn fnd_7_every_query_code_is_read_back_in_lower_case_too(bits: u64, other: u64) {
            let code = QueryCode::from_bits(bits);
            let typed = code.expose().to_lowercase();
            prop_assert_eq!(QueryCode::parse(&typed), Ok(code.clone()));
            let same = (bits ^ other) & ((1 << 50) - 1) == 0;
            prop_assert_eq!(code == QueryCode::from_bits(other), same);
        }

        #[test]
        fn fnd_7_nothing_that_is_typed_as_a_query_code_panics(typed: String) {
            let _ = QueryCode::parse(&typed);
        }
    }
}
