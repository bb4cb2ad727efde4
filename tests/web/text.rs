//! Every sentence exists in both languages.

use account_center::text::{self, Language, account, demo, failure, sign_in, time};
use contract::demo::Channel;
use domain::account::{NicknameProblem, NicknameRefusal, VerificationStatus};
use domain::identity::EmailProblem;
use domain::sign_in::{PasswordProblem, SignInRefusal};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::NOW;

#[wasm_bindgen_test]
fn no_sentence_of_a_catalogue_is_empty_and_each_is_in_its_language() {
    let chinese = text::every(Language::Chinese);
    let english = text::every(Language::English);
    assert!(chinese.len() > 50 && chinese.len() == english.len());
    for ((name, chinese), (_, english)) in chinese.iter().zip(&english) {
        assert!(has_chinese(chinese), "{name}: {chinese}");
        assert!(
            !english.trim().is_empty() && !has_chinese(english),
            "{name}: {english}"
        );
    }
}

/// One wording of each variant. A variant that is missing here stops the build.
macro_rules! every {
    ($kind:ident: $($pattern:pat => $value:expr),+ $(,)?) => {{
        let _ = |value: $kind| match value { $($pattern => ()),+ };
        vec![$($value),+]
    }};
}

#[wasm_bindgen_test]
fn every_problem_and_refusal_has_a_sentence_of_its_own() {
    use {NicknameProblem as N, PasswordProblem as P};
    for language in Language::ALL {
        let nickname = every!(N:
            N::Empty => N::Empty,
            N::TooLong { .. } => N::TooLong { longest: 32 },
            N::ControlCharacter => N::ControlCharacter,
        );
        differ(language, nickname, |it| {
            account::nickname_problem(language, it)
        });
        let refusal = every!(NicknameRefusal:
            NicknameRefusal::IsVerifiedName => NicknameRefusal::IsVerifiedName);
        differ(language, refusal, |it| {
            account::nickname_refusal(language, it).to_owned()
        });
        // Every misspelling has the same sentence at sign-in.
        let email = vec![EmailProblem::Empty, EmailProblem::NoAt];
        differ(language, email, |it| {
            sign_in::email_problem(language, it).to_owned()
        });
        let password = every!(P:
            P::Empty => P::Empty,
            P::TooShort { .. } => P::TooShort { shortest: 8 },
            P::TooLong { .. } => P::TooLong { longest: 128 },
            P::Common => P::Common,
            P::ContainsAccountId => P::ContainsAccountId,
            P::ContainsEmailName => P::ContainsEmailName,
            P::ContainsPhone => P::ContainsPhone,
        );
        differ(language, password, |it| {
            sign_in::password_problem(language, it)
        });
        let sign_in = every!(SignInRefusal:
            SignInRefusal::WrongEmailOrPassword => SignInRefusal::WrongEmailOrPassword,
            SignInRefusal::CaptchaNeeded => SignInRefusal::CaptchaNeeded,
            SignInRefusal::Locked { .. } => SignInRefusal::Locked { retry_at: NOW },
            SignInRefusal::TooManyTries { .. } => SignInRefusal::TooManyTries { retry_at: NOW },
            SignInRefusal::SecondStepOver => SignInRefusal::SecondStepOver,
        );
        differ(language, sign_in, |it| {
            sign_in::sign_in_refusal(language, it)
        });
        let status = every!(VerificationStatus:
            VerificationStatus::Unverified => VerificationStatus::Unverified,
            VerificationStatus::Person => VerificationStatus::Person,
            VerificationStatus::Enterprise => VerificationStatus::Enterprise,
        );
        differ(language, status, |it| {
            account::verification_status(language, it).to_owned()
        });
        let channel =
            every!(Channel: Channel::Sms => Channel::Sms, Channel::Email => Channel::Email);
        differ(language, channel, |it| {
            demo::channel(language, it).to_owned()
        });
    }
}

#[wasm_bindgen_test]
fn acc_3_a_moment_is_told_in_beijing_time_with_the_zone_said() {
    assert_eq!(
        time::beijing(Language::Chinese, NOW),
        "2026年9月21日 22:13:30（北京时间）"
    );
    assert_eq!(
        time::beijing(Language::English, NOW),
        "21 September 2026, 22:13:30 (Beijing time)"
    );
    assert_eq!(time::machine_readable(NOW), "2026-09-21T14:13:30.000Z");
}

#[wasm_bindgen_test]
fn api_1_a_broken_server_is_told_with_the_request_id_where_there_is_one() {
    for language in Language::ALL {
        assert!(failure::broken(language, "0194f0").contains("0194f0"));
        assert!(!failure::broken(language, "").contains(':'));
    }
}

fn differ<T>(language: Language, values: Vec<T>, say: impl Fn(T) -> String) {
    let said: Vec<String> = values.into_iter().map(say).collect();
    for (index, sentence) in said.iter().enumerate() {
        let is_chinese = has_chinese(sentence);
        assert_eq!(is_chinese, language == Language::Chinese, "{sentence}");
        assert!(!said[..index].contains(sentence), "twice: {sentence}");
    }
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
