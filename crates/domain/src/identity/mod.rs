//! Values that name a person, an organisation or a way to reach them.
//!
//! Each is parsed once, at the edge; a parsed value is normalised and is never checked again.
//! This room must not know why a value is wanted.

mod amount;
mod bank;
mod document;
mod domain_name;
mod eighteen;
mod email;
mod enterprise_code;
mod enterprise_name;
mod han;
mod icp_filing;
mod label;
mod organisation_code;
mod passport;
mod permit;
mod person_name;
mod phone;
mod place;
mod punycode;
mod residence_permit;
mod resident_id;
mod server_ip;
mod text;
mod uscc;
pub(crate) mod value;

pub use amount::{AmountProblem, Fen, TransferAmount};
pub use bank::{
    BankBranch, BankBranchProblem, BankCard, BankCardWarning, BankNumberProblem, CorporateAccount,
};
pub use document::{IdDocument, IdDocumentKind, IdDocumentProblem};
pub use domain_name::{DomainName, DomainNameProblem};
pub use email::{Email, EmailProblem};
pub use enterprise_code::{EnterpriseCode, EnterpriseCodeProblem};
pub use enterprise_name::{EnterpriseName, EnterpriseNameProblem};
pub use icp_filing::{IcpFiling, IcpFilingProblem};
pub use label::{LabelProblem, OperatorName, ProjectDescription, ProjectName, SubUserName};
pub use organisation_code::OrganisationCode;
pub use passport::Passport;
pub use permit::{HkMacauPermit, TaiwanPermit};
pub use person_name::{NameScript, PersonName, PersonNameProblem};
pub use phone::{PhoneNumber, PhoneNumberProblem};
pub use place::HkMacauTaiwan;
pub use residence_permit::ResidencePermit;
pub use resident_id::{Province, ResidentId};
pub use server_ip::{ServerIp, ServerIpProblem};
pub use text::clean;
pub(crate) use text::{compact, length};
pub use uscc::{OrganisationKind, Uscc};
