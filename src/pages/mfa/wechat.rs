//! WeChat as confirmation, which is unbound by itself (MFA-6, LGM-8). Must not know the WeChat login.

use contract::mfa::{MfaStatus, MfaUnbound};
use domain::protection::SensitiveOperation;
use leptos::prelude::*;

use super::device::{moment, not_now};
use crate::announce::Announcer;
use crate::api::{self, ApiError};
use crate::form::Form;
use crate::load::Load;
use crate::text::mfa_page::MfaText;
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{Confirm, ConfirmWords, Tag, Tone, fact, facts, live, nothing};

const QUESTION: &str = "unbind-wechat";

/// The card, while WeChat confirms.
#[derive(Clone, Copy)]
pub(super) struct Wechat {
    form: Form,
    status: Load<MfaStatus>,
    asks: RwSignal<bool>,
    announcer: Announcer,
}

impl Wechat {
    pub(super) fn new(form: Form, status: Load<MfaStatus>) -> Self {
        Self {
            form,
            status,
            asks: RwSignal::new(false),
            announcer: Announcer::expect(),
        }
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        live(move || {
            let (wechat, may) = self
                .status
                .with(|status| (status.wechat.clone(), status.may_unbind_wechat.clone()));
            let Some(wechat) = wechat else {
                return nothing();
            };
            let text = MfaText::of(language);
            let shell = ShellText::of(language);
            let name = view! {
                <Tag tone=Tone::Good text=text.wechat_bound />
                <span>{wechat.name.unwrap_or_default()}</span>
            };
            let hint = if wechat.is_login_method {
                text.wechat_stays
            } else {
                text.wechat_alone
            };
            let is_free = may.is_empty();
            let unbind = if is_free {
                view! {
                    <button
                        type="button"
                        class="button button-quiet"
                        on:click=move |_| self.asks.set(true)
                    >
                        {text.unbind}
                        <span class="visually-hidden">" " {text.wechat_title}</span>
                    </button>
                }
                .into_any()
            } else {
                nothing()
            };
            let words = ConfirmWords {
                title: text.wechat_unbind_title,
                happens: text.happens,
                stays: text.stays,
                confirm: text.unbind,
                pending: text.unbinding,
                cancel: shell.cancel,
            };
            let happens = vec![text.wechat_unbind_1.to_owned(), text.unbind_3.to_owned()];
            let stays = vec![text.wechat_unbind_stay.to_owned()];
            view! {
                <section class="card" aria-labelledby="wechat-title">
                    <h2 id="wechat-title">{text.wechat_title}</h2>
                    {facts(
                        vec![
                            fact(text.wechat_name, name.into_any(), hint, unbind),
                            fact(text.bound_at, moment(language, wechat.bound_at), "", nothing()),
                        ],
                    )}
                    {not_now(language, &may)}
                    <Confirm
                        id=QUESTION
                        is_open=self.asks
                        words
                        happens=Signal::stored(happens)
                        stays=Signal::stored(stays)
                        pending=self.form.pending()
                        on_confirm=move |()| self.unbind()
                    />
                </section>
            }
            .into_any()
        })
    }

    fn unbind(self) {
        self.form.clear();
        self.asks.set(false);
        let operation = SensitiveOperation::ChangeWechat;
        let call = api::mfa::unbind_wechat;
        self.form.send_proved(
            operation,
            call,
            move |answer: Result<MfaUnbound, ApiError>| match answer {
                Ok(_) => {
                    self.status.again();
                    self.announcer.tell(Sentence::new(|language| {
                        MfaText::of(language).wechat_unbound
                    }));
                }
                Err(error) => super::device::show(self.form, &error),
            },
        );
    }
}
