//! The sentences of signing in and binding by other services, scans and face checks (SGN-5, SGN-10,
//! SGN-11, LGM-5, V-27).

use contract::providers::{ScanStage, VisitFailure};
use domain::login_methods::LoginMethodKind;
use domain::sign_in::{ScanPurpose, ScanRefusal};
use domain::verification::FaceCause;

use super::login_methods::kind as kind_words;
use super::{Language, catalogue};

catalogue! {
    /// Other services.
    ProviderText {
        others: "其他登录方式", "Other ways to sign in";
        scan_sign_in: "微信扫码登录", "Scan with WeChat";
        back_title: "正在确认身份", "Confirming who you are";
        identity_title: "选择下一步", "What next";
        nothing_waits: "没有等待处理的身份，可能已超时或已使用。请重新开始。",
            "Nothing waits here: it took too long or was used. Please begin again.";
        choose: "这个身份可以登录多个账号，请选择一个。", "It signs in to several accounts. Choose one.";
        sign_in_to: "登录这个账号", "Sign in to this account";
        no_account: "这个身份还没有关联任何账号。", "It signs in to no account yet.";
        link: "登录已有账号并关联", "Sign in to my account and link it";
        register: "注册新账号", "Register an account";
        bind: "绑定到当前账号", "Bind it to this account";
        replace: "更换为这个身份", "Replace the bound one with it";
        working: "正在处理…", "Working on it…";
        confirms: "绑定后，微信还可以用于扫码确认敏感操作。", "WeChat will also confirm sensitive operations from then on.";
        bound: "已绑定。", "It was bound.";
        bound_confirms: "已绑定，微信从现在起也可用于扫码确认。", "It was bound; WeChat confirms from now on too.";
        forget: "不是我，清除这个身份", "Not me: forget this identity";
        forgotten: "已清除，没有任何改变。", "It was forgotten. Nothing was changed.";
        again: "重新开始", "Begin again";
        to_account: "返回账号信息", "Back to Account info";
        to_sign_in: "返回登录", "Back to signing in";
        unfreeze: "请先在该服务自己的页面解除冻结，然后再试。", "Have it unfrozen at the service itself first, then try again.";
        appeal: "如果无法解除冻结，可以换一种方式登录，或联系人工客服申诉。", "If that is not possible, sign in another way, or appeal through support.";
        scan_title: "微信扫码登录", "Scan with WeChat";
        scan_lead: "用手机微信扫描二维码，然后在手机上确认。", "Scan the code with WeChat on your phone, then confirm there.";
        scan_warning: "请勿把二维码发给别人：谁扫码确认，谁的微信就会用于登录。多人协作请创建子用户，不要共用账号。",
            "Do not share this code. For shared work make sub-users instead of sharing an account.";
        qr_label: "微信扫码二维码", "QR code to scan with WeChat";
        open_here: "在这台设备上打开", "Open it on this device";
        new_code: "换一个二维码", "Show a new code";
        show_code: "显示二维码", "Show the code";
        phone_title: "扫码确认", "Confirm the scan";
        phone_opening: "正在打开微信…", "Opening WeChat…";
        phone_warning: "请确认这是您本人的操作。如果二维码是别人发给您的，请选择“不是我”。",
            "Make sure this is you. If somebody sent you the code, choose “Not me”.";
        phone_device: "正在使用的设备", "The device that shows the code";
        phone_unknown: "未知设备", "An unknown device";
        confirm: "确认", "Confirm";
        decline: "不是我", "Not me";
        confirmed: "已确认，请回到原来的设备继续。", "Confirmed. Go on where you saw the code.";
        declined: "已拒绝，这个二维码不能再用了。", "Declined. That code is dead now.";
        face_show: "开始人脸识别", "Begin the face check";
        face_lead: "点击链接，或用手机扫描二维码，按提示完成人脸识别；完成后本页会自动继续。",
            "Follow the link or scan the code with your phone and show your face; this page goes on by itself.";
        face_open: "打开人脸识别页面", "Open the face check";
        face_label: "人脸识别二维码", "QR code of the face check";
        face_over: "这次人脸识别已失效，请重新开始。", "This face check is over. Begin a new one.";
        face_later: "人脸识别服务暂时没有响应，请稍候或换一种方式。", "The face service does not answer just now. Wait, or use another way.";
        face_failed: "人脸识别没有通过：", "The face check failed:";
        face_done_title: "人脸识别已结束", "The face check is over";
        face_done: "请回到原来的页面继续。", "Go back to the page where you began.";
        demo_phone: "演示手机", "Demo phone";
        demo_phone_lead: "这里代替手机上的微信、QQ、企业微信和公众平台。选择由谁确认。",
            "This stands in for WeChat, QQ, WeCom and Official Account. Choose who confirms.";
        demo_cancel: "取消", "Cancel";
        demo_guest: "新的人", "Somebody new";
        demo_face: "演示摄像头", "Demo camera";
        demo_face_lead: "选择摄像头看到了什么。", "Choose what the camera sees.";
        demo_face_pass: "是本人", "It is the person";
        demo_looked: "已完成，请回到原来的页面。", "Done. Go back to the page where you began.";
    }
}

/// Signing in with a service.
#[must_use]
pub fn sign_in_with(language: Language, kind: LoginMethodKind) -> String {
    let words = kind_words(language, kind);
    match language {
        Language::Chinese => format!("用{words}登录"),
        Language::English => format!("Sign in with {words}"),
    }
}

/// Who was seen.
#[must_use]
pub fn seen(language: Language, kind: LoginMethodKind, name: Option<&str>) -> String {
    let words = kind_words(language, kind);
    match name {
        Some(name) => format!("{words} · {name}"),
        None => words.to_owned(),
    }
}

/// Why a visit proved nobody's identity.
#[must_use]
pub fn failure(language: Language, kind: LoginMethodKind, why: VisitFailure) -> String {
    let words = kind_words(language, kind);
    match (language, why) {
        (Language::Chinese, VisitFailure::Declined) => {
            format!("您在{words}中取消了，没有任何改变。")
        }
        (Language::English, VisitFailure::Declined) => {
            format!("You cancelled in {words}. Nothing was changed.")
        }
        (Language::Chinese, VisitFailure::BeginAgain) => {
            format!("{words}的确认已失效，请重新开始。")
        }
        (Language::English, VisitFailure::BeginAgain) => {
            format!("What {words} said is not valid any more. Please begin again.")
        }
        (Language::Chinese, VisitFailure::Later) => {
            format!("{words}暂时没有响应，请稍后再试，或换一种方式。")
        }
        (Language::English, VisitFailure::Later) => {
            format!("{words} does not answer just now. Try again later, or use another way.")
        }
        (Language::Chinese, VisitFailure::Misconfigured) => {
            format!("本平台与{words}的连接出现问题，请换一种方式，并告知客服。")
        }
        (Language::English, VisitFailure::Misconfigured) => {
            format!("The connection to {words} is out of order. Use another way, and tell support.")
        }
    }
}

/// An identity that its own service has frozen (SGN-10).
#[must_use]
pub fn frozen(language: Language, kind: LoginMethodKind) -> String {
    let words = kind_words(language, kind);
    match language {
        Language::Chinese => format!("这个{words}已被该服务冻结，暂时不能使用。"),
        Language::English => format!("{words} itself has frozen this identity."),
    }
}

/// Why a scan or a visit does not go on (SGN-11, V-27).
#[must_use]
pub const fn scan_refusal(language: Language, refusal: ScanRefusal) -> &'static str {
    match (language, refusal) {
        (Language::Chinese, ScanRefusal::Expired) => "已超时，请重新开始。",
        (Language::English, ScanRefusal::Expired) => "It took too long. Please begin again.",
        (Language::Chinese, ScanRefusal::Used) => "已经使用过了，请重新开始。",
        (Language::English, ScanRefusal::Used) => "It was used already. Please begin again.",
        (Language::Chinese, ScanRefusal::Declined) => "手机上选择了拒绝。",
        (Language::English, ScanRefusal::Declined) => "It was declined on the phone.",
        (Language::Chinese, ScanRefusal::NotConfirmed) => "还没有在手机上确认。",
        (Language::English, ScanRefusal::NotConfirmed) => "It is not confirmed on the phone yet.",
        (Language::Chinese, ScanRefusal::NotYours) => {
            "这次确认不是在这个浏览器中开始的，没有任何改变。请在这里重新开始。"
        }
        (Language::English, ScanRefusal::NotYours) => {
            "This was not begun in this browser, so nothing was changed. Please begin again here."
        }
        (Language::Chinese, ScanRefusal::NotLinked) => "这个身份不能登录所选的账号。",
        (Language::English, ScanRefusal::NotLinked) => "It does not sign in to that account.",
        (Language::Chinese, ScanRefusal::OtherWechat) => {
            "确认的微信不是本账号绑定的那一个，请用绑定的微信扫码。"
        }
        (Language::English, ScanRefusal::OtherWechat) => {
            "Another WeChat confirmed than the one that is bound. Scan with the bound one."
        }
    }
}

/// How far a scan has come (SGN-11).
#[must_use]
pub const fn stage(language: Language, stage: ScanStage) -> &'static str {
    match (language, stage) {
        (Language::Chinese, ScanStage::Waiting) => "等待扫码，二维码 2 分钟内有效。",
        (Language::English, ScanStage::Waiting) => {
            "Waiting for the scan. The code lives 2 minutes."
        }
        (Language::Chinese, ScanStage::Scanned) => "已扫码，请在手机上确认。",
        (Language::English, ScanStage::Scanned) => "Scanned. Confirm on your phone.",
        (Language::Chinese, ScanStage::Confirmed) => "已确认，正在继续…",
        (Language::English, ScanStage::Confirmed) => "Confirmed, going on…",
        (Language::Chinese, ScanStage::Declined) => "手机上选择了拒绝，二维码已作废。",
        (Language::English, ScanStage::Declined) => {
            "It was declined on the phone; the code is dead."
        }
        (Language::Chinese, ScanStage::Over) => "二维码已失效，请换一个。",
        (Language::English, ScanStage::Over) => "The code is dead. Show a new one.",
    }
}

/// What the holder of the phone confirms (SGN-11).
#[must_use]
pub const fn purpose(language: Language, purpose: ScanPurpose) -> &'static str {
    match (language, purpose) {
        (Language::Chinese, ScanPurpose::SignIn) => "有设备请求用您的微信登录",
        (Language::English, ScanPurpose::SignIn) => "A device wants to sign in with your WeChat",
        (Language::Chinese, ScanPurpose::BindLoginMethod) => "有账号请求绑定您的微信",
        (Language::English, ScanPurpose::BindLoginMethod) => "An account wants to bind your WeChat",
        (Language::Chinese, ScanPurpose::Prove) => "有账号请求您确认一项敏感操作或登录",
        (Language::English, ScanPurpose::Prove) => {
            "An account asks you to confirm a sign-in or a sensitive operation"
        }
        (Language::Chinese, ScanPurpose::Verify) => "有账号请求用您的微信完成实名认证",
        (Language::English, ScanPurpose::Verify) => {
            "An account asks you to confirm a real-name verification"
        }
    }
}

/// Why a face was not taken for the person's (VER-7).
#[must_use]
pub const fn face_cause(language: Language, cause: FaceCause) -> &'static str {
    match (language, cause) {
        (Language::Chinese, FaceCause::Covered) => "面部被遮挡",
        (Language::English, FaceCause::Covered) => "Something covers the face",
        (Language::Chinese, FaceCause::DiffersFromPhoto) => "与证件照片差异较大",
        (Language::English, FaceCause::DiffersFromPhoto) => "It differs from the photo",
        (Language::Chinese, FaceCause::WrongNameOrId) => "姓名或证件号码有误",
        (Language::English, FaceCause::WrongNameOrId) => "Name or number is wrong",
        (Language::Chinese, FaceCause::NotFullyInFrame) => "面部没有完全在画面内",
        (Language::English, FaceCause::NotFullyInFrame) => "The face is not fully in the frame",
    }
}
