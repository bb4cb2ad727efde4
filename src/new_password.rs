//! The field for a password that is chosen anew, with how strong it is and every reason against it
//! (SGN-12). Must not know whose password it is, nor send it.

use domain::sign_in::{Password, PasswordOwner, PasswordProblem, PasswordStrength, SignInPolicy};
use leptos::prelude::*;

use crate::api::WrongField;
use crate::form::{FieldMessage, Form};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, new_password as text};
use crate::ui::{FieldValue, Level, Meter, PasswordField, Tone, live, nothing};

/// The id of its input.
pub const PASSWORD: &str = "new-password";

/// The field.
#[derive(Clone, Copy)]
pub struct NewPassword {
    value: FieldValue,
}

impl NewPassword {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self {
            value: FieldValue::new(""),
        }
    }

    /// The field.
    #[must_use]
    pub fn view(
        self,
        form: Form,
        language: Language,
        (label, hint): (&'static str, &'static str),
    ) -> AnyView {
        let shell = ShellText::of(language);
        view! {
            <PasswordField
                id=PASSWORD
                label=label
                hint=hint
                error=form.error_of(PASSWORD, language)
                value=self.value
                autocomplete="new-password"
                show_label=shell.show_password
                hide_label=shell.hide_password
                strength=self.strength(language)
            />
        }
        .into_any()
    }

    /// How strong it is, once it can be one at all.
    fn strength(self, language: Language) -> AnyView {
        let typed = self.value.typed();
        let level = Memo::new(move |_| {
            let strength = typed.with(|typed| judge(typed))?;
            Some(Level {
                value: strength.thirds(),
                of: 3,
                tone: match strength {
                    PasswordStrength::Weak => Tone::Caution,
                    PasswordStrength::Fair => Tone::Plain,
                    PasswordStrength::Strong => Tone::Good,
                },
                words: text::strength(language, strength).to_owned(),
            })
        });
        live(move || match level.get() {
            Some(level) => view! { <Meter level=Signal::stored(level) /> }.into_any(),
            None => nothing(),
        })
    }

    /// What is typed, unless nothing is; what else is wrong with it the server tells, which knows the
    /// list of common passwords and the installation's numbers.
    ///
    /// # Errors
    /// The message at the field.
    pub fn read(self) -> Result<String, FieldMessage> {
        let typed = self.value.read();
        if typed.is_empty() {
            return Err(message(vec![PasswordProblem::Empty]));
        }
        Ok(typed)
    }
}

impl Default for NewPassword {
    fn default() -> Self {
        Self::new()
    }
}

/// Every reason of the server against the password as one message, when there is any.
#[must_use]
pub fn problem(wrong: &[WrongField]) -> Option<FieldMessage> {
    let problems: Vec<PasswordProblem> = wrong
        .iter()
        .filter_map(|wrong| wrong.of("password"))
        .collect();
    (!problems.is_empty()).then(|| message(problems))
}

fn message(problems: Vec<PasswordProblem>) -> FieldMessage {
    FieldMessage {
        field: PASSWORD,
        sentence: Sentence::new(move |language| text::problems(language, &problems)),
    }
}

/// The strength of what is typed, as far as it can be a password.
fn judge(typed: &str) -> Option<PasswordStrength> {
    let normal = String::from(js_sys::JsString::from(typed).normalize("NFKC"));
    let owner = PasswordOwner::default();
    let password = Password::choose(&normal, &owner, |_| false, &SignInPolicy::default()).ok()?;
    Some(PasswordStrength::of(&password))
}
