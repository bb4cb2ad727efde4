//! The sentences of real-name verification: methods, what they need, why one is closed or failed, and
//! every refusal of the area (VER, ENT).

use domain::time::Timestamp;
use domain::verification::{
    ClaimProblem, ClosedBecause, EnterpriseKind, FailureReason, Method, Need, ProcessingTime,
    Subject, SubjectEvent, VerificationRefusal, VerifiedAction, WayOut,
};

use super::{Language, catalogue, time};

catalogue! {
    /// The page of what stands, the page for persons, the banner.
    VerificationText {
        title: "实名认证", "Verification";
        lead: "证明账号属于谁。购买、使用云资源和开票等需要先完成实名认证。", "Who the account belongs to. Buying, using resources, invoices and more need it.";
        status: "认证状态", "Status";
        subject: "认证主体", "Subject";
        name: "姓名或名称", "Name";
        number: "证件号码或代码", "Number or code";
        kind: "类型", "Kind";
        representative: "法定代表人", "Legal representative";
        handler: "经办人", "Handled by";
        handler_hint: "经办人不能更改。", "This cannot be changed.";
        address: "通信地址", "Postal address";
        method: "认证方式", "Method";
        by_paper: "材料审核", "Documents, reviewed";
        since: "认证时间", "Since";
        reveal: "显示完整信息", "Show in full";
        hide: "隐藏", "Hide";
        revealing: "正在获取…", "Fetching…";
        stays: "认证通过后不能取消，只能变更主体；换主体后，原主体的名额立即释放。", "A verification cannot be taken back. The subject can be changed, which frees the former one's place at once.";
        inherited: "子用户使用主账号的实名认证，无需单独认证。", "A sub-user has the verification of its root account and needs none of its own.";
        closed_title: "账号未实名认证，暂时不能：", "Without verification the account cannot:";
        history: "认证记录", "History";
        no_history: "还没有认证记录。", "Nothing has happened yet.";
        at: "时间", "When";
        event: "事项", "What";
        who: "主体", "Subject";
        persons: "个人认证", "As a person";
        persons_hint: "账号属于您本人时选择。三种方式都即时完成。", "When the account is your own. Every method is done at once.";
        start_person: "开始个人认证", "Verify as a person";
        needs: "需要准备", "What is needed";
        takes: "所需时间", "How long it takes";
        for_whom: "适用对象", "For whom";
        everybody: "内地居民", "Mainland residents";
        everybody_and_permits: "内地及港澳台居民", "Residents of the mainland, Hong Kong, Macau and Taiwan";
        choose: "选择", "Choose";
        not_here: "本平台未接入", "Not offered here";
        recommended: "推荐", "Recommended";
        best: "最快", "Fastest for you";
        from_where: "您的证件", "Your document";
        no_card: "证件不在手边", "No ID card at hand";
        methods: "认证方式对比", "The methods compared";
        phone_missing: "需要先绑定安全手机。", "Bind a security phone first.";
        phone_any: "联系手机可以与安全手机不同，认证只看安全手机。", "The contact phone may be another one; only the security phone counts.";
        bind_phone: "绑定安全手机", "Bind a security phone";
        person_title: "个人实名认证", "Verify as a person";
        person_lead: "请按证件填写。未满 18 周岁不能认证，同一证件最多认证 3 个账号。", "Exactly as on the document. One must be 18 or older, and one document verifies at most 3 accounts.";
        document: "证件类型", "Document";
        enterprises: "企业认证", "As an enterprise";
        enterprises_hint: "账号属于公司、事业单位或其他组织时选择。", "When the account is a company's, an institution's or another organisation's.";
        enterprises_go: "办理企业认证", "Verify an enterprise";
        enterprise_records: "企业信息", "The enterprise's records";
        overseas: "境外个人以及港澳台和境外企业，请到国际站认证。", "People overseas, and enterprises of Hong Kong, Macau, Taiwan and overseas, are verified on the International site.";
        document_number: "证件号码", "Document number";
        document_hint: "18 位，最后一位可能是 X。", "18 characters; the last may be X.";
        permit_hint: "只能使用以该通行证实名、并绑定内地银行卡的本人微信。", "Only by your own WeChat, verified by this permit and with a mainland bank card bound.";
        person_name: "姓名", "Name";
        how: "选择认证方式", "Choose a method";
        begin: "下一步", "Next";
        beginning: "正在开始…", "Starting…";
        never_binds: "扫码只用于核对身份，不会绑定为登录方式。", "The scan only shows who you are; it binds no way to sign in.";
        scan_lead: "请本人用微信扫描二维码，并在手机上确认。", "Scan the code with your own WeChat and confirm on your phone.";
        qq_lead: "请到 QQ 页面用本人 QQ 扫码，确认后会自动回到这里。", "Go to QQ's page and scan the code there with your own QQ. It leads back here.";
        qq_go: "打开 QQ 扫码页", "Open QQ's page";
        face_lead: "用手机扫描二维码，或在有摄像头的设备上打开，完成人脸识别。", "Scan the code with a phone, or open the camera here, and show your face.";
        face_label: "人脸识别二维码", "Code that opens the camera";
        face_open: "在本设备打开摄像头", "Open the camera on this device";
        waiting: "完成后本页会自动更新。", "This page goes on by itself.";
        over: "这次验证已过期或被取消，请重新开始。", "It has expired or was declined. Begin again.";
        again: "重新开始这一步", "Begin this step again";
        running: "认证正在进行", "A verification is under way";
        go_on: "继续认证", "Go on";
        give_up: "放弃并修改", "Give up and correct";
        give_up_and_correct: "更正并重新提交", "Correct and submit again";
        given_up: "已放弃，填写的内容仍然保留。", "It was given up; what you typed is still there.";
        failed: "认证未通过", "The verification did not pass";
        failed_hint: "填写的内容已保留，更正后可以再次提交。", "What you typed is kept. Correct it and submit again.";
        causes: "可能的原因：", "Possible causes:";
        passed: "实名认证已通过。", "The account is verified.";
        overdue: "等待时间超出预期，请联系客服并提供编号：", "This takes longer than it should. Contact support and name the case:";
        case: "编号", "Case";
        ways_out: "您可以：", "What you can do:";
        enterprise_attempt: "企业认证正在进行。", "The verification of an enterprise is under way.";
    }
}

/// What a method is called.
#[must_use]
pub const fn method(language: Language, method: Method) -> &'static str {
    let (chinese, english) = match method {
        Method::WechatScan => ("微信扫码", "WeChat scan"),
        Method::Face => ("人脸识别", "Face recognition"),
        Method::QqScan => ("QQ 扫码", "QQ scan"),
        Method::OfficialAccount => ("公众号授权", "Official Account"),
        Method::LegalRepresentativeWechat => {
            ("法定代表人微信扫码", "Legal representative's WeChat scan")
        }
        Method::LegalRepresentativeFace => ("法定代表人人脸识别", "Legal representative's face"),
        Method::TopUp => ("充值认证", "Platform top-up"),
        Method::BankTransfer => ("对公打款", "Corporate bank transfer"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What is needed for a method (VER-14).
#[must_use]
pub const fn need(language: Language, need: Need) -> &'static str {
    let (chinese, english) = match need {
        Need::IdCard => ("身份证在手边", "The ID card at hand"),
        Need::Camera => ("摄像头", "A camera"),
        Need::OwnWechat => ("已实名的本人微信", "Your own WeChat, verified by real name"),
        Need::WechatVerifiedByTravelPermit => (
            "以通行证实名的本人微信",
            "Your own WeChat, verified by the travel permit",
        ),
        Need::MainlandBankCard => (
            "微信绑定的内地银行卡",
            "A mainland bank card bound to that WeChat",
        ),
        Need::OwnQq => ("已实名的本人 QQ", "Your own QQ, verified by real name"),
        Need::Licence => ("营业执照或登记证书", "The licence or certificate at hand"),
        Need::OfficialAccount => (
            "已认证的同一企业公众号及其管理员",
            "A verified Official Account of the same enterprise, and its administrator",
        ),
        Need::LegalRepresentativeWechat => (
            "法定代表人及其微信",
            "The legal representative with their WeChat",
        ),
        Need::LegalRepresentativeFace => (
            "法定代表人本人和摄像头",
            "The legal representative before a camera",
        ),
        Need::CorporateAccount => ("企业对公账户", "A bank account in the enterprise's name"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// How long a method takes (VER-15).
#[must_use]
pub fn takes(language: Language, time: ProcessingTime) -> String {
    match (language, time) {
        (Language::Chinese, ProcessingTime::Immediate) => "即时".to_owned(),
        (Language::English, ProcessingTime::Immediate) => "At once".to_owned(),
        (Language::Chinese, ProcessingTime::BusinessDays { most, fewest }) if most == fewest => {
            format!("{most} 个工作日")
        }
        (Language::Chinese, ProcessingTime::BusinessDays { most, fewest }) => {
            format!("{fewest} 至 {most} 个工作日")
        }
        (Language::English, ProcessingTime::BusinessDays { most: 1, .. }) => {
            "1 business day".to_owned()
        }
        (Language::English, ProcessingTime::BusinessDays { most, fewest }) if most == fewest => {
            format!("{most} business days")
        }
        (Language::English, ProcessingTime::BusinessDays { most, fewest }) => {
            format!("{fewest} to {most} business days")
        }
    }
}

/// Why a method is not open to somebody (VER-3, VER-5, ENT-3 to ENT-5).
#[must_use]
pub const fn closed(language: Language, because: ClosedBecause) -> &'static str {
    let (chinese, english) = match because {
        ClosedBecause::ForEnterprises => ("仅用于企业认证", "For enterprises only"),
        ClosedBecause::ForPersons => ("仅用于个人认证", "For persons only"),
        ClosedBecause::HongKongMacauTaiwan => (
            "港澳台居民只能使用本人微信扫码",
            "Residents of Hong Kong, Macau and Taiwan are verified by their own WeChat only",
        ),
        ClosedBecause::PublicInstitution => (
            "事业单位等组织只能使用公众号授权或对公打款",
            "Public institutions use the Official Account or the bank transfer",
        ),
        ClosedBecause::ForeignLegalRepresentative => (
            "法定代表人没有居民身份证，无法核验",
            "The legal representative has no resident ID to be checked against",
        ),
        ClosedBecause::OtherSite => ("请到国际站认证", "Verified on the International site"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Why an attempt failed, and what helps (VER-10).
#[must_use]
pub const fn failure(language: Language, reason: FailureReason) -> &'static str {
    let (chinese, english) = match reason {
        FailureReason::FaceCheck => ("人脸识别未通过。", "The face was not recognised."),
        FailureReason::NameOrIdWrong => (
            "姓名与证件号码不一致，请核对后重新提交。",
            "Name and document number do not belong together. Check both.",
        ),
        FailureReason::NameOrCodeWrong => (
            "企业名称与代码不一致，请核对后重新提交。",
            "Name and code of the enterprise do not belong together. Check both.",
        ),
        FailureReason::NotRecorded => (
            "登记信息中查不到该企业。",
            "The register does not know the enterprise.",
        ),
        FailureReason::EnterpriseDissolved => (
            "登记信息显示该企业已注销。",
            "The register says that the enterprise is dissolved.",
        ),
        FailureReason::ScannedByAnother => (
            "扫码的人与填写的不是同一人，请由本人扫码。",
            "Somebody else scanned the code. It has to be you.",
        ),
        FailureReason::ScannedUnverified => (
            "扫码的微信或 QQ 没有用该证件实名，请先在其中完成实名，或换一种方式。",
            "That WeChat or QQ is not verified by this document. Verify it there first, or use another method.",
        ),
        FailureReason::PermissionRefused => (
            "公众号未授权，或属于其他企业。",
            "The permission was refused, or the Official Account belongs to another enterprise.",
        ),
        FailureReason::TransferFailed => (
            "打款认证失败，需要重新申请打款。",
            "The bank transfer failed; a new one is needed.",
        ),
        FailureReason::TopUpFailed => ("充值认证失败。", "The top-up failed."),
        FailureReason::ServiceFailed => (
            "核验服务暂时不可用，填写的内容没有问题，请稍后再试。",
            "The checking service was out of order. Nothing is wrong with what you typed; try again later.",
        ),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What an action is called in a list of what is closed (VER-9).
#[must_use]
pub const fn action(language: Language, action: VerifiedAction) -> &'static str {
    let (chinese, english) = match action {
        VerifiedAction::Buy => ("购买产品", "buy"),
        VerifiedAction::UseResources => ("使用云资源", "use its cloud resources"),
        VerifiedAction::AskForInvoice => ("申请发票", "ask for invoices"),
        VerifiedAction::ApplyForContract => ("申请线上合同", "apply for online contracts"),
        VerifiedAction::JoinPublicBeta => ("参加公测", "join public betas"),
        VerifiedAction::AskForSpecialVatInvoice => {
            ("申请增值税专用发票", "ask for special VAT invoices")
        }
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What the subject is.
#[must_use]
pub const fn subject(language: Language, subject: &Subject) -> &'static str {
    let (chinese, english) = match subject {
        Subject::Person { .. } => ("个人", "Person"),
        Subject::Enterprise { enterprise, .. } => match enterprise {
            EnterpriseKind::Company => ("企业", "Enterprise"),
            EnterpriseKind::PublicInstitution => ("事业单位", "Public institution"),
            EnterpriseKind::OtherOrganisation => ("其他组织", "Other organisation"),
        },
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What became of the subject.
#[must_use]
pub const fn event(language: Language, event: SubjectEvent) -> &'static str {
    let (chinese, english) = match event {
        SubjectEvent::Verified => ("通过认证", "Verified"),
        SubjectEvent::Changed => ("变更认证", "Changed"),
        SubjectEvent::CodeCompleted => ("补全代码", "Code completed"),
        SubjectEvent::Lost => ("认证失效", "Ended"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Since when an attempt is running.
#[must_use]
pub fn running_since(language: Language, what: Method, since: Timestamp) -> String {
    let (name, since) = (method(language, what), time::beijing(language, since));
    match language {
        Language::Chinese => format!("方式：{name}，开始于 {since}。"),
        Language::English => format!("{name}, since {since}."),
    }
}

/// A way out of a refusal.
#[must_use]
pub const fn way_out(language: Language, way: WayOut) -> &'static str {
    let (chinese, english) = match way {
        WayOut::FindByPersonalInformation => (
            "用个人实名信息查找这些账号",
            "Find those accounts by personal information",
        ),
        WayOut::FindByEnterpriseInformation => (
            "用企业信息查找这些账号",
            "Find those accounts by enterprise information",
        ),
        WayOut::ChangeSubjectOfOne => (
            "变更其中一个账号的认证主体，名额立即释放",
            "Change the subject of one of them, which frees its place at once",
        ),
        WayOut::ContactAccountManager => (
            "联系客户经理提高上限",
            "Ask your account manager to raise the limit",
        ),
        WayOut::ChangeVerification => ("改为变更认证", "Change the verification instead"),
        WayOut::InternationalSite => ("到国际站认证", "Verify on the International site"),
        WayOut::OtherMethod => ("换一种认证方式", "Take another method"),
        WayOut::CompleteCode => ("补全统一社会信用代码", "Complete the code"),
        WayOut::PaperWay => ("提交纸质材料办理", "Hand in documents instead"),
        WayOut::Pay => ("结清欠款", "Pay what is owed"),
        WayOut::OpenChange => (
            "查看或撤回正在审核的变更",
            "Look at the change in review, or withdraw it",
        ),
        WayOut::NewTransfer => ("重新申请打款", "Ask for a new transfer"),
        WayOut::Verify => ("完成实名认证", "Verify the account"),
        WayOut::Support => ("联系客服", "Contact support"),
        WayOut::Deregister => ("注销账号", "Deregister the account"),
        WayOut::BindSecurityPhone => ("绑定安全手机", "Bind a security phone"),
        WayOut::CancelDeregistration => ("取消注销", "Cancel the deregistration"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Why something about a verification is refused.
#[must_use]
pub fn refusal(language: Language, refusal: &VerificationRefusal) -> String {
    let plain = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    match *refusal {
        VerificationRefusal::AlreadyVerified => plain(
            "账号已实名认证，只能变更主体。",
            "The account is verified; its subject can only be changed.",
        ),
        VerificationRefusal::NeverUnverified => plain(
            "实名认证通过后不能取消，只能变更。",
            "A verification cannot be taken back, only changed.",
        ),
        VerificationRefusal::OneSubjectPerAccount => plain(
            "一个账号只有一个主体，其他企业请使用自己的账号。",
            "An account has one subject; another enterprise needs an account of its own.",
        ),
        VerificationRefusal::TooYoung { adult_from } => {
            let from = time::beijing(language, adult_from);
            match language {
                Language::Chinese => format!("未满 18 周岁不能认证，{from} 起可以。"),
                Language::English => {
                    format!("One must be 18 or older to be verified; that is so from {from} on.")
                }
            }
        }
        VerificationRefusal::MethodClosed {
            method: which,
            because,
        } => {
            let (name, why) = (method(language, which), closed(language, because));
            match language {
                Language::Chinese => format!("不能使用{name}：{why}。"),
                Language::English => format!("{name} cannot be used. {why}."),
            }
        }
        VerificationRefusal::PersonPlacesTaken { limit } => match language {
            Language::Chinese => format!("该证件已认证 {limit} 个账号，达到上限。"),
            Language::English => {
                format!("This document verifies {limit} accounts already, which is the most.")
            }
        },
        VerificationRefusal::EnterprisePlacesTaken { limit } => match language {
            Language::Chinese => format!("该企业已认证 {limit} 个账号，达到上限。"),
            Language::English => {
                format!("This enterprise verifies {limit} accounts already, which is the most.")
            }
        },
        VerificationRefusal::AttemptRunning { method: which } => {
            let name = method(language, which);
            match language {
                Language::Chinese => format!("已有一次认证（{name}）正在进行，请继续或放弃它。"),
                Language::English => {
                    format!("A verification ({name}) is under way. Go on with it or give it up.")
                }
            }
        }
        VerificationRefusal::NoSuchAttempt => plain(
            "这次认证已经结束，请刷新页面查看结果。",
            "This verification has ended already. Load the page again to see how.",
        ),
        VerificationRefusal::SecurityPhoneMissing => plain(
            "请先绑定安全手机。联系手机不影响认证。",
            "Bind a security phone first. The contact phone does not matter.",
        ),
        VerificationRefusal::DeregistrationRunning => plain(
            "账号正在注销，请先取消注销。",
            "The account is being deregistered. Cancel that first.",
        ),
        VerificationRefusal::NotVerified { action: which } => {
            let name = action(language, which);
            match language {
                Language::Chinese => format!("账号未实名认证，不能{name}。"),
                Language::English => format!("The account is not verified and cannot {name}."),
            }
        }
        VerificationRefusal::AssociateUnverified => plain(
            "要关联的账号须先完成实名认证。",
            "The account to be associated must be verified first.",
        ),
        VerificationRefusal::CodeIncomplete => plain(
            "登记的统一社会信用代码不完整或有误，请先补全。",
            "The recorded code is incomplete or wrong. Complete it first.",
        ),
        VerificationRefusal::CodeIsRight => plain(
            "登记的代码正确，无需补全。",
            "The recorded code is right; there is nothing to complete.",
        ),
        VerificationRefusal::CodeDoesNotMatch => plain(
            "登记信息中该代码与企业名称不一致。",
            "The register does not know this code, or knows it under another name.",
        ),
        VerificationRefusal::HandlerIsFixed => {
            plain("经办人不能更改。", "Whoever handled it cannot be changed.")
        }
        VerificationRefusal::PermissionNotUsable => plain(
            "该授权已使用、已撤回或从未给出。",
            "The permission was used, withdrawn or never given.",
        ),
        VerificationRefusal::EnterpriseContactMissing => {
            plain("请先添加企业联系人。", "Add an enterprise contact first.")
        }
        VerificationRefusal::NotAnEnterprise => {
            plain("仅限企业账号。", "Only enterprise accounts have this.")
        }
    }
}

/// Why a document is none to be verified by (VER-4, VER-5).
#[must_use]
pub const fn claim_problem(language: Language, problem: ClaimProblem) -> &'static str {
    let (chinese, english) = match problem {
        ClaimProblem::TravelPermitNeeded => (
            "港澳台居民请使用来往内地（大陆）通行证认证，居住证不能用于认证",
            "Residents of Hong Kong, Macau and Taiwan are verified by their travel permit, not by the residence permit.",
        ),
        ClaimProblem::BirthDateMissing => (
            "无法得知出生日期，请使用本人微信扫码认证",
            "The number does not tell the birth date. Use your own WeChat.",
        ),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}
