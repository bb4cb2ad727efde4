//! The app on a page of its own, and what a person does there and sees.

use std::any::Any;
use std::cell::RefCell;

use account_center::app::App;
use js_sys::Promise;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::IntoView;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

/// The app, from opening it to closing it.
pub(crate) struct Stage;

/// What is on the stage. A test that fails leaves it there, and the next one clears it away.
struct Scene {
    place: HtmlElement,
    app: Option<Box<dyn Any>>,
}

thread_local! {
    static SCENE: RefCell<Option<Scene>> = const { RefCell::new(None) };
}

/// Opens the app at an address, in English, in a demo.
pub(crate) fn open(address: &str) -> Stage {
    let html = document().document_element().unwrap();
    html.set_attribute("lang", "en").unwrap();
    html.set_attribute("data-demo", "true").unwrap();
    name_the_product();
    let history = web_sys::window().unwrap().history().unwrap();
    history
        .replace_state_with_url(&JsValue::NULL, "", Some(address))
        .unwrap();
    show(App)
}

/// Puts a view of its own on the stage, such as a single widget.
pub(crate) fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Stage {
    SCENE.set(None);
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    let app: UnmountHandle<_> = mount_to(place.clone(), view);
    let app: Option<Box<dyn Any>> = Some(Box::new(app));
    SCENE.set(Some(Scene { place, app }));
    Stage
}

impl Drop for Stage {
    fn drop(&mut self) {
        SCENE.set(None);
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.app = None;
        self.place.remove();
    }
}

fn name_the_product() {
    if element("meta[name=application-name]").is_some() {
        return;
    }
    let meta = document().create_element("meta").unwrap();
    meta.set_attribute("name", "application-name").unwrap();
    meta.set_attribute("content", "Account Centre").unwrap();
    document().head().unwrap().append_child(&meta).unwrap();
}

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// The first element that a selector finds.
pub(crate) fn element(selector: &str) -> Option<Element> {
    document().query_selector(selector).unwrap()
}

/// The text of the first element that a selector finds.
pub(crate) fn text(selector: &str) -> String {
    element(selector)
        .and_then(|element| element.text_content())
        .unwrap_or_default()
}

/// The input with this id.
pub(crate) fn input(id: &str) -> HtmlInputElement {
    let input = element(&format!("input#{id}"));
    input.expect(id).unchecked_into()
}

/// Puts a text into an input the way a keyboard does.
pub(crate) fn types(id: &str, text: &str) {
    let input = input(id);
    input.set_value(text);
    let event = web_sys::Event::new("input").unwrap();
    input.dispatch_event(&event).unwrap();
}

/// Clicks the button or link with these words.
pub(crate) fn clicks(words: &str) {
    let all = document().query_selector_all("button, a, label").unwrap();
    for index in 0..all.length() {
        let element: HtmlElement = all.get(index).unwrap().unchecked_into();
        if element.text_content().unwrap_or_default().trim() == words {
            element.click();
            return;
        }
    }
    panic!("nothing to click that says {words:?}");
}

/// The id of what has the focus.
pub(crate) fn focused() -> String {
    document()
        .active_element()
        .map(|element| element.id())
        .unwrap_or_default()
}

/// Waits until something is so; fails after two seconds.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..200 {
        if is_so() {
            return;
        }
        pause(10).await;
    }
    let page = document().body().unwrap().inner_text();
    panic!("never came: {what}\n{page}");
}

/// Lets the browser do what it has to do.
pub(crate) async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        web_sys::window()
            .unwrap()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}
