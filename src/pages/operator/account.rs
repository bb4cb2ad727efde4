//! The page at `/operator/accounts/{account}`: an account as the desk sees it, freezing and lifting, its
//! audit (OPS-2, ACC-6).

use contract::operators::{AccountAudit, AccountAuditRow, ChangeFreeze, OperatorAccount};
use domain::operators::{OperatorPolicy, OperatorReason, OperatorReasonProblem, OperatorRefusal};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{self, Desk};
use super::queues::moment;
use super::shortcuts::no_keys;
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::load::{Load, Loaded};
use crate::text::operators::{self as words, OperatorText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{
    DataTable, EmptyState, ErrorSummary, Notice, NoticeKind, SubmitButton, Tag, TextArea,
    TextValue, Tone, fact, facts, focus_soon, live, nothing, react,
};
use crate::{layout, paths};

const REASON: &str = "reason";
/// The heading above freezing and lifting.
const FREEZE: &str = "freeze";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let desk = Desk::new();
    let page = AccountPage::new(desk);
    desk::page(
        desk,
        |language| OperatorText::of(language).account_title,
        no_keys(),
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct AccountPage {
    desk: Desk,
    account: Load<OperatorAccount>,
    audit: Load<AccountAudit>,
    /// Rows that were asked for beyond the newest.
    older: RwSignal<Vec<AccountAuditRow>>,
    /// The number to ask for more rows with.
    more: RwSignal<Option<i64>>,
    form: Form,
    reason: TextValue,
    address: Address,
    announcer: Announcer,
}

/// The account that the address names.
fn named(address: Address) -> String {
    let page = contract::pages::OPERATOR_ACCOUNT;
    address.part(page, "account").unwrap_or_default()
}

impl AccountPage {
    fn new(desk: Desk) -> Self {
        let address = Address::expect();
        let account = Load::start(move || async move {
            desk.call(api::operators::account(&named(address))).await
        });
        let audit = Load::start(move || async move {
            desk.call(api::operators::audit(&named(address), None))
                .await
        });
        let page = Self {
            desk,
            account,
            audit,
            older: RwSignal::new(Vec::new()),
            more: RwSignal::new(None),
            form: Form::new("freeze-problems"),
            reason: TextValue::empty(),
            address,
            announcer: Announcer::expect(),
        };
        react(move || {
            let newest = audit.with(|audit| Some(audit.older));
            if let Some(older) = newest {
                page.older.set(Vec::new());
                page.more.set(older);
            }
        });
        page
    }

    fn view(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let stage = self.account.stage();
        let account = live(move || {
            stage.track();
            let is_missing = matches!(
                self.account.get_untracked(),
                Loaded::Failed(ApiError::NotFound | ApiError::Fields(_))
            );
            if is_missing {
                return view! { <EmptyState title=text.no_such_account /> }.into_any();
            }
            layout::loaded(self.account, language, move || {
                view! {
                    {live(move || self.about(language))}
                    {self.freeze_card(language)}
                    {self.audit_card(language)}
                }
                .into_any()
            })
        });
        view! {
            <p>
                <a href=paths::operator_accounts()>{text.another_account}</a>
            </p>
            {account}
        }
        .into_any()
    }

    fn about(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let Some(account) = self.account.with(|account| Some(account.clone())) else {
            return nothing();
        };
        let plain = |words: &str| view! { {words.to_owned()} }.into_any();
        let lock = match account.locked_since {
            Some(since) => view! { {text.locked_since} " " {moment(since, language)} }.into_any(),
            None => plain(text.not_locked),
        };
        let cases: Vec<_> = account
            .cases
            .iter()
            .map(|case| {
                let queue = words::queue(language, case.queue);
                let href = paths::operator_case(&case.id);
                view! {
                    <li>
                        <a href=href>{queue}</a>
                        " · "
                        {text.due}
                        " "
                        {moment(case.due_at, language)}
                    </li>
                }
            })
            .collect();
        let cases = if cases.is_empty() {
            plain(text.no_open_cases)
        } else {
            view! { <ul>{cases}</ul> }.into_any()
        };
        let name = account.verified_name.as_deref();
        let verification = words::verification(language, account.verification);
        let list = vec![
            fact(
                text.account_id,
                view! { <span class="number">{account.account_id.to_string()}</span> }.into_any(),
                "",
                nothing(),
            ),
            fact(
                text.registered,
                moment(account.registered_at, language),
                "",
                nothing(),
            ),
            fact(text.verification, plain(verification), "", nothing()),
            fact(
                text.verified_name,
                plain(name.unwrap_or(text.nothing)),
                "",
                nothing(),
            ),
            fact(text.lock, lock, "", nothing()),
            fact(text.freeze, freezes(&account, language), "", nothing()),
            fact(text.open_cases, cases, "", nothing()),
        ];
        view! { <section class="card">{facts(list)}</section> }.into_any()
    }

    fn freeze_card(self, language: Language) -> AnyView {
        let is_frozen = Memo::new(move |_| self.account.with(|account| account.freeze.is_some()));
        let was = StoredValue::new(is_frozen.get_untracked());
        react(move || {
            let now = is_frozen.get();
            // The form is made anew, and with it goes the button that had the focus.
            if was.get_value() != now {
                was.set_value(now);
                focus_soon(FREEZE);
            }
        });
        live(move || self.freeze_form(is_frozen.get(), language))
    }

    fn freeze_form(self, is_frozen: bool, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let form = self.form;
        let against = live(move || {
            let refusals = self.account.with(|account| account.change_refusals.clone());
            desk::reasons_against(&refusals, language)
        });
        let (title, lead, label, hint, submit, pending) = if is_frozen {
            (
                text.lift_title,
                text.lift_lead,
                text.lift_reason,
                text.lift_reason_hint,
                text.lift_now,
                text.lifting,
            )
        } else {
            (
                text.freeze_title,
                text.freeze_lead,
                text.freeze_reason,
                text.freeze_reason_hint,
                text.freeze_now,
                text.freezing,
            )
        };
        let may = Memo::new(move |_| {
            self.account
                .with(|account| account.change_refusals.is_empty())
        });
        let fields = live(move || {
            if !may.get() {
                return nothing();
            }
            view! {
                <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                    <ErrorSummary
                        id=form.summary()
                        title=ShellText::of(language).problems
                        fields=Signal::derive(move || form.field_errors(language))
                        whole=Signal::derive(move || form.whole_error(language))
                    />
                    <TextArea
                        id=REASON
                        label
                        hint
                        error=form.error_of(REASON, language)
                        value=self.reason
                    />
                    <SubmitButton label=submit pending_label=pending pending=form.pending() />
                </form>
            }
            .into_any()
        });
        view! {
            <section class="card" aria-labelledby=FREEZE>
                <h2 id=FREEZE tabindex="-1">
                    {title}
                </h2>
                <p>{lead}</p>
                {against}
                {fields}
            </section>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let reason = self.reason.read();
        // The installation may want it shorter, which its server says.
        if let Err(problem) = OperatorReason::parse(&reason, &OperatorPolicy::default()) {
            return self.form.show_fields(vec![message(problem)]);
        }
        self.form.clear();
        let frozen = !self.account.with(|account| account.freeze.is_some());
        let id = named(self.address);
        let wish = ChangeFreeze { frozen, reason };
        let call = async move {
            let call = api::operators::change_freeze(&id, wish);
            self.desk.call(call).await
        };
        self.form.send(call, move |answer| match answer {
            Ok(()) => {
                self.reason.clear();
                self.account.again();
                self.audit.again();
                self.announcer.tell(Sentence::new(move |language| {
                    let text = OperatorText::of(language);
                    if frozen { text.frozen } else { text.lifted }
                }));
            }
            Err(error) => {
                if matches!(error, ApiError::Refused(_)) {
                    // Somebody else was faster, so what stands here is old.
                    self.account.again();
                }
                self.form.show_error(&error, &of_field, &why);
            }
        });
    }

    fn audit_card(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let rows = layout::loaded(self.audit, language, move || {
            live(move || self.rows(language))
        });
        let more = live(move || {
            if self.more.get().is_none() {
                return nothing();
            }
            view! {
                <button type="button" class="button" on:click=move |_| self.ask_for_older()>
                    {text.older}
                </button>
            }
            .into_any()
        });
        view! {
            <section class="card" aria-labelledby="audit">
                <h2 id="audit">{text.audit}</h2>
                {rows}
                {more}
            </section>
        }
        .into_any()
    }

    fn rows(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let mut rows = self.audit.with(|audit| audit.rows.clone());
        rows.extend(self.older.get());
        if rows.is_empty() {
            return view! { <EmptyState title=text.no_rows /> }.into_any();
        }
        let rows = rows
            .into_iter()
            .map(|row| {
                vec![
                    moment(row.at, language),
                    view! { {row.actor} }.into_any(),
                    view! { <code>{row.event}</code> }.into_any(),
                    view! { <code class="audit-details">{row.details}</code> }.into_any(),
                ]
            })
            .collect();
        view! {
            <DataTable
                caption=text.audit
                headings=vec![text.audit_at, text.audit_actor, text.audit_event, text.audit_details]
                rows
            />
        }
        .into_any()
    }

    fn ask_for_older(self) {
        let Some(below) = self.more.get_untracked() else {
            return;
        };
        let id = named(self.address);
        spawn_local(async move {
            let call = api::operators::audit(&id, Some(below));
            if let Ok(page) = self.desk.call(call).await {
                self.older.update(|rows| rows.extend(page.rows));
                self.more.set(page.older);
            }
        });
    }
}

/// How the account is frozen, if it is.
fn freezes(account: &OperatorAccount, language: Language) -> AnyView {
    let text = OperatorText::of(language);
    if account.freeze_reasons.is_empty() {
        return view! { <Tag tone=Tone::Good text=text.not_frozen /> }.into_any();
    }
    let reasons: Vec<_> = account
        .freeze_reasons
        .iter()
        .map(|reason| {
            let words = words::freeze_reason(language, *reason);
            view! { <Tag tone=Tone::Wrong text=words /> " " }
        })
        .collect();
    let by = account.freeze.clone().map(|freeze| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{text.frozen_reason} ": " {freeze.reason}</p>
                <p>
                    {text.frozen_by} ": " {freeze.by} " · " {text.frozen_since} ": "
                    {moment(freeze.at, language)}
                </p>
            </Notice>
        }
    });
    view! {
        {reasons}
        {by}
    }
    .into_any()
}

fn of_field(wrong: &WrongField) -> Option<FieldMessage> {
    wrong.of::<OperatorReasonProblem>(REASON).map(message)
}

fn message(problem: OperatorReasonProblem) -> FieldMessage {
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
