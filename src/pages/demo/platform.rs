//! The page at `/demo/platform`, which sets what the cloud platform says of an account. Knows the account's
//! id; not what follows from it.

use contract::demo::SetPlatform;
use domain::account::AccountIdProblem;
use domain::identity::Fen;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::announce::Announcer;
use crate::api::{self, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::session::{Session, SessionContext};
use crate::text::demo::DemoText;
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{Checkbox, ErrorSummary, Field, FieldValue, SubmitButton};

const ACCOUNT: &str = "account-id";

/// The page.
pub(super) fn page() -> AnyView {
    // Whoever is signed in most likely means their own account.
    let own = match untrack(|| SessionContext::expect().get()) {
        Session::Owner(owner) => owner.account_id.to_string(),
        Session::Unknown | Session::Failed(_) | Session::Nobody => String::new(),
    };
    let page = Panel {
        form: Form::new("platform-problems"),
        account: FieldValue::new(&own),
        arrears: RwSignal::new(false),
        advance: RwSignal::new(false),
        is_away: RwSignal::new(false),
        announcer: Announcer::expect(),
    };
    layout::page(
        |language| DemoText::of(language).platform,
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct Panel {
    form: Form,
    account: FieldValue,
    arrears: RwSignal<bool>,
    advance: RwSignal<bool>,
    is_away: RwSignal<bool>,
    announcer: Announcer,
}

impl Panel {
    fn view(self, language: Language) -> AnyView {
        let words = DemoText::of(language);
        let form = self.form;
        let tick = |id, words: &'static str, value| {
            let label = view! { {words} }.into_any();
            view! { <Checkbox id label value /> }
        };
        view! {
            <p class="lead">{words.platform_lead}</p>
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <Field
                    id=ACCOUNT
                    label=words.platform_account
                    error=form.error_of(ACCOUNT, language)
                    value=self.account
                    autocomplete="off"
                />
                {tick("arrears", words.platform_arrears, self.arrears)}
                {tick("advance", words.platform_advance, self.advance)}
                {tick("away", words.platform_away, self.is_away)}
                <SubmitButton
                    label=words.platform_save
                    pending_label=words.platform_saving
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
        self.form.clear();
        let some = |is_owed: RwSignal<bool>| match is_owed.get_untracked() {
            true => Fen::new(12_800),
            false => Fen::ZERO,
        };
        let wish = SetPlatform {
            account_id: self.account.read(),
            arrears: some(self.arrears),
            advance: some(self.advance),
            is_away: self.is_away.get_untracked(),
            ..SetPlatform::default()
        };
        self.form
            .send(api::demo::set_platform(wish), move |answer| match answer {
                Ok(()) => {
                    let say = |language| DemoText::of(language).platform_saved;
                    self.announcer.tell(Sentence::new(say));
                }
                Err(error) => self.form.show_error(&error, &wrong_id, &|_| None),
            });
    }
}

fn wrong_id(wrong: &WrongField) -> Option<FieldMessage> {
    wrong
        .of::<AccountIdProblem>("account_id")
        .map(|_| FieldMessage {
            field: ACCOUNT,
            sentence: Sentence::new(|language| DemoText::of(language).platform_no_id),
        })
}
