//! Cleaning of what a person typed or pasted. Knows characters; does not know fields.

/// Full-width forms folded to ASCII, invisible format characters removed, blanks trimmed.
///
/// Input methods produce full-width digits and contact cards carry direction marks; neither is the
/// person's mistake. Look-alikes that are not the same character (①, ×) stay and are refused later.
#[must_use]
pub fn clean(typed: &str) -> String {
    let folded: String = typed
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(fold_width)
        .collect();
    folded.trim().to_owned()
}

/// A cleaned code or number as it is compared: blanks and hyphens between groups dropped, ASCII
/// letters in upper case.
pub(crate) fn compact(typed: &str) -> String {
    clean(typed)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_hyphen(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// The number of characters as a person counts them in a form: code points.
pub(crate) fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Whether all of `text` is ASCII digits; true for an empty text.
pub(crate) fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lower case, one character at a time, so that the key of a text does not depend on where in a
/// word a letter stands (Greek has a sigma of its own for the end).
pub(crate) fn fold_case(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

/// The dashes that people and input methods put between groups of digits.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Full-width ASCII variants and the ideographic space, folded to their ASCII character.
fn fold_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Zero-width characters, direction marks, joiners, variation selectors, language tags and the
/// byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v_04_full_width_forms_are_folded_and_look_alikes_are_left_to_be_refused() {
        assert_eq!(clean("１１０ＡＢｘ　"), "110ABx");
        assert_eq!(clean("①×٣"), "①×٣");
    }

    #[test]
    fn v_09_invisible_characters_disappear() {
        assert_eq!(clean("\u{202d}138\u{200b}0\u{202c}\n"), "1380");
        assert_eq!(clean("\u{feff} \u{200b} "), "");
    }

    #[test]
    fn groups_are_joined() {
        assert_eq!(compact(" 6222-0200\u{a0}0000–0015x "), "6222020000000015X");
    }

    #[test]
    fn case_is_folded_the_same_wherever_a_letter_stands() {
        assert_eq!(fold_case("ΟΔΟΣ"), fold_case("οδος"));
    }
}
