//! Cases: what a reviewer sees, decisions and what follows from them (OPS-1, CHG-9, CHG-12).

use contract::endpoints::{
    APPROVE_CASE, GET_CASE, GET_QUEUE, GET_QUEUES, REJECT_CASE, VIEW_CASE_DOCUMENT,
};
use contract::operators::{Case, CaseDecided, CaseFieldName, QueueList, Queues};
use domain::account::AccountId;
use domain::operators::{Duty, OperatorRefusal, Queue, QueueStage, ReviewCheck, Role};
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::change::ApplicationState;
use serde_json::{Value, json};
use server::store::queue;

use crate::support::changes::{at as place, overview};
use crate::support::{Answer, Bench, Browser, Settings, on_both_databases, person_record};

on_both_databases!(
    ops_1_a_reviewer_sees_before_and_after_and_approves,
    chg_9_a_rejection_has_reasons_for_its_items_and_the_applicant_reads_them,
    ops_1_an_approval_needs_every_check_and_ent_11_the_usage_restriction,
    ops_1_no_decision_on_an_account_of_ones_own_nor_without_the_role,
    ops_1_what_is_decided_or_taken_back_is_not_decided_again,
    ops_1_a_case_is_overdue_after_its_business_days,
    chg_9_of_approving_and_withdrawing_at_once_one_happens,
);

async fn applicant(bench: &Bench) -> (Browser, AccountId, String) {
    let record = person_record("张三", "110101199003070011", bench.now());
    let (mut browser, id) = bench
        .changing("zhang@mail.example", "13800000001", &record)
        .await;
    let case = bench.in_review(&mut browser, id).await;
    (browser, id, case)
}

fn at(path: &str, case: &str) -> String {
    path.replace("{case}", case)
}

async fn look(browser: &mut Browser, case: &str) -> Case {
    let answer = browser.get(&at(GET_CASE.path, case)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn approve(browser: &mut Browser, case: &str, checks: &[ReviewCheck]) -> Answer {
    let path = at(APPROVE_CASE.path, case);
    browser
        .send_json("POST", &path, json!({ "checks": checks }))
        .await
}

async fn reject(browser: &mut Browser, case: &str, reasons: Value) -> Answer {
    let path = at(REJECT_CASE.path, case);
    browser
        .send_json("POST", &path, json!({ "reasons": reasons }))
        .await
}

const ALL: &[ReviewCheck] = Queue::VerificationChanges.checks();

/// A reason for the new person's name.
fn reason(word: &str, note: &str) -> Value {
    let item = json!({ "kind": "field", "name": "new_person_name" });
    json!([{
        "item": { "of": "verification_change", "item": item },
        "reason": word,
        "note": note,
    }])
}

fn refusals(answer: &Answer) -> Vec<Refusal> {
    answer.problem().refusals
}

async fn ops_1_a_reviewer_sees_before_and_after_and_approves(bench: Bench) {
    let (mut owner, id, case) = applicant(&bench).await;
    let (mut reviewer, number) = bench.on_duty("li", &[Role::Reviewer], &[]).await;
    let queues: Queues = reviewer.call(&GET_QUEUES, Value::Null).await.json();
    assert_eq!((queues.queues[0].open, queues.queues[0].overdue), (1, 0));
    let path = GET_QUEUE.path.replace("{queue}", "verification_changes");
    let list: QueueList = reviewer.get(&path).await.json();
    assert_eq!((&*list.cases[0].id, list.cases[0].is_own), (&*case, false));
    assert!(list.cases[0].about.is_some());
    let seen = look(&mut reviewer, &case).await;
    assert_eq!(seen.accounts, [id]);
    let name = seen
        .content
        .fields
        .iter()
        .find(|field| field.field == CaseFieldName::PersonName)
        .unwrap();
    assert_eq!(name.before.as_deref(), Some("张三"));
    assert!(name.after.is_some() && name.after != name.before);
    assert_eq!(
        (seen.checks.as_slice(), seen.content.documents.len()),
        (ALL, 5)
    );
    assert!(seen.approve_refusals.is_empty() && seen.reject_refusals.is_empty());
    let answer = approve(&mut reviewer, &case, ALL).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let decided: CaseDecided = answer.json();
    assert!(matches!(
        decided.stage,
        QueueStage::Decided { by, approved: true, .. } if by == number
    ));
    assert_eq!(decided.next, None);
    let change = overview(&mut owner).await.application.unwrap();
    assert!(matches!(change.state, ApplicationState::Approved { .. }));
    let list: QueueList = reviewer.get(&path).await.json();
    assert!(list.cases.is_empty());
    assert!(bench.events(id).await.contains(&"case_approved".to_owned()));
}

async fn chg_9_a_rejection_has_reasons_for_its_items_and_the_applicant_reads_them(bench: Bench) {
    let (mut owner, id, case) = applicant(&bench).await;
    let (mut reviewer, _) = bench.on_duty("li", &[Role::Reviewer], &[]).await;
    let none = reject(&mut reviewer, &case, json!([])).await;
    assert_eq!(
        refusals(&none),
        [Refusal::Operator(OperatorRefusal::ReasonsMissing)]
    );
    for (word, note, wrong) in [
        ("other", "  ", true),
        ("unreadable", &*"字".repeat(501), true),
        ("unreadable", " ", false),
    ] {
        let answer = reject(&mut reviewer, &case, reason(word, note)).await;
        if wrong {
            let fields = answer.problem().fields;
            assert_eq!((answer.status, &*fields[0].field), (422, "reasons.0.note"));
        } else {
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
    }
    let change = overview(&mut owner).await.application.unwrap();
    let ApplicationState::Rejected { reasons, .. } = change.state else {
        panic!("not rejected");
    };
    assert_eq!(reasons.len(), 1);
    assert!(bench.events(id).await.contains(&"case_rejected".to_owned()));
}

async fn ops_1_an_approval_needs_every_check_and_ent_11_the_usage_restriction(bench: Bench) {
    let (_, _, case) = applicant(&bench).await;
    let (mut reviewer, _) = bench.on_duty("li", &[Role::Reviewer], &[]).await;
    let some: Vec<_> = ALL
        .iter()
        .filter(|check| **check != ReviewCheck::UsageRestriction)
        .copied()
        .collect();
    let answer = approve(&mut reviewer, &case, &some).await;
    let missing = vec![ReviewCheck::UsageRestriction];
    let expected = Refusal::Operator(OperatorRefusal::ChecksMissing { missing });
    assert_eq!((answer.status, refusals(&answer)), (409, vec![expected]));
    // Asking changes nothing (API-2).
    let mut asking = reviewer.with("may-i", "true");
    assert_eq!(approve(&mut asking, &case, ALL).await.status, 204);
    let seen = look(&mut reviewer, &case).await;
    assert_eq!(seen.stage, QueueStage::Open);
}

async fn ops_1_no_decision_on_an_account_of_ones_own_nor_without_the_role(bench: Bench) {
    let (_, id, case) = applicant(&bench).await;
    let (mut insider, _) = bench.on_duty("li", &[Role::Reviewer], &[id]).await;
    let own = Refusal::Operator(OperatorRefusal::OwnAccount);
    let seen = look(&mut insider, &case).await;
    assert_eq!(seen.approve_refusals.as_slice(), std::slice::from_ref(&own));
    assert_eq!(seen.reject_refusals.as_slice(), std::slice::from_ref(&own));
    let answer = approve(&mut insider, &case, ALL).await;
    assert_eq!((answer.status, refusals(&answer)), (403, vec![own]));
    let duty = Duty::Decide;
    let role = Refusal::Operator(OperatorRefusal::RoleMissing { duty });
    let (mut support, _) = bench
        .on_duty("wang", &[Role::Support, Role::Administrator], &[])
        .await;
    let answers = [
        approve(&mut support, &case, ALL).await,
        reject(&mut support, &case, reason("unreadable", "")).await,
        support.get(&at(GET_CASE.path, &case)).await,
    ];
    for answer in answers {
        assert_eq!(
            (answer.status, refusals(&answer)),
            (403, vec![role.clone()])
        );
    }
    let document = at(VIEW_CASE_DOCUMENT.path, &case).replace("{document}", "any");
    assert_eq!(support.get(&document).await.status, 403);
    assert_eq!(insider.get(&document).await.status, 404);
}

async fn ops_1_what_is_decided_or_taken_back_is_not_decided_again(bench: Bench) {
    let (mut owner, _, case) = applicant(&bench).await;
    let (mut reviewer, _) = bench.on_duty("li", &[Role::Reviewer], &[]).await;
    let answer = reject(&mut reviewer, &case, reason("expired", "")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let again = approve(&mut reviewer, &case, ALL).await;
    let decided = Refusal::Operator(OperatorRefusal::AlreadyDecided);
    assert_eq!(refusals(&again), [decided]);
    assert_eq!(look(&mut reviewer, &case).await.approve_refusals.len(), 1);
    let nothing = approve(&mut reviewer, "never-there", ALL).await;
    assert_eq!(nothing.status, 404);
    let _ = overview(&mut owner).await;
}

async fn ops_1_a_case_is_overdue_after_its_business_days(bench: Bench) {
    let (_, _, case) = applicant(&bench).await;
    let (_, operator) = bench.on_duty("li", &[Role::Reviewer], &[]).await;
    let due = {
        let mut tx = bench.app.store.read().await.unwrap();
        let found = queue::find(&mut tx, &case).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        found.due_at
    };
    let overdue = async || {
        let mut browser = bench.at_desk(operator).await;
        let queues: Queues = browser.call(&GET_QUEUES, Value::Null).await.json();
        queues.queues[0].overdue
    };
    let until = due.since(bench.now());
    bench.wait(until);
    assert_eq!(overdue().await, 0, "the last millisecond is in time");
    bench.wait(Span::from_millis(1));
    assert_eq!(overdue().await, 1);
}

async fn chg_9_of_approving_and_withdrawing_at_once_one_happens(bench: Bench) {
    let (mut owner, _, case) = applicant(&bench).await;
    let (mut reviewer, _) = bench.on_duty("li", &[Role::Reviewer], &[]).await;
    let mut withdrawing = owner.clone();
    let submission = place(&mut owner, "/submission").await;
    let (approved, withdrawn) = tokio::join!(
        approve(&mut reviewer, &case, ALL),
        withdrawing.send_json("DELETE", &submission, Value::Null)
    );
    let change = overview(&mut owner).await.application.unwrap();
    // An approved change of subject can still be withdrawn, so that both may succeed in one order; the
    // other way round the reviewer finds nothing.
    assert!(withdrawn.status < 300, "{}", withdrawn.text());
    assert!(matches!(approved.status, 200 | 404), "{}", approved.text());
    assert!(matches!(change.state, ApplicationState::Withdrawn { .. }));
    let mut tx = bench.app.store.read().await.unwrap();
    assert!(queue::find(&mut tx, &case).await.unwrap().is_none());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn ops_1_a_second_reviewer_is_another_one_where_the_installation_wants_one() {
    let mut settings = Settings::default();
    settings.policy.operators.second_reviewer = vec![Queue::VerificationChanges];
    let bench = Bench::with(settings).await;
    let (mut owner, _, case) = applicant(&bench).await;
    let (mut first, _) = bench.on_duty("li", &[Role::Reviewer], &[]).await;
    let (mut second, _) = bench.on_duty("wang", &[Role::Reviewer], &[]).await;
    let once: CaseDecided = approve(&mut first, &case, ALL).await.json();
    assert!(matches!(once.stage, QueueStage::ApprovedOnce { .. }));
    let change = overview(&mut owner).await.application.unwrap();
    assert!(matches!(change.state, ApplicationState::InReview { .. }));
    let same = approve(&mut first, &case, ALL).await;
    let refusal = Refusal::Operator(OperatorRefusal::SecondReviewerIsFirst);
    assert_eq!(refusals(&same), [refusal]);
    let answer = approve(&mut second, &case, ALL).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let change = overview(&mut owner).await.application.unwrap();
    assert!(matches!(change.state, ApplicationState::Approved { .. }));
}
