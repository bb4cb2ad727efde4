//! Why a change of verification is refused, in words (CHG).

use domain::time::Timestamp;
use domain::verification::change::ChangeRefusal;
use domain::verification::{ClosedBecause, VerificationRefusal};

use super::changes::{ChangeText, proof, step};
use super::{Language, time};

/// Several refusals as one sentence.
#[must_use]
pub fn all(language: Language, refusals: &[ChangeRefusal]) -> String {
    let said: Vec<_> = refusals.iter().map(|one| refusal(language, one)).collect();
    said.join(match language {
        Language::Chinese => "；",
        Language::English => " ",
    })
}

/// Why a change is not made.
#[must_use]
pub fn refusal(language: Language, refusal: &ChangeRefusal) -> String {
    use ChangeRefusal as R;
    let plain = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    match refusal {
        R::NotVerified => plain(
            "账号尚未完成实名认证，请先认证",
            "The account is not verified yet. Verify it first.",
        ),
        R::EnterpriseToPerson => plain(
            "企业账号不能变更为个人",
            "An enterprise's account never becomes a person's.",
        ),
        R::PersonOutsideMainland => plain(
            "只能变更为持有居民身份证的中国大陆居民",
            "The new person has to be a mainland resident with a resident ID card.",
        ),
        R::EnterpriseOutsideMainland => plain(
            "只能变更为在中国大陆登记的企业，其他企业请使用国际站",
            "The new enterprise has to be registered on the mainland; others use the International site.",
        ),
        R::NotAnEnterprise => plain(
            "只有企业账号可以变更名称或法定代表人",
            "Only an enterprise has a name or a legal representative to change.",
        ),
        R::TooSoon { allowed_at } => too_soon(language, *allowed_at),
        R::Arrears => plain(
            "账号有欠费，请先结清",
            "The account owes money. Pay it first.",
        ),
        R::OutstandingAdvance => plain(
            "账号有未结清的垫付款，请先结清",
            "An advance is outstanding. Settle it first.",
        ),
        R::AnotherInReview => plain(
            "另一份变更申请正在办理，请等待完成或先撤回",
            "Another change is on its way. Wait for it, or take it back.",
        ),
        R::CodeIncomplete => plain(
            "登记的企业代码不完整或有误，请先补全统一社会信用代码",
            "The recorded code is incomplete or wrong. Complete it first.",
        ),
        R::DeregistrationRunning => plain(
            "账号正在注销，请先取消注销",
            "The account is being deregistered. Cancel that first.",
        ),
        R::NothingChanges => plain(
            "填写的内容与当前认证相同，没有需要变更的",
            "These are the recorded data; nothing would change.",
        ),
        R::CodeMustStay => plain(
            "变更名称时企业代码必须保持不变；代码不同请选择变更主体",
            "A change of name keeps the code. For another code choose the change of subject.",
        ),
        R::OnlineNeedsBusinessUscc => plain(
            "线上办理仅适用于以 9 开头的 18 位统一社会信用代码；请补全代码，或提交材料办理",
            "The online way needs a unified social credit code that starts with 9. Complete the code, or hand in papers.",
        ),
        R::OnlineNeedsSameSubject => plain(
            "变更主体须提交材料办理",
            "A change of subject needs papers.",
        ),
        R::DissolvedDoesNotFit => plain(
            "该类型的变更不能选择“已注销”",
            "“Dissolved” does not fit this change.",
        ),
        R::ProofMissing { missing } => {
            let names: Vec<_> = missing.iter().map(|of| proof(language, *of)).collect();
            match language {
                Language::Chinese => format!("缺少材料：{}", names.join("、")),
                Language::English => format!("Papers are missing: {}.", names.join("; ")),
            }
        }
        R::ResourcesNotConfirmed => ChangeText::of(language).resources_must.to_owned(),
        R::FormerOwnerNotAgreed => ChangeText::of(language).agree_must.to_owned(),
        R::NewOwnerNotAccepted => plain(
            "新的认证主体还没有接受",
            "The new subject has not accepted yet.",
        ),
        R::NewPersonNeedsFace => plain(
            "需要本人通过人脸识别",
            "The person has to pass a face check of their own.",
        ),
        R::RepresentativeNotRecorded => plain(
            "企业登记信息中没有这位法定代表人，请核对姓名；新登记的企业请在 3 至 7 个工作日后再试",
            "The business register does not know this person as the legal representative. Check the name; with a new registration try again after 3 to 7 business days.",
        ),
        R::MethodClosed { because } => closed(language, *because).to_owned(),
        R::NotInThisState => plain(
            "申请的状态已变化，请刷新后再试",
            "The application has moved on. Look at it again.",
        ),
        R::ReasonsMissing => plain("请填写原因", "A reason is missing."),
        R::StepClosed { open } => match language {
            Language::Chinese => format!("请先完成“{}”", step(language, *open)),
            Language::English => format!("“{}” comes first.", step(language, *open)),
        },
        R::NewSubject { refusal } => new_subject(language, *refusal),
    }
}

fn too_soon(language: Language, allowed_at: Timestamp) -> String {
    let moment = time::beijing(language, allowed_at);
    match language {
        Language::Chinese => format!("距上次认证或变更未满 30 天，{moment}起可以办理"),
        Language::English => {
            format!(
                "Less than 30 days have passed since the last verification or change. It is open from {moment} on."
            )
        }
    }
}

const fn closed(language: Language, because: ClosedBecause) -> &'static str {
    let (chinese, english) = match because {
        ClosedBecause::PublicInstitution => (
            "事业单位等机构不能由法定代表人人脸识别认证，请联系客服",
            "Public institutions cannot be verified by their representative's face. Contact support.",
        ),
        ClosedBecause::ForeignLegalRepresentative => (
            "法定代表人没有居民身份证，不能人脸识别认证，请联系客服",
            "A legal representative without a resident ID cannot be checked by face. Contact support.",
        ),
        ClosedBecause::ForEnterprises
        | ClosedBecause::ForPersons
        | ClosedBecause::HongKongMacauTaiwan
        | ClosedBecause::OtherSite => ("该方式不适用", "This way does not fit."),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Why the new subject cannot be verified (VER-2, VER-4, ENT-1).
fn new_subject(language: Language, refusal: VerificationRefusal) -> String {
    use VerificationRefusal as R;
    match (language, refusal) {
        (Language::Chinese, R::PersonPlacesTaken { limit }) => {
            format!("新的认证人已认证 {limit} 个账号，达到上限；请先变更或注销其中一个")
        }
        (Language::English, R::PersonPlacesTaken { limit }) => format!(
            "The new person verifies {limit} accounts already, as many as there may be. Change or deregister one of them first."
        ),
        (Language::Chinese, R::EnterprisePlacesTaken { limit }) => {
            format!("该企业已认证 {limit} 个账号，达到上限；请联系客户经理提高上限")
        }
        (Language::English, R::EnterprisePlacesTaken { limit }) => format!(
            "The enterprise verifies {limit} accounts already, as many as it may. Its account manager can have that raised."
        ),
        (Language::Chinese, R::TooYoung { adult_from }) => {
            let moment = time::beijing(language, adult_from);
            format!("新的认证人未满 18 周岁，{moment}起可以认证")
        }
        (Language::English, R::TooYoung { adult_from }) => {
            let moment = time::beijing(language, adult_from);
            format!("The new person is under 18 and can be verified from {moment} on.")
        }
        (Language::Chinese, _) => "新的认证主体目前不能认证".to_owned(),
        (Language::English, _) => "The new subject cannot be verified now.".to_owned(),
    }
}
