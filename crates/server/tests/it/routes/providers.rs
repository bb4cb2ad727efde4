//! Signing in, choosing, binding and proving by other services (SGN-5, SGN-10, SGN-11, LGM-5, LGM-7, PRT-1,
//! SGN-4, V-27).

use contract::endpoints::{
    BEGIN_PROOF_FACE, BEGIN_PROOF_SCAN, BIND_IDENTITY, CHOOSE_ACCOUNT, DEMO_LOOK,
    GET_SEEN_IDENTITY, GET_SESSION, PROVE,
};
use domain::account::AccountId;
use domain::login_methods::LoginMethodKind;
use domain::protection::{PassedProof, ProofMethod};
use domain::time::Span;
use serde_json::{Value, json};
use server::store::{login_methods, proofs, security};

use crate::support::phone::{answer, come_back, confirm, scan, show, shown, trip, visit};
use crate::support::{Answer, Bench, Browser, on_both_databases};

on_both_databases!(
    sgn_5_an_identity_of_one_account_signs_in_to_it,
    lgm_5_an_identity_of_several_accounts_chooses_one_of_its_own,
    sgn_5_an_unknown_identity_links_or_registers,
    v_27_another_browser_a_replay_expiry_and_a_changed_letter_are_refused,
    v_27_what_was_begun_in_one_session_is_not_bound_in_another,
    lgm_9_the_proof_is_asked_for_before_the_visit_to_bind,
    sgn_10_a_frozen_identity_is_told_its_ways,
    sgn_11_a_scan_is_scanned_confirmed_and_taken_once,
    sgn_11_a_code_dies_after_two_minutes_and_by_a_no,
    prt_1_a_scan_by_the_bound_wechat_proves_the_owner_once,
    prt_4_a_face_check_that_passed_proves_the_owner_once,
    lgm_7_a_member_of_a_wecom_organisation_cannot_bind_it,
    lgm_5_one_qq_is_bound_to_one_of_two_accounts_at_once,
    lgm_5_the_51st_account_of_one_wechat_is_refused,
);

async fn nobody(browser: &mut Browser) -> bool {
    let answer = browser.call(&GET_SESSION, Value::Null).await;
    answer.json::<Value>()["owner"].is_null()
}

fn refusal(answer: &Answer) -> String {
    assert_eq!(answer.status, 409, "{}", answer.text());
    let problem: Value = answer.json();
    problem["refusals"][0]["code"].as_str().unwrap().to_owned()
}

/// Has the owner of the session prove who they are.
async fn proved(bench: &Bench, browser: &Browser) {
    let hash = server::outside::ids::token_hash(&browser.cookies["__Host-session"]);
    let mut tx = bench.app.store.write().await.unwrap();
    let session = server::store::sessions::find(&mut tx, &hash).await.unwrap();
    let proof = PassedProof {
        session: session.unwrap().id,
        method: ProofMethod::SecurityPhone,
        at: bench.now(),
    };
    proofs::insert(&mut tx, &proof).await.unwrap();
    tx.commit().await.unwrap();
}

/// An owner whose phone was bound long ago, signed in and just proved.
async fn owner(bench: &Bench, email: &str, phone: &str) -> (Browser, AccountId) {
    let id = bench
        .account(email, server::language::Language::Chinese)
        .await;
    bench.secured(id, phone, &format!("safe-{email}")).await;
    bench.wait(Span::from_days(2));
    let mut browser = bench.browser();
    browser.sign_in(email, crate::support::PASSWORD).await;
    proved(bench, &browser).await;
    (browser, id)
}

async fn methods(bench: &Bench, id: AccountId) -> Vec<LoginMethodKind> {
    let mut tx = bench.app.store.read().await.unwrap();
    let all = login_methods::list(&mut tx, id).await.unwrap();
    all.iter().map(|one| one.method.identity.kind()).collect()
}

async fn sgn_5_an_identity_of_one_account_signs_in_to_it(bench: Bench) {
    let id = bench
        .account("a@mail.example", server::language::Language::Chinese)
        .await;
    bench.link(id, LoginMethodKind::Qq, "qq-wang").await;
    let mut browser = bench.browser();
    let back = trip(&mut browser, ("qq", "sign_in"), Some("qq-wang")).await;
    let outcome: Value = back.json();
    assert_eq!(outcome["outcome"], "sign_in");
    assert_eq!(outcome["answer"]["state"], "signed_in");
    let session: Value = browser.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(session["owner"]["account_id"], id.to_string());
    assert_eq!(bench.events(id).await.last().unwrap(), "signed_in");
}

async fn lgm_5_an_identity_of_several_accounts_chooses_one_of_its_own(bench: Bench) {
    let language = server::language::Language::Chinese;
    let one = bench.account("a@mail.example", language).await;
    let two = bench.account("b@mail.example", language).await;
    for id in [one, two] {
        bench.link(id, LoginMethodKind::Wechat, "wechat-li").await;
    }
    let mut browser = bench.browser();
    let back = trip(&mut browser, ("wechat", "sign_in"), Some("wechat-li")).await;
    let outcome: Value = back.json();
    assert_eq!(outcome["outcome"], "waits");
    assert!(nobody(&mut browser).await);
    let accounts = outcome["identity"]["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2);
    assert!(!back.text().contains(&one.to_string()), "ids are masked");
    let made_up = browser
        .call(&CHOOSE_ACCOUNT, json!({ "choice": "x" }))
        .await;
    assert_eq!(refusal(&made_up), "not_linked");
    let choice = accounts[1]["choice"].clone();
    // Another browser has proved nothing.
    let stolen = bench
        .browser()
        .call(&CHOOSE_ACCOUNT, json!({ "choice": choice }))
        .await;
    assert_eq!(refusal(&stolen), "expired");
    let chosen = browser
        .call(&CHOOSE_ACCOUNT, json!({ "choice": choice }))
        .await;
    assert_eq!(chosen.status, 200, "{}", chosen.text());
    assert_eq!(
        chosen.json::<Value>()["owner"]["account_id"],
        two.to_string()
    );
}

async fn sgn_5_an_unknown_identity_links_or_registers(bench: Bench) {
    let (_, id) = owner(&bench, "a@mail.example", "13800138001").await;
    let mut browser = bench.browser();
    let back = trip(&mut browser, ("qq", "sign_in"), Some("qq-new")).await;
    let outcome: Value = back.json();
    assert_eq!(
        outcome["identity"]["ways"],
        json!(["link_existing", "register"])
    );
    assert!(nobody(&mut browser).await);
    browser
        .sign_in("a@mail.example", crate::support::PASSWORD)
        .await;
    let waiting: Value = browser.call(&GET_SEEN_IDENTITY, Value::Null).await.json();
    let binding = &waiting["identity"]["binding"];
    assert_eq!(binding["account_id"], id.to_string());
    assert_eq!(binding["refusals"], json!([]));
    bench.wait(Span::from_minutes(1));
    proved(&bench, &browser).await;
    let bound = browser
        .call(&BIND_IDENTITY, json!({ "replaces": false }))
        .await;
    assert_eq!(bound.status, 200, "{}", bound.text());
    assert!(methods(&bench, id).await.contains(&LoginMethodKind::Qq));
    let again = browser
        .call(&BIND_IDENTITY, json!({ "replaces": true }))
        .await;
    assert_eq!(refusal(&again), "expired");
}

async fn v_27_another_browser_a_replay_expiry_and_a_changed_letter_are_refused(bench: Bench) {
    let id = bench
        .account("a@mail.example", server::language::Language::Chinese)
        .await;
    bench.link(id, LoginMethodKind::Qq, "qq-wang").await;
    let mut a = bench.browser();
    let asked = visit(&mut a, "qq", "sign_in").await;
    let query = confirm(&mut a, &asked, Some("qq-wang")).await;

    let (mut b, victim) = bench.signed_in("victim@mail.example").await;
    let elsewhere = come_back(&mut b, "qq", &query).await;
    assert_eq!(refusal(&elsewhere), "not_yours");
    assert_eq!(methods(&bench, victim).await, [LoginMethodKind::Email]);

    let state = &asked["state"];
    let last = if state.ends_with('A') { "B" } else { "A" };
    let changed = format!("{}{last}", state.get(..state.len() - 1).unwrap());
    let changed = come_back(&mut a, "qq", &query.replace(state.as_str(), &changed)).await;
    assert_eq!(refusal(&changed), "not_yours");
    let other_kind = come_back(&mut a, "wechat", &query).await;
    assert_eq!(refusal(&other_kind), "not_yours");
    assert!(nobody(&mut a).await);

    // What belongs here still works, once.
    assert_eq!(come_back(&mut a, "qq", &query).await.status, 200);
    assert!(!nobody(&mut a).await);
    assert_eq!(refusal(&come_back(&mut a, "qq", &query).await), "used");

    let mut late = bench.browser();
    let asked = visit(&mut late, "qq", "sign_in").await;
    let query = confirm(&mut late, &asked, Some("qq-wang")).await;
    bench.wait(bench.app.policy.sign_in.scan);
    assert_eq!(
        refusal(&come_back(&mut late, "qq", &query).await),
        "expired"
    );
    assert!(nobody(&mut late).await);
}

async fn v_27_what_was_begun_in_one_session_is_not_bound_in_another(bench: Bench) {
    let (mut browser, _) = owner(&bench, "a@mail.example", "13800138001").await;
    let victim = bench
        .account("b@mail.example", server::language::Language::Chinese)
        .await;
    let asked = visit(&mut browser, "qq", "bind").await;
    let query = confirm(&mut browser, &asked, Some("qq-new")).await;
    browser
        .sign_in("b@mail.example", crate::support::PASSWORD)
        .await;
    let back = come_back(&mut browser, "qq", &query).await;
    assert_eq!(refusal(&back), "not_yours");
    assert_eq!(methods(&bench, victim).await, [LoginMethodKind::Email]);
    let mut stranger = bench.browser();
    let path = "/api/v1/providers/qq/visit";
    let unsigned = stranger
        .send_json("POST", path, json!({ "aim": "bind" }))
        .await;
    assert_eq!(unsigned.status, 401);
}

async fn lgm_9_the_proof_is_asked_for_before_the_visit_to_bind(bench: Bench) {
    let (mut browser, id) = bench.signed_in("a@mail.example").await;
    bench.secured(id, "13800138001", "safe@mail.example").await;
    let bind = json!({ "aim": "bind" });
    let visit = "/api/v1/providers/qq/visit";
    for path in [visit, "/api/v1/scans"] {
        let asked = browser.send_json("POST", path, bind.clone()).await;
        assert_eq!(asked.status, 403, "{path}: {}", asked.text());
        assert!(asked.text().contains("proof_needed"), "{path}");
    }
    let unknown = browser
        .send_json("POST", "/api/v1/providers/email/visit", bind.clone())
        .await;
    assert_eq!(unknown.status, 404);
    bench.prove(&mut browser).await;
    for path in [visit, "/api/v1/scans"] {
        let begun = browser.send_json("POST", path, bind.clone()).await;
        assert_eq!(begun.status, 200, "{path}: {}", begun.text());
    }
}

async fn sgn_10_a_frozen_identity_is_told_its_ways(bench: Bench) {
    let mut browser = bench.browser();
    let frozen = trip(&mut browser, ("qq", "sign_in"), Some("qq-frozen")).await;
    let outcome: Value = frozen.json();
    assert_eq!(outcome["outcome"], "frozen");
    assert_eq!(outcome["ways"][0]["way"], "unfreeze_at_service");
    assert_eq!(outcome["ways"][1]["way"], "appeal");
    let away = trip(&mut browser, ("wechat", "sign_in"), Some("wechat-away")).await;
    assert_eq!(away.json::<Value>()["why"], "later");
    let no = trip(&mut browser, ("qq", "sign_in"), None).await;
    assert_eq!(no.json::<Value>()["why"], "declined");
    assert!(nobody(&mut browser).await);
}

async fn stage(browser: &mut Browser, id: &str) -> String {
    let answer = browser.get(&format!("/api/v1/scans/{id}")).await;
    let status: Value = answer.json();
    status["stage"].as_str().unwrap_or("none").to_owned()
}

async fn take(browser: &mut Browser, id: &str) -> Answer {
    let path = format!("/api/v1/scans/{id}/take");
    browser.send_json("POST", &path, json!({})).await
}

async fn sgn_11_a_scan_is_scanned_confirmed_and_taken_once(bench: Bench) {
    let id = bench
        .account("a@mail.example", server::language::Language::Chinese)
        .await;
    bench
        .link(id, LoginMethodKind::Wechat, "wechat-zhang")
        .await;
    let (mut page, mut phone) = (bench.browser(), bench.browser());
    let (scan_id, secret) = show(&mut page, "sign_in").await;
    assert_eq!(stage(&mut page, &scan_id).await, "waiting");
    assert_eq!(refusal(&take(&mut page, &scan_id).await), "not_confirmed");
    let scanned = scan(&mut phone, &secret, "wechat-zhang").await;
    assert_eq!(scanned.json::<Value>()["outcome"], "on_phone");
    assert!(nobody(&mut phone).await, "scanning signs no phone in");
    assert_eq!(stage(&mut page, &scan_id).await, "scanned");
    // A second phone is too late, and a stranger's tap confirms nothing.
    let mut other = bench.browser();
    assert_eq!(
        refusal(&scan(&mut other, &secret, "wechat-li").await),
        "used"
    );
    assert_eq!(refusal(&answer(&mut other, &scan_id, true).await), "used");
    assert_eq!(answer(&mut phone, &scan_id, true).await.status, 204);
    assert_eq!(stage(&mut page, &scan_id).await, "confirmed");
    assert_eq!(refusal(&take(&mut other, &scan_id).await), "not_yours");
    let path = format!("/api/v1/scans/{scan_id}/take");
    let (mut one, mut two) = (page.clone(), page.clone());
    let (one, two) = tokio::join!(
        one.send_json("POST", &path, json!({})),
        two.send_json("POST", &path, json!({}))
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "one of two at once");
    assert_eq!(stage(&mut page, &scan_id).await, "over");
}

async fn sgn_11_a_code_dies_after_two_minutes_and_by_a_no(bench: Bench) {
    let (mut page, mut phone) = (bench.browser(), bench.browser());
    let (scan_id, secret) = show(&mut page, "sign_in").await;
    scan(&mut phone, &secret, "wechat-zhang").await;
    assert_eq!(answer(&mut phone, &scan_id, false).await.status, 204);
    assert_eq!(stage(&mut page, &scan_id).await, "declined");
    assert_eq!(refusal(&take(&mut page, &scan_id).await), "declined");
    let (scan_id, secret) = show(&mut page, "sign_in").await;
    bench.wait(Span::from_millis(119_999));
    assert_eq!(stage(&mut page, &scan_id).await, "waiting");
    bench.wait(Span::from_millis(1));
    assert_eq!(stage(&mut page, &scan_id).await, "over");
    let open = phone
        .send_json("POST", "/api/v1/phone/scan", json!({ "secret": secret }))
        .await;
    assert_eq!(refusal(&open), "expired");
}

async fn prt_1_a_scan_by_the_bound_wechat_proves_the_owner_once(bench: Bench) {
    let (mut browser, id) = owner(&bench, "a@mail.example", "13800138001").await;
    bench
        .link(id, LoginMethodKind::Wechat, "wechat-zhang")
        .await;
    let prove = |scan: &str| {
        json!({
            "operation": "change_password",
            "proof": { "way": "wechat", "scan": scan },
        })
    };
    let (scan_id, secret) = shown(&browser.call(&BEGIN_PROOF_SCAN, json!({})).await);
    let mut phone = bench.browser();
    scan(&mut phone, &secret, "wechat-li").await;
    answer(&mut phone, &scan_id, true).await;
    let wrong = browser.call(&PROVE, prove(&scan_id)).await;
    assert_eq!(refusal(&wrong), "other_wechat");
    let (scan_id, secret) = shown(&browser.call(&BEGIN_PROOF_SCAN, json!({})).await);
    scan(&mut phone, &secret, "wechat-zhang").await;
    answer(&mut phone, &scan_id, true).await;
    let right = browser.call(&PROVE, prove(&scan_id)).await;
    assert_eq!(right.status, 200, "{}", right.text());
    assert_eq!(
        refusal(&browser.call(&PROVE, prove(&scan_id)).await),
        "used"
    );
    // What was scanned to sign in proves nothing.
    let (scan_id, secret) = show(&mut browser, "sign_in").await;
    scan(&mut phone, &secret, "wechat-zhang").await;
    answer(&mut phone, &scan_id, true).await;
    let other = browser.call(&PROVE, prove(&scan_id)).await;
    assert_eq!(refusal(&other), "not_yours");
}

async fn prt_4_a_face_check_that_passed_proves_the_owner_once(bench: Bench) {
    bench.verified("a@mail.example", "张三").await;
    bench.wait(Span::from_days(2));
    let mut browser = bench.browser();
    browser
        .sign_in("a@mail.example", crate::support::PASSWORD)
        .await;
    let begun = browser.call(&BEGIN_PROOF_FACE, json!({})).await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    let begun: Value = begun.json();
    let check = begun["check"].as_str().unwrap().to_owned();
    let address = begun["address"].as_str().unwrap();
    let (_, query) = address.split_once("/demo/face?check=").unwrap();
    let service = query.split('&').next().unwrap().to_owned();
    let prove = json!({
        "operation": "change_password",
        "proof": { "way": "face", "check": check },
    });
    assert_eq!(browser.call(&PROVE, prove.clone()).await.status, 403);
    let path = format!("/api/v1/proof/face/{check}");
    assert_eq!(browser.get(&path).await.json::<Value>()["stage"], "pending");
    browser
        .call(&DEMO_LOOK, json!({ "check": service, "cause": null }))
        .await;
    assert_eq!(browser.get(&path).await.json::<Value>()["stage"], "passed");
    let (mut other, _) = bench.signed_in("b@mail.example").await;
    assert_eq!(other.get(&path).await.status, 404);
    let right = browser.call(&PROVE, prove.clone()).await;
    assert_eq!(right.status, 200, "{}", right.text());
    assert_eq!(browser.call(&PROVE, prove).await.status, 403, "once");
}

async fn lgm_7_a_member_of_a_wecom_organisation_cannot_bind_it(bench: Bench) {
    let (mut browser, id) = owner(&bench, "a@mail.example", "13800138001").await;
    let back = trip(&mut browser, ("wecom", "bind"), Some("wecom-member")).await;
    let outcome: Value = back.json();
    let refusals = &outcome["identity"]["binding"]["refusals"];
    assert_eq!(refusals[0]["code"], "not_wecom_administrator");
    let refused = browser
        .call(&BIND_IDENTITY, json!({ "replaces": false }))
        .await;
    assert_eq!(refusal(&refused), "not_wecom_administrator");
    assert_eq!(methods(&bench, id).await, [LoginMethodKind::Email]);
    trip(&mut browser, ("wecom", "bind"), Some("wecom-administrator")).await;
    let bound = browser
        .call(&BIND_IDENTITY, json!({ "replaces": false }))
        .await;
    assert_eq!(bound.status, 200, "{}", bound.text());
    assert_eq!(bench.events(id).await.last().unwrap(), "login_method_bound");
}

async fn lgm_5_one_qq_is_bound_to_one_of_two_accounts_at_once(bench: Bench) {
    let (mut one, first) = owner(&bench, "a@mail.example", "13800138001").await;
    let (mut two, second) = owner(&bench, "b@mail.example", "13800138002").await;
    // Making the second owner took two days, in which the first one's session ended.
    one.sign_in("a@mail.example", crate::support::PASSWORD)
        .await;
    proved(&bench, &one).await;
    trip(&mut one, ("qq", "bind"), Some("qq-new")).await;
    trip(&mut two, ("qq", "bind"), Some("qq-new")).await;
    let body = json!({ "replaces": false });
    let (a, b) = tokio::join!(
        one.call(&BIND_IDENTITY, body.clone()),
        two.call(&BIND_IDENTITY, body)
    );
    let lost = if a.status == 200 { &b } else { &a };
    assert_eq!(a.status.min(b.status), 200, "{} {}", a.text(), b.text());
    assert_eq!(refusal(lost), "identity_taken");
    let bound = [methods(&bench, first).await, methods(&bench, second).await].concat();
    let qqs = bound.iter().filter(|kind| **kind == LoginMethodKind::Qq);
    assert_eq!(qqs.count(), 1);
}

async fn lgm_5_the_51st_account_of_one_wechat_is_refused(bench: Bench) {
    let language = server::language::Language::Chinese;
    let (mut browser, id) = owner(&bench, "a@mail.example", "13800138001").await;
    let mut tx = bench.app.store.write().await.unwrap();
    for number in 0..49 {
        let new = server::store::accounts::NewAccount {
            registered_at: bench.now(),
            language,
            nickname: domain::account::Nickname::parse("小云").unwrap(),
        };
        let other = server::store::accounts::insert(&mut tx, &new)
            .await
            .unwrap();
        let method = domain::login_methods::LoginMethod {
            identity: domain::login_methods::LoginIdentity::new(
                LoginMethodKind::Wechat,
                "wechat-new",
            ),
            origin: domain::login_methods::MethodOrigin::Added,
            bound_at: bench.now(),
        };
        let new = login_methods::NewMethod {
            method: &method,
            spelt: "wechat-new",
            name: None,
        };
        assert!(
            login_methods::insert(&mut tx, other, &new).await.unwrap(),
            "{number}"
        );
    }
    tx.commit().await.unwrap();
    trip(&mut browser, ("wechat", "bind"), Some("wechat-new")).await;
    let bound = browser
        .call(&BIND_IDENTITY, json!({ "replaces": false }))
        .await;
    assert_eq!(bound.status, 200, "the 50th: {}", bound.text());
    assert_eq!(bound.json::<Value>()["confirms_from_now_on"], true, "MFA-6");
    let mut tx = bench.app.store.read().await.unwrap();
    let means = security::find(&mut tx, id).await.unwrap().unwrap().means;
    assert!(means.wechat.is_some());
    tx.commit().await.unwrap();
    let (mut late, _) = owner(&bench, "b@mail.example", "13800138002").await;
    trip(&mut late, ("wechat", "bind"), Some("wechat-new")).await;
    let refused = late
        .call(&BIND_IDENTITY, json!({ "replaces": false }))
        .await;
    assert_eq!(refusal(&refused), "too_many_accounts");
}
