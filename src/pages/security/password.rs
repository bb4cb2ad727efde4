//! The page at `/security/password` (SGN-6, SGN-12). Knows what is asked for; the rules judge on the server.

use domain::protection::SensitiveOperation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::change::{around, why};
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::ApiError;
use crate::form::Form;
use crate::new_password::{self, NewPassword};
use crate::session::SessionContext;
use crate::text::Sentence;
use crate::text::security::SecurityText;
use crate::ui::{Notice, NoticeKind};
use crate::{api, layout, paths};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let form = Form::new("password-problems");
    let password = NewPassword::new();
    let announcer = Announcer::expect();
    let address = Address::expect();
    let session = SessionContext::expect();
    // Known when the page is made: once the password is set, the person goes elsewhere.
    let must_set = session.owner().is_some_and(|owner| owner.must_set_password);
    let submit = move |event: &SubmitEvent| {
        if !form.may_submit(event) {
            return;
        }
        let typed = match password.read() {
            Ok(typed) => typed,
            Err(message) => return form.show_fields(vec![message]),
        };
        form.clear();
        let call = move || api::security::set_password(typed.clone());
        form.send_proved(
            SensitiveOperation::ChangePassword,
            call,
            move |answer| match answer {
                Ok(()) => {
                    announcer.leave_notice(Sentence::new(|language| {
                        SecurityText::of(language).password_saved
                    }));
                    session.password_set();
                    address.go(paths::security());
                }
                Err(error) => refused(form, &error),
            },
        );
    };
    layout::page(
        |language| SecurityText::of(language).password,
        move |language| {
            let text = SecurityText::of(language);
            let words = (text.password_label, text.password_hint);
            let field = password.view(form, language, words);
            let must_set = must_set.then(|| {
                view! { <Notice kind=NoticeKind::Warning><p>{text.must_set}</p></Notice> }
            });
            view! {
                {must_set}
                <p class="lead">{text.password_lead}</p>
                {around(form, field, text.password_save, language, submit)}
            }
            .into_any()
        },
    )
}

fn refused(form: Form, error: &ApiError) {
    if let ApiError::Fields(wrong) = error
        && let Some(message) = new_password::problem(wrong)
    {
        return form.show_fields(vec![message]);
    }
    form.show_error(error, &|_| None, &why);
}
