//! The widgets, each alone on the stage.

use account_center::ui::{
    Checkbox, Choice, CodeField, CodeWords, FieldValue, RadioGroup, Segments, SelectField, live,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::stage::{clicks, element, input, pause, show, text, types, until};

fn code_words() -> CodeWords {
    CodeWords {
        send: "Send code",
        sending: "Sending",
        again: "Send again",
        wait: Callback::new(|seconds| format!("Send again in {seconds} s")),
        ready: "You can send another code.",
    }
}

/// A code field, the moment until which it waits, whether it sends, and how often it was asked to.
struct CodeStage {
    _stage: crate::support::stage::Stage,
    again_at: RwSignal<Option<f64>>,
    pending: RwSignal<bool>,
    sent: RwSignal<u32>,
    /// Makes the view anew, as a change of language does.
    rebuild: RwSignal<()>,
}

fn code_field() -> CodeStage {
    let again_at = RwSignal::new(None);
    let pending = RwSignal::new(false);
    let sent = RwSignal::new(0);
    let rebuild = RwSignal::new(());
    let value = FieldValue::new("");
    let stage = show(move || {
        live(move || {
            rebuild.track();
            view! {
                <CodeField
                    id="code"
                    label="Code"
                    error=Signal::stored(None)
                    value=value
                    words=code_words()
                    again_at=again_at
                    pending=pending
                    on_send=move |()| sent.update(|sent| *sent += 1)
                />
            }
            .into_any()
        })
    });
    CodeStage {
        _stage: stage,
        again_at,
        pending,
        sent,
        rebuild,
    }
}

fn in_seconds(seconds: f64) -> Option<f64> {
    Some(js_sys::Date::now() + seconds * 1000.0)
}

fn send_button(attribute: &str) -> Option<String> {
    element("#code-send").unwrap().get_attribute(attribute)
}

#[wasm_bindgen_test]
async fn a_code_is_typed_as_people_type_it_and_the_browser_may_fill_it_in() {
    let _stage = code_field();
    assert_eq!(
        input("code").get_attribute("autocomplete").unwrap(),
        "one-time-code"
    );
    assert_eq!(input("code").get_attribute("inputmode").unwrap(), "numeric");
    types("code", "１２３ 4-5 6");
    assert_eq!(input("code").value(), "１２３ 4-5 6");
}

#[wasm_bindgen_test]
async fn a_code_can_be_sent_again_only_after_the_wait_which_is_told_at_its_end() {
    let stage = code_field();
    clicks("Send code");
    assert_eq!(stage.sent.get_untracked(), 1);
    stage.again_at.set(in_seconds(1.6));
    until("the wait", || text("#code-send") == "Send again in 2 s").await;
    assert_eq!(send_button("aria-disabled").as_deref(), Some("true"));
    // Its name stays the same, so that the seconds are not read out.
    assert_eq!(send_button("aria-label").as_deref(), Some("Send again"));
    assert_eq!(text("[role=status]"), "");
    clicks("Send again in 2 s");
    assert_eq!(stage.sent.get_untracked(), 1);
    until("why not", || text("[role=status]") == "Send again in 2 s").await;
    until("a second later", || {
        text("#code-send") == "Send again in 1 s"
    })
    .await;
    until("the end", || text("#code-send") == "Send again").await;
    assert_eq!(text("[role=status]"), "You can send another code.");
    assert_eq!(send_button("aria-disabled"), None);
    clicks("Send again");
    assert_eq!(stage.sent.get_untracked(), 2);
}

#[wasm_bindgen_test]
async fn a_view_made_anew_keeps_the_wait_and_what_was_typed() {
    let stage = code_field();
    stage.again_at.set(in_seconds(30.0));
    until("the wait", || text("#code-send") == "Send again in 30 s").await;
    types("code", "12");
    stage.rebuild.set(());
    pause(50).await;
    assert_eq!(text("#code-send"), "Send again in 30 s");
    assert_eq!(input("code").value(), "12");
    until("a second later", || {
        text("#code-send") == "Send again in 29 s"
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_code_on_its_way_is_not_sent_twice() {
    let stage = code_field();
    stage.pending.set(true);
    until("the word", || text("#code-send") == "Sending").await;
    clicks("Sending");
    assert_eq!(stage.sent.get_untracked(), 0);
    assert_eq!(send_button("aria-disabled").as_deref(), Some("true"));
}

fn three() -> Vec<Choice> {
    vec![
        Choice::new("sms", "By SMS").hint("To 138****0000"),
        Choice::new("mail", "By mail"),
        Choice::new("app", "By app").closed("No app is set up."),
    ]
}

#[wasm_bindgen_test]
async fn one_of_several_is_chosen_and_what_is_closed_says_why() {
    let value = RwSignal::new("sms".to_owned());
    let error = RwSignal::new(None);
    let _stage = show(move || {
        view! { <RadioGroup id="way" label="How?" error choices=three() value /> }
    });
    assert!(input("way").checked());
    input("way-1").click();
    assert_eq!(value.get_untracked(), "mail");
    assert!(!input("way").checked());
    value.set("sms".to_owned());
    until("the first", || input("way").checked()).await;
    assert!(input("way-2").disabled());
    let why = input("way-2").get_attribute("aria-describedby").unwrap();
    assert_eq!(text(&format!("#{why}")), "No app is set up.");
    error.set(Some("Choose one.".to_owned()));
    until("the problem", || text("#way-error") == "Choose one.").await;
    let group = element("[role=radiogroup]").unwrap();
    assert_eq!(group.get_attribute("aria-invalid").unwrap(), "true");
    assert_eq!(
        group.get_attribute("aria-describedby").unwrap(),
        "way-error"
    );
}

#[wasm_bindgen_test]
async fn segments_are_radio_buttons_with_a_name() {
    let value = RwSignal::new("mail".to_owned());
    let _stage = show(move || {
        view! { <Segments id="way" label="Ways to sign in" choices=three() value /> }
    });
    assert!(input("way-1").checked());
    assert_eq!(text("legend"), "Ways to sign in");
    input("way").click();
    assert_eq!(value.get_untracked(), "sms");
}

#[wasm_bindgen_test]
async fn a_list_shows_what_is_chosen_and_follows_the_page() {
    let value = RwSignal::new("mail".to_owned());
    let _stage = show(move || {
        view! { <SelectField id="way" label="How?" choices=three() value /> }
    });
    let select = || -> web_sys::HtmlSelectElement { element("#way").unwrap().unchecked_into() };
    assert_eq!(select().value(), "mail");
    value.set("sms".to_owned());
    until("the other", || select().value() == "sms").await;
    select().set_value("mail");
    let event = web_sys::Event::new("change").unwrap();
    select().dispatch_event(&event).unwrap();
    assert_eq!(value.get_untracked(), "mail");
}

#[wasm_bindgen_test]
async fn a_box_is_ticked_by_a_click_on_its_words_and_tells_what_is_wrong() {
    let value = RwSignal::new(false);
    let error = RwSignal::new(None);
    let _stage = show(move || {
        let label = view! { "I agree" }.into_any();
        view! { <Checkbox id="agree" label hint="You can read them later." error value /> }
    });
    let words: HtmlElement = element("label[for=agree]").unwrap().unchecked_into();
    words.click();
    assert!(value.get_untracked());
    value.set(false);
    until("no tick", || !input("agree").checked()).await;
    error.set(Some("Please agree.".to_owned()));
    let described = || input("agree").get_attribute("aria-describedby").unwrap();
    until("both", || described() == "agree-hint agree-error").await;
}
