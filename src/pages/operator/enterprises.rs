//! The page at `/operator/enterprises`: how many accounts an enterprise verifies and may verify, and raising
//! that (ENT-1, OPS-2).

use contract::operators::{EnterprisePlaces, FindEnterprise, RaiseLimit};
use domain::identity::{
    EnterpriseCode, EnterpriseCodeProblem, EnterpriseName, EnterpriseNameProblem,
};
use domain::operators::{OperatorPolicy, OperatorReason, OperatorReasonProblem, OperatorRefusal};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::desk::{self, Desk};
use super::shortcuts::no_keys;
use crate::announce::Announcer;
use crate::api::{self, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::text::operators::{self as words, OperatorText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, subjects};
use crate::ui::{
    ErrorSummary, Field, FieldValue, SubmitButton, TextArea, TextValue, fact, facts, focus_soon,
    live, nothing,
};

const NAME: &str = "name";
const CODE: &str = "code";
const LIMIT: &str = "limit";
const REASON: &str = "reason";
/// The heading of what was found.
const FOUND: &str = "found";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = EnterprisePage {
        desk: Desk::new(),
        find: Form::new("find-problems"),
        name: FieldValue::new(""),
        code: FieldValue::new(""),
        places: RwSignal::new(None),
        raise: Form::new("raise-problems"),
        limit: FieldValue::new(""),
        reason: TextValue::empty(),
        announcer: Announcer::expect(),
    };
    desk::page(
        page.desk,
        |language| OperatorText::of(language).enterprise_title,
        no_keys(),
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct EnterprisePage {
    desk: Desk,
    find: Form,
    name: FieldValue,
    code: FieldValue,
    places: RwSignal<Option<EnterprisePlaces>>,
    raise: Form,
    limit: FieldValue,
    reason: TextValue,
    announcer: Announcer,
}

impl EnterprisePage {
    fn view(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        view! {
            <p class="lead">{text.enterprise_lead}</p>
            {live(move || match self.places.get() {
                None => self.asks(language),
                Some(places) => self.shows(&places, language),
            })}
        }
        .into_any()
    }

    fn asks(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let form = self.find;
        view! {
            <form class="form" novalidate on:submit=move |event| self.look_up(&event)>
                {summary(form, language)}
                <Field
                    id=NAME
                    label=text.enterprise_name
                    error=form.error_of(NAME, language)
                    value=self.name
                    autocomplete="off"
                />
                <Field
                    id=CODE
                    label=text.enterprise_code
                    error=form.error_of(CODE, language)
                    value=self.code
                    autocomplete="off"
                />
                <SubmitButton
                    label=text.look_up
                    pending_label=text.looking
                    pending=form.pending()
                />
            </form>
        }
        .into_any()
    }

    fn shows(self, places: &EnterprisePlaces, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let number = |number: u32| view! { <span class="number">{number}</span> }.into_any();
        let code = places.code.clone();
        let list = vec![
            fact(
                text.enterprise_code,
                view! { <span class="number">{code}</span> }.into_any(),
                "",
                nothing(),
            ),
            fact(
                text.verified_accounts,
                number(places.verified),
                "",
                nothing(),
            ),
            fact(text.limit, number(places.limit), "", nothing()),
        ];
        let again = move |_| {
            self.places.set(None);
            self.raise.clear();
            focus_soon(NAME);
        };
        let raise = if places.refusals.is_empty() {
            self.raise_form(language)
        } else {
            desk::reasons_against(&places.refusals, language)
        };
        view! {
            <section class="card" aria-labelledby=FOUND>
                <h2 id=FOUND tabindex="-1">
                    {places.name.clone()}
                </h2>
                {facts(list)}
                <button type="button" class="button" on:click=again>
                    {text.another_enterprise}
                </button>
            </section>
            <section class="card" aria-labelledby="raise">
                <h2 id="raise">{text.raise_title}</h2>
                {raise}
            </section>
        }
        .into_any()
    }

    fn raise_form(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let form = self.raise;
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                {summary(form, language)}
                <Field
                    id=LIMIT
                    label=text.new_limit
                    hint=text.new_limit_hint
                    error=form.error_of(LIMIT, language)
                    value=self.limit
                    autocomplete="off"
                />
                <TextArea
                    id=REASON
                    label=text.raise_reason
                    hint=text.lift_reason_hint
                    error=form.error_of(REASON, language)
                    value=self.reason
                />
                <SubmitButton
                    label=text.raise_now
                    pending_label=text.raising
                    pending=form.pending()
                />
            </form>
        }
        .into_any()
    }

    fn look_up(self, event: &SubmitEvent) {
        if !self.find.may_submit(event) {
            return;
        }
        let (name, code) = (self.name.read(), self.code.read());
        let mut problems = Vec::new();
        if let Err(problem) = EnterpriseName::parse(&name) {
            problems.push(name_message(problem));
        }
        if let Err(problem) = EnterpriseCode::parse(&code) {
            problems.push(code_message(problem));
        }
        if !problems.is_empty() {
            return self.find.show_fields(problems);
        }
        self.find.clear();
        let wish = FindEnterprise { name, code };
        let call = self.desk.call(api::operators::find_enterprise(wish));
        self.find.send(call, move |answer| match answer {
            Ok(places) => {
                self.limit.write("");
                self.reason.clear();
                self.places.set(Some(places));
                focus_soon(FOUND);
            }
            Err(error) => self.find.show_error(&error, &of_field, &why),
        });
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.raise.may_submit(event) {
            return;
        }
        let Some(places) = self.places.get_untracked() else {
            return;
        };
        let reason = self.reason.read();
        let limit = whole_number(&self.limit.read());
        let mut problems = Vec::new();
        if limit.is_none() {
            problems.push(FieldMessage {
                field: LIMIT,
                sentence: Sentence::new(|language| OperatorText::of(language).wrong_limit),
            });
        }
        if let Err(problem) = OperatorReason::parse(&reason, &OperatorPolicy::default()) {
            problems.push(reason_message(problem));
        }
        let Some(limit) = limit.filter(|_| problems.is_empty()) else {
            return self.raise.show_fields(problems);
        };
        self.raise.clear();
        let wish = RaiseLimit {
            name: places.name,
            code: places.code,
            limit,
            reason,
        };
        let call = self.desk.call(api::operators::raise_limit(wish));
        self.raise.send(call, move |answer| match answer {
            Ok(places) => {
                self.limit.write("");
                self.reason.clear();
                self.places.set(Some(places));
                self.announcer
                    .tell(Sentence::new(|language| OperatorText::of(language).raised));
                focus_soon(FOUND);
            }
            Err(error) => self.raise.show_error(&error, &of_field, &why),
        });
    }
}

fn summary(form: Form, language: Language) -> AnyView {
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

/// A whole number as people type one, also with full-width digits.
fn whole_number(typed: &str) -> Option<u32> {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_digit(10).or_else(|| full_width(c)))
        .map(|digit| digit.and_then(|digit| char::from_digit(digit, 10)))
        .collect::<Option<_>>()?;
    plain.parse().ok()
}

fn full_width(c: char) -> Option<u32> {
    ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32)
}

fn of_field(wrong: &WrongField) -> Option<FieldMessage> {
    let name = wrong.of::<EnterpriseNameProblem>(NAME).map(name_message);
    let code = || wrong.of::<EnterpriseCodeProblem>(CODE).map(code_message);
    let reason = || {
        wrong
            .of::<OperatorReasonProblem>(REASON)
            .map(reason_message)
    };
    name.or_else(code).or_else(reason)
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

fn reason_message(problem: OperatorReasonProblem) -> FieldMessage {
    FieldMessage {
        field: REASON,
        sentence: Sentence::new(move |language| words::reason_problem(language, problem)),
    }
}

fn why(refused: &Refused) -> Option<Sentence> {
    let refusal = refused.of::<OperatorRefusal>("operator")?;
    Some(Sentence::new(move |language| {
        words::refusal(language, &refusal)
    }))
}
