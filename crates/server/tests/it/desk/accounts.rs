//! What operators see of accounts, and freezing them (OPS-2, ACC-6).

use contract::endpoints::{CHANGE_FREEZE, GET_ACCOUNT_AUDIT, GET_OPERATOR_ACCOUNT, GET_SESSION};
use contract::operators::{AccountAudit, OperatorAccount};
use domain::account::{AccountId, AccountRefusal, FreezeReason, FrozenAction, VerificationStatus};
use domain::operators::{Duty, OperatorRefusal, Role};
use domain::refusal::Refusal;
use serde_json::{Value, json};
use server::flows::freezing;

use crate::support::{Answer, Bench, Browser, on_both_databases};

on_both_databases!(
    ops_2_support_freezes_and_lifts_and_the_audit_says_who_and_why,
    acc_6_the_owner_of_a_frozen_account_signs_in_and_is_told_why,
    ops_1_nobody_acts_on_an_account_of_their_own_nor_without_the_role,
    ops_2_a_reason_is_needed_and_what_is_so_already_is_refused,
    ops_2_of_two_who_freeze_at_once_one_does,
    api_2_asking_whether_an_account_may_be_frozen_changes_nothing,
);

async fn change(browser: &mut Browser, id: AccountId, frozen: bool, reason: &str) -> Answer {
    let path = CHANGE_FREEZE.path.replace("{account}", &id.to_string());
    let wish = json!({ "frozen": frozen, "reason": reason });
    browser.send_json("PUT", &path, wish).await
}

async fn look(browser: &mut Browser, id: AccountId) -> OperatorAccount {
    let path = GET_OPERATOR_ACCOUNT
        .path
        .replace("{account}", &id.to_string());
    browser.get(&path).await.json()
}

async fn audit(browser: &mut Browser, id: AccountId, query: &str) -> AccountAudit {
    let path = GET_ACCOUNT_AUDIT.path.replace("{account}", &id.to_string());
    browser.get(&format!("{path}{query}")).await.json()
}

async fn ops_2_support_freezes_and_lifts_and_the_audit_says_who_and_why(bench: Bench) {
    let id = bench.verified("zhang@mail.example", "张三").await;
    bench.secured(id, "13800000001", "safe@mail.example").await;
    let (mut support, number) = bench.on_duty("li", &[Role::Support], &[]).await;
    let before = look(&mut support, id).await;
    assert!(before.freeze.is_none() && before.freeze_reasons.is_empty());
    assert_eq!(before.verified_name.as_deref(), Some("张*"));
    assert_eq!(before.verification, VerificationStatus::Person);
    assert_eq!(before.change_refusals, []);
    let answer = change(&mut support, id, true, " 群发垃圾邮件 ").await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    let frozen = look(&mut support, id).await;
    assert_eq!(frozen.freeze_reasons, [FreezeReason::Violation]);
    let freeze = frozen.freeze.unwrap();
    assert_eq!((&*freeze.by, &*freeze.reason), ("li", "群发垃圾邮件"));
    let letters = bench.letters_to("safe@mail.example").await;
    assert!(letters.iter().any(|letter| letter.contains("群发垃圾邮件")));
    let answer = change(&mut support, id, false, "已整改").await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert!(look(&mut support, id).await.freeze.is_none());
    let rows = audit(&mut support, id, "").await;
    assert_eq!(rows.older, None);
    let by = format!("operator {}", number.0);
    let acts: Vec<_> = rows.rows.iter().filter(|row| row.actor == by).collect();
    assert_eq!(acts.len(), 2);
    assert!(acts.iter().all(|row| row.event == "freeze_changed"));
    assert!(acts[0].details.contains("已整改") && acts[1].details.contains("群发垃圾邮件"));
    let below = format!("?below={}", acts[0].number);
    let older = audit(&mut support, id, &below).await;
    assert_eq!(older.rows[0].number, acts[1].number);
}

async fn acc_6_the_owner_of_a_frozen_account_signs_in_and_is_told_why(bench: Bench) {
    let (mut owner, id) = bench.signed_in("zhang@mail.example").await;
    bench.verify(id, "张三").await;
    let (mut support, _) = bench.on_duty("li", &[Role::Support], &[]).await;
    change(&mut support, id, true, "sent spam").await;
    let session: Value = owner.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(session["owner"]["freeze"]["reason"], "sent spam");
    let mut elsewhere = bench.browser();
    let answer = elsewhere
        .sign_in("zhang@mail.example", crate::support::PASSWORD)
        .await;
    let answer: Value = answer.json();
    assert_eq!(answer["owner"]["freeze"]["reason"], "sent spam");
    let mut tx = bench.app.store.read().await.unwrap();
    for action in FrozenAction::ALL {
        let refused = freezing::refuse_frozen(&mut tx, id, action, bench.now()).await;
        let Err(server::error::ApiError::Refused { refusals, .. }) = refused else {
            panic!("a frozen account may {action:?}");
        };
        let reason = FreezeReason::Violation;
        let expected = Refusal::Account(AccountRefusal::Frozen { reason, action });
        assert_eq!(refusals, [expected]);
    }
    tx.commit().await.unwrap();
    change(&mut support, id, false, "sorry").await;
    let session: Value = owner.call(&GET_SESSION, Value::Null).await.json();
    assert!(session["owner"]["freeze"].is_null());
    let mut tx = bench.app.store.read().await.unwrap();
    let buy = freezing::refuse_frozen(&mut tx, id, FrozenAction::Buy, bench.now()).await;
    assert!(buy.is_ok());
    tx.commit().await.unwrap();
}

async fn ops_1_nobody_acts_on_an_account_of_their_own_nor_without_the_role(bench: Bench) {
    let id = bench.verified("zhang@mail.example", "张三").await;
    let (mut insider, _) = bench.on_duty("li", &[Role::Support], &[id]).await;
    let (mut reviewer, _) = bench.on_duty("wang", &[Role::Reviewer], &[]).await;
    let own = Refusal::Operator(OperatorRefusal::OwnAccount);
    let role = Refusal::Operator(OperatorRefusal::RoleMissing { duty: Duty::Freeze });
    for (browser, refusal) in [(&mut insider, own), (&mut reviewer, role)] {
        let answer = change(browser, id, true, "sent spam").await;
        assert_eq!(answer.status, 403);
        assert_eq!(
            answer.problem().refusals.as_slice(),
            std::slice::from_ref(&refusal)
        );
        let seen = look(browser, id).await;
        assert_eq!(seen.change_refusals, [refusal]);
        assert!(seen.freeze.is_none());
    }
}

async fn ops_2_a_reason_is_needed_and_what_is_so_already_is_refused(bench: Bench) {
    let id = bench.verified("zhang@mail.example", "张三").await;
    let (mut support, _) = bench.on_duty("li", &[Role::Support], &[]).await;
    for reason in ["", " \u{3000} ", &"封".repeat(501)] {
        let answer = change(&mut support, id, true, reason).await;
        assert_eq!(
            (answer.status, &*answer.problem().fields[0].field),
            (422, "reason")
        );
    }
    let lift = change(&mut support, id, false, "nothing there").await;
    let refusals = lift.problem().refusals;
    assert_eq!(refusals, [Refusal::Operator(OperatorRefusal::NotFrozen)]);
    let reason = "封".repeat(500);
    assert_eq!(change(&mut support, id, true, &reason).await.status, 204);
    let again = change(&mut support, id, true, "more").await;
    let refusals = again.problem().refusals;
    assert_eq!(
        refusals,
        [Refusal::Operator(OperatorRefusal::AlreadyFrozen)]
    );
    let unknown: AccountId = "100099999999".parse().unwrap();
    assert_eq!(
        change(&mut support, unknown, true, "spam").await.status,
        404
    );
    let path = GET_OPERATOR_ACCOUNT.path.replace("{account}", "12");
    let answer = support.get(&path).await;
    assert_eq!(
        (answer.status, &*answer.problem().fields[0].field),
        (422, "account")
    );
}

async fn ops_2_of_two_who_freeze_at_once_one_does(bench: Bench) {
    let id = bench.verified("zhang@mail.example", "张三").await;
    let (first, _) = bench.on_duty("li", &[Role::Support], &[]).await;
    let (second, _) = bench.on_duty("wang", &[Role::Administrator], &[]).await;
    let all = [first, second]
        .map(|mut browser| async move { change(&mut browser, id, true, "sent spam").await.status });
    let [first, second] = all;
    let mut statuses: [u16; 2] = tokio::join!(first, second).into();
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409]);
    let frozen = bench.events(id).await;
    let frozen = frozen.iter().filter(|event| *event == "freeze_changed");
    assert_eq!(frozen.count(), 1);
}

async fn api_2_asking_whether_an_account_may_be_frozen_changes_nothing(bench: Bench) {
    let id = bench.verified("zhang@mail.example", "张三").await;
    let (support, _) = bench.on_duty("li", &[Role::Support], &[]).await;
    let mut asking = support.with("may-i", "true");
    assert_eq!(change(&mut asking, id, true, "sent spam").await.status, 204);
    let seen = look(&mut asking, id).await;
    assert!(seen.freeze.is_none());
}
