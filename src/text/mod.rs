//! Every sentence a person reads, in both languages, one file per area.
//!
//! A sentence without numbers is a line of a catalogue, Chinese and English beside each other; a
//! sentence with numbers is a function. Both are typed: one that lacks a language does not compile.
//! This room must not know where a sentence is shown.

pub mod account;
pub mod account_data;
pub mod audit;
pub mod cases;
pub mod change_refusals;
pub mod changes;
pub mod codes;
pub mod contacts;
pub mod demo;
pub mod demo_bank;
pub mod documents;
pub mod enterprise;
pub mod failure;
pub mod forgotten;
pub mod help;
pub mod lock;
pub mod login_methods;
pub mod mfa;
pub mod mfa_page;
pub mod new_password;
pub mod operators;
pub mod proof;
pub mod providers;
pub mod registration;
pub mod security;
pub mod shell;
pub mod sign_in;
pub mod subjects;
pub mod time;
pub mod verification;

use std::fmt;
use std::sync::Arc;

/// A language the product speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Chinese in simplified characters, the default.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The value of the `lang` cookie.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The tag for `<html lang>`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language of a tag such as `zh-Hans-CN`; only the first part counts.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next().unwrap_or_default() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The language that the switch offers while this one is spoken.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }
}

/// A sentence that can be said in either language, since the person may switch while it stands.
#[derive(Clone)]
pub struct Sentence(Arc<dyn Fn(Language) -> String + Send + Sync>);

impl Sentence {
    /// The sentence that `say` words.
    #[must_use]
    pub fn new<S: Into<String>>(say: impl Fn(Language) -> S + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |language| say(language).into()))
    }

    /// The sentence in one language.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        (self.0)(language)
    }
}

impl fmt::Debug for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::English))
    }
}

/// Declares the sentences of one area: `name: "中文", "English";`, one a line.
macro_rules! catalogue {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $chinese:literal, $english:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            $(#[doc = concat!("“", $english, "”")] pub $field: &'static str,)+
        }

        impl $name {
            /// The sentences in one language.
            #[must_use]
            pub const fn of(language: $crate::text::Language) -> &'static Self {
                match language {
                    $crate::text::Language::Chinese => &Self { $($field: $chinese),+ },
                    $crate::text::Language::English => &Self { $($field: $english),+ },
                }
            }

            /// Each sentence with its name, for the test that none is empty.
            #[must_use]
            pub fn every(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((concat!(stringify!($name), ".", stringify!($field)), self.$field)),+]
            }
        }
    };
}
use catalogue;

/// Each sentence of each catalogue with its name.
#[must_use]
pub fn every(language: Language) -> Vec<(&'static str, &'static str)> {
    [
        account::AccountText::of(language).every(),
        audit::AuditText::of(language).every(),
        documents::DocumentsText::of(language).every(),
        account_data::AccountDataText::of(language).every(),
        contacts::ContactText::of(language).every(),
        login_methods::LoginMethodText::of(language).every(),
        codes::CodeText::of(language).every(),
        changes::ChangeText::of(language).every(),
        demo::DemoText::of(language).every(),
        demo_bank::DemoBankText::of(language).every(),
        enterprise::EnterpriseText::of(language).every(),
        failure::FailureText::of(language).every(),
        forgotten::ForgottenText::of(language).every(),
        help::HelpText::of(language).every(),
        lock::LockText::of(language).every(),
        mfa_page::MfaText::of(language).every(),
        operators::OperatorText::of(language).every(),
        proof::ProofText::of(language).every(),
        providers::ProviderText::of(language).every(),
        registration::RegistrationText::of(language).every(),
        security::SecurityText::of(language).every(),
        shell::ShellText::of(language).every(),
        sign_in::SignInText::of(language).every(),
    ]
    .concat()
}
