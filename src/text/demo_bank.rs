//! The sentences of the demo's bank, register and administrator of an Official Account.

use super::catalogue;

catalogue! {
    /// The demo's bank and register.
    DemoBankText {
        bank_title: "演示银行与登记库", "The demo's bank and register";
        bank_lead: "在这里扮演银行、汇款企业和企业登记库。", "Play the bank, whoever pays, and the register.";
        payee: "付款企业", "Who pays";
        code: "统一社会信用代码", "Unified Social Credit Code";
        setting: "正在设定…", "Setting…";
        transfers: "打款", "Transfers";
        expected: "等待汇入", "Payments waited for";
        none: "没有记录。", "Nothing here.";
        account: "账户", "Account";
        amount: "金额（元）", "Sum";
        state: "状态", "State";
        act: "操作", "Play";
        arrive: "到账", "Arrive";
        send_back: "退回", "Send back";
        confirm: "银行确认", "Confirm";
        pay_right: "企业汇入指定金额", "The enterprise pays the sum";
        pay_wrong: "企业汇入 1.23 元", "The enterprise pays 1.23";
        pay_other: "别家公司汇入", "Somebody else pays";
        on_its_way: "途中", "on its way";
        arrived: "已到账", "arrived";
        sent_back: "已退回", "sent back";
        route: "汇款方式", "Way of paying";
        register: "企业登记库", "The register";
        register_lead: "设定登记库对某个代码的回答。", "Set what the register says of a code.";
        says: "登记库的回答", "What it says";
        sound: "一致", "It belongs together";
        not_recorded: "未登记", "Not recorded";
        other_name: "名称不一致", "Another name";
        dissolved: "已注销", "Dissolved";
        incomplete: "信息不完整", "Incomplete";
        set: "设定", "Set";
        done: "已完成。", "Done.";
        official_title: "演示：公众号管理员", "Demo: the administrator's phone";
        official_lead: "选择管理员如何回答。", "Choose what the administrator says.";
        official_own: "同意，本企业的公众号", "Yes, the enterprise's own account";
        official_other: "同意，别家企业的公众号", "Yes, another enterprise's account";
        official_refuse: "拒绝", "No";
        official_back: "返回认证页面", "Back to the verification";
    }
}
