//! The step in which the new device proves itself: two codes, or a key's answer (MFA-1, MFA-4). Must not
//! know how the binding was begun.

use contract::mfa::{AppSecret, Binding, ConfirmBinding, DeviceBound, KeyAnswer};
use domain::mfa::{DeviceKind, MfaRefusal, clock_skew};
use domain::protection::{SensitiveOperation, SixDigits, SixDigitsProblem};
use domain::time::Timestamp;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::bind::STEP;
use super::device::show;
use crate::address::Address;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::text::mfa_page::{self as text, MfaText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, codes as code_text, mfa as mfa_text};
use crate::ui::{
    CopyButton, Disclosure, ErrorSummary, Field, FieldValue, QrCode, SubmitButton, focus_soon,
    live_text, nothing,
};
use crate::{keys, paths};

const FIRST: &str = "first";
const SECOND: &str = "second";
const CHANGE: SensitiveOperation = SensitiveOperation::ChangeMfa;

/// What was typed, and where it leads.
#[derive(Clone, Copy)]
pub(super) struct Prove {
    form: Form,
    first: FieldValue,
    second: FieldValue,
    /// The server's time at its last answer.
    server_time: RwSignal<Option<Timestamp>>,
    binding: RwSignal<Option<Binding>>,
    bound: RwSignal<Option<DeviceBound>>,
    address: Address,
}

impl Prove {
    pub(super) fn new(
        binding: RwSignal<Option<Binding>>,
        bound: RwSignal<Option<DeviceBound>>,
    ) -> Self {
        Self {
            form: Form::new("prove-problems"),
            first: FieldValue::new(""),
            second: FieldValue::new(""),
            server_time: RwSignal::new(None),
            binding,
            bound,
            address: Address::expect(),
        }
    }

    pub(super) fn view(self, binding: &Binding, language: Language) -> AnyView {
        self.server_time.set(Some(binding.server_time));
        match binding.pending.kind {
            DeviceKind::SecurityKey => self.key(language),
            DeviceKind::Virtual | DeviceKind::Token => {
                self.codes(binding.secret.as_ref(), language)
            }
        }
    }

    fn codes(self, secret: Option<&AppSecret>, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let form = self.form;
        let is_app = secret.is_some();
        let title = if is_app {
            text.codes_title
        } else {
            text.token_codes_title
        };
        let heading = if is_app { "codes-title" } else { STEP };
        view! {
            {secret.map(|secret| app_secret(secret, language))}
            <form class="form card" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <h2 id=heading tabindex="-1">
                    {title}
                </h2>
                <p>{text.codes_lead}</p>
                <Field
                    id=FIRST
                    label=text.first
                    error=form.error_of(FIRST, language)
                    value=self.first
                    autocomplete="one-time-code"
                />
                <Field
                    id=SECOND
                    label=text.second
                    error=form.error_of(SECOND, language)
                    value=self.second
                    autocomplete="one-time-code"
                />
                <Disclosure summary=text.clock_title>
                    <ul class="bullets">
                        <li>{text.clock_expired}</li>
                        <li>{text.clock_apart}</li>
                    </ul>
                    <p>{live_text(move || self.clocks(language))}</p>
                </Disclosure>
                <div class="buttons">
                    <SubmitButton
                        label=text.confirm
                        pending_label=text.confirming
                        pending=form.pending()
                    />
                    {self.give_up_button(language)}
                </div>
            </form>
        }
        .into_any()
    }

    fn key(self, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let form = self.form;
        view! {
            <form class="form card" novalidate on:submit=move |event| self.use_key(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <h2 id=STEP tabindex="-1">
                    {text.key_title}
                </h2>
                <p>{text.key_lead}</p>
                <div class="buttons">
                    <SubmitButton
                        label=text.use_key
                        pending_label=text.waiting_for_key
                        pending=form.pending()
                    />
                    {self.give_up_button(language)}
                </div>
            </form>
        }
        .into_any()
    }

    fn give_up_button(self, language: Language) -> AnyView {
        view! {
            <button type="button" class="button" on:click=move |_| self.give_up()>
                {MfaText::of(language).give_up}
            </button>
        }
        .into_any()
    }

    /// The server's time beside this machine's (MFA-4).
    fn clocks(self, language: Language) -> String {
        let Some(server) = self.server_time.get() else {
            return String::new();
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a clock has no fractions of milliseconds that matter"
        )]
        let here = Timestamp::from_millis(js_sys::Date::now() as i64);
        text::clocks(language, server, clock_skew(here, server))
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let (first, second) = (self.first.read(), self.second.read());
        let typed = [(FIRST, &first), (SECOND, &second)];
        let problems: Vec<_> = typed
            .into_iter()
            .filter_map(|(field, typed)| Some(message(field, SixDigits::parse(typed).err()?)))
            .collect();
        if !problems.is_empty() {
            return self.form.show_fields(problems);
        }
        self.form.clear();
        let codes = ConfirmBinding { first, second };
        let call = move || api::mfa::confirm(codes.clone());
        self.form
            .send_proved(CHANGE, call, move |answer| self.take(answer));
    }

    fn take(self, answer: Result<DeviceBound, ApiError>) {
        let error = match answer {
            Ok(bound) => {
                self.bound.set(Some(bound));
                return focus_soon(STEP);
            }
            Err(error) => error,
        };
        if let ApiError::Refused(refused) = &error {
            match refused.of::<MfaRefusal>("mfa") {
                Some(MfaRefusal::CodesNotConsecutive { server_time }) => {
                    self.server_time.set(Some(server_time));
                    self.first.write("");
                    self.second.write("");
                }
                // It has lapsed, or was given up in another tab: back to the beginning.
                Some(MfaRefusal::NoBinding) => self.binding.set(None),
                _ => {}
            }
        }
        if matches!(error, ApiError::Fields(_)) {
            return self.form.show_error(&error, &problem, &|_| None);
        }
        show(self.form, &error);
    }

    fn use_key(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        self.form.clear();
        let call = api::mfa::challenge_new_key;
        self.form
            .send_proved(CHANGE, call, move |answer| match answer {
                Ok(asked) => {
                    let register = async move {
                        Ok(keys::create(&asked.options).await.map(|answer| KeyAnswer {
                            challenge: asked.challenge,
                            answer,
                        }))
                    };
                    self.form.send(register, move |answered| match answered {
                        Ok(Ok(answer)) => {
                            let call = move || api::mfa::confirm_key(answer.clone());
                            self.form
                                .send_proved(CHANGE, call, move |answer| self.take(answer));
                        }
                        Ok(Err(trouble)) => {
                            let say = move |language| mfa_text::key_trouble(language, trouble);
                            self.form.show_whole(Sentence::new(say));
                        }
                        Err(error) => show(self.form, &error),
                    });
                }
                Err(error) => self.take(Err(error)),
            });
    }

    fn give_up(self) {
        self.form.clear();
        self.form
            .send(api::mfa::cancel(), move |answer| match answer {
                Ok(()) => self.address.go(paths::mfa()),
                Err(error) => show(self.form, &error),
            });
    }
}

/// The secret of an app: to scan, and to type in groups of four.
fn app_secret(secret: &AppSecret, language: Language) -> AnyView {
    let text = MfaText::of(language);
    let shell = ShellText::of(language);
    let letters: Vec<char> = secret.typed.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|four| four.iter().collect())
        .collect();
    if secret.typed.is_empty() {
        return nothing();
    }
    view! {
        <section class="card" aria-labelledby=STEP>
            <h2 id=STEP tabindex="-1">
                {text.scan_title}
            </h2>
            <p>{text.scan_lead}</p>
            <div class="app-secret">
                <QrCode text=Signal::stored(secret.address.clone()) label=text.qr_label />
                <div>
                    <p class="field-hint" id="app-secret-label">
                        {text.secret}
                    </p>
                    <p class="number app-secret-text" aria-labelledby="app-secret-label" translate="no">
                        {groups.join(" ")}
                    </p>
                    <CopyButton
                        text=secret.typed.clone()
                        what=text.secret
                        label=shell.copy
                        copied=shell.copied
                        not_copied=shell.not_copied
                    />
                    <p class="field-hint">{text.secret_hint}</p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn problem(wrong: &WrongField) -> Option<FieldMessage> {
    let field = if wrong.field() == FIRST {
        FIRST
    } else {
        SECOND
    };
    wrong.of(field).map(|problem| message(field, problem))
}

fn message(field: &'static str, problem: SixDigitsProblem) -> FieldMessage {
    let say = move |language| code_text::six_digits_problem(language, problem);
    FieldMessage {
        field,
        sentence: Sentence::new(say),
    }
}
