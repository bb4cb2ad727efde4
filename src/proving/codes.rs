//! Codes to the security phone or e-mail, as a way of proof. Knows when another may be sent to each;
//! does not know what they prove.

use contract::proof::Offer;
use domain::contacts::ContactKind;
use domain::protection::ProofMethod;
use domain::time::Timestamp;
use leptos::prelude::*;

use super::{CODE, ProofForm, again_at, refusal};
use crate::clock;
use crate::sent_code::no_code;
use crate::text::Language;
use crate::text::codes::{CodeText, sent_to, wait, will_go_to};
use crate::ui::{CodeField, CodeWords, focus_soon, live_text};

/// Where codes went and when another may follow.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    to_phone: To,
    to_email: To,
    pending: RwSignal<bool>,
}

/// One target of codes.
#[derive(Clone, Copy)]
struct To {
    again_at: RwSignal<Option<f64>>,
    was_sent: RwSignal<bool>,
}

impl Sent {
    /// What the server knew of earlier codes: a reload forgets nothing (V-21).
    pub(super) fn new(offers: &[Offer], server_time: Timestamp) -> Self {
        let to = |method| {
            let offer = offers.iter().find(|offer| offer.method == method);
            let again_at = offer.and_then(|offer| offer.resend_at);
            To {
                again_at: RwSignal::new(again_at.map(|at| clock::local(at, server_time))),
                was_sent: RwSignal::new(again_at.is_some()),
            }
        };
        Self {
            to_phone: to(ProofMethod::SecurityPhone),
            to_email: to(ProofMethod::SecurityEmail),
            pending: RwSignal::new(false),
        }
    }

    const fn to(self, method: ProofMethod) -> To {
        match method {
            ProofMethod::SecurityEmail => self.to_email,
            _ => self.to_phone,
        }
    }
}

impl ProofForm {
    /// The input for a code to the security phone or e-mail.
    pub(super) fn sent_code(self, method: ProofMethod, language: Language) -> AnyView {
        let text = CodeText::of(language);
        let target = self.offers.with_value(|offers| {
            let offer = offers.iter().find(|offer| offer.method == method);
            offer.and_then(|offer| offer.to.clone()).unwrap_or_default()
        });
        let to = self.sent.to(method);
        let way = match method {
            ProofMethod::SecurityEmail => ContactKind::Email,
            _ => ContactKind::Phone,
        };
        let where_to = move || {
            if to.was_sent.get() {
                sent_to(language, &target)
            } else {
                will_go_to(language, &target)
            }
        };
        view! {
            <p>{live_text(where_to)}</p>
            <CodeField
                id=CODE
                label=text.label
                hint=text.hint
                error=self.form.error_of(CODE, language)
                value=self.code
                words=CodeWords {
                    send: text.send,
                    sending: text.sending,
                    again: text.again,
                    wait: Callback::new(move |seconds| wait(language, seconds)),
                    ready: text.ready,
                }
                again_at=to.again_at
                pending=self.sent.pending
                on_send=move |()| self.send_code(method)
                help=no_code(&[way], language)
            />
        }
        .into_any()
    }

    fn send_code(self, method: ProofMethod) {
        self.form.clear();
        self.sent.pending.set(true);
        let calls = self.calls.get_value();
        let to = self.sent.to(method);
        self.form.call((calls.send_code)(method), move |answer| {
            self.sent.pending.try_set(false);
            match answer {
                Ok(sent) => {
                    to.again_at.set(Some(again_at(&sent)));
                    to.was_sent.set(true);
                    focus_soon(CODE);
                }
                Err(error) => self.form.show_error(&error, &|_| None, &refusal),
            }
        });
    }
}
