//! What can be chosen in the form, as the words that its inputs know it by. Does not know how it is shown.

use domain::identity::IdDocumentKind;
use domain::verification::{EnterpriseKind, Method};

use crate::paths;

/// The kinds of licence that a form offers, in its order.
pub(super) const KINDS: [EnterpriseKind; 3] = [
    EnterpriseKind::Company,
    EnterpriseKind::PublicInstitution,
    EnterpriseKind::OtherOrganisation,
];

/// The documents of a representative that a form offers, in its order.
pub(super) const DOCUMENTS: [IdDocumentKind; 4] = [
    IdDocumentKind::ResidentId,
    IdDocumentKind::HkMacauPermit,
    IdDocumentKind::TaiwanPermit,
    IdDocumentKind::Passport,
];

/// The word that an input knows a kind by.
pub(super) const fn kind_word(kind: EnterpriseKind) -> &'static str {
    match kind {
        EnterpriseKind::Company => "company",
        EnterpriseKind::PublicInstitution => "institution",
        EnterpriseKind::OtherOrganisation => "other",
    }
}

/// The kind that an input knows by this word.
pub(super) fn parse_kind(word: &str) -> Option<EnterpriseKind> {
    KINDS.into_iter().find(|kind| kind_word(*kind) == word)
}

/// The word that an input knows a document by.
pub(super) const fn document_word(kind: IdDocumentKind) -> &'static str {
    match kind {
        IdDocumentKind::ResidentId => "resident",
        IdDocumentKind::ResidencePermit => "residence",
        IdDocumentKind::HkMacauPermit => "hk-macau",
        IdDocumentKind::TaiwanPermit => "taiwan",
        IdDocumentKind::Passport => "passport",
    }
}

/// The document that an input knows by this word.
pub(super) fn parse_document(word: &str) -> IdDocumentKind {
    DOCUMENTS
        .into_iter()
        .find(|kind| document_word(*kind) == word)
        .unwrap_or(IdDocumentKind::ResidentId)
}

/// The word that an input knows a method by.
pub(super) const fn method_word(method: Method) -> &'static str {
    match method {
        Method::WechatScan => "wechat",
        Method::Face => "face",
        Method::QqScan => "qq",
        Method::OfficialAccount => "official",
        Method::LegalRepresentativeWechat => "representative-wechat",
        Method::LegalRepresentativeFace => "representative-face",
        Method::TopUp => "top-up",
        Method::BankTransfer => "transfer",
    }
}

/// The method that an input knows by this word.
pub(super) fn parse_method(word: &str) -> Option<Method> {
    Method::ALL
        .into_iter()
        .find(|method| method_word(*method) == word)
}

/// The page of a method that has one of its own.
pub(super) const fn method_page(method: Method) -> Option<&'static str> {
    match method {
        Method::OfficialAccount => Some(paths::verification_official()),
        Method::TopUp => Some(paths::verification_top_up()),
        Method::BankTransfer => Some(paths::verification_transfer()),
        _ => None,
    }
}
