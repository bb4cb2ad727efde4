//! Every changing endpoint leaves exactly its audit row, or none for a reason.

mod desk;
mod keys;

use contract::endpoints::{self, Audit, Endpoint};
use domain::account::AccountId;
use domain::login_methods::LoginMethodKind;
use domain::protection::Factor;
use domain::time::Span;
use serde_json::{Value, json};

use server::language::Language;
use server::store::subjects;

use crate::support::enterprises::{
    CODE, arrive, bank_details, company, look, other_than, permit, start, upload_receipt,
};
use crate::support::{
    Bench, Browser, PASSWORD, changes, digits, enterprise_record, files, on_both_databases, phone,
    prove,
};

on_both_databases!(every_changing_endpoint_leaves_exactly_its_audit_row);

/// What is sent so that the endpoint carries something out for the account; whatever it needs is
/// brought about first. Whoever adds a changing endpoint adds one.
async fn working_call(
    bench: &Bench,
    browser: &mut Browser,
    endpoint: &Endpoint,
    (id, email): (AccountId, &str),
) -> (String, Value) {
    let mut path = endpoint.path.to_owned();
    let body = match &*endpoint.to_string() {
        "POST /api/v1/session" => json!({ "email": email, "password": PASSWORD }),
        "POST /api/v1/session/sub-user" => {
            bench.sub_user(id, "ops").await;
            json!({ "root": id, "user_name": "ops", "password": PASSWORD })
        }
        "POST /api/v1/session/step/code" => {
            begin_step(bench, browser, (id, email)).await;
            json!({ "method": "security_phone" })
        }
        "POST /api/v1/session/step" => {
            begin_step(bench, browser, (id, email)).await;
            let send = json!({ "method": "security_phone" });
            browser.call(&endpoints::SEND_SECOND_STEP_CODE, send).await;
            json!({
                "proof": { "way": "phone_code", "code": bench.newest_sms_code().await },
                "trust_device": true,
            })
        }
        "DELETE /api/v1/session/step" => {
            begin_step(bench, browser, (id, email)).await;
            Value::Null
        }
        "POST /api/v1/captcha/code" => json!({ "email": email }),
        "PUT /api/v1/account/nickname" => json!({ "nickname": "审计", "version": 1 }),
        "POST /api/v1/account/profile/changes" => json!({ "nickname": "多项" }),
        "PUT /api/v1/account/profile" => json!({ "wish": { "nickname": "多项" } }),
        name if name.contains("/api/v1/account/") || name.contains("/api/v1/contacts/") => {
            path = path.replace(
                "{kind}",
                if name.contains("methods") {
                    "qq"
                } else {
                    "email"
                },
            );
            account_call(bench, browser, name, id).await
        }
        name if name.contains("/verification/change")
            || name.contains("/verification/consents") =>
        {
            return changes::working_call(bench, browser, endpoint, id).await;
        }
        "DELETE /api/v1/session" => Value::Null,
        "POST /api/v1/proof/code" => json!({ "method": "security_phone" }),
        "POST /api/v1/proof" => {
            let send = json!({ "method": "security_phone" });
            browser.call(&endpoints::SEND_PROOF_CODE, send).await;
            json!({
                "operation": "change_password",
                "proof": { "way": "phone_code", "code": bench.newest_sms_code().await },
            })
        }
        "PUT /api/v1/security/password" => {
            bench.prove(browser).await;
            json!({ "password": "ein langes Kennwort 晴空" })
        }
        "POST /api/v1/security/phone/code" => {
            // The phone is new and does not vouch for its own replacement (PRT-4).
            bench.prove_by(browser, "security_email").await;
            json!({ "phone": "13900000001" })
        }
        "PUT /api/v1/security/phone" => {
            // The phone is new and does not vouch for its own replacement (PRT-4).
            bench.prove_by(browser, "security_email").await;
            let phone = json!({ "phone": "13900000002" });
            browser.call(&endpoints::SEND_NEW_PHONE_CODE, phone).await;
            json!({ "phone": "13900000002", "code": bench.newest_sms_code().await })
        }
        "POST /api/v1/security/email/change" => {
            bench.prove(browser).await;
            json!({ "email": "new@mail.example" })
        }
        "POST /api/v1/security/email/change/code" | "DELETE /api/v1/security/email/change" => {
            start_email_change(bench, browser).await;
            Value::Null
        }
        "PUT /api/v1/security/email/change" => {
            start_email_change(bench, browser).await;
            let send = &endpoints::SEND_EMAIL_CHANGE_CODE;
            bench.postman().deliver_due().await.unwrap();
            browser.call(send, Value::Null).await;
            json!({ "step": "original", "code": bench.newest_mail_code().await })
        }
        "PUT /api/v1/security/protections/{kind}" => {
            bench.prove(browser).await;
            path = path.replace("{kind}", "sign_in");
            json!({ "protection": { "state": "require", "factor": "phone_code" } })
        }
        "DELETE /api/v1/security/sessions/{session}" => {
            let places = browser.call(&endpoints::GET_SESSIONS, Value::Null).await;
            let places: contract::security::SignedInPlaces = places.json();
            path = path.replace("{session}", &places.sessions[0].id);
            Value::Null
        }
        "DELETE /api/v1/security/sessions" => Value::Null,
        "PUT /api/v1/security/session-limits" => {
            bench.prove(browser).await;
            json!({ "idle": 3_600_000, "longest": 7_200_000 })
        }
        "DELETE /api/v1/security/trusted-devices" => {
            bench.prove(browser).await;
            Value::Null
        }
        "DELETE /api/v1/security/trusted-devices/{device}" => {
            bench.prove(browser).await;
            let name = format!("device of {email}");
            bench.trust(id, &name).await;
            path = path.replace("{device}", &name.replace(' ', "%20"));
            Value::Null
        }
        name if OF_ENTERPRISES.iter().any(|part| name.contains(part)) => {
            enterprise_call(bench, browser, name, id).await
        }
        "POST /api/v1/demo/bank" => json!({ "play": "confirm", "reference": "none" }),
        "POST /api/v1/demo/register" => json!({ "code": CODE, "says": "sound" }),
        "POST /api/v1/demo/official-account" => {
            json!({ "permission": "none", "answer": "refused" })
        }
        path if path.contains("/api/v1/verification/") => {
            verification_call(bench, browser, path, id).await
        }
        path if path.contains("/mfa") || path.contains("/key") => {
            keys::mfa_call(bench, browser, path, (id, email)).await
        }
        "POST /api/v1/registration/email/code" => json!({ "email": "new@join.example" }),
        "POST /api/v1/registration/email" => {
            let send = json!({ "email": "newer@join.example" });
            browser
                .call(&endpoints::SEND_REGISTRATION_EMAIL_CODE, send)
                .await;
            json!({ "email": "newer@join.example", "code": bench.newest_mail_code().await })
        }
        "POST /api/v1/registration/phone/code" => json!({ "phone": "13700137001" }),
        "POST /api/v1/registration" => {
            bench.prove_email(browser, "newest@join.example").await;
            bench.registration_form(browser, "13700137002").await
        }
        "POST /api/v1/forgotten/code" => json!({ "target": email }),
        "POST /api/v1/forgotten/accounts" => {
            let send = json!({ "target": email });
            browser.call(&endpoints::SEND_RESET_CODE, send).await;
            json!({ "target": email, "code": bench.newest_mail_code().await })
        }
        "POST /api/v1/forgotten" => {
            let send = json!({ "target": email });
            browser.call(&endpoints::SEND_RESET_CODE, send).await;
            let find = json!({ "target": email, "code": bench.newest_mail_code().await });
            let call = browser.call(&endpoints::FIND_RESET_ACCOUNTS, find.clone());
            with_choice(find, &call.await.json())
        }
        "POST /api/v1/lock" => json!({ "token": bench.newest_lock_token().await }),
        "POST /api/v1/unlock/code" => json!({ "target": safe(email) }),
        "POST /api/v1/unlock/accounts" => {
            let send = json!({ "target": safe(email) });
            browser.call(&endpoints::SEND_UNLOCK_CODE, send).await;
            json!({ "target": safe(email), "code": bench.newest_mail_code().await })
        }
        "POST /api/v1/unlock" => {
            let lock = json!({ "token": bench.newest_lock_token().await });
            browser.call(&endpoints::LOCK, lock).await;
            // The notice of the lock goes first, so that the newest letter is the one with the code.
            while bench.postman().deliver_due().await.unwrap() > 0 {}
            let send = json!({ "target": safe(email) });
            browser.call(&endpoints::SEND_UNLOCK_CODE, send).await;
            let find = json!({ "target": safe(email), "code": bench.newest_mail_code().await });
            let call = browser.call(&endpoints::FIND_LOCKED_ACCOUNTS, find.clone());
            with_choice(find, &call.await.json())
        }
        "GET /api/v1/documents/{document}" | "DELETE /api/v1/documents/{document}" => {
            let kept = upload(browser).await;
            path = path.replace("{document}", kept["id"].as_str().unwrap());
            Value::Null
        }
        "POST /api/v1/documents" => Value::Null,
        "POST /api/v1/demo/platform" => json!({ "account_id": id }),
        "POST /api/v1/demo/clock" => json!({ "forward_by": 1 }),
        named if named.contains("/api/v1/operator/") => {
            let (at_desk, path, body) = desk::call(bench, browser, endpoint, id).await;
            *browser = at_desk;
            return (path, body);
        }
        other => {
            let (path, body) = provider_call(bench, browser, endpoint, (other, id)).await;
            return (path.to_owned(), body);
        }
    };
    (path, body)
}

const LICENCE: &str = "?purpose=verification_change&item=new_licence";

/// Uploads a document of proof (CHG-13).
async fn upload(browser: &mut Browser) -> Value {
    let path = format!("{}{LICENCE}", endpoints::UPLOAD_DOCUMENT.path);
    let file = files::jpeg(8, 8);
    browser.send("POST", &path, file.into()).await.json()
}

/// The same for other services, scans and faces.
async fn provider_call(
    bench: &Bench,
    browser: &mut Browser,
    endpoint: &Endpoint,
    (named, id): (&str, AccountId),
) -> (&'static str, Value) {
    let person = format!("guest-{id}");
    let body = match named {
        "POST /api/v1/providers/{kind}/visit" => {
            return ("/api/v1/providers/qq/visit", json!({ "aim": "sign_in" }));
        }
        "POST /api/v1/providers/{kind}/return" => {
            bench.link(id, LoginMethodKind::Qq, &person).await;
            let asked = phone::visit(browser, "qq", "sign_in").await;
            let query = phone::confirm(browser, &asked, Some(&person)).await;
            return ("/api/v1/providers/qq/return", json!({ "query": query }));
        }
        "DELETE /api/v1/identity" => Value::Null,
        "POST /api/v1/identity/choose" => {
            let other = bench
                .account("other@choice.example", Language::Chinese)
                .await;
            for id in [id, other] {
                bench.link(id, LoginMethodKind::Wechat, &person).await;
            }
            let trip = phone::trip(browser, ("wechat", "sign_in"), Some(&person));
            let outcome: Value = trip.await.json();
            json!({ "choice": outcome["identity"]["accounts"][0]["choice"] })
        }
        "POST /api/v1/identity/bind" => {
            prove(bench, browser).await;
            phone::trip(browser, ("qq", "bind"), Some(&person)).await;
            json!({ "replaces": false })
        }
        "POST /api/v1/scans" => json!({ "aim": "sign_in" }),
        "POST /api/v1/scans/{id}/take" => {
            bench.link(id, LoginMethodKind::Wechat, &person).await;
            let (scan, secret) = phone::show(browser, "sign_in").await;
            let mut other = bench.browser();
            phone::scan(&mut other, &secret, &person).await;
            phone::answer(&mut other, &scan, true).await;
            return (format!("/api/v1/scans/{scan}/take").leak(), json!({}));
        }
        "POST /api/v1/phone/scan" => {
            let (_, secret) = phone::show(browser, "sign_in").await;
            json!({ "secret": secret })
        }
        "POST /api/v1/phone/answer" => {
            let (scan, secret) = phone::show(browser, "sign_in").await;
            phone::scan(browser, &secret, &person).await;
            json!({ "scan": scan, "confirm": true })
        }
        "POST /api/v1/proof/scan" => {
            bench.link(id, LoginMethodKind::Wechat, &person).await;
            Value::Null
        }
        "POST /api/v1/proof/face" => {
            bench.verify(id, "张三").await;
            Value::Null
        }
        "POST /api/v1/session/step/scan" => {
            bench.link(id, LoginMethodKind::Wechat, &person).await;
            begin_protected(bench, browser, id, Factor::WechatScan).await;
            Value::Null
        }
        "POST /api/v1/session/step/face" => {
            bench.verify(id, "张三").await;
            begin_protected(bench, browser, id, Factor::PhoneCode).await;
            Value::Null
        }
        "POST /api/v1/demo/phone" => {
            let asked = phone::visit(browser, "qq", "sign_in").await;
            json!({
                "kind": "qq",
                "person": null,
                "state": asked["state"],
                "challenge": asked["challenge"],
                "redirect_uri": asked["redirect_uri"],
            })
        }
        "POST /api/v1/demo/face" => json!({ "check": "none", "cause": null }),
        _ => panic!("{endpoint} changes something and has no body to try it with"),
    };
    (endpoint.path, body)
}

/// The same for real-name verification.
async fn verification_call(
    bench: &Bench,
    browser: &mut Browser,
    endpoint: &str,
    id: AccountId,
) -> Value {
    let start = json!({
        "person": {
            "name": "张三",
            "document_kind": "resident_id",
            "document_number": "110101199001010015",
        },
        "method": "face",
        "give_up_running": false,
    });
    match endpoint {
        "POST /api/v1/verification/person" => return start,
        "POST /api/v1/verification/reveal" => {
            bench.verify(id, "张三").await;
            bench.prove(browser).await;
        }
        "POST /api/v1/verification/person/finish" => {
            let begun = browser.call(&endpoints::START_PERSON, start).await;
            let address = begun.json::<Value>()["face"]["address"].clone();
            let query = address.as_str().unwrap().split_once("check=").unwrap().1;
            let check = query.split('&').next().unwrap();
            let look = json!({ "check": check, "cause": null });
            browser.call(&endpoints::DEMO_LOOK, look).await;
        }
        _ => {
            browser.call(&endpoints::START_PERSON, start).await;
        }
    }
    Value::Null
}

/// The same for Account info.
async fn account_call(
    bench: &Bench,
    browser: &mut Browser,
    endpoint: &str,
    id: AccountId,
) -> Value {
    let address = format!("desk{id}@mail.example");
    let contact = "/api/v1/account/contacts/email";
    match endpoint {
        "POST /api/v1/account/contacts/{kind}" => json!({ "value": address }),
        "DELETE /api/v1/account/contacts/{kind}"
        | "POST /api/v1/account/contacts/{kind}/code"
        | "PUT /api/v1/account/contacts/{kind}"
        | "POST /api/v1/contacts/confirm" => {
            let wish = json!({ "value": address });
            let sent = browser.send_json("POST", contact, wish).await;
            assert_eq!(sent.status, 200, "{}", sent.text());
            let letters = bench.letters_to(&address).await;
            let page = contract::pages::CONFIRM_CONTACT.replace("{token}", "");
            if endpoint.ends_with("/code") {
                bench.wait(Span::from_minutes(1));
            }
            if endpoint.starts_with("PUT") {
                let letter = letters.iter().find(|body| !body.contains(&page)).unwrap();
                return json!({ "code": digits(letter) });
            }
            if endpoint.ends_with("/confirm") {
                let link = letters
                    .iter()
                    .find_map(|body| body.split_once(&page))
                    .unwrap();
                return json!({ "token": link.1.split_whitespace().next().unwrap() });
            }
            Value::Null
        }
        "POST /api/v1/account/login-email/code" | "PUT /api/v1/account/login-email" => {
            bench
                .bind(id, LoginMethodKind::Qq, &format!("qq of {id}"))
                .await;
            bench.prove(browser).await;
            if endpoint.starts_with("POST") {
                return json!({ "email": address });
            }
            let send = json!({ "email": address });
            browser.call(&endpoints::SEND_LOGIN_EMAIL_CODE, send).await;
            json!({ "email": address, "code": bench.newest_mail_code().await })
        }
        "DELETE /api/v1/account/login-methods/{kind}" => {
            bench
                .bind(id, LoginMethodKind::Qq, &format!("qq of {id}"))
                .await;
            bench.prove(browser).await;
            Value::Null
        }
        "POST /api/v1/account/lock" | "POST /api/v1/account/export" => Value::Null,
        _ => panic!("{endpoint} changes something and has no body to try it with"),
    }
}

/// What the addresses of the verification of enterprises have in them.
const OF_ENTERPRISES: &[&str] = &[
    "/api/v1/verification/enterprise",
    "/api/v1/verification/transfer",
    "/api/v1/verification/top-up",
    "/api/v1/verification/official-account",
    "/api/v1/verification/contact",
    "/api/v1/verification/code",
];

/// The same for the verification of enterprises.
async fn enterprise_call(
    bench: &Bench,
    browser: &mut Browser,
    endpoint: &str,
    id: AccountId,
) -> Value {
    let contact = json!({
        "name": "李四", "document_kind": "resident_id",
        "document_number": "110101199003070038", "phone": "13900139002", "uses_cdn": false,
    });
    let verify = async |code: &str| {
        let record = enterprise_record("晴空（示例）科技有限公司", code, bench.now());
        let mut tx = bench.app.store.write().await.unwrap();
        subjects::replace(&mut tx, id, &record).await.unwrap();
        tx.commit().await.unwrap();
    };
    match endpoint {
        "POST /api/v1/verification/enterprise" => company("official_account"),
        "POST /api/v1/verification/enterprise/look" => Value::Null,
        "POST /api/v1/verification/enterprise/again" => {
            start(browser, company("official_account")).await;
            Value::Null
        }
        "POST /api/v1/verification/transfer" => {
            start(browser, company("bank_transfer")).await;
            bank_details()
        }
        "POST /api/v1/verification/transfer/amount" => {
            start(browser, company("bank_transfer")).await;
            let sum = arrive(browser).await;
            look(browser).await;
            json!({ "amount": other_than(&sum) })
        }
        "POST /api/v1/verification/transfer/dispute" => {
            start(browser, company("bank_transfer")).await;
            let sum = arrive(browser).await;
            look(browser).await;
            let wrong = json!({ "amount": other_than(&sum) });
            browser.call(&endpoints::ENTER_AMOUNT, wrong).await;
            upload_receipt(browser).await;
            Value::Null
        }
        "POST /api/v1/verification/top-up" => {
            start(browser, company("top_up")).await;
            bench.wait(Span::from_days(7));
            bench.wait(Span::from_millis(1));
            browser.sign_in(&bench.login_of(id).await, PASSWORD).await;
            look(browser).await;
            Value::Null
        }
        "DELETE /api/v1/verification/official-account" => {
            let shown = start(browser, company("official_account")).await;
            permit(browser, &shown.permission.unwrap().address, "other").await;
            look(browser).await;
            Value::Null
        }
        "PUT /api/v1/verification/contact" => {
            verify(CODE).await;
            contact
        }
        "PUT /api/v1/verification/contact/cdn" => {
            verify(CODE).await;
            browser
                .call(&endpoints::SET_ENTERPRISE_CONTACT, contact)
                .await;
            json!({ "uses_cdn": true })
        }
        "PUT /api/v1/verification/code" => {
            verify("110108012345678").await;
            json!({ "code": CODE })
        }
        _ => panic!("{endpoint} changes something and has no body to try it with"),
    }
}

async fn start_email_change(bench: &Bench, browser: &mut Browser) {
    bench.prove(browser).await;
    let wish = json!({ "email": "newer@mail.example" });
    let answer = browser.call(&endpoints::START_EMAIL_CHANGE, wish).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// A sign-in by QQ that waits for this second proof.
async fn begin_protected(bench: &Bench, browser: &mut Browser, id: AccountId, factor: Factor) {
    bench.protect(id, factor).await;
    let person = format!("guest-q-{id}");
    bench.link(id, LoginMethodKind::Qq, &person).await;
    let trip = phone::trip(browser, ("qq", "sign_in"), Some(&person)).await;
    let outcome: Value = trip.json();
    assert_eq!(outcome["answer"]["state"], "second_step");
}

/// The account's security e-mail.
fn safe(email: &str) -> String {
    email.replace("owner", "safe")
}

/// The same body with the first account that was found and a new password.
fn with_choice(mut body: Value, found: &Value) -> Value {
    body["choice"] = found["accounts"][0]["choice"].clone();
    body["password"] = json!("a tide of 26 lamps");
    body
}

/// Whose row it is: of the account that registering makes, else of the one that is signed in.
fn whose(endpoint: &Endpoint, answer: &Value, id: AccountId) -> (AccountId, bool) {
    if *endpoint != endpoints::REGISTER {
        return (id, false);
    }
    let made = answer["owner"]["account_id"].as_str().unwrap();
    (made.parse().unwrap(), true)
}

/// A sign-in that waits for its second proof.
async fn begin_step(bench: &Bench, browser: &mut Browser, (id, email): (AccountId, &str)) {
    bench.protect(id, Factor::PhoneCode).await;
    let answer = browser.sign_in(email, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn every_changing_endpoint_leaves_exactly_its_audit_row(bench: Bench) {
    for (number, endpoint) in endpoints::all().enumerate() {
        // Some reads are written down too, such as the view of a document.
        if !endpoint.method.is_changing() && matches!(endpoint.audit, Audit::Nothing(_)) {
            continue;
        }
        // Everybody calls from one address here, which may try only so often a minute.
        bench.wait(Span::from_minutes(1));
        let email = format!("owner{number}@mail.example");
        let (mut browser, id) = bench.signed_in(&email).await;
        let phone = format!("138{number:08}");
        bench
            .secured(id, &phone, &format!("safe{number}@mail.example"))
            .await;
        // What waits goes first, so that the newest message is the call's own.
        while bench.postman().deliver_due().await.unwrap() > 0 {}
        let (path, body) = working_call(&bench, &mut browser, endpoint, (id, &email)).await;
        let before = bench.events(id).await;
        let unowned = bench.events_of_nobody().await;
        let method = endpoint.method.as_str();
        let answer = if *endpoint == endpoints::UPLOAD_DOCUMENT {
            let path = [&path, LICENCE].concat();
            browser.send(method, &path, files::jpeg(8, 8).into()).await
        } else {
            browser.send_json(method, &path, body).await
        };
        assert!(answer.status < 300, "{endpoint}: {}", answer.text());
        let body = serde_json::from_slice(&answer.body).unwrap_or_default();
        let (id, is_new) = whose(endpoint, &body, id);
        let mut expected = if is_new { Vec::new() } else { before };
        let mut unowned = unowned;
        match endpoint.audit {
            // An operator's own coming and going concerns no account, nor does an enterprise without any.
            Audit::Event(event)
                if endpoint.path.starts_with("/api/v1/operator/session")
                    || endpoint.path.starts_with("/api/v1/operator/enterprises") =>
            {
                unowned.push(event.to_owned());
            }
            Audit::Event(event) => expected.push(event.to_owned()),
            Audit::Nothing(why) => assert!(!why.is_empty()),
        }
        assert_eq!(bench.events(id).await, expected, "{endpoint}");
        assert_eq!(bench.events_of_nobody().await, unowned, "{endpoint}");
    }
}
