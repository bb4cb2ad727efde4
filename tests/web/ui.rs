//! The widgets, each alone on the stage.

use account_center::pow::{Progress, Puzzle, solve};
use account_center::ui::{
    Checkbox, Choice, CodeField, CodeWords, Confirm, ConfirmWords, DataTable, FieldValue, Level,
    Meter, PasswordField, QrCode, RadioGroup, Segments, SelectField, Steps, Tone, live,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::stage::{clicks, document, element, input, pause, show, text, types, until};

fn code_words() -> CodeWords {
    CodeWords {
        send: "Send code",
        sending: "Sending",
        again: "Send again",
        wait: Callback::new(|seconds| format!("You can send another code in {seconds} s.")),
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
    until("the wait", || text("#code-send") == "Send again (2 s)").await;
    assert_eq!(send_button("aria-disabled").as_deref(), Some("true"));
    // The seconds are no part of the name, so that they are not read out.
    let seconds = element("#code-send [aria-hidden]").unwrap();
    assert_eq!(seconds.text_content().unwrap(), " (2 s)");
    assert_eq!(text("[role=status]"), "");
    clicks("Send again (2 s)");
    assert_eq!(stage.sent.get_untracked(), 1);
    let why_not = "You can send another code in 2 s.";
    until("why not", || text("[role=status]") == why_not).await;
    until("one more", || text("#code-send") == "Send again (1 s)").await;
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
    until("the wait", || text("#code-send") == "Send again (30 s)").await;
    types("code", "12");
    stage.rebuild.set(());
    pause(50).await;
    assert_eq!(text("#code-send"), "Send again (30 s)");
    assert_eq!(input("code").value(), "12");
    until("a second later", || {
        text("#code-send") == "Send again (29 s)"
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

#[wasm_bindgen_test]
async fn a_strength_line_follows_the_typing() {
    let value = FieldValue::new("");
    let _stage = show(move || {
        let level = Signal::derive(move || {
            let length = u32::try_from(value.typed().get().len()).unwrap();
            Level {
                value: length,
                of: 10,
                tone: if length < 5 { Tone::Wrong } else { Tone::Good },
                words: if length < 5 { "weak" } else { "good" }.to_owned(),
            }
        });
        view! {
            <PasswordField
                id="new"
                label="New password"
                hint="8 characters or more"
                error=Signal::stored(None)
                value
                autocomplete="new-password"
                show_label="Show"
                hide_label="Hide"
                strength=view! { <Meter level /> }.into_any()
            />
        }
    });
    assert_eq!(text("[aria-live]"), "weak");
    types("new", "abcdefg");
    until("the word", || text("[aria-live]") == "good").await;
    let part = element(".meter-part").unwrap();
    assert_eq!(part.get_attribute("width").unwrap(), "70%");
    assert_eq!(
        input("new").get_attribute("aria-describedby").unwrap(),
        "new-hint"
    );
}

#[wasm_bindgen_test]
async fn a_question_has_the_focus_on_the_way_out() {
    let is_open = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let confirmed = RwSignal::new(0);
    let words = ConfirmWords {
        title: "Remove the device?",
        happens: "What happens",
        stays: "What stays",
        confirm: "Remove",
        pending: "Removing",
        cancel: "Keep",
    };
    let _stage = show(move || {
        view! {
            <Confirm
                id="sure"
                is_open
                words
                happens=vec!["It has to sign in again.".to_owned()]
                pending
                on_confirm=move |()| confirmed.update(|confirmed| *confirmed += 1)
            />
        }
    });
    is_open.set(true);
    let in_focus = || document().active_element().unwrap().text_content().unwrap();
    until("the focus", || in_focus() == "Keep").await;
    // What is not said has no heading either.
    assert_eq!(text("#sure h3"), "What happens");
    assert!(!text("#sure").contains("What stays"));
    clicks("Remove");
    pending.set(true);
    until("the word", || text(".button-danger") == "Removing").await;
    clicks("Removing");
    assert_eq!(confirmed.get_untracked(), 1);
    clicks("Keep");
    until("closed", || !is_open.get_untracked()).await;
}

#[wasm_bindgen_test]
async fn the_present_step_is_marked() {
    let current = RwSignal::new(1_usize);
    let _stage = show(move || {
        view! { <Steps label="The way" steps=vec!["One", "Two", "Three"] current done="done" /> }
    });
    assert_eq!(text("[aria-current=step]"), "Two");
    assert_eq!(text(".step-done"), "Onedone");
    current.set(3);
    until("the end", || element("[aria-current=step]").is_none()).await;
}

#[wasm_bindgen_test]
async fn a_qr_code_has_a_name_and_is_drawn_at_once() {
    let begun = js_sys::Date::now();
    let _stage = show(|| {
        let text = "otpauth://totp/Demo:100012345678?secret=JBSWY3DPEHPK3PXP&issuer=Demo";
        view! { <QrCode text label="Scan this" /> }
    });
    assert!(js_sys::Date::now() - begun < 500.0);
    let drawing = element("svg[role=img]").unwrap();
    assert_eq!(drawing.get_attribute("aria-label").unwrap(), "Scan this");
    assert_eq!(drawing.query_selector_all("path").unwrap().length(), 1);
}

#[wasm_bindgen_test]
async fn cells_are_named_by_their_columns() {
    let _stage = show(|| {
        let row = vec!["22:13".into_any(), "203.0.113.7".into_any()];
        view! { <DataTable caption="History" headings=vec!["Time", "IP"] rows=vec![row] /> }
    });
    assert_eq!(text("td[data-label=IP]"), "203.0.113.7");
    assert_eq!(text("caption"), "History");
}

/// A puzzle without an answer, which takes its time.
fn hopeless(max: u32) -> Puzzle {
    Puzzle::new("salt", &"00".repeat(32), max).unwrap()
}

#[wasm_bindgen_test]
async fn the_page_lives_while_a_puzzle_is_solved() {
    let progress = Progress::new();
    let longest = StoredValue::new(0.0_f64);
    let last = StoredValue::new(js_sys::Date::now());
    let watch = set_interval_with_handle(
        move || {
            let now = js_sys::Date::now();
            longest.update_value(|longest| *longest = longest.max(now - last.get_value()));
            last.set_value(now);
        },
        std::time::Duration::ZERO,
    )
    .unwrap();
    assert_eq!(solve(hopeless(50_000), progress).await, None);
    watch.clear();
    assert!(progress.percent().get_untracked() > 50);
    // A slice is 12 ms; the rest is for a machine that does other things at the same time.
    let longest = longest.get_value();
    assert!(longest < 100.0, "the page stood still for {longest} ms");
}

#[wasm_bindgen_test]
async fn a_puzzle_is_solved_and_one_that_nobody_waits_for_is_put_down() {
    // The SHA-256 of `salt1234`, from another program.
    let challenge = "ea32961dbd579ef5697c367f9267921ee07f14d77fb2d4fb9500d4221d615695";
    let puzzle = Puzzle::new("salt", challenge, 100_000).unwrap();
    assert_eq!(solve(puzzle, Progress::new()).await, Some(1234));
    let stopped = Progress::new();
    stopped.stop();
    let begun = js_sys::Date::now();
    assert_eq!(solve(hopeless(u32::MAX), stopped).await, None);
    assert!(js_sys::Date::now() - begun < 1000.0);
}
