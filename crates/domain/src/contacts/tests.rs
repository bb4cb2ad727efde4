//! Tests of verification codes, on both sides of every number.

use super::*;
use crate::contacts::target::examples::{email, phone};
use crate::time::Span;

const MILLISECOND: Span = Span::from_millis(1);

/// 2026-09-21, so many minutes after midnight in Asia/Shanghai.
fn at(hour: u32, minute: u32) -> Timestamp {
    let midnight = Date::from_ymd(2026, 9, 21).unwrap().begin();
    midnight.plus(Span::from_minutes(hour * 60 + minute))
}

fn account() -> Option<AccountId> {
    AccountId::from_serial(1)
}

fn request(purpose: CodePurpose) -> CodeRequest {
    CodeRequest {
        purpose,
        account: account(),
        target: phone(8000).into(),
    }
}

fn send(
    history: &SendHistory,
    wrong_today: Option<DailyCount>,
    now: Timestamp,
) -> Result<CodeSent, Vec<CodeRefusal>> {
    let policy = ContactPolicy::default();
    let asked = request(CodePurpose::NewSecurityPhone);
    let answer = request_code(asked, history, wrong_today, &policy, now);
    let may = may_request_code(history, wrong_today, &policy, now);
    assert_eq!(may.is_empty(), answer.is_ok());
    answer.map_err(Refused::into_all)
}

fn fresh(now: Timestamp) -> CodeTrial {
    CodeTrial {
        code: send(&SendHistory::default(), None, now).unwrap().code,
        wrong_today: None,
    }
}

fn enter_for(
    trial: CodeTrial,
    asked: &CodeRequest,
    matches: bool,
    now: Timestamp,
) -> (CodeTrial, Result<ConfirmedCode, CodeRefusal>) {
    let policy = ContactPolicy::default();
    let may = may_try_code(&trial, asked, &policy, now);
    let tried = try_code(trial, asked, matches, &policy, now);
    assert_eq!(may.is_empty() && matches, tried.answer.is_ok());
    (
        tried.state,
        tried.answer.map_err(|refused| refused.all()[0]),
    )
}

fn enter(
    trial: CodeTrial,
    matches: bool,
    now: Timestamp,
) -> (CodeTrial, Result<ConfirmedCode, CodeRefusal>) {
    enter_for(trial, &request(CodePurpose::NewSecurityPhone), matches, now)
}

#[test]
fn con_12_a_code_lives_five_minutes() {
    let sent_at = at(9, 0);
    let sent = send(&SendHistory::default(), None, sent_at).unwrap();
    assert_eq!(sent.expires_at, at(9, 5));
    let last = at(9, 5).minus(MILLISECOND);
    assert!(enter(fresh(sent_at), true, last).1.is_ok());
    assert_eq!(
        enter(fresh(sent_at), true, at(9, 5)).1,
        Err(CodeRefusal::Expired)
    );
}

#[test]
fn v_21_the_next_code_follows_after_sixty_seconds_and_is_refused_before_it_is_sent() {
    let first = send(&SendHistory::default(), None, at(9, 0)).unwrap();
    assert_eq!(first.resend_at, at(9, 1));
    let too_soon = Err(vec![CodeRefusal::TooSoon { retry_at: at(9, 1) }]);
    assert_eq!(
        send(&first.history, None, at(9, 0)),
        too_soon,
        "the second of two at once sees the first one's history"
    );
    let last = at(9, 1).minus(MILLISECOND);
    assert_eq!(send(&first.history, None, last), too_soon);
    assert!(send(&first.history, None, at(9, 1)).is_ok());
}

#[test]
fn con_12_ten_codes_a_day_go_to_one_target_and_not_eleven() {
    let mut history = SendHistory::default();
    for minute in 0..10 {
        history = send(&history, None, at(9, minute)).unwrap().history;
    }
    assert_eq!(
        send(&history, None, at(9, 10)),
        Err(vec![CodeRefusal::DayUsedUp {
            most: 10,
            retry_at: at(24, 0)
        }])
    );
    assert!(send(&history, None, at(24, 0).minus(MILLISECOND)).is_err());
    let next_day = send(&history, None, at(24, 0)).unwrap();
    assert_eq!(DailyCount::at(next_day.history.sent, at(24, 0)), 1);
}

#[test]
fn v_24_the_day_of_codes_begins_at_midnight_in_shanghai() {
    let used_up = SendHistory {
        last_sent_at: Some(at(23, 58)),
        sent: Some(DailyCount {
            day: at(23, 58).date(),
            count: 10,
        }),
    };
    assert!(send(&used_up, None, at(23, 59)).is_err());
    assert!(send(&used_up, None, at(24, 2)).is_ok());
    let early = SendHistory {
        last_sent_at: Some(at(7, 50)),
        sent: Some(DailyCount {
            day: at(7, 50).date(),
            count: 10,
        }),
    };
    assert!(send(&early, None, at(7, 58)).is_err());
    assert!(send(&early, None, at(8, 2)).is_err());
}

#[test]
fn v_20_a_code_works_once() {
    let (used, first) = enter(fresh(at(9, 0)), true, at(9, 1));
    assert!(first.is_ok());
    assert_eq!(enter(used, true, at(9, 1)).1, Err(CodeRefusal::Used));
}

#[test]
fn v_20_a_code_is_bound_to_purpose_account_and_target() {
    let right = request(CodePurpose::NewSecurityPhone);
    let others = [
        request(CodePurpose::OriginalSecurityEmail),
        CodeRequest {
            account: AccountId::from_serial(2),
            ..right.clone()
        },
        CodeRequest {
            account: None,
            ..right.clone()
        },
        CodeRequest {
            target: phone(8001).into(),
            ..right.clone()
        },
        CodeRequest {
            target: email("zhang.san").into(),
            ..right.clone()
        },
    ];
    for other in others {
        let (trial, answer) = enter_for(fresh(at(9, 0)), &other, true, at(9, 1));
        assert_eq!(answer, Err(CodeRefusal::NoCode));
        let confirmed = enter(trial, true, at(9, 1)).1.unwrap();
        assert!(confirmed.is_for(&right) && !confirmed.is_for(&other));
    }
}

#[test]
fn v_22_a_code_dies_after_five_wrong_tries_and_not_after_four() {
    let mut trial = fresh(at(9, 0));
    for tries_left in (1..5).rev() {
        let (next, answer) = enter(trial, false, at(9, 1));
        assert_eq!(answer, Err(CodeRefusal::Wrong { tries_left }));
        trial = next;
    }
    assert!(enter(trial.clone(), true, at(9, 1)).1.is_ok());
    let (dead, answer) = enter(trial, false, at(9, 1));
    assert_eq!(answer, Err(CodeRefusal::Void));
    assert_eq!(enter(dead, true, at(9, 1)).1, Err(CodeRefusal::Void));
}

#[test]
fn con_12_twenty_wrong_codes_a_day_are_not_cleared_by_a_new_code() {
    let mut wrong_today = None;
    for round in 0..4 {
        let mut trial = CodeTrial {
            wrong_today,
            ..fresh(at(9, round * 2))
        };
        for _ in 0..5 {
            trial = enter(trial, false, at(9, round * 2)).0;
        }
        wrong_today = trial.wrong_today;
        assert_eq!(DailyCount::at(wrong_today, at(9, 59)), (round + 1) * 5);
    }
    let blocked = CodeRefusal::TooManyWrongToday {
        retry_at: at(24, 0),
    };
    assert_eq!(
        send(&SendHistory::default(), wrong_today, at(9, 30)),
        Err(vec![blocked])
    );
    let trial = |now| CodeTrial {
        wrong_today,
        ..fresh(now)
    };
    assert_eq!(enter(trial(at(9, 30)), true, at(9, 30)).1, Err(blocked));
    let next_day = at(24, 0);
    assert!(enter(trial(next_day), true, next_day).1.is_ok());
    assert!(send(&SendHistory::default(), wrong_today, next_day).is_ok());
}

#[test]
fn con_12_after_nineteen_wrong_codes_the_right_one_is_taken() {
    let trial = CodeTrial {
        wrong_today: Some(DailyCount {
            day: at(9, 0).date(),
            count: 19,
        }),
        ..fresh(at(9, 0))
    };
    assert!(enter(trial, true, at(9, 1)).1.is_ok());
}

#[test]
fn con_15_a_proved_address_can_become_a_login_method_only_when_it_was_proved_as_one() {
    let address = |purpose| {
        let bound_to = CodeRequest {
            target: email("zhang.san").into(),
            ..request(purpose)
        };
        ConfirmedCode::answered(bound_to, at(9, 0)).login_email()
    };
    let identity = LoginIdentity::email(&email("Zhang.San"));
    let proved = address(CodePurpose::LoginEmail).unwrap();
    assert_eq!(proved.identity(), &identity);
    assert!(address(CodePurpose::Register).is_some());
    assert_eq!(address(CodePurpose::ContactEmail), None);
    let phone = ConfirmedCode::answered(request(CodePurpose::LoginEmail), at(9, 0));
    assert_eq!(phone.login_email(), None);
}
