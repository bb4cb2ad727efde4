//! Tests of the bank transfer. Must not know how sums are written: `TransferAmount` has its own.

use super::*;
use crate::time::{Date, Span};

const ARRIVED_AT: Timestamp = Timestamp::from_millis(1_790_000_010_000);
const MILLISECOND: Span = Span::from_millis(1);

fn policy() -> VerificationPolicy {
    VerificationPolicy::default()
}

fn amount(typed: &str) -> TransferAmount {
    TransferAmount::parse(typed).unwrap()
}

fn arrived() -> BankTransfer {
    BankTransfer::Requested {
        at: ARRIVED_AT.minus(Span::from_days(1)),
    }
    .arrive(amount("0.29"), ARRIVED_AT)
}

fn enter(
    transfer: BankTransfer,
    typed: &str,
    now: Timestamp,
) -> Result<AmountEntered, Vec<BankTransferRefusal>> {
    transfer
        .enter_amount(amount(typed), &policy(), now)
        .map_err(Refused::into_all)
}

#[test]
fn ent_7_the_smallest_and_the_largest_sum_confirm() {
    for typed in ["0.01", "0.99"] {
        let transfer = BankTransfer::Requested { at: ARRIVED_AT }.arrive(amount(typed), ARRIVED_AT);
        let entered = enter(transfer, typed, ARRIVED_AT).unwrap();
        assert_eq!(entered.outcome, AmountOutcome::Right);
        assert_eq!(entered.transfer, BankTransfer::Confirmed { at: ARRIVED_AT });
    }
}

#[test]
fn ent_7_two_tries_and_the_third_is_refused() {
    let first = enter(arrived(), "0.28", ARRIVED_AT).unwrap();
    assert_eq!(first.outcome, AmountOutcome::Wrong { tries_left: 1 });
    let right = enter(first.transfer, "0.29", ARRIVED_AT).unwrap();
    assert_eq!(right.outcome, AmountOutcome::Right);
    let second = enter(first.transfer, "0.30", ARRIVED_AT).unwrap();
    assert_eq!(second.outcome, AmountOutcome::Wrong { tries_left: 0 });
    let third = enter(second.transfer, "0.29", ARRIVED_AT).unwrap_err();
    assert_eq!(
        third,
        [BankTransferRefusal::NewTransferNeeded {
            cause: TransferFailure::TriesUsed
        }]
    );
    assert_eq!(third[0].rule(), RuleId::Ent17);
    assert_eq!(third[0].ways_out().first(), Some(&WayOut::NewTransfer));
}

#[test]
fn v_29_what_is_no_sum_costs_no_try_and_equal_sums_match() {
    for typed in ["", "0。1", "0.00", "1.00", "-0.10", "0.295", "29"] {
        assert!(TransferAmount::parse(typed).is_err(), "{typed}");
    }
    assert_eq!(
        arrived().progress(&policy(), &Calendar::mainland(), ARRIVED_AT),
        TransferProgress::EnterAmount {
            until: ARRIVED_AT.plus(Span::from_days(7)),
            tries_left: 2
        }
    );
    assert_eq!(
        enter(arrived(), "0.29", ARRIVED_AT).unwrap().outcome,
        AmountOutcome::Right
    );
    let ten = BankTransfer::Requested { at: ARRIVED_AT }.arrive(amount("0.10"), ARRIVED_AT);
    assert_eq!(
        enter(ten, "0.1", ARRIVED_AT).unwrap().outcome,
        AmountOutcome::Right
    );
}

#[test]
fn ent_7_seven_days_are_in_time_and_a_millisecond_more_is_too_late() {
    let until = ARRIVED_AT.plus(Span::from_days(7));
    for in_time in [until.minus(MILLISECOND), until] {
        assert!(enter(arrived(), "0.29", in_time).is_ok());
        assert_eq!(arrived().at(&policy(), in_time), arrived());
    }
    let late = until.plus(MILLISECOND);
    assert_eq!(
        enter(arrived(), "0.29", late),
        Err(vec![BankTransferRefusal::TooLate { until }])
    );
    assert_eq!(
        arrived().at(&policy(), late),
        BankTransfer::Failed {
            at: until,
            cause: TransferFailure::TooLate
        }
    );
}

#[test]
fn ent_17_a_failed_transfer_needs_a_new_one() {
    let late = ARRIVED_AT.plus(Span::from_days(8));
    let sent_back = BankTransfer::Requested { at: ARRIVED_AT }.come_back(ARRIVED_AT);
    assert_eq!(
        enter(sent_back, "0.29", ARRIVED_AT),
        Err(vec![BankTransferRefusal::NewTransferNeeded {
            cause: TransferFailure::SentBack
        }])
    );
    for failed in [sent_back, arrived(), arrived().at(&policy(), late)] {
        assert_eq!(
            request_transfer(Some(&failed), &policy(), late),
            Ok(BankTransfer::Requested { at: late })
        );
    }
    assert_eq!(
        sent_back.arrive(amount("0.29"), late),
        sent_back,
        "money that comes after all does not revive it"
    );
}

#[test]
fn ent_7_a_sum_that_can_be_entered_is_entered_before_a_new_transfer() {
    assert_eq!(
        may_request_transfer(Some(&arrived()), &policy(), ARRIVED_AT),
        [BankTransferRefusal::AmountCanBeEntered {
            until: ARRIVED_AT.plus(Span::from_days(7))
        }]
    );
    let confirmed = BankTransfer::Confirmed { at: ARRIVED_AT };
    assert_eq!(
        may_request_transfer(Some(&confirmed), &policy(), ARRIVED_AT),
        [BankTransferRefusal::AlreadyConfirmed]
    );
}

#[test]
fn ent_18_a_mistyped_number_can_be_entered_again_while_no_money_came() {
    let waiting = BankTransfer::Requested { at: ARRIVED_AT };
    let later = ARRIVED_AT.plus(Span::from_hours(1));
    assert_eq!(
        request_transfer(Some(&waiting), &policy(), later),
        Ok(BankTransfer::Requested { at: later })
    );
}

#[test]
fn ent_7_after_more_than_three_business_days_the_page_says_what_to_check() {
    // Friday; the Sunday after it is a make-up workday, so the third business day is Tuesday.
    let since = Date::from_ymd(2026, 9, 18).unwrap().begin();
    let waiting = BankTransfer::Requested { at: since };
    let wait_at = |now| match waiting.progress(&policy(), &Calendar::mainland(), now) {
        TransferProgress::Waiting { wait, .. } => wait,
        other => panic!("{other:?}"),
    };
    let end_of_third = Date::from_ymd(2026, 9, 22).unwrap().end();
    assert_eq!(
        wait_at(end_of_third.minus(MILLISECOND)),
        TransferWait::Usual
    );
    assert_eq!(wait_at(end_of_third), TransferWait::Check);
    assert_eq!(TransferCheck::ALL.len(), 4);
}

#[test]
fn ver_15_past_the_longest_time_support_is_offered() {
    // The fourth and fifth business days are the 23rd and 24th.
    let since = Date::from_ymd(2026, 9, 18).unwrap().begin();
    let waiting = BankTransfer::Requested { at: since };
    let end_of_fifth = Date::from_ymd(2026, 9, 24).unwrap().end();
    let progress = |now| waiting.progress(&policy(), &Calendar::mainland(), now);
    assert_eq!(
        progress(end_of_fifth.minus(MILLISECOND)),
        TransferProgress::Waiting {
            since,
            wait: TransferWait::Check
        }
    );
    assert_eq!(
        progress(end_of_fifth),
        TransferProgress::Waiting {
            since,
            wait: TransferWait::Overdue
        }
    );
}

#[test]
fn ent_7_no_sum_before_the_money_and_none_after_the_right_one() {
    let waiting = BankTransfer::Requested { at: ARRIVED_AT };
    assert_eq!(
        enter(waiting, "0.29", ARRIVED_AT),
        Err(vec![BankTransferRefusal::NotArrived])
    );
    let confirmed = BankTransfer::Confirmed { at: ARRIVED_AT };
    assert_eq!(
        enter(confirmed, "0.29", ARRIVED_AT),
        Err(vec![BankTransferRefusal::AlreadyConfirmed])
    );
}

#[test]
fn ent_19_a_refused_sum_goes_to_support_with_account_and_receipt() {
    let account = AccountId::from_serial(5).unwrap();
    let refused = enter(arrived(), "0.28", ARRIVED_AT).unwrap().transfer;
    let failed = enter(refused, "0.28", ARRIVED_AT).unwrap().transfer;
    for transfer in [refused, failed] {
        assert_eq!(
            transfer.dispute(account, true, ARRIVED_AT),
            Ok(AmountDispute {
                account,
                at: ARRIVED_AT
            })
        );
        assert_eq!(
            transfer.may_dispute(false),
            [BankTransferRefusal::ReceiptMissing]
        );
    }
    assert_eq!(
        arrived().may_dispute(true),
        [BankTransferRefusal::NothingRefused]
    );
}
