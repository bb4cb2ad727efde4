//! What rows promise, on both databases: nothing readable at rest, nothing kept too long, nothing half.

use std::sync::Arc;

use domain::account::VerificationStatus;
use domain::identity::{Email, EnterpriseCode, EnterpriseName};
use domain::time::Span;
use server::housekeeping;
use server::language::Language;
use server::outside::ids::token_hash;
use server::store::idempotency::{Answer, Earlier};
use server::store::outbox::{Channel, Message};
use server::store::{
    Store, StoreError, accounts, enterprise_limits, idempotency, outbox, sessions, subjects, tries,
};
use server::vault::{KeyFile, Vault};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

use crate::support::{Bench, PASSWORD, on_both_databases, person_record};

on_both_databases!(
    personal_data_and_secrets_are_not_readable_at_rest,
    acc_1_an_account_id_is_never_given_twice,
    one_address_opens_one_account,
    what_was_not_committed_did_not_happen,
    housekeeping_forgets_what_is_over_and_nothing_else,
    a_message_in_the_outbox_reads_back_whole,
    opening_twice_changes_nothing,
    nothing_of_a_registration_is_readable_at_rest,
    a_key_that_is_let_go_is_new_again,
    a_message_whose_key_is_gone_holds_up_nobody,
    ent_1_a_raised_limit_is_found_by_code_or_by_name,
);

const TABLES: &[&str] = &[
    "installation",
    "accounts",
    "login_methods",
    "wechat_confirmations",
    "security_phones",
    "security_emails",
    "security_email_changes",
    "contact_points",
    "codes",
    "code_targets",
    "code_failures",
    "proofs",
    "wrong_passwords",
    "used_captchas",
    "sign_in_steps",
    "trusted_devices",
    "sign_ins",
    "scans",
    "seen_identities",
    "mfa_devices",
    "mfa_bindings",
    "recovery_codes",
    "key_challenges",
    "face_checks",
    "lock_links",
    "sub_users",
    "changes",
    "subjects",
    "subject_history",
    "verification_attempts",
    "operators",
    "operator_accounts",
    "operator_sessions",
    "queue_items",
    "queue_accounts",
    "account_freezes",
    "passwords",
    "sessions",
    "devices",
    "audit",
    "audit_head",
    "documents",
    "outbox",
    "idempotency",
    "tries",
    "enterprise_limits",
    "bank_transfers",
    "amount_disputes",
    "top_ups",
    "incoming_payments",
    "official_permissions",
    "enterprise_rechecks",
    "enterprise_contacts",
];

async fn ent_1_a_raised_limit_is_found_by_code_or_by_name(bench: Bench) {
    let code = |text| EnterpriseCode::parse(text).unwrap();
    let name = |text| EnterpriseName::parse(text).unwrap();
    let (uscc, sunny) = (code("91110108MA01ABC25F"), name("晴空（示例）科技有限公司"));
    let mut tx = bench.app.store.write().await.unwrap();
    let found = enterprise_limits::find(&mut tx, &uscc, &sunny)
        .await
        .unwrap();
    assert_eq!(found, None);
    for places in [12, 15] {
        let enterprise = (&uscc, &sunny);
        enterprise_limits::replace(&mut tx, enterprise, places, bench.now())
            .await
            .unwrap();
        for (code, name) in [
            // The organisation code inside it is the same enterprise.
            (code("MA01ABC25"), name("另一个名字有限公司")),
            (code("110108012345678"), name("晴空(示例)科技有限公司")),
        ] {
            let found = enterprise_limits::find(&mut tx, &code, &name).await;
            assert_eq!(found.unwrap(), Some(places));
        }
    }
    let (code, name) = (code("110108012345678"), name("另一个名字有限公司"));
    let found = enterprise_limits::find(&mut tx, &code, &name).await;
    assert_eq!(found.unwrap(), None);
    tx.commit().await.unwrap();
}

async fn nothing_of_a_registration_is_readable_at_rest(bench: Bench) {
    let mut browser = bench.browser();
    bench.prove_email(&mut browser, "li.si@mail.example").await;
    let seen = browser.cookies["__Host-seen"].clone();
    let form = bench.registration_form(&mut browser, "13700137001").await;
    let code = form["code"].as_str().unwrap();
    let rows = everything(&bench.url).await;
    assert!(rows.contains("register"), "the rows were read");
    for secret in ["li.si", "mail.example", "13700137001", &seen, code] {
        assert!(
            !rows.lines().any(|value| value.contains(secret)),
            "{secret}"
        );
    }
    let answer = browser.call(&contract::endpoints::REGISTER, form).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let rows = everything(&bench.url).await;
    assert!(rows.contains("registered"), "the rows were read");
    // The nickname is display text and was made of the address's name.
    for secret in ["mail.example", "13700137001", PASSWORD] {
        assert!(!rows.contains(secret), "{secret}");
    }
}

/// Every value of every row, as text.
async fn everything(url: &str) -> String {
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    let mut all = String::new();
    for table in TABLES {
        let statement = AssertSqlSafe(format!("select * from {table}"));
        let rows = sqlx::query(statement)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        for row in rows {
            for column in 0..row.len() {
                let text = row
                    .try_get::<Option<String>, _>(column)
                    .map(Option::unwrap_or_default)
                    .or_else(|_| row.try_get::<i64, _>(column).map(|n| n.to_string()))
                    .unwrap();
                all.push_str(&text);
                all.push('\n');
            }
        }
    }
    all
}

async fn personal_data_and_secrets_are_not_readable_at_rest(bench: Bench) {
    bench.verified("zhang.wuji@mail.example", "张无忌").await;
    let mut browser = bench.browser().with("idempotency-key", "the-key-itself");
    browser.sign_in("zhang.wuji@mail.example", PASSWORD).await;
    let wish = serde_json::json!({ "nickname": "云", "version": 1 });
    browser
        .call(&contract::endpoints::CHANGE_NICKNAME, wish)
        .await;
    let rows = everything(&bench.url).await;
    assert!(rows.contains("nickname_changed"), "the rows were read");
    let token = &browser.cookies["__Host-session"];
    let device = &browser.cookies["__Host-device"];
    for secret in [
        "zhang.wuji",
        "mail.example",
        "张无忌",
        PASSWORD,
        token,
        device,
        "the-key-itself",
    ] {
        assert!(!rows.contains(secret), "{secret} is readable");
    }
    assert!(rows.contains(&token_hash(token)));
    assert!(rows.contains("$argon2id$v=19$m=19456,t=2,p=1$"));
}

async fn acc_1_an_account_id_is_never_given_twice(bench: Bench) {
    let first = bench.account("zhang@mail.example", Language::Chinese).await;
    let mut connection = sqlx::AnyConnection::connect(&bench.url).await.unwrap();
    for table in [
        "audit where account_id",
        "passwords where account_id",
        "login_methods where account_id",
        "accounts where id",
    ] {
        let statement = AssertSqlSafe(format!("delete from {table} = $1"));
        sqlx::query(statement)
            .bind(first.to_string())
            .execute(&mut connection)
            .await
            .unwrap();
    }
    connection.close().await.unwrap();
    let second = bench.account("zhang@mail.example", Language::Chinese).await;
    assert!(second > first);
}

async fn one_address_opens_one_account(bench: Bench) {
    let first = bench.account("zhang@mail.example", Language::Chinese).await;
    let second = bench.account("li@mail.example", Language::Chinese).await;
    assert_ne!(first, second);
    let wish = server::accounts::Wish {
        email: Email::parse("ZHANG@mail.example").unwrap(),
        password: PASSWORD.to_owned(),
        nickname: domain::account::Nickname::parse("x").unwrap(),
        language: Language::English,
    };
    let app = &bench.app;
    let policy = &app.policy.sign_in;
    let made = server::accounts::create(
        &app.store,
        &app.hasher,
        &*app.ids,
        policy,
        &wish,
        bench.now(),
    )
    .await;
    assert!(matches!(
        made,
        Err(server::accounts::CreateError::EmailTaken)
    ));
}

async fn what_was_not_committed_did_not_happen(bench: Bench) {
    let id = bench.account("zhang@mail.example", Language::Chinese).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let record = person_record("张三", "110101199003070011", bench.now());
    subjects::replace(&mut tx, id, &record).await.unwrap();
    let inside = accounts::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(inside.verified_name.as_deref(), Some("张三"));
    drop(tx);
    // The next writer is not held up by the one that was dropped.
    let mut tx = bench.app.store.write().await.unwrap();
    let account = accounts::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(account.verification, VerificationStatus::Unverified);
    assert_eq!(account.verified_name, None);
    assert_eq!(account.login_email.unwrap().display(), "zhang@mail.example");
    tx.commit().await.unwrap();
}

async fn housekeeping_forgets_what_is_over_and_nothing_else(bench: Bench) {
    let (mut browser, id) = bench.signed_in("zhang@mail.example").await;
    let token = token_hash(&browser.cookies["__Host-session"]);
    bench.postman().deliver_due().await.unwrap();
    let find = async |token: &str| {
        let mut tx = bench.app.store.read().await.unwrap();
        let found = sessions::find(&mut tx, token).await.unwrap().is_some();
        let letters = outbox::list_sent(&mut tx, 10).await.unwrap().len();
        tx.commit().await.unwrap();
        (found, letters)
    };
    bench.wait(Span::from_millis(2 * 3_600_000 - 1));
    housekeeping::forget(&bench.app).await.unwrap();
    assert_eq!(find(&token).await, (true, 1));
    assert_eq!(browser.get("/api/v1/account").await.status, 200);
    // An owner may have chosen 12 hours (SGN-13).
    bench.wait(Span::from_millis(12 * 3_600_000 - 1));
    housekeeping::forget(&bench.app).await.unwrap();
    assert_eq!(find(&token).await, (true, 1));
    bench.wait(Span::from_millis(1));
    housekeeping::forget(&bench.app).await.unwrap();
    assert_eq!(find(&token).await, (false, 1));
    bench.wait(Span::from_days(8));
    housekeeping::forget(&bench.app).await.unwrap();
    assert_eq!(find(&token).await, (false, 0));
    assert_eq!(bench.events(id).await, ["account_created", "signed_in"]);
}

async fn a_message_in_the_outbox_reads_back_whole(bench: Bench) {
    let now = bench.now();
    let message = Message {
        id: "m1".to_owned(),
        channel: Channel::Sms,
        to: "+8613800001234".to_owned(),
        subject: None,
        body: "验证码 000000 — “测试”\n𬱖".to_owned(),
    };
    let mut tx = bench.app.store.write().await.unwrap();
    outbox::insert(&mut tx, &message, now).await.unwrap();
    let until = now.plus(Span::from_minutes(10));
    let claimed = outbox::claim(&mut tx, "w1", 10, now, until).await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!((&claimed[0].message, claimed[0].tries), (&message, 1));
    assert!(
        outbox::claim(&mut tx, "w2", 10, now, until)
            .await
            .unwrap()
            .is_empty()
    );
    // A worker that died lets go in the end, and cannot report afterwards.
    let later = until.plus(Span::from_minutes(1));
    let again = outbox::claim(&mut tx, "w2", 10, until, later)
        .await
        .unwrap();
    assert_eq!(again.len(), 1);
    outbox::update_sent(&mut tx, "m1", "w1", until)
        .await
        .unwrap();
    assert!(outbox::list_sent(&mut tx, 10).await.unwrap().is_empty());
    outbox::update_sent(&mut tx, "m1", "w2", until)
        .await
        .unwrap();
    let sent = outbox::list_sent(&mut tx, 10).await.unwrap();
    assert_eq!((sent.len(), sent[0].at), (1, until));
    assert_eq!(sent[0].message, message);
    tx.commit().await.unwrap();
}

async fn opening_twice_changes_nothing(bench: Bench) {
    let id = bench.account("zhang@mail.example", Language::English).await;
    let vault = Vault::new(KeyFile::generate("other").unwrap()).unwrap();
    let store = Store::open(&bench.url, Arc::new(vault)).await.unwrap();
    store.check().await.unwrap();
    // With other keys the rows are there and what is sealed stays shut.
    let mut tx = store.read().await.unwrap();
    let found = accounts::find(&mut tx, id).await;
    assert!(matches!(found, Err(StoreError::Vault(_))));
}

async fn a_key_that_is_let_go_is_new_again(bench: Bench) {
    let id = bench.account("zhang@mail.example", Language::English).await;
    let (now, old) = (bench.now(), bench.now().minus(Span::from_hours(24)));
    let mut tx = bench.app.store.write().await.unwrap();
    let tx = &mut tx;
    let first = idempotency::claim(tx, id, "k", "f", now, old)
        .await
        .unwrap();
    assert_eq!(first, None);
    let second = idempotency::claim(tx, id, "k", "f", now, old)
        .await
        .unwrap();
    let earlier = |is_same_request, answer| {
        Some(Earlier {
            is_same_request,
            answer,
        })
    };
    assert_eq!(second, earlier(true, None));
    idempotency::delete(tx, id, "k").await.unwrap();
    let third = idempotency::claim(tx, id, "k", "f", now, old)
        .await
        .unwrap();
    assert_eq!(third, None);
    let answer = Answer {
        status: 204,
        content_type: String::new(),
        body: String::new(),
    };
    idempotency::update_answer(tx, id, "k", &answer)
        .await
        .unwrap();
    let fourth = idempotency::claim(tx, id, "k", "f", now, old)
        .await
        .unwrap();
    assert_eq!(fourth, earlier(true, Some(answer.clone())));
    let other = idempotency::claim(tx, id, "k", "g", now, old)
        .await
        .unwrap();
    assert_eq!(other, earlier(false, Some(answer)));
    let (end, a_day) = (now.plus(Span::from_hours(24)), Span::from_hours(24));
    let after = end.plus(Span::from_millis(1));
    let remembered = idempotency::claim(tx, id, "k", "g", end, end.minus(a_day))
        .await
        .unwrap();
    assert!(remembered.is_some(), "in the last millisecond of the day");
    let forgotten = idempotency::claim(tx, id, "k", "g", after, after.minus(a_day))
        .await
        .unwrap();
    assert_eq!(forgotten, None, "a millisecond later");
    let window = Span::from_minutes(1);
    let room = tries::count(tx, "who", 1, window, now).await.unwrap();
    assert_eq!(room, tries::Room::Left);
    let room = tries::count(tx, "who", 1, window, now).await.unwrap();
    assert_eq!(room, tries::Room::FullUntil(now.plus(window)));
}

async fn a_message_whose_key_is_gone_holds_up_nobody(bench: Bench) {
    let now = bench.now();
    let other = Vault::new(KeyFile::generate("lost").unwrap()).unwrap();
    let other = Store::open(&bench.url, Arc::new(other)).await.unwrap();
    for (store, id) in [(&other, "m1"), (&bench.app.store, "m2")] {
        let message = Message {
            id: id.to_owned(),
            channel: Channel::Email,
            to: "zhang@mail.example".to_owned(),
            subject: Some("x".to_owned()),
            body: "y".to_owned(),
        };
        let mut tx = store.write().await.unwrap();
        outbox::insert(&mut tx, &message, now).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(bench.postman().deliver_due().await.unwrap(), 1);
    let arrived = bench.mail.arrived.lock().unwrap().clone();
    assert_eq!((arrived.len(), &*arrived[0].id), (1, "m2"));
    let mut tx = bench.app.store.read().await.unwrap();
    assert_eq!(outbox::count_given_up(&mut tx).await.unwrap(), 1);
}
