//! Who an operator is and what their roles let them do (OPS-1, OPS-2). Must not know passwords.

use serde::{Deserialize, Serialize};

use super::OperatorRefusal;
use crate::account::AccountId;
use crate::verification::DocumentViewer;

/// The serial number of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct OperatorId(pub u32);

/// A role of an operator; one may have several (OPS-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Decides what is in the queues and sees documents.
    Reviewer,
    /// Helps owners: freezes, lifts, looks things up.
    Support,
    /// Runs the desk: raises limits, freezes, lifts, gives roles.
    Administrator,
}

/// Something that an operator does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Approve or reject what is in a queue.
    Decide,
    /// See documents of proof (CHG-13).
    SeeDocuments,
    /// Freeze an account and lift that (OPS-2).
    Freeze,
    /// Raise the limit of an enterprise (OPS-2).
    RaiseLimit,
    /// See an account's audit (OPS-2).
    SeeAudit,
    /// Give and take roles.
    GiveRoles,
}

/// An operator, as loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Who it is.
    pub id: OperatorId,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The accounts that are their own, on which they never decide.
    pub own_accounts: Vec<AccountId>,
}

/// What an operator has proved in this session (OPS-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorSession {
    /// Who gave the right password.
    pub operator: Operator,
    /// They also gave a right code of their MFA device.
    pub mfa_proved: bool,
}

/// An operator who gave password and MFA code; made by [`OperatorSession::on_duty`] only (OPS-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty(Operator);

impl Role {
    /// Whether this role has this duty (OPS-1, OPS-2).
    #[must_use]
    pub const fn has(self, duty: Duty) -> bool {
        match self {
            Self::Reviewer => matches!(duty, Duty::Decide | Duty::SeeDocuments | Duty::SeeAudit),
            Self::Support => matches!(duty, Duty::Freeze | Duty::SeeAudit),
            Self::Administrator => matches!(
                duty,
                Duty::Freeze | Duty::RaiseLimit | Duty::SeeAudit | Duty::GiveRoles
            ),
        }
    }
}

impl OperatorSession {
    /// The proof that this operator may work (OPS-1).
    ///
    /// # Errors
    /// [`OperatorRefusal::MfaMissing`] while only the password was given.
    pub fn on_duty(self) -> Result<OnDuty, OperatorRefusal> {
        if self.mfa_proved {
            Ok(OnDuty(self.operator))
        } else {
            Err(OperatorRefusal::MfaMissing)
        }
    }
}

impl OnDuty {
    /// Who it is.
    #[must_use]
    pub const fn id(&self) -> OperatorId {
        self.0.id
    }

    /// Refuses a duty that none of the roles has (OPS-1).
    #[must_use]
    pub fn may(&self, duty: Duty) -> Option<OperatorRefusal> {
        if self.0.roles.iter().any(|role| role.has(duty)) {
            None
        } else {
            Some(OperatorRefusal::RoleMissing { duty })
        }
    }

    /// As whom this operator asks for a document of proof (CHG-13).
    #[must_use]
    pub fn as_document_viewer(&self) -> DocumentViewer {
        match self.may(Duty::SeeDocuments) {
            None => DocumentViewer::Reviewer,
            Some(_) => DocumentViewer::OtherOperator,
        }
    }

    /// Refuses to act on an account of one's own (OPS-1).
    #[must_use]
    pub fn may_act_on(&self, accounts: &[AccountId]) -> Option<OperatorRefusal> {
        if accounts.iter().any(|id| self.0.own_accounts.contains(id)) {
            Some(OperatorRefusal::OwnAccount)
        } else {
            None
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::verification::may_view_document;

    pub(in crate::operators) fn on_duty(id: u32, roles: &[Role], own: &[AccountId]) -> OnDuty {
        let operator = Operator {
            id: OperatorId(id),
            roles: roles.to_vec(),
            own_accounts: own.to_vec(),
        };
        OperatorSession {
            operator,
            mfa_proved: true,
        }
        .on_duty()
        .unwrap()
    }

    pub(in crate::operators) fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    #[test]
    fn ops_1_password_alone_puts_nobody_on_duty() {
        let operator = Operator {
            id: OperatorId(1),
            roles: vec![Role::Reviewer],
            own_accounts: Vec::new(),
        };
        let session = OperatorSession {
            operator,
            mfa_proved: false,
        };
        assert_eq!(session.on_duty(), Err(OperatorRefusal::MfaMissing));
    }

    #[test]
    fn ops_1_each_role_has_its_duties_and_no_others() {
        let duties = [
            Duty::Decide,
            Duty::SeeDocuments,
            Duty::Freeze,
            Duty::RaiseLimit,
            Duty::SeeAudit,
            Duty::GiveRoles,
        ];
        let of = |role| {
            let operator = on_duty(1, &[role], &[]);
            duties.map(|duty| operator.may(duty).is_none())
        };
        assert_eq!(of(Role::Reviewer), [true, true, false, false, true, false]);
        assert_eq!(of(Role::Support), [false, false, true, false, true, false]);
        assert_eq!(
            of(Role::Administrator),
            [false, false, true, true, true, true]
        );
        assert_eq!(
            on_duty(1, &[], &[]).may(Duty::SeeAudit),
            Some(OperatorRefusal::RoleMissing {
                duty: Duty::SeeAudit
            })
        );
    }

    #[test]
    fn chg_13_reviewers_see_documents_and_administrators_do_not() {
        let sees = |role| may_view_document(on_duty(1, &[role], &[]).as_document_viewer());
        assert!(sees(Role::Reviewer));
        assert!(!sees(Role::Support));
        assert!(!sees(Role::Administrator));
    }

    #[test]
    fn ops_1_an_operator_does_not_act_on_an_account_of_their_own() {
        let operator = on_duty(1, &[Role::Reviewer], &[account(5)]);
        assert_eq!(operator.may_act_on(&[account(4)]), None);
        assert_eq!(
            operator.may_act_on(&[account(4), account(5)]),
            Some(OperatorRefusal::OwnAccount)
        );
    }
}
