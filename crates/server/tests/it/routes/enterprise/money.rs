//! Bank transfer and top-up (ENT-7, ENT-8, ENT-17 to ENT-19).

use contract::endpoints::{
    DISPUTE_AMOUNT, ENTER_AMOUNT, GET_ENTERPRISE, GET_ENTERPRISE_CONTACT, NAME_TOP_UP,
    REQUEST_TRANSFER,
};
use contract::enterprise::{AmountAnswer, EnterpriseContactShown, EnterpriseVerification};
use domain::account::VerificationStatus;
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::{
    AmountOutcome, BankTransferRefusal, FailureReason, PaymentFault, TopUp, TransferFailure,
    TransferProgress, TransferWait,
};
use serde_json::{Value, json};
use server::rounds;

use super::{failed, owner, refused, status};
use crate::support::enterprises::{
    arrive, bank_details, book, company, look, other_than, play, start, upload_receipt,
};
use crate::support::{Answer, Bench, Browser, PASSWORD, on_both_databases};

on_both_databases!(
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
);

fn progress(shown: &EnterpriseVerification) -> TransferProgress {
    shown.transfer.as_ref().unwrap().progress
}

async fn enter(browser: &mut Browser, sum: &str) -> Answer {
    let body = json!({ "amount": sum });
    browser.call(&ENTER_AMOUNT, body).await
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
