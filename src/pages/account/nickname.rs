//! Changing the nickname in its place on Account info (ACC-4). Knows when to ask; not what is a
//! verified name.

use contract::account::{AccountInfo, ChangeNickname};
use domain::account::{Nickname, NicknameProblem, NicknameRefusal};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::changes::{self, Fetched};
use crate::announce::Announcer;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::load::Load;
use crate::session::SessionContext;
use crate::text::account::{self, AccountText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{
    Dialog, ErrorSummary, Field, FieldValue, SubmitButton, focus_soon, live, live_text,
};

const FIELD: &str = "nickname";
const CHANGE: &str = "change-nickname";
const QUESTION: &str = "nickname-is-real-name";

/// The nickname with its form, which is folded away until it is asked for.
#[derive(Clone, Copy)]
pub(super) struct NicknameForm {
    /// What is shown when it is open.
    fetched: Fetched,
    form: Form,
    typed: FieldValue,
    is_open: RwSignal<bool>,
    /// The warning of ACC-4 is on screen.
    asks: RwSignal<bool>,
    account: Load<AccountInfo>,
    session: SessionContext,
    announcer: Announcer,
}

impl NicknameForm {
    pub(super) fn new(account: Load<AccountInfo>) -> Self {
        Self {
            fetched: Fetched::new(),
            form: Form::new("nickname-problems"),
            typed: FieldValue::new(""),
            is_open: RwSignal::new(false),
            asks: RwSignal::new(false),
            account,
            session: SessionContext::expect(),
            announcer: Announcer::expect(),
        }
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        live(move || {
            if self.is_open.get() {
                self.fetched.show((self, language))
            } else {
                self.closed_view(language)
            }
        })
    }

    fn closed_view(self, language: Language) -> AnyView {
        let nickname = move || self.account.with(|account| account.nickname.clone());
        view! {
            <span class="nickname">{live_text(nickname)}</span>
            <button
                type="button"
                id=CHANGE
                class="button button-quiet"
                on:click=move |_| self.open()
            >
                {AccountText::of(language).change_nickname}
            </button>
            {self.fetched.problem(language)}
        }
        .into_any()
    }

    fn open_view(self, language: Language) -> AnyView {
        let text = AccountText::of(language);
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
                <Field
                    id=FIELD
                    label=text.nickname
                    hint=text.nickname_hint
                    error=form.error_of(FIELD, language)
                    value=self.typed
                    autocomplete="nickname"
                />
                <div class="buttons">
                    <SubmitButton
                        label=text.save_nickname
                        pending_label=text.saving
                        pending=form.pending()
                    />
                    <button type="button" class="button" on:click=move |_| self.close()>
                        {shell.cancel}
                    </button>
                </div>
            </form>
            <Dialog id=QUESTION is_open=self.asks title=text.real_name_title>
                <p>{account::nickname_refusal(language, NicknameRefusal::IsVerifiedName)}</p>
                <div class="buttons">
                    <button
                        type="button"
                        class="button button-primary"
                        on:click=move |_| self.choose_another()
                    >
                        {text.choose_another}
                    </button>
                    <button type="button" class="button" on:click=move |_| self.use_real_name()>
                        {text.use_real_name}
                    </button>
                </div>
            </Dialog>
        }
        .into_any()
    }

    fn open(self) {
        let Some(account) = self.account.ready_untracked() else {
            return;
        };
        self.announcer.clear_notice();
        self.form.clear();
        self.fetched.fetch(changes::At::Nickname, move || {
            self.typed.write(&account.nickname);
            self.is_open.set(true);
            focus_soon(FIELD);
        });
    }

    fn close(self) {
        self.form.clear();
        self.is_open.set(false);
        focus_soon(CHANGE);
    }

    fn choose_another(self) {
        self.asks.set(false);
        focus_soon(FIELD);
    }

    fn use_real_name(self) {
        self.asks.set(false);
        self.send(true);
    }

    fn submit(self, event: &SubmitEvent) {
        if self.form.may_submit(event) {
            self.send(false);
        }
    }

    fn send(self, use_verified_name: bool) {
        let nickname = match Nickname::parse(&self.typed.read()) {
            Ok(nickname) => nickname,
            Err(problem) => return self.form.show_fields(vec![message(problem)]),
        };
        let Some(account) = self.account.ready_untracked() else {
            return;
        };
        self.form.clear();
        let change = ChangeNickname {
            nickname: nickname.as_str().to_owned(),
            version: account.nickname_version,
            use_verified_name,
        };
        self.form.send(
            api::account::change_nickname(change),
            move |answer| match answer {
                Ok(()) => self.saved(&nickname),
                Err(error) => self.refused(&error),
            },
        );
    }

    fn saved(self, nickname: &Nickname) {
        self.session.rename(nickname.as_str());
        self.account.again();
        self.close();
        self.announcer.tell(Sentence::new(|language| {
            AccountText::of(language).nickname_saved
        }));
    }

    fn refused(self, error: &ApiError) {
        if let ApiError::Refused(refused) = error
            && let Some(NicknameRefusal::IsVerifiedName) = refused.of("nickname")
        {
            return self.asks.set(true);
        }
        if matches!(error, ApiError::ChangedElsewhere) {
            self.account.again();
        }
        let of_field = |wrong: &WrongField| wrong.of("nickname").map(message);
        self.form.show_error(error, &of_field, &|_| None);
    }
}

/// The form of the nickname that is open.
pub(super) fn form() -> AnyView {
    let (nickname, language) = expect_context::<(NicknameForm, Language)>();
    nickname.open_view(language)
}

fn message(problem: NicknameProblem) -> FieldMessage {
    FieldMessage {
        field: FIELD,
        sentence: Sentence::new(move |language| account::nickname_problem(language, problem)),
    }
}
