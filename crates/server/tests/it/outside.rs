//! The outbox and the adapters behind it: retries, giving up, and what goes over the wire.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use domain::time::Span;
use serde_json::{Value, json};
use server::language::Language;
use server::outside::SendFailure;
use server::outside::mail::{Letter, Mail as _, NoMail, Smtp};
use server::outside::sms::{Gateway, NoSms, Sms as _, TextMessage};
use server::store::outbox::{self, Channel, Message};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use crate::support::{Bench, PASSWORD, on_both_databases};

on_both_databases!(
    a_new_browser_is_told_of_once_and_only_after_the_commit,
    a_slow_address_is_tried_again_and_reached,
    a_refused_address_is_given_up_at_once_and_stays_to_be_seen,
    text_messages_go_out_too,
);

async fn given_up(bench: &Bench) -> i64 {
    let mut tx = bench.app.store.read().await.unwrap();
    let count = outbox::count_given_up(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    count
}

async fn a_new_browser_is_told_of_once_and_only_after_the_commit(bench: Bench) {
    let (mut browser, _) = bench.signed_in("smith@mail.example").await;
    let postman = bench.postman();
    assert_eq!(postman.deliver_due().await.unwrap(), 1);
    // The same browser again, after its session is gone: known.
    browser.cookies.remove("__Host-session");
    browser.sign_in("smith@mail.example", PASSWORD).await;
    assert_eq!(postman.deliver_due().await.unwrap(), 0);
    // A wrong password tells nobody.
    bench.browser().sign_in("smith@mail.example", "wrong").await;
    assert_eq!(postman.deliver_due().await.unwrap(), 0);
    // Another account in the same browser: new to that account.
    bench.account("li@mail.example", Language::English).await;
    browser.sign_in("li@mail.example", PASSWORD).await;
    assert_eq!(postman.deliver_due().await.unwrap(), 1);
    let arrived = bench.mail.arrived.lock().unwrap();
    assert_eq!(arrived.len(), 2);
    assert!(arrived[0].subject.contains("新设备登录"));
    assert!(arrived[1].subject.contains("new device"));
    assert_eq!(arrived[1].to, "li@mail.example");
}

async fn a_slow_address_is_tried_again_and_reached(bench: Bench) {
    bench.signed_in("patient@slow.example").await;
    let postman = bench.postman();
    assert_eq!(postman.deliver_due().await.unwrap(), 1);
    assert_eq!(postman.deliver_due().await.unwrap(), 0, "not due yet");
    bench.wait(Span::from_millis(29_999));
    assert_eq!(postman.deliver_due().await.unwrap(), 0);
    bench.wait(Span::from_millis(1));
    assert_eq!(postman.deliver_due().await.unwrap(), 1);
    assert!(bench.mail.arrived.lock().unwrap().is_empty());
    bench.wait(Span::from_minutes(2));
    assert_eq!(postman.deliver_due().await.unwrap(), 1);
    assert_eq!(bench.mail.arrived.lock().unwrap().len(), 1);
    assert_eq!(given_up(&bench).await, 0);
}

async fn a_refused_address_is_given_up_at_once_and_stays_to_be_seen(bench: Bench) {
    bench.signed_in("lost@bounce.example").await;
    let postman = bench.postman();
    assert_eq!(postman.deliver_due().await.unwrap(), 1);
    assert_eq!(given_up(&bench).await, 1);
    bench.wait(Span::from_days(30));
    assert_eq!(postman.deliver_due().await.unwrap(), 0);
    assert_eq!(*bench.mail.tried.lock().unwrap(), 1);
    server::housekeeping::forget(&bench.app).await.unwrap();
    assert_eq!(given_up(&bench).await, 1);
}

async fn text_messages_go_out_too(bench: Bench) {
    for (id, to) in [("m1", "+8613800001234"), ("m2", "+8613800000000")] {
        let message = Message {
            id: id.to_owned(),
            channel: Channel::Sms,
            to: to.to_owned(),
            subject: None,
            body: "你好".to_owned(),
        };
        let mut tx = bench.app.store.write().await.unwrap();
        outbox::insert(&mut tx, &message, bench.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(bench.postman().deliver_due().await.unwrap(), 2);
    let arrived = bench.sms.arrived.lock().unwrap().clone();
    assert_eq!(arrived.len(), 1);
    assert_eq!(
        (&*arrived[0].to, &*arrived[0].text),
        ("+8613800001234", "你好")
    );
    assert_eq!(given_up(&bench).await, 1);
}

#[tokio::test]
async fn a_message_that_never_goes_through_is_given_up_after_a_day() {
    let bench = Bench::sqlite().await;
    bench.signed_in("zhang@mail.example").await;
    let app = &bench.app;
    let (store, clock) = (app.store.clone(), Arc::clone(&app.clock));
    let (mail, sms) = (Arc::new(NoMail), Arc::new(NoSms));
    let postman = server::postman::Postman::new(store, clock, mail, sms, &*app.ids).unwrap();
    let mut tries = 0;
    for _ in 0..60 * 48 {
        tries += postman.deliver_due().await.unwrap();
        if given_up(&bench).await == 1 {
            break;
        }
        bench.wait(Span::from_minutes(1));
    }
    assert_eq!((tries, given_up(&bench).await), (8, 1));
    let passed = bench.now().since(crate::support::START);
    assert!(
        passed > Span::from_hours(20) && passed < Span::from_hours(24),
        "{passed:?}"
    );
}

/// Speaks just enough SMTP; refuses addresses that begin with `never` for good, and ones that begin with
/// `later` for now. Answers each session's lines.
async fn mail_server(listener: TcpListener, seen: Arc<Mutex<Vec<String>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let seen = Arc::clone(&seen);
        tokio::spawn(async move {
            let (reader, mut writer) = stream.into_split();
            let mut lines = BufReader::new(reader).lines();
            let mut in_letter = false;
            writer.write_all(b"220 sink\r\n").await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                seen.lock().unwrap().push(line.clone());
                let answer = match &*line.to_uppercase() {
                    "." if in_letter => {
                        in_letter = false;
                        "250 taken"
                    }
                    _ if in_letter => continue,
                    "DATA" => {
                        in_letter = true;
                        "354 go on"
                    }
                    "QUIT" => "221 bye",
                    line if line.starts_with("RCPT TO:<NEVER") => "550 no such mailbox",
                    line if line.starts_with("RCPT TO:<LATER") => "451 come again",
                    _ => "250 yes",
                };
                writer
                    .write_all(format!("{answer}\r\n").as_bytes())
                    .await
                    .unwrap();
            }
        });
    }
}

#[tokio::test]
async fn letters_go_over_smtp_and_its_refusals_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    tokio::spawn(mail_server(listener, Arc::clone(&seen)));
    let smtp = Smtp::new(&url, "账号中心 <no-reply@account.example>").unwrap();
    let letter = |to: &str| Letter {
        id: "letter1".to_owned(),
        to: to.to_owned(),
        subject: "新设备登录".to_owned(),
        body: "你好\n.\n再见\n".to_owned(),
    };
    assert_eq!(smtp.send(&letter("zhang@mail.example")).await, Ok(()));
    let lines = seen.lock().unwrap().clone();
    let has = |start: &str| lines.iter().any(|line| line.starts_with(start));
    assert!(has("RCPT TO:<zhang@mail.example>"), "{lines:?}");
    assert!(has("Message-ID: <letter1@account.example>"), "{lines:?}");
    let never = smtp.send(&letter("never@mail.example")).await;
    assert!(matches!(never, Err(SendFailure::Never(_))), "{never:?}");
    let later = smtp.send(&letter("later@mail.example")).await;
    assert!(matches!(later, Err(SendFailure::Later(_))), "{later:?}");
    let odd = smtp.send(&letter("no address")).await;
    assert!(matches!(odd, Err(SendFailure::Never(_))), "{odd:?}");
    let nobody = Smtp::new("smtp://127.0.0.1:1", "a@account.example").unwrap();
    let away = nobody.send(&letter("zhang@mail.example")).await;
    assert!(matches!(away, Err(SendFailure::Later(_))), "{away:?}");
    for failure in [never, later] {
        assert!(!failure.unwrap_err().to_string().contains("mail.example"));
    }
}

type Requests = Arc<Mutex<Vec<(HeaderMap, Value)>>>;

async fn gateway(
    State(seen): State<Requests>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> StatusCode {
    let status = match body["to"].as_str() {
        Some("+8613800000422") => StatusCode::UNPROCESSABLE_ENTITY,
        Some("+8613800000503") => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::ACCEPTED,
    };
    seen.lock().unwrap().push((headers, body));
    status
}

#[tokio::test]
async fn text_messages_go_to_the_gateway_and_its_refusals_are_told_apart() {
    // The program does the same first thing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let seen = Requests::default();
    let router = Router::new()
        .route("/send", post(gateway))
        .with_state(Arc::clone(&seen));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let sms = Gateway::new(&url, "the token").unwrap();
    let message = |to: &str| TextMessage {
        id: "m1".to_owned(),
        to: to.to_owned(),
        text: "验证码".to_owned(),
    };
    assert_eq!(sms.send(&message("+8613800001234")).await, Ok(()));
    let (headers, body) = seen.lock().unwrap().remove(0);
    assert_eq!(headers["authorization"], "Bearer the token");
    assert_eq!(headers["idempotency-key"], "m1");
    assert_eq!(
        body,
        json!({ "id": "m1", "to": "+8613800001234", "text": "验证码" })
    );
    let never = sms.send(&message("+8613800000422")).await;
    assert!(matches!(never, Err(SendFailure::Never(_))), "{never:?}");
    let later = sms.send(&message("+8613800000503")).await;
    assert!(matches!(later, Err(SendFailure::Later(_))), "{later:?}");
    let away = Gateway::new("http://127.0.0.1:1/", "x").unwrap();
    let away = away.send(&message("+8613800001234")).await;
    assert!(matches!(away, Err(SendFailure::Later(_))), "{away:?}");
}
