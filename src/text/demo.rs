//! The sentences of the demo's own pages.

use contract::demo::Channel;

use super::{Language, catalogue};

catalogue! {
    /// The demo's outbox and clock.
    DemoText {
        outbox_title: "演示收件箱", "Demo outbox";
        outbox_lead: "演示环境发出的短信和邮件都在这里，不会真正送达。",
            "Every SMS and e-mail that the demo sent. None of them leaves this machine.";
        messages: "消息", "Messages";
        no_messages: "还没有消息。", "No messages yet.";
        reload: "刷新", "Reload";
        to: "发送至", "To";
        platform: "演示云平台", "Demo platform";
        platform_lead: "演示环境中，云平台对账号的说法由这里设定：欠费、垫付款等。保存后立即生效，程序重启后清空。",
            "What the cloud platform says of an account in the demo is set here: what it owes and the like. It holds at once, until the program starts anew.";
        platform_account: "账号 ID", "Account id";
        platform_arrears: "有欠费", "It owes money";
        platform_advance: "有未结清的垫付款", "An advance is outstanding";
        platform_away: "云平台无响应", "The platform does not answer";
        platform_save: "保存", "Save";
        platform_saving: "正在保存…", "Saving…";
        platform_saved: "已保存。", "Saved.";
        platform_no_id: "账号 ID 不正确", "This is no account id.";
        clock: "演示时钟", "Demo clock";
        clock_lead: "时钟只能向前拨，用来查看到期、倒计时等情形。",
            "It only moves forward, to see what happens when something expires or comes due.";
        forward: "向前拨", "Move forward";
        one_hour: "1 小时", "1 hour";
        one_day: "1 天", "1 day";
        thirty_days: "30 天", "30 days";
        clock_moved: "演示时钟已向前拨。", "The demo's clock was moved forward.";
    }
}

/// How a message was sent.
#[must_use]
pub const fn channel(language: Language, channel: Channel) -> &'static str {
    match (language, channel) {
        (Language::Chinese, Channel::Sms) => "短信",
        (Language::English, Channel::Sms) => "SMS",
        (Language::Chinese, Channel::Email) => "邮件",
        (Language::English, Channel::Email) => "E-mail",
    }
}
