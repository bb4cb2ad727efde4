//! The sentences for what fails for no fault of the person's.

use super::{Language, catalogue};
use crate::api::ApiError;

catalogue! {
    /// Failures that any page can meet.
    FailureText {
        not_found_title: "页面不存在", "Page not found";
        not_found: "地址可能有误，或者页面已经移走。", "The address may be wrong, or the page has moved.";
        home: "返回首页", "Go to the start page";
        problem_title: "暂时无法完成", "Something is not working";
        could_not_load: "内容未能加载", "This could not be loaded";
        try_again: "重试", "Try again";
        reload: "重新加载页面", "Reload the page";
        unreachable: "无法连接服务器，请检查网络后重试。您输入的内容不会丢失。",
            "The server cannot be reached. Check your connection and try again; nothing you typed is lost.";
        busy: "服务器繁忙，请稍后重试。", "The server is busy. Please try again in a moment.";
        sign_in_required: "登录已失效，请重新登录。", "Your session has ended. Please sign in again.";
        changed_elsewhere: "内容已在别处被修改。已为您载入最新内容，您输入的内容仍在，请核对后再次保存。",
            "This was changed elsewhere in the meantime. The newest state has been loaded and what you typed is still here; check it and save again.";
        not_found_any_more: "要找的内容已不存在。", "What you were looking for is no longer there.";
        only_owner: "这里只有主账号可以查看和操作。子用户如需处理，请联系主账号。", "Only the owner of the account sees and does this. As a sub-user, ask the root account.";
        not_allowed: "服务器没有执行这个请求，请重新加载页面后再试。",
            "The server did not carry out this request. Reload the page and try again.";
        new_version_title: "页面已有新版本", "There is a new version";
        new_version: "这部分内容未能加载，可能是页面刚刚更新过。重新加载即可继续。",
            "This part could not be loaded, probably since the page has just been updated. Reload it to go on.";
        broken: "系统出现故障，问题已被记录。", "Something broke on our side, and has been recorded.";
    }
}

/// A failure inside the server, with the id that finds it in the log.
#[must_use]
pub fn broken(language: Language, request_id: &str) -> String {
    let sentence = FailureText::of(language).broken;
    if request_id.is_empty() {
        return sentence.to_owned();
    }
    match language {
        Language::Chinese => format!("{sentence}联系客服时请提供请求编号：{request_id}"),
        Language::English => {
            format!("{sentence} If you ask for support, give this request id: {request_id}")
        }
    }
}

/// A failed call, for whom it was made (API-1).
#[must_use]
pub fn api_error(language: Language, error: &ApiError) -> String {
    let text = FailureText::of(language);
    let sentence = match error {
        ApiError::SignInRequired => text.sign_in_required,
        ApiError::ChangedElsewhere => text.changed_elsewhere,
        ApiError::NotFound => text.not_found_any_more,
        ApiError::Busy => text.busy,
        ApiError::Unreachable => text.unreachable,
        ApiError::Refused(refused) if refused.is_for_the_owner() => text.only_owner,
        // The page that can be refused words the refusal; what it does not know is a newer server.
        ApiError::Refused(_) | ApiError::Fields(_) | ApiError::NotAllowed => text.not_allowed,
        ApiError::Broken { request_id } => return broken(language, request_id),
    };
    sentence.to_owned()
}
