//! The page at `/verification/transfer`: the money on its way, the sum that arrived, other bank details
//! (ENT-7, ENT-17, ENT-18). Never knows the sum.

use contract::enterprise::TransferShown;
use domain::identity::{AmountProblem, TransferAmount};
use domain::verification::{
    AmountOutcome, BankTransferRefusal, DocumentPurpose, TransferCheck, TransferProgress,
    TransferWait,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::common::{self, Standing, around, back, moment, support};
use super::fields::{self, BankFields};
use crate::api::{self, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::text::enterprise::{self as words, EnterpriseText};
use crate::text::{Language, Sentence};
use crate::ui::{
    Disclosure, EmptyState, Field, FieldValue, Notice, NoticeKind, fact, facts, live, nothing,
    react,
};
use crate::uploading::{Item, Uploads};

const AMOUNT: &str = "amount";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = TransferPage::new();
    layout::page(
        |language| EnterpriseText::of(language).transfer_title,
        move |language| {
            let content = layout::loaded(page.standing.load, language, move || page.view(language));
            view! {
                <p class="lead">{EnterpriseText::of(language).transfer_lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

#[derive(Clone, Copy)]
struct TransferPage {
    standing: Standing,
    enter: Form,
    amount: FieldValue,
    request: Form,
    bank: BankFields,
    dispute: Form,
    receipt: Item,
}

/// How far the transfer is, so that what is typed outlives a look that brings nothing new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    None,
    Waiting,
    Enter,
    Confirmed,
    Failed,
}

impl TransferPage {
    fn new() -> Self {
        let page = Self {
            standing: Standing::new(),
            enter: Form::new("amount-problems"),
            amount: FieldValue::new(""),
            request: Form::new("details-problems"),
            bank: BankFields::new(),
            dispute: Form::new("dispute-problems"),
            receipt: Uploads::start(DocumentPurpose::AmountDispute).item(RECEIPT),
        };
        let filled = StoredValue::new(false);
        react(move || {
            let typed = page.standing.load.with(|now| {
                let attempt = now.attempt.as_ref()?;
                attempt.typed.transfer.clone()
            });
            if let Some(typed) = typed
                && !filled.get_value()
            {
                filled.set_value(true);
                page.bank.write(&typed);
            }
        });
        page
    }

    fn shown(self) -> Option<TransferShown> {
        self.standing.load.with(|now| now.transfer.clone())
    }

    fn view(self, language: Language) -> AnyView {
        let stage = Memo::new(move |_| match self.shown().map(|shown| shown.progress) {
            None => Stage::None,
            Some(TransferProgress::Waiting { .. }) => Stage::Waiting,
            Some(TransferProgress::EnterAmount { .. }) => Stage::Enter,
            Some(TransferProgress::Confirmed) => Stage::Confirmed,
            Some(TransferProgress::Failed { .. }) => Stage::Failed,
        });
        let disputes = Memo::new(move |_| {
            let shown = self.shown();
            shown.map_or((false, None), |shown| (shown.may_dispute, shown.dispute))
        });
        view! {
            {self.standing.problem(language)}
            {live(move || match stage.get() {
                Stage::None => none(language),
                Stage::Waiting => self.waiting(language),
                Stage::Enter => self.entering(language),
                Stage::Confirmed => confirmed(language),
                Stage::Failed => self.failed(language),
            })}
            {live(move || match disputes.get() {
                (_, Some(case)) => disputed(&case, language),
                (true, None) => self.disputing(language),
                (false, None) => nothing(),
            })}
            {back(language)}
        }
        .into_any()
    }

    /// The right sum was refused: support gets the receipt (ENT-19).
    fn disputing(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let form = self.dispute;
        let receipt =
            self.receipt
                .view(language, text.receipt, "", form.error_of(RECEIPT, language));
        let labels = (text.dispute_submit, text.submitting);
        view! {
            <Disclosure summary=text.dispute>
                <p>{text.dispute_lead}</p>
                {around(form, receipt, labels, language, move |event| self.submit_dispute(event))}
            </Disclosure>
        }
        .into_any()
    }

    fn submit_dispute(self, event: &SubmitEvent) {
        let form = self.dispute;
        if !form.may_submit(event) {
            return;
        }
        if self.receipt.kept().with_untracked(Option::is_none) {
            return form.show_fields(vec![FieldMessage {
                field: RECEIPT,
                sentence: Sentence::new(|language| {
                    words::transfer_refusal(language, &BankTransferRefusal::ReceiptMissing)
                }),
            }]);
        }
        common::act(form, self.standing, api::enterprise::dispute(), || {});
    }

    /// The money is on its way (ENT-7, VER-15).
    fn waiting(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let standing = self.standing;
        view! {
            {live(move || self.on_its_way(language))}
            <p class="buttons">
                <button type="button" class="button" on:click=move |_| standing.look()>
                    {text.refresh}
                </button>
            </p>
            <Disclosure summary=text.wrong_account>{self.details(language)}</Disclosure>
        }
        .into_any()
    }

    fn on_its_way(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let (Some(shown), attempt) = (
            self.shown(),
            self.standing.load.with(|now| now.attempt.clone()),
        ) else {
            return nothing();
        };
        let wait = match shown.progress {
            TransferProgress::Waiting { wait, .. } => wait,
            _ => TransferWait::Usual,
        };
        let checks = match wait {
            TransferWait::Usual => nothing(),
            TransferWait::Check | TransferWait::Overdue => {
                let checks: Vec<_> = TransferCheck::ALL
                    .into_iter()
                    .map(|check| view! { <li>{words::transfer_check(language, check)}</li> })
                    .collect();
                view! {
                    <Notice kind=NoticeKind::Warning>
                        <p class="notice-title">{text.check_first}</p>
                        <ul class="bullets">{checks}</ul>
                    </Notice>
                }
                .into_any()
            }
        };
        let case = attempt.map(|attempt| {
            let is_overdue = wait == TransferWait::Overdue;
            support(&attempt.case_number, is_overdue, language)
        });
        view! {
            <h2>{text.on_its_way}</h2>
            {facts(
                vec![
                    fact(text.to_account, number(shown.account), "", nothing()),
                    fact(text.to_bank, shown.bank.into_any(), "", nothing()),
                    fact(text.arrives_by, moment(shown.due, language), "", nothing()),
                ],
            )}
            {checks}
            {case}
        }
        .into_any()
    }

    /// The sum is read back; input that is none costs no try (ENT-7, V-29).
    fn entering(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let form = self.enter;
        let left = live(move || match self.shown().map(|shown| shown.progress) {
            Some(TransferProgress::EnterAmount { until, tries_left }) => {
                view! { <p>{words::tries_left(language, tries_left, until)}</p> }.into_any()
            }
            _ => nothing(),
        });
        let field = view! {
            <Field
                id=AMOUNT
                label=text.amount
                hint=text.amount_hint
                error=form.error_of(AMOUNT, language)
                value=self.amount
                autocomplete="off"
            />
        };
        let labels = (text.amount_submit, text.submitting);
        view! {
            <h2>{text.enter_amount}</h2>
            {left}
            {around(form, field.into_any(), labels, language, move |event| self.submit_sum(event))}
        }
        .into_any()
    }

    fn submit_sum(self, event: &SubmitEvent) {
        let form = self.enter;
        if !form.may_submit(event) {
            return;
        }
        let typed = self.amount.read();
        if let Err(problem) = TransferAmount::parse(&typed) {
            return form.show_fields(vec![amount(problem)]);
        }
        form.clear();
        form.send(
            api::enterprise::enter_amount(typed),
            move |answer| match answer {
                Ok(answer) => {
                    if let AmountOutcome::Wrong { tries_left } = answer.outcome
                        && tries_left > 0
                    {
                        form.show_fields(vec![FieldMessage {
                            field: AMOUNT,
                            sentence: Sentence::new(move |language| {
                                words::wrong_sum(language, tries_left)
                            }),
                        }]);
                    } else {
                        crate::ui::focus_soon(RESULT);
                    }
                    self.standing.look();
                }
                Err(error) => {
                    let of_field = |wrong: &WrongField| wrong.of("amount").map(amount);
                    form.show_error(&error, &of_field, &common::why);
                }
            },
        );
    }

    /// Only a new transfer helps (ENT-17).
    fn failed(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let cause = match self.shown().map(|shown| shown.progress) {
            Some(TransferProgress::Failed { cause }) => {
                Some(words::transfer_failure(language, cause))
            }
            _ => None,
        };
        view! {
            <div id=RESULT tabindex="-1">
                <Notice kind=NoticeKind::Failure>
                    <p class="notice-title">{text.transfer_failed}</p>
                    <p>{cause}</p>
                </Notice>
            </div>
            <h2>{text.new_details}</h2>
            <p>{text.new_details_lead}</p>
            {self.details(language)}
        }
        .into_any()
    }

    fn details(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let form = self.request;
        let labels = (text.new_submit, text.submitting);
        around(
            form,
            self.bank.view(form, language),
            labels,
            language,
            move |event| {
                if !form.may_submit(event) {
                    return;
                }
                let (typed, problems) = self.bank.read();
                if !problems.is_empty() {
                    return form.show_fields(problems);
                }
                form.clear();
                form.send(
                    api::enterprise::request_transfer(typed),
                    move |answer| match answer {
                        Ok(_) => {
                            self.amount.write("");
                            self.standing.look();
                        }
                        Err(error) => form.show_error(&error, &fields::of_field, &common::why),
                    },
                );
            },
        )
    }
}

/// The word of the receipt among the documents.
const RECEIPT: &str = "receipt";

/// The id of what came of entering a sum, which gets the focus.
const RESULT: &str = "transfer-result";

fn amount(problem: AmountProblem) -> FieldMessage {
    FieldMessage {
        field: AMOUNT,
        sentence: Sentence::new(move |language| words::amount_problem(language, problem)),
    }
}

fn number(text: String) -> AnyView {
    view! { <span class="number">{text}</span> }.into_any()
}

fn disputed(case: &str, language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    let case = case.to_owned();
    view! {
        <Notice kind=NoticeKind::Success>
            <p>{text.disputed} " · " {text.case} ": " <span class="number">{case}</span></p>
        </Notice>
    }
    .into_any()
}

fn none(language: Language) -> AnyView {
    view! { <EmptyState title=EnterpriseText::of(language).transfer_none /> }.into_any()
}

fn confirmed(language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    view! {
        <div id=RESULT tabindex="-1">
            <Notice kind=NoticeKind::Success><p>{text.confirmed}</p></Notice>
        </div>
    }
    .into_any()
}
