//! The page at `/sign-in/passkey`: signing in without a name (MFA-1). Knows whether keys work here; not
//! whose key it is.

use contract::mfa::{KeyAnswer, PasskeysHere};
use contract::session::SignInAnswer;
use domain::mfa::MfaRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::bind::elsewhere;
use crate::api::{self, ApiError};
use crate::form::Form;
use crate::keys::{self, KeyTrouble};
use crate::layout;
use crate::load::Load;
use crate::paths;
use crate::session::SessionContext;
use crate::text::mfa_page::{self as text, MfaText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, mfa as mfa_text};
use crate::ui::{ErrorSummary, Notice, NoticeKind, SubmitButton, live};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let here = Load::start(api::mfa::passkeys_here);
    let form = PasskeyForm {
        form: Form::new("passkey-problems"),
        session: SessionContext::expect(),
    };
    layout::page(
        |language| MfaText::of(language).passkey_title,
        move |language| {
            let content = layout::loaded(here, language, move || {
                live(move || form.view(here, language))
            });
            view! {
                <p class="lead">{MfaText::of(language).passkey_lead}</p>
                {content}
                <p>
                    <a href=paths::sign_in()>{MfaText::of(language).passkey_other}</a>
                </p>
            }
            .into_any()
        },
    )
}

#[derive(Clone, Copy)]
struct PasskeyForm {
    form: Form,
    session: SessionContext,
}

impl PasskeyForm {
    fn view(self, here: Load<PasskeysHere>, language: Language) -> AnyView {
        let text = MfaText::of(language);
        if let Some(reason) = here.with(|here| here.no_keys.clone()) {
            return no_keys(
                text::no_keys(language, &reason),
                elsewhere(&reason, language),
                language,
            );
        }
        if !keys::are_supported() {
            let reason = mfa_text::key_trouble(language, KeyTrouble::NotSupported);
            return no_keys(reason, ().into_any(), language);
        }
        let form = self.form;
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <SubmitButton
                    label=text.passkey_button
                    pending_label=text.waiting_for_key
                    pending=form.pending()
                />
            </form>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        self.form.clear();
        let asked = async {
            let asked = api::mfa::challenge_passkey().await?;
            let answer = match keys::get(&asked.options).await {
                Ok(answer) => answer,
                Err(trouble) => return Ok(Err(trouble)),
            };
            let answer = KeyAnswer {
                challenge: asked.challenge,
                answer,
            };
            api::mfa::sign_in(answer).await.map(Ok)
        };
        self.form.send(asked, move |answer| match answer {
            // The route table leads on to where the person wanted to go.
            Ok(Ok(SignInAnswer::SignedIn(session))) => self.session.set(&session),
            Ok(Ok(SignInAnswer::SecondStep(_))) => {}
            Ok(Err(trouble)) => {
                let say = move |language| mfa_text::key_trouble(language, trouble);
                self.form.show_whole(Sentence::new(say));
            }
            Err(error) => self.show(&error),
        });
    }

    fn show(self, error: &ApiError) {
        self.form.show_error(error, &|_| None, &|refused| {
            let refusal = refused.of::<MfaRefusal>("mfa")?;
            Some(Sentence::new(move |language| match refusal {
                MfaRefusal::KeyNotProved => MfaText::of(language).passkey_refused.to_owned(),
                other => mfa_text::mfa_refusal(language, other),
            }))
        });
    }
}

fn no_keys(reason: &'static str, elsewhere: AnyView, language: Language) -> AnyView {
    view! {
        <Notice kind=NoticeKind::Warning>
            <p class="notice-title">{MfaText::of(language).no_keys_title}</p>
            <p>{reason}</p>
            {elsewhere}
        </Notice>
    }
    .into_any()
}
