//! Which answers a person means (HLP-1). Knows texts; not how they are shown.

use contract::help::HelpAnswer;
use domain::search::SearchText;

/// What a hit in each part of an answer is worth.
const QUESTION: u32 = 6;
const WORDS: u32 = 4;
const ANSWER: u32 = 1;

/// The answers that fit what was typed, the best first; all of them when nothing was.
///
/// Every word has to be found somewhere. Chinese is written without blanks, and people type whole
/// sentences: where nothing fits, an answer counts in which a third of the pairs of characters are found.
#[must_use]
pub(super) fn find<'a>(answers: &'a [HelpAnswer], typed: &str) -> Vec<&'a HelpAnswer> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let exact = ranked(answers, |answer| {
        let points: Option<Vec<u32>> = words.iter().map(|word| hit(answer, word)).collect();
        points.map(|points| points.into_iter().sum())
    });
    if !exact.is_empty() || words.is_empty() {
        return exact;
    }
    let pairs = pairs(typed);
    ranked(answers, |answer| {
        let hits: Vec<u32> = pairs.iter().filter_map(|pair| hit(answer, pair)).collect();
        (!pairs.is_empty() && hits.len() * 3 >= pairs.len()).then(|| hits.iter().sum())
    })
}

fn ranked(answers: &[HelpAnswer], points: impl Fn(&HelpAnswer) -> Option<u32>) -> Vec<&HelpAnswer> {
    let mut found: Vec<_> = answers
        .iter()
        .filter_map(|answer| points(answer).map(|points| (points, answer)))
        .collect();
    // Stable: among equals the order of the subjects stays.
    found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    found.into_iter().map(|(_, answer)| answer).collect()
}

fn hit(answer: &HelpAnswer, word: &str) -> Option<u32> {
    let word = SearchText::new(word);
    let places = [
        (&answer.question, QUESTION),
        (&answer.words, WORDS),
        (&answer.answer, ANSWER),
    ];
    let points = places
        .into_iter()
        .filter(|(text, _)| word.is_in(text))
        .map(|(_, points)| points)
        .sum();
    (points > 0).then_some(points)
}

/// Each two characters that stand beside each other.
fn pairs(typed: &str) -> Vec<String> {
    let letters: Vec<char> = typed.chars().filter(|it| it.is_alphanumeric()).collect();
    letters
        .windows(2)
        .map(|pair| pair.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use contract::help::HelpSubject;

    use super::*;

    fn answer(id: &str, question: &str, words: &str, answer: &str) -> HelpAnswer {
        HelpAnswer {
            id: id.to_owned(),
            subject: HelpSubject::Account,
            question: question.to_owned(),
            answer: answer.to_owned(),
            words: words.to_owned(),
            rules: Vec::new(),
            place: None,
        }
    }

    fn found(typed: &str) -> Vec<String> {
        let answers = [
            answer(
                "phone",
                "如何修改安全手机",
                "换手机 change phone",
                "在安全设置里更换",
            ),
            answer(
                "delete",
                "如何注销账号",
                "销户 delete account",
                "申请后冻结，手机会收到结果",
            ),
            answer("limit", "手机上限", "phone limit", "最多 5 个账号"),
        ];
        let found = find(&answers, typed);
        found.iter().map(|answer| answer.id.clone()).collect()
    }

    #[test]
    fn hlp_1_words_of_both_languages_and_synonyms_find_the_answer() {
        assert_eq!(found("销户"), ["delete"]);
        assert_eq!(found("Delete ACCOUNT"), ["delete"]);
        assert_eq!(found("change phone"), ["phone"]);
        assert_eq!(found("发票"), [""; 0]);
        assert_eq!(found(" ").len(), 3);
    }

    #[test]
    fn hlp_1_a_hit_in_the_question_comes_first() {
        assert_eq!(found("手机"), ["phone", "limit", "delete"]);
    }

    #[test]
    fn hlp_1_a_whole_sentence_finds_what_it_is_about() {
        assert_eq!(found("我要怎么注销账号啊"), ["delete"]);
        assert_eq!(found("手机怎么修改"), ["phone"]);
        assert_eq!(found("晴空万里"), [""; 0]);
    }
}
