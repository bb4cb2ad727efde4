//! The page at `/security/mfa/bind`: choosing a device, proving it, keeping the recovery codes (MFA-1,
//! MFA-2, MFA-7). Knows the order of the steps; a reload goes on where the server says (V-19).

use contract::mfa::{Binding, DeviceBound, MfaStatus, NewDevice, StartBinding};
use domain::mfa::{BindingWish, DeviceKind, SeedProblem, TokenSerialProblem};
use domain::protection::SensitiveOperation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::codes::recovery_codes;
use super::device::show;
use super::prove::Prove;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::Load;
use crate::paths;
use crate::text::mfa_page::{self as text, MfaText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{
    Choice, ErrorSummary, Field, FieldValue, Notice, NoticeKind, RadioGroup, Steps, SubmitButton,
    focus_soon, live, nothing, react,
};

const KINDS: &str = "kind";
const SERIAL: &str = "serial";
const SEED: &str = "seed";
/// The id of the heading of the step that has just been reached.
pub(super) const STEP: &str = "step-title";

const CHANGE: SensitiveOperation = SensitiveOperation::ChangeMfa;

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let status = Load::start(api::mfa::status);
    let page = BindPage::new(status);
    layout::page(
        |language| MfaText::of(language).bind_title,
        move |language| layout::loaded(status, language, move || page.view(language)),
    )
}

/// What was chosen and how far the person is.
#[derive(Clone, Copy)]
struct BindPage {
    form: Form,
    status: Load<MfaStatus>,
    kind: RwSignal<String>,
    serial: FieldValue,
    seed: FieldValue,
    /// The binding that waits for its proof.
    binding: RwSignal<Option<Binding>>,
    bound: RwSignal<Option<DeviceBound>>,
    prove: Prove,
}

impl BindPage {
    fn new(status: Load<MfaStatus>) -> Self {
        let (binding, bound) = (RwSignal::new(None), RwSignal::new(None));
        let page = Self {
            form: Form::new("bind-problems"),
            status,
            kind: RwSignal::new(word(DeviceKind::Virtual).to_owned()),
            serial: FieldValue::new(""),
            seed: FieldValue::new(""),
            binding,
            bound,
            prove: Prove::new(binding, bound),
        };
        let asked = StoredValue::new(false);
        react(move || {
            let pending = status.with(|status| status.pending);
            let Some(pending) = pending else {
                return;
            };
            if !asked.get_value() {
                asked.set_value(true);
                page.kind.set(word(pending.kind).to_owned());
                page.look_again();
            }
        });
        page
    }

    /// Goes on with a binding that was begun, when the last proof still counts; otherwise the person
    /// is asked for one on the next click, not on arriving.
    fn look_again(self) {
        self.form.call(api::mfa::binding(), move |answer| {
            if let Ok(binding) = answer {
                self.binding.set(Some(binding));
            }
        });
    }

    fn view(self, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let current = Signal::derive(move || {
            match (
                self.bound.with(Option::is_some),
                self.binding.with(Option::is_some),
            ) {
                (true, _) => 2_usize,
                (false, true) => 1,
                (false, false) => 0,
            }
        });
        view! {
            <Steps
                label=text.steps
                steps=vec![text.step_choose, text.step_prove, text.step_codes]
                current
                done=text.step_done
            />
            {live(move || {
                if let Some(bound) = self.bound.get() {
                    return done(&bound, language);
                }
                match self.binding.get() {
                    Some(binding) => self.prove.view(&binding, language),
                    None => self.choose(language),
                }
            })}
        }
        .into_any()
    }

    fn choose(self, language: Language) -> AnyView {
        let text = MfaText::of(language);
        let form = self.form;
        let (replaces, no_keys) = self
            .status
            .with(|status| (status.device.is_some(), status.no_keys.clone()));
        let lead = if replaces {
            view! { <p>{text.replace_lead}</p> }.into_any()
        } else {
            nothing()
        };
        let choice = |kind, hint| Choice::new(word(kind), text::kind(language, kind)).hint(hint);
        let key = choice(DeviceKind::SecurityKey, text.key_hint);
        let key = match &no_keys {
            Some(reason) => key.closed(text::no_keys(language, reason)),
            None => key,
        };
        let choices = vec![
            choice(DeviceKind::Virtual, text.virtual_hint),
            key,
            choice(DeviceKind::Token, text.token_hint),
        ];
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {lead}
                <RadioGroup id=KINDS label=text.kinds choices value=self.kind />
                {no_keys.as_ref().map(|reason| elsewhere(reason, language))}
                {live(move || self.token(language))}
                <div class="buttons">
                    <SubmitButton
                        label=text.next
                        pending_label=text.starting
                        pending=form.pending()
                    />
                    <a class="button" href=paths::mfa()>
                        {ShellText::of(language).cancel}
                    </a>
                </div>
            </form>
        }
        .into_any()
    }

    /// What a token needs beside its kind.
    fn token(self, language: Language) -> AnyView {
        if self.kind.with(|kind| kind != word(DeviceKind::Token)) {
            return nothing();
        }
        let text = MfaText::of(language);
        view! {
            <Field
                id=SERIAL
                label=text.serial
                hint=text.serial_hint
                error=self.form.error_of(SERIAL, language)
                value=self.serial
                autocomplete="off"
            />
            <Field
                id=SEED
                label=text.seed
                hint=text.seed_hint
                error=self.form.error_of(SEED, language)
                value=self.seed
                autocomplete="off"
            />
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        self.form.clear();
        let has_device = self
            .status
            .ready_untracked()
            .is_some_and(|status| status.device.is_some());
        let wish = if has_device {
            BindingWish::Replace
        } else {
            BindingWish::Bind
        };
        let kind = self.kind.get_untracked();
        let device = if kind == word(DeviceKind::Token) {
            NewDevice::Token {
                serial: self.serial.read(),
                seed: self.seed.read(),
            }
        } else if kind == word(DeviceKind::SecurityKey) {
            NewDevice::SecurityKey {}
        } else {
            NewDevice::Virtual {}
        };
        let start = StartBinding { wish, device };
        let call = move || api::mfa::start(start.clone());
        self.form.send_proved(
            CHANGE,
            call,
            move |answer: Result<Binding, ApiError>| match answer {
                Ok(binding) => {
                    self.binding.set(Some(binding));
                    focus_soon(STEP);
                }
                Err(error @ ApiError::Fields(_)) => {
                    self.form.show_error(&error, &problem, &|_| None);
                }
                Err(error) => {
                    // Bound or unbound in another tab meanwhile.
                    self.status.again();
                    show(self.form, &error);
                }
            },
        );
    }
}

/// The last step: the recovery codes, this once.
fn done(bound: &DeviceBound, language: Language) -> AnyView {
    let text = MfaText::of(language);
    let passkey = (bound.is_passkey == Some(true)).then(|| view! { <p>{text.is_passkey}</p> });
    let others = (bound.offer_to_end > 0).then(|| {
        let others = text::others_signed_in(language, bound.offer_to_end);
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{others}</p>
            </Notice>
        }
    });
    view! {
        <Notice kind=NoticeKind::Success>
            <p>{text.bound}</p>
            {passkey}
        </Notice>
        {others}
        <section class="card" aria-labelledby=STEP>
            <h2 id=STEP tabindex="-1">
                {text.done_title}
            </h2>
            <p>{text.done_lead}</p>
            {recovery_codes(&bound.recovery_codes, language)}
            <div class="buttons">
                <a class="button button-primary" href=paths::mfa()>
                    {text.kept}
                </a>
            </div>
        </section>
    }
    .into_any()
}

/// The same place by a name at which keys work, where there is one.
pub(super) fn elsewhere(reason: &contract::mfa::NoKeysHere, language: Language) -> AnyView {
    use contract::mfa::NoKeysHere;
    let NoKeysHere::NumericAddress {
        instead: Some(instead),
    } = reason
    else {
        return nothing();
    };
    let here = window().location().pathname().unwrap_or_default();
    let address = [instead.as_str(), &here].concat();
    view! {
        <p>
            <a href=address rel="external">
                {MfaText::of(language).no_keys_link}
                " "
                {instead.clone()}
            </a>
        </p>
    }
    .into_any()
}

fn problem(wrong: &WrongField) -> Option<FieldMessage> {
    if let Some(problem) = wrong.of::<TokenSerialProblem>(SERIAL) {
        let say = move |language| text::serial_problem(language, problem);
        return Some(FieldMessage {
            field: SERIAL,
            sentence: Sentence::new(say),
        });
    }
    let problem = wrong.of::<SeedProblem>(SEED)?;
    let say = move |language| text::seed_problem(language, problem);
    Some(FieldMessage {
        field: SEED,
        sentence: Sentence::new(say),
    })
}

/// What a kind is known by among the choices.
const fn word(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Virtual => "virtual",
        DeviceKind::Token => "token",
        DeviceKind::SecurityKey => "key",
    }
}
