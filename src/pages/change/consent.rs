//! The page at `/consent/{secret}`: the new subject sees what it is asked, shows its face, and accepts
//! (CHG-14). Needs no account; knows the link.

use std::rc::Rc;

use contract::changes::ConsentAsked;
use contract::pages as addresses;
use domain::verification::change::ChangeKind;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::wizard::{refusals, summary};
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError};
use crate::facing::{self, Facing};
use crate::form::Form;
use crate::layout;
use crate::load::{Load, Loaded};
use crate::text::changes::ChangeText;
use crate::text::{Language, Sentence, time};
use crate::ui::{Notice, NoticeKind, SubmitButton, fact, facts, live, nothing};

/// The page.
pub(super) fn page() -> AnyView {
    let secret = Address::expect()
        .part(addresses::CONSENT, "secret")
        .unwrap_or_default();
    let asked = {
        let secret = secret.clone();
        Load::start(move || {
            let secret = secret.clone();
            async move { api::changes::consent(&secret).await }
        })
    };
    let passed = RwSignal::new(None);
    let page = Accepting {
        asked,
        form: Form::new("consent-problems"),
        facing: facing(&secret, passed),
        passed,
        secret: StoredValue::new(secret),
        done: RwSignal::new(false),
        announcer: Announcer::expect(),
    };
    layout::page(
        |language| ChangeText::of(language).consent_title,
        move |language| {
            live(move || {
                let is_gone = page.asked.stage().get() == crate::load::Stage::Failed
                    && matches!(
                        page.asked.get_untracked(),
                        Loaded::Failed(ApiError::NotFound)
                    );
                if is_gone {
                    return no_link(language);
                }
                layout::loaded(page.asked, language, move || {
                    live(move || page.view(language))
                })
            })
        },
    )
}

fn facing(secret: &str, passed: RwSignal<Option<String>>) -> Facing {
    let (first, second) = (secret.to_owned(), secret.to_owned());
    let begin: facing::Begin = Rc::new(move || {
        let secret = first.clone();
        Box::pin(async move { api::changes::begin_face(&secret).await })
    });
    let look: facing::Look = Rc::new(move |check: String| {
        let secret = second.clone();
        Box::pin(async move { api::changes::face(&secret, &check).await })
    });
    Facing::new(begin, look, Rc::new(move |check| passed.set(Some(check))))
}

#[derive(Clone, Copy)]
struct Accepting {
    asked: Load<ConsentAsked>,
    form: Form,
    facing: Facing,
    passed: RwSignal<Option<String>>,
    secret: StoredValue<String>,
    done: RwSignal<bool>,
    announcer: Announcer,
}

impl Accepting {
    fn view(self, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let Some(asked) = self.asked.with(|asked| Some(asked.clone())) else {
            return nothing();
        };
        if asked.accepted || self.done.get() {
            return view! {
                <Notice kind=NoticeKind::Success>
                    <p>{words.accepted}</p>
                </Notice>
            }
            .into_any();
        }
        let lead = match asked.kind {
            ChangeKind::PersonToPerson => words.consent_lead,
            _ => words.consent_lead_enterprise,
        };
        let line = |label, value: String| {
            fact(
                label,
                view! { <span>{value}</span> }.into_any(),
                "",
                nothing(),
            )
        };
        view! {
            <p class="lead">{lead}</p>
            <section class="card">
                {facts(
                    vec![
                        line(words.account, asked.account),
                        line(words.present_owner, asked.former),
                        line(words.new_owner, asked.new),
                        line(words.face_of, asked.face_of),
                        line(words.valid_until, time::beijing(language, asked.until)),
                    ],
                )}
            </section>
            {live(move || self.step(language))}
            <p class="quiet">{words.not_you}</p>
        }
        .into_any()
    }

    /// First the face, then the button.
    fn step(self, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let form = self.form;
        if self.passed.with(Option::is_none) {
            return view! {
                <section class="card" aria-labelledby="face">
                    <h2 id="face">{words.face_first}</h2>
                    {self.facing.view(language)}
                </section>
            }
            .into_any();
        }
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                {summary(form, language)}
                <Notice kind=NoticeKind::Success>
                    <p>{words.face_passed}</p>
                </Notice>
                <SubmitButton
                    label=words.accept
                    pending_label=words.accepting
                    pending=form.pending()
                />
            </form>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let Some(check) = self.passed.get_untracked() else {
            return;
        };
        self.form.clear();
        let secret = self.secret.get_value();
        let call = async move { api::changes::accept(&secret, check).await };
        self.form.send(call, move |answer| match answer {
            Ok(_) => {
                let say = |language| ChangeText::of(language).accepted;
                self.announcer.tell(Sentence::new(say));
                self.done.set(true);
            }
            Err(error) => self.form.show_error(&error, &|_| None, &refusals),
        });
    }
}

fn no_link(language: Language) -> AnyView {
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{ChangeText::of(language).no_link}</p>
        </Notice>
    }
    .into_any()
}
