//! The page at `/security/phone` (CON-2, CON-3, CON-8). Knows what is asked for; the rules judge on the
//! server.

use contract::security::PhoneChanged;
use domain::identity::{PhoneNumber, PhoneNumberProblem};
use domain::protection::{LeaverFactor, SensitiveOperation};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::change::{around, back, why};
use super::end_others::EndOthers;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::Load;
use crate::product;
use crate::sent_code::SentCode;
use crate::text::contacts::phone_problem;
use crate::text::security::{self as words, SecurityText};
use crate::text::sign_in::SignInText;
use crate::text::{Language, Sentence};
use crate::ui::{
    Disclosure, FieldValue, Notice, NoticeKind, PhoneField, focus_soon, live, live_text, nothing,
};

const PHONE: &str = "new-phone";
const OPERATION: SensitiveOperation = SensitiveOperation::ChangeSecurityPhone;

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = PhonePage::new();
    layout::page(
        |language| SecurityText::of(language).phone,
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct PhonePage {
    security: Load<contract::security::SecurityOverview>,
    form: Form,
    phone: FieldValue,
    code: SentCode,
    changed: RwSignal<Option<PhoneChanged>>,
    end_others: EndOthers,
}

impl PhonePage {
    fn new() -> Self {
        Self {
            security: Load::start(api::security::overview),
            form: Form::new("phone-problems"),
            phone: FieldValue::new(""),
            code: SentCode::new("new-phone-code"),
            changed: RwSignal::new(None),
            end_others: EndOthers::new(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let now = move || {
            let phone = self.security.with(|security| security.phone.clone());
            phone.map_or_else(|| text.not_bound.to_owned(), |phone| phone.masked)
        };
        let content = live(move || match self.changed.get() {
            Some(changed) => self.done(&changed, language),
            None => self.asks(language),
        });
        view! {
            <p class="lead">{text.phone_lead}</p>
            <p>{text.phone_now} ": " <strong>{live_text(now)}</strong></p>
            {content}
            {self.end_others.view(language)}
            {lost(language)}
        }
        .into_any()
    }

    fn asks(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let form = self.form;
        let fields = view! {
            <PhoneField
                id=PHONE
                label=text.phone_label
                hint=text.phone_hint
                error=form.error_of(PHONE, language)
                value=self.phone
            />
            {self.code.view(form, language, move || self.send_code())}
        };
        around(
            form,
            fields.into_any(),
            text.phone_save,
            language,
            move |event| {
                self.submit(event);
            },
        )
    }

    /// What follows from the change (CON-8).
    fn done(self, changed: &PhoneChanged, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let old = changed.old.is_some().then_some(text.phone_old);
        let carried = match changed.still_message_phone_of.is_empty() {
            true => nothing(),
            false => {
                let users: Vec<_> = changed
                    .still_message_phone_of
                    .iter()
                    .map(|id| view! { <li class="number">{id.to_string()}</li> })
                    .collect();
                view! {
                    <p>{text.phone_carried}</p>
                    <ul class="bullets">{users}</ul>
                }
                .into_any()
            }
        };
        let new = changed.new.clone();
        view! {
            <Notice kind=NoticeKind::Success>
                <p id="phone-done" tabindex="-1">
                    {text.phone_changed}
                    ": "
                    {new}
                </p>
                <p>{old}</p>
                {carried}
            </Notice>
            <p>{back(language)}</p>
        }
        .into_any()
    }

    fn has_number(self) -> bool {
        match PhoneNumber::parse(&self.phone.read()) {
            Ok(_) => true,
            Err(problem) => {
                self.form.show_fields(vec![message(problem)]);
                false
            }
        }
    }

    fn send_code(self) {
        if !self.has_number() {
            return;
        }
        let call = move || api::security::send_new_phone_code(self.phone.read());
        self.code
            .send_proved(self.form, OPERATION, call, of_field, why);
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) || !self.has_number() {
            return;
        }
        let code = match self.code.read() {
            Ok(code) => code,
            Err(message) => return self.form.show_fields(vec![message]),
        };
        self.form.clear();
        let call = move || api::security::change_phone(self.phone.read(), code.clone());
        self.form
            .send_proved(OPERATION, call, move |answer| match answer {
                Ok(changed) => {
                    self.code.forget();
                    self.security.again();
                    self.end_others.ask(changed.offer_to_end);
                    self.changed.set(Some(changed));
                    focus_soon("phone-done");
                }
                Err(error) => self.refused(&error),
            });
    }

    fn refused(self, error: &ApiError) {
        let code = self.code;
        self.form.show_error(
            error,
            &|wrong| code.problem(wrong).or_else(|| of_field(wrong)),
            &why,
        );
    }
}

fn of_field(wrong: &WrongField) -> Option<FieldMessage> {
    wrong.of("phone").map(message)
}

fn message(problem: PhoneNumberProblem) -> FieldMessage {
    FieldMessage {
        field: PHONE,
        sentence: Sentence::new(move |language| phone_problem(language, problem)),
    }
}

/// For who cannot use the present phone (CON-4, PRT-5).
fn lost(language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let hotline = product::hotline().map(|hotline| {
        view! { <p>{SignInText::of(language).hotline} {hotline}</p> }
    });
    let remedies: Vec<_> = [
        LeaverFactor::Phone,
        LeaverFactor::Email,
        LeaverFactor::Wechat,
        LeaverFactor::Qq,
    ]
    .into_iter()
    .map(|factor| view! { <li>{words::remedy(language, factor)}</li> })
    .collect();
    view! {
        <Disclosure summary=text.phone_lost>
            <p>{text.phone_lost_answer}</p>
            {hotline}
        </Disclosure>
        <Disclosure summary=text.leaver>
            <ul class="bullets">{remedies}</ul>
        </Disclosure>
    }
    .into_any()
}
