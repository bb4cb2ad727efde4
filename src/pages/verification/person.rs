//! The page at `/verification/person`: the form, what follows it, and what came of it (VER-2 to VER-7,
//! VER-10, VER-12). Everything typed stays, here and on the server.

use std::rc::Rc;

use contract::verification::{NextStep, PersonTyped, StartPerson, Verification};
use domain::account::VerificationStatus;
use domain::identity::{IdDocument, IdDocumentKind, PersonName};
use domain::verification::{Attempt, Method, VerificationRefusal};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::advice::{self, DOCUMENTS, document_word, method_word};
use super::problems::{failed, name_message, number_message, problem, refusal};
use super::step::Doing;
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::ApiError;
use crate::form::Form;
use crate::load::Load;
use crate::session::SessionContext;
use crate::text::shell::ShellText;
use crate::text::subjects;
use crate::text::verification::{self as words, VerificationText};
use crate::text::{Language, Sentence};
use crate::ui::{
    Checkbox, Choice, ErrorSummary, Field, FieldValue, Notice, NoticeKind, RadioGroup,
    SubmitButton, focus_soon, live, nothing, react,
};
use crate::{api, layout, paths};

/// The ids of the inputs.
pub(super) const KIND: &str = "document-kind";
pub(super) const NAME: &str = "person-name";
pub(super) const NUMBER: &str = "document-number";
const METHOD: &str = "person-method";
/// The id of what says how the last attempt ended.
const RESULT: &str = "person-result";

/// The page and what was typed in it.
#[derive(Clone, Copy)]
struct PersonPage {
    standing: Load<Verification>,
    form: Form,
    kind: RwSignal<String>,
    name: FieldValue,
    number: FieldValue,
    has_no_card: RwSignal<bool>,
    method: RwSignal<String>,
    doing: Doing,
    /// Why the last try was refused, for its ways out.
    refused: RwSignal<Option<VerificationRefusal>>,
    /// What the server kept was shown once; from then on what is typed here counts.
    is_filled: StoredValue<bool>,
    /// A result is being asked for.
    is_asking: StoredValue<bool>,
    address: Address,
    announcer: Announcer,
    session: SessionContext,
}

/// What the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Form,
    Doing,
    Running,
    Verified,
}

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let address = Address::expect();
    let chosen = |name| address.query(name).unwrap_or_default();
    let kind = advice::document(&chosen(paths::DOCUMENT));
    let asked = StoredValue::new_local(None::<PersonPage>);
    let look = Rc::new(move || {
        if let Some(page) = asked.try_get_value().flatten() {
            page.finish();
        }
    });
    let page = PersonPage {
        standing: Load::start(api::verification::standing),
        form: Form::new("person-problems"),
        kind: RwSignal::new(document_word(kind).to_owned()),
        name: FieldValue::new(""),
        number: FieldValue::new(""),
        has_no_card: RwSignal::new(false),
        method: RwSignal::new(chosen(paths::METHOD)),
        doing: Doing::new(look),
        refused: RwSignal::new(None),
        is_filled: StoredValue::new(false),
        is_asking: StoredValue::new(false),
        address,
        announcer: Announcer::expect(),
        session: SessionContext::expect(),
    };
    asked.set_value(Some(page));
    react(move || page.fill());
    react(move || page.choose());
    let mode = Memo::new(move |_| page.mode());
    layout::page(
        |language| VerificationText::of(language).person_title,
        move |language| {
            let content = layout::loaded(page.standing, language, move || {
                live(move || page.content(mode.get(), language))
            });
            view! {
                <p class="lead">{VerificationText::of(language).person_lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

impl PersonPage {
    fn mode(self) -> Mode {
        if self.doing.is_begun() {
            return Mode::Doing;
        }
        self.standing
            .with(|known| {
                let is_running = known
                    .attempt
                    .as_ref()
                    .is_some_and(|shown| matches!(shown.attempt, Attempt::Running { .. }));
                Some(match known.status {
                    VerificationStatus::Unverified if is_running => Mode::Running,
                    VerificationStatus::Unverified => Mode::Form,
                    VerificationStatus::Person | VerificationStatus::Enterprise => Mode::Verified,
                })
            })
            .unwrap_or(Mode::Form)
    }

    /// Shows what the server kept of the last attempt (VER-10), and looks whether it has come to an end.
    fn fill(self) {
        let attempt = self.standing.with(|known| Some(known.attempt.clone()));
        let Some(attempt) = attempt else {
            return;
        };
        if self.is_filled.get_value() {
            return;
        }
        self.is_filled.set_value(true);
        let Some(shown) = attempt else {
            return;
        };
        if let Some(typed) = &shown.typed {
            self.kind.set(document_word(typed.document_kind).to_owned());
            self.name.write(&typed.name);
            self.number.write(&typed.document_number);
            self.method.set(method_word(shown.method).to_owned());
            if matches!(shown.attempt, Attempt::Running { .. }) {
                self.finish();
            }
        }
    }

    /// The fastest method, unless the one that is chosen can be used (VER-14).
    fn choose(self) {
        let kind = self.kind.with(|word| advice::document(word));
        let has_no_card = self.has_no_card.get();
        let offered = self.standing.with(|known| known.offered.clone());
        let chosen = self.method.with_untracked(|word| advice::method(word));
        let is_usable = chosen.is_some_and(|method| {
            method.closed_to(&advice::person(kind)).is_none() && offered.contains(&method)
        });
        if !is_usable && !offered.is_empty() {
            let best = advice::best(kind, has_no_card, &offered);
            self.method.set(best.map_or("", method_word).to_owned());
        }
    }

    fn content(self, mode: Mode, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        match mode {
            Mode::Form => self.form_view(language),
            Mode::Verified => view! {
                <Notice kind=NoticeKind::Success>
                    <p>{text.passed}</p>
                    <a class="button" href=paths::verification()>
                        {text.title}
                    </a>
                </Notice>
            }
            .into_any(),
            Mode::Running => self.running(language),
            Mode::Doing => view! {
                <section class="card" aria-labelledby="doing">
                    <h2 id="doing" tabindex="-1">
                        {text.running}
                    </h2>
                    {self.problems(language)}
                    {self.doing.view(language)}
                    <div class="buttons">
                        <button type="button" class="button" on:click=move |_| self.give_up()>
                            {text.give_up}
                        </button>
                    </div>
                </section>
            }
            .into_any(),
        }
    }

    fn problems(self, language: Language) -> AnyView {
        let form = self.form;
        view! {
            <ErrorSummary
                id=form.summary()
                title=ShellText::of(language).problems
                fields=Signal::derive(move || form.field_errors(language))
                whole=Signal::derive(move || form.whole_error(language))
            />
        }
        .into_any()
    }

    /// An attempt that another page, or an earlier visit of this one, has begun.
    fn running(self, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        let shown = self
            .standing
            .ready_untracked()
            .and_then(|known| known.attempt);
        let Some(shown) = shown else {
            return nothing();
        };
        let since = words::running_since(language, shown.method, shown.began);
        let case = shown.case_number.clone();
        let overdue = match shown.is_overdue {
            true => view! {
                <Notice kind=NoticeKind::Warning>
                    <p>
                        {text.overdue} " " <strong class="number">{case}</strong>
                    </p>
                </Notice>
            }
            .into_any(),
            false => nothing(),
        };
        let resume = move |_| self.resume();
        let buttons = match shown.method.is_for_persons() {
            true => view! {
                <button type="button" class="button button-primary" on:click=resume>
                    {text.go_on}
                </button>
            }
            .into_any(),
            false => view! { <p>{text.enterprise_attempt}</p> }.into_any(),
        };
        view! {
            <section class="card" aria-labelledby="running">
                <h2 id="running">{text.running}</h2>
                {self.problems(language)}
                <p>{since}</p>
                <p class="quiet">
                    {text.case} " " <span class="number">{shown.case_number}</span>
                </p>
                {overdue}
                <div class="buttons">
                    {buttons}
                    <button type="button" class="button" on:click=move |_| self.give_up()>
                        {text.give_up}
                    </button>
                </div>
            </section>
        }
        .into_any()
    }

    fn form_view(self, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        let form = self.form;
        let failed = live(move || {
            let shown = self.standing.with(|known| known.attempt.clone());
            shown.map_or_else(nothing, |shown| failed(&shown, language))
        });
        let phone = match self.standing.with(|known| known.has_security_phone) {
            true => nothing(),
            false => view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text.phone_missing} " " {text.phone_any}</p>
                    <a class="button" href=paths::security_phone()>
                        {text.bind_phone}
                    </a>
                </Notice>
            }
            .into_any(),
        };
        let documents = DOCUMENTS
            .into_iter()
            .map(|kind| {
                Choice::new(
                    document_word(kind),
                    subjects::id_document_kind(language, kind),
                )
            })
            .collect();
        let number = live(move || {
            let is_permit = self
                .kind
                .with(|word| advice::document(word) != IdDocumentKind::ResidentId);
            let hint = match is_permit {
                true => text.permit_hint,
                false => text.document_hint,
            };
            view! {
                <Field
                    id=NUMBER
                    label=text.document_number
                    hint=hint
                    error=form.error_of(NUMBER, language)
                    value=self.number
                    autocomplete="off"
                />
            }
            .into_any()
        });
        let methods = live(move || self.methods(language));
        view! {
            <div id=RESULT tabindex="-1">
                {failed}
            </div>
            {phone}
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                {self.problems(language)}
                {self.ways_out(language)}
                <RadioGroup
                    id=KIND
                    label=text.document
                    hint=text.overseas
                    error=form.error_of(KIND, language)
                    choices=documents
                    value=self.kind
                />
                <Field
                    id=NAME
                    label=text.person_name
                    error=form.error_of(NAME, language)
                    value=self.name
                    autocomplete="name"
                />
                {number}
                <Checkbox
                    id="person-no-card"
                    label=view! { {text.no_card} }.into_any()
                    value=self.has_no_card
                />
                {methods}
                <SubmitButton
                    label=text.begin
                    pending_label=text.beginning
                    pending=form.pending()
                />
            </form>
        }
        .into_any()
    }

    /// The methods for the document that is chosen, the fastest marked (VER-5, VER-14).
    fn methods(self, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        let kind = self.kind.with(|word| advice::document(word));
        let has_no_card = self.has_no_card.get();
        let offered = self.standing.with(|known| known.offered.clone());
        let best = advice::best(kind, has_no_card, &offered);
        let choices = [Method::WechatScan, Method::Face, Method::QqScan]
            .into_iter()
            .map(|method| {
                let choice = Choice::new(method_word(method), words::method(language, method));
                match method.closed_to(&advice::person(kind)) {
                    Some(because) => choice.closed(words::closed(language, because)),
                    None if !offered.contains(&method) => choice.closed(text.not_here),
                    None if best == Some(method) => choice.hint(text.best),
                    None => choice,
                }
            })
            .collect();
        view! {
            <RadioGroup
                id=METHOD
                label=text.how
                error=self.form.error_of(METHOD, language)
                choices=choices
                value=self.method
            />
        }
        .into_any()
    }

    /// What helps out of a refusal, with links to what is there (VER-2).
    fn ways_out(self, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        live(move || {
            let ways = self.refused.with(|refusal| {
                refusal
                    .as_ref()
                    .map(|refusal| refusal.ways_out().to_vec())
                    .unwrap_or_default()
            });
            if ways.is_empty() {
                return nothing();
            }
            let lines: Vec<_> = ways
                .into_iter()
                .map(|way| view! { <li>{words::way_out(language, way)}</li> })
                .collect();
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text.ways_out}</p>
                    <ul class="bullets">{lines}</ul>
                </Notice>
            }
            .into_any()
        })
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        self.refused.set(None);
        let document_kind = self.kind.with_untracked(|word| advice::document(word));
        let (name, document_number) = (self.name.read(), self.number.read());
        let mut problems = Vec::new();
        if let Err(problem) = PersonName::parse(&name) {
            problems.push(name_message(problem));
        }
        if let Err(problem) = IdDocument::parse(document_kind, &document_number) {
            problems.push(number_message(problem));
        }
        let method = self.method.with_untracked(|word| advice::method(word));
        let Some(method) = method.filter(|_| problems.is_empty()) else {
            return self.form.show_fields(problems);
        };
        self.form.clear();
        let wish = StartPerson {
            person: PersonTyped {
                name,
                document_kind,
                document_number,
            },
            method,
            give_up_running: false,
        };
        let call = api::verification::start_person(wish);
        self.form.send(call, move |answer| match answer {
            Ok(step) => self.begun(step),
            Err(error) => self.show(&error),
        });
    }

    fn begun(self, step: NextStep) {
        self.doing.begin(step);
        focus_soon("doing");
    }

    fn resume(self) {
        self.form.clear();
        let call = api::verification::resume_person();
        self.form.send(call, move |answer| match answer {
            Ok(step) => self.begun(step),
            Err(error) => self.show(&error),
        });
    }

    fn give_up(self) {
        self.form.clear();
        let call = api::verification::give_up();
        self.form.send(call, move |answer| match answer {
            Ok(()) => {
                self.doing.end();
                self.standing.again();
                self.announcer.tell(Sentence::new(|language| {
                    VerificationText::of(language).given_up
                }));
                focus_soon(crate::announce::HEADING);
            }
            Err(error) => self.show(&error),
        });
    }

    /// Looks whether there is a result.
    fn finish(self) {
        if self.is_asking.try_get_value().unwrap_or(true) {
            return;
        }
        self.is_asking.set_value(true);
        spawn_local(async move {
            let answer = api::verification::finish_person().await;
            self.is_asking.try_set_value(false);
            match answer {
                Ok(finished) => match finished.attempt {
                    Attempt::Passed { .. } => self.passed(),
                    Attempt::Running { .. } if finished.is_over => self.doing.over(),
                    Attempt::Running { .. } => {}
                    Attempt::Failed { .. } | Attempt::GivenUp { .. } => {
                        self.doing.end();
                        self.standing.again();
                        focus_soon(RESULT);
                    }
                },
                Err(ApiError::SignInRequired) => self.session.ended(),
                Err(error @ ApiError::Refused(_)) => {
                    self.doing.end();
                    self.standing.again();
                    self.show(&error);
                }
                // A server that does not answer now is asked again in a moment.
                Err(_) => {}
            }
        });
    }

    /// The account is verified: the page of what stands says so, and the frame's banner goes (VER-12).
    fn passed(self) {
        self.session.ask();
        self.announcer.leave_notice(Sentence::new(|language| {
            VerificationText::of(language).passed
        }));
        self.address.replace(paths::verification());
    }

    fn show(self, error: &ApiError) {
        if let ApiError::Refused(refused) = error {
            self.refused
                .try_set(refused.of::<VerificationRefusal>("verification"));
        }
        self.form.show_error(error, &problem, &refusal);
        // Somebody else may have ended or begun an attempt meanwhile.
        self.standing.again();
    }
}
