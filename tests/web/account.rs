//! Account info, and changing the nickname.

use account_center::paths;
use contract::account::ChangeNickname;
use contract::endpoints::{CHANGE_NICKNAME, GET_ACCOUNT, GET_SESSION};
use contract::problem::{FieldProblem, ValueProblem};
use domain::account::{NicknameProblem, NicknameRefusal};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlFormElement, KeyboardEvent, KeyboardEventInit};

use crate::support::stage::{
    Stage, clicks, document, element, focused, input, open, pause, text, types, until,
};
use crate::support::{account, problem, server, signed_in};

/// Account info with the nickname's form open.
async fn open_the_form() -> Stage {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_ACCOUNT, &account("云上小张", 3));
    let stage = open(paths::account());
    until("Account info", || element("#change-nickname").is_some()).await;
    clicks("Change nickname");
    until("the form", || focused() == "nickname").await;
    stage
}

fn sent() -> Vec<ChangeNickname> {
    server::calls(CHANGE_NICKNAME)
        .iter()
        .map(|call| serde_json::from_str(&call.body).unwrap())
        .collect()
}

#[wasm_bindgen_test]
async fn acc_1_acc_3_account_info_shows_the_id_and_when_it_was_registered() {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_ACCOUNT, &account("云上小张", 3));
    let _stage = open(paths::account());
    until("Account info", || element(".facts").is_some()).await;
    assert_eq!(text(".facts .number"), "100012345678");
    assert_eq!(
        text(".facts time"),
        "21 September 2026, 22:13:30 (Beijing time)"
    );
    assert!(text("main").contains("Verified · person"));
}

#[wasm_bindgen_test]
async fn acc_4_a_wrong_nickname_is_told_twice_and_nothing_typed_is_lost() {
    let _stage = open_the_form().await;
    let too_long = "云".repeat(33);
    types("nickname", &too_long);
    clicks("Save nickname");
    until("the summary", || focused() == "nickname-problems").await;
    let sentence = "The nickname must have at most 32 characters";
    assert!(text("#nickname-problems").contains(sentence));
    assert_eq!(text("#nickname-error"), sentence);
    let described_by = input("nickname").get_attribute("aria-describedby");
    assert_eq!(
        described_by.as_deref(),
        Some("nickname-hint nickname-error")
    );
    assert!(document().title().starts_with("Error: Account info"));
    assert_eq!(input("nickname").value(), too_long);
    assert!(sent().is_empty());
    clicks(sentence);
    assert_eq!(focused(), "nickname");
}

#[wasm_bindgen_test]
async fn api_4_the_server_s_problem_is_told_in_the_same_words() {
    let _stage = open_the_form().await;
    let mut refused = problem(422, "invalid_fields");
    refused.fields.push(FieldProblem {
        field: "nickname".to_owned(),
        problem: ValueProblem::Nickname(NicknameProblem::TooLong { longest: 16 }),
    });
    server::refuses(CHANGE_NICKNAME, &refused);
    types("nickname", "云端的小张");
    clicks("Save nickname");
    until("the summary", || focused() == "nickname-problems").await;
    assert_eq!(
        text("#nickname-error"),
        "The nickname must have at most 16 characters"
    );
}

#[wasm_bindgen_test]
async fn acc_4_the_verified_name_is_asked_about_once_and_then_taken() {
    let _stage = open_the_form().await;
    let mut refused = problem(409, "refused");
    refused.refusals = vec![NicknameRefusal::IsVerifiedName.into()];
    server::refuses(CHANGE_NICKNAME, &refused);
    server::accepts(CHANGE_NICKNAME);
    server::answers(GET_ACCOUNT, &account("张三", 4));
    types("nickname", "张三");
    clicks("Save nickname");
    until("the question", || element("dialog[open]").is_some()).await;
    assert!(text("dialog[open]").contains("This is your verified name."));
    clicks("Use it anyway");
    until("the new nickname", || text(".nickname") == "张三").await;
    let asked: Vec<bool> = sent().iter().map(|sent| sent.use_verified_name).collect();
    assert_eq!(asked, [false, true]);
    assert_eq!(text(".account-name"), "张三");
    assert!(text("main").contains("Your nickname was changed."));
    assert_eq!(focused(), "change-nickname");
}

#[wasm_bindgen_test]
async fn acc_4_whoever_thinks_again_keeps_the_form_and_what_was_typed() {
    let _stage = open_the_form().await;
    let mut refused = problem(409, "refused");
    refused.refusals = vec![NicknameRefusal::IsVerifiedName.into()];
    server::refuses(CHANGE_NICKNAME, &refused);
    types("nickname", "张三");
    clicks("Save nickname");
    until("the question", || element("dialog[open]").is_some()).await;
    clicks("Choose another");
    until("the field", || focused() == "nickname").await;
    assert!(element("dialog[open]").is_none());
    assert_eq!(input("nickname").value(), "张三");
    assert_eq!(sent().len(), 1);
}

#[wasm_bindgen_test]
async fn v_34_a_second_submit_is_not_sent_while_the_first_is_on_its_way() {
    let _stage = open_the_form().await;
    server::accepts(CHANGE_NICKNAME);
    types("nickname", "云端的小张");
    clicks("Save nickname");
    let form: HtmlFormElement = element("main form").unwrap().unchecked_into();
    form.request_submit().unwrap();
    until("the button to say so", || {
        text("main form").contains("Saving…")
    })
    .await;
    clicks("Saving…");
    until("the end of it", || element("main form").is_none()).await;
    assert_eq!(sent().len(), 1);
}

#[wasm_bindgen_test]
async fn v_35_what_somebody_else_changed_is_not_overwritten_unseen() {
    let _stage = open_the_form().await;
    server::refuses(CHANGE_NICKNAME, &problem(409, "changed_elsewhere"));
    server::accepts(CHANGE_NICKNAME);
    server::answers(GET_ACCOUNT, &account("别处改的名字", 4));
    types("nickname", "云端的小张");
    clicks("Save nickname");
    until("the reason", || {
        text("#nickname-problems").contains("changed elsewhere")
    })
    .await;
    assert_eq!(input("nickname").value(), "云端的小张");
    until("the newest state", || server::calls(GET_ACCOUNT).len() == 2).await;
    pause(50).await;
    clicks("Save nickname");
    until("the end of it", || element("main form").is_none()).await;
    let versions: Vec<i64> = sent().iter().map(|sent| sent.version).collect();
    assert_eq!(versions, [3, 4]);
}

#[wasm_bindgen_test]
async fn api_3_a_try_without_an_answer_is_repeated_under_the_same_key() {
    let _stage = open_the_form().await;
    server::is_unreachable(CHANGE_NICKNAME);
    server::accepts(CHANGE_NICKNAME);
    types("nickname", "云端的小张");
    clicks("Save nickname");
    until("the reason", || {
        text("#nickname-problems").contains("cannot be reached")
    })
    .await;
    assert_eq!(input("nickname").value(), "云端的小张");
    clicks("Save nickname");
    until("the end of it", || element("main form").is_none()).await;
    let keys: Vec<_> = server::calls(CHANGE_NICKNAME)
        .into_iter()
        .map(|call| call.key.unwrap())
        .collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
    assert_eq!(keys[0].len(), 32);
}

#[wasm_bindgen_test]
async fn v_36_enter_that_confirms_a_candidate_sends_nothing() {
    let _stage = open_the_form().await;
    types("nickname", "yunduan");
    for (is_composing, key_code) in [(true, 13), (true, 229), (false, 229)] {
        let init = KeyboardEventInit::new();
        init.set_key("Enter");
        init.set_key_code(key_code);
        init.set_is_composing(is_composing);
        init.set_bubbles(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        input("nickname").dispatch_event(&event).unwrap();
    }
    pause(50).await;
    assert!(sent().is_empty());
    assert_eq!(input("nickname").value(), "yunduan");
    assert!(!input("nickname").has_attribute("maxlength"));
}

#[wasm_bindgen_test]
async fn a_switch_of_language_keeps_the_form_and_what_was_typed() {
    let _stage = open_the_form().await;
    types("nickname", " ");
    clicks("Save nickname");
    until("the summary", || focused() == "nickname-problems").await;
    types("nickname", "云端的小张");
    let switch = element(".header-tools > button").unwrap();
    switch.unchecked_ref::<HtmlElement>().focus().unwrap();
    clicks("中文");
    until("Chinese", || text("h1") == "账号信息").await;
    assert_eq!(input("nickname").value(), "云端的小张");
    assert!(
        document()
            .active_element()
            .unwrap()
            .is_same_node(Some(&switch))
    );
    assert_eq!(text("#nickname-error"), "请输入昵称");
    assert!(document().title().starts_with("错误：账号信息"));
    let html = document().document_element().unwrap();
    assert_eq!(html.get_attribute("lang").as_deref(), Some("zh-CN"));
    clicks("English");
    until("English", || text("h1") == "Account info").await;
}
