//! Contacts, login methods, locking and downloading on Account info.

use contract::account::{
    AccountExport, AccountInfo, ContactConfirmed, LoginMethodsChanged, ProfileDiff,
};
use contract::codes::CodeSent;
use contract::endpoints::{
    CHANGE_NICKNAME, COMPARE_PROFILE, CONFIRM_CONTACT_LINK, EXPORT_ACCOUNT, GET_ACCOUNT,
    LOCK_ACCOUNT, SAVE_PROFILE, SEND_LOGIN_EMAIL_CODE, SET_LOGIN_EMAIL,
};
use domain::account::{
    AccountId, AccountRefusal, ExportSection, FieldChange, KeptSecret, PendingKind, ProfileField,
};
use domain::contacts::ContactRefusal;
use domain::login_methods::{
    ExpiringIdentity, ExpiringStep, LoginMethodKind, LoginMethodRefusal, MethodOrigin,
    UnbindConditionKind,
};
use domain::refusal::Refusal;
use domain::time::Span;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, Bench, Browser, PASSWORD, on_both_databases};

const EMAIL: &str = "zhang@mail.example";
const PHONE: &str = "13800138001";
const SAFE: &str = "safe@mail.example";

on_both_databases!(
    con_6_a_contact_counts_only_after_its_code_and_changes_nothing_else,
    con_6_a_contact_email_is_confirmed_by_its_link_in_any_browser,
    con_6_what_waits_is_given_up_or_lapses_after_a_day,
    v_28_the_last_login_method_stays,
    lgm_1_of_two_methods_unbound_at_once_one_stays,
    lgm_2_the_registration_method_needs_three_conditions,
    lgm_9_unbinding_asks_for_a_proof_and_is_notified,
    con_14_con_15_the_login_email_is_set_once_it_answered,
    lgm_3_an_email_that_is_the_only_method_is_not_replaced,
    acc_14_the_owner_locks_at_once_and_every_session_ends,
    acc_14_all_data_are_downloaded_once_an_hour_without_secrets,
    acc_14_that_it_is_too_soon_is_known_before_the_download,
    acc_14_two_fields_are_saved_after_their_difference_was_seen,
    acc_14_a_difference_that_was_seen_before_another_change_is_not_saved,
    acc_14_everything_that_is_wrong_is_told_at_once_and_nothing_is_saved,
    lgm_4_what_to_do_about_an_identity_that_expires_is_told,
);

async fn info(browser: &mut Browser) -> AccountInfo {
    let answer = browser.call(&GET_ACCOUNT, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn contact(browser: &mut Browser, method: &str, rest: &str, body: Value) -> Answer {
    let path = format!("/api/v1/account/contacts/{rest}");
    browser.send_json(method, &path, body).await
}

async fn unbind(browser: &mut Browser, kind: &str) -> Answer {
    let path = format!("/api/v1/account/login-methods/{kind}");
    browser.send_json("DELETE", &path, Value::Null).await
}

async fn secured(bench: &Bench) -> (Browser, AccountId) {
    let (browser, id) = bench.signed_in(EMAIL).await;
    bench.secured(id, PHONE, SAFE).await;
    (browser, id)
}

fn refusals(answer: &Answer) -> Vec<Refusal> {
    answer.problem().refusals
}

async fn con_6_a_contact_counts_only_after_its_code_and_changes_nothing_else(bench: Bench) {
    let (mut browser, id) = secured(&bench).await;
    let before = info(&mut browser).await;
    assert_eq!(before.contact_phone.confirmed, None);
    let wish = json!({ "value": "139 0013 9002" });
    let sent = contact(&mut browser, "POST", "phone", wish).await;
    assert_eq!(sent.json::<CodeSent>().to, "139****9002");
    let waits = info(&mut browser).await;
    assert_eq!(waits.contact_phone.confirmed, None);
    let pending = waits.contact_phone.pending.clone().unwrap();
    assert_eq!(pending.value, "139****9002");
    assert_eq!(pending.until, bench.now().plus(Span::from_hours(24)));
    // A page that is loaded again counts down from here (V-21).
    let again = bench.now().plus(Span::from_seconds(60));
    assert_eq!(pending.resend_at, Some(again));
    assert_eq!(waits.pending.len(), 1);
    assert_eq!(waits.pending[0].kind, PendingKind::ContactPhone);

    let soon = contact(&mut browser, "POST", "phone/code", Value::Null).await;
    assert_eq!(soon.status, 429, "{}", soon.text());
    bench.wait(Span::from_seconds(60));
    let resent = contact(&mut browser, "POST", "phone/code", Value::Null).await;
    assert_eq!(resent.status, 200, "{}", resent.text());
    let wrong = contact(&mut browser, "PUT", "phone", json!({ "code": "12345" })).await;
    assert_eq!(wrong.status, 422);
    let code = json!({ "code": bench.newest_sms_code().await });
    let done = contact(&mut browser, "PUT", "phone", code).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let after = info(&mut browser).await;
    assert_eq!(
        after.contact_phone.confirmed.as_deref(),
        Some("139****9002")
    );
    assert_eq!(after.contact_phone.pending, None);
    assert!(after.pending.is_empty());
    // CON-1, CON-7: the other fields are what they were.
    assert_eq!(after.security_phone, before.security_phone);
    assert_eq!(after.security_email, before.security_email);
    assert_eq!(after.login_email, before.login_email);
    assert_eq!(after.contact_email, before.contact_email);
    let same = json!({ "value": "+86 13900139002" });
    let same = contact(&mut browser, "POST", "phone", same).await;
    assert_eq!(refusals(&same), [ContactRefusal::SameContact.into()]);
    let events = bench.events(id).await;
    let last: Vec<&str> = events.iter().rev().take(3).map(String::as_str).collect();
    assert_eq!(
        last,
        ["contact_confirmed", "contact_code_sent", "contact_proposed"]
    );
}

async fn con_6_a_contact_email_is_confirmed_by_its_link_in_any_browser(bench: Bench) {
    let (mut browser, _) = secured(&bench).await;
    let wish = json!({ "value": "Desk@mail.example" });
    let sent = contact(&mut browser, "POST", "email", wish).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let page = contract::pages::CONFIRM_CONTACT.replace("{token}", "");
    let letters = bench.letters_to("Desk@mail.example").await;
    let letter = letters.iter().find(|body| body.contains(&page)).unwrap();
    let (_, rest) = letter.split_once(&page).unwrap();
    let token = rest.split_whitespace().next().unwrap();
    let mut elsewhere = bench.browser();
    // Whoever only looks, a mail filter for one, confirms nothing.
    assert_eq!(elsewhere.get(&format!("{page}{token}")).await.status, 200);
    assert_eq!(info(&mut browser).await.contact_email.confirmed, None);
    let made_up = json!({ "token": format!("{token}x") });
    let made_up = elsewhere.call(&CONFIRM_CONTACT_LINK, made_up).await;
    assert_eq!(made_up.status, 404);
    let link = json!({ "token": token });
    let done = elsewhere.call(&CONFIRM_CONTACT_LINK, link.clone()).await;
    assert_eq!(done.json::<ContactConfirmed>().value, "D***@mail.example");
    let confirmed = info(&mut browser).await.contact_email.confirmed;
    assert_eq!(confirmed.as_deref(), Some("D***@mail.example"));
    let again = elsewhere.call(&CONFIRM_CONTACT_LINK, link).await;
    assert_eq!(again.status, 404, "a link works once");
}

async fn con_6_what_waits_is_given_up_or_lapses_after_a_day(bench: Bench) {
    let (mut browser, _) = secured(&bench).await;
    let wish = json!({ "value": "13900139002" });
    let sent = contact(&mut browser, "POST", "phone", wish.clone()).await;
    assert_eq!(sent.status, 200);
    let code = json!({ "code": bench.newest_sms_code().await });
    let given_up = contact(&mut browser, "DELETE", "phone", Value::Null).await;
    assert_eq!(given_up.json::<AccountInfo>().contact_phone.pending, None);
    let late = contact(&mut browser, "PUT", "phone", code).await;
    assert_eq!(refusals(&late), [ContactRefusal::NothingPending.into()]);

    bench.wait(Span::from_seconds(60));
    let sent = contact(&mut browser, "POST", "phone", wish).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    bench.wait(Span::from_hours(24));
    let mut browser = bench.browser();
    browser.sign_in(EMAIL, PASSWORD).await;
    let lapsed = info(&mut browser).await;
    assert_eq!(lapsed.contact_phone.pending, None);
    assert!(lapsed.pending.is_empty());
    let resend = contact(&mut browser, "POST", "phone/code", Value::Null).await;
    assert_eq!(refusals(&resend), [ContactRefusal::NothingPending.into()]);
}

async fn v_28_the_last_login_method_stays(bench: Bench) {
    let (mut browser, _) = secured(&bench).await;
    let shown = info(&mut browser).await;
    let email = shown.login_methods[0].bound.clone().unwrap();
    let kind = LoginMethodKind::Email;
    // The page says why before the click (API-2).
    assert_eq!(
        email.unbind_refusals,
        [LoginMethodRefusal::LastMethod { kind }]
    );
    bench.prove(&mut browser).await;
    let answer = unbind(&mut browser, "email").await;
    assert_eq!(answer.status, 409);
    assert_eq!(
        refusals(&answer),
        [LoginMethodRefusal::LastMethod { kind }.into()]
    );
    let unknown = unbind(&mut browser, "pigeon").await;
    assert!(matches!(unknown.status, 400 | 404), "{}", unknown.text());
    assert_eq!(info(&mut browser).await.login_methods, shown.login_methods);
}

async fn lgm_1_of_two_methods_unbound_at_once_one_stays(bench: Bench) {
    let (mut browser, id) = secured(&bench).await;
    bench.bind(id, LoginMethodKind::Qq, "qq-1").await;
    bench.prove(&mut browser).await;
    let routers = [bench.router.clone(), bench.second_instance().await];
    let calls = ["email", "qq"]
        .into_iter()
        .zip(routers)
        .map(|(kind, router)| {
            let mut tab = browser.clone();
            tab.router = router;
            tokio::spawn(async move { unbind(&mut tab, kind).await })
        });
    let mut statuses: Vec<u16> = join_all(calls)
        .await
        .into_iter()
        .map(|answer| answer.unwrap().status)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let shown = info(&mut browser).await;
    let left = shown.login_methods.iter().filter(|m| m.bound.is_some());
    assert_eq!(left.count(), 1);
}

async fn lgm_2_the_registration_method_needs_three_conditions(bench: Bench) {
    let (mut browser, id) = bench.signed_in(EMAIL).await;
    let conditions = |shown: &AccountInfo| -> Vec<_> {
        let email = shown.login_methods[0].bound.as_ref().unwrap();
        assert_eq!(email.origin, MethodOrigin::Registration);
        let all = email.conditions.iter();
        all.map(|c| (c.condition, c.is_met)).collect()
    };
    assert_eq!(
        conditions(&info(&mut browser).await),
        [
            (UnbindConditionKind::TwoMethods, false),
            (UnbindConditionKind::SecurityPhone, false),
            (UnbindConditionKind::NotChosenFactor, true),
        ]
    );
    bench.bind(id, LoginMethodKind::Qq, "qq-1").await;
    bench.secured(id, PHONE, SAFE).await;
    let met = conditions(&info(&mut browser).await);
    assert!(met.iter().all(|(_, is_met)| *is_met), "{met:?}");
    bench.prove(&mut browser).await;
    let answer = unbind(&mut browser, "email").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let shown = info(&mut browser).await;
    assert_eq!(shown.login_email, None);
    let email = &shown
        .login_methods
        .iter()
        .find(|m| m.kind == LoginMethodKind::Email);
    assert_eq!(email.unwrap().bound, None);
}

async fn lgm_9_unbinding_asks_for_a_proof_and_is_notified(bench: Bench) {
    let (mut browser, id) = secured(&bench).await;
    bench.bind(id, LoginMethodKind::Wechat, "wx-1").await;
    bench.confirms_by_wechat(id).await;
    let asked = unbind(&mut browser, "wechat").await;
    assert_eq!(asked.status, 403, "{}", asked.text());
    bench.prove(&mut browser).await;
    let before = bench.letters_to(SAFE).await.len();
    let answer = unbind(&mut browser, "wechat").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    // LGM-8: the login goes, the confirmation stays.
    assert!(answer.json::<LoginMethodsChanged>().wechat_still_confirms);
    assert_eq!(bench.letters_to(SAFE).await.len(), before + 1);
    let texts = bench.sms.arrived.lock().unwrap().clone();
    assert!(texts.last().unwrap().text.contains("/lock/"));
    assert_eq!(
        bench.events(id).await.last().unwrap(),
        "login_method_unbound"
    );
}

async fn con_14_con_15_the_login_email_is_set_once_it_answered(bench: Bench) {
    let (_, _) = bench.signed_in("taken@mail.example").await;
    let (mut browser, id) = secured(&bench).await;
    bench.bind(id, LoginMethodKind::Qq, "qq-1").await;
    let unproved = json!({ "email": "new@mail.example" });
    let unproved = browser.call(&SEND_LOGIN_EMAIL_CODE, unproved).await;
    assert_eq!(unproved.status, 403);
    bench.prove(&mut browser).await;
    let codes = async |browser: &mut Browser, email: &str| {
        let sent = browser
            .call(&SEND_LOGIN_EMAIL_CODE, json!({ "email": email }))
            .await;
        // Alike for an address that is registered and for one that is not (CON-12).
        assert_eq!(sent.status, 200, "{}", sent.text());
        let code = bench.newest_mail_code().await;
        let body = json!({ "email": email, "code": code });
        browser.call(&SET_LOGIN_EMAIL, body).await
    };
    let taken = codes(&mut browser, "TAKEN@mail.example").await;
    assert_eq!(taken.status, 409, "{}", taken.text());
    assert_eq!(
        refusals(&taken),
        [LoginMethodRefusal::EmailRegistered.into()]
    );
    let set = codes(&mut browser, "new@mail.example").await;
    assert_eq!(set.status, 200, "{}", set.text());
    assert_eq!(set.json::<LoginMethodsChanged>().offer_to_end, 0);
    let shown = info(&mut browser).await;
    assert_eq!(shown.login_email.as_deref(), Some("n***@mail.example"));
    // CON-1: the security e-mail is another field.
    assert_eq!(shown.security_email.as_deref(), Some("s***@mail.example"));
    let mut fresh = bench.browser();
    assert_eq!(
        fresh.sign_in("new@mail.example", PASSWORD).await.status,
        200
    );
    assert_eq!(bench.browser().sign_in(EMAIL, PASSWORD).await.status, 403);
}

async fn lgm_3_an_email_that_is_the_only_method_is_not_replaced(bench: Bench) {
    let (mut browser, _) = secured(&bench).await;
    bench.prove(&mut browser).await;
    let wish = json!({ "email": "new@mail.example" });
    let answer = browser.call(&SEND_LOGIN_EMAIL_CODE, wish).await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    assert_eq!(
        refusals(&answer),
        [LoginMethodRefusal::EmailIsOnlyMethod.into()]
    );
    let shown = info(&mut browser).await;
    let refused = &shown.login_methods[0].change_refusals;
    assert_eq!(*refused, [LoginMethodRefusal::EmailIsOnlyMethod]);
}

async fn acc_14_the_owner_locks_at_once_and_every_session_ends(bench: Bench) {
    let (mut browser, id) = secured(&bench).await;
    let mut other = bench.browser();
    other.sign_in(EMAIL, PASSWORD).await;
    // Only asked (API-2): nothing happens.
    let mut asks = browser.with("may-i", "true");
    assert_eq!(asks.call(&LOCK_ACCOUNT, Value::Null).await.status, 204);
    info(&mut browser).await;
    let locked = browser.call(&LOCK_ACCOUNT, Value::Null).await;
    assert_eq!(locked.status, 204, "{}", locked.text());
    for tab in [&mut browser, &mut other] {
        assert_eq!(tab.call(&GET_ACCOUNT, Value::Null).await.status, 401);
    }
    let refused = bench.browser().sign_in(EMAIL, PASSWORD).await;
    let lock = AccountRefusal::Locked { since: bench.now() };
    assert_eq!(refusals(&refused), [lock.into()]);
    let events = bench.events(id).await;
    assert!(events.iter().any(|event| event == "account_locked"));
}

async fn acc_14_all_data_are_downloaded_once_an_hour_without_secrets(bench: Bench) {
    let (browser, id) = secured(&bench).await;
    let calls = (0..4).map(|_| {
        let mut tab = browser.clone();
        tokio::spawn(async move { tab.call(&EXPORT_ACCOUNT, Value::Null).await })
    });
    let (done, refused): (Vec<_>, Vec<_>) = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .partition(|answer| answer.status == 200);
    assert_eq!((done.len(), refused.len()), (1, 3), "one in an hour");
    let retry_at = bench.now().plus(Span::from_hours(1));
    for answer in &refused {
        let too_soon = AccountRefusal::ExportTooSoon { retry_at };
        assert_eq!(refusals(answer), [too_soon.into()]);
    }
    let text = done[0].text();
    let export: AccountExport = done[0].json();
    let names: Vec<_> = export.sections.iter().map(|section| section.name).collect();
    assert_eq!(names, ExportSection::ALL);
    assert_eq!(export.left_out, KeptSecret::ALL);
    // What is the owner's own is whole, what opens the account is not there.
    for own in [EMAIL, SAFE, "+8613800138001", &*id.to_string()] {
        assert!(text.contains(own), "{own}");
    }
    let session = browser.cookies["__Host-session"].as_str();
    for secret in [
        "argon2",
        session,
        &server::outside::ids::token_hash(session),
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    let exported = bench.events(id).await;
    let count = exported.iter().filter(|event| *event == "account_exported");
    assert_eq!(count.count(), 1);
    bench.wait(Span::from_hours(1));
    let mut browser = bench.browser();
    browser.sign_in(EMAIL, PASSWORD).await;
    let again = browser.call(&EXPORT_ACCOUNT, Value::Null).await;
    assert_eq!(again.status, 200, "{}", again.text());
}

async fn acc_14_that_it_is_too_soon_is_known_before_the_download(bench: Bench) {
    let (mut browser, _) = secured(&bench).await;
    assert_eq!(info(&mut browser).await.export_refusals, []);
    let done = browser.call(&EXPORT_ACCOUNT, Value::Null).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let retry_at = bench.now().plus(Span::from_hours(1));
    let too_soon = AccountRefusal::ExportTooSoon { retry_at };
    assert_eq!(info(&mut browser).await.export_refusals, [too_soon]);
    bench.wait(Span::from_hours(1));
    assert_eq!(info(&mut browser).await.export_refusals, []);
}

/// What the difference between the account and this wish is.
async fn compared(browser: &mut Browser, wish: &Value) -> Vec<FieldChange> {
    let answer = browser.call(&COMPARE_PROFILE, wish.clone()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json::<ProfileDiff>().changes
}

async fn acc_14_two_fields_are_saved_after_their_difference_was_seen(bench: Bench) {
    let (mut browser, id) = secured(&bench).await;
    let wish = json!({
        "nickname": "云上小张", "contact_phone": "139 0013 9002",
        "contact_email": "Desk@mail.example",
    });
    let changes = compared(&mut browser, &wish).await;
    let fields: Vec<_> = changes.iter().map(|change| change.field).collect();
    let all = [
        ProfileField::Nickname,
        ProfileField::ContactPhone,
        ProfileField::ContactEmail,
    ];
    assert_eq!(fields, all);
    assert_eq!(changes[0].before.as_deref(), Some("小云"));
    assert_eq!(changes[1].before, None);
    assert_eq!(changes[1].after.as_deref(), Some("+8613900139002"));
    let unseen = browser.call(&SAVE_PROFILE, json!({ "wish": wish })).await;
    let refusal = AccountRefusal::DiffNotConfirmed { fields: 3 };
    assert_eq!(refusals(&unseen), [refusal.into()]);
    let save = json!({ "wish": wish, "confirmed": changes });
    let mut asks = browser.with("may-i", "true");
    assert_eq!(asks.call(&SAVE_PROFILE, save.clone()).await.status, 204);
    assert_eq!(info(&mut browser).await.nickname, "小云");
    let saved = browser.call(&SAVE_PROFILE, save).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    let shown: AccountInfo = saved.json();
    assert_eq!(shown.nickname, "云上小张");
    // CON-6: the contacts wait, and each got a code.
    assert_eq!(shown.contact_phone.confirmed, None);
    assert_eq!(
        shown.contact_phone.pending.map(|it| it.value).as_deref(),
        Some("139****9002")
    );
    assert!(shown.contact_email.pending.is_some());
    let code = json!({ "code": bench.newest_sms_code().await });
    let done = contact(&mut browser, "PUT", "phone", code).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(bench.letters_to("Desk@mail.example").await.len(), 2);
    // What is stored is masked, and what is the same is no change (CON-13, CON-14).
    let same = json!({ "contact_phone": "13900139002", "contact_email": "desk@MAIL.example" });
    assert_eq!(compared(&mut browser, &same).await, []);
    let other = json!({ "contact_phone": "13900139003" });
    let changes = compared(&mut browser, &other).await;
    assert_eq!(changes[0].before.as_deref(), Some("139****9002"));
    // One field needs no question.
    let one = json!({ "wish": { "nickname": "小云" } });
    assert_eq!(browser.call(&SAVE_PROFILE, one.clone()).await.status, 200);
    let nothing = browser.call(&SAVE_PROFILE, one).await;
    assert_eq!(refusals(&nothing), [AccountRefusal::NothingChanged.into()]);
    let events = bench.events(id).await;
    let saved = events.iter().filter(|event| *event == "profile_saved");
    assert_eq!(saved.count(), 2);
}

async fn acc_14_a_difference_that_was_seen_before_another_change_is_not_saved(bench: Bench) {
    let (mut browser, _) = secured(&bench).await;
    let wish = json!({ "nickname": "云上小张", "contact_phone": "13900139002" });
    let changes = compared(&mut browser, &wish).await;
    let tab = json!({ "nickname": "另一个标签页", "version": 1 });
    assert_eq!(browser.call(&CHANGE_NICKNAME, tab).await.status, 200);
    let save = json!({ "wish": wish, "confirmed": changes });
    let refused = browser.call(&SAVE_PROFILE, save).await;
    assert_eq!(
        refusals(&refused),
        [AccountRefusal::ChangedElsewhere.into()]
    );
    let shown = info(&mut browser).await;
    assert_eq!(shown.nickname, "另一个标签页");
    assert_eq!(shown.contact_phone.pending, None);
}

async fn acc_14_everything_that_is_wrong_is_told_at_once_and_nothing_is_saved(bench: Bench) {
    let (mut browser, id) = secured(&bench).await;
    let wrong = json!({
        "nickname": "", "contact_phone": "12", "contact_email": "desk",
    });
    let saving = json!({ "wish": wrong });
    for (endpoint, body) in [(&COMPARE_PROFILE, wrong), (&SAVE_PROFILE, saving)] {
        let answer = browser.call(endpoint, body).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        let fields = answer.problem().fields;
        let names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(names, ["nickname", "contact_phone", "contact_email"]);
    }
    // ACC-4: the verified name is advised against once, and the phone waits with it.
    bench.verify(id, "张三").await;
    let wish = json!({ "nickname": "张三", "contact_phone": "13900139002" });
    let confirmed = compared(&mut browser, &wish).await;
    let mut save = json!({ "wish": wish, "confirmed": confirmed });
    let advised = browser.call(&SAVE_PROFILE, save.clone()).await;
    let advice = domain::account::NicknameRefusal::IsVerifiedName;
    assert_eq!(refusals(&advised), [advice.into()]);
    assert_eq!(info(&mut browser).await.contact_phone.pending, None);
    save["use_verified_name"] = json!(true);
    let saved = browser.call(&SAVE_PROFILE, save).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    assert_eq!(info(&mut browser).await.nickname, "张三");
}

async fn lgm_4_what_to_do_about_an_identity_that_expires_is_told(bench: Bench) {
    let (mut browser, id) = secured(&bench).await;
    bench.bind(id, LoginMethodKind::Qq, "qq-1").await;
    let expiring = info(&mut browser).await.expiring;
    let steps: Vec<_> = expiring.iter().map(|it| (it.identity, it.step)).collect();
    assert_eq!(
        steps,
        [
            (ExpiringIdentity::Wecom, ExpiringStep::Done),
            (ExpiringIdentity::Qq, ExpiringStep::Unbind),
            (ExpiringIdentity::CorporateQq, ExpiringStep::Unbind),
        ]
    );
    bench.prove(&mut browser).await;
    let gone = unbind(&mut browser, "email").await;
    assert_eq!(gone.status, 200, "{}", gone.text());
    let expiring = info(&mut browser).await.expiring;
    assert_eq!(expiring[1].step, ExpiringStep::BindAnother);
}
