//! What an appeal must bring, per kind and subject (APL-1, APL-4, CON-4). Must not know files.

use serde::{Deserialize, Serialize};

use super::{AppealKind, AppealSubject};
use crate::verification::Region;

/// Something that an appeal must bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppealMaterial {
    /// The account that it is about.
    LoginAccount,
    /// What the owner knows of the account: when it was registered and how, what it is used for.
    AccountData,
    /// A new e-mail that answered a code.
    NewEmail,
    /// A new phone that answered a code.
    NewPhone,
    /// A phone on which the applicant is reached now.
    CurrentPhone,
    /// The verified person's name.
    PersonName,
    /// The verified person's ID number.
    PersonIdNumber,
    /// A face check of the verified person.
    FaceCheck,
    /// Colour scan of the front of the person's ID, held in hand.
    PersonIdFront,
    /// Colour scan of the back of the person's ID, held in hand.
    PersonIdBack,
    /// The verified enterprise's name.
    EnterpriseName,
    /// The verified enterprise's code.
    EnterpriseCode,
    /// The business licence.
    Licence,
    /// The front of the legal representative's ID, held in hand.
    RepresentativeIdFront,
    /// The back of the legal representative's ID, held in hand.
    RepresentativeIdBack,
    /// The applicant's name.
    SubmitterName,
    /// The applicant's ID number.
    SubmitterIdNumber,
    /// The front of the applicant's ID, held in hand.
    SubmitterIdFront,
    /// The back of the applicant's ID, held in hand.
    SubmitterIdBack,
    /// The account information change form.
    ChangeForm,
    /// The authorisation letter; with "change MFA" ticked when MFA is to be lifted (APL-1).
    AuthorisationLetter,
}

/// Everything that an appeal must bring, in the order of its form (APL-1, APL-2, APL-4, CON-4).
///
/// `changes_mfa` is the tick "change MFA" of an appeal to sign in. Where the rule is silent (ours):
/// an unverified account has no papers to compare with, and a person without a resident ID no face.
#[must_use]
pub fn needed_materials(
    kind: AppealKind,
    subject: AppealSubject,
    changes_mfa: bool,
) -> Vec<AppealMaterial> {
    use AppealMaterial as M;
    let mut needed = vec![M::LoginAccount];
    match kind {
        AppealKind::SignIn => needed.extend([M::AccountData, M::NewEmail]),
        AppealKind::SecurityPhone => needed.push(M::NewPhone),
        AppealKind::MfaRemoval => {}
    }
    match (kind, subject) {
        (AppealKind::SignIn | AppealKind::MfaRemoval, AppealSubject::Unverified) => {}
        // Nothing to compare with but what the owner knows; the reviewer weighs it beside the ID.
        (AppealKind::SecurityPhone, AppealSubject::Unverified) => {
            needed.extend([M::AccountData, M::PersonIdFront, M::PersonIdBack]);
        }
        (AppealKind::SignIn | AppealKind::SecurityPhone, AppealSubject::Person { .. }) => {
            needed.extend([M::PersonIdFront, M::PersonIdBack]);
        }
        (AppealKind::MfaRemoval, AppealSubject::Person { region }) => {
            needed.extend([M::PersonName, M::PersonIdNumber]);
            if region == Region::Mainland {
                needed.push(M::FaceCheck);
            }
            needed.extend([M::PersonIdFront, M::PersonIdBack]);
        }
        (AppealKind::SignIn, AppealSubject::Enterprise) => needed.extend([
            M::Licence,
            M::SubmitterIdFront,
            M::SubmitterIdBack,
            M::AuthorisationLetter,
        ]),
        (AppealKind::SecurityPhone, AppealSubject::Enterprise) => needed.extend([
            M::Licence,
            M::RepresentativeIdFront,
            M::RepresentativeIdBack,
            M::SubmitterIdFront,
            M::SubmitterIdBack,
            M::ChangeForm,
        ]),
        (AppealKind::MfaRemoval, AppealSubject::Enterprise) => needed.extend([
            M::EnterpriseName,
            M::EnterpriseCode,
            M::SubmitterName,
            M::SubmitterIdNumber,
            M::SubmitterIdFront,
            M::SubmitterIdBack,
            M::Licence,
            M::RepresentativeIdFront,
            M::RepresentativeIdBack,
        ]),
    }
    if kind == AppealKind::MfaRemoval {
        needed.push(M::CurrentPhone);
    }
    if kind == AppealKind::SignIn && changes_mfa && !needed.contains(&M::AuthorisationLetter) {
        needed.push(M::AuthorisationLetter);
    }
    needed
}

#[cfg(test)]
mod tests {
    use super::*;
    use AppealMaterial as M;

    const PERSON: AppealSubject = AppealSubject::Person {
        region: Region::Mainland,
    };

    #[test]
    fn con_4_a_person_shows_the_id_in_hand_and_an_enterprise_six_papers() {
        let needed = |subject| needed_materials(AppealKind::SecurityPhone, subject, false);
        assert_eq!(
            needed(PERSON),
            [
                M::LoginAccount,
                M::NewPhone,
                M::PersonIdFront,
                M::PersonIdBack
            ]
        );
        assert_eq!(
            needed(AppealSubject::Enterprise),
            [
                M::LoginAccount,
                M::NewPhone,
                M::Licence,
                M::RepresentativeIdFront,
                M::RepresentativeIdBack,
                M::SubmitterIdFront,
                M::SubmitterIdBack,
                M::ChangeForm,
            ]
        );
    }

    #[test]
    fn apl_4_the_removal_of_mfa_needs_everything_that_names_the_subject() {
        let needed = |subject| needed_materials(AppealKind::MfaRemoval, subject, false);
        assert_eq!(
            needed(PERSON),
            [
                M::LoginAccount,
                M::PersonName,
                M::PersonIdNumber,
                M::FaceCheck,
                M::PersonIdFront,
                M::PersonIdBack,
                M::CurrentPhone,
            ]
        );
        assert_eq!(
            needed(AppealSubject::Enterprise),
            [
                M::LoginAccount,
                M::EnterpriseName,
                M::EnterpriseCode,
                M::SubmitterName,
                M::SubmitterIdNumber,
                M::SubmitterIdFront,
                M::SubmitterIdBack,
                M::Licence,
                M::RepresentativeIdFront,
                M::RepresentativeIdBack,
                M::CurrentPhone,
            ]
        );
        let elsewhere = needed(AppealSubject::Person {
            region: Region::HongKongMacauTaiwan,
        });
        assert!(!elsewhere.contains(&M::FaceCheck), "no face check is open");
    }

    #[test]
    fn apl_1_the_letter_is_needed_to_lift_mfa() {
        let needed = |subject, mfa| needed_materials(AppealKind::SignIn, subject, mfa);
        let letter = M::AuthorisationLetter;
        for subject in [AppealSubject::Unverified, PERSON] {
            assert!(!needed(subject, false).contains(&letter));
            assert!(needed(subject, true).contains(&letter));
        }
        let enterprise = needed(AppealSubject::Enterprise, true);
        assert_eq!(enterprise, needed(AppealSubject::Enterprise, false));
        assert_eq!(enterprise.iter().filter(|one| **one == letter).count(), 1);
        for subject in [AppealSubject::Unverified, PERSON, AppealSubject::Enterprise] {
            let materials = needed(subject, false);
            assert!(materials.contains(&M::AccountData) && materials.contains(&M::NewEmail));
        }
    }
}
