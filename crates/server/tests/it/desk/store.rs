//! What the desk's rows promise.

use domain::account::AccountId;
use domain::identity::OperatorName;
use domain::mfa::{MfaCheck, TotpStep, TryCount};
use domain::operators::{OperatorId, Queue, QueueStage, Role};
use domain::time::Span;
use server::housekeeping;
use server::store::operators::{self, NewOperator};
use server::store::queue::{self, QueueCount, QueueEntry};
use server::store::{Store, freezes};

use crate::support::{Bench, on_both_databases};

on_both_databases!(
    ops_1_what_enters_a_queue_is_listed_by_due_time_until_it_is_decided,
    ops_1_what_is_handed_in_again_begins_anew_and_what_is_taken_back_is_gone,
    ops_1_an_operator_reads_back_whole_and_has_a_name_of_their_own,
    ops_1_a_disabled_operator_has_no_session_and_old_sessions_are_forgotten,
    ops_2_a_freeze_reads_back_and_goes_when_it_is_lifted,
);

fn entry(bench: &Bench, id: &str, account: AccountId, days: u32) -> QueueEntry {
    QueueEntry {
        id: id.to_owned(),
        queue: Queue::VerificationChanges,
        accounts: vec![account],
        entered_at: bench.now(),
        due_at: bench.now().plus(Span::from_days(days)),
    }
}

async fn listed(store: &Store) -> Vec<String> {
    let mut tx = store.read().await.unwrap();
    let items = queue::list(&mut tx, Queue::VerificationChanges, 100).await;
    items.unwrap().into_iter().map(|item| item.id).collect()
}

async fn hired(bench: &Bench, name: &str) -> Option<OperatorId> {
    let mut tx = bench.app.store.write().await.unwrap();
    let name = OperatorName::parse(name).unwrap();
    let new = NewOperator {
        name: &name,
        password_hash: "a hash",
        roles: &[Role::Reviewer, Role::Support],
        own_accounts: &[],
    };
    let id = operators::insert(&mut tx, &new, bench.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn ops_1_what_enters_a_queue_is_listed_by_due_time_until_it_is_decided(bench: Bench) {
    let (_, account) = bench.bare().await;
    let by = hired(&bench, "li").await.unwrap();
    let store = &bench.app.store;
    let mut tx = store.write().await.unwrap();
    for (id, days) in [("later", 3), ("sooner", 1), ("last", 9)] {
        queue::enter(&mut tx, &entry(&bench, id, account, days))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(listed(store).await, ["sooner", "later", "last"]);
    bench.wait(Span::from_days(3));
    let mut tx = store.write().await.unwrap();
    let count = |open, overdue| {
        vec![QueueCount {
            queue: Queue::VerificationChanges,
            open,
            overdue,
        }]
    };
    // What is due at this very moment is still in time.
    assert_eq!(
        queue::count(&mut tx, bench.now()).await.unwrap(),
        count(3, 1)
    );
    let at = bench.now();
    let once = QueueStage::ApprovedOnce { by, at };
    queue::update_stage(&mut tx, "sooner", &once).await.unwrap();
    let found = queue::find(&mut tx, "sooner").await.unwrap().unwrap();
    assert_eq!(
        (found.item.stage, found.item.accounts),
        (once, vec![account])
    );
    for (id, approved) in [("later", true), ("last", false)] {
        let stage = QueueStage::Decided { by, at, approved };
        queue::update_stage(&mut tx, id, &stage).await.unwrap();
        let found = queue::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!(found.item.stage, stage);
    }
    assert_eq!(queue::count(&mut tx, at).await.unwrap(), count(1, 1));
    tx.commit().await.unwrap();
    assert_eq!(
        listed(store).await,
        ["sooner"],
        "approved once is not decided"
    );
}

async fn ops_1_what_is_handed_in_again_begins_anew_and_what_is_taken_back_is_gone(bench: Bench) {
    let (_, account) = bench.bare().await;
    let (_, other) = bench.bare().await;
    let by = hired(&bench, "li").await.unwrap();
    let at = bench.now();
    let mut tx = bench.app.store.write().await.unwrap();
    let first = entry(&bench, "one", account, 3);
    queue::enter(&mut tx, &first).await.unwrap();
    let rejected = QueueStage::Decided {
        by,
        at,
        approved: false,
    };
    queue::update_stage(&mut tx, "one", &rejected)
        .await
        .unwrap();
    let again = QueueEntry {
        accounts: vec![account, other, other],
        ..entry(&bench, "one", account, 5)
    };
    queue::enter(&mut tx, &again).await.unwrap();
    let found = queue::find(&mut tx, "one").await.unwrap().unwrap();
    assert_eq!(found.item.stage, QueueStage::Open);
    assert_eq!(found.item.accounts, [account, other]);
    assert_eq!(found.due_at, again.due_at);
    queue::leave(&mut tx, "one").await.unwrap();
    queue::leave(&mut tx, "never there").await.unwrap();
    assert_eq!(queue::find(&mut tx, "one").await.unwrap(), None);
    tx.commit().await.unwrap();
}

async fn ops_1_an_operator_reads_back_whole_and_has_a_name_of_their_own(bench: Bench) {
    let (_, account) = bench.bare().await;
    let name = OperatorName::parse("Li.Lei").unwrap();
    let mut tx = bench.app.store.write().await.unwrap();
    let new = NewOperator {
        name: &name,
        password_hash: "a hash",
        roles: &[Role::Reviewer, Role::Administrator],
        own_accounts: &[account],
    };
    let now = bench.now();
    let id = operators::insert(&mut tx, &new, now)
        .await
        .unwrap()
        .unwrap();
    let check = MfaCheck {
        last_step: Some(TotpStep::new(7)),
        tries: TryCount::Counting {
            since: now,
            wrong: 2,
        },
    };
    operators::update_secret(&mut tx, id, Some("SECRET"))
        .await
        .unwrap();
    operators::update_check(&mut tx, id, check).await.unwrap();
    let other_case = OperatorName::parse("li.lei").unwrap();
    let found = operators::find_by_name(&mut tx, &other_case).await.unwrap();
    let found = found.unwrap();
    assert_eq!(found.name, name);
    assert_eq!(found.operator.id, id);
    assert_eq!(found.operator.roles, [Role::Reviewer, Role::Administrator]);
    assert_eq!(found.operator.own_accounts, [account]);
    assert_eq!(found.secret.unwrap().as_str(), "SECRET");
    assert_eq!(found.check, check);
    assert!(!found.is_disabled);
    // A new binding waits beside what counts, and takes its place with a clean sheet.
    operators::update_binding(&mut tx, id, "NEXT")
        .await
        .unwrap();
    let waiting = operators::find_binding(&mut tx, id).await.unwrap();
    assert_eq!(waiting.unwrap().as_str(), "NEXT");
    operators::update_secret(&mut tx, id, None).await.unwrap();
    operators::update_roles(&mut tx, id, &[Role::Support])
        .await
        .unwrap();
    let found = operators::find(&mut tx, id).await.unwrap().unwrap();
    assert!(found.secret.is_none());
    assert_eq!(found.check, MfaCheck::default());
    assert_eq!(found.operator.roles, [Role::Support]);
    assert!(
        operators::find_binding(&mut tx, id)
            .await
            .unwrap()
            .is_none()
    );
    let twin = NewOperator {
        name: &other_case,
        ..new
    };
    assert_eq!(operators::insert(&mut tx, &twin, now).await.unwrap(), None);
    assert_eq!(operators::list(&mut tx).await.unwrap().len(), 1);
    tx.commit().await.unwrap();
}

async fn ops_1_a_disabled_operator_has_no_session_and_old_sessions_are_forgotten(bench: Bench) {
    let id = hired(&bench, "li").await.unwrap();
    let store = &bench.app.store;
    let mut tx = store.write().await.unwrap();
    for (token, is_on_duty) in [("first", false), ("second", true)] {
        operators::insert_session(&mut tx, id, (token, is_on_duty), bench.now())
            .await
            .unwrap();
    }
    let found = operators::find_session(&mut tx, "first").await.unwrap();
    assert!(found.is_some_and(|found| !found.is_on_duty));
    operators::update_disabled(&mut tx, id, Some(bench.now()))
        .await
        .unwrap();
    assert!(
        operators::find_session(&mut tx, "second")
            .await
            .unwrap()
            .is_none()
    );
    operators::update_disabled(&mut tx, id, None).await.unwrap();
    assert!(
        operators::find_session(&mut tx, "second")
            .await
            .unwrap()
            .is_some()
    );
    let ended = operators::delete_session(&mut tx, "first").await.unwrap();
    assert_eq!(ended, Some(id));
    tx.commit().await.unwrap();
    bench.wait(Span::from_minutes(29));
    let mut tx = store.write().await.unwrap();
    operators::update_session_used(&mut tx, "second", bench.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for (minutes, is_kept) in [(29, true), (1, false)] {
        bench.wait(Span::from_minutes(minutes));
        housekeeping::forget(&bench.app).await.unwrap();
        let mut tx = store.read().await.unwrap();
        let found = operators::find_session(&mut tx, "second").await.unwrap();
        assert_eq!(found.is_some(), is_kept);
    }
}

async fn ops_2_a_freeze_reads_back_and_goes_when_it_is_lifted(bench: Bench) {
    let (_, account) = bench.bare().await;
    let by = hired(&bench, "li").await.unwrap();
    let mut tx = bench.app.store.write().await.unwrap();
    assert!(freezes::find(&mut tx, account).await.unwrap().is_none());
    for reason in ["sent spam", "sent more of it"] {
        freezes::replace(&mut tx, account, (by, reason), bench.now())
            .await
            .unwrap();
        let found = freezes::find(&mut tx, account).await.unwrap().unwrap();
        assert_eq!((found.by, &*found.name, &*found.reason), (by, "li", reason));
    }
    freezes::delete(&mut tx, account).await.unwrap();
    assert!(freezes::find(&mut tx, account).await.unwrap().is_none());
    tx.commit().await.unwrap();
}
