//! What a WeCom administrator does so that WeCom can be bound (WCM-1). Knows the order of the
//! steps; does not know their wording.

use serde::{Deserialize, Serialize};

/// One step of the guide for the administrator, which can be sent to them as a link (WCM-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WecomGuideStep {
    /// Open WeCom.
    OpenWecom,
    /// Workbench.
    Workbench,
    /// Manage company.
    ManageCompany,
    /// App management.
    AppManagement,
    /// The platform's enterprise service.
    EnterpriseService,
    /// Authorisation mode.
    AuthorisationMode,
    /// "Administrator authorises".
    AdministratorAuthorises,
    /// Visible range.
    VisibleRange,
    /// Choose the members.
    ChooseMembers,
    /// Agree and add.
    AgreeAndAdd,
    /// Bind again: the owner's page goes on by itself once it works.
    BindAgain,
}

impl WecomGuideStep {
    /// The guide, in order (WCM-1).
    pub const ALL: [Self; 11] = [
        Self::OpenWecom,
        Self::Workbench,
        Self::ManageCompany,
        Self::AppManagement,
        Self::EnterpriseService,
        Self::AuthorisationMode,
        Self::AdministratorAuthorises,
        Self::VisibleRange,
        Self::ChooseMembers,
        Self::AgreeAndAdd,
        Self::BindAgain,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wcm_1_the_guide_ends_with_binding_again() {
        let place = |step| WecomGuideStep::ALL.iter().position(|other| *other == step);
        assert_eq!(place(WecomGuideStep::OpenWecom), Some(0));
        assert!(place(WecomGuideStep::AuthorisationMode) < place(WecomGuideStep::VisibleRange));
        assert!(place(WecomGuideStep::ChooseMembers) < place(WecomGuideStep::AgreeAndAdd));
        assert_eq!(WecomGuideStep::ALL.last(), Some(&WecomGuideStep::BindAgain));
    }
}
