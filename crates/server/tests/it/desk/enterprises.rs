//! An enterprise's places, and raising their number (ENT-1, OPS-2).

use contract::endpoints::{FIND_ENTERPRISE, RAISE_LIMIT};
use contract::operators::EnterprisePlaces;
use domain::account::AccountId;
use domain::operators::{Duty, OperatorRefusal, Role};
use domain::refusal::Refusal;
use serde_json::json;
use server::flows::subjects as flows;
use server::store::subjects;

use crate::support::{Answer, Bench, Browser, enterprise, enterprise_record, on_both_databases};

on_both_databases!(
    ent_1_an_administrator_raises_the_limit_of_one_enterprise_with_a_reason,
    ent_1_the_limit_is_raised_never_lowered_and_not_without_end,
    ops_1_nobody_raises_the_limit_of_an_enterprise_of_their_own,
    ops_2_of_two_raises_at_once_the_lower_is_none_any_more,
);

const NAME: &str = "晴空（示例）科技有限公司";
const CODE: &str = "91110108MA01ABC25F";

async fn verifies(bench: &Bench) -> AccountId {
    let (_, id) = bench.bare().await;
    let mut tx = bench.app.store.write().await.unwrap();
    let record = enterprise_record(NAME, CODE, bench.now());
    subjects::replace(&mut tx, id, &record).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn find(browser: &mut Browser) -> EnterprisePlaces {
    let wish = json!({ "name": NAME, "code": CODE });
    let answer = browser.call(&FIND_ENTERPRISE, wish).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn raise(browser: &mut Browser, limit: u32, reason: &str) -> Answer {
    let wish = json!({ "name": NAME, "code": CODE, "limit": limit, "reason": reason });
    browser.call(&RAISE_LIMIT, wish).await
}

async fn ent_1_an_administrator_raises_the_limit_of_one_enterprise_with_a_reason(bench: Bench) {
    let id = verifies(&bench).await;
    let (mut administrator, number) = bench.on_duty("wang", &[Role::Administrator], &[]).await;
    let before = find(&mut administrator).await;
    assert_eq!((before.verified, before.limit, before.most), (1, 10, 1000));
    assert_eq!(before.refusals, []);
    let answer = raise(&mut administrator, 25, "a group of 24 subsidiaries").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(find(&mut administrator).await.limit, 25);
    let enterprise = enterprise(NAME, CODE);
    let mut tx = bench.app.store.write().await.unwrap();
    let places = flows::places(&mut tx, &enterprise, id).await.unwrap();
    assert_eq!(places, (0, Some(25)), "what verification counts with");
    tx.commit().await.unwrap();
    assert!(
        bench
            .events(id)
            .await
            .contains(&"enterprise_limit_raised".to_owned())
    );
    let mut tx = bench.app.store.read().await.unwrap();
    let rows = server::store::audit::list(&mut tx, id, 1).await.unwrap();
    tx.commit().await.unwrap();
    assert!(rows[0].details.contains("a group of 24 subsidiaries"));
    assert!(rows[0].details.contains(&number.0.to_string()));
    assert!(!rows[0].details.contains(NAME), "the name is masked");
}

async fn ent_1_the_limit_is_raised_never_lowered_and_not_without_end(bench: Bench) {
    let (mut administrator, _) = bench.on_duty("wang", &[Role::Administrator], &[]).await;
    let refused = |answer: &Answer| answer.problem().refusals;
    let not = |limit| Refusal::Operator(OperatorRefusal::NotARaise { limit });
    assert_eq!(
        refused(&raise(&mut administrator, 10, "x").await),
        [not(10)]
    );
    assert_eq!(raise(&mut administrator, 11, "x").await.status, 200);
    assert_eq!(
        refused(&raise(&mut administrator, 11, "x").await),
        [not(11)]
    );
    let high = Refusal::Operator(OperatorRefusal::RaiseTooHigh { most: 1000 });
    assert_eq!(refused(&raise(&mut administrator, 1001, "x").await), [high]);
    assert_eq!(raise(&mut administrator, 1000, "x").await.status, 200);
    let empty = json!({ "name": " ", "code": "12", "limit": 20, "reason": "" });
    let answer = administrator.call(&RAISE_LIMIT, empty).await;
    let fields = answer.problem().fields;
    let named: Vec<_> = fields.iter().map(|field| &*field.field).collect();
    assert_eq!(
        (answer.status, named),
        (422, vec!["name", "code", "reason"])
    );
}

async fn ops_1_nobody_raises_the_limit_of_an_enterprise_of_their_own(bench: Bench) {
    let id = verifies(&bench).await;
    let (mut insider, _) = bench.on_duty("wang", &[Role::Administrator], &[id]).await;
    let (mut support, _) = bench.on_duty("li", &[Role::Support], &[]).await;
    let own = Refusal::Operator(OperatorRefusal::OwnAccount);
    let duty = Duty::RaiseLimit;
    let role = Refusal::Operator(OperatorRefusal::RoleMissing { duty });
    for (browser, refusal) in [(&mut insider, own), (&mut support, role)] {
        assert_eq!(
            find(browser).await.refusals.as_slice(),
            std::slice::from_ref(&refusal)
        );
        let answer = raise(browser, 20, "why not").await;
        assert_eq!(answer.status, 403);
        assert_eq!(answer.problem().refusals, [refusal]);
        assert_eq!(find(browser).await.limit, 10);
    }
}

async fn ops_2_of_two_raises_at_once_the_lower_is_none_any_more(bench: Bench) {
    let (first, _) = bench.on_duty("wang", &[Role::Administrator], &[]).await;
    let (second, _) = bench.on_duty("li", &[Role::Administrator], &[]).await;
    let call = |mut browser: Browser| async move { raise(&mut browser, 20, "x").await.status };
    let (one, other) = tokio::join!(call(first.clone()), call(second));
    let mut statuses = [one, other];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(find(&mut first.clone()).await.limit, 20);
}
