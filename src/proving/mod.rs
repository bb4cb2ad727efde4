//! The form by which somebody proves who they are: before a sensitive operation, or as the second step
//! of a sign-in. Knows the ways of proof; must not know what waits for it.

mod codes;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use contract::codes::CodeSent;
use contract::mfa::KeyChallenge;
use contract::proof::{Offer, Proof};
use domain::contacts::CodeRefusal;
use domain::mfa::{DeviceKind, MfaRefusal, RecoveryCodeProblem};
use domain::protection::{ProofMethod, ProtectionRefusal, SixDigitsProblem};
use domain::time::Timestamp;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::api::{ApiError, Refused, WrongField};
use crate::clock;
use crate::form::{FieldMessage, Form};
use crate::keys;
use crate::text::proof::ProofText;
use crate::text::shell::ShellText;
use crate::text::{
    Language, Sentence, codes as code_text, mfa as mfa_text, proof as text, sign_in,
};
use crate::ui::{
    Choice, ErrorSummary, Field, FieldValue, RadioGroup, SubmitButton, live, live_text, nothing,
};

/// The id of the input for a code.
const CODE: &str = "proof-code";
/// The id of the first of the ways.
const WAYS: &str = "proof-way";

/// A call on its way.
pub type Calling<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// What the form calls; who made it knows for what.
#[derive(Clone)]
pub struct Calls {
    /// Has a code sent.
    pub send_code: Rc<dyn Fn(ProofMethod) -> Calling<CodeSent>>,
    /// Hands in a proof, and goes on when it was taken.
    pub prove: Rc<dyn Fn(Proof) -> Calling<()>>,
    /// What happens once a proof was taken.
    pub done: Rc<dyn Fn()>,
}

/// Has the server make a challenge for the account's security key.
pub type AskKey = Rc<dyn Fn() -> Calling<KeyChallenge>>;

/// The device itself, or what takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MfaWay {
    Code,
    Key,
    Recovery,
}

/// The form and what was typed in it.
#[derive(Clone, Copy)]
pub struct ProofForm {
    form: Form,
    offers: StoredValue<Vec<Offer>>,
    way: RwSignal<String>,
    mfa: RwSignal<MfaWay>,
    code: FieldValue,
    sent: codes::Sent,
    calls: StoredValue<Calls, LocalStorage>,
    ask_key: StoredValue<Option<AskKey>, LocalStorage>,
}

impl ProofForm {
    /// A form that offers these ways, as the server answered them at `server_time`.
    #[must_use]
    pub fn new(offers: Vec<Offer>, server_time: Timestamp, calls: Calls) -> Self {
        let first = offers.iter().find(|offer| offer.too_new_until.is_none());
        let way = first.map(|offer| word(offer.method)).unwrap_or_default();
        Self {
            form: Form::new("proof-problems"),
            sent: codes::Sent::new(&offers, server_time),
            mfa: RwSignal::new(device_way(&offers)),
            offers: StoredValue::new(offers),
            way: RwSignal::new(way.to_owned()),
            code: FieldValue::new(""),
            calls: StoredValue::new_local(calls),
            ask_key: StoredValue::new_local(None),
        }
    }

    /// The same for accounts whose device may be a security key (MFA-1).
    #[must_use]
    pub fn with_key(self, ask_key: AskKey) -> Self {
        self.ask_key.set_value(Some(ask_key));
        self
    }

    /// The form. `more` stands between the ways and the button.
    #[must_use]
    pub fn view(self, language: Language, more: AnyView) -> AnyView {
        let text = ProofText::of(language);
        let shell = ShellText::of(language);
        let form = self.form;
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=shell.problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {self.ways(language)}
                {live(move || self.chosen(language))}
                {more}
                <SubmitButton label=text.submit pending_label=text.pending pending=form.pending() />
            </form>
        }
        .into_any()
    }

    /// The ways to choose from, when there are several.
    fn ways(self, language: Language) -> AnyView {
        let choices: Vec<Choice> = self.offers.with_value(|offers| {
            offers
                .iter()
                .map(|offer| {
                    let choice =
                        Choice::new(word(offer.method), text::method(language, offer.method));
                    match offer.too_new_until {
                        Some(until) => choice.closed(&text::too_new(language, until)),
                        None => choice,
                    }
                })
                .collect()
        });
        if choices.len() < 2 {
            return nothing();
        }
        let label = ProofText::of(language).ways;
        view! { <RadioGroup id=WAYS label=label choices value=self.way /> }.into_any()
    }

    fn method(self) -> Option<ProofMethod> {
        let way = self.way.get();
        ProofMethod::ALL
            .into_iter()
            .find(|method| word(*method) == way)
    }

    /// What the chosen way asks for.
    fn chosen(self, language: Language) -> AnyView {
        match self.method() {
            Some(method @ (ProofMethod::SecurityPhone | ProofMethod::SecurityEmail)) => {
                self.sent_code(method, language)
            }
            Some(ProofMethod::Mfa) => self.mfa_code(language),
            Some(ProofMethod::Wechat | ProofMethod::Face) | None => nothing(),
        }
    }

    fn mfa_code(self, language: Language) -> AnyView {
        let text = ProofText::of(language);
        let error = self.form.error_of(CODE, language);
        let device = self.offers.with_value(|offers| device_way(offers));
        let (label, hint, other, other_words) = match (self.mfa.get(), device) {
            (MfaWay::Code, _) => (
                text.mfa_code,
                text.mfa_hint,
                MfaWay::Recovery,
                text.use_recovery,
            ),
            (MfaWay::Key, _) => (text.key, text.key_hint, MfaWay::Recovery, text.use_recovery),
            (MfaWay::Recovery, MfaWay::Key) => (
                text.recovery_code,
                text.recovery_hint,
                MfaWay::Key,
                text.use_key,
            ),
            (MfaWay::Recovery, _) => (
                text.recovery_code,
                text.recovery_hint,
                MfaWay::Code,
                text.use_device,
            ),
        };
        let asked = if other == MfaWay::Recovery && device == MfaWay::Key {
            view! { <p>{hint}</p> }.into_any()
        } else {
            let value = self.code;
            view! { <Field id=CODE label hint error value autocomplete="one-time-code" /> }
                .into_any()
        };
        let switch = move |_| {
            self.form.clear();
            self.code.write("");
            self.mfa.set(other);
        };
        view! {
            {asked}
            <button type="button" class="button button-quiet" on:click=switch>
                {live_text(move || other_words.to_owned())}
            </button>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let Some(method) = self.method() else {
            let choose = |language| ProofText::of(language).choose;
            return self
                .form
                .show_fields(vec![field(WAYS, Sentence::new(choose))]);
        };
        if method == ProofMethod::Mfa && self.mfa.get_untracked() == MfaWay::Key {
            return self.use_key();
        }
        let code = self.code.read();
        let proof = match (method, self.mfa.get_untracked()) {
            (ProofMethod::SecurityPhone, _) => Proof::PhoneCode { code },
            (ProofMethod::SecurityEmail, _) => Proof::EmailCode { code },
            (ProofMethod::Mfa, MfaWay::Code) => Proof::MfaCode { code },
            (ProofMethod::Mfa, MfaWay::Recovery) => Proof::RecoveryCode { code },
            (ProofMethod::Mfa, MfaWay::Key) | (ProofMethod::Wechat | ProofMethod::Face, _) => {
                return;
            }
        };
        self.hand_in(proof);
    }

    /// Has the key sign a challenge, and hands its answer in.
    fn use_key(self) {
        let Some(ask_key) = self.ask_key.get_value() else {
            return;
        };
        self.form.clear();
        let signed = async move {
            let asked = ask_key().await?;
            let answer = keys::get(&asked.options).await;
            Ok(answer.map(|answer| Proof::Key {
                challenge: asked.challenge,
                answer,
            }))
        };
        self.form.send(signed, move |answer| match answer {
            Ok(Ok(proof)) => self.hand_in(proof),
            Ok(Err(trouble)) => {
                let say = move |language| mfa_text::key_trouble(language, trouble);
                self.form.show_whole(Sentence::new(say));
            }
            Err(error) => self.refused(&error),
        });
    }

    /// Hands a proof in, and goes on when it was taken.
    fn hand_in(self, proof: Proof) {
        self.form.clear();
        let calls = self.calls.get_value();
        self.form
            .send((calls.prove)(proof), move |answer| match answer {
                Ok(()) => (calls.done)(),
                Err(error) => self.refused(&error),
            });
    }

    fn refused(self, error: &ApiError) {
        self.form.show_error(error, &problem, &refusal);
    }
}

/// How the account's own device proves itself.
fn device_way(offers: &[Offer]) -> MfaWay {
    let is_key = |offer: &Offer| offer.device == Some(DeviceKind::SecurityKey);
    if offers.iter().any(is_key) {
        MfaWay::Key
    } else {
        MfaWay::Code
    }
}

/// What is wrong with a field of a proof.
fn problem(wrong: &WrongField) -> Option<FieldMessage> {
    if let Some(problem) = wrong.of::<SixDigitsProblem>("code") {
        let say = move |language| code_text::six_digits_problem(language, problem);
        return Some(field(CODE, Sentence::new(say)));
    }
    let problem = wrong.of::<RecoveryCodeProblem>("code")?;
    let say = move |language| mfa_text::recovery_code_problem(language, problem);
    Some(field(CODE, Sentence::new(say)))
}

/// Why a proof was not taken, or no code was sent.
fn refusal(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<CodeRefusal>("code") {
        return Some(Sentence::new(move |language| {
            code_text::code_refusal(language, refusal)
        }));
    }
    if let Some(refusal) = refused.of::<MfaRefusal>("mfa") {
        return Some(Sentence::new(move |language| {
            mfa_text::mfa_refusal(language, refusal)
        }));
    }
    if let Some(refusal) = refused.of("sign_in") {
        return Some(Sentence::new(move |language| {
            sign_in::sign_in_refusal(language, refusal)
        }));
    }
    let refusal = refused.of::<ProtectionRefusal>("protection")?;
    Some(Sentence::new(move |language| {
        text::protection_refusal(language, &refusal)
    }))
}

fn field(field: &'static str, sentence: Sentence) -> FieldMessage {
    FieldMessage { field, sentence }
}

/// What a way is known by among the choices.
const fn word(method: ProofMethod) -> &'static str {
    match method {
        ProofMethod::Mfa => "mfa",
        ProofMethod::Wechat => "wechat",
        ProofMethod::Face => "face",
        ProofMethod::SecurityPhone => "phone",
        ProofMethod::SecurityEmail => "email",
    }
}

/// When the next code may be asked for, on this machine's clock.
fn again_at(sent: &CodeSent) -> f64 {
    clock::local(sent.resend_at, sent.server_time)
}
