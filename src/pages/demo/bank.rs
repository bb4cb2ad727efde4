//! The page at `/demo/bank`, which plays the bank, whoever pays, and the business register. Knows the
//! demo's book; not what it is for.

use contract::enterprise::{
    DemoBank, DemoExpected, DemoRecord, DemoTransfer, DemoTransferState, PlayBank, SetRegister,
};
use domain::identity::Fen;
use domain::verification::PaymentRoute;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::announce::Announcer;
use crate::api;
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::Load;
use crate::text::demo_bank::DemoBankText;
use crate::text::enterprise as words;
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, subjects};
use crate::ui::{
    Choice, DataTable, ErrorSummary, Field, FieldValue, SelectField, SubmitButton, live,
};

const CODE: &str = "register-code";
const SAYS: &str = "register-says";

/// The page.
pub(super) fn page() -> AnyView {
    let page = BankPage {
        load: Load::start(api::enterprise::demo_bank),
        announcer: Announcer::expect(),
        form: Form::new("register-problems"),
        code: FieldValue::new(""),
        says: RwSignal::new("sound".to_owned()),
        route: RwSignal::new("0".to_owned()),
    };
    layout::page(
        |language| DemoBankText::of(language).bank_title,
        move |language| {
            let text = DemoBankText::of(language);
            let book = layout::loaded(page.load, language, move || {
                live(move || {
                    let book = page.load.with(|book| Some(book.clone()));
                    page.book(book.as_ref(), language)
                })
            });
            view! {
                <p class="lead">{text.bank_lead}</p>
                {book}
                <h2>{text.register}</h2>
                <p>{text.register_lead}</p>
                {page.register(language)}
            }
            .into_any()
        },
    )
}

#[derive(Clone, Copy)]
struct BankPage {
    load: Load<DemoBank>,
    announcer: Announcer,
    form: Form,
    code: FieldValue,
    says: RwSignal<String>,
    /// The number of the way of paying in [`ROUTES`].
    route: RwSignal<String>,
}

impl BankPage {
    fn play(self, play: PlayBank) {
        spawn_local(async move {
            if api::enterprise::play_bank(play).await.is_ok() {
                self.done();
                self.load.again();
            }
        });
    }

    fn done(self) {
        self.announcer.tell(Sentence::new(|language| {
            DemoBankText::of(language).done.to_owned()
        }));
    }

    fn book(self, book: Option<&DemoBank>, language: Language) -> AnyView {
        let text = DemoBankText::of(language);
        let (transfers, expected) = book.map_or_else(Default::default, |book| {
            (book.transfers.clone(), book.expected.clone())
        });
        view! {
            <h2>{text.transfers}</h2>
            {self.transfers(transfers, language)}
            <h2>{text.expected}</h2>
            {self.expected(expected, language)}
        }
        .into_any()
    }

    fn transfers(self, transfers: Vec<DemoTransfer>, language: Language) -> AnyView {
        let text = DemoBankText::of(language);
        if transfers.is_empty() {
            return view! { <p class="empty">{text.none}</p> }.into_any();
        }
        let rows = transfers
            .into_iter()
            .map(|transfer| {
                let account = format!("{} …{}", transfer.account_name, transfer.account_end);
                let state = match transfer.state {
                    DemoTransferState::OnItsWay => text.on_its_way,
                    DemoTransferState::Arrived => text.arrived,
                    DemoTransferState::SentBack => text.sent_back,
                };
                let act = match transfer.state {
                    DemoTransferState::OnItsWay => {
                        let (first, second) = (transfer.reference.clone(), transfer.reference);
                        let arrive = PlayBank::Arrive { reference: first };
                        let back = PlayBank::SendBack { reference: second };
                        view! {
                            <div class="buttons">
                                {self.button(text.arrive, arrive)}
                                {self.button(text.send_back, back)}
                            </div>
                        }
                        .into_any()
                    }
                    DemoTransferState::Arrived | DemoTransferState::SentBack => "—".into_any(),
                };
                vec![
                    account.into_any(),
                    transfer.amount.fen().to_string().into_any(),
                    state.into_any(),
                    act,
                ]
            })
            .collect();
        view! {
            <DataTable
                caption=text.transfers
                headings=vec![text.account, text.amount, text.state, text.act]
                rows
            />
        }
        .into_any()
    }

    fn expected(self, expected: Vec<DemoExpected>, language: Language) -> AnyView {
        let text = DemoBankText::of(language);
        if expected.is_empty() {
            return view! { <p class="empty">{text.none}</p> }.into_any();
        }
        let routes = ROUTES
            .iter()
            .enumerate()
            .map(|(number, route)| Choice::new(&number.to_string(), words::route(language, *route)))
            .collect();
        let rows = expected
            .into_iter()
            .map(|one| {
                let account = one.payer_name.clone();
                let state = format!("{} / {}", one.confirmed, one.came);
                vec![
                    account.into_any(),
                    one.amount.fen().to_string().into_any(),
                    state.into_any(),
                    self.payments(&one.reference, language),
                ]
            })
            .collect();
        view! {
            <SelectField
                id="demo-route"
                label=text.route
                choices=routes
                value=self.route
            />
            <DataTable
                caption=text.expected
                headings=vec![text.payee, text.amount, text.state, text.act]
                rows
            />
        }
        .into_any()
    }

    fn payments(self, reference: &str, language: Language) -> AnyView {
        let text = DemoBankText::of(language);
        let confirm = PlayBank::Confirm {
            reference: reference.to_owned(),
        };
        let pay = |label: &'static str, amount: Option<i64>, from_enterprise: bool| {
            let reference = reference.to_owned();
            let press = move |_| {
                let chosen = self.route.get_untracked().parse().unwrap_or(0_usize);
                let route = ROUTES.get(chosen).copied();
                self.play(PlayBank::Pay {
                    reference: reference.clone(),
                    route: route.unwrap_or(PaymentRoute::OnlineTransfer),
                    amount: amount.map(Fen::new),
                    from_enterprise,
                });
            };
            view! {
                <button type="button" class="button" on:click=press>
                    {label}
                </button>
            }
        };
        view! {
            <div class="buttons">
                {pay(text.pay_right, None, true)} {pay(text.pay_wrong, Some(123), true)}
                {pay(text.pay_other, None, false)} {self.button(text.confirm, confirm)}
            </div>
        }
        .into_any()
    }

    fn button(self, label: &'static str, play: PlayBank) -> AnyView {
        let press = move |_| self.play(play.clone());
        view! {
            <button type="button" class="button" on:click=press>
                {label}
            </button>
        }
        .into_any()
    }

    fn register(self, language: Language) -> AnyView {
        let text = DemoBankText::of(language);
        let form = self.form;
        let says = RECORDS
            .iter()
            .map(|(word, record)| Choice::new(word, record_words(language, *record)))
            .collect();
        view! {
            <form class="form" novalidate on:submit=move |event| self.set(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <Field
                    id=CODE
                    label=text.code
                    error=form.error_of(CODE, language)
                    value=self.code
                    autocomplete="off"
                />
                <SelectField id=SAYS label=text.says choices=says value=self.says />
                <div class="buttons">
                    <SubmitButton
                        label=text.set
                        pending_label=text.setting
                        pending=form.pending()
                    />
                </div>
            </form>
        }
        .into_any()
    }

    fn set(self, event: &SubmitEvent) {
        let form = self.form;
        if !form.may_submit(event) {
            return;
        }
        let word = self.says.get_untracked();
        let says = RECORDS.iter().find(|(known, _)| *known == word);
        let wish = SetRegister {
            code: self.code.read(),
            says: says.map_or(DemoRecord::Sound, |(_, record)| *record),
        };
        form.clear();
        form.send(
            api::enterprise::set_register(wish),
            move |answer| match answer {
                Ok(_) => self.done(),
                Err(error) => form.show_error(
                    &error,
                    &|wrong| {
                        let problem = wrong.of("code")?;
                        Some(FieldMessage {
                            field: CODE,
                            sentence: Sentence::new(move |language| {
                                subjects::enterprise_code_problem(language, problem)
                            }),
                        })
                    },
                    &|_| None,
                ),
            },
        );
    }
}

const ROUTES: [PaymentRoute; 7] = [
    PaymentRoute::OnlineTransfer,
    PaymentRoute::MobileTransfer,
    PaymentRoute::TelegraphicTransfer,
    PaymentRoute::Cheque,
    PaymentRoute::CounterTransferElsewhere,
    PaymentRoute::CashInBeijing,
    PaymentRoute::Other,
];

const RECORDS: [(&str, DemoRecord); 5] = [
    ("sound", DemoRecord::Sound),
    ("not-recorded", DemoRecord::NotRecorded),
    ("other-name", DemoRecord::OtherName),
    ("dissolved", DemoRecord::Dissolved),
    ("incomplete", DemoRecord::Incomplete),
];

const fn record_words(language: Language, record: DemoRecord) -> &'static str {
    let text = DemoBankText::of(language);
    match record {
        DemoRecord::Sound => text.sound,
        DemoRecord::NotRecorded => text.not_recorded,
        DemoRecord::OtherName => text.other_name,
        DemoRecord::Dissolved => text.dissolved,
        DemoRecord::Incomplete => text.incomplete,
    }
}
