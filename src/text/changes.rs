//! The sentences of changing the verification (CHG).

use domain::identity::IdDocumentKind;
use domain::time::Timestamp;
use domain::verification::WayOut;
use domain::verification::change::{
    ChangeField, ChangeKind, ChangeStep, ChangeTarget, ChangeWay, FormerSubject, ItemReason, Proof,
    ReviewItem, ReviewReason,
};

use super::{Language, catalogue, subjects, time};

catalogue! {
    /// The wizard.
    ChangeText {
        title: "变更认证", "Change verification";
        lead: "变更账号的认证主体、企业名称或法定代表人。账号与其中的资源归认证主体所有。",
            "Change who the account is verified as, the enterprise's name or its legal representative. The account and its resources belong to the verified subject.";
        now: "当前认证主体", "Present subject";
        name: "名称", "Name";
        number: "证件号码", "Number";
        since: "认证时间", "Verified";
        offers: "可以变更为", "What it can become";
        possible: "可以办理", "Open";
        not_possible: "暂不能办理", "Not open";
        never: "不支持", "Not possible";
        begin: "开始变更", "Start";
        address_hint: "仅变更经营地址无需办理，认证不受影响。", "A new business address alone needs no change.";
        running: "已有一份变更申请", "There is an application";
        go_on: "继续办理", "Go on";
        look: "查看进度", "See how it stands";
        steps: "办理步骤", "Steps";
        step_done: "已完成", "done";
        back: "返回上一步", "Back";
        next: "保存并继续", "Save and go on";
        saving: "正在保存…", "Saving…";
        saved_note: "填写的内容会在每次“保存并继续”时存到服务器，可以随时离开，在其他设备上继续。",
            "What you enter is saved on the server at each “Save and go on”. You can leave and go on from another device.";
        type_title: "选择变更类型", "What changes?";
        type_label: "变更类型", "What changes";
        type_must: "请选择变更类型", "Choose what changes.";
        proof_title: "提交证明", "New data and proof";
        way: "办理方式", "How it is proved";
        online: "线上办理", "Online";
        online_hint: "与企业登记信息核对，一致时立即生效，无需上传材料。",
            "It is compared with the business register. When they agree it takes effect at once, without papers.";
        paper: "提交材料办理", "With papers";
        paper_hint: "上传证明材料，由人工审核。", "Papers are uploaded and reviewed by people.";
        former: "原主体的情况", "What became of the former subject";
        papers: "证明材料", "Papers";
        papers_lead: "彩色扫描件或照片，四角完整、文字清晰。材料上如写有使用限制，须写明用于本平台的实名认证。",
            "Scans or photos in colour, with all four corners and every word readable. A restriction of use written on a copy must name the verification of this platform.";
        no_papers: "线上办理无需上传材料。", "The online way needs no papers.";
        form_title: "变更申请表", "Change application form";
        form_lead: "请下载申请表，填写后由原主体与新主体签字或盖章，再上传。",
            "Download the form, have both the former and the new subject sign or stamp it, and upload it.";
        download_form: "下载变更申请表", "Download the form";
        person_section: "新的认证人", "The new person";
        enterprise_section: "企业信息", "The enterprise";
        former_section: "原企业的法定代表人", "Legal representative of the former enterprise";
        representative_section: "新的法定代表人", "The new legal representative";
        former_name: "原法定代表人姓名", "Former legal representative's name";
        former_number: "原法定代表人证件号码", "Former legal representative's document number";
        new_enterprise: "新的企业名称", "New enterprise's name";
        new_name: "变更后的企业名称", "The enterprise's new name";
        enterprise_hint: "与营业执照或登记证书完全一致。", "Exactly as on the licence or certificate.";
        new_code: "统一社会信用代码或其他组织机构代码", "Unified social credit code or another organisation code";
        code_hint: "18 位统一社会信用代码，或 9 位、15 位的旧代码。", "18 characters, or an older code of 9 or 15.";
        same_code: "企业代码（不变）", "The enterprise's code, which stays";
        same_code_hint: "变更名称时代码保持不变。代码不同即为另一主体，请选择变更主体。",
            "The code stays with a new name. Another code is another subject: choose that change then.";
        representative_name: "法定代表人姓名", "Legal representative's name";
        representative_number: "法定代表人证件号码", "Legal representative's document number";
        document: "证件类型", "Document";
        person_name: "姓名", "Name";
        person_number: "居民身份证号码", "Resident ID number";
        address: "通信地址", "Postal address";
        check_title: "核对并提交", "Check and hand in";
        check_lead: "请核对以下内容。提交后由审核人员处理，期间可以撤回。",
            "Check what will be handed in. Reviewers then look at it; you can take it back until they are done.";
        check_online: "请核对以下内容。与登记信息一致时立即生效。",
            "Check what will be handed in. It takes effect at once when the register agrees.";
        change_this: "修改", "Change";
        kind: "变更类型", "What changes";
        uploaded: "已上传", "Uploaded";
        not_uploaded: "未上传", "Not uploaded";
        resources: "我确认：变更完成后，本账号及其全部资源、余额和欠费归新的认证主体所有。",
            "I confirm: after the change the account with all its resources, balance and debts belongs to the new subject.";
        resources_must: "请确认资源归属", "Confirm whom the resources will belong to.";
        agree: "作为原认证主体，我同意本次变更。提交时会验证我的身份，作为同意的凭证。",
            "As the present subject I agree to this change. I prove who I am when I hand it in, as evidence of that.";
        agree_must: "需要原认证主体同意", "The present subject has to agree.";
        submit: "提交变更申请", "Hand in the application";
        submit_online: "提交变更", "Change it";
        submitting: "正在提交…", "Handing in…";
        blocked: "现在还不能提交", "It cannot be handed in yet";
        review_title: "审核", "Review";
        in_review: "申请正在审核", "It is being reviewed";
        refreshes: "本页会自动更新，也可以离开，结果会发送到安全手机和安全邮箱。",
            "This page follows by itself. You can leave; the result also goes to the security phone and e-mail.";
        submitted_at: "提交时间", "Handed in";
        due: "最晚完成时间", "Decided at the latest";
        uncertain: "该年度节假日安排尚未公布，日期可能顺延。", "The holidays of that year are not published yet; the day may move back.";
        overdue: "审核已超过承诺时间，请携申请编号联系客服。", "The review takes longer than it should. Contact support with the number.";
        case_number: "申请编号", "Number";
        withdraw: "撤回申请", "Take it back";
        withdraw_title: "撤回变更申请？", "Take the application back?";
        withdraw_happens: "撤回后", "What happens";
        withdraw_line: "审核终止；已填内容和材料保留，可以修改后重新提交。", "The review ends. What was entered stays and can be handed in again.";
        withdraw_stays: "不受影响", "What does not";
        withdraw_stays_line: "账号当前的认证和资源。", "The present verification and the resources.";
        withdrawing: "正在撤回…", "Taking back…";
        keep: "继续审核", "Leave it in review";
        withdrawn: "申请已撤回", "It was taken back";
        withdrawn_lead: "账号的认证没有变化。", "The verification is as it was.";
        rejected: "申请未通过审核", "It was rejected";
        rejected_lead: "请按以下原因修改后重新提交，其他内容会保留。", "Correct what is named here and hand it in again; everything else is kept.";
        correct: "修改并重新提交", "Correct it";
        correcting: "正在打开…", "Opening…";
        reasons: "上次未通过的原因", "Why it was rejected last time";
        approved: "证明材料已通过审核", "The proof was accepted";
        approved_lead: "接下来填写基本信息，并由新的认证主体完成认证。在此之前账号的认证不变。",
            "Next come the basic information and the new subject's own proof. Until then the verification stays as it is.";
        same_done: "变更已完成", "The change is done";
        information_title: "基本信息", "Basic information";
        information_lead: "填写新的认证主体的通信地址。", "Where the new subject's post goes.";
        method_title: "新主体认证", "The new subject proves itself";
        method_person: "新的认证人需要本人进行人脸识别，并接受本账号。请生成链接，由本人在手机上打开。",
            "The new person shows their own face and accepts the account. Make a link for them to open on a phone.";
        method_enterprise: "新企业的法定代表人需要本人进行人脸识别，并代表企业接受本账号。请填写其信息并生成链接。",
            "The new enterprise's legal representative shows their own face and accepts the account for it. Say who that is and make a link.";
        method_other: "法定代表人不能进行人脸识别时，请联系客服。", "When the legal representative cannot be checked by face, contact support.";
        make_link: "生成链接", "Make the link";
        make_another: "重新生成链接", "Make another link";
        making: "正在生成…", "Making…";
        link_label: "新主体打开的链接", "The link for the new subject";
        link_once: "链接只显示这一次，请发送给本人，不要公开。重新生成后旧链接失效。",
            "The link is shown this once. Send it to that person alone. A new one ends it.";
        link_qr: "新主体打开的二维码", "The same as a code to scan";
        copy: "复制", "Copy";
        copied: "已复制", "Copied";
        link_made: "链接已生成。", "The link was made.";
        waits: "等待新主体接受", "Waiting for the new subject";
        done_title: "变更完成", "The change is done";
        done_lead: "账号现在属于新的认证主体。", "The account belongs to the new subject now.";
        done_next: "建议由新主体检查", "What the new subject should look at";
        done_phone: "安全手机和安全邮箱", "Security phone and e-mail";
        done_methods: "登录方式", "Ways to sign in";
        done_sessions: "其他设备上的登录", "Sessions on other devices";
        to_account: "查看账号信息", "Account info";
        start_again: "办理其他变更", "Another change";
        consent_title: "接受账号", "Accept an account";
        consent_lead: "有人请您接受一个云账号。接受后，账号及其资源、余额和欠费都归您所有。",
            "Somebody asks you to accept a cloud account. It would be yours with its resources, balance and debts.";
        consent_lead_enterprise: "有人请您代表企业接受一个云账号。接受后，账号及其资源、余额和欠费都归该企业所有。",
            "Somebody asks you to accept a cloud account for an enterprise. It would belong to it with its resources, balance and debts.";
        account: "账号", "Account";
        present_owner: "现认证主体", "Present subject";
        new_owner: "新认证主体", "New subject";
        face_of: "需要本人进行人脸识别", "Whose face is checked";
        valid_until: "链接有效期至", "The link works until";
        face_first: "请先完成人脸识别", "Show your face first";
        face_passed: "人脸识别已通过。", "The face check passed.";
        accept: "接受账号", "Accept the account";
        accepting: "正在接受…", "Accepting…";
        accepted: "已接受，账号现在属于新的认证主体。", "Accepted. The account belongs to the new subject now.";
        no_link: "链接无效或已过期，请向发送者索取新的链接。", "This link does not work or is over. Ask whoever sent it for a new one.";
        not_you: "如果您不认识发送者，请直接关闭本页，不会发生任何变化。", "If you do not know who sent it, close this page; nothing happens then.";
    }
}

/// What the verification can become.
#[must_use]
pub const fn target(language: Language, target: ChangeTarget) -> (&'static str, &'static str) {
    let (chinese, english) = match target {
        ChangeTarget::Person { .. } => (
            ("变更为个人", "由另一位中国大陆居民持有账号"),
            (
                "Another person",
                "The account goes to another mainland resident",
            ),
        ),
        ChangeTarget::Enterprise { .. } => (
            ("变更为企业", "账号归企业或另一家企业所有"),
            (
                "An enterprise",
                "The account belongs to an enterprise, or to another one",
            ),
        ),
        ChangeTarget::NewName => (
            ("变更企业名称", "企业更名，代码不变"),
            (
                "The enterprise's name",
                "The same enterprise under a new name; its code stays",
            ),
        ),
        ChangeTarget::NewLegalRepresentative => (
            ("变更法定代表人", "主体不变，更新法定代表人"),
            (
                "The legal representative",
                "The subject stays and has a new legal representative",
            ),
        ),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What a change is called.
#[must_use]
pub const fn kind(language: Language, kind: ChangeKind) -> &'static str {
    let (chinese, english) = match kind {
        ChangeKind::PersonToPerson => ("个人变更为另一人", "Person to another person"),
        ChangeKind::PersonToEnterprise => ("个人变更为企业", "Person to enterprise"),
        ChangeKind::EnterpriseToEnterprise => {
            ("企业变更为另一家企业", "Enterprise to another enterprise")
        }
        ChangeKind::EnterpriseName => ("变更企业名称", "The enterprise's name"),
        ChangeKind::LegalRepresentative => ("变更法定代表人", "The legal representative"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// The name of a step.
#[must_use]
pub const fn step(language: Language, step: ChangeStep) -> &'static str {
    let (chinese, english) = match step {
        ChangeStep::ChooseType => ("选择类型", "Choose"),
        ChangeStep::SubmitProof => ("提交证明", "Proof"),
        ChangeStep::Review => ("审核", "Review"),
        ChangeStep::BasicInformation => ("基本信息", "Information"),
        ChangeStep::ChooseMethod => ("新主体认证", "New subject"),
        ChangeStep::Done => ("完成", "Done"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// How an application proves itself.
#[must_use]
pub const fn way(language: Language, way: ChangeWay) -> &'static str {
    let text = ChangeText::of(language);
    match way {
        ChangeWay::Online => text.online,
        ChangeWay::Paper => text.paper,
    }
}

/// What became of the former subject.
#[must_use]
pub const fn former(language: Language, former: FormerSubject) -> &'static str {
    let (chinese, english) = match former {
        FormerSubject::Unchanged => ("信息没有变化", "It is as it was verified"),
        FormerSubject::DataChanged => (
            "证件信息已变更，提交最新证件",
            "Its data changed; the latest document is handed in",
        ),
        FormerSubject::Dissolved => (
            "已注销，提交登记机关的注销证明",
            "It was dissolved; the registry's deregistration certificate is handed in",
        ),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What a paper is called, and what it has to show.
#[must_use]
pub const fn proof(language: Language, proof: Proof) -> &'static str {
    let (chinese, english) = match proof {
        Proof::FormerIdFront => ("原认证人身份证人像面", "Former person's ID card, front"),
        Proof::FormerIdBack => ("原认证人身份证国徽面", "Former person's ID card, back"),
        Proof::FormerLatestIdFront => (
            "原认证人最新身份证人像面",
            "Former person's latest ID card, front",
        ),
        Proof::FormerLatestIdBack => (
            "原认证人最新身份证国徽面",
            "Former person's latest ID card, back",
        ),
        Proof::FormerLicence => (
            "变更前的营业执照或登记证书",
            "Licence or certificate before the change",
        ),
        Proof::FormerLatestLicence => (
            "原企业最新的营业执照或登记证书",
            "Former enterprise's latest licence or certificate",
        ),
        Proof::FormerDeregistrationCertificate => (
            "登记机关出具的注销证明",
            "Deregistration certificate of the registry",
        ),
        Proof::NewIdFront => ("新认证人身份证人像面", "New person's ID card, front"),
        Proof::NewIdBack => ("新认证人身份证国徽面", "New person's ID card, back"),
        Proof::NewLicence => (
            "变更后的营业执照或登记证书",
            "Licence or certificate after the change",
        ),
        Proof::ApplicationForm => (
            "变更申请表（签字或盖章）",
            "Change application form, signed or stamped",
        ),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What a field is called.
#[must_use]
pub const fn field(language: Language, field: ChangeField) -> &'static str {
    let text = ChangeText::of(language);
    match field {
        ChangeField::FormerLegalRepresentativeName => text.former_name,
        ChangeField::FormerLegalRepresentativeId => text.former_number,
        ChangeField::NewEnterpriseName => text.new_enterprise,
        ChangeField::NewEnterpriseCode => text.new_code,
        ChangeField::PostalAddress => text.address,
        ChangeField::NewLegalRepresentativeName => text.representative_name,
        ChangeField::NewLegalRepresentativeId => text.representative_number,
        ChangeField::NewPersonName => text.person_name,
        ChangeField::NewPersonId => text.person_number,
        ChangeField::SameCode => text.same_code,
    }
}

/// What a reviewer found fault with, and in what way (CHG-9).
#[must_use]
pub fn item_reason(language: Language, found: &ItemReason) -> String {
    let item = match found.item {
        ReviewItem::Proof(of) => proof(language, of),
        ReviewItem::Field(of) => field(language, of),
    };
    let reason = reason(language, found.reason);
    let note = found.note.trim();
    match (language, note.is_empty()) {
        (Language::Chinese, true) => format!("{item}：{reason}"),
        (Language::Chinese, false) => format!("{item}：{reason}（{note}）"),
        (Language::English, true) => format!("{item}: {reason}"),
        (Language::English, false) => format!("{item}: {reason} ({note})"),
    }
}

const fn reason(language: Language, reason: ReviewReason) -> &'static str {
    let (chinese, english) = match reason {
        ReviewReason::Unreadable => ("看不清", "it cannot be read"),
        ReviewReason::Incomplete => ("不完整", "a part of it is missing"),
        ReviewReason::Expired => ("已过期", "it has expired"),
        ReviewReason::DoesNotMatch => ("与其他信息不一致", "it does not agree with the other data"),
        ReviewReason::NotRecorded => (
            "登记机关查无此信息",
            "the business register does not know it",
        ),
        ReviewReason::NotStamped => ("缺少签字或盖章", "it is not signed or stamped"),
        ReviewReason::RestrictedToOtherUse => (
            "使用限制未写明用于本平台认证",
            "its restriction of use does not name this platform",
        ),
        ReviewReason::WrongDocument => ("不是所要求的材料", "it is another document"),
        ReviewReason::Other => ("其他原因", "something else"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// What a way out is called, where this page has one (CHG-3).
#[must_use]
pub const fn way_out(language: Language, way: WayOut) -> Option<&'static str> {
    let (chinese, english) = match way {
        WayOut::Pay => ("去结清", "Pay"),
        WayOut::OpenChange => ("查看变更申请", "See the application"),
        WayOut::Verify => ("去认证", "Verify"),
        WayOut::CompleteCode => ("补全代码", "Complete the code"),
        _ => return None,
    };
    Some(match language {
        Language::Chinese => chinese,
        Language::English => english,
    })
}

/// What a document that a legal representative may have is called.
#[must_use]
pub fn documents(language: Language) -> Vec<(IdDocumentKind, &'static str)> {
    [
        IdDocumentKind::ResidentId,
        IdDocumentKind::HkMacauPermit,
        IdDocumentKind::TaiwanPermit,
        IdDocumentKind::Passport,
    ]
    .into_iter()
    .map(|kind| (kind, subjects::id_document_kind(language, kind)))
    .collect()
}

/// Within how many business days it is decided (CHG-9).
#[must_use]
pub fn within(language: Language, days: u16) -> String {
    match language {
        Language::Chinese => format!("审核最多需要 {days} 个工作日。"),
        Language::English => format!("The review takes {days} business days at most."),
    }
}

/// Since when the same subject's data are the new ones.
#[must_use]
pub fn changed_at(language: Language, at: Timestamp) -> String {
    let moment = time::beijing(language, at);
    match language {
        Language::Chinese => format!("新信息已于{moment}生效。"),
        Language::English => format!("The new data hold since {moment}."),
    }
}

/// Until when the link works.
#[must_use]
pub fn until(language: Language, until: Timestamp) -> String {
    let moment = time::beijing(language, until);
    match language {
        Language::Chinese => format!("链接有效期至{moment}。"),
        Language::English => format!("The link works until {moment}."),
    }
}

/// What a paper has to show, where that is not said by its name.
#[must_use]
pub const fn proof_hint(language: Language, proof: Proof) -> &'static str {
    let (chinese, english) = match proof {
        Proof::ApplicationForm => (
            "个人由本人签字，企业加盖公章。",
            "A person signs it, an enterprise stamps it.",
        ),
        Proof::FormerDeregistrationCertificate => (
            "由登记机关出具，代替已注销企业的营业执照。",
            "Issued by the registry, in place of the licence of the dissolved enterprise.",
        ),
        _ => ("", ""),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// That a paper is missing.
#[must_use]
pub fn missing(language: Language, of: Proof) -> String {
    let name = proof(language, of);
    match language {
        Language::Chinese => format!("请上传{name}"),
        Language::English => format!("Upload this: {name}."),
    }
}

/// The name of the form's file.
#[must_use]
pub const fn form_file(language: Language) -> &'static str {
    match language {
        Language::Chinese => "变更认证申请表.txt",
        Language::English => "change-application-form.txt",
    }
}

/// The form that both sides fill in and sign (CHG-7).
#[must_use]
pub fn application_form(language: Language) -> String {
    match language {
        Language::Chinese => "变更认证申请表\n\n账号 ID：____________________\n变更类型：□ 变更主体　□ 变更企业名称　□ 变更法定代表人\n\n\
            一、变更前的认证主体\n名称／姓名：____________________\n证件号码／代码：____________________\n法定代表人（企业）：____________________\n\n\
            二、变更后的认证主体\n名称／姓名：____________________\n证件号码／代码：____________________\n法定代表人（企业）：____________________\n\n\
            三、声明\n双方同意上述变更；变更主体的，账号及其中的全部资源、余额和欠费自变更完成之日起归变更后的认证主体所有。\n\n\
            变更前主体签字／盖章：____________________　日期：__________\n变更后主体签字／盖章：____________________　日期：__________\n"
            .to_owned(),
        Language::English => "Application for a change of verification\n\nAccount id: ____________________\n\
            Change:  [ ] subject   [ ] enterprise's name   [ ] legal representative\n\n\
            1. The subject before the change\nName: ____________________\nDocument number or code: ____________________\n\
            Legal representative (enterprise): ____________________\n\n\
            2. The subject after the change\nName: ____________________\nDocument number or code: ____________________\n\
            Legal representative (enterprise): ____________________\n\n\
            3. Declaration\nBoth sides agree to the change above. After a change of subject the account with all its\n\
            resources, balance and debts belongs to the subject after the change, from the day on which it is done.\n\n\
            Signature or stamp of the subject before: ____________________   Date: __________\n\
            Signature or stamp of the subject after:  ____________________   Date: __________\n"
            .to_owned(),
    }
}
