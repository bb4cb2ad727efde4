//! Tests of users, invitations, deletions and keys.

use super::*;
use crate::account::{
    AccountId, AccountRefusal, AccountStanding, FreezeReason, FrozenAction, Lock, Site,
};
use crate::identity::SubUserName;
use crate::protection::{SensitiveOperation, a_check};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::sign_in::PasswordResetter;
use crate::time::{Span, Timestamp};

const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
const MILLISECOND: Span = Span::from_millis(1);
const FROZEN: &[FreezeReason] = &[FreezeReason::NotVerified];

fn account(serial: u32) -> AccountId {
    AccountId::from_serial(serial).unwrap()
}

const fn with(members: u32) -> UsersOfAccount<'static> {
    UsersOfAccount {
        members,
        frozen: &[],
        standing: AccountStanding::Open,
        lock: Lock::Unlocked,
    }
}

fn wish() -> SubUserWish {
    SubUserWish {
        name: SubUserName::parse("anna").unwrap(),
        name_taken: false,
        rights: Rights::of(&[Right::ViewAccount]),
    }
}

fn create(
    users: &UsersOfAccount<'_>,
    wish: SubUserWish,
) -> Result<SubUserCreated, Vec<UserRefusal>> {
    let policy = UserPolicy::default();
    let may = may_create_sub_user(&Actor::Root, users, &wish, &policy);
    let answer = create_sub_user(&Actor::Root, users, wish, &policy, NOW);
    assert_eq!(may.is_empty(), answer.is_ok());
    answer.map_err(Refused::into_all)
}

fn standing(kind: UserKind) -> UserStanding {
    UserStanding {
        kind,
        rights: Rights::NONE,
        is_self: false,
    }
}

fn deleted(kind: UserKind) -> DeletedUser {
    DeletedUser {
        standing: standing(kind),
        enabled_keys: 0,
        disabled_keys: 0,
        subscriptions: 0,
        has_bindings: false,
    }
}

const fn frozen_refusal(action: FrozenAction) -> UserRefusal {
    UserRefusal::Account {
        refusal: AccountRefusal::Frozen {
            reason: FreezeReason::NotVerified,
            action,
        },
    }
}

#[test]
fn v_31_usr_2_of_twenty_at_once_one_gets_the_thousandth_place() {
    // Each of the twenty counts under lock, after the one before it has written.
    let mut members = 999;
    let mut refused = 0;
    for _ in 0..20 {
        match create(&with(members), wish()) {
            Ok(_) => members += 1,
            Err(failing) => {
                assert_eq!(failing, [UserRefusal::TooMany { most: 1000 }]);
                refused += 1;
            }
        }
    }
    assert_eq!((members, refused), (1000, 19));
    assert!(
        create(&with(members - 1), wish()).is_ok(),
        "one was deleted"
    );
    assert!(create(&with(1001), wish()).is_err());
}

#[test]
fn usr_1_a_root_makes_sub_users_and_recipients_and_invites_collaborators() {
    let created = create(&with(0), wish()).unwrap();
    assert_eq!(created.name.as_str(), "anna");
    assert!(create_recipient(&Actor::Root, &with(0), NOW).is_ok());
    assert!(invite(&Actor::Root, with(0), &stranger()).is_ok());
}

#[test]
fn usr_2_message_recipients_do_not_count() {
    assert_eq!(may_create_recipient(&Actor::Root, &with(1000)), []);
    assert_eq!(may_create_recipient(&Actor::Root, &with(5000)), []);
}

#[test]
fn sgn_14_names_of_an_accounts_users_are_unique() {
    let taken = SubUserWish {
        name_taken: true,
        ..wish()
    };
    assert_eq!(create(&with(0), taken), Err(vec![UserRefusal::NameTaken]));
}

#[test]
fn acc_6_a_frozen_account_makes_no_users_and_keys_but_deletes_and_disables() {
    let users = UsersOfAccount {
        frozen: FROZEN,
        ..with(0)
    };
    let no_user = frozen_refusal(FrozenAction::CreateUser);
    assert_eq!(create(&users, wish()), Err(vec![no_user.clone()]));
    assert_eq!(
        may_create_recipient(&Actor::Root, &users),
        std::slice::from_ref(&no_user)
    );
    assert_eq!(invite(&Actor::Root, users, &stranger()), Err(vec![no_user]));
    let keys = KeysOfUser {
        count: 0,
        frozen: FROZEN,
    };
    assert_eq!(
        may_create_key(&Actor::Root, &KeyOwner::Root, &keys, &UserPolicy::default()),
        [frozen_refusal(FrozenAction::CreateKey)]
    );
    let recipient = deleted(UserKind::MessageRecipient);
    assert_eq!(may_delete_user(&Actor::Root, &recipient, Some(&[])), []);
}

fn stranger() -> InvitedAccount {
    InvitedAccount {
        account: account(2),
        site: Site::China,
        standing: AccountStanding::Open,
        is_sub_user: false,
        relation: Relation::None,
    }
}

fn invite(
    actor: &Actor,
    users: UsersOfAccount<'_>,
    invited: &InvitedAccount,
) -> Result<Invitation, Vec<UserRefusal>> {
    let own = (account(1), Site::China);
    let rights = Rights::of(&[Right::UseResources]);
    let policy = UserPolicy::default();
    invite_collaborator(actor, own, &users, invited, rights, &policy, NOW)
        .map_err(Refused::into_all)
}

fn invitation() -> Invitation {
    invite(&Actor::Root, with(5), &stranger()).unwrap()
}

#[test]
fn usr_3_a_collaborator_joins_when_it_has_accepted() {
    let policy = UserPolicy::default();
    let accept = |who, members, now| {
        invitation()
            .accept(who, &with(members), &policy, now)
            .map_err(Refused::into_all)
    };
    let accepted = accept(account(2), 5, NOW).unwrap();
    assert_eq!(accepted.state, InvitationState::Accepted { at: NOW });
    assert_eq!(
        accept(account(3), 5, NOW),
        Err(vec![UserRefusal::NotInvited])
    );
    assert!(accept(account(2), 999, NOW).is_ok());
    assert_eq!(
        accept(account(2), 1000, NOW),
        Err(vec![UserRefusal::TooMany { most: 1000 }]),
        "the last place went while the invitation waited"
    );
    let until = NOW.plus(Span::from_days(7));
    assert!(accept(account(2), 5, until.minus(MILLISECOND)).is_ok());
    assert_eq!(
        accept(account(2), 5, until),
        Err(vec![UserRefusal::InvitationExpired { at: until }])
    );
}

#[test]
fn drg_6_acc_14_nobody_joins_an_account_that_is_gone_or_locked() {
    let policy = UserPolicy::default();
    let accept =
        |users: &UsersOfAccount<'_>| invitation().may_accept(account(2), users, &policy, NOW);
    let gone = UsersOfAccount {
        standing: AccountStanding::Deregistered { at: NOW },
        ..with(0)
    };
    assert_eq!(accept(&gone), [AccountRefusal::Deregistered.into()]);
    let locked = UsersOfAccount {
        lock: Lock::Locked { since: NOW },
        ..with(0)
    };
    assert_eq!(
        accept(&locked),
        [AccountRefusal::Locked { since: NOW }.into()]
    );
}

#[test]
fn usr_3_an_answered_invitation_is_not_answered_again() {
    let policy = UserPolicy::default();
    let who = account(2);
    let declined = invitation().decline(who, NOW).unwrap();
    let back = invitation().take_back(&Actor::Root, NOW).unwrap();
    let accepted = invitation().accept(who, &with(5), &policy, NOW).unwrap();
    for closed in [declined, back, accepted] {
        let refused = [UserRefusal::NoInvitation];
        assert_eq!(closed.may_accept(who, &with(5), &policy, NOW), refused);
        assert_eq!(closed.may_decline(who, NOW), refused);
        assert_eq!(closed.may_take_back(&Actor::Root, NOW), refused);
    }
}

#[test]
fn usr_3_who_cannot_be_invited_is_told_with_all_reasons() {
    let odd = InvitedAccount {
        account: account(1),
        site: Site::International,
        standing: AccountStanding::Deregistered { at: NOW },
        is_sub_user: false,
        relation: Relation::Collaborator,
    };
    let manager = Actor::SubUser(Rights::of(&[Right::ManageUsers, Right::UseResources]));
    assert_eq!(
        invite(&manager, with(1000), &odd),
        Err(vec![
            UserRefusal::OnlyOwner,
            UserRefusal::TooMany { most: 1000 },
            UserRefusal::OwnAccount,
            AccountRefusal::OtherSite.into(),
            AccountRefusal::Deregistered.into(),
            UserRefusal::AlreadyCollaborator,
        ])
    );
    let waiting = InvitedAccount {
        relation: Relation::Invited,
        ..stranger()
    };
    assert_eq!(
        invite(&Actor::Root, with(0), &waiting),
        Err(vec![UserRefusal::AlreadyInvited])
    );
}

#[test]
fn usr_4_a_sub_user_joins_no_second_account() {
    let sub_user = InvitedAccount {
        is_sub_user: true,
        ..stranger()
    };
    let refused = invite(&Actor::Root, with(0), &sub_user).unwrap_err();
    assert_eq!(refused, [UserRefusal::HasOtherRoot]);
    assert_eq!(refused[0].rule(), RuleId::Usr4);
}

#[test]
fn usr_5_enabled_keys_block_the_deletion_and_disabled_ones_go_with_the_user() {
    let user = DeletedUser {
        enabled_keys: 1,
        disabled_keys: 1,
        subscriptions: 2,
        has_bindings: true,
        ..deleted(UserKind::SubUser)
    };
    let losses = [
        DeletionLoss::SignIn,
        DeletionLoss::Rights,
        DeletionLoss::DisabledKeys { count: 1 },
        DeletionLoss::Bindings,
        DeletionLoss::Messages { count: 2 },
    ];
    assert_eq!(user.losses(), losses);
    assert_eq!(
        may_delete_user(&Actor::Root, &user, Some(&losses)),
        [UserRefusal::EnabledKeys { count: 1 }]
    );
    let settled = DeletedUser {
        enabled_keys: 0,
        ..user
    };
    let check = a_check(SensitiveOperation::DeleteUsers, NOW);
    let gone = delete_user(&check, &Actor::Root, &settled, Some(&losses), NOW).unwrap();
    assert_eq!(gone.losses, losses);
}

#[test]
fn usr_5_the_confirmation_names_what_is_lost_as_it_is_now() {
    let user = DeletedUser {
        subscriptions: 2,
        ..deleted(UserKind::Collaborator)
    };
    let losses = vec![
        DeletionLoss::Access,
        DeletionLoss::Rights,
        DeletionLoss::Messages { count: 2 },
    ];
    let stale = [
        DeletionLoss::Access,
        DeletionLoss::Rights,
        DeletionLoss::Messages { count: 1 },
    ];
    for confirmed in [None, Some(&stale[..]), Some(&[])] {
        assert_eq!(
            may_delete_user(&Actor::Root, &user, confirmed),
            [UserRefusal::NotConfirmed {
                losses: losses.clone()
            }]
        );
    }
    assert_eq!(may_delete_user(&Actor::Root, &user, Some(&losses)), []);
}

#[test]
fn usr_5_nobody_deletes_themselves_or_a_fellow_administrator() {
    let manager = Actor::SubUser(Rights::of(&[Right::ManageUsers]));
    let target = |rights: &[Right], is_self| DeletedUser {
        standing: UserStanding {
            kind: UserKind::SubUser,
            rights: Rights::of(rights),
            is_self,
        },
        ..deleted(UserKind::SubUser)
    };
    let losses = deleted(UserKind::SubUser).losses();
    let may = |actor: &Actor, user: &DeletedUser| may_delete_user(actor, user, Some(&losses));
    assert_eq!(may(&manager, &target(&[Right::Buy], false)), []);
    let administrator = target(&[Right::ManageKeys], false);
    assert_eq!(may(&manager, &administrator), [UserRefusal::Administrator]);
    assert_eq!(may(&Actor::Root, &administrator), []);
    assert_eq!(
        may(&manager, &target(&[Right::ManageUsers], true)),
        [UserRefusal::Oneself]
    );
}

#[test]
fn usr_6_the_root_resets_the_password_of_a_sub_user() {
    let root = Actor::Root;
    assert_eq!(
        may_reset_user_password(&root, &standing(UserKind::SubUser)),
        []
    );
    for kind in [UserKind::Collaborator, UserKind::MessageRecipient] {
        assert_eq!(
            may_reset_user_password(&root, &standing(kind)),
            [UserRefusal::NoPassword { kind }]
        );
    }
}

#[test]
fn sgn_8_an_allowed_administrator_resets_passwords_but_not_of_administrators() {
    let allowed = Actor::SubUser(Rights::of(&[Right::ResetPasswords]));
    let not_allowed = Actor::SubUser(Rights::of(&[Right::ManageUsers]));
    let user = standing(UserKind::SubUser);
    assert_eq!(may_reset_user_password(&allowed, &user), []);
    assert_eq!(
        may_reset_user_password(&not_allowed, &user),
        [UserRefusal::RightMissing {
            right: Right::ResetPasswords
        }]
    );
    let stronger = UserStanding {
        rights: Rights::of(&[Right::ManageUsers]),
        ..user
    };
    assert_eq!(
        may_reset_user_password(&allowed, &stronger),
        [UserRefusal::Administrator]
    );
    assert_eq!(may_reset_user_password(&Actor::Root, &stronger), []);
    for (actor, user, resetter) in [
        (Actor::Root, stronger, PasswordResetter::Root),
        (allowed, user, PasswordResetter::AllowedAdministrator),
        (allowed, stronger, PasswordResetter::OtherUser),
        (not_allowed, user, PasswordResetter::OtherUser),
        (
            Actor::Root,
            standing(UserKind::Collaborator),
            PasswordResetter::OtherUser,
        ),
    ] {
        assert_eq!(password_resetter(&actor, &user), resetter);
    }
}

#[test]
fn usr_3_rights_are_changed_by_who_has_them_and_never_ones_own() {
    let manager = Actor::SubUser(Rights::of(&[Right::ManageUsers, Right::Buy]));
    let user = standing(UserKind::SubUser);
    let buy = Rights::of(&[Right::Buy]);
    assert_eq!(change_rights(&manager, &user, buy), Ok(buy));
    assert_eq!(
        may_change_rights(&manager, &user, Rights::of(&[Right::ViewAudit])),
        [UserRefusal::RightMissing {
            right: Right::ViewAudit
        }]
    );
    let oneself = UserStanding {
        is_self: true,
        ..user
    };
    assert_eq!(
        may_change_rights(&manager, &oneself, buy),
        [UserRefusal::Oneself]
    );
    assert_eq!(
        may_change_rights(&manager, &standing(UserKind::Collaborator), buy),
        [UserRefusal::OnlyOwner]
    );
}

#[test]
fn usr_7_a_user_has_at_most_two_keys() {
    let policy = UserPolicy::default();
    let check = a_check(SensitiveOperation::ManageApiKeys, NOW);
    let owner = KeyOwner::User(standing(UserKind::SubUser));
    let create = |count| {
        let keys = KeysOfUser { count, frozen: &[] };
        create_key(&check, &Actor::Root, &owner, &keys, &policy, NOW).map_err(Refused::into_all)
    };
    assert_eq!(create(1).unwrap().state, KeyState::Enabled);
    assert_eq!(create(2), Err(vec![UserRefusal::TooManyKeys { most: 2 }]));
}

#[test]
fn usr_7_a_key_is_deleted_only_when_disabled() {
    let check = a_check(SensitiveOperation::ManageApiKeys, NOW);
    let (root, owner) = (Actor::Root, KeyOwner::Root);
    let delete = |state| delete_key(&check, &root, &owner, state, NOW).map_err(Refused::into_all);
    assert_eq!(
        delete(KeyState::Enabled),
        Err(vec![UserRefusal::KeyEnabled])
    );
    assert_eq!(delete(KeyState::Disabled), Ok(KeyDeleted { at: NOW }));
    let disabled = disable_key(&root, &owner, KeyState::Enabled).unwrap();
    assert_eq!(disabled, KeyState::Disabled);
    assert!(disable_key(&root, &owner, disabled).is_err());
    let enabled = enable_key(&check, &root, &owner, disabled).unwrap();
    assert_eq!(enabled, KeyState::Enabled);
    assert!(enable_key(&check, &root, &owner, enabled).is_err());
}

#[test]
fn usr_7_whose_keys_one_may_touch() {
    let may = |rights: &[Right], owner: &KeyOwner| {
        may_disable_key(
            &Actor::SubUser(Rights::of(rights)),
            owner,
            KeyState::Enabled,
        )
    };
    let missing = |right| [UserRefusal::RightMissing { right }];
    let own = KeyOwner::User(UserStanding {
        is_self: true,
        ..standing(UserKind::SubUser)
    });
    let other = KeyOwner::User(standing(UserKind::SubUser));
    assert_eq!(may(&[Right::ManageOwnKeys], &own), []);
    assert_eq!(may(&[], &own), missing(Right::ManageOwnKeys));
    assert_eq!(may(&[Right::ManageKeys], &other), []);
    assert_eq!(
        may(&[Right::ManageOwnKeys], &other),
        missing(Right::ManageKeys)
    );
    assert_eq!(may(&Right::ALL, &KeyOwner::Root), [UserRefusal::OnlyOwner]);
    let recipient = KeyOwner::User(standing(UserKind::MessageRecipient));
    assert_eq!(may(&[Right::ManageKeys], &recipient), [UserRefusal::NoKeys]);
}

#[test]
fn usr_7_nobody_gets_a_key_of_a_fellow_administrator() {
    let administrator = KeyOwner::User(UserStanding {
        rights: Rights::of(&[Right::ManageUsers]),
        ..standing(UserKind::SubUser)
    });
    let keys = KeysOfUser {
        count: 0,
        frozen: &[],
    };
    let policy = UserPolicy::default();
    let climber = Actor::SubUser(Rights::of(&[Right::ManageKeys]));
    let may = |actor| may_create_key(actor, &administrator, &keys, &policy);
    assert_eq!(may(&climber), [UserRefusal::Administrator]);
    assert_eq!(may(&Actor::Root), []);
    assert_eq!(
        may_disable_key(&climber, &administrator, KeyState::Enabled),
        [UserRefusal::Administrator]
    );
}

fn request() -> SignedRequest {
    SignedRequest {
        key: Some(KeyState::Enabled),
        matches: true,
        signed_at: NOW,
        standing: AccountStanding::Open,
        lock: Lock::Unlocked,
    }
}

#[test]
fn usr_7_a_signed_request_counts_five_minutes_either_side() {
    let policy = UserPolicy::default();
    let may = |signed_at| {
        may_use_key(
            &SignedRequest {
                signed_at,
                ..request()
            },
            &policy,
            NOW,
        )
    };
    let five = Span::from_minutes(5);
    assert_eq!(may(NOW.minus(five)), []);
    assert_eq!(may(NOW.plus(five)), []);
    let expired = [UserRefusal::SignatureExpired { server_time: NOW }];
    assert_eq!(may(NOW.minus(five).minus(MILLISECOND)), expired);
    assert_eq!(may(NOW.plus(five).plus(MILLISECOND)), expired);
}

#[test]
fn usr_7_a_wrong_signature_learns_nothing_about_the_key() {
    let policy = UserPolicy::default();
    for key in [None, Some(KeyState::Enabled), Some(KeyState::Disabled)] {
        let wrong = SignedRequest {
            key,
            matches: false,
            standing: AccountStanding::Deregistered { at: NOW },
            ..request()
        };
        assert_eq!(
            may_use_key(&wrong, &policy, NOW),
            [UserRefusal::SignatureWrong]
        );
    }
    let disabled = SignedRequest {
        key: Some(KeyState::Disabled),
        lock: Lock::Locked { since: NOW },
        ..request()
    };
    assert_eq!(
        may_use_key(&disabled, &policy, NOW),
        [
            AccountRefusal::Locked { since: NOW }.into(),
            UserRefusal::KeyDisabled
        ]
    );
}
