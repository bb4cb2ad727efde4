//! The table of login methods on Account info: what is bound, what can be done with it and why not
//! (LGM-1 to LGM-8). Knows how they are shown; the rules have judged on the server.

use contract::account::{AccountInfo, BoundMethod, LoginMethodShown};
use domain::login_methods::{
    LoginMethodKind, LoginMethodRefusal, UnbindConditionKind, WecomGuideStep,
};
use domain::protection::{ProtectionRefusal, SensitiveOperation};
use leptos::prelude::*;

use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused};
use crate::end_others::EndOthers;
use crate::form::Form;
use crate::load::Load;
use crate::paths;
use crate::text::login_methods::{self as words, LoginMethodText};
use crate::text::proof::protection_refusal;
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, time};
use crate::ui::{
    Confirm, ConfirmWords, DataTable, Disclosure, ErrorSummary, Tag, focus_soon, live, nothing,
};

/// The id of the section's heading.
const HEADING: &str = "login-methods";

/// The table with its question.
#[derive(Clone, Copy)]
pub(super) struct LoginMethods {
    account: Load<AccountInfo>,
    form: Form,
    announcer: Announcer,
    end_others: EndOthers,
    /// The kind that is asked about.
    asked: RwSignal<Option<LoginMethodKind>>,
    asks: RwSignal<bool>,
}

impl LoginMethods {
    pub(super) fn new(account: Load<AccountInfo>) -> Self {
        Self {
            account,
            form: Form::new("login-method-problems"),
            announcer: Announcer::expect(),
            end_others: EndOthers::new(),
            asked: RwSignal::new(None),
            asks: RwSignal::new(false),
        }
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        let text = LoginMethodText::of(language);
        let form = self.form;
        let table = live(move || {
            let methods = self.account.with(|account| account.login_methods.clone());
            let rows = methods
                .into_iter()
                .map(|method| self.row(&method, language))
                .collect();
            let headings = vec![text.kind, text.who, text.actions];
            view! { <DataTable caption=text.heading headings rows /> }.into_any()
        });
        view! {
            <section class="card" aria-labelledby=HEADING>
                <h2 id=HEADING tabindex="-1">
                    {text.heading}
                </h2>
                <p>{text.lead}</p>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::stored(Vec::new())
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {self.end_others.view(language)}
                {table}
                <Disclosure summary=text.expiring>
                    {live(move || self.expiring(language))}
                </Disclosure>
                {wecom_guide(language)}
                {self.question(language)}
            </section>
        }
        .into_any()
    }

    /// What to do about each identity that a company may take away (LGM-4).
    fn expiring(self, language: Language) -> AnyView {
        let advice = self.account.with(|account| account.expiring.clone());
        let lines: Vec<_> = advice
            .into_iter()
            .map(|advice| {
                let identity = words::expiring_identity(language, advice.identity);
                let step = words::expiring_step(language, advice.step);
                view! { <li>{identity} ": " {step}</li> }
            })
            .collect();
        view! { <ul class="bullets">{lines}</ul> }.into_any()
    }

    fn row(self, method: &LoginMethodShown, language: Language) -> Vec<AnyView> {
        let kind = method.kind;
        let name = view! { <span>{words::kind(language, kind)}</span> }.into_any();
        match &method.bound {
            Some(bound) => vec![
                name,
                who(bound, language),
                self.bound_actions(kind, bound, &method.change_refusals, language),
            ],
            None => {
                let text = LoginMethodText::of(language);
                let not_bound = view! { <span class="quiet">{text.not_bound}</span> }.into_any();
                vec![name, not_bound, self.open_actions(method, language)]
            }
        }
    }

    fn bound_actions(
        self,
        kind: LoginMethodKind,
        bound: &BoundMethod,
        change: &[LoginMethodRefusal],
        language: Language,
    ) -> AnyView {
        let text = LoginMethodText::of(language);
        let replace = if change.is_empty() {
            self.change_button(kind, text.replace, language)
        } else {
            why_not(text.why_not_change, change, language)
        };
        let unbind = if bound.unbind_refusals.is_empty() {
            let what = words::kind(language, kind);
            view! {
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.ask(kind)
                >
                    {text.unbind}
                    <span class="visually-hidden">" " {what}</span>
                </button>
            }
            .into_any()
        } else {
            unbind_conditions(bound, language)
        };
        view! { <div class="buttons">{replace} {unbind}</div> }.into_any()
    }

    fn open_actions(self, method: &LoginMethodShown, language: Language) -> AnyView {
        let text = LoginMethodText::of(language);
        if !method.is_offered {
            return view! { <span class="quiet">{text.not_offered}</span> }.into_any();
        }
        if !method.change_refusals.is_empty() {
            return why_not(text.why_not_change, &method.change_refusals, language);
        }
        let label = text.bind;
        view! { <div class="buttons">{self.change_button(method.kind, label, language)}</div> }
            .into_any()
    }

    /// Binding or replacing: e-mail has a page of its own, the others a page of their service.
    fn change_button(
        self,
        kind: LoginMethodKind,
        label: &'static str,
        language: Language,
    ) -> AnyView {
        let what = words::kind(language, kind);
        let hidden = view! { <span class="visually-hidden">" " {what}</span> };
        if kind == LoginMethodKind::Email {
            return view! {
                <a class="button button-quiet" href=paths::login_email()>
                    {label}
                    {hidden}
                </a>
            }
            .into_any();
        }
        view! {
            <button type="button" class="button button-quiet" on:click=move |_| self.visit(kind)>
                {label}
                {hidden}
            </button>
        }
        .into_any()
    }

    fn question(self, language: Language) -> AnyView {
        let text = LoginMethodText::of(language);
        let happens = move || vec![text.unbind_happens.to_owned()];
        let stays = move || {
            let mut lines = vec![text.unbind_stays.to_owned()];
            if self.asked.get() == Some(LoginMethodKind::Wechat) {
                lines.push(text.wechat_stays.to_owned());
            }
            lines
        };
        view! {
            <Confirm
                id="unbind-login-method"
                is_open=self.asks
                words=ConfirmWords {
                    title: text.unbind_title,
                    happens: text.happens,
                    stays: text.stays,
                    confirm: text.unbind,
                    pending: text.unbinding,
                    cancel: ShellText::of(language).cancel,
                }
                happens=Signal::derive(happens)
                stays=Signal::derive(stays)
                pending=self.form.pending()
                on_confirm=move |()| self.unbind()
            />
        }
        .into_any()
    }

    fn ask(self, kind: LoginMethodKind) {
        self.form.clear();
        self.announcer.clear_notice();
        self.asked.set(Some(kind));
        self.asks.set(true);
    }

    fn unbind(self) {
        let Some(kind) = self.asked.get_untracked() else {
            return;
        };
        self.asks.set(false);
        let call = move || api::account::unbind(kind);
        self.form
            .send_proved(operation(kind), call, move |answer| match answer {
                Ok(changed) => {
                    self.account.again();
                    self.end_others.ask(changed.offer_to_end);
                    // Its row changes, and the button that had the focus goes away.
                    focus_soon(HEADING);
                    let confirms = changed.wechat_still_confirms;
                    self.announcer.tell(Sentence::new(move |language| {
                        let text = LoginMethodText::of(language);
                        if confirms {
                            text.unbound_wechat_confirms
                        } else {
                            text.unbound
                        }
                    }));
                }
                Err(error) => self.refused(&error),
            });
    }

    fn visit(self, kind: LoginMethodKind) {
        self.form.clear();
        self.announcer.clear_notice();
        // The proof comes first, so that nobody comes back from a service to be asked for it (LGM-9).
        let call = move || api::account::visit_to_bind(kind);
        let operation = operation(kind);
        self.form
            .send_proved(operation, call, move |answer| match answer {
                Ok(visit) => {
                    // Another site's page, or in the demo one of ours that plays it.
                    let _ = window().location().assign(&visit.address);
                }
                Err(error) => self.refused(&error),
            });
    }

    fn refused(self, error: &ApiError) {
        self.form.show_error(error, &|_| None, &why);
    }
}

/// The operation that changing this kind is (PRT-2, LGM-9).
const fn operation(kind: LoginMethodKind) -> SensitiveOperation {
    match kind {
        LoginMethodKind::Wechat => SensitiveOperation::ChangeWechat,
        LoginMethodKind::Email
        | LoginMethodKind::Qq
        | LoginMethodKind::OfficialAccount
        | LoginMethodKind::Wecom => SensitiveOperation::ChangeLoginMethods,
    }
}

/// Why a login method stays as it is.
pub(super) fn why(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<LoginMethodRefusal>("login_method") {
        return Some(Sentence::new(move |language| {
            words::refusal(language, refusal)
        }));
    }
    let refusal = refused.of::<ProtectionRefusal>("protection")?;
    Some(Sentence::new(move |language| {
        protection_refusal(language, &refusal)
    }))
}

fn who(bound: &BoundMethod, language: Language) -> AnyView {
    let text = LoginMethodText::of(language);
    let name = bound.name.clone();
    let origin = words::origin(language, bound.origin);
    let origin = match origin.is_empty() {
        true => nothing(),
        false => view! { " " <Tag text=origin /> }.into_any(),
    };
    view! {
        <span>{name.unwrap_or_else(|| text.no_name.to_owned())} {origin}</span>
        <span class="quiet since">
            <time datetime=time::machine_readable(bound.bound_at)>
                {time::beijing(language, bound.bound_at)}
            </time>
        </span>
    }
    .into_any()
}

/// Why something cannot be done, folded away behind its question (API-2).
fn why_not(summary: &'static str, refusals: &[LoginMethodRefusal], language: Language) -> AnyView {
    let lines: Vec<_> = refusals
        .iter()
        .map(|refusal| {
            let sentence = words::refusal(language, *refusal);
            let sentence = match way_out(*refusal) {
                Some(place) => view! { <a href=place>{sentence}</a> }.into_any(),
                None => view! { <span>{sentence}</span> }.into_any(),
            };
            view! { <li>{sentence}</li> }
        })
        .collect();
    view! {
        <Disclosure summary>
            <ul class="bullets">{lines}</ul>
        </Disclosure>
    }
    .into_any()
}

/// Where what stands against a change is settled, when that is another place.
const fn way_out(refusal: LoginMethodRefusal) -> Option<&'static str> {
    match refusal {
        LoginMethodRefusal::PasswordMissing => Some(paths::security_password()),
        LoginMethodRefusal::SecurityPhoneMissing => Some(paths::security_phone()),
        LoginMethodRefusal::ChosenFactor { .. } => Some(paths::security_protection()),
        _ => None,
    }
}

/// The conditions for unbinding, each with its state and the place where it is settled (LGM-1, LGM-2).
fn unbind_conditions(bound: &BoundMethod, language: Language) -> AnyView {
    let text = LoginMethodText::of(language);
    let mut refusals = bound.unbind_refusals.iter();
    let last = refusals.find(|refusal| matches!(refusal, LoginMethodRefusal::LastMethod { .. }));
    let last = last.map(|last| view! { <p>{words::refusal(language, *last)}</p> });
    let lines: Vec<_> = bound
        .conditions
        .iter()
        .map(|condition| {
            let state = if condition.is_met {
                text.met
            } else {
                text.not_met
            };
            let place = match condition.condition {
                UnbindConditionKind::SecurityPhone => Some(paths::security_phone()),
                UnbindConditionKind::NotChosenFactor => Some(paths::security_protection()),
                UnbindConditionKind::TwoMethods => None,
            };
            let words = words::condition(language, condition.condition);
            let words = match place.filter(|_| !condition.is_met) {
                Some(place) => view! { <a href=place>{words}</a> }.into_any(),
                None => view! { <span>{words}</span> }.into_any(),
            };
            let tone = if condition.is_met {
                crate::ui::Tone::Good
            } else {
                crate::ui::Tone::Caution
            };
            view! { <li>{words} " " <Tag tone text=state /></li> }
        })
        .collect();
    view! {
        <Disclosure summary=text.why_not>
            {last}
            <p>{text.conditions}</p>
            <ul class="bullets">{lines}</ul>
        </Disclosure>
    }
    .into_any()
}

/// What a WeCom administrator has to do before WeCom can be bound (LGM-7, WCM-1).
fn wecom_guide(language: Language) -> AnyView {
    let steps: Vec<_> = WecomGuideStep::ALL
        .into_iter()
        .map(|step| view! { <li>{words::wecom_step(language, step)}</li> })
        .collect();
    view! {
        <Disclosure summary=LoginMethodText::of(language).wecom_guide>
            <ol class="bullets">{steps}</ol>
        </Disclosure>
    }
    .into_any()
}
