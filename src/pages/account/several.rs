//! Changing nickname and contacts in one form, with the difference shown before it is saved (ACC-14).
//! Knows when to ask; the server compares.

use contract::account::{AccountInfo, ProfileWish, SaveProfile};
use domain::account::{AccountRefusal, FieldChange, Nickname, NicknameProblem, NicknameRefusal};
use domain::contacts::{ContactKind, ContactRefusal};
use domain::identity::{Email, EmailProblem, PhoneNumber, PhoneNumberProblem};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::load::Load;
use crate::sent_code;
use crate::session::SessionContext;
use crate::text::account::{self as words, AccountText};
use crate::text::account_data::{AccountDataText, account_refusal};
use crate::text::contacts::{self, ContactText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{
    DataTable, Dialog, ErrorSummary, Field, FieldValue, PhoneField, SubmitButton, focus_soon, live,
    live_text,
};

const OPEN: &str = "change-several";
const NICKNAME: &str = "several-nickname";
const PHONE: &str = "several-phone";
const EMAIL: &str = "several-email";
const DIFFERENCE: &str = "profile-difference";

/// The form, which is folded away until it is asked for.
#[derive(Clone, Copy)]
pub(super) struct Several {
    form: Form,
    nickname: FieldValue,
    phone: FieldValue,
    email: FieldValue,
    is_open: RwSignal<bool>,
    /// What saving would change, as the server has compared it.
    changes: RwSignal<Vec<FieldChange>>,
    /// The difference is on screen.
    asks: RwSignal<bool>,
    /// The nickname that was warned about; saving it again is meant (ACC-4).
    warned: RwSignal<Option<String>>,
    account: Load<AccountInfo>,
    session: SessionContext,
    announcer: Announcer,
}

impl Several {
    pub(super) fn new(account: Load<AccountInfo>) -> Self {
        Self {
            form: Form::new("several-problems"),
            nickname: FieldValue::new(""),
            phone: FieldValue::new(""),
            email: FieldValue::new(""),
            is_open: RwSignal::new(false),
            changes: RwSignal::new(Vec::new()),
            asks: RwSignal::new(false),
            warned: RwSignal::new(None),
            account,
            session: SessionContext::expect(),
            announcer: Announcer::expect(),
        }
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        live(move || {
            if self.is_open.get() {
                self.open_view(language)
            } else {
                let label = AccountDataText::of(language).several;
                view! {
                    <p>
                        <button
                            type="button"
                            id=OPEN
                            class="button"
                            on:click=move |_| self.open()
                        >
                            {label}
                        </button>
                    </p>
                }
                .into_any()
            }
        })
    }

    fn open_view(self, language: Language) -> AnyView {
        let text = AccountDataText::of(language);
        let contact = ContactText::of(language);
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
                <p>{text.several_lead}</p>
                <Field
                    id=NICKNAME
                    label=AccountText::of(language).nickname
                    error=form.error_of(NICKNAME, language)
                    value=self.nickname
                    autocomplete="nickname"
                />
                <PhoneField
                    id=PHONE
                    label=contact.new_phone
                    hint=text.several_phone_hint
                    error=form.error_of(PHONE, language)
                    value=self.phone
                />
                <Field
                    id=EMAIL
                    label=contact.new_email
                    hint=text.several_email_hint
                    error=form.error_of(EMAIL, language)
                    value=self.email
                    kind="email"
                    autocomplete="email"
                />
                <div class="buttons">
                    <SubmitButton
                        label=text.compare
                        pending_label=text.comparing
                        pending=form.pending()
                    />
                    <button type="button" class="button" on:click=move |_| self.close()>
                        {shell.cancel}
                    </button>
                </div>
            </form>
            <Dialog id=DIFFERENCE is_open=self.asks title=text.difference>
                <p>{text.difference_lead}</p>
                {live(move || self.difference(language))}
                {self.answers(language)}
            </Dialog>
        }
        .into_any()
    }

    /// Each field that changes: what it is and what it becomes (ACC-14).
    fn difference(self, language: Language) -> AnyView {
        let text = AccountDataText::of(language);
        let rows = self.changes.with(|changes| {
            let row = |change: &FieldChange| {
                let or_nothing =
                    |value: &Option<String>| value.clone().unwrap_or_else(|| text.empty.to_owned());
                let field = words::profile_field(language, change.field);
                let (before, after) = (or_nothing(&change.before), or_nothing(&change.after));
                vec![
                    view! { <span>{field}</span> }.into_any(),
                    view! { <span>{before}</span> }.into_any(),
                    view! { <strong>{after}</strong> }.into_any(),
                ]
            };
            changes.iter().map(row).collect()
        });
        let headings = vec![text.field, text.before, text.after];
        view! { <DataTable caption=text.difference headings rows /> }.into_any()
    }

    fn answers(self, language: Language) -> AnyView {
        let text = AccountDataText::of(language);
        let pending = self.form.pending();
        let label = move || {
            let words = if pending.get() {
                AccountText::of(language).saving
            } else {
                text.save_difference
            };
            words.to_owned()
        };
        view! {
            <div class="buttons">
                <button
                    type="button"
                    class="button button-primary"
                    on:click=move |_| self.save()
                >
                    {live_text(label)}
                </button>
                <button type="button" class="button" on:click=move |_| self.edit_again()>
                    {text.edit_again}
                </button>
            </div>
        }
        .into_any()
    }

    fn open(self) {
        let Some(account) = self.account.ready_untracked() else {
            return;
        };
        self.announcer.clear_notice();
        self.form.clear();
        self.nickname.write(&account.nickname);
        self.is_open.set(true);
        focus_soon(NICKNAME);
    }

    fn close(self) {
        self.form.clear();
        self.asks.set(false);
        self.is_open.set(false);
        focus_soon(OPEN);
    }

    fn edit_again(self) {
        self.asks.set(false);
        focus_soon(NICKNAME);
    }

    /// What is typed; an empty phone or address stays as it is.
    fn wish(self) -> ProfileWish {
        let typed = |field: FieldValue| Some(field.read()).filter(|typed| !typed.trim().is_empty());
        ProfileWish {
            nickname: Some(self.nickname.read()),
            contact_phone: typed(self.phone),
            contact_email: typed(self.email),
        }
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let wish = self.wish();
        let nickname = wish.nickname.as_deref().map(Nickname::parse);
        let phone = wish.contact_phone.as_deref().map(PhoneNumber::parse);
        let email = wish.contact_email.as_deref().map(Email::parse);
        let problems: Vec<FieldMessage> = [
            nickname.and_then(Result::err).map(of_nickname),
            phone.and_then(Result::err).map(of_phone),
            email.and_then(Result::err).map(of_email),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !problems.is_empty() {
            return self.form.show_fields(problems);
        }
        self.form.clear();
        let call = api::account::compare_profile(wish);
        self.form.send(call, move |answer| match answer {
            Ok(diff) => {
                let how_many = diff.changes.len();
                self.changes.set(diff.changes);
                match how_many {
                    0 => self
                        .form
                        .show_whole(of_account(AccountRefusal::NothingChanged)),
                    // One field is saved as it is everywhere else.
                    1 => self.save(),
                    _ => self.asks.set(true),
                }
            }
            Err(error) => self.refused(&error),
        });
    }

    fn save(self) {
        if self.form.pending().get_untracked() {
            return;
        }
        self.form.clear();
        let wish = self.wish();
        let nickname = wish.nickname.clone();
        let save = SaveProfile {
            use_verified_name: nickname == self.warned.get_untracked(),
            wish,
            confirmed: Some(self.changes.get_untracked()),
        };
        let call = api::account::save_profile(save);
        self.form.send(call, move |answer| match answer {
            Ok(account) => {
                self.session.rename(&account.nickname);
                self.account.again();
                self.phone.write("");
                self.email.write("");
                self.close();
                self.announcer.tell(Sentence::new(|language| {
                    AccountDataText::of(language).several_saved
                }));
            }
            Err(error) => {
                self.asks.set(false);
                self.warn(&error, nickname);
                self.refused(&error);
            }
        });
    }

    /// Remembers that the nickname was advised against, so that it is asked once and not forbidden (ACC-4).
    fn warn(self, error: &ApiError, nickname: Option<String>) {
        if let ApiError::Refused(refused) = error
            && let Some(NicknameRefusal::IsVerifiedName) = refused.of("nickname")
        {
            self.warned.set(nickname);
        }
    }

    fn refused(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| {
            let nickname = wrong.of("nickname").map(of_nickname);
            let phone = || wrong.of("contact_phone").map(of_phone);
            let email = || wrong.of("contact_email").map(of_email);
            nickname.or_else(phone).or_else(email)
        };
        self.form.show_error(error, &of_field, &why);
    }
}

fn why(refused: &Refused) -> Option<Sentence> {
    if let Some(NicknameRefusal::IsVerifiedName) = refused.of("nickname") {
        return Some(Sentence::new(|language| {
            let advice = words::nickname_refusal(language, NicknameRefusal::IsVerifiedName);
            [advice, AccountDataText::of(language).save_again].concat()
        }));
    }
    if let Some(refusal) = refused.of("account") {
        return Some(of_account(refusal));
    }
    if let Some(refusal) = refused.of::<ContactRefusal>("contact") {
        return Some(Sentence::new(move |language| {
            contacts::contact_refusal(language, ContactKind::Phone, refusal).unwrap_or_default()
        }));
    }
    sent_code::refusal(refused)
}

fn of_account(refusal: AccountRefusal) -> Sentence {
    Sentence::new(move |language| account_refusal(language, &refusal).unwrap_or_default())
}

fn of_nickname(problem: NicknameProblem) -> FieldMessage {
    FieldMessage {
        field: NICKNAME,
        sentence: Sentence::new(move |language| words::nickname_problem(language, problem)),
    }
}

fn of_phone(problem: PhoneNumberProblem) -> FieldMessage {
    FieldMessage {
        field: PHONE,
        sentence: Sentence::new(move |language| contacts::phone_problem(language, problem)),
    }
}

fn of_email(problem: EmailProblem) -> FieldMessage {
    FieldMessage {
        field: EMAIL,
        sentence: Sentence::new(move |language| contacts::email_problem(language, problem)),
    }
}
