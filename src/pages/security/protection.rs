//! The page at `/security/protection` (PRT-1): off, or one factor that is bound. Says why the others cannot
//! be chosen.

use contract::security::{FactorState, SecurityOverview};
use domain::protection::{Factor, Protection, ProtectionKind, Protections, SensitiveOperation};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::change::{around, why};
use crate::announce::Announcer;
use crate::form::Form;
use crate::load::Load;
use crate::text::security::{self as words, SecurityText};
use crate::text::{Language, Sentence};
use crate::ui::{Choice, RadioGroup, nothing, react};
use crate::{api, layout, paths};

const OFF: &str = "off";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let security = Load::start(api::security::overview);
    let sign_in = One::new(ProtectionKind::SignIn, security);
    let operation = One::new(ProtectionKind::Operation, security);
    layout::page(
        |language| SecurityText::of(language).protection,
        move |language| {
            let content = layout::loaded(security, language, move || {
                view! {
                    {sign_in.view(language)}
                    {operation.view(language)}
                }
                .into_any()
            });
            view! {
                <p class="lead">{SecurityText::of(language).protection_lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

/// One of the two protections.
#[derive(Clone, Copy)]
struct One {
    kind: ProtectionKind,
    security: Load<SecurityOverview>,
    form: Form,
    chosen: RwSignal<String>,
    announcer: Announcer,
}

impl One {
    fn new(kind: ProtectionKind, security: Load<SecurityOverview>) -> Self {
        let summary = match kind {
            ProtectionKind::SignIn => "sign-in-protection-problems",
            ProtectionKind::Operation => "operation-protection-problems",
        };
        let one = Self {
            kind,
            security,
            form: Form::new(summary),
            chosen: RwSignal::new(String::new()),
            announcer: Announcer::expect(),
        };
        react(move || {
            let protections = one.security.with(|security| Some(security.protections));
            if let Some(protections) = protections {
                one.chosen.set(value(one.of(protections)).to_owned());
            }
        });
        one
    }

    const fn of(self, protections: Protections) -> Protection {
        match self.kind {
            ProtectionKind::SignIn => protections.sign_in,
            ProtectionKind::Operation => protections.operation,
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let (id, heading, label) = match self.kind {
            ProtectionKind::SignIn => (
                "sign-in-protection",
                "sign-in-heading",
                text.sign_in_protection,
            ),
            ProtectionKind::Operation => (
                "operation-protection",
                "operation-heading",
                text.operation_protection,
            ),
        };
        let off = Choice::new(OFF, text.protection_off).hint(text.protection_off_hint);
        let mut choices = vec![off];
        // What is bound changes on other pages only; asked reactively, a save would make the form anew
        // and lose the focus.
        let known = self.security.ready_untracked();
        let factors = known.map(|known| known.factors).unwrap_or_default();
        choices.extend(factors.iter().map(|state| {
            let choice = Choice::new(word(state.factor), words::factor(language, state.factor));
            if !state.refusals.is_empty() {
                choice.closed(words::not_bound(language, state.factor))
            } else if state.is_weakest {
                choice.hint(text.weakest)
            } else {
                choice
            }
        }));
        let hint = match self.kind {
            ProtectionKind::SignIn => text.sign_in_hint,
            ProtectionKind::Operation => text.operation_hint,
        };
        let fields = view! {
            <RadioGroup id label=text.protection_asks hint choices value=self.chosen />
            {bind_first(&factors, language)}
        };
        let form = around(
            self.form,
            fields.into_any(),
            text.protection_save,
            language,
            move |event| self.submit(event),
        );
        view! {
            <section class="card" aria-labelledby=heading>
                <h2 id=heading>{label}</h2>
                {form}
            </section>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let chosen = self.chosen.get_untracked();
        let factor = Factor::ALL
            .into_iter()
            .find(|factor| word(*factor) == chosen);
        let protection = factor.map_or(Protection::Off, Protection::Require);
        let kind = self.kind;
        self.form.clear();
        let call = move || api::security::set_protection(kind, protection);
        self.form.send_proved(
            SensitiveOperation::ChangeProtection,
            call,
            move |answer| match answer {
                Ok(()) => {
                    self.security.again();
                    self.announcer.tell(Sentence::new(|language| {
                        SecurityText::of(language).protection_saved
                    }));
                }
                Err(error) => self.form.show_error(&error, &|_| None, &why),
            },
        );
    }
}

/// Where the factors that cannot be chosen now are bound.
fn bind_first(factors: &[FactorState], language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let links: Vec<_> = factors
        .iter()
        .filter(|state| !state.refusals.is_empty())
        .map(|state| {
            let (place, name) = match state.factor {
                Factor::MfaCode => (paths::mfa(), text.mfa),
                Factor::WechatScan => (paths::account(), text.wechat),
                Factor::PhoneCode => (paths::security_phone(), text.phone),
                Factor::EmailCode => (paths::security_email(), text.email),
            };
            view! {
                <a href=place>
                    {name}
                </a>
            }
        })
        .collect();
    if links.is_empty() {
        return nothing();
    }
    view! { <p class="links-row">{text.bind_first} {links}</p> }.into_any()
}

const fn value(protection: Protection) -> &'static str {
    match protection {
        Protection::Off => OFF,
        Protection::Require(factor) => word(factor),
    }
}

const fn word(factor: Factor) -> &'static str {
    match factor {
        Factor::MfaCode => "mfa",
        Factor::WechatScan => "wechat",
        Factor::PhoneCode => "phone",
        Factor::EmailCode => "email",
    }
}
