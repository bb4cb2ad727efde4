//! Tests of making, changing, disabling and enabling projects.

use super::*;
use crate::account::{AccountRefusal, FreezeReason, FrozenAction};
use crate::identity::{ProjectDescription, ProjectName};
use crate::protection::{SensitiveOperation, a_check};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::search::SearchText;
use crate::time::Timestamp;
use crate::users::{Actor, Right, Rights, UserRefusal};

const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
const EMPTY: ProjectsOfAccount<'static> = ProjectsOfAccount {
    count: 1,
    same_name: None,
    frozen: &[],
};

fn wish(name: &str) -> ProjectWish {
    ProjectWish {
        name: ProjectName::parse(name).unwrap(),
        description: ProjectDescription::default(),
    }
}

fn project(name: &str, state: ProjectState) -> Project {
    Project {
        id: ProjectId(7),
        name: ProjectName::parse(name).unwrap(),
        description: ProjectDescription::default(),
        is_default: false,
        state,
    }
}

fn create(projects: &ProjectsOfAccount<'_>) -> Result<ProjectCreated, Vec<ProjectRefusal>> {
    let policy = ProjectPolicy::default();
    let answer = create_project(&Actor::Root, projects, wish("shop"), &policy, NOW);
    let may = may_create_project(&Actor::Root, projects, &policy);
    assert_eq!(may.is_empty(), answer.is_ok());
    answer.map_err(Refused::into_all)
}

fn disable(
    project: &Project,
    resources: u32,
    confirmed: Option<u32>,
) -> Result<ProjectStateChanged, Vec<ProjectRefusal>> {
    let check = a_check(SensitiveOperation::DisableProject, NOW);
    let root = Actor::Root;
    disable_project(&check, &root, project, resources, confirmed, NOW).map_err(Refused::into_all)
}

#[test]
fn prj_1_the_five_hundredth_project_is_made_and_the_next_refused() {
    let with = |count| create(&ProjectsOfAccount { count, ..EMPTY });
    assert!(with(499).is_ok());
    assert_eq!(with(500), Err(vec![ProjectRefusal::TooMany { most: 500 }]));
    assert_eq!(with(501), Err(vec![ProjectRefusal::TooMany { most: 500 }]));
}

#[test]
fn prj_1_a_name_is_taken_by_a_disabled_project_too() {
    for (state, disabled) in [
        (ProjectState::Enabled, false),
        (ProjectState::Disabled, true),
    ] {
        let projects = ProjectsOfAccount {
            same_name: Some((ProjectId(3), state)),
            ..EMPTY
        };
        assert_eq!(
            create(&projects),
            Err(vec![ProjectRefusal::NameTaken {
                by: ProjectId(3),
                disabled
            }])
        );
    }
}

#[test]
fn prj_1_a_project_keeps_its_own_name_when_only_its_description_changes() {
    let shop = project("shop", ProjectState::Enabled);
    let same = |by| ProjectsOfAccount {
        same_name: Some((by, ProjectState::Enabled)),
        ..EMPTY
    };
    let edited = edit_project(&Actor::Root, &shop, &same(shop.id), wish("Shop")).unwrap();
    assert_eq!((edited.name.as_str(), edited.id), ("Shop", shop.id));
    assert_eq!(
        may_edit_project(&Actor::Root, &shop, &same(ProjectId(8))),
        [ProjectRefusal::NameTaken {
            by: ProjectId(8),
            disabled: false
        }]
    );
}

#[test]
fn acc_6_a_frozen_account_makes_no_project_but_enables_an_old_one() {
    let projects = ProjectsOfAccount {
        frozen: &[FreezeReason::UnpaidRetention],
        ..EMPTY
    };
    let refused = create(&projects).unwrap_err();
    assert_eq!(
        refused,
        [ProjectRefusal::Account {
            refusal: AccountRefusal::Frozen {
                reason: FreezeReason::UnpaidRetention,
                action: FrozenAction::CreateProject
            }
        }]
    );
    assert_eq!(refused[0].rule(), RuleId::Acc6);
    let old = project("old", ProjectState::Disabled);
    assert!(enable_project(&Actor::Root, &old, NOW).is_ok());
}

#[test]
fn prj_2_disabling_counts_the_resources_and_is_confirmed_with_that_number() {
    let shop = project("shop", ProjectState::Enabled);
    let changed = disable(&shop, 3, Some(3)).unwrap();
    assert_eq!(
        (changed.id, changed.state),
        (shop.id, ProjectState::Disabled)
    );
    for confirmed in [None, Some(2), Some(4)] {
        assert_eq!(
            disable(&shop, 3, confirmed),
            Err(vec![ProjectRefusal::NotConfirmed { resources: 3 }])
        );
    }
    assert!(disable(&shop, 0, None).is_err(), "nothing in it, but asked");
    let off = project("shop", ProjectState::Disabled);
    assert_eq!(
        disable(&off, 0, Some(0)),
        Err(vec![ProjectRefusal::Disabled])
    );
}

#[test]
fn prj_2_the_default_project_stays_and_no_project_is_deleted() {
    let default = Project {
        is_default: true,
        ..project("default", ProjectState::Enabled)
    };
    assert_eq!(
        disable(&default, 0, Some(0)),
        Err(vec![ProjectRefusal::DefaultProject])
    );
    assert_eq!(may_delete_project(), [ProjectRefusal::NeverDeleted]);
}

#[test]
fn prj_3_disabled_projects_are_listed_only_when_asked_for_and_are_enabled_there() {
    let shop = project("shop", ProjectState::Disabled);
    let any = SearchText::default();
    assert!(!shop.is_listed(&any, false));
    assert!(shop.is_listed(&any, true));
    let enabled = enable_project(&Actor::Root, &shop, NOW).unwrap();
    assert_eq!(enabled.state, ProjectState::Enabled);
    let enabled = project("shop", ProjectState::Enabled);
    assert!(enabled.is_listed(&any, false));
    assert_eq!(
        may_enable_project(&Actor::Root, &enabled),
        [ProjectRefusal::Enabled]
    );
}

#[test]
fn v_32_project_search_has_no_wildcards() {
    let projects: Vec<_> = ["a_b", "axb", "50%"]
        .into_iter()
        .map(|name| project(name, ProjectState::Enabled))
        .collect();
    let found = |typed| {
        let search = SearchText::new(typed);
        projects
            .iter()
            .filter(|project| project.is_listed(&search, false))
            .map(|project| project.name.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("_"), ["a_b"]);
    assert_eq!(found("%"), ["50%"]);
    assert_eq!(found("\\"), [""; 0]);
    assert_eq!(found("a_b"), ["a_b"]);
}

#[test]
fn prj_4_a_disabled_project_takes_no_new_resources() {
    assert_eq!(
        may_use_project(ProjectState::Disabled, ProjectUse::AddResource),
        [ProjectRefusal::TakesNoResources]
    );
    assert_eq!(
        may_use_project(ProjectState::Disabled, ProjectUse::MoveResourceOut),
        [ProjectRefusal::Disabled],
        "first it is enabled"
    );
    for wanted in [ProjectUse::AddResource, ProjectUse::MoveResourceOut] {
        assert_eq!(may_use_project(ProjectState::Enabled, wanted), []);
    }
}

#[test]
fn prj_5_the_spending_of_a_disabled_project_can_be_queried() {
    for state in [ProjectState::Enabled, ProjectState::Disabled] {
        assert_eq!(may_use_project(state, ProjectUse::QuerySpending), []);
    }
}

#[test]
fn usr_3_a_user_without_the_right_makes_and_disables_no_project() {
    let policy = ProjectPolicy::default();
    let reader = Actor::SubUser(Rights::of(&[Right::ViewAccount]));
    let refused = [ProjectRefusal::User {
        refusal: UserRefusal::RightMissing {
            right: Right::ManageProjects,
        },
    }];
    assert_eq!(may_create_project(&reader, &EMPTY, &policy), refused);
    let shop = project("shop", ProjectState::Enabled);
    assert_eq!(may_disable_project(&reader, &shop, 0, Some(0)), refused);
    let manager = Actor::Collaborator(Rights::of(&[Right::ManageProjects]));
    assert_eq!(may_create_project(&manager, &EMPTY, &policy), []);
}
