//! The queues and how what is in them is decided (OPS-1). Must not know what a decision changes:
//! that is each area's own.

use serde::{Deserialize, Serialize};

use super::{Duty, OnDuty, OperatorId, OperatorPolicy, OperatorRefusal};
use crate::account::AccountId;
use crate::calendar::{Calendar, Due};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// A queue of the desk (OPS-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// Changes of verification (CHG-9).
    VerificationChanges,
    /// Appeals (APL-5).
    Appeals,
    /// Searches by enterprise information (FND-7).
    EnterpriseFinds,
    /// Deregistrations (DRG-8).
    Deregistrations,
    /// Recycled numbers to which somebody objected (CON-9).
    RecycledNumbers,
}

/// A check that the reviewer's form asks for (OPS-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewCheck {
    /// Every document can be read whole and has not expired.
    DocumentsReadable,
    /// Names, numbers and codes agree among documents, form and register.
    DataAgree,
    /// A usage restriction on a document names this platform's verification (ENT-11).
    UsageRestriction,
    /// The form or letter is signed or stamped by who must sign it.
    SignedOrStamped,
    /// The applicant is the verified subject or acts for it.
    ApplicantIsSubject,
    /// The account's existing contacts were told (APL-6, CON-9).
    HoldersTold,
}

/// Something in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// Which queue.
    pub queue: Queue,
    /// The accounts that the decision concerns.
    pub accounts: Vec<AccountId>,
    /// How far it was decided.
    pub stage: QueueStage,
}

/// How far something in a queue was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum QueueStage {
    /// Nobody decided yet.
    Open,
    /// One reviewer approved; a second one must too.
    ApprovedOnce {
        /// The first reviewer.
        by: OperatorId,
        /// When.
        at: Timestamp,
    },
    /// It is decided.
    Decided {
        /// The reviewer who decided last.
        by: OperatorId,
        /// When.
        at: Timestamp,
        /// Whether it was approved.
        approved: bool,
    },
}

/// What a reviewer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// Yes, having made these checks.
    Approve {
        /// The ticked checks.
        checks: &'a [ReviewCheck],
    },
    /// No, with a reason for so many items; the area keeps the reasons themselves.
    Reject {
        /// How many items got a reason.
        reasons: u32,
    },
}

impl Queue {
    /// Every queue, in the order of the desk.
    pub const ALL: [Self; 5] = [
        Self::VerificationChanges,
        Self::Appeals,
        Self::EnterpriseFinds,
        Self::Deregistrations,
        Self::RecycledNumbers,
    ];

    /// Business days until what entered it is due (OPS-1).
    #[must_use]
    pub const fn business_days(self, policy: &OperatorPolicy) -> u16 {
        match self {
            Self::VerificationChanges => policy.verification_change_business_days,
            Self::Appeals => policy.appeal_business_days,
            Self::EnterpriseFinds => policy.enterprise_find_business_days,
            Self::Deregistrations => policy.deregistration_business_days,
            Self::RecycledNumbers => policy.recycled_number_business_days,
        }
    }

    /// When what entered it at `entered_at` is due (OPS-1, CHG-9, DRG-8).
    #[must_use]
    pub fn due(self, entered_at: Timestamp, calendar: &Calendar, policy: &OperatorPolicy) -> Due {
        calendar.due(entered_at, self.business_days(policy))
    }

    /// The checks that an approval needs (OPS-1, ENT-11).
    #[must_use]
    pub const fn checks(self) -> &'static [ReviewCheck] {
        match self {
            Self::VerificationChanges => &[
                ReviewCheck::DocumentsReadable,
                ReviewCheck::DataAgree,
                ReviewCheck::UsageRestriction,
                ReviewCheck::SignedOrStamped,
            ],
            Self::Appeals => &[
                ReviewCheck::DocumentsReadable,
                ReviewCheck::DataAgree,
                ReviewCheck::UsageRestriction,
                ReviewCheck::ApplicantIsSubject,
            ],
            Self::EnterpriseFinds => &[
                ReviewCheck::DocumentsReadable,
                ReviewCheck::DataAgree,
                ReviewCheck::UsageRestriction,
            ],
            Self::Deregistrations => &[
                ReviewCheck::DocumentsReadable,
                ReviewCheck::DataAgree,
                ReviewCheck::UsageRestriction,
                ReviewCheck::SignedOrStamped,
                ReviewCheck::ApplicantIsSubject,
            ],
            Self::RecycledNumbers => &[ReviewCheck::HoldersTold, ReviewCheck::DataAgree],
        }
    }
}

/// All reasons why this operator cannot decide this way (OPS-1).
#[must_use]
pub fn may_decide(
    operator: &OnDuty,
    item: &QueueItem,
    verdict: Verdict<'_>,
) -> Vec<OperatorRefusal> {
    let mut failing = Vec::new();
    failing.extend(operator.may(Duty::Decide));
    failing.extend(operator.may_act_on(&item.accounts));
    match item.stage {
        QueueStage::Open => {}
        QueueStage::ApprovedOnce { by, .. } if by == operator.id() => {
            failing.push(OperatorRefusal::SecondReviewerIsFirst);
        }
        QueueStage::ApprovedOnce { .. } => {}
        QueueStage::Decided { .. } => failing.push(OperatorRefusal::AlreadyDecided),
    }
    match verdict {
        Verdict::Approve { checks } => {
            let needed = item.queue.checks().iter();
            let missing: Vec<_> = needed
                .filter(|check| !checks.contains(check))
                .copied()
                .collect();
            if !missing.is_empty() {
                failing.push(OperatorRefusal::ChecksMissing { missing });
            }
        }
        Verdict::Reject { reasons: 0 } => failing.push(OperatorRefusal::ReasonsMissing),
        Verdict::Reject { .. } => {}
    }
    failing
}

/// Decides, or approves for the first time where a second reviewer must agree (OPS-1).
///
/// What was approved twice, or once where that is enough, the area then carries out in the same
/// transaction; a rejection needs one reviewer always.
///
/// # Errors
/// Everything that [`may_decide`] lists.
pub fn decide(
    operator: &OnDuty,
    item: &QueueItem,
    verdict: Verdict<'_>,
    policy: &OperatorPolicy,
    now: Timestamp,
) -> Result<QueueStage, Refused<OperatorRefusal>> {
    Refused::unless_none(may_decide(operator, item, verdict))?;
    let by = operator.id();
    let needs_second = policy.second_reviewer.contains(&item.queue);
    Ok(match (verdict, item.stage) {
        (Verdict::Approve { .. }, QueueStage::Open) if needs_second => {
            QueueStage::ApprovedOnce { by, at: now }
        }
        (Verdict::Approve { .. }, _) => QueueStage::Decided {
            by,
            at: now,
            approved: true,
        },
        (Verdict::Reject { .. }, _) => QueueStage::Decided {
            by,
            at: now,
            approved: false,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::super::Role;
    use super::super::duty::tests::{account, on_duty};
    use super::*;
    use crate::time::Date;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const APPROVE: Verdict<'static> = Verdict::Approve {
        checks: Queue::VerificationChanges.checks(),
    };
    const REJECT: Verdict<'static> = Verdict::Reject { reasons: 1 };

    fn item(stage: QueueStage) -> QueueItem {
        QueueItem {
            queue: Queue::VerificationChanges,
            accounts: vec![account(5)],
            stage,
        }
    }

    fn reviewer(id: u32) -> OnDuty {
        on_duty(id, &[Role::Reviewer], &[account(9)])
    }

    fn decide_now(
        operator: &OnDuty,
        stage: QueueStage,
        verdict: Verdict<'_>,
        policy: &OperatorPolicy,
    ) -> Result<QueueStage, Vec<OperatorRefusal>> {
        decide(operator, &item(stage), verdict, policy, NOW).map_err(Refused::into_all)
    }

    const fn decided(by: u32, approved: bool) -> QueueStage {
        QueueStage::Decided {
            by: OperatorId(by),
            at: NOW,
            approved,
        }
    }

    #[test]
    fn ops_1_a_reviewer_approves_or_rejects() {
        let policy = OperatorPolicy::default();
        let decide = |verdict| decide_now(&reviewer(1), QueueStage::Open, verdict, &policy);
        assert_eq!(decide(APPROVE), Ok(decided(1, true)));
        assert_eq!(decide(REJECT), Ok(decided(1, false)));
        assert_eq!(
            decide(Verdict::Reject { reasons: 0 }),
            Err(vec![OperatorRefusal::ReasonsMissing])
        );
    }

    #[test]
    fn ops_1_no_decision_on_an_account_of_ones_own_nor_without_the_role() {
        let policy = OperatorPolicy::default();
        let insider = on_duty(1, &[Role::Administrator], &[account(5)]);
        assert_eq!(
            decide_now(&insider, QueueStage::Open, REJECT, &policy),
            Err(vec![
                OperatorRefusal::RoleMissing { duty: Duty::Decide },
                OperatorRefusal::OwnAccount
            ])
        );
    }

    #[test]
    fn ops_1_what_is_decided_is_not_decided_again() {
        let policy = OperatorPolicy::default();
        for verdict in [APPROVE, REJECT] {
            assert_eq!(
                decide_now(&reviewer(2), decided(1, false), verdict, &policy),
                Err(vec![OperatorRefusal::AlreadyDecided])
            );
        }
    }

    #[test]
    fn ops_1_a_second_reviewer_is_another_one_where_the_installation_wants_one() {
        let policy = OperatorPolicy {
            second_reviewer: vec![Queue::VerificationChanges],
            ..OperatorPolicy::default()
        };
        let once = decide_now(&reviewer(1), QueueStage::Open, APPROVE, &policy).unwrap();
        assert_eq!(
            once,
            QueueStage::ApprovedOnce {
                by: OperatorId(1),
                at: NOW
            }
        );
        assert_eq!(
            decide_now(&reviewer(1), once, APPROVE, &policy),
            Err(vec![OperatorRefusal::SecondReviewerIsFirst])
        );
        assert_eq!(
            decide_now(&reviewer(2), once, APPROVE, &policy),
            Ok(decided(2, true))
        );
        assert_eq!(
            decide_now(&reviewer(2), once, REJECT, &policy),
            Ok(decided(2, false))
        );
        assert_eq!(
            decide_now(&reviewer(1), QueueStage::Open, REJECT, &policy),
            Ok(decided(1, false)),
            "one reviewer is enough to reject"
        );
    }

    #[test]
    fn ops_1_every_queue_is_due_in_business_days() {
        // Wednesday before National Day: Thursday 8, Friday 9 and Saturday 10 October are worked.
        let entered = Date::from_ymd(2026, 9, 30).unwrap().begin();
        let policy = OperatorPolicy {
            appeal_business_days: 1,
            ..OperatorPolicy::default()
        };
        let due = |queue: Queue| queue.due(entered, &Calendar::mainland(), &policy).at.date();
        let on = |day| Date::from_ymd(2026, 10, day).unwrap();
        for queue in Queue::ALL {
            let day = if queue == Queue::Appeals { 8 } else { 10 };
            assert_eq!(due(queue), on(day), "{queue:?}");
        }
    }

    #[test]
    fn ent_11_the_reviewers_form_checks_the_usage_restriction_of_documents() {
        let policy = OperatorPolicy::default();
        let checks = [
            ReviewCheck::DocumentsReadable,
            ReviewCheck::DataAgree,
            ReviewCheck::SignedOrStamped,
        ];
        let verdict = Verdict::Approve { checks: &checks };
        assert_eq!(
            decide_now(&reviewer(1), QueueStage::Open, verdict, &policy),
            Err(vec![OperatorRefusal::ChecksMissing {
                missing: vec![ReviewCheck::UsageRestriction]
            }])
        );
        let with_documents = Queue::ALL
            .into_iter()
            .filter(|queue| queue.checks().contains(&ReviewCheck::DocumentsReadable));
        for queue in with_documents {
            assert!(
                queue.checks().contains(&ReviewCheck::UsageRestriction),
                "{queue:?}"
            );
        }
    }
}
