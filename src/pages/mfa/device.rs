//! The page at `/security/mfa`: what is bound, recovery codes, unbinding, and what helps whoever has
//! lost the device (MFA-2, MFA-5, MFA-7). Knows how it is shown; not who may do what.

use contract::mfa::{MfaStatus, MfaUnbound, NewRecoveryCodes};
use domain::mfa::{Device, MfaRefusal};
use domain::protection::SensitiveOperation;
use domain::time::Timestamp;
use leptos::prelude::*;

use super::codes::recovery_codes;
use super::wechat::Wechat;
use crate::announce::Announcer;
use crate::api::{self, ApiError};
use crate::form::Form;
use crate::layout;
use crate::load::Load;
use crate::paths;
use crate::step_up::ProofLeft;
use crate::text::mfa_page::{self as text, MfaText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, mfa as mfa_text, time};
use crate::ui::{
    Confirm, ConfirmWords, Disclosure, EmptyState, ErrorSummary, Notice, NoticeKind, Tag, Tone,
    fact, facts, live, live_text, nothing,
};

/// From so many on, the page says that few are left.
const FEW: u32 = 3;

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let status = Load::start(api::mfa::status);
    let page = DevicePage::new(status);
    layout::page(
        |language| MfaText::of(language).title,
        move |language| {
            let content = layout::loaded(status, language, move || page.view(language));
            view! {
                <p class="lead">{MfaText::of(language).lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

#[derive(Clone, Copy)]
struct DevicePage {
    form: Form,
    status: Load<MfaStatus>,
    asks_unbind: RwSignal<bool>,
    asks_renew: RwSignal<bool>,
    /// Codes that were just made, until the page is left.
    fresh: RwSignal<Vec<String>>,
    wechat: Wechat,
    announcer: Announcer,
}

impl DevicePage {
    fn new(status: Load<MfaStatus>) -> Self {
        let form = Form::new("mfa-problems");
        Self {
            form,
            status,
            asks_unbind: RwSignal::new(false),
            asks_renew: RwSignal::new(false),
            fresh: RwSignal::new(Vec::new()),
            wechat: Wechat::new(form, status),
            announcer: Announcer::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let form = self.form;
        view! {
            <ErrorSummary
                id=form.summary()
                title=ShellText::of(language).problems
                fields=Signal::derive(move || form.field_errors(language))
                whole=Signal::derive(move || form.whole_error(language))
            />
            <ProofLeft />
            {live(move || self.pending(language))}
            {live(move || {
                let device = self.status.with(|status| status.device);
                match device {
                    Some(device) => self.bound(device, language),
                    None => not_bound(language),
                }
            })}
            {self.wechat.view(language)}
        }
        .into_any()
    }

    /// That a binding was begun, which a reload or another tab goes on with (V-19).
    fn pending(self, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let Some(pending) = self.status.with(|status| status.pending) else {
            return nothing();
        };
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{text.pending} " · " {text::kind(language, pending.kind)}</p>
                <a class="button" href=paths::mfa_bind()>
                    {text.go_on}
                </a>
            </Notice>
        }
        .into_any()
    }

    fn bound(self, device: Device, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let kind = view! { <Tag tone=Tone::Good text=text::kind(language, device.kind) /> };
        let (serial, may_unbind) = self
            .status
            .with(|status| (status.serial.clone(), status.may_unbind.clone()));
        let unbind = match may_unbind.is_empty() {
            true => button(text.unbind, text.title, self.asks_unbind),
            false => nothing(),
        };
        let actions = view! {
            <a class="button button-quiet" href=paths::mfa_bind()>
                {text.replace}
                <span class="visually-hidden">" " {text.title}</span>
            </a>
            {unbind}
        };
        let left = move || {
            let left = self.status.with(|status| status.recovery_codes_left);
            left.to_string()
        };
        let left = view! { <span class="number">{live_text(left)}</span> };
        let mut all = vec![
            fact(text.device, kind.into_any(), "", actions.into_any()),
            fact(
                text.bound_at,
                moment(language, device.bound_at),
                "",
                nothing(),
            ),
        ];
        if let Some(serial) = serial {
            let serial = view! { <span class="number">{serial}</span> };
            all.push(fact(text.serial, serial.into_any(), "", nothing()));
        }
        all.push(fact(
            text.codes_left,
            left.into_any(),
            text.codes_hint,
            button(text.renew, text.codes_label, self.asks_renew),
        ));
        view! {
            <section class="card" aria-labelledby="device-title">
                <h2 id="device-title">{text.device}</h2>
                {facts(all)}
                {not_now(language, &may_unbind)}
                {live(move || self.few(language))}
                {live(move || self.fresh_codes(language))}
                {self.questions(language)}
            </section>
            {live(move || self.lost(language))}
        }
        .into_any()
    }

    fn few(self, language: Language) -> AnyView {
        let left = self.status.with(|status| status.recovery_codes_left);
        if left > FEW || !self.fresh.with(Vec::is_empty) {
            return nothing();
        }
        let text = MfaText::of(language);
        view! { <Notice kind=NoticeKind::Warning><p>{text.few_left}</p></Notice> }.into_any()
    }

    fn fresh_codes(self, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let codes = self.fresh.get();
        if codes.is_empty() {
            return nothing();
        }
        view! {
            <div class="fresh-codes">
                <h3>{text.done_title}</h3>
                <p>{text.done_lead}</p>
                {recovery_codes(&codes, language)}
            </div>
        }
        .into_any()
    }

    fn questions(self, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let words = |title, confirm, pending| ConfirmWords {
            title,
            happens: text.happens,
            stays: text.stays,
            confirm,
            pending,
            cancel: ShellText::of(language).cancel,
        };
        let lines = |lines: &[&str]| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            Signal::stored(lines)
        };
        view! {
            <Confirm
                id="unbind-mfa"
                is_open=self.asks_unbind
                words=words(text.unbind_title, text.unbind, text.unbinding)
                happens=lines(&[text.unbind_1, text.unbind_2, text.unbind_3])
                stays=lines(&[text.unbind_stay])
                pending=self.form.pending()
                on_confirm=move |()| self.unbind()
            />
            <Confirm
                id="renew-codes"
                is_open=self.asks_renew
                words=words(text.renew_title, text.renew, text.renewing)
                happens=lines(&[text.renew_1, text.unbind_3])
                stays=lines(&[text.renew_stay])
                pending=self.form.pending()
                on_confirm=move |()| self.renew()
            />
        }
        .into_any()
    }

    /// What helps whoever has lost the device (MFA-5).
    fn lost(self, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let (ways, hotline) = self
            .status
            .with(|status| (status.lost_ways.clone(), status.hotline.clone()));
        let ways: Vec<_> = ways
            .into_iter()
            .map(|way| view! { <li>{text::lost_way(language, way)}</li> })
            .collect();
        let hotline = hotline.map(|number| {
            view! { <p>{text::hotline(language, &number)}</p> }
        });
        view! {
            <Disclosure summary=text.lost_title>
                <p>{text.lost_lead}</p>
                <ol class="bullets">{ways}</ol>
                {hotline}
            </Disclosure>
        }
        .into_any()
    }

    fn unbind(self) {
        self.form.clear();
        self.asks_unbind.set(false);
        let operation = SensitiveOperation::ChangeMfa;
        self.form.send_proved(
            operation,
            api::mfa::unbind,
            move |answer: Result<MfaUnbound, ApiError>| match answer {
                Ok(_) => {
                    self.fresh.set(Vec::new());
                    self.status.again();
                    self.announcer
                        .tell(Sentence::new(|language| MfaText::of(language).unbound));
                }
                Err(error) => show(self.form, &error),
            },
        );
    }

    fn renew(self) {
        self.form.clear();
        self.asks_renew.set(false);
        let operation = SensitiveOperation::ChangeMfa;
        self.form.send_proved(
            operation,
            api::mfa::renew_codes,
            move |answer: Result<NewRecoveryCodes, ApiError>| match answer {
                Ok(new) => {
                    self.fresh.set(new.recovery_codes);
                    self.status.again();
                    self.announcer
                        .tell(Sentence::new(|language| MfaText::of(language).renewed));
                }
                Err(error) => show(self.form, &error),
            },
        );
    }
}

fn not_bound(language: Language) -> AnyView {
    let text = MfaText::of(language);
    view! {
        <EmptyState title=text.none_title>
            <p>{text.none_hint}</p>
            <a class="button button-primary" href=paths::mfa_bind()>
                {text.bind}
            </a>
        </EmptyState>
    }
    .into_any()
}

fn button(label: &'static str, what: &'static str, asks: RwSignal<bool>) -> AnyView {
    view! {
        <button type="button" class="button button-quiet" on:click=move |_| asks.set(true)>
            {label}
            <span class="visually-hidden">" " {what}</span>
        </button>
    }
    .into_any()
}

/// A moment, for people and for programs.
pub(super) fn moment(language: Language, at: Timestamp) -> AnyView {
    let machine = time::machine_readable(at);
    view! { <time datetime=machine>{time::beijing(language, at)}</time> }.into_any()
}

/// Why it cannot be unbound, in the place of the button (API-2).
pub(super) fn not_now(language: Language, refusals: &[MfaRefusal]) -> AnyView {
    if refusals.is_empty() {
        return nothing();
    }
    let refusals: Vec<_> = refusals
        .iter()
        .map(|refusal| view! { <li>{mfa_text::mfa_refusal(language, *refusal)}</li> })
        .collect();
    view! {
        <div class="not-now">
            <p>{MfaText::of(language).why_not}</p>
            <ul class="bullets">{refusals}</ul>
        </div>
    }
    .into_any()
}

/// Shows why a command was refused.
pub(super) fn show(form: Form, error: &ApiError) {
    form.show_error(error, &|_| None, &|refused| {
        let refusal = refused.of::<MfaRefusal>("mfa")?;
        Some(Sentence::new(move |language| {
            mfa_text::mfa_refusal(language, refusal)
        }))
    });
}
