//! The page at `/sign-in/scan`: a code to sign in by WeChat (SGN-5, SGN-11). Knows what follows; not who
//! scans.

use std::rc::Rc;

use contract::providers::{Aim, Outcome};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::back::signed_in;
use crate::address::Address;
use crate::api::{self, ApiError};
use crate::scanning::{self, Scanning};
use crate::session::SessionContext;
use crate::text::providers::ProviderText;
use crate::text::sign_in::SignInText;
use crate::ui::{Notice, NoticeKind, live, nothing};
use crate::{layout, paths};

/// The page.
pub(super) fn page() -> AnyView {
    let session = SessionContext::expect();
    let address = Address::expect();
    let next = address.query(paths::NEXT);
    let back = paths::then(paths::sign_in(), next.as_deref());
    let failed = RwSignal::new(None::<ApiError>);
    let take = move |id: String| {
        let next = next.clone();
        spawn_local(async move {
            match api::providers::take_scan(&id).await {
                Ok(Outcome::SignIn { answer }) => {
                    signed_in(session, address, &answer, next.as_deref());
                }
                // Whatever else comes of it stands on the page of what waits.
                Ok(_) => {
                    address.replace(&paths::then(paths::identity(), next.as_deref()));
                }
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let begin: scanning::Begin = Rc::new(|| Box::pin(api::providers::begin_scan(Aim::SignIn)));
    let scan = Scanning::new(begin, Rc::new(take));
    scan.show();
    layout::page(
        |language| ProviderText::of(language).scan_title,
        move |language| {
            let text = ProviderText::of(language);
            let failed = live(move || match failed.get() {
                Some(error) => {
                    let sentence = scanning::sentence(&error).say(language);
                    view! { <Notice kind=NoticeKind::Failure><p>{sentence}</p></Notice> }.into_any()
                }
                None => nothing(),
            });
            view! {
                <p class="lead">{text.scan_lead}</p>
                {failed}
                <section class="card">{scan.view(language)}</section>
                <Notice kind=NoticeKind::Warning>
                    <p>{text.scan_warning}</p>
                    <p>
                        <a href=paths::sign_in_sub_user()>{SignInText::of(language).sub_user}</a>
                    </p>
                </Notice>
                <p class="other-ways">
                    <a href=back.clone()>{text.to_sign_in}</a>
                </p>
            }
            .into_any()
        },
    )
}
