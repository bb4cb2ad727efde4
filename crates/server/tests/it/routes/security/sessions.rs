//! Who is signed in where, and which devices skip the second step (SGN-2, SGN-13).

use contract::endpoints::{
    END_OTHER_SESSIONS, END_SESSION, GET_ACCOUNT, GET_SESSIONS, REVOKE_ALL_TRUST, REVOKE_TRUST,
    SET_SESSION_LIMITS,
};
use contract::problem::ValueProblem;
use contract::security::SignedInPlaces;
use domain::rule::RuleId;
use domain::sign_in::SessionLimitProblem;
use domain::time::Span;
use serde_json::{Value, json};

use super::{EMAIL, LOGIN, PHONE, proved};
use crate::support::{Answer, Bench, Browser, PASSWORD, on_both_databases};

on_both_databases!(
    sgn_13_open_sessions_are_listed_with_where_they_were_begun,
    sgn_13_a_session_is_ended_and_is_out_at_the_next_request,
    sgn_13_all_others_are_ended_and_this_one_stays,
    sgn_13_another_account_s_session_is_out_of_reach,
    sgn_13_ending_one_s_own_session_signs_out,
    sgn_13_limits_are_chosen_within_their_bounds_and_hold_at_once,
    sgn_2_trusted_devices_are_listed_until_they_expire,
    v_25_a_device_is_revoked_and_so_are_all,
);

async fn places(browser: &mut Browser) -> SignedInPlaces {
    let answer = browser.call(&GET_SESSIONS, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn end(browser: &mut Browser, session: &str) -> Answer {
    let path = END_SESSION.path.replace("{session}", session);
    browser.send_json("DELETE", &path, Value::Null).await
}

async fn limits(browser: &mut Browser, idle: i64, longest: i64) -> Answer {
    let wish = json!({ "idle": idle, "longest": longest });
    browser.call(&SET_SESSION_LIMITS, wish).await
}

async fn is_in(browser: &mut Browser) -> bool {
    browser.call(&GET_ACCOUNT, Value::Null).await.status == 200
}

async fn sgn_13_open_sessions_are_listed_with_where_they_were_begun(bench: Bench) {
    let (mut browser, _) = bench.signed_in(LOGIN).await;
    bench.wait(Span::from_hours(1));
    let mut other = bench.browser();
    other.sign_in(LOGIN, PASSWORD).await;
    let shown = places(&mut browser).await.sessions;
    assert_eq!(shown.len(), 2);
    let this: Vec<bool> = shown.iter().map(|session| session.is_this).collect();
    assert_eq!(this.iter().filter(|is_this| **is_this).count(), 1);
    for session in &shown {
        assert_eq!(session.ip, "unknown");
        let began = if session.is_this { 1 } else { 0 };
        assert_eq!(session.began, bench.now().minus(Span::from_hours(began)));
    }
    // One that has ended by itself is none.
    bench.wait(Span::from_millis(2 * 3_600_000 - 1));
    assert!(is_in(&mut browser).await);
    assert_eq!(places(&mut browser).await.sessions.len(), 2);
    bench.wait(Span::from_millis(1));
    assert_eq!(places(&mut browser).await.sessions.len(), 1);
}

async fn sgn_13_a_session_is_ended_and_is_out_at_the_next_request(bench: Bench) {
    let (mut browser, id) = bench.signed_in(LOGIN).await;
    let mut other = bench.browser();
    other.sign_in(LOGIN, PASSWORD).await;
    let shown = places(&mut browser).await.sessions;
    let theirs = shown.iter().find(|session| !session.is_this).unwrap();
    assert_eq!(end(&mut browser, &theirs.id).await.status, 204);
    assert!(!is_in(&mut other).await);
    assert!(is_in(&mut browser).await);
    let events = bench.events(id).await;
    assert_eq!(events.last().map(String::as_str), Some("session_ended"));
    // Once more is no failure and leaves no second row.
    assert_eq!(end(&mut browser, &theirs.id).await.status, 204);
    assert_eq!(bench.events(id).await, events);
}

async fn sgn_13_all_others_are_ended_and_this_one_stays(bench: Bench) {
    let (mut browser, _) = bench.signed_in(LOGIN).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        let mut other = bench.browser();
        other.sign_in(LOGIN, PASSWORD).await;
        others.push(other);
    }
    let answer = browser.call(&END_OTHER_SESSIONS, Value::Null).await;
    assert_eq!(answer.status, 204);
    for mut other in others {
        assert!(!is_in(&mut other).await);
    }
    assert!(is_in(&mut browser).await);
    assert_eq!(places(&mut browser).await.sessions.len(), 1);
}

async fn sgn_13_another_account_s_session_is_out_of_reach(bench: Bench) {
    let (mut victim, _) = bench.signed_in(LOGIN).await;
    let theirs = places(&mut victim).await.sessions;
    let (mut stranger, id) = bench.signed_in("li@mail.example").await;
    let events = bench.events(id).await;
    assert_eq!(end(&mut stranger, &theirs[0].id).await.status, 204);
    assert_eq!(bench.events(id).await, events);
    stranger.call(&END_OTHER_SESSIONS, Value::Null).await;
    assert!(is_in(&mut victim).await);
}

async fn sgn_13_ending_one_s_own_session_signs_out(bench: Bench) {
    let (mut browser, _) = bench.signed_in(LOGIN).await;
    let shown = places(&mut browser).await.sessions;
    assert_eq!(end(&mut browser, &shown[0].id).await.status, 204);
    assert!(!browser.cookies.contains_key("__Host-session"));
    assert!(!is_in(&mut browser).await);
}

async fn sgn_13_limits_are_chosen_within_their_bounds_and_hold_at_once(bench: Bench) {
    const MINUTE: i64 = 60_000;
    let (mut browser, _) = proved(&bench).await;
    let shown = places(&mut browser).await;
    assert_eq!(shown.limits.idle, Span::from_hours(2));
    assert_eq!(shown.bounds.idle_least, Span::from_minutes(5));
    let hour = 60 * MINUTE;
    for (idle, longest, field, problem) in [
        (
            5 * MINUTE - 1,
            hour,
            "idle",
            SessionLimitProblem::IdleTooShort {
                least: Span::from_minutes(5),
            },
        ),
        (
            12 * hour + 1,
            48 * hour,
            "idle",
            SessionLimitProblem::IdleTooLong {
                most: Span::from_hours(12),
            },
        ),
        (
            hour,
            48 * hour + 1,
            "longest",
            SessionLimitProblem::LongestTooLong {
                most: Span::from_hours(48),
            },
        ),
        (
            hour,
            hour - 1,
            "longest",
            SessionLimitProblem::LongestBelowIdle {
                idle: Span::from_hours(1),
            },
        ),
    ] {
        let answer = limits(&mut browser, idle, longest).await;
        assert_eq!(answer.status, 422);
        let fields = answer.problem().fields;
        assert_eq!(fields.len(), 1);
        assert_eq!(fields[0].field, field);
        assert_eq!(fields[0].problem, ValueProblem::SessionLimit(problem));
    }
    for (idle, longest) in [
        (12 * hour, 48 * hour),
        (hour, hour),
        (5 * MINUTE, 48 * hour),
    ] {
        assert_eq!(limits(&mut browser, idle, longest).await.status, 204);
    }
    assert_eq!(limits(&mut browser, i64::MIN, i64::MAX).await.status, 422);
    bench.wait(Span::from_millis(5 * 60_000 - 1));
    assert!(is_in(&mut browser).await);
    bench.wait(Span::from_minutes(5));
    assert!(!is_in(&mut browser).await);
}

async fn sgn_2_trusted_devices_are_listed_until_they_expire(bench: Bench) {
    let (_, id) = bench.signed_in(LOGIN).await;
    bench.trust(id, "a browser").await;
    let at = bench.now();
    let mut browser = bench.browser();
    for (wait, is_listed) in [(168 * 3_600_000 - 1, true), (1, false)] {
        bench.wait(Span::from_millis(wait));
        browser.sign_in(LOGIN, PASSWORD).await;
        let shown = places(&mut browser).await.trusted;
        assert_eq!(shown.len(), usize::from(is_listed));
        if let Some(device) = shown.first() {
            assert_eq!(device.device, "a browser");
            assert_eq!(
                (device.since, device.expires_at),
                (at, at.plus(Span::from_hours(168)))
            );
        }
    }
}

async fn v_25_a_device_is_revoked_and_so_are_all(bench: Bench) {
    let (mut browser, id) = bench.signed_in(LOGIN).await;
    bench.secured(id, PHONE, EMAIL).await;
    for name in ["one", "two", "three"] {
        bench.trust(id, name).await;
    }
    let (mut stranger, other) = bench.signed_in("li@mail.example").await;
    bench.secured(other, "13700001111", EMAIL).await;
    bench.prove(&mut stranger).await;
    let path = REVOKE_TRUST.path.replace("{device}", "one");
    let answer = browser.send_json("DELETE", &path, Value::Null).await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (403, Some(RuleId::Prt2))
    );
    // Another account's devices are out of reach.
    stranger.send_json("DELETE", &path, Value::Null).await;
    stranger.call(&REVOKE_ALL_TRUST, Value::Null).await;
    assert_eq!(places(&mut browser).await.trusted.len(), 3);
    bench.prove(&mut browser).await;
    let answer = browser.send_json("DELETE", &path, Value::Null).await;
    assert_eq!(answer.status, 204);
    let left = places(&mut browser).await.trusted;
    assert!(left.len() == 2 && left.iter().all(|device| device.id != "one"));
    let answer = browser.call(&REVOKE_ALL_TRUST, Value::Null).await;
    assert_eq!(answer.status, 204);
    assert_eq!(places(&mut browser).await.trusted, []);
}
