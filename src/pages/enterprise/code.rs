//! The page at `/verification/code`: completing or correcting the code of a verified enterprise (ENT-6).

use contract::enterprise::EnterpriseCodeShown;
use domain::identity::{EnterpriseCodeProblem, Uscc};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::common::{self, around, back};
use crate::announce::Announcer;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::{Load, Loaded, Stage};
use crate::text::enterprise::EnterpriseText;
use crate::text::{Language, Sentence, subjects};
use crate::ui::{EmptyState, Field, FieldValue, Notice, NoticeKind, fact, facts, live, nothing};

const CODE: &str = "new-code";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = CodePage {
        load: Load::start(api::enterprise::code),
        form: Form::new("code-problems"),
        code: FieldValue::new(""),
        announcer: Announcer::expect(),
    };
    layout::page(
        |language| EnterpriseText::of(language).code_title,
        move |language| {
            let content = page.content(language);
            view! {
                <p class="lead">{EnterpriseText::of(language).code_lead}</p>
                {content}
                {back(language)}
            }
            .into_any()
        },
    )
}

#[derive(Clone, Copy)]
struct CodePage {
    load: Load<EnterpriseCodeShown>,
    form: Form,
    code: FieldValue,
    announcer: Announcer,
}

impl CodePage {
    fn content(self, language: Language) -> AnyView {
        let stage = self.load.stage();
        live(move || {
            let is_none = matches!(
                (stage.get(), self.load.get_untracked()),
                (Stage::Failed, Loaded::Failed(ApiError::Refused(_)))
            );
            if is_none {
                let text = EnterpriseText::of(language);
                return view! { <EmptyState title=text.no_enterprise /> }.into_any();
            }
            layout::loaded(self.load, language, move || self.view(language))
        })
    }

    fn view(self, language: Language) -> AnyView {
        let may_complete = Memo::new(move |_| self.load.with(|now| now.may_complete));
        view! {
            {live(move || self.recorded(language))}
            {live(move || {
                if may_complete.get() {
                    return self.editing(language);
                }
                let text = EnterpriseText::of(language);
                view! { <Notice kind=NoticeKind::Success><p>{text.code_fine}</p></Notice> }.into_any()
            })}
        }
        .into_any()
    }

    fn recorded(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let (name, code) = self.load.with(|now| (now.name.clone(), now.code.clone()));
        facts(vec![
            fact(text.name, name.into_any(), "", nothing()),
            fact(
                text.code_recorded,
                view! { <span class="number">{code}</span> }.into_any(),
                "",
                nothing(),
            ),
        ])
    }

    fn editing(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let form = self.form;
        let field = view! {
            <Field
                id=CODE
                label=text.code_new
                error=form.error_of(CODE, language)
                value=self.code
                autocomplete="off"
            />
        };
        let labels = (text.code_save, text.saving);
        around(form, field.into_any(), labels, language, move |event| {
            self.save(event);
        })
    }

    fn save(self, event: &SubmitEvent) {
        let form = self.form;
        if !form.may_submit(event) {
            return;
        }
        let typed = self.code.read();
        if let Err(problem) = Uscc::parse(&typed) {
            return form.show_fields(vec![message(problem)]);
        }
        form.clear();
        form.send(
            api::enterprise::complete_code(typed),
            move |answer| match answer {
                Ok(_) => {
                    self.load.again();
                    self.announcer.tell(Sentence::new(|language| {
                        EnterpriseText::of(language).code_saved.to_owned()
                    }));
                }
                Err(error) => {
                    let of_field = |wrong: &WrongField| wrong.of("code").map(message);
                    form.show_error(&error, &of_field, &common::why);
                }
            },
        );
    }
}

fn message(problem: EnterpriseCodeProblem) -> FieldMessage {
    FieldMessage {
        field: CODE,
        sentence: Sentence::new(move |language| {
            subjects::enterprise_code_problem(language, problem)
        }),
    }
}
