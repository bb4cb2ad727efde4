//! The sentences of the pages about MFA devices, recovery codes, security keys and passkeys.

use contract::mfa::NoKeysHere;
use domain::mfa::{ClockSkew, DeviceKind, LostDeviceWay, SeedProblem, TokenSerialProblem};
use domain::time::{Span, Timestamp};

use super::{Language, catalogue, proof, time};

catalogue! {
    /// The pages about MFA.
    MfaText {
        title: "MFA 设备", "MFA device";
        lead: "MFA（多因素认证）在密码之外再要求一个只有您持有的设备，密码泄露时账号仍然安全。每个账号最多绑定一个设备。",
            "Multi-factor authentication asks for a device that only you have, so that a stolen password is not enough. An account has at most one device.";
        device: "设备", "Device";
        none: "未绑定", "Not bound";
        none_title: "尚未绑定 MFA 设备", "No MFA device yet";
        none_hint: "绑定大约需要两分钟，请准备好手机上的验证器应用，或安全密钥。", "It takes about two minutes. Have the authenticator app on your phone ready, or a security key.";
        bind: "绑定 MFA 设备", "Bind an MFA device";
        replace: "更换", "Replace";
        unbind: "解绑", "Unbind";
        bound_at: "绑定时间", "Bound since";
        serial: "序列号", "Serial number";
        codes_left: "剩余恢复码", "Recovery codes left";
        codes_hint: "设备不在身边时，可用恢复码代替，每个只能使用一次。", "When the device is not at hand, one of these takes its place; each works once.";
        renew: "重新生成", "Make new ones";
        few_left: "恢复码即将用完，请重新生成并妥善保存。", "Few recovery codes are left. Make new ones and keep them safe.";
        pending: "有一个尚未完成的绑定", "A binding has not been finished";
        go_on: "继续绑定", "Go on with it";
        lost_title: "设备丢失或损坏？", "Device lost or broken?";
        lost_lead: "按快慢依次有以下办法。用其他方式验证身份后，即可在本页解绑或更换。", "Quickest first. Once you have confirmed in another way that it is you, unbind or replace it on this page.";
        lost_code: "使用恢复码登录或验证身份", "Sign in or confirm with a recovery code";
        lost_appeal: "以上都不可用时只能申诉，在线申诉尚未开放", "If none of these works, only an appeal helps; appeals online are not open yet";
        wechat_title: "微信确认", "WeChat as confirmation";
        wechat_name: "微信", "WeChat";
        wechat_bound: "已绑定", "Bound";
        wechat_stays: "解绑后不能再用微信扫码验证身份；用微信登录不受影响。", "WeChat no longer confirms that it is you. Signing in with WeChat stays as it is.";
        wechat_alone: "微信登录已解绑，微信确认仍然有效，需要单独解绑。", "WeChat no longer signs you in, yet it still confirms that it is you until you unbind that here.";
        why_not: "暂时不能解绑：", "It cannot be unbound now:";

        unbind_title: "解绑 MFA 设备？", "Unbind the MFA device?";
        happens: "将会发生", "What happens";
        stays: "不会改变", "What stays";
        unbind_1: "该设备的验证码立即失效", "Its codes stop working at once";
        unbind_2: "所有恢复码作废", "All recovery codes are void";
        unbind_3: "所有受信任设备的信任被撤销", "No device is trusted any more";
        unbind_stay: "登录方式、安全手机和安全邮箱", "Ways to sign in, security phone and e-mail";
        unbinding: "正在解绑…", "Unbinding…";
        unbound: "已解绑 MFA 设备。", "The MFA device is unbound.";
        wechat_unbind_title: "解绑微信确认？", "Unbind WeChat as confirmation?";
        wechat_unbind_1: "不能再用微信扫码验证身份", "A scan with WeChat no longer confirms that it is you";
        wechat_unbind_stay: "微信登录（如已绑定）", "Signing in with WeChat, if that is bound";
        wechat_unbound: "已解绑微信确认。", "WeChat no longer confirms.";
        renew_title: "重新生成恢复码？", "Make new recovery codes?";
        renew_1: "以前的恢复码全部作废，包括未使用的", "All older codes are void, the unused ones too";
        renew_stay: "已绑定的 MFA 设备", "The MFA device that is bound";
        renewing: "正在生成…", "Making…";

        bind_title: "绑定 MFA 设备", "Bind an MFA device";
        replace_lead: "在新设备验证通过之前，原设备一直有效。", "The device you have keeps working until the new one is proved.";
        steps: "绑定步骤", "Steps";
        step_choose: "选择设备", "Choose";
        step_prove: "验证设备", "Prove";
        step_codes: "保存恢复码", "Keep the codes";
        step_done: "已完成", "done";
        kinds: "设备类型", "Kind of device";
        virtual_hint: "手机上的验证器应用，每 30 秒显示一个 6 位验证码。", "An authenticator app on your phone; it shows six digits, new ones every 30 seconds.";
        key_hint: "USB 或 NFC 安全密钥，或手机、电脑中的通行密钥（FIDO2）。", "A security key for USB or NFC, or a passkey in your phone or computer (FIDO2).";
        token_hint: "带显示屏的动态口令牌，需要序列号和种子。", "A token with a display. You need its serial number and its seed.";
        serial_hint: "印在令牌背面，4–32 位字母、数字或连字符。", "On the back of the token: 4 to 32 letters, digits and hyphens.";
        seed: "种子", "Seed";
        seed_hint: "由令牌厂商提供，十六进制或 Base32。", "Comes from the token's maker, in hexadecimal or Base32.";
        next: "下一步", "Next";
        starting: "正在准备…", "Preparing…";
        scan_title: "1. 把密钥加入验证器应用", "1. Add the secret to your app";
        scan_lead: "在验证器应用中选择添加账号，扫描二维码；不能扫码时手动输入密钥。", "Choose to add an account in your app and scan the code, or type the secret where scanning does not work.";
        qr_label: "供验证器应用扫描的二维码", "QR code for your authenticator app";
        secret: "密钥", "Secret";
        secret_hint: "刷新页面不会改变密钥。请勿截图或告诉他人。", "Loading the page again does not change it. Do not photograph it or tell anybody.";
        codes_title: "2. 输入连续的两个验证码", "2. Enter two codes, one after the other";
        token_codes_title: "输入令牌连续显示的两个验证码", "Enter two codes of the token, one after the other";
        codes_lead: "输入当前的验证码，等它变化后再输入下一个。", "Enter the code that is shown now, wait until it changes, then enter the next one.";
        first: "第一个验证码", "First code";
        second: "下一个验证码", "Next code";
        confirm: "完成绑定", "Finish";
        confirming: "正在验证…", "Checking…";
        give_up: "放弃绑定", "Give up";
        clock_title: "验证码总是不对？", "Are the codes always wrong?";
        clock_expired: "验证码可能已过期：每 30 秒更新一次，请等新的验证码。", "The code may have expired: there is a new one every 30 seconds. Wait for it.";
        clock_apart: "手机时间可能不准：请在手机设置中打开“自动设置时间”。", "The phone's clock may be wrong: switch on “set time automatically” in its settings.";
        key_title: "注册安全密钥或通行密钥", "Register the security key or passkey";
        key_lead: "点击按钮后按浏览器提示操作：插入或贴近密钥并触摸，或用指纹、面容、PIN 确认。", "Press the button and follow your browser: insert or tap the key and touch it, or confirm by finger, face or PIN.";
        use_key: "使用密钥", "Use the key";
        waiting_for_key: "等待密钥…", "Waiting for the key…";

        done_title: "请保存恢复码", "Keep your recovery codes";
        done_lead: "设备不在身边时用它们登录。只显示这一次，关闭后无法再次查看。", "They let you in without the device. They are shown this once and never again.";
        codes_label: "恢复码", "Recovery codes";
        download: "下载", "Download";
        print: "打印", "Print";
        kept: "我已保存", "I have kept them";
        bound: "MFA 设备已绑定。", "The MFA device is bound.";
        is_passkey: "这是通行密钥：下次可以不输入密码，直接用它登录。", "This is a passkey: next time you can sign in with it alone, without a password.";
        renewed: "已生成新的恢复码，以前的全部作废。", "New recovery codes were made; all older ones are void.";

        passkey_title: "用通行密钥登录", "Sign in with a passkey";
        passkey_lead: "使用绑定到账号的通行密钥或安全密钥，无需输入邮箱和密码。", "Use the passkey or security key that is bound to your account; no e-mail or password is needed.";
        passkey_button: "使用通行密钥", "Use a passkey";
        passkey_refused: "没有找到与这个通行密钥对应的账号，或验证未通过。请确认它已绑定，且能用指纹、面容或 PIN 确认身份。",
            "No account goes with this passkey, or it did not prove itself. It has to be bound, and to check you by finger, face or PIN.";
        passkey_other: "改用其他方式登录", "Sign in another way";
        no_keys_title: "这里不能使用安全密钥和通行密钥", "Security keys and passkeys do not work here";
        no_keys_link: "换用此地址打开", "Open this place by that name";
    }
}

/// A kind of device, in a few words (MFA-1).
#[must_use]
pub const fn kind(language: Language, kind: DeviceKind) -> &'static str {
    match (language, kind) {
        (Language::Chinese, DeviceKind::Virtual) => "验证器应用（虚拟 MFA）",
        (Language::English, DeviceKind::Virtual) => "Authenticator app (virtual)",
        (Language::Chinese, DeviceKind::Token) => "动态口令牌（硬件）",
        (Language::English, DeviceKind::Token) => "Code token (hardware)",
        (Language::Chinese, DeviceKind::SecurityKey) => "安全密钥或通行密钥（硬件）",
        (Language::English, DeviceKind::SecurityKey) => "Security key or passkey (hardware)",
    }
}

/// What is wrong with a token's serial number.
#[must_use]
pub const fn serial_problem(language: Language, problem: TokenSerialProblem) -> &'static str {
    match (language, problem) {
        (Language::Chinese, TokenSerialProblem::Empty) => "请输入序列号",
        (Language::English, TokenSerialProblem::Empty) => "Enter the serial number",
        (Language::Chinese, TokenSerialProblem::Malformed) => {
            "序列号由 4–32 位字母、数字或连字符组成"
        }
        (Language::English, TokenSerialProblem::Malformed) => {
            "A serial number has 4 to 32 letters, digits and hyphens"
        }
    }
}

/// What is wrong with a token's seed.
#[must_use]
pub const fn seed_problem(language: Language, problem: SeedProblem) -> &'static str {
    match (language, problem) {
        (Language::Chinese, SeedProblem::Empty) => "请输入种子",
        (Language::English, SeedProblem::Empty) => "Enter the seed",
        (Language::Chinese, SeedProblem::Malformed) => "种子应为十六进制或 Base32，请核对有无输错",
        (Language::English, SeedProblem::Malformed) => {
            "A seed is hexadecimal or Base32; check it for a slip"
        }
        (Language::Chinese, SeedProblem::TooShort) => {
            "种子太短，至少需要 128 位（32 个十六进制字符）"
        }
        (Language::English, SeedProblem::TooShort) => {
            "The seed is too short; it needs 128 bits (32 hexadecimal digits)"
        }
        (Language::Chinese, SeedProblem::TooLong) => "种子太长，请确认只粘贴了种子",
        (Language::English, SeedProblem::TooLong) => {
            "The seed is too long; make sure that you pasted the seed alone"
        }
    }
}

/// Why keys are not offered at this place (MFA-1).
#[must_use]
pub const fn no_keys(language: Language, reason: &NoKeysHere) -> &'static str {
    match (language, reason) {
        (Language::Chinese, NoKeysHere::NumericAddress { .. }) => {
            "浏览器只允许在有名称的地址上使用密钥，而您是用 IP 地址打开的。"
        }
        (Language::English, NoKeysHere::NumericAddress { .. }) => {
            "Browsers tie keys to a site's name, and this page was opened by an IP address."
        }
        (Language::Chinese, NoKeysHere::NotSecure) => "浏览器只允许通过 HTTPS 使用密钥。",
        (Language::English, NoKeysHere::NotSecure) => "Browsers use keys over HTTPS only.",
        (Language::Chinese, NoKeysHere::NoPublicOrigin) => {
            "管理员尚未设置本站的公开地址，因此不能绑定密钥。"
        }
        (Language::English, NoKeysHere::NoPublicOrigin) => {
            "Whoever runs this site has not set its public address yet, to which keys would be tied."
        }
    }
}

/// A way in without the device (MFA-5).
#[must_use]
pub const fn lost_way(language: Language, way: LostDeviceWay) -> &'static str {
    let text = MfaText::of(language);
    match way {
        LostDeviceWay::RecoveryCode => text.lost_code,
        LostDeviceWay::OtherProof(method) => proof::method(language, method),
        LostDeviceWay::Appeal => text.lost_appeal,
    }
}

/// The hotline for who cannot get in by any other way.
#[must_use]
pub fn hotline(language: Language, number: &str) -> String {
    match language {
        Language::Chinese => ["也可以拨打客服热线 ", number, "。"].concat(),
        Language::English => ["Or call the hotline: ", number, "."].concat(),
    }
}

/// The server's time, and how far this computer's clock is from it (MFA-4).
#[must_use]
pub fn clocks(language: Language, server: Timestamp, skew: ClockSkew) -> String {
    let now = time::beijing(language, server);
    let (zh, en, by) = match skew {
        ClockSkew::Close => {
            return match language {
                Language::Chinese => {
                    ["服务器时间为 ", &now, "，与这台电脑一致。请核对手机时间。"].concat()
                }
                Language::English => [
                    "The server's time is ",
                    &now,
                    ", and this computer agrees. Check the phone's clock.",
                ]
                .concat(),
            };
        }
        ClockSkew::Ahead(by) => ("快", "ahead", by),
        ClockSkew::Behind(by) => ("慢", "behind", by),
    };
    let seconds = seconds(by);
    match language {
        Language::Chinese => [
            "服务器时间为 ",
            &now,
            "，这台电脑的时间",
            zh,
            "了 ",
            &seconds,
            " 秒；若手机也不准，验证码就会不对。",
        ]
        .concat(),
        Language::English => [
            "The server's time is ",
            &now,
            "; this computer's clock is ",
            &seconds,
            " seconds ",
            en,
            ". If the phone's is wrong too, its codes are.",
        ]
        .concat(),
    }
}

/// What stands above recovery codes on paper and in a file: of which account.
#[must_use]
pub fn codes_of(language: Language, product: &str, account: &str) -> String {
    match language {
        Language::Chinese => [product, " · 账号 ", account, " · 恢复码"].concat(),
        Language::English => [product, " · account ", account, " · recovery codes"].concat(),
    }
}

/// That other sessions go on, and how many (SGN-6).
#[must_use]
pub fn others_signed_in(language: Language, count: u32) -> String {
    let count = count.to_string();
    match language {
        Language::Chinese => [
            "另有 ",
            &count,
            " 个登录会话仍然有效。如有不认识的，请在安全设置中结束它们。",
        ]
        .concat(),
        Language::English => [
            "Other sessions that go on: ",
            &count,
            ". If you do not know them all, end them in Security settings.",
        ]
        .concat(),
    }
}

fn seconds(span: Span) -> String {
    (span.as_millis() / 1000).to_string()
}
