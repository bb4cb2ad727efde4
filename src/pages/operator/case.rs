//! The page at `/operator/cases/{case}`: before and after side by side, what was found, documents, and the
//! decision (OPS-1, CHG-9). Knows the form of a decision; does not know what it changes.

use std::rc::Rc;

use contract::operators::{ApproveCase, Case, CaseDecided, CaseField, CaseReason, RejectCase};
use domain::operators::{OperatorReasonProblem, OperatorRefusal, QueueStage, ReviewCheck};
use domain::verification::change::{ChangeRefusal, ReviewReason};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::desk::{self, Desk};
use super::queues::moment;
use super::reasons::{self, Reasons};
use super::viewer::Viewer;
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::load::{Load, Loaded};
use crate::text::operators::{self as words, OperatorText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, cases};
use crate::ui::{
    Checkbox, Choice, DataTable, EmptyState, ErrorSummary, Notice, NoticeKind, Segments,
    SubmitButton, Tag, Tone, fact, facts, focus_soon, live, nothing,
};
use crate::{layout, paths};

const DECISION: &str = "decision";
/// The heading of what came of a decision.
const OUTCOME: &str = "outcome";
const APPROVE: &str = "approve";
const REJECT: &str = "reject";

/// Each check with the id of its box.
const CHECKS: [(ReviewCheck, &str); 6] = [
    (ReviewCheck::DocumentsReadable, "check-readable"),
    (ReviewCheck::DataAgree, "check-data"),
    (ReviewCheck::UsageRestriction, "check-restriction"),
    (ReviewCheck::SignedOrStamped, "check-signed"),
    (ReviewCheck::ApplicantIsSubject, "check-applicant"),
    (ReviewCheck::HoldersTold, "check-told"),
];

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let desk = Desk::new();
    let page = CasePage::new(desk);
    desk::page(
        desk,
        |language| OperatorText::of(language).case_title,
        Rc::new(move |key| page.key(key)),
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct CasePage {
    desk: Desk,
    case: Load<Case>,
    viewer: Viewer,
    form: Form,
    /// `approve` or `reject`; empty while nothing is chosen.
    verdict: RwSignal<String>,
    checks: [RwSignal<bool>; 6],
    reasons: Reasons,
    decided: RwSignal<Option<CaseDecided>>,
    address: Address,
    announcer: Announcer,
}

/// The case that the address names.
fn named(address: Address) -> String {
    let page = contract::pages::OPERATOR_CASE;
    address.part(page, "case").unwrap_or_default()
}

impl CasePage {
    fn new(desk: Desk) -> Self {
        let address = Address::expect();
        let case =
            Load::start(
                move || async move { desk.call(api::operators::case(&named(address))).await },
            );
        Self {
            desk,
            case,
            viewer: Viewer::new(),
            form: Form::new("decision-problems"),
            verdict: RwSignal::new(String::new()),
            checks: std::array::from_fn(|_| RwSignal::new(false)),
            reasons: Reasons::new(),
            decided: RwSignal::new(None),
            address,
            announcer: Announcer::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let stage = self.case.stage();
        let content = live(move || {
            stage.track();
            if matches!(
                self.case.get_untracked(),
                Loaded::Failed(ApiError::NotFound)
            ) {
                return view! { <EmptyState title=text.no_such_case /> }.into_any();
            }
            layout::loaded(self.case, language, move || {
                view! {
                    {live(move || self.about(language))}
                    {live(move || self.compare(language))}
                    {live(move || self.documents(language))}
                    {self.decision(language)}
                }
                .into_any()
            })
        });
        let queue = Signal::derive(move || {
            let word = self
                .case
                .with(|case| Some(api::operators::queue_word(case.queue)));
            word.map_or_else(|| paths::operator().to_owned(), paths::queue)
        });
        view! {
            <p>
                <a href=queue>{text.back_to_queue}</a>
            </p>
            {content}
        }
        .into_any()
    }

    fn about(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let Some(case) = self.case.with(|case| Some(case.clone())) else {
            return nothing();
        };
        let accounts: Vec<_> = case
            .accounts
            .iter()
            .map(|id| {
                let id = id.to_string();
                view! { <a class="number" href=paths::operator_account(&id)>{id.clone()}</a> " " }
            })
            .collect();
        let overdue = (case.due_at < case.server_time)
            .then(|| view! { <Tag tone=Tone::Wrong text=text.overdue /> });
        let findings: Vec<_> = case
            .content
            .findings
            .iter()
            .map(|finding| view! { <li>{cases::finding(language, *finding)}</li> })
            .collect();
        let findings = if findings.is_empty() {
            view! { {text.nothing} }.into_any()
        } else {
            view! { <ul>{findings}</ul> }.into_any()
        };
        let list = vec![
            fact(
                text.item,
                view! { {cases::about(language, &case.content.about)} }.into_any(),
                "",
                nothing(),
            ),
            fact(text.case_accounts, accounts.into_any(), "", nothing()),
            fact(
                text.came_in,
                moment(case.entered_at, language),
                "",
                nothing(),
            ),
            fact(
                text.due,
                view! { {moment(case.due_at, language)} " " {overdue} }.into_any(),
                "",
                nothing(),
            ),
            fact(
                text.standing,
                view! { <Tag text=words::stage(language, case.stage) /> }.into_any(),
                "",
                nothing(),
            ),
            fact(text.findings, findings, "", nothing()),
        ];
        view! { <section class="card">{facts(list)}</section> }.into_any()
    }

    fn compare(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let fields = self.case.with(|case| case.content.fields.clone());
        let rows = fields.iter().map(|field| row(field, language)).collect();
        view! {
            <section class="card" aria-labelledby="compare">
                <h2 id="compare">{text.compare}</h2>
                <DataTable
                    caption=text.compare
                    headings=vec![text.item, text.before, text.after]
                    rows
                />
            </section>
        }
        .into_any()
    }

    fn documents(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let (id, documents) = self
            .case
            .with(|case| (case.id.clone(), case.content.documents.clone()));
        let inside = if documents.is_empty() {
            view! {
                <EmptyState title=text.no_documents>
                    <p>{text.no_documents_more}</p>
                </EmptyState>
            }
            .into_any()
        } else {
            self.viewer.view(&id, documents, language)
        };
        view! {
            <section class="card" aria-labelledby="documents">
                <h2 id="documents">{text.documents}</h2>
                {inside}
            </section>
        }
        .into_any()
    }

    fn decision(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let inside = live(move || match self.decided.get() {
            Some(decided) => outcome(&decided, language),
            None => self.form_or_why_not(language),
        });
        view! {
            <section class="card" aria-labelledby="decide">
                <h2 id="decide">{text.decision}</h2>
                {inside}
            </section>
        }
        .into_any()
    }

    fn form_or_why_not(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let (approve, reject) = self
            .case
            .with(|case| (case.approve_refusals.clone(), case.reject_refusals.clone()));
        if !approve.is_empty() && !reject.is_empty() {
            return view! {
                <p class="notice-title">{text.you_cannot}</p>
                {desk::reasons_against(&approve, language)}
            }
            .into_any();
        }
        let form = self.form;
        let mut choices = vec![Choice::new(APPROVE, text.approve)];
        let against = desk::reasons_against(&approve, language);
        if !approve.is_empty() {
            choices.clear();
        }
        choices.push(Choice::new(REJECT, text.reject));
        let more = live(move || match self.verdict.get().as_str() {
            APPROVE => self.asks_for_checks(language),
            REJECT => {
                let items = self.case.with(|case| case.content.items.clone());
                self.reasons.view(items, form, language)
            }
            _ => nothing(),
        });
        let button = live(move || {
            let label = match self.verdict.get().as_str() {
                APPROVE => text.approve_now,
                REJECT => text.reject_now,
                _ => return nothing(),
            };
            view! {
                <SubmitButton label pending_label=text.sending pending=form.pending() />
            }
            .into_any()
        });
        view! {
            {against}
            <form class="form form-wide" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <Segments id=DECISION label=text.which_decision choices value=self.verdict />
                {more}
                {button}
            </form>
        }
        .into_any()
    }

    fn asks_for_checks(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let asked = self.case.with(|case| case.checks.clone());
        let boxes: Vec<_> = CHECKS
            .iter()
            .zip(self.checks)
            .filter(|((check, _), _)| asked.contains(check))
            .map(|((check, id), value)| {
                let label = view! { {words::check(language, *check)} }.into_any();
                view! { <Checkbox id=*id label value /> }
            })
            .collect();
        view! {
            <fieldset class="field">
                <legend>{text.checks}</legend>
                <p class="field-hint">{text.checks_hint}</p>
                {boxes}
            </fieldset>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let id = named(self.address);
        if self.verdict.with_untracked(|verdict| verdict == APPROVE) {
            let ticked = CHECKS.iter().zip(self.checks);
            let ticked = ticked.filter(|(_, value)| value.get_untracked());
            let checks = ticked.map(|((check, _), _)| *check).collect();
            self.form.clear();
            let call = async move { api::operators::approve(&id, ApproveCase { checks }).await };
            self.send(call);
        } else {
            let items = self.case.with(|case| case.content.items.clone());
            let reasons: Vec<CaseReason> = self.reasons.read(&items);
            let problems = reasons::problems(&items, &reasons);
            if !problems.is_empty() {
                return self.form.show_fields(problems);
            }
            self.form.clear();
            let call = async move { api::operators::reject(&id, RejectCase { reasons }).await };
            self.send(call);
        }
    }

    fn send(self, call: impl Future<Output = Result<CaseDecided, ApiError>> + 'static) {
        let call = self.desk.call(call);
        self.form.send(call, move |answer| match answer {
            Ok(decided) => {
                let said = said(decided.stage);
                self.announcer.tell(Sentence::new(move |language| {
                    said(OperatorText::of(language))
                }));
                self.decided.set(Some(decided));
                self.case.again();
                focus_soon(OUTCOME);
            }
            Err(error) => {
                if matches!(error, ApiError::Refused(_)) {
                    // Somebody else decided, or it was taken back: what stands here is old.
                    self.case.again();
                }
                self.form.show_error(&error, &of_field, &why);
            }
        });
    }

    fn key(self, key: &str) -> bool {
        match key {
            "a" => self.choose(APPROVE),
            "x" => self.choose(REJECT),
            key => {
                let documents = self.case.with(|case| case.content.documents.clone());
                self.viewer.key(key, &documents)
            }
        }
    }

    fn choose(self, verdict: &str) -> bool {
        self.verdict.set(verdict.to_owned());
        focus_soon(DECISION);
        true
    }
}

/// One line of the comparison.
fn row(field: &CaseField, language: Language) -> Vec<AnyView> {
    let text = OperatorText::of(language);
    let before = field.before.clone();
    let before = before.unwrap_or_else(|| text.nothing.to_owned());
    let after = match &field.after {
        Some(after) => view! { <strong>{after.clone()}</strong> }.into_any(),
        None => view! { <span class="quiet">{text.unchanged}</span> }.into_any(),
    };
    vec![
        view! { {cases::field(language, field.field)} }.into_any(),
        view! { {before} }.into_any(),
        after,
    ]
}

type Said = fn(&'static OperatorText) -> &'static str;

fn said(stage: QueueStage) -> Said {
    match stage {
        QueueStage::Decided { approved: true, .. } => |text| text.approved,
        QueueStage::Open | QueueStage::ApprovedOnce { .. } => |text| text.approved_once,
        QueueStage::Decided {
            approved: false, ..
        } => |text| text.rejected,
    }
}

/// What came of the decision, and where to go on.
fn outcome(decided: &CaseDecided, language: Language) -> AnyView {
    let text = OperatorText::of(language);
    let said = said(decided.stage)(text);
    let next = decided.next.as_deref().map(|next| {
        let href = paths::operator_case(next);
        view! {
            <a class="button button-primary" href=href rel="next">
                {text.next_case}
            </a>
        }
    });
    view! {
        <Notice kind=NoticeKind::Success>
            <p id=OUTCOME tabindex="-1">
                {said}
            </p>
        </Notice>
        <div class="buttons">
            {next} <a class="button" href=paths::operator()>
                {text.back_to_queue}
            </a>
        </div>
    }
    .into_any()
}

fn of_field(wrong: &WrongField) -> Option<FieldMessage> {
    reasons::of_field(
        wrong.field(),
        wrong.of::<OperatorReasonProblem>(wrong.field()),
    )
}

fn why(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<OperatorRefusal>("operator") {
        return Some(Sentence::new(move |language| {
            words::refusal(language, &refusal)
        }));
    }
    let refusal = refused.of::<ChangeRefusal>("verification_change")?;
    Some(Sentence::new(move |language| {
        cases::refusal(language, &refusal)
    }))
}

/// What is wrong with an item; `ReviewReason` has no list of its own.
pub(super) const WRONG: [ReviewReason; 9] = [
    ReviewReason::Unreadable,
    ReviewReason::Incomplete,
    ReviewReason::Expired,
    ReviewReason::DoesNotMatch,
    ReviewReason::NotRecorded,
    ReviewReason::NotStamped,
    ReviewReason::RestrictedToOtherUse,
    ReviewReason::WrongDocument,
    ReviewReason::Other,
];
