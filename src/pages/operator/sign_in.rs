//! The page at `/operator/sign-in` (OPS-1): password, then the code of an app, which the first sign-in
//! binds. Knows the order of the steps; a reload goes on where the server says.

use contract::demo::OperatorCode;
use contract::operators::{CurrentOperator, OperatorSignIn, OperatorStanding};
use domain::identity::OperatorName;
use domain::mfa::MfaRefusal;
use domain::protection::{SixDigits, SixDigitsProblem};
use domain::sign_in::{PasswordProblem, SignInRefusal};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::Address;
use crate::api::{self, ApiError, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::load::Load;
use crate::puzzle::PersonCheck;
use crate::text::operators::{self as words, OperatorText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, codes, mfa, sign_in};
use crate::ui::{
    CopyButton, ErrorSummary, Field, FieldValue, PasswordField, QrCode, Steps, SubmitButton,
    focus_soon, live, react,
};
use crate::{layout, paths, product};

const NAME: &str = "name";
const PASSWORD: &str = "password";
const CODE: &str = "code";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let asked = Load::start(api::operators::session);
    let page = SignInPage::new(asked);
    layout::page(
        |language| OperatorText::of(language).sign_in_title,
        move |language| layout::loaded(asked, language, move || page.view(language)),
    )
}

/// What was typed and how far the operator is.
#[derive(Clone, Copy)]
struct SignInPage {
    form: Form,
    name: FieldValue,
    password: FieldValue,
    code: FieldValue,
    check: PersonCheck,
    standing: RwSignal<Step>,
    address: Address,
    demo: RwSignal<Vec<OperatorCode>>,
}

/// Which step is shown.
#[derive(Clone, PartialEq, Eq)]
enum Step {
    Password,
    Code,
    Bind { secret: String, address: String },
}

impl SignInPage {
    fn new(asked: Load<CurrentOperator>) -> Self {
        let page = Self {
            form: Form::new("operator-problems"),
            name: FieldValue::new(""),
            password: FieldValue::new(""),
            code: FieldValue::new(""),
            check: PersonCheck::new(),
            standing: RwSignal::new(Step::Password),
            address: Address::expect(),
            demo: RwSignal::new(Vec::new()),
        };
        react(move || {
            if let Some(answer) = asked.with(|answer| Some(answer.clone())) {
                page.take(answer);
            }
        });
        page
    }

    fn take(self, answer: CurrentOperator) {
        match answer.standing {
            OperatorStanding::Nobody {} => self.standing.set(Step::Password),
            OperatorStanding::CodeAsked { .. } => self.standing.set(Step::Code),
            OperatorStanding::BindingAsked {
                secret, address, ..
            } => self.standing.set(Step::Bind { secret, address }),
            OperatorStanding::OnDuty(_) => {
                let next = self.address.query(paths::NEXT);
                self.address.replace(&paths::place_at_desk(next.as_deref()));
            }
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let current = Signal::derive(move || match *self.standing.read() {
            Step::Password => 0_usize,
            Step::Code | Step::Bind { .. } => 1,
        });
        view! {
            <p class="lead">{text.sign_in_lead}</p>
            <Steps
                label=text.steps
                steps=vec![text.step_password, text.step_code]
                current
                done=text.step_done
            />
            {live(move || match self.standing.get() {
                Step::Password => self.asks_for_password(language),
                Step::Code => self.asks_for_code(language),
                Step::Bind { secret, address } => self.asks_to_bind(&secret, address, language),
            })}
            {product::is_demo().then(|| self.demo_codes(language))}
        }
        .into_any()
    }

    /// What the apps show by the demo's clock, which no real app knows.
    fn demo_codes(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let ask = move |_| {
            self.form.call(api::demo::operator_codes(), move |answer| {
                if let Ok(answer) = answer {
                    self.demo.set(answer.codes);
                }
            });
        };
        let codes = live(move || {
            let codes = self.demo.get();
            let codes: Vec<_> = codes
                .into_iter()
                .map(|one| {
                    let code = one.code.unwrap_or_else(|| text.not_bound.to_owned());
                    view! { <li>{one.name} " " <span class="number">{code}</span></li> }
                })
                .collect();
            view! { <ul class="demo-codes">{codes}</ul> }.into_any()
        });
        view! {
            <section class="card" aria-labelledby="demo-codes">
                <h2 id="demo-codes">{text.demo_codes}</h2>
                <p class="quiet">{text.demo_codes_lead}</p>
                <div role="status">{codes}</div>
                <button type="button" class="button" on:click=ask>
                    {text.demo_show}
                </button>
            </section>
        }
        .into_any()
    }

    fn summary(self, language: Language) -> AnyView {
        let form = self.form;
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

    fn asks_for_password(self, language: Language) -> AnyView {
        let (text, shell) = (OperatorText::of(language), ShellText::of(language));
        let form = self.form;
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit_password(&event)>
                {self.summary(language)}
                <Field
                    id=NAME
                    label=text.name
                    error=form.error_of(NAME, language)
                    value=self.name
                    autocomplete="username"
                />
                <PasswordField
                    id=PASSWORD
                    label=text.password
                    error=form.error_of(PASSWORD, language)
                    value=self.password
                    autocomplete="current-password"
                    show_label=shell.show_password
                    hide_label=shell.hide_password
                />
                {self.check.view(form, None, language)}
                <SubmitButton label=text.next pending_label=text.checking pending=form.pending() />
            </form>
        }
        .into_any()
    }

    fn asks_for_code(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit_code(&event)>
                {self.summary(language)}
                <p>{text.code_lead}</p>
                {self.code_field(language)}
                <SubmitButton
                    label=text.sign_in
                    pending_label=text.checking
                    pending=self.form.pending()
                />
                <p class="quiet">{text.lost}</p>
                {self.begin_anew(language)}
            </form>
        }
        .into_any()
    }

    fn asks_to_bind(self, secret: &str, address: String, language: Language) -> AnyView {
        let (text, shell) = (OperatorText::of(language), ShellText::of(language));
        let grouped: Vec<String> = secret
            .as_bytes()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit_code(&event)>
                {self.summary(language)}
                <h2>{text.bind_title}</h2>
                <p>{text.bind_lead}</p>
                <QrCode text=address label=text.qr />
                <p>
                    {text.secret} " " <span class="number" translate="no">{grouped.join(" ")}</span>
                </p>
                <CopyButton
                    text=secret.to_owned()
                    what=text.secret
                    label=shell.copy
                    copied=shell.copied
                    not_copied=shell.not_copied
                />
                {self.code_field(language)}
                <SubmitButton
                    label=text.bind
                    pending_label=text.checking
                    pending=self.form.pending()
                />
                {self.begin_anew(language)}
            </form>
        }
        .into_any()
    }

    fn code_field(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        view! {
            <Field
                id=CODE
                label=text.code
                hint=text.code_hint
                error=self.form.error_of(CODE, language)
                value=self.code
                autocomplete="one-time-code"
            />
        }
        .into_any()
    }

    fn begin_anew(self, language: Language) -> AnyView {
        let again = move |_| {
            self.form.clear();
            self.password.write("");
            self.standing.set(Step::Password);
            focus_soon(NAME);
        };
        view! {
            <p>
                <button type="button" class="button button-quiet" on:click=again>
                    {OperatorText::of(language).other_person}
                </button>
            </p>
        }
        .into_any()
    }

    fn submit_password(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let (name, password) = (self.name.read(), self.password.read());
        let mut problems = Vec::new();
        if OperatorName::parse(&name).is_err() {
            problems.push(name_message());
        }
        if password.is_empty() {
            problems.push(password_message(PasswordProblem::Empty));
        }
        if !problems.is_empty() {
            return self.form.show_fields(problems);
        }
        self.form.clear();
        self.send(name, password);
    }

    fn send(self, name: String, password: String) {
        let typed = (name.clone(), password.clone());
        let call = async move {
            let (name, password) = typed;
            let captcha = self.check.proof().await?;
            let typed = OperatorSignIn {
                name,
                password,
                captcha,
            };
            api::operators::sign_in(typed).await
        };
        self.form.send(call, move |answer| match answer {
            Ok(answer) => {
                self.code.write("");
                self.take(answer);
                focus_soon(CODE);
            }
            Err(ApiError::Refused(refused)) if self.check.asked_by(&refused) => {
                self.send(name, password);
            }
            Err(error) => self.show(&error),
        });
    }

    fn submit_code(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let typed = self.code.read();
        if let Err(problem) = SixDigits::parse(&typed) {
            return self.form.show_fields(vec![code_message(problem)]);
        }
        self.form.clear();
        // The desk's "nobody" is none of the owner's session, so it is looked at here.
        let call = async move {
            match api::operators::give_code(typed).await {
                Err(ApiError::SignInRequired | ApiError::ChangedElsewhere) => {
                    api::operators::session().await
                }
                answer => answer,
            }
        };
        self.form.send(call, move |answer| match answer {
            Ok(answer) => {
                let is_over = matches!(answer.standing, OperatorStanding::Nobody {});
                self.take(answer);
                if is_over {
                    // It took too long, and begins anew.
                    self.form.show_whole(Sentence::new(|language| {
                        OperatorText::of(language).session_ended
                    }));
                }
            }
            Err(error) => self.show(&error),
        });
    }

    fn show(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| {
            let name = (wrong.field() == NAME).then(name_message);
            name.or_else(|| wrong.of(PASSWORD).map(password_message))
                .or_else(|| wrong.of(CODE).map(code_message))
        };
        self.form.show_error(error, &of_field, &why);
    }
}

fn why(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<MfaRefusal>("mfa") {
        return Some(Sentence::new(move |language| {
            mfa::mfa_refusal(language, refusal)
        }));
    }
    let refusal = refused.of::<SignInRefusal>("sign_in")?;
    Some(Sentence::new(move |language| {
        words::sign_in_refusal(language, refusal)
    }))
}

fn name_message() -> FieldMessage {
    FieldMessage {
        field: NAME,
        sentence: Sentence::new(|language| OperatorText::of(language).wrong_name),
    }
}

fn password_message(problem: PasswordProblem) -> FieldMessage {
    FieldMessage {
        field: PASSWORD,
        sentence: Sentence::new(move |language| sign_in::password_problem(language, problem)),
    }
}

fn code_message(problem: SixDigitsProblem) -> FieldMessage {
    FieldMessage {
        field: CODE,
        sentence: Sentence::new(move |language| codes::six_digits_problem(language, problem)),
    }
}
