//! Making, changing, disabling and enabling projects (PRJ-1 to PRJ-5). Must not know what a
//! resource is.

use serde::{Deserialize, Serialize};

use super::{ProjectPolicy, ProjectRefusal};
use crate::account::{FreezeReason, FrozenAction, may_act_unfrozen};
use crate::identity::{ProjectDescription, ProjectName};
use crate::protection::RecentCheck;
use crate::refusal::Refused;
use crate::search::SearchText;
use crate::time::Timestamp;
use crate::users::{Actor, Right};

/// The serial number of a project within the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct ProjectId(pub u32);

/// Whether a project is in use (PRJ-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProjectState {
    /// In use.
    Enabled,
    /// Takes no new resources and is hidden unless asked for.
    Disabled,
}

/// A project, as loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Which.
    pub id: ProjectId,
    /// Its name.
    pub name: ProjectName,
    /// What it is for.
    pub description: ProjectDescription,
    /// Whether it is the one that every account has from the beginning.
    pub is_default: bool,
    /// Whether it is in use.
    pub state: ProjectState,
}

/// What decides whether a project can be made or renamed; counted and looked up under lock.
#[derive(Clone, Copy, Debug)]
pub struct ProjectsOfAccount<'a> {
    /// All projects of the account, disabled ones included (PRJ-1).
    pub count: u32,
    /// The project whose name has the same compare key as the wanted one, if there is one.
    pub same_name: Option<(ProjectId, ProjectState)>,
    /// Why the account is frozen, if it is.
    pub frozen: &'a [FreezeReason],
}

/// The name and description that a project shall have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectWish {
    /// The name.
    pub name: ProjectName,
    /// The description, possibly empty.
    pub description: ProjectDescription,
}

/// A project was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectCreated {
    /// Its name and description.
    pub project: ProjectWish,
    /// When.
    pub at: Timestamp,
}

/// A project was disabled or enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectStateChanged {
    /// Which.
    pub id: ProjectId,
    /// Its state from now on.
    pub state: ProjectState,
    /// When.
    pub at: Timestamp,
}

/// What can be done with a project's spending and resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProjectUse {
    /// Ask what it costs and has cost (PRJ-5).
    QuerySpending,
    /// Put a new resource into it (PRJ-4).
    AddResource,
    /// Move a resource out of it, in the product's console (PRJ-4).
    MoveResourceOut,
}

fn may_have_name(
    same_name: Option<(ProjectId, ProjectState)>,
    own: Option<ProjectId>,
) -> Option<ProjectRefusal> {
    same_name
        .filter(|(by, _)| Some(*by) != own)
        .map(|(by, state)| ProjectRefusal::NameTaken {
            by,
            disabled: state == ProjectState::Disabled,
        })
}

fn may_manage(actor: &Actor) -> Option<ProjectRefusal> {
    actor.may(Right::ManageProjects).map(ProjectRefusal::from)
}

/// All reasons why `actor` cannot make a project (PRJ-1, ACC-6).
#[must_use]
pub fn may_create_project(
    actor: &Actor,
    projects: &ProjectsOfAccount<'_>,
    policy: &ProjectPolicy,
) -> Vec<ProjectRefusal> {
    let mut failing = Vec::new();
    failing.extend(may_manage(actor));
    failing.extend(
        may_act_unfrozen(projects.frozen, FrozenAction::CreateProject)
            .into_iter()
            .map(ProjectRefusal::from),
    );
    if projects.count >= policy.projects_per_account {
        failing.push(ProjectRefusal::TooMany {
            most: policy.projects_per_account,
        });
    }
    failing.extend(may_have_name(projects.same_name, None));
    failing
}

/// Makes a project (PRJ-1).
///
/// # Errors
/// Everything that [`may_create_project`] lists.
pub fn create_project(
    actor: &Actor,
    projects: &ProjectsOfAccount<'_>,
    wish: ProjectWish,
    policy: &ProjectPolicy,
    now: Timestamp,
) -> Result<ProjectCreated, Refused<ProjectRefusal>> {
    Refused::unless_none(may_create_project(actor, projects, policy))?;
    Ok(ProjectCreated {
        project: wish,
        at: now,
    })
}

/// All reasons why `actor` cannot give a project another name or description (PRJ-1).
#[must_use]
pub fn may_edit_project(
    actor: &Actor,
    project: &Project,
    projects: &ProjectsOfAccount<'_>,
) -> Vec<ProjectRefusal> {
    let mut failing = Vec::new();
    failing.extend(may_manage(actor));
    failing.extend(may_have_name(projects.same_name, Some(project.id)));
    failing
}

/// Gives a project another name or description; disabled ones too (PRJ-1, ours).
///
/// # Errors
/// Everything that [`may_edit_project`] lists.
pub fn edit_project(
    actor: &Actor,
    project: &Project,
    projects: &ProjectsOfAccount<'_>,
    wish: ProjectWish,
) -> Result<Project, Refused<ProjectRefusal>> {
    Refused::unless_none(may_edit_project(actor, project, projects))?;
    Ok(Project {
        name: wish.name,
        description: wish.description,
        ..project.clone()
    })
}

/// All reasons why `actor` cannot disable the project (PRJ-2): `resources` are in it now,
/// `confirmed` is the number that the person was shown and agreed to.
#[must_use]
pub fn may_disable_project(
    actor: &Actor,
    project: &Project,
    resources: u32,
    confirmed: Option<u32>,
) -> Vec<ProjectRefusal> {
    let mut failing = Vec::new();
    failing.extend(may_manage(actor));
    if project.is_default {
        failing.push(ProjectRefusal::DefaultProject);
    }
    match project.state {
        ProjectState::Enabled => {}
        ProjectState::Disabled => failing.push(ProjectRefusal::Disabled),
    }
    if confirmed != Some(resources) {
        failing.push(ProjectRefusal::NotConfirmed { resources });
    }
    failing
}

/// Disables a project, with the resources that are in it (PRJ-2).
///
/// # Errors
/// Everything that [`may_disable_project`] lists.
pub fn disable_project(
    _check: &RecentCheck,
    actor: &Actor,
    project: &Project,
    resources: u32,
    confirmed: Option<u32>,
    now: Timestamp,
) -> Result<ProjectStateChanged, Refused<ProjectRefusal>> {
    Refused::unless_none(may_disable_project(actor, project, resources, confirmed))?;
    Ok(ProjectStateChanged {
        id: project.id,
        state: ProjectState::Disabled,
        at: now,
    })
}

/// All reasons why `actor` cannot enable the project (PRJ-3).
#[must_use]
pub fn may_enable_project(actor: &Actor, project: &Project) -> Vec<ProjectRefusal> {
    let mut failing = Vec::new();
    failing.extend(may_manage(actor));
    match project.state {
        ProjectState::Disabled => {}
        ProjectState::Enabled => failing.push(ProjectRefusal::Enabled),
    }
    failing
}

/// Enables a disabled project again; it is no new one, so a frozen account may (PRJ-3).
///
/// # Errors
/// Everything that [`may_enable_project`] lists.
pub fn enable_project(
    actor: &Actor,
    project: &Project,
    now: Timestamp,
) -> Result<ProjectStateChanged, Refused<ProjectRefusal>> {
    Refused::unless_none(may_enable_project(actor, project))?;
    Ok(ProjectStateChanged {
        id: project.id,
        state: ProjectState::Enabled,
        at: now,
    })
}

/// What stands against deleting a project: it is never deleted, only disabled (PRJ-2).
#[must_use]
pub fn may_delete_project() -> Vec<ProjectRefusal> {
    vec![ProjectRefusal::NeverDeleted]
}

/// All reasons why a project in this state cannot be used so (PRJ-4, PRJ-5).
#[must_use]
pub fn may_use_project(state: ProjectState, wanted: ProjectUse) -> Vec<ProjectRefusal> {
    match (state, wanted) {
        // What was spent stays visible, whatever became of the project.
        (ProjectState::Enabled | ProjectState::Disabled, ProjectUse::QuerySpending)
        | (ProjectState::Enabled, ProjectUse::AddResource | ProjectUse::MoveResourceOut) => {
            Vec::new()
        }
        (ProjectState::Disabled, ProjectUse::AddResource) => {
            vec![ProjectRefusal::TakesNoResources]
        }
        (ProjectState::Disabled, ProjectUse::MoveResourceOut) => vec![ProjectRefusal::Disabled],
    }
}

impl Project {
    /// Whether a list shows it: disabled ones only when that is ticked (PRJ-3), and those that the
    /// search finds by name or description.
    #[must_use]
    pub fn is_listed(&self, search: &SearchText, show_disabled: bool) -> bool {
        (show_disabled || self.state == ProjectState::Enabled)
            && (search.is_in(self.name.as_str()) || search.is_in(self.description.as_str()))
    }
}
