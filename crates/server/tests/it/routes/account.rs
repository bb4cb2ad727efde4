//! Account info and the nickname.

use contract::account::AccountInfo;
use contract::endpoints::{CHANGE_NICKNAME, GET_ACCOUNT};
use contract::problem::ValueProblem;
use domain::account::{NicknameProblem, NicknameRefusal, VerificationStatus};
use domain::refusal::Refusal;
use domain::rule::RuleId;
use serde_json::{Value, json};

use crate::support::{Bench, PASSWORD, START, on_both_databases};

on_both_databases!(
    acc_1_acc_3_account_info_shows_the_id_and_the_moment_of_registration,
    acc_4_the_nickname_is_changed_and_stays_changed,
    acc_4_the_verified_name_is_advised_against_once,
    v_35_a_nickname_changed_elsewhere_is_not_overwritten,
);

async fn acc_1_acc_3_account_info_shows_the_id_and_the_moment_of_registration(bench: Bench) {
    let (mut browser, id) = bench.signed_in("zhang@mail.example").await;
    let info: AccountInfo = browser.call(&GET_ACCOUNT, Value::Null).await.json();
    assert_eq!(info.account_id, id);
    assert_eq!(info.registered_at, START);
    assert_eq!(info.nickname, "小云");
    assert_eq!(info.nickname_version, 1);
    assert_eq!(info.verification, VerificationStatus::Unverified);
    assert_eq!(info.verified_name, None);
    // Masked on the server: the whole address never leaves it.
    assert_eq!(info.login_email.as_deref(), Some("z***@mail.example"));
}

async fn acc_4_the_nickname_is_changed_and_stays_changed(bench: Bench) {
    let (mut browser, id) = bench.signed_in("zhang@mail.example").await;
    let wish = json!({ "nickname": "  云上　小张 ", "version": 1 });
    let answer = browser.call(&CHANGE_NICKNAME, wish).await;
    assert_eq!(answer.status, 200);
    let changed: AccountInfo = answer.json();
    assert_eq!(
        (&*changed.nickname, changed.nickname_version),
        ("云上 小张", 2)
    );
    browser.router = bench.restarted_router();
    let again: AccountInfo = browser.call(&GET_ACCOUNT, Value::Null).await.json();
    assert_eq!(again, changed);
    let events = bench.events(id).await;
    assert_eq!(events, ["account_created", "signed_in", "nickname_changed"]);
}

async fn acc_4_the_verified_name_is_advised_against_once(bench: Bench) {
    bench.verified("zhang@mail.example", "张三").await;
    let mut browser = bench.browser();
    browser.sign_in("zhang@mail.example", PASSWORD).await;
    let info: AccountInfo = browser.call(&GET_ACCOUNT, Value::Null).await.json();
    assert_eq!(info.verification, VerificationStatus::Person);
    assert_eq!(info.verified_name.as_deref(), Some("张*"));
    let wish = json!({ "nickname": "张三", "version": 1 });
    let answer = browser.call(&CHANGE_NICKNAME, wish).await;
    assert_eq!((answer.status, &*answer.kind()), (409, "refused"));
    let problem = answer.problem();
    assert_eq!(problem.rule, Some(RuleId::Acc4));
    let refusal = Refusal::Nickname(NicknameRefusal::IsVerifiedName);
    assert_eq!(problem.refusals, [refusal]);
    let confirmed = json!({ "nickname": "张三", "version": 1, "use_verified_name": true });
    let answer = browser.call(&CHANGE_NICKNAME, confirmed).await;
    assert_eq!(answer.json::<AccountInfo>().nickname, "张三");
}

async fn v_35_a_nickname_changed_elsewhere_is_not_overwritten(bench: Bench) {
    let (mut tab_a, id) = bench.signed_in("zhang@mail.example").await;
    let mut tab_b = tab_a.clone();
    let a = json!({ "nickname": "from A", "version": 1 });
    assert_eq!(tab_a.call(&CHANGE_NICKNAME, a).await.status, 200);
    let b = json!({ "nickname": "from B", "version": 1 });
    let answer = tab_b.call(&CHANGE_NICKNAME, b).await;
    assert_eq!((answer.status, &*answer.kind()), (409, "changed_elsewhere"));
    let info: AccountInfo = tab_b.call(&GET_ACCOUNT, Value::Null).await.json();
    assert_eq!((&*info.nickname, info.nickname_version), ("from A", 2));
    // What did not happen left no trace.
    assert_eq!(bench.events(id).await.len(), 3);
    let reloaded = json!({ "nickname": "from B", "version": 2 });
    assert_eq!(tab_b.call(&CHANGE_NICKNAME, reloaded).await.status, 200);
}

#[tokio::test]
async fn acc_4_what_is_no_nickname_is_told_with_its_limit() {
    let bench = Bench::sqlite().await;
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    for (typed, expected) in [
        ("", NicknameProblem::Empty),
        ("a\u{0}b", NicknameProblem::ControlCharacter),
        (&"云".repeat(33), NicknameProblem::TooLong { longest: 32 }),
    ] {
        let wish = json!({ "nickname": typed, "version": 1 });
        let answer = browser.call(&CHANGE_NICKNAME, wish).await;
        assert_eq!(answer.status, 422, "{typed}");
        let fields = answer.problem().fields;
        assert_eq!(fields.len(), 1);
        assert_eq!(fields[0].field, "nickname");
        assert_eq!(fields[0].problem, ValueProblem::Nickname(expected));
    }
    let fits = json!({ "nickname": "云".repeat(32), "version": 1 });
    assert_eq!(browser.call(&CHANGE_NICKNAME, fits).await.status, 200);
}

#[tokio::test]
async fn nobody_reaches_another_account() {
    let bench = Bench::sqlite().await;
    let (mut first, first_id) = bench.signed_in("zhang@mail.example").await;
    let (mut second, second_id) = bench.signed_in("li@mail.example").await;
    let wish = json!({ "nickname": "only mine", "version": 1 });
    first.call(&CHANGE_NICKNAME, wish).await;
    let first: AccountInfo = first.call(&GET_ACCOUNT, Value::Null).await.json();
    let second: AccountInfo = second.call(&GET_ACCOUNT, Value::Null).await.json();
    assert_eq!(
        (first.account_id, &*first.nickname),
        (first_id, "only mine")
    );
    assert_eq!((second.account_id, &*second.nickname), (second_id, "小云"));
    assert_ne!(first_id, second_id);
}
