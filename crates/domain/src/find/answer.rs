//! What a search may tell, before and after a proof of possession (FND-2 to FND-8). Must not know
//! how accounts are looked up.

use serde::{Deserialize, Serialize};

use crate::account::{AccountId, AccountStanding, Site};
use crate::contacts::{CodePurpose, ConfirmedCode, ContactTarget};
use crate::identity::PhoneNumber;
use crate::login_methods::LoginMethodKind;
use crate::masked::Masked;

/// What was searched for, as far as it decides who may see the answer.
#[derive(Clone, Copy, Debug)]
pub enum Searched<'a> {
    /// The accounts of this security phone (FND-2).
    Phone(&'a PhoneNumber),
    /// One account, by its id (FND-3).
    AccountId {
        /// The phone that the account has, if it exists and has one.
        security_phone: Option<&'a PhoneNumber>,
    },
    /// The account of a domain, server or filing (FND-4).
    Asset,
    /// The accounts verified with a person's document (FND-6).
    Person,
    /// The accounts verified with an enterprise's code (FND-7).
    Enterprise,
}

/// What the searcher has proved.
#[derive(Clone, Copy, Debug)]
pub enum Possession<'a> {
    /// Nothing.
    Nothing,
    /// A phone answered a code.
    Code(&'a ConfirmedCode),
    /// The face of the person who was named, or whose account it is, matched.
    Face,
    /// The face of the enterprise's legal representative matched.
    LegalRepresentativeFace,
    /// A reviewer approved the enterprise's search.
    Approved,
}

/// How much of what was found is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disclosure {
    /// Nothing: the answer is the same whether something was found or not (FND-5).
    Nothing,
    /// The masked account ids (FND-4).
    Accounts,
    /// The masked account ids with their login methods (FND-2, FND-3, FND-6, FND-7).
    AccountsAndMethods,
}

/// An account that was found, as loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundAccount {
    /// Its id.
    pub account: AccountId,
    /// The site it belongs to.
    pub site: Site,
    /// Whether it still exists.
    pub standing: AccountStanding,
    /// Its login methods.
    pub methods: Vec<ShownMethod>,
}

/// A login method as others may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownMethod {
    /// Its kind.
    pub kind: LoginMethodKind,
    /// The address or name, masked, when there is one to show.
    pub identity: Option<Masked>,
}

/// An account as the searcher sees it: masked, always (FND-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownAccount {
    /// The masked id.
    pub account: Masked,
    /// The login methods; nothing when they are not told.
    pub methods: Vec<ShownMethod>,
    /// Where to go from here (FND-8).
    pub next: Vec<FoundStep>,
}

/// Where to go with an account that was found (FND-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FoundStep {
    /// Sign in with one of its login methods.
    SignIn,
    /// Set a new password (SGN-7).
    ResetPassword,
    /// Appeal (APL).
    Appeal,
}

/// How much this proof opens of this search (FND-2 to FND-7).
///
/// A code counts only when it was sent for finding, and only for its own phone; for an account id
/// that must be the phone that the account has.
#[must_use]
pub fn disclosure(searched: Searched<'_>, possession: Possession<'_>) -> Disclosure {
    let is_proved = match (searched, possession) {
        (Searched::Asset, _) => return Disclosure::Accounts,
        (Searched::Phone(phone), Possession::Code(code)) => answers(code, phone),
        (Searched::AccountId { security_phone }, Possession::Code(code)) => {
            security_phone.is_some_and(|phone| answers(code, phone))
        }
        (Searched::AccountId { .. } | Searched::Person, Possession::Face)
        | (Searched::Enterprise, Possession::LegalRepresentativeFace | Possession::Approved) => {
            true
        }
        (
            Searched::Phone(_)
            | Searched::AccountId { .. }
            | Searched::Person
            | Searched::Enterprise,
            _,
        ) => false,
    };
    if is_proved {
        Disclosure::AccountsAndMethods
    } else {
        Disclosure::Nothing
    }
}

fn answers(code: &ConfirmedCode, phone: &PhoneNumber) -> bool {
    let bound_to = code.bound_to();
    bound_to.purpose == CodePurpose::FindAccount
        && matches!(&bound_to.target, ContactTarget::Phone(answered) if answered == phone)
}

/// What the searcher sees of the accounts found, on this site only and without those that are gone
/// (FND-5, ACC-5, DRG-6). Their number also answers to how many accounts a phone is bound (FND-2).
#[must_use]
pub fn show_accounts(
    disclosure: Disclosure,
    site: Site,
    found: &[FoundAccount],
) -> Vec<ShownAccount> {
    let with_methods = match disclosure {
        Disclosure::Nothing => return Vec::new(),
        Disclosure::Accounts => false,
        Disclosure::AccountsAndMethods => true,
    };
    let mut visible: Vec<_> = found
        .iter()
        .filter(|account| account.standing.refusal().is_none())
        .filter(|account| site.may_reach(account.site).is_none())
        .collect();
    visible.sort_by_key(|account| account.account);
    visible
        .into_iter()
        .map(|account| {
            let methods = if with_methods {
                account.methods.clone()
            } else {
                Vec::new()
            };
            ShownAccount {
                account: account.account.masked(),
                next: next_steps(&methods, with_methods),
                methods,
            }
        })
        .collect()
}

/// Sign-in, password reset, appeal; of an account whose methods are not told all are offered, so
/// that the offer does not tell them (FND-8, FND-5).
fn next_steps(methods: &[ShownMethod], are_told: bool) -> Vec<FoundStep> {
    let has_password = methods
        .iter()
        .any(|method| method.kind == LoginMethodKind::Email);
    let mut steps = Vec::new();
    if !are_told || !methods.is_empty() {
        steps.push(FoundStep::SignIn);
    }
    if !are_told || has_password {
        steps.push(FoundStep::ResetPassword);
    }
    steps.push(FoundStep::Appeal);
    steps
}

/// What happens when somebody typed an account id and its security phone (FND-3): the page asks for
/// the code in either case, and a code is sent only when both belong together, so that neither is
/// told (FND-5).
#[must_use]
pub fn sends_find_code(security_phone: Option<&PhoneNumber>, typed: &PhoneNumber) -> bool {
    security_phone == Some(typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::CodeRequest;
    use crate::time::Timestamp;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn phone(typed: &str) -> PhoneNumber {
        PhoneNumber::parse(typed).unwrap()
    }

    fn code(purpose: CodePurpose, typed: &str) -> ConfirmedCode {
        let request = CodeRequest {
            purpose,
            account: None,
            target: phone(typed).into(),
        };
        ConfirmedCode::answered(request, NOW)
    }

    fn found(serial: u32) -> FoundAccount {
        FoundAccount {
            account: AccountId::from_serial(serial).unwrap(),
            site: Site::China,
            standing: AccountStanding::Open,
            methods: vec![ShownMethod {
                kind: LoginMethodKind::Wechat,
                identity: None,
            }],
        }
    }

    fn show(disclosure: Disclosure, found: &[FoundAccount]) -> Vec<ShownAccount> {
        show_accounts(disclosure, Site::China, found)
    }

    #[test]
    fn fnd_2_a_code_to_the_phone_lists_its_accounts_with_methods() {
        let mine = phone("13800138000");
        let searched = Searched::Phone(&mine);
        let answered = code(CodePurpose::FindAccount, "13800138000");
        let told = disclosure(searched, Possession::Code(&answered));
        let shown = show(told, &[found(22_345_678), found(12_345_678)]);
        let ids: Vec<_> = shown.iter().map(|one| one.account.as_str()).collect();
        assert_eq!(ids, ["1000****5678", "1000****5678"]);
        assert!(shown.iter().all(|one| one.methods.len() == 1));
        for other in [
            code(CodePurpose::FindAccount, "13900139000"),
            code(CodePurpose::ResetPassword, "13800138000"),
        ] {
            assert_eq!(
                disclosure(searched, Possession::Code(&other)),
                Disclosure::Nothing
            );
        }
    }

    #[test]
    fn fnd_3_an_account_id_tells_its_methods_only_to_its_own_phone_or_face() {
        let own = phone("13800138000");
        let searched = Searched::AccountId {
            security_phone: Some(&own),
        };
        let told = |searched, possession| disclosure(searched, possession);
        let answered = code(CodePurpose::FindAccount, "13800138000");
        let other = code(CodePurpose::FindAccount, "13900139000");
        let all = Disclosure::AccountsAndMethods;
        assert_eq!(told(searched, Possession::Code(&answered)), all);
        assert_eq!(told(searched, Possession::Face), all);
        assert_eq!(
            told(searched, Possession::Code(&other)),
            Disclosure::Nothing
        );
        let nobody = Searched::AccountId {
            security_phone: None,
        };
        assert_eq!(
            told(nobody, Possession::Code(&answered)),
            Disclosure::Nothing
        );
        assert!(sends_find_code(Some(&own), &own));
        assert!(!sends_find_code(Some(&own), &phone("13900139000")));
        assert!(!sends_find_code(None, &own));
    }

    #[test]
    fn fnd_4_an_asset_tells_the_masked_account_and_nothing_more() {
        let shown = show(
            disclosure(Searched::Asset, Possession::Nothing),
            &[found(12_345_678)],
        );
        assert_eq!(shown[0].account.as_str(), "1000****5678");
        assert_eq!(shown[0].methods, []);
        assert_eq!(
            shown[0].next,
            [
                FoundStep::SignIn,
                FoundStep::ResetPassword,
                FoundStep::Appeal
            ]
        );
    }

    #[test]
    fn fnd_5_without_a_proof_the_answer_is_the_same_found_or_not() {
        let mine = phone("13800138000");
        for searched in [
            Searched::Phone(&mine),
            Searched::AccountId {
                security_phone: Some(&mine),
            },
            Searched::Person,
            Searched::Enterprise,
        ] {
            let told = disclosure(searched, Possession::Nothing);
            assert_eq!(show(told, &[found(1), found(2)]), show(told, &[]));
        }
    }

    #[test]
    fn fnd_5_even_with_a_proof_only_masked_data_leave() {
        let shown = show(Disclosure::AccountsAndMethods, &[found(12_345_678)]);
        let wire = serde_json::to_string(&shown).unwrap();
        assert!(!wire.contains("12345678"), "{wire}");
    }

    #[test]
    fn acc_5_drg_6_accounts_of_the_other_site_and_gone_ones_are_not_found() {
        let elsewhere = FoundAccount {
            site: Site::International,
            ..found(1)
        };
        let gone = FoundAccount {
            standing: AccountStanding::Deregistered { at: NOW },
            ..found(2)
        };
        assert_eq!(show(Disclosure::AccountsAndMethods, &[elsewhere, gone]), []);
    }

    #[test]
    fn fnd_6_a_person_is_found_by_face() {
        assert_eq!(
            disclosure(Searched::Person, Possession::Face),
            Disclosure::AccountsAndMethods
        );
        let answered = code(CodePurpose::FindAccount, "13800138000");
        assert_eq!(
            disclosure(Searched::Person, Possession::Code(&answered)),
            Disclosure::Nothing
        );
    }

    #[test]
    fn fnd_7_an_enterprise_is_found_by_its_representatives_face_or_after_review() {
        let told = |possession| disclosure(Searched::Enterprise, possession);
        let all = Disclosure::AccountsAndMethods;
        assert_eq!(told(Possession::LegalRepresentativeFace), all);
        assert_eq!(told(Possession::Approved), all);
        assert_eq!(told(Possession::Face), Disclosure::Nothing);
    }

    #[test]
    fn fnd_8_what_was_found_leads_to_signing_in_a_new_password_or_an_appeal() {
        let next = |methods: &[LoginMethodKind]| {
            let account = FoundAccount {
                methods: methods
                    .iter()
                    .map(|kind| ShownMethod {
                        kind: *kind,
                        identity: None,
                    })
                    .collect(),
                ..found(1)
            };
            show(Disclosure::AccountsAndMethods, &[account])
                .remove(0)
                .next
        };
        assert_eq!(
            next(&[LoginMethodKind::Email]),
            [
                FoundStep::SignIn,
                FoundStep::ResetPassword,
                FoundStep::Appeal
            ]
        );
        assert_eq!(
            next(&[LoginMethodKind::Qq]),
            [FoundStep::SignIn, FoundStep::Appeal]
        );
        assert_eq!(next(&[]), [FoundStep::Appeal]);
    }
}
