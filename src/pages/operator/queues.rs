//! The page at `/operator`: how much waits in each queue, and what waits in the chosen one (OPS-1). Knows
//! due times; does not know what a case is about.

use std::rc::Rc;

use contract::operators::{CaseLine, QueueLine, QueueList, Queues};
use domain::operators::{Queue, QueueStage, Role};
use domain::time::Timestamp;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::desk::{self, Desk};
use super::shortcuts::Keys;
use crate::address::Address;
use crate::api;
use crate::load::Load;
use crate::text::operators::{self as words, OperatorText};
use crate::text::time;
use crate::text::{Language, cases};
use crate::ui::{DataTable, EmptyState, Tag, Tone, live, react};
use crate::{layout, paths};

/// The class of the links that the keys go through.
const LINK: &str = "case-link";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let desk = Desk::new();
    let page = QueuesPage::new(desk);
    desk::page(
        desk,
        |language| OperatorText::of(language).queues_title,
        keys(),
        move |language| layout::loaded(page.queues, language, move || page.view(language)),
    )
}

#[derive(Clone, Copy)]
struct QueuesPage {
    desk: Desk,
    queues: Load<Queues>,
    list: Load<QueueList>,
    address: Address,
}

impl QueuesPage {
    fn new(desk: Desk) -> Self {
        let address = Address::expect();
        let queues = Load::start(move || desk.call(api::operators::queues()));
        let list = Load::start(move || desk.call(api::operators::queue(chosen(address))));
        let last = StoredValue::new(chosen(address));
        react(move || {
            address.track();
            let now = chosen(address);
            if now != last.get_value() {
                last.set_value(now);
                list.again();
            }
        });
        Self {
            desk,
            queues,
            list,
            address,
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let entries = live(move || {
            let all = self.queues.with(|queues| queues.queues.clone());
            let entries: Vec<_> = all
                .into_iter()
                .map(|line| self.entry(&line, language))
                .collect();
            view! { <ul class="queue-tabs">{entries}</ul> }.into_any()
        });
        let list = live(move || {
            let decides = |operator: contract::operators::OperatorOnDuty| {
                operator.roles.contains(&Role::Reviewer)
            };
            // Until it is known who works here, the list says whether they may see it.
            if self
                .desk
                .operator()
                .is_some_and(|operator| !decides(operator))
            {
                return view! {
                    <EmptyState title=text.not_a_reviewer>
                        <p>{text.not_a_reviewer_more}</p>
                    </EmptyState>
                }
                .into_any();
            }
            layout::loaded(self.list, language, move || {
                live(move || self.cases(language))
            })
        });
        let reload = move |_| {
            self.queues.again();
            self.list.again();
        };
        view! {
            <nav aria-label=text.queues>{entries}</nav>
            <section class="card" aria-labelledby="cases">
                <div class="card-head">
                    <h2 id="cases">
                        {live(move || {
                            self.address.track();
                            view! { {words::queue(language, chosen(self.address))} }.into_any()
                        })}
                    </h2>
                    <button type="button" class="button" on:click=reload>
                        {text.reload}
                    </button>
                </div>
                {list}
            </section>
        }
        .into_any()
    }

    fn entry(self, line: &QueueLine, language: Language) -> AnyView {
        let queue = line.queue;
        let current = Signal::derive(move || {
            self.address.track();
            (chosen(self.address) == queue).then_some("true")
        });
        let tone = match (line.open, line.overdue) {
            (0, _) => Tone::Plain,
            (_, 0) => Tone::Good,
            (_, _) => Tone::Wrong,
        };
        let counts = words::queue_counts(language, line.open, line.overdue);
        view! {
            <li>
                <a href=paths::queue(api::operators::queue_word(queue)) aria-current=current>
                    <span>{words::queue(language, queue)}</span>
                    " "
                    <Tag tone text=counts />
                </a>
            </li>
        }
        .into_any()
    }

    fn cases(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let (lines, now) = self
            .list
            .with(|list| (list.cases.clone(), Some(list.server_time)));
        let Some(now) = now.filter(|_| !lines.is_empty()) else {
            return view! {
                <EmptyState title=text.nothing_waits>
                    <p>{text.nothing_waits_more}</p>
                </EmptyState>
            }
            .into_any();
        };
        let rows = lines.iter().map(|case| row(case, now, language)).collect();
        view! {
            <DataTable
                caption=text.queues_title
                headings=vec![text.case, text.case_accounts, text.came_in, text.due, text.standing]
                rows
            />
        }
        .into_any()
    }
}

fn row(case: &CaseLine, now: Timestamp, language: Language) -> Vec<AnyView> {
    let text = OperatorText::of(language);
    let accounts: Vec<String> = case.accounts.iter().map(ToString::to_string).collect();
    let is_overdue = case.due_at < now;
    let overdue = is_overdue.then(|| view! { <Tag tone=Tone::Wrong text=text.overdue /> });
    let own = case
        .is_own
        .then(|| view! { <p class="fact-hint">{text.own_case}</p> });
    let tone = match case.stage {
        QueueStage::Open => Tone::Plain,
        QueueStage::ApprovedOnce { .. } => Tone::Caution,
        QueueStage::Decided { .. } => Tone::Good,
    };
    let about = case.about.as_ref();
    let about = about.map_or(text.case, |about| cases::about(language, about));
    vec![
        view! {
            <a class=LINK href=paths::operator_case(&case.id)>
                {about}
            </a>
            {own}
        }
        .into_any(),
        view! { <span class="number">{accounts.join(" ")}</span> }.into_any(),
        moment(case.entered_at, language),
        view! { {moment(case.due_at, language)} " " {overdue} }.into_any(),
        view! { <Tag tone text=words::stage(language, case.stage) /> }.into_any(),
    ]
}

/// A moment in words and for machines.
pub(super) fn moment(at: Timestamp, language: Language) -> AnyView {
    view! {
        <time datetime=time::machine_readable(at)>{time::beijing(language, at)}</time>
    }
    .into_any()
}

/// The queue that the address names, or the first.
fn chosen(address: Address) -> Queue {
    let word = address.query(paths::QUEUE);
    let named = |queue: &Queue| Some(api::operators::queue_word(*queue)) == word.as_deref();
    Queue::ALL
        .into_iter()
        .find(named)
        .unwrap_or(Queue::VerificationChanges)
}

/// Down and up the list.
fn keys() -> Keys {
    Rc::new(|key| match key {
        "j" => step(1),
        "k" => step(-1),
        _ => false,
    })
}

/// Moves the focus so many cases on; from anywhere else on the page to the first of them.
fn step(by: i32) -> bool {
    let links = document().get_elements_by_class_name(LINK);
    let count = i32::try_from(links.length()).unwrap_or_default();
    let active = document().active_element();
    let here = (0..count).find(|index| {
        let link = u32::try_from(*index)
            .ok()
            .and_then(|index| links.item(index));
        link.is_some() && link == active
    });
    let next = here.map_or(0, |here| (here + by).clamp(0, count - 1));
    let link = u32::try_from(next).ok().and_then(|next| links.item(next));
    let link = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok());
    link.is_some_and(|link| link.focus().is_ok())
}
