//! Registering an account.

use contract::account::AccountInfo;
use contract::codes::CodeSent;
use contract::endpoints::{
    GET_ACCOUNT, GET_PRIVACY, GET_REGISTRATION, GET_TERMS, PROVE_REGISTRATION_EMAIL, REGISTER,
    SEND_REGISTRATION_EMAIL_CODE, SEND_REGISTRATION_PHONE_CODE,
};
use contract::problem::ValueProblem;
use contract::registration::{LegalText, Registration};
use contract::session::CurrentSession;
use domain::account::AccountId;
use domain::contacts::{CodeRefusal, ContactRefusal};
use domain::login_methods::{LoginMethodKind, LoginMethodRefusal, MethodOrigin};
use domain::refusal::Refusal;
use domain::registration::RegistrationRefusal;
use domain::sign_in::PasswordProblem;
use domain::time::Span;
use serde_json::{Value, json};
use server::language::Language;
use server::store::{accounts, login_methods, security};

use crate::support::{Answer, Bench, PASSWORD, on_both_databases};

const EMAIL: &str = "Li.Si@mail.example";
const PHONE: &str = "13800138001";

on_both_databases!(
    reg_2_reg_3_an_account_is_registered_by_email_and_works_at_once,
    reg_1_an_identity_of_a_third_party_registers_without_a_password,
    reg_7_the_versions_agreed_to_are_recorded_and_others_are_refused,
    con_14_an_address_that_has_an_account_gets_a_letter_and_the_answer_is_the_same,
    con_2_a_phone_of_five_accounts_registers_no_sixth_and_nothing_is_used_up,
    con_12_a_wrong_phone_code_leaves_everything_else_as_it_was,
    sgn_12_every_reason_against_a_password_is_told_and_nothing_is_used_up,
    v_27_what_was_proved_in_one_browser_registers_in_no_other,
);

fn owner(answer: &Answer) -> AccountId {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json::<CurrentSession>().owner.unwrap().account_id
}

async fn reg_2_reg_3_an_account_is_registered_by_email_and_works_at_once(bench: Bench) {
    let (mut browser, answer) = bench.register(EMAIL, PHONE).await;
    let id = owner(&answer);
    assert!(!browser.cookies.contains_key("__Host-seen"), "it was used");
    let info: AccountInfo = browser.call(&GET_ACCOUNT, Value::Null).await.json();
    assert_eq!((info.account_id, info.registered_at), (id, bench.now()));
    assert_eq!(info.login_email.as_deref(), Some("L***@mail.example"));
    assert_eq!(info.nickname, "Li.Si");
    let mut tx = bench.app.store.read().await.unwrap();
    let security = security::find(&mut tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert_eq!(security.contacts.phone.unwrap().as_str(), "+8613800138001");
    assert_eq!(
        security.methods[0].method.origin,
        MethodOrigin::Registration
    );
    assert_eq!(bench.events(id).await, ["registered"]);
    let again = bench.browser().sign_in(EMAIL, PASSWORD).await;
    assert_eq!(again.status, 200, "{}", again.text());
    bench.postman().deliver_due().await.unwrap();
    let letters = bench.mail.arrived.lock().unwrap().clone();
    let warnings = letters
        .iter()
        .filter(|letter| letter.subject.contains("新设备"));
    assert_eq!(
        warnings.count(),
        1,
        "of the second browser, not of the one that registered"
    );
}

async fn reg_1_an_identity_of_a_third_party_registers_without_a_password(bench: Bench) {
    for (number, kind) in LoginMethodKind::ALL.into_iter().enumerate() {
        if kind == LoginMethodKind::Email {
            continue;
        }
        let mut browser = bench.browser();
        bench
            .prove_identity(&mut browser, kind, &format!("key {number}"))
            .await;
        let needed: Registration = browser.call(&GET_REGISTRATION, Value::Null).await.json();
        let proved = needed.proved.unwrap();
        assert_eq!((proved.kind, proved.name.as_deref()), (kind, Some("小微")));
        let mut form = bench
            .registration_form(&mut browser, &format!("1390013900{number}"))
            .await;
        form["password"] = Value::Null;
        let id = owner(&browser.call(&REGISTER, form).await);
        let mut tx = bench.app.store.read().await.unwrap();
        let methods = login_methods::list(&mut tx, id).await.unwrap();
        let confirms = login_methods::find_confirmation(&mut tx, id).await.unwrap();
        let account = accounts::find(&mut tx, id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        assert_eq!(methods[0].method.identity.kind(), kind);
        assert_eq!(methods[0].name.as_deref(), Some("小微"));
        assert_eq!(account.nickname, "小微");
        let is_wechat = kind == LoginMethodKind::Wechat;
        assert_eq!(confirms.is_some(), is_wechat, "MFA-6");
    }
}

async fn reg_7_the_versions_agreed_to_are_recorded_and_others_are_refused(bench: Bench) {
    let mut browser = bench.browser();
    let terms: LegalText = browser.call(&GET_TERMS, Value::Null).await.json();
    let privacy: LegalText = browser.call(&GET_PRIVACY, Value::Null).await.json();
    bench.prove_email(&mut browser, EMAIL).await;
    let form = bench.registration_form(&mut browser, PHONE).await;
    let mut without = form.clone();
    without["agreed"] = Value::Null;
    let mut older = form.clone();
    older["agreed"]["terms"] = json!("2020-01");
    for (wrong, refusal) in [
        (without, RegistrationRefusal::ConsentMissing),
        (older, RegistrationRefusal::ConsentOutdated),
    ] {
        let answer = browser.call(&REGISTER, wrong).await;
        assert_eq!(answer.status, 409);
        assert_eq!(answer.problem().refusals, [Refusal::from(refusal)]);
    }
    let id = owner(&browser.call(&REGISTER, form).await);
    let mut tx = bench.app.store.read().await.unwrap();
    let consent = accounts::find_consent(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(consent.at, bench.now());
    assert_eq!(
        (&consent.versions.terms, &consent.versions.privacy),
        (&terms.version, &privacy.version)
    );
}

async fn con_14_an_address_that_has_an_account_gets_a_letter_and_the_answer_is_the_same(
    bench: Bench,
) {
    bench.account("li.si@mail.example", Language::Chinese).await;
    let mut browser = bench.browser();
    let known = browser
        .call(&SEND_REGISTRATION_EMAIL_CODE, json!({ "email": EMAIL }))
        .await;
    let unknown = json!({ "email": "Li.Wu@mail.example" });
    let unknown = browser.call(&SEND_REGISTRATION_EMAIL_CODE, unknown).await;
    assert_eq!((known.status, unknown.status), (200, 200));
    assert_eq!(known.json::<CodeSent>(), unknown.json::<CodeSent>());
    bench.postman().deliver_due().await.unwrap();
    let letters = bench.mail.arrived.lock().unwrap().clone();
    let letter = |to: &str| letters.iter().find(|letter| letter.to == to).unwrap();
    assert!(letter(EMAIL).body.contains("没有验证码"));
    assert!(letter(EMAIL).body.contains("/forgotten"));
    assert!(letter("Li.Wu@mail.example").subject.contains("验证码"));
    let soon = browser
        .call(&SEND_REGISTRATION_EMAIL_CODE, json!({ "email": EMAIL }))
        .await;
    assert_eq!(soon.status, 429, "as for everybody");

    // Somebody registers the other address meanwhile: only its holder, who has the code, learns it.
    let code = bench.newest_mail_code().await;
    bench.account("li.wu@mail.example", Language::Chinese).await;
    let wish = json!({ "email": "li.wu@mail.example", "code": code });
    let answer = browser.call(&PROVE_REGISTRATION_EMAIL, wish).await;
    let refusal = Refusal::from(LoginMethodRefusal::EmailRegistered);
    assert_eq!(answer.problem().refusals, [refusal]);
}

async fn con_2_a_phone_of_five_accounts_registers_no_sixth_and_nothing_is_used_up(bench: Bench) {
    for number in 0..5 {
        let email = format!("owner{number}@mail.example");
        let id = bench.account(&email, Language::Chinese).await;
        bench.secured(id, PHONE, &email).await;
    }
    let mut browser = bench.browser();
    bench.prove_email(&mut browser, EMAIL).await;
    let form = bench.registration_form(&mut browser, PHONE).await;
    let answer = browser.call(&REGISTER, form.clone()).await;
    assert_eq!(answer.status, 409);
    let full = Refusal::from(ContactRefusal::PhoneFull { most: 5 });
    assert_eq!(answer.problem().refusals, [full]);
    let needed: Registration = browser.call(&GET_REGISTRATION, Value::Null).await.json();
    assert!(needed.proved.is_some(), "the address still waits");
    // One place is given back: the very same form goes through.
    let id = AccountId::from_serial(1).unwrap();
    bench.secured(id, "13800138009", "x@mail.example").await;
    owner(&browser.call(&REGISTER, form).await);
}

async fn con_12_a_wrong_phone_code_leaves_everything_else_as_it_was(bench: Bench) {
    let mut browser = bench.browser();
    bench.prove_email(&mut browser, EMAIL).await;
    let form = bench.registration_form(&mut browser, PHONE).await;
    let mut wrong = form.clone();
    let digit = form["code"].as_str().unwrap().as_bytes()[0];
    let other = if digit == b'0' { "1" } else { "0" };
    wrong["code"] = json!(format!("{other}{}", &form["code"].as_str().unwrap()[1..]));
    let answer = browser.call(&REGISTER, wrong).await;
    let refusal = Refusal::from(CodeRefusal::Wrong { tries_left: 4 });
    assert_eq!(answer.problem().refusals, [refusal]);
    owner(&browser.call(&REGISTER, form.clone()).await);
    // And it works once (V-20).
    let mut second = bench.browser();
    bench
        .prove_identity(&mut second, LoginMethodKind::Qq, "somebody")
        .await;
    let answer = second.call(&REGISTER, form).await;
    let used = Refusal::from(CodeRefusal::Used);
    assert_eq!(answer.problem().refusals, [used]);
}

async fn sgn_12_every_reason_against_a_password_is_told_and_nothing_is_used_up(bench: Bench) {
    let mut browser = bench.browser();
    bench.prove_email(&mut browser, EMAIL).await;
    let form = bench.registration_form(&mut browser, PHONE).await;
    let mut wrong = form.clone();
    wrong["password"] = json!("li.si-13800138001");
    let answer = browser.call(&REGISTER, wrong).await;
    assert_eq!(answer.status, 422);
    let problems: Vec<_> = answer
        .problem()
        .fields
        .into_iter()
        .map(|f| f.problem)
        .collect();
    assert_eq!(
        problems,
        [
            ValueProblem::Password(PasswordProblem::ContainsEmailName),
            ValueProblem::Password(PasswordProblem::ContainsPhone)
        ]
    );
    let mut none = form.clone();
    none["password"] = Value::Null;
    let fields = browser.call(&REGISTER, none).await.problem().fields;
    assert_eq!(
        fields[0].problem,
        ValueProblem::Password(PasswordProblem::Empty)
    );
    owner(&browser.call(&REGISTER, form).await);
}

async fn v_27_what_was_proved_in_one_browser_registers_in_no_other(bench: Bench) {
    let mut browser = bench.browser();
    bench.prove_email(&mut browser, EMAIL).await;
    let form = bench.registration_form(&mut browser, PHONE).await;
    let mut thief = bench.browser();
    let seen = browser.cookies["__Host-seen"].clone();
    thief.cookies.insert("__Host-seen".to_owned(), seen);
    let refused = [Refusal::from(RegistrationRefusal::IdentityNotProved)];
    let answer = thief.call(&REGISTER, form.clone()).await;
    assert_eq!(answer.problem().refusals, refused);
    assert!(
        thief
            .call(&GET_REGISTRATION, Value::Null)
            .await
            .json::<Registration>()
            .proved
            .is_none()
    );
    bench.wait(Span::from_minutes(15));
    let answer = browser.call(&REGISTER, form).await;
    assert_eq!(answer.problem().refusals, refused, "and not for ever");
}

#[tokio::test]
async fn reg_7_the_pages_to_agree_to_are_there_for_everybody() {
    let bench = Bench::sqlite().await;
    for page in ["/terms", "/privacy", "/register", "/register/email"] {
        assert_eq!(bench.browser().get(page).await.status, 200, "{page}");
    }
}

#[tokio::test]
async fn con_12_one_address_asks_for_so_many_codes_and_no_more() {
    let bench = Bench::sqlite().await;
    let most = bench.app.policy.contacts.codes_per_address;
    let mut browser = bench.browser();
    let send = |number: u32| json!({ "phone": format!("139{number:08}") });
    for number in 0..most {
        let answer = browser
            .call(&SEND_REGISTRATION_PHONE_CODE, send(number))
            .await;
        assert_eq!(answer.status, 200, "{number}: {}", answer.text());
    }
    let answer = browser
        .call(&SEND_REGISTRATION_PHONE_CODE, send(most))
        .await;
    assert_eq!(answer.status, 429);
    // Housekeeping must not forget the count before its hour is over.
    bench.wait(Span::from_millis(3_599_999));
    server::housekeeping::forget(&bench.app).await.unwrap();
    let answer = browser
        .call(&SEND_REGISTRATION_PHONE_CODE, send(most))
        .await;
    assert_eq!(answer.status, 429);
    bench.wait(Span::from_millis(1));
    let answer = browser
        .call(&SEND_REGISTRATION_PHONE_CODE, send(most))
        .await;
    assert_eq!(answer.status, 200);
}
