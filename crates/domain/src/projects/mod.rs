//! Projects (项目管理): how an account sorts its resources. Must not know what is in them.

mod policy;
mod project;
mod refusal;
mod relocate;
#[cfg(test)]
mod tests;

pub use policy::ProjectPolicy;
pub use project::{
    Project, ProjectCreated, ProjectId, ProjectState, ProjectStateChanged, ProjectUse, ProjectWish,
    ProjectsOfAccount, create_project, disable_project, edit_project, enable_project,
    may_create_project, may_delete_project, may_disable_project, may_edit_project,
    may_enable_project, may_use_project,
};
pub use refusal::ProjectRefusal;
pub use relocate::{ProductCount, RelocationGuide, RelocationStep, StepProgress, relocation_guide};
