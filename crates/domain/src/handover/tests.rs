//! Tests of the checklists.

use super::*;
use crate::login_methods::{
    LoginIdentity, LoginMethod, LoginMethodKind, LoginMethodRefusal, LoginState, MethodOrigin,
    OwnerKind,
};
use crate::protection::{Factor, Means, Protection, Protections};
use crate::refusal::Refusal;
use crate::time::{Span, Timestamp};
use crate::verification::change::{ChangeRefusal, ChangingAccount};
use crate::verification::{
    CodeStanding, EnterpriseKind, Region, Subject, VerificationPolicy, Verified,
};

const BEGAN: Timestamp = Timestamp::from_millis(1_790_000_010_000);
const BEFORE: Timestamp = BEGAN.minus(Span::from_days(40));
const AFTER: Timestamp = BEGAN.plus(Span::from_minutes(1));
const PERSON: Subject = Subject::Person {
    region: Region::Mainland,
};
const ENTERPRISE: Subject = Subject::Enterprise {
    enterprise: EnterpriseKind::Company,
    code: CodeStanding::BusinessUscc,
};

fn method(kind: LoginMethodKind, bound_at: Timestamp) -> LoginMethod {
    LoginMethod {
        identity: LoginIdentity::new(kind, "someone"),
        origin: MethodOrigin::Added,
        bound_at,
    }
}

fn means(changed: Timestamp) -> Means {
    Means {
        security_phone: Some(changed),
        security_email: Some(changed),
        ..Means::default()
    }
}

fn login<'a>(methods: &'a [LoginMethod], means: &'a Means) -> LoginState<'a> {
    LoginState {
        owner: OwnerKind::Root,
        methods,
        means,
        protections: Protections::default(),
        security_email: None,
        has_password: true,
    }
}

const fn verified(subject: Subject, since: Timestamp) -> ChangingAccount {
    ChangingAccount {
        verified: Some(Verified { subject, since }),
        arrears: false,
        outstanding_advance: false,
        another_in_review: false,
        deregistering: false,
    }
}

fn hand_over(
    to: HandoverTo,
    login: &LoginState<'_>,
    password_set_at: Timestamp,
    verification: &ChangingAccount,
) -> Vec<ChecklistItem> {
    let account = HandedAccount {
        login,
        device: None,
        password_set_at: Some(password_set_at),
    };
    let policy = VerificationPolicy::default();
    handover_checklist(to, &account, verification, BEGAN, &policy, AFTER)
}

fn states(items: &[ChecklistItem]) -> Vec<(PersonalThing, ItemState)> {
    items.iter().map(|item| (item.thing, item.state)).collect()
}

#[test]
fn acc_10_a_personal_account_changes_four_things_and_then_its_verification() {
    let old = [method(LoginMethodKind::Wechat, BEFORE)];
    let old_means = means(BEFORE);
    let begun = hand_over(
        HandoverTo::NewOwner,
        &login(&old, &old_means),
        BEFORE,
        &verified(PERSON, BEFORE),
    );
    assert_eq!(
        states(&begun),
        [
            (PersonalThing::SecurityPhone, ItemState::Open),
            (PersonalThing::SecurityEmail, ItemState::Open),
            (
                PersonalThing::LoginMethod(LoginMethodKind::Wechat),
                ItemState::Blocked
            ),
            (PersonalThing::Password, ItemState::Open),
            (PersonalThing::Verification, ItemState::Later),
        ]
    );
    let last_method = Refusal::LoginMethod(LoginMethodRefusal::LastMethod {
        kind: LoginMethodKind::Wechat,
    });
    assert_eq!(begun[2].refusals, [last_method]);
    assert_eq!(begun[2].action, Some(ItemAction::BindAnotherFirst));

    let new = [method(LoginMethodKind::Qq, AFTER)];
    let new_means = means(AFTER);
    let settled = hand_over(
        HandoverTo::NewOwner,
        &login(&new, &new_means),
        AFTER,
        &verified(PERSON, BEFORE),
    );
    let (last, four) = settled.split_last().unwrap();
    assert!(four.iter().all(|item| item.state == ItemState::Done));
    assert_eq!(last.state, ItemState::Open);
    assert_eq!(last.action, Some(ItemAction::ChangeVerification));

    let changed = hand_over(
        HandoverTo::NewOwner,
        &login(&new, &new_means),
        AFTER,
        &verified(PERSON, AFTER),
    );
    assert!(changed.iter().all(|item| item.state == ItemState::Done));
}

#[test]
fn acc_10_what_changed_in_the_moment_it_began_is_settled_and_a_millisecond_before_not() {
    let settled = |changed, since| {
        let methods = [method(LoginMethodKind::Qq, changed)];
        let items = hand_over(
            HandoverTo::NewOwner,
            &login(&methods, &means(changed)),
            changed,
            &verified(PERSON, since),
        );
        let (last, four) = items.split_last().unwrap();
        (
            four.iter().all(|item| item.state == ItemState::Done),
            four.iter().any(|item| item.state == ItemState::Done),
            last.state == ItemState::Done,
        )
    };
    let before = BEGAN.minus(Span::from_millis(1));
    assert_eq!(settled(BEGAN, BEGAN), (true, true, true));
    assert_eq!(settled(before, before), (false, false, false));
}

#[test]
fn acc_10_an_item_that_is_refused_says_why_and_until_when() {
    let new = [method(LoginMethodKind::Qq, AFTER)];
    let new_means = means(AFTER);
    let since = BEGAN.minus(Span::from_days(10));
    let owing = ChangingAccount {
        arrears: true,
        ..verified(PERSON, since)
    };
    let items = hand_over(
        HandoverTo::NewOwner,
        &login(&new, &new_means),
        AFTER,
        &owing,
    );
    let last = items.last().unwrap();
    assert_eq!(last.state, ItemState::Blocked);
    assert_eq!(
        last.refusals,
        [
            Refusal::VerificationChange(ChangeRefusal::TooSoon {
                allowed_at: since.plus(Span::from_days(30))
            }),
            Refusal::VerificationChange(ChangeRefusal::Arrears),
        ]
    );
}

#[test]
fn acc_10_an_enterprise_account_keeps_its_verification_unless_it_is_a_persons() {
    let new = [method(LoginMethodKind::Wecom, AFTER)];
    let new_means = means(AFTER);
    let last = |verification: &ChangingAccount| {
        let login = login(&new, &new_means);
        let to = HandoverTo::NextAdministrator;
        hand_over(to, &login, AFTER, verification).pop().unwrap()
    };
    assert_eq!(last(&verified(ENTERPRISE, BEFORE)).state, ItemState::Done);
    let persons = last(&verified(PERSON, AFTER.minus(Span::from_minutes(2))));
    assert_eq!(
        (persons.state, persons.action),
        (ItemState::Open, Some(ItemAction::ChangeVerification)),
        "from a person to an enterprise nobody waits"
    );
    let unverified = ChangingAccount {
        verified: None,
        ..verified(PERSON, BEFORE)
    };
    assert_eq!(last(&unverified).action, Some(ItemAction::Verify));
}

#[test]
fn acc_10_what_is_not_bound_needs_nothing_except_a_security_phone() {
    let new = [method(LoginMethodKind::Qq, AFTER)];
    let none = Means::default();
    let items = hand_over(
        HandoverTo::NewOwner,
        &login(&new, &none),
        AFTER,
        &verified(PERSON, AFTER),
    );
    assert_eq!(
        states(&items)[..2],
        [
            (PersonalThing::SecurityPhone, ItemState::Open),
            (PersonalThing::SecurityEmail, ItemState::Done),
        ]
    );
}

#[test]
fn off_1_everything_of_the_leaver_is_listed_and_the_last_login_method_stays() {
    let things = [
        PersonalThing::SecurityPhone,
        PersonalThing::LoginMethod(LoginMethodKind::Wecom),
        PersonalThing::LoginMethod(LoginMethodKind::Wechat),
        PersonalThing::LoginMethod(LoginMethodKind::Qq),
    ];
    let list = |methods: &[LoginMethod], means: &Means| {
        let login = login(methods, means);
        let account = HandedAccount {
            login: &login,
            device: None,
            password_set_at: None,
        };
        leaver_checklist(&things, &account, BEGAN)
    };
    let old_means = means(BEFORE);
    let two = [
        method(LoginMethodKind::Wecom, BEFORE),
        method(LoginMethodKind::Wechat, BEFORE),
    ];
    let items = list(&two, &old_means);
    assert_eq!(
        states(&items),
        [
            (PersonalThing::SecurityPhone, ItemState::Open),
            (things[1], ItemState::Open),
            (things[2], ItemState::Open),
            (things[3], ItemState::Done),
        ]
    );
    assert_eq!(items[1].action, Some(ItemAction::Unbind));
    let one = list(&two[1..], &means(AFTER));
    assert_eq!(one[0].state, ItemState::Done);
    assert_eq!(one[1].state, ItemState::Done);
    assert_eq!(one[2].state, ItemState::Blocked);
    assert_eq!(one[2].action, Some(ItemAction::BindAnotherFirst));
}

#[test]
fn off_1_a_confirmation_that_a_protection_asks_for_is_blocked() {
    let old_means = Means {
        wechat: Some(BEFORE),
        ..means(BEFORE)
    };
    let methods = [method(LoginMethodKind::Qq, BEFORE)];
    let mut login = login(&methods, &old_means);
    login.protections.sign_in = Protection::Require(Factor::WechatScan);
    let account = HandedAccount {
        login: &login,
        device: None,
        password_set_at: None,
    };
    let items = leaver_checklist(&[PersonalThing::WechatConfirmation], &account, BEGAN);
    assert_eq!(items[0].state, ItemState::Blocked);
    assert_eq!(items[0].refusals.len(), 1);
}
