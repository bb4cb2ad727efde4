//! The page at `/demo/phone`, which plays WeChat, QQ, WeCom and Official Account: scan, confirm, cancel, and
//! choosing as whom. Knows what it was called with; not what it is for.

use contract::demo::AnswerPhone;
use domain::login_methods::LoginMethodKind;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::Address;
use crate::api::{self, ApiError};
use crate::load::Load;
use crate::text::login_methods::kind as kind_words;
use crate::text::providers::ProviderText;
use crate::ui::{Notice, NoticeKind, live, nothing};
use crate::{layout, scanning};

/// The page.
pub(super) fn page() -> AnyView {
    let address = Address::expect();
    let query = move |name| address.query(name).unwrap_or_default();
    let word = query("kind");
    let kind = LoginMethodKind::ALL
        .into_iter()
        .find(|kind| api::providers::word(*kind) == word)
        .unwrap_or(LoginMethodKind::Wechat);
    let people = Load::start(move || api::demo::people(api::providers::word(kind)));
    let failed = RwSignal::new(None::<ApiError>);
    let answer = move |person: Option<String>| {
        let answer = AnswerPhone {
            kind,
            person,
            state: query("state"),
            challenge: query("challenge"),
            redirect_uri: query("redirect_uri"),
        };
        spawn_local(async move {
            match api::demo::answer_phone(answer).await {
                Ok(answered) => {
                    let _ = window().location().replace(&answered.address);
                }
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let guest = move || {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "any number makes a new guest"
        )]
        let number = js_sys::Date::now() as u64;
        format!("guest-{number}")
    };
    layout::page(
        |language| ProviderText::of(language).demo_phone,
        move |language| {
            let text = ProviderText::of(language);
            let failed = live(move || match failed.get() {
                Some(error) => {
                    let sentence = scanning::sentence(&error).say(language);
                    view! { <Notice kind=NoticeKind::Failure><p>{sentence}</p></Notice> }.into_any()
                }
                None => nothing(),
            });
            let list = layout::loaded(people, language, move || {
                let people = people.with(|people| people.people.clone());
                let rows: Vec<_> = people
                    .into_iter()
                    .map(|person| {
                        let id = person.id.clone();
                        view! {
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| answer(Some(id.clone()))
                            >
                                {person.name}
                                <span class="quiet">" " {person.id}</span>
                            </button>
                        }
                    })
                    .collect();
                view! { <div class="buttons">{rows}</div> }.into_any()
            });
            view! {
                <p class="lead">{kind_words(language, kind)}</p>
                <p>{text.demo_phone_lead}</p>
                {failed}
                {list}
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| answer(Some(guest()))
                    >
                        {text.demo_guest}
                    </button>
                    <button
                        type="button"
                        class="button button-quiet"
                        on:click=move |_| answer(None)
                    >
                        {text.demo_cancel}
                    </button>
                </div>
            }
            .into_any()
        },
    )
}
