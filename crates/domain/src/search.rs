//! Searching in lists of names: what was typed is looked for as it is. Knows letter case; has no
//! wildcards and does not know which list it searches.

use crate::identity::clean;

/// A text to search for; empty matches everything (USR-8).
///
/// No character has a meaning of its own: `%`, `_`, `*` and `\` are looked for like letters. A store
/// that searches in SQL must find the same, by escaping or by comparing here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchText(String);

impl SearchText {
    /// Takes what a person typed, whatever it is; blanks around it and letter case do not count.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(folded(&clean(typed)))
    }

    /// Whether nothing is searched for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `text` contains what is searched for.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_empty() || folded(text).contains(&self.0)
    }
}

fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(typed: &str) -> Vec<&'static str> {
        let search = SearchText::new(typed);
        ["a_b", "axb", "50%", "Website", "网站"]
            .into_iter()
            .filter(|name| search.is_in(name))
            .collect()
    }

    #[test]
    fn v_32_no_character_is_a_wildcard() {
        assert_eq!(found("_"), ["a_b"]);
        assert_eq!(found("a_b"), ["a_b"]);
        assert_eq!(found("%"), ["50%"]);
        assert_eq!(found("\\"), [""; 0]);
        assert_eq!(found("*"), [""; 0]);
        assert_eq!(found(".*"), [""; 0]);
    }

    #[test]
    fn usr_8_search_ignores_letter_case_and_blanks_and_width() {
        for typed in [" WEB ", "ｗｅｂ", "web"] {
            assert_eq!(found(typed), ["Website"], "{typed}");
        }
        assert_eq!(found("站"), ["网站"]);
        assert_eq!(found(" ").len(), 5);
        assert!(SearchText::new("\u{3000}").is_empty());
    }

    proptest! {
        #[test]
        fn usr_8_every_text_is_found_by_every_part_of_it(text: String, from in 0_usize..8, len in 0_usize..8) {
            let part: String = text.chars().skip(from).take(len).collect();
            // A part that cleaning changes is another text.
            prop_assume!(clean(&part) == part);
            prop_assert!(SearchText::new(&part).is_in(&text));
        }
    }
}
