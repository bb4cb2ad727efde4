//! The page at `/scan/{secret}`, which a phone opens that has scanned a code: goes on to WeChat, which says
//! who holds the phone (SGN-11). Knows the way; not what is confirmed.

use contract::pages;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::Address;
use crate::api::{self, ApiError};
use crate::text::providers::ProviderText;
use crate::ui::{Notice, NoticeKind, live};
use crate::{layout, scanning};

/// The page.
pub(super) fn page() -> AnyView {
    let here = Address::expect().now();
    let path = here.split('?').next().unwrap_or_default();
    let secret = pages::part(path, pages::SCAN, "secret")
        .unwrap_or_default()
        .to_owned();
    let failed = RwSignal::new(None::<ApiError>);
    spawn_local(async move {
        match api::providers::open_scan(secret).await {
            Ok(visit) => {
                let _ = window().location().replace(&visit.address);
            }
            Err(error) => {
                failed.try_set(Some(error));
            }
        }
    });
    layout::page(
        |language| ProviderText::of(language).phone_title,
        move |language| {
            live(move || match failed.get() {
                Some(error) => {
                    let sentence = scanning::sentence(&error).say(language);
                    view! { <Notice kind=NoticeKind::Failure><p>{sentence}</p></Notice> }.into_any()
                }
                None => view! { <p role="status">{ProviderText::of(language).phone_opening}</p> }
                    .into_any(),
            })
        },
    )
}
