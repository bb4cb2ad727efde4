//! Where somebody is on a way of several steps. Knows their order; does not lead anywhere.

use leptos::prelude::*;

use super::live;

/// The steps, with the present one marked.
#[component]
pub fn Steps(
    /// What they are steps of.
    label: &'static str,
    /// Their names, in order.
    steps: Vec<&'static str>,
    /// Which is the present one, counted from 0; as many as there are when all are done.
    #[prop(into)]
    current: Signal<usize>,
    /// The word for a step that is done.
    done: &'static str,
) -> impl IntoView {
    live(move || {
        let current = current.get();
        let steps: Vec<_> = steps
            .iter()
            .enumerate()
            .map(|(index, name)| {
                let is_done = index < current;
                let class = if is_done { "step step-done" } else { "step" };
                let done = is_done.then(|| view! { <span class="visually-hidden">{done}</span> });
                view! {
                    <li class=class aria-current=(index == current).then_some("step")>
                        <span class="step-name">{*name}</span>
                        {done}
                    </li>
                }
            })
            .collect();
        // Without its role a list without bullets is none to some screen readers.
        view! {
            <ol class="steps" role="list" aria-label=label>
                {steps}
            </ol>
        }
        .into_any()
    })
}
