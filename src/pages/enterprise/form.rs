//! The page at `/verification/enterprise`: the form with its ways, and how the attempt stands (ENT-1 to
//! ENT-10, VER-10, VER-14). Knows what is typed; the rules judge on the server too.

use contract::enterprise::{AdviceFor, EnterpriseForm, EnterpriseVerification, StartEnterprise};
use domain::identity::{
    EnterpriseCode, EnterpriseCodeProblem, EnterpriseName, EnterpriseNameProblem, IdDocument,
    IdDocumentKind, PersonName,
};
use domain::time::Date;
use domain::verification::{EnterpriseKind, LegalRepresentative, Method, MethodAdvice};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::choices::{
    DOCUMENTS, KINDS, document_word, kind_word, method_page, method_word, parse_document,
    parse_kind, parse_method,
};
use super::common::{self, Standing};
use super::fields::{self, BankFields};
use super::stands::{self, Current};
use crate::address::Address;
use crate::api::{self, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::text::enterprise::{self as words, EnterpriseText};
use crate::text::{Language, Sentence, subjects, verification};
use crate::ui::{
    Choice, Disclosure, Field, FieldValue, Notice, NoticeKind, RadioGroup, SelectField,
    SubmitButton, focus_soon, live, live_text, nothing, react,
};

const KIND: &str = "kind";
const NAME: &str = "name";
const CODE: &str = "code";
const ISSUED: &str = "issued";
const PERSON: &str = "representative-name";
const DOCUMENT: &str = "representative-document";
const NUMBER: &str = "representative-number";
const METHOD: &str = "method";

/// Registered outside of the mainland, which this site does not verify (VER-5).
const ELSEWHERE: &str = "elsewhere";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = FormPage::new();
    layout::page(
        |language| EnterpriseText::of(language).title,
        move |language| {
            let content = layout::loaded(page.standing.load, language, move || page.view(language));
            view! {
                <p class="lead">{EnterpriseText::of(language).lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

#[derive(Clone, Copy)]
struct FormPage {
    standing: Standing,
    form: Form,
    address: Address,
    kind: RwSignal<String>,
    name: FieldValue,
    code: FieldValue,
    issued: FieldValue,
    person: FieldValue,
    document: RwSignal<String>,
    number: FieldValue,
    method: RwSignal<String>,
    bank: BankFields,
    current: Current,
}

impl FormPage {
    fn new() -> Self {
        let standing = Standing::new();
        let page = Self {
            standing,
            current: Current::new(standing),
            form: Form::new("enterprise-problems"),
            address: Address::expect(),
            kind: RwSignal::new(kind_word(EnterpriseKind::Company).to_owned()),
            name: FieldValue::new(""),
            code: FieldValue::new(""),
            issued: FieldValue::new(""),
            person: FieldValue::new(""),
            document: RwSignal::new(document_word(IdDocumentKind::ResidentId).to_owned()),
            number: FieldValue::new(""),
            method: RwSignal::new(String::new()),
            bank: BankFields::new(),
        };
        page.fill_in_once();
        page.follow_the_code();
        page.choose_a_way();
        page
    }

    /// What was typed for the last attempt is there again (VER-10).
    fn fill_in_once(self) {
        let filled = StoredValue::new(false);
        react(move || {
            let attempt = self.standing.load.with(|now| now.attempt.clone());
            let Some(attempt) = attempt else {
                return;
            };
            if filled.get_value() {
                return;
            }
            filled.set_value(true);
            let typed = &attempt.typed;
            self.kind.set(kind_word(typed.kind).to_owned());
            self.name.write(&typed.name);
            self.code.write(&typed.code);
            self.issued.write(&typed.issued);
            self.person.write(&typed.representative_name);
            let document = document_word(typed.representative_document);
            self.document.set(document.to_owned());
            self.number.write(&typed.representative_number);
            self.method.set(method_word(attempt.method).to_owned());
            if let Some(transfer) = &typed.transfer {
                self.bank.write(transfer);
            }
        });
    }

    /// The code says what kind of licence it is (ENT-4).
    fn follow_the_code(self) {
        let typed = self.code.typed();
        react(move || {
            let code = typed.with(|typed| EnterpriseCode::parse(typed));
            if let Ok(code) = code
                && let Some(uscc) = code.uscc()
            {
                self.kind
                    .set(kind_word(EnterpriseKind::of(uscc)).to_owned());
            }
        });
    }

    /// The fastest way that is open is chosen until another one is, or this one is closed (VER-14).
    fn choose_a_way(self) {
        react(move || {
            let open = self.open_methods();
            let is_open = self.method.with_untracked(|chosen| {
                open.iter()
                    .any(|advice| method_word(advice.method) == chosen)
            });
            if !is_open {
                let best = open
                    .iter()
                    .min_by_key(|advice| (advice.time, !advice.recommended));
                let word = best.map_or("", |advice| method_word(advice.method));
                self.method.set(word.to_owned());
            }
        });
    }

    /// What is known of the ways for what was chosen, as far as this installation offers them.
    fn methods(self) -> Vec<MethodAdvice> {
        let kind = parse_kind(&self.kind.get());
        let representative = match parse_document(&self.document.get()) {
            IdDocumentKind::ResidentId => LegalRepresentative::Resident,
            _ => LegalRepresentative::Foreign,
        };
        self.standing.load.with(|now| {
            let is_it = |advice: &&AdviceFor| {
                Some(advice.enterprise) == kind && advice.legal_representative == representative
            };
            let found = now.advice.iter().find(is_it);
            let methods = found
                .map(|advice| advice.methods.clone())
                .unwrap_or_default();
            methods
                .into_iter()
                .filter(|advice| now.offered.contains(&advice.method))
                .collect()
        })
    }

    fn open_methods(self) -> Vec<MethodAdvice> {
        let methods = self.methods().into_iter();
        methods.filter(|advice| advice.closed.is_none()).collect()
    }

    fn view(self, language: Language) -> AnyView {
        // A look that brings nothing new leaves form and focus as they are.
        let stage = Memo::new(move |_| {
            self.standing.load.with(|now| {
                let attempt = now.attempt.as_ref();
                let running = attempt.and_then(|attempt| attempt.attempt.running());
                (now.is_verified, running.is_some())
            })
        });
        view! {
            {self.current.view(language)}
            {live(move || {
                let text = EnterpriseText::of(language);
                let (is_verified, is_running) = stage.get();
                if is_verified {
                    return stands::links(language);
                }
                if is_running {
                    return view! {
                        <Disclosure summary=text.change_way>
                            <p>{text.change_way_hint}</p>
                            {self.form(language)}
                        </Disclosure>
                    }
                    .into_any();
                }
                self.form(language)
            })}
        }
        .into_any()
    }

    fn form(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let known = self.standing.load.ready_untracked();
        let has_methods = known.is_some_and(|now| !now.offered.is_empty());
        if !has_methods {
            return view! { <Notice kind=NoticeKind::Warning><p>{text.no_methods}</p></Notice> }
                .into_any();
        }
        let mut kinds: Vec<_> = KINDS
            .iter()
            .map(|kind| Choice::new(kind_word(*kind), words::kind(language, *kind)))
            .collect();
        kinds.push(Choice::new(ELSEWHERE, text.elsewhere));
        let error = self.form.error_of(KIND, language);
        let rest = live(move || {
            if self.kind.with(|kind| kind == ELSEWHERE) {
                let answer = EnterpriseText::of(language).elsewhere_answer;
                return view! { <Notice kind=NoticeKind::Warning><p>{answer}</p></Notice> }
                    .into_any();
            }
            self.fields(language)
        });
        let form = self.form;
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                {common::summary(form, language)}
                <h2>{text.enterprise}</h2>
                <RadioGroup id=KIND label=text.kind error choices=kinds value=self.kind />
                {rest}
            </form>
        }
        .into_any()
    }

    fn fields(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let form = self.form;
        let documents: Vec<_> = DOCUMENTS
            .iter()
            .map(|kind| {
                let words = subjects::id_document_kind(language, *kind);
                Choice::new(document_word(*kind), words)
            })
            .collect();
        view! {
            <Field
                id=NAME
                label=text.name
                hint=text.name_hint
                error=form.error_of(NAME, language)
                value=self.name
                autocomplete="organization"
            />
            <Field
                id=CODE
                label=text.code
                hint=text.code_hint
                error=form.error_of(CODE, language)
                value=self.code
                autocomplete="off"
            />
            {self.code_so_far(language)}
            <Field
                id=ISSUED
                label=text.issued
                hint=text.issued_hint
                error=form.error_of(ISSUED, language)
                value=self.issued
                autocomplete="off"
            />
            <h2>{text.representative}</h2>
            <Field
                id=PERSON
                label=text.representative_name
                error=form.error_of(PERSON, language)
                value=self.person
                autocomplete="off"
            />
            <SelectField
                id=DOCUMENT
                label=text.representative_document
                hint=text.representative_document_hint
                choices=documents
                value=self.document
            />
            <Field
                id=NUMBER
                label=text.representative_number
                error=form.error_of(NUMBER, language)
                value=self.number
                autocomplete="off"
            />
            {live(move || self.ways(language))}
            {live(move || {
                if self.method.with(|method| method != method_word(Method::BankTransfer)) {
                    return nothing();
                }
                view! {
                    <h2>{EnterpriseText::of(language).transfer}</h2>
                    {self.bank.view(form, language)}
                }
                .into_any()
            })}
            <div class="buttons">
                <SubmitButton
                    label=text.submit
                    pending_label=text.submitting
                    pending=form.pending()
                />
            </div>
        }
        .into_any()
    }

    /// What there is to say of the code while it is typed (ENT-6).
    fn code_so_far(self, language: Language) -> AnyView {
        let typed = self.code.typed();
        let said = move || {
            let text = EnterpriseText::of(language);
            typed.with(|typed| {
                let length = typed.chars().filter(|c| !c.is_whitespace()).count();
                match EnterpriseCode::parse(typed) {
                    Ok(EnterpriseCode::Uscc(_)) => text.code_right.to_owned(),
                    Ok(EnterpriseCode::Other(_)) => text.code_other.to_owned(),
                    Err(EnterpriseCodeProblem::Empty) => String::new(),
                    Err(EnterpriseCodeProblem::WrongLength { .. }) if length < 18 => {
                        words::typed_so_far(language, length)
                    }
                    Err(problem) => subjects::enterprise_code_problem(language, problem),
                }
            })
        };
        view! {
            <p class="field-hint" role="status">
                {live_text(said)}
            </p>
        }
        .into_any()
    }

    fn ways(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let choices: Vec<_> = self
            .methods()
            .iter()
            .map(|advice| {
                let choice = Choice::new(
                    method_word(advice.method),
                    verification::method(language, advice.method),
                );
                match advice.closed {
                    Some(because) => choice.closed(verification::closed(language, because)),
                    None => choice.hint(&words::method_hint(
                        language,
                        (advice.recommended, advice.time),
                        &advice.needs,
                    )),
                }
            })
            .collect();
        let error = self.form.error_of(METHOD, language);
        view! { <RadioGroup id=METHOD label=text.method error choices value=self.method /> }
            .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let Some(kind) = parse_kind(&self.kind.get_untracked()) else {
            return;
        };
        let (wish, problems) = self.read(kind);
        let (Some(wish), true) = (wish, problems.is_empty()) else {
            return self.form.show_fields(problems);
        };
        self.form.clear();
        let method = wish.method;
        self.form
            .send(api::enterprise::start(wish), move |answer| match answer {
                Ok(now) => self.started(method, &now),
                Err(error) => self.form.show_error(&error, &of_field, &common::why),
            });
    }

    fn started(self, method: Method, now: &EnterpriseVerification) {
        let attempt = now.attempt.as_ref();
        let is_running = attempt.is_some_and(|attempt| attempt.attempt.running().is_some());
        match method_page(method) {
            Some(page) if is_running => self.address.go(page),
            _ => {
                self.standing.look();
                focus_soon(stands::STANDS);
            }
        }
    }

    fn read(self, kind: EnterpriseKind) -> (Option<StartEnterprise>, Vec<FieldMessage>) {
        let document = parse_document(&self.document.get_untracked());
        let method = parse_method(&self.method.get_untracked());
        let (transfer, bank_problems) = match method {
            Some(Method::BankTransfer) => {
                let (typed, problems) = self.bank.read();
                (Some(typed), problems)
            }
            _ => (None, Vec::new()),
        };
        let form = EnterpriseForm {
            kind,
            name: self.name.read(),
            code: self.code.read(),
            issued: self.issued.read(),
            representative_name: self.person.read(),
            representative_document: document,
            representative_number: self.number.read(),
            transfer,
        };
        let today = self
            .standing
            .load
            .ready_untracked()
            .map(|now| now.server_time.date());
        let issued = match Date::parse(&form.issued) {
            Ok(issued) if today.is_some_and(|today| issued > today) => {
                Some(Sentence::new(|language| {
                    words::date_ahead(language).to_owned()
                }))
            }
            Ok(_) => None,
            Err(problem) => Some(Sentence::new(move |language| {
                words::date_problem(language, problem).to_owned()
            })),
        };
        let mut problems: Vec<_> = [
            EnterpriseName::parse(&form.name).err().map(name_message),
            EnterpriseCode::parse(&form.code).err().map(code_message),
            issued.map(|sentence| FieldMessage {
                field: ISSUED,
                sentence,
            }),
            PersonName::parse(&form.representative_name)
                .err()
                .map(|problem| fields::person(PERSON, problem)),
            IdDocument::parse(document, &form.representative_number)
                .err()
                .map(|problem| fields::id_document(NUMBER, problem)),
        ]
        .into_iter()
        .flatten()
        .collect();
        problems.extend(bank_problems);
        let wish = method.map(|method| StartEnterprise {
            form,
            method,
            give_up_running: true,
        });
        (wish, problems)
    }
}

fn of_field(wrong: &WrongField) -> Option<FieldMessage> {
    wrong
        .of("name")
        .map(name_message)
        .or_else(|| wrong.of("code").map(code_message))
        .or_else(|| {
            let problem = wrong.of("issued")?;
            Some(FieldMessage {
                field: ISSUED,
                sentence: Sentence::new(move |language| {
                    words::date_problem(language, problem).to_owned()
                }),
            })
        })
        .or_else(|| Some(fields::person(PERSON, wrong.of("representative_name")?)))
        .or_else(|| {
            Some(fields::id_document(
                NUMBER,
                wrong.of("representative_number")?,
            ))
        })
        .or_else(|| fields::of_field(wrong))
}

fn name_message(problem: EnterpriseNameProblem) -> FieldMessage {
    FieldMessage {
        field: NAME,
        sentence: Sentence::new(move |language| {
            subjects::enterprise_name_problem(language, problem)
        }),
    }
}

fn code_message(problem: EnterpriseCodeProblem) -> FieldMessage {
    FieldMessage {
        field: CODE,
        sentence: Sentence::new(move |language| {
            subjects::enterprise_code_problem(language, problem)
        }),
    }
}
