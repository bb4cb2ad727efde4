//! The dialog that asks for a proof (PRT-2, PRT-4). Knows which operation waits; not what it does.

use std::rc::Rc;

use contract::proof::{Proof, ProofStatus};
use domain::protection::{ProofMethod, SensitiveOperation};
use leptos::prelude::*;

use crate::language::LanguageContext;
use crate::load::Load;
use crate::proving::{AskKey, Calling, Calls, ProofForm};
use crate::step_up::StepUp;
use crate::text::Language;
use crate::text::proof::ProofText;
use crate::text::shell::ShellText;
use crate::ui::{Dialog, focus_first_in_soon, live, nothing, react};
use crate::{api, clock, layout, paths};

const DIALOG: &str = "step-up";

/// The dialog, open.
pub(super) fn show() -> AnyView {
    let step_up = StepUp::expect();
    let language = LanguageContext::expect();
    let Some(operation) = step_up.asked() else {
        return nothing();
    };
    let is_open = RwSignal::new(true);
    react(move || {
        // By Escape, or by the button.
        if !is_open.get() && step_up.asked().is_some() {
            step_up.give_up();
        }
    });
    let status = Load::start(move || api::proof::status(operation));
    // A signal, since the dialog may be drawn before the form is made.
    let form = RwSignal::new(None::<ProofForm>);
    react(move || {
        let Some((offers, server_time, until)) = status.with(|status| {
            let until = status.check.as_ref().map(|check| check.until);
            Some((status.offers.clone(), status.server_time, until))
        }) else {
            return;
        };
        if let Some(until) = until {
            // Another tab of this session has given one meanwhile.
            return step_up.proved(clock::local(until, server_time));
        }
        if form.with_untracked(Option::is_none) {
            let calls = calls(step_up, operation);
            form.set(Some(
                ProofForm::new(offers, server_time, (api::providers::For::Session, calls))
                    .with_key(ask_key()),
            ));
            // The dialog has opened on its way out; whoever answers need not look for the question.
            focus_first_in_soon(DIALOG);
        }
    });
    live(move || {
        let language = language.get();
        let text = ProofText::of(language);
        let content = layout::loaded(status, language, move || {
            live(move || ways(status, form, language))
        });
        view! {
            <Dialog id=DIALOG is_open title=text.title>
                <p>{text.lead}</p>
                {content}
                <div class="buttons">
                    <button type="button" class="button" on:click=move |_| is_open.set(false)>
                        {ShellText::of(language).cancel}
                    </button>
                </div>
            </Dialog>
        }
        .into_any()
    })
}

/// The form, or what to do where there is nothing to prove oneself with.
fn ways(
    status: Load<ProofStatus>,
    form: RwSignal<Option<ProofForm>>,
    language: Language,
) -> AnyView {
    let has_ways = status
        .ready_untracked()
        .is_some_and(|status| !status.offers.is_empty());
    match form.get() {
        Some(form) if has_ways => form.view(language, nothing()),
        None if has_ways => nothing(),
        _ => {
            let text = ProofText::of(language);
            view! {
                <p>{text.nothing}</p>
                <p>
                    <a class="button button-primary" href=paths::security_phone()>
                        {text.bind_phone}
                    </a>
                </p>
            }
            .into_any()
        }
    }
}

/// Has the account's key asked for in this session.
fn ask_key() -> AskKey {
    Rc::new(|| Box::pin(api::mfa::challenge_key()))
}

fn calls(step_up: StepUp, operation: SensitiveOperation) -> Calls {
    // The moment until which the proof counts, between the answer and what follows from it.
    let until = StoredValue::new(None::<f64>);
    Calls {
        send_code: Rc::new(|method: ProofMethod| Box::pin(api::proof::send_code(method))),
        prove: Rc::new(move |proof: Proof| -> Calling<()> {
            Box::pin(async move {
                let status = api::proof::prove(operation, proof).await?;
                let check = status.check.as_ref();
                let local = check.map(|check| clock::local(check.until, status.server_time));
                until.set_value(local);
                Ok(())
            })
        }),
        done: Rc::new(move || {
            if let Some(until) = until.get_value() {
                step_up.proved(until);
            }
        }),
    }
}
