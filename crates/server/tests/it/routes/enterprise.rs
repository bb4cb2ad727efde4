//! Verifying an enterprise, and what is asked of a verified one.

use contract::endpoints::{
    ASK_AGAIN, COMPLETE_CODE, DEMO_LOOK, DISPUTE_AMOUNT, ENTER_AMOUNT, GET_ENTERPRISE,
    GET_ENTERPRISE_CONTACT, LOOK_AFTER_ENTERPRISE, NAME_TOP_UP, REQUEST_TRANSFER,
    SET_ENTERPRISE_CONTACT, START_ENTERPRISE, SWITCH_CDN, WITHDRAW_PERMISSION,
};
use contract::enterprise::{
    AmountAnswer, EnterpriseContactShown, EnterpriseVerification, RepresentativeShown,
};
use domain::account::{AccountId, VerificationStatus};
use domain::identity::{EnterpriseCode, EnterpriseName};
use domain::login_methods::LoginMethodKind;
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::{
    AmountOutcome, Attempt, BankTransferRefusal, ClosedBecause, FailureReason, Method,
    PaymentFault, PermissionStep, Recheck, RecheckFinding, RegisterAdvice, TopUp, TransferFailure,
    TransferProgress, TransferWait, VerificationRefusal, WayOut,
};
use serde_json::{Value, json};
use server::rounds;
use server::store::{accounts, enterprise_limits, security, subjects};

use crate::support::enterprises::{
    CODE, arrive, bank_details, book, company, look, other_than, permit, play, register_says,
    start, upload_receipt,
};
use crate::support::{
    Answer, Bench, Browser, PASSWORD, enterprise_record, on_both_databases, phone,
};

on_both_databases!(
    ent_12_a_permission_verifies_is_used_once_and_can_be_withdrawn,
    ent_12_the_official_account_of_another_enterprise_verifies_nobody,
    ent_20_the_permission_goes_on_in_another_browser,
    ent_20_a_permission_that_nobody_answered_is_asked_for_anew,
    ent_7_the_sum_that_arrived_verifies,
    v_29_what_is_no_sum_costs_no_try,
    ent_7_whether_a_sum_is_right_is_not_told_for_nothing,
    ent_17_two_wrong_sums_need_a_new_transfer,
    ent_7_the_sum_can_be_entered_until_seven_days_are_over,
    ent_19_a_refused_sum_is_disputed_with_a_receipt,
    ent_7_money_that_does_not_come_is_looked_for_after_three_business_days,
    ent_18_other_bank_details_take_the_place_of_wrong_ones,
    ent_8_the_named_sum_from_the_enterprise_verifies_once_it_is_confirmed,
    ent_8_whatever_comes_in_is_balance_and_only_the_right_payment_counts,
    ent_8_after_seven_days_another_sum_is_named,
    ent_9_a_new_licence_is_tried_again_later,
    ent_10_a_representative_who_passed_does_not_help_a_wrong_code,
    ver_7_a_face_that_is_not_the_representative_s_fails,
    ent_13_a_representative_s_scan_verifies_and_binds_nothing,
    ent_4_an_institution_has_two_methods_and_ent_5_a_foreigner_three,
    ent_6_a_code_is_completed_when_the_register_knows_it,
    ent_21_cdn_needs_a_contact_and_ent_14_the_handler_stays,
    ent_16_a_finding_is_told_first_and_ends_the_verification_after_fifteen_days,
    ent_16_what_is_corrected_in_time_ends_nothing,
    ver_1_a_verified_account_begins_no_other_verification,
    ent_1_the_eleventh_account_is_refused_unless_the_limit_was_raised,
);

/// An owner with a security phone.
async fn owner(bench: &Bench, email: &str) -> (Browser, AccountId) {
    let (browser, id) = bench.signed_in(email).await;
    bench.secured(id, "13800001234", "safe@mail.example").await;
    (browser, id)
}

async fn status(bench: &Bench, id: AccountId) -> VerificationStatus {
    let mut tx = bench.app.store.read().await.unwrap();
    let found = accounts::find(&mut tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    found.verification
}

fn failed(shown: &EnterpriseVerification) -> Vec<FailureReason> {
    match &shown.attempt.as_ref().unwrap().attempt {
        Attempt::Failed { reasons, .. } => reasons.clone(),
        other => panic!("{other:?}"),
    }
}

fn progress(shown: &EnterpriseVerification) -> TransferProgress {
    shown.transfer.as_ref().unwrap().progress
}

async fn enter(browser: &mut Browser, sum: &str) -> Answer {
    let body = json!({ "amount": sum });
    browser.call(&ENTER_AMOUNT, body).await
}

fn refused(answer: &Answer) -> Vec<Refusal> {
    assert_eq!(answer.status, 409, "{}", answer.text());
    answer.problem().refusals
}

async fn ent_12_a_permission_verifies_is_used_once_and_can_be_withdrawn(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let shown = start(&mut browser, company("official_account")).await;
    let permission = shown.permission.unwrap();
    assert_eq!(permission.step, PermissionStep::Ask);
    assert!(!permission.may_withdraw);
    let waiting = look(&mut browser).await;
    assert!(waiting.attempt.unwrap().attempt.running().is_some());
    let early = browser.call(&WITHDRAW_PERMISSION, Value::Null).await;
    let unusable = Refusal::Verification(VerificationRefusal::PermissionNotUsable);
    assert_eq!(refused(&early), [unusable.clone()]);
    permit(&mut browser, &permission.address, "own").await;
    let passed = look(&mut browser).await;
    assert!(matches!(
        passed.attempt.unwrap().attempt,
        Attempt::Passed { .. }
    ));
    let permission = passed.permission.unwrap();
    assert_eq!(permission.step, PermissionStep::ShowResult);
    assert!(permission.may_withdraw);
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    let withdrawn = browser.call(&WITHDRAW_PERMISSION, Value::Null).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    let again = browser.call(&WITHDRAW_PERMISSION, Value::Null).await;
    assert_eq!(refused(&again), [unusable]);
    let events = bench.events(id).await;
    let at = |event: &str| events.iter().filter(|known| *known == event).count();
    assert_eq!(at("enterprise_verification_started"), 1);
    assert_eq!(at("verification_passed"), 1);
    assert_eq!(at("official_account_permission_withdrawn"), 1);
}

async fn ent_12_the_official_account_of_another_enterprise_verifies_nobody(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    for answer in ["other", "refused"] {
        bench.wait(Span::from_millis(1));
        let shown = start(&mut browser, company("official_account")).await;
        let address = shown.permission.unwrap().address;
        permit(&mut browser, &address, answer).await;
        let shown = look(&mut browser).await;
        assert_eq!(failed(&shown), [FailureReason::PermissionRefused]);
        // Everything typed is kept (VER-10).
        let typed = shown.attempt.unwrap().typed;
        assert_eq!(typed.name, "晴空（示例）科技有限公司");
        assert_eq!(typed.representative_number, "110101199003070011");
    }
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
}

async fn ent_20_the_permission_goes_on_in_another_browser(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let shown = start(&mut browser, company("official_account")).await;
    let mut other = bench.browser();
    other.sign_in("owner@mail.example", PASSWORD).await;
    let resumed: EnterpriseVerification = other.call(&GET_ENTERPRISE, Value::Null).await.json();
    assert_eq!(resumed.permission, shown.permission);
    permit(&mut other, &resumed.permission.unwrap().address, "own").await;
    look(&mut other).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_20_a_permission_that_nobody_answered_is_asked_for_anew(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let nothing = browser.call(&ASK_AGAIN, Value::Null).await;
    let none = Refusal::Verification(VerificationRefusal::NoSuchAttempt);
    assert_eq!(refused(&nothing), [none]);
    let first = start(&mut browser, company("official_account")).await;
    let second = browser.call(&ASK_AGAIN, Value::Null).await;
    assert_eq!(second.status, 200, "{}", second.text());
    let second: EnterpriseVerification = second.json();
    assert_ne!(first.permission, second.permission);
    permit(&mut browser, &second.permission.unwrap().address, "own").await;
    look(&mut browser).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_7_the_sum_that_arrived_verifies(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let shown = start(&mut browser, company("bank_transfer")).await;
    let waiting = TransferProgress::Waiting {
        since: bench.now(),
        wait: TransferWait::Usual,
    };
    assert_eq!(progress(&shown), waiting);
    assert_eq!(shown.transfer.unwrap().account, "********0265".to_owned());
    let early = enter(&mut browser, "0.29").await;
    let not_arrived = Refusal::BankTransfer(BankTransferRefusal::NotArrived);
    assert_eq!(refused(&early), [not_arrived]);
    let sum = arrive(&mut browser).await;
    // Nobody has to open the page for it.
    rounds::round(&bench.app).await.unwrap();
    let letters = bench.letters_to("safe@mail.example").await;
    assert!(
        letters
            .iter()
            .any(|letter| letter.contains("对公打款已到账"))
    );
    assert!(!letters.iter().any(|letter| letter.contains(&sum)));
    let answer = browser.call(&GET_ENTERPRISE, Value::Null).await;
    assert!(
        !answer
            .text()
            .contains(&format!("\"amount\":{}", sum.trim_start_matches("0.")))
    );
    let arrived = TransferProgress::EnterAmount {
        until: bench.now().plus(Span::from_days(7)),
        tries_left: 2,
    };
    assert_eq!(progress(&answer.json()), arrived);
    let wrong = enter(&mut browser, other_than(&sum)).await;
    let wrong: AmountAnswer = wrong.json();
    assert_eq!(wrong.outcome, AmountOutcome::Wrong { tries_left: 1 });
    let right: AmountAnswer = enter(&mut browser, &sum).await.json();
    assert_eq!(right.outcome, AmountOutcome::Right);
    assert_eq!(progress(&right.now), TransferProgress::Confirmed);
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    let over = enter(&mut browser, &sum).await;
    let confirmed = Refusal::BankTransfer(BankTransferRefusal::AlreadyConfirmed);
    assert_eq!(refused(&over), [confirmed]);
}

async fn v_29_what_is_no_sum_costs_no_try(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    start(&mut browser, company("bank_transfer")).await;
    let sum = arrive(&mut browser).await;
    look(&mut browser).await;
    for typed in ["0。1", "0.00", "1.00", "-0.10", "", "0.101", "zehn"] {
        let answer = enter(&mut browser, typed).await;
        assert_eq!(answer.status, 422, "{typed}");
        assert_eq!(answer.problem().fields[0].field, "amount");
    }
    let shown: EnterpriseVerification = browser.call(&GET_ENTERPRISE, Value::Null).await.json();
    assert!(matches!(
        progress(&shown),
        TransferProgress::EnterAmount { tries_left: 2, .. }
    ));
    // `0.10` may be typed as `0.1`, in full width too.
    let typed = format!(" {} ", sum.trim_end_matches('0').replace('0', "０"));
    let right: AmountAnswer = enter(&mut browser, &typed).await.json();
    assert_eq!(right.outcome, AmountOutcome::Right);
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_7_whether_a_sum_is_right_is_not_told_for_nothing(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    start(&mut browser, company("bank_transfer")).await;
    let sum = arrive(&mut browser).await;
    look(&mut browser).await;
    let mut asking = browser.with("may-i", "true");
    let answers = [
        enter(&mut asking, &sum).await,
        enter(&mut asking, other_than(&sum)).await,
    ];
    let [right, wrong] = answers.map(|answer| (answer.status, answer.text()));
    assert_eq!(right, wrong);
    assert_eq!(right.0, 204);
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
    let shown = look(&mut browser).await;
    assert!(matches!(
        progress(&shown),
        TransferProgress::EnterAmount { tries_left: 2, .. }
    ));
}

async fn ent_17_two_wrong_sums_need_a_new_transfer(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    start(&mut browser, company("bank_transfer")).await;
    let sum = arrive(&mut browser).await;
    look(&mut browser).await;
    let wrong = other_than(&sum);
    enter(&mut browser, wrong).await;
    let last: AmountAnswer = enter(&mut browser, wrong).await.json();
    assert_eq!(last.outcome, AmountOutcome::Wrong { tries_left: 0 });
    let cause = TransferFailure::TriesUsed;
    assert_eq!(progress(&last.now), TransferProgress::Failed { cause });
    assert_eq!(failed(&last.now), [FailureReason::TransferFailed]);
    let third = enter(&mut browser, &sum).await;
    let needed = Refusal::BankTransfer(BankTransferRefusal::NewTransferNeeded { cause });
    assert_eq!(refused(&third), [needed]);
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
    bench.wait(Span::from_millis(1));
    // A new transfer with new details, and nothing else to type again.
    let again = browser.call(&REQUEST_TRANSFER, bank_details()).await;
    assert_eq!(again.status, 200, "{}", again.text());
    let sum = arrive(&mut browser).await;
    look(&mut browser).await;
    let right: AmountAnswer = enter(&mut browser, &sum).await.json();
    assert_eq!(right.outcome, AmountOutcome::Right);
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_19_a_refused_sum_is_disputed_with_a_receipt(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    start(&mut browser, company("bank_transfer")).await;
    let sum = arrive(&mut browser).await;
    look(&mut browser).await;
    let nothing = browser.call(&DISPUTE_AMOUNT, Value::Null).await;
    let expected = [
        Refusal::BankTransfer(BankTransferRefusal::NothingRefused),
        Refusal::BankTransfer(BankTransferRefusal::ReceiptMissing),
    ];
    assert_eq!(refused(&nothing), expected);
    enter(&mut browser, other_than(&sum)).await;
    let shown = look(&mut browser).await.transfer.unwrap();
    assert!(shown.may_dispute && shown.dispute.is_none());
    let missing = browser.call(&DISPUTE_AMOUNT, Value::Null).await;
    let expected = Refusal::BankTransfer(BankTransferRefusal::ReceiptMissing);
    assert_eq!(refused(&missing), [expected]);
    upload_receipt(&mut browser).await;
    let made = browser.call(&DISPUTE_AMOUNT, Value::Null).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let made = made.json::<EnterpriseVerification>().transfer.unwrap();
    assert!(!made.may_dispute);
    assert!(made.dispute.unwrap().starts_with("V-"));
    // The sum can still be entered.
    let right: AmountAnswer = enter(&mut browser, &sum).await.json();
    assert_eq!(right.outcome, AmountOutcome::Right);
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_7_the_sum_can_be_entered_until_seven_days_are_over(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    for (waited, is_in_time) in [
        (Span::from_days(7).as_millis() + 1, false),
        (Span::from_days(7).as_millis(), true),
    ] {
        bench.wait(Span::from_millis(1));
        start(&mut browser, company("bank_transfer")).await;
        let sum = arrive(&mut browser).await;
        look(&mut browser).await;
        bench.wait(Span::from_millis(u32::try_from(waited).unwrap()));
        browser.sign_in("owner@mail.example", PASSWORD).await;
        let answer = enter(&mut browser, &sum).await;
        assert_eq!(answer.status == 200, is_in_time, "{}", answer.text());
        if !is_in_time {
            let shown = look(&mut browser).await;
            let cause = TransferFailure::TooLate;
            assert_eq!(progress(&shown), TransferProgress::Failed { cause });
            assert_eq!(failed(&shown), [FailureReason::TransferFailed]);
        }
    }
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_7_money_that_does_not_come_is_looked_for_after_three_business_days(bench: Bench) {
    let (mut browser, _) = owner(&bench, "owner@mail.example").await;
    start(&mut browser, company("bank_transfer")).await;
    // From 21 September 2026, a Monday (22 September in Beijing), business days are counted to the end.
    let due = |days| bench.app.calendar.due(bench.now(), days).at;
    let (check, overdue) = (due(3), due(5));
    let begun = bench.now();
    for (moment, expected, is_overdue) in [
        (check, TransferWait::Usual, false),
        (check.plus(Span::from_millis(1)), TransferWait::Check, false),
        (overdue, TransferWait::Check, false),
        (
            overdue.plus(Span::from_millis(1)),
            TransferWait::Overdue,
            true,
        ),
    ] {
        let ahead = moment.since(bench.now()).as_millis();
        bench.wait(Span::from_millis(u32::try_from(ahead).unwrap()));
        browser.sign_in("owner@mail.example", PASSWORD).await;
        let shown = look(&mut browser).await;
        let waiting = TransferProgress::Waiting {
            since: begun,
            wait: expected,
        };
        assert_eq!(progress(&shown), waiting);
        let attempt = shown.attempt.unwrap();
        assert_eq!(attempt.is_overdue, is_overdue);
        assert!(attempt.case_number.starts_with("V-"));
    }
}

async fn ent_18_other_bank_details_take_the_place_of_wrong_ones(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    start(&mut browser, company("bank_transfer")).await;
    let mut details = bank_details();
    details["account"] = json!("12345678");
    let wrong = browser.call(&REQUEST_TRANSFER, details.clone()).await;
    assert_eq!(wrong.problem().fields[0].field, "account");
    details["account"] = json!("123456789");
    let other = browser.call(&REQUEST_TRANSFER, details).await;
    assert_eq!(other.status, 200, "{}", other.text());
    let book = book(&mut browser).await;
    assert_eq!(book.transfers.len(), 2);
    // The first one arriving after all says nothing.
    let first = &book.transfers[1].reference;
    play(
        &mut browser,
        json!({ "play": "arrive", "reference": first }),
    )
    .await;
    let shown = look(&mut browser).await;
    assert!(matches!(progress(&shown), TransferProgress::Waiting { .. }));
    let sum = arrive(&mut browser).await;
    look(&mut browser).await;
    let late = browser.call(&REQUEST_TRANSFER, bank_details()).await;
    assert!(matches!(
        refused(&late)[..],
        [Refusal::BankTransfer(
            BankTransferRefusal::AmountCanBeEntered { .. }
        )]
    ));
    enter(&mut browser, &sum).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    // Who handled it is fixed with the verification (ENT-14).
    let contact = browser.call(&GET_ENTERPRISE_CONTACT, Value::Null).await;
    let contact: EnterpriseContactShown = contact.json();
    assert_eq!(contact.handler.as_deref(), Some("李*"));
}

async fn pay(browser: &mut Browser, route: &str, amount: Option<i64>, own: bool) {
    let reference = book(browser).await.expected.remove(0).reference;
    let body = json!({
        "play": "pay", "reference": reference, "route": route,
        "amount": amount, "from_enterprise": own,
    });
    play(browser, body).await;
}

async fn ent_8_the_named_sum_from_the_enterprise_verifies_once_it_is_confirmed(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let shown = start(&mut browser, company("top_up")).await;
    let top_up = shown.top_up.unwrap();
    assert!(matches!(top_up.top_up, TopUp::Named { .. }));
    assert_eq!(top_up.until, bench.now().plus(Span::from_days(7)));
    assert_eq!(top_up.routes.len(), 6);
    pay(&mut browser, "cheque", None, true).await;
    let paid = look(&mut browser).await.top_up.unwrap();
    assert!(matches!(paid.top_up, TopUp::Paid { .. }));
    assert_eq!(paid.until, bench.app.calendar.due(bench.now(), 1).at);
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
    let reference = book(&mut browser).await.expected.remove(0).reference;
    play(
        &mut browser,
        json!({ "play": "confirm", "reference": reference }),
    )
    .await;
    let confirmed = look(&mut browser).await.top_up.unwrap();
    assert!(matches!(confirmed.top_up, TopUp::Confirmed { .. }));
    assert_eq!(confirmed.came.len(), 1);
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_8_whatever_comes_in_is_balance_and_only_the_right_payment_counts(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    start(&mut browser, company("top_up")).await;
    pay(&mut browser, "other", None, true).await;
    pay(&mut browser, "online_transfer", None, false).await;
    pay(&mut browser, "online_transfer", Some(12_345), true).await;
    look(&mut browser).await;
    let shown = look(&mut browser).await.top_up.unwrap();
    assert!(matches!(shown.top_up, TopUp::Named { .. }));
    let faults: Vec<_> = shown.came.iter().filter_map(|came| came.fault).collect();
    for fault in [
        PaymentFault::OtherRoute,
        PaymentFault::OtherPayer,
        PaymentFault::WrongAmount,
    ] {
        assert!(faults.contains(&fault), "{fault:?} in {faults:?}");
    }
    assert_eq!(shown.came.len(), 3, "each counts once");
    let sum: i64 = shown.came.iter().map(|came| came.amount.as_fen()).sum();
    assert!(sum > 12_345);
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
}

async fn ent_8_after_seven_days_another_sum_is_named(bench: Bench) {
    let (mut browser, _) = owner(&bench, "owner@mail.example").await;
    start(&mut browser, company("top_up")).await;
    let early = browser.call(&NAME_TOP_UP, Value::Null).await;
    assert_eq!(early.status, 409, "{}", early.text());
    bench.wait(Span::from_days(7));
    browser.sign_in("owner@mail.example", PASSWORD).await;
    let shown = look(&mut browser).await.top_up.unwrap();
    assert!(matches!(shown.top_up, TopUp::Named { .. }), "in time");
    bench.wait(Span::from_millis(1));
    let shown = look(&mut browser).await;
    assert_eq!(failed(&shown), [FailureReason::TopUpFailed]);
    let again = browser.call(&NAME_TOP_UP, Value::Null).await;
    assert_eq!(again.status, 200, "{}", again.text());
    let again: EnterpriseVerification = again.json();
    assert!(matches!(again.top_up.unwrap().top_up, TopUp::Named { .. }));
}

async fn ent_9_a_new_licence_is_tried_again_later(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    register_says(&mut browser, "not_recorded").await;
    let shown = start(&mut browser, company("official_account")).await;
    assert_eq!(failed(&shown), [FailureReason::NotRecorded]);
    let attempt = shown.attempt.unwrap();
    assert!(matches!(
        attempt.advice,
        Some(RegisterAdvice::TryAgain { from, until }) if from > bench.now() && until > from
    ));
    bench.wait(Span::from_millis(1));
    let mut old = company("official_account");
    old["form"]["issued"] = json!("2026-06-01");
    let shown = start(&mut browser, old).await;
    assert_eq!(shown.attempt.unwrap().advice, Some(RegisterAdvice::Support));
    bench.wait(Span::from_millis(1));
    register_says(&mut browser, "sound").await;
    let shown = start(&mut browser, company("official_account")).await;
    permit(&mut browser, &shown.permission.unwrap().address, "own").await;
    look(&mut browser).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

/// The representative's face is looked at, and it is theirs unless there is a cause why not.
async fn show_face(browser: &mut Browser, cause: Option<&str>) -> EnterpriseVerification {
    let shown = start(browser, company("legal_representative_face")).await;
    let Some(RepresentativeShown::Face { check: Some(check) }) = shown.representative else {
        panic!("no check was begun");
    };
    let (_, query) = check.address.split_once("/demo/face?check=").unwrap();
    let (service, _) = query.split_once('&').unwrap();
    let body = json!({ "check": service, "cause": cause });
    browser.call(&DEMO_LOOK, body).await;
    look(browser).await
}

async fn ent_10_a_representative_who_passed_does_not_help_a_wrong_code(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    register_says(&mut browser, "other_name").await;
    let shown = show_face(&mut browser, None).await;
    assert_eq!(failed(&shown), [FailureReason::NameOrCodeWrong]);
    assert!(matches!(
        shown.attempt.unwrap().advice,
        Some(RegisterAdvice::CheckNameOrCodeOrTryAgain { .. })
    ));
    bench.wait(Span::from_millis(1));
    register_says(&mut browser, "sound").await;
    show_face(&mut browser, None).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ver_7_a_face_that_is_not_the_representative_s_fails(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let shown = show_face(&mut browser, Some("covered")).await;
    assert_eq!(failed(&shown), [FailureReason::FaceCheck]);
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
}

async fn ent_13_a_representative_s_scan_verifies_and_binds_nothing(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    for (person, expected) in [
        ("wechat-li", vec![FailureReason::ScannedByAnother]),
        ("wechat-new", vec![FailureReason::ScannedUnverified]),
        ("wechat-zhang", Vec::new()),
    ] {
        bench.wait(Span::from_millis(1));
        start(&mut browser, company("legal_representative_wechat")).await;
        let asked = browser.call(&ASK_AGAIN, Value::Null).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let asked: EnterpriseVerification = asked.json();
        let Some(RepresentativeShown::Scan { scan: Some(scan) }) = asked.representative else {
            panic!("no code was shown");
        };
        let (_, secret) = scan.address.rsplit_once("/scan/").unwrap();
        let mut phone = bench.browser();
        phone::scan(&mut phone, secret, person).await;
        // Scanned is not confirmed.
        assert!(
            look(&mut browser)
                .await
                .attempt
                .unwrap()
                .attempt
                .running()
                .is_some()
        );
        phone::answer(&mut phone, &scan.id, true).await;
        let shown = look(&mut browser).await;
        if expected.is_empty() {
            assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
        } else {
            assert_eq!(failed(&shown), expected);
        }
    }
    let mut tx = bench.app.store.read().await.unwrap();
    let security = security::find(&mut tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let kinds: Vec<_> = security
        .methods
        .iter()
        .map(|one| one.method.identity.kind())
        .collect();
    assert_eq!(kinds, [LoginMethodKind::Email]);
}

async fn ent_4_an_institution_has_two_methods_and_ent_5_a_foreigner_three(bench: Bench) {
    let (mut browser, _) = owner(&bench, "owner@mail.example").await;
    let closed = |method, because| {
        Refusal::Verification(VerificationRefusal::MethodClosed { method, because })
    };
    let mut institution = company("top_up");
    institution["form"]["kind"] = json!("public_institution");
    let wrong = browser.call(&START_ENTERPRISE, institution.clone()).await;
    assert_eq!(wrong.problem().fields[0].field, "kind");
    institution["form"]["code"] = json!("MA01ABC25");
    let answer = browser.call(&START_ENTERPRISE, institution).await;
    let expected = closed(Method::TopUp, ClosedBecause::PublicInstitution);
    assert_eq!(refused(&answer), [expected]);
    let mut foreign = company("legal_representative_face");
    foreign["form"]["representative_document"] = json!("passport");
    foreign["form"]["representative_name"] = json!("Sam Smith");
    foreign["form"]["representative_number"] = json!("AB1234567");
    let answer = browser.call(&START_ENTERPRISE, foreign.clone()).await;
    let expected = closed(
        Method::LegalRepresentativeFace,
        ClosedBecause::ForeignLegalRepresentative,
    );
    assert_eq!(refused(&answer), [expected]);
    foreign["method"] = json!("top_up");
    start(&mut browser, foreign).await;
}

async fn verified(bench: &Bench, id: AccountId, code: &str) {
    let name = "晴空（示例）科技有限公司";
    let record = enterprise_record(name, code, bench.now());
    let mut tx = bench.app.store.write().await.unwrap();
    subjects::replace(&mut tx, id, &record).await.unwrap();
    tx.commit().await.unwrap();
}

async fn ent_6_a_code_is_completed_when_the_register_knows_it(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let complete = json!({ "code": CODE });
    let nobody = browser.call(&COMPLETE_CODE, complete.clone()).await;
    let none = Refusal::Verification(VerificationRefusal::NotAnEnterprise);
    assert_eq!(refused(&nobody), [none]);
    verified(&bench, id, "110108012345678").await;
    for typed in ["91110108MA01ABC250", "MA01ABC25", ""] {
        let answer = browser.call(&COMPLETE_CODE, json!({ "code": typed })).await;
        assert_eq!(answer.problem().fields[0].field, "code", "{typed}");
    }
    register_says(&mut browser, "other_name").await;
    let differs = browser.call(&COMPLETE_CODE, complete.clone()).await;
    let expected = Refusal::Verification(VerificationRefusal::CodeDoesNotMatch);
    assert_eq!(refused(&differs), [expected]);
    register_says(&mut browser, "sound").await;
    let done = browser.call(&COMPLETE_CODE, complete.clone()).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(done.json::<Value>()["may_complete"], false);
    let again = browser.call(&COMPLETE_CODE, complete).await;
    let expected = Refusal::Verification(VerificationRefusal::CodeIsRight);
    assert_eq!(refused(&again), [expected]);
}

async fn ent_21_cdn_needs_a_contact_and_ent_14_the_handler_stays(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let on = json!({ "uses_cdn": true });
    let nobody = browser.call(&SWITCH_CDN, on.clone()).await;
    let none = Refusal::Verification(VerificationRefusal::NotAnEnterprise);
    assert_eq!(refused(&nobody), [none]);
    verified(&bench, id, CODE).await;
    let missing = browser.call(&SWITCH_CDN, on.clone()).await;
    let expected = Refusal::Verification(VerificationRefusal::EnterpriseContactMissing);
    assert_eq!(refused(&missing), [expected]);
    let mut contact = json!({
        "name": "", "document_kind": "resident_id", "document_number": "1", "phone": "12",
        "uses_cdn": true,
    });
    let wrong = browser.call(&SET_ENTERPRISE_CONTACT, contact.clone()).await;
    let fields: Vec<_> = wrong
        .problem()
        .fields
        .into_iter()
        .map(|field| field.field)
        .collect();
    assert_eq!(fields, ["name", "document_number", "phone"]);
    contact["name"] = json!("李四");
    contact["document_number"] = json!("110101199003070038");
    contact["phone"] = json!("13900139002");
    let set = browser.call(&SET_ENTERPRISE_CONTACT, contact).await;
    let set: EnterpriseContactShown = set.json();
    assert!(set.uses_cdn);
    assert_eq!(set.contact.unwrap().phone, "139****9002");
    let off = browser
        .call(&SWITCH_CDN, json!({ "uses_cdn": false }))
        .await;
    assert!(!off.json::<EnterpriseContactShown>().uses_cdn);
    let on = browser.call(&SWITCH_CDN, on).await;
    assert!(on.json::<EnterpriseContactShown>().uses_cdn);
}

async fn ent_16_a_finding_is_told_first_and_ends_the_verification_after_fifteen_days(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    verified(&bench, id, CODE).await;
    register_says(&mut browser, "dissolved").await;
    bench.wait(Span::from_days(30).minus_one());
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(recheck(&mut browser).await.recheck, Recheck::Sound);
    bench.wait(Span::from_millis(1));
    rounds::round(&bench.app).await.unwrap();
    let noticed_at = bench.now();
    let shown = recheck(&mut browser).await;
    let finding = RecheckFinding::Dissolved;
    let ends_at = noticed_at.plus(Span::from_days(15));
    let noticed = Recheck::Noticed {
        finding,
        noticed_at,
        ends_at,
    };
    assert_eq!(shown.recheck, noticed);
    // A dissolved company stops nothing at once (ENT-15).
    assert_eq!(
        shown.urges,
        [WayOut::ChangeVerification, WayOut::Deregister]
    );
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    let letters = bench.letters_to("safe@mail.example").await;
    let told = |words: &str| {
        letters
            .iter()
            .filter(|letter| letter.contains(words))
            .count()
    };
    assert_eq!(told("企业已注销"), 1);
    bench.wait(Span::from_days(15).minus_one());
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    bench.wait(Span::from_millis(1));
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
    let at = bench.now();
    assert_eq!(
        recheck(&mut browser).await.recheck,
        Recheck::Ended { finding, at }
    );
    let events = bench.events(id).await;
    assert!(
        events.contains(&"verification_ended".to_owned()),
        "{events:?}"
    );
}

/// How the re-check stands, for whoever signs in again.
async fn recheck(browser: &mut Browser) -> EnterpriseVerification {
    browser.sign_in("owner@mail.example", PASSWORD).await;
    browser.call(&GET_ENTERPRISE, Value::Null).await.json()
}

trait MinusOne {
    fn minus_one(self) -> Self;
}

impl MinusOne for Span {
    fn minus_one(self) -> Self {
        Self::from_millis(u32::try_from(self.as_millis() - 1).unwrap())
    }
}

async fn ent_16_what_is_corrected_in_time_ends_nothing(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    verified(&bench, id, CODE).await;
    register_says(&mut browser, "other_name").await;
    bench.wait(Span::from_days(30));
    rounds::round(&bench.app).await.unwrap();
    let shown = recheck(&mut browser).await;
    assert!(matches!(
        shown.recheck,
        Recheck::Noticed {
            finding: RecheckFinding::NameAndCodeDiffer,
            ..
        }
    ));
    assert_eq!(
        shown.urges,
        [WayOut::CompleteCode, WayOut::ChangeVerification]
    );
    // The code is faulty until it is put right (ENT-6).
    register_says(&mut browser, "sound").await;
    let done = browser.call(&COMPLETE_CODE, json!({ "code": CODE })).await;
    assert_eq!(done.status, 200, "{}", done.text());
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(recheck(&mut browser).await.recheck, Recheck::Sound);
    bench.wait(Span::from_days(20));
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ver_1_a_verified_account_begins_no_other_verification(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    verified(&bench, id, CODE).await;
    let answer = browser
        .call(&START_ENTERPRISE, company("official_account"))
        .await;
    let expected = Refusal::Verification(VerificationRefusal::OneSubjectPerAccount);
    assert_eq!(refused(&answer), [expected]);
    let looked = browser.call(&LOOK_AFTER_ENTERPRISE, Value::Null).await;
    assert_eq!(looked.status, 200);
}

async fn ent_1_the_eleventh_account_is_refused_unless_the_limit_was_raised(bench: Bench) {
    for _ in 0..10 {
        let (_, id) = bench.bare().await;
        verified(&bench, id, CODE).await;
    }
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let answer = browser
        .call(&START_ENTERPRISE, company("official_account"))
        .await;
    let full = VerificationRefusal::EnterprisePlacesTaken { limit: 10 };
    assert_eq!(refused(&answer), [Refusal::Verification(full)]);
    let mut tx = bench.app.store.write().await.unwrap();
    let name = EnterpriseName::parse("晴空（示例）科技有限公司").unwrap();
    let code = EnterpriseCode::parse(CODE).unwrap();
    enterprise_limits::replace(&mut tx, (&code, &name), 11, bench.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let shown = start(&mut browser, company("official_account")).await;
    permit(&mut browser, &shown.permission.unwrap().address, "own").await;
    look(&mut browser).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}
