//! Where security codes and notices go (CON-8, PRT-6). Must not know what they say.

use super::{CodePurpose, CodeRequest, ConfirmedCode, ContactTarget};
use crate::account::AccountId;
use crate::identity::{Email, PhoneNumber};
use crate::protection::{PassedProof, ProofMethod};
use crate::sign_in::SessionId;

/// The security contacts of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityContacts {
    /// The security phone.
    pub phone: Option<PhoneNumber>,
    /// The security e-mail.
    pub email: Option<Email>,
}

impl SecurityContacts {
    /// Where a security code goes: to the present phone or e-mail and never to a former one (CON-8).
    /// Nowhere for ways of proof that are no code.
    #[must_use]
    pub fn code_target(&self, method: ProofMethod) -> Option<ContactTarget> {
        match method {
            ProofMethod::SecurityPhone => self.phone.clone().map(ContactTarget::Phone),
            ProofMethod::SecurityEmail => self.email.clone().map(ContactTarget::Email),
            ProofMethod::Mfa | ProofMethod::Wechat | ProofMethod::Face => None,
        }
    }

    /// The proof that a code gives in a session, when it was sent for that to the present phone or
    /// e-mail of this account (PRT-4, CON-8).
    #[must_use]
    pub fn proof(
        &self,
        account: AccountId,
        code: &ConfirmedCode,
        session: SessionId,
    ) -> Option<PassedProof> {
        let method = match &code.bound_to().target {
            ContactTarget::Phone(_) => ProofMethod::SecurityPhone,
            ContactTarget::Email(_) => ProofMethod::SecurityEmail,
        };
        let asked = CodeRequest {
            purpose: CodePurpose::ProveOwner,
            account: Some(account),
            target: self.code_target(method)?,
        };
        code.is_for(&asked).then(|| PassedProof {
            session,
            method,
            at: code.at(),
        })
    }

    /// Whether the account is asked for a security phone at its next sign-in, since it has none:
    /// the number was given to somebody else and detached (CON-9).
    #[must_use]
    pub const fn asks_for_phone(&self) -> bool {
        self.phone.is_none()
    }

    fn targets(&self) -> impl Iterator<Item = ContactTarget> {
        let phone = self.phone.clone().map(ContactTarget::Phone);
        phone
            .into_iter()
            .chain(self.email.clone().map(ContactTarget::Email))
    }
}

/// Who is told of a change: security phone and e-mail, and when one of them is what changed, both
/// the old and the new one, each once (PRT-6).
#[must_use]
pub fn notice_targets(before: &SecurityContacts, after: &SecurityContacts) -> Vec<ContactTarget> {
    let mut told: Vec<ContactTarget> = Vec::new();
    for target in before.targets().chain(after.targets()) {
        if !told.contains(&target) {
            told.push(target);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::super::target::examples::{email, phone};
    use super::*;
    use crate::time::Timestamp;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn account() -> AccountId {
        AccountId::from_serial(1).unwrap()
    }

    fn proof(contacts: &SecurityContacts, request: CodeRequest) -> Option<ProofMethod> {
        let code = ConfirmedCode::answered(request, NOW);
        let session = SessionId::new("here");
        let proof = contacts.proof(account(), &code, session.clone())?;
        assert_eq!((proof.session, proof.at), (session, NOW));
        Some(proof.method)
    }

    #[test]
    fn con_8_the_old_number_gets_no_security_codes_and_proves_nothing() {
        let contacts = SecurityContacts {
            phone: Some(phone(8001)),
            email: None,
        };
        assert_eq!(
            contacts.code_target(ProofMethod::SecurityPhone),
            Some(phone(8001).into())
        );
        assert_eq!(contacts.code_target(ProofMethod::SecurityEmail), None);
        assert_eq!(contacts.code_target(ProofMethod::Mfa), None);
        let to = |target: ContactTarget| CodeRequest {
            purpose: CodePurpose::ProveOwner,
            account: Some(account()),
            target,
        };
        let new = proof(&contacts, to(phone(8001).into()));
        assert_eq!(new, Some(ProofMethod::SecurityPhone));
        assert_eq!(proof(&contacts, to(phone(8000).into())), None);
        assert_eq!(proof(&contacts, to(email("security").into())), None);
    }

    #[test]
    fn v_20_only_a_code_for_proving_oneself_proves_the_owner() {
        let contacts = SecurityContacts {
            phone: Some(phone(8000)),
            email: Some(email("security")),
        };
        let request = |purpose, account| CodeRequest {
            purpose,
            account,
            target: email("security").into(),
        };
        let right = request(CodePurpose::ProveOwner, Some(account()));
        assert_eq!(proof(&contacts, right), Some(ProofMethod::SecurityEmail));
        let other_purpose = request(CodePurpose::FindAccount, Some(account()));
        assert_eq!(proof(&contacts, other_purpose), None);
        let nobody = request(CodePurpose::ProveOwner, None);
        assert_eq!(proof(&contacts, nobody), None);
    }

    #[test]
    fn con_9_an_account_without_a_security_phone_is_asked_for_one() {
        let mut contacts = SecurityContacts {
            phone: Some(phone(8000)),
            email: None,
        };
        assert!(!contacts.asks_for_phone());
        contacts.phone = None;
        assert!(contacts.asks_for_phone());
    }

    #[test]
    fn prt_6_phone_and_email_are_told_each_once() {
        let same = SecurityContacts {
            phone: Some(phone(8000)),
            email: Some(email("security")),
        };
        assert_eq!(
            notice_targets(&same, &same),
            [phone(8000).into(), email("security").into()]
        );
        let nobody = SecurityContacts::default();
        assert_eq!(notice_targets(&nobody, &nobody), []);
    }

    #[test]
    fn prt_6_the_old_and_the_new_one_are_told_of_their_own_change() {
        let before = SecurityContacts {
            phone: Some(phone(8000)),
            email: Some(email("security")),
        };
        let after = SecurityContacts {
            phone: Some(phone(8001)),
            ..before.clone()
        };
        assert_eq!(
            notice_targets(&before, &after),
            [
                phone(8000).into(),
                email("security").into(),
                phone(8001).into()
            ]
        );
        let first_email = notice_targets(&SecurityContacts::default(), &before);
        assert_eq!(first_email.len(), 2);
    }
}
