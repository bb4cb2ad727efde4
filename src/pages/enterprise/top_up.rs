//! The page at `/verification/top-up`: the sum to pay, where to, and what came in (ENT-8).

use contract::enterprise::{CameIn, TopUpShown};
use domain::verification::TopUp;
use leptos::prelude::*;

use super::common::{self, Standing, act, back, moment, support};
use crate::form::Form;
use crate::text::Language;
use crate::text::enterprise::{self as words, EnterpriseText};
use crate::ui::{DataTable, EmptyState, Notice, NoticeKind, fact, facts, live, live_text, nothing};
use crate::{api, layout};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let (standing, form) = (Standing::new(), Form::new("top-up-problems"));
    layout::page(
        |language| EnterpriseText::of(language).top_up_title,
        move |language| {
            let content = layout::loaded(standing.load, language, move || {
                view! {
                    {standing.problem(language)}
                    {live(move || shown(standing, form, language))}
                    {back(language)}
                }
                .into_any()
            });
            view! {
                <p class="lead">{EnterpriseText::of(language).top_up_lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

fn shown(standing: Standing, form: Form, language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    let (top_up, attempt) = standing
        .load
        .with(|now| (now.top_up.clone(), now.attempt.clone()));
    let (Some(top_up), Some(attempt)) = (top_up, attempt) else {
        return view! { <EmptyState title=text.top_up_none /> }.into_any();
    };
    let content = match top_up.top_up {
        TopUp::Named { amount, .. } => {
            let sum = words::yuan(language, amount.fen());
            pay(&top_up, &sum, language)
        }
        TopUp::Paid { .. } => view! {
            <Notice kind=NoticeKind::Success><p>{text.paid}</p></Notice>
            {facts(vec![fact(text.confirm_until, moment(top_up.until, language), "", nothing())])}
        }
        .into_any(),
        TopUp::Confirmed { .. } => view! {
            <Notice kind=NoticeKind::Success><p>{text.top_up_confirmed}</p></Notice>
        }
        .into_any(),
        TopUp::TooLate { .. } => late(standing, form, language),
    };
    let refresh = match top_up.top_up {
        TopUp::Named { .. } | TopUp::Paid { .. } => view! {
            <p class="buttons">
                <button type="button" class="button" on:click=move |_| standing.look()>
                    {text.refresh}
                </button>
            </p>
        }
        .into_any(),
        TopUp::Confirmed { .. } | TopUp::TooLate { .. } => nothing(),
    };
    let is_overdue = top_up.is_overdue;
    view! {
        {content}
        {refresh}
        {came(&top_up.came, language)}
        {support(&attempt.case_number, is_overdue, language)}
    }
    .into_any()
}

/// What to pay, where to, by when and how.
fn pay(top_up: &TopUpShown, sum: &str, language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    let payee = &top_up.payee;
    let value = |text: &str| {
        let text = text.to_owned();
        view! { <span class="number">{text}</span> }.into_any()
    };
    let mut rows = vec![
        fact(text.pay_this, value(sum), "", nothing()),
        fact(
            text.pay_until,
            moment(top_up.until, language),
            "",
            nothing(),
        ),
        fact(text.payee, value(&payee.name), "", nothing()),
        fact(text.payee_number, value(&payee.number), "", nothing()),
        fact(text.payee_bank, value(&payee.bank), "", nothing()),
    ];
    if let Some(purpose) = &payee.purpose {
        rows.push(fact(text.purpose, value(purpose), "", nothing()));
    }
    let routes: Vec<_> = top_up
        .routes
        .iter()
        .map(|route| view! { <li>{words::route(language, *route)}</li> })
        .collect();
    view! {
        {facts(rows)}
        <h2>{text.routes}</h2>
        <ul class="bullets">{routes}</ul>
    }
    .into_any()
}

/// Nobody paid in time: another sum is named.
fn late(standing: Standing, form: Form, language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    let name = move |_| {
        if !form.pending().get_untracked() {
            act(form, standing, api::enterprise::name_top_up(), || {});
        }
    };
    let label = move || {
        if form.pending().get() {
            text.naming
        } else {
            text.name_new
        }
        .to_owned()
    };
    view! {
        <Notice kind=NoticeKind::Warning><p>{text.top_up_late}</p></Notice>
        {common::summary(form, language)}
        <p class="buttons">
            <button type="button" class="button button-primary" on:click=name>
                {live_text(label)}
            </button>
        </p>
    }
    .into_any()
}

/// What came in; all of it is balance.
fn came(came: &[CameIn], language: Language) -> AnyView {
    if came.is_empty() {
        return nothing();
    }
    let text = EnterpriseText::of(language);
    let rows = came
        .iter()
        .map(|one| {
            let result = one
                .fault
                .map_or(text.counts, |fault| words::payment_fault(language, fault));
            vec![
                words::yuan(language, one.amount).into_any(),
                words::route(language, one.route).into_any(),
                moment(one.at, language),
                result.into_any(),
            ]
        })
        .collect();
    view! {
        <h2>{text.came}</h2>
        <DataTable
            caption=text.came
            headings=vec![text.came_amount, text.came_route, text.came_at, text.came_result]
            rows
        />
    }
    .into_any()
}
