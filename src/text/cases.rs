//! The words of what the operators decide: what a case is about, its lines, documents, findings, and what
//! can be wrong with them.

use contract::operators::{CaseAbout, CaseFieldName, CaseFinding, CaseItem};
use domain::verification::change::{ChangeRefusal, ReviewItem, ReviewReason};

use super::{Language, change_refusals, changes};

/// What a case is about.
#[must_use]
pub const fn about(language: Language, about: &CaseAbout) -> &'static str {
    match about {
        CaseAbout::VerificationChange { kind, .. } => changes::kind(language, *kind),
    }
}

/// Why a case's area does not carry out what was decided.
#[must_use]
pub fn refusal(language: Language, refusal: &ChangeRefusal) -> String {
    change_refusals::refusal(language, refusal)
}

/// The name of a line of the comparison.
#[must_use]
pub const fn field(language: Language, field: CaseFieldName) -> &'static str {
    match (language, field) {
        (Language::Chinese, CaseFieldName::PersonName) => "姓名",
        (Language::English, CaseFieldName::PersonName) => "Name",
        (Language::Chinese, CaseFieldName::PersonDocument) => "证件号码",
        (Language::English, CaseFieldName::PersonDocument) => "Document number",
        (Language::Chinese, CaseFieldName::EnterpriseName) => "企业名称",
        (Language::English, CaseFieldName::EnterpriseName) => "Enterprise name",
        (Language::Chinese, CaseFieldName::EnterpriseCode) => "统一社会信用代码",
        (Language::English, CaseFieldName::EnterpriseCode) => "Enterprise code",
        (Language::Chinese, CaseFieldName::LegalRepresentativeName) => "法定代表人姓名",
        (Language::English, CaseFieldName::LegalRepresentativeName) => {
            "Legal representative's name"
        }
        (Language::Chinese, CaseFieldName::LegalRepresentativeDocument) => "法定代表人证件号码",
        (Language::English, CaseFieldName::LegalRepresentativeDocument) => {
            "Legal representative's document number"
        }
        (Language::Chinese, CaseFieldName::PostalAddress) => "邮寄地址",
        (Language::English, CaseFieldName::PostalAddress) => "Postal address",
    }
}

/// Something that was found on the way.
#[must_use]
pub const fn finding(language: Language, finding: CaseFinding) -> &'static str {
    match (language, finding) {
        (Language::Chinese, CaseFinding::RegisterMatches) => "登记信息与名称、代码一致",
        (Language::English, CaseFinding::RegisterMatches) => {
            "The register knows name and code together"
        }
        (Language::Chinese, CaseFinding::RegisterUnknown) => "登记信息中没有这家企业",
        (Language::English, CaseFinding::RegisterUnknown) => {
            "The register knows no such enterprise"
        }
        (Language::Chinese, CaseFinding::RegisterOtherName) => "登记信息中该代码属于其他名称",
        (Language::English, CaseFinding::RegisterOtherName) => {
            "The register knows the code under another name"
        }
        (Language::Chinese, CaseFinding::RegisterOtherRepresentative) => {
            "登记信息中的法定代表人不同"
        }
        (Language::English, CaseFinding::RegisterOtherRepresentative) => {
            "The register knows another legal representative"
        }
        (Language::Chinese, CaseFinding::RegisterDissolved) => "登记信息显示企业已注销",
        (Language::English, CaseFinding::RegisterDissolved) => {
            "The register says that the enterprise is dissolved"
        }
        (Language::Chinese, CaseFinding::RegisterSilent) => "暂时无法查询登记信息",
        (Language::English, CaseFinding::RegisterSilent) => "The register could not be asked",
        (Language::Chinese, CaseFinding::FormerAgreed) => "原主体已同意",
        (Language::English, CaseFinding::FormerAgreed) => "The former owner has agreed",
        (Language::Chinese, CaseFinding::FormerNotAgreed) => "原主体尚未同意",
        (Language::English, CaseFinding::FormerNotAgreed) => "The former owner has not agreed yet",
        (Language::Chinese, CaseFinding::NewAccepted) => "新主体已接受",
        (Language::English, CaseFinding::NewAccepted) => "The new subject has accepted",
        (Language::Chinese, CaseFinding::NewNotAccepted) => "新主体尚未接受",
        (Language::English, CaseFinding::NewNotAccepted) => "The new subject has not accepted yet",
    }
}

/// What a reason for rejecting is about.
#[must_use]
pub const fn item(language: Language, item: CaseItem) -> &'static str {
    match item {
        CaseItem::VerificationChange(ReviewItem::Proof(proof)) => changes::proof(language, proof),
        CaseItem::VerificationChange(ReviewItem::Field(field)) => changes::field(language, field),
    }
}

/// What is wrong with an item.
#[must_use]
pub const fn reason(language: Language, reason: ReviewReason) -> &'static str {
    match (language, reason) {
        (Language::Chinese, ReviewReason::Unreadable) => "无法辨认",
        (Language::English, ReviewReason::Unreadable) => "It cannot be read",
        (Language::Chinese, ReviewReason::Incomplete) => "不完整",
        (Language::English, ReviewReason::Incomplete) => "A part of it is missing",
        (Language::Chinese, ReviewReason::Expired) => "已过有效期",
        (Language::English, ReviewReason::Expired) => "It has expired",
        (Language::Chinese, ReviewReason::DoesNotMatch) => "与其他信息不一致",
        (Language::English, ReviewReason::DoesNotMatch) => "It does not agree with the rest",
        (Language::Chinese, ReviewReason::NotRecorded) => "登记信息中查不到",
        (Language::English, ReviewReason::NotRecorded) => "The register does not know it",
        (Language::Chinese, ReviewReason::NotStamped) => "未签字或盖章",
        (Language::English, ReviewReason::NotStamped) => "It is not signed or stamped",
        (Language::Chinese, ReviewReason::RestrictedToOtherUse) => "注明的用途不是本平台认证",
        (Language::English, ReviewReason::RestrictedToOtherUse) => {
            "Its usage restriction does not name this platform"
        }
        (Language::Chinese, ReviewReason::WrongDocument) => "不是要求的材料",
        (Language::English, ReviewReason::WrongDocument) => "It is another document",
        (Language::Chinese, ReviewReason::Other) => "其他（请填写说明）",
        (Language::English, ReviewReason::Other) => "Something else, said in the note",
    }
}
