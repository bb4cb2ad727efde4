//! Getting resources out of a disabled project (PRJ-4). Knows the order; does not know consoles.

use serde::{Deserialize, Serialize};

use super::ProjectState;

/// One step of moving resources out of a disabled project, in order (PRJ-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RelocationStep {
    /// Enable the project.
    Enable,
    /// Move what is in it to another project, in the product's console.
    MoveResources,
    /// Disable it again.
    DisableAgain,
}

/// How far one step of a guide is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepProgress {
    /// Done.
    Done,
    /// The one to do now.
    Now,
    /// After the others.
    Later,
}

/// What of a product lies in a project (PRJ-4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductCount {
    /// The platform's short name of the product, whose console the page links to.
    pub product: String,
    /// How many of its resources lie in the project.
    pub resources: u32,
}

/// The guide of a project as it stands now (PRJ-4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelocationGuide {
    /// The steps, in order; all done when nothing is left in the disabled project.
    pub steps: [(RelocationStep, StepProgress); 3],
    /// What is still in it, product by product; products with nothing are left out.
    pub left: Vec<ProductCount>,
}

impl RelocationGuide {
    /// The step to do now; none when all is done.
    #[must_use]
    pub fn now(&self) -> Option<RelocationStep> {
        self.steps
            .iter()
            .find(|(_, progress)| *progress == StepProgress::Now)
            .map(|(step, _)| *step)
    }
}

/// Computes the guide from what is so now, so that it goes on wherever the person is (PRJ-4).
///
/// Meant for a project that its owner has begun to clear out; of any other enabled and empty one it
/// would say to disable it, also of the default project, which nobody can disable.
#[must_use]
pub fn relocation_guide(state: ProjectState, counts: &[ProductCount]) -> RelocationGuide {
    use StepProgress::{Done, Later, Now};
    let left: Vec<_> = counts
        .iter()
        .filter(|count| count.resources > 0)
        .cloned()
        .collect();
    let [enable, move_out, disable] = match (state, left.is_empty()) {
        (ProjectState::Disabled, false) => [Now, Later, Later],
        (ProjectState::Enabled, false) => [Done, Now, Later],
        (ProjectState::Enabled, true) => [Done, Done, Now],
        (ProjectState::Disabled, true) => [Done, Done, Done],
    };
    RelocationGuide {
        steps: [
            (RelocationStep::Enable, enable),
            (RelocationStep::MoveResources, move_out),
            (RelocationStep::DisableAgain, disable),
        ],
        left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(servers: u32) -> Vec<ProductCount> {
        let count = |product: &str, resources| ProductCount {
            product: product.to_owned(),
            resources,
        };
        vec![count("server", servers), count("storage", 0)]
    }

    #[test]
    fn prj_4_the_guide_leads_from_enabling_to_disabling_again() {
        let now = |state, servers| relocation_guide(state, &counts(servers)).now();
        assert_eq!(now(ProjectState::Disabled, 2), Some(RelocationStep::Enable));
        assert_eq!(
            now(ProjectState::Enabled, 2),
            Some(RelocationStep::MoveResources)
        );
        assert_eq!(
            now(ProjectState::Enabled, 0),
            Some(RelocationStep::DisableAgain)
        );
        assert_eq!(now(ProjectState::Disabled, 0), None);
    }

    #[test]
    fn prj_4_the_counts_name_only_products_with_something_left() {
        let guide = relocation_guide(ProjectState::Disabled, &counts(2));
        assert_eq!(guide.left, counts(2)[..1]);
        assert_eq!(relocation_guide(ProjectState::Enabled, &counts(0)).left, []);
    }
}
