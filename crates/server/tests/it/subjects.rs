//! Subjects and attempts in the store and in the flows that change them, on both databases.

use domain::account::VerificationStatus;
use domain::identity::EnterpriseCode;
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::{
    Attempt, FailureReason, Method, Region, Subject, SubjectEvent, VerificationRefusal,
};
use serde_json::json;
use server::error::ApiError;
use server::flows::attempts::{self as attempting, Found, Wish};
use server::flows::subjects as becoming;
use server::language::Language;
use server::store::attempts::{self, Claimed};
use server::store::subjects::{self, Identity};
use server::store::{accounts, outbox, security};

use crate::support::{
    Bench, enterprise, enterprise_record, on_both_databases, person, person_record,
};

on_both_databases!(
    ver_12_a_subject_reads_back_whole_and_the_account_is_in_step,
    ver_2_places_of_a_person_are_counted_by_document,
    ent_1_places_of_an_enterprise_are_counted_by_code_or_name,
    ver_10_an_attempt_that_failed_keeps_what_was_typed,
    ver_10_one_attempt_runs_at_a_time,
    ver_2_the_third_place_is_taken_once_however_many_pass_at_once,
    ent_16_a_lost_subject_frees_its_place_and_stays_in_the_history,
);

const NUMBER: &str = "110101199003070011";

fn wish(name: &str) -> Wish {
    Wish {
        claim: Claimed::Person(person(name, NUMBER)),
        method: Method::Face,
        give_up_running: false,
        more: json!({ "check": "the check" }),
    }
}

fn found(name: &str) -> Found {
    Found {
        subject: Subject::Person {
            region: Region::Mainland,
        },
        identity: Identity::Person(person(name, NUMBER)),
        born: None,
    }
}

fn refusals(error: ApiError) -> Vec<Refusal> {
    match error {
        ApiError::Refused { refusals, .. } => refusals,
        other => panic!("{other:?}"),
    }
}

async fn ver_12_a_subject_reads_back_whole_and_the_account_is_in_step(bench: Bench) {
    let id = bench.account("zhang@mail.example", Language::Chinese).await;
    let mut tx = bench.app.store.write().await.unwrap();
    assert_eq!(subjects::find(&mut tx, id).await.unwrap(), None);
    for record in [
        person_record("张三", NUMBER, bench.now()),
        enterprise_record("晴空科技有限公司", "91110108MA01ABC25F", bench.now()),
    ] {
        subjects::replace(&mut tx, id, &record).await.unwrap();
        let found = subjects::find(&mut tx, id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&record));
        assert!(!format!("{found:?}").contains("张三"));
        let account = accounts::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!(
            account.verified_name.as_deref(),
            Some(record.identity.name())
        );
    }
    let verified = accounts::find_verified(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(verified.document, None, "an enterprise has no document");
    subjects::clear(&mut tx, id, bench.now()).await.unwrap();
    let account = accounts::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(account.verification, VerificationStatus::Unverified);
    assert_eq!(account.verified_name, None);
    tx.commit().await.unwrap();
}

async fn ver_2_places_of_a_person_are_counted_by_document(bench: Bench) {
    let first = bench.account("one@mail.example", Language::Chinese).await;
    let second = bench.account("two@mail.example", Language::Chinese).await;
    let mut tx = bench.app.store.write().await.unwrap();
    for (id, name) in [(first, "张三"), (second, "张叁")] {
        let record = person_record(name, NUMBER, bench.now());
        subjects::replace(&mut tx, id, &record).await.unwrap();
    }
    let document = person("张三", NUMBER).document;
    let count = subjects::count_person(&mut tx, &document, None)
        .await
        .unwrap();
    assert_eq!(count, 2);
    let beside = subjects::count_person(&mut tx, &document, Some(first))
        .await
        .unwrap();
    assert_eq!(beside, 1);
    let identity = Identity::Person(person("张三", NUMBER));
    let accounts = subjects::accounts_of(&mut tx, &identity).await.unwrap();
    assert_eq!(accounts, [first, second]);
    tx.commit().await.unwrap();
}

async fn ent_1_places_of_an_enterprise_are_counted_by_code_or_name(bench: Bench) {
    let first = bench.account("one@mail.example", Language::Chinese).await;
    let second = bench.account("two@mail.example", Language::Chinese).await;
    let mut tx = bench.app.store.write().await.unwrap();
    for (id, name, code) in [
        (first, "晴空科技有限公司", "91110108MA01ABC25F"),
        // The organisation code inside the USCC of the first.
        (second, "晴空信息有限公司", "MA01ABC25"),
    ] {
        let record = enterprise_record(name, code, bench.now());
        subjects::replace(&mut tx, id, &record).await.unwrap();
    }
    let mut count = async |name: &str, code: &str| {
        let who = enterprise(name, code);
        subjects::count_enterprise(&mut tx, &who.code, &who.name, None)
            .await
            .unwrap()
    };
    assert_eq!(count("别的名字有限公司", "91110108MA01ABC25F").await, 2);
    assert_eq!(count("晴空科技有限公司", "110108012345678").await, 1);
    assert_eq!(count("别的名字有限公司", "110108012345678").await, 0);
    assert!(EnterpriseCode::parse("110108012345678").is_ok());
}

async fn ver_10_an_attempt_that_failed_keeps_what_was_typed(bench: Bench) {
    let id = bench.account("zhang@mail.example", Language::Chinese).await;
    bench.secured(id, "13800138000", "safe@mail.example").await;
    let mut tx = bench.app.store.write().await.unwrap();
    let now = bench.now();
    let started = attempting::start(&bench.app, &mut tx, (id, wish("张三")), now)
        .await
        .unwrap();
    assert!(
        started.case_number.starts_with("V-20260921-"),
        "{}",
        started.case_number
    );
    let running = attempts::find_running(&mut tx, id).await.unwrap();
    assert_eq!(running.as_ref(), Some(&started));
    let reasons = vec![FailureReason::FaceCheck];
    attempting::fail(&mut tx, started.clone(), reasons.clone(), now)
        .await
        .unwrap();
    assert_eq!(attempts::find_running(&mut tx, id).await.unwrap(), None);
    let kept = &attempts::list(&mut tx, id, 10).await.unwrap()[0];
    assert_eq!(kept.claim, started.claim);
    assert_eq!(kept.more, json!({ "check": "the check" }));
    let failed = Attempt::Failed {
        method: Method::Face,
        at: now,
        reasons,
    };
    assert_eq!(kept.attempt, failed);
    let again = attempting::fail(&mut tx, started, Vec::new(), now).await;
    assert_eq!(
        refusals(again.unwrap_err()),
        [VerificationRefusal::NoSuchAttempt.into()]
    );
}

async fn ver_10_one_attempt_runs_at_a_time(bench: Bench) {
    let id = bench.account("zhang@mail.example", Language::Chinese).await;
    bench.secured(id, "13800138000", "safe@mail.example").await;
    let mut tx = bench.app.store.write().await.unwrap();
    let now = bench.now();
    let first = attempting::start(&bench.app, &mut tx, (id, wish("张三")), now)
        .await
        .unwrap();
    let second = attempting::start(&bench.app, &mut tx, (id, wish("张三")), now).await;
    let running = VerificationRefusal::AttemptRunning {
        method: Method::Face,
    };
    assert_eq!(refusals(second.unwrap_err()), [running.into()]);
    let instead = Wish {
        give_up_running: true,
        ..wish("张三")
    };
    let second = attempting::start(&bench.app, &mut tx, (id, instead), now)
        .await
        .unwrap();
    assert_ne!(second.id, first.id);
    let first = attempts::find(&mut tx, &first.id).await.unwrap().unwrap();
    assert_eq!(first.attempt, Attempt::GivenUp { at: now });
    assert_eq!(attempts::list_running(&mut tx).await.unwrap(), [second]);
}

async fn ver_2_the_third_place_is_taken_once_however_many_pass_at_once(bench: Bench) {
    for number in 0..2 {
        let id = bench
            .account(&format!("verified{number}@mail.example"), Language::Chinese)
            .await;
        bench.verify(id, "张三").await;
    }
    let mut racers = Vec::new();
    for number in 0..6 {
        let email = format!("racer{number}@mail.example");
        let id = bench.account(&email, Language::Chinese).await;
        let phone = format!("1380013800{number}");
        bench.secured(id, &phone, &email).await;
        let mut tx = bench.app.store.write().await.unwrap();
        let started = attempting::start(&bench.app, &mut tx, (id, wish("张三")), bench.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        racers.push(started);
    }
    let tries = racers.iter().map(async |attempt| {
        let mut tx = bench.app.store.write().await.unwrap();
        attempting::pass(&bench.app, &mut tx, (attempt, found("张三")), bench.now()).await?;
        tx.commit().await.map_err(ApiError::from)
    });
    let answers = futures_util::future::join_all(tries).await;
    let (passed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(passed.len(), 1);
    for answer in refused {
        let taken = VerificationRefusal::PersonPlacesTaken { limit: 3 };
        assert_eq!(refusals(answer.unwrap_err()), [taken.into()]);
    }
    let mut tx = bench.app.store.read().await.unwrap();
    let document = person("张三", NUMBER).document;
    let count = subjects::count_person(&mut tx, &document, None)
        .await
        .unwrap();
    assert_eq!(count, 3);
}

async fn ent_16_a_lost_subject_frees_its_place_and_stays_in_the_history(bench: Bench) {
    let id = bench.account("zhang@mail.example", Language::Chinese).await;
    bench.secured(id, "13800138000", "safe@mail.example").await;
    let mut tx = bench.app.store.write().await.unwrap();
    let now = bench.now();
    let attempt = attempting::start(&bench.app, &mut tx, (id, wish("张三")), now)
        .await
        .unwrap();
    attempting::pass(&bench.app, &mut tx, (&attempt, found("张三")), now)
        .await
        .unwrap();
    let record = subjects::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(record.method, Some(Method::Face));
    let security = security::find_locked(&mut tx, id).await.unwrap().unwrap();
    let later = now.plus(Span::from_days(1));
    becoming::lose(&bench.app, &mut tx, (&security, &record), later)
        .await
        .unwrap();
    assert_eq!(subjects::find(&mut tx, id).await.unwrap(), None);
    let history = subjects::list_history(&mut tx, id, 10).await.unwrap();
    let events: Vec<_> = history.iter().map(|row| (row.event, row.at)).collect();
    assert_eq!(
        events,
        [(SubjectEvent::Lost, later), (SubjectEvent::Verified, now)]
    );
    assert_eq!(history[0].shown.name.as_str(), "张*");
    tx.commit().await.unwrap();
    bench.wait(Span::from_days(1));
    bench.postman().deliver_due().await.unwrap();
    let mut tx = bench.app.store.read().await.unwrap();
    let sent = outbox::list_sent(&mut tx, 10).await.unwrap();
    let about = |sent: &&outbox::Sent| sent.message.body.contains("实名认证");
    assert!(!sent.iter().any(|sent| sent.message.body.contains("张三")));
    assert_eq!(
        sent.iter().filter(about).count(),
        4,
        "phone and e-mail, twice"
    );
}
