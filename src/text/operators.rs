//! The sentences of the operators' desk.

use domain::account::{AccountIdProblem, FreezeReason, VerificationStatus};
use domain::operators::{
    Duty, OperatorReasonProblem, OperatorRefusal, Queue, QueueStage, ReviewCheck, Role,
};
use domain::sign_in::SignInRefusal;

use super::{Language, catalogue, sign_in};

catalogue! {
    /// The operators' desk.
    OperatorText {
        desk: "运营工作台", "Operators' desk";
        navigation: "工作台导航", "Desk";
        queues: "待办队列", "Queues";
        accounts: "账号", "Accounts";
        enterprises: "企业额度", "Enterprises";
        shortcuts: "键盘快捷键", "Keyboard shortcuts";
        sign_out: "退出工作台", "Leave the desk";
        signed_out: "您已退出工作台。", "You have left the desk.";
        session_ended: "工作台登录已失效，请重新登录。登录后会回到刚才的页面。", "Your session at the desk has ended. Sign in again and you will return to the page you were on.";

        sign_in_title: "运营人员登录", "Operator sign-in";
        sign_in_lead: "仅供运营人员使用。先输入姓名和密码，再输入验证器应用的验证码。", "For operators only: name and password first, then the code of your authenticator app.";
        steps: "登录步骤", "Steps of signing in";
        step_password: "密码", "Password";
        step_code: "验证码", "Code";
        step_done: "（已完成）", "(done)";
        name: "登录名", "Name";
        wrong_name: "请输入登录名，由字母、数字和 . _ - 组成", "Enter your name: letters, digits and . _ -";
        password: "密码", "Password";
        next: "下一步", "Next";
        checking: "正在验证…", "Checking…";
        code: "验证码", "Code";
        code_hint: "验证器应用显示的 6 位数字。", "The six digits that your authenticator app shows.";
        sign_in: "登录", "Sign in";
        code_lead: "密码正确。请输入验证器应用当前显示的验证码。", "The password was right. Now the code that your app shows.";
        bind_title: "绑定验证器应用", "Bind an authenticator app";
        bind_lead: "首次登录需要绑定验证器应用：扫描二维码，或把密钥输入应用，然后输入应用显示的验证码。", "At the first sign-in an app is bound: scan the code, or type the secret into the app, then enter the code that it shows.";
        secret: "密钥", "Secret";
        qr: "用于绑定验证器应用的二维码", "QR code for the authenticator app";
        bind: "绑定并登录", "Bind and sign in";
        lost: "应用或设备丢失时，请管理员在服务器上运行 operator reset-mfa。", "If the app is lost, have an administrator run operator reset-mfa on the server.";
        other_person: "换一个登录名", "Use another name";
        demo_codes: "演示：当前验证码", "Demo: the codes at this moment";
        demo_codes_lead: "按演示时钟计算，每 30 秒更新；密码见启动时的输出。", "By the demo's clock, new every 30 seconds; the password stands where the demo was started.";
        demo_show: "显示当前验证码", "Show the codes now";
        not_bound: "尚未绑定", "not bound yet";

        queues_title: "待办队列", "Queues";
        open: "待处理", "Open";
        overdue: "已超时", "Overdue";
        nothing_waits: "这个队列里没有待处理的申请", "Nothing waits in this queue";
        nothing_waits_more: "有新申请时会出现在这里，最先到期的排在最前。", "New cases appear here, the one that is due first at the top.";
        not_a_reviewer: "您的角色不处理申请。", "None of your roles decides cases.";
        not_a_reviewer_more: "可以在“账号”中查找账号。", "You can look accounts up under Accounts.";
        case: "申请", "Case";
        case_accounts: "账号", "Account";
        came_in: "提交时间", "Came in";
        due: "应在此前处理", "Due by";
        standing: "状态", "Standing";
        own_case: "涉及您自己的账号，请由他人处理", "Concerns an account of your own; somebody else decides it";
        reload: "刷新", "Reload";

        case_title: "申请详情", "Case";
        no_such_case: "没有这份申请，可能已被撤回", "There is no such case; it may have been taken back";
        back_to_queue: "返回队列", "Back to the queue";
        compare: "变更前后", "Before and after";
        item: "项目", "Item";
        before: "变更前", "Before";
        after: "变更后", "After";
        unchanged: "不变", "Unchanged";
        nothing: "无", "None";
        findings: "核查结果", "Findings";
        documents: "证明材料", "Documents";
        no_documents: "没有材料", "There are no documents";
        no_documents_more: "在线变更以登记信息核验，无需材料；已到期的材料会被删除。", "An online change is checked against the register without paper; documents are deleted when their time is over.";
        may_not_see: "您的角色不能查看证明材料。", "None of your roles sees documents.";
        views_are_kept: "每次查看都会记入审计日志。", "Each view is written down in the audit log.";
        show: "查看", "View";
        shown: "正在查看", "Viewing";
        zoom_in: "放大", "Zoom in";
        zoom_out: "缩小", "Zoom out";
        rotate: "旋转", "Rotate";
        actual: "还原", "Reset";
        open_pdf: "下载 PDF", "Download the PDF";
        pdf_hint: "PDF 不在页面内显示，下载后用阅读器打开。", "A PDF is not shown in the page; download it and open it in a reader.";
        picture_failed: "材料未能加载。它可能已到期删除。", "The document could not be loaded. It may have been deleted at the end of its time.";
        decision: "处理", "Decision";
        approve: "通过", "Approve";
        reject: "驳回", "Reject";
        which_decision: "处理结果", "What do you decide?";
        checks: "核对项", "Checks";
        checks_hint: "全部核对无误后才能通过。", "An approval needs all of them.";
        reasons: "驳回原因", "Reasons";
        reasons_hint: "至少为一项选择原因，申请人会逐项看到。", "Choose a reason for at least one item; the applicant reads them item by item.";
        no_fault: "没有问题", "Nothing wrong";
        note: "补充说明", "Note";
        approve_now: "通过申请", "Approve the case";
        reject_now: "驳回申请", "Reject the case";
        sending: "正在提交…", "Sending…";
        approved: "申请已通过。", "The case was approved.";
        approved_once: "已记录您的通过意见，还需另一位审核人员同意。", "Your approval is recorded; a second reviewer must agree.";
        rejected: "申请已驳回，原因已告知申请人。", "The case was rejected, and the applicant told why.";
        next_case: "处理下一份申请", "Go on with the next case";
        you_cannot: "您不能处理这份申请", "You cannot decide this case";
        choose_decision: "请选择处理结果", "Choose what you decide";

        find_title: "查找账号", "Find an account";
        find_lead: "按账号 ID 查找。账号 ID 由 12 位数字组成，以 1000 开头。", "By its account ID, twelve digits that begin with 1000.";
        account_id: "账号 ID", "Account ID";
        find: "查找", "Find";
        no_such_account: "没有这个账号", "There is no such account";
        account_title: "账号详情", "Account";
        another_account: "查找其他账号", "Find another account";
        registered: "注册时间", "Registered";
        verification: "实名认证", "Verification";
        verified_name: "认证名称", "Verified name";
        lock: "账号锁定", "Lock";
        not_locked: "未锁定", "Not locked";
        locked_since: "账号所有者锁定于", "Locked by its owner since";
        freeze: "冻结状态", "Freeze";
        not_frozen: "未冻结", "Not frozen";
        frozen_by: "操作人", "Frozen by";
        frozen_since: "冻结时间", "Since";
        frozen_reason: "冻结原因", "Reason";
        open_cases: "待处理的申请", "Open cases";
        no_open_cases: "没有", "None";
        freeze_title: "冻结账号", "Freeze the account";
        freeze_lead: "冻结后，所有者仍可登录和查看，但不能购买，也不能新建项目、用户和密钥。安全手机和安全邮箱会收到通知。", "Its owner still signs in and sees everything, but cannot buy, nor create projects, users and keys. Security phone and e-mail get a notice.";
        freeze_reason: "冻结原因", "Reason";
        freeze_reason_hint: "最多 500 字。账号所有者会看到这段文字，并会记入审计日志。", "500 characters at most. The account's owner reads it, and the audit log keeps it.";
        freeze_now: "冻结账号", "Freeze the account";
        freezing: "正在冻结…", "Freezing…";
        frozen: "账号已冻结。", "The account is frozen.";
        lift_title: "解除冻结", "Lift the freeze";
        lift_lead: "只解除因违规的冻结；其他冻结原因会自行解除。", "Lifts the freeze because of a violation only; other reasons lift themselves.";
        lift_reason: "解除原因", "Reason";
        lift_reason_hint: "最多 500 字，会记入审计日志。", "500 characters at most; the audit log keeps it.";
        lift_now: "解除冻结", "Lift the freeze";
        lifting: "正在解除…", "Lifting…";
        lifted: "冻结已解除。", "The freeze is lifted.";
        audit: "审计日志", "Audit log";
        audit_at: "时间", "When";
        audit_actor: "操作人", "Who";
        audit_event: "事件", "What";
        audit_details: "详情", "Details";
        older: "显示更早的记录", "Show older rows";
        no_rows: "没有记录", "There are no rows";

        enterprise_title: "企业认证额度", "Places of an enterprise";
        enterprise_lead: "一家企业默认最多认证 10 个账号。按名称和代码查找后，管理员可以提高它的额度。", "An enterprise verifies at most 10 accounts unless its limit is raised. Find it by name and code; an administrator can raise the limit.";
        enterprise_name: "企业名称", "Enterprise name";
        enterprise_code: "统一社会信用代码或其他机构代码", "Enterprise code";
        look_up: "查询", "Look it up";
        looking: "正在查询…", "Looking…";
        verified_accounts: "已认证账号", "Verified accounts";
        limit: "额度", "Limit";
        raise_title: "提高额度", "Raise the limit";
        new_limit: "新额度", "New limit";
        new_limit_hint: "高于目前额度的整数，最多 1000。", "A whole number above the present one, 1000 at most.";
        wrong_limit: "请输入整数", "Enter a whole number";
        raise_reason: "提高原因", "Reason";
        raise_now: "提高额度", "Raise the limit";
        raising: "正在提高…", "Raising…";
        raised: "额度已提高。", "The limit is raised.";
        another_enterprise: "查询其他企业", "Look up another enterprise";

        shortcuts_lead: "在输入框中键入时快捷键不起作用。", "They do nothing while you type in a field.";
        shortcuts_on: "启用单键快捷键", "Use single-key shortcuts";
        key: "按键", "Key";
        does: "作用", "What it does";
        key_next: "下一份申请", "Next case in the list";
        key_previous: "上一份申请", "Previous case in the list";
        key_open: "打开选中的申请", "Open the chosen case";
        key_queues: "前往队列", "Go to the queues";
        key_accounts: "前往账号查找", "Go to finding an account";
        key_approve: "选择“通过”", "Choose Approve";
        key_reject: "选择“驳回”", "Choose Reject";
        key_document: "查看下一份材料", "View the next document";
        key_rotate: "旋转材料", "Rotate the document";
        key_zoom: "放大、缩小材料", "Zoom the document in and out";
        key_help: "显示这份列表", "Show this list";
    }
}

/// A queue's name.
#[must_use]
pub const fn queue(language: Language, queue: Queue) -> &'static str {
    match (language, queue) {
        (Language::Chinese, Queue::VerificationChanges) => "变更认证",
        (Language::English, Queue::VerificationChanges) => "Verification changes",
        (Language::Chinese, Queue::Appeals) => "账号申诉",
        (Language::English, Queue::Appeals) => "Appeals",
        (Language::Chinese, Queue::EnterpriseFinds) => "企业查询",
        (Language::English, Queue::EnterpriseFinds) => "Enterprise searches",
        (Language::Chinese, Queue::Deregistrations) => "账号注销",
        (Language::English, Queue::Deregistrations) => "Deregistrations",
        (Language::Chinese, Queue::RecycledNumbers) => "二次放号",
        (Language::English, Queue::RecycledNumbers) => "Recycled numbers",
    }
}

/// A role's name.
#[must_use]
pub const fn role(language: Language, role: Role) -> &'static str {
    match (language, role) {
        (Language::Chinese, Role::Reviewer) => "审核",
        (Language::English, Role::Reviewer) => "Reviewer",
        (Language::Chinese, Role::Support) => "客服",
        (Language::English, Role::Support) => "Support",
        (Language::Chinese, Role::Administrator) => "管理员",
        (Language::English, Role::Administrator) => "Administrator",
    }
}

const fn duty(language: Language, duty: Duty) -> &'static str {
    match (language, duty) {
        (Language::Chinese, Duty::Decide) => "处理申请",
        (Language::English, Duty::Decide) => "decide cases",
        (Language::Chinese, Duty::SeeDocuments) => "查看证明材料",
        (Language::English, Duty::SeeDocuments) => "see documents",
        (Language::Chinese, Duty::Freeze) => "冻结和解除冻结账号",
        (Language::English, Duty::Freeze) => "freeze accounts or lift that",
        (Language::Chinese, Duty::RaiseLimit) => "提高企业额度",
        (Language::English, Duty::RaiseLimit) => "raise an enterprise's limit",
        (Language::Chinese, Duty::SeeAudit) => "查看账号和审计日志",
        (Language::English, Duty::SeeAudit) => "see accounts and their audit",
        (Language::Chinese, Duty::GiveRoles) => "分配角色",
        (Language::English, Duty::GiveRoles) => "give roles",
    }
}

/// Why an operator may not do something (OPS-1, OPS-2).
#[must_use]
pub fn refusal(language: Language, refusal: &OperatorRefusal) -> String {
    let chinese = language == Language::Chinese;
    let fixed = |zh: &str, en: &str| if chinese { zh } else { en }.to_owned();
    match refusal {
        OperatorRefusal::MfaMissing => fixed(
            "请先输入验证器应用的验证码。",
            "The code of your app is still to be given.",
        ),
        OperatorRefusal::RoleMissing { duty: missing } => {
            let what = duty(language, *missing);
            if chinese {
                format!("您的角色不能{what}。")
            } else {
                format!("None of your roles may {what}.")
            }
        }
        OperatorRefusal::OwnAccount => fixed(
            "这涉及您自己的账号，请由他人处理。",
            "It concerns an account of your own; somebody else decides it.",
        ),
        OperatorRefusal::AlreadyDecided => {
            fixed("这份申请已经处理完毕。", "This case has been decided.")
        }
        OperatorRefusal::SecondReviewerIsFirst => fixed(
            "您已经通过了这份申请，第二次审核须由另一位审核人员进行。",
            "You approved it already; the second approval must come from another reviewer.",
        ),
        OperatorRefusal::ChecksMissing { missing } => {
            let names: Vec<_> = missing.iter().map(|one| check(language, *one)).collect();
            if chinese {
                format!("还有核对项未勾选：{}", names.join("；"))
            } else {
                format!("These checks are still to be made: {}", names.join("; "))
            }
        }
        OperatorRefusal::ReasonsMissing => fixed(
            "请至少为一项选择驳回原因。",
            "Choose a reason for at least one item.",
        ),
        OperatorRefusal::AlreadyFrozen => fixed("账号已被冻结。", "The account is frozen already."),
        OperatorRefusal::NotFrozen => fixed(
            "账号未因违规被冻结；其他冻结原因会自行解除。",
            "No operator froze the account; other reasons lift themselves.",
        ),
        OperatorRefusal::NotARaise { limit } => {
            if chinese {
                format!("新额度须高于目前的 {limit}。")
            } else {
                format!("The new limit must be above the present {limit}.")
            }
        }
        OperatorRefusal::RaiseTooHigh { most } => {
            if chinese {
                format!("额度最高为 {most}。")
            } else {
                format!("The limit can be {most} at most.")
            }
        }
    }
}

/// Why signing in at the desk was refused; an operator has a name and no e-mail (SGN-1).
#[must_use]
pub fn sign_in_refusal(language: Language, refusal: SignInRefusal) -> String {
    match (language, refusal) {
        (Language::Chinese, SignInRefusal::WrongEmailOrPassword) => {
            "登录名或密码不正确。".to_owned()
        }
        (Language::English, SignInRefusal::WrongEmailOrPassword) => {
            "Name and password do not belong together.".to_owned()
        }
        (_, other) => sign_in::sign_in_refusal(language, other),
    }
}

/// What is wrong with an account id as it was typed.
#[must_use]
pub fn account_id_problem(language: Language, problem: AccountIdProblem) -> String {
    let fixed = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    match problem {
        AccountIdProblem::Empty => fixed("请输入账号 ID", "Enter an account ID"),
        AccountIdProblem::ForbiddenCharacter { character } => match language {
            Language::Chinese => format!("账号 ID 只有数字，不能包含“{character}”"),
            Language::English => format!("An account ID has digits only, not {character}"),
        },
        AccountIdProblem::WrongLength { length, wanted } => match language {
            Language::Chinese => format!("账号 ID 有 {wanted} 位数字，您输入了 {length} 位"),
            Language::English => {
                format!("An account ID has {wanted} digits; you typed {length}")
            }
        },
        AccountIdProblem::WrongBeginning => {
            fixed("账号 ID 以 1000 开头", "An account ID begins with 1000")
        }
    }
}

/// What is wrong with a reason (OPS-2).
#[must_use]
pub fn reason_problem(language: Language, problem: OperatorReasonProblem) -> String {
    match (language, problem) {
        (Language::Chinese, OperatorReasonProblem::Empty) => "请填写原因".to_owned(),
        (Language::English, OperatorReasonProblem::Empty) => "Enter a reason".to_owned(),
        (Language::Chinese, OperatorReasonProblem::TooLong { longest }) => {
            format!("最多 {longest} 个字")
        }
        (Language::English, OperatorReasonProblem::TooLong { longest }) => {
            format!("At most {longest} characters fit")
        }
    }
}

/// A check of the reviewer's form (ENT-11).
#[must_use]
pub const fn check(language: Language, check: ReviewCheck) -> &'static str {
    match (language, check) {
        (Language::Chinese, ReviewCheck::DocumentsReadable) => "材料完整、清晰，均在有效期内",
        (Language::English, ReviewCheck::DocumentsReadable) => {
            "Every document can be read whole and has not expired"
        }
        (Language::Chinese, ReviewCheck::DataAgree) => "材料、表单与登记信息中的名称和号码一致",
        (Language::English, ReviewCheck::DataAgree) => {
            "Names and numbers agree among documents, form and register"
        }
        (Language::Chinese, ReviewCheck::UsageRestriction) => {
            "材料上如注明用途，限于本平台认证（水印核对）"
        }
        (Language::English, ReviewCheck::UsageRestriction) => {
            "A usage restriction or watermark on a document names this platform's verification"
        }
        (Language::Chinese, ReviewCheck::SignedOrStamped) => "申请表已由应签署人签字或盖章",
        (Language::English, ReviewCheck::SignedOrStamped) => {
            "The form is signed or stamped by who must sign it"
        }
        (Language::Chinese, ReviewCheck::ApplicantIsSubject) => "申请人即认证主体或其代理人",
        (Language::English, ReviewCheck::ApplicantIsSubject) => {
            "The applicant is the verified subject or acts for it"
        }
        (Language::Chinese, ReviewCheck::HoldersTold) => "已通知账号现有的联系方式",
        (Language::English, ReviewCheck::HoldersTold) => {
            "The account's existing contacts were told"
        }
    }
}

/// How far a case was decided.
#[must_use]
pub const fn stage(language: Language, stage: QueueStage) -> &'static str {
    match (language, stage) {
        (Language::Chinese, QueueStage::Open) => "待审核",
        (Language::English, QueueStage::Open) => "Open",
        (Language::Chinese, QueueStage::ApprovedOnce { .. }) => "待二次审核",
        (Language::English, QueueStage::ApprovedOnce { .. }) => "Approved once",
        (Language::Chinese, QueueStage::Decided { approved: true, .. }) => "已通过",
        (Language::English, QueueStage::Decided { approved: true, .. }) => "Approved",
        (
            Language::Chinese,
            QueueStage::Decided {
                approved: false, ..
            },
        ) => "已驳回",
        (
            Language::English,
            QueueStage::Decided {
                approved: false, ..
            },
        ) => "Rejected",
    }
}

/// Whether an account is verified, and as what.
#[must_use]
pub const fn verification(language: Language, status: VerificationStatus) -> &'static str {
    match (language, status) {
        (Language::Chinese, VerificationStatus::Unverified) => "未认证",
        (Language::English, VerificationStatus::Unverified) => "Not verified",
        (Language::Chinese, VerificationStatus::Person) => "个人认证",
        (Language::English, VerificationStatus::Person) => "Verified as a person",
        (Language::Chinese, VerificationStatus::Enterprise) => "企业认证",
        (Language::English, VerificationStatus::Enterprise) => "Verified as an enterprise",
    }
}

/// Why an account is frozen (ACC-6).
#[must_use]
pub const fn freeze_reason(language: Language, reason: FreezeReason) -> &'static str {
    match (language, reason) {
        (Language::Chinese, FreezeReason::Violation) => "违规",
        (Language::English, FreezeReason::Violation) => "Violation",
        (Language::Chinese, FreezeReason::NotVerified) => "未实名认证",
        (Language::English, FreezeReason::NotVerified) => "Not verified",
        (Language::Chinese, FreezeReason::UnpaidRetention) => "欠费保留期",
        (Language::English, FreezeReason::UnpaidRetention) => "Unpaid renewal",
        (Language::Chinese, FreezeReason::AwaitingDeregistration) => "等待注销",
        (Language::English, FreezeReason::AwaitingDeregistration) => "Waiting for deregistration",
    }
}

/// How many of something, for a queue's entry: `变更认证，待处理 3，已超时 1`.
#[must_use]
pub fn queue_counts(language: Language, open: u32, overdue: u32) -> String {
    match (language, overdue) {
        (Language::Chinese, 0) => format!("待处理 {open}"),
        (Language::Chinese, _) => format!("待处理 {open}，超时 {overdue}"),
        (Language::English, 0) => format!("{open} open"),
        (Language::English, _) => format!("{open} open, {overdue} overdue"),
    }
}
