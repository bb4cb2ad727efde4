//! The page at `/visit/{kind}`: begins a visit to a service and goes there. Knows the way; not who comes
//! back.

use contract::pages;
use contract::providers::Aim;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::NEXT;
use crate::address::Address;
use crate::api::{self, ApiError};
use crate::text::providers::ProviderText;
use crate::text::shell::ShellText;
use crate::ui::{Notice, NoticeKind, Skeleton, live};
use crate::{draft, layout, paths, scanning};

/// The page.
pub(super) fn page() -> AnyView {
    let address = Address::expect();
    // The service sends the browser back without it.
    draft::write(NEXT, &address.query(paths::NEXT).unwrap_or_default());
    let here = address.now();
    let path = here.split('?').next().unwrap_or_default();
    let kind = pages::part(path, pages::VISIT, "kind")
        .unwrap_or_default()
        .to_owned();
    let failed = RwSignal::new(None::<ApiError>);
    spawn_local(async move {
        match api::providers::visit(&kind, Aim::SignIn).await {
            Ok(visit) => {
                // So that Back leads to where the person chose, and not here again.
                let _ = window().location().replace(&visit.address);
            }
            Err(error) => {
                failed.try_set(Some(error));
            }
        }
    });
    layout::page(
        |language| ProviderText::of(language).back_title,
        move |language| {
            live(move || match failed.get() {
                Some(error) => {
                    let text = ProviderText::of(language);
                    let sentence = scanning::sentence(&error).say(language);
                    view! {
                        <Notice kind=NoticeKind::Failure><p>{sentence}</p></Notice>
                        <p>
                            <a class="button button-primary" href=paths::sign_in()>
                                {text.to_sign_in}
                            </a>
                        </p>
                    }
                    .into_any()
                }
                None => view! { <Skeleton label=ShellText::of(language).loading /> }.into_any(),
            })
        },
    )
}
