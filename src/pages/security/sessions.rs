//! The page at `/security/sessions`: who is signed in where, how long sessions last, which devices are
//! trusted (SGN-2, SGN-13). Knows how they are shown; the server ends them.

use contract::security::{OpenSession, SignedInPlaces, TrustedDevice};
use domain::protection::SensitiveOperation;
use domain::sign_in::SessionLimitProblem;
use domain::time::{Span, Timestamp};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::change::{around, summary, why};
use crate::announce::Announcer;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::Load;
use crate::session::SessionContext;
use crate::text::security::{self as words, SecurityText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, time};
use crate::ui::{
    Choice, Confirm, ConfirmWords, DataTable, EmptyState, SelectField, Tag, Tone, live, nothing,
    react,
};

const IDLE: &str = "idle";
const LONGEST: &str = "longest";
/// What can be chosen, in minutes; what lies outside the installation's bounds is left out.
const CHOICES: [u32; 9] = [5, 15, 30, 60, 120, 240, 720, 1440, 2880];

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = Places::new();
    layout::page(
        |language| SecurityText::of(language).sessions,
        move |language| layout::loaded(page.places, language, move || page.view(language)),
    )
}

#[derive(Clone, Copy)]
struct Places {
    places: Load<SignedInPlaces>,
    /// For ending sessions and trust.
    form: Form,
    limits: Form,
    idle: RwSignal<String>,
    longest: RwSignal<String>,
    asks: RwSignal<bool>,
    announcer: Announcer,
    session: SessionContext,
}

impl Places {
    fn new() -> Self {
        let page = Self {
            places: Load::start(api::security::places),
            form: Form::new("sessions-problems"),
            limits: Form::new("limits-problems"),
            idle: RwSignal::new(String::new()),
            longest: RwSignal::new(String::new()),
            asks: RwSignal::new(false),
            announcer: Announcer::expect(),
            session: SessionContext::expect(),
        };
        react(move || {
            if let Some(limits) = page.places.with(|places| Some(places.limits)) {
                page.idle.set(minutes(limits.idle).to_string());
                page.longest.set(minutes(limits.longest).to_string());
            }
        });
        page
    }

    fn view(self, language: Language) -> AnyView {
        view! {
            {summary(self.form, language)}
            {self.sessions(language)}
            {self.limits_form(language)}
            {self.trusted(language)}
        }
        .into_any()
    }

    fn sessions(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let table = live(move || {
            let sessions = self.places.with(|places| places.sessions.clone());
            let rows = sessions
                .iter()
                .map(|session| self.session_row(session, language))
                .collect();
            let headings = vec![text.device, text.place, text.began, text.used, text.action];
            view! { <DataTable caption=text.sessions headings rows /> }.into_any()
        });
        view! {
            <section class="card" aria-labelledby="sessions">
                <h2 id="sessions">{text.sessions}</h2>
                {table}
                <button
                    type="button"
                    class="button button-danger"
                    on:click=move |_| self.asks.set(true)
                >
                    {text.end_others}
                </button>
                <Confirm
                    id="end-others"
                    is_open=self.asks
                    words=ConfirmWords {
                        title: text.end_title,
                        happens: text.end_happens,
                        stays: text.end_stays,
                        confirm: text.end_others,
                        pending: text.ending,
                        cancel: ShellText::of(language).cancel,
                    }
                    happens=Signal::stored(vec![text.end_happens_line.to_owned()])
                    stays=Signal::stored(vec![text.end_stays_line.to_owned()])
                    pending=self.form.pending()
                    on_confirm=move |()| self.end_others()
                />
            </section>
        }
        .into_any()
    }

    fn session_row(self, session: &OpenSession, language: Language) -> Vec<AnyView> {
        let text = SecurityText::of(language);
        let this = match session.is_this {
            true => view! { " " <Tag tone=Tone::Good text=text.this_session /> }.into_any(),
            false => nothing(),
        };
        let device = named(&session.device, language);
        let id = StoredValue::new(session.id.clone());
        let end = match session.is_this {
            true => nothing(),
            false => view! {
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.end(id.get_value())
                >
                    {text.end}
                    <span class="visually-hidden">" " {device.clone()}</span>
                </button>
            }
            .into_any(),
        };
        let ip = session.ip.clone();
        let place = session.place.clone().unwrap_or_default();
        vec![
            view! { <span>{device} {this}</span> }.into_any(),
            view! { <span>{place} " " <span class="quiet">{ip}</span></span> }.into_any(),
            moment(session.began, language),
            moment(session.used, language),
            end,
        ]
    }

    fn limits_form(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let bounds = self.places.with(|places| Some(places.bounds));
        let Some(bounds) = bounds else {
            return nothing();
        };
        let within = |least: u32, most: u32| -> Vec<Choice> {
            CHOICES
                .into_iter()
                .filter(|minutes| (least..=most).contains(minutes))
                .map(|minutes| Choice::new(&minutes.to_string(), &words::span(language, minutes)))
                .collect()
        };
        let idle = within(minutes(bounds.idle_least), minutes(bounds.idle_most));
        let longest = within(minutes(bounds.idle_least), minutes(bounds.longest_most));
        let form = self.limits;
        let fields = view! {
            <SelectField
                id=IDLE
                label=text.idle
                error=form.error_of(IDLE, language)
                choices=idle
                value=self.idle
            />
            <SelectField
                id=LONGEST
                label=text.longest
                error=form.error_of(LONGEST, language)
                choices=longest
                value=self.longest
            />
        };
        let form = around(
            form,
            fields.into_any(),
            text.limits_save,
            language,
            move |event| {
                self.save_limits(event);
            },
        );
        view! {
            <section class="card" aria-labelledby="limits">
                <h2 id="limits">{text.limits}</h2>
                {form}
            </section>
        }
        .into_any()
    }

    fn trusted(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let list = live(move || {
            let trusted = self.places.with(|places| places.trusted.clone());
            if trusted.is_empty() {
                return view! { <EmptyState title=text.no_trusted /> }.into_any();
            }
            let rows = trusted
                .iter()
                .map(|device| self.trusted_row(device, language))
                .collect();
            let headings = vec![text.device, text.place, text.expires, text.action];
            view! {
                <DataTable caption=text.trusted headings rows />
                <button type="button" class="button" on:click=move |_| self.revoke_all()>
                    {text.revoke_all}
                </button>
            }
            .into_any()
        });
        view! {
            <section class="card" aria-labelledby="trusted">
                <h2 id="trusted">{text.trusted}</h2>
                <p>{text.trusted_lead}</p>
                {list}
            </section>
        }
        .into_any()
    }

    fn trusted_row(self, device: &TrustedDevice, language: Language) -> Vec<AnyView> {
        let text = SecurityText::of(language);
        let id = StoredValue::new(device.id.clone());
        let name = named(&device.device, language);
        let place = device.place.clone().unwrap_or_default();
        vec![
            view! { <span>{name.clone()}</span> }.into_any(),
            view! { <span>{place}</span> }.into_any(),
            moment(device.expires_at, language),
            view! {
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.revoke(id.get_value())
                >
                    {text.revoke}
                    <span class="visually-hidden">" " {name}</span>
                </button>
            }
            .into_any(),
        ]
    }

    fn end(self, id: String) {
        self.deed(api::security::end_session(id), |language| {
            SecurityText::of(language).ended
        });
    }

    fn end_others(self) {
        self.asks.set(false);
        self.deed(api::security::end_other_sessions(), |language| {
            SecurityText::of(language).ended
        });
    }

    fn revoke(self, id: String) {
        self.deed(api::security::revoke_trust(id), |language| {
            SecurityText::of(language).revoked
        });
    }

    fn revoke_all(self) {
        self.deed(api::security::revoke_all_trust(), |language| {
            SecurityText::of(language).revoked
        });
    }

    /// Ends something, tells so, and shows what is left.
    fn deed(
        self,
        call: impl Future<Output = Result<(), ApiError>> + 'static,
        done: fn(Language) -> &'static str,
    ) {
        if self.form.pending().get_untracked() {
            return;
        }
        self.form.clear();
        self.form.send(call, move |answer| match answer {
            Ok(()) => {
                self.places.again();
                self.announcer.tell(Sentence::new(done));
            }
            Err(error) => self.form.show_error(&error, &|_| None, &why),
        });
    }

    fn save_limits(self, event: &SubmitEvent) {
        if !self.limits.may_submit(event) {
            return;
        }
        let span = |value: RwSignal<String>| {
            let minutes: u32 = value.get_untracked().parse().unwrap_or_default();
            Span::from_minutes(minutes)
        };
        let (idle, longest) = (span(self.idle), span(self.longest));
        self.limits.clear();
        let call = move || api::security::set_limits(idle, longest);
        let operation = SensitiveOperation::ChangeProtection;
        self.limits
            .send_proved(operation, call, move |answer| match answer {
                Ok(()) => {
                    self.places.again();
                    // The end of this very session has moved as well.
                    self.session.ask();
                    self.announcer.tell(Sentence::new(|language| {
                        SecurityText::of(language).limits_saved
                    }));
                }
                Err(error) => self.limits.show_error(&error, &limit_problem, &why),
            });
    }
}

fn limit_problem(wrong: &WrongField) -> Option<FieldMessage> {
    let idle = wrong.of::<SessionLimitProblem>("idle").map(|it| (IDLE, it));
    let (field, problem) =
        idle.or_else(|| wrong.of("longest").map(|problem| (LONGEST, problem)))?;
    Some(FieldMessage {
        field,
        sentence: Sentence::new(move |language| words::limit_problem(language, problem)),
    })
}

fn named(device: &str, language: Language) -> String {
    match device {
        "" => SecurityText::of(language).unknown_device.to_owned(),
        device => device.to_owned(),
    }
}

fn moment(at: Timestamp, language: Language) -> AnyView {
    view! {
        <time datetime=time::machine_readable(at)>{time::beijing(language, at)}</time>
    }
    .into_any()
}

fn minutes(span: Span) -> u32 {
    u32::try_from(span.as_millis() / 60_000).unwrap_or(u32::MAX)
}
