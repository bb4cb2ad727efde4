//! The page at `/demo/official-account`, which plays the phone of an Official Account's administrator.
//! Knows the permission; not what it is for.

use contract::enterprise::DemoPermission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::Address;
use crate::text::demo_bank::DemoBankText;
use crate::ui::{Notice, NoticeKind, live, nothing};
use crate::{api, layout};

/// The page.
pub(super) fn page() -> AnyView {
    let address = Address::expect();
    let done = RwSignal::new(false);
    let answer = move |answer: DemoPermission| {
        let permission = address.query("permission").unwrap_or_default();
        spawn_local(async move {
            if api::enterprise::answer_official(permission, answer)
                .await
                .is_ok()
            {
                done.try_set(true);
            }
        });
    };
    layout::page(
        |language| DemoBankText::of(language).official_title,
        move |language| {
            let text = DemoBankText::of(language);
            let return_to = address.query("return_to").unwrap_or_default();
            let said = live(move || {
                if !done.get() {
                    return nothing();
                }
                let return_to = return_to.clone();
                view! {
                    <Notice kind=NoticeKind::Success>
                        <p>{text.done} " " <a href=return_to>{text.official_back}</a></p>
                    </Notice>
                }
                .into_any()
            });
            let button = |label: &'static str, says: DemoPermission| {
                view! {
                    <button type="button" class="button" on:click=move |_| answer(says)>
                        {label}
                    </button>
                }
            };
            view! {
                <p class="lead">{text.official_lead}</p>
                {said}
                <div class="buttons">
                    {button(text.official_own, DemoPermission::Own)}
                    {button(text.official_other, DemoPermission::Other)}
                    {button(text.official_refuse, DemoPermission::Refused)}
                </div>
            }
            .into_any()
        },
    )
}
