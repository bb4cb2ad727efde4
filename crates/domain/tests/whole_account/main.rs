//! Random commands against a whole account: contacts, login methods, verification, users, keys,
//! projects, appeals, lock and deregistration together, through the public functions only, as the
//! server will call them. Knows no rule beyond the invariants it checks after each command.

#![allow(
    clippy::expect_used,
    reason = "the helpers of a test fail it by panicking; clippy sees only #[test] functions"
)]

mod account;
mod owner;
mod world;

use account::{Account, Command, Holder, Outcome, Subject};
use domain::login_methods::LoginMethodKind;
use domain::protection::ProofMethod;
use domain::time::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Carries a command out and checks everything that must hold, before and after.
fn step(account: &mut Account, command: Command) -> Outcome {
    let before = account.clone();
    let outcome = account.run(command);
    account.assert_sound();
    account.assert_followed_from(&before, command, outcome);
    outcome
}

fn accounts() -> impl Strategy<Value = Account> {
    prop_oneof![Just(Account::new()), Just(Account::verified())]
}

fn commands() -> impl Strategy<Value = Command> {
    let kinds = || proptest::sample::select(&LoginMethodKind::ALL);
    let proofs = || proptest::sample::select(&ProofMethod::ALL);
    let holders = || prop_oneof![Just(Holder::Root), (0_usize..2).prop_map(Holder::SubUser)];
    let subjects = || prop_oneof![Just(Subject::Person), Just(Subject::Enterprise)];
    let owner = prop_oneof![
        8 => proofs().prop_map(Command::Prove),
        3 => (kinds(), 0_u32..2).prop_map(|(kind, others)| Command::Bind { kind, others }),
        3 => kinds().prop_map(Command::Unbind),
        2 => (0_u32..7).prop_map(|others| Command::ChangePhone { others }),
        2 => (subjects(), 0_u32..12)
            .prop_map(|(subject, taken)| Command::StartVerification { subject, taken }),
        1 => Just(Command::RemoveVerification),
        2 => subjects().prop_map(Command::StartChange),
        1 => Just(Command::WithdrawChange),
        4 => (0_u8..5).prop_map(|name| Command::CreateProject { name }),
        2 => (0_usize..4, any::<bool>())
            .prop_map(|(project, confirmed)| Command::DisableProject { project, confirmed }),
        2 => (0_usize..4).prop_map(|project| Command::EnableProject { project }),
        4 => (0_u8..5).prop_map(|name| Command::CreateSubUser { name }),
        2 => (0_usize..3).prop_map(|user| Command::DeleteSubUser { user }),
        2 => Just(Command::Invite),
        1 => Just(Command::DeleteCollaborator),
        4 => holders().prop_map(Command::CreateKey),
        2 => (holders(), 0_usize..2).prop_map(|(of, key)| Command::DisableKey { of, key }),
        2 => (holders(), 0_usize..2).prop_map(|(of, key)| Command::EnableKey { of, key }),
        2 => (holders(), 0_usize..2).prop_map(|(of, key)| Command::DeleteKey { of, key }),
        1 => Just(Command::Export),
        1 => Just(Command::Lock),
        2 => any::<bool>().prop_map(|right_id| Command::ApplyToLeave { right_id }),
        1 => Just(Command::CancelLeaving),
    ];
    let world = prop_oneof![
        1 => (1_u32..200).prop_map(|hours| Command::Wait(Span::from_hours(hours))),
        2 => (1_u32..10).prop_map(|minutes| Command::Wait(Span::from_minutes(minutes))),
        1 => any::<bool>().prop_map(Command::OperatorFreezes),
        1 => (0_u32..2).prop_map(Command::Retain),
        3 => (0_u32..12).prop_map(|taken| Command::VerificationPasses { taken }),
        2 => (0_u32..12).prop_map(|taken| Command::ChangeIsApproved { taken }),
        2 => (0_u32..12).prop_map(|taken| Command::ChangeIsCompleted { taken }),
        3 => Just(Command::InvitationIsAccepted),
        2 => any::<bool>().prop_map(|by_face| Command::AccountGoes { by_face }),
        1 => Just(Command::LeavingIsRejected),
        2 => proofs().prop_map(Command::Unlock),
        2 => Just(Command::BeginAppeal),
        5 => (0_usize..7, 0_u32..7)
            .prop_map(|(step, others)| Command::AppealGoesOn { step, others }),
        1 => (holders(), 0_usize..2).prop_map(|(of, key)| Command::UseKey { of, key }),
    ];
    prop_oneof![3 => owner, 2 => world]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn lgm_1_ver_1_acc_6_drg_6_api_2_no_walk_of_commands_breaks_an_account(
        mut account in accounts(),
        walk in vec(commands(), 1..100),
    ) {
        for command in walk {
            step(&mut account, command);
        }
    }

    #[test]
    fn drg_6_nothing_succeeds_on_an_account_that_is_gone(
        mut account in accounts(),
        before in vec(commands(), 0..40),
        after in vec(commands(), 1..40),
    ) {
        for command in before {
            step(&mut account, command);
        }
        account.deregister_at_once();
        for command in after {
            let outcome = step(&mut account, command);
            prop_assert!(outcome != Outcome::Done || command.is_world_event(), "{command:?}");
        }
    }
}

/// What a walk is about must be within its reach; else it proves nothing.
#[test]
fn api_2_the_walk_reaches_every_command_both_ways() {
    const MOST_WALKS: u32 = 2000;
    let mut runner = TestRunner::deterministic();
    let mut missing: Vec<_> = Command::NAMES
        .into_iter()
        .flat_map(|name| [(name, Outcome::Done), (name, Outcome::Refused)])
        .filter(|(name, outcome)| Command::never(name) != Some(*outcome))
        .collect();
    for _ in 0..MOST_WALKS {
        let (mut account, walk) = (accounts(), vec(commands(), 100))
            .new_tree(&mut runner)
            .expect("a walk")
            .current();
        for command in walk {
            let reached = (command.name(), step(&mut account, command));
            missing.retain(|wanted| *wanted != reached);
        }
        if missing.is_empty() {
            return;
        }
    }
    panic!("never seen: {missing:?}");
}

/// From registration to deregistration by one straight way, so that a fault in the model itself shows.
#[test]
fn drg_6_a_whole_life_can_be_lived() {
    let mut account = Account::new();
    let prove = Command::Prove(ProofMethod::SecurityPhone);
    let person = Subject::Person;
    for command in [
        prove,
        Command::StartVerification {
            subject: person,
            taken: 2,
        },
        Command::VerificationPasses { taken: 2 },
        Command::CreateProject { name: 1 },
        Command::CreateSubUser { name: 1 },
        Command::CreateKey(Holder::SubUser(0)),
        Command::DisableKey {
            of: Holder::SubUser(0),
            key: 0,
        },
        Command::Bind {
            kind: LoginMethodKind::Wechat,
            others: 0,
        },
        Command::Unbind(LoginMethodKind::Qq),
        Command::Invite,
        Command::InvitationIsAccepted,
        Command::DeleteCollaborator,
        Command::DeleteSubUser { user: 0 },
        Command::StartChange(Subject::Enterprise),
        Command::ChangeIsApproved { taken: 9 },
        Command::ChangeIsCompleted { taken: 9 },
        Command::ApplyToLeave { right_id: true },
        Command::AccountGoes { by_face: true },
    ] {
        assert_eq!(step(&mut account, command), Outcome::Done, "{command:?}");
    }
    assert_eq!(
        step(&mut account, Command::CreateProject { name: 2 }),
        Outcome::Refused
    );
}
