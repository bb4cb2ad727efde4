//! The page at `/sign-in/second-step` (SGN-2, SGN-3, SGN-4). Knows what the server asks for; not whether a
//! proof is right.

use std::rc::Rc;

use contract::proof::{Offer, Proof};
use contract::session::{SecondStepAsked, SecondStepStatus, SignInAnswer};
use domain::protection::ProofMethod;
use domain::sign_in::SecondStepWay;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::Address;
use crate::load::Load;
use crate::proving::{Calling, Calls, ProofForm};
use crate::session::SessionContext;
use crate::text::Language;
use crate::text::sign_in::SignInText;
use crate::ui::{Checkbox, Notice, NoticeKind, live, live_text, react, seconds_until};
use crate::{api, clock, layout, paths, product};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let status = Load::start(api::session::second_step);
    let step = Step::new();
    react(move || step.take(status));
    layout::page(
        |language| SignInText::of(language).step_title,
        move |language| layout::loaded(status, language, move || live(move || step.view(language))),
    )
}

/// What is asked, and what was chosen.
#[derive(Clone, Copy)]
struct Step {
    form: RwSignal<Option<ProofForm>>,
    /// The answer came, and nothing waits.
    is_over: RwSignal<bool>,
    /// When the step ends, on this machine's clock.
    ends_at: RwSignal<Option<f64>>,
    /// Whether trusting this device is offered (SGN-2).
    can_trust: RwSignal<bool>,
    trust: RwSignal<bool>,
    session: SessionContext,
    address: Address,
}

impl Step {
    fn new() -> Self {
        Self {
            form: RwSignal::new(None),
            is_over: RwSignal::new(false),
            ends_at: RwSignal::new(None),
            can_trust: RwSignal::new(false),
            trust: RwSignal::new(false),
            session: SessionContext::expect(),
            address: Address::expect(),
        }
    }

    /// Takes the server's answer; the form stays as it is when a newer one comes.
    fn take(self, status: Load<SecondStepStatus>) {
        let Some(asked) = status.with(|status| Some(status.asked.clone())) else {
            return;
        };
        let Some(asked) = asked else {
            return self.is_over.set(true);
        };
        self.ends_at
            .set(Some(clock::local(asked.ends_at, asked.server_time)));
        self.can_trust.set(asked.trust_for.is_some());
        if self.form.get_untracked().is_none() {
            let form = ProofForm::new(
                offers(&asked),
                asked.server_time,
                (api::providers::For::SecondStep, self.calls()),
            )
            .with_key(Rc::new(|| {
                Box::pin(api::session::challenge_second_step_key())
            }));
            self.form.set(Some(form));
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = SignInText::of(language);
        if self.is_over.get() {
            return self.over(language);
        }
        let form = self.form.get().map(|form| {
            let trust = live(move || self.trust_box(language));
            form.view(language, trust)
        });
        let left = seconds_until(self.ends_at.into());
        let clock = move || {
            let left = left.get();
            format!("{} {}:{:02}", text.step_ends, left / 60, left % 60)
        };
        react(move || {
            if self.ends_at.get().is_some() && left.get() == 0 {
                self.is_over.set(true);
            }
        });
        view! {
            <p class="lead">{text.step_lead}</p>
            {form}
            <p class="quiet">{live_text(clock)}</p>
            {appeal(language)}
            <p>
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.give_up()
                >
                    {text.give_up}
                </button>
            </p>
        }
        .into_any()
    }

    fn trust_box(self, language: Language) -> AnyView {
        if !self.can_trust.get() {
            return ().into_any();
        }
        let text = SignInText::of(language);
        let label = view! { {text.trust} }.into_any();
        view! {
            <Checkbox id="trust-device" label hint=text.trust_hint value=self.trust />
        }
        .into_any()
    }

    fn over(self, language: Language) -> AnyView {
        let text = SignInText::of(language);
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{text.step_over}</p>
                <p>
                    <a class="button" href=self.back()>
                        {text.give_up}
                    </a>
                </p>
            </Notice>
        }
        .into_any()
    }

    fn back(self) -> String {
        paths::then(paths::sign_in(), self.address.query(paths::NEXT).as_deref())
    }

    fn give_up(self) {
        spawn_local(async move {
            // A server that cannot be reached forgets the step by itself.
            let _ = api::session::give_up_second_step().await;
            let back = self.back();
            self.address.go(&back);
        });
    }

    fn calls(self) -> Calls {
        let signed_in = StoredValue::new_local(None);
        Calls {
            send_code: Rc::new(|method: ProofMethod| {
                Box::pin(api::session::send_second_step_code(method))
            }),
            prove: Rc::new(move |proof: Proof| -> Calling<()> {
                Box::pin(async move {
                    let trust = self.trust.get_untracked();
                    let answer = api::session::pass_second_step(proof, trust).await?;
                    signed_in.set_value(Some(answer));
                    Ok(())
                })
            }),
            done: Rc::new(move || {
                // The route table leads on to where the person wanted to go.
                if let Some(SignInAnswer::SignedIn(session)) = signed_in.get_value() {
                    self.session.set(&session);
                }
            }),
        }
    }
}

/// The ways that are proofs, the one to open first at the head; the appeal is said below the form.
fn offers(asked: &SecondStepAsked) -> Vec<Offer> {
    let offer = |offer: &contract::session::SecondStepOffer| match offer.way {
        SecondStepWay::Proof(method) => Some(Offer {
            method,
            too_new_until: None,
            to: offer.to.clone(),
            resend_at: offer.resend_at,
            device: offer.device,
        }),
        SecondStepWay::Appeal => None,
    };
    asked.ways.iter().filter_map(offer).collect()
}

/// The last way, which is always there (SGN-3).
fn appeal(language: Language) -> AnyView {
    let text = SignInText::of(language);
    let hotline = product::hotline().map(|hotline| view! { <p>{text.hotline} {hotline}</p> });
    view! {
        <div class="appeal">
            <h2>{text.appeal_title}</h2>
            <p>{text.appeal}</p>
            {hotline}
        </div>
    }
    .into_any()
}
