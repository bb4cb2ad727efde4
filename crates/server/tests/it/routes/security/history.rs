//! The sign-ins of the account (SGN-9).

use contract::endpoints::GET_SIGN_INS;
use contract::security::SignInPage;
use domain::account::AccountId;
use domain::login_methods::LoginMethodKind;
use domain::sign_in::{SignInMethod, SignInResult};
use domain::time::Span;
use server::store::sign_ins::{self, NewSignIn};

use super::LOGIN;
use crate::support::{Bench, Browser, on_both_databases};

on_both_databases!(
    sgn_9_sign_ins_are_listed_newest_first_twenty_a_page,
    sgn_9_a_page_that_was_never_given_out_is_a_clear_error,
);

async fn record(bench: &Bench, account_id: AccountId, number: u32) {
    let new = NewSignIn {
        id: &format!("{number:032}"),
        account_id,
        user_id: None,
        // Each two at the same moment.
        at: bench.now().plus(Span::from_seconds(number / 2)),
        ip: "203.0.113.9",
        country: Some("CN"),
        place: Some("北京"),
        device_name: "Firefox · Linux",
        method: match number % 3 {
            0 => SignInMethod::SubUser,
            1 => SignInMethod::LoginMethod(LoginMethodKind::Email),
            _ => SignInMethod::LoginMethod(LoginMethodKind::Wechat),
        },
        result: SignInResult::WrongPassword,
    };
    let mut tx = bench.app.store.write().await.unwrap();
    sign_ins::insert(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn page(browser: &mut Browser, before: Option<&str>) -> SignInPage {
    let query = before.map(|before| format!("?before={before}"));
    let path = format!("{}{}", GET_SIGN_INS.path, query.unwrap_or_default());
    let answer = browser.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn sgn_9_sign_ins_are_listed_newest_first_twenty_a_page(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    let (mut stranger, _) = bench.bare().await;
    for number in 1..=45 {
        record(&bench, id, number).await;
    }
    let mut all = Vec::new();
    let mut before = None;
    let mut sizes = Vec::new();
    loop {
        let found = page(&mut browser, before.as_deref()).await;
        sizes.push(found.records.len());
        all.extend(found.records);
        before = found.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [20, 20, 5]);
    assert!(all.windows(2).all(|pair| pair[0].at >= pair[1].at));
    let wechat = SignInMethod::LoginMethod(LoginMethodKind::Wechat);
    let of_wechat = all.iter().filter(|record| record.method == wechat).count();
    assert_eq!(of_wechat, 15);
    assert_eq!(all[0].ip, "203.0.113.9");
    assert_eq!(all[0].place.as_deref(), Some("北京"));
    assert_eq!(all[0].device, "Firefox · Linux");
    assert_eq!(all[0].result, SignInResult::WrongPassword);
    assert_eq!(page(&mut stranger, None).await.records, []);
    // Exactly one page needs no second.
    let (mut twenty, id) = bench.bare().await;
    for number in 100..120 {
        record(&bench, id, number).await;
    }
    let found = page(&mut twenty, None).await;
    assert_eq!((found.records.len(), found.next), (20, None));
}

async fn sgn_9_a_page_that_was_never_given_out_is_a_clear_error(bench: Bench) {
    let (mut browser, _) = bench.signed_in(LOGIN).await;
    for before in ["", "abc", "12", "x-y", "99999999999999999999-a"] {
        let path = format!("{}?before={before}", GET_SIGN_INS.path);
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, 400, "{before}");
        answer.problem();
    }
}
