//! The answers of the help centre (HLP-1): texts with places for numbers, and this installation's policy
//! filled in. Must not know who asks.

use contract::help::{Help, HelpAnswer, HelpSubject};
use domain::policy::Policy;
use domain::rule::RuleId;
use serde::Deserialize;
use serde_json::Value;

use crate::language::Language;

const ANSWERS: &str = include_str!("../data/help/answers.toml");

/// Every answer in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpTexts {
    chinese: Help,
    english: Help,
}

/// Why the answers cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HelpError {
    /// The file is not what it should be.
    #[error("the answers cannot be read: {0}")]
    File(#[from] toml::de::Error),
    /// The policy cannot be asked.
    #[error("the policy cannot be read: {0}")]
    Policy(#[from] serde_json::Error),
    /// A place for a number names none of the policy's.
    #[error("{0} asks for {1}, which is no number of the policy")]
    Number(String, String),
}

#[derive(Deserialize)]
struct File {
    answer: Vec<Written>,
}

/// An answer as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    area: HelpSubject,
    rules: Vec<RuleId>,
    place: String,
    words: String,
    question: Both,
    answer: Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    zh: String,
    en: String,
}

impl HelpTexts {
    /// The answers with the policy's numbers.
    ///
    /// # Errors
    /// When an answer asks for a number that is none.
    pub fn with(policy: &Policy) -> Result<Self, HelpError> {
        let file: File = toml::from_str(ANSWERS)?;
        let policy = serde_json::to_value(policy)?;
        let of = |language| {
            let answers = file.answer.iter().map(|it| told(it, &policy, language));
            let answers: Result<_, HelpError> = answers.collect();
            Ok::<_, HelpError>(Help { answers: answers? })
        };
        Ok(Self {
            chinese: of(Language::Chinese)?,
            english: of(Language::English)?,
        })
    }

    /// The answers in one language.
    #[must_use]
    pub const fn of(&self, language: Language) -> &Help {
        match language {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        }
    }
}

fn told(written: &Written, policy: &Value, language: Language) -> Result<HelpAnswer, HelpError> {
    let (question, answer) = match language {
        Language::Chinese => (&written.question.zh, &written.answer.zh),
        Language::English => (&written.question.en, &written.answer.en),
    };
    Ok(HelpAnswer {
        id: written.id.clone(),
        subject: written.area,
        question: question.clone(),
        answer: filled(&written.id, answer, policy, language)?,
        words: written.words.clone(),
        rules: written.rules.clone(),
        place: contract::pages::is_page(&written.place, false).then(|| written.place.clone()),
    })
}

/// The text with each `{area.number}` filled in.
fn filled(id: &str, text: &str, policy: &Value, language: Language) -> Result<String, HelpError> {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        let no_number = || HelpError::Number(id.to_owned(), place.to_owned());
        let (name, form) = place.split_once(':').unwrap_or((place, ""));
        let pointer = format!("/{}", name.replace('.', "/"));
        let number = policy.pointer(&pointer).and_then(Value::as_u64);
        let number = number.ok_or_else(no_number)?;
        whole += before;
        whole += &match form {
            "" => number.to_string(),
            "time" => time(number, language),
            "business_days" => counted(number, language, ("个工作日", "business day")),
            _ => return Err(no_number()),
        };
        rest = after;
    }
    whole += rest;
    Ok(whole)
}

/// A length of time in its largest unit that says it whole.
fn time(milliseconds: u64, language: Language) -> String {
    let seconds = milliseconds / 1000;
    let units = [
        (86_400, ("天", "day")),
        (3_600, ("小时", "hour")),
        (60, ("分钟", "minute")),
    ];
    let whole = units
        .into_iter()
        .find(|(unit, _)| seconds >= *unit && seconds.is_multiple_of(*unit));
    let (unit, words) = whole.unwrap_or((1, ("秒", "second")));
    counted(seconds / unit, language, words)
}

fn counted(number: u64, language: Language, (chinese, english): (&str, &str)) -> String {
    match (language, number) {
        (Language::Chinese, _) => format!("{number} {chinese}"),
        (Language::English, 1) => format!("1 {english}"),
        (Language::English, _) => format!("{number} {english}s"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn both() -> HelpTexts {
        HelpTexts::with(&Policy::default()).unwrap()
    }

    #[test]
    fn hlp_1_every_question_is_answered_in_both_languages() {
        let texts = both();
        for language in [Language::Chinese, Language::English] {
            let answers = &texts.of(language).answers;
            assert_eq!(answers.len(), 165);
            for (number, answer) in answers.iter().enumerate() {
                assert_eq!(answer.id, format!("Q{:03}", number + 1));
                assert!(!answer.question.is_empty() && !answer.words.is_empty());
                assert!(!answer.answer.is_empty(), "{}", answer.id);
                assert!(!answer.answer.contains(['{', '}']), "{}", answer.answer);
                assert!(!answer.rules.is_empty(), "{}", answer.id);
            }
        }
        for answer in &texts.of(Language::English).answers {
            let han = answer
                .answer
                .chars()
                .find(|it| ('\u{4e00}'..='\u{9fff}').contains(it));
            assert_eq!(han, None, "{}", answer.id);
        }
    }

    #[test]
    fn hlp_2_the_rules_that_refusals_link_to_are_those_with_an_answer() {
        let texts = both();
        let answers = &texts.of(Language::Chinese).answers;
        let told: BTreeSet<_> = answers.iter().flat_map(|it| it.rules.iter()).collect();
        let told: Vec<_> = told.into_iter().map(|rule| rule.as_str()).collect();
        assert_eq!(contract::help::ANSWERED, told);
    }

    #[test]
    fn hlp_1_numbers_come_from_the_policy() {
        let mut policy = Policy::default();
        let answer = |policy: &Policy, language| {
            let texts = HelpTexts::with(policy).unwrap();
            let found = texts.of(language).answers.iter().find(|it| it.id == "Q002");
            found.map(|it| it.answer.clone()).unwrap_or_default()
        };
        assert!(answer(&policy, Language::English).contains("at most 5 accounts"));
        policy.contacts.accounts_per_phone = 4;
        assert!(answer(&policy, Language::English).contains("at most 4 accounts"));
        assert!(answer(&policy, Language::Chinese).contains("4 个账号"));
    }

    #[test]
    fn hlp_1_times_are_said_in_words() {
        assert_eq!(time(604_800_000, Language::Chinese), "7 天");
        assert_eq!(time(3_600_000, Language::English), "1 hour");
        assert_eq!(time(7_200_000, Language::English), "2 hours");
        assert_eq!(time(90_000, Language::English), "90 seconds");
        assert_eq!(time(300_000, Language::Chinese), "5 分钟");
    }

    #[test]
    fn hlp_1_a_number_that_is_none_is_refused() {
        let policy = serde_json::to_value(Policy::default()).unwrap();
        for text in [
            "{contacts.nothing}",
            "{contacts}",
            "{contacts.accounts_per_phone:stones}",
            "{",
        ] {
            assert!(
                filled("Q", text, &policy, Language::English).is_err(),
                "{text}"
            );
        }
    }
}
