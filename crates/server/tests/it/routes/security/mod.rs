//! Security settings, as callers see them.

mod email;
mod history;
mod overview;
mod password;
mod phone;
mod protections;
mod sessions;

use domain::time::Span;

use crate::support::{Bench, Browser, PASSWORD};

const PHONE: &str = "13800001234";
const EMAIL: &str = "safe@mail.example";
const LOGIN: &str = "zhang@mail.example";

/// An owner with a security phone and e-mail bound long ago, who has just proved who they are.
async fn proved(bench: &Bench) -> (Browser, domain::account::AccountId) {
    let (_, id) = bench.signed_in(LOGIN).await;
    bench.secured(id, PHONE, EMAIL).await;
    bench.wait(Span::from_hours(24));
    let mut browser = bench.browser();
    browser.sign_in(LOGIN, PASSWORD).await;
    bench.prove(&mut browser).await;
    (browser, id)
}

/// Where the newest messages went: delivers what waits, then tells each receiver once, sorted.
async fn told(bench: &Bench) -> Vec<String> {
    bench.mail.arrived.lock().unwrap().clear();
    bench.sms.arrived.lock().unwrap().clear();
    bench.postman().deliver_due().await.unwrap();
    let mail = bench.mail.arrived.lock().unwrap();
    let sms = bench.sms.arrived.lock().unwrap();
    let mut to: Vec<String> = mail.iter().map(|letter| letter.to.clone()).collect();
    to.extend(sms.iter().map(|message| message.to.clone()));
    to.sort();
    to
}
