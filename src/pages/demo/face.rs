//! The page at `/demo/face`, which plays the camera of the face service. Knows the check; not whose face.

use domain::verification::FaceCause;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::Address;
use crate::text::providers::{self as words, ProviderText};
use crate::ui::{Notice, NoticeKind, live, nothing};
use crate::{api, layout};

/// The page.
pub(super) fn page() -> AnyView {
    let address = Address::expect();
    let done = RwSignal::new(false);
    let look = move |cause: Option<FaceCause>| {
        let check = address.query("check").unwrap_or_default();
        spawn_local(async move {
            if api::demo::look(check, cause).await.is_ok() {
                done.try_set(true);
            }
        });
    };
    layout::page(
        |language| ProviderText::of(language).demo_face,
        move |language| {
            let text = ProviderText::of(language);
            let said = live(move || {
                if !done.get() {
                    return nothing();
                }
                view! { <Notice kind=NoticeKind::Success><p>{text.demo_looked}</p></Notice> }
                    .into_any()
            });
            let causes: Vec<_> = FaceCause::ALL
                .into_iter()
                .map(|cause| {
                    view! {
                        <button type="button" class="button" on:click=move |_| look(Some(cause))>
                            {words::face_cause(language, cause)}
                        </button>
                    }
                })
                .collect();
            view! {
                <p class="lead">{text.demo_face_lead}</p>
                {said}
                <div class="buttons">
                    <button
                        type="button"
                        class="button button-primary"
                        on:click=move |_| look(None)
                    >
                        {text.demo_face_pass}
                    </button>
                    {causes}
                </div>
            }
            .into_any()
        },
    )
}
