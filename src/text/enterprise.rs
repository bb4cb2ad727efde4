//! The sentences of the verification of enterprises (ENT).

use domain::identity::{AmountProblem, BankBranchProblem, BankNumberProblem, Fen};
use domain::time::{DateProblem, Timestamp};
use domain::verification::{
    BankTransferRefusal, BlankPageRemedy, EnterpriseKind, Need, PaymentFault, PaymentRoute,
    ProcessingTime, RecheckFinding, RegisterAdvice, TopUpRefusal, TransferCheck, TransferFailure,
};

use super::{Language, catalogue, time, verification};

catalogue! {
    /// Verifying an enterprise.
    EnterpriseText {
        title: "企业认证", "Enterprise verification";
        lead: "填写营业执照上的信息，选择一种认证方式。未通过时，已填写的内容会保留。", "Fill in what the licence says and choose a way. When it fails, what you typed is kept.";
        enterprise: "企业信息", "The enterprise";
        kind: "证照类型", "Kind of licence";
        elsewhere: "港澳台或境外企业", "Registered in Hong Kong, Macau, Taiwan or abroad";
        elsewhere_answer: "中国站只认证在中国大陆登记的企业。港澳台及境外企业请使用国际站认证。", "This site verifies enterprises registered in mainland China only. Others are verified on the International site.";
        name: "企业名称", "Name of the enterprise";
        name_hint: "与营业执照一致，至少 4 个字。名称不足 4 个字时，请联系客服并提供营业执照。", "As on the licence, 4 characters or more. For a shorter name contact support with the licence at hand.";
        code: "统一社会信用代码", "Unified Social Credit Code";
        code_hint: "18 位代码；也可填写 9 位组织机构代码或 15 位注册号。", "18 characters; a 9-character organisation code or a 15-digit registration number will do too.";
        code_right: "代码校验通过", "The code checks out.";
        code_other: "旧代码可以认证；之后可在“补全代码”页面换成 18 位代码。", "An older code can be verified; complete it to 18 characters afterwards.";
        issued: "发证日期", "Date of issue";
        issued_hint: "与营业执照一致，例如 2026-09-18。新执照可能需要 3 至 7 个工作日才会进入登记库。", "As on the licence, such as 2026-09-18. The register may take 3 to 7 business days to know a new one.";
        representative: "法定代表人", "The legal representative";
        representative_name: "法定代表人姓名", "Name of the legal representative";
        representative_document: "证件类型", "Kind of document";
        representative_document_hint: "没有居民身份证的法定代表人，可使用公众号、对公打款或充值认证。", "A representative without a resident ID verifies by Official Account, bank transfer or top-up.";
        representative_number: "证件号码", "Number of the document";
        method: "认证方式", "Way to verify";
        no_methods: "本平台暂未开通企业认证，请联系客服。", "Verification of enterprises is not available here. Please contact support.";
        recommended: "推荐", "recommended";
        transfer: "对公账户", "The corporate account";
        account: "对公账号", "Account number";
        account_hint: "9 至 32 位数字，户名必须与企业名称一致。", "9 to 32 digits. The account must be in the enterprise's name.";
        bank: "开户银行及支行", "Bank and branch";
        handler_name: "经办人姓名", "Name of the person in charge";
        handler_hint: "经办人在认证通过后不能更改。", "Who handles the verification cannot be changed later.";
        handler_number: "经办人居民身份证号码", "Their resident ID number";
        submit: "提交认证", "Submit";
        submitting: "正在提交…", "Submitting…";
        running: "认证进行中", "Under way";
        case: "受理编号", "Case number";
        by: "认证方式", "Way";
        continue_here: "继续办理", "Go on";
        change_way: "更正信息或换一种方式", "Correct something or take another way";
        change_way_hint: "重新提交后，进行中的认证会被放弃。", "Submitting again gives up the verification that is under way.";
        failed: "认证未通过", "The verification failed";
        failed_next: "请更正后重新提交，已填写的内容已为您保留。", "Correct it and submit again. What you typed is still there.";
        passed: "企业认证已通过", "The enterprise is verified";
        passed_text: "账号现在归属该企业。", "The account belongs to this enterprise now.";
        verified: "账号已完成实名认证。主体只能通过变更认证来更换；其他企业需要使用各自的账号。", "The account is verified. Its subject can only be changed; another enterprise needs an account of its own.";
        to_contact: "企业联系人", "Enterprise contact";
        to_code: "补全或更正代码", "Complete or correct the code";
        to_enterprise: "返回企业认证", "Back to enterprise verification";
        overdue: "已超过最长办理时间，请联系客服并提供受理编号。", "It takes longer than it should. Contact support and name the case number.";
        refresh: "刷新进度", "Look again";
        transfer_title: "对公打款认证", "Verification by bank transfer";
        transfer_lead: "平台会向企业对公账户打入一笔 0.01 至 0.99 元的款项，到账后在这里填写金额。该款项无需退还。", "The platform sends 0.01 to 0.99 yuan to the corporate account. Enter the sum here once it has arrived. It need not be returned.";
        transfer_none: "目前没有进行中的对公打款。", "No bank transfer is under way.";
        on_its_way: "款项正在途中", "The money is on its way";
        arrives_by: "最晚到账", "It arrives by";
        to_account: "收款账号", "Account";
        to_bank: "开户银行", "Bank";
        check_first: "超过 3 个工作日仍未到账，请先核对：", "No money after more than 3 business days. Please check:";
        wrong_account: "账号填错了？重新填写收款信息", "Is the account wrong? Enter other bank details";
        new_details: "重新打款", "A new transfer";
        new_details_lead: "填写收款信息后，平台会重新打款。", "Fill in the bank details and the platform sends money anew.";
        new_submit: "申请打款", "Ask for the transfer";
        enter_amount: "填写到账金额", "Enter the sum that arrived";
        amount: "金额（元）", "Sum in yuan";
        amount_hint: "例如 0.29。填写格式有误不会消耗次数。", "Such as 0.29. What is no sum costs no try.";
        amount_submit: "确认金额", "Confirm the sum";
        confirmed: "金额正确，认证已通过。", "The sum is right. The enterprise is verified.";
        transfer_failed: "本次打款认证已失败", "This transfer has failed";
        dispute: "金额正确却被拒绝？", "Was the right sum refused?";
        dispute_lead: "请上传到账回单截图，账号 ID 会一并提交给客服核查。", "Add a screenshot of the receipt. It goes to support together with the account id.";
        receipt: "到账回单截图", "Screenshot of the receipt";
        dispute_submit: "提交客服核查", "Send it to support";
        disputed: "已提交客服核查", "Support has it";
        top_up_title: "充值认证", "Verification by top-up";
        top_up_lead: "请从企业对公账户汇入指定金额，款项会成为账号余额，可以提现。", "Pay the named sum from the corporate account. It becomes balance and can be withdrawn.";
        top_up_none: "目前没有进行中的充值认证。", "No top-up is under way.";
        pay_this: "请汇入", "Pay exactly";
        pay_until: "汇款截止", "Pay by";
        payee: "收款户名", "Payee";
        payee_number: "收款账号", "Payee's account";
        payee_bank: "收款银行", "Payee's bank";
        purpose: "附言", "Purpose";
        routes: "接受的汇款方式", "Ways of paying that count";
        paid: "款项已到账，正在确认", "The money came in and is being confirmed";
        confirm_until: "最晚确认", "Confirmed by";
        top_up_confirmed: "充值已确认，认证已通过。", "The payment is confirmed. The enterprise is verified.";
        top_up_late: "未在 7 天内汇款，需要新的金额。", "Nobody paid within 7 days. A new sum is needed.";
        name_new: "获取新的金额", "Name a new sum";
        naming: "正在获取…", "Naming…";
        came: "已到账款项", "What came in";
        came_route: "方式", "Way";
        came_amount: "金额", "Sum";
        came_at: "到账时间", "When";
        came_result: "结果", "Result";
        counts: "符合要求", "It counts";
        official_title: "公众号授权", "Permission of the Official Account";
        official_lead: "由公众号管理员扫码或打开链接授权，平台只核对一次主体信息，通过后可以随时撤回授权。", "The administrator scans the code or opens the link. The platform compares once; the permission can be withdrawn afterwards.";
        official_none: "目前没有进行中的公众号授权。", "No permission is being asked for.";
        official_open: "打开授权页面", "Open the permission's page";
        official_qr: "公众号授权二维码", "QR code of the permission";
        official_waiting: "等待管理员授权，完成后本页会自动更新。", "Waiting for the administrator. This page goes on by itself.";
        official_compared: "已核对主体信息。", "The enterprise was compared.";
        official_withdraw: "撤回授权", "Withdraw the permission";
        withdrawing: "正在撤回…", "Withdrawing…";
        withdrawn: "授权已撤回，认证结果不受影响。", "The permission was withdrawn. The verification stands.";
        blank_page: "授权后页面空白？", "Does the page stay blank after the permission?";
        blank_answer: "不需要重新开始，可依次尝试：", "There is no need to begin anew. Try in turn:";
        again: "重新获取授权链接", "Get a new link";
        face_title: "法定代表人人脸识别", "The legal representative's face";
        face_lead: "请法定代表人本人打开链接，或用手机扫描二维码，按提示完成；完成后本页会自动更新。", "The legal representative opens the link or scans the code with a phone. This page goes on by itself afterwards.";
        scan_lead: "请法定代表人本人用实名微信扫码并确认；此次扫码不会绑定为登录方式。", "The legal representative scans the code with their own WeChat and confirms. The scan binds no login method.";
        face_again: "重新开始人脸识别", "Begin the face check anew";
        contact_title: "企业联系人", "Enterprise contact";
        contact_lead: "平台就企业事务联系的人。", "Whom the platform turns to at the enterprise.";
        contact_none: "还没有企业联系人。", "There is no enterprise contact yet.";
        contact_name: "姓名", "Name";
        contact_document: "证件类型", "Kind of document";
        contact_number: "证件号码", "Number of the document";
        contact_phone: "手机号码", "Phone";
        contact_edit: "修改联系人", "Change the contact";
        contact_add: "添加联系人", "Add a contact";
        contact_save: "保存联系人", "Save the contact";
        contact_saved: "企业联系人已保存。", "The enterprise contact was saved.";
        saving: "正在保存…", "Saving…";
        cdn: "使用 CDN 服务", "Uses CDN";
        cdn_hint: "使用 CDN 服务需要企业联系人。", "Using CDN needs an enterprise contact.";
        cdn_saved: "已保存。", "Saved.";
        handler: "经办人", "Person in charge";
        handler_fixed: "经办人不能更改。", "It cannot be changed.";
        no_enterprise: "只有已认证的企业账号才有此页面。", "Only a verified enterprise has this page.";
        code_title: "补全或更正统一社会信用代码", "Complete or correct the code";
        code_lead: "代码不完整或有误时，不能申请专用发票，也不能变更认证主体。", "While the code is incomplete or wrong, there are no special VAT invoices and no changes of subject.";
        code_recorded: "当前代码", "Recorded code";
        code_fine: "当前代码正确，无需补全。", "The recorded code is right. There is nothing to complete.";
        code_new: "18 位统一社会信用代码", "The 18-character code";
        code_save: "核对并保存", "Check and save";
        code_saved: "代码已更新。", "The code was updated.";
        recheck_title: "企业信息复核异常", "The re-check found something";
        recheck_ended: "企业认证已失效", "The verification has ended";
        demo_bank_title: "演示银行与登记库", "The demo's bank and register";
        demo_bank_lead: "在这里扮演银行、汇款企业和企业登记库。", "Play the bank, whoever pays, and the register.";
        demo_transfers: "打款", "Transfers";
        demo_expected: "等待汇入", "Payments waited for";
        demo_none: "没有记录。", "Nothing here.";
        demo_account: "账户", "Account";
        demo_amount: "金额（元）", "Sum";
        demo_state: "状态", "State";
        demo_act: "操作", "Play";
        demo_arrive: "到账", "Arrive";
        demo_send_back: "退回", "Send back";
        demo_confirm: "银行确认", "Confirm";
        demo_pay_right: "企业汇入指定金额", "The enterprise pays the sum";
        demo_pay_wrong: "企业汇入 1.23 元", "The enterprise pays 1.23";
        demo_pay_other: "别家公司汇入", "Somebody else pays";
        demo_on_its_way: "途中", "on its way";
        demo_arrived: "已到账", "arrived";
        demo_sent_back: "已退回", "sent back";
        demo_route: "汇款方式", "Way of paying";
        demo_register: "企业登记库", "The register";
        demo_register_lead: "设定登记库对某个代码的回答。", "Set what the register says of a code.";
        demo_says: "登记库的回答", "What it says";
        demo_sound: "一致", "It belongs together";
        demo_not_recorded: "未登记", "Not recorded";
        demo_other_name: "名称不一致", "Another name";
        demo_dissolved: "已注销", "Dissolved";
        demo_incomplete: "信息不完整", "Incomplete";
        demo_set: "设定", "Set";
        demo_done: "已完成。", "Done.";
        demo_official_title: "演示：公众号管理员", "Demo: the administrator's phone";
        demo_official_lead: "选择管理员如何回答。", "Choose what the administrator says.";
        demo_official_own: "同意，本企业的公众号", "Yes, the enterprise's own account";
        demo_official_other: "同意，别家企业的公众号", "Yes, another enterprise's account";
        demo_official_refuse: "拒绝", "No";
        demo_official_back: "返回认证页面", "Back to the verification";
    }
}

/// A sentence in the language.
const fn pick(language: Language, chinese: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// A kind of licence (ENT-4).
#[must_use]
pub const fn kind(language: Language, kind: EnterpriseKind) -> &'static str {
    match kind {
        EnterpriseKind::Company => pick(
            language,
            "营业执照（公司、个体工商户、合作社）",
            "Business licence (company, individual business, cooperative)",
        ),
        EnterpriseKind::PublicInstitution => pick(
            language,
            "事业单位法人证书",
            "Certificate of a public institution",
        ),
        EnterpriseKind::OtherOrganisation => pick(
            language,
            "社会团体、机关及其他组织证书",
            "Certificate of an association, state organ or other organisation",
        ),
    }
}

/// What stands below a method: how long it takes and what is needed.
#[must_use]
pub fn method_hint(
    language: Language,
    (recommended, takes): (bool, ProcessingTime),
    needs: &[Need],
) -> String {
    let needs: Vec<_> = needs
        .iter()
        .map(|need| verification::need(language, *need))
        .collect();
    let mut parts = Vec::new();
    if recommended {
        parts.push(EnterpriseText::of(language).recommended.to_owned());
    }
    parts.push(verification::takes(language, takes));
    parts.push(match language {
        Language::Chinese => ["需要：", &needs.join("、")].concat(),
        Language::English => ["Needed: ", &needs.join(", ")].concat(),
    });
    parts.join(" · ")
}

/// How many of the 18 characters are there while one types (ENT-6).
#[must_use]
pub fn typed_so_far(language: Language, length: usize) -> String {
    match language {
        Language::Chinese => format!("已输入 {length} 位，共 18 位"),
        Language::English => format!("{length} of 18 characters"),
    }
}

/// What is wrong with a date.
#[must_use]
pub const fn date_problem(language: Language, problem: DateProblem) -> &'static str {
    match problem {
        DateProblem::Empty => pick(language, "请填写日期", "Enter the date."),
        DateProblem::Malformed => pick(
            language,
            "请按 2026-09-21 的格式填写",
            "Write it as 2026-09-21.",
        ),
        DateProblem::NoSuchDay => pick(language, "没有这一天", "There is no such day."),
    }
}

/// The date of issue lies ahead.
#[must_use]
pub const fn date_ahead(language: Language) -> &'static str {
    pick(
        language,
        "发证日期不能晚于今天",
        "A licence was issued today or earlier.",
    )
}

/// What is wrong with the number of a bank account (ENT-18).
#[must_use]
pub fn bank_number_problem(language: Language, problem: BankNumberProblem) -> String {
    match (language, problem) {
        (Language::Chinese, BankNumberProblem::Empty) => "请填写账号".to_owned(),
        (Language::English, BankNumberProblem::Empty) => "Enter the account number.".to_owned(),
        (Language::Chinese, BankNumberProblem::ForbiddenCharacter { character }) => {
            format!("账号中不能有“{character}”，只能是数字")
        }
        (Language::English, BankNumberProblem::ForbiddenCharacter { character }) => {
            format!("An account number has digits only, not “{character}”.")
        }
        (
            Language::Chinese,
            BankNumberProblem::WrongLength {
                length,
                shortest,
                longest,
            },
        ) => format!("账号应为 {shortest} 至 {longest} 位数字，现在是 {length} 位"),
        (
            Language::English,
            BankNumberProblem::WrongLength {
                length,
                shortest,
                longest,
            },
        ) => format!("It has {shortest} to {longest} digits; these are {length}."),
        (Language::Chinese, BankNumberProblem::StartsWithZero) => "不能以 0 开头".to_owned(),
        (Language::English, BankNumberProblem::StartsWithZero) => {
            "It does not begin with 0.".to_owned()
        }
    }
}

/// What is wrong with the name of a bank.
#[must_use]
pub fn bank_branch_problem(language: Language, problem: BankBranchProblem) -> String {
    match (language, problem) {
        (Language::Chinese, BankBranchProblem::Empty) => "请填写开户银行及支行".to_owned(),
        (Language::English, BankBranchProblem::Empty) => "Enter bank and branch.".to_owned(),
        (Language::Chinese, BankBranchProblem::TooShort { shortest }) => {
            format!("至少 {shortest} 个字")
        }
        (Language::English, BankBranchProblem::TooShort { shortest }) => {
            format!("{shortest} characters or more.")
        }
        (Language::Chinese, BankBranchProblem::TooLong { longest }) => {
            format!("最多 {longest} 个字")
        }
        (Language::English, BankBranchProblem::TooLong { longest }) => {
            format!("{longest} characters at most.")
        }
    }
}

/// What is wrong with a sum; it costs no try (ENT-7).
#[must_use]
pub fn amount_problem(language: Language, problem: AmountProblem) -> String {
    match (language, problem) {
        (Language::Chinese, AmountProblem::Empty) => "请填写金额".to_owned(),
        (Language::English, AmountProblem::Empty) => "Enter the sum.".to_owned(),
        (Language::Chinese, AmountProblem::Malformed) => "请填写数字，例如 0.29".to_owned(),
        (Language::English, AmountProblem::Malformed) => "Enter a number such as 0.29.".to_owned(),
        (Language::Chinese, AmountProblem::WrongDecimalPoint { character }) => {
            format!("小数点请用“.”，不要用“{character}”")
        }
        (Language::English, AmountProblem::WrongDecimalPoint { character }) => {
            format!("Write the decimal point as “.”, not “{character}”.")
        }
        (Language::Chinese, AmountProblem::TooManyDecimals) => "最多两位小数".to_owned(),
        (Language::English, AmountProblem::TooManyDecimals) => "Two decimals at most.".to_owned(),
        (Language::Chinese, AmountProblem::OutOfRange { least, greatest }) => {
            format!("金额应在 {least} 至 {greatest} 元之间")
        }
        (Language::English, AmountProblem::OutOfRange { least, greatest }) => {
            format!("The sum is {least} to {greatest} yuan.")
        }
    }
}

/// What to do when the register did not say yes (ENT-9, ENT-10).
#[must_use]
pub fn register_advice(language: Language, advice: RegisterAdvice) -> String {
    let fixed = |chinese, english| pick(language, chinese, english).to_owned();
    let window = |from: Timestamp, until: Timestamp| {
        let (from, until) = (
            time::beijing(language, from),
            time::beijing(language, until),
        );
        match language {
            Language::Chinese => format!(
                "新执照通常需要 3 至 7 个工作日进入登记库，请在 {from} 之后再试；最晚 {until} 应可查到。"
            ),
            Language::English => format!(
                "A new licence takes 3 to 7 business days to reach the register. Try again from {from} on; by {until} it must be there."
            ),
        }
    };
    match advice {
        RegisterAdvice::GoOn => fixed("可以继续。", "Go on."),
        RegisterAdvice::TryAgain { from, until } => window(from, until),
        RegisterAdvice::CheckNameOrCode => fixed(
            "请核对企业名称和统一社会信用代码。",
            "Check name and code of the enterprise.",
        ),
        RegisterAdvice::CheckNameOrCodeOrTryAgain { from, until } => {
            let check = fixed(
                "请核对企业名称和统一社会信用代码。",
                "Check name and code of the enterprise. ",
            );
            [check, window(from, until)].concat()
        }
        RegisterAdvice::Support => fixed(
            "登记库现在应当已有记录，请联系客服并提供受理编号。",
            "The register should know it by now. Contact support and name the case number.",
        ),
    }
}

/// Something to check when no money comes (ENT-7).
#[must_use]
pub const fn transfer_check(language: Language, check: TransferCheck) -> &'static str {
    match check {
        TransferCheck::AccountName => pick(
            language,
            "账户户名与企业名称完全一致",
            "The account is in the enterprise's very name",
        ),
        TransferCheck::AccountNumber => {
            pick(language, "账号填写正确", "The account number is right")
        }
        TransferCheck::BankBranch => pick(
            language,
            "开户银行和支行填写正确",
            "Bank and branch are right",
        ),
        TransferCheck::StatementSearched => pick(
            language,
            "已在对账单中查找 1 元以下的入账",
            "The statement was searched for a sum below one yuan",
        ),
    }
}

/// Why a transfer failed (ENT-17).
#[must_use]
pub const fn transfer_failure(language: Language, cause: TransferFailure) -> &'static str {
    match cause {
        TransferFailure::TriesUsed => {
            pick(language, "金额两次填写错误。", "The sum was wrong twice.")
        }
        TransferFailure::TooLate => pick(
            language,
            "到账后 7 天内没有填写金额。",
            "The sum was not entered within 7 days of its arrival.",
        ),
        TransferFailure::SentBack => pick(
            language,
            "款项被对方银行退回，请核对收款信息。",
            "The other bank sent the money back. Check the bank details.",
        ),
    }
}

/// How often a sum can still be entered (ENT-7).
#[must_use]
pub fn tries_left(language: Language, left: u32, until: Timestamp) -> String {
    let until = time::beijing(language, until);
    match language {
        Language::Chinese => format!("还可以填写 {left} 次，请在 {until} 之前填写。"),
        Language::English => match left {
            1 => format!("One try is left. Enter it by {until}."),
            _ => format!("{left} tries are left. Enter it by {until}."),
        },
    }
}

/// The sum was wrong (ENT-7).
#[must_use]
pub fn wrong_sum(language: Language, left: u32) -> String {
    match language {
        Language::Chinese => format!("金额不正确，还可以填写 {left} 次。"),
        Language::English => match left {
            1 => "That is not the sum. One try is left.".to_owned(),
            _ => format!("That is not the sum. {left} tries are left."),
        },
    }
}

/// A sum in yuan.
#[must_use]
pub fn yuan(language: Language, fen: Fen) -> String {
    match language {
        Language::Chinese => format!("{fen} 元"),
        Language::English => format!("{fen} yuan"),
    }
}

/// A way of paying (ENT-8).
#[must_use]
pub const fn route(language: Language, route: PaymentRoute) -> &'static str {
    match route {
        PaymentRoute::OnlineTransfer => pick(language, "网银转账", "Online banking"),
        PaymentRoute::MobileTransfer => pick(language, "手机银行转账", "Mobile banking"),
        PaymentRoute::TelegraphicTransfer => pick(language, "电汇", "Telegraphic transfer"),
        PaymentRoute::Cheque => pick(language, "支票", "Cheque"),
        PaymentRoute::CounterTransferElsewhere => {
            pick(language, "异地柜台转账", "Counter transfer outside Beijing")
        }
        PaymentRoute::CashInBeijing => {
            pick(language, "北京柜台现金", "Cash at a counter in Beijing")
        }
        PaymentRoute::Other => pick(language, "其他方式", "Another way"),
    }
}

/// Why a payment did not verify (ENT-8).
#[must_use]
pub const fn payment_fault(language: Language, fault: PaymentFault) -> &'static str {
    match fault {
        PaymentFault::NotAwaited => pick(
            language,
            "已不再等待款项，已计入余额",
            "No sum is waited for; it is balance",
        ),
        PaymentFault::TooLate => pick(
            language,
            "超过 7 天，已计入余额",
            "After the 7 days; it is balance",
        ),
        PaymentFault::WrongAmount => pick(
            language,
            "金额不符，已计入余额",
            "Another sum; it is balance",
        ),
        PaymentFault::OtherPayer => pick(
            language,
            "付款方不是该企业，已计入余额",
            "From another payer; it is balance",
        ),
        PaymentFault::OtherRoute => pick(
            language,
            "汇款方式不符，已计入余额",
            "By a way that does not count; it is balance",
        ),
    }
}

/// What to try when the page stays blank (ENT-20).
#[must_use]
pub const fn blank_page(language: Language, remedy: BlankPageRemedy) -> &'static str {
    match remedy {
        BlankPageRemedy::Refresh => pick(language, "刷新页面", "Load the page again"),
        BlankPageRemedy::OtherNetwork => pick(language, "更换网络", "Use another network"),
        BlankPageRemedy::OtherBrowser => pick(language, "更换浏览器", "Use another browser"),
    }
}

/// What the re-check found (ENT-16).
#[must_use]
pub const fn finding(language: Language, finding: RecheckFinding) -> &'static str {
    match finding {
        RecheckFinding::Dissolved => pick(
            language,
            "登记库显示企业已注销。资源不会立即停止，请尽快变更认证主体或注销账号。",
            "The register says that the enterprise is dissolved. Its resources do not stop at once; change the subject or deregister soon.",
        ),
        RecheckFinding::Incomplete => pick(
            language,
            "企业登记信息不完整，请补全代码。",
            "The recorded data are incomplete. Complete the code.",
        ),
        RecheckFinding::NameAndCodeDiffer => pick(
            language,
            "企业名称与统一社会信用代码不一致，请更正代码或变更认证。",
            "Name and code do not belong together. Correct the code or change the verification.",
        ),
    }
}

/// When the verification ends, and what that means (ENT-16, VER-9).
#[must_use]
pub fn ends_at(language: Language, at: Timestamp) -> String {
    let at = time::beijing(language, at);
    match language {
        Language::Chinese => format!(
            "请在 {at} 之前处理。逾期账号将变为未认证：不能购买和使用云资源、申请发票和线上合同、参加公测；后付费服务在协议期满时停止。"
        ),
        Language::English => format!(
            "Put it right by {at}. Otherwise the account becomes unverified: it cannot buy or use cloud resources, ask for invoices, apply for online contracts or join public betas, and post-paid services stop at the end of their agreement."
        ),
    }
}

/// Why something cannot be done with a bank transfer (ENT-7, ENT-17).
#[must_use]
pub fn transfer_refusal(language: Language, refusal: &BankTransferRefusal) -> String {
    let fixed = |chinese, english| pick(language, chinese, english).to_owned();
    match refusal {
        BankTransferRefusal::NotArrived => {
            fixed("款项尚未到账。", "The money has not arrived yet.")
        }
        BankTransferRefusal::TooLate { until } => {
            let until = time::beijing(language, *until);
            match language {
                Language::Chinese => format!("填写期限已过（{until}），需要重新打款。"),
                Language::English => {
                    format!("It had to be entered by {until}. A new transfer is needed.")
                }
            }
        }
        BankTransferRefusal::NewTransferNeeded { cause } => {
            let cause = transfer_failure(language, *cause);
            let next = pick(language, "需要重新打款。", " A new transfer is needed.");
            [cause, next].concat()
        }
        BankTransferRefusal::AlreadyConfirmed => fixed(
            "金额已确认，无需再次填写。",
            "The sum was confirmed already.",
        ),
        BankTransferRefusal::AmountCanBeEntered { until } => {
            let until = time::beijing(language, *until);
            match language {
                Language::Chinese => format!("款项已到账，请先填写金额（{until} 之前）。"),
                Language::English => format!("Money has arrived. Enter its sum first, by {until}."),
            }
        }
        BankTransferRefusal::NothingRefused => fixed("没有被拒绝的金额。", "No sum was refused."),
        BankTransferRefusal::ReceiptMissing => {
            fixed("请上传到账回单截图。", "Add a screenshot of the receipt.")
        }
    }
}

/// Why something cannot be done with a top-up (ENT-8).
#[must_use]
pub fn top_up_refusal(language: Language, refusal: &TopUpRefusal) -> String {
    match refusal {
        TopUpRefusal::StillAwaited { until } => {
            let until = time::beijing(language, *until);
            match language {
                Language::Chinese => format!("当前金额仍可汇入，截止 {until}。"),
                Language::English => format!("The named sum can still be paid, until {until}."),
            }
        }
        TopUpRefusal::AlreadyPaid => {
            pick(language, "款项已到账。", "It was paid already.").to_owned()
        }
        TopUpRefusal::NotPaid => pick(language, "款项尚未到账。", "It was not paid.").to_owned(),
    }
}
