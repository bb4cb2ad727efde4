//! Where a file comes in: chosen, dropped, or taken by the camera. Takes one at a time; does not know
//! what is done with it.

use leptos::ev::{DragEvent, Event};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{DataTransfer, File, HtmlInputElement};

/// What it says.
#[derive(Clone, Copy)]
pub struct FileWords {
    /// The button that opens the browser's choice of files.
    pub choose: &'static str,
    /// The button that opens the camera, where there may be one.
    pub photo: &'static str,
    /// That a file can be dropped as well.
    pub drop: &'static str,
}

/// The place for a file. Its buttons stay whatever happens to the file, so that the focus does too.
#[component]
pub fn FileDrop(
    /// The id of its first button, unique on the page.
    id: &'static str,
    /// What it says.
    words: FileWords,
    /// What the file is, for whoever cannot see what the buttons stand below.
    what: &'static str,
    /// The types that the browser's choice offers.
    accept: &'static str,
    /// The ids of what describes it.
    #[prop(into)]
    described_by: Signal<Option<String>>,
    /// Whether no file is taken now.
    #[prop(into)]
    is_busy: Signal<bool>,
    /// Takes the file.
    #[prop(into)]
    on_file: Callback<File>,
) -> impl IntoView {
    let is_over = RwSignal::new(false);
    let chosen = NodeRef::<html::Input>::new();
    let taken = NodeRef::<html::Input>::new();
    let take = move |file: Option<File>| {
        if let Some(file) = file.filter(|_| !is_busy.get_untracked()) {
            on_file.run(file);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        take(first(event.data_transfer()));
    };
    let dragged = move |event: DragEvent| {
        // Without it the browser opens the file in place of the page.
        event.prevent_default();
        is_over.set(true);
    };
    let picked = move |event: Event| take(picked(&event));
    let busy = Signal::derive(move || is_busy.get().then_some("true"));
    let open = move |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked().filter(|_| !is_busy.get_untracked()) {
            input.click();
        }
    };
    // The inputs themselves speak the browser's language and cannot be worded; buttons can.
    view! {
        <div
            class="file-drop"
            class:file-drop-over=is_over
            on:dragover=dragged
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            <input node_ref=chosen type="file" hidden accept=accept on:change=picked />
            <input
                node_ref=taken
                type="file"
                hidden
                accept="image/*"
                capture="environment"
                on:change=picked
            />
            <button
                type="button"
                id=id
                class="button"
                aria-disabled=busy
                aria-describedby=described_by
                on:click=move |_| open(chosen)
            >
                {words.choose}
                <span class="visually-hidden">" " {what}</span>
            </button>
            <button
                type="button"
                class="button file-drop-photo"
                aria-disabled=busy
                on:click=move |_| open(taken)
            >
                {words.photo}
                <span class="visually-hidden">" " {what}</span>
            </button>
            <span class="file-drop-hint quiet">{words.drop}</span>
        </div>
    }
}

fn first(carried: Option<DataTransfer>) -> Option<File> {
    carried?.files()?.get(0)
}

/// The file that was picked. The input forgets it, so that the same one can be picked again.
fn picked(event: &Event) -> Option<File> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}
